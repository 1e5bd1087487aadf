/*
 * database.c - which database: --url, the configuration, the schema, the environment, the private
 * server.
 *
 * The order is argued in docs/decisions/0009-which-database.md: what the schema names explicitly
 * comes before an ambient DATABASE_URL, so that no command ever reaches a database the project does
 * not mean.
 */
#include "base/common.h"

#include "cli/project/private.h"
#include "cli/project/project.h"

#include <string.h>

#include "runtime/host/dotenv.h"

static void set_variable(Cli *cli, const char *name, const char *text, bool told)
{
    char *value = arena_strdup(cli->arena, text);
    map_put(cli->arena, &cli->dotenv, intern_cstr(cli->names, name), value);
    if (told) {
        vec_push(cli->arena, &cli->dotenv_lines, arena_printf(cli->arena, "%s=%s", name, value));
    }
}

static bool read_env_files(Cli *cli)
{
    EnvFile files[2] = {0};
    size_t count = 0;
    if (!dotenv_load(cli->arena, ".", option_value(&cli->options, OPT_SCHEMA), environment,
                     cli->diags, files, &count)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        vec_each(EnvVariable, at, &files[i].variables) {
            set_variable(cli, at->name, at->value, environment(at->name) == NULL);
        }
    }
    return true;
}

bool project_read_variables(Cli *cli)
{
    const Settings *settings = NULL;
    if (cli->dotenv_read) {
        return true;
    }
    if (!project_settings(cli, &settings)) {
        return false;
    }
    cli->dotenv_read = true;
    if (settings == NULL) {
        return read_env_files(cli);
    }
    vec_each(EnvVariable, at, &settings->variables.set.variables) {
        set_variable(cli, at->name, at->value, true);
    }
    return true;
}

/* What a loader set counts before the environment: it has already looked there. */
const char *project_variable(Cli *cli, const char *name)
{
    const char *value = map_get(&cli->dotenv, intern_cstr(cli->names, name));
    if (value == NULL || value[0] == '\0') {
        value = environment(name);
    }
    return value != NULL && value[0] != '\0' ? value : NULL;
}

/* --- what the configuration says ----------------------------------------------------------------
 */

static bool schema_names_url(const DatasourceConfig *source)
{
    return source != NULL && (source->url != NULL || source->url_env != NULL);
}

static void warn_once(Cli *cli, SettingId id, const char *key, const char *why)
{
    if (!cli->settings->told) {
        diag_report(cli->diags, DIAG_CONFIG_UNUSED, setting_span(cli->settings, id), key, why);
        cli->settings->told = true;
    }
}

/* Which key names the database; SETTING_COUNT when the configuration leaves it to the schema.
 * Version 6 reads its datasource with `engine: "classic"` only; 7 and 8 have no other place. */
static bool url_setting(Cli *cli, const Settings *settings, const DatasourceConfig *source,
                        SettingId *ret_id)
{
    const char *engine = NULL;
    *ret_id = SETTING_CONNECTION;
    if (settings->is_version_8) {
        return true;
    }
    *ret_id = SETTING_URL;
    if (!setting_is_given(settings, SETTING_URL) &&
        (setting_is_given(settings, SETTING_ADAPTER) ||
         (setting_text(settings, SETTING_ENGINE, cli->diags, &engine) && engine != NULL &&
          strcmp(engine, "js") == 0))) {
        diag_report_plain(
            cli->diags, DIAG_CONFIG_ADAPTER,
            setting_span(settings, engine == NULL ? SETTING_ADAPTER : SETTING_ENGINE));
        return false;
    }
    if (!setting_text(settings, SETTING_ENGINE, cli->diags, &engine)) {
        return false;
    }
    bool classic = engine != NULL && strcmp(engine, "classic") == 0 && schema_names_url(source);
    if (schema_names_url(source) && !classic) {
        *ret_id = SETTING_COUNT;
        if (setting_is_given(settings, SETTING_URL)) {
            warn_once(cli, SETTING_URL, "datasource.url",
                      "the schema names its own, and counts without `engine: \"classic\"`");
        }
    } else if (setting_is_given(settings, SETTING_DIRECT_URL)) {
        *ret_id = classic ? SETTING_DIRECT_URL : SETTING_URL;
        if (!classic) {
            warn_once(cli, SETTING_DIRECT_URL, "datasource.directUrl",
                      "version 7 takes `datasource.url`");
        }
    }
    return true;
}

/* NULL: it gives none. A key that is there and comes to nothing is no place to go on from. */
static bool config_url(Cli *cli, const Settings *settings, const DatasourceConfig *source,
                       const char **ret_url)
{
    static const char *const keys[] = {[SETTING_URL] = "datasource.url",
                                       [SETTING_DIRECT_URL] = "datasource.directUrl",
                                       [SETTING_CONNECTION] = "orm.db.connection"};
    SettingId id = SETTING_URL;
    *ret_url = NULL;
    if (!url_setting(cli, settings, source, &id)) {
        return false;
    }
    if (id == SETTING_COUNT || !setting_is_given(settings, id)) {
        return true;
    }
    if (!setting_text(settings, id, cli->diags, ret_url)) {
        return false;
    }
    if (*ret_url == NULL || (*ret_url)[0] == '\0') {
        diag_report(cli->diags, DIAG_CONFIG_NO_URL, setting_span(settings, id), keys[id],
                    *ret_url == NULL ? "not set" : "empty");
        return false;
    }
    return true;
}

/* --- which of them ------------------------------------------------------------------------------
 */

static const char *schema_url(Cli *cli, const DatasourceConfig *source)
{
    if (source->direct_url_env != NULL &&
        project_variable(cli, source->direct_url_env->text) != NULL) {
        return project_variable(cli, source->direct_url_env->text);
    }
    if (source->direct_url != NULL) {
        return source->direct_url->text;
    }
    return source->url_env == NULL ? NULL : project_variable(cli, source->url_env->text);
}

/* The first of the ways a project names its database; NULL when none does. */
static bool find_url(Cli *cli, const DatasourceConfig *source, const char **ret_url)
{
    const Settings *settings = NULL;
    *ret_url = option_value(&cli->options, OPT_URL);
    if (*ret_url != NULL) {
        return true;
    }
    if (!project_read_variables(cli) || !project_settings(cli, &settings) ||
        (settings != NULL && !config_url(cli, settings, source, ret_url))) {
        return false;
    }
    if (*ret_url == NULL && source != NULL) {
        *ret_url = schema_url(cli, source);
    }
    if (*ret_url == NULL) {
        const char *ambient = project_variable(cli, "DATABASE_URL");
        bool literal = ambient == NULL && source != NULL && source->url != NULL;
        *ret_url = literal ? source->url->text : ambient;
    }
    return true;
}

static bool may_use_private(Cli *cli, PrivateUse use)
{
    return use == PRIVATE_START || (use == PRIVATE_IF_RUNNING && private_is_running(cli));
}

bool project_database_at(Cli *cli, const char *url, Database *ret_database)
{
    Database database = {.url = url};
    if (!url_parse(cli->arena, url, cli->diags, &database.info)) {
        return false;
    }
    database.display = url_display(cli->arena, database.info);
    *ret_database = database;
    return true;
}

/* A URL of the project's names certificates from where the project stands, whatever the working
 * directory: version 7's from the configuration, 6's from the schema. One of the command line's is
 * of the working directory, like every path there. */
static const ConnInfo *of_project(Cli *cli, const SchemaText *schema, const ConnInfo *info)
{
    const Settings *settings = cli->settings;
    const char *folder = settings != NULL ? settings->folder
                         : schema != NULL ? schema->folder
                                          : NULL;
    return folder == NULL ? info : conninfo_with_directory(cli->arena, info, folder);
}

bool project_database(Cli *cli, const SchemaText *schema, PrivateUse use, Database *ret_database)
{
    const DatasourceConfig *source = schema == NULL ? NULL : &schema->config.datasource;
    const char *url = NULL;
    if (!find_url(cli, source, &url)) {
        return false;
    }
    if (url == NULL && may_use_private(cli, use) && !private_database_url(cli, &url)) {
        return false;
    }
    if (url == NULL && source != NULL && source->url_env != NULL) {
        const char *name = source->url_env->text;
        diag_report(cli->diags, DIAG_URL_VARIABLE_UNSET, span_none(), name, name);
        return false;
    }
    if (url == NULL) {
        diag_report_plain(cli->diags, DIAG_NO_URL, span_none());
        return false;
    }
    if (!project_database_at(cli, url, ret_database)) {
        return false;
    }
    if (url != option_value(&cli->options, OPT_URL)) {
        ret_database->info = of_project(cli, schema, ret_database->info);
    }
    return true;
}

/* A value that is missing in a build is none; one that cannot be told is a fault. */
static bool is_absence(const Diagnostics *diags)
{
    vec_each(Diagnostic *, at, &diags->items) {
        if ((*at)->severity == SEVERITY_ERROR && (*at)->code != DIAG_CONFIG_NO_URL &&
            (*at)->code != DIAG_CONFIG_THROWS) {
            return false;
        }
    }
    return true;
}

bool project_has_database(Cli *cli, const SchemaText *schema, PrivateUse use, bool *ret_named)
{
    const char *url = NULL;
    Diagnostics *reported = cli->diags;
    cli->diags = diagnostics_new(cli->arena, cli->sources);
    bool found = find_url(cli, &schema->config.datasource, &url);
    Diagnostics *told = cli->diags;
    cli->diags = reported;
    *ret_named = found && (url != NULL || may_use_private(cli, use));
    if (!found && !is_absence(told)) {
        diag_merge(cli->diags, told);
        return false;
    }
    return true;
}

static bool config_shadow(Cli *cli, const DatasourceConfig *source, const char **ret_url)
{
    const Settings *settings = NULL;
    SettingId id = SETTING_URL;
    if (!project_settings(cli, &settings)) {
        return false;
    }
    if (settings == NULL || !setting_is_given(settings, SETTING_SHADOW_URL)) {
        return true;
    }
    return url_setting(cli, settings, source, &id) &&
           (id == SETTING_COUNT || setting_text(settings, SETTING_SHADOW_URL, cli->diags, ret_url));
}

bool project_shadow(Cli *cli, const SchemaText *schema, const ConnInfo **ret_info)
{
    const DatasourceConfig *source = schema == NULL ? NULL : &schema->config.datasource;
    const char *url = option_value(&cli->options, OPT_SHADOW_URL);
    if (url == NULL && (!project_read_variables(cli) || !config_shadow(cli, source, &url))) {
        return false;
    }
    if (url == NULL && source != NULL) {
        url = source->shadow_url != NULL ? source->shadow_url->text : NULL;
        if (url == NULL && source->shadow_url_env != NULL) {
            url = project_variable(cli, source->shadow_url_env->text);
        }
    }
    *ret_info = NULL;
    if (url == NULL) {
        return true;
    }
    if (!url_parse(cli->arena, url, cli->diags, ret_info)) {
        return false;
    }
    if (url != option_value(&cli->options, OPT_SHADOW_URL)) {
        *ret_info = of_project(cli, schema, *ret_info);
    }
    return true;
}
