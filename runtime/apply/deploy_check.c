/*
 * deploy_check.c - what is told before anything is touched.
 *
 * In: the migrations folder as it was read, and which of it are to run. Refuses what is no SQL,
 * transactions that are not ended, plans with scripts missing, and undos that were made for another
 * state; tells what is seen of a program that a gate waits for.
 */
#include "base/common.h"

#include <string.h>
#include <strings.h>

#include "runtime/ahead/witness.h"
#include "runtime/apply/deploy.h"
#include "runtime/history/plan_sets.h"
#include "runtime/script/script.h"
#include "runtime/undo/withdrawn.h"

static bool check_bytes(Arena *arena, const Migration *migration, Diagnostics *diags)
{
    const char *ignored;
    return script_read_bytes(arena, migration->path, migration->sql, migration->len, diags,
                             &ignored);
}

/* Without these words no transaction is left open; most scripts hold none. */
static bool may_leave_open(const Migration *migration)
{
    static const char *const words[] = {"BEGIN", "START", "PREPARE", "CHAIN"};
    for (const char *at = migration->sql; (at = strpbrk(at, "bBsSpPcC")) != NULL; at++) {
        for (size_t i = 0; i < lengthof(words); i++) {
            if (strncasecmp(at, words[i], strlen(words[i])) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* What is only to be warned of is told when its turn comes. */
static bool check_ends(const Migration *migration, Diagnostics *diags)
{
    Arena *arena = arena_new();
    const ParsedScript *script = NULL;
    bool ends = !may_leave_open(migration);
    if (!ends) {
        Diagnostics *said = diagnostics_new(diags->arena, diags->sources);
        const bool read =
            script_parse(arena, migration->path, migration->sql, migration->len, said, &script);
        if (!read) {
            diag_merge(diags, said);
        }
        ends = read && script_check_ends(
                           script, migration->path,
                           arena_printf(diags->arena, "migration `%s`", migration->name), diags);
    }
    arena_free(arena);
    return ends;
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
        all &= check_bytes(arena, *at, diags) && check_ends(*at, diags);
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

bool deploy_check_withdrawn(Arena *arena, const History *history, const DeployResult *result,
                            Diagnostics *diags)
{
    bool all = true;
    vec_each(const Migration *const, at, &result->pending) {
        all &= withdrawn_check(arena, history, *at, diags);
    }
    return all;
}

void deploy_tell_witness(Arena *arena, Session *session, const DeployOptions *options,
                         const DeployResult *result, const Progress *progress)
{
    vec_each(const Gate, gate, &result->gates) {
        if (!gate->open || options->gates.all) {
            continue;
        }
        const Witness witness = gate_witness(arena, session, gate);
        if (witness.told != NULL) {
            const ProgressKind kind = witness.saw ? PROGRESS_WARNING : PROGRESS_STATEMENT;
            progress_report(progress, &(ProgressEvent){.kind = kind, .detail = witness.told});
        }
    }
}
