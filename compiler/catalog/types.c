#include "base/common.h"

#include "compiler/catalog/types.h"

#include <stdio.h>
#include <string.h>

static const TypeRow rows[] = {
#define TYPE(id, scalar, native, sql, catalog_name, arguments, kin)                                \
    [id] = {SCALAR_##scalar, native, sql, catalog_name, ARGUMENTS_##arguments, KIN_##kin},
#include "compiler/catalog/types.def"
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

bool type_is_kin(TypeId id, TypeKin kin)
{
    return id < TYPE_ENUM && rows[id].kin == kin;
}

bool types_are_kin(TypeId a, TypeId b)
{
    return a == b || (a < TYPE_ENUM && rows[a].kin != KIN_NONE && type_is_kin(b, rows[a].kin));
}

const char *scalar_name(Scalar scalar)
{
    return scalars[scalar].name;
}

bool scalar_find(const char *name, Scalar *ret_scalar)
{
    for (size_t i = 0; i < lengthof(scalars); i++) {
        if (scalars[i].name[0] == name[0] && strcmp(scalars[i].name, name) == 0) {
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

/* What an argument that is not given means to the server. */
static int32_t effective_argument(const ColumnType *type, size_t i)
{
    enum { PRECISION_MAX = 6 };
    int32_t given = type->arguments[i];
    if (given != TYPE_NO_ARGUMENT || type->id >= TYPE_ENUM) {
        return given;
    }
    if (rows[type->id].arguments == ARGUMENTS_PRECISION && i == 0) {
        return PRECISION_MAX;
    }
    if ((type->id == TYPE_CHAR || type->id == TYPE_BIT) && i == 0) {
        return 1;
    }
    bool scale_missing = type->id == TYPE_DECIMAL && i == 1;
    return scale_missing && type->arguments[0] != TYPE_NO_ARGUMENT ? 0 : given;
}

/* A text that is no NUL-ended one: of a type without its brackets. */
typedef struct Spelling {
    const char *text;
    size_t len;
} Spelling;

/* `ltree[]` and `ltree[][]` are `ltree`, as lists. */
static Spelling without_brackets(Name raw)
{
    size_t len = raw->len;
    while (len > 2 && raw->text[len - 2] == '[' && raw->text[len - 1] == ']') {
        len -= 2;
    }
    return (Spelling){raw->text, len};
}

static Name spelled(const ColumnType *type)
{
    return type->raw_canonical != NULL ? type->raw_canonical : type->raw;
}

bool type_is_list(const ColumnType *type)
{
    const Name text = type->id == TYPE_OTHER ? spelled(type) : NULL;
    return type->list || (text != NULL && without_brackets(text).len < text->len);
}

static bool same_spelling(Name a, Name b)
{
    const Spelling x = without_brackets(a), y = without_brackets(b);
    return x.len == y.len && memcmp(x.text, y.text, x.len) == 0;
}

/* The canonical text of a known type, as canon writes it for one that is spelled as unsupported. */
static bool is_spelled(const ColumnType *known, Spelling text)
{
    char buffer[64];
    const char *name = rows[known->id].catalog_name;
    int32_t first = known->arguments[0];
    int32_t second = known->arguments[1];
    if (first == TYPE_NO_ARGUMENT) {
        (void)snprintf(buffer, sizeof buffer, "%s", name);
    } else if (second == TYPE_NO_ARGUMENT) {
        (void)snprintf(buffer, sizeof buffer, "%s(%d)", name, (int)first);
    } else {
        (void)snprintf(buffer, sizeof buffer, "%s(%d,%d)", name, (int)first, (int)second);
    }
    return strlen(buffer) == text.len && memcmp(buffer, text.text, text.len) == 0;
}

/* A domain and something that is none: is it the type the domain is over? */
static bool is_domain_of(const ColumnType *domain, const ColumnType *other)
{
    return domain->domain_of != NULL && other->domain_of == NULL &&
           column_type_equal(domain->domain_of, other);
}

/* Bounded: a domain's own type is never a domain. */
bool column_type_equal(const ColumnType *a, /* NOLINT(misc-no-recursion): see above */
                       const ColumnType *b)
{
    if (is_domain_of(a, b) || is_domain_of(b, a)) {
        return true;
    }
    if (type_is_list(a) != type_is_list(b)) {
        return false;
    }
    if (a->id == TYPE_OTHER && b->id == TYPE_OTHER) {
        bool canonical = a->raw_canonical != NULL && b->raw_canonical != NULL;
        return canonical ? same_spelling(a->raw_canonical, b->raw_canonical)
                         : same_spelling(a->raw, b->raw);
    }
    if (a->id == TYPE_OTHER || b->id == TYPE_OTHER) {
        const ColumnType *other = a->id == TYPE_OTHER ? a : b;
        const ColumnType *known = a->id == TYPE_OTHER ? b : a;
        return known->id < TYPE_ENUM && other->raw_canonical != NULL &&
               is_spelled(known, without_brackets(other->raw_canonical));
    }
    if (a->id != b->id) {
        return false;
    }
    if (a->id == TYPE_ENUM) {
        return a->enum_type->schema == b->enum_type->schema &&
               a->enum_type->name == b->enum_type->name;
    }
    return effective_argument(a, 0) == effective_argument(b, 0) &&
           effective_argument(a, 1) == effective_argument(b, 1);
}
