/*
 * view_scope_internal.h - the scopes of a query, which view_scope.c looks names up in and
 * view_query.c makes.
 */
#ifndef BELLOWS_COMPILER_REPLAY_READ_VIEW_SCOPE_INTERNAL_H
#define BELLOWS_COMPILER_REPLAY_READ_VIEW_SCOPE_INTERNAL_H

#include "compiler/replay/read/view_scope.h"

/* Something that FROM or WITH names. */
typedef struct ScopeItem {
    Name alias;
    Table *table; /* NULL: a query, a view or a function */
    QueryColumnList columns;
    bool is_open; /* a function: what columns it has is not known */
} ScopeItem;

typedef VEC(ScopeItem) ScopeItemList;

typedef struct Scope {
    const struct Scope *outer;
    ScopeItemList items, named;   /* FROM, WITH */
    bool merges;                  /* USING or NATURAL: some columns are one */
    const QueryColumnList *given; /* ORDER BY and GROUP BY may name these; NULL: not yet */
} Scope;

typedef struct ScopeCx {
    SqlReplay *replay;
    QueryUses *uses;
    unsigned depth;
    bool is_missing; /* the fault is of a name that nothing in sight bears */
} ScopeCx;

enum { SCOPE_DEPTH_MAX = 100 };

/* --- view_scope.c: expressions --- */

bool scope_resolve(ScopeCx *cx, const Scope *scope, const ProtobufCMessage *message);
bool scope_resolve_node(ScopeCx *cx, const Scope *scope, const Node *node);
bool scope_resolve_nodes(ScopeCx *cx, const Scope *scope, Node *const *nodes, size_t count);
void scope_use_table(ScopeCx *cx, Table *table);
void scope_use_column(ScopeCx *cx, Column *column);
void scope_use_found(ScopeCx *cx, const ScopeItem *item, Column *column);
/* The item's column of that name; what it is made of may not be known: NULL. */
bool scope_item_column(const ScopeItem *item, Name name, Column **ret_column);
bool scope_find_column(ScopeCx *cx, const Scope *scope, const PgQuery__ColumnRef *ref,
                       Column **ret_column);

/* --- view_groups.c: a primary key that a query groups by tells other columns apart --- */

bool scope_use_groups(ScopeCx *cx, const PgQuery__SelectStmt *select, const Scope *scope);

/* --- view_query.c: a query inside of `outer` (NULL: of none) --- */

bool scope_add_named(ScopeCx *cx, Scope *scope, const PgQuery__WithClause *with);
bool scope_add_relation(ScopeCx *cx, Scope *scope, const PgQuery__RangeVar *range);
bool scope_add_from(ScopeCx *cx, Scope *scope, const Node *node);
bool scope_resolve_select(ScopeCx *cx, const PgQuery__SelectStmt *select, const Scope *outer,
                          QueryColumnList *ret_columns);

#endif
