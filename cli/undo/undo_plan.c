/*
 * undo_plan.c - from the state with the plan to the state without.
 */
#include "base/common.h"

#include <string.h>

#include "cli/undo/undo.h"
#include "cli/project/drifting.h"
#include "cli/undo/trail_renames.h"
#include "compiler/plan/emit/step_back.h"
#include "compiler/plan/make/plan_make.h"
#include "runtime/history/drift.h"

static Catalog *replay(Undo *undo, const MigrationList *list)
{
    return side_replay(undo->cli, (const Migration *const *)list->items, list->count,
                       &undo->workspace->context, &undo->workspace->database);
}

/* --- the plan ----------------------------------------------------------------------------------
 */

/* What the plan has made that no plan speaks of goes by a script of its own, which is replayed. */
static bool step_back(Undo *undo, const TrailPairList *pairs)
{
    Cli *cli = undo->cli;
    const Renames names = trail_renames(cli, pairs, undo->before, undo->after);
    undo->first = step_back_sql(cli->arena, undo->before, undo->after, &names.named);
    undo->from = undo->before;
    if (undo->first[0] == '\0') {
        return true;
    }
    MigrationList with = {0};
    Migration *script = arena_make(cli->arena, Migration);
    *script = (Migration){
        .name = "undo", .path = "the undo", .sql = undo->first, .len = strlen(undo->first)};
    vec_each(Migration *const, at, &undo->there) {
        vec_push(cli->arena, &with, *at);
    }
    vec_push(cli->arena, &with, script);
    undo->from = replay(undo, &with);
    return undo->from != NULL;
}

/* The schema's text says what rows get that a catalog has forgotten. It counts where it is the same
 * state. */
static Catalog *goal_of(Undo *undo)
{
    Cli *cli = undo->cli;
    Catalog *text = undo->schema == NULL
                        ? NULL
                        : schema_compile_text(cli, "schema.snapshot", undo->schema,
                                              undo->workspace->context.default_schema);
    Diagnostics *ignored = diagnostics_new(cli->arena, cli->sources);
    Plan *between = text == NULL ? NULL : plan_make(undo->after, text, &(PlanOptions){0}, ignored);
    const bool same = between != NULL && plan_is_empty(between);
    plan_free(between);
    if (!same) {
        catalog_free(text);
    }
    return same ? text : undo->after;
}

bool undo_make_plan(Undo *undo)
{
    Cli *cli = undo->cli;
    TrailPairList pairs;
    undo->before = replay(undo, &undo->there);
    undo->after = undo->before == NULL ? NULL : replay(undo, &undo->wanted);
    if (undo->after == NULL ||
        !name_trail_compare(cli->arena, &undo->there, &undo->wanted,
                            undo->before->default_schema->text, cli->diags, &pairs) ||
        !step_back(undo, &pairs)) {
        return false;
    }
    undo->goal = goal_of(undo);
    /* Names that the first script has given back are no renames any more. */
    const Renames renames = trail_renames(cli, &pairs, undo->from, undo->goal);
    const PlanWish wish = {.online = undo->forward && !option_given(&cli->options, OPT_DIRECT),
                           .renames = &renames,
                           .takes_back = true};
    undo->plan = planning_make(cli, undo->from, undo->goal, NULL, wish);
    if (undo->plan != NULL) {
        undo_identify(undo);
    }
    return undo->plan != NULL;
}

/* --- drift -------------------------------------------------------------------------------------
 */

/* What a database has around what a project asks for is no matter of its migrations, nor is where
 * a column stands that an earlier undo has brought back. */
static const char *const tools[] = {"schema", "extension", "extension schema", "privilege beyond",
                                    "column order"};
static const CompareOptions no_tools = {.kinds = tools, .kind_count = lengthof(tools)};

/* Others have deployed here what this folder has not got. */
static const char *unknown_migration(const Undo *undo)
{
    vec_each(const DiagnosedMigration, at, &undo->diagnosis.items) {
        if (at->local == NULL && at->state == MIGRATION_APPLIED) {
            return at->name;
        }
    }
    return NULL;
}

static Diagnostic *report_drift(Undo *undo)
{
    Diagnostics *diags = undo->cli->diags;
    const char *name = unknown_migration(undo);
    return name == NULL
               ? diag_report(
                     diags, DIAG_NOT_UNDONE, span_none(), undo->name,
                     "the database is not what its applied migrations make",
                     "take back what was made by hand, or write it into a migration; then undo")
               : diag_report(diags, DIAG_NOT_UNDONE, span_none(), undo->name,
                             arena_printf(undo->cli->arena,
                                          "`%s` is applied to this database and is not in the "
                                          "folder",
                                          name),
                             "bring it into the folder, from version control or whoever wrote it; "
                             "then undo");
}

bool undo_find_drift(Undo *undo)
{
    Cli *cli = undo->cli;
    Workspace *workspace = undo->workspace;
    Drift drift;
    MigrationList applied = {0};
    CompareOptions options = no_tools;
    drift_applied(cli->arena, &undo->diagnosis, &applied);
    Catalog *expected = replay(undo, &applied);
    undo->live = expected == NULL
                     ? NULL
                     : side_load_session(cli, workspace->session, &workspace->context, true);
    if (undo->live == NULL || !project_leave_out(cli, &options)) {
        catalog_free(expected);
        return false;
    }
    drift_find(cli->arena, expected, undo->live, &options, &drift);
    const bool compared = drift_confirm(cli, workspace, &applied, &workspace->context, &options,
                                        undo->live, &expected, &drift);
    const bool same = compared && drift_is_none(&drift);
    if (compared && !same) {
        Diagnostic *d = report_drift(undo);
        diag_note_lines(cli->diags, d, "the database differs by:\n",
                        drift_summary(cli->arena, &drift));
    }
    catalog_free(expected);
    return same;
}

/* --- proof -------------------------------------------------------------------------------------
 */

static bool leaves(const Undo *undo, const Migration *migration)
{
    vec_each(Migration *const, at, &undo->left) {
        if (*at == migration) {
            return true;
        }
    }
    return false;
}

/* The folder as it will be. */
static MigrationList folder_then(Undo *undo, const NewMigration *added, size_t count)
{
    MigrationList list = {0};
    vec_each(Migration *const, at, &undo->workspace->folder->list) {
        if (!leaves(undo, *at)) {
            vec_push(undo->cli->arena, &list, *at);
        }
    }
    for (size_t i = 0; i < count; i++) {
        Migration *migration = arena_make(undo->cli->arena, Migration);
        *migration = (Migration){.name = added[i].name,
                                 .path = added[i].name,
                                 .sql = added[i].sql,
                                 .len = strlen(added[i].sql)};
        vec_push(undo->cli->arena, &list, migration);
    }
    return list;
}

/* The folder as if the plan had never been, others' scripts that have not run included. */
static MigrationList folder_without(Undo *undo)
{
    MigrationList list = {0};
    vec_each(Migration *const, at, &undo->wanted) {
        vec_push(undo->cli->arena, &list, *at);
    }
    vec_each(const DiagnosedMigration, at, &undo->diagnosis.items) {
        bool of_plan = at->local == NULL || at->state == MIGRATION_APPLIED;
        vec_each(Migration *const, own, &undo->scripts) {
            of_plan |= *own == at->local;
        }
        Migration *local = NULL;
        vec_each(Migration *const, own, &undo->workspace->folder->list) {
            local = *own == at->local ? *own : local;
        }
        if (!of_plan) {
            size_t place = list.count;
            vec_push(undo->cli->arena, &list, local);
            for (;
                 place > 0 && migration_name_compare(list.items[place - 1]->name, local->name) > 0;
                 place--) {
                list.items[place] = list.items[place - 1];
            }
            list.items[place] = local;
        }
    }
    return list;
}

/* Columns that come back come last in their tables; a schema that the plan made stays. */
static const char *difference(Undo *undo, const Catalog *wanted, const Catalog *found)
{
    static const char *const left_out[] = {"column order", "schema"};
    const CompareOptions options = {.kinds = left_out, .kind_count = lengthof(left_out)};
    Drift drift;
    drift_find(undo->cli->arena, wanted, found, &options, &drift);
    return drift_summary(undo->cli->arena, &drift);
}

/* Both lists lead to the same end? Reports. */
static bool ends_alike(Undo *undo, const MigrationList *then, const MigrationList *without)
{
    Cli *cli = undo->cli;
    Catalog *found = replay(undo, then);
    Catalog *wanted = found == NULL ? NULL : replay(undo, without);
    const char *differs = wanted == NULL ? NULL : difference(undo, wanted, found);
    catalog_free(found);
    catalog_free(wanted);
    if (differs == NULL || differs[0] == '\0') {
        return differs != NULL;
    }
    Diagnostic *d =
        diag_report(cli->diags, DIAG_NOT_UNDONE, span_none(), undo->name,
                    "the planner cannot make all that was there before",
                    "write the migration by hand: `bellows migrate dev --create-only --name undo`");
    diag_note_lines(cli->diags, d, "it would differ by:\n", differs);
    return false;
}

bool undo_prove(Undo *undo, const NewMigration *added, size_t count)
{
    const MigrationList then = folder_then(undo, added, count), without = folder_without(undo);
    return ends_alike(undo, &then, &without);
}

/* A script for each statement: a new value of an enum cannot be used before its commit. */
bool undo_prove_statements(Undo *undo, const StatementList *statements)
{
    Arena *arena = undo->cli->arena;
    MigrationList then = {0};
    vec_each(Migration *const, at, &undo->there) {
        vec_push(arena, &then, *at);
    }
    vec_each(const Statement, at, statements) {
        Migration *script = arena_make(arena, Migration);
        *script =
            (Migration){.name = "undo", .path = "the undo", .sql = at->sql, .len = strlen(at->sql)};
        vec_push(arena, &then, script);
    }
    return ends_alike(undo, &then, &undo->wanted);
}
