/*
 * plan_make.c - makes a plan: difference, strategy, ids, hazards, identity, proof.
 */
#include "base/common.h"

#include "compiler/plan/make/plan_make.h"

#include "base/parallel.h"
#include "compiler/plan/direct/strategy.h"
#include "compiler/plan/emit/emit.h"
#include "compiler/plan/make/fragments.h"
#include "compiler/plan/make/plan_around.h"
#include "compiler/plan/make/plan_code.h"
#include "compiler/plan/make/plan_names.h"
#include "compiler/plan/make/plan_opaque.h"
#include "compiler/plan/make/plan_returns.h"
#include "compiler/plan/make/plan_version_8.h"
#include "compiler/plan/online/online.h"
#include "compiler/plan/world/replay.h"

static void number_steps(Plan *plan)
{
    for (size_t i = 0; i < plan->steps.count; i++) {
        Step *step = plan->steps.items[i];
        step->id = (uint32_t)i;
        vec_each(Hazard *, hazard, &step->hazards) {
            vec_push(plan->arena, &plan->hazards, *hazard);
        }
    }
}

static Plan *discard(Plan *plan)
{
    plan_free(plan);
    return NULL;
}

static const EnumRenameList *kept(Arena *arena, const EnumRenameList *list)
{
    EnumRenameList *copy = arena_make(arena, EnumRenameList);
    vec_each(const EnumRename, at, list) {
        vec_push(arena, copy, *at);
    }
    return copy;
}

/* Known renames of enums come first; the rest is the difference that is left after them. */
static void plan_diff(Plan *plan, const PlanOptions *options)
{
    static const Renames none = {0};
    const Renames *renames = options->renames == NULL ? &none : options->renames;
    if (renames->enums.count > 0) {
        plan->enum_renames = kept(plan->arena, &renames->enums);
        plan->from = enum_renames_done(plan->arena, plan->origin, &renames->enums);
    }
    Diff *diff = (options->online ? diff_catalogs_converting : diff_catalogs)(
        plan->arena, plan->from, plan->to, &renames->named);
    vec_each(const EnumRename, at, &renames->enums) {
        Change *change = arena_make(plan->arena, Change);
        *change = (Change){.kind = CHANGE_RENAME_ENUM,
                           .before = {.enum_type = at->before},
                           .after = {.enum_type = at->after}};
        vec_push(plan->arena, &diff->changes, change);
    }
    diff->origin = plan->origin;
    plan->diff = diff;
    plan->renames_columns = renames->named.count > 0;
}

/* --- making and proving ------------------------------------------------------------------------
 */

/* The steps are decided while the world they will be tried in is laid out. */
typedef struct Piece Piece;

struct Piece {
    void (*work)(Piece *piece);
    Plan *plan;
    const PlanOptions *options;
    Arena *scratch;
    Replay *world;
};

/* Smaller catalogs are done before a thread has started. */
enum { WORTH_A_THREAD = 100 };

static void decide_steps(Piece *piece)
{
    Plan *plan = piece->plan;
    plan_diff(plan, piece->options);
    plan->online = piece->options->online;
    plan->remakes_views = piece->options->remakes_views;
    plan->fills = piece->options->fills;
    if (plan->online) {
        online_steps(plan);
    } else {
        direct_steps(plan, &plan->diff->changes, PHASE_EXPAND);
    }
    plan_note_opaque(plan);
    plan_note_code(plan);
    if (plan->online) {
        plan_note_around(plan);
    }
    if (piece->options->version_8) {
        plan_note_version_8(plan);
    }
    if (piece->options->takes_back) {
        plan_note_returns(plan);
    }
    number_steps(plan);
}

static void lay_out_world(Piece *piece)
{
    piece->world = replay_begin(piece->scratch, piece->plan);
}

static void work(void *of)
{
    Piece *piece = of;
    piece->work(piece);
}

static void work_on(Piece *steps, Piece *proof)
{
    const Catalog *from = steps->plan->origin;
    if (from->tables.count >= WORTH_A_THREAD) {
        parallel_run(from->names, work, steps, proof);
    } else {
        work(steps);
        work(proof);
    }
}

/* Every plan is carried out in memory before anybody sees it, and what is wrong with it said. */
static bool is_proved(Replay *world, const Plan *plan, Diagnostics *diags)
{
    if (plan->circle != NULL) {
        diag_report(diags, DIAG_PLAN_CIRCLE, span_none(), plan->circle);
        return false;
    }
    (void)emit_and_replay(plan->arena, world, plan, plan->steps.items, plan->steps.count);
    const char *wrong = replay_wrong(world);
    if (wrong != NULL) {
        diag_report(diags, DIAG_PLAN_UNPROVED, span_none(), wrong);
    }
    return wrong == NULL;
}

static bool fills_are_known(const Plan *plan, Diagnostics *diags)
{
    const Column *unknown = plan->unknown_fill;
    if (unknown != NULL) {
        const bool down = plan->unknown_hint == FILL_HINT_DOWN;
        diag_report(diags, down ? DIAG_DOWN_UNKNOWN : DIAG_FILL_UNKNOWN, unknown->origin.span,
                    unknown->name->text, plan->unknown_why);
    }
    return unknown == NULL;
}

static bool is_built_anew(const Plan *plan, const EnumType *after)
{
    vec_each(Change *, at, &plan->diff->changes) {
        if ((*at)->kind == CHANGE_MODIFY_ENUM && (*at)->after.enum_type == after &&
            ((*at)->facets & FACET_VALUES_REMOVED) != 0) {
            return true;
        }
    }
    return false;
}

/* The order of an enum's values is no difference, but worth knowing. */
static void note_orders(const Plan *plan, Diagnostics *diags)
{
    vec_each(EnumType *, at, &plan->to->enums) {
        const EnumType *after = *at;
        const EnumType *before = catalog_find_enum(plan->from, after->schema, after->name);
        Name first, second;
        if (before != NULL && enum_order_differs(plan->arena, before, after, &first, &second) &&
            !is_built_anew(plan, after)) {
            diag_report(diags, DIAG_ENUM_ORDER, after->origin.span, after->name->text, first->text,
                        second->text);
        }
    }
}

/* Two values may have one name in the database by `@map`. The language takes that, no server does.
 */
static bool values_are_told_apart(const Catalog *to, Diagnostics *diags)
{
    Arena *scratch = arena_new();
    bool ok = true;
    vec_each(EnumType *const, type, &to->enums) {
        Map seen = {0};
        vec_each(Name, value, &(*type)->values) {
            if (map_get(&seen, *value) != NULL) {
                Diagnostic *report = diag_report(diags, DIAG_VALUE_TWICE, (*type)->origin.span,
                                                 (*value)->text, (*type)->name->text);
                diag_note(diags, report, span_none(),
                          "two of its values have that name in the database, by `@map`");
                ok = false;
            }
            map_put(scratch, &seen, *value, *type);
        }
    }
    arena_free(scratch);
    return ok;
}

Plan *plan_make(const Catalog *from, const Catalog *to, const PlanOptions *options,
                Diagnostics *diags)
{
    assert(from->canonical && to->canonical);
    if (!fragments_check(from, diags) || !fragments_check(to, diags) ||
        !values_are_told_apart(to, diags)) {
        return NULL;
    }
    Plan *plan = plan_new(from, to);
    Arena *scratch = arena_new();
    Piece steps = {.work = decide_steps, .plan = plan, .options = options};
    Piece proof = {.work = lay_out_world, .plan = plan, .scratch = scratch};
    work_on(&steps, &proof);
    bool ok = plan_names_are_free(plan, diags) && fills_are_known(plan, diags) &&
              is_proved(proof.world, plan, diags);
    if (ok) {
        emit_identify(scratch, plan, NULL);
    }
    arena_free(scratch);
    if (ok) {
        note_orders(plan, diags);
    }
    return ok ? plan : discard(plan);
}
