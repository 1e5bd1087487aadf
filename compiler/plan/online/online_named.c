/*
 * online_named.c - a column that gets another name and another type: each program has one of its
 * own.
 *
 * Under one name two programs can work only with a type that both understand; under two each has
 * its own. So the second column (online_shadow.c) has the new name from the start, no view is
 * raised, and the trigger works both ways: what the old program writes goes over, what the new one
 * writes comes back as far as it can. What cannot leaves the first column empty. Behind the gate
 * the first column goes.
 *
 * What else is renamed in the table stands in no second column's way, unless a function of the
 * plan's would have to speak of it: its text is nothing that a renaming follows.
 */
#include "base/common.h"

#include "compiler/plan/online/online_internal.h"
#include "compiler/plan/diff/conversions.h"

bool online_gets_name(const Change *change)
{
    return change->before.column != NULL && change->after.column != NULL &&
           change->before.column->name != change->after.column->name;
}

/* --- may it? -----------------------------------------------------------------------------------
 */

static bool in_key(const PrimaryKey *key, const Column *column)
{
    return key != NULL && column_in_list(column, key->columns.items, key->columns.count);
}

static bool in_foreign_key(const Catalog *catalog, const Column *column)
{
    vec_each(Table *, table, &catalog->tables) {
        vec_each(ForeignKey *, at, &(*table)->foreign_keys) {
            if (column_in_list(column, (*at)->columns.items, (*at)->columns.count) ||
                column_in_list(column, (*at)->referenced_columns.items,
                               (*at)->referenced_columns.count)) {
                return true;
            }
        }
    }
    return false;
}

/* Both names are the column's alone. */
static bool has_both_names(const Change *change)
{
    return table_find_column(change->before.table, change->after.column->name) == NULL &&
           table_find_column(change->after.table, change->before.column->name) == NULL;
}

/* Where the first has a default, a row of the new program that has no value could not be told; a
 * default of the second is the trigger's to give. */
static bool have_fitting_defaults(const Column *before, const Column *after)
{
    const DefaultKind first = before->dflt.kind, second = after->dflt.kind;
    return first == DEFAULT_NONE
               ? second == DEFAULT_NONE || second == DEFAULT_VALUE || second == DEFAULT_LIST
               : after->not_null && first != DEFAULT_SEQUENCE && second != DEFAULT_SEQUENCE;
}

bool online_may_be_named(const Online *cx, const Change *change)
{
    const Column *before = change->before.column, *after = change->after.column;
    return has_both_names(change) && have_fitting_defaults(before, after) &&
           !in_key(before->table->primary_key, before) &&
           !in_key(after->table->primary_key, after) && !in_foreign_key(cx->plan->from, before) &&
           !in_foreign_key(cx->plan->to, after);
}

/* --- renames beside it -------------------------------------------------------------------------
 */

/* Does a trigger's function lock a key by the column and by one that is renamed? */
static bool is_locked_with(const Column *wanted, const Column *renamed)
{
    if (in_key(wanted->table->primary_key, wanted) && in_key(wanted->table->primary_key, renamed)) {
        return true;
    }
    vec_each(Index *, index, &wanted->table->indexes) {
        bool has_wanted = false, has_renamed = false;
        vec_each(const IndexPart, part, &(*index)->parts) {
            has_wanted = has_wanted || part->column == wanted;
            has_renamed = has_renamed || part->column == renamed;
        }
        if ((*index)->kind == INDEX_UNIQUE && has_wanted && has_renamed) {
            return true;
        }
    }
    return false;
}

bool online_rename_hinders(const Online *cx, const Change *change)
{
    const Table *table = change->after.table;
    vec_each(const Change *, at, &cx->by_kind[CHANGE_RENAME_TABLE]) {
        if ((*at)->after.table == table && !online_rename_is_sure(cx, *at)) {
            return true;
        }
    }
    vec_each(const Change *, at, &cx->by_kind[CHANGE_RENAME_COLUMN]) {
        const Column *renamed = (*at)->after.column;
        const bool is_own = renamed == change->after.column;
        if ((*at)->after.table == table &&
            (!online_rename_is_sure(cx, *at) ||
             (is_own ? !online_may_be_named(cx, change)
                     : is_locked_with(change->after.column, renamed)))) {
            return true;
        }
    }
    return false;
}

/* A table's view is raised first of all, and shows the first column until the gate. */
bool online_rename_delays(const Online *cx, const Table *after)
{
    vec_each(const Change *, at, &cx->by_kind[CHANGE_RENAME_TABLE]) {
        if ((*at)->after.table == after) {
            return true;
        }
    }
    return false;
}

/* --- both ways ---------------------------------------------------------------------------------
 */

/* What the author says a value becomes says nothing of the way back, which is a hint of its own. */
static bool comes_back(Online *cx, const Change *change)
{
    return online_down_hint(cx, change->after.column) != NULL ||
           (online_stated_value(cx, change) == NULL &&
            conversion_between(&change->after.column->type, &change->before.column->type) !=
                CONVERSION_NONE);
}

static bool may_be_left_empty(Online *cx, const Change *change)
{
    const Column *before = change->before.column, *after = change->after.column;
    const bool takes_null = !after->not_null;
    return takes_null || !comes_back(cx, change) || online_down_hint(cx, after) != NULL ||
           conversion_between(&after->type, &before->type) == CONVERSION_FIRST_OF_LIST ||
           conversion_may_refuse(&after->type, &before->type);
}

void online_free_first(Online *cx, const Shadow *shadow)
{
    const Change *change = shadow->change;
    if (!change->before.column->not_null || !may_be_left_empty(cx, change)) {
        return;
    }
    Column *relaxed = online_column_copy(cx, change->before.column);
    relaxed->not_null = false;
    Subject after = change->after;
    after.column = relaxed;
    vec_push(cx->arena, &cx->expand,
             online_change(cx, CHANGE_MODIFY_COLUMN, FACET_NULLABILITY, change->before, after));
    online_note(cx, vec_last(&cx->expand), HAZARD_OLD_READER_NULL, NULL);
}

void online_follow_back(Online *cx, const Shadow *shadow, Step *trigger)
{
    const ClauseKind kind = comes_back(cx, shadow->change) ? CLAUSE_KEEP_FIRST : CLAUSE_EMPTY_FIRST;
    const Column *after = shadow->change->after.column;
    const char *down = online_down_hint(cx, after);
    vec_push(cx->arena, &trigger->clauses,
             (Clause){.kind = kind,
                      .before = after,
                      .after = shadow->second,
                      .expression = down == NULL ? NULL : online_trusted_down(cx, after, down),
                      .cause = shadow->added});
}
