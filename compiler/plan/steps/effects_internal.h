/*
 * effects_internal.h - the words that effects are written in; for effects*.c and change_effects.c
 * only.
 */
#ifndef BELLOWS_COMPILER_PLAN_STEPS_EFFECTS_INTERNAL_H
#define BELLOWS_COMPILER_PLAN_STEPS_EFFECTS_INTERNAL_H

#include "compiler/plan/steps/effects.h"

typedef struct EffectCx {
    Arena *arena;
    const Diff *diff;
    const Step *step; /* of step_effects alone */
    EffectList *out;
    Map gone; /* names of columns that the step takes away -> their clauses; once it is asked */
    bool knows_gone;
} EffectCx;

void effect_on(EffectCx *cx, EffectKind kind, Slot slot);
void effect_on_relation(EffectCx *cx, EffectKind kind, Name schema, Name name);
void effect_on_type(EffectCx *cx, EffectKind kind, Name schema, Name name);
/* An index or key: it is where its table is. */
void effect_beside(EffectCx *cx, EffectKind kind, const Table *table, Name name);
/* Of an index or key, which is told from another of its name. */
void effect_of_bearer(EffectCx *cx, EffectKind kind, const Table *table, Name name,
                      const void *bearer);
/* It gives its name back with what it belongs to. */
void effect_along(EffectCx *cx, const Table *table, Name name, const void *bearer);
/* Likewise what no plan has a step for, and goes with the table. */
void effect_along_others(EffectCx *cx, const Table *table);
/* A name within a table, or (NULL) one of the things a table is made of. */
void effect_on_part(EffectCx *cx, EffectKind kind, Space space, const Table *table, Name name);
void effect_on_whole(EffectCx *cx, EffectKind kind, Space space, const Table *table);
void effect_needs_schema(EffectCx *cx, Name schema);
void effect_on_enum(EffectCx *cx, EffectKind kind, const EnumType *named);
/* The column's type, where it is an enum. */
void effect_on_enum_of(EffectCx *cx, EffectKind kind, const Column *column);
void effect_on_enums_of(EffectCx *cx, EffectKind kind, Column *const *columns, size_t count);
/* The column goes, or is of its enum no more: before a successor has the type's name. */
void effect_leaves_enum(EffectCx *cx, const Column *column);

/* --- change_effects.c --- */

/* Upon what makes just these columns unique, in any order; false where one of them is an
 * expression. */
bool effect_on_keys(EffectCx *cx, EffectKind kind, const Table *table, const ColumnList *columns);
bool effect_on_keys_of_index(EffectCx *cx, EffectKind kind, const Index *index);

/* --- effects.c --- */

const Table *effect_table_of(const EffectCx *cx);
/* Texts that were not understood say the wanted names. */
void effect_speaks_of(EffectCx *cx, const Table *table);

/* --- effects_alter.c --- */

/* Does the column go with the step? */
bool effect_column_goes(EffectCx *cx, const Column *column);
/* May a foreign key rest on it? */
bool effect_makes_unique(const Index *index);
/* The indexes that go with a column of theirs. */
void effect_frees_indexes(EffectCx *cx, const Table *table);
/* That columns are unique in this order, by their names: a key, and an index that it comes for. */
void effect_unique_in_order(EffectCx *cx, EffectKind kind, const Table *table,
                            const ColumnList *columns);
void effects_alter_table(EffectCx *cx);

#endif
