/*
 * blocks.h - a block of PL/pgSQL, read token by token: what its readers share.
 */
#ifndef BELLOWS_COMPILER_REPLAY_READ_BLOCKS_H
#define BELLOWS_COMPILER_REPLAY_READ_BLOCKS_H

#include "compiler/catalog/sql_scan.h"
#include "compiler/replay/read/reader.h"

/* What DECLARE says, the last one first. */
typedef struct BlockConstant {
    const char *name;
    const char *text; /* NULL: null */
    bool is_known;    /* it has one value, and that is a text */
    const struct BlockConstant *next;
} BlockConstant;

typedef struct BlockCx {
    SqlReplay *replay;
    const char *at, *end;
    const BlockConstant *constants;
    size_t statements; /* carried out so far */
    size_t loops;      /* around what stands next */
    bool skips;        /* under a condition that is false */
    bool may_run;      /* under one that is not known, or in a loop: only what changes nothing */
    bool returned, may_have_returned; /* behind RETURN */
    bool names_database;              /* a text stands for whatever the database is called */
} BlockCx;

/* --- questions: block_question.c --- */

typedef enum Truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN } Truth;
Truth block_truth(bool value);
const char *block_last_word(Node *const *names, size_t count);
const char *block_constant_text(const Node *node);
/* A name as to_regclass and a cast read it: unquoted letters folded. The last part; NULL: one of
 * another schema. */
const char *block_folded(SqlReplay *cx, const char *text);

/* --- block_tokens.c: what stands next, blanks and comments passed by --- */

SqlToken block_peek(BlockCx *cx);
bool block_is_word(const SqlToken *token, const char *word);
bool block_sees(BlockCx *cx, const char *word);
bool block_takes(BlockCx *cx, const char *word);
bool block_takes_sign(BlockCx *cx, char sign);
/* False, with the fault that the block is not understood. */
bool block_not_read(BlockCx *cx);
/* Up to the word or sign outside of brackets, which stays. */
bool block_skip_to(BlockCx *cx, const char *word, Slice *ret_slice);
/* The statement as SQL, without the variables that it fills: INTO. */
const char *block_without_target(const BlockCx *cx, Slice statement);

#endif
