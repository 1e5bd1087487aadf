/*
 * view_query.c - queries: what FROM and WITH name, and which columns a query gives.
 *
 * Source: PostgreSQL manual, "Table Expressions", "Select Lists", "WITH Queries".
 */
#include "base/common.h"

#include "compiler/replay/read/view_scope_internal.h"

/* --- FROM ---------------------------------------------------------------------------------------
 */

static const ScopeItem *find_named(const Scope *scope, Name name)
{
    for (; scope != NULL; scope = scope->outer) {
        for (size_t i = scope->named.count; i > 0; i--) {
            if (scope->named.items[i - 1].alias == name) {
                return &scope->named.items[i - 1];
            }
        }
    }
    return NULL;
}

static QueryColumnList view_columns(ScopeCx *cx, const Relation *view)
{
    QueryColumnList columns = {0};
    vec_each(const Name, at, &view->columns) {
        const QueryColumn column = {.name = *at};
        vec_push(cx->replay->arena, &columns, column);
    }
    return columns;
}

bool scope_add_relation(ScopeCx *cx, Scope *scope, const PgQuery__RangeVar *range)
{
    SqlReplay *replay = cx->replay;
    const RangeName name = redo_range(replay, range);
    const ScopeItem *named = name.schema == NULL ? find_named(scope, name.name) : NULL;
    ScopeItem item = {.alias = range->alias == NULL ? name.name
                                                    : redo_name(replay, range->alias->aliasname)};
    if (range->alias != NULL && range->alias->n_colnames > 0) {
        return realm_unknown(replay->realm, "columns renamed in FROM");
    }
    if (named != NULL) {
        item.columns = named->columns;
    } else {
        Relation *relation = realm_relation(replay->realm, name.schema, name.name);
        if (relation == NULL) {
            return realm_missing_to_read(replay->realm, name.schema, name.name);
        }
        if (relation->kind == RELATION_TABLE) {
            item.table = relation->table;
            scope_use_table(cx, relation->table);
        } else if (relation->kind == RELATION_VIEW ||
                   relation->kind == RELATION_MATERIALIZED_VIEW) {
            item.columns = view_columns(cx, relation);
            vec_push(replay->arena, &cx->uses->views, relation);
        } else {
            return realm_unknown(replay->realm, "a query over this kind of relation");
        }
    }
    vec_push(replay->arena, &scope->items, item);
    return true;
}

static bool add_query(ScopeCx *cx, Scope *scope, const PgQuery__RangeSubselect *range)
{
    ScopeItem item = {
        .alias = range->alias == NULL ? NULL : redo_name(cx->replay, range->alias->aliasname)};
    if (range->subquery->node_case != PG_QUERY__NODE__NODE_SELECT_STMT ||
        !scope_resolve_select(cx, range->subquery->select_stmt, scope, &item.columns)) {
        return realm_unknown(cx->replay->realm, "a query in FROM");
    }
    for (size_t i = 0; range->alias != NULL && i < range->alias->n_colnames; i++) {
        if (i < item.columns.count) {
            item.columns.items[i].name = redo_name_of(cx->replay, range->alias->colnames[i]);
        }
    }
    vec_push(cx->replay->arena, &scope->items, item);
    return true;
}

static bool item_names(ScopeCx *cx, const ScopeItem *item, NameList *names)
{
    if (item->is_open) {
        return realm_unknown(cx->replay->realm, "a natural join with a function");
    }
    for (size_t i = 0; item->table != NULL && i < item->table->columns.count; i++) {
        vec_push(cx->replay->arena, names, item->table->columns.items[i]->name);
    }
    vec_each(const QueryColumn, at, &item->columns) {
        vec_push(cx->replay->arena, names, at->name);
    }
    return true;
}

/* What a natural join compares: columns of both sides with one name. */
static bool use_common(ScopeCx *cx, const Scope *scope, size_t first, size_t right)
{
    NameList names = {0};
    for (size_t i = first; i < right; i++) {
        if (!item_names(cx, &scope->items.items[i], &names)) {
            return false;
        }
    }
    vec_each(const Name, name, &names) {
        bool common = false;
        Column *column = NULL;
        for (size_t i = right; *name != NULL && i < scope->items.count; i++) {
            common |= scope_item_column(&scope->items.items[i], *name, &column);
        }
        for (size_t i = first; common && i < scope->items.count; i++) {
            if (scope_item_column(&scope->items.items[i], *name, &column)) {
                scope_use_found(cx, &scope->items.items[i], column);
            }
        }
    }
    return true;
}

static bool add_join(ScopeCx *cx, Scope *scope, const PgQuery__JoinExpr *join)
{
    if (join->alias != NULL || join->join_using_alias != NULL) {
        return realm_unknown(cx->replay->realm, "a join with a name");
    }
    const size_t first = scope->items.count;
    if (!scope_add_from(cx, scope, join->larg)) {
        return false;
    }
    const size_t right = scope->items.count;
    if (!scope_add_from(cx, scope, join->rarg)) {
        return false;
    }
    scope->merges |= join->is_natural || join->n_using_clause > 0;
    if (join->is_natural) {
        return use_common(cx, scope, first, right);
    }
    for (size_t i = 0; i < join->n_using_clause; i++) {
        const Name name = redo_name_of(cx->replay, join->using_clause[i]);
        for (size_t k = first; k < scope->items.count; k++) {
            Column *column = NULL;
            if (scope_item_column(&scope->items.items[k], name, &column)) {
                scope_use_found(cx, &scope->items.items[k], column);
            }
        }
    }
    return scope_resolve_node(cx, scope, join->quals);
}

static bool add_function(ScopeCx *cx, Scope *scope, const PgQuery__RangeFunction *range)
{
    ScopeItem item = {
        .alias = range->alias == NULL ? NULL : redo_name(cx->replay, range->alias->aliasname),
        .is_open = true};
    for (size_t i = 0; range->alias != NULL && i < range->alias->n_colnames; i++) {
        const QueryColumn column = {.name = redo_name_of(cx->replay, range->alias->colnames[i])};
        vec_push(cx->replay->arena, &item.columns, column);
    }
    for (size_t i = 0; i < range->n_coldeflist; i++) {
        const PgQuery__ColumnDef *def = range->coldeflist[i]->column_def;
        const QueryColumn column = {.name = redo_name(cx->replay, def->colname)};
        vec_push(cx->replay->arena, &item.columns, column);
        item.is_open = false;
        if (!scope_resolve(cx, scope, &def->type_name->base)) {
            return false;
        }
    }
    if (!scope_resolve_nodes(cx, scope, range->functions, range->n_functions)) {
        return false;
    }
    vec_push(cx->replay->arena, &scope->items, item);
    return true;
}

bool scope_add_from(ScopeCx *cx, Scope *scope, const Node *node)
{
    switch ((int)node->node_case) { /* an open set */
    case PG_QUERY__NODE__NODE_RANGE_VAR:
        return scope_add_relation(cx, scope, node->range_var);
    case PG_QUERY__NODE__NODE_RANGE_SUBSELECT:
        return add_query(cx, scope, node->range_subselect);
    case PG_QUERY__NODE__NODE_JOIN_EXPR:
        return add_join(cx, scope, node->join_expr);
    case PG_QUERY__NODE__NODE_RANGE_FUNCTION:
        return add_function(cx, scope, node->range_function);
    default:
        return realm_unknown(cx->replay->realm, "this kind of source in FROM");
    }
}

/* --- what a query gives -------------------------------------------------------------------------
 */

static void give_all(ScopeCx *cx, const ScopeItem *item, QueryColumnList *columns)
{
    for (size_t i = 0; item->table != NULL && i < item->table->columns.count; i++) {
        Column *of = item->table->columns.items[i];
        const QueryColumn column = {.name = of->name, .of = of};
        scope_use_column(cx, of);
        vec_push(cx->replay->arena, columns, column);
    }
    vec_each(const QueryColumn, at, &item->columns) {
        vec_push(cx->replay->arena, columns, *at);
    }
}

/* `*`, `alias.*` */
static bool give_star(ScopeCx *cx, const Scope *scope, const PgQuery__ColumnRef *ref,
                      QueryColumnList *columns)
{
    const Name alias =
        ref->n_fields < 2 ? NULL : redo_name_of(cx->replay, ref->fields[ref->n_fields - 2]);
    bool found = false;
    if (alias == NULL && scope->merges) {
        return realm_unknown(cx->replay->realm, "all columns of a join that merges some");
    }
    vec_each(const ScopeItem, item, &scope->items) {
        if (alias == NULL || item->alias == alias) {
            if (item->is_open) {
                return realm_unknown(cx->replay->realm, "all columns of a function");
            }
            give_all(cx, item, columns);
            found = true;
        }
    }
    return found || realm_unknown(cx->replay->realm, "what `*` is in a query");
}

static bool is_star(const Node *node)
{
    if (node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF) {
        return false;
    }
    const PgQuery__ColumnRef *ref = node->column_ref;
    return ref->fields[ref->n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR;
}

static bool give_targets(ScopeCx *cx, const Scope *scope, const PgQuery__SelectStmt *select,
                         QueryColumnList *columns)
{
    for (size_t i = 0; i < select->n_target_list; i++) {
        const PgQuery__ResTarget *target = select->target_list[i]->res_target;
        Column *of = NULL;
        if (is_star(target->val)) {
            if (!give_star(cx, scope, target->val->column_ref, columns)) {
                return false;
            }
            continue;
        }
        if (target->val->node_case == PG_QUERY__NODE__NODE_COLUMN_REF
                ? !scope_find_column(cx, scope, target->val->column_ref, &of)
                : !scope_resolve_node(cx, scope, target->val)) {
            return false;
        }
        const bool is_named = target->name != NULL && target->name[0] != '\0';
        const QueryColumn column = {.name = is_named
                                                ? redo_name(cx->replay, target->name)
                                                : redo_figured(cx->replay, target->val, "?column?"),
                                    .of = of,
                                    .expression = target->val};
        vec_push(cx->replay->arena, columns, column);
    }
    return true;
}

bool scope_add_named(ScopeCx *cx, Scope *scope, const PgQuery__WithClause *with)
{
    for (size_t i = 0; with != NULL && i < with->n_ctes; i++) {
        const PgQuery__CommonTableExpr *named = with->ctes[i]->common_table_expr;
        ScopeItem item = {.alias = redo_name(cx->replay, named->ctename)};
        if (named->ctequery->node_case != PG_QUERY__NODE__NODE_SELECT_STMT) {
            return realm_unknown(cx->replay->realm, "a statement that changes rows in a query");
        }
        const PgQuery__SelectStmt *query = named->ctequery->select_stmt;
        const bool recursive = with->recursive && query->larg != NULL;
        if (!scope_resolve_select(cx, recursive ? query->larg : query, scope, &item.columns)) {
            return false;
        }
        for (size_t k = 0; k < named->n_aliascolnames && k < item.columns.count; k++) {
            item.columns.items[k].name = redo_name_of(cx->replay, named->aliascolnames[k]);
        }
        vec_push(cx->replay->arena, &scope->named, item);
        QueryColumnList more = {0};
        if (recursive && !scope_resolve_select(cx, query->rarg, scope, &more)) {
            return false;
        }
    }
    return true;
}

/* VALUES: column1, column2, ... */
static bool give_values(ScopeCx *cx, const PgQuery__SelectStmt *select, const Scope *scope,
                        QueryColumnList *columns)
{
    for (size_t i = 0; i < select->n_values_lists; i++) {
        const PgQuery__List *row = select->values_lists[i]->list;
        if (!scope_resolve_nodes(cx, scope, row->items, row->n_items)) {
            return false;
        }
        for (size_t k = 0; i == 0 && k < row->n_items; k++) {
            const QueryColumn column = {.name =
                                            intern_printf(cx->replay->names, "column%zu", k + 1)};
            vec_push(cx->replay->arena, columns, column);
        }
    }
    return true;
}

static bool resolve_plain(ScopeCx *cx, const PgQuery__SelectStmt *select, Scope *scope,
                          QueryColumnList *columns)
{
    for (size_t i = 0; i < select->n_from_clause; i++) {
        if (!scope_add_from(cx, scope, select->from_clause[i])) {
            return false;
        }
    }
    if (!give_targets(cx, scope, select, columns) || !scope_use_groups(cx, select, scope) ||
        !scope_resolve_node(cx, scope, select->where_clause)) {
        return false;
    }
    scope->given = columns;
    return scope_resolve_nodes(cx, scope, select->group_clause, select->n_group_clause) &&
           scope_resolve_node(cx, scope, select->having_clause) &&
           scope_resolve_nodes(cx, scope, select->window_clause, select->n_window_clause) &&
           scope_resolve_nodes(cx, scope, select->sort_clause, select->n_sort_clause) &&
           (select->n_distinct_clause == 0 || select->distinct_clause[0] == NULL ||
            select->distinct_clause[0]->node_case == PG_QUERY__NODE__NODE__NOT_SET ||
            scope_resolve_nodes(cx, scope, select->distinct_clause, select->n_distinct_clause)) &&
           scope_resolve_node(cx, scope, select->limit_count) &&
           scope_resolve_node(cx, scope, select->limit_offset);
}

bool scope_resolve_select(ScopeCx *cx, const PgQuery__SelectStmt *select, const Scope *outer,
                          QueryColumnList *ret_columns)
{
    Scope scope = {.outer = outer};
    QueryColumnList other = {0};
    bool ok = true;
    if (cx->depth >= SCOPE_DEPTH_MAX || (outer != NULL && select->into_clause != NULL)) {
        return realm_unknown(cx->replay->realm, "this kind of query");
    }
    cx->depth++;
    ok = scope_add_named(cx, &scope, select->with_clause);
    if (ok && select->n_values_lists > 0) {
        ok = give_values(cx, select, &scope, ret_columns);
    } else if (ok && select->larg != NULL) {
        ok = scope_resolve_select(cx, select->larg, &scope, ret_columns) &&
             scope_resolve_select(cx, select->rarg, &scope, &other);
    } else if (ok) {
        ok = resolve_plain(cx, select, &scope, ret_columns);
    }
    cx->depth--;
    return ok;
}

bool query_resolve(SqlReplay *cx, const PgQuery__SelectStmt *select, QueryUses *uses,
                   QueryColumnList *ret_columns)
{
    ScopeCx scope = {.replay = cx, .uses = uses};
    return scope_resolve_select(&scope, select, NULL, ret_columns);
}
