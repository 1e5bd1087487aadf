/*
 * order_circles.c - which step opens a circle, when steps wait for each other.
 *
 * In: the graph at a standstill.   Out: the first step that may be cut, and the name it gives away
 * by that.
 *
 * A name opens something where its holder and its heir wait for each other, that is, where they are
 * of one knot (a strongly connected component). Edges only ever go: a knot only ever falls apart,
 * and is looked at again only when one of its steps has been cut; a step that opens nothing never
 * will. So plans that exchange thousands of names take time for each only once.
 */
#include "base/common.h"

#include "compiler/plan/order/order_internal.h"
#include "compiler/plan/order/order_repair.h"

typedef struct Knot {
    const size_t *members; /* NULL: the one node alone, which is in no circle */
    size_t count;
    bool cut; /* one of them: it may have fallen apart */
} Knot;

typedef struct Visit {
    size_t node, edge; /* the next one to follow */
} Visit;

struct Circles {
    size_t *knot_of; /* 0: not told yet */
    VEC(Knot) knots; /* by number, from 1 */
    size_t *renames; /* of tables, not done: by node, which waits for them; by door, behind them */
    bool *held;      /* a candidate that waits for the name of a table */
    IndexHeap candidates;
    /* The search: Tarjan's, without recursion, for circles may be as long as plans are. */
    size_t *number, *low;
    size_t last_number;
    VEC(size_t) open;
    VEC(Visit) path;
};

/* --- knots -------------------------------------------------------------------------------------
 */

/* The node at the end of an edge; false when there is none of this number. */
static bool follow(const Node *node, size_t edge, size_t *ret_node)
{
    const size_t direct = node->waiting.count;
    if (edge < direct) {
        *ret_node = node->waiting.items[edge];
    } else if (edge - direct < node->heirs.count) {
        *ret_node = node->heirs.items[edge - direct].node;
    } else {
        return false;
    }
    return true;
}

static void visit(OrderCx *cx, size_t node)
{
    Circles *circles = cx->circles;
    circles->number[node] = circles->low[node] = ++circles->last_number;
    vec_push(cx->scratch, &circles->open, node);
    vec_push(cx->scratch, &circles->path, (Visit){node, 0});
}

/* The open nodes from this one on are a knot. */
static void tie(OrderCx *cx, size_t node)
{
    Circles *circles = cx->circles;
    size_t first = circles->open.count;
    do {
        first--;
        circles->knot_of[circles->open.items[first]] = circles->knots.count;
    } while (circles->open.items[first] != node);
    const size_t count = circles->open.count - first;
    size_t *members = count == 1 ? NULL : arena_array(cx->scratch, size_t, count);
    for (size_t i = 0; members != NULL && i < count; i++) {
        members[i] = circles->open.items[first + i];
    }
    circles->open.count = first;
    vec_push(cx->scratch, &circles->knots, (Knot){.members = members, .count = count});
}

static void lower(Circles *circles, size_t node, size_t to)
{
    circles->low[node] = to < circles->low[node] ? to : circles->low[node];
}

/* Of what is left of knot `within`, the nodes that can be reached from this one. */
static void search(OrderCx *cx, size_t from, size_t within)
{
    Circles *circles = cx->circles;
    visit(cx, from);
    while (circles->path.count > 0) {
        Visit *at = &vec_last(&circles->path);
        const size_t node = at->node;
        size_t next;
        if (follow(&cx->nodes[node], at->edge++, &next)) {
            if (circles->knot_of[next] != within || cx->nodes[next].done) {
                continue;
            }
            if (circles->number[next] == 0) {
                visit(cx, next);
            } else {
                lower(circles, node, circles->number[next]);
            }
            continue;
        }
        if (circles->low[node] == circles->number[node]) {
            tie(cx, node);
        }
        if (--circles->path.count > 0) {
            lower(circles, vec_last(&circles->path).node, circles->low[node]);
        }
    }
}

static void untie(OrderCx *cx, size_t knot)
{
    Circles *circles = cx->circles;
    const Knot old = circles->knots.items[knot];
    circles->last_number = 0;
    for (size_t i = 0; i < old.count; i++) {
        circles->number[old.members[i]] = 0;
    }
    for (size_t i = 0; i < old.count; i++) {
        const size_t node = old.members[i];
        if (!cx->nodes[node].done && circles->knot_of[node] == knot) {
            search(cx, node, knot);
        }
    }
}

/* --- names of tables ---------------------------------------------------------------------------
 *
 * A step speaks of its table by the new name, and so does its first half: it waits for that name,
 * directly or behind the door of a slot, which is no step.
 */

static bool renames_table(const Node *node)
{
    return node->step != NULL && node->step->kind == STEP_RENAME_TABLE;
}

static void count_renames(OrderCx *cx)
{
    size_t *renames = cx->circles->renames;
    for (size_t i = 0; i < cx->count; i++) {
        const Node *node = &cx->nodes[i];
        if (!node->done && renames_table(node)) {
            vec_each(const size_t, at, &node->waiting) {
                renames[*at]++;
            }
        }
    }
    for (size_t door = cx->first_door; door < cx->total; door++) {
        if (renames[door] > 0) {
            vec_each(const size_t, at, &cx->nodes[door].waiting) {
                renames[*at]++;
            }
        }
    }
}

static void note_renamed(OrderCx *cx, size_t node)
{
    Circles *circles = cx->circles;
    if (--circles->renames[node] == 0 && circles->held[node]) {
        circles->held[node] = false;
        index_heap_push(cx->scratch, &circles->candidates, node);
    }
}

static void note_all_renamed(OrderCx *cx, size_t door)
{
    cx->circles->renames[door] = 0;
    vec_each(const size_t, at, &cx->nodes[door].waiting) {
        note_renamed(cx, *at);
    }
}

void order_note_done(OrderCx *cx, size_t node)
{
    if (cx->circles == NULL) {
        return;
    }
    size_t *renames = cx->circles->renames;
    if (node >= cx->first_door && renames[node] > 0) {
        note_all_renamed(cx, node); /* it is passed before its time */
    }
    if (!renames_table(&cx->nodes[node])) {
        return;
    }
    vec_each(const size_t, at, &cx->nodes[node].waiting) {
        if (*at < cx->first_door) {
            note_renamed(cx, *at);
        } else if (renames[*at] > 0 && --renames[*at] == 0) {
            note_all_renamed(cx, *at);
        }
    }
}

/* --- candidates --------------------------------------------------------------------------------
 */

static void begin(OrderCx *cx)
{
    Circles *circles = cx->circles = arena_make(cx->scratch, Circles);
    circles->knot_of = arena_array(cx->scratch, size_t, cx->total);
    circles->renames = arena_array(cx->scratch, size_t, cx->total);
    circles->held = arena_array(cx->scratch, bool, cx->total);
    circles->number = arena_array(cx->scratch, size_t, cx->total);
    circles->low = arena_array(cx->scratch, size_t, cx->total);
    vec_push(cx->scratch, &circles->knots, (Knot){0});
    count_renames(cx);
    for (size_t i = 0; i < cx->total; i++) {
        if (!cx->nodes[i].done && circles->knot_of[i] == 0) {
            search(cx, i, 0);
        }
    }
    for (size_t i = 0; i < cx->count; i++) {
        if (!cx->nodes[i].done && cx->nodes[i].heirs.count > 0) {
            index_heap_push(cx->scratch, &circles->candidates, i);
        }
    }
}

/* The name that opens a circle if the step gives it away at once; NULL when none does. */
static Name name_that_opens(OrderCx *cx, size_t node)
{
    Circles *circles = cx->circles;
    const size_t knot = circles->knot_of[node];
    if (circles->knots.items[knot].cut) {
        untie(cx, knot);
    }
    const size_t now = circles->knot_of[node];
    vec_each(const Heir, at, &cx->nodes[node].heirs) {
        if (circles->knot_of[at->node] == now && !cx->nodes[at->node].done &&
            step_can_be_cut(cx->nodes[node].step, at->name)) {
            return at->name;
        }
    }
    return NULL;
}

Node *order_first_repairable(OrderCx *cx, Name *ret_name)
{
    if (cx->circles == NULL) {
        begin(cx);
    }
    Circles *circles = cx->circles;
    while (circles->candidates.count > 0) {
        const size_t node = index_heap_pop(&circles->candidates);
        if (cx->nodes[node].done) {
            continue;
        }
        if (circles->renames[node] > 0) {
            circles->held[node] = true;
        } else if ((*ret_name = name_that_opens(cx, node)) != NULL) {
            circles->knots.items[circles->knot_of[node]].cut = true;
            index_heap_push(cx->scratch, &circles->candidates, node); /* it may hold others */
            return &cx->nodes[node];
        }
    }
    return NULL;
}
