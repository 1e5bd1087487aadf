#include "base/common.h"

#include "runtime/server/shadow.h"

#include <string.h>

#include "base/stop.h"
#include "introspect/load/load.h"
#include "introspect/session/session.h"
#include "runtime/script/quote.h"
#include "runtime/script/script.h"
#include "runtime/server/database.h"
#include "runtime/server/server.h"
#include "runtime/server/shadow_keep.h"
#include "runtime/server/shadow_lock.h"
#include "runtime/server/shadow_temporary.h"

/* How it was made: a given database is emptied, the others are dropped. */
typedef enum ShadowKind { SHADOW_GIVEN, SHADOW_TEMPORARY, SHADOW_PRIVATE } ShadowKind;

struct Shadow {
    Arena *arena;
    const ShadowOptions *options;
    Diagnostics *diags;
    ShadowKind kind;
    const ConnInfo *info;   /* of the shadow database */
    const ConnInfo *beside; /* TEMPORARY: where it was created */
    const char *database;   /* TEMPORARY: its name */
    Server *server;         /* PRIVATE */
    Session *session;
    Session *holder;       /* GIVEN: has its lock; NULL: none */
    const char *before;    /* GIVEN: what is to stay; NULL: nothing was done yet */
    ClusterNameList roles; /* made for this replay */
    bool at_stake;         /* what stands is to go, whatever signal comes */
};

static void set_stake(Shadow *shadow)
{
    if (!shadow->at_stake) {
        stop_stake_begin();
        shadow->at_stake = true;
    }
}

static void end_stake(Shadow *shadow)
{
    if (shadow->at_stake) {
        stop_stake_end();
        shadow->at_stake = false;
    }
}

/* --- opening ---------------------------------------------------------------------------------- */

static const char *default_schema(const ShadowOptions *options)
{
    return options->default_schema == NULL ? "public" : options->default_schema;
}

/* The connection to `database` (NULL: its own), in the schema that scripts are about. */
static const ConnInfo *shadow_info(Arena *arena, const ConnInfo *info, const char *database,
                                   const ShadowOptions *options)
{
    ConnInfo *copy = arena_make(arena, ConnInfo);
    const char *schema = default_schema(options);
    *copy = database == NULL ? *info : *conninfo_with_database(arena, info, database);
    copy->schema = strcmp(schema, "public") == 0 ? NULL : schema;
    return copy;
}

static SessionOptions session_options(const Shadow *shadow)
{
    return (SessionOptions){.interrupted = shadow->options->interrupted};
}

static bool connect_shadow(Shadow *shadow, Diagnostics *diags)
{
    DatabaseOptions options = {.session = session_options(shadow)};
    return database_open(shadow->arena, shadow->info, &options, diags, &shadow->session, NULL);
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Another schema of it is no other database: a script may name any. */
static bool is_main(const ConnInfo *shadow, const ConnInfo *main)
{
    return main != NULL && same_text(conninfo_get(shadow, "host"), conninfo_get(main, "host")) &&
           same_text(conninfo_get(shadow, "port"), conninfo_get(main, "port")) &&
           same_text(conninfo_get(shadow, "dbname"), conninfo_get(main, "dbname"));
}

static bool open_given(Shadow *shadow, Diagnostics *diags)
{
    const ShadowOptions *options = shadow->options;
    shadow->kind = SHADOW_GIVEN;
    shadow->info = shadow_info(shadow->arena, options->shadow, NULL, options);
    if (is_main(options->shadow, options->main)) {
        diag_report(diags, DIAG_SHADOW_IS_MAIN, span_none(),
                    url_display(shadow->arena, options->main));
        return false;
    }
    return connect_shadow(shadow, diags) &&
           shadow_lock(shadow->arena, shadow->info, options, diags, &shadow->holder);
}

/* False without a report in `diags` of `refusal` only: the role may not create databases. */
static bool create_beside(Shadow *shadow, const ConnInfo *beside, Diagnostics *diags,
                          const char **ret_refusal)
{
    Session *session = NULL;
    ServerError error;
    SessionOptions options = session_options(shadow);
    const char *name = NULL;
    if (!session_open_maintenance(beside, &options, diags, &session)) {
        return false;
    }
    if (shadow->kind == SHADOW_TEMPORARY) { /* a private server has a watchdog */
        set_stake(shadow);
    }
    bool ok = shadow_temporary_create(shadow->arena, session, &name, &error);
    if (ok) {
        shadow->beside = beside;
        shadow->database = name;
        shadow->info = shadow_info(shadow->arena, beside, name, shadow->options);
    } else if (error.connection_lost || error.interrupted) {
        session_report(session, &error, diags);
    } else {
        *ret_refusal = arena_strdup(shadow->arena, error.message);
    }
    session_close(session);
    return ok;
}

static bool open_private(Shadow *shadow, Diagnostics *diags)
{
    const char *refusal = NULL;
    const ConnInfo *info = NULL;
    ServerOptions options = {.places = *shadow->options->places};
    shadow->kind = SHADOW_PRIVATE;
    if (!server_start(&options, shadow->arena, diags, &shadow->server) ||
        !url_parse(shadow->arena, server_url(shadow->server, "postgres"), diags, &info) ||
        !create_beside(shadow, info, diags, &refusal)) {
        return false;
    }
    return connect_shadow(shadow, diags);
}

/* Next to the development database; where that is refused, on a server of our own. */
static bool open_temporary(Shadow *shadow, Diagnostics *diags)
{
    const char *refusal = NULL;
    const ShadowOptions *options = shadow->options;
    shadow->kind = SHADOW_TEMPORARY;
    if (create_beside(shadow, options->main, diags, &refusal)) {
        return connect_shadow(shadow, diags);
    }
    end_stake(shadow);
    if (refusal == NULL) {
        return false;
    }
    if (options->places != NULL && server_is_installed(options->places, shadow->arena)) {
        return open_private(shadow, diags);
    }
    diag_report(diags, DIAG_SHADOW_REFUSED, span_none(), refusal);
    return false;
}

bool shadow_open(Arena *arena, const ShadowOptions *options, Diagnostics *diags,
                 Shadow **ret_shadow)
{
    Shadow *shadow = arena_make(arena, Shadow);
    bool ok = false;
    shadow->arena = arena;
    shadow->options = options;
    shadow->diags = diags;
    if (options->shadow != NULL) {
        ok = open_given(shadow, diags);
    } else if (options->main != NULL) {
        ok = open_temporary(shadow, diags);
    } else if (options->places != NULL) {
        ok = open_private(shadow, diags);
    } else {
        diag_report(diags, DIAG_SHADOW_REFUSED, span_none(), "no server is named");
    }
    if (!ok) {
        shadow_close(shadow);
        return false;
    }
    *ret_shadow = shadow;
    return true;
}

/* --- closing ---------------------------------------------------------------------------------- */

/* A subscription holds its database; a slot far away that it may have is left alone. */
static void drop_subscriptions(Shadow *shadow)
{
    static const char sql[] =
        "SELECT s.subname FROM pg_catalog.pg_subscription AS s "
        "JOIN pg_catalog.pg_database AS d ON d.oid OPERATOR(pg_catalog.=) s.subdbid "
        "WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()";
    static const char *const steps[] = {"ALTER SUBSCRIPTION %s DISABLE",
                                        "ALTER SUBSCRIPTION %s SET (slot_name = NONE)",
                                        "DROP SUBSCRIPTION IF EXISTS %s"};
    Arena *arena = shadow->arena;
    Result *result = NULL;
    ServerError ignored;
    const SessionTidy before = session_tidy_begin(shadow->session, TIDY_CLEAR);
    session_rollback(shadow->session);
    if (session_ask(shadow->session, (Query){sql, NULL, 0}, &ignored, &result)) {
        for (size_t i = 0; i < result_rows(result); i++) {
            const char *name = quote_name(arena, result_text(result, i, 0));
            for (size_t k = 0; k < lengthof(steps); k++) {
                const char *at = strstr(steps[k], "%s");
                (void)!session_control(
                    shadow->session,
                    arena_printf(arena, "%.*s%s%s", (int)(at - steps[k]), steps[k], name, at + 2),
                    &ignored);
            }
        }
        result_free(result);
    }
    session_tidy_end(shadow->session, before);
}

/* FORCE is PostgreSQL 13's; before, our own session is gone by now, and nobody else knows the name.
 */
static void drop_database(Shadow *shadow)
{
    Session *session = NULL;
    ServerError error;
    SessionOptions options = session_options(shadow);
    Diagnostics *silent = diagnostics_new(shadow->arena, shadow->diags->sources);
    options.tidy = TIDY_CLEAR;
    if (session_open_maintenance(shadow->beside, &options, silent, &session)) {
        if (!shadow_temporary_drop(shadow->arena, session, shadow->database, &error)) {
            diag_report(shadow->diags, DIAG_SHADOW_LEFT, span_none(), shadow->database,
                        error.message, shadow->database);
        }
        keep_drop_roles(shadow->arena, session, &shadow->roles);
    }
    session_close(session);
}

void shadow_close(Shadow *shadow)
{
    if (shadow == NULL) {
        return;
    }
    if (shadow->before != NULL) {
        const SessionTidy before = session_tidy_begin(shadow->session, TIDY_CLEAR);
        session_rollback(shadow->session);
        keep_end(shadow->arena, shadow->session, shadow->before, shadow->diags);
        keep_drop_roles(shadow->arena, shadow->session, &shadow->roles);
        session_tidy_end(shadow->session, before);
    }
    if (shadow->kind == SHADOW_TEMPORARY && shadow->session != NULL) {
        drop_subscriptions(shadow);
    }
    session_close(shadow->session);
    session_close(shadow->holder);
    if (shadow->server == NULL && shadow->database != NULL) {
        drop_database(shadow);
    }
    end_stake(shadow);
    if (shadow->server != NULL && !server_stop(shadow->server, shadow->diags)) {
        return; /* reported; its watchdog removes it when we are gone */
    }
    *shadow = (Shadow){.arena = shadow->arena};
}

/* --- replaying -------------------------------------------------------------------------------- */

static bool run_part(Shadow *shadow, const ParsedScript *script, SessionScript *run,
                     ServerError *ret_error)
{
    if (session_run_script(shadow->session, run, ret_error)) {
        return true;
    }
    session_rollback(shadow->session);
    if (run->alone || !script_wants_no_company(script, ret_error->sqlstate)) {
        return false;
    }
    run->alone = true;
    return session_run_script(shadow->session, run, ret_error);
}

/* *ret_at: where the message began that was refused. */
static bool run_parts(Shadow *shadow, const ParsedScript *script, const ScriptPartList *parts,
                      ServerError *ret_error, size_t *ret_at)
{
    Arena *arena = shadow->arena;
    vec_each(const ScriptPart, at, parts) {
        SessionScript run = {.text = script_part_text(arena, script, at),
                             .settings = script_part_settings(arena, script, at),
                             .alone = script_runs_alone(script, at)};
        if (!run_part(shadow, script, &run, ret_error)) {
            session_rollback(shadow->session);
            *ret_at = at->start;
            return false;
        }
    }
    return true;
}

static void report_refusal(Shadow *shadow, const Migration *migration, const ParsedScript *script,
                           size_t at, const ServerError *error, Diagnostics *diags)
{
    if (error->connection_lost || error->interrupted) {
        session_report(shadow->session, error, diags);
        return;
    }
    const char *why =
        arena_printf(shadow->arena, "%s (SQLSTATE %s)", error->message, error->sqlstate);
    const Span span = script_place(diags, migration->path, script,
                                   (ScriptPlace){at, error->position, error->statement});
    Diagnostic *d = diag_report(diags, DIAG_REPLAY_FAILED, span, migration->name, why);
    if (span.file == 0) {
        diag_note(diags, d, span, "the script is %s", migration->path);
    }
}

/* A whole script in as few messages as it allows, the way deploy would run it. */
static bool run_migration(Shadow *shadow, const Migration *migration, Diagnostics *diags)
{
    ServerError error;
    size_t at = 0;
    const ParsedScript *script = NULL;
    ClusterNames ignored = {0};
    const char *sql = cluster_leave_out(shadow->arena, migration->sql, migration->len, &ignored);
    if (!script_parse(shadow->arena, migration->path, sql, migration->len, diags, &script) ||
        !script_check_ends(script, migration->path,
                           arena_printf(shadow->arena, "migration `%s`", migration->name), diags)) {
        return false;
    }
    ScriptPartList cut = script_cut_apart(shadow->arena, script);
    const bool ok = run_parts(shadow, script, cut.count > 0 ? &cut : &script->parts, &error, &at);
    if (!ok) {
        report_refusal(shadow, migration, script, at, &error, diags);
    }
    return ok;
}

/* What somebody prepared there, or an earlier replay left, stays. */
static bool is_there_already(const ServerError *error)
{
    static const char *const states[] = {"42P06", "42P07", "42710", "42723"};
    for (size_t i = 0; i < lengthof(states); i++) {
        if (strcmp(error->sqlstate, states[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Somebody else's script, `lenient` towards what is there. */
static bool run_text(Shadow *shadow, const char *sql, bool lenient, Diagnostics *diags)
{
    ServerError error;
    const SessionScript script = {.text = sql, .alone = true};
    if (session_run_script(shadow->session, &script, &error) ||
        (lenient && is_there_already(&error))) {
        return true;
    }
    session_report(shadow->session, &error, diags);
    return false;
}

/* A given database may have been prepared with it: then statement by statement. */
static bool run_init(Shadow *shadow, const char *init, Diagnostics *diags)
{
    const ParsedScript *script = NULL;
    if (shadow->kind == SHADOW_GIVEN &&
        !script_parse(shadow->arena, "initShadowDb", init, strlen(init), diags, &script)) {
        return false;
    }
    if (script == NULL || !script->readable) {
        return run_text(shadow, init, false, diags);
    }
    vec_each(const ScriptStatement, at, &script->statements) {
        const char *sql =
            arena_strndup(shadow->arena, script->text + at->start, at->end - at->start);
        if (!run_text(shadow, sql, true, diags)) {
            return false;
        }
    }
    return true;
}

/* A given database is cleared of what earlier replays left, and what it holds is written down. */
static bool begin(Shadow *shadow, const Migration *const *migrations, size_t count,
                  const ClusterNames *names, Diagnostics *diags)
{
    const ShadowOptions *options = shadow->options;
    const KeepOptions keep = {.migrations = migrations,
                              .count = count,
                              .names = names,
                              .external = options->external,
                              .schemas = options->schemas,
                              .schema_count = options->schema_count,
                              .force = options->force};
    if (shadow->kind == SHADOW_GIVEN) {
        set_stake(shadow);
    }
    if (shadow->kind == SHADOW_GIVEN &&
        !keep_begin(shadow->arena, shadow->session, &keep, diags, &shadow->before)) {
        return false;
    }
    if (names->roles.count > 0) {
        keep_make_roles(shadow->arena, shadow->session, &names->roles, &shadow->roles);
    }
    return shadow->info->schema == NULL ||
           database_create_schema(shadow->arena, shadow->session, shadow->info->schema, diags);
}

bool shadow_replay_more(Shadow *shadow, const Migration *const *migrations, size_t count,
                        Diagnostics *diags)
{
    for (size_t i = 0; i < count; i++) {
        if (!run_migration(shadow, migrations[i], diags)) {
            return false;
        }
    }
    return true;
}

bool shadow_replay(Shadow *shadow, const Migration *const *migrations, size_t count,
                   Diagnostics *diags)
{
    const char *init = shadow->options->init_script;
    ClusterNames names = {0};
    for (size_t i = 0; i < count; i++) {
        (void)cluster_leave_out(shadow->arena, migrations[i]->sql, migrations[i]->len, &names);
    }
    if (!begin(shadow, migrations, count, &names, diags) ||
        (init != NULL && !run_init(shadow, init, diags))) {
        return false;
    }
    return shadow_replay_more(shadow, migrations, count, diags);
}

bool shadow_catalog(Shadow *shadow, Names *names, Diagnostics *diags, Catalog **ret_catalog)
{
    const ShadowOptions *options = shadow->options;
    Name *schemas = arena_array(shadow->arena, Name, options->schema_count + 1);
    for (size_t i = 0; i < options->schema_count; i++) {
        schemas[i] = intern_cstr(names, options->schemas[i]);
    }
    LoadOptions load = {.schemas = options->schema_count == 0 ? NULL : schemas,
                        .schema_count = options->schema_count,
                        .default_schema = intern_cstr(names, default_schema(options)),
                        .external = options->external,
                        .with_opaque = true,
                        .complete = options->whole,
                        .all_schemas = options->all_schemas};
    return catalog_load(shadow->session, &load, names, diags, ret_catalog);
}

Session *shadow_session(const Shadow *shadow)
{
    return shadow->session;
}
