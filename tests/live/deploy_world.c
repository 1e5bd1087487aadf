/*
 * deploy_world.c - see deploy_world.h.
 */
#include "base/common.h"

#include "tests/live/deploy_world.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

World world;
volatile sig_atomic_t interrupted;

Session *connect_to(const ConnInfo *info)
{
    static const SessionOptions options = {.interrupted = &interrupted};
    Session *session = NULL;
    cr_assert(session_open(info, &options, world.diags, &session));
    return session;
}

void run_on(Session *session, const char *sql)
{
    ServerError error;
    cr_assert(session_control(session, sql, &error), "%s: %s", sql, error.message);
}

void set_for_database(const char *setting)
{
    run_on(world.other,
           arena_printf(world.arena, "ALTER DATABASE %s SET %s", world.database, setting));
    session_close(world.session);
    world.session = connect_to(world.info);
}

void set_up(void)
{
    memset(&world, 0, sizeof world);
    interrupted = 0;
    world.arena = arena_new();
    world.diags = diagnostics_new(world.arena, sources_new(world.arena));
    const char *url = getenv("BELLOWS_TEST_URL");
    cr_assert_not_null(url, "BELLOWS_TEST_URL is not set");
    cr_assert(url_parse(world.arena, url, world.diags, &world.maintenance));
    char id[UUID_SIZE];
    chance_uuid(id);
    world.database = arena_printf(world.arena, "bellows_deploy_%.8s", id);
    Session *session = connect_to(world.maintenance);
    run_on(session, arena_printf(world.arena, "CREATE DATABASE %s", world.database));
    session_close(session);
    world.info = conninfo_with_database(world.arena, world.maintenance, world.database);
    world.session = connect_to(world.info);
    world.other = connect_to(world.info);
    world.migrations = arena_make(world.arena, Migrations);
    world.migrations->arena = world.arena;
    world.migrations->path = "migrations";
    world.options.apply.retry.interrupted = &interrupted;
    world.options.guard.interrupted = &interrupted;
}

void tear_down(void)
{
    interrupted = 0;
    session_close(world.session);
    session_close(world.other);
    Session *session = connect_to(world.maintenance);
    run_on(session, arena_printf(world.arena,
                                 "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                 "WHERE datname = '%s'",
                                 world.database));
    run_on(session, arena_printf(world.arena, "DROP DATABASE %s", world.database));
    session_close(session);
    arena_free(world.arena);
}

Migration *add(const char *name, const char *sql)
{
    Migration *migration = arena_make(world.arena, Migration);
    migration->name = name;
    migration->path = arena_printf(world.arena, "migrations/%s/migration.sql", name);
    migration->sql = sql;
    migration->len = strlen(sql);
    digest_hex(sql, migration->len, migration->checksum);
    vec_push(world.arena, &world.migrations->list, migration);
    return migration;
}

void edit(Migration *migration, const char *sql)
{
    migration->sql = sql;
    migration->len = strlen(sql);
    digest_hex(sql, migration->len, migration->checksum);
}

const char *last_report(void)
{
    return world.diags->items.count == 0 ? "" : vec_last(&world.diags->items)->message;
}

bool deploy(void)
{
    world.diags = diagnostics_new(world.arena, sources_new(world.arena));
    return deploy_run(world.arena, world.session, world.migrations, &world.options, &world.progress,
                      world.diags, &world.result);
}

void deploy_well(void)
{
    cr_assert(deploy(), "%s", last_report());
    cr_assert_eq(world.diags->errors, 0);
}

void deploy_fails(DiagCode code)
{
    cr_assert_not(deploy());
    cr_assert_gt(world.diags->items.count, 0);
    cr_assert_eq(world.diags->items.items[0]->code, code, "%s", last_report());
}

bool is_noted(const char *text)
{
    vec_each(DiagNote, note, &world.diags->items.items[0]->notes) {
        if (strstr(note->text, text) != NULL) {
            return true;
        }
    }
    return false;
}

const char *value(const char *sql)
{
    Result *result = NULL;
    ServerError error;
    cr_assert(session_ask_there(world.other, (Query){.sql = sql}, &error, &result), "%s: %s", sql,
              error.message);
    const char *text = result_rows(result) == 0 ? "" : result_text(result, 0, 0);
    text = arena_strdup(world.arena, text == NULL ? "null" : text);
    result_free(result);
    return text;
}

void expect(const char *sql, const char *expected)
{
    const char *found = value(sql);
    cr_expect_str_eq(found, expected, "%s gives %s", sql, found);
}

const char history_line[] =
    "SELECT string_agg(concat_ws(' ', migration_name, CASE WHEN rolled_back_at IS NOT NULL THEN "
    "'rolled-back' WHEN finished_at IS NOT NULL THEN 'finished' WHEN logs IS NOT NULL THEN "
    "'failed' "
    "ELSE 'interrupted' END, applied_steps_count), ', ' ORDER BY started_at) FROM "
    "_prisma_migrations";

void resolve_rolled_back(const char *name)
{
    cr_assert(deploy_resolve(world.arena, world.session, world.migrations, NULL, name,
                             &world.options.guard, NULL, world.diags),
              "%s", last_report());
}
