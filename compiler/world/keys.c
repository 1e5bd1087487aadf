/*
 * keys.c - primary keys, indexes, foreign keys and other constraints.
 *
 * Source: PostgreSQL manual, CREATE TABLE, CREATE INDEX, "Constraints", "Dependency Tracking".
 */
#include "base/common.h"

#include "compiler/catalog/types.h"
#include "compiler/world/realm_internal.h"

/* --- operator classes ---------------------------------------------------------------------------
 */

typedef struct ClassRow {
    const char *method, *type, *name;
    bool is_default;
} ClassRow;

static const ClassRow classes[] = {
#define OPERATOR_CLASS(method, type, name, is_default) {method, type, name, is_default},
#include "compiler/world/operator_classes.def"
#undef OPERATOR_CLASS
};

static const char *method_name(const Index *index)
{
    static const char *const words[] = {
        [METHOD_BTREE] = "btree", [METHOD_HASH] = "hash",     [METHOD_GIST] = "gist",
        [METHOD_GIN] = "gin",     [METHOD_SPGIST] = "spgist", [METHOD_BRIN] = "brin",
    };
    return index->method == METHOD_OTHER ? index->method_name->text : words[index->method];
}

static bool ends_with(const char *text, const char *end)
{
    const size_t len = strlen(text), tail = strlen(end);
    return len >= tail && strcmp(text + len - tail, end) == 0;
}

/* pg_type.typname of what a class must be over, the server's own coercions made. */
static const char *class_type(const ColumnType *column, char *buffer, size_t size)
{
    const ColumnType *type = type_said(column);
    if (type->list) {
        return "anyarray";
    }
    if (type->id == TYPE_ENUM) {
        return "anyenum";
    }
    if (type->id == TYPE_VARCHAR) {
        return "text";
    }
    if (type->id != TYPE_OTHER) {
        return type_row(type->id)->catalog_name;
    }
    /* the last part of the name, without arguments */
    const char *start = strrchr(type->raw->text, '.');
    start = start == NULL ? type->raw->text : start + 1;
    size_t len = strcspn(start, "(");
    len = len < size - 1 ? len : size - 1;
    memcpy(buffer, start, len);
    buffer[len] = '\0';
    if (strcmp(buffer, "cidr") == 0) {
        return "inet";
    }
    if (ends_with(buffer, "multirange")) {
        return "anymultirange";
    }
    return ends_with(buffer, "range") ? "anyrange" : buffer;
}

static bool has_method(const char *method)
{
    for (size_t i = 0; i < lengthof(classes); i++) {
        if (strcmp(classes[i].method, method) == 0) {
            return true;
        }
    }
    return false;
}

static const ClassRow *find_class(const char *method, const char *type, Name name)
{
    for (size_t i = 0; i < lengthof(classes); i++) {
        const ClassRow *row = &classes[i];
        const bool fits = name == NULL ? row->is_default : name_is(name, row->name);
        if (fits && strcmp(row->method, method) == 0 && strcmp(row->type, type) == 0) {
            return row;
        }
    }
    return NULL;
}

bool realm_operator_class(Realm *realm, const Index *index, IndexPart *part, Name name)
{
    char buffer[IDENTIFIER_MAX + 1];
    const char *method = method_name(index);
    const ColumnType *column = &part->column->type;
    const char *type = class_type(column, buffer, sizeof buffer);
    const bool is_own = type_said(column)->id == TYPE_OTHER;
    const ClassRow *row = find_class(method, type, name);
    if (row == NULL &&
        (name != NULL || is_own || realm->catalog->extensions.count > 0 || !has_method(method))) {
        return realm_unknown(realm, "the operator class of an index `%s` over `%s`", method, type);
    }
    if (row == NULL) {
        return realm_refuse(realm, "42704",
                            "data type %s has no default operator class for access method `%s`",
                            type, method);
    }
    part->operator_class = intern_cstr(realm->names, row->name);
    part->operator_class_is_default = row->is_default;
    part->operator_class_is_optional = index->method == METHOD_BTREE;
    return true;
}

/* --- made ---------------------------------------------------------------------------------------
 */

static bool constraint_is_free(Realm *realm, const Table *table, Name name)
{
    return !realm_has_constraint(realm, table, name) ||
           realm_refuse(realm, "42710", "constraint `%s` for relation `%s` already exists",
                        name->text, table->name->text);
}

PrimaryKey *realm_add_primary_key(Realm *realm, Table *table, Name name, const ColumnList *columns)
{
    if (table->primary_key != NULL) {
        realm_refuse(realm, "42P16", "multiple primary keys for table `%s` are not allowed",
                     table->name->text);
        return NULL;
    }
    const Name taken =
        name != NULL ? name : realm_name_relation(realm, table->schema, table->name, NULL, "pkey");
    const Relation relation = {
        .kind = RELATION_INDEX, .schema = table->schema, .name = taken, .table = table};
    Relation *index = NULL;
    if (!constraint_is_free(realm, table, taken) ||
        !realm_take_relation(realm, &relation, &index)) {
        return NULL;
    }
    PrimaryKey *key = table_set_primary_key(realm->catalog, table, taken, realm_origin(realm));
    index->key = key;
    vec_each(Column *const, at, columns) {
        vec_push(realm->arena, &key->columns, *at);
        (*at)->not_null = true;
    }
    return key;
}

bool realm_add_index(Realm *realm, Index *index, Name name)
{
    Table *table = index->table;
    const Relation relation = {.kind = RELATION_INDEX,
                               .schema = table->schema,
                               .name = name,
                               .table = table,
                               .index = index};
    if ((index->is_constraint && !constraint_is_free(realm, table, name)) ||
        !realm_take_relation(realm, &relation, NULL)) {
        return false;
    }
    index->name = name;
    index->origin = realm_origin(realm);
    vec_push(realm->arena, &table->indexes, index);
    return true;
}

/* --- foreign keys -------------------------------------------------------------------------------
 */

/* Equal sets, in whatever order. */
static bool is_over(const Index *index, const ColumnList *columns)
{
    if (index->kind != INDEX_UNIQUE || index->predicate != NULL || index->deferrable ||
        index->parts.count != columns->count) {
        return false;
    }
    vec_each(const IndexPart, part, &index->parts) {
        if (!column_in_list(part->column, columns->items, columns->count)) {
            return false;
        }
    }
    return true;
}

static bool key_is_over(const PrimaryKey *key, const ColumnList *columns)
{
    if (key == NULL || key->deferrable || key->columns.count != columns->count) {
        return false;
    }
    vec_each(Column *const, at, &key->columns) {
        if (!column_in_list(*at, columns->items, columns->count)) {
            return false;
        }
    }
    return true;
}

/* The oldest that fits. */
static Name find_support(const Table *table, const ColumnList *columns)
{
    const PrimaryKey *key = table->primary_key;
    Name best = NULL;
    uint32_t age = UINT32_MAX;
    if (key_is_over(key, columns)) {
        best = key->name;
        age = key->origin.oid;
    }
    vec_each(Index *const, at, &table->indexes) {
        if (is_over(*at, columns) && (*at)->origin.oid < age) {
            best = (*at)->name;
            age = (*at)->origin.oid;
        }
    }
    return best;
}

static bool take_key_columns(Realm *realm, ForeignKey *key)
{
    const PrimaryKey *target = key->referenced->primary_key;
    if (key->referenced_columns.count > 0) {
        return true;
    }
    if (target == NULL) {
        return realm_refuse(realm, "42704", "there is no primary key for referenced table `%s`",
                            key->referenced->name->text);
    }
    vec_each(Column *const, at, &target->columns) {
        vec_push(realm->arena, &key->referenced_columns, *at);
    }
    return true;
}

/* An index made of the server's classes compares both; within a kin it does. */
static bool columns_compare(Realm *realm, const ForeignKey *key)
{
    for (size_t i = 0; i < key->columns.count; i++) {
        const ColumnType *a = type_said(&key->columns.items[i]->type);
        const ColumnType *b = type_said(&key->referenced_columns.items[i]->type);
        const bool same = a->id == b->id && a->list == b->list && a->enum_type == b->enum_type;
        if (!same && (a->list || b->list || !types_are_kin(a->id, b->id))) {
            const bool own = a->id == TYPE_OTHER || b->id == TYPE_OTHER;
            return own ? realm_unknown(realm, "a foreign key between columns of other types")
                       : realm_refuse(realm, "42804",
                                      "foreign key constraint `%s` cannot be implemented",
                                      key->name->text);
        }
    }
    return true;
}

bool realm_add_foreign_key(Realm *realm, ForeignKey *key)
{
    Table *table = key->table;
    if (!take_key_columns(realm, key)) {
        return false;
    }
    if (key->columns.count != key->referenced_columns.count) {
        return realm_refuse(
            realm, "42830",
            "number of referencing and referenced columns for foreign key disagree");
    }
    key->rests_on = find_support(key->referenced, &key->referenced_columns);
    if (key->rests_on == NULL) {
        return realm_refuse(
            realm, "42830",
            "there is no unique constraint matching given keys for referenced table `%s`",
            key->referenced->name->text);
    }
    if (key->name == NULL) {
        NameList columns = {0};
        vec_each(Column *const, at, &key->columns) {
            vec_push(realm->arena, &columns, (*at)->name);
        }
        key->name =
            realm_name_constraint(realm, table, table->name, realm_joined(realm, &columns), "fkey");
    }
    if (!columns_compare(realm, key) || !constraint_is_free(realm, table, key->name)) {
        return false;
    }
    key->origin = realm_origin(realm);
    vec_push(realm->arena, &table->foreign_keys, key);
    return true;
}

/* --- dropped ------------------------------------------------------------------------------------
 */

static void drop_note(Realm *realm, const Table *table, Name part)
{
    OpaqueList *list = &realm->catalog->opaque;
    for (size_t i = list->count; i > 0; i--) {
        const Opaque *at = list->items[i - 1];
        if (at->table == table && at->part == part &&
            (at->kind == OPAQUE_PARTIAL_INDEX || at->kind == OPAQUE_COMMENT)) {
            vec_take_out(list, i - 1);
        }
    }
}

void realm_remove_index(Realm *realm, Index *index)
{
    Table *table = index->table;
    for (size_t i = 0; i < table->indexes.count; i++) {
        if (table->indexes.items[i] == index) {
            vec_take_out(&table->indexes, i);
            break;
        }
    }
    drop_note(realm, table, index->name);
    realm_free_relation(realm, table->schema, index->name);
}

void realm_remove_primary_key(Realm *realm, Table *table)
{
    drop_note(realm, table, table->primary_key->name);
    realm_free_relation(realm, table->schema, table->primary_key->name);
    table->primary_key = NULL;
}

bool realm_release(Realm *realm, const Table *table, Name index, bool cascade, const char *what)
{
    ForeignKey *key = realm_first_reference(realm, table, index, NULL);
    if (key != NULL && !cascade) {
        return realm_refuse(realm, "2BP01", "cannot drop %s %s because other objects depend on it",
                            what, index->text);
    }
    while (key != NULL) {
        realm_remove_foreign_key(key);
        key = realm_first_reference(realm, table, index, NULL);
    }
    return true;
}

static bool is_keyed(const Realm *realm, const Table *table)
{
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        vec_each(Table *const, keyed, &(*at)->keyed) {
            if (*keyed == table) {
                return true;
            }
        }
    }
    return false;
}

static bool drop_primary_key(Realm *realm, Table *table, bool cascade)
{
    if (is_keyed(realm, table)) {
        return realm_unknown(realm, "a primary key is dropped that a view uses");
    }
    if (!realm_release(realm, table, table->primary_key->name, cascade, "constraint")) {
        return false;
    }
    realm_remove_primary_key(realm, table);
    return true;
}

static Index *find_index(const Table *table, Name name)
{
    vec_each(Index *const, at, &table->indexes) {
        if ((*at)->name == name) {
            return *at;
        }
    }
    return NULL;
}

static ForeignKey *find_foreign_key(const Table *table, Name name)
{
    vec_each(ForeignKey *const, at, &table->foreign_keys) {
        if ((*at)->name == name) {
            return *at;
        }
    }
    return NULL;
}

static Opaque *find_opaque(const Realm *realm, const Table *table, Name name)
{
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        const bool is_constraint = (*at)->kind == OPAQUE_CHECK || (*at)->kind == OPAQUE_EXCLUSION;
        if (is_constraint && (*at)->table == table && (*at)->name == name) {
            return *at;
        }
    }
    return NULL;
}

bool realm_drop_constraint(Realm *realm, Table *table, Name name, bool cascade, bool missing_ok)
{
    Index *index = find_index(table, name);
    ForeignKey *key = find_foreign_key(table, name);
    Opaque *opaque = find_opaque(realm, table, name);
    if (table->primary_key != NULL && table->primary_key->name == name) {
        return drop_primary_key(realm, table, cascade);
    }
    if (index != NULL && index->is_constraint) {
        if (!realm_release(realm, table, name, cascade, "constraint")) {
            return false;
        }
        realm_remove_index(realm, index);
    } else if (key != NULL) {
        drop_note(realm, table, name);
        realm_remove_foreign_key(key);
    } else if (opaque != NULL) {
        realm_drop_opaque(realm, opaque);
    } else if (!missing_ok) {
        return realm_refuse(realm, "42704", "constraint `%s` of relation `%s` does not exist",
                            name->text, table->name->text);
    }
    return true;
}

bool realm_drop_index(Realm *realm, Relation *relation, bool cascade)
{
    const bool is_constraint =
        relation->key != NULL || (relation->index != NULL && relation->index->is_constraint) ||
        (relation->opaque != NULL && relation->opaque->kind == OPAQUE_EXCLUSION);
    if (is_constraint) {
        return realm_refuse(
            realm, "2BP01", "cannot drop index %s because constraint %s on table %s requires it",
            relation->name->text, relation->name->text, relation->table->name->text);
    }
    if (relation->opaque != NULL) {
        realm_drop_opaque(realm, relation->opaque);
        return true;
    }
    if (!realm_release(realm, relation->table, relation->name, cascade, "index")) {
        return false;
    }
    realm_remove_index(realm, relation->index);
    return true;
}

/* --- renamed ------------------------------------------------------------------------------------
 */

static void rename_rests_on(Realm *realm, const Table *table, Name from, Name to)
{
    for (ForeignKey *key = realm_first_reference(realm, table, from, NULL); key != NULL;
         key = realm_first_reference(realm, table, from, NULL)) {
        key->rests_on = to;
    }
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        if ((*at)->table == table && (*at)->part == from) {
            (*at)->part = to;
            (*at)->name = (*at)->name == from ? to : (*at)->name;
        }
    }
}

static bool has_comment(const Realm *realm, const Table *table, Name part)
{
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        if ((*at)->kind == OPAQUE_COMMENT && (*at)->table == table && (*at)->part == part) {
            return true;
        }
    }
    return false;
}

bool realm_rename_index(Realm *realm, Relation *relation, Name name)
{
    Relation renamed = *relation;
    const Name from = relation->name;
    renamed.name = name;
    const bool constraint =
        relation->key != NULL || (relation->index != NULL && relation->index->is_constraint);
    if (has_comment(realm, relation->table, from)) {
        return realm_unknown(realm, "an index with a comment is renamed");
    }
    if ((constraint && !constraint_is_free(realm, relation->table, name)) ||
        !realm_take_relation(realm, &renamed, NULL)) {
        return false;
    }
    realm_free_relation(realm, relation->schema, from);
    if (relation->key != NULL) {
        relation->key->name = name;
    } else if (relation->index != NULL) {
        relation->index->name = name;
    } else {
        relation->opaque->name = name;
        relation->opaque->definition =
            realm_text_renamed(realm, relation->opaque->definition, from, name);
    }
    rename_rests_on(realm, relation->table, from, name);
    return true;
}

bool realm_rename_constraint(Realm *realm, Table *table, Name from, Name to)
{
    ForeignKey *key = find_foreign_key(table, from);
    Opaque *opaque = find_opaque(realm, table, from);
    const Index *index = find_index(table, from);
    const bool is_key = table->primary_key != NULL && table->primary_key->name == from;
    if (is_key || (index != NULL && index->is_constraint) ||
        (opaque != NULL && opaque->kind == OPAQUE_EXCLUSION)) {
        return realm_rename_index(realm, realm_relation(realm, table->schema, from), to);
    }
    if (key == NULL && opaque == NULL) {
        return realm_refuse(realm, "42704", "constraint `%s` for table `%s` does not exist",
                            from->text, table->name->text);
    }
    if (has_comment(realm, table, from)) {
        return realm_unknown(realm, "a constraint with a comment is renamed");
    }
    if (!constraint_is_free(realm, table, to)) {
        return false;
    }
    if (key != NULL) {
        key->name = to;
    } else {
        opaque->name = to;
    }
    return true;
}
