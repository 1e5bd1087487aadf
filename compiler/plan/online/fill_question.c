/*
 * fill_question.c - expressions that only a server understands, as views over one row.
 *
 * In: two canonical catalogs. Out: the SELECT of a view for each expression. The row has the
 * columns that are named in the expression, of the types they have, but comes from no table: the
 * database that is asked may be behind the one that is planned from.
 */
#include "base/common.h"

#include "compiler/plan/online/fill_question.h"

#include <string.h>

#include "base/strbuf.h"
#include "compiler/qualify/qualify.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/catalog/types.h"
#include "compiler/plan/diff/fill_hint.h"
#include "compiler/plan/steps/sql_words.h"

static const Column *column_before(const Catalog *from, const Column *column)
{
    const Table *before = catalog_find_table(from, column->table->schema, column->table->name);
    return before == NULL ? NULL : table_find_column(before, column->name);
}

/* Becomes the column required by this plan, or is it new, or of another type, and its author says
 * what it gets? A table under a new name is a new one here. */
static bool is_filled(const Catalog *from, const Column *column)
{
    size_t start, end;
    const Column *was = column_before(from, column);
    const bool hint = fill_hint_find(column->doc, FILL_HINT_UP, &start, &end);
    return (column->not_null || hint) && column->generated == NULL &&
           (was == NULL || (column->not_null && !was->not_null) ||
            (hint && !column_type_equal(&was->type, &column->type)));
}

/* The author says what the column gets back that a new one replaces. */
static bool comes_back(const Catalog *from, const Column *column)
{
    size_t start, end;
    return column->generated == NULL && column_before(from, column) == NULL &&
           fill_hint_find(column->doc, FILL_HINT_DOWN, &start, &end);
}

static bool is_unknown(Arena *arena, const Catalog *from, const Catalog *to, const Column *column,
                       const char *expression)
{
    const char *why = NULL;
    const QualifyWorld world = {.to = to, .from = from, .table = column->table, .written = to};
    return qualify_expression(arena, &world, expression, &why) == NULL &&
           qualify_is_expression(arena, expression);
}

static bool is_named(const char *expression, Column *column)
{
    const Table alone = {.columns = {.items = &column, .count = 1, .capacity = 1}};
    return sql_reads_row(expression, &alone);
}

/* `, NULL::type AS "name"` for each column that is named and does not stand in `but`. */
static void add_row(StrBuf *out, const Catalog *catalog, const Table *table, const Table *but,
                    const char *expression)
{
    vec_each(Column *, at, &table->columns) {
        if (is_named(expression, *at) && (but == NULL || !table_find_column(but, (*at)->name))) {
            strbuf_add(out, ", NULL::");
            sql_type(out, catalog, &(*at)->type);
            strbuf_add(out, " AS ");
            sql_ident(out, (*at)->name);
        }
    }
}

static FillQuestion question(Arena *arena, const Catalog *from, const Catalog *to,
                             const Column *column, FillHint hint, const char *expression)
{
    const Table *table = column->table;
    const Table *before = catalog_find_table(from, table->schema, table->name);
    StrBuf out = strbuf_new(STRBUF_MAX), name = strbuf_new(STRBUF_MAX);
    strbuf_printf(&out, "SELECT (%s\n) AS v FROM (SELECT 1 AS \"?\"", expression);
    if (before != NULL) {
        add_row(&out, from, before, NULL, expression);
        const Catalog everywhere = sql_everywhere(from);
        sql_qualified(&name, &everywhere, before->schema, before->name);
    }
    add_row(&out, to, table, before, expression);
    strbuf_add(&out, ") AS ");
    sql_ident(&out, table->name);
    return (FillQuestion){.column = column,
                          .hint = hint,
                          .select = strbuf_take(&out, arena),
                          .table = strbuf_take(&name, arena)};
}

static void ask(Arena *arena, const Catalog *from, const Catalog *to, const Column *column,
                FillHint hint, FillQuestions *questions)
{
    const bool down = hint == FILL_HINT_DOWN;
    const char *expression = NULL;
    if (down ? comes_back(from, column) : is_filled(from, column)) {
        expression =
            down ? fill_hint_text(arena, column, hint) : fill_expression(arena, to, column);
    }
    if (expression != NULL && is_unknown(arena, from, to, column, expression)) {
        vec_push(arena, questions, question(arena, from, to, column, hint, expression));
    }
}

void fill_questions(Arena *arena, const Catalog *from, const Catalog *to,
                    FillQuestions *ret_questions)
{
    *ret_questions = (FillQuestions){0};
    vec_each(Table *, table, &to->tables) {
        vec_each(Column *, at, &(*table)->columns) {
            ask(arena, from, to, *at, FILL_HINT_UP, ret_questions);
            ask(arena, from, to, *at, FILL_HINT_DOWN, ret_questions);
        }
    }
}

FillAnswer fill_answer(Arena *arena, const Catalog *from, const Catalog *to,
                       const FillQuestion *question, const char *definition, const char *why)
{
    const Column *column = question->column;
    FillAnswer answer = {.schema = column->table->schema,
                         .table = column->table->name,
                         .column = column->name,
                         .hint = question->hint,
                         .why = why};
    const QualifyWorld world = {
        .to = to, .from = from, .table = column->table, .written = to, .printed = true};
    const char *value = definition == NULL ? NULL : qualify_view_value(arena, definition);
    if (value != NULL) {
        answer.text = qualify_expression(arena, &world, value, &answer.why);
    } else if (definition != NULL) {
        answer.why = "the server prints it in a form that is not understood";
    }
    return answer;
}
