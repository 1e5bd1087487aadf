/*
 * online_key.c - primary and foreign keys of tables that are in use.
 *
 * A foreign key is added without a look at the rows (NOT VALID: brief locks on both tables) and
 * validated in a script of its own, which stops neither readers nor writers. One that changes
 * stands beside its predecessor until the gate: while both exist the older one decides, so the old
 * program keeps its semantics. One that leads elsewhere cannot: its predecessor goes before the
 * gate and it comes after, so that both programs can write meanwhile. A primary key is made from a
 * unique index built concurrently (manual, "ALTER TABLE", "ADD table_constraint_using_index").
 */
#include "base/common.h"

#include "compiler/catalog/naming.h"
#include "compiler/plan/diff/uniqueness.h"
#include "compiler/plan/online/online_internal.h"

static void push(Online *cx, ChangeList *list, const Change *change)
{
    vec_push(cx->marks, list, online_facets(cx, change, change->facets));
}

/* --- foreign keys ------------------------------------------------------------------------------
 */

static const char *key_name(Online *cx, const ForeignKey *key)
{
    return arena_printf(cx->arena, "foreign key `%s`", key->name->text);
}

/* Must the key wait for a unique index or primary key of an existing table? */
static bool awaits_index(const Online *cx, const ForeignKey *key)
{
    return match_table_before(cx->plan->diff, key->referenced) != NULL &&
           online_becomes_unique(cx, key->referenced);
}

/* Do the two lead a column of both to different ones? What one program writes the other's key
 * refuses: both cannot stand. */
static bool lead_apart(const Online *cx, const ForeignKey *before, const ForeignKey *after)
{
    const Diff *diff = cx->plan->diff;
    for (size_t i = 0; i < before->columns.count; i++) {
        const Column *same = match_column_after(diff, before->columns.items[i]);
        const Column *target = match_column_after(diff, before->referenced_columns.items[i]);
        for (size_t j = 0; j < after->columns.count; j++) {
            if (after->columns.items[j] == same && after->referenced_columns.items[j] != target) {
                return true;
            }
        }
    }
    return false;
}

/* The half of the kind that goes, or comes, where the given one leads elsewhere; NULL. The first of
 * the diff: only one over a column of both can lead it apart. */
static const Change *retargeted(const Online *cx, ChangeKind kind, const ForeignKey *key)
{
    const bool drop = kind == CHANGE_DROP_FOREIGN_KEY;
    const KeyChange *found = NULL;
    vec_each(Column *, column, &key->columns) {
        const KeyChangeList *list =
            online_key_changes(cx, drop ? online_column_before(cx, *column) : *column);
        for (size_t i = 0; list != NULL && i < list->count; i++) {
            const KeyChange *at = &list->items[i];
            if (at->change->kind == kind && (found == NULL || at->number < found->number) &&
                lead_apart(cx, drop ? at->change->before.foreign_key : key,
                           drop ? key : at->change->after.foreign_key)) {
                found = at;
            }
        }
    }
    return found == NULL ? NULL : found->change;
}

static void push_swap(Online *cx, const Change *change, const Change *drop)
{
    ForeignKey *built = arena_make(cx->arena, ForeignKey);
    *built = *change->after.foreign_key;
    built->name = name_reserved(cx->plan->to->names, RESERVED_BUILT, built->name);
    vec_push(cx->arena, &cx->foreign_key_swaps,
             (ForeignKeySwap){.built = built, .drop = drop, .add = change});
    object_map_put(cx->marks, &cx->swapped_drops, drop, built);
}

void online_add_foreign_key(Online *cx, const Change *change)
{
    const ForeignKey *key = change->after.foreign_key;
    const Table *table = change->after.table;
    const Table *before = match_table_before(cx->plan->diff, table);
    const Change *drop = online_foreign_key_changes(cx, table, key->name).drop;
    if (online_is_tied(cx, key)) {
        return; /* online_switch.c */
    }
    if (cx->waits) {
        push(cx, &cx->contract, change);
        if (!online_table_waits(cx, table) && !online_table_waits(cx, key->referenced)) {
            online_note(cx, vec_last(&cx->contract), HAZARD_FOREIGN_KEY_BLOCKS, NULL);
        }
    } else if (before == NULL && !awaits_index(cx, key) && !online_speaks_of_shadow(cx, key)) {
        push(cx, &cx->expand, change);
    } else if (before != NULL && before->is_partitioned) {
        push(cx, drop != NULL ? &cx->contract : &cx->expand, change);
        online_note(cx, drop != NULL ? vec_last(&cx->contract) : vec_last(&cx->expand),
                    HAZARD_FOREIGN_KEY_BLOCKS, NULL);
    } else if (retargeted(cx, CHANGE_DROP_FOREIGN_KEY, key) != NULL) {
        vec_push(cx->marks, &cx->late_foreign_keys, change);
    } else if (drop != NULL) {
        push_swap(cx, change, drop);
    } else {
        vec_push(cx->marks, &cx->foreign_keys, change);
    }
}

void online_drop_foreign_key(Online *cx, const Change *change)
{
    if (online_is_tied(cx, change->before.foreign_key) ||
        object_map_get(&cx->swapped_drops, change) != NULL) {
        return;
    }
    const Change *instead = retargeted(cx, CHANGE_ADD_FOREIGN_KEY, change->before.foreign_key);
    if (instead == NULL) {
        push(cx, &cx->contract, change);
        if (online_key_after(cx, change->before.foreign_key) != NULL) {
            online_note(cx, vec_last(&cx->contract), HAZARD_REFERENCE_ANEW,
                        key_name(cx, change->before.foreign_key));
        }
    } else {
        push(cx, &cx->expand, change);
        online_note(cx, vec_last(&cx->expand), HAZARD_REFERENCE_UNGUARDED,
                    key_name(cx, instead->after.foreign_key));
    }
}

static void write_foreign_key(Online *cx, const Change *change, const ForeignKey *key, Phase phase)
{
    Step *add = online_step(cx, STEP_ADD_FOREIGN_KEY_ONLINE, phase, change);
    add->after.foreign_key = key;
    add->name = key->name;
    bool known = false;
    vec_each(Column *, column, &key->columns) {
        const Table *before = change->before.table;
        known = known || (before != NULL && table_find_column(before, (*column)->name) != NULL);
    }
    if (known && phase < PHASE_CONTRACT) {
        step_add_hazard(cx->plan, add, HAZARD_OLD_WRITER_RULE, key->table, NULL,
                        key_name(cx, change->after.foreign_key));
    }
}

static void write_validation(Online *cx, const Change *change, const ForeignKey *key, Phase phase)
{
    Step *validate = online_step(cx, STEP_VALIDATE_CONSTRAINT, phase, change);
    validate->after.foreign_key = key;
    validate->name = key->name;
}

/* A key that comes, as it is built. */
typedef struct NewKey {
    const Change *change;
    const ForeignKey *key;
} NewKey;

typedef VEC(NewKey) NewKeyList;

static void note_new_key(Online *cx, ObjectMap *by_table, const Change *change,
                         const ForeignKey *key)
{
    NewKeyList *list = object_map_get(by_table, change->after.table);
    if (list == NULL) {
        list = arena_make(cx->marks, NewKeyList);
        object_map_put(cx->marks, by_table, change->after.table, list);
    }
    vec_push(cx->marks, list, (NewKey){change, key});
}

/* Table by table: the keys of one table share a script. */
void online_write_foreign_keys(Online *cx)
{
    ObjectMap by_table = {0};
    vec_each(const Change *, change, &cx->foreign_keys) {
        note_new_key(cx, &by_table, *change, (*change)->after.foreign_key);
    }
    vec_each(const ForeignKeySwap, swap, &cx->foreign_key_swaps) {
        note_new_key(cx, &by_table, swap->add, swap->built);
    }
    vec_each(Table *, table, &cx->plan->to->tables) {
        const NewKeyList *list = object_map_get(&by_table, *table);
        for (size_t i = 0; list != NULL && i < list->count; i++) {
            write_foreign_key(cx, list->items[i].change, list->items[i].key, PHASE_TIGHTEN);
        }
        for (size_t i = 0; list != NULL && i < list->count; i++) {
            write_validation(cx, list->items[i].change, list->items[i].key, PHASE_TIGHTEN);
        }
    }
}

void online_write_late_foreign_keys(Online *cx)
{
    vec_each(const Change *, change, &cx->late_foreign_keys) {
        write_foreign_key(cx, *change, (*change)->after.foreign_key, PHASE_CONTRACT);
    }
    vec_each(const Change *, change, &cx->late_foreign_keys) {
        write_validation(cx, *change, (*change)->after.foreign_key, PHASE_CONTRACT);
    }
}

/* The older key goes and the newer one takes its name, in one transaction. */
void online_write_foreign_key_swaps(Online *cx)
{
    vec_each(const ForeignKeySwap, swap, &cx->foreign_key_swaps) {
        online_step(cx, STEP_DROP_FOREIGN_KEY, PHASE_CONTRACT, swap->drop)->after.table =
            swap->add->after.table;
        Step *rename = online_step(cx, STEP_RENAME_FOREIGN_KEY, PHASE_CONTRACT, swap->add);
        rename->before = swap->add->after;
        rename->before.foreign_key = swap->built;
    }
}

/* --- primary keys ------------------------------------------------------------------------------
 */

/* The index that goes and can become the key that comes; NULL when there is none. */
static const Change *index_for_key(const Online *cx, const Change *change)
{
    const bool comes =
        change->kind == CHANGE_ADD_PRIMARY_KEY || change->kind == CHANGE_MODIFY_PRIMARY_KEY;
    const Table *before = change->before.table;
    for (size_t i = 0; comes && before != NULL && i < before->indexes.count; i++) {
        const Index *index = before->indexes.items[i];
        const Change *drop = online_index_changes(cx, before, index->name).drop;
        if (drop != NULL && index_can_be_key(cx->plan->diff, index, change->after.primary_key)) {
            return drop;
        }
    }
    return NULL;
}

void online_find_key_indexes(Online *cx)
{
    vec_each(Change *, at, &cx->plan->diff->changes) {
        const Change *drop = index_for_key(cx, *at);
        if (drop != NULL) {
            online_settle_drop(cx, drop);
        }
    }
}

/* The key is made of the index that would go: one brief lock, and no moment without uniqueness. */
static void make_of_index(Online *cx, ChangeList *list, const Change *change, const Change *drop)
{
    Change *made = online_facets(cx, change, change->facets);
    made->before.index = drop->before.index;
    vec_push(cx->arena, list, made);
}

void online_modify_primary_key(Online *cx, const Change *change)
{
    if (online_key_switches(cx, change->after.table)) {
        return; /* online_switch.c */
    }
    const Change *drop = index_for_key(cx, change);
    if (drop != NULL) {
        make_of_index(cx, &cx->contract, change, drop);
        return;
    }
    push(cx, &cx->contract, change);
    online_note(cx, vec_last(&cx->contract), HAZARD_INDEX_BLOCKS, NULL);
}

void online_add_primary_key(Online *cx, const Change *change)
{
    const Change *drop = index_for_key(cx, change);
    if (drop != NULL) {
        const Table *table = change->after.table;
        const bool waits = online_name_waits(cx, table->schema, change->after.primary_key->name);
        make_of_index(cx, waits ? &cx->contract : &cx->expand, change, drop);
        return;
    }
    if (cx->waits) {
        push(cx, &cx->contract, change);
        online_note(cx, vec_last(&cx->contract), HAZARD_INDEX_BLOCKS, NULL);
    } else {
        vec_push(cx->arena, &cx->primary_keys, change);
    }
}

/* A column nobody fills stays nullable until the gate, and the key with it. */
static bool has_late_column(const Online *cx, const PrimaryKey *key)
{
    vec_each(Column *, column, &key->columns) {
        if (object_map_get(&cx->late_fills, *column) != NULL) {
            return true;
        }
    }
    return false;
}

static const Index *key_index(Online *cx, const PrimaryKey *key)
{
    Index *index = arena_make(cx->arena, Index);
    *index = (Index){.name = key->name,
                     .table = key->table,
                     .kind = INDEX_UNIQUE,
                     .valid = true,
                     .origin = key->origin};
    vec_each(Column *, column, &key->columns) {
        vec_push(cx->arena, &index->parts, (IndexPart){.column = *column});
    }
    return index;
}

/* Unique indexes take nulls: the index is there before the gate for the new program's upserts and
 * for foreign keys, also where a column of the key stays nullable until then. */
void online_write_primary_key_indexes(Online *cx)
{
    vec_each(const Change *, change, &cx->primary_keys) {
        const PrimaryKey *key = (*change)->after.primary_key;
        Step *build = online_step(cx, STEP_CREATE_INDEX_ONLINE, PHASE_TIGHTEN, (*change));
        build->after.index = key_index(cx, key);
        if (!columns_are_key(cx->plan->diff, (*change)->after.table,
                             (*change)->after.primary_key->columns.items, key->columns.count)) {
            step_add_hazard(cx->plan, build, HAZARD_CHANGE_PRIMARY_KEY, key->table, NULL, NULL);
        }
    }
}

/* The new key's columns are NOT NULL by now, so making the key from its index scans nothing. */
void online_write_primary_keys(Online *cx, bool late)
{
    vec_each(const Change *, change, &cx->primary_keys) {
        if (has_late_column(cx, (*change)->after.primary_key) == late) {
            const Change *cause = *change;
            online_step(cx, STEP_ADD_PRIMARY_KEY_ONLINE, late ? PHASE_CONTRACT : PHASE_TIGHTEN,
                        cause)
                ->name = cause->after.primary_key->name;
        }
    }
}
