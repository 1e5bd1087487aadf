/*
 * The grammar's corpus: tests/corpus/ *.txt. A case is a title between two lines of `=`, the
 * source, a line `---`, and the tree as ast_dump writes it, followed by one line for each
 * diagnostic; in config.txt the tree of a configuration module. With BELLOWS_ACCEPT=1 in the
 * environment the files are rewritten with what the parser says now.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "grammar/ast_print.h"
#include "grammar/config/read.h"
#include "grammar/parse.h"

/* What the text of a source is. */
typedef char *TextOf(Arena *arena, const char *source, size_t len);

typedef struct Corpus {
    Arena *arena;
    TextOf *text_of;
    const char *at;
    StrBuf accepted;
    int cases;
    int wrong;
} Corpus;

static const char rule[] = "================\n";
static const char separator[] = "---\n";

static char *read_text(Arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file, "cannot open %s", path);
    StrBuf text = strbuf_new(STRBUF_MAX);
    char chunk[4096];
    size_t got = fread(chunk, 1, sizeof chunk, file);
    while (got > 0) {
        strbuf_addn(&text, chunk, got);
        got = fread(chunk, 1, sizeof chunk, file);
    }
    fclose(file);
    return strbuf_take(&text, arena);
}

/* The tree and the diagnostics of `source`. */
static char *parsed(Arena *arena, const char *source, size_t len)
{
    Sources *sources = sources_new(arena);
    Diagnostics *diags = diagnostics_new(arena, sources);
    AstSchema *schema = schema_new(arena);
    parse_file(schema, sources_add(sources, "schema.prisma", source, len), names_new(arena), diags);
    StrBuf out = strbuf_new(STRBUF_MAX);
    ast_dump(&out, schema);
    vec_each(Diagnostic *, at, &diags->items) {
        Position place = source_position(sources, (*at)->span);
        strbuf_printf(&out, "%u:%u %s %s\n", place.line, place.column, diag_row((*at)->code)->code,
                      (*at)->message);
    }
    return strbuf_take(&out, arena);
}

/* The tree of a configuration module. */
static char *read_module(Arena *arena, const char *source, size_t len)
{
    Sources *sources = sources_new(arena);
    const SourceFile *file = sources_add(sources, "prisma.config.ts", source, len);
    return config_tree_text(arena, config_read(arena, file, names_new(arena)));
}

/* Text up to `end`, which is passed over; up to the end of the file without it. */
static char *take_until(Corpus *corpus, const char *end)
{
    const char *found = strstr(corpus->at, end);
    size_t len = found == NULL ? strlen(corpus->at) : (size_t)(found - corpus->at);
    char *text = arena_strndup(corpus->arena, corpus->at, len);
    corpus->at += len + (found == NULL ? 0 : strlen(end));
    return text;
}

static void run_case(Corpus *corpus)
{
    const char *title = take_until(corpus, rule);
    char *source = take_until(corpus, separator);
    const char *next = strstr(corpus->at, rule);
    size_t len = next == NULL ? strlen(corpus->at) : (size_t)(next - corpus->at);
    const char *expected = arena_strndup(corpus->arena, corpus->at, len);
    corpus->at += len + (next == NULL ? 0 : strlen(rule));
    const char *got =
        arena_printf(corpus->arena, "%s\n", corpus->text_of(corpus->arena, source, strlen(source)));
    if (next == NULL && strcmp(expected, got) != 0) {
        got = arena_strndup(corpus->arena, got, strlen(got) - 1); /* the last needs no blank line */
    }
    corpus->cases++;
    strbuf_printf(&corpus->accepted, "%s%s%s%s%s%s", rule, title, rule, source, separator, got);
    if (strcmp(expected, got) != 0) {
        corpus->wrong++;
        fprintf(stderr, "%s--- expected\n%s--- got\n%s\n", title, expected, got);
    }
}

static void run_corpus(const char *name, TextOf *text_of, int at_least)
{
    Corpus corpus = {.arena = arena_new(), .text_of = text_of, .accepted = strbuf_new(STRBUF_MAX)};
    const char *path = arena_printf(corpus.arena, "%s/corpus/%s", TESTS_DIR, name);
    corpus.at = read_text(corpus.arena, path);
    (void)take_until(&corpus, rule);
    while (*corpus.at != '\0') {
        run_case(&corpus);
    }
    if (getenv("BELLOWS_ACCEPT") != NULL && corpus.wrong > 0) {
        FILE *file = fopen(path, "wb");
        cr_assert_not_null(file);
        fputs(strbuf_text(&corpus.accepted), file);
        fclose(file);
        corpus.wrong = 0;
    }
    strbuf_dispose(&corpus.accepted);
    arena_free(corpus.arena);
    cr_expect_geq(corpus.cases, at_least, "%s holds %d cases", name, corpus.cases);
    cr_assert_eq(corpus.wrong, 0, "%d of %d cases of %s differ", corpus.wrong, corpus.cases, name);
}

Test(corpus, well_formed)
{
    run_corpus("language.txt", parsed, 15);
}

Test(corpus, broken)
{
    run_corpus("broken.txt", parsed, 30);
}

/* Texts cut anywhere: read to the end, whatever they are. */
Test(corpus, configuration_cut_short)
{
    enum { LONGEST = 700 };
    Corpus corpus = {.arena = arena_new()};
    size_t tried = 0;
    corpus.at = read_text(corpus.arena, TESTS_DIR "/corpus/config.txt");
    (void)take_until(&corpus, rule);
    while (*corpus.at != '\0') {
        (void)take_until(&corpus, rule);
        const char *source = take_until(&corpus, separator);
        (void)take_until(&corpus, rule);
        for (size_t len = 0; strlen(source) < LONGEST && len <= strlen(source); len++) {
            Arena *arena = arena_new();
            cr_assert_not_null(read_module(arena, source, len));
            arena_free(arena);
            tried++;
        }
    }
    arena_free(corpus.arena);
    cr_assert_gt(tried, 3000);
}

Test(corpus, configuration)
{
    run_corpus("config.txt", read_module, 30);
}
