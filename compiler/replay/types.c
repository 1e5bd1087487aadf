/*
 * types.c - enum types, schemas, extensions: made and altered.
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
        const Name value = intern_cstr(cx->names, stmt->vals[i]->string->sval);
        if (enum_has_value(type, value)) { /* found by the catalog's own unique index */
            return realm_refuse(cx->realm, "23505", "the value `%s` is listed twice", value->text);
        }
        if (!realm_add_value(cx->realm, type, value, NULL, NULL)) {
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
        if (!realm_rename_value(cx->realm, type->enum_type, from, to)) {
            return false;
        }
        redo_rename_in_bounds(cx, type->enum_type, from, to);
        return true;
    }
    if (stmt->skip_if_new_val_exists && enum_has_value(type->enum_type, to)) {
        return true;
    }
    return realm_add_value(cx->realm, type->enum_type, to,
                           stmt->new_val_is_after ? NULL : neighbour,
                           stmt->new_val_is_after ? neighbour : NULL);
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
