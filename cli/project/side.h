/*
 * side.h - one side of a comparison, whatever its kind, as a canonical catalog.
 *
 * `migrate diff` names sides by its many flags, `plan` by words. Loading a side may open a database
 * or replay a folder; afterwards nothing remembers which it was, except for messages.
 */
#ifndef BELLOWS_CLI_PROJECT_SIDE_H
#define BELLOWS_CLI_PROJECT_SIDE_H

#include "cli/project/filling.h"
#include "cli/project/project.h"
#include "introspect/session/rows.h"
#include "introspect/session/session.h"
#include "runtime/history/migrations.h"

typedef enum SideKind {
    SIDE_EMPTY,
    SIDE_SCHEMA,
    SIDE_DATABASE,
    SIDE_MIGRATIONS,
    SIDE_SQL,
} SideKind;

typedef struct Side {
    SideKind kind;
    const char *label;        /* for messages: the path, the URL without password, "empty" */
    SchemaText schema;        /* SIDE_SCHEMA */
    Database database;        /* SIDE_DATABASE */
    const Migrations *folder; /* SIDE_MIGRATIONS */
    const Migration *script;  /* SIDE_SQL: a file, as if it were the only migration */
} Side;

/* The schemas a catalog is read from when the other side says which it is about. */
typedef struct SideContext {
    const SchemaText *schema;   /* the schema text of the comparison, NULL when there is none */
    const char *default_schema; /* "public", or what a database's URL says */
    bool whole;                 /* all that a dump of the schema tells: compiler/compare.h */
    const NameList *schemas;    /* to read then; NULL: all */
    Filling *filling;           /* asked of the server that a side is loaded from; NULL: nothing */
    int server_version;         /* of the database at hand, as server_version_num; 0: not known */
} SideContext;

MUST_CHECK bool side_from_schema(Cli *cli, const char *path, Side *ret_side);
MUST_CHECK bool side_from_url(Cli *cli, const char *url, Side *ret_side);
MUST_CHECK bool side_from_folder(Cli *cli, const char *path, Side *ret_side);
MUST_CHECK bool side_from_sql(Cli *cli, const char *path, Side *ret_side);
/* Both, parsed at once when they are large. */
MUST_CHECK bool sides_from_schemas(Cli *cli, const char *from, const char *to, Side *ret_from,
                                   Side *ret_to);
/* NULL when it cannot be loaded (reported). The caller frees the catalog. */
MUST_CHECK Catalog *side_load(Cli *cli, const Side *side, const SideContext *context);
/* Both, at once when that is quicker; false when one of them cannot be loaded. */
MUST_CHECK bool sides_load(Cli *cli, const Side *from, const Side *to, const SideContext *context,
                           Catalog **ret_from, Catalog **ret_to);

/* The live catalog of a database; `session` stays the caller's. */
MUST_CHECK Catalog *side_load_session(Cli *cli, Session *session, const SideContext *context,
                                      bool with_opaque);
/* The first `count` migrations replayed: in memory, or on a shadow (replaying.h). */
MUST_CHECK Catalog *side_replay(Cli *cli, const Migration *const *migrations, size_t count,
                                const SideContext *context, const Database *main_database);
/* The same on a shadow only: where something that memory found has to be sure. */
MUST_CHECK Catalog *side_replay_on_shadow(Cli *cli, const Migration *const *migrations,
                                          size_t count, const SideContext *context,
                                          const Database *main_database);
/* Without a database, whose URL would say it, the shadow database's URL names the default schema.
 */
MUST_CHECK bool side_default_schema(Cli *cli, const Side *from, const Side *to,
                                    SideContext *context);
/* Does a whole comparison read all there are? */
bool side_reads_all(const SideContext *context);
/* The schemas to read: those asked for, the text's `schemas`, or the default one. */
const char *const *side_schemas(Cli *cli, const SideContext *context, size_t *ret_count);

#endif
