/*
 * forks.h - a folder that two branches have written into.
 *
 * The snapshot beside a script ends in a line `// bellows: after NAME`: the last migration that was
 * there when it was written. Where others stand between that one and it, they came from another
 * branch: neither knew of the other, and nobody has planned the two together. As soon as a later
 * migration was written on top of both, the matter is settled. Folders without such lines tell
 * nothing. Pure but for reading the snapshots.
 */
#ifndef BELLOWS_RUNTIME_HISTORY_FORKS_H
#define BELLOWS_RUNTIME_HISTORY_FORKS_H

#include "runtime/history/migrations.h"

typedef struct Fork {
    const Migration *migration; /* which does not know */
    const Migration *unknown;   /* this one, the first of those between */
    const char *after;          /* what it was written behind */
} Fork;

typedef VEC(Fork) ForkList;

/* `snapshot` with that line in place of the one it may have; `after` NULL: none, as the first
 * migration. */
char *fork_mark(Arena *arena, const char *snapshot, const char *after);
/* Where that line begins, and the name in it; NULL where there is none. */
const char *fork_line(const char *snapshot);
char *fork_after(Arena *arena, const char *snapshot);

void forks_find(Arena *arena, const Migrations *migrations, ForkList *ret_forks);
bool forks_speak_of(const ForkList *forks, const Migration *migration);
/* One sentence: which does not know which. */
char *fork_sentence(Arena *arena, const Fork *fork);

#endif
