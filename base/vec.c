#include "base/common.h"

#include "base/vec.h"

#include <string.h>

enum { FIRST_ITEM_LARGE = 16 };

void *vec_grow(Arena *arena, const void *items, size_t *capacity, size_t count, size_t size)
{
    /* Lists of large items are mostly lists of one; of pointers, of one or two. */
    *capacity = *capacity == 0 ? (size <= FIRST_ITEM_LARGE ? 2 : 1) : *capacity * 2;
    void *grown = arena_alloc(arena, *capacity * size);
    if (count > 0) {
        memcpy(grown, items, count * size);
    }
    return grown;
}
