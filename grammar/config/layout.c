/*
 * layout.c - raw tokens to the tokens of the grammar: what only their neighbours can tell.
 *
 * Line ends that end statements become END (after what can end one, before what cannot go on).
 * Braces of blocks are told from those of objects. Types, type arguments, `!` after an operand and
 * whole declarations of types are left out. A function, method or class with a body becomes one
 * token, an arrow with its parameters too. Words become keywords where they are.
 * Source of the rules: ECMAScript 2025, "Automatic Semicolon Insertion"; what it decides by trying
 * is decided here by the two tokens around the line end, as formatters do.
 */
#include "base/common.h"

#include <string.h>

#include "grammar/config/tokens.h"

typedef struct Layout {
    ConfigParse *cx;
    uint32_t at;                   /* the raw token to look at */
    uint32_t open[CONFIG_NESTING]; /* places of open brackets among the tokens made */
    uint32_t depth;
    bool at_start;  /* a statement begins here */
    bool operand;   /* the last token can end an expression */
    bool names;     /* in `import` or `export`: `as` renames */
    bool declaring; /* between `const` and `=`, in the bracket `declared_in` */
    uint32_t declared_in;
    bool *blocks; /* of each raw bracket: its braces are a block's */
} Layout;

/* --- looking --- */

/* Behind the last stands nothing, in no bracket. */
static const ConfigToken *raw(const Layout *l, uint32_t at)
{
    static const ConfigToken nothing = {.partner = NO_PARTNER, .inside = NO_PARTNER};
    return at < l->cx->raw.count ? &l->cx->raw.items[at] : &nothing;
}

static int kind_at(const Layout *l, uint32_t at)
{
    return at < l->cx->raw.count ? l->cx->raw.items[at].kind : 0;
}

static bool word_at(const Layout *l, uint32_t at, const char *word)
{
    return kind_at(l, at) == RAW_WORD && config_token_is(l->cx, raw(l, at), word);
}

static int last_kind(const Layout *l)
{
    return l->cx->tokens.count == 0 ? TOK_END : vec_last(&l->cx->tokens).kind;
}

/* Does the bracket around this token hold statements? */
static bool among_statements(const Layout *l, uint32_t at)
{
    uint32_t opener = raw(l, at)->inside;
    return opener == NO_PARTNER || l->blocks[opener];
}

static bool in_block(const Layout *l, uint32_t at)
{
    uint32_t opener = raw(l, at)->inside;
    return opener != NO_PARTNER && l->blocks[opener];
}

static bool in_object(const Layout *l, uint32_t at)
{
    uint32_t opener = raw(l, at)->inside;
    return opener != NO_PARTNER && kind_at(l, opener) == TOK_LBRACE && !l->blocks[opener];
}

/* --- making --- */

static Name text_of(const Layout *l, Span span)
{
    return intern(l->cx->names, l->cx->file->text + span.start, span.end - span.start);
}

static void push(Layout *l, int kind, Span span, Name name)
{
    ConfigToken token = {.kind = kind, .span = span, .name = name, .partner = NO_PARTNER};
    token.inside = l->depth == 0 ? NO_PARTNER : l->open[l->depth - 1];
    vec_push(l->cx->scratch, &l->cx->tokens, token);
}

static void open_bracket(Layout *l)
{
    l->open[l->depth++] = (uint32_t)l->cx->tokens.count - 1;
}

static void close_bracket(Layout *l)
{
    uint32_t opener = l->open[--l->depth];
    uint32_t closer = (uint32_t)l->cx->tokens.count - 1;
    l->cx->tokens.items[closer].partner = opener;
    l->cx->tokens.items[closer].inside = l->cx->tokens.items[opener].inside;
    l->cx->tokens.items[opener].partner = closer;
}

static void end_statement(Layout *l, uint32_t before)
{
    Span span = {l->cx->file->id, before, before};
    push(l, TOK_END, span, NULL);
    l->at_start = true;
    l->operand = false;
    l->names = false;
    l->declaring = false;
}

/* A token that can end an expression, of the raw tokens up to `end`. */
static void push_operand(Layout *l, int kind, uint32_t end, Name name)
{
    push(l, kind, span_join(raw(l, l->at)->span, raw(l, end - 1)->span), name);
    l->at = end;
    l->operand = true;
    l->at_start = false;
}

/* --- line ends --- */

static bool goes_on(const Layout *l, uint32_t at)
{
    switch (kind_at(l, at)) {
    case TOK_DOT:
    case TOK_QUESTION_DOT:
    case TOK_LPAREN:
    case TOK_RPAREN:
    case TOK_LBRACKET:
    case TOK_RBRACKET:
    case TOK_TICK:
    case TOK_COMMA:
    case TOK_COLON:
    case TOK_QUESTION:
    case TOK_NULLISH:
    case TOK_OR:
    case TOK_AND:
    case TOK_EQUALITY:
    case TOK_RELATION:
    case TOK_PLUS:
    case TOK_MINUS:
    case TOK_TIMES:
    case TOK_EQUALS:
    case TOK_ASSIGN:
    case TOK_FAT_ARROW:
        return true;
    case RAW_STRANGE:
        return raw(l, at)->span.end - raw(l, at)->span.start == 1;
    default:
        return word_at(l, at, "instanceof") || word_at(l, at, "in") || word_at(l, at, "of");
    }
}

static void maybe_end(Layout *l)
{
    const ConfigToken *token = raw(l, l->at);
    uint32_t block = token->kind == TOK_RBRACE ? token->partner : NO_PARTNER;
    bool closes_block = block != NO_PARTNER && l->blocks[block];
    bool line =
        token->line_before && l->operand && among_statements(l, l->at) && !goes_on(l, l->at);
    bool module = l->names && last_kind(l) == TOK_TEXT; /* of an import */
    bool always = token->line_before && (module || last_kind(l) == TOK_KW_JUMP);
    if (!l->at_start && (closes_block || line || always)) {
        end_statement(l, token->span.start);
    }
}

/* --- declarations of types --- */

/* Behind the last, and where the bracket around `at` closes, there is nothing to pass over: what is
 * left out holds both ends of a bracket, or none. */
static bool ends_here(const Layout *l, uint32_t at)
{
    const uint32_t partner = raw(l, at)->partner;
    return at >= l->cx->raw.count || (partner != NO_PARTNER && partner < at);
}

static uint32_t behind(const Layout *l, uint32_t at)
{
    const uint32_t partner = raw(l, at)->partner;
    return partner != NO_PARTNER && partner > at ? partner + 1 : at + 1;
}

/* The first of the kind outside of brackets, or where looking for it ends. */
static uint32_t find_kind(const Layout *l, uint32_t at, int kind)
{
    while (!ends_here(l, at) && kind_at(l, at) != kind) {
        at = behind(l, at);
    }
    return at;
}

/* Up to the next line or `;` outside brackets. */
static uint32_t line_end(const Layout *l, uint32_t at)
{
    uint32_t end = at + 1;
    while (!ends_here(l, end) && !raw(l, end)->line_before && kind_at(l, end) != TOK_END) {
        end = behind(l, end);
    }
    return kind_at(l, end) == TOK_END ? end + 1 : end;
}

static uint32_t alias_end(const Layout *l, uint32_t at)
{
    uint32_t equals = behind(l, at + 1); /* of a name, or of braces */
    while (!ends_here(l, equals) && kind_at(l, equals) != TOK_EQUALS &&
           !raw(l, equals)->line_before) {
        equals = behind(l, equals);
    }
    if (kind_at(l, equals) != TOK_EQUALS) {
        return at;
    }
    uint32_t end = config_type_end(l->cx, equals + 1);
    return kind_at(l, end) == TOK_END ? end + 1 : end;
}

static uint32_t interface_end(const Layout *l, uint32_t at)
{
    at = find_kind(l, at, TOK_LBRACE);
    return kind_at(l, at) == TOK_LBRACE ? behind(l, at) : at;
}

/* `type A = ...`, `interface`, `declare`, `import type`, `export type`: nothing of them is a value.
 */
static bool skip_types(Layout *l)
{
    uint32_t first = l->at;
    uint32_t at = word_at(l, first, "export") || word_at(l, first, "import") ? first + 1 : first;
    bool named = kind_at(l, at + 1) == RAW_WORD && !word_at(l, at + 1, "from");
    if (!l->at_start) {
        return false;
    }
    if (word_at(l, at, "type") && at > first && (named || kind_at(l, at + 1) == TOK_LBRACE)) {
        uint32_t end = word_at(l, first, "import") ? at : alias_end(l, at);
        l->at = end > at ? end : line_end(l, first);
    } else if (word_at(l, at, "type") && named) {
        uint32_t end = alias_end(l, at);
        l->at = end > at ? end : l->at;
    } else if (word_at(l, at, "interface") && named) {
        l->at = interface_end(l, at);
    } else if (word_at(l, at, "declare") && named) {
        l->at = line_end(l, at);
    }
    return l->at > first;
}

/* --- functions --- */

/* Behind the parameters that open at `at`, and the type of the result. */
static uint32_t parameters_end(const Layout *l, uint32_t at)
{
    uint32_t end = raw(l, at)->partner + 1;
    if (kind_at(l, end) == TOK_COLON) {
        end = config_return_type_end(l->cx, end + 1);
    }
    return end;
}

/* `function [name](...) {...}`; sets where it ends. */
static bool function_follows(const Layout *l, uint32_t *ret_end, Name *ret_name)
{
    uint32_t at = word_at(l, l->at, "async") ? l->at + 1 : l->at;
    if (!word_at(l, at, "function")) {
        return false;
    }
    at += kind_at(l, at + 1) == TOK_TIMES ? 2 : 1;
    if (kind_at(l, at) == RAW_WORD) {
        *ret_name = text_of(l, raw(l, at)->span);
        at++;
    }
    at = config_type_arguments_end(l->cx, at);
    uint32_t body = kind_at(l, at) == TOK_LPAREN ? parameters_end(l, at) : at;
    if (kind_at(l, body) != TOK_LBRACE) {
        return false;
    }
    *ret_end = raw(l, body)->partner + 1;
    return true;
}

/* `class A {...}`, `enum A {...}`: the name is known, what it stands for is not. */
static bool class_follows(const Layout *l, uint32_t *ret_end, Name *ret_name)
{
    uint32_t at = l->at;
    if (!word_at(l, at, "class") && !(word_at(l, at, "enum") && l->at_start)) {
        return false;
    }
    if (kind_at(l, at + 1) == RAW_WORD) {
        *ret_name = text_of(l, raw(l, at + 1)->span);
    }
    at = find_kind(l, at, TOK_LBRACE);
    *ret_end = behind(l, at);
    return kind_at(l, at) == TOK_LBRACE;
}

static bool make_function(Layout *l)
{
    uint32_t end = 0;
    Name name = NULL;
    if (last_kind(l) == TOK_DOT ||
        (!function_follows(l, &end, &name) && !class_follows(l, &end, &name))) {
        return false;
    }
    bool declared = l->at_start || last_kind(l) == TOK_KW_EXPORT;
    push_operand(l, declared ? TOK_DECLARED : TOK_FUNCTION, end, name);
    if (declared) {
        l->at_start = true;
        l->operand = false;
    }
    return true;
}

/* `(a, b) => ...`, `a => ...`, `async () => ...` */
static bool make_arrow(Layout *l)
{
    uint32_t at = l->at;
    if (word_at(l, at, "async") &&
        (kind_at(l, at + 1) == TOK_LPAREN || kind_at(l, at + 1) == RAW_WORD)) {
        at++;
    }
    uint32_t arrow = kind_at(l, at) == TOK_LPAREN ? parameters_end(l, at)
                     : kind_at(l, at) == RAW_WORD ? at + 1
                                                  : at;
    if (l->operand || arrow == at || kind_at(l, arrow) != TOK_FAT_ARROW) {
        return false;
    }
    if (kind_at(l, arrow + 1) == TOK_LBRACE) {
        push_operand(l, TOK_FUNCTION, raw(l, arrow + 1)->partner + 1, NULL);
        return true;
    }
    bool takes_none = kind_at(l, at) == TOK_LPAREN && raw(l, at)->partner == at + 1;
    Name parameters =
        takes_none ? NULL : text_of(l, span_join(raw(l, at)->span, raw(l, arrow - 1)->span));
    push_operand(l, TOK_ARROW, arrow + 1, parameters);
    l->operand = false;
    return true;
}

/* `name(...) {...}` among the members of an object. */
static bool make_method(Layout *l)
{
    uint32_t at = l->at;
    if (!in_object(l, at) || (last_kind(l) != TOK_LBRACE && last_kind(l) != TOK_COMMA)) {
        return false;
    }
    bool runs = word_at(l, at, "get") || word_at(l, at, "set"); /* where it is only looked at */
    bool prefixed = kind_at(l, at + 1) == RAW_WORD || kind_at(l, at + 1) == TOK_STRING;
    runs = runs && prefixed;
    at += runs || (word_at(l, at, "async") && prefixed) ? 1 : 0;
    const ConfigToken *key = raw(l, at);
    bool is_key = key->kind == RAW_WORD || key->kind == TOK_STRING;
    uint32_t open = is_key ? config_type_arguments_end(l->cx, at + 1) : at;
    if (!is_key || kind_at(l, open) != TOK_LPAREN) {
        return false;
    }
    uint32_t body = parameters_end(l, open);
    if (kind_at(l, body) != TOK_LBRACE) {
        return false;
    }
    Name name = key->kind == RAW_WORD ? text_of(l, key->span)
                                      : config_cook(l->cx, key->span.start + 1, key->span.end - 1);
    push_operand(l, runs ? RAW_STRANGE : TOK_METHOD, raw(l, body)->partner + 1, name);
    return true;
}

/* --- types in expressions and declarations --- */

static bool is_annotation(const Layout *l, uint32_t at)
{
    uint32_t opener = raw(l, at)->inside;
    bool caught = opener != NO_PARTNER && opener > 0 && word_at(l, opener - 1, "catch");
    bool declared = l->declaring && opener == l->declared_in;
    return kind_at(l, at) == TOK_COLON && (caught || declared);
}

static bool make_cast(Layout *l)
{
    const ConfigToken *token = raw(l, l->at);
    bool is_cast = word_at(l, l->at, "as") || word_at(l, l->at, "satisfies");
    uint32_t end = is_cast ? config_type_end(l->cx, l->at + 1) : 0;
    if (!is_cast || !l->operand || l->names || token->line_before || end == l->at + 1) {
        return false;
    }
    push_operand(l, TOK_KW_AS, end, NULL);
    return true;
}

static bool skip_type(Layout *l)
{
    const ConfigToken *token = raw(l, l->at);
    uint32_t end = l->at;
    if (is_annotation(l, l->at)) {
        end = config_type_end(l->cx, l->at + 1);
    } else if (l->operand && !token->line_before && token->kind == TOK_NOT) {
        end = l->at + 1;
    } else if (last_kind(l) == TOK_NAME && !token->line_before) {
        end = config_type_arguments_end(l->cx, l->at);
    } else if (l->names && word_at(l, l->at, "type") && kind_at(l, l->at + 1) == RAW_WORD &&
               !word_at(l, l->at + 1, "as")) {
        end = l->at + 1;
    }
    bool skips = end > l->at;
    l->at = end;
    return skips;
}

/* --- one token for one --- */

typedef struct Keyword {
    const char *word;
    int kind;
} Keyword;

static int keyword(const Layout *l, uint32_t at)
{
    static const Keyword keywords[] = {
        {"import", TOK_KW_IMPORT},   {"export", TOK_KW_EXPORT}, {"default", TOK_KW_DEFAULT},
        {"from", TOK_KW_FROM},       {"const", TOK_KW_DECLARE}, {"let", TOK_KW_DECLARE},
        {"var", TOK_KW_DECLARE},     {"if", TOK_KW_IF},         {"else", TOK_KW_ELSE},
        {"try", TOK_KW_TRY},         {"catch", TOK_KW_CATCH},   {"finally", TOK_KW_FINALLY},
        {"for", TOK_KW_FOR},         {"of", TOK_KW_OF},         {"throw", TOK_KW_THROW},
        {"new", TOK_KW_NEW},         {"typeof", TOK_KW_UNARY},  {"void", TOK_KW_UNARY},
        {"await", TOK_KW_AWAIT},     {"delete", RAW_STRANGE},   {"while", RAW_STRANGE},
        {"do", RAW_STRANGE},         {"switch", RAW_STRANGE},   {"return", RAW_STRANGE},
        {"break", TOK_KW_JUMP},      {"continue", TOK_KW_JUMP}, {"with", RAW_STRANGE},
        {"debugger", RAW_STRANGE},   {"yield", RAW_STRANGE},    {"in", RAW_STRANGE},
        {"instanceof", RAW_STRANGE}, {"super", RAW_STRANGE},    {"function", RAW_STRANGE},
        {"class", RAW_STRANGE},
    };
    bool is_key = in_object(l, at) && (last_kind(l) == TOK_LBRACE || last_kind(l) == TOK_COMMA) &&
                  kind_at(l, at + 1) == TOK_COLON;
    if (last_kind(l) == TOK_DOT || last_kind(l) == TOK_QUESTION_DOT || is_key) {
        return TOK_NAME;
    }
    if (l->names && word_at(l, at, "as")) {
        return TOK_KW_AS;
    }
    if (l->names && last_kind(l) == TOK_TEXT && word_at(l, at, "with")) {
        return TOK_NAME; /* of an import: what kind of module it is */
    }
    if (word_at(l, at, "var") && in_block(l, at)) {
        return RAW_STRANGE; /* its name is the function's */
    }
    for (size_t i = 0; i < lengthof(keywords); i++) {
        if (word_at(l, at, keywords[i].word)) {
            return keywords[i].kind;
        }
    }
    return TOK_NAME;
}

/* What a keyword says about what follows. */
static void note_keyword(Layout *l, uint32_t at, int kind)
{
    l->operand = kind == TOK_NAME || kind == TOK_KW_FROM || kind == TOK_KW_JUMP;
    l->at_start =
        kind == TOK_KW_ELSE || kind == TOK_KW_TRY || kind == TOK_KW_CATCH || kind == TOK_KW_FINALLY;
    if (kind == TOK_KW_DECLARE) {
        l->declaring = true;
        l->declared_in = raw(l, at)->inside;
    } else if (kind == TOK_KW_OF) {
        l->declaring = false;
    } else if (kind == TOK_KW_IMPORT && kind_at(l, at + 1) != TOK_LPAREN &&
               kind_at(l, at + 1) != TOK_DOT) {
        l->names = true;
    } else if (kind == TOK_KW_EXPORT && kind_at(l, at + 1) == TOK_LBRACE) {
        l->names = true;
    }
}

static void make_word(Layout *l)
{
    uint32_t at = l->at++;
    Span span = raw(l, at)->span;
    int kind = keyword(l, at);
    push(l, kind, span, text_of(l, span));
    note_keyword(l, at, kind);
}

static void make_bracket(Layout *l, uint32_t at)
{
    int kind = kind_at(l, at);
    bool block = kind == TOK_LBRACE && l->at_start;
    l->blocks[at] = block;
    bool attributes = at > 0 && (word_at(l, at - 1, "with") || word_at(l, at - 1, "assert"));
    bool names = kind == TOK_LBRACE && l->names && !attributes;
    push(l, block ? TOK_BLOCK : names ? TOK_NAMES : kind, raw(l, at)->span, NULL);
    open_bracket(l);
    l->operand = false;
    l->at_start = block;
}

/* `if (...)`, `for (...)`, `while (...)`, `switch (...)`, `catch (...)`: a statement follows. */
static bool is_header(const Layout *l, uint32_t opener)
{
    return kind_at(l, opener) == TOK_LPAREN && opener > 0 &&
           (word_at(l, opener - 1, "if") || word_at(l, opener - 1, "for") ||
            word_at(l, opener - 1, "while") || word_at(l, opener - 1, "switch") ||
            word_at(l, opener - 1, "catch"));
}

static void make_closing(Layout *l, uint32_t at)
{
    uint32_t opener = raw(l, at)->partner;
    bool block = l->blocks[opener];
    bool names = l->cx->tokens.items[l->open[l->depth - 1]].kind == TOK_NAMES;
    int kind = block ? TOK_BLOCK_END : names ? TOK_NAMES_END : kind_at(l, at);
    push(l, kind, raw(l, at)->span, NULL);
    close_bracket(l);
    l->at_start = block || is_header(l, opener);
    l->operand = !l->at_start && kind_at(l, at) != TOK_HOLE_END;
}

static void make_literal(Layout *l, uint32_t at)
{
    Span span = raw(l, at)->span;
    int kind = kind_at(l, at);
    if (kind == TOK_STRING || kind == TOK_PIECE) {
        uint32_t quote = kind == TOK_STRING ? 1 : 0;
        Name name = config_cook(l->cx, span.start + quote, span.end - quote);
        bool plain = strlen(name->text) == name->len; /* no zero byte in it */
        push(l, !plain ? RAW_STRANGE : quote == 1 ? TOK_TEXT : TOK_PIECE, span, name);
    } else {
        push(l, kind, span, text_of(l, span));
    }
    l->operand = kind == TOK_STRING || kind == TOK_NUMBER || kind == TOK_REGEX ||
                 (kind == RAW_STRANGE && span.end - span.start == 2);
    l->declaring = l->declaring && kind != TOK_EQUALS;
    l->at_start = false;
}

static void make_plain(Layout *l)
{
    const ConfigToken *token = raw(l, l->at);
    if (token->kind == RAW_WORD) {
        make_word(l);
        return;
    }
    uint32_t at = l->at++;
    if (token->kind == TOK_END) {
        end_statement(l, token->span.start);
    } else if (token->partner == NO_PARTNER) {
        make_literal(l, at);
    } else if (token->partner > at) {
        make_bracket(l, at);
    } else {
        make_closing(l, at);
    }
}

void config_layout(ConfigParse *cx)
{
    Layout layout = {.cx = cx, .at_start = true};
    layout.blocks = arena_array(cx->scratch, bool, cx->raw.count + 1);
    while (layout.at < cx->raw.count) {
        if (skip_types(&layout)) {
            continue;
        }
        maybe_end(&layout);
        if (skip_types(&layout) || make_function(&layout) || make_arrow(&layout) ||
            make_method(&layout) || make_cast(&layout) || skip_type(&layout)) {
            continue;
        }
        make_plain(&layout);
    }
    if (!layout.at_start) {
        end_statement(&layout, (uint32_t)cx->file->len);
    }
}
