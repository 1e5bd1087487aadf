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

static bool uses_enum(const Opaque *opaque, const EnumType *type)
{
    vec_each(EnumType *, at, &opaque->enums) {
        if (*at == type) {
            return true;
        }
    }
    return false;
}

static bool is_spoken_of(const Online *cx, const EnumType *type)
{
    vec_each(Opaque *, at, &cx->plan->from->opaque) {
        if (uses_enum(*at, type)) {
            return true;
        }
    }
    return false;
}

static bool is_renamed(const Online *cx, const EnumType *before)
{
    vec_each(const Change *, at, &cx->by_kind[CHANGE_RENAME_ENUM]) {
        if ((*at)->after.enum_type == before || (*at)->before.enum_type == before) {
            return true;
        }
    }
    return before->source != NULL;
}

static bool default_goes_along(const Column *column)
{
    const DefaultKind kind = column->dflt.kind;
    return kind == DEFAULT_NONE || kind == DEFAULT_VALUE || kind == DEFAULT_LIST;
}

/* What the diff says of the column itself; NULL: nothing. */
static const Change *change_of(const Online *cx, const Column *before)
{
    return object_map_get(&cx->changed, before);
}

typedef VEC(const ForeignKey *) KeyList;

static void note_key(Online *cx, const ForeignKey *key, const ColumnList *columns)
{
    vec_each(Column *, column, columns) {
        KeyList *keys = object_map_get(&cx->keys_over, *column);
        if (keys == NULL) {
            keys = arena_make(cx->arena, KeyList);
            object_map_put(cx->arena, &cx->keys_over, *column, keys);
        }
        vec_push(cx->arena, keys, key);
    }
}

/* Asked for each column of each type. */
static void note_columns(Online *cx)
{
    const Catalog *const sides[] = {cx->plan->from, cx->plan->to};
    vec_each(const Change *, at, &cx->by_kind[CHANGE_MODIFY_COLUMN]) {
        object_map_put(cx->arena, &cx->changed, (*at)->before.column, (void *)(uintptr_t)*at);
    }
    for (size_t i = 0; i < lengthof(sides); i++) {
        vec_each(Table *, table, &sides[i]->tables) {
            vec_each(ForeignKey *, key, &(*table)->foreign_keys) {
                note_key(cx, *key, &(*key)->columns);
                note_key(cx, *key, &(*key)->referenced_columns);
            }
        }
    }
}

static const KeyList *keys_over(const Online *cx, const Column *column)
{
    static const KeyList none;
    const KeyList *keys = object_map_get(&cx->keys_over, column);
    return keys == NULL ? &none : keys;
}

/* Does one of the source become the wanted foreign key? */
static bool key_was_there(const Online *cx, const ForeignKey *after)
{
    const Table *before = match_table_before(cx->plan->diff, after->table);
    for (size_t i = 0; before != NULL && i < before->foreign_keys.count; i++) {
        if (online_key_after(cx, before->foreign_keys.items[i]) == after) {
            return true;
        }
    }
    return false;
}

/* A new one would be built over the first column, and go with it. */
static bool new_key_is_over(const Online *cx, const Column *after)
{
    vec_each(const ForeignKey *, at, keys_over(cx, after)) {
        if (!key_was_there(cx, *at)) {
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

static bool is_in_key(const Table *table, const Column *column)
{
    const PrimaryKey *key = table->primary_key;
    bool found = key != NULL && column_in_list(column, key->columns.items, key->columns.count);
    vec_each(Index *, index, &table->indexes) {
        found = found || ((*index)->kind == INDEX_UNIQUE && index_reads_column(*index, column));
    }
    return found;
}

/* Does the plan change a key of the table, or a column of one, whatever of it? */
static bool changes_keys(const Online *cx, const Table *before)
{
    static const ChangeKind kinds[] = {CHANGE_ADD_PRIMARY_KEY, CHANGE_MODIFY_PRIMARY_KEY,
                                       CHANGE_RENAME_PRIMARY_KEY, CHANGE_DROP_PRIMARY_KEY};
    for (size_t i = 0; i < lengthof(kinds); i++) {
        vec_each(const Change *, at, &cx->by_kind[kinds[i]]) {
            if ((*at)->before.table == before) {
                return true;
            }
        }
    }
    vec_each(Column *, column, &before->columns) {
        if (is_in_key(before, *column) && (match_column_after(cx->plan->diff, *column) == NULL ||
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
    vec_each(const ForeignKey *, key, keys_over(cx, before)) {
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
           (mapping(cx, change, before, after) == NULL || keys_over(cx, before)->count == 0);
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
    vec_each(Index *, index, &column->table->indexes) {
        if (online_was_there(cx, column->table->schema, (*index)->name) &&
            index_reads_column(*index, column)) {
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
           keys_over(cx, column)->count == 0;
}

/* --- the type ----------------------------------------------------------------------------------
 */

static bool may_be_renewed(Online *cx, const Change *change, const ColumnList *wanted)
{
    const EnumType *type = change->before.enum_type;
    if (is_renamed(cx, type) || is_spoken_of(cx, type)) {
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
    if (cx->by_kind[CHANGE_MODIFY_ENUM].count > 0) {
        note_columns(cx);
    }
    vec_each(const Change *, change, &cx->by_kind[CHANGE_MODIFY_ENUM]) {
        const ColumnList *wanted = match_enum_after(cx->plan->diff, (*change)->after.enum_type);
        if (((*change)->facets & FACET_VALUES_REMOVED) == 0 ||
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

const RenewedEnum *online_renewal(const Online *cx, const EnumType *before)
{
    vec_each(const Shadow, at, &cx->shadows) {
        if (at->renewed != NULL && at->renewed->change->before.enum_type == before) {
            return at->renewed;
        }
    }
    vec_each(const RenewedEnum *, at, &cx->bare_enums) {
        if ((*at)->change->before.enum_type == before) {
            return *at;
        }
    }
    return NULL;
}

static bool is_bare(const Online *cx, const RenewedEnum *renewed)
{
    vec_each(const RenewedEnum *, at, &cx->bare_enums) {
        if (*at == renewed) {
            return true;
        }
    }
    return false;
}

/* A change of the diff brings its second column itself. */
void online_renew_enum(Online *cx, const RenewedEnum *renewed)
{
    if (is_bare(cx, renewed)) {
        return; /* nobody needs it before the gate */
    }
    vec_push(cx->arena, &cx->expand, renewed->made);
    vec_each(const Shadow, at, &cx->shadows) {
        const Change *own = at->is_new ? NULL : change_of(cx, at->change->before.column);
        if (at->renewed == renewed && at->change != own) {
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
    vec_each(const Shadow, at, &cx->shadows) {
        if (at->renewed == renewed && at->maps_first) {
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
