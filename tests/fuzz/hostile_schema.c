#include "base/common.h"

#include "tests/fuzz/hostile_schema.h"

#include <stdio.h>
#include <string.h>

#include "base/strbuf.h"

/* --- names -------------------------------------------------------------------------------------
 */

static const char *const pieces[] = {
    "\n",
    "\r",
    "\r\n",
    "\"",
    "'",
    "\\",
    "--",
    "/*",
    "*/",
    "$bellows$",
    "$bellows",
    "$$",
    ";",
    "\nCREATE TABLE pwned();\n",
    "'; CREATE TABLE pwned(); --",
    "\"; CREATE TABLE pwned(); --",
    "*/ CREATE TABLE pwned(); /*",
    "$bellows$; CREATE TABLE pwned(); --",
    "\n::error file=x::pwned\n",
    "\r::set-output name=pwned::1",
    "##[error]pwned",
    "##vso[task.x]pwned",
    "\n-- bellows: phase=contract\n",
    "e\"",
    "\\n",
    "\\'",
    "\t",
    "\033[2J",
    "\033]0;pwned\a",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u00ad",
    "\xc2\x9b",
    "\x7f",
    ",",
    ".",
    "(",
    ")",
    "a",
    "Z",
    "é",
    "漢",
    "😀",
    " ",
    "=",
    "%s%n",
    "{}",
    "`",
    "<b>",
    "|",
    "${x}",
    "\b",
    "\f",
};

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 8;
}

const char *hostile_name(Arena *arena, unsigned seed, unsigned which)
{
    enum { NAME_MAX_BYTES = 63, ROOM = 56 };
    char text[NAME_MAX_BYTES + 1] = "";
    uint32_t state = seed * 2654435761U + which * 40503U;
    const size_t wanted = next(&state) % 4 == 0 ? ROOM : 1 + next(&state) % ROOM;
    size_t len = 0;
    for (int tries = 0; tries < 40 && len < wanted; tries++) {
        const char *piece = pieces[next(&state) % lengthof(pieces)];
        if (len + strlen(piece) <= ROOM) {
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
    }
    /* unlike all others; sometimes up to the last byte, or with a character over the border of what
     * is derived */
    snprintf(text + len, sizeof text - len, "%u", which);
    len = strlen(text);
    while (seed % 3 == 0 && len + 3 <= NAME_MAX_BYTES) {
        memcpy(text + len, "漢", 3);
        len += 3;
    }
    return arena_strndup(arena, text, len);
}

/* --- schemas -----------------------------------------------------------------------------------
 */

typedef struct Maker {
    Arena *arena;
    StrBuf out;
    unsigned seed;
    bool harmless, after;
} Maker;

/* "name", as the language writes a string */
static void name(Maker *maker, unsigned which)
{
    const char *text = maker->harmless ? arena_printf(maker->arena, "n%02u", which)
                                       : hostile_name(maker->arena, maker->seed, which);
    strbuf_char(&maker->out, '"');
    for (const char *at = text; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20) {
            strbuf_printf(&maker->out, "\\u%04x", (unsigned)(unsigned char)*at);
        } else {
            strbuf_add(&maker->out, *at == '"' || *at == '\\' ? "\\" : "");
            strbuf_char(&maker->out, *at);
        }
    }
    strbuf_char(&maker->out, '"');
}

/* `text` with each `#NN` replaced by the name of that number. */
static void add(Maker *maker, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (*at != '#') {
            strbuf_char(&maker->out, *at);
            continue;
        }
        name(maker, (unsigned)((at[1] - '0') * 10 + (at[2] - '0')));
        at += 2;
    }
}

/* 'text' of the name as a literal of SQL, in a string of the language */
static void add_literal(Maker *maker, const char *before, unsigned which, const char *after)
{
    const char *text = maker->harmless ? "x" : hostile_name(maker->arena, maker->seed, which);
    strbuf_add(&maker->out, before);
    for (const char *at = text; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20) {
            strbuf_printf(&maker->out, "\\u%04x", (unsigned)(unsigned char)*at);
        } else if (*at == '\'') {
            strbuf_add(&maker->out, "''");
        } else {
            strbuf_add(&maker->out, *at == '"' || *at == '\\' ? "\\" : "");
            strbuf_char(&maker->out, *at);
        }
    }
    strbuf_add(&maker->out, after);
}

/* The change number `bit` is part of this seed, and this is the schema after it. */
static bool changed(const Maker *maker, unsigned bit)
{
    return maker->after && ((maker->seed >> 2) * 2654435761U >> (bit % 30) & 1U) != 0;
}

static void add_enum(Maker *maker)
{
    add(maker, "enum E {\n  A @map(#01)\n  B @map(#02)\n");
    add(maker, changed(maker, 0) ? "  D @map(#03)\n  F @map(#35)\n" : "");
    add(maker, changed(maker, 1) ? "" : "  C @map(#04)\n");
    add(maker, changed(maker, 2) ? "  @@map(#05)\n" : "  @@map(#06)\n");
    add(maker, "  @@schema(\"public\")\n}\n\n");
}

static void add_item(Maker *maker)
{
    add(maker, "/// text of a model ::error:: */ --\nmodel T {\n  id Int @id(map: #07) "
               "@default(autoincrement()) @map(#08)\n");
    add(maker, changed(maker, 3) ? "  a String? @map(#09)\n" : "  a String? @map(#10)\n");
    add(maker, changed(maker, 4) ? "  b String @default(#11) @map(#12)\n"
                                 : "  b String? @default(#13) @map(#12)\n");
    add(maker, changed(maker, 5) ? "" : "  c DateTime @default(now()) @map(#14)\n");
    add(maker, changed(maker, 6) ? "  d BigInt @map(#15)\n" : "  d Int @map(#15)\n");
    add(maker,
        changed(maker, 7) ? "  e E @default(B) @map(#16)\n" : "  e E @default(A) @map(#16)\n");
    add(maker,
        changed(maker, 8) ? "  f String @map(#17) @unique(map: #18)\n" : "  f String @map(#17)\n");
    if (changed(maker, 9)) {
        add_literal(maker, "  /// @backfill('", 19, "')\n");
        add(maker, "  g String @map(#20)\n  h String @map(#21)\n");
    } else {
        add(maker, "  h String? @map(#21)\n");
    }
    add_literal(maker,
                changed(maker, 10) ? "  i String @default(dbgenerated(\"'"
                                   : "  i String @default(dbgenerated(\"'y",
                22, "'\")) @map(");
    add(maker, "#23)\n  j String[] @default([#24, #25]) @map(#26)\n");
    add(maker, changed(maker, 11) ? "" : "  k Json @default(\"{}\") @map(#27)\n  rs R[]\n");
    add(maker, changed(maker, 12) ? "  @@index([f], map: #28)\n" : "  @@index([f, d], map: #29)\n");
    add(maker, changed(maker, 13) ? "  @@map(#30)\n" : "  @@map(#31)\n");
    add(maker, changed(maker, 14) ? "  @@schema(#32)\n}\n\n" : "  @@schema(\"public\")\n}\n\n");
}

static void add_related(Maker *maker)
{
    const bool related = !changed(maker, 11);
    add(maker, changed(maker, 15) ? "model R {\n  id Int @id @map(#40)\n"
                                  : "model R {\n  id String @id @map(#40)\n");
    add(maker, changed(maker, 16) ? "  n Int @default(autoincrement()) @map(#41)\n"
                                  : "  n Int @map(#41)\n");
    add(maker, "  t Int @map(#42)\n");
    if (related) {
        add(maker,
            changed(maker, 17)
                ? "  o T @relation(fields: [t], references: [id], map: #43)\n"
                : "  o T @relation(fields: [t], references: [id], onDelete: Cascade, map: #44)\n");
    }
    add(maker, "  @@map(#45)\n  @@schema(#32)\n}\n\n");
}

static const char *schema(Arena *arena, unsigned seed, bool harmless, bool after)
{
    Maker maker = {.arena = arena,
                   .out = strbuf_new(STRBUF_MAX),
                   .seed = seed,
                   .harmless = harmless,
                   .after = after};
    add(&maker, "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n  "
                "schemas = [\"public\", #32]\n}\n\n"
                "generator client {\n  provider = \"prisma-client-js\"\n  previewFeatures = "
                "[\"multiSchema\"]\n}\n\n");
    add_enum(&maker);
    add_item(&maker);
    if (!changed(&maker, 18) || !changed(&maker, 11)) {
        add_related(&maker);
    }
    if (changed(&maker, 19)) {
        add(&maker, "model N {\n  id Int @id(map: #50) @map(#51)\n  e E[] @map(#52)\n  "
                    "@@map(#53)\n  @@schema(\"public\")\n}\n");
    }
    return strbuf_take(&maker.out, arena);
}

HostilePair hostile_pair(Arena *arena, unsigned seed, bool harmless)
{
    return (HostilePair){schema(arena, seed, harmless, false), schema(arena, seed, harmless, true)};
}
