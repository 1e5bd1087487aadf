/*
 * block_conditions.c - what a block asks of the catalog before it does something.
 */
#include "base/common.h"

#include "compiler/replay/read/blocks.h"
#include "compiler/replay/replay_internal.h"

typedef struct Facts {
    const char *type, *constraint, *table, *column, *index, *schema, *extension, *role;
    size_t others; /* conditions that are none of these */
} Facts;

/* `column = 'text'`, as far as the column is one that names an object. */
static bool take_fact(Facts *facts, const char *column, const char *text)
{
    const struct {
        const char *column;
        const char **place;
    } places[] = {
        {"typname", &facts->type},
        {"conname", &facts->constraint},
        {"constraint_name", &facts->constraint},
        {"table_name", &facts->table},
        {"relname", &facts->table},
        {"tablename", &facts->table},
        {"column_name", &facts->column},
        {"indexname", &facts->index},
        {"nspname", &facts->schema},
        {"schema_name", &facts->schema},
        {"table_schema", &facts->schema},
        {"schemaname", &facts->schema},
        {"constraint_schema", &facts->schema},
        {"extname", &facts->extension},
        {"attname", &facts->column},
    };
    for (size_t i = 0; i < lengthof(places); i++) {
        if (strcmp(places[i].column, column) == 0) {
            *places[i].place = text;
            return true;
        }
    }
    return false;
}

static const char *constant_text(const Node *node)
{
    if (node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
        node = node->type_cast->arg;
    }
    return node != NULL && node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
                   node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL
               ? node->a_const->sval->sval
               : NULL;
}

static const char *column_text(const Node *node)
{
    if (node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF) {
        return NULL;
    }
    const PgQuery__ColumnRef *ref = node->column_ref;
    const Node *last = ref->fields[ref->n_fields - 1];
    return last->node_case == PG_QUERY__NODE__NODE_STRING ? last->string->sval : NULL;
}

static void read_condition(const Node *node, Facts *facts)
{
    if (node->node_case == PG_QUERY__NODE__NODE_BOOL_EXPR &&
        node->bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) {
        for (size_t i = 0; i < node->bool_expr->n_args; i++) {
            read_condition(node->bool_expr->args[i], facts);
        }
        return;
    }
    const PgQuery__AExpr *expr =
        node->node_case == PG_QUERY__NODE__NODE_A_EXPR ? node->a_expr : NULL;
    const bool is_equal = expr != NULL && expr->n_name == 1 && expr->lexpr != NULL &&
                          expr->rexpr != NULL && expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP &&
                          strcmp(expr->name[0]->string->sval, "=") == 0;
    const char *column = is_equal ? column_text(expr->lexpr) : NULL;
    const char *text = column == NULL ? NULL : constant_text(expr->rexpr);
    const bool is_join = column != NULL && column_text(expr->rexpr) != NULL;
    const bool is_here = column != NULL && strcmp(column, "nspname") == 0 && text == NULL;
    if ((text == NULL || !take_fact(facts, column, text)) && !is_join && !is_here) {
        facts->others++;
    }
}

static Truth truth(bool value)
{
    return value ? TRUTH_YES : TRUTH_NO;
}

static bool any_constraint(const SqlReplay *cx, Name name)
{
    vec_each(Table *const, at, &cx->realm->catalog->tables) {
        if (realm_has_constraint(cx->realm, *at, name)) {
            return true;
        }
    }
    return false;
}

static Truth column_exists(const SqlReplay *cx, const Facts *facts, Name schema)
{
    const Relation *relation =
        facts->table == NULL
            ? NULL
            : realm_relation(cx->realm, schema, intern_cstr(cx->names, facts->table));
    if (facts->table == NULL || (relation != NULL && relation->kind != RELATION_TABLE)) {
        return TRUTH_UNKNOWN;
    }
    return truth(relation != NULL &&
                 table_find_column(relation->table, intern_cstr(cx->names, facts->column)) != NULL);
}

static Truth object_exists(const SqlReplay *cx, const Facts *facts)
{
    const Name schema = facts->schema == NULL ? NULL : intern_cstr(cx->names, facts->schema);
    if (facts->others > 0 || facts->role != NULL) {
        return TRUTH_UNKNOWN;
    }
    if (facts->column != NULL) {
        return column_exists(cx, facts, schema);
    }
    if (facts->type != NULL) {
        return truth(realm_type(cx->realm, schema, intern_cstr(cx->names, facts->type)) != NULL);
    }
    if (facts->constraint != NULL) {
        return truth(any_constraint(cx, intern_cstr(cx->names, facts->constraint)));
    }
    if (facts->table != NULL || facts->index != NULL) {
        const char *name = facts->index != NULL ? facts->index : facts->table;
        return truth(realm_relation(cx->realm, schema, intern_cstr(cx->names, name)) != NULL);
    }
    if (facts->extension != NULL) {
        return truth(realm_has_extension(cx->realm, facts->extension));
    }
    if (schema != NULL) {
        return truth(map_get(&cx->realm->catalog->schemas_by_name, schema) != NULL);
    }
    return TRUTH_UNKNOWN;
}

typedef struct ServerOnly {
    bool all, any;
} ServerOnly;

static bool visit_range(void *context, const ProtobufCMessage *message)
{
    ServerOnly *found = context;
    if (message->descriptor == &pg_query__range_var__descriptor) {
        const PgQuery__RangeVar *range = (const PgQuery__RangeVar *)message;
        found->any = true;
        found->all &= strncmp(range->relname, "pg_", 3) == 0 ||
                      strcmp(range->schemaname, "information_schema") == 0;
    }
    return true;
}

/* `EXISTS (SELECT ... FROM pg_type WHERE typname = 'x')`, with NOT before it or without. */
static Truth condition_of(SqlReplay *cx, const Node *node)
{
    if (node->node_case == PG_QUERY__NODE__NODE_BOOL_EXPR &&
        node->bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR) {
        const Truth inner = condition_of(cx, node->bool_expr->args[0]);
        return inner == TRUTH_UNKNOWN ? inner : truth(inner == TRUTH_NO);
    }
    if (node->node_case != PG_QUERY__NODE__NODE_SUB_LINK ||
        node->sub_link->sub_link_type != PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK) {
        return TRUTH_UNKNOWN;
    }
    const PgQuery__SelectStmt *select = node->sub_link->subselect->select_stmt;
    ServerOnly reads = {.all = true};
    Facts facts = {0};
    (void)tree_walk(&select->base, visit_range, &reads);
    if (!reads.all && redo_gives_nothing(cx, select)) {
        return TRUTH_NO;
    }
    if (!reads.all || !reads.any || select->where_clause == NULL) {
        return TRUTH_UNKNOWN;
    }
    read_condition(select->where_clause, &facts);
    return object_exists(cx, &facts);
}

Truth block_condition(SqlReplay *cx, Slice condition)
{
    Truth found = TRUTH_UNKNOWN;
    const char *text =
        arena_printf(cx->arena, "SELECT (%.*s\n)", (int)condition.len, condition.text);
    PgQuery__ParseResult *tree = redo_parse(text);
    if (tree != NULL && tree->n_stmts == 1 &&
        tree->stmts[0]->stmt->node_case == PG_QUERY__NODE__NODE_SELECT_STMT &&
        tree->stmts[0]->stmt->select_stmt->n_target_list == 1) {
        const Node *target = tree->stmts[0]->stmt->select_stmt->target_list[0];
        found = condition_of(cx, target->res_target->val);
    }
    redo_parse_free(tree);
    return found;
}
