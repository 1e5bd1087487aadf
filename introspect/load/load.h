/*
 * load.h - a live PostgreSQL (12 to 18) read into a Catalog.
 *
 * One read-only repeatable-read transaction, a fixed number of queries, two round trips at most;
 * a third, before it, where all schemas are read.
 * Nothing is written. Objects of extensions, partitions, temporary objects and the tables the tools
 * keep for themselves are left out. The catalog comes back not yet canonical, owned by the caller
 * (catalog_free); its order is schema and name in byte order, columns as the table has them.
 */
#ifndef BELLOWS_INTROSPECT_LOAD_LOAD_H
#define BELLOWS_INTROSPECT_LOAD_LOAD_H

#include "base/common.h"
#include "base/diag/diag.h"
#include "base/intern.h"
#include "compiler/catalog/catalog.h"
#include "compiler/catalog/external.h"
#include "introspect/session/session.h"

typedef struct LoadOptions {
    const Name *schemas; /* which to read; none: the default schema alone */
    size_t schema_count;
    Name default_schema;      /* NULL: the URL's, else the server's current schema */
    const External *external; /* tables others own: keys may lead to them unread; NULL: none */
    bool with_opaque;         /* checks, triggers, views and the rest as well */
    bool with_notes;          /* and comments, and views with their columns; needs with_opaque */
    bool complete;    /* all that a dump of the schema tells: compare.h; needs with_opaque */
    bool all_schemas; /* also those not listed, but for the server's and extensions'; complete */
} LoadOptions;

/*
 * `options` may be NULL. Fails when the connection does, and with P4002 when a foreign key leads
 * out of the schemas read.
 */
MUST_CHECK bool catalog_load(Session *session, const LoadOptions *options, Names *names,
                             Diagnostics *diags, Catalog **ret_catalog);

#endif
