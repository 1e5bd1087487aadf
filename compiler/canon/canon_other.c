/*
 * canon_other.c - values of types the schema language has no word for, as the server prints them.
 *
 * In: the text of a constant.   Out: one text for all spellings of the value, as far as the form is
 * one of the usual ones; what is not understood is left to be compared as it is.
 * Source: PostgreSQL manual, "Data Types".
 */
#include "base/common.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/canon/canon_internal.h"

enum { VALUE_MAX = 512 };

/* Longer values are compared as they are. */
static bool copy_value(char copy[VALUE_MAX], const char *text, size_t len)
{
    if (len >= VALUE_MAX) {
        return false;
    }
    memcpy(copy, text, len);
    copy[len] = '\0';
    return true;
}

/* --- box: two opposite corners, the upper right one first --- */

enum { BOX_NUMBERS = 4 };

static bool read_numbers(const char *text, size_t len, double numbers[BOX_NUMBERS])
{
    char copy[VALUE_MAX];
    size_t count = 0;
    bool ok = copy_value(copy, text, len);
    for (char *at = copy; ok && *at != '\0';) {
        char *end = at;
        double value = strtod(at, &end);
        if (end == at) {
            ok = strchr("(), \t", *at) != NULL;
            at++;
        } else if (count < BOX_NUMBERS) {
            numbers[count++] = value;
            at = end;
        } else {
            ok = false;
        }
    }
    return ok && count == BOX_NUMBERS;
}

static bool canon_box(StrBuf *out, const char *text, size_t len)
{
    double n[BOX_NUMBERS];
    if (!read_numbers(text, len, n)) {
        return false;
    }
    strbuf_printf(out, "'(%.17g,%.17g),(%.17g,%.17g)'", n[0] > n[2] ? n[0] : n[2],
                  n[1] > n[3] ? n[1] : n[3], n[0] > n[2] ? n[2] : n[0], n[1] > n[3] ? n[3] : n[1]);
    return true;
}

/* --- jsonpath: keys are printed in quotes --- */

static bool is_word(char byte)
{
    return isalnum((unsigned char)byte) || byte == '_' || (unsigned char)byte >= 0x80;
}

/* `$."a"."b c"` becomes `$.a."b c"`: the quotes of a key that is a plain word go. */
static bool canon_jsonpath(StrBuf *out, const char *text, size_t len)
{
    strbuf_char(out, '\'');
    for (size_t i = 0; i < len; i++) {
        size_t end = i + 1;
        if (text[i] == '"' && i > 0 && text[i - 1] == '.') {
            while (end < len && is_word(text[end])) {
                end++;
            }
        }
        if (end > i + 1 && end < len && text[end] == '"' && !isdigit((unsigned char)text[i + 1])) {
            strbuf_addn(out, text + i + 1, end - i - 1);
            i = end;
        } else if (text[i] != ' ') {
            strbuf_char(out, text[i]);
        }
    }
    strbuf_char(out, '\'');
    return true;
}

/* --- tsvector of plain words: each in quotes, sorted, once --- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_plain_vector(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (!is_word(text[i]) && text[i] != ' ' && text[i] != '\'') {
            return false;
        }
    }
    return memchr(text, '\'', len) == NULL || strncmp(text, "''", 2) != 0;
}

static bool canon_tsvector(StrBuf *out, const char *text, size_t len)
{
    enum { WORDS = 64 };
    char *words[WORDS], *rest = NULL, copy[VALUE_MAX];
    size_t count = 0;
    if (!is_plain_vector(text, len) || !copy_value(copy, text, len)) {
        return false;
    }
    for (char *word = strtok_r(copy, " '", &rest); word != NULL && count < WORDS;
         word = strtok_r(NULL, " '", &rest)) {
        words[count++] = word;
    }
    const bool all = count < WORDS;
    qsort(words, count, sizeof *words, by_text);
    strbuf_add(out, all ? "'" : "");
    for (size_t i = 0; all && i < count; i++) {
        if (i == 0 || strcmp(words[i], words[i - 1]) != 0) {
            strbuf_printf(out, "%s ", words[i]);
        }
    }
    strbuf_add(out, all ? "'" : "");
    return all;
}

/* --- macaddr, pg_lsn: digits in one case --- */

static bool canon_hexadecimal(StrBuf *out, const char *text, size_t len)
{
    strbuf_char(out, '\'');
    for (size_t i = 0; i < len; i++) {
        strbuf_char(out, (char)tolower((unsigned char)text[i]));
    }
    strbuf_char(out, '\'');
    return true;
}

/* --- by type --- */

/* Of some fields or digits: an interval that they leave as it is. */
static bool canon_narrow_interval(StrBuf *out, const char *type, const char *text, size_t len)
{
    static const char word[] = "interval";
    if (strncmp(type, word, sizeof word - 1) != 0) {
        return false;
    }
    const char *narrow = type + sizeof word - 1;
    const char *fields = narrow[0] == ' ' ? narrow + 1 : narrow[0] == '(' ? "second" : NULL;
    return fields != NULL && strlen(text) == len && canon_interval_keeps(text, fields) &&
           canon_interval(out, text, len);
}

typedef bool (*CanonOther)(StrBuf *out, const char *text, size_t len);

bool canon_other(StrBuf *out, const char *type, const char *text, size_t len)
{
    static const struct {
        const char *type;
        CanonOther canon;
    } known[] = {
        {"interval", canon_interval},   {"box", canon_box},
        {"jsonpath", canon_jsonpath},   {"tsvector", canon_tsvector},
        {"macaddr", canon_hexadecimal}, {"pg_lsn", canon_hexadecimal},
    };
    const size_t before = out->len;
    if (canon_narrow_interval(out, type, text, len)) {
        return true;
    }
    for (size_t i = 0; i < lengthof(known); i++) {
        if (strcmp(known[i].type, type) == 0 && known[i].canon(out, text, len)) {
            return true;
        }
    }
    if (out->len > before) {
        out->len = before;
        out->text[before] = '\0';
    }
    return false;
}

bool canon_money(StrBuf *out, const char *text, size_t len)
{
    char digits[64];
    size_t count = 0;
    for (size_t i = 0; i < len && count < sizeof digits; i++) {
        if (text[i] != '$' && text[i] != ',' && text[i] != ' ') {
            digits[count++] = text[i];
        }
    }
    return count < sizeof digits && canon_number(out, digits, count);
}
