/*
 * lower_attr_key.c - @@id, @@unique, @@index: lists of fields with their options.
 *
 * Options of a part are written as arguments of the field's name: `[name(sort: Desc)]`. Which types
 * an index can hold is looked at later (index_checks.c), when native types are known.
 */
#include "base/common.h"

#include "compiler/schema/lower/lower_attr.h"

#include <string.h>

#include "base/strbuf.h"
#include "base/diag/suggest.h"
#include "compiler/schema/check/index_ops.h"
#include "compiler/schema/lower/predicate.h"
#include "compiler/schema/resolve/values.h"

Key *key_new(const AttrCx *cx, KeyKind kind, bool on_field)
{
    Key *key = arena_make(cx->program->arena, Key);
    key->kind = kind;
    key->attribute = cx->attribute;
    key->model = cx->model;
    key->on_field = on_field;
    return key;
}

bool attr_read_where(const AttrCx *cx, Key *key)
{
    const AstExpr *where = attr_arg(cx, "where");
    if (where == NULL) {
        return true;
    }
    key->where = where;
    return predicate_check(cx->diags, cx->model, where);
}

/* --- parts --- */

static void suggest_column(const AttrCx *cx, Name wrong, Diagnostic *diagnostic)
{
    Suggestion near = suggestion_for(wrong->text);
    vec_each(Field *const, at, &cx->model->fields) {
        if (field_is_column(*at)) {
            suggestion_offer(&near, (*at)->name->text);
        }
    }
    suggestion_attach(&near, cx->diags, diagnostic);
}

/* The columns a relation field stands for, as a remedy. */
static void suggest_relation_columns(const AttrCx *cx, const Field *field, Diagnostic *diagnostic)
{
    if (field->args->fields.count == 1) {
        diag_help(cx->diags, diagnostic, "use `%s`, the field it is stored in",
                  field->args->fields.items[0]->name->text);
    }
}

static Field *find_part(const AttrCx *cx, const AstExpr *item)
{
    Field *field = model_find_field(cx->model, item->name);
    if (field != NULL && field->kind == FIELD_BROKEN) {
        return NULL; /* reported */
    }
    if (field == NULL) {
        Diagnostic *diagnostic = diag_report(cx->diags, DIAG_FIELD_UNKNOWN, item->span,
                                             item->name->text, cx->model->name->text);
        suggest_column(cx, item->name, diagnostic);
        return NULL;
    }
    if (!field_is_column(field)) {
        Diagnostic *diagnostic = diag_report(cx->diags, DIAG_KEY_ON_RELATION, item->span,
                                             item->name->text, attr_title(cx));
        suggest_relation_columns(cx, field, diagnostic);
        return NULL;
    }
    return field;
}

static bool read_operator_class(const AttrCx *cx, const AstExpr *expr, KeyPart *part)
{
    if (expr->kind == AST_CALL && name_is(expr->name, "raw")) {
        const AstExpr *text = expr->args.count == 1 ? expr->args.items[0].value : NULL;
        part->operator_class_raw = true;
        if (text == NULL || text->kind != AST_STRING) {
            return expr_wrong_kind(cx->diags, expr, "`raw(\"...\")` with one string");
        }
        part->operator_class = text->name->len > 0 ? text->name : NULL;
        return true;
    }
    if (expr->kind != AST_CONSTANT) {
        return expr_wrong_kind(cx->diags, expr, "an operator class or `raw(\"...\")`");
    }
    part->operator_class_expr = expr;
    return operator_class_find(cx->program, expr, &part->operator_class);
}

static bool read_part_sort(const AttrCx *cx, const Key *key, const AstArg *arg, KeyPart *part)
{
    SortOrder sort = SORT_DEFAULT;
    if (!attr_read_sort(cx->diags, arg->value, &sort)) {
        return false;
    }
    if (key->kind == KEY_ID) {
        diag_report(cx->diags, DIAG_ARGUMENT_OTHER_DATABASE, arg->span, "sort")->stage =
            STAGE_MODELS;
    } else if (part->sort == SORT_DEFAULT) { /* the first counts */
        part->sort = sort;
    }
    return true;
}

static bool read_part_class(const AttrCx *cx, const Key *key, const AstArg *arg, KeyPart *part)
{
    KeyPart ignored = {0};
    bool ok = read_operator_class(cx, arg->value, key->kind == KEY_INDEX ? part : &ignored);
    if (ok && key->kind == KEY_ID) { /* likewise */
        diag_report(cx->diags, DIAG_PART_OPTION, arg->span, span_text(cx->diags, arg->span));
    } else if (ok && key->kind == KEY_UNIQUE) {
        diag_report(cx->diags, DIAG_OPS_ONLY_INDEX, arg->span, attr_title(cx))->stage =
            STAGE_MODELS;
    }
    return ok;
}

static bool read_part_option(const AttrCx *cx, const Key *key, const AstArg *arg, KeyPart *part)
{
    Name name = arg->name.name;
    if (arg->value == NULL) {
        return false;
    }
    if (name_is(name, "sort")) {
        return read_part_sort(cx, key, arg, part);
    }
    if (name_is(name, "ops")) {
        return read_part_class(cx, key, arg, part);
    }
    if (name_is(name, "length")) {
        diag_report(cx->diags, DIAG_ARGUMENT_OTHER_DATABASE, arg->span, name->text)->stage =
            STAGE_MODELS;
    } else { /* the reference tool passes over it in silence */
        diag_report(cx->diags, DIAG_PART_OPTION, arg->span, span_text(cx->diags, arg->span));
    }
    return true;
}

static bool check_new_part(const AttrCx *cx, const Key *key, const AstExpr *item,
                           const Field *field)
{
    const bool is_new = map_get(&key->fields, field->name) == NULL;
    if (!is_new) {
        diag_report(cx->diags, DIAG_PART_TWICE, item->span, field->name->text, attr_title(cx));
    }
    return is_new;
}

static bool read_part(const AttrCx *cx, Key *key, const AstExpr *item)
{
    if (item->kind != AST_CONSTANT && item->kind != AST_CALL) {
        return expr_wrong_kind(cx->diags, item, "the name of a field");
    }
    KeyPart part = {.field = find_part(cx, item)};
    bool ok = part.field != NULL && check_new_part(cx, key, item, part.field);
    vec_each(const AstArg, arg, &item->args) {
        ok = read_part_option(cx, key, arg, &part) && ok;
    }
    if (ok) {
        vec_push(cx->program->arena, &key->parts, part);
        map_put(cx->program->arena, &key->fields, part.field->name, part.field);
    }
    return ok;
}

static bool read_parts(const AttrCx *cx, Key *key)
{
    const AstExpr *fields = attr_arg(cx, "fields");
    bool ok = true;
    key->fields_expr = fields;
    if (expr_item_count(fields) == 0) {
        diag_report(cx->diags, DIAG_KEY_EMPTY, fields->span, attr_title(cx))->stage = STAGE_MODELS;
    }
    for (size_t i = 0; i < expr_item_count(fields); i++) {
        ok = read_part(cx, key, expr_item(fields, i)) && ok;
    }
    return ok;
}

/* --- names for the client program --- */

static bool client_name_is_valid(Name name)
{
    const char *letters = "_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    return strspn(name->text, letters) == name->len;
}

static bool read_client_name(const AttrCx *cx, Key *key)
{
    const AstExpr *expr = attr_arg(cx, "name");
    if (expr == NULL) {
        return true;
    }
    if (!expr_read_string(cx->diags, expr, &key->client_name)) {
        return false;
    }
    const char *text = key->client_name->text;
    if (key->client_name->len == 0) {
        diag_report(cx->diags, DIAG_NAME_EMPTY, expr->span, "name");
        return false;
    }
    if (!client_name_is_valid(key->client_name)) {
        diag_report(cx->diags, DIAG_CLIENT_NAME, expr->span, text, attr_title(cx));
        return false;
    }
    const Field *field = model_find_field(cx->model, key->client_name);
    if (field != NULL) {
        Diagnostic *diagnostic = diag_report(cx->diags, DIAG_CLIENT_NAME_CLASH,
                                             cx->model->ast->name.span, text, attr_title(cx));
        diagnostic->stage = STAGE_MODELS;
        diag_note(cx->diags, diagnostic, expr->span, "given here");
        diag_note(cx->diags, diagnostic, field->ast->name.span, "the field");
    }
    return true;
}

/* A compound key is reached by the client as `a_b`: no field may be called that. */
static void check_compound_name(const AttrCx *cx, const Key *key)
{
    if (key->client_name != NULL || key->parts.count < 2) {
        return;
    }
    StrBuf text = strbuf_new(STRBUF_MAX);
    vec_each(const KeyPart, part, &key->parts) {
        strbuf_add(&text, part == key->parts.items ? "" : "_");
        strbuf_add(&text, part->field->name->text);
    }
    Name joined = intern(cx->program->names, text.text, text.len);
    strbuf_dispose(&text);
    const Field *field = model_find_field(cx->model, joined);
    if (field == NULL) {
        return;
    }
    Diagnostic *diagnostic = diag_report(cx->diags, DIAG_COMPOUND_NAME_CLASH, cx->attribute->span,
                                         attr_title(cx), joined->text);
    diagnostic->stage = STAGE_MODELS;
    diag_note(cx->diags, diagnostic, field->ast->name.span, "the field");
}

/* Two keys of one name would be one key to client programs. Both are named, as the reference does.
 */
static void check_name_once(const AttrCx *cx, const Key *key, const Key *other)
{
    if (key->client_name == NULL || other == NULL || other->client_name != key->client_name) {
        return;
    }
    Diagnostic *diagnostic = diag_report(cx->diags, DIAG_CLIENT_NAME_TWICE, other->attribute->span,
                                         key->client_name->text);
    diagnostic->stage = STAGE_MODELS;
    diag_note(cx->diags, diagnostic, cx->attribute->span, "and here");
}

/* Against the last one of the name: of many, each is told of once. */
static void check_client_name(const AttrCx *cx, Key *key)
{
    if (key->client_name != NULL) {
        check_name_once(cx, key, map_get(&cx->model->keys_named, key->client_name));
        map_put(cx->program->arena, &cx->model->keys_named, key->client_name, key);
    }
}

static void note_key(const AttrCx *cx, Key *key)
{
    Arena *arena = cx->program->arena;
    vec_each(const KeyPart, part, &key->parts) {
        KeyList *keys = object_map_get(&cx->model->keys_over, part->field);
        if (keys == NULL) {
            keys = arena_make(arena, KeyList);
            object_map_put(arena, &cx->model->keys_over, part->field, keys);
        }
        vec_push(arena, keys, key);
    }
}

/* --- @@id, @@unique, @@index --- */

static bool check_id_parts(const AttrCx *cx, const Key *key)
{
    bool ok = true;
    for (size_t i = 0; i < key->parts.count; i++) {
        const Field *field = key->parts.items[i].field;
        if (field->arity != AST_REQUIRED && !cx->model->is_ignored) {
            Diagnostic *diagnostic =
                diag_report(cx->diags, DIAG_ID_NOT_REQUIRED, expr_item(key->fields_expr, i)->span,
                            field->name->text);
            diag_note(cx->diags, diagnostic, field->ast->type.span, "this makes it %s",
                      field->arity == AST_LIST ? "a list" : "optional");
            ok = false;
        }
    }
    return ok;
}

void attr_block_id(AttrCx *cx)
{
    Key *key = key_new(cx, KEY_ID, false);
    bool ok = attr_constraint_name(cx, "map", &key->map);
    attr_refuse(cx, "clustered");
    ok = read_client_name(cx, key) && ok;
    if (!read_parts(cx, key) || !check_id_parts(cx, key)) {
        return;
    }
    attr_check_only_id(cx);
    check_compound_name(cx, key);
    check_client_name(cx, key);
    if (ok && key->parts.count > 0 && cx->model->id == NULL) {
        cx->model->id = key;
    }
}

void attr_block_unique(AttrCx *cx)
{
    Key *key = key_new(cx, KEY_UNIQUE, false);
    bool ok = attr_constraint_name(cx, "map", &key->map);
    attr_refuse(cx, "clustered");
    ok = read_client_name(cx, key) && ok;
    ok = attr_read_where(cx, key) && ok;
    ok = read_parts(cx, key) && key->parts.count > 0 && ok;
    if (ok) {
        check_compound_name(cx, key);
        check_client_name(cx, key);
        vec_push(cx->program->arena, &cx->model->uniques, key);
        note_key(cx, key);
    }
}

/* `name:` is an older word for `map:`. */
static bool read_index_name(const AttrCx *cx, Key *key)
{
    const AstExpr *name = attr_arg(cx, "name");
    if (name == NULL || attr_arg(cx, "map") == NULL) {
        return attr_constraint_name(cx, name == NULL ? "map" : "name", &key->map);
    }
    diag_report(cx->diags, DIAG_INDEX_NAME_AND_MAP, name->span, attr_title(cx));
    return false;
}

static bool read_method(const AttrCx *cx, Key *key)
{
    static const char *const words[] = {
        [METHOD_BTREE] = "BTree", [METHOD_HASH] = "Hash",     [METHOD_GIST] = "Gist",
        [METHOD_GIN] = "Gin",     [METHOD_SPGIST] = "SpGist", [METHOD_BRIN] = "Brin",
    };
    const AstExpr *expr = attr_arg(cx, "type");
    if (expr == NULL) {
        return true;
    }
    for (size_t i = 0; expr->kind == AST_CONSTANT && i < lengthof(words); i++) {
        if (name_is(expr->name, words[i])) {
            key->method = (IndexMethod)i;
            key->method_expr = expr;
            return true;
        }
    }
    return expr_wrong_kind(cx->diags, expr,
                           "one of `BTree`, `Hash`, `Gist`, `Gin`, `SpGist`, `Brin`");
}

void attr_block_index(AttrCx *cx)
{
    Key *key = key_new(cx, KEY_INDEX, false);
    bool ok = read_index_name(cx, key);
    attr_refuse(cx, "clustered");
    ok = read_method(cx, key) && ok;
    ok = attr_read_where(cx, key) && ok;
    ok = read_parts(cx, key) && key->parts.count > 0 && ok;
    if (ok) {
        vec_push(cx->program->arena, &cx->model->indexes, key);
        note_key(cx, key);
    }
}

void attr_block_fulltext(AttrCx *cx)
{
    diag_report(cx->diags, DIAG_FULLTEXT, cx->attribute->span, attr_title(cx))->stage =
        STAGE_MODELS;
}
