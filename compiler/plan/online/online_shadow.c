/*
 * online_shadow.c - a column that widens: a second one of the new type beside it, switched in.
 *
 * A change of type in place writes the table anew while nobody can read or write it. Instead the
 * new type gets a column of its own, a trigger that keeps it like the old one, a fill in batches,
 * its indexes and its NOT NULL; then one short transaction drops the old column and gives its name
 * to the new one (zero-downtime facts: docs/online.md). Both programs understand the result, so all
 * of that happens before the gate, and nothing is left for contract.
 *
 * A key, a unique index, a foreign key, a generated column or anything the language cannot say over
 * the column binds it: two unique indexes serve one key, upserts of both programs would fail on the
 * second. Such a column changes in place, after the gate.
 */
#include "base/common.h"

#include "base/strbuf.h"
#include "compiler/catalog/casts.h"
#include "compiler/catalog/naming.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/online/online_internal.h"

/* --- may it? -----------------------------------------------------------------------------------
 */

static bool index_reads(const Index *index, const Column *column)
{
    vec_each(const IndexPart, part, &index->parts) {
        if (part->column == column) {
            return true;
        }
    }
    return column_in_list(column, index->include.items, index->include.count) ||
           column_in_list(column, index->predicate_columns.items, index->predicate_columns.count);
}

static void bind(Online *cx, const void *what)
{
    if (what != NULL) {
        object_map_put(cx->arena, &cx->bound, what, cx);
    }
}

static void bind_columns(Online *cx, Column *const *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bind(cx, columns[i]);
    }
}

/* A plain index can be built over the second column, too; an expression may read any column. */
static void bind_by_index(Online *cx, const Index *index)
{
    const bool is_plain =
        index->kind == INDEX_NORMAL && index->predicate == NULL && !index->is_constraint;
    vec_each(const IndexPart, part, &index->parts) {
        if (part->column == NULL) {
            bind(cx, index->table);
        } else if (!is_plain) {
            bind(cx, part->column);
        }
    }
    if (!is_plain) {
        bind_columns(cx, index->include.items, index->include.count);
        bind_columns(cx, index->predicate_columns.items, index->predicate_columns.count);
    }
}

static void bind_by_table(Online *cx, const Table *table)
{
    const PrimaryKey *key = table->primary_key;
    vec_each(Index *, index, &table->indexes) {
        bind_by_index(cx, *index);
    }
    vec_each(ForeignKey *, at, &table->foreign_keys) {
        bind_columns(cx, (*at)->columns.items, (*at)->columns.count);
        bind_columns(cx, (*at)->referenced_columns.items, (*at)->referenced_columns.count);
    }
    if (table->is_partitioned) {
        bind(cx, table);
    }
    if (key != NULL) {
        bind_columns(cx, key->columns.items, key->columns.count);
    }
}

/* Only where some column changes at all. */
void online_find_bound(Online *cx)
{
    const Catalog *const sides[] = {cx->plan->from, cx->plan->to};
    if (cx->by_kind[CHANGE_MODIFY_COLUMN].count == 0) {
        return;
    }
    for (size_t i = 0; i < lengthof(sides); i++) {
        vec_each(Table *, table, &sides[i]->tables) {
            bind_by_table(cx, *table);
        }
    }
    vec_each(Opaque *, opaque, &cx->plan->from->opaque) {
        bind_columns(cx, (*opaque)->columns.items, (*opaque)->columns.count);
    }
}

static bool is_bound(const Online *cx, const Column *column)
{
    return object_map_get(&cx->bound, column) != NULL ||
           object_map_get(&cx->bound, column->table) != NULL;
}

/* What else the plan does with the column, or with an index over it. */
static bool changes_otherwise(const Online *cx, const Change *change)
{
    return online_renames_in(cx, change->after.table) ||
           online_changes_index(cx, change->before.column) ||
           online_changes_index(cx, change->after.column) || change->facets != FACET_TYPE;
}

static bool has_bound_default(const Column *column)
{
    return column->dflt.kind == DEFAULT_SEQUENCE || column->dflt.kind == DEFAULT_OPAQUE ||
           column->identity != IDENTITY_NONE || column->generated != NULL;
}

bool online_has_shadow(const Online *cx, const Change *change)
{
    const Column *before = change->before.column, *after = change->after.column;
    return online_type_change(&before->type, &after->type) == TYPE_CHANGE_WIDENS &&
           !(after->type.list && cast_changes_zone(&before->type, &after->type)) &&
           !changes_otherwise(cx, change) && !has_bound_default(before) &&
           !has_bound_default(after) && !is_bound(cx, before) && !is_bound(cx, after);
}

/* --- sorting -----------------------------------------------------------------------------------
 */

/* Times without zone are UTC: that is what clients send (docs/online.md). */
static const char *value_of(Online *cx, const Change *change)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    sql_ident(&text, change->before.column->name);
    if (cast_changes_zone(&change->before.column->type, &change->after.column->type)) {
        strbuf_add(&text, " AT TIME ZONE 'UTC'");
    }
    return strbuf_take(&text, cx->arena);
}

void online_add_shadow(Online *cx, const Change *change)
{
    const Column *wanted = change->after.column;
    Names *names = cx->plan->to->names;
    Column *column = online_column_copy(cx, wanted);
    column->name = name_reserved(names, RESERVED_BEHIND, wanted->name);
    column->position =
        (uint32_t)wanted->table->columns.count; /* none of the table's: another one */
    column->not_null = false;
    column->dflt = (Default){.kind = DEFAULT_NONE};
    Subject added = change->after;
    added.column = column;
    vec_push(
        cx->arena, &cx->expand,
        online_change(cx, CHANGE_ADD_COLUMN, 0, (Subject){.table = change->before.table}, added));
    vec_push(cx->arena, &cx->shadows,
             (Shadow){.change = change,
                      .added = vec_last(&cx->expand),
                      .second = column,
                      .value = value_of(cx, change),
                      .trigger = name_reserved_of_column(names, RESERVED_TRIGGER,
                                                         wanted->table->name, wanted->name),
                      .not_null = change->before.column->not_null});
}

/* --- writing -----------------------------------------------------------------------------------
 */

static Step *shadow_step(Online *cx, const Shadow *shadow, StepKind kind, Phase phase)
{
    Step *step = online_step(cx, kind, phase, shadow->added);
    step->before = shadow->change->before;
    step->expression = shadow->value;
    return step;
}

void online_write_shadow_triggers(Online *cx)
{
    vec_each(const Shadow, shadow, &cx->shadows) {
        shadow_step(cx, shadow, STEP_SYNC_TRIGGER, PHASE_EXPAND)->name = shadow->trigger;
    }
}

void online_write_shadow_fills(Online *cx)
{
    vec_each(const Shadow, shadow, &cx->shadows) {
        shadow_step(cx, shadow, STEP_BACKFILL, PHASE_BACKFILL);
    }
}

/* The index over the second column in the place of the first. */
static const Index *index_over(Online *cx, const Index *index, const Shadow *shadow)
{
    const Column *first = shadow->change->after.column;
    Index *copy = arena_make(cx->arena, Index);
    *copy = (Index){.name = name_reserved(cx->plan->to->names, RESERVED_BUILT, index->name),
                    .table = index->table,
                    .kind = index->kind,
                    .method = index->method,
                    .method_name = index->method_name,
                    .valid = index->valid,
                    .origin = index->origin};
    vec_each(const IndexPart, part, &index->parts) {
        vec_push(cx->arena, &copy->parts, *part);
        if (part->column == first) {
            vec_last(&copy->parts).column = shadow->second;
        }
    }
    vec_each(Column *, column, &index->include) {
        vec_push(cx->arena, &copy->include, *column == first ? shadow->second : *column);
    }
    return copy;
}

static void write_not_null(Online *cx, const Shadow *shadow)
{
    const Column *column = shadow->added->after.column;
    const Name check = name_reserved(cx->plan->to->names, RESERVED_REQUIRED, column->name);
    const Clause clause = {.kind = CLAUSE_CHECK_NOT_NULL, .after = column, .cause = shadow->added};
    Step *add = shadow_step(cx, shadow, STEP_ADD_CHECK, PHASE_TIGHTEN);
    vec_push(cx->arena, &add->clauses, clause);
    add->name = check;
    shadow_step(cx, shadow, STEP_VALIDATE_CONSTRAINT, PHASE_TIGHTEN)->name = check;
    shadow_step(cx, shadow, STEP_SET_NOT_NULL, PHASE_TIGHTEN)->name = check;
    Step *drop = shadow_step(cx, shadow, STEP_DROP_CHECK, PHASE_TIGHTEN);
    vec_push(cx->arena, &drop->clauses, clause);
    drop->name = check;
}

static void write_index_rename(Online *cx, const Shadow *shadow, const Index *built,
                               const Index *wanted)
{
    Step *step = shadow_step(cx, shadow, STEP_RENAME_INDEX, PHASE_TIGHTEN);
    step->before = (Subject){.table = wanted->table, .index = built};
    step->after = (Subject){.table = wanted->table, .index = wanted};
}

static void write_switch(Online *cx, const Shadow *shadow)
{
    const Table *table = shadow->change->after.table;
    VEC(const Index *) built = {0};
    VEC(const Index *) wanted = {0};
    vec_each(Index *, index, &table->indexes) {
        if (index_reads(*index, shadow->change->after.column)) {
            vec_push(cx->arena, &wanted, *index);
            vec_push(cx->arena, &built, index_over(cx, *index, shadow));
            Step *build = shadow_step(cx, shadow, STEP_CREATE_INDEX_ONLINE, PHASE_TIGHTEN);
            build->after.index = vec_last(&built);
        }
    }
    if (shadow->not_null) {
        write_not_null(cx, shadow);
    }
    Step *step = online_step(cx, STEP_SWITCH_COLUMN, PHASE_TIGHTEN, shadow->change);
    step->name = shadow->trigger;
    vec_push(cx->arena, &step->clauses,
             (Clause){.kind = CLAUSE_RENAME_COLUMN,
                      .before = shadow->added->after.column,
                      .after = shadow->change->after.column,
                      .cause = shadow->change});
    step_add_hazard(cx->plan, step, HAZARD_STALE_PLANS, shadow->change->before.table,
                    shadow->change->before.column, NULL);
    for (size_t i = 0; i < built.count; i++) {
        write_index_rename(cx, shadow, built.items[i], wanted.items[i]);
    }
}

void online_write_switches(Online *cx)
{
    vec_each(const Shadow, shadow, &cx->shadows) {
        write_switch(cx, shadow);
    }
}
