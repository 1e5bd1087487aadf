/*
 * immutable.h - is what an expression over a row calls immutable? Inner header of the two files
 * that answer: what surely is not (surely_mutable.c), and what may not be (immutable.c).
 *
 * Source: PostgreSQL manual, "Function Volatility Categories", CREATE INDEX, "Generated Columns";
 * volatile_functions.def and text_types.def.
 */
#ifndef BELLOWS_COMPILER_REPLAY_READ_IMMUTABLE_H
#define BELLOWS_COMPILER_REPLAY_READ_IMMUTABLE_H

#include "compiler/replay/read/reader.h"

typedef enum Volatility {
    VOLATILE_NEVER, /* no row of the table: immutable */
    VOLATILE_ALWAYS,
    VOLATILE_ZONED,   /* over a type with time zone */
    VOLATILE_BY_TYPE, /* over some types */
} Volatility;

/* Of the server's function of that name and so many arguments. */
Volatility volatility_of(const char *name, size_t count);

/* Of a type as the scripts write it, a domain's own; NULL: not known. No fault is left. */
const ColumnType *expression_type(SqlReplay *cx, const Table *table, const Node *node);
bool type_has_zone(const ColumnType *type);
/* A day or a time of it, with zone or without. */
bool type_is_moment(const ColumnType *type);
bool type_has_one_text(const ColumnType *type);

/* Well formed, and yet refused? Only plain forms are claimed. */
bool is_surely_mutable(SqlReplay *cx, const Node *expression, const Table *table);

#endif
