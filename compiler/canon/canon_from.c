/*
 * canon_from.c - what stands in FROM and WITH, printed in one spelling, and the columns it brings.
 *
 * A relation is taken for what the catalog holds under its name; where a name without a schema
 * could be two of them, or a view's own columns cannot be told, the query is not understood.
 */
#include "base/common.h"

#include "compiler/canon/canon_scope.h"
#include "compiler/catalog/naming.h"

#define NODE(name) PG_QUERY__NODE__NODE_##name

Name canon_name_of(const CanonCx *cx, const char *text)
{
    return name_kept(cx->names, intern_cstr(cx->names, text));
}

static void add_source(const CanonCx *cx, CanonScope *scope, CanonSource source)
{
    vec_push(cx->scratch, &scope->sources, source);
}

static const CanonSource *find_named(const CanonScope *scope, Name name)
{
    for (; scope != NULL; scope = scope->outer) {
        vec_each(const CanonSource, at, &scope->named) {
            if (at->alias == name) {
                return at;
            }
        }
    }
    return NULL;
}

static const Opaque *find_view(const Catalog *catalog, Name schema, Name name)
{
    vec_each(Opaque *const, at, &catalog->opaque) {
        const bool is_view = (*at)->kind == OPAQUE_VIEW || (*at)->kind == OPAQUE_MATERIALIZED_VIEW;
        if (is_view && (*at)->schema == schema && (*at)->name == name) {
            return *at;
        }
    }
    return NULL;
}

/* Written without its schema: along a path that is not known here. */
static bool is_one_thing(const Catalog *catalog, const PgQuery__RangeVar *range, Name name)
{
    size_t count = 0;
    vec_each(Table *const, at, &catalog->tables) {
        count += (*at)->name == name ? 1 : 0;
    }
    vec_each(Opaque *const, at, &catalog->opaque) {
        const bool is_view = (*at)->kind == OPAQUE_VIEW || (*at)->kind == OPAQUE_MATERIALIZED_VIEW;
        count += is_view && (*at)->name == name ? 1 : 0;
    }
    return count == 1 || (range->schemaname != NULL && range->schemaname[0] != '\0');
}

static bool relation_source(CanonCx *cx, const PgQuery__RangeVar *range, CanonSource *source)
{
    const bool has_schema = range->schemaname != NULL && range->schemaname[0] != '\0';
    const Name schema = has_schema ? canon_name_of(cx, range->schemaname) : cx->default_schema;
    const Name name = canon_name_of(cx, range->relname);
    source->table = schema == NULL ? NULL : catalog_find_table(cx->catalog, schema, name);
    if (!is_one_thing(cx->catalog, range, name)) {
        return false;
    }
    if (source->table != NULL) {
        return true;
    }
    const Opaque *view = schema == NULL ? NULL : find_view(cx->catalog, schema, name);
    return view != NULL && canon_view_columns(cx, view, &source->columns);
}

static bool print_relation(CanonCx *cx, StrBuf *out, CanonScope *scope,
                           const PgQuery__RangeVar *range)
{
    const bool has_schema = range->schemaname != NULL && range->schemaname[0] != '\0';
    const Name name = canon_name_of(cx, range->relname);
    const CanonSource *named = has_schema ? NULL : find_named(scope, name);
    CanonSource source = {
        .alias = range->alias == NULL ? name : canon_name_of(cx, range->alias->aliasname)};
    if ((range->alias != NULL && range->alias->n_colnames > 0) ||
        (range->catalogname != NULL && range->catalogname[0] != '\0')) {
        return false;
    }
    if (named != NULL) {
        source.columns = named->columns;
        strbuf_add(out, "WITH ");
    } else if (!relation_source(cx, range, &source)) {
        return false;
    }
    strbuf_add(out, range->inh ? "" : "ONLY ");
    canon_name_print(cx, out, has_schema ? range->schemaname : NULL, name->text);
    strbuf_char(out, ' ');
    canon_quote(out, source.alias->text, source.alias->len);
    add_source(cx, scope, source);
    return true;
}

void canon_names_of(const CanonCx *cx, const CanonOutputs *outputs, Node *const *renamed,
                    size_t count, CanonNames *ret_names)
{
    for (size_t i = 0; i < outputs->count; i++) {
        const char *other = i < count ? node_string(renamed[i]) : NULL;
        const Name name = other == NULL ? outputs->items[i].name : canon_name_of(cx, other);
        vec_push(cx->scratch, ret_names, name);
    }
}

bool canon_print_derived(CanonCx *cx, StrBuf *out, const CanonScope *around, const Node *query,
                         CanonOutputs *ret_outputs)
{
    const CanonScope *before = cx->scope;
    if (query->node_case != NODE(SELECT_STMT)) {
        return false;
    }
    cx->scope = around;
    strbuf_char(out, '(');
    const bool ok = canon_print_query(cx, out, query->select_stmt, true, ret_outputs);
    strbuf_char(out, ')');
    cx->scope = before;
    return ok;
}

static bool print_subquery(CanonCx *cx, StrBuf *out, CanonScope *scope,
                           const PgQuery__RangeSubselect *range)
{
    CanonOutputs outputs = {0};
    /* It sees what stands around the query, and what WITH names. */
    const CanonScope around = {.outer = scope->outer, .named = scope->named};
    if (range->alias == NULL || range->lateral ||
        !canon_print_derived(cx, out, &around, range->subquery, &outputs)) {
        return false;
    }
    CanonSource source = {.alias = canon_name_of(cx, range->alias->aliasname)};
    canon_names_of(cx, &outputs, range->alias->colnames, range->alias->n_colnames, &source.columns);
    canon_quote(out, source.alias->text, source.alias->len);
    for (size_t i = 0; i < range->alias->n_colnames; i++) {
        strbuf_char(out, ',');
        canon_quote(out, source.columns.items[i]->text, source.columns.items[i]->len);
    }
    add_source(cx, scope, source);
    return true;
}

static bool print_join(CanonCx *cx, StrBuf *out, CanonScope *scope, const PgQuery__JoinExpr *join)
{
    if (join->is_natural || join->alias != NULL || join->join_using_alias != NULL ||
        join->n_using_clause > 0) {
        return false;
    }
    strbuf_char(out, '(');
    bool ok = canon_print_source(cx, out, scope, join->larg);
    strbuf_printf(out, " JOIN%d ", (int)join->jointype);
    ok = ok && canon_print_source(cx, out, scope, join->rarg) &&
         canon_print_loosely(cx, out, " ON ", join->quals);
    strbuf_char(out, ')');
    return ok;
}

bool canon_print_source(CanonCx *cx, StrBuf *out, CanonScope *scope, const Node *node)
{
    if (cx->depth >= CANON_DEPTH_MAX) {
        return false;
    }
    cx->depth++;
    bool ok = false;
    if (node->node_case == NODE(RANGE_VAR)) {
        ok = print_relation(cx, out, scope, node->range_var);
    } else if (node->node_case == NODE(RANGE_SUBSELECT)) {
        ok = print_subquery(cx, out, scope, node->range_subselect);
    } else if (node->node_case == NODE(JOIN_EXPR)) {
        ok = print_join(cx, out, scope, node->join_expr);
    }
    cx->depth--;
    return ok;
}
