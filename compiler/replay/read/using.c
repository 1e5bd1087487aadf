/*
 * using.c - USING of a column that gets another type: does what the expression gives become a value
 * of that type? As far as its form tells its type; the rest is for a server.
 *
 * Source: PostgreSQL manual, ALTER TABLE, "Value Storage" of "Type Conversion", CREATE CAST.
 */
#include "base/common.h"

#include "compiler/catalog/casts.h"
#include "compiler/catalog/types.h"
#include "compiler/replay/read/reader.h"

typedef struct UsingCx {
    SqlReplay *replay;
    const Column *column;
    const ColumnType *to;
} UsingCx;

static bool is_known(const ColumnType *type)
{
    return type->id != TYPE_OTHER;
}

static bool not_known(const UsingCx *cx)
{
    return realm_unknown(cx->replay->realm, "what the USING of column `%s` gives",
                         cx->column->name->text);
}

/* The server casts what the expression gives as it would cast what is inserted. */
static bool is_assigned(const UsingCx *cx, const ColumnType *given)
{
    const ColumnType *from = type_said(given), *to = type_said(cx->to);
    if (cast_is_assigned(from, to) || (from->list == to->list && type_same(from, to))) {
        return true;
    }
    return !is_known(from) || !is_known(to) || cx->replay->realm->casts > 0
               ? not_known(cx)
               : realm_refuse(cx->replay->realm, "42804",
                              "result of USING clause for column `%s` cannot be cast automatically "
                              "to type %s",
                              cx->column->name->text, redo_type_text(cx->replay, cx->to));
}

static bool is_cast(const UsingCx *cx, const ColumnType *given, const ColumnType *type)
{
    const ColumnType *from = type_said(given), *to = type_said(type);
    if (cast_is_asked(from, to) || type_same(from, to)) {
        return true;
    }
    return !is_known(from) || !is_known(to) || cx->replay->realm->casts > 0
               ? not_known(cx)
               : realm_refuse(cx->replay->realm, "42846", "cannot cast type %s to %s",
                              redo_type_text(cx->replay, given), redo_type_text(cx->replay, type));
}

/* A text in quotes is read when the statement is; of some types only a server says what it takes.
 */
static bool constant_fits(const UsingCx *cx, const Node *node, const ColumnType *said)
{
    const ColumnType *type = type_said(said);
    const char *text =
        node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL ? node->a_const->sval->sval : NULL;
    const bool reads = type_is_kin(type->id, KIN_TEXT) || type_is_kin(type->id, KIN_NUMBER) ||
                       type->id == TYPE_BOOLEAN || type->id == TYPE_UUID;
    if (node->a_const->isnull) {
        return true;
    }
    if (type->id == TYPE_ENUM && !type->list && text != NULL) {
        return enum_has_value(type->enum_type, redo_name(cx->replay, text)) ||
               realm_refuse(cx->replay->realm, "22P02", "invalid input value for enum %s: `%s`",
                            type->enum_type->name->text, text);
    }
    return reads && !type->list ? redo_literal_fits(cx->replay, type, node) : not_known(cx);
}

/* NULL after a fault. */
static const Column *named_column(const UsingCx *cx, const PgQuery__ColumnRef *ref)
{
    return realm_column(cx->replay->realm, cx->column->table,
                        redo_name_of(cx->replay, ref->fields[ref->n_fields - 1]));
}

/* --- calls --------------------------------------------------------------------------------------
 */

enum { NUMBER = TYPE_OTHER + 1, LIST, ANY };

static bool takes_type(int of, const ColumnType *type)
{
    switch (of) {
    case NUMBER:
        return !type->list && type_is_kin(type->id, KIN_NUMBER);
    case LIST:
        return type->list;
    case ANY:
        return true;
    case TYPE_TEXT: /* without a word */
        return !type->list &&
               (type->id == TYPE_TEXT || type->id == TYPE_VARCHAR || type->id == TYPE_CHAR);
    default:
        return !type->list && (int)type->id == of;
    }
}

static bool are_texts(Node *const *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (nodes[i]->node_case != PG_QUERY__NODE__NODE_A_CONST || nodes[i]->a_const->isnull ||
            nodes[i]->a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL) {
            return false;
        }
    }
    return true;
}

static bool gives_of(const UsingCx *cx, const Node *node, ColumnType *ret_type);

static bool call_gives(const UsingCx *cx, const Node *node, ColumnType *ret_type)
{
    static const struct {
        const char *name;
        size_t others;
        int of;
        TypeId result;
    } rows[] = {
#define FUNCTION_RESULT(name, others, of, result) {name, others, of, result},
#include "compiler/replay/read/function_results.def"
#undef FUNCTION_RESULT
    };
    const PgQuery__FuncCall *call = tree_server_call(cx->replay, node);
    ColumnType last = {0};
    if (call == NULL || call->n_args == 0 || !are_texts(call->args, call->n_args - 1)) {
        return not_known(cx);
    }
    if (!gives_of(cx, call->args[call->n_args - 1], &last)) {
        return false;
    }
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (call->n_args == rows[i].others + 1 &&
            strcmp(tree_called_name(call), rows[i].name) == 0 &&
            takes_type(rows[i].of, type_said(&last))) {
            *ret_type = (ColumnType){.id = rows[i].result,
                                     .arguments = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT}};
            return true;
        }
    }
    return not_known(cx);
}

/* Of a column, a call or another cast; what else is cast is taken to be right. */
static bool takes_cast(const UsingCx *cx, const PgQuery__TypeCast *cast, ColumnType *ret_type)
{
    const Node *of = cast->arg;
    ColumnType inner = {0};
    ReplayType type;
    if (!redo_type(cx->replay, cast->type_name, &type)) {
        return false;
    }
    *ret_type = type.type;
    if (of->node_case == PG_QUERY__NODE__NODE_TYPE_CAST ||
        of->node_case == PG_QUERY__NODE__NODE_COLUMN_REF) {
        return gives_of(cx, of, &inner) && is_cast(cx, &inner, ret_type);
    }
    return of->node_case != PG_QUERY__NODE__NODE_A_CONST || constant_fits(cx, of, ret_type);
}

static bool gives_truth(const Node *node)
{
    const PgQuery__AExpr *expr =
        node->node_case == PG_QUERY__NODE__NODE_A_EXPR ? node->a_expr : NULL;
    static const char *const compare[] = {"=", "<>", "<", ">", "<=", ">="};
    for (size_t i = 0; expr != NULL && expr->n_name == 1 && i < lengthof(compare); i++) {
        if (strcmp(expr->name[0]->string->sval, compare[i]) == 0) {
            return true;
        }
    }
    return node->node_case == PG_QUERY__NODE__NODE_BOOL_EXPR ||
           node->node_case == PG_QUERY__NODE__NODE_NULL_TEST ||
           node->node_case == PG_QUERY__NODE__NODE_BOOLEAN_TEST;
}

/* --- branches -----------------------------------------------------------------------------------
 */

static bool is_open(const Node *node)
{
    return node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
           (node->a_const->isnull || node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL);
}

/* Of CASE, COALESCE and lists: the one type of all that have one, else of texts; other mixtures are
 * for a server. Texts in quotes are read as that type. */
static bool common_of(const UsingCx *cx, Node *const *nodes, size_t count, ColumnType *ret_type)
{
    ColumnType common = {.id = TYPE_TEXT, .arguments = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT}};
    bool has_type = false;
    for (size_t i = 0; i < count; i++) {
        ColumnType type = {0};
        if (is_open(nodes[i])) {
            continue;
        }
        if (!gives_of(cx, nodes[i], &type)) {
            return false;
        }
        if (has_type && !(common.list == type.list && type_same(&common, &type))) {
            return not_known(cx);
        }
        has_type = true;
        common = type;
    }
    for (size_t i = 0; i < count; i++) {
        if (is_open(nodes[i]) && !constant_fits(cx, nodes[i], &common)) {
            return false;
        }
    }
    *ret_type = common;
    return true;
}

static bool case_gives(const UsingCx *cx, const PgQuery__CaseExpr *choice, ColumnType *ret_type)
{
    VEC(Node *) results = {0};
    for (size_t i = 0; i < choice->n_args; i++) {
        vec_push(cx->replay->arena, &results, choice->args[i]->case_when->result);
    }
    if (choice->defresult != NULL) {
        vec_push(cx->replay->arena, &results, choice->defresult);
    }
    return common_of(cx, results.items, results.count, ret_type);
}

static bool list_gives(const UsingCx *cx, const PgQuery__AArrayExpr *list, ColumnType *ret_type)
{
    if (list->n_elements == 0 || !common_of(cx, list->elements, list->n_elements, ret_type)) {
        return list->n_elements == 0 ? not_known(cx) : false;
    }
    const bool is_flat = !ret_type->list && ret_type->domain_of == NULL;
    ret_type->list = true;
    return is_flat || not_known(cx);
}

static bool constant_gives(const UsingCx *cx, const PgQuery__AConst *constant, ColumnType *ret_type)
{
    *ret_type = (ColumnType){.arguments = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT}};
    ret_type->id =
        constant->val_case == PG_QUERY__A__CONST__VAL_BOOLVAL ? TYPE_BOOLEAN : TYPE_INTEGER;
    return constant->val_case == PG_QUERY__A__CONST__VAL_BOOLVAL ||
           constant->val_case == PG_QUERY__A__CONST__VAL_IVAL || not_known(cx);
}

/* What the expression gives, as far as its form tells. Bounded by the text's nesting. */
static bool gives_of(const UsingCx *cx, const Node *node, /* NOLINT(misc-no-recursion) */
                     ColumnType *ret_type)
{
    const Column *named = NULL;
    if (gives_truth(node)) {
        *ret_type =
            (ColumnType){.id = TYPE_BOOLEAN, .arguments = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT}};
        return true;
    }
    switch ((int)node->node_case) { /* an open set */
    case PG_QUERY__NODE__NODE_A_CONST:
        return constant_gives(cx, node->a_const, ret_type);
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        return takes_cast(cx, node->type_cast, ret_type);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return call_gives(cx, node, ret_type);
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        return case_gives(cx, node->case_expr, ret_type);
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return common_of(cx, node->coalesce_expr->args, node->coalesce_expr->n_args, ret_type);
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        return list_gives(cx, node->a_array_expr, ret_type);
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        named = named_column(cx, node->column_ref);
        if (named != NULL) {
            *ret_type = named->type;
        }
        return named != NULL;
    default:
        return not_known(cx);
    }
}

static bool fits(const UsingCx *cx, const Node *node)
{
    const ColumnType *to = type_said(cx->to);
    const bool is_other = node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF &&
                          node->node_case != PG_QUERY__NODE__NODE_TYPE_CAST &&
                          node->node_case != PG_QUERY__NODE__NODE_CASE_EXPR &&
                          node->node_case != PG_QUERY__NODE__NODE_COALESCE_EXPR;
    ColumnType type = {0};
    if (is_open(node)) {
        return constant_fits(cx, node, to);
    }
    if (is_other && !to->list && type_is_kin(to->id, KIN_TEXT)) {
        return true; /* whatever it is, a text can be made of it */
    }
    return gives_of(cx, node, &type) && is_assigned(cx, &type);
}

bool redo_using_fits(SqlReplay *cx, const Column *column, const Node *expression,
                     const ColumnType *to)
{
    const UsingCx using = {cx, column, to};
    ColumnList named = {0};
    if (tree_foreign_function(cx, expression) != NULL) {
        return realm_unknown(cx->realm, "a change of type that calls a function");
    }
    return tree_columns(cx, expression, column->table, &named) && fits(&using, expression);
}
