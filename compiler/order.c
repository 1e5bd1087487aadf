/*
 * order.c - a stable topological order of a plan's steps.
 *
 * In:  steps in their usual order, with and without reasons to wait.   Out: the same steps, sorted.
 * Always the first step that may run is taken, so a step without reasons never moves. Nothing here
 * knows SQL, or why a plan was made.
 */
#include "base/common.h"

#include "compiler/order.h"

#include "compiler/index_heap.h"
#include "compiler/order_repair.h"

/* A node that waits until a name is free. */
typedef struct Heir {
    size_t node;
    Name name;
} Heir;

/* One node per step, in the usual order. */
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

static void wait_for_name(OrderCx *cx, Node *node, Node *holder, Name name)
{
    if (holder == NULL || holder == node) {
        return;
    }
    const Heir heir = {(size_t)(node - cx->nodes), name};
    vec_push(cx->arena, &holder->heirs, heir);
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
        } else if (clause->kind == CLAUSE_DROP_COLUMN || clause->kind == CLAUSE_RECREATE_COLUMN) {
            map_put2(cx->arena, &cx->columns, table_of(step)->name, clause->before->name, node);
        }
    }
}

/* Which names does the step give back? A table is a type too. */
static void note_freed(OrderCx *cx, Node *node)
{
    const Step *step = node->step;
    const Subject *before = &step->before;
    if (step->kind == STEP_DROP_TABLE) {
        frees_table(cx, node, before->table);
        map_put2(cx->arena, &cx->types, before->table->schema, before->table->name, node);
    } else if (step->kind == STEP_RENAME_TABLE) {
        map_put2(cx->arena, &cx->relations, before->table->schema, before->table->name, node);
        map_put2(cx->arena, &cx->types, before->table->schema, before->table->name, node);
    } else if (step->kind == STEP_DROP_ENUM || step->kind == STEP_RENAME_ENUM) {
        map_put2(cx->arena, &cx->types, before->enum_type->schema, before->enum_type->name, node);
    } else if (step->kind == STEP_RENAME_COLUMN) {
        map_put2(cx->arena, &cx->columns, table_of(step)->name, before->column->name, node);
    } else if (step->kind == STEP_DROP_INDEX || step->kind == STEP_DROP_INDEX_ONLINE ||
               step->kind == STEP_RENAME_INDEX) {
        map_put2(cx->arena, &cx->relations, table_of(step)->schema, before->index->name, node);
    } else if (step->kind == STEP_DROP_FOREIGN_KEY || step->kind == STEP_RENAME_FOREIGN_KEY) {
        map_put2(cx->arena, &cx->constraints, table_of(step)->name, before->foreign_key->name,
                 node);
    } else if (step->kind == STEP_ALTER_TABLE) {
        frees_of_clauses(cx, node);
    }
}

static void list_add(OrderCx *cx, Map *lists, const Table *table, Node *node)
{
    NodeList *list = map_get2(lists, table->schema, table->name);
    if (list == NULL) {
        list = arena_make(cx->arena, NodeList);
        map_put2(cx->arena, lists, table->schema, table->name, list);
    }
    vec_push(cx->arena, list, node);
}

static void note_made(OrderCx *cx, Node *node)
{
    const Step *step = node->step;
    const Table *table = table_of(step);
    if (step->kind == STEP_CREATE_TABLE || step->kind == STEP_ALTER_TABLE) {
        map_put2(cx->arena, &cx->altered, table->schema, table->name, node);
    } else if (step->kind == STEP_RENAME_TABLE || step->kind == STEP_RENAME_COLUMN) {
        list_add(cx, &cx->renamed, table, node);
    } else if (step->after.enum_type != NULL) {
        const EnumType *type = step->after.enum_type;
        wait_for(cx, node, map_get2(&cx->enums, type->schema, type->name));
        map_put2(cx->arena, &cx->enums, type->schema, type->name, node);
    } else if (step->kind == STEP_CREATE_INDEX && step->after.index->kind == INDEX_UNIQUE) {
        wait_for(cx, node, map_get2(&cx->uniques, table->schema, table->name));
        map_put2(cx->arena, &cx->uniques, table->schema, table->name, node);
    }
}

static void takes(OrderCx *cx, Node *node, Name schema, Name name)
{
    wait_for_name(cx, node, map_get2(&cx->relations, schema, name), name);
}

/* A name within the step's table. */
static void takes_of_table(OrderCx *cx, const Map *holders, Node *node, Name name)
{
    wait_for_name(cx, node, map_get2(holders, table_of(node->step)->name, name), name);
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

/* --- foreign keys: they are gone before what they rest on changes -------------------------------
 */

static void note_released(OrderCx *cx, Node *node)
{
    if (node->step->kind != STEP_DROP_FOREIGN_KEY) {
        return;
    }
    const Table *table = node->step->before.foreign_key->referenced;
    list_add(cx, &cx->released, table, node);
}

static void wait_for_release(OrderCx *cx, Node *node)
{
    const Step *step = node->step;
    const Table *table = step->before.table;
    if (table == NULL || (step->kind != STEP_ALTER_TABLE && step->kind != STEP_DROP_INDEX &&
                          step->kind != STEP_DROP_TABLE)) {
        return;
    }
    const NodeList *drops = map_get2(&cx->released, table->schema, table->name);
    for (size_t i = 0; drops != NULL && i < drops->count; i++) {
        wait_for(cx, node, drops->items[i]);
    }
}

/* --- types: enums wait for nobody but their name, columns wait for their enums ---------------- */

static void wait_for_type_of(OrderCx *cx, Node *node, const Column *column)
{
    if (column != NULL && column->type.id == TYPE_ENUM) {
        const EnumType *type = column->type.enum_type;
        wait_for(cx, node, map_get2(&cx->enums, type->schema, type->name));
    }
}

static void takes_type(OrderCx *cx, Node *node, Name schema, Name name)
{
    wait_for_name(cx, node, map_get2(&cx->types, schema, name), name);
}

/* An enum is built anew when the tables that go are gone, and their columns of it with them; before
 * the others change. */
static void takes_turns_with_rebuilds(OrderCx *cx, Node *node)
{
    vec_each(Column *, at, &node->step->before.table->columns) {
        if ((*at)->type.id != TYPE_ENUM) {
            continue;
        }
        const EnumType *type = (*at)->type.enum_type;
        Node *rebuild = map_get2(&cx->enums, type->schema, type->name);
        if (rebuild == NULL || rebuild->step->kind != STEP_REBUILD_ENUM) {
            continue;
        }
        if (node->step->kind == STEP_DROP_TABLE) {
            wait_for(cx, rebuild, node);
        } else {
            wait_for(cx, node, rebuild);
        }
    }
}

/* An enum goes when no column is of it any more. */
static void holds_types_of(OrderCx *cx, Node *node, const Table *before)
{
    vec_each(Column *, at, &before->columns) {
        if ((*at)->type.id == TYPE_ENUM) {
            const EnumType *type = (*at)->type.enum_type;
            Node *drop = map_get2(&cx->types, type->schema, type->name);
            if (drop != NULL && drop->step->kind == STEP_DROP_ENUM) {
                wait_for(cx, drop, node);
            }
        }
    }
}

static void wait_for_types(OrderCx *cx, Node *node)
{
    const Step *step = node->step;
    const Table *after = step->after.table;
    if (step->kind == STEP_CREATE_TABLE) {
        takes_type(cx, node, after->schema, after->name);
        vec_each(Column *, at, &after->columns) {
            wait_for_type_of(cx, node, *at);
        }
    } else if (step->kind == STEP_RENAME_TABLE) {
        takes_type(cx, node, after->schema, after->name);
    } else if (step->kind == STEP_CREATE_ENUM || step->kind == STEP_RENAME_ENUM) {
        takes_type(cx, node, step->after.enum_type->schema, step->after.enum_type->name);
    } else if (step->kind == STEP_ALTER_TABLE) {
        vec_each(Clause, clause, &step->clauses) {
            wait_for_type_of(cx, node, clause->after);
        }
    }
    if ((step->kind == STEP_ALTER_TABLE || step->kind == STEP_DROP_TABLE) &&
        step->before.table != NULL) {
        takes_turns_with_rebuilds(cx, node);
        holds_types_of(cx, node, step->before.table);
    }
}

static void wait_for_renames_of(OrderCx *cx, Node *node, const Table *table)
{
    const NodeList *renames = map_get2(&cx->renamed, table->schema, table->name);
    for (size_t i = 0; renames != NULL && i < renames->count; i++) {
        const StepKind kind = renames->items[i]->step->kind;
        if (node->step->kind != STEP_RENAME_COLUMN || kind == STEP_RENAME_TABLE) {
            wait_for(cx, node, renames->items[i]);
        }
    }
}

/* An index is dropped and renamed without a word about its table; what filled columns goes while
 * all names are the old ones. */
static bool needs_no_new_name(const Step *step)
{
    return step->kind == STEP_DROP_FILL_TRIGGER || step->kind == STEP_DROP_INDEX ||
           step->kind == STEP_DROP_INDEX_ONLINE || step->kind == STEP_RENAME_INDEX;
}

/* What speaks of a table or its columns under new names waits until they are called so. */
static void wait_for_new_names(OrderCx *cx, Node *node)
{
    const Step *step = node->step;
    if (step->after.table != NULL && step->kind != STEP_CREATE_TABLE &&
        step->kind != STEP_RENAME_TABLE && !needs_no_new_name(step)) {
        wait_for_renames_of(cx, node, step->after.table);
    }
    if (step->kind == STEP_ADD_FOREIGN_KEY) {
        wait_for_renames_of(cx, node, step->after.foreign_key->referenced);
    }
    if (step->kind == STEP_REBUILD_ENUM) {
        vec_each(Clause, clause, &step->clauses) {
            const Column *column = clause->after != NULL ? clause->after : clause->before;
            wait_for_renames_of(cx, node, column->table);
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
    } else if (step->kind == STEP_RENAME_COLUMN) {
        takes_of_table(cx, &cx->columns, node, step->after.column->name);
    } else if (step->kind == STEP_CREATE_INDEX || step->kind == STEP_RENAME_INDEX) {
        takes(cx, node, table->schema, step->after.index->name);
        wait_for(cx, node, map_get2(&cx->altered, table->schema, table->name));
    } else if (step->kind == STEP_ALTER_TABLE) {
        takes_of_clauses(cx, node);
    } else if (step->kind == STEP_RENAME_FOREIGN_KEY) {
        takes_of_table(cx, &cx->constraints, node, step->after.foreign_key->name);
    } else if (step->kind == STEP_ADD_FOREIGN_KEY) {
        const ForeignKey *key = step->after.foreign_key;
        const Table *other = key->referenced;
        takes_of_table(cx, &cx->constraints, node, key->name);
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

/* --- cycles ------------------------------------------------------------------------------------
 */

/* Does `target` wait for `from`, directly or through others? */
static bool leads_to(const OrderCx *cx, bool *seen, size_t from, size_t target)
{
    const Node *node = &cx->nodes[from];
    if (from == target) {
        return true;
    }
    if (seen[from] || node->done) {
        return false;
    }
    seen[from] = true;
    vec_each(const size_t, at, &node->waiting) {
        if (leads_to(cx, seen, *at, target)) {
            return true;
        }
    }
    vec_each(const Heir, at, &node->heirs) {
        if (leads_to(cx, seen, at->node, target)) {
            return true;
        }
    }
    return false;
}

/* The name that opens the circle if the step gives it away at once; NULL when none does. */
static Name name_that_opens(const OrderCx *cx, const Node *node)
{
    vec_each(const Heir, at, &node->heirs) {
        bool *seen = arena_array(cx->arena, bool, cx->count);
        if (step_can_be_cut(node->step, at->name) &&
            leads_to(cx, seen, at->node, (size_t)(node - cx->nodes))) {
            return at->name;
        }
    }
    return NULL;
}

static Node *first_repairable(const OrderCx *cx, Name *ret_name)
{
    for (size_t i = 0; i < cx->count; i++) {
        Node *node = &cx->nodes[i];
        if (!node->done && node->waits_for > 0 && (*ret_name = name_that_opens(cx, node)) != NULL) {
            return node;
        }
    }
    return NULL;
}

static Node *first_waiting(const OrderCx *cx)
{
    for (size_t i = 0; i < cx->count; i++) {
        if (!cx->nodes[i].done && cx->nodes[i].waits_for > 0) {
            return &cx->nodes[i];
        }
    }
    return NULL;
}

/* --- sorting -----------------------------------------------------------------------------------
 */

static void finish_wait(OrderCx *cx, size_t node)
{
    if (--cx->nodes[node].waits_for == 0) {
        index_heap_push(cx->arena, &cx->runnable, node);
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

/* What follows speaks of a column by the name it has in between. */
static void tell_the_others(OrderCx *cx, const Step *cut)
{
    for (size_t i = 0; i < cx->count && cut->kind == STEP_RENAME_COLUMN; i++) {
        if (!cx->nodes[i].done && cx->nodes[i].step->kind == STEP_REBUILD_ENUM) {
            step_follow_cut(cx->arena, cx->nodes[i].step, cut);
        }
    }
}

/* Nothing may run: a step is cut in two, or, if none can be, the usual order decides. */
static void break_cycle(OrderCx *cx, Plan *plan)
{
    Name name;
    Node *node = first_repairable(cx, &name);
    if (node != NULL) {
        Step *cut = step_cut(plan->arena, cx->names, node->step, name);
        vec_push(plan->arena, &plan->steps, cut);
        tell_the_others(cx, cut);
        release_heirs(cx, node, name);
        return;
    }
    node = first_waiting(cx);
    node->waits_for = 0;
    index_heap_push(cx->arena, &cx->runnable, (size_t)(node - cx->nodes));
}

static void run(OrderCx *cx, Plan *plan)
{
    for (size_t i = 0; i < cx->count; i++) {
        if (cx->nodes[i].waits_for == 0) {
            index_heap_push(cx->arena, &cx->runnable, i);
        }
    }
    for (size_t finished = 0; finished < cx->count;) {
        if (cx->runnable.count == 0) {
            break_cycle(cx, plan);
            continue;
        }
        Node *node = &cx->nodes[index_heap_pop(&cx->runnable)];
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
        note_released(&cx, &cx.nodes[i]);
    }
    for (size_t i = 0; i < cx.count; i++) {
        wait_for_needs(&cx, &cx.nodes[i]);
        wait_for_types(&cx, &cx.nodes[i]);
        wait_for_new_names(&cx, &cx.nodes[i]);
        wait_for_release(&cx, &cx.nodes[i]);
        wait_as_told(&cx, &cx.nodes[i]);
    }
    plan->steps.count = first;
    run(&cx, plan);
}
