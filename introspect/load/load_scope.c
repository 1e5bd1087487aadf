/*
 * load_scope.c - which schemas are read, and which of them is the default one.
 *
 * In: what was asked for.   Out: the parameters of the queries, and the empty catalog.
 */
#include "base/common.h"

#include "base/strbuf.h"
#include "introspect/load/load_internal.h"
#include "introspect/load/queries.inc"

enum { LOAD_SCHEMAS_MAX = 1 << 20 };

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

/* The names a query gives. */
static bool ask_names(LoadCx *cx, const char *sql, NameList *ret_names)
{
    Result *result = NULL;
    NameList list = {0};
    if (!session_query(cx->session, (Query){sql, NULL, 0}, cx->diags, &result)) {
        return false;
    }
    for (size_t i = 0; i < result_rows(result); i++) {
        const char *name = result_text(result, i, 0);
        if (name != NULL) {
            vec_push(cx->scratch, &list, intern_cstr(cx->names, name));
        }
    }
    result_free(result);
    *ret_names = list;
    return true;
}

static bool default_schema(LoadCx *cx, const LoadOptions *options, Name *ret_schema)
{
    if (options != NULL && options->default_schema != NULL) {
        *ret_schema = options->default_schema;
        return true;
    }
    const char *schema = session_schema(cx->session, cx->diags);
    if (schema == NULL) {
        return false;
    }
    *ret_schema = intern_cstr(cx->names, schema);
    return true;
}

static bool has_name(const NameList *list, Name name)
{
    vec_each(Name, at, list) {
        if (*at == name) {
            return true;
        }
    }
    return false;
}

bool load_scope(LoadCx *cx, const LoadOptions *options)
{
    Name schema = NULL;
    NameList schemas = {0};
    NameList all = {0};
    if (!default_schema(cx, options, &schema) ||
        (cx->complete && !ask_names(cx, user_schemas_sql, &all))) {
        return false;
    }
    if (options != NULL && options->all_schemas) {
        schemas = all;
    }
    for (size_t i = 0; options != NULL && i < options->schema_count; i++) {
        if (!has_name(&schemas, options->schemas[i])) {
            vec_push(cx->scratch, &schemas, options->schemas[i]);
        }
    }
    if (schemas.count == 0) {
        vec_push(cx->scratch, &schemas, schema);
    }
    cx->catalog = catalog_new(cx->names, schema);
    vec_each(Name, at, &all) {
        if (!has_name(&schemas, *at)) {
            vec_push(cx->catalog->arena, &cx->catalog->unread_schemas, *at);
        }
    }
    cx->catalog->is_complete = cx->complete;
    cx->search_path = schema->text;
    cx->schemas = schema_array(cx->scratch, schemas.items, schemas.count);
    return true;
}
