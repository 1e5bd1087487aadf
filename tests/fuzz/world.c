/*
 * world.c - what a run needs around the function it tries.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include "compiler/canon/canon.h"
#include "compiler/schema/lower/lower.h"
#include "grammar/parse.h"

World world_new(void)
{
    World world = {.arena = arena_new()};
    world.names = names_new(world.arena);
    world.sources = sources_new(world.arena);
    world.diags = diagnostics_new(world.arena, world.sources);
    return world;
}

void world_free(World *world)
{
    arena_free(world->arena);
}

Catalog *fuzz_catalog(World *world, const char *path, const char *text, size_t len)
{
    AstSchema *schema = schema_new(world->arena);
    SchemaConfig config;
    char *copy = arena_strndup(world->arena, text, len);
    parse_file(schema, sources_add(world->sources, path, copy, len), world->names, world->diags);
    if (!schema_config_read(schema, world->names, world->diags, &config)) {
        return NULL;
    }
    Name public = intern_cstr(world->names, "public");
    Catalog *catalog = schema_lower(schema, &config, public, world->names, world->diags);
    if (catalog != NULL) {
        canon_catalog(catalog);
    }
    return catalog;
}
