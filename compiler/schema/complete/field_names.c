/*
 * field_names.c - camel case and plurals.
 *
 * Only ASCII letters change their case inside a name; the first letters of a column's two halves
 * may be of any script. The words are in plurals.def.
 */
#include "base/common.h"

#include "compiler/schema/complete/field_names.h"

#include <string.h>
#include <utf8proc.h>

#include "base/strbuf.h"

/* --- characters --- */

/* The character at the start of `text`; `ret_len` its bytes. */
static int32_t first_character(const char *text, size_t *ret_len)
{
    int32_t codepoint = -1;
    utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &codepoint);
    *ret_len = len > 0 ? (size_t)len : 1;
    return codepoint;
}

static bool is_lower(int32_t codepoint)
{
    return utf8proc_category(codepoint) == UTF8PROC_CATEGORY_LL;
}

static bool is_upper(int32_t codepoint)
{
    return utf8proc_category(codepoint) == UTF8PROC_CATEGORY_LU;
}

static bool is_ascii_upper(int32_t codepoint)
{
    return codepoint >= 'A' && codepoint <= 'Z';
}

static bool is_ascii_lower(int32_t codepoint)
{
    return codepoint >= 'a' && codepoint <= 'z';
}

static void add_character(StrBuf *out, int32_t codepoint)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t len = utf8proc_encode_char(codepoint, bytes);
    strbuf_addn(out, (const char *)bytes, (size_t)len);
}

/* --- camel case --- */

/* A word starts behind a digit or an underscore, and where a small letter is followed by a capital
 * one; of a run of capitals only the first can start one. */
typedef struct Camel {
    StrBuf *out;
    bool word_starts;
    int32_t last; /* the last letter that started no word */
} Camel;

static void add_letter(Camel *camel, int32_t codepoint)
{
    bool starts = camel->word_starts || (is_lower(camel->last) && is_upper(codepoint));
    if (starts) {
        add_character(camel->out, is_ascii_lower(codepoint) ? codepoint - 'a' + 'A' : codepoint);
    } else {
        add_character(camel->out, is_ascii_upper(codepoint) ? codepoint - 'A' + 'a' : codepoint);
        camel->last = codepoint;
    }
    camel->word_starts = false;
}

static void add_camel_case(StrBuf *out, Name name)
{
    Camel camel = {.out = out, .last = ' '};
    size_t len = 1;
    for (const char *at = name->text; *at != '\0'; at += len) {
        int32_t codepoint = first_character(at, &len);
        if (codepoint == '_' || codepoint == '-') {
            camel.word_starts = true;
        } else if (codepoint >= '0' && codepoint <= '9') {
            strbuf_char(out, *at);
            camel.word_starts = true;
        } else {
            add_letter(&camel, codepoint);
        }
    }
}

/* --- plurals --- */

typedef struct Word {
    const char *singular, *plural;
} Word;

typedef struct Ending {
    const char *before, *ending, *plural;
} Ending;

static const Word words[] = {
#define WORD(word, plural) {word, plural},
#define PAIR(singular, plural)
#define ENDING(before, ending, plural)
#include "compiler/schema/complete/plurals.def"
#undef WORD
#undef PAIR
#undef ENDING
};

static const Ending endings[] = {
#define WORD(word, plural)
#define PAIR(singular, plural)         {"", plural, plural}, {"", singular, plural},
#define ENDING(before, ending, plural) {before, ending, plural},
#include "compiler/schema/complete/plurals.def"
#undef WORD
#undef PAIR
#undef ENDING
};

static bool fits_before(const char *before, const char *text, size_t len)
{
    if (before[0] == '\0') {
        return true;
    }
    bool negated = before[0] == '^';
    return len > 0 && (strchr(before + (negated ? 1 : 0), text[len - 1]) == NULL) == negated;
}

static bool ending_fits(const Ending *ending, const char *text, size_t len)
{
    size_t ending_len = strlen(ending->ending);
    return len >= ending_len && memcmp(text + len - ending_len, ending->ending, ending_len) == 0 &&
           fits_before(ending->before, text, len - ending_len);
}

static void make_plural(StrBuf *name)
{
    for (size_t i = 0; i < lengthof(words); i++) {
        if (strcmp(strbuf_text(name), words[i].singular) == 0) {
            strbuf_reset(name);
            strbuf_add(name, words[i].plural);
            return;
        }
    }
    size_t i = 0;
    while (!ending_fits(&endings[i], strbuf_text(name), name->len)) {
        i++; /* the last one fits all */
    }
    name->len -= strlen(endings[i].ending);
    strbuf_add(name, endings[i].plural);
}

/* --- names --- */

static Name take_name(Names *names, StrBuf *text)
{
    Name name = intern(names, strbuf_text(text), text->len);
    strbuf_dispose(text);
    return name;
}

Name field_name_single(Names *names, Name model)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    add_camel_case(&out, model);
    return take_name(names, &out);
}

Name field_name_list(Names *names, Name model)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    add_camel_case(&out, model);
    make_plural(&out);
    return take_name(names, &out);
}

Name field_name_column(Names *names, Name model, Name column)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    size_t len = 0;
    add_character(&out, utf8proc_tolower(first_character(model->text, &len)));
    strbuf_add(&out, model->text + len);
    add_character(&out, utf8proc_toupper(first_character(column->text, &len)));
    strbuf_add(&out, column->text + len);
    return take_name(names, &out);
}
