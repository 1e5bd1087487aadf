/*
 * online_rename.c - a rename of a table or column, hidden behind a view until the gate.
 *
 * A renamed table gets its new name at once and a view under the old one. A table with renamed
 * columns keeps its name for the view, which shows each column under its old and its new name, and
 * lives behind it under a reserved name until the contract phase. One view a table, nothing copied:
 * reads, writes, upserts and row locks of both programs pass through it (manual, "CREATE VIEW",
 * "Updatable Views").
 *
 * The view of a renamed table comes first of all, so that every later step knows the table by its
 * final name. The view of renamed columns comes last before the gate, so that every earlier step
 * finds a table under that name, with the columns' old names: the `early` catalog spells the
 * wanted one that way.
 */
#include "base/common.h"

#include "compiler/catalog/catalog_copy.h"
#include "compiler/plan/diff/enum_rename.h"
#include "compiler/catalog/naming.h"
#include "compiler/plan/online/online_internal.h"

/* Before PostgreSQL 15 a view reads with its owner's rights, past the row security of its table. */
enum { SECURITY_INVOKER_VERSION = 150000 };

/* A primary key that gives the name away needs a table's name for that, and before the view. */
static bool is_key_name(const Online *cx, const Table *after)
{
    vec_each(Table *, at, &cx->plan->from->tables) {
        const PrimaryKey *key = (*at)->primary_key;
        if ((*at)->schema == after->schema && key != NULL && key->name == after->name) {
            return true;
        }
    }
    return false;
}

static bool view_can_hide(const Online *cx, const Change *change)
{
    int version = cx->plan->from->server_version;
    const Table *after = change->after.table;
    bool name_is_free =
        change->before.table->name == after->name ||
        (!online_name_taken(cx, after->schema, after->name) && !is_key_name(cx, after));
    return name_is_free && (!change->before.table->has_row_security || version == 0 ||
                            version >= SECURITY_INVOKER_VERSION);
}

/* The column's new name was another one's, or another one gets its old name: a view cannot show
 * both. */
static bool passes_on(const Change *change)
{
    return table_find_column(change->before.table, change->after.column->name) != NULL ||
           table_find_column(change->after.table, change->before.column->name) != NULL;
}

static RenamedTable *find_renamed(const Online *cx, const Table *after)
{
    vec_each(RenamedTable, renamed, &cx->renamed) {
        if (renamed->after == after) {
            return renamed;
        }
    }
    return NULL;
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
    return &vec_last(&cx->renamed);
}

/* --- the wanted catalog before the gate --------------------------------------------------------
 */

static Table *twin_table(const Catalog *from, const Catalog *to, const Table *table)
{
    for (size_t i = 0; i < from->tables.count; i++) {
        if (from->tables.items[i] == table) {
            return to->tables.items[i];
        }
    }
    unreachable();
}

/* Names may pass from one column to the next: all give theirs away before any takes another. */
static void give_old_column_names(const Online *cx, const RenamedTable *renamed)
{
    Table *table = twin_table(cx->plan->to, cx->early, renamed->after);
    vec_each(const Change *, change, &renamed->columns) {
        map_remove(&table->columns_by_name, (*change)->after.column->name);
    }
    vec_each(const Change *, change, &renamed->columns) {
        Column *column = table->columns.items[(*change)->after.column->position];
        column->name = (*change)->before.column->name;
        map_put(cx->arena, &table->columns_by_name, column->name, column);
    }
}

static bool is_new_name_early(const RenamedTable *renamed)
{
    return renamed->table_renamed && renamed->hidden;
}

/* The same among tables. */
static void give_old_table_names(const Online *cx, Catalog *early)
{
    vec_each(const RenamedTable, renamed, &cx->renamed) {
        if (renamed->table_renamed && !renamed->hidden) {
            map_remove2(&early->tables_by_name, renamed->after->schema, renamed->after->name);
        }
    }
    vec_each(const RenamedTable, renamed, &cx->renamed) {
        if (renamed->table_renamed && !renamed->hidden) {
            Table *table = twin_table(cx->plan->to, cx->early, renamed->after);
            table->schema = renamed->before->schema;
            table->name = renamed->before->name;
            map_put2(early->arena, &early->tables_by_name, table->schema, table->name, table);
        }
    }
}

/* Types and values of enums are renamed after the gate. */
static EnumRenameList enum_renames(const Online *cx)
{
    EnumRenameList renames = {0};
    vec_each(Change *, change, &cx->plan->diff->changes) {
        if ((*change)->kind == CHANGE_RENAME_ENUM) {
            const EnumRename rename = {(*change)->before.enum_type, (*change)->after.enum_type};
            vec_push(cx->arena, &renames, rename);
        }
    }
    return renames;
}

static void name_early(Online *cx)
{
    const EnumRenameList enums = enum_renames(cx);
    cx->early = cx->plan->to;
    if (cx->renamed.count == 0 && enums.count == 0) {
        return;
    }
    Catalog *early = catalog_copy(cx->arena, cx->plan->to);
    cx->early = early;
    enum_renames_undone(early, &enums);
    vec_each(const RenamedTable, renamed, &cx->renamed) {
        if (!is_new_name_early(renamed)) {
            give_old_column_names(cx, renamed);
        }
    }
    give_old_table_names(cx, early);
}

void online_find_renames(Online *cx)
{
    vec_each(Change *, change, &cx->plan->diff->changes) {
        if ((*change)->kind == CHANGE_RENAME_TABLE) {
            RenamedTable *renamed = renamed_table(cx, *change);
            renamed->table_renamed = true;
            renamed->cause = *change;
        }
        if ((*change)->kind == CHANGE_RENAME_COLUMN) {
            RenamedTable *renamed = renamed_table(cx, *change);
            vec_push(cx->arena, &renamed->columns, *change);
            renamed->hidden = renamed->hidden && !passes_on(*change);
        }
    }
    name_early(cx);
}

/* --- a change as it is named before the gate ---------------------------------------------------
 */

static void translate_in_table(const Table *table, const Table *twin, Subject *subject)
{
    subject->table = twin;
    if (subject->column != NULL) {
        subject->column = twin->columns.items[subject->column->position];
    }
    if (subject->primary_key != NULL) {
        subject->primary_key = twin->primary_key;
    }
    for (size_t i = 0; i < table->indexes.count; i++) {
        if (subject->index == table->indexes.items[i]) {
            subject->index = twin->indexes.items[i];
            break;
        }
    }
    for (size_t i = 0; i < table->foreign_keys.count; i++) {
        if (subject->foreign_key == table->foreign_keys.items[i]) {
            subject->foreign_key = twin->foreign_keys.items[i];
            break;
        }
    }
}

/* The subject in a catalog that has the same things under other names. */
static void translate(const Catalog *from, const Catalog *to, Subject *subject)
{
    if (from == to) {
        return;
    }
    if (subject->table != NULL) {
        translate_in_table(subject->table, twin_table(from, to, subject->table), subject);
    }
    for (size_t i = 0; i < from->enums.count; i++) {
        if (subject->enum_type == from->enums.items[i]) {
            subject->enum_type = to->enums.items[i];
            break;
        }
    }
}

const Change *online_early_change(Online *cx, const Change *change)
{
    if (cx->early == cx->plan->to || change->kind == CHANGE_RENAME_ENUM) {
        return change;
    }
    Change *early = online_facets(cx, change, change->facets);
    translate(cx->plan->from, cx->plan->origin, &early->before);
    translate(cx->plan->to, cx->early, &early->after);
    return early;
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

bool online_view_takes_index_name(const Online *cx)
{
    vec_each(Change *, change, &cx->expand) {
        vec_each(const RenamedTable, renamed, &cx->renamed) {
            if ((*change)->kind == CHANGE_RENAME_INDEX && is_new_name_early(renamed) &&
                renamed->after->schema == (*change)->before.table->schema &&
                renamed->after->name == (*change)->before.index->name) {
                return true;
            }
        }
    }
    return false;
}

/* Without a view neither program survives the other's name: the rename waits for the gate. */
void online_rename(Online *cx, Piece piece)
{
    if (!online_has_view(cx, piece.late->after.table)) {
        vec_push(cx->arena, &cx->contract, online_facets(cx, piece.late, 0));
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
        step->name = name_reserved(cx->plan->to->names, "", renamed->before->name, "__bellows");
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
