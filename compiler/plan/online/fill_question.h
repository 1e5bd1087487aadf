/*
 * fill_question.h - what has to be asked of a server: the meaning of expressions that fill rows.
 *
 * `/// @backfill(expression)` and `/// @down(expression)` may use operators of an extension, or
 * functions of somebody's: which ones, without a server nobody knows (qualify/qualify.h). A server
 * says it by a view over a row of the table: the view is made under the path scripts have, and
 * printed under an empty one. Here the questions are made and the answers read; who asks is
 * runtime/ahead/lookup.h. Texts live in the arena.
 */
#ifndef BELLOWS_COMPILER_PLAN_ONLINE_FILL_QUESTION_H
#define BELLOWS_COMPILER_PLAN_ONLINE_FILL_QUESTION_H

#include "compiler/plan/steps/plan.h"

typedef struct FillQuestion {
    const Column *column;
    FillHint hint;
    const char *select; /* of a view whose one column is the value */
    const char *table;  /* qualified, as it is before; NULL: it is new */
} FillQuestion;

typedef VEC(FillQuestion) FillQuestions;

/* SQL for rows that are there, from `@backfill(...)` or the default; NULL: not derivable. */
const char *fill_expression(Arena *arena, const Catalog *to, const Column *column);

/* What the author wrote; NULL: nothing. */
const char *fill_hint_text(Arena *arena, const Column *column, FillHint hint);

/* Of columns that become required, are new, or get another type, and whose expression is not known.
 */
void fill_questions(Arena *arena, const Catalog *from, const Catalog *to,
                    FillQuestions *ret_questions);

/* What the server prints of the view, or why there is none. */
FillAnswer fill_answer(Arena *arena, const Catalog *from, const Catalog *to,
                       const FillQuestion *question, const char *definition, const char *why);

#endif
