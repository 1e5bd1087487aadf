/*
 * key_types.c - may the columns of a foreign key be of their types: key_types.def.
 *
 * Source: PostgreSQL manual, CREATE TABLE (FOREIGN KEY), "Index Methods and Operator Classes",
 * "Type Conversion".
 */
#include "base/common.h"

#include "compiler/catalog/types.h"
#include "compiler/world/realm_internal.h"

/* What is to be said of a pair. */
typedef enum Verdict { COMPARES, COMPARES_NOT, NOT_KNOWN } Verdict;

static bool is_in_table(const char *key, const char *column)
{
    static const struct {
        const char *key, *column;
    } rows[] = {
#define KEY_TYPES(key, column) {key, column},
#include "compiler/world/key_types.def"
#undef KEY_TYPES
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (strcmp(rows[i].key, key) == 0 && strcmp(rows[i].column, column) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_same(const ColumnType *a, const ColumnType *b)
{
    if (a->id != b->id || type_is_list(a) != type_is_list(b)) {
        return false;
    }
    return a->id == TYPE_OTHER ? column_type_equal(a, b) : a->enum_type == b->enum_type;
}

/* A class over all of a kind takes two of one type only. */
static bool is_of_kind(const char *type)
{
    return strncmp(type, "any", strlen("any")) == 0;
}

static bool is_servers(const ColumnType *type, const char *name)
{
    return type->id != TYPE_OTHER || (!is_of_kind(name) && realm_is_class_type(name));
}

static Verdict judge(const Realm *realm, const ColumnType *key, const ColumnType *column)
{
    char a[IDENTIFIER_MAX + 1], b[IDENTIFIER_MAX + 1];
    if (is_same(key, column)) {
        return COMPARES;
    }
    const char *over = realm_class_type(key, a), *of = realm_class_type(column, b);
    if ((strcmp(over, of) == 0 && !is_of_kind(over)) || is_in_table(over, of)) {
        return COMPARES;
    }
    const bool known = is_servers(key, over) && is_servers(column, of);
    return known && realm->casts == 0 ? COMPARES_NOT : NOT_KNOWN;
}

bool realm_columns_compare(Realm *realm, const ForeignKey *key)
{
    for (size_t i = 0; i < key->columns.count; i++) {
        switch (judge(realm, type_said(&key->referenced_columns.items[i]->type),
                      type_said(&key->columns.items[i]->type))) {
        case COMPARES:
            break;
        case COMPARES_NOT:
            return realm_refuse(realm, "42804", "foreign key constraint `%s` cannot be implemented",
                                key->name->text);
        case NOT_KNOWN:
            return realm_unknown(realm, "a foreign key between columns of other types");
        }
    }
    return true;
}

bool realm_keys_compare(Realm *realm)
{
    vec_each(Table *const, at, &realm->catalog->tables) {
        vec_each(ForeignKey *const, key, &(*at)->foreign_keys) {
            if (!realm_columns_compare(realm, *key)) {
                return false;
            }
        }
    }
    return true;
}
