/*
 * online_cast.c - text that becomes an enum, or was one: a cast lets one column serve both
 * programs.
 *
 * As long as programs of both live the column is text: a client that knows the enum writes and asks
 * with parameters cast to it. To text the server assigns them, but it compares a text with an enum
 * only under an implicit cast (manual, "CREATE CAST"). Under that cast in turn two values of the
 * enum cannot be compared: there are two ways then (42725, tried). So it is there only while no
 * column is of the enum: it comes and goes with the switch, in one transaction, and where a column
 * elsewhere is of the enum, or a foreign key compares two that become it, there is none.
 */
#include "base/common.h"

#include "compiler/plan/online/online_internal.h"

/* From an enum to text, or back. */
static bool is_between(const ColumnType *enumerated, const ColumnType *text)
{
    return enumerated->id == TYPE_ENUM && !enumerated->list && !text->list && text->id == TYPE_TEXT;
}

static const EnumType *enum_between(const Change *change)
{
    const ColumnType *from = &change->before.column->type, *to = &change->after.column->type;
    if (is_between(from, to)) {
        return from->enum_type;
    }
    return is_between(to, from) ? to->enum_type : NULL;
}

static bool leaves_enum(const Change *change)
{
    return change->before.column->type.id == TYPE_ENUM;
}

static const Table *table_of(const Change *change)
{
    return leaves_enum(change) ? change->before.table : change->after.table;
}

/* The columns of the enum, where the change has it. */
static const ColumnList *columns_of(const Online *cx, const Change *change, const EnumType *type)
{
    return leaves_enum(change) ? match_enum_before(cx->plan->diff, type)
                               : match_enum_after(cx->plan->diff, type);
}

/* Of the change's side: is it text on the other one, and in no foreign key? The server compares the
 * columns of one as a statement would. */
static bool changes_alike(const Online *cx, const Change *change, const Column *column)
{
    const Column *other = leaves_enum(change) ? match_column_after(cx->plan->diff, column)
                                              : match_column_before(cx->plan->diff, column);
    vec_each(const ForeignKey *const, key, online_keys_over(cx, column)) {
        if (column_in_list(column, (*key)->columns.items, (*key)->columns.count)) {
            return false;
        }
    }
    return column->table == table_of(change) && other != NULL &&
           is_between(&column->type, &other->type);
}

static bool is_alone(const Online *cx, const Change *change, const EnumType *type)
{
    const ColumnList *elsewhere = leaves_enum(change) ? match_enum_after(cx->plan->diff, type)
                                                      : match_enum_before(cx->plan->diff, type);
    vec_each(Column *const, column, columns_of(cx, change, type)) {
        if (!changes_alike(cx, change, *column)) {
            return false;
        }
    }
    return elsewhere->count == 0;
}

/* Asked once of the enum: where it is alone, all its columns are of one table. */
const EnumType *online_asked_as(Online *cx, const Change *change)
{
    const EnumType *type = online_gets_name(change) ? NULL : enum_between(change);
    if (type == NULL) {
        return NULL;
    }
    const void *table = object_map_get(&cx->cast_tables, type);
    if (table == NULL) {
        table = is_alone(cx, change, type) ? (const void *)table_of(change) : type;
        object_map_put(cx->marks, &cx->cast_tables, type, (void *)(uintptr_t)table);
    }
    return table == table_of(change) ? type : NULL;
}

/* One cast serves them all, so they change places at once. */
void online_hold_back_casts(Online *cx)
{
    ObjectMap held = {0}, seen = {0};
    vec_each(Shadow, shadow, &cx->shadows) {
        const EnumType *type = shadow->asked_as;
        if (type == NULL || object_map_get(&seen, type) != NULL) {
            continue;
        }
        object_map_put(cx->marks, &seen, type, cx);
        vec_each(Column *const, column, columns_of(cx, shadow->change, type)) {
            const Column *after =
                leaves_enum(shadow->change) ? match_column_after(cx->plan->diff, *column) : *column;
            if (online_shadow_of(cx, after) == NULL) {
                object_map_put(cx->marks, &held, type, cx);
            }
        }
    }
    vec_each(Shadow, shadow, &cx->shadows) {
        shadow->held_back |=
            shadow->asked_as != NULL && object_map_get(&held, shadow->asked_as) != NULL;
    }
}

/* --- writing -----------------------------------------------------------------------------------
 */

/* The first that is asked as its enum; the columns of an enum are all of one side. */
static bool is_first(Online *cx, const Shadow *shadow)
{
    if (cx->first_casts.count == 0) {
        for (size_t i = cx->shadows.count; i > 0; i--) {
            Shadow *at = &cx->shadows.items[i - 1];
            if (at->asked_as != NULL) {
                object_map_put(cx->marks, &cx->first_casts, at->asked_as, at);
            }
        }
    }
    return object_map_get(&cx->first_casts, shadow->asked_as) == shadow;
}

static void write_step(Online *cx, const Shadow *shadow, StepKind kind, Phase phase,
                       uint32_t together)
{
    const Subject about = {.enum_type = shadow->asked_as};
    online_step(cx, kind, phase, online_change(cx, CHANGE_MODIFY_ENUM, 0, about, about))->together =
        together;
}

void online_write_casts(Online *cx)
{
    vec_each(const Shadow, shadow, &cx->shadows) {
        if (shadow->asked_as != NULL && shadow->late && is_first(cx, shadow)) {
            write_step(cx, shadow, STEP_CREATE_CAST, PHASE_EXPAND, 0);
        }
    }
}

void online_switch_casts(Online *cx, const Knot *knot, Phase phase)
{
    vec_each(const KnotTable, table, &knot->tables) {
        vec_each(const Shadow *, at, &table->shadows) {
            const Shadow *shadow = *at;
            if (shadow->asked_as != NULL && is_first(cx, shadow)) {
                write_step(cx, shadow, shadow->late ? STEP_DROP_CAST : STEP_CREATE_CAST, phase,
                           knot->together);
            }
        }
    }
}

void online_write_cast_drops(Online *cx)
{
    vec_each(const Shadow, shadow, &cx->shadows) {
        if (shadow->asked_as != NULL && !shadow->late && is_first(cx, shadow)) {
            write_step(cx, shadow, STEP_DROP_CAST, PHASE_CONTRACT, 0);
        }
    }
}
