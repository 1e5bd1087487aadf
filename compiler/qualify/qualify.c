/*
 * qualify.c - qualifies an expression in PostgreSQL's own tree of it.
 *
 * In: a text.   Out: the same with every function, operator and type qualified. Besides functions
 * and operators that stand there, IN, BETWEEN, LIKE, NULLIF, IS DISTINCT FROM and CASE x WHEN look
 * operators up by name: they become what they stand for. Each visit tells whether the value is of a
 * type of the server's own, for only then is pg_catalog's operator what is meant.
 * Source: PostgreSQL manual, "Type Conversion", "Operator Precedence"; src/backend/parser.
 */
#include "base/common.h"

#include "compiler/qualify/qualify.h"

#include <limits.h>
#include <pg_query.h>
#include <string.h>

#include "compiler/catalog/sql_scan.h"
#include "compiler/catalog/types.h"
#include "compiler/qualify/qualify_internal.h"
#include "compiler/qualify/tree_equal.h"

typedef struct QualifyCx {
    Arena *arena;
    const QualifyWorld *world;
    bool changed;
    const char *why; /* the first thing that is not known */
} QualifyCx;

static bool visit(QualifyCx *cx, PgQuery__Node *node);

static bool refuse(QualifyCx *cx, const char *why)
{
    cx->why = cx->why != NULL ? cx->why : why;
    return false;
}

/* Puts the schema in front of a name of one part. */
static void qualify(QualifyCx *cx, PgQuery__Node ***parts, size_t *count, const char *schema)
{
    PgQuery__Node **list =
        qualify_pair(cx->arena, qualify_string(cx->arena, schema), (*parts)[*count - 1]);
    *parts = list;
    *count = 2;
    cx->changed = true;
}

/* An operator of the server's own, where something else stood. */
static PgQuery__Node *operation(QualifyCx *cx, const char *name, PgQuery__Node *left,
                                PgQuery__Node *right)
{
    cx->changed = true;
    return qualify_operation(cx->arena, name, left, right);
}

/* --- names --- */

static bool is_trusted_function(const char *name)
{
    static const char *const names[] = {
#define TRUSTED_FUNCTION(name) name,
#include "compiler/qualify/trusted_functions.def"
#undef TRUSTED_FUNCTION
    };
    for (size_t i = 0; i < lengthof(names); i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static const EnumType *find_enum(const Catalog *catalog, const char *schema, const char *name)
{
    const Name in =
        schema[0] == '\0' ? catalog->default_schema : intern_cstr(catalog->names, schema);
    return catalog_find_enum(catalog, in, intern_cstr(catalog->names, name));
}

static bool is_own_type_name(const char *name)
{
    static const char *const others[] = {"cidr",  "macaddr",   "interval", "name",     "point",
                                         "point", "int4range", "tsvector", "regconfig"};
    for (size_t i = 0; i < lengthof(others); i++) {
        if (strcmp(others[i], name) == 0) {
            return true;
        }
    }
    for (int id = 0; id < TYPE_ENUM; id++) {
        if (id != TYPE_CITEXT && strcmp(type_row((TypeId)id)->catalog_name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* --- leaves --- */

static bool visit_type(QualifyCx *cx, PgQuery__TypeName *type)
{
    const bool bare = type->n_names == 1;
    const char *schema = bare ? "" : qualify_part(type->names, type->n_names, 0);
    const char *name = qualify_part(type->names, type->n_names, type->n_names - 1);
    const EnumType *found = find_enum(cx->world->to, schema, name);
    found = found != NULL ? found : find_enum(cx->world->from, schema, name);
    if (strcmp(schema, "pg_catalog") == 0) {
        return true;
    }
    if (found != NULL) {
        if (bare && found->schema != cx->world->written->default_schema) {
            qualify(cx, &type->names, &type->n_names, found->schema->text);
        }
        return true;
    }
    if (bare && (cx->world->printed || is_own_type_name(name))) {
        qualify(cx, &type->names, &type->n_names, "pg_catalog");
        return true;
    }
    return !bare
               ? false
               : refuse(cx, arena_printf(cx->arena, "the type `%s` is not the server's own", name));
}

static bool visit_column(QualifyCx *cx, const PgQuery__ColumnRef *reference)
{
    const Column *column = qualify_column(cx->world, reference);
    return column != NULL && column->type.id != TYPE_OTHER && column->type.id != TYPE_CITEXT;
}

/* --- operators --- */

static bool both_own(QualifyCx *cx, PgQuery__Node *left, PgQuery__Node *right, const char *what)
{
    const bool own_left = left == NULL || visit(cx, left);
    const bool own_right = right == NULL || visit(cx, right);
    return (own_left && own_right) ||
           refuse(cx, arena_printf(cx->arena,
                                   "`%s` is looked up by the type of a value that is not the "
                                   "server's own",
                                   what));
}

/* x IN (a, b) is x = ANY (ARRAY[a, b]); NOT IN is x <> ALL (...). */
static void replace_in(QualifyCx *cx, PgQuery__AExpr *in)
{
    PgQuery__Node *array = qualify_node(cx->arena, PG_QUERY__NODE__NODE_A_ARRAY_EXPR);
    array->a_array_expr = arena_make(cx->arena, PgQuery__AArrayExpr);
    pg_query__a__array_expr__init(array->a_array_expr);
    array->a_array_expr->elements = in->rexpr->list->items;
    array->a_array_expr->n_elements = in->rexpr->list->n_items;
    in->kind = strcmp(qualify_part(in->name, in->n_name, 0), "=") == 0
                   ? PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY
                   : PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL;
    in->rexpr = array;
    qualify(cx, &in->name, &in->n_name, "pg_catalog");
}

static PgQuery__Node *between(QualifyCx *cx, const PgQuery__AExpr *range, bool negated)
{
    PgQuery__Node **ends = range->rexpr->list->items;
    PgQuery__Node *low = operation(cx, negated ? "<" : ">=", range->lexpr, ends[0]);
    PgQuery__Node *high = operation(cx, negated ? ">" : "<=", range->lexpr, ends[1]);
    return qualify_bool(
        cx->arena, negated ? PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR : PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR,
        qualify_pair(cx->arena, low, high), 2);
}

/* Equal, or both null. */
static PgQuery__Node *not_distinct(QualifyCx *cx, PgQuery__Node *left, PgQuery__Node *right)
{
    PgQuery__Node *nulls = qualify_bool(cx->arena, PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR,
                                        qualify_pair(cx->arena, qualify_null_test(cx->arena, left),
                                                     qualify_null_test(cx->arena, right)),
                                        2);
    return qualify_coalesce(cx->arena,
                            qualify_pair(cx->arena, operation(cx, "=", left, right), nulls));
}

static PgQuery__Node *nullif(QualifyCx *cx, PgQuery__Node *left, PgQuery__Node *right)
{
    PgQuery__Node *node = qualify_node(cx->arena, PG_QUERY__NODE__NODE_CASE_EXPR);
    PgQuery__Node **whens = arena_array(cx->arena, PgQuery__Node *, 1);
    whens[0] = qualify_when(cx->arena, operation(cx, "=", left, right), qualify_null(cx->arena));
    node->case_expr = arena_make(cx->arena, PgQuery__CaseExpr);
    pg_query__case_expr__init(node->case_expr);
    node->case_expr->args = whens;
    node->case_expr->n_args = 1;
    node->case_expr->defresult = left;
    return node;
}

static bool visit_list(QualifyCx *cx, PgQuery__Node *const *items, size_t count)
{
    bool own = true;
    for (size_t i = 0; i < count; i++) {
        own &= visit(cx, items[i]);
    }
    return own;
}

/* Says which operator it is, once it is qualified. */
static bool is_plain(const PgQuery__AExpr *expr)
{
    return expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP ||
           expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY ||
           expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL;
}

static bool is_row(const PgQuery__Node *node)
{
    return node != NULL && node->node_case == PG_QUERY__NODE__NODE_ROW_EXPR;
}

static bool visit_operation(QualifyCx *cx, PgQuery__Node *node)
{
    PgQuery__AExpr *expr = node->a_expr;
    const char *name = qualify_part(expr->name, expr->n_name, expr->n_name - 1);
    if (expr->n_name > 1) { /* the author says which */
        const bool own = strcmp(qualify_part(expr->name, expr->n_name, 0), "pg_catalog") == 0;
        (void)visit(cx, expr->lexpr);
        (void)visit(cx, expr->rexpr);
        if (own) {
            cx->changed |= qualify_join(cx->arena, cx->world, expr);
        }
        return own;
    }
    if (cx->world->printed && is_plain(expr) &&
        !is_row(expr->lexpr)) { /* found in pg_catalog, whatever the types */
        const bool own_left = expr->lexpr == NULL || visit(cx, expr->lexpr);
        const bool own_right = visit(cx, expr->rexpr);
        cx->changed |= qualify_join(cx->arena, cx->world, expr);
        qualify(cx, &expr->name, &expr->n_name, "pg_catalog");
        return own_left && own_right;
    }
    if (!both_own(cx, expr->lexpr, expr->rexpr, name)) {
        return false;
    }
    switch ((int)expr->kind) { /* the rest are refused */
    case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_SIMILAR:
        expr->kind = PG_QUERY__A__EXPR__KIND__AEXPR_OP;
        qualify(cx, &expr->name, &expr->n_name, "pg_catalog");
        return true;
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
        cx->changed |= qualify_join(cx->arena, cx->world, expr);
        qualify(cx, &expr->name, &expr->n_name, "pg_catalog");
        return true;
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
        replace_in(cx, expr);
        return true;
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
        *node = *between(cx, expr, false);
        return true;
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
        *node = *between(cx, expr, true);
        return true;
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
        *node = *not_distinct(cx, expr->lexpr, expr->rexpr);
        return true;
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT: {
        PgQuery__Node **same =
            qualify_pair(cx->arena, not_distinct(cx, expr->lexpr, expr->rexpr), NULL);
        *node = *qualify_bool(cx->arena, PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR, same, 1);
        return true;
    }
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
        *node = *nullif(cx, expr->lexpr, expr->rexpr);
        return true;
    default:
        return refuse(
            cx, arena_printf(cx->arena, "`%s` is used in a way that cannot be qualified", name));
    }
}

/* --- calls and cases --- */

/* Words between values (a AT TIME ZONE b) are a call like any other; as words they are printed
 * without the brackets that they need inside something else. */
static bool is_written_between(const PgQuery__FuncCall *call, const char *name)
{
    return call->funcformat == PG_QUERY__COERCION_FORM__COERCE_SQL_SYNTAX &&
           (strcmp(name, "timezone") == 0 || strcmp(name, "overlaps") == 0 ||
            strcmp(name, "is_normalized") == 0);
}

static bool visit_call(QualifyCx *cx, PgQuery__FuncCall *call)
{
    const char *name = qualify_part(call->funcname, call->n_funcname, call->n_funcname - 1);
    const bool own_arguments = visit_list(cx, call->args, call->n_args);
    if (call->agg_filter != NULL || call->over != NULL || call->n_agg_order > 0 || call->agg_star) {
        return refuse(cx, arena_printf(cx->arena, "`%s` is called over several rows", name));
    }
    if (is_written_between(call, name)) {
        call->funcformat = PG_QUERY__COERCION_FORM__COERCE_EXPLICIT_CALL;
    }
    if (call->n_funcname > 1) { /* the author says which, or the grammar does */
        return strcmp(qualify_part(call->funcname, call->n_funcname, 0), "pg_catalog") == 0;
    }
    if (cx->world->printed) { /* what it gives may be of its arguments' type */
        qualify(cx, &call->funcname, &call->n_funcname, "pg_catalog");
        return own_arguments;
    }
    if (!is_trusted_function(name)) {
        return refuse(
            cx,
            arena_printf(cx->arena, "the function `%s` is not known to be the server's own", name));
    }
    if (!own_arguments) {
        return refuse(cx,
                      arena_printf(cx->arena,
                                   "the function `%s` is looked up by the type of a value that is "
                                   "not the server's own",
                                   name));
    }
    qualify(cx, &call->funcname, &call->n_funcname, "pg_catalog");
    return true;
}

/* CASE x WHEN a THEN ... looks up x = a. */
static bool visit_case(QualifyCx *cx, PgQuery__CaseExpr *expr)
{
    bool own = expr->defresult == NULL || visit(cx, expr->defresult);
    const bool own_value = expr->arg == NULL || visit(cx, expr->arg);
    for (size_t i = 0; i < expr->n_args; i++) {
        PgQuery__CaseWhen *when = expr->args[i]->case_when;
        const bool own_when = visit(cx, when->expr);
        own &= visit(cx, when->result);
        if (expr->arg != NULL && !(own_value && own_when)) {
            return refuse(cx, "`CASE x WHEN` compares values whose type is not the server's own");
        }
        if (expr->arg != NULL) {
            when->expr = operation(cx, "=", expr->arg, when->expr);
        }
    }
    expr->arg = NULL;
    return own;
}

static bool visit_collation(QualifyCx *cx, PgQuery__CollateClause *clause)
{
    const bool own = visit(cx, clause->arg);
    const char *name = qualify_part(clause->collname, clause->n_collname, 0);
    if (clause->n_collname > 1) {
        return own;
    }
    if (!cx->world->printed && strcmp(name, "C") != 0 && strcmp(name, "POSIX") != 0 &&
        strcmp(name, "default") != 0) {
        return refuse(cx, arena_printf(cx->arena, "the collation `%s` has no schema", name));
    }
    qualify(cx, &clause->collname, &clause->n_collname, "pg_catalog");
    return own;
}

/* Is the value of a type of the server's own? */
static bool visit(QualifyCx *cx, PgQuery__Node *node)
{
    switch ((int)node->node_case) { /* of 250 kinds of node */
    case PG_QUERY__NODE__NODE_A_CONST:
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
        return true;
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        return visit_column(cx, node->column_ref);
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        (void)visit(cx, node->type_cast->arg);
        return visit_type(cx, node->type_cast->type_name);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return visit_call(cx, node->func_call);
    case PG_QUERY__NODE__NODE_A_EXPR:
        return visit_operation(cx, node);
    case PG_QUERY__NODE__NODE_LIST:
        return visit_list(cx, node->list->items, node->list->n_items);
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
        (void)visit_list(cx, node->bool_expr->args, node->bool_expr->n_args);
        return true;
    case PG_QUERY__NODE__NODE_NULL_TEST:
        (void)visit(cx, node->null_test->arg);
        return true;
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
        (void)visit(cx, node->boolean_test->arg);
        return true;
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        return visit_case(cx, node->case_expr);
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return visit_list(cx, node->coalesce_expr->args, node->coalesce_expr->n_args);
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
        return visit_list(cx, node->min_max_expr->args, node->min_max_expr->n_args);
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        return visit_list(cx, node->a_array_expr->elements, node->a_array_expr->n_elements);
    case PG_QUERY__NODE__NODE_ROW_EXPR: /* compared field by field, each by its type */
        (void)visit_list(cx, node->row_expr->args, node->row_expr->n_args);
        return false;
    case PG_QUERY__NODE__NODE_NAMED_ARG_EXPR:
        return visit(cx, node->named_arg_expr->arg);
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
        return visit_collation(cx, node->collate_clause);
    default:
        return refuse(cx, "a part of it is more than an expression over the row");
    }
}

/* --- the whole --- */

static void *take(void *of, size_t size)
{
    return arena_alloc(of, size);
}

static void leave(UNUSED void *of, UNUSED void *pointer)
{
}

static PgQuery__ParseResult *parse_query(Arena *arena, const char *query)
{
    ProtobufCAllocator allocator = {.alloc = take, .free = leave, .allocator_data = arena};
    if (!sql_nesting_within(query, strlen(query), NESTING_MAX)) {
        return NULL;
    }
    PgQueryProtobufParseResult parsed = pg_query_parse_protobuf(query);
    PgQuery__ParseResult *tree =
        parsed.error != NULL
            ? NULL
            : pg_query__parse_result__unpack(&allocator, parsed.parse_tree.len,
                                             (const uint8_t *)parsed.parse_tree.data);
    pg_query_free_protobuf_parse_result(parsed);
    return tree;
}

static PgQuery__ParseResult *parse(Arena *arena, const char *expression)
{
    return parse_query(arena, arena_printf(arena, "SELECT %s\n", expression));
}

static PgQuery__SelectStmt *select_of(const PgQuery__ParseResult *tree)
{
    const PgQuery__Node *statement =
        tree != NULL && tree->n_stmts == 1 ? tree->stmts[0]->stmt : NULL;
    return statement != NULL && statement->node_case == PG_QUERY__NODE__NODE_SELECT_STMT
               ? statement->select_stmt
               : NULL;
}

/* The one value that is selected; NULL when the text is something else. */
static PgQuery__Node *value_of(const PgQuery__ParseResult *tree)
{
    const PgQuery__SelectStmt *select = select_of(tree);
    const bool plain = select != NULL && select->n_target_list == 1 && select->n_from_clause == 0 &&
                       select->where_clause == NULL;
    return plain ? select->target_list[0]->res_target->val : NULL;
}

bool qualify_is_expression(Arena *arena, const char *expression)
{
    return value_of(parse(arena, expression)) != NULL;
}

/* NULL when the text would not be read as what it was made from. */
static const char *print(Arena *arena, const PgQuery__ParseResult *tree)
{
    static const char select[] = "SELECT ";
    const size_t size = pg_query__parse_result__get_packed_size(tree);
    if (size > UINT_MAX) { /* releases of the library differ in the width of `len` */
        return NULL;
    }
    uint8_t *bytes = arena_alloc(arena, size);
    (void)pg_query__parse_result__pack(tree, bytes);
    PgQueryDeparseResult printed =
        pg_query_deparse_protobuf((PgQueryProtobuf){.len = (unsigned)size, .data = (char *)bytes});
    const char *text =
        printed.error == NULL && strncmp(printed.query, select, sizeof select - 1) == 0
            ? arena_strdup(arena, printed.query + sizeof select - 1)
            : NULL;
    pg_query_free_deparse_result(printed);
    if (text == NULL) {
        return NULL;
    }
    const PgQuery__ParseResult *again = parse(arena, text);
    return again != NULL && sql_tree_equal(&tree->base, &again->base) ? text : NULL;
}

const char *qualify_expression(Arena *arena, const QualifyWorld *world, const char *expression,
                               const char **ret_why)
{
    QualifyCx cx = {.arena = arena, .world = world};
    PgQuery__ParseResult *tree = parse(arena, expression);
    PgQuery__Node *value = value_of(tree);
    if (value == NULL) {
        *ret_why = "it is not one expression that PostgreSQL's grammar reads";
        return NULL;
    }
    (void)visit(&cx, value);
    *ret_why = cx.why;
    if (cx.why != NULL) {
        return NULL;
    }
    const char *text = cx.changed ? print(arena, tree) : expression;
    if (text == NULL) {
        *ret_why = "the parser's library leaves out brackets that it needs; write "
                   "`CASE WHEN ... THEN ... END` in place of a cast of `AND`, `OR` or `NOT`";
    }
    return text;
}

const char *qualify_view_value(Arena *arena, const char *definition)
{
    PgQuery__ParseResult *tree = parse_query(arena, definition);
    PgQuery__SelectStmt *select = select_of(tree);
    if (select == NULL || select->n_target_list != 1) {
        return NULL;
    }
    select->n_from_clause = 0;
    select->target_list[0]->res_target->name = arena_strdup(arena, "");
    return print(arena, tree);
}
