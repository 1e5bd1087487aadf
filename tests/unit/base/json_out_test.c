#include "base/common.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "base/json_out.h"

static void write_sample(JsonOut *out)
{
    json_out_open(out, '{');
    json_out_text(out, "name", "a\"b\\c\n\x01\xC3\xA4");
    json_out_text(out, "none", NULL);
    json_out_open_member(out, "empty", '[');
    json_out_close(out);
    json_out_open_member(out, "list", '[');
    json_out_integer(out, NULL, -9223372036854775807LL - 1);
    json_out_bool(out, NULL, true);
    json_out_open(out, '{');
    json_out_close(out);
    json_out_close(out);
    json_out_raw(out, "raw", "[1,2]");
    json_out_close(out);
}

Test(json_out, compact)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    JsonOut out = json_out_new(&text, false);
    write_sample(&out);
    cr_assert_str_eq(strbuf_text(&text),
                     "{\"name\":\"a\\\"b\\\\c\\n\\u0001\xC3\xA4\",\"none\":null,\"empty\":[],"
                     "\"list\":[-9223372036854775808,true,{}],\"raw\":[1,2]}");
    strbuf_dispose(&text);
}

Test(json_out, indented_is_the_same_document)
{
    StrBuf texts[2] = {strbuf_new(STRBUF_MAX), strbuf_new(STRBUF_MAX)};
    json_t *documents[2];
    for (int i = 0; i < 2; i++) {
        JsonOut out = json_out_new(&texts[i], i == 1);
        write_sample(&out);
        documents[i] = json_loads(strbuf_text(&texts[i]), 0, NULL);
        cr_assert_not_null(documents[i]);
        strbuf_dispose(&texts[i]);
    }
    cr_assert(json_equal(documents[0], documents[1]));
    json_decref(documents[0]);
    json_decref(documents[1]);
}

Test(json_out, indentation)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    JsonOut out = json_out_new(&text, true);
    json_out_open(&out, '{');
    json_out_open_member(&out, "a", '[');
    json_out_integer(&out, NULL, 1);
    json_out_integer(&out, NULL, 2);
    json_out_close(&out);
    json_out_open_member(&out, "b", '{');
    json_out_close(&out);
    json_out_close(&out);
    cr_assert_str_eq(strbuf_text(&text), "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}");
    strbuf_dispose(&text);
}

/* Whatever bytes come in, a strict reader takes what goes out. */
Test(json_out, any_bytes_give_valid_json)
{
    static const char *const texts[] = {
        "\xFF", "\xC3", "a\xE2\x82", "\xED\xA0\x80", "\x7F", "\xF0\x9F\x98\x80", "\xC0\x80z"};
    for (size_t i = 0; i < lengthof(texts); i++) {
        StrBuf text = strbuf_new(STRBUF_MAX);
        JsonOut out = json_out_new(&text, false);
        json_out_open(&out, '[');
        json_out_text(&out, NULL, texts[i]);
        json_out_close(&out);
        json_t *document = json_loads(strbuf_text(&text), 0, NULL);
        cr_assert_not_null(document, "%zu: %s", i, strbuf_text(&text));
        json_decref(document);
        strbuf_dispose(&text);
    }
}

Test(json_out, reals_are_short_and_exact)
{
    static const struct {
        double value;
        const char *text;
    } rows[] = {{0.1, "0.1"},      {1.5, "1.5"},
                {100, "1e+02"},    {19.900000000000002, "19.900000000000002"},
                {-0.25, "-0.25"},  {1e23, "1e+23"},
                {INFINITY, "null"}};
    for (size_t i = 0; i < lengthof(rows); i++) {
        StrBuf text = strbuf_new(STRBUF_MAX);
        JsonOut out = json_out_new(&text, false);
        json_out_real(&out, NULL, rows[i].value);
        cr_assert_str_eq(strbuf_text(&text), rows[i].text);
        strbuf_dispose(&text);
    }
}
