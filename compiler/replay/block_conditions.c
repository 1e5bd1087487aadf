/*
 * block_conditions.c - the conditions of a block: yes, no, or not known.
 *
 * Source: PostgreSQL manual, "PL/pgSQL", "Conditionals".
 */
#include "base/common.h"

#include "compiler/replay/read/blocks.h"
#include "compiler/replay/read/empty_query.h"
#include "compiler/replay/replay_internal.h"

static bool whole_number(const Node *node, int64_t *ret_number)
{
    if (node->node_case != PG_QUERY__NODE__NODE_A_CONST ||
        node->a_const->val_case != PG_QUERY__A__CONST__VAL_IVAL) {
        return false;
    }
    *ret_number = node->a_const->ival->ival;
    return true;
}

/* current_setting('server_version_num')::int */
static bool is_version(const Node *node)
{
    if (node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
        node = node->type_cast->arg;
    }
    return node->node_case == PG_QUERY__NODE__NODE_FUNC_CALL && node->func_call->n_args >= 1 &&
           strcmp(block_last_word(node->func_call->funcname, node->func_call->n_funcname),
                  "current_setting") == 0 &&
           block_constant_text(node->func_call->args[0]) != NULL &&
           strcmp(block_constant_text(node->func_call->args[0]), "server_version_num") == 0;
}

/* (SELECT count(*) FROM t), where t holds nothing. */
static bool counts_nothing(SqlReplay *cx, const Node *node)
{
    if (node->node_case != PG_QUERY__NODE__NODE_SUB_LINK ||
        node->sub_link->sub_link_type != PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK) {
        return false;
    }
    const PgQuery__SelectStmt *select = node->sub_link->subselect->select_stmt;
    const Node *value = select->n_target_list == 1 ? select->target_list[0]->res_target->val : NULL;
    const bool counts =
        value != NULL && value->node_case == PG_QUERY__NODE__NODE_FUNC_CALL &&
        strcmp(block_last_word(value->func_call->funcname, value->func_call->n_funcname),
               "count") == 0;
    PgQuery__SelectStmt rows = *select;
    rows.n_target_list = 0;
    return counts && block_is_plain(select) && query_gives_nothing(cx, NULL, &rows);
}

static Truth holds(int64_t left, const char *sign, int64_t right)
{
    const struct {
        const char *sign;
        bool holds;
    } signs[] = {{"=", left == right}, {"<>", left != right}, {">", left > right},
                 {"<", left < right},  {">=", left >= right}, {"<=", left <= right}};
    for (size_t i = 0; i < lengthof(signs); i++) {
        if (strcmp(signs[i].sign, sign) == 0) {
            return block_truth(signs[i].holds);
        }
    }
    return TRUTH_UNKNOWN;
}

/* A server that is not known is no older than the oldest that is served. */
static Truth version_holds(const SqlReplay *cx, const char *sign, int64_t right)
{
    enum { OLDEST = 120000, NEWEST = 999999 };
    const int version = cx->realm->catalog->server_version;
    if (version != 0) {
        return holds(version, sign, right);
    }
    const Truth old = holds(OLDEST, sign, right);
    const bool is_between = right >= OLDEST && right <= NEWEST;
    return !is_between && old == holds(NEWEST, sign, right) ? old : TRUTH_UNKNOWN;
}

static Truth compare(SqlReplay *cx, const PgQuery__AExpr *expr)
{
    int64_t right = 0;
    const char *sign = block_last_word(expr->name, expr->n_name);
    if (expr->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP || expr->lexpr == NULL ||
        !whole_number(expr->rexpr, &right)) {
        return TRUTH_UNKNOWN;
    }
    if (is_version(expr->lexpr)) {
        return version_holds(cx, sign, right);
    }
    return counts_nothing(cx, expr->lexpr) ? holds(0, sign, right) : TRUTH_UNKNOWN;
}

/* to_regclass('t') IS NULL */
static Truth is_null(SqlReplay *cx, const PgQuery__NullTest *test)
{
    const Node *arg = test->arg;
    const PgQuery__FuncCall *call =
        arg->node_case == PG_QUERY__NODE__NODE_FUNC_CALL ? arg->func_call : NULL;
    const char *name = call == NULL ? "" : block_last_word(call->funcname, call->n_funcname);
    const char *text =
        call != NULL && call->n_args == 1 ? block_constant_text(call->args[0]) : NULL;
    const char *object = text == NULL ? NULL : block_folded(cx, text);
    bool found = false;
    if (object == NULL) {
        return TRUTH_UNKNOWN;
    }
    const Name own = intern_cstr(cx->names, object);
    if (strcmp(name, "to_regclass") == 0) {
        found = realm_relation(cx->realm, NULL, own) != NULL;
    } else if (strcmp(name, "to_regtype") == 0 && realm_type(cx->realm, NULL, own) != NULL) {
        found = true;
    } else {
        return TRUTH_UNKNOWN;
    }
    return block_truth(found == (test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL));
}

static Truth condition_of(SqlReplay *cx, const Node *node, unsigned depth);

static Truth combine(SqlReplay *cx, const PgQuery__BoolExpr *expr, unsigned depth)
{
    const bool is_and = expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR;
    Truth found = block_truth(is_and);
    for (size_t i = 0; i < expr->n_args; i++) {
        const Truth one = condition_of(cx, expr->args[i], depth);
        if (one == block_truth(!is_and)) {
            return one;
        }
        found = one == TRUTH_UNKNOWN ? one : found;
    }
    return found;
}

static Truth condition_of(SqlReplay *cx, const Node *node, unsigned depth)
{
    enum { DEPTH_MAX = 50 };
    if (depth >= DEPTH_MAX) {
        return TRUTH_UNKNOWN;
    }
    switch ((int)node->node_case) { /* an open set */
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
        if (node->bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR) {
            const Truth inner = condition_of(cx, node->bool_expr->args[0], depth + 1);
            return inner == TRUTH_UNKNOWN ? inner : block_truth(inner == TRUTH_NO);
        }
        return combine(cx, node->bool_expr, depth + 1);
    case PG_QUERY__NODE__NODE_SUB_LINK:
        return node->sub_link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK
                   ? block_exists(cx, node->sub_link->subselect->select_stmt)
                   : TRUTH_UNKNOWN;
    case PG_QUERY__NODE__NODE_A_EXPR:
        return compare(cx, node->a_expr);
    case PG_QUERY__NODE__NODE_NULL_TEST:
        return is_null(cx, node->null_test);
    case PG_QUERY__NODE__NODE_A_CONST:
        return node->a_const->val_case == PG_QUERY__A__CONST__VAL_BOOLVAL
                   ? block_truth(node->a_const->boolval->boolval)
                   : TRUTH_UNKNOWN;
    default:
        return TRUTH_UNKNOWN;
    }
}

Truth block_condition(SqlReplay *cx, Slice condition)
{
    Truth found = TRUTH_UNKNOWN;
    const char *text =
        arena_printf(cx->arena, "SELECT (%.*s\n)", (int)condition.len, condition.text);
    PgQuery__ParseResult *tree = redo_parse(text);
    if (tree != NULL && tree->n_stmts == 1 &&
        tree->stmts[0]->stmt->node_case == PG_QUERY__NODE__NODE_SELECT_STMT &&
        tree->stmts[0]->stmt->select_stmt->n_target_list == 1) {
        const Node *target = tree->stmts[0]->stmt->select_stmt->target_list[0];
        found = condition_of(cx, target->res_target->val, 0);
    }
    redo_parse_free(tree);
    return found;
}
