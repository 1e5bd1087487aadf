/*
 * canon_query.h - queries and routines in one spelling.
 *
 * For definitions as somebody wrote them or as a server of any major prints them: columns get the
 * names of what they are of, targets the names they are given, defaults of ORDER BY go. Equal texts
 * mean the same query with the same columns of the same types; where that is not certain there is
 * no text at all: `*`, a name that could be two things, functions in FROM, recursive queries.
 */
#ifndef BELLOWS_COMPILER_CANON_CANON_QUERY_H
#define BELLOWS_COMPILER_CANON_CANON_QUERY_H

#include "compiler/canon/canon.h"

/* The query in `text`, or that of a CREATE [MATERIALIZED] VIEW; NULL where it is not understood. */
Name canon_query(const Catalog *catalog, const char *text);
/* A CREATE FUNCTION or CREATE PROCEDURE; NULL likewise. */
Name canon_routine(const Catalog *catalog, const char *text);

#endif
