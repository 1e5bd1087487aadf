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

static const Row rows[] = {
    {"A=b", "A", "b"},
    {"export A = b c  # comment\n", "A", "b c"},
    {"A=\"x#y\\nz\" # c", "A", "x#y\nz"},
    {"A='${HOST}'", "A", "${HOST}"},
    {"A=${HOST}:$HOST", "A", "outer:outer"},
    {"B=1\nA=${B}2", "A", "12"},
    {"A=\\$B", "A", "$B"},
    {"A=", "A", ""},
    {"A=1\r\nA=2\r\n", "A", "2"},
    {"A=\"two\nlines\"", "A", "two\nlines"},
    {"HOST=inner", "HOST", "outer"},
    {"A=\"unclosed", "A", "\"unclosed"},
    {"\xef\xbb\xbf"
     "A=1",
     "A", "1"},
    {"A=$A", "A", ""},
    {"B=${missing}x\nA=$B$", "A", "x$"},
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
    EnvFile file = parse(arena, "nothing here\n# A=1\n=x\n");
    cr_assert_eq(file.variables.count, 0);
    arena_free(arena);
}
