/*
 * shadow_keep.h - a shadow database that somebody gave is left as it was found.
 *
 * Before a replay what is there is written down (`public._bellows_shadow`, in the database itself,
 * so that a run that is killed does not lose it); afterwards all else goes, whatever schema it is
 * in, and what the replay did to the rights of schemas is undone. Where the table is found, the run
 * before did not end: its rest goes first. A database without one may hold what another tool's
 * replay left: that goes where every table of it is named by the migrations. Errors: E0507.
 */
#ifndef BELLOWS_RUNTIME_SERVER_SHADOW_KEEP_H
#define BELLOWS_RUNTIME_SERVER_SHADOW_KEEP_H

#include "compiler/catalog/external.h"
#include "introspect/session/session.h"
#include "runtime/history/migrations.h"
#include "runtime/script/cluster.h"

typedef struct KeepOptions {
    const Migration *const *migrations;
    size_t count;
    const ClusterNames *names;  /* of the migrations */
    const External *external;   /* tables others own stay; NULL: none */
    const char *const *schemas; /* the project's */
    size_t schema_count;
    bool force; /* also what no migration names */
} KeepOptions;

/* Clears away earlier replays; *ret_before: what is to stay. */
MUST_CHECK bool keep_begin(Arena *arena, Session *session, const KeepOptions *options,
                           Diagnostics *diags, const char **ret_before);
/* Only what is in `before` stays; then the record goes, too. Warns (E0521) where that fails. */
void keep_end(Arena *arena, Session *session, const char *before, Diagnostics *diags);

/* --- roles: of the server, not of the database --- */

/* Makes the roles that are missing, as far as that is permitted, marked as a replay's: those that
 * stood before are not touched. *ret_made: which. What a killed run left is dropped first. */
void keep_make_roles(Arena *arena, Session *session, const ClusterNameList *roles,
                     ClusterNameList *ret_made);
/* `session`: of any database where they own nothing any more, or may lose it. */
void keep_drop_roles(Arena *arena, Session *session, const ClusterNameList *made);

#endif
