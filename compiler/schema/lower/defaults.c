/*
 * defaults.c - `@default(...)`: functions, literals and lists of literals.
 *
 * Functions of the client program leave no trace in the database; they are remembered because
 * adding such a column to a table with rows must be explained differently.
 */
#include "base/common.h"

#include "compiler/schema/lower/lower_attr.h"

#include <string.h>

#include "base/diag/suggest.h"
#include "compiler/schema/resolve/default_literal.h"
#include "compiler/schema/resolve/values.h"

typedef struct DefaultFunction {
    const char *name;
    unsigned scalars; /* bit set of those it gives values for */
    DefaultKind kind; /* DEFAULT_NONE: computed by the client */
    bool (*check)(const AttrCx *cx, const AstExpr *call);
    const char *arguments; /* what check accepts, for the message */
} DefaultFunction;

#define ON(scalar) (1U << SCALAR_##scalar)

/* --- arguments of functions --- */

static bool check_no_arguments(UNUSED const AttrCx *cx, const AstExpr *call)
{
    return call->args.count == 0;
}

static bool argument_between(const AstExpr *call, long long min, long long max,
                             long long *ret_value)
{
    const AstExpr *value = call->args.count == 1 ? call->args.items[0].value : NULL;
    return value != NULL && value->kind == AST_NUMBER &&
           number_read(value->name, min, max, ret_value);
}

static bool check_uuid(UNUSED const AttrCx *cx, const AstExpr *call)
{
    long long version = 4;
    return (call->args.count == 0 || argument_between(call, 4, 7, &version)) &&
           (version == 4 || version == 7);
}

static bool check_cuid(UNUSED const AttrCx *cx, const AstExpr *call)
{
    long long version = 1;
    return call->args.count == 0 || argument_between(call, 1, 2, &version);
}

static bool check_nanoid(UNUSED const AttrCx *cx, const AstExpr *call)
{
    long long length = 2;
    return call->args.count == 0 || argument_between(call, 2, 255, &length);
}

static bool check_dbgenerated(const AttrCx *cx, const AstExpr *call)
{
    const AstExpr *value = call->args.count == 1 ? call->args.items[0].value : NULL;
    if (call->args.count == 0) {
        cx->field->dflt->kind = DEFAULT_OPAQUE;
        return true;
    }
    if (value == NULL || value->kind != AST_STRING || value->name->len == 0) {
        return false;
    }
    cx->field->dflt->text = value->name;
    return true;
}

static const DefaultFunction functions[] = {
    {"autoincrement", ON(INT) | ON(BIGINT), DEFAULT_SEQUENCE, check_no_arguments, "no argument"},
    {"now", ON(DATETIME), DEFAULT_NOW, check_no_arguments, "no argument"},
    {"dbgenerated", ~0U, DEFAULT_EXPRESSION, check_dbgenerated,
     "no argument, or one string with an SQL expression"},
    {"uuid", ON(STRING), DEFAULT_NONE, check_uuid, "no argument, 4 or 7"},
    {"cuid", ON(STRING), DEFAULT_NONE, check_cuid, "no argument, 1 or 2"},
    {"ulid", ON(STRING), DEFAULT_NONE, check_no_arguments, "no argument"},
    {"nanoid", ON(STRING), DEFAULT_NONE, check_nanoid, "no argument, or a length from 2 to 255"},
};

static const DefaultFunction *find_function(const AttrCx *cx, const AstExpr *call)
{
    Suggestion near = suggestion_for(call->name->text);
    for (size_t i = 0; i < lengthof(functions); i++) {
        if (name_is(call->name, functions[i].name)) {
            return &functions[i];
        }
        suggestion_offer(&near, functions[i].name);
    }
    Diagnostic *diagnostic =
        diag_report(cx->diags, DIAG_FUNCTION_UNKNOWN, call->span, call->name->text);
    diagnostic->stage = STAGE_MODELS;
    if (near.best != NULL) {
        diag_help(cx->diags, diagnostic, "did you mean `%s()`?", near.best);
    }
    return NULL;
}

static bool function_gives(const DefaultFunction *function, const Field *field)
{
    if (field->kind != FIELD_SCALAR) {
        return function->scalars == ~0U;
    }
    return (function->scalars & 1U << field->scalar) != 0;
}

static void read_function(AttrCx *cx, const AstExpr *call)
{
    Field *field = cx->field;
    const DefaultFunction *function = find_function(cx, call);
    if (function == NULL) {
        return;
    }
    if (!function_gives(function, field)) {
        Diagnostic *diagnostic =
            diag_report(cx->diags, DIAG_FUNCTION_TYPE, call->span, function->name,
                        span_text(cx->diags, field->ast->type.span));
        diag_note(cx->diags, diagnostic, field->ast->type.span, "the field's type");
        return;
    }
    field->dflt->kind = function->kind;
    if (!function->check(cx, call)) {
        diag_report(cx->diags, DIAG_FUNCTION_ARGUMENTS, call->span, function->name,
                    function->arguments);
    }
    if (function->kind == DEFAULT_NONE) {
        field->client_default = CLIENT_DEFAULT_FUNCTION;
    }
}

/* --- literals --- */

static void read_list(AttrCx *cx, const AstExpr *list)
{
    Field *field = cx->field;
    field->dflt->kind = DEFAULT_LIST;
    vec_each(AstExpr *const, at, &list->items) {
        Literal item;
        if (literal_read(cx->program, field, *at, &item)) {
            vec_push(cx->program->catalog->arena, &field->dflt->items, item);
        }
    }
}

static void read_literal(AttrCx *cx, const AstExpr *value)
{
    Field *field = cx->field;
    bool is_list = value->kind == AST_ARRAY;
    if (is_list != (field->arity == AST_LIST)) {
        Diagnostic *diagnostic =
            diag_report(cx->diags, DIAG_DEFAULT_ARITY, value->span, field->name->text,
                        is_list ? "no list" : "a list", is_list ? "a list" : "a single value");
        diag_note(cx->diags, diagnostic, field->ast->type.span, "its type");
    } else if (is_list) {
        read_list(cx, value);
    } else if (literal_read(cx->program, field, value, &field->dflt->value)) {
        field->dflt->kind = DEFAULT_VALUE;
    }
}

void attr_field_default(AttrCx *cx)
{
    const AstExpr *value = attr_arg(cx, "value");
    bool generated = value->kind == AST_CALL && name_is(value->name, "dbgenerated");
    cx->field->default_attribute = cx->attribute;
    cx->field->dflt = arena_make(cx->program->arena, Default);
    attr_refuse(cx, "map");
    if (cx->field->kind == FIELD_UNSUPPORTED && !generated) {
        diag_report(cx->diags, DIAG_DEFAULT_UNSUPPORTED, value->span, cx->field->name->text);
    } else if (value->kind == AST_CALL) {
        read_function(cx, value);
    } else {
        read_literal(cx, value);
    }
}
