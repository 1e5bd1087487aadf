/*
 * touched.c - LOCK, VACUUM, ANALYZE, REINDEX, REFRESH, setval: what changes no catalog, of
 * relations that have to be there and of the right kind.
 */
#include "base/common.h"

#include <string.h>

#include "compiler/replay/notes/touched.h"

static Relation *relation_there(SqlReplay *cx, const PgQuery__RangeVar *range)
{
    const RangeName named = redo_range(cx, range);
    Relation *relation = realm_relation(cx->realm, named.schema, named.name);
    if (relation == NULL) {
        (void)realm_missing(cx->realm, MISSING_RELATION, named.schema, named.name, "relation");
    }
    return relation;
}

static bool is_table(const Relation *relation)
{
    return relation->kind == RELATION_TABLE || relation->kind == RELATION_TEMPORARY;
}

static bool is_no(SqlReplay *cx, const Relation *relation, const char *what)
{
    return realm_refuse(cx->realm, "42809", "`%s` is not %s", relation->name->text, what);
}

static bool lock(SqlReplay *cx, const PgQuery__LockStmt *stmt)
{
    for (size_t i = 0; i < stmt->n_relations; i++) {
        const Relation *relation = relation_there(cx, stmt->relations[i]->range_var);
        if (relation == NULL) {
            return false;
        }
        if (!is_table(relation) && relation->kind != RELATION_VIEW) {
            return realm_refuse(cx->realm, "42809", "cannot lock relation `%s`",
                                relation->name->text);
        }
    }
    return true;
}

static bool vacuum(SqlReplay *cx, const PgQuery__VacuumStmt *stmt)
{
    for (size_t i = 0; i < stmt->n_rels; i++) {
        const PgQuery__VacuumRelation *of = stmt->rels[i]->vacuum_relation;
        const Relation *relation = relation_there(cx, of->relation);
        if (relation == NULL) {
            return false;
        }
        for (size_t k = 0; relation->kind == RELATION_TABLE && k < of->n_va_cols; k++) {
            if (realm_column(cx->realm, relation->table, redo_name_of(cx, of->va_cols[k])) ==
                NULL) {
                return false;
            }
        }
    }
    return true;
}

static bool reindex(SqlReplay *cx, const PgQuery__ReindexStmt *stmt)
{
    if (stmt->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SCHEMA) {
        return realm_has_schema(cx->realm, redo_name(cx, stmt->name));
    }
    if (stmt->relation == NULL) {
        return true;
    }
    const Relation *relation = relation_there(cx, stmt->relation);
    if (relation == NULL) {
        return false;
    }
    if (relation->table != NULL && relation->table->is_partitioned) {
        return realm_unknown(cx->realm, "REINDEX of what is partitioned");
    }
    if (stmt->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX) {
        return relation->kind == RELATION_INDEX || is_no(cx, relation, "an index");
    }
    return is_table(relation) || relation->kind == RELATION_MATERIALIZED_VIEW ||
           is_no(cx, relation, "a table or materialized view");
}

static bool refresh(SqlReplay *cx, const PgQuery__RefreshMatViewStmt *stmt)
{
    const Relation *relation = relation_there(cx, stmt->relation);
    if (relation == NULL) {
        return false;
    }
    if (is_table(relation)) {
        return realm_refuse(cx->realm, "0A000", "`%s` is not a materialized view",
                            relation->name->text);
    }
    if (relation->kind != RELATION_MATERIALIZED_VIEW) {
        return is_no(cx, relation, "a table or materialized view");
    }
    return !stmt->concurrent ||
           realm_unknown(cx->realm, "a materialized view that is refreshed concurrently");
}

bool redo_touch(SqlReplay *cx, const Node *stmt)
{
    switch ((int)stmt->node_case) { /* an open set */
    case PG_QUERY__NODE__NODE_LOCK_STMT:
        return lock(cx, stmt->lock_stmt);
    case PG_QUERY__NODE__NODE_VACUUM_STMT:
        return vacuum(cx, stmt->vacuum_stmt);
    case PG_QUERY__NODE__NODE_REINDEX_STMT:
        return reindex(cx, stmt->reindex_stmt);
    default:
        return refresh(cx, stmt->refresh_mat_view_stmt);
    }
}

/* --- sequences that a query moves ---------------------------------------------------------------
 */

static bool is_there(SqlReplay *cx, const char *text, bool runs)
{
    const char *statement = arena_printf(cx->arena, "SELECT FROM %s", text);
    PgQuery__ParseResult *tree = redo_parse(statement);
    const PgQuery__SelectStmt *select =
        tree != NULL && tree->n_stmts == 1 &&
                tree->stmts[0]->stmt->node_case == PG_QUERY__NODE__NODE_SELECT_STMT
            ? tree->stmts[0]->stmt->select_stmt
            : NULL;
    const Relation *relation = NULL;
    bool ok = true;
    if (select != NULL && select->n_from_clause == 1 &&
        select->from_clause[0]->node_case == PG_QUERY__NODE__NODE_RANGE_VAR) {
        relation = relation_there(cx, select->from_clause[0]->range_var);
        ok = relation != NULL &&
             (relation->kind == RELATION_SEQUENCE ||
              (runs ? is_no(cx, relation, "a sequence")
                    : realm_unknown(cx->realm, "a default that counts what is no sequence")));
    }
    redo_parse_free(tree);
    return ok;
}

typedef struct SequencesCx {
    SqlReplay *replay;
    bool runs;
} SequencesCx;

/* nextval('a.b'), with the name as regclass reads it. */
static bool find_sequence(void *context, const ProtobufCMessage *message)
{
    static const char *const names[] = {"currval", "nextval", "setval"};
    SqlReplay *cx = ((const SequencesCx *)context)->replay;
    const bool runs = ((const SequencesCx *)context)->runs;
    const PgQuery__FuncCall *call = message->descriptor == &pg_query__func_call__descriptor
                                        ? (const PgQuery__FuncCall *)message
                                        : NULL;
    for (size_t i = 0; call != NULL && call->n_args > 0 && i < lengthof(names); i++) {
        const Node *named = call->args[0];
        if (named->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
            named = named->type_cast->arg;
        }
        if (strcmp(tree_called_name(call), names[i]) == 0 &&
            named->node_case == PG_QUERY__NODE__NODE_A_CONST && !named->a_const->isnull &&
            named->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL) {
            return is_there(cx, named->a_const->sval->sval, runs);
        }
    }
    return true;
}

bool redo_sequences_there(SqlReplay *cx, const Node *stmt, bool runs)
{
    SequencesCx sequences = {cx, runs};
    return tree_walk(&stmt->base, find_sequence, &sequences);
}

/* --- TRUNCATE -----------------------------------------------------------------------------------
 */

static bool is_emptied(const SqlReplay *cx, const PgQuery__TruncateStmt *stmt, const Table *table)
{
    for (size_t i = 0; i < stmt->n_relations; i++) {
        const RangeName named = redo_range(cx, stmt->relations[i]->range_var);
        const Relation *relation = realm_relation(cx->realm, named.schema, named.name);
        if (relation != NULL && relation->table == table) {
            return true;
        }
    }
    return false;
}

bool redo_may_truncate(SqlReplay *cx, const PgQuery__TruncateStmt *stmt)
{
    if (stmt->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE) {
        return true;
    }
    vec_each(Table *const, at, &cx->realm->catalog->tables) {
        vec_each(ForeignKey *const, key, &(*at)->foreign_keys) {
            if (is_emptied(cx, stmt, (*key)->referenced) && !is_emptied(cx, stmt, *at)) {
                return realm_refuse(
                    cx->realm, "0A000",
                    "cannot truncate a table referenced in a foreign key constraint");
            }
        }
    }
    return true;
}
