/* Which texts may speak of a name: all that do, in whatever spelling; few others. */
#include "base/common.h"

#include <criterion/criterion.h>

#include "compiler/plan/diff/text_words.h"

typedef struct Row {
    const char *why, *text, *name;
    bool found;
} Row;

#define TEN   "abcdefghij"
#define SIXTY TEN TEN TEN TEN TEN TEN

static const Row rows[] = {
    {"as it is", "'x'::mood", "mood", true},
    {"in quotes", "'x'::\"Mood\"", "Mood", true},
    {"folded by the server", "'x'::MOOD", "mood", true},
    {"another word", "'x'::moods", "mood", false},
    {"part of a word", "'x'::my_mood", "mood", false},
    {"of two words", "'x'::\"my mood\"", "my mood", true},
    {"of no word", "'x'::\"?\"", "?", true},
    {"with a quote", "'x'::\"a\"\"b\"", "a\"b", true},
    {"an escape may be any letter", "'x'::U&\"\\006dood\"", "mood", true},
    {"of all bytes a name has", "'x'::" SIXTY "abc", SIXTY "abc", true},
    {"longer: the server cuts it", "'x'::" SIXTY "abcdefg", SIXTY "abc", true},
    {"cut before a letter of two bytes", "'x'::" SIXTY "ab\xc3\xa4", SIXTY "ab", true},
};

static void find(void *of, UNUSED void *owner)
{
    *(bool *)of = true;
}

Test(text_words, of_names)
{
    for (size_t i = 0; i < lengthof(rows); i++) {
        Arena *arena = arena_new();
        TextWords *words = text_words_new(arena);
        bool found = false;
        text_words_note(words, rows[i].text, arena);
        text_words_find(words, intern_cstr(names_new(arena), rows[i].name), find, &found);
        cr_expect_eq(found, rows[i].found, "%s", rows[i].why);
        arena_free(arena);
    }
}
