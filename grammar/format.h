/*
 * format.h - a schema text in its canonical layout: what `bellows format` and `db pull` write.
 *
 * The layout is a function of the tree and of what stands between its nodes (comments, empty
 * lines); names, strings and numbers are copied as they were written. It is the reference tool's,
 * byte for byte, and its own fixed point: a text that was formatted is not changed again. Nothing
 * is checked and nothing is added; what relations leave out is
 * compiler/schema/complete/complete.h's business.
 *
 * The file must have been parsed into `schema` without errors: text the parser did not understand
 * would be lost.
 */
#ifndef BELLOWS_GRAMMAR_FORMAT_H
#define BELLOWS_GRAMMAR_FORMAT_H

#include "base/common.h"
#include "base/strbuf.h"
#include "grammar/ast.h"

/* Adds the text of `file`, laid out, to `out`; it ends with one line end. Other files' blocks in
 * the schema are left alone. */
void format_file(StrBuf *out, const AstSchema *schema, const SourceFile *file);

#endif
