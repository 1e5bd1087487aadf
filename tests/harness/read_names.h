/*
 * read_names.h - finds names in SQL that a search_path could give another meaning: functions,
 * operators, types and relations without a schema. IN, BETWEEN, LIKE, NULLIF, IS DISTINCT FROM,
 * CASE x WHEN and USING look operators up as well.
 *
 * Read through PostgreSQL's own grammar, blocks and functions through PL/pgSQL's. What is found is
 * a line each in `found`, which the caller disposes of.
 */
#ifndef BELLOWS_TESTS_HARNESS_READ_NAMES_H
#define BELLOWS_TESTS_HARNESS_READ_NAMES_H

#include "base/arena.h"
#include "base/common.h"
#include "base/strbuf.h"

typedef struct NameReading {
    Arena *arena;
    const char *where;
    bool relations;           /* every relation has to have a schema */
    size_t read;              /* statements and expressions */
    const char *const *types; /* the schema's enums, ended by NULL; NULL: their names tell */
    bool trusts; /* the body has set a path of its own: nobody else's is asked from there on */
    StrBuf found;
} NameReading;

/* A script of ours. Tables and enums of the schema stand as its DDL has them; of plain DDL, types
 * and defaults of columns and what an index is over are the schema's text. */
void names_read_script(NameReading *reading, const char *text);
/* A statement, an expression or an assignment; false where the grammar reads none. */
bool names_read_statement(NameReading *reading, const char *text);
/* Part of a statement, token by token. */
void names_read_part(NameReading *reading, const char *text);

#endif
