/*
 * canon_definition.c - checks, exclusion constraints, triggers, policies and indexes over
 * expressions, printed from their statements; functions are canon_routine.c, queries canon_query.c.
 *
 * The kind, the name and the table of an object are its identity and not printed.
 */
#include "base/common.h"

#include "compiler/canon/canon_definition.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/canon/canon_query.h"
#include "compiler/canon/canon_scope.h"
#include "compiler/catalog/naming.h"

#define NODE(name) PG_QUERY__NODE__NODE_##name

typedef struct DefinitionCx {
    CanonCx canon;
    const Catalog *catalog;
    const Opaque *opaque;
    StrBuf out;
} DefinitionCx;

/* The only statement of the text. */
static const Node *only_statement(const PgQuery__ParseResult *tree)
{
    return tree == NULL || tree->n_stmts != 1 ? NULL : tree->stmts[0]->stmt;
}

static bool print_condition(DefinitionCx *cx, const char *mark, const Node *node)
{
    if (node != NULL) {
        strbuf_add(&cx->out, mark);
        canon_print(&cx->canon, &cx->out, node);
    }
    return !cx->canon.failed;
}

static void print_flag(DefinitionCx *cx, bool flag, const char *word)
{
    strbuf_add(&cx->out, flag ? word : "");
}

static bool print_name(DefinitionCx *cx, Node *const *names, size_t count)
{
    const char *last = count > 0 ? node_string(names[count - 1]) : NULL;
    if (last == NULL || count > 2) {
        return false;
    }
    canon_name_print(&cx->canon, &cx->out, count == 2 ? node_string(names[0]) : NULL, last);
    return true;
}

static bool print_strings(DefinitionCx *cx, const char *mark, Node *const *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *text = node_string(nodes[i]);
        if (text == NULL) {
            return false;
        }
        strbuf_add(&cx->out, i == 0 ? mark : ",");
        canon_quote(&cx->out, text, strlen(text));
    }
    return true;
}

/* --- checks -------------------------------------------------------------------------------------
 */

/* What ALTER TABLE adds; NULL: something else. */
static const PgQuery__Constraint *added_constraint(const Node *stmt, PgQuery__ConstrType type)
{
    const PgQuery__AlterTableStmt *alter =
        stmt->node_case == NODE(ALTER_TABLE_STMT) ? stmt->alter_table_stmt : NULL;
    const Node *def =
        alter == NULL || alter->n_cmds != 1 ? NULL : alter->cmds[0]->alter_table_cmd->def;
    const PgQuery__Constraint *added =
        def == NULL || def->node_case != NODE(CONSTRAINT) ? NULL : def->constraint;
    return added == NULL || added->contype != type ? NULL : added;
}

static bool print_check(DefinitionCx *cx, const Node *stmt)
{
    const PgQuery__Constraint *check = added_constraint(stmt, PG_QUERY__CONSTR_TYPE__CONSTR_CHECK);
    if (check == NULL) {
        return false;
    }
    print_flag(cx, check->is_no_inherit, "NO INHERIT ");
    print_flag(cx, check->skip_validation, "NOT VALID ");
    return print_condition(cx, "", check->raw_expr);
}

/* --- triggers -----------------------------------------------------------------------------------
 */

static bool print_rows(DefinitionCx *cx, const PgQuery__CreateTrigStmt *trigger)
{
    for (size_t i = 0; i < trigger->n_transition_rels; i++) {
        const PgQuery__TriggerTransition *rows = trigger->transition_rels[i]->trigger_transition;
        strbuf_printf(&cx->out, " %s%s ", rows->is_new ? "new" : "old",
                      rows->is_table ? "" : " row");
        canon_quote(&cx->out, rows->name, strlen(rows->name));
    }
    if (trigger->constrrel != NULL) {
        const PgQuery__RangeVar *other = trigger->constrrel;
        const bool has_schema = other->schemaname != NULL && other->schemaname[0] != '\0';
        strbuf_add(&cx->out, " from ");
        canon_name_print(&cx->canon, &cx->out, has_schema ? other->schemaname : NULL,
                         other->relname);
    }
    return true;
}

static bool print_trigger(DefinitionCx *cx, const Node *stmt)
{
    const PgQuery__CreateTrigStmt *trigger =
        stmt->node_case == NODE(CREATE_TRIG_STMT) ? stmt->create_trig_stmt : NULL;
    CanonScope rows = {.are_rows = true};
    static const char *const words[] = {"new", "old"};
    if (trigger == NULL || (trigger->when_clause != NULL && cx->opaque->table == NULL)) {
        return false;
    }
    for (size_t i = 0; i < lengthof(words); i++) {
        const CanonSource row = {.alias = intern_cstr(cx->canon.names, words[i]),
                                 .table = cx->opaque->table};
        vec_push(cx->canon.scratch, &rows.sources, row);
    }
    strbuf_printf(&cx->out, "%d %d %d", trigger->timing, trigger->events, trigger->row ? 1 : 0);
    print_flag(cx, trigger->isconstraint, " constraint");
    print_flag(cx, trigger->deferrable, " deferrable");
    print_flag(cx, trigger->initdeferred, " deferred");
    cx->canon.scope = &rows;
    const bool ok = print_strings(cx, " of ", trigger->columns, trigger->n_columns) &&
                    print_rows(cx, trigger) && print_condition(cx, " when ", trigger->when_clause);
    cx->canon.scope = NULL;
    strbuf_char(&cx->out, ' ');
    return ok && print_name(cx, trigger->funcname, trigger->n_funcname) &&
           print_strings(cx, " args ", trigger->args, trigger->n_args);
}

/* --- policies -----------------------------------------------------------------------------------
 */

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool print_roles(DefinitionCx *cx, const PgQuery__CreatePolicyStmt *policy)
{
    const char **roles = arena_array(cx->canon.scratch, const char *, policy->n_roles + 1);
    for (size_t i = 0; i < policy->n_roles; i++) {
        const PgQuery__RoleSpec *role = policy->roles[i]->role_spec;
        const bool is_named = role->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CSTRING;
        roles[i] = is_named ? arena_printf(cx->canon.scratch, "role %s", role->rolename)
                            : arena_printf(cx->canon.scratch, "%d", (int)role->roletype);
    }
    qsort(roles, policy->n_roles, sizeof *roles, compare_texts);
    for (size_t i = 0; i < policy->n_roles; i++) {
        strbuf_add(&cx->out, i == 0 ? " to " : ",");
        canon_quote(&cx->out, roles[i], strlen(roles[i]));
    }
    return true;
}

static bool print_policy(DefinitionCx *cx, const Node *stmt)
{
    const PgQuery__CreatePolicyStmt *policy =
        stmt->node_case == NODE(CREATE_POLICY_STMT) ? stmt->create_policy_stmt : NULL;
    CanonScope scope = {0};
    if (policy == NULL || cx->opaque->table == NULL) {
        return false;
    }
    const CanonSource row = {.alias = cx->opaque->table->name, .table = cx->opaque->table};
    vec_push(cx->canon.scratch, &scope.sources, row);
    cx->canon.scope = &scope;
    strbuf_printf(&cx->out, "%s %s", policy->permissive ? "permissive" : "restrictive",
                  policy->cmd_name);
    const bool ok = print_roles(cx, policy) && print_condition(cx, " using ", policy->qual) &&
                    print_condition(cx, " check ", policy->with_check);
    cx->canon.scope = NULL;
    return ok;
}

/* --- indexes over expressions -------------------------------------------------------------------
 */

/* A cast is what such a part is for; inside of it casts of operands say nothing. */
static bool print_part(DefinitionCx *cx, const PgQuery__IndexElem *part)
{
    if (part->n_opclassopts > 0) {
        return false;
    }
    if (part->expr == NULL) {
        const Name name = name_kept(cx->canon.names, intern_cstr(cx->canon.names, part->name));
        canon_quote(&cx->out, name->text, name->len);
    } else {
        cx->canon.exact = part->expr->node_case == NODE(TYPE_CAST);
        canon_print(&cx->canon, &cx->out, part->expr);
        cx->canon.exact = false;
    }
    strbuf_add(&cx->out, part->n_collation > 0 ? " collate " : "");
    if (part->n_collation > 0 && !print_name(cx, part->collation, part->n_collation)) {
        return false;
    }
    strbuf_add(&cx->out, part->n_opclass > 0 ? " class " : "");
    if (part->n_opclass > 0 && !print_name(cx, part->opclass, part->n_opclass)) {
        return false;
    }
    const PgQuery__SortBy sort = {.sortby_dir = part->ordering,
                                  .sortby_nulls = part->nulls_ordering};
    canon_print_direction(&cx->canon, &cx->out, &sort);
    return !cx->canon.failed;
}

static bool print_index(DefinitionCx *cx, const Node *stmt)
{
    const PgQuery__IndexStmt *index = stmt->node_case == NODE(INDEX_STMT) ? stmt->index_stmt : NULL;
    if (index == NULL || cx->opaque->table == NULL || index->n_options > 0 ||
        (index->table_space != NULL && index->table_space[0] != '\0')) {
        return false;
    }
    const bool has_method = index->access_method != NULL && index->access_method[0] != '\0';
    cx->canon.table = cx->opaque->table;
    strbuf_printf(&cx->out, "%s%s", index->unique ? "unique " : "",
                  has_method ? index->access_method : "btree");
    print_flag(cx, index->nulls_not_distinct, " not distinct");
    print_flag(cx, !index->relation->inh, " only");
    for (size_t i = 0; i < index->n_index_params; i++) {
        strbuf_add(&cx->out, i == 0 ? " (" : ",");
        if (!print_part(cx, index->index_params[i]->index_elem)) {
            return false;
        }
    }
    for (size_t i = 0; i < index->n_index_including_params; i++) {
        strbuf_add(&cx->out, i == 0 ? " including " : ",");
        if (!print_part(cx, index->index_including_params[i]->index_elem)) {
            return false;
        }
    }
    return print_condition(cx, " where ", index->where_clause);
}

/* --- exclusion constraints ----------------------------------------------------------------------
 */

static bool print_exclusion(DefinitionCx *cx, const Node *stmt)
{
    const PgQuery__Constraint *one =
        added_constraint(stmt, PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION);
    if (one == NULL || cx->opaque->table == NULL || one->n_options > 0 ||
        (one->indexspace != NULL && one->indexspace[0] != '\0')) {
        return false;
    }
    cx->canon.table = cx->opaque->table;
    strbuf_printf(&cx->out, "exclude %s", one->access_method);
    print_flag(cx, one->deferrable, " deferrable");
    print_flag(cx, one->initdeferred, " deferred");
    for (size_t i = 0; i < one->n_exclusions; i++) {
        const PgQuery__List *pair = one->exclusions[i]->list;
        const PgQuery__List *sign = pair->items[1]->list;
        strbuf_add(&cx->out, i == 0 ? " (" : ",");
        if (!print_part(cx, pair->items[0]->index_elem) ||
            !print_strings(cx, " with ", sign->items, sign->n_items)) {
            return false;
        }
    }
    return print_strings(cx, " including ", one->including, one->n_including) &&
           print_condition(cx, " where ", one->where_clause);
}

/* --- any of them --------------------------------------------------------------------------------
 */

/* What the queries put behind the statement: `[D]` of a trigger that is disabled. */
static size_t without_mark(const char *text, size_t len)
{
    const bool marked = len > 4 && text[len - 1] == ']' && text[len - 3] == '[';
    return marked ? len - 4 : len;
}

static bool print_statement(DefinitionCx *cx, const char *before,
                            bool (*print)(DefinitionCx *cx, const Node *stmt))
{
    const Name text = cx->opaque->definition;
    const size_t len = without_mark(text->text, text->len);
    PgQuery__ParseResult *tree =
        canon_parse_script(arena_printf(cx->canon.scratch, "%s%.*s", before, (int)len, text->text));
    const Node *stmt = only_statement(tree);
    const bool ok = stmt != NULL && print(cx, stmt);
    strbuf_add(&cx->out, text->text + len);
    if (tree != NULL) {
        pg_query__parse_result__free_unpacked(tree, NULL);
    }
    return ok && !cx->canon.failed;
}

static bool print_object(DefinitionCx *cx)
{
    switch ((int)cx->opaque->kind) { /* an open set: of the others only the server's words count */
    case OPAQUE_CHECK:
        cx->canon.table = cx->opaque->table;
        return print_statement(cx, "ALTER TABLE t ADD ", print_check);
    case OPAQUE_EXCLUSION:
        return print_statement(cx, "ALTER TABLE t ADD ", print_exclusion);
    case OPAQUE_TRIGGER:
        return print_statement(cx, "", print_trigger);
    case OPAQUE_POLICY:
        return print_statement(cx, "CREATE POLICY p ON t AS ", print_policy);
    case OPAQUE_EXPRESSION_INDEX:
        return print_statement(cx, "", print_index);
    default:
        return false;
    }
}

Name canon_definition(const Catalog *catalog, const Opaque *opaque)
{
    Name made = NULL;
    if (opaque->has_other_path || opaque->definition == NULL ||
        opaque->definition->len > CANON_PARSE_MAX) {
        return NULL;
    }
    switch ((int)opaque->kind) { /* an open set */
    case OPAQUE_VIEW:
    case OPAQUE_MATERIALIZED_VIEW:
        return canon_query(catalog, opaque->definition->text);
    case OPAQUE_FUNCTION:
        return canon_routine(catalog, opaque->definition->text);
    default:
        break;
    }
    DefinitionCx cx = {.canon = {.names = catalog->names,
                                 .scratch = arena_new(),
                                 .default_schema = catalog->default_schema,
                                 .catalog = catalog},
                       .catalog = catalog,
                       .opaque = opaque,
                       .out = strbuf_new(CANON_TEXT_MAX)};
    if (print_object(&cx)) {
        made = intern(catalog->names, strbuf_text(&cx.out), cx.out.len);
    }
    strbuf_dispose(&cx.out);
    arena_free(cx.canon.scratch);
    return made;
}
