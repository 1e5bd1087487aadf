/*
 * hazards_test.c - what a plan endangers: scripts make both catalogs, and the names of the hazards
 * are told.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/strbuf.h"
#include "compiler/canon/canon.h"
#include "compiler/plan/make/plan_make.h"
#include "compiler/replay/sql_replay.h"

static Catalog *catalog_of(Names *names, const char *sql, int version)
{
    const Name schema = intern_cstr(names, "public");
    const SqlReplayOptions options = {.default_schema = schema, .server_version = version};
    SqlReplay *replay = sql_replay_new(names, &options);
    const bool ok = sql_replay_script(replay, "m", sql, strlen(sql));
    cr_assert(ok, "%s", ok ? "" : sql_replay_finding(replay)->message);
    Catalog *catalog = sql_replay_finish(replay, &schema, 1);
    sql_replay_free(replay);
    canon_catalog(catalog);
    catalog->server_version = version;
    return catalog;
}

typedef struct Row {
    const char *from, *to;
    const char *hazard; /* which is there; behind `!` one that is not */
    int version;        /* 0: 15 */
} Row;

static bool has(const Plan *plan, const char *slug)
{
    vec_each(Hazard *const, at, &plan->hazards) {
        if (strcmp(hazard_row((*at)->code)->slug, slug) == 0) {
            return true;
        }
    }
    return false;
}

/* `by_hand`: the wanted side has no word for partial indexes. */
static void expect_of(const Row *row, size_t number, bool by_hand)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    const int version = row->version == 0 ? 150000 : row->version;
    Catalog *from = catalog_of(names, row->from, version);
    Catalog *to = catalog_of(names, row->to, version);
    to->manages_partial_indexes = to->manages_partial_indexes && !by_hand;
    Diagnostics *diags = diagnostics_new(arena, sources_new(arena));
    Plan *plan = plan_make(from, to, &(PlanOptions){.online = true}, diags);
    cr_assert_not_null(plan, "row %zu", number);
    const bool wanted = row->hazard[0] != '!';
    cr_expect_eq(has(plan, row->hazard + !wanted), wanted, "row %zu: %s", number, row->hazard);
    plan_free(plan);
    catalog_free(from);
    catalog_free(to);
    arena_free(arena);
}

static void expect(const Row *row, size_t number)
{
    expect_of(row, number, false);
}

#define TABLES "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, x int);"
#define KEY    "ALTER TABLE b ADD CONSTRAINT k FOREIGN KEY (x) REFERENCES a (id);"
#define STAMP                                                                                      \
    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.x := 1; RETURN NEW; END';"
#define FIRES(name)                                                                                \
    STAMP "CREATE TRIGGER " name " BEFORE UPDATE ON b FOR EACH ROW EXECUTE FUNCTION f();"

Test(hazards, what_lies_around_a_plan)
{
    static const Row rows[] = {
        {TABLES, TABLES KEY, "foreign-key-without-index", 0},
        {"CREATE TABLE a (id int PRIMARY KEY);", "CREATE TABLE a (id bigserial PRIMARY KEY);",
         "type-change-breaks-program", 0},
        {"CREATE TABLE a (id int PRIMARY KEY);", "CREATE TABLE a (id serial PRIMARY KEY);",
         "!type-change-breaks-program", 0},
        {TABLES, TABLES KEY "CREATE INDEX i ON b (x, id);", "!foreign-key-without-index", 0},
        {TABLES, TABLES KEY "CREATE INDEX i ON b (id, x);", "foreign-key-without-index", 0},
        {"CREATE TABLE a (id int PRIMARY KEY);", TABLES KEY, "!foreign-key-without-index", 0},
        {TABLES KEY "CREATE INDEX i ON b (x);", TABLES KEY, "index-backs-foreign-key", 0},
        {TABLES KEY "CREATE INDEX i ON b (x); CREATE INDEX j ON b (x);",
         TABLES KEY "CREATE INDEX j ON b (x);", "!index-backs-foreign-key", 0},
        {TABLES "CREATE INDEX i ON b (x);", TABLES, "!index-backs-foreign-key", 0},
        {TABLES "CREATE INDEX i ON b (x);",
         TABLES "CREATE INDEX i ON b (x); CREATE INDEX j ON b (x);", "duplicate-index", 0},
        {TABLES "CREATE INDEX i ON b (x);",
         TABLES "CREATE INDEX i ON b (x); CREATE INDEX j ON b (x DESC);", "!duplicate-index", 0},
        {TABLES, TABLES "CREATE INDEX i ON b (x);", "concurrent-build-corrupts", 140003},
        {TABLES, TABLES "CREATE INDEX i ON b (x);", "!concurrent-build-corrupts", 140004},
        {TABLES FIRES("t"),
         TABLES FIRES("t") "ALTER TABLE b ADD COLUMN y float NOT NULL DEFAULT random();",
         "backfill-fires-triggers", 0},
        {TABLES, TABLES "ALTER TABLE b ADD COLUMN y float NOT NULL DEFAULT random();",
         "!backfill-fires-triggers", 0},
        {TABLES FIRES("zzzzz"),
         "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, x "
         "bigint);" FIRES("zzzzz"),
         "trigger-sorts-last", 0},
        {TABLES FIRES("t"),
         "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, x "
         "bigint);" FIRES("t"),
         "!trigger-sorts-last", 0},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        expect(&rows[i], i);
    }
}

Test(hazards, code_that_names_what_goes)
{
    static const Row rows[] = {
        {TABLES FIRES("t"),
         "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY);",
         "code-in-the-way", 0},
        {TABLES STAMP, "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY);",
         "!code-in-the-way", 0},
        {TABLES
         "CREATE FUNCTION g() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM b WHERE x > 1';",
         "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY);",
         "code-names-it", 0},
        {TABLES "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1 AS y FROM b';",
         "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY);",
         "!code-names-it", 0},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        expect(&rows[i], i);
    }
}

#define OF_ENUM "CREATE TABLE t (id int PRIMARY KEY, k e, s text);"

Test(hazards, an_index_by_hand_that_speaks_of_a_value_that_goes)
{
#define ENUM(values) "CREATE TYPE e AS ENUM (" values ");" OF_ENUM
    static const Row rows[] = {
        {ENUM("'a', 'b'") "CREATE INDEX i ON t (id) WHERE k = 'b';", ENUM("'a'"),
         "object-in-the-way", 0},
        {ENUM("'a', 'b'") "CREATE INDEX i ON t (id) WHERE id > 0 AND k IN ('a', 'b');", ENUM("'a'"),
         "object-in-the-way", 0},
        {ENUM("'a', 'b'") "CREATE INDEX i ON t (id) WHERE k = 'a';", ENUM("'a'"),
         "!object-in-the-way", 0},
        {ENUM("'a', 'b'") "CREATE INDEX i ON t (id) WHERE s = 'b';", ENUM("'a'"),
         "!object-in-the-way", 0},
    };
#undef ENUM
    for (size_t i = 0; i < lengthof(rows); i++) {
        expect_of(&rows[i], i, true);
    }
}

/* --- what is said of it, with the plan's names ------------------------------------------------ */

typedef struct Said {
    const char *from, *to, *slug;
    const char *remedy; /* a part of it */
    const char *look;   /* NULL: nothing is to be seen */
} Said;

static void expect_said(const Said *said, size_t number)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    Catalog *from = catalog_of(names, said->from, 150000);
    Catalog *to = catalog_of(names, said->to, 150000);
    Diagnostics *diags = diagnostics_new(arena, sources_new(arena));
    Plan *plan = plan_make(from, to, &(PlanOptions){.online = true}, diags);
    bool found = false;
    cr_assert_not_null(plan, "row %zu", number);
    vec_each(Hazard *const, at, &plan->hazards) {
        if (strcmp(hazard_row((*at)->code)->slug, said->slug) != 0 || found) {
            continue;
        }
        const char *remedy = hazard_remedy(arena, to, *at), *look = hazard_look(arena, to, *at);
        found = true;
        cr_expect(strstr(remedy, said->remedy) != NULL, "row %zu: %s", number, remedy);
        cr_expect_null(strchr(remedy, '{'), "row %zu: %s", number, remedy);
        if (said->look == NULL) {
            cr_expect_null(look, "row %zu: %s", number, look);
        } else {
            cr_expect_str_eq(look, said->look, "row %zu: %s", number, look);
        }
    }
    cr_expect(found, "row %zu: %s", number, said->slug);
    plan_free(plan);
    catalog_free(from);
    catalog_free(to);
    arena_free(arena);
}

#define OF(type) "CREATE TABLE t (id int PRIMARY KEY, \"X y\" " type ");"
#define E        "CREATE TYPE e AS ENUM ('it''s', 'b');"

Test(hazards, what_to_do_and_to_look_at)
{
    static const Said rows[] = {
        {OF("int"), "CREATE TABLE t (id int PRIMARY KEY);", "drop-column",
         "of column `X y` of the table `t` before", "SELECT count(\"X y\") FROM \"t\""},
        {OF("int") "CREATE SCHEMA s; CREATE TABLE \"O'k\" (id int PRIMARY KEY);", OF("int"),
         "drop-table", "of the table `O'k` before", "SELECT count(*) FROM \"O'k\""},
        {OF("int"), OF("int NOT NULL"), "make-required", "nulls of column `X y` of",
         "SELECT count(*) FROM \"t\" WHERE \"X y\" IS NULL"},
        {OF("int"), OF("int UNIQUE"), "add-unique", "rows of the table `t` that share",
         "SELECT \"X y\", count(*) FROM \"t\" GROUP BY \"X y\" HAVING count(*) > 1"},
        {OF("bigint"), OF("int"), "risky-cast", "values of column `X y` of the table `t`",
         "SELECT \"X y\" FROM \"t\" WHERE \"X y\" < '-2147483648'::int4 OR \"X y\" > "
         "'2147483647'::int4"},
        {OF("text"), OF("varchar(3)"), "risky-cast", "`X y`",
         "SELECT \"X y\" FROM \"t\" WHERE length(\"X y\"::text) > 3"},
        {OF("text"), OF("int"), "risky-cast", "`X y`",
         "SELECT \"X y\" FROM \"t\" WHERE CASE WHEN \"X y\"::text ~ '^[-+]?[0-9]{1,18}$' THEN "
         "\"X y\"::text::int8 < '-2147483648'::int4 OR \"X y\"::text::int8 > "
         "'2147483647'::int4 ELSE \"X y\" IS NOT NULL END"},
        {OF("numeric(12,4)"), OF("numeric(6,2)"), "risky-cast", "`X y`",
         "SELECT \"X y\" FROM \"t\" WHERE \"X y\"::numeric <> round(\"X y\"::numeric, 2) OR "
         "abs(\"X y\"::numeric) >= '10000'::numeric"},
        {E OF("text"), E OF("e"), "risky-cast", "`X y`",
         "SELECT \"X y\" FROM \"t\" WHERE \"X y\"::text <> ALL (ARRAY['it''s', 'b']::text[])"},
        {OF("timestamp(6)"), OF("timestamp(3)"), "rounding-cast", "beside X y",
         "SELECT \"X y\" FROM \"t\" WHERE \"X y\" <> CAST(\"X y\" AS TIMESTAMP(3))"},
        {OF("timestamp"), OF("timestamptz"), "time-zone", "UTC",
         "SELECT setdatabase, setrole, setconfig FROM pg_db_role_setting WHERE setconfig::text ~* "
         "'timezone'"},
        {E OF("e"), "CREATE TYPE e AS ENUM ('it''s');" OF("e"), "remove-enum-values", "of `e`",
         "SELECT count(*) FROM \"t\" WHERE \"X y\"::text = ANY (ARRAY['b']::text[])"},
        {OF("int"), OF("bigint"), "stale-prepared-plans", "recycle", NULL},
        {TABLES FIRES("t"), "CREATE TABLE b (id int PRIMARY KEY);", "code-in-the-way", "anew",
         "SELECT oid::regprocedure FROM pg_proc WHERE oid >= 16384 AND strpos(lower(prosrc), "
         "lower('x')) > 0"},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        expect_said(&rows[i], i);
    }
}
