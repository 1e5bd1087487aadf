/*
 * ast_write.h - a syntax tree as schema text: the way back from parse.h.
 *
 * The text is plain, one thing a line; format.h lays it out. Parsing it gives the same tree again,
 * spans aside: strings are escaped, doc comments stand above what they belong to. A name that is
 * none is the maker's mistake, not looked for here.
 */
#ifndef BELLOWS_GRAMMAR_AST_WRITE_H
#define BELLOWS_GRAMMAR_AST_WRITE_H

#include "base/strbuf.h"
#include "grammar/ast.h"

void ast_write_block(StrBuf *out, const AstBlock *block);

#endif
