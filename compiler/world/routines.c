/*
 * routines.c - functions, procedures and aggregates by name and arguments; what uses them is found
 * in the texts of expressions.
 *
 * Source: PostgreSQL manual, CREATE FUNCTION, DROP FUNCTION, "Function Overloading".
 */
#include "base/common.h"

#include "compiler/world/realm_internal.h"

static void put(Realm *realm, RealmRoutine *routine)
{
    routine->next = map_get(&realm->routines_by_name, routine->name);
    map_put(realm->arena, &realm->routines_by_name, routine->name, routine);
}

static void take_out(Realm *realm, const RealmRoutine *routine)
{
    RealmRoutine *first = map_get(&realm->routines_by_name, routine->name);
    if (first == routine) {
        map_remove(&realm->routines_by_name, routine->name);
        if (routine->next != NULL) {
            map_put(realm->arena, &realm->routines_by_name, routine->name, routine->next);
        }
        return;
    }
    while (first->next != routine) {
        first = first->next;
    }
    first->next = routine->next;
}

RealmRoutine *realm_add_routine(Realm *realm, Name schema, Name name, Name arguments, Name called)
{
    RealmRoutine *routine = arena_make(realm->arena, RealmRoutine);
    *routine = (RealmRoutine){.schema = schema, .name = name, .arguments = arguments};
    routine->opaque = realm_add_opaque(realm, OPAQUE_FUNCTION, NULL, schema, called, NULL);
    vec_push(realm->arena, &realm->routines, routine);
    put(realm, routine);
    return routine;
}

static RealmRoutine *find(const Realm *realm, Name schema, Name name, Name arguments)
{
    RealmRoutine *at = map_get(&realm->routines_by_name, name);
    while (at != NULL && (at->schema != schema || at->arguments != arguments)) {
        at = at->next;
    }
    return at;
}

RealmRoutine *realm_routine(const Realm *realm, Name schema, Name name, Name arguments)
{
    if (schema != NULL) {
        return find(realm, schema, name, arguments);
    }
    vec_each(const Name, at, &realm->path) {
        RealmRoutine *found = find(realm, *at, name, arguments);
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

bool realm_has_routine(const Realm *realm, Name name)
{
    return name != NULL && map_get(&realm->routines_by_name, name) != NULL;
}

/* --- dropped ------------------------------------------------------------------------------------
 */

/* A body names functions, too, and does not depend on them. */
static bool names_routine(const Opaque *opaque, Name name)
{
    return opaque->kind != OPAQUE_FUNCTION && opaque->kind != OPAQUE_COMMENT &&
           opaque->definition != NULL && realm_text_names(opaque->definition, name);
}

static bool tables_use(const Realm *realm, Name name)
{
    vec_each(Table *const, at, &realm->catalog->tables) {
        vec_each(Column *const, column, &(*at)->columns) {
            const Default *dflt = &(*column)->dflt;
            const bool has_text = dflt->kind == DEFAULT_EXPRESSION && dflt->text != NULL;
            if (has_text && realm_text_names(dflt->text, name)) {
                return true;
            }
        }
        vec_each(Index *const, index, &(*at)->indexes) {
            if ((*index)->predicate != NULL && realm_text_names((*index)->predicate, name)) {
                return true;
            }
        }
    }
    return false;
}

static Opaque *first_user(const Realm *realm, const RealmRoutine *routine)
{
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        if (names_routine(*at, routine->name)) {
            return *at;
        }
    }
    return NULL;
}

static bool is_alone(const RealmRoutine *routine, const Realm *realm)
{
    return map_get(&realm->routines_by_name, routine->name) == routine && routine->next == NULL;
}

/* Triggers and policies go with it; of others nobody knows here what they rest on themselves. */
static bool drop_users(Realm *realm, const RealmRoutine *routine)
{
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        const bool goes = (*at)->kind == OPAQUE_TRIGGER || (*at)->kind == OPAQUE_POLICY ||
                          (*at)->kind == OPAQUE_CHECK;
        if (names_routine(*at, routine->name) && !goes) {
            return realm_unknown(realm, "a function is dropped with a %s that uses it",
                                 opaque_name((*at)->kind));
        }
    }
    for (Opaque *user = first_user(realm, routine); user != NULL;
         user = first_user(realm, routine)) {
        realm_drop_opaque(realm, user);
    }
    return true;
}

static void remove_routine(Realm *realm, RealmRoutine *routine)
{
    take_out(realm, routine);
    realm_drop_opaque(realm, routine->opaque);
    for (size_t i = 0; i < realm->routines.count; i++) {
        if (realm->routines.items[i] == routine) {
            vec_take_out(&realm->routines, i);
            break;
        }
    }
}

bool realm_drop_routine(Realm *realm, RealmRoutine *routine, bool cascade)
{
    const bool used = first_user(realm, routine) != NULL || tables_use(realm, routine->name);
    if (used && !is_alone(routine, realm)) {
        return realm_unknown(realm, "one of several functions `%s` is dropped, which are used",
                             routine->name->text);
    }
    if (used && !cascade) {
        return realm_refuse(realm, "2BP01",
                            "cannot drop function %s because other objects depend on it",
                            routine->opaque->name->text);
    }
    if (tables_use(realm, routine->name)) {
        return realm_unknown(realm, "a function is dropped with what uses it");
    }
    if (used && !drop_users(realm, routine)) {
        return false;
    }
    remove_routine(realm, routine);
    return true;
}

void realm_rename_routine(Realm *realm, RealmRoutine *routine, Name schema, Name name, Name called)
{
    take_out(realm, routine);
    routine->schema = routine->opaque->schema = schema;
    routine->name = name;
    routine->opaque->name = called;
    put(realm, routine);
}
