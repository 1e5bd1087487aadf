/*
 * diff_column.c - columns of a table that stays: paired by name or known rename, compared value by
 * value.
 */
#include "base/common.h"

#include "compiler/canon/canon.h"
#include "compiler/catalog/casts.h"
#include "compiler/plan/diff/conversions.h"
#include "compiler/catalog/types.h"
#include "compiler/plan/diff/diff_internal.h"

/* A rename carries values; where they cannot become values of the new type nothing is renamed. */
static bool rename_keeps_values(const DiffCx *cx, const Column *before, const Column *after)
{
    if (cast_between(&before->type, &after->type) != CAST_IMPOSSIBLE) {
        return true;
    }
    const bool passes_on = table_find_column(before->table, after->name) != NULL ||
                           table_find_column(after->table, before->name) != NULL;
    return cx->converts && !passes_on &&
           conversion_between(&before->type, &after->type) != CONVERSION_NONE;
}

/* Of each column of the source, by position: what it becomes by a known rename, and whether its
 * name goes to another one's successor. */
typedef struct ColumnRenames {
    const Column **wanted;
    bool *given_away;
} ColumnRenames;

static ColumnRenames column_renames(const DiffCx *cx, const PairInfo *pair)
{
    const Table *table = pair->tables.before, *after = pair->tables.after;
    const RenameRefs *refs = map_get2(&cx->column_renames, table->schema, table->name);
    ColumnRenames known = {0};
    if (refs == NULL) {
        return known;
    }
    known.wanted = arena_array(cx->arena, const Column *, table->columns.count + 1);
    known.given_away = arena_array(cx->arena, bool, table->columns.count + 1);
    for (size_t i = 0; i < refs->count; i++) {
        const Column *old = table_find_column(table, refs->items[i]->column);
        const Column *wanted = table_find_column(after, refs->items[i]->new_column);
        if (!rename_keeps_values(cx, old, wanted)) {
            continue;
        }
        if (known.wanted[old->position] == NULL) {
            known.wanted[old->position] = wanted;
        }
        const Column *namesake = table_find_column(table, wanted->name);
        if (namesake != NULL) {
            known.given_away[namesake->position] = true;
        }
    }
    return known;
}

/* Known renames first: two columns may exchange their names. */
static const Column *wanted_column(const ColumnRenames *known, const Table *after,
                                   const Column *before)
{
    if (known->wanted != NULL && known->wanted[before->position] != NULL) {
        return known->wanted[before->position];
    }
    return known->given_away != NULL && known->given_away[before->position]
               ? NULL
               : table_find_column(after, before->name);
}

static bool is_sequence(const Column *column)
{
    return column->dflt.kind == DEFAULT_SEQUENCE || column->identity != IDENTITY_NONE;
}

/*
 * A sequence is compared on its own, for `autoincrement()` is how one is said. Whatever else the
 * database computes (a generated column, or any default where `dbgenerated()` is said) is left
 * alone.
 */
static bool defaults_differ(const Column *before, const Column *after)
{
    if (after->dflt.kind == DEFAULT_OPAQUE || before->generated != NULL || is_sequence(after)) {
        return false;
    }
    if (before->dflt.kind == DEFAULT_OPAQUE) {
        return true;
    }
    if (is_sequence(before)) {
        return after->dflt.kind != DEFAULT_NONE;
    }
    return !default_equal(&before->dflt, &after->dflt);
}

/* How a number is written depends on what it is: 3 is another default for a float. */
static Scalar number_kind(const ColumnType *type)
{
    if (type->id >= TYPE_ENUM) {
        return SCALAR_COUNT;
    }
    const Scalar scalar = type_row(type->id)->scalar;
    return scalar == SCALAR_DECIMAL ? SCALAR_FLOAT : scalar;
}

static bool is_number(const Default *dflt)
{
    return dflt->kind == DEFAULT_VALUE ? dflt->value.kind == LITERAL_NUMBER
                                       : dflt->kind == DEFAULT_LIST && dflt->items.count > 0 &&
                                             dflt->items.items[0].kind == LITERAL_NUMBER;
}

/* A default of equal value that is nevertheless set again, because the type became another. */
static bool default_changes_kind(const Column *before, const Column *after)
{
    if (!is_number(&before->dflt) || before->dflt.kind != after->dflt.kind) {
        return false;
    }
    const Scalar old_kind = number_kind(&before->type), new_kind = number_kind(&after->type);
    if (after->dflt.kind == DEFAULT_LIST) {
        return old_kind != new_kind;
    }
    return (old_kind == SCALAR_FLOAT) != (new_kind == SCALAR_FLOAT);
}

static unsigned compare(const Column *before, const Column *after)
{
    unsigned facets = 0;
    if (!type_same(&before->type, &after->type)) {
        facets |= FACET_TYPE;
    }
    const bool was_list = type_is_list(type_said(&before->type));
    const bool is_list = type_is_list(type_said(&after->type));
    if (was_list != is_list) {
        facets |= FACET_LIST | FACET_NULLABILITY;
    } else if (!type_said(&after->type)->list && before->not_null != after->not_null) {
        facets |= FACET_NULLABILITY;
    }
    const bool differs = default_is_cast(before, after) ? !default_follows(before, after)
                                                        : defaults_differ(before, after);
    if (differs || ((facets & FACET_TYPE) && default_changes_kind(before, after))) {
        facets |= FACET_DEFAULT;
    }
    if (is_sequence(before) != is_sequence(after)) {
        facets |= FACET_SEQUENCE;
    }
    return facets;
}

/* The bits of what happens to the column (aside.h). */
static unsigned happens(const DiffCx *cx, const Column *before, const Column *after,
                        unsigned facets)
{
    unsigned bits = 0;
    if (after == NULL) {
        return 1U << ASIDE_COLUMN_GOES;
    }
    if ((facets & FACET_TYPE) != 0) {
        bits |= 1U << ASIDE_COLUMN_TYPE;
        bits |= cast_between(&before->type, &after->type) == CAST_IMPOSSIBLE
                    ? 1U << ASIDE_COLUMN_ANEW
                    : 0U;
    }
    if (before->type.id == TYPE_ENUM &&
        object_map_get(&cx->rebuilt, before->type.enum_type) != NULL) {
        bits |= 1U << ASIDE_ENUM_ANEW;
    }
    return bits;
}

void pair_columns(DiffCx *cx, PairInfo *pair)
{
    const Table *before = pair->tables.before, *after = pair->tables.after;
    pair->after = arena_array(cx->arena, Column *, before->columns.count + 1);
    pair->before = arena_array(cx->arena, Column *, after->columns.count + 1);
    pair->facets = arena_array(cx->arena, unsigned, before->columns.count + 1);
    pair->happens = arena_array(cx->arena, unsigned, before->columns.count + 1);
    const ColumnRenames known = column_renames(cx, pair);
    vec_each(Column *, at, &before->columns) {
        const uint32_t place = (*at)->position;
        const Column *same = wanted_column(&known, after, *at);
        if (same != NULL && pair->before[same->position] == NULL) {
            pair->after[place] = after->columns.items[same->position];
            pair->before[same->position] = *at;
            pair->facets[place] = compare(*at, same);
        }
        pair->happens[place] = happens(cx, *at, pair->after[place], pair->facets[place]);
        pair->any_happens |= pair->happens[place];
    }
}

void diff_columns(DiffCx *cx, const PairInfo *pair)
{
    const TablePair tables = pair->tables;
    vec_each(Column *, at, &tables.before->columns) {
        const Column *after = pair->after[(*at)->position];
        const Subject old_side = {.table = tables.before, .column = *at};
        const Subject new_side = {.table = tables.after, .column = after};
        const unsigned facets = pair->facets[(*at)->position];
        if (after == NULL) {
            diff_add(cx, CHANGE_DROP_COLUMN, 0, old_side, new_side);
            continue;
        }
        if (after->name != (*at)->name) {
            diff_add(cx, CHANGE_RENAME_COLUMN, 0, old_side, new_side);
        }
        if (facets != 0) {
            diff_add(cx, CHANGE_MODIFY_COLUMN, facets, old_side, new_side)->aside =
                aside_of(cx, *at);
        }
    }
    vec_each(Column *, at, &tables.after->columns) {
        if (pair->before[(*at)->position] == NULL) {
            diff_add(cx, CHANGE_ADD_COLUMN, 0, (Subject){.table = tables.before},
                     (Subject){.table = tables.after, .column = *at});
        }
    }
}
