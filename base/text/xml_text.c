#include "base/common.h"

#include "base/text/xml_text.h"

#include <string.h>

#include "base/text/show.h"

static const char *entity_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\n':
        return "&#10;";
    case '\t':
        return "&#9;";
    }
    return NULL;
}

void xml_text(StrBuf *out, const char *text)
{
    StrBuf shown = strbuf_new(STRBUF_MAX);
    show_lines(&shown, text, strlen(text));
    for (const char *at = strbuf_text(&shown); *at != '\0'; at++) {
        const char *entity = entity_of(*at);
        if (entity != NULL) {
            strbuf_add(out, entity);
        } else {
            strbuf_char(out, *at);
        }
    }
    strbuf_dispose(&shown);
}
