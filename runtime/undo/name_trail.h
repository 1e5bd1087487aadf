/*
 * name_trail.h - what things are called behind two lists of migrations that begin alike.
 *
 * A catalog says what is there, not what it was called before. Here the renames of scripts are
 * followed from where both lists part: a table, column, enum or value that has one name behind the
 * first list and another behind the second is one thing under two names. Statements inside of DO
 * blocks are not seen. Pure; texts live in the arena. Errors: those of script.h.
 */
#ifndef BELLOWS_RUNTIME_UNDO_NAME_TRAIL_H
#define BELLOWS_RUNTIME_UNDO_NAME_TRAIL_H

#include "runtime/history/migrations.h"

typedef struct TrailName {
    const char *schema, *name;
} TrailName;

typedef struct TrailPart {
    const char *origin, *now;
} TrailPart;

/* A table, or a type, and those of its columns or values that got other names. */
typedef struct Trail {
    bool is_type;
    TrailName origin, now;
    VEC(TrailPart) parts;
} Trail;

typedef VEC(Trail) TrailList;

/* One thing under two names. */
typedef struct TrailPair {
    bool is_type;
    TrailName first, second;
    VEC(TrailPart) parts; /* `origin` behind the first list, `now` behind the second */
} TrailPair;

typedef VEC(TrailPair) TrailPairList;

/* `default_schema`: of names that are not qualified. False after a report: a script that is no
 * SQL. */
MUST_CHECK bool name_trail_compare(Arena *arena, const MigrationList *first,
                                   const MigrationList *second, const char *default_schema,
                                   Diagnostics *diags, TrailPairList *ret_pairs);

#endif
