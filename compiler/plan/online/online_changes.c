/*
 * online_changes.c - which change is about this index, this key?
 *
 * In: the changes of a diff.   Out: lists by kind, and what happens to the indexes and foreign keys
 * of a table by their names; a plan asks once for each of them.
 */
#include "base/common.h"

#include "compiler/plan/online/online_internal.h"

static NamedChange *note(Online *cx, Space space, const Table *table, Name name)
{
    const Slot slot = {.space = space, .of = match_source(cx->plan->diff, table), .name = name};
    const size_t number = slot_number(cx->arena, &cx->named_slots, &slot);
    if (number == cx->named.count) {
        vec_push(cx->arena, &cx->named, (NamedChange){0});
    }
    return &cx->named.items[number];
}

static NamedChange *find(const Online *cx, Space space, const Table *table, Name name)
{
    const Slot slot = {.space = space, .of = match_source(cx->plan->diff, table), .name = name};
    size_t number;
    return slot_find(&cx->named_slots, &slot, &number) ? &cx->named.items[number] : NULL;
}

static void note_change(Online *cx, const Change *change)
{
    const Subject *before = &change->before, *after = &change->after;
    if (change->kind == CHANGE_DROP_INDEX) {
        note(cx, SPACE_RELATIONS, before->table, before->index->name)->drop = change;
    } else if (change->kind == CHANGE_ADD_INDEX) {
        note(cx, SPACE_RELATIONS, after->table, after->index->name)->add = change;
    } else if (change->kind == CHANGE_DROP_FOREIGN_KEY) {
        note(cx, SPACE_CONSTRAINTS, before->table, before->foreign_key->name)->drop = change;
    } else if (change->kind == CHANGE_ADD_FOREIGN_KEY) {
        note(cx, SPACE_CONSTRAINTS, after->table, after->foreign_key->name)->add = change;
    }
    if (change->kind == CHANGE_ADD_PRIMARY_KEY || change->kind == CHANGE_MODIFY_PRIMARY_KEY ||
        (change->kind == CHANGE_ADD_INDEX && after->index->kind == INDEX_UNIQUE)) {
        note(cx, SPACE_KEYS, after->table, after->table->name)->add = change;
    }
}

void online_find_changes(Online *cx)
{
    vec_each(Change *, at, &cx->plan->diff->changes) {
        vec_push(cx->arena, &cx->by_kind[(*at)->kind], *at);
        note_change(cx, *at);
    }
}

NamedChange online_index_changes(const Online *cx, const Table *table, Name name)
{
    const NamedChange *found = find(cx, SPACE_RELATIONS, table, name);
    return found != NULL ? *found : (NamedChange){0};
}

NamedChange online_foreign_key_changes(const Online *cx, const Table *table, Name name)
{
    const NamedChange *found = find(cx, SPACE_CONSTRAINTS, table, name);
    return found != NULL ? *found : (NamedChange){0};
}

void online_settle_drop(Online *cx, const Change *drop)
{
    note(cx, SPACE_RELATIONS, drop->before.table, drop->before.index->name)->settled = true;
}

bool online_becomes_unique(const Online *cx, const Table *after)
{
    return find(cx, SPACE_KEYS, after, after->name) != NULL;
}
