/*
 * blocks_internal.h - the declarations at the head of a block, written and read; for this room's
 * files only.
 */
#ifndef BELLOWS_COMPILER_BLOCKS_BLOCKS_INTERNAL_H
#define BELLOWS_COMPILER_BLOCKS_BLOCKS_INTERNAL_H

#include "base/arena.h"
#include "base/common.h"
#include "base/strbuf.h"
#include "compiler/catalog/sql_scan.h"

/* --- written ---------------------------------------------------------------------------------- */

/* `    name CONSTANT pg_catalog.type := ` */
void head_put(StrBuf *out, const char *name, const char *type);
/* Whole, of type regclass; the schema is NULL where the path finds it. */
void head_put_relation(StrBuf *out, const char *name, const char *schema, const char *relation);

/* --- read ------------------------------------------------------------------------------------- */

typedef struct HeadReading {
    Arena *arena;
    const char *at, *end;
} HeadReading;

/* What stands next, if it is this; blanks and comments are passed by. */
bool head_takes(HeadReading *cx, const char *text);
/* Words and signs between blanks. */
bool head_takes_all(HeadReading *cx, const char *words);
/* What stands between two quotes; NULL: something else is next. */
const char *head_take_quoted(HeadReading *cx, SqlTokenKind kind, char quote);
/* The two as they are declared. */
bool head_take_constant(HeadReading *cx, const char *name, const char *type);
bool head_take_relation(HeadReading *cx, const char *name, const char **ret_schema,
                        const char **ret_relation);
/* Are these pieces, up to NULL, all that follows the declarations' last line? */
bool head_is_before(const char *at, const char *const *pieces);

#endif
