#include "base/common.h"

#include "compiler/catalog/sql_write.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/text/show.h"
#include "compiler/catalog/sql_scan.h"
#include "compiler/catalog/types.h"

/* --- quotes ------------------------------------------------------------------------------------
 */

/* Copies `text` between two `quote` characters, doubling those inside. */
static void quoted(StrBuf *out, char quote, const char *text, size_t len)
{
    strbuf_char(out, quote);
    for (size_t i = 0; i < len; i++) {
        if (text[i] == quote) {
            strbuf_char(out, quote);
        }
        strbuf_char(out, text[i]);
    }
    strbuf_char(out, quote);
}

void sql_ident(StrBuf *out, Name name)
{
    quoted(out, '"', name->text, name->len);
}

static bool is_letter(unsigned char byte)
{
    return islower(byte) || byte == '_' || byte >= 0x80;
}

static bool is_bare(const char *text)
{
    if (!is_letter((unsigned char)*text)) {
        return false;
    }
    for (const char *at = text; *at != '\0'; at++) {
        const unsigned char byte = (unsigned char)*at;
        if (!is_letter(byte) && !isdigit(byte) && byte != '$') {
            return false;
        }
    }
    return true;
}

void sql_bare(StrBuf *out, Name name)
{
    if (is_bare(name->text)) {
        strbuf_addn(out, name->text, name->len);
    } else {
        sql_ident(out, name);
    }
}

void sql_ident_text(StrBuf *out, const char *text)
{
    quoted(out, '"', text, strlen(text));
}

void sql_string(StrBuf *out, const char *text, size_t len)
{
    quoted(out, '\'', text, len);
}

void sql_array_item(StrBuf *out, Name item)
{
    strbuf_char(out, '"');
    for (const char *at = item->text; *at != '\0'; at++) {
        strbuf_add(out, *at == '"' || *at == '\\' ? "\\" : "");
        strbuf_char(out, *at);
    }
    strbuf_char(out, '"');
}

static bool holds(const char *text, size_t len, const char *part)
{
    const size_t part_len = strlen(part);
    for (size_t at = 0; at + part_len <= len; at++) {
        if (memcmp(text + at, part, part_len) == 0) {
            return true;
        }
    }
    return false;
}

/* The tag's beginning already may not stand in the text: at its end the closing `$` would follow.
 */
void sql_dollar(StrBuf *out, const char *text, size_t len)
{
    enum { TAG_MAX = 32 };
    char tag[TAG_MAX] = "$bellows";
    for (unsigned i = 1; holds(text, len, tag); i++) {
        snprintf(tag, sizeof tag, "$bellows_%u_", i);
    }
    strbuf_printf(out, "%s$", tag);
    strbuf_addn(out, text, len);
    strbuf_printf(out, "%s$", tag);
}

bool sql_is_dollar(const char *string, size_t len)
{
    static const char tag[] = "$bellows";
    return len > sizeof tag && strncmp(string, tag, sizeof tag - 1) == 0 &&
           (string[sizeof tag - 1] == '$' || string[sizeof tag - 1] == '_');
}

void sql_fragment(StrBuf *out, const char *text, size_t len)
{
    SqlToken last = {.kind = SQL_SPACE};
    for (const char *at = text; at < text + len; at += last.len) {
        last = sql_scan(at, text + len);
    }
    strbuf_addn(out, text, len);
    strbuf_add(out, last.kind == SQL_LINE_COMMENT ? "\n" : "");
}

/* --- comments ----------------------------------------------------------------------------------
 */

void sql_line_comment(StrBuf *out, const char *text)
{
    strbuf_add(out, "-- ");
    show_line(out, text, strlen(text));
    strbuf_char(out, '\n');
}

/* A carriage return ends a line comment as a line feed does. */
void sql_commented(StrBuf *out, const char *sql)
{
    strbuf_add(out, "-- ");
    for (const char *at = sql; *at != '\0'; at++) {
        strbuf_char(out, *at);
        if ((*at == '\n' || *at == '\r') && at[1] != '\0') {
            strbuf_add(out, "-- ");
        }
    }
}

void sql_comment_begin(StrBuf *out)
{
    strbuf_add(out, "/*\n");
}

/* Block comments nest: neither end may stand in the text. */
void sql_comment_line(StrBuf *out, const char *lead, const char *text)
{
    StrBuf shown = strbuf_new(STRBUF_MAX);
    show_line(&shown, text, strlen(text));
    strbuf_add(out, lead);
    for (const char *at = strbuf_text(&shown); *at != '\0'; at++) {
        strbuf_char(out, *at);
        if ((at[0] == '*' && at[1] == '/') || (at[0] == '/' && at[1] == '*')) {
            strbuf_char(out, '\\');
        }
    }
    strbuf_char(out, '\n');
    strbuf_dispose(&shown);
}

void sql_comment_end(StrBuf *out)
{
    strbuf_add(out, "*/\n");
}

/* --- directives --------------------------------------------------------------------------------
 */

void sql_directive(StrBuf *out)
{
    strbuf_add(out, "-- bellows:");
}

void sql_directive_name(StrBuf *out, Name name)
{
    if (strpbrk(name->text, "\n\r") == NULL) {
        sql_ident(out, name);
        return;
    }
    strbuf_add(out, "e\"");
    for (const char *at = name->text; *at != '\0'; at++) {
        if (*at == '\n' || *at == '\r') {
            strbuf_add(out, *at == '\n' ? "\\n" : "\\r");
        } else {
            strbuf_add(out, *at == '"' || *at == '\\' ? "\\" : "");
            strbuf_char(out, *at);
        }
    }
    strbuf_char(out, '"');
}

void sql_directive_qualified(StrBuf *out, const Catalog *catalog, Name schema, Name name)
{
    if (schema != NULL && schema != catalog->default_schema) {
        sql_directive_name(out, schema);
        strbuf_char(out, '.');
    }
    sql_directive_name(out, name);
}

/* --- names, types, defaults --------------------------------------------------------------------
 */

void sql_qualified(StrBuf *out, const Catalog *catalog, Name schema, Name name)
{
    if (schema != NULL && schema != catalog->default_schema) {
        sql_ident(out, schema);
        strbuf_char(out, '.');
    }
    sql_ident(out, name);
}

Catalog sql_everywhere(const Catalog *catalog)
{
    Catalog everywhere = *catalog;
    everywhere.default_schema = NULL;
    return everywhere;
}

/* DECIMAL(10,2); nothing when no argument is given. */
static void type_arguments(StrBuf *out, const ColumnType *type)
{
    if (type->arguments[0] == TYPE_NO_ARGUMENT) {
        return;
    }
    strbuf_printf(out, "(%d", type->arguments[0]);
    if (type->arguments[1] != TYPE_NO_ARGUMENT) {
        strbuf_printf(out, ",%d", type->arguments[1]);
    }
    strbuf_char(out, ')');
}

void sql_type(StrBuf *out, const Catalog *catalog, const ColumnType *type)
{
    if (type->id == TYPE_ENUM) {
        sql_qualified(out, catalog, type->enum_type->schema, type->enum_type->name);
    } else if (type->id == TYPE_OTHER) {
        sql_fragment(out, type->raw->text, type->raw->len);
    } else {
        strbuf_add(out, type_row(type->id)->sql);
        type_arguments(out, type);
    }
    if (type->list) {
        strbuf_add(out, "[]");
    }
}

static void literal(StrBuf *out, const Literal *value)
{
    switch (value->kind) {
    case LITERAL_NUMBER:
    case LITERAL_BOOLEAN:
        strbuf_addn(out, value->text->text, value->text->len);
        break;
    case LITERAL_BYTES:
        strbuf_add(out, "'\\x");
        strbuf_addn(out, value->text->text, value->text->len);
        strbuf_char(out, '\'');
        break;
    case LITERAL_STRING:
    case LITERAL_JSON:
    case LITERAL_DATETIME:
    case LITERAL_ENUM:
        sql_string(out, value->text->text, value->text->len);
        break;
    }
}

/* An array needs its type said: without items it has none, with items it might have another. */
static void literal_list(StrBuf *out, const Catalog *catalog, const Column *column)
{
    strbuf_add(out, "ARRAY[");
    for (size_t i = 0; i < column->dflt.items.count; i++) {
        if (i > 0) {
            strbuf_add(out, ", ");
        }
        literal(out, &column->dflt.items.items[i]);
    }
    strbuf_add(out, "]::");
    sql_type(out, catalog, &column->type);
}

void sql_default(StrBuf *out, const Catalog *catalog, const Column *column)
{
    switch (column->dflt.kind) {
    case DEFAULT_VALUE:
        literal(out, &column->dflt.value);
        break;
    case DEFAULT_LIST:
        literal_list(out, catalog, column);
        break;
    case DEFAULT_NOW:
        strbuf_add(out, "CURRENT_TIMESTAMP");
        break;
    case DEFAULT_EXPRESSION:
        sql_fragment(out, column->dflt.text->text, column->dflt.text->len);
        break;
    case DEFAULT_NONE:
    case DEFAULT_SEQUENCE:
    case DEFAULT_OPAQUE:
        unreachable();
    }
}

static const char *method_word(IndexMethod method)
{
    switch (method) {
    case METHOD_BTREE:
        return "BTREE";
    case METHOD_HASH:
        return "HASH";
    case METHOD_GIST:
        return "GIST";
    case METHOD_GIN:
        return "GIN";
    case METHOD_SPGIST:
        return "SPGIST";
    case METHOD_BRIN:
        return "BRIN";
    case METHOD_OTHER:
        return NULL;
    }
    unreachable();
}

void sql_index_method(StrBuf *out, const Index *index)
{
    const char *word = method_word(index->method);
    if (word != NULL) {
        strbuf_add(out, word);
    } else {
        sql_bare(out, index->method_name);
    }
}

const char *sql_action(ForeignKeyAction action)
{
    switch (action) {
    case ACTION_NO_ACTION:
        return "NO ACTION";
    case ACTION_RESTRICT:
        return "RESTRICT";
    case ACTION_CASCADE:
        return "CASCADE";
    case ACTION_SET_NULL:
        return "SET NULL";
    case ACTION_SET_DEFAULT:
        return "SET DEFAULT";
    }
    unreachable();
}
