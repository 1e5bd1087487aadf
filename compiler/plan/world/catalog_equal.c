#include "base/common.h"

#include "compiler/plan/world/catalog_equal.h"

#include "compiler/canon/canon.h"
#include "compiler/catalog/casts.h"
#include "compiler/catalog/enum_order.h"
#include "compiler/catalog/types.h"
#include "compiler/plan/diff/diff.h"

typedef struct Comparison {
    Arena *arena;
    const Catalog *got, *wanted;
    const char *difference; /* the first one; NULL so far */
} Comparison;

/* Notes that `what` of `table` (NULL: of the catalog) differs; always false. */
static bool differs(Comparison *cx, const Table *table, Name name, const char *what)
{
    if (cx->difference == NULL) {
        const char *owner = table == NULL ? "" : table->name->text;
        const char *dot = table == NULL || name == NULL ? "" : ".";
        cx->difference = arena_printf(cx->arena, "`%s%s%s`: %s", owner, dot,
                                      name == NULL ? "" : name->text, what);
    }
    return false;
}

/* --- columns -----------------------------------------------------------------------------------
 */

static bool has_sequence(const Column *column)
{
    return column->dflt.kind == DEFAULT_SEQUENCE || column->identity != IDENTITY_NONE;
}

/* "Whatever the database has" equals anything on the one side, and no default on the other. */
static bool same_default(const Column *got, const Column *wanted)
{
    if (wanted->dflt.kind == DEFAULT_OPAQUE || got->generated != NULL) {
        return true;
    }
    if (has_sequence(got) || has_sequence(wanted)) {
        return has_sequence(got) == has_sequence(wanted);
    }
    if (got->dflt.kind == DEFAULT_OPAQUE) {
        return wanted->dflt.kind == DEFAULT_NONE;
    }
    return default_equal(&got->dflt, &wanted->dflt);
}

static bool compare_column(Comparison *cx, const Table *got_table, const Column *wanted)
{
    const Column *got = table_find_column(got_table, wanted->name);
    if (got == NULL) {
        return differs(cx, wanted->table, wanted->name, "the column is missing");
    }
    if (!type_same(&got->type, &wanted->type)) {
        return differs(cx, wanted->table, wanted->name, "the type differs");
    }
    if (!type_said(&wanted->type)->list && got->not_null != wanted->not_null) {
        return differs(cx, wanted->table, wanted->name, "the nullability differs");
    }
    return same_default(got, wanted) ||
           differs(cx, wanted->table, wanted->name, "the default differs");
}

static bool compare_columns(Comparison *cx, const Table *got, const Table *wanted)
{
    vec_each(Column *, column, &wanted->columns) {
        if (!compare_column(cx, got, *column)) {
            return false;
        }
    }
    vec_each(Column *, column, &got->columns) {
        if (table_find_column(wanted, (*column)->name) == NULL) {
            return differs(cx, wanted, (*column)->name, "the column should be gone");
        }
    }
    return true;
}

/* Equal names in equal order. */
static bool same_columns(Column *const *a, size_t a_count, Column *const *b, size_t b_count)
{
    for (size_t i = 0; i < a_count && i < b_count; i++) {
        if (a[i]->name != b[i]->name) {
            return false;
        }
    }
    return a_count == b_count;
}

/* --- keys and indexes --------------------------------------------------------------------------
 */

static bool compare_primary_key(Comparison *cx, const Table *got, const Table *wanted)
{
    const PrimaryKey *a = got->primary_key;
    const PrimaryKey *b = wanted->primary_key;
    if (a == NULL || b == NULL) {
        return a == b || differs(cx, wanted, NULL, "the primary key is missing or should be gone");
    }
    return (a->name == b->name &&
            same_columns(a->columns.items, a->columns.count, b->columns.items, b->columns.count)) ||
           differs(cx, wanted, b->name, "the primary key differs");
}

static bool same_operator_class(const IndexPart *a, const IndexPart *b)
{
    Name first = a->operator_class_is_default ? NULL : a->operator_class;
    Name second = b->operator_class_is_default ? NULL : b->operator_class;
    return first == second || first == NULL || second == NULL;
}

static bool same_part(const IndexPart *a, const IndexPart *b)
{
    if (a->column == NULL || b->column == NULL) {
        return a->column == b->column && a->expression == b->expression;
    }
    return a->column->name == b->column->name && (a->sort == SORT_DESC) == (b->sort == SORT_DESC) &&
           same_operator_class(a, b);
}

/* What was made of the wanted one follows every renaming by itself. */
static bool same_predicate(const Index *got, const Index *wanted)
{
    return got->source == wanted || (got->source != NULL && got->source == wanted->source) ||
           got->predicate_canonical == wanted->predicate_canonical;
}

bool index_equal(const Index *a, const Index *b, const Catalog *wanted_in)
{
    if (a->kind != b->kind || a->method != b->method || a->method_name != b->method_name ||
        a->parts.count != b->parts.count) {
        return false;
    }
    for (size_t i = 0; i < a->parts.count; i++) {
        if (!same_part(&a->parts.items[i], &b->parts.items[i])) {
            return false;
        }
    }
    return !wanted_in->manages_partial_indexes || same_predicate(a, b);
}

static Map indexes_by_name(Comparison *cx, const Table *table)
{
    Map map = {0};
    map_reserve(cx->arena, &map, table->indexes.count);
    for (size_t i = table->indexes.count; i-- > 0;) {
        map_put(cx->arena, &map, table->indexes.items[i]->name, table->indexes.items[i]);
    }
    return map;
}

static bool compare_indexes(Comparison *cx, const Table *got, const Table *wanted)
{
    const Map ours = indexes_by_name(cx, got), theirs = indexes_by_name(cx, wanted);
    vec_each(Index *, index, &wanted->indexes) {
        const Index *found = map_get(&ours, (*index)->name);
        if (found == NULL) {
            return differs(cx, wanted, (*index)->name, "the index is missing");
        }
        if (!index_equal(found, *index, cx->wanted)) {
            return differs(cx, wanted, (*index)->name, "the index differs");
        }
    }
    vec_each(Index *, index, &got->indexes) {
        if (!diff_ignores_index(*index, cx->wanted) && map_get(&theirs, (*index)->name) == NULL) {
            return differs(cx, wanted, (*index)->name, "the index should be gone");
        }
    }
    return true;
}

static bool same_foreign_key(const ForeignKey *a, const ForeignKey *b)
{
    return a->referenced->schema == b->referenced->schema &&
           a->referenced->name == b->referenced->name && a->on_delete == b->on_delete &&
           a->on_update == b->on_update &&
           same_columns(a->columns.items, a->columns.count, b->columns.items, b->columns.count) &&
           same_columns(a->referenced_columns.items, a->referenced_columns.count,
                        b->referenced_columns.items, b->referenced_columns.count);
}

static Map keys_by_name(Comparison *cx, const Table *table)
{
    Map map = {0};
    map_reserve(cx->arena, &map, table->foreign_keys.count);
    for (size_t i = table->foreign_keys.count; i-- > 0;) {
        map_put(cx->arena, &map, table->foreign_keys.items[i]->name, table->foreign_keys.items[i]);
    }
    return map;
}

/* Join tables, which have two, keep the names other versions gave to their foreign keys. */
static const ForeignKey *find_foreign_key(const Map *by_name, const Table *table,
                                          const ForeignKey *wanted, bool by_meaning)
{
    for (size_t i = 0; by_meaning && i < table->foreign_keys.count; i++) {
        if (same_foreign_key(table->foreign_keys.items[i], wanted)) {
            return table->foreign_keys.items[i];
        }
    }
    return map_get(by_name, wanted->name);
}

static bool compare_foreign_keys(Comparison *cx, const Table *got, const Table *wanted)
{
    const bool by_meaning = wanted->is_join_table;
    const Map ours = keys_by_name(cx, got), theirs = keys_by_name(cx, wanted);
    vec_each(ForeignKey *, key, &wanted->foreign_keys) {
        const ForeignKey *found = find_foreign_key(&ours, got, *key, by_meaning);
        if (found == NULL) {
            return differs(cx, wanted, (*key)->name, "the foreign key is missing");
        }
        if (!same_foreign_key(found, *key)) {
            return differs(cx, wanted, (*key)->name, "the foreign key differs");
        }
    }
    vec_each(ForeignKey *, key, &got->foreign_keys) {
        if (!diff_ignores_foreign_key(*key, cx->wanted) &&
            find_foreign_key(&theirs, wanted, *key, by_meaning) == NULL) {
            return differs(cx, wanted, (*key)->name, "the foreign key should be gone");
        }
    }
    return true;
}

/* --- the whole ---------------------------------------------------------------------------------
 */

static bool compare_table(Comparison *cx, const Table *wanted)
{
    const Table *got = catalog_find_table(cx->got, wanted->schema, wanted->name);
    if (diff_ignores(wanted)) {
        return true;
    }
    if (got == NULL) {
        return differs(cx, wanted, NULL, "the table is missing");
    }
    return compare_columns(cx, got, wanted) && compare_primary_key(cx, got, wanted) &&
           compare_indexes(cx, got, wanted) && compare_foreign_keys(cx, got, wanted);
}

static bool compare_enum(Comparison *cx, const EnumType *wanted)
{
    const EnumType *got = catalog_find_enum(cx->got, wanted->schema, wanted->name);
    if (got == NULL) {
        return differs(cx, NULL, wanted->name, "the enum type is missing");
    }
    bool same = got->values.count == wanted->values.count;
    const Map places = enum_places(cx->arena, got);
    vec_each(Name, value, &wanted->values) {
        same = same && enum_place(&places, *value) > 0;
    }
    return same || differs(cx, NULL, wanted->name, "the values of the enum type differ");
}

bool table_equal(Arena *arena, const Catalog *got, const Catalog *wanted, const Table *table)
{
    Comparison cx = {.arena = arena, .got = got, .wanted = wanted};
    return compare_table(&cx, table);
}

/* What is there and should not be; what should be there was asked for already. */
static bool compare_leftovers(Comparison *cx)
{
    vec_each(Table *, table, &cx->got->tables) {
        if (!diff_ignores(*table) &&
            catalog_find_table(cx->wanted, (*table)->schema, (*table)->name) == NULL) {
            return differs(cx, *table, NULL, "the table should be gone");
        }
    }
    vec_each(EnumType *, type, &cx->got->enums) {
        if (!diff_ignores_enum(*type, cx->wanted) &&
            catalog_find_enum(cx->wanted, (*type)->schema, (*type)->name) == NULL) {
            return differs(cx, NULL, (*type)->name, "the enum type should be gone");
        }
    }
    return true;
}

static bool compare_catalogs(Comparison *cx)
{
    vec_each(EnumType *, type, &cx->wanted->enums) {
        if (!compare_enum(cx, *type)) {
            return false;
        }
    }
    vec_each(Table *, table, &cx->wanted->tables) {
        if (!compare_table(cx, *table)) {
            return false;
        }
    }
    return compare_leftovers(cx);
}

bool catalog_equal(Arena *arena, const Catalog *got, const Catalog *wanted,
                   const char **ret_difference)
{
    Comparison cx = {.arena = arena, .got = got, .wanted = wanted};
    if (compare_catalogs(&cx)) {
        return true;
    }
    *ret_difference = cx.difference;
    return false;
}
