#include "base/common.h"

#include "base/diag/diag_print.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <string.h>

static Arena *arena;
static Diagnostics *diags;
static uint32_t file;

static void use_source(const char *text)
{
    arena = arena_new();
    Sources *sources = sources_new(arena);
    diags = diagnostics_new(arena, sources);
    file = sources_add(sources, "schema.prisma", text, strlen(text))->id;
}

/* The place of the first `needle`. */
static Span place(const char *needle)
{
    const char *text = sources_file(diags->sources, file)->text;
    const char *at = strstr(text, needle);
    cr_assert_not_null(at);
    uint32_t start = (uint32_t)(at - text);
    return (Span){file, start, start + (uint32_t)strlen(needle)};
}

static Diagnostic *report(const char *needle, const char *message)
{
    return diag_report(diags, DIAG_UNEXPECTED, needle == NULL ? span_none() : place(needle),
                       message);
}

/* Compares the rendering, its last line (the count) left out unless it is expected. */
static void expect_text(const char *expected)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    diag_print_text(&out, diags, (DiagLook){0});
    cr_expect_str_eq(strbuf_text(&out), expected, "got:\n%s", strbuf_text(&out));
    strbuf_dispose(&out);
    arena_free(arena);
}

Test(diag_print, the_shape_of_the_house)
{
    use_source("a\nb\nc\nd\ne\nf\ng\n  id BigInt @id\ni\nj\n  authorId Int\n");
    Diagnostic *d = report("Int\n", "`authorId` has type `Int`");
    d->span.end--;
    diag_label(diags, d, "change this to `BigInt`");
    diag_note(diags, d, place("BigInt"), "referenced column");
    diag_note(diags, d, span_none(), "types must be equal");
    diag_help(diags, d, "write it");
    expect_text("error[E0102]: unexpected `authorId` has type `Int`\n"
                "  --> schema.prisma:11:12\n"
                "11 |   authorId Int\n"
                "   |            ^^^ change this to `BigInt`\n"
                " 8 |   id BigInt @id\n"
                "   |      ------ referenced column\n"
                "note: types must be equal\n"
                "help: write it\n"
                "\n"
                "1 error\n");
}

Test(diag_print, without_a_place)
{
    use_source("");
    report(NULL, "failed migrations");
    report(NULL, "again")->severity = SEVERITY_WARNING;
    expect_text("error[E0102]: unexpected failed migrations\n\nwarning[E0102]: unexpected "
                "again\n\n2 errors\n");
}

Test(diag_print, nothing_for_an_empty_sink)
{
    use_source("x");
    expect_text("");
}

Test(diag_print, tabs_and_wide_characters)
{
    use_source("\tx\t日本 e\u0301 here\n");
    report("here", "m");
    expect_text("error[E0102]: unexpected m\n"
                " --> schema.prisma:1:10\n"
                "1 |     x   日本 e\u0301 here\n"
                "  |                ^^^^\n"
                "\n1 error\n");
}

Test(diag_print, two_places_on_one_line)
{
    use_source("  a Int @x @y\n");
    Diagnostic *d = report("@y", "m");
    diag_note(diags, d, place("@x"), "first here");
    expect_text("error[E0102]: unexpected m\n"
                " --> schema.prisma:1:12\n"
                "1 |   a Int @x @y\n"
                "  |            ^^\n"
                "  |         -- first here\n"
                "\n1 error\n");
}

Test(diag_print, several_lines_and_crlf)
{
    use_source("model A {\r\n  a Int\r\n  b Int\r\n}\r\n");
    Diagnostic *d = diag_report(diags, DIAG_UNEXPECTED, ((Span){file, 0, 30}), "m");
    diag_label(diags, d, "here");
    expect_text("error[E0102]: unexpected m\n"
                " --> schema.prisma:1:1\n"
                "1 | model A {\n"
                "  | ^^^^^^^^^\n"
                "  | …\n"
                "4 | }\n"
                "  | ^ here\n"
                "\n1 error\n");
}

Test(diag_print, the_end_of_the_text_has_a_caret)
{
    use_source("model A {");
    diag_report(diags, DIAG_UNEXPECTED, ((Span){file, 9, 9}), "m");
    expect_text("error[E0102]: unexpected m\n"
                " --> schema.prisma:1:10\n"
                "1 | model A {\n"
                "  |          ^\n"
                "\n1 error\n");
}

Test(diag_print, another_file)
{
    use_source("a b\n");
    Diagnostic *d = report("b", "m");
    uint32_t other = sources_add(diags->sources, "other.prisma", "c\nd\n", 4)->id;
    diag_note(diags, d, ((Span){other, 2, 3}), "there");
    expect_text("error[E0102]: unexpected m\n"
                " --> schema.prisma:1:3\n"
                "1 | a b\n"
                "  |   ^\n"
                " ::: other.prisma:2:1\n"
                "2 | d\n"
                "  | - there\n"
                "\n1 error\n");
}

Test(diag_print, long_lines_are_cut_around_the_place)
{
    char line[5000];
    memset(line, 'x', sizeof line);
    memcpy(line + 3000, "HERE", 4);
    line[sizeof line - 1] = '\0';
    use_source(line);
    report("HERE", "m");
    StrBuf out = strbuf_new(STRBUF_MAX);
    diag_print_text(&out, diags, (DiagLook){0});
    const char *text = strbuf_text(&out);
    cr_expect_lt(out.len, 600);
    cr_expect_not_null(strstr(text, "1 | …xxx"));
    cr_expect_not_null(strstr(text, "xxx…\n"));
    /* The carets stand below the word: both lines have the same number of columns before them. */
    const char *shown = strstr(text, "1 | ");
    const char *marks = strstr(text, "  | ");
    size_t bytes_of_ellipsis = strlen("…") - 1;
    cr_expect_eq((size_t)(strstr(shown, "HERE") - shown) - bytes_of_ellipsis,
                 (size_t)(strstr(marks, "^^^^") - marks));
    strbuf_dispose(&out);
    arena_free(arena);
}

Test(diag_print, nothing_reaches_the_terminal)
{
    use_source("a \033[2J\xC2\x9B \xE2\x80\xAE \xFF b\n");
    report("b", "bad \033]0;x\007");
    StrBuf out = strbuf_new(STRBUF_MAX);
    diag_print_text(&out, diags, (DiagLook){0});
    cr_expect_null(strchr(strbuf_text(&out), '\033'));
    cr_expect_null(strchr(strbuf_text(&out), '\007'));
    cr_expect_null(strstr(strbuf_text(&out), "\xE2\x80\xAE"));
    cr_expect_null(strchr(strbuf_text(&out), '\xFF'));
    cr_expect_not_null(strstr(strbuf_text(&out), "1 | a \\x1b[2J\\u{9b} \\u{202e} \\xff b\n"));
    strbuf_dispose(&out);
    arena_free(arena);
}

Test(diag_print, colour_only_when_wanted)
{
    use_source("a\n");
    report("a", "m");
    StrBuf out = strbuf_new(STRBUF_MAX);
    diag_print_text(&out, diags, (DiagLook){.colour = true});
    cr_expect_eq(strncmp(strbuf_text(&out),
                         "\033[1;31merror[E0102]\033[0m: \033[1munexpected m\033[0m\n", 33),
                 0);
    strbuf_dispose(&out);
    arena_free(arena);
}

Test(diag_print, more_than_are_kept)
{
    use_source("a\n");
    for (int i = 0; i < DIAG_LIMIT + 20; i++) {
        report("a", "m");
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    diag_print_text(&out, diags, (DiagLook){0});
    cr_expect_not_null(strstr(strbuf_text(&out), "120 errors (the first 100 are shown)\n"));
    strbuf_dispose(&out);
    arena_free(arena);
}

Test(diag_print, more_places_than_are_kept)
{
    use_source("a\n");
    Diagnostic *d = report("a", "m");
    for (int i = 0; i < DIAG_NOTE_LIMIT + 7; i++) {
        diag_note(diags, d, place("a"), "here too");
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    diag_print_text(&out, diags, (DiagLook){0});
    cr_expect_eq(d->notes.count, DIAG_NOTE_LIMIT);
    cr_expect_not_null(strstr(strbuf_text(&out), "note: 7 more places are not shown\n"));
    strbuf_dispose(&out);
    arena_free(arena);
}

Test(diag_print, json)
{
    use_source("é b\nc\n");
    Diagnostic *d = report("b", "say \"x\"\xFF");
    diag_note(diags, d, place("c"), "there");
    report(NULL, "nowhere");
    StrBuf out = strbuf_new(STRBUF_MAX);
    diag_print_json(&out, diags);
    json_t *array = json_loads(strbuf_text(&out), 0, NULL);
    cr_assert_eq(json_array_size(array), 2);
    const char *code = NULL;
    const char *severity = NULL;
    const char *message = NULL;
    const char *path = NULL;
    int line = 0, column = 0, end_line = 0, end_column = 0, note_line = 0;
    cr_assert_eq(json_unpack(json_array_get(array, 0),
                             "{s:s,s:s,s:s,s:s,s:i,s:i,s:i,s:i,s:n,s:[{s:i}]}", "code", &code,
                             "severity", &severity, "message", &message, "file", &path, "line",
                             &line, "column", &column, "endLine", &end_line, "endColumn",
                             &end_column, "help", "notes", "line", &note_line),
                 0);
    cr_expect_str_eq(code, "E0102");
    cr_expect_str_eq(severity, "error");
    cr_expect_str_eq(message, "unexpected say \"x\"\\xff");
    cr_expect_str_eq(path, "schema.prisma");
    cr_expect(line == 1 && column == 3 && end_line == 1 && end_column == 4 && note_line == 2);
    cr_expect(json_is_null(json_object_get(json_array_get(array, 1), "file")));
    cr_expect(json_is_null(json_object_get(json_array_get(array, 1), "line")));
    json_decref(array);
    strbuf_dispose(&out);
    arena_free(arena);
}

Test(diag_print, json_of_an_empty_sink_is_an_empty_array)
{
    use_source("");
    StrBuf out = strbuf_new(STRBUF_MAX);
    diag_print_json(&out, diags);
    cr_expect_str_eq(strbuf_text(&out), "[]\n");
    strbuf_dispose(&out);
    arena_free(arena);
}

Test(diag_print, github)
{
    use_source("a b\n");
    uint32_t other = sources_add(diags->sources, "a,b:c%.prisma", "x y\n", 4)->id;
    diag_report(diags, DIAG_UNEXPECTED, ((Span){other, 2, 3}), "100% wrong: a,b\nnext");
    Diagnostic *d = report(NULL, "m");
    diag_help(diags, d, "do it");
    d->severity = SEVERITY_WARNING;
    report("a", "n")->severity = SEVERITY_NOTE;
    StrBuf out = strbuf_new(STRBUF_MAX);
    diag_print_github(&out, diags);
    cr_expect_str_eq(
        strbuf_text(&out),
        "::error "
        "file=a%2Cb%3Ac%25.prisma,line=1,endLine=1,col=3,endColumn=4,title=E0102::unexpected "
        "100%25 wrong: a,b\\nnext\n"
        "::warning title=E0102::unexpected m%0Ahelp: do it\n"
        "::notice file=schema.prisma,line=1,endLine=1,col=1,endColumn=2,title=E0102::unexpected "
        "n\n",
        "got:\n%s", strbuf_text(&out));
    strbuf_dispose(&out);
    arena_free(arena);
}
