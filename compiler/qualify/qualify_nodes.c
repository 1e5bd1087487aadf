/*
 * qualify_nodes.c - nodes of PostgreSQL's tree, made in an arena.
 *
 * In: what they hold.   Out: nodes that its writer can print. Nothing here decides what is made.
 */
#include "base/common.h"

#include "compiler/qualify/qualify_internal.h"

PgQuery__Node *qualify_node(Arena *arena, PgQuery__Node__NodeCase kind)
{
    PgQuery__Node *node = arena_make(arena, PgQuery__Node);
    pg_query__node__init(node);
    node->node_case = kind;
    return node;
}

PgQuery__Node *qualify_string(Arena *arena, const char *text)
{
    PgQuery__Node *node = qualify_node(arena, PG_QUERY__NODE__NODE_STRING);
    node->string = arena_make(arena, PgQuery__String);
    pg_query__string__init(node->string);
    node->string->sval = arena_strdup(arena, text);
    return node;
}

PgQuery__Node *qualify_bool(Arena *arena, PgQuery__BoolExprType op, PgQuery__Node **args,
                            size_t count)
{
    PgQuery__Node *node = qualify_node(arena, PG_QUERY__NODE__NODE_BOOL_EXPR);
    node->bool_expr = arena_make(arena, PgQuery__BoolExpr);
    pg_query__bool_expr__init(node->bool_expr);
    node->bool_expr->boolop = op;
    node->bool_expr->args = args;
    node->bool_expr->n_args = count;
    return node;
}

PgQuery__Node **qualify_pair(Arena *arena, PgQuery__Node *first, PgQuery__Node *second)
{
    PgQuery__Node **list = arena_array(arena, PgQuery__Node *, 2);
    list[0] = first;
    list[1] = second;
    return list;
}

PgQuery__Node *qualify_operation(Arena *arena, const char *name, PgQuery__Node *left,
                                 PgQuery__Node *right)
{
    PgQuery__Node *node = qualify_node(arena, PG_QUERY__NODE__NODE_A_EXPR);
    node->a_expr = arena_make(arena, PgQuery__AExpr);
    pg_query__a__expr__init(node->a_expr);
    node->a_expr->kind = PG_QUERY__A__EXPR__KIND__AEXPR_OP;
    node->a_expr->name =
        qualify_pair(arena, qualify_string(arena, "pg_catalog"), qualify_string(arena, name));
    node->a_expr->n_name = 2;
    node->a_expr->lexpr = left;
    node->a_expr->rexpr = right;
    return node;
}

PgQuery__Node *qualify_null_test(Arena *arena, PgQuery__Node *value)
{
    PgQuery__Node *node = qualify_node(arena, PG_QUERY__NODE__NODE_NULL_TEST);
    node->null_test = arena_make(arena, PgQuery__NullTest);
    pg_query__null_test__init(node->null_test);
    node->null_test->arg = value;
    node->null_test->nulltesttype = PG_QUERY__NULL_TEST_TYPE__IS_NULL;
    return node;
}

PgQuery__Node *qualify_coalesce(Arena *arena, PgQuery__Node **args)
{
    PgQuery__Node *node = qualify_node(arena, PG_QUERY__NODE__NODE_COALESCE_EXPR);
    node->coalesce_expr = arena_make(arena, PgQuery__CoalesceExpr);
    pg_query__coalesce_expr__init(node->coalesce_expr);
    node->coalesce_expr->args = args;
    node->coalesce_expr->n_args = 2;
    return node;
}

PgQuery__Node *qualify_when(Arena *arena, PgQuery__Node *condition, PgQuery__Node *result)
{
    PgQuery__Node *node = qualify_node(arena, PG_QUERY__NODE__NODE_CASE_WHEN);
    node->case_when = arena_make(arena, PgQuery__CaseWhen);
    pg_query__case_when__init(node->case_when);
    node->case_when->expr = condition;
    node->case_when->result = result;
    return node;
}

PgQuery__Node *qualify_null(Arena *arena)
{
    PgQuery__Node *node = qualify_node(arena, PG_QUERY__NODE__NODE_A_CONST);
    node->a_const = arena_make(arena, PgQuery__AConst);
    pg_query__a__const__init(node->a_const);
    node->a_const->isnull = true;
    return node;
}

PgQuery__Node *qualify_text(Arena *arena, PgQuery__Node *value)
{
    PgQuery__Node *node = qualify_node(arena, PG_QUERY__NODE__NODE_TYPE_CAST);
    PgQuery__TypeName *type = arena_make(arena, PgQuery__TypeName);
    pg_query__type_name__init(type);
    type->names =
        qualify_pair(arena, qualify_string(arena, "pg_catalog"), qualify_string(arena, "text"));
    type->n_names = 2;
    type->typemod = -1;
    node->type_cast = arena_make(arena, PgQuery__TypeCast);
    pg_query__type_cast__init(node->type_cast);
    node->type_cast->arg = value;
    node->type_cast->type_name = type;
    return node;
}

const char *qualify_part(PgQuery__Node *const *parts, size_t count, size_t at)
{
    return at < count && parts[at]->node_case == PG_QUERY__NODE__NODE_STRING
               ? parts[at]->string->sval
               : "";
}
