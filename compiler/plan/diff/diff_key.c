/*
 * diff_key.c - primary keys and foreign keys.
 *
 * A foreign key stands on a primary key or unique index of the table it references; when that is
 * dropped the foreign key has to be dropped first and made anew afterwards, although it does not
 * differ itself. The same when an enum is built anew: its columns move to the new type one by one,
 * and no foreign key holds between two types.
 */
#include "base/common.h"

#include "compiler/catalog/casts.h"
#include "compiler/catalog/types.h"
#include "compiler/plan/diff/diff_internal.h"

/* --- primary keys ------------------------------------------------------------------------------
 */

static bool any_type_changes(const PairInfo *pair, Column *const *before, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (pair->facets[before[i]->position] & FACET_TYPE) {
            return true;
        }
    }
    return false;
}

static void lose_key(DiffCx *cx, PairInfo *pair, const PrimaryKey *key)
{
    const LostKey lost = {key->name, key->columns.items, key->columns.count};
    vec_push(cx->arena, &pair->lost_keys, lost);
}

void diff_primary_key(DiffCx *cx, PairInfo *pair)
{
    const PrimaryKey *before = pair->tables.before->primary_key;
    const PrimaryKey *after = pair->tables.after->primary_key;
    const Subject old_side = {.table = pair->tables.before, .primary_key = before};
    const Subject new_side = {.table = pair->tables.after, .primary_key = after};
    if (before == NULL && after == NULL) {
        return;
    }
    if (before == NULL) {
        diff_add(cx, CHANGE_ADD_PRIMARY_KEY, 0, old_side, new_side);
    } else if (after == NULL) {
        diff_add(cx, CHANGE_DROP_PRIMARY_KEY, 0, old_side, new_side);
        lose_key(cx, pair, before);
    } else if (!pair_same_columns(pair, before->columns.items, before->columns.count,
                                  after->columns.items, after->columns.count) ||
               any_type_changes(pair, before->columns.items, before->columns.count)) {
        diff_add(cx, CHANGE_MODIFY_PRIMARY_KEY, 0, old_side, new_side);
        lose_key(cx, pair, before);
    } else if (before->name != after->name) {
        diff_add(cx, CHANGE_RENAME_PRIMARY_KEY, 0, old_side, new_side);
    }
}

/* --- foreign keys ------------------------------------------------------------------------------
 */

static bool same_set(Column *const *columns, size_t count, const ForeignKey *foreign)
{
    if (count != foreign->referenced_columns.count) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!column_in_list(columns[i], foreign->referenced_columns.items,
                            foreign->referenced_columns.count)) {
            return false;
        }
    }
    return true;
}

/* Where no database told what the foreign key rests on, the server took the oldest that fits: the
 * primary key comes with the table. */
static bool rests_on(const ForeignKey *foreign, const LostKey *key)
{
    const PrimaryKey *primary = foreign->referenced->primary_key;
    if (!same_set(key->columns, key->count, foreign)) {
        return false;
    }
    if (foreign->rests_on != NULL) {
        return foreign->rests_on == key->name;
    }
    return primary == NULL || primary->name == key->name ||
           !same_set(primary->columns.items, primary->columns.count, foreign);
}

/* Does what the foreign key stands on go away? */
static bool loses_ground(const PairInfo *referenced, const ForeignKey *before)
{
    vec_each(LostKey, key, &referenced->lost_keys) {
        if (rests_on(before, key)) {
            return true;
        }
    }
    vec_each(Column *, at, &before->referenced_columns) {
        if (pair_column_recreated(referenced, *at)) {
            return true;
        }
    }
    return false;
}

static bool is_over_rebuilt_enum(const DiffCx *cx, const ForeignKey *before)
{
    vec_each(Column *, at, &before->columns) {
        if ((*at)->type.id == TYPE_ENUM && enum_is_rebuilt(cx, (*at)->type.enum_type)) {
            return true;
        }
    }
    return false;
}

bool foreign_key_is_over_enum(const ForeignKey *key)
{
    vec_each(Column *, at, &key->columns) {
        if ((*at)->type.id == TYPE_ENUM && !(*at)->type.list) {
            return true;
        }
    }
    return false;
}

/* The server makes a foreign key again when a referenced column changes its type. Over an enum too
 * it fails ("could not find cast from ... to 3500"), unless rows are rewritten (measured on
 * PostgreSQL 12 to 18). */
static bool breaks_when_made_again(const PairInfo *referenced, const ForeignKey *before)
{
    if (!foreign_key_is_over_enum(before) ||
        !any_type_changes(referenced, before->referenced_columns.items,
                          before->referenced_columns.count)) {
        return false;
    }
    vec_each(Column *, at, &referenced->tables.before->columns) {
        const Column *after = referenced->after[(*at)->position];
        if (after != NULL && (referenced->facets[(*at)->position] & FACET_TYPE) != 0 &&
            !cast_is_free(&(*at)->type, &after->type)) {
            return false;
        }
    }
    return true;
}

static bool foreign_key_same(const DiffCx *cx, const PairInfo *pair, const ForeignKey *before,
                             const ForeignKey *after)
{
    const PairInfo *referenced = pair_of_before(cx, before->referenced);
    return referenced != NULL && referenced->tables.after == after->referenced &&
           before->on_delete == after->on_delete && before->on_update == after->on_update &&
           pair_same_columns(pair, before->columns.items, before->columns.count,
                             after->columns.items, after->columns.count) &&
           pair_same_columns(referenced, before->referenced_columns.items,
                             before->referenced_columns.count, after->referenced_columns.items,
                             after->referenced_columns.count) &&
           !any_type_changes(pair, before->columns.items, before->columns.count) &&
           !loses_ground(referenced, before) && !is_over_rebuilt_enum(cx, before) &&
           !breaks_when_made_again(referenced, before);
}

/* --- what the language cannot say ---------------------------------------------------------------
 */

/* May a relation of the language join the two? */
static bool are_of_one_kind(const ColumnType *a, const ColumnType *b)
{
    if (type_is_list(a) != type_is_list(b)) {
        return false;
    }
    if (a->id >= TYPE_ENUM || b->id >= TYPE_ENUM) {
        return a->id == b->id && (a->id != TYPE_ENUM || a->enum_type->name == b->enum_type->name);
    }
    return type_row(a->id)->scalar == type_row(b->id)->scalar;
}

bool diff_ignores_foreign_key(const ForeignKey *key, const Catalog *wanted)
{
    bool sayable = wanted->manages_all;
    for (size_t i = 0; !sayable && i < key->columns.count; i++) {
        if (!are_of_one_kind(type_said(&key->columns.items[i]->type),
                             type_said(&key->referenced_columns.items[i]->type))) {
            return true;
        }
    }
    return false;
}

/* Do all of them outlive the change? */
static bool columns_stay(const PairInfo *pair, Column *const *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (pair->after[columns[i]->position] == NULL || pair_column_recreated(pair, columns[i])) {
            return false;
        }
    }
    return true;
}

static bool is_wanted_otherwise(const PairInfo *pair, const ForeignKey *before)
{
    vec_each(ForeignKey *, at, &pair->tables.after->foreign_keys) {
        if ((*at)->name == before->name ||
            pair_same_columns(pair, before->columns.items, before->columns.count,
                              (*at)->columns.items, (*at)->columns.count)) {
            return true;
        }
    }
    return false;
}

/* It stays as it is where nothing takes the ground from under it. */
static bool is_left_alone(const DiffCx *cx, const PairInfo *pair, const ForeignKey *before)
{
    const PairInfo *referenced = pair_of_before(cx, before->referenced);
    return diff_ignores_foreign_key(before, cx->to) && referenced != NULL &&
           columns_stay(pair, before->columns.items, before->columns.count) &&
           columns_stay(referenced, before->referenced_columns.items,
                        before->referenced_columns.count) &&
           !loses_ground(referenced, before) && !is_wanted_otherwise(pair, before);
}

/* The source's foreign keys by position: what each became. */
typedef struct KeyMatch {
    const ForeignKey **after; /* by position in the source's table */
    bool *taken;              /* by position in the wanted table */
} KeyMatch;

static void match_keys(const DiffCx *cx, const PairInfo *pair, KeyMatch *match, bool by_name)
{
    const ForeignKeyList *before = &pair->tables.before->foreign_keys;
    const ForeignKeyList *after = &pair->tables.after->foreign_keys;
    for (size_t i = 0; i < before->count; i++) {
        for (size_t j = 0; j < after->count && match->after[i] == NULL; j++) {
            const bool named = before->items[i]->name == after->items[j]->name;
            if (!match->taken[j] && (named || !by_name) &&
                foreign_key_same(cx, pair, before->items[i], after->items[j])) {
                match->after[i] = after->items[j];
                match->taken[j] = true;
            }
        }
    }
}

static KeyMatch match_foreign_keys(const DiffCx *cx, const PairInfo *pair)
{
    const ForeignKeyList *before = &pair->tables.before->foreign_keys;
    const ForeignKeyList *after = &pair->tables.after->foreign_keys;
    KeyMatch match = {.after = arena_array(cx->arena, const ForeignKey *, before->count + 1),
                      .taken = arena_array(cx->arena, bool, after->count + 1)};
    match_keys(cx, pair, &match, true);
    match_keys(cx, pair, &match, false);
    return match;
}

/* Join tables keep the names other versions gave to their foreign keys. */
static void diff_kept_keys(DiffCx *cx, const PairInfo *pair, const KeyMatch *match)
{
    const TablePair tables = pair->tables;
    for (size_t i = 0; i < tables.before->foreign_keys.count; i++) {
        const ForeignKey *before = tables.before->foreign_keys.items[i], *after = match->after[i];
        const Subject old_side = {.table = tables.before, .foreign_key = before};
        const Subject new_side = {.table = tables.after, .foreign_key = after};
        if (after == NULL && is_left_alone(cx, pair, before)) {
            continue;
        }
        if (after == NULL) {
            diff_add(cx, CHANGE_DROP_FOREIGN_KEY, 0, old_side, new_side);
        } else if (before->name != after->name && !tables.after->is_join_table) {
            diff_add(cx, CHANGE_RENAME_FOREIGN_KEY, 0, old_side, new_side);
        }
    }
}

/* A dropped table's foreign keys go first, so that tables can be dropped in any order. */
static void drop_keys_of(DiffCx *cx, const Table *table)
{
    vec_each(ForeignKey *, at, &table->foreign_keys) {
        diff_add(cx, CHANGE_DROP_FOREIGN_KEY, 0, (Subject){.table = table, .foreign_key = *at},
                 (Subject){0});
    }
}

static void add_keys_of(DiffCx *cx, const Table *table, const bool *taken)
{
    const PairInfo *pair = pair_of_after(cx, table);
    for (size_t i = 0; i < table->foreign_keys.count; i++) {
        if (taken == NULL || !taken[i]) {
            diff_add(cx, CHANGE_ADD_FOREIGN_KEY, 0,
                     (Subject){.table = pair == NULL ? NULL : pair->tables.before},
                     (Subject){.table = table, .foreign_key = table->foreign_keys.items[i]});
        }
    }
}

void diff_foreign_keys(DiffCx *cx)
{
    Map taken = {0};
    vec_each(Table *, at, &cx->from->tables) {
        const PairInfo *pair = pair_of_before(cx, *at);
        if (pair != NULL) {
            KeyMatch match = match_foreign_keys(cx, pair);
            diff_kept_keys(cx, pair, &match);
            map_put2(cx->arena, &taken, pair->tables.after->schema, pair->tables.after->name,
                     match.taken);
        } else if (!diff_ignores(*at)) {
            drop_keys_of(cx, *at);
        }
    }
    vec_each(Table *, at, &cx->to->tables) {
        if (!diff_ignores(*at)) {
            add_keys_of(cx, *at, map_get2(&taken, (*at)->schema, (*at)->name));
        }
    }
}
