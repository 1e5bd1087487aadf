#include "base/common.h"

#include "compiler/catalog/sql_scan.h"

#include <string.h>
#include <strings.h>

/* --- ends --------------------------------------------------------------------------------------
 */

/* Behind the quote that closes the one at `at`; a doubled quote, or an escaped one in E'', does
 * not. NULL: nothing closes it. */
static const char *quoted_end(const char *at, const char *end, bool escapes)
{
    const char quote = *at++;
    while (at < end) {
        const bool two = end - at > 1;
        if (*at == quote && !(two && at[1] == quote)) {
            return at + 1;
        }
        at += two && (*at == quote || (escapes && *at == '\\')) ? 2 : 1;
    }
    return NULL;
}

static bool is_word_start(char c)
{
    const char lower = (char)(c | 0x20);
    return (lower >= 'a' && lower <= 'z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Behind `$tag$`; NULL when no such tag stands at `at`. */
static const char *tag_end(const char *at, const char *end)
{
    at++;
    if (at < end && is_digit(*at)) {
        return NULL;
    }
    while (at < end && (is_word_start(*at) || is_digit(*at))) {
        at++;
    }
    return at < end && *at == '$' ? at + 1 : NULL;
}

static const char *dollar_end(const char *tag, const char *body, const char *end)
{
    const size_t len = (size_t)(body - tag);
    for (const char *at = body; (size_t)(end - at) >= len; at++) {
        at = memchr(at, '$', (size_t)(end - at));
        if (at == NULL || (size_t)(end - at) < len) {
            return NULL;
        }
        if (memcmp(at, tag, len) == 0) {
            return at + len;
        }
    }
    return NULL;
}

static const char *block_comment_end(const char *at, const char *end)
{
    size_t depth = 0;
    while (end - at > 1) {
        const bool opens = at[0] == '/' && at[1] == '*', closes = at[0] == '*' && at[1] == '/';
        depth += opens ? 1 : 0;
        depth -= closes ? 1 : 0;
        at += opens || closes ? 2 : 1;
        if (depth == 0) {
            return at;
        }
    }
    return NULL;
}

static const char *while_any(const char *at, const char *end, const char *set)
{
    while (at < end && *at != '\0' && strchr(set, *at) != NULL) {
        at++;
    }
    return at;
}

static const char *while_not(const char *at, const char *end, const char *set)
{
    while (at < end && (*at == '\0' || strchr(set, *at) == NULL)) {
        at++;
    }
    return at;
}

/* --- tokens ------------------------------------------------------------------------------------
 */

static SqlToken token(SqlTokenKind kind, const char *at, const char *token_end, const char *end)
{
    const bool closed = token_end != NULL;
    return (SqlToken){kind, at, (size_t)((closed ? token_end : end) - at), closed};
}

static const char *word_end(const char *at, const char *end)
{
    while (at < end && (is_word_start(*at) || is_digit(*at) || *at == '$')) {
        at++;
    }
    return at;
}

static SqlToken scan_word(const char *at, const char *end)
{
    const char *behind = word_end(at, end);
    if (behind - at == 1 && behind < end && *behind == '\'') {
        return token(SQL_STRING, at, quoted_end(behind, end, (*at | 0x20) == 'e'), end);
    }
    return token(SQL_WORD, at, behind, end);
}

SqlToken sql_scan(const char *at, const char *end)
{
    static const char space[] = " \t\r\n\f\v";
    const char c = *at, next = end - at > 1 ? at[1] : '\0';
    if (c != '\0' && strchr(space, c) != NULL) {
        return token(SQL_SPACE, at, while_any(at, end, space), end);
    }
    if (c == '\'') {
        return token(SQL_STRING, at, quoted_end(at, end, false), end);
    }
    if (c == '"') {
        return token(SQL_NAME, at, quoted_end(at, end, false), end);
    }
    if (c == '-' && next == '-') {
        return token(SQL_LINE_COMMENT, at, while_not(at, end, "\r\n"), end);
    }
    if (c == '/' && next == '*') {
        return token(SQL_BLOCK_COMMENT, at, block_comment_end(at, end), end);
    }
    if (c == '$' && tag_end(at, end) != NULL) {
        return token(SQL_STRING, at, dollar_end(at, tag_end(at, end), end), end);
    }
    if (is_word_start(c)) {
        return scan_word(at, end);
    }
    return is_digit(c) ? token(SQL_NUMBER, at, word_end(at, end), end)
                       : token(SQL_SIGN, at, at + 1, end);
}

bool sql_token_is_sign(const SqlToken *token, char sign)
{
    return token->kind == SQL_SIGN && *token->text == sign;
}

bool sql_token_is_word(const SqlToken *token, const char *word)
{
    return token->kind == SQL_WORD && token->len == strlen(word) &&
           strncasecmp(token->text, word, token->len) == 0;
}

bool sql_token_counts(const SqlToken *token)
{
    return token->kind != SQL_SPACE && token->kind != SQL_LINE_COMMENT &&
           token->kind != SQL_BLOCK_COMMENT;
}

/* --- fragments ---------------------------------------------------------------------------------
 */

enum { BRACKETS_MAX = 1000 };

typedef struct Brackets {
    char closing[BRACKETS_MAX];
    size_t depth;
} Brackets;

static const char *sign_fault(Brackets *brackets, char sign)
{
    if (sign == ';') {
        return "it holds a `;`";
    }
    if (sign == ',' && brackets->depth == 0) {
        return "it holds a comma outside of brackets";
    }
    if (sign == '(' || sign == '[') {
        if (brackets->depth == BRACKETS_MAX) {
            return "its brackets are nested too deep";
        }
        brackets->closing[brackets->depth++] = sign == '(' ? ')' : ']';
    } else if (sign == ')' || sign == ']') {
        if (brackets->depth == 0 || brackets->closing[--brackets->depth] != sign) {
            return "it closes a bracket that it did not open";
        }
    }
    return NULL;
}

const char *sql_fragment_fault(const char *text, size_t len)
{
    Brackets brackets = {.depth = 0};
    const char *end = text + len, *fault = NULL;
    SqlToken at = {.kind = SQL_SPACE};
    for (const char *next = text; next < end && fault == NULL; next += at.len) {
        at = sql_scan(next, end);
        if (!at.closed) {
            fault = at.kind == SQL_BLOCK_COMMENT ? "a comment in it is not closed"
                                                 : "a quote in it is not closed";
        } else if (at.kind == SQL_SIGN) {
            fault = sign_fault(&brackets, *at.text);
        }
    }
    return fault == NULL && brackets.depth > 0 ? "a bracket in it is not closed" : fault;
}

/* --- nesting: a walk over tokens with one counter per open bracket --- */

typedef struct Nesting {
    const char *at, *end;
    size_t counts[BRACKETS_MAX]; /* levels opened inside each open bracket since the last comma */
    size_t unions[BRACKETS_MAX]; /* set operations inside it, which commas do not end */
    size_t bracket;
    size_t total;
} Nesting;

static void open_level(Nesting *nesting)
{
    nesting->counts[nesting->bracket]++;
    nesting->total++;
}

static void end_item(Nesting *nesting)
{
    nesting->total -= nesting->counts[nesting->bracket];
    nesting->counts[nesting->bracket] = 0;
}

static void end_statement(Nesting *nesting)
{
    end_item(nesting);
    nesting->total -= nesting->unions[nesting->bracket];
    nesting->unions[nesting->bracket] = 0;
}

/* What stands inside a bracket is gone with it; the bracket itself was one level. */
static void close_bracket(Nesting *nesting)
{
    end_statement(nesting);
    nesting->bracket -= nesting->bracket > 0 ? 1 : 0;
}

/* `SELECT a, b UNION SELECT c, d UNION ...` grows to the left over all commas. */
static bool is_set_operation(const char *word, size_t len)
{
    return (len == 5 && strncasecmp(word, "UNION", len) == 0) ||
           (len == 6 && strncasecmp(word, "EXCEPT", len) == 0) ||
           (len == 9 && strncasecmp(word, "INTERSECT", len) == 0);
}

static void take_sign(Nesting *nesting, char sign)
{
    if (sign == '(' || sign == '[') {
        open_level(nesting);
        nesting->bracket++;
    } else if (sign == ')' || sign == ']') {
        close_bracket(nesting);
    } else if (sign == ',') {
        end_item(nesting);
    } else if (sign == ';') {
        end_statement(nesting);
    } else {
        open_level(nesting);
    }
}

static void take_word(Nesting *nesting, const SqlToken *word)
{
    if (is_set_operation(word->text, word->len)) {
        nesting->unions[nesting->bracket]++;
        nesting->total++;
    } else {
        open_level(nesting);
    }
}

/* False when too many brackets are open. */
static bool take_token(Nesting *nesting)
{
    const SqlToken token = sql_scan(nesting->at, nesting->end);
    nesting->at += token.len;
    if (token.kind == SQL_WORD) {
        take_word(nesting, &token);
    } else if (token.kind == SQL_SIGN) {
        take_sign(nesting, *token.text);
    }
    return nesting->bracket < BRACKETS_MAX;
}

bool sql_nesting_within(const char *text, size_t len, size_t limit)
{
    Nesting nesting = {.at = text, .end = text + len};
    while (nesting.at < nesting.end) {
        if (!take_token(&nesting) || nesting.total > limit) {
            return false;
        }
    }
    return true;
}

size_t sql_piece_end(const char *text, size_t len, size_t start, size_t least)
{
    const char *at = text + start, *end = text + len;
    int depth = 0;
    while (len - start > least && at < end) {
        const SqlToken token = sql_scan(at, end);
        at += token.len;
        depth += sql_token_is_sign(&token, '(') - sql_token_is_sign(&token, ')');
        if (depth == 0 && sql_token_is_sign(&token, ';') && (size_t)(at - text) - start >= least) {
            return (size_t)(at - text);
        }
    }
    return len;
}
