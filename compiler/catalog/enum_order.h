/*
 * enum_order.h - where a new value stands among those an enum type has.
 *
 * `ORDER BY` and `<` follow the order of the values. The server adds a value at the end unless it
 * is told a neighbour (manual, "ALTER TYPE", ADD VALUE), and cannot reorder those there are.
 */
#ifndef BELLOWS_COMPILER_ENUM_ORDER_H
#define BELLOWS_COMPILER_ENUM_ORDER_H

#include "compiler/catalog/catalog.h"

/* At most one is set; neither: the end. */
typedef struct EnumPlace {
    Name before, after;
} EnumPlace;

/* Value -> its place, counted from 1: for who asks about many values. */
Map enum_places(Arena *arena, const EnumType *type);
size_t enum_place(const Map *places, Name value); /* 0: it is none of them */

/* Adds those of `wanted`'s values that `type` lacks, one after the other, each where `wanted` has
 * it among those there: after the one before it, else before the nearest behind it. Tells for each
 * of `wanted`'s values where it came, as the server is told; those that were there have no place.
 */
EnumPlace *enum_add_values(Arena *arena, EnumType *type, const EnumType *wanted);

#endif
