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
    const size_t number = slot_number(cx->marks, &cx->named_slots, &slot);
    if (number == cx->named.count) {
        vec_push(cx->marks, &cx->named, (NamedChange){0});
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

/* --- by object ---------------------------------------------------------------------------------
 */

static void note_about(Online *cx, const void *object, const Change *change)
{
    ObjectMap *about = &cx->about[change->kind];
    if (object != NULL && object_map_get(about, object) == NULL) {
        object_map_put(cx->marks, about, object, (void *)(uintptr_t)change);
    }
}

static void note_side(Online *cx, const Subject *subject, const Change *change)
{
    note_about(cx, subject->table, change);
    note_about(cx, subject->enum_type, change);
    note_about(cx, subject->column, change);
    note_about(cx, subject->index, change);
    note_about(cx, subject->foreign_key, change);
}

/* Those that somebody asks for. */
static void note_objects(Online *cx, const Change *change)
{
    static const bool kinds[CHANGE_KIND_COUNT] = {
        [CHANGE_ADD_ENUM] = true,           [CHANGE_RENAME_ENUM] = true,
        [CHANGE_MODIFY_ENUM] = true,        [CHANGE_RENAME_TABLE] = true,
        [CHANGE_RENAME_COLUMN] = true,      [CHANGE_MODIFY_COLUMN] = true,
        [CHANGE_ADD_PRIMARY_KEY] = true,    [CHANGE_MODIFY_PRIMARY_KEY] = true,
        [CHANGE_RENAME_PRIMARY_KEY] = true, [CHANGE_DROP_PRIMARY_KEY] = true,
        [CHANGE_RENAME_INDEX] = true,       [CHANGE_DROP_INDEX] = true,
        [CHANGE_DROP_FOREIGN_KEY] = true,
    };
    if (kinds[change->kind]) {
        note_side(cx, &change->before, change);
        note_side(cx, &change->after, change);
    }
    if ((change->facets & FACET_VALUES_REMOVED) != 0) {
        const EnumType *type = change->before.enum_type;
        map_put2(cx->marks, &cx->losing_enums, type->schema, type->name, (void *)(uintptr_t)change);
    }
}

/* --- by column ---------------------------------------------------------------------------------
 */

static void note_touched(Online *cx, const void *what)
{
    if (what != NULL) {
        object_map_put(cx->marks, &cx->touched, what, cx);
    }
}

/* An index is of one side's catalog; so are the columns it reads. */
static void note_index(Online *cx, const Index *index)
{
    if (index == NULL) {
        return;
    }
    vec_each(const IndexPart, part, &index->parts) {
        note_touched(cx, part->column);
    }
    vec_each(Column *, column, &index->include) {
        note_touched(cx, *column);
    }
    vec_each(Column *, column, &index->predicate_columns) {
        note_touched(cx, *column);
    }
}

/* With a column made anew, or under another name; a second column has one of its own. */
static bool only_comes_back(const Change *change)
{
    return (change->kind == CHANGE_DROP_INDEX || change->kind == CHANGE_ADD_INDEX ||
            change->kind == CHANGE_RENAME_INDEX) &&
           change->before.index != NULL && change->after.index != NULL;
}

/* A new one is built over the second column at once, one that goes does so before the first. Not
 * one that takes another's name. */
static bool only_comes_or_goes(const Online *cx, const Change *change)
{
    const Index *before = change->before.index, *after = change->after.index;
    if (change->kind == CHANGE_ADD_INDEX && before == NULL) {
        return !online_was_there(cx, after->table->schema, after->name);
    }
    return change->kind == CHANGE_DROP_INDEX && after == NULL &&
           !online_will_be_there(cx, before->table->schema, before->name);
}

static void note_key(Online *cx, const Column *before, const Change *change, size_t number)
{
    KeyChangeList *list = before == NULL ? NULL : object_map_get(&cx->key_changes, before);
    if (before != NULL && list == NULL) {
        list = arena_make(cx->marks, KeyChangeList);
        object_map_put(cx->marks, &cx->key_changes, before, list);
    }
    if (list != NULL) {
        vec_push(cx->marks, list, (KeyChange){change, number});
    }
}

/* Under the columns as the source has them: only there can one key come for another. */
static void note_key_columns(Online *cx, const Change *change, size_t number)
{
    if (change->kind == CHANGE_DROP_FOREIGN_KEY) {
        vec_each(Column *, column, &change->before.foreign_key->columns) {
            note_key(cx, *column, change, number);
        }
    } else if (change->kind == CHANGE_ADD_FOREIGN_KEY) {
        vec_each(Column *, column, &change->after.foreign_key->columns) {
            note_key(cx, online_column_before(cx, *column), change, number);
        }
    }
}

static void note_rename(Online *cx, const Change *change)
{
    if (!online_rename_is_sure(cx, change)) {
        object_map_put(cx->marks, &cx->unsure_renames, change->after.table, cx);
    }
}

void online_find_changes(Online *cx)
{
    const ChangeList *changes = &cx->plan->diff->changes;
    for (size_t i = 0; i < changes->count; i++) {
        const Change *change = changes->items[i];
        vec_push(cx->marks, &cx->by_kind[change->kind], change);
        note_change(cx, change);
        note_objects(cx, change);
        if (!only_comes_back(change) && !only_comes_or_goes(cx, change)) {
            note_index(cx, change->before.index);
            note_index(cx, change->after.index);
        }
        note_key_columns(cx, change, i);
        if (change->kind == CHANGE_RENAME_TABLE || change->kind == CHANGE_RENAME_COLUMN) {
            note_touched(cx, change->after.table);
            note_rename(cx, change);
        }
    }
    online_find_uses(cx);
}

/* --- questions ---------------------------------------------------------------------------------
 */

const Change *online_change_of(const Online *cx, ChangeKind kind, const void *object)
{
    return object_map_get(&cx->about[kind], object);
}

const KeyChangeList *online_key_changes(const Online *cx, const Column *before)
{
    return before == NULL ? NULL : object_map_get(&cx->key_changes, before);
}

bool online_changes_index(const Online *cx, const Column *column)
{
    return object_map_get(&cx->touched, column) != NULL;
}

bool online_renames_in(const Online *cx, const Table *after)
{
    return object_map_get(&cx->touched, after) != NULL;
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
