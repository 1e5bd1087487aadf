/*
 * online_knots.c - which columns change places at once, and what goes with them.
 *
 * In: second columns that may all take the places of the first (online_tied.c).   Out: knots, each
 * of which is one transaction. Of one knot are the columns of a table, those before the gate and
 * those after it; what a foreign key joins; and the columns of an enum that loses values. A foreign
 * key over such a column is built beside the old one, which goes in that transaction; and so does
 * an index that it may have rested on.
 */
#include "base/common.h"

#include "compiler/catalog/naming.h"
#include "compiler/plan/online/online_internal.h"

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
    ObjectMap firsts = {0};
    vec_each(Shadow, shadow, &cx->shadows) {
        const Shadow *first =
            shadow->renewed == NULL ? NULL : object_map_get(&firsts, shadow->renewed);
        if (first != NULL) {
            cx->shadows.items[knot_of(cx, shadow) - 1].knot = knot_of(cx, first);
        } else if (shadow->renewed != NULL) {
            object_map_put(cx->marks, &firsts, shadow->renewed, shadow);
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

/* What the key rests on goes with it, at once with other keys on it: those have a column in common
 * that is switched. */
static void list_ground(Online *cx, Knot *knot, const ForeignKey *before)
{
    const CauseList drops = online_ground_drops(cx, before);
    vec_each(const Change *, at, &drops) {
        const Index *index = (*at)->before.index;
        if (!online_index_switches(cx, *at) && !online_goes_with_key(cx, index)) {
            object_map_put(cx->arena, &cx->under_keys, index, (void *)(uintptr_t)*at);
            vec_push(cx->arena, &knot->under_keys, *at);
        }
    }
}

/* In the order of their numbers. */
static void list_knots(Online *cx)
{
    const size_t count = cx->shadows.count;
    Knot **knots = arena_array(cx->marks, Knot *, count + 1);
    ObjectMap early = {0}, late = {0};
    vec_each(Shadow, shadow, &cx->shadows) {
        shadow->knot = knot_of(cx, shadow);
    }
    for (size_t i = 0; i < count; i++) {
        if (cx->shadows.items[i].knot == i + 1) {
            vec_push(cx->arena, &cx->knots,
                     ((Knot){.number = (uint32_t)i + 1, .together = plan_new_group(cx->plan)}));
        }
    }
    vec_each(Knot, knot, &cx->knots) {
        knots[knot->number] = knot;
    }
    vec_each(const Shadow, shadow, &cx->shadows) {
        push_shadow(cx, knots[shadow->knot], shadow->late ? &late : &early, shadow);
    }
    vec_each(TiedKey, tied, &cx->tied_keys) {
        tied->knot = cx->shadows.items[tied->knot - 1].knot;
        Knot *knot = knots[tied->knot];
        vec_push(cx->arena, &knot->tied_keys, tied);
        list_ground(cx, knot, tied->before);
        object_map_put(cx->marks, &cx->tied_by_key, tied->before, tied);
        object_map_put(cx->marks, &cx->tied_by_key, tied->after, tied);
    }
    online_give_checks(cx, knots);
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

bool online_goes_with_key(const Online *cx, const Index *before)
{
    return object_map_get(&cx->under_keys, before) != NULL;
}

bool online_is_tied(const Online *cx, const ForeignKey *key)
{
    return object_map_get(&cx->tied_by_key, key) != NULL;
}
