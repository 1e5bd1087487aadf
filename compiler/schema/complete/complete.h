/*
 * complete.h - what relations of a schema leave out, as edits of its text: `bellows format` adds
 * it.
 *
 * Added are the field on the other side, the columns a reference is stored in, and `fields` and
 * `references` of `@relation`: what the reference tool adds, in its words and places, wherever that
 * makes a right relation. Where it would declare a name twice or lose the relation's name, our edit
 * is the right one, or none (docs/divergences.md).
 *
 * Nothing is reported: what cannot be completed is `validate`'s business. A schema with errors of
 * names, types or attributes is left alone.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_COMPLETE_COMPLETE_H
#define BELLOWS_COMPILER_SCHEMA_COMPLETE_COMPLETE_H

#include "base/common.h"
#include "base/diag/source.h"
#include "compiler/schema/complete/edits.h"
#include "grammar/ast.h"

/* Sorted by file and place. The tree must be without syntax errors. */
EditList schema_complete(Arena *arena, const AstSchema *ast, Sources *sources, Names *names);

#endif
