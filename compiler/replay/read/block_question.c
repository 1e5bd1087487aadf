/*
 * block_question.c - what a block asks the catalogs, word by word.
 */
#include "base/common.h"

#include "compiler/replay/read/block_question.h"

Truth block_truth(bool value)
{
    return value ? TRUTH_YES : TRUTH_NO;
}

/* `column = 'text'`, as far as the column is one that names an object. */
static bool take_fact(Facts *facts, const char *column, const char *text)
{
    static const struct {
        const char *column;
        Fact fact;
    } places[] = {
        {"typname", FACT_TYPE},
        {"enumlabel", FACT_LABEL},
        {"conname", FACT_CONSTRAINT},
        {"constraint_name", FACT_CONSTRAINT},
        {"table_name", FACT_ROW_SOURCE},
        {"relname", FACT_RELATION},
        {"tablename", FACT_TABLE},
        {"viewname", FACT_VIEW},
        {"matviewname", FACT_MATERIALIZED_VIEW},
        {"indexname", FACT_INDEX},
        {"sequencename", FACT_SEQUENCE},
        {"sequence_name", FACT_SEQUENCE},
        {"column_name", FACT_COLUMN},
        {"attname", FACT_COLUMN},
        {"tgname", FACT_TRIGGER},
        {"trigger_name", FACT_TRIGGER},
        {"policyname", FACT_POLICY},
        {"polname", FACT_POLICY},
        {"event_object_table", FACT_TABLE},
        {"nspname", FACT_SCHEMA},
        {"schema_name", FACT_SCHEMA},
        {"table_schema", FACT_SCHEMA},
        {"schemaname", FACT_SCHEMA},
        {"constraint_schema", FACT_SCHEMA},
        {"trigger_schema", FACT_SCHEMA},
        {"sequence_schema", FACT_SCHEMA},
        {"extname", FACT_EXTENSION},
        {"is_nullable", FACT_NULLABLE},
        {"relkind", FACT_KIND},
        {"udt_name", FACT_UDT},
        {"data_type", FACT_DATA_TYPE},
    };
    for (size_t i = 0; i < lengthof(places); i++) {
        if (strcmp(places[i].column, column) == 0) {
            const char *before = facts->of[places[i].fact];
            facts->of[places[i].fact] = text;
            return before == NULL || strcmp(before, text) == 0;
        }
    }
    return false;
}

/* --- the words of a question --------------------------------------------------------------------
 */

const char *block_last_word(Node *const *names, size_t count)
{
    const Node *last = count == 0 ? NULL : names[count - 1];
    return last != NULL && last->node_case == PG_QUERY__NODE__NODE_STRING ? last->string->sval : "";
}

const char *block_constant_text(const Node *node)
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
    return node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF
               ? block_last_word(node->column_ref->fields, node->column_ref->n_fields)
               : NULL;
}

static bool is_cast_to(const Node *node, const char *type)
{
    return node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST &&
           strcmp(block_last_word(node->type_cast->type_name->names,
                                  node->type_cast->type_name->n_names),
                  type) == 0;
}

/* current_schema(): where unqualified names are looked for. */
static bool is_here(const Node *node)
{
    const bool is_call =
        node->node_case == PG_QUERY__NODE__NODE_FUNC_CALL &&
        strcmp(block_last_word(node->func_call->funcname, node->func_call->n_funcname),
               "current_schema") == 0;
    return is_call ||
           (node->node_case == PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION &&
            node->sqlvalue_function->op == PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA);
}

const char *block_folded(SqlReplay *cx, const char *text)
{
    char *name = arena_strdup(cx->arena, text);
    char *dot = strchr(name, '.');
    if (dot != NULL && strncmp(name, "public.", 7) == 0) {
        name = dot + 1;
    } else if (dot != NULL) {
        return NULL;
    }
    if (name[0] == '"') {
        const size_t len = strlen(name);
        return len > 2 && name[len - 1] == '"' ? arena_strndup(cx->arena, name + 1, len - 2) : NULL;
    }
    for (char *at = name; *at != '\0'; at++) {
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    }
    return name;
}

/* `conrelid = 'name'::regclass`, and of triggers, columns, policies. */
static bool take_relation(SqlReplay *cx, Facts *facts, const char *column, const Node *value)
{
    static const char *const columns[] = {"conrelid", "tgrelid", "attrelid", "polrelid",
                                          "indrelid"};
    for (size_t i = 0; is_cast_to(value, "regclass") && i < lengthof(columns); i++) {
        const char *text = block_constant_text(value);
        if (text != NULL && strcmp(columns[i], column) == 0) {
            facts->of[FACT_TABLE] = block_folded(cx, text);
            facts->is_here = true;
            return facts->of[FACT_TABLE] != NULL;
        }
    }
    return false;
}

bool question_is_of_column(const Facts *facts)
{
    bool asks = false;
    for (size_t fact = FACT_OF_COLUMN_FIRST; fact < FACT_COUNT; fact++) {
        asks |= facts->of[fact] != NULL || facts->not_of[fact] != NULL;
    }
    return asks;
}

/* `column <> 'text'` of what a column is. */
static bool take_difference(Facts *facts, const char *column, const char *text)
{
    Facts other = {0};
    (void)take_fact(&other, column, text);
    for (size_t fact = FACT_OF_COLUMN_FIRST; fact < FACT_COUNT; fact++) {
        if (other.of[fact] != NULL && facts->not_of[fact] == NULL) {
            facts->not_of[fact] = text;
            return true;
        }
    }
    return false;
}

void question_read(SqlReplay *cx, const Node *node, Facts *facts)
{
    if (node->node_case == PG_QUERY__NODE__NODE_BOOL_EXPR &&
        node->bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) {
        for (size_t i = 0; i < node->bool_expr->n_args; i++) {
            question_read(cx, node->bool_expr->args[i], facts);
        }
        return;
    }
    const PgQuery__AExpr *expr =
        node->node_case == PG_QUERY__NODE__NODE_A_EXPR ? node->a_expr : NULL;
    const bool compares = expr != NULL && expr->n_name == 1 && expr->lexpr != NULL &&
                          expr->rexpr != NULL && expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP;
    const char *sign = compares ? expr->name[0]->string->sval : "";
    if (strcmp(sign, "<>") == 0 && column_text(expr->lexpr) != NULL &&
        block_constant_text(expr->rexpr) != NULL &&
        take_difference(facts, column_text(expr->lexpr), block_constant_text(expr->rexpr))) {
        return;
    }
    const char *column = strcmp(sign, "=") == 0 ? column_text(expr->lexpr) : NULL;
    const char *text = column == NULL ? NULL : block_constant_text(expr->rexpr);
    const bool is_join = column != NULL && column_text(expr->rexpr) != NULL;
    Facts other = {0};
    const bool is_schema = column != NULL && is_here(expr->rexpr) &&
                           take_fact(&other, column, "") && other.of[FACT_SCHEMA] != NULL;
    facts->is_here |= is_schema;
    if (is_join || is_schema || (column != NULL && take_relation(cx, facts, column, expr->rexpr)) ||
        (text != NULL && !is_cast_to(expr->rexpr, "regclass") && take_fact(facts, column, text))) {
        return;
    }
    facts->others++;
}
