/*
 * load.c - the whole load, and its small parts.
 *
 * In: a session.   Out: a Catalog as the server has it at one instant.
 * The transaction fixes every setting that changes how the server prints, so the same database
 * gives the same texts in every session. Source: PostgreSQL manual, "System Catalogs".
 */
#include "base/common.h"

#include "introspect/load/load.h"

#include <string.h>

#include "introspect/load/load_internal.h"

enum { LOAD_VERSION_MIN = 120000 };

/* --- answers ------------------------------------------------------------------------------------
 */

RowReader load_reader(LoadCx *cx, LoadQuery query, const RowField *fields, size_t field_count)
{
    RowReader reader = row_reader(cx->scratch, cx->names, cx->results[query], fields, field_count);
    reader.diags = cx->diags;
    reader.failed = &cx->failed;
    return reader;
}

/* --- the small parts ----------------------------------------------------------------------------
 */

typedef struct SchemaRow {
    uint32_t oid;
    Name name;
} SchemaRow;

void load_schemas(LoadCx *cx)
{
    static const RowField fields[] = {
        ROW_OID("oid", SchemaRow, oid),
        ROW_NAME("name", SchemaRow, name),
    };
    RowReader reader = load_reader(cx, LOAD_SCHEMAS, ROW_FIELDS(fields));
    SchemaRow row;
    while (row_next(&reader, &row)) {
        (void)catalog_add_schema(cx->catalog, row.name, origin_catalog(row.oid));
    }
}

typedef struct ExtensionRow {
    uint32_t oid;
    Name name, schema, version;
    bool relocatable;
} ExtensionRow;

void load_extensions(LoadCx *cx)
{
    static const RowField fields[] = {
        ROW_OID("oid", ExtensionRow, oid),
        ROW_NAME("name", ExtensionRow, name),
        ROW_NAME("schema", ExtensionRow, schema),
        ROW_NAME("version", ExtensionRow, version),
        ROW_BOOL("relocatable", ExtensionRow, relocatable),
    };
    RowReader reader = load_reader(cx, LOAD_EXTENSIONS, ROW_FIELDS(fields));
    ExtensionRow row;
    while (row_next(&reader, &row)) {
        Extension *extension = arena_make(cx->catalog->arena, Extension);
        *extension = (Extension){
            .name = row.name,
            .schema = row.schema,
            .version = row.version,
            .relocatable = row.relocatable,
            .origin = origin_catalog(row.oid),
        };
        vec_push(cx->catalog->arena, &cx->catalog->extensions, extension);
    }
}

/* --- the whole ----------------------------------------------------------------------------------
 */

static bool check_version(const Session *session, Diagnostics *diags)
{
    int version = session_server_version(session);
    if (version < LOAD_VERSION_MIN) {
        diag_report(diags, DIAG_INTROSPECTION, span_none(),
                    arena_printf(diags->arena, "the server is version %d.%d", version / 10000,
                                 version % 10000));
    }
    return version >= LOAD_VERSION_MIN;
}

bool catalog_load(Session *session, const LoadOptions *options, Names *names, Diagnostics *diags,
                  Catalog **ret_catalog)
{
    if (!check_version(session, diags)) {
        return false;
    }
    LoadCx cx = {
        .session = session,
        .names = names,
        .diags = diags,
        .scratch = arena_new(),
        .external = options == NULL ? NULL : options->external,
        .with_opaque = options != NULL && options->with_opaque,
        .with_notes = options != NULL && options->with_notes,
        .complete = options != NULL && options->complete,
    };
    if (!load_scope(&cx, options)) {
        arena_free(cx.scratch);
        return false;
    }
    cx.catalog->server_version = session_server_version(session);
    cx.catalog->manages_partial_indexes = true; /* a database says all about its indexes */
    cx.catalog->manages_all = true;
    bool ok = load_ask(&cx);
    if (ok) {
        load_opaque_end(&cx);
    }
    arena_free(cx.scratch);
    if (!ok) {
        catalog_free(cx.catalog);
        return false;
    }
    *ret_catalog = cx.catalog;
    return true;
}
