/*
 * create_table.c - CREATE TABLE: columns first, then what is said about them.
 */
#include "base/common.h"

#include "compiler/replay/replay_internal.h"

static bool is_persistence(const PgQuery__RangeVar *range, char letter)
{
    return range->relpersistence != NULL && range->relpersistence[0] == letter;
}

/* What has no place in the catalog, or is not carried out here. */
static bool look_at_kind(SqlReplay *cx, const PgQuery__CreateStmt *stmt)
{
    if (stmt->n_inh_relations > 0) {
        return realm_unknown(cx->realm, "inheritance or a partition");
    }
    if (stmt->partspec != NULL || stmt->partbound != NULL) {
        return realm_unknown(cx->realm, "a partitioned table");
    }
    if (stmt->of_typename != NULL) {
        return realm_unknown(cx->realm, "a table of a type");
    }
    if (is_persistence(stmt->relation, 'u') || stmt->n_options > 0 ||
        (stmt->tablespacename != NULL && stmt->tablespacename[0] != '\0') ||
        (stmt->access_method != NULL && stmt->access_method[0] != '\0')) {
        realm_goes_beyond(cx->realm, "properties of a table");
    }
    return true;
}

static bool add_elements(SqlReplay *cx, Table *table, const PgQuery__CreateStmt *stmt,
                         PendingList *pending)
{
    for (size_t i = 0; i < stmt->n_table_elts; i++) {
        const Node *element = stmt->table_elts[i];
        if (element->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF) {
            if (!redo_add_column(cx, table, element->column_def, pending)) {
                return false;
            }
        } else if (element->node_case == PG_QUERY__NODE__NODE_CONSTRAINT) {
            const PendingConstraint waiting = {element->constraint, NULL};
            vec_push(cx->arena, pending, waiting);
        } else {
            return realm_unknown(cx->realm, "LIKE in CREATE TABLE");
        }
    }
    for (size_t i = 0; i < stmt->n_constraints; i++) {
        if (stmt->constraints[i]->node_case == PG_QUERY__NODE__NODE_CONSTRAINT) {
            const PendingConstraint waiting = {stmt->constraints[i]->constraint, NULL};
            vec_push(cx->arena, pending, waiting);
        }
    }
    return true;
}

Name redo_temporary_schema(SqlReplay *cx)
{
    const Name schema = cx->realm->temporary;
    (void)catalog_add_schema(cx->realm->catalog, schema, realm_origin(cx->realm));
    return schema;
}

bool redo_create_table(SqlReplay *cx, const PgQuery__CreateStmt *stmt)
{
    const RangeName range = redo_range(cx, stmt->relation);
    PendingList pending = {0};
    if (!look_at_kind(cx, stmt)) {
        return false;
    }
    const Name schema = is_persistence(stmt->relation, 't')
                            ? redo_temporary_schema(cx)
                            : realm_creation_schema(cx->realm, range.schema);
    if (schema == NULL) {
        return false;
    }
    if (stmt->if_not_exists && realm_relation(cx->realm, schema, range.name) != NULL) {
        return true;
    }
    Table *table = realm_add_table(cx->realm, schema, range.name);
    if (stmt->oncommit == PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_DROP) {
        vec_push(cx->arena, &cx->until_commit, range.name);
    }
    return table != NULL && add_elements(cx, table, stmt, &pending) &&
           redo_settle(cx, table, &pending);
}
