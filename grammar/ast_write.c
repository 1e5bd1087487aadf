#include "base/common.h"

#include "grammar/ast_write.h"

#include <string.h>

/* --- values --- */

/* The letter behind the backslash, 0 when the character has none. */
static char short_escape(unsigned char c)
{
    static const char plain[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    const char *at = c == 0 ? NULL : strchr(plain, c);
    return at == NULL ? '\0' : letters[at - plain];
}

static void write_string(StrBuf *out, Name text)
{
    strbuf_char(out, '"');
    for (size_t i = 0; i < text->len; i++) {
        unsigned char c = (unsigned char)text->text[i];
        char letter = short_escape(c);
        if (letter != '\0') {
            strbuf_char(out, '\\');
            strbuf_char(out, letter);
        } else if (c < 0x20) {
            strbuf_printf(out, "\\u%04x", c);
        } else {
            strbuf_char(out, (char)c);
        }
    }
    strbuf_char(out, '"');
}

static void write_expr(StrBuf *out, const AstExpr *expr);

static void write_args(StrBuf *out, const AstArgList *args)
{
    vec_each(const AstArg, arg, args) {
        strbuf_add(out, arg > args->items ? ", " : "");
        if (arg->name.name != NULL) {
            strbuf_printf(out, "%s: ", arg->name.name->text);
        }
        if (arg->value != NULL) {
            write_expr(out, arg->value);
        }
    }
}

/* Bounded: the parser refuses brackets nested deeper than NESTING_LIMIT. */
static void write_expr(StrBuf *out, const AstExpr *expr) /* NOLINT(misc-no-recursion): see above */
{
    switch (expr->kind) {
    case AST_STRING:
        write_string(out, expr->name);
        break;
    case AST_NUMBER:
    case AST_CONSTANT:
        strbuf_add(out, expr->name->text);
        break;
    case AST_ARRAY:
        strbuf_char(out, '[');
        vec_each(AstExpr *const, item, &expr->items) {
            strbuf_add(out, item > expr->items.items ? ", " : "");
            write_expr(out, *item);
        }
        strbuf_char(out, ']');
        break;
    case AST_CALL:
        strbuf_printf(out, "%s(", expr->name->text);
        write_args(out, &expr->args);
        strbuf_char(out, ')');
        break;
    case AST_OBJECT:
        strbuf_add(out, "{ ");
        write_args(out, &expr->args);
        strbuf_add(out, " }");
        break;
    }
}

/* --- lines --- */

static void write_doc(StrBuf *out, const char *indent, const char *doc)
{
    while (doc != NULL) {
        const char *end = strchr(doc, '\n');
        size_t len = end == NULL ? strlen(doc) : (size_t)(end - doc);
        strbuf_printf(out, "%s///%s%.*s\n", indent, len == 0 ? "" : " ", (int)len, doc);
        doc = end == NULL ? NULL : end + 1;
    }
}

static void write_attributes(StrBuf *out, const AstAttributeList *attributes, const char *before,
                             const char *after)
{
    vec_each(AstAttribute *const, at, attributes) {
        strbuf_printf(out, "%s%s", before, (*at)->name.name->text);
        if ((*at)->args.count > 0 || (*at)->has_parentheses) {
            strbuf_char(out, '(');
            write_args(out, &(*at)->args);
            strbuf_char(out, ')');
        }
        strbuf_add(out, after);
    }
}

static void write_type(StrBuf *out, const AstType *type)
{
    static const char *const arities[] = {
        [AST_REQUIRED] = "", [AST_OPTIONAL] = "?", [AST_LIST] = "[]"};
    if (type->unsupported != NULL) {
        strbuf_add(out, "Unsupported(");
        write_string(out, type->unsupported);
        strbuf_char(out, ')');
    } else {
        strbuf_add(out, type->name->text);
    }
    strbuf_add(out, arities[type->arity]);
}

static void write_field(StrBuf *out, const AstField *field)
{
    write_doc(out, "  ", field->doc);
    strbuf_printf(out, "  %s ", field->name.name->text);
    write_type(out, &field->type);
    write_attributes(out, &field->attributes, " @", "");
    strbuf_char(out, '\n');
}

static void write_value(StrBuf *out, const AstEnumValue *value)
{
    write_doc(out, "  ", value->doc);
    strbuf_printf(out, "  %s", value->name.name->text);
    write_attributes(out, &value->attributes, " @", "");
    strbuf_char(out, '\n');
}

static void write_property(StrBuf *out, const AstProperty *property)
{
    strbuf_printf(out, "  %s = ", property->key.name->text);
    if (property->value != NULL) {
        write_expr(out, property->value);
    }
    strbuf_char(out, '\n');
}

void ast_write_block(StrBuf *out, const AstBlock *block)
{
    write_doc(out, "", block->doc);
    strbuf_printf(out, "%s %s {\n", block_word(block->kind), block->name.name->text);
    vec_each(AstField *const, at, &block->fields) {
        write_field(out, *at);
    }
    vec_each(AstEnumValue *const, at, &block->values) {
        write_value(out, *at);
    }
    vec_each(AstProperty *const, at, &block->properties) {
        write_property(out, *at);
    }
    write_attributes(out, &block->attributes, "  @@", "\n");
    strbuf_add(out, "}\n");
}
