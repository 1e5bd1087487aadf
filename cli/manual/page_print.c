/*
 * page_print.c - Markdown for a terminal: the part of it that docs/ is written in.
 *
 * Headings are bold, paragraphs and items are broken to the width, code stands as it is, a row of a
 * table is its first cell with the others below it. A pipe or a file gets the text as it is.
 */
#include "base/common.h"

#include "cli/manual/pages.h"

#include <ctype.h>
#include <string.h>

#include "base/text/wrap.h"

enum { WIDEST = 100, STEP = 4 };

typedef struct Layout {
    Cli *cli;
    size_t width;
    const char *at; /* what is still to be printed */
} Layout;

/* Links lose their targets, `**` goes: a terminal has no use for either. */
static const char *plain(Arena *arena, const char *text, size_t len)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '*' && i + 1 < len && text[i + 1] == '*') {
            i++;
        } else if (text[i] == ']' && i + 1 < len && text[i + 1] == '(') {
            while (i < len && text[i] != ')') {
                i++;
            }
        } else if (text[i] != '[' || memchr(text + i, ']', len - i) == NULL ||
                   (i > 0 && text[i - 1] == '@')) {
            strbuf_char(&out, text[i] == '\n' ? ' ' : text[i]);
        }
    }
    return strbuf_take(&out, arena);
}

/* `text` from column `indent`, behind `lead`. */
static void put_block(Layout *layout, const char *lead, size_t indent, const char *text, size_t len)
{
    const Wrapping wrapping = {.width = layout->width, .indent = indent};
    StrBuf *out = &layout->cli->out;
    size_t at = wrap_columns(lead, strlen(lead));
    strbuf_add(out, lead);
    for (; at < indent; at++) {
        strbuf_char(out, ' ');
    }
    wrap_add(out, plain(layout->cli->arena, text, len), at, &wrapping);
    strbuf_char(out, '\n');
}

static size_t line_length(const char *text)
{
    return strcspn(text, "\n");
}

static void next_line(Layout *layout)
{
    layout->at += line_length(layout->at);
    layout->at += *layout->at == '\n';
}

static void print_code(Layout *layout)
{
    next_line(layout);
    while (*layout->at != '\0' && strncmp(layout->at, "```", 3) != 0) {
        cli_print(layout->cli, "%*s", (int)STEP, "");
        strbuf_addn(&layout->cli->out, layout->at, line_length(layout->at));
        cli_put(layout->cli, "\n");
        next_line(layout);
    }
    next_line(layout);
}

/* The cells of one row of a table: the first as a line, the others below it. */
static void print_row(Layout *layout)
{
    const char *end = layout->at + line_length(layout->at);
    size_t cell = 0;
    for (const char *at = layout->at + 1; at < end; cell++) {
        const char *bar = at;
        while (bar < end && (*bar != '|' || bar[-1] == '\\')) {
            bar++;
        }
        at += strspn(at, " ");
        size_t len = bar > at ? (size_t)(bar - at) : 0;
        while (len > 0 && at[len - 1] == ' ') {
            len--;
        }
        const size_t indent = cell == 0 ? STEP / 2 : STEP + 2;
        if (len > 0) {
            put_block(layout, "", indent, at, len);
        }
        at = bar + 1;
    }
    next_line(layout);
}

static void print_table(Layout *layout)
{
    next_line(layout);
    next_line(layout);
    while (*layout->at == '|') {
        print_row(layout);
    }
}

/* How far an item's text stands in; 0 for what is no item. */
static size_t item_indent(const char *line)
{
    const size_t blanks = strspn(line, " ");
    const size_t digits = strspn(line + blanks, "0123456789");
    if (digits > 0 && strncmp(line + blanks + digits, ". ", 2) == 0) {
        return blanks + digits + 2;
    }
    return strncmp(line + blanks, "- ", 2) == 0 ? blanks + 2 : 0;
}

static bool ends_paragraph(const char *line)
{
    return *line == '\0' || *line == '\n' || *line == '|' || *line == '#' ||
           strncmp(line, "```", 3) == 0 || item_indent(line) > 0;
}

/* A paragraph or an item, to where another begins. */
static void print_paragraph(Layout *layout)
{
    const char *start = layout->at;
    const size_t indent = item_indent(start);
    do {
        next_line(layout);
    } while (!ends_paragraph(layout->at));
    const char *lead = arena_strndup(layout->cli->arena, start, indent);
    size_t len = (size_t)(layout->at - start) - indent;
    while (len > 0 && start[indent + len - 1] == '\n') {
        len--;
    }
    StrBuf text = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < len; i++) {
        const char c = start[indent + i];
        if (!isspace((unsigned char)c) || i == 0 ||
            !isspace((unsigned char)start[indent + i - 1])) {
            strbuf_char(&text, c == '\n' ? ' ' : c);
        }
    }
    put_block(layout, lead, indent, text.text == NULL ? "" : text.text, text.len);
    strbuf_dispose(&text);
}

static void print_heading(Layout *layout)
{
    const size_t marks = strspn(layout->at, "# ");
    const char *text = layout->at + marks;
    cli_print_styled(layout->cli, "\033[1m",
                     arena_strndup(layout->cli->arena, text, line_length(text)));
    cli_put(layout->cli, "\n");
    next_line(layout);
}

void page_print(Cli *cli, const char *text)
{
    const size_t width = cli_width(cli);
    Layout layout = {.cli = cli, .width = width > WIDEST ? WIDEST : width, .at = text};
    if (width == 0) {
        cli_put(cli, text);
        return;
    }
    while (*layout.at != '\0') {
        if (*layout.at == '\n') {
            cli_put(cli, "\n");
            next_line(&layout);
        } else if (strncmp(layout.at, "```", 3) == 0) {
            print_code(&layout);
        } else if (*layout.at == '|') {
            print_table(&layout);
        } else if (*layout.at == '#') {
            print_heading(&layout);
        } else {
            print_paragraph(&layout);
        }
    }
}
