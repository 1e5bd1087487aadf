/*
 * canon_constant.c - constants in trees, and what they are worth as a value of a type.
 *
 * A constant keeps its cast, because a cast may change the value: 1.5::integer is 2. It is dropped
 * only where it certainly does not. Source: PostgreSQL manual, "Value Expressions", "Constants".
 */
#include "base/common.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/canon/canon_internal.h"
#include "compiler/catalog/types.h"

/* --- reading ------------------------------------------------------------------------------------
 */

static Constant make_constant(ConstantKind kind, const char *text)
{
    return (Constant){
        .kind = kind, .text = text, .len = strlen(text), .cast = canon_type_none(), .spot = -1};
}

static bool plain_constant(const CanonCx *cx, const PgQuery__AConst *node, Constant *ret)
{
    if (node->isnull) {
        *ret = make_constant(CONSTANT_NULL, "");
        return true;
    }
    switch (node->val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL:
        *ret = make_constant(CONSTANT_NUMBER, arena_printf(cx->scratch, "%d", node->ival->ival));
        return true;
    case PG_QUERY__A__CONST__VAL_FVAL:
        *ret = make_constant(CONSTANT_NUMBER, node->fval->fval);
        return true;
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
        *ret = make_constant(CONSTANT_BOOLEAN, node->boolval->boolval ? "true" : "false");
        return true;
    case PG_QUERY__A__CONST__VAL_SVAL:
        *ret = make_constant(CONSTANT_STRING, node->sval->sval);
        ret->spot = node->location;
        return true;
    case PG_QUERY__A__CONST__VAL_BSVAL:
        *ret = make_constant(CONSTANT_BITS, node->bsval->bsval);
        return true;
    case PG_QUERY__A__CONST__VAL__NOT_SET:
    case _PG_QUERY__A__CONST__VAL__CASE_IS_INT_SIZE:
        break;
    }
    return false;
}

static bool is_whole(const Constant *constant)
{
    StrBuf out = strbuf_new(CANON_TEXT_MAX);
    bool ok = canon_number(&out, constant->text, constant->len);
    const char *exponent = strchr(strbuf_text(&out), 'e');
    ok = ok && (exponent == NULL || exponent[1] != '-');
    strbuf_dispose(&out);
    return ok;
}

/* Digits after the point as written; 0 for a whole number. */
static size_t scale_of(const Constant *constant)
{
    const char *point = memchr(constant->text, '.', constant->len);
    return point == NULL ? 0 : (size_t)(constant->text + constant->len - point) - 1;
}

/* Of a time's seconds; a zone may follow. */
static size_t fraction_digits(const Constant *constant)
{
    const char *end = constant->text + constant->len;
    const char *point = memchr(constant->text, '.', constant->len);
    return point == NULL ? 0 : canon_count_digits(point + 1, end);
}

static bool has_exponent(const Constant *constant)
{
    return memchr(constant->text, 'e', constant->len) != NULL ||
           memchr(constant->text, 'E', constant->len) != NULL;
}

/* Does a number keep its value through a cast to `type`? */
static bool number_survives(const Constant *constant, const ColumnType *type)
{
    bool whole = is_whole(constant);
    if (!canon_type_is_numeric(type) || has_exponent(constant)) {
        return false;
    }
    if (type->id == TYPE_REAL) {
        return whole && constant->len <= FLOAT4_DIGITS;
    }
    if (type->id == TYPE_DOUBLE_PRECISION) {
        return whole && constant->len <= FLOAT8_DIGITS;
    }
    if (type->id == TYPE_DECIMAL) {
        return !canon_type_has_arguments(type) || scale_of(constant) <= (size_t)type->arguments[1];
    }
    return whole;
}

/* Characters of UTF-8. */
static size_t characters(const Constant *constant)
{
    size_t n = 0;
    for (size_t i = 0; i < constant->len; i++) {
        n += (constant->text[i] & 0xC0) != 0x80;
    }
    return n;
}

/* Does the text of a string keep its value through a cast to `type`, arguments included? */
static bool string_fits(const Constant *constant, const ColumnType *type)
{
    if (type->id >= TYPE_ENUM || !canon_type_has_arguments(type)) {
        return true;
    }
    switch (type_row(type->id)->arguments) {
    case ARGUMENTS_NONE:
        return true;
    case ARGUMENTS_LENGTH: {
        size_t length = (size_t)type->arguments[0];
        return type->id == TYPE_BIT ? characters(constant) == length
                                    : characters(constant) <= length;
    }
    case ARGUMENTS_DECIMAL:
        return scale_of(constant) <= (size_t)type->arguments[1];
    case ARGUMENTS_PRECISION:
        return fraction_digits(constant) <= (size_t)type->arguments[0] ||
               fraction_digits(constant) > 6;
    }
    return false;
}

/* May the cast of a constant be replaced by one around it? */
static bool cast_is_transparent(const Constant *constant)
{
    if (canon_type_is_none(&constant->cast)) {
        return true;
    }
    if (constant->kind == CONSTANT_STRING) {
        return canon_type_is_text(&constant->cast);
    }
    return constant->kind == CONSTANT_NULL ||
           (constant->kind == CONSTANT_NUMBER && number_survives(constant, &constant->cast));
}

/* '5'::integer is the number 5 with that cast; '-5'::integer is how the server prints -5. */
static void add_cast(Constant *constant, const ColumnType *type)
{
    StrBuf ignored = strbuf_new(CANON_TEXT_MAX);
    bool number = constant->kind == CONSTANT_STRING && canon_type_is_none(&constant->cast) &&
                  canon_type_is_numeric(type) &&
                  canon_number(&ignored, constant->text, constant->len);
    strbuf_dispose(&ignored);
    if (number) {
        constant->kind = CONSTANT_NUMBER;
    }
    constant->cast = *type;
}

static bool cast_constant(CanonCx *cx, const PgQuery__TypeCast *node, Constant *ret)
{
    ColumnType type = canon_type_of_name(cx, node->type_name);
    if (!constant_of_node(cx, node->arg, ret) || canon_type_is_none(&type) ||
        !cast_is_transparent(ret)) {
        return false;
    }
    bool open = canon_type_is_none(&ret->cast);
    if (!open && ret->kind == CONSTANT_STRING) {
        ret->cast = canon_type_none();
    }
    add_cast(ret, &type);
    return true;
}

static bool negated_constant(CanonCx *cx, const PgQuery__AExpr *node, Constant *ret)
{
    const char *name = node->n_name == 1 ? node_string(node->name[0]) : NULL;
    bool minus = name != NULL && strcmp(name, "-") == 0;
    if (node->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP || node->lexpr != NULL || !minus ||
        !constant_of_node(cx, node->rexpr, ret) || ret->kind != CONSTANT_NUMBER ||
        !canon_type_is_none(&ret->cast)) {
        return false;
    }
    bool negative = ret->text[0] == '-';
    ret->text = negative ? ret->text + 1 : arena_printf(cx->scratch, "-%s", ret->text);
    ret->len = strlen(ret->text);
    return true;
}

bool constant_of_node(CanonCx *cx, const Node *node, Constant *ret)
{
    if (node == NULL) {
        return false;
    }
    if (node->node_case == PG_QUERY__NODE__NODE_A_CONST) {
        return plain_constant(cx, node->a_const, ret);
    }
    if (node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
        return cast_constant(cx, node->type_cast, ret);
    }
    return node->node_case == PG_QUERY__NODE__NODE_A_EXPR &&
           negated_constant(cx, node->a_expr, ret);
}

/* --- lists --------------------------------------------------------------------------------------
 */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* One element of `{...}` from `*at`; false when it is not in the plain form. */
static bool take_element(const CanonCx *cx, const char **at, Constant *ret)
{
    StrBuf out = strbuf_new(CANON_TEXT_MAX);
    const char *c = *at + strspn(*at, " \t\n\r");
    bool quoted = *c == '"';
    size_t solid = 0;
    c += quoted ? 1 : 0;
    while (*c != '\0' && (quoted ? *c != '"' : strchr(",{}\"", *c) == NULL)) {
        bool escaped = *c == '\\' && c[1] != '\0';
        c += escaped ? 1 : 0;
        strbuf_char(&out, *c);
        solid = escaped || quoted || !is_blank(*c) ? out.len : solid;
        c++;
    }
    c += quoted && *c == '"' ? 1 : 0;
    c += strspn(c, " \t\n\r");
    *at = c;
    bool ok = (*c == ',' || *c == '}') && (quoted || solid > 0);
    const char *text = arena_strndup(cx->scratch, strbuf_text(&out), quoted ? out.len : solid);
    bool null = !quoted && strlen(text) == 4 && (text[0] | 0x20) == 'n' &&
                (text[1] | 0x20) == 'u' && (text[2] | 0x20) == 'l' && (text[3] | 0x20) == 'l';
    strbuf_dispose(&out);
    *ret = make_constant(null ? CONSTANT_NULL : CONSTANT_STRING, text);
    return ok;
}

bool canon_list_items(const CanonCx *cx, const char *text, ConstantList *ret_items)
{
    const char *at = text + strspn(text, " \t\n\r");
    if (*at != '{') {
        return false;
    }
    at++;
    at += strspn(at, " \t\n\r");
    bool more = *at != '}';
    while (more) {
        Constant item;
        if (!take_element(cx, &at, &item)) {
            return false;
        }
        vec_push(cx->scratch, ret_items, item);
        more = *at == ',';
        at += more ? 1 : 0;
    }
    at += *at == '}' ? 1 : 0;
    return at[strspn(at, " \t\n\r")] == '\0';
}

static bool list_of_text(const CanonCx *cx, const Constant *list, const ColumnType *element,
                         ConstantList *ret_items)
{
    const size_t first = ret_items->count;
    if (!canon_list_items(cx, list->text, ret_items)) {
        return false;
    }
    for (size_t i = first; i < ret_items->count; i++) {
        Constant *item = &ret_items->items[i];
        item->spot = list->spot;
        item->in_list = true;
        if (item->kind == CONSTANT_STRING) {
            add_cast(item, element);
        }
    }
    return true;
}

static ColumnType element_of(const ColumnType *list)
{
    ColumnType element = *list;
    element.list = false;
    return element;
}

/* Items of ARRAY[...]; a cast of the whole array is a cast of each item without one. */
static bool list_of_array(CanonCx *cx, const PgQuery__AArrayExpr *array, const ColumnType *cast,
                          ConstantList *ret_items)
{
    for (size_t i = 0; i < array->n_elements; i++) {
        Constant item;
        if (!constant_of_node(cx, array->elements[i], &item)) {
            return false;
        }
        if (!canon_type_is_none(cast)) {
            ColumnType element = element_of(cast);
            if (!cast_is_transparent(&item)) {
                return false;
            }
            if (item.kind == CONSTANT_STRING) {
                item.cast = canon_type_none();
            }
            add_cast(&item, &element);
        }
        vec_push(cx->scratch, ret_items, item);
    }
    return true;
}

/* `(ARRAY[...]::numeric[])::numeric(10,2)[]`: the inner cast only says what the outer one limits.
 */
static const Node *strip_wider_cast(CanonCx *cx, const Node *node, const ColumnType *outer)
{
    while (node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
        const ColumnType inner = canon_type_of_name(cx, node->type_cast->type_name);
        if (!canon_type_same_base(&inner, outer) || canon_type_has_arguments(&inner)) {
            break;
        }
        node = node->type_cast->arg;
    }
    return node;
}

bool constant_list_of_node(CanonCx *cx, const Node *node, const ColumnType *list,
                           ConstantList *ret_items)
{
    ColumnType cast = canon_type_none();
    if (node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
        cast = canon_type_of_name(cx, node->type_cast->type_name);
        if (!cast.list) {
            return false;
        }
        node = strip_wider_cast(cx, node->type_cast->arg, &cast);
    }
    if (node->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR) {
        return list_of_array(cx, node->a_array_expr, &cast, ret_items);
    }
    Constant constant;
    const ColumnType *type = canon_type_is_none(&cast) ? list : &cast;
    if (!type->list || node->node_case != PG_QUERY__NODE__NODE_A_CONST ||
        !constant_of_node(cx, node, &constant) || constant.kind != CONSTANT_STRING) {
        return false;
    }
    ColumnType element = element_of(type);
    return list_of_text(cx, &constant, &element, ret_items);
}

/* --- values -------------------------------------------------------------------------------------
 */

ColumnType constant_type(const Constant *constant)
{
    ColumnType type = constant->cast;
    if (!canon_type_is_none(&type) || constant->kind != CONSTANT_NUMBER) {
        type.id = constant->kind == CONSTANT_BOOLEAN ? TYPE_BOOLEAN : type.id;
        return type;
    }
    char *end = NULL;
    long long value = strtoll(constant->text, &end, 10);
    bool whole = *end == '\0' && constant->len < 19;
    bool small = whole && value >= INT32_MIN && value <= INT32_MAX;
    type.id = small ? TYPE_INTEGER : whole ? TYPE_BIGINT : TYPE_DECIMAL;
    return type;
}

/* A cast to the very type the value is stored in does what storing it does. */
static bool is_stored_type(const ColumnType *cast, const ColumnType *type)
{
    return canon_type_same_base(cast, type) && cast->arguments[0] == type->arguments[0] &&
           cast->arguments[1] == type->arguments[1];
}

static bool number_as(const Constant *constant, const ColumnType *type, StrBuf *out)
{
    bool own = canon_type_same_base(&constant->cast, type);
    bool open = canon_type_is_none(&constant->cast);
    if (constant->kind != CONSTANT_NUMBER ||
        (!canon_type_is_numeric(type) && type->id != TYPE_OID && type->id != TYPE_MONEY)) {
        return false;
    }
    if (own && !is_stored_type(&constant->cast, type) &&
        canon_type_has_arguments(&constant->cast)) {
        own = number_survives(constant, &constant->cast);
    }
    /* of these the server prints the cast even around whole numbers */
    bool whole =
        (constant->cast.id == TYPE_OID || constant->cast.id == TYPE_MONEY) && is_whole(constant);
    return (open || own || whole || number_survives(constant, &constant->cast) ||
            canon_stored_number(constant, type)) &&
           canon_value(out, type, constant->text, constant->len);
}

static bool string_as(const Constant *constant, const ColumnType *type, StrBuf *out)
{
    bool bits = constant->kind == CONSTANT_BITS;
    bool typed = !canon_type_is_none(&constant->cast);
    if (bits && type->id != TYPE_BIT && type->id != TYPE_VARBIT) {
        return false;
    }
    if (typed && !is_stored_type(&constant->cast, type) &&
        !string_fits(constant, &constant->cast)) {
        return false;
    }
    if (typed && !canon_type_same_base(&constant->cast, type)) {
        return canon_stored_string(constant, type, out);
    }
    if (!canon_value(out, type, constant->text, constant->len)) {
        canon_quote(out, constant->text, constant->len);
    }
    return true;
}

static void note_value(const CanonCx *cx, const Constant *constant, const ColumnType *type)
{
    if (cx != NULL && cx->spots != NULL && constant->spot >= 0 && type->id == TYPE_OTHER) {
        const CanonSpot spot = {
            .start = (uint32_t)constant->spot, .type = type->raw, .in_list = constant->in_list};
        vec_push(cx->spots->arena, &cx->spots->items, spot);
    }
}

bool constant_as(const CanonCx *cx, const Constant *constant, const ColumnType *type, StrBuf *out)
{
    if (canon_type_is_none(type) || type->list) {
        return false;
    }
    switch (constant->kind) {
    case CONSTANT_NUMBER:
        return number_as(constant, type, out);
    case CONSTANT_BOOLEAN:
        if (type->id == TYPE_BOOLEAN) {
            strbuf_add(out, constant->text);
        }
        return type->id == TYPE_BOOLEAN;
    case CONSTANT_STRING:
    case CONSTANT_BITS:
        note_value(cx, constant, type);
        return string_as(constant, type, out);
    case CONSTANT_NULL:
        strbuf_add(out, "null");
        return true;
    }
    return false;
}
