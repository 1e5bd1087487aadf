/*
 * Configuration modules read to values: each row is a module, the files beside it, the environment,
 * and what it exports.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "runtime/config/module.h"
#include "runtime/host/folder.h"

#define U "postgresql://u:p@host:5432/"

typedef struct Row {
    const char *title;
    const char *path; /* of the module; NULL: prisma.config.ts */
    const char *source;
    const char *files[10];  /* path, text, path, text, ... */
    const char *outside[8]; /* name, value, ... */
    const char *value;
} Row;

static const Row *current;
static const char *folder;

static const char *lookup(const char *name)
{
    for (size_t i = 0; current->outside[i] != NULL; i += 2) {
        if (strcmp(current->outside[i], name) == 0) {
            return current->outside[i + 1];
        }
    }
    return NULL;
}

static void put(const char *path, const char *text)
{
    int error = 0;
    const char *slash = strrchr(path, '/');
    if (slash != NULL) {
        Arena *arena = arena_new();
        mkdir(arena_strndup(arena, path, (size_t)(slash - path)), 0700);
        arena_free(arena);
    }
    cr_assert(file_write(path, text, strlen(text), &error), "%s", path);
}

/* The value, with the folder of the test as `.`. */
static const char *told(Arena *arena, const Row *row)
{
    Sources *sources = sources_new(arena);
    const char *path = row->path == NULL ? "prisma.config.ts" : row->path;
    const SourceFile *file = sources_add(sources, path, row->source, strlen(row->source));
    ConfigExport exported;
    config_export(arena, file, folder, lookup, names_new(arena), &exported);
    char *text = config_value_print(arena, exported.value);
    for (char *found = strstr(text, folder); found != NULL; found = strstr(found, folder)) {
        size_t len = strlen(folder);
        found[0] = '.';
        memmove(found + 1, found + len, strlen(found + len) + 1);
    }
    return text;
}

static void run_row(const Row *row)
{
    char place[] = "/tmp/bellows_config_XXXXXX";
    Arena *arena = arena_new();
    cr_assert_not_null(mkdtemp(place));
    folder = folder_real(place, arena);
    current = row;
    cr_assert_eq(chdir(place), 0);
    for (size_t i = 0; row->files[i] != NULL; i += 2) {
        put(row->files[i], row->files[i + 1]);
    }
    const char *value = told(arena, row);
    cr_expect_str_eq(value, row->value, "%s:\n  got  %s\n  want %s", row->title, value, row->value);
    cr_assert_eq(chdir("/"), 0);
    cr_assert(folder_remove(place));
    arena_free(arena);
}

static void run_rows(const Row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        run_row(&rows[i]);
    }
}

#define IMPORTS                                                                                    \
    "import { defineConfig, env } from 'prisma/config'\nimport path from 'node:path'\n"            \
    "import dotenv, { config } from 'dotenv'\nimport { fileURLToPath } from 'node:url'\n"          \
    "import { expand } from 'dotenv-expand'\nimport nextEnv, { loadEnvConfig } from '@next/env'\n"

Test(config, what_real_projects_write)
{
    static const Row rows[] = {
        {.title = "1",
         .source = IMPORTS "import \"dotenv/config\"; export default defineConfig({ schema: "
                           "\"prisma/schema.prisma\", datasource: { url: "
                           "process.env[\"DATABASE_URL\"] } })",
         .files = {".env", "DATABASE_URL=\"" U "vets?schema=public\"\n"},
         .value =
             "{schema: \"prisma/schema.prisma\", datasource: {url: \"" U "vets?schema=public\"}}"},
        {.title = "2",
         .source = IMPORTS "export default defineConfig({ datasource: { url: env('VET_DB') }, "
                           "migrations: { seed: 'tsx seed.ts' } })",
         .files = {".env", "VET_DB=notread\n"},
         .outside = {"VET_DB", U "own"},
         .value = "{datasource: {url: \"" U "own\"}, migrations: {seed: \"tsx seed.ts\"}}"},
        {.title = "3",
         .source = IMPORTS "import 'dotenv/config'\nexport default defineConfig({ datasource: { "
                           "url: env('VET_DB') } })",
         .files = {".env", "OTHER=1\n"},
         .value = "{datasource: {url: thrown(Cannot resolve environment variable: VET_DB.)}}"},
        {.title = "4",
         .source = "export default { schema: './db/models', datasource: { url: "
                   "process.env.VET_DB! } }",
         .outside = {"VET_DB", "x"},
         .value = "{schema: \"./db/models\", datasource: {url: \"x\"}}"},
        {.title = "5",
         .source = "const fallback = 'f'\nexport default { datasource: { url: "
                   "process.env.DIRECT_URL ?? process.env.VET_DB ?? fallback } }",
         .outside = {"DIRECT_URL", "", "VET_DB", "x"},
         .value = "{datasource: {url: \"\"}}"},
        {.title = "6",
         .source = "const url = process.env.DIRECT_URL || process.env.VET_DB || \"" U
                   "local\"; if (!process.env.VET_DB) console.warn(\"...\")\nexport default { "
                   "datasource: { url } }",
         .outside = {"DIRECT_URL", ""},
         .value = "{datasource: {url: \"" U "local\"}}"},
        {.title = "7",
         .source = "const url = process.env.VET_DB; if (!url) throw new Error(\"VET_DB is needed "
                   "(see .env.example)\")\nexport default { datasource: { url } }",
         .value = "thrown(VET_DB is needed (see .env.example))"},
        {.title = "8",
         .path = "packages/prisma.config.ts",
         .source = IMPORTS
         "config({ path: path.resolve(import.meta.dirname, \"../.env\"), quiet: true })\n"
         "export default defineConfig({ schema: path.join(\"prisma\", \"schema.prisma\"), "
         "migrations: { path: path.join(import.meta.dirname, \"sql\") }, "
         "datasource: { url: env('DB') } })",
         .files = {".env", "DB=root\n", "packages/.env", "DB=own\n"},
         .value = "{schema: \"prisma/schema.prisma\", migrations: {path: \"./packages/sql\"}, "
                  "datasource: {url: \"root\"}}"},
        {.title = "9",
         .path = "api/prisma.config.ts",
         .source = IMPORTS
         "const __dirname = path.dirname(fileURLToPath(import.meta.url));\n"
         "config({ path: path.join(__dirname, \"..\", \".env.local\") });\n"
         "config({ path: fileURLToPath(new URL(\"../.env\", import.meta.url)) })\n"
         "export default { schema: path.join(__dirname, \"models\"), url: process.env.A }",
         .files = {".env", "A=late\n", ".env.local", "A=local\n"},
         .value = "{schema: \"./api/models\", url: \"local\"}"},
        {.title = "10",
         .source = IMPORTS "config({ path: ['.env.local', '.env'] }); config({ path: '.env.ci', "
                           "override: true })\nexport default { a: process.env.VET_DB, b: "
                           "process.env.SHADOW }",
         .files = {".env", "SHADOW=plain\nVET_DB=plain\n", ".env.local",
                   "SHADOW=local\nVET_DB=local\n", ".env.ci", "VET_DB=ci\n"},
         .value = "{a: \"ci\", b: \"local\"}"},
        {.title = "11",
         .source = IMPORTS "import 'dotenv/config'\nconst f = 'mjs'\nexport default { migrations: "
                           "{ path: \"db/changes\", seed: `node seed.${f}` }, datasource: { url: "
                           "process.env.VET_DB as string } } satisfies PrismaConfig",
         .files = {".env", "VET_DB=" U "sat # note\n"},
         .value = "{migrations: {path: \"db/changes\", seed: \"node seed.mjs\"}, datasource: "
                  "{url: \"" U "sat\"}}"},
        {.title = "12",
         .source = "const config: PrismaConfig = { datasource: { url: process.env.VET_DB, "
                   "directUrl: 'x' } as any }; export default config",
         .value = "{datasource: {url: undefined, directUrl: \"x\"}}"},
        {.title = "13",
         .source = IMPORTS "export default defineConfig({ engine: 'classic', studio: {}, "
                           "datasource: { url: env('A'), directUrl: env('B') } })",
         .outside = {"A", "a", "B", "b"},
         .value = "{engine: \"classic\", studio: {}, datasource: {url: \"a\", directUrl: \"b\"}}"},
        {.title = "14",
         .path = "prisma.config.cjs",
         .source = "require(\"dotenv\").config(); const { defineConfig } = "
                   "require('prisma/config')\nconst path = require('path')\nmodule.exports = "
                   "defineConfig({ schema: path.join(__dirname, \"db\", \"schema.prisma\"), url: "
                   "process.env.VET_DB })",
         .files = {".env", "export VET_DB='" U "cjs'\n"},
         .value = "{schema: \"./db/schema.prisma\", url: \"" U "cjs\"}"},
        {.title = "15",
         .source = IMPORTS "const test = process.env.NODE_ENV === \"test\"; dotenv.config({ path: "
                           "test ? \".env.test\" : \".env\" })\nexport default { schema: test ? "
                           "\"prisma/test.prisma\" : 'b', ...(process.env.VET_DB ? { datasource: "
                           "{ url: process.env.VET_DB } } : {}) }",
         .files = {".env.test", "VET_DB=t\n", ".env", "VET_DB=p\n"},
         .outside = {"NODE_ENV", "test"},
         .value = "{schema: \"prisma/test.prisma\", datasource: {url: \"t\"}}"},
        {.title = "16",
         .source = IMPORTS "const pass = encodeURIComponent(env('DB_PASS'))\nexport default { url: "
                           "`pg://u:${pass}@h:${process.env.DB_PORT || 5432}/"
                           "${process.env.DB_NAME}` }",
         .outside = {"DB_PASS", "p@ss w/ö", "DB_NAME", "n"},
         .value = "{url: \"pg://u:p%40ss%20w%2F%C3%B6@h:5432/n\"}"},
        {.title = "17",
         .source = IMPORTS "expand(dotenv.config())\nexport default { url: process.env.VET_DB }",
         .files = {".env", "NAME=grown\nVET_DB=" U "${NAME}\n"},
         .value = "{url: \"" U "grown\"}"},
        {.title = "18",
         .source = "import 'dotenv/config'\nexport default { url: process.env.VET_DB }",
         .files = {".env", "NAME=grown\nVET_DB=" U "${NAME}\n"},
         .value = "{url: \"" U "${NAME}\"}"},
        {.title = "19",
         .source = "try { process.loadEnvFile('.env.missing') } catch { } try { "
                   "process.loadEnvFile() } catch {}\nexport default { url: process.env.VET_DB }",
         .files = {".env", "VET_DB=x\n"},
         .value = "{url: \"x\"}"},
        {.title = "20",
         .source =
             IMPORTS "loadEnvConfig(process.cwd())\nexport default { url: process.env.VET_DB }",
         .files = {".env", "N=plain\nVET_DB=" U "$N\n", ".env.development", "N=dev\n",
                   ".env.production", "N=prod\nVET_DB=" U "$N\n"},
         .value = "{url: \"" U "prod\"}"},
        {.title = "24",
         .source = "import { definePrismaConfig } from '@prisma/config'\nimport { ormConfig as "
                   "orm, prisma7Schema } from '@prisma/orm-postgres/config'\nexport default "
                   "definePrismaConfig({ orm: orm({ contract: "
                   "prisma7Schema('prisma/schema.prisma'), output: 'src/data', db: { connection: "
                   "process.env['VET_DB']! } }) })",
         .outside = {"VET_DB", "v"},
         .value = "{orm: {contract: {path: \"prisma/schema.prisma\"}, output: \"src/data\", db: "
                  "{connection: \"v\"}}}"},
    };
    run_rows(rows, lengthof(rows));
}

Test(config, siblings_of_what_they_write)
{
    static const Row rows[] = {
        {.title = "what is set already wins, also when set to nothing",
         .source = "import 'dotenv/config'\nexport default { a: process.env.A, b: process.env.B }",
         .files = {".env", "A=1\nB=2\n"},
         .outside = {"A", ""},
         .value = "{a: \"\", b: \"2\"}"},
        {.title = "DOTENV_CONFIG_PATH moves dotenv/config",
         .source = "import 'dotenv/config'\nexport default { a: process.env.A }",
         .files = {".env", "A=1\n", "other.env", "A=2\n"},
         .outside = {"DOTENV_CONFIG_PATH", "other.env"},
         .value = "{a: \"2\"}"},
        {.title = "a loop over files",
         .source = IMPORTS "for (const f of ['.env.local', '.env']) { config({ path: f }) }\n"
                           "export default { a: process.env.A, b: process.env.B }",
         .files = {".env", "A=1\nB=1\n", ".env.local", "A=2\n"},
         .value = "{a: \"2\", b: \"1\"}"},
        {.title = "namespaces",
         .source = "import * as d from 'dotenv'\nimport * as path from 'path'\nd.config({path: "
                   "path.posix.join('a', '..', '.env')})\nexport default { a: process.env.A }",
         .files = {".env", "A=1\n"},
         .value = "{a: \"1\"}"},
        {.title = "dotenv-flow",
         .source = "import flow from 'dotenv-flow'\nflow.config()\nexport default { a: "
                   "process.env.A, b: process.env.B }",
         .files = {".env", "A=1\nB=1\n", ".env.local", "A=2\nB=2\n"},
         .outside = {"B", "o"},
         .value = "{a: \"2\", b: \"o\"}"},
        {.title = "env() beats what stands behind it",
         .source = IMPORTS "export default { a: env('A') || 'x', b: env('A') ?? 'y' }",
         .value = "{a: thrown(Cannot resolve environment variable: A.), b: thrown(Cannot resolve "
                  "environment variable: A.)}"},
        {.title = "a function is exported",
         .source = "export default async () => ({ schema: 'a' })",
         .value = "{schema: \"a\"}"},
        {.title = "string methods",
         .source = "export default { a: process.env.A?.trim().replace('-pooler', ''), b: "
                   "process.env.B?.trim() }",
         .outside = {"A", " x-pooler.y "},
         .value = "{a: \"x.y\", b: undefined}"},
        {.title = "patterns",
         .source =
             "const { A, B: b = 'two', C = 'three' } = process.env\nexport default { A, b, C }",
         .outside = {"A", "1", "C", "3"},
         .value = "{A: \"1\", b: \"two\", C: \"3\"}"},
        {.title = "assignments",
         .source = "let url\nif (process.env.A) { url = process.env.A } else { url = 'n' }\n"
                   "process.env.B ||= url + '!'\nconst c = { d: {} }\nc.d.e = process.env.B\n"
                   "export default c",
         .outside = {"A", "a"},
         .value = "{d: {e: \"a!\"}}"},
        {.title = "a file's text",
         .source = "import { readFileSync, existsSync } from 'fs'\nexport default { a: "
                   "readFileSync('a.sql', 'utf8'), b: existsSync('b.sql'), c: "
                   "readFileSync('c.sql') }",
         .files = {"a.sql", "SELECT 1"},
         .value = "{a: \"SELECT 1\", b: false, c: thrown(ENOENT: ./c.sql cannot be read)}"},
        {.title = "a method that is imported first and used later; hoisting",
         .source = "export default { a: 1, adapter: make }\nfunction make() { }\n",
         .value = "{a: 1, adapter: function}"},
        {.title = "nothing is exported", .source = "const a = 1", .value = "undefined"},
        {.title = "a mark of the encoding",
         .source = "\xEF\xBB\xBF" IMPORTS "export default defineConfig({ schema: 'a' })",
         .value = "{schema: \"a\"}"},
        {.title = "as compilers write modules",
         .source =
             "\"use strict\";\nObject.defineProperty(exports, \"__esModule\", { value: true });\n"
             "require(\"dotenv/config\");\nconst config_1 = require(\"prisma/config\");\n"
             "exports.default = (0, config_1.defineConfig)({ a: process.env.A });\n",
         .files = {".env", "A=1\n"},
         .value = "{a: \"1\"}"},
        {.title = "CommonJS in TypeScript",
         .source =
             "import config = require('prisma/config')\nexport = config.defineConfig({ a: 1 })",
         .value = "{a: 1}"},
        {.title = "a module that is its own function and has it as a member",
         .source = IMPORTS "import grow from 'dotenv-expand'\ngrow.expand(config())\n"
                           "export default { a: process.env.A }",
         .files = {".env", "N=1\nA=$N\n"},
         .value = "{a: \"1\"}"},
        {.title = "a file parsed by hand",
         .source = IMPORTS "import fs from 'fs'\nexport default { a: "
                           "dotenv.parse(fs.readFileSync('.env')).A }",
         .files = {".env", "A=1\nA=2\n"},
         .value = "{a: \"2\"}"},
        {.title = "another working directory",
         .source = IMPORTS "process.chdir('sub')\nconfig()\nexport default { a: process.env.A }",
         .files = {".env", "A=1\n", "sub/.env", "A=2\n"},
         .value = "{a: \"2\"}"},
    };
    run_rows(rows, lengthof(rows));
}

Test(config, what_cannot_be_told)
{
    static const Row rows[] = {
        {.title = "a function of the project",
         .source = "import { connectionString } from './src/connection'\nexport default { schema: "
                   "'a', datasource: { url: connectionString() } }",
         .value = "{schema: \"a\", datasource: {url: unknown(connectionString() is a function of "
                  "`./src/connection`)}}"},
        {.title = "a loader that is not known, and a variable that is not set",
         .source = "import { loadEnv } from './env'\nloadEnv()\nexport default { a: process.env.A, "
                   "b: process.env.B }",
         .outside = {"A", "1"},
         .value = "{a: \"1\", b: unknown(which variables `./env` sets; B is not set)}"},
        {.title = "a loader of their own sets what it likes",
         .source = "import fs from 'fs'\nfunction load() { for (const l of "
                   "fs.readFileSync('.env').split()) { process.env[l] = l } }\nload()\nexport "
                   "default { schema: 's', a: process.env.A }",
         .outside = {"A", "1"},
         .value = "{schema: \"s\", a: unknown(`function load() { for (const l of "
                  "fs.readFileSync('.env').sp…` may have set A anew)}"},
        {.title = "a text of what is not set",
         .source = "export default { a: `x/${process.env.A}`, b: 'x/' + process.env.A, c: "
                   "process.env.A + "
                   "'/x' }",
         .value =
             "{a: unknown(`process.env.A` is not set), b: unknown(`process.env.A` is not set), "
             "c: unknown(`process.env.A` is not set)}"},
        {.title = "what a loader's package has besides may set anything",
         .source =
             IMPORTS "config()\ndotenv.populate(process.env, { A: '2' })\nexport default { a: "
                     "process.env.A }",
         .files = {".env", "A=1\n"},
         .value = "{a: unknown(dotenv.populate() may have set A anew)}"},
        {.title = "files by a convention",
         .source =
             "import { config } from '@dotenvx/dotenvx'\nconfig({ convention: 'nextjs' })\nexport "
             "default { a: process.env.A }",
         .files = {".env", "A=1\n", ".env.local", "A=2\n"},
         .value = "{a: unknown(this loader may have set A anew)}"},
        {.title = "an end that is reached",
         .source = "if (!process.env.A) { process.exit(1) }\nexport default { a: process.env.A }",
         .value = "thrown(the configuration ends here: process.exit())"},
        {.title = "a statement that is not understood",
         .source = "let url = 'a', other = 'b'\nwhile (x) { url = next() }\nexport default { url, "
                   "other }",
         .value = "{url: unknown(`while` is not understood here), other: \"b\"}"},
        {.title = "a condition that cannot be told",
         .source = "import { x } from './x'\nlet url = 'a', o = 'b'\nif (x) url = 'c'\nexport "
                   "default { url, o, t: x ? 1 : 2 }",
         .value = "{url: unknown(`x` is of `./x`), o: \"b\", t: unknown(`x` is of `./x`)}"},
        {.title = "what is spread may be anything",
         .source = "import base from './base'\nexport default { schema: 'a', ...base, seed: 's' }",
         .value = "{schema: unknown(`base` is of `./base`), seed: \"s\", ...unknown(`base` is of "
                  "`./base`)}"},
        {.title = "what somebody else was given",
         .source = "import { change } from './x'\nconst c = { url: 'a' }\nchange(c)\nexport "
                   "default c",
         .value = "unknown(change() is not known)"},
        {.title = "an encrypted value",
         .source = "import '@dotenvx/dotenvx/config'\nexport default { a: process.env.A }",
         .files = {".env", "A=encrypted:xyz\n"},
         .value = "{a: unknown(A is encrypted by dotenvx)}"},
        {.title = "a value that is not understood",
         .source = "export default { schema: 'a', url: a | b, seed: process.argv[2] }",
         .value = "{schema: \"a\", url: unknown(`|` is not understood here), seed: "
                  "unknown(`process.argv[2]` is not known)}"},
        {.title = "the module cannot be read",
         .source = "export default { a: 'b }",
         .value = "unknown(brackets or quotes do not fit together)"},
        {.title = "exported by another file",
         .source = "export { default } from '../prisma.config'",
         .value = "unknown(it is of `../prisma.config`)"},
        {.title = "a function with a body is exported",
         .source = "export default () => { return { schema: 'a' } }",
         .value = "unknown(the function that is exported has a body)"},
    };
    run_rows(rows, lengthof(rows));
}

/* Each of these once came out as another value, or failed where the program does not. */
Test(config, what_the_language_means)
{
    static const Row rows[] = {
        {.title = "a loop is left",
         .source = IMPORTS "import fs from 'fs'\nfor (const f of ['.env.local', '.env']) {\n  if "
                           "(fs.existsSync(f)) { config({ path: f }); break }\n}\n"
                           "export default { a: process.env.A, b: process.env.B }",
         .files = {".env", "A=1\nB=1\n", ".env.local", "A=2\n"},
         .value = "{a: \"2\", b: undefined}"},
        {.title = "a round is left out",
         .source = IMPORTS "for (const f of ['.env.local', '.env']) {\n  if (f === '.env.local') "
                           "continue\n  config({ path: f })\n}\nexport default process.env.A",
         .files = {".env", "A=1\n", ".env.local", "A=2\n"},
         .value = "\"1\""},
        {.title = "a chain ends as a whole",
         .source = "const o = {}\nexport default { a: process.env.A?.trim().replace('x', 'y') ?? "
                   "'z', b: o.b?.c.d.e, c: o.c?.[0].d(), d: o.d.e }",
         .value = "{a: \"z\", b: undefined, c: undefined, d: thrown(Cannot read properties of "
                  "undefined (reading 'e'))}"},
        {.title = "a place between two items, or far behind the last, holds none",
         .source = "const a = ['x', 'y']\nexport default [a[0.5], a[2e+106], a[1], a[2]]",
         .value = "[undefined, undefined, \"y\", undefined]"},
        {.title = "an empty statement",
         .source = "let a\nfor (const b of ['x', 'y']);\nif (a); else a = 'z'\nexport default a",
         .value = "\"z\""},
        {.title = "what stands before a dot is worked out once",
         .source = "let n = ''\nconst f = () => n += 'x'\nf().trim().trim()\nexport default n",
         .value = "\"x\""},
        {.title = "an assignment that fails is none",
         .source = "let a = 'a', b = 'b'\ntry { a = undefined.x; b = 'c' } catch { b = b + 'd' }\n"
                   "export default { a, b }",
         .value = "{a: \"a\", b: \"bd\"}"},
        {.title = "finally runs when a loop is left",
         .source = "let a, b = 0\nfor (const f of ['x', 'y']) { try { a = f\n "
                   "break\n['z'].forEach((v) => a "
                   "= v) } finally { b = 'b' } }\nexport default { a, b }",
         .value = "{a: \"x\", b: \"b\"}"},
        {.title = "brackets that close on a line of their own",
         .source = IMPORTS
         "const files = [\n  '.env.local',\n  '.env'\n]\nconfig(\n  { path: files }\n)\n"
         "const url = (\n  process.env.A\n)\nexport default defineConfig(\n  { url }\n)",
         .files = {".env", "A=1\n", ".env.local", "A=2\n"},
         .value = "{url: \"2\"}"},
        {.title = "is it one of these",
         .source =
             "const m = process.env.A ?? ''\nexport default { a: ['p', 's'].includes(m), b: "
             "['x', undefined].includes(process.env.B), c: ['q', 's'].some((v) => v === m), d: "
             "[].some((v) => v), e: ['p'].includes('q') ? 1 : 2 }",
         .outside = {"A", "s"},
         .value = "{a: true, b: true, c: true, d: false, e: 2}"},
        {.title = "exports, one by one",
         .source = "exports.schema = 'x'\nexports.datasource = { url: process.env.A }",
         .outside = {"A", "1"},
         .value = "{schema: \"x\", datasource: {url: \"1\"}}"},
        {.title = "exports, changed afterwards",
         .source = "module.exports = { schema: 'a' }\nmodule.exports.schema = 'b'",
         .value = "{schema: \"b\"}"},
        {.title = "exports beside a default",
         .source = "exports.default = { schema: 'a' }\nexports.schema = 'b'",
         .value = "{schema: \"a\"}"},
        {.title = "a name that is exported is looked up at the end",
         .source = "let c = { schema: 'a' }\nexport { c as default }\nc = { schema: 'b' }",
         .value = "{schema: \"b\"}"},
        {.title = "an import ends with its line",
         .source = "import { config } from 'dotenv'\n['.env.local', '.env'].forEach((p) => "
                   "config({ path: p }))\nexport default process.env.A",
         .files = {".env", "A=1\n", ".env.local", "A=2\n"},
         .value = "\"2\""},
        {.title = "lists and arrows",
         .source = IMPORTS "import { existsSync } from 'fs'\nconst db = (n: string, m?: string) => "
                           "`${n}/${m ?? 'x'}`\nconst f = ['.env.a', '.env.b', '.env'].find((x) "
                           "=> existsSync(x))\nconfig({ path: ['.none', f].filter(existsSync) })\n"
                           "export default { a: db('a'), b: db('b', 'c'), c: "
                           "'s.t,s.u'.split(',').map((t) => t.trim()), d: process.env.A }",
         .files = {".env", "A=1\n", ".env.b", "A=2\n"},
         .value = "{a: \"a/x\", b: \"b/c\", c: [\"s.t\", \"s.u\"], d: \"2\"}"},
        {.title = "require, made",
         .path = "prisma.config.mjs",
         .source = "import { createRequire } from 'node:module'\nconst require = "
                   "createRequire(import.meta.url)\nconst { defineConfig } = "
                   "require('prisma/config')\nexport default defineConfig({ schema: 'a' })",
         .value = "{schema: \"a\"}"},
        {.title = "paths keep their last slash, folders do not",
         .source =
             IMPORTS "export default { a: path.join('./p/', '/s/'), b: path.dirname('p/s/'), "
                     "c: path.dirname('x'), d: path.dirname('/a'), e: path.basename('/a/b') }",
         .value = "{a: \"p/s/\", b: \"p\", c: \".\", d: \"/\", e: \"b\"}"},
        {.title = "what a loader did not find",
         .source =
             IMPORTS "const result = config({ path: '.env.none' })\nif (result.error) { throw "
                     "result.error }\nexport default {}",
         .value = "thrown(ENOENT: no such file or directory, open './.env.none')"},
        {.title = "references by the rules of dotenv-expand",
         .source =
             IMPORTS "expand(config())\nexport default { a: process.env.A, b: process.env.B }",
         .files = {".env", "H=h\nA=pg://${H}:${PORT:-5432}/${N-d}\nB=$B/x\n"},
         .value = "{a: \"pg://h:5432/d\", b: \"/x\"}"},
        {.title = "what is set outside is taken as it is",
         .source =
             IMPORTS "const { parsed } = expand(config())\nexport default { a: process.env.A, "
                     "b: parsed.A }",
         .files = {".env", "H=h\nA=pg://${H}\n"},
         .outside = {"A", "x${H}"},
         .value = "{a: \"x${H}\", b: \"x${H}\"}"},
        {.title = "dotenv-flow for tests, and its defaults",
         .source = "import 'dotenv-flow/config'\nexport default { a: process.env.A, b: "
                   "process.env.B }",
         .files = {".env.defaults", "B=0\n", ".env", "A=1\n", ".env.local", "A=2\n"},
         .outside = {"NODE_ENV", "test"},
         .value = "{a: \"1\", b: \"0\"}"},
        {.title = "dotenv-flow/config is told by variables where its files are",
         .source = "import 'dotenv-flow/config'\nexport default { a: process.env.A, b: "
                   "process.env.B }",
         .files = {".env", "A=1\n", "conf/.env", "A=2\n", "conf/.env.dev", "B=3\n"},
         .outside = {"DOTENV_FLOW_PATH", "conf", "DEFAULT_NODE_ENV", "dev"},
         .value = "{a: \"2\", b: \"3\"}"},
        {.title = "its pattern is not followed",
         .source = "import 'dotenv-flow/config'\nexport default { a: process.env.A }",
         .files = {".env", "A=1\n"},
         .outside = {"DOTENV_FLOW_PATTERN", ".env.x"},
         .value = "{a: unknown(dotenv-flow may have set A anew)}"},
        {.title = "a call of it is not",
         .source = "import flow from 'dotenv-flow'\nflow.config()\nexport default process.env.A",
         .files = {".env", "A=1\n", "conf/.env", "A=2\n"},
         .outside = {"DOTENV_FLOW_PATH", "conf"},
         .value = "\"1\""},
        {.title = "JSON beside it",
         .source = "import all, { db as d } from './x/y.json'\nimport { s } from './x/y.json' with "
                   "{ type: 'json' }\nconst again = require('./x/y.json')\nexport default { a: "
                   "all.s, b: d.url, s, c: again.n, e: process.env.A }",
         .files = {"x/y.json", "{ \"s\": \"t\", \"n\": 1, \"db\": { \"url\": \"u\" } }"},
         .value = "{a: \"t\", b: \"u\", s: \"t\", c: 1, e: undefined}"},
        {.title = "JSON as text",
         .source = "import fs from 'fs'\nexport default JSON.parse(fs.readFileSync('a.json', "
                   "'utf8')).prisma",
         .files = {"a.json", "{ \"prisma\": { \"schema\": \"a\", \"l\": [true, null] } }"},
         .value = "{schema: \"a\", l: [true, null]}"},
        {.title = "what is no JSON, or not there",
         .source = "import a from './a.json'\nimport b from './b.json'\nexport default { a, b }",
         .files = {"a.json", "{ x"},
         .value = "{a: unknown(`a` is of `./a.json`), b: unknown(`b` is of `./b.json`)}"},
        {.title = "Node's loader does not read quotes as dotenv does",
         .source = "process.loadEnvFile()\nexport default { a: process.env.A }",
         .files = {".env", "A=\"x\" y\n"},
         .value = "{a: \"x\"}"},
        {.title = "dotenvx, over what is set",
         .source = "import { config } from '@dotenvx/dotenvx'\nconfig({ overload: true })\nexport "
                   "default process.env.A",
         .files = {".env", "A=1\n"},
         .outside = {"A", "2"},
         .value = "\"1\""},
    };
    run_rows(rows, lengthof(rows));
}

/* Siblings of the same, which are too much for reading: then nothing is told. */
Test(config, what_the_language_may_mean)
{
    static const Row rows[] = {
        {.title = "a loop that may have been left",
         .source = IMPORTS "for (const f of ['.env.local', '.env']) { config({ path: f }); if "
                           "(process.argv[2]) break }\nexport default { schema: 's', a: "
                           "process.env.A }",
         .files = {".env", "A=1\n"},
         .value = "{schema: \"s\", a: unknown(a loop whose end cannot be told may have set A "
                  "anew)}"},
        {.title = "an object that somebody has had, by another name",
         .source =
             "import { change } from './x'\nconst c = { schema: 's', datasource: { url: 'a' } "
             "}\nconst d = c.datasource\nchange(d)\nexport default c",
         .value = "{schema: \"s\", datasource: {url: unknown(change() is not known), "
                  "...unknown(change() is not known)}}"},
        {.title = "a variable that is taken away",
         .source = "delete process.env.A\nexport default process.env.A",
         .outside = {"A", "1"},
         .value = "unknown(`delete process.env.A` may have set A anew)"},
        {.title = "the environment by another name",
         .source = "const e = process.env\ndelete e.A\nexport default process.env.A",
         .outside = {"A", "1"},
         .value = "unknown(`delete` is not understood here may have set A anew)"},
        {.title = "a variable of the whole function",
         .source = "var url = 'a'\nif (process.env.A) { var url = 'b' }\nexport default { url }",
         .outside = {"A", "1"},
         .value = "{url: unknown(`var` is not understood here)}"},
        {.title = "a key that cannot be told may be any",
         .source = "const k = process.argv[2]\nexport default { schema: 'a', [k]: 'b', seed: 's' }",
         .value = "{schema: unknown(`[k]: 'b'` is a key that is not known), seed: \"s\", "
                  "...unknown(`[k]: 'b'` is a key that is not known)}"},
        {.title = "a getter is a program",
         .source = "export default { get schema() { return 'a' } }",
         .value = "{...unknown(`get schema() { return 'a' }` is not understood here)}"},
        {.title = "what a function made is not looked at",
         .source = IMPORTS "export default defineConfig(() => ({ schema: 'a' }))",
         .value = "unknown(what is made of a function that is given here)"},
        {.title = "an arrow whose name means something else by now",
         .source = "const x = 'a'\nconst f = () => x\nlet r\nfor (const x of ['b']) { r = f() }\n"
                   "export default { r }",
         .value = "{r: unknown(f() is a function with a body)}"},
        {.title = "what may have thrown",
         .source = "let s = 'a'\ntry { require('not-there'); s = 'b' } catch { s = 'c' }\nexport "
                   "default { s }",
         .value = "{s: unknown(what is caught here, or not)}"},
        {.title = "what may have been thrown on a condition",
         .source = "let s = 'a'\ntry { if (process.argv[2]) throw 1\n s = 'b' } catch { }\nexport "
                   "default { s }",
         .value = "{s: unknown(what is caught here, or not)}"},
        {.title = "what may have been thrown before what was",
         .source =
             "let s = 'a'\ntry { process.argv.find(); s = 'b'; throw 1 } catch { }\nexport default "
             "{ s }",
         .value = "{s: unknown(what is caught here, or not)}"},
        {.title = "a variable that gets a value if it has none, on a condition",
         .source = "if (process.argv[2]) { process.env.A ||= 'x' }\nexport default process.env.A",
         .outside = {"A", "1"},
         .value = "unknown(`if (process.argv[2]) { process.env.A ||= 'x' }` may have set A anew)"},
        {.title = "files into an object of their own",
         .source = IMPORTS "const my = {}\nconfig({ processEnv: my })\nexport default { a: my.A }",
         .files = {".env", "A=1\n"},
         .value = "{a: unknown(this loader)}"},
        {.title = "a command in a value",
         .source = "import '@dotenvx/dotenvx/config'\nexport default process.env.A",
         .files = {".env", "A=$(date)\n"},
         .value = "unknown(a command in a value for dotenvx may have set A anew)"},
        {.title = "a zero byte",
         .source = "export default { a: 'a\\0b' }",
         .value = "{a: unknown(`'a\\0b'` is not understood here)}"},
        {.title = "a length that is no number of bytes",
         .source = "export default { a: 'ä'.length, b: 'a'.length }",
         .value = "{a: unknown(`'ä'.length` is not known), b: 1}"},
    };
    run_rows(rows, lengthof(rows));
}

/* Bounded, whatever is written. */
Test(config, is_bounded)
{
    Arena *arena = arena_new();
    StrBuf doubling = strbuf_new(STRBUF_MAX);
    strbuf_add(&doubling, "let a = 'xxxxxxxxxx'\n");
    for (int i = 0; i < 60; i++) {
        strbuf_add(&doubling, "a = a + a\n");
    }
    strbuf_add(&doubling, "export default { a }");
    Row rows[] = {
        {.title = "doubling", .source = strbuf_text(&doubling)},
        {.title = "loops",
         .source = "const l = [1,2,3,4,5,6,7,8,9,0]\nlet x = 1\nfor (const a of l) for "
                   "(const b of l) for (const c of l) for (const d of l) for (const e of "
                   "l) x = 2\nexport default x"},
        {.title = "calls itself", .source = "const f = () => f()\nexport default { a: f() }"}};
    for (size_t i = 0; i < lengthof(rows); i++) {
        current = &rows[i];
        folder = "/";
        cr_expect_not_null(strstr(told(arena, &rows[i]), "unknown"), "%s", rows[i].title);
    }
    strbuf_dispose(&doubling);
    arena_free(arena);
}
