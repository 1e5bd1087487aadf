/*
 * qualify_internal.h - nodes for qualify.c, made and read by qualify_nodes.c; what joined.c tells
 * it.
 *
 * They live in the arena; what they are given is kept, texts are copied.
 */
#ifndef BELLOWS_COMPILER_QUALIFY_QUALIFY_INTERNAL_H
#define BELLOWS_COMPILER_QUALIFY_QUALIFY_INTERNAL_H

#include <pg_query/pg_query.pb-c.h>

#include "base/arena.h"
#include "compiler/qualify/qualify.h"

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
/* CAST(value AS pg_catalog.text) */
PgQuery__Node *qualify_text(Arena *arena, PgQuery__Node *value);
/* "" where there is none. */
const char *qualify_part(PgQuery__Node *const *parts, size_t count, size_t at);

/* The column under its name before or after; NULL: the server will say so. */
const Column *qualify_column(const QualifyWorld *world, const PgQuery__ColumnRef *reference);
/* Writes the cast that `text || other` means, where `expr` is that; has it? */
bool qualify_join(Arena *arena, const QualifyWorld *world, PgQuery__AExpr *expr);

#endif
