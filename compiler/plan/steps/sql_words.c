/*
 * sql_words.c - an expression looked at as text, word by word and outside of quotes.
 */
#include "base/common.h"

#include "compiler/plan/steps/sql_words.h"

#include <ctype.h>
#include <string.h>

#include "compiler/catalog/sql_scan.h"

/* The next identifier or key word from `*at` on, which moves behind it; false at the end. */
static bool next_word(const char **at, SqlToken *ret_word)
{
    for (const char *end = *at + strlen(*at); *at < end;) {
        const SqlToken token = sql_scan(*at, end);
        *at += token.len;
        if (token.kind == SQL_WORD || token.kind == SQL_NAME) {
            *ret_word = token;
            return true;
        }
    }
    return false;
}

/* Unquoted words are folded to lower case by the server, doubled quotes are one (manual,
 * "Identifiers and Key Words"). */
static bool word_is(const SqlToken *word, const char *text, size_t len)
{
    const bool quoted = word->kind == SQL_NAME;
    size_t matched = 0;
    for (size_t i = quoted ? 1 : 0; i + (quoted ? 1 : 0) < word->len; i++, matched++) {
        const char c = word->text[i];
        if (matched == len || (quoted ? c : (char)tolower((unsigned char)c)) != text[matched]) {
            return false;
        }
        i += quoted && c == '"' ? 1 : 0;
    }
    return matched == len;
}

/* Functions whose value is the same for every row of one statement: adding a column with such a
 * default stores the value once, in the catalog (manual, "Modifying Tables"). */
static const char *const instant_functions[] = {
    "now",
    "current_timestamp",
    "current_date",
    "current_time",
    "localtime",
    "localtimestamp",
    "transaction_timestamp",
    "statement_timestamp",
    "current_user",
    "session_user",
    "current_setting",
    "make_date",
    "make_interval",
    "to_timestamp",
    "lower",
    "upper",
    "concat",
    "jsonb_build_object",
    "jsonb_build_array",
    "json_build_object",
    "json_build_array",
    "to_json",
    "to_jsonb",
    "date_trunc",
    "array",
    "row",
    "coalesce",
    "timezone",
    "interval",
    "timestamp",
    "timestamptz",
    "varchar",
    "char",
    "numeric",
    "decimal",
    "bit",
    "time",
    "timetz",
};

static bool is_instant_function(const SqlToken *word)
{
    for (size_t i = 0; i < lengthof(instant_functions); i++) {
        if (word_is(word, instant_functions[i], strlen(instant_functions[i]))) {
            return true;
        }
    }
    return false;
}

bool sql_is_instant(const char *expression)
{
    SqlToken word;
    for (const char *at = expression; next_word(&at, &word);) {
        const char *after = at;
        while (isspace((unsigned char)*after)) {
            after++;
        }
        if (*after == '(' && !is_instant_function(&word)) {
            return false;
        }
    }
    return true;
}

bool default_is_instant(const Default *dflt)
{
    return dflt->kind != DEFAULT_SEQUENCE &&
           (dflt->kind != DEFAULT_EXPRESSION || sql_is_instant(dflt->text->text));
}

bool sql_reads_column(const char *expression, Name column)
{
    SqlToken word;
    for (const char *at = expression; next_word(&at, &word);) {
        if (*at != '(' && word_is(&word, column->text, column->len)) {
            return true;
        }
    }
    return false;
}

bool sql_reads_row(const char *expression, const Table *table)
{
    vec_each(Column *, column, &table->columns) {
        if (sql_reads_column(expression, (*column)->name)) {
            return true;
        }
    }
    return false;
}
