/*
 * effects_alter.c - what ALTER TABLE needs, makes, alters and removes, clause by clause.
 */
#include "base/common.h"

#include "base/strbuf.h"
#include "compiler/plan/steps/effects_internal.h"

/* The column that a clause takes away; NULL: none. */
static const Column *gone_by(const Step *step, const Clause *clause)
{
    if (step->kind ==
        STEP_SWITCH_COLUMN) { /* under another name, where it gets one with its type */
        return clause->cause->before.column;
    }
    return clause->kind == CLAUSE_DROP_COLUMN || clause->kind == CLAUSE_RECREATE_COLUMN
               ? clause->before
               : NULL;
}

static const Map *names_gone(EffectCx *cx)
{
    for (size_t i = 0; !cx->knows_gone && i < cx->step->clauses.count; i++) {
        Clause *clause = &cx->step->clauses.items[i];
        const Column *column = gone_by(cx->step, clause);
        if (column != NULL) {
            map_put(cx->arena, &cx->gone, column->name, clause);
        }
    }
    cx->knows_gone = true;
    return &cx->gone;
}

bool effect_column_goes(EffectCx *cx, const Column *column)
{
    return map_get(names_gone(cx), column->name) != NULL;
}

static bool any_of(const Map *names, const ColumnList *columns)
{
    vec_each(Column *, at, columns) {
        if (map_get(names, (*at)->name) != NULL) {
            return true;
        }
    }
    return false;
}

static bool index_goes(const Map *gone, const Index *index)
{
    vec_each(const IndexPart, at, &index->parts) {
        if (at->column != NULL && map_get(gone, at->column->name) != NULL) {
            return true;
        }
    }
    return any_of(gone, &index->include) || any_of(gone, &index->predicate_columns);
}

/* An index goes with a column of its: one that is dropped by name is dropped before. */
void effect_frees_indexes(EffectCx *cx, const Table *table)
{
    const Map *gone = names_gone(cx);
    vec_each(Index *, index, &table->indexes) {
        if (index_goes(gone, *index)) {
            effect_along(cx, table, (*index)->name, *index);
            effect_on_part(cx, EFFECT_REMOVES, SPACE_INDEX, table, (*index)->name);
        }
    }
}

/* What a predicate compares keeps its type as long as the index is there. */
static void replaces_indexes(EffectCx *cx, const Table *table, const Column *changed)
{
    vec_each(Index *, at, &table->indexes) {
        const ColumnList *compared = &(*at)->compared_columns;
        if (column_in_list(changed, compared->items, compared->count)) {
            effect_on_part(cx, EFFECT_REPLACES, SPACE_INDEX, table, (*at)->name);
        }
    }
}

/* Of columns by name: a key and an index that it comes for. */
void effect_unique_in_order(EffectCx *cx, EffectKind kind, const Table *table,
                            const ColumnList *columns)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    bool plain = cx->diff != NULL;
    vec_each(Column *, at, columns) {
        plain = plain && *at != NULL && !effect_column_goes(cx, *at);
        strbuf_printf(&text, "%s\x1f", *at == NULL ? "" : (*at)->name->text);
    }
    if (plain) {
        const Name name = intern(cx->diff->to->names, strbuf_text(&text), text.len);
        effect_on_part(cx, kind, SPACE_UNIQUE, table, name);
    }
    strbuf_dispose(&text);
}

/* Returns whether a column goes. */
static bool clause_effects(EffectCx *cx, const Clause *clause)
{
    const Step *step = cx->step;
    const ClauseKind kind = clause->kind;
    const bool renames = kind == CLAUSE_RENAME_PRIMARY_KEY, takes = kind == CLAUSE_TAKE_PRIMARY_KEY;
    const bool drops = kind == CLAUSE_DROP_COLUMN || kind == CLAUSE_RECREATE_COLUMN;
    if (kind == CLAUSE_DROP_PRIMARY_KEY || renames) {
        effect_of_bearer(cx, EFFECT_FREES, step->before.table, clause->key_before->name,
                         clause->key_before);
    }
    if (takes) {
        const Index *taken = clause->cause->before.index;
        effect_of_bearer(cx, EFFECT_FREES, step->before.table, taken->name, taken);
    }
    if (kind == CLAUSE_ADD_PRIMARY_KEY || takes || renames) {
        effect_beside(cx, EFFECT_TAKES, step->after.table, clause->key_after->name);
    }
    if (kind == CLAUSE_ADD_PRIMARY_KEY && clause->cause->kind == CHANGE_ADD_PRIMARY_KEY) {
        effect_unique_in_order(cx, EFFECT_MAKES, effect_table_of(cx), &clause->key_after->columns);
    }
    if (drops) {
        effect_on_part(cx, EFFECT_FREES, SPACE_COLUMNS, effect_table_of(cx), clause->before->name);
    }
    if (kind == CLAUSE_SET_TYPE) {
        replaces_indexes(cx, clause->before->table, clause->before);
        replaces_indexes(cx, clause->after->table, clause->after);
    }
    if ((drops || kind == CLAUSE_SET_TYPE) && step->block == NULL) {
        effect_leaves_enum(cx, clause->before);
    }
    effect_on_enum_of(cx, EFFECT_NEEDS, clause->after);
    return drops;
}

static bool any_marked(const bool *marked, const Table *table, const ColumnList *columns)
{
    vec_each(Column *, at, columns) {
        if (*at != NULL && (*at)->table == table && marked[(*at)->position]) {
            return true;
        }
    }
    return false;
}

/* A foreign key rests on no partial index. */
bool effect_makes_unique(const Index *index)
{
    return index->kind == INDEX_UNIQUE && index->predicate == NULL;
}

/* Does it change what makes the table's rows unique: a key itself, or a column of one? */
static bool touches_keys(EffectCx *cx, const Table *table)
{
    bool *marked = arena_array(cx->arena, bool, table->columns.count + 1);
    vec_each(const Clause, clause, &cx->step->clauses) {
        if (clause->key_before != NULL || clause->key_after != NULL) {
            return true;
        }
        if (clause->before != NULL && clause->before->table == table) {
            marked[clause->before->position] = true;
        }
    }
    if (table->primary_key != NULL && any_marked(marked, table, &table->primary_key->columns)) {
        return true;
    }
    vec_each(Index *, index, &table->indexes) {
        for (size_t i = 0; effect_makes_unique(*index) && i < (*index)->parts.count; i++) {
            const Column *column = (*index)->parts.items[i].column;
            if (column == NULL || (column->table == table && marked[column->position])) {
                return true;
            }
        }
    }
    return false;
}

void effects_alter_table(EffectCx *cx)
{
    const Table *before = cx->step->before.table;
    bool drops = false;
    vec_each(const Clause, clause, &cx->step->clauses) {
        drops = clause_effects(cx, clause) || drops;
    }
    effect_on_whole(cx, EFFECT_ALTERS, SPACE_TABLE, effect_table_of(cx));
    effect_speaks_of(cx, cx->step->after.table);
    if (cx->step->block != NULL) {
        return; /* what rests on the columns leaves their enum, which the block's first step says */
    }
    if (before != NULL) {
        effect_on_enums_of(cx, EFFECT_USES, before->columns.items, before->columns.count);
        if (touches_keys(cx, before)) {
            effect_on_whole(cx, EFFECT_REPLACES, SPACE_KEYS, before);
        }
        if (drops) {
            effect_frees_indexes(cx, before);
        }
    }
}
