#include "base/common.h"

#include "compiler/catalog/casts.h"

#include <string.h>

#include "compiler/catalog/types.h"

/* Of a name in the server's catalogs (manual, "Identifiers and Key Words"). */
enum { NAME_BYTES = 63 };

typedef enum Rule {
    NONE,
    SAFE,
    RISKY,
    ROUNDS,
    STAMPS,
    FITS,
    FITS_OR_NONE,
    ONLY_UNLIMITED,
    BOOLEAN_TEXT,
    BYTES_TEXT,
    DIGITS,
    INTEGER_DIGITS,
    DECIMALS,
    DECIMAL_TEXT,
    SHORTER,
    BITS,
} Rule;

typedef struct CastRow {
    Rule rule;
    int32_t limit;
} CastRow;

static const CastRow rows[TYPE_ENUM][TYPE_ENUM] = {
#define CAST(from, to, rule, limit) [from][to] = {rule, limit},
#include "compiler/catalog/casts.def"
#undef CAST
};

static bool is_text(TypeId id)
{
    return type_is_kin(id, KIN_TEXT) && id != TYPE_CHAR;
}

/* A type with the arguments the server gives it when none are written. */
static ColumnType spelled_out(const ColumnType *type)
{
    ColumnType full = *type;
    if (type->id >= TYPE_ENUM || type->arguments[0] != TYPE_NO_ARGUMENT) {
        return full;
    }
    if (type_row(type->id)->arguments == ARGUMENTS_PRECISION) {
        full.arguments[0] = 6;
    } else if (type->id == TYPE_CHAR || type->id == TYPE_BIT) {
        full.arguments[0] = 1;
    }
    return full;
}

bool type_same(const ColumnType *a, const ColumnType *b)
{
    const ColumnType left = spelled_out(a), right = spelled_out(b);
    return column_type_equal(&left, &right);
}

bool type_keeps_comparisons(const ColumnType *before, const ColumnType *after)
{
    return type_same(before, after) || (before->id < TYPE_ENUM && before->list == after->list &&
                                        types_are_kin(before->id, after->id));
}

static Cast safe_if(bool fits)
{
    return fits ? CAST_SAFE : CAST_RISKY;
}

/* The wanted text length: what is absent is unlimited, but CHAR holds one character. */
static int32_t text_length(const ColumnType *to)
{
    if (to->arguments[0] != TYPE_NO_ARGUMENT) {
        return to->arguments[0];
    }
    return to->id == TYPE_CHAR ? 1 : INT32_MAX;
}

static Cast cast_decimals(const ColumnType *from, const ColumnType *to)
{
    if (to->arguments[0] == TYPE_NO_ARGUMENT) {
        return CAST_SAFE;
    }
    if (from->arguments[0] == TYPE_NO_ARGUMENT) {
        return safe_if(to->arguments[0] >= 131072 && to->arguments[1] >= 16383);
    }
    const int32_t before = from->arguments[0] - from->arguments[1];
    const int32_t after = to->arguments[0] - to->arguments[1];
    return safe_if(after >= before && to->arguments[1] >= from->arguments[1]);
}

/* Digits, a sign, and a point when there is a fraction. */
static Cast cast_decimal_to_text(const ColumnType *from, const ColumnType *to)
{
    const int32_t room = text_length(to);
    if (to->id == TYPE_CHAR && to->arguments[0] == TYPE_NO_ARGUMENT) {
        return CAST_RISKY;
    }
    if (from->arguments[0] == TYPE_NO_ARGUMENT) {
        return safe_if(room >= 131073);
    }
    return safe_if(room >= from->arguments[0] + (from->arguments[1] > 0 ? 2 : 1));
}

static Cast cast_shorter(const ColumnType *from, const ColumnType *to)
{
    const bool limited = from->arguments[0] != TYPE_NO_ARGUMENT;
    if (!limited && from->id == TYPE_CHAR) {
        return CAST_SAFE;
    }
    if (!limited) {
        return safe_if(text_length(to) == INT32_MAX);
    }
    return safe_if(text_length(to) >= from->arguments[0]);
}

static Cast cast_bit(const ColumnType *from, const ColumnType *to)
{
    if (from->arguments[0] == TYPE_NO_ARGUMENT) {
        return CAST_SAFE;
    }
    if (to->arguments[0] == TYPE_NO_ARGUMENT) {
        return to->id == TYPE_CHAR ? CAST_IMPOSSIBLE : CAST_SAFE;
    }
    return to->arguments[0] >= from->arguments[0] ? CAST_SAFE : CAST_IMPOSSIBLE;
}

static Cast cast_varbit(const ColumnType *from, const ColumnType *to)
{
    const bool limited = from->arguments[0] != TYPE_NO_ARGUMENT;
    const bool to_limited = to->arguments[0] != TYPE_NO_ARGUMENT;
    if (to->id == TYPE_BIT) {
        return !limited || !to_limited || to->arguments[0] <= from->arguments[0] ? CAST_RISKY
                                                                                 : CAST_IMPOSSIBLE;
    }
    if (!to_limited) {
        return safe_if(to->id != TYPE_CHAR);
    }
    if (!limited) {
        return CAST_RISKY;
    }
    if (to->id == TYPE_VARBIT) {
        return to->arguments[0] > from->arguments[0] ? CAST_SAFE : CAST_IMPOSSIBLE;
    }
    return safe_if(to->arguments[0] >= from->arguments[0]);
}

static Cast apply(const CastRow *row, const ColumnType *from, const ColumnType *to)
{
    const int32_t room = text_length(to);
    switch (row->rule) {
    case NONE:
        return CAST_IMPOSSIBLE;
    case SAFE:
    case ROUNDS:
    case STAMPS:
        return CAST_SAFE;
    case RISKY:
        return CAST_RISKY;
    case FITS:
        return safe_if(room >= row->limit);
    case FITS_OR_NONE:
        return room >= row->limit ? CAST_SAFE : CAST_IMPOSSIBLE;
    case ONLY_UNLIMITED:
        return safe_if(room == INT32_MAX);
    case BOOLEAN_TEXT:
        return room < 4 ? CAST_IMPOSSIBLE : safe_if(room > 4);
    case BYTES_TEXT:
        if (room == INT32_MAX) {
            return CAST_SAFE;
        }
        return room >= row->limit ? CAST_RISKY : CAST_IMPOSSIBLE;
    case DIGITS:
        return safe_if(to->arguments[0] == TYPE_NO_ARGUMENT ||
                       to->arguments[0] - to->arguments[1] >= row->limit);
    case INTEGER_DIGITS:
        return safe_if(from->arguments[0] != TYPE_NO_ARGUMENT && from->arguments[1] <= 0 &&
                       from->arguments[0] <= row->limit);
    case DECIMALS:
        return cast_decimals(from, to);
    case DECIMAL_TEXT:
        return cast_decimal_to_text(from, to);
    case SHORTER:
        return cast_shorter(from, to);
    case BITS:
        return from->id == TYPE_BIT ? cast_bit(from, to) : cast_varbit(from, to);
    }
    unreachable();
}

static bool has_all_values(const EnumType *type, const EnumType *other)
{
    vec_each(Name, at, &other->values) {
        if (!enum_has_value(type, *at)) {
            return false;
        }
    }
    return true;
}

/* Values of an enum are words: as text they stay what they are, and in an enum that has them all. A
 * word has 63 bytes at most. */
static Cast cast_enum(const ColumnType *from, const ColumnType *to)
{
    bool keeps = false;
    if (from->id == TYPE_ENUM && to->id == TYPE_ENUM) {
        keeps = has_all_values(to->enum_type, from->enum_type);
    } else if (from->id == TYPE_ENUM) {
        keeps = is_text(to->id) && text_length(to) >= NAME_BYTES;
    }
    return keeps ? CAST_SAFE : CAST_IMPOSSIBLE;
}

static Cast cast_scalars(const ColumnType *from, const ColumnType *to)
{
    if (from->id == TYPE_ENUM || to->id == TYPE_ENUM) {
        return cast_enum(from, to);
    }
    if (from->id == TYPE_OTHER || to->id == TYPE_OTHER) {
        return CAST_RISKY;
    }
    if (from->id == TYPE_MONEY || from->id == TYPE_CITEXT) {
        return safe_if(is_text(to->id));
    }
    return apply(&rows[from->id][to->id], from, to);
}

/* One value becomes the only one of a list, where it can be one of its values as it is. */
static Cast cast_to_list(const ColumnType *from, const ColumnType *to)
{
    ColumnType item = *to;
    item.list = false;
    const bool same = from->id != TYPE_ENUM && type_same(from, &item);
    const bool safe = cast_scalars(from, &item) == CAST_SAFE && !cast_rounds(from, &item);
    return same || safe ? CAST_SAFE : CAST_IMPOSSIBLE;
}

Cast cast_between(const ColumnType *from, const ColumnType *to)
{
    if (type_same(from, to)) {
        return CAST_SAME;
    }
    if (!from->list && to->list) {
        return cast_to_list(from, to);
    }
    if (from->list && !to->list) {
        const bool text = to->id == TYPE_TEXT || to->id == TYPE_VARCHAR || to->id == TYPE_CHAR;
        if (!text || from->id == TYPE_ENUM) {
            return CAST_IMPOSSIBLE;
        }
        return safe_if(text_length(to) == INT32_MAX);
    }
    return cast_scalars(from, to);
}

bool cast_rounds(const ColumnType *from, const ColumnType *to)
{
    if (from->id >= TYPE_ENUM || to->id >= TYPE_ENUM || from->list != to->list) {
        return false;
    }
    const Rule rule = rows[from->id][to->id].rule;
    const ColumnType before = spelled_out(from), after = spelled_out(to);
    return rule == ROUNDS || (rule == STAMPS && after.arguments[0] < before.arguments[0]);
}

static const char *type_server_name(const ColumnType *type)
{
    if (type->id == TYPE_OTHER) {
        return type->raw == NULL ? "" : type->raw->text;
    }
    return type->id == TYPE_ENUM ? "" : type_row(type->id)->catalog_name;
}

/* Without what follows it: `interval(3)`, `interval day to second(3)`. */
static size_t name_length(const char *type)
{
    static const char interval[] = "interval";
    const bool fields = strncmp(type, interval, sizeof interval - 1) == 0;
    return fields ? strcspn(type, " (") : strcspn(type, "(");
}

static bool is_named(const char *type, const char *name)
{
    const size_t len = strlen(name);
    return name_length(type) == len && memcmp(type, name, len) == 0;
}

/* The server's own assignment casts to and from types the language has no word for; a type of other
 * arguments is assigned to itself, and every type to the string type `name`. */
static bool is_assigned(const ColumnType *from, const ColumnType *to)
{
    static const char *const casts[][2] = {
#define ASSIGNED(from, to) {from, to},
#include "compiler/catalog/server_casts.def"
#undef ASSIGNED
    };
    const char *old = type_server_name(from), *new = type_server_name(to);
    if (from->list != to->list) {
        return false;
    }
    for (size_t i = 0; i < lengthof(casts); i++) {
        if (is_named(old, casts[i][0]) && is_named(new, casts[i][1])) {
            return true;
        }
    }
    const size_t len = name_length(old);
    return is_named(new, "name") ||
           (len > 0 && len == name_length(new) && memcmp(old, new, len) == 0);
}

/* `Unsupported("numeric(10,2)")` says in other words what the language has a word for. */
static TypeId known_id(const ColumnType *type)
{
    char base[NAME_BYTES + 1] = "";
    TypeId id = type->id;
    const size_t len = type->raw == NULL ? 0 : strcspn(type->raw->text, "(");
    if (type->id == TYPE_OTHER && len < sizeof base) {
        memcpy(base, type->raw == NULL ? "" : type->raw->text, len);
        (void)type_find_catalog(base, &id);
    }
    return id;
}

/* A cast of casts.def, whatever the types are called. */
static bool is_known_cast(const ColumnType *from, const ColumnType *to)
{
    const TypeId old = known_id(from), new = known_id(to);
    return old < TYPE_ENUM && new < TYPE_ENUM && from->list == to->list &&
           (old == new || rows[old][new].rule != NONE);
}

/* The server casts any type to a text type by itself, and numbers among each other. */
bool cast_needs_using(const ColumnType *from, const ColumnType *to)
{
    if (!from->list && to->list) {
        return true;
    }
    const TypeId old = known_id(from), new = known_id(to);
    if (is_text(new) || new == TYPE_CHAR) {
        return false;
    }
    if ((from->id == TYPE_OTHER || to->id == TYPE_OTHER) && !is_known_cast(from, to)) {
        return !is_assigned(from, to);
    }
    if (old == TYPE_CITEXT || old == TYPE_ENUM) {
        return true;
    }
    if (old == TYPE_MONEY) {
        return new != TYPE_DECIMAL;
    }
    return old == TYPE_TIMESTAMP && new == TYPE_TIMETZ;
}

/* Those that the planner makes no use of. */
static bool is_assigned_aside(TypeId from, TypeId to)
{
    const bool is_whole = from == TYPE_SMALLINT || from == TYPE_INTEGER || from == TYPE_BIGINT;
    return (is_whole && to == TYPE_OID) ||
           ((from == TYPE_INTEGER || from == TYPE_BIGINT) && to == TYPE_MONEY) ||
           (from == TYPE_MONEY && to == TYPE_DECIMAL) || (from == TYPE_DECIMAL && to == TYPE_MONEY);
}

bool cast_is_assigned(const ColumnType *from, const ColumnType *to)
{
    const TypeId old = known_id(from), new = known_id(to);
    if (is_text(new) || new == TYPE_CHAR) {
        return from->list || !to->list;
    }
    if (old == TYPE_OTHER || new == TYPE_OTHER) {
        return is_assigned(from, to);
    }
    if (from->list != to->list) {
        return false;
    }
    if (old == TYPE_ENUM || new == TYPE_ENUM) {
        return old == new && from->enum_type == to->enum_type;
    }
    const bool has_row = rows[old][new].rule != NONE && !cast_needs_using(from, to);
    return old == new || has_row || is_assigned_aside(old, new);
}

bool cast_is_asked(const ColumnType *from, const ColumnType *to)
{
    static const TypeId asked[][2] = {
        {TYPE_BIT, TYPE_INTEGER},
        {TYPE_BIT, TYPE_BIGINT},
        {TYPE_BOOLEAN, TYPE_INTEGER},
        {TYPE_INTEGER, TYPE_BIT},
        {TYPE_BIGINT, TYPE_BIT},
        {TYPE_INTEGER, TYPE_BOOLEAN},
        {TYPE_JSONB, TYPE_BOOLEAN},
        {TYPE_JSONB, TYPE_REAL},
        {TYPE_JSONB, TYPE_DOUBLE_PRECISION},
        {TYPE_JSONB, TYPE_SMALLINT},
        {TYPE_JSONB, TYPE_INTEGER},
        {TYPE_JSONB, TYPE_BIGINT},
        {TYPE_JSONB, TYPE_DECIMAL},
    };
    const TypeId old = known_id(from), new = known_id(to);
    for (size_t i = 0; i < lengthof(asked); i++) {
        if (asked[i][0] == old && asked[i][1] == new && from->list == to->list) {
            return true;
        }
    }
    const bool from_text = is_text(old) || old == TYPE_CHAR;
    return cast_is_assigned(from, to) || (from_text && (!from->list || to->list));
}

bool column_keeps_enum(const Column *before, const Column *after, const EnumType *type)
{
    return after != NULL && column_is_of_enum(before, type) && column_is_of_enum(after, type) &&
           before->type.list == after->type.list;
}

bool cast_changes_zone(const ColumnType *from, const ColumnType *to)
{
    return (from->id == TYPE_TIMESTAMP && to->id == TYPE_TIMESTAMPTZ) ||
           (from->id == TYPE_TIMESTAMPTZ && to->id == TYPE_TIMESTAMP);
}
