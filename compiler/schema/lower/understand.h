/*
 * understand.h - the schema understood, for those who want more of it than the catalog: what
 * generators are told, what `format` completes, what a pull keeps.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_LOWER_UNDERSTAND_H
#define BELLOWS_COMPILER_SCHEMA_LOWER_UNDERSTAND_H

#include "compiler/schema/resolve/resolve.h"

typedef void ProgramUse(const Program *program, void *context);

/* Nothing understood yet. Its catalog is the caller's to free. */
Program program_new(Arena *scratch, const AstSchema *ast, const SchemaConfig *config,
                    Name default_schema, Names *names, Diagnostics *diags);

/* Calls `use` with the whole schema understood, unless something was reported (false).
 * The Program is gone afterwards. */
MUST_CHECK bool program_use(const AstSchema *ast, const SchemaConfig *config, Name default_schema,
                            Names *names, Diagnostics *diags, ProgramUse *use, void *context);

/* Each block by itself, but for its place in the whole; false when something was reported
 * that keeps the whole from being looked at. */
MUST_CHECK bool program_understand_blocks(Program *program);

#endif
