/*
 * relations.c - which two fields are one relation.
 *
 * In: fields with resolved types and read attributes. Out: program->relations, join tables in the
 * order of their first fields. Linear: candidates are found by the pair of models.
 */
#include "base/common.h"

#include "compiler/schema/resolve/relations.h"

/* The groups of one model and one target. */
typedef struct GroupsOfPair {
    RelationGroup *unnamed;
    Map named;
} GroupsOfPair;

typedef struct PairCx {
    Program *program;
    Map groups;
} PairCx;

RelationGroup *relation_group(const Map *groups, const Model *model, const Model *target, Name name)
{
    const GroupsOfPair *pair = map_get2(groups, model->name, target->name);
    if (pair == NULL) {
        return NULL;
    }
    return name == NULL ? pair->unnamed : map_get(&pair->named, name);
}

static void add_to_group(Arena *arena, Map *groups, Field *field)
{
    Name model = field->model->name;
    Name target = field->target->name;
    Name name = field->args->name;
    GroupsOfPair *pair = map_get2(groups, model, target);
    if (pair == NULL) {
        pair = arena_make(arena, GroupsOfPair);
        map_put2(arena, groups, model, target, pair);
    }
    RelationGroup *group = name == NULL ? pair->unnamed : map_get(&pair->named, name);
    if (group == NULL) {
        group = arena_make(arena, RelationGroup);
        if (name == NULL) {
            pair->unnamed = group;
        } else {
            map_put(arena, &pair->named, name, group);
        }
    }
    vec_push(arena, &group->fields, field);
}

Map relation_groups(const Program *program)
{
    Map groups = {0};
    vec_each(Model *const, model, &program->models) {
        vec_each(Field *const, field, &(*model)->relation_fields) {
            add_to_group(program->arena, &groups, *field);
        }
    }
    return groups;
}

/* --- what stands in the way of a pair --- */

static void report_missing_opposite(Program *program, const Field *field)
{
    const Model *target = field->target;
    if (target->ast->damaged) {
        return; /* the other field may be on a line the parser gave up */
    }
    Diagnostic *diagnostic =
        diag_report(program->diags, DIAG_RELATION_NO_OPPOSITE, field->ast->span, field->name->text,
                    target->name->text, field->model->name->text, target->name->text);
    diag_note(program->diags, diagnostic, target->ast->name.span, "it has no field of type `%s`%s",
              field->model->name->text,
              field->args->name == NULL ? "" : " with this relation name");
}

static void report_ambiguous(Program *program, const RelationGroup *group)
{
    const Field *first = group->fields.items[0];
    const Field *second = group->fields.items[1];
    Diagnostic *diagnostic =
        diag_report(program->diags, DIAG_RELATION_AMBIGUOUS, first->ast->span, first->name->text,
                    second->name->text, first->target->name->text);
    diagnostic->stage = STAGE_MODELS;
    diag_note(program->diags, diagnostic, second->ast->span, "the other field");
}

static void report_self_too_many(Program *program, const RelationGroup *group)
{
    const Field *first = group->fields.items[0];
    Diagnostic *diagnostic = diag_report(program->diags, DIAG_RELATION_SELF_MANY, first->ast->span,
                                         first->args->name->text, first->model->name->text);
    diagnostic->stage = STAGE_MODELS;
    for (size_t i = 1; i < group->fields.count; i++) {
        diag_note(program->diags, diagnostic, group->fields.items[i]->ast->span, "and this field");
    }
}

/* The field of the same model that is the other side, reporting at the group's first field. */
static Field *self_opposite(Program *program, const Field *field, const RelationGroup *group)
{
    const Field *first = group->fields.items[0];
    if (group->fields.count == 1) {
        report_missing_opposite(program, field);
        return NULL;
    }
    if (group->fields.count == 2 && field->args->name != NULL) {
        return field == first ? group->fields.items[1] : group->fields.items[0];
    }
    if (field == first && field->args->name == NULL) {
        report_ambiguous(program, group);
    } else if (field == first) {
        report_self_too_many(program, group);
    }
    return NULL;
}

/* What the relation between two models is called where nobody names it. */
static Name default_name(const Program *program, const Model *a, const Model *b)
{
    const bool a_first = name_compare(a->name, b->name) <= 0;
    return intern_printf(program->names, "%sTo%s", (a_first ? a : b)->name->text,
                         (a_first ? b : a)->name->text);
}

/* A relation without a name beside one that bears the name it would have: they would be one. */
static bool default_name_is_taken(const PairCx *cx, const Field *field, const RelationGroup *own)
{
    Program *program = cx->program;
    if (field->args->name != NULL) {
        return false;
    }
    const RelationGroup *named = relation_group(&cx->groups, field->model, field->target,
                                                default_name(program, field->model, field->target));
    if (named == NULL) {
        return false;
    }
    if (own->fields.items[0] == field) {
        const Field *other = named->fields.items[0];
        const bool first = field->ast->span.start < other->ast->span.start;
        RelationGroup both = {0};
        vec_push(program->arena, &both.fields, (Field *)(uintptr_t)(first ? field : other));
        vec_push(program->arena, &both.fields, (Field *)(uintptr_t)(first ? other : field));
        report_ambiguous(program, &both);
    }
    return true;
}

static Field *find_opposite(const PairCx *cx, const Field *field)
{
    Program *program = cx->program;
    Name name = field->args->name;
    const RelationGroup *own = relation_group(&cx->groups, field->model, field->target, name);
    if (field->target != field->model && default_name_is_taken(cx, field, own)) {
        return NULL;
    }
    if (field->target == field->model) {
        return self_opposite(program, field, own);
    }
    if (own->fields.count > 1) {
        if (own->fields.items[0] == field) {
            report_ambiguous(program, own);
        }
        return NULL;
    }
    const RelationGroup *other = relation_group(&cx->groups, field->target, field->model, name);
    if (other == NULL) {
        report_missing_opposite(program, field);
        return NULL;
    }
    return other->fields.count == 1 ? other->fields.items[0] : NULL;
}

/* --- pairs --- */

static RelationKind kind_of_pair(const Field *a, const Field *b)
{
    bool a_list = a->arity == AST_LIST;
    bool b_list = b->arity == AST_LIST;
    if (a_list && b_list) {
        return RELATION_MANY_TO_MANY;
    }
    return a_list || b_list ? RELATION_ONE_TO_MANY : RELATION_ONE_TO_ONE;
}

Name relation_client_name(const Program *program, const Relation *relation)
{
    const Field *a = relation->owner;
    const Field *b = relation->back;
    if (a->args->name != NULL) {
        return a->args->name;
    }
    return default_name(program, a->model, b->model);
}

/* A pair is met twice, once from each side, and made once: many-to-many from the side of column A,
 * so that join tables stand in the order of those fields. */
static bool field_leads(const Field *field, const Field *opposite)
{
    if (field->relation != NULL) {
        return false;
    }
    if (kind_of_pair(field, opposite) != RELATION_MANY_TO_MANY) {
        return true;
    }
    return field->model == opposite->model ||
           name_compare(field->model->name, opposite->model->name) < 0;
}

static void pair_field(const PairCx *cx, Field *field)
{
    Program *program = cx->program;
    Field *opposite = find_opposite(cx, field);
    if (opposite == NULL || !field_leads(field, opposite)) {
        return;
    }
    Relation *relation = arena_make(program->arena, Relation);
    relation->kind = kind_of_pair(field, opposite);
    relation->owner = field;
    relation->back = opposite;
    field->relation = relation;
    opposite->relation = relation;
    if (field->args->is_broken || opposite->args->is_broken || !relation_check(program, relation)) {
        return;
    }
    if (relation->kind == RELATION_MANY_TO_MANY) {
        relation->name = relation_client_name(program, relation);
    }
    vec_push(program->arena, &program->relations, relation);
}

void relations_pair(Program *program)
{
    PairCx cx = {.program = program, .groups = relation_groups(program)};
    vec_each(Model *const, model, &program->models) {
        vec_each(Field *const, field, &(*model)->relation_fields) {
            pair_field(&cx, *field);
        }
    }
}
