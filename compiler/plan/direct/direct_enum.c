/*
 * direct_enum.c - an enum that loses values is built anew, and every column of it moves over.
 *
 * The step's clauses say what happens to which column, in the order it is written: defaults go
 * (source's order), columns move (wanted order), columns that leave the type in this plan become
 * text (they are cast, dropped or created anew later), defaults come back (source's order).
 */
#include "base/common.h"

#include <stdlib.h>

#include "compiler/catalog/casts.h"
#include "compiler/plan/direct/direct_internal.h"

static void add(DirectCx *cx, Step *step, ClauseKind kind, const Column *before,
                const Column *after)
{
    const Clause clause = {.kind = kind, .before = before, .after = after, .cause = step->cause};
    vec_push(cx->arena, &step->clauses, clause);
}

static bool has_default(const Column *column)
{
    return column->dflt.kind == DEFAULT_VALUE || column->dflt.kind == DEFAULT_LIST ||
           column->dflt.kind == DEFAULT_EXPRESSION;
}

/* The source's columns of the type, each with what it becomes (NULL: it leaves the type). */
typedef struct Member {
    const Column *before, *after;
} Member;

typedef VEC(Member) MemberList;

static int by_name(const void *a, const void *b)
{
    const Member *left = a, *right = b;
    return name_compare(left->before->name, right->before->name);
}

/* It goes before the type is built anew, and its columns with it (order.c). */
static bool is_dropped_table(const DirectCx *cx, const Table *table)
{
    vec_each(Change *, at, &cx->by_kind[CHANGE_DROP_TABLE]) {
        if ((*at)->before.table == table) {
            return true;
        }
    }
    return false;
}

/* Tables in the source's order, the columns of each by name. */
static MemberList members_of(DirectCx *cx, const EnumType *type)
{
    MemberList members = {0};
    vec_each(Table *, table, &cx->plan->from->tables) {
        if (is_dropped_table(cx, *table)) {
            continue;
        }
        const size_t first = members.count;
        vec_each(Column *, at, &(*table)->columns) {
            if (column_is_of_enum(*at, type)) {
                const Column *after = match_column_after(cx->plan->diff, *at);
                vec_push(cx->arena, &members, (Member){*at, after});
            }
        }
        if (members.count > first) {
            qsort(members.items + first, members.count - first, sizeof *members.items, by_name);
        }
    }
    return members;
}

static void add_early(DirectCx *cx, MemberList *members, const EnumType *type, const Column *column)
{
    if (column != NULL && column_is_of_enum(column, type)) {
        vec_push(cx->arena, members, (Member){column, column});
    }
}

/* Columns of the type that an earlier phase of the plan has made: the new program needs them before
 * the gate. Those that this phase makes come after the rebuild and need nothing. */
static MemberList early_members(DirectCx *cx, const EnumType *type)
{
    MemberList members = {0};
    vec_each(Step *, at, &cx->plan->steps) {
        const Step *step = *at;
        if (step->kind == STEP_CREATE_TABLE && step->phase < cx->phase) {
            vec_each(Column *, column, &step->after.table->columns) {
                add_early(cx, &members, type, *column);
            }
        }
        vec_each(const Clause, clause, &step->clauses) {
            const TablePair *pair = match_pair(cx->plan->diff, step->before.table);
            if (pair != NULL && clause->kind == CLAUSE_ADD_COLUMN && step->phase < cx->phase) {
                add_early(cx, &members, type, table_find_column(pair->after, clause->after->name));
            }
        }
    }
    return members;
}

static void move_columns(DirectCx *cx, Step *step, const EnumType *type)
{
    vec_each(Table *, table, &cx->plan->to->tables) {
        vec_each(Column *, at, &(*table)->columns) {
            const Column *before = match_column_before(cx->plan->diff, *at);
            if (before != NULL && column_keeps_enum(before, *at, type)) {
                add(cx, step, CLAUSE_SET_TYPE, before, *at);
            }
        }
    }
}

void direct_rebuild_enum(DirectCx *cx, const Change *change)
{
    const EnumType *type = change->after.enum_type;
    Step *step = plan_add_step(cx->plan, STEP_REBUILD_ENUM, cx->phase, change);
    MemberList members = members_of(cx, type);
    const MemberList early = early_members(cx, type);
    vec_each(Member, at, &early) {
        vec_push(cx->arena, &members, *at);
    }
    vec_each(Member, at, &members) {
        if (has_default(at->before)) {
            add(cx, step, CLAUSE_DROP_DEFAULT, at->before, at->after);
        }
    }
    move_columns(cx, step, type);
    vec_each(Member, at, &early) {
        add(cx, step, CLAUSE_SET_TYPE, at->before, at->after);
    }
    vec_each(Member, at, &members) {
        if (!column_keeps_enum(at->before, at->after, type)) {
            add(cx, step, CLAUSE_SET_TYPE, at->before, at->after);
        }
    }
    vec_each(Member, at, &members) {
        if (column_keeps_enum(at->before, at->after, type) && has_default(at->before) &&
            has_default(at->after)) {
            add(cx, step, CLAUSE_SET_DEFAULT, at->before, at->after);
        }
    }
    direct_hazards(cx, step);
}
