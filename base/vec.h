/*
 * vec.h - typed growable arrays over an arena.
 *
 *     typedef VEC(Column *) ColumnList;
 *     vec_push(arena, &table->columns, column);
 *     vec_each(Column *, at, &table->columns) { use(*at); }
 *
 * The arena owns the items. Growing leaves the old items behind in the arena (at most as much
 * again). A zeroed vector is empty and ready.
 */
#ifndef BELLOWS_BASE_VEC_H
#define BELLOWS_BASE_VEC_H

#include "base/arena.h"
#include "base/common.h"

#define VEC(Type)                                                                                  \
    struct {                                                                                       \
        Type *items;                                                                               \
        size_t count;                                                                              \
        size_t capacity;                                                                           \
    }

#define vec_push(arena, vec, ...)                                                                  \
    do {                                                                                           \
        if ((vec)->count == (vec)->capacity) {                                                     \
            (vec)->items = vec_grow((arena), (vec)->items, &(vec)->capacity, (vec)->count,         \
                                    sizeof(*(vec)->items));                                        \
        }                                                                                          \
        (vec)->items[(vec)->count++] = (__VA_ARGS__);                                              \
    } while (0)

/* Room for `size` items of an empty vector, so that it grows no more. */
#define vec_reserve(arena, vec, size)                                                              \
    do {                                                                                           \
        (vec)->items = arena_alloc((arena), (size) * sizeof(*(vec)->items));                       \
        (vec)->capacity = (size);                                                                  \
    } while (0)

/* `at` points at each item in turn; do not grow the vector meanwhile. */
#define vec_each(Type, at, vec)                                                                    \
    for (Type *at = (vec)->items; at != NULL && at < (vec)->items + (vec)->count; at++)

#define vec_last(vec) ((vec)->items[(vec)->count - 1])

/* Room for one more item of `size` bytes; for vec_push only. */
void *vec_grow(Arena *arena, const void *items, size_t *capacity, size_t count, size_t size);

#endif
