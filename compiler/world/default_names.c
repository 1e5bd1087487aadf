/*
 * default_names.c - the names the server gives: table, columns and label, shortened by whole
 * characters to what fits, and numbered where somebody has the name.
 *
 * Source: PostgreSQL manual, CREATE TABLE and CREATE INDEX; the rule is the server's own
 * (makeObjectName): the longer of both parts gives way, byte by byte.
 */
#include "base/common.h"

#include <string.h>

#include <stdio.h>

#include "compiler/world/realm_internal.h"

static Name make(Names *names, Name first, Name second, const char *label)
{
    const size_t around = strlen(label) + 1 + (second == NULL ? 0 : 1);
    const size_t room = IDENTIFIER_MAX - around;
    size_t a = first->len, b = second == NULL ? 0 : second->len;
    while (a + b > room) {
        if (a > b) {
            a--;
        } else {
            b--;
        }
    }
    a = name_cut(first->text, first->len, a);
    if (second == NULL) {
        return intern_printf(names, "%.*s_%s", (int)a, first->text, label);
    }
    b = name_cut(second->text, second->len, b);
    return intern_printf(names, "%.*s_%.*s_%s", (int)a, first->text, (int)b, second->text, label);
}

static Name numbered(Realm *realm, Name first, Name second, const char *label, unsigned number)
{
    const char *modified = number == 0 ? label : arena_printf(realm->arena, "%s%u", label, number);
    return make(realm->names, first, second, modified);
}

bool realm_has_constraint(const Realm *realm, const Table *table, Name name)
{
    bool found = (table->primary_key != NULL && table->primary_key->name == name) ||
                 realm_not_null_named(realm, table, name) != NULL;
    vec_each(Index *const, at, &table->indexes) {
        found |= (*at)->is_constraint && (*at)->name == name;
    }
    vec_each(ForeignKey *const, at, &table->foreign_keys) {
        found |= (*at)->name == name;
    }
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        const OpaqueKind kind = (*at)->kind;
        found |= (kind == OPAQUE_CHECK || kind == OPAQUE_EXCLUSION) && (*at)->table == table &&
                 (*at)->name == name;
    }
    return found;
}

/* Is it the name of a constraint of any table of the schema? Indexes keep clear of those, too. */
static bool is_constraint_name(const Realm *realm, Name schema, Name name)
{
    if (realm_is_not_null_name(realm, schema, name)) {
        return true;
    }
    vec_each(Table *const, at, &realm->catalog->tables) {
        if ((*at)->schema == schema && realm_has_constraint(realm, *at, name)) {
            return true;
        }
    }
    return false;
}

Name realm_name_relation(Realm *realm, Name schema, Name first, Name second, const char *label)
{
    const bool is_constraint =
        strcmp(label, "pkey") == 0 || strcmp(label, "key") == 0 || strcmp(label, "excl") == 0;
    for (unsigned number = 0;; number++) {
        Name name = numbered(realm, first, second, label, number);
        if (map_get2(&realm->relations, schema, name) == NULL &&
            !(is_constraint && is_constraint_name(realm, schema, name))) {
            return name;
        }
    }
}

/* No constraint of the schema's tables is called so. */
Name realm_name_constraint(Realm *realm, const Table *table, Name first, Name second,
                           const char *label)
{
    for (unsigned number = 0;; number++) {
        Name name = numbered(realm, first, second, label, number);
        if (!is_constraint_name(realm, table->schema, name)) {
            return name;
        }
    }
}

static bool is_listed(const NameList *names, Name name)
{
    vec_each(const Name, at, names) {
        if (*at == name) {
            return true;
        }
    }
    return false;
}

void realm_add_part_name(Realm *realm, NameList *names, Name name)
{
    enum { DIGITS = 12 };
    char number[DIGITS];
    Name free = name;
    for (unsigned i = 1; is_listed(names, free); i++) {
        (void)snprintf(number, sizeof number, "%u", i);
        free = name_with_suffix(realm->names, name->text, name->len, number);
    }
    vec_push(realm->arena, names, free);
}

Name realm_joined(Realm *realm, const NameList *columns)
{
    char text[2 * IDENTIFIER_MAX + 2];
    size_t len = 0;
    vec_each(const Name, at, columns) {
        if (len > 0 && len < sizeof text) {
            text[len++] = '_';
        }
        const size_t kept = (*at)->len < IDENTIFIER_MAX ? (*at)->len : IDENTIFIER_MAX;
        if (len + kept > IDENTIFIER_MAX) {
            const size_t room = sizeof text - len;
            memcpy(text + len, (*at)->text, kept < room ? kept : room);
            len += kept < room ? kept : room;
            break;
        }
        memcpy(text + len, (*at)->text, kept);
        len += kept;
    }
    return intern(realm->names, text, name_cut(text, len, len));
}
