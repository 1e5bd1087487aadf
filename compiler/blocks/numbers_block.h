/*
 * numbers_block.h - the DO blocks about who draws numbers: one gives a new sequence to those who
 * write its table, the other makes a second column the identity that the first one was.
 *
 * Who inserts a row without a number draws one as himself: he needs USAGE on the sequence, which is
 * the owner's of the table, or it could not belong to a column there. Who that is, is known where
 * the script runs.
 *
 * An identity belongs to its column and goes with it: the block reads how it counts and where it
 * is, and makes one of the same name and rights, from there on, in the other column's type.
 *
 * Source: PostgreSQL manual, "GRANT", "ALTER SEQUENCE", "ALTER TABLE"; pg_dump for SEQUENCE NAME.
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

typedef struct IdentityBlock {
    const char *schema, *table; /* the schema is NULL where the path finds the table */
    const char *first, *second; /* columns */
} IdentityBlock;

void identity_block_write(StrBuf *out, const IdentityBlock *block);
bool identity_block_read(Arena *arena, const char *body, IdentityBlock *ret_block);
/* The body of the block, without its quotes. */
void numbers_block_write(StrBuf *out, const NumbersBlock *block);
/* False where the body is another one. Texts live in the arena. */
bool numbers_block_read(Arena *arena, const char *body, NumbersBlock *ret_block);

#endif
