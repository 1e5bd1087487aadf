/*
 * development.h - was a database changed by a developer last, or by a deployment?
 *
 * The rows of the history do not tell, and may not: they are the reference tool's. So `migrate dev`
 * leaves a comment on the table, which that tool never looks at, and a deployment that applies
 * something takes it away. That tool's own deployment leaves it, but adds rows, which the comment
 * counts. Who may not comment on the table leaves none: then, and with another count, the database
 * counts as deployed to, which is the careful answer.
 */
#ifndef BELLOWS_RUNTIME_UNDO_DEVELOPMENT_H
#define BELLOWS_RUNTIME_UNDO_DEVELOPMENT_H

#include "runtime/history/history.h"

bool development_is(Arena *arena, Session *session, const History *history);
/* Nothing depends on its success: a failure is not told. */
void development_note(Arena *arena, Session *session, const History *history, bool development);

#endif
