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

/* The type with a list of values of its own in `arena`. */
EnumType *enum_type_copy(Arena *arena, const EnumType *type);

/* Adds one of `wanted`'s values to `type` where `wanted` has it among those already there: after
 * the nearest before it, else before the nearest behind it. Tells the place as the server is told.
 */
EnumPlace enum_add_value(Arena *arena, EnumType *type, Name value, const EnumType *wanted);

#endif
