/*
 * order_internal.h - the graph of a plan's steps; for order*.c only.
 *
 * One node per step, in the usual order; edges lead from what has to run before to what waits for
 * it. All of it lives as long as the sorting.
 */
#ifndef BELLOWS_COMPILER_PLAN_ORDER_ORDER_INTERNAL_H
#define BELLOWS_COMPILER_PLAN_ORDER_ORDER_INTERNAL_H

#include "base/strbuf.h"
#include "compiler/plan/order/index_heap.h"
#include "compiler/plan/order/order.h"
#include "compiler/plan/steps/slots.h"

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

/* A node, and what bears the name that it takes or frees; NULL: not told. */
typedef struct NodeRef {
    size_t node;
    const void *bearer;
} NodeRef;

typedef VEC(NodeRef) NodeRefs;

/* A thing or name, and the steps that do something to it, by what they do. */
typedef struct OrderSlot {
    Slot slot;
    NodeRefs nodes[EFFECT_KIND_COUNT];
} OrderSlot;

typedef struct OrderCx {
    Plan *plan;
    Arena *scratch;
    Node *nodes;
    size_t count;
    SlotTable numbers;
    VEC(OrderSlot *) slots; /* by number */
    IndexHeap runnable;
} OrderCx;

/* Fills every node's `waiting`, `heirs` and `waits_for`. The nodes have their steps. */
void order_find_edges(OrderCx *cx);

/* order_describe.c: "rename index `a_key` on `A`", for a diagnostic. */
void order_describe_step(StrBuf *out, const Step *step);

#endif
