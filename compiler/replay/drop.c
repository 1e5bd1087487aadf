/*
 * drop.c - DROP, RENAME, SET SCHEMA.
 */
#include "base/common.h"

#include "compiler/replay/notes/subjects.h"
#include "compiler/replay/replay_internal.h"

#define OBJECT(name) PG_QUERY__OBJECT_TYPE__OBJECT_##name

static bool cascades(const PgQuery__DropStmt *stmt)
{
    return stmt->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
}

/* The qualified name of an object of a DROP, whatever node holds it. */
static bool object_name(const SqlReplay *cx, const Node *object, Name *ret_schema, Name *ret_name)
{
    *ret_schema = *ret_name = NULL;
    switch ((int)object->node_case) { /* an open set */
    case PG_QUERY__NODE__NODE_LIST:
        redo_list_name(cx, object->list->items, object->list->n_items, ret_schema, ret_name);
        break;
    case PG_QUERY__NODE__NODE_STRING:
        *ret_name = redo_name_of(cx, object);
        break;
    case PG_QUERY__NODE__NODE_TYPE_NAME:
        redo_list_name(cx, object->type_name->names, object->type_name->n_names, ret_schema,
                       ret_name);
        break;
    default:
        break;
    }
    return *ret_name != NULL;
}

/* --- tables -------------------------------------------------------------------------------------
 */

static bool drop_tables(SqlReplay *cx, const PgQuery__DropStmt *stmt)
{
    Table **tables = arena_array(cx->arena, Table *, stmt->n_objects);
    size_t count = 0;
    for (size_t i = 0; i < stmt->n_objects; i++) {
        Name schema = NULL, name = NULL;
        if (!object_name(cx, stmt->objects[i], &schema, &name)) {
            return realm_unknown(cx->realm, "the name of a table");
        }
        const Relation *relation = realm_relation(cx->realm, schema, name);
        if (relation == NULL && stmt->missing_ok) {
            continue;
        }
        if (relation != NULL && relation->kind == RELATION_TEMPORARY) {
            realm_free_relation(cx->realm, relation->schema, relation->name);
            continue;
        }
        if (relation == NULL) {
            return realm_missing(cx->realm, MISSING_RELATION, schema, name, "table");
        }
        if (relation->kind != RELATION_TABLE) {
            return realm_refuse(cx->realm, "42809", "`%s` is not a table", name->text);
        }
        tables[count++] = relation->table;
    }
    return realm_drop_tables(cx->realm, tables, count, cascades(stmt));
}

/* --- the others, one at a time ------------------------------------------------------------------
 */

static bool missing(SqlReplay *cx, const PgQuery__DropStmt *stmt, const char *sqlstate,
                    const char *what, Name name)
{
    return stmt->missing_ok ||
           realm_refuse(cx->realm, sqlstate, "%s `%s` does not exist", what, name->text);
}

static bool drop_relation(SqlReplay *cx, const PgQuery__DropStmt *stmt, Name schema, Name name,
                          RelationKind kind, const char *what)
{
    Relation *relation = realm_relation(cx->realm, schema, name);
    if (relation == NULL) {
        return missing(cx, stmt, kind == RELATION_INDEX ? "42704" : "42P01", what, name);
    }
    if (relation->kind != kind) {
        return realm_refuse(cx->realm, "42809", "`%s` is not a %s", name->text, what);
    }
    if (relation->over != NULL) {
        realm_forget_view_index(relation);
        realm_free_relation(cx->realm, relation->schema, relation->name);
        return true;
    }
    if (kind == RELATION_INDEX) {
        return realm_drop_index(cx->realm, relation, cascades(stmt));
    }
    if (kind == RELATION_SEQUENCE) {
        return realm_drop_sequence(cx->realm, relation->sequence, cascades(stmt));
    }
    if (kind == RELATION_VIEW || kind == RELATION_MATERIALIZED_VIEW) {
        return realm_drop_view(cx->realm, relation, cascades(stmt));
    }
    return realm_unknown(cx->realm, "a %s is dropped", what);
}

static bool drop_type(SqlReplay *cx, const PgQuery__DropStmt *stmt, Name schema, Name name)
{
    RealmType *type = realm_type(cx->realm, schema, name);
    if (type == NULL) {
        return missing(cx, stmt, "42704", "type", name);
    }
    return cx->realm->casts > 0 ? realm_unknown(cx->realm, "a type is dropped that a cast may use")
                                : realm_drop_type(cx->realm, type, cascades(stmt));
}

static bool drop_one(SqlReplay *cx, const PgQuery__DropStmt *stmt, Name schema, Name name)
{
    switch ((int)stmt->remove_type) { /* an open set */
    case OBJECT(INDEX):
        return drop_relation(cx, stmt, schema, name, RELATION_INDEX, "index");
    case OBJECT(SEQUENCE):
        return drop_relation(cx, stmt, schema, name, RELATION_SEQUENCE, "sequence");
    case OBJECT(VIEW):
        return drop_relation(cx, stmt, schema, name, RELATION_VIEW, "view");
    case OBJECT(MATVIEW):
        return drop_relation(cx, stmt, schema, name, RELATION_MATERIALIZED_VIEW,
                             "materialized view");
    case OBJECT(TYPE):
    case OBJECT(DOMAIN):
        return drop_type(cx, stmt, schema, name);
    case OBJECT(SCHEMA):
        if (map_get(&cx->realm->catalog->schemas_by_name, name) == NULL && stmt->missing_ok) {
            return true;
        }
        return cx->realm->casts > 0 && cascades(stmt)
                   ? realm_unknown(cx->realm, "a schema is dropped with what a cast may use")
                   : realm_drop_schema(cx->realm, name, cascades(stmt));
    case OBJECT(EXTENSION):
        if (!realm_has_extension(cx->realm, name->text) && stmt->missing_ok) {
            return true;
        }
        return realm_drop_extension(cx->realm, name, cascades(stmt));
    default:
        return redo_drop_beyond(cx, stmt, schema, name);
    }
}

/* What hangs on a relation, and is named with it. */
static bool hung_kind(int type, OpaqueKind *ret_kind)
{
    const bool is_hung = type == OBJECT(TRIGGER) || type == OBJECT(POLICY) || type == OBJECT(RULE);
    *ret_kind = type == OBJECT(TRIGGER)  ? OPAQUE_TRIGGER
                : type == OBJECT(POLICY) ? OPAQUE_POLICY
                                         : OPAQUE_RULE;
    return is_hung;
}

bool redo_drop(SqlReplay *cx, const PgQuery__DropStmt *stmt)
{
    if (stmt->remove_type == OBJECT(TABLE)) {
        return drop_tables(cx, stmt);
    }
    for (size_t i = 0; i < stmt->n_objects; i++) {
        Name schema = NULL, name = NULL;
        const Node *object = stmt->objects[i];
        if (stmt->remove_type != OBJECT(OPERATOR) &&
            object->node_case == PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS) {
            if (!redo_drop_function(cx, object->object_with_args, stmt->remove_type,
                                    stmt->missing_ok, cascades(stmt))) {
                return false;
            }
            continue;
        }
        OpaqueKind kind = OPAQUE_KIND_COUNT;
        if (hung_kind((int)stmt->remove_type, &kind)) {
            if (!redo_drop_hung(cx, kind, object->list->items, object->list->n_items,
                                stmt->missing_ok)) {
                return false;
            }
            continue;
        }
        if (stmt->remove_type == OBJECT(CAST)) {
            if (!redo_drop_cast(cx, object->list)) {
                return false;
            }
            continue;
        }
        if (!object_name(cx, object, &schema, &name)) {
            return realm_unknown(cx->realm, "DROP of this kind of object");
        }
        if ((!stmt->missing_ok && !realm_has_schema(cx->realm, schema)) ||
            !drop_one(cx, stmt, schema, name)) {
            return false;
        }
    }
    return true;
}

/* --- RENAME -------------------------------------------------------------------------------------
 */

static bool rename_relation(SqlReplay *cx, Relation *relation, Name to)
{
    switch (relation->kind) {
    case RELATION_TABLE:
        return realm_rename_table(cx->realm, relation->table, to);
    case RELATION_INDEX:
        return realm_rename_index(cx->realm, relation, to);
    case RELATION_SEQUENCE:
        return realm_rename_sequence(cx->realm, relation->sequence, relation->schema, to);
    case RELATION_VIEW:
    case RELATION_MATERIALIZED_VIEW:
        return realm_rename_view(cx->realm, relation, to);
    case RELATION_COMPOSITE:
    case RELATION_TEMPORARY:
    case RELATION_FOREIGN:
        break;
    }
    return realm_unknown(cx->realm, "this kind of relation is renamed");
}

static bool rename_in_relation(SqlReplay *cx, const PgQuery__RenameStmt *stmt, Relation *relation)
{
    const Name from = redo_name(cx, stmt->subname), to = redo_name(cx, stmt->newname);
    if (stmt->rename_type == OBJECT(ATTRIBUTE) && relation->kind == RELATION_COMPOSITE) {
        return redo_rename_attribute(cx, relation, from, to);
    }
    if (stmt->rename_type == OBJECT(COLUMN)) {
        if (relation->kind == RELATION_VIEW || relation->kind == RELATION_MATERIALIZED_VIEW) {
            return realm_rename_view_column(cx->realm, relation, from, to);
        }
        if (relation->kind != RELATION_TABLE) {
            return realm_unknown(cx->realm, "a column of what is no table is renamed");
        }
        Column *column = realm_column(cx->realm, relation->table, from);
        return column != NULL && realm_rename_column(cx->realm, column, to);
    }
    if (stmt->rename_type == OBJECT(TABCONSTRAINT)) {
        return realm_rename_constraint(cx->realm, relation->table, from, to);
    }
    if (stmt->rename_type == OBJECT(ATTRIBUTE)) {
        return realm_unknown(cx->realm, "an attribute of what is no composite type is renamed");
    }
    return rename_relation(cx, relation, to);
}

static bool rename_type(SqlReplay *cx, const PgQuery__RenameStmt *stmt)
{
    Name schema = NULL, name = NULL;
    if (!object_name(cx, stmt->object, &schema, &name)) {
        return realm_unknown(cx->realm, "the name of a type");
    }
    RealmType *type = realm_type(cx->realm, schema, name);
    if (type == NULL) {
        return realm_missing(cx->realm, MISSING_TYPE, schema, name, "type");
    }
    return realm_rename_type(cx->realm, type, type->schema, redo_name(cx, stmt->newname));
}

bool redo_rename(SqlReplay *cx, const PgQuery__RenameStmt *stmt)
{
    OpaqueKind kind = OPAQUE_KIND_COUNT;
    if (hung_kind((int)stmt->rename_type, &kind)) {
        return redo_rename_hung(cx, kind, stmt);
    }
    switch ((int)stmt->rename_type) { /* an open set */
    case OBJECT(TYPE):
    case OBJECT(DOMAIN):
        return rename_type(cx, stmt);
    case OBJECT(STATISTIC_EXT):
        return redo_rename_statistics(cx, stmt->object->list->items, stmt->object->list->n_items,
                                      redo_name(cx, stmt->newname));
    case OBJECT(SCHEMA):
        return realm_rename_schema(cx->realm, redo_name(cx, stmt->subname),
                                   redo_name(cx, stmt->newname));
    case OBJECT(FUNCTION):
    case OBJECT(PROCEDURE):
    case OBJECT(ROUTINE):
        return redo_rename_function(cx, stmt->object->object_with_args, stmt->rename_type,
                                    redo_name(cx, stmt->newname));
    case OBJECT(TABLE):
    case OBJECT(INDEX):
    case OBJECT(VIEW):
    case OBJECT(MATVIEW):
    case OBJECT(SEQUENCE):
    case OBJECT(COLUMN):
    case OBJECT(ATTRIBUTE):
    case OBJECT(TABCONSTRAINT):
        break;
    default:
        return realm_unknown(cx->realm, "RENAME of this kind of object");
    }
    const RangeName range = redo_range(cx, stmt->relation);
    Relation *relation = realm_relation(cx->realm, range.schema, range.name);
    if (relation == NULL) {
        return stmt->missing_ok ||
               realm_missing(cx->realm, MISSING_RELATION, range.schema, range.name, "relation");
    }
    /* Whatever it is, these two words do. */
    return (stmt->rename_type == OBJECT(COLUMN) || stmt->rename_type == OBJECT(TABLE) ||
            stmt->rename_type == OBJECT(INDEX) ||
            subject_is_relation(cx, relation, stmt->rename_type)) &&
           rename_in_relation(cx, stmt, relation);
}

/* --- SET SCHEMA ---------------------------------------------------------------------------------
 */

bool redo_set_schema(SqlReplay *cx, const PgQuery__AlterObjectSchemaStmt *stmt)
{
    const Name schema = redo_name(cx, stmt->newschema);
    if (stmt->object_type == OBJECT(TYPE) && stmt->object != NULL) {
        Name from = NULL, name = NULL;
        RealmType *type =
            object_name(cx, stmt->object, &from, &name) ? realm_type(cx->realm, from, name) : NULL;
        if (type != NULL && type->kind == REALM_ROW) {
            return realm_refuse(cx->realm, "42809", "`%s` is a table's row type", name->text);
        }
        const bool known =
            type != NULL && map_get(&cx->realm->catalog->schemas_by_name, schema) != NULL;
        if (known && type->schema == schema) {
            return true;
        }
        return known ? realm_rename_type(cx->realm, type, schema, type->name)
                     : realm_unknown(cx->realm, "a type is moved into another schema");
    }
    if (stmt->object_type != OBJECT(TABLE)) {
        return realm_unknown(cx->realm, "SET SCHEMA of this kind of object");
    }
    const RangeName range = redo_range(cx, stmt->relation);
    if (stmt->missing_ok && realm_relation(cx->realm, range.schema, range.name) == NULL) {
        return true;
    }
    const Relation *relation = realm_relation(cx->realm, range.schema, range.name);
    if (relation != NULL && relation->kind != RELATION_TABLE) {
        return realm_unknown(cx->realm, "SET SCHEMA of this kind of object");
    }
    Table *table = realm_table(cx->realm, range.schema, range.name);
    if (table != NULL && table->schema == cx->realm->temporary) {
        return realm_refuse(cx->realm, "0A000",
                            "cannot move objects into or out of temporary schemas");
    }
    return table != NULL && realm_move_table(cx->realm, table, schema);
}
