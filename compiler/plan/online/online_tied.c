/*
 * online_tied.c - what ties columns that widen to each other: primary keys and foreign keys.
 *
 * A primary key is made anew of a unique index over the second columns, a foreign key beside the
 * old one over them, not validated and validated apart; then the columns of all tables that a
 * foreign key joins are switched in one transaction (online_knots.c), so that no row is unprotected
 * at any moment. A key that cannot go over holds back the columns it ties.
 */
#include "base/common.h"

#include "compiler/plan/online/online_internal.h"

/* --- may they? ---------------------------------------------------------------------------------
 */

/* Of a wanted column: does its type change, and not by a second column? */
static bool changes_in_place(const Online *cx, const Column *after)
{
    const Column *before = match_column_before(cx->plan->diff, after);
    const TablePair *pair = match_pair(cx->plan->diff, after->table);
    return before != NULL && (pair->facets[before->position] & (FACET_TYPE | FACET_LIST)) != 0 &&
           online_shadow_of(cx, after) == NULL;
}

static bool any_changes_in_place(const Online *cx, const ColumnList *columns)
{
    vec_each(Column *, column, columns) {
        if (changes_in_place(cx, *column)) {
            return true;
        }
    }
    return false;
}

/* The same columns in the same order, under the same name. */
static bool key_is_kept(const Online *cx, const PrimaryKey *before, const PrimaryKey *after)
{
    if (before == NULL || after == NULL || before->deferrable || after->deferrable ||
        before->name != after->name || before->columns.count != after->columns.count) {
        return false;
    }
    for (size_t i = 0; i < before->columns.count; i++) {
        if (match_column_after(cx->plan->diff, before->columns.items[i]) !=
            after->columns.items[i]) {
            return false;
        }
    }
    return true;
}

/* Do those of the wanted columns that are switched change places at one time? */
static bool switch_at_once(const Online *cx, const ColumnList *columns, bool late)
{
    vec_each(Column *, column, columns) {
        const Shadow *shadow = online_shadow_of(cx, *column);
        if (shadow != NULL && shadow->late != late) {
            return false;
        }
    }
    return true;
}

static bool all_switch_at_once(const Online *cx, const ForeignKey *key, bool late)
{
    return switch_at_once(cx, &key->columns, late) &&
           switch_at_once(cx, &key->referenced_columns, late);
}

/* What is over such an enum steps aside (aside.def): none of it may be built early. */
static bool any_of_rebuilt_enum(const Online *cx, const ColumnList *columns)
{
    vec_each(Column *, column, columns) {
        if (online_of_rebuilt_enum(cx, *column)) {
            return true;
        }
    }
    return false;
}

static bool any_has_shadow(const Online *cx, const ColumnList *columns)
{
    vec_each(Column *, column, columns) {
        if (online_shadow_of(cx, *column) != NULL) {
            return true;
        }
    }
    return false;
}

static bool are_the_same(const ColumnList *a, const ColumnList *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++) {
        same = column_in_list(a->items[i], b->items, b->count);
    }
    return same;
}

/* The change that drops the source's index, where that makes just these columns unique; NULL. */
static const Change *drop_of_ground(Online *cx, const Index *index, const ColumnList *columns)
{
    const Change *drop = online_index_changes(cx, index->table, index->name).drop;
    const ColumnList over = online_index_columns(cx, index);
    const bool is_ground = index->kind == INDEX_UNIQUE && index->predicate == NULL &&
                           over.count == index->parts.count && are_the_same(&over, columns);
    return is_ground && drop != NULL && drop->before.index == index ? drop : NULL;
}

CauseList online_ground_drops(Online *cx, const ForeignKey *before)
{
    CauseList drops = {0};
    vec_each(Index *const, at, online_indexes_over(cx, before->referenced_columns.items[0])) {
        const Change *drop = drop_of_ground(cx, *at, &before->referenced_columns);
        if (drop != NULL) {
            vec_push(cx->marks, &drops, drop);
        }
    }
    return drops;
}

/* Does a key or index go that the foreign key may rest on? Which one it is, a server knows. */
static bool ground_goes(Online *cx, const ForeignKey *before, const ForeignKey *after)
{
    const PrimaryKey *key = before->referenced->primary_key;
    const PrimaryKey *wanted = after->referenced->primary_key;
    const bool key_goes =
        key != NULL && are_the_same(&key->columns, &before->referenced_columns) &&
        (wanted == NULL || !online_columns_become(cx, &key->columns, &wanted->columns));
    return key_goes || online_ground_drops(cx, before).count > 0;
}

/* Where no column that it refers to has a second one, the key beside the old one would rest on what
 * that rests on. */
static bool foreign_key_may_switch(Online *cx, const ForeignKey *before)
{
    const ForeignKey *after = online_key_after(cx, before);
    const Table *table = before->table, *other = before->referenced;
    return after != NULL && before->valid && !before->deferrable && !after->deferrable &&
           !table->is_partitioned && !other->is_partitioned &&
           !online_renames_in(cx, after->table) && !online_renames_in(cx, after->referenced) &&
           object_map_get(&cx->twin_keys, after) == NULL &&
           !any_of_rebuilt_enum(cx, &before->columns) &&
           !any_changes_in_place(cx, &after->columns) &&
           !any_changes_in_place(cx, &after->referenced_columns) &&
           (any_has_shadow(cx, &after->referenced_columns) || !ground_goes(cx, before, after)) &&
           (all_switch_at_once(cx, after, false) || all_switch_at_once(cx, after, true));
}

static bool primary_key_may_switch(const Online *cx, const Shadow *shadow)
{
    const Change *change = shadow->change;
    const PrimaryKey *old = change->before.table->primary_key;
    const PrimaryKey *wanted = change->after.table->primary_key;
    const bool ties = online_in_primary_key(cx, change->before.column) ||
                      online_in_primary_key(cx, change->after.column);
    return !ties || (key_is_kept(cx, old, wanted) && !any_changes_in_place(cx, &wanted->columns) &&
                     switch_at_once(cx, &wanted->columns, shadow->late));
}

/* Of one built over second columns all are there at once, and stay. */
static bool indexes_may_switch(Online *cx, const Shadow *shadow)
{
    vec_each(Index *const, index, online_indexes_over(cx, shadow->change->after.column)) {
        const ColumnList *columns = online_index_rests_on(cx, *index);
        if (!switch_at_once(cx, columns, shadow->late) || any_changes_in_place(cx, columns) ||
            any_of_rebuilt_enum(cx, &(*index)->compared_columns)) {
            return false;
        }
    }
    return true;
}

/* Nor is a check said of columns of different moments. */
static bool checks_may_switch(const Online *cx, const Shadow *shadow)
{
    const ColumnUses *uses = object_map_get(&cx->uses, shadow->change->after.column);
    for (size_t i = 0; uses != NULL && i < uses->checks.count; i++) {
        const ColumnList *columns = &cx->kept_checks.items[uses->checks.items[i]].columns;
        if (!switch_at_once(cx, columns, shadow->late) || any_changes_in_place(cx, columns)) {
            return false;
        }
    }
    return true;
}

/* Of the source's columns, those that a second one is to take over. */
static bool have_shadows(Online *cx, const ColumnList *columns, bool hold_back)
{
    bool any = false;
    vec_each(Column *, column, columns) {
        const Column *after = match_column_after(cx->plan->diff, *column);
        const Shadow *found = after == NULL ? NULL : online_shadow_of(cx, after);
        if (found != NULL) {
            cx->shadows.items[found - cx->shadows.items].held_back |= hold_back;
            any = true;
        }
    }
    return any;
}

static void hold_back_by_key(Online *cx, const ForeignKey *key)
{
    const bool own = have_shadows(cx, &key->columns, false);
    const bool other = have_shadows(cx, &key->referenced_columns, false);
    if ((own || other) && !foreign_key_may_switch(cx, key)) {
        (void)have_shadows(cx, &key->columns, true);
        (void)have_shadows(cx, &key->referenced_columns, true);
    }
}

/* --- waiting for each other --------------------------------------------------------------------
 */

static Shadow *shadow_at(Online *cx, const Column *wanted)
{
    const Shadow *found = online_shadow_of(cx, wanted);
    return found == NULL ? NULL : &cx->shadows.items[found - cx->shadows.items];
}

/* What could be switched before the gate waits with what it is tied to; but not where a cast serves
 * both programs, which is there at one time and not at another (online_cast.c). */
static bool delay_all(Online *cx, const ColumnList *columns)
{
    bool any_late = false, any = false;
    vec_each(Column *, column, columns) {
        const Shadow *shadow = online_shadow_of(cx, *column);
        any_late = any_late || (shadow != NULL && shadow->late);
    }
    for (size_t i = 0; any_late && i < columns->count; i++) {
        Shadow *shadow = shadow_at(cx, columns->items[i]);
        if (shadow != NULL && !shadow->late && shadow->asked_as == NULL) {
            shadow->late = any = true;
        }
    }
    return any;
}

static void push_columns(Arena *arena, ColumnList *out, const ColumnList *columns)
{
    vec_each(Column *, column, columns) {
        vec_push(arena, out, *column);
    }
}

static bool delay_in_table(Online *cx, Arena *scratch, const Table *table)
{
    bool any = table->primary_key != NULL && delay_all(cx, &table->primary_key->columns);
    vec_each(Index *const, index, online_indexes_of(cx, table)) {
        any = delay_all(cx, online_index_rests_on(cx, *index)) || any;
    }
    ColumnList columns = {0};
    vec_each(ForeignKey *, key, &table->foreign_keys) {
        columns.count = 0;
        push_columns(scratch, &columns, &(*key)->columns);
        push_columns(scratch, &columns, &(*key)->referenced_columns);
        any = delay_all(cx, &columns) || any;
    }
    return any;
}

void online_delay_tied(Online *cx)
{
    bool any = false;
    vec_each(const Shadow, shadow, &cx->shadows) {
        any = any || shadow->late;
    }
    Arena *scratch = arena_new();
    while (any) {
        any = false;
        vec_each(const KeptCheck, check, &cx->kept_checks) {
            any = delay_all(cx, &check->columns) || any;
        }
        vec_each(Table *, table, &cx->plan->to->tables) {
            any = delay_in_table(cx, scratch, *table) || any;
        }
    }
    arena_free(scratch);
}

void online_hold_back(Online *cx)
{
    vec_each(Shadow, shadow, &cx->shadows) {
        shadow->held_back = !primary_key_may_switch(cx, shadow) ||
                            !indexes_may_switch(cx, shadow) || !checks_may_switch(cx, shadow);
    }
    online_hold_back_casts(cx);
    for (size_t i = 0; cx->shadows.count > 0 && i < cx->plan->from->tables.count; i++) {
        vec_each(ForeignKey *, key, &cx->plan->from->tables.items[i]->foreign_keys) {
            hold_back_by_key(cx, *key);
        }
    }
}

/* --- questions ---------------------------------------------------------------------------------
 */

bool online_speaks_of_shadow(const Online *cx, const ForeignKey *key)
{
    return any_has_shadow(cx, &key->columns) || any_has_shadow(cx, &key->referenced_columns);
}

bool online_key_switches(const Online *cx, const Table *after)
{
    return after->primary_key != NULL && any_has_shadow(cx, &after->primary_key->columns);
}
