#include "base/common.h"

#include "runtime/history/diagnose.h"

#include <string.h>

static MigrationState state_of(const HistoryRow *row)
{
    if (row == NULL) {
        return MIGRATION_PENDING;
    }
    switch (row->state) {
    case HISTORY_APPLIED:
        return MIGRATION_APPLIED;
    case HISTORY_FAILED:
        return MIGRATION_FAILED;
    case HISTORY_INTERRUPTED:
        return MIGRATION_INTERRUPTED;
    case HISTORY_ROLLED_BACK:
        return MIGRATION_PENDING;
    }
    unreachable();
}

static bool was_rolled_back(const History *history, const char *name)
{
    vec_each(const HistoryRow, at, &history->rows) {
        if (at->state == HISTORY_ROLLED_BACK && strcmp(at->name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void count(Diagnosis *diagnosis, const DiagnosedMigration *item)
{
    switch (item->state) {
    case MIGRATION_APPLIED:
        diagnosis->applied++;
        break;
    case MIGRATION_PENDING:
        diagnosis->pending++;
        break;
    case MIGRATION_FAILED:
        diagnosis->failed++;
        break;
    case MIGRATION_INTERRUPTED:
        diagnosis->interrupted++;
        break;
    }
    diagnosis->edited += item->edited ? 1 : 0;
    diagnosis->missing += item->local == NULL ? 1 : 0;
}

static void add_local(Arena *arena, const History *history, const Migration *migration,
                      Diagnosis *diagnosis)
{
    DiagnosedMigration item = {.name = migration->name, .local = migration};
    item.row = history_find(history, migration->name);
    item.state = state_of(item.row);
    item.edited = item.state == MIGRATION_APPLIED &&
                  !migration_checksum_matches(migration, item.row->checksum);
    item.rolled_back = item.state == MIGRATION_PENDING && was_rolled_back(history, migration->name);
    vec_push(arena, &diagnosis->items, item);
    count(diagnosis, &item);
}

/* Rows of migrations the folder does not have; those rolled back concern nobody any more. */
static void add_missing(Arena *arena, const Migrations *migrations, const History *history,
                        Diagnosis *diagnosis)
{
    vec_each(const HistoryRow, at, &history->rows) {
        if (at->state == HISTORY_ROLLED_BACK || at->is_replaced ||
            migrations_find(migrations, at->name) != NULL ||
            history_find(history, at->name) != at) {
            continue;
        }
        DiagnosedMigration item = {.name = at->name, .row = at, .state = state_of(at)};
        vec_push(arena, &diagnosis->items, item);
        count(diagnosis, &item);
    }
}

/* A pending migration with an applied one behind it comes late. */
static void mark_order(Diagnosis *diagnosis)
{
    bool applied_behind = false;
    for (size_t i = diagnosis->items.count; i > 0; i--) {
        DiagnosedMigration *item = &diagnosis->items.items[i - 1];
        if (item->local == NULL) {
            continue;
        }
        if (item->state == MIGRATION_APPLIED) {
            applied_behind = true;
        } else if (item->state == MIGRATION_PENDING) {
            item->out_of_order = applied_behind;
        }
    }
}

/* The last one both sides have before the first that only one of them has. */
static void find_parting(Diagnosis *diagnosis)
{
    const char *first_missing = NULL;
    vec_each(const DiagnosedMigration, at, &diagnosis->items) {
        if (at->local == NULL &&
            (first_missing == NULL || migration_name_compare(at->name, first_missing) < 0)) {
            first_missing = at->name;
        }
    }
    vec_each(const DiagnosedMigration, at, &diagnosis->items) {
        bool shared = at->local != NULL && at->state == MIGRATION_APPLIED;
        if (!shared ||
            (first_missing != NULL && migration_name_compare(at->name, first_missing) > 0)) {
            break;
        }
        diagnosis->last_common = at->name;
    }
    diagnosis->diverged = diagnosis->missing > 0 && diagnosis->pending > 0;
}

void diagnose_history(Arena *arena, const Migrations *migrations, const History *history,
                      Diagnosis *ret_diagnosis)
{
    Diagnosis diagnosis = {.has_history = history->exists};
    vec_each(Migration *, at, &migrations->list) {
        add_local(arena, history, *at, &diagnosis);
    }
    add_missing(arena, migrations, history, &diagnosis);
    mark_order(&diagnosis);
    find_parting(&diagnosis);
    *ret_diagnosis = diagnosis;
}

bool diagnosis_is_current(const Diagnosis *diagnosis)
{
    return diagnosis->failed + diagnosis->interrupted == 0 && !diagnosis->diverged &&
           diagnosis->pending == diagnosis->waiting;
}

bool diagnosis_concerns(const Diagnosis *diagnosis, const MigrationList *list)
{
    vec_each(const DiagnosedMigration, at, &diagnosis->items) {
        for (size_t i = 0; at->state != MIGRATION_APPLIED && i < list->count; i++) {
            if (list->items[i] == at->local) {
                return true;
            }
        }
    }
    return false;
}
