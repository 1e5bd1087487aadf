/*
 * online_enum.c - an enum that loses values: a second type beside it, and second columns of that.
 *
 * The server cannot take a value from a type. So the type as it is wanted is made under a reserved
 * name, each column that is to be of it gets a second column (online_shadow.c), and behind the gate
 * all change places in one transaction, the types with them. A column that comes with the plan is
 * of the old type until then, as the new program asks for it, and has a second one, too. What a
 * removed value becomes may be said above the field, `/// @backfill(expression)` over the field
 * itself: then rows, and what the old program still writes, are mapped before the gate, and the new
 * program meets no value that it does not know; so is an empty one where the field becomes
 * required. Otherwise a check waits for the gate, that no row has one.
 *
 * All columns of the wanted type go along or none: where one cannot, the type is built anew in
 * place (direct_enum.c). Columns that go, or leave the type, do so first; where none is left, only
 * the types change.
 */
#include "base/common.h"

#include "compiler/catalog/casts.h"
#include "compiler/catalog/naming.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/online/online_internal.h"
#include "compiler/plan/steps/effects.h"

/* --- may it? -----------------------------------------------------------------------------------
 */

static ObjectMap enums_spoken_of(Online *cx)
{
    ObjectMap spoken = {0};
    vec_each(Opaque *, at, &cx->plan->from->opaque) {
        vec_each(EnumType *, type, &(*at)->enums) {
            object_map_put(cx->marks, &spoken, *type, cx);
        }
    }
    return spoken;
}

static bool is_renamed(const Online *cx, const EnumType *before)
{
    return online_change_of(cx, CHANGE_RENAME_ENUM, before) != NULL || before->source != NULL;
}

static bool default_goes_along(const Column *column)
{
    const DefaultKind kind = column->dflt.kind;
    return kind == DEFAULT_NONE || kind == DEFAULT_VALUE || kind == DEFAULT_LIST;
}

/* What the diff says of the column itself; NULL: nothing. */
static const Change *change_of(const Online *cx, const Column *before)
{
    return online_change_of(cx, CHANGE_MODIFY_COLUMN, before);
}

/* A new one would be built over the first column, and go with it. */
static bool new_key_is_over(const Online *cx, const Column *after)
{
    vec_each(const ForeignKey *const, at, online_keys_over(cx, after)) {
        if (object_map_get(&cx->key_before, *at) == NULL) {
            return true;
        }
    }
    return false;
}

/* --- a column that is there --------------------------------------------------------------------
 */

/* What a value of the column becomes, and an empty one where it may not be any more; NULL: what it
 * is read as. Two programs write the column, so the first one gets it, too. */
static const char *mapping(Online *cx, const Change *change, const Column *before,
                           const Column *after)
{
    const bool tightens = change != NULL && (change->facets & FACET_NULLABILITY) != 0 &&
                          after->not_null && !before->type.list;
    const Change about = {.before.column = before, .after.column = after};
    const char *stated = online_stated_value(cx, &about);
    const char *fill = stated == NULL && tightens ? online_fill_expression(cx, after) : NULL;
    if (fill == NULL) {
        return stated;
    }
    StrBuf text = strbuf_new(STRBUF_MAX);
    strbuf_add(&text, "COALESCE(");
    sql_ident(&text, before->name);
    strbuf_printf(&text, ", %s)", fill);
    return strbuf_take(&text, cx->arena);
}

/* Nothing says what empty ones get: a person does, after the gate. */
static bool waits_for_a_person(Online *cx, const Change *change, const Column *after)
{
    return (change->facets & FACET_NULLABILITY) != 0 && after->not_null && !after->type.list &&
           mapping(cx, change, change->before.column, after) == NULL;
}

static bool change_goes_along(Online *cx, const Change *change)
{
    const unsigned types = FACET_TYPE | FACET_LIST, rest = FACET_DEFAULT | FACET_NULLABILITY;
    const Column *before = change->before.column, *after = change->after.column;
    if ((change->facets & ~(types | rest)) != 0 || waits_for_a_person(cx, change, after)) {
        return false;
    }
    const bool relaxes = !after->not_null || (change->facets & FACET_LIST) != 0;
    return (change->facets & types) == 0 ||
           (((change->facets & FACET_NULLABILITY) == 0 || relaxes) && online_carries(cx, change) &&
            before->dflt.kind != DEFAULT_SEQUENCE && before->identity == IDENTITY_NONE);
}

static bool is_in_key(const Online *cx, const Column *column)
{
    bool found = online_in_primary_key(cx, column);
    vec_each(Index *const, index, online_indexes_over(cx, column)) {
        found = found || (*index)->kind == INDEX_UNIQUE;
    }
    return found;
}

/* Does the plan change a key of the table, or a column of one, whatever of it? */
static bool changes_keys(const Online *cx, const Table *before)
{
    static const ChangeKind kinds[] = {CHANGE_ADD_PRIMARY_KEY, CHANGE_MODIFY_PRIMARY_KEY,
                                       CHANGE_RENAME_PRIMARY_KEY, CHANGE_DROP_PRIMARY_KEY};
    for (size_t i = 0; i < lengthof(kinds); i++) {
        if (online_change_of(cx, kinds[i], before) != NULL) {
            return true;
        }
    }
    vec_each(Column *, column, &before->columns) {
        if (is_in_key(cx, *column) && (match_column_after(cx->plan->diff, *column) == NULL ||
                                       change_of(cx, *column) != NULL)) {
            return true;
        }
    }
    return false;
}

static bool any_leaves(const Online *cx, const Table *before, const EnumType *type)
{
    vec_each(Column *, column, &before->columns) {
        const Column *after = match_column_after(cx->plan->diff, *column);
        if (column_is_of_enum(*column, type) &&
            (after == NULL || !column_is_of_enum(after, type))) {
            return true;
        }
    }
    return false;
}

/* The foreign keys over the column go with the switch, and before what they rest on; what leaves
 * the type goes before the switch. Both may be one statement. */
static bool key_meets_one_that_leaves(const Online *cx, const Column *before)
{
    vec_each(const ForeignKey *const, key, online_keys_over(cx, before)) {
        if (any_leaves(cx, (*key)->referenced, before->type.enum_type) &&
            changes_keys(cx, (*key)->referenced)) {
            return true;
        }
    }
    return false;
}

/* A foreign key holds while values are read over, not while they are mapped. */
static bool may_go_along(Online *cx, const Column *before, const Column *after)
{
    const Change *change = change_of(cx, before);
    return before->dflt.kind != DEFAULT_OPAQUE && default_goes_along(after) &&
           (change == NULL || change_goes_along(cx, change)) && !new_key_is_over(cx, after) &&
           (before->type.id != TYPE_ENUM || !key_meets_one_that_leaves(cx, before)) &&
           (mapping(cx, change, before, after) == NULL || online_keys_over(cx, before)->count == 0);
}

/* --- a column that comes -----------------------------------------------------------------------
 */

/* Something has the name until the gate, perhaps. */
static bool name_is_held(const Online *cx, const Table *table)
{
    const Catalog *from = cx->plan->from;
    return online_was_there(cx, table->schema, table->name) ||
           catalog_find_enum(from, table->schema, table->name) != NULL ||
           (table->primary_key != NULL &&
            online_was_there(cx, table->schema, table->primary_key->name));
}

static bool index_name_is_held(const Online *cx, const Column *column)
{
    vec_each(Index *const, index, online_indexes_over(cx, column)) {
        if (online_was_there(cx, column->table->schema, (*index)->name)) {
            return true;
        }
    }
    return false;
}

/* It comes at once, and without a trigger of its own. */
static bool comes_plainly(Online *cx, const Column *column)
{
    const bool silent = column->dflt.kind == DEFAULT_NONE;
    const char *fill = silent && column->not_null ? online_fill_expression(cx, column) : NULL;
    return !silent || !column->not_null || (fill != NULL && !sql_reads_row(fill, column->table));
}

static bool may_come_along(Online *cx, const Column *column)
{
    const TablePair *pair = match_pair(cx->plan->diff, column->table);
    const bool held = pair != NULL ? table_find_column(pair->before, column->name) != NULL
                                   : name_is_held(cx, column->table);
    return !held && default_goes_along(column) && column->generated == NULL &&
           (pair == NULL || comes_plainly(cx, column)) && !index_name_is_held(cx, column) &&
           online_keys_over(cx, column)->count == 0;
}

/* --- the type ----------------------------------------------------------------------------------
 */

static bool may_be_renewed(Online *cx, const Change *change, const ColumnList *wanted)
{
    const EnumType *type = change->before.enum_type;
    if (is_renamed(cx, type)) {
        return false;
    }
    vec_each(Column *, column, wanted) {
        const Column *before = match_column_before(cx->plan->diff, *column);
        if (before != NULL ? !may_go_along(cx, before, *column) : !may_come_along(cx, *column)) {
            return false;
        }
    }
    return true;
}

/* --- second columns ----------------------------------------------------------------------------
 */

static const RenewedEnum *renewed_enum(Online *cx, const Change *change)
{
    RenewedEnum *renewed = arena_make(cx->arena, RenewedEnum);
    EnumType *successor = arena_make(cx->arena, EnumType);
    *successor = *change->after.enum_type;
    successor->name = name_reserved(cx->plan->to->names, RESERVED_BUILT, successor->name);
    successor->source = NULL;
    *renewed = (RenewedEnum){
        .change = change,
        .successor = successor,
        .made =
            online_change(cx, CHANGE_ADD_ENUM, 0, (Subject){0}, (Subject){.enum_type = successor}),
    };
    return renewed;
}

/* The change of the column's type: the diff's, where it has one. */
static const Change *type_change(Online *cx, const Column *before, const Column *after)
{
    const Change *change = before == NULL ? NULL : change_of(cx, before);
    if (change != NULL && (change->facets & (FACET_TYPE | FACET_LIST)) != 0) {
        return change;
    }
    const Table *old_table = match_table_before(cx->plan->diff, after->table);
    const Subject old_side = {.table = old_table != NULL ? old_table : after->table,
                              .column = before != NULL ? before : after};
    const Subject new_side = {.table = after->table, .column = after};
    return online_change(cx, CHANGE_MODIFY_COLUMN, FACET_TYPE, old_side, new_side);
}

static void add_shadow(Online *cx, const RenewedEnum *renewed, const Column *after)
{
    const Column *before = match_column_before(cx->plan->diff, after);
    const Change *change = type_change(cx, before, after);
    vec_push(cx->arena, &cx->shadows,
             (Shadow){.change = change,
                      .late = true,
                      .renewed = renewed,
                      .is_new = before == NULL,
                      .mapping =
                          before == NULL ? NULL : mapping(cx, change_of(cx, before), before, after),
                      .may_refuse = true});
}

void online_find_renewed(Online *cx)
{
    const ObjectMap spoken = enums_spoken_of(cx);
    vec_each(const Change *, change, &cx->by_kind[CHANGE_MODIFY_ENUM]) {
        const ColumnList *wanted = match_enum_after(cx->plan->diff, (*change)->after.enum_type);
        if (((*change)->facets & FACET_VALUES_REMOVED) == 0 ||
            object_map_get(&spoken, (*change)->before.enum_type) != NULL ||
            !may_be_renewed(cx, *change, wanted)) {
            continue;
        }
        const RenewedEnum *renewed = renewed_enum(cx, *change);
        vec_each(Column *, column, wanted) {
            add_shadow(cx, renewed, *column);
        }
        if (wanted->count == 0) {
            vec_push(cx->arena, &cx->bare_enums, renewed);
        }
    }
}

/* All columns of the type have second ones. */
bool online_renewal_holds(const Online *cx, const Shadow *shadow)
{
    const EnumType *after =
        shadow->renewed == NULL ? NULL : shadow->renewed->change->after.enum_type;
    if (after == NULL) {
        return true;
    }
    vec_each(Column *, column, match_enum_after(cx->plan->diff, after)) {
        if (online_shadow_of(cx, *column) == NULL) {
            return false;
        }
    }
    return true;
}

static void note_renewal(Online *cx, const RenewedEnum *renewed)
{
    object_map_put(cx->marks, &cx->renewals, renewed->change->before.enum_type,
                   (void *)(uintptr_t)renewed);
}

/* Of those that are left. */
void online_note_renewals(Online *cx)
{
    cx->renewals = (ObjectMap){0};
    vec_each(const Shadow, at, &cx->shadows) {
        if (at->renewed != NULL) {
            note_renewal(cx, at->renewed);
        }
    }
    vec_each(const RenewedEnum *, at, &cx->bare_enums) {
        note_renewal(cx, *at);
    }
}

const RenewedEnum *online_renewal(const Online *cx, const EnumType *before)
{
    return object_map_get(&cx->renewals, before);
}

/* A change of the diff brings its second column itself. */
void online_renew_enum(Online *cx, const RenewedEnum *renewed)
{
    const ColumnList *wanted = match_enum_after(cx->plan->diff, renewed->change->after.enum_type);
    if (wanted->count == 0) {
        return; /* nobody needs it before the gate */
    }
    vec_push(cx->arena, &cx->expand, renewed->made);
    vec_each(Column *const, column, wanted) {
        const Shadow *at = online_shadow_of(cx, *column);
        const Change *own = at->is_new ? NULL : change_of(cx, at->change->before.column);
        if (at->change != own) {
            vec_push(cx->arena, &cx->expand, at->added);
        }
    }
}

/* --- writing -----------------------------------------------------------------------------------
 */

/* Columns of the source that have no removed value any more when the old type goes: they are mapped
 * before the gate, or go themselves, or become of another type before it goes. */
static ObjectMap settled_columns(Online *cx, const RenewedEnum *renewed)
{
    ObjectMap settled = {0};
    vec_each(Column *const, column,
             match_enum_after(cx->plan->diff, renewed->change->after.enum_type)) {
        const Shadow *at = online_shadow_of(cx, *column);
        if (at->maps_first) {
            object_map_put(cx->arena, &settled, at->change->before.column, cx);
        }
    }
    vec_each(Column *, column,
             match_enum_before(cx->plan->diff, renewed->change->before.enum_type)) {
        const Column *after = match_column_after(cx->plan->diff, *column);
        if (after == NULL || !column_is_of_enum(after, renewed->change->after.enum_type)) {
            object_map_put(cx->arena, &settled, *column, cx);
        }
    }
    return settled;
}

/* Nothing is of the old type any more, and the successor takes its name. */
static Step *succeed(Online *cx, const RenewedEnum *renewed, uint32_t together)
{
    Step *drop = online_step(cx, STEP_DROP_ENUM, PHASE_CONTRACT, renewed->change);
    Step *rename = online_step(cx, STEP_RENAME_ENUM, PHASE_CONTRACT, renewed->change);
    drop->together = rename->together = together;
    rename->before.enum_type = renewed->successor;
    return drop;
}

/* With the columns. */
void online_switch_enums(Online *cx, const Knot *knot)
{
    ObjectMap seen = {0};
    vec_each(const KnotTable, table, &knot->tables) {
        vec_each(const Shadow *, shadow, &table->shadows) {
            const RenewedEnum *renewed = (*shadow)->renewed;
            if (renewed != NULL && object_map_get(&seen, renewed) == NULL) {
                object_map_put(cx->arena, &seen, renewed, cx);
                const ObjectMap settled = settled_columns(cx, renewed);
                Step *drop = succeed(cx, renewed, knot->together);
                direct_enum_hazard(cx->plan, drop, renewed->change, &settled);
            }
        }
    }
}

/* No row has a value of such a type when it goes. */
void online_write_bare_enums(Online *cx)
{
    vec_each(const RenewedEnum *, at, &cx->bare_enums) {
        const uint32_t together = plan_new_group(cx->plan);
        online_step(cx, STEP_CREATE_ENUM, PHASE_CONTRACT, (*at)->made)->together = together;
        (void)succeed(cx, *at, together);
    }
}
