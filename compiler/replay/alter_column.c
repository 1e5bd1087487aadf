/*
 * alter_column.c - a column of another type: what its default becomes, what rests on it.
 */
#include "base/common.h"

#include "compiler/canon/canon.h"
#include "compiler/catalog/casts.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/catalog/types.h"
#include "compiler/replay/replay_internal.h"

static bool is_whole(const ColumnType *type)
{
    return !type->list &&
           (type->id == TYPE_SMALLINT || type->id == TYPE_INTEGER || type->id == TYPE_BIGINT);
}

static bool keeps_values(const ColumnType *from, const ColumnType *to)
{
    const bool has_word = from->id != TYPE_OTHER && from->id != TYPE_ENUM;
    return type_same(from, to) ||
           (has_word && from->list == to->list &&
            (from->id == to->id || (!from->list && types_are_kin(from->id, to->id))));
}

/* It stays a value of the enum, cast each time. */
static bool keep_enum_default(SqlReplay *cx, Column *column, const EnumType *type)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    sql_string(&out, column->dflt.value.text->text, column->dflt.value.text->len);
    strbuf_add(&out, "::");
    sql_qualified(&out, cx->realm->catalog, type->schema, type->name);
    column->dflt = canon_read_default(cx->realm->catalog, strbuf_text(&out), &column->type);
    column->dflt.text = intern(cx->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
    return true;
}

/* A cast of it, which nobody knows here; mostly the next statement sets another one. */
static bool forget_default(SqlReplay *cx, Column *column, const ColumnType *from)
{
    if (from->id == TYPE_OTHER || column->type.id == TYPE_OTHER || cx->realm->casts > 0) {
        return realm_unknown(cx->realm, "a default whose column changes its type");
    }
    if (!cast_is_assigned(from, &column->type)) {
        return realm_refuse(cx->realm, "42804",
                            "default for column `%s` cannot be cast automatically to type %s",
                            column->name->text, redo_type_text(cx, &column->type));
    }
    redo_forget_default(cx, column);
    return true;
}

/* The sequence of an identity column is of the column's type. */
static void retype_identity(SqlReplay *cx, const Column *column)
{
    RealmSequence *sequence = realm_sequence_of(cx->realm, column->dflt.sequence);
    if (sequence != NULL) {
        realm_retype_sequence(sequence,
                              intern_cstr(cx->names, type_row(column->type.id)->catalog_name));
    }
}

/* The default is cast; within a kin it stays what it is written as. */
static bool follow_default(SqlReplay *cx, Column *column, const ColumnType *from)
{
    const Default *before = &column->dflt;
    const ColumnType *to = &column->type;
    switch (before->kind) {
    case DEFAULT_NONE:
        return true;
    case DEFAULT_SEQUENCE:
        if (!is_whole(to)) {
            return column->identity != IDENTITY_NONE
                       ? realm_refuse(cx->realm, "22023",
                                      "identity column type must be smallint, integer, or bigint")
                       : realm_unknown(cx->realm, "a serial column that is no number any more");
        }
        if (column->identity != IDENTITY_NONE) {
            retype_identity(cx, column);
        }
        return true;
    case DEFAULT_NOW:
        return keeps_values(from, to) || forget_default(cx, column, from);
    case DEFAULT_VALUE:
    case DEFAULT_LIST:
    case DEFAULT_EXPRESSION:
    case DEFAULT_OPAQUE:
        break;
    }
    if (from->id == TYPE_ENUM && before->kind == DEFAULT_VALUE &&
        types_are_kin(to->id, TYPE_TEXT)) {
        return keep_enum_default(cx, column, from->enum_type);
    }
    if (before->kind == DEFAULT_LIST && before->items.count == 0 && to->list) {
        column->dflt = canon_read_default(cx->realm->catalog, "'{}'", &column->type);
        return true;
    }
    if (!keeps_values(from, to) || before->text == NULL) {
        return forget_default(cx, column, from);
    }
    column->dflt = canon_read_default(cx->realm->catalog, before->text->text, &column->type);
    return true;
}

static bool has_cast(SqlReplay *cx, const Column *column, const ReplayType *type)
{
    const ColumnType *from = type_said(&column->type), *to = type_said(&type->type);
    const bool is_other = from->id == TYPE_OTHER || to->id == TYPE_OTHER;
    if (is_other && !type_same(from, to)) {
        return realm_unknown(cx->realm, "a cast between types of others");
    }
    if (!cast_is_assigned(from, to) && cx->realm->casts > 0) {
        return realm_unknown(cx->realm, "a cast that a script may have made");
    }
    return cast_is_assigned(from, to) ||
           realm_refuse(cx->realm, "42804", "column `%s` cannot be cast automatically to type %s",
                        column->name->text, redo_type_text(cx, to));
}

bool redo_change_type(SqlReplay *cx, Column *column, const PgQuery__ColumnDef *def)
{
    ReplayType type;
    Name collation = NULL;
    const ColumnType from = column->type;
    if (!redo_true_type(cx, def->type_name, &type) ||
        !redo_collation(cx, def->coll_clause, &type.type, &collation)) {
        return false;
    }
    if (def->raw_default == NULL && !has_cast(cx, column, &type)) {
        return false;
    }
    if (def->raw_default != NULL && !redo_using_fits(cx, column, def->raw_default, &type.type)) {
        return false;
    }
    if (!realm_change_type(cx->realm, column, &type.type)) {
        return false;
    }
    column->collation = collation;
    column->not_null |= type.not_null;
    return follow_default(cx, column, &from);
}
