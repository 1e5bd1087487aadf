/*
 * script_bytes.c - from the bytes of a file to the text the server is sent.
 *
 * In: a file's bytes. Out: a text of the same length, so that positions in it are the file's. A
 * byte order mark and the lines pg_dump puts around its text (`\restrict`, `\unrestrict`) become
 * blanks. What else only psql understands is named with its place: the server would call it a
 * syntax error. Source: PostgreSQL manual, "Lexical Structure"; psql, "Meta-Commands".
 *
 * Outside of strings, quoted names and comments no SQL holds a backslash, so one that stands there
 * is psql's wherever it stands.
 */
#include "base/common.h"

#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "runtime/script/script_internal.h"

static const char byte_order_mark[] = "\xef\xbb\xbf";

/* --- lines that are psql's --- */

typedef struct PsqlCommand {
    const char *name;
    const char *remedy; /* NULL: blanked, it changes nothing that is done */
} PsqlCommand;

static const PsqlCommand commands[] = {
    {"restrict", NULL},
    {"unrestrict", NULL},
    {"connect", "a script runs in one database, the one that is deployed to: take the line out"},
    {"c", "a script runs in one database, the one that is deployed to: take the line out"},
    {"i", "put that file's text here"},
    {"ir", "put that file's text here"},
    {"include", "put that file's text here"},
    {"include_relative", "put that file's text here"},
    {"copy", "write the rows as INSERT statements"},
};

static const char other_remedy[] = "take it out, or write what it does in SQL";

static const char *remedy_of(const char *name, size_t len)
{
    for (size_t i = 0; i < lengthof(commands); i++) {
        if (strlen(commands[i].name) == len && strncmp(commands[i].name, name, len) == 0) {
            return commands[i].remedy;
        }
    }
    return other_remedy;
}

/* --- reading --- */

typedef struct Bytes {
    Arena *arena;
    Diagnostics *diags;
    const char *path, *text;
    size_t len;
    char *copy; /* NULL until something has to be blanked */
    size_t at;
    /* of the statement that is read */
    size_t start;
    unsigned words, parentheses;
    bool is_copy, after_from;
} Bytes;

static Span span_at(Bytes *bytes, size_t start, size_t end)
{
    const SourceFile *file =
        sources_add(bytes->diags->sources, bytes->path, bytes->text, bytes->len);
    return (Span){file->id, (uint32_t)start, (uint32_t)end};
}

static bool refuse(Bytes *bytes, Span span, const char *what)
{
    diag_report(bytes->diags, DIAG_SCRIPT_BYTES, span, bytes->path, what, "save it as UTF-8 text");
    return false;
}

static void blank(Bytes *bytes, size_t start, size_t end)
{
    if (bytes->copy == NULL) {
        bytes->copy = arena_strndup(bytes->arena, bytes->text, bytes->len);
    }
    memset(bytes->copy + start, ' ', end - start);
}

/* --- the encoding --- */

static bool is_utf16(const char *text, size_t len)
{
    return len >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0);
}

static bool check_encoding(Bytes *bytes)
{
    if (is_utf16(bytes->text, bytes->len)) {
        return refuse(bytes, span_none(), "is UTF-16");
    }
    for (size_t at = 0; at < bytes->len;) {
        utf8proc_int32_t ignored;
        const unsigned char byte = (unsigned char)bytes->text[at];
        if (byte == 0) {
            return refuse(bytes, span_at(bytes, at, at + 1), "holds a zero byte");
        }
        const utf8proc_ssize_t step =
            byte < 0x80 ? 1
                        : utf8proc_iterate((const utf8proc_uint8_t *)bytes->text + at,
                                           (utf8proc_ssize_t)(bytes->len - at), &ignored);
        if (step < 1) {
            return refuse(
                bytes, span_at(bytes, at, at + 1),
                arena_printf(bytes->arena, "holds the byte 0x%02X, which is no UTF-8", byte));
        }
        at += (size_t)step;
    }
    return true;
}

/* --- SQL's lexical structure, as far as it hides a backslash --- */

static char peek(const Bytes *bytes, size_t ahead)
{
    return bytes->at + ahead < bytes->len ? bytes->text[bytes->at + ahead] : '\0';
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool starts_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool continues_word(char c)
{
    return starts_word(c) || (c >= '0' && c <= '9') || c == '$';
}

static size_t line_end(const Bytes *bytes, size_t from)
{
    while (from < bytes->len && !is_line_end(bytes->text[from])) {
        from++;
    }
    return from;
}

/* To behind the closing quote, or to the end. A doubled quote closes and opens again. */
static void skip_quoted(Bytes *bytes, bool escapes)
{
    const char quote = bytes->text[bytes->at++];
    while (bytes->at < bytes->len) {
        const char c = bytes->text[bytes->at++];
        if (c == quote) {
            return;
        }
        bytes->at += escapes && c == '\\';
    }
}

/* The scanner of the server reads each opening to the end of the signs that follow it, and the next
 * one again: what nobody writes takes minutes. */
enum { COMMENT_DEPTH_MAX = 1000 };

static bool skip_block_comment(Bytes *bytes)
{
    const size_t start = bytes->at;
    size_t depth = 0;
    do {
        if (peek(bytes, 0) == '/' && peek(bytes, 1) == '*') {
            if (depth++ == COMMENT_DEPTH_MAX) {
                diag_report(bytes->diags, DIAG_SCRIPT_BYTES, span_at(bytes, start, start + 2),
                            bytes->path, "nests comments more than 1000 deep",
                            "take what is in the comment out");
                return false;
            }
            bytes->at += 2;
        } else if (peek(bytes, 0) == '*' && peek(bytes, 1) == '/') {
            depth--;
            bytes->at += 2;
        } else {
            bytes->at++;
        }
    } while (depth > 0 && bytes->at < bytes->len);
    return true;
}

/* At a `$`: a body, or a parameter or a stray character. */
static void skip_dollar(Bytes *bytes)
{
    const char *open = bytes->text + bytes->at;
    size_t tag = 1;
    while (continues_word(peek(bytes, tag)) && peek(bytes, tag) != '$') {
        tag++;
    }
    if (peek(bytes, tag) != '$' || (tag > 1 && !starts_word(open[1]))) {
        bytes->at++;
        return;
    }
    tag++;
    for (bytes->at += tag; bytes->at < bytes->len; bytes->at++) {
        const char *at = memchr(bytes->text + bytes->at, '$', bytes->len - bytes->at);
        bytes->at = at == NULL ? bytes->len : (size_t)(at - bytes->text);
        if (bytes->len - bytes->at >= tag && memcmp(at, open, tag) == 0) {
            bytes->at += tag;
            return;
        }
    }
}

static bool word_is(const char *word, size_t len, const char *keyword)
{
    return strlen(keyword) == len && strncasecmp(word, keyword, len) == 0;
}

/* Its rows would follow behind the statement, in psql's own form. */
static bool refuse_copy(Bytes *bytes)
{
    diag_report(bytes->diags, DIAG_SCRIPT_PSQL, span_at(bytes, bytes->start, bytes->at),
                "COPY ... FROM stdin",
                "write the rows as INSERT statements (`pg_dump --inserts` does)");
    return false;
}

/* A word, with the string that belongs to it: E'...'. */
static bool read_word(Bytes *bytes)
{
    const size_t start = bytes->at;
    while (continues_word(peek(bytes, 0))) {
        bytes->at++;
    }
    const char *word = bytes->text + start;
    const size_t len = bytes->at - start;
    if (peek(bytes, 0) == '\'') {
        skip_quoted(bytes, word_is(word, len, "e"));
        return true;
    }
    if (bytes->words++ == 0) {
        bytes->start = start;
        bytes->is_copy = word_is(word, len, "copy");
    }
    if (bytes->is_copy && bytes->after_from && bytes->parentheses == 0 &&
        word_is(word, len, "stdin")) {
        return refuse_copy(bytes);
    }
    bytes->after_from = word_is(word, len, "from");
    return true;
}

/* At a backslash. */
static bool read_command(Bytes *bytes)
{
    const char *name = bytes->text + bytes->at + 1;
    size_t len = 0;
    while (starts_word(peek(bytes, 1 + len))) {
        len++;
    }
    const char *remedy = remedy_of(name, len);
    const size_t end = line_end(bytes, bytes->at);
    if (remedy == NULL) {
        blank(bytes, bytes->at, end);
        bytes->at = end;
        return true;
    }
    len += len == 0 && bytes->at + 1 < end; /* `\.`, `\!` */
    diag_report(bytes->diags, DIAG_SCRIPT_PSQL, span_at(bytes, bytes->at, end),
                arena_strndup(bytes->arena, name - 1, len + 1), remedy);
    return false;
}

static bool read_token(Bytes *bytes)
{
    const char c = peek(bytes, 0);
    if (starts_word(c)) {
        return read_word(bytes);
    }
    switch (c) {
    case '\\':
        return read_command(bytes);
    case '\'':
    case '"':
        skip_quoted(bytes, false);
        return true;
    case '$':
        skip_dollar(bytes);
        return true;
    case ';':
        bytes->words = bytes->parentheses = 0;
        bytes->at++;
        return true;
    case '(':
    case ')':
        bytes->parentheses += c == '(' ? 1U : -1U;
        bytes->at++;
        return true;
    case '-':
        bytes->at = peek(bytes, 1) == '-' ? line_end(bytes, bytes->at) : bytes->at + 1;
        return true;
    case '/':
        if (peek(bytes, 1) == '*') {
            return skip_block_comment(bytes);
        }
        break;
    default:
        break;
    }
    /* A number swallows the `$` behind it, as a word does. */
    do {
        bytes->at++;
    } while (c >= '0' && c <= '9' && continues_word(peek(bytes, 0)));
    return true;
}

bool script_read_bytes(Arena *arena, const char *path, const char *text, size_t len,
                       Diagnostics *diags, const char **ret_text)
{
    Bytes bytes = {.arena = arena, .diags = diags, .path = path, .text = text, .len = len};
    if (!check_encoding(&bytes)) {
        return false;
    }
    if (len >= strlen(byte_order_mark) &&
        memcmp(text, byte_order_mark, strlen(byte_order_mark)) == 0) {
        blank(&bytes, 0, strlen(byte_order_mark));
        bytes.at = strlen(byte_order_mark);
    }
    while (bytes.at < len) {
        if (!read_token(&bytes)) {
            return false;
        }
    }
    *ret_text = bytes.copy != NULL ? bytes.copy : text;
    return true;
}
