/*
 * read.c - the front door: a module scanned, laid out, parsed; and where the parser goes on after
 * what it cannot read.
 *
 * After an error the parser returns to the innermost object or block around it; here the tokens are
 * skipped up to the end of that property or statement. Brackets on the way are skipped whole, so
 * that nothing in them is taken for a property or a statement of what is outside.
 */
#include "base/common.h"

#include "grammar/config/read.h"
#include "grammar/config/tokens.h"

enum { SHOWN_BYTES = 40 };

static bool opens(const ConfigToken *token, uint32_t at)
{
    return token->partner != NO_PARTNER && token->partner > at;
}

/* The object or block around the token at `*at`, NO_PARTNER for the module; moves `*at` out of all
 * other brackets. */
static uint32_t surroundings(const ConfigParse *cx, uint32_t *at)
{
    const ConfigToken *tokens = cx->tokens.items;
    uint32_t around = tokens[*at].inside;
    while (around != NO_PARTNER && tokens[around].kind != TOK_LBRACE &&
           tokens[around].kind != TOK_BLOCK) {
        *at = tokens[around].partner;
        around = tokens[around].inside;
    }
    return around;
}

/* `else`, `catch` and `finally` belong to the statement of the block before them. */
static bool goes_on(const ConfigParse *cx, uint32_t at)
{
    int kind = at < cx->tokens.count ? cx->tokens.items[at].kind : 0;
    return kind == TOK_KW_ELSE || kind == TOK_KW_CATCH || kind == TOK_KW_FINALLY;
}

/* The token to go on with: behind a statement, or what ends a property. */
static uint32_t resume_at(const ConfigParse *cx, uint32_t at)
{
    uint32_t around = surroundings(cx, &at);
    bool in_object = around != NO_PARTNER && cx->tokens.items[around].kind == TOK_LBRACE;
    uint32_t end =
        around == NO_PARTNER ? (uint32_t)cx->tokens.count : cx->tokens.items[around].partner;
    while (at < end) {
        const ConfigToken *token = &cx->tokens.items[at];
        if (in_object && token->kind == TOK_COMMA) {
            return at;
        }
        at = opens(token, at) ? token->partner + 1 : at + 1;
        bool block = token->kind == TOK_BLOCK && !goes_on(cx, at);
        if (!in_object && (block || token->kind == TOK_END)) {
            return at;
        }
    }
    return end;
}

void config_unexpected(ConfigParse *cx, Span span, const char *found)
{
    size_t len = span.end - span.start;
    const char *text = cx->file->text + span.start;
    bool shown = len > 0 && len <= SHOWN_BYTES && memchr(text, '\n', len) == NULL;
    cx->problem = shown ? intern_printf(cx->names, "`%.*s` is not understood here", (int)len, text)
                        : intern_printf(cx->names, "%s is not understood here", found);
    if (cx->next == 0 || cx->next > cx->tokens.count || cx->failed_at == cx->next) {
        cx->exhausted = true;
        cx->next = (uint32_t)cx->tokens.count;
        return;
    }
    cx->failed_at = cx->next;
    cx->next = resume_at(cx, cx->next - 1);
    cx->skipped_to = cx->next == 0 ? 0 : cx->tokens.items[cx->next - 1].span.end;
}

int cfg_lex(CFG_STYPE *value, Span *span, ConfigParse *cx)
{
    uint32_t len = (uint32_t)cx->file->len;
    if (cx->next >= cx->tokens.count) {
        cx->next = (uint32_t)cx->tokens.count + 1;
        *span = (Span){cx->file->id, len, len};
        return 0;
    }
    const ConfigToken *token = &cx->tokens.items[cx->next++];
    value->TOK_NAME = token->name;
    *span = token->span;
    return token->kind;
}

/* Of a module of which nothing is understood. */
static void all_unread(ConfigParse *cx, uint32_t start)
{
    Span span = {cx->file->id, start, (uint32_t)cx->file->len};
    cx->module->statements = (ConfigNodeList){0};
    vec_push(cx->arena, &cx->module->statements, config_unread(cx, span));
}

ConfigModule *config_read(Arena *arena, const SourceFile *file, Names *names)
{
    ConfigParse cx = {.file = file, .arena = arena, .names = names};
    cx.module = arena_make(arena, ConfigModule);
    cx.module->file = file;
    cx.scratch = arena_new();
    if (!config_scan(&cx)) {
        cx.problem = intern_cstr(names, "brackets or quotes do not fit together");
        all_unread(&cx, cx.raw.count == 0 ? 0 : vec_last(&cx.raw).span.start);
    } else {
        config_layout(&cx);
        if (cfg_parse(&cx) != 0 || cx.exhausted) {
            all_unread(&cx, 0);
        }
    }
    arena_free(cx.scratch);
    return cx.module;
}
