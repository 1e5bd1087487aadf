/*
 * canon_query.c - queries printed in one spelling.
 *
 * Every part prints with a mark of its own, so different trees never print alike. What is not
 * listed makes the whole query fail. Source: PostgreSQL manual, "Queries", "SELECT"; the forms in
 * which servers of 12 to 18 print views: those before 16 qualify every column.
 */
#include "base/common.h"

#include "compiler/canon/canon_query.h"

#include <string.h>

#include "compiler/canon/canon_scope.h"
#include "compiler/catalog/naming.h"

#define NODE(name) PG_QUERY__NODE__NODE_##name

enum { QUERY_DEPTH_MAX = 40 };

/* --- names of targets ---------------------------------------------------------------------------
 */

/* What the server calls a target without AS, and how sure it is of it: 2 a name of its own, 1 a
 * type's or CASE, 0 none. */
static int figure(const Node *node, const char **ret_name)
{
    switch ((int)node->node_case) { /* an open set: the others have no name */
    case NODE(COLUMN_REF):
        *ret_name = node_string(node->column_ref->fields[node->column_ref->n_fields - 1]);
        return 2;
    case NODE(FUNC_CALL):
        *ret_name = node_string(node->func_call->funcname[node->func_call->n_funcname - 1]);
        return 2;
    case NODE(TYPE_CAST): {
        const PgQuery__TypeName *type = node->type_cast->type_name;
        if (figure(node->type_cast->arg, ret_name) == 2) {
            return 2;
        }
        *ret_name = node_string(type->names[type->n_names - 1]);
        return 1;
    }
    case NODE(CASE_EXPR):
        if (node->case_expr->defresult != NULL &&
            figure(node->case_expr->defresult, ret_name) == 2) {
            return 2;
        }
        *ret_name = "case";
        return 1;
    case NODE(COALESCE_EXPR):
        *ret_name = "coalesce";
        return 2;
    case NODE(MIN_MAX_EXPR):
        *ret_name =
            node->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest" : "least";
        return 2;
    case NODE(A_CONST):
    case NODE(A_EXPR):
    case NODE(BOOL_EXPR):
    case NODE(NULL_TEST):
    case NODE(BOOLEAN_TEST):
        *ret_name = "?column?";
        return 0;
    default:
        *ret_name = NULL;
        return 0;
    }
}

static bool is_nullif(const Node *node)
{
    return node->node_case == NODE(A_EXPR) &&
           node->a_expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF;
}

/* NULL where it is not certain. */
static Name target_name(const CanonCx *cx, const PgQuery__ResTarget *target)
{
    const char *name = target->name;
    if (name == NULL || name[0] == '\0') {
        name = NULL;
        (void)figure(target->val, &name);
        name = is_nullif(target->val) ? "nullif" : name;
    }
    return name == NULL ? NULL : canon_name_of(cx, name);
}

/* --- parts --------------------------------------------------------------------------------------
 */

static bool print_exactly(CanonCx *cx, StrBuf *out, const Node *node)
{
    const bool before = cx->exact;
    cx->exact = true;
    canon_print(cx, out, node);
    cx->exact = before;
    return !cx->failed;
}

bool canon_print_loosely(CanonCx *cx, StrBuf *out, const char *mark, const Node *node)
{
    const bool before = cx->exact;
    if (node == NULL) {
        return true;
    }
    strbuf_add(out, mark);
    cx->exact = false;
    canon_print(cx, out, node);
    cx->exact = before;
    return !cx->failed;
}

static bool print_targets(CanonCx *cx, StrBuf *out, const PgQuery__SelectStmt *select, bool named,
                          CanonOutputs *outputs)
{
    for (size_t i = 0; i < select->n_target_list; i++) {
        const PgQuery__ResTarget *target = select->target_list[i]->res_target;
        const CanonOutput output = {.name = target_name(cx, target), .value = target->val};
        if (target->n_indirection > 0 || (named && output.name == NULL)) {
            return false;
        }
        strbuf_add(out, i == 0 ? "" : ", ");
        if (!print_exactly(cx, out, target->val)) {
            return false;
        }
        if (named) {
            strbuf_add(out, " AS ");
            canon_quote(out, output.name->text, output.name->len);
        }
        vec_push(cx->scratch, outputs, output);
    }
    return true;
}

static const CanonOutput *find_output(const CanonCx *cx, const CanonOutputs *outputs,
                                      const Node *node)
{
    const PgQuery__ColumnRef *ref = node->node_case == NODE(COLUMN_REF) ? node->column_ref : NULL;
    const char *text = ref != NULL && ref->n_fields == 1 ? node_string(ref->fields[0]) : NULL;
    const Name name = text == NULL ? NULL : canon_name_of(cx, text);
    if (node->node_case == NODE(A_CONST) &&
        node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL) {
        const size_t number = (size_t)node->a_const->ival->ival;
        return number >= 1 && number <= outputs->count ? &outputs->items[number - 1] : NULL;
    }
    vec_each(const CanonOutput, at, outputs) {
        if (name != NULL && at->name == name) {
            return at;
        }
    }
    return NULL;
}

static bool is_input(const CanonCx *cx, const Node *node)
{
    const CanonSource *source = NULL;
    const Column *column = NULL;
    Name name = NULL;
    return node->node_case == NODE(COLUMN_REF) &&
           canon_scope_find(cx, node->column_ref, &source, &name, &column);
}

/* A key of GROUP BY, where a column goes before a target of its name, or of another clause. */
static bool print_key(CanonCx *cx, StrBuf *out, const Node *node, const CanonOutputs *outputs,
                      bool is_group)
{
    const CanonOutput *output = find_output(cx, outputs, node);
    if (output != NULL && output->value == NULL) { /* of a set operation: its number */
        strbuf_printf(out, "#%zu", (size_t)(output - outputs->items));
        return true;
    }
    if (output == NULL || (is_group && is_input(cx, node))) {
        return node->node_case != NODE(A_CONST) && outputs->count > 0 &&
               outputs->items[0].value != NULL && print_exactly(cx, out, node);
    }
    return print_exactly(cx, out, output->value);
}

static bool print_keys(CanonCx *cx, StrBuf *out, const char *mark, Node *const *nodes, size_t count,
                       const CanonOutputs *outputs, bool is_group)
{
    for (size_t i = 0; i < count; i++) {
        strbuf_add(out, i == 0 ? mark : ", ");
        if (!print_key(cx, out, nodes[i], outputs, is_group)) {
            return false;
        }
    }
    return true;
}

void canon_print_direction(CanonCx *cx, StrBuf *out, const PgQuery__SortBy *sort)
{
    const bool down = sort->sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
    const bool first = sort->sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_DEFAULT
                           ? down
                           : sort->sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST;
    cx->failed |= sort->n_use_op > 0;
    strbuf_printf(out, "%s%s", down ? " v" : " ^", first ? "n" : "");
}

static bool print_order(CanonCx *cx, StrBuf *out, const PgQuery__SelectStmt *select,
                        const CanonOutputs *outputs)
{
    for (size_t i = 0; i < select->n_sort_clause; i++) {
        const PgQuery__SortBy *sort = select->sort_clause[i]->sort_by;
        strbuf_add(out, i == 0 ? " ORDER " : ", ");
        if (!print_key(cx, out, sort->node, outputs, false)) {
            return false;
        }
        canon_print_direction(cx, out, sort);
    }
    return !cx->failed;
}

/* --- queries ------------------------------------------------------------------------------------
 */

static bool print_with(CanonCx *cx, StrBuf *out, CanonScope *scope, const PgQuery__WithClause *with)
{
    for (size_t i = 0; with != NULL && i < with->n_ctes; i++) {
        const PgQuery__CommonTableExpr *named = with->ctes[i]->common_table_expr;
        CanonSource source = {.alias = canon_name_of(cx, named->ctename)};
        CanonOutputs outputs = {0};
        if (with->recursive || named->search_clause != NULL || named->cycle_clause != NULL) {
            return false;
        }
        strbuf_add(out, i == 0 ? "WITH " : ", ");
        canon_quote(out, source.alias->text, source.alias->len);
        strbuf_printf(out, "%d ", (int)named->ctematerialized);
        if (!canon_print_derived(cx, out, scope, named->ctequery, &outputs)) {
            return false;
        }
        canon_names_of(cx, &outputs, named->aliascolnames, named->n_aliascolnames, &source.columns);
        vec_each(const Name, at, &source.columns) {
            strbuf_char(out, ',');
            canon_quote(out, (*at)->text, (*at)->len);
        }
        vec_push(cx->scratch, &scope->named, source);
    }
    return true;
}

static bool has_distinct_keys(const PgQuery__SelectStmt *select)
{
    return select->n_distinct_clause > 0 && select->distinct_clause[0] != NULL &&
           select->distinct_clause[0]->node_case != PG_QUERY__NODE__NODE__NOT_SET;
}

static bool print_plain(CanonCx *cx, StrBuf *out, const PgQuery__SelectStmt *select,
                        CanonScope *scope, bool named, CanonOutputs *outputs)
{
    StrBuf from = strbuf_new(CANON_TEXT_MAX);
    bool ok = true;
    for (size_t i = 0; ok && i < select->n_from_clause; i++) {
        strbuf_add(&from, i == 0 ? " FROM " : ", ");
        ok = canon_print_source(cx, &from, scope, select->from_clause[i]);
    }
    strbuf_add(out, select->n_distinct_clause > 0 ? "DISTINCT " : "SELECT ");
    ok = ok && print_targets(cx, out, select, named, outputs) &&
         (!has_distinct_keys(select) || print_keys(cx, out, " BY ", select->distinct_clause,
                                                   select->n_distinct_clause, outputs, false));
    strbuf_addn(out, strbuf_text(&from), from.len);
    strbuf_dispose(&from);
    return ok && canon_print_loosely(cx, out, " WHERE ", select->where_clause) &&
           print_keys(cx, out, " GROUP ", select->group_clause, select->n_group_clause, outputs,
                      true) &&
           canon_print_loosely(cx, out, " HAVING ", select->having_clause);
}

static bool print_operation(CanonCx *cx, StrBuf *out, const PgQuery__SelectStmt *select, bool named,
                            CanonOutputs *outputs)
{
    CanonOutputs left = {0}, right = {0};
    strbuf_char(out, '(');
    bool ok = canon_print_query(cx, out, select->larg, named, &left);
    strbuf_printf(out, ") OP%d%s (", (int)select->op, select->all ? "ALL" : "");
    ok = ok && canon_print_query(cx, out, select->rarg, false, &right);
    strbuf_char(out, ')');
    vec_each(const CanonOutput, at, &left) {
        const CanonOutput output = {.name = at->name};
        vec_push(cx->scratch, outputs, output);
    }
    return ok;
}

static bool is_listed_kind(const PgQuery__SelectStmt *select)
{
    return select->into_clause == NULL && select->n_values_lists == 0 &&
           select->n_locking_clause == 0 && select->n_window_clause == 0 && !select->group_distinct;
}

bool canon_print_query(CanonCx *cx, StrBuf *out, const PgQuery__SelectStmt *select, bool named,
                       CanonOutputs *ret_outputs)
{
    const CanonScope *before = cx->scope;
    CanonScope scope = {.outer = before};
    if (!is_listed_kind(select) || cx->depth >= QUERY_DEPTH_MAX) {
        return false;
    }
    cx->depth++;
    cx->scope = &scope;
    const bool ok =
        print_with(cx, out, &scope, select->with_clause) &&
        (select->larg != NULL ? print_operation(cx, out, select, named, ret_outputs)
                              : print_plain(cx, out, select, &scope, named, ret_outputs)) &&
        print_order(cx, out, select, ret_outputs) &&
        canon_print_loosely(cx, out, " LIMIT ", select->limit_count) &&
        canon_print_loosely(cx, out, " OFFSET ", select->limit_offset);
    strbuf_add(out, select->limit_option == PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_WITH_TIES ? " TIES"
                                                                                           : "");
    cx->scope = before;
    cx->depth--;
    return ok && !cx->failed;
}

void canon_print_inner_query(CanonCx *cx, StrBuf *out, const Node *query)
{
    CanonOutputs outputs = {0};
    if (cx->catalog == NULL || query->node_case != NODE(SELECT_STMT) ||
        !canon_print_query(cx, out, query->select_stmt, false, &outputs)) {
        cx->failed = true;
    }
}

/* --- texts --------------------------------------------------------------------------------------
 */

typedef struct QueryText {
    PgQuery__ParseResult *tree;
    const PgQuery__SelectStmt *select; /* NULL: none */
    Node *const *aliases;
    size_t alias_count;
} QueryText;

static QueryText read_query(const char *text)
{
    QueryText query = {.tree = canon_parse_script(text)};
    const Node *node =
        query.tree == NULL || query.tree->n_stmts != 1 ? NULL : query.tree->stmts[0]->stmt;
    const Node *inner = node;
    if (node != NULL && node->node_case == NODE(VIEW_STMT)) {
        inner = node->view_stmt->query;
        query.aliases = node->view_stmt->aliases;
        query.alias_count = node->view_stmt->n_aliases;
    } else if (node != NULL && node->node_case == NODE(CREATE_TABLE_AS_STMT)) {
        inner = node->create_table_as_stmt->query;
        query.aliases = node->create_table_as_stmt->into->col_names;
        query.alias_count = node->create_table_as_stmt->into->n_col_names;
    }
    query.select =
        inner != NULL && inner->node_case == NODE(SELECT_STMT) ? inner->select_stmt : NULL;
    return query;
}

static void free_query(QueryText *query)
{
    if (query->tree != NULL) {
        pg_query__parse_result__free_unpacked(query->tree, NULL);
    }
}

bool canon_view_columns(CanonCx *cx, const Opaque *view, CanonNames *ret_columns)
{
    QueryText query = read_query(view->definition->text);
    const PgQuery__SelectStmt *select = query.select;
    while (select != NULL && select->larg != NULL) {
        select = select->larg;
    }
    bool ok = select != NULL && select->n_values_lists == 0;
    for (size_t i = 0; ok && i < select->n_target_list; i++) {
        const char *other = i < query.alias_count ? node_string(query.aliases[i]) : NULL;
        const Name name = other != NULL ? canon_name_of(cx, other)
                                        : target_name(cx, select->target_list[i]->res_target);
        ok = name != NULL; /* `*` has none */
        vec_push(cx->scratch, ret_columns, name);
    }
    free_query(&query);
    return ok;
}

/* Names that the view gives its columns stand for those of the targets. */
static bool print_view(CanonCx *cx, StrBuf *out, const QueryText *query)
{
    CanonOutputs outputs = {0};
    if (query->select == NULL || query->alias_count > 0 ||
        !canon_print_query(cx, out, query->select, true, &outputs)) {
        return false;
    }
    return outputs.count > 0;
}

static CanonCx query_cx(const Catalog *catalog)
{
    return (CanonCx){.names = catalog->names,
                     .scratch = arena_new(),
                     .default_schema = catalog->default_schema,
                     .catalog = catalog};
}

Name canon_query(const Catalog *catalog, const char *text)
{
    CanonCx cx = query_cx(catalog);
    StrBuf out = strbuf_new(CANON_TEXT_MAX);
    QueryText query = read_query(text);
    const bool ok = print_view(&cx, &out, &query);
    const Name made = ok ? intern(catalog->names, strbuf_text(&out), out.len) : NULL;
    free_query(&query);
    strbuf_dispose(&out);
    arena_free(cx.scratch);
    return made;
}
