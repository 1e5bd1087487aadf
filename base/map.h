/*
 * map.h - Name (or a pair of Names) to pointer.
 *
 * Keys are compared as pointers, which is equality of interned names. A map belongs to its arena.
 * There is no iteration: whoever needs an order keeps a vector beside it, so output never depends
 * on hashing.
 */
#ifndef BELLOWS_BASE_MAP_H
#define BELLOWS_BASE_MAP_H

#include "base/arena.h"
#include "base/common.h"
#include "base/intern.h"

typedef struct MapSlot MapSlot;

typedef struct Map {
    MapSlot *slots;
    size_t capacity;
    size_t count;
} Map;

/* Sets the value of the key (`scope`, `name`); `scope` may be NULL. `value` must not be NULL. A
 * zeroed Map is empty. */
void map_put2(Arena *arena, Map *map, Name scope, Name name, void *value);
/* Room for `count` keys at once, in an empty map: it will not grow before. */
void map_reserve(Arena *arena, Map *map, size_t count);
/* NULL when the key is not there. */
void *map_get2(const Map *map, Name scope, Name name);

/* Forgets the key; nothing happens when it is not there. */
void map_remove2(Map *map, Name scope, Name name);

void map_put(Arena *arena, Map *map, Name name, void *value);
void *map_get(const Map *map, Name name);
void map_remove(Map *map, Name name);

#endif
