/*
 * cmd_pull.c - `bellows db pull`: the database's tables written into the schema.
 *
 * The schema is read, the catalog lifted (compiler/schema/lift/pull.h), the blocks laid out
 * (grammar/format.h) and put back into the files they came from. What the schema cannot say is told
 * on standard error. Everything is made before the first file is written.
 */
#include "base/common.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/text/json_text.h"
#include "cli/console/answer.h"
#include "cli/project/side.h"
#include "compiler/canon/canon.h"
#include "compiler/schema/lift/pull.h"
#include "grammar/ast_write.h"
#include "grammar/format.h"
#include "grammar/parse.h"
#include "introspect/load/load.h"

/* A file of the schema and its new text. */
typedef struct PulledFile {
    const char *path;
    const SourceFile *old; /* NULL: a new file */
    const char *text;
} PulledFile;

typedef struct PullRun {
    SchemaText schema;
    Database database;
    Catalog *catalog;
    PullResult result;
    const char *fresh_path; /* of the file for new blocks, when there is none of that name */
    VEC(PulledFile) files;
} PullRun;

/* --- the schema as it is -----------------------------------------------------------------------
 */

static const char default_path[] = "prisma/schema.prisma";
static const char default_schema_text[] = "datasource db {\n  provider = \"postgresql\"\n}\n";

/* With a URL a schema is not needed: it is made. */
static bool new_schema(Cli *cli, SchemaText *ret_schema)
{
    SchemaText schema = {.path = default_path, .folder = "prisma", .ast = schema_new(cli->arena)};
    SourceFile *file = sources_add(cli->sources, default_path, default_schema_text,
                                   sizeof default_schema_text - 1);
    parse_file(schema.ast, file, cli->names, cli->diags);
    vec_push(cli->arena, &schema.files, file);
    *ret_schema = schema;
    return schema_config_read(schema.ast, cli->names, cli->diags, &ret_schema->config);
}

static bool read_schema(Cli *cli, SchemaText *ret_schema)
{
    const char *path = option_value(&cli->options, OPT_SCHEMA);
    const Settings *settings = NULL;
    if (!project_settings(cli, &settings)) {
        return false;
    }
    Diagnostics *reported = cli->diags;
    if (path == NULL && option_given(&cli->options, OPT_URL)) {
        cli->diags = diagnostics_new(cli->arena, cli->sources);
        bool found = project_find_schema(cli, &path);
        cli->diags = reported;
        if (!found) {
            return new_schema(cli, ret_schema);
        }
    }
    return project_find_schema(cli, &path) && schema_read(cli, path, ret_schema) &&
           !diag_has_errors(cli->diags);
}

/* --schemas a,b stands for the datasource's list. */
static void read_schemas_option(Cli *cli, SchemaConfig *config)
{
    const char *at = option_value(&cli->options, OPT_SCHEMAS);
    if (at == NULL) {
        return;
    }
    config->datasource.schemas.count = 0;
    while (*at != '\0') {
        size_t len = strcspn(at, ",");
        if (len > 0) {
            vec_push(cli->arena, &config->datasource.schemas, intern(cli->names, at, len));
        }
        at += len + (at[len] == ',' ? 1 : 0);
    }
}

/* --- the database ------------------------------------------------------------------------------
 */

static bool load(Cli *cli, PullRun *run)
{
    Session *session = NULL;
    const External *external = NULL;
    SessionOptions connect = {.interrupted = &cli_interrupted};
    if (!project_external(cli, &external) ||
        !project_database(cli, &run->schema, PRIVATE_IF_RUNNING, &run->database) ||
        !session_open(run->database.info, &connect, cli->diags, &session)) {
        return false;
    }
    const char *schema = project_default_schema(run->database.info);
    LoadOptions options = {.schemas = run->schema.config.datasource.schemas.items,
                           .schema_count = run->schema.config.datasource.schemas.count,
                           .default_schema = intern_cstr(cli->names, schema),
                           .external = external,
                           .with_opaque = true,
                           .with_notes = true};
    bool ok = catalog_load(session, &options, cli->names, cli->diags, &run->catalog);
    session_close(session);
    if (ok) {
        canon_catalog(run->catalog);
    }
    return ok;
}

/* --- new texts ---------------------------------------------------------------------------------
 */

/* The blocks of a file, laid out. */
static const char *file_text(Cli *cli, const PullRun *run, const char *path, uint32_t file)
{
    StrBuf plain = strbuf_new(STRBUF_MAX);
    vec_each(const PullBlock, at, &run->result.blocks) {
        if (at->file == file) {
            ast_write_block(&plain, at->block);
        }
    }
    AstSchema *ast = schema_new(cli->arena);
    Diagnostics *silent = diagnostics_new(cli->arena, cli->sources);
    const SourceFile *source = sources_add(cli->sources, path, strbuf_text(&plain), plain.len);
    strbuf_dispose(&plain);
    parse_file(ast, source, cli->names, silent);
    assert(!diag_has_errors(silent));
    StrBuf out = strbuf_new(STRBUF_MAX);
    format_file(&out, ast, source);
    return strbuf_take(&out, cli->arena);
}

static bool has_blocks_in(const PullRun *run, uint32_t file)
{
    vec_each(const PullBlock, at, &run->result.blocks) {
        if (at->file == file) {
            return true;
        }
    }
    return false;
}

/* A file that never had a block stays as it is. */
static bool had_blocks(const PullRun *run, uint32_t file)
{
    vec_each(AstBlock *const, at, &run->schema.ast->blocks) {
        if ((*at)->span.file == file) {
            return true;
        }
    }
    return false;
}

static void make_files(Cli *cli, PullRun *run)
{
    vec_each(const SourceFile *, at, &run->schema.files) {
        const SourceFile *file = *at;
        if (had_blocks(run, file->id) || has_blocks_in(run, file->id)) {
            PulledFile made = {file->path, file, file_text(cli, run, file->path, file->id)};
            vec_push(cli->arena, &run->files, made);
        }
    }
    if (run->fresh_path != NULL && has_blocks_in(run, 0)) {
        PulledFile made = {run->fresh_path, NULL, file_text(cli, run, run->fresh_path, 0)};
        vec_push(cli->arena, &run->files, made);
    }
}

/* Where new blocks go: the schema's only file, or introspected.prisma of its folder. */
static uint32_t fresh_file(Cli *cli, PullRun *run)
{
    if (!file_is_folder(run->schema.path)) {
        return run->schema.files.items[0]->id;
    }
    const char *path = path_join(cli->arena, run->schema.path, "introspected.prisma");
    vec_each(const SourceFile *, at, &run->schema.files) {
        if (strcmp((*at)->path, path) == 0) {
            return (*at)->id;
        }
    }
    run->fresh_path = path;
    return 0;
}

/* --- what comes of it --------------------------------------------------------------------------
 */

static void answer(Cli *cli, const PullRun *run)
{
    json_t *files = json_array();
    json_t *notes = json_array();
    vec_each(const PulledFile, at, &run->files) {
        json_t *file = json_object();
        json_object_set_new(file, "path", json_text(at->path));
        json_object_set_new(file, "text", json_text(at->text));
        json_array_append_new(files, file);
    }
    vec_each(const PullNote, note, &run->result.notes) {
        json_array_append_new(
            notes,
            json_text(arena_printf(cli->arena, "%s: %s", pull_note_text(note->kind), note->item)));
    }
    answer_put(cli, "files", files);
    answer_put(cli, "notes", notes);
}

static void tell_notes(Cli *cli, const PullResult *result)
{
    vec_each(const PullNote, note, &result->notes) {
        bool first = note == result->notes.items || note[-1].kind != note->kind;
        if (first) {
            cli_note(cli, "note: %s:", pull_note_text(note->kind));
        }
        cli_note(cli, "  - %s", note->item);
    }
}

static bool write_file(Cli *cli, const char *path, const char *text, bool exists)
{
    int error = 0;
    if (exists ? file_rewrite(path, text, strlen(text), &error)
               : file_make_folders(path_folder(cli->arena, path), &error) &&
                     file_write(path, text, strlen(text), &error)) {
        return true;
    }
    diag_report(cli->diags, DIAG_CANNOT_WRITE, span_none(), path, file_error(error));
    return false;
}

/* A view's query stands in views/SCHEMA/VIEW.sql beside the schema. */
static bool views_folder(Cli *cli, const PullRun *run, const char **ret_folder)
{
    const Settings *settings = NULL;
    *ret_folder = NULL;
    if (!project_settings(cli, &settings) ||
        (settings != NULL && !setting_path(settings, SETTING_VIEWS_PATH, cli->diags, ret_folder))) {
        return false;
    }
    if (*ret_folder == NULL) {
        *ret_folder = path_join(cli->arena, run->schema.folder, "views");
    }
    return true;
}

static bool write_views(Cli *cli, const PullRun *run)
{
    const char *folder = NULL;
    bool ok = views_folder(cli, run, &folder);
    vec_each(DeclaredView *const, at, &run->catalog->views) {
        const char *below = path_join(cli->arena, folder, (*at)->schema->text);
        const char *name = arena_printf(cli->arena, "%s.sql", (*at)->name->text);
        bool nameable = strchr((*at)->name->text, '/') == NULL &&
                        strchr((*at)->schema->text, '/') == NULL && (*at)->schema->text[0] != '.';
        if (!nameable) {
            cli_note(cli, "note: the query of view %s is not written: its name is no file's",
                     (*at)->name->text);
            continue;
        }
        ok = ok && write_file(cli, path_join(cli->arena, below, name),
                              arena_printf(cli->arena, "%s\n", (*at)->definition->text), false);
    }
    return ok;
}

static size_t count_blocks(const PullRun *run, AstBlockKind kind)
{
    size_t count = 0;
    vec_each(const PullBlock, at, &run->result.blocks) {
        count += at->block->kind == kind ? 1 : 0;
    }
    return count;
}

static bool write_all(Cli *cli, const PullRun *run)
{
    bool ok = true;
    vec_each(const PulledFile, at, &run->files) {
        bool exists = at->old != NULL && file_exists(at->path);
        bool same = exists && strlen(at->text) == at->old->len &&
                    memcmp(at->text, at->old->text, at->old->len) == 0;
        ok = ok && (same || write_file(cli, at->path, at->text, exists));
    }
    size_t views = count_blocks(run, AST_VIEW);
    ok = ok && (views == 0 || write_views(cli, run));
    if (ok) {
        size_t models = count_blocks(run, AST_MODEL);
        cli_say(cli, "✔ Introspected %zu model%s and wrote %s into %s in %lldms\n", models,
                models == 1 ? "" : "s", models == 1 ? "it" : "them", run->schema.path,
                cli_elapsed_ms(cli));
    }
    return ok;
}

static void print_all(Cli *cli, const PullRun *run)
{
    vec_each(const PulledFile, at, &run->files) {
        if (run->files.count > 1) {
            cli_put(cli, at == run->files.items ? "" : "\n");
            cli_print(cli, "// %s\n", at->path);
        }
        strbuf_add(&cli->out, at->text);
    }
}

static ExitCode pull(Cli *cli, PullRun *run)
{
    PullInput input = {.catalog = run->catalog,
                       .schema = run->schema.ast,
                       .config = &run->schema.config,
                       .forget = option_given(&cli->options, OPT_FORGET),
                       .fresh = fresh_file(cli, run)};
    if (!pull_catalog(cli->arena, &input, cli->names, cli->diags, &run->result)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    if (run->result.empty) {
        diag_report(cli->diags, DIAG_EMPTY_DATABASE, span_none(), run->database.display);
        return cli_exit(cli, EXIT_FAILED);
    }
    make_files(cli, run);
    answer(cli, run);
    if (option_given(&cli->options, OPT_PRINT)) {
        print_all(cli, run);
    } else if (!write_all(cli, run)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    tell_notes(cli, &run->result);
    return EXIT_DONE;
}

ExitCode cmd_db_pull(Cli *cli)
{
    PullRun run = {0};
    if (!read_schema(cli, &run.schema)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    read_schemas_option(cli, &run.schema.config);
    ExitCode code = load(cli, &run) ? pull(cli, &run) : cli_exit(cli, EXIT_FAILED);
    catalog_free(run.catalog);
    return code;
}
