/*
 * deploy_test.c - deploying for real: history rows, atomicity, locks, the gate, and deaths.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runtime/server/shadow_lock.h"
#include "tests/live/deploy_world.h"

TestSuite(deploy, .init = set_up, .fini = tear_down);

/* --- history --- */

Test(deploy, pending_migrations_are_applied_in_order_and_recorded)
{
    Migration *a = add("1_a", "CREATE TABLE a (i int);");
    add("2_b", "INSERT INTO a VALUES (1);\n-- no newline at the end, a comment last");
    add("3_c", "-- nothing but a comment");
    deploy_well();
    cr_expect_eq(world.result.applied.count, 3);
    expect(history_line, "1_a finished 1, 2_b finished 1, 3_c finished 1");
    expect("SELECT bool_and(finished_at >= started_at AND logs IS NULL AND length(id) = 36)::text "
           "FROM _prisma_migrations",
           "true");
    expect("SELECT checksum FROM _prisma_migrations WHERE migration_name = '1_a'", a->checksum);
    expect("SELECT count(*) FROM a", "1");
    deploy_well();
    cr_expect_eq(world.result.applied.count, 0);
    expect("SELECT count(*) FROM _prisma_migrations", "3");
    expect(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM "
        "pg_database WHERE datname = current_database())",
        "0");
}

Test(deploy, a_failure_leaves_nothing_but_its_row)
{
    Migration *bad = add("1_bad", "CREATE TABLE a (i int);\n\nINSERT INTO nowhere VALUES (1);\n");
    add("2_later", "CREATE TABLE b (i int);");
    deploy_fails(DIAG_SCRIPT_FAILED);
    const Diagnostic *report = world.diags->items.items[0];
    cr_expect_not_null(strstr(report->message, "42P01"));
    cr_expect_eq(source_position(world.diags->sources, report->span).line, 3);
    expect("SELECT to_regclass('a')::text", "null");
    expect(history_line, "1_bad failed 0");
    cr_expect_not_null(strstr(value("SELECT logs FROM _prisma_migrations"), "INSERT INTO nowhere"));

    deploy_fails(DIAG_FAILED_MIGRATIONS);
    expect("SELECT count(*) FROM _prisma_migrations", "1");

    History *history = NULL;
    cr_assert(history_read(world.arena, world.session, world.diags, &history));
    cr_expect(history->rows.items[0].nothing_applied);

    edit(bad, "CREATE TABLE a (i int);");
    resolve_rolled_back("1_bad");
    deploy_well();
    expect(history_line, "1_bad rolled-back 0, 1_bad finished 1, 2_later finished 1");
}

Test(deploy, begin_and_commit_do_not_break_a_script_apart)
{
    add("1_a", "BEGIN;\nCREATE TABLE a (i int);\nCOMMIT;\nINSERT INTO nowhere VALUES (1);");
    deploy_fails(DIAG_SCRIPT_FAILED);
    expect("SELECT to_regclass('a')::text", "null");
}

Test(deploy, a_script_may_steer_its_own_transactions)
{
    add("1_a", "BEGIN;\nCREATE TABLE a (i int);\nROLLBACK;\nCREATE TABLE b (i int);");
    deploy_well();
    expect("SELECT to_regclass('a')::text", "null");
    expect("SELECT to_regclass('b')::text", "b");
    expect(history_line, "1_a finished 1");
}

Test(deploy, a_transaction_that_is_not_ended_is_not_begun)
{
    static const char *const texts[] = {
        "BEGIN; CREATE TABLE c (i int);",
        "CREATE TABLE c (i int);\nstart transaction; SAVEPOINT a; RELEASE a;",
        "BEGIN; CREATE TABLE c (i int); COMMIT AND CHAIN;",
        "BEGIN; CREATE TABLE c (i int); PREPARE TRANSACTION 'bellows_deploy';",
        "BEGIN; ROLLBACK; BEGIN ISOLATION LEVEL SERIALIZABLE; CREATE TABLE c (i int);",
    };
    Migration *open = add("1_open", "");
    for (size_t i = 0; i < lengthof(texts); i++) {
        edit(open, texts[i]);
        deploy_fails(DIAG_TRANSACTION_LEFT_OPEN);
        cr_expect_neq(vec_last(&world.diags->items)->span.file, 0, "%s", texts[i]);
        expect("SELECT count(*) FROM _prisma_migrations", "0");
        expect("SELECT to_regclass('c')::text", "null");
    }
    edit(open, "BEGIN; COMMIT AND CHAIN; SAVEPOINT a; CREATE TABLE c (i int); COMMIT;");
    deploy_well();
    add("2_unreadable", "COMMIT; BEGIN; CREATE TABLE d (i int); SELECT 1 AS OF ROLLBACK;");
    deploy_fails(DIAG_SCRIPT_FAILED);
    expect("SELECT to_regclass('d')::text", "null");
}

Test(deploy, an_enum_value_may_be_used_where_it_is_added)
{
    add("1_a", "CREATE TYPE k AS ENUM ('a'); CREATE TABLE t (k k);");
    add("2_b",
        "INSERT INTO t VALUES ('a');\nALTER TYPE k ADD VALUE 'b';\nINSERT INTO t VALUES ('b');");
    deploy_well();
    expect("SELECT string_agg(k::text, '' ORDER BY k) FROM t", "ab");
    expect(history_line, "1_a finished 1, 2_b finished 1");
    expect("SELECT to_regclass('_bellows_progress')::text", "null");
}

Test(deploy, what_a_script_does_to_its_session_ends_with_it)
{
    add("1_a", "CREATE ROLE bellows_deploy_nobody; SET ROLE bellows_deploy_nobody; "
               "SELECT pg_catalog.set_config('search_path', '', false); SET lock_timeout = 1; "
               "SET standard_conforming_strings = off;");
    add("2_b", "CREATE TABLE plain (i int); DROP ROLE bellows_deploy_nobody;");
    deploy_well();
    expect("SELECT to_regclass('public.plain')::text", "plain");
}

Test(deploy, a_database_with_tables_needs_a_baseline)
{
    run_on(world.other, "CREATE VIEW v AS SELECT 1; CREATE TYPE k AS ENUM ('a'); "
                        "CREATE TABLE spatial_ref_sys (i int); CREATE TABLE ours (i int)");
    add("1_a", "CREATE TABLE a (i int);");
    deploy_fails(DIAG_NOT_EMPTY);
    expect("SELECT to_regclass('_prisma_migrations')::text", "null");
    static const char *const external[] = {"public.ours"};
    world.options.external_tables = external;
    world.options.external_count = 1;
    deploy_well();
}

Test(deploy, resolve_says_no_with_the_known_codes)
{
    Migration *bad = add("1_a", "SELECT nonsense;");
    const GuardOptions *guard = &world.options.guard;
    static const struct {
        const char *applied, *rolled_back;
        DiagCode code;
    } rows[] = {
        {"9_none", NULL, DIAG_NO_SUCH_MIGRATION},
        {NULL, "9_none", DIAG_NEVER_APPLIED},
        {"1_a", NULL, DIAG_ALREADY_APPLIED},
        {NULL, "1_a", DIAG_NOT_FAILED},
    };
    deploy_fails(DIAG_SCRIPT_FAILED);
    resolve_rolled_back("1_a");
    resolve_rolled_back("1_a"); /* twice is fine */
    edit(bad, "SELECT 1;");
    cr_assert(deploy_resolve(world.arena, world.session, world.migrations, "1_a", NULL, guard, NULL,
                             world.diags));
    expect(history_line, "1_a rolled-back 0, 1_a finished 0");
    expect("SELECT logs FROM _prisma_migrations WHERE finished_at IS NOT NULL", "");
    for (size_t i = 0; i < lengthof(rows); i++) {
        world.diags = diagnostics_new(world.arena, sources_new(world.arena));
        const bool done =
            deploy_resolve(world.arena, world.session, world.migrations, rows[i].applied,
                           rows[i].rolled_back, guard, NULL, world.diags);
        cr_expect_not(done);
        cr_expect_eq(world.diags->items.items[0]->code, rows[i].code, "row %zu", i);
    }
}

Test(deploy, only_finished_rows_cannot_be_rolled_back)
{
    add("1_a", "SELECT 1;");
    deploy_well();
    cr_expect_not(deploy_resolve(world.arena, world.session, world.migrations, NULL, "1_a",
                                 &world.options.guard, NULL, world.diags));
    cr_expect_eq(world.diags->items.items[0]->code, DIAG_NOT_FAILED);
}

Test(deploy, the_schema_of_the_url_is_made_and_holds_the_history)
{
    const ConnInfo *info = NULL;
    const char *url =
        arena_printf(world.arena, "%s%cschema=other%%20one", getenv("BELLOWS_TEST_URL"),
                     strchr(getenv("BELLOWS_TEST_URL"), '?') != NULL ? '&' : '?');
    cr_assert(url_parse(world.arena, url, world.diags, &info));
    const ConnInfo *here = conninfo_with_database(world.arena, info, world.database);
    ConnInfo with_schema = *here;
    with_schema.schema = info->schema;
    session_close(world.session);
    world.session = connect_to(&with_schema);
    add("1_a", "CREATE TABLE a (i int);");
    deploy_well();
    expect("SELECT count(*) FROM \"other one\"._prisma_migrations", "1");
    expect("SELECT to_regclass('\"other one\".a') IS NOT NULL", "t");
}

/* --- statements that refuse a transaction --- */

Test(deploy, parts_that_are_done_are_not_run_again)
{
    add("1_a", "CREATE TABLE a (i int); INSERT INTO a VALUES (1), (1);\n"
               "CREATE UNIQUE INDEX CONCURRENTLY i ON a (i);\nCREATE TABLE b (i int);");
    deploy_fails(DIAG_SCRIPT_FAILED);
    expect(history_line, "1_a failed 0");
    expect("SELECT count(*) FROM a", "2");
    expect("SELECT to_regclass('i')::text", "null"); /* the invalid index is gone */
    cr_expect(is_noted("1 of its 3 parts"));

    run_on(world.other, "DELETE FROM a WHERE ctid = (SELECT min(ctid) FROM a)");
    resolve_rolled_back("1_a");
    deploy_well();
    expect("SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass", "t");
    expect("SELECT to_regclass('b')::text", "b");
    expect(history_line, "1_a rolled-back 0, 1_a finished 1");
    expect("SELECT to_regclass('_bellows_progress')::text", "null");
}

Test(deploy, an_invalid_index_is_dropped_and_built_again)
{
    add("1_a", "CREATE TABLE a (i int); CREATE INDEX i ON a (i);");
    deploy_well();
    run_on(world.other, "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass");
    add("2_b", "CREATE INDEX CONCURRENTLY IF NOT EXISTS \"i\" ON \"a\" (i);");
    deploy_well();
    expect("SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass", "t");
}

Test(deploy, an_index_of_another_table_is_left_alone)
{
    add("1_a", "CREATE TABLE a (i int); CREATE TABLE b (i int); CREATE INDEX i ON b (i);");
    deploy_well();
    run_on(world.other, "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass");
    add("2_b", "CREATE INDEX CONCURRENTLY i ON a (i);");
    deploy_fails(DIAG_SCRIPT_FAILED);
    expect("SELECT indrelid::regclass::text FROM pg_index WHERE indexrelid = 'i'::regclass", "b");
}

/* An index build waits for every old snapshot; a lock_timeout would break it off and leave half of
 * it. */
Test(deploy, an_index_build_outlasts_an_old_snapshot)
{
    add("1_a", "CREATE TABLE a (i int); CREATE TABLE unrelated (i int);");
    deploy_well();
    const pid_t child = fork();
    if (child == 0) {
        world.other = connect_to(world.info);
        run_on(world.other, "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT * FROM unrelated; "
                            "SELECT pg_sleep(2); COMMIT");
        _exit(0);
    }
    while (strcmp(value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' "
                        "AND datname = current_database()"),
                  "1") != 0) {
    }
    add("2_b", "CREATE INDEX CONCURRENTLY i ON a (i);");
    const uint64_t started = guard_now_ms();
    deploy_well();
    cr_expect_gt(guard_now_ms() - started, 800);
    expect("SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass", "t");
    cr_assert_eq(waitpid(child, NULL, 0), child);
}

/* --- locks --- */

/* Lets the other session go at the second try. */
static void let_go(void *context, const ProgressEvent *event)
{
    int *retries = context;
    if (event->kind == PROGRESS_RETRY || event->kind == PROGRESS_BLOCKED) {
        cr_expect_not_null(event->detail);
        cr_expect_not_null(strstr(event->detail, "transaction open"), "%s", event->detail);
        *retries += 1;
    }
    if (*retries == 2 && session_in_transaction(world.other)) {
        run_on(world.other, "COMMIT");
    }
}

Test(deploy, a_lock_is_asked_for_briefly_and_again)
{
    int retries = 0;
    add("1_a", "CREATE TABLE a (i int);");
    deploy_well();
    run_on(world.other, "BEGIN; SELECT * FROM a");
    add("2_b", "ALTER TABLE a ADD COLUMN j int;");
    world.progress = (Progress){let_go, &retries};
    deploy_well();
    cr_expect_eq(retries, 2);
    expect(history_line, "1_a finished 1, 2_b finished 1");
}

/* Counts the requests that queue, and lets the idle session go after a second. */
static void count_requests(void *context, const ProgressEvent *event)
{
    int *retries = context;
    *retries += event->kind == PROGRESS_RETRY;
    if (event->kind == PROGRESS_BLOCKED) {
        cr_expect_not_null(strstr(event->detail, "idle in transaction"), "%s", event->detail);
        run_on(world.other, "COMMIT");
    }
}

Test(deploy, nobody_queues_behind_a_request_that_is_hopeless)
{
    int retries = 0;
    add("1_a", "CREATE TABLE a (i int);");
    deploy_well();
    run_on(world.other, "BEGIN; SELECT * FROM a");
    cr_assert(guard_sleep(300, NULL));
    add("2_b", "ALTER TABLE a ADD COLUMN j int;");
    world.progress = (Progress){count_requests, &retries};
    deploy_well();
    cr_expect_eq(retries, 0);
    run_on(world.other, "BEGIN; SELECT * FROM a");
    cr_assert(guard_sleep(300, NULL));
    add("3_c", "CREATE INDEX ON a (j);");
    deploy_well();
    cr_expect(session_in_transaction(world.other), "a reader is not in the way of an index");
    run_on(world.other, "COMMIT");
}

Test(deploy, a_lock_that_is_not_to_be_had_is_nobodys_failure)
{
    add("1_a", "CREATE TABLE a (i int);");
    deploy_well();
    run_on(world.other, "BEGIN; SELECT * FROM a");
    add("2_b", "ALTER TABLE a ADD COLUMN j int;");
    world.options.apply.retry.budget_ms = 1000;
    world.options.apply.retry.lock_timeout_ms = 50;
    deploy_fails(DIAG_TABLE_LOCKED);
    cr_expect_eq(diag_exit_code(world.diags), EXIT_LOCKED);
    cr_expect(is_noted("idle in transaction"));
    run_on(world.other, "COMMIT");
    expect(history_line, "1_a finished 1");
    deploy_well();
}

static void interrupt_retry(void *context, const ProgressEvent *event)
{
    (void)context;
    interrupted = event->kind == PROGRESS_RETRY;
}

Test(deploy, waiting_for_a_lock_can_be_interrupted)
{
    add("1_a", "CREATE TABLE a (i int);");
    deploy_well();
    run_on(world.other, "BEGIN; SELECT * FROM a");
    add("2_b", "ALTER TABLE a ADD COLUMN j int;");
    world.progress = (Progress){interrupt_retry, NULL};
    deploy_fails(DIAG_INTERRUPTED);
    interrupted = 0;
    cr_expect(is_noted("nothing of it was applied"));
    run_on(world.other, "COMMIT");
    expect(history_line, "1_a finished 1");
}

Test(deploy, two_deploys_exclude_each_other)
{
    run_on(world.other, "SET application_name = 'the other deploy'; "
                        "SELECT pg_advisory_lock(72707369)");
    world.options.guard.wait_ms = 1000;
    deploy_fails(DIAG_LOCK_HELD);
    cr_expect_eq(diag_exit_code(world.diags), EXIT_LOCKED);
    cr_expect_not_null(strstr(last_report(), "the other deploy"), "%s", last_report());
    world.options.guard.disabled = true;
    deploy_well();
}

Test(deploy, no_right_to_make_schemas_is_needed)
{
    run_on(world.other, "CREATE ROLE bellows_deploy_plain; GRANT ALL ON SCHEMA public TO "
                        "bellows_deploy_plain");
    run_on(world.session, "SET SESSION AUTHORIZATION bellows_deploy_plain");
    History *history = NULL;
    cr_assert(history_read(world.arena, world.session, world.diags, &history));
    run_on(world.session, history_sql_create(world.arena, history));
    run_on(world.session, "RESET SESSION AUTHORIZATION");
    run_on(world.other, "DROP OWNED BY bellows_deploy_plain; DROP ROLE bellows_deploy_plain");
}

/* --- the gate --- */

static const char contract_text[] =
    "-- bellows: plan=1 phase=contract script=2/2\nALTER TABLE a DROP COLUMN IF EXISTS old;";

static void add_plan(void)
{
    add("1_a",
        "CREATE TABLE a (i int, old int); CREATE TABLE b (i int); CREATE INDEX b_i ON b (i); "
        "CREATE INDEX a_i ON a (i);");
    deploy_well();
    add("2_x_1_expand",
        "-- bellows: plan=1 phase=expand script=1/2\nALTER TABLE a ADD COLUMN new int;");
    add("3_x_2_contract", contract_text);
}

Test(deploy, a_contract_script_waits_until_told)
{
    add_plan();
    add("4_b",
        "ALTER TABLE b ADD COLUMN j int; DROP INDEX b_i; ALTER TABLE public.a ADD COLUMN z int; "
        "DROP INDEX a_i;");
    deploy_well();
    cr_expect_eq(world.result.held.count, 1);
    expect(history_line, "1_a finished 1, 2_x_1_expand finished 1, 4_b finished 1");
    deploy_well();
    cr_expect_eq(world.result.applied.count, 0);
    world.options.gates.only = true;
    deploy_well();
    cr_expect_eq(world.result.applied.count, 1);
    expect("SELECT count(*) FROM pg_attribute WHERE attrelid = 'a'::regclass AND attname = 'old'",
           "0");
}

Test(deploy, nothing_overtakes_a_contract_script_on_what_it_changes)
{
    static const char *const texts[] = {
        "ALTER TABLE public.a ADD COLUMN old int;", "ALTER TABLE a RENAME TO z;",
        "CREATE INDEX a_o ON a (old);", "DO $$ BEGIN NULL; END $$;"};
    add_plan();
    for (size_t i = 0; i < lengthof(texts); i++) {
        add("4_b", texts[i]);
        deploy_fails(DIAG_GATE);
        cr_expect_eq(diag_exit_code(world.diags), EXIT_REFUSED);
        expect(history_line, "1_a finished 1");
        world.migrations->list.count--;
    }
}

Test(deploy, an_empty_database_has_no_old_program_to_wait_for)
{
    add("1_a", "CREATE TABLE a (i int, old int);");
    add("2_x_contract",
        "-- bellows: plan=1 phase=contract script=1/1\nALTER TABLE a DROP COLUMN IF EXISTS old;");
    add("3_c", "ALTER TABLE a ADD COLUMN z int;");
    deploy_well();
    cr_expect_eq(world.result.applied.count, 3);
}

/* --- a shadow database that somebody is at work on --- */

static void count_waits(void *cx, const char *who)
{
    int *waits = cx;
    *waits += strstr(who, "pid ") != NULL;
}

Test(deploy, a_shadow_database_in_use_is_waited_for_and_then_refused)
{
    int waits = 0;
    Session *holder = NULL;
    const ShadowOptions options = {
        .interrupted = &interrupted, .waits = count_waits, .waits_cx = &waits, .wait_ms = 300};
    run_on(world.other, "SELECT pg_advisory_lock(72707369)");
    cr_assert(!shadow_lock(world.arena, world.info, &options, world.diags, &holder));
    cr_expect_eq(world.diags->items.items[0]->code, DIAG_SHADOW_HELD); /* E0555 */
    cr_expect_eq(waits, 1);
    interrupted = 1;
    cr_assert(!shadow_lock(world.arena, world.info, &options, world.diags, &holder));
    cr_expect_eq(world.diags->items.items[1]->code, DIAG_INTERRUPTED);
    interrupted = 0;
    run_on(world.other, "SELECT pg_advisory_unlock(72707369)");
    waits = 0;
    cr_assert(shadow_lock(world.arena, world.info, &options, world.diags, &holder));
    cr_expect_eq(waits, 0);
    expect("SELECT pg_try_advisory_lock(72707369)::text", "false");
    session_close(holder);
}

/* Nothing of the session's stays locked behind a deployment, whatever scripts let go of. */
Test(deploy, locks_that_scripts_let_go_of_are_held_once)
{
    add("1_a", "SELECT pg_advisory_unlock(72707369, pg_backend_pid());");
    add("2_b", "CREATE TABLE t (i int);");
    deploy_well();
    expect(arena_printf(world.arena,
                        "SELECT string_agg(concat_ws(' ', classid, objid, objsubid), ', ') FROM "
                        "pg_locks WHERE locktype = 'advisory' AND pid = %d",
                        session_backend_pid(world.session)),
           "null");
}

/* --- deaths --- */

/* Deploys in a child that is killed while the script sleeps. */
static void deploy_and_die(void)
{
    fflush(NULL);
    const pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        world.session = connect_to(world.info);
        _exit(deploy() ? 0 : 1);
    }
    while (strcmp(value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' "
                        "AND datname = current_database()"),
                  "1") != 0) {
        const struct timespec nap = {.tv_nsec = 20000000};
        nanosleep(&nap, NULL);
    }
    cr_assert_eq(kill(child, SIGKILL), 0);
    int status;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFSIGNALED(status));
    /* its server process sleeps on, and with it the advisory lock */
    while (strcmp(value("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                        "WHERE wait_event = 'PgSleep' AND datname = current_database()"),
                  "0") != 0) {
        const struct timespec nap = {.tv_nsec = 20000000};
        nanosleep(&nap, NULL);
    }
}

Test(deploy, killed_within_a_transaction_nothing_has_happened)
{
    Migration *slow = add("1_a", "CREATE TABLE a (i int); SELECT pg_sleep(600);");
    deploy_and_die();
    expect("SELECT to_regclass('a')::text", "null");
    expect("SELECT count(*) FROM _prisma_migrations", "0");
    edit(slow, "CREATE TABLE a (i int);");
    deploy_well();
    expect(history_line, "1_a finished 1");
}

Test(deploy, killed_between_parts_the_next_run_continues)
{
    add("1_a", "CREATE TABLE a (i int);\nCREATE INDEX CONCURRENTLY i ON a (i);\n"
               "SELECT pg_sleep(CASE WHEN EXISTS (SELECT 1 FROM a) THEN 0 ELSE 600 END);");
    deploy_and_die();
    expect(history_line, "1_a interrupted 0");
    expect("SELECT parts_done FROM _bellows_progress", "2");
    run_on(world.other, "INSERT INTO a VALUES (1)");
    deploy_well();
    expect(history_line, "1_a finished 1");
}

Test(deploy, killed_where_nobody_can_know_it_says_so)
{
    add("1_a", "BEGIN; CREATE TABLE a (i int); COMMIT; "
               "BEGIN; SAVEPOINT x; SELECT pg_sleep(600); COMMIT;");
    deploy_and_die();
    expect(history_line, "1_a interrupted 0");
    deploy_fails(DIAG_FAILED_MIGRATIONS);
    cr_assert(deploy_resolve(world.arena, world.session, world.migrations, "1_a", NULL,
                             &world.options.guard, NULL, world.diags));
    deploy_well();
}

Test(deploy, a_lost_connection_says_what_is_known)
{
    add("1_a", "CREATE TABLE a (i int); SELECT pg_terminate_backend(pg_backend_pid());");
    deploy_fails(DIAG_SESSION_ENDED);
    cr_expect(is_noted("nothing of it was applied"));
    expect("SELECT count(*) FROM _prisma_migrations", "0");
}

/* Whom it was stopped by, a person or the role's time-out, the server does not tell; the script is
 * not to blame, and nothing of it is there. */
Test(deploy, a_statement_stopped_from_outside_leaves_no_row)
{
    add("1_a", "CREATE TABLE a (i int); SELECT pg_sleep(60);");
    const pid_t child = fork();
    if (child == 0) { /* cancels the statement as an administrator would */
        world.other = connect_to(world.info);
        while (
            strcmp(
                value("SELECT coalesce(max(pg_cancel_backend(pid)::int), 0) FROM pg_stat_activity "
                      "WHERE wait_event = 'PgSleep' AND datname = current_database()"),
                "1") != 0) {
        }
        _exit(0);
    }
    deploy_fails(DIAG_QUERY_TIMEOUT);
    cr_assert_eq(waitpid(child, NULL, 0), child);
    expect("SELECT count(*) FROM _prisma_migrations", "0");
    expect("SELECT to_regclass('a')::text", "null");
}

Test(deploy, a_time_out_of_the_role_leaves_no_row)
{
    add("1_a", "CREATE TABLE a (i int); SELECT pg_sleep(60);");
    set_for_database("statement_timeout = 200");
    deploy_fails(DIAG_QUERY_TIMEOUT);
    expect("SELECT count(*) FROM _prisma_migrations", "0");
}

/* The server would end the session that is to record it. */
Test(deploy, an_error_is_the_scripts_where_the_role_exits_on_errors)
{
    add("1_a", "CREATE TABLE a (i int); SELECT 1 / 0;");
    set_for_database("exit_on_error = on");
    deploy_fails(DIAG_SCRIPT_FAILED);
    expect("SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NULL", "1");
}

/* What refuses a transaction takes its time. */
Test(deploy, no_time_out_of_the_role_breaks_an_index_build_off)
{
    add("1_a", "CREATE TABLE a (i int); INSERT INTO a VALUES (1);\n"
               "CREATE FUNCTION slow(i int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS "
               "$$ BEGIN PERFORM pg_sleep(0.5); RETURN i; END $$;");
    deploy_well();
    set_for_database("statement_timeout = 200");
    if (session_server_version(world.session) >= 170000) {
        set_for_database("transaction_timeout = 200");
    }
    add("2_b", "CREATE INDEX CONCURRENTLY b ON a (slow(i));");
    deploy_well();
    expect("SELECT indisvalid FROM pg_index WHERE indexrelid = 'b'::regclass", "t");
}

/* As on a standby, where no role and no setting makes a transaction that writes. */
Test(deploy, where_nothing_may_be_written_it_says_so)
{
    add("1_a", "SET TRANSACTION READ ONLY;\nCREATE TABLE a (i int);");
    deploy_fails(DIAG_READ_ONLY);
    expect("SELECT count(*) FROM _prisma_migrations", "0");
}

/* The server tells no position of rows that break a constraint. */
Test(deploy, a_failing_statement_is_named_without_a_position)
{
    add("1_a", "CREATE TABLE a (i int PRIMARY KEY);\nBEGIN;\nINSERT INTO a VALUES (1);\nCOMMIT;\n"
               "SELECT 1; -- of no interest\nINSERT INTO a VALUES (1);\nSELECT 2;\n");
    deploy_fails(DIAG_SCRIPT_FAILED);
    const Span span = world.diags->items.items[0]->span;
    cr_assert_neq(span.file, 0);
    cr_assert_eq(source_position(world.diags->sources, span).line, 6);
}
