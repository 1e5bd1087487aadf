/*
 * cmd_format.c - `bellows format`.
 *
 * All files are read and laid out before the first is written, so a mistake in one leaves all as
 * they were. Only syntax matters: a schema with errors of meaning is laid out too.
 */
#include "base/common.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "cli/console/answer.h"
#include "cli/project/project.h"
#include "compiler/schema/complete/complete.h"
#include "grammar/format.h"
#include "grammar/parse.h"

/* A file whose text is not what it should be. */
typedef struct Rewrite {
    const SourceFile *file;
    StrBuf text;
} Rewrite;

typedef VEC(Rewrite) RewriteList;

static void dispose(RewriteList *list)
{
    vec_each(Rewrite, at, list) {
        strbuf_dispose(&at->text);
    }
}

static bool differs(const SourceFile *file, const StrBuf *text)
{
    return file->len != text->len || memcmp(file->text, text->text, text->len) != 0;
}

/* `file` as it is, or with what its relations miss, parsed again. */
static void lay_out_file(Cli *cli, const SchemaText *schema, const EditList *edits,
                         const SourceFile *file, StrBuf *out)
{
    size_t len = 0;
    const char *text = edits_apply(cli->arena, edits, file, &len);
    if (text == NULL) {
        format_file(out, schema->ast, file);
        return;
    }
    AstSchema *ast = schema_new(cli->arena);
    const SourceFile *completed = sources_adopt(cli->sources, file->path, text, len);
    parse_file(ast, completed, cli->names, cli->diags);
    format_file(out, ast, completed);
}

static void lay_out(Cli *cli, const SchemaText *schema, RewriteList *ret_list)
{
    EditList edits = schema_complete(cli->arena, schema->ast, cli->sources, cli->names);
    vec_each(const SourceFile *, at, &schema->files) {
        Rewrite rewrite = {.file = *at, .text = strbuf_new(STRBUF_MAX)};
        lay_out_file(cli, schema, &edits, *at, &rewrite.text);
        vec_push(cli->arena, ret_list, rewrite);
    }
}

static bool parse(Cli *cli, SchemaText *ret_schema)
{
    const TextList *paths = &cli->options.operands;
    const char *path = NULL;
    if (paths->count == 0 && !project_find_schema(cli, &path)) {
        return false;
    }
    bool ok = paths->count > 0 ? schema_open(cli, paths->items, paths->count, ret_schema)
                               : schema_open(cli, &path, 1, ret_schema);
    schema_parse(cli, ret_schema);
    return ok && !diag_has_errors(cli->diags);
}

/* The files that are not formatted: with --check they stay so. */
static void answer(Cli *cli, const RewriteList *list)
{
    TextList names = {0};
    vec_each(const Rewrite, at, list) {
        if (differs(at->file, &at->text)) {
            vec_push(cli->arena, &names, at->file->path);
        }
    }
    answer_texts(cli, "files", names.items, names.count);
}

/* Names what is not formatted. */
static ExitCode check(Cli *cli, const RewriteList *list)
{
    size_t count = 0;
    vec_each(const Rewrite, at, list) {
        if (differs(at->file, &at->text)) {
            cli_print(cli, "%s\n", at->file->path);
            count++;
        }
    }
    if (count > 0) {
        cli_note(cli, "! There are unformatted files. Run bellows format to format them.");
        return EXIT_DIFFERENT;
    }
    cli_note(cli, "All files are formatted correctly!");
    return EXIT_DONE;
}

static ExitCode write_all(Cli *cli, const RewriteList *list)
{
    vec_each(const Rewrite, at, list) {
        int error = 0;
        if (strcmp(at->file->path, SCHEMA_INPUT) == 0) {
            strbuf_addn(&cli->out, at->text.text, at->text.len);
            continue;
        }
        if (!differs(at->file, &at->text)) {
            continue;
        }
        if (!file_rewrite(at->file->path, at->text.text, at->text.len, &error)) {
            diag_report(cli->diags, DIAG_CANNOT_WRITE, span_none(), at->file->path,
                        file_error(error));
            continue;
        }
    }
    return cli_exit(cli, EXIT_DONE);
}

/* One line for what was named, as it was named. */
static void tell_formatted(Cli *cli, const SchemaText *schema)
{
    const TextList *paths = &cli->options.operands;
    if (paths->count == 0) {
        cli_say(cli, "Formatted %s in %lldms 🚀\n", schema->path, cli_elapsed_ms(cli));
    }
    vec_each(const char *, at, paths) {
        if (strcmp(*at, "-") != 0) {
            cli_say(cli, "Formatted %s in %lldms 🚀\n", *at, cli_elapsed_ms(cli));
        }
    }
}

ExitCode cmd_format(Cli *cli)
{
    SchemaText schema;
    RewriteList list = {0};
    if (!parse(cli, &schema)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    lay_out(cli, &schema, &list);
    answer(cli, &list);
    const bool checks = option_given(&cli->options, OPT_CHECK);
    ExitCode code = checks ? check(cli, &list) : write_all(cli, &list);
    if (!checks && code == EXIT_DONE) {
        tell_formatted(cli, &schema);
    }
    dispose(&list);
    return code;
}
