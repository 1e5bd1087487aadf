/*
 * hand_built.h - catalogs built by hand, for tests without a word of SQL or of the schema language.
 *
 * A suite names open_run and close_run as its .init and .fini; all names of a test live on `arena`.
 */
#ifndef BELLOWS_TESTS_HAND_BUILT_H
#define BELLOWS_TESTS_HAND_BUILT_H

#include "base/common.h"

#include "compiler/canon/canon.h"
#include "compiler/plan/steps/plan.h"

static Arena *arena;
static Names *names;
static Diagnostics *diags;

static inline void open_run(void)
{
    arena = arena_new();
    names = names_new(arena);
    diags = diagnostics_new(arena, NULL);
}

static inline void close_run(void)
{
    arena_free(arena);
}

static inline Name name(const char *text)
{
    return intern_cstr(names, text);
}

static inline Catalog *catalog(void)
{
    Catalog *made = catalog_new(names, name("public"));
    catalog_add_schema(made, name("public"), origin_source(span_none()));
    return made;
}

static inline Table *table(Catalog *in, const char *called)
{
    return catalog_add_table(in, name("public"), name(called), origin_source(span_none()));
}

static inline Column *column(Catalog *in, Table *of, const char *called)
{
    Column *made = table_add_column(in, of, name(called), origin_source(span_none()));
    made->type.id = TYPE_INTEGER;
    made->not_null = true;
    return made;
}

static inline void key(Catalog *in, Table *of, const char *called, Column *on)
{
    PrimaryKey *made = table_set_primary_key(in, of, name(called), origin_source(span_none()));
    vec_push(in->arena, &made->columns, on);
}

static inline Index *index_on(Catalog *in, Table *of, const char *called, Column *on,
                              IndexKind kind)
{
    Index *made = table_add_index(in, of, name(called), origin_source(span_none()));
    made->kind = kind;
    vec_push(in->arena, &made->parts, (IndexPart){.column = on});
    return made;
}

static inline ForeignKey *reference(Catalog *in, const char *called, Column *on, Column *to)
{
    ForeignKey *made =
        table_add_foreign_key(in, on->table, name(called), origin_source(span_none()));
    made->referenced = to->table;
    vec_push(in->arena, &made->columns, on);
    vec_push(in->arena, &made->referenced_columns, to);
    return made;
}

#endif
