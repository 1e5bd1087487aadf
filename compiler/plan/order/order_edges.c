/*
 * order_edges.c - what a step waits for.
 *
 * In: the nodes with their steps.   Out: the edges: for each pair of effects upon one thing or name
 * what the row of order_rules.def says. Nothing here knows a kind of step or decides an order.
 */
#include "base/common.h"

#include "compiler/plan/order/order_internal.h"

typedef struct Rule {
    EffectKind first, then;
} Rule;

static const Rule rules[] = {
#define RULE(first, then, reach, reason) {EFFECT_##first, EFFECT_##then},
#include "compiler/plan/order/order_rules.def"
#undef RULE
};

/* --- edges -------------------------------------------------------------------------------------
 */

static void wait_for(OrderCx *cx, size_t node, size_t other)
{
    if (node != other) {
        const size_t in = order_way_in(cx, node, other);
        vec_push(cx->scratch, &cx->nodes[order_way_out(cx, other, node)].waiting, in);
        cx->nodes[in].waits_for++;
    }
}

static void wait_for_name(OrderCx *cx, size_t node, size_t holder, Name name)
{
    if (node != holder) { /* of the holder itself: it may be cut */
        const size_t in = order_way_in(cx, node, holder);
        vec_push(cx->scratch, &cx->nodes[holder].heirs, (Heir){in, name});
        cx->nodes[in].waits_for++;
    }
}

static void wait_by_rule(OrderCx *cx, const Rule *rule, const Slot *slot, const NodeRef *first,
                         const NodeRef *then)
{
    if (!space_is_of_names(slot->space)) {
        if (rule->first != rule->then || first->node < then->node) {
            wait_for(cx, then->node, first->node);
        }
    } else if (first->bearer != NULL && first->bearer == then->bearer) {
        wait_for(cx, first->node, then->node); /* it gives back the name that it has got here */
    } else {
        wait_for_name(cx, then->node, first->node, slot->name);
    }
}

static void find_pairs(OrderCx *cx, const OrderSlot *slot)
{
    for (size_t i = 0; i < lengthof(rules); i++) {
        const NodeRefs *first = &slot->nodes[rules[i].first], *then = &slot->nodes[rules[i].then];
        for (size_t j = 0; first->count > 0 && j < then->count; j++) {
            vec_each(const NodeRef, other, first) {
                wait_by_rule(cx, &rules[i], &slot->slot, other, &then->items[j]);
            }
        }
    }
}

/* --- slots -------------------------------------------------------------------------------------
 */

/* In the order in which they are first spoken of. */
static OrderSlot *find_slot(OrderCx *cx, const Slot *slot)
{
    const size_t number = slot_number(cx->scratch, &cx->numbers, slot);
    if (number == cx->slots.count) {
        vec_push(cx->scratch, &cx->slots, arena_make(cx->scratch, OrderSlot));
        vec_last(&cx->slots)->slot = *slot;
    }
    return cx->slots.items[number];
}

static void note_effects(OrderCx *cx, size_t node)
{
    EffectList effects = {0};
    step_effects(cx->scratch, cx->plan->diff, cx->nodes[node].step, &effects);
    vec_each(const Effect, at, &effects) {
        NodeRefs *nodes = &find_slot(cx, &at->slot)->nodes[at->kind];
        if (nodes->count == 0 || vec_last(nodes).node != node) {
            vec_push(cx->scratch, nodes, (NodeRef){node, at->bearer});
        }
    }
}

void order_find_edges(OrderCx *cx)
{
    for (size_t i = 0; i < cx->count; i++) {
        note_effects(cx, i);
    }
    vec_each(OrderSlot *, at, &cx->slots) {
        find_pairs(cx, *at);
    }
}
