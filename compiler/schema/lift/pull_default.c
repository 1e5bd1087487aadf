/*
 * pull_default.c - a column's default as the value of `@default(...)`.
 *
 * Literals the language has become literals, now() and sequences their functions; everything else
 * is dbgenerated("...") with the server's text. Times and single uuids stay the server's: programs
 * read them so. A default only programs know (uuid(), cuid(), ...) is kept where the database has
 * none.
 */
#include "base/common.h"

#include "compiler/schema/lift/pull_internal.h"

#include "compiler/canon/canon.h"
#include "compiler/schema/resolve/default_literal.h"

static AstExpr *generated(const PullCx *cx, Name text)
{
    return pull_call_text(cx, "dbgenerated", text);
}

static AstExpr *call(const PullCx *cx, const char *function)
{
    return pull_expr(cx, AST_CALL, intern_cstr(cx->names, function));
}

/* --- literals ----------------------------------------------------------------------------------
 */

static unsigned hex_value(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 0x20) - 'a') + 10;
}

static unsigned byte_at(Name hex, size_t i)
{
    return 2 * i + 1 < hex->len ? hex_value(hex->text[2 * i]) * 16 + hex_value(hex->text[2 * i + 1])
                                : 0;
}

/* Padded base64 of hexadecimal digits. */
static Name base64_of_hex(const PullCx *cx, Name hex)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    StrBuf out = strbuf_new(STRBUF_MAX);
    size_t count = hex->len / 2;
    for (size_t i = 0; i < count; i += 3) {
        unsigned group = byte_at(hex, i) << 16 | byte_at(hex, i + 1) << 8 | byte_at(hex, i + 2);
        for (unsigned digit = 0; digit < 4; digit++) {
            bool padding = i + digit > count;
            strbuf_char(&out, padding ? '=' : digits[group >> (18 - 6 * digit) & 63]);
        }
    }
    Name made = intern(cx->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
    return made;
}

static AstExpr *enum_constant(const PullCx *cx, const PullType *type, Name value)
{
    const PullEnum *block = type->enum_block;
    for (size_t i = 0; block != NULL && i < block->type->values.count; i++) {
        if (block->values[i].value == value) {
            return pull_expr(cx, AST_CONSTANT, block->values[i].name);
        }
    }
    return NULL;
}

/* NULL when the language has no such literal. */
static AstExpr *literal(const PullCx *cx, const PullType *type, const Literal *value)
{
    Name number = NULL;
    switch (value->kind) {
    case LITERAL_NUMBER:
        return decimal_normalize(cx->names, value->text->text, &number)
                   ? pull_expr(cx, AST_NUMBER, number)
                   : NULL;
    case LITERAL_BOOLEAN:
        return pull_expr(cx, AST_CONSTANT, value->text);
    case LITERAL_STRING:
    case LITERAL_JSON:
        return pull_expr(cx, AST_STRING, value->text);
    case LITERAL_BYTES:
        return pull_expr(cx, AST_STRING, base64_of_hex(cx, value->text));
    case LITERAL_ENUM:
        return enum_constant(cx, type, value->text);
    case LITERAL_DATETIME:
        return NULL;
    }
    unreachable();
}

static AstExpr *list(const PullCx *cx, const PullType *type, const Default *dflt)
{
    AstExpr *array = pull_expr(cx, AST_ARRAY, NULL);
    vec_each(const Literal, item, &dflt->items) {
        AstExpr *expr = literal(cx, type, item);
        if (expr == NULL) {
            return generated(cx, dflt->text);
        }
        vec_push(cx->arena, &array->items, expr);
    }
    return array;
}

/* --- defaults ----------------------------------------------------------------------------------
 */

static bool is_scalar(const PullType *type, Scalar scalar)
{
    return !type->unsupported && type->enum_block == NULL && type->scalar == scalar;
}

static bool is_whole_number(const PullType *type)
{
    return is_scalar(type, SCALAR_INT) || is_scalar(type, SCALAR_BIGINT);
}

static AstExpr *of_value(const PullCx *cx, const PullType *type, const Default *dflt)
{
    AstExpr *expr = type->type->id == TYPE_UUID ? NULL : literal(cx, type, &dflt->value);
    return expr == NULL ? generated(cx, dflt->text) : expr;
}

static AstExpr *of_database(const PullCx *cx, const PullType *type, const Default *dflt)
{
    if (type->unsupported && dflt->kind != DEFAULT_NONE) {
        return generated(cx, dflt->text);
    }
    switch (dflt->kind) {
    case DEFAULT_NONE:
    case DEFAULT_OPAQUE:
        return NULL;
    case DEFAULT_VALUE:
        return of_value(cx, type, dflt);
    case DEFAULT_LIST:
        return list(cx, type, dflt);
    case DEFAULT_NOW:
        return is_scalar(type, SCALAR_DATETIME) && !type->type->list ? call(cx, "now")
                                                                     : generated(cx, dflt->text);
    case DEFAULT_SEQUENCE:
        return is_whole_number(type) && !type->type->list ? call(cx, "autoincrement")
                                                          : generated(cx, dflt->text);
    case DEFAULT_EXPRESSION:
        return generated(cx, dflt->text);
    }
    unreachable();
}

/* A domain's default is read as one of the type it is over. */
static Default read_as(const PullCx *cx, const Column *column, const PullType *type)
{
    bool again = type->type != &column->type && column->dflt.kind == DEFAULT_EXPRESSION;
    return again ? canon_read_default(cx->input->catalog, column->dflt.text->text, type->type)
                 : column->dflt;
}

/* What the schema had, when it means what the database has and says it better. */
static bool old_is_better(const PullField *field, const Default *dflt)
{
    const Field *old = field->old;
    return old != NULL && old->default_attribute != NULL && dflt->kind == DEFAULT_VALUE &&
           field->column->type.id == TYPE_UUID && old->dflt->kind == DEFAULT_VALUE &&
           old->dflt->value.text == dflt->value.text;
}

static AstExpr *old_value(const PullField *field)
{
    return field->old->default_attribute->args.items[0].value;
}

AstExpr *pull_default(PullCx *cx, const PullField *field)
{
    const Column *column = field->column;
    PullType type = pull_type(cx, column);
    if (column->identity != IDENTITY_NONE) {
        return call(cx, "autoincrement");
    }
    if (column->generated != NULL) {
        return generated(cx, column->generated);
    }
    Default dflt = read_as(cx, column, &type);
    if (old_is_better(field, &dflt)) {
        return old_value(field);
    }
    AstExpr *expr = of_database(cx, &type, &dflt);
    bool of_programs = field->old != NULL && field->old->client_default == CLIENT_DEFAULT_FUNCTION;
    return expr == NULL && of_programs ? old_value(field) : expr;
}
