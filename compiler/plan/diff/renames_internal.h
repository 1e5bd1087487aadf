/*
 * renames_internal.h - what the parts of the search for renames share; for renames*.c only.
 *
 * Known renames of one kind are candidates: names may pass from one to the next, so whether one
 * counts depends on the others.
 */
#ifndef BELLOWS_COMPILER_PLAN_DIFF_RENAMES_INTERNAL_H
#define BELLOWS_COMPILER_PLAN_DIFF_RENAMES_INTERNAL_H

#include "base/object_map.h"
#include "compiler/plan/diff/renames.h"

typedef struct RenameCandidate {
    Name schema, name;         /* in the source */
    Name new_schema, new_name; /* wanted */
    const void *after;         /* the wanted thing */
    bool is_out;
} RenameCandidate;

typedef VEC(RenameCandidate) RenameCandidateList;

typedef bool (*RenameIsThere)(const void *where, Name schema, Name name);

/* One falls when its old name stays with somebody else, or its new name is held by somebody who
 * does not give it away; that may make others fall. `from` and `to` go to `is_there`. */
void renames_let_fall(RenameCandidateList *list, RenameIsThere is_there, const void *from,
                      const void *to);

/* --- renames_enum.c ----------------------------------------------------------------------------
 */

/* An enum of the source and what it becomes. `values`: what each of its values is called
 * afterwards, by position. */
typedef struct EnumPair {
    const EnumType *before, *previous, *after; /* previous: in the text that led to it, or NULL */
    Name *values;
    Map old, new, targets; /* value -> its place: of `before`, of `after`, in `values` */
    bool stated;
} EnumPair;

typedef struct EnumPairs {
    const Catalog *from, *to, *previous;
    Arena *arena;
    VEC(EnumPair) pairs;
    ObjectMap paired; /* enums of both sides that have a pair */
} EnumPairs;

/* Flags about types first, then the pairs, then flags about values, then what is left, given the
 * renames of tables and columns. A flag is taken when it fits. */
bool enum_pairs_flag(EnumPairs *cx, Name old, Name wanted);
void enum_pairs_find(EnumPairs *cx);
bool enum_pairs_flag_value(EnumPairs *cx, Name type, Name old, Name wanted);
EnumRenameList enum_pairs_renames(EnumPairs *cx, const RenameList *named);

#endif
