/*
 * script_touch.c - what of a table a statement touches: may it run before another, as well as
 * behind it?
 *
 * Two scripts may change places where neither touches what the other does. What the online strategy
 * writes is told apart by columns and by the names of constraints, indexes and triggers; any other
 * statement touches each table that it names as a whole. A function says what it reads in its text:
 * every word of it may be a column of the table whose trigger runs it.
 */
#include "base/common.h"

#include "runtime/script/script.h"

#include <ctype.h>
#include <protobuf-c/protobuf-c.h>
#include <string.h>

#include "compiler/catalog/sql_scan.h"
#include "runtime/script/script_internal.h"

void script_add_touch(Arena *arena, ParsedScript *script, ScriptTouch touch)
{
    vec_push(arena, &script->touches, touch);
}

static const char *copy(const ScriptCx *cx, const char *text)
{
    return arena_strdup(cx->arena, text);
}

static void touch(const ScriptCx *cx, ScriptTouchKind kind, const ScriptName *table,
                  const char *name)
{
    const ScriptTouch made = {
        .table = *table, .kind = kind, .name = name == NULL ? NULL : copy(cx, name)};
    script_add_touch(cx->arena, cx->script, made);
}

static ScriptName name_of(const ScriptCx *cx, const PgQuery__RangeVar *table)
{
    ScriptName name = {.name = copy(cx, table->relname)};
    if (table->schemaname[0] != '\0') {
        name.schema = copy(cx, table->schemaname);
    }
    return name;
}

/* An index or a table by itself: made, renamed, dropped. */
static void touch_relation(const ScriptCx *cx, const ScriptName *near, const char *relation)
{
    const ScriptName name = {.schema = near->schema, .name = copy(cx, relation)};
    touch(cx, TOUCH_TABLE, &name, NULL);
}

/* --- columns of expressions, and tables in them --- */

/* `NEW.a`, `t.a` and `a` name the column a; `t.*` names them all. */
static void touch_reference(const ScriptCx *cx, const ScriptName *table,
                            const PgQuery__ColumnRef *reference)
{
    const PgQuery__Node *last = reference->fields[reference->n_fields - 1];
    if (last->node_case == PG_QUERY__NODE__NODE_STRING) {
        touch(cx, TOUCH_COLUMN, table, last->string->sval);
    } else {
        touch(cx, TOUCH_TABLE, table, NULL);
    }
}

typedef struct Seeing {
    const ScriptCx *cx;
    const ScriptName *table;
} Seeing;

static bool see_reference(void *context, const ProtobufCMessage *message)
{
    const Seeing *seeing = context;
    if (message->descriptor == &pg_query__column_ref__descriptor) {
        touch_reference(seeing->cx, seeing->table, (const PgQuery__ColumnRef *)message);
        return false;
    }
    if (message->descriptor == &pg_query__range_var__descriptor) {
        const ScriptName other = name_of(seeing->cx, (const PgQuery__RangeVar *)message);
        if (strcmp(other.name, seeing->table->name) != 0) {
            touch(seeing->cx, TOUCH_TABLE, &other, NULL);
        }
    }
    return true;
}

static void touch_references(const ScriptCx *cx, const ScriptName *table,
                             const ProtobufCMessage *message)
{
    Seeing seeing = {cx, table};
    if (message != NULL) {
        script_walk(message, see_reference, &seeing);
    }
}

static void touch_columns(const ScriptCx *cx, const ScriptName *table, PgQuery__Node *const *names,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (names[i]->node_case == PG_QUERY__NODE__NODE_STRING) {
            touch(cx, TOUCH_COLUMN, table, names[i]->string->sval);
        }
    }
}

/* --- ALTER TABLE --- */

static void touch_constraint(const ScriptCx *cx, const ScriptName *table,
                             const PgQuery__Constraint *constraint)
{
    if (constraint->conname[0] != '\0') {
        touch(cx, TOUCH_PART, table, constraint->conname);
    }
    touch_columns(cx, table, constraint->keys, constraint->n_keys);
    touch_columns(cx, table, constraint->fk_attrs, constraint->n_fk_attrs);
    touch_references(cx, table, (const ProtobufCMessage *)constraint->raw_expr);
    if (constraint->indexname[0] != '\0') {
        touch_relation(cx, table, constraint->indexname);
    }
    if (constraint->pktable != NULL) {
        const ScriptName referenced = name_of(cx, constraint->pktable);
        touch(cx, TOUCH_REFERENCE, &referenced, NULL);
        touch_columns(cx, &referenced, constraint->pk_attrs, constraint->n_pk_attrs);
    }
}

static void touch_new_column(const ScriptCx *cx, const ScriptName *table,
                             const PgQuery__ColumnDef *column)
{
    touch(cx, TOUCH_COLUMN, table, column->colname);
    for (size_t i = 0; i < column->n_constraints; i++) {
        if (column->constraints[i]->node_case == PG_QUERY__NODE__NODE_CONSTRAINT) {
            touch_constraint(cx, table, column->constraints[i]->constraint);
        }
    }
}

/* False for what is about the table as a whole. */
static bool touch_command(const ScriptCx *cx, const ScriptName *table,
                          const PgQuery__AlterTableCmd *command)
{
    const PgQuery__Node *def = command->def;
    switch ((int)command->subtype) { /* an open set: anything else is about the whole table */
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
        touch_new_column(cx, table, def->column_def);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
        touch(cx, TOUCH_COLUMN, table, command->name);
        touch_references(cx, table, (const ProtobufCMessage *)def);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
        touch_constraint(cx, table, def->constraint);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
        touch(cx, TOUCH_KEYS, table, NULL);
        touch(cx, TOUCH_PART, table, command->name);
        return true;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
        touch(cx, TOUCH_PART, table, command->name);
        return true;
    default:
        return false;
    }
}

static bool touch_alter_table(const ScriptCx *cx, const PgQuery__AlterTableStmt *statement)
{
    const ScriptName table = name_of(cx, statement->relation);
    if (statement->objtype != PG_QUERY__OBJECT_TYPE__OBJECT_TABLE) {
        return false;
    }
    for (size_t i = 0; i < statement->n_cmds; i++) {
        if (!touch_command(cx, &table, statement->cmds[i]->alter_table_cmd)) {
            touch(cx, TOUCH_TABLE, &table, NULL);
        }
    }
    return true;
}

/* --- other statements --- */

static bool touch_update(const ScriptCx *cx, const PgQuery__UpdateStmt *statement)
{
    const ScriptName table = name_of(cx, statement->relation);
    if (statement->n_from_clause > 0 || statement->with_clause != NULL) {
        return false;
    }
    for (size_t i = 0; i < statement->n_target_list; i++) {
        touch(cx, TOUCH_COLUMN, &table, statement->target_list[i]->res_target->name);
    }
    touch_references(cx, &table, &statement->base);
    return true;
}

static bool touch_index(const ScriptCx *cx, const PgQuery__IndexStmt *statement)
{
    const ScriptName table = name_of(cx, statement->relation);
    for (size_t i = 0; i < statement->n_index_params; i++) {
        const char *column = statement->index_params[i]->index_elem->name;
        if (column[0] != '\0') {
            touch(cx, TOUCH_COLUMN, &table, column);
        }
    }
    for (size_t i = 0; i < statement->n_index_including_params; i++) {
        touch(cx, TOUCH_COLUMN, &table, statement->index_including_params[i]->index_elem->name);
    }
    touch_references(cx, &table, &statement->base);
    touch_relation(cx, &table, statement->idxname);
    return statement->idxname[0] != '\0';
}

static bool touch_trigger(ScriptCx *cx, const PgQuery__CreateTrigStmt *statement)
{
    const ScriptName table = name_of(cx, statement->relation);
    touch(cx, TOUCH_PART, &table, statement->trigname);
    touch_columns(cx, &table, statement->columns, statement->n_columns);
    touch_references(cx, &table, (const ProtobufCMessage *)statement->when_clause);
    vec_push(cx->arena, &cx->triggered, table);
    return true;
}

static bool see_body(void *context, const ProtobufCMessage *message)
{
    ScriptCx *cx = context;
    if (message->descriptor == &pg_query__string__descriptor) {
        vec_push(cx->arena, &cx->bodies, copy(cx, ((const PgQuery__String *)message)->sval));
    }
    return true;
}

/* DROP INDEX: by itself; its table is the server's to tell. DROP TRIGGER: a part of its table. */
static bool touch_drop(const ScriptCx *cx, const PgQuery__DropStmt *statement)
{
    const bool trigger = statement->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER;
    if (!trigger && statement->remove_type != PG_QUERY__OBJECT_TYPE__OBJECT_INDEX) {
        return false;
    }
    for (size_t i = 0; i < statement->n_objects; i++) {
        const PgQuery__List *parts = statement->objects[i]->list;
        const size_t count = parts->n_items - (trigger ? 1 : 0);
        const ScriptName name = script_name_of(cx->arena, parts->items, count);
        touch(cx, trigger ? TOUCH_PART : TOUCH_TABLE, &name,
              trigger ? parts->items[count]->string->sval : NULL);
    }
    return true;
}

static bool touch_special(ScriptCx *cx, const PgQuery__Node *statement)
{
    switch ((int)statement->node_case) { /* an open set: others touch all that they name */
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
        return touch_alter_table(cx, statement->alter_table_stmt);
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
        return touch_update(cx, statement->update_stmt);
    case PG_QUERY__NODE__NODE_INDEX_STMT:
        return touch_index(cx, statement->index_stmt);
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
        return touch_trigger(cx, statement->create_trig_stmt);
    case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
        script_walk(&statement->base, see_body, cx);
        return true;
    case PG_QUERY__NODE__NODE_DROP_STMT:
        return touch_drop(cx, statement->drop_stmt);
    default:
        return false;
    }
}

void script_add_touches(ScriptCx *cx, const PgQuery__Node *statement)
{
    ParsedScript named = {0};
    ScriptCx apart = *cx;
    if (touch_special(cx, statement)) {
        return;
    }
    apart.script = &named;
    script_add_names(&apart, statement);
    vec_each(ScriptName, table, &named.tables) {
        touch(cx, TOUCH_TABLE, table, NULL);
    }
    vec_each(ScriptName, index, &named.indexes) {
        touch(cx, TOUCH_TABLE, index, NULL);
    }
}

static void touch_words(const ScriptCx *cx, const ScriptName *table, const char *text)
{
    for (const char *end = text + strlen(text); text < end;) {
        const SqlToken token = sql_scan(text, end);
        const bool quoted = token.kind == SQL_NAME && token.len >= 2;
        if (token.kind == SQL_WORD || quoted) {
            char *word = arena_strndup(cx->arena, token.text + (quoted ? 1 : 0),
                                       token.len - (quoted ? 2 : 0));
            for (char *at = word; !quoted && *at != '\0'; at++) {
                *at = (char)tolower((unsigned char)*at);
            }
            touch(cx, TOUCH_COLUMN, table, word);
        }
        text += token.len;
    }
}

void script_end_touches(ScriptCx *cx)
{
    vec_each(ScriptName, table, &cx->triggered) {
        vec_each(const char *, body, &cx->bodies) {
            touch_words(cx, table, *body);
        }
    }
    if (cx->states_tables) {
        cx->script->touches.count = 0;
        vec_each(ScriptName, table, &cx->script->tables) {
            touch(cx, TOUCH_TABLE, table, NULL);
        }
    }
}

/* --- comparing --- */

static bool same_name(const ScriptName *a, const ScriptName *b, const char *default_schema)
{
    const char *left = a->schema != NULL ? a->schema : default_schema;
    const char *right = b->schema != NULL ? b->schema : default_schema;
    return strcmp(a->name, b->name) == 0 && strcmp(left, right) == 0;
}

static bool meet(const ScriptTouch *a, const ScriptTouch *b)
{
    if (a->kind == TOUCH_TABLE || b->kind == TOUCH_TABLE) {
        return true;
    }
    if (a->kind != b->kind) {
        return a->kind == TOUCH_FACE || b->kind == TOUCH_FACE ||
               (a->kind == TOUCH_KEYS && b->kind == TOUCH_REFERENCE) ||
               (a->kind == TOUCH_REFERENCE && b->kind == TOUCH_KEYS);
    }
    return a->name != NULL && strcmp(a->name, b->name) == 0;
}

static const char *touch_text(Arena *arena, const ScriptTouch *a, const ScriptTouch *b)
{
    const ScriptTouch *told = a->name != NULL ? a : b;
    return told->name != NULL && told->name[0] != '\0' && a->kind == b->kind
               ? arena_printf(arena, "`%s.%s`", told->table.name, told->name)
               : arena_printf(arena, "`%s`", a->table.name);
}

static const char *common_touch(Arena *arena, const ParsedScript *a, const ParsedScript *b,
                                const char *default_schema)
{
    vec_each(ScriptTouch, left, &a->touches) {
        vec_each(ScriptTouch, right, &b->touches) {
            if (same_name(&left->table, &right->table, default_schema) && meet(left, right)) {
                return touch_text(arena, left, right);
            }
        }
    }
    return NULL;
}

/* A type one changes and the other uses. */
static const char *common_type(Arena *arena, const ParsedScript *a, const ParsedScript *b,
                               const char *default_schema)
{
    vec_each(ScriptTouch, left, &a->touches) {
        vec_each(ScriptName, type, &b->types) {
            if (left->kind == TOUCH_TABLE && same_name(&left->table, type, default_schema)) {
                return arena_printf(arena, "`%s`", type->name);
            }
        }
    }
    return NULL;
}

const char *script_common_touch(Arena *arena, const ParsedScript *a, const ParsedScript *b,
                                const char *default_schema)
{
    const char *common = common_touch(arena, a, b, default_schema);
    common = common != NULL ? common : common_type(arena, a, b, default_schema);
    common = common != NULL ? common : common_type(arena, b, a, default_schema);
    if (common != NULL) {
        return common;
    }
    return a->touches_anything || b->touches_anything ? "tables that cannot be told from its text"
                                                      : NULL;
}
