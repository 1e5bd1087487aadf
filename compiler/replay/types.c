/*
 * types.c - enum types, sequences, schemas, extensions: made and altered.
 */
#include "base/common.h"

#include "compiler/replay/replay_internal.h"

/* --- enum types ---------------------------------------------------------------------------------
 */

bool redo_create_enum(SqlReplay *cx, const PgQuery__CreateEnumStmt *stmt)
{
    Name schema = NULL, name = NULL;
    redo_list_name(cx, stmt->type_name, stmt->n_type_name, &schema, &name);
    schema = realm_creation_schema(cx->realm, schema);
    EnumType *type = schema == NULL ? NULL : realm_add_enum(cx->realm, schema, name);
    for (size_t i = 0; type != NULL && i < stmt->n_vals; i++) {
        const Node *value = stmt->vals[i];
        if (value->node_case != PG_QUERY__NODE__NODE_STRING ||
            !realm_add_value(cx->realm, type, intern_cstr(cx->names, value->string->sval), NULL,
                             NULL)) {
            return false;
        }
    }
    return type != NULL;
}

static Name text_name(const SqlReplay *cx, const char *text)
{
    return text == NULL || text[0] == '\0' ? NULL : intern_cstr(cx->names, text);
}

bool redo_alter_enum(SqlReplay *cx, const PgQuery__AlterEnumStmt *stmt)
{
    Name schema = NULL, name = NULL;
    redo_list_name(cx, stmt->type_name, stmt->n_type_name, &schema, &name);
    const RealmType *type = realm_type(cx->realm, schema, name);
    const Name from = text_name(cx, stmt->old_val);
    const Name to = intern_cstr(cx->names, stmt->new_val == NULL ? "" : stmt->new_val);
    const Name neighbour = text_name(cx, stmt->new_val_neighbor);
    if (type == NULL || type->kind != REALM_ENUM) {
        return realm_refuse(cx->realm, type == NULL ? "42704" : "42809", "type `%s` is not an enum",
                            name->text);
    }
    if (from != NULL) {
        return realm_rename_value(cx->realm, type->enum_type, from, to);
    }
    if (stmt->skip_if_new_val_exists && enum_has_value(type->enum_type, to)) {
        return true;
    }
    return realm_add_value(cx->realm, type->enum_type, to,
                           stmt->new_val_is_after ? NULL : neighbour,
                           stmt->new_val_is_after ? neighbour : NULL);
}

/* --- sequences ----------------------------------------------------------------------------------
 */

/* `OWNED BY table.column`, or NONE. */
static bool set_owner(SqlReplay *cx, RealmSequence *sequence, const Node *arg)
{
    const PgQuery__List *list =
        arg != NULL && arg->node_case == PG_QUERY__NODE__NODE_LIST ? arg->list : NULL;
    if (list == NULL) {
        return realm_unknown(cx->realm, "the owner of a sequence");
    }
    if (list->n_items == 1) {
        sequence->owner = NULL;
        return true;
    }
    Name schema = NULL, table_name = NULL;
    redo_list_name(cx, list->items, list->n_items - 1, &schema, &table_name);
    const Table *table = realm_table(cx->realm, schema, table_name);
    sequence->owner =
        table == NULL
            ? NULL
            : realm_column(cx->realm, table, redo_name_of(cx, list->items[list->n_items - 1]));
    return sequence->owner != NULL;
}

static bool set_options(SqlReplay *cx, RealmSequence *sequence, Node *const *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const PgQuery__DefElem *option = options[i]->def_elem;
        if (strcmp(option->defname, "owned_by") == 0) {
            if (!set_owner(cx, sequence, option->arg)) {
                return false;
            }
        } else if (strcmp(option->defname, "as") == 0 && option->arg != NULL &&
                   option->arg->node_case == PG_QUERY__NODE__NODE_TYPE_NAME) {
            Name schema = NULL, name = NULL;
            const PgQuery__TypeName *type = option->arg->type_name;
            redo_list_name(cx, type->names, type->n_names, &schema, &name);
            sequence->sequence->data_type = name;
        } else if (strcmp(option->defname, "restart") != 0) {
            sequence->is_changed = true;
        }
    }
    return true;
}

bool redo_create_sequence(SqlReplay *cx, const PgQuery__CreateSeqStmt *stmt)
{
    const RangeName range = redo_range(cx, stmt->sequence);
    const Name schema = realm_creation_schema(cx->realm, range.schema);
    if (schema == NULL) {
        return false;
    }
    if (stmt->sequence->relpersistence != NULL && stmt->sequence->relpersistence[0] == 't') {
        return realm_unknown(cx->realm, "a temporary sequence");
    }
    if (stmt->if_not_exists && realm_relation(cx->realm, schema, range.name) != NULL) {
        return true;
    }
    RealmSequence *made = realm_add_sequence(cx->realm, schema, range.name, "int8");
    return made != NULL && set_options(cx, made, stmt->options, stmt->n_options);
}

bool redo_alter_sequence(SqlReplay *cx, const PgQuery__AlterSeqStmt *stmt)
{
    const RangeName range = redo_range(cx, stmt->sequence);
    const Relation *found = realm_relation(cx->realm, range.schema, range.name);
    if (found == NULL || found->kind != RELATION_SEQUENCE) {
        return (found == NULL && stmt->missing_ok) ||
               realm_refuse(cx->realm, "42P01", "relation `%s` does not exist", range.name->text);
    }
    return set_options(cx, found->sequence, stmt->options, stmt->n_options);
}

/* --- schemas, extensions ------------------------------------------------------------------------
 */

bool redo_create_schema(SqlReplay *cx, const PgQuery__CreateSchemaStmt *stmt)
{
    const Name name = redo_name(cx, stmt->schemaname);
    if (name == NULL || stmt->n_schema_elts > 0) {
        return realm_unknown(cx->realm, "a schema with elements, or of a role");
    }
    if (stmt->authrole != NULL) {
        realm_goes_beyond(cx->realm, "the owner of a schema");
    }
    if (stmt->if_not_exists && map_get(&cx->realm->catalog->schemas_by_name, name) != NULL) {
        return true;
    }
    return realm_add_schema(cx->realm, name);
}

static Name option_name(const SqlReplay *cx, const PgQuery__CreateExtensionStmt *stmt,
                        const char *option)
{
    for (size_t i = 0; i < stmt->n_options; i++) {
        const PgQuery__DefElem *element = stmt->options[i]->def_elem;
        if (strcmp(element->defname, option) == 0) {
            return redo_name_of(cx, element->arg);
        }
    }
    return NULL;
}

bool redo_create_extension(SqlReplay *cx, const PgQuery__CreateExtensionStmt *stmt)
{
    const Name name = redo_name(cx, stmt->extname);
    if (name_is(name, "plpgsql")) {
        return stmt->if_not_exists ||
               realm_refuse(cx->realm, "42710", "extension \"plpgsql\" already exists");
    }
    if (stmt->if_not_exists && realm_has_extension(cx->realm, name->text)) {
        return true;
    }
    const Name schema = realm_creation_schema(cx->realm, option_name(cx, stmt, "schema"));
    return schema != NULL && realm_add_extension(cx->realm, name, schema);
}
