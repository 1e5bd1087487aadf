/*
 * session_test.c - connections that work, that are refused, interrupted, late and lost.
 */
#include "base/common.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "introspect/session/session.h"

typedef struct World {
    Arena *arena;
    Diagnostics *diags;
    const ConnInfo *info;
} World;

static World world_new(void)
{
    World world = {.arena = arena_new()};
    const char *url = getenv("BELLOWS_TEST_URL");
    cr_assert_not_null(url);
    world.diags = diagnostics_new(world.arena, NULL);
    cr_assert(url_parse(world.arena, url, world.diags, &world.info));
    return world;
}

/* The test's connection with other parameters. */
static ConnInfo *with(const World *world, const char *keyword, const char *value)
{
    ConnInfo *info = arena_make(world->arena, ConnInfo);
    *info = *world->info;
    info->params.items = NULL;
    info->params.count = info->params.capacity = 0;
    vec_each(ConnParam, param, &world->info->params) {
        if (strcmp(param->keyword, keyword) != 0) {
            vec_push(world->arena, &info->params, *param);
        }
    }
    vec_push(world->arena, &info->params, (ConnParam){keyword, value});
    return info;
}

static Session *connect_with(const World *world, const ConnInfo *info,
                             const SessionOptions *options)
{
    Session *session = NULL;
    if (!session_open(info, options, world->diags, &session)) {
        cr_assert(false, "%s", world->diags->items.items[0]->message);
    }
    return session;
}

static const char *ask(const World *world, Session *session, const char *sql)
{
    Result *result = NULL;
    cr_assert(session_query(session, (Query){sql, NULL, 0}, world->diags, &result));
    const char *text = result_text(result, 0, 0);
    const char *copy = text == NULL ? NULL : arena_strdup(world->arena, text);
    result_free(result);
    return copy;
}

/* A setting in whatever state the session is. */
static const char *show(const World *world, Session *session, const char *name)
{
    const char *sql = arena_printf(world->arena, "SHOW %s", name);
    Result *result = NULL;
    ServerError error;
    cr_assert(session_ask_there(session, (Query){sql, NULL, 0}, &error, &result));
    const char *copy = arena_strdup(world->arena, result_text(result, 0, 0));
    result_free(result);
    return copy;
}

static bool run_script(Session *session, const char *text, bool alone, ServerError *ret_error)
{
    return session_run_script(session, &(SessionScript){.text = text, .alone = alone}, ret_error);
}

static void assert_refused(World *world, const ConnInfo *info, DiagCode code)
{
    Session *session = NULL;
    cr_assert(!session_open(info, NULL, world->diags, &session));
    cr_assert_null(session);
    cr_assert_eq(world->diags->items.count, 1);
    cr_assert_eq(world->diags->items.items[0]->code, code, "%s",
                 world->diags->items.items[0]->message);
    world->diags = diagnostics_new(world->arena, NULL);
}

Test(session, settings_of_the_start)
{
    World world = world_new();
    ConnInfo *info = with(&world, "options", "-c geqo=off");
    info->schema = "a \"b\\c";
    Session *session = connect_with(&world, info, NULL);
    cr_assert_str_eq(show(&world, session, "search_path"), "\"a \"\"b\\c\"");
    cr_assert_str_eq(show(&world, session, "geqo"), "off");
    cr_assert_str_eq(show(&world, session, "application_name"), "bellows");
    cr_assert_str_eq(show(&world, session, "client_encoding"), "UTF8");
    cr_assert_str_eq(show(&world, session, "standard_conforming_strings"), "on");
    cr_assert_geq(session_server_version(session), 120000);
    cr_assert(session_is_alive(session));
    cr_assert_null(session_schema_to_set(session));
    cr_assert(!session_is_pooled(session));
    session_close(session);
    arena_free(world.arena);
}

/* What is set on a pooler's connection is set for everybody. */
Test(session, nothing_is_set_behind_a_pooler)
{
    World world = world_new();
    ConnInfo *info = with(&world, "options", "");
    info->schema = "tenant";
    info->pgbouncer = true;
    Session *session = connect_with(&world, info, NULL);
    cr_assert(session_is_pooled(session));
    cr_assert_str_eq(ask(&world, session, "SHOW search_path"), "pg_catalog, pg_temp");
    cr_assert_str_eq(show(&world, session, "search_path"), "\"$user\", public");
    cr_assert_str_eq(session_schema_to_set(session), "tenant");
    session_close(session);
    info->pgbouncer = false;
    session = connect_with(&world, info, NULL);
    cr_assert(!session_is_pooled(session));
    session_note_backend(session, session_backend_pid(session));
    cr_assert(!session_is_pooled(session));
    session_note_backend(session, session_backend_pid(session) + 1);
    cr_assert(session_is_pooled(session));
    session_close(session);
    info->direct = true;
    session = connect_with(&world, info, NULL);
    session_note_backend(session, session_backend_pid(session) + 1);
    cr_assert(!session_is_pooled(session));
    session_close(session);
    arena_free(world.arena);
}

/* --- whose statements --- */

static void assert_fresh(const World *world, Session *session)
{
    cr_assert_str_eq(show(world, session, "search_path"), "\"$user\", public");
    cr_assert_str_eq(show(world, session, "datestyle"), "ISO, MDY");
    cr_assert_str_eq(show(world, session, "standard_conforming_strings"), "on");
    cr_assert_str_eq(show(world, session, "role"), "none");
}

static void assert_ours(const World *world, Session *session)
{
    cr_assert_str_eq(ask(world, session, "SHOW search_path"), "pg_catalog, pg_temp");
    cr_assert_str_eq(ask(world, session, "SHOW datestyle"), "ISO, MDY");
    cr_assert_str_eq(ask(world, session, "SHOW standard_conforming_strings"), "on");
    cr_assert_str_eq(ask(world, session, "SHOW statement_timeout"), "0");
    cr_assert_str_eq(ask(world, session, "SHOW role"), "none");
}

static const char changes[] =
    "SET search_path = pg_toast; SET datestyle = 'SQL, DMY'; SET statement_timeout = '1h';"
    "SET standard_conforming_strings = off; SET ROLE pg_monitor;"
    "SET SESSION AUTHORIZATION pg_monitor; SELECT set_config('row_security', 'off', false)";

Test(session, scripts_leave_nothing_and_see_nothing_of_ours)
{
    World world = world_new();
    Session *session = connect_with(&world, world.info, NULL);
    ServerError error;
    assert_fresh(&world, session);
    for (int alone = 0; alone < 2; alone++) {
        assert_ours(&world, session);
        cr_assert(run_script(session, changes, alone == 1, &error), "%s", error.message);
        assert_ours(&world, session);
        cr_assert(run_script(session,
                             "DO $$BEGIN ASSERT current_setting('search_path') LIKE "
                             "'%public' AND current_setting('datestyle') = 'ISO, MDY'; "
                             "END$$",
                             alone == 1, &error),
                  "%s", error.message);
        cr_assert(session_enter_script(session, NULL, &error));
        assert_fresh(&world, session);
    }
    session_close(session);
    arena_free(world.arena);
}

Test(session, settings_and_what_stands_behind_belong_to_the_script)
{
    World world = world_new();
    Session *session = connect_with(&world, world.info, NULL);
    ServerError error;
    const SessionScript script = {
        .text = "SELECT 1 / (lower(current_setting('lock_timeout')) = '7ms')::int; -- end",
        .settings = "SET lock_timeout = 7; SET search_path = pg_toast;\n",
        .behind = "SELECT 1 OPERATOR(pg_catalog./) (pg_catalog.current_setting('search_path') "
                  "OPERATOR(pg_catalog.=) 'pg_toast')::pg_catalog.int4"};
    cr_assert_str_eq(ask(&world, session, "SELECT 1"), "1");
    cr_assert(session_run_script(session, &script, &error), "%s", error.message);
    assert_fresh(&world, session);
    const SessionScript wrong = {.text = "SELECT '\u00fc' || nonsense",
                                 .settings = script.settings};
    cr_assert(!session_run_script(session, &wrong, &error));
    cr_assert_eq(error.position, 15, "in the text, in characters: %u", error.position);
    const SessionScript later = {.text = "SELECT 1", .behind = "SELECT nonsense"};
    cr_assert(!session_run_script(session, &later, &error));
    cr_assert_eq(error.position, 0, "not in the text");
    assert_ours(&world, session);
    session_close(session);
    arena_free(world.arena);
}

/* What ROLLBACK takes back is known. */
Test(session, transactions_and_states)
{
    World world = world_new();
    Session *session = connect_with(&world, world.info, NULL);
    ServerError error;
    cr_assert(session_begin(session, world.diags));
    assert_ours(&world, session);
    session_rollback(session);
    assert_fresh(&world, session);
    assert_ours(&world, session);
    cr_assert(session_begin(session, world.diags));
    cr_assert(run_script(session, changes, false, &error));
    assert_fresh(&world, session);
    session_rollback(session);
    assert_ours(&world, session);
    cr_assert(session_begin(session, world.diags));
    cr_assert(session_control(session, "SAVEPOINT s", &error));
    cr_assert(!run_script(session, "SET datestyle = 'SQL'; SELECT 1/0", false, &error));
    cr_assert(session_control(session, "ROLLBACK TO SAVEPOINT s", &error));
    assert_ours(&world, session);
    cr_assert(session_commit(session, world.diags));
    assert_ours(&world, session);
    session_close(session);
    arena_free(world.arena);
}

/* Behind a pooler nothing of ours may outlive its transaction. */
Test(session, a_pooled_connection_keeps_no_setting)
{
    World world = world_new();
    ConnInfo *info = with(&world, "application_name", "pooled");
    info->pgbouncer = true;
    info->schema = "a \"b\\c";
    Session *session = connect_with(&world, info, NULL);
    ServerError error;
    cr_assert_str_eq(ask(&world, session, "SHOW search_path"), "pg_catalog, pg_temp");
    cr_assert(session_execute(
                  session,
                  "DO $$BEGIN ASSERT current_setting('search_path') = 'pg_catalog, pg_temp'; END$$",
                  &error),
              "%s", error.message);
    cr_assert(run_script(session,
                         "DO $$BEGIN ASSERT current_setting('search_path') = "
                         "'\"a \"\"b\\c\"'; END$$; SET datestyle = 'SQL'",
                         false, &error),
              "%s", error.message);
    assert_fresh(&world, session);
    cr_assert(session_begin(session, world.diags));
    assert_ours(&world, session);
    cr_assert(session_commit(session, world.diags));
    assert_fresh(&world, session);
    session_close(session);
    arena_free(world.arena);
}

Test(session, where_a_script_makes_what_it_does_not_qualify)
{
    World world = world_new();
    Session *session = connect_with(&world, world.info, NULL);
    ServerError error;
    cr_assert_str_eq(session_schema(session, world.diags), "public");
    assert_ours(&world, session);
    cr_assert_str_eq(session_schema(session, world.diags), "public");
    cr_assert(run_script(session, "CREATE SCHEMA AUTHORIZATION CURRENT_USER", false, &error));
    cr_assert_str_eq(session_schema(session, world.diags),
                     ask(&world, session, "SELECT current_user"));
    cr_assert(session_run(
        session, "DO $$BEGIN EXECUTE format('DROP SCHEMA %I', current_user); END$$", world.diags));
    session_close(session);
    arena_free(world.arena);
}

static volatile sig_atomic_t interrupted;
static struct timespec interrupted_at;

static void note_interrupt(int signal)
{
    (void)signal;
    clock_gettime(CLOCK_MONOTONIC, &interrupted_at);
    interrupted = 1;
}

/* Soon, while whatever comes next is waited for. */
static void interrupt_soon(void)
{
    const struct sigaction action = {.sa_handler = note_interrupt};
    const struct itimerval soon = {.it_value = {.tv_usec = 100000}};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &soon, NULL);
}

static int64_t ms_since_interrupt(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - interrupted_at.tv_sec) * 1000 +
           (now.tv_nsec - interrupted_at.tv_nsec) / 1000000;
}

/* A backend that is stopped answers neither us nor a request to cancel. */
Test(session, an_interrupt_is_answered_within_a_second)
{
    World world = world_new();
    Session *session =
        connect_with(&world, world.info, &(SessionOptions){.interrupted = &interrupted});
    Session *other = connect_with(&world, world.info, NULL);
    const int pid = session_backend_pid(session);
    cr_assert(session_is_alive(session));
    cr_assert_eq(kill(pid, SIGSTOP), 0);
    interrupt_soon();
    ServerError error;
    const bool done = session_execute(session, "SELECT pg_catalog.pg_sleep(20)", &error);
    session_rollback(session);
    const int64_t took = ms_since_interrupt();
    kill(pid, SIGCONT);
    cr_assert(!done);
    cr_expect(error.interrupted);
    cr_expect_lt(took, 1000);
    session_close(session);
    session_close(other);
    arena_free(world.arena);
}

static void count_late(Session *session, const char *statements, int64_t at_least, int64_t at_most)
{
    ServerError error;
    cr_assert(!session_execute(session, statements, &error));
    cr_expect(error.interrupted);
    const int64_t took = ms_since_interrupt();
    cr_expect(took >= at_least && took < at_most, "%lld ms", (long long)took);
}

/* What has to be done all the same is, in bounds; nothing else is begun. */
Test(session, in_spite_of_an_interrupt)
{
    World world = world_new();
    Session *session =
        connect_with(&world, world.info, &(SessionOptions){.interrupted = &interrupted});
    cr_assert(session_run(session, "CREATE TEMPORARY TABLE done (what text)", world.diags));
    interrupt_soon();
    count_late(session, "SELECT pg_sleep(30)", 0, 20000);
    count_late(session, "INSERT INTO pg_temp.done VALUES ('begun')", 0, 20000);
    const SessionTidy before = session_tidy_begin(session, TIDY_RECORD);
    cr_assert(session_run(session, "INSERT INTO pg_temp.done SELECT 'recorded' FROM pg_sleep(0.3)",
                          world.diags));
    cr_assert_str_eq(ask(&world, session, "SELECT string_agg(what, ' ') FROM pg_temp.done"),
                     "recorded");
    count_late(session, "SELECT pg_sleep(30)", 3000, 23000);
    session_tidy_end(session, before);
    cr_assert_not(session_is_alive(session));
    session_close(session);
    arena_free(world.arena);
}

/* An answer that is nobody's any more is read over. */
Test(session, a_record_waits_for_a_server_that_was_silent)
{
    World world = world_new();
    Session *session =
        connect_with(&world, world.info, &(SessionOptions){.interrupted = &interrupted});
    const int pid = session_backend_pid(session);
    Result *result = NULL;
    ServerError error;
    cr_assert(session_run(session, "CREATE TEMPORARY TABLE done (what text)", world.diags));
    cr_assert(session_begin(session, world.diags));
    cr_assert_eq(kill(pid, SIGSTOP), 0);
    interrupt_soon();
    cr_assert(!session_ask(session, (Query){.sql = "SELECT 1"}, &error, &result));
    cr_expect(error.interrupted && error.connection_lost);
    session_rollback(session);
    kill(pid, SIGCONT);
    const SessionTidy before = session_tidy_begin(session, TIDY_RECORD);
    session_rollback(session);
    cr_expect(!session_in_transaction(session));
    cr_assert(session_run(session, "INSERT INTO pg_temp.done VALUES ('recorded')", world.diags));
    session_tidy_end(session, before);
    session_close(session);
    arena_free(world.arena);
}

/* Rows of a COPY that nobody reads are waited for like any answer. */
Test(session, an_interrupt_ends_a_copy)
{
    World world = world_new();
    Session *session =
        connect_with(&world, world.info, &(SessionOptions){.interrupted = &interrupted});
    interrupt_soon();
    count_late(session,
               "COPY (SELECT i, pg_sleep(0.01) FROM generate_series(1, 6000) AS i) TO STDOUT", 0,
               30000);
    cr_expect(!session_in_transaction(session));
    session_close(session);
    arena_free(world.arena);
}

Test(session, refusals)
{
    World world = world_new();
    assert_refused(&world, conninfo_with_database(world.arena, world.info, "not there"),
                   DIAG_NO_DATABASE);
    assert_refused(&world, with(&world, "port", "1"), DIAG_UNREACHABLE);
    assert_refused(&world, with(&world, "host", "no.such.host.invalid"), DIAG_UNREACHABLE);
    assert_refused(&world, with(&world, "host", "/no/such/directory"), DIAG_UNREACHABLE);
    arena_free(world.arena);
}

/* A host that accepts and says nothing. */
Test(session, silent_server)
{
    World world = world_new();
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    cr_assert_eq(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    cr_assert_eq(listen(listener, 1), 0);
    cr_assert_eq(getsockname(listener, (struct sockaddr *)&address, &size), 0);
    const char *url =
        arena_printf(world.arena, "postgresql://u:secret@127.0.0.1:%d/d?connect_timeout=1",
                     ntohs(address.sin_port));
    const ConnInfo *info = NULL;
    cr_assert(url_parse(world.arena, url, world.diags, &info));
    assert_refused(&world, info, DIAG_CONNECT_TIMEOUT);
    interrupted = 1;
    Session *session = NULL;
    cr_assert(
        !session_open(info, &(SessionOptions){.interrupted = &interrupted}, world.diags, &session));
    cr_assert_eq(world.diags->items.items[0]->code, DIAG_INTERRUPTED);
    close(listener);
    arena_free(world.arena);
}

Test(session, several_queries_in_one_round_trip)
{
    World world = world_new();
    Session *session = connect_with(&world, world.info, NULL);
    const char *const params[] = {"7", NULL};
    Query queries[] = {
        {"SELECT $1::int + 1 AS n, $2::text IS NULL AS b", params, 2},
        {"SELECT generate_series(1, 3) AS i", NULL, 0},
        {"SELECT 'x' AS t WHERE false", NULL, 0},
    };
    Result *results[3] = {0};
    cr_assert(session_query_all(session, queries, 3, world.diags, results));
    cr_assert_str_eq(result_text(results[0], 0, result_column(results[0], "n")), "8");
    cr_assert_str_eq(result_text(results[0], 0, result_column(results[0], "b")), "t");
    cr_assert_eq(result_rows(results[1]), 3);
    cr_assert_eq(result_rows(results[2]), 0);
    cr_assert_eq(result_column(results[2], "nope"), -1);
    for (size_t i = 0; i < 3; i++) {
        result_free(results[i]);
    }
    queries[1].sql = "SELECT 1/0";
    cr_assert(!session_query_all(session, queries, 3, world.diags, results));
    cr_assert_eq(world.diags->items.items[0]->code, DIAG_SERVER_ERROR);
    cr_assert_not_null(strstr(world.diags->items.items[0]->message, "22012"));
    cr_assert_str_eq(ask(&world, session, "SELECT 'still here'"), "still here");
    session_close(session);
    arena_free(world.arena);
}

typedef struct Asking {
    Session *session;
    Arena *arena;
    size_t taken;
    StrBuf got;
} Asking;

/* Each of the first two results asks two queries more. */
static void ask_more(void *of, size_t index, Result *result)
{
    Asking *asking = of;
    cr_assert_eq(index, asking->taken++);
    strbuf_printf(&asking->got, "%s ", result_text(result, 0, 0));
    result_free(result);
    if (index < 2) {
        const char *sql = arena_printf(asking->arena, "SELECT 'after %zu'", index);
        Query more[] = {{sql, NULL, 0},
                        {"SELECT 1 / (2 - current_setting('o.rest')::int)", NULL, 0}};
        session_query_more(asking->session, more, 2);
    }
}

Test(session, results_ask_more)
{
    World world = world_new();
    Session *session = connect_with(&world, world.info, NULL);
    Asking asking = {.session = session, .arena = world.arena, .got = strbuf_new(1 << 10)};
    const Query first[] = {
        {"SELECT 'a'", NULL, 0}, {"SELECT 'b'", NULL, 0}, {"SELECT 'c'", NULL, 0}};
    cr_assert(session_run(session, "SET o.rest = 1", world.diags));
    cr_assert(session_query_each(session, first, 3, world.diags, ask_more, &asking));
    cr_assert_str_eq(strbuf_text(&asking.got), "a b c after 0 1 after 1 1 ");
    asking.taken = 0;
    strbuf_reset(&asking.got);
    cr_assert(session_run(session, "SET o.rest = 2", world.diags));
    cr_assert(!session_query_each(session, first, 3, world.diags, ask_more, &asking));
    cr_assert_str_eq(strbuf_text(&asking.got), "a b c after 0 ", "nothing after the first error");
    cr_assert_not_null(strstr(world.diags->items.items[0]->message, "22012"));
    cr_assert_str_eq(ask(&world, session, "SELECT 'still here'"), "still here");
    strbuf_dispose(&asking.got);
    session_close(session);
    arena_free(world.arena);
}

Test(session, scripts_tell_what_the_server_said)
{
    World world = world_new();
    Session *session = connect_with(&world, world.info, NULL);
    ServerError error;
    cr_assert(run_script(session, "", false, &error));
    cr_assert(run_script(session, "SELECT 1; SELECT 2; -- end", false, &error));
    cr_assert(!run_script(session, "SELECT 1; SELEKT 2", false, &error));
    cr_assert_str_eq(error.sqlstate, "42601");
    cr_assert_eq(error.position, 11);
    cr_assert(!session_execute(session,
                               "CREATE TEMP TABLE s (n int CONSTRAINT plus CHECK (n > 0));"
                               "INSERT INTO s VALUES (-1)",
                               &error));
    cr_assert_str_eq(error.sqlstate, "23514");
    cr_assert_str_eq(error.constraint, "plus");
    cr_assert_str_eq(error.table, "s");
    cr_assert_gt(strlen(error.detail), 0);
    cr_assert(!session_execute(session, "CREATE TEMP TABLE c (n int); COPY c FROM STDIN", &error));
    cr_assert_str_eq(error.sqlstate, "57014");
    cr_assert(session_execute(session, "COPY (SELECT 1) TO STDOUT; SELECT 1", &error));
    cr_assert(session_execute(session, "DO $$BEGIN RAISE NOTICE 'one'; RAISE WARNING 'two'; END$$",
                              &error));
    NoticeList notices = session_take_notices(session);
    cr_assert_eq(notices.count, 2);
    cr_assert_str_eq(notices.items[0].message, "one");
    cr_assert_str_eq(notices.items[1].severity, "WARNING");
    cr_assert_eq(session_take_notices(session).count, 0);
    session_close(session);
    arena_free(world.arena);
}

Test(session, transactions)
{
    World world = world_new();
    Session *session = connect_with(&world, world.info, NULL);
    ServerError error;
    cr_assert(session_begin(session, world.diags));
    cr_assert(session_in_transaction(session));
    cr_assert(!session_execute(session, "SELECT 1/0", &error));
    cr_assert(session_in_transaction(session));
    session_rollback(session);
    cr_assert(!session_in_transaction(session));
    session_rollback(session);
    cr_assert(session_begin(session, world.diags));
    cr_assert(session_commit(session, world.diags));
    cr_assert(!session_in_transaction(session));
    session_close(session);
    arena_free(world.arena);
}

static volatile sig_atomic_t flag;

static void *raise_flag(UNUSED void *arg)
{
    nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
    flag = 1;
    return NULL;
}

Test(session, an_interrupt_stops_the_statement_and_the_way_back_works)
{
    World world = world_new();
    Session *session = connect_with(&world, world.info, &(SessionOptions){.interrupted = &flag});
    ServerError error;
    pthread_t thread;
    cr_assert(session_begin(session, world.diags));
    pthread_create(&thread, NULL, raise_flag, NULL);
    cr_assert(!session_execute(session, "SELECT pg_sleep(30)", &error));
    pthread_join(thread, NULL);
    cr_assert(error.interrupted);
    cr_assert(!error.connection_lost);
    session_report(session, &error, world.diags);
    cr_assert_eq(world.diags->items.items[0]->code, DIAG_INTERRUPTED);
    session_rollback(session);
    cr_assert(!session_in_transaction(session));
    session_close(session);
    arena_free(world.arena);
}

Test(session, statements_that_are_late)
{
    World world = world_new();
    ConnInfo *info = with(&world, "application_name", "late");
    info->socket_timeout = 1;
    Session *session = connect_with(&world, info, NULL);
    ServerError error;
    cr_assert(!session_execute(session, "SELECT pg_sleep(30)", &error));
    cr_assert(error.timed_out);
    cr_assert(
        !session_run(session, "SET statement_timeout = 100; SELECT pg_sleep(30)", world.diags));
    cr_assert_eq(world.diags->items.items[0]->code, DIAG_QUERY_TIMEOUT);
    session_close(session);
    arena_free(world.arena);
}

Test(session, a_lost_connection_is_told)
{
    World world = world_new();
    Session *session = connect_with(&world, world.info, NULL);
    ServerError error;
    Result *result = NULL;
    cr_assert(!session_execute(session, "SELECT pg_terminate_backend(pg_backend_pid())", &error));
    cr_assert(error.connection_lost);
    cr_assert(!session_is_alive(session));
    cr_assert(!session_query(session, (Query){"SELECT 1", NULL, 0}, world.diags, &result));
    cr_assert_eq(world.diags->items.items[0]->code, DIAG_SESSION_ENDED);
    session_rollback(session);
    session_close(session);
    arena_free(world.arena);
}

/* Of a pipeline the last words may be all that came: that they are an end has to be known. */
Test(session, a_read_that_an_administrator_ends_is_a_lost_connection)
{
    World world = world_new();
    for (int i = 0; i < 20; i++) {
        Session *session = connect_with(&world, world.info, NULL);
        const Query queries[] = {{.sql = "SELECT 1"},
                                 {.sql = "SELECT pg_terminate_backend(pg_backend_pid())"},
                                 {.sql = "SELECT 2"}};
        ServerError error;
        Result *results[lengthof(queries)];
        cr_assert(!session_ask(session, queries[1], &error, results));
        cr_assert(error.connection_lost, "%s", error.message);
        session_close(session);

        session = connect_with(&world, world.info, NULL);
        cr_assert(!session_query_all(session, queries, lengthof(queries), world.diags, results));
        cr_assert_eq(world.diags->items.items[i]->code, DIAG_SESSION_ENDED);
        cr_assert(!session_in_transaction(session));
        session_close(session);
    }
    arena_free(world.arena);
}

Test(session, the_maintenance_database)
{
    World world = world_new();
    Session *session = NULL;
    const ConnInfo *elsewhere = conninfo_with_database(world.arena, world.info, "not there");
    cr_assert(session_open_maintenance(elsewhere, NULL, world.diags, &session));
    cr_assert_str_eq(ask(&world, session, "SELECT current_database()"), "postgres");
    session_close(session);
    session = NULL;
    cr_assert(!session_open_maintenance(with(&world, "port", "1"), NULL, world.diags, &session));
    cr_assert_eq(world.diags->items.count, 1);
    cr_assert_eq(world.diags->items.items[0]->code, DIAG_UNREACHABLE);
    arena_free(world.arena);
}
