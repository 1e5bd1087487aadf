/*
 * slots.c - slots by number.
 *
 * A column's name is that of a column of many tables, and a table's that of tables of many schemas:
 * what belongs to a table is looked up by it.
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

/* NULL: there is none yet. */
static const Map *names_of(const SlotTable *table, const Table *of)
{
    return of == NULL ? &table->of_none : object_map_get(&table->by_table, of);
}

bool slot_find(const SlotTable *table, const Slot *slot, size_t *ret_number)
{
    const Map *names = names_of(table, slot->of);
    const NumberedSlot *at = names == NULL ? NULL : map_get2(names, slot->scope, slot->name);
    while (at != NULL && !same_slot(&at->slot, slot)) {
        at = at->next;
    }
    if (at != NULL) {
        *ret_number = at->number;
    }
    return at != NULL;
}

static Map *make_names_of(Arena *arena, SlotTable *table, const Table *of)
{
    Map *names = of == NULL ? &table->of_none : object_map_get(&table->by_table, of);
    if (names == NULL) {
        names = arena_make(arena, Map);
        object_map_put(arena, &table->by_table, of, names);
    }
    return names;
}

size_t slot_number(Arena *arena, SlotTable *table, const Slot *slot)
{
    size_t number;
    if (slot_find(table, slot, &number)) {
        return number;
    }
    Map *names = make_names_of(arena, table, slot->of);
    NumberedSlot *made = arena_make(arena, NumberedSlot);
    *made = (NumberedSlot){
        .slot = *slot, .number = table->count++, .next = map_get2(names, slot->scope, slot->name)};
    map_put2(arena, names, slot->scope, slot->name, made);
    return made->number;
}
