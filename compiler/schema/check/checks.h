/*
 * checks.h - what no single attribute knows: keys of a model together, names of the whole database.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_CHECK_CHECKS_H
#define BELLOWS_COMPILER_SCHEMA_CHECK_CHECKS_H

#include "compiler/schema/resolve/relations.h"

/* checks.c: every model and enum has a schema, a criterion, indexes PostgreSQL can build. */
void check_models(Program *program);

/* check_names.c: gives keys and foreign keys their names and finds names used twice. */
void check_names(Program *program);

/* relation_cycles.c: without foreign keys, actions that would go round in circles. */
void check_cycles(Program *program);

#endif
