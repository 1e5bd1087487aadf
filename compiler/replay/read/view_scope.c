/*
 * view_scope.c - names of an expression, found in the scopes around it.
 *
 * Source: PostgreSQL manual, "Value Expressions".
 */
#include "base/common.h"

#include "compiler/replay/read/view_scope_internal.h"

bool scope_resolve_node(ScopeCx *cx, const Scope *scope, const Node *node)
{
    return node == NULL || scope_resolve(cx, scope, &node->base);
}

bool scope_resolve_nodes(ScopeCx *cx, const Scope *scope, Node *const *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!scope_resolve_node(cx, scope, nodes[i])) {
            return false;
        }
    }
    return true;
}

/* --- what is used -------------------------------------------------------------------------------
 */

void scope_use_table(ScopeCx *cx, Table *table)
{
    for (size_t i = 0; i < cx->uses->tables.count; i++) {
        if (cx->uses->tables.items[i] == table) {
            return;
        }
    }
    vec_push(cx->replay->arena, &cx->uses->tables, table);
}

void scope_use_column(ScopeCx *cx, Column *column)
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

bool scope_item_column(const ScopeItem *item, Name name, Column **ret_column)
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
void scope_use_found(ScopeCx *cx, const ScopeItem *item, Column *column)
{
    if (item->table != NULL) {
        scope_use_column(cx, column);
    }
}

/* Of every table, and of what the server keeps for itself. */
static bool is_system_column(Name name)
{
    return realm_is_system_column(name) || name_is(name, "oid");
}

static bool find_name(ScopeCx *cx, const Scope *scope, Name name, Column **ret_column)
{
    const Scope *inner = scope;
    bool is_open = false;
    for (; scope != NULL; scope = scope->outer) {
        vec_each(const ScopeItem, item, &scope->items) {
            if (scope_item_column(item, name, ret_column)) {
                scope_use_found(cx, item, *ret_column);
                return true;
            }
            is_open |= item->is_open;
        }
    }
    *ret_column = NULL;
    if (is_open || (inner->given != NULL && is_given(inner, name)) ||
        find_item(inner, name) != NULL) {
        return true;
    }
    cx->is_missing = !is_system_column(name);
    return realm_unknown(cx->replay->realm, "what `%s` is in a query", name->text);
}

static bool find_qualified(ScopeCx *cx, const Scope *scope, Name alias, Name name,
                           Column **ret_column)
{
    const ScopeItem *item = find_item(scope, alias);
    if (item != NULL && scope_item_column(item, name, ret_column)) {
        scope_use_found(cx, item, *ret_column);
        return true;
    }
    *ret_column = NULL;
    if (item != NULL && item->is_open) {
        return true;
    }
    cx->is_missing = !is_system_column(name);
    return realm_unknown(cx->replay->realm, "what `%s.%s` is in a query", alias->text, name->text);
}

bool scope_find_column(ScopeCx *cx, const Scope *scope, const PgQuery__ColumnRef *ref,
                       Column **ret_column)
{
    const SqlReplay *replay = cx->replay;
    const Name last = redo_name_of(replay, ref->fields[ref->n_fields - 1]);
    if (last == NULL && ref->n_fields > 1) { /* a whole row, which is no column of it */
        *ret_column = NULL;
        return true;
    }
    if (last == NULL) {
        return realm_unknown(cx->replay->realm, "`*` in an expression");
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
        !scope_find_column(cx, scope, node->column_ref, &column) || column == NULL) {
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
    return scope_resolve(child->cx, child->scope, message);
}

static bool resolve_call(ScopeCx *cx, const PgQuery__FuncCall *call)
{
    const Node *last = call->funcname[call->n_funcname - 1];
    const char *name = last->node_case == PG_QUERY__NODE__NODE_STRING ? last->string->sval : "";
    return realm_has_routine(cx->replay->realm, redo_name(cx->replay, name)) ||
           tree_is_known_function(cx->replay, name) ||
           realm_unknown(cx->replay->realm, "a query that calls `%s`", name);
}

static bool resolve_type(ScopeCx *cx, const PgQuery__TypeName *name)
{
    ReplayType type;
    if (!redo_true_type(cx->replay, name, &type)) {
        return false;
    }
    if (type.type.id == TYPE_ENUM) {
        use_enum(cx, type.type.enum_type);
    }
    return true;
}

/* `(t).a`, which is a column of the table. */
static bool is_of_row(const ScopeCx *cx, const Scope *scope, const PgQuery__AIndirection *at)
{
    const PgQuery__ColumnRef *row =
        at->arg->node_case == PG_QUERY__NODE__NODE_COLUMN_REF ? at->arg->column_ref : NULL;
    return row != NULL && row->n_fields == 1 &&
           find_item(scope, redo_name_of(cx->replay, row->fields[0])) != NULL;
}

bool scope_resolve(ScopeCx *cx, const Scope *scope, const ProtobufCMessage *message)
{
    const ProtobufCMessageDescriptor *kind = message->descriptor;
    ChildCx child = {cx, scope};
    if (kind == &pg_query__column_ref__descriptor) {
        Column *column = NULL;
        return scope_find_column(cx, scope, (const PgQuery__ColumnRef *)message, &column);
    }
    if (kind == &pg_query__select_stmt__descriptor) {
        QueryColumnList columns = {0};
        return scope_resolve_select(cx, (const PgQuery__SelectStmt *)message, scope, &columns);
    }
    if (kind == &pg_query__a__indirection__descriptor &&
        is_of_row(cx, scope, (const PgQuery__AIndirection *)message)) {
        return realm_unknown(cx->replay->realm, "a column of a whole row");
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

bool query_resolve_row(SqlReplay *cx, const Node *expression, Table *table,
                       const char *const aliases[2], QueryUses *uses)
{
    ScopeCx scope = {.replay = cx, .uses = uses};
    Scope row = {0};
    for (size_t i = 0; i < 2; i++) {
        const ScopeItem item = {.alias = redo_name(cx, aliases[i]), .table = table};
        vec_push(cx->arena, &row.items, item);
    }
    return scope_resolve_node(&scope, &row, expression);
}
