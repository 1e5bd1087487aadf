/*
 * data_scope.c - do the names of a statement about rows mean something?
 *
 * Such statements are passed over (compiler/replay/data.c), but not one that a server would refuse
 * for a column that is not there. Where what a name means rests on something that is not known here
 * (a function's columns, a temporary table's) it is not asked about.
 */
#include "base/common.h"

#include "compiler/replay/read/view_scope_internal.h"

/* --- rows of VALUES -----------------------------------------------------------------------------
 */

static bool fits(SqlReplay *cx, const PgQuery__InsertStmt *stmt, const Table *table)
{
    const Node *from = stmt->select_stmt;
    const PgQuery__SelectStmt *select =
        from != NULL && from->node_case == PG_QUERY__NODE__NODE_SELECT_STMT ? from->select_stmt
                                                                            : NULL;
    for (size_t i = 0; select != NULL && i < select->n_values_lists; i++) {
        const size_t given = select->values_lists[i]->list->n_items;
        const size_t wanted = stmt->n_cols > 0 ? stmt->n_cols : table->columns.count;
        if (given > wanted) {
            return realm_refuse(cx->realm, "42601",
                                "INSERT has more expressions than target columns");
        }
        if (stmt->n_cols > 0 && given < wanted) {
            return realm_refuse(cx->realm, "42601",
                                "INSERT has more target columns than expressions");
        }
    }
    return true;
}

/* --- ON CONFLICT --------------------------------------------------------------------------------
 */

static bool is_over(const ColumnList *columns, const ColumnList *wanted)
{
    bool same = columns->count == wanted->count;
    for (size_t i = 0; same && i < columns->count; i++) {
        same = column_in_list(columns->items[i], wanted->items, wanted->count);
    }
    return same;
}

static bool has_unique(const Table *table, const ColumnList *wanted)
{
    if (table->primary_key != NULL && is_over(&table->primary_key->columns, wanted)) {
        return true;
    }
    vec_each(Index *const, at, &table->indexes) {
        bool same = (*at)->kind == INDEX_UNIQUE && (*at)->parts.count == wanted->count;
        vec_each(const IndexPart, part, &(*at)->parts) {
            same = same && (part->column == NULL ||
                            column_in_list(part->column, wanted->items, wanted->count));
        }
        if (same) {
            return true;
        }
    }
    return false;
}

/* The columns that a key is wanted over. */
static bool resolve_target(ScopeCx *cx, const PgQuery__InferClause *infer, const Table *table)
{
    ColumnList wanted = {0};
    for (size_t i = 0; infer != NULL && i < infer->n_index_elems; i++) {
        const PgQuery__IndexElem *element = infer->index_elems[i]->index_elem;
        if (element->name == NULL || element->name[0] == '\0') {
            return true; /* an expression */
        }
        Column *column = table_find_column(table, redo_name(cx->replay, element->name));
        if (column == NULL) {
            return realm_refuse(cx->replay->realm, "42703", "column `%s` does not exist",
                                element->name);
        }
        vec_push(cx->replay->arena, &wanted, column);
    }
    cx->is_missing = wanted.count > 0 && !has_unique(table, &wanted);
    return !cx->is_missing ||
           realm_unknown(cx->replay->realm,
                         "ON CONFLICT over columns that no unique index is over");
}

static bool resolve_conflict(ScopeCx *cx, const PgQuery__OnConflictClause *clause, Scope *scope,
                             Table *table)
{
    Scope both = *scope;
    const ScopeItem excluded = {.alias = intern_cstr(cx->replay->names, "excluded"),
                                .table = table};
    if (clause == NULL) {
        return true;
    }
    vec_push(cx->replay->arena, &both.items, excluded);
    return resolve_target(cx, clause->infer, table) &&
           scope_resolve_nodes(cx, &both, clause->target_list, clause->n_target_list) &&
           scope_resolve_node(cx, &both, clause->where_clause);
}

/* --- the statements -----------------------------------------------------------------------------
 */

/* The table whose rows change, as the scope's first item; false: it is no table. */
static bool add_target(ScopeCx *cx, Scope *scope, const PgQuery__RangeVar *range)
{
    return scope_add_relation(cx, scope, range) && scope->items.items[0].table != NULL;
}

static bool resolve_insert(ScopeCx *cx, const PgQuery__InsertStmt *stmt)
{
    Scope outer = {0}, scope = {0};
    QueryColumnList columns = {0};
    if (!scope_add_named(cx, &outer, stmt->with_clause) ||
        !add_target(cx, &scope, stmt->relation)) {
        return false;
    }
    scope.outer = &outer;
    Table *table = scope.items.items[0].table;
    if (!fits(cx->replay, stmt, table)) {
        return false;
    }
    const bool has_query = stmt->select_stmt != NULL &&
                           stmt->select_stmt->node_case == PG_QUERY__NODE__NODE_SELECT_STMT;
    return (!has_query ||
            scope_resolve_select(cx, stmt->select_stmt->select_stmt, &outer, &columns)) &&
           resolve_conflict(cx, stmt->on_conflict_clause, &scope, table) &&
           scope_resolve_nodes(cx, &scope, stmt->returning_list, stmt->n_returning_list);
}

static bool add_sources(ScopeCx *cx, Scope *scope, Node *const *sources, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!scope_add_from(cx, scope, sources[i])) {
            return false;
        }
    }
    return true;
}

static bool resolve_update(ScopeCx *cx, const PgQuery__UpdateStmt *stmt)
{
    Scope scope = {0};
    return scope_add_named(cx, &scope, stmt->with_clause) &&
           add_target(cx, &scope, stmt->relation) &&
           add_sources(cx, &scope, stmt->from_clause, stmt->n_from_clause) &&
           scope_resolve_nodes(cx, &scope, stmt->target_list, stmt->n_target_list) &&
           scope_resolve_node(cx, &scope, stmt->where_clause) &&
           scope_resolve_nodes(cx, &scope, stmt->returning_list, stmt->n_returning_list);
}

static bool resolve_delete(ScopeCx *cx, const PgQuery__DeleteStmt *stmt)
{
    Scope scope = {0};
    return scope_add_named(cx, &scope, stmt->with_clause) &&
           add_target(cx, &scope, stmt->relation) &&
           add_sources(cx, &scope, stmt->using_clause, stmt->n_using_clause) &&
           scope_resolve_node(cx, &scope, stmt->where_clause) &&
           scope_resolve_nodes(cx, &scope, stmt->returning_list, stmt->n_returning_list);
}

static bool resolve_merge(ScopeCx *cx, const PgQuery__MergeStmt *stmt)
{
    Scope scope = {0};
    if (!scope_add_named(cx, &scope, stmt->with_clause) ||
        !add_target(cx, &scope, stmt->relation) ||
        !scope_add_from(cx, &scope, stmt->source_relation) ||
        !scope_resolve_node(cx, &scope, stmt->join_condition)) {
        return false;
    }
    for (size_t i = 0; i < stmt->n_merge_when_clauses; i++) {
        const PgQuery__MergeWhenClause *when = stmt->merge_when_clauses[i]->merge_when_clause;
        if (!scope_resolve_node(cx, &scope, when->condition) ||
            !scope_resolve_nodes(cx, &scope, when->target_list, when->n_target_list) ||
            !scope_resolve_nodes(cx, &scope, when->values, when->n_values)) {
            return false;
        }
    }
    return true;
}

static bool resolve(ScopeCx *cx, const Node *stmt)
{
    QueryColumnList columns = {0};
    switch ((int)stmt->node_case) { /* an open set */
    case PG_QUERY__NODE__NODE_SELECT_STMT:
        return scope_resolve_select(cx, stmt->select_stmt, NULL, &columns);
    case PG_QUERY__NODE__NODE_INSERT_STMT:
        return resolve_insert(cx, stmt->insert_stmt);
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
        return resolve_update(cx, stmt->update_stmt);
    case PG_QUERY__NODE__NODE_DELETE_STMT:
        return resolve_delete(cx, stmt->delete_stmt);
    case PG_QUERY__NODE__NODE_MERGE_STMT:
        return resolve_merge(cx, stmt->merge_stmt);
    default:
        return true;
    }
}

bool query_names_exist(SqlReplay *cx, const Node *stmt)
{
    QueryUses uses = {0};
    ScopeCx scope = {.replay = cx, .uses = &uses};
    Realm *realm = cx->realm;
    if (cx->in_block || resolve(&scope, stmt)) { /* a block's variables look like columns */
        return true;
    }
    const char *state = realm->fault.sqlstate;
    const bool is_certain = state != NULL && strcmp(state, "42P01") != 0;
    if (is_certain || scope.is_missing) {
        return false;
    }
    realm->fault = (RealmFault){0};
    return true;
}
