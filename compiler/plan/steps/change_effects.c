/*
 * change_effects.c - what the steps of a change will do, before anybody has decided them.
 *
 * Only what others may have to wait for, to the column: a change that is made after the gate must
 * not take others along that merely belong to the same table.
 */
#include "base/common.h"

#include "compiler/plan/steps/effects_internal.h"

#include <stdlib.h>

#include "base/strbuf.h"

/* --- columns and sets of them ------------------------------------------------------------------
 */

static const Column *wanted(const Diff *diff, const Column *column)
{
    const TablePair *pair = match_pair(diff, column->table);
    return pair == NULL || pair->after == column->table ? column : match_column_after(diff, column);
}

bool column_slot(const Diff *diff, const Column *column, Slot *ret_slot)
{
    const Column *after = wanted(diff, column);
    if (after != NULL) {
        *ret_slot = (Slot){
            .space = SPACE_COLUMN, .of = match_source(diff, column->table), .name = after->name};
    }
    return after != NULL;
}

static void on_column(EffectCx *cx, EffectKind kind, const Column *column)
{
    Slot slot;
    if (column != NULL && column_slot(cx->diff, column, &slot)) {
        effect_on(cx, kind, slot);
    }
}

static void on_columns(EffectCx *cx, EffectKind kind, Column *const *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        on_column(cx, kind, columns[i]);
    }
}

static int by_name(const void *a, const void *b)
{
    const Name *left = a, *right = b;
    return name_compare(*left, *right);
}

/* One that goes shares its name with none that comes. */
static Name name_in_set(EffectCx *cx, const Column *column)
{
    const Column *after = wanted(cx->diff, column);
    return after != NULL ? after->name
                         : intern_cstr(cx->diff->to->names,
                                       arena_printf(cx->arena, "\x1e%s", column->name->text));
}

/* The columns in any order, by their wanted names; NULL for expressions. */
static Name name_of_set(EffectCx *cx, Column *const *columns, size_t count)
{
    Name *parts = arena_array(cx->arena, Name, count + 1);
    StrBuf text = strbuf_new(STRBUF_MAX);
    bool known = count > 0;
    for (size_t i = 0; known && i < count; i++) {
        known = columns[i] != NULL;
        parts[i] = known ? name_in_set(cx, columns[i]) : NULL;
    }
    if (known) {
        qsort(parts, count, sizeof *parts, by_name);
    }
    for (size_t i = 0; known && i < count; i++) {
        strbuf_printf(&text, "%s\x1f", parts[i]->text);
    }
    const Name name = known ? intern(cx->diff->to->names, strbuf_text(&text), text.len) : NULL;
    strbuf_dispose(&text);
    return name;
}

bool effect_on_keys(EffectCx *cx, EffectKind kind, const Table *table, const ColumnList *columns)
{
    const Name set = cx->diff == NULL ? NULL : name_of_set(cx, columns->items, columns->count);
    if (set != NULL) {
        effect_on_part(cx, kind, SPACE_KEYS, table, set);
    }
    return set != NULL;
}

bool effect_on_keys_of_index(EffectCx *cx, EffectKind kind, const Index *index)
{
    ColumnList columns = {0};
    vec_each(const IndexPart, part, &index->parts) {
        vec_push(cx->arena, &columns, part->column);
    }
    return effect_on_keys(cx, kind, index->table, &columns);
}

/* --- names -------------------------------------------------------------------------------------
 */

static void on_table_name(EffectCx *cx, EffectKind kind, const Table *table)
{
    effect_on_type(cx, kind, table->schema, table->name);
    effect_on_relation(cx, kind, table->schema, table->name);
    if (table->primary_key != NULL) {
        effect_on_relation(cx, kind, table->schema, table->primary_key->name);
    }
}

/* --- kinds of changes --------------------------------------------------------------------------
 */

static void of_table(EffectCx *cx, const Change *change)
{
    const Table *before = change->before.table, *after = change->after.table;
    if (change->kind == CHANGE_ADD_TABLE) {
        on_table_name(cx, EFFECT_TAKES, after);
        effect_on_enums_of(cx, EFFECT_USES, after->columns.items, after->columns.count);
        effect_on_whole(cx, EFFECT_MAKES, SPACE_TABLE, after);
    } else if (change->kind == CHANGE_DROP_TABLE) {
        on_table_name(cx, EFFECT_FREES, before);
        vec_each(Index *, at, &before->indexes) {
            effect_on_relation(cx, EFFECT_FREES, before->schema, (*at)->name);
        }
        effect_along_others(cx, before);
    } else { /* CHANGE_RENAME_TABLE */
        effect_on_type(cx, EFFECT_FREES, before->schema, before->name);
        effect_on_relation(cx, EFFECT_FREES, before->schema, before->name);
    }
}

static void of_enum(EffectCx *cx, const Change *change)
{
    const EnumType *before = change->before.enum_type, *after = change->after.enum_type;
    if (change->kind == CHANGE_ADD_ENUM) {
        effect_on_type(cx, EFFECT_TAKES, after->schema, after->name);
        effect_on_enum(cx, EFFECT_MAKES, after);
    } else if (change->kind == CHANGE_MODIFY_ENUM) {
        if ((change->facets & FACET_VALUES_REMOVED) != 0) {
            effect_on_enum(cx, EFFECT_REPLACES, after);
        }
    } else { /* CHANGE_RENAME_ENUM, CHANGE_DROP_ENUM */
        effect_on_type(cx, EFFECT_FREES, before->schema, before->name);
    }
}

static void of_column(EffectCx *cx, const Change *change)
{
    const Column *before = change->before.column, *after = change->after.column;
    const Table *table = change->after.table;
    if (change->kind == CHANGE_ADD_COLUMN) {
        effect_on_part(cx, EFFECT_TAKES, SPACE_COLUMNS, table, after->name);
        effect_on_enum_of(cx, EFFECT_USES, after);
        on_column(cx, EFFECT_MAKES, after);
    } else if (change->kind == CHANGE_MODIFY_COLUMN) {
        if ((change->facets & (FACET_TYPE | FACET_LIST)) != 0) {
            effect_on_enum_of(cx, EFFECT_USES, after);
        }
        on_column(cx, EFFECT_ALTERS, after);
    } else { /* CHANGE_RENAME_COLUMN, CHANGE_DROP_COLUMN */
        effect_on_part(cx, EFFECT_FREES, SPACE_COLUMNS, table, before->name);
    }
}

static void of_primary_key(EffectCx *cx, const Change *change)
{
    const PrimaryKey *before = change->before.primary_key, *after = change->after.primary_key;
    const Table *table = change->after.table;
    if (before != NULL) {
        effect_beside(cx, EFFECT_FREES, table, before->name);
    }
    if (after != NULL) {
        effect_beside(cx, EFFECT_TAKES, table, after->name);
    }
    if (change->kind == CHANGE_ADD_PRIMARY_KEY) {
        on_columns(cx, EFFECT_NEEDS, after->columns.items, after->columns.count);
        (void)effect_on_keys(cx, EFFECT_MAKES, table, &after->columns);
    } else if (change->kind != CHANGE_RENAME_PRIMARY_KEY) {
        effect_on_whole(cx, EFFECT_REPLACES, SPACE_KEYS, table);
    }
}

/* The name of a new one may come later (online_index.c). */
static void of_index(EffectCx *cx, const Change *change)
{
    const Index *before = change->before.index, *after = change->after.index;
    if (change->kind == CHANGE_ADD_INDEX) {
        effect_on_whole(cx, EFFECT_NEEDS, SPACE_TABLE, change->after.table);
        vec_each(const IndexPart, part, &after->parts) {
            on_column(cx, EFFECT_NEEDS, part->column);
        }
        on_columns(cx, EFFECT_NEEDS, after->predicate_columns.items,
                   after->predicate_columns.count);
        effect_on_enums_of(cx, EFFECT_NEEDS, after->compared_columns.items,
                           after->compared_columns.count);
        return;
    }
    effect_beside(cx, EFFECT_FREES, change->before.table, before->name);
    if (change->kind == CHANGE_RENAME_INDEX) {
        effect_beside(cx, EFFECT_TAKES, change->after.table, after->name);
    } else if (before->kind == INDEX_UNIQUE) {
        (void)effect_on_keys_of_index(cx, EFFECT_REPLACES, before);
    }
}

/* It could choose to rest on the very key that leaves. */
static void of_foreign_key(EffectCx *cx, const Change *change)
{
    const ForeignKey *key = change->after.foreign_key;
    if (change->kind != CHANGE_ADD_FOREIGN_KEY) {
        return;
    }
    effect_on_whole(cx, EFFECT_NEEDS, SPACE_TABLE, change->after.table);
    effect_on_whole(cx, EFFECT_NEEDS, SPACE_TABLE, key->referenced);
    effect_on_whole(cx, EFFECT_NEEDS, SPACE_KEYS, key->referenced);
    (void)effect_on_keys(cx, EFFECT_NEEDS, key->referenced, &key->referenced_columns);
    on_columns(cx, EFFECT_NEEDS, key->columns.items, key->columns.count);
    on_columns(cx, EFFECT_NEEDS, key->referenced_columns.items, key->referenced_columns.count);
    effect_on_enums_of(cx, EFFECT_NEEDS, key->columns.items, key->columns.count);
}

void change_effects(Arena *arena, const Diff *diff, const Change *change, EffectList *out)
{
    EffectCx cx = {.arena = arena, .diff = diff, .out = out};
    if (change->kind <= CHANGE_MODIFY_EXTENSION) {
        return;
    }
    if (change->kind <= CHANGE_DROP_ENUM) {
        of_enum(&cx, change);
    } else if (change->kind <= CHANGE_DROP_TABLE) {
        of_table(&cx, change);
    } else if (change->kind <= CHANGE_DROP_COLUMN) {
        of_column(&cx, change);
    } else if (change->kind <= CHANGE_DROP_PRIMARY_KEY) {
        of_primary_key(&cx, change);
    } else if (change->kind <= CHANGE_DROP_INDEX) {
        of_index(&cx, change);
    } else {
        of_foreign_key(&cx, change);
    }
}
