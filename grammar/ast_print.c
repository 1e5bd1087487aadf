#include "base/common.h"

#include "grammar/ast_print.h"

/* --- values --- */

/* Quoted, with escapes for what would break the line. */
static void dump_text(StrBuf *out, const char *text, size_t len)
{
    strbuf_char(out, '"');
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < 0x20 || c == '"' || c == '\\') {
            strbuf_printf(out, "\\x%02x", c);
        } else {
            strbuf_char(out, text[i]);
        }
    }
    strbuf_char(out, '"');
}

static void dump_expr(StrBuf *out, const AstExpr *expr);

static void dump_args(StrBuf *out, const AstArgList *args)
{
    vec_each(const AstArg, arg, args) {
        strbuf_char(out, ' ');
        if (arg->name.name != NULL) {
            strbuf_printf(out, "%s: ", arg->name.name->text);
        }
        if (arg->value != NULL) {
            dump_expr(out, arg->value);
        } else {
            strbuf_add(out, "(missing)");
        }
    }
}

/* Bounded: the parser refuses brackets nested deeper than NESTING_LIMIT. */
static void dump_expr(StrBuf *out, const AstExpr *expr) /* NOLINT(misc-no-recursion): see above */
{
    switch (expr->kind) {
    case AST_STRING:
        strbuf_add(out, "(string ");
        dump_text(out, expr->name->text, expr->name->len);
        break;
    case AST_NUMBER:
        strbuf_printf(out, "(number %s", expr->name->text);
        break;
    case AST_CONSTANT:
        strbuf_printf(out, "(constant %s", expr->name->text);
        break;
    case AST_ARRAY:
        strbuf_add(out, "(array");
        vec_each(AstExpr *const, item, &expr->items) {
            strbuf_char(out, ' ');
            dump_expr(out, *item);
        }
        break;
    case AST_CALL:
        strbuf_printf(out, "(call %s", expr->name->text);
        dump_args(out, &expr->args);
        break;
    case AST_OBJECT:
        strbuf_add(out, "(object");
        dump_args(out, &expr->args);
        break;
    }
    strbuf_char(out, ')');
}

/* --- lines --- */

static void dump_doc(StrBuf *out, const char *indent, const char *doc)
{
    if (doc == NULL) {
        return;
    }
    size_t len = 0;
    while (doc[len] != '\0') {
        len++;
    }
    strbuf_printf(out, "%sdoc ", indent);
    dump_text(out, doc, len);
    strbuf_char(out, '\n');
}

static void dump_attributes(StrBuf *out, const char *indent, const AstAttributeList *attributes)
{
    vec_each(AstAttribute *const, at, attributes) {
        strbuf_printf(out, "%s %s", indent, (*at)->name.name->text);
        strbuf_add(out, (*at)->has_parentheses && (*at)->args.count == 0 ? " ()" : "");
        dump_args(out, &(*at)->args);
        strbuf_char(out, '\n');
    }
}

static void dump_type(StrBuf *out, const AstType *type)
{
    static const char *const arities[] = {
        [AST_REQUIRED] = "", [AST_OPTIONAL] = " optional", [AST_LIST] = " list"};
    if (type->unsupported != NULL) {
        strbuf_add(out, "(unsupported ");
        dump_text(out, type->unsupported->text, type->unsupported->len);
        strbuf_char(out, ')');
    } else {
        strbuf_add(out, type->name->text);
    }
    strbuf_add(out, arities[type->arity]);
}

static void dump_field(StrBuf *out, const AstField *field)
{
    strbuf_printf(out, "  field %s ", field->name.name->text);
    dump_type(out, &field->type);
    strbuf_add(out, field->damaged ? " damaged\n" : "\n");
    dump_doc(out, "    ", field->doc);
    dump_attributes(out, "    @", &field->attributes);
}

static void dump_value(StrBuf *out, const AstEnumValue *value)
{
    strbuf_printf(out, "  value %s\n", value->name.name->text);
    dump_doc(out, "    ", value->doc);
    dump_attributes(out, "    @", &value->attributes);
}

static void dump_property(StrBuf *out, const AstProperty *property)
{
    strbuf_printf(out, "  %s = ", property->key.name->text);
    if (property->value != NULL) {
        dump_expr(out, property->value);
    } else {
        strbuf_add(out, "(missing)");
    }
    strbuf_char(out, '\n');
}

static void dump_block(StrBuf *out, const AstBlock *block)
{
    strbuf_printf(out, "%s %s%s\n", block_word(block->kind), block->name.name->text,
                  block->damaged ? " damaged" : "");
    dump_doc(out, "  ", block->doc);
    vec_each(AstField *const, at, &block->fields) {
        dump_field(out, *at);
    }
    vec_each(AstEnumValue *const, at, &block->values) {
        dump_value(out, *at);
    }
    vec_each(AstProperty *const, at, &block->properties) {
        dump_property(out, *at);
    }
    dump_attributes(out, "  @@", &block->attributes);
}

void ast_dump(StrBuf *out, const AstSchema *schema)
{
    vec_each(AstBlock *const, at, &schema->blocks) {
        dump_block(out, *at);
    }
}
