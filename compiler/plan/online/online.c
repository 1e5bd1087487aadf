/*
 * online.c - the online strategy: sort the changes, then write the steps phase by phase.
 *
 * In: plan->diff. Out: plan->steps in the order they run. A change that plain DDL does safely goes
 * to the direct strategy as it is; the recipes (online_*.c) do the others. The order of the calls
 * below is the order of execution; between two phases every program that may be alive works.
 */
#include "base/common.h"

#include "compiler/plan/online/online.h"

#include "compiler/plan/online/online_internal.h"
#include "compiler/plan/order/order.h"

static void push(Online *cx, ChangeList *list, const Change *change)
{
    vec_push(cx->marks, list, online_facets(cx, change, change->facets));
}

/* --- sorting -----------------------------------------------------------------------------------
 */

/* Values are added before the gate and removed after it; a renamed one breaks the old program. */
static void modify_enum(Online *cx, const Change *change)
{
    if ((change->facets & FACET_VALUES_ADDED) != 0) {
        vec_push(cx->marks, &cx->expand, online_facets(cx, change, FACET_VALUES_ADDED));
        online_note(cx, vec_last(&cx->expand), HAZARD_ENUM_VALUE_UNKNOWN, NULL);
    }
    const RenewedEnum *renewed = online_renewal(cx, change->before.enum_type);
    if (renewed != NULL) {
        online_renew_enum(cx, renewed);
        return;
    }
    unsigned rest = change->facets & ~(unsigned)FACET_VALUES_ADDED;
    if (rest != 0) {
        vec_push(cx->marks, &cx->contract, online_facets(cx, change, rest));
        online_note(cx, vec_last(&cx->contract), HAZARD_REWRITE_UNDER_LOCK, NULL);
    }
}

/* What waits becomes plain DDL after the gate; recipes that have another way are asked. */
static bool waits_plainly(const Online *cx, const Change *change)
{
    static const bool kinds[CHANGE_KIND_COUNT] = {
        [CHANGE_ADD_ENUM] = true,     [CHANGE_ADD_TABLE] = true,
        [CHANGE_ADD_COLUMN] = true,   [CHANGE_RENAME_PRIMARY_KEY] = true,
        [CHANGE_RENAME_INDEX] = true,
    };
    return cx->waits && kinds[change->kind];
}

static void sort_change(Online *cx, const Change *change)
{
    if (change->kind == CHANGE_RENAME_INDEX && online_index_switches(cx, change)) {
        return; /* online_switch.c */
    }
    if (waits_plainly(cx, change)) {
        push(cx, &cx->contract, change);
        return;
    }
    switch (change->kind) {
    case CHANGE_ADD_SCHEMA:
    case CHANGE_ADD_EXTENSION:
    case CHANGE_MODIFY_EXTENSION:
    case CHANGE_ADD_ENUM:
    case CHANGE_ADD_TABLE:
    case CHANGE_RENAME_PRIMARY_KEY:
    case CHANGE_RENAME_INDEX:
    case CHANGE_RENAME_FOREIGN_KEY:
        push(cx, &cx->expand, change);
        break;
    case CHANGE_DROP_ENUM:
    case CHANGE_DROP_TABLE:
    case CHANGE_DROP_PRIMARY_KEY:
        push(cx, &cx->contract, change);
        break;
    case CHANGE_MODIFY_ENUM:
        modify_enum(cx, change);
        break;
    case CHANGE_RENAME_ENUM:
        push(cx, &cx->contract, change);
        online_note(cx, vec_last(&cx->contract), HAZARD_RENAME_BREAKS, NULL);
        break;
    case CHANGE_MODIFY_PRIMARY_KEY:
        online_modify_primary_key(cx, change);
        break;
    case CHANGE_RENAME_TABLE:
    case CHANGE_RENAME_COLUMN:
        online_rename(cx, change);
        break;
    case CHANGE_ADD_COLUMN:
        online_add_column(cx, change);
        break;
    case CHANGE_MODIFY_COLUMN:
        online_modify_column(cx, change);
        break;
    case CHANGE_DROP_COLUMN:
        online_drop_column(cx, change);
        break;
    case CHANGE_ADD_PRIMARY_KEY:
        online_add_primary_key(cx, change);
        break;
    case CHANGE_ADD_INDEX:
        online_add_index(cx, change);
        break;
    case CHANGE_ADD_FOREIGN_KEY:
        online_add_foreign_key(cx, change);
        break;
    case CHANGE_DROP_INDEX:
    case CHANGE_DROP_FOREIGN_KEY:
        break; /* second round */
    }
}

/* What is dropped may be one half of a swap: the additions are sorted first. */
static void sort_drop(Online *cx, const Change *change)
{
    if (change->kind == CHANGE_DROP_INDEX) {
        online_drop_index(cx, change);
    } else if (change->kind == CHANGE_DROP_FOREIGN_KEY) {
        online_drop_foreign_key(cx, change);
    }
}

static void sort_changes(Online *cx)
{
    vec_each(const ChangeState, at, &cx->states) {
        cx->waits = at->waits;
        sort_change(cx, at->change);
    }
    vec_each(const ChangeState, at, &cx->states) {
        cx->waits = at->waits;
        sort_drop(cx, at->change);
    }
}

/* --- writing -----------------------------------------------------------------------------------
 */

static void write_expand(Online *cx)
{
    online_write_table_views(cx);
    direct_add_steps(cx->plan, &cx->expand, PHASE_EXPAND);
    direct_add_steps(cx->plan, &cx->expand_late, PHASE_EXPAND);
    online_write_casts(cx);
    online_write_fill_triggers(cx);
    online_write_shadow_triggers(cx);
    online_write_number_triggers(cx);
    online_write_second_checks(cx);
}

static bool has_steps_after_expand(const Plan *plan)
{
    return plan->steps.count > 0 && vec_last(&plan->steps)->phase != PHASE_EXPAND;
}

static void write_before_gate(Online *cx)
{
    write_expand(cx);
    online_write_backfills(cx, false);
    online_write_shadow_fills(cx);
    online_write_index_builds(cx);
    online_write_not_nulls(cx, false);
    online_write_primary_key_indexes(cx);
    online_write_primary_keys(cx, false);
    online_write_index_swaps(cx);
    online_write_switches(cx, false);
    online_write_foreign_keys(cx);
    online_write_column_views(cx, has_steps_after_expand(cx->plan) ? PHASE_TIGHTEN : PHASE_EXPAND);
}

/* Renames without a view come first, so that all names are the wanted ones; foreign keys go before
 * the indexes they stand on. */
static void write_contract(Online *cx, bool first)
{
    ChangeList list = {0};
    vec_each(Change *, change, &cx->contract) {
        ChangeKind kind = (*change)->kind;
        bool early = kind == CHANGE_RENAME_TABLE || kind == CHANGE_RENAME_COLUMN ||
                     kind == CHANGE_RENAME_ENUM || kind == CHANGE_DROP_FOREIGN_KEY;
        if (early == first) {
            vec_push(cx->arena, &list, *change);
        }
    }
    direct_add_steps(cx->plan, &list, PHASE_CONTRACT);
}

static void write_after_gate(Online *cx)
{
    online_write_view_drops(cx);
    online_write_fill_trigger_drops(cx);
    write_contract(cx, true);
    online_write_settled_numbers(cx);
    online_write_switches(cx, true);
    online_write_bare_enums(cx);
    online_write_cast_drops(cx);
    online_write_backfills(cx, true);
    online_write_not_nulls(cx, true);
    online_write_primary_keys(cx, true);
    online_write_foreign_key_swaps(cx);
    online_write_index_drops(cx);
    write_contract(cx, false);
    online_write_late_foreign_keys(cx);
}

/* --- hazards of plain steps --------------------------------------------------------------------
 */

static void note_cause(Online *cx, ObjectMap *steps, const Change *cause, Step *step)
{
    if (cause != NULL && object_map_get(steps, cause) == NULL) {
        object_map_put(cx->marks, steps, cause, step);
    }
}

/* The first step that each change has caused. */
static ObjectMap steps_by_cause(Online *cx)
{
    ObjectMap steps = {0};
    vec_each(Step *, step, &cx->plan->steps) {
        note_cause(cx, &steps, (*step)->cause, *step);
        vec_each(const Clause, clause, &(*step)->clauses) {
            note_cause(cx, &steps, clause->cause, *step);
        }
    }
    return steps;
}

/* In the source a known rename is still ahead. */
static const EnumType *as_it_is(const EnumType *type)
{
    return type != NULL && type->source != NULL ? type->source : type;
}

static void add_note(Online *cx, const ObjectMap *steps, const OnlineNote *note)
{
    const Change *change = note->change;
    const Subject *subject = change->before.table != NULL ? &change->before : &change->after;
    const Column *column =
        change->before.column != NULL ? change->before.column : change->after.column;
    Step *step = object_map_get(steps, change);
    if (step != NULL) {
        Hazard *hazard =
            step_add_hazard(cx->plan, step, note->code, subject->table, column, note->detail);
        hazard->enum_type = as_it_is(change->before.enum_type);
        hazard->query = note->query;
        hazard->look = note->look;
    }
}

/* What the author says of a column that has no second one holds where it changes in its place. */
static void say_values(Online *cx, Step *step)
{
    vec_each(Clause, clause, &step->clauses) {
        const bool changes =
            clause->kind == CLAUSE_SET_TYPE || clause->kind == CLAUSE_RECREATE_COLUMN;
        const Change *cause = clause->cause;
        if (!changes || cause == NULL || cause->before.column == NULL ||
            cause->after.column == NULL) {
            continue;
        }
        const char *stated = online_stated_value(cx, cause);
        clause->expression =
            stated == NULL ? NULL : online_trusted_fill(cx, cause->after.column, stated);
    }
}

/* --- the strategy ------------------------------------------------------------------------------
 */

void online_steps(Plan *plan)
{
    Online cx = {.plan = plan, .arena = plan->arena, .marks = arena_new()};
    online_find_changes(&cx);
    online_find_shadows(&cx);
    online_find_names(&cx);
    online_find_renames(&cx);
    online_find_waits(&cx);
    online_find_key_indexes(&cx);
    sort_changes(&cx);
    write_before_gate(&cx);
    write_after_gate(&cx);
    order_steps(plan);
    vec_each(Step *, step, &plan->steps) {
        if ((*step)->kind == STEP_ALTER_TABLE) {
            say_values(&cx, *step);
        }
    }
    const ObjectMap steps = steps_by_cause(&cx);
    vec_each(const OnlineNote, note, &cx.notes) {
        add_note(&cx, &steps, note);
    }
    arena_free(cx.marks);
}
