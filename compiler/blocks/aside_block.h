/*
 * aside_block.h - the two DO blocks around a change of columns' types: what rests on the columns
 * steps aside, and comes back as it was.
 *
 * The server lets no column go, or get another type, that a view, rule, policy or trigger uses. The
 * first block reads what does, in the database where it runs and in whatever schema: the views over
 * them and over those, with all that hangs on them, and what is said of the columns (comments,
 * rights, settings, statistics). It keeps the server's own definitions in the session, drops them,
 * and refuses before that what cannot be made anew as it was. The second makes them again, with
 * owners, rights and comments. What the blocks do is in the texts beside this file.
 *
 * Source: PostgreSQL manual, "Dependency Tracking", "System Information Functions".
 */
#ifndef BELLOWS_COMPILER_BLOCKS_ASIDE_BLOCK_H
#define BELLOWS_COMPILER_BLOCKS_ASIDE_BLOCK_H

#include "base/arena.h"
#include "base/common.h"
#include "base/strbuf.h"
#include "base/vec.h"

typedef struct AsideColumn {
    const char *schema, *table; /* the schema is NULL where the path finds the table */
    const char *name;           /* of the column that goes, or gets another type */
    const char *now;            /* of the one in its place */
    const char *between;        /* free, while the second gives its name to the first */
    const char *type;           /* of that one: what it becomes, under every path */
} AsideColumn;

typedef struct AsideType {
    const char *schema, *name;
} AsideType;

typedef struct AsideBlock {
    VEC(AsideColumn) columns;
    VEC(AsideType) types; /* enums that go, too */
    bool replaces;        /* another column takes the place; else the column gets another type */
} AsideBlock;

/* The bodies of the blocks, without their quotes. */
void aside_block_write(StrBuf *out, const AsideBlock *block);
/* `schema` is NULL where the path finds the table, the first one's of the other block. */
void remade_block_write(StrBuf *out, const char *schema, const char *table);
/* False where the body is another one. Texts live in the arena. */
bool aside_block_read(Arena *arena, const char *body, AsideBlock *ret_block);
bool remade_block_read(Arena *arena, const char *body);
/* A block that does no more than the first would refuse, and tries on copies, which it takes back,
 * whether what is to be made anew works over the new types: nothing is locked or changed. */
void aside_block_write_question(StrBuf *out, const AsideBlock *block);

#endif
