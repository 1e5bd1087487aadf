/*
 * aside.c - the closure: columns change, keys and indexes over them step aside, and with these the
 * foreign keys that rest on them.
 *
 * What happens to a column is a set of bits, found when columns are paired; a table to which
 * nothing happens costs nothing here. Of each object is asked, row by row of aside.def, whether it
 * holds of a part of it.
 */
#include "base/common.h"

#include "compiler/plan/diff/aside.h"

#include "compiler/catalog/casts.h"
#include "compiler/plan/diff/diff_internal.h"

/* The columns by which one part of an object rests on a table. */
typedef struct Rest {
    AsidePart part;
    const PairInfo *pair;
    Column *const *columns;
    size_t count;
} Rest;

enum { REST_LIMIT = 4 };

/* An object, in all its parts. */
typedef struct Object {
    const ForeignKey *key; /* where it is one */
    Rest rests[REST_LIMIT];
    size_t count;
    bool by_server_alone; /* the format knows nothing of it */
} Object;

/* What happens to whom. */
typedef struct Event {
    const PairInfo *pair;
    const Column *column; /* of the source; NULL: the key's */
    const LostKey *key;
} Event;

/* --- the rows' conditions ----------------------------------------------------------------------
 */

static const ColumnType *type_after(const Event *event)
{
    return &event->pair->after[event->column->position]->type;
}

static bool aside_always(UNUSED const Object *object, UNUSED const Event *event)
{
    return true;
}

static bool aside_other_kin(UNUSED const Object *object, const Event *event)
{
    return !type_keeps_comparisons(&event->column->type, type_after(event));
}

/* Where rows are rewritten the server looks for no cast (measured on PostgreSQL 12 to 18: "could
 * not find cast from ... to 3500"). */
static bool aside_fails_again(const Object *object, const Event *event)
{
    const PairInfo *pair = event->pair;
    if (!foreign_key_is_over_enum(object->key)) {
        return false;
    }
    vec_each(Column *, at, &pair->tables.before->columns) {
        const Column *after = pair->after[(*at)->position];
        if (after != NULL && (pair->facets[(*at)->position] & FACET_TYPE) != 0 &&
            !cast_is_free(&(*at)->type, &after->type)) {
            return false;
        }
    }
    return true;
}

/* The server would keep the default of an enum as a cast from it, and with that the type in use. */
static bool aside_no_cast(UNUSED const Object *object, const Event *event)
{
    const DefaultKind kind = event->column->dflt.kind;
    const bool plain = kind != DEFAULT_NONE && kind != DEFAULT_SEQUENCE && kind != DEFAULT_OPAQUE;
    return plain && (event->column->type.id == TYPE_ENUM ||
                     cast_needs_using(&event->column->type, type_after(event)));
}

static bool same_set(Column *const *columns, size_t count, const ForeignKey *foreign)
{
    if (count != foreign->referenced_columns.count) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!column_in_list(columns[i], foreign->referenced_columns.items,
                            foreign->referenced_columns.count)) {
            return false;
        }
    }
    return true;
}

/* Where no database told what the foreign key rests on, the server took the oldest that fits: the
 * primary key comes with the table. */
static bool aside_rests_on(const Object *object, const Event *event)
{
    const ForeignKey *foreign = object->key;
    const LostKey *key = event->key;
    const PrimaryKey *primary = foreign->referenced->primary_key;
    if (!same_set(key->columns, key->count, foreign)) {
        return false;
    }
    if (foreign->rests_on != NULL) {
        return foreign->rests_on == key->name;
    }
    return primary == NULL || primary->name == key->name ||
           !same_set(primary->columns.items, primary->columns.count, foreign);
}

/* --- the rows ----------------------------------------------------------------------------------
 */

typedef struct Row {
    Aside aside; /* without what it happens to */
    bool (*holds)(const Object *object, const Event *event);
} Row;

static const Row rows[] = {
#define ASIDE(happens, part_of, whose, condition, reason)                                          \
    {{.when = ASIDE_##happens,                                                                     \
      .part = ASIDE_##part_of,                                                                     \
      .rule = ASIDE_BY_##whose,                                                                    \
      .name = #happens},                                                                           \
     aside_##condition},
#include "compiler/plan/diff/aside.def"
#undef ASIDE
};

static bool happens_to_column(const Row *row, const Object *object, const Rest *rest,
                              Event *ret_event)
{
    for (size_t i = 0; i < rest->count; i++) {
        const Column *column = rest->columns[i];
        const Event event = {.pair = rest->pair, .column = column};
        if (column != NULL && (rest->pair->happens[column->position] & (1U << row->aside.when)) &&
            row->holds(object, &event)) {
            *ret_event = event;
            return true;
        }
    }
    return false;
}

static bool happens_to_key(const Row *row, const Object *object, const Rest *rest, Event *ret_event)
{
    vec_each(const LostKey, key, &rest->pair->lost_keys) {
        const Event event = {.pair = rest->pair, .key = key};
        if (row->holds(object, &event)) {
            *ret_event = event;
            return true;
        }
    }
    return false;
}

static bool happens(const Row *row, const Object *object, const Rest *rest, Event *ret_event)
{
    if (row->aside.part != rest->part) {
        return false;
    }
    return row->aside.when == ASIDE_KEY_GOES ? happens_to_key(row, object, rest, ret_event)
                                             : happens_to_column(row, object, rest, ret_event);
}

/* The first row that holds; NULL: the object stays. */
static const Aside *find_cause(const DiffCx *cx, const Object *object)
{
    for (size_t i = 0; i < lengthof(rows); i++) {
        const Row *row = &rows[i];
        for (size_t j = 0; j < object->count; j++) {
            Event event;
            if ((!object->by_server_alone || row->aside.rule == ASIDE_BY_SERVER) &&
                happens(row, object, &object->rests[j], &event)) {
                Aside *cause = arena_make(cx->arena, Aside);
                *cause = row->aside;
                cause->column = event.column;
                cause->key = event.key == NULL ? NULL : event.key->name;
                return cause;
            }
        }
    }
    return NULL;
}

static void decide(DiffCx *cx, const void *identity, const Object *object)
{
    const Aside *cause = find_cause(cx, object);
    if (cause != NULL) {
        object_map_put(cx->arena, &cx->asides, identity, (void *)(uintptr_t)cause);
    }
}

const Aside *aside_of(const DiffCx *cx, const void *identity)
{
    return object_map_get(&cx->asides, identity);
}

/* --- objects -----------------------------------------------------------------------------------
 */

static void decide_default(DiffCx *cx, const PairInfo *pair, Column *const *column)
{
    const Object object = {.rests = {{ASIDE_DEFAULT, pair, column, 1}}, .count = 1};
    decide(cx, *column, &object);
}

static void lose(DiffCx *cx, PairInfo *pair, Name name, Column *const *columns, size_t count)
{
    vec_push(cx->arena, &pair->lost_keys, (LostKey){name, columns, count});
}

static void decide_primary_key(DiffCx *cx, PairInfo *pair)
{
    const PrimaryKey *key = pair->tables.before->primary_key;
    if (key == NULL) {
        return;
    }
    const Object object = {
        .rests = {{ASIDE_PRIMARY_KEY, pair, key->columns.items, key->columns.count}}, .count = 1};
    decide(cx, key, &object);
    if (!pair->keeps_key || aside_of(cx, key) != NULL) {
        lose(cx, pair, key->name, key->columns.items, key->columns.count);
    }
}

static Column **columns_of(DiffCx *cx, const Index *index)
{
    Column **columns = arena_array(cx->arena, Column *, index->parts.count + 1);
    for (size_t i = 0; i < index->parts.count; i++) {
        columns[i] = index->parts.items[i].column;
    }
    return columns;
}

static void decide_index(DiffCx *cx, PairInfo *pair, const Index *index, const Index *after)
{
    const bool gone = after == NULL && !diff_ignores_index(index, cx->to);
    if (!gone && pair->any_happens == 0) {
        return;
    }
    Column *const *columns = columns_of(cx, index);
    const Object object = {
        .rests = {{ASIDE_INDEX_PART, pair, columns, index->parts.count},
                  {ASIDE_INCLUDE, pair, index->include.items, index->include.count},
                  {ASIDE_PREDICATE, pair, index->predicate_columns.items,
                   index->predicate_columns.count},
                  {ASIDE_COMPARISON, pair, index->compared_columns.items,
                   index->compared_columns.count}},
        .count = 4};
    decide(cx, index, &object);
    if (index->kind == INDEX_UNIQUE && index->predicate == NULL &&
        (gone || aside_of(cx, index) != NULL)) {
        lose(cx, pair, index->name, columns, index->parts.count);
    }
}

/* What nobody wants differs. What the language cannot say stays where the server lets it. */
static void decide_foreign_key(DiffCx *cx, const PairInfo *pair, const ForeignKey *key,
                               const ForeignKey *after)
{
    const PairInfo *referenced = pair_of_before(cx, key->referenced);
    if (referenced == NULL || (pair->any_happens == 0 && referenced->any_happens == 0 &&
                               referenced->lost_keys.count == 0)) {
        return;
    }
    const Object object = {
        .key = key,
        .rests = {{ASIDE_FOREIGN_KEY, pair, key->columns.items, key->columns.count},
                  {ASIDE_REFERENCE, referenced, key->referenced_columns.items,
                   key->referenced_columns.count}},
        .count = 2,
        .by_server_alone = after == NULL};
    decide(cx, key, &object);
}

/* Columns first, then what is over them, then what rests on that: no more rounds are needed. */
void aside_close(DiffCx *cx)
{
    vec_each(PairInfo *, at, &cx->pairs) {
        PairInfo *pair = *at;
        const Table *before = pair->tables.before;
        for (size_t i = 0; pair->any_happens != 0 && i < before->columns.count; i++) {
            decide_default(cx, pair, &before->columns.items[i]);
        }
        decide_primary_key(cx, pair);
        for (size_t i = 0; i < before->indexes.count; i++) {
            decide_index(cx, pair, before->indexes.items[i], pair->indexes_after[i]);
        }
    }
    vec_each(PairInfo *, at, &cx->pairs) {
        const ForeignKeyList *keys = &(*at)->tables.before->foreign_keys;
        for (size_t i = 0; i < keys->count; i++) {
            decide_foreign_key(cx, *at, keys->items[i], (*at)->keys_after[i]);
        }
    }
}
