/*
 * silence.h - `// bellows: allow NAME`: warnings somebody has read and decided to live with.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_CHECK_SILENCE_H
#define BELLOWS_COMPILER_SCHEMA_CHECK_SILENCE_H

#include "base/diag/diag.h"
#include "grammar/ast.h"

/*
 * Takes the warnings out of the sink that a comment in the files of the schema allows, and warns of
 * names there that no warning has. A comment allows them on its line; standing alone, on the next
 * line that is none, or, with an empty line below, in the whole file. On the line that opens a
 * block it holds for the block.
 */
void silence_allowed(Diagnostics *diags, const AstSchema *ast);

#endif
