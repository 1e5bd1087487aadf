/*
 * diff_enum.c - enum types: new, gone, and their values as sets.
 *
 * The order of values is no difference: the server cannot reorder those there are. New ones come to
 * their place (enum_order.h).
 */
#include "base/common.h"

#include "compiler/catalog/enum_order.h"
#include "compiler/plan/diff/diff_internal.h"

static bool all_in(const EnumType *type, const Map *set)
{
    vec_each(Name, value, &type->values) {
        if (map_get(set, *value) == NULL) {
            return false;
        }
    }
    return true;
}

void find_rebuilt_enums(DiffCx *cx)
{
    vec_each(EnumType *, at, &cx->from->enums) {
        const EnumType *after = catalog_find_enum(cx->to, (*at)->schema, (*at)->name);
        if (after != NULL) {
            const Map new_values = enum_places(cx->arena, after);
            if (!all_in(*at, &new_values)) {
                object_map_put(cx->arena, &cx->rebuilt, *at, *at);
            }
        }
    }
}

static void diff_enum(DiffCx *cx, const EnumType *before, const EnumType *after)
{
    const Map old_values = enum_places(cx->arena, before);
    const Map new_values = enum_places(cx->arena, after);
    unsigned facets = 0;
    if (!all_in(after, &old_values)) {
        facets |= FACET_VALUES_ADDED;
    }
    if (!all_in(before, &new_values)) {
        facets |= FACET_VALUES_REMOVED;
    }
    if (facets != 0) {
        diff_add(cx, CHANGE_MODIFY_ENUM, facets, (Subject){.enum_type = before},
                 (Subject){.enum_type = after});
    }
}

bool enum_order_differs(Arena *arena, const EnumType *before, const EnumType *after,
                        Name *ret_first, Name *ret_second)
{
    const Map places = enum_places(arena, after);
    Name last = NULL;
    vec_each(Name, value, &before->values) {
        const size_t place = enum_place(&places, *value);
        if (place > 0 && last != NULL && place < enum_place(&places, last)) {
            *ret_first = last;
            *ret_second = *value;
            return true;
        }
        last = place > 0 ? *value : last;
    }
    return false;
}

bool diff_ignores_enum(const EnumType *type, const Catalog *wanted)
{
    return type->values.count == 0 && !wanted->manages_all;
}

void diff_enums_added(DiffCx *cx)
{
    vec_each(EnumType *, at, &cx->to->enums) {
        if (catalog_find_enum(cx->from, (*at)->schema, (*at)->name) == NULL) {
            diff_add(cx, CHANGE_ADD_ENUM, 0, (Subject){0}, (Subject){.enum_type = *at});
        }
    }
}

void diff_enums_kept_and_dropped(DiffCx *cx)
{
    vec_each(EnumType *, at, &cx->from->enums) {
        const EnumType *after = catalog_find_enum(cx->to, (*at)->schema, (*at)->name);
        if (after != NULL) {
            diff_enum(cx, *at, after);
        } else if (!diff_ignores_enum(*at, cx->to)) {
            diff_add(cx, CHANGE_DROP_ENUM, 0, (Subject){.enum_type = *at}, (Subject){0});
        }
    }
}
