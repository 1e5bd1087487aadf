/*
 * order.c - a stable topological order of a plan's steps.
 *
 * In:  steps in their usual order, with and without reasons to wait.   Out: the same steps, sorted.
 * Always the first step that may run is taken, so a step without reasons never moves. Nothing here
 * knows SQL, or why a plan was made.
 */
#include "base/common.h"

#include "compiler/order.h"

#include <string.h>

/* One node per step, in the usual order. */
typedef struct Node {
    Step *step;
    size_t waits_for;    /* unfinished steps before it */
    VEC(size_t) waiting; /* nodes that wait for it */
    bool done;
} Node;

typedef struct OrderCx {
    Arena *arena;
    Names *names;
    Node *nodes;
    size_t count;
    Map relations;   /* (schema, name) -> Node that frees it: tables, indexes, sequences */
    Map constraints; /* (table, name) -> Node that frees it */
    Map altered;     /* (schema, table) -> Node that makes or alters the table */
    Map uniques;     /* (schema, table) -> Node of the table's last unique index */
    VEC(size_t) heap;
} OrderCx;

/* --- edges -------------------------------------------------------------------------------------
 */

static void wait_for(OrderCx *cx, Node *node, Node *other)
{
    if (other == NULL || other == node) {
        return;
    }
    vec_push(cx->arena, &other->waiting, (size_t)(node - cx->nodes));
    node->waits_for++;
}

static const Table *table_of(const Step *step)
{
    return step->after.table != NULL ? step->after.table : step->before.table;
}

static void frees_table(OrderCx *cx, Node *node, const Table *table)
{
    map_put2(cx->arena, &cx->relations, table->schema, table->name, node);
    if (table->primary_key != NULL) {
        map_put2(cx->arena, &cx->relations, table->schema, table->primary_key->name, node);
    }
    vec_each(Index *, at, &table->indexes) {
        map_put2(cx->arena, &cx->relations, table->schema, (*at)->name, node);
    }
}

static void frees_of_clauses(OrderCx *cx, Node *node)
{
    const Step *step = node->step;
    vec_each(Clause, clause, &step->clauses) {
        if (clause->kind == CLAUSE_DROP_PRIMARY_KEY || clause->kind == CLAUSE_RENAME_PRIMARY_KEY) {
            map_put2(cx->arena, &cx->relations, step->before.table->schema,
                     clause->key_before->name, node);
        }
    }
}

/* Which names does the step give back? */
static void note_freed(OrderCx *cx, Node *node)
{
    const Step *step = node->step;
    const Subject *before = &step->before;
    if (step->kind == STEP_DROP_TABLE) {
        frees_table(cx, node, before->table);
    } else if (step->kind == STEP_RENAME_TABLE) {
        map_put2(cx->arena, &cx->relations, before->table->schema, before->table->name, node);
    } else if (step->kind == STEP_DROP_INDEX || step->kind == STEP_RENAME_INDEX) {
        map_put2(cx->arena, &cx->relations, table_of(step)->schema, before->index->name, node);
    } else if (step->kind == STEP_DROP_FOREIGN_KEY || step->kind == STEP_RENAME_FOREIGN_KEY) {
        map_put2(cx->arena, &cx->constraints, table_of(step)->name, before->foreign_key->name,
                 node);
    } else if (step->kind == STEP_ALTER_TABLE) {
        frees_of_clauses(cx, node);
    }
}

static void note_made(OrderCx *cx, Node *node)
{
    const Step *step = node->step;
    const Table *table = table_of(step);
    if (step->kind == STEP_CREATE_TABLE || step->kind == STEP_ALTER_TABLE) {
        map_put2(cx->arena, &cx->altered, table->schema, table->name, node);
    } else if (step->kind == STEP_CREATE_INDEX && step->after.index->kind == INDEX_UNIQUE) {
        wait_for(cx, node, map_get2(&cx->uniques, table->schema, table->name));
        map_put2(cx->arena, &cx->uniques, table->schema, table->name, node);
    }
}

static void takes(OrderCx *cx, Node *node, Name schema, Name name)
{
    wait_for(cx, node, map_get2(&cx->relations, schema, name));
}

static void takes_of_clauses(OrderCx *cx, Node *node)
{
    const Step *step = node->step;
    vec_each(Clause, clause, &step->clauses) {
        if (clause->kind == CLAUSE_ADD_PRIMARY_KEY || clause->kind == CLAUSE_RENAME_PRIMARY_KEY) {
            takes(cx, node, step->after.table->schema, clause->key_after->name);
        }
    }
}

/* Names a step needs, and what it builds on. */
static void wait_for_needs(OrderCx *cx, Node *node)
{
    const Step *step = node->step;
    const Table *table = table_of(step);
    if (step->kind == STEP_CREATE_TABLE) {
        takes(cx, node, table->schema, table->name);
        if (table->primary_key != NULL) {
            takes(cx, node, table->schema, table->primary_key->name);
        }
    } else if (step->kind == STEP_RENAME_TABLE) {
        takes(cx, node, table->schema, table->name);
    } else if (step->kind == STEP_CREATE_INDEX || step->kind == STEP_RENAME_INDEX) {
        takes(cx, node, table->schema, step->after.index->name);
        wait_for(cx, node, map_get2(&cx->altered, table->schema, table->name));
    } else if (step->kind == STEP_ALTER_TABLE) {
        takes_of_clauses(cx, node);
    } else if (step->kind == STEP_RENAME_FOREIGN_KEY) {
        wait_for(cx, node, map_get2(&cx->constraints, table->name, step->after.foreign_key->name));
    } else if (step->kind == STEP_ADD_FOREIGN_KEY) {
        const ForeignKey *key = step->after.foreign_key;
        const Table *other = key->referenced;
        wait_for(cx, node, map_get2(&cx->constraints, table->name, key->name));
        wait_for(cx, node, map_get2(&cx->altered, table->schema, table->name));
        wait_for(cx, node, map_get2(&cx->altered, other->schema, other->name));
        wait_for(cx, node, map_get2(&cx->uniques, other->schema, other->name));
    }
}

static void wait_as_told(OrderCx *cx, Node *node)
{
    vec_each(const Step *, at, &node->step->after_steps) {
        if ((*at)->id < cx->count && cx->nodes[(*at)->id].step == *at) {
            wait_for(cx, node, &cx->nodes[(*at)->id]);
        }
    }
}

/* --- a heap of the steps that may run, the first in the usual order on top ----------------------
 */

static void heap_push(OrderCx *cx, size_t node)
{
    vec_push(cx->arena, &cx->heap, node);
    size_t at = cx->heap.count - 1;
    while (at > 0 && cx->heap.items[(at - 1) / 2] > cx->heap.items[at]) {
        const size_t parent = (at - 1) / 2, kept = cx->heap.items[at];
        cx->heap.items[at] = cx->heap.items[parent];
        cx->heap.items[parent] = kept;
        at = parent;
    }
}

static size_t heap_pop(OrderCx *cx)
{
    size_t *items = cx->heap.items;
    const size_t top = items[0], count = --cx->heap.count;
    items[0] = items[count];
    for (size_t at = 0;;) {
        size_t least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2; child++) {
            least = child < count && items[child] < items[least] ? child : least;
        }
        if (least == at) {
            return top;
        }
        const size_t kept = items[at];
        items[at] = items[least];
        items[least] = kept;
        at = least;
    }
}

/* --- cycles: renames that wait for each other --------------------------------------------------
 */

static Name name_between(const OrderCx *cx, Name name)
{
    const int kept = name->len > 50 ? 50 : (int)name->len;
    return intern_printf(cx->names, "_bellows_%.*s", kept, name->text);
}

/* Cuts a rename in two; the first half frees the name the others wait for. The second half waits
 * for what the whole one waited for. */
static Step *rename_aside(OrderCx *cx, Node *node)
{
    Step *second = node->step;
    Step *first = arena_make(cx->arena, Step);
    *first = *second;
    if (second->kind == STEP_RENAME_INDEX) {
        Index *between = arena_make(cx->arena, Index);
        *between = *second->before.index;
        between->name = name_between(cx, between->name);
        first->after.index = between;
        second->before.index = between;
    } else {
        ForeignKey *between = arena_make(cx->arena, ForeignKey);
        *between = *second->before.foreign_key;
        between->name = name_between(cx, between->name);
        first->after.foreign_key = between;
        second->before.foreign_key = between;
    }
    return first;
}

static Node *first_waiting(const OrderCx *cx, bool renames_only)
{
    for (size_t i = 0; i < cx->count; i++) {
        const StepKind kind = cx->nodes[i].step->kind;
        if (!cx->nodes[i].done && cx->nodes[i].waits_for > 0 &&
            (!renames_only || kind == STEP_RENAME_INDEX || kind == STEP_RENAME_FOREIGN_KEY)) {
            return &cx->nodes[i];
        }
    }
    return NULL;
}

/* --- sorting -----------------------------------------------------------------------------------
 */

static void release(OrderCx *cx, Node *node)
{
    vec_each(size_t, at, &node->waiting) {
        if (--cx->nodes[*at].waits_for == 0) {
            heap_push(cx, *at);
        }
    }
    node->waiting.count = 0;
}

/* Nothing may run: a rename goes aside, or, if no rename waits, the usual order decides. */
static void break_cycle(OrderCx *cx, Plan *plan)
{
    Node *node = first_waiting(cx, true);
    if (node != NULL) {
        vec_push(plan->arena, &plan->steps, rename_aside(cx, node));
        release(cx, node);
        return;
    }
    node = first_waiting(cx, false);
    node->waits_for = 0;
    heap_push(cx, (size_t)(node - cx->nodes));
}

static void run(OrderCx *cx, Plan *plan)
{
    for (size_t i = 0; i < cx->count; i++) {
        if (cx->nodes[i].waits_for == 0) {
            heap_push(cx, i);
        }
    }
    for (size_t finished = 0; finished < cx->count;) {
        if (cx->heap.count == 0) {
            break_cycle(cx, plan);
            continue;
        }
        Node *node = &cx->nodes[heap_pop(cx)];
        if (node->done) {
            continue;
        }
        node->done = true;
        finished++;
        vec_push(plan->arena, &plan->steps, node->step);
        release(cx, node);
    }
}

void order_steps(Plan *plan, size_t first)
{
    OrderCx cx = {
        .arena = plan->arena, .names = plan->to->names, .count = plan->steps.count - first};
    if (cx.count == 0) {
        return;
    }
    cx.nodes = arena_array(plan->arena, Node, cx.count);
    for (size_t i = 0; i < cx.count; i++) {
        cx.nodes[i].step = plan->steps.items[first + i];
        cx.nodes[i].step->id = (uint32_t)i;
        note_freed(&cx, &cx.nodes[i]);
        note_made(&cx, &cx.nodes[i]);
    }
    for (size_t i = 0; i < cx.count; i++) {
        wait_for_needs(&cx, &cx.nodes[i]);
        wait_as_told(&cx, &cx.nodes[i]);
    }
    plan->steps.count = first;
    run(&cx, plan);
}
