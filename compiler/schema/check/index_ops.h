/*
 * index_ops.h - operator classes, and which index methods hold which types.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_CHECK_INDEX_OPS_H
#define BELLOWS_COMPILER_SCHEMA_CHECK_INDEX_OPS_H

#include "compiler/schema/resolve/resolve.h"

/* The SQL name of the word at `expr`; reports an unknown one. */
MUST_CHECK bool operator_class_find(const Program *program, const AstExpr *expr, Name *ret_sql);

/* The language's word for an operator class of a method on a type; NULL when it has none. */
const char *operator_class_word(Name sql, IndexMethod method, const ColumnType *type);

/* Does the method hold the type (of a column written with or without native type) when no operator
 * class is written? */
bool index_holds(IndexMethod method, const ColumnType *type, bool with_native);

/* Method, types, sort orders and operator classes of one key fit together; reports what does not.
 */
void index_check(Program *program, const Key *key);

#endif
