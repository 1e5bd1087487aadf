/*
 * arena.h - memory that belongs to a product and dies with it.
 *
 * Every product of a phase (syntax tree, catalog, plan) owns one arena; nodes are never freed one
 * by one. Memory comes back zeroed and aligned for any type. An arena aborts the process when
 * memory is exhausted: bellows is a short-lived compiler with bounded input (docs/decisions/0002).
 * Sizes are bytes.
 */
#ifndef BELLOWS_BASE_ARENA_H
#define BELLOWS_BASE_ARENA_H

#include <stdarg.h>

#include "base/common.h"

typedef struct ArenaBlock ArenaBlock;

/* Only arena.c and arena_alloc look inside: the free part of the newest block. */
typedef struct Arena {
    char *at, *end;
    ArenaBlock *blocks;
    size_t next_size;
} Arena;

Arena *arena_new(void);
/* Releases everything allocated from `arena`; accepts NULL. */
void arena_free(Arena *arena);

/* Nothing here needs more than a pointer's alignment; a third of all allocations would be padded to
 * the 16 bytes of max_align_t. */
enum { ARENA_ALIGNMENT = sizeof(void *) };

void *arena_alloc_block(Arena *arena, size_t size);

static inline void *arena_alloc(Arena *arena, size_t size)
{
    size_t rounded = (size + ARENA_ALIGNMENT - 1) / ARENA_ALIGNMENT * ARENA_ALIGNMENT;
    if ((size_t)(arena->end - arena->at) < rounded) {
        return arena_alloc_block(arena, rounded);
    }
    void *memory = arena->at;
    arena->at += rounded;
    return memory;
}

#define arena_make(arena, Type)         ((Type *)arena_alloc((arena), sizeof(Type)))
#define arena_array(arena, Type, count) ((Type *)arena_alloc((arena), sizeof(Type) * (count)))

/* Takes over all of `other`, which is gone: what lives there now lives as long as `arena`. */
void arena_adopt(Arena *arena, Arena *other);

/* A copy of `len` bytes of `text`, terminated by a NUL byte. */
char *arena_strndup(Arena *arena, const char *text, size_t len);
char *arena_strdup(Arena *arena, const char *text);
char *arena_printf(Arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
char *arena_vprintf(Arena *arena, const char *format, va_list args) PRINTF_LIKE(2, 0);

/* Bytes handed out so far, for benchmarks. */
size_t arena_used(const Arena *arena);

#endif
