/*
 * online_fill.c - what the rows that are already there get in a column that becomes required.
 *
 * In this order: the author's `/// @backfill(expression)` above the field, the field's default in
 * the database, and the time of the statement for `@updatedAt`. Anything else only a person knows.
 *
 * Expressions are looked at as text, word by word and outside of quotes: enough to tell a literal
 * from a function call and a column of the row from neither. A wrong guess is refused by the
 * server before anything changes.
 */
#include "base/common.h"

#include <ctype.h>
#include <string.h>

#include "base/strbuf.h"
#include "compiler/canon/qualify.h"
#include "compiler/catalog/sql_scan.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/diff/fill_hint.h"
#include "compiler/plan/online/online_internal.h"

/* --- derivation --------------------------------------------------------------------------------
 */

static bool has_printable_default(const Column *column)
{
    DefaultKind kind = column->dflt.kind;
    return kind == DEFAULT_VALUE || kind == DEFAULT_LIST || kind == DEFAULT_NOW ||
           kind == DEFAULT_EXPRESSION;
}

const char *online_fill_expression(Online *cx, const Column *column)
{
    size_t start, end;
    if (fill_hint_find(column->doc, &start, &end)) {
        return arena_strndup(cx->arena, column->doc + start, end - start);
    }
    if (has_printable_default(column)) {
        StrBuf text = strbuf_new(STRBUF_MAX);
        sql_default(&text, cx->plan->to, column);
        return strbuf_take(&text, cx->arena);
    }
    return column->client_default == CLIENT_DEFAULT_UPDATED_AT ? "CURRENT_TIMESTAMP" : NULL;
}

/* The same under every search_path; when that is not known the plan is refused. */
const char *online_trusted_fill(Online *cx, const Column *column, const char *expression)
{
    const QualifyWorld world = {cx->plan->to, cx->plan->from, column->table, cx->plan->to};
    const char *why = NULL;
    const char *trusted = qualify_expression(cx->arena, &world, expression, &why);
    if (trusted == NULL && cx->plan->unknown_fill == NULL) {
        cx->plan->unknown_fill = column;
        cx->plan->unknown_why = why;
    }
    return trusted != NULL ? trusted : expression;
}

/* --- words of an expression --------------------------------------------------------------------
 */

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

bool online_is_instant(const char *expression)
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

bool online_reads_row(const char *expression, const Table *table)
{
    SqlToken word;
    for (const char *at = expression; next_word(&at, &word);) {
        vec_each(Column *, column, &table->columns) {
            if (*at != '(' && word_is(&word, (*column)->name->text, (*column)->name->len)) {
                return true;
            }
        }
    }
    return false;
}
