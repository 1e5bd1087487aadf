/*
 * dev_plans.c - a plan that was not written whole, or does not stand in its order.
 *
 * What a killed run left beside the folder is moved in or taken away first. A plan that still has
 * scripts missing is taken out where that loses nothing: none of it was applied here, and nothing
 * was written behind it. It is planned again then. Else a person has to bring back what is missing;
 * and the names of folders, which no run of ours changes: what somebody renamed may be edited, too.
 */
#include "base/common.h"

#include <string.h>

#include "cli/commands/dev.h"
#include "runtime/history/plan_sets.h"

bool dev_settle_folder(Dev *dev)
{
    bool changed = false;
    Cli *cli = dev->cli;
    if (!plan_sets_settle(dev->workspace.folder, cli->diags, &changed)) {
        return false;
    }
    if (changed) {
        cli_note(cli, "An earlier run was stopped while it wrote its migrations: they are "
                      "complete now.");
    }
    return !changed || workspace_reload_folder(cli, &dev->workspace);
}

/* Unknown to this database's history, whatever its state. */
static bool is_new(const Dev *dev, const char *name)
{
    vec_each(const HistoryRow, at, &dev->history->rows) {
        if (strcmp(at->name, name) == 0) {
            return false;
        }
    }
    return true;
}

static bool is_last(const Dev *dev, const PlanSet *set)
{
    const MigrationList *list = &dev->workspace.folder->list;
    return list->count >= set->scripts.count &&
           list->items[list->count - set->scripts.count] == set->scripts.items[0];
}

static bool is_removable(const Dev *dev, const PlanSet *set)
{
    if (set->missing == NULL) {
        return false;
    }
    vec_each(Migration *, at, &set->scripts) {
        if (!is_new(dev, (*at)->name)) {
            return false;
        }
    }
    return is_last(dev, set);
}

/* Backwards: a kill leaves the first few. */
static bool remove_plan(Dev *dev, const PlanSet *set)
{
    Cli *cli = dev->cli;
    cli_note(cli,
             "Plan %s is incomplete (script %s of %u is missing) and was not applied here: its "
             "scripts are removed, and it is planned again.",
             set->plan, set->missing, set->count);
    for (size_t i = set->scripts.count; i > 0; i--) {
        const char *name = set->scripts.items[i - 1]->name;
        if (!migrations_remove(dev->workspace.folder, name, cli->diags)) {
            return false;
        }
        cli_note(cli, "  removed %s", name);
    }
    return true;
}

bool dev_mend_plans(Dev *dev)
{
    PlanSetList sets;
    bool removed = false;
    Cli *cli = dev->cli;
    plan_sets_broken(cli->arena, &dev->workspace.folder->list, &sets);
    vec_each(PlanSet, at, &sets) {
        if (!diagnosis_concerns(&dev->diagnosis, &at->scripts)) {
            continue;
        }
        if (!is_removable(dev, at)) {
            plan_set_report(at, dev->workspace.folder, cli->diags);
            return false;
        }
        if (!remove_plan(dev, at)) {
            return false;
        }
        removed = true;
    }
    return !removed || (workspace_reload_folder(cli, &dev->workspace) &&
                        workspace_diagnose(cli, &dev->workspace, &dev->history, &dev->diagnosis));
}
