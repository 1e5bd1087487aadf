/*
 * shadow.h - a throw-away database in which migrations are replayed to learn what they lead to.
 *
 * Three ways, in this order: the database of the given shadow URL (left as it was found:
 * shadow_keep.h; it must not be the main one), a temporary `bellows_shadow_<random>` beside the
 * development database, a database of the private server. A Shadow is closed always, also after a
 * failure, and takes what it made with it. Statements about more than the database (roles,
 * databases, tablespaces) are left out of a replay, and the roles that the rest names are there:
 * those that are missing are made and go again. Errors: P3006, P3014,
 * E0507, E0555.
 */
#ifndef BELLOWS_RUNTIME_SERVER_SHADOW_H
#define BELLOWS_RUNTIME_SERVER_SHADOW_H

#include <signal.h>

#include "compiler/catalog/catalog.h"
#include "compiler/catalog/external.h"
#include "runtime/history/migrations.h"

typedef struct ConnInfo ConnInfo;
typedef struct ServerPlaces ServerPlaces;
typedef struct Session Session;
typedef struct Shadow Shadow;

typedef struct ShadowOptions {
    const ConnInfo *shadow;     /* from a shadow URL; NULL: not given */
    const ConnInfo *main;       /* the development database; NULL: there is none */
    bool force;                 /* empty a shadow database that holds tables no replay made */
    const char *init_script;    /* run before the files; what is there already may stay */
    const External *external;   /* tables others own; NULL: none */
    const char *const *schemas; /* to read; NULL: the default */
    size_t schema_count;
    const char *default_schema; /* where scripts make what they do not qualify; NULL: "public" */
    bool whole;                 /* all that a dump tells: compiler/compare.h */
    bool all_schemas;
    const ServerPlaces *places;               /* for a private server; NULL: never start one */
    const volatile sig_atomic_t *interrupted; /* may be NULL */
    /* Somebody else is at work on the given database, and is waited for; NULL: nobody is told. */
    void (*waits)(void *cx, const char *who);
    void *waits_cx;
    unsigned wait_ms; /* for them; 0: a minute */
} ShadowOptions;

MUST_CHECK bool shadow_open(Arena *arena, const ShadowOptions *options, Diagnostics *diags,
                            Shadow **ret_shadow);
/* Accepts NULL. */
void shadow_close(Shadow *shadow);

/* Runs the migrations in order on an emptied shadow. */
MUST_CHECK bool shadow_replay(Shadow *shadow, const Migration *const *migrations, size_t count,
                              Diagnostics *diags);
/* More of them, behind those that shadow_replay ran; roles that only these name are not made. */
MUST_CHECK bool shadow_replay_more(Shadow *shadow, const Migration *const *migrations, size_t count,
                                   Diagnostics *diags);
/* What is there now; the caller owns the catalog. */
MUST_CHECK bool shadow_catalog(Shadow *shadow, Names *names, Diagnostics *diags,
                               Catalog **ret_catalog);
/* To ask in the replayed database; it stays the shadow's. */
Session *shadow_session(const Shadow *shadow);

#endif
