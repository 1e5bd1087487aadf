/*
 * asides_test.c - the blocks around a change of types, in memory: what rests on a column is there
 * behind them, and rests on the other one.
 */
#include "base/common.h"

#include "compiler/blocks/aside_block.h"
#include "tests/unit/compiler/replay/replay_bench.h"

static const char before[] =
    "CREATE TABLE \"Item\" (id integer PRIMARY KEY, qty integer, name text);"
    "CREATE VIEW v AS SELECT id, qty FROM \"Item\" WHERE qty > 5;"
    "CREATE VIEW w AS SELECT qty FROM v;"
    "COMMENT ON COLUMN \"Item\".qty IS 'how many';"
    "ALTER TABLE \"Item\" ADD COLUMN qty__bellows bigint;";

static const char change[] = "ALTER TABLE \"Item\" DROP COLUMN qty;"
                             "ALTER TABLE \"Item\" RENAME COLUMN qty__bellows TO qty;";

/* The change between the blocks, behind `more`. */
static const char *script(const Bench *bench, const char *more, const char *behind)
{
    AsideBlock block = {.replaces = true};
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_push(bench->arena, &block.columns,
             ((AsideColumn){.table = "Item",
                            .name = "qty",
                            .now = "qty",
                            .between = "qty__bellows",
                            .type = "BIGINT"}));
    strbuf_printf(&out, "%s%sDO $a$", before, more);
    aside_block_write(&out, &block);
    strbuf_printf(&out, "$a$;%sDO $a$", change);
    remade_block_write(&out, NULL, "Item");
    strbuf_printf(&out, "$a$;%s", behind);
    return strbuf_take(&out, bench->arena);
}

static void expect_in(const char *text, const char *line)
{
    cr_expect(strstr(text, line) != NULL, "`%s` is not in\n%s", line, text);
}

Test(asides, what_rests_on_a_column_rests_on_the_other_one)
{
    Bench bench = bench_new();
    const char *text = catalog_of(&bench, script(&bench, "", ""));
    expect_in(text, "column qty int8");
    expect_in(text,
              "view public.v as `CREATE VIEW v AS SELECT id, qty FROM \"Item\" WHERE qty > 5`\n");
    expect_in(text, "view public.w");
    expect_in(text, "how many");
    bench_free(&bench);
}

static void expect_refused(const char *more, const char *behind, const char *sqlstate)
{
    Bench bench = bench_new();
    const char *sql = script(&bench, more, behind);
    cr_assert_not(sql_replay_script(bench.replay, "one/migration.sql", sql, strlen(sql)));
    const SqlReplayFinding *finding = sql_replay_finding(bench.replay);
    cr_assert_not_null(finding->sqlstate, "%s", finding->message);
    cr_expect_str_eq(finding->sqlstate, sqlstate, "%s", finding->message);
    bench_free(&bench);
}

Test(asides, it_does_not_let_the_other_one_go)
{
    expect_refused("", "ALTER TABLE \"Item\" DROP COLUMN qty;", "2BP01");
}

Test(asides, what_nobody_makes_anew_is_refused)
{
    expect_refused("CREATE MATERIALIZED VIEW m AS SELECT qty FROM \"Item\";", "", "2BP01");
    expect_refused("CREATE MATERIALIZED VIEW m AS SELECT qty FROM w;", "", "2BP01");
    expect_refused("ALTER TABLE \"Item\" ADD CONSTRAINT few CHECK (qty < 9);", "", "2BP01");
}

static const char checks[] =
    "ALTER TABLE \"Item\" ADD CONSTRAINT few CHECK (qty < 9);"
    "ALTER TABLE \"Item\" ADD CONSTRAINT few_new__bellows CHECK (qty__bellows < 9);";

Test(asides, a_check_goes_where_another_stands_ready)
{
    Bench bench = bench_new();
    const char *text = catalog_of(
        &bench,
        script(&bench, checks, "ALTER TABLE \"Item\" RENAME CONSTRAINT few_new__bellows TO few;"));
    expect_in(text, "few");
    bench_free(&bench);
}

Test(asides, one_that_stands_ready_serves_one_check)
{
    Bench bench = bench_new();
    const char *more = arena_printf(
        bench.arena, "%sALTER TABLE \"Item\" ADD CONSTRAINT odd CHECK (qty > 1);", checks);
    expect_refused(more, "", "2BP01");
    bench_free(&bench);
}
