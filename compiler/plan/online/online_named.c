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
#include "compiler/plan/steps/sql_words.h"

bool online_gets_name(const Change *change)
{
    return change->before.column != NULL && change->after.column != NULL &&
           change->before.column->name != change->after.column->name;
}

/* --- may it? -----------------------------------------------------------------------------------
 */

static bool is_in_key(const Online *cx, const Column *column)
{
    return online_in_primary_key(cx, column) || online_keys_over(cx, column)->count > 0;
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
           !is_in_key(cx, before) && !is_in_key(cx, after);
}

/* --- renames beside it -------------------------------------------------------------------------
 */

/* Is another column of the key renamed? */
static bool renames_others_in(const Online *cx, const void *key, bool is_renamed)
{
    return (uintptr_t)object_map_get(&cx->renamed_in, key) > (is_renamed ? 1 : 0);
}

/* Does a trigger's function lock a key by the column and by another one that is renamed? */
static bool is_locked_with_renamed(const Online *cx, const Column *wanted, bool is_renamed)
{
    if (online_in_primary_key(cx, wanted) &&
        renames_others_in(cx, wanted->table->primary_key, is_renamed)) {
        return true;
    }
    vec_each(Index *const, index, online_indexes_over(cx, wanted)) {
        if ((*index)->kind == INDEX_UNIQUE && renames_others_in(cx, *index, is_renamed) &&
            index_has_part(*index, wanted)) {
            return true;
        }
    }
    return false;
}

static bool speaks_of(const char *text, const Change *rename)
{
    return text != NULL && (sql_reads_column(text, rename->before.column->name) ||
                            sql_reads_column(text, rename->after.column->name));
}

/* Does the author's text, which a trigger's function says, speak of another column that is renamed?
 */
static bool speaks_of_renamed(Online *cx, const Change *change)
{
    const char *up = online_stated_value(cx, change);
    const char *down = online_down_hint(cx, change->after.column);
    if (up == NULL && down == NULL) {
        return false;
    }
    vec_each(Column *, column, &change->after.table->columns) {
        const Change *rename = online_change_of(cx, CHANGE_RENAME_COLUMN, *column);
        if (rename != NULL && *column != change->after.column &&
            (speaks_of(up, rename) || speaks_of(down, rename))) {
            return true;
        }
    }
    return false;
}

bool online_rename_hinders(Online *cx, const Change *change)
{
    const bool is_renamed =
        online_change_of(cx, CHANGE_RENAME_COLUMN, change->after.column) != NULL;
    return object_map_get(&cx->unsure_renames, change->after.table) != NULL ||
           (is_renamed && !online_may_be_named(cx, change)) ||
           is_locked_with_renamed(cx, change->after.column, is_renamed) ||
           speaks_of_renamed(cx, change);
}

/* A table's view is raised first of all, and shows the first column until the gate. */
bool online_rename_delays(const Online *cx, const Table *after)
{
    return online_change_of(cx, CHANGE_RENAME_TABLE, after) != NULL;
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
