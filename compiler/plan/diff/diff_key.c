/*
 * diff_key.c - primary keys and foreign keys: what of them is the same, and what differs.
 *
 * What does not differ and still has to be made anew is not decided here (aside.h).
 */
#include "base/common.h"

#include "compiler/catalog/types.h"
#include "compiler/plan/diff/diff_internal.h"

/* --- primary keys ------------------------------------------------------------------------------
 */

void pair_primary_key(PairInfo *pair)
{
    const PrimaryKey *before = pair->tables.before->primary_key;
    const PrimaryKey *after = pair->tables.after->primary_key;
    pair->keeps_key = before != NULL && after != NULL &&
                      pair_same_columns(pair, before->columns.items, before->columns.count,
                                        after->columns.items, after->columns.count);
}

void diff_primary_key(DiffCx *cx, const PairInfo *pair)
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
    } else if (!pair->keeps_key || aside_of(cx, before) != NULL) {
        diff_add(cx, CHANGE_MODIFY_PRIMARY_KEY, 0, old_side, new_side)->aside =
            pair->keeps_key ? aside_of(cx, before) : NULL;
    } else if (before->name != after->name) {
        diff_add(cx, CHANGE_RENAME_PRIMARY_KEY, 0, old_side, new_side);
    }
}

/* --- foreign keys ------------------------------------------------------------------------------
 */

bool foreign_key_is_over_enum(const ForeignKey *key)
{
    vec_each(Column *, at, &key->columns) {
        if ((*at)->type.id == TYPE_ENUM && !(*at)->type.list) {
            return true;
        }
    }
    return false;
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
                             after->referenced_columns.count);
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
           aside_of(cx, before) == NULL && !is_wanted_otherwise(pair, before);
}

/* The wanted keys of a table by what those of the source are looked up by: their names, which are
 * unique, and their first columns. */
typedef VEC(size_t) PlaceList;

typedef struct WantedKeys {
    Arena *scratch;
    Map names;       /* -> place, from 1 */
    ObjectMap first; /* column -> PlaceList */
} WantedKeys;

static void note_wanted(WantedKeys *keys, const ForeignKey *key, size_t place)
{
    const Column *column = key->columns.items[0];
    PlaceList *places = object_map_get(&keys->first, column);
    map_put(keys->scratch, &keys->names, key->name, (void *)(uintptr_t)(place + 1));
    if (places == NULL) {
        places = arena_make(keys->scratch, PlaceList);
        object_map_put(keys->scratch, &keys->first, column, places);
    }
    vec_push(keys->scratch, places, place);
}

static void match_at(const DiffCx *cx, const PairInfo *pair, size_t i, size_t j)
{
    const ForeignKey *before = pair->tables.before->foreign_keys.items[i];
    const ForeignKey *after = pair->tables.after->foreign_keys.items[j];
    if (pair->keys_after[i] == NULL && pair->keys_before[j] == NULL &&
        foreign_key_same(cx, pair, before, after)) {
        pair->keys_after[i] = after;
        pair->keys_before[j] = before;
    }
}

/* Those of one name first. */
static void match_keys(const DiffCx *cx, const PairInfo *pair, const WantedKeys *keys)
{
    const ForeignKeyList *before = &pair->tables.before->foreign_keys;
    for (size_t i = 0; i < before->count; i++) {
        const uintptr_t place = (uintptr_t)map_get(&keys->names, before->items[i]->name);
        if (place > 0) {
            match_at(cx, pair, i, place - 1);
        }
    }
    for (size_t i = 0; i < before->count; i++) {
        const Column *first = pair->after[before->items[i]->columns.items[0]->position];
        const PlaceList *places = first == NULL ? NULL : object_map_get(&keys->first, first);
        for (size_t k = 0; places != NULL && k < places->count && pair->keys_after[i] == NULL;
             k++) {
            match_at(cx, pair, i, places->items[k]);
        }
    }
}

void pair_foreign_keys(DiffCx *cx, PairInfo *pair)
{
    const size_t before = pair->tables.before->foreign_keys.count;
    const size_t after = pair->tables.after->foreign_keys.count;
    pair->keys_after = arena_array(cx->arena, const ForeignKey *, before + 1);
    pair->keys_before = arena_array(cx->arena, const ForeignKey *, after + 1);
    if (before > 0 && after > 0) {
        WantedKeys keys = {.scratch = arena_new()};
        for (size_t j = 0; j < after; j++) {
            note_wanted(&keys, pair->tables.after->foreign_keys.items[j], j);
        }
        match_keys(cx, pair, &keys);
        arena_free(keys.scratch);
    }
}

/* Join tables keep the names other versions gave to their foreign keys. */
static void diff_old_keys(DiffCx *cx, const PairInfo *pair)
{
    const TablePair tables = pair->tables;
    for (size_t i = 0; i < tables.before->foreign_keys.count; i++) {
        const ForeignKey *before = tables.before->foreign_keys.items[i];
        const ForeignKey *after = pair->keys_after[i];
        const Aside *aside = aside_of(cx, before);
        const Subject old_side = {.table = tables.before, .foreign_key = before};
        const Subject new_side = {.table = tables.after, .foreign_key = after};
        if (after == NULL && is_left_alone(cx, pair, before)) {
            continue;
        }
        if (after == NULL || aside != NULL) {
            diff_add(cx, CHANGE_DROP_FOREIGN_KEY, 0, old_side, (Subject){.table = tables.after})
                ->aside = aside;
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

static void add_keys_of(DiffCx *cx, const Table *table)
{
    const PairInfo *pair = pair_of_after(cx, table);
    for (size_t i = 0; i < table->foreign_keys.count; i++) {
        const ForeignKey *before = pair == NULL ? NULL : pair->keys_before[i];
        const Aside *aside = before == NULL ? NULL : aside_of(cx, before);
        if (before == NULL || aside != NULL) {
            diff_add(cx, CHANGE_ADD_FOREIGN_KEY, 0,
                     (Subject){.table = pair == NULL ? NULL : pair->tables.before},
                     (Subject){.table = table, .foreign_key = table->foreign_keys.items[i]})
                ->aside = aside;
        }
    }
}

void diff_foreign_keys(DiffCx *cx)
{
    vec_each(Table *, at, &cx->from->tables) {
        const PairInfo *pair = pair_of_before(cx, *at);
        if (pair != NULL) {
            diff_old_keys(cx, pair);
        } else if (!diff_ignores(*at)) {
            drop_keys_of(cx, *at);
        }
    }
    vec_each(Table *, at, &cx->to->tables) {
        if (!diff_ignores(*at)) {
            add_keys_of(cx, *at);
        }
    }
}
