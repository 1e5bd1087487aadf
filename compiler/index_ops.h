/*
 * index_ops.h - operator classes, and which index methods hold which types.
 */
#ifndef BELLOWS_COMPILER_INDEX_OPS_H
#define BELLOWS_COMPILER_INDEX_OPS_H

#include "compiler/resolve.h"

/* The SQL name of the word at `expr`; reports an unknown one. */
MUST_CHECK bool operator_class_find(const Program *program, const AstExpr *expr, Name *ret_sql);

/* Method, types, sort orders and operator classes of one key fit together; reports what does not.
 */
void index_check(Program *program, const Key *key);

#endif
