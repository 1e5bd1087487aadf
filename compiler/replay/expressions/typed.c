/*
 * typed.c - the type of an expression, from its leaves up. Bounded by the nesting of its text.
 */
#include "base/common.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/catalog/casts.h"
#include "compiler/catalog/types.h"
#include "compiler/replay/expressions/typed_internal.h"

Typed typed_gives(TypeId id, ColumnType *ret_type)
{
    *ret_type = plain_type(id);
    return TYPED;
}

bool typed_ends(Typed end)
{
    return end == TYPED_NOT_KNOWN || end == TYPED_REFUSED;
}

/* --- leaves -------------------------------------------------------------------------------------
 */

bool literal_is(SqlReplay *cx, const Node *node, const ColumnType *said)
{
    const ColumnType *type = type_said(said);
    const PgQuery__AConst *constant =
        node->node_case == PG_QUERY__NODE__NODE_A_CONST ? node->a_const : NULL;
    const char *text = constant == NULL || constant->isnull ? NULL : constant->sval->sval;
    if (constant != NULL && constant->isnull) {
        return true;
    }
    if (constant == NULL || type->list) {
        return constant != NULL && strcmp(text, "{}") == 0;
    }
    if (type->id == TYPE_ENUM) {
        return enum_has_value(type->enum_type, redo_name(cx, text));
    }
    if (category_of(type) == CATEGORY_MOMENT) {
        return strlen(text) == strlen("2020-01-01") &&
               strspn(text, "0123456789-") == strlen(text) && text[4] == '-' && text[5] < '2' &&
               text[6] != '0' && text[7] == '-' && text[8] < '3' && text[9] != '0';
    }
    if (category_of(type) == CATEGORY_NONE || type->id == TYPE_OTHER) {
        return type->id == TYPE_CITEXT;
    }
    if (category_of(type) == CATEGORY_JSONB) {
        return strcmp(text, "{}") == 0 || strcmp(text, "[]") == 0 || strcmp(text, "null") == 0;
    }
    return redo_literal_reads(type->id, text);
}

static Typed of_constant(const PgQuery__AConst *constant, ColumnType *ret_type)
{
    if (constant->isnull) {
        return TYPED_OPEN;
    }
    switch ((int)constant->val_case) { /* an open set */
    case PG_QUERY__A__CONST__VAL_SVAL:
        return TYPED_OPEN;
    case PG_QUERY__A__CONST__VAL_IVAL:
        return typed_gives(TYPE_INTEGER, ret_type);
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
        return typed_gives(TYPE_BOOLEAN, ret_type);
    case PG_QUERY__A__CONST__VAL_FVAL: {
        enum { DIGITS = 18 };
        const char *text = constant->fval->fval;
        const bool is_whole = strspn(text, "0123456789") == strlen(text) && strlen(text) <= DIGITS;
        return typed_gives(is_whole ? TYPE_BIGINT : TYPE_DECIMAL, ret_type);
    }
    default:
        return TYPED_NOT_KNOWN;
    }
}

/* Of several tables the only one that has it. */
static const Column *column_of_query(const TypedCx *cx, Name alias, Name name)
{
    const Column *found = NULL;
    vec_each(const TypedTable, at, cx->tables) {
        const Column *column =
            alias == NULL || alias == at->alias ? table_find_column(at->table, name) : NULL;
        if (column != NULL && found != NULL) {
            return NULL;
        }
        found = column != NULL ? column : found;
    }
    return found;
}

static Typed of_column(const TypedCx *cx, const PgQuery__ColumnRef *ref, ColumnType *ret_type)
{
    const Name name = redo_name_of(cx->replay, ref->fields[ref->n_fields - 1]);
    const Name alias =
        ref->n_fields < 2 ? NULL : redo_name_of(cx->replay, ref->fields[ref->n_fields - 2]);
    const Column *column = name == NULL         ? NULL
                           : cx->tables != NULL ? column_of_query(cx, alias, name)
                           : cx->table != NULL  ? table_find_column(cx->table, name)
                                                : NULL;
    if (column == NULL) {
        return TYPED_NOT_KNOWN;
    }
    *ret_type = column->type;
    return TYPED;
}

static Typed of_session(const PgQuery__SQLValueFunction *value, ColumnType *ret_type)
{
    switch ((int)value->op) { /* the others are names */
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE:
        return typed_gives(TYPE_DATE, ret_type);
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N:
        return typed_gives(TYPE_TIMESTAMPTZ, ret_type);
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N:
        return typed_gives(TYPE_TIMESTAMP, ret_type);
    default:
        return TYPED_NOT_KNOWN;
    }
}

/* --- casts --------------------------------------------------------------------------------------
 */

static Typed of_cast(const TypedCx *cx, const PgQuery__TypeCast *cast, ColumnType *ret_type)
{
    ColumnType inner = {0};
    ReplayType type;
    const RealmFault before = cx->replay->realm->fault;
    if (!redo_true_type(cx->replay, cast->type_name, &type)) {
        if (cx->replay->realm->fault.sqlstate != NULL) {
            return TYPED_REFUSED;
        }
        cx->replay->realm->fault = before;
        return TYPED_NOT_KNOWN;
    }
    const Typed end = typed_it(cx, cast->arg, &inner);
    if (typed_ends(end)) {
        return end;
    }
    *ret_type = type.type;
    if (end == TYPED_OPEN) {
        const bool is_trusted = category_of(ret_type) == CATEGORY_NONE ||
                                category_of(ret_type) == CATEGORY_LIST ||
                                category_of(ret_type) == CATEGORY_JSON;
        if (type_said(ret_type)->id == TYPE_ENUM && !type_said(ret_type)->list &&
            !literal_is(cx->replay, cast->arg, ret_type)) {
            (void)realm_refuse(cx->replay->realm, "22P02", "invalid input value for enum %s",
                               type_said(ret_type)->enum_type->name->text);
            return TYPED_REFUSED;
        }
        return is_trusted || literal_is(cx->replay, cast->arg, ret_type) ? TYPED : TYPED_NOT_KNOWN;
    }
    const ColumnType *from = type_said(&inner), *to = type_said(ret_type);
    if (cast_is_asked(from, to) || type_same(from, to)) {
        return TYPED;
    }
    if (from->id == TYPE_OTHER || to->id == TYPE_OTHER || cx->replay->realm->casts > 0) {
        return TYPED_NOT_KNOWN;
    }
    (void)realm_refuse(cx->replay->realm, "42846", "cannot cast type %s to %s",
                       redo_type_text(cx->replay, &inner), redo_type_text(cx->replay, ret_type));
    return TYPED_REFUSED;
}

/* --- operators ----------------------------------------------------------------------------------
 */

static Typed operand_of(const TypedCx *cx, const Node *node, Operand *ret_operand)
{
    *ret_operand = (Operand){.node = node, .end = TYPED_OPEN};
    if (node != NULL) {
        ret_operand->end = typed_it(cx, node, &ret_operand->type);
    }
    return ret_operand->end;
}

/* Each of a list, against the left side. */
static Typed of_each(const TypedCx *cx, const char *name, const Operand *left, const Node *right,
                     ColumnType *ret_type)
{
    if (right->node_case != PG_QUERY__NODE__NODE_LIST) {
        return TYPED_NOT_KNOWN;
    }
    for (size_t i = 0; i < right->list->n_items; i++) {
        Operand item;
        Typed end = operand_of(cx, right->list->items[i], &item);
        end = typed_ends(end) ? end : compared(cx->replay, name, left, &item, ret_type);
        if (typed_ends(end)) {
            return end;
        }
    }
    return typed_gives(TYPE_BOOLEAN, ret_type);
}

static Typed of_any(const TypedCx *cx, const char *name, const Operand *left, const Node *right,
                    ColumnType *ret_type)
{
    Operand list;
    const Typed end = operand_of(cx, right, &list);
    if (end != TYPED || !type_is_list(type_said(&list.type))) {
        return end == TYPED_REFUSED ? end : TYPED_NOT_KNOWN;
    }
    list.type = *type_said(&list.type);
    list.type.list = false;
    return list.type.id == TYPE_OTHER ? TYPED_NOT_KNOWN
                                      : operated(cx->replay, name, left, &list, ret_type);
}

/* `(a, b) <> (c, d)` */
static Typed of_rows(const TypedCx *cx, const char *name, const PgQuery__RowExpr *left,
                     const PgQuery__RowExpr *right, ColumnType *ret_type)
{
    if (left->n_args != right->n_args || left->n_args == 0) {
        return TYPED_NOT_KNOWN;
    }
    for (size_t i = 0; i < left->n_args; i++) {
        Operand a, b;
        Typed end = operand_of(cx, left->args[i], &a);
        end = typed_ends(end) ? end : operand_of(cx, right->args[i], &b);
        end = typed_ends(end) ? end : compared(cx->replay, name, &a, &b, ret_type);
        if (typed_ends(end)) {
            return end;
        }
    }
    return TYPED;
}

static bool is_row(const Node *node)
{
    return node != NULL && node->node_case == PG_QUERY__NODE__NODE_ROW_EXPR;
}

/* The server's own, also where that is said; "" of another's. */
static const char *operator_name(const PgQuery__AExpr *expr)
{
    const bool is_said =
        expr->n_name == 2 && strcmp(expr->name[0]->string->sval, "pg_catalog") == 0;
    return expr->n_name == 1 || is_said ? expr->name[expr->n_name - 1]->string->sval : "";
}

static Typed of_operator(const TypedCx *cx, const PgQuery__AExpr *expr, ColumnType *ret_type)
{
    const char *name = operator_name(expr);
    if (expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP && is_row(expr->lexpr) &&
        is_row(expr->rexpr)) {
        return of_rows(cx, name, expr->lexpr->row_expr, expr->rexpr->row_expr, ret_type);
    }
    Operand left, right;
    const Typed end = operand_of(cx, expr->lexpr, &left);
    if (typed_ends(end)) {
        return end;
    }
    switch ((int)expr->kind) { /* an open set */
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
        return of_each(cx, name, &left, expr->rexpr, ret_type);
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
        return of_each(cx, "<=", &left, expr->rexpr, ret_type);
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
        return of_any(cx, name, &left, expr->rexpr, ret_type);
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
    case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
        break;
    default:
        return TYPED_NOT_KNOWN;
    }
    const Typed other = operand_of(cx, expr->rexpr, &right);
    if (typed_ends(other)) {
        return other;
    }
    const Typed given = operated(cx->replay, name, &left, &right, ret_type);
    if (given == TYPED && expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF) {
        *ret_type = left.end == TYPED ? left.type : plain_type(TYPE_TEXT);
    }
    return given;
}

/* --- any ----------------------------------------------------------------------------------------
 */

static Typed of_tested(const TypedCx *cx, const Node *arg, ColumnType *ret_type)
{
    ColumnType type = {0};
    const Typed end = typed_it(cx, arg, &type);
    return typed_ends(end) ? end : typed_gives(TYPE_BOOLEAN, ret_type);
}

Typed typed_it(const TypedCx *cx, const Node *node, /* NOLINT(misc-no-recursion): bounded */
               ColumnType *ret_type)
{
    switch ((int)node->node_case) { /* an open set */
    case PG_QUERY__NODE__NODE_A_CONST:
        return of_constant(node->a_const, ret_type);
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        return of_column(cx, node->column_ref, ret_type);
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
        return of_session(node->sqlvalue_function, ret_type);
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        return of_cast(cx, node->type_cast, ret_type);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return typed_call(cx, node, ret_type);
    case PG_QUERY__NODE__NODE_A_EXPR:
        return of_operator(cx, node->a_expr, ret_type);
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
        return typed_truths(cx, node->bool_expr->args, node->bool_expr->n_args, ret_type);
    case PG_QUERY__NODE__NODE_NULL_TEST:
        return of_tested(cx, node->null_test->arg, ret_type);
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
        return typed_truths(cx, (Node *const[]){node->boolean_test->arg}, 1, ret_type);
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        return typed_case(cx, node->case_expr, ret_type);
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return typed_many(cx, "COALESCE", node->coalesce_expr->args, node->coalesce_expr->n_args,
                          ret_type);
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        return typed_list(cx, node->a_array_expr, ret_type);
    default:
        return TYPED_NOT_KNOWN;
    }
}

Typed typed_of(SqlReplay *cx, const Table *table, const Node *node, ColumnType *ret_type)
{
    const TypedCx typed = {.replay = cx, .table = table};
    return typed_it(&typed, node, ret_type);
}

bool typed_is_taken(SqlReplay *cx, const Table *table, const Node *node, const char *condition)
{
    ColumnType type = {0};
    switch (typed_of(cx, table, node, &type)) {
    case TYPED:
        return condition == NULL || (!type.list && type_said(&type)->id == TYPE_BOOLEAN) ||
               realm_refuse(cx->realm, "42804", "argument of %s must be type boolean, not type %s",
                            condition, redo_type_text(cx, &type));
    case TYPED_OPEN:
    case TYPED_NOT_KNOWN:
        return realm_unknown(cx->realm, "the type of an expression");
    case TYPED_REFUSED:
        break;
    }
    return false;
}

bool typed_is_default(SqlReplay *cx, const Table *table, const Column *column, const Node *node)
{
    ColumnType type = {0};
    const ColumnType *to = type_said(&column->type);
    switch (typed_of(cx, table, node, &type)) {
    case TYPED:
        if (cast_is_assigned(type_said(&type), to) ||
            (type.list == to->list && type_same(type_said(&type), to))) {
            return true;
        }
        return type_said(&type)->id == TYPE_OTHER || to->id == TYPE_OTHER || cx->realm->casts > 0
                   ? realm_unknown(cx->realm, "whether a default is of its column's type")
                   : realm_refuse(cx->realm, "42804",
                                  "column `%s` is of type %s but default expression is of type %s",
                                  column->name->text, redo_type_text(cx, &column->type),
                                  redo_type_text(cx, &type));
    case TYPED_OPEN:
    case TYPED_NOT_KNOWN:
        return true;
    case TYPED_REFUSED:
        break;
    }
    return false;
}
