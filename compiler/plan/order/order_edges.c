/*
 * order_edges.c - what a step waits for.
 *
 * In: the nodes with their steps.   Out: the edges: for each pair of effects upon one thing or name
 * what the row of order_rules.def says, and what a step was told. Nothing here knows a kind of step
 * or decides an order.
 */
#include "base/common.h"

#include "compiler/plan/order/order_internal.h"

typedef struct Rule {
    EffectKind first, then;
} Rule;

static const Rule rules[] = {
#define RULE(first, then, reason) {EFFECT_##first, EFFECT_##then},
#include "compiler/plan/order/order_rules.def"
#undef RULE
};

/* --- edges -------------------------------------------------------------------------------------
 */

static void wait_for(OrderCx *cx, size_t node, size_t other)
{
    if (node != other) {
        vec_push(cx->scratch, &cx->nodes[other].waiting, node);
        cx->nodes[node].waits_for++;
    }
}

static void wait_for_name(OrderCx *cx, size_t node, size_t holder, Name name)
{
    if (node != holder) {
        vec_push(cx->scratch, &cx->nodes[holder].heirs, (Heir){node, name});
        cx->nodes[node].waits_for++;
    }
}

static void wait_by_rule(OrderCx *cx, const Rule *rule, const OrderSlot *slot, size_t node,
                         size_t other)
{
    if (space_is_of_names(slot->slot.space)) {
        wait_for_name(cx, node, other, slot->slot.name);
    } else if (rule->first != rule->then || other < node) {
        wait_for(cx, node, other);
    }
}

static void find_pairs(OrderCx *cx, const OrderSlot *slot)
{
    for (size_t i = 0; i < lengthof(rules); i++) {
        const NodeRefs *first = &slot->nodes[rules[i].first], *then = &slot->nodes[rules[i].then];
        for (size_t j = 0; first->count > 0 && j < then->count; j++) {
            vec_each(const size_t, other, first) {
                wait_by_rule(cx, &rules[i], slot, then->items[j], *other);
            }
        }
    }
}

/* --- slots -------------------------------------------------------------------------------------
 */

static bool same_slot(const Slot *a, const Slot *b)
{
    return a->space == b->space && a->of == b->of && a->scope == b->scope && a->name == b->name;
}

/* In the order in which they are first spoken of: nothing may depend on addresses. */
static OrderSlot *find_slot(OrderCx *cx, const Slot *slot)
{
    OrderSlot *first = map_get2(&cx->slots_by_name, slot->scope, slot->name);
    for (OrderSlot *at = first; at != NULL; at = at->next) {
        if (same_slot(&at->slot, slot)) {
            return at;
        }
    }
    OrderSlot *made = arena_make(cx->scratch, OrderSlot);
    made->slot = *slot;
    made->next = first;
    map_put2(cx->scratch, &cx->slots_by_name, slot->scope, slot->name, made);
    vec_push(cx->scratch, &cx->slots, made);
    return made;
}

static void note_effects(OrderCx *cx, size_t node)
{
    EffectList effects = {0};
    step_effects(cx->scratch, cx->plan->diff, cx->nodes[node].step, &effects);
    vec_each(const Effect, at, &effects) {
        NodeRefs *nodes = &find_slot(cx, &at->slot)->nodes[at->kind];
        if (nodes->count == 0 || vec_last(nodes) != node) {
            vec_push(cx->scratch, nodes, node);
        }
    }
}

static void wait_as_told(OrderCx *cx, size_t node)
{
    vec_each(const Step *, at, &cx->nodes[node].step->after_steps) {
        if ((*at)->id < cx->count && cx->nodes[(*at)->id].step == *at) {
            wait_for(cx, node, (*at)->id);
        }
    }
}

void order_find_edges(OrderCx *cx)
{
    for (size_t i = 0; i < cx->count; i++) {
        note_effects(cx, i);
        wait_as_told(cx, i);
    }
    vec_each(OrderSlot *, at, &cx->slots) {
        find_pairs(cx, *at);
    }
}
