/*
 * lower_attr_native.c - `@db.X(...)`: the PostgreSQL type of a column. Facts: types.def.
 */
#include "base/common.h"

#include "compiler/schema/lower/lower_attr.h"

#include <string.h>

#include "base/diag/suggest.h"
#include "compiler/schema/resolve/values.h"

enum { NATIVE_ARGUMENTS_MAX = 2, PRECISION_MAX = 6, DECIMAL_PRECISION_MAX = 1000 };

static bool prefix_is_datasource(const AttrCx *cx, size_t len)
{
    const char *text = cx->attribute->name.name->text;
    Name source = cx->program->config->datasource.name;
    const char *name = source == NULL ? "db" : source->text;
    return strlen(name) == len && strncmp(text, name, len) == 0;
}

static void report_unknown_native(const AttrCx *cx, Name native)
{
    Suggestion near = suggestion_for(native->text);
    for (int id = 0; id < TYPE_ENUM; id++) {
        if (type_row((TypeId)id)->scalar == cx->field->scalar) {
            suggestion_offer(&near, type_row((TypeId)id)->native);
        }
    }
    Diagnostic *diagnostic =
        diag_report(cx->diags, DIAG_NATIVE_UNKNOWN, cx->attribute->span, native->text);
    suggestion_attach(&near, cx->diags, diagnostic);
}

/* --- arguments --- */

static const char *argument_words(TypeArguments arguments)
{
    switch (arguments) {
    case ARGUMENTS_NONE:
        return "no argument";
    case ARGUMENTS_LENGTH:
        return "at most one argument, a length";
    case ARGUMENTS_DECIMAL:
        return "two arguments, precision and scale, or none";
    case ARGUMENTS_PRECISION:
        return "at most one argument, a precision from 0 to 6";
    }
    unreachable();
}

static bool count_is_right(TypeArguments arguments, size_t count)
{
    switch (arguments) {
    case ARGUMENTS_NONE:
        return count == 0;
    case ARGUMENTS_LENGTH:
    case ARGUMENTS_PRECISION:
        return count <= 1;
    case ARGUMENTS_DECIMAL:
        return count == 0 || count == 2;
    }
    unreachable();
}

static bool range_is_right(TypeId id, const long long values[NATIVE_ARGUMENTS_MAX], size_t count)
{
    const TypeRow *row = type_row(id);
    if (count == 0) {
        return true;
    }
    if (row->arguments == ARGUMENTS_PRECISION) {
        return values[0] <= PRECISION_MAX;
    }
    if (row->arguments == ARGUMENTS_DECIMAL) {
        return values[0] >= 1 && values[0] <= DECIMAL_PRECISION_MAX && values[1] <= values[0];
    }
    return id != TYPE_BIT && id != TYPE_VARBIT ? true : values[0] >= 1;
}

static bool read_arguments(const AttrCx *cx, TypeId id, ColumnType *type)
{
    const AstArgList *args = &cx->attribute->args;
    const TypeRow *row = type_row(id);
    long long values[NATIVE_ARGUMENTS_MAX] = {0};
    bool ok = count_is_right(row->arguments, args->count);
    for (size_t i = 0; ok && i < args->count; i++) {
        const AstExpr *value = args->items[i].value;
        ok = value != NULL && value->kind == AST_NUMBER && value->name->text[0] != '-' &&
             number_read(value->name, 0, UINT32_MAX, &values[i]);
    }
    if (!ok || !range_is_right(id, values, args->count)) {
        diag_report(cx->diags, DIAG_NATIVE_ARGUMENTS, cx->attribute->span, row->native,
                    argument_words(row->arguments));
        return false;
    }
    for (size_t i = 0; i < args->count; i++) {
        type->arguments[i] = values[i] > INT32_MAX ? INT32_MAX : (int32_t)values[i];
    }
    return true;
}

/* --- the attribute --- */

static void set_native(AttrCx *cx, Name native)
{
    TypeId id;
    if (!type_find_native(native->text, &id)) {
        report_unknown_native(cx, native);
        return;
    }
    if (type_row(id)->scalar != cx->field->scalar) {
        Diagnostic *diagnostic = diag_report(cx->diags, DIAG_NATIVE_SCALAR, cx->attribute->span,
                                             native->text, scalar_name(type_row(id)->scalar));
        diag_note(cx->diags, diagnostic, cx->field->ast->type.span, "the field is a `%s`",
                  scalar_name(cx->field->scalar));
        return;
    }
    ColumnType type = {.id = id,
                       .arguments = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT},
                       .list = cx->field->arity == AST_LIST};
    if (read_arguments(cx, id, &type)) {
        cx->field->type = type;
    }
}

void attr_native(AttrCx *cx)
{
    if (cx->field->kind != FIELD_SCALAR) {
        diag_report(cx->diags, DIAG_NATIVE_ON_OTHER, cx->attribute->span,
                    cx->attribute->name.name->text);
    } else if (cx->field->native != NULL) {
        Diagnostic *diagnostic =
            diag_report(cx->diags, DIAG_ATTRIBUTE_TWICE, cx->field->native->span, "@db");
        diag_note(cx->diags, diagnostic, cx->attribute->span, "given again here");
    } else {
        cx->field->native = cx->attribute;
        vec_push(cx->program->arena, &cx->program->natives, cx->field);
    }
}

static void lower_native(AttrCx *cx)
{
    Name path = cx->attribute->name.name;
    const char *dot = strchr(path->text, '.');
    if (prefix_is_datasource(cx, (size_t)(dot - path->text))) {
        set_native(cx, intern_cstr(cx->program->names, dot + 1));
        return;
    }
    Name source = cx->program->config->datasource.name;
    diag_report(cx->diags, DIAG_NATIVE_PREFIX, cx->attribute->span, path->text,
                source == NULL ? "db" : source->text, dot + 1);
}

void lower_natives(Program *program)
{
    AttrCx cx = {.program = program, .diags = program->diags, .marks = "@"};
    vec_each(Field *const, at, &program->natives) {
        cx.field = *at;
        cx.attribute = (*at)->native;
        lower_native(&cx);
    }
}
