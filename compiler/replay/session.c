/*
 * session.c - SET, set_config and transactions.
 */
#include "base/common.h"

#include <strings.h>

#include "compiler/replay/replay_internal.h"

/* --- the search path ----------------------------------------------------------------------------
 */

static void hide_path(SqlReplay *cx, bool is_local)
{
    if (is_local && !cx->path_is_local) {
        cx->outer_path = cx->realm->path;
        cx->path_is_local = true;
    }
    if (!is_local) {
        cx->path_is_local = false;
    }
}

/* "$user" is a schema that nobody has. */
static void add_to_path(SqlReplay *cx, NameList *path, const char *name)
{
    if (name[0] != '\0' && strcmp(name, "$user") != 0 && strcmp(name, "pg_catalog") != 0) {
        vec_push(cx->arena, path, redo_name(cx, name));
    }
}

/* The path as set_config is told it: names with commas between them. */
static void set_path_text(SqlReplay *cx, const char *text, bool is_local)
{
    NameList path = {0};
    for (const char *at = text; *at != '\0';) {
        at += strspn(at, " ,");
        const bool quoted = *at == '"';
        const char *start = quoted ? at + 1 : at;
        const size_t len = strcspn(start, quoted ? "\"" : " ,");
        add_to_path(cx, &path, arena_strndup(cx->arena, start, len));
        at = start + len + (quoted && start[len] != '\0' ? 1 : 0);
    }
    hide_path(cx, is_local);
    cx->realm->path = path;
}

static bool set_path(SqlReplay *cx, const PgQuery__VariableSetStmt *stmt)
{
    NameList path = {0};
    if (stmt->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET ||
        stmt->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT) {
        hide_path(cx, stmt->is_local);
        cx->realm->path = cx->path;
        return true;
    }
    for (size_t i = 0; i < stmt->n_args; i++) {
        const Node *arg = stmt->args[i];
        if (arg->node_case != PG_QUERY__NODE__NODE_A_CONST ||
            arg->a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL) {
            return realm_unknown(cx->realm, "this value of search_path");
        }
        add_to_path(cx, &path, arg->a_const->sval->sval);
    }
    hide_path(cx, stmt->is_local);
    cx->realm->path = path;
    return true;
}

static void hide_trust(SqlReplay *cx, bool is_local)
{
    if (is_local && !cx->trust_is_local) {
        cx->outer_trust = cx->trusts_bodies;
    }
    cx->trust_is_local = is_local;
}

/* check_function_bodies: false after a fault. */
static bool set_trust(SqlReplay *cx, const char *value, bool is_local)
{
    static const struct {
        const char *value;
        bool trusts;
    } rows[] = {
        {"", false}, /* as it is by default */
        {"on", false}, {"true", false}, {"yes", false}, {"1", false},
        {"off", true}, {"false", true}, {"no", true},   {"0", true},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (strcasecmp(value, rows[i].value) == 0) {
            hide_trust(cx, is_local);
            cx->trusts_bodies = rows[i].trusts;
            return true;
        }
    }
    return realm_unknown(cx->realm, "check_function_bodies, spelled otherwise");
}

/* Settings that change nothing about what statements make, whatever their value or with this one.
 */
static bool is_harmless(SqlReplay *cx, const char *name, const char *value)
{
    static const struct {
        const char *name, *value; /* NULL: any */
        int since;
    } harmless[] = {
        {"application_name", NULL, 0},
        {"bytea_output", NULL, 0},
        {"client_encoding", NULL, 0},
        {"client_min_messages", NULL, 0},
        {"constraint_exclusion", NULL, 0},
        {"deadlock_timeout", NULL, 0},
        {"default_table_access_method", "heap", 0},
        {"default_tablespace", NULL, 0},
        {"default_toast_compression", NULL, 140000},
        {"default_with_oids", "false", 0},
        {"extra_float_digits", NULL, 0},
        {"idle_in_transaction_session_timeout", NULL, 0},
        {"idle_session_timeout", NULL, 140000},
        {"jit", NULL, 0},
        {"lock_timeout", NULL, 0},
        {"log_min_duration_statement", NULL, 0},
        {"log_min_messages", NULL, 0},
        {"log_statement", NULL, 0},
        {"maintenance_work_mem", NULL, 0},
        {"max_parallel_maintenance_workers", NULL, 0},
        {"max_parallel_workers_per_gather", NULL, 0},
        {"row_security", NULL, 0},
        {"session_replication_role", NULL, 0},
        {"standard_conforming_strings", "on", 0},
        {"statement_timeout", NULL, 0},
        {"synchronous_commit", NULL, 0},
        {"temp_buffers", NULL, 0},
        {"timezone", NULL, 0},
        {"transaction_timeout", NULL, 170000},
        {"work_mem", NULL, 0},
        {"xmloption", NULL, 0},
    };
    for (size_t i = 0; i < lengthof(harmless); i++) {
        if (strcmp(harmless[i].name, name) == 0 &&
            (harmless[i].value == NULL || strcmp(harmless[i].value, value) == 0)) {
            return realm_since(cx->realm, harmless[i].since, "a setting");
        }
    }
    return strchr(name, '.') != NULL || /* somebody's own */
           realm_unknown(cx->realm, "the setting `%s`", name);
}

static bool set_other(SqlReplay *cx, const char *name, const char *value, bool is_local)
{
    return strcmp(name, "check_function_bodies") == 0 ? set_trust(cx, value, is_local)
                                                      : is_harmless(cx, name, value);
}

/* The only value, as text. */
static const char *value_of(SqlReplay *cx, const PgQuery__VariableSetStmt *stmt)
{
    const PgQuery__AConst *value =
        stmt->n_args == 1 && stmt->args[0]->node_case == PG_QUERY__NODE__NODE_A_CONST
            ? stmt->args[0]->a_const
            : NULL;
    if (value != NULL && value->val_case == PG_QUERY__A__CONST__VAL_IVAL) {
        return arena_printf(cx->arena, "%d", (int)value->ival->ival);
    }
    return value != NULL && value->val_case == PG_QUERY__A__CONST__VAL_SVAL ? value->sval->sval
                                                                            : "";
}

/* Names no statement that a server would run otherwise: READ ONLY does. */
static bool are_plain_modes(Node *const *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (options[i]->node_case != PG_QUERY__NODE__NODE_DEF_ELEM ||
            strcmp(options[i]->def_elem->defname, "transaction_isolation") != 0) {
            return false;
        }
    }
    return true;
}

/* Behind a query, and behind a savepoint, the server refuses it. */
static bool set_modes(const SqlReplay *cx, Node *const *options, size_t count)
{
    const bool is_first = !cx->has_queried && cx->savepoints.count == 0;
    return count == 0 || (is_first && are_plain_modes(options, count)) ||
           realm_unknown(cx->realm, "a transaction of its own kind");
}

bool redo_set(SqlReplay *cx, const PgQuery__VariableSetStmt *stmt)
{
    const char *name = stmt->name == NULL ? "" : stmt->name;
    if (stmt->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL) {
        cx->realm->path = cx->path;
        cx->path_is_local = false;
        return set_trust(cx, "", false);
    }
    if (strcmp(name, "search_path") == 0) {
        return set_path(cx, stmt);
    }
    if (strcmp(name, "TRANSACTION") == 0) {
        return set_modes(cx, stmt->args, stmt->n_args);
    }
    return set_other(cx, name, value_of(cx, stmt), stmt->is_local);
}

/* --- set_config ---------------------------------------------------------------------------------
 */

static const char *text_of(const Node *node)
{
    return node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
                   node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL
               ? node->a_const->sval->sval
               : NULL;
}

/* NULL where it is another expression. */
static const bool *bool_of(const Node *node)
{
    static const bool values[] = {false, true};
    if (node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
        node->a_const->val_case == PG_QUERY__A__CONST__VAL_BOOLVAL) {
        return &values[node->a_const->boolval->boolval ? 1 : 0];
    }
    return NULL;
}

bool redo_set_config(SqlReplay *cx, const PgQuery__FuncCall *call)
{
    const char *name = call->n_args == 3 ? text_of(call->args[0]) : NULL;
    const char *value = name == NULL ? NULL : text_of(call->args[1]);
    const bool *is_local = name == NULL ? NULL : bool_of(call->args[2]);
    if (name == NULL || value == NULL || is_local == NULL) {
        return realm_unknown(cx->realm, "this call of set_config");
    }
    if (strcmp(name, "search_path") == 0) {
        set_path_text(cx, value, *is_local);
        return true;
    }
    return set_other(cx, name, value, *is_local);
}

/* --- transactions -------------------------------------------------------------------------------
 */

void redo_end_transaction(SqlReplay *cx)
{
    vec_each(const Name, at, &cx->until_commit) {
        const Relation *gone = realm_relation(cx->realm, cx->realm->temporary, *at);
        if (gone != NULL && gone->kind == RELATION_TABLE) {
            (void)realm_drop_table(cx->realm, gone->table, true);
        } else {
            realm_free_relation(cx->realm, cx->realm->temporary, *at);
        }
    }
    cx->until_commit.count = 0;
    if (cx->path_is_local) {
        cx->realm->path = cx->outer_path;
        cx->path_is_local = false;
    }
    if (cx->trust_is_local) {
        cx->trusts_bodies = cx->outer_trust;
        cx->trust_is_local = false;
    }
}

/* With it go those that were set later. */
static bool release_savepoint(SqlReplay *cx, const char *name)
{
    for (size_t i = cx->savepoints.count; i-- > 0;) {
        if (strcmp(cx->savepoints.items[i], name) == 0) {
            cx->savepoints.count = i;
            return true;
        }
    }
    return false;
}

/* Outside a block the server refuses these, whatever became of the rest. */
static bool redo_savepoint(SqlReplay *cx, const PgQuery__TransactionStmt *stmt)
{
    const bool releases = stmt->kind == PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_RELEASE;
    if (!cx->in_transaction || (releases && !release_savepoint(cx, stmt->savepoint_name))) {
        return realm_unknown(cx->realm, "a savepoint that is in no transaction");
    }
    if (!releases) {
        vec_push(cx->own, &cx->savepoints, arena_strdup(cx->own, stmt->savepoint_name));
    }
    return true;
}

static bool redo_commit(SqlReplay *cx, const PgQuery__TransactionStmt *stmt)
{
    if (stmt->chain && !cx->in_transaction) {
        return realm_unknown(cx->realm, "COMMIT AND CHAIN outside of a transaction");
    }
    cx->in_transaction = stmt->chain;
    cx->has_queried = false;
    cx->savepoints.count = 0;
    redo_end_transaction(cx);
    return true;
}

/* Plain pairs are left out where a statement between them refuses a transaction. */
static bool is_of_plain_pair(const SqlReplay *cx, const PgQuery__TransactionStmt *stmt)
{
    const bool begins = stmt->kind == PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN ||
                        stmt->kind == PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START;
    const bool commits = stmt->kind == PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT;
    return stmt->n_options == 0 && !stmt->chain &&
           ((begins && !cx->in_transaction) || (commits && cx->in_transaction));
}

bool redo_transaction(SqlReplay *cx, const PgQuery__TransactionStmt *stmt)
{
    if (cx->in_block) {
        return realm_unknown(cx->realm, "a block that steers transactions");
    }
    cx->steers = cx->steers || !is_of_plain_pair(cx, stmt);
    switch ((int)stmt->kind) { /* an open set */
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
        cx->in_transaction = true;
        return set_modes(cx, stmt->options, stmt->n_options);
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_SAVEPOINT:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_RELEASE:
        return redo_savepoint(cx, stmt);
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
        return redo_commit(cx, stmt);
    default:
        return realm_unknown(cx->realm, "a transaction that is rolled back or prepared");
    }
}
