/*
 * renames_enum.c - enums and values of enums that only change their names.
 *
 * Found like other renames: by flags, by hints, and because the block (or the value) keeps its name
 * in the schema text while its name in the database changes.
 */
#include "base/common.h"

#include "compiler/catalog/enum_order.h"
#include "compiler/plan/diff/renames_internal.h"

static bool is_called(const EnumType *type, Name name)
{
    return type != NULL && (type->name == name || type->block == name);
}

/* --- pairs -------------------------------------------------------------------------------------
 */

static bool is_paired(const EnumPairs *cx, const EnumType *before, const EnumType *after)
{
    return object_map_get(&cx->paired, before) != NULL ||
           object_map_get(&cx->paired, after) != NULL;
}

static const EnumType *previous_of(const EnumPairs *cx, const EnumType *before)
{
    return cx->previous == NULL ? NULL
                                : catalog_find_enum(cx->previous, before->schema, before->name);
}

static void pair(EnumPairs *cx, const EnumType *before, const EnumType *after, bool stated)
{
    EnumPair made = {.before = before,
                     .previous = previous_of(cx, before),
                     .after = after,
                     .values = arena_array(cx->arena, Name, before->values.count + 1),
                     .old = enum_places(cx->arena, before),
                     .new = enum_places(cx->arena, after),
                     .targets = enum_places(cx->arena, before),
                     .stated = stated};
    for (size_t i = 0; i < before->values.count; i++) {
        made.values[i] = before->values.items[i];
    }
    vec_push(cx->arena, &cx->pairs, made);
    object_map_put(cx->arena, &cx->paired, before, cx);
    object_map_put(cx->arena, &cx->paired, after, cx);
}

/* Counts only if the old name goes and the new one comes. */
static bool state(EnumPairs *cx, const EnumType *before, const EnumType *after)
{
    if (before == NULL || is_paired(cx, before, after) ||
        catalog_find_enum(cx->to, before->schema, before->name) != NULL ||
        catalog_find_enum(cx->from, after->schema, after->name) != NULL) {
        return false;
    }
    pair(cx, before, after, true);
    return true;
}

bool enum_pairs_flag(EnumPairs *cx, Name old, Name wanted)
{
    vec_each(EnumType *, after, &cx->to->enums) {
        vec_each(EnumType *, before, &cx->from->enums) {
            const bool named =
                is_called(*after, wanted) &&
                (is_called(*before, old) || is_called(previous_of(cx, *before), old));
            if (named && state(cx, *before, *after)) {
                return true;
            }
        }
    }
    return false;
}

static void hinted(EnumPairs *cx)
{
    vec_each(EnumType *, at, &cx->to->enums) {
        if ((*at)->renamed_from != NULL) {
            (void)state(cx, catalog_find_enum(cx->from, (*at)->schema, (*at)->renamed_from), *at);
        }
    }
}

/* Block of the text -> the first type that it stands for. */
static Map enums_by_block(Arena *arena, const Catalog *catalog)
{
    Map by_block = {0};
    for (size_t i = catalog->enums.count; i-- > 0;) {
        EnumType *type = catalog->enums.items[i];
        if (type->block != NULL) {
            map_put(arena, &by_block, type->block, type);
        }
    }
    return by_block;
}

static bool has_enum(const void *where, Name schema, Name name)
{
    return catalog_find_enum(where, schema, name) != NULL;
}

static void known(EnumPairs *cx)
{
    RenameCandidateList list = {0};
    const Map by_block = enums_by_block(cx->arena, cx->to);
    for (size_t i = 0; cx->previous != NULL && i < cx->previous->enums.count; i++) {
        const EnumType *old = cx->previous->enums.items[i];
        const EnumType *before = catalog_find_enum(cx->from, old->schema, old->name);
        const EnumType *after = old->block == NULL ? NULL : map_get(&by_block, old->block);
        if (before == NULL || after == NULL || is_paired(cx, before, after) ||
            (after->schema == before->schema && after->name == before->name)) {
            continue;
        }
        const RenameCandidate candidate = {before->schema, before->name, after->schema,
                                           after->name,    after,        false};
        vec_push(cx->arena, &list, candidate);
    }
    renames_let_fall(&list, has_enum, cx->from, cx->to);
    vec_each(const RenameCandidate, at, &list) {
        if (!at->is_out) {
            pair(cx, catalog_find_enum(cx->from, at->schema, at->name), at->after, false);
        }
    }
}

void enum_pairs_find(EnumPairs *cx)
{
    hinted(cx);
    known(cx);
    vec_each(EnumType *, at, &cx->from->enums) {
        const EnumType *after = catalog_find_enum(cx->to, (*at)->schema, (*at)->name);
        if (after != NULL && !is_paired(cx, *at, after)) {
            pair(cx, *at, after, false);
        }
    }
}

/* --- values ------------------------------------------------------------------------------------
 */

static bool is_target(const EnumPair *at, Name value)
{
    return enum_place(&at->targets, value) > 0;
}

/* Two may want one name for a while: it stays a target until neither does. */
static void set_target(Arena *arena, EnumPair *at, size_t i, Name wanted)
{
    if (enum_place(&at->targets, at->values[i]) == i + 1) {
        map_remove(&at->targets, at->values[i]);
    }
    at->values[i] = wanted;
    map_put(arena, &at->targets, wanted, (void *)(uintptr_t)(i + 1));
}

/* Counts only if the old value goes and the new one comes. */
static bool state_value(Arena *arena, EnumPair *at, Name old, Name wanted)
{
    const size_t place = enum_place(&at->old, old);
    if (enum_place(&at->new, old) > 0 || enum_place(&at->new, wanted) == 0 ||
        is_target(at, wanted) || place == 0 || at->values[place - 1] != old) {
        return false;
    }
    set_target(arena, at, place - 1, wanted);
    return true;
}

/* What the text's word stands for in the database; NULL: the text has no such value. */
static Name value_of_word(const EnumType *type, Name word)
{
    for (size_t i = 0; type != NULL && i < type->words.count; i++) {
        if (type->words.items[i] == word) {
            return type->values.items[i];
        }
    }
    return NULL;
}

/* `Role.ADMIN=OWNER`, in words of the text or of the database. */
bool enum_pairs_flag_value(EnumPairs *cx, Name type, Name old, Name wanted)
{
    vec_each(EnumPair, at, &cx->pairs) {
        if (!is_called(at->after, type) && !is_called(at->before, type) &&
            !is_called(at->previous, type)) {
            continue;
        }
        const EnumType *words = at->previous != NULL ? at->previous : at->before;
        Name before = enum_place(&at->old, old) > 0 ? old : value_of_word(words, old);
        Name after = enum_place(&at->new, wanted) > 0 ? wanted : value_of_word(at->after, wanted);
        if (before != NULL && after != NULL && state_value(cx->arena, at, before, after)) {
            return true;
        }
    }
    return false;
}

static void hinted_values(Arena *arena, EnumPair *at)
{
    for (size_t i = 0; i < at->after->renamed_values.count; i++) {
        Name old = at->after->renamed_values.items[i];
        if (old != NULL) {
            (void)state_value(arena, at, old, at->after->values.items[i]);
        }
    }
}

/* `where`: the places of a type. */
static bool value_is_there(const void *where, Name schema UNUSED, Name name)
{
    return enum_place(where, name) > 0;
}

static void accept_value(Arena *arena, EnumPair *at, const RenameCandidate *candidate)
{
    const size_t place = enum_place(&at->old, candidate->name);
    if (place > 0 && !candidate->is_out) {
        set_target(arena, at, place - 1, candidate->new_name);
    }
}

/* Word -> the first value it stands for; empty for a type that no text has. */
static Map values_by_word(Arena *arena, const EnumType *type)
{
    Map values = {0};
    for (size_t i = type->words.count; i-- > 0;) {
        map_put(arena, &values, type->words.items[i], (void *)(uintptr_t)(i + 1));
    }
    return values;
}

static void known_values(EnumPairs *cx, EnumPair *at)
{
    RenameCandidateList list = {0};
    const EnumType *previous = at->previous;
    if (previous == NULL || previous->words.count == 0) {
        return;
    }
    const Map known = enum_places(cx->arena, previous);
    const Map by_word = values_by_word(cx->arena, at->after);
    for (size_t i = 0; i < at->before->values.count; i++) {
        Name value = at->before->values.items[i];
        const size_t was = enum_place(&known, value);
        const size_t is = was == 0 ? 0 : enum_place(&by_word, previous->words.items[was - 1]);
        Name wanted = is == 0 ? NULL : at->after->values.items[is - 1];
        if (wanted == NULL || wanted == value || at->values[i] != value ||
            (is_target(at, wanted) && enum_place(&at->old, wanted) == 0)) {
            continue;
        }
        const RenameCandidate candidate = {NULL, value, NULL, wanted, at->after, false};
        vec_push(cx->arena, &list, candidate);
    }
    renames_let_fall(&list, value_is_there, &at->old, &at->new);
    vec_each(const RenameCandidate, candidate, &list) {
        accept_value(cx->arena, at, candidate);
    }
}

/* --- the renames -------------------------------------------------------------------------------
 */

/* A type none of whose values stay is another type, unless somebody says that it is not: nothing
 * would be carried over. */
static bool keeps_a_value(const EnumPair *at)
{
    for (size_t i = 0; i < at->before->values.count; i++) {
        if (enum_place(&at->new, at->values[i]) > 0) {
            return true;
        }
    }
    return at->stated;
}

static const Rename *rename_of(const RenameList *named, const Table *table, Name column)
{
    vec_each(Rename, at, named) {
        if (at->schema == table->schema && at->table == table->name && at->column == column) {
            return at;
        }
    }
    return NULL;
}

static const Table *table_after(const EnumPairs *cx, const RenameList *named, const Table *table)
{
    const Rename *rename = rename_of(named, table, NULL);
    return rename == NULL ? catalog_find_table(cx->to, table->schema, table->name)
                          : catalog_find_table(cx->to, rename->new_schema, rename->new_table);
}

/* Does a column of the table stay one of the type? */
static bool keeps_a_column(const EnumPair *pair, const RenameList *named, const Table *before,
                           const Table *after)
{
    vec_each(Column *, at, &before->columns) {
        if (!column_is_of_enum(*at, pair->before)) {
            continue;
        }
        const Rename *rename = rename_of(named, before, (*at)->name);
        const Column *wanted =
            table_find_column(after, rename == NULL ? (*at)->name : rename->new_column);
        if (wanted != NULL && column_is_of_enum(wanted, pair->after) &&
            wanted->type.list == (*at)->type.list) {
            return true;
        }
    }
    return false;
}

static bool loses_values(const EnumPair *at)
{
    for (size_t i = 0; i < at->before->values.count; i++) {
        if (enum_place(&at->new, at->values[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* A type that loses values is built anew: its rename keeps only the columns that are of it, and
 * where there are none it counts only if somebody says so. */
static bool keeps_something(const EnumPairs *cx, const RenameList *named, const EnumPair *at)
{
    if (at->stated || !loses_values(at)) {
        return true;
    }
    vec_each(Table *, table, &cx->from->tables) {
        const Table *after = table_after(cx, named, *table);
        if (after != NULL && keeps_a_column(at, named, *table, after)) {
            return true;
        }
    }
    return false;
}

static bool same_names(const EnumPair *at)
{
    for (size_t i = 0; i < at->before->values.count; i++) {
        if (at->before->values.items[i] != at->values[i]) {
            return false;
        }
    }
    return at->before->schema == at->after->schema && at->before->name == at->after->name;
}

static const EnumType *renamed(Arena *arena, const EnumPair *at)
{
    EnumType *as = arena_make(arena, EnumType);
    *as = *at->before;
    as->schema = at->after->schema;
    as->name = at->after->name;
    as->origin = at->after->origin;
    as->values.items = at->values;
    as->values.capacity = at->before->values.count;
    return as;
}

EnumRenameList enum_pairs_renames(EnumPairs *cx, const RenameList *named)
{
    EnumRenameList found = {0};
    vec_each(EnumPair, at, &cx->pairs) {
        hinted_values(cx->arena, at);
        known_values(cx, at);
        if (!same_names(at) && keeps_a_value(at) && keeps_something(cx, named, at)) {
            const EnumRename rename = {at->before, renamed(cx->arena, at)};
            vec_push(cx->arena, &found, rename);
        }
    }
    return found;
}
