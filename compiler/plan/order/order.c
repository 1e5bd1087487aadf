/*
 * order.c - a stable topological order of a plan's steps.
 *
 * In:  steps in their usual order, with and without reasons to wait.   Out: the same steps, sorted.
 * Always the first step that may run is taken, so a step without reasons never moves. Nothing here
 * knows SQL, or why a plan was made.
 */
#include "base/common.h"

#include "compiler/plan/order/order_internal.h"
#include "compiler/plan/order/order_repair.h"

/* --- cycles ------------------------------------------------------------------------------------
 */

/* When nothing may run and not everything has, there is one. */
static Node *first_waiting(OrderCx *cx)
{
    size_t *i = &cx->passed; /* no step waits again */
    while (cx->nodes[*i].done || cx->nodes[*i].waits_for == 0) {
        ++*i;
    }
    return &cx->nodes[*i];
}

static bool is_waited_for(const Node *node, size_t by)
{
    vec_each(const size_t, at, &node->waiting) {
        if (*at == by) {
            return true;
        }
    }
    vec_each(const Heir, at, &node->heirs) {
        if (at->node == by) {
            return true;
        }
    }
    return false;
}

/* A step that has not run and that the node waits for: when nothing may run, each has one. */
static size_t waits_for_which(const OrderCx *cx, size_t node)
{
    size_t i = 0;
    while (cx->nodes[i].done || !is_waited_for(&cx->nodes[i], node)) {
        i++;
    }
    return i;
}

/* The members of a circle, each with the one it waits for behind it. */
static const char *describe_circle(const OrderCx *cx, size_t start)
{
    bool *seen = arena_array(cx->scratch, bool, cx->total);
    size_t node = start;
    for (; !seen[node]; node = waits_for_which(cx, node)) {
        seen[node] = true;
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    size_t at = node;
    do {
        if (cx->nodes[at].step != NULL) {
            strbuf_add(&out, out.len == 0 ? "" : ", ");
            order_describe_step(&out, cx->nodes[at].step);
        }
        at = waits_for_which(cx, at);
    } while (at != node);
    return strbuf_take(&out, cx->plan->arena);
}

/* --- sorting -----------------------------------------------------------------------------------
 */

static void release(OrderCx *cx, Node *node);

/* A door is passed as soon as it may be. */
static void let_run(OrderCx *cx, size_t node)
{
    Group *group = order_group_of(cx, node);
    if (node >= cx->count) {
        cx->nodes[node].done = true;
        order_note_done(cx, node);
        release(cx, &cx->nodes[node]);
        return;
    }
    index_heap_push(cx->scratch, &cx->runnable, node);
    if (group != NULL) {
        index_heap_push(cx->scratch, &group->ready, node);
    }
}

static void finish_wait(OrderCx *cx, size_t node)
{
    if (--cx->nodes[node].waits_for == 0) {
        let_run(cx, node);
    }
}

/* Those who wait for the name, or for any name of the node's (NULL), wait no longer. */
static void release_heirs(OrderCx *cx, Node *node, Name name)
{
    size_t kept = 0;
    vec_each(const Heir, at, &node->heirs) {
        if (name == NULL || at->name == name) {
            finish_wait(cx, at->node);
        } else {
            node->heirs.items[kept++] = *at;
        }
    }
    node->heirs.count = kept;
}

static void release(OrderCx *cx, Node *node)
{
    release_heirs(cx, node, NULL);
    vec_each(size_t, at, &node->waiting) {
        finish_wait(cx, *at);
    }
    node->waiting.count = 0;
}

/* Nothing may run: a step is cut in two, or, if none can be, there is no plan. */
static void break_cycle(OrderCx *cx)
{
    Plan *plan = cx->plan;
    Name name;
    Node *node = order_first_repairable(cx, &name);
    if (node != NULL) {
        Step *cut = step_cut(plan->arena, plan->to->names, node->step, name);
        vec_push(plan->arena, &plan->steps, cut);
        release_heirs(cx, node, name);
        return;
    }
    node = first_waiting(cx);
    if (plan->circle == NULL) {
        plan->circle = describe_circle(cx, (size_t)(node - cx->nodes));
    }
    node->waits_for = 0;
    let_run(cx, (size_t)(node - cx->nodes));
}

/* The least that may run, of the open group as long as it has one. */
static Node *next_node(OrderCx *cx)
{
    Group *open = cx->open;
    IndexHeap *heap = open != NULL && open->ready.count > 0 ? &open->ready : &cx->runnable;
    const size_t node = index_heap_pop(heap);
    if (heap == &cx->runnable && !cx->nodes[node].done) {
        cx->open = order_group_of(cx, node);
    }
    return &cx->nodes[node];
}

static void run(OrderCx *cx)
{
    for (size_t i = 0; i < cx->total; i++) {
        if (cx->nodes[i].waits_for == 0 && !cx->nodes[i].done) {
            let_run(cx, i);
        }
    }
    for (size_t finished = 0; finished < cx->count;) {
        if (cx->runnable.count == 0) {
            break_cycle(cx);
            continue;
        }
        Node *node = next_node(cx);
        if (node->done) {
            continue;
        }
        node->done = true;
        finished++;
        vec_push(cx->plan->arena, &cx->plan->steps, node->step);
        order_note_done(cx, (size_t)(node - cx->nodes));
        release(cx, node);
    }
}

/* Steps of one phase. */
static void order_stretch(Plan *plan, Step *const *steps, size_t count)
{
    OrderCx cx = {.plan = plan, .scratch = arena_new(), .count = count, .total = count};
    const size_t most = order_most_groups(steps, count);
    cx.nodes = arena_array(cx.scratch, Node, count + 2 * most);
    for (size_t i = 0; i < count; i++) {
        cx.nodes[i].step = steps[i];
    }
    order_find_groups(&cx, most);
    order_find_edges(&cx);
    run(&cx);
    arena_free(cx.scratch);
}

void order_steps(Plan *plan)
{
    const StepList steps = plan->steps;
    plan->steps = (StepList){0};
    for (size_t first = 0, end; first < steps.count; first = end) {
        for (end = first + 1;
             end < steps.count && steps.items[end]->phase == steps.items[first]->phase; end++) {
        }
        order_stretch(plan, steps.items + first, end - first);
    }
}
