#include "base/common.h"

#include "compiler/schema/resolve/generators.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/schema/resolve/config_internal.h"
#include "compiler/schema/resolve/values.h"

/* --- reading --- */

static TextOrEnv read_text_or_env(const AstExpr *value)
{
    if (value->kind == AST_CALL && value->args.count == 1) {
        return (TextOrEnv){.env = value->args.items[0].value->name};
    }
    return (TextOrEnv){.text = value->name};
}

static int compare_names(const void *a, const void *b)
{
    const Name *first = a;
    const Name *second = b;
    return name_compare(*first, *second);
}

static void read_preview_features(const AstSchema *ast, Names *names, const AstExpr *value,
                                  GeneratorBlock *block)
{
    for (size_t i = 0; i < expr_item_count(value); i++) {
        const char *feature = preview_proper_name(expr_item(value, i)->name);
        if (feature != NULL) {
            vec_push(ast->arena, &block->preview_features, intern_cstr(names, feature));
        }
    }
    if (block->preview_features.count > 1) {
        qsort(block->preview_features.items, block->preview_features.count, sizeof(Name),
              compare_names);
    }
}

static void read_property(const AstSchema *ast, Names *names, const AstProperty *property,
                          GeneratorBlock *block)
{
    const AstExpr *value = property->value;
    if (name_is(property->key.name, "provider")) {
        block->provider = read_text_or_env(value);
    } else if (name_is(property->key.name, "output")) {
        block->output = read_text_or_env(value);
    } else if (name_is(property->key.name, "previewFeatures")) {
        read_preview_features(ast, names, value, block);
    } else if (name_is(property->key.name, "binaryTargets")) {
        for (size_t i = 0; i < expr_item_count(value); i++) {
            vec_push(ast->arena, &block->targets, read_text_or_env(expr_item(value, i)));
        }
    }
}

void generators_read(const AstSchema *ast, Names *names, GeneratorBlockList *ret_blocks)
{
    *ret_blocks = (GeneratorBlockList){0};
    vec_each(AstBlock *const, at, &ast->blocks) {
        if ((*at)->kind != AST_GENERATOR) {
            continue;
        }
        GeneratorBlock block = {.ast = *at, .name = (*at)->name.name};
        vec_each(AstProperty *const, property, &(*at)->properties) {
            read_property(ast, names, *property, &block);
        }
        vec_push(ast->arena, ret_blocks, block);
    }
}

/* --- writing --- */

static const char *text_of(Name name)
{
    return name == NULL ? NULL : name->text;
}

static void write_text_or_env(JsonOut *out, const char *key, const TextOrEnv *value)
{
    if (value->text == NULL && value->env == NULL) {
        json_out_null(out, key);
        return;
    }
    json_out_open_member(out, key, '{');
    json_out_text(out, "fromEnvVar", text_of(value->env));
    json_out_text(out, "value", text_of(value->text));
    json_out_close(out);
}

static void write_output(JsonOut *out, const GeneratorBlock *block, const GeneratorFacts *facts)
{
    if (facts->output == NULL) {
        write_text_or_env(out, "output", &block->output);
        return;
    }
    json_out_open_member(out, "output", '{');
    json_out_text(out, "value", facts->output);
    json_out_null(out, "fromEnvVar");
    json_out_close(out);
}

/* Everything is a text or a list of texts; `env("X")` is told as X. */
static void write_config_value(JsonOut *out, const char *key, const AstExpr *value)
{
    if (value->kind == AST_ARRAY) {
        json_out_open_member(out, key, '[');
        vec_each(AstExpr *const, at, &value->items) {
            write_config_value(out, NULL, *at);
        }
        json_out_close(out);
    } else if (value->kind == AST_CALL && value->args.count > 0) {
        json_out_text(out, key, text_of(value->args.items[0].value->name));
    } else {
        json_out_text(out, key, text_of(value->name));
    }
}

static bool is_own_key(Name key)
{
    static const char *const keys[] = {"provider", "output", "previewFeatures", "binaryTargets"};
    for (size_t i = 0; i < lengthof(keys); i++) {
        if (name_is(key, keys[i])) {
            return true;
        }
    }
    return false;
}

static void write_target(JsonOut *out, const TextOrEnv *target, const char *native)
{
    bool is_native = target->text != NULL && name_is(target->text, "native");
    json_out_open(out, '{');
    json_out_text(out, "fromEnvVar", text_of(target->env));
    json_out_text(out, "value", is_native ? native : text_of(target->text));
    if (is_native) {
        json_out_bool(out, "native", true);
    }
    json_out_close(out);
}

static void write_targets(JsonOut *out, const GeneratorBlock *block, const char *native)
{
    json_out_open_member(out, "binaryTargets", '[');
    vec_each(const TextOrEnv, at, &block->targets) {
        write_target(out, at, native);
    }
    if (block->targets.count == 0) {
        json_out_open(out, '{');
        json_out_null(out, "fromEnvVar");
        json_out_text(out, "value", native);
        json_out_bool(out, "native", true);
        json_out_close(out);
    }
    json_out_close(out);
}

void generator_write(JsonOut *out, const char *key, const GeneratorBlock *block,
                     const GeneratorFacts *facts)
{
    json_out_open_member(out, key, '{');
    json_out_text(out, "name", block->name->text);
    write_text_or_env(out, "provider", &block->provider);
    write_output(out, block, facts);
    json_out_open_member(out, "config", '{');
    vec_each(AstProperty *const, at, &block->ast->properties) {
        if (!is_own_key((*at)->key.name)) {
            write_config_value(out, (*at)->key.name->text, (*at)->value);
        }
    }
    json_out_close(out);
    write_targets(out, block, facts->native_target);
    json_out_open_member(out, "previewFeatures", '[');
    vec_each(const Name, at, &block->preview_features) {
        json_out_text(out, NULL, (*at)->text);
    }
    json_out_close(out);
    json_out_text(out, "sourceFilePath", facts->source_path);
    if (facts->output != NULL && facts->output_was_given) {
        json_out_bool(out, "isCustomOutput", true);
    }
    json_out_close(out);
}

/* --- the datasource --- */

static void write_url(JsonOut *out, const char *key, Name text, Name env)
{
    TextOrEnv value = {.text = text, .env = env};
    if (text != NULL || env != NULL) {
        write_text_or_env(out, key, &value);
    }
}

static void write_schemas(JsonOut *out, const DatasourceConfig *source, Arena *arena)
{
    Name *sorted = arena_array(arena, Name, source->schemas.count + 1);
    size_t count = source->schemas.count;
    for (size_t i = 0; i < count; i++) {
        sorted[i] = source->schemas.items[i];
    }
    qsort(sorted, count, sizeof *sorted, compare_names);
    json_out_open_member(out, "schemas", '[');
    for (size_t i = 0; i < count; i++) {
        json_out_text(out, NULL, sorted[i]->text);
    }
    json_out_close(out);
}

void datasources_write(JsonOut *out, const char *key, const SchemaConfig *config,
                       const char *source_path, Arena *arena)
{
    const DatasourceConfig *source = &config->datasource;
    json_out_open_member(out, key, '[');
    if (source->name != NULL) {
        json_out_open(out, '{');
        json_out_text(out, "name", source->name->text);
        json_out_text(out, "provider", source->provider->text);
        json_out_text(out, "activeProvider", "postgresql");
        write_url(out, "url", source->url, source->url_env);
        write_url(out, "directUrl", source->direct_url, source->direct_url_env);
        write_schemas(out, source, arena);
        json_out_text(out, "sourceFilePath", source_path);
        json_out_close(out);
    }
    json_out_close(out);
}
