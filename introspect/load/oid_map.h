/*
 * oid_map.h - server oid (and an optional number, as of a column) to pointer.
 *
 * Belongs to its arena; a zeroed map is empty. No iteration, as for Map.
 */
#ifndef BELLOWS_INTROSPECT_LOAD_OID_MAP_H
#define BELLOWS_INTROSPECT_LOAD_OID_MAP_H

#include "base/arena.h"
#include "base/common.h"

typedef struct OidSlot {
    uint64_t key;
    void *value; /* NULL: free */
} OidSlot;

typedef struct OidMap {
    OidSlot *slots;
    size_t capacity, count;
} OidMap;

void oid_map_put(Arena *arena, OidMap *map, uint32_t oid, int32_t number, void *value);
/* NULL when the key is not there. */
void *oid_map_get(const OidMap *map, uint32_t oid, int32_t number);

#endif
