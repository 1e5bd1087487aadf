/*
 * view_scope.h - what the names of a query mean: which columns, tables and enum types it uses.
 *
 * As pg_depend would tell of a view over it. Where a name is not found, nothing is claimed.
 */
#ifndef BELLOWS_COMPILER_REPLAY_READ_VIEW_SCOPE_H
#define BELLOWS_COMPILER_REPLAY_READ_VIEW_SCOPE_H

#include "compiler/replay/read/reader.h"

/* A column that a query gives: its name (NULL: none that can be asked for), and the table's column
 * that it is; NULL: an expression. */
typedef struct QueryColumn {
    Name name;
    Column *of;
    const Node *expression; /* NULL: not known; as long as the statement's tree */
} QueryColumn;

typedef VEC(QueryColumn) QueryColumnList;

typedef struct QueryUses {
    ColumnList columns;
    TableList tables, keyed;
    EnumTypeList enums;
    VEC(Relation *) views;
} QueryUses;

/* False after a fault. */
bool query_resolve(SqlReplay *cx, const PgQuery__SelectStmt *select, QueryUses *uses,
                   QueryColumnList *ret_columns);

/* Does every name in a statement about rows mean something, as far as is known here? False after a
 * fault. */
bool query_names_exist(SqlReplay *cx, const Node *stmt);

/* An expression over one row of the table, which bears these names; one may be NULL. */
bool query_resolve_row(SqlReplay *cx, const Node *expression, Table *table,
                       const char *const aliases[2], QueryUses *uses);

#endif
