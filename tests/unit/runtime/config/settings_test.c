/*
 * settings_test.c - which configuration file is taken, and what is asked of it by key: places as a
 * person in the working directory would write them, texts, lists.
 */
#include "base/common.h"

#include "runtime/config/settings.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "runtime/host/folder.h"

#define U "postgresql://u:p@host:5432/"

typedef struct Row {
    const char *title;
    const char *in;         /* the working directory; NULL: where the files are */
    const char *files[8];   /* path, text, path, text, ... */
    const char *outside[4]; /* name, value, ... */
    const char *found;      /* which file */
    const char *passed_over;
    const char *schema, *migrations, *url, *views, *init; /* NULL: not given */
    const char *tables, *enums;                           /* with blanks between */
    bool is_version_8;
} Row;

static const Row *current;

static const char *lookup(const char *name)
{
    for (size_t i = 0; i < lengthof(current->outside) && current->outside[i] != NULL; i += 2) {
        if (strcmp(current->outside[i], name) == 0) {
            return current->outside[i + 1];
        }
    }
    return NULL;
}

static void put(Arena *arena, const char *path, const char *text)
{
    int error = 0;
    cr_assert(folder_make(path_folder(arena, path), NULL));
    cr_assert(file_write(path, text, strlen(text), &error), "%s", path);
}

typedef struct Bench {
    Arena *arena;
    Diagnostics *diags;
    Settings settings;
} Bench;

/* `/…/` stands for folders above the working directory. */
static bool same_text(const char *got, const char *wanted)
{
    if (got == NULL || wanted == NULL || strncmp(wanted, "/…", strlen("/…")) != 0) {
        return got == NULL || wanted == NULL ? got == wanted : strcmp(got, wanted) == 0;
    }
    const char *end = wanted + strlen("/…");
    return got[0] == '/' && strlen(got) > strlen(end) &&
           strcmp(got + strlen(got) - strlen(end), end) == 0;
}

static void expect(const Row *row, const char *what, const char *got, const char *wanted)
{
    cr_expect(same_text(got, wanted), "%s: %s is %s, not %s", row->title, what,
              got == NULL ? "not given" : got, wanted == NULL ? "not given" : wanted);
}

static void expect_path(Bench *bench, SettingId id, const char *what, const char *wanted)
{
    const char *got = NULL;
    const bool ok = id == SETTING_SCHEMA ? settings_schema(&bench->settings, bench->diags, &got)
                                         : setting_path(&bench->settings, id, bench->diags, &got);
    cr_expect(ok, "%s: %s cannot be told", current->title, what);
    expect(current, what, got, wanted);
}

static void expect_text(Bench *bench, SettingId id, const char *what, const char *wanted)
{
    const char *got = NULL;
    cr_expect(setting_text(&bench->settings, id, bench->diags, &got), "%s: %s cannot be told",
              current->title, what);
    expect(current, what, got, wanted);
}

static void expect_list(Bench *bench, SettingId id, const char *what, const char *wanted)
{
    PathList got = {0};
    StrBuf text = strbuf_new(STRBUF_MAX);
    cr_expect(setting_list(&bench->settings, id, bench->diags, &got));
    vec_each(const char *, at, &got) {
        strbuf_printf(&text, "%s%s", text.len > 0 ? " " : "", *at);
    }
    expect(current, what, text.len > 0 ? strbuf_take(&text, bench->arena) : NULL, wanted);
    strbuf_dispose(&text);
}

static void ask(Bench *bench, const Row *row)
{
    const SettingId url = row->is_version_8 ? SETTING_CONNECTION : SETTING_URL;
    cr_expect_eq(bench->settings.is_version_8, row->is_version_8, "%s", row->title);
    expect_path(bench, SETTING_SCHEMA, "the schema", row->schema);
    expect_path(bench, SETTING_MIGRATIONS_PATH, "the migrations folder", row->migrations);
    expect_path(bench, SETTING_VIEWS_PATH, "the views' path", row->views);
    expect_text(bench, url, "the URL", row->url);
    expect_text(bench, SETTING_INIT_SHADOW, "initShadowDb", row->init);
    expect_list(bench, SETTING_TABLES_EXTERNAL, "tables.external", row->tables);
    expect_list(bench, SETTING_ENUMS_EXTERNAL, "enums.external", row->enums);
}

static void run_row(const Row *row)
{
    char place[] = "/tmp/bellows_settings_XXXXXX";
    Bench bench = {.arena = arena_new()};
    Sources *sources = sources_new(bench.arena);
    bench.diags = diagnostics_new(bench.arena, sources);
    current = row;
    cr_assert_not_null(mkdtemp(place));
    cr_assert_eq(chdir(place), 0);
    for (size_t i = 0; i < lengthof(row->files) && row->files[i] != NULL; i += 2) {
        put(bench.arena, path_join(bench.arena, place, row->files[i]), row->files[i + 1]);
    }
    if (row->in != NULL) {
        cr_assert_eq(chdir(row->in), 0);
    }
    const char *second = NULL;
    const char *found = settings_find(bench.arena, &second);
    expect(row, "the file", found, row->found);
    expect(row, "the file that is passed over", second, row->passed_over);
    if (found != NULL && settings_open(bench.arena, found, sources, lookup, names_new(bench.arena),
                                       bench.diags, &bench.settings)) {
        ask(&bench, row);
    }
    cr_expect_not(diag_has_errors(bench.diags), "%s", row->title);
    cr_assert_eq(chdir("/"), 0);
    cr_assert(folder_remove(place));
    arena_free(bench.arena);
}

static void run_rows(const Row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        run_row(&rows[i]);
    }
}

#define CONTRACT                                                                                   \
    "import { definePrismaConfig } from 'prisma/config'\nimport { defineConfig as orm, "           \
    "prisma7Schema } from '@prisma/orm-postgres/config'\nexport default definePrismaConfig({ "     \
    "orm: orm({ contract: prisma7Schema('prisma/schema.prisma'), db: { connection: "               \
    "process.env['VET_DB']! } }) })"

/* Of the examples that are about places; config_test.c has the others, by the same numbers. */
Test(settings, examples_about_places)
{
    static const Row rows[] = {
        {.title = "4",
         .files = {"prisma.config.ts", "export default { schema: './db/models', datasource: { "
                                       "url: process.env.VET_DB! } }"},
         .outside = {"VET_DB", U "x"},
         .found = "prisma.config.ts",
         .schema = "db/models",
         .url = U "x"},
        {.title = "8",
         .in = "packages/db",
         .files = {"packages/db/prisma.config.ts",
                   "import { config } from 'dotenv'\nimport path from 'node:path'\nconfig({ path: "
                   "path.resolve(import.meta.dirname, '../../.env'), quiet: true })\nexport "
                   "default { schema: path.join('prisma', 'schema.prisma'), migrations: { path: "
                   "path.join(import.meta.dirname, 'sql') }, datasource: { url: "
                   "process.env.VET_DB } }",
                   ".env", "VET_DB=" U "root\n"},
         .found = "prisma.config.ts",
         .schema = "prisma/schema.prisma",
         .migrations = "sql",
         .url = U "root"},
        {.title = "21",
         .files = {"prisma.config.ts",
                   "export default { experimental: { externalTables: true }, tables: { external: "
                   "['auth.accounts'] }, enums: { external: ['auth.level'] }, migrations: { "
                   "initShadowDb: 'CREATE SCHEMA auth;' }, views: { path: 'db/views' } }"},
         .found = "prisma.config.ts",
         .views = "db/views",
         .init = "CREATE SCHEMA auth;",
         .tables = "auth.accounts",
         .enums = "auth.level"},
        {.title = "22",
         .files = {".config/prisma.ts",
                   "export default { schema: '../prisma/schema.prisma', migrations: { path: "
                   "'../db/changes' } }"},
         .found = ".config/prisma.ts",
         .schema = "prisma/schema.prisma",
         .migrations = "db/changes"},
        {.title = "23",
         .files = {"prisma7.config.ts", "export default { schema: 'seven.prisma' }",
                   "prisma.config.ts", CONTRACT},
         .found = "prisma7.config.ts",
         .schema = "seven.prisma"},
        {.title = "24",
         .files = {"prisma.config.ts", CONTRACT},
         .outside = {"VET_DB", U "v"},
         .found = "prisma.config.ts",
         .schema = "prisma/schema.prisma",
         .url = U "v",
         .is_version_8 = true},
        {.title = "25",
         .files = {"prisma.config.ts",
                   "import { defineConfig } from 'prisma/config'\nexport default defineConfig({ "
                   "migrations: { path: 'db/changes' }, datasource: { url: '" U "unread' } })"},
         .found = "prisma.config.ts",
         .migrations = "db/changes",
         .url = U "unread"},
    };
    run_rows(rows, lengthof(rows));
}

/* The order of names and of endings. */
Test(settings, which_file_is_taken)
{
    static const char a[] = "export default { schema: 'a.prisma' }";
    static const char b[] = "export default { schema: 'b.prisma' }";
    static const Row rows[] = {
        {.title = "a stale .js wins",
         .files = {"prisma.config.ts", a, "prisma.config.js", b},
         .found = "prisma.config.js",
         .passed_over = "prisma.config.ts",
         .schema = "b.prisma"},
        {.title = "js before mjs before cjs before mts",
         .files = {"prisma.config.mts", a, "prisma.config.cjs", a, "prisma.config.mjs", b},
         .found = "prisma.config.mjs",
         .passed_over = "prisma.config.cjs",
         .schema = "b.prisma"},
        {.title = "the folder of that name before .config",
         .files = {"prisma.config/index.ts", a, ".config/prisma.ts", b},
         .found = "prisma.config/index.ts",
         .passed_over = ".config/prisma.ts",
         .schema = "prisma.config/a.prisma"},
        {.title = ".config/prisma7 before prisma.config",
         .files = {".config/prisma7.ts", a, "prisma.config.ts", b},
         .found = ".config/prisma7.ts",
         .schema = ".config/a.prisma"},
        {.title = ".config/prisma/index before .config/prisma.config",
         .files = {".config/prisma.config.ts", a, ".config/prisma/index.ts", b},
         .found = ".config/prisma/index.ts",
         .passed_over = ".config/prisma.config.ts",
         .schema = ".config/prisma/b.prisma"},
        {.title = "none", .files = {"prisma/schema.prisma", ""}},
    };
    run_rows(rows, lengthof(rows));
}

#define ABOVE                                                                                      \
    "import { definePrismaConfig } from 'prisma/config'\nexport default definePrismaConfig({ "     \
    "orm: "                                                                                        \
    "{ contract: { no: 1 }, db: { connection: 'above' } } })"
#define BELOW(parent)                                                                              \
    "import { definePrismaConfig } from 'prisma/config'\nimport { prisma7Schema } from "           \
    "'@prisma/orm-postgres/config'\nexport default definePrismaConfig({ " parent                   \
    "orm: { contract: prisma7Schema('s.prisma') } })"

/* Of version 8: those above add what nearer ones do not give. */
Test(settings, a_chain_of_version_8)
{
    static const Row rows[] = {
        {.title = "up to the repository",
         .in = "repo/packages/db",
         .files = {"repo/.git/HEAD", "x", "repo/prisma.config.ts", ABOVE,
                   "repo/packages/db/prisma.config.ts", BELOW("")},
         .found = "prisma.config.ts",
         .schema = "s.prisma",
         .url = "above",
         .is_version_8 = true},
        {.title = "not beyond it",
         .in = "repo/packages/db",
         .files = {"repo/packages/.git", "x", "repo/prisma.config.ts", ABOVE,
                   "repo/packages/db/prisma.config.ts", BELOW("")},
         .found = "prisma.config.ts",
         .schema = "s.prisma",
         .is_version_8 = true},
        {.title = "ended",
         .in = "repo/db",
         .files = {"repo/.git", "x", "repo/prisma.config.ts", ABOVE, "repo/db/prisma.config.ts",
                   BELOW("parent: false, ")},
         .found = "prisma.config.ts",
         .schema = "s.prisma",
         .is_version_8 = true},
        {.title = "bent",
         .in = "repo/db",
         .files = {"other/x.config.ts", ABOVE, "repo/db/prisma.config.ts",
                   BELOW("parent: '../../other/x.config.ts', ")},
         .found = "prisma.config.ts",
         .schema = "s.prisma",
         .url = "above",
         .is_version_8 = true},
        {.title = "a contract is of the folder that gives it",
         .in = "repo/web",
         .files = {"repo/.git", "x", "repo/prisma.config.ts", BELOW(""),
                   "repo/web/prisma.config.ts",
                   "import { definePrismaConfig } from 'prisma/config'\nexport default "
                   "definePrismaConfig({ orm: { db: { connection: 'own' } } })"},
         .found = "prisma.config.ts",
         .schema = "/…/repo/s.prisma",
         .url = "own",
         .is_version_8 = true},
    };
    run_rows(rows, lengthof(rows));
}
