#include "base/common.h"

#include "compiler/plan/diff/text_words.h"

#include <string.h>

#include "compiler/catalog/naming.h"

TextWords *text_words_new(Arena *arena)
{
    TextWords *words = arena_make(arena, TextWords);
    *words = (TextWords){.arena = arena, .words = names_new(arena)};
    return words;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || (unsigned char)c >= 0x80;
}

/* The next word of the text, in lower case; NULL: no more. */
static Name next_word(const TextWords *words, const char **at)
{
    /* A longer one counts by its beginning: the server cuts names off, at the end of a letter. */
    enum { LONGEST = IDENTIFIER_MAX - 3 };
    char low[LONGEST];
    size_t len = 0;
    while (**at != '\0' && !is_letter(**at)) {
        ++*at;
    }
    for (; is_letter(**at); ++*at) {
        const char c = **at;
        if (len < LONGEST) {
            low[len++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
        }
    }
    return len == 0 ? NULL : intern(words->words, low, len);
}

static void note_word(TextWords *words, Name word, void *owner)
{
    TextOwners *owners = map_get(&words->owners, word);
    if (owners == NULL) {
        owners = arena_make(words->arena, TextOwners);
        map_put(words->arena, &words->owners, word, owners);
    }
    if (owners->count == 0 || vec_last(owners) != owner) {
        vec_push(words->arena, owners, owner);
    }
}

void text_words_note(TextWords *words, const char *text, void *owner)
{
    Name word;
    vec_push(words->arena, &words->all, owner);
    if (strpbrk(text, "\\&") != NULL) { /* escapes, of U&"..." too */
        vec_push(words->arena, &words->odd, owner);
        return;
    }
    while ((word = next_word(words, &text)) != NULL) {
        note_word(words, word, owner);
    }
}

static void tell(const TextOwners *owners, void (*found)(void *of, void *owner), void *of)
{
    vec_each(void *const, at, owners) {
        found(of, *at);
    }
}

void text_words_find(const TextWords *words, Name name, void (*found)(void *of, void *owner),
                     void *of)
{
    const char *text = name->text;
    const Name word = next_word(words, &text);
    if (word == NULL) {
        tell(&words->all, found, of);
        return;
    }
    const TextOwners *owners = map_get(&words->owners, word);
    if (owners != NULL) {
        tell(owners, found, of);
    }
    tell(&words->odd, found, of);
}
