/*
 * deploy_check.c - what the folder alone tells, before anything is touched.
 *
 * In: the migrations folder as it was read, and which of it are to run. Refuses what is no SQL and
 * plans with scripts missing; knows no database.
 */
#include "base/common.h"

#include "runtime/apply/deploy.h"
#include "runtime/history/plan_sets.h"
#include "runtime/script/script.h"

static bool check_bytes(Arena *arena, const Migration *migration, Diagnostics *diags)
{
    const char *ignored;
    return script_read_bytes(arena, migration->path, migration->sql, migration->len, diags,
                             &ignored);
}

static bool is_of(const PlanSet *set, const Migration *migration)
{
    vec_each(Migration *, at, &set->scripts) {
        if (*at == migration) {
            return true;
        }
    }
    return false;
}

bool deploy_check_pending(const Migrations *migrations, const MigrationRefs *pending,
                          Diagnostics *diags)
{
    Arena *arena = arena_new();
    PlanSetList sets;
    bool all = true;
    plan_sets_incomplete(arena, &migrations->list, &sets);
    vec_each(PlanSet, set, &sets) {
        bool concerns = false;
        vec_each(const Migration *const, at, pending) {
            concerns |= is_of(set, *at);
        }
        if (concerns) {
            plan_set_report(set, migrations, diags);
            all = false;
        }
    }
    vec_each(const Migration *const, at, pending) {
        all &= check_bytes(arena, *at, diags);
    }
    arena_free(arena);
    return all;
}

bool deploy_check_folder(const Migrations *migrations, Diagnostics *diags)
{
    MigrationRefs all = {0};
    Arena *arena = arena_new();
    vec_each(Migration *, at, &migrations->list) {
        vec_push(arena, &all, *at);
    }
    const bool ok = deploy_check_pending(migrations, &all, diags);
    arena_free(arena);
    return ok;
}

bool deploy_check_pooler(const Migrations *migrations, const Guard *guard, Diagnostics *diags)
{
    bool all = true;
    vec_each(Migration *, at, &migrations->list) {
        all &= !guard->pooled || apply_suits_pooler(*at, diags);
    }
    return all;
}
