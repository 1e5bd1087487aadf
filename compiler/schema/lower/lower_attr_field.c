/*
 * lower_attr_field.c - attributes of a field: @id, @unique, @map, @updatedAt, @ignore.
 * `@default` is in defaults.c, `@relation` in lower_attr_relation.c, `@db.X` in
 * lower_attr_native.c.
 */
#include "base/common.h"

#include "compiler/schema/lower/lower_attr.h"

#include "compiler/schema/resolve/values.h"

/* --- @id, @unique --- */

static Key *field_key(const AttrCx *cx, KeyKind kind)
{
    Key *key = key_new(cx, kind, true);
    KeyPart part = {.field = cx->field};
    vec_push(cx->program->arena, &key->parts, part);
    return key;
}

static bool check_id_arity(const AttrCx *cx)
{
    if (cx->field->arity == AST_REQUIRED || cx->model->is_ignored) {
        return true; /* no client is made for an ignored model: nobody needs the id */
    }
    Diagnostic *diagnostic =
        diag_report(cx->diags, DIAG_ID_NOT_REQUIRED, cx->attribute->span, cx->field->name->text);
    diagnostic->place = cx->model->ast->span.end;
    diag_note(cx->diags, diagnostic, cx->field->ast->type.span, "this makes it %s",
              cx->field->arity == AST_LIST ? "a list" : "optional");
    return false;
}

void attr_check_only_id(const AttrCx *cx)
{
    const AstAttribute *first = cx->model->id_attribute;
    cx->model->id_attribute = first == NULL ? cx->attribute : first;
    if (first == NULL) {
        return;
    }
    Diagnostic *diagnostic =
        diag_report(cx->diags, DIAG_ID_TWICE, cx->model->ast->name.span, cx->model->name->text);
    if (cx->field != NULL) {
        diagnostic->place = cx->field->ast->span.start;
    }
    diag_note(cx->diags, diagnostic, first->span, "the first one");
    diag_note(cx->diags, diagnostic, cx->attribute->span, "another one");
}

void attr_field_id(AttrCx *cx)
{
    Name map = NULL;
    bool ok = attr_constraint_name(cx, "map", &map);
    attr_refuse(cx, "sort");
    attr_refuse(cx, "length");
    attr_refuse(cx, "clustered");
    attr_check_only_id(cx);
    ok = check_id_arity(cx) && ok;
    if (ok && cx->model->id == NULL) {
        Key *key = field_key(cx, KEY_ID);
        key->map = map;
        cx->field->id = key;
        cx->model->id = key;
    }
}

void attr_field_unique(AttrCx *cx)
{
    Key *key = field_key(cx, KEY_UNIQUE);
    const AstExpr *sort = attr_arg(cx, "sort");
    bool ok = attr_constraint_name(cx, "map", &key->map);
    attr_refuse(cx, "length");
    attr_refuse(cx, "clustered");
    ok = (sort == NULL || attr_read_sort(cx->diags, sort, &key->parts.items[0].sort)) && ok;
    ok = attr_read_where(cx, key) && ok;
    if (ok) {
        cx->field->unique = key;
    }
}

/* --- the rest --- */

/* The field that has this database name already: by its own `@map`, or as the name it still has. A
 * field later renamed by its `@map` counts as not renamed: so does the reference tool. */
static const Field *column_taken_by(const AttrCx *cx, Name column)
{
    const Field *mapped = map_get(&cx->model->columns_by_map, column);
    const Field *named = model_find_field(cx->model, column);
    if (mapped != NULL) {
        return mapped;
    }
    bool other = named != NULL && named != cx->field && named->kind != FIELD_RELATION;
    return other && named->map_attribute == NULL ? named : NULL;
}

static void report_taken(AttrCx *cx, const Field *taken)
{
    Diagnostic *diagnostic = diag_report(cx->diags, DIAG_COLUMN_TWICE, cx->attribute->span,
                                         cx->field->column->text, cx->model->name->text);
    diag_note(cx->diags, diagnostic, taken->ast->span, "used here");
    if (taken->map_attribute == NULL && ast_has_attribute(&taken->ast->attributes, "map")) {
        diag_help(cx->diags, diagnostic,
                  "`%s` gets its own column name only further down: put it above `%s`",
                  taken->name->text, cx->field->name->text);
    }
}

void attr_field_map(AttrCx *cx)
{
    Field *field = cx->field;
    if (!attr_string(cx, "name", &field->column)) {
        return;
    }
    const Field *taken = column_taken_by(cx, field->column);
    if (taken != NULL) {
        report_taken(cx, taken);
    }
    field->map_attribute = cx->attribute;
    map_put(cx->program->arena, &cx->model->columns_by_map, field->column, field);
}

void attr_field_updated_at(AttrCx *cx)
{
    const Field *field = cx->field;
    bool is_datetime = field->kind == FIELD_SCALAR && field->scalar == SCALAR_DATETIME;
    if (!is_datetime || field->arity == AST_LIST) {
        Diagnostic *diagnostic =
            diag_report(cx->diags, DIAG_UPDATED_AT_TYPE, cx->attribute->span, field->name->text);
        diag_note(cx->diags, diagnostic, field->ast->type.span, "its type");
        return;
    }
    cx->field->updated_at = cx->attribute;
    if (cx->field->client_default == CLIENT_DEFAULT_NONE) {
        cx->field->client_default = CLIENT_DEFAULT_UPDATED_AT;
    }
}

void attr_field_ignore(AttrCx *cx)
{
    if (cx->field->kind == FIELD_UNSUPPORTED) {
        diag_report(cx->diags, DIAG_IGNORE_UNSUPPORTED, cx->attribute->span, cx->field->name->text);
        return;
    }
    cx->field->ignore_attribute = cx->attribute;
}
