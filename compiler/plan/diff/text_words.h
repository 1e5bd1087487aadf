/*
 * text_words.h - SQL texts by the words they hold, to find those that may speak of a name.
 *
 * A name stands in a text as its letters, in quotes or folded to lower case: so whoever speaks of
 * it holds its first word. What is found is a superset, to be parsed. All belongs to the arena.
 */
#ifndef BELLOWS_COMPILER_PLAN_DIFF_TEXT_WORDS_H
#define BELLOWS_COMPILER_PLAN_DIFF_TEXT_WORDS_H

#include "base/arena.h"
#include "base/intern.h"
#include "base/map.h"
#include "base/vec.h"

typedef VEC(void *) TextOwners;

typedef struct TextWords {
    Arena *arena;
    Names *words;
    Map owners;     /* word -> TextOwners */
    TextOwners odd; /* of texts that may spell a name otherwise */
    TextOwners all;
} TextWords;

TextWords *text_words_new(Arena *arena);

/* The owner's text; it may have several, and the same one twice. */
void text_words_note(TextWords *words, const char *text, void *owner);
/* Calls `found` with each owner of a text that may speak of the name, perhaps more than once. */
void text_words_find(const TextWords *words, Name name, void (*found)(void *of, void *owner),
                     void *of);

#endif
