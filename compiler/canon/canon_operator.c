/*
 * canon_operator.c - operators, with the casts the server adds to their operands taken off again.
 *
 * The server brings operands to a common type and prints the casts; who wrote the expression did
 * not. Where the types of both operands are known to be numbers, casts to the common type go and
 * the operator carries the type instead; beside an operand of a known type an open constant is a
 * value of that type. Where types are not known, casts stay.
 * Source: PostgreSQL manual, "Operator Type Resolution", "UNION, CASE, and Related Constructs".
 */
#include "base/common.h"

#include <stdio.h>
#include <string.h>

#include "compiler/canon/canon_internal.h"
#include "compiler/canon/canon_scope.h"

typedef ColumnType BothType(const ColumnType *a, const ColumnType *b);
static ColumnType common_type(CanonCx *cx, Node *const *nodes, size_t count, BothType *both);

/* --- types of operands --------------------------------------------------------------------------
 */

static ColumnType infer_column(CanonCx *cx, const PgQuery__ColumnRef *ref)
{
    const char *name = ref->n_fields > 0 ? node_string(ref->fields[ref->n_fields - 1]) : NULL;
    const CanonSource *source = NULL;
    const Column *column = NULL;
    Name found = NULL;
    if (cx->scope != NULL) {
        (void)!canon_scope_find(cx, ref, &source, &found, &column);
    } else if (cx->table != NULL && name != NULL) {
        column = table_find_column(cx->table, intern_cstr(cx->names, name));
    }
    if (column == NULL) {
        return canon_type_none();
    }
    ColumnType type = canon_type_of_column(cx, &column->type);
    if (type.id != TYPE_OTHER) {
        type.arguments[0] = type.arguments[1] = TYPE_NO_ARGUMENT;
    }
    return type;
}

static bool is_one_of(const char *name, const char *names)
{
    char padded[16];
    if (strlen(name) > sizeof padded - 3) {
        return false;
    }
    (void)snprintf(padded, sizeof padded, " %s ", name);
    return strstr(names, padded) != NULL;
}

static bool is_operator(const PgQuery__AExpr *expr, const char *names)
{
    const char *name = expr->n_name > 0 ? node_string(expr->name[expr->n_name - 1]) : NULL;
    return name != NULL && is_one_of(name, names);
}

static ColumnType infer_operator(CanonCx *cx, const PgQuery__AExpr *expr)
{
    ColumnType none = canon_type_none();
    if (expr->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP || expr->lexpr == NULL ||
        !is_operator(expr, " + - * / % ")) {
        return none;
    }
    ColumnType left = canon_infer(cx, expr->lexpr);
    ColumnType right = canon_infer(cx, expr->rexpr);
    bool numbers = canon_type_is_numeric(&left) && canon_type_is_numeric(&right);
    return numbers ? canon_type_common(&left, &right) : none;
}

/* None where the type of `node` is not certain. */
ColumnType canon_infer(CanonCx *cx, const Node *node)
{
    Constant constant;
    ColumnType none = canon_type_none();
    if (node == NULL || cx->depth >= CANON_DEPTH_MAX) {
        return none;
    }
    if (constant_of_node(cx, node, &constant)) {
        return constant_type(&constant);
    }
    cx->depth++;
    ColumnType type = none;
    if (node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF) {
        type = infer_column(cx, node->column_ref);
    } else if (node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
        type = canon_type_of_name(cx, node->type_cast->type_name);
    } else if (node->node_case == PG_QUERY__NODE__NODE_A_EXPR) {
        type = infer_operator(cx, node->a_expr);
    } else if (node->node_case == PG_QUERY__NODE__NODE_FUNC_CALL) {
        type = canon_infer_call(cx, node->func_call);
    } else if (node->node_case == PG_QUERY__NODE__NODE_COALESCE_EXPR) {
        type = common_type(cx, node->coalesce_expr->args, node->coalesce_expr->n_args,
                           canon_type_of_many);
    } else if (node->node_case == PG_QUERY__NODE__NODE_MIN_MAX_EXPR) {
        type = common_type(cx, node->min_max_expr->args, node->min_max_expr->n_args,
                           canon_type_of_many);
    }
    cx->depth--;
    return type;
}

/* varchar and text share storage and operators: a cast between them does nothing. */
const Node *canon_strip_text_cast(CanonCx *cx, const Node *node)
{
    while (node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
        ColumnType type = canon_type_of_name(cx, node->type_cast->type_name);
        ColumnType have = canon_infer(cx, node->type_cast->arg);
        bool same = type.list == have.list && canon_type_is_text(&type) &&
                    (have.id == TYPE_TEXT || have.id == TYPE_VARCHAR);
        if (!same) {
            break;
        }
        node = node->type_cast->arg;
    }
    return node;
}

static ColumnType bare_type(CanonCx *cx, const Node *node)
{
    ColumnType type = canon_infer(cx, canon_strip_text_cast(cx, node));
    if (type.id == TYPE_VARCHAR) {
        type.id = TYPE_TEXT;
        type.arguments[0] = TYPE_NO_ARGUMENT;
    }
    return type;
}

/* --- operands -----------------------------------------------------------------------------------
 */

/* A number under a cast to the common type that the server would have added. */
static const Node *strip_numeric_cast(CanonCx *cx, const Node *node, const ColumnType *common)
{
    if (node->node_case != PG_QUERY__NODE__NODE_TYPE_CAST) {
        return node;
    }
    ColumnType type = canon_type_of_name(cx, node->type_cast->type_name);
    ColumnType inner = canon_infer(cx, node->type_cast->arg);
    ColumnType joined = canon_type_common(&inner, common);
    bool widening = canon_type_is_numeric(&inner) && canon_type_same_base(&joined, common);
    return widening && canon_type_same_base(&type, common) && !canon_type_has_arguments(&type)
               ? node->type_cast->arg
               : node;
}

/* ARRAY['a'] and '{a}' beside a list. */
static bool print_list_operand(CanonCx *cx, StrBuf *out, const Node *node, const ColumnType *list)
{
    ConstantList items = {0};
    ColumnType element = *list;
    size_t before = out->len;
    element.list = false;
    bool ok = constant_list_of_node(cx, node, list, &items);
    strbuf_char(out, '{');
    for (size_t i = 0; ok && i < items.count; i++) {
        strbuf_add(out, i > 0 ? "," : "");
        ok = constant_as(cx, &items.items[i], &element, out);
    }
    strbuf_char(out, '}');
    if (!ok) {
        out->len = before;
        out->text[before] = '\0';
    }
    return ok;
}

/* One operand beside others of type `type` (none: not known). */
static void print_operand(CanonCx *cx, StrBuf *out, const Node *node, const ColumnType *type)
{
    Constant constant;
    bool number = canon_type_is_numeric(type);
    if (type->list && print_list_operand(cx, out, node, type)) {
        return;
    }
    if (constant_of_node(cx, node, &constant)) {
        bool open = constant.kind != CONSTANT_BITS;
        bool own = canon_type_is_none(&constant.cast) ||
                   canon_type_same_base(&constant.cast, type) ||
                   (constant.kind == CONSTANT_STRING && canon_type_is_text(&constant.cast) &&
                    canon_type_is_text(type));
        if (open && own && constant_as(cx, &constant, type, out)) {
            return;
        }
    }
    canon_print(cx, out, number ? strip_numeric_cast(cx, node, type) : node);
}

/* The type all of them are brought to: numbers' common type, or the one type that is known. */
static ColumnType common_type(CanonCx *cx, Node *const *nodes, size_t count, BothType *both)
{
    ColumnType common = canon_type_none();
    for (size_t i = 0; i < count; i++) {
        Constant constant;
        ColumnType type = bare_type(cx, nodes[i]);
        bool open = constant_of_node(cx, nodes[i], &constant) &&
                    (constant.kind == CONSTANT_NULL || constant.kind == CONSTANT_STRING) &&
                    canon_type_is_none(&constant.cast);
        /* a list of constants takes the type of what it stands beside, if it can */
        if (open || nodes[i]->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR) {
            continue;
        }
        if (canon_type_is_none(&type)) {
            return type;
        }
        if (canon_type_is_none(&common)) {
            common = type;
        } else if (canon_type_is_numeric(&common) && canon_type_is_numeric(&type)) {
            common = both(&common, &type);
        } else if (!canon_type_same_base(&common, &type)) {
            return canon_type_none();
        }
    }
    return common;
}

static void print_type_mark(StrBuf *out, const ColumnType *type)
{
    if (canon_type_is_numeric(type)) {
        strbuf_char(out, ':');
        canon_type_print(out, type);
    }
}

void canon_print_group(CanonCx *cx, StrBuf *out, Node *const *nodes, size_t count)
{
    ColumnType common = common_type(cx, nodes, count, canon_type_of_many);
    /* The common type of texts is one of two; of others it does not depend on casts. */
    const bool as_is = cx->exact && (canon_type_is_none(&common) || common.list ||
                                     common.id == TYPE_TEXT || common.id == TYPE_VARCHAR);
    print_type_mark(out, &common);
    strbuf_char(out, '{');
    for (size_t i = 0; i < count; i++) {
        strbuf_add(out, i > 0 ? "," : "");
        if (as_is) {
            canon_print(cx, out, nodes[i]);
        } else {
            print_operand(cx, out, nodes[i], &common);
        }
    }
    strbuf_char(out, '}');
}

/* --- operators ----------------------------------------------------------------------------------
 */

static const char *operator_name(CanonCx *cx, const PgQuery__AExpr *expr)
{
    const char *name = expr->n_name > 0 ? node_string(expr->name[expr->n_name - 1]) : NULL;
    const char *schema = expr->n_name == 2 ? node_string(expr->name[0]) : NULL;
    bool of_server = expr->n_name == 1 || (schema != NULL && strcmp(schema, "pg_catalog") == 0);
    if (name == NULL || !of_server) {
        cx->failed = true;
        return "";
    }
    return strcmp(name, "!=") == 0 ? "<>" : name;
}

/*
 * What an open constant beside a known operand is taken for: an interval when it is added to a
 * time, a float8 when it multiplies an interval; elsewhere the same type, where the operator is one
 * between equal types. Nothing is assumed about other operators.
 */
static ColumnType operand_type(CanonCx *cx, const char *name, Node *const *operands)
{
    ColumnType none = canon_type_none();
    ColumnType interval = none;
    interval.raw = intern_cstr(cx->names, "interval");
    for (size_t i = 0; i < 2; i++) {
        ColumnType type = bare_type(cx, operands[i]);
        bool time = !type.list && (type.id == TYPE_TIMESTAMP || type.id == TYPE_TIMESTAMPTZ);
        if (time && is_one_of(name, " + ")) {
            return interval;
        }
        if (canon_type_same_base(&type, &interval) && is_one_of(name, " * / ")) {
            none.id = TYPE_DOUBLE_PRECISION;
            return none;
        }
    }
    bool equals = is_one_of(name, " = <> < > <= >= @> <@ && + - * / % $distinct $nullif ");
    return equals ? common_type(cx, operands, 2, canon_type_common) : none;
}

static void print_binary(CanonCx *cx, StrBuf *out, const char *name, Node *left, Node *right)
{
    Node *operands[] = {left, right};
    ColumnType common = operand_type(cx, name, operands);
    strbuf_char(out, '(');
    print_operand(cx, out, left, &common);
    strbuf_printf(out, " %s", name);
    print_type_mark(out, &common);
    strbuf_char(out, ' ');
    print_operand(cx, out, right, &common);
    strbuf_char(out, ')');
}

static void print_unary(CanonCx *cx, StrBuf *out, const char *name, const Node *operand)
{
    strbuf_printf(out, "(%s ", name);
    canon_print(cx, out, operand);
    strbuf_char(out, ')');
}

/* --- lists: IN, ANY, ALL ------------------------------------------------------------------------
 */

/* `left op ANY (items)` over constants; one item needs no list. */
static void print_any(CanonCx *cx, StrBuf *out, const PgQuery__AExpr *expr, const char *quantifier,
                      const ConstantList *items)
{
    const char *name = operator_name(cx, expr);
    const Node *left = canon_strip_text_cast(cx, expr->lexpr);
    ColumnType common = bare_type(cx, left);
    bool known = !canon_type_is_none(&common);
    vec_each(Constant, item, items) {
        ColumnType type = constant_type(item);
        if (known && canon_type_is_numeric(&type) && canon_type_is_numeric(&common)) {
            common = canon_type_common(&common, &type);
        }
    }
    bool single = items->count == 1;
    strbuf_char(out, '(');
    print_operand(cx, out, left, &common);
    strbuf_printf(out, " %s", name);
    print_type_mark(out, &common);
    strbuf_printf(out, " %s", single ? "" : quantifier);
    vec_each(Constant, item, items) {
        strbuf_add(out, item == items->items ? "" : ",");
        bool text = item->kind == CONSTANT_STRING && canon_type_is_text(&item->cast);
        Constant bare = *item;
        bare.cast = text ? canon_type_none() : item->cast;
        if (!known || !constant_as(cx, &bare, &common, out)) {
            canon_print_constant(cx, out, &bare);
        }
    }
    strbuf_add(out, single ? ")" : "})");
}

static bool constants_of_list(CanonCx *cx, const Node *node, ConstantList *ret_items)
{
    if (node->node_case != PG_QUERY__NODE__NODE_LIST) {
        return false;
    }
    for (size_t i = 0; i < node->list->n_items; i++) {
        Constant item;
        if (!constant_of_node(cx, node->list->items[i], &item)) {
            return false;
        }
        vec_push(cx->scratch, ret_items, item);
    }
    return true;
}

/* `op ANY (...)`, `IN (...)`: over constants an item list, otherwise as it stands. */
static void print_quantified(CanonCx *cx, StrBuf *out, const PgQuery__AExpr *expr, bool all)
{
    ConstantList items = {0};
    ColumnType type = canon_infer(cx, expr->lexpr);
    const char *word = all ? "ALL" : "ANY";
    type.list = true;
    bool in = expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_IN;
    bool constants = in ? constants_of_list(cx, expr->rexpr, &items)
                        : constant_list_of_node(cx, expr->rexpr, &type, &items);
    if (constants && items.count > 0) {
        print_any(cx, out, expr, all ? "ALL {" : "ANY {", &items);
        return;
    }
    strbuf_char(out, '(');
    canon_print(cx, out, expr->lexpr);
    strbuf_printf(out, " %s %s ", operator_name(cx, expr), word);
    if (in && expr->rexpr->node_case == PG_QUERY__NODE__NODE_LIST) {
        canon_print_group(cx, out, expr->rexpr->list->items, expr->rexpr->list->n_items);
    } else {
        canon_print(cx, out, expr->rexpr);
    }
    strbuf_char(out, ')');
}

/* --- the rest -----------------------------------------------------------------------------------
 */

/* The server keeps BETWEEN as two comparisons. */
void canon_print_between(CanonCx *cx, StrBuf *out, const PgQuery__AExpr *expr)
{
    bool negative = expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN;
    if (expr->rexpr->node_case != PG_QUERY__NODE__NODE_LIST || expr->rexpr->list->n_items != 2) {
        cx->failed = true;
        return;
    }
    print_binary(cx, out, negative ? "<" : ">=", expr->lexpr, expr->rexpr->list->items[0]);
    strbuf_add(out, negative ? " OR " : " AND ");
    print_binary(cx, out, negative ? ">" : "<=", expr->lexpr, expr->rexpr->list->items[1]);
}

static void print_plain(CanonCx *cx, StrBuf *out, const PgQuery__AExpr *expr)
{
    const char *name = operator_name(cx, expr);
    if (expr->lexpr == NULL) {
        print_unary(cx, out, name, expr->rexpr);
    } else {
        print_binary(cx, out, name, expr->lexpr, expr->rexpr);
    }
}

static void print_any_operator(CanonCx *cx, StrBuf *out, const PgQuery__AExpr *expr)
{
    switch ((int)expr->kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
    case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_SIMILAR:
        print_plain(cx, out, expr);
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
        print_quantified(cx, out, expr, false);
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
        print_quantified(cx, out, expr, true);
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
        print_quantified(cx, out, expr, strcmp(operator_name(cx, expr), "<>") == 0);
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
        print_binary(cx, out, "$distinct", expr->lexpr, expr->rexpr);
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
        strbuf_add(out, "(NOT ");
        print_binary(cx, out, "$distinct", expr->lexpr, expr->rexpr);
        strbuf_char(out, ')');
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
        print_binary(cx, out, "$nullif", expr->lexpr, expr->rexpr);
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
        strbuf_char(out, '(');
        canon_print_between(cx, out, expr);
        strbuf_char(out, ')');
        break;
    default: /* BETWEEN SYMMETRIC */
        cx->failed = true;
        break;
    }
}

/* What is between operands is brought to their type, whatever the result is for. */
void canon_print_operator(CanonCx *cx, StrBuf *out, const PgQuery__AExpr *expr)
{
    const bool before = cx->exact;
    cx->exact = false;
    print_any_operator(cx, out, expr);
    cx->exact = before;
}
