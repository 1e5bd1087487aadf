/*
 * online_tied.c - what ties columns that widen to each other: primary keys and foreign keys.
 *
 * A primary key is made anew of a unique index over the second columns, a foreign key beside the
 * old one over them, not validated and validated apart; then the columns of all tables that a
 * foreign key joins are switched in one transaction, so that no row is unprotected at any moment.
 * A key that cannot go over holds back the columns it ties.
 */
#include "base/common.h"

#include "compiler/catalog/naming.h"
#include "compiler/plan/online/online_internal.h"

/* --- may they? ---------------------------------------------------------------------------------
 */

static bool in_key(const PrimaryKey *key, const Column *column)
{
    return key != NULL && column_in_list(column, key->columns.items, key->columns.count);
}

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

static bool become(const Online *cx, const ColumnList *before, const ColumnList *after)
{
    if (before->count != after->count) {
        return false;
    }
    for (size_t i = 0; i < before->count; i++) {
        const Column *column = match_column_after(cx->plan->diff, before->items[i]);
        if (column == NULL || column != after->items[i]) {
            return false;
        }
    }
    return true;
}

const ForeignKey *online_key_after(const Online *cx, const ForeignKey *before)
{
    const Column *first = match_column_after(cx->plan->diff, before->columns.items[0]);
    for (size_t i = 0; first != NULL && i < first->table->foreign_keys.count; i++) {
        const ForeignKey *after = first->table->foreign_keys.items[i];
        if (after->on_delete == before->on_delete && after->on_update == before->on_update &&
            become(cx, &before->columns, &after->columns) &&
            become(cx, &before->referenced_columns, &after->referenced_columns)) {
            return after;
        }
    }
    return NULL;
}

/* Two of one meaning would become one. */
static bool has_twin(const Online *cx, const ForeignKey *before, const ForeignKey *after)
{
    vec_each(ForeignKey *, at, &before->table->foreign_keys) {
        if (*at != before && online_key_after(cx, *at) == after) {
            return true;
        }
    }
    return false;
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

static bool foreign_key_may_switch(const Online *cx, const ForeignKey *before)
{
    const ForeignKey *after = online_key_after(cx, before);
    const Table *table = before->table, *other = before->referenced;
    return after != NULL && before->valid && !before->deferrable && !after->deferrable &&
           !table->is_partitioned && !other->is_partitioned &&
           !online_renames_in(cx, after->table) && !online_renames_in(cx, after->referenced) &&
           !has_twin(cx, before, after) && !any_of_rebuilt_enum(cx, &before->columns) &&
           !any_changes_in_place(cx, &after->columns) &&
           !any_changes_in_place(cx, &after->referenced_columns) &&
           (all_switch_at_once(cx, after, false) || all_switch_at_once(cx, after, true));
}

static bool primary_key_may_switch(const Online *cx, const Shadow *shadow)
{
    const Change *change = shadow->change;
    const PrimaryKey *old = change->before.table->primary_key;
    const PrimaryKey *wanted = change->after.table->primary_key;
    const bool ties = in_key(old, change->before.column) || in_key(wanted, change->after.column);
    return !ties || (key_is_kept(cx, old, wanted) && !any_changes_in_place(cx, &wanted->columns) &&
                     switch_at_once(cx, &wanted->columns, shadow->late));
}

/* Of one built over second columns all are there at once, and stay. */
static bool indexes_may_switch(Online *cx, const Shadow *shadow)
{
    const Column *wanted = shadow->change->after.column;
    const IndexList indexes = online_indexes_of(cx, wanted->table);
    vec_each(Index *, index, &indexes) {
        const ColumnList columns = online_index_columns(cx, *index, true);
        if (column_in_list(wanted, columns.items, columns.count) &&
            (!switch_at_once(cx, &columns, shadow->late) || any_changes_in_place(cx, &columns) ||
             any_changes_in_place(cx, &(*index)->predicate_columns) ||
             any_of_rebuilt_enum(cx, &(*index)->compared_columns))) {
            return false;
        }
    }
    return true;
}

/* Nor is a check said of columns of different moments. */
static bool checks_may_switch(const Online *cx, const Shadow *shadow)
{
    const Column *wanted = shadow->change->after.column;
    vec_each(const KeptCheck, check, &cx->kept_checks) {
        if (column_in_list(wanted, check->columns.items, check->columns.count) &&
            (!switch_at_once(cx, &check->columns, shadow->late) ||
             any_changes_in_place(cx, &check->columns))) {
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

static void push_columns(Online *cx, ColumnList *out, const ColumnList *columns)
{
    vec_each(Column *, column, columns) {
        vec_push(cx->arena, out, *column);
    }
}

static bool delay_in_table(Online *cx, const Table *table)
{
    bool any = table->primary_key != NULL && delay_all(cx, &table->primary_key->columns);
    const IndexList indexes = online_indexes_of(cx, table);
    vec_each(Index *, index, &indexes) {
        const ColumnList columns = online_index_columns(cx, *index, true);
        any = delay_all(cx, &columns) || any;
    }
    vec_each(ForeignKey *, key, &table->foreign_keys) {
        ColumnList columns = {0};
        push_columns(cx, &columns, &(*key)->columns);
        push_columns(cx, &columns, &(*key)->referenced_columns);
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
    while (any) {
        any = false;
        vec_each(const KeptCheck, check, &cx->kept_checks) {
            any = delay_all(cx, &check->columns) || any;
        }
        vec_each(Table *, table, &cx->plan->to->tables) {
            any = delay_in_table(cx, *table) || any;
        }
    }
}

void online_hold_back(Online *cx)
{
    vec_each(Shadow, shadow, &cx->shadows) {
        shadow->held_back = !primary_key_may_switch(cx, shadow) ||
                            !indexes_may_switch(cx, shadow) || !checks_may_switch(cx, shadow) ||
                            !online_cast_holds(cx, shadow);
    }
    for (size_t i = 0; cx->shadows.count > 0 && i < cx->plan->from->tables.count; i++) {
        vec_each(ForeignKey *, key, &cx->plan->from->tables.items[i]->foreign_keys) {
            hold_back_by_key(cx, *key);
        }
    }
}

/* --- tying -------------------------------------------------------------------------------------
 */

static void second_columns(Online *cx, const ColumnList *wanted, ColumnList *ret_columns)
{
    ColumnList columns = {0};
    vec_each(Column *, column, wanted) {
        const Shadow *shadow = online_shadow_of(cx, *column);
        vec_push(cx->arena, &columns, shadow != NULL ? shadow->second : *column);
    }
    *ret_columns = columns;
}

static const ForeignKey *built_key(Online *cx, const ForeignKey *after)
{
    ForeignKey *built = arena_make(cx->arena, ForeignKey);
    *built = *after;
    built->name = name_reserved(cx->plan->to->names, RESERVED_BUILT, after->name);
    built->rests_on = NULL;
    second_columns(cx, &after->columns, &built->columns);
    second_columns(cx, &after->referenced_columns, &built->referenced_columns);
    return built;
}

/* The number of a knot is that of one of its columns. Until all are tied a column knows another of
 * its knot, and so on to that one. */
static uint32_t knot_of(Online *cx, const Shadow *shadow)
{
    Shadow *at = &cx->shadows.items[shadow - cx->shadows.items];
    while (at->knot != (uint32_t)(at - cx->shadows.items) + 1) {
        Shadow *next = &cx->shadows.items[at->knot - 1];
        at->knot = next->knot;
        at = next;
    }
    return at->knot;
}

typedef VEC(const Shadow *) ShadowList;

static void gather(const Online *cx, const ColumnList *columns, ShadowList *out)
{
    vec_each(Column *, column, columns) {
        const Shadow *shadow = online_shadow_of(cx, *column);
        if (shadow != NULL) {
            vec_push(cx->arena, out, shadow);
        }
    }
}

/* What a foreign key joins is switched at once: all are of the first one's knot from now on. */
static uint32_t join_all(Online *cx, const ForeignKey *key)
{
    ShadowList joined = {0};
    gather(cx, &key->columns, &joined);
    gather(cx, &key->referenced_columns, &joined);
    const Shadow *first = joined.items[0];
    vec_each(const Shadow *, shadow, &joined) {
        first = *shadow < first ? *shadow : first;
    }
    const uint32_t knot = knot_of(cx, first);
    vec_each(const Shadow *, shadow, &joined) {
        cx->shadows.items[knot_of(cx, *shadow) - 1].knot = knot;
    }
    return knot;
}

static void tie(Online *cx, const ForeignKey *before)
{
    const ForeignKey *after = online_key_after(cx, before);
    if (after == NULL || !online_speaks_of_shadow(cx, after)) {
        return;
    }
    const Subject old_side = {.table = before->table, .foreign_key = before};
    const Subject new_side = {.table = after->table, .foreign_key = after};
    vec_push(cx->arena, &cx->tied_keys,
             (TiedKey){.before = before,
                       .after = after,
                       .built = built_key(cx, after),
                       .drop = online_change(cx, CHANGE_DROP_FOREIGN_KEY, 0, old_side, new_side),
                       .add = online_change(cx, CHANGE_ADD_FOREIGN_KEY, 0,
                                            (Subject){.table = before->table}, new_side)});
    vec_last(&cx->tied_keys).knot = join_all(cx, after);
}

/* So are all columns of an enum that loses values. */
static void join_renewed(Online *cx)
{
    for (size_t i = 0; i < cx->shadows.count; i++) {
        const RenewedEnum *renewed = cx->shadows.items[i].renewed;
        for (size_t k = 0; renewed != NULL && k < i; k++) {
            if (cx->shadows.items[k].renewed == renewed) {
                cx->shadows.items[knot_of(cx, &cx->shadows.items[i]) - 1].knot =
                    knot_of(cx, &cx->shadows.items[k]);
                break;
            }
        }
    }
}

/* The columns of a table are switched at once. */
static void begin_knots(Online *cx)
{
    ObjectMap early = {0}, late = {0}; /* table -> its first shadow */
    for (size_t i = 0; i < cx->shadows.count; i++) {
        Shadow *shadow = &cx->shadows.items[i];
        const Table *table = shadow->change->after.table;
        ObjectMap *firsts = shadow->late ? &late : &early;
        const Shadow *first = object_map_get(firsts, table);
        shadow->knot = first != NULL ? first->knot : (uint32_t)i + 1;
        if (first == NULL) {
            object_map_put(cx->arena, firsts, table, shadow);
        }
    }
}

static void push_shadow(Online *cx, Knot *knot, ObjectMap *numbers, const Shadow *shadow)
{
    const Table *table = shadow->change->after.table;
    size_t number = (size_t)(uintptr_t)object_map_get(numbers, table);
    if (number == 0) {
        vec_push(cx->arena, &knot->tables, (KnotTable){.table = table});
        number = knot->tables.count;
        object_map_put(cx->arena, numbers, table, (void *)(uintptr_t)number);
    }
    vec_push(cx->arena, &knot->tables.items[number - 1].shadows, shadow);
}

/* In the order of their numbers. */
static void list_knots(Online *cx)
{
    const size_t count = cx->shadows.count;
    size_t *places = arena_array(cx->arena, size_t, count + 1);
    ObjectMap early = {0}, late = {0};
    vec_each(Shadow, shadow, &cx->shadows) {
        shadow->knot = knot_of(cx, shadow);
    }
    for (size_t i = 0; i < count; i++) {
        if (cx->shadows.items[i].knot == i + 1) {
            vec_push(cx->arena, &cx->knots,
                     ((Knot){.number = (uint32_t)i + 1, .together = plan_new_group(cx->plan)}));
            places[i + 1] = cx->knots.count - 1;
        }
    }
    vec_each(const Shadow, shadow, &cx->shadows) {
        push_shadow(cx, &cx->knots.items[places[shadow->knot]], shadow->late ? &late : &early,
                    shadow);
    }
    vec_each(TiedKey, tied, &cx->tied_keys) {
        tied->knot = cx->shadows.items[tied->knot - 1].knot;
        vec_push(cx->arena, &cx->knots.items[places[tied->knot]].tied_keys, tied);
        object_map_put(cx->arena, &cx->tied_by_key, tied->before, tied);
        object_map_put(cx->arena, &cx->tied_by_key, tied->after, tied);
    }
}

void online_tie_shadows(Online *cx)
{
    if (cx->shadows.count == 0) {
        return;
    }
    begin_knots(cx);
    join_renewed(cx);
    vec_each(Table *, table, &cx->plan->from->tables) {
        vec_each(ForeignKey *, key, &(*table)->foreign_keys) {
            tie(cx, *key);
        }
    }
    list_knots(cx);
}

/* --- questions ---------------------------------------------------------------------------------
 */

bool online_rests_on(const TiedKey *tied, const Index *before)
{
    const ForeignKey *key = tied->before;
    bool rests = before->kind == INDEX_UNIQUE && key != NULL && key->referenced == before->table &&
                 key->referenced_columns.count == before->parts.count;
    for (size_t i = 0; rests && i < before->parts.count; i++) {
        rests = column_in_list(before->parts.items[i].column, key->referenced_columns.items,
                               key->referenced_columns.count);
    }
    return rests;
}

bool online_is_tied(const Online *cx, const ForeignKey *key)
{
    return object_map_get(&cx->tied_by_key, key) != NULL;
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

bool online_speaks_of_shadow(const Online *cx, const ForeignKey *key)
{
    return any_has_shadow(cx, &key->columns) || any_has_shadow(cx, &key->referenced_columns);
}

bool online_key_switches(const Online *cx, const Table *after)
{
    return after->primary_key != NULL && any_has_shadow(cx, &after->primary_key->columns);
}
