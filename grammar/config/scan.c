/*
 * scan.c - the raw tokens of a module, brackets paired.
 *
 * The scanner is told between tokens what it cannot see: whether an operand ended (then `/`
 * divides), and whether it stands in the text of a template.
 */
#include "base/common.h"

#include <string.h>

#include "grammar/config/tokens.h"
#include "grammar/config/scanner.h"

typedef struct Open {
    uint32_t at[CONFIG_NESTING];
    uint32_t count;
} Open;

/* The token that closes `kind`, or 0. */
static int closing(int kind)
{
    switch (kind) {
    case TOK_LBRACE:
        return TOK_RBRACE;
    case TOK_LPAREN:
        return TOK_RPAREN;
    case TOK_LBRACKET:
        return TOK_RBRACKET;
    case TOK_TICK:
        return TOK_TICK_END;
    case TOK_HOLE:
        return TOK_HOLE_END;
    default:
        return 0;
    }
}

static bool is_closing(int kind)
{
    return kind == TOK_RBRACE || kind == TOK_RPAREN || kind == TOK_RBRACKET ||
           kind == TOK_TICK_END || kind == TOK_HOLE_END;
}

static uint32_t innermost(const Open *open)
{
    return open->count == 0 ? NO_PARTNER : open->at[open->count - 1];
}

/* Pairs brackets; false when this one does not fit. */
static bool pair(ConfigParse *cx, Open *open, uint32_t at)
{
    ConfigToken *token = &cx->raw.items[at];
    uint32_t opener = innermost(open);
    token->inside = opener;
    if (closing(token->kind) != 0) {
        if (open->count == CONFIG_NESTING) {
            return false;
        }
        open->at[open->count++] = at;
    } else if (is_closing(token->kind)) {
        if (opener == NO_PARTNER || closing(cx->raw.items[opener].kind) != token->kind) {
            return false;
        }
        token->partner = opener;
        token->inside = cx->raw.items[opener].inside;
        cx->raw.items[opener].partner = at;
        open->count--;
    }
    return true;
}

static bool is_word(const ConfigParse *cx, uint32_t at, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (config_token_is(cx, &cx->raw.items[at], *words)) {
            return true;
        }
    }
    return false;
}

/* `if (x) /re/`: what these parentheses hold is no operand of what follows. */
static bool is_header(const ConfigParse *cx, uint32_t opener)
{
    static const char *const words[] = {"if", "for", "while", "with", NULL};
    return opener > 0 && cx->raw.items[opener - 1].kind == RAW_WORD &&
           is_word(cx, opener - 1, words);
}

static bool ends_operand(const ConfigParse *cx, uint32_t at)
{
    static const char *const operators[] = {"return", "typeof", "case",  "in",   "of",    "new",
                                            "delete", "void",   "throw", "else", "await", NULL};
    const ConfigToken *token = &cx->raw.items[at];
    switch (token->kind) {
    case RAW_WORD:
        return !is_word(cx, at, operators);
    case TOK_RPAREN:
        return !is_header(cx, token->partner);
    case TOK_STRING:
    case TOK_NUMBER:
    case TOK_REGEX:
    case TOK_RBRACKET:
    case TOK_TICK_END:
        return true;
    default:
        return false;
    }
}

/* `}` closes the hole of a template where that is the innermost bracket. */
static int resolve(const ConfigParse *cx, const Open *open, int kind)
{
    uint32_t opener = innermost(open);
    bool in_hole = opener != NO_PARTNER && cx->raw.items[opener].kind == TOK_HOLE;
    return kind == TOK_RBRACE && in_hole ? TOK_HOLE_END : kind;
}

static void tell_scanner(ConfigParse *cx, const ConfigToken *token, uint32_t at)
{
    bool in_text =
        token->kind == TOK_TICK || token->kind == TOK_PIECE || token->kind == TOK_HOLE_END;
    cx->in_template = in_text;
    cx->operand_ended = ends_operand(cx, at);
    cx->line_before = false;
}

static bool scan_all(ConfigParse *cx, yyscan_t scanner)
{
    Open open = {.count = 0};
    for (;;) {
        int kind = cfgraw_lex(scanner);
        if (kind == 0) {
            return open.count == 0;
        }
        ConfigToken token = {.kind = resolve(cx, &open, kind),
                             .span = {cx->file->id, cx->start, cx->end},
                             .line_before = cx->line_before,
                             .partner = NO_PARTNER,
                             .inside = NO_PARTNER};
        vec_push(cx->scratch, &cx->raw, token);
        uint32_t at = (uint32_t)cx->raw.count - 1;
        if (kind == RAW_BAD || !pair(cx, &open, at)) {
            return false;
        }
        tell_scanner(cx, &vec_last(&cx->raw), at);
    }
}

bool config_scan(ConfigParse *cx)
{
    yyscan_t scanner = NULL;
    size_t len = cx->file->len;
    char *text = arena_array(cx->scratch, char, len + 2);
    memcpy(text, cx->file->text, len);
    if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        memcpy(text, "   ", 3); // a mark of the encoding, which would begin a word
    }
    if (cfgraw_lex_init_extra(cx, &scanner) != 0) {
        unreachable(); /* only without memory, and then the arena has aborted */
    }
    cfgraw__scan_buffer(text, (yy_size_t)len + 2, scanner);
    bool ok = scan_all(cx, scanner);
    cfgraw_lex_destroy(scanner);
    return ok;
}
