/*
 * relation_cycles.c - without foreign keys the client program carries out actions, and must not do
 * so in circles.
 *
 * A relation leads on when an action of it changes rows: all but Restrict do. Where such relations
 * lead from a model back to itself, one of them has to stop. Models that reach each other are found
 * in one walk over the graph of models (Tarjan's strongly connected components).
 */
#include "base/common.h"

#include "compiler/schema/check/checks.h"

typedef struct CycleNode CycleNode;

struct CycleNode {
    const Model *model;
    VEC(const Relation *) relations; /* that lead on from here */
    size_t next;                     /* of relations, the one to follow */
    unsigned number, lowest;         /* in order of the walk; 0: not met */
    unsigned group;                  /* nodes that reach each other; 0: not settled */
    bool reported;                   /* of the group's last node: one report for all of them */
    const Relation *came_by;         /* of a search for the way back */
    unsigned search;
};

typedef VEC(CycleNode *) CycleNodeList;

typedef struct CycleCx {
    Program *program;
    Map nodes; /* model's name -> CycleNode */
    CycleNodeList list, path, open;
    CycleNodeList lasts; /* by group, from 1: the node at which it was settled */
    unsigned numbers, groups, searches;
} CycleCx;

/* --- the graph --- */

static bool leads_on(const Relation *relation)
{
    return relation->kind != RELATION_MANY_TO_MANY &&
           (relation->on_delete != ACTION_RESTRICT || relation->on_update != ACTION_RESTRICT);
}

static CycleNode *node_of(CycleCx *cx, const Model *model)
{
    CycleNode *node = map_get(&cx->nodes, model->name);
    if (node == NULL) {
        node = arena_make(cx->program->arena, CycleNode);
        node->model = model;
        map_put(cx->program->arena, &cx->nodes, model->name, node);
        vec_push(cx->program->arena, &cx->list, node);
    }
    return node;
}

static void add_relations(CycleCx *cx)
{
    vec_each(Relation *const, at, &cx->program->relations) {
        if (leads_on(*at)) {
            CycleNode *node = node_of(cx, (*at)->owner->model);
            (void)node_of(cx, (*at)->back->model);
            vec_push(cx->program->arena, &node->relations, *at);
        }
    }
}

/* --- the walk --- */

static void enter(CycleCx *cx, CycleNode *node)
{
    node->number = node->lowest = ++cx->numbers;
    vec_push(cx->program->arena, &cx->path, node);
    vec_push(cx->program->arena, &cx->open, node);
}

static void lower_to(CycleNode *node, unsigned number)
{
    node->lowest = number < node->lowest ? number : node->lowest;
}

/* All that is open behind `node` reaches it and is reached from it. */
static void settle_group(CycleCx *cx, CycleNode *node)
{
    const CycleNode *last = NULL;
    cx->groups++;
    vec_push(cx->program->arena, &cx->lasts, node);
    while (last != node) {
        CycleNode *member = vec_last(&cx->open);
        cx->open.count--;
        member->group = cx->groups;
        last = member;
    }
}

static void leave(CycleCx *cx, CycleNode *node)
{
    cx->path.count--;
    if (cx->path.count > 0) {
        lower_to(vec_last(&cx->path), node->lowest);
    }
    if (node->lowest == node->number) {
        settle_group(cx, node);
    }
}

static void walk_from(CycleCx *cx, CycleNode *start)
{
    enter(cx, start);
    while (cx->path.count > 0) {
        CycleNode *node = vec_last(&cx->path);
        if (node->next == node->relations.count) {
            leave(cx, node);
            continue;
        }
        CycleNode *target = node_of(cx, node->relations.items[node->next++]->back->model);
        if (target->number == 0) {
            enter(cx, target);
        } else if (target->group == 0) {
            lower_to(node, target->number);
        }
    }
}

/* --- what is said --- */

static void note_step(Program *program, Diagnostic *diagnostic, const Relation *relation)
{
    diag_note(program->diags, diagnostic, relation->owner->ast->span, "leads on to `%s`",
              relation->back->model->name->text);
}

/* The way back from `target`, backwards from where a search for `relation` arrived. */
static void note_way(CycleCx *cx, Diagnostic *diagnostic, const Relation *relation)
{
    VEC(const Relation *) way = {0};
    const CycleNode *node = node_of(cx, relation->owner->model);
    while (node->model != relation->back->model) {
        vec_push(cx->program->arena, &way, node->came_by);
        node = node_of(cx, node->came_by->owner->model);
    }
    for (size_t i = way.count; i > 0; i--) {
        note_step(cx->program, diagnostic, way.items[i - 1]);
    }
}

/* Breadth first, so that the shortest way is told. */
static void search_way(CycleCx *cx, const Relation *relation)
{
    CycleNodeList queue = {0};
    CycleNode *start = node_of(cx, relation->back->model);
    start->search = ++cx->searches;
    vec_push(cx->program->arena, &queue, start);
    for (size_t i = 0; i < queue.count; i++) {
        vec_each(const Relation *const, at, &queue.items[i]->relations) {
            CycleNode *target = node_of(cx, (*at)->back->model);
            if (target->search != cx->searches && target->group == start->group) {
                target->search = cx->searches;
                target->came_by = *at;
                vec_push(cx->program->arena, &queue, target);
            }
        }
    }
}

static void report_cycle(CycleCx *cx, const Relation *relation)
{
    Program *program = cx->program;
    const Field *owner = relation->owner;
    if (owner->model == relation->back->model) {
        diag_report(program->diags, DIAG_SELF_CYCLE, owner->ast->span, owner->name->text,
                    owner->model->name->text);
        return;
    }
    Diagnostic *diagnostic = diag_report(program->diags, DIAG_RELATION_CYCLE, owner->ast->span,
                                         owner->name->text, owner->model->name->text);
    if (program->diags->errors <= DIAG_LIMIT) {
        search_way(cx, relation);
        note_way(cx, diagnostic, relation);
    }
}

/* A relation of a model with itself is a circle by itself; larger ones are told once. */
static void report_group(CycleCx *cx, const Relation *relation)
{
    const CycleNode *from = node_of(cx, relation->owner->model);
    const CycleNode *to = node_of(cx, relation->back->model);
    CycleNode *last = cx->lasts.items[from->group - 1];
    bool is_self = from == to;
    if (from->group == to->group && (is_self || !last->reported)) {
        report_cycle(cx, relation);
        last->reported = last->reported || !is_self;
    }
}

void check_cycles(Program *program)
{
    CycleCx cx = {.program = program};
    if (!program->config->datasource.without_foreign_keys) {
        return;
    }
    add_relations(&cx);
    for (size_t i = 0; i < cx.list.count; i++) {
        if (cx.list.items[i]->number == 0) {
            walk_from(&cx, cx.list.items[i]);
        }
    }
    vec_each(Relation *const, at, &program->relations) {
        if (leads_on(*at)) {
            report_group(&cx, *at);
        }
    }
}
