#include "base/common.h"

#include "compiler/types.h"

#include <string.h>

static const TypeRow rows[] = {
#define TYPE(id, scalar, native, sql, catalog_name, arguments)                                     \
    [id] = {SCALAR_##scalar, native, sql, catalog_name, ARGUMENTS_##arguments},
#include "compiler/types.def"
#undef TYPE
};

static_assert(lengthof(rows) == TYPE_ENUM, "one row per base type");

typedef struct ScalarRow {
    const char *name;
    TypeId type;
    int32_t arguments[2];
} ScalarRow;

/* The scalars and the column type each has when no native type is given. */
static const ScalarRow scalars[] = {
    [SCALAR_INT] = {"Int", TYPE_INTEGER, {-1, -1}},
    [SCALAR_BIGINT] = {"BigInt", TYPE_BIGINT, {-1, -1}},
    [SCALAR_FLOAT] = {"Float", TYPE_DOUBLE_PRECISION, {-1, -1}},
    [SCALAR_DECIMAL] = {"Decimal", TYPE_DECIMAL, {65, 30}},
    [SCALAR_BOOLEAN] = {"Boolean", TYPE_BOOLEAN, {-1, -1}},
    [SCALAR_STRING] = {"String", TYPE_TEXT, {-1, -1}},
    [SCALAR_DATETIME] = {"DateTime", TYPE_TIMESTAMP, {3, -1}},
    [SCALAR_JSON] = {"Json", TYPE_JSONB, {-1, -1}},
    [SCALAR_BYTES] = {"Bytes", TYPE_BYTEA, {-1, -1}},
};

static_assert(lengthof(scalars) == SCALAR_COUNT, "one row per scalar");

const TypeRow *type_row(TypeId id)
{
    assert(id < TYPE_ENUM);
    return &rows[id];
}

const char *scalar_name(Scalar scalar)
{
    return scalars[scalar].name;
}

bool scalar_find(const char *name, Scalar *ret_scalar)
{
    for (size_t i = 0; i < lengthof(scalars); i++) {
        if (strcmp(scalars[i].name, name) == 0) {
            *ret_scalar = (Scalar)i;
            return true;
        }
    }
    return false;
}

ColumnType scalar_default_type(Scalar scalar)
{
    const ScalarRow *row = &scalars[scalar];
    return (ColumnType){.id = row->type, .arguments = {row->arguments[0], row->arguments[1]}};
}

bool type_find_native(const char *native, TypeId *ret_id)
{
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (strcmp(rows[i].native, native) == 0) {
            *ret_id = (TypeId)i;
            return true;
        }
    }
    return false;
}

bool type_find_catalog(const char *catalog_name, TypeId *ret_id)
{
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (strcmp(rows[i].catalog_name, catalog_name) == 0) {
            *ret_id = (TypeId)i;
            return true;
        }
    }
    return false;
}

bool column_type_equal(const ColumnType *a, const ColumnType *b)
{
    if (a->id != b->id || a->list != b->list) {
        return false;
    }
    if (a->id == TYPE_ENUM) {
        return a->enum_type->schema == b->enum_type->schema &&
               a->enum_type->name == b->enum_type->name;
    }
    return a->raw == b->raw && a->arguments[0] == b->arguments[0] &&
           a->arguments[1] == b->arguments[1];
}
