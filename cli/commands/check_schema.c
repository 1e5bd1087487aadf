/*
 * check_schema.c - the whole folder, replayed, against the schema.
 *
 * What the schema has and no migration makes is one finding, what migrations make and the schema
 * does not have is another: they are mended in different places.
 */
#include "base/common.h"

#include "cli/commands/check.h"
#include "cli/project/planning.h"
#include "compiler/plan/diff/diff.h"

static bool is_drop(const Change *change)
{
    switch (change->kind) {
    case CHANGE_DROP_ENUM:
    case CHANGE_DROP_TABLE:
    case CHANGE_DROP_COLUMN:
    case CHANGE_DROP_PRIMARY_KEY:
    case CHANGE_DROP_INDEX:
    case CHANGE_DROP_FOREIGN_KEY:
        return true;
    case CHANGE_MODIFY_ENUM:
        return change->facets == FACET_VALUES_REMOVED;
    case CHANGE_ADD_SCHEMA:
    case CHANGE_ADD_EXTENSION:
    case CHANGE_MODIFY_EXTENSION:
    case CHANGE_ADD_ENUM:
    case CHANGE_RENAME_ENUM:
    case CHANGE_ADD_TABLE:
    case CHANGE_RENAME_TABLE:
    case CHANGE_ADD_COLUMN:
    case CHANGE_RENAME_COLUMN:
    case CHANGE_MODIFY_COLUMN:
    case CHANGE_ADD_PRIMARY_KEY:
    case CHANGE_MODIFY_PRIMARY_KEY:
    case CHANGE_RENAME_PRIMARY_KEY:
    case CHANGE_ADD_INDEX:
    case CHANGE_RENAME_INDEX:
    case CHANGE_ADD_FOREIGN_KEY:
    case CHANGE_RENAME_FOREIGN_KEY:
        return false;
    }
    unreachable();
}

/* Of a table that also gets something, a drop is one half of a change. */
static bool is_behind(const Diff *diff, const Change *change)
{
    const Table *table = change->before.table;
    if (!is_drop(change)) {
        return false;
    }
    vec_each(Change *, at, &diff->changes) {
        if (table != NULL && (*at)->before.table == table && !is_drop(*at)) {
            return false;
        }
    }
    return true;
}

static Diff part_of(Arena *arena, const Diff *diff, bool behind)
{
    Diff part = *diff;
    part.changes = (ChangeList){0};
    vec_each(Change *, at, &diff->changes) {
        if (is_behind(diff, *at) == behind) {
            vec_push(arena, &part.changes, *at);
        }
    }
    return part;
}

static const Origin *origin_of(const Subject *after)
{
    if (after->column != NULL) {
        return &after->column->origin;
    }
    if (after->index != NULL) {
        return &after->index->origin;
    }
    if (after->foreign_key != NULL) {
        return &after->foreign_key->origin;
    }
    if (after->table != NULL) {
        return &after->table->origin;
    }
    return after->enum_type == NULL ? NULL : &after->enum_type->origin;
}

/* The place in the schema text of the first change that has one. */
static FindingPlace place_of(const Check *check, const Diff *diff)
{
    vec_each(Change *, at, &diff->changes) {
        const Origin *origin = origin_of(&(*at)->after);
        if (origin != NULL && origin->span.file != 0) {
            return (FindingPlace){.file =
                                      sources_file(check->cli->sources, origin->span.file)->path,
                                  .line = source_position(check->cli->sources, origin->span).line};
        }
    }
    return check->report.about;
}

static void find(Check *check, const Diff *diff, Finding finding)
{
    if (!diff_is_empty(diff)) {
        finding.detail = diff_summary(check->cli->arena, diff);
        finding.place = place_of(check, diff);
        report_add(check->cli, &check->report, finding);
    }
}

static void find_difference(Check *check, const Diff *diff)
{
    const Diff ahead = part_of(check->cli->arena, diff, false);
    const Diff behind = part_of(check->cli->arena, diff, true);
    find(check, &ahead,
         (Finding){.kind = FINDING_SCHEMA_AHEAD,
                   .message = "the schema has changes that no migration makes",
                   .remedy = "run `bellows migrate dev` and commit the migration it writes"});
    find(check, &behind,
         (Finding){.kind = FINDING_SCHEMA_BEHIND,
                   .message = "the migrations make what the schema does not have",
                   .remedy = "where it is to stay, write it into the schema (`bellows db pull` "
                             "does); where it is to go, `bellows migrate dev` writes the "
                             "migration that drops it"});
}

bool check_schema(Check *check)
{
    Cli *cli = check->cli;
    const Migrations *folder = check->workspace.folder;
    Plan *plan = NULL;
    Catalog *wanted =
        schema_compile(cli, &check->workspace.schema, check->workspace.context.default_schema);
    Catalog *replayed = wanted == NULL
                            ? NULL
                            : side_replay(cli, (const Migration *const *)folder->list.items,
                                          folder->list.count, &check->workspace.context,
                                          check->has_database ? &check->workspace.database : NULL);
    Catalog *previous =
        replayed == NULL ? NULL : planning_previous(cli, folder, &check->workspace.context);
    if (replayed != NULL) {
        cli->interactive = false; /* a gate finds, it does not decide */
        plan = planning_make(cli, replayed, wanted, previous, (PlanWish){0});
    }
    if (plan != NULL) {
        check->report.checked[SUBJECT_SCHEMA] = true;
        if (!plan_is_empty(plan)) {
            find_difference(check, plan->diff);
        }
    }
    const bool ok = plan != NULL;
    plan_free(plan);
    catalog_free(previous);
    catalog_free(replayed);
    catalog_free(wanted);
    return ok;
}
