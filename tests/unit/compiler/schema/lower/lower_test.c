#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/diag/suggest.h"
#include "compiler/catalog/catalog_check.h"
#include "compiler/schema/lower/lower.h"
#include "compiler/schema/lower/lower_table.h"
#include "compiler/schema/resolve/values.h"
#include "grammar/parse.h"

#define HEAD "datasource db {\n  provider = \"postgresql\"\n}\n"

typedef struct Lowered {
    Arena *arena;
    Names *names;
    Diagnostics *diags;
    Catalog *catalog;
} Lowered;

static Lowered lower_text(const char *text)
{
    Lowered out = {.arena = arena_new()};
    Sources *sources = sources_new(out.arena);
    out.names = names_new(out.arena);
    out.diags = diagnostics_new(out.arena, sources);
    AstSchema *schema = schema_new(out.arena);
    SchemaConfig config;
    parse_file(schema, sources_add(sources, "x", text, strlen(text)), out.names, out.diags);
    cr_assert(schema_config_read(schema, out.names, out.diags, &config));
    out.catalog =
        schema_lower(schema, &config, intern_cstr(out.names, "public"), out.names, out.diags);
    return out;
}

static void dispose(Lowered *out)
{
    catalog_free(out->catalog);
    arena_free(out->arena);
}

static const Table *table_named(const Lowered *out, const char *name)
{
    const Table *table = catalog_find_table(out->catalog, intern_cstr(out->names, "public"),
                                            intern_cstr(out->names, name));
    cr_assert_not_null(table, "no table %s", name);
    return table;
}

Test(lower, actions_follow_the_columns_not_the_relation_field)
{
    Lowered out = lower_text(
        HEAD "model A {\n  id Int @id\n  b B? @relation(fields: [x, y], references: [x, y])\n"
             "  x Int?\n  y Int\n  c B? @relation(\"c\", fields: [x], references: [u])\n}\n"
             "model B {\n  x Int\n  y Int\n  u Int @unique\n  a A[]\n  c A[] @relation(\"c\")\n"
             "  @@id([x, y])\n}\n");
    const Table *a = table_named(&out, "A");
    cr_assert_eq(a->foreign_keys.count, 2);
    cr_assert_eq(a->foreign_keys.items[0]->on_delete, ACTION_RESTRICT);
    cr_assert_eq(a->foreign_keys.items[1]->on_delete, ACTION_SET_NULL);
    cr_assert_eq(a->foreign_keys.items[1]->on_update, ACTION_CASCADE);
    dispose(&out);
}

Test(lower, owner_of_a_one_to_one_is_the_side_that_says_fields)
{
    Lowered out = lower_text(HEAD "model A {\n  id Int @id\n  b B?\n}\nmodel B {\n  id Int @id\n"
                                  "  a A @relation(fields: [id], references: [id])\n}\n");
    cr_assert_eq(table_named(&out, "A")->foreign_keys.count, 0);
    cr_assert_eq(table_named(&out, "B")->foreign_keys.count, 1);
    dispose(&out);
}

Test(lower, first_field_of_a_self_relation_is_column_a)
{
    Lowered out = lower_text(HEAD "model P {\n  id Int @id\n  up P[] @relation(\"r\")\n"
                                  "  down P[] @relation(\"r\")\n}\n");
    const Table *join = table_named(&out, "_r");
    cr_assert(join->is_join_table);
    cr_assert_eq(join->columns.count, 2);
    cr_assert_eq(join->foreign_keys.items[0]->referenced, table_named(&out, "P"));
    cr_assert_str_eq(join->primary_key->name->text, "_r_AB_pkey");
    dispose(&out);
}

Test(lower, origins_point_into_the_text)
{
    const char *text = HEAD "model A {\n  id Int @id\n  email String @unique\n}\n";
    Lowered out = lower_text(text);
    const Table *a = table_named(&out, "A");
    const Index *index = a->indexes.items[0];
    cr_assert_eq(a->columns.items[1]->origin.kind, ORIGIN_SOURCE);
    cr_assert_eq(strncmp(text + a->columns.items[1]->origin.span.start, "email", 5), 0);
    cr_assert_eq(index->origin.kind, ORIGIN_DERIVED);
    cr_assert_eq(strncmp(text + index->origin.span.start, "@unique", 7), 0);
    dispose(&out);
}

Test(lower, many_errors_in_one_run_and_no_catalog)
{
    Lowered out = lower_text(HEAD "model A {\n  id Int @id @foo\n  b Bar\n  c Int @default(\"x\")\n"
                                  "  @@index([d])\n}\n");
    cr_assert_null(out.catalog);
    cr_assert_eq(out.diags->errors, 4);
    dispose(&out);
}

Test(lower, empty_schema_is_an_empty_catalog)
{
    Lowered out = lower_text(HEAD);
    cr_assert_not_null(out.catalog);
    cr_assert_eq(out.catalog->schemas.count, 0);
    cr_assert_null(catalog_broken(out.catalog));
    dispose(&out);
}

Test(catalog_check, finds_a_broken_index)
{
    Lowered out = lower_text(
        HEAD "model A {\n  id Int @id\n  b Int @unique\n}\nmodel C {\n  id Int @id\n}\n");
    const Table *a = table_named(&out, "A");
    a->indexes.items[0]->parts.items[0].column = table_named(&out, "C")->columns.items[0];
    cr_assert_not_null(strstr(catalog_broken(out.catalog), "index part of another table"));
    dispose(&out);
}

Test(lower, renamed_from_hint)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    cr_assert_null(renamed_from(names, NULL));
    cr_assert_null(renamed_from(names, "no hint"));
    cr_assert_null(renamed_from(names, "@renamedFrom()"));
    cr_assert_str_eq(renamed_from(names, "was it.\n@renamedFrom(full_name) yes")->text,
                     "full_name");
    cr_assert_str_eq(renamed_from(names, "@renamedFrom( \"a b\" )")->text, "a b");
    arena_free(arena);
}

Test(values, suggestions_are_near_or_absent)
{
    Arena *arena = arena_new();
    Suggestion near = suggestion_for("Strin");
    suggestion_offer(&near, "Int");
    suggestion_offer(&near, "String");
    suggestion_offer(&near, "Station");
    cr_assert_str_eq(near.best, "String");
    Suggestion far = suggestion_for("Xylophone");
    suggestion_offer(&far, "String");
    cr_assert_null(far.best);
    arena_free(arena);
}
