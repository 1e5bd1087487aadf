/*
 * sql_scan.h - SQL cut into its tokens, as far as knowing where a quote, a comment or a bracket
 * ends takes it.
 *
 * For texts that need not parse: an expression somebody wrote, a statement of ours. Source of the
 * rules: PostgreSQL manual, "Lexical Structure", under standard_conforming_strings = on. Nothing is
 * copied; tokens point into the text.
 */
#ifndef BELLOWS_COMPILER_CATALOG_SQL_SCAN_H
#define BELLOWS_COMPILER_CATALOG_SQL_SCAN_H

#include "base/common.h"

typedef enum SqlTokenKind {
    SQL_SPACE,
    SQL_LINE_COMMENT,  /* without its line end */
    SQL_BLOCK_COMMENT, /* nested ones included */
    SQL_WORD,          /* an identifier or key word without quotes */
    SQL_NUMBER,
    SQL_NAME,   /* "name" */
    SQL_STRING, /* 'text', E'text', $tag$text$tag$ */
    SQL_SIGN,   /* one byte of anything else */
} SqlTokenKind;

typedef struct SqlToken {
    SqlTokenKind kind;
    const char *text;
    size_t len;
    bool closed; /* false: a quote or comment that the text's end cuts off */
} SqlToken;

/* The token at `at`, which is before `end`. */
SqlToken sql_scan(const char *at, const char *end);
bool sql_token_is_sign(const SqlToken *token, char sign);
/* Without quotes, in any case. */
bool sql_token_is_word(const SqlToken *token, const char *word);
/* Neither white space nor a comment. */
bool sql_token_counts(const SqlToken *token);

/*
 * What keeps `text` from standing inside a statement as one expression, or as one item of a list:
 * a quote, comment or bracket that is not closed, a bracket that was not opened, a `;`, or a comma
 * outside of brackets. NULL when nothing does. Says nothing about whether it means something.
 */
const char *sql_fragment_fault(const char *text, size_t len);

/*
 * How deep a parser's tree over an SQL text can become, before a parser is asked: libpg_query and
 * the unpacking of its trees recurse over nesting on our stack, so hostile texts (a hundred
 * thousand minus signs) must be refused first. The bound is of the text alone: every token that may
 * open a level counts until the bracket, comma or semicolon that ends it.
 */

/* A long script is parsed in pieces: the trees of a text take some hundred times its room. One of
 * fewer bytes is not worth cutting. */
enum { SQL_PIECE_BYTES = 1 << 17 };

/* The end of the piece that begins at `start`: behind the first `;` after `least` bytes that stands
 * in no quote, comment or bracket; else the text's. One that ends inside a statement (of a rule, of
 * a function's body) is refused by the parser; with more behind it, it is not. */
size_t sql_piece_end(const char *text, size_t len, size_t start, size_t least);

/* Of an expression or a view: our walks take about a kilobyte of stack per level. A script is
 * unpacked whole, two kilobytes per level, and hardly walked. */
enum { NESTING_MAX = 1000, NESTING_SCRIPT_MAX = 2500 };

/* False when the tree over `text` may be deeper than `limit` levels. */
bool sql_nesting_within(const char *text, size_t len, size_t limit);

#endif
