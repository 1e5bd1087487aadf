/*
 * dmmf_internal.h - what the files of dmmf share: which part of a schema the client sees.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_DMMF_DMMF_INTERNAL_H
#define BELLOWS_COMPILER_SCHEMA_DMMF_DMMF_INTERNAL_H

#include "base/json_out.h"
#include "compiler/schema/resolve/resolve.h"

typedef VEC(const Model *) DmmfModelList;

typedef struct DmmfCx {
    Arena *arena; /* the Program's */
    const Program *program;
    DmmfModelList models; /* those the client sees: models, then views */
    JsonOut *out;
} DmmfCx;

/* --- what the client sees --- */

/* Neither ignored nor of a type the language does not know. */
bool dmmf_sees_field(const Field *field);
/* `uniques` without those over some rows only, and `@unique` likewise. */
bool dmmf_is_whole_key(const Key *key);
/* Alone an id, alone unique. */
bool dmmf_field_is_id(const Field *field);
bool dmmf_field_is_unique(const Field *field);

/* Some key names one row; rows can be made. */
bool dmmf_has_unique(const Model *model);
bool dmmf_can_create(const Model *model);

/* --- parts --- */

/* dmmf_field.c: the fields of a model, as members of the open array. */
void dmmf_write_fields(DmmfCx *cx, const Model *model);
/* dmmf_query.c: `schema` */
void dmmf_write_queries(DmmfCx *cx);
/* dmmf_mappings.c */
void dmmf_write_mappings(DmmfCx *cx);

#endif
