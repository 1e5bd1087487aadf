/*
 * order_groups.c - steps that share a transaction run in a row.
 *
 * In: the nodes with their steps.   Out: for each group of them (Step.together) two doors, nodes
 * without a step: what a member waits for, outside of its group, the door in waits for; what waits
 * for a member waits for the door out. So nothing has to run in between, and nothing does: an open
 * group is finished first.
 */
#include "base/common.h"

#include "compiler/plan/order/order_internal.h"

static uint32_t number_of(const OrderCx *cx, size_t node)
{
    return node < cx->count ? cx->nodes[node].step->together : 0;
}

Group *order_group_of(const OrderCx *cx, size_t node)
{
    const uint32_t number = number_of(cx, node);
    return number == 0 ? NULL : cx->group_of[number];
}

static void add_member(OrderCx *cx, Group *group, size_t node)
{
    vec_push(cx->scratch, &cx->nodes[group->in].waiting, node);
    cx->nodes[node].waits_for++;
    vec_push(cx->scratch, &cx->nodes[node].waiting, group->out);
    cx->nodes[group->out].waits_for++;
}

size_t order_most_groups(Step *const *steps, size_t count)
{
    uint32_t highest = 0;
    for (size_t i = 0; i < count; i++) {
        highest = steps[i]->together > highest ? steps[i]->together : highest;
    }
    return highest;
}

void order_find_groups(OrderCx *cx, size_t most)
{
    cx->group_of = arena_array(cx->scratch, Group *, most + 1);
    for (size_t i = 0; i < cx->count; i++) {
        const uint32_t number = number_of(cx, i);
        if (number != 0 && cx->group_of[number] == NULL) {
            Group *group = arena_make(cx->scratch, Group);
            group->in = cx->total++;
            group->out = cx->total++;
            cx->group_of[number] = group;
        }
        if (number != 0) {
            add_member(cx, cx->group_of[number], i);
        }
    }
}

size_t order_way_in(const OrderCx *cx, size_t node, size_t other)
{
    const Group *group = order_group_of(cx, node);
    return group == NULL || group == order_group_of(cx, other) ? node : group->in;
}

size_t order_way_out(const OrderCx *cx, size_t node, size_t other)
{
    const Group *group = order_group_of(cx, node);
    return group == NULL || group == order_group_of(cx, other) ? node : group->out;
}
