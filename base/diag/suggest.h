/*
 * suggest.h - "did you mean": the candidate nearest to a word that was mistyped.
 *
 * Near is Levenshtein's distance over bytes, letters of either case being equal, and at most a
 * third of the word and one more. Long words are never near. Texts are not copied.
 */
#ifndef BELLOWS_BASE_DIAG_SUGGEST_H
#define BELLOWS_BASE_DIAG_SUGGEST_H

#include "base/diag/diag.h"

typedef struct Suggestion {
    const char *wrong;
    const char *best; /* NULL: none is near enough */
    size_t distance;  /* of `best`; a candidate must be nearer */
} Suggestion;

/* --- construction --- */

Suggestion suggestion_for(const char *wrong);

/* --- operations --- */

void suggestion_offer(Suggestion *suggestion, const char *candidate);
/* Sets "did you mean" as the diagnostic's help when there is a candidate. */
void suggestion_attach(const Suggestion *suggestion, Diagnostics *diags, Diagnostic *diagnostic);

#endif
