/*
 * strangers.h - whose code runs by the history where its table is another role's, or another role
 * was let put triggers on it (docs/decisions/0038).
 *
 * A table runs what its owner, and who has made what it rests on, wrote: when it is read (views,
 * heirs, types, what is computed ahead of a query), and more when it is written (triggers, rules,
 * defaults). Texts live in the arena given. Errors: E0532, those of session.h.
 */
#ifndef BELLOWS_RUNTIME_HISTORY_STRANGERS_H
#define BELLOWS_RUNTIME_HISTORY_STRANGERS_H

#include "base/arena.h"
#include "base/common.h"
#include "base/diag/diag.h"
#include "introspect/session/session.h"

typedef struct Stranger {
    const char *schema, *relation, *role; /* the table, and who owns it */
    const char *why;                      /* what of it runs code */
    const char *owned;                    /* how what somebody has made is given away; or NULL */
    bool writes;                          /* only where the table is written */
    bool of_stranger;                     /* the table itself is a stranger's */
} Stranger;

/* `params`: the schema, and both tables of the history. *ret_stranger NULL: nobody's code runs.
 * False after a report also where it would run by a look. */
MUST_CHECK bool strangers_find(Arena *arena, Session *session, const char *const *params,
                               size_t param_count, Diagnostics *diags,
                               const Stranger **ret_stranger);
/* May any relation be read without running code of a stranger's? False, too, where the server does
 * not tell. */
bool strangers_let_read(Arena *arena, Session *session, const char *schema, const char *relation);
/* E0532. */
void strangers_report(const Stranger *stranger, Diagnostics *diags);

#endif
