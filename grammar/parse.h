/*
 * parse.h - the front door of the schema language: texts in, one syntax tree out.
 *
 * All syntax errors of all files are reported to `diags`; the tree holds everything that could be
 * understood, so later passes can report what they find too (the reference tool does the same:
 * syntax errors do not stop the semantic ones). Returns NULL never. The caller checks
 * diag_has_errors.
 */
#ifndef BELLOWS_GRAMMAR_PARSE_H
#define BELLOWS_GRAMMAR_PARSE_H

#include "base/diag/diag.h"
#include "grammar/ast.h"

/* An empty schema in `arena`. */
AstSchema *schema_new(Arena *arena);
/* Parses `file` and appends its blocks to `schema`. */
void parse_file(AstSchema *schema, const SourceFile *file, Names *names, Diagnostics *diags);

#endif
