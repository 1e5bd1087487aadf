/*
 * canon_stored.c - a constant of one type, stored in a column of another.
 *
 * When the type of a column changes, its default stays a constant of the old type, and is cast each
 * time a row is stored. What is said here is what that cast comes to, where it is certain: where
 * the old type prints a value as it is written, and where no session has a say. Source: PostgreSQL
 * manual, "CREATE CAST" (assignment casts to strings go through output and input functions) and
 * "Date/Time Types"; tried pair by pair in tests/live/cli_type_pairs.sh.
 */
#include "base/common.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/canon/canon_internal.h"

static bool has(const Constant *constant, char c)
{
    return memchr(constant->text, c, constant->len) != NULL;
}

/* Outside of strings: true and false have letters before theirs. */
static bool json_has_exponent(const Constant *constant)
{
    bool in_string = false;
    for (size_t i = 1; i < constant->len; i++) {
        const char before = constant->text[i - 1], c = constant->text[i];
        in_string ^= before == '"';
        if (!in_string && (c == 'e' || c == 'E') && isdigit((unsigned char)before) != 0) {
            return true;
        }
    }
    return false;
}

/* Is it written as JSONB prints it? */
static bool is_plain_jsonb(const Constant *constant)
{
    StrBuf printed = strbuf_new(CANON_TEXT_MAX), quoted = strbuf_new(CANON_TEXT_MAX);
    canon_quote(&quoted, constant->text, constant->len);
    const bool is_plain = !has(constant, '\\') && !json_has_exponent(constant) &&
                          canon_json(&printed, constant->text, constant->len) &&
                          strcmp(strbuf_text(&printed), strbuf_text(&quoted)) == 0;
    strbuf_dispose(&printed);
    strbuf_dispose(&quoted);
    return is_plain;
}

/* 10.0.0.0/8: of an address alone the text says /32, the type does not. */
static bool is_plain_network(const Constant *constant)
{
    int dots = 0, slashes = 0;
    for (size_t i = 0; i < constant->len; i++) {
        const char c = constant->text[i];
        dots += c == '.';
        slashes += c == '/';
        if (c != '.' && c != '/' && (c < '0' || c > '9')) {
            return false;
        }
    }
    return dots == 3 && slashes == 1;
}

static bool is_plain_uuid(const Constant *constant)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    for (size_t i = 0; i < constant->len && i < sizeof form - 1; i++) {
        const char c = constant->text[i];
        const bool is_digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (form[i] == 'x' ? !is_digit : c != '-') {
            return false;
        }
    }
    return constant->len == sizeof form - 1;
}

static bool is_plain_bits(const Constant *constant)
{
    for (size_t i = 0; i < constant->len; i++) {
        if (constant->text[i] != '0' && constant->text[i] != '1') {
            return false;
        }
    }
    return true;
}

static bool prints_as_written(const Constant *constant)
{
    switch (constant->cast.id) {
    case TYPE_TEXT:
    case TYPE_VARCHAR:
    case TYPE_CHAR:
    case TYPE_CITEXT:
    case TYPE_XML:
    case TYPE_JSON:
        return true;
    case TYPE_JSONB:
        return is_plain_jsonb(constant);
    case TYPE_INET:
        return is_plain_network(constant);
    case TYPE_UUID:
        return is_plain_uuid(constant);
    case TYPE_BIT:
    case TYPE_VARBIT:
        return is_plain_bits(constant);
    case TYPE_SMALLINT:
    case TYPE_INTEGER:
    case TYPE_OID:
    case TYPE_BIGINT:
    case TYPE_DECIMAL:
    case TYPE_MONEY:
    case TYPE_REAL:
    case TYPE_DOUBLE_PRECISION:
    case TYPE_BOOLEAN:
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMPTZ:
    case TYPE_DATE:
    case TYPE_TIME:
    case TYPE_TIMETZ:
    case TYPE_BYTEA:
    case TYPE_ENUM:
    case TYPE_OTHER:
        return false;
    }
    unreachable();
}

static bool is_string(TypeId type)
{
    return type == TYPE_TEXT || type == TYPE_VARCHAR || type == TYPE_CHAR || type == TYPE_CITEXT;
}

/* JSONB reads what JSON keeps; a type outside the language reads what it prints. */
static bool reads_alike(const Constant *constant, const ColumnType *type)
{
    const TypeId have = constant->cast.id;
    const bool json = (have == TYPE_JSON && type->id == TYPE_JSONB) ||
                      (have == TYPE_JSONB && type->id == TYPE_JSON && is_plain_jsonb(constant));
    const bool other = (have == TYPE_TEXT || have == TYPE_VARCHAR) && type->id == TYPE_OTHER;
    const bool to_varbit = have == TYPE_BIT && type->id == TYPE_VARBIT;
    const size_t length = type->arguments[0] == TYPE_NO_ARGUMENT ? 1 : (size_t)type->arguments[0];
    const bool to_bit = have == TYPE_VARBIT && type->id == TYPE_BIT && is_plain_bits(constant) &&
                        constant->len == length;
    return json || other || to_varbit || to_bit;
}

/* Blanks at the end of a char(n) are no part of it. */
static bool store_string(const Constant *constant, const ColumnType *type, StrBuf *out)
{
    size_t len = constant->len;
    while (constant->cast.id == TYPE_CHAR && len > 0 && constant->text[len - 1] == ' ') {
        len--;
    }
    if (!canon_value(out, type, constant->text, len)) {
        canon_quote(out, constant->text, len);
    }
    return true;
}

/* A time zone is dropped, never found. */
static bool store_moment(const Constant *constant, const ColumnType *type, StrBuf *out)
{
    const TypeId have = constant->cast.id;
    if ((have == TYPE_TIMESTAMP && (type->id == TYPE_DATE || type->id == TYPE_TIME)) ||
        (have == TYPE_TIMETZ && type->id == TYPE_TIME)) {
        return canon_moment(out, type->id, constant->text, constant->len);
    }
    if (have != TYPE_DATE || type->id != TYPE_TIMESTAMP) {
        return false;
    }
    StrBuf day = strbuf_new(CANON_TEXT_MAX);
    const bool ok = canon_moment(&day, TYPE_DATE, constant->text, constant->len) &&
                    canon_moment(out, type->id, day.text + 1, day.len - 2);
    strbuf_dispose(&day);
    return ok;
}

/* A float gives so many digits of a decimal back; a longer one shows what a shorter has lost. */
bool canon_stored_number(const Constant *constant, const ColumnType *type)
{
    size_t digits = 0;
    for (size_t i = 0; i < constant->len; i++) {
        digits += isdigit((unsigned char)constant->text[i]) != 0;
    }
    if (constant->cast.list || has(constant, 'e') || has(constant, 'E')) {
        return false;
    }
    if (constant->cast.id == TYPE_DOUBLE_PRECISION) {
        return digits <= FLOAT8_DIGITS && (type->id == TYPE_DECIMAL || type->id == TYPE_REAL);
    }
    if (constant->cast.id != TYPE_REAL) {
        return false;
    }
    const bool is_exact = (double)strtof(constant->text, NULL) == strtod(constant->text, NULL);
    return (type->id == TYPE_DECIMAL && digits <= FLOAT4_DIGITS) ||
           (type->id == TYPE_DOUBLE_PRECISION && is_exact);
}

bool canon_stored_string(const Constant *constant, const ColumnType *type, StrBuf *out)
{
    if (constant->cast.list || type->list) {
        return false;
    }
    if (reads_alike(constant, type) || (is_string(type->id) && prints_as_written(constant))) {
        return store_string(constant, type, out);
    }
    return constant->kind == CONSTANT_STRING && store_moment(constant, type, out);
}
