/*
 * operator_classes.c - which operator class an index takes for a type: operator_classes.def.
 *
 * Source: PostgreSQL manual, "Operator Classes and Operator Families".
 */
#include "base/common.h"

#include "compiler/catalog/types.h"
#include "compiler/world/realm_internal.h"

typedef struct ClassRow {
    const char *method, *type, *name;
    bool is_default;
} ClassRow;

static const ClassRow classes[] = {
#define OPERATOR_CLASS(method, type, name, is_default) {method, type, name, is_default},
#include "compiler/world/operator_classes.def"
#undef OPERATOR_CLASS
};

const char *realm_method_name(const Index *index)
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

/* regclass and its like are looked up as the oid they are. */
static bool is_alias_of_oid(const char *type)
{
    static const char *const aliases[] = {
        "regclass",    "regcollation", "regconfig",    "regdictionary", "regnamespace", "regoper",
        "regoperator", "regproc",      "regprocedure", "regrole",       "regtype",
    };
    for (size_t i = 0; i < lengthof(aliases); i++) {
        if (strcmp(type, aliases[i]) == 0) {
            return true;
        }
    }
    return false;
}

const char *realm_class_type(const ColumnType *column, char buffer[IDENTIFIER_MAX + 1])
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
    len = len < IDENTIFIER_MAX ? len : IDENTIFIER_MAX;
    memcpy(buffer, start, len);
    buffer[len] = '\0';
    if (strcmp(buffer, "cidr") == 0) {
        return "inet";
    }
    if (is_alias_of_oid(buffer)) {
        return "oid";
    }
    if (strncmp(buffer, "interval ", strlen("interval ")) == 0) { /* of fewer fields */
        return "interval";
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

bool realm_is_class_type(const char *type)
{
    for (size_t i = 0; i < lengthof(classes); i++) {
        if (strcmp(classes[i].type, type) == 0) {
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
    const char *method = realm_method_name(index);
    const ColumnType *column = &part->column->type;
    const char *type = realm_class_type(column, buffer);
    const bool is_own = type_said(column)->id == TYPE_OTHER;
    const ClassRow *row = find_class(method, type, name);
    if (row == NULL && name != NULL && strcmp(type, "citext") == 0) {
        row = find_class(method, "text", name); /* which it is stored as */
    }
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

bool realm_may_be_key(Realm *realm, Column *column)
{
    const Index tree = {.method = METHOD_BTREE};
    IndexPart part = {.column = column};
    return realm_operator_class(realm, &tree, &part, NULL) || realm->fault.sqlstate == NULL;
}

bool realm_compares(Realm *realm, const ColumnType *type)
{
    Column of = {.type = *type};
    Index index = {.method = METHOD_BTREE};
    IndexPart part = {.column = &of};
    return realm_operator_class(realm, &index, &part, NULL);
}
