/* pieces_test.c - a long script is read as a short one is, wherever its pieces end. */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/strbuf.h"
#include "runtime/script/cluster.h"
#include "runtime/script/script.h"

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

TestSuite(script_pieces, .init = set_up, .fini = tear_down);

enum { TIMES = 4000 };

/* A text of several pieces: `statement` again and again, then `last`. */
static const ParsedScript *parse(const char *first, const char *statement, const char *last)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    strbuf_add(&text, first);
    for (int i = 0; i < TIMES; i++) {
        strbuf_add(&text, statement);
    }
    strbuf_add(&text, last);
    const size_t len = text.len;
    const char *source = strbuf_take(&text, arena);
    const ParsedScript *script = NULL;
    cr_assert(script_parse(arena, "migration.sql", source, len, diags, &script));
    return script;
}

Test(script_pieces, every_statement_is_where_it_stands)
{
    static const char *const statements[] = {
        "INSERT INTO a VALUES ('a text; with ''quotes'' and -- no comment');\n",
        "/* ; */ CREATE RULE r AS ON INSERT TO a DO ALSO (DELETE FROM b; DELETE FROM c);\n",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;\n",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $x$ SELECT 1; COMMIT; $x$;\n",
    };
    for (size_t i = 0; i < lengthof(statements); i++) {
        const ParsedScript *script = parse("", statements[i], "DROP TABLE z");
        cr_assert(script->readable, "%s", statements[i]);
        cr_assert_eq(script->statements.count, TIMES + 1, "%s", statements[i]);
        cr_expect_eq(script->mode, SCRIPT_ATOMIC);
        const size_t size = strlen(statements[i]), skipped = i == 1 ? strlen("/* ; */ ") : 0;
        for (size_t k = 0; k < TIMES; k++) {
            const ScriptStatement *at = &script->statements.items[k];
            cr_assert_eq(at->start, k * size + skipped, "%zu of %s", k, statements[i]);
            cr_assert_eq(at->end, k * size + size - 2, "%zu of %s", k, statements[i]);
        }
        cr_expect_eq(script->statements.items[TIMES].end, script->len);
    }
}

Test(script_pieces, a_directive_is_found_in_every_piece)
{
    const ParsedScript *script =
        parse("", "-- bellows: backfill table=a key=id batch=7\nUPDATE a SET x = 1;\n", "");
    cr_assert_eq(script->statements.count, TIMES);
    vec_each(const ScriptStatement, at, &script->statements) {
        cr_assert_eq(at->kind, STATEMENT_BACKFILL);
    }
    cr_expect_eq(script->mode, SCRIPT_STEPS);
}

Test(script_pieces, what_nests_deeper_than_a_stack_holds_is_not_read_and_breaks_nothing)
{
    static const char *const levels[] = {"1 + ", "'a' || ", "- "};
    for (size_t i = 0; i < lengthof(levels); i++) {
        StrBuf text = strbuf_new(STRBUF_MAX);
        strbuf_printf(&text, "CREATE ROLE r; SELECT ");
        for (size_t n = 0; n < 100000; n++) {
            strbuf_printf(&text, "%s", levels[i]);
        }
        strbuf_printf(&text, "'1';");
        const size_t len = text.len;
        const char *deep = strbuf_take(&text, arena);
        const ParsedScript *script = NULL;
        ClusterNames names = {0};
        cr_assert(script_parse(arena, "migration.sql", deep, len, diags, &script));
        cr_expect_not(script->readable);
        /* Nor does it hide the statement in front. No texts in a report: they are long. */
        const char *left = cluster_leave_out(arena, deep, len, &names);
        cr_expect(strncmp(left, "             ;", 14) == 0 && strcmp(left + 14, deep + 14) == 0);
    }
}

Test(script_pieces, what_cannot_be_read_at_its_end_cannot_be_read)
{
    const ParsedScript *script = parse("", "INSERT INTO a VALUES (1);\n", "SELECT nonsense from;");
    cr_expect_not(script->readable);
    cr_expect_eq(script->statements.count, 0);
    cr_expect_eq(script->tables.count, 0);
    cr_expect_eq(script->mode, SCRIPT_ATOMIC);
    cr_expect(script->touches_anything);
    script = parse("COMMIT;\n", "INSERT INTO a VALUES (1);\n", "SELECT nonsense from;");
    cr_expect_eq(script->mode, SCRIPT_WHOLE);
    script = parse("", "INSERT INTO a VALUES (1);\n", "SELECT 'never closed");
    cr_expect_eq(script->mode, SCRIPT_WHOLE);
}
