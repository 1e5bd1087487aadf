/*
 * script_transaction.c - how a script steers its own transactions, and whether it ends them.
 *
 * In: transaction statements in order. Out: their class, and the place of the one that leaves
 * something open behind the script. Source: PostgreSQL manual, BEGIN, COMMIT, PREPARE TRANSACTION.
 */
#include "base/common.h"

#include <string.h>

#include "runtime/script/script_internal.h"

StatementClass script_class_of_transaction(const PgQuery__TransactionStmt *statement)
{
    const bool plain = statement->n_options == 0 && !statement->chain;
    const PgQuery__TransactionStmtKind kind = statement->kind;
    if (plain && (kind == PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN ||
                  kind == PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START)) {
        return STATEMENT_BEGIN;
    }
    if (plain && kind == PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT) {
        return STATEMENT_COMMIT;
    }
    return STATEMENT_TRANSACTION;
}

/* A prepared transaction keeps its locks until somebody ends it by name, which the same message
 * cannot do: COMMIT PREPARED refuses company. So it stays open whatever follows. */
void script_follow_transaction(ParsedScript *script, const PgQuery__TransactionStmt *statement,
                               size_t start)
{
    switch ((int)statement->kind) { /* an open set: savepoints change nothing here */
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
        if (script->left_open == LEFT_NOTHING) {
            script->left_open = LEFT_TRANSACTION;
            script->open_at = start;
        }
        break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
        if (script->left_open != LEFT_PREPARED) {
            script->left_open = statement->chain ? LEFT_TRANSACTION : LEFT_NOTHING;
            script->open_at = start;
        }
        break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_PREPARE:
        script->left_open = LEFT_PREPARED;
        script->open_at = start;
        break;
    default:
        break;
    }
}

/* Plain BEGIN and COMMIT in pairs, one after the other: blanked out they change nothing but that
 * the script becomes one transaction. */
bool script_steers_transactions(const ParsedScript *script)
{
    bool inside = false;
    vec_each(ScriptStatement, statement, &script->statements) {
        if (statement->kind == STATEMENT_TRANSACTION ||
            (statement->kind == STATEMENT_BEGIN && inside) ||
            (statement->kind == STATEMENT_COMMIT && !inside)) {
            return true;
        }
        inside =
            statement->kind == STATEMENT_BEGIN || (inside && statement->kind != STATEMENT_COMMIT);
    }
    return inside;
}

bool script_ends_transaction(const PgQuery__Node *statement)
{
    if (statement->node_case != PG_QUERY__NODE__NODE_TRANSACTION_STMT) {
        return false;
    }
    switch ((int)statement->transaction_stmt->kind) { /* an open set, see above */
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_PREPARE:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT_PREPARED:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_PREPARED:
        return true;
    default:
        return false;
    }
}

static bool ends_with_commit(const PgQuery__OnCommitAction action)
{
    return action == PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_DROP ||
           action == PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_DELETE_ROWS;
}

/* SET LOCAL, SET TRANSACTION, SET CONSTRAINTS, cursors, temporary tables: where BEGIN and COMMIT
 * were left out, they would hold for what comes behind, or be in its way. */
bool script_ends_with_transaction(const PgQuery__Node *statement)
{
    switch ((int)statement->node_case) { /* an open set: most statements stay done */
    case PG_QUERY__NODE__NODE_VARIABLE_SET_STMT:
        return script_is_local_setting(statement) || script_sets_transaction(statement);
    case PG_QUERY__NODE__NODE_SELECT_STMT:
        return script_is_local_setting(statement);
    case PG_QUERY__NODE__NODE_CREATE_STMT:
        return ends_with_commit(statement->create_stmt->oncommit);
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
        return ends_with_commit(statement->create_table_as_stmt->into->on_commit);
    case PG_QUERY__NODE__NODE_CONSTRAINTS_SET_STMT:
    case PG_QUERY__NODE__NODE_DECLARE_CURSOR_STMT:
        return true;
    default:
        return false;
    }
}

/* Words that can end a transaction, where the parser cannot tell: END only where a statement
 * starts. */
bool script_holds_commit(const PgQuery__ScanResult *scan)
{
    bool at_start = true;
    for (size_t i = 0; i < scan->n_tokens; i++) {
        const int token = (int)scan->tokens[i]->token;
        if (token == PG_QUERY__TOKEN__COMMIT || token == PG_QUERY__TOKEN__ROLLBACK ||
            (token == PG_QUERY__TOKEN__END_P && at_start)) {
            return true;
        }
        at_start = token == PG_QUERY__TOKEN__ASCII_59;
    }
    return false;
}

bool script_check_ends(const ParsedScript *script, const char *path, const char *name,
                       Diagnostics *diags)
{
    static const char *const what[] = {
        [LEFT_TRANSACTION] = "begins a transaction and does not end it",
        [LEFT_PREPARED] = "prepares a transaction, whose locks stay until somebody ends it",
    };
    if (script->left_open == LEFT_NOTHING) {
        return true;
    }
    const SourceFile *file = sources_add(diags->sources, path, script->text, script->len);
    const size_t end = script->open_at + strcspn(script->text + script->open_at, ";\r\n");
    const Span span = {file->id, (uint32_t)script->open_at, (uint32_t)end};
    diag_report(diags, DIAG_TRANSACTION_LEFT_OPEN, span, name, what[script->left_open],
                "nothing of it was run");
    return false;
}
