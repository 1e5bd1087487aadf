#include "base/common.h"

#include "base/text/wrap.h"

#include <string.h>
#include <utf8proc.h>

enum { NARROWEST = 4 }; /* columns for text that remain, however far it is indented */

typedef struct Line {
    StrBuf *out;
    const Wrapping *wrapping;
    size_t at, indent, width;
    bool begun; /* there is a word before which the line cannot be broken any more */
} Line;

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t character(const char *text, size_t len, size_t *ret_columns)
{
    int32_t codepoint = -1;
    const utf8proc_ssize_t bytes =
        utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, &codepoint);
    const int columns = bytes > 0 ? utf8proc_charwidth(codepoint) : 1;
    *ret_columns = columns > 0 ? (size_t)columns : 0;
    return bytes > 0 ? (size_t)bytes : 1;
}

size_t wrap_columns(const char *text, size_t len)
{
    size_t sum = 0;
    size_t columns;
    for (size_t at = 0; at < len; sum += columns) {
        at += character(text + at, len - at, &columns);
    }
    return sum;
}

static void new_line(Line *line)
{
    const Wrapping *wrapping = line->wrapping;
    const bool leads = wrapping->lead != NULL;
    strbuf_char(line->out, '\n');
    strbuf_add(line->out, leads ? wrapping->lead : "");
    strbuf_printf(line->out, "%*s",
                  (int)(line->indent - (leads ? smaller(wrapping->lead_width, line->indent) : 0)),
                  "");
    line->at = line->indent;
    line->begun = false;
}

/* A word at a line's start that a CI service would take for a command, were nothing before it. */
static void disarm(const Line *line, const char **word, size_t *len)
{
    if (!line->begun && line->wrapping->lead == NULL && **word == ':') {
        strbuf_add(line->out, "\\x3a");
        (*word)++;
        (*len)--;
    }
}

static void add_word(Line *line, const char *word, size_t len)
{
    size_t columns;
    if (line->wrapping->whole_words || line->wrapping->statement) {
        strbuf_addn(line->out, word, len);
        line->at += wrap_columns(word, len);
        line->begun = line->begun || len > 0;
        return;
    }
    while (len > 0) {
        const size_t bytes = character(word, len, &columns);
        if (line->at + columns > line->width && line->at > line->indent) {
            new_line(line);
            disarm(line, &word, &len);
            continue;
        }
        strbuf_addn(line->out, word, bytes);
        line->at += columns;
        line->begun = true;
        word += bytes;
        len -= bytes;
    }
}

/* Up to a blank; what stands in quotes is one word with what touches it. */
static size_t word_length(const Line *line, const char *word)
{
    const bool statement = line->wrapping->statement;
    const char *quotes = statement ? "\"'" : line->wrapping->whole_words ? "`" : "";
    size_t len = strcspn(word, " ");
    for (size_t at = 0; at < len; at++) {
        if (strchr(quotes, word[at]) == NULL) {
            continue;
        }
        const char *close = strchr(word + at + 1, word[at]);
        if (close == NULL) {
            break;
        }
        const size_t end = (size_t)(close + 1 - word);
        const size_t whole = end + strcspn(word + end, " ");
        if (!statement && line->indent + wrap_columns(word, whole) > line->width) {
            break;
        }
        at = end - 1;
        len = whole;
    }
    return len;
}

size_t wrap_add(StrBuf *out, const char *text, size_t at, const Wrapping *wrapping)
{
    if (wrapping->width == 0) {
        strbuf_add(out, text);
        return at + wrap_columns(text, strlen(text));
    }
    const size_t narrowest = wrapping->width > NARROWEST ? wrapping->width - NARROWEST : 0;
    Line line = {.out = out, .wrapping = wrapping, .at = at, .width = wrapping->width};
    line.indent = smaller(wrapping->indent, narrowest);
    while (*text != '\0') {
        const size_t gap = strspn(text, " ");
        const char *word = text + gap;
        size_t len = word_length(&line, word);
        text = word + len;
        if (len > 0 && (line.begun || line.at > line.indent) &&
            line.at + gap + wrap_columns(word, len) > line.width) {
            new_line(&line);
            disarm(&line, &word, &len);
        } else {
            strbuf_printf(out, "%*s", (int)gap, "");
            line.at += gap;
        }
        add_word(&line, word, len);
    }
    return line.at;
}

void wrap_sentences(StrBuf *out, const char *text, size_t at, size_t width)
{
    enum { HANGING = 2 };
    while (*text != '\0') {
        const size_t len = strcspn(text, "\n");
        const Wrapping wrapping = {
            .width = width, .indent = strspn(text, " ") + HANGING, .whole_words = true};
        StrBuf line = strbuf_new(STRBUF_MAX);
        strbuf_addn(&line, text, len);
        wrap_add(out, strbuf_text(&line), at, &wrapping);
        strbuf_dispose(&line);
        text += len;
        if (*text == '\n') {
            strbuf_char(out, '\n');
            text++;
        }
        at = 0;
    }
}
