/*
 * online_rename.c - a rename of a table or column, hidden behind a view until the gate.
 *
 * A renamed table gets its new name at once and a view under the old one. A table with renamed
 * columns keeps its name for the view, which shows each column under its old and its new name, and
 * lives behind it under a reserved name until the contract phase. One view a table, nothing copied:
 * reads, writes, upserts and row locks of both programs pass through it (manual, "CREATE VIEW",
 * "Updatable Views").
 *
 * The view of a renamed table comes first of all, that of renamed columns last before the gate: as
 * long as it stands, a name is that of a view, and the server builds nothing on one.
 */
#include "base/common.h"

#include "compiler/catalog/naming.h"
#include "compiler/plan/online/online_internal.h"

/* Before PostgreSQL 15 a view reads with its owner's rights, past the row security of its table. */
enum { SECURITY_INVOKER_VERSION = 150000 };

/* A primary key that gives the name away needs a table's name for that, and before the view. */
static bool is_key_name(const Online *cx, const Table *after)
{
    return (match_bearer_before(cx->plan->diff, after->schema, after->name) & BEARER_KEY) != 0;
}

/* What the table takes along when it moves would meet something that is there until the gate. */
static bool meets_names(const Online *cx, const Table *before, const Table *after)
{
    bool meets = before->schema != after->schema && before->primary_key != NULL &&
                 online_was_there(cx, after->schema, before->primary_key->name);
    for (size_t i = 0; before->schema != after->schema && i < before->indexes.count; i++) {
        meets = meets || online_was_there(cx, after->schema, before->indexes.items[i]->name);
    }
    return meets;
}

/* The new program has another table or type where the view of the old name would stand. */
static bool is_name_wanted(const Online *cx, const Table *before, const Table *after)
{
    return (before->schema != after->schema || before->name != after->name) &&
           (catalog_find_table(cx->plan->to, before->schema, before->name) != NULL ||
            catalog_find_enum(cx->plan->to, before->schema, before->name) != NULL);
}

static bool is_secured_as_before(const Online *cx, const Table *before)
{
    const int version = cx->plan->from->server_version;
    return !before->has_row_security || version == 0 || version >= SECURITY_INVOKER_VERSION;
}

static bool view_can_hide(const Online *cx, const Change *change)
{
    const Table *after = change->after.table;
    bool name_is_free =
        change->before.table->name == after->name ||
        (!online_name_waits(cx, after->schema, after->name) &&
         !online_type_name_waits(cx, after->schema, after->name) && !is_key_name(cx, after));
    return name_is_free && !is_name_wanted(cx, change->before.table, after) &&
           !meets_names(cx, change->before.table, after) &&
           is_secured_as_before(cx, change->before.table);
}

/* The column's new name was another one's, or another one gets its old name: a view cannot show
 * both. */
static bool passes_on(const Change *change)
{
    return table_find_column(change->before.table, change->after.column->name) != NULL ||
           table_find_column(change->after.table, change->before.column->name) != NULL;
}

/* A name that nobody has is free at any time. */
static bool is_borne(const Online *cx, const Table *after)
{
    return online_was_there(cx, after->schema, after->name) ||
           catalog_find_table(cx->plan->from, after->schema, after->name) != NULL ||
           catalog_find_enum(cx->plan->from, after->schema, after->name) != NULL ||
           is_key_name(cx, after);
}

bool online_rename_is_sure(const Online *cx, const Change *change)
{
    const Table *before = change->before.table, *after = change->after.table;
    if (change->kind == CHANGE_RENAME_COLUMN) {
        return !passes_on(change);
    }
    return !is_borne(cx, after) && !is_name_wanted(cx, before, after) &&
           !meets_names(cx, before, after) && is_secured_as_before(cx, before);
}

static RenamedTable *find_renamed(const Online *cx, const Table *after)
{
    const uintptr_t number = (uintptr_t)object_map_get(&cx->renamed_numbers, after);
    return number == 0 ? NULL : &cx->renamed.items[number - 1];
}

static RenamedTable *renamed_table(Online *cx, const Change *change)
{
    RenamedTable *renamed = find_renamed(cx, change->after.table);
    if (renamed != NULL) {
        return renamed;
    }
    vec_push(cx->arena, &cx->renamed,
             (RenamedTable){.before = change->before.table,
                            .after = change->after.table,
                            .hidden = view_can_hide(cx, change),
                            .cause = change});
    object_map_put(cx->marks, &cx->renamed_numbers, change->after.table,
                   (void *)(uintptr_t)cx->renamed.count);
    return &vec_last(&cx->renamed);
}

void online_find_renames(Online *cx)
{
    vec_each(Change *, change, &cx->plan->diff->changes) {
        if ((*change)->kind == CHANGE_RENAME_TABLE) {
            RenamedTable *renamed = renamed_table(cx, *change);
            renamed->table_renamed = true;
            renamed->cause = *change;
        }
        if ((*change)->kind == CHANGE_RENAME_COLUMN &&
            online_shadow_of(cx, (*change)->after.column) == NULL) {
            RenamedTable *renamed = renamed_table(cx, *change);
            vec_push(cx->arena, &renamed->columns, *change);
            renamed->hidden = renamed->hidden && !passes_on(*change);
        }
    }
}

/* --- sorting -----------------------------------------------------------------------------------
 */

bool online_has_view(const Online *cx, const Table *after)
{
    const RenamedTable *renamed = find_renamed(cx, after);
    return renamed != NULL && renamed->hidden;
}

bool online_fills_renamed(const Online *cx, const Column *column, const char *expression)
{
    const RenamedTable *renamed = find_renamed(cx, column->table);
    if (renamed == NULL || !renamed->hidden || renamed->table_renamed) {
        return false;
    }
    vec_each(const Change *, change, &renamed->columns) {
        if ((*change)->after.column == column ||
            sql_reads_column(expression, (*change)->before.column->name) ||
            sql_reads_column(expression, (*change)->after.column->name)) {
            return true;
        }
    }
    return false;
}

bool online_names_lost(const Online *cx, const Table *after, const char *expression)
{
    const RenamedTable *renamed = find_renamed(cx, after);
    vec_each(const Shadow, at, &cx->shadows) {
        if (at->named && at->change->after.table == after &&
            sql_reads_column(expression, at->change->before.column->name)) {
            return true;
        }
    }
    for (size_t i = 0; renamed != NULL && i < renamed->columns.count; i++) {
        if (sql_reads_column(expression, renamed->columns.items[i]->before.column->name)) {
            return true;
        }
    }
    return false;
}

/* Without a view neither program survives the other's name: the rename waits for the gate. */
void online_rename(Online *cx, const Change *change)
{
    const bool is_named =
        change->kind == CHANGE_RENAME_COLUMN && online_shadow_of(cx, change->after.column) != NULL;
    if (!is_named && !online_has_view(cx, change->after.table)) {
        vec_push(cx->arena, &cx->contract, online_facets(cx, change, 0));
        online_note(cx, vec_last(&cx->contract), HAZARD_RENAME_BREAKS, NULL);
    }
}

/* --- writing -----------------------------------------------------------------------------------
 */

static void add_rename_clause(Online *cx, Step *step, const Change *change)
{
    vec_push(cx->arena, &step->clauses,
             (Clause){.kind = CLAUSE_RENAME_COLUMN,
                      .before = change->before.column,
                      .after = change->after.column,
                      .cause = change});
}

static Step *view_step(Online *cx, const RenamedTable *renamed, StepKind kind, Phase phase)
{
    Step *step = online_step(cx, kind, phase, renamed->cause);
    step->before = (Subject){.table = renamed->before};
    step->after = (Subject){.table = renamed->after};
    if (!renamed->table_renamed) {
        step->name = name_reserved(cx->plan->to->names, RESERVED_BEHIND, renamed->before->name);
    }
    vec_each(const Change *, change, &renamed->columns) {
        add_rename_clause(cx, step, *change);
    }
    return step;
}

static void write_view(Online *cx, const RenamedTable *renamed, Phase phase)
{
    Step *step = view_step(cx, renamed, STEP_COMPATIBILITY_VIEW, phase);
    step_add_hazard(cx->plan, step, HAZARD_RENAME_NEEDS_VIEW, renamed->before, NULL, NULL);
}

void online_write_table_views(Online *cx)
{
    vec_each(const RenamedTable, renamed, &cx->renamed) {
        if (renamed->hidden && renamed->table_renamed) {
            write_view(cx, renamed, PHASE_EXPAND);
        }
    }
}

void online_write_column_views(Online *cx, Phase phase)
{
    vec_each(const RenamedTable, renamed, &cx->renamed) {
        if (renamed->hidden && !renamed->table_renamed) {
            write_view(cx, renamed, phase);
            online_write_fill_renewals(cx, renamed->after, phase);
        }
    }
}

void online_write_view_drops(Online *cx)
{
    vec_each(const RenamedTable, renamed, &cx->renamed) {
        if (renamed->hidden) {
            view_step(cx, renamed, STEP_DROP_COMPATIBILITY_VIEW, PHASE_CONTRACT);
        }
    }
}
