/*
 * typed.h - the type of what an expression over one row gives, as far as its form tells.
 *
 * A part of the server's rules, by kinds of types: what it takes for certain has a type, what it
 * refuses for certain is refused with its SQLSTATE, and the rest is not known. Source: PostgreSQL
 * manual, chapter "Type Conversion"; pg_operator, typed_calls.def.
 */
#ifndef BELLOWS_COMPILER_REPLAY_READ_TYPED_H
#define BELLOWS_COMPILER_REPLAY_READ_TYPED_H

#include "compiler/replay/read/reader.h"

typedef enum Typed {
    TYPED,
    TYPED_OPEN, /* a text in quotes or NULL, which becomes what is wanted */
    TYPED_NOT_KNOWN,
    TYPED_REFUSED, /* with a fault; only this one leaves one */
} Typed;

/* `table` NULL: no columns. Of what is TYPED `ret_type` is set. */
Typed typed_of(SqlReplay *cx, const Table *table, const Node *node, ColumnType *ret_type);

/* Does the server take the expression? `condition`: what wants a truth value (`CHECK`); NULL: any
 * type will do. False after a fault, also where nothing is known. */
bool typed_is_taken(SqlReplay *cx, const Table *table, const Node *node, const char *condition);
/* Is what a default (`table` NULL), or a generated column, gives assigned to the column? What is
 * not known is taken to be right. */
bool typed_is_default(SqlReplay *cx, const Table *table, const Column *column, const Node *node);

#endif
