/*
 * check_names.c - names in the database: given or by default, and used once.
 *
 * Ids, uniques and indexes share one namespace per schema, as PostgreSQL has it for relations;
 * foreign keys join it within their table. Tables share one per schema, enums another. Names made
 * for join tables are only warned about: the reference tool does not look at them.
 */
#include "base/common.h"

#include "compiler/schema/check/checks.h"

/* Who has a name: reported at the first when there is another. */
typedef struct NameUse {
    Span span;
    uint32_t place;     /* in the order of what is said */
    const Model *model; /* of a key */
    Diagnostic *diagnostic;
} NameUse;

typedef struct NameCx {
    Program *program;
    Arena *scratch; /* the maps and what is in them */
    Map tables;     /* (schema, name) -> NameUse */
    Map enums;      /* (schema, name) -> NameUse */
    Map keys;       /* (schema, name) -> NameUse */
    Map foreign;    /* (model, name) -> NameUse */
} NameCx;

/* NULL when the name was free, and now is taken; otherwise who has it. */
static NameUse *take_name(NameCx *cx, Map *map, Name scope, Name name, Span span)
{
    NameUse *use = map_get2(map, scope, name);
    if (use == NULL) {
        NameUse *taken = arena_make(cx->scratch, NameUse);
        taken->span = span;
        taken->place = span.start;
        map_put2(cx->scratch, map, scope, name, taken);
    }
    return use;
}

/* --- tables and enums --- */

static void check_table(NameCx *cx, const Model *model)
{
    Span span = model->map_attribute != NULL ? model->map_attribute->span : model->ast->name.span;
    const NameUse *use = take_name(cx, &cx->tables, model->schema, model->table, span);
    if (use == NULL) {
        return;
    }
    bool first_is_mapped = model->map_attribute == NULL;
    Diagnostic *diagnostic = diag_report(cx->program->diags, DIAG_TABLE_TWICE,
                                         first_is_mapped ? use->span : span, model->table->text);
    diagnostic->stage = STAGE_TABLES;
    diag_note(cx->program->diags, diagnostic, first_is_mapped ? span : use->span,
              "and is the name of this one");
}

static void check_enum(NameCx *cx, const EnumBlock *block)
{
    Span span = block->ast->name.span;
    const NameUse *use = take_name(cx, &cx->enums, block->schema, block->type, span);
    if (use == NULL) {
        return;
    }
    Diagnostic *diagnostic =
        diag_report(cx->program->diags, DIAG_ENUM_TYPE_TWICE, span, block->type->text);
    diag_note(cx->program->diags, diagnostic, use->span, "the first one");
}

/* --- constraints --- */

static void report_clash(NameCx *cx, NameUse *use, Name name, Span span)
{
    Diagnostics *diags = cx->program->diags;
    if (use->diagnostic == NULL) {
        use->diagnostic = diag_report(diags, DIAG_CONSTRAINT_TWICE, use->span, name->text);
        use->diagnostic->place = use->place;
    }
    diag_note(diags, use->diagnostic, span, "used again here");
}

/* The id comes before all fields, indexes of the block after them: as the reference tool has it. */
static uint32_t place_of_key(const Key *key)
{
    const AstBlock *block = key->model->ast;
    if (key->kind == KEY_ID) {
        return block->name.span.end;
    }
    return key->on_field ? key->attribute->span.start : block->span.end;
}

static void check_key_name(NameCx *cx, const Key *key)
{
    Span span = key->attribute->span;
    NameUse *use = take_name(cx, &cx->keys, key->model->schema, key->name, span);
    if (use != NULL) {
        report_clash(cx, use, key->name, span);
        return;
    }
    use = map_get2(&cx->keys, key->model->schema, key->name);
    use->model = key->model;
    use->place = place_of_key(key);
}

static Name default_key_name(Program *program, const Key *key)
{
    NameList columns = {0};
    Name column = NULL;
    if (key->kind == KEY_ID) {
        return name_primary_key(program->names, key->model->table);
    }
    if (key->parts.count == 1) { /* by far the most: no allocation */
        column = key->parts.items[0].field->column;
        columns = (NameList){.items = &column, .count = 1};
    } else {
        vec_each(const KeyPart, at, &key->parts) {
            vec_push(program->arena, &columns, at->field->column);
        }
    }
    return key->kind == KEY_UNIQUE ? name_unique(program->names, key->model->table, &columns)
                                   : name_index(program->names, key->model->table, &columns);
}

static void name_key(NameCx *cx, Key *key)
{
    key->name = key->map != NULL ? key->map : default_key_name(cx->program, key);
    if (!key->model->is_view) {
        check_key_name(cx, key);
    }
}

static void name_keys(NameCx *cx, const Model *model)
{
    if (model->id != NULL) {
        name_key(cx, model->id);
    }
    vec_each(Field *const, at, &model->fields) {
        if ((*at)->unique != NULL) {
            name_key(cx, (*at)->unique);
        }
    }
    vec_each(Key *const, at, &model->indexes) {
        name_key(cx, *at);
    }
    vec_each(Key *const, at, &model->uniques) {
        name_key(cx, *at);
    }
}

/* --- foreign keys and join tables --- */

static void check_foreign_name(NameCx *cx, const Relation *relation)
{
    const Model *model = relation->owner->model;
    Name name = relation->foreign_key;
    Span span = relation->owner->args->attribute->span;
    NameUse *key = map_get2(&cx->keys, model->schema, name);
    NameUse *other = take_name(cx, &cx->foreign, model->name, name, span);
    if (key != NULL && key->model == model) {
        report_clash(cx, key, name, span);
    } else if (other != NULL) {
        report_clash(cx, other, name, span);
    }
}

static void name_foreign(NameCx *cx, Relation *relation)
{
    const Field *owner = relation->owner;
    NameList columns = {0};
    relation->foreign_key = owner->args->map;
    if (relation->foreign_key == NULL) {
        vec_each(Field *const, at, &owner->args->fields) {
            vec_push(cx->program->arena, &columns, (*at)->column);
        }
        relation->foreign_key = name_foreign_key(cx->program->names, owner->model->table, &columns);
    }
    if (!owner->model->is_view) {
        check_foreign_name(cx, relation);
    }
}

static void name_join(NameCx *cx, Relation *relation)
{
    const Field *first = relation->owner;
    Name table = name_join_table(cx->program->names, relation->name);
    const NameUse *use = take_name(cx, &cx->tables, first->model->schema, table, first->ast->span);
    if (use != NULL) {
        Diagnostic *diagnostic =
            diag_report(cx->program->diags, DIAG_JOIN_TABLE_TWICE, first->ast->span, table->text);
        diag_note(cx->program->diags, diagnostic, use->span, "the name is taken here");
    }
}

void check_names(Program *program)
{
    NameCx cx = {.program = program, .scratch = arena_new()};
    vec_each(EnumBlock *const, at, &program->enums) {
        check_enum(&cx, *at);
    }
    vec_each(Model *const, at, &program->models) {
        check_table(&cx, *at);
        name_keys(&cx, *at);
    }
    vec_each(Relation *const, at, &program->relations) {
        if ((*at)->kind == RELATION_MANY_TO_MANY) {
            name_join(&cx, *at);
        } else {
            name_foreign(&cx, *at);
        }
    }
    arena_free(cx.scratch);
}
