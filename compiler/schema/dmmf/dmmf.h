/*
 * dmmf.h - the schema as generators receive it: one JSON document, called DMMF by its users.
 *
 * In: a schema's tree and config. Out: `{datamodel, schema, mappings}`, key for key what the
 * reference tool hands to its generators. `datamodel` tells what is declared (enums, models with
 * their fields, indexes), `schema` the types of the client's queries, `mappings` the names of the
 * client's operations. What is ignored in the schema is not in it. Knows no generator.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_DMMF_DMMF_H
#define BELLOWS_COMPILER_SCHEMA_DMMF_DMMF_H

#include "base/json_out.h"
#include "compiler/schema/lower/lower.h"

/* Its parts; `schema` is by far the largest. */
typedef enum DmmfPart {
    DMMF_DATAMODEL = 1,
    DMMF_SCHEMA = 2,
    DMMF_MAPPINGS = 4,
    DMMF_ALL = DMMF_DATAMODEL | DMMF_SCHEMA | DMMF_MAPPINGS,
} DmmfPart;

typedef struct DmmfInput {
    const AstSchema *ast;
    const SchemaConfig *config;
    Names *names;
    Diagnostics *diags;
} DmmfInput;

/* Writes `parts` of the document; false when the schema has errors, which are reported. */
MUST_CHECK bool dmmf_write(const DmmfInput *input, unsigned parts, JsonOut *out);

#endif
