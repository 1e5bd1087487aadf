/*
 * script_change.c - what a script takes from code that names it: columns and tables that are
 * dropped, renamed or get another type; and which functions it writes anew.
 */
#include "base/common.h"

#include "runtime/script/script.h"

#include <string.h>

#include "runtime/script/script_internal.h"

static void add(ScriptCx *cx, ScriptChangeKind kind, const PgQuery__RangeVar *relation,
                const char *column)
{
    ScriptChange change = {.kind = kind,
                           .table = {.name = arena_strdup(cx->arena, relation->relname)},
                           .column = column == NULL ? NULL : arena_strdup(cx->arena, column)};
    if (relation->schemaname[0] != '\0') {
        change.table.schema = arena_strdup(cx->arena, relation->schemaname);
    }
    vec_push(cx->arena, &cx->script->changes, change);
}

static void see_alter(ScriptCx *cx, const PgQuery__AlterTableStmt *statement)
{
    for (size_t i = 0; i < statement->n_cmds; i++) {
        const PgQuery__AlterTableCmd *command = statement->cmds[i]->alter_table_cmd;
        if (command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn) {
            add(cx, SCRIPT_DROPS, statement->relation, command->name);
        } else if (command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType) {
            add(cx, SCRIPT_RETYPES, statement->relation, command->name);
        }
    }
}

/* A column that was dropped is there again under its name: it has another type, no more. */
static bool takes_over(ScriptCx *cx, const PgQuery__RenameStmt *statement)
{
    vec_each(ScriptChange, at, &cx->script->changes) {
        if (at->kind == SCRIPT_DROPS && at->column != NULL &&
            strcmp(at->table.name, statement->relation->relname) == 0 &&
            strcmp(at->column, statement->newname) == 0) {
            at->kind = SCRIPT_RETYPES;
            return true;
        }
    }
    return false;
}

static void see_rename(ScriptCx *cx, const PgQuery__RenameStmt *statement)
{
    if (statement->relation == NULL) {
        return;
    }
    if (statement->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN) {
        if (takes_over(cx, statement)) {
            return;
        }
        add(cx, SCRIPT_RENAMES, statement->relation, statement->subname);
    } else if (statement->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE) {
        add(cx, SCRIPT_RENAMES, statement->relation, NULL);
    }
}

static void see_drop(ScriptCx *cx, const PgQuery__DropStmt *statement)
{
    for (size_t i = 0;
         statement->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE && i < statement->n_objects;
         i++) {
        const PgQuery__List *parts = statement->objects[i]->list;
        const ScriptChange change = {
            .kind = SCRIPT_DROPS, .table = script_name_of(cx->arena, parts->items, parts->n_items)};
        vec_push(cx->arena, &cx->script->changes, change);
    }
}

void script_add_changes(ScriptCx *cx, const PgQuery__Node *statement)
{
    if (statement->node_case == PG_QUERY__NODE__NODE_ALTER_TABLE_STMT) {
        see_alter(cx, statement->alter_table_stmt);
    } else if (statement->node_case == PG_QUERY__NODE__NODE_RENAME_STMT) {
        see_rename(cx, statement->rename_stmt);
    } else if (statement->node_case == PG_QUERY__NODE__NODE_DROP_STMT) {
        see_drop(cx, statement->drop_stmt);
    } else if (statement->node_case == PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT) {
        const PgQuery__CreateFunctionStmt *made = statement->create_function_stmt;
        script_add_name(cx->arena, &cx->script->functions,
                        script_name_of(cx->arena, made->funcname, made->n_funcname));
    }
}
