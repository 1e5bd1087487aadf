/*
 * direct_enum.c - an enum that loses values: a type without them takes its place.
 *
 * The server cannot take a value from a type. So its successor is made under a name of its own, and
 * every column moves over: defaults go (source's order), columns move (wanted order), columns that
 * leave the type in this plan become text (they are cast, dropped or created anew later); the old
 * type gives its name to the new one and goes; defaults come back (source's order). These are steps
 * like all others, in a row, which the emitter gathers into the one block that the format writes.
 */
#include "base/common.h"

#include <stdlib.h>

#include "compiler/catalog/casts.h"
#include "compiler/catalog/naming.h"
#include "compiler/plan/direct/direct_internal.h"

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
    const ColumnList *columns = match_enum_before(cx->plan->diff, type);
    size_t first = 0; /* of the table at hand */
    for (size_t i = 0; i < columns->count; i++) {
        const Column *at = columns->items[i];
        if (!is_dropped_table(cx, at->table)) {
            const Column *after = match_column_after(cx->plan->diff, at);
            vec_push(cx->arena, &members, (Member){at, after});
        }
        const bool is_last = i + 1 == columns->count || columns->items[i + 1]->table != at->table;
        if (is_last && members.count > first) {
            qsort(members.items + first, members.count - first, sizeof *members.items, by_name);
            first = members.count;
        }
    }
    return members;
}

static void add_early(DirectCx *cx, Column *column)
{
    if (column != NULL && column->type.id == TYPE_ENUM) {
        vec_push(cx->arena, &cx->early, column);
    }
}

/* The new program needs them before the gate. Those that this phase makes come after the rebuild
 * and need nothing. */
void direct_note_early(DirectCx *cx)
{
    vec_each(Step *, at, &cx->plan->steps) {
        const Step *step = *at;
        if (step->phase >= cx->phase) {
            continue;
        }
        if (step->kind == STEP_CREATE_TABLE) {
            vec_each(Column *, column, &step->after.table->columns) {
                add_early(cx, *column);
            }
        }
        vec_each(const Clause, clause, &step->clauses) {
            const TablePair *pair = match_pair(cx->plan->diff, step->before.table);
            if (pair != NULL && clause->kind == CLAUSE_ADD_COLUMN) {
                add_early(cx, table_find_column(pair->after, clause->after->name));
            }
        }
    }
}

static MemberList early_members(DirectCx *cx, const EnumType *type)
{
    MemberList members = {0};
    vec_each(Column *, column, &cx->early) {
        if (column_is_of_enum(*column, type)) {
            vec_push(cx->arena, &members, (Member){*column, *column});
        }
    }
    return members;
}

/* --- the type's successor ----------------------------------------------------------------------
 */

/* A type that is built anew, and its place in the plan. */
typedef struct Rebuild {
    DirectCx *cx;
    const Change *change;
    uint32_t together;
    const EnumType *successor, *retired;
} Rebuild;

static bool is_taken(const Plan *plan, Name schema, Name name)
{
    const Catalog *const sides[] = {plan->origin, plan->from, plan->to};
    for (size_t i = 0; i < lengthof(sides); i++) {
        if (catalog_find_enum(sides[i], schema, name) != NULL ||
            catalog_find_table(sides[i], schema, name) != NULL) {
            return true;
        }
    }
    return false;
}

/* E_new; a long name gives way so that the server does not cut the ending. The format knows of
 * nobody who has the name, and of no other then. */
static const EnumType *named_after(const Plan *plan, const EnumType *type, const char *ending)
{
    EnumType *own = arena_make(plan->arena, EnumType);
    *own = *type;
    own->source = NULL;
    do {
        own->name = name_with_suffix(plan->to->names, type->name->text, type->name->len, ending);
        ending = arena_printf(plan->arena, "%s_", ending);
    } while (is_taken(plan, own->schema, own->name));
    return own;
}

static Step *add_step(const Rebuild *of, StepKind kind, const EnumType *before,
                      const EnumType *after)
{
    Step *step = plan_add_step(of->cx->plan, kind, of->cx->phase, of->change);
    step->before = (Subject){.enum_type = before};
    step->after = (Subject){.enum_type = after};
    step->together = of->together;
    step->block = "AlterEnum";
    return step;
}

static void alter(const Rebuild *of, ClauseKind kind, const Column *before, const Column *after)
{
    const TablePair *pair = match_pair(of->cx->plan->diff, before->table);
    Step *step = add_step(of, STEP_ALTER_TABLE, NULL, NULL);
    step->before.table = pair != NULL ? pair->before : before->table;
    step->after.table = pair != NULL ? pair->after : before->table;
    const Clause clause = {.kind = kind, .before = before, .after = after, .cause = of->change};
    vec_push(of->cx->arena, &step->clauses, clause);
}

/* Without its default, which the old type's is. */
static void move(const Rebuild *of, const Column *before, const Column *after)
{
    const bool stays = column_keeps_enum(before, after, of->change->after.enum_type);
    Column *moved = arena_make(of->cx->arena, Column);
    *moved = stays ? *after : *before;
    moved->dflt = (Default){.kind = DEFAULT_NONE};
    moved->type = (ColumnType){.id = stays ? TYPE_ENUM : TYPE_TEXT,
                               .enum_type = stays ? (EnumType *)(uintptr_t)of->successor : NULL,
                               .list = before->type.list};
    alter(of, CLAUSE_SET_TYPE, before, moved);
}

static void move_columns(const Rebuild *of, const MemberList *members, const MemberList *early)
{
    const EnumType *type = of->change->after.enum_type;
    vec_each(Column *, at, match_enum_after(of->cx->plan->diff, type)) {
        const Column *before = match_column_before(of->cx->plan->diff, *at);
        if (before != NULL && column_keeps_enum(before, *at, type)) {
            move(of, before, *at);
        }
    }
    vec_each(const Member, at, early) {
        move(of, at->before, at->after);
    }
    vec_each(const Member, at, members) {
        if (!column_keeps_enum(at->before, at->after, type)) {
            move(of, at->before, at->after);
        }
    }
}

static void give_defaults_back(const Rebuild *of, const MemberList *members)
{
    vec_each(const Member, at, members) {
        if (column_keeps_enum(at->before, at->after, of->change->after.enum_type) &&
            has_default(at->before) && has_default(at->after)) {
            alter(of, CLAUSE_SET_DEFAULT, at->before, at->after);
        }
    }
}

void direct_rebuild_enum(DirectCx *cx, const Change *change)
{
    const EnumType *before = change->before.enum_type, *after = change->after.enum_type;
    const Rebuild of = {.cx = cx,
                        .change = change,
                        .together = plan_new_group(cx->plan),
                        .successor = named_after(cx->plan, after, "_new"),
                        .retired = named_after(cx->plan, before, "_old")};
    MemberList members = members_of(cx, after);
    const MemberList early = early_members(cx, after);
    vec_each(const Member, at, &early) {
        vec_push(cx->arena, &members, *at);
    }
    Step *first = add_step(&of, STEP_CREATE_ENUM, before, of.successor);
    direct_enum_hazard(cx->plan, first, change, NULL);
    vec_each(const Member, at, &members) {
        if (has_default(at->before)) {
            alter(&of, CLAUSE_DROP_DEFAULT, at->before, at->before);
        }
    }
    move_columns(&of, &members, &early);
    add_step(&of, STEP_RENAME_ENUM, before, of.retired);
    add_step(&of, STEP_RENAME_ENUM, of.successor, after);
    add_step(&of, STEP_DROP_ENUM, of.retired, NULL);
    give_defaults_back(&of, &members);
}
