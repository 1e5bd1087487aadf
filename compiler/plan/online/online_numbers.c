/*
 * online_numbers.c - a key gets a sequence while a program is alive that goes on giving its values.
 *
 * The column gets no default before the gate, but a trigger: whoever gives no value draws one, and
 * again while what was drawn is taken; whoever gives one, the old program, moves the sequence
 * behind it. Both lock the value, so that none is given and drawn at the same instant. That the row
 * has no value is what tells the two apart: the column takes no nulls, and had no default. Behind
 * the gate the trigger goes, and the column gets its default, under a lock that keeps all others
 * out.
 *
 * A column that is no key needs none of it: nothing fails where a number is there twice.
 */
#include "base/common.h"

#include "compiler/catalog/naming.h"
#include "compiler/plan/online/online_internal.h"

/* Its greatest value, and whether it has a certain one, is found without reading the table. */
static bool leads_key(const Online *cx, const Column *column)
{
    const Table *table = column->table;
    if (table->primary_key != NULL && table->primary_key->columns.items[0] == column) {
        return true;
    }
    vec_each(Index *const, at, online_indexes_over(cx, column)) {
        if ((*at)->kind == INDEX_UNIQUE && (*at)->valid && (*at)->predicate == NULL &&
            (*at)->parts.items[0].column == column) {
            return true;
        }
    }
    return false;
}

/* A function's text is nothing that the renaming of a column follows; and where the table goes
 * after the gate, its sequence is not where the function looks for it until then. */
static bool is_renamed(const Online *cx, const Table *after)
{
    const Change *rename = online_change_of(cx, CHANGE_RENAME_TABLE, after);
    return online_change_of(cx, CHANGE_RENAME_COLUMN, after) != NULL ||
           (rename != NULL && !online_rename_is_sure(cx, rename));
}

bool online_draws_numbers(const Online *cx, const Change *change)
{
    const Column *before = change->before.column, *after = change->after.column;
    const unsigned facets = FACET_DEFAULT | FACET_SEQUENCE;
    return (change->facets & FACET_SEQUENCE) != 0 && (change->facets & ~facets) == 0 &&
           after->dflt.kind == DEFAULT_SEQUENCE && after->identity == IDENTITY_NONE &&
           before->dflt.kind == DEFAULT_NONE && before->generated == NULL && before->not_null &&
           !before->table->is_partitioned && !before->table->has_children &&
           leads_key(cx, before) && !is_renamed(cx, change->after.table);
}

/* --- writing -----------------------------------------------------------------------------------
 */

static Step *numbers_step(Online *cx, const Change *change, StepKind kind, Phase phase)
{
    const Column *wanted = change->after.column;
    Step *step = online_step(cx, kind, phase, change);
    step->name = name_reserved_of_column(cx->plan->to->names, RESERVED_TRIGGER, wanted->table->name,
                                         wanted->name);
    return step;
}

void online_write_number_triggers(Online *cx)
{
    vec_each(const Change *, at, &cx->numbered) {
        Step *step = numbers_step(cx, *at, STEP_NUMBER_TRIGGER, PHASE_EXPAND);
        online_lock_keys(cx, step, (*at)->after.column);
        step_add_hazard(cx->plan, step, HAZARD_NUMBERS_MEET, (*at)->before.table,
                        (*at)->before.column, NULL);
    }
}

void online_write_settled_numbers(Online *cx)
{
    vec_each(const Change *, at, &cx->numbered) {
        (void)numbers_step(cx, *at, STEP_SETTLE_NUMBERS, PHASE_CONTRACT);
    }
}
