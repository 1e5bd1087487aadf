#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "runtime/host/dotenv.h"

static const char *outer(const char *name)
{
    return strcmp(name, "HOST") == 0 ? "outer" : NULL;
}

static EnvFile parse(Arena *arena, const char *text)
{
    EnvFile file = {0};
    dotenv_parse(arena, text, strlen(text), outer, &file);
    return file;
}

typedef struct Row {
    const char *text, *name, *value;
} Row;

/* As version 6 reads them. */
static const Row rows[] = {
    {"A=b", "A", "b"},
    {"export A = b c  # comment\n", "A", "b c"},
    {"export\tA=b", "A", "b"},
    {"A=\"x#y\\nz\" # c", "A", "x#y\nz"},
    {"A='${HOST}'", "A", "outer"}, /* what quotes it had is forgotten */
    {"A=${HOST}:${HOST}", "A", "outer:outer"},
    {"A=pa$word$HOST", "A", "pa$word$HOST"}, /* braces make a reference */
    {"A=${B}2\nB=1", "A", "12"},
    {"A=\\$B", "A", "\\$B"},
    {"A=\\${B}", "A", "${B}"},
    {"A=${HOST:-x}", "A", "${HOST:-x}"},
    {"A=", "A", ""},
    {"A=1\r\nA=2\r\n", "A", "2"},
    {"A=\"two\nlines\"", "A", "two\nlines"},
    {"A=\"two\r\nlines\"", "A", "two\nlines"},
    {"HOST=inner", "HOST", "outer"},
    {"A=\"unclosed", "A", "\"unclosed"},
    {"\xef\xbb\xbf"
     "A=1",
     "A", "1"},
    {"A=${A}", "A", ""},
    {"B=${missing}x\nA=${B}$", "A", "x$"},
    {"A=\"x\" y", "A", "\"x\" y"}, /* the line does not end at the quote */
    {"A='it's'", "A", "it's"},
    {"A=\"a\" \"b\"", "A", "a\" \"b"},
    {"A=\"a\\\"b\"", "A", "a\\\"b"},
    {"A='a\\'b'", "A", "a\\'b"},
    {"A=\"a\\\\\"", "A", "a\\\\"},
    {"A='x'#c", "A", "x"},
    {"A: x", "A", "x"},
};

Test(dotenv, reads_every_spelling)
{
    for (size_t i = 0; i < lengthof(rows); i++) {
        Arena *arena = arena_new();
        EnvFile file = parse(arena, rows[i].text);
        const char *value = dotenv_get(&file, rows[i].name);
        cr_assert_not_null(value, "%s", rows[i].text);
        cr_expect_str_eq(value, rows[i].value, "%s: got `%s`", rows[i].text, value);
        arena_free(arena);
    }
}

Test(dotenv, ignores_what_is_no_assignment)
{
    Arena *arena = arena_new();
    EnvFile file = parse(arena, "nothing here\n# A=1\n=x\nA:1\nA : 1\n");
    cr_assert_eq(file.variables.count, 0);
    arena_free(arena);
}

/* References by the rules of the packages. */
Test(dotenv, expands_by_rules)
{
    static const struct {
        ExpandRules rules;
        const char *text, *value;
    } expansions[] = {
        {EXPAND_DOTENV, "$HOST/${HOST}", "outer/outer"},
        {EXPAND_DOTENV, "${NO:-a}${NO-b}${HOST:-c}", "abouter"},
        {EXPAND_DOTENV, "${HOST:+yes}${NO:+no}", "yes"},
        {EXPAND_DOTENV, "${NO:-${HOST}}", "outer"},
        {EXPAND_DOTENV, "\\$HOST $1", "$HOST $1"},
        {EXPAND_DOTENV, "$SELF/x", "/x"},
        {EXPAND_DOTENV, "a$", "a$"},
        {EXPAND_NEXT, "${NO:-a}/$HOST", "a/outer"},
        {EXPAND_PRISMA, "${NO:-a}$HOST${}", "${NO:-a}$HOST"},
    };
    for (size_t i = 0; i < lengthof(expansions); i++) {
        Arena *arena = arena_new();
        EnvFile set = {0};
        vec_push(arena, &set.variables, (EnvVariable){.name = "SELF", .value = "$SELF/x"});
        const char *value = dotenv_expand(arena, expansions[i].text, expansions[i].rules, outer,
                                          &set, &(EnvFile){0});
        cr_expect_str_eq(value, expansions[i].value, "%s: got `%s`", expansions[i].text, value);
        arena_free(arena);
    }
}

/* Node's own reader knows no escaped quotes and no colons. */
Test(dotenv, reads_as_node_does)
{
    static const Row node[] = {
        {"A=\"x\" y", "A", "x"}, {"A='it's'", "A", "it"},      {"A=\"a\\\"b\"", "A", "a\\"},
        {"A=x # c", "A", "x"},   {"A=\"a\\nb\"", "A", "a\nb"},
    };
    for (size_t i = 0; i < lengthof(node); i++) {
        Arena *arena = arena_new();
        EnvFile file = {0};
        dotenv_parse_plain(arena, node[i].text, strlen(node[i].text), DOTENV_NODE, &file);
        const char *value = dotenv_get(&file, node[i].name);
        cr_assert_not_null(value, "%s", node[i].text);
        cr_expect_str_eq(value, node[i].value, "%s: got `%s`", node[i].text, value);
        arena_free(arena);
    }
}
