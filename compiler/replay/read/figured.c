/*
 * figured.c - what the server calls a column that nobody named: of a query, and of an index.
 *
 * Source: PostgreSQL manual, "Select Lists"; the rule is the server's own (FigureColname): a name
 * that stands in the expression, else that of a type it is cast to.
 */
#include "base/common.h"

#include "compiler/replay/read/reader.h"

/* How sure a name is: a cast's or a CASE's gives way to one from inside. */
typedef enum Sureness { SURE_NOT, SURE_WEAK, SURE_STRONG } Sureness;

enum { FIGURE_DEPTH_MAX = 200 };

static Sureness figure(const SqlReplay *cx, const Node *node, unsigned depth, Name *ret_name);

static Sureness word(const SqlReplay *cx, const char *text, Name *ret_name)
{
    *ret_name = intern_cstr(cx->names, text);
    return SURE_STRONG;
}

static const char *value_word(const PgQuery__SQLValueFunction *function)
{
    static const char *const words[] = {
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE] = "current_date",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME] = "current_time",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME_N] = "current_time",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP] = "current_timestamp",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N] = "current_timestamp",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME] = "localtime",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N] = "localtime",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP] = "localtimestamp",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N] = "localtimestamp",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE] = "current_role",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER] = "current_user",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER] = "user",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER] = "session_user",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG] = "current_catalog",
        [PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA] = "current_schema",
    };
    return (size_t)function->op < lengthof(words) ? words[function->op] : NULL;
}

static Sureness figure_cast(const SqlReplay *cx, const PgQuery__TypeCast *cast, unsigned depth,
                            Name *ret_name)
{
    const Sureness inner = figure(cx, cast->arg, depth, ret_name);
    if (inner == SURE_STRONG || cast->type_name->n_names == 0) {
        return inner;
    }
    *ret_name = redo_name_of(cx, cast->type_name->names[cast->type_name->n_names - 1]);
    return SURE_WEAK;
}

static Sureness figure_case(const SqlReplay *cx, const PgQuery__CaseExpr *expr, unsigned depth,
                            Name *ret_name)
{
    const Sureness inner = figure(cx, expr->defresult, depth, ret_name);
    if (inner == SURE_STRONG) {
        return inner;
    }
    *ret_name = intern_cstr(cx->names, "case");
    return SURE_WEAK;
}

static Sureness figure_query(const SqlReplay *cx, const PgQuery__SubLink *link, unsigned depth,
                             Name *ret_name)
{
    switch ((int)link->sub_link_type) { /* an open set: the others have no name */
    case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
        return word(cx, "exists", ret_name);
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
        return word(cx, "array", ret_name);
    case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK:
        break;
    default:
        return SURE_NOT;
    }
    const PgQuery__SelectStmt *select = link->subselect->select_stmt;
    while (select->larg != NULL) {
        select = select->larg;
    }
    if (select->n_target_list == 0) {
        return SURE_NOT;
    }
    const PgQuery__ResTarget *target = select->target_list[0]->res_target;
    if (target->name != NULL && target->name[0] != '\0') {
        return word(cx, target->name, ret_name);
    }
    return figure(cx, target->val, depth, ret_name);
}

static Sureness figure_last(const SqlReplay *cx, Node *const *names, size_t count, Name *ret_name)
{
    const Name name = count == 0 ? NULL : redo_name_of(cx, names[count - 1]);
    if (name == NULL) {
        return SURE_NOT;
    }
    *ret_name = name;
    return SURE_STRONG;
}

static Sureness figure(const SqlReplay *cx, const Node *node, unsigned depth, Name *ret_name)
{
    if (node == NULL || depth >= FIGURE_DEPTH_MAX) {
        return SURE_NOT;
    }
    depth++;
    switch ((int)node->node_case) { /* an open set: the others have no name */
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        return figure_last(cx, node->column_ref->fields, node->column_ref->n_fields, ret_name);
    case PG_QUERY__NODE__NODE_A_INDIRECTION: {
        const PgQuery__AIndirection *at = node->a_indirection;
        const Sureness last = figure_last(cx, at->indirection, at->n_indirection, ret_name);
        return last != SURE_NOT ? last : figure(cx, at->arg, depth, ret_name);
    }
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return figure_last(cx, node->func_call->funcname, node->func_call->n_funcname, ret_name);
    case PG_QUERY__NODE__NODE_A_EXPR:
        return node->a_expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF
                   ? word(cx, "nullif", ret_name)
                   : SURE_NOT;
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        return figure_cast(cx, node->type_cast, depth, ret_name);
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
        return figure(cx, node->collate_clause->arg, depth, ret_name);
    case PG_QUERY__NODE__NODE_SUB_LINK:
        return figure_query(cx, node->sub_link, depth, ret_name);
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        return figure_case(cx, node->case_expr, depth, ret_name);
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        return word(cx, "array", ret_name);
    case PG_QUERY__NODE__NODE_ROW_EXPR:
        return word(cx, "row", ret_name);
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return word(cx, "coalesce", ret_name);
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
        return word(
            cx, node->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest" : "least",
            ret_name);
    case PG_QUERY__NODE__NODE_GROUPING_FUNC:
        return word(cx, "grouping", ret_name);
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION: {
        const char *text = value_word(node->sqlvalue_function);
        return text == NULL ? SURE_NOT : word(cx, text, ret_name);
    }
    default:
        return SURE_NOT;
    }
}

Name redo_figured(const SqlReplay *cx, const Node *expression, const char *otherwise)
{
    Name name = NULL;
    const Sureness sure = figure(cx, expression, 0, &name);
    return sure == SURE_NOT || name == NULL ? intern_cstr(cx->names, otherwise) : name;
}
