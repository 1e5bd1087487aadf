#include "base/common.h"

#include "runtime/history/forks.h"

#include <string.h>

static const char mark[] = "// bellows: after ";

char *fork_mark(Arena *arena, const char *snapshot, const char *after)
{
    const char *old = fork_line(snapshot);
    const size_t len = old == NULL ? strlen(snapshot) : (size_t)(old - snapshot);
    if (after == NULL) {
        return arena_strndup(arena, snapshot, len);
    }
    return arena_printf(arena, "%.*s%s%s%s\n", (int)len, snapshot,
                        len > 0 && snapshot[len - 1] != '\n' ? "\n" : "", mark, after);
}

const char *fork_line(const char *snapshot)
{
    const char *found = NULL;
    for (const char *at = snapshot; at != NULL && (at = strstr(at, mark)) != NULL; at++) {
        found = at == snapshot || at[-1] == '\n' ? at : found;
    }
    return found;
}

char *fork_after(Arena *arena, const char *snapshot)
{
    const char *line = snapshot == NULL ? NULL : fork_line(snapshot);
    if (line == NULL) {
        return NULL;
    }
    line += strlen(mark);
    return arena_strndup(arena, line, strcspn(line, "\r\n"));
}

/* What is known of a migration. */
typedef struct Entry {
    const char *snapshot, *after; /* NULL: not told */
    size_t behind;                /* the place of `after`; its own where that is not there */
} Entry;

static size_t place_of(const Migrations *migrations, const char *name, size_t otherwise)
{
    for (size_t i = 0; name != NULL && i < otherwise; i++) {
        if (strcmp(migrations->list.items[i]->name, name) == 0) {
            return i;
        }
    }
    return otherwise;
}

/* Scripts of one plan were written together, with one snapshot. */
static bool know_each_other(const Entry *a, const Entry *b)
{
    return a->snapshot != NULL && b->snapshot != NULL && strcmp(a->snapshot, b->snapshot) == 0;
}

/* From the end: what stands before the place that a migration was written behind is settled. */
static size_t read_entries(Arena *arena, const Migrations *migrations, Entry *entries)
{
    size_t settled = 0;
    for (size_t i = migrations->list.count; i-- > settled;) {
        Entry *entry = &entries[i];
        entry->snapshot = migration_companion(arena, migrations->list.items[i], "schema.snapshot");
        entry->after = fork_after(arena, entry->snapshot);
        entry->behind = place_of(migrations, entry->after, i);
        if (entry->behind < i && entry->behind + 1 > settled) {
            settled = entry->behind + 1;
        }
    }
    return settled;
}

void forks_find(Arena *arena, const Migrations *migrations, ForkList *ret_forks)
{
    const size_t count = migrations->list.count;
    Entry *entries = arena_array(arena, Entry, count + 1);
    *ret_forks = (ForkList){0};
    for (size_t i = read_entries(arena, migrations, entries); i < count; i++) {
        for (size_t at = entries[i].behind + 1; at < i; at++) {
            if (!know_each_other(&entries[at], &entries[i])) {
                const Fork fork = {.migration = migrations->list.items[i],
                                   .unknown = migrations->list.items[at],
                                   .after = entries[i].after};
                vec_push(arena, ret_forks, fork);
                break;
            }
        }
    }
}

bool forks_speak_of(const ForkList *forks, const Migration *migration)
{
    vec_each(const Fork, at, forks) {
        if (at->migration == migration) {
            return true;
        }
    }
    return false;
}

char *fork_sentence(Arena *arena, const Fork *fork)
{
    return arena_printf(
        arena, "`%s` was written on another branch than `%s`, behind `%s`: neither knows the other",
        fork->migration->name, fork->unknown->name, fork->after);
}
