/*
 * view_scope.c - names of a query, found in the scopes around them.
 *
 * Source: PostgreSQL manual, "Table Expressions", "Select Lists", "WITH Queries", "Value
 * Expressions".
 */
#include "base/common.h"

#include "compiler/replay/view_scope.h"

/* Something that FROM or WITH names. */
typedef struct ScopeItem {
    Name alias;
    Table *table; /* NULL: a query, a view or a function */
    QueryColumnList columns;
    bool is_open; /* a function: what columns it has is not known */
} ScopeItem;

typedef VEC(ScopeItem) ScopeItemList;

typedef struct Scope {
    const struct Scope *outer;
    ScopeItemList items, named;   /* FROM, WITH */
    const QueryColumnList *given; /* ORDER BY and GROUP BY may name these; NULL: not yet */
} Scope;

typedef struct ScopeCx {
    SqlReplay *replay;
    QueryUses *uses;
    unsigned depth;
} ScopeCx;

enum { SCOPE_DEPTH_MAX = 100 };

static bool resolve_select(ScopeCx *cx, const PgQuery__SelectStmt *select, const Scope *outer,
                           QueryColumnList *ret_columns);
static bool resolve(ScopeCx *cx, const Scope *scope, const ProtobufCMessage *message);

static bool resolve_node(ScopeCx *cx, const Scope *scope, const Node *node)
{
    return node == NULL || resolve(cx, scope, &node->base);
}

static bool resolve_nodes(ScopeCx *cx, const Scope *scope, Node *const *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!resolve_node(cx, scope, nodes[i])) {
            return false;
        }
    }
    return true;
}

/* --- what is used -------------------------------------------------------------------------------
 */

static void use_table(ScopeCx *cx, Table *table)
{
    for (size_t i = 0; i < cx->uses->tables.count; i++) {
        if (cx->uses->tables.items[i] == table) {
            return;
        }
    }
    vec_push(cx->replay->arena, &cx->uses->tables, table);
}

static void use_column(ScopeCx *cx, Column *column)
{
    if (column != NULL &&
        !column_in_list(column, cx->uses->columns.items, cx->uses->columns.count)) {
        vec_push(cx->replay->arena, &cx->uses->columns, column);
    }
}

static void use_enum(ScopeCx *cx, EnumType *type)
{
    for (size_t i = 0; i < cx->uses->enums.count; i++) {
        if (cx->uses->enums.items[i] == type) {
            return;
        }
    }
    vec_push(cx->replay->arena, &cx->uses->enums, type);
}

/* --- columns by name ----------------------------------------------------------------------------
 */

static bool item_column(const ScopeItem *item, Name name, Column **ret_column)
{
    if (item->table != NULL) {
        *ret_column = table_find_column(item->table, name);
        return *ret_column != NULL;
    }
    vec_each(const QueryColumn, at, &item->columns) {
        if (at->name == name) {
            *ret_column = at->of;
            return true;
        }
    }
    return false;
}

static const ScopeItem *find_item(const Scope *scope, Name alias)
{
    for (; scope != NULL; scope = scope->outer) {
        vec_each(const ScopeItem, item, &scope->items) {
            if (item->alias == alias) {
                return item;
            }
        }
    }
    return NULL;
}

static bool is_given(const Scope *scope, Name name)
{
    vec_each(const QueryColumn, at, scope->given) {
        if (at->name == name) {
            return true;
        }
    }
    return false;
}

/* What a derived column is was used where it was made. */
static void use_found(ScopeCx *cx, const ScopeItem *item, Column *column)
{
    if (item->table != NULL) {
        use_column(cx, column);
    }
}

static bool find_name(ScopeCx *cx, const Scope *scope, Name name, Column **ret_column)
{
    const Scope *inner = scope;
    bool is_open = false;
    for (; scope != NULL; scope = scope->outer) {
        vec_each(const ScopeItem, item, &scope->items) {
            if (item_column(item, name, ret_column)) {
                use_found(cx, item, *ret_column);
                return true;
            }
            is_open |= item->is_open;
        }
    }
    *ret_column = NULL;
    return is_open || (inner->given != NULL && is_given(inner, name)) ||
           find_item(inner, name) != NULL ||
           realm_unknown(cx->replay->realm, "what `%s` is in a query", name->text);
}

static bool find_qualified(ScopeCx *cx, const Scope *scope, Name alias, Name name,
                           Column **ret_column)
{
    const ScopeItem *item = find_item(scope, alias);
    if (item != NULL && item_column(item, name, ret_column)) {
        use_found(cx, item, *ret_column);
        return true;
    }
    *ret_column = NULL;
    return (item != NULL && item->is_open) ||
           realm_unknown(cx->replay->realm, "what `%s.%s` is in a query", alias->text, name->text);
}

static bool find_column(ScopeCx *cx, const Scope *scope, const PgQuery__ColumnRef *ref,
                        Column **ret_column)
{
    const SqlReplay *replay = cx->replay;
    const Name last = redo_name_of(replay, ref->fields[ref->n_fields - 1]);
    if (last == NULL) {
        return realm_unknown(cx->replay->realm, "a whole row in a query");
    }
    if (ref->n_fields == 1) {
        return find_name(cx, scope, last, ret_column);
    }
    const Name alias = redo_name_of(replay, ref->fields[ref->n_fields - 2]);
    return find_qualified(cx, scope, alias, last, ret_column);
}

/* --- constants of enums -------------------------------------------------------------------------
 */

static bool is_text(const Node *node)
{
    return node != NULL && node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
           node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL;
}

/* A text, or a list that holds one. */
static bool has_text(const Node *node)
{
    if (node == NULL || node->node_case != PG_QUERY__NODE__NODE_LIST) {
        return is_text(node);
    }
    for (size_t i = 0; i < node->list->n_items; i++) {
        if (is_text(node->list->items[i])) {
            return true;
        }
    }
    return false;
}

static EnumType *enum_of(ScopeCx *cx, const Scope *scope, const Node *node)
{
    Column *column = NULL;
    if (node == NULL || node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF ||
        !find_column(cx, scope, node->column_ref, &column) || column == NULL) {
        return NULL;
    }
    return column->type.id == TYPE_ENUM ? column->type.enum_type : NULL;
}

static void use_compared(ScopeCx *cx, const Scope *scope, const Node *a, const Node *b)
{
    EnumType *left = has_text(b) ? enum_of(cx, scope, a) : NULL;
    EnumType *right = has_text(a) ? enum_of(cx, scope, b) : NULL;
    if (left != NULL) {
        use_enum(cx, left);
    }
    if (right != NULL) {
        use_enum(cx, right);
    }
}

static void use_alternatives(ScopeCx *cx, const Scope *scope, Node *const *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < count; k++) {
            use_compared(cx, scope, nodes[i], nodes[k]);
        }
    }
}

/* --- expressions --------------------------------------------------------------------------------
 */

typedef struct ChildCx {
    ScopeCx *cx;
    const Scope *scope;
} ChildCx;

static bool resolve_child(void *context, const ProtobufCMessage *message)
{
    const ChildCx *child = context;
    return resolve(child->cx, child->scope, message);
}

static bool resolve_call(ScopeCx *cx, const PgQuery__FuncCall *call)
{
    const Node *last = call->funcname[call->n_funcname - 1];
    const char *name = last->node_case == PG_QUERY__NODE__NODE_STRING ? last->string->sval : "";
    const Name own = redo_name(cx->replay, name);
    return (own != NULL && map_get(&cx->replay->realm->functions, own) != NULL) ||
           tree_is_known_function(cx->replay, name) ||
           realm_unknown(cx->replay->realm, "a query that calls `%s`", name);
}

static bool resolve_type(ScopeCx *cx, const PgQuery__TypeName *name)
{
    ReplayType type;
    if (!redo_type(cx->replay, name, &type)) {
        return false;
    }
    if (type.type.id == TYPE_ENUM) {
        use_enum(cx, type.type.enum_type);
    }
    return true;
}

static bool resolve(ScopeCx *cx, const Scope *scope, const ProtobufCMessage *message)
{
    const ProtobufCMessageDescriptor *kind = message->descriptor;
    ChildCx child = {cx, scope};
    if (kind == &pg_query__column_ref__descriptor) {
        Column *column = NULL;
        return find_column(cx, scope, (const PgQuery__ColumnRef *)message, &column);
    }
    if (kind == &pg_query__select_stmt__descriptor) {
        QueryColumnList columns = {0};
        return resolve_select(cx, (const PgQuery__SelectStmt *)message, scope, &columns);
    }
    if (kind == &pg_query__type_name__descriptor) {
        return resolve_type(cx, (const PgQuery__TypeName *)message);
    }
    if (kind == &pg_query__func_call__descriptor &&
        !resolve_call(cx, (const PgQuery__FuncCall *)message)) {
        return false;
    }
    if (!tree_children(message, resolve_child, &child)) {
        return false;
    }
    if (kind == &pg_query__a__expr__descriptor) {
        const PgQuery__AExpr *expr = (const PgQuery__AExpr *)message;
        use_compared(cx, scope, expr->lexpr, expr->rexpr);
    } else if (kind == &pg_query__coalesce_expr__descriptor) {
        const PgQuery__CoalesceExpr *expr = (const PgQuery__CoalesceExpr *)message;
        use_alternatives(cx, scope, expr->args, expr->n_args);
    } else if (kind == &pg_query__case_expr__descriptor) {
        const PgQuery__CaseExpr *expr = (const PgQuery__CaseExpr *)message;
        for (size_t i = 0; expr->arg != NULL && i < expr->n_args; i++) {
            use_compared(cx, scope, expr->arg, expr->args[i]->case_when->expr);
        }
    }
    return true;
}

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

static bool add_relation(ScopeCx *cx, Scope *scope, const PgQuery__RangeVar *range)
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
            return realm_refuse(replay->realm, "42P01", "relation `%s` does not exist",
                                name.name->text);
        }
        if (relation->kind == RELATION_TABLE) {
            item.table = relation->table;
            use_table(cx, relation->table);
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
        !resolve_select(cx, range->subquery->select_stmt, scope, &item.columns)) {
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

static bool add_from(ScopeCx *cx, Scope *scope, const Node *node);

static bool add_join(ScopeCx *cx, Scope *scope, const PgQuery__JoinExpr *join)
{
    if (join->is_natural || join->alias != NULL || join->join_using_alias != NULL) {
        return realm_unknown(cx->replay->realm, "a natural join, or one with a name");
    }
    const size_t first = scope->items.count;
    if (!add_from(cx, scope, join->larg) || !add_from(cx, scope, join->rarg)) {
        return false;
    }
    for (size_t i = 0; i < join->n_using_clause; i++) {
        const Name name = redo_name_of(cx->replay, join->using_clause[i]);
        for (size_t k = first; k < scope->items.count; k++) {
            Column *column = NULL;
            if (item_column(&scope->items.items[k], name, &column)) {
                use_found(cx, &scope->items.items[k], column);
            }
        }
    }
    return resolve_node(cx, scope, join->quals);
}

static bool add_function(ScopeCx *cx, Scope *scope, const PgQuery__RangeFunction *range)
{
    const ScopeItem item = {
        .alias = range->alias == NULL ? NULL : redo_name(cx->replay, range->alias->aliasname),
        .is_open = true};
    if (!resolve_nodes(cx, scope, range->functions, range->n_functions)) {
        return false;
    }
    vec_push(cx->replay->arena, &scope->items, item);
    return true;
}

static bool add_from(ScopeCx *cx, Scope *scope, const Node *node)
{
    switch ((int)node->node_case) { /* an open set */
    case PG_QUERY__NODE__NODE_RANGE_VAR:
        return add_relation(cx, scope, node->range_var);
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
        use_column(cx, of);
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

/* What the server calls a column that has no AS. */
static Name figured(const SqlReplay *cx, const Node *node)
{
    switch ((int)node->node_case) { /* an open set: the others have no name */
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        return redo_name_of(cx, node->column_ref->fields[node->column_ref->n_fields - 1]);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return redo_name_of(cx, node->func_call->funcname[node->func_call->n_funcname - 1]);
    case PG_QUERY__NODE__NODE_TYPE_CAST: {
        const Name inner = figured(cx, node->type_cast->arg);
        const PgQuery__TypeName *type = node->type_cast->type_name;
        return inner != NULL ? inner : redo_name_of(cx, type->names[type->n_names - 1]);
    }
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        return intern_cstr(cx->names, "case");
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return intern_cstr(cx->names, "coalesce");
    default:
        return intern_cstr(cx->names, "?column?");
    }
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
                ? !find_column(cx, scope, target->val->column_ref, &of)
                : !resolve_node(cx, scope, target->val)) {
            return false;
        }
        const bool is_named = target->name != NULL && target->name[0] != '\0';
        const QueryColumn column = {.name = is_named ? redo_name(cx->replay, target->name)
                                                     : figured(cx->replay, target->val),
                                    .of = of};
        vec_push(cx->replay->arena, columns, column);
    }
    return true;
}

static bool add_named(ScopeCx *cx, Scope *scope, const PgQuery__WithClause *with)
{
    for (size_t i = 0; with != NULL && i < with->n_ctes; i++) {
        const PgQuery__CommonTableExpr *named = with->ctes[i]->common_table_expr;
        ScopeItem item = {.alias = redo_name(cx->replay, named->ctename)};
        if (with->recursive || named->ctequery->node_case != PG_QUERY__NODE__NODE_SELECT_STMT) {
            return realm_unknown(cx->replay->realm, "a recursive query");
        }
        if (!resolve_select(cx, named->ctequery->select_stmt, scope, &item.columns)) {
            return false;
        }
        for (size_t k = 0; k < named->n_aliascolnames && k < item.columns.count; k++) {
            item.columns.items[k].name = redo_name_of(cx->replay, named->aliascolnames[k]);
        }
        vec_push(cx->replay->arena, &scope->named, item);
    }
    return true;
}

/* Columns beside the groups are told apart by a primary key, on which a view then depends. */
static bool groups_are_plain(ScopeCx *cx, const PgQuery__SelectStmt *select)
{
    for (size_t i = 0; select->n_group_clause > 0 && i < select->n_target_list; i++) {
        const Node *value = select->target_list[i]->res_target->val;
        bool found = value->node_case != PG_QUERY__NODE__NODE_COLUMN_REF;
        const Name name = found ? NULL : figured(cx->replay, value);
        for (size_t k = 0; k < select->n_group_clause; k++) {
            const Node *group = select->group_clause[k];
            found |= group->node_case == PG_QUERY__NODE__NODE_A_CONST ||
                     (group->node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
                      figured(cx->replay, group) == name);
        }
        if (!found) {
            return realm_unknown(cx->replay->realm, "columns beside groups in a query");
        }
    }
    return true;
}

static bool resolve_plain(ScopeCx *cx, const PgQuery__SelectStmt *select, Scope *scope,
                          QueryColumnList *columns)
{
    for (size_t i = 0; i < select->n_from_clause; i++) {
        if (!add_from(cx, scope, select->from_clause[i])) {
            return false;
        }
    }
    if (!give_targets(cx, scope, select, columns) || !groups_are_plain(cx, select) ||
        !resolve_node(cx, scope, select->where_clause)) {
        return false;
    }
    scope->given = columns;
    return resolve_nodes(cx, scope, select->group_clause, select->n_group_clause) &&
           resolve_node(cx, scope, select->having_clause) &&
           resolve_nodes(cx, scope, select->window_clause, select->n_window_clause) &&
           resolve_nodes(cx, scope, select->sort_clause, select->n_sort_clause) &&
           (select->n_distinct_clause == 0 || select->distinct_clause[0] == NULL ||
            select->distinct_clause[0]->node_case == PG_QUERY__NODE__NODE__NOT_SET ||
            resolve_nodes(cx, scope, select->distinct_clause, select->n_distinct_clause)) &&
           resolve_node(cx, scope, select->limit_count) &&
           resolve_node(cx, scope, select->limit_offset);
}

static bool resolve_select(ScopeCx *cx, const PgQuery__SelectStmt *select, const Scope *outer,
                           QueryColumnList *ret_columns)
{
    Scope scope = {.outer = outer};
    QueryColumnList other = {0};
    bool ok = true;
    if (cx->depth >= SCOPE_DEPTH_MAX || select->into_clause != NULL || select->n_values_lists > 0) {
        return realm_unknown(cx->replay->realm, "this kind of query");
    }
    cx->depth++;
    ok = add_named(cx, &scope, select->with_clause);
    if (ok && select->larg != NULL) {
        ok = resolve_select(cx, select->larg, &scope, ret_columns) &&
             resolve_select(cx, select->rarg, &scope, &other);
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
    return resolve_select(&scope, select, NULL, ret_columns);
}

bool query_resolve_row(SqlReplay *cx, const Node *expression, Table *table,
                       const char *const aliases[2], QueryUses *uses)
{
    ScopeCx scope = {.replay = cx, .uses = uses};
    Scope row = {0};
    for (size_t i = 0; i < 2; i++) {
        const ScopeItem item = {.alias = redo_name(cx, aliases[i]), .table = table};
        vec_push(cx->arena, &row.items, item);
    }
    return resolve_node(&scope, &row, expression);
}
