/*
 * object_map.h - any pointer to a pointer: what else is known of an object.
 *
 * Keys are told apart by their address alone; nothing is read through them. Like a Map it belongs
 * to its arena and has no iteration, so output never depends on where objects lie.
 */
#ifndef BELLOWS_BASE_OBJECT_MAP_H
#define BELLOWS_BASE_OBJECT_MAP_H

#include "base/arena.h"
#include "base/common.h"

typedef struct ObjectSlot ObjectSlot;

typedef struct ObjectMap {
    ObjectSlot *slots;
    size_t capacity;
    size_t count;
} ObjectMap;

/* Neither the key nor the value may be NULL. A zeroed map is empty. */
void object_map_put(Arena *arena, ObjectMap *map, const void *key, void *value);
/* NULL when the key is not there. */
void *object_map_get(const ObjectMap *map, const void *key);
/* Forgets the key; nothing happens when it is not there. */
void object_map_remove(ObjectMap *map, const void *key);

#endif
