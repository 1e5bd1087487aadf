/*
 * order_edges.c - what a step waits for.
 *
 * In: the nodes with their steps.   Out: the edges: for each pair of effects upon one thing or name
 * what the row of order_rules.def says, or doors that say the same of many. Nothing here knows a
 * kind of step or decides an order.
 */
#include "base/common.h"

#include "compiler/plan/order/order_internal.h"

#include <string.h>

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

static void wait_by_rule(OrderCx *cx, const Slot *slot, const NodeRef *first, const NodeRef *then)
{
    if (!space_is_of_names(slot->space)) {
        wait_for(cx, then->node, first->node);
    } else if (first->bearer != NULL && first->bearer == then->bearer) {
        wait_for(cx, first->node, then->node); /* it gives back the name that it has got here */
    } else {
        wait_for_name(cx, then->node, first->node, slot->name);
    }
}

/* --- many at one slot ---------------------------------------------------------------------------
 *
 * Where all of n steps run before all of m, a door between them says it with n + m edges: it is
 * passed as soon as the first have run, so the order is that of the pairs. Steps of groups have
 * doors of their own, and a step that does both waits for some of those that wait for it: of these
 * the pairs are told.
 */

static bool is_chain(const Rule *rule, const Slot *slot)
{
    return rule->first == rule->then && !space_is_of_names(slot->space);
}

static bool all_single(const OrderCx *cx, const NodeRefs *nodes)
{
    vec_each(const NodeRef, at, nodes) {
        if (order_group_of(cx, at->node) != NULL) {
            return false;
        }
    }
    return true;
}

/* Both lists are in the order of the nodes. */
static bool apart(const NodeRefs *a, const NodeRefs *b)
{
    size_t i = 0, j = 0;
    while (i < a->count && j < b->count) {
        if (a->items[i].node == b->items[j].node) {
            return false;
        }
        if (a->items[i].node < b->items[j].node) {
            i++;
        } else {
            j++;
        }
    }
    return true;
}

static bool wants_door(const OrderCx *cx, const Slot *slot, const Rule *rule)
{
    const NodeRefs *first = &cx->by_kind[rule->first], *then = &cx->by_kind[rule->then];
    return first->count > 2 && then->count > 2 && !space_is_of_names(slot->space) &&
           rule->first != rule->then && apart(first, then) && all_single(cx, first) &&
           all_single(cx, then);
}

static void pass_door(OrderCx *cx, const NodeRefs *first, const NodeRefs *then)
{
    const size_t door = cx->total++;
    vec_each(const NodeRef, at, first) {
        wait_for(cx, door, at->node);
    }
    vec_each(const NodeRef, at, then) {
        wait_for(cx, at->node, door);
    }
}

/* --- a slot's edges ----------------------------------------------------------------------------
 */

static void find_pairs(OrderCx *cx, const Slot *slot, const Rule *rule)
{
    const NodeRefs *first = &cx->by_kind[rule->first], *then = &cx->by_kind[rule->then];
    for (size_t i = 0; first->count > 0 && i < then->count; i++) {
        vec_each(const NodeRef, other, first) {
            wait_by_rule(cx, slot, other, &then->items[i]);
        }
    }
}

static void find_chain(OrderCx *cx, const NodeRefs *nodes)
{
    for (size_t i = 1; i < nodes->count; i++) {
        wait_for(cx, nodes->items[i].node, nodes->items[i - 1].node);
    }
}

/* Each kind in the order of the nodes. */
static void sort_by_kind(OrderCx *cx, const OrderSlot *slot)
{
    for (size_t kind = 0; kind < EFFECT_KIND_COUNT; kind++) {
        cx->by_kind[kind].count = 0;
    }
    vec_each(const NodeRef, at, &slot->nodes) {
        NodeRefs *nodes = &cx->by_kind[at->kind];
        if (nodes->count == 0 || vec_last(nodes).node != at->node) {
            vec_push(cx->scratch, nodes, *at);
        }
    }
}

static void find_slot_edges(OrderCx *cx, const OrderSlot *slot)
{
    sort_by_kind(cx, slot);
    for (size_t i = 0; i < lengthof(rules); i++) {
        const NodeRefs *first = &cx->by_kind[rules[i].first], *then = &cx->by_kind[rules[i].then];
        if (is_chain(&rules[i], &slot->slot)) {
            find_chain(cx, first);
        } else if (wants_door(cx, &slot->slot, &rules[i])) {
            pass_door(cx, first, then);
        } else {
            find_pairs(cx, &slot->slot, &rules[i]);
        }
    }
}

/* How many doors the slot may want. */
static size_t count_doors(OrderCx *cx, const OrderSlot *slot)
{
    size_t doors = 0;
    if (slot->nodes.count > 2) {
        sort_by_kind(cx, slot);
        for (size_t i = 0; i < lengthof(rules); i++) {
            doors += wants_door(cx, &slot->slot, &rules[i]);
        }
    }
    return doors;
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

static void note_effects(OrderCx *cx, size_t node, EffectList *effects)
{
    effects->count = 0;
    step_effects(cx->scratch, cx->plan->diff, cx->nodes[node].step, effects);
    vec_each(const Effect, at, effects) {
        vec_push(cx->scratch, &find_slot(cx, &at->slot)->nodes,
                 (NodeRef){(uint32_t)node, at->kind, at->bearer});
    }
}

static void make_room(OrderCx *cx, size_t doors)
{
    cx->first_door = cx->total;
    Node *nodes = arena_array(cx->scratch, Node, cx->total + doors + 1);
    memcpy(nodes, cx->nodes, cx->total * sizeof *nodes);
    cx->nodes = nodes;
}

void order_find_edges(OrderCx *cx)
{
    size_t doors = 0;
    EffectList effects = {0}; /* of one step after the other */
    for (size_t i = 0; i < cx->count; i++) {
        note_effects(cx, i, &effects);
    }
    vec_each(OrderSlot *, at, &cx->slots) {
        doors += count_doors(cx, *at);
    }
    make_room(cx, doors);
    vec_each(OrderSlot *, at, &cx->slots) {
        find_slot_edges(cx, *at);
    }
}
