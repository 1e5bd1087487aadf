/*
 * canon.h - one spelling for every value, so that comparing is comparing pointers and numbers.
 *
 * Both sides of a diff pass through canon_catalog before anything looks at them: types, defaults,
 * predicates and actions are brought to one form; expressions go through PostgreSQL's own parser
 * (libpg_query) and are printed from its tree without casts, parentheses and case that carry no
 * meaning. Pure: same catalog in, same catalog out. Idempotent.
 */
#ifndef BELLOWS_COMPILER_CANON_H
#define BELLOWS_COMPILER_CANON_H

#include "compiler/catalog.h"

/* Fills every `canonical` member of the catalog and sets catalog->canonical. */
void canon_catalog(Catalog *catalog);

/*
 * The canonical text of the SQL expression `text` as the default of, or a predicate over, a column
 * of type `type` (NULL: none); the text itself, trimmed, when PostgreSQL's grammar refuses it.
 */
Name canon_expression(Names *names, const char *text, const ColumnType *type);

/*
 * Reads a column default as the catalog prints it (pg_get_expr) or as dbgenerated() has it:
 * literals, lists, now(), nextval() become their kinds, everything else DEFAULT_EXPRESSION.
 */
Default canon_read_default(Catalog *catalog, const char *text, const ColumnType *type);

/* Do two defaults mean the same on a column of type `type`? Both must be canonical. */
bool default_equal(const Default *a, const Default *b);

#endif
