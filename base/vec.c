#include "base/common.h"

#include "base/vec.h"

#include <string.h>

void *vec_grow(Arena *arena, const void *items, size_t *capacity, size_t count, size_t size)
{
    *capacity = *capacity == 0 ? 4 : *capacity * 2;
    void *grown = arena_alloc(arena, *capacity * size);
    if (count > 0) {
        memcpy(grown, items, count * size);
    }
    return grown;
}
