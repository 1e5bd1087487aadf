/*
 * numbers_block.h - the DO block that gives a new sequence to those who write its table.
 *
 * Who inserts a row without a number draws one as himself: he needs USAGE on the sequence, which is
 * the owner's of the table, or it could not belong to a column there. Who that is, is known where
 * the script runs.
 *
 * Source: PostgreSQL manual, "GRANT", "ALTER SEQUENCE".
 */
#ifndef BELLOWS_COMPILER_BLOCKS_NUMBERS_BLOCK_H
#define BELLOWS_COMPILER_BLOCKS_NUMBERS_BLOCK_H

#include "base/arena.h"
#include "base/common.h"
#include "base/strbuf.h"

typedef struct NumbersBlock {
    const char *table_schema, *table; /* a schema is NULL where the path finds it */
    const char *sequence_schema, *sequence;
} NumbersBlock;

/* The body of the block, without its quotes. */
void numbers_block_write(StrBuf *out, const NumbersBlock *block);
/* False where the body is another one. Texts live in the arena. */
bool numbers_block_read(Arena *arena, const char *body, NumbersBlock *ret_block);

#endif
