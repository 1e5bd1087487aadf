/*
 * block_facts.c - what a block asks the catalogs for: is it there?
 *
 * Three answers; where a question is not one of those known here, the answer is not known.
 * Source: PostgreSQL manual, "System Catalogs", "The Information Schema".
 */
#include "base/common.h"

#include "compiler/replay/read/blocks.h"
#include "compiler/replay/replay_internal.h"

/* What the names in a question name: columns of catalogs, and the fact each states. */
typedef enum Fact {
    FACT_TYPE,
    FACT_LABEL,
    FACT_CONSTRAINT,
    FACT_TABLE, /* and only that */
    FACT_RELATION,
    FACT_ROW_SOURCE, /* a table or a view */
    FACT_VIEW,
    FACT_MATERIALIZED_VIEW,
    FACT_INDEX,
    FACT_SEQUENCE,
    FACT_COLUMN,
    FACT_TRIGGER,
    FACT_POLICY,
    FACT_SCHEMA,
    FACT_EXTENSION,
    FACT_NULLABLE,
    FACT_KIND, /* pg_class.relkind */
    FACT_COUNT
} Fact;

typedef struct Facts {
    const char *of[FACT_COUNT];
    size_t others; /* conditions that are none of these */
} Facts;

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
    };
    for (size_t i = 0; i < lengthof(places); i++) {
        if (strcmp(places[i].column, column) == 0) {
            facts->of[places[i].fact] = text;
            return true;
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
            return facts->of[FACT_TABLE] != NULL;
        }
    }
    return false;
}

static void read_condition(SqlReplay *cx, const Node *node, Facts *facts)
{
    if (node->node_case == PG_QUERY__NODE__NODE_BOOL_EXPR &&
        node->bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) {
        for (size_t i = 0; i < node->bool_expr->n_args; i++) {
            read_condition(cx, node->bool_expr->args[i], facts);
        }
        return;
    }
    const PgQuery__AExpr *expr =
        node->node_case == PG_QUERY__NODE__NODE_A_EXPR ? node->a_expr : NULL;
    const bool is_equal = expr != NULL && expr->n_name == 1 && expr->lexpr != NULL &&
                          expr->rexpr != NULL && expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP &&
                          strcmp(expr->name[0]->string->sval, "=") == 0;
    const char *column = is_equal ? column_text(expr->lexpr) : NULL;
    const char *text = column == NULL ? NULL : block_constant_text(expr->rexpr);
    const bool is_join = column != NULL && column_text(expr->rexpr) != NULL;
    Facts other = {0};
    const bool is_schema = column != NULL && is_here(expr->rexpr) &&
                           take_fact(&other, column, "") && other.of[FACT_SCHEMA] != NULL;
    if (is_join || is_schema || (column != NULL && take_relation(cx, facts, column, expr->rexpr)) ||
        (text != NULL && !is_cast_to(expr->rexpr, "regclass") && take_fact(facts, column, text))) {
        return;
    }
    facts->others++;
}

/* Conditions of joins join: nothing more is asked in them. */
static bool joins_only(void *context, const ProtobufCMessage *message)
{
    SqlReplay *cx = context;
    if (message->descriptor == &pg_query__join_expr__descriptor) {
        const PgQuery__JoinExpr *join = (const PgQuery__JoinExpr *)message;
        Facts facts = {0};
        if (join->quals != NULL) {
            read_condition(cx, join->quals, &facts);
        }
        for (size_t i = 0; i < FACT_COUNT; i++) {
            facts.others += facts.of[i] == NULL ? 0 : 1;
        }
        return facts.others == 0 && join->jointype == PG_QUERY__JOIN_TYPE__JOIN_INNER;
    }
    return true;
}

/* --- is it there? -------------------------------------------------------------------------------
 */

Truth block_truth(bool value)
{
    return value ? TRUTH_YES : TRUTH_NO;
}

static Name name_of(const SqlReplay *cx, const Facts *facts, Fact fact)
{
    return facts->of[fact] == NULL ? NULL : intern_cstr(cx->names, facts->of[fact]);
}

static const Relation *relation_of(const SqlReplay *cx, const Facts *facts, Fact fact)
{
    return realm_relation(cx->realm, name_of(cx, facts, FACT_SCHEMA), name_of(cx, facts, fact));
}

static bool any_constraint(const SqlReplay *cx, Name schema, Name name)
{
    vec_each(Table *const, at, &cx->realm->catalog->tables) {
        if ((schema == NULL || (*at)->schema == schema) &&
            realm_has_constraint(cx->realm, *at, name)) {
            return true;
        }
    }
    return false;
}

/* The table that a question is about, beside what it is about it. */
static bool table_of(const SqlReplay *cx, const Facts *facts, const Relation **ret_relation)
{
    static const Fact facts_of_tables[] = {FACT_TABLE, FACT_ROW_SOURCE, FACT_RELATION};
    for (size_t i = 0; i < lengthof(facts_of_tables); i++) {
        if (facts->of[facts_of_tables[i]] != NULL) {
            *ret_relation = relation_of(cx, facts, facts_of_tables[i]);
            return true;
        }
    }
    return false;
}

static Truth column_exists(const SqlReplay *cx, const Facts *facts)
{
    const Relation *relation = NULL;
    if (!table_of(cx, facts, &relation) || (relation != NULL && relation->kind != RELATION_TABLE)) {
        return TRUTH_UNKNOWN;
    }
    const Column *column =
        relation == NULL ? NULL
                         : table_find_column(relation->table, name_of(cx, facts, FACT_COLUMN));
    const char *nullable = facts->of[FACT_NULLABLE];
    return block_truth(column != NULL && (nullable == NULL ||
                                          strcmp(nullable, column->not_null ? "NO" : "YES") == 0));
}

static Truth constraint_exists(const SqlReplay *cx, const Facts *facts)
{
    const Relation *relation = NULL;
    const Name name = name_of(cx, facts, FACT_CONSTRAINT);
    if (!table_of(cx, facts, &relation)) {
        return block_truth(any_constraint(cx, name_of(cx, facts, FACT_SCHEMA), name));
    }
    return block_truth(relation != NULL && relation->kind == RELATION_TABLE &&
                       realm_has_constraint(cx->realm, relation->table, name));
}

static Truth hung_exists(const SqlReplay *cx, const Facts *facts, OpaqueKind kind, Fact fact)
{
    const Relation *relation = NULL;
    const bool of_one = table_of(cx, facts, &relation);
    const Name name = name_of(cx, facts, fact), schema = name_of(cx, facts, FACT_SCHEMA);
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        if ((*at)->kind == kind && (*at)->name == name &&
            (schema == NULL || (*at)->schema == schema) &&
            (!of_one || (relation != NULL && (*at)->relation == relation->name &&
                         (*at)->schema == relation->schema))) {
            return TRUTH_YES;
        }
    }
    return TRUTH_NO;
}

static Truth type_exists(const SqlReplay *cx, const Facts *facts)
{
    const RealmType *type =
        realm_type(cx->realm, name_of(cx, facts, FACT_SCHEMA), name_of(cx, facts, FACT_TYPE));
    const Name label = name_of(cx, facts, FACT_LABEL);
    if (label != NULL) {
        return block_truth(type != NULL && type->kind == REALM_ENUM &&
                           enum_has_value(type->enum_type, label));
    }
    return type == NULL && cx->realm->catalog->extensions.count > 0 ? TRUTH_UNKNOWN
                                                                    : block_truth(type != NULL);
}

static char kind_letter(const Relation *relation)
{
    switch (relation->kind) {
    case RELATION_TABLE:
        return relation->table->is_partitioned ? 'p' : 'r';
    case RELATION_INDEX:
        return 'i';
    case RELATION_SEQUENCE:
        return 'S';
    case RELATION_VIEW:
        return 'v';
    case RELATION_MATERIALIZED_VIEW:
        return 'm';
    case RELATION_COMPOSITE:
        return 'c';
    case RELATION_FOREIGN:
        return 'f';
    case RELATION_TEMPORARY:
        return 'r';
    }
    unreachable();
}

static Truth relation_exists(const SqlReplay *cx, const Facts *facts)
{
    static const struct {
        Fact fact;
        RelationKind kinds[3];
        size_t count; /* 0: whatever it is */
    } rows[] = {
        {FACT_TABLE, {RELATION_TABLE}, 1},
        {FACT_ROW_SOURCE, {RELATION_TABLE, RELATION_VIEW, RELATION_FOREIGN}, 3},
        {FACT_VIEW, {RELATION_VIEW}, 1},
        {FACT_MATERIALIZED_VIEW, {RELATION_MATERIALIZED_VIEW}, 1},
        {FACT_INDEX, {RELATION_INDEX}, 1},
        {FACT_SEQUENCE, {RELATION_SEQUENCE}, 1},
        {FACT_RELATION, {RELATION_TABLE}, 0},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (facts->of[rows[i].fact] == NULL) {
            continue;
        }
        const Relation *relation = relation_of(cx, facts, rows[i].fact);
        bool fits = relation != NULL && rows[i].count == 0;
        for (size_t k = 0; relation != NULL && k < rows[i].count; k++) {
            fits |= relation->kind == rows[i].kinds[k];
        }
        if (facts->of[FACT_KIND] != NULL) {
            fits &= relation != NULL && facts->of[FACT_KIND][0] == kind_letter(relation);
        }
        return block_truth(fits);
    }
    return TRUTH_UNKNOWN;
}

static Truth object_exists(const SqlReplay *cx, const Facts *facts)
{
    const Name schema = name_of(cx, facts, FACT_SCHEMA);
    if (facts->others > 0) {
        return TRUTH_UNKNOWN;
    }
    if (facts->of[FACT_COLUMN] != NULL) {
        return column_exists(cx, facts);
    }
    if (facts->of[FACT_TYPE] != NULL) {
        return type_exists(cx, facts);
    }
    if (facts->of[FACT_CONSTRAINT] != NULL) {
        return constraint_exists(cx, facts);
    }
    if (facts->of[FACT_TRIGGER] != NULL) {
        return hung_exists(cx, facts, OPAQUE_TRIGGER, FACT_TRIGGER);
    }
    if (facts->of[FACT_POLICY] != NULL) {
        return hung_exists(cx, facts, OPAQUE_POLICY, FACT_POLICY);
    }
    if (facts->of[FACT_INDEX] != NULL) { /* of a table, mostly named as well */
        Facts index = {
            .of = {[FACT_INDEX] = facts->of[FACT_INDEX], [FACT_SCHEMA] = facts->of[FACT_SCHEMA]}};
        return relation_exists(cx, &index);
    }
    if (facts->of[FACT_EXTENSION] != NULL) {
        return block_truth(realm_has_extension(cx->realm, facts->of[FACT_EXTENSION]));
    }
    const Truth found = relation_exists(cx, facts);
    if (found == TRUTH_UNKNOWN && schema != NULL) {
        return block_truth(map_get(&cx->realm->catalog->schemas_by_name, schema) != NULL);
    }
    return found;
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

bool block_is_plain(const PgQuery__SelectStmt *select)
{
    return select->larg == NULL && select->n_group_clause == 0 && select->having_clause == NULL &&
           select->limit_offset == NULL;
}

Truth block_exists(SqlReplay *cx, const PgQuery__SelectStmt *select)
{
    ServerOnly reads = {.all = true};
    Facts facts = {0};
    (void)tree_walk(&select->base, visit_range, &reads);
    if (!reads.all && redo_gives_nothing(cx, select)) {
        return TRUTH_NO;
    }
    if (!reads.all || !reads.any || select->where_clause == NULL || !block_is_plain(select)) {
        return TRUTH_UNKNOWN;
    }
    for (size_t i = 0; i < select->n_from_clause; i++) {
        if (!tree_walk(&select->from_clause[i]->base, joins_only, cx)) {
            return TRUTH_UNKNOWN;
        }
    }
    read_condition(cx, select->where_clause, &facts);
    return object_exists(cx, &facts);
}
