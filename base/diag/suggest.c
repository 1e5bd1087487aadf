#include "base/common.h"

#include "base/diag/suggest.h"

#include <string.h>

enum { SUGGESTION_LEN_MAX = 64 };

static size_t least(size_t a, size_t b, size_t c)
{
    size_t smaller = a < b ? a : b;
    return smaller < c ? smaller : c;
}

static char lower_letter(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Levenshtein's distance over bytes, case ignored; texts of at most SUGGESTION_LEN_MAX bytes. */
static size_t edit_distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t row[SUGGESTION_LEN_MAX + 1];
    for (size_t j = 0; j <= b_len; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a_len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t above = row[j];
            size_t change = lower_letter(a[i - 1]) == lower_letter(b[j - 1]) ? 0 : 1;
            row[j] = least(above + 1, row[j - 1] + 1, diagonal + change);
            diagonal = above;
        }
    }
    return row[b_len];
}

Suggestion suggestion_for(const char *wrong)
{
    return (Suggestion){.wrong = wrong, .distance = strlen(wrong) / 3 + 2};
}

void suggestion_offer(Suggestion *suggestion, const char *candidate)
{
    size_t wrong_len = strlen(suggestion->wrong);
    size_t len = strlen(candidate);
    if (wrong_len > SUGGESTION_LEN_MAX || len > SUGGESTION_LEN_MAX) {
        return;
    }
    size_t apart = wrong_len > len ? wrong_len - len : len - wrong_len;
    if (apart > suggestion->distance) {
        return;
    }
    size_t distance = edit_distance(suggestion->wrong, wrong_len, candidate, len);
    if (distance < suggestion->distance) {
        suggestion->best = candidate;
        suggestion->distance = distance;
    }
}

void suggestion_attach(const Suggestion *suggestion, Diagnostics *diags, Diagnostic *diagnostic)
{
    if (suggestion->best != NULL) {
        diag_help(diags, diagnostic, "did you mean `%s`?", suggestion->best);
    }
}
