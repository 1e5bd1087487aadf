/*
 * partitions.c - keys, indexes and foreign keys of a partitioned table, which each partition has
 * too: looked for there, else made.
 *
 * Partitions are no tables that a plan knows; they are kept because they have names, and may become
 * tables.
 *
 * Source: PostgreSQL manual, "Table Partitioning", CREATE INDEX, ALTER INDEX, ALTER TABLE.
 */
#include "base/common.h"

#include <stdlib.h>

#include "compiler/world/realm_internal.h"

/* --- what belongs together ----------------------------------------------------------------------
 */

static Relation *relation_of(const Realm *realm, const Table *table, Name name)
{
    return map_get2(&realm->relations, table->schema, name);
}

/* The index of `table` that is a part of `whole`. */
static Relation *part_in(const Realm *realm, const Table *table, const Relation *whole)
{
    Relation *found = NULL;
    if (table->primary_key != NULL) {
        found = relation_of(realm, table, table->primary_key->name);
        if (found->part_of == whole) {
            return found;
        }
    }
    vec_each(Index *const, at, &table->indexes) {
        found = relation_of(realm, table, (*at)->name);
        if (found->part_of == whole) {
            return found;
        }
    }
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        if ((*at)->table == table && (*at)->kind == OPAQUE_EXPRESSION_INDEX) {
            found = relation_of(realm, table, (*at)->name);
            if (found->part_of == whole) {
                return found;
            }
        }
    }
    return NULL;
}

static bool same_parts(const Index *a, const Index *b)
{
    if (a->parts.count != b->parts.count || a->include.count != b->include.count) {
        return false;
    }
    for (size_t i = 0; i < a->parts.count; i++) {
        const IndexPart *x = &a->parts.items[i], *y = &b->parts.items[i];
        if (x->column->name != y->column->name || x->operator_class != y->operator_class ||
            x->collation != y->collation) {
            return false;
        }
    }
    for (size_t i = 0; i < a->include.count; i++) {
        if (a->include.items[i]->name != b->include.items[i]->name) {
            return false;
        }
    }
    return true;
}

/* Order is no part of it: an index may be read both ways. */
static bool same_index(const Index *a, const Index *b)
{
    return a->kind == b->kind && a->method == b->method && a->method_name == b->method_name &&
           a->nulls_not_distinct == b->nulls_not_distinct && a->predicate == b->predicate &&
           (!a->is_constraint || b->is_constraint) && same_parts(a, b);
}

static bool same_key(const PrimaryKey *a, const PrimaryKey *b)
{
    if (b == NULL || a->columns.count != b->columns.count) {
        return false;
    }
    for (size_t i = 0; i < a->columns.count; i++) {
        if (a->columns.items[i]->name != b->columns.items[i]->name) {
            return false;
        }
    }
    return true;
}

/* One that no other index has yet. */
static Relation *matching(const Realm *realm, const Table *table, const Relation *whole)
{
    if (whole->key != NULL) {
        Relation *own = same_key(whole->key, table->primary_key)
                            ? relation_of(realm, table, table->primary_key->name)
                            : NULL;
        return own != NULL && own->part_of == NULL ? own : NULL;
    }
    vec_each(Index *const, at, &table->indexes) {
        Relation *own = relation_of(realm, table, (*at)->name);
        if (whole->index != NULL && own->part_of == NULL && same_index(whole->index, *at)) {
            return own;
        }
    }
    return NULL;
}

/* --- indexes copied -----------------------------------------------------------------------------
 */

static bool copy_parts(Realm *realm, Index *made, const Index *from)
{
    vec_each(const IndexPart, at, &from->parts) {
        IndexPart part = *at;
        part.column = table_find_column(made->table, at->column->name);
        vec_push(realm->arena, &made->parts, part);
    }
    vec_each(Column *const, at, &from->include) {
        Column *column = table_find_column(made->table, (*at)->name);
        vec_push(realm->arena, &made->include, column);
    }
    vec_each(Column *const, at, &from->predicate_columns) {
        Column *column = table_find_column(made->table, (*at)->name);
        vec_push(realm->arena, &made->predicate_columns, column);
    }
    return true;
}

static NameList part_names(Realm *realm, const Index *index)
{
    NameList names = {0};
    vec_each(const IndexPart, at, &index->parts) {
        vec_push(realm->arena, &names, at->column->name);
    }
    vec_each(Column *const, at, &index->include) {
        vec_push(realm->arena, &names, (*at)->name);
    }
    return names;
}

static void copy_predicate(Realm *realm, const Index *made, const Index *from)
{
    const OpaqueList *list = &realm->catalog->opaque;
    const size_t count = list->count;
    for (size_t i = 0; i < count; i++) {
        const Opaque *at = list->items[i];
        if (at->kind != OPAQUE_PARTIAL_INDEX || at->table != from->table ||
            at->part != from->name) {
            continue;
        }
        Opaque *note = realm_add_opaque(realm, OPAQUE_PARTIAL_INDEX, made->table,
                                        made->table->schema, made->name, at->definition);
        note->part = made->name;
        vec_each(Column *const, column, &at->columns) {
            Column *own = table_find_column(made->table, (*column)->name);
            vec_push(realm->arena, &note->columns, own);
        }
    }
}

static Relation *copy_index(Realm *realm, Table *table, const Index *from)
{
    Index *made = arena_make(realm->arena, Index);
    *made = *from;
    made->table = table;
    made->valid = true;
    made->parts.items = NULL;
    made->parts.count = made->parts.capacity = 0;
    made->include.items = made->predicate_columns.items = made->compared_columns.items = NULL;
    made->include.count = made->include.capacity = 0;
    made->predicate_columns.count = made->predicate_columns.capacity = 0;
    made->compared_columns.count = made->compared_columns.capacity = 0;
    copy_parts(realm, made, from);
    const NameList names = part_names(realm, from);
    const Name name =
        realm_name_relation(realm, table->schema, table->name, realm_joined(realm, &names),
                            from->is_constraint ? "key" : "idx");
    if (!realm_add_index(realm, made, name)) {
        return NULL;
    }
    copy_predicate(realm, made, from);
    return relation_of(realm, table, name);
}

static Relation *copy_key(Realm *realm, Table *table, const PrimaryKey *from)
{
    ColumnList columns = {0};
    if (!realm_map_columns(realm, table, &from->columns, &columns)) {
        return NULL;
    }
    PrimaryKey *made = realm_add_primary_key(realm, table, NULL, &columns);
    if (made != NULL) {
        made->deferrable = from->deferrable;
        made->initially_deferred = from->initially_deferred;
    }
    return made == NULL ? NULL : relation_of(realm, table, made->name);
}

static Relation *copy_expression_index(Realm *realm, Table *table, const Relation *from)
{
    const bool is_exclusion = from->opaque->kind == OPAQUE_EXCLUSION;
    const ColumnList uses = {from->opaque->columns.items, from->opaque->columns.count, 0};
    ColumnList used = {0};
    if (is_exclusion) {
        realm_unknown(realm, "an exclusion constraint is copied");
        return NULL;
    }
    if (!realm_map_columns(realm, table, &uses, &used)) {
        return NULL;
    }
    const Name name = realm_name_relation(realm, table->schema, table->name,
                                          realm_joined(realm, &from->columns), "idx");
    Relation relation = {.kind = RELATION_INDEX,
                         .schema = table->schema,
                         .name = name,
                         .table = table,
                         .columns = from->columns};
    Relation *taken = NULL;
    if (!realm_take_relation(realm, &relation, &taken)) {
        return NULL;
    }
    taken->opaque = realm_add_opaque(realm, OPAQUE_EXPRESSION_INDEX, table, table->schema, name,
                                     from->opaque->definition);
    realm_restate(realm, taken->opaque, from->name, name);
    vec_each(Column *const, at, &used) {
        vec_push(realm->arena, &taken->opaque->columns, *at);
    }
    return taken;
}

Relation *realm_copy_index(Realm *realm, Table *table, const Relation *from)
{
    if (from->key != NULL) {
        return copy_key(realm, table, from->key);
    }
    return from->index != NULL ? copy_index(realm, table, from->index)
                               : copy_expression_index(realm, table, from);
}

/* --- each partition has it, too -----------------------------------------------------------------
 */

static bool hand_down(Realm *realm, Table *table, Relation *whole)
{
    Relation *part = part_in(realm, table, whole);
    if (part == NULL) {
        part = matching(realm, table, whole);
    }
    if (part == NULL) {
        part = realm_copy_index(realm, table, whole);
    }
    if (part == NULL) {
        return false;
    }
    part->part_of = whole;
    return realm_hand_down_index(realm, part);
}

bool realm_hand_down_index(Realm *realm, Relation *index)
{
    const TableList children = realm_children(realm, index->table);
    for (size_t i = 0; index->table->is_partitioned && i < children.count; i++) {
        if (!hand_down(realm, children.items[i], index)) {
            return false;
        }
    }
    return true;
}

static int compare_relation_ages(const void *a, const void *b)
{
    const Relation *x = *(Relation *const *)a, *y = *(Relation *const *)b;
    const uint32_t p = realm_index_age(x), q = realm_index_age(y);
    return p < q ? -1 : p > q;
}

uint32_t realm_index_age(const Relation *index)
{
    if (index->key != NULL) {
        return index->key->origin.oid;
    }
    return index->index != NULL ? index->index->origin.oid : index->opaque->origin.oid;
}

/* In the order in which they were made. */
RelationList realm_indexes_of(Realm *realm, const Table *table)
{
    RelationList list = {0};
    if (table->primary_key != NULL) {
        vec_push(realm->arena, &list, relation_of(realm, table, table->primary_key->name));
    }
    vec_each(Index *const, at, &table->indexes) {
        vec_push(realm->arena, &list, relation_of(realm, table, (*at)->name));
    }
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        if ((*at)->table == table &&
            ((*at)->kind == OPAQUE_EXPRESSION_INDEX || (*at)->kind == OPAQUE_EXCLUSION)) {
            vec_push(realm->arena, &list, relation_of(realm, table, (*at)->name));
        }
    }
    if (list.count > 1) {
        qsort(list.items, list.count, sizeof *list.items, compare_relation_ages);
    }
    return list;
}

/* --- foreign keys -------------------------------------------------------------------------------
 */

static bool has_key_like(const Table *table, const ForeignKey *from)
{
    vec_each(ForeignKey *const, at, &table->foreign_keys) {
        bool same =
            (*at)->referenced == from->referenced && (*at)->columns.count == from->columns.count;
        for (size_t i = 0; same && i < from->columns.count; i++) {
            same = (*at)->columns.items[i]->name == from->columns.items[i]->name &&
                   (*at)->referenced_columns.items[i] == from->referenced_columns.items[i];
        }
        if (same) {
            return true;
        }
    }
    return false;
}

static bool copy_foreign_key(Realm *realm, Table *table, const ForeignKey *from)
{
    ForeignKey *made = arena_make(realm->arena, ForeignKey);
    *made = *from;
    made->table = table;
    if (!realm_map_columns(realm, table, &from->columns, &made->columns)) {
        return false;
    }
    if (realm_has_constraint(realm, table, from->name)) {
        return realm_unknown(realm, "the name of a partition's foreign key");
    }
    made->origin = realm_origin(realm);
    vec_push(realm->arena, &table->foreign_keys, made);
    return true;
}

bool realm_hand_down_keys(Realm *realm, const Table *table)
{
    const TableList children = realm_children(realm, table);
    for (size_t i = 0; table->is_partitioned && i < children.count; i++) {
        vec_each(ForeignKey *const, at, &table->foreign_keys) {
            if (!has_key_like(children.items[i], *at) &&
                !copy_foreign_key(realm, children.items[i], *at)) {
                return false;
            }
        }
        if (!realm_hand_down_keys(realm, children.items[i])) {
            return false;
        }
    }
    return true;
}

/* --- attached and detached ----------------------------------------------------------------------
 */

bool realm_hand_down_all(Realm *realm, Table *parent)
{
    const RelationList indexes = realm_indexes_of(realm, parent);
    vec_each(Relation *const, at, &indexes) {
        if (!realm_hand_down_index(realm, *at)) {
            return false;
        }
    }
    return realm_hand_down_keys(realm, parent);
}

bool realm_attach_partition(Realm *realm, Table *parent, Table *table)
{
    if (!parent->is_partitioned) {
        return realm_refuse(realm, "42P17", "table `%s` is not partitioned", parent->name->text);
    }
    if (realm_is_partition(realm, table)) {
        return realm_refuse(realm, "42809", "`%s` is already a partition", table->name->text);
    }
    if (!realm_join_family(realm, table, parent)) {
        return false;
    }
    RealmTable *state = realm_table_state(realm, table);
    state->is_partition = true;
    state->own.count = 0;
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        if ((*at)->table == parent && (*at)->kind == OPAQUE_CHECK) {
            vec_push(realm->arena, &state->inherited_checks, (*at)->name);
        }
    }
    return realm_hand_down_all(realm, parent);
}

bool realm_detach_partition(Realm *realm, Table *parent, Table *table)
{
    if (!parent->is_partitioned) {
        return realm_refuse(realm, "42P17", "table `%s` is not partitioned", parent->name->text);
    }
    if (!realm_is_partition(realm, table) || !realm_remove_parent(realm, table, parent)) {
        return realm_is_partition(realm, table)
                   ? false
                   : realm_refuse(realm, "42P01",
                                  "relation `%s` is not a partition of relation `%s`",
                                  table->name->text, parent->name->text);
    }
    realm_table_state(realm, table)->is_partition = false;
    realm_table_state(realm, table)->bound = NULL;
    const RelationList indexes = realm_indexes_of(realm, table);
    vec_each(Relation *const, at, &indexes) {
        (*at)->part_of = NULL;
    }
    return true;
}

/* All partitions have it: then it is one index. */
static void become_valid(Realm *realm, const Relation *whole)
{
    const TableList children = realm_children(realm, whole->table);
    vec_each(Table *const, at, &children) {
        const Relation *part = part_in(realm, *at, whole);
        if (part == NULL || (part->index != NULL && !part->index->valid)) {
            return;
        }
    }
    if (whole->index != NULL) {
        whole->index->valid = true;
    }
    if (whole->part_of != NULL) {
        become_valid(realm, whole->part_of);
    }
}

bool realm_attach_index(Realm *realm, Relation *whole, Relation *part)
{
    if (!whole->table->is_partitioned || part->part_of == whole) {
        return part->part_of == whole ||
               realm_refuse(realm, "42809", "`%s` is not a partitioned index", whole->name->text);
    }
    part->part_of = whole;
    become_valid(realm, whole);
    return true;
}

void realm_drop_parts(Realm *realm, const Relation *whole)
{
    const TableList children = realm_children(realm, whole->table);
    for (size_t i = 0; whole->table->is_partitioned && i < children.count; i++) {
        Relation *part = part_in(realm, children.items[i], whole);
        if (part == NULL) {
            continue;
        }
        realm_drop_parts(realm, part);
        if (part->key != NULL) {
            realm_remove_primary_key(realm, children.items[i]);
        } else if (part->index != NULL) {
            realm_remove_index(realm, part->index);
        } else {
            realm_drop_opaque(realm, part->opaque);
        }
    }
}
