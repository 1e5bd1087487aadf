/*
 * script_locks.c - whom a statement's locks keep out of the tables that stand.
 *
 * Source: PostgreSQL manual, "Explicit Locking", and the pages of the statements. What is not known
 * here may keep out everybody.
 */
#include "base/common.h"

#include "runtime/script/script_internal.h"

static bool is_foreign_key(const PgQuery__Node *node)
{
    return node != NULL && node->node_case == PG_QUERY__NODE__NODE_CONSTRAINT &&
           node->constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN;
}

/* ADD FOREIGN KEY and VALIDATE let readers be. */
static bool lets_readers_be(const PgQuery__AlterTableCmd *command)
{
    return command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint ||
           (command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint &&
            is_foreign_key(command->def));
}

static ScriptLocks locks_of_alter(const PgQuery__AlterTableStmt *statement)
{
    for (size_t i = 0; i < statement->n_cmds; i++) {
        if (statement->cmds[i]->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_CMD ||
            !lets_readers_be(statement->cmds[i]->alter_table_cmd)) {
            return LOCKS_ALL;
        }
    }
    return LOCKS_WRITERS;
}

/* A new table locks only what it references. */
static ScriptLocks locks_of_create(const PgQuery__CreateStmt *statement)
{
    for (size_t i = 0; i < statement->n_table_elts; i++) {
        const PgQuery__Node *element = statement->table_elts[i];
        if (is_foreign_key(element)) {
            return LOCKS_WRITERS;
        }
        const bool column = element->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF;
        for (size_t k = 0; column && k < element->column_def->n_constraints; k++) {
            if (is_foreign_key(element->column_def->constraints[k])) {
                return LOCKS_WRITERS;
            }
        }
    }
    return statement->n_inh_relations == 0 ? LOCKS_NOBODY : LOCKS_ALL;
}

ScriptLocks script_locks_of(const PgQuery__Node *node)
{
    switch ((int)node->node_case) { /* an open set: everything else may lock everybody out */
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
        return locks_of_alter(node->alter_table_stmt);
    case PG_QUERY__NODE__NODE_CREATE_STMT:
        return locks_of_create(node->create_stmt);
    case PG_QUERY__NODE__NODE_INDEX_STMT:
        return node->index_stmt->concurrent ? LOCKS_NOBODY : LOCKS_WRITERS;
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
        return LOCKS_WRITERS;
    case PG_QUERY__NODE__NODE_SELECT_STMT:
    case PG_QUERY__NODE__NODE_INSERT_STMT:
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
    case PG_QUERY__NODE__NODE_DELETE_STMT:
    case PG_QUERY__NODE__NODE_COPY_STMT:
    case PG_QUERY__NODE__NODE_COMMENT_STMT:
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT:
    case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT:
    case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT:
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
    case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
    case PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT:
    case PG_QUERY__NODE__NODE_VIEW_STMT:
    case PG_QUERY__NODE__NODE_GRANT_STMT:
    case PG_QUERY__NODE__NODE_VACUUM_STMT:
    case PG_QUERY__NODE__NODE_TRANSACTION_STMT:
    case PG_QUERY__NODE__NODE_VARIABLE_SET_STMT:
        return LOCKS_NOBODY;
    default:
        return LOCKS_ALL;
    }
}
