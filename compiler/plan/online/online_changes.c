/*
 * online_changes.c - which change is about this column, this index, this key?
 *
 * In: the changes of a diff.   Out: rows ordered by what a change is about, to be searched; a plan
 * asks once for each of its columns and keys. The order is by address and seen by nobody: of
 * several changes about one thing the first of the diff is found.
 */
#include "base/common.h"

#include <stdlib.h>

#include "compiler/plan/online/online_internal.h"

static int compare_words(uintptr_t a, uintptr_t b)
{
    return (a > b) - (a < b);
}

static int compare_rows(const void *a, const void *b)
{
    const ChangeRow *left = a, *right = b;
    int order = compare_words((uintptr_t)left->about, (uintptr_t)right->about);
    order = order != 0 ? order : compare_words((uintptr_t)left->name, (uintptr_t)right->name);
    order = order != 0 ? order : compare_words(left->kind, right->kind);
    return order != 0 ? order : compare_words(left->number, right->number);
}

static void add_row(Online *cx, const void *about, Name name, const Change *change)
{
    if (about != NULL) {
        const ChangeRow row = {about, name, change->kind, cx->by_subject.count, change};
        vec_push(cx->arena, &cx->by_subject, row);
    }
}

static void add_column_rows(Online *cx, const Change *change)
{
    add_row(cx, change->before.column, NULL, change);
    if (change->after.column != change->before.column) {
        add_row(cx, change->after.column, NULL, change);
    }
}

/* Indexes and foreign keys by the table that the source has. */
static void add_named_rows(Online *cx, const Change *change)
{
    const Subject *before = &change->before, *after = &change->after;
    if (change->kind == CHANGE_DROP_INDEX) {
        add_row(cx, before->table, before->index->name, change);
    } else if (change->kind == CHANGE_ADD_INDEX) {
        add_row(cx, online_table_before(cx, after->table), after->index->name, change);
    } else if (change->kind == CHANGE_DROP_FOREIGN_KEY) {
        add_row(cx, before->table, before->foreign_key->name, change);
    } else if (change->kind == CHANGE_ADD_FOREIGN_KEY) {
        add_row(cx, online_table_before(cx, after->table), after->foreign_key->name, change);
    }
}

/* What makes columns of a wanted table unique. */
static void add_unique_rows(Online *cx, const Change *change)
{
    const ChangeKind kind = change->kind;
    if (kind == CHANGE_ADD_PRIMARY_KEY || kind == CHANGE_MODIFY_PRIMARY_KEY ||
        (kind == CHANGE_ADD_INDEX && change->after.index->kind == INDEX_UNIQUE)) {
        add_row(cx, change->after.table, NULL, change);
    }
}

void online_find_changes(Online *cx)
{
    vec_each(Change *, at, &cx->plan->diff->changes) {
        vec_push(cx->arena, &cx->by_kind[(*at)->kind], *at);
        add_column_rows(cx, *at);
        add_named_rows(cx, *at);
        add_unique_rows(cx, *at);
    }
    if (cx->by_subject.count > 0) {
        qsort(cx->by_subject.items, cx->by_subject.count, sizeof *cx->by_subject.items,
              compare_rows);
    }
}

/* The first row that is not before this one. */
static const ChangeRow *search(const Online *cx, const ChangeRow *wanted)
{
    size_t low = 0, high = cx->by_subject.count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (compare_rows(&cx->by_subject.items[middle], wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < cx->by_subject.count ? &cx->by_subject.items[low] : NULL;
}

static const Change *find(const Online *cx, const void *about, Name name, ChangeKind kind)
{
    const ChangeRow wanted = {.about = about, .name = name, .kind = kind};
    const ChangeRow *row = search(cx, &wanted);
    return row != NULL && row->about == about && row->name == name && row->kind == kind
               ? row->change
               : NULL;
}

const Change *online_find_change(const Online *cx, ChangeKind kind, const Column *column)
{
    return find(cx, column, NULL, kind);
}

const Change *online_find_named(const Online *cx, ChangeKind kind, const Table *before, Name name)
{
    return find(cx, before, name, kind);
}

bool online_becomes_unique(const Online *cx, const Table *after)
{
    return find(cx, after, NULL, CHANGE_ADD_PRIMARY_KEY) != NULL ||
           find(cx, after, NULL, CHANGE_MODIFY_PRIMARY_KEY) != NULL ||
           find(cx, after, NULL, CHANGE_ADD_INDEX) != NULL;
}

bool online_column_is_new(const Online *cx, const Column *column)
{
    return online_find_change(cx, CHANGE_ADD_COLUMN, column) != NULL;
}

bool online_column_is_dropped(const Online *cx, const Column *column)
{
    return online_find_change(cx, CHANGE_DROP_COLUMN, column) != NULL;
}
