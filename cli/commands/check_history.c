/*
 * check_history.c - the folder and the history, side by side, in findings.
 */
#include "base/common.h"

#include "cli/commands/check.h"
#include "runtime/history/forks.h"
#include "runtime/history/plan_sets.h"

/* What to do about a migration that is not finished; `otherwise` when nobody is at work on it. */
static const char *remedy_of(const Check *check, const Diagnosis *diagnosis, const char *otherwise)
{
    return diagnosis->holder == NULL
               ? otherwise
               : arena_printf(check->cli->arena, "wait for %s, which holds the migration lock",
                              diagnosis->holder);
}

/* The same where `bellows migrate deploy` would do it, if it did not refuse. */
static const char *remedy_by_deploy(const Check *check, const Diagnosis *diagnosis,
                                    const char *otherwise)
{
    const char *first =
        diagnosis->obstacle == NULL
            ? otherwise
            : arena_printf(check->cli->arena,
                           "first see to %s; until then `bellows migrate deploy` applies nothing",
                           diagnosis->obstacle);
    return remedy_of(check, diagnosis, first);
}

static Finding unfinished(const Check *check, const Diagnosis *diagnosis,
                          const DiagnosedMigration *item)
{
    Arena *arena = check->cli->arena;
    const bool failed = item->state == MIGRATION_FAILED;
    const char *repair = arena_printf(
        arena, "repair the database, then `bellows migrate resolve --rolled-back %s` or --applied",
        item->name);
    const char *remedy =
        item->resumes
            ? remedy_by_deploy(check, diagnosis, "run `bellows migrate deploy`, which continues it")
            : remedy_of(check, diagnosis, repair);
    return (Finding){.kind = failed ? FINDING_FAILED : FINDING_INTERRUPTED,
                     .message = arena_printf(arena, "`%s` %s", item->name,
                                             failed ? "failed" : "was started and never finished"),
                     .remedy = failed ? repair : remedy};
}

static Finding pending(const Check *check, const Diagnosis *diagnosis,
                       const DiagnosedMigration *item)
{
    Arena *arena = check->cli->arena;
    const char *contract = arena_printf(arena,
                                        "once no program needs the old shape any more, run "
                                        "`bellows migrate deploy --contract %s`",
                                        item->gate);
    if (item->waits) {
        return (Finding){.kind = FINDING_WAITING,
                         .message = arena_printf(arena,
                                                 "`%s` waits at the gate of its plan `%s` until "
                                                 "the old program is gone",
                                                 item->name, item->gate),
                         .remedy = contract};
    }
    if (item->blocked_by != NULL) {
        return (Finding){.kind = FINDING_BLOCKED,
                         .message = arena_printf(arena,
                                                 "`%s` is not applied: it cannot run before `%s`, "
                                                 "which waits at its gate",
                                                 item->name, item->blocked_by),
                         .remedy = contract};
    }
    if (item->out_of_order) {
        return (Finding){.kind = FINDING_OUT_OF_ORDER,
                         .message = arena_printf(arena,
                                                 "`%s` is not applied, and migrations that sort "
                                                 "behind it are",
                                                 item->name),
                         .remedy = remedy_by_deploy(
                             check, diagnosis,
                             "`bellows migrate deploy` applies it late; where the order matters, "
                             "give its folder a later time first")};
    }
    return (Finding){.kind = FINDING_PENDING,
                     .message = arena_printf(arena, "`%s` is not applied", item->name),
                     .remedy = remedy_by_deploy(check, diagnosis, "run `bellows migrate deploy`")};
}

static void check_migration(Check *check, const Diagnosis *diagnosis,
                            const DiagnosedMigration *item)
{
    Finding finding;
    Arena *arena = check->cli->arena;
    if (item->local == NULL) {
        finding = (Finding){
            .kind = FINDING_MISSING,
            .message = arena_printf(arena, "`%s` is applied to the database but not in the folder",
                                    item->name),
            .remedy = "bring the migration back from version control"};
    } else if (item->state == MIGRATION_FAILED || item->state == MIGRATION_INTERRUPTED) {
        finding = unfinished(check, diagnosis, item);
    } else if (item->edited) {
        finding = (Finding){
            .kind = FINDING_EDITED,
            .message = arena_printf(arena, "`%s` was edited after it was applied", item->name),
            .remedy = "restore the file, and put the change into a new migration"};
    } else if (item->state == MIGRATION_PENDING) {
        finding = pending(check, diagnosis, item);
    } else {
        return;
    }
    if (item->local != NULL) {
        finding.place.file = item->local->path;
    }
    report_add(check->cli, &check->report, finding);
}

/* Plans with scripts missing, or out of order; with a history those of which something is not
 * applied. */
static void check_plans(Check *check, const Diagnosis *diagnosis)
{
    PlanSetList sets;
    Cli *cli = check->cli;
    plan_sets_broken(cli->arena, &check->workspace.folder->list, &sets);
    vec_each(PlanSet, at, &sets) {
        if (diagnosis == NULL || diagnosis_concerns(diagnosis, &at->scripts)) {
            const char *message =
                arena_printf(cli->arena, "plan `%s` %s", at->plan, plan_set_fault(cli->arena, at));
            report_add(
                cli, &check->report,
                (Finding){.kind = FINDING_INCOMPLETE,
                          .message = message,
                          .remedy = at->missing != NULL
                                        ? "bring the missing folder back from version control"
                                        : "give the folder its own name back",
                          .place = {.file = at->scripts.items[0]->path}});
        }
    }
}

static void check_forks(Check *check)
{
    ForkList forks;
    Cli *cli = check->cli;
    forks_find(cli->arena, check->workspace.folder, &forks);
    vec_each(const Fork, at, &forks) {
        report_add(cli, &check->report,
                   (Finding){.kind = FINDING_BRANCHES,
                             .message = fork_sentence(cli->arena, at),
                             .remedy = "`bellows migrate rebase` orders them, proved by replay",
                             .place = {.file = at->migration->path}});
    }
}

void check_history(Check *check, const Diagnosis *diagnosis)
{
    if (diagnosis != NULL) {
        vec_each(DiagnosedMigration, at, &diagnosis->items) {
            check_migration(check, diagnosis, at);
        }
        check->report.checked[SUBJECT_HISTORY] = true;
    }
    check_plans(check, diagnosis);
    check_forks(check);
}
