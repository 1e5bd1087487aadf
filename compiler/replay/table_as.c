/*
 * table_as.c - CREATE TABLE AS and SELECT INTO: a table with the columns of a query, as far as
 * their types can be told.
 *
 * Source: PostgreSQL manual, CREATE TABLE AS, SELECT INTO, "Type Conversion".
 */
#include "base/common.h"

#include "compiler/replay/read/view_scope.h"
#include "compiler/replay/replay_internal.h"

/* --- the type of a column -----------------------------------------------------------------------
 */

static bool constant_type(const PgQuery__AConst *constant, ColumnType *type)
{
    if (constant->isnull) {
        type->id = TYPE_TEXT;
        return true;
    }
    switch ((int)constant->val_case) { /* an open set */
    case PG_QUERY__A__CONST__VAL_SVAL:
        type->id = TYPE_TEXT;
        return true;
    case PG_QUERY__A__CONST__VAL_IVAL:
        type->id = TYPE_INTEGER;
        return true;
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
        type->id = TYPE_BOOLEAN;
        return true;
    default:
        return false;
    }
}

static bool call_type(const PgQuery__FuncCall *call, ColumnType *type)
{
    static const struct {
        const char *name;
        TypeId type;
    } known[] = {
        {"bool_and", TYPE_BOOLEAN}, {"bool_or", TYPE_BOOLEAN},   {"concat", TYPE_TEXT},
        {"count", TYPE_BIGINT},     {"dense_rank", TYPE_BIGINT}, {"gen_random_uuid", TYPE_UUID},
        {"md5", TYPE_TEXT},         {"now", TYPE_TIMESTAMPTZ},   {"random", TYPE_DOUBLE_PRECISION},
        {"rank", TYPE_BIGINT},      {"row_number", TYPE_BIGINT}, {"string_agg", TYPE_TEXT},
    };
    const Node *last = call->funcname[call->n_funcname - 1];
    for (size_t i = 0; i < lengthof(known); i++) {
        if (last->node_case == PG_QUERY__NODE__NODE_STRING &&
            strcmp(last->string->sval, known[i].name) == 0) {
            type->id = known[i].type;
            return true;
        }
    }
    return false;
}

static bool expression_type(SqlReplay *cx, const Node *node, ColumnType *type)
{
    ReplayType cast;
    bool known = false;
    *type = (ColumnType){.arguments = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT}};
    switch ((int)node->node_case) { /* an open set */
    case PG_QUERY__NODE__NODE_A_CONST:
        known = constant_type(node->a_const, type);
        break;
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        if (!redo_true_type(cx, node->type_cast->type_name, &cast)) {
            return false;
        }
        *type = cast.type;
        known = !cast.not_null;
        break;
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        known = call_type(node->func_call, type);
        break;
    default:
        break;
    }
    return known || realm_unknown(cx->realm, "the type of a column that a query gives");
}

static bool add_column(SqlReplay *cx, Table *table, Name name, const QueryColumn *given)
{
    ColumnType type = {0};
    const Column *of = given->of;
    if (of == NULL && given->expression == NULL) {
        return realm_unknown(cx->realm, "the type of a column that a query gives");
    }
    if (of == NULL && !expression_type(cx, given->expression, &type)) {
        return false;
    }
    Column *column = realm_add_column(cx->realm, table, name);
    if (column == NULL) {
        return false;
    }
    if (of != NULL && of->type.domain_of != NULL && of->not_null) {
        return realm_unknown(cx->realm, "a column of a domain that a query gives");
    }
    column->type = of == NULL ? type : of->type;
    column->collation = of == NULL ? NULL : of->collation;
    return true;
}

bool redo_fill_table(SqlReplay *cx, const PgQuery__IntoClause *into,
                     const PgQuery__SelectStmt *select, Name schema, Name name)
{
    QueryUses uses = {0};
    QueryColumnList columns = {0};
    if (select->larg != NULL) {
        return realm_unknown(cx->realm, "a table made of several queries");
    }
    if (!query_resolve(cx, select, &uses, &columns) || !redo_query_is_taken(cx, select)) {
        return false;
    }
    if (into->n_col_names > columns.count) {
        return realm_refuse(cx->realm, "42601", "too many column names were specified");
    }
    Table *table = realm_add_table(cx->realm, schema, name);
    for (size_t i = 0; table != NULL && i < columns.count; i++) {
        const Name called =
            i < into->n_col_names ? redo_name_of(cx, into->col_names[i]) : columns.items[i].name;
        if (!add_column(cx, table, called, &columns.items[i])) {
            return false;
        }
    }
    if (table == NULL) {
        return false;
    }
    if (into->n_options > 0 || (into->access_method != NULL && into->access_method[0] != '\0')) {
        realm_goes_beyond(cx->realm, "properties of a table");
    }
    realm_table_state(cx->realm, table)->may_have_rows = !into->skip_data;
    return true;
}
