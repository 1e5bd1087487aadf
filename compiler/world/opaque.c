/*
 * opaque.c - objects that are kept as they are: who uses what, and how they go.
 */
#include "base/common.h"

#include "compiler/world/realm_internal.h"

bool opaque_uses_table(const Opaque *opaque, const Table *table)
{
    vec_each(Table *const, at, &opaque->tables) {
        if (*at == table) {
            return true;
        }
    }
    return opaque->table == table;
}

bool opaque_uses_column(const Opaque *opaque, const Column *column)
{
    return column_in_list(column, opaque->columns.items, opaque->columns.count);
}

Opaque *realm_add_opaque(Realm *realm, OpaqueKind kind, Table *table, Name schema, Name name,
                         Name definition)
{
    Opaque *opaque = arena_make(realm->arena, Opaque);
    *opaque = (Opaque){.kind = kind,
                       .schema = schema,
                       .name = name,
                       .table = table,
                       .relation = table == NULL ? NULL : table->name,
                       .definition = definition,
                       .has_other_path = !realm_has_common_path(realm),
                       .origin = realm_origin(realm)};
    vec_push(realm->arena, &realm->catalog->opaque, opaque);
    return opaque;
}

static bool has_relation_name(const Opaque *opaque)
{
    switch ((int)opaque->kind) { /* an open set */
    case OPAQUE_VIEW:
    case OPAQUE_MATERIALIZED_VIEW:
    case OPAQUE_EXPRESSION_INDEX:
    case OPAQUE_EXCLUSION:
    case OPAQUE_COMPOSITE_TYPE:
    case OPAQUE_SEQUENCE:
        return true;
    default:
        return false;
    }
}

static bool has_type_name(const Opaque *opaque)
{
    return opaque->kind == OPAQUE_VIEW || opaque->kind == OPAQUE_MATERIALIZED_VIEW ||
           opaque->kind == OPAQUE_COMPOSITE_TYPE || opaque->kind == OPAQUE_DOMAIN;
}

/* What is said about a part of a table, or about something that stands alone. */
static bool is_about(const Opaque *note, const Opaque *opaque)
{
    return note != opaque && note->part != NULL && note->part == opaque->name &&
           note->table == opaque->table && note->schema == opaque->schema &&
           note->kind == OPAQUE_PARTIAL_INDEX;
}

void realm_drop_opaque(Realm *realm, Opaque *opaque)
{
    OpaqueList *list = &realm->catalog->opaque;
    if (has_relation_name(opaque)) {
        realm_free_relation(realm, opaque->schema, opaque->name);
    }
    if (has_type_name(opaque)) {
        map_remove2(&realm->types, opaque->schema, opaque->name);
    }
    for (size_t i = list->count; i > 0; i--) {
        if (list->items[i - 1] == opaque || is_about(list->items[i - 1], opaque)) {
            vec_take_out(list, i - 1);
        }
    }
}
