/* Text in a column: no line is wider, nothing is lost, and no line becomes a command. */
#include "base/common.h"

#include "base/text/wrap.h"

#include <criterion/criterion.h>
#include <string.h>

typedef struct Wrapped {
    const char *text;
    size_t width, indent, at;
    const char *lead;
    size_t lead_width;
    const char *lines;
} Wrapped;

static const Wrapped rows[] = {
    {"one two three", 0, 2, 2, NULL, 0, "one two three"},
    {"one two three", 9, 2, 2, NULL, 0, "one two\n  three"},
    {"one  two  three", 20, 2, 2, NULL, 0, "one  two  three"},
    {"one two three", 12, 2, 2, "| ", 2, "one two\n| three"},
    {"  col TEXT NOT NULL", 16, 6, 2, "| ", 2, "  col TEXT NOT\n|     NULL"},
    {"abcdefghijklmnop", 12, 2, 2, NULL, 0, "abcdefghij\n  klmnop"},
    {"漢字漢字漢字 é", 12, 2, 2, NULL, 0, "漢字漢字漢\n  字 é"},
    {"word ::error::x", 12, 2, 2, NULL, 0, "word\n  \\x3a:error::x"},
    {"after", 12, 2, 9, NULL, 0, "\n  after"},
    {"one two", 4, 40, 3, NULL, 0, "\none\ntwo"},
    {"", 9, 2, 2, NULL, 0, ""},
};

Test(wrap, rows)
{
    for (size_t i = 0; i < lengthof(rows); i++) {
        const Wrapped *row = &rows[i];
        const Wrapping wrapping = {.width = row->width,
                                   .indent = row->indent,
                                   .lead = row->lead,
                                   .lead_width = row->lead_width};
        StrBuf out = strbuf_new(STRBUF_MAX);
        wrap_add(&out, row->text, row->at, &wrapping);
        cr_expect_str_eq(strbuf_text(&out), row->lines, "%zu: %s", i, strbuf_text(&out));
        strbuf_dispose(&out);
    }
}

Test(wrap, a_statement_is_broken_outside_its_quotes_alone)
{
    const Wrapping wrapping = {.width = 16, .indent = 2, .statement = true};
    StrBuf out = strbuf_new(STRBUF_MAX);
    wrap_add(&out, "SELECT \"a  \"\"long b\"::text, 'it''s a', x", 2, &wrapping);
    cr_expect_str_eq(strbuf_text(&out), "SELECT\n  \"a  \"\"long b\"::text,\n  'it''s a', x", "%s",
                     strbuf_text(&out));
    strbuf_dispose(&out);
}

Test(wrap, columns)
{
    cr_expect_eq(wrap_columns("a漢e\u0301", strlen("a漢e\u0301")), 4);
}

typedef struct Sentences {
    const char *text;
    size_t at, width;
    const char *lines;
} Sentences;

static const Sentences sentences[] = {
    {"one two three", 0, 0, "one two three"},
    {"one two three", 0, 9, "one two\n  three"},
    {"one two three", 6, 12, "one\n  two three"},
    {"  - one two three\n", 0, 12, "  - one two\n    three\n"},
    {"one two\n\nthree four", 0, 8, "one two\n\nthree\n  four"},
    {"an-address-that-is-wider-than-the-line", 0, 9, "an-address-that-is-wider-than-the-line"},
    {"see an-address-that-is-wider", 0, 9, "see\n  an-address-that-is-wider"},
    {"run `bellows migrate deploy`, then", 0, 27, "run\n  `bellows migrate deploy`,\n  then"},
    {"run (`a b`c d", 0, 11, "run (`a b`c\n  d"},
    {"run `a command that no line holds`", 0, 12, "run `a\n  command\n  that no\n  line\n  holds`"},
    {"one ` two three", 0, 9, "one ` two\n  three"},
    {"a line ::error::x", 0, 8, "a line\n  \\x3a:error::x"},
};

Test(wrap, sentences_are_broken_between_words_and_can_be_copied)
{
    for (size_t i = 0; i < lengthof(sentences); i++) {
        const Sentences *row = &sentences[i];
        StrBuf out = strbuf_new(STRBUF_MAX);
        wrap_sentences(&out, row->text, row->at, row->width);
        cr_expect_str_eq(strbuf_text(&out), row->lines, "%zu: %s", i, strbuf_text(&out));
        strbuf_dispose(&out);
    }
}
