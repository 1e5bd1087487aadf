/*
 * oid_map.c - open addressing, linear probing, at most half full.
 */
#include "base/common.h"

#include "introspect/load/oid_map.h"

static uint64_t make_key(uint32_t oid, int32_t number)
{
    return ((uint64_t)oid << 32) | (uint32_t)number;
}

static OidSlot *find_slot(const OidMap *map, uint64_t key)
{
    size_t at = (size_t)((key * 0x9E3779B97F4A7C15u) >> 32) & (map->capacity - 1);
    while (map->slots[at].value != NULL && map->slots[at].key != key) {
        at = (at + 1) & (map->capacity - 1);
    }
    return &map->slots[at];
}

static void grow(Arena *arena, OidMap *map)
{
    OidMap larger = {.capacity = map->capacity == 0 ? 64 : map->capacity * 2};
    larger.slots = arena_array(arena, OidSlot, larger.capacity);
    for (size_t i = 0; i < map->capacity; i++) {
        if (map->slots[i].value != NULL) {
            *find_slot(&larger, map->slots[i].key) = map->slots[i];
        }
    }
    larger.count = map->count;
    *map = larger;
}

void oid_map_put(Arena *arena, OidMap *map, uint32_t oid, int32_t number, void *value)
{
    assert(value != NULL);
    if (map->count * 2 >= map->capacity) {
        grow(arena, map);
    }
    OidSlot *slot = find_slot(map, make_key(oid, number));
    map->count += slot->value == NULL ? 1 : 0;
    *slot = (OidSlot){make_key(oid, number), value};
}

void *oid_map_get(const OidMap *map, uint32_t oid, int32_t number)
{
    return map->capacity == 0 ? NULL : find_slot(map, make_key(oid, number))->value;
}
