/*
 * view_groups.c - GROUP BY: columns beside the groups are told apart by a primary key among them,
 * on which a view then depends.
 *
 * Source: PostgreSQL manual, "The GROUP BY and HAVING Clauses".
 */
#include "base/common.h"

#include "compiler/qualify/tree_equal.h"
#include "compiler/replay/read/view_scope_internal.h"

typedef struct GroupCx {
    ScopeCx *cx;
    const Scope *scope;
    VEC(const Node *) grouped;
    ColumnList columns; /* of these, those that are columns */
    bool ok;
} GroupCx;

static bool is_aggregate(const SqlReplay *cx, const PgQuery__FuncCall *call)
{
    static const char *const known[] = {"array_agg",
                                        "avg",
                                        "bit_and",
                                        "bit_or",
                                        "bit_xor",
                                        "bool_and",
                                        "bool_or",
                                        "corr",
                                        "count",
                                        "covar_pop",
                                        "covar_samp",
                                        "cume_dist",
                                        "every",
                                        "json_agg",
                                        "json_object_agg",
                                        "jsonb_agg",
                                        "jsonb_object_agg",
                                        "max",
                                        "min",
                                        "mode",
                                        "percentile_cont",
                                        "percentile_disc",
                                        "range_agg",
                                        "range_intersect_agg",
                                        "stddev",
                                        "stddev_pop",
                                        "stddev_samp",
                                        "string_agg",
                                        "sum",
                                        "var_pop",
                                        "var_samp",
                                        "variance",
                                        "xmlagg"};
    const Name name = redo_name_of(cx, call->funcname[call->n_funcname - 1]);
    for (const RealmRoutine *at = map_get(&cx->realm->routines_by_name, name); at != NULL;
         at = at->next) {
        if (at->kind == 'a') {
            return true;
        }
    }
    for (size_t i = 0; i < lengthof(known); i++) {
        if (name_is(name, known[i])) {
            return call->over == NULL;
        }
    }
    return false;
}

static bool is_grouped(const GroupCx *group, const ProtobufCMessage *message)
{
    for (size_t i = 0; i < group->grouped.count; i++) {
        const Node *at = group->grouped.items[i];
        const ProtobufCMessage *expression = NULL;
        if (at->node_case == PG_QUERY__NODE__NODE_FUNC_CALL) {
            expression = &at->func_call->base;
        } else if (at->node_case == PG_QUERY__NODE__NODE_A_EXPR) {
            expression = &at->a_expr->base;
        } else if (at->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
            expression = &at->type_cast->base;
        } else if (at->node_case == PG_QUERY__NODE__NODE_CASE_EXPR) {
            expression = &at->case_expr->base;
        } else if (at->node_case == PG_QUERY__NODE__NODE_COALESCE_EXPR) {
            expression = &at->coalesce_expr->base;
        }
        if (expression != NULL && expression->descriptor == message->descriptor &&
            sql_tree_equal(expression, message)) {
            return true;
        }
    }
    return false;
}

static void use_key(ScopeCx *cx, Table *table)
{
    vec_each(Table *const, at, &cx->uses->keyed) {
        if (*at == table) {
            return;
        }
    }
    vec_push(cx->replay->arena, &cx->uses->keyed, table);
}

/* One that is no group. */
static bool is_told_apart(GroupCx *group, const Column *column)
{
    const PrimaryKey *key = column->table->primary_key;
    for (size_t i = 0; key != NULL && i < key->columns.count; i++) {
        if (!column_in_list(key->columns.items[i], group->columns.items, group->columns.count)) {
            key = NULL;
        }
    }
    if (key == NULL) {
        return realm_unknown(group->cx->replay->realm, "columns beside groups in a query");
    }
    use_key(group->cx, column->table);
    return true;
}

static bool visit(void *context, const ProtobufCMessage *message)
{
    GroupCx *group = context;
    if (message->descriptor == &pg_query__sub_link__descriptor || is_grouped(group, message)) {
        return true;
    }
    if (message->descriptor == &pg_query__func_call__descriptor &&
        is_aggregate(group->cx->replay, (const PgQuery__FuncCall *)message)) {
        return true;
    }
    if (message->descriptor == &pg_query__column_ref__descriptor) {
        const PgQuery__ColumnRef *ref = (const PgQuery__ColumnRef *)message;
        Column *column = NULL;
        group->ok = scope_find_column(group->cx, group->scope, ref, &column);
        if (group->ok && column != NULL &&
            !column_in_list(column, group->columns.items, group->columns.count)) {
            group->ok = is_told_apart(group, column);
        } else if (group->ok && column == NULL &&
                   ref->fields[ref->n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR) {
            group->ok = realm_unknown(group->cx->replay->realm, "all columns beside groups");
        }
        return group->ok;
    }
    return tree_children(message, visit, group);
}

/* `1`, or the name of what the query gives: that expression; else what is written. */
static const Node *grouped_by(const GroupCx *group, const PgQuery__SelectStmt *select,
                              const Node *node)
{
    if (node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
        node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL) {
        const int32_t place = node->a_const->ival->ival;
        return place > 0 && (size_t)place <= select->n_target_list
                   ? select->target_list[place - 1]->res_target->val
                   : NULL;
    }
    if (node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF || node->column_ref->n_fields != 1) {
        return node;
    }
    const Name name = redo_name_of(group->cx->replay, node->column_ref->fields[0]);
    vec_each(const ScopeItem, item, &group->scope->items) {
        Column *column = NULL;
        if (item->is_open || scope_item_column(item, name, &column)) {
            return node;
        }
    }
    for (size_t i = 0; i < select->n_target_list; i++) {
        const PgQuery__ResTarget *target = select->target_list[i]->res_target;
        if (target->name != NULL && strcmp(target->name, name->text) == 0) {
            return target->val;
        }
    }
    return node;
}

static bool add_group(GroupCx *group, const PgQuery__SelectStmt *select, const Node *node)
{
    const Node *by = grouped_by(group, select, node);
    Column *column = NULL;
    if (by == NULL || by->node_case == PG_QUERY__NODE__NODE_GROUPING_SET) {
        return realm_unknown(group->cx->replay->realm, "sets of groups in a query");
    }
    vec_push(group->cx->replay->arena, &group->grouped, by);
    if (by->node_case != PG_QUERY__NODE__NODE_COLUMN_REF) {
        return true;
    }
    if (!scope_find_column(group->cx, group->scope, by->column_ref, &column)) {
        return false;
    }
    if (column != NULL) {
        vec_push(group->cx->replay->arena, &group->columns, column);
    }
    return true;
}

bool scope_use_groups(ScopeCx *cx, const PgQuery__SelectStmt *select, const Scope *scope)
{
    GroupCx group = {.cx = cx, .scope = scope, .ok = true};
    for (size_t i = 0; i < select->n_group_clause; i++) {
        if (!add_group(&group, select, select->group_clause[i])) {
            return false;
        }
    }
    for (size_t i = 0; select->n_group_clause > 0 && group.ok && i < select->n_target_list; i++) {
        (void)visit(&group, &select->target_list[i]->base);
    }
    if (select->n_group_clause > 0 && group.ok && select->having_clause != NULL) {
        (void)visit(&group, &select->having_clause->base);
    }
    return group.ok;
}
