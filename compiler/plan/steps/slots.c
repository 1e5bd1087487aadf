/*
 * slots.c - slots by number.
 */
#include "base/common.h"

#include "compiler/plan/steps/slots.h"

typedef struct NumberedSlot NumberedSlot;

struct NumberedSlot {
    Slot slot;
    size_t number;
    NumberedSlot *next; /* another of this name */
};

static bool same_slot(const Slot *a, const Slot *b)
{
    return a->space == b->space && a->of == b->of && a->scope == b->scope && a->name == b->name;
}

bool slot_find(const SlotTable *table, const Slot *slot, size_t *ret_number)
{
    const NumberedSlot *at = map_get2(&table->by_name, slot->scope, slot->name);
    while (at != NULL && !same_slot(&at->slot, slot)) {
        at = at->next;
    }
    if (at != NULL) {
        *ret_number = at->number;
    }
    return at != NULL;
}

size_t slot_number(Arena *arena, SlotTable *table, const Slot *slot)
{
    size_t number;
    if (slot_find(table, slot, &number)) {
        return number;
    }
    NumberedSlot *made = arena_make(arena, NumberedSlot);
    *made = (NumberedSlot){.slot = *slot,
                           .number = table->count++,
                           .next = map_get2(&table->by_name, slot->scope, slot->name)};
    map_put2(arena, &table->by_name, slot->scope, slot->name, made);
    return made->number;
}
