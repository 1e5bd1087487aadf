/*
 * code_words.h - does the text of a function name something?
 *
 * Read word by word, as PL/pgSQL and SQL are: comments do not count, texts in quotes may be
 * statements. What a word means there is not known, but for NEW.x and OLD.x in a trigger's
 * function.
 */
#ifndef BELLOWS_COMPILER_PLAN_STEPS_CODE_WORDS_H
#define BELLOWS_COMPILER_PLAN_STEPS_CODE_WORDS_H

#include "base/common.h"

typedef enum Mention { MENTION_NONE, MENTION_WORD, MENTION_OF_ROW } Mention;

/* The strongest mention of `name` in the body of a function. */
Mention code_mentions(const char *body, const char *name);

#endif
