/*
 * renames.c - collects the renames that are stated (hints, flags) or known (the same field of the
 * previous schema text under another database name).
 */
#include "base/common.h"

#include "compiler/plan/diff/renames_internal.h"

#include <string.h>

#include "base/object_map.h"

/* Columns that are renamed already, by their old names and by their new ones. */
typedef struct TakenNames {
    Map old, new;
} TakenNames;

typedef struct RenameCx {
    const Catalog *from, *to;
    Arena *arena;
    RenameList *renames;
    Map new_tables;  /* (schema, name) of the wanted table -> the Rename that leads to it */
    Map old_tables;  /* (schema, name) of the source's table -> the same */
    Map models;      /* model name -> wanted table */
    ObjectMap taken; /* the source's table -> TakenNames of its columns */
    EnumPairs enums;
} RenameCx;

/* --- recording ---------------------------------------------------------------------------------
 */

/* Counts only if the old name goes and the new one comes. */
static bool add_table(RenameCx *cx, Name schema, Name name, const Table *after)
{
    if (catalog_find_table(cx->from, schema, name) == NULL ||
        catalog_find_table(cx->to, schema, name) != NULL ||
        catalog_find_table(cx->from, after->schema, after->name) != NULL ||
        map_get2(&cx->new_tables, after->schema, after->name) != NULL ||
        map_get2(&cx->old_tables, schema, name) != NULL) {
        return false;
    }
    const Rename rename = {
        .schema = schema, .table = name, .new_schema = after->schema, .new_table = after->name};
    Rename *known = arena_make(cx->arena, Rename);
    *known = rename;
    vec_push(cx->arena, cx->renames, rename);
    map_put2(cx->arena, &cx->new_tables, after->schema, after->name, known);
    map_put2(cx->arena, &cx->old_tables, schema, name, known);
    return true;
}

/* The source's table that becomes `after`, by name or by a rename already found. */
static const Table *table_before(const RenameCx *cx, const Table *after)
{
    const Rename *rename = map_get2(&cx->new_tables, after->schema, after->name);
    if (rename != NULL) {
        return catalog_find_table(cx->from, rename->schema, rename->table);
    }
    return catalog_find_table(cx->from, after->schema, after->name);
}

static bool is_taken(const RenameCx *cx, const Table *before, Name column, Name new_column)
{
    const TakenNames *taken = object_map_get(&cx->taken, before);
    return taken != NULL &&
           (map_get(&taken->old, column) != NULL || map_get(&taken->new, new_column) != NULL);
}

static void take_column(RenameCx *cx, const Table *before, Name name, const Column *after)
{
    TakenNames *taken = object_map_get(&cx->taken, before);
    if (taken == NULL) {
        taken = arena_make(cx->arena, TakenNames);
        object_map_put(cx->arena, &cx->taken, before, taken);
    }
    map_put(cx->arena, &taken->old, name, taken);
    map_put(cx->arena, &taken->new, after->name, taken);
    const Rename rename = {.schema = before->schema,
                           .table = before->name,
                           .column = name,
                           .new_schema = after->table->schema,
                           .new_table = after->table->name,
                           .new_column = after->name};
    vec_push(cx->arena, cx->renames, rename);
}

static bool add_column(RenameCx *cx, Name name, const Column *after)
{
    const Table *before = table_before(cx, after->table);
    if (before == NULL || table_find_column(before, name) == NULL ||
        table_find_column(after->table, name) != NULL ||
        table_find_column(before, after->name) != NULL || is_taken(cx, before, name, after->name)) {
        return false;
    }
    take_column(cx, before, name, after);
    return true;
}

/* --- flags -------------------------------------------------------------------------------------
 */

/* "Table.column=newName" or "Table=NewName", or an enum and its value, cut into its names; not
 * in the text: NULL. */
typedef struct Flag {
    Name table, column, wanted;
} Flag;

static bool flag_cut(Names *names, const char *text, Flag *ret_flag)
{
    const char *equals = strchr(text, '=');
    if (equals == NULL || equals == text || equals[1] == '\0') {
        return false;
    }
    const char *dot = memchr(text, '.', (size_t)(equals - text));
    const char *table_end = dot != NULL ? dot : equals;
    *ret_flag = (Flag){.table = intern(names, text, (size_t)(table_end - text)),
                       .wanted = intern_cstr(names, equals + 1)};
    if (dot != NULL) {
        ret_flag->column = intern(names, dot + 1, (size_t)(equals - dot - 1));
    }
    return true;
}

static bool is_called(const Table *table, Name name)
{
    return table->name == name || table->model == name;
}

/* `User=Person`: the wanted table or model Person was the table User. */
static bool flag_table(RenameCx *cx, const Flag *flag)
{
    vec_each(Table *, after, &cx->to->tables) {
        if (!is_called(*after, flag->wanted)) {
            continue;
        }
        vec_each(Table *, before, &cx->from->tables) {
            if (is_called(*before, flag->table) &&
                add_table(cx, (*before)->schema, (*before)->name, *after)) {
                return true;
            }
        }
    }
    return false;
}

static bool flag_column_of(RenameCx *cx, const Flag *flag, const Table *after)
{
    const Table *before = table_before(cx, after);
    if (before == NULL) {
        return false;
    }
    Name old = flag->column;
    vec_each(Column *, at, &before->columns) {
        old = (*at)->field == flag->column ? (*at)->name : old;
    }
    vec_each(Column *, at, &after->columns) {
        if (((*at)->name == flag->wanted || (*at)->field == flag->wanted) &&
            add_column(cx, old, *at)) {
            return true;
        }
    }
    return false;
}

/* `User.name=fullName`: the table by its old or its new name. */
static bool flag_column(RenameCx *cx, const Flag *flag)
{
    vec_each(Table *, at, &cx->to->tables) {
        const Table *before = table_before(cx, *at);
        const bool named =
            is_called(*at, flag->table) || (before != NULL && is_called(before, flag->table));
        if (named && flag_column_of(cx, flag, *at)) {
            return true;
        }
    }
    return false;
}

static bool flag_whole(RenameCx *cx, const Flag *flag)
{
    return flag_table(cx, flag) || enum_pairs_flag(&cx->enums, flag->table, flag->wanted);
}

static bool flag_part(RenameCx *cx, const Flag *flag)
{
    return flag_column(cx, flag) ||
           enum_pairs_flag_value(&cx->enums, flag->table, flag->column, flag->wanted);
}

/* Tables first: a column's flag may name a table that another flag renames. */
static bool read_flags(RenameCx *cx, const char *const *flags, size_t count, bool columns,
                       Diagnostics *diags)
{
    bool ok = true;
    for (size_t i = 0; i < count; i++) {
        Flag flag;
        if (!flag_cut(cx->to->names, flags[i], &flag)) {
            if (!columns) {
                diag_report(diags, DIAG_RENAME_SHAPE, span_none(), flags[i]);
                ok = false;
            }
            continue;
        }
        if ((flag.column != NULL) != columns) {
            continue;
        }
        if (!(columns ? flag_part(cx, &flag) : flag_whole(cx, &flag))) {
            diag_report(diags, DIAG_RENAME_UNKNOWN, span_none(), flags[i]);
            ok = false;
        }
    }
    return ok;
}

/* --- hints and the previous schema text --------------------------------------------------------
 */

/* The old name is there before and afterwards, so it is not renamed, and the new one is to come. */
static void hint_table(RenameCx *cx, const Table *after, Diagnostics *diags)
{
    const Name old = after->renamed_from;
    if (!add_table(cx, after->schema, old, after) &&
        catalog_find_table(cx->from, after->schema, old) != NULL &&
        catalog_find_table(cx->to, after->schema, old) != NULL &&
        catalog_find_table(cx->from, after->schema, after->name) == NULL) {
        diag_report(diags, DIAG_HINT_PASSED_OVER, after->origin.span, old->text,
                    arena_printf(cx->arena, "the table `%s`", old->text), after->name->text);
    }
}

static void hint_column(RenameCx *cx, const Column *after, Diagnostics *diags)
{
    const Name old = after->renamed_from;
    const Table *before = table_before(cx, after->table);
    if (!add_column(cx, old, after) && before != NULL && table_find_column(before, old) != NULL &&
        table_find_column(after->table, old) != NULL &&
        table_find_column(before, after->name) == NULL) {
        diag_report(diags, DIAG_HINT_PASSED_OVER, after->origin.span, old->text,
                    arena_printf(cx->arena, "the column `%s`", old->text), after->name->text);
    }
}

static void hinted_tables(RenameCx *cx, Diagnostics *diags)
{
    vec_each(Table *, at, &cx->to->tables) {
        if ((*at)->renamed_from != NULL) {
            hint_table(cx, *at, diags);
        }
    }
}

static void hinted_columns(RenameCx *cx, Diagnostics *diags)
{
    vec_each(Table *, table, &cx->to->tables) {
        vec_each(Column *, at, &(*table)->columns) {
            if ((*at)->renamed_from != NULL) {
                hint_column(cx, *at, diags);
            }
        }
    }
}

/* --- names that pass from one to the next -------------------------------------------------------
 */

typedef struct Candidate Candidate;

/* One of the list, and the next of the same old name, and of the same new one. */
struct Candidate {
    RenameCandidate *of;
    Candidate *same_old, *same_new;
};

typedef struct FallCx {
    Arena *scratch;
    RenameIsThere is_there;
    const void *from, *to;
    Map by_old, by_new;
    VEC(Candidate *) open; /* to be looked at */
} FallCx;

static bool leads_to(const FallCx *cx, Name schema, Name name)
{
    const Candidate *at = map_get2(&cx->by_new, schema, name);
    while (at != NULL && at->of->is_out) {
        at = at->same_new;
    }
    return at != NULL;
}

static bool leads_from(const FallCx *cx, Name schema, Name name)
{
    const Candidate *at = map_get2(&cx->by_old, schema, name);
    while (at != NULL && at->of->is_out) {
        at = at->same_old;
    }
    return at != NULL;
}

static bool falls(const FallCx *cx, const RenameCandidate *one)
{
    return (cx->is_there(cx->to, one->schema, one->name) &&
            !leads_to(cx, one->schema, one->name)) ||
           (cx->is_there(cx->from, one->new_schema, one->new_name) &&
            !leads_from(cx, one->new_schema, one->new_name));
}

static void fall(FallCx *cx, Candidate *candidate)
{
    const RenameCandidate *one = candidate->of;
    candidate->of->is_out = true;
    for (Candidate *at = map_get2(&cx->by_old, one->new_schema, one->new_name); at != NULL;
         at = at->same_old) {
        vec_push(cx->scratch, &cx->open, at);
    }
    for (Candidate *at = map_get2(&cx->by_new, one->schema, one->name); at != NULL;
         at = at->same_new) {
        vec_push(cx->scratch, &cx->open, at);
    }
}

/* Until nobody falls any more: whoever falls has those looked at again who rested on its names. */
void renames_let_fall(RenameCandidateList *list, RenameIsThere is_there, const void *from,
                      const void *to)
{
    FallCx cx = {.scratch = arena_new(), .is_there = is_there, .from = from, .to = to};
    vec_each(RenameCandidate, at, list) {
        Candidate *made = arena_make(cx.scratch, Candidate);
        *made = (Candidate){.of = at,
                            .same_old = map_get2(&cx.by_old, at->schema, at->name),
                            .same_new = map_get2(&cx.by_new, at->new_schema, at->new_name)};
        map_put2(cx.scratch, &cx.by_old, at->schema, at->name, made);
        map_put2(cx.scratch, &cx.by_new, at->new_schema, at->new_name, made);
        vec_push(cx.scratch, &cx.open, made);
    }
    while (cx.open.count > 0) {
        Candidate *candidate = cx.open.items[--cx.open.count];
        if (!candidate->of->is_out && falls(&cx, candidate->of)) {
            fall(&cx, candidate);
        }
    }
    arena_free(cx.scratch);
}

static bool has_table(const void *where, Name schema, Name name)
{
    return catalog_find_table(where, schema, name) != NULL;
}

static bool has_column(const void *where, Name schema UNUSED, Name name)
{
    return table_find_column(where, name) != NULL;
}

/* --- known from the previous schema text --------------------------------------------------------
 */

static void accept_table(RenameCx *cx, const RenameCandidate *candidate)
{
    const Table *after = candidate->after;
    const Rename rename = {.schema = candidate->schema,
                           .table = candidate->name,
                           .new_schema = after->schema,
                           .new_table = after->name};
    Rename *known = arena_make(cx->arena, Rename);
    *known = rename;
    vec_push(cx->arena, cx->renames, rename);
    map_put2(cx->arena, &cx->new_tables, after->schema, after->name, known);
    map_put2(cx->arena, &cx->old_tables, rename.schema, rename.table, known);
}

static void known_tables(RenameCx *cx, const Catalog *previous)
{
    RenameCandidateList list = {0};
    vec_each(Table *, at, &previous->tables) {
        const Table *before = *at;
        const Table *after = before->model == NULL ? NULL : map_get(&cx->models, before->model);
        if (after == NULL || (after->schema == before->schema && after->name == before->name) ||
            catalog_find_table(cx->from, before->schema, before->name) == NULL ||
            map_get2(&cx->new_tables, after->schema, after->name) != NULL ||
            map_get2(&cx->old_tables, before->schema, before->name) != NULL) {
            continue;
        }
        const RenameCandidate candidate = {before->schema, before->name, after->schema,
                                           after->name,    after,        false};
        vec_push(cx->arena, &list, candidate);
    }
    renames_let_fall(&list, has_table, cx->from, cx->to);
    vec_each(const RenameCandidate, at, &list) {
        if (!at->is_out) {
            accept_table(cx, at);
        }
    }
}

/* Most tables of most edits: field after field under the name it had, new ones at the end at most.
 */
static bool fields_keep_names(const Table *old, const Table *after)
{
    if (old->columns.count > after->columns.count) {
        return false;
    }
    for (size_t i = 0; i < old->columns.count; i++) {
        const Column *before = old->columns.items[i];
        const Column *wanted = after->columns.items[i];
        if (before->field != wanted->field || before->name != wanted->name) {
            return false;
        }
    }
    return true;
}

static void known_columns_of(RenameCx *cx, const Table *old, const Table *after)
{
    Map fields = {0};
    RenameCandidateList list = {0};
    const Table *before = table_before(cx, after);
    if (before == NULL) {
        return;
    }
    vec_each(Column *, at, &after->columns) {
        if ((*at)->field != NULL) {
            map_put(cx->arena, &fields, (*at)->field, *at);
        }
    }
    vec_each(Column *, at, &old->columns) {
        const Column *wanted = (*at)->field == NULL ? NULL : map_get(&fields, (*at)->field);
        if (wanted == NULL || wanted->name == (*at)->name ||
            table_find_column(before, (*at)->name) == NULL ||
            is_taken(cx, before, (*at)->name, wanted->name)) {
            continue;
        }
        const RenameCandidate candidate = {NULL, (*at)->name, NULL, wanted->name, wanted, false};
        vec_push(cx->arena, &list, candidate);
    }
    renames_let_fall(&list, has_column, before, after);
    vec_each(const RenameCandidate, at, &list) {
        if (!at->is_out) {
            take_column(cx, before, at->name, at->after);
        }
    }
}

static void known_columns(RenameCx *cx, const Catalog *previous)
{
    vec_each(Table *, at, &previous->tables) {
        const Table *after = (*at)->model == NULL ? NULL : map_get(&cx->models, (*at)->model);
        if (after != NULL && !fields_keep_names(*at, after)) {
            known_columns_of(cx, *at, after);
        }
    }
}

// NOLINTNEXTLINE(readability-function-size): every caller has these at hand, and no struct of them
bool renames_find(const Catalog *from, const Catalog *to, const Catalog *previous,
                  const char *const *flags, size_t flag_count, Diagnostics *diags, Arena *arena,
                  Renames *ret_renames)
{
    Renames found = {0};
    RenameCx cx = {.from = from,
                   .to = to,
                   .arena = arena,
                   .renames = &found.named,
                   .enums = {.from = from, .to = to, .previous = previous, .arena = arena}};
    vec_each(Table *, at, &to->tables) {
        if ((*at)->model != NULL) {
            map_put(arena, &cx.models, (*at)->model, *at);
        }
    }
    bool ok = read_flags(&cx, flags, flag_count, false, diags);
    hinted_tables(&cx, diags);
    if (previous != NULL) {
        known_tables(&cx, previous);
    }
    enum_pairs_find(&cx.enums);
    ok = read_flags(&cx, flags, flag_count, true, diags) && ok;
    hinted_columns(&cx, diags);
    if (previous != NULL) {
        known_columns(&cx, previous);
    }
    found.enums = enum_pairs_renames(&cx.enums, &found.named);
    if (ok) {
        *ret_renames = found;
    }
    return ok;
}
