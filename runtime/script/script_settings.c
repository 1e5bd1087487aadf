/*
 * script_settings.c - what a script sets for the statements behind it: SET, RESET, SET ROLE,
 * set_config(..., false).
 *
 * A script that runs in parts, or whose earlier parts an earlier try has run, still means what its
 * text says: the settings in front of a part are set again for it, SET LOCAL unless a COMMIT stands
 * between them. SET TRANSACTION ends with its part, and must be the first of its transaction
 * (manual, SET TRANSACTION: before any query), so nothing that reads may be put in front of it.
 */
#include "base/common.h"

#include <string.h>

#include "base/strbuf.h"
#include "runtime/script/script_internal.h"

static const char *last_name(PgQuery__Node *const *parts, size_t count)
{
    const PgQuery__Node *last = count > 0 ? parts[count - 1] : NULL;
    return last != NULL && last->node_case == PG_QUERY__NODE__NODE_STRING ? last->string->sval : "";
}

/* Is the last argument of the call TRUE? What cannot be told is taken for a setting. */
static bool is_local(const PgQuery__FuncCall *call)
{
    const PgQuery__Node *last = call->n_args == 3 ? call->args[2] : NULL;
    return last != NULL && last->node_case == PG_QUERY__NODE__NODE_A_CONST &&
           last->a_const->val_case == PG_QUERY__A__CONST__VAL_BOOLVAL &&
           last->a_const->boolval->boolval;
}

bool script_sets_config(const PgQuery__SelectStmt *select, bool local)
{
    for (size_t i = 0; i < select->n_target_list; i++) {
        const PgQuery__Node *value = select->target_list[i]->res_target->val;
        if (value == NULL || value->node_case != PG_QUERY__NODE__NODE_FUNC_CALL ||
            strcmp(last_name(value->func_call->funcname, value->func_call->n_funcname),
                   "set_config") != 0 ||
            is_local(value->func_call) != local) {
            return false;
        }
    }
    return select->n_target_list > 0 && select->n_from_clause == 0;
}

/* SET TRANSACTION in its forms, and the parameters that it stands for. */
bool script_sets_transaction(const PgQuery__Node *statement)
{
    static const char *const names[] = {"TRANSACTION", "TRANSACTION SNAPSHOT",
                                        "transaction_isolation", "transaction_deferrable",
                                        "transaction_read_only"};
    if (statement->node_case != PG_QUERY__NODE__NODE_VARIABLE_SET_STMT) {
        return false;
    }
    for (size_t i = 0; i < lengthof(names); i++) {
        if (strcmp(statement->variable_set_stmt->name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

bool script_is_setting(const PgQuery__Node *statement)
{
    switch ((int)statement->node_case) { /* an open set: others set nothing */
    case PG_QUERY__NODE__NODE_VARIABLE_SET_STMT:
        return !statement->variable_set_stmt->is_local && !script_sets_transaction(statement);
    case PG_QUERY__NODE__NODE_SELECT_STMT:
        return script_sets_config(statement->select_stmt, false);
    default:
        return false;
    }
}

bool script_is_local_setting(const PgQuery__Node *statement)
{
    return statement->node_case == PG_QUERY__NODE__NODE_VARIABLE_SET_STMT
               ? statement->variable_set_stmt->is_local
               : statement->node_case == PG_QUERY__NODE__NODE_SELECT_STMT &&
                     script_sets_config(statement->select_stmt, true);
}

/* Where the transaction began in which the part stands, as the text has it. */
static size_t transaction_start(const ParsedScript *script, const ScriptPart *part)
{
    size_t start = 0;
    vec_each(ScriptStatement, at, &script->statements) {
        if (at->kind == STATEMENT_COMMIT && at->end <= part->start) {
            start = at->end;
        }
    }
    return start;
}

char *script_part_settings(Arena *arena, const ParsedScript *script, const ScriptPart *part)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    const size_t start = transaction_start(script, part);
    vec_each(ScriptStatement, at, &script->statements) {
        if (at->end <= part->start &&
            (at->is_setting || (at->is_local_setting && at->start >= start))) {
            strbuf_addn(&out, script->text + at->start, at->end - at->start);
            strbuf_add(&out, "\n;\n");
        }
    }
    return strbuf_take(&out, arena);
}
