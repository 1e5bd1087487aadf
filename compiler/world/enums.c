/*
 * enums.c - enum types and other types by name.
 *
 * Source: PostgreSQL manual, CREATE TYPE, ALTER TYPE, DROP TYPE.
 */
#include "base/common.h"

#include "compiler/world/realm_internal.h"

EnumType *realm_add_enum(Realm *realm, Name schema, Name name)
{
    const RealmType type = {.kind = REALM_ENUM, .schema = schema, .name = name};
    RealmType *taken = NULL;
    if (!realm_take_type(realm, &type, &taken)) {
        return NULL;
    }
    taken->enum_type = catalog_add_enum(realm->catalog, schema, name, realm_origin(realm));
    return taken->enum_type;
}

static size_t find_value(const EnumType *type, Name value)
{
    size_t i = 0;
    while (i < type->values.count && type->values.items[i] != value) {
        i++;
    }
    return i;
}

bool realm_add_value(Realm *realm, EnumType *type, Name value, Name before, Name after)
{
    const Name neighbour = before != NULL ? before : after;
    size_t place = type->values.count;
    if (value->len > IDENTIFIER_MAX) {
        return realm_refuse(realm, "42602", "invalid enum label `%s`", value->text);
    }
    if (enum_has_value(type, value)) {
        return realm_refuse(realm, "42710", "enum label `%s` already exists", value->text);
    }
    if (neighbour != NULL) {
        place = find_value(type, neighbour);
        if (place == type->values.count) {
            return realm_refuse(realm, "22023", "`%s` is not an existing enum label",
                                neighbour->text);
        }
        place += before == NULL ? 1 : 0;
    }
    vec_push(realm->arena, &type->values, value);
    for (size_t i = type->values.count - 1; i > place; i--) {
        type->values.items[i] = type->values.items[i - 1];
    }
    type->values.items[place] = value;
    return true;
}

/* --- renamed ------------------------------------------------------------------------------------
 */

/* What was made canonical with the old name is made so anew. */
static void rename_literal(Literal *literal, Name from, Name to)
{
    if (literal->text == from) {
        literal->text = to;
        literal->canonical = NULL;
    }
}

static void rename_in_default(Column *column, const EnumType *type, Name from, Name to)
{
    Default *dflt = &column->dflt;
    if (column->type.enum_type != type) {
        return;
    }
    if (dflt->kind == DEFAULT_VALUE) {
        rename_literal(&dflt->value, from, to);
    }
    vec_each(Literal, item, &dflt->items) {
        rename_literal(item, from, to);
    }
}

static bool speaks_of(Name text, Name word)
{
    return text != NULL && enum_text_may_say(text, word);
}

/* Expressions that are compared by their meaning; false where one may not be understood. */
static bool rename_in_table(Realm *realm, Table *table, const EnumRename *rename)
{
    bool ok = true;
    vec_each(Index *const, at, &table->indexes) {
        ok &= enum_text_renamed(realm, table, NULL, rename, &(*at)->predicate);
    }
    vec_each(Column *const, at, &table->columns) {
        Column *column = *at;
        if (column->dflt.kind == DEFAULT_EXPRESSION) {
            ok &= enum_text_renamed(realm, table, &column->type, rename, &column->dflt.text);
        }
        ok &= enum_text_renamed(realm, table, &column->type, rename, &column->generated);
    }
    return ok;
}

/* Of objects that are kept with their definition. What a view, a policy or a trigger says is
 * restated; a type's own values are in no function's name. */
static bool rename_in_opaque(Realm *realm, Opaque *opaque, const EnumRename *rename)
{
    const Name word = rename->value != NULL ? rename->value : rename->type->name;
    const bool is_function = opaque->kind == OPAQUE_FUNCTION;
    const bool is_printed =
        opaque_is_view(opaque) || opaque->kind == OPAQUE_POLICY || opaque->kind == OPAQUE_TRIGGER;
    if (opaque->kind == OPAQUE_CHECK) {
        return enum_check_renamed(realm, rename, opaque);
    }
    if (opaque->kind == OPAQUE_PARTIAL_INDEX) { /* its predicate */
        return enum_text_renamed(realm, opaque->table, NULL, rename, &opaque->definition);
    }
    if (is_printed && speaks_of(opaque->definition, word)) {
        realm_restate(realm, opaque, word, rename->to);
    }
    return is_printed || !speaks_of(is_function ? opaque->name : opaque->definition, word);
}

/* What is said of the old name is said of the new one; unknown where it may not be understood. */
static bool rename_in_texts(Realm *realm, const EnumRename *rename)
{
    const Name word = rename->value != NULL ? rename->value : rename->type->name;
    bool ok = true;
    vec_each(Table *const, at, &realm->catalog->tables) {
        ok &= rename_in_table(realm, *at, rename);
    }
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        ok &= rename_in_opaque(realm, *at, rename);
    }
    vec_each(RealmRoutine *const, at, &realm->routines) {
        ok &= strstr((*at)->result, word->text) == NULL;
    }
    return ok || realm_unknown(realm, "%s is renamed that an expression may name",
                               rename->value != NULL ? "an enum value" : "a type");
}

bool realm_rename_value(Realm *realm, EnumType *type, Name from, Name to)
{
    const size_t place = find_value(type, from);
    if (place == type->values.count) {
        return realm_refuse(realm, "22023", "`%s` is not an existing enum label", from->text);
    }
    if (to->len > IDENTIFIER_MAX) {
        return realm_refuse(realm, "42602", "invalid enum label `%s`", to->text);
    }
    if (enum_has_value(type, to)) {
        return realm_refuse(realm, "42710", "enum label `%s` already exists", to->text);
    }
    const EnumRename rename = {.type = type, .value = from, .schema = type->schema, .to = to};
    if (!rename_in_texts(realm, &rename)) {
        return false;
    }
    type->values.items[place] = to;
    vec_each(Table *const, at, &realm->catalog->tables) {
        vec_each(Column *const, column, &(*at)->columns) {
            rename_in_default(*column, type, from, to);
        }
    }
    return true;
}

static Column *first_user(const Realm *realm, const RealmType *type);

/* Could an expression speak of the type? */
static bool texts_speak_of(const Realm *realm, Name word)
{
    vec_each(Table *const, at, &realm->catalog->tables) {
        vec_each(Index *const, index, &(*at)->indexes) {
            if (speaks_of((*index)->predicate, word)) {
                return true;
            }
        }
        vec_each(Column *const, column, &(*at)->columns) {
            if (((*column)->dflt.kind == DEFAULT_EXPRESSION &&
                 speaks_of((*column)->dflt.text, word)) ||
                speaks_of((*column)->generated, word)) {
                return true;
            }
        }
    }
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        if (speaks_of((*at)->kind == OPAQUE_FUNCTION ? (*at)->name : (*at)->definition, word)) {
            return true;
        }
    }
    return false;
}

/* Domains and composite types, whose names columns would have to follow. */
static bool rename_other(Realm *realm, RealmType *type, const RealmType *renamed)
{
    const Relation *relation =
        type->kind == REALM_COMPOSITE ? realm_relation(realm, type->schema, type->name) : NULL;
    if (type->opaque == NULL || first_user(realm, type) != NULL) {
        return realm_unknown(realm, "a type is renamed that columns have");
    }
    if (!realm_take_type(realm, renamed, NULL)) {
        return false;
    }
    if (relation != NULL) {
        Relation moved = *relation;
        moved.schema = renamed->schema;
        moved.name = renamed->name;
        if (!realm_take_relation(realm, &moved, NULL)) {
            map_remove2(&realm->types, renamed->schema, renamed->name);
            return false;
        }
        realm_free_relation(realm, type->schema, type->name);
    }
    map_remove2(&realm->types, type->schema, type->name);
    type->opaque->schema = renamed->schema;
    type->opaque->name = renamed->name;
    return true;
}

bool realm_rename_type(Realm *realm, RealmType *type, Name schema, Name name)
{
    EnumType *made = type->enum_type;
    RealmType renamed = *type;
    renamed.schema = schema;
    renamed.name = name;
    if (type->kind != REALM_ENUM) {
        return texts_speak_of(realm, type->name)
                   ? realm_unknown(realm, "a type is renamed that an expression may name")
                   : rename_other(realm, type, &renamed);
    }
    const EnumRename rename = {.type = made, .schema = schema, .to = name};
    if (!realm_take_type(realm, &renamed, NULL) || !rename_in_texts(realm, &rename)) {
        return false;
    }
    map_remove2(&realm->types, type->schema, type->name);
    map_remove2(&realm->catalog->enums_by_name, type->schema, type->name);
    made->schema = schema;
    made->name = name;
    map_put2(realm->arena, &realm->catalog->enums_by_name, schema, name, made);
    return true;
}

/* --- dropped ------------------------------------------------------------------------------------
 */

static bool column_uses(const Column *column, const RealmType *type)
{
    if (type->kind == REALM_ENUM) {
        return column->type.enum_type == type->enum_type ||
               (column->type.domain_of != NULL &&
                column->type.domain_of->enum_type == type->enum_type);
    }
    return column->type.id == TYPE_OTHER && realm_text_names(column->type.raw, type->name);
}

static Column *first_user(const Realm *realm, const RealmType *type)
{
    vec_each(Table *const, at, &realm->catalog->tables) {
        vec_each(Column *const, column, &(*at)->columns) {
            if (column_uses(*column, type)) {
                return *column;
            }
        }
    }
    return NULL;
}

/* A default that names the type, of a column of another one. */
static Column *first_default(const Realm *realm, const RealmType *type)
{
    vec_each(Table *const, at, &realm->catalog->tables) {
        vec_each(Column *const, column, &(*at)->columns) {
            const Default *dflt = &(*column)->dflt;
            if (dflt->kind != DEFAULT_NONE && dflt->kind != DEFAULT_SEQUENCE &&
                dflt->text != NULL && realm_text_names(dflt->text, type->name)) {
                return *column;
            }
        }
    }
    return NULL;
}

static bool opaque_uses(const Opaque *opaque, const RealmType *type)
{
    if (opaque == type->opaque || opaque->kind == OPAQUE_COMMENT) {
        return false;
    }
    return realm_text_names(opaque->definition, type->name);
}

static void remove_type(Realm *realm, RealmType *type)
{
    EnumTypeList *list = &realm->catalog->enums;
    if (type->opaque != NULL) {
        realm_drop_opaque(realm, type->opaque);
        return;
    }
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i] == type->enum_type) {
            vec_take_out(list, i);
            break;
        }
    }
    map_remove2(&realm->catalog->enums_by_name, type->schema, type->name);
    map_remove2(&realm->types, type->schema, type->name);
}

bool realm_drop_type(Realm *realm, RealmType *type, bool cascade)
{
    Column *user = first_user(realm, type);
    if (type->kind == REALM_ROW) {
        return realm_refuse(realm, "2BP01", "cannot drop type %s because a table requires it",
                            type->name->text);
    }
    if (type->kind == REALM_RANGE && realm_has_routine(realm, type->name)) {
        return realm_unknown(realm, "a range type is dropped");
    }
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        if (opaque_uses(*at, type)) {
            return realm_unknown(realm, "a type is dropped that a %s may use",
                                 opaque_name((*at)->kind));
        }
    }
    if ((user != NULL || first_default(realm, type) != NULL) && !cascade) {
        return realm_refuse(realm, "2BP01",
                            "cannot drop type %s because other objects depend on it",
                            type->name->text);
    }
    while (user != NULL) {
        if (!realm_drop_column(realm, user, true)) {
            return false;
        }
        user = first_user(realm, type);
    }
    for (Column *column = first_default(realm, type); column != NULL;
         column = first_default(realm, type)) {
        column->dflt = (Default){.kind = DEFAULT_NONE};
    }
    remove_type(realm, type);
    return true;
}
