/*
 * parse_filter.c - the filter between scanner and parser.
 *
 * In: raw tokens. Out: the tokens parser.y reads. It makes the language easy for the grammar: it
 * drops blank lines and comments (documentation is kept by parse_docs.c for the token that ends a
 * line or opens a block), recognises the keywords of blocks where a block can start and nowhere
 * else, closes blocks that were left open, and says so. It knows lines and brackets, not what they
 * mean. Source of the rules: the reference tool, version 7.
 */
#include "base/common.h"

#include <string.h>

#include "grammar/parse_internal.h"
#include "grammar/scanner.h"

enum { NO_TOKEN = -2 };

bool parse_may_complain(ParseCx *cx)
{
    bool may = !cx->complained;
    cx->complained = true;
    cx->line_damaged = true;
    return may;
}

/* --- names --- */

/* The keyword `name` is, as an index, or KEYWORD_COUNT. */
static size_t keyword_index(const ParseCx *cx, Name name)
{
    size_t i = 0;
    while (i < KEYWORD_COUNT && cx->keywords[i] != name) {
        i++;
    }
    return i;
}

static Name token_name(ParseCx *cx)
{
    return intern(cx->names, cx->file->text + cx->start, cx->end - cx->start);
}

/* --- comments --- */

static int filter_comment(ParseCx *cx, int raw)
{
    cx->line_has_comment = true;
    parse_docs_comment(cx, raw);
    if (raw == RAW_BLOCK_COMMENT && cx->line_tokens > 0) {
        const char *after = parse_skip_blanks(cx->file->text + cx->end);
        if (!parse_is_line_end(*after) && parse_may_complain(cx)) {
            Span comment = parse_span(cx);
            uint32_t from = (uint32_t)(after - cx->file->text);
            diag_report_plain(cx->diags, DIAG_COMMENT_INSIDE_LINE,
                              ((Span){comment.file, from, from + 1}));
        }
    }
    return NO_TOKEN;
}

/* --- lines --- */

/* The first token of a line: everything the line before has left is forgotten. */
static void start_line(ParseCx *cx, int kind)
{
    parse_docs_line(cx, kind);
    cx->brackets = cx->objects = cx->junk = 0;
    cx->outer_paren = false;
    cx->complained = false;
    cx->head_state = HEAD_NONE;
}

static int end_line(ParseCx *cx, DSL_STYPE *value)
{
    cx->line_tokens = 0;
    cx->line_damaged = cx->complained;
    cx->line_has_comment = false;
    cx->skip_line = false;
    cx->last_token = TOK_EOL;
    value->TOK_EOL = parse_docs_take(cx);
    return TOK_EOL;
}

/* Delivers the token and counts it. */
static int deliver(ParseCx *cx, int kind)
{
    cx->line_tokens++;
    cx->last_token = kind;
    return kind;
}

/* The same, when the scanner's token has to be looked at again after it. */
static int deliver_before(ParseCx *cx, int raw, int kind)
{
    cx->pushed_back = raw;
    return kind;
}

/* Whether the line end falls inside a list that the next lines close. Reports it once. */
static bool in_continued_list(ParseCx *cx)
{
    if (cx->brackets + cx->objects == 0) {
        return false;
    }
    if (cx->start < cx->continues_to) {
        return true;
    }
    uint32_t end = cx->complained ? 0 : parse_list_end(cx);
    if (end == 0) {
        return false;
    }
    (void)parse_may_complain(cx);
    const char *opened = arena_strndup(cx->diags->arena, cx->file->text + cx->bracket.start, 1);
    diag_report(cx->diags, DIAG_LIST_OVER_LINES, cx->bracket, opened);
    cx->continues_to = end;
    return true;
}

/* `model Name` and the brace on a line below. */
static bool brace_is_below(ParseCx *cx)
{
    if (cx->in_block || cx->head_state != HEAD_NAME) {
        return false;
    }
    const char *at = cx->file->text + cx->end;
    at += strspn(at, " \t\r\n");
    if (*at != '{') {
        return false;
    }
    if (parse_may_complain(cx)) {
        uint32_t brace = (uint32_t)(at - cx->file->text);
        Span name = cx->head;
        const char *head =
            arena_strndup(cx->diags->arena, cx->file->text + name.start, name.end - name.start);
        Diagnostic *diagnostic = diag_report(cx->diags, DIAG_BRACE_ON_NEXT_LINE, name, head);
        diag_note(cx->diags, diagnostic, ((Span){name.file, brace, brace + 1}), "it is here");
    }
    return true;
}

/* `model Name` and no brace at all: what looks like its body is read over. */
static bool brace_is_missing(ParseCx *cx)
{
    if (cx->in_block || cx->head_state != HEAD_NAME) {
        return false;
    }
    if (parse_may_complain(cx)) {
        const char *head = arena_strndup(cx->diags->arena, cx->file->text + cx->head.start,
                                         cx->head.end - cx->head.start);
        diag_report(cx->diags, DIAG_BRACE_MISSING, cx->head, head);
    }
    cx->skip_body = true;
    cx->at_head = false;
    return true;
}

static int filter_eol(ParseCx *cx, DSL_STYPE *value)
{
    if (cx->line_tokens == 0) {
        if (!cx->line_has_comment) {
            parse_docs_blank_line(cx);
        }
        cx->line_has_comment = false;
        return NO_TOKEN;
    }
    if (in_continued_list(cx) || brace_is_below(cx) || brace_is_missing(cx)) {
        return NO_TOKEN;
    }
    return end_line(cx, value);
}

/* --- blocks --- */

/* What is wrong with an open block: its end is missing, or the whole of it stands on one line. */
static void report_open_block(ParseCx *cx, Span place)
{
    const char *head = arena_strndup(cx->diags->arena, cx->file->text + cx->head.start,
                                     cx->head.end - cx->head.start);
    if (parse_brace_in_rest(cx->file->text + cx->head_end)) {
        diag_report(cx->diags, DIAG_BLOCK_ON_ONE_LINE, cx->head, head);
        return;
    }
    Diagnostic *diagnostic = diag_report(cx->diags, DIAG_BLOCK_NOT_CLOSED, place, head);
    if (place.start != cx->head.start) {
        diag_label(cx->diags, diagnostic, "a new block starts here");
        diag_note(cx->diags, diagnostic, cx->head, "the block that is not closed");
    }
}

/* Closes the open block before the scanner's token, which opens another one or is the end. */
static int close_block(ParseCx *cx, int raw)
{
    if (!cx->ended) {
        report_open_block(cx, raw == 0 ? cx->head : parse_span(cx));
    }
    cx->block_damaged = true;
    cx->in_block = false;
    cx->at_head = true;
    return deliver_before(cx, raw, TOK_RBRACE);
}

static int filter_end(ParseCx *cx, DSL_STYPE *value)
{
    if (cx->line_tokens > 0) {
        return deliver_before(cx, 0, end_line(cx, value));
    }
    return cx->in_block ? close_block(cx, 0) : 0;
}

static bool opens_object(const ParseCx *cx)
{
    switch (cx->last_token) {
    case TOK_EQUALS:
    case TOK_COLON:
    case TOK_COMMA:
    case TOK_LPAREN:
    case TOK_ARGS_OPEN:
    case TOK_LBRACKET:
        return true;
    }
    return false;
}

/* Deeper than anybody writes: the line is given up. */
static int too_deep(ParseCx *cx)
{
    if (parse_may_complain(cx)) {
        diag_report(cx->diags, DIAG_NESTED_TOO_DEEP, parse_span(cx),
                    diag_number(cx->diags, NESTING_LIMIT));
    }
    cx->brackets = cx->objects = 0;
    cx->skip_line = true;
    return TOK_DSL_error;
}

static int filter_open(ParseCx *cx, int raw)
{
    if (cx->brackets + cx->objects >= NESTING_LIMIT) {
        return too_deep(cx);
    }
    if (cx->brackets + cx->objects == 0) {
        cx->bracket = parse_span(cx);
        cx->outer_paren = raw == TOK_LPAREN;
    }
    bool outermost = raw == TOK_LPAREN && cx->brackets == 0 && cx->objects == 0;
    if (raw == TOK_LBRACE) {
        cx->objects++;
    } else {
        cx->brackets++;
    }
    return deliver(cx, outermost ? TOK_ARGS_OPEN : raw);
}

static int filter_close(ParseCx *cx, int raw)
{
    if (cx->brackets > 0) {
        cx->brackets--;
        if (raw == TOK_RPAREN && cx->brackets == 0 && cx->outer_paren) {
            return deliver(cx, TOK_ARGS_CLOSE);
        }
    }
    return deliver(cx, raw);
}

static int filter_open_brace(ParseCx *cx, DSL_STYPE *value)
{
    if (cx->in_block && opens_object(cx)) {
        return filter_open(cx, TOK_LBRACE);
    }
    if (cx->in_block) {
        cx->junk++;
        return deliver(cx, TOK_LBRACE);
    }
    if (cx->head_state != HEAD_NAME) {
        cx->skip_body = !parse_brace_in_rest(cx->file->text + cx->end);
        cx->at_head = !cx->skip_body;
        return deliver(cx, TOK_LBRACE);
    }
    cx->in_block = true;
    cx->block_damaged = false;
    cx->at_head = false;
    cx->head_end = cx->end;
    cx->line_tokens = 0;
    cx->last_token = TOK_LBRACE;
    value->TOK_LBRACE = parse_docs_take(cx);
    return TOK_LBRACE;
}

/* A brace that counts for nothing is worse when no other comes that could close the block. */
static void report_brace_after_text(ParseCx *cx)
{
    Span brace = parse_span(cx);
    if (brace.start < parse_last_brace(cx)) {
        diag_report_plain(cx->diags, DIAG_BRACE_AFTER_TEXT, brace);
        return;
    }
    const char *head = arena_strndup(cx->diags->arena, cx->file->text + cx->head.start,
                                     cx->head.end - cx->head.start);
    Diagnostic *diagnostic = diag_report(cx->diags, DIAG_BLOCK_NOT_CLOSED, cx->head, head);
    diag_note(cx->diags, diagnostic, brace,
              "this `}` follows other text: it needs a line of its own");
}

static int filter_close_brace(ParseCx *cx, DSL_STYPE *value)
{
    if (cx->objects + cx->junk > 0 || !cx->in_block) {
        cx->junk -= cx->objects == 0 && cx->junk > 0 ? 1 : 0;
        cx->objects -= cx->objects > 0 ? 1 : 0;
        return deliver(cx, TOK_RBRACE);
    }
    if (cx->line_tokens > 0) {
        if (parse_may_complain(cx)) {
            report_brace_after_text(cx);
        }
        return deliver_before(cx, TOK_RBRACE, end_line(cx, value));
    }
    cx->in_block = false;
    cx->at_head = true;
    cx->last_token = TOK_RBRACE;
    parse_docs_block_end(cx);
    return TOK_RBRACE;
}

/* Reads over the body of a block whose head was refused, up to its `}` or the next head. */
static int skip_body(ParseCx *cx, yyscan_t scanner, DSL_STYPE *value)
{
    uint32_t depth = 1;
    int raw = TOK_EOL;
    cx->skip_body = false;
    for (int last = TOK_EOL; depth > 0; last = raw) {
        raw = dslraw_lex(scanner);
        bool head = last == TOK_EOL && raw == TOK_IDENT &&
                    parse_looks_like_head(cx, cx->file->text + cx->start);
        if (raw == 0 || head) {
            cx->pushed_back = raw;
            break;
        }
        depth += raw == TOK_LBRACE ? 1 : 0;
        depth -= raw == TOK_RBRACE ? 1 : 0;
    }
    cx->at_head = true;
    return end_line(cx, value);
}

/* --- words --- */

/* How the line outside blocks looks after one more token. */
static void note_head(ParseCx *cx, int kind)
{
    if (kind == TOK_LBRACE) {
        return;
    }
    if (kind >= TOK_KW_MODEL && kind <= TOK_KW_GENERATOR) {
        cx->head_state = HEAD_KEYWORD;
        cx->head = parse_span(cx);
    } else if (cx->head_state == HEAD_KEYWORD && (kind == TOK_IDENT || kind == TOK_NUMBER)) {
        cx->head_state = HEAD_NAME;
        cx->head = span_join(cx->head, parse_span(cx));
    } else {
        cx->head_state = HEAD_BROKEN;
    }
}

static int filter_word(ParseCx *cx, DSL_STYPE *value)
{
    Name name = token_name(cx);
    int kind = TOK_IDENT;
    if (cx->line_tokens == 0) {
        size_t keyword = keyword_index(cx, name);
        if (keyword < KEYWORD_COUNT && !cx->in_block) {
            kind = TOK_KW_MODEL + (int)keyword;
        } else if (keyword < KEYWORD_COUNT && parse_head_follows(cx->file->text + cx->end)) {
            return close_block(cx, TOK_IDENT);
        }
        start_line(cx, kind);
    } else if (name == cx->unsupported && cx->file->text[cx->end] == '(') {
        kind = TOK_UNSUPPORTED;
    }
    value->TOK_IDENT = name;
    return deliver(cx, kind);
}

/* --- the filter --- */

static int filter_value(ParseCx *cx, int raw, DSL_STYPE *value)
{
    if (raw == TOK_STRING) {
        value->TOK_STRING =
            intern(cx->names, cx->file->text + cx->start + 1, cx->end - cx->start - 2);
    } else if (raw == RAW_ESCAPED_STRING) {
        value->TOK_STRING = parse_string(cx, cx->start, cx->end);
        raw = TOK_STRING;
    } else if (raw == TOK_NUMBER || raw == TOK_PATH) {
        value->TOK_NUMBER = token_name(cx);
    }
    return deliver(cx, raw);
}

/* A comment without end: nothing after it is read. */
static int filter_open_comment(ParseCx *cx)
{
    Span open = {cx->file->id, cx->start, cx->start + 2};
    diag_report_plain(cx->diags, DIAG_COMMENT_NOT_CLOSED, open);
    cx->complained = true;
    cx->ended = true;
    return NO_TOKEN;
}

/* A dotted path may hold letters of any script, and must hold letters only. */
static int filter_path(ParseCx *cx, DSL_STYPE *value)
{
    if (parse_name_end(cx, cx->start, cx->end) < cx->end) {
        (void)parse_bad_token(cx, RAW_UNICODE_IDENT);
    }
    return filter_value(cx, TOK_PATH, value);
}

static int filter_mark(ParseCx *cx, int raw, DSL_STYPE *value)
{
    switch (raw) {
    case TOK_LBRACE:
        return filter_open_brace(cx, value);
    case TOK_RBRACE:
        return filter_close_brace(cx, value);
    case TOK_LPAREN:
    case TOK_LBRACKET:
        return filter_open(cx, raw);
    case TOK_RPAREN:
    case TOK_RBRACKET:
        return filter_close(cx, raw);
    case TOK_STRING:
    case TOK_NUMBER:
    case RAW_ESCAPED_STRING:
        return filter_value(cx, raw, value);
    case TOK_PATH:
        return filter_path(cx, value);
    case RAW_UNICODE_IDENT:
    case RAW_UNDERSCORE:
    case RAW_OPEN_STRING:
    case RAW_SINGLE_QUOTED:
    case RAW_BAD_NUMBER:
    case RAW_BAD: {
        int kind = parse_bad_token(cx, raw);
        value->TOK_IDENT = token_name(cx);
        return deliver(cx, kind);
    }
    }
    return deliver(cx, raw);
}

static int filter(ParseCx *cx, int raw, DSL_STYPE *value)
{
    switch (raw) {
    case TOK_IDENT:
        return filter_word(cx, value);
    case TOK_EOL:
        return filter_eol(cx, value);
    case RAW_COMMENT:
    case RAW_DOC:
    case RAW_BLOCK_COMMENT:
        return filter_comment(cx, raw);
    case RAW_OPEN_COMMENT:
        return filter_open_comment(cx);
    case 0:
        return filter_end(cx, value);
    }
    if (cx->line_tokens == 0) {
        start_line(cx, raw);
    }
    return filter_mark(cx, raw, value);
}

/* The scanner's next token, or the one pushed back, or the end when nothing more is to be read. */
static int next_raw(ParseCx *cx, yyscan_t scanner)
{
    int raw = cx->pushed_back;
    cx->pushed_back = NOTHING_PUSHED_BACK;
    if (cx->ended || cx->diags->errors > DIAG_LIMIT) {
        cx->ended = true;
        return 0;
    }
    return raw != NOTHING_PUSHED_BACK ? raw : dslraw_lex(scanner);
}

int dsl_lex(DSL_STYPE *value, Span *span, yyscan_t scanner)
{
    ParseCx *cx = dslraw_get_extra(scanner);
    int kind = NO_TOKEN;
    while (kind == NO_TOKEN) {
        if (cx->skip_body) {
            kind = skip_body(cx, scanner, value);
            break;
        }
        int raw = next_raw(cx, scanner);
        if (!cx->skip_line || raw == TOK_EOL || raw == 0) {
            kind = filter(cx, raw, value);
        }
    }
    *span = parse_span(cx);
    if (cx->pushed_back != NOTHING_PUSHED_BACK) {
        span->end = span->start;
    } else if (!cx->in_block && cx->line_tokens > 0) {
        note_head(cx, kind);
    }
    return kind;
}
