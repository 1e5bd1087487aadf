/*
 * object_map.c - open addressing with linear probing, holes closed at once; map.c does the same for
 * names.
 */
#include "base/common.h"

#include "base/object_map.h"

struct ObjectSlot {
    const void *key; /* NULL marks a free slot */
    void *value;
};

/* Addresses are multiples of eight or sixteen: the product's upper half spreads them. */
static size_t home_slot(size_t capacity, const void *key)
{
    const uint64_t product = (uint64_t)(uintptr_t)key * UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(product >> 32) & (capacity - 1);
}

static ObjectSlot *find_slot(ObjectSlot *slots, size_t capacity, const void *key)
{
    size_t at = home_slot(capacity, key);
    while (slots[at].key != NULL && slots[at].key != key) {
        at = (at + 1) & (capacity - 1);
    }
    return &slots[at];
}

static void grow(Arena *arena, ObjectMap *map)
{
    const size_t capacity = map->capacity == 0 ? 8 : map->capacity * 2;
    ObjectSlot *slots = arena_array(arena, ObjectSlot, capacity);
    for (size_t i = 0; i < map->capacity; i++) {
        if (map->slots[i].key != NULL) {
            *find_slot(slots, capacity, map->slots[i].key) = map->slots[i];
        }
    }
    map->slots = slots;
    map->capacity = capacity;
}

void object_map_put(Arena *arena, ObjectMap *map, const void *key, void *value)
{
    assert(key != NULL && value != NULL);
    if ((map->count + 1) * 4 > map->capacity * 3) {
        grow(arena, map);
    }
    ObjectSlot *slot = find_slot(map->slots, map->capacity, key);
    map->count += slot->key == NULL;
    *slot = (ObjectSlot){.key = key, .value = value};
}

void *object_map_get(const ObjectMap *map, const void *key)
{
    return map->count == 0 ? NULL : find_slot(map->slots, map->capacity, key)->value;
}

/* An entry further along whose home lies at or before the hole moves into it. */
static void close_hole(ObjectMap *map, size_t hole)
{
    const size_t mask = map->capacity - 1;
    for (size_t at = (hole + 1) & mask; map->slots[at].key != NULL; at = (at + 1) & mask) {
        const size_t home = home_slot(map->capacity, map->slots[at].key);
        if (((at - home) & mask) >= ((at - hole) & mask)) {
            map->slots[hole] = map->slots[at];
            hole = at;
        }
    }
    map->slots[hole] = (ObjectSlot){0};
}

void object_map_remove(ObjectMap *map, const void *key)
{
    if (map->count == 0) {
        return;
    }
    ObjectSlot *slot = find_slot(map->slots, map->capacity, key);
    if (slot->key != NULL) {
        map->count--;
        close_hole(map, (size_t)(slot - map->slots));
    }
}
