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

/* What a query gives: a name, and the target behind it (NULL: of a set operation). */
typedef struct CanonOutput {
    Name name;
    const Node *value;
} CanonOutput;

typedef VEC(CanonOutput) CanonOutputs;

Name canon_name_of(const CanonCx *cx, const char *text);

/* canon_query.c: a query; `named`: the names of its outputs mean something. */
bool canon_print_query(CanonCx *cx, StrBuf *out, const PgQuery__SelectStmt *select, bool named,
                       CanonOutputs *ret_outputs);
/* `mark` and the expression, whose outer type says nothing; nothing of NULL. */
bool canon_print_loosely(CanonCx *cx, StrBuf *out, const char *mark, const Node *node);
/* The names a view's own query gives. */
bool canon_view_columns(CanonCx *cx, const Opaque *view, CanonNames *ret_columns);

/* canon_from.c: an item of FROM, which enters the scope. */
bool canon_print_source(CanonCx *cx, StrBuf *out, CanonScope *scope, const Node *node);
/* A query in FROM or WITH: its outputs bear names. */
bool canon_print_derived(CanonCx *cx, StrBuf *out, const CanonScope *around, const Node *query,
                         CanonOutputs *ret_outputs);
void canon_names_of(const CanonCx *cx, const CanonOutputs *outputs, Node *const *renamed,
                    size_t count, CanonNames *ret_names);

/* The source and its column that the reference means; false where that is not certain. `ret_column`
 * is NULL of what is no table's. */
bool canon_scope_find(const CanonCx *cx, const PgQuery__ColumnRef *ref,
                      const CanonSource **ret_source, Name *ret_name, const Column **ret_column);
/* A query inside of an expression, whose outputs' names say nothing. */
void canon_print_inner_query(CanonCx *cx, StrBuf *out, const Node *query);
/* DESC, and where nulls go: what is the default is left out. */
void canon_print_direction(CanonCx *cx, StrBuf *out, const PgQuery__SortBy *sort);

#endif
