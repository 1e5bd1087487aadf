/*
 * project.c - finds the project's schema, reads it, compiles it.
 */
#include "base/common.h"

#include "cli/project/project.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/stop.h"
#include "cli/project/own_config.h"
#include "compiler/canon/canon.h"
#include "grammar/parse.h"
#include "runtime/generate/client_version.h"
#include "runtime/host/folder.h"

static const char *find_settings(Cli *cli)
{
    enum { FIRST_THAT_LOOKS_ABOVE = 8 };
    const char *second = NULL;
    const char *path = option_value(&cli->options, OPT_CONFIG);
    if (path == NULL) {
        path = settings_find(cli->arena, &second);
    }
    if (path == NULL && client_version(cli->arena, ".") >= FIRST_THAT_LOOKS_ABOVE) {
        path = settings_find_above(cli->arena);
    }
    if (second != NULL) {
        diag_report(cli->diags, DIAG_PASSED_OVER, span_none(), second,
                    arena_printf(cli->arena, "%s comes before it", path),
                    "remove one of them, or name one with `--config FILE`");
    }
    return path;
}

/* What reading does not tell Node tells, where somebody says that the file, a program, may run. */
static bool complete(Cli *cli, Settings *settings)
{
    Answer answer = ANSWER_NO;
    const OwnConfig *own = NULL;
    if (settings_are_known(settings)) {
        return true;
    }
    if (!project_own_config(cli, &own)) {
        return false;
    }
    if (own->config_node || option_given(&cli->options, OPT_CONFIG_NODE)) {
        answer = ANSWER_YES;
    } else {
        answer = cli_confirm(cli, PROMPT_CONFIG, settings->path);
    }
    return answer == ANSWER_YES ? settings_ask_node(settings, cli->diags) : answer == ANSWER_NO;
}

bool project_settings(Cli *cli, const Settings **ret_settings)
{
    if (!cli->settings_read) {
        const char *path = find_settings(cli);
        cli->settings_read = true;
        if (path != NULL) {
            Settings *settings = arena_make(cli->arena, Settings);
            cli->settings_failed = !settings_open(cli->arena, path, cli->sources, environment,
                                                  cli->names, cli->diags, settings) ||
                                   !complete(cli, settings);
            cli->settings = settings;
        }
    }
    *ret_settings = cli->settings;
    return !cli->settings_failed;
}

bool project_has_contract(Cli *cli, bool *ret_has)
{
    const Settings *settings = NULL;
    if (!project_settings(cli, &settings)) {
        return false;
    }
    *ret_has = settings != NULL && settings->is_version_8;
    return true;
}

bool project_leaves_defaults(Cli *cli)
{
    enum { FIRST_THAT_DOES = 8 };
    bool contract = false;
    return (project_has_contract(cli, &contract) && contract) ||
           client_version(cli->arena, ".") >= FIRST_THAT_DOES;
}

static const char *usual_schema(void)
{
    static const char *const places[] = {"schema.prisma", "prisma/schema.prisma", "prisma/schema"};
    for (size_t i = 0; i < lengthof(places); i++) {
        if (file_exists(places[i])) {
            return places[i];
        }
    }
    return NULL;
}

/* Version 7 does not read the key: where it would take another schema, its client is made of that.
 */
static void tell_other_schema(Cli *cli, const char *named)
{
    enum { FIRST_THAT_DOES_NOT = 7 };
    const char *usual = named == NULL ? NULL : usual_schema();
    if (usual == NULL || client_version(cli->arena, ".") < FIRST_THAT_DOES_NOT) {
        return;
    }
    const char *real = folder_real(named, cli->arena);
    if (real == NULL || strcmp(real, folder_real(usual, cli->arena)) != 0) {
        diag_report(cli->diags, DIAG_PACKAGE_SCHEMA, span_none(), named, usual);
    }
}

/* --schema, the configuration, package.json; NULL when none of them names it. */
static bool named_schema(Cli *cli, const char **ret_path)
{
    const Settings *settings = NULL;
    *ret_path = option_value(&cli->options, OPT_SCHEMA);
    if (*ret_path != NULL) {
        return true;
    }
    if (!project_settings(cli, &settings) ||
        (settings != NULL && !settings_schema(settings, cli->diags, ret_path))) {
        return false;
    }
    if (*ret_path != NULL) {
        return true;
    }
    bool ok = project_package_schema(cli, ret_path);
    tell_other_schema(cli, *ret_path);
    return ok;
}

bool project_find_schema(Cli *cli, const char **ret_path)
{
    const char *given = NULL;
    if (!named_schema(cli, &given)) {
        return false;
    }
    given = given == NULL ? usual_schema() : given;
    if (given == NULL) {
        diag_report(cli->diags, DIAG_NO_SCHEMA, span_none(),
                    "./schema.prisma, ./prisma/schema.prisma, ./prisma/schema/");
        return false;
    }
    *ret_path = given;
    return true;
}

static bool list_files(Cli *cli, const char *path, PathList *ret_paths)
{
    int error = 0;
    if (!file_is_folder(path)) {
        vec_push(cli->arena, ret_paths, path);
        return true;
    }
    if (!files_below(cli->arena, path, ".prisma", ret_paths, &error)) {
        diag_report(cli->diags, DIAG_CANNOT_READ, span_none(), path, file_error(error));
        return false;
    }
    if (ret_paths->count == 0) {
        diag_report(cli->diags, DIAG_NO_SCHEMA_FILES, span_none(), path);
        return false;
    }
    return true;
}

static bool read_file(Cli *cli, const char *path, const SourceFile **ret_file)
{
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    bool ok = strcmp(path, SCHEMA_INPUT) == 0 ? file_read_input(cli->arena, &text, &len, &error)
                                              : file_read(cli->arena, path, &text, &len, &error);
    if (!ok) {
        if (error == EFBIG) {
            diag_report(cli->diags, DIAG_FILE_OVER_LIMIT, span_none(), path);
        } else {
            diag_report(cli->diags, DIAG_CANNOT_READ, span_none(), path, file_error(error));
        }
        return false;
    }
    *ret_file = sources_adopt(cli->sources, path, text, len);
    return true;
}

bool schema_open(Cli *cli, const char *const *paths, size_t count, SchemaText *ret_schema)
{
    PathList files = {0};
    SchemaText schema = {.path = paths[0]};
    *ret_schema = schema;
    for (size_t i = 0; i < count; i++) {
        if (!list_files(cli, paths[i], &files)) {
            return false;
        }
    }
    schema.folder = file_is_folder(paths[0]) ? paths[0] : path_folder(cli->arena, paths[0]);
    bool ok = true;
    vec_each(const char *, at, &files) {
        const SourceFile *file = NULL;
        if (!read_file(cli, *at, &file)) {
            ok = false;
            continue;
        }
        vec_push(cli->arena, &schema.files, file);
    }
    *ret_schema = schema;
    return ok;
}

void schema_parse(Cli *cli, SchemaText *schema)
{
    schema->ast = schema_new(cli->arena);
    vec_each(const SourceFile *, at, &schema->files) {
        parse_file(schema->ast, *at, cli->names, cli->diags);
    }
}

/* A schema that is refused for its syntax or settings: what else is wrong with it. */
static void report_rest(Cli *cli, const SchemaText *schema)
{
    bool valid = schema_check(schema->ast, &schema->config, intern_cstr(cli->names, "public"),
                              cli->names, cli->diags);
    assert(!valid);
    (void)valid; /* for the assertion only */
}

bool schema_configure(Cli *cli, SchemaText *schema)
{
    if (!schema_config_read(schema->ast, cli->names, cli->diags, &schema->config) ||
        diag_has_errors(cli->diags)) {
        report_rest(cli, schema);
        return false;
    }
    return true;
}

bool schema_read(Cli *cli, const char *path, SchemaText *ret_schema)
{
    SchemaText schema;
    stop_harmless_begin(); /* it only reads, and looks for no signal */
    bool ok = schema_open(cli, &path, 1, &schema);
    schema_parse(cli, &schema);
    ok = ok && schema_configure(cli, &schema);
    stop_harmless_end();
    if (ok) {
        *ret_schema = schema;
    }
    return ok;
}

char *schema_whole_text(Cli *cli, const SchemaText *schema)
{
    StrBuf all = strbuf_new(STRBUF_MAX);
    vec_each(const SourceFile *, at, &schema->files) {
        strbuf_addn(&all, (*at)->text, (*at)->len);
        if ((*at)->len > 0 && (*at)->text[(*at)->len - 1] != '\n') {
            strbuf_char(&all, '\n');
        }
    }
    return strbuf_take(&all, cli->arena);
}

Catalog *schema_compile(Cli *cli, const SchemaText *schema, const char *default_schema)
{
    Catalog *catalog =
        schema_lower(schema->ast, &schema->config, intern_cstr(cli->names, default_schema),
                     cli->names, cli->diags);
    if (catalog != NULL && diag_has_errors(cli->diags)) {
        catalog_free(catalog);
        return NULL;
    }
    if (catalog != NULL) {
        canon_catalog(catalog);
    }
    return catalog;
}

Catalog *schema_compile_text(Cli *cli, const char *path, const char *text,
                             const char *default_schema)
{
    Diagnostics *silent = diagnostics_new(cli->arena, cli->sources);
    AstSchema *ast = schema_new(cli->arena);
    SchemaConfig config = {0};
    parse_file(ast, sources_add(cli->sources, path, text, strlen(text)), cli->names, silent);
    if (diag_has_errors(silent) || !schema_config_read(ast, cli->names, silent, &config)) {
        return NULL;
    }
    Catalog *catalog =
        schema_lower(ast, &config, intern_cstr(cli->names, default_schema), cli->names, silent);
    if (catalog != NULL) {
        canon_catalog(catalog);
    }
    return catalog;
}

/* Version 6 keeps the folder beside the file of the datasource, which there names a URL. */
static const char *default_folder(Cli *cli, const SchemaText *schema)
{
    const DatasourceConfig *source = &schema->config.datasource;
    const char *folder = schema->folder;
    vec_each(AstBlock *, at, &schema->ast->blocks) {
        if ((*at)->kind == AST_DATASOURCE && (source->url != NULL || source->url_env != NULL)) {
            const SourceFile *file = sources_file(cli->sources, (*at)->span.file);
            folder = path_folder(cli->arena, file->path);
        }
    }
    return path_join(cli->arena, folder, "migrations");
}

bool project_migrations_folder(Cli *cli, const SchemaText *schema, bool may_be_made,
                               const char **ret_folder)
{
    const Settings *settings = NULL;
    const char *named = option_value(&cli->options, OPT_MIGRATIONS);
    const char *by = "--migrations";
    if (named == NULL) {
        if (!project_settings(cli, &settings) ||
            (settings != NULL &&
             !setting_path(settings, SETTING_MIGRATIONS_PATH, cli->diags, &named))) {
            return false;
        }
        by = settings == NULL ? "" : settings->path;
    }
    if (named != NULL && !may_be_made && !file_is_folder(named)) {
        diag_report(cli->diags, DIAG_MIGRATIONS_NOWHERE, span_none(), named, by);
        return false;
    }
    *ret_folder = named != NULL ? named : default_folder(cli, schema);
    return true;
}

const char *project_shown_path(Cli *cli, const char *path)
{
    const char *here = folder_real(".", cli->arena);
    const size_t len = here == NULL ? 0 : strlen(here);
    const bool below = len > 1 && strncmp(path, here, len) == 0 && path[len] == '/';
    return below ? arena_printf(cli->arena, ".%s", path + len) : path;
}

const char *project_default_schema(const ConnInfo *info)
{
    return info == NULL || info->schema == NULL ? "public" : info->schema;
}
