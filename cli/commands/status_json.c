#include "base/common.h"

#include "cli/commands/status.h"

#include "base/text/json_text.h"
#include "cli/console/answer.h"
#include "runtime/history/forks.h"
#include "runtime/history/plan_sets.h"

static void put(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

static const char *state_name(const DiagnosedMigration *item)
{
    switch (item->state) {
    case MIGRATION_APPLIED:
        return "applied";
    case MIGRATION_PENDING:
        return item->waits ? "waiting" : "pending";
    case MIGRATION_FAILED:
        return "failed";
    case MIGRATION_INTERRUPTED:
        return "interrupted";
    }
    unreachable();
}

static json_t *migration_json(const DiagnosedMigration *item)
{
    json_t *object = json_object();
    put(object, "name", json_text(item->name));
    put(object, "state", json_text(state_name(item)));
    put(object, "inFolder", json_boolean(item->local != NULL));
    put(object, "edited", json_boolean(item->edited));
    put(object, "rolledBack", json_boolean(item->rolled_back));
    put(object, "resumes", json_boolean(item->resumes));
    put(object, "outOfOrder", json_boolean(item->out_of_order));
    put(object, "blockedBy", json_text(item->blocked_by));
    put(object, "gate", json_text(item->gate));
    put(object, "startedAt", json_text(item->row == NULL ? NULL : item->row->started_at));
    put(object, "finishedAt", json_text(item->row == NULL ? NULL : item->row->finished_at));
    return object;
}

static json_t *incomplete_json(Cli *cli, const Workspace *workspace, const Diagnosis *diagnosis)
{
    PlanSetList sets;
    json_t *list = json_array();
    plan_sets_broken(cli->arena, &workspace->folder->list, &sets);
    vec_each(PlanSet, at, &sets) {
        if (diagnosis_concerns(diagnosis, &at->scripts)) {
            json_t *object = json_object();
            put(object, "plan", json_text(at->plan));
            put(object, "missing", json_text(at->missing));
            put(object, "outOfOrder",
                json_text(at->displaced == NULL ? NULL : at->displaced->name));
            put(object, "count", json_integer(at->count));
            json_array_append_new(list, object);
        }
    }
    return list;
}

static json_t *forks_json(Cli *cli, const Workspace *workspace)
{
    ForkList forks;
    json_t *list = json_array();
    forks_find(cli->arena, workspace->folder, &forks);
    vec_each(const Fork, at, &forks) {
        json_t *object = json_object();
        put(object, "migration", json_text(at->migration->name));
        put(object, "unknown", json_text(at->unknown->name));
        put(object, "after", json_text(at->after));
        json_array_append_new(list, object);
    }
    return list;
}

void status_answer(Cli *cli, const Workspace *workspace, const Diagnosis *diagnosis, bool is_well)
{
    json_t *migrations = json_array();
    vec_each(DiagnosedMigration, at, &diagnosis->items) {
        json_array_append_new(migrations, migration_json(at));
    }
    answer_bool(cli, "upToDate", is_well);
    answer_bool(cli, "diverged", diagnosis->diverged);
    answer_bool(cli, "hasHistory", diagnosis->has_history);
    answer_text(cli, "lastCommon", diagnosis->last_common);
    answer_text(cli, "lockHolder", diagnosis->holder);
    answer_text(cli, "obstacle", diagnosis->obstacle);
    answer_text(cli, "folder", workspace->folder_path);
    answer_put(cli, "migrations", migrations);
    answer_put(cli, "forks", forks_json(cli, workspace));
    answer_put(cli, "incompletePlans", incomplete_json(cli, workspace, diagnosis));
}
