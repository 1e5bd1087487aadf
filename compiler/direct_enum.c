/*
 * direct_enum.c - an enum that loses values is built anew, and every column of it moves over.
 *
 * The step's clauses say what happens to which column, in the order it is written: defaults go
 * (source's order), columns move (wanted order), columns that leave the type in this plan become
 * text (they are dropped or created anew later), defaults come back (source's order).
 */
#include "base/common.h"

#include "compiler/casts.h"
#include "compiler/direct_internal.h"

static bool is_of(const Column *column, const EnumType *type)
{
    return column->type.id == TYPE_ENUM && column->type.enum_type->schema == type->schema &&
           column->type.enum_type->name == type->name;
}

/* What becomes of the column: by a rename in this list, else by name. */
static const Column *column_after(const TableWork *work, const Column *before, const Table *after)
{
    for (size_t i = 0; work != NULL && i < work->renamed.count; i++) {
        if (work->renamed.items[i]->before.column == before) {
            return work->renamed.items[i]->after.column;
        }
    }
    return after == NULL ? NULL : table_find_column(after, before->name);
}

static const Column *column_before(const TableWork *work, const Table *before, const Column *after)
{
    for (size_t i = 0; work != NULL && i < work->renamed.count; i++) {
        if (work->renamed.items[i]->after.column == after) {
            return work->renamed.items[i]->before.column;
        }
    }
    return table_find_column(before, after->name);
}

static void index_pairs(DirectCx *cx)
{
    if (cx->diff_indexed) {
        return;
    }
    cx->diff_indexed = true;
    vec_each(TablePair, pair, &cx->plan->diff->tables) {
        map_put2(cx->arena, &cx->before_by_after, pair->after->schema, pair->after->name, pair);
        map_put2(cx->arena, &cx->pair_by_before, pair->before->schema, pair->before->name, pair);
    }
}

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

/* The column as a statement has to name it: its table may have been renamed already. */
static const Column *where_it_is(DirectCx *cx, const Column *column, const TablePair *pair)
{
    if (pair == NULL ||
        (pair->after->name == pair->before->name && pair->after->schema == pair->before->schema)) {
        return column;
    }
    Table *table = arena_make(cx->arena, Table);
    *table = *pair->before;
    table->schema = pair->after->schema;
    table->name = pair->after->name;
    Column *moved = arena_make(cx->arena, Column);
    *moved = *column;
    moved->table = table;
    return moved;
}

static MemberList members_of(DirectCx *cx, const EnumType *type)
{
    MemberList members = {0};
    vec_each(Table *, table, &cx->plan->from->tables) {
        const TablePair *pair = map_get2(&cx->pair_by_before, (*table)->schema, (*table)->name);
        const TableWork *work = work_of_before(cx, *table);
        vec_each(Column *, at, &(*table)->columns) {
            if (is_of(*at, type)) {
                const Column *after = column_after(work, *at, pair == NULL ? NULL : pair->after);
                vec_push(cx->arena, &members, (Member){where_it_is(cx, *at, pair), after});
            }
        }
    }
    return members;
}

static void move_columns(DirectCx *cx, Step *step, const EnumType *type)
{
    vec_each(Table *, table, &cx->plan->to->tables) {
        const TablePair *pair = map_get2(&cx->before_by_after, (*table)->schema, (*table)->name);
        if (pair == NULL) {
            continue;
        }
        const TableWork *work = work_of_before(cx, pair->before);
        vec_each(Column *, at, &(*table)->columns) {
            const Column *before = column_before(work, pair->before, *at);
            if (before != NULL && column_keeps_enum(before, *at, type)) {
                add(cx, step, CLAUSE_SET_TYPE, before, *at);
            }
        }
    }
}

void direct_rebuild_enum(DirectCx *cx, const Change *change)
{
    index_pairs(cx);
    const EnumType *type = change->after.enum_type;
    Step *step = plan_add_step(cx->plan, STEP_REBUILD_ENUM, cx->phase, change);
    const MemberList members = members_of(cx, type);
    vec_each(Member, at, &members) {
        if (has_default(at->before)) {
            add(cx, step, CLAUSE_DROP_DEFAULT, at->before, at->after);
        }
    }
    move_columns(cx, step, type);
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
