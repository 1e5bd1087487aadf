/*
 * growth_test.c - a schema four times as large takes four times as long, whichever of its parts
 * grows: ratios of the best of three, with room for a busy machine; what grew with the square took
 * sixteen times.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <time.h>

#include "base/strbuf.h"
#include "compiler/schema/lower/lower.h"
#include "grammar/parse.h"

static void fields(StrBuf *out, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        strbuf_printf(out, "  f%u Int\n", i);
    }
}

static void list(StrBuf *out, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        strbuf_printf(out, "%sf%u", i == 0 ? "" : ", ", i);
    }
}

static void compound_id(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model T {\n");
    fields(out, count);
    strbuf_add(out, "  @@id([");
    list(out, count);
    strbuf_add(out, "])\n}\n");
}

static void relation_of_fields(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model A {\n  bs B[]\n");
    fields(out, count);
    strbuf_add(out, "  @@unique([");
    list(out, count);
    strbuf_add(out, "])\n}\nmodel B {\n  id Int @id\n");
    fields(out, count);
    strbuf_add(out, "  a A @relation(fields: [");
    list(out, count);
    strbuf_add(out, "], references: [");
    list(out, count);
    strbuf_add(out, "])\n}\n");
}

static void attributes(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model T {\n  id Int @id");
    for (unsigned i = 0; i < count; i++) {
        strbuf_add(out, " @unique");
    }
    strbuf_add(out, "\n}\n");
}

static void relations(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model A {\n  id Int @id\n");
    for (unsigned i = 0; i < count; i++) {
        strbuf_printf(out, "  b%u B[] @relation(\"r%u\")\n", i, i);
    }
    strbuf_add(out, "}\nmodel B {\n  id Int @id\n");
    for (unsigned i = 0; i < count; i++) {
        strbuf_printf(out,
                      "  k%u Int\n  a%u A @relation(\"r%u\", fields: [k%u], references: [id])\n", i,
                      i, i, i);
    }
    strbuf_add(out, "}\n");
}

static void generator_keys(StrBuf *out, unsigned count)
{
    strbuf_add(out, "generator g {\n  provider = \"x\"\n");
    for (unsigned i = 0; i < count; i++) {
        strbuf_printf(out, "  k%u = \"v\"\n", i);
    }
    strbuf_add(out, "}\nmodel T {\n  id Int @id\n}\n");
}

/* Wrong, and said once of each. */
static void client_names(StrBuf *out, unsigned count)
{
    strbuf_add(out, "model T {\n  id Int @id\n  a Int\n");
    for (unsigned i = 0; i < count; i++) {
        strbuf_add(out, "  @@unique([id, a], name: \"n\")\n");
    }
    strbuf_add(out, "}\n");
}

static const struct {
    const char *what;
    void (*write)(StrBuf *out, unsigned count);
    unsigned count;
} shapes[] = {
    {"fields of an id", compound_id, 2000},
    {"fields of a relation", relation_of_fields, 1000},
    {"attributes of a field", attributes, 5000},
    {"relations between two models", relations, 1000},
    {"keys of a generator", generator_keys, 2000},
    {"keys of one client name", client_names, 500},
};

/* Seconds of the processor for one reading of the shape. */
static double cost(size_t shape, unsigned count)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    Diagnostics *diags = diagnostics_new(arena, sources_new(arena));
    StrBuf text = strbuf_new(STRBUF_MAX);
    strbuf_add(&text, "datasource db {\n  provider = \"postgresql\"\n  url = env(\"X\")\n}\n");
    shapes[shape].write(&text, count);
    const clock_t start = clock();
    AstSchema *schema = schema_new(arena);
    SchemaConfig config;
    parse_file(schema, sources_add(diags->sources, "s.prisma", text.text, text.len), names, diags);
    cr_assert(schema_config_read(schema, names, diags, &config));
    Catalog *catalog = schema_lower(schema, &config, intern_cstr(names, "public"), names, diags);
    const double spent = (double)(clock() - start) / CLOCKS_PER_SEC;
    catalog_free(catalog);
    strbuf_dispose(&text);
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

Test(growth, linear_in_every_part)
{
    for (size_t i = 0; i < lengthof(shapes); i++) {
        const double one = best(i, shapes[i].count), four = best(i, shapes[i].count * 4);
        cr_expect_lt(four, one * 9 + 0.02, "%s: %.4f s, four times as many %.4f s", shapes[i].what,
                     one, four);
    }
}
