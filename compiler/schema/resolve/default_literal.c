/*
 * default_literal.c - one literal against one field type.
 */
#include "base/common.h"

#include "compiler/schema/resolve/default_literal.h"

#include "base/diag/suggest.h"
#include "compiler/schema/resolve/values.h"

static bool refuse_text(Program *program, const AstExpr *expr, const char *what, const char *help)
{
    diag_report(program->diags, DIAG_DEFAULT_TEXT, expr->span,
                span_text(program->diags, expr->span), what, help)
        ->stage = STAGE_MODELS;
    return false;
}

static bool wrong_value(Program *program, const Field *field, const AstExpr *expr)
{
    Diagnostic *diagnostic = diag_report(
        program->diags, DIAG_DEFAULT_KIND, expr->span, field->name->text,
        span_text(program->diags, field->ast->type.span), expr_describe(program->diags, expr));
    diag_note(program->diags, diagnostic, field->ast->type.span, "its type");
    return false;
}

static bool read_integer(Program *program, const Field *field, const AstExpr *expr, Literal *ret)
{
    long long value = 0;
    if (expr->kind != AST_NUMBER) {
        return wrong_value(program, field, expr);
    }
    if (!number_read(expr->name, INT64_MIN, INT64_MAX, &value)) {
        return refuse_text(program, expr, "an integer of 64 bits",
                           "write digits only, between -9223372036854775808 and "
                           "9223372036854775807");
    }
    *ret = (Literal){LITERAL_NUMBER, intern_printf(program->names, "%lld", value), NULL};
    return true;
}

static bool read_decimal(Program *program, const Field *field, const AstExpr *expr, Literal *ret)
{
    bool is_text = expr->kind == AST_STRING && field->scalar == SCALAR_DECIMAL;
    Name number = NULL;
    if (expr->kind != AST_NUMBER && !is_text) {
        return wrong_value(program, field, expr);
    }
    if (!decimal_normalize(program->names, expr->name->text, &number)) {
        return refuse_text(program, expr, "a number", "write it like `-12.50`");
    }
    *ret = (Literal){LITERAL_NUMBER, number, NULL};
    return true;
}

static bool read_boolean(Program *program, const Field *field, const AstExpr *expr, Literal *ret)
{
    if (expr->kind != AST_CONSTANT ||
        (!name_is(expr->name, "true") && !name_is(expr->name, "false"))) {
        return wrong_value(program, field, expr);
    }
    *ret = (Literal){LITERAL_BOOLEAN, expr->name, NULL};
    return true;
}

static bool read_datetime(Program *program, const AstExpr *expr, Literal *ret)
{
    Name text = NULL;
    if (!datetime_normalize(program->names, expr->name->text, &text)) {
        return refuse_text(program, expr, "a date and time with offset",
                           "write it like `2020-01-31T23:59:00Z` or `2020-01-31T23:59:00+02:00`");
    }
    *ret = (Literal){LITERAL_DATETIME, text, NULL};
    return true;
}

static bool read_json(Program *program, const AstExpr *expr, Literal *ret)
{
    if (!json_is_valid(expr->name->text, expr->name->len)) {
        return refuse_text(program, expr, "JSON", "quotes inside are written `\\\"`");
    }
    *ret = (Literal){LITERAL_JSON, expr->name, NULL};
    return true;
}

static bool read_bytes(Program *program, const AstExpr *expr, Literal *ret)
{
    Name hex = NULL;
    if (!base64_to_hex(program->names, expr->name->text, expr->name->len, &hex)) {
        return refuse_text(program, expr, "base64", "pad it with `=` to a multiple of four");
    }
    *ret = (Literal){LITERAL_BYTES, hex, NULL};
    return true;
}

static bool read_text(Program *program, const Field *field, const AstExpr *expr, Literal *ret)
{
    if (expr->kind != AST_STRING) {
        return wrong_value(program, field, expr);
    }
    switch (field->scalar) {
    case SCALAR_DATETIME:
        return read_datetime(program, expr, ret);
    case SCALAR_JSON:
        return read_json(program, expr, ret);
    case SCALAR_BYTES:
        return read_bytes(program, expr, ret);
    case SCALAR_STRING:
        *ret = (Literal){LITERAL_STRING, expr->name, NULL};
        return true;
    case SCALAR_INT:
    case SCALAR_BIGINT:
    case SCALAR_FLOAT:
    case SCALAR_DECIMAL:
    case SCALAR_BOOLEAN:
    case SCALAR_COUNT:
        break;
    }
    unreachable();
}

static bool read_scalar(Program *program, const Field *field, const AstExpr *expr, Literal *ret)
{
    switch (field->scalar) {
    case SCALAR_INT:
    case SCALAR_BIGINT:
        return read_integer(program, field, expr, ret);
    case SCALAR_FLOAT:
    case SCALAR_DECIMAL:
        return read_decimal(program, field, expr, ret);
    case SCALAR_BOOLEAN:
        return read_boolean(program, field, expr, ret);
    case SCALAR_STRING:
    case SCALAR_DATETIME:
    case SCALAR_JSON:
    case SCALAR_BYTES:
        return read_text(program, field, expr, ret);
    case SCALAR_COUNT:
        break;
    }
    unreachable();
}

static bool read_enum_value(Program *program, const Field *field, const AstExpr *expr, Literal *ret)
{
    const EnumBlock *block = field->enum_block;
    if (expr->kind != AST_CONSTANT) {
        return wrong_value(program, field, expr);
    }
    if (map_get(&block->values, expr->name) != NULL) {
        *ret = (Literal){LITERAL_ENUM, enum_value_name(block, expr->name), NULL};
        return true;
    }
    Suggestion near = suggestion_for(expr->name->text);
    vec_each(AstEnumValue *const, at, &block->ast->values) {
        if ((*at)->name.name != NULL) {
            suggestion_offer(&near, (*at)->name.name->text);
        }
    }
    Diagnostic *diagnostic = diag_report(program->diags, DIAG_ENUM_VALUE_UNKNOWN, expr->span,
                                         expr->name->text, block->name->text);
    diag_note(program->diags, diagnostic, block->ast->name.span, "the enum");
    suggestion_attach(&near, program->diags, diagnostic);
    return false;
}

bool literal_read(Program *program, const Field *field, const AstExpr *expr, Literal *ret_literal)
{
    return field->kind == FIELD_ENUM ? read_enum_value(program, field, expr, ret_literal)
                                     : read_scalar(program, field, expr, ret_literal);
}
