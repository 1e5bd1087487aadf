/*
 * reset.h - empties schemas: dropped and created again, or, where that is not permitted, object by
 * object.
 *
 * Errors: P3016.
 */
#ifndef BELLOWS_RUNTIME_SERVER_RESET_H
#define BELLOWS_RUNTIME_SERVER_RESET_H

#include "base/arena.h"
#include "base/common.h"
#include "base/diag/diag.h"
#include "compiler/catalog/external.h"

typedef struct Session Session;

/* `schemas` NULL: the first of the search_path. `external`: what others own there stays; NULL:
 * nothing. Also drops the history table. */
MUST_CHECK bool reset_schemas(Arena *arena, Session *session, const char *const *schemas,
                              size_t count, const External *external, Diagnostics *diags);

#endif
