/*
 * qualify.h - an expression over a row, written so that it means the same under every search_path.
 *
 * A fill runs when everybody else inserts, with their rights: a function or an operator that is put
 * into the path later and fits better must not be called. So its names are qualified. What an
 * unqualified name means is known without a server only where the types it is chosen by are the
 * server's own (or enums, which have no operators of their own): then it is pg_catalog's. Pure.
 */
#ifndef BELLOWS_COMPILER_QUALIFY_QUALIFY_H
#define BELLOWS_COMPILER_QUALIFY_QUALIFY_H

#include "base/common.h"
#include "compiler/catalog/catalog.h"

/* What the names of an expression are looked up in. */
typedef struct QualifyWorld {
    const Catalog *to, *from; /* their enums, and the table's columns of either */
    const Table *table;       /* whose row the expression reads */
    const Catalog *written;   /* how the schema's types are written: sql_everywhere, or `to` */
    bool printed; /* by a server under an empty path: what has no schema there is pg_catalog's */
} QualifyWorld;

/*
 * The expression, qualified; the text itself where nothing in it is looked up. NULL when it cannot
 * be told what it means: `ret_why` then says which part, in words.
 */
const char *qualify_expression(Arena *arena, const QualifyWorld *world, const char *expression,
                               const char **ret_why);

/* Is it one expression that PostgreSQL's grammar reads, and nothing behind it? */
bool qualify_is_expression(Arena *arena, const char *expression);
/* The expression a view selects, from its definition as the server prints it; NULL: none. */
const char *qualify_view_value(Arena *arena, const char *definition);

#endif
