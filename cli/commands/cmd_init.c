/*
 * cmd_init.c - `bellows init`: the files a project begins with, such that `migrate dev` works next.
 *
 * What is written follows the client that is there: version 7 takes the database from
 * prisma.config.ts, version 6 from the schema. Without a client the schema has no generator, for
 * one that is not installed would fail at every command. Nothing that is there is changed but
 * .gitignore and .env, to which lines are added.
 */
#include "base/common.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "cli/console/answer.h"
#include "runtime/generate/client_version.h"

static const char schema_path[] = "prisma/schema.prisma";

typedef struct Start {
    Cli *cli;
    unsigned client;
    const char *generator; /* NULL: none */
} Start;

/* --- what the files hold --- */

static void add_generator(const Start *start, StrBuf *out)
{
    const Options *options = &start->cli->options;
    const char *output = option_value(options, OPT_CLIENT_OUTPUT);
    const bool needs_output = strcmp(start->generator, "prisma-client") == 0;
    output = output == NULL && needs_output ? "../generated/prisma" : output;
    strbuf_printf(out, "generator client {\n  provider = \"%s\"\n", start->generator);
    if (output != NULL) {
        strbuf_printf(out, "  output   = \"%s\"\n", output);
    }
    if (option_given(options, OPT_INIT_FEATURE)) {
        strbuf_add(out, "  previewFeatures = [");
        vec_each(const char *, at, &options->values[OPT_INIT_FEATURE]) {
            strbuf_printf(out, "%s\"%s\"",
                          at == options->values[OPT_INIT_FEATURE].items ? "" : ", ", *at);
        }
        strbuf_add(out, "]\n");
    }
    strbuf_add(out, "}\n\n");
}

static char *schema_text(const Start *start)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (start->generator != NULL) {
        add_generator(start, &out);
    }
    strbuf_add(&out, "datasource db {\n  provider = \"postgresql\"\n");
    if (start->client == 6) {
        strbuf_add(&out, "  url      = env(\"DATABASE_URL\")\n");
    }
    strbuf_add(&out, "}\n");
    if (option_given(&start->cli->options, OPT_WITH_MODEL)) {
        strbuf_add(&out, "\nmodel User {\n"
                         "  id    Int     @id @default(autoincrement())\n"
                         "  email String  @unique\n"
                         "  name  String?\n"
                         "}\n");
    }
    return strbuf_take(&out, start->cli->arena);
}

static const char config_text[] = "import 'dotenv/config'\n"
                                  "import { defineConfig } from 'prisma/config'\n"
                                  "\n"
                                  "export default defineConfig({\n"
                                  "  schema: 'prisma/schema.prisma',\n"
                                  "  migrations: {\n"
                                  "    path: 'prisma/migrations',\n"
                                  "  },\n"
                                  "  datasource: {\n"
                                  "    url: process.env['DATABASE_URL'],\n"
                                  "  },\n"
                                  "})\n";

/* --- writing --- */

static bool report(Cli *cli, const char *path, int error)
{
    diag_report(cli->diags, DIAG_CANNOT_WRITE, span_none(), path, file_error(error));
    return false;
}

static bool write_new(Cli *cli, const char *path, const char *text)
{
    int error = 0;
    return file_write(path, text, strlen(text), &error) || report(cli, path, error);
}

static bool has_line(const char *text, const char *start)
{
    const size_t len = strlen(start);
    while (text != NULL && strncmp(text, start, len) != 0) {
        text = strchr(text, '\n');
        text = text == NULL ? NULL : text + 1;
    }
    return text != NULL;
}

/* `line` at the end of a file, which need not be there; nothing where a line begins with `start`.
 */
static bool add_line(Cli *cli, const char *path, const char *start, const char *line)
{
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    if (file_exists(path) && !file_read(cli->arena, path, &text, &len, &error)) {
        diag_report(cli->diags, DIAG_CANNOT_READ, span_none(), path, file_error(error));
        return false;
    }
    const char *old = text == NULL ? "" : text;
    if (has_line(old, start)) {
        return true;
    }
    const char *gap = len > 0 && old[len - 1] != '\n' ? "\n" : "";
    return write_new(cli, path, arena_printf(cli->arena, "%s%s%s\n", old, gap, line));
}

static bool is_fresh(Cli *cli)
{
    static const char *const paths[] = {schema_path, "schema.prisma", "prisma.config.ts",
                                        "prisma/schema"};
    for (size_t i = 0; i < lengthof(paths); i++) {
        if (file_exists(paths[i]) || file_is_folder(paths[i])) {
            diag_report(cli->diags, DIAG_INIT_EXISTS, span_none(), paths[i]);
            return false;
        }
    }
    return true;
}

static bool write_environment(Cli *cli)
{
    const char *url = option_value(&cli->options, OPT_URL);
    return url == NULL ||
           (add_line(cli, ".env",
                     "DATABASE_URL=", arena_printf(cli->arena, "DATABASE_URL=\"%s\"", url)) &&
            add_line(cli, ".gitignore", ".env", ".env"));
}

static bool write_all(Start *start)
{
    Cli *cli = start->cli;
    int error = 0;
    if (!file_make_folders("prisma", &error)) {
        return report(cli, "prisma", error);
    }
    if (!write_new(cli, schema_path, schema_text(start)) ||
        (start->client == 7 && !write_new(cli, "prisma.config.ts", config_text)) ||
        !write_environment(cli) || !add_line(cli, ".gitignore", ".bellows", ".bellows/")) {
        return false;
    }
    const char *written[] = {schema_path, ".gitignore", NULL, NULL};
    size_t count = 2;
    if (start->client == 7) {
        written[count++] = "prisma.config.ts";
    }
    if (option_given(&cli->options, OPT_URL)) {
        written[count++] = ".env";
    }
    answer_texts(cli, "written", written, count);
    cli_say(cli, "Written: %s%s%s, .gitignore\n", schema_path,
            start->client == 7 ? ", prisma.config.ts" : "",
            option_given(&cli->options, OPT_URL) ? ", .env" : "");
    return true;
}

static void tell_next(const Start *start)
{
    const Options *options = &start->cli->options;
    cli_print(start->cli, "\nNext:\n\n");
    if (!option_given(options, OPT_URL)) {
        cli_say(start->cli, "  set DATABASE_URL, in .env for example; without it a private "
                            "PostgreSQL is used\n");
    }
    if (!option_given(options, OPT_WITH_MODEL)) {
        cli_put(start->cli, "  write a model into prisma/schema.prisma\n");
    }
    cli_put(start->cli, "  bellows migrate dev --name init\n");
}

static bool provider_is_ours(Cli *cli)
{
    const char *provider = option_value(&cli->options, OPT_PROVIDER);
    if (provider == NULL || strcmp(provider, "postgresql") == 0 ||
        strcmp(provider, "postgres") == 0) {
        return true;
    }
    diag_report(cli->diags, DIAG_BAD_OPTION_VALUE, span_none(), provider, "--datasource-provider",
                "`postgresql`: bellows is for PostgreSQL");
    return false;
}

/* Options of Prisma's that make a database or a schema on its services. */
static bool is_here(Cli *cli)
{
    static const OptionId hosted[] = {OPT_HOSTED, OPT_HOSTED_REGION, OPT_HOSTED_NAME,
                                      OPT_HOSTED_PROMPT, OPT_HOSTED_VIBE};
    for (size_t i = 0; i < lengthof(hosted); i++) {
        if (option_given(&cli->options, hosted[i])) {
            const char *name = arena_printf(cli->arena, "init %s", option_row(hosted[i])->name);
            diag_report(cli->diags, DIAG_COMMAND_ELSEWHERE, span_none(), name,
                        "is about Prisma's hosted services",
                        arena_printf(cli->arena,
                                     "run `npx prisma %s`, or `bellows init` alone for "
                                     "a project on any PostgreSQL",
                                     name));
            return false;
        }
    }
    return true;
}

ExitCode cmd_init(Cli *cli)
{
    if (!is_here(cli)) {
        return EXIT_USAGE;
    }
    Start start = {.cli = cli, .client = client_version(cli->arena, ".")};
    start.generator = option_value(&cli->options, OPT_GENERATOR_PROVIDER);
    if (start.generator == NULL && (start.client == 6 || start.client == 7)) {
        start.generator = start.client == 6 ? "prisma-client-js" : "prisma-client";
    }
    if (!provider_is_ours(cli) || !is_fresh(cli) || !write_all(&start)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    tell_next(&start);
    return cli_exit(cli, EXIT_DONE);
}
