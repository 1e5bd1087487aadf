/*
 * type_changes.c - a column gets another type: what rests on it and may not follow. Its foreign
 * keys are asked behind all changes of a statement: key_types.c.
 *
 * Source: PostgreSQL manual, ALTER TABLE; opaque_kinds.def.
 */
#include "base/common.h"

#include "compiler/catalog/casts.h"
#include "compiler/catalog/types.h"
#include "compiler/world/realm_internal.h"

static bool is_whole(const ColumnType *type)
{
    return !type->list &&
           (type->id == TYPE_SMALLINT || type->id == TYPE_INTEGER || type->id == TYPE_BIGINT);
}

static bool is_text(const ColumnType *type)
{
    return !type->list && (type->id == TYPE_TEXT || type->id == TYPE_VARCHAR);
}

/* Does the expression, made anew over the new type, mean what it did? The operators of whole
 * numbers take all of them, functions do not. */
static bool keeps_meaning(const ColumnType *a, const ColumnType *b, Name expression)
{
    const bool same_but_length =
        a->id == b->id && a->list == b->list && a->id != TYPE_OTHER && a->id != TYPE_ENUM;
    return type_same(a, b) || same_but_length || (is_text(a) && is_text(b)) ||
           (is_whole(a) && is_whole(b) && expression != NULL && !realm_text_calls(expression));
}

static bool may_follow(Realm *realm, const Column *column, const ColumnType *type)
{
    vec_each(Opaque *const, at, &realm->catalog->opaque) {
        const Opaque *opaque = *at;
        if (!opaque_uses_column(opaque, column)) {
            continue;
        }
        /* Its key is followed as an index's. */
        if (opaque->kind == OPAQUE_PARTIAL_INDEX &&
            !realm_text_names(opaque->definition, column->name)) {
            continue;
        }
        const OpaqueOnType rule = opaque_on_type(opaque->kind);
        if (rule == TYPE_REFUSES) {
            return realm_refuse(realm, "0A000", "cannot alter type of a column used by a %s",
                                opaque_name(opaque->kind));
        }
        if (rule != TYPE_KEEPS && !keeps_meaning(&column->type, type, opaque->definition)) {
            return realm_unknown(realm, "the type of a column changes that a %s uses",
                                 opaque_name(opaque->kind));
        }
    }
    return true;
}

static bool follow_indexes(Realm *realm, Column *column)
{
    if (key_has_column(column->table->primary_key, column) && !realm_may_be_key(realm, column)) {
        return false;
    }
    vec_each(Index *const, at, &column->table->indexes) {
        vec_each(IndexPart, part, &(*at)->parts) {
            const Name class = part->operator_class_is_default ? NULL : part->operator_class;
            if (part->column == column &&
                (!realm_operator_class(realm, *at, part, class) ||
                 (part->collation != NULL && !realm_may_collate(realm, &column->type)))) {
                return false;
            }
        }
    }
    return true;
}

bool realm_may_collate(Realm *realm, const ColumnType *type)
{
    const ColumnType *said = type_said(type);
    if (said->id == TYPE_OTHER) {
        return (said->raw != NULL && name_is(said->raw, "name")) ||
               realm_unknown(realm, "a collation of another type");
    }
    return type_is_kin(said->id, KIN_TEXT) ||
           realm_refuse(realm, "42804", "collations are not supported by this type");
}

bool realm_change_type(Realm *realm, Column *column, const ColumnType *type)
{
    const ColumnType before = column->type;
    const RealmTable *state = realm_table_state(realm, column->table);
    if (column_in_list(column, state->partition_key.items, state->partition_key.count)) {
        return realm_refuse(realm, "42P16",
                            "cannot alter column `%s` because it is part of the partition key",
                            column->name->text);
    }
    if (column->generated != NULL) {
        return realm_unknown(realm, "the type of a generated column changes");
    }
    if (realm_has_row_users(realm, column->table->name, column->table)) {
        return realm_unknown(realm, "a column changes whose table's row type may be in use");
    }
    if (state->is_published_in_part) {
        return realm_unknown(realm, "a column changes that a publication may name");
    }
    if (!may_follow(realm, column, type)) {
        return false;
    }
    column->type = *type;
    if (!follow_indexes(realm, column)) {
        column->type = before;
        return false;
    }
    return true;
}
