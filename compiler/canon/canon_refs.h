/*
 * canon_refs.h - which spots of an SQL expression speak of what may get another name: columns of
 * its table, enums and their values.
 *
 * Expressions are kept as text, and that text is changed only at the spots found here, by what the
 * types of the expression's operands say: `'old'` beside a column of the enum is its value, beside
 * a text column it is a text. Found by the canonicalisation itself (canon.h), so both agree on
 * types. A text that is not understood has no spots and is not changed: what it belongs to differs
 * afterwards, and is made anew.
 */
#ifndef BELLOWS_COMPILER_CANON_REFS_H
#define BELLOWS_COMPILER_CANON_REFS_H

#include "compiler/catalog/catalog.h"

typedef enum SqlRefKind {
    SQL_REF_COLUMN, /* the column's name, without its table's */
    SQL_REF_TYPE,   /* "schema"."Name" */
    SQL_REF_VALUE,  /* 'value' */
    SQL_REF_LIST,   /* '{value,value}' */
} SqlRefKind;

typedef struct SqlRef {
    SqlRefKind kind;
    uint32_t start, end; /* bytes of the text, half open */
    const Column *column;
    const EnumType *type;
    VEC(Name) values; /* of a list NULL for null */
} SqlRef;

typedef VEC(SqlRef) SqlRefList;

/* In their order, none of them overlapping; values and list in `arena`. The text is an expression
 * over `table`'s columns (NULL: over none), a value of `type` (NULL: of any). Empty when the text
 * is not understood. */
SqlRefList canon_refs(Arena *arena, const Catalog *catalog, const Table *table,
                      const ColumnType *type, Name text);

#endif
