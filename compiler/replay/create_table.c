/*
 * create_table.c - CREATE TABLE: columns first, then what is said about them.
 */
#include "base/common.h"

#include "compiler/replay/notes/properties.h"
#include "compiler/replay/expressions/typed.h"
#include "compiler/replay/replay_internal.h"

static bool is_persistence(const PgQuery__RangeVar *range, char letter)
{
    return range->relpersistence != NULL && range->relpersistence[0] == letter;
}

/* What has no place in the catalog, or is not carried out here. */
static bool look_at_kind(SqlReplay *cx, const PgQuery__CreateStmt *stmt)
{
    if (stmt->of_typename != NULL) {
        return realm_unknown(cx->realm, "a table of a type");
    }
    if (is_persistence(stmt->relation, 'u') || stmt->n_options > 0 ||
        (stmt->tablespacename != NULL && stmt->tablespacename[0] != '\0') ||
        (stmt->access_method != NULL && stmt->access_method[0] != '\0')) {
        realm_goes_beyond(cx->realm, "properties of a table");
    }
    if (stmt->n_options > 0 && stmt->partspec != NULL) {
        return realm_unknown(cx->realm, "storage parameters of a partitioned table");
    }
    if (!redo_storage_known(cx, STORAGE_TABLE, stmt->options, stmt->n_options)) {
        return false;
    }
    if (stmt->partspec != NULL && is_persistence(stmt->relation, 'u') &&
        cx->realm->catalog->server_version >= 180000) {
        return realm_refuse(cx->realm, "0A000", "partitioned tables cannot be unlogged");
    }
    return stmt->partspec == NULL || stmt->access_method == NULL ||
           stmt->access_method[0] == '\0' ||
           realm_since(cx->realm, 170000, "the access method of a partitioned table");
}

static bool add_column(SqlReplay *cx, Table *table, const PgQuery__ColumnDef *def,
                       PendingList *pending)
{
    const RealmTable *state = realm_table_state(cx->realm, table);
    Column *column = table_find_column(table, redo_name(cx, def->colname));
    if (column != NULL && state->parents.count > 0 && realm_is_inherited(cx->realm, column)) {
        return redo_merge_column(cx, column, def, pending);
    }
    if (!redo_add_column(cx, table, def, pending)) {
        return false;
    }
    if (state->parents.count > 0) {
        realm_own_column(cx->realm, vec_last(&table->columns));
    }
    return true;
}

/* --- families -----------------------------------------------------------------------------------
 */

static bool inherit(SqlReplay *cx, Table *table, const PgQuery__CreateStmt *stmt)
{
    if (stmt->n_inh_relations > 0) {
        realm_goes_beyond(cx->realm, "inheritance");
    }
    for (size_t i = 0; i < stmt->n_inh_relations; i++) {
        const RangeName range = redo_range(cx, stmt->inh_relations[i]->range_var);
        Table *parent = realm_table(cx->realm, range.schema, range.name);
        if (parent == NULL || !realm_inherit_columns(cx->realm, table, parent)) {
            return false;
        }
        if (parent->schema == cx->realm->temporary && table->schema != cx->realm->temporary) {
            return realm_refuse(cx->realm, "42809", "cannot inherit from temporary relation `%s`",
                                parent->name->text);
        }
        if (stmt->partbound != NULL && !parent->is_partitioned) {
            return realm_refuse(cx->realm, "42P17", "`%s` is not partitioned", parent->name->text);
        }
        if (stmt->partbound == NULL && realm_is_partition(cx->realm, parent)) {
            return realm_refuse(cx->realm, "42809", "cannot inherit from partition `%s`",
                                parent->name->text);
        }
        if (stmt->partbound == NULL && parent->is_partitioned) {
            return realm_refuse(cx->realm, "42809", "cannot inherit from partitioned table `%s`",
                                parent->name->text);
        }
        if (stmt->partbound != NULL && !redo_bound_fits(cx, parent, table, stmt->partbound)) {
            return false;
        }
        if (!realm_add_parent(cx->realm, table, parent)) {
            return false;
        }
    }
    realm_table_state(cx->realm, table)->is_partition = stmt->partbound != NULL;
    return true;
}

static bool inherit_checks(SqlReplay *cx, Table *table)
{
    const RealmTable *state = realm_table_state(cx->realm, table);
    for (size_t i = 0; i < state->parents.count; i++) {
        if (!realm_inherit_checks(cx->realm, table, state->parents.items[i])) {
            return false;
        }
    }
    return true;
}

/* Columns alone, compared as their types are; NULL otherwise. */
static const char *partition_method(const PgQuery__PartitionSpec *spec)
{
    for (size_t i = 0; i < spec->n_part_params; i++) {
        const PgQuery__PartitionElem *element = spec->part_params[i]->partition_elem;
        if (element->expr != NULL || element->n_opclass > 0 || element->n_collation > 0) {
            return NULL;
        }
    }
    switch (spec->strategy[0] | 0x20) { /* the server knows no other, in any case */
    case 'r':
        return "RANGE";
    case 'l':
        return "LIST";
    default:
        return "HASH";
    }
}

/* What a server may refuse of a key, and is not known here. */
static bool is_plain_key(const PgQuery__PartitionSpec *spec, const RealmTable *state)
{
    bool plain = (spec->strategy[0] | 0x20) != 'l' || spec->n_part_params == 1;
    vec_each(Column *const, at, &state->partition_key) {
        plain &= (*at)->type.id != TYPE_JSON && (*at)->type.id != TYPE_XML &&
                 (*at)->type.id != TYPE_OTHER && (*at)->type.id != TYPE_MONEY;
    }
    return plain;
}

static bool partition_by(SqlReplay *cx, Table *table, const PgQuery__PartitionSpec *spec)
{
    RealmTable *state = realm_table_state(cx->realm, table);
    table->is_partitioned = spec != NULL;
    state->partition_method = spec != NULL ? partition_method(spec) : NULL;
    state->partition_strategy = (char)(spec != NULL ? spec->strategy[0] | 0x20 : 0);
    for (size_t i = 0; spec != NULL && i < spec->n_part_params; i++) {
        const PgQuery__PartitionElem *element = spec->part_params[i]->partition_elem;
        ColumnList columns = {0};
        if (element->name != NULL && element->name[0] != '\0') {
            Column *column = table_find_column(table, redo_name(cx, element->name));
            if (column == NULL) {
                return realm_refuse(cx->realm, "42703",
                                    "column `%s` named in partition key does not exist",
                                    element->name);
            }
            vec_push(cx->arena, &columns, column);
        } else if (!tree_columns(cx, element->expr, table, &columns) ||
                   !typed_is_taken(cx, table, element->expr, NULL) ||
                   !redo_is_immutable(cx, element->expr, table, &columns, NULL,
                                      "functions in partition key expression must be marked "
                                      "IMMUTABLE")) {
            return false;
        } else {
            state->has_expression_key = true;
        }
        vec_each(Column *const, at, &columns) {
            vec_push(cx->arena, &state->partition_key, *at);
        }
    }
    return spec == NULL || is_plain_key(spec, state) ||
           realm_unknown(cx->realm, "a partition key that a server may refuse");
}

static bool settle_likes(SqlReplay *cx, Table *table, const PgQuery__CreateStmt *stmt)
{
    for (size_t i = 0; i < stmt->n_table_elts; i++) {
        const Node *element = stmt->table_elts[i];
        if (element->node_case == PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE &&
            !redo_like_rest(cx, table, element->table_like_clause)) {
            return false;
        }
    }
    return true;
}

/* A partition has what its table has. */
static bool hand_down(SqlReplay *cx, const Table *table)
{
    const RealmTable *state = realm_table_state(cx->realm, table);
    return !state->is_partition || realm_hand_down_all(cx->realm, state->parents.items[0]);
}

static bool add_elements(SqlReplay *cx, Table *table, const PgQuery__CreateStmt *stmt,
                         PendingList *pending)
{
    for (size_t i = 0; i < stmt->n_table_elts; i++) {
        const Node *element = stmt->table_elts[i];
        if (element->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF) {
            if (!add_column(cx, table, element->column_def, pending)) {
                return false;
            }
        } else if (element->node_case == PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE) {
            if (!redo_like_columns(cx, table, element->table_like_clause)) {
                return false;
            }
        } else if (element->node_case == PG_QUERY__NODE__NODE_CONSTRAINT) {
            const PendingConstraint waiting = {element->constraint, NULL};
            vec_push(cx->arena, pending, waiting);
        } else {
            return realm_unknown(cx->realm, "this element of a table");
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

/* --- before there is a table --------------------------------------------------------------------
 */

/* A name that stands there before, of the columns of the statement alone. */
static bool is_new(SqlReplay *cx, NameList *names, Name name)
{
    vec_each(const Name, at, names) {
        if (*at == name) {
            return realm_refuse(cx->realm, "42701", "column `%s` specified more than once",
                                name->text);
        }
    }
    vec_push(cx->arena, names, name);
    return true;
}

static bool are_new(SqlReplay *cx, const PgQuery__CreateStmt *stmt)
{
    NameList names = {0};
    for (size_t i = 0; i < stmt->n_table_elts; i++) {
        const Node *element = stmt->table_elts[i];
        if (element->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF &&
            !is_new(cx, &names, redo_name(cx, element->column_def->colname))) {
            return false;
        }
        const Table *from = element->node_case == PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE
                                ? redo_like_source(cx, element->table_like_clause, NULL)
                                : NULL;
        for (size_t k = 0; from != NULL && k < from->columns.count; k++) {
            if (!is_new(cx, &names, from->columns.items[k]->name)) {
                return false;
            }
        }
    }
    return true;
}

static bool has_word(const PgQuery__ColumnDef *def, PgQuery__ConstrType word)
{
    for (size_t i = 0; i < def->n_constraints; i++) {
        if (def->constraints[i]->constraint->contype == word) {
            return true;
        }
    }
    return false;
}

/* Each element by itself. */
static bool are_said(SqlReplay *cx, const PgQuery__CreateStmt *stmt, Name name)
{
    size_t keys = 0;
    for (size_t i = 0; i < stmt->n_table_elts; i++) {
        const Node *element = stmt->table_elts[i];
        ReplayType type;
        Name collation = NULL;
        if (element->node_case == PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE &&
            redo_like_source(cx, element->table_like_clause, NULL) == NULL) {
            return false;
        }
        if (element->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF &&
            element->column_def->type_name != NULL) {
            if (!redo_column_is_said(cx, name, element->column_def, &type, &collation)) {
                return false;
            }
            keys += has_word(element->column_def, PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY) ? 1 : 0;
        }
        keys += element->node_case == PG_QUERY__NODE__NODE_CONSTRAINT &&
                        element->constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY
                    ? 1
                    : 0;
    }
    return keys < 2 ||
           realm_refuse(cx->realm, "42P16", "multiple primary keys for table `%s` are not allowed",
                        name->text);
}

/* The sequences are made before it. */
static bool have_sequences(SqlReplay *cx, const PgQuery__CreateStmt *stmt)
{
    for (size_t i = 0; i < stmt->n_table_elts; i++) {
        const Node *element = stmt->table_elts[i];
        ReplayType type;
        if (element->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF &&
            has_word(element->column_def, PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY) &&
            element->column_def->type_name != NULL &&
            (!redo_type(cx, element->column_def->type_name, &type) ||
             !redo_may_be_identity(cx, &type.type))) {
            return false;
        }
    }
    return true;
}

/* In the server's order, so that it is refused for the reason that the server names. */
static bool look_ahead(SqlReplay *cx, const PgQuery__CreateStmt *stmt, Name name)
{
    if (!are_said(cx, stmt, name) || !have_sequences(cx, stmt)) {
        return false;
    }
    for (size_t i = 0; i < stmt->n_inh_relations; i++) {
        const RangeName range = redo_range(cx, stmt->inh_relations[i]->range_var);
        if (realm_table(cx->realm, range.schema, range.name) == NULL) {
            return false;
        }
    }
    return are_new(cx, stmt);
}

bool redo_create_table(SqlReplay *cx, const PgQuery__CreateStmt *stmt)
{
    const RangeName range = redo_range(cx, stmt->relation);
    PendingList pending = {0};
    if (!look_at_kind(cx, stmt)) {
        return false;
    }
    const bool is_temporary = is_persistence(stmt->relation, 't');
    if (is_temporary && range.schema != NULL && !name_is(range.schema, "pg_temp")) {
        return realm_has_schema(cx->realm, range.schema) &&
               realm_refuse(cx->realm, "42P16",
                            "cannot create temporary relation in non-temporary schema");
    }
    const Name schema =
        is_temporary ? redo_temporary_schema(cx) : realm_creation_schema(cx->realm, range.schema);
    if (schema == NULL) {
        return false;
    }
    if (stmt->if_not_exists && realm_relation(cx->realm, schema, range.name) != NULL) {
        return true;
    }
    if (!look_ahead(cx, stmt, range.name)) {
        return false;
    }
    Table *table = realm_add_table(cx->realm, schema, range.name);
    if (table != NULL) {
        realm_table_state(cx->realm, table)->is_unlogged = is_persistence(stmt->relation, 'u');
    }
    if (stmt->oncommit == PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_DROP) {
        vec_push(cx->arena, &cx->until_commit, range.name);
    }
    if (table == NULL || !inherit(cx, table, stmt) || !add_elements(cx, table, stmt, &pending) ||
        !partition_by(cx, table, stmt->partspec) || !inherit_checks(cx, table)) {
        return false;
    }
    cx->is_new = true;
    const bool settled = redo_settle(cx, table, &pending);
    cx->is_new = false;
    const RealmTable *state = realm_table_state(cx->realm, table);
    vec_each(Column *const, at, &state->partition_key) {
        if (settled && (*at)->generated != NULL) {
            return realm_refuse(cx->realm, "42P17", "cannot use generated column in partition key");
        }
    }
    return settled && settle_likes(cx, table, stmt) && hand_down(cx, table);
}
