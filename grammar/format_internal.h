/*
 * format_internal.h - what the files of the formatter share. Internal to grammar/.
 */
#ifndef BELLOWS_GRAMMAR_FORMAT_INTERNAL_H
#define BELLOWS_GRAMMAR_FORMAT_INTERNAL_H

#include "base/common.h"
#include "base/strbuf.h"
#include "grammar/ast.h"

/* --- format_gap.c: the text between two nodes --- */

/* Bytes [start, end) of the file; empty when there is nothing. */
typedef struct Range {
    uint32_t start, end;
} Range;

static inline bool range_is_empty(Range range)
{
    return range.start == range.end;
}

typedef enum GapKind { GAP_END, GAP_COMMENT, GAP_EMPTY_LINE } GapKind;

/* Read from `at` to `end` with gap_next. */
typedef struct Gap {
    const char *text; /* of the file */
    uint32_t at, end;
    uint32_t line_ends; /* since the last node or comment */
} Gap;

/* The next comment (its range without line end) or empty line; of several empty lines only the
 * first is told. */
GapKind gap_next(Gap *gap, Range *ret_comment);
/* The comment behind a node, on its line; empty when there is none. */
Range gap_trailing(Gap *gap);

/* A comment on lines of its own, each behind `indent`. */
void format_comment(StrBuf *out, const char *text, Range comment, const char *indent);

/* --- format_value.c --- */

void format_expr(StrBuf *out, const char *text, const AstExpr *expr);
/* `marks`: "@" or "@@". */
void format_attribute(StrBuf *out, const char *text, const char *marks,
                      const AstAttribute *attribute);
/* The place of an attribute among others, below ATTRIBUTE_RANKS; equal ones keep their order. */
enum { ATTRIBUTE_RANKS = 11 };
uint32_t attribute_rank(const AstAttribute *attribute);

/* --- format_body.c --- */

/* The lines between the braces of `block`. */
void format_body(StrBuf *out, Arena *scratch, const char *text, const AstBlock *block);

#endif
