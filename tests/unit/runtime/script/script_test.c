/*
 * script_test.c - what is read from a migration script: statements, modes, directives, names.
 */
#include "base/common.h"

#include "runtime/script/script.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/strbuf.h"
#include "compiler/blocks/view_block.h"

static Arena *arena;
static Diagnostics *diags;

static void set_up(void)
{
    arena = arena_new();
    diags = diagnostics_new(arena, sources_new(arena));
}

static void tear_down(void)
{
    arena_free(arena);
}

TestSuite(script, .init = set_up, .fini = tear_down);

static const ParsedScript *parse(const char *text)
{
    const ParsedScript *script = NULL;
    cr_assert(script_parse(arena, "migration.sql", text, strlen(text), diags, &script));
    return script;
}

Test(script, the_mode_follows_from_the_statements)
{
    static const struct {
        const char *text;
        ScriptMode mode;
        size_t parts;
    } rows[] = {
        {"", SCRIPT_ATOMIC, 1},
        {"-- only a comment", SCRIPT_ATOMIC, 1},
        {"CREATE TABLE a (i int); DROP TABLE b;", SCRIPT_ATOMIC, 1},
        {"BEGIN; CREATE TABLE a (i int); COMMIT; SELECT 1", SCRIPT_ATOMIC, 1},
        {"START TRANSACTION; SELECT 1; END;", SCRIPT_ATOMIC, 1},
        {"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; COMMIT; $$;", SCRIPT_ATOMIC,
         1},
        {"REINDEX TABLE a; ANALYZE a; REFRESH MATERIALIZED VIEW CONCURRENTLY v;", SCRIPT_ATOMIC, 1},
        {"CREATE INDEX CONCURRENTLY i ON a (x);", SCRIPT_STEPS, 1},
        {"SELECT 1; SELECT 2; CREATE INDEX CONCURRENTLY i ON a (x); SELECT 3", SCRIPT_STEPS, 3},
        {"DROP INDEX CONCURRENTLY i; DROP INDEX CONCURRENTLY j;", SCRIPT_STEPS, 2},
        {"REINDEX INDEX CONCURRENTLY i;", SCRIPT_STEPS, 1},
        {"REINDEX (CONCURRENTLY) TABLE i;", SCRIPT_STEPS, 1},
        {"REINDEX SCHEMA s;", SCRIPT_STEPS, 1},
        {"VACUUM a;", SCRIPT_STEPS, 1},
        {"ALTER TABLE a DETACH PARTITION b CONCURRENTLY;", SCRIPT_STEPS, 1},
        {"ALTER TABLE a DETACH PARTITION b;", SCRIPT_ATOMIC, 1},
        {"ALTER SYSTEM SET work_mem = '1MB';", SCRIPT_STEPS, 1},
        {"-- bellows: backfill table=a\nUPDATE a SET x = 1;", SCRIPT_STEPS, 1},
        {"BEGIN; SELECT 1;", SCRIPT_WHOLE, 1},
        {"COMMIT;", SCRIPT_WHOLE, 1},
        {"BEGIN; BEGIN; COMMIT;", SCRIPT_WHOLE, 1},
        {"BEGIN; SELECT 1; ROLLBACK;", SCRIPT_WHOLE, 1},
        {"BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT 1; COMMIT;", SCRIPT_WHOLE, 1},
        {"SAVEPOINT a;", SCRIPT_WHOLE, 1},
        {"BEGIN; SET LOCAL a.b = 1; SELECT 1; COMMIT;", SCRIPT_ATOMIC, 1},
        {"SELECT 1; BEGIN; SET LOCAL a.b = 1; SELECT 1; COMMIT; SELECT 2; SELECT 3;", SCRIPT_STEPS,
         2},
        {"BEGIN; SELECT 1; COMMIT; BEGIN; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; COMMIT;",
         SCRIPT_STEPS, 2},
        {"BEGIN; SELECT set_config('a.b', '1', true); COMMIT; SELECT 1;", SCRIPT_STEPS, 2},
        {"BEGIN; SELECT set_config('a.b', '1', false); COMMIT; SELECT 1;", SCRIPT_ATOMIC, 1},
        {"BEGIN; CREATE TEMP TABLE a ON COMMIT DROP AS SELECT 1; COMMIT; SELECT 1;", SCRIPT_STEPS,
         2},
        {"BEGIN; SET CONSTRAINTS ALL DEFERRED; COMMIT; BEGIN; SELECT 1; COMMIT;", SCRIPT_STEPS, 2},
        {"BEGIN; DECLARE c CURSOR FOR SELECT 1; END; SELECT 1;", SCRIPT_STEPS, 2},
        {"ALTER TYPE k ADD VALUE 'a'; SELECT 1; VACUUM a;", SCRIPT_STEPS, 3},
        {"CREATE TABEL a;", SCRIPT_ATOMIC, 1},
        {"CREATE TABEL a; COMMIT;", SCRIPT_WHOLE, 1},
        {"CREATE TABEL a AS SELECT CASE WHEN true THEN 1 END;", SCRIPT_ATOMIC, 1},
        {"CREATE TABEL a; END;", SCRIPT_WHOLE, 1},
        {"SELECT 'not closed", SCRIPT_WHOLE, 1},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        const ParsedScript *script = parse(rows[i].text);
        cr_expect_eq(script->mode, rows[i].mode, "mode of %s", rows[i].text);
        cr_expect_eq(script->parts.count, rows[i].parts, "parts of %s", rows[i].text);
    }
}

Test(script, begin_and_commit_are_blanked_in_place)
{
    const char *text = "BEGIN;\nSELECT 'BEGIN';\nCOMMIT;\n";
    const ParsedScript *script = parse(text);
    cr_expect_str_eq(script_part_text(arena, script, &script->parts.items[0]),
                     "     ;\nSELECT 'BEGIN';\n      ;\n");
}

Test(script, parts_hold_neighbours_that_share_a_transaction)
{
    const ParsedScript *script = parse("SELECT 1;\n/* x */ SELECT 2;\n\nVACUUM a; -- y\nSELECT 3");
    cr_assert_eq(script->parts.count, 3);
    cr_expect_str_eq(script_part_text(arena, script, &script->parts.items[0]),
                     "SELECT 1;\n/* x */ SELECT 2");
    cr_expect_str_eq(script_part_text(arena, script, &script->parts.items[1]), "VACUUM a");
    cr_expect_str_eq(script_part_text(arena, script, &script->parts.items[2]), "SELECT 3");
    cr_expect_null(script->parts.items[0].statement);
    cr_expect_eq(script->parts.items[1].statement->kind, STATEMENT_ALONE);
}

Test(script, an_index_build_names_index_and_table)
{
    const ParsedScript *script =
        parse("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"I x\" ON \"s\".\"T\" (a);");
    const ScriptStatement *statement = &script->statements.items[0];
    cr_expect_eq(statement->kind, STATEMENT_BUILD_INDEX);
    cr_expect_str_eq(statement->object.name, "I x");
    cr_expect_str_eq(statement->object.schema, "s");
    cr_expect_str_eq(statement->table.name, "T");
    script = parse("DROP INDEX CONCURRENTLY \"s\".\"i\";");
    cr_expect_str_eq(script->statements.items[0].object.name, "i");
    cr_expect_str_eq(script->statements.items[0].object.schema, "s");
}

Test(script, values_are_cut_behind_the_statement_that_adds_them)
{
    const ParsedScript *script =
        parse("SELECT 1;\nALTER TYPE k ADD VALUE 'a';\nALTER TYPE k ADD VALUE "
              "'b';\nUPDATE t SET k = 'a';\nALTER TYPE k RENAME VALUE 'a' TO 'c';");
    const ScriptPartList parts = script_cut_apart(arena, script);
    cr_assert_eq(parts.count, 2);
    cr_expect_str_eq(script_part_text(arena, script, &parts.items[1]),
                     "UPDATE t SET k = 'a';\nALTER TYPE k RENAME VALUE 'a' TO 'c';");
    cr_expect_eq(script_cut_apart(arena, parse("ALTER TYPE k ADD VALUE 'a';")).count, 0);
    cr_expect_eq(script_cut_apart(arena, parse("SELECT 1; SELECT 2;")).count, 0);
    cr_expect_eq(script_cut_apart(arena, parse("BEGIN; SELECT 1; COMMIT; SELECT 2;")).count, 2);
    cr_expect_eq(script_cut_apart(arena, parse("BEGIN; SELECT 1; COMMIT;")).count, 0);
}

Test(script, local_settings_hold_to_their_commit)
{
    const ParsedScript *script =
        parse("SET a.s = 1; SET LOCAL a.l = 1; ALTER TYPE k ADD VALUE 'a'; SELECT 1; BEGIN; COMMIT;"
              "VACUUM a;");
    cr_assert_eq(script->parts.count, 3);
    cr_expect_str_eq(script_part_settings(arena, script, &script->parts.items[0]), "");
    cr_expect_str_eq(script_part_settings(arena, script, &script->parts.items[1]),
                     "SET a.s = 1\n;\nSET LOCAL a.l = 1\n;\n");
    cr_expect_str_eq(script_part_settings(arena, script, &script->parts.items[2]),
                     "SET a.s = 1\n;\n");
}

Test(script, only_scans)
{
    cr_expect(script_only_scans(parse("ALTER TABLE a VALIDATE CONSTRAINT b; ANALYZE a;")));
    cr_expect_not(
        script_only_scans(parse("ALTER TABLE a VALIDATE CONSTRAINT b, ADD COLUMN c int;")));
    cr_expect_not(script_only_scans(parse("")));
}

Test(script, the_header_is_read)
{
    const ParsedScript *script =
        parse("-- bellows: plan=9f31c2 phase=contract script=3/3\n"
              "-- bellows: tables=\"A\",\"s\".\"B \"\"q\"\"\"\nDO $$ $$;\n");
    cr_expect(script->header.present);
    cr_expect_str_eq(script->header.plan, "9f31c2");
    cr_expect_eq(script->header.phase, PHASE_CONTRACT);
    cr_expect_eq(script->header.number, 3);
    cr_expect_eq(script->header.count, 3);
    cr_assert_eq(script->tables.count, 2);
    cr_expect_str_eq(script->tables.items[0].name, "A");
    cr_expect_null(script->tables.items[0].schema);
    cr_expect_str_eq(script->tables.items[1].name, "B \"q\"");
    cr_expect_str_eq(script->tables.items[1].schema, "s");
    cr_expect_not(script->touches_anything, "the directive has said what it touches");
}

Test(script, the_header_survives_a_text_that_cannot_be_scanned)
{
    const ParsedScript *script = parse("\n-- a\n-- bellows: phase=contract\nSELECT 'x");
    cr_expect_not(script->readable);
    cr_expect_eq(script->header.phase, PHASE_CONTRACT);
    cr_expect(script->touches_anything);
}

Test(script, directives_are_comments_only)
{
    const ParsedScript *script =
        parse("SELECT '\n-- bellows: phase=contract\n';"
              "SELECT $$\n-- bellows: phase=contract\n$$; -- not bellows: x");
    cr_expect_not(script->header.present);
    cr_expect_eq(diags->items.count, 0);
}

Test(script, a_backfill_directive_belongs_to_the_next_statement)
{
    const ParsedScript *script = parse(
        "SELECT 1;\n-- bellows: backfill table=\"s\".\"T\" key=\"a\",\"b\" batch=10 alias=\"x\"\n"
        "-- why\nUPDATE \"T\" AS x SET c = 1;\nUPDATE u SET c = 1;");
    cr_assert_eq(script->statements.count, 3);
    cr_expect_eq(script->statements.items[0].kind, STATEMENT_PLAIN);
    cr_expect_eq(script->statements.items[2].kind, STATEMENT_PLAIN);
    const BackfillDirective *backfill = script->statements.items[1].backfill;
    cr_assert_not_null(backfill);
    cr_expect_str_eq(backfill->table.schema, "s");
    cr_expect_eq(backfill->keys.count, 2);
    cr_expect_str_eq(backfill->keys.items[1], "b");
    cr_expect_eq(backfill->batch, 10);
    cr_expect_str_eq(backfill->alias, "x");
    script = parse("-- bellows: backfill table=t key=ctid\nDELETE FROM t;");
    cr_expect_eq(script->statements.items[0].backfill->keys.count, 0);
    cr_expect_eq(script->statements.items[0].backfill->batch, BACKFILL_BATCH_DEFAULT);
}

Test(script, losses_are_stated_by_name)
{
    const ParsedScript *script =
        parse("-- bellows: loses table=\"s\".\"T\" column=e\"a\\nb\" hazard=recreate-column\n"
              "-- bellows: loses table=u column=c hazard=list-shortened\nSELECT 1;");
    cr_assert_eq(script->losses.count, 2);
    const ScriptLoss *loss = script->losses.items;
    cr_expect_str_eq(loss[0].table.schema, "s");
    cr_expect_str_eq(loss[0].table.name, "T");
    cr_expect_str_eq(loss[0].column, "a\nb");
    cr_expect_eq(loss[0].hazard, HAZARD_RECREATE_COLUMN);
    cr_expect_null(loss[1].table.schema);
    cr_expect_eq(loss[1].hazard, HAZARD_LIST_SHORTENED);
    cr_expect_eq(diags->items.count, 0);
}

Test(script, malformed_directives_are_errors_with_a_place)
{
    static const char *const texts[] = {
        "-- bellows: loses table=t column=c",
        "-- bellows: loses table=t hazard=recreate-column",
        "-- bellows: loses table=t column=c hazard=thunder",
        "-- bellows: phase=",
        "-- bellows: phase=never",
        "-- bellows: plan",
        "-- bellows: script=3",
        "-- bellows: script=4/3",
        "-- bellows: tables=\"a",
        "-- bellows: backfill",
        "-- bellows: backfill table=t\nALTER TABLE t ADD n int;",
        "-- bellows: backfill table=t\nINSERT INTO t VALUES (1);",
        "-- bellows: backfill table=t\nINSERT INTO u SELECT a FROM t UNION SELECT b FROM t;",
        "-- bellows: backfill table=t\nCREATE INDEX CONCURRENTLY ON t (n);",
        "-- bellows: backfill table=t batch=0",
        "-- bellows: backfill table=t batch=9999999",
    };
    for (size_t i = 0; i < lengthof(texts); i++) {
        const ParsedScript *script = NULL;
        const size_t before = diags->errors;
        const bool parsed =
            script_parse(arena, "m.sql", texts[i], strlen(texts[i]), diags, &script);
        if (strcmp(texts[i], "-- bellows: plan") == 0) {
            cr_expect(parsed, "an unknown word is a warning");
            continue;
        }
        cr_expect_not(parsed, "%s", texts[i]);
        cr_expect_eq(diags->errors, before + 1, "%s", texts[i]);
        cr_expect_neq(vec_last(&diags->items)->span.file, 0);
    }
    cr_expect_eq(diags->warnings, 1);
}

/* What the server is sent; "!" and what is refused where it is not sent. */
static const char *bytes_of(const char *text, size_t len)
{
    const char *read = NULL;
    const size_t before = diags->items.count;
    if (script_read_bytes(arena, "m.sql", text, len, diags, &read)) {
        cr_expect_eq(strlen(read), len, "positions stay: %s", text);
        return read;
    }
    cr_assert_eq(diags->items.count, before + 1, "one report for %s", text);
    return arena_printf(arena, "!%s", vec_last(&diags->items)->message);
}

Test(script, bytes_that_are_no_sql_are_blank_or_named)
{
#define PSQL(what) "!`" what "` is for psql, not for the server"
    static const struct {
        const char *text, *sent;
    } rows[] = {
        {"\xef\xbb\xbfSELECT 1;\r\n", "   SELECT 1;\r\n"},
        {"\xef\xbb\xbf", "   "},
        {"\\restrict aB1\nSELECT 1;\n\\unrestrict aB1\r\n",
         "             \nSELECT 1;\n               \r\n"},
        {"SELECT 1; \\restrict x", "SELECT 1;            "},
        {"\\connect other\n", PSQL("\\connect")},
        {"SELECT 1 \\gexec", PSQL("\\gexec")},
        {"\\.\n", PSQL("\\.")},
        {"\\", PSQL("\\")},
        {"COPY t (a, b) FROM stdin;\n1\tit's\n\\.\n", PSQL("COPY ... FROM stdin")},
        {"copy public.t from /* ' */ STDIN with (format csv);", PSQL("COPY ... FROM stdin")},
        {"COPY (SELECT * FROM stdin) TO '/dev/null';",
         "COPY (SELECT * FROM stdin) TO '/dev/null';"},
        {"SELECT '\\c', \"\\c\", $$\\c$$, $a$\\c$$\\c$a$;",
         "SELECT '\\c', \"\\c\", $$\\c$$, $a$\\c$$\\c$a$;"},
        {"SELECT e'\\'\\c', 'a''\\c';", "SELECT e'\\'\\c', 'a''\\c';"},
        {"SELECT 'a\\' \\c x", PSQL("\\c")},
        {"SELECT name'\\' \\c x", PSQL("\\c")},
        {"SELECT $1 \\c $1", PSQL("\\c")},
        {"SELECT a$b$ \\c $b$", PSQL("\\c")},
        {"SELECT 1$b$ \\c $b$", PSQL("\\c")},
        {"-- \\c\n/* \\c /* */ \\c */ SELECT 1 - 2 / 3;",
         "-- \\c\n/* \\c /* */ \\c */ SELECT 1 - 2 / 3;"},
        {"-- x\r\\c y", PSQL("\\c")},
        {"/* \\c", "/* \\c"},
        {"SELECT '\\c", "SELECT '\\c"},
        {"SELECT $a$\\c", "SELECT $a$\\c"},
        {"SELECT E'\\", "SELECT E'\\"},
        {"\xff\xfe-", "!`m.sql` is UTF-16"},
        {"SELECT 'caf\xe9';", "!`m.sql` holds the byte 0xE9, which is no UTF-8"},
        {"SELECT '\xe2\x82", "!`m.sql` holds the byte 0xE2, which is no UTF-8"},
        {"", ""},
    };
#undef PSQL
    for (size_t i = 0; i < lengthof(rows); i++) {
        const char *sent = bytes_of(rows[i].text, strlen(rows[i].text));
        cr_expect_str_eq(sent, rows[i].sent, "%s: %s", rows[i].text, sent);
    }
    cr_expect_str_eq(bytes_of("a\0b", 3), "!`m.sql` holds a zero byte");
    cr_expect_eq(vec_last(&diags->items)->span.start, 1);
}

/* What the scanner of the server needs minutes for. */
Test(script, comments_nest_to_a_depth)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < 1000; i++) {
        strbuf_add(&text, "/*");
    }
    cr_expect_str_eq(bytes_of(strbuf_text(&text), text.len), strbuf_text(&text));
    strbuf_add(&text, "/*");
    cr_expect_str_eq(bytes_of(strbuf_text(&text), text.len),
                     "!`m.sql` nests comments more than 1000 deep");
    strbuf_dispose(&text);
}

Test(script, a_directive_is_read_behind_a_byte_order_mark_and_between_lone_returns)
{
    const ParsedScript *marked = parse("\xef\xbb\xbf-- bellows: plan=a phase=tighten script=1/2\n");
    cr_expect(marked->header.present && marked->readable);
    const ParsedScript *returns =
        parse("-- bellows: plan=a phase=tighten script=1/2\rSELECT 1;\r-- x\rSELECT 2;\r");
    cr_expect_eq(returns->statements.count, 2);
    cr_expect_eq(returns->header.phase, PHASE_TIGHTEN);
}

/* Names in the order they stand in, "schema.name" where a schema is written; `!` for anything. */
static void expect_names(const char *text, const char *expected)
{
    const ParsedScript *script = parse(text);
    char found[256] = "";
    vec_each(ScriptName, name, &script->tables) {
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s%s ",
                 name->schema != NULL ? name->schema : "", name->schema != NULL ? "." : "",
                 name->name);
    }
    vec_each(ScriptName, name, &script->indexes) {
        snprintf(found + strlen(found), sizeof found - strlen(found), "(%s) ", name->name);
    }
    snprintf(found + strlen(found), sizeof found - strlen(found), "%s",
             script->touches_anything ? "!" : "");
    cr_expect_str_eq(found, expected, "%s: found %s", text, found);
}

Test(script, names_are_found_in_every_statement)
{
    expect_names("CREATE TABLE a (x int REFERENCES b);", "a b ");
    expect_names("ALTER TABLE s.a ADD CONSTRAINT f FOREIGN KEY (x) REFERENCES b (y);", "s.a b ");
    expect_names("INSERT INTO a SELECT * FROM b JOIN (SELECT 1 FROM c) d ON true;", "a b c ");
    expect_names("DROP TABLE a, s.b;", "a s.b ");
    expect_names("DROP TYPE k; DROP VIEW v;", "k v ");
    expect_names("DROP TRIGGER t ON s.a;", "s.a ");
    expect_names("DROP INDEX i;", "(i) ");
    expect_names("ALTER INDEX i RENAME TO j;", "(i) ");
    expect_names("ALTER TABLE a RENAME COLUMN x TO y;", "a ");
    expect_names("ALTER TYPE k ADD VALUE 'a'; CREATE TYPE m AS ENUM ('a');", "k m ");
    expect_names("ALTER TYPE k RENAME TO l;", "k l ");
    expect_names("ALTER TABLE s.a RENAME TO b;", "s.b s.a ");
    expect_names("CREATE TRIGGER t BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION f();", "a ");
    expect_names("SELECT relname FROM pg_catalog.pg_class;", "");
    expect_names("DO $$ BEGIN END $$;", "!");
    expect_names("DROP SCHEMA s CASCADE;", "!");
    expect_names("nonsense", "!");
}

Test(script, common_tables)
{
    const ParsedScript *a = parse("ALTER TABLE a ADD COLUMN x int;");
    cr_expect_not_null(script_common_touch(arena, a, parse("DROP TABLE public.a;"), "public"));
    cr_expect_null(script_common_touch(arena, a, parse("DROP TABLE other.a;"), "public"));
    cr_expect_null(script_common_touch(arena, a, parse("DROP TABLE b;"), "public"));
    cr_expect_not_null(script_common_touch(arena, a, parse("DO $$ $$;"), "public"));
    const ParsedScript *renames = parse("ALTER TYPE k RENAME TO l; ALTER TABLE b RENAME TO c;");
    const ParsedScript *uses = parse("CREATE TABLE d (x l[]);");
    cr_expect_not_null(script_common_touch(arena, renames, uses, "public"));
    cr_expect_not_null(script_common_touch(arena, uses, renames, "public"));
    cr_expect_not_null(
        script_common_touch(arena, renames, parse("SELECT 'a'::public.l;"), "public"));
    cr_expect_not_null(script_common_touch(arena, renames, parse("DROP TABLE c;"), "public"));
    cr_expect_null(script_common_touch(arena, renames, parse("CREATE TABLE d (x int);"), "public"));
    cr_expect_null(script_common_touch(arena, parse("CREATE TABLE e (x l);"), uses, "public"));
}

static void expect_condition(const char *sql, const char *expected)
{
    const ParsedScript *script = parse(sql);
    char *got = script_add_condition(arena, script, &script->statements.items[0], "C");
    cr_expect_str_eq(got, expected, "%s: got %s", sql, got);
    cr_expect(parse(got)->readable, "%s", got);
}

/* What may change places: nothing of a table that the other touches. */
Test(script, common_parts_of_a_table)
{
    static const struct {
        const char *waiting, *passing, *common; /* NULL: they may */
    } pairs[] = {
        {"ALTER TABLE a ALTER COLUMN x DROP DEFAULT;", "ALTER TABLE a ADD COLUMN y int;", NULL},
        {"ALTER TABLE a ALTER COLUMN x DROP DEFAULT;", "ALTER TABLE a ADD COLUMN x int;", "`a.x`"},
        {"ALTER TABLE a DROP COLUMN x;", "CREATE INDEX i ON a (y);", NULL},
        {"ALTER TABLE a DROP COLUMN x;", "CREATE INDEX i ON a (y) INCLUDE (x);", "`a.x`"},
        {"ALTER TABLE a DROP COLUMN x;", "CREATE INDEX i ON a (y) WHERE x > 0;", "`a.x`"},
        {"ALTER TABLE a DROP COLUMN x;", "CREATE INDEX ON a (y);", "`a`"},
        {"ALTER TABLE a DROP COLUMN x;", "UPDATE a SET y = 1 WHERE y IS NULL;", NULL},
        {"ALTER TABLE a DROP COLUMN x;", "UPDATE a SET y = a.x;", "`a.x`"},
        {"DROP TABLE b;", "UPDATE a SET y = (SELECT max(z) FROM b);", "`b`"},
        {"ALTER TABLE a DROP COLUMN x;", "INSERT INTO a (y) VALUES (1);", "`a`"},
        {"ALTER TABLE a DROP COLUMN x;", "ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0);", "`a.x`"},
        {"ALTER TABLE a DROP CONSTRAINT c;", "ALTER TABLE a VALIDATE CONSTRAINT c;", "`a.c`"},
        {"ALTER TABLE a DROP CONSTRAINT c;",
         "ALTER TABLE b ADD FOREIGN KEY (x) REFERENCES a (y) NOT VALID;", "`a`"},
        {"ALTER TABLE a DROP COLUMN x;",
         "ALTER TABLE b ADD FOREIGN KEY (x) REFERENCES a (y) NOT VALID;", NULL},
        {"ALTER TABLE a DROP COLUMN x;", "ALTER TABLE a RENAME COLUMN y TO z;", "`a`"},
        {"DROP VIEW a; ALTER TABLE b RENAME TO a;", "ALTER TABLE a ADD COLUMN y int;", "`a`"},
        {"DROP TRIGGER t ON a; DROP FUNCTION t();", "ALTER TABLE a ADD COLUMN y int;", NULL},
        {"ALTER TABLE a DROP COLUMN x;",
         "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.y := NEW.X; "
         "RETURN NEW; END $$; CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION "
         "f();",
         "`a.x`"},
        {"ALTER TABLE a DROP COLUMN x;",
         "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.y := 1; RETURN "
         "NEW; END $$; CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f();",
         NULL},
        {"DROP INDEX i;", "CREATE INDEX i ON a (y);", "`i`"},
        {"DROP INDEX i;", "ALTER INDEX j RENAME TO k;", NULL},
    };
    for (size_t i = 0; i < lengthof(pairs); i++) {
        const ParsedScript *a = parse(pairs[i].waiting), *b = parse(pairs[i].passing);
        const char *common = script_common_touch(arena, a, b, "public");
        const char *back = script_common_touch(arena, b, a, "public");
        cr_expect_eq(common == NULL, back == NULL, "%s and %s", pairs[i].waiting, pairs[i].passing);
        cr_expect(pairs[i].common == NULL ? common == NULL
                                          : common != NULL && strcmp(common, pairs[i].common) == 0,
                  "%s before %s: %s", pairs[i].passing, pairs[i].waiting, common);
    }
}

/* The block that raises or lowers the view `a`, "x>y": one column renamed; "": a table renamed to
 * b.
 */
static const char *view_script(const char *verb, const char *from, const char *to)
{
    const bool of_table = from[0] == '\0';
    ViewBlock block = {.lowers = strcmp(verb, "lower") == 0,
                       .face = "a",
                       .table = of_table ? "b" : "a__bellows",
                       .aside = "a_old__bellows",
                       .both = !of_table};
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (!of_table && block.lowers) {
        vec_push(arena, &block.gone, from);
    } else if (!of_table) {
        vec_push(arena, &block.from, from);
        vec_push(arena, &block.to, to);
    }
    strbuf_add(&out, "DO $b$");
    view_block_write(&out, &block);
    strbuf_add(&out, "$b$;");
    return strbuf_take(&out, arena);
}

Test(script, plans_behind_one_view)
{
    const char *const lower_x = view_script("lower", "x", NULL);
    const char *const raise_u = view_script("raise", "u", "v");
    const struct {
        const char *waiting, *passing, *common; /* NULL: they may change places */
    } pairs[] = {
        {lower_x, raise_u, NULL},
        {lower_x, view_script("lower", "u", NULL), NULL},
        {lower_x, view_script("raise", "y", "z"), NULL},
        {lower_x, view_script("raise", "u", "x"), "`a.x`"},
        {lower_x, view_script("raise", "", NULL), NULL},
        {view_script("raise", "", NULL), "ALTER TABLE b ADD COLUMN c int;", "`b`"},
        {"DROP VIEW a;", raise_u, "`a`"},
        {lower_x, "ALTER TABLE a ADD COLUMN c int;", "`a`"},
        {lower_x, "CREATE INDEX i ON a (c);", "`a`"},
        {lower_x, "ALTER TABLE c ADD CONSTRAINT k FOREIGN KEY (d) REFERENCES a (e);", "`a`"},
        {lower_x, "ALTER TABLE other.a ADD COLUMN c int;", NULL},
        {lower_x, "DO $$BEGIN END$$;", "tables that cannot be told from its text"},
    };
    for (size_t i = 0; i < lengthof(pairs); i++) {
        const ParsedScript *a = parse(pairs[i].waiting), *b = parse(pairs[i].passing);
        const char *common = script_common_touch(arena, a, b, "public");
        cr_expect(pairs[i].common == NULL ? common == NULL
                                          : common != NULL && strcmp(common, pairs[i].common) == 0,
                  "pair %zu: %s", i, common);
        cr_expect_eq(common == NULL, script_common_touch(arena, b, a, "public") == NULL);
    }
    const ParsedScript *raised = parse(raise_u);
    cr_assert_eq(raised->tables.count, 2);
    cr_expect_str_eq(raised->tables.items[0].name, "a");
    cr_expect_str_eq(raised->tables.items[1].name, "a__bellows");
    cr_expect_eq(raised->locks, LOCKS_ALL);
    cr_assert_eq(raised->changes.count, 2);
    cr_expect_str_eq(raised->changes.items[0].column, "u");
}

Test(script, a_condition_is_added_to_the_statements_own_where)
{
    expect_condition("UPDATE t SET a = 1;", "UPDATE t SET a = 1\nWHERE (C)\n");
    expect_condition("UPDATE t SET a = 1 WHERE b OR c;",
                     "UPDATE t SET a = 1 WHERE (C) AND ( b OR c\n) ");
    expect_condition("UPDATE t SET a = (SELECT 1 FROM u WHERE x) WHERE b -- why\n;",
                     "UPDATE t SET a = (SELECT 1 FROM u WHERE x) WHERE (C) AND ( b -- why\n\n) ");
    expect_condition("DELETE FROM t RETURNING a;", "DELETE FROM t \nWHERE (C)\nRETURNING a");
    expect_condition(
        "INSERT INTO u SELECT * FROM t JOIN v ON v.a = t.a WHERE b ON CONFLICT DO NOTHING;",
        "INSERT INTO u SELECT * FROM t JOIN v ON v.a = t.a WHERE (C) AND ( b \n) ON "
        "CONFLICT DO NOTHING");
    expect_condition(
        "WITH w AS (SELECT 1 WHERE true) UPDATE t SET a = 'WHERE' FROM w;",
        "WITH w AS (SELECT 1 WHERE true) UPDATE t SET a = 'WHERE' FROM w\nWHERE (C)\n");
}

static void expect_left(const char *sql, const char *expected)
{
    const ParsedScript *script = parse(sql);
    const char *got = script_left_condition(arena, script, &script->statements.items[0]);
    cr_expect_str_eq(got == NULL ? "not to be told" : got, expected, "%s", sql);
}

/* A row that the statement would find again, having changed it, is not left: it would be changed
 * for ever. */
Test(script, what_a_backfill_has_left_to_do)
{
    static const char none[] = "not to be told";
    expect_left("UPDATE t SET a = 1 WHERE a IS NULL;", "( a IS NULL\n) AND ( 1 \n) IS NOT NULL");
    expect_left("UPDATE t AS x SET b = 2, a = f(1, 2) WHERE x.b > 3 AND (x.a IS NULL);",
                "( x.b > 3 AND (x.a IS NULL)\n) AND ( f(1, 2) \n) IS NOT NULL");
    expect_left("UPDATE t SET a = ARRAY[b, c], d = 1 WHERE a IS NULL RETURNING d;",
                "( a IS NULL \n) AND ( ARRAY[b, c]\n) IS NOT NULL");
    expect_left("UPDATE t SET a = (SELECT 1 FROM u WHERE y) WHERE a IS NULL;",
                "( a IS NULL\n) AND ( (SELECT 1 FROM u WHERE y) \n) IS NOT NULL");
    expect_left("UPDATE s.t AS x SET a = DEFAULT WHERE a IS NULL;",
                "( a IS NULL\n) AND (SELECT a.atthasdef FROM pg_catalog.pg_attribute AS a WHERE "
                "a.attrelid OPERATOR(pg_catalog.=) \"x\".tableoid AND a.attname "
                "OPERATOR(pg_catalog.=) 'a')");
    expect_left("UPDATE t SET a = 1;", none);
    expect_left("UPDATE t SET a = 1 WHERE b IS NULL;", none);
    expect_left("UPDATE t SET a = 1 WHERE a IS NULL OR b;", none);
    expect_left("UPDATE t SET a = 1 WHERE a IS NOT NULL;", none);
    expect_left("UPDATE t SET a = 1 WHERE NOT a IS NULL;", none);
    expect_left("UPDATE t SET (a, b) = (SELECT 1, 2) WHERE a IS NULL;", none);
    expect_left("UPDATE t SET a = u.b FROM u WHERE a IS NULL;", none);
    expect_left("INSERT INTO t SELECT 1 WHERE 1 IS NULL;", none);
}

Test(script, whom_a_script_keeps_out)
{
    static const struct {
        const char *sql;
        ScriptLocks locks;
    } rows[] = {
        {"CREATE TABLE a (i int);", LOCKS_NOBODY},
        {"CREATE TABLE a (i int REFERENCES b);", LOCKS_WRITERS},
        {"CREATE TABLE a (i int, FOREIGN KEY (i) REFERENCES b);", LOCKS_WRITERS},
        {"ALTER TABLE a ADD FOREIGN KEY (i) REFERENCES b NOT VALID;", LOCKS_WRITERS},
        {"CREATE INDEX i ON a (b);", LOCKS_WRITERS},
        {"CREATE INDEX CONCURRENTLY i ON a (b);", LOCKS_NOBODY},
        {"UPDATE a SET b = 1; ALTER TABLE a ADD COLUMN c int; SELECT 1;", LOCKS_ALL},
        {"ALTER TABLE a ADD FOREIGN KEY (i) REFERENCES b, ADD COLUMN c int;", LOCKS_ALL},
        {"DROP TABLE a;", LOCKS_ALL},
        {"TRUNCATE a;", LOCKS_ALL},
        {"DO $$ $$;", LOCKS_ALL},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        cr_expect_eq(parse(rows[i].sql)->locks, rows[i].locks, "%s", rows[i].sql);
    }
}

/* Only then it is asked whether the advisory lock is still there. */
Test(script, whether_a_script_runs_functions)
{
    cr_expect_not(
        parse("CREATE TABLE a (i int); ALTER TABLE a ADD j int; DROP TABLE a;")->runs_functions);
    cr_expect(parse("SELECT pg_advisory_unlock_all();")->runs_functions);
    cr_expect(parse("DISCARD ALL;")->runs_functions);
    cr_expect(parse("INSERT INTO a VALUES (f());")->runs_functions);
    cr_expect(parse("DO $$ $$;")->runs_functions);
    cr_expect(parse("nonsense")->runs_functions);
}
