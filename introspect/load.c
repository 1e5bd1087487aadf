/*
 * load.c - asks all questions in one round trip and hands the answers to the parts in order.
 *
 * In: a session.   Out: a Catalog as the server has it at one instant.
 * The transaction fixes every setting that changes how the server prints, so the same database
 * gives the same texts in every session. Source: PostgreSQL manual, "System Catalogs".
 */
#include "base/common.h"

#include "introspect/load.h"

#include <string.h>
#include <strings.h>

#include "base/strbuf.h"
#include "introspect/load_internal.h"
#include "introspect/queries.inc"

enum { LOAD_VERSION_MIN = 120000, LOAD_SCHEMAS_MAX = 1 << 20 };

static const char *const query_texts[] = {
    [LOAD_SCHEMAS] = schemas_sql,
    [LOAD_EXTENSIONS] = extensions_sql,
    [LOAD_ENUMS] = enums_sql,
    [LOAD_TYPES] = types_sql,
    [LOAD_SEQUENCES] = sequences_sql,
    [LOAD_TABLES] = tables_sql,
    [LOAD_COLUMNS] = columns_sql,
    [LOAD_CONSTRAINTS] = constraints_sql,
    [LOAD_OPERATOR_CLASSES] = operator_classes_sql,
    [LOAD_INDEXES] = indexes_sql,
    [LOAD_OPAQUE] = opaque_sql,
    [LOAD_OPAQUE_DEPENDS] = opaque_depends_sql,
    [LOAD_VIEWS] = views_sql,
    [LOAD_VIEW_COLUMNS] = view_columns_sql,
    [LOAD_COMMENTS] = comments_sql,
};

static_assert(lengthof(query_texts) == LOAD_QUERY_COUNT, "one text per query");

bool load_ignores_table(const char *name)
{
    static const char *const exact[] = {"_prisma_migrations", "_bellows_progress"};
    static const char *const folded[] = {
        "spatial_ref_sys", "geometry_columns", "geography_columns",
        "raster_columns",  "raster_overviews",
    };
    for (size_t i = 0; i < lengthof(exact); i++) {
        if (strcmp(exact[i], name) == 0) {
            return true;
        }
    }
    for (size_t i = 0; i < lengthof(folded); i++) {
        if (strcasecmp(folded[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* --- what to read -------------------------------------------------------------------------------
 */

/* The schemas as a text array: `{"a","b \"c\""}`. */
static const char *schema_array(Arena *arena, const Name *schemas, size_t count)
{
    StrBuf out = strbuf_new(LOAD_SCHEMAS_MAX);
    strbuf_char(&out, '{');
    for (size_t i = 0; i < count; i++) {
        strbuf_add(&out, i > 0 ? ",\"" : "\"");
        for (const char *at = schemas[i]->text; *at != '\0'; at++) {
            strbuf_add(&out, *at == '"' || *at == '\\' ? "\\" : "");
            strbuf_char(&out, *at);
        }
        strbuf_char(&out, '"');
    }
    strbuf_char(&out, '}');
    return strbuf_take(&out, arena);
}

static bool current_schema(Session *session, Names *names, Diagnostics *diags, Name *ret_schema)
{
    Result *result = NULL;
    Query query = {"SELECT current_schema() AS name", NULL, 0};
    if (!session_query(session, query, diags, &result)) {
        return false;
    }
    const char *name = result_text(result, 0, 0);
    *ret_schema = intern_cstr(names, name == NULL ? "public" : name);
    result_free(result);
    return true;
}

static bool default_schema(Session *session, const LoadOptions *options, Names *names,
                           Diagnostics *diags, Name *ret_schema)
{
    const char *of_url = session_info(session)->schema;
    if (options != NULL && options->default_schema != NULL) {
        *ret_schema = options->default_schema;
        return true;
    }
    if (of_url != NULL) {
        *ret_schema = intern_cstr(names, of_url);
        return true;
    }
    return current_schema(session, names, diags, ret_schema);
}

/* --- the small parts ----------------------------------------------------------------------------
 */

typedef struct SchemaRow {
    uint32_t oid;
    Name name;
} SchemaRow;

static void load_schemas(LoadCx *cx)
{
    static const RowField fields[] = {
        ROW_OID("oid", SchemaRow, oid),
        ROW_NAME("name", SchemaRow, name),
    };
    RowReader reader =
        row_reader(cx->scratch, cx->names, cx->results[LOAD_SCHEMAS], ROW_FIELDS(fields));
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

static void load_extensions(LoadCx *cx)
{
    static const RowField fields[] = {
        ROW_OID("oid", ExtensionRow, oid),
        ROW_NAME("name", ExtensionRow, name),
        ROW_NAME("schema", ExtensionRow, schema),
        ROW_NAME("version", ExtensionRow, version),
        ROW_BOOL("relocatable", ExtensionRow, relocatable),
    };
    RowReader reader =
        row_reader(cx->scratch, cx->names, cx->results[LOAD_EXTENSIONS], ROW_FIELDS(fields));
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

/* --- the parts ----------------------------------------------------------------------------------
 */

/* What can be built when the result of the query is there, and those before it. */
static void (*const parts[LOAD_QUERY_COUNT])(LoadCx *cx) = {
    [LOAD_SCHEMAS] = load_schemas,
    [LOAD_EXTENSIONS] = load_extensions,
    [LOAD_ENUMS] = load_enums,
    [LOAD_TYPES] = load_types,
    [LOAD_SEQUENCES] = load_sequences,
    [LOAD_TABLES] = load_tables,
    [LOAD_COLUMNS] = load_columns,
    [LOAD_CONSTRAINTS] = load_constraints,
    [LOAD_INDEXES] = load_indexes,
    [LOAD_OPAQUE_DEPENDS] = load_opaque, /* reads LOAD_OPAQUE too */
    [LOAD_VIEWS] = load_views,
    [LOAD_VIEW_COLUMNS] = load_view_columns,
    [LOAD_COMMENTS] = load_comments,
};

/* --- asking -------------------------------------------------------------------------------------
 */

/* How the server prints, fixed: objects of the default schema without qualification, times in UTC.
 */
static const char settings_sql[] =
    "SELECT set_config('search_path', quote_ident($1), true), set_config('DateStyle', 'ISO', true),"
    " set_config('IntervalStyle', 'postgres', true), set_config('TimeZone', 'UTC', true),"
    " set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true),"
    " set_config('quote_all_identifiers', 'off', true),"
    " set_config('standard_conforming_strings', 'on', true)";

/* Statements before the queries, and behind them. */
enum { LOAD_BEFORE = 2, LOAD_BEHIND = 1 };

static size_t query_count(const LoadCx *cx)
{
    size_t without_notes = cx->with_opaque ? LOAD_VIEWS : LOAD_OPAQUE;
    return cx->with_notes ? LOAD_QUERY_COUNT : without_notes;
}

/* Builds what the result allows at once: the server is busy with the next one meanwhile. */
static void take_result(void *of, size_t index, Result *result)
{
    LoadCx *cx = of;
    if (index < LOAD_BEFORE || index - LOAD_BEFORE >= query_count(cx)) {
        result_free(result);
        return;
    }
    size_t query = index - LOAD_BEFORE;
    cx->results[query] = result;
    if (parts[query] != NULL) {
        parts[query](cx);
    }
}

static bool ask(LoadCx *cx, const char *schemas)
{
    const char *search_path[] = {cx->catalog->default_schema->text};
    const char *schema_param[] = {schemas};
    size_t count = query_count(cx);
    Query queries[LOAD_BEFORE + LOAD_QUERY_COUNT + LOAD_BEHIND] = {
        {"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", NULL, 0},
        {settings_sql, search_path, 1},
    };
    for (size_t i = 0; i < count; i++) {
        bool takes_schemas = strstr(query_texts[i], "($1::text[])") != NULL;
        queries[LOAD_BEFORE + i] = (Query){query_texts[i], schema_param, takes_schemas ? 1 : 0};
    }
    queries[LOAD_BEFORE + count] = (Query){"COMMIT", NULL, 0};
    if (!session_query_each(cx->session, queries, LOAD_BEFORE + count + LOAD_BEHIND, cx->diags,
                            take_result, cx)) {
        session_rollback(cx->session);
        return false;
    }
    return !cx->failed;
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
    Name schema = NULL;
    if (!check_version(session, diags) ||
        !default_schema(session, options, names, diags, &schema)) {
        return false;
    }
    LoadCx cx = {
        .session = session,
        .catalog = catalog_new(names, schema),
        .names = names,
        .diags = diags,
        .scratch = arena_new(),
        .with_opaque = options != NULL && options->with_opaque,
        .with_notes = options != NULL && options->with_notes,
    };
    bool listed = options != NULL && options->schema_count > 0;
    const char *schemas = schema_array(cx.scratch, listed ? options->schemas : &schema,
                                       listed ? options->schema_count : 1);
    cx.catalog->server_version = session_server_version(session);
    cx.catalog->manages_partial_indexes = true; /* a database says all about its indexes */
    cx.catalog->manages_all = true;
    bool ok = ask(&cx, schemas);
    for (size_t i = 0; i < LOAD_QUERY_COUNT; i++) {
        result_free(cx.results[i]);
    }
    arena_free(cx.scratch);
    if (!ok) {
        catalog_free(cx.catalog);
        return false;
    }
    *ret_catalog = cx.catalog;
    return true;
}
