/*
 * online_bound.c - what binds a column to the place where it is: no second one can take that over
 * (online_shadow.c).
 *
 * A partitioned table, an index that cannot be built beside itself, an expression that reads the
 * column, a predicate whose text may not be told apart (online_text.c), and what the language
 * cannot say over it, unless the blocks of the switch make that anew (opaque_kinds.def).
 */
#include "base/common.h"

#include <string.h>

#include "compiler/catalog/sql_write.h"
#include "compiler/plan/online/online_internal.h"

bool index_has_part(const Index *index, const Column *column)
{
    vec_each(const IndexPart, part, &index->parts) {
        if (part->column == column) {
            return true;
        }
    }
    return false;
}

static void bind(Online *cx, const void *what)
{
    if (what != NULL) {
        object_map_put(cx->arena, &cx->bound, what, cx);
    }
}

static void bind_columns(Online *cx, Column *const *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bind(cx, columns[i]);
    }
}

static void bind_what_it_reads(Online *cx, const Table *table, Name text)
{
    for (size_t i = 0; text != NULL && i < table->columns.count; i++) {
        if (sql_reads_column(text->text, table->columns.items[i]->name)) {
            bind(cx, table->columns.items[i]);
        }
    }
}

/* A predicate whose text is sure speaks of the second column as well. */
static void bind_by_predicate(Online *cx, const Index *index)
{
    if (index->predicate != NULL && !online_text_moves(cx, index->table, index->predicate)) {
        bind_columns(cx, index->predicate_columns.items, index->predicate_columns.count);
        bind_what_it_reads(cx, index->table, index->predicate);
    }
}

/* An index can be built over the second column, too; what an expression reads is text, and stays.
 */
static void bind_by_index(Online *cx, const Index *index)
{
    const bool is_plain = !index->deferrable && index->method != METHOD_OTHER &&
                          (!index->is_constraint || index->include.count == 0);
    vec_each(const IndexPart, part, &index->parts) {
        bind_what_it_reads(cx, index->table, part->expression);
        bind(cx, is_plain ? NULL : part->column);
    }
    bind_by_predicate(cx, index);
    if (!is_plain) {
        bind_columns(cx, index->include.items, index->include.count);
    }
}

static void bind_by_table(Online *cx, const Table *table)
{
    vec_each(Index *, index, &table->indexes) {
        bind_by_index(cx, *index);
    }
    if (table->is_partitioned || table->has_children) {
        bind(cx, table);
    }
}

/* Indexes of the source by (schema, name): a name is one index's. */
typedef struct NamedIndexes {
    Arena *arena;
    Map by_name;
} NamedIndexes;

static NamedIndexes name_indexes(const Catalog *catalog)
{
    NamedIndexes named = {.arena = arena_new()};
    for (size_t i = 0; catalog->opaque.count > 0 && i < catalog->tables.count; i++) {
        const Table *table = catalog->tables.items[i];
        vec_each(Index *, index, &table->indexes) {
            map_put2(named.arena, &named.by_name, table->schema, (*index)->name, *index);
        }
    }
    return named;
}

static const Index *index_named(const NamedIndexes *named, const Table *table, Name name)
{
    const Index *index =
        table == NULL || name == NULL ? NULL : map_get2(&named->by_name, table->schema, name);
    return index != NULL && index->table == table ? index : NULL;
}

/* It is among its table's indexes, too. */
static bool is_listed_index(const NamedIndexes *named, const Opaque *opaque)
{
    return opaque->kind == OPAQUE_PARTIAL_INDEX &&
           index_named(named, opaque->table, opaque->name) != NULL;
}

/* What is said of an index, a comment, would go with it. */
static void bind_by_part(Online *cx, const NamedIndexes *named, const Opaque *opaque)
{
    const Index *index = index_named(named, opaque->table, opaque->part);
    if (index != NULL) {
        vec_each(const IndexPart, part, &index->parts) {
            bind(cx, part->column);
        }
        bind_columns(cx, index->include.items, index->include.count);
    }
}

/* 'VALUE', as the server writes it. */
static bool says_value(const Opaque *opaque, Name value)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    sql_string(&text, value->text, value->len);
    const bool found = strstr(opaque->definition->text, strbuf_text(&text)) != NULL;
    strbuf_dispose(&text);
    return found;
}

static bool says_what_goes(const Opaque *opaque, const EnumType *before, const EnumType *after)
{
    vec_each(const Name, value, &before->values) {
        if (!enum_has_value(after, *value) && says_value(opaque, *value)) {
            return true;
        }
    }
    return false;
}

/* What says a value of an enum can be made anew as long as there is such a value of that. */
static bool needs_enum(const Online *cx, const Opaque *opaque, const Column *column)
{
    const Column *after = match_column_after(cx->plan->diff, column);
    vec_each(EnumType *const, type, &opaque->enums) {
        if (after != NULL && column_is_of_enum(column, *type) &&
            (!column_is_of_enum(after, *type) ||
             says_what_goes(opaque, *type, after->type.enum_type))) {
            return true;
        }
    }
    return false;
}

/* A view that nobody has agreed to make anew stops the plan (plan_opaque.c), which is then one that
 * a person completes: its column changes in one script. */
static OpaqueOnSwitch rule_of(const Online *cx, const Opaque *opaque)
{
    const bool stops = opaque->kind == OPAQUE_VIEW && !cx->plan->remakes_views;
    return stops ? SWITCH_BINDS : opaque_on_switch(opaque->kind);
}

static bool is_made_anew(const Online *cx, const Opaque *opaque, const Column *column)
{
    const OpaqueOnSwitch rule = rule_of(cx, opaque);
    return rule == SWITCH_ALONG || (rule == SWITCH_ANEW && !needs_enum(cx, opaque, column)) ||
           (rule == SWITCH_BESIDE && online_keeps_check(cx, opaque));
}

static void bind_by_opaque(Online *cx, const NamedIndexes *named, const Opaque *opaque)
{
    if (is_listed_index(named, opaque)) {
        return;
    }
    bind_by_part(cx, named, opaque);
    vec_each(Column *const, column, &opaque->columns) {
        bind(cx, is_made_anew(cx, opaque, *column) ? NULL : *column);
    }
    if (rule_of(cx, opaque) != SWITCH_BINDS) {
        return;
    }
    vec_each(Table *, table, &opaque->keyed) {
        if ((*table)->primary_key != NULL) {
            const ColumnList *columns = &(*table)->primary_key->columns;
            bind_columns(cx, columns->items, columns->count);
        }
    }
}

void online_find_bound(Online *cx)
{
    const Catalog *const sides[] = {cx->plan->from, cx->plan->to};
    for (size_t i = 0; i < lengthof(sides); i++) {
        vec_each(Table *, table, &sides[i]->tables) {
            bind_by_table(cx, *table);
        }
    }
    const NamedIndexes named = name_indexes(cx->plan->from);
    vec_each(Opaque *, opaque, &cx->plan->from->opaque) {
        bind_by_opaque(cx, &named, *opaque);
    }
    arena_free(named.arena);
}

bool online_is_bound(const Online *cx, const Column *column)
{
    return object_map_get(&cx->bound, column) != NULL ||
           object_map_get(&cx->bound, column->table) != NULL;
}
