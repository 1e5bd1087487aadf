/*
 * ast_print.h - the syntax tree as text, for tests and for debugging.
 *
 * One line a block, field, value, property and attribute, indented by depth; values as nested lists
 * in parentheses that name their kind. Positions are not shown. The format is for reading, not for
 * programs, and may change with the tree.
 */
#ifndef BELLOWS_GRAMMAR_AST_PRINT_H
#define BELLOWS_GRAMMAR_AST_PRINT_H

#include "base/common.h"
#include "base/strbuf.h"
#include "grammar/ast.h"

void ast_dump(StrBuf *out, const AstSchema *schema);

#endif
