#include "base/common.h"

#include "base/map.h"

/* Most maps are of a model's fields or a key's parts: up to so many entries stand in a row without
 * a gap and are looked through, which costs no more than hashing and half the memory. */
enum { ROW_MAX = 8, HASHED_MIN = 16 };

struct MapSlot {
    Name scope;
    Name name;
    void *value; /* NULL marks a free slot */
};

static bool is_row(const Map *map)
{
    return map->capacity <= ROW_MAX;
}

static size_t home_slot(size_t capacity, Name scope, Name name)
{
    return (name->hash ^ (scope == NULL ? 0 : scope->hash * 31U)) & (capacity - 1);
}

static bool is_slot_for(const MapSlot *slot, Name scope, Name name)
{
    return slot->value == NULL || (slot->name == name && slot->scope == scope);
}

/* The key's slot, or the free one that it may take; NULL: a full row has neither. */
static MapSlot *find_slot(const Map *map, Name scope, Name name)
{
    if (is_row(map)) {
        MapSlot *const end = map->slots + map->count + (map->count < map->capacity);
        MapSlot *slot = map->slots;
        while (slot < end && !is_slot_for(slot, scope, name)) {
            slot++;
        }
        return slot < end ? slot : NULL;
    }
    size_t at = home_slot(map->capacity, scope, name);
    while (!is_slot_for(&map->slots[at], scope, name)) {
        at = (at + 1) & (map->capacity - 1);
    }
    return &map->slots[at];
}

static void resize(Arena *arena, Map *map, size_t capacity)
{
    const Map old = *map;
    map->slots = arena_array(arena, MapSlot, capacity);
    map->capacity = capacity;
    for (size_t i = 0; i < old.capacity; i++) {
        const MapSlot *slot = &old.slots[i];
        if (slot->value != NULL) {
            *find_slot(map, slot->scope, slot->name) = *slot;
        }
    }
}

/* A row may be full; a table is three quarters full at most. */
static size_t capacity_for(size_t count)
{
    if (count <= ROW_MAX) {
        return count;
    }
    size_t capacity = HASHED_MIN;
    while (count * 4 > capacity * 3) {
        capacity *= 2;
    }
    return capacity;
}

void map_reserve(Arena *arena, Map *map, size_t count)
{
    const size_t capacity = capacity_for(count);
    if (capacity > map->capacity) {
        resize(arena, map, capacity);
    }
}

/* Room for one more. */
static void grow(Arena *arena, Map *map)
{
    const size_t needed = map->count + 1;
    if (capacity_for(needed) > map->capacity) {
        const size_t doubled = map->count * 2 < ROW_MAX ? map->count * 2 : ROW_MAX;
        resize(arena, map, capacity_for(needed > ROW_MAX || doubled < needed ? needed : doubled));
    }
}

void map_put2(Arena *arena, Map *map, Name scope, Name name, void *value)
{
    assert(value != NULL);
    grow(arena, map);
    MapSlot *slot = find_slot(map, scope, name);
    if (slot->value == NULL) {
        map->count++;
    }
    *slot = (MapSlot){.scope = scope, .name = name, .value = value};
}

void *map_get2(const Map *map, Name scope, Name name)
{
    const MapSlot *slot = map->count == 0 ? NULL : find_slot(map, scope, name);
    return slot == NULL ? NULL : slot->value;
}

void map_put(Arena *arena, Map *map, Name name, void *value)
{
    map_put2(arena, map, NULL, name, value);
}

void *map_get(const Map *map, Name name)
{
    return map_get2(map, NULL, name);
}

/* The last of a row moves into the hole. */
static void close_row(Map *map, size_t hole)
{
    map->slots[hole] = map->slots[map->count];
    map->slots[map->count] = (MapSlot){0};
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
    MapSlot *slot = map->count == 0 ? NULL : find_slot(map, scope, name);
    if (slot == NULL || slot->value == NULL) {
        return;
    }
    map->count--;
    const size_t hole = (size_t)(slot - map->slots);
    if (is_row(map)) {
        close_row(map, hole);
    } else {
        close_hole(map, hole);
    }
}

void map_remove(Map *map, Name name)
{
    map_remove2(map, NULL, name);
}
