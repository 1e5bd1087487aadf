/*
 * world.h - what things are called at the moment a statement is written.
 *
 * A step names its objects by identity, an object of either catalog of the plan; a statement takes
 * the names from the world that the steps before it have made. Nobody else asks what a thing is
 * called now. A thing that is not there yet is called what its own catalog calls it.
 */
#ifndef BELLOWS_COMPILER_PLAN_WORLD_WORLD_H
#define BELLOWS_COMPILER_PLAN_WORLD_WORLD_H

#include "compiler/plan/steps/plan.h"

typedef struct Replay Replay;

/* Is the name one of a table, index, key, view or type of now? */
bool world_has_name(const Replay *world, Name schema, Name name);
/* Of these only the names are current. */
const Table *world_table_now(const Replay *world, const Table *named);
const Column *world_column_now(const Replay *world, const Column *named);
const Index *world_index_now(const Replay *world, const Index *named);
const ForeignKey *world_foreign_key_now(const Replay *world, const ForeignKey *named);
/* The value as the server spells it: a known rename may still be ahead. */
Name world_value_now(const Replay *world, const EnumType *named, Name value);
/* A copy with the name and the spelling of all values. */
EnumType *world_enum_now(const Replay *world, Arena *arena, const EnumType *named);
ColumnType world_type_now(const Replay *world, const ColumnType *named);
/* A copy whose type, default and expression have the names of now. */
Column world_definition_now(const Replay *world, Arena *arena, const Column *named);
/* The subject under the names of now, for people; the rest of each object is as it was. */
Subject world_shown(const Replay *world, Arena *arena, const Subject *named);
/* An expression over the table, a value of `type` (NULL: of any): its marked references
 * (canon_refs.h) under their names of now. NULL stays NULL. */
Name world_text_now(const Replay *world, const Table *table, const ColumnType *type, Name text);
/* The same of a text over the table of `beside`, whose own name is that of a second column now. */
Name world_text_beside(const Replay *world, const Column *beside, const ColumnType *type,
                       Name text);

#endif
