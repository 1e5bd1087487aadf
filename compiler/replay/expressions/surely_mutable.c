/*
 * surely_mutable.c - expressions that the server understands and then refuses in an index or a
 * generated column: the few forms that people write, whose every part is known to be well typed.
 */
#include "base/common.h"

#include "compiler/catalog/types.h"
#include "compiler/replay/expressions/immutable.h"

typedef struct FormCx {
    SqlReplay *replay;
    const Table *table;
    size_t moving; /* leaves that are */
} FormCx;

static bool is_text(const Node *node)
{
    return node != NULL && node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
           !node->a_const->isnull && node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL;
}

static const ColumnType *column_type(const FormCx *cx, const Node *node)
{
    const ColumnType *type = node != NULL && node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF
                                 ? expression_type(cx->replay, cx->table, node)
                                 : NULL;
    return type == NULL || type->list ? NULL : type;
}

/* `day`, `'YYYY'`: what every format of a time reads. */
static bool is_word(const Node *node)
{
    static const char *const words[] = {"year",   "month", "day",   "hour",   "minute",
                                        "second", "week",  "epoch", "quarter"};
    for (size_t i = 0; is_text(node) && i < lengthof(words); i++) {
        if (strcmp(words[i], node->a_const->sval->sval) == 0) {
            return true;
        }
    }
    return false;
}

/* now(), and CURRENT_TIMESTAMP: a moment of the session, with zone. */
static bool is_now(const FormCx *cx, const Node *node)
{
    static const char *const names[] = {"now", "clock_timestamp", "statement_timestamp",
                                        "transaction_timestamp"};
    if (node != NULL && node->node_case == PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION) {
        const int op = (int)node->sqlvalue_function->op;
        return op == PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP ||
               op == PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE ||
               op == PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP;
    }
    const PgQuery__FuncCall *call = tree_server_call(cx->replay, node);
    for (size_t i = 0; call != NULL && call->n_args == 0 && i < lengthof(names); i++) {
        if (strcmp(names[i], tree_called_name(call)) == 0) {
            return true;
        }
    }
    return false;
}

/* A call of the table that has no argument, or whose argument is a column with a zone. */
static bool is_mutable_call(const FormCx *cx, const Node *node)
{
    const PgQuery__FuncCall *call = tree_server_call(cx->replay, node);
    const char *name = call == NULL ? "" : tree_called_name(call);
    if (call == NULL || volatility_of(name, call->n_args) == VOLATILE_NEVER ||
        (call->n_args == 0 && name_is(redo_name(cx->replay, name), "gen_random_uuid") &&
         cx->replay->realm->catalog->server_version < 130000)) {
        return false;
    }
    if (call->n_args == 0) {
        return strncmp(name, "json", 4) != 0;
    }
    const ColumnType *type = column_type(cx, call->args[call->n_args - 1]);
    return call->n_args == 2 && is_word(call->args[0]) && type != NULL &&
           type->id == TYPE_TIMESTAMPTZ &&
           (strcmp(name, "date_trunc") == 0 || strcmp(name, "date_part") == 0 ||
            (strcmp(name, "extract") == 0 && cx->replay->realm->catalog->server_version >= 140000));
}

/* To a text, of a time or a number with a currency; of a time with zone to one without. */
static bool is_mutable_cast(const FormCx *cx, const Node *node)
{
    const ColumnType *from = node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST
                                 ? column_type(cx, node->type_cast->arg)
                                 : NULL;
    const ColumnType *to = from == NULL ? NULL : expression_type(cx->replay, cx->table, node);
    if (to == NULL || to->list) {
        return false;
    }
    return (to->id == TYPE_TEXT &&
            (from->id == TYPE_DATE || from->id == TYPE_TIMESTAMP || from->id == TYPE_TIMESTAMPTZ ||
             from->id == TYPE_MONEY || from->id == TYPE_ENUM)) ||
           (from->id == TYPE_TIMESTAMPTZ && (to->id == TYPE_DATE || to->id == TYPE_TIMESTAMP));
}

static bool is_mutable_value(const FormCx *cx, const Node *node)
{
    return is_now(cx, node) || is_mutable_call(cx, node) || is_mutable_cast(cx, node);
}

/* --- conditions ---------------------------------------------------------------------------------
 */

static bool is_comparison(const PgQuery__AExpr *expr)
{
    static const char *const names[] = {"<", "<=", "=", ">=", ">", "<>"};
    for (size_t i = 0; expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP && expr->n_name == 1 &&
                       expr->lexpr != NULL && i < lengthof(names);
         i++) {
        if (strcmp(names[i], expr->name[0]->string->sval) == 0) {
            return true;
        }
    }
    return false;
}

/* A column of days beside a moment of now; or beside a constant that any text is. */
static bool is_known_comparison(FormCx *cx, const PgQuery__AExpr *expr)
{
    const ColumnType *left = column_type(cx, expr->lexpr);
    const ColumnType *right = column_type(cx, expr->rexpr);
    const bool left_is_now = is_now(cx, expr->lexpr), right_is_now = is_now(cx, expr->rexpr);
    if (!is_comparison(expr)) {
        return false;
    }
    if ((left != NULL && type_is_kin(left->id, KIN_DAY) && right_is_now) ||
        (right != NULL && type_is_kin(right->id, KIN_DAY) && left_is_now)) {
        cx->moving++;
        return true;
    }
    return left != NULL && left->id == TYPE_TEXT && is_text(expr->rexpr);
}

static bool is_known_condition(FormCx *cx, const Node *node)
{
    switch ((int)node->node_case) { /* an open set */
    case PG_QUERY__NODE__NODE_NULL_TEST:
        return column_type(cx, node->null_test->arg) != NULL;
    case PG_QUERY__NODE__NODE_COLUMN_REF: {
        const ColumnType *type = column_type(cx, node);
        return type != NULL && type->id == TYPE_BOOLEAN;
    }
    case PG_QUERY__NODE__NODE_A_EXPR:
        return is_known_comparison(cx, node->a_expr);
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
        for (size_t i = 0; i < node->bool_expr->n_args; i++) {
            if (!is_known_condition(cx, node->bool_expr->args[i])) {
                return false;
            }
        }
        return true;
    default:
        return false;
    }
}

bool is_surely_mutable(SqlReplay *cx, const Node *expression, const Table *table)
{
    FormCx found = {.replay = cx, .table = table};
    return is_mutable_value(&found, expression) ||
           (is_known_condition(&found, expression) && found.moving > 0);
}
