#include "base/common.h"

#include "base/map.h"

struct MapSlot {
    Name scope;
    Name name;
    void *value; /* NULL marks a free slot */
};

static size_t home_slot(size_t capacity, Name scope, Name name)
{
    return (name->hash ^ (scope == NULL ? 0 : scope->hash * 31U)) & (capacity - 1);
}

static MapSlot *find_slot(MapSlot *slots, size_t capacity, Name scope, Name name)
{
    size_t at = home_slot(capacity, scope, name);
    while (slots[at].value != NULL && (slots[at].name != name || slots[at].scope != scope)) {
        at = (at + 1) & (capacity - 1);
    }
    return &slots[at];
}

static void resize(Arena *arena, Map *map, size_t capacity)
{
    MapSlot *slots = arena_array(arena, MapSlot, capacity);
    for (size_t i = 0; i < map->capacity; i++) {
        const MapSlot *old = &map->slots[i];
        if (old->value != NULL) {
            *find_slot(slots, capacity, old->scope, old->name) = *old;
        }
    }
    map->slots = slots;
    map->capacity = capacity;
}

void map_reserve(Arena *arena, Map *map, size_t count)
{
    size_t capacity = 4;
    while (count * 4 > capacity * 3) {
        capacity *= 2;
    }
    if (capacity > map->capacity) {
        resize(arena, map, capacity);
    }
}

void map_put2(Arena *arena, Map *map, Name scope, Name name, void *value)
{
    assert(value != NULL);
    if ((map->count + 1) * 4 > map->capacity * 3) {
        resize(arena, map, map->capacity == 0 ? 4 : map->capacity * 2);
    }
    MapSlot *slot = find_slot(map->slots, map->capacity, scope, name);
    if (slot->value == NULL) {
        map->count++;
    }
    *slot = (MapSlot){.scope = scope, .name = name, .value = value};
}

void *map_get2(const Map *map, Name scope, Name name)
{
    return map->count == 0 ? NULL : find_slot(map->slots, map->capacity, scope, name)->value;
}

void map_put(Arena *arena, Map *map, Name name, void *value)
{
    map_put2(arena, map, NULL, name, value);
}

void *map_get(const Map *map, Name name)
{
    return map_get2(map, NULL, name);
}

/* The hole is closed at once: an entry further along the run whose home lies at or before the hole
 * moves into it, so a search never meets a gap that was not always there. */
static void close_hole(Map *map, size_t hole)
{
    size_t mask = map->capacity - 1;
    for (size_t at = (hole + 1) & mask; map->slots[at].value != NULL; at = (at + 1) & mask) {
        size_t home = home_slot(map->capacity, map->slots[at].scope, map->slots[at].name);
        if (((at - home) & mask) >= ((at - hole) & mask)) {
            map->slots[hole] = map->slots[at];
            hole = at;
        }
    }
    map->slots[hole] = (MapSlot){0};
}

void map_remove2(Map *map, Name scope, Name name)
{
    if (map->count == 0) {
        return;
    }
    MapSlot *slot = find_slot(map->slots, map->capacity, scope, name);
    if (slot->value != NULL) {
        map->count--;
        close_hole(map, (size_t)(slot - map->slots));
    }
}

void map_remove(Map *map, Name name)
{
    map_remove2(map, NULL, name);
}
