/*
 * parse_docs.c - which documentation belongs to what.
 *
 * In: comments, lines and blocks as the filter meets them. Out: the text of `///` and of block
 * comments for the field, value or block they stand before, or on whose line they stand. Source of
 * the rules: the reference tool, version 7.
 *
 * Comments on lines that follow each other belong together. Inside a block the last such group goes
 * to the next field, over empty lines and `@@` lines. Outside, a group goes to the next block when
 * no empty line is between; a datasource or generator has no documentation and leaves the group for
 * the block after it.
 */
#include "base/common.h"

#include "base/strbuf.h"
#include "grammar/parse_internal.h"

enum { DOC_MAX = 1 << 30 };

/* How many bytes a block comment opens with. One after other comments loses them before its indent:
 * the reference's way. */
static uint32_t opening(const ParseCx *cx, bool is_first)
{
    uint32_t bytes = 2;
    const char *at = cx->file->text + cx->start;
    while (!is_first && cx->line_tokens == 0 && bytes > 0 && at > cx->file->text &&
           parse_is_blank(at[-1])) {
        at--;
        bytes--;
    }
    return bytes;
}

/* The text of the comment token: marks and blanks before the text do not belong to it. */
static Span comment_text(const ParseCx *cx, int raw, bool is_first)
{
    const char *text = cx->file->text;
    bool is_block = raw == RAW_BLOCK_COMMENT;
    uint32_t start = cx->start + (is_block ? opening(cx, is_first) : 3);
    uint32_t end = is_block ? cx->end - 2 : cx->end;
    while (start < end &&
           (parse_is_blank(text[start]) || (is_block && parse_is_line_end(text[start])))) {
        start++;
    }
    while (is_block && end > start &&
           (parse_is_blank(text[end - 1]) || parse_is_line_end(text[end - 1]))) {
        end--;
    }
    return (Span){cx->file->id, start, end};
}

void parse_docs_comment(ParseCx *cx, int raw)
{
    bool is_first = !cx->in_comments;
    DocList *docs = cx->line_tokens > 0 ? &cx->line_docs
                    : cx->in_block      ? &cx->field_docs
                                        : &cx->comment_docs;
    if (cx->line_tokens == 0) {
        docs->count = is_first ? 0 : docs->count;
        cx->in_comments = true;
    }
    if (raw != RAW_COMMENT) {
        vec_push(cx->scratch, docs, comment_text(cx, raw, is_first));
    }
}

static void move_docs(ParseCx *cx, DocList *from, DocList *to)
{
    to->count = 0;
    vec_each(Span, at, from) {
        vec_push(cx->scratch, to, *at);
    }
    from->count = 0;
}

void parse_docs_line(ParseCx *cx, int kind)
{
    cx->line_docs.count = 0;
    if (!cx->in_block && cx->in_comments) {
        move_docs(cx, &cx->comment_docs, &cx->block_docs);
    }
    cx->in_comments = false;
    if (kind != TOK_KW_DATASOURCE && kind != TOK_KW_GENERATOR && kind != TOK_ATAT) {
        move_docs(cx, cx->in_block ? &cx->field_docs : &cx->block_docs, &cx->line_docs);
    }
}

void parse_docs_blank_line(ParseCx *cx)
{
    cx->comment_docs.count = 0;
    cx->in_comments = false;
}

void parse_docs_block_end(ParseCx *cx)
{
    cx->field_docs.count = 0;
    cx->in_comments = false;
}

const char *parse_docs_take(ParseCx *cx)
{
    if (cx->line_docs.count == 0) {
        return NULL;
    }
    StrBuf out = strbuf_new(DOC_MAX);
    vec_each(Span, at, &cx->line_docs) {
        strbuf_add(&out, at == cx->line_docs.items ? "" : "\n");
        strbuf_addn(&out, cx->file->text + at->start, at->end - at->start);
    }
    cx->line_docs.count = 0;
    return strbuf_take(&out, cx->arena);
}
