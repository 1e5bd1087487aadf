/*
 * apply_ahead.c - the next script is read while the server works on this one.
 *
 * Reading a small script takes about as long as a round trip, and there may be thousands. What is
 * read ahead is used only if nothing was to be said about it: else it is read again when its turn
 * comes, and reported then. A large one is left alone, so that an interrupt is noticed in time.
 */
#include "base/common.h"

#include "runtime/apply/apply_internal.h"

enum { AHEAD_MAX = 64 * 1024 };

void apply_read_ahead(void *cx)
{
    ApplyAhead *ahead = cx;
    const Migration *next = ahead->next;
    ahead->next = NULL; /* a message that is repeated reads nothing twice */
    if (next == NULL || next->len > AHEAD_MAX) {
        return;
    }
    apply_drop_ahead(ahead);
    Arena *arena = arena_new();
    Diagnostics *said = diagnostics_new(arena, sources_new(arena));
    const ParsedScript *script = NULL;
    if (script_parse(arena, next->path, next->sql, next->len, said, &script) &&
        said->items.count == 0) {
        ahead->read = next;
        ahead->arena = arena;
        ahead->script = script;
    } else {
        arena_free(arena);
    }
}

void apply_drop_ahead(ApplyAhead *ahead)
{
    if (ahead->arena != NULL) {
        arena_free(ahead->arena);
    }
    ahead->read = NULL;
    ahead->arena = NULL;
    ahead->script = NULL;
}

const ParsedScript *apply_take_ahead(ApplyAhead *ahead, const Migration *migration,
                                     Arena **ret_arena)
{
    if (ahead == NULL || ahead->arena == NULL || ahead->read != migration) {
        return NULL;
    }
    const ParsedScript *script = ahead->script;
    *ret_arena = ahead->arena;
    ahead->arena = NULL;
    return script;
}
