/*
 * canon_scope.c - names of columns in a query, looked up in the scopes around them.
 *
 * In: a reference, as somebody wrote it or as a server prints it.   Out: the source it is of. A
 * name without a source must be of one in the innermost scope and of none around it: what joined a
 * table later cannot have changed its meaning then.
 */
#include "base/common.h"

#include "compiler/canon/canon_scope.h"
#include "compiler/catalog/naming.h"

static Name kept(const CanonCx *cx, const char *name)
{
    return name_kept(cx->names, intern_cstr(cx->names, name));
}

static bool has_column(const CanonSource *source, Name name, const Column **ret_column)
{
    *ret_column = NULL;
    if (source->table != NULL) {
        *ret_column = table_find_column(source->table, name);
        return *ret_column != NULL;
    }
    vec_each(const Name, at, &source->columns) {
        if (*at == name) {
            return true;
        }
    }
    return false;
}

static size_t count_in(const CanonScope *scope, Name name, const CanonSource **ret_source,
                       const Column **ret_column)
{
    size_t count = 0;
    const Column *column = NULL;
    vec_each(const CanonSource, at, &scope->sources) {
        if (has_column(at, name, &column)) {
            *ret_source = at;
            *ret_column = column;
            count++;
        }
    }
    return count;
}

static bool find_bare(const CanonCx *cx, Name name, const CanonSource **ret_source,
                      const Column **ret_column)
{
    if (count_in(cx->scope, name, ret_source, ret_column) != 1) {
        return false;
    }
    for (const CanonScope *outer = cx->scope->outer; outer != NULL; outer = outer->outer) {
        const CanonSource *source = NULL;
        const Column *column = NULL;
        if (count_in(outer, name, &source, &column) != 0) {
            return false;
        }
    }
    return true;
}

static bool find_qualified(const CanonCx *cx, Name alias, Name name, const CanonSource **ret_source,
                           const Column **ret_column)
{
    for (const CanonScope *scope = cx->scope; scope != NULL; scope = scope->outer) {
        vec_each(const CanonSource, at, &scope->sources) {
            if (at->alias == alias) {
                *ret_source = at;
                return has_column(at, name, ret_column);
            }
        }
    }
    return false;
}

bool canon_scope_find(const CanonCx *cx, const PgQuery__ColumnRef *ref,
                      const CanonSource **ret_source, Name *ret_name, const Column **ret_column)
{
    const char *last = ref->n_fields > 0 ? node_string(ref->fields[ref->n_fields - 1]) : NULL;
    const char *first = ref->n_fields == 2 ? node_string(ref->fields[0]) : NULL;
    if (last == NULL || (ref->n_fields != 1 && first == NULL)) {
        return false;
    }
    *ret_name = kept(cx, last);
    return first == NULL ? find_bare(cx, *ret_name, ret_source, ret_column)
                         : find_qualified(cx, kept(cx, first), *ret_name, ret_source, ret_column);
}
