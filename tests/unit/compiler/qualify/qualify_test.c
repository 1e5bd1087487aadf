/*
 * qualify_test.c - expressions over a row, and what qualifying makes of them.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "compiler/qualify/qualify.h"
#include "compiler/catalog/sql_write.h"

static Column *add_column(Catalog *catalog, Table *table, const char *name, TypeId type)
{
    Column *column =
        table_add_column(catalog, table, intern_cstr(catalog->names, name), (Origin){0});
    column->type.id = type;
    return column;
}

static Catalog *make_world(Arena *arena)
{
    Names *names = names_new(arena);
    Catalog *catalog = catalog_new(names, intern_cstr(names, "public"));
    Table *table =
        catalog_add_table(catalog, catalog->default_schema, intern_cstr(names, "T"), (Origin){0});
    add_column(catalog, table, "id", TYPE_INTEGER);
    add_column(catalog, table, "name", TYPE_VARCHAR);
    add_column(catalog, table, "mail", TYPE_CITEXT);
    add_column(catalog, table, "shape", TYPE_OTHER);
    (void)catalog_add_enum(catalog, catalog->default_schema, intern_cstr(names, "Kind"),
                           (Origin){0});
    return catalog;
}

static const char *qualified(Arena *arena, const Catalog *catalog, bool everywhere,
                             const char *expression, const char **ret_why)
{
    const Catalog full = sql_everywhere(catalog);
    const QualifyWorld world = {.to = catalog,
                                .from = catalog,
                                .table = catalog->tables.items[0],
                                .written = everywhere ? &full : catalog};
    return qualify_expression(arena, &world, expression, ret_why);
}

Test(qualify, what_looks_something_up_is_qualified)
{
    static const struct {
        const char *expression, *wanted;
    } rows[] = {
        {"'x'", "'x'"},
        {"name", "name"},
        {"CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"},
        {"COALESCE(name, 'x')", "COALESCE(name, 'x')"},
        {"lower(name)", "pg_catalog.lower(name)"},
        {"\"T\".id + 1", "\"T\".id OPERATOR(pg_catalog.+) 1"},
        {"- id", "OPERATOR(pg_catalog.-) id"},
        {"(CURRENT_TIMESTAMP AT TIME ZONE 'utc')::text",
         "pg_catalog.timezone('utc', current_timestamp)::pg_catalog.text"},
        {"(id + 1)::text", "CAST(id OPERATOR(pg_catalog.+) 1 AS pg_catalog.text)"},
        {"(name IS NULL)::text", "name IS NULL::pg_catalog.text"},
        {"(name COLLATE \"C\")::text", "name COLLATE pg_catalog.\"C\"::pg_catalog.text"},
        {"(- id)::text", "CAST(OPERATOR(pg_catalog.-) id AS pg_catalog.text)"},
        {"id - (id - 1)", "id OPERATOR(pg_catalog.-) (id OPERATOR(pg_catalog.-) 1)"},
        {"name || '-' || id = 'a'",
         "((name OPERATOR(pg_catalog.||) '-') OPERATOR(pg_catalog.||) id::pg_catalog.text) "
         "OPERATOR(pg_catalog.=) 'a'"},
        {"id || name", "id::pg_catalog.text OPERATOR(pg_catalog.||) name"},
        {"'a' || 1", "'a' OPERATOR(pg_catalog.||) 1::pg_catalog.text"},
        {"'a' || (id + 1)",
         "'a' OPERATOR(pg_catalog.||) CAST(id OPERATOR(pg_catalog.+) 1 AS pg_catalog.text)"},
        {"name || id::numeric", "name OPERATOR(pg_catalog.||) id::numeric::pg_catalog.text"},
        {"name OPERATOR(pg_catalog.||) id", "name OPERATOR(pg_catalog.||) id::pg_catalog.text"},
        {"'a' || nullif(id, 0)",
         "'a' OPERATOR(pg_catalog.||) CASE WHEN id OPERATOR(pg_catalog.=) 0 THEN NULL ELSE id "
         "END::pg_catalog.text"},
        {"name || COALESCE(id, 0)",
         "name OPERATOR(pg_catalog.||) COALESCE(id, 0)::pg_catalog.text"},
        {"lower(name) || '-' || length(name)",
         "(pg_catalog.lower(name) OPERATOR(pg_catalog.||) '-') OPERATOR(pg_catalog.||) "
         "pg_catalog.length(name)::pg_catalog.text"},
        {"name || 'x'", "name OPERATOR(pg_catalog.||) 'x'"},
        {"'{}'::jsonb || '1'", "'{}'::pg_catalog.jsonb OPERATOR(pg_catalog.||) '1'"},
        {"ARRAY['a'] || name", "ARRAY['a'] OPERATOR(pg_catalog.||) name"},
        {"id IN (1, 2)", "id OPERATOR(pg_catalog.=) ANY(ARRAY[1, 2])"},
        {"id NOT IN (1, 2)", "id OPERATOR(pg_catalog.<>) ALL(ARRAY[1, 2])"},
        {"nullif(name, '')", "CASE WHEN name OPERATOR(pg_catalog.=) '' THEN NULL ELSE name END"},
        {"CASE id WHEN 1 THEN 'a' ELSE 'b' END",
         "CASE WHEN id OPERATOR(pg_catalog.=) 1 THEN 'a' ELSE 'b' END"},
        {"name LIKE 'a%'", "name OPERATOR(pg_catalog.~~) 'a%'"},
        {"name NOT ILIKE 'a%'", "name OPERATOR(pg_catalog.!~~*) 'a%'"},
        {"'2020-01-01'::date", "'2020-01-01'::pg_catalog.date"},
    };
    Arena *arena = arena_new();
    Catalog *catalog = make_world(arena);
    for (size_t i = 0; i < lengthof(rows); i++) {
        const char *why = NULL;
        const char *got = qualified(arena, catalog, false, rows[i].expression, &why);
        cr_expect_not_null(got, "%s: %s", rows[i].expression, why);
        cr_expect(got == NULL || strcmp(got, rows[i].wanted) == 0, "%s: %s, not %s",
                  rows[i].expression, got, rows[i].wanted);
    }
    catalog_free(catalog);
    arena_free(arena);
}

Test(qualify, types_of_the_schema_as_they_are_to_be_written)
{
    Arena *arena = arena_new();
    Catalog *catalog = make_world(arena);
    const char *why = NULL;
    cr_expect_str_eq(qualified(arena, catalog, false, "'A'::\"Kind\"", &why), "'A'::\"Kind\"");
    cr_expect_str_eq(qualified(arena, catalog, true, "'A'::\"Kind\"", &why),
                     "'A'::public.\"Kind\"");
    catalog_free(catalog);
    arena_free(arena);
}

/* What an unqualified name means there only a server can tell. */
Test(qualify, what_is_not_known_is_said)
{
    static const struct {
        const char *expression, *why;
    } rows[] = {
        {"slugify(name)", "the function `slugify`"},
        {"mail = 'a'", "`=`"},
        {"lower(mail)", "the function `lower`"},
        {"shape || 'x'", "`||`"},
        {"'x'::citext", "the type `citext`"},
        {"mail IN ('a')", "`=`"},
        {"(SELECT max(id) FROM t)", "more than an expression over the row"},
        {"count(*)", "over several rows"},
        {"nextval('s')", "the function `nextval`"},
        {"name COLLATE fancy", "the collation `fancy`"},
        {"1; DROP TABLE t", "not one expression"},
        {"1 +", "not one expression"},
        {"(NOT id > 1)::text", "brackets that it needs"},
        {"(name IS NULL AND id > 1)::text", "brackets that it needs"},
    };
    Arena *arena = arena_new();
    Catalog *catalog = make_world(arena);
    for (size_t i = 0; i < lengthof(rows); i++) {
        const char *why = "nothing";
        cr_expect_null(qualified(arena, catalog, false, rows[i].expression, &why), "%s",
                       rows[i].expression);
        cr_expect_not_null(strstr(why, rows[i].why), "%s: %s", rows[i].expression, why);
    }
    const char *why = NULL;
    cr_expect_str_eq(qualified(arena, catalog, false, "app.slugify(mail)", &why),
                     "app.slugify(mail)");
    cr_expect_str_eq(qualified(arena, catalog, false, "lower(mail::text)", &why),
                     "pg_catalog.lower(mail::pg_catalog.text)");
    catalog_free(catalog);
    arena_free(arena);
}

/* A server prints with the schema what is not found in pg_catalog. */
Test(qualify, what_a_server_has_printed_needs_no_types)
{
    static const struct {
        const char *definition, *wanted; /* NULL: refused */
    } rows[] = {
        {" SELECT public.lower(mail) AS v\n   FROM ( SELECT NULL::public.citext AS mail) \"T\";",
         "public.lower(mail)"},
        {" SELECT (\"T\".mail OPERATOR(public.=) 'a'::public.citext) AS v FROM x \"T\";",
         "\"T\".mail OPERATOR(public.=) 'a'::public.citext"},
        {"SELECT app.slugify((name)::text) AS v FROM x;", "app.slugify(name::pg_catalog.text)"},
        {"SELECT (shape ~~ '%x'::text) AS v FROM x;",
         "shape OPERATOR(pg_catalog.~~) '%x'::pg_catalog.text"},
        {"SELECT array_append(ARRAY[mail], mail) AS v FROM x;",
         "pg_catalog.array_append(ARRAY[mail], mail)"},
        {"SELECT (name COLLATE \"de_DE\") AS v FROM x;", "name COLLATE pg_catalog.\"de_DE\""},
        {"SELECT (shape OPERATOR(app.=) ROW(1, 2)::app.pair) AS v FROM x;",
         "shape OPERATOR(app.=) ROW(1, 2)::app.pair"},
        {"SELECT (ROW(mail, 1) = ROW('a'::public.citext, 1)) AS v FROM x;", NULL},
        {"SELECT NULLIF(mail, 'a'::public.citext) AS v FROM x;", NULL},
        {"SELECT (mail IS DISTINCT FROM 'a'::public.citext) AS v FROM x;", NULL},
        {"SELECT CASE mail WHEN 'a'::public.citext THEN 1 ELSE 2 END AS v FROM x;", NULL},
    };
    Arena *arena = arena_new();
    Catalog *catalog = make_world(arena);
    const QualifyWorld world = {.to = catalog,
                                .from = catalog,
                                .table = catalog->tables.items[0],
                                .written = catalog,
                                .printed = true};
    for (size_t i = 0; i < lengthof(rows); i++) {
        const char *why = NULL;
        const char *value = qualify_view_value(arena, rows[i].definition);
        cr_assert_not_null(value, "%s", rows[i].definition);
        const char *got = qualify_expression(arena, &world, value, &why);
        if (rows[i].wanted == NULL) {
            cr_expect_null(got, "%s", rows[i].definition);
            continue;
        }
        cr_assert_not_null(got, "%s: %s", rows[i].definition, why);
        cr_expect_str_eq(got, rows[i].wanted);
        /* Written once more it is the same, and no longer a server's print. */
        QualifyWorld later = world;
        later.printed = false;
        cr_expect_str_eq(qualify_expression(arena, &later, got, &why), got);
    }
    catalog_free(catalog);
    arena_free(arena);
}

/* The parser's tree is as deep as the sum is long, and its unpacking recurses. */
Test(qualify, a_sum_without_end_is_refused)
{
    enum { TERMS = 100000 };
    Arena *arena = arena_new();
    Catalog *catalog = make_world(arena);
    char *sum = arena_array(arena, char, 5 * TERMS + 1);
    for (size_t i = 0; i < TERMS; i++) {
        memcpy(sum + 5 * i, i == 0 ? "   id" : " + id", 5);
    }
    const char *why = NULL;
    cr_assert_null(qualified(arena, catalog, false, sum, &why));
    cr_assert_not_null(why);
    catalog_free(catalog);
    arena_free(arena);
}
