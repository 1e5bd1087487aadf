/*
 * view_block.h - the DO block of a compatibility view: what it is told, written and read.
 *
 * Behind the view `face` a table has names of its own. A block that raises it renames and lets the
 * view show the old names as well; one that lowers it takes names away, and the view with the last
 * of them. Either reads what stands: several plans may have raised one view, and each lowers its
 * own names, in any order. What the blocks do is in the texts beside this file.
 *
 * Source: PostgreSQL manual, "CREATE VIEW", "Updatable Views".
 */
#ifndef BELLOWS_COMPILER_BLOCKS_VIEW_BLOCK_H
#define BELLOWS_COMPILER_BLOCKS_VIEW_BLOCK_H

#include "base/arena.h"
#include "base/common.h"
#include "base/strbuf.h"
#include "base/vec.h"

typedef VEC(const char *) ViewNames;

typedef struct ViewBlock {
    bool lowers;
    const char *face_schema, *face; /* of the view; the schema is NULL where the path finds it */
    const char *schema;             /* raises: where the table goes; NULL: it stays */
    const char *table;  /* raises: its name from now on, where `both` unless it stands behind the
                           view already; lowers: its name behind the view */
    const char *aside;  /* lowers: what the view is called while it goes */
    ViewNames from, to; /* columns that the table names anew; of one length */
    bool both;          /* raises: the view shows `to` as well */
    ViewNames gone;     /* lowers: what the view shows no longer */
    bool takes_table;   /* lowers: the table gets the view's name, whatever its own is */
} ViewBlock;

/* The body of the block, without its quotes. */
void view_block_write(StrBuf *out, const ViewBlock *block);
/* False where the body is another one. Texts live in the arena. */
bool view_block_read(Arena *arena, const char *body, ViewBlock *ret_block);

#endif
