#include "base/common.h"

#include "base/arena.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/huge_pages.h"

enum { ARENA_FIRST_BLOCK = 8192, ARENA_LARGEST_BLOCK = HUGE_PAGE_PIECE };

/* The leak checker looks for pointers in the heap only, so under sanitizers all blocks are heap. */
#if defined(__SANITIZE_ADDRESS__)
static const bool may_map = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
static const bool may_map = false;
#else
static const bool may_map = true;
#endif
#else
static const bool may_map = true;
#endif

struct ArenaBlock {
    ArenaBlock *next;
    size_t size;
    size_t used; /* set when a newer block takes over */
    bool is_mapped;
    max_align_t data[];
};

static void *checked(void *memory)
{
    if (memory == NULL) {
        fputs("bellows: out of memory\n", stderr);
        abort();
    }
    return memory;
}

static ArenaBlock *new_block(size_t size)
{
    if (!may_map || size < ARENA_LARGEST_BLOCK) {
        ArenaBlock *block = checked(calloc(1, size));
        block->size = size - sizeof *block;
        return block;
    }
    size_t whole = (size + HUGE_PAGE_PIECE - 1) / HUGE_PAGE_PIECE * HUGE_PAGE_PIECE;
    ArenaBlock *block = checked(huge_pages_take(whole));
    block->size = whole - sizeof *block;
    block->is_mapped = true;
    return block;
}

static void release_block(ArenaBlock *block)
{
    if (block->is_mapped) {
        huge_pages_give_back(block, sizeof *block + block->size);
    } else {
        free(block);
    }
}

Arena *arena_new(void)
{
    Arena *arena = checked(calloc(1, sizeof *arena));
    arena->next_size = ARENA_FIRST_BLOCK;
    return arena;
}

void arena_free(Arena *arena)
{
    if (arena == NULL) {
        return;
    }
    for (ArenaBlock *block = arena->blocks, *next = NULL; block != NULL; block = next) {
        next = block->next;
        release_block(block);
    }
    free(arena);
}

static void close_block(Arena *arena)
{
    if (arena->blocks != NULL) {
        arena->blocks->used = (size_t)(arena->at - (char *)arena->blocks->data);
    }
}

void arena_adopt(Arena *arena, Arena *other)
{
    if (arena->blocks == NULL) {
        *arena = *other;
    } else if (other->blocks != NULL) {
        ArenaBlock *last = other->blocks;
        close_block(other);
        while (last->next != NULL) {
            last = last->next;
        }
        last->next = arena->blocks->next;
        arena->blocks->next = other->blocks;
    }
    free(other);
}

/* Blocks grow fourfold up to a limit, so small runs stay small and large ones soon use huge pages.
 */
static ArenaBlock *add_block(Arena *arena, size_t size)
{
    const size_t least = sizeof(ArenaBlock) + size;
    ArenaBlock *block = new_block(arena->next_size > least ? arena->next_size : least);
    block->next = arena->blocks;
    arena->blocks = block;
    if (arena->next_size < ARENA_LARGEST_BLOCK) {
        arena->next_size =
            arena->next_size * 4 < ARENA_LARGEST_BLOCK ? arena->next_size * 4 : ARENA_LARGEST_BLOCK;
    }
    return block;
}

/* `size` is rounded already and does not fit the newest block. */
void *arena_alloc_block(Arena *arena, size_t size)
{
    close_block(arena);
    ArenaBlock *block = add_block(arena, size);
    arena->at = (char *)block->data + size;
    arena->end = (char *)block->data + block->size;
    return block->data;
}

char *arena_strndup(Arena *arena, const char *text, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);
    memcpy(copy, text, len);
    return copy;
}

char *arena_strdup(Arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

/* Most texts are short: to write one and copy it takes less than to count it first. */
char *arena_vprintf(Arena *arena, const char *format, va_list args)
{
    char brief[1024];
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(brief, sizeof brief, format, again);
    va_end(again);
    assert(len >= 0);
    char *text = arena_alloc(arena, (size_t)len + 1);
    if ((size_t)len < sizeof brief) {
        memcpy(text, brief, (size_t)len + 1);
    } else {
        vsnprintf(text, (size_t)len + 1, format, args);
    }
    return text;
}

char *arena_printf(Arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

size_t arena_used(const Arena *arena)
{
    size_t used = 0;
    for (const ArenaBlock *block = arena->blocks; block != NULL; block = block->next) {
        used +=
            block == arena->blocks ? (size_t)(arena->at - (const char *)block->data) : block->used;
    }
    return used;
}
