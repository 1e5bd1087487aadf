/*
 * using.c - USING of a column that gets another type: does what the expression gives become a value
 * of that type? As far as its form tells its type; the rest is for a server.
 *
 * Source: PostgreSQL manual, ALTER TABLE, "Value Storage" of "Type Conversion", CREATE CAST.
 */
#include "base/common.h"

#include "compiler/catalog/casts.h"
#include "compiler/catalog/types.h"
#include "compiler/replay/replay_internal.h"

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
    const bool reads = type_is_kin(type->id, KIN_TEXT) || type_is_kin(type->id, KIN_NUMBER) ||
                       type->id == TYPE_BOOLEAN || type->id == TYPE_UUID;
    if (node->a_const->isnull) {
        return true;
    }
    return reads && !type->list ? redo_literal_fits(cx->replay, type, node) : not_known(cx);
}

/* NULL after a fault. */
static const Column *named_column(const UsingCx *cx, const PgQuery__ColumnRef *ref)
{
    return realm_column(cx->replay->realm, cx->column->table,
                        redo_name_of(cx->replay, ref->fields[ref->n_fields - 1]));
}

/* Of a column or another cast; what else is cast is taken to be right. */
static bool takes_cast(const UsingCx *cx, const PgQuery__TypeCast *cast, ColumnType *ret_type)
{
    const Node *of = cast->arg;
    ColumnType inner = {0};
    ReplayType type;
    if (!redo_type(cx->replay, cast->type_name, &type)) {
        return false;
    }
    *ret_type = type.type;
    if (of->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
        return takes_cast(cx, of->type_cast, &inner) && is_cast(cx, &inner, ret_type);
    }
    if (of->node_case == PG_QUERY__NODE__NODE_COLUMN_REF) {
        const Column *named = named_column(cx, of->column_ref);
        return named != NULL && is_cast(cx, &named->type, ret_type);
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

static bool fits(const UsingCx *cx, const Node *node);

static bool all_fit(const UsingCx *cx, Node *const *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!fits(cx, nodes[i])) {
            return false;
        }
    }
    return true;
}

static bool case_fits(const UsingCx *cx, const PgQuery__CaseExpr *choice)
{
    for (size_t i = 0; i < choice->n_args; i++) {
        if (!fits(cx, choice->args[i]->case_when->result)) {
            return false;
        }
    }
    return choice->defresult == NULL || fits(cx, choice->defresult);
}

static bool list_fits(const UsingCx *cx, const PgQuery__AArrayExpr *list)
{
    ColumnType element = *type_said(cx->to);
    const UsingCx inner = {cx->replay, cx->column, &element};
    if (!element.list || !is_known(&element)) {
        return not_known(cx);
    }
    element.list = false;
    return all_fit(&inner, list->elements, list->n_elements);
}

/* Do both branches, the parts of a list, and so on: each by itself. Bounded by the text's nesting.
 */
static bool fits(const UsingCx *cx, const Node *node) /* NOLINT(misc-no-recursion): see above */
{
    static const ColumnType truth = {.id = TYPE_BOOLEAN, .arguments = {-1, -1}};
    ColumnType type = {0};
    const ColumnType *to = type_said(cx->to);
    if (gives_truth(node)) {
        return is_assigned(cx, &truth);
    }
    switch ((int)node->node_case) { /* an open set */
    case PG_QUERY__NODE__NODE_A_CONST:
        return constant_fits(cx, node, to);
    case PG_QUERY__NODE__NODE_COLUMN_REF: {
        const Column *named = named_column(cx, node->column_ref);
        return named != NULL && is_assigned(cx, &named->type);
    }
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        return takes_cast(cx, node->type_cast, &type) && is_assigned(cx, &type);
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        return case_fits(cx, node->case_expr);
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return all_fit(cx, node->coalesce_expr->args, node->coalesce_expr->n_args);
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        return list_fits(cx, node->a_array_expr);
    default: /* whatever it is, a text can be made of it */
        return (!to->list && type_is_kin(to->id, KIN_TEXT)) || not_known(cx);
    }
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
