#include "base/common.h"

#include "runtime/history/diagnose.h"

#include <stdlib.h>
#include <string.h>

/* --- what bears a name: a history may hold any number of rows --- */

typedef struct Named {
    const char *name;
    size_t place; /* in the list it is of */
} Named;

typedef VEC(Named) NamedList;

typedef struct Lookup {
    NamedList standing, rolled_back; /* rows of the history */
    NamedList local;
} Lookup;

static int compare_named(const void *a, const void *b)
{
    const Named *left = a, *right = b;
    const int order = strcmp(left->name, right->name);
    return order != 0 ? order : left->place < right->place ? -1 : left->place > right->place;
}

static void sort_named(NamedList *list)
{
    if (list->count > 0) {
        qsort(list->items, list->count, sizeof *list->items, compare_named);
    }
}

/* The last one of that name, or NULL. */
static const Named *last_named(const NamedList *list, const char *name)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(list->items[middle].name, name) <= 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const bool found = low > 0 && strcmp(list->items[low - 1].name, name) == 0;
    return found ? &list->items[low - 1] : NULL;
}

static Lookup look_up(Arena *arena, const Migrations *migrations, const History *history)
{
    Lookup lookup = {0};
    for (size_t i = 0; i < history->rows.count; i++) {
        const HistoryRow *row = &history->rows.items[i];
        NamedList *list =
            row->state == HISTORY_ROLLED_BACK ? &lookup.rolled_back : &lookup.standing;
        vec_push(arena, list, (Named){row->name, i});
    }
    for (size_t i = 0; i < migrations->list.count; i++) {
        vec_push(arena, &lookup.local, (Named){migrations->list.items[i]->name, i});
    }
    sort_named(&lookup.standing);
    sort_named(&lookup.rolled_back);
    sort_named(&lookup.local);
    return lookup;
}

/* --- one after the other --- */

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

static void add_local(Arena *arena, const History *history, const Lookup *lookup,
                      const Migration *migration, Diagnosis *diagnosis)
{
    const Named *standing = last_named(&lookup->standing, migration->name);
    DiagnosedMigration item = {.name = migration->name, .local = migration};
    item.row = standing == NULL ? NULL : &history->rows.items[standing->place];
    item.state = state_of(item.row);
    item.edited = item.state == MIGRATION_APPLIED &&
                  !migration_checksum_matches(migration, item.row->checksum);
    item.rolled_back = item.state == MIGRATION_PENDING &&
                       last_named(&lookup->rolled_back, migration->name) != NULL;
    vec_push(arena, &diagnosis->items, item);
    count(diagnosis, &item);
}

/* Rows of migrations the folder does not have; those rolled back concern nobody any more. */
static void add_missing(Arena *arena, const History *history, const Lookup *lookup,
                        Diagnosis *diagnosis)
{
    for (size_t i = 0; i < history->rows.count; i++) {
        const HistoryRow *at = &history->rows.items[i];
        if (at->state == HISTORY_ROLLED_BACK || at->is_replaced ||
            last_named(&lookup->local, at->name) != NULL ||
            last_named(&lookup->standing, at->name)->place != i) {
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
    const Lookup lookup = look_up(arena, migrations, history);
    vec_each(Migration *, at, &migrations->list) {
        add_local(arena, history, &lookup, *at, &diagnosis);
    }
    add_missing(arena, history, &lookup, &diagnosis);
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
