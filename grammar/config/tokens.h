/*
 * tokens.h - the state of one parse of a configuration module, shared by scanner, layout and
 * parser.
 *
 * Internal to grammar/config. Three steps: scan.c makes raw tokens, layout.c the ones the grammar
 * is written for, read.c hands them to the parser. All offsets are bytes into the file; `scratch`
 * dies with the parse.
 */
#ifndef BELLOWS_GRAMMAR_CONFIG_TOKENS_H
#define BELLOWS_GRAMMAR_CONFIG_TOKENS_H

#include <string.h>

#include "base/common.h"
#include "grammar/config/make.h"
#include "grammar/config/parser.h"

/* Brackets in brackets; deeper modules are not read. */
enum { CONFIG_NESTING = 128 };

/* What the scanner finds and layout.c resolves; above all token numbers of the grammar. */
typedef enum RawConfigToken {
    RAW_WORD = 1000, /* a name or a keyword */
    RAW_STRANGE,     /* an operator the grammar has no place for */
    RAW_BAD,         /* bytes that are no token, a comment or text without end */
} RawConfigToken;

#define NO_PARTNER UINT32_MAX

typedef struct ConfigToken {
    int kind;
    Span span;
    bool line_before; /* a line end stands before it */
    uint32_t partner; /* of a bracket: the other one's place in the list, or NO_PARTNER */
    uint32_t inside;  /* the place of the bracket it stands in, or NO_PARTNER */
    Name name;        /* the value of tokens that have one */
} ConfigToken;

typedef VEC(ConfigToken) ConfigTokenList;

struct ConfigParse {
    ConfigModule *module;
    const SourceFile *file;
    Arena *arena, *scratch;
    Names *names;

    /* Scanner: the last raw token is [start, end). */
    uint32_t start, end;
    bool line_before, operand_ended, in_template;

    ConfigTokenList raw, tokens;

    /* Parser. */
    uint32_t next;       /* the token to deliver */
    uint32_t failed_at;  /* the last token that did not fit, and one more; 0: none */
    uint32_t skipped_to; /* where what was skipped for it ends */
    bool exhausted;      /* the parser's stack, or its chances: nothing is read */
    Name problem;        /* what did not fit, of the last error */
};

#ifndef YY_TYPEDEF_YY_SCANNER_T
#define YY_TYPEDEF_YY_SCANNER_T
typedef void *yyscan_t;
#endif
int cfgraw_lex(yyscan_t scanner);

/* scan.c: fills `raw`; false when brackets do not fit or bytes are no token. */
MUST_CHECK bool config_scan(ConfigParse *cx);
/* layout.c: fills `tokens` from `raw`. */
void config_layout(ConfigParse *cx);
/* types.c: the place behind the type that starts at `at` of `raw`; `at` when there is none. */
uint32_t config_type_end(const ConfigParse *cx, uint32_t at);
/* The same of what a function returns: `=>` is no part of it. */
uint32_t config_return_type_end(const ConfigParse *cx, uint32_t at);
/* ... behind `<...>` that is a list of types before `(`; `at` when it is not. */
uint32_t config_type_arguments_end(const ConfigParse *cx, uint32_t at);
/* text.c: the value of the string or template piece [start, end), its quotes not included. */
Name config_cook(ConfigParse *cx, uint32_t start, uint32_t end);

static inline bool config_token_is(const ConfigParse *cx, const ConfigToken *token,
                                   const char *word)
{
    size_t len = strlen(word);
    return token->span.end - token->span.start == len &&
           memcmp(cx->file->text + token->span.start, word, len) == 0;
}

#endif
