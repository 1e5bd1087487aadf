/*
 * computed.c - columns that take no value from a statement.
 */
#include "base/common.h"

#include "compiler/replay/read/computed.h"

static bool is_default(const Node *value)
{
    return value != NULL && value->node_case == PG_QUERY__NODE__NODE_SET_TO_DEFAULT;
}

static bool is_computed(const Column *column)
{
    return column->generated != NULL || column->identity == IDENTITY_ALWAYS;
}

static bool is_before(const SqlReplay *cx, int version)
{
    const int own = cx->realm->catalog->server_version;
    return own != 0 && own < version;
}

enum { VERSION_13 = 130000, VERSION_14 = 140000 };

static bool refuse(SqlReplay *cx, const Column *column)
{
    const bool is_old = column->generated != NULL && is_before(cx, VERSION_14);
    return realm_refuse(cx->realm, is_old ? "42601" : "428C9",
                        "column `%s` can only be its DEFAULT", column->name->text);
}

/* OVERRIDING: the value is kept, or the sequence's taken in its place. */
static bool is_overridden(const SqlReplay *cx, const Column *column,
                          PgQuery__OverridingKind override)
{
    const bool by_user = override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_USER_VALUE;
    return column->generated == NULL &&
           (override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_SYSTEM_VALUE ||
            (by_user && !is_before(cx, VERSION_13)));
}

/* --- INSERT -------------------------------------------------------------------------------------
 */

/* Does a row give the column, whose place it is, something else? Older servers know DEFAULT in no
 * more than one row. */
static bool gives_value(const SqlReplay *cx, const PgQuery__SelectStmt *select, size_t place)
{
    const bool may_be_default = select->n_values_lists == 1 || !is_before(cx, VERSION_14);
    if (select->n_values_lists == 0) {
        return true; /* a query knows no DEFAULT */
    }
    for (size_t i = 0; i < select->n_values_lists; i++) {
        const PgQuery__List *row = select->values_lists[i]->list;
        if (place < row->n_items && !(may_be_default && is_default(row->items[place]))) {
            return true;
        }
    }
    return false;
}

/* How many columns a query gives; 0: not known. */
static size_t columns_given(const PgQuery__SelectStmt *select)
{
    while (select->larg != NULL) {
        select = select->larg;
    }
    if (select->n_values_lists > 0) {
        return select->values_lists[0]->list->n_items;
    }
    for (size_t i = 0; i < select->n_target_list; i++) {
        const Node *value = select->target_list[i]->res_target->val;
        const PgQuery__ColumnRef *ref =
            value != NULL && value->node_case == PG_QUERY__NODE__NODE_COLUMN_REF ? value->column_ref
                                                                                 : NULL;
        if (ref != NULL &&
            ref->fields[ref->n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR) {
            return 0;
        }
    }
    return select->n_target_list;
}

static bool takes(SqlReplay *cx, const PgQuery__InsertStmt *stmt, const Column *column,
                  size_t place)
{
    return !is_computed(column) || is_overridden(cx, column, stmt->override) ||
           !gives_value(cx, stmt->select_stmt->select_stmt, place) || refuse(cx, column);
}

/* Without a list of columns: those that the query reaches, where that can be counted. */
static bool takes_all(SqlReplay *cx, const PgQuery__InsertStmt *stmt, const Table *table)
{
    const size_t count = columns_given(stmt->select_stmt->select_stmt);
    for (size_t i = 0; i < table->columns.count; i++) {
        const Column *column = table->columns.items[i];
        if (count == 0 && is_computed(column)) {
            return realm_unknown(cx->realm, "how many columns a query gives");
        }
        if (i < count && !takes(cx, stmt, column, i)) {
            return false;
        }
    }
    return true;
}

bool insert_spares_computed(SqlReplay *cx, const PgQuery__InsertStmt *stmt, const Table *table)
{
    const PgQuery__OnConflictClause *conflict = stmt->on_conflict_clause;
    if (conflict != NULL &&
        !update_spares_computed(cx, conflict->target_list, conflict->n_target_list, table)) {
        return false;
    }
    if (stmt->select_stmt == NULL ||
        stmt->select_stmt->node_case != PG_QUERY__NODE__NODE_SELECT_STMT) {
        return true; /* DEFAULT VALUES */
    }
    if (stmt->n_cols == 0) {
        return takes_all(cx, stmt, table);
    }
    for (size_t i = 0; i < stmt->n_cols; i++) {
        const PgQuery__ResTarget *target = stmt->cols[i]->res_target;
        const Column *column = table_find_column(table, redo_name(cx, target->name));
        if (column != NULL && target->n_indirection == 0 && !takes(cx, stmt, column, i)) {
            return false;
        }
    }
    return true;
}

/* --- UPDATE -------------------------------------------------------------------------------------
 */

/* `(a, b) = ROW (DEFAULT, 1)` may give each its own; of a query all are values. */
static bool is_spared(const Node *value)
{
    const PgQuery__MultiAssignRef *many =
        value != NULL && value->node_case == PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF
            ? value->multi_assign_ref
            : NULL;
    if (many == NULL) {
        return is_default(value);
    }
    if (many->source->node_case != PG_QUERY__NODE__NODE_ROW_EXPR) {
        return false;
    }
    const PgQuery__RowExpr *row = many->source->row_expr;
    const size_t place = (size_t)many->colno - 1;
    return place < row->n_args && is_default(row->args[place]);
}

bool update_spares_computed(SqlReplay *cx, Node *const *targets, size_t count, const Table *table)
{
    for (size_t i = 0; i < count; i++) {
        if (targets[i]->node_case != PG_QUERY__NODE__NODE_RES_TARGET) {
            continue;
        }
        const PgQuery__ResTarget *target = targets[i]->res_target;
        const Column *column = table_find_column(table, redo_name(cx, target->name));
        if (column != NULL && is_computed(column) && !is_spared(target->val)) {
            return refuse(cx, column);
        }
    }
    return true;
}

/* --- MERGE --------------------------------------------------------------------------------------
 */

bool merge_spares_computed(SqlReplay *cx, const PgQuery__MergeWhenClause *when, const Table *table)
{
    if (when->command_type == PG_QUERY__CMD_TYPE__CMD_UPDATE) {
        return update_spares_computed(cx, when->target_list, when->n_target_list, table);
    }
    for (size_t i = 0; i < when->n_values && i < table->columns.count; i++) {
        const PgQuery__ResTarget *target =
            i < when->n_target_list ? when->target_list[i]->res_target : NULL;
        const Column *column = target == NULL
                                   ? table->columns.items[i]
                                   : table_find_column(table, redo_name(cx, target->name));
        if (column != NULL && is_computed(column) && !is_default(when->values[i]) &&
            !is_overridden(cx, column, when->override)) {
            return refuse(cx, column);
        }
    }
    return true;
}
