/*
 * slots.h - what effects are upon, by number.
 *
 * Numbers are given in the order in which slots are first asked for: nothing may depend on
 * addresses. A zeroed table is empty; it lives in the caller's arena.
 */
#ifndef BELLOWS_COMPILER_PLAN_STEPS_SLOTS_H
#define BELLOWS_COMPILER_PLAN_STEPS_SLOTS_H

#include "base/object_map.h"
#include "compiler/plan/steps/effects.h"

typedef struct SlotTable {
    ObjectMap by_table; /* the table they belong to -> Map: (scope, name) -> chain of this name */
    Map of_none;        /* the same of those that belong to none */
    size_t count;
} SlotTable;

/* The slot's number; a new one where it was never asked for. */
size_t slot_number(Arena *arena, SlotTable *table, const Slot *slot);
/* False: it was never asked for. */
bool slot_find(const SlotTable *table, const Slot *slot, size_t *ret_number);

#endif
