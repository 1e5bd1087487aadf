/*
 * canon_expr.c - expression trees printed in one spelling.
 *
 * Every construct prints with its own brackets, so different trees never print alike. A construct
 * that is not listed makes the whole expression fail, and it stays as it was written.
 * Source: PostgreSQL manual, "Value Expressions"; the forms the server prints them in.
 */
#include "base/common.h"

#include <string.h>

#include "compiler/canon/canon_internal.h"
#include "compiler/canon/canon_scope.h"
#include "compiler/catalog/naming.h"

static void quote_name(StrBuf *out, const char *name)
{
    strbuf_char(out, '"');
    for (const char *at = name; *at != '\0'; at++) {
        strbuf_add(out, *at == '"' ? "\"" : "");
        strbuf_char(out, *at);
    }
    strbuf_char(out, '"');
}

static void print_nodes(CanonCx *cx, StrBuf *out, Node *const *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        strbuf_add(out, i > 0 ? "," : "");
        canon_print(cx, out, nodes[i]);
    }
}

/* --- leaves -------------------------------------------------------------------------------------
 */

static void note_column(const CanonCx *cx, const char *name)
{
    if (cx->noted == NULL || name == NULL) {
        return;
    }
    Name kept = name_kept(cx->names, intern_cstr(cx->names, name));
    Column *column = table_find_column(cx->noted->table, kept);
    if (column != NULL) {
        vec_push(cx->arena, &cx->noted->predicate_columns, column);
    }
    if (column != NULL && !cx->null_test) {
        vec_push(cx->arena, &cx->noted->compared_columns, column);
    }
}

static void note_spot(const CanonCx *cx, const PgQuery__ColumnRef *ref)
{
    const char *name = node_string(ref->fields[ref->n_fields - 1]);
    if (cx->spots == NULL || cx->table == NULL || name == NULL || ref->location < 0) {
        return;
    }
    const Column *column =
        table_find_column(cx->table, name_kept(cx->names, intern_cstr(cx->names, name)));
    if (column != NULL) {
        const CanonSpot spot = {.start = (uint32_t)ref->location, .column = column};
        vec_push(cx->spots->arena, &cx->spots->items, spot);
    }
}

/* In a query a column goes by the name of what it is of. */
static void print_column_of_query(CanonCx *cx, StrBuf *out, const PgQuery__ColumnRef *ref)
{
    const CanonSource *source = NULL;
    const Column *column = NULL;
    Name name = NULL;
    if (cx->scope->are_rows && ref->n_fields == 2 && node_string(ref->fields[0]) != NULL &&
        ref->fields[1]->node_case == PG_QUERY__NODE__NODE_A_STAR) {
        strbuf_printf(out, "%s.*", node_string(ref->fields[0]));
        return;
    }
    if (!canon_scope_find(cx, ref, &source, &name, &column)) {
        cx->failed = true;
        return;
    }
    quote_name(out, source->alias->text);
    strbuf_char(out, '.');
    quote_name(out, name->text);
}

/* A column may be written with its table's name; inside one table's expression that says nothing.
 */
static void print_column(CanonCx *cx, StrBuf *out, const PgQuery__ColumnRef *ref)
{
    size_t first = 0;
    if (cx->scope != NULL) {
        print_column_of_query(cx, out, ref);
        return;
    }
    const char *table = ref->n_fields == 2 ? node_string(ref->fields[0]) : NULL;
    if (table != NULL && cx->table != NULL && name_is(cx->table->name, table)) {
        first = 1;
    }
    if (ref->n_fields == first + 1) {
        note_column(cx, node_string(ref->fields[first]));
        note_spot(cx, ref);
    }
    for (size_t i = first; i < ref->n_fields; i++) {
        const char *name = node_string(ref->fields[i]);
        strbuf_add(out, i > first ? "." : "");
        if (name == NULL) {
            cx->failed = true;
            return;
        }
        quote_name(out, name_kept(cx->names, intern_cstr(cx->names, name))->text);
    }
}

/* Has the constant, once its cast is dropped, the type the cast gives it? */
static bool cast_is_natural(const CanonCx *cx, const Constant *constant)
{
    Constant bare = *constant;
    bare.cast = canon_type_none();
    ColumnType natural = constant_type(&bare);
    if (constant->kind == CONSTANT_STRING) {
        return canon_type_is_text(&constant->cast) &&
               (!cx->exact || (constant->cast.id == TYPE_TEXT && !constant->cast.list));
    }
    return canon_type_same_base(&natural, &constant->cast) &&
           !canon_type_has_arguments(&constant->cast);
}

/* The parser's text begins with b or x, as the constant does; what is no number keeps its mark. */
static void print_bits(StrBuf *out, const Constant *constant)
{
    const ColumnType bit = {.id = TYPE_BIT, .arguments = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT}};
    StrBuf digits = strbuf_new(CANON_TEXT_MAX);
    if (canon_value(&digits, &bit, constant->text, constant->len)) {
        strbuf_char(out, 'B');
        strbuf_addn(out, digits.text, digits.len);
    } else {
        strbuf_char(out, constant->text[0]);
        canon_quote(out, constant->text + 1, constant->len - 1);
    }
    strbuf_dispose(&digits);
}

static void print_bare(StrBuf *out, const Constant *constant)
{
    switch (constant->kind) {
    case CONSTANT_STRING:
        canon_quote(out, constant->text, constant->len);
        break;
    case CONSTANT_NUMBER:
    case CONSTANT_BOOLEAN:
        strbuf_addn(out, constant->text, constant->len);
        break;
    case CONSTANT_BITS:
        print_bits(out, constant);
        break;
    case CONSTANT_NULL:
        strbuf_add(out, "null");
        break;
    }
}

static void print_type(const CanonCx *cx, StrBuf *out, const ColumnType *type)
{
    if (cx->exact) {
        canon_type_print_exactly(out, type);
    } else {
        canon_type_print(out, type);
    }
}

/* Numbers keep their scale: 1.50 and 1.5 are different texts once an expression prints them. */
void canon_print_constant(const CanonCx *cx, StrBuf *out, const Constant *constant)
{
    bool cast = !canon_type_is_none(&constant->cast) && !cast_is_natural(cx, constant);
    Constant bare = *constant;
    bare.cast = canon_type_none();
    bool number = constant->kind == CONSTANT_NUMBER;
    if (!cast || constant->cast.list || number || !constant_as(cx, &bare, &constant->cast, out)) {
        print_bare(out, constant);
    }
    if (cast) {
        strbuf_add(out, "::");
        print_type(cx, out, &constant->cast);
    }
}

static void print_cast(CanonCx *cx, StrBuf *out, const Node *node)
{
    const Node *inner = cx->exact ? node : canon_strip_text_cast(cx, node);
    if (inner != node) {
        canon_print(cx, out, inner);
        return;
    }
    const PgQuery__TypeCast *cast = node->type_cast;
    ColumnType type = canon_type_of_name(cx, cast->type_name);
    ColumnType have = canon_infer(cx, cast->arg);
    ConstantList items = {0};
    ColumnType none = canon_type_none();
    if (canon_type_is_none(&type)) {
        cx->failed = true;
        return;
    }
    if (type.list && constant_list_of_node(cx, node, &none, &items)) {
        strbuf_char(out, '{');
        vec_each(Constant, item, &items) {
            strbuf_add(out, item == items.items ? "" : ",");
            canon_print_constant(cx, out, item);
        }
        strbuf_add(out, "}::");
        print_type(cx, out, &type);
        return;
    }
    if (!cx->exact && canon_type_same_base(&have, &type) && !canon_type_has_arguments(&type)) {
        canon_print(cx, out, cast->arg);
        return;
    }
    strbuf_char(out, '(');
    canon_print(cx, out, cast->arg);
    strbuf_add(out, "::");
    print_type(cx, out, &type);
    strbuf_char(out, ')');
}

/* --- values of the session --- */

/* CURRENT_TIMESTAMP and its like; the precision, if any, is in typmod. */
static void print_value_function(StrBuf *out, const PgQuery__SQLValueFunction *function)
{
    if (function->op == PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP) {
        strbuf_add(out, "now()");
    } else if (function->op == PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER ||
               function->op == PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE) {
        strbuf_printf(out, "$value%d", (int)PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER);
    } else {
        strbuf_printf(out, "$value%d", (int)function->op);
        if (function->typmod >= 0) {
            strbuf_printf(out, "(%d)", function->typmod);
        }
    }
}

static void print_minmax(CanonCx *cx, StrBuf *out, const PgQuery__MinMaxExpr *expr)
{
    bool greatest = expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST;
    strbuf_add(out, greatest ? "$greatest" : "$least");
    canon_print_group(cx, out, expr->args, expr->n_args);
}

/* --- conditions ---------------------------------------------------------------------------------
 */

/* BETWEEN is an AND of two, NOT BETWEEN an OR. */
static bool is_between(const Node *node, PgQuery__BoolExprType boolop)
{
    if (node->node_case != PG_QUERY__NODE__NODE_A_EXPR) {
        return false;
    }
    PgQuery__AExprKind kind = node->a_expr->kind;
    return boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR
               ? kind == PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN
               : kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN;
}

/* Nested ANDs are one AND. */
static void print_bool_args(CanonCx *cx, StrBuf *out, const PgQuery__BoolExpr *expr, bool *first)
{
    const char *word = expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR ? " AND " : " OR ";
    for (size_t i = 0; i < expr->n_args; i++) {
        const Node *arg = expr->args[i];
        if (arg->node_case == PG_QUERY__NODE__NODE_BOOL_EXPR &&
            arg->bool_expr->boolop == expr->boolop && cx->depth < CANON_DEPTH_MAX) {
            cx->depth++;
            print_bool_args(cx, out, arg->bool_expr, first);
            cx->depth--;
            continue;
        }
        strbuf_add(out, *first ? "" : word);
        *first = false;
        if (is_between(arg, expr->boolop)) {
            canon_print_between(cx, out, arg->a_expr);
        } else {
            canon_print(cx, out, arg);
        }
    }
}

static void print_bool(CanonCx *cx, StrBuf *out, const PgQuery__BoolExpr *expr)
{
    bool first = true;
    strbuf_char(out, '(');
    if (expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR) {
        strbuf_add(out, "NOT ");
        print_nodes(cx, out, expr->args, expr->n_args);
    } else {
        print_bool_args(cx, out, expr, &first);
    }
    strbuf_char(out, ')');
}

static void print_test(CanonCx *cx, StrBuf *out, const Node *arg, const char *word, int kind)
{
    strbuf_char(out, '(');
    cx->null_test = strcmp(word, "null") == 0 && arg != NULL &&
                    arg->node_case == PG_QUERY__NODE__NODE_COLUMN_REF;
    canon_print(cx, out, arg);
    cx->null_test = false;
    strbuf_printf(out, " %s%d)", word, kind);
}

/* The server writes `ELSE NULL::type` where nothing was written. */
static bool is_null_constant(CanonCx *cx, const Node *node)
{
    Constant constant;
    return node == NULL ||
           (constant_of_node(cx, node, &constant) && constant.kind == CONSTANT_NULL);
}

static void print_case(CanonCx *cx, StrBuf *out, const PgQuery__CaseExpr *expr)
{
    VEC(Node *) results = {0};
    strbuf_add(out, "(CASE ");
    if (expr->arg != NULL) {
        canon_print(cx, out, expr->arg);
    }
    for (size_t i = 0; i < expr->n_args; i++) {
        if (expr->args[i]->node_case != PG_QUERY__NODE__NODE_CASE_WHEN) {
            cx->failed = true;
            return;
        }
        const PgQuery__CaseWhen *when = expr->args[i]->case_when;
        strbuf_add(out, " WHEN ");
        canon_print(cx, out, when->expr);
        vec_push(cx->scratch, &results, when->result);
    }
    if (!is_null_constant(cx, expr->defresult)) {
        vec_push(cx->scratch, &results, expr->defresult);
    }
    strbuf_add(out, " THEN ");
    canon_print_group(cx, out, results.items, results.count);
    strbuf_char(out, ')');
}

/* --- structure ----------------------------------------------------------------------------------
 */

static void print_index(CanonCx *cx, StrBuf *out, const PgQuery__AIndices *indices)
{
    strbuf_char(out, '[');
    if (indices->lidx != NULL) {
        canon_print(cx, out, indices->lidx);
    }
    strbuf_add(out, indices->is_slice ? ":" : "");
    if (indices->uidx != NULL) {
        canon_print(cx, out, indices->uidx);
    }
    strbuf_char(out, ']');
}

static void print_indirection(CanonCx *cx, StrBuf *out, const PgQuery__AIndirection *node)
{
    strbuf_char(out, '(');
    canon_print(cx, out, node->arg);
    strbuf_char(out, ')');
    for (size_t i = 0; i < node->n_indirection; i++) {
        const Node *step = node->indirection[i];
        const char *name = node_string(step);
        if (step->node_case == PG_QUERY__NODE__NODE_A_INDICES) {
            print_index(cx, out, step->a_indices);
        } else if (name != NULL) {
            strbuf_char(out, '.');
            quote_name(out, name);
        } else {
            cx->failed = true;
        }
    }
}

/* COLLATE with the schema of the server and without is the same collation. */
static void print_collate(CanonCx *cx, StrBuf *out, const PgQuery__CollateClause *clause)
{
    const char *name =
        clause->n_collname > 0 ? node_string(clause->collname[clause->n_collname - 1]) : NULL;
    const char *schema = clause->n_collname == 2 ? node_string(clause->collname[0]) : NULL;
    if (name == NULL || clause->n_collname > 2) {
        cx->failed = true;
        return;
    }
    strbuf_char(out, '(');
    canon_print(cx, out, clause->arg);
    strbuf_add(out, " COLLATE ");
    canon_name_print(cx, out, schema, name);
    strbuf_char(out, ')');
}

static void print_named_arg(CanonCx *cx, StrBuf *out, const PgQuery__NamedArgExpr *arg)
{
    quote_name(out, arg->name);
    strbuf_add(out, "=>");
    canon_print(cx, out, arg->arg);
}

static void print_row(CanonCx *cx, StrBuf *out, const PgQuery__RowExpr *row)
{
    strbuf_add(out, "$row(");
    print_nodes(cx, out, row->args, row->n_args);
    strbuf_char(out, ')');
}

/* `EXISTS (...)`, `x IN (...)`, `x > ALL (...)`, `(...)` */
static void print_sublink(CanonCx *cx, StrBuf *out, const PgQuery__SubLink *link)
{
    const bool before = cx->exact;
    const char *name = link->n_oper_name == 1 ? node_string(link->oper_name[0]) : "";
    cx->exact = false;
    strbuf_printf(out, "$query%d%s(", (int)link->sub_link_type, name == NULL ? "?" : name);
    cx->failed |= name == NULL || link->n_oper_name > 1;
    if (link->testexpr != NULL) {
        canon_print(cx, out, link->testexpr);
    }
    strbuf_char(out, ':');
    cx->exact = before;
    canon_print_inner_query(cx, out, link->subselect);
    strbuf_char(out, ')');
}

static void print_node(CanonCx *cx, StrBuf *out, const Node *node)
{
    switch ((int)node->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        print_column(cx, out, node->column_ref);
        break;
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        print_cast(cx, out, node);
        break;
    case PG_QUERY__NODE__NODE_A_EXPR:
        canon_print_operator(cx, out, node->a_expr);
        break;
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        canon_print_call(cx, out, node->func_call);
        break;
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
        print_value_function(out, node->sqlvalue_function);
        break;
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
        print_bool(cx, out, node->bool_expr);
        break;
    case PG_QUERY__NODE__NODE_NULL_TEST:
        print_test(cx, out, node->null_test->arg, "null", (int)node->null_test->nulltesttype);
        break;
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
        print_test(cx, out, node->boolean_test->arg, "truth",
                   (int)node->boolean_test->booltesttype);
        break;
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        strbuf_add(out, "$coalesce");
        canon_print_group(cx, out, node->coalesce_expr->args, node->coalesce_expr->n_args);
        break;
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
        print_minmax(cx, out, node->min_max_expr);
        break;
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        print_case(cx, out, node->case_expr);
        break;
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        strbuf_add(out, "$array");
        canon_print_group(cx, out, node->a_array_expr->elements, node->a_array_expr->n_elements);
        break;
    case PG_QUERY__NODE__NODE_ROW_EXPR:
        print_row(cx, out, node->row_expr);
        break;
    case PG_QUERY__NODE__NODE_A_INDIRECTION:
        print_indirection(cx, out, node->a_indirection);
        break;
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
        print_collate(cx, out, node->collate_clause);
        break;
    case PG_QUERY__NODE__NODE_SUB_LINK:
        print_sublink(cx, out, node->sub_link);
        break;
    case PG_QUERY__NODE__NODE_NAMED_ARG_EXPR:
        print_named_arg(cx, out, node->named_arg_expr);
        break;
    default: /* the library's enum of all parse nodes: only expressions are ours */
        cx->failed = true;
        break;
    }
}

void canon_print(CanonCx *cx, StrBuf *out, const Node *node)
{
    Constant constant;
    if (cx->failed || node == NULL || cx->depth >= CANON_DEPTH_MAX) {
        cx->failed = true;
        return;
    }
    cx->depth++;
    if (constant_of_node(cx, node, &constant)) {
        canon_print_constant(cx, out, &constant);
    } else {
        print_node(cx, out, node);
    }
    cx->depth--;
}
