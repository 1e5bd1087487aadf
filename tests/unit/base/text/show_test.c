/* What others wrote is shown and never obeyed: by a terminal, a log, or a CI service. */
#include "base/common.h"

#include "base/text/show.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/text/github.h"
#include "base/text/json_text.h"

typedef struct Shown {
    const char *text, *line;
} Shown;

static const Shown lines[] = {
    {"plain é 漢字 e\u0301", "plain é 漢字 e\u0301"},
    {"a\nb\rc\td", "a\\nb\\rc\\td"},
    {"\033[2J\a\x7f", "\\x1b[2J\\x07\\x7f"},
    {"\xc2\x9b \u202e \u200b \u2066 \ufeff \u00ad",
     "\\u{9b} \\u{202e} \\u{200b} \\u{2066} \\u{feff} \\u{ad}"},
    {"\u3164 \ufe0f \u2028", "\\u{3164} \\u{fe0f} \\u{2028}"},
    {"\xff\xc3(\xf0\x9f\x98", "\\xff\\xc3(\\xf0\\x9f\\x98"},
    {"::error::x", "\\x3a:error::x"},
    {" \u00a0\u2003::x", " \u00a0\u2003\\x3a:x"},
    {"a ##[error]b ##vso[task]", "a ##\\x5berror]b ##vso\\x5btask]"},
    {"a::b #[ ## [", "a::b #[ ## ["},
};

Test(show, lines)
{
    for (size_t i = 0; i < lengthof(lines); i++) {
        StrBuf out = strbuf_new(STRBUF_MAX), again = strbuf_new(STRBUF_MAX);
        show_line(&out, lines[i].text, strlen(lines[i].text));
        cr_expect_str_eq(strbuf_text(&out), lines[i].line);
        show_line(&again, out.text, out.len);
        cr_expect_str_eq(strbuf_text(&again), lines[i].line, "shown twice is shown once");
        strbuf_dispose(&out);
        strbuf_dispose(&again);
    }
}

Test(show, a_command_is_broken_wherever_its_parts_come_from)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    show_printf(&out, "%s%s\n%s%s", "#", "#[x]", " ", "::error::");
    cr_expect_str_eq(strbuf_text(&out), "##\\x5bx]\n \\x3a:error::");
    strbuf_dispose(&out);
}

Test(show, lines_stay_lines)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    const char *text = "a\r\n\t::set-output::\rb\n";
    show_lines(&out, text, strlen(text));
    cr_expect_str_eq(strbuf_text(&out), "a\n\t\\x3a:set-output::\\rb\n");
    strbuf_dispose(&out);
}

Test(show, formats)
{
    Arena *arena = arena_new();
    cr_expect_str_eq(show_format(arena, "%s|%3u|%*s|%.*s|%lld|%zu|%-5s|%02X|%%", "a\n", 7U, 2, "",
                                 2, "xyz", -5LL, (size_t)9, "ab", 10U),
                     "a\\n|  7|  |xy|-5|9|ab   |0A|%");
    arena_free(arena);
}

Test(show, a_line_of_many_colons_takes_its_length_in_time)
{
    enum { LEN = 4000000 };
    char *text = malloc(LEN);
    memset(text, ' ', LEN);
    for (size_t i = 1; i < LEN; i += 2) {
        text[i] = ':';
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    show_line(&out, text, LEN);
    cr_expect_eq(out.len, LEN + 3);
    strbuf_dispose(&out);
    free(text);
}

Test(show, github_commands_are_those_meant)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    const GithubPlace place = {.file = "a,b:c%\n::warning::.sql", .line = 3};
    github_begin(&out, "error", &place, "t");
    github_message(&out, "x\r\n::warning::y\r%");
    github_end(&out);
    cr_expect_str_eq(strbuf_text(&out), "::error file=a%2Cb%3Ac%25%0A\\x3a%3Awarning%3A%3A.sql,"
                                        "line=3,title=t::x%0A\\x3a:warning::y\\r%25\n");
    strbuf_dispose(&out);
}

Test(show, json_drops_nothing_and_commands_nothing)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    json_t *object = json_object();
    json_object_set_new(object, "a", json_text("\xff##[x]##vso[\n"));
    json_object_set_new(object, "b", json_text(NULL));
    json_document(&out, object);
    cr_expect_null(strstr(strbuf_text(&out), "##["));
    cr_expect_null(strstr(strbuf_text(&out), "##vso["));
    json_t *read = json_loads(strbuf_text(&out), 0, NULL);
    cr_expect_str_eq(json_string_value(json_object_get(read, "a")), "\uFFFD##[x]##vso[\n");
    cr_expect(json_is_null(json_object_get(read, "b")));
    json_decref(read);
    strbuf_dispose(&out);
}
