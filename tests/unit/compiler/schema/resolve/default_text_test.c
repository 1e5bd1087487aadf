#include "base/common.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "compiler/schema/resolve/default_literal.h"

/* Expectations are what the reference tool writes for the same text; "" where it refuses it. */
typedef struct TextCase {
    char in[80];
    char out[80];
} TextCase;

typedef bool (*Normalize)(Names *names, const char *text, Name *ret_name);

static void check(const TextCase *row, Normalize normalize)
{
    Arena *arena = arena_new();
    Name out = NULL;
    bool ok = normalize(names_new(arena), row->in, &out);
    cr_assert_eq(ok, row->out[0] != '\0', "`%s`", row->in);
    if (ok) {
        cr_assert_str_eq(out->text, row->out);
    }
    arena_free(arena);
}

ParameterizedTestParameters(default_text, decimals)
{
    static TextCase cases[] = {
        {"0", "0"},
        {"-0", "0"},
        {"007", "7"},
        {"1.50", "1.50"},
        {"-007.50", "-7.50"},
        {".5", "0.5"},
        {"5.", "5"},
        {"+1", "1"},
        {"1e5", "100000"},
        {"1.5e-3", "0.0015"},
        {"1.50e1", "15.0"},
        {"1_0", "10"},
        {"0.00", "0.00"},
        {"", ""},
        {"abc", ""},
        {" 1", ""},
        {"1 ", ""},
        {".", ""},
        {"-", ""},
        {"1e", ""},
        {"1e999999999999", ""},
        {"--1", ""},
    };
    return cr_make_param_array(TextCase, cases, lengthof(cases));
}

ParameterizedTest(TextCase *row, default_text, decimals)
{
    check(row, decimal_normalize);
}

ParameterizedTestParameters(default_text, datetimes_of_clients)
{
    static TextCase cases[] = {
        {"2020-01-01 00:00:00z", "2020-01-01T00:00:00+00:00"},
        {"2020-01-01T00:00:00.1-02:00", "2020-01-01T00:00:00.100-02:00"},
        {"2020-01-01T00:00:00.1234567Z", "2020-01-01T00:00:00.123456700+00:00"},
        {"2020-01-01", ""},
    };
    return cr_make_param_array(TextCase, cases, lengthof(cases));
}

ParameterizedTest(TextCase *row, default_text, datetimes_of_clients)
{
    check(row, datetime_to_rfc3339);
}

ParameterizedTestParameters(default_text, datetimes)
{
    static TextCase cases[] = {
        {"2020-01-01T00:00:00Z", "2020-01-01 00:00:00 +00:00"},
        {"2020-01-01 00:00:00z", "2020-01-01 00:00:00 +00:00"},
        {"2020-02-29t23:59:60-00:00", "2020-02-29 23:59:60 +00:00"},
        {"2020-01-01T00:00:00.1+02:00", "2020-01-01 00:00:00.100 +02:00"},
        {"2020-01-01T00:00:00.123456Z", "2020-01-01 00:00:00.123456 +00:00"},
        {"2020-01-01T00:00:00.1234567891Z", "2020-01-01 00:00:00.123456789 +00:00"},
        {"2020-01-01T00:00:00\xE2\x88\x92"
         "02:00",
         "2020-01-01 00:00:00 -02:00"},
        {"2020-01-01T00:00:00+23:59", "2020-01-01 00:00:00 +23:59"},
        {"2020-01-01", ""},
        {"2020-01-01T00:00:00", ""},
        {"2021-02-29T00:00:00Z", ""},
        {"1900-02-29T00:00:00Z", ""},
        {"2020-13-01T00:00:00Z", ""},
        {"2020-01-01T24:00:00Z", ""},
        {"2020-01-01T00:00:00+24:00", ""},
        {"2020-01-01T00:00:00+0200", ""},
        {"2020-01-01T00:00:00.Z", ""},
        {"2020-01-01T00:00:00Z ", ""},
        {"10000-01-01T00:00:00Z", ""},
    };
    return cr_make_param_array(TextCase, cases, lengthof(cases));
}

ParameterizedTest(TextCase *row, default_text, datetimes)
{
    check(row, datetime_normalize);
}

static bool base64_of(Names *names, const char *text, Name *ret_name)
{
    return base64_to_hex(names, text, strlen(text), ret_name);
}

ParameterizedTestParameters(default_text, bytes)
{
    static TextCase cases[] = {
        {"aGVsbG8=", "68656c6c6f"},
        {"aGVsbA==", "68656c6c"},
        {"/+9z", "ffef73"},
        {"aGVsbG8", ""},
        {"aGVsbG9=", ""},
        {"aGVs bG8=", ""},
        {"-_-_", ""},
        {"====", ""},
        {"a===", ""},
    };
    return cr_make_param_array(TextCase, cases, lengthof(cases));
}

ParameterizedTest(TextCase *row, default_text, bytes)
{
    check(row, base64_of);
}

typedef struct JsonCase {
    char text[64];
    bool valid;
} JsonCase;

ParameterizedTestParameters(default_text, json)
{
    static JsonCase cases[] = {
        {"{}", true},
        {" [1, 2.5e-3, \"a\\n\\u00e4\", null, true] ", true},
        {"{\"a\":1,\"a\":2}", true},
        {"123456789012345678901234567890", true},
        {"\"\\ud83d\\ude00\"", true},
        {"", false},
        {"{", false},
        {"nul", false},
        {"01", false},
        {"1.", false},
        {"+1", false},
        {"1e400", false},
        {"[1,]", false},
        {"{\"a\" 1}", false},
        {"{a: 1}", false},
        {"\"\\ud800\"", false},
        {"\"\\x\"", false},
        {"\"a\tb\"", false},
        {"1 2", false},
    };
    return cr_make_param_array(JsonCase, cases, lengthof(cases));
}

ParameterizedTest(JsonCase *row, default_text, json)
{
    cr_assert_eq(json_is_valid(row->text, strlen(row->text)), row->valid, "%s", row->text);
}

Test(default_text, json_nests_127_deep)
{
    char text[300];
    memset(text, '[', 127);
    memset(text + 127, ']', 127);
    cr_assert(json_is_valid(text, 254));
    memset(text, '[', 128);
    memset(text + 128, ']', 128);
    cr_assert_not(json_is_valid(text, 256));
}
