/*
 * using.c - USING of a column that gets another type: does what the expression gives become a value
 * of that type? As far as its form tells its type; the rest is for a server.
 *
 * Source: PostgreSQL manual, ALTER TABLE, "Value Storage" of "Type Conversion", CREATE CAST.
 */
#include "base/common.h"

#include "compiler/catalog/casts.h"
#include "compiler/catalog/types.h"
#include "compiler/replay/expressions/expressions.h"
#include "compiler/replay/expressions/typed.h"

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

static bool fits(const UsingCx *cx, const Node *node)
{
    const ColumnType *to = type_said(cx->to);
    const bool is_text = !to->list && type_is_kin(to->id, KIN_TEXT);
    ColumnType type = {0};
    switch (typed_of(cx->replay, cx->column->table, node, &type)) {
    case TYPED:
        return is_assigned(cx, &type);
    case TYPED_OPEN:
        return constant_fits(cx, node, to);
    case TYPED_NOT_KNOWN: /* whatever it is, a text can be made of it */
        return is_text || not_known(cx);
    case TYPED_REFUSED:
        break;
    }
    return false;
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
