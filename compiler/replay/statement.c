/*
 * statement.c - one statement, whatever it is: each kind goes to its own function.
 */
#include "base/common.h"

#include <string.h>

#include "compiler/replay/replay_internal.h"

#define NODE(name) PG_QUERY__NODE__NODE_##name

/* What no event trigger is told of, or nothing comes of. */
static bool is_unwatched(const Node *stmt)
{
    return stmt->node_case == NODE(VARIABLE_SET_STMT) || stmt->node_case == NODE(SELECT_STMT) ||
           stmt->node_case == NODE(TRANSACTION_STMT);
}

/* What goes on in a session, and what is done to rows. */
static bool run_in_session(SqlReplay *cx, const Node *stmt)
{
    switch ((int)stmt->node_case) { /* an open set */
    case NODE(VARIABLE_SET_STMT):
        return redo_set(cx, stmt->variable_set_stmt);
    case NODE(TRANSACTION_STMT):
        return redo_transaction(cx, stmt->transaction_stmt);
    case NODE(DO_STMT):
        return redo_block(cx, stmt->do_stmt);
    case NODE(INSERT_STMT):
    case NODE(UPDATE_STMT):
    case NODE(DELETE_STMT):
    case NODE(MERGE_STMT):
    case NODE(SELECT_STMT):
    case NODE(TRUNCATE_STMT):
        return redo_data(cx, stmt);
    case NODE(REFRESH_MAT_VIEW_STMT):
    case NODE(LOCK_STMT):
    case NODE(VACUUM_STMT):
    case NODE(REINDEX_STMT):
        return redo_touch(cx, stmt);
    /* Roles are the cluster's: the catalog is the same where these succeed. */
    case NODE(CREATE_ROLE_STMT):
    case NODE(ALTER_ROLE_STMT):
    case NODE(DROP_ROLE_STMT):
    case NODE(GRANT_ROLE_STMT):
        return true;
    default:
        return redo_beyond(cx, stmt);
    }
}

/* What the schema language has no block for: views, types, code and what hangs on tables. */
static bool run_beside(SqlReplay *cx, const Node *stmt)
{
    switch ((int)stmt->node_case) { /* an open set */
    case NODE(VIEW_STMT):
        return redo_create_view(cx, stmt->view_stmt);
    case NODE(CREATE_TABLE_AS_STMT):
        return redo_create_table_as(cx, stmt->create_table_as_stmt);
    case NODE(CREATE_DOMAIN_STMT):
        return redo_create_domain(cx, stmt->create_domain_stmt);
    case NODE(ALTER_DOMAIN_STMT):
        return redo_alter_domain(cx, stmt->alter_domain_stmt);
    case NODE(COMPOSITE_TYPE_STMT):
        return redo_create_composite(cx, stmt->composite_type_stmt);
    case NODE(CREATE_RANGE_STMT):
        return redo_create_range(cx, stmt->create_range_stmt);
    case NODE(DEFINE_STMT):
        return redo_define(cx, stmt->define_stmt);
    case NODE(CREATE_FUNCTION_STMT):
        return redo_create_function(cx, stmt->create_function_stmt);
    case NODE(ALTER_FUNCTION_STMT):
        return redo_alter_function(cx, stmt->alter_function_stmt);
    case NODE(CREATE_TRIG_STMT):
        return redo_create_trigger(cx, stmt->create_trig_stmt);
    case NODE(RULE_STMT):
        return redo_create_rule(cx, stmt->rule_stmt);
    case NODE(CREATE_POLICY_STMT):
        return redo_create_policy(cx, stmt->create_policy_stmt);
    case NODE(ALTER_POLICY_STMT):
        return redo_alter_policy(cx, stmt->alter_policy_stmt);
    default:
        return run_in_session(cx, stmt);
    }
}

/* What is done to an object of whatever kind. */
static bool run_on_any(SqlReplay *cx, const Node *stmt)
{
    switch ((int)stmt->node_case) { /* an open set */
    case NODE(DROP_STMT):
        return redo_drop(cx, stmt->drop_stmt);
    case NODE(RENAME_STMT):
        return redo_rename(cx, stmt->rename_stmt);
    case NODE(ALTER_OBJECT_SCHEMA_STMT):
        return redo_set_schema(cx, stmt->alter_object_schema_stmt);
    case NODE(ALTER_OWNER_STMT):
        return redo_alter_owner(cx, stmt->alter_owner_stmt);
    case NODE(COMMENT_STMT):
        return redo_comment(cx, stmt->comment_stmt);
    case NODE(GRANT_STMT):
        return redo_grant(cx, stmt->grant_stmt);
    case NODE(ALTER_DEFAULT_PRIVILEGES_STMT):
        return redo_alter_default_privileges(cx, stmt->alter_default_privileges_stmt);
    default:
        return run_beside(cx, stmt);
    }
}

static bool is_concurrent(PgQuery__Node *const *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (options[i]->node_case == NODE(DEF_ELEM) &&
            strcmp(options[i]->def_elem->defname, "concurrently") == 0) {
            return true;
        }
    }
    return false;
}

/* Must it be alone in its message? Those that the replay knows; the others are beyond it. */
static bool refuses_blocks(const Node *stmt)
{
    switch ((int)stmt->node_case) { /* an open set */
    case NODE(INDEX_STMT):
        return stmt->index_stmt->concurrent;
    case NODE(DROP_STMT):
        return stmt->drop_stmt->concurrent;
    case NODE(REINDEX_STMT):
        return stmt->reindex_stmt->relation == NULL ||
               is_concurrent(stmt->reindex_stmt->params, stmt->reindex_stmt->n_params);
    case NODE(VACUUM_STMT):
        return stmt->vacuum_stmt->is_vacuumcmd;
    default:
        return false;
    }
}

static bool run(SqlReplay *cx, const Node *stmt)
{
    cx->has_queried |=
        stmt->node_case != NODE(VARIABLE_SET_STMT) && stmt->node_case != NODE(TRANSACTION_STMT);
    if (refuses_blocks(stmt)) {
        cx->refuses_blocks = true;
        if (cx->in_block) {
            return realm_unknown(cx->realm, "a statement that refuses to run in a block");
        }
    }
    if (cx->is_watched && !is_unwatched(stmt)) {
        return realm_unknown(cx->realm, "a statement that an event trigger watches");
    }
    switch ((int)stmt->node_case) { /* an open set */
    case NODE(CREATE_STMT):
        return redo_create_table(cx, stmt->create_stmt);
    case NODE(ALTER_TABLE_STMT):
        return redo_alter_table(cx, stmt->alter_table_stmt);
    case NODE(INDEX_STMT):
        return redo_create_index(cx, stmt->index_stmt);
    case NODE(CREATE_ENUM_STMT):
        return redo_create_enum(cx, stmt->create_enum_stmt);
    case NODE(ALTER_ENUM_STMT):
        return redo_alter_enum(cx, stmt->alter_enum_stmt);
    case NODE(CREATE_SEQ_STMT):
        return redo_create_sequence(cx, stmt->create_seq_stmt);
    case NODE(ALTER_SEQ_STMT):
        return redo_alter_sequence(cx, stmt->alter_seq_stmt);
    case NODE(CREATE_SCHEMA_STMT):
        return redo_create_schema(cx, stmt->create_schema_stmt);
    case NODE(CREATE_EXTENSION_STMT):
        return redo_create_extension(cx, stmt->create_extension_stmt);
    default:
        return run_on_any(cx, stmt);
    }
}

/* After a refusal: several things in one statement, of which the first may be done. */
static bool may_be_half(const SqlReplay *cx, const Node *stmt)
{
    const char *state = cx->realm->fault.sqlstate;
    switch ((int)stmt->node_case) { /* an open set: the others look before they act */
    case NODE(CREATE_STMT):
        return state == NULL || strcmp(state, "42P07") != 0;
    case NODE(ALTER_TABLE_STMT):
        return stmt->alter_table_stmt->n_cmds > 1;
    case NODE(DROP_STMT):
        return stmt->drop_stmt->n_objects > 1 ||
               stmt->drop_stmt->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    case NODE(GRANT_STMT):
        return true;
    default:
        return false;
    }
}

bool redo_statement(SqlReplay *cx, const Node *stmt)
{
    const bool ok = run(cx, stmt);
    if (ok) {
        realm_name_not_nulls(cx->realm);
        redo_grant_defaults(cx);
    }
    cx->is_half = !ok && may_be_half(cx, stmt);
    return ok;
}
