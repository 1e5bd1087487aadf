/*
 * online_waits.c - what waits for the gate.
 *
 * In: the changes of a diff, and what each of them does to things and names (effects.h).   Out: for
 * each whether it waits. Some wait by themselves: the old program would not survive them. Of the
 * others waits what takes a name that is free only then, or needs a thing that is settled only
 * then: as the rows of order_rules.def say that reach through the plan. No recipe decides that.
 */
#include "base/common.h"

#include "compiler/plan/online/online_internal.h"

typedef struct Rule {
    EffectKind first, then;
    bool holds_through_plan;
} Rule;

enum { REACH_PLAN = true, REACH_PHASE = false };

static const Rule rules[] = {
#define RULE(first, then, reach, reason) {EFFECT_##first, EFFECT_##then, REACH_##reach},
#include "compiler/plan/order/order_rules.def"
#undef RULE
};

static unsigned bit(EffectKind kind)
{
    return 1U << kind;
}

/* --- waiting -----------------------------------------------------------------------------------
 */

static bool effect_waits(const Online *cx, const NumberedEffect *effect)
{
    const unsigned late = cx->late[effect->slot];
    for (size_t i = 0; late != 0 && i < lengthof(rules); i++) {
        if (rules[i].holds_through_plan && rules[i].then == effect->kind &&
            (late & bit(rules[i].first)) != 0) {
            return true;
        }
    }
    return false;
}

static bool any_waits(const Online *cx, const ChangeState *state)
{
    vec_each(const NumberedEffect, at, &state->effects) {
        if (effect_waits(cx, at)) {
            return true;
        }
    }
    return false;
}

static void make_late(Online *cx, ChangeState *state)
{
    state->waits = true;
    vec_each(const NumberedEffect, at, &state->effects) {
        cx->late[at->slot] |= bit(at->kind);
    }
}

/* Until nothing more waits. */
static void spread(Online *cx)
{
    for (bool any = true; any;) {
        any = false;
        vec_each(ChangeState, at, &cx->states) {
            if (!at->waits && any_waits(cx, at)) {
                make_late(cx, at);
                any = true;
            }
        }
    }
}

/* --- what waits by itself ----------------------------------------------------------------------
 */

/* The old program uses what it takes away; a view that hides a rename holds the old names. */
static bool takes_away(const Change *change)
{
    static const bool kinds[CHANGE_KIND_COUNT] = {
        [CHANGE_RENAME_ENUM] = true,        [CHANGE_DROP_ENUM] = true,
        [CHANGE_RENAME_TABLE] = true,       [CHANGE_DROP_TABLE] = true,
        [CHANGE_RENAME_COLUMN] = true,      [CHANGE_DROP_COLUMN] = true,
        [CHANGE_MODIFY_PRIMARY_KEY] = true, [CHANGE_DROP_PRIMARY_KEY] = true,
        [CHANGE_DROP_INDEX] = true,
    };
    return kinds[change->kind] || (change->facets & FACET_VALUES_REMOVED) != 0;
}

/* The server makes no index of a partitioned table concurrently. */
static bool is_made_under_lock(const Online *cx, const Change *change)
{
    const Table *before = change->before.table;
    if (before == NULL || !before->is_partitioned) {
        return false;
    }
    return change->kind == CHANGE_ADD_PRIMARY_KEY ||
           (change->kind == CHANGE_ADD_INDEX &&
            online_index_changes(cx, before, change->after.index->name).drop != NULL);
}

void online_find_names(Online *cx)
{
    Arena *scratch = arena_new();
    EffectList effects = {0}; /* of one after the other */
    vec_each(Change *, change, &cx->plan->diff->changes) {
        ChangeState state = {.change = *change};
        effects.count = 0;
        change_effects(scratch, cx->plan->diff, *change, &effects);
        vec_each(const Effect, at, &effects) {
            const NumberedEffect effect = {at->kind, slot_number(cx->marks, &cx->slots, &at->slot)};
            vec_push(cx->marks, &state.effects, effect);
        }
        vec_push(cx->marks, &cx->states, state);
    }
    arena_free(scratch);
    cx->late = arena_array(cx->marks, unsigned, cx->slots.count + 1);
    vec_each(ChangeState, at, &cx->states) {
        const bool stays = at->change->kind == CHANGE_MODIFY_PRIMARY_KEY &&
                           online_key_switches(cx, at->change->after.table);
        if ((!stays && takes_away(at->change)) || is_made_under_lock(cx, at->change)) {
            make_late(cx, at);
        }
    }
    spread(cx);
}

void online_find_waits(Online *cx)
{
    vec_each(ChangeState, at, &cx->states) {
        if (at->change->kind == CHANGE_MODIFY_COLUMN && online_type_waits(cx, at->change)) {
            make_late(cx, at);
        }
    }
    spread(cx);
}

/* --- questions ---------------------------------------------------------------------------------
 */

static bool is_late(const Online *cx, Slot slot, unsigned effects)
{
    size_t number;
    return slot_find(&cx->slots, &slot, &number) && (cx->late[number] & effects) != 0;
}

bool online_name_waits(const Online *cx, Name schema, Name name)
{
    return is_late(cx, (Slot){.space = SPACE_RELATIONS, .scope = schema, .name = name},
                   bit(EFFECT_FREES));
}

bool online_type_name_waits(const Online *cx, Name schema, Name name)
{
    return is_late(cx, (Slot){.space = SPACE_TYPES, .scope = schema, .name = name},
                   bit(EFFECT_FREES));
}

bool online_table_waits(const Online *cx, const Table *after)
{
    const Table *of = match_source(cx->plan->diff, after);
    return is_late(cx, (Slot){.space = SPACE_TABLE, .of = of, .name = of->name}, bit(EFFECT_MAKES));
}

bool online_column_waits(const Online *cx, const Column *column)
{
    Slot slot;
    return !column_slot(cx->plan->diff, column, &slot) ||
           is_late(cx, slot, bit(EFFECT_MAKES) | bit(EFFECT_ALTERS));
}
