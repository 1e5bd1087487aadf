/*
 * lower.c - pass 3, and the order of all passes.
 *
 * Passes up to attributes run whatever the ones before them found, for many errors a run; relations
 * and checks only when nothing was reported, for no error of one mistake twice. A tree with syntax
 * errors is looked at but never lowered: parts of it are missing.
 */
#include "base/common.h"

#include "compiler/schema/lower/lower.h"

#include <stdlib.h>

#include "base/parallel.h"
#include "compiler/catalog/catalog_check.h"
#include "compiler/catalog/naming.h"
#include "compiler/schema/check/checks.h"
#include "compiler/schema/check/silence.h"
#include "compiler/schema/lower/lower_attr.h"
#include "compiler/schema/lower/lower_table.h"
#include "compiler/schema/lower/understand.h"

bool program_understand_blocks(Program *program)
{
    Diagnostics *diags = program->diags;
    size_t errors = diags->errors;
    size_t from = diags->items.count;
    diags->stage = STAGE_NAMES;
    resolve_names(program);
    diags->stage = STAGE_TYPES;
    resolve_types(program);
    diags->stage = STAGE_ATTRIBUTES;
    lower_attributes(program);
    bool all_kept = diags->errors <= DIAG_LIMIT;
    return diags->errors == errors ||
           (all_kept && diag_count_errors(diags, from, STAGE_NAMES, STAGE_WHOLE) == 0);
}

static void understand_whole(Program *program)
{
    program->diags->stage = STAGE_MODELS;
    check_models(program);
    program->diags->stage = STAGE_RELATIONS;
    relations_pair(program);
    check_cycles(program);
    program->diags->stage = STAGE_MODELS;
    check_names(program);
}

static bool understand(Program *program)
{
    bool ok = program_understand_blocks(program);
    program->diags->stage = STAGE_MODELS;
    lower_natives(program);
    if (ok) {
        understand_whole(program);
    }
    program->diags->stage = STAGE_SYNTAX;
    silence_allowed(program->diags, program->ast);
    diag_sort(program->diags);
    return ok && !diag_has_errors(program->diags);
}

/* --- enums, views, schemas, extensions --- */

static void lower_enum(Program *program, EnumBlock *block)
{
    Name kept = name_kept(program->names, block->type);
    const bool taken = catalog_find_enum(program->catalog, block->schema, kept) != NULL;
    EnumType *type = catalog_add_enum(program->catalog, block->schema, taken ? block->type : kept,
                                      origin_source(block->ast->name.span));
    type->block = block->name;
    type->renamed_from = renamed_from(program->names, block->ast->doc);
    vec_each(AstEnumValue *const, at, &block->ast->values) {
        if ((*at)->name.name != NULL) {
            vec_push(program->catalog->arena, &type->values,
                     enum_value_name(block, (*at)->name.name));
            vec_push(program->catalog->arena, &type->words, (*at)->name.name);
            vec_push(program->catalog->arena, &type->renamed_values,
                     renamed_from(program->names, (*at)->doc));
        }
    }
    block->lowered = type;
}

static void lower_view(Program *program, const Model *model)
{
    DeclaredView *view = arena_make(program->catalog->arena, DeclaredView);
    *view = (DeclaredView){.schema = model->schema,
                           .name = model->table,
                           .origin = origin_source(model->ast->name.span)};
    vec_push(program->catalog->arena, &program->catalog->views, view);
}

static int compare_schemas(const void *a, const void *b)
{
    const Schema *const *first = a;
    const Schema *const *second = b;
    return name_compare((*first)->name, (*second)->name);
}

/* Those that something lives in, by name. */
static void lower_schemas(Program *program)
{
    Catalog *catalog = program->catalog;
    vec_each(EnumBlock *const, at, &program->enums) {
        catalog_add_schema(catalog, (*at)->schema, origin_source((*at)->ast->name.span));
    }
    vec_each(Model *const, at, &program->models) {
        if (!(*at)->is_view) {
            catalog_add_schema(catalog, (*at)->schema, origin_source((*at)->ast->name.span));
        }
    }
    if (catalog->schemas.count > 1) {
        qsort(catalog->schemas.items, catalog->schemas.count, sizeof *catalog->schemas.items,
              compare_schemas);
    }
}

static void lower_extensions(Program *program)
{
    vec_each(const ExtensionConfig, at, &program->config->datasource.extensions) {
        Extension *extension = arena_make(program->catalog->arena, Extension);
        *extension = (Extension){.name = at->name,
                                 .schema = at->schema,
                                 .version = at->version,
                                 .origin = origin_source(at->span)};
        vec_push(program->catalog->arena, &program->catalog->extensions, extension);
    }
}

/* Without `schemas`, the default schema is the only one there is. */
static bool lists_schema(const DatasourceConfig *datasource, Name schema)
{
    vec_each(const Name, at, &datasource->schemas) {
        if (*at == schema) {
            return true;
        }
    }
    return datasource->schemas.count == 0;
}

static void lower_settings(Program *program)
{
    const SchemaConfig *config = program->config;
    Catalog *catalog = program->catalog;
    catalog->has_default_schema = lists_schema(&config->datasource, catalog->default_schema);
    catalog->manages_extensions = preview_enabled(config, "postgresqlExtensions");
    catalog->manages_partial_indexes = preview_enabled(config, "partialIndexes");
    catalog->without_foreign_keys = config->datasource.without_foreign_keys;
}

/* --- everything, in the order scripts follow --- */

static void lower_models(Program *program)
{
    vec_each(Model *const, at, &program->models) {
        if ((*at)->is_view) {
            lower_view(program, *at);
        } else {
            lower_table(program, *at);
            lower_keys(program, *at);
        }
    }
}

/* Relations whose names are the same once cut want one join table, as a warning has said: the last
 * has it. */
static void lower_join_tables(Program *program)
{
    Map owners = {0};
    vec_each(Relation *const, at, &program->relations) {
        if ((*at)->kind == RELATION_MANY_TO_MANY) {
            map_put2(program->arena, &owners, (*at)->owner->model->schema,
                     name_join_table(program->names, (*at)->name), *at);
        }
    }
    vec_each(Relation *const, at, &program->relations) {
        if ((*at)->kind == RELATION_MANY_TO_MANY &&
            map_get2(&owners, (*at)->owner->model->schema,
                     name_join_table(program->names, (*at)->name)) == *at) {
            lower_join_table(program, *at);
        }
    }
}

static void lower_relations(Program *program)
{
    vec_each(Model *const, at, &program->models) {
        if (!(*at)->is_view && !program->catalog->without_foreign_keys) {
            lower_foreign_keys(program, *at);
        }
    }
    lower_join_tables(program);
}

static void lower_all(Program *program)
{
    lower_settings(program);
    lower_schemas(program);
    lower_extensions(program);
    vec_each(EnumBlock *const, at, &program->enums) {
        lower_enum(program, *at);
    }
    lower_models(program);
    lower_relations(program);
}

Program program_new(Arena *scratch, const AstSchema *ast, const SchemaConfig *config,
                    Name default_schema, Names *names, Diagnostics *diags)
{
    return (Program){
        .arena = scratch,
        .names = names,
        .diags = diags,
        .ast = ast,
        .config = config,
        .catalog = catalog_new(names, default_schema),
    };
}

bool program_use(const AstSchema *ast, const SchemaConfig *config, Name default_schema,
                 Names *names, Diagnostics *diags, ProgramUse *use, void *context)
{
    Arena *scratch = arena_new();
    Program program = program_new(scratch, ast, config, default_schema, names, diags);
    bool ok = understand(&program);
    if (ok) {
        use(&program, context);
    }
    catalog_free(program.catalog);
    arena_free(scratch);
    return ok;
}

static void use_nothing(UNUSED const Program *program, UNUSED void *context)
{
}

bool schema_check(const AstSchema *ast, const SchemaConfig *config, Name default_schema,
                  Names *names, Diagnostics *diags)
{
    return program_use(ast, config, default_schema, names, diags, use_nothing, NULL);
}

/* A catalog takes as much room as what it is made of, which goes as soon as it is there: of two
 * sides that are lowered at once first the one, then the other (1,000 models: 4 of 35 MiB). */
Catalog *schema_lower(const AstSchema *ast, const SchemaConfig *config, Name default_schema,
                      Names *names, Diagnostics *diags)
{
    Arena *scratch = arena_new();
    Program program = program_new(scratch, ast, config, default_schema, names, diags);
    Catalog *catalog = program.catalog;
    if (understand(&program)) {
        parallel_turn_begin();
        lower_all(&program);
        catalog_check(catalog);
        arena_free(scratch);
        parallel_turn_end();
        return catalog;
    }
    catalog_free(catalog);
    arena_free(scratch);
    return NULL;
}
