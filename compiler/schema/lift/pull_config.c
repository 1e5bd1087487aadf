/*
 * pull_config.c - datasource and generators as they were, their properties in the author's order.
 *
 * Numbers and booleans of a generator become texts: so generators receive them anyway. Where the
 * database has partial indexes every generator gets the preview feature they need.
 */
#include "base/common.h"

#include "compiler/schema/lift/pull_internal.h"
#include "compiler/schema/resolve/config.h"

#include <stdlib.h>
#include <string.h>

static bool is_plain(const AstExpr *value)
{
    return value->kind == AST_NUMBER || value->kind == AST_CONSTANT;
}

static AstExpr *as_text(const PullCx *cx, AstExpr *value)
{
    if (is_plain(value)) {
        return pull_expr(cx, AST_STRING, value->name);
    }
    if (value->kind != AST_ARRAY) {
        return value;
    }
    AstExpr *array = pull_expr(cx, AST_ARRAY, NULL);
    vec_each(AstExpr *const, at, &value->items) {
        vec_push(cx->arena, &array->items,
                 is_plain(*at) ? pull_expr(cx, AST_STRING, (*at)->name) : *at);
    }
    return array;
}

static int compare_texts(const void *a, const void *b)
{
    const AstExpr *first = *(const AstExpr *const *)a;
    const AstExpr *second = *(const AstExpr *const *)b;
    return name_compare(first->name, second->name);
}

/* A list of texts, or the only one, by name. */
static AstExpr *sorted(const PullCx *cx, AstExpr *value)
{
    AstExpr *array = pull_expr(cx, AST_ARRAY, NULL);
    if (value != NULL && value->kind != AST_ARRAY) {
        vec_push(cx->arena, &array->items, value);
    } else if (value != NULL) {
        vec_each(AstExpr *const, at, &value->items) {
            vec_push(cx->arena, &array->items, *at);
        }
    }
    if (array->items.count > 1) {
        qsort(array->items.items, array->items.count, sizeof *array->items.items, compare_texts);
    }
    return array;
}

static bool has_text(const AstExpr *array, const char *text)
{
    vec_each(AstExpr *const, at, &array->items) {
        if (name_is((*at)->name, text)) {
            return true;
        }
    }
    return false;
}

/* Each once, by its proper name; what the database needs comes at the end. */
static AstExpr *features(const PullCx *cx, AstExpr *value, bool needs_partial)
{
    AstExpr *given = sorted(cx, value);
    AstExpr *array = pull_expr(cx, AST_ARRAY, NULL);
    vec_each(AstExpr *const, at, &given->items) {
        const char *name = preview_proper_name((*at)->name);
        name = name == NULL ? (*at)->name->text : name;
        if (!has_text(array, name)) {
            vec_push(cx->arena, &array->items, pull_string(cx, name));
        }
    }
    array = sorted(cx, array);
    if (needs_partial && !has_text(array, "partialIndexes")) {
        vec_push(cx->arena, &array->items, pull_string(cx, "partialIndexes"));
    }
    return array;
}

static void add_property(const PullCx *cx, AstBlock *block, AstIdent key, AstExpr *value)
{
    AstProperty *property = arena_make(cx->arena, AstProperty);
    property->key = key;
    property->value = value;
    vec_push(cx->arena, &block->properties, property);
}

static bool needs_partial(const PullCx *cx)
{
    vec_each(Table *const, table, &cx->input->catalog->tables) {
        vec_each(Index *const, at, &(*table)->indexes) {
            if ((*at)->predicate != NULL && pull_index_is_written(cx, *at)) {
                return true;
            }
        }
    }
    return false;
}

static void generator(const PullCx *cx, const AstBlock *old, AstBlock *block)
{
    bool partial = needs_partial(cx);
    bool has_features = false;
    vec_each(AstProperty *const, at, &old->properties) {
        bool is_features = name_is((*at)->key.name, "previewFeatures");
        has_features = has_features || is_features;
        add_property(cx, block, (*at)->key,
                     is_features ? features(cx, (*at)->value, partial) : as_text(cx, (*at)->value));
    }
    if (!has_features && partial) {
        AstIdent key = {.name = intern_cstr(cx->names, "previewFeatures")};
        add_property(cx, block, key, features(cx, NULL, partial));
    }
}

AstBlock *pull_config_block(PullCx *cx, const AstBlock *old)
{
    AstBlock *block = arena_make(cx->arena, AstBlock);
    block->kind = old->kind;
    block->name = old->name;
    block->doc = old->doc;
    if (old->kind == AST_GENERATOR) {
        generator(cx, old, block);
    } else {
        vec_each(AstProperty *const, at, &old->properties) {
            bool is_schemas = name_is((*at)->key.name, "schemas");
            add_property(cx, block, (*at)->key,
                         is_schemas ? sorted(cx, (*at)->value) : (*at)->value);
        }
    }
    return block;
}
