/*
 * script_change.c - what a script takes from code that names it: columns and tables that are
 * dropped, renamed or get another type; which functions it writes anew; and the names it gives.
 */
#include "base/common.h"

#include "runtime/script/script.h"

#include <string.h>

#include "runtime/script/script_internal.h"

static void add(ScriptCx *cx, ScriptChangeKind kind, const PgQuery__RangeVar *relation,
                const char *column)
{
    ScriptChangeList *list = kind == SCRIPT_ADDS ? &cx->script->additions : &cx->script->changes;
    ScriptChange change = {.kind = kind,
                           .table = {.name = arena_strdup(cx->arena, relation->relname)},
                           .column = column == NULL ? NULL : arena_strdup(cx->arena, column)};
    if (relation->schemaname[0] != '\0') {
        change.table.schema = arena_strdup(cx->arena, relation->schemaname);
    }
    vec_push(cx->arena, list, change);
}

static void see_behavior(ScriptCx *cx, PgQuery__DropBehavior behavior)
{
    cx->script->cascades |= behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
}

static void see_alter(ScriptCx *cx, const PgQuery__AlterTableStmt *statement)
{
    for (size_t i = 0; i < statement->n_cmds; i++) {
        const PgQuery__AlterTableCmd *command = statement->cmds[i]->alter_table_cmd;
        if (command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn) {
            add(cx, SCRIPT_DROPS, statement->relation, command->name);
            see_behavior(cx, command->behavior);
        } else if (command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType) {
            add(cx, SCRIPT_RETYPES, statement->relation, command->name);
        } else if (command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn &&
                   command->def != NULL && command->def->column_def != NULL) {
            add(cx, SCRIPT_ADDS, statement->relation, command->def->column_def->colname);
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

/* A function that goes is in nobody's way. */
static void see_drop_function(ScriptCx *cx, const PgQuery__DropStmt *statement)
{
    for (size_t i = 0; i < statement->n_objects; i++) {
        const PgQuery__Node *object = statement->objects[i];
        if (object->node_case == PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS) {
            const PgQuery__ObjectWithArgs *function = object->object_with_args;
            script_add_name(cx->arena, &cx->script->functions,
                            script_name_of(cx->arena, function->objname, function->n_objname));
        }
    }
}

static bool drops_routines(const PgQuery__DropStmt *statement)
{
    return statement->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION ||
           statement->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE ||
           statement->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE;
}

static void see_drop(ScriptCx *cx, const PgQuery__DropStmt *statement)
{
    see_behavior(cx, statement->behavior);
    if (drops_routines(statement)) {
        see_drop_function(cx, statement);
        return;
    }
    for (size_t i = 0;
         statement->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE && i < statement->n_objects;
         i++) {
        const PgQuery__List *parts = statement->objects[i]->list;
        const ScriptChange change = {
            .kind = SCRIPT_DROPS, .table = script_name_of(cx->arena, parts->items, parts->n_items)};
        vec_push(cx->arena, &cx->script->changes, change);
    }
}

/* --- names --- */

static ScriptName relation_name(ScriptCx *cx, const PgQuery__RangeVar *relation)
{
    return (ScriptName){.schema = relation->schemaname[0] == '\0'
                                      ? NULL
                                      : arena_strdup(cx->arena, relation->schemaname),
                        .name = arena_strdup(cx->arena, relation->relname)};
}

static ScriptName listed_name(ScriptCx *cx, const PgQuery__Node *object)
{
    return object != NULL && object->node_case == PG_QUERY__NODE__NODE_LIST
               ? script_name_of(cx->arena, object->list->items, object->list->n_items)
               : (ScriptName){0};
}

static void name_anew(ScriptCx *cx, ScriptRename rename)
{
    if (rename.of.name != NULL) {
        vec_push(cx->arena, &cx->script->renames, rename);
    }
}

static void name_by_rename(ScriptCx *cx, const PgQuery__RenameStmt *statement)
{
    const ScriptName now = {.name = arena_strdup(cx->arena, statement->newname)};
    const PgQuery__ObjectType type = statement->rename_type;
    if (type == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN && statement->relation != NULL) {
        name_anew(cx, (ScriptRename){.kind = NAMED_COLUMN,
                                     .of = relation_name(cx, statement->relation),
                                     .part = arena_strdup(cx->arena, statement->subname),
                                     .now = now});
    } else if (type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE && statement->relation != NULL) {
        name_anew(cx, (ScriptRename){.kind = NAMED_TABLE,
                                     .of = relation_name(cx, statement->relation),
                                     .now = now});
    } else if (type == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE) {
        name_anew(cx, (ScriptRename){.kind = NAMED_TYPE,
                                     .of = listed_name(cx, statement->object),
                                     .now = now});
    }
}

static void name_by_schema(ScriptCx *cx, const PgQuery__AlterObjectSchemaStmt *statement)
{
    const ScriptName now = {.schema = arena_strdup(cx->arena, statement->newschema)};
    if (statement->object_type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE &&
        statement->relation != NULL) {
        name_anew(cx, (ScriptRename){.kind = NAMED_TABLE,
                                     .of = relation_name(cx, statement->relation),
                                     .now = now});
    } else if (statement->object_type == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE) {
        name_anew(cx, (ScriptRename){.kind = NAMED_TYPE,
                                     .of = listed_name(cx, statement->object),
                                     .now = now});
    }
}

static void name_value(ScriptCx *cx, const PgQuery__AlterEnumStmt *statement)
{
    if (statement->old_val != NULL && statement->old_val[0] != '\0') {
        name_anew(cx, (ScriptRename){.kind = NAMED_VALUE,
                                     .of = script_name_of(cx->arena, statement->type_name,
                                                          statement->n_type_name),
                                     .part = arena_strdup(cx->arena, statement->old_val),
                                     .now = {.name = arena_strdup(cx->arena, statement->new_val)}});
    }
}

static void add_names(ScriptCx *cx, const PgQuery__Node *statement)
{
    if (statement->node_case == PG_QUERY__NODE__NODE_RENAME_STMT) {
        name_by_rename(cx, statement->rename_stmt);
    } else if (statement->node_case == PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT) {
        name_by_schema(cx, statement->alter_object_schema_stmt);
    } else if (statement->node_case == PG_QUERY__NODE__NODE_ALTER_ENUM_STMT) {
        name_value(cx, statement->alter_enum_stmt);
    }
}

/* --- any --- */

void script_add_changes(ScriptCx *cx, const PgQuery__Node *statement)
{
    add_names(cx, statement);
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
