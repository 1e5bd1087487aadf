/*
 * migrations_slug.c - a migration's name as people type it becomes part of a directory name.
 *
 * Letters become ASCII, words are told apart at case changes and at everything that is neither
 * letter nor digit, and are joined by `_` in lower case: the reference tool's rule, so that its
 * users find the names they expect.
 */
#include "base/common.h"

#include "runtime/history/migrations.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/strbuf.h"

enum { SLUG_LIMIT = 200 };

static const struct {
    utf8proc_int32_t letter;
    const char *ascii;
} letters[] = {
#define LETTER(code, ascii) {code, ascii},
#include "runtime/history/letters.def"
#undef LETTER
};

/* --- ASCII --- */

/* NULL when the table has no row for it. A capital is spelled as its small letter, capitalised. */
static const char *special_spelling(utf8proc_int32_t letter, bool *ret_capital)
{
    const utf8proc_int32_t small = utf8proc_tolower(letter);
    const char *found = NULL;
    for (size_t i = 0; i < lengthof(letters); i++) {
        if (letters[i].letter == letter) {
            *ret_capital = false;
            return letters[i].ascii;
        }
        if (letters[i].letter == small) {
            found = letters[i].ascii;
        }
    }
    *ret_capital = found != NULL;
    return found;
}

static void add_capitalised(StrBuf *out, const char *text)
{
    const char first = text[0];
    if (first == '\0') {
        return;
    }
    strbuf_char(out, first >= 'a' && first <= 'z' ? (char)(first - 'a' + 'A') : first);
    strbuf_add(out, text + 1);
}

static bool add_special(StrBuf *out, utf8proc_int32_t letter)
{
    bool capital;
    const char *special = special_spelling(letter, &capital);
    if (special != NULL && capital) {
        add_capitalised(out, special);
    } else if (special != NULL) {
        strbuf_add(out, special);
    }
    return special != NULL;
}

/* As the table has it, else what is left when its marks are gone; a blank for other alphabets. */
static void add_letter(StrBuf *out, utf8proc_int32_t letter)
{
    utf8proc_int32_t parts[8];
    int boundary = 0;
    if (add_special(out, letter)) {
        return;
    }
    const utf8proc_ssize_t count =
        utf8proc_decompose_char(letter, parts, (utf8proc_ssize_t)lengthof(parts),
                                UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK, &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < (utf8proc_ssize_t)lengthof(parts); i++) {
        if (parts[i] < 0x80) {
            strbuf_char(out, (char)parts[i]);
        } else if (!add_special(out, parts[i])) {
            strbuf_char(out, ' ');
        }
    }
}

/* Composed letters first (a + diaeresis is one letter), then ASCII. */
static StrBuf to_ascii(const char *text)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    utf8proc_uint8_t *composed = utf8proc_NFC((const utf8proc_uint8_t *)text);
    const utf8proc_uint8_t *at = composed != NULL ? composed : (const utf8proc_uint8_t *)text;
    while (*at != '\0') {
        utf8proc_int32_t letter;
        const utf8proc_ssize_t step = utf8proc_iterate(at, -1, &letter);
        if (step <= 0) {
            strbuf_char(&out, ' '); /* not UTF-8 */
            at++;
            continue;
        }
        add_letter(&out, letter);
        at += step;
    }
    free(composed); /* lint: allocation - utf8proc's */
    return out;
}

/* --- words --- */

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Does a word end between text[at - 1] and text[at]? `fooBar`, `foo1Bar`; `XMLParser` at P; `API2`
 * at 2. */
static bool word_ends(const char *text, size_t at)
{
    const char before = text[at - 1], here = text[at], next = text[at + 1];
    if (is_upper(here)) {
        return is_lower(before) || is_digit(before) || (is_upper(before) && is_lower(next));
    }
    return is_digit(here) && is_upper(before) && at >= 2 && is_upper(text[at - 2]);
}

static void add_word_char(StrBuf *out, char c, bool starts_word)
{
    if (starts_word && out->len > 0) {
        strbuf_char(out, '_');
    }
    strbuf_char(out, is_upper(c) ? (char)(c - 'A' + 'a') : c);
}

char *migrations_slug(Arena *arena, const char *text)
{
    StrBuf ascii = to_ascii(text);
    StrBuf out = strbuf_new(STRBUF_MAX);
    const char *at = strbuf_text(&ascii);
    bool gap = false;
    for (size_t i = 0; at[i] != '\0'; i++) {
        if (!is_lower(at[i]) && !is_upper(at[i]) && !is_digit(at[i])) {
            gap = true;
            continue;
        }
        add_word_char(&out, at[i], gap || (i > 0 && word_ends(at, i)));
        gap = false;
    }
    char *slug =
        arena_strndup(arena, strbuf_text(&out), out.len < SLUG_LIMIT ? out.len : SLUG_LIMIT);
    strbuf_dispose(&ascii);
    strbuf_dispose(&out);
    return slug;
}
