#include "base/common.h"

#include "compiler/plan/show/plan_locks.h"

#include "base/object_map.h"
#include "compiler/plan/show/plan_view.h"

typedef VEC(const ForeignKey *) KeyList;

struct PlanLocks {
    Arena *arena;
    const Plan *plan;
    bool known; /* of the keys */
    ObjectMap
        keys_over; /* column of plan->from -> KeyList: the foreign keys on either side of it */
    ObjectMap dropped_by; /* foreign key -> the step that drops it */
    ObjectMap places;     /* step -> where it stands, from 1 */
};

PlanLocks *plan_locks_new(Arena *arena, const Plan *plan)
{
    PlanLocks *locks = arena_make(arena, PlanLocks);
    locks->arena = arena;
    locks->plan = plan;
    return locks;
}

/* --- what is in use ----------------------------------------------------------------------------
 */

static bool same_table(const Table *a, const Table *b)
{
    return a->schema == b->schema && a->name == b->name;
}

/* Is the table in the database before the plan runs? By either of its names. */
static bool is_in_use(const Plan *plan, const Table *table)
{
    return catalog_find_table(plan->from, table->schema, table->name) != NULL ||
           map_get2(&plan->diff->pairs_by_after, table->schema, table->name) != NULL ||
           map_get2(&plan->diff->pairs_by_before, table->schema, table->name) != NULL;
}

Cost step_cost_in_use(const Plan *plan, const Step *step)
{
    const Table *table = step_main_table(step);
    return table != NULL && !is_in_use(plan, table) ? COST_CATALOG : step_cost(step);
}

/* --- foreign keys ------------------------------------------------------------------------------
 */

static void note_over(PlanLocks *locks, const ForeignKey *key, const ColumnList *columns)
{
    vec_each(Column *const, at, columns) {
        KeyList *list = object_map_get(&locks->keys_over, *at);
        if (list == NULL) {
            list = arena_make(locks->arena, KeyList);
            object_map_put(locks->arena, &locks->keys_over, *at, list);
        }
        if (list->count == 0 || vec_last(list) != key) {
            vec_push(locks->arena, list, key);
        }
    }
}

static void note_keys(PlanLocks *locks, Map *ret_by_name, const Table *table)
{
    vec_each(ForeignKey *const, key, &table->foreign_keys) {
        note_over(locks, *key, &(*key)->columns);
        note_over(locks, *key, &(*key)->referenced_columns);
        map_put(locks->arena, ret_by_name, (*key)->name, *key);
    }
}

static void find_keys(PlanLocks *locks)
{
    const Plan *plan = locks->plan;
    ObjectMap names = {0}; /* table -> Map of its keys */
    locks->known = true;
    vec_each(Table *const, table, &plan->from->tables) {
        if ((*table)->foreign_keys.count > 0) {
            Map *by_name = arena_make(locks->arena, Map);
            note_keys(locks, by_name, *table);
            object_map_put(locks->arena, &names, *table, by_name);
        }
    }
    for (size_t i = 0; i < plan->steps.count; i++) {
        const Step *step = plan->steps.items[i];
        object_map_put(locks->arena, &locks->places, step, (void *)(uintptr_t)(i + 1));
        if (step->kind == STEP_DROP_FOREIGN_KEY) {
            const ForeignKey *key = step->before.foreign_key;
            const Table *table =
                catalog_find_table(plan->from, key->table->schema, key->table->name);
            const Map *by_name = table == NULL ? NULL : object_map_get(&names, table);
            const void *found = by_name == NULL ? NULL : map_get(by_name, key->name);
            if (found != NULL) {
                object_map_put(locks->arena, &locks->dropped_by, found, plan->steps.items[i]);
            }
        }
    }
}

static uintptr_t place_of(const PlanLocks *locks, const Step *step)
{
    return (uintptr_t)object_map_get(&locks->places, step);
}

/* An earlier step of the plan takes the key away. */
static bool is_dropped_before(const PlanLocks *locks, const Step *step, const ForeignKey *key)
{
    const Step *drop = object_map_get(&locks->dropped_by, key);
    return drop != NULL && place_of(locks, drop) < place_of(locks, step);
}

/* --- a step's locks ----------------------------------------------------------------------------
 */

/* One step's, while they are found: many, where many columns change that others refer to. */
typedef struct Found {
    Arena *arena;
    const Plan *plan;
    StepLockList list;
    ObjectMap others;
} Found;

static void add_lock(Found *found, const Table *table, LockLevel level)
{
    vec_each(const StepLock, lock, &found->list) {
        if (table == NULL || same_table(lock->table, table)) {
            return;
        }
    }
    if (table != NULL && level != LOCK_NONE && is_in_use(found->plan, table)) {
        vec_push(found->arena, &found->list, (StepLock){.table = table, .level = level});
    }
}

static void add_other(Found *found, const Table *table)
{
    const bool is_own = found->list.count > 0 && same_table(found->list.items[0].table, table);
    if (!is_own && object_map_get(&found->others, table) == NULL) {
        vec_push(found->arena, &found->list,
                 (StepLock){.table = table, .level = LOCK_ACCESS_EXCLUSIVE});
    }
    object_map_put(found->arena, &found->others, table, found);
}

/* The server makes the foreign keys of a column anew that changes its type, and locks both ends. */
static void add_other_ends(Found *found, PlanLocks *locks, const Step *step, const Column *named)
{
    const Table *table =
        catalog_find_table(locks->plan->from, named->table->schema, named->table->name);
    const Column *column = table == NULL ? NULL : table_find_column(table, named->name);
    if (!locks->known) {
        find_keys(locks);
    }
    const KeyList *keys = column == NULL ? NULL : object_map_get(&locks->keys_over, column);
    for (size_t i = 0; keys != NULL && i < keys->count; i++) {
        const ForeignKey *key = keys->items[i];
        if (!is_dropped_before(locks, step, key)) {
            const bool own = column_in_list(column, key->columns.items, key->columns.count);
            add_other(found, own ? key->referenced : key->table);
        }
    }
}

/* The table, under its new name or the one it has until then; of a view that leaves, the view. */
static const Table *locked_table(const Plan *plan, const Step *step)
{
    const Table *table = step_main_table(step);
    const bool view_only = step->kind == STEP_DROP_COMPATIBILITY_VIEW && step->name == NULL;
    const bool new_name = step->kind == STEP_RENAME_TABLE && !is_in_use(plan, table);
    return view_only || new_name ? step->shown_before.table : table;
}

/* A foreign key's steps lock the table it references too; as strongly, but for the validation. */
StepLockList step_locks(Arena *arena, PlanLocks *locks, const Step *step)
{
    Found found = {.arena = arena, .plan = locks->plan};
    LockLevel level = step_lock(step);
    const ForeignKey *key = step->shown_after.foreign_key != NULL ? step->shown_after.foreign_key
                                                                  : step->shown_before.foreign_key;
    add_lock(&found, locked_table(locks->plan, step), level);
    if (key != NULL && step->kind != STEP_RENAME_FOREIGN_KEY) {
        add_lock(&found, key->referenced,
                 step->kind == STEP_VALIDATE_CONSTRAINT ? LOCK_ROW_SHARE : level);
    }
    vec_each(const Clause, clause, &step->clauses) {
        if (clause->kind == CLAUSE_SET_TYPE) {
            add_other_ends(&found, locks, step, clause->before);
        }
    }
    return found.list;
}
