/*
 * qualify_internal.h - nodes for qualify.c, made by qualify_nodes.c.
 *
 * They live in the arena; what they are given is kept, texts are copied.
 */
#ifndef BELLOWS_COMPILER_QUALIFY_QUALIFY_INTERNAL_H
#define BELLOWS_COMPILER_QUALIFY_QUALIFY_INTERNAL_H

#include <pg_query/pg_query.pb-c.h>

#include "base/arena.h"

PgQuery__Node *qualify_node(Arena *arena, PgQuery__Node__NodeCase kind);
PgQuery__Node *qualify_string(Arena *arena, const char *text);
PgQuery__Node *qualify_bool(Arena *arena, PgQuery__BoolExprType op, PgQuery__Node **args,
                            size_t count);
PgQuery__Node **qualify_pair(Arena *arena, PgQuery__Node *first, PgQuery__Node *second);
PgQuery__Node *qualify_operation(Arena *arena, const char *name, PgQuery__Node *left,
                                 PgQuery__Node *right);
PgQuery__Node *qualify_null_test(Arena *arena, PgQuery__Node *value);
PgQuery__Node *qualify_coalesce(Arena *arena, PgQuery__Node **args);
PgQuery__Node *qualify_when(Arena *arena, PgQuery__Node *condition, PgQuery__Node *result);
PgQuery__Node *qualify_null(Arena *arena);

#endif
