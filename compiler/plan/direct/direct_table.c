/*
 * direct_table.c - one table's changes as the clauses of one ALTER TABLE.
 *
 * Order: the primary key goes; columns go and come, each by name; columns change in the table's
 * order; the primary key comes. That order is part of the format's look.
 */
#include "base/common.h"

#include <stdlib.h>

#include "compiler/catalog/casts.h"
#include "compiler/plan/direct/direct_internal.h"

static void add_clause(DirectCx *cx, Step *step, ClauseKind kind, const Change *change)
{
    const Clause clause = {.kind = kind,
                           .before = change->before.column,
                           .after = change->after.column,
                           .key_before = change->before.primary_key,
                           .key_after = change->after.primary_key,
                           .cause = change};
    vec_push(cx->arena, &step->clauses, clause);
}

static int by_old_name(const void *a, const void *b)
{
    const Change *const *left = a, *const *right = b;
    return name_compare((*left)->before.column->name, (*right)->before.column->name);
}

static int by_new_name(const void *a, const void *b)
{
    const Change *const *left = a, *const *right = b;
    return name_compare((*left)->after.column->name, (*right)->after.column->name);
}

static void add_clauses(DirectCx *cx, Step *step, ClauseKind kind, const ChangeList *changes,
                        int (*compare)(const void *, const void *))
{
    if (changes->count == 0) {
        return;
    }
    qsort(changes->items, changes->count, sizeof *changes->items, compare);
    vec_each(Change *, at, changes) {
        add_clause(cx, step, kind, *at);
    }
}

static bool has_plain_default(const Column *column)
{
    return column->dflt.kind != DEFAULT_NONE && column->dflt.kind != DEFAULT_SEQUENCE &&
           column->dflt.kind != DEFAULT_OPAQUE;
}

static bool is_in_primary_key(const Column *column)
{
    const PrimaryKey *key = column->table->primary_key;
    return key != NULL && column_in_list(column, key->columns.items, key->columns.count);
}

/* What a list allows is not compared: one that was no list may still be NOT NULL, and is in a
 * primary key, which PostgreSQL 18 no longer adds to columns that take nulls in the same statement.
 */
static bool nullability_changes(const Change *change)
{
    const Column *before = change->before.column, *after = change->after.column;
    const bool becomes_list = after->type.list && !before->type.list;
    return (change->facets & FACET_NULLABILITY) != 0 &&
           !(becomes_list && (before->not_null == after->not_null || is_in_primary_key(after)));
}

static void default_clauses(DirectCx *cx, Step *step, const Change *change)
{
    const bool wanted = has_plain_default(change->after.column);
    const bool aside = (change->facets & FACET_TYPE) != 0 && change->aside != NULL;
    if (aside && wanted) {
        add_clause(cx, step, CLAUSE_DROP_DEFAULT, change);
    }
    if ((change->facets & FACET_DEFAULT) || aside) {
        add_clause(cx, step, wanted ? CLAUSE_SET_DEFAULT : CLAUSE_DROP_DEFAULT, change);
    }
}

static void modify_column(DirectCx *cx, Step *step, const Change *change)
{
    const Column *after = change->after.column;
    if (change_recreates(change)) {
        add_clause(cx, step, CLAUSE_RECREATE_COLUMN, change);
        return;
    }
    if (nullability_changes(change)) {
        add_clause(cx, step, after->not_null ? CLAUSE_SET_NOT_NULL : CLAUSE_DROP_NOT_NULL, change);
    }
    default_clauses(cx, step, change);
    if (change->facets & FACET_SEQUENCE) {
        const bool counts =
            after->dflt.kind == DEFAULT_SEQUENCE || after->identity != IDENTITY_NONE;
        add_clause(cx, step, counts ? CLAUSE_ADD_SEQUENCE : CLAUSE_DROP_SEQUENCE, change);
    }
    if (change->facets & FACET_TYPE) {
        add_clause(cx, step, CLAUSE_SET_TYPE, change);
    }
}

static void drop_key(DirectCx *cx, Step *step, const Change *key)
{
    if (key->kind == CHANGE_DROP_PRIMARY_KEY || key->kind == CHANGE_MODIFY_PRIMARY_KEY) {
        add_clause(cx, step, CLAUSE_DROP_PRIMARY_KEY, key);
    } else if (key->kind == CHANGE_RENAME_PRIMARY_KEY) {
        add_clause(cx, step, CLAUSE_RENAME_PRIMARY_KEY, key);
    }
}

static void add_key(DirectCx *cx, Step *step, const Change *key)
{
    if (key->kind == CHANGE_ADD_PRIMARY_KEY || key->kind == CHANGE_MODIFY_PRIMARY_KEY) {
        const bool takes_index = key->before.index != NULL;
        add_clause(cx, step, takes_index ? CLAUSE_TAKE_PRIMARY_KEY : CLAUSE_ADD_PRIMARY_KEY, key);
    }
}

void direct_alter_table(DirectCx *cx, TableWork *work)
{
    if (work->dropped.count + work->added.count + work->modified.count == 0 && work->key == NULL) {
        return; /* columns were renamed, nothing else */
    }
    Step *step = plan_add_step(cx->plan, STEP_ALTER_TABLE, cx->phase, NULL);
    step->before.table = work->before;
    step->after.table = work->after;
    if (work->key != NULL) {
        drop_key(cx, step, work->key);
    }
    add_clauses(cx, step, CLAUSE_DROP_COLUMN, &work->dropped, by_old_name);
    add_clauses(cx, step, CLAUSE_ADD_COLUMN, &work->added, by_new_name);
    vec_each(Change *, at, &work->modified) {
        modify_column(cx, step, *at);
    }
    if (work->key != NULL) {
        add_key(cx, step, work->key);
    }
    direct_hazards(cx, step);
}
