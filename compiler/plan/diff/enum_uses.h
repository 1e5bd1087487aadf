/*
 * enum_uses.h - who uses an enum of a catalog: columns of it, and texts that may speak of it.
 *
 * Made once of a catalog that then changes by and by: whoever adds a column, an index or a text, or
 * gives a column another type, notes it. What has gone, or is of another type since, may still be
 * found: whoever asks looks. All belongs to the arena.
 */
#ifndef BELLOWS_COMPILER_PLAN_DIFF_ENUM_USES_H
#define BELLOWS_COMPILER_PLAN_DIFF_ENUM_USES_H

#include "compiler/catalog/catalog.h"

typedef struct EnumUses EnumUses;

/* A column, or an index, with its texts. */
typedef struct EnumUser {
    Column *column;
    Index *index;
} EnumUser;

typedef VEC(const EnumUser *) EnumUserList;

EnumUses *enum_uses_of(Arena *arena, const Catalog *catalog);
void enum_uses_note_column(EnumUses *uses, Column *column);
/* Of a column that is of its type as before. */
void enum_uses_note_texts(EnumUses *uses, Column *column);
void enum_uses_note_index(EnumUses *uses, Index *index);

/* The columns that are, or were, of the type. */
ColumnList *enum_uses_columns(EnumUses *uses, const EnumType *type);
/* Each of those whose texts may name the type, and with `values` also of those that may hold one of
 * its values: once. In `arena`. */
EnumUserList enum_uses_texts(EnumUses *uses, Arena *arena, const EnumType *type, bool values);

#endif
