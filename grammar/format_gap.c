/*
 * format_gap.c - comments and empty lines: what the tree does not hold.
 *
 * In: the text between two nodes of a valid file, which is blanks, line ends and comments and
 * nothing else. Out: the comments and empty lines in it, and comments laid out again. A line end is
 * LF, CR LF or CR.
 */
#include "base/common.h"

#include "grammar/format_internal.h"

#include <string.h>
#include <utf8proc.h>

/* --- reading --- */

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* The comment at `start`: to the end of the line, or to its own end. */
static Range comment_at(const Gap *gap, uint32_t start)
{
    uint32_t at = start + 2;
    if (gap->text[start + 1] == '*') {
        const char *close = strstr(gap->text + at, "*"
                                                   "/");
        assert(close != NULL); /* an open comment is a syntax error */
        return (Range){start, (uint32_t)(close - gap->text) + 2};
    }
    while (gap->text[at] != '\0' && !is_line_end(gap->text[at])) {
        at++;
    }
    return (Range){start, at};
}

static GapKind take_comment(Gap *gap, Range *ret_comment)
{
    *ret_comment = comment_at(gap, gap->at);
    gap->at = ret_comment->end;
    /* With blanks before it, the line end no longer belongs to a block comment. */
    gap->line_ends = is_line_end(gap->text[gap->at]) || gap->text[gap->at] == '\0' ? 0 : 1;
    return GAP_COMMENT;
}

GapKind gap_next(Gap *gap, Range *ret_comment)
{
    while (gap->at < gap->end) {
        char c = gap->text[gap->at];
        if (c == '/') {
            return take_comment(gap, ret_comment);
        }
        gap->at++;
        bool half = c == '\r' && gap->text[gap->at] == '\n';
        if (is_line_end(c) && !half && ++gap->line_ends == 2) {
            return GAP_EMPTY_LINE;
        }
    }
    return GAP_END;
}

Range gap_trailing(Gap *gap)
{
    Range comment = {0, 0};
    uint32_t at = gap->at;
    while (at < gap->end && gap->text[at] != '/' && !is_line_end(gap->text[at])) {
        at++;
    }
    if (at < gap->end && gap->text[at] == '/') {
        gap->at = at;
        (void)take_comment(gap, &comment);
        gap->line_ends = 0; /* the node's */
    }
    return comment;
}

/* --- writing --- */

/* White space as Unicode has it, line ends among it. */
static bool is_white(int32_t codepoint)
{
    return (codepoint >= 0x09 && codepoint <= 0x0D) || codepoint == 0x85 || codepoint == 0x2028 ||
           codepoint == 0x2029 || utf8proc_category(codepoint) == UTF8PROC_CATEGORY_ZS;
}

/* Without the white space on both sides. */
static Range trim(const char *text, Range range)
{
    uint32_t end = range.start;
    bool inside = false;
    for (uint32_t at = range.start; at < range.end;) {
        int32_t codepoint = 0;
        utf8proc_ssize_t bytes = utf8proc_iterate((const utf8proc_uint8_t *)text + at,
                                                  (utf8proc_ssize_t)(range.end - at), &codepoint);
        uint32_t next = at + (bytes > 0 ? (uint32_t)bytes : 1);
        if (!is_white(codepoint)) {
            range.start = inside ? range.start : at;
            end = next;
            inside = true;
        }
        at = next;
    }
    return (Range){inside ? range.start : end, end};
}

static void comment_line(StrBuf *out, const char *text, Range line, const char *indent)
{
    line = trim(text, line);
    if (!range_is_empty(line) && text[line.start] == '*') {
        line = trim(text, (Range){line.start + 1, line.end});
    }
    if (!range_is_empty(line)) {
        strbuf_add(out, indent);
        strbuf_add(out, " * ");
        strbuf_addn(out, text + line.start, line.end - line.start);
        strbuf_char(out, '\n');
    }
}

/* The star column is drawn anew; empty lines go. */
static void block_comment(StrBuf *out, const char *text, Range comment, const char *indent)
{
    strbuf_add(out, indent);
    strbuf_add(out, "/**\n");
    Range line = {comment.start + 2, comment.start + 2};
    for (; line.end < comment.end - 2; line.end++) {
        if (text[line.end] == '\n') {
            comment_line(out, text, line, indent);
            line.start = line.end + 1;
        }
    }
    comment_line(out, text, line, indent);
    strbuf_add(out, indent);
    strbuf_add(out, " */\n");
}

void format_comment(StrBuf *out, const char *text, Range comment, const char *indent)
{
    if (text[comment.start + 1] == '*') {
        block_comment(out, text, comment, indent);
        return;
    }
    strbuf_add(out, indent);
    strbuf_addn(out, text + comment.start, comment.end - comment.start);
    strbuf_char(out, '\n');
}
