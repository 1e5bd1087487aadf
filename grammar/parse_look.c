/*
 * parse_look.c - looking ahead in the text, where one token does not tell.
 *
 * In: places in the text of the file, which ends with a NUL. Out: whether a block opens there, or a
 * list goes on. Nothing is consumed and nothing is reported; every look is bounded.
 */
#include "base/common.h"

#include <string.h>

#include "grammar/parse_internal.h"

/* How far the end of a list is looked for on the lines after it. */
enum { LIST_LINES_MAX = 64, LIST_BYTES_MAX = 4096 };

/* --- heads of blocks --- */

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || (unsigned char)c >= 0x80;
}

const char *parse_skip_blanks(const char *at)
{
    while (parse_is_blank(*at)) {
        at++;
    }
    return at;
}

bool parse_head_follows(const char *at)
{
    const char *name = parse_skip_blanks(at);
    const char *end = name;
    while (is_name_byte(*end)) {
        end++;
    }
    return name > at && end > name && *parse_skip_blanks(end) == '{';
}

bool parse_is_head(const ParseCx *cx, const char *at)
{
    for (size_t i = 0; i < KEYWORD_COUNT; i++) {
        if (strncmp(at, cx->keywords[i]->text, cx->keywords[i]->len) == 0) {
            return parse_head_follows(at + cx->keywords[i]->len);
        }
    }
    return false;
}

bool parse_looks_like_head(const ParseCx *cx, const char *at)
{
    for (size_t i = 0; i < KEYWORD_COUNT; i++) {
        size_t len = cx->keywords[i]->len;
        if (strncmp(at, cx->keywords[i]->text, len) == 0 && parse_is_blank(at[len])) {
            return memchr(at, '{', strcspn(at, "\r\n")) != NULL;
        }
    }
    return false;
}

bool parse_brace_in_rest(const char *at)
{
    for (; !parse_is_line_end(*at) && strncmp(at, "//", 2) != 0; at++) {
        if (*at == '}') {
            return true;
        }
    }
    return false;
}

uint32_t parse_last_brace(ParseCx *cx)
{
    const char *text = cx->file->text;
    size_t from = cx->knows_last_brace ? 0 : cx->file->len;
    cx->knows_last_brace = true;
    for (size_t at = from; at > 0 && cx->last_brace == 0; at--) {
        if (text[at - 1] != '}') {
            continue;
        }
        size_t before = at - 1;
        while (before > 0 && parse_is_blank(text[before - 1])) {
            before--;
        }
        if (before == 0 || parse_is_line_end(text[before - 1])) {
            cx->last_brace = (uint32_t)at - 1;
        }
    }
    return cx->last_brace;
}

/* --- lists over several lines --- */

typedef struct ListScan {
    uint32_t depth;   /* all open brackets */
    uint32_t objects; /* the braces among them */
    uint32_t lines;
} ListScan;

/* The end of the string or comment at `at`, or `at` when there is none. */
static const char *skip_text(const char *at)
{
    if (*at == '"') {
        do {
            at += *at == '\\' && !parse_is_line_end(at[1]) ? 2 : 1;
        } while (!parse_is_line_end(*at) && *at != '"');
        return *at == '"' ? at + 1 : at;
    }
    if (at[0] == '/' && at[1] == '/') {
        while (!parse_is_line_end(*at)) {
            at++;
        }
    }
    return at;
}

/* Whether the list may go on with the line at `at`: not where a body ends or a new thing starts. */
static bool list_may_continue(const ParseCx *cx, const ListScan *scan, const char *at)
{
    const char *text = parse_skip_blanks(at);
    return scan->lines < LIST_LINES_MAX && !(*text == '}' && scan->objects == 0) &&
           strncmp(text, "@@", 2) != 0 && !parse_is_head(cx, text);
}

/* One character outside strings and comments; false when an opening bracket has no partner. */
static bool scan_bracket(ListScan *scan, char c)
{
    if (c == '(' || c == '[' || c == '{') {
        scan->depth++;
        scan->objects += c == '{' ? 1 : 0;
    } else if (c == ')' || c == ']' || c == '}') {
        scan->depth--;
        scan->objects -= c == '}' && scan->objects > 0 ? 1 : 0;
    }
    return scan->depth > 0;
}

uint32_t parse_list_end(const ParseCx *cx)
{
    const char *text = cx->file->text;
    const char *limit = text + cx->file->len;
    if ((size_t)(limit - text) - cx->start > LIST_BYTES_MAX) {
        limit = text + cx->start + LIST_BYTES_MAX;
    }
    ListScan scan = {.depth = cx->brackets + cx->objects, .objects = cx->objects};
    const char *at = text + cx->start;
    while (at < limit) {
        const char *after = skip_text(at);
        if (after > at) {
            at = after;
        } else if (*at == '\n' || *at == '\r') {
            scan.lines++;
            at++;
            if (!list_may_continue(cx, &scan, at)) {
                return 0;
            }
        } else if (!scan_bracket(&scan, *at)) {
            return (uint32_t)(at - text);
        } else {
            at++;
        }
    }
    return 0;
}
