/*
 * data.c - statements about rows: passed over, where they can reach nothing but rows.
 *
 * What they call must be the server's own functions, and no trigger may be in their way. Which
 * tables may hold rows is remembered: a script may fail there, or work, by what they hold.
 */
#include "base/common.h"

#include "compiler/replay/expressions/typed.h"
#include "compiler/replay/read/computed.h"
#include "compiler/replay/read/empty_query.h"
#include "compiler/replay/read/view_scope.h"
#include "compiler/replay/replay_internal.h"

/* --- what a statement reaches -------------------------------------------------------------------
 */

typedef struct ReachCx {
    SqlReplay *replay;
    const Node *stmt;
    const PgQuery__RangeVar *made; /* by SELECT INTO */
    bool ok;
} ReachCx;

typedef struct NamedCx {
    const char *name;
    bool found;
} NamedCx;

static bool visit_named(void *context, const ProtobufCMessage *message)
{
    NamedCx *cx = context;
    if (message->descriptor == &pg_query__common_table_expr__descriptor) {
        cx->found |= strcmp(((const PgQuery__CommonTableExpr *)message)->ctename, cx->name) == 0;
    }
    return !cx->found;
}

static bool is_of_server(const PgQuery__RangeVar *range)
{
    return strcmp(range->schemaname, "pg_catalog") == 0 ||
           strcmp(range->schemaname, "information_schema") == 0 ||
           (range->schemaname[0] == '\0' && strncmp(range->relname, "pg_", 3) == 0);
}

static bool visit_range(void *context, const ProtobufCMessage *message)
{
    ReachCx *cx = context;
    if (message->descriptor == &pg_query__into_clause__descriptor) {
        cx->made = ((const PgQuery__IntoClause *)message)->rel;
    }
    if (message->descriptor != &pg_query__range_var__descriptor) {
        return true;
    }
    const PgQuery__RangeVar *range = (const PgQuery__RangeVar *)message;
    if (range == cx->made) {
        return true;
    }
    NamedCx named = {.name = range->relname};
    const RangeName name = redo_range(cx->replay, range);
    const Relation *relation = realm_relation(cx->replay->realm, name.schema, name.name);
    if (range->schemaname[0] == '\0') {
        (void)tree_walk(&cx->stmt->base, visit_named, &named);
    }
    if (named.found || is_of_server(range)) {
        return true;
    }
    if (relation == NULL) {
        cx->ok = realm_missing_to_read(cx->replay->realm, name.schema, name.name);
    } else if (relation->kind != RELATION_TABLE && relation->kind != RELATION_SEQUENCE &&
               relation->kind != RELATION_TEMPORARY) {
        cx->ok = realm_unknown(cx->replay->realm, "a statement that reads a view");
    }
    return cx->ok;
}

static bool relations_exist(SqlReplay *cx, const Node *stmt)
{
    ReachCx reach = {.replay = cx, .stmt = stmt, .ok = true};
    (void)tree_walk(&stmt->base, visit_range, &reach);
    return reach.ok;
}

static const PgQuery__RangeVar *changed_relation(const Node *stmt)
{
    switch ((int)stmt->node_case) { /* an open set: the others change nothing */
    case PG_QUERY__NODE__NODE_INSERT_STMT:
        return stmt->insert_stmt->relation;
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
        return stmt->update_stmt->relation;
    case PG_QUERY__NODE__NODE_DELETE_STMT:
        return stmt->delete_stmt->relation;
    case PG_QUERY__NODE__NODE_MERGE_STMT:
        return stmt->merge_stmt->relation;
    default:
        return NULL;
    }
}

static bool visit_body(void *context, const ProtobufCMessage *message)
{
    ReachCx *cx = context;
    Realm *realm = cx->replay->realm;
    if (message->descriptor != &pg_query__range_var__descriptor) {
        return true;
    }
    const PgQuery__RangeVar *range = (const PgQuery__RangeVar *)message;
    const RangeName name = redo_range(cx->replay, range);
    NamedCx named = {.name = range->relname};
    (void)tree_walk(&cx->stmt->base, visit_named, &named);
    if (named.found || is_of_server(range) ||
        realm_relation(realm, name.schema, name.name) != NULL) {
        return true;
    }
    cx->ok = realm_missing_to_read(realm, name.schema, name.name);
    return false;
}

static bool is_about_rows(const Node *stmt)
{
    return stmt->node_case == PG_QUERY__NODE__NODE_SELECT_STMT || changed_relation(stmt) != NULL;
}

bool redo_body_exists(SqlReplay *cx, const char *body)
{
    PgQuery__ParseResult *tree = redo_parse(body);
    ReachCx reach = {.replay = cx, .ok = tree != NULL};
    if (tree == NULL) {
        return realm_unknown(cx->realm, "the body of a function");
    }
    for (size_t i = 0; reach.ok && i < tree->n_stmts; i++) {
        reach.stmt = tree->stmts[i]->stmt;
        if (is_about_rows(reach.stmt)) {
            (void)tree_walk(&reach.stmt->base, visit_body, &reach);
        }
    }
    redo_parse_free(tree);
    return reach.ok;
}

static bool calls_are_known(SqlReplay *cx, const Node *stmt)
{
    const char *foreign = tree_harmful_function(cx, stmt);
    return foreign == NULL || realm_unknown(cx->realm, "a statement that calls `%s`", foreign);
}

static RealmTable *target_of(SqlReplay *cx, const PgQuery__RangeVar *range)
{
    const RangeName name = redo_range(cx, range);
    const Table *table = realm_table(cx->realm, name.schema, name.name);
    return table == NULL ? NULL : realm_table_state(cx->realm, table);
}

static bool has_no_trigger(SqlReplay *cx, const RealmTable *state)
{
    return !state->has_triggers ||
           realm_unknown(cx->realm, "rows of `%s`, which has a trigger or calls a function",
                         state->table->name->text);
}

static bool has_columns(SqlReplay *cx, const RealmTable *state, Node *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const bool is_target = list[i]->node_case == PG_QUERY__NODE__NODE_RES_TARGET;
        const Name name = is_target ? redo_name(cx, list[i]->res_target->name) : NULL;
        if (name != NULL && realm_column(cx->realm, state->table, name) == NULL) {
            return false;
        }
    }
    return true;
}

/* --- the statements -----------------------------------------------------------------------------
 */

/* VALUES, DEFAULT VALUES: whatever is in a conflict with it is a row, too. */
static bool gives_a_row(const PgQuery__InsertStmt *stmt)
{
    return stmt->select_stmt == NULL ||
           (stmt->select_stmt->node_case == PG_QUERY__NODE__NODE_SELECT_STMT &&
            stmt->select_stmt->select_stmt->n_values_lists > 0 &&
            stmt->select_stmt->select_stmt->limit_count == NULL &&
            stmt->select_stmt->select_stmt->limit_offset == NULL);
}

/* Numbers and truths among the values; texts in quotes are read by row. */
static bool values_fit(SqlReplay *cx, const PgQuery__InsertStmt *stmt, const Table *table)
{
    const PgQuery__SelectStmt *select =
        stmt->select_stmt != NULL &&
                stmt->select_stmt->node_case == PG_QUERY__NODE__NODE_SELECT_STMT
            ? stmt->select_stmt->select_stmt
            : NULL;
    if (select == NULL || select->n_values_lists != 1) {
        return true; /* of several rows each column first has a type of its own */
    }
    const PgQuery__List *row = select->values_lists[0]->list;
    const size_t columns = stmt->n_cols > 0 ? stmt->n_cols : table->columns.count;
    for (size_t i = 0; i < row->n_items && i < columns; i++) {
        const PgQuery__ResTarget *target = stmt->n_cols > 0 ? stmt->cols[i]->res_target : NULL;
        const Column *column = target == NULL
                                   ? table->columns.items[i]
                                   : table_find_column(table, redo_name(cx, target->name));
        if (column != NULL && (target == NULL || target->n_indirection == 0) &&
            row->items[i]->node_case == PG_QUERY__NODE__NODE_A_CONST &&
            !typed_is_default(cx, NULL, column, row->items[i])) {
            return false;
        }
    }
    return true;
}

static bool insert(SqlReplay *cx, const Node *node)
{
    const PgQuery__InsertStmt *stmt = node->insert_stmt;
    RealmTable *state = target_of(cx, stmt->relation);
    if (state == NULL || !has_columns(cx, state, stmt->cols, stmt->n_cols) ||
        !insert_spares_computed(cx, stmt, state->table) || !values_fit(cx, stmt, state->table)) {
        return false;
    }
    const bool nothing = stmt->select_stmt != NULL &&
                         stmt->select_stmt->node_case == PG_QUERY__NODE__NODE_SELECT_STMT &&
                         query_gives_nothing(cx, stmt->with_clause, stmt->select_stmt->select_stmt);
    if (nothing && !state->has_statement_triggers) {
        return true;
    }
    if (!has_no_trigger(cx, state) || !calls_are_known(cx, node)) {
        return false;
    }
    state->may_have_rows |= !nothing;
    state->has_rows |= !cx->in_block && gives_a_row(stmt);
    return true;
}

/* Who knows which rows are left, here and where keys cascade to. */
static void forget_rows(SqlReplay *cx)
{
    vec_each(Table *const, at, &cx->realm->catalog->tables) {
        realm_table_state(cx->realm, *at)->has_rows = false;
    }
}

/* Keys that cascade lead to other tables' triggers. */
bool redo_has_no_trigger(SqlReplay *cx)
{
    vec_each(Table *const, at, &cx->realm->catalog->tables) {
        if (!has_no_trigger(cx, realm_table_state(cx->realm, *at))) {
            return false;
        }
    }
    return true;
}

static bool change(SqlReplay *cx, const Node *node, const PgQuery__RangeVar *relation,
                   Node *const *targets, size_t count)
{
    const RealmTable *state = target_of(cx, relation);
    if (state == NULL || !has_columns(cx, state, targets, count) ||
        !update_spares_computed(cx, targets, count, state->table)) {
        return false;
    }
    if (!realm_may_have_rows(cx->realm, state->table) && !state->has_statement_triggers) {
        return true;
    }
    return calls_are_known(cx, node) && redo_has_no_trigger(cx);
}

/* It may insert, whatever is there. */
static bool merge(SqlReplay *cx, const Node *node)
{
    enum { VERSION_15 = 150000 };
    const PgQuery__MergeStmt *stmt = node->merge_stmt;
    RealmTable *state = target_of(cx, stmt->relation);
    if (state == NULL) {
        return false;
    }
    if (cx->realm->catalog->server_version < VERSION_15) {
        return realm_unknown(cx->realm, "MERGE before PostgreSQL 15");
    }
    for (size_t i = 0; i < stmt->n_merge_when_clauses; i++) {
        const PgQuery__MergeWhenClause *when = stmt->merge_when_clauses[i]->merge_when_clause;
        if (!has_columns(cx, state, when->target_list, when->n_target_list) ||
            !merge_spares_computed(cx, when, state->table)) {
            return false;
        }
    }
    state->may_have_rows = true;
    return calls_are_known(cx, node) && redo_has_no_trigger(cx);
}

static bool find_set_config(void *context, const ProtobufCMessage *message)
{
    const PgQuery__FuncCall **found = context;
    if (message->descriptor == &pg_query__func_call__descriptor) {
        const PgQuery__FuncCall *call = (const PgQuery__FuncCall *)message;
        const Node *last = call->funcname[call->n_funcname - 1];
        if (last->node_case == PG_QUERY__NODE__NODE_STRING &&
            strcmp(last->string->sval, "set_config") == 0) {
            *found = call;
        }
    }
    return *found == NULL;
}

static bool read_only(SqlReplay *cx, const Node *node)
{
    const PgQuery__SelectStmt *select = node->select_stmt;
    const PgQuery__FuncCall *config = NULL;
    if (select->into_clause != NULL && cx->in_block) {
        return realm_unknown(cx->realm, "a variable of a block");
    }
    if (select->into_clause != NULL) {
        return redo_make_table(cx, select->into_clause, select, false);
    }
    (void)tree_walk(&node->base, find_set_config, &config);
    if (config != NULL) {
        return select->n_target_list == 1 && select->n_from_clause == 0
                   ? redo_set_config(cx, config)
                   : realm_unknown(cx->realm, "a query that calls set_config");
    }
    return query_gives_nothing(cx, NULL, select) || calls_are_known(cx, node);
}

static bool run_data(SqlReplay *cx, const Node *stmt);

static bool with_clause_of(SqlReplay *cx, const PgQuery__WithClause *with)
{
    for (size_t i = 0; with != NULL && i < with->n_ctes; i++) {
        const Node *query = with->ctes[i]->common_table_expr->ctequery;
        if (query->node_case != PG_QUERY__NODE__NODE_SELECT_STMT && !run_data(cx, query)) {
            return false;
        }
    }
    return true;
}

/* Rows of a temporary table made of a query are nobody's concern. */
static bool is_temporary(const SqlReplay *cx, const PgQuery__RangeVar *range)
{
    const RangeName name = redo_range(cx, range);
    Relation *relation = realm_relation(cx->realm, name.schema, name.name);
    const bool is_one = relation != NULL && relation->kind == RELATION_TEMPORARY;
    if (is_one) {
        relation->may_have_rows = true;
    }
    return is_one;
}

static bool make_lasting(SqlReplay *cx, const PgQuery__IntoClause *into,
                         const PgQuery__SelectStmt *select, bool if_not_exists)
{
    const RangeName range = redo_range(cx, into->rel);
    const Name schema = realm_creation_schema(cx->realm, range.schema);
    const Node whole = {.base = {.descriptor = &pg_query__node__descriptor},
                        .node_case = PG_QUERY__NODE__NODE_SELECT_STMT,
                        .select_stmt = (PgQuery__SelectStmt *)(uintptr_t)select};
    if (schema == NULL ||
        (if_not_exists && realm_relation(cx->realm, schema, range.name) != NULL)) {
        return schema != NULL;
    }
    return (query_gives_nothing(cx, NULL, select) || calls_are_known(cx, &whole)) &&
           redo_fill_table(cx, into, select, schema, range.name);
}

bool redo_make_table(SqlReplay *cx, const PgQuery__IntoClause *into,
                     const PgQuery__SelectStmt *select, bool if_not_exists)
{
    const RangeName range = redo_range(cx, into->rel);
    const Node whole = {.base = {.descriptor = &pg_query__node__descriptor},
                        .node_case = PG_QUERY__NODE__NODE_SELECT_STMT,
                        .select_stmt = (PgQuery__SelectStmt *)(uintptr_t)select};
    const bool nothing = query_gives_nothing(cx, NULL, select);
    if (into->rel->relpersistence == NULL || into->rel->relpersistence[0] != 't') {
        return make_lasting(cx, into, select, if_not_exists);
    }
    const Name schema = redo_temporary_schema(cx);
    if (if_not_exists && realm_relation(cx->realm, schema, range.name) != NULL) {
        return true;
    }
    if (!nothing && !calls_are_known(cx, &whole)) {
        return false;
    }
    const Relation made = {.kind = RELATION_TEMPORARY,
                           .schema = schema,
                           .name = range.name,
                           .may_have_rows = !nothing};
    if (into->on_commit == PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_DROP) {
        vec_push(cx->arena, &cx->until_commit, range.name);
    }
    return realm_take_relation(cx->realm, &made, NULL);
}

static bool run_data(SqlReplay *cx, const Node *stmt)
{
    const PgQuery__RangeVar *changed = changed_relation(stmt);
    if (changed != NULL && is_temporary(cx, changed)) {
        return calls_are_known(cx, stmt);
    }
    switch ((int)stmt->node_case) { /* an open set */
    case PG_QUERY__NODE__NODE_INSERT_STMT:
        return with_clause_of(cx, stmt->insert_stmt->with_clause) && insert(cx, stmt);
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
        return with_clause_of(cx, stmt->update_stmt->with_clause) &&
               change(cx, stmt, stmt->update_stmt->relation, stmt->update_stmt->target_list,
                      stmt->update_stmt->n_target_list);
    case PG_QUERY__NODE__NODE_DELETE_STMT:
        return with_clause_of(cx, stmt->delete_stmt->with_clause) &&
               change(cx, stmt, stmt->delete_stmt->relation, NULL, 0);
    case PG_QUERY__NODE__NODE_MERGE_STMT:
        return with_clause_of(cx, stmt->merge_stmt->with_clause) && merge(cx, stmt);
    case PG_QUERY__NODE__NODE_SELECT_STMT:
        return with_clause_of(cx, stmt->select_stmt->with_clause) && read_only(cx, stmt);
    case PG_QUERY__NODE__NODE_TRUNCATE_STMT:
        return redo_may_truncate(cx, stmt->truncate_stmt) && redo_has_no_trigger(cx);
    default:
        return realm_unknown(cx->realm, "a statement about rows");
    }
}

bool redo_data(SqlReplay *cx, const Node *stmt)
{
    if (stmt->node_case != PG_QUERY__NODE__NODE_INSERT_STMT &&
        stmt->node_case != PG_QUERY__NODE__NODE_UPDATE_STMT &&
        stmt->node_case != PG_QUERY__NODE__NODE_SELECT_STMT) {
        forget_rows(cx);
    }
    return relations_exist(cx, stmt) && query_names_exist(cx, stmt) &&
           redo_sequences_there(cx, stmt, true) && run_data(cx, stmt);
}
