/*
 * script_backfill.c - one more condition for a backfill statement, found by its tokens.
 *
 * `UPDATE t SET a = b WHERE a IS NULL` becomes `UPDATE t SET a = b WHERE (CONDITION) AND (a IS
 * NULL)`. The one WHERE outside all parentheses is the statement's own; so are the clauses that may
 * follow it.
 */
#include "base/common.h"

#include "runtime/script/script.h"

#include <pg_query.h>
#include <string.h>

#include "base/strbuf.h"
#include "compiler/catalog/sql_scan.h"
#include "runtime/script/quote.h"
#include "runtime/script/script_internal.h"

enum { NOWHERE = -1 };

typedef struct WherePlace {
    int32_t where_end; /* behind the word WHERE; NOWHERE: there is none */
    int32_t tail;      /* start of the clause behind the conditions; NOWHERE: none */
} WherePlace;

/* Does a clause start here that stands behind WHERE? */
static bool starts_tail(const PgQuery__ScanToken *token, const PgQuery__ScanToken *next)
{
    switch ((int)token->token) { /* of some 500 tokens */
    case PG_QUERY__TOKEN__RETURNING:
    case PG_QUERY__TOKEN__GROUP_P:
    case PG_QUERY__TOKEN__ORDER:
    case PG_QUERY__TOKEN__LIMIT:
        return true;
    case PG_QUERY__TOKEN__ON:
        return next != NULL && next->token == PG_QUERY__TOKEN__CONFLICT;
    default:
        return false;
    }
}

static WherePlace find_where(const PgQuery__ScanResult *scan)
{
    WherePlace place = {NOWHERE, NOWHERE};
    int depth = 0;
    for (size_t i = 0; i < scan->n_tokens && place.tail == NOWHERE; i++) {
        const PgQuery__ScanToken *token = scan->tokens[i];
        const PgQuery__ScanToken *next = i + 1 < scan->n_tokens ? scan->tokens[i + 1] : NULL;
        depth += token->token == PG_QUERY__TOKEN__ASCII_40;
        depth -= token->token == PG_QUERY__TOKEN__ASCII_41;
        if (depth != 0) {
            continue;
        }
        if (token->token == PG_QUERY__TOKEN__WHERE && place.where_end == NOWHERE) {
            place.where_end = token->end;
        } else if (starts_tail(token, next)) {
            place.tail = token->start;
        }
    }
    return place;
}

/* A line end guards against a comment at the end of the conditions. */
static char *write_condition(Arena *arena, const char *sql, WherePlace place, const char *condition)
{
    const size_t len = strlen(sql);
    const size_t tail = place.tail == NOWHERE ? len : (size_t)place.tail;
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (place.where_end == NOWHERE) {
        strbuf_addn(&out, sql, tail);
        strbuf_printf(&out, "\nWHERE (%s)\n", condition);
    } else {
        const size_t where = (size_t)place.where_end;
        strbuf_addn(&out, sql, where);
        strbuf_printf(&out, " (%s) AND (", condition);
        strbuf_addn(&out, sql + where, tail - where);
        strbuf_add(&out, "\n) ");
    }
    strbuf_addn(&out, sql + tail, len - tail);
    return strbuf_take(&out, arena);
}

char *script_add_condition(Arena *arena, const ParsedScript *script,
                           const ScriptStatement *statement, const char *condition)
{
    const char *sql =
        arena_strndup(arena, script->text + statement->start, statement->end - statement->start);
    PgQueryScanResult scanned = pg_query_scan(sql);
    WherePlace place = {NOWHERE, NOWHERE};
    PgQuery__ScanResult *scan =
        pg_query__scan_result__unpack(NULL, scanned.pbuf.len, (const uint8_t *)scanned.pbuf.data);
    if (scan != NULL) {
        place = find_where(scan);
        pg_query__scan_result__free_unpacked(scan, NULL);
    }
    pg_query_free_scan_result(scanned);
    return write_condition(arena, sql, place, condition);
}

/* --- what is left --- */

/* The last part of a column's name; NULL: it is none, or a record's. */
static const char *column_of(const PgQuery__Node *node)
{
    if (node == NULL || node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF) {
        return NULL;
    }
    const PgQuery__ColumnRef *column = node->column_ref;
    const PgQuery__Node *last = column->fields[column->n_fields - 1];
    return last->node_case == PG_QUERY__NODE__NODE_STRING ? last->string->sval : NULL;
}

static const PgQuery__ResTarget *target_named(const PgQuery__UpdateStmt *update, const char *name)
{
    for (size_t i = 0; i < update->n_target_list; i++) {
        const PgQuery__ResTarget *target = update->target_list[i]->res_target;
        const bool plain = target->n_indirection == 0 &&
                           target->val->node_case != PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF;
        if (name != NULL && plain && strcmp(target->name, name) == 0) {
            return target;
        }
    }
    return NULL;
}

/* The assignment that makes `column IS NULL`, all of the condition or one it demands, false. */
static const PgQuery__ResTarget *ending_target(const PgQuery__UpdateStmt *update,
                                               const PgQuery__Node *condition)
{
    if (condition->node_case == PG_QUERY__NODE__NODE_NULL_TEST) {
        const PgQuery__NullTest *test = condition->null_test;
        return test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL
                   ? target_named(update, column_of(test->arg))
                   : NULL;
    }
    const bool all = condition->node_case == PG_QUERY__NODE__NODE_BOOL_EXPR &&
                     condition->bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR;
    const PgQuery__ResTarget *found = NULL;
    for (size_t i = 0; all && found == NULL && i < condition->bool_expr->n_args; i++) {
        found = ending_target(update, condition->bool_expr->args[i]);
    }
    return found;
}

/* Does the token open a bracket (1), close one (-1), or neither? */
static int depth_of(const PgQuery__ScanToken *token)
{
    const bool open =
        token->token == PG_QUERY__TOKEN__ASCII_40 || token->token == PG_QUERY__TOKEN__ASCII_91;
    const bool close =
        token->token == PG_QUERY__TOKEN__ASCII_41 || token->token == PG_QUERY__TOKEN__ASCII_93;
    return open - close;
}

/* Bytes [start, end) of an assignment's value, by the tokens: behind its `=`, before the next comma
 * or WHERE outside of brackets. */
static bool find_value(const PgQuery__ScanResult *scan, size_t target, size_t *ret_start,
                       size_t *ret_end)
{
    int depth = 0;
    *ret_start = 0;
    for (size_t i = 0; i < scan->n_tokens; i++) {
        const PgQuery__ScanToken *token = scan->tokens[i];
        if ((size_t)token->start < target) {
            continue;
        }
        const bool ends =
            token->token == PG_QUERY__TOKEN__ASCII_44 || token->token == PG_QUERY__TOKEN__WHERE;
        if (*ret_start == 0) {
            *ret_start = token->token == PG_QUERY__TOKEN__ASCII_61 ? (size_t)token->end : 0;
        } else if (depth == 0 && ends) {
            *ret_end = (size_t)token->start;
            return true;
        }
        depth += depth_of(token);
    }
    return false;
}

/* SET column = DEFAULT: is there one, in the row's own table? A default of null is none. */
static char *has_default(Arena *arena, const PgQuery__RangeVar *table, const char *column)
{
    const char *name = table->alias != NULL ? table->alias->aliasname : table->relname;
    return arena_printf(arena,
                        "(SELECT a.atthasdef FROM pg_catalog.pg_attribute AS a WHERE a.attrelid "
                        "OPERATOR(pg_catalog.=) %s.tableoid AND a.attname "
                        "OPERATOR(pg_catalog.=) %s)",
                        quote_name(arena, name), quote_text(arena, column));
}

static char *write_left(Arena *arena, const char *sql, const PgQuery__ScanResult *scan,
                        const PgQuery__UpdateStmt *update)
{
    size_t start, end;
    const bool plain =
        update->n_from_clause == 0 && update->with_clause == NULL && update->where_clause != NULL;
    const PgQuery__ResTarget *target = plain ? ending_target(update, update->where_clause) : NULL;
    const WherePlace place = find_where(scan);
    if (target == NULL || place.where_end == NOWHERE ||
        !find_value(scan, (size_t)target->location, &start, &end)) {
        return NULL;
    }
    const size_t tail = place.tail == NOWHERE ? strlen(sql) : (size_t)place.tail;
    const size_t where = (size_t)place.where_end;
    const char *condition = arena_strndup(arena, sql + where, tail - where);
    if (target->val->node_case == PG_QUERY__NODE__NODE_SET_TO_DEFAULT) {
        return arena_printf(arena, "(%s\n) AND %s", condition,
                            has_default(arena, update->relation, target->name));
    }
    return arena_printf(arena, "(%s\n) AND (%s\n) IS NOT NULL", condition,
                        arena_strndup(arena, sql + start, end - start));
}

bool script_moves_rows(const ParsedScript *script, const ScriptStatement *statement)
{
    const char *at = script->text + statement->start, *end = script->text + statement->end;
    SqlToken first = {0};
    while (at < end && first.kind != SQL_WORD) {
        first = sql_scan(at, end);
        at += first.len;
    }
    return !sql_token_is_word(&first, "DELETE") && !sql_token_is_word(&first, "INSERT");
}

char *script_left_condition(Arena *arena, const ParsedScript *script,
                            const ScriptStatement *statement)
{
    const char *sql =
        arena_strndup(arena, script->text + statement->start, statement->end - statement->start);
    char *left = NULL;
    PgQueryScanResult scanned = pg_query_scan(sql);
    PgQuery__ScanResult *scan =
        pg_query__scan_result__unpack(NULL, scanned.pbuf.len, (const uint8_t *)scanned.pbuf.data);
    PgQuery__ParseResult *tree = script_tree(sql, strlen(sql), NULL);
    if (scan != NULL && tree != NULL && tree->n_stmts == 1 &&
        tree->stmts[0]->stmt->node_case == PG_QUERY__NODE__NODE_UPDATE_STMT) {
        left = write_left(arena, sql, scan, tree->stmts[0]->stmt->update_stmt);
    }
    if (tree != NULL) {
        pg_query__parse_result__free_unpacked(tree, NULL);
    }
    if (scan != NULL) {
        pg_query__scan_result__free_unpacked(scan, NULL);
    }
    pg_query_free_scan_result(scanned);
    return left;
}
