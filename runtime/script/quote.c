/*
 * quote.c - sql_write.h for plain texts.
 */
#include "base/common.h"

#include "runtime/script/quote.h"

#include <string.h>

#include "base/intern.h"
#include "base/strbuf.h"
#include "compiler/catalog/sql_write.h"

char *quote_name(Arena *arena, const char *name)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    sql_ident(&out, intern_cstr(names_new(arena), name));
    return strbuf_take(&out, arena);
}

char *quote_qualified(Arena *arena, const char *schema, const char *name)
{
    if (schema == NULL) {
        return quote_name(arena, name);
    }
    return arena_printf(arena, "%s.%s", quote_name(arena, schema), quote_name(arena, name));
}

char *quote_element(Arena *arena, const char *text)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_char(&out, '"');
    for (; *text != '\0'; text++) {
        strbuf_add(&out, *text == '"' || *text == '\\' ? "\\" : "");
        strbuf_char(&out, *text);
    }
    strbuf_char(&out, '"');
    return strbuf_take(&out, arena);
}

char *quote_text(Arena *arena, const char *text)
{
    if (text == NULL) {
        return arena_strdup(arena, "NULL");
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    sql_string(&out, text, strlen(text));
    return strbuf_take(&out, arena);
}
