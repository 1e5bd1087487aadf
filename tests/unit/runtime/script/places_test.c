/*
 * places_test.c - hostile texts stay in the place they are written to: PostgreSQL's own parser, and
 * our reader of directives, read back what was written, and nothing else. Names are made by chance
 * from a seed.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/catalog/sql_scan.h"
#include "compiler/catalog/sql_write.h"
#include "runtime/script/script.h"

static Arena *arena;
static Names *names;

static void set_up(void)
{
    arena = arena_new();
    names = names_new(arena);
}

static void tear_down(void)
{
    arena_free(arena);
}

TestSuite(places, .init = set_up, .fini = tear_down);

/* --- names by chance ---------------------------------------------------------------------------
 */

static const char *const pieces[] = {
    "\n",
    "\r",
    "\r\n",
    "\"",
    "'",
    "\\",
    "--",
    "/*",
    "*/",
    "$bellows$",
    "$bellows",
    "$bellows_1_",
    "$$",
    ";",
    "CREATE TABLE pwned()",
    "-- bellows: backfill table=\"x\"",
    "e\"",
    "\\n",
    "\t",
    "\033[2J",
    "\u202e",
    "\u200b",
    ",",
    ".",
    "(",
    ")",
    "a",
    "Z",
    "é",
    "漢",
    "😀",
    " ",
    "=",
    "::",
    "##[error]",
    "%s",
    "{}",
};

static Name chance_name(unsigned seed)
{
    char text[64] = "";
    size_t len = 0;
    for (unsigned state = seed * 2654435761U + 1; len < 1 + seed % 60;
         state = state * 1103515245U + 12345U) {
        const char *piece = pieces[(state >> 16) % lengthof(pieces)];
        if (len + strlen(piece) >= sizeof text) {
            break;
        }
        memcpy(text + len, piece, strlen(piece) + 1);
        len += strlen(piece);
    }
    return intern(names, len == 0 ? "x" : text, len == 0 ? 1 : len);
}

enum { NAMES = 1500 };

/* --- SQL --- */

static PgQuery__ParseResult *parse(const char *sql)
{
    PgQueryProtobufParseResult parsed = pg_query_parse_protobuf(sql);
    cr_assert_null(parsed.error, "%s: %s", parsed.error == NULL ? "" : parsed.error->message, sql);
    PgQuery__ParseResult *tree = pg_query__parse_result__unpack(
        NULL, parsed.parse_tree.len, (const uint8_t *)parsed.parse_tree.data);
    pg_query_free_protobuf_parse_result(parsed);
    return tree;
}

static size_t count_statements(const char *sql)
{
    PgQuery__ParseResult *tree = parse(sql);
    size_t count = tree->n_stmts;
    pg_query__parse_result__free_unpacked(tree, NULL);
    return count;
}

Test(places, identifiers_and_literals_read_back)
{
    for (unsigned seed = 0; seed < NAMES; seed++) {
        Name name = chance_name(seed);
        StrBuf sql = strbuf_new(STRBUF_MAX);
        strbuf_add(&sql, "SELECT ");
        sql_string(&sql, name->text, name->len);
        strbuf_add(&sql, " AS ");
        sql_ident(&sql, name);
        PgQuery__ParseResult *tree = parse(strbuf_text(&sql));
        cr_assert_eq(tree->n_stmts, 1);
        const PgQuery__ResTarget *target =
            tree->stmts[0]->stmt->select_stmt->target_list[0]->res_target;
        cr_assert_str_eq(target->name, name->text);
        cr_assert_str_eq(target->val->a_const->sval->sval, name->text);
        pg_query__parse_result__free_unpacked(tree, NULL);
        strbuf_dispose(&sql);
    }
}

Test(places, dollar_quotes_read_back)
{
    for (unsigned seed = 0; seed < NAMES; seed++) {
        Name name = chance_name(seed);
        StrBuf sql = strbuf_new(STRBUF_MAX);
        strbuf_add(&sql, "SELECT ");
        sql_dollar(&sql, name->text, name->len);
        PgQuery__ParseResult *tree = parse(strbuf_text(&sql));
        cr_assert_eq(tree->n_stmts, 1);
        cr_assert_str_eq(
            tree->stmts[0]->stmt->select_stmt->target_list[0]->res_target->val->a_const->sval->sval,
            name->text);
        pg_query__parse_result__free_unpacked(tree, NULL);
        strbuf_dispose(&sql);
    }
}

Test(places, comments_hold_no_statement)
{
    for (unsigned seed = 0; seed < NAMES; seed++) {
        Name name = chance_name(seed);
        StrBuf sql = strbuf_new(STRBUF_MAX), statement = strbuf_new(STRBUF_MAX);
        sql_comment_begin(&sql);
        sql_comment_line(&sql, "  - ", name->text);
        sql_comment_end(&sql);
        sql_line_comment(&sql, name->text);
        strbuf_add(&statement, "UPDATE ");
        sql_ident(&statement, name);
        strbuf_add(&statement, " SET a = 1;\n");
        sql_commented(&sql, strbuf_text(&statement));
        strbuf_add(&sql, "SELECT 1");
        cr_assert_eq(count_statements(strbuf_text(&sql)), 1, "%s", strbuf_text(&sql));
        strbuf_dispose(&sql);
        strbuf_dispose(&statement);
    }
}

Test(places, directives_read_back)
{
    Catalog *catalog = catalog_new(names, intern_cstr(names, "public"));
    for (unsigned seed = 0; seed < NAMES; seed++) {
        Name table = chance_name(seed), schema = chance_name(seed + NAMES),
             key = chance_name(seed + 2 * NAMES);
        Diagnostics *diags = diagnostics_new(arena, sources_new(arena));
        const ParsedScript *script = NULL;
        StrBuf sql = strbuf_new(STRBUF_MAX);
        sql_directive(&sql);
        strbuf_add(&sql, " tables=");
        sql_directive_qualified(&sql, catalog, schema, table);
        strbuf_add(&sql, "\n");
        sql_directive(&sql);
        strbuf_add(&sql, " backfill table=");
        sql_directive_qualified(&sql, catalog, schema, table);
        strbuf_add(&sql, " key=");
        sql_directive_name(&sql, key);
        strbuf_add(&sql, ",");
        sql_directive_name(&sql, table);
        strbuf_add(&sql, "\nUPDATE x SET a = 1;\n");
        cr_assert(script_parse(arena, "m.sql", strbuf_text(&sql), sql.len, diags, &script), "%s",
                  strbuf_text(&sql));
        cr_assert_eq(diags->warnings, 0);
        cr_assert_eq(script->statements.count, 1);
        const BackfillDirective *read = script->statements.items[0].backfill;
        cr_assert_not_null(read, "%s", strbuf_text(&sql));
        cr_assert_str_eq(read->table.name, table->text);
        cr_assert_str_eq(read->table.schema, schema->text);
        cr_assert_eq(read->keys.count, 2);
        cr_assert_str_eq(read->keys.items[0], key->text);
        cr_assert_str_eq(read->keys.items[1], table->text);
        cr_assert_eq(script->tables.count, 1);
        cr_assert_str_eq(script->tables.items[0].name, table->text);
        strbuf_dispose(&sql);
    }
    catalog_free(catalog);
}

Test(places, malformed_escapes_are_refused)
{
    static const char *const texts[] = {"-- bellows: tables=e\"a\\q\"", "-- bellows: tables=e\"a",
                                        "-- bellows: tables=e\"a\\"};
    for (size_t i = 0; i < lengthof(texts); i++) {
        Diagnostics *diags = diagnostics_new(arena, sources_new(arena));
        const ParsedScript *script = NULL;
        cr_assert_not(script_parse(arena, "m.sql", texts[i], strlen(texts[i]), diags, &script));
        cr_assert_eq(diags->items.items[0]->code, DIAG_DIRECTIVE);
    }
}

/* --- expressions somebody wrote --- */

static const struct {
    const char *text;
    bool fits;
} fragments[] = {
    {"now()", true},
    {"(a, b)", true},
    {"'x;y,)'", true},
    {"$t$;$t$", true},
    {"\"a;\" || 'b'", true},
    {"E'\\';'", true},
    {"ARRAY[1, 2]", true},
    {"a -- ;", true},
    {"/* ; /* */ , */ 1", true},
    {"1; DROP TABLE x", false},
    {"1) , (2", false},
    {"1, \"b\" TEXT", false},
    {"'open", false},
    {"$a$ open", false},
    {"/* open", false},
    {"(1", false},
    {"[1)", false},
    {"\"open", false},
    {"e'\\'", false},
    {"1 /* /* */ ", false},
};

Test(places, fragments_stay_inside_or_are_refused)
{
    for (size_t i = 0; i < lengthof(fragments); i++) {
        const char *text = fragments[i].text;
        cr_expect_eq(sql_fragment_fault(text, strlen(text)) == NULL, fragments[i].fits, "%s", text);
    }
}

/* What is accepted never opens a second statement, nor a second item. */
Test(places, accepted_fragments_leave_nothing)
{
    size_t accepted = 0;
    for (unsigned seed = 0; seed < 4 * NAMES; seed++) {
        Name name = chance_name(seed);
        StrBuf sql = strbuf_new(STRBUF_MAX);
        if (sql_fragment_fault(name->text, name->len) != NULL) {
            continue;
        }
        strbuf_add(&sql, "SELECT (");
        sql_fragment(&sql, name->text, name->len);
        strbuf_add(&sql, "), 'end'");
        PgQueryProtobufParseResult parsed = pg_query_parse_protobuf(strbuf_text(&sql));
        if (parsed.error == NULL) {
            PgQuery__ParseResult *tree = pg_query__parse_result__unpack(
                NULL, parsed.parse_tree.len, (const uint8_t *)parsed.parse_tree.data);
            cr_assert_eq(tree->n_stmts, 1, "%s", strbuf_text(&sql));
            cr_assert_eq(tree->stmts[0]->stmt->select_stmt->n_target_list, 2, "%s",
                         strbuf_text(&sql));
            pg_query__parse_result__free_unpacked(tree, NULL);
            accepted++;
        }
        pg_query_free_protobuf_parse_result(parsed);
        strbuf_dispose(&sql);
    }
    cr_expect_gt(accepted, 20);
}
