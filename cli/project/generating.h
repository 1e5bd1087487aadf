/*
 * generating.h - running the generators of a schema: for `generate`, and after commands that
 * changed the database.
 */
#ifndef BELLOWS_CLI_PROJECT_GENERATING_H
#define BELLOWS_CLI_PROJECT_GENERATING_H

#include "cli/project/project.h"
#include "compiler/schema/resolve/generators.h"
#include "runtime/generate/generator.h"

/* One generator at work. */
typedef struct Generation {
    GeneratorBlock block;
    GeneratorFacts facts;
    GeneratorCommand command;
    GeneratorManifest manifest;
    Generator generator;
    bool by_prisma; /* the project's own `prisma` runs it */
    bool given_up;  /* what is wrong with it has been said */
} Generation;

typedef VEC(Generation) GenerationList;

/* All generators of the schema, or those of --generator. */
ExitCode generate_project(Cli *cli, const SchemaText *schema);
/* The same, where version 8 has its contract instead of a client: blocks that it leaves behind need
 * not be installed, but for those of --generator. */
ExitCode generate_beside(Cli *cli, const SchemaText *schema);

/* Is it a schema of version 6, which wants the database named in it? 7 refuses that. */
bool schema_names_database(const SchemaText *schema);
/*
 * After `migrate dev`, `migrate reset`, `db push`: the same, for schemas whose users expect it
 * (docs/generate.md, "After other commands"). A generator that is not installed is a note, no
 * failure. `code` is the command's so far; anything but EXIT_DONE is returned as it is.
 */
ExitCode generate_afterwards(Cli *cli, const SchemaText *schema, ExitCode code);

/* --- generate_params.c: the texts of requests, in the run's arena --- */

const char *generate_manifest_params(Cli *cli, const Generation *generation);
/* `dmmf` and `datamodel` are the same for all; false when an engine is missing (reported). */
typedef struct GenerateShared {
    const char *dmmf;      /* JSON */
    const char *datamodel; /* the schema's text, laid out */
    const char *schema_path;
} GenerateShared;
MUST_CHECK bool generate_params(Cli *cli, const SchemaText *schema, const GenerationList *all,
                                const Generation *generation, const GenerateShared *shared,
                                const char **ret_params);

#endif
