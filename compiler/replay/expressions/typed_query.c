/*
 * typed_query.c - conditions of a query over tables: is there an operator that certainly is not
 * there? Where FROM names anything but tables, and of queries inside, nothing is asked.
 */
#include "base/common.h"

#include "compiler/catalog/types.h"
#include "compiler/replay/expressions/expressions.h"
#include "compiler/replay/expressions/typed_internal.h"

/* False: it is more than tables and joins of them. */
static bool add_tables(SqlReplay *cx, TypedTables *tables, const Node *from)
{
    if (from->node_case == PG_QUERY__NODE__NODE_JOIN_EXPR) {
        const PgQuery__JoinExpr *join = from->join_expr;
        return join->n_using_clause == 0 && !join->is_natural && join->alias == NULL &&
               add_tables(cx, tables, join->larg) && add_tables(cx, tables, join->rarg);
    }
    if (from->node_case != PG_QUERY__NODE__NODE_RANGE_VAR) {
        return false;
    }
    const PgQuery__RangeVar *range = from->range_var;
    const RangeName named = redo_range(cx, range);
    const Relation *relation = realm_relation(cx->realm, named.schema, named.name);
    if (relation == NULL || relation->kind != RELATION_TABLE ||
        (range->alias != NULL && range->alias->n_colnames > 0)) {
        return false;
    }
    const TypedTable table = {range->alias == NULL ? named.name
                                                   : redo_name(cx, range->alias->aliasname),
                              relation->table};
    vec_push(cx->arena, tables, table);
    return true;
}

static bool is_taken(const TypedCx *cx, const Node *condition)
{
    ColumnType type = {0};
    return condition == NULL || typed_it(cx, condition, &type) != TYPED_REFUSED;
}

static bool joins_are_taken(const TypedCx *cx, const Node *from)
{
    if (from->node_case != PG_QUERY__NODE__NODE_JOIN_EXPR) {
        return true;
    }
    const PgQuery__JoinExpr *join = from->join_expr;
    return joins_are_taken(cx, join->larg) && joins_are_taken(cx, join->rarg) &&
           is_taken(cx, join->quals);
}

static bool has_no_equality(const ColumnType *said)
{
    static const char *const names[] = {"box",  "circle", "line",   "lseg",
                                        "path", "point",  "polygon"};
    const ColumnType *type = type_said(said);
    bool is = type->id == TYPE_JSON || type->id == TYPE_XML;
    for (size_t i = 0; type->id == TYPE_OTHER && type->raw != NULL && i < lengthof(names); i++) {
        is |= name_is(type->raw, names[i]);
    }
    return is;
}

/* Rows are told apart by an operator that some types have not. */
static bool groups_are_taken(const TypedCx *cx, const PgQuery__SelectStmt *select)
{
    for (size_t i = 0; i < select->n_group_clause; i++) {
        const Node *node = select->group_clause[i];
        ColumnType type = {0};
        if (node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
            typed_it(cx, node, &type) == TYPED && !type.list && has_no_equality(&type)) {
            return realm_refuse(cx->replay->realm, "42883",
                                "could not identify an equality operator for type %s",
                                redo_type_text(cx->replay, &type));
        }
    }
    return true;
}

bool redo_query_is_taken(SqlReplay *cx, const PgQuery__SelectStmt *select)
{
    TypedTables tables = {0};
    const TypedCx typed = {.replay = cx, .tables = &tables};
    if (select->larg != NULL) {
        return redo_query_is_taken(cx, select->larg) && redo_query_is_taken(cx, select->rarg);
    }
    for (size_t i = 0; i < select->n_from_clause; i++) {
        if (select->with_clause != NULL || !add_tables(cx, &tables, select->from_clause[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < select->n_from_clause; i++) {
        if (!joins_are_taken(&typed, select->from_clause[i])) {
            return false;
        }
    }
    return is_taken(&typed, select->where_clause) && groups_are_taken(&typed, select);
}
