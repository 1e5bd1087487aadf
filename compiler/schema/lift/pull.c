/*
 * pull.c - the order of introspection's parts, and of the blocks it gives.
 *
 * Blocks the schema had keep their order, new ones follow in the catalog's: generators, datasource,
 * models, views, enums.
 */
#include "base/common.h"

#include "compiler/schema/lift/pull.h"

#include <stdlib.h>

#include "compiler/schema/lift/pull_internal.h"
#include "compiler/schema/lower/understand.h"

static void add_block(PullCx *cx, AstBlock *block, const AstBlock *old)
{
    PullBlock made = {block, old == NULL ? cx->input->fresh : old->span.file};
    vec_push(cx->arena, &cx->result->blocks, made);
}

static void add_config(PullCx *cx, AstBlockKind kind)
{
    vec_each(AstBlock *const, at, &cx->input->schema->blocks) {
        if ((*at)->kind == kind) {
            add_block(cx, pull_config_block(cx, *at), *at);
        }
    }
}

/* --- models ------------------------------------------------------------------------------------
 */

static void make_models(PullCx *cx)
{
    vec_each(PullModel *const, at, &cx->models) {
        (*at)->ignored = pull_model_is_ignored(cx, *at);
    }
    vec_each(PullModel *const, at, &cx->models) {
        (void)pull_model_block(cx, *at);
    }
    pull_relation_fields(cx);
    vec_each(PullModel *const, at, &cx->models) {
        pull_model_finish(cx, *at);
    }
}

/* Those the schema had, in its order, are found by their names: they keep them. */
static void add_models(PullCx *cx, bool views)
{
    size_t count = cx->previous == NULL ? 0 : cx->previous->models.count;
    for (size_t i = 0; i < count; i++) {
        const Model *old = cx->previous->models.items[i];
        PullModel *model = map_get(&cx->models_by_name, old->name);
        if (model != NULL && model->old == old && old->is_view == views) {
            add_block(cx, model->block, old->ast);
        }
    }
    vec_each(PullModel *const, at, &cx->models) {
        if ((*at)->old == NULL && ((*at)->view != NULL) == views) {
            add_block(cx, (*at)->block, NULL);
        }
    }
}

/* --- enums -------------------------------------------------------------------------------------
 */

static void add_enums(PullCx *cx)
{
    size_t count = cx->previous == NULL ? 0 : cx->previous->enums.count;
    for (size_t i = 0; i < count; i++) {
        const EnumBlock *old = cx->previous->enums.items[i];
        PullEnum *type = map_get2(&cx->enums_by_type, old->schema, old->type);
        if (type != NULL) {
            add_block(cx, pull_enum_block(cx, type), old->ast);
        }
    }
    vec_each(PullEnum *const, at, &cx->enums) {
        if ((*at)->old == NULL) {
            add_block(cx, pull_enum_block(cx, *at), NULL);
        }
    }
}

/* --- the whole ---------------------------------------------------------------------------------
 */

static bool has_generator(const AstSchema *schema)
{
    vec_each(AstBlock *const, at, &schema->blocks) {
        if ((*at)->kind == AST_GENERATOR) {
            return true;
        }
    }
    return false;
}

/* By kind, those of one kind as they were found. */
static void sort_notes(PullResult *result, Arena *arena)
{
    PullNote *sorted = arena_array(arena, PullNote, result->notes.count);
    size_t count = 0;
    for (size_t kind = 0; kind < PULL_NOTE_COUNT; kind++) {
        vec_each(const PullNote, note, &result->notes) {
            if (note->kind == (PullNoteKind)kind) {
                sorted[count++] = *note;
            }
        }
    }
    result->notes.items = sorted;
    result->notes.capacity = count;
}

static void lift(const Program *previous, void *context)
{
    PullCx *cx = context;
    cx->previous = previous;
    pull_name_all(cx);
    cx->result->empty = cx->models.count == 0 && cx->enums.count == 0;
    pull_relate_all(cx);
    pull_note_opaque(cx);
    make_models(cx);
    add_config(cx, AST_GENERATOR);
    add_config(cx, AST_DATASOURCE);
    add_models(cx, false);
    add_models(cx, true);
    add_enums(cx);
    sort_notes(cx->result, cx->arena);
}

bool pull_catalog(Arena *arena, const PullInput *input, Names *names, Diagnostics *diags,
                  PullResult *ret_result)
{
    PullResult result = {0};
    PullCx cx = {
        .arena = arena,
        .names = names,
        .input = input,
        .result = &result,
        .with_schemas = input->config->datasource.schemas.count > 0,
        .with_views = preview_enabled(input->config, "views"),
        .with_partial_indexes = has_generator(input->schema),
    };
    if (input->forget) {
        lift(NULL, &cx);
    } else if (!program_use(input->schema, input->config, input->catalog->default_schema, names,
                            diags, lift, &cx)) {
        return false;
    }
    *ret_result = result;
    return true;
}
