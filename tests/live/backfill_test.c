/*
 * backfill_test.c - backfills for real: batches by key and by page, rows that move, what is
 * continued and what is not.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "tests/live/deploy_world.h"

TestSuite(backfill, .init = set_up, .fini = tear_down);

static const char filled_table[] =
    "CREATE TABLE t (id int, u uuid DEFAULT md5(random()::text)::uuid, v int, PRIMARY KEY (id));\n"
    "INSERT INTO t (id) SELECT generate_series(1, 2500);\n"
    "CREATE TABLE touched (id int);\n"
    "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN INSERT INTO touched VALUES (NEW.id); RETURN NEW; END $$;\n"
    "CREATE TRIGGER note AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION note();";

/* Interrupts behind the third batch. */
static void interrupt_third(void *context, const ProgressEvent *event)
{
    int *batches = context;
    *batches += event->kind == PROGRESS_BACKFILL;
    if (*batches == 3) {
        interrupted = 1;
    }
}

static void backfill_and_continue(const char *text)
{
    int batches = 0;
    world.options.apply.backfill = (BackfillOptions){.duty = 1, .fixed_batch = true};
    add("1_a", filled_table);
    deploy_well();
    run_on(world.other, "ANALYZE t");
    add("2_fill", text);
    world.progress = (Progress){interrupt_third, &batches};
    deploy_fails(DIAG_INTERRUPTED);
    interrupted = 0;
    expect(history_line, "1_a finished 1, 2_fill interrupted 0");
    const long touched = strtol(value("SELECT count(*) FROM touched"), NULL, 10);
    cr_expect(touched > 0 && touched < 2500, "%ld rows", touched);
    expect("SELECT migration_name FROM _bellows_progress", "2_fill");

    batches = 100;
    deploy_well();
    expect("SELECT count(*) FROM t WHERE v IS NULL", "0");
    expect("SELECT count(*) FROM touched", "2500"); /* no row twice */
    expect(history_line, "1_a finished 1, 2_fill finished 1");
    expect("SELECT to_regclass('_bellows_progress')::text", "null");
}

Test(backfill, a_backfill_goes_by_key_and_continues)
{
    backfill_and_continue("-- bellows: backfill table=\"t\" key=\"id\" batch=300\n"
                          "UPDATE \"t\" SET v = 1 WHERE v IS NULL OR v = 7;");
}

Test(backfill, a_backfill_goes_by_several_keys)
{
    backfill_and_continue(
        "-- bellows: backfill table=\"public\".\"t\" key=\"u\",\"id\" alias=\"x\" "
        "batch=300\nUPDATE public.t AS x SET v = id WHERE v IS NULL;");
}

/* Keys are printed to be read again; the statement itself sees what the database says. */
Test(backfill, keys_are_exact_whatever_the_database_prints)
{
    add("1_a", "CREATE TABLE f (k float8 PRIMARY KEY, n int DEFAULT 0, seen text);\n"
               "INSERT INTO f (k) SELECT 300 + g / 97.0::float8 FROM generate_series(1, 1000) g;\n"
               "CREATE TABLE d (k timestamptz PRIMARY KEY, n int DEFAULT 0, seen text);\n"
               "INSERT INTO d (k) SELECT '2021-01-02 03:04:05.678+00'::timestamptz + g * "
               "interval '31 hours 0.123456 s' FROM generate_series(1, 1000) g;");
    deploy_well();
    set_for_database("extra_float_digits = -14");
    set_for_database("DateStyle = 'SQL, DMY'");
    set_for_database("TimeZone = 'Asia/Kolkata'"); /* IST, which is read as another one */
    add("2_f", "-- bellows: backfill table=\"f\" key=\"k\" batch=70\n"
               "UPDATE f SET n = n + 1, seen = now()::text || 1.25::float8;");
    add("3_d", "-- bellows: backfill table=\"d\" key=\"k\" batch=70\n"
               "UPDATE d SET n = n + 1, seen = k::text;");
    deploy_well();
    expect("SELECT min(n) || ' ' || max(n) FROM f", "1 1");
    expect("SELECT min(n) || ' ' || max(n) FROM d", "1 1");
    expect("SELECT count(*) FROM f WHERE seen !~ '^[0-9]{2}/[0-9]{2}/[0-9]{4} .*IST1$'", "0");
    expect("SELECT count(*) FROM d WHERE seen !~ '^[0-9]{2}/[0-9]{2}/[0-9]{4} .*IST$'", "0");
}

Test(backfill, a_backfill_goes_by_page)
{
    backfill_and_continue(
        "-- bellows: backfill table=t batch=300\nUPDATE t SET v = 1 WHERE v IS NULL;");
}

/* Moves the last rows to the front once the walk is under way, where it has been. */
static void move_rows(void *context, const ProgressEvent *event)
{
    int *sweeps = context;
    *sweeps += event->kind == PROGRESS_SWEEP;
    if (event->kind == PROGRESS_BACKFILL) {
        cr_expect_leq(event->rows_done,
                      event->rows_total < 0 ? event->rows_done : event->rows_total);
    }
    if (event->kind == PROGRESS_BACKFILL && event->rows_done < 1000) {
        run_on(world.other, "UPDATE a SET t = t || 'y' WHERE ctid IN (SELECT ctid FROM a WHERE "
                            "b IS NULL ORDER BY ctid DESC LIMIT 50)");
    }
}

Test(backfill, rows_that_move_behind_the_walk_are_filled)
{
    int sweeps = 0;
    add("1_a", "CREATE TABLE a (i int PRIMARY KEY, t text, b int) WITH (fillfactor = 60); "
               "INSERT INTO a SELECT g, repeat('x', 100) FROM generate_series(1, 20000) g; "
               "ANALYZE a;");
    deploy_well();
    world.progress = (Progress){move_rows, &sweeps};
    add("2_b", "-- bellows: backfill table=\"a\" key=ctid\n"
               "UPDATE a SET b = CASE WHEN i % 10 > 0 THEN i END WHERE b IS NULL;");
    deploy_well();
    cr_expect_geq(sweeps, 1);
    expect("SELECT count(*) FROM a WHERE b IS NULL AND i % 10 > 0", "0");
    expect("SELECT count(*) FROM a WHERE b IS NULL", "2000");
}

static void note_rows(void *context, const ProgressEvent *event)
{
    long long *rows = context;
    *rows = event->kind == PROGRESS_BACKFILL ? event->rows_done : *rows;
}

Test(backfill, a_batch_by_pages_counts_the_rows_of_its_pages)
{
    long long rows = 0;
    world.options.apply.backfill = (BackfillOptions){.duty = 1, .fixed_batch = true};
    add("1_a", "CREATE TABLE t (id int, v int); INSERT INTO t SELECT generate_series(1, 5000);");
    deploy_well();
    run_on(world.other, "ANALYZE t");
    world.progress = (Progress){note_rows, &rows};
    add("2_fill", "-- bellows: backfill table=t batch=10\nUPDATE t SET v = 1 WHERE v IS NULL;");
    deploy_well();
    cr_expect(rows > 4500 && rows < 5500, "%lld rows of 5000", rows);
}

static void note_warning(void *context, const ProgressEvent *event)
{
    const char **said = context;
    *said = event->kind == PROGRESS_WARNING ? arena_strdup(world.arena, event->detail) : *said;
}

/* As a plain UPDATE it would have done no better: told, and no failure. */
Test(backfill, rows_that_a_trigger_sets_back_end_the_sweep)
{
    const char *said = NULL;
    world.options.apply.backfill = (BackfillOptions){.duty = 1};
    add("1_a", "CREATE TABLE t (id int PRIMARY KEY, v int); INSERT INTO t VALUES (1), (2), (3);\n"
               "CREATE FUNCTION back() RETURNS trigger LANGUAGE plpgsql AS "
               "$$ BEGIN NEW.v := CASE WHEN NEW.id > 1 THEN NULL ELSE NEW.v END; RETURN NEW; END "
               "$$;\n"
               "CREATE TRIGGER back BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION back();");
    add("2_fill", "-- bellows: backfill table=t key=id\nUPDATE t SET v = 1 WHERE v IS NULL;");
    world.progress = (Progress){note_warning, &said};
    deploy_well();
    cr_assert_not_null(said);
    cr_expect_not_null(strstr(said, "rows stay that the backfill would change (2, behind"), "%s",
                       said);
    expect("SELECT count(*) FROM t WHERE v IS NULL", "2");
    expect(history_line, "1_a finished 1, 2_fill finished 1");
}

Test(backfill, a_backfill_of_an_empty_table_is_done_at_once)
{
    add("1_a", "CREATE TABLE t (id int, v int);");
    add("2_a", "-- bellows: backfill table=t key=id\nUPDATE t SET v = 1 WHERE v IS NULL;");
    add("3_a", "-- bellows: backfill table=t\nUPDATE t SET v = 1 WHERE v IS NULL;");
    add("4_a", "CREATE VIEW w AS SELECT * FROM t; INSERT INTO t VALUES (1);");
    add("5_a", "-- bellows: backfill table=w key=id\nUPDATE w SET v = 2 WHERE v IS NULL;");
    deploy_well();
}

Test(backfill, a_backfill_fills_another_table_and_partitions)
{
    add("1_a",
        "CREATE TABLE p (id int, v int) PARTITION BY RANGE (id);\n"
        "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (1000);\n"
        "CREATE TABLE p2 PARTITION OF p DEFAULT;\n"
        "INSERT INTO p SELECT generate_series(1, 5000); CREATE TABLE copy (id int PRIMARY KEY);");
    add("2_a", "-- bellows: backfill table=p batch=100\nUPDATE p SET v = 1 WHERE v IS NULL;");
    add("3_a", "-- bellows: backfill table=p key=id batch=700\n"
               "INSERT INTO copy SELECT id FROM p WHERE v = 1 ON CONFLICT DO NOTHING;");
    world.options.apply.backfill.duty = 1;
    deploy_well();
    expect("SELECT count(*) FROM p WHERE v = 1", "5000");
    expect("SELECT count(*) FROM copy", "5000");
}

Test(backfill, a_backfill_that_the_server_refuses_has_failed)
{
    add("1_a", "CREATE TABLE t (id int PRIMARY KEY, v int); INSERT INTO t VALUES (1), (2);");
    deploy_well();
    add("2_fill", "SET work_mem = '8MB';\n-- bellows: backfill table=t key=id\n"
                  "UPDATE t SET v = nowhere WHERE v IS NULL;");
    deploy_fails(DIAG_SCRIPT_FAILED);
    expect(history_line, "1_a finished 1, 2_fill failed 0");
}

Test(backfill, a_position_that_cannot_be_written_is_not_the_backfills_fault)
{
    add("1_a", "CREATE TABLE t (id int PRIMARY KEY, v int); INSERT INTO t VALUES (1), (2);\n"
               "CREATE TABLE _bellows_progress (migration_name varchar(255) PRIMARY KEY, checksum "
               "text, history_id text, parts_done int DEFAULT 0, position text[], rows_done bigint "
               "DEFAULT 0 CHECK (rows_done < 1), updated_at timestamptz DEFAULT now());");
    deploy_well();
    add("2_fill", "-- bellows: backfill table=t key=id\nUPDATE t SET v = 1 WHERE v IS NULL;");
    deploy_fails(DIAG_SERVER_ERROR);
    expect(history_line, "1_a finished 1, 2_fill interrupted 0");
}

static const char *last_help(void)
{
    return vec_last(&world.diags->items)->help;
}

/* The same text goes on where it failed, a corrected one from its start: that is said before. */
Test(backfill, the_remedy_goes_by_what_is_applied)
{
    static const char head[] = "CREATE TABLE seen (i int);\nINSERT INTO seen VALUES (1);\n"
                               "CREATE INDEX CONCURRENTLY seen_i ON seen (i);\n";
    const char *said = NULL;
    world.progress = (Progress){note_warning, &said};
    add("1_a", arena_printf(world.arena, "%sTABLE nowhere;", head));
    deploy_fails(DIAG_SCRIPT_FAILED);
    cr_expect_not_null(strstr(last_help(), "correct the data, then `bellows"), "%s", last_help());
    cr_expect_not_null(strstr(last_help(), "runs from its start"), "%s", last_help());
    resolve_rolled_back("1_a");
    run_on(world.other, "CREATE TABLE nowhere (i int)");
    deploy_well();
    expect("SELECT count(*) FROM seen", "1");
    cr_expect_null(said, "%s", said);

    run_on(world.other, "DROP TABLE seen, nowhere");
    Migration *parts = add("2_a", arena_printf(world.arena, "%sTABLE nowhere;", head));
    deploy_fails(DIAG_SCRIPT_FAILED);
    resolve_rolled_back("2_a");
    run_on(world.other, "DROP TABLE seen");
    edit(parts, head);
    deploy_well();
    cr_assert_not_null(said);
    cr_expect_not_null(strstr(said, "not the text of which 2 parts were applied"), "%s", said);

    add("3_whole", "CREATE TABLE w (i int); COMMIT; SAVEPOINT a; TABLE missing;");
    deploy_fails(DIAG_SCRIPT_FAILED);
    cr_expect_not_null(strstr(last_help(), "what it has committed"), "%s", last_help());
}

Test(backfill, an_edited_backfill_is_not_continued)
{
    int batches = 0;
    world.options.apply.backfill = (BackfillOptions){.duty = 1, .fixed_batch = true};
    add("1_a", filled_table);
    Migration *fill = add("2_fill", "-- bellows: backfill table=t key=id batch=300\n"
                                    "UPDATE t SET v = 1 WHERE v IS NULL;");
    world.progress = (Progress){interrupt_third, &batches};
    deploy_fails(DIAG_INTERRUPTED);
    interrupted = 0;
    edit(fill, "UPDATE t SET v = 2 WHERE v IS NULL;");
    deploy_fails(DIAG_FAILED_MIGRATIONS);
    cr_expect_not_null(strstr(last_report(), "changed"), "%s", last_report());
}
