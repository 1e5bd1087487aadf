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
    Step *step;          /* NULL: a door */
    size_t waits_for;    /* unfinished steps before it */
    VEC(size_t) waiting; /* nodes that wait until it is done */
    VEC(Heir) heirs;     /* nodes that wait until a name it holds is free */
    bool done;
} Node;

/* A node, what it does, and what bears the name that it takes or frees; NULL: not told. */
typedef struct NodeRef {
    uint32_t node;
    EffectKind kind;
    const void *bearer;
} NodeRef;

typedef VEC(NodeRef) NodeRefs;

/* A thing or name, and the steps that do something to it: mostly a few, of few kinds. */
typedef struct OrderSlot {
    Slot slot;
    NodeRefs nodes;
} OrderSlot;

/* Steps that run in a row, between two doors. */
typedef struct Group {
    size_t in, out;  /* nodes */
    IndexHeap ready; /* members that may run */
} Group;

typedef struct Circles Circles; /* order_circles.c */

typedef struct OrderCx {
    Plan *plan;
    Arena *scratch;
    Node *nodes;
    size_t count;      /* of steps */
    size_t total;      /* with the doors behind them: of groups, and of slots that many meet at */
    size_t first_door; /* of a slot */
    Group **group_of;  /* by the number that its steps have */
    Group *open;       /* begun and not yet done */
    SlotTable numbers;
    VEC(OrderSlot *) slots;              /* by number */
    NodeRefs by_kind[EFFECT_KIND_COUNT]; /* of the slot at hand */
    IndexHeap runnable;
    size_t passed;    /* the nodes before it wait no more */
    Circles *circles; /* NULL: nothing has waited for itself yet */
} OrderCx;

/* Fills every node's `waiting`, `heirs` and `waits_for`. The nodes have their steps. */
void order_find_edges(OrderCx *cx);

/* order_groups.c: no more groups than that; makes the doors, for which there is room. */
size_t order_most_groups(Step *const *steps, size_t count);
void order_find_groups(OrderCx *cx, size_t most);
/* NULL: it is of none. */
Group *order_group_of(const OrderCx *cx, size_t node);
/* Who waits when `node` waits for `other`, and for whom when `other` waits for it. */
size_t order_way_in(const OrderCx *cx, size_t node, size_t other);
size_t order_way_out(const OrderCx *cx, size_t node, size_t other);

/* order_circles.c: of a graph in which nothing may run, the first step that opens a circle when it
 * is cut, and the name it gives away by that; NULL when none does. */
Node *order_first_repairable(OrderCx *cx, Name *ret_name);
/* The node has run, and has not been released yet. */
void order_note_done(OrderCx *cx, size_t node);

/* order_describe.c: "rename index `a_key` on `A`", for a diagnostic. */
void order_describe_step(StrBuf *out, const Step *step);

#endif
