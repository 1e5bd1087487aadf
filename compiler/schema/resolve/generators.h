/*
 * generators.h - what the generator blocks of a schema say, and the same as JSON for generators.
 *
 * In: a schema's tree, already checked (schema_config_read). Names point into the run's table. What
 * depends on the machine (environment, paths, platform) is filled in by the caller: nothing here
 * looks for it.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_RESOLVE_GENERATORS_H
#define BELLOWS_COMPILER_SCHEMA_RESOLVE_GENERATORS_H

#include "base/json_out.h"
#include "compiler/schema/resolve/config.h"

/* `"text"` or `env("NAME")`; both NULL when the property is absent. */
typedef struct TextOrEnv {
    Name text, env;
} TextOrEnv;

typedef struct GeneratorBlock {
    const AstBlock *ast;
    Name name;
    TextOrEnv provider, output;
    VEC(TextOrEnv) targets;     /* `binaryTargets`, as written */
    VEC(Name) preview_features; /* by their proper names, in byte order */
} GeneratorBlock;

typedef VEC(GeneratorBlock) GeneratorBlockList;

/* Lives in the tree's arena; in the order of the schema. */
void generators_read(const AstSchema *ast, Names *names, GeneratorBlockList *ret_blocks);

/* What the schema does not say. */
typedef struct GeneratorFacts {
    const char *source_path;   /* of the file that holds the block, absolute */
    const char *native_target; /* this machine, in the words of `binaryTargets` */
    const char *output;        /* absolute; NULL: not known yet, told as written */
    bool output_was_given;
} GeneratorFacts;

/* The block as one JSON object, as `getManifest` and `generate` tell it. */
void generator_write(JsonOut *out, const char *key, const GeneratorBlock *block,
                     const GeneratorFacts *facts);

/* The datasource as a list of one, or of none. */
void datasources_write(JsonOut *out, const char *key, const SchemaConfig *config,
                       const char *source_path, Arena *arena);

#endif
