#include "base/common.h"

#include "cli/commands/status.h"

#include "base/text/json_text.h"
#include "runtime/history/plan_sets.h"

/* A change that a reader could fail on counts this up. */
enum { STATUS_VERSION = 1 };

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
    plan_sets_incomplete(cli->arena, &workspace->folder->list, &sets);
    vec_each(PlanSet, at, &sets) {
        if (diagnosis_concerns(diagnosis, &at->scripts)) {
            json_t *object = json_object();
            put(object, "plan", json_text(at->plan));
            put(object, "missing", json_text(at->missing));
            put(object, "count", json_integer(at->count));
            json_array_append_new(list, object);
        }
    }
    return list;
}

void status_print_json(Cli *cli, const Workspace *workspace, const Diagnosis *diagnosis,
                       bool is_well)
{
    json_t *migrations = json_array();
    vec_each(DiagnosedMigration, at, &diagnosis->items) {
        json_array_append_new(migrations, migration_json(at));
    }
    json_t *root = json_object();
    put(root, "version", json_integer(STATUS_VERSION));
    put(root, "upToDate", json_boolean(is_well));
    put(root, "diverged", json_boolean(diagnosis->diverged));
    put(root, "hasHistory", json_boolean(diagnosis->has_history));
    put(root, "lastCommon", json_text(diagnosis->last_common));
    put(root, "lockHolder", json_text(diagnosis->holder));
    put(root, "folder", json_text(workspace->folder_path));
    put(root, "migrations", migrations);
    put(root, "incompletePlans", incomplete_json(cli, workspace, diagnosis));
    json_document(&cli->out, root);
}
