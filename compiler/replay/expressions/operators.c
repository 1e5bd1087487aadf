/*
 * operators.c - what the server's operators take and give, by kinds of types.
 */
#include "base/common.h"

#include "compiler/catalog/types.h"
#include "compiler/replay/expressions/typed_internal.h"

/* Of the server's types without a word. */
static Category category_named(Name raw)
{
    return name_is(raw, "interval")   ? CATEGORY_INTERVAL
           : name_is(raw, "tsvector") ? CATEGORY_SEARCH
                                      : CATEGORY_NONE;
}

Category category_of(const ColumnType *said)
{
    const ColumnType *type = type_said(said);
    if (type->list) {
        return CATEGORY_LIST;
    }
    switch ((int)type->id) { /* the others are rare, and have operators of their own */
    case TYPE_SMALLINT:
    case TYPE_INTEGER:
    case TYPE_BIGINT:
    case TYPE_DECIMAL:
    case TYPE_REAL:
    case TYPE_DOUBLE_PRECISION:
        return CATEGORY_NUMBER;
    case TYPE_TEXT:
    case TYPE_VARCHAR:
    case TYPE_CHAR:
        return CATEGORY_TEXT;
    case TYPE_BOOLEAN:
        return CATEGORY_TRUTH;
    case TYPE_DATE:
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMPTZ:
        return CATEGORY_MOMENT;
    case TYPE_TIME:
    case TYPE_TIMETZ:
        return CATEGORY_CLOCK;
    case TYPE_UUID:
        return CATEGORY_UUID;
    case TYPE_JSON:
        return CATEGORY_JSON;
    case TYPE_JSONB:
        return CATEGORY_JSONB;
    case TYPE_BYTEA:
        return CATEGORY_BYTES;
    case TYPE_BIT:
    case TYPE_VARBIT:
        return CATEGORY_BITS;
    case TYPE_INET:
        return CATEGORY_NETWORK;
    case TYPE_XML:
        return CATEGORY_XML;
    default:
        return type->id == TYPE_OTHER && type->raw != NULL ? category_named(type->raw)
                                                           : CATEGORY_NONE;
    }
}

ColumnType plain_type(TypeId id)
{
    return (ColumnType){.id = id, .arguments = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT}};
}

TypeId wider_number(TypeId a, TypeId b)
{
    static const TypeId wide[] = {TYPE_DOUBLE_PRECISION, TYPE_REAL, TYPE_DECIMAL, TYPE_BIGINT,
                                  TYPE_INTEGER};
    if ((a == TYPE_REAL) != (b == TYPE_REAL)) {
        return TYPE_DOUBLE_PRECISION;
    }
    for (size_t i = 0; i < lengthof(wide); i++) {
        if (a == wide[i] || b == wide[i]) {
            return wide[i];
        }
    }
    return TYPE_SMALLINT;
}

static Typed refused(SqlReplay *cx, const char *name, const Operand *left, const Operand *right)
{
    if (cx->realm->casts > 0) { /* of the scripts, which may lead to an operator */
        return TYPED_NOT_KNOWN;
    }
    (void)realm_refuse(cx->realm, "42883", "operator does not exist: %s %s %s",
                       left->node == NULL   ? ""
                       : left->end == TYPED ? redo_type_text(cx, &left->type)
                                            : "unknown",
                       name, right->end == TYPED ? redo_type_text(cx, &right->type) : "unknown");
    return TYPED_REFUSED;
}

static Typed gives(TypeId id, ColumnType *ret_type)
{
    *ret_type = plain_type(id);
    return TYPED;
}

static Typed gives_same(const ColumnType *type, ColumnType *ret_type)
{
    *ret_type = *type;
    return TYPED;
}

/* --- comparisons --------------------------------------------------------------------------------
 */

/* A type that compares with itself. */
static bool compares(const ColumnType *said)
{
    const ColumnType *type = type_said(said);
    const bool element = type->id != TYPE_JSON && type->id != TYPE_XML && type->id != TYPE_OTHER;
    return element;
}

static bool is_same(const ColumnType *a, const ColumnType *b)
{
    const ColumnType *left = type_said(a), *right = type_said(b);
    return left->list == right->list && left->id == right->id && left->id != TYPE_OTHER &&
           left->enum_type == right->enum_type;
}

/* Of the types that the language has no word for; a name compares with texts. */
static bool is_other(const ColumnType *said)
{
    const ColumnType *type = type_said(said);
    return type->id == TYPE_OTHER && type->raw != NULL && strcmp(type->raw->text, "name") != 0;
}

Typed compared(SqlReplay *cx, const char *name, const Operand *left, const Operand *right,
               ColumnType *ret_type)
{
    if (left->end == TYPED_OPEN && right->end == TYPED_OPEN) {
        return gives(TYPE_BOOLEAN, ret_type);
    }
    if (left->end == TYPED_OPEN || right->end == TYPED_OPEN) {
        const ColumnType *type = left->end == TYPED_OPEN ? &right->type : &left->type;
        const Node *constant = left->end == TYPED_OPEN ? left->node : right->node;
        if (category_of(type) == CATEGORY_JSON) {
            return refused(cx, name, left, right);
        }
        return compares(type) && literal_is(cx, constant, type) ? gives(TYPE_BOOLEAN, ret_type)
                                                                : TYPED_NOT_KNOWN;
    }
    const Category a = category_of(&left->type), b = category_of(&right->type);
    if (a != CATEGORY_NONE && b != CATEGORY_NONE &&
        (a != b || a == CATEGORY_JSON || a == CATEGORY_XML)) {
        return refused(cx, name, left, right);
    }
    if ((a == CATEGORY_NONE && is_other(&left->type) && b != CATEGORY_NONE) ||
        (b == CATEGORY_NONE && is_other(&right->type) && a != CATEGORY_NONE)) {
        (void)realm_unknown(cx->realm, "what compares %s with %s", redo_type_text(cx, &left->type),
                            redo_type_text(cx, &right->type));
        return TYPED_REFUSED;
    }
    const bool known = a == b && a != CATEGORY_NONE && a != CATEGORY_LIST;
    return known || (compares(&left->type) && is_same(&left->type, &right->type))
               ? gives(TYPE_BOOLEAN, ret_type)
               : TYPED_NOT_KNOWN;
}

/* --- the others ---------------------------------------------------------------------------------
 */

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static Category category(const Operand *operand)
{
    return operand->end == TYPED ? category_of(&operand->type) : CATEGORY_NONE;
}

static bool is_plain(Category category)
{
    return category == CATEGORY_NUMBER || category == CATEGORY_TEXT || category == CATEGORY_TRUTH;
}

static Typed calculated(SqlReplay *cx, const char *name, const Operand *left, const Operand *right,
                        ColumnType *ret_type)
{
    const Category a = category(left), b = category(right);
    const Operand *typed = left->end == TYPED ? left : right;
    const Operand *open = left->end == TYPED ? right : left;
    const TypeId one = type_said(&left->type)->id, other = type_said(&right->type)->id;
    if (a == CATEGORY_NUMBER && b == CATEGORY_NUMBER) {
        const TypeId id = wider_number(one, other);
        const bool has_rest = name[0] != '%' || (id != TYPE_REAL && id != TYPE_DOUBLE_PRECISION);
        return has_rest ? gives(id, ret_type) : TYPED_NOT_KNOWN;
    }
    if (open->end == TYPED_OPEN && category(typed) == CATEGORY_NUMBER &&
        literal_is(cx, open->node, &typed->type)) {
        return gives_same(&typed->type, ret_type);
    }
    if (is_plain(a) && is_plain(b)) {
        return refused(cx, name, left, right);
    }
    if (one == TYPE_DATE && a == CATEGORY_MOMENT && name[0] == '-' && other == TYPE_DATE &&
        b == CATEGORY_MOMENT) {
        return gives(TYPE_INTEGER, ret_type);
    }
    return TYPED_NOT_KNOWN;
}

static Typed joined(SqlReplay *cx, const char *name, const Operand *left, const Operand *right,
                    ColumnType *ret_type)
{
    const Category a = category(left), b = category(right);
    const bool is_text = a == CATEGORY_TEXT || b == CATEGORY_TEXT;
    if (left->end == TYPED_OPEN && right->end == TYPED_OPEN) {
        return gives(TYPE_TEXT, ret_type);
    }
    if (is_text) {
        const Category other = a == CATEGORY_TEXT ? b : a;
        const bool is_open = left->end == TYPED_OPEN || right->end == TYPED_OPEN;
        return is_open || (other != CATEGORY_NONE && other != CATEGORY_LIST)
                   ? gives(TYPE_TEXT, ret_type)
                   : TYPED_NOT_KNOWN;
    }
    if (a == CATEGORY_JSONB && b == CATEGORY_JSONB) {
        return gives(TYPE_JSONB, ret_type);
    }
    if (a == CATEGORY_LIST && b == CATEGORY_LIST && is_same(&left->type, &right->type)) {
        return gives_same(&left->type, ret_type);
    }
    return (a == CATEGORY_NUMBER || a == CATEGORY_TRUTH) &&
                   (b == CATEGORY_NUMBER || b == CATEGORY_TRUTH)
               ? refused(cx, name, left, right)
               : TYPED_NOT_KNOWN;
}

static Typed matched(SqlReplay *cx, const char *name, const Operand *left, const Operand *right,
                     ColumnType *ret_type)
{
    const Category a = category(left), b = category(right);
    const bool left_fits = left->end == TYPED_OPEN || a == CATEGORY_TEXT;
    const bool right_fits = right->end == TYPED_OPEN || b == CATEGORY_TEXT;
    if (left_fits && right_fits) {
        return gives(TYPE_BOOLEAN, ret_type);
    }
    return a == CATEGORY_NUMBER || a == CATEGORY_TRUTH || a == CATEGORY_MOMENT ||
                   a == CATEGORY_UUID || a == CATEGORY_JSONB
               ? refused(cx, name, left, right)
               : TYPED_NOT_KNOWN;
}

static Typed member(SqlReplay *cx, const char *name, const Operand *left, const Operand *right,
                    ColumnType *ret_type)
{
    const Category a = category(left), b = category(right);
    const bool is_text = strcmp(name, "->>") == 0;
    if (a == CATEGORY_JSON || a == CATEGORY_JSONB) {
        const bool is_key = right->end == TYPED_OPEN || b == CATEGORY_TEXT ||
                            (b == CATEGORY_NUMBER && type_said(&right->type)->id == TYPE_INTEGER);
        return !is_key   ? TYPED_NOT_KNOWN
               : is_text ? gives(TYPE_TEXT, ret_type)
                         : gives(type_said(&left->type)->id, ret_type);
    }
    return is_plain(a) || a == CATEGORY_MOMENT || a == CATEGORY_UUID
               ? refused(cx, name, left, right)
               : TYPED_NOT_KNOWN;
}

/* `#>> '{a,b}'` */
static Typed at_path(const char *name, const Operand *left, const Operand *right,
                     ColumnType *ret_type)
{
    const Category a = category(left);
    const bool is_path =
        right->end == TYPED && right->type.list && type_said(&right->type)->id == TYPE_TEXT;
    const char *text = right->end == TYPED_OPEN &&
                               right->node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
                               !right->node->a_const->isnull
                           ? right->node->a_const->sval->sval
                           : "";
    const bool is_written = text[0] == '{' && strpbrk(text, "\"\\ ") == NULL &&
                            strchr(text, '}') == text + strlen(text) - 1;
    if ((a != CATEGORY_JSON && a != CATEGORY_JSONB) || (!is_path && !is_written)) {
        return TYPED_NOT_KNOWN;
    }
    return gives(name[2] == '>' ? TYPE_TEXT : type_said(&left->type)->id, ret_type);
}

static Typed has_key(SqlReplay *cx, const char *name, const Operand *left, const Operand *right,
                     ColumnType *ret_type)
{
    const Category a = category(left);
    if (a == CATEGORY_JSONB && (right->end == TYPED_OPEN || category(right) == CATEGORY_TEXT)) {
        return gives(TYPE_BOOLEAN, ret_type);
    }
    return is_plain(a) || a == CATEGORY_JSON ? refused(cx, name, left, right) : TYPED_NOT_KNOWN;
}

Typed operated(SqlReplay *cx, const char *name, const Operand *left, const Operand *right,
               ColumnType *ret_type)
{
    static const char *const comparisons[] = {"=", "<>", "<", ">", "<=", ">="};
    static const char *const sums[] = {"+", "-", "*", "/", "%"};
    static const char *const matches[] = {"~", "~*", "!~", "!~*", "~~", "!~~", "~~*", "!~~*"};
    static const char *const members[] = {"->", "->>"};
    static const char *const paths[] = {"#>", "#>>"};
    if (left->node == NULL) {
        return strcmp(name, "-") == 0 && category(right) == CATEGORY_NUMBER
                   ? gives_same(&right->type, ret_type)
                   : TYPED_NOT_KNOWN;
    }
    if (is_one_of(name, comparisons, lengthof(comparisons))) {
        return compared(cx, name, left, right, ret_type);
    }
    if (is_one_of(name, sums, lengthof(sums))) {
        return calculated(cx, name, left, right, ret_type);
    }
    if (is_one_of(name, matches, lengthof(matches))) {
        return matched(cx, name, left, right, ret_type);
    }
    if (is_one_of(name, members, lengthof(members))) {
        return member(cx, name, left, right, ret_type);
    }
    if (is_one_of(name, paths, lengthof(paths))) {
        return at_path(name, left, right, ret_type);
    }
    if (strcmp(name, "?") == 0) {
        return has_key(cx, name, left, right, ret_type);
    }
    return strcmp(name, "||") == 0 ? joined(cx, name, left, right, ret_type) : TYPED_NOT_KNOWN;
}
