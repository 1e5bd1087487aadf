/*
 * online_enum.c - an enum that loses values: a second type beside it, and second columns of that.
 *
 * The server cannot take a value from a type. So the type as it is wanted is made under a reserved
 * name, each column of the old one gets a second column of it (online_shadow.c), and behind the
 * gate all change places in one transaction, the types with them. What a removed value becomes may
 * be said above the field, `/// @backfill(expression)` over the field itself: then rows, and what
 * the old program still writes, are mapped before the gate, and the new program meets no value that
 * it does not know. Otherwise a check waits for the gate, that no row has one.
 *
 * All columns of the type go along or none: where one cannot, the type is built anew in place
 * (direct_enum.c).
 */
#include "base/common.h"

#include "compiler/catalog/casts.h"
#include "compiler/catalog/naming.h"
#include "compiler/plan/online/online_internal.h"

/* --- may it? -----------------------------------------------------------------------------------
 */

static bool uses_enum(const Opaque *opaque, const EnumType *type)
{
    vec_each(EnumType *, at, &opaque->enums) {
        if (*at == type) {
            return true;
        }
    }
    return false;
}

static bool is_spoken_of(const Online *cx, const EnumType *type)
{
    vec_each(Opaque *, at, &cx->plan->from->opaque) {
        if (uses_enum(*at, type)) {
            return true;
        }
    }
    return false;
}

static bool is_renamed(const Online *cx, const EnumType *before)
{
    vec_each(const Change *, at, &cx->by_kind[CHANGE_RENAME_ENUM]) {
        if ((*at)->after.enum_type == before || (*at)->before.enum_type == before) {
            return true;
        }
    }
    return before->source != NULL;
}

static bool default_goes_along(const Column *column)
{
    const DefaultKind kind = column->dflt.kind;
    return kind == DEFAULT_NONE || kind == DEFAULT_VALUE || kind == DEFAULT_LIST;
}

/* Does another change speak of the column itself? */
static bool changes_itself(const Online *cx, const Column *before)
{
    vec_each(const Change *, at, &cx->by_kind[CHANGE_MODIFY_COLUMN]) {
        if ((*at)->before.column == before) {
            return true;
        }
    }
    return false;
}

static bool is_in_foreign_key(const Column *column)
{
    vec_each(ForeignKey *, at, &column->table->foreign_keys) {
        if (column_in_list(column, (*at)->columns.items, (*at)->columns.count)) {
            return true;
        }
    }
    return false;
}

static bool is_referenced(const Online *cx, const Column *column)
{
    vec_each(Table *, table, &cx->plan->from->tables) {
        vec_each(ForeignKey *, at, &(*table)->foreign_keys) {
            if (column_in_list(column, (*at)->referenced_columns.items,
                               (*at)->referenced_columns.count)) {
                return true;
            }
        }
    }
    return false;
}

static bool column_may_go_along(Online *cx, const EnumType *before, const Column *column)
{
    const Column *after = match_column_after(cx->plan->diff, column);
    return after != NULL && column_keeps_enum(column, after, before) &&
           default_goes_along(column) && default_goes_along(after) && !changes_itself(cx, column) &&
           !is_in_foreign_key(column) && !is_referenced(cx, column);
}

/* A column that is made with the plan, or becomes one of the type, is of the old one meanwhile. */
static bool any_is_new(const Online *cx, const Change *change)
{
    vec_each(Table *, table, &cx->plan->to->tables) {
        vec_each(Column *, column, &(*table)->columns) {
            const Column *before = match_column_before(cx->plan->diff, *column);
            if (column_is_of_enum(*column, change->after.enum_type) &&
                (before == NULL || !column_is_of_enum(before, change->before.enum_type))) {
                return true;
            }
        }
    }
    return false;
}

static bool may_be_renewed(Online *cx, const Change *change)
{
    const EnumType *before = change->before.enum_type;
    if (is_renamed(cx, before) || is_spoken_of(cx, before) || any_is_new(cx, change)) {
        return false;
    }
    vec_each(Table *, table, &cx->plan->from->tables) {
        vec_each(Column *, column, &(*table)->columns) {
            if (column_is_of_enum(*column, before) && !column_may_go_along(cx, before, *column)) {
                return false;
            }
        }
    }
    return true;
}

/* --- second columns ----------------------------------------------------------------------------
 */

static const RenewedEnum *renewed_enum(Online *cx, const Change *change)
{
    RenewedEnum *renewed = arena_make(cx->arena, RenewedEnum);
    EnumType *successor = arena_make(cx->arena, EnumType);
    *successor = *change->after.enum_type;
    successor->name = name_reserved(cx->plan->to->names, RESERVED_BUILT, successor->name);
    successor->source = NULL;
    *renewed = (RenewedEnum){
        .change = change,
        .successor = successor,
        .made =
            online_change(cx, CHANGE_ADD_ENUM, 0, (Subject){0}, (Subject){.enum_type = successor}),
    };
    return renewed;
}

static void add_shadow(Online *cx, const RenewedEnum *renewed, Column *column)
{
    const Column *after = match_column_after(cx->plan->diff, column);
    const Subject old_side = {.table = column->table, .column = column};
    const Subject new_side = {.table = after->table, .column = after};
    vec_push(
        cx->arena, &cx->shadows,
        (Shadow){.change = online_change(cx, CHANGE_MODIFY_COLUMN, FACET_TYPE, old_side, new_side),
                 .late = true,
                 .renewed = renewed,
                 .may_refuse = true});
}

void online_find_renewed(Online *cx)
{
    vec_each(const Change *, change, &cx->by_kind[CHANGE_MODIFY_ENUM]) {
        if (((*change)->facets & FACET_VALUES_REMOVED) == 0 || !may_be_renewed(cx, *change)) {
            continue;
        }
        const RenewedEnum *renewed = renewed_enum(cx, *change);
        vec_each(Table *, table, &cx->plan->from->tables) {
            vec_each(Column *, column, &(*table)->columns) {
                if (column_is_of_enum(*column, (*change)->before.enum_type)) {
                    add_shadow(cx, renewed, *column);
                }
            }
        }
    }
}

/* All columns of the type have second ones. */
bool online_renewal_holds(const Online *cx, const Shadow *shadow)
{
    const EnumType *before =
        shadow->renewed == NULL ? NULL : shadow->renewed->change->before.enum_type;
    for (size_t i = 0; before != NULL && i < cx->plan->from->tables.count; i++) {
        vec_each(Column *, column, &cx->plan->from->tables.items[i]->columns) {
            if (column_is_of_enum(*column, before) &&
                online_shadow_of(cx, match_column_after(cx->plan->diff, *column)) == NULL) {
                return false;
            }
        }
    }
    return true;
}

const RenewedEnum *online_renewal(const Online *cx, const EnumType *before)
{
    vec_each(const Shadow, at, &cx->shadows) {
        if (at->renewed != NULL && at->renewed->change->before.enum_type == before) {
            return at->renewed;
        }
    }
    return NULL;
}

void online_renew_enum(Online *cx, const RenewedEnum *renewed)
{
    vec_push(cx->arena, &cx->expand, renewed->made);
    vec_each(const Shadow, at, &cx->shadows) {
        if (at->renewed == renewed) {
            vec_push(cx->arena, &cx->expand, at->added);
        }
    }
}

/* --- writing -----------------------------------------------------------------------------------
 */

/* Columns that have no removed value any more when the gate is reached. */
static ObjectMap mapped_columns(Online *cx, const RenewedEnum *renewed)
{
    ObjectMap mapped = {0};
    vec_each(const Shadow, at, &cx->shadows) {
        if (at->renewed == renewed && at->maps_first) {
            object_map_put(cx->arena, &mapped, at->change->before.column, cx);
        }
    }
    return mapped;
}

/* With the columns: nothing is of the old type any more, and the successor takes its name. */
void online_switch_enums(Online *cx, const Knot *knot)
{
    ObjectMap seen = {0};
    vec_each(const KnotTable, table, &knot->tables) {
        vec_each(const Shadow *, shadow, &table->shadows) {
            const RenewedEnum *renewed = (*shadow)->renewed;
            if (renewed == NULL || object_map_get(&seen, renewed) != NULL) {
                continue;
            }
            object_map_put(cx->arena, &seen, renewed, cx);
            Step *drop = online_step(cx, STEP_DROP_ENUM, PHASE_CONTRACT, renewed->change);
            Step *rename = online_step(cx, STEP_RENAME_ENUM, PHASE_CONTRACT, renewed->change);
            drop->after.enum_type = NULL;
            drop->together = rename->together = knot->together;
            rename->before.enum_type = renewed->successor;
            const ObjectMap mapped = mapped_columns(cx, renewed);
            direct_enum_hazard(cx->plan, drop, renewed->change, &mapped);
        }
    }
}
