/*
 * renames_enum.c - enums and values of enums that only change their names.
 *
 * Found like other renames: by flags, by hints, and because the block (or the value) keeps its name
 * in the schema text while its name in the database changes.
 */
#include "base/common.h"

#include "compiler/plan/diff/renames_internal.h"

static bool is_called(const EnumType *type, Name name)
{
    return type != NULL && (type->name == name || type->block == name);
}

/* --- pairs -------------------------------------------------------------------------------------
 */

static bool is_paired(const EnumPairs *cx, const EnumType *before, const EnumType *after)
{
    vec_each(const EnumPair, at, &cx->pairs) {
        if (at->before == before || at->after == after) {
            return true;
        }
    }
    return false;
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
                     .stated = stated};
    for (size_t i = 0; i < before->values.count; i++) {
        made.values[i] = before->values.items[i];
    }
    vec_push(cx->arena, &cx->pairs, made);
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

static const EnumType *find_block(const Catalog *catalog, Name block)
{
    vec_each(EnumType *, at, &catalog->enums) {
        if (block != NULL && (*at)->block == block) {
            return *at;
        }
    }
    return NULL;
}

static bool has_enum(const void *where, Name schema, Name name)
{
    return catalog_find_enum(where, schema, name) != NULL;
}

static void known(EnumPairs *cx)
{
    RenameCandidateList list = {0};
    for (size_t i = 0; cx->previous != NULL && i < cx->previous->enums.count; i++) {
        const EnumType *old = cx->previous->enums.items[i];
        const EnumType *before = catalog_find_enum(cx->from, old->schema, old->name);
        const EnumType *after = find_block(cx->to, old->block);
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
    for (size_t i = 0; i < at->before->values.count; i++) {
        if (at->values[i] == value) {
            return true;
        }
    }
    return false;
}

/* Counts only if the old value goes and the new one comes. */
static bool state_value(EnumPair *at, Name old, Name wanted)
{
    if (enum_has_value(at->after, old) || !enum_has_value(at->after, wanted) ||
        is_target(at, wanted)) {
        return false;
    }
    for (size_t i = 0; i < at->before->values.count; i++) {
        if (at->before->values.items[i] == old && at->values[i] == old) {
            at->values[i] = wanted;
            return true;
        }
    }
    return false;
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

static Name word_of_value(const EnumType *type, Name value)
{
    for (size_t i = 0; type != NULL && i < type->words.count; i++) {
        if (type->values.items[i] == value) {
            return type->words.items[i];
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
        Name before = enum_has_value(at->before, old) ? old : value_of_word(words, old);
        Name after = enum_has_value(at->after, wanted) ? wanted : value_of_word(at->after, wanted);
        if (before != NULL && after != NULL && state_value(at, before, after)) {
            return true;
        }
    }
    return false;
}

static void hinted_values(EnumPair *at)
{
    for (size_t i = 0; i < at->after->renamed_values.count; i++) {
        Name old = at->after->renamed_values.items[i];
        if (old != NULL) {
            (void)state_value(at, old, at->after->values.items[i]);
        }
    }
}

static bool value_is_there(const void *where, Name schema UNUSED, Name name)
{
    return enum_has_value(where, name);
}

static void accept_value(EnumPair *at, const RenameCandidate *candidate)
{
    for (size_t i = 0; i < at->before->values.count && !candidate->is_out; i++) {
        if (at->before->values.items[i] == candidate->name) {
            at->values[i] = candidate->new_name;
        }
    }
}

static void known_values(EnumPairs *cx, EnumPair *at)
{
    RenameCandidateList list = {0};
    for (size_t i = 0; i < at->before->values.count; i++) {
        Name value = at->before->values.items[i];
        Name word = word_of_value(at->previous, value);
        Name wanted = word == NULL ? NULL : value_of_word(at->after, word);
        if (wanted == NULL || wanted == value || at->values[i] != value ||
            (is_target(at, wanted) && !enum_has_value(at->before, wanted))) {
            continue;
        }
        const RenameCandidate candidate = {NULL, value, NULL, wanted, at->after, false};
        vec_push(cx->arena, &list, candidate);
    }
    renames_let_fall(&list, value_is_there, at->before, at->after);
    vec_each(const RenameCandidate, candidate, &list) {
        accept_value(at, candidate);
    }
}

/* --- the renames -------------------------------------------------------------------------------
 */

/* A type none of whose values stay is another type, unless somebody says that it is not: nothing
 * would be carried over. */
static bool keeps_a_value(const EnumPair *at)
{
    for (size_t i = 0; i < at->before->values.count; i++) {
        if (enum_has_value(at->after, at->values[i])) {
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
        if (!enum_has_value(at->after, at->values[i])) {
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
        hinted_values(at);
        known_values(cx, at);
        if (!same_names(at) && keeps_a_value(at) && keeps_something(cx, named, at)) {
            const EnumRename rename = {at->before, renamed(cx->arena, at)};
            vec_push(cx->arena, &found, rename);
        }
    }
    return found;
}
