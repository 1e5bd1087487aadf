/*
 * mutate.c - inputs that are nearly right: the ones that get past the first check.
 *
 * Works on lines and words, because single bytes changed in a schema text mostly make a syntax
 * error, and the passes behind the parser are never reached.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <string.h>

typedef struct Piece {
    size_t start, end;
} Piece;

typedef struct Text {
    char *bytes;
    size_t len, max;
    unsigned state;
} Text;

/* Words that mean something somewhere. */
static const char *const words[] = {
    "Int",
    "String",
    "BigInt",
    "Boolean",
    "Float",
    "Decimal",
    "DateTime",
    "Json",
    "Bytes",
    "Int?",
    "String[]",
    "String?",
    "@id",
    "@unique",
    "@default(now())",
    "@default(1)",
    "@default(\"x\")",
    "@default([])",
    "@default(autoincrement())",
    "@default(dbgenerated(\"1+1\"))",
    "@updatedAt",
    "@map(\"x\")",
    "@@map(\"T\")",
    "@@index([id])",
    "@@unique([id])",
    "@@id([id])",
    "@@ignore",
    "@db.VarChar(10)",
    "@db.Text",
    "@db.SmallInt",
    "@db.Decimal(10, 2)",
    "@db.Timestamptz(3)",
    "@db.Uuid",
    "@db.Date",
    "Unsupported(\"point\")",
    "/// @renamedFrom(x)",
    "/// @backfill(lower(name))",
    "onDelete: Cascade",
    "onUpdate: NoAction",
    "enum E { A B }",
    "model X { id Int @id }",
    "::text",
    "'",
    "\"",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "$$",
    "${A}",
    "-- ",
    "/*",
    "*/",
    "NULL",
    "CONCURRENTLY",
    "\\",
    "%41",
    "?schema=x",
    "=",
    ",",
    ";",
    "-1",
    "1e9",
    "99999999999999999999",
    "env(\"A\")",
    "process.env.A",
    "...x",
    "() =>",
    "`${x}`",
    "[\"x\"]",
    "{ \"x\": 1 }",
    "null",
    "\xc3\xa4",
    "\xff",
};

static unsigned next(Text *text)
{
    text->state ^= text->state << 13;
    text->state ^= text->state >> 17;
    text->state ^= text->state << 5;
    return text->state;
}

static size_t below(Text *text, size_t limit)
{
    return limit == 0 ? 0 : next(text) % limit;
}

/* Puts `with` in the place of [start, end); nothing happens when it would not fit. */
static void replace(Text *text, Piece at, const char *with, size_t len)
{
    if (text->len - (at.end - at.start) + len > text->max) {
        return;
    }
    memmove(text->bytes + at.start + len, text->bytes + at.end, text->len - at.end);
    memcpy(text->bytes + at.start, with, len);
    text->len = text->len - (at.end - at.start) + len;
}

static Piece some_line(Text *text)
{
    Piece line = {below(text, text->len + 1), 0};
    while (line.start > 0 && text->bytes[line.start - 1] != '\n') {
        line.start--;
    }
    line.end = line.start;
    while (line.end < text->len && text->bytes[line.end] != '\n') {
        line.end++;
    }
    line.end += line.end < text->len;
    return line;
}

static bool is_word(char c)
{
    return strchr(" \t\r\n", c) == NULL || c == '\0';
}

static Piece some_word(Text *text)
{
    Piece word = {below(text, text->len), 0};
    while (word.start > 0 && is_word(text->bytes[word.start - 1])) {
        word.start--;
    }
    word.end = word.start;
    while (word.end < text->len && is_word(text->bytes[word.end])) {
        word.end++;
    }
    return word;
}

/* Copies what stands at `from` into the place of `to`; both are read before anything moves. */
static void copy_piece(Text *text, Piece from, Piece to)
{
    char held[256];
    size_t len = from.end - from.start;
    if (len <= sizeof held) {
        memcpy(held, text->bytes + from.start, len);
        replace(text, to, held, len);
    }
}

static void put_word(Text *text, Piece at)
{
    const char *word = words[below(text, lengthof(words))];
    replace(text, at, word, strlen(word));
}

static void mutate_once(Text *text)
{
    Piece line = some_line(text);
    Piece other = some_line(text);
    Piece word = some_word(text);
    switch (below(text, 9)) {
    case 0:
        replace(text, line, "", 0);
        break;
    case 1:
        copy_piece(text, line, (Piece){other.start, other.start});
        break;
    case 2:
        copy_piece(text, line, other);
        break;
    case 3:
        copy_piece(text, some_word(text), word);
        break;
    case 4:
        put_word(text, word);
        break;
    case 5:
        replace(text, (Piece){word.end, word.end}, " ", 1);
        put_word(text, (Piece){word.end, word.end});
        break;
    case 6:
        replace(text, word, "", 0);
        break;
    case 7:
        replace(text, (Piece){word.end, word.end}, &"?[]_x1"[below(text, 6)], 1);
        break;
    default:
        put_word(text, (Piece){word.start + below(text, word.end - word.start),
                               word.end - below(text, word.end - word.start)});
        break;
    }
}

size_t fuzz_mutate(char *bytes, size_t len, size_t max, unsigned seed)
{
    Text text = {bytes, len, max, seed * 2654435761U + 1};
    text.state += text.state == 0;
    for (size_t times = 1 + below(&text, 3); times > 0; times--) {
        mutate_once(&text);
    }
    return text.len;
}
