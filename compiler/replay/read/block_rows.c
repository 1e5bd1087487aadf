/*
 * block_rows.c - blocks and bodies of functions that touch nothing but rows.
 */
#include "base/common.h"

#include "compiler/replay/read/blocks.h"

static bool changes_catalog(const SqlToken *token)
{
    static const char *const words[] = {
        "create", "alter",   "drop",    "execute", "comment",  "grant",  "revoke",   "do",
        "import", "refresh", "reindex", "cluster", "truncate", "commit", "rollback", "reset"};
    for (size_t i = 0; i < lengthof(words); i++) {
        if (block_is_word(token, words[i])) {
            return true;
        }
    }
    return false;
}

/* SET at the beginning of a statement is none of UPDATE's. */
static bool is_setting(const SqlToken *before, const SqlToken *token)
{
    return block_is_word(token, "set") &&
           (before->len == 0 || sql_token_is_sign(before, ';') || block_is_word(before, "begin") ||
            block_is_word(before, "then") || block_is_word(before, "else") ||
            block_is_word(before, "loop"));
}

static bool is_harmless_word(SqlReplay *cx, const SqlToken *token)
{
    static const char *const words[] = {
        "values",    "in",      "exists",   "and",       "or",        "not",    "if",
        "when",      "on",      "over",     "as",        "from",      "where",  "then",
        "by",        "array",   "any",      "all",       "union",     "case",   "else",
        "coalesce",  "nullif",  "greatest", "least",     "cast",      "using",  "varchar",
        "char",      "numeric", "decimal",  "text",      "select",    "return", "set",
        "elsif",     "loop",    "while",    "returning", "having",    "filter", "extract",
        "substring", "trim",    "position", "interval",  "timestamp", "row",    "with",
        "conflict",  "until",   "partition"};
    char name[IDENTIFIER_MAX + 1];
    for (size_t i = 0; i < lengthof(words); i++) {
        if (block_is_word(token, words[i])) {
            return true;
        }
    }
    const size_t len = token->len < IDENTIFIER_MAX ? token->len : IDENTIFIER_MAX;
    for (size_t i = 0; i < len; i++) {
        const char c = token->text[i];
        name[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    name[len] = '\0';
    return tree_is_harmless_function(cx, name);
}

/* The table behind INTO may hold rows now. */
static bool note_rows(BlockCx *cx, const SqlToken *token)
{
    SqlReplay *replay = cx->replay;
    SqlToken last = *token;
    BlockCx ahead = *cx;
    ahead.at = token->text + token->len;
    while (block_takes_sign(&ahead, '.')) {
        last = block_peek(&ahead);
        ahead.at += last.len;
    }
    cx->at = ahead.at;
    const bool quoted = last.kind == SQL_NAME;
    char *name =
        arena_strndup(replay->arena, last.text + (quoted ? 1 : 0), last.len - (quoted ? 2 : 0));
    for (char *c = name; !quoted && *c != '\0'; c++) {
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    }
    const Relation *relation = realm_relation(replay->realm, NULL, redo_name(replay, name));
    if (relation != NULL && relation->kind == RELATION_TABLE) {
        RealmTable *state = realm_table_state(replay->realm, relation->table);
        state->may_have_rows = true;
    }
    return true;
}

/* No word that makes or calls anything but rows. */
bool redo_only_rows(SqlReplay *replay, const char *text)
{
    BlockCx cx = {.replay = replay, .at = text, .end = text + strlen(text)};
    SqlToken before = {0};
    for (SqlToken token = block_peek(&cx); token.len > 0; token = block_peek(&cx)) {
        cx.at += token.len;
        if (changes_catalog(&token) || is_setting(&before, &token)) {
            return false;
        }
        if (block_is_word(&before, "into")) {
            (void)note_rows(&cx, &token);
        } else if ((token.kind == SQL_WORD || token.kind == SQL_NAME) && block_peek(&cx).len > 0) {
            const SqlToken next = block_peek(&cx);
            if (sql_token_is_sign(&next, '(') &&
                (token.kind == SQL_NAME || !is_harmless_word(replay, &token))) {
                return false;
            }
        }
        before = token;
    }
    return true;
}

/* Whichever of that name is called. */
bool redo_is_harmless(SqlReplay *cx, Name function)
{
    enum { CALLS_MAX = 20 };
    const RealmRoutine *routine = map_get(&cx->realm->routines_by_name, function);
    bool harmless = routine != NULL && cx->body_depth < CALLS_MAX;
    cx->body_depth++;
    for (; harmless && routine != NULL; routine = routine->next) {
        harmless = routine->body != NULL && redo_only_rows(cx, routine->body);
    }
    cx->body_depth--;
    return harmless;
}
