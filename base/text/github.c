#include "base/common.h"

#include "base/text/github.h"

#include <string.h>

#include "base/text/show.h"

static void add_escaped(StrBuf *out, const char *text, const char *escaped)
{
    StrBuf shown = strbuf_new(STRBUF_MAX);
    show_lines(&shown, text, strlen(text));
    for (const char *at = strbuf_text(&shown); *at != '\0'; at++) {
        if (strchr(escaped, *at) != NULL) {
            strbuf_printf(out, "%%%02X", (unsigned)(unsigned char)*at);
        } else {
            strbuf_char(out, *at);
        }
    }
    strbuf_dispose(&shown);
}

static void add_number(StrBuf *out, const char *name, uint32_t number)
{
    if (number > 0) {
        strbuf_printf(out, "%s=%u,", name, number);
    }
}

void github_begin(StrBuf *out, const char *word, const GithubPlace *place, const char *title)
{
    strbuf_printf(out, "::%s ", word);
    if (place->file != NULL) {
        strbuf_add(out, "file=");
        add_escaped(out, place->file, "%\r\n:,");
        strbuf_char(out, ',');
        add_number(out, "line", place->line);
        add_number(out, "endLine", place->end_line);
        add_number(out, "col", place->column);
        add_number(out, "endColumn", place->end_column);
    }
    strbuf_printf(out, "title=%s::", title);
}

void github_message(StrBuf *out, const char *text)
{
    add_escaped(out, text, "%\r\n");
}

void github_end(StrBuf *out)
{
    strbuf_char(out, '\n');
}
