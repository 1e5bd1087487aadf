/*
 * canon_scope.h - the columns that an expression of a query may name; for canon*.c only.
 */
#ifndef BELLOWS_COMPILER_CANON_CANON_SCOPE_H
#define BELLOWS_COMPILER_CANON_CANON_SCOPE_H

#include "compiler/canon/canon_internal.h"

typedef VEC(Name) CanonNames;

/* What FROM names. */
typedef struct CanonSource {
    Name alias;
    const Table *table; /* NULL: a query or a view, of which the names are known */
    CanonNames columns;
} CanonSource;

typedef VEC(CanonSource) CanonSourceList;

typedef struct CanonScope {
    const struct CanonScope *outer;
    CanonSourceList sources, named; /* FROM, WITH */
    bool are_rows;                  /* of a trigger: `new.*` is the whole row */
} CanonScope;

/* The source and its column that the reference means; false where that is not certain. `ret_column`
 * is NULL of what is no table's. */
bool canon_scope_find(const CanonCx *cx, const PgQuery__ColumnRef *ref,
                      const CanonSource **ret_source, Name *ret_name, const Column **ret_column);
/* A query inside of an expression, whose outputs' names say nothing. */
void canon_print_inner_query(CanonCx *cx, StrBuf *out, const Node *query);
/* DESC, and where nulls go: what is the default is left out. */
void canon_print_direction(CanonCx *cx, StrBuf *out, const PgQuery__SortBy *sort);

#endif
