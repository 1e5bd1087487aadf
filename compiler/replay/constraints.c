/*
 * constraints.c - primary keys, unique constraints, foreign keys, checks.
 */
#include "base/common.h"

#include "compiler/replay/read/view_scope.h"
#include "compiler/replay/notes/subjects.h"
#include "compiler/replay/expressions/typed.h"
#include "compiler/replay/replay_internal.h"

bool redo_key_columns(SqlReplay *cx, const Table *table, Node *const *names, size_t count,
                      ColumnList *ret_columns)
{
    ColumnList columns = {0};
    for (size_t i = 0; i < count; i++) {
        const Name name = redo_name_of(cx, names[i]);
        Column *column = table_find_column(table, name);
        if (column == NULL) {
            return realm_refuse(cx->realm, "42703", "column `%s` named in key does not exist",
                                name == NULL ? "" : name->text);
        }
        if (column_in_list(column, columns.items, columns.count)) {
            return realm_refuse(cx->realm, "42701", "column `%s` appears twice in a key",
                                column->name->text);
        }
        vec_push(cx->arena, &columns, column);
    }
    *ret_columns = columns;
    return true;
}

static bool key_of(SqlReplay *cx, const Table *table, const PgQuery__Constraint *constraint,
                   Column *column, ColumnList *ret_columns)
{
    if (constraint->n_keys == 0 && column != NULL) {
        ColumnList columns = {0};
        vec_push(cx->arena, &columns, column);
        *ret_columns = columns;
        return true;
    }
    return redo_key_columns(cx, table, constraint->keys, constraint->n_keys, ret_columns);
}

static void look_at_options(SqlReplay *cx, const PgQuery__Constraint *constraint)
{
    if (constraint->n_options > 0 ||
        (constraint->indexspace != NULL && constraint->indexspace[0] != '\0')) {
        realm_goes_beyond(cx->realm, "properties of an index");
    }
}

/* --- an index that becomes a constraint ---------------------------------------------------------
 */

static Index *take_index(SqlReplay *cx, Table *table, const PgQuery__Constraint *constraint)
{
    const Name name = redo_name(cx, constraint->indexname);
    const Name wanted = redo_name(cx, constraint->conname);
    Relation *relation = realm_relation(cx->realm, table->schema, name);
    Index *index = relation == NULL ? NULL : relation->index;
    if (relation == NULL) {
        realm_refuse(cx->realm, "42704", "index `%s` does not exist", name->text);
        return NULL;
    }
    if (relation->kind != RELATION_INDEX) {
        realm_refuse(cx->realm, "42809", "`%s` is not an index", name->text);
        return NULL;
    }
    if (index == NULL || relation->table != table) {
        realm_unknown(cx->realm, "a constraint by such an index");
        return NULL;
    }
    if (index->kind != INDEX_UNIQUE || index->predicate != NULL || index->method != METHOD_BTREE ||
        index->is_constraint) {
        realm_refuse(cx->realm, "42809", "`%s` is not a plain unique index", name->text);
        return NULL;
    }
    vec_each(const IndexPart, part, &index->parts) {
        if (part->sort == SORT_DESC || part->nulls != NULLS_DEFAULT || part->collation != NULL) {
            realm_refuse(cx->realm, "42809", "index `%s` does not have default sorting behavior",
                         name->text);
            return NULL;
        }
    }
    if (wanted != NULL && wanted != name && !realm_rename_index(cx->realm, relation, wanted)) {
        return NULL;
    }
    index->deferrable = constraint->deferrable;
    index->initially_deferred = constraint->initdeferred;
    return index;
}

/* The index keeps its name, and what rests on it. */
static bool use_as_primary_key(SqlReplay *cx, Table *table, const Index *index)
{
    Relation *relation = realm_relation(cx->realm, table->schema, index->name);
    if (table->primary_key != NULL) {
        return realm_refuse(cx->realm, "42P16",
                            "multiple primary keys for table `%s` are not allowed",
                            table->name->text);
    }
    PrimaryKey *key = table_set_primary_key(cx->realm->catalog, table, index->name, index->origin);
    key->deferrable = index->deferrable;
    key->initially_deferred = index->initially_deferred;
    vec_each(const IndexPart, part, &index->parts) {
        vec_push(cx->arena, &key->columns, part->column);
        realm_set_not_null(cx->realm, part->column);
    }
    for (size_t i = 0; i < table->indexes.count; i++) {
        if (table->indexes.items[i] == index) {
            memmove(table->indexes.items + i, table->indexes.items + i + 1,
                    (table->indexes.count - i - 1) * sizeof(Index *));
            table->indexes.count--;
            break;
        }
    }
    relation->index = NULL;
    relation->key = key;
    return true;
}

/* --- keys ---------------------------------------------------------------------------------------
 */

/* Partitions have it, too; with ONLY they will be given theirs. */
static bool hand_down(SqlReplay *cx, Table *table, Name name)
{
    Relation *index = realm_relation(cx->realm, table->schema, name);
    const bool has_parts = table->is_partitioned && realm_children(cx->realm, table).count > 0;
    if (has_parts && cx->only) {
        if (index->index != NULL) {
            index->index->valid = false;
        }
        return true;
    }
    return !has_parts || realm_hand_down_index(cx->realm, index);
}

static bool add_primary_key(SqlReplay *cx, Table *table, const PgQuery__Constraint *constraint,
                            Column *column)
{
    ColumnList columns = {0};
    look_at_options(cx, constraint);
    if (constraint->indexname != NULL && constraint->indexname[0] != '\0') {
        const Index *index = take_index(cx, table, constraint);
        return index != NULL && use_as_primary_key(cx, table, index);
    }
    if (!key_of(cx, table, constraint, column, &columns)) {
        return false;
    }
    if (constraint->n_including > 0) {
        realm_goes_beyond(cx->realm, "included columns of a primary key");
    }
    PrimaryKey *key =
        realm_add_primary_key(cx->realm, table, redo_name(cx, constraint->conname), &columns);
    if (key != NULL) {
        key->deferrable = constraint->deferrable;
        key->initially_deferred = constraint->initdeferred;
    }
    return key != NULL && hand_down(cx, table, key->name);
}

/* Two keys over the same columns in one statement are made one by the server. */
static bool is_second_key(const Table *table, const ColumnList *columns)
{
    const PrimaryKey *key = table->primary_key;
    bool same = key != NULL && key->columns.count == columns->count;
    for (size_t i = 0; same && i < columns->count; i++) {
        same = key->columns.items[i] == columns->items[i];
    }
    return same;
}

static bool is_over(const Index *index, const ColumnList *columns)
{
    bool same = index->parts.count == columns->count;
    for (size_t i = 0; same && i < columns->count; i++) {
        same = index->parts.items[i].column == columns->items[i];
    }
    return same;
}

/* Likewise; made by the statement at hand. */
static bool is_said_twice(const SqlReplay *cx, const Table *table, const ColumnList *columns)
{
    bool twice = false;
    vec_each(Index *const, at, &table->indexes) {
        twice |=
            (*at)->is_constraint && (*at)->origin.oid > cx->notes->granted && is_over(*at, columns);
    }
    return twice;
}

static bool fill_index(SqlReplay *cx, Index *index, const ColumnList *columns,
                       const ColumnList *include)
{
    vec_each(Column *const, at, columns) {
        IndexPart part = {.column = *at};
        if (!realm_operator_class(cx->realm, index, &part, NULL)) {
            return false;
        }
        vec_push(cx->arena, &index->parts, part);
    }
    vec_each(Column *const, at, include) {
        vec_push(cx->arena, &index->include, *at);
    }
    return true;
}

static bool add_unique(SqlReplay *cx, Table *table, const PgQuery__Constraint *constraint,
                       Column *column)
{
    ColumnList columns = {0}, include = {0};
    look_at_options(cx, constraint);
    if (constraint->nulls_not_distinct && !realm_since(cx->realm, 150000, "NULLS NOT DISTINCT")) {
        return false;
    }
    if (constraint->indexname != NULL && constraint->indexname[0] != '\0') {
        Index *taken = take_index(cx, table, constraint);
        if (taken != NULL) {
            taken->is_constraint = true;
        }
        return taken != NULL;
    }
    if (!key_of(cx, table, constraint, column, &columns) ||
        !redo_key_columns(cx, table, constraint->including, constraint->n_including, &include)) {
        return false;
    }
    if (is_second_key(table, &columns)) {
        return realm_unknown(cx->realm, "a unique constraint over the primary key's columns");
    }
    if (is_said_twice(cx, table, &columns)) {
        return realm_unknown(cx->realm, "two unique constraints over the same columns");
    }
    Index *index = arena_make(cx->arena, Index);
    *index = (Index){.table = table,
                     .kind = INDEX_UNIQUE,
                     .valid = true,
                     .is_constraint = true,
                     .deferrable = constraint->deferrable,
                     .initially_deferred = constraint->initdeferred,
                     .nulls_not_distinct = constraint->nulls_not_distinct};
    if (!fill_index(cx, index, &columns, &include)) {
        return false;
    }
    Name name = redo_name(cx, constraint->conname);
    if (name == NULL) {
        NameList names = {0};
        vec_each(Column *const, at, &columns) {
            realm_add_part_name(cx->realm, &names, (*at)->name);
        }
        vec_each(Column *const, at, &include) {
            realm_add_part_name(cx->realm, &names, (*at)->name);
        }
        name = realm_name_relation(cx->realm, table->schema, table->name,
                                   realm_joined(cx->realm, &names), "key");
    }
    return realm_add_index(cx->realm, index, name) && hand_down(cx, table, name);
}

/* --- foreign keys -------------------------------------------------------------------------------
 */

static ForeignKeyAction action_of(const char *letter)
{
    switch (letter == NULL ? 'a' : letter[0]) {
    case 'r':
        return ACTION_RESTRICT;
    case 'c':
        return ACTION_CASCADE;
    case 'n':
        return ACTION_SET_NULL;
    case 'd':
        return ACTION_SET_DEFAULT;
    default:
        return ACTION_NO_ACTION;
    }
}

/* 0: temporary, 1: unlogged, 2: for good. */
static int persistence_of(const SqlReplay *cx, const Table *table)
{
    if (table->schema == cx->realm->temporary) {
        return 0;
    }
    return realm_table_state(cx->realm, table)->is_unlogged ? 1 : 2;
}

static bool lasts_as_long(SqlReplay *cx, const Table *table, const Table *referenced)
{
    static const char *const words[] = {"temporary", "unlogged", "permanent"};
    const int own = persistence_of(cx, table), other = persistence_of(cx, referenced);
    return (own > 0 ? other >= own : other == own) ||
           realm_refuse(cx->realm, "42P16", "constraints on %s tables may not reference %s tables",
                        words[own], words[other]);
}

static bool add_foreign_key(SqlReplay *cx, Table *table, const PgQuery__Constraint *constraint,
                            Column *column)
{
    const RangeName to = redo_range(cx, constraint->pktable);
    const bool matches_full =
        constraint->fk_matchtype != NULL && constraint->fk_matchtype[0] == 'f';
    ForeignKey *key = arena_make(cx->arena, ForeignKey);
    *key = (ForeignKey){.name = redo_name(cx, constraint->conname),
                        .table = table,
                        .on_delete = action_of(constraint->fk_del_action),
                        .on_update = action_of(constraint->fk_upd_action),
                        .deferrable = constraint->deferrable,
                        .initially_deferred = constraint->initdeferred,
                        .valid = cx->is_new || !constraint->skip_validation};
    if (constraint->n_fk_del_set_cols > 0 &&
        !realm_since(cx->realm, 150000, "the columns that a foreign key sets")) {
        return false;
    }
    if (cx->only && table->is_partitioned) {
        return realm_refuse(cx->realm, "42809",
                            "cannot use ONLY for foreign key on partitioned table `%s`",
                            table->name->text);
    }
    if (constraint->skip_validation && table->is_partitioned &&
        !realm_since(cx->realm, 180000, "NOT VALID of a partitioned table's foreign key")) {
        return false;
    }
    if (matches_full || constraint->n_fk_del_set_cols > 0) {
        realm_goes_beyond(cx->realm, "how a foreign key matches");
    }
    key->referenced = realm_table(cx->realm, to.schema, to.name);
    if (key->referenced == NULL || !lasts_as_long(cx, table, key->referenced)) {
        return false;
    }
    if (column != NULL) {
        vec_push(cx->arena, &key->columns, column);
    } else if (!redo_key_columns(cx, table, constraint->fk_attrs, constraint->n_fk_attrs,
                                 &key->columns)) {
        return false;
    }
    return redo_key_columns(cx, key->referenced, constraint->pk_attrs, constraint->n_pk_attrs,
                            &key->referenced_columns) &&
           realm_add_foreign_key(cx->realm, key) && realm_hand_down_keys(cx->realm, table);
}

/* --- checks -------------------------------------------------------------------------------------
 */

static bool add_check(SqlReplay *cx, Table *table, const PgQuery__Constraint *constraint)
{
    if (constraint->is_no_inherit && table->is_partitioned) {
        return realm_refuse(cx->realm, "42P16",
                            "cannot add NO INHERIT constraint to partitioned table `%s`",
                            table->name->text);
    }
    const char *foreign = tree_foreign_function(cx, constraint->raw_expr);
    const Slice text = slice_brackets(cx, (size_t)constraint->location, "CHECK");
    ColumnList columns = {0};
    Name name = redo_name(cx, constraint->conname);
    if (foreign != NULL || text.text == NULL) {
        return realm_unknown(cx->realm, "a check that calls `%s`", foreign == NULL ? "?" : foreign);
    }
    if (!tree_columns(cx, constraint->raw_expr, table, &columns) ||
        !typed_is_taken(cx, table, constraint->raw_expr, "CHECK")) {
        return false;
    }
    if (name == NULL) {
        name = realm_name_constraint(cx->realm, table, table->name,
                                     columns.count == 1 ? columns.items[0]->name : NULL, "check");
    } else if (realm_is_inherited_check(cx->realm, table, name)) {
        return realm_own_check(cx->realm, table, name);
    } else if (realm_has_constraint(cx->realm, table, name)) {
        return realm_refuse(cx->realm, "42710", "constraint `%s` for relation `%s` already exists",
                            name->text, table->name->text);
    }
    const Name definition =
        intern_printf(cx->names, "CHECK ((%.*s))%s%s", (int)text.len, text.text,
                      constraint->is_no_inherit ? " NO INHERIT" : "",
                      constraint->skip_validation && !cx->is_new ? " NOT VALID" : "");
    Opaque *check =
        realm_add_opaque(cx->realm, OPAQUE_CHECK, table, table->schema, name, definition);
    vec_each(Column *const, at, &columns) {
        vec_push(cx->arena, &check->columns, *at);
    }
    QueryUses uses = {0};
    if (!query_resolve_row(cx, constraint->raw_expr, table,
                           (const char *const[]){table->name->text, NULL}, &uses)) {
        return false;
    }
    vec_each(EnumType *const, at, &uses.enums) {
        vec_push(cx->arena, &check->enums, *at);
    }
    return true;
}

bool redo_add_constraint(SqlReplay *cx, Table *table, const PgQuery__Constraint *constraint,
                         Column *column)
{
    switch ((int)constraint->contype) { /* an open set */
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
        return add_primary_key(cx, table, constraint, column);
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
        return add_unique(cx, table, constraint, column);
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        return add_foreign_key(cx, table, constraint, column);
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        return add_check(cx, table, constraint);
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
        return redo_add_exclusion(cx, table, constraint);
    default:
        return realm_unknown(cx->realm, "this kind of constraint");
    }
}
