/*
 * order_internal.h - the graph of a plan's steps; for order*.c only.
 *
 * One node per step, in the usual order; edges lead from what has to run before to what waits for
 * it. Everything lives in the plan's arena.
 */
#ifndef BELLOWS_COMPILER_PLAN_ORDER_ORDER_INTERNAL_H
#define BELLOWS_COMPILER_PLAN_ORDER_ORDER_INTERNAL_H

#include "base/strbuf.h"
#include "compiler/plan/order/index_heap.h"
#include "compiler/plan/order/order.h"

/* A node that waits until a name is free. */
typedef struct Heir {
    size_t node;
    Name name;
} Heir;

typedef struct Node {
    Step *step;
    size_t waits_for;    /* unfinished steps before it */
    VEC(size_t) waiting; /* nodes that wait until it is done */
    VEC(Heir) heirs;     /* nodes that wait until a name it holds is free */
    bool done;
} Node;

typedef VEC(Node *) NodeList;

typedef struct OrderCx {
    Arena *arena;
    Names *names;
    Node *nodes;
    size_t count;
    Map relations;   /* (schema, name) -> Node that frees it: tables, indexes, sequences */
    Map constraints; /* (table, name) -> Node that frees it */
    Map altered;     /* (schema, table) -> Node that makes or alters the table */
    Map uniques;     /* (schema, table) -> Node of the table's last unique index */
    Map types;       /* (schema, name) -> Node that frees it: enums, and tables, which are types */
    Map enums;       /* (schema, enum) -> Node that makes or changes it */
    Map columns;     /* (table, column) -> Node that frees the column's name */
    Map released;    /* (schema, table) -> NodeList: drops of the foreign keys that lead to it */
    Map renamed;     /* (schema, table) -> NodeList: renames of the table and of its columns */
    IndexHeap runnable;
} OrderCx;

/* Fills the maps and every node's `waiting`, `heirs` and `waits_for`. The nodes have their steps.
 */
void order_find_edges(OrderCx *cx);

/* order_describe.c: "rename index `a_key` on `A`", for a diagnostic. */
void order_describe_step(StrBuf *out, const Step *step);

#endif
