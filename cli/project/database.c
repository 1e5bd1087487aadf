/*
 * database.c - which database: --url, the datasource, the environment, `.env`, the private server.
 *
 * The order is argued in docs/decisions/0009-which-database.md: what the schema names explicitly
 * comes before an ambient DATABASE_URL, so that no command ever reaches a database the project does
 * not mean.
 */
#include "base/common.h"

#include "cli/project/private.h"
#include "cli/project/project.h"
#include "runtime/host/dotenv.h"

bool project_read_variables(Cli *cli)
{
    EnvFile files[2] = {0};
    size_t count = 0;
    if (cli->dotenv_read) {
        return true;
    }
    cli->dotenv_read = true;
    if (!dotenv_load(cli->arena, ".", option_value(&cli->options, OPT_SCHEMA), environment,
                     cli->diags, files, &count)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        vec_each(EnvVariable, at, &files[i].variables) {
            char *value = arena_strdup(cli->arena, at->value);
            map_put(cli->arena, &cli->dotenv, intern_cstr(cli->names, at->name), value);
            if (environment(at->name) == NULL) {
                vec_push(cli->arena, &cli->dotenv_lines,
                         arena_printf(cli->arena, "%s=%s", at->name, value));
            }
        }
    }
    return true;
}

const char *project_variable(Cli *cli, const char *name)
{
    const char *value = environment(name);
    if (value == NULL || value[0] == '\0') {
        value = map_get(&cli->dotenv, intern_cstr(cli->names, name));
    }
    return value != NULL && value[0] != '\0' ? value : NULL;
}

/* The first of the ways a project names its database; NULL when none does. */
static const char *find_url(Cli *cli, const DatasourceConfig *source)
{
    const char *given = option_value(&cli->options, OPT_URL);
    if (given != NULL) {
        return given;
    }
    if (source != NULL && source->direct_url_env != NULL &&
        project_variable(cli, source->direct_url_env->text) != NULL) {
        return project_variable(cli, source->direct_url_env->text);
    }
    if (source != NULL && source->direct_url != NULL) {
        return source->direct_url->text;
    }
    if (source != NULL && source->url_env != NULL &&
        project_variable(cli, source->url_env->text) != NULL) {
        return project_variable(cli, source->url_env->text);
    }
    const char *ambient = project_variable(cli, "DATABASE_URL");
    return ambient != NULL || source == NULL || source->url == NULL ? ambient : source->url->text;
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

bool project_database(Cli *cli, const SchemaText *schema, PrivateUse use, Database *ret_database)
{
    if (!project_read_variables(cli)) {
        return false;
    }
    const DatasourceConfig *source = schema == NULL ? NULL : &schema->config.datasource;
    const char *url = find_url(cli, source);
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
    return project_database_at(cli, url, ret_database);
}

bool project_shadow(Cli *cli, const SchemaText *schema, const ConnInfo **ret_info)
{
    if (!project_read_variables(cli)) {
        return false;
    }
    const char *url = option_value(&cli->options, OPT_SHADOW_URL);
    if (url == NULL && schema != NULL) {
        const DatasourceConfig *source = &schema->config.datasource;
        url = source->shadow_url != NULL ? source->shadow_url->text : NULL;
        if (url == NULL && source->shadow_url_env != NULL) {
            url = project_variable(cli, source->shadow_url_env->text);
        }
    }
    *ret_info = NULL;
    return url == NULL || url_parse(cli->arena, url, cli->diags, ret_info);
}
