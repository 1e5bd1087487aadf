/*
 * complete_columns.h - what a reference names and is stored in, for complete.c.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_COMPLETE_COMPLETE_COLUMNS_H
#define BELLOWS_COMPILER_SCHEMA_COMPLETE_COMPLETE_COLUMNS_H

#include "base/common.h"
#include "base/map.h"
#include "compiler/schema/resolve/relations.h"

/* No field has it, nor was it given to a key. */
bool complete_name_is_free(const Model *model, Name name);

/* A column that stores a reference: one that is there, or is to be added. */
typedef struct StoredColumn {
    Name name;
    const Field *existing; /* NULL: to be added */
    const Field *referenced;
} StoredColumn;

typedef VEC(StoredColumn) StoredColumnList;

/* What a reference to `target` can name: the fields given, else its criterion. Empty: nothing. */
FieldList complete_referenced(const Program *program, const FieldList *given, const Model *target);

/* The columns of `model` for a reference to these fields of `target`; false when a name is taken:
 * by something that is no column, or by the column of another relation, which would share it. */
bool complete_columns(const Program *program, const Map *used, const Model *model,
                      const Model *target, const FieldList *referenced,
                      StoredColumnList *ret_columns);

#endif
