/*
 * external_objects.c - which objects others own, and which are not compared: the lists of both
 * configurations, as names.
 */
#include "base/common.h"

#include <string.h>

#include "cli/project/own_config.h"
#include "cli/project/project.h"

/* What Prisma 8 keeps of a database. */
static const char version_8_records[] = "prisma_contract";

/* "auth.users": schema and name; a name alone means nothing here. */
static bool split_name(Cli *cli, Span span, const char *key, const char *text,
                       ExternalName *ret_name)
{
    const char *dot = strchr(text, '.');
    if (dot == NULL || dot == text || dot[1] == '\0' || strchr(dot + 1, '.') != NULL) {
        diag_report(cli->diags, DIAG_EXTERNAL_NAME, span, text, key);
        return false;
    }
    ret_name->schema = intern(cli->names, text, (size_t)(dot - text));
    ret_name->name = intern_cstr(cli->names, dot + 1);
    return true;
}

/* Appends the names to one of the lists. */
static bool add_names(Cli *cli, Span span, const char *key, const TextList *texts, bool tables,
                      External *external)
{
    vec_each(const char *, at, texts) {
        ExternalName name;
        if (!split_name(cli, span, key, *at, &name)) {
            return false;
        }
        if (tables) {
            vec_push(cli->arena, &external->tables, name);
        } else {
            vec_push(cli->arena, &external->enums, name);
        }
    }
    return true;
}

static bool add_setting(Cli *cli, SettingId id, const char *key, bool tables, External *external)
{
    PathList paths = {0};
    TextList texts = {0};
    const Settings *settings = NULL;
    if (!project_settings(cli, &settings)) {
        return false;
    }
    if (settings == NULL) {
        return true;
    }
    if (!setting_list(settings, id, cli->diags, &paths)) {
        return false;
    }
    vec_each(const char *, at, &paths) {
        vec_push(cli->arena, &texts, *at);
    }
    return add_names(cli, setting_span(settings, id), key, &texts, tables, external);
}

static bool add_own(Cli *cli, External *external)
{
    const OwnConfig *own = NULL;
    if (!project_own_config(cli, &own) ||
        !add_names(cli, span_none(), "external.tables", &own->tables, true, external) ||
        !add_names(cli, span_none(), "external.enums", &own->enums, false, external)) {
        return false;
    }
    vec_push(cli->arena, &external->schemas, intern_cstr(cli->names, version_8_records));
    vec_each(const char *const, at, &own->schemas) {
        vec_push(cli->arena, &external->schemas, intern_cstr(cli->names, *at));
    }
    return true;
}

bool project_external(Cli *cli, const External **ret_external)
{
    if (cli->external == NULL) {
        External *external = arena_make(cli->arena, External);
        if (!add_setting(cli, SETTING_TABLES_EXTERNAL, "tables.external", true, external) ||
            !add_setting(cli, SETTING_ENUMS_EXTERNAL, "enums.external", false, external) ||
            !add_own(cli, external)) {
            return false;
        }
        cli->external = external;
    }
    *ret_external = cli->external;
    return true;
}

static const char *const *grown(Cli *cli, const char *const *texts, size_t count,
                                const TextList *more)
{
    const char **all = arena_array(cli->arena, const char *, count + more->count + 1);
    for (size_t i = 0; i < count; i++) {
        all[i] = texts[i];
    }
    for (size_t i = 0; i < more->count; i++) {
        all[count + i] = more->items[i];
    }
    return all;
}

static void add_pattern(Cli *cli, const ExternalName *name, TextList *patterns)
{
    vec_push(cli->arena, patterns,
             arena_printf(cli->arena, "%s.%s", name->schema->text, name->name->text));
}

bool project_leave_out(Cli *cli, CompareOptions *options)
{
    const External *external = NULL;
    TextList patterns = {0};
    TextList schemas = {0};
    const OwnConfig *own = NULL;
    if (!project_external(cli, &external) || !project_own_config(cli, &own)) {
        return false;
    }
    vec_each(const char *const, at, &own->drift_names) {
        vec_push(cli->arena, &patterns, *at);
    }
    vec_each(const ExternalName, at, &external->tables) {
        add_pattern(cli, at, &patterns);
    }
    vec_each(const ExternalName, at, &external->enums) {
        add_pattern(cli, at, &patterns);
    }
    vec_each(const Name, at, &external->schemas) {
        vec_push(cli->arena, &schemas, (*at)->text);
    }
    vec_each(const char *const, at, &own->drift_schemas) {
        vec_push(cli->arena, &schemas, *at);
    }
    options->kinds = grown(cli, options->kinds, options->kind_count, &own->drift_kinds);
    options->kind_count += own->drift_kinds.count;
    options->patterns = grown(cli, options->patterns, options->pattern_count, &patterns);
    options->pattern_count += patterns.count;
    options->schemas = grown(cli, options->schemas, options->schema_count, &schemas);
    options->schema_count += schemas.count;
    options->bookkeeping = version_8_records;
    return true;
}
