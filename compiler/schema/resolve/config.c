/*
 * config.c - the datasource and generator blocks.
 *
 * One row per known property of a datasource. Both generations of the format are read: connection
 * URLs may stand in the datasource or be absent.
 */
#include "base/common.h"

#include "compiler/schema/resolve/config_internal.h"

#include <string.h>

#include "base/diag/suggest.h"
#include "base/map.h"
#include "compiler/schema/resolve/values.h"

/* --- values --- */

bool config_read_text_or_env(ConfigCx *cx, const AstExpr *value, Name *ret_text, Name *ret_env)
{
    if (value->kind == AST_CALL && name_is(value->name, "env")) {
        const AstExpr *argument = value->args.count == 1 ? value->args.items[0].value : NULL;
        if (argument == NULL || argument->kind != AST_STRING) {
            diag_report(cx->diags, DIAG_ENV_ARGUMENT, value->span,
                        span_text(cx->diags, value->span));
            return false;
        }
        *ret_env = argument->name;
        return true;
    }
    if (value->kind != AST_STRING) {
        return expr_wrong_kind(cx->diags, value, "a string or `env(\"NAME\")`");
    }
    *ret_text = value->name;
    return true;
}

/* --- datasource properties --- */

static void read_provider(ConfigCx *cx, const AstExpr *value)
{
    static const char *const others[] = {"mysql",   "sqlite",      "sqlserver",
                                         "mongodb", "cockroachdb", "prisma+postgres"};
    DatasourceConfig *source = &cx->config->datasource;
    if (value->kind != AST_STRING) {
        expr_wrong_kind(cx->diags, value, "the string `\"postgresql\"`");
        return;
    }
    source->provider = value->name;
    if (name_is(value->name, "postgresql") || name_is(value->name, "postgres")) {
        return;
    }
    for (size_t i = 0; i < lengthof(others); i++) {
        if (name_is(value->name, others[i])) {
            diag_report(cx->diags, DIAG_PROVIDER_OTHER, value->span, value->name->text);
            return;
        }
    }
    diag_report(cx->diags, DIAG_PROVIDER_UNKNOWN, value->span, value->name->text);
}

static void read_url(ConfigCx *cx, const AstExpr *value)
{
    DatasourceConfig *source = &cx->config->datasource;
    config_read_text_or_env(cx, value, &source->url, &source->url_env);
}

static void read_direct_url(ConfigCx *cx, const AstExpr *value)
{
    DatasourceConfig *source = &cx->config->datasource;
    config_read_text_or_env(cx, value, &source->direct_url, &source->direct_url_env);
}

static void read_shadow_url(ConfigCx *cx, const AstExpr *value)
{
    DatasourceConfig *source = &cx->config->datasource;
    config_read_text_or_env(cx, value, &source->shadow_url, &source->shadow_url_env);
}

static void read_relation_mode(ConfigCx *cx, const AstExpr *value)
{
    Name mode = NULL;
    if (!expr_read_string(cx->diags, value, &mode)) {
        return;
    }
    if (name_is(mode, "prisma")) {
        cx->config->datasource.without_foreign_keys = true;
    } else if (!name_is(mode, "foreignKeys")) {
        diag_report(cx->diags, DIAG_RELATION_MODE, value->span, mode->text);
    }
}

static void read_referential_integrity(ConfigCx *cx, const AstExpr *value)
{
    diag_report(cx->diags, DIAG_REFERENTIAL_INTEGRITY, value->span, "referentialIntegrity");
    read_relation_mode(cx, value);
}

static void read_schemas(ConfigCx *cx, const AstExpr *value)
{
    DatasourceConfig *source = &cx->config->datasource;
    if (expr_item_count(value) == 0) {
        diag_report(cx->diags, DIAG_SCHEMAS_EMPTY, value->span, "schemas");
    }
    for (size_t i = 0; i < expr_item_count(value); i++) {
        const AstExpr *item = expr_item(value, i);
        Name name = NULL;
        if (!expr_read_string(cx->diags, item, &name)) {
            continue;
        }
        if (map_get(&source->schemas_by_name, name) != NULL) {
            diag_report(cx->diags, DIAG_SCHEMA_TWICE, item->span, name->text);
        } else {
            map_put(cx->ast->arena, &source->schemas_by_name, name, source);
            vec_push(cx->ast->arena, &source->schemas, name);
        }
    }
}

/* --- extensions --- */

static bool extension_argument(ConfigCx *cx, const AstArgList *args, const AstArg *arg,
                               ExtensionConfig *extension)
{
    if (arg->name.name == NULL) {
        diag_report(cx->diags, DIAG_EXTENSION_ARGUMENT, arg->span, span_text(cx->diags, arg->span));
        return false;
    }
    Name *member = name_is(arg->name.name, "map")       ? &extension->name
                   : name_is(arg->name.name, "schema")  ? &extension->schema
                   : name_is(arg->name.name, "version") ? &extension->version
                                                        : NULL;
    if (member == NULL) {
        diag_report(cx->diags, DIAG_EXTENSION_ARGUMENT, arg->span, arg->name.name->text);
        return false;
    }
    vec_each(const AstArg, before, args) {
        if (before == arg) {
            break;
        }
        if (before->name.name == arg->name.name) {
            diag_report(cx->diags, DIAG_ARGUMENT_TWICE, arg->span, arg->name.name->text,
                        "the extension");
            return false;
        }
    }
    return arg->value != NULL && expr_read_string(cx->diags, arg->value, member);
}

static void read_extension(ConfigCx *cx, const AstExpr *item)
{
    if (item->kind != AST_CONSTANT && item->kind != AST_CALL) {
        expr_wrong_kind(cx->diags, item, "the name of an extension");
        return;
    }
    if (strchr(item->name->text, '-') != NULL) {
        diag_report(cx->diags, DIAG_EXTENSION_NAME, item->span, item->name->text, item->name->text);
        return;
    }
    ExtensionConfig extension = {.name = item->name, .span = item->span};
    bool ok = true;
    vec_each(const AstArg, arg, &item->args) {
        ok = extension_argument(cx, &item->args, arg, &extension) && ok;
    }
    if (ok) {
        vec_push(cx->ast->arena, &cx->config->datasource.extensions, extension);
    }
}

static void read_extensions(ConfigCx *cx, const AstExpr *value)
{
    cx->extensions = value;
    for (size_t i = 0; i < expr_item_count(value); i++) {
        read_extension(cx, expr_item(value, i));
    }
}

static void read_misplaced_preview(ConfigCx *cx, const AstExpr *value)
{
    diag_report(cx->diags, DIAG_PREVIEW_IN_DATASOURCE, value->span, "previewFeatures");
}

/* --- blocks --- */

typedef struct PropertyRow {
    const char *key;
    void (*read)(ConfigCx *cx, const AstExpr *value);
} PropertyRow;

static const PropertyRow datasource_rows[] = {
    {"provider", read_provider},
    {"url", read_url},
    {"directUrl", read_direct_url},
    {"shadowDatabaseUrl", read_shadow_url},
    {"relationMode", read_relation_mode},
    {"referentialIntegrity", read_referential_integrity},
    {"schemas", read_schemas},
    {"extensions", read_extensions},
    {"previewFeatures", read_misplaced_preview},
};

static const AstProperty *find_property(const AstBlock *block, const char *key)
{
    vec_each(AstProperty *const, at, &block->properties) {
        if (name_is((*at)->key.name, key)) {
            return *at;
        }
    }
    return NULL;
}

/* A key given twice: reported at the second. `seen`: the keys before it, to which it comes. */
static bool property_counts(ConfigCx *cx, const AstBlock *block, AstProperty *property, Map *seen)
{
    const AstProperty *first = map_get(seen, property->key.name);
    if (first == NULL) {
        map_put(cx->ast->arena, seen, property->key.name, property);
    }
    if (first == NULL || property->value == NULL) {
        return property->value != NULL;
    }
    Diagnostic *diagnostic = diag_report(cx->diags, DIAG_PROPERTY_TWICE, property->key.span,
                                         property->key.name->text, block->name.name->text);
    diagnostic->stage = STAGE_NAMES;
    diag_note(cx->diags, diagnostic, first->key.span, "first given here");
    return false;
}

static void read_datasource_property(ConfigCx *cx, const AstProperty *property)
{
    for (size_t i = 0; i < lengthof(datasource_rows); i++) {
        if (name_is(property->key.name, datasource_rows[i].key)) {
            datasource_rows[i].read(cx, property->value);
            return;
        }
    }
    Suggestion near = suggestion_for(property->key.name->text);
    for (size_t i = 0; i < lengthof(datasource_rows); i++) {
        suggestion_offer(&near, datasource_rows[i].key);
    }
    Diagnostic *diagnostic =
        diag_report(cx->diags, DIAG_PROPERTY_UNKNOWN, property->key.span, property->key.name->text);
    suggestion_attach(&near, cx->diags, diagnostic);
}

static void check_provider_given(ConfigCx *cx, const AstBlock *block, const char *example)
{
    if (!block->damaged && find_property(block, "provider") == NULL) {
        diag_report(cx->diags, DIAG_PROVIDER_MISSING, block->name.span, block->name.name->text,
                    example);
    }
}

/* Properties that exclude each other, and the shadow database that must be another one. */
static void check_datasource_whole(ConfigCx *cx, const AstBlock *block)
{
    const DatasourceConfig *source = &cx->config->datasource;
    const AstProperty *old = find_property(block, "referentialIntegrity");
    if (old != NULL && find_property(block, "relationMode") != NULL) {
        diag_report(cx->diags, DIAG_RELATION_MODE_TWICE, old->span, "referentialIntegrity");
    }
    const AstProperty *shadow = find_property(block, "shadowDatabaseUrl");
    bool same = (source->url != NULL && source->url == source->shadow_url) ||
                (source->url_env != NULL && source->url_env == source->shadow_url_env);
    if (shadow != NULL && same) {
        diag_report(cx->diags, DIAG_SHADOW_URL_IS_MAIN, shadow->span, "shadowDatabaseUrl");
    }
}

static void read_properties(ConfigCx *cx, const AstBlock *block)
{
    DatasourceConfig *source = &cx->config->datasource;
    source->name = block->name.name;
    source->span = block->name.span;
    check_provider_given(cx, block, "postgresql");
    Map seen = {0};
    vec_each(AstProperty *const, at, &block->properties) {
        if (property_counts(cx, block, *at, &seen)) {
            read_datasource_property(cx, *at);
        }
    }
    check_datasource_whole(cx, block);
}

/* Looked at, too, but of no effect. One of another name is no mistake by itself: there is only one
 * too many. */
static void read_second_datasource(const ConfigCx *cx, const AstBlock *block)
{
    const DatasourceConfig *first = &cx->config->datasource;
    SchemaConfig ignored = {0};
    ConfigCx second = {.ast = cx->ast, .names = cx->names, .diags = cx->diags, .config = &ignored};
    bool same_name = first->name == block->name.name;
    Diagnostic *diagnostic =
        diag_report(cx->diags, DIAG_SECOND_DATASOURCE, same_name ? block->name.span : first->span,
                    first->name->text);
    diagnostic->stage = same_name ? STAGE_NAMES : STAGE_SECOND_DATASOURCE;
    diag_note(cx->diags, diagnostic, same_name ? first->span : block->name.span, "another one");
    read_properties(&second, block);
}

static void read_datasource(ConfigCx *cx, const AstBlock *block)
{
    if (cx->config->datasource.name != NULL) {
        read_second_datasource(cx, block);
    } else {
        read_properties(cx, block);
    }
}

/* Generators read their own properties; we only see to it that they can. */
static void check_text_or_env(ConfigCx *cx, const AstExpr *value)
{
    Name text = NULL;
    Name env = NULL;
    config_read_text_or_env(cx, value, &text, &env);
}

static void check_text(ConfigCx *cx, const AstExpr *value)
{
    if (value->kind != AST_STRING) {
        expr_wrong_kind(cx->diags, value, "a string");
    }
}

static void read_generator_property(ConfigCx *cx, const AstProperty *property)
{
    Name key = property->key.name;
    if (name_is(key, "previewFeatures")) {
        config_read_preview(cx, property->value);
    } else if (name_is(key, "engineType")) {
        check_text(cx, property->value);
    } else if (name_is(key, "provider") || name_is(key, "output")) {
        check_text_or_env(cx, property->value);
    } else if (name_is(key, "binaryTargets")) {
        for (size_t i = 0; i < expr_item_count(property->value); i++) {
            check_text_or_env(cx, expr_item(property->value, i));
        }
    }
}

static void read_generator(ConfigCx *cx, const AstBlock *block)
{
    check_provider_given(cx, block, "prisma-client-js");
    Map seen = {0};
    vec_each(AstProperty *const, at, &block->properties) {
        if (property_counts(cx, block, *at, &seen)) {
            read_generator_property(cx, *at);
        }
    }
}

static void check_generator_name(ConfigCx *cx, Map *generators, AstBlock *block)
{
    const AstBlock *first = map_get(generators, block->name.name);
    if (first == NULL) {
        map_put(cx->ast->arena, generators, block->name.name, block);
        return;
    }
    Diagnostic *diagnostic =
        diag_report(cx->diags, DIAG_GENERATOR_TWICE, block->name.span, block->name.name->text);
    diagnostic->stage = STAGE_NAMES;
    diag_note(cx->diags, diagnostic, first->name.span, "the first one");
}

static void check_extensions_allowed(ConfigCx *cx)
{
    if (cx->extensions != NULL && !preview_enabled(cx->config, "postgresqlExtensions")) {
        diag_report(cx->diags, DIAG_PREVIEW_NEEDED, cx->extensions->span, "`extensions`",
                    "postgresqlExtensions");
    }
}

bool schema_config_read(const AstSchema *ast, Names *names, Diagnostics *diags,
                        SchemaConfig *ret_config)
{
    SchemaConfig config = {0};
    ConfigCx cx = {.ast = ast, .names = names, .diags = diags, .config = &config};
    Map generators = {0};
    size_t errors = diags->errors;
    vec_each(AstBlock *const, at, &ast->blocks) {
        if ((*at)->name.name == NULL) {
            continue;
        }
        if ((*at)->kind == AST_DATASOURCE) {
            diags->stage = STAGE_DATASOURCE;
            read_datasource(&cx, *at);
        } else if ((*at)->kind == AST_GENERATOR) {
            diags->stage = STAGE_GENERATORS;
            check_generator_name(&cx, &generators, *at);
            read_generator(&cx, *at);
        }
    }
    diags->stage = STAGE_EXTENSIONS;
    check_extensions_allowed(&cx);
    diags->stage = STAGE_SYNTAX;
    *ret_config = config;
    return diags->errors == errors;
}
