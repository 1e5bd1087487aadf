/*
 * online_index.c - indexes of tables that are in use: built and dropped concurrently.
 *
 * Each statement stands alone in its script, because it refuses to run in a transaction. An index
 * that changes under its name is built under a reserved one and the names are swapped: there is no
 * moment without an index. Unique ones are built before the gate as well, since the new program's
 * upserts need them; duplicates make the build fail and nothing else (manual, "CREATE INDEX",
 * "Building Indexes Concurrently").
 */
#include "base/common.h"

#include "base/strbuf.h"
#include "compiler/catalog/naming.h"
#include "compiler/plan/direct/duplicates.h"
#include "compiler/plan/diff/uniqueness.h"
#include "compiler/plan/online/online_internal.h"

/* Does it lose a column, or has it to step aside, when its table changes after the gate? */
static bool loses_ground(const Online *cx, const Index *index)
{
    vec_each(const IndexPart, part, &index->parts) {
        if (part->column != NULL && online_column_waits(cx, part->column)) {
            return true;
        }
    }
    vec_each(Column *, column, &index->predicate_columns) {
        if (online_column_waits(cx, *column)) {
            return true;
        }
    }
    vec_each(Column *, column, &index->compared_columns) {
        if (online_of_rebuilt_enum(cx, *column)) {
            return true;
        }
    }
    return false;
}

static const Index *index_named(Online *cx, const Index *index, Name name)
{
    Index *copy = arena_make(cx->arena, Index);
    *copy = *index;
    copy->name = name;
    return copy;
}

static void push_swap(Online *cx, const Change *change, const Change *drop)
{
    Name name = change->after.index->name;
    Name built = name_reserved(cx->plan->to->names, RESERVED_BUILT, name);
    Name retired = name_reserved(cx->plan->to->names, RESERVED_RETIRED, name);
    vec_push(cx->arena, &cx->index_swaps,
             (IndexSwap){.built = index_named(cx, change->after.index, built),
                         .retired = index_named(cx, drop->before.index, retired),
                         .drop = drop,
                         .add = change});
    online_settle_drop(cx, drop);
}

/* Something keeps the name until the gate: the index is built under a reserved one, and renamed. */
static const Change *named_later(Online *cx, const Change *change)
{
    Change *build = arena_make(cx->arena, Change);
    *build = *change;
    build->after.index =
        index_named(cx, change->after.index,
                    name_reserved(cx->plan->to->names, RESERVED_BUILT, change->after.index->name));
    Change *rename = arena_make(cx->arena, Change);
    *rename = (Change){.kind = CHANGE_RENAME_INDEX,
                       .before = {.table = change->after.table, .index = build->after.index},
                       .after = change->after};
    vec_push(cx->arena, &cx->contract, rename);
    return build;
}

/* On a table in use: not concurrently. */
static void add_plainly(Online *cx, const Change *change, ChangeList *list)
{
    vec_push(cx->arena, list, online_facets(cx, change, 0));
    online_note(cx, vec_last(list), HAZARD_INDEX_BLOCKS, NULL);
}

void online_add_index(Online *cx, const Change *change)
{
    const Table *before = match_table_before(cx->plan->diff, change->after.table);
    const Index *index = change->after.index;
    const Change *drop = online_index_changes(cx, change->after.table, index->name).drop;
    const bool swaps = drop != NULL && !loses_ground(cx, drop->before.index);
    if (online_index_switches(cx, change)) {
        return; /* online_switch.c */
    }
    if (cx->waits && before == NULL) {
        vec_push(cx->arena, &cx->contract, online_facets(cx, change, 0));
        return;
    }
    if (cx->waits) {
        add_plainly(cx, change, &cx->contract);
        return;
    }
    if (!swaps && online_name_waits(cx, change->after.table->schema, index->name)) {
        change = named_later(cx, change);
    }
    if (before == NULL) {
        vec_push(cx->arena, &cx->expand, online_facets(cx, change, 0));
    } else if (before->is_partitioned) { /* the server builds none of its indexes concurrently */
        add_plainly(cx, change, &cx->expand);
    } else if (swaps) {
        push_swap(cx, change, drop);
    } else {
        vec_push(cx->arena, &cx->build_indexes, change);
    }
}

/* A constraint's index leaves with its constraint, one of a column that goes with the column. */
void online_drop_index(Online *cx, const Change *change)
{
    const Index *index = change->before.index;
    const Table *table = change->before.table;
    const NamedChange changes = online_index_changes(cx, table, index->name);
    if (changes.settled || online_index_switches(cx, change) || online_goes_with_key(cx, index)) {
        return;
    }
    bool plain = index->is_constraint || table->is_partitioned || loses_ground(cx, index) ||
                 changes.add != NULL;
    if (plain) {
        vec_push(cx->arena, &cx->contract, online_facets(cx, change, 0));
    } else {
        vec_push(cx->arena, &cx->drop_indexes, change);
    }
}

/* --- writing -----------------------------------------------------------------------------------
 */

/* "[a,b]" */
static const char *column_list(Online *cx, const Index *index)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    vec_each(const IndexPart, part, &index->parts) {
        strbuf_char(&text, part == index->parts.items ? '[' : ',');
        strbuf_add(&text, part->column != NULL ? online_column_before(cx, part->column)->name->text
                                               : part->expression->text);
    }
    strbuf_char(&text, ']');
    return strbuf_take(&text, cx->arena);
}

/* The old program does not know the rule, nor may the rows. */
void online_note_unique(Online *cx, Step *build, const Index *wanted)
{
    if (wanted->kind != INDEX_UNIQUE || index_begins_empty(cx->plan->diff, wanted)) {
        return;
    }
    const char *columns = column_list(cx, wanted);
    Hazard *hazard =
        step_add_hazard(cx->plan, build, HAZARD_ADD_UNIQUE, wanted->table, NULL, columns);
    hazard->query = duplicates_query(cx->arena, cx->plan, wanted);
    hazard->look = duplicates_look(cx->arena, cx->plan, wanted);
    step_add_hazard(cx->plan, build, HAZARD_OLD_WRITER_RULE, wanted->table, NULL,
                    arena_printf(cx->arena, "unique %s", columns));
}

static void write_build(Online *cx, const Change *change, const Index *index)
{
    Step *step = online_step(cx, STEP_CREATE_INDEX_ONLINE, PHASE_TIGHTEN, change);
    step->after.index = index;
    online_note_unique(cx, step, change->after.index);
}

void online_write_index_builds(Online *cx)
{
    vec_each(const Change *, change, &cx->build_indexes) {
        write_build(cx, *change, (*change)->after.index);
    }
    vec_each(const IndexSwap, swap, &cx->index_swaps) {
        write_build(cx, swap->add, swap->built);
    }
}

static void write_rename(Online *cx, const IndexSwap *swap, const Index *from, const Index *to)
{
    Step *step = online_step(cx, STEP_RENAME_INDEX, PHASE_TIGHTEN, swap->add);
    step->before = (Subject){.table = swap->add->after.table, .index = from};
    step->after = (Subject){.table = swap->add->after.table, .index = to};
}

void online_write_index_swaps(Online *cx)
{
    vec_each(const IndexSwap, swap, &cx->index_swaps) {
        write_rename(cx, swap, swap->drop->before.index, swap->retired);
        write_rename(cx, swap, swap->built, swap->add->after.index);
    }
}

static void write_drop(Online *cx, const Change *change, const Index *index)
{
    StepKind kind = index->is_constraint ? STEP_DROP_INDEX : STEP_DROP_INDEX_ONLINE;
    Step *step = online_step(cx, kind, PHASE_CONTRACT, change);
    step->before.index = index;
    if (index->kind == INDEX_UNIQUE) {
        step_add_hazard(cx->plan, step, HAZARD_UNIQUE_STAYS, change->before.table, NULL, NULL);
    }
}

void online_write_index_drops(Online *cx)
{
    vec_each(const Change *, change, &cx->drop_indexes) {
        write_drop(cx, *change, (*change)->before.index);
    }
    vec_each(const IndexSwap, swap, &cx->index_swaps) {
        write_drop(cx, swap->drop, swap->retired);
    }
}
