/*
 * online_column.c - a column changed or dropped.
 *
 * What relaxes a rule runs before the gate, what the old program would trip over after it. A change
 * of type that neither rewrites nor changes a value runs before; one that rewrites but that both
 * programs understand is done by a second column before (online_shadow.c) where nothing binds it;
 * any other waits, whole, for the gate.
 */
#include "base/common.h"

#include "compiler/catalog/casts.h"
#include "compiler/plan/online/online_internal.h"

static const unsigned type_facets = FACET_TYPE | FACET_LIST;

static bool in_modified_primary_key(const Online *cx, const Column *column)
{
    const Change *change = online_change_of(cx, CHANGE_MODIFY_PRIMARY_KEY, column->table);
    return change != NULL && change->after.primary_key != NULL && online_in_primary_key(cx, column);
}

bool online_of_rebuilt_enum(const Online *cx, const Column *column)
{
    const EnumType *type = column->type.id == TYPE_ENUM ? column->type.enum_type : NULL;
    const Change *change =
        type == NULL ? NULL : map_get2(&cx->losing_enums, type->schema, type->name);
    return change != NULL && online_renewal(cx, change->before.enum_type) == NULL;
}

/* A foreign key over an enum keeps the type as it is (diff_key.c), until it goes after the gate. */
static bool is_under_dropped_key(const Online *cx, const Column *column)
{
    vec_each(const ForeignKey *const, key, online_keys_over(cx, column)) {
        if (foreign_key_is_over_enum(*key) &&
            online_change_of(cx, CHANGE_DROP_FOREIGN_KEY, *key) != NULL) {
            return true;
        }
    }
    return false;
}

/* The server refuses to change the type of a column that a view shows. */
bool online_type_waits(const Online *cx, const Change *change)
{
    if ((change->facets & (type_facets | FACET_DEFAULT)) != 0 &&
        (online_of_rebuilt_enum(cx, change->before.column) ||
         online_of_rebuilt_enum(cx, change->after.column))) {
        return true;
    }
    const Shadow *shadow = online_shadow_of(cx, change->after.column);
    if ((change->facets & type_facets) == 0 || shadow != NULL) {
        return shadow != NULL && shadow->late && shadow->change == change;
    }
    const TypeChange kind =
        online_type_change(&change->before.column->type, &change->after.column->type);
    return kind != TYPE_CHANGE_FREE || online_has_view(cx, change->after.table) ||
           in_modified_primary_key(cx, change->after.column) ||
           is_under_dropped_key(cx, change->before.column);
}

/* --- modify ------------------------------------------------------------------------------------
 */

/* Times without zone are taken for UTC (sql_emit_table.c); a session in another zone reads and
 * writes them so no longer. */
static void note_time_zone(Online *cx, const Change *change)
{
    if (cast_changes_zone(&change->before.column->type, &change->after.column->type)) {
        online_note(cx, change, HAZARD_TIME_ZONE, NULL);
    }
}

/* The new program leaves the number to the database, which gives none before the gate. */
static bool counts_late(const Change *change)
{
    return (change->facets & FACET_SEQUENCE) != 0 &&
           change->before.column->dflt.kind == DEFAULT_NONE &&
           change->after.column->dflt.kind == DEFAULT_SEQUENCE;
}

static void wait_whole(Online *cx, const Change *change)
{
    Change *late = online_facets(cx, change, change->facets);
    vec_push(cx->arena, &cx->contract, late);
    if ((change->facets & FACET_NULLABILITY) != 0 && change->after.column->not_null) {
        online_note(cx, late, HAZARD_SCAN_UNDER_LOCK, NULL);
    }
    if ((change->facets & type_facets) == 0) {
        return;
    }
    const TypeChange kind =
        online_type_change(&change->before.column->type, &change->after.column->type);
    if (counts_late(change)) {
        online_note(cx, late, HAZARD_TYPE_CHANGE_BREAKS, "it draws numbers from then on");
    } else if (kind == TYPE_CHANGE_BREAKS) {
        online_note(cx, late, HAZARD_TYPE_CHANGE_BREAKS, NULL);
    }
    note_time_zone(cx, late);
    if (kind != TYPE_CHANGE_FREE) {
        online_note(cx, late, HAZARD_REWRITE_UNDER_LOCK, NULL);
    }
    online_note(cx, late, HAZARD_STALE_PLANS, NULL);
}

static void change_type(Online *cx, const Change *change, unsigned facets)
{
    vec_push(cx->arena, &cx->expand, online_facets(cx, change, facets));
    online_note(cx, vec_last(&cx->expand), HAZARD_STALE_PLANS, NULL);
}

static void take_second(Online *cx, const Change *change)
{
    const ColumnType *from = &change->before.column->type, *to = &change->after.column->type;
    const Shadow *shadow = online_shadow_of(cx, change->after.column);
    const bool both_work = shadow->asked_as != NULL || shadow->named;
    online_add_shadow(cx, change);
    online_note_carried(cx, change);
    if (online_type_change(from, to) == TYPE_CHANGE_BREAKS && !both_work) {
        online_note(cx, change, HAZARD_TYPE_CHANGE_BREAKS, NULL);
    }
    note_time_zone(cx, change);
}

/* It begins behind the values that are there when it is made. */
static void note_sequence(Online *cx, const Change *change)
{
    if ((change->facets & FACET_SEQUENCE) != 0 &&
        change->after.column->dflt.kind == DEFAULT_SEQUENCE) {
        online_note(cx, change, HAZARD_SEQUENCE_BEHIND, NULL);
    }
}

/* A default taken away would make inserts of the old program fail, or mean something else. A new or
 * other one it may have at once. */
static void change_default(Online *cx, const Change *change, unsigned facets)
{
    DefaultKind wanted = change->after.column->dflt.kind;
    if (wanted == DEFAULT_NONE) {
        vec_push(cx->arena, &cx->contract, online_facets(cx, change, facets));
    } else {
        vec_push(cx->arena, &cx->expand, online_facets(cx, change, facets));
        note_sequence(cx, vec_last(&cx->expand));
    }
}

/* As long as its key stands, and that goes behind the gate, a column takes no nulls. */
static bool leaves_key(const Change *change)
{
    const Column *before = change->before.column;
    const PrimaryKey *key = before->table->primary_key;
    return (change->facets & FACET_NULLABILITY) != 0 && !change->after.column->not_null &&
           key != NULL && column_in_list(before, key->columns.items, key->columns.count);
}

static void drop_not_null(Online *cx, const Change *change)
{
    if (leaves_key(change)) {
        vec_push(cx->arena, &cx->contract, online_facets(cx, change, FACET_NULLABILITY));
        return;
    }
    vec_push(cx->arena, &cx->expand, online_facets(cx, change, FACET_NULLABILITY));
    online_note(cx, vec_last(&cx->expand), HAZARD_OLD_READER_NULL, NULL);
}

/* Facets that all run before the gate stay together in one change, as the direct strategy has them.
 */
static bool is_plain(const Change *change)
{
    bool relaxes = (change->facets & FACET_NULLABILITY) == 0 || !change->after.column->not_null;
    bool keeps_default = (change->facets & (FACET_DEFAULT | FACET_SEQUENCE)) == 0 ||
                         change->after.column->dflt.kind != DEFAULT_NONE;
    return relaxes && keeps_default;
}

static void note_plain(Online *cx, Change *change)
{
    vec_push(cx->arena, &cx->expand, change);
    note_sequence(cx, change);
    if ((change->facets & type_facets) != 0) {
        online_note(cx, change, HAZARD_STALE_PLANS, NULL);
    }
    if ((change->facets & FACET_NULLABILITY) != 0) {
        online_note(cx, change, HAZARD_OLD_READER_NULL, NULL);
    }
}

/* An identity column takes no nulls (manual, "Identity Columns"): the rule goes with the identity.
 */
static bool ceases_to_be_identity(const Change *change)
{
    return (change->facets & FACET_SEQUENCE) != 0 &&
           change->before.column->identity != IDENTITY_NONE && !change->after.column->not_null;
}

/* The second column of an enum that loses values has all that is wanted; the first gets before what
 * the new program needs. */
static void relax_first(Online *cx, const Change *change)
{
    if ((change->facets & FACET_DEFAULT) != 0 && change->after.column->dflt.kind != DEFAULT_NONE) {
        change_default(cx, change, FACET_DEFAULT);
    }
    if ((change->facets & FACET_NULLABILITY) != 0 && !change->after.column->not_null) {
        drop_not_null(cx, change);
    }
}

/* Where both programs work with the type, the new one writes nulls from the gate on. */
static void wait_for_gate(Online *cx, const Change *change)
{
    const bool lives = (change->facets & type_facets) != 0 && !counts_late(change) &&
                       online_type_change(&change->before.column->type,
                                          &change->after.column->type) != TYPE_CHANGE_BREAKS;
    if (lives && (change->facets & FACET_NULLABILITY) != 0 && !change->after.column->not_null &&
        !leaves_key(change) && !ceases_to_be_identity(change)) {
        drop_not_null(cx, change);
        change = online_facets(cx, change, change->facets & ~(unsigned)FACET_NULLABILITY);
    }
    wait_whole(cx, change);
}

void online_modify_column(Online *cx, const Change *change)
{
    unsigned facets = change->facets;
    unsigned default_facets = facets & (FACET_DEFAULT | FACET_SEQUENCE);
    if (ceases_to_be_identity(change)) {
        default_facets |= facets & FACET_NULLABILITY;
    }
    const Shadow *shadow = online_shadow_of(cx, change->after.column);
    if (shadow != NULL && shadow->change != change) {
        relax_first(cx, change);
        return;
    }
    if (shadow != NULL) {
        take_second(cx, change);
        return;
    }
    if (cx->waits) {
        wait_for_gate(cx, change);
        return;
    }
    if (online_draws_numbers(cx, change)) {
        vec_push(cx->arena, &cx->numbered, change);
        return;
    }
    if (is_plain(change) && !leaves_key(change)) {
        note_plain(cx, online_facets(cx, change, facets));
        return;
    }
    if ((facets & type_facets) != 0) {
        change_type(cx, change, facets & type_facets);
    }
    if (default_facets != 0) {
        change_default(cx, change, default_facets);
    }
    facets &= ~default_facets;
    if ((facets & FACET_NULLABILITY) != 0 && change->after.column->not_null) {
        online_make_required(cx, change);
    } else if ((facets & FACET_NULLABILITY) != 0) {
        drop_not_null(cx, change);
    }
}

/* --- drop --------------------------------------------------------------------------------------
 */

static bool in_primary_key(const Column *column)
{
    const PrimaryKey *key = column->table->primary_key;
    return key != NULL && column_in_list(column, key->columns.items, key->columns.count);
}

/* The new program does not write the column: it must do without a value from now on. */
void online_drop_column(Online *cx, const Change *change)
{
    const Column *column = change->before.column;
    bool in_the_way = column->not_null && column->dflt.kind == DEFAULT_NONE &&
                      column->identity == IDENTITY_NONE && column->generated == NULL &&
                      !in_primary_key(column);
    if (in_the_way) {
        Column *relaxed = online_column_copy(cx, column);
        relaxed->not_null = false;
        Subject after = change->after;
        after.column = relaxed;
        vec_push(cx->arena, &cx->expand,
                 online_change(cx, CHANGE_MODIFY_COLUMN, FACET_NULLABILITY, change->before, after));
        online_note(cx, vec_last(&cx->expand), HAZARD_OLD_READER_NULL, NULL);
    }
    vec_push(cx->arena, &cx->contract, online_facets(cx, change, 0));
}
