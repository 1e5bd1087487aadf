/*
 * views.c - views and materialized views dropped and renamed, with what is made of them.
 *
 * A view keeps its text as it was written. What is renamed beneath it the server would print
 * otherwise, so that is written behind the text: nothing is then taken for equal to it.
 *
 * Source: PostgreSQL manual, CREATE VIEW, DROP VIEW, ALTER VIEW, "Dependency Tracking".
 */
#include "base/common.h"

#include "compiler/world/realm_internal.h"

void realm_restate(Realm *realm, Opaque *opaque, Name from, Name to)
{
    opaque->definition = intern_printf(realm->names, "%s;\n`%s` is `%s`", opaque->definition->text,
                                       from->text, to->text);
}

bool opaque_is_view(const Opaque *opaque)
{
    return opaque->kind == OPAQUE_VIEW || opaque->kind == OPAQUE_MATERIALIZED_VIEW;
}

Relation *realm_view_of(const Realm *realm, const Opaque *opaque)
{
    return opaque_is_view(opaque) ? realm_relation(realm, opaque->schema, opaque->name) : NULL;
}

bool realm_is_made_of(const Relation *view, const Relation *other)
{
    for (size_t i = 0; view != NULL && i < view->views.count; i++) {
        if (view->views.items[i] == other) {
            return true;
        }
    }
    return false;
}

static Relation *first_user(const Realm *realm, const Relation *view)
{
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        Relation *other = realm_view_of(realm, *at);
        if (realm_is_made_of(other, view)) {
            return other;
        }
    }
    return NULL;
}

/* What hangs on the view itself goes with it. */
static bool hangs_on(const Opaque *opaque, const Relation *view)
{
    return opaque->table == NULL && opaque->schema == view->schema &&
           opaque->relation == view->name &&
           (opaque->kind == OPAQUE_TRIGGER || opaque->kind == OPAQUE_RULE);
}

/* Policies may ask a view, functions give its rows: what their texts name is not told apart. */
static Opaque *first_mention(const Realm *realm, const Relation *view)
{
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        const bool by_text = (*at)->kind == OPAQUE_POLICY || (*at)->kind == OPAQUE_RULE ||
                             (*at)->kind == OPAQUE_CHECK;
        const bool by_rows = (*at)->kind == OPAQUE_FUNCTION;
        if ((by_text || by_rows) && !hangs_on(*at, view) && (*at)->definition != NULL &&
            realm_text_names(by_rows ? (*at)->name : (*at)->definition, view->name)) {
            return *at;
        }
    }
    return NULL;
}

static bool has_row_user(const Realm *realm, const Relation *view)
{
    vec_each(RealmRoutine *const, at, &realm->routines) {
        const Name result = intern_cstr(realm->names, (*at)->result);
        if (realm_text_names(result, view->name)) {
            return true;
        }
    }
    return false;
}

/* --- dropped ------------------------------------------------------------------------------------
 */

static void remove_view(Realm *realm, Relation *view)
{
    OpaqueList *list = &realm->catalog->opaque;
    for (size_t i = 0; i < list->count;) {
        if (hangs_on(list->items[i], view)) {
            realm_drop_opaque(realm, list->items[i]);
            i = 0;
        } else {
            i++;
        }
    }
    vec_each(const Name, at, &view->indexes) {
        realm_free_relation(realm, view->schema, *at);
    }
    realm_drop_opaque(realm, view->opaque);
}

bool realm_is_mentioned(const Realm *realm, const Relation *view)
{
    return first_mention(realm, view) != NULL || has_row_user(realm, view);
}

bool realm_has_view_user(const Realm *realm, const Relation *view)
{
    return first_user(realm, view) != NULL || first_mention(realm, view) != NULL ||
           has_row_user(realm, view);
}

bool realm_drop_view(Realm *realm, Relation *view, bool cascade)
{
    Relation *user = first_user(realm, view);
    if (first_mention(realm, view) != NULL || has_row_user(realm, view)) {
        return realm_unknown(realm, "a view is dropped that something else may use");
    }
    if (user != NULL && !cascade) {
        return realm_refuse(realm, "2BP01",
                            "cannot drop view %s because other objects depend on it",
                            view->name->text);
    }
    while (user != NULL) {
        if (!realm_drop_view(realm, user, true)) {
            return false;
        }
        user = first_user(realm, view);
    }
    remove_view(realm, view);
    return true;
}

/* --- renamed ------------------------------------------------------------------------------------
 */

static void restate_users(Realm *realm, const Relation *view, Name from, Name to)
{
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        if (realm_is_made_of(realm_view_of(realm, *at), view)) {
            realm_restate(realm, *at, from, to);
        }
    }
}

bool realm_rename_view(Realm *realm, Relation *view, Name name)
{
    const Name schema = view->schema, from = view->name;
    RealmType *row = map_get2(&realm->types, schema, from);
    if (map_get2(&realm->relations, schema, name) != NULL) {
        return realm_refuse(realm, "42P07", "relation `%s` already exists", name->text);
    }
    if (first_mention(realm, view) != NULL || has_row_user(realm, view)) {
        return realm_unknown(realm, "a view is renamed that something else may use");
    }
    restate_users(realm, view, from, name);
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        if (hangs_on(*at, view)) {
            realm_restate(realm, *at, from, name);
            (*at)->relation = name;
        }
    }
    map_remove2(&realm->relations, schema, from);
    map_remove2(&realm->types, schema, from);
    view->name = view->opaque->name = row->name = name;
    map_put2(realm->arena, &realm->relations, schema, name, view);
    map_put2(realm->arena, &realm->types, schema, name, row);
    return true;
}

bool realm_rename_view_column(Realm *realm, Relation *view, Name from, Name to)
{
    Name *found = NULL;
    vec_each(Name, at, &view->columns) {
        if (*at == to) {
            return realm_refuse(realm, "42701", "column `%s` of relation `%s` already exists",
                                to->text, view->name->text);
        }
        found = *at == from ? at : found;
    }
    if (found == NULL) {
        return realm_refuse(realm, "42703", "column `%s` does not exist", from->text);
    }
    *found = to;
    realm_restate(realm, view->opaque, from, to);
    restate_users(realm, view, from, to);
    return true;
}

void realm_forget_view_index(const Relation *index)
{
    NameList *list = &index->over->indexes;
    for (size_t i = list->count; i > 0; i--) {
        if (list->items[i - 1] == index->name) {
            vec_take_out(list, i - 1);
        }
    }
}
