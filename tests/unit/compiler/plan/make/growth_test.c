/*
 * growth_test.c - a change four times as large takes four times as long to plan by the online
 * strategy, whichever of its parts grows, with its scripts, their undo and its page: ratios of the
 * best of three, with room for a busy machine; what grew with the square took sixteen times.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>
#include <time.h>

#include "base/strbuf.h"
#include "compiler/canon/canon.h"
#include "compiler/plan/diff/renames.h"
#include "compiler/plan/emit/emit.h"
#include "compiler/plan/make/plan_make.h"
#include "compiler/plan/show/plan_text.h"
#include "compiler/schema/lower/lower.h"
#include "grammar/parse.h"

typedef void Write(StrBuf *out, unsigned count);

static void lines(StrBuf *out, const char *format, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        for (const char *at = format; *at != '\0'; at++) {
            if (*at == '#') {
                strbuf_printf(out, "%u", i);
            } else {
                strbuf_char(out, *at);
            }
        }
    }
}

static void nothing(StrBuf *out, unsigned count)
{
    (void)count;
    strbuf_add(out, "model T {\n  id Int @id\n}\n");
}

static void columns(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model T {\n  id Int @id\n");
    lines(out, "  f# Int?\n", count);
    strbuf_add(out, "}\n");
}

static void wider_columns(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model T {\n  id Int @id\n");
    lines(out, "  f# BigInt?\n", count);
    strbuf_add(out, "}\n");
}

static void renamed_columns(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model T {\n  id Int @id\n");
    lines(out, "  /// @renamedFrom(f#)\n  g# Int?\n", count);
    strbuf_add(out, "}\n");
}

static void indexes(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model T {\n  id Int @id\n");
    lines(out, "  f# Int?\n", count);
    lines(out, "  @@index([f#], map: \"i#\")\n", count);
    strbuf_add(out, "}\n");
}

static void unique_indexes(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model T {\n  id Int @id\n");
    lines(out, "  f# Int?\n", count);
    lines(out, "  @@unique([f#], map: \"i#\")\n", count);
    strbuf_add(out, "}\n");
}

static void keys(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model T {\n  id Int @id\n}\nmodel S {\n  id Int @id\n");
    lines(out, "  k# Int?\n", count);
    strbuf_add(out, "}\n");
}

static void relations(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model T {\n  id Int @id\n");
    lines(out, "  s# S[] @relation(\"r#\")\n", count);
    strbuf_add(out, "}\nmodel S {\n  id Int @id\n");
    lines(out,
          "  k# Int?\n  t# T? @relation(\"r#\", fields: [k#], references: [id], map: \"f#\")\n",
          count);
    strbuf_add(out, "}\n");
}

/* Each to a key of its own. */
static void key_relations(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model T {\n  id Int @id\n");
    lines(out, "  f# Int @unique\n  s# S[] @relation(\"r#\")\n", count);
    strbuf_add(out, "}\nmodel S {\n  id Int @id\n");
    lines(out, "  k# Int?\n  t# T? @relation(\"r#\", fields: [k#], references: [f#])\n", count);
    strbuf_add(out, "}\n");
}

static void models(StrBuf *out, unsigned count)
{
    nothing(out, 0);
    lines(out, "model M# {\n  id Int @id\n}\n", count);
}

static void values(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model T {\n  id Int @id\n  e E?\n}\nenum E {\n");
    lines(out, "  V#\n", count);
    strbuf_add(out, "}\n");
}

static void other_values(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model T {\n  id Int @id\n  e E?\n}\nenum E {\n");
    lines(out, "  W#\n", count);
    strbuf_add(out, "}\n");
}

static void renamed_values(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model T {\n  id Int @id\n  e E?\n}\nenum E {\n");
    lines(out, "  /// @renamedFrom(V#)\n  W#\n", count);
    strbuf_add(out, "}\n");
}

static void referring_models(StrBuf *out, unsigned count, const char *others)
{
    strbuf_add(out, "model T {\n  id Int @id\n");
    lines(out, "  r# R#[]\n", count);
    strbuf_add(out, "}\n");
    lines(out, others, count);
}

static void one_parent(StrBuf *out, unsigned count)
{
    referring_models(out, count,
                     "model R# {\n  id Int @id\n  t Int\n  q T @relation(fields: [t], "
                     "references: [id])\n}\n");
}

static void one_parent_required(StrBuf *out, unsigned count)
{
    referring_models(out, count,
                     "model R# {\n  id Int @id\n  t Int\n  u Int\n  q T @relation(fields: "
                     "[t], references: [id], onDelete: Cascade)\n}\n");
}

static void many_to_many(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model T {\n  id Int @id\n");
    lines(out, "  s# S[] @relation(\"r#\")\n", count);
    strbuf_add(out, "}\nmodel S {\n  id Int @id\n");
    lines(out, "  t# T[] @relation(\"r#\")\n", count);
    strbuf_add(out, "}\n");
}

static void unrelated(StrBuf *out, unsigned count)
{
    (void)count;
    strbuf_add(out, "model T {\n  id Int @id\n}\nmodel S {\n  id Int @id\n}\n");
}

static void renamed_models(StrBuf *out, unsigned count)
{
    nothing(out, 0);
    lines(out, "/// @renamedFrom(M#)\nmodel N# {\n  id Int @id\n}\n", count);
}

static void pairs_of(StrBuf *out, unsigned count, const char *parents, const char *children)
{
    lines(out, parents, count);
    lines(out, children, count);
}

/* Each foreign key is made anew when the type of its ends changes. */
static void pairs(StrBuf *out, unsigned count)
{
    pairs_of(out, count, "model P# {\n  id Int @id\n  c C#[]\n}\n",
             "model C# {\n  id Int @id\n  p Int\n  r P# @relation(fields: [p], references: "
             "[id])\n}\n");
}

static void longer_pairs(StrBuf *out, unsigned count)
{
    pairs_of(out, count, "model P# {\n  id BigInt @id\n  c C#[]\n}\n",
             "model C# {\n  id Int @id\n  p BigInt\n  r P# @relation(fields: [p], references: "
             "[id])\n}\n");
}

/* All keys refer to one column, whose other indexes go one by one. */
static void indexed_twice(StrBuf *out, unsigned count, const char *indexes)
{
    strbuf_add(out, "model T {\n  id Int @id\n");
    lines(out, "  f# Int\n  s# S[] @relation(\"r#\")\n", count);
    lines(out, indexes, count);
    strbuf_add(out, "}\nmodel S {\n  id Int @id\n");
    lines(out, "  k# Int?\n  t# T? @relation(\"r#\", fields: [k#], references: [id])\n", count);
    strbuf_add(out, "}\n");
}

static void referred_with_uniques(StrBuf *out, unsigned count)
{
    indexed_twice(out, count, "  @@unique([f#], map: \"u#\")\n");
}

static void referred_without(StrBuf *out, unsigned count)
{
    indexed_twice(out, count, "");
}

/* Every key is dropped, and another made in its place. */
static void keys_to(StrBuf *out, unsigned count, const char *first, const char *second)
{
    strbuf_add(out, "model A {\n  id Int @id\n");
    lines(out, first, count);
    strbuf_add(out, "}\nmodel B {\n  id Int @id\n");
    lines(out, second, count);
    strbuf_add(out, "}\nmodel C {\n  id Int @id\n");
}

static void keys_to_a(StrBuf *out, unsigned count)
{
    keys_to(out, count, "  c# C[] @relation(\"r#\")\n", "");
    lines(out, "  k# Int\n  p# A @relation(\"r#\", fields: [k#], references: [id])\n", count);
    strbuf_add(out, "}\n");
}

static void keys_to_b(StrBuf *out, unsigned count)
{
    keys_to(out, count, "", "  c# C[] @relation(\"r#\")\n");
    lines(out, "  k# Int\n  p# B @relation(\"r#\", fields: [k#], references: [id])\n", count);
    strbuf_add(out, "}\n");
}

static void enums(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model T {\n  id Int @id\n");
    lines(out, "  e# E#\n", count);
    strbuf_add(out, "}\n");
    lines(out, "enum E# {\n  A\n  B\n}\n", count);
}

static void fewer_values(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model T {\n  id Int @id\n");
    lines(out, "  e# E#\n", count);
    strbuf_add(out, "}\n");
    lines(out, "enum E# {\n  A\n  C\n}\n", count);
}

static void enums_with(StrBuf *out, unsigned count, const char *line)
{
    strbuf_add(out, "model T {\n  id Int @id\n");
    lines(out, "  e# E# @default(A)\n", count);
    strbuf_add(out, "}\n");
    lines(out, line, count);
}

static void two_values(StrBuf *out, unsigned count)
{
    enums_with(out, count, "enum E# {\n  A\n  B\n}\n");
}

static void three_values(StrBuf *out, unsigned count)
{
    enums_with(out, count, "enum E# {\n  A\n  C\n  B\n}\n");
}

static void enums_that_change_names(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model T {\n  id Int @id\n");
    lines(out, "  e# F# @default(A)\n", count);
    strbuf_add(out, "}\n");
    lines(out, "/// @renamedFrom(E#)\nenum F# {\n  A\n  B\n}\n", count);
}

static void enums_of_models(StrBuf *out, unsigned count, const char *values)
{
    lines(out, "model M# {\n  id Int @id\n  e E# @default(A)\n}\n", count);
    lines(out, values, count);
}

static void two_values_of_models(StrBuf *out, unsigned count)
{
    enums_of_models(out, count, "enum E# {\n  A\n  B\n}\n");
}

static void one_value_of_models(StrBuf *out, unsigned count)
{
    enums_of_models(out, count, "enum E# {\n  A\n}\n");
}

/* Each two of them exchange their names. */
static void named_columns(StrBuf *out, unsigned count, const char *format)
{
    strbuf_add(out, "model T {\n  id Int @id\n");
    lines(out, format, count);
    strbuf_add(out, "}\n");
}

static void columns_f_g(StrBuf *out, unsigned count)
{
    named_columns(out, count, "  x# Int? @map(\"f#\")\n  y# Int? @map(\"g#\")\n");
}

static void columns_g_f(StrBuf *out, unsigned count)
{
    named_columns(out, count, "  x# Int? @map(\"g#\")\n  y# Int? @map(\"f#\")\n");
}

static void list(StrBuf *out, const char *format, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        strbuf_printf(out, "%s%s%u", i == 0 ? "" : ", ", format, i);
    }
}

static void long_key(StrBuf *out, unsigned count, const char *attribute)
{
    strbuf_add(out, "model T {\n  id Int @id\n");
    lines(out, "  f# Int\n", count);
    strbuf_printf(out, "  %s([", attribute);
    list(out, "f", count);
    strbuf_add(out, "])\n}\n");
}

static void long_index(StrBuf *out, unsigned count)
{
    long_key(out, count, "@@index");
}

static void long_unique(StrBuf *out, unsigned count)
{
    long_key(out, count, "@@unique");
}

static void keyed_models(StrBuf *out, unsigned count)
{
    lines(out, "model M# {\n  a Int @unique\n  b Int @id\n}\n", count);
}

static void otherwise_keyed_models(StrBuf *out, unsigned count)
{
    lines(out, "model M# {\n  a Int @id\n  b Int @unique\n}\n", count);
}

static void over_one_column(StrBuf *out, unsigned count, const char *field)
{
    strbuf_add(out, "model T {\n  id Int @id\n");
    strbuf_add(out, field);
    lines(out, "  @@index([f], map: \"i#\")\n", count);
    strbuf_add(out, "}\n");
}

static void indexes_over_number(StrBuf *out, unsigned count)
{
    over_one_column(out, count, "  f Int\n");
}

static void indexes_over_longer(StrBuf *out, unsigned count)
{
    over_one_column(out, count, "  f BigInt\n");
}

static void keys_between(StrBuf *out, unsigned count, const char *referred, const char *referring)
{
    strbuf_add(out, "model T {\n  id Int @id\n");
    lines(out, referred, count);
    strbuf_add(out, "}\nmodel S {\n  id Int @id\n");
    lines(out, referring, count);
    lines(out, "  t# T @relation(\"r#\", fields: [k#], references: [f#])\n", count);
    strbuf_add(out, "}\n");
}

static void keys_of_two(StrBuf *out, unsigned count)
{
    keys_between(out, count, "  f# Int @unique\n  s# S[] @relation(\"r#\")\n", "  k# Int\n");
}

static void longer_keys_of_two(StrBuf *out, unsigned count)
{
    keys_between(out, count, "  f# BigInt @unique\n  s# S[] @relation(\"r#\")\n", "  k# BigInt\n");
}

static const struct {
    const char *what;
    Write *from, *to;
    unsigned count;
} shapes[] = {
    {"dropped columns", columns, nothing, 1000},
    {"changed columns", columns, wider_columns, 500},
    {"columns with other names", columns, renamed_columns, 1000},
    {"dropped indexes", indexes, columns, 500},
    {"built indexes", columns, indexes, 500},
    {"exchanged indexes", indexes, unique_indexes, 250},
    {"indexes that go with their columns", indexes, nothing, 500},
    {"relations between two models", keys, relations, 250},
    {"relations that go", relations, keys, 250},
    {"relations, each to a key of its own", nothing, key_relations, 500},
    {"tables that refer to one, each in scripts of its own", one_parent, one_parent_required, 250},
    {"tables", nothing, models, 500},
    {"tables that go", models, nothing, 500},
    {"values of an enum", values, other_values, 2000},
    {"values with other names", values, renamed_values, 500},
    {"many-to-many relations", unrelated, many_to_many, 250},
    {"many-to-many relations that go", many_to_many, unrelated, 250},
    {"models with other names", models, renamed_models, 100},
    {"foreign keys whose columns change their type", pairs, longer_pairs, 100},
    {"unique indexes of a table that keys refer to", referred_with_uniques, referred_without, 250},
    {"foreign keys that refer to another table", keys_to_a, keys_to_b, 250},
    {"enums that lose values", enums, fewer_values, 100},
    {"enums that get values", two_values, three_values, 500},
    {"enums of a table each that lose values", two_values_of_models, one_value_of_models, 250},
    {"columns that exchange names", columns_f_g, columns_g_f, 1000},
    {"enums with other names", two_values, enums_that_change_names, 500},
    {"columns of an index that becomes unique", long_index, long_unique, 2000},
    {"unique indexes that become keys", keyed_models, otherwise_keyed_models, 500},
    {"indexes over a column that changes its type", indexes_over_number, indexes_over_longer, 500},
    {"keys of two models that change their types", keys_of_two, longer_keys_of_two, 100},
};

typedef struct Run {
    Arena *arena;
    Names *names;
    Diagnostics *diags;
} Run;

static Catalog *catalog_of(const Run *run, Write *write, unsigned count)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    strbuf_add(&text, "datasource db {\n  provider = \"postgresql\"\n  url = env(\"X\")\n}\n");
    write(&text, count);
    const char *source = strbuf_take(&text, run->arena);
    AstSchema *schema = schema_new(run->arena);
    SchemaConfig config;
    parse_file(schema, sources_add(run->diags->sources, "s.prisma", source, strlen(source)),
               run->names, run->diags);
    cr_assert(schema_config_read(schema, run->names, run->diags, &config));
    Catalog *catalog =
        schema_lower(schema, &config, intern_cstr(run->names, "public"), run->names, run->diags);
    cr_assert_not_null(catalog);
    canon_catalog(catalog);
    return catalog;
}

/* Seconds of the processor for one plan of the shape. */
static double cost(size_t shape, unsigned count)
{
    Arena *arena = arena_new();
    const Run run = {arena, names_new(arena), diagnostics_new(arena, sources_new(arena))};
    Catalog *from = catalog_of(&run, shapes[shape].from, count);
    Catalog *to = catalog_of(&run, shapes[shape].to, count);
    const clock_t start = clock();
    Renames renames;
    cr_assert(renames_find(from, to, from, NULL, 0, run.diags, arena, &renames));
    Plan *plan =
        plan_make(from, to, &(PlanOptions){.online = true, .renames = &renames}, run.diags);
    cr_assert_not_null(plan, "%s", shapes[shape].what);
    const ScriptList scripts = emit_migrations(arena, plan, &plan->hazards);
    (void)plan_text(arena, plan, &(PlanTextOptions){.sources = run.diags->sources});
    const double spent = (double)(clock() - start) / CLOCKS_PER_SEC;
    cr_assert_gt(scripts.count, 0, "%s", shapes[shape].what);
    plan_free(plan);
    catalog_free(from);
    catalog_free(to);
    arena_free(arena);
    return spent;
}

static double best(size_t shape, unsigned count)
{
    double least = cost(shape, count);
    for (int i = 0; i < 2; i++) {
        const double again = cost(shape, count);
        least = again < least ? again : least;
    }
    return least;
}

Test(growth, of_a_plan_is_linear_in_every_part)
{
    for (size_t i = 0; i < lengthof(shapes); i++) {
        const double one = best(i, shapes[i].count), four = best(i, shapes[i].count * 4);
        cr_expect_lt(four, one * 9 + 0.03, "%s: %.4f s, four times as many %.4f s", shapes[i].what,
                     one, four);
    }
}
