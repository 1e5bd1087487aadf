/*
 * typed_internal.h - how the files share the typing of an expression: typed.c its leaves and
 * operators, typed_calls.c calls, typed_many.c what gives one type of many, operators.c what
 * operators take.
 */
#ifndef BELLOWS_COMPILER_REPLAY_EXPRESSIONS_TYPED_INTERNAL_H
#define BELLOWS_COMPILER_REPLAY_EXPRESSIONS_TYPED_INTERNAL_H

#include "compiler/replay/expressions/typed.h"

/* One that FROM names. */
typedef struct TypedTable {
    Name alias;
    const Table *table;
} TypedTable;

typedef VEC(TypedTable) TypedTables;

typedef struct TypedCx {
    SqlReplay *replay;
    const Table *table;        /* over whose row it is; NULL: of none */
    const TypedTables *tables; /* of a query; NULL: it is in none */
} TypedCx;

/* --- typed.c --- */

Typed typed_it(const TypedCx *cx, const Node *node, ColumnType *ret_type);
Typed typed_gives(TypeId id, ColumnType *ret_type);
bool typed_ends(Typed end); /* nothing more is to be learned */

/* --- typed_calls.c --- */

Typed typed_call(const TypedCx *cx, const Node *node, ColumnType *ret_type);

/* --- typed_many.c --- */

/* `what`: CASE, COALESCE, for messages. */
Typed typed_many(const TypedCx *cx, const char *what, Node *const *nodes, size_t count,
                 ColumnType *ret_type);
Typed typed_truths(const TypedCx *cx, Node *const *nodes, size_t count, ColumnType *ret_type);
Typed typed_case(const TypedCx *cx, const PgQuery__CaseExpr *choice, ColumnType *ret_type);
Typed typed_list(const TypedCx *cx, const PgQuery__AArrayExpr *list, ColumnType *ret_type);

/* --- operators.c --- */

/* One side of an operator. */
typedef struct Operand {
    Typed end; /* TYPED or TYPED_OPEN */
    ColumnType type;
    const Node *node; /* NULL: none */
} Operand;

/* The server's own type categories, coarsely; types in different ones have no operator in common
 * and no common type. */
typedef enum Category {
    CATEGORY_NONE, /* not known: enums, types without a word, those of extensions */
    CATEGORY_NUMBER,
    CATEGORY_TEXT,
    CATEGORY_TRUTH,
    CATEGORY_MOMENT, /* a day */
    CATEGORY_CLOCK,
    CATEGORY_UUID,
    CATEGORY_JSON,
    CATEGORY_JSONB,
    CATEGORY_BYTES,
    CATEGORY_LIST,
    CATEGORY_BITS,
    CATEGORY_NETWORK,
    CATEGORY_INTERVAL,
    CATEGORY_SEARCH, /* tsvector */
    CATEGORY_XML,    /* compares with nothing */
} Category;
Category category_of(const ColumnType *type);
/* The type that both numbers become. */
TypeId wider_number(TypeId a, TypeId b);
/* Is the text of a constant surely one of that type? */
bool literal_is(SqlReplay *cx, const Node *node, const ColumnType *type);
ColumnType plain_type(TypeId id);
Typed compared(SqlReplay *cx, const char *name, const Operand *left, const Operand *right,
               ColumnType *ret_type);
Typed operated(SqlReplay *cx, const char *name, const Operand *left, const Operand *right,
               ColumnType *ret_type);

#endif
