/*
 * relation_checks.c - what the two sides of a relation must say, and what that means.
 *
 * Decides which side stores the reference and fills in the default actions. Rules:
 * docs/language.md, "Relations".
 */
#include "base/common.h"

#include "compiler/schema/resolve/relations.h"

#include "compiler/schema/resolve/values.h"

static Span field_span(const Field *field)
{
    return field->args->attribute != NULL ? field->args->attribute->span : field->ast->span;
}

/* --- keys that fit a list of columns --- */

/* The key's first columns are these, in this order. */
static bool key_starts_with(const Key *key, const FieldList *fields)
{
    if (key == NULL || key->parts.count < fields->count) {
        return false;
    }
    for (size_t i = 0; i < fields->count; i++) {
        if (key->parts.items[i].field != fields->items[i]) {
            return false;
        }
    }
    return true;
}

static bool key_has_fields(const Key *key, const FieldList *fields)
{
    Arena *scratch = arena_new();
    ObjectMap parts = {0};
    vec_each(const KeyPart, at, &key->parts) {
        object_map_put(scratch, &parts, at->field, scratch);
    }
    bool has_all = true;
    vec_each(Field *const, at, fields) {
        has_all = has_all && object_map_get(&parts, *at) != NULL;
    }
    arena_free(scratch);
    return has_all;
}

static bool key_is_set(const Key *key, const FieldList *fields)
{
    return key != NULL && key->parts.count == fields->count &&
           (key_starts_with(key, fields) || (fields->count > 1 && key_has_fields(key, fields)));
}

/* All keys and indexes of blocks that are over these columns are in it. */
static const KeyList *keys_over(const Model *model, const FieldList *fields)
{
    static const KeyList none;
    const KeyList *fewest = NULL;
    vec_each(Field *const, at, fields) {
        const KeyList *keys = object_map_get(&model->keys_over, *at);
        keys = keys == NULL ? &none : keys;
        fewest = fewest == NULL || keys->count < fewest->count ? keys : fewest;
    }
    return fewest == NULL ? &none : fewest;
}

/* An id or unique on exactly these columns, in any order. */
static bool fields_are_criterion(const Model *model, const FieldList *fields)
{
    if (fields->count == 1 && fields->items[0]->unique != NULL) {
        return true;
    }
    if (key_is_set(model->id, fields)) {
        return true;
    }
    vec_each(Key *const, at, keys_over(model, fields)) {
        if ((*at)->kind == KEY_UNIQUE && key_is_set(*at, fields)) {
            return true;
        }
    }
    return false;
}

/* The same with the columns in this order: one-to-one needs that. */
static bool is_key_in_order(const Key *key, const FieldList *fields)
{
    return key != NULL && key->parts.count == fields->count && key_starts_with(key, fields);
}

static bool fields_are_unique(const Model *model, const FieldList *fields)
{
    if (fields->count == 1 && fields->items[0]->unique != NULL) {
        return true;
    }
    if (is_key_in_order(model->id, fields)) {
        return true;
    }
    vec_each(Key *const, at, keys_over(model, fields)) {
        if ((*at)->kind == KEY_UNIQUE && is_key_in_order(*at, fields)) {
            return true;
        }
    }
    return false;
}

/* Some id, unique or index of the model starts with these columns, in this order. */
static bool model_covers(const Model *model, const FieldList *fields)
{
    if ((fields->count == 1 && fields->items[0]->unique != NULL) ||
        key_starts_with(model->id, fields)) {
        return true;
    }
    vec_each(Key *const, at, keys_over(model, fields)) {
        if (key_starts_with(*at, fields)) {
            return true;
        }
    }
    return false;
}

/* --- the side that refers --- */

static bool check_counts(Program *program, const Field *owner)
{
    const RelationArgs *args = owner->args;
    if (args->fields.count == args->references.count) {
        return true;
    }
    diag_report(program->diags, DIAG_RELATION_COUNTS, args->attribute->span,
                diag_number(program->diags, (long long)args->fields.count),
                diag_number(program->diags, (long long)args->references.count));
    return false;
}

static bool types_match(const Field *a, const Field *b)
{
    if (a->kind != b->kind) {
        return false;
    }
    return (a->kind != FIELD_SCALAR || a->scalar == b->scalar) &&
           (a->kind != FIELD_ENUM || a->enum_block == b->enum_block);
}

static const char *type_text(Program *program, const Field *field)
{
    return span_text(program->diags, field->ast->type.span);
}

static bool check_types(Program *program, const Field *owner)
{
    bool ok = true;
    for (size_t i = 0; i < owner->args->fields.count; i++) {
        const Field *from = owner->args->fields.items[i];
        const Field *to = owner->args->references.items[i];
        if (types_match(from, to)) {
            continue;
        }
        Diagnostic *diagnostic = diag_report(
            program->diags, DIAG_RELATION_TYPES, expr_item(owner->args->fields_expr, i)->span,
            from->name->text, type_text(program, from), to->model->name->text, to->name->text,
            type_text(program, to));
        diag_note(program->diags, diagnostic, from->ast->type.span, "its type");
        diag_note(program->diags, diagnostic, to->ast->type.span, "the referenced field's type");
        ok = false;
    }
    return ok;
}

static bool check_references(Program *program, const Field *owner)
{
    const RelationArgs *args = owner->args;
    if (fields_are_criterion(owner->target, &args->references)) {
        return true;
    }
    const Field *first = args->references.items[0];
    Diagnostic *diagnostic = diag_report(
        program->diags, DIAG_RELATION_NOT_UNIQUE, args->references_expr->span,
        span_text(program->diags, args->references_expr->span), owner->target->name->text);
    diag_note(program->diags, diagnostic, first->ast->name.span, "referenced here");
    if (args->references.count == 1) {
        diag_help(program->diags, diagnostic, "add `@unique` to `%s.%s`", owner->target->name->text,
                  first->name->text);
    }
    return false;
}

/* A field that may be NULL makes the relation optional. */
static bool check_optional(Program *program, const Field *owner)
{
    vec_each(Field *const, at, &owner->args->fields) {
        if ((*at)->arity == AST_OPTIONAL && owner->arity == AST_REQUIRED) {
            Diagnostic *diagnostic =
                diag_report(program->diags, DIAG_RELATION_MUST_BE_OPTIONAL, owner->ast->span,
                            owner->name->text, (*at)->name->text, owner->target->name->text);
            diag_note(program->diags, diagnostic, (*at)->ast->type.span, "this may be NULL");
            return false;
        }
    }
    return true;
}

/* --- actions --- */

static const Field *first_required(const FieldList *fields)
{
    vec_each(Field *const, at, fields) {
        if ((*at)->arity == AST_REQUIRED) {
            return *at;
        }
    }
    return NULL;
}

/* SET NULL on a column that cannot be: PostgreSQL will refuse at run time. */
static bool check_set_null(Program *program, const Field *owner, const AstExpr *expr,
                           ForeignKeyAction action)
{
    const Field *required = first_required(&owner->args->fields);
    bool without_keys = program->config->datasource.without_foreign_keys;
    if (expr == NULL || action != ACTION_SET_NULL || required == NULL) {
        return true;
    }
    Diagnostic *diagnostic =
        diag_report(program->diags, without_keys ? DIAG_SET_NULL_REQUIRED : DIAG_SET_NULL_WARNING,
                    expr->span, required->name->text);
    diag_note(program->diags, diagnostic, required->ast->type.span, "never NULL");
    return !without_keys;
}

static bool settle_actions(Program *program, Relation *relation)
{
    const RelationArgs *args = relation->owner->args;
    bool all_optional = first_required(&args->fields) == NULL;
    relation->on_delete = all_optional ? ACTION_SET_NULL : ACTION_RESTRICT;
    relation->on_update = ACTION_CASCADE;
    if (args->on_delete_expr != NULL) {
        relation->on_delete = args->on_delete;
    }
    if (args->on_update_expr != NULL) {
        relation->on_update = args->on_update;
    }
    bool ok = check_set_null(program, relation->owner, args->on_delete_expr, args->on_delete);
    return check_set_null(program, relation->owner, args->on_update_expr, args->on_update) && ok;
}

static void warn_uncovered(Program *program, const Field *owner)
{
    if (!program->config->datasource.without_foreign_keys || owner->model->is_view ||
        model_covers(owner->model, &owner->args->fields)) {
        return;
    }
    diag_report(program->diags, DIAG_RELATION_UNCOVERED, field_span(owner), owner->name->text,
                span_text(program->diags, owner->args->fields_expr->span));
}

/* Everything the referring side must keep, whatever the other side is. */
static bool check_owner(Program *program, Relation *relation)
{
    const Field *owner = relation->owner;
    bool ok = check_counts(program, owner) && check_types(program, owner);
    ok = check_optional(program, owner) && ok;
    ok = ok && check_references(program, owner);
    ok = settle_actions(program, relation) && ok;
    if (ok) {
        warn_uncovered(program, owner);
    }
    return ok;
}

static bool says_columns(const Field *field)
{
    return field->args->fields_expr != NULL || field->args->references_expr != NULL;
}

static bool says_action(const Field *field)
{
    return field->args->on_delete_expr != NULL || field->args->on_update_expr != NULL;
}

static bool require_columns(Program *program, const Field *owner)
{
    const RelationArgs *args = owner->args;
    bool has_fields = args->fields_expr != NULL && args->fields.count > 0;
    bool has_references = args->references_expr != NULL && args->references.count > 0;
    if (has_fields && has_references) {
        return true;
    }
    if (!owner->ast->damaged) {
        diag_report(program->diags, DIAG_RELATION_NEEDS_COLUMNS, field_span(owner),
                    owner->name->text, has_fields ? "references" : "fields",
                    owner->target->name->text);
    }
    return false;
}

static bool refuse_columns(Program *program, const Field *back, const Field *owner)
{
    if (!says_columns(back) && !says_action(back)) {
        return true;
    }
    Diagnostic *diagnostic =
        diag_report(program->diags, DIAG_RELATION_WRONG_SIDE, field_span(back), back->name->text,
                    owner->model->name->text, owner->name->text);
    diag_note(program->diags, diagnostic, owner->ast->span, "the other side");
    return false;
}

/* --- the three kinds --- */

static bool check_one_to_many(Program *program, Relation *relation)
{
    if (relation->owner->arity == AST_LIST) {
        Field *list = relation->owner;
        relation->owner = relation->back;
        relation->back = list;
    }
    bool ok = refuse_columns(program, relation->back, relation->owner);
    return require_columns(program, relation->owner) && check_owner(program, relation) && ok;
}

/* At the side of the model whose name sorts first, as the reference tool has it. */
static void report_no_side(Program *program, const Relation *relation)
{
    bool swap = name_compare(relation->back->model->name, relation->owner->model->name) < 0;
    const Field *first = swap ? relation->back : relation->owner;
    const Field *second = swap ? relation->owner : relation->back;
    Diagnostic *diagnostic =
        diag_report(program->diags, DIAG_RELATION_NO_SIDE, first->ast->span, first->name->text,
                    second->model->name->text, second->name->text);
    diag_note(program->diags, diagnostic, second->ast->span, "the other side");
}

static bool check_one_to_one_sides(Program *program, const Relation *relation)
{
    const Field *owner = relation->owner;
    const Field *back = relation->back;
    if (says_columns(owner) && says_columns(back)) {
        Diagnostic *diagnostic =
            diag_report(program->diags, DIAG_RELATION_BOTH_SIDES, field_span(owner),
                        owner->name->text, back->model->name->text, back->name->text);
        diag_note(program->diags, diagnostic, field_span(back), "the other side");
        return false;
    }
    if (!says_columns(owner)) {
        if (owner->ast->damaged || back->ast->damaged) {
            return false;
        }
        report_no_side(program, relation);
        return false;
    }
    return refuse_columns(program, back, owner);
}

static bool check_back_optional(Program *program, const Field *back, const Field *owner)
{
    if (back->arity == AST_OPTIONAL) {
        return true;
    }
    diag_report(program->diags, DIAG_RELATION_BACK_REQUIRED, back->ast->type.span, back->name->text,
                back->target->name->text)
        ->place = owner->ast->span.end;
    return false;
}

static bool check_owner_unique(Program *program, const Field *owner)
{
    const RelationArgs *args = owner->args;
    if (fields_are_unique(owner->model, &args->fields)) {
        return true;
    }
    Diagnostic *diagnostic =
        diag_report(program->diags, DIAG_RELATION_OWNER_UNIQUE, field_span(owner),
                    owner->name->text, span_text(program->diags, args->fields_expr->span));
    if (args->fields.count == 1) {
        diag_note(program->diags, diagnostic, args->fields.items[0]->ast->name.span,
                  "add `@unique` here");
    }
    return false;
}

static bool check_one_to_one(Program *program, Relation *relation)
{
    if (!says_columns(relation->owner) && says_columns(relation->back)) {
        Field *other = relation->owner;
        relation->owner = relation->back;
        relation->back = other;
    }
    if (!check_one_to_one_sides(program, relation) || !require_columns(program, relation->owner)) {
        return false;
    }
    bool ok = check_owner(program, relation);
    ok = ok && check_owner_unique(program, relation->owner);
    return check_back_optional(program, relation->back, relation->owner) && ok;
}

static bool check_join_side(Program *program, const Field *field)
{
    const Model *target = field->target;
    if (says_columns(field) || says_action(field)) {
        diag_report(program->diags, DIAG_JOIN_ARGUMENTS, field_span(field), field->name->text,
                    target->name->text);
        return false;
    }
    if (target->is_view || field->model->is_view) {
        diag_report(program->diags, DIAG_JOIN_VIEW, field->ast->span, field->name->text);
        return false;
    }
    if (target->id == NULL || target->id->parts.count != 1) {
        Diagnostic *diagnostic = diag_report(program->diags, DIAG_JOIN_NEEDS_ID, field->ast->span,
                                             field->name->text, target->name->text);
        diag_note(program->diags, diagnostic,
                  target->id == NULL ? target->ast->name.span : target->id->attribute->span,
                  target->id == NULL ? "it has no `@id`" : "its id has several fields");
        return false;
    }
    return true;
}

static bool check_many_to_many(Program *program, const Relation *relation)
{
    bool ok = check_join_side(program, relation->owner);
    return check_join_side(program, relation->back) && ok;
}

bool relation_check(Program *program, Relation *relation)
{
    switch (relation->kind) {
    case RELATION_ONE_TO_ONE:
        return check_one_to_one(program, relation);
    case RELATION_ONE_TO_MANY:
        return check_one_to_many(program, relation);
    case RELATION_MANY_TO_MANY:
        return check_many_to_many(program, relation);
    }
    unreachable();
}
