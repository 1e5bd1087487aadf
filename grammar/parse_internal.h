/*
 * parse_internal.h - the state of one parse, shared by scanner, filter, parser and constructors.
 *
 * Internal to grammar/. Lives on the stack of parse_file. `arena` is the schema's, `scratch` dies
 * with the parse. All offsets are bytes into the file.
 */
#ifndef BELLOWS_GRAMMAR_PARSE_INTERNAL_H
#define BELLOWS_GRAMMAR_PARSE_INTERNAL_H

#include "base/common.h"
#include "base/diag/diag.h"
#include "grammar/ast_make.h"
#include "grammar/parse.h"
#include "grammar/parser.h"

/* Brackets on one line; also bounds the parser's stack (YYMAXDEPTH). */
enum { NESTING_LIMIT = 256, KEYWORD_COUNT = 6 };

/* What the scanner finds and only the filter sees; above all token numbers of the grammar. */
typedef enum RawToken {
    RAW_COMMENT = 1000,
    RAW_DOC,
    RAW_BLOCK_COMMENT,
    RAW_OPEN_COMMENT,
    RAW_BAD_NUMBER,
    RAW_UNICODE_IDENT,
    RAW_UNDERSCORE,
    RAW_ESCAPED_STRING,
    RAW_OPEN_STRING,
    RAW_SINGLE_QUOTED,
    RAW_BAD,
} RawToken;

/* How much of `model Name` the line outside blocks has shown. */
typedef enum HeadState { HEAD_NONE, HEAD_KEYWORD, HEAD_NAME, HEAD_BROKEN } HeadState;

/* A semantic value on its way to its node. Cells are used again: a whole parse needs a handful. */
typedef union Cell {
    union Cell *next; /* the free one after this */
    AstType type;
    AstArg arg;
    AstAttributeList attributes;
    AstArgList args;
    AstExprList items;
} Cell;

typedef VEC(Span) DocList;

struct ParseCx {
    AstSchema *schema;
    const SourceFile *file;
    Names *names;
    Diagnostics *diags;
    Arena *arena;
    Arena *scratch;
    Cell *free_cells;
    Name keywords[KEYWORD_COUNT]; /* in the order of KW_MODEL, ... */
    Name unsupported;

    /* Scanner: the last raw token is [start, end). */
    uint32_t start, end;
    uint32_t comment_start;
    bool at_head; /* outside blocks: the rest of the line after `{` is not read */

    /* Filter: what to give before reading on. */
    int pushed_back; /* a raw token to be looked at again; -1 for none */
    bool skip_line;  /* up to its end */
    bool skip_body;  /* of a block whose head was refused */
    bool ended;      /* nothing more is read: too many errors, or a comment without end */

    /* Filter: the line. It starts with its first token; blank lines and comments do not count. */
    uint32_t line_tokens;
    int last_token;
    uint32_t brackets;     /* open `(` and `[` */
    uint32_t objects;      /* open `{` of objects */
    uint32_t junk;         /* open `{` that have no business in a body */
    bool outer_paren;      /* the outermost open bracket is a parenthesis */
    Span bracket;          /* the outermost open bracket */
    uint32_t continues_to; /* line ends before this offset are reported already and skipped */
    bool complained;       /* an error of this line is reported: no second one */
    bool line_damaged;     /* the same for the last line delivered, until the next ends */
    bool line_has_comment;

    /* Filter: the block. */
    bool in_block;
    bool block_damaged; /* the open block, or the one just closed, has no end of its own */
    HeadState head_state;
    Span head;           /* keyword to name of the last head */
    uint32_t head_end;   /* after its `{` */
    uint32_t last_brace; /* parse_last_brace, once it is known */
    bool knows_last_brace;

    /* Documentation, see parse_docs.c. */
    bool in_comments;     /* the line before was a comment */
    DocList comment_docs; /* outside blocks: of the comments being read */
    DocList block_docs;   /* outside blocks: for the next block that has documentation */
    DocList field_docs;   /* inside: for the next field or value */
    DocList line_docs;    /* of the line being read */
};

/* What `pushed_back` is when nothing is. */
enum { NOTHING_PUSHED_BACK = -1 };

/* --- parse_filter.c --- */

static inline Span parse_span(const ParseCx *cx)
{
    return (Span){cx->file->id, cx->start, cx->end};
}

/* Whether an error of this line may still be reported; from now on none may. */
bool parse_may_complain(ParseCx *cx);

/* --- parse_docs.c --- */

/* The comment [start, end). */
void parse_docs_comment(ParseCx *cx, int raw);
/* A line that starts with the token `kind`; an empty line; the end of a block. */
void parse_docs_line(ParseCx *cx, int kind);
void parse_docs_blank_line(ParseCx *cx);
void parse_docs_block_end(ParseCx *cx);
/* The text for the line or the head of a block, NULL when it has none. */
const char *parse_docs_take(ParseCx *cx);

/* --- parse_look.c --- */

static inline bool parse_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static inline bool parse_is_line_end(char c)
{
    return c == '\n' || c == '\r' || c == '\0';
}

const char *parse_skip_blanks(const char *at);
/* Whether ` Name {` follows at `at`, after a keyword. */
bool parse_head_follows(const char *at);
/* Whether the line at `at` opens a block: only that may interrupt a body that was not closed. */
bool parse_is_head(const ParseCx *cx, const char *at);
/* The same for heads that have a mistake: where nothing but a head is waited for. */
bool parse_looks_like_head(const ParseCx *cx, const char *at);
/* Whether `}` is in the rest of the line at `at`, a comment not counted. */
bool parse_brace_in_rest(const char *at);
/* The last `}` of the file that starts its line, the only one that closes a block; or 0. */
uint32_t parse_last_brace(ParseCx *cx);
/* Where the lists open at the end of this line are closed by the next lines, or 0: then the line is
 * broken, not merely continued. */
uint32_t parse_list_end(const ParseCx *cx);

/* --- parse_error.c --- */

/* A token the grammar has no place for. `expected` are words for the user. */
void parse_unexpected(ParseCx *cx, Span span, const char *const *expected, size_t count);
/* A raw token that is none: reports, and returns the token to go on with. */
int parse_bad_token(ParseCx *cx, int raw);

/* --- parse_text.c --- */

/* The text for the scanner: two terminators, Unicode spaces as blanks. NULL, and reported, when the
 * file is no text. */
char *parse_scanner_text(ParseCx *cx);
/* The value of the string token [start, end), quotes included; reports bad escapes. */
Name parse_string(ParseCx *cx, uint32_t start, uint32_t end);
/* The first character of [start, end) that a name cannot hold; `end` when there is none. */
uint32_t parse_name_end(const ParseCx *cx, uint32_t start, uint32_t end);
/* "the character `#`", "the character U+0007"; `ret_len` its bytes. */
const char *parse_character_text(ParseCx *cx, uint32_t at, uint32_t *ret_len);

/* --- the generated scanner --- */

int dslraw_lex(yyscan_t scanner);

#endif
