/*
 * lower_table.h - models to tables, relations to foreign keys and join tables.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_LOWER_LOWER_TABLE_H
#define BELLOWS_COMPILER_SCHEMA_LOWER_LOWER_TABLE_H

#include "compiler/schema/resolve/relations.h"

/* Table and columns of a model; enums must be lowered. */
void lower_table(Program *program, Model *model);
/* Primary key, and indexes in the order scripts create them: of fields, `@@index`, `@@unique`. */
void lower_keys(Program *program, const Model *model);
/* In the order of the relation fields. */
void lower_foreign_keys(Program *program, const Model *model);
void lower_join_table(Program *program, const Relation *relation);

/* The name in `/// @renamedFrom(name)`; NULL when `doc` (which may be NULL) has none. */
Name renamed_from(Names *names, const char *doc);

#endif
