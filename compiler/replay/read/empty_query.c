/*
 * empty_query.c - is it certain that a query gives no row, since the tables it reads hold none?
 */
#include "base/common.h"

#include "compiler/replay/read/empty_query.h"

typedef struct QueryCx {
    SqlReplay *replay;
    VEC(const PgQuery__CommonTableExpr *) named; /* WITH */
    unsigned depth;
} QueryCx;

enum { QUERY_DEPTH_MAX = 50 };

static bool gives_nothing(QueryCx *cx, const PgQuery__SelectStmt *select);

static void add_named(QueryCx *cx, const PgQuery__WithClause *with)
{
    for (size_t i = 0; with != NULL && i < with->n_ctes; i++) {
        vec_push(cx->replay->arena, &cx->named, with->ctes[i]->common_table_expr);
    }
}

static const PgQuery__CommonTableExpr *find_named(const QueryCx *cx, const PgQuery__RangeVar *range)
{
    for (size_t i = cx->named.count; i > 0; i--) {
        const PgQuery__CommonTableExpr *at = cx->named.items[i - 1];
        if (range->schemaname[0] == '\0' && strcmp(at->ctename, range->relname) == 0) {
            return at;
        }
    }
    return NULL;
}

static bool range_is_empty(QueryCx *cx, const PgQuery__RangeVar *range)
{
    const PgQuery__CommonTableExpr *named = find_named(cx, range);
    if (named != NULL) {
        const Node *query = named->ctequery;
        return !named->cterecursive && query->node_case == PG_QUERY__NODE__NODE_SELECT_STMT &&
               gives_nothing(cx, query->select_stmt);
    }
    const RangeName name = redo_range(cx->replay, range);
    const Relation *relation = realm_relation(cx->replay->realm, name.schema, name.name);
    if (relation != NULL && relation->kind == RELATION_TEMPORARY) {
        return !relation->may_have_rows;
    }
    return relation != NULL && relation->kind == RELATION_TABLE &&
           !realm_may_have_rows(cx->replay->realm, relation->table);
}

static bool item_is_empty(QueryCx *cx, const Node *item)
{
    if (item->node_case == PG_QUERY__NODE__NODE_RANGE_VAR) {
        return range_is_empty(cx, item->range_var);
    }
    if (item->node_case == PG_QUERY__NODE__NODE_RANGE_SUBSELECT &&
        item->range_subselect->subquery->node_case == PG_QUERY__NODE__NODE_SELECT_STMT) {
        return gives_nothing(cx, item->range_subselect->subquery->select_stmt);
    }
    if (item->node_case != PG_QUERY__NODE__NODE_JOIN_EXPR) {
        return false;
    }
    const PgQuery__JoinExpr *join = item->join_expr;
    const bool left = item_is_empty(cx, join->larg), right = item_is_empty(cx, join->rarg);
    switch ((int)join->jointype) { /* an open set */
    case PG_QUERY__JOIN_TYPE__JOIN_INNER:
        return left || right;
    case PG_QUERY__JOIN_TYPE__JOIN_LEFT:
        return left;
    case PG_QUERY__JOIN_TYPE__JOIN_RIGHT:
        return right;
    default:
        return left && right;
    }
}

static bool visit_call(void *context, const ProtobufCMessage *message)
{
    (void)context;
    return message->descriptor != &pg_query__func_call__descriptor;
}

/* Without groups a sum over nothing is one row. */
static bool may_sum_up(const PgQuery__SelectStmt *select)
{
    for (size_t i = 0; select->n_group_clause == 0 && i < select->n_target_list; i++) {
        if (!tree_walk(&select->target_list[i]->base, visit_call, NULL)) {
            return true;
        }
    }
    return select->having_clause != NULL;
}

static bool calls_only_rows(const PgQuery__SelectStmt *select)
{
    return select->n_from_clause > 0 && select->n_values_lists == 0 && !may_sum_up(select);
}

static bool gives_nothing(QueryCx *cx, const PgQuery__SelectStmt *select)
{
    bool empty = false;
    if (cx->depth >= QUERY_DEPTH_MAX) {
        return false;
    }
    cx->depth++;
    add_named(cx, select->with_clause);
    if (select->larg != NULL && select->rarg != NULL) {
        empty = gives_nothing(cx, select->larg) && gives_nothing(cx, select->rarg);
    } else if (calls_only_rows(select)) {
        for (size_t i = 0; i < select->n_from_clause; i++) {
            empty |= item_is_empty(cx, select->from_clause[i]);
        }
    }
    cx->depth--;
    return empty;
}

bool query_gives_nothing(SqlReplay *cx, const PgQuery__WithClause *with,
                         const PgQuery__SelectStmt *select)
{
    QueryCx query = {.replay = cx};
    add_named(&query, with);
    return gives_nothing(&query, select);
}
