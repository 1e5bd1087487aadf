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

/* Of either catalog: is it text on the other side, in the change's table and its direction? */
static bool changes_alike(const Online *cx, const Change *change, const Column *column)
{
    const bool leaves = change->before.column->type.id == TYPE_ENUM;
    const Column *other = leaves ? match_column_after(cx->plan->diff, column)
                                 : match_column_before(cx->plan->diff, column);
    const Table *table = leaves ? change->before.table : change->after.table;
    return column->table == table && other != NULL && is_between(&column->type, &other->type);
}

/* The server compares the columns of a foreign key as a statement would. */
static bool keys_compare(const Table *table, const EnumType *type)
{
    vec_each(ForeignKey *, key, &table->foreign_keys) {
        vec_each(Column *, column, &(*key)->columns) {
            if (column_is_of_enum(*column, type)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_alone_in(const Online *cx, const Change *change, const EnumType *type,
                        const Table *table)
{
    vec_each(Column *, column, &table->columns) {
        if (column_is_of_enum(*column, type) && !changes_alike(cx, change, *column)) {
            return false;
        }
    }
    return !keys_compare(table, type);
}

static bool is_alone(const Online *cx, const Change *change, const EnumType *type)
{
    const Catalog *const sides[] = {cx->plan->from, cx->plan->to};
    for (size_t i = 0; i < lengthof(sides); i++) {
        vec_each(Table *, table, &sides[i]->tables) {
            if (!is_alone_in(cx, change, type, *table)) {
                return false;
            }
        }
    }
    return true;
}

const EnumType *online_asked_as(const Online *cx, const Change *change)
{
    const EnumType *type = online_gets_name(change) ? NULL : enum_between(change);
    return type != NULL && is_alone(cx, change, type) ? type : NULL;
}

/* One cast serves them all, so they change places at once. */
bool online_cast_holds(const Online *cx, const Shadow *shadow)
{
    const Change *change = shadow->change;
    const bool leaves = change->before.column->type.id == TYPE_ENUM;
    const Table *table = leaves ? change->before.table : change->after.table;
    for (size_t i = 0; shadow->asked_as != NULL && i < table->columns.count; i++) {
        Column *column = table->columns.items[i];
        const Column *after = leaves ? match_column_after(cx->plan->diff, column) : column;
        if (column_is_of_enum(column, shadow->asked_as) && online_shadow_of(cx, after) == NULL) {
            return false;
        }
    }
    return true;
}

/* --- writing -----------------------------------------------------------------------------------
 */

static bool is_first(const Online *cx, const Shadow *shadow)
{
    for (const Shadow *at = cx->shadows.items; at < shadow; at++) {
        if (at->asked_as != NULL && at->asked_as->schema == shadow->asked_as->schema &&
            at->asked_as->name == shadow->asked_as->name) {
            return false;
        }
    }
    return true;
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
