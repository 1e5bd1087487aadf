#include "base/common.h"

#include "cli/project/side.h"

#include <string.h>

#include "base/file.h"
#include "cli/project/filling.h"
#include "cli/project/private.h"
#include "cli/project/replaying.h"
#include "compiler/canon/canon.h"
#include "introspect/load/load.h"
#include "runtime/server/server.h"
#include "runtime/server/shadow.h"

bool side_from_schema(Cli *cli, const char *path, Side *ret_side)
{
    Side side = {.kind = SIDE_SCHEMA, .label = path};
    if (!schema_read(cli, path, &side.schema)) {
        return false;
    }
    *ret_side = side;
    return true;
}

bool side_from_url(Cli *cli, const char *url, Side *ret_side)
{
    Side side = {.kind = SIDE_DATABASE};
    if (!project_database_at(cli, url, &side.database)) {
        return false;
    }
    side.label = side.database.display;
    *ret_side = side;
    return true;
}

bool side_from_folder(Cli *cli, const char *path, Side *ret_side)
{
    Migrations *folder = NULL;
    if (!migrations_read(cli->arena, path, cli->diags, &folder) ||
        !migrations_check_lock(folder, cli->diags)) {
        return false;
    }
    *ret_side = (Side){.kind = SIDE_MIGRATIONS, .label = path, .folder = folder};
    return true;
}

const char *const *side_schemas(Cli *cli, const SideContext *context, size_t *ret_count)
{
    TextList schemas = {0};
    if (context->schemas != NULL) {
        vec_each(const Name, at, context->schemas) {
            vec_push(cli->arena, &schemas, (*at)->text);
        }
    } else if (context->schema != NULL) {
        vec_each(Name, at, &context->schema->config.datasource.schemas) {
            vec_push(cli->arena, &schemas, (*at)->text);
        }
    }
    if (schemas.count == 0) {
        vec_push(cli->arena, &schemas, context->default_schema);
    }
    *ret_count = schemas.count;
    return schemas.items;
}

bool side_reads_all(const SideContext *context)
{
    return context->whole && context->schemas == NULL;
}

Catalog *side_load_session(Cli *cli, Session *session, const SideContext *context, bool with_opaque)
{
    Catalog *catalog = NULL;
    size_t count = 0;
    const char *const *texts = side_schemas(cli, context, &count);
    Name *schemas = arena_array(cli->arena, Name, count);
    for (size_t i = 0; i < count; i++) {
        schemas[i] = intern_cstr(cli->names, texts[i]);
    }
    const External *external = NULL;
    if (!project_external(cli, &external)) {
        return NULL;
    }
    LoadOptions options = {.schemas = schemas,
                           .external = external,
                           .schema_count = count,
                           .default_schema = intern_cstr(cli->names, context->default_schema),
                           .with_opaque = with_opaque,
                           .complete = context->whole,
                           .all_schemas = side_reads_all(context)};
    if (!catalog_load(session, &options, cli->names, cli->diags, &catalog)) {
        return NULL;
    }
    canon_catalog(catalog);
    return catalog;
}

static bool asked(Cli *cli, Session *session, const Catalog *catalog, const SideContext *context)
{
    return catalog == NULL || context->filling == NULL ||
           filling_ask(cli, session, catalog, context->filling);
}

static Catalog *discard(Catalog *catalog)
{
    catalog_free(catalog);
    return NULL;
}

static Catalog *load_database(Cli *cli, const Database *database, const SideContext *context)
{
    Session *session = NULL;
    SessionOptions options = {.interrupted = &cli_interrupted};
    if (!session_open(database->info, &options, cli->diags, &session)) {
        return NULL;
    }
    Catalog *catalog = side_load_session(cli, session, context, true);
    const bool ok = asked(cli, session, catalog, context);
    session_close(session);
    return ok ? catalog : discard(catalog);
}

/* What a replay needs to know of the project. */
typedef struct ReplayPlace {
    ShadowOptions options;
    ServerPlaces places;
} ReplayPlace;

static void tell_wait(void *cx, const char *who)
{
    cli_note(cx, "Waiting for the shadow database: %s is at work on it.", who);
}

static bool find_place(Cli *cli, const SideContext *context, const Database *main_database,
                       ReplayPlace *place)
{
    const Settings *settings = NULL;
    ShadowOptions *options = &place->options;
    place->places = cli_server_places(cli);
    *options = (ShadowOptions){.main = main_database == NULL ? NULL : main_database->info,
                               .places = &place->places,
                               .whole = context->whole,
                               .all_schemas = side_reads_all(context),
                               .default_schema = context->default_schema,
                               .interrupted = &cli_interrupted,
                               .waits = tell_wait,
                               .waits_cx = cli};
    options->schemas = side_schemas(cli, context, &options->schema_count);
    return project_external(cli, &options->external) && project_settings(cli, &settings) &&
           (settings == NULL ||
            setting_text(settings, SETTING_INIT_SHADOW, cli->diags, &options->init_script)) &&
           project_shadow(cli, context->schema, &options->shadow);
}

static Catalog *replay_on_shadow(Cli *cli, const Migration *const *migrations, size_t count,
                                 const SideContext *context, const ReplayPlace *place)
{
    Shadow *shadow = NULL;
    Catalog *catalog = NULL;
    if (!shadow_open(cli->arena, &place->options, cli->diags, &shadow)) {
        return NULL;
    }
    if (shadow_replay(shadow, migrations, count, cli->diags) &&
        shadow_catalog(shadow, cli->names, cli->diags, &catalog)) {
        canon_catalog(catalog);
    }
    const bool ok = asked(cli, shadow_session(shadow), catalog, context);
    shadow_close(shadow);
    return ok ? catalog : discard(catalog);
}

Catalog *side_replay_on_shadow(Cli *cli, const Migration *const *migrations, size_t count,
                               const SideContext *context, const Database *main_database)
{
    ReplayPlace place;
    return find_place(cli, context, main_database, &place)
               ? replay_on_shadow(cli, migrations, count, context, &place)
               : NULL;
}

static bool has_server(Cli *cli, const ReplayPlace *place)
{
    return place->options.shadow != NULL || place->options.main != NULL ||
           server_is_installed(&place->places, cli->arena);
}

Catalog *side_replay(Cli *cli, const Migration *const *migrations, size_t count,
                     const SideContext *context, const Database *main_database)
{
    ReplayPlace place;
    ReplayWay way = REPLAY_EITHER;
    Catalog *catalog = NULL;
    MemoryFinding finding = {0};
    if (!find_place(cli, context, main_database, &place) || !replay_way(cli, &way)) {
        return NULL;
    }
    if (way == REPLAY_SHADOW) {
        return replay_on_shadow(cli, migrations, count, context, &place);
    }
    if (!replay_in_memory(cli, migrations, count, context, place.options.init_script, &catalog,
                          &finding)) {
        return NULL;
    }
    if (catalog != NULL &&
        (context->filling == NULL || !filling_asks(cli, catalog, context->filling))) {
        return catalog;
    }
    /* Only now: to find the servers of this machine takes longer than to replay a folder. */
    const bool forced = way == REPLAY_MEMORY || !has_server(cli, &place);
    if (catalog != NULL && forced) {
        return catalog;
    }
    if (forced) {
        replay_report(cli, &finding);
        return NULL;
    }
    if (catalog == NULL && finding.of.end == SQL_REPLAY_NOT_UNDERSTOOD) {
        replay_note(cli, &finding);
    }
    catalog_free(catalog);
    return replay_on_shadow(cli, migrations, count, context, &place);
}

bool side_from_sql(Cli *cli, const char *path, Side *ret_side)
{
    char *text = NULL;
    int error = 0;
    Migration *script = arena_make(cli->arena, Migration);
    if (!file_read(cli->arena, path, &text, &script->len, &error)) {
        diag_report(cli->diags, DIAG_MIGRATION_UNREADABLE, span_none(), path, file_error(error));
        return false;
    }
    script->name = script->path = path;
    script->sql = text;
    *ret_side = (Side){.kind = SIDE_SQL, .label = path, .script = script};
    return true;
}

bool side_default_schema(Cli *cli, const Side *from, const Side *to, SideContext *context)
{
    const ConnInfo *shadow = NULL;
    if ((from != NULL && from->kind == SIDE_DATABASE) ||
        (to != NULL && to->kind == SIDE_DATABASE)) {
        return true;
    }
    if (!project_shadow(cli, context->schema, &shadow)) {
        return false;
    }
    if (shadow != NULL && shadow->schema != NULL) {
        context->default_schema = shadow->schema;
    }
    return true;
}

static Catalog *load_schema(Cli *cli, const Side *side, const SideContext *context)
{
    return schema_compile(cli, &side->schema, context->default_schema);
}

/* Nothing at all has no default schema either: compiler/plan/diff/diff.h. */
static Catalog *load_empty(Cli *cli)
{
    Catalog *catalog = catalog_new(cli->names, NULL);
    canon_catalog(catalog);
    return catalog;
}

Catalog *side_load(Cli *cli, const Side *side, const SideContext *context)
{
    switch (side->kind) {
    case SIDE_EMPTY:
        return load_empty(cli);
    case SIDE_SCHEMA:
        return load_schema(cli, side, context);
    case SIDE_DATABASE:
        return load_database(cli, &side->database, context);
    case SIDE_MIGRATIONS:
        return side_replay(cli, (const Migration *const *)side->folder->list.items,
                           side->folder->list.count, context, NULL);
    case SIDE_SQL:
        return side_replay(cli, &side->script, 1, context, NULL);
    }
    unreachable();
}
