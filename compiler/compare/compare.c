#include "base/common.h"

#include "compiler/compare/compare_internal.h"

#include <string.h>

#include "compiler/canon/canon.h"
#include "compiler/catalog/casts.h"

void compare_leave_out(CompareCx *cx, const Difference *difference)
{
    const char *bookkeeping = cx->options->bookkeeping;
    const bool asked = bookkeeping == NULL || difference->schema == NULL ||
                       strcmp(difference->schema->text, bookkeeping) != 0;
    cx->result.left_out += asked ? 1 : 0;
}

void compare_add(CompareCx *cx, Difference difference)
{
    if (compare_leaves_out(cx->options, difference.word, difference.schema, difference.relation,
                           difference.name)) {
        compare_leave_out(cx, &difference);
        return;
    }
    vec_push(cx->arena, &cx->result.differences, difference);
}

/* --- when facts are the same --------------------------------------------------------------------
 */

static bool same_values(const EnumType *a, const EnumType *b)
{
    for (size_t i = 0; i < a->values.count && i < b->values.count; i++) {
        if (a->values.items[i] != b->values.items[i]) {
            return false;
        }
    }
    return a->values.count == b->values.count;
}

/* Of the columns that both have. */
static bool same_order(const Table *a, const Table *b)
{
    const Column *last = NULL;
    vec_each(Column *, at, &a->columns) {
        const Column *column = table_find_column(b, (*at)->name);
        if (column != NULL && last != NULL && column->position < last->position) {
            return false;
        }
        last = column == NULL ? last : column;
    }
    return true;
}

/* A domain is not the type it is over. */
/* `bpchar` is of any length; `char`, which is written otherwise only, is of one letter. */
static bool has_length(const ColumnType *type)
{
    return type->id != TYPE_CHAR || type->arguments[0] >= 0;
}

static bool same_type(const Column *a, const Column *b)
{
    const ColumnType *x = &a->type, *y = &b->type;
    return has_length(x) == has_length(y) && (x->id == TYPE_OTHER) == (y->id == TYPE_OTHER) &&
           (x->domain_of == NULL) == (y->domain_of == NULL) && type_same(x, y);
}

static bool same_sequence(const Sequence *a, const Sequence *b)
{
    if (a == NULL || b == NULL) {
        return a == b;
    }
    return a->schema == b->schema && a->name == b->name && a->owned == b->owned;
}

static bool same_default(const Column *a, const Column *b)
{
    const Default *x = &a->dflt, *y = &b->dflt;
    if (x->kind == DEFAULT_SEQUENCE && y->kind == DEFAULT_SEQUENCE) {
        return same_sequence(x->sequence, y->sequence);
    }
    return default_equal(x, y);
}

static bool same_generated(const Column *a, const Column *b)
{
    return a->generated_canonical == b->generated_canonical &&
           a->generated_virtual == b->generated_virtual;
}

static bool same_columns(ColumnList a, ColumnList b)
{
    for (size_t i = 0; i < a.count && i < b.count; i++) {
        if (a.items[i]->name != b.items[i]->name) {
            return false;
        }
    }
    return a.count == b.count;
}

static bool same_part(const IndexPart *a, const IndexPart *b)
{
    const Name x = a->column == NULL ? NULL : a->column->name;
    const Name y = b->column == NULL ? NULL : b->column->name;
    return x == y && a->expression == b->expression && a->sort == b->sort && a->nulls == b->nulls &&
           a->operator_class == b->operator_class && a->collation == b->collation;
}

static bool same_parts(const Index *a, const Index *b)
{
    for (size_t i = 0; i < a->parts.count && i < b->parts.count; i++) {
        if (!same_part(&a->parts.items[i], &b->parts.items[i])) {
            return false;
        }
    }
    return a->parts.count == b->parts.count;
}

static bool same_included(const Index *a, const Index *b)
{
    const ColumnList x = {.items = a->include.items, .count = a->include.count};
    const ColumnList y = {.items = b->include.items, .count = b->include.count};
    return same_columns(x, y);
}

static bool same_referenced(const ForeignKey *a, const ForeignKey *b)
{
    return a->referenced->schema == b->referenced->schema &&
           a->referenced->name == b->referenced->name &&
           same_columns(a->referenced_columns, b->referenced_columns);
}

/* --- facts --------------------------------------------------------------------------------------
 */

typedef enum FactOwner {
    OWNER_Schema,
    OWNER_Extension,
    OWNER_EnumType,
    OWNER_Table,
    OWNER_Column,
    OWNER_PrimaryKey,
    OWNER_Index,
    OWNER_ForeignKey,
} FactOwner;

typedef enum FactId {
#define COMPARED(id, ...) id,
#include "compiler/compare/compare.def"
#undef COMPARED
} FactId;

#define COMPARED(id, Owner, word, name, query, same)                                               \
    static bool same_##id(const void *x, const void *y)                                            \
    {                                                                                              \
        const Owner *a = x, *b = y;                                                                \
        (void)a, (void)b;                                                                          \
        return (same);                                                                             \
    }
#include "compiler/compare/compare.def"
#undef COMPARED

typedef struct FactRow {
    FactOwner owner;
    const char *word, *name;
    bool (*same)(const void *a, const void *b);
} FactRow;

static const FactRow facts[] = {
#define COMPARED(id, Owner, word, name, query, same) [id] = {OWNER_##Owner, word, name, same_##id},
#include "compiler/compare/compare.def"
#undef COMPARED
};

/* Where an object stands. */
typedef struct Place {
    Name schema, relation, name;
} Place;

static void add_fact(CompareCx *cx, DifferenceKind kind, FactId id, Place place)
{
    compare_add(cx, (Difference){.kind = kind,
                                 .word = facts[id].word,
                                 .title = facts[id].name,
                                 .schema = place.schema,
                                 .relation = place.relation,
                                 .name = place.name,
                                 .is_fact = true});
}

static bool is_stated(const CompareCx *cx, Name extension)
{
    for (size_t i = 0; cx->options != NULL && i < cx->options->stated_count; i++) {
        if (name_is(extension, cx->options->stated_versions[i])) {
            return true;
        }
    }
    return false;
}

/* All rows of the owner; `a` is the expected one. False when one of them is missing. */
static bool compare_facts(CompareCx *cx, FactId presence, const void *a, const void *b, Place place)
{
    if (a == NULL || b == NULL) {
        add_fact(cx, a == NULL ? DIFFERENCE_ADDED : DIFFERENCE_MISSING, presence, place);
        return false;
    }
    for (size_t id = 0; id < lengthof(facts); id++) {
        if (facts[id].owner == facts[presence].owner && !facts[id].same(a, b) &&
            (id != COMPARED_EXTENSION_VERSION || is_stated(cx, place.name))) {
            add_fact(cx, DIFFERENCE_CHANGED, (FactId)id, place);
        }
    }
    return true;
}

/* --- tables -------------------------------------------------------------------------------------
 */

static void compare_columns(CompareCx *cx, const Table *a, const Table *b)
{
    vec_each(Column *, at, &a->columns) {
        compare_facts(cx, COMPARED_COLUMN, *at, table_find_column(b, (*at)->name),
                      (Place){a->schema, a->name, (*at)->name});
    }
    vec_each(Column *, at, &b->columns) {
        if (table_find_column(a, (*at)->name) == NULL) {
            compare_facts(cx, COMPARED_COLUMN, NULL, *at, (Place){a->schema, a->name, (*at)->name});
        }
    }
}

/* A key of another name is another key. */
static void compare_keys(CompareCx *cx, const Table *a, const Table *b)
{
    const PrimaryKey *x = a->primary_key, *y = b->primary_key;
    const bool both = x != NULL && y != NULL && x->name == y->name;
    if (x != NULL) {
        compare_facts(cx, COMPARED_KEY, x, both ? y : NULL, (Place){a->schema, a->name, x->name});
    }
    if (y != NULL && !both) {
        compare_facts(cx, COMPARED_KEY, NULL, y, (Place){a->schema, a->name, y->name});
    }
}

static const Index *find_index(const Table *table, Name name)
{
    vec_each(Index *, at, &table->indexes) {
        if ((*at)->name == name) {
            return *at;
        }
    }
    return NULL;
}

static void compare_indexes(CompareCx *cx, const Table *a, const Table *b)
{
    vec_each(Index *, at, &a->indexes) {
        compare_facts(cx, COMPARED_INDEX, *at, find_index(b, (*at)->name),
                      (Place){a->schema, a->name, (*at)->name});
    }
    vec_each(Index *, at, &b->indexes) {
        if (find_index(a, (*at)->name) == NULL) {
            compare_facts(cx, COMPARED_INDEX, NULL, *at, (Place){a->schema, a->name, (*at)->name});
        }
    }
}

static const ForeignKey *find_foreign_key(const Table *table, Name name)
{
    vec_each(ForeignKey *, at, &table->foreign_keys) {
        if ((*at)->name == name) {
            return *at;
        }
    }
    return NULL;
}

static void compare_foreign_keys(CompareCx *cx, const Table *a, const Table *b)
{
    vec_each(ForeignKey *, at, &a->foreign_keys) {
        compare_facts(cx, COMPARED_REFERENCE, *at, find_foreign_key(b, (*at)->name),
                      (Place){a->schema, a->name, (*at)->name});
    }
    vec_each(ForeignKey *, at, &b->foreign_keys) {
        if (find_foreign_key(a, (*at)->name) == NULL) {
            compare_facts(cx, COMPARED_REFERENCE, NULL, *at,
                          (Place){a->schema, a->name, (*at)->name});
        }
    }
}

static void compare_tables(CompareCx *cx)
{
    vec_each(Table *, at, &cx->expected->tables) {
        const Table *a = *at, *b = catalog_find_table(cx->live, a->schema, a->name);
        if (compare_facts(cx, COMPARED_TABLE, a, b, (Place){a->schema, a->name, NULL})) {
            compare_columns(cx, a, b);
            compare_keys(cx, a, b);
            compare_indexes(cx, a, b);
            compare_foreign_keys(cx, a, b);
        }
    }
    vec_each(Table *, at, &cx->live->tables) {
        if (catalog_find_table(cx->expected, (*at)->schema, (*at)->name) == NULL) {
            compare_facts(cx, COMPARED_TABLE, NULL, *at, (Place){(*at)->schema, (*at)->name, NULL});
        }
    }
}

/* --- what stands beside tables ------------------------------------------------------------------
 */

/* A database of a replay holds more schemas than a project may speak of. */
static bool is_in_scope(const CompareOptions *options, Name schema)
{
    if (options == NULL || options->only_schemas == NULL) {
        return true;
    }
    for (size_t i = 0; i < options->only_count; i++) {
        if (options->only_schemas[i] == schema) {
            return true;
        }
    }
    return false;
}

static void compare_schemas(CompareCx *cx)
{
    vec_each(Schema *, at, &cx->expected->schemas) {
        if (is_in_scope(cx->options, (*at)->name)) {
            compare_facts(cx, COMPARED_SCHEMA, *at,
                          map_get(&cx->live->schemas_by_name, (*at)->name),
                          (Place){(*at)->name, NULL, (*at)->name});
        }
    }
    vec_each(Schema *, at, &cx->live->schemas) {
        if (map_get(&cx->expected->schemas_by_name, (*at)->name) == NULL) {
            compare_facts(cx, COMPARED_SCHEMA, NULL, *at, (Place){(*at)->name, NULL, (*at)->name});
        }
    }
}

static const Extension *find_extension(const Catalog *catalog, Name name)
{
    vec_each(Extension *, at, &catalog->extensions) {
        if ((*at)->name == name) {
            return *at;
        }
    }
    return NULL;
}

static void compare_extensions(CompareCx *cx)
{
    vec_each(Extension *, at, &cx->expected->extensions) {
        compare_facts(cx, COMPARED_EXTENSION, *at, find_extension(cx->live, (*at)->name),
                      (Place){.name = (*at)->name});
    }
    vec_each(Extension *, at, &cx->live->extensions) {
        if (find_extension(cx->expected, (*at)->name) == NULL) {
            compare_facts(cx, COMPARED_EXTENSION, NULL, *at, (Place){.name = (*at)->name});
        }
    }
}

static void compare_enums(CompareCx *cx)
{
    vec_each(EnumType *, at, &cx->expected->enums) {
        compare_facts(cx, COMPARED_ENUM, *at,
                      catalog_find_enum(cx->live, (*at)->schema, (*at)->name),
                      (Place){(*at)->schema, NULL, (*at)->name});
    }
    vec_each(EnumType *, at, &cx->live->enums) {
        if (catalog_find_enum(cx->expected, (*at)->schema, (*at)->name) == NULL) {
            compare_facts(cx, COMPARED_ENUM, NULL, *at, (Place){(*at)->schema, NULL, (*at)->name});
        }
    }
}

/* --- all ---------------------------------------------------------------------------------------
 */

Comparison compare_catalogs(Arena *arena, const Catalog *expected, const Catalog *live,
                            const CompareOptions *options)
{
    CompareCx cx = {.arena = arena, .expected = expected, .live = live, .options = options};
    compare_schemas(&cx);
    compare_extensions(&cx);
    compare_enums(&cx);
    compare_tables(&cx);
    compare_objects(&cx);
    return cx.result;
}

bool compare_knows(const char *word)
{
    for (size_t i = 0; i < lengthof(facts); i++) {
        if (strcmp(facts[i].word, word) == 0) {
            return true;
        }
    }
    return compare_knows_object(word);
}
