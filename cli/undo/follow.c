/*
 * follow.c - an undo that was made for databases on the other side of a gate.
 *
 * Where programs run, a plan may be undone before its contract scripts; they leave the folder. In a
 * database for development they have run long ago, and the undo cannot lead back from there. So it
 * gets the difference between what it is and what the folder makes, and the rows that say the same.
 */
#include "base/common.h"

#include "cli/undo/follow.h"

#include <string.h>

#include "base/file.h"
#include "cli/project/planning.h"
#include "cli/undo/trail_renames.h"
#include "compiler/plan/emit/emit.h"
#include "runtime/apply/push.h"
#include "runtime/undo/development.h"
#include "runtime/undo/withdrawn.h"

typedef struct Follow {
    Cli *cli;
    Workspace *workspace;
    const History *history;
    MigrationList gone;  /* withdrawn, and applied here */
    MigrationList there; /* all that is applied here, in the order of names */
    Catalog *live, *goal;
    Plan *plan;
} Follow;

static bool is_applied(const History *history, const char *name)
{
    const HistoryRow *row = history_find(history, name);
    return row != NULL && row->state == HISTORY_APPLIED;
}

static void add_in_order(Arena *arena, MigrationList *list, Migration *migration)
{
    size_t place = list->count;
    vec_push(arena, list, migration);
    for (; place > 0 && migration_name_compare(list->items[place - 1]->name, migration->name) > 0;
         place--) {
        list->items[place] = list->items[place - 1];
    }
    list->items[place] = migration;
}

/* Once the undo has run nothing can be past it. */
static bool find_gone(Follow *follow, const Migration *undo)
{
    Arena *arena = follow->cli->arena;
    NewMigrationList texts;
    if (is_applied(follow->history, undo->name)) {
        return true;
    }
    if (!withdrawn_read(arena, follow->workspace->folder, undo, &texts)) {
        diag_report(follow->cli->diags, DIAG_MIGRATION_UNREADABLE, span_none(),
                    path_join(arena, path_folder(arena, undo->path), "withdrawn"),
                    "it does not hold the scripts that the migration takes out of the folder");
        return false;
    }
    vec_each(const NewMigration, at, &texts) {
        if (is_applied(follow->history, at->name)) {
            Migration *migration = arena_make(arena, Migration);
            *migration = (Migration){
                .name = at->name, .path = at->name, .sql = at->sql, .len = strlen(at->sql)};
            vec_push(arena, &follow->gone, migration);
            add_in_order(arena, &follow->there, migration);
        }
    }
    return true;
}

static bool make_plan(Follow *follow)
{
    Cli *cli = follow->cli;
    Workspace *workspace = follow->workspace;
    const MigrationList *all = &workspace->folder->list;
    TrailPairList pairs;
    follow->goal = side_replay(cli, (const Migration *const *)all->items, all->count,
                               &workspace->context, &workspace->database);
    follow->live = follow->goal == NULL
                       ? NULL
                       : side_load_session(cli, workspace->session, &workspace->context, true);
    if (follow->live == NULL ||
        !name_trail_compare(cli->arena, &follow->there, all, follow->goal->default_schema->text,
                            cli->diags, &pairs)) {
        return false;
    }
    const Renames renames = trail_renames(cli, &pairs, follow->live, follow->goal);
    follow->plan = planning_make(cli, follow->live, follow->goal, NULL,
                                 (PlanWish){.renames = &renames, .takes_back = true});
    return follow->plan != NULL;
}

/* What ran is marked as taken back, and all that the folder holds as applied. */
static const char *rows(const Follow *follow)
{
    Arena *arena = follow->cli->arena;
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(Migration *const, at, &follow->gone) {
        strbuf_add(&out, history_sql_withdraw(arena, follow->history, *at));
    }
    vec_each(Migration *const, at, &follow->workspace->folder->list) {
        if (!is_applied(follow->history, (*at)->name)) {
            const HistoryStart start = history_start(arena);
            strbuf_add(&out, history_sql_applied(arena, follow->history, *at, &start));
        }
    }
    return strbuf_take(&out, arena);
}

static bool carry_out(Follow *follow)
{
    Cli *cli = follow->cli;
    Workspace *workspace = follow->workspace;
    Consent consent;
    size_t done = 0;
    const ConsentWish wish = {.applies = true, .remedy = "bring the data in order by hand first"};
    if (!planning_consent(cli, workspace->session, follow->live, follow->plan, wish, &consent) ||
        !consent.given) {
        return false;
    }
    const StatementList statements = emit_statements(cli->arena, follow->plan);
    if (!push_run(cli->arena, workspace->session, &workspace->guard, &statements, rows(follow),
                  &workspace->progress, cli->diags, &done)) {
        return false;
    }
    development_note(cli->arena, workspace->session, follow->history, true);
    cli_say(cli, "A plan was undone before its contract scripts, which had run here: this "
                 "database got the difference.\n\n");
    return true;
}

bool follow_undo(Cli *cli, Workspace *workspace, History **history, Diagnosis *diagnosis)
{
    Follow follow = {.cli = cli, .workspace = workspace, .history = *history};
    vec_each(Migration *const, at, &workspace->folder->list) {
        if (!find_gone(&follow, *at)) {
            return false;
        }
        if (is_applied(*history, (*at)->name)) {
            add_in_order(cli->arena, &follow.there, *at);
        }
    }
    if (follow.gone.count == 0) {
        return true;
    }
    const bool done =
        history_may_write(*history, cli->diags) && make_plan(&follow) && carry_out(&follow);
    plan_free(follow.plan);
    catalog_free(follow.goal);
    catalog_free(follow.live);
    return done && workspace_diagnose(cli, workspace, history, diagnosis);
}
