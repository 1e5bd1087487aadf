/*
 * fuzz_parse.c - any bytes as a schema text: parsed, printed as a tree, lowered, made canonical.
 *
 * Promises: no crash; every report points into the text and prints; a schema that is refused says
 * why; checking alone and lowering agree; being canonical is for good.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <string.h>

#include "base/diag/diag_print.h"
#include "compiler/canon/canon.h"
#include "compiler/catalog/catalog_check.h"
#include "compiler/catalog/catalog_print.h"
#include "compiler/schema/lower/lower.h"
#include "grammar/ast_print.h"
#include "grammar/parse.h"

static void print_tree(World *world, const char *text, size_t len)
{
    char *copy = arena_strndup(world->arena, text, len);
    SourceFile *file = sources_add(world->sources, "tree.prisma", copy, len);
    AstSchema *schema = schema_new(world->arena);
    Diagnostics *diags = diagnostics_new(world->arena, world->sources);
    parse_file(schema, file, world->names, diags);
    StrBuf out = strbuf_new(STRBUF_MAX);
    ast_dump(&out, schema);
    strbuf_dispose(&out);
}

static void check_reports(const World *world, size_t len)
{
    vec_each(Diagnostic *const, at, &world->diags->items) {
        const Span span = (*at)->span;
        FUZZ_DEMAND(span.file == 0 || (span.start <= span.end && span.end <= len),
                    "%s at %u..%u of %zu", (*at)->message, span.start, span.end, len);
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    diag_print_text(&out, world->diags, (DiagLook){.colour = true});
    diag_print_json(&out, world->diags);
    diag_print_github(&out, world->diags);
    strbuf_dispose(&out);
}

static const char *printed(const World *world, const Catalog *catalog)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    catalog_print(&out, catalog);
    return strbuf_take(&out, world->arena);
}

/* Whether it is right when it is only checked; a World of its own, for the same names and reports.
 */
static bool check_only(const char *text, size_t len)
{
    World world = world_new();
    AstSchema *schema = schema_new(world.arena);
    SchemaConfig config;
    parse_file(schema, sources_add(world.sources, "schema.prisma", text, len), world.names,
               world.diags);
    bool ok = schema_config_read(schema, world.names, world.diags, &config);
    ok = schema_check(schema, &config, intern_cstr(world.names, "public"), world.names,
                      world.diags) &&
         ok;
    world_free(&world);
    return ok;
}

void fuzz_one(const char *text, size_t len)
{
    World world = world_new();
    print_tree(&world, text, len);
    Catalog *catalog = fuzz_catalog(&world, "schema.prisma", text, len);
    check_reports(&world, len);
    FUZZ_DEMAND((catalog == NULL) == diag_has_errors(world.diags), "refused without a word");
    FUZZ_DEMAND((catalog != NULL) == check_only(text, len), "checked and lowered differ");
    if (catalog != NULL) {
        const char *broken = catalog_broken(catalog);
        FUZZ_DEMAND(broken == NULL, "%s", broken);
        const char *once = printed(&world, catalog);
        canon_catalog(catalog);
        FUZZ_DEMAND(strcmp(once, printed(&world, catalog)) == 0, "canonical twice");
        catalog_free(catalog);
    }
    world_free(&world);
}
