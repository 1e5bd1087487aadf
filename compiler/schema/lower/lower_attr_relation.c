/*
 * lower_attr_relation.c - `@relation(...)`: names looked up, actions read. What the two sides of a
 * relation must say together is the business of relations.c.
 */
#include "base/common.h"

#include "compiler/schema/lower/lower_attr.h"

#include "base/diag/suggest.h"
#include "compiler/schema/resolve/values.h"

/* A column of `model`; the model is the field's own for `fields`, its target for `references`. */
static Field *find_column(const AttrCx *cx, const Model *model, const AstExpr *item)
{
    if (item->kind != AST_CONSTANT) {
        expr_wrong_kind(cx->diags, item, "the name of a field");
        return NULL;
    }
    Field *field = model_find_field(model, item->name);
    if (field != NULL && field_is_column(field)) {
        return field;
    }
    if (field != NULL && field->kind == FIELD_BROKEN) {
        return NULL; /* reported */
    }
    if (field != NULL) {
        diag_report(cx->diags, DIAG_RELATION_ON_RELATION, item->span, item->name->text,
                    model->name->text);
        return NULL;
    }
    Suggestion near = suggestion_for(item->name->text);
    vec_each(Field *const, at, &model->fields) {
        if (field_is_column(*at)) {
            suggestion_offer(&near, (*at)->name->text);
        }
    }
    Diagnostic *diagnostic =
        diag_report(cx->diags, DIAG_FIELD_UNKNOWN, item->span, item->name->text, model->name->text);
    diag_note(cx->diags, diagnostic, model->ast->name.span, "the model");
    suggestion_attach(&near, cx->diags, diagnostic);
    return NULL;
}

static bool check_new_column(const AttrCx *cx, Map *seen, const AstExpr *item, Field *field)
{
    const bool is_new = map_get(seen, field->name) == NULL;
    if (is_new) {
        map_put(cx->program->arena, seen, field->name, field);
    } else {
        diag_report(cx->diags, DIAG_PART_TWICE, item->span, field->name->text, attr_title(cx));
    }
    return is_new;
}

static bool read_columns(const AttrCx *cx, const char *argument, const Model *model,
                         const AstExpr **ret_expr, FieldList *ret_fields)
{
    const AstExpr *expr = attr_arg(cx, argument);
    Map seen = {0};
    bool ok = true;
    if (expr == NULL) {
        return true;
    }
    *ret_expr = expr;
    for (size_t i = 0; i < expr_item_count(expr); i++) {
        const AstExpr *item = expr_item(expr, i);
        Field *field = find_column(cx, model, item);
        if (field == NULL || !check_new_column(cx, &seen, item, field)) {
            ok = false;
            continue;
        }
        vec_push(cx->program->arena, ret_fields, field);
    }
    return ok;
}

/* --- actions --- */

static bool find_action(Name name, ForeignKeyAction *ret_action)
{
    static const char *const words[] = {
        [ACTION_NO_ACTION] = "NoAction",     [ACTION_RESTRICT] = "Restrict",
        [ACTION_CASCADE] = "Cascade",        [ACTION_SET_NULL] = "SetNull",
        [ACTION_SET_DEFAULT] = "SetDefault",
    };
    for (size_t i = 0; i < lengthof(words); i++) {
        if (name_is(name, words[i])) {
            *ret_action = (ForeignKeyAction)i;
            return true;
        }
    }
    return false;
}

/* Without foreign keys the client emulates actions, and knows fewer of them. */
static bool action_exists(const AttrCx *cx, ForeignKeyAction action)
{
    return !cx->program->config->datasource.without_foreign_keys ||
           (action != ACTION_NO_ACTION && action != ACTION_SET_DEFAULT);
}

static bool read_action(const AttrCx *cx, const char *argument, const AstExpr **ret_expr,
                        ForeignKeyAction *ret_action)
{
    const AstExpr *expr = attr_arg(cx, argument);
    if (expr == NULL) {
        return true;
    }
    if (expr->kind != AST_CONSTANT || !find_action(expr->name, ret_action)) {
        return expr_wrong_kind(cx->diags, expr,
                               "one of `Cascade`, `Restrict`, `NoAction`, `SetNull`, `SetDefault`");
    }
    if (!action_exists(cx, *ret_action)) {
        diag_report(cx->diags, DIAG_ACTION_WITHOUT_KEYS, expr->span, expr->name->text)->stage =
            STAGE_MODELS;
    }
    *ret_expr = expr;
    return true;
}

static bool read_name(const AttrCx *cx, Name *ret_name)
{
    const AstExpr *expr = attr_arg(cx, "name");
    if (!attr_string(cx, "name", ret_name)) {
        return false;
    }
    if (*ret_name != NULL && (*ret_name)->len == 0) {
        diag_report(cx->diags, DIAG_NAME_EMPTY, expr->span, "name");
        return false;
    }
    return true;
}

void attr_field_relation(AttrCx *cx)
{
    Field *field = cx->field;
    RelationArgs *args = field->args;
    if (field->kind != FIELD_RELATION) {
        Diagnostic *diagnostic =
            diag_report(cx->diags, DIAG_RELATION_ON_COLUMN, cx->attribute->span, field->name->text);
        diag_note(cx->diags, diagnostic, field->ast->type.span, "this is not a model");
        return;
    }
    args->attribute = cx->attribute;
    bool ok = read_name(cx, &args->name);
    ok = attr_constraint_name(cx, "map", &args->map) && ok;
    ok = read_columns(cx, "fields", field->model, &args->fields_expr, &args->fields) && ok;
    ok = read_columns(cx, "references", field->target, &args->references_expr, &args->references) &&
         ok;
    ok = read_action(cx, "onDelete", &args->on_delete_expr, &args->on_delete) && ok;
    ok = read_action(cx, "onUpdate", &args->on_update_expr, &args->on_update) && ok;
    args->is_broken = !ok;
}
