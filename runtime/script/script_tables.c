/*
 * script_tables.c - which tables, types and indexes a statement names.
 *
 * The typed tree is walked through its descriptors, so a kind of statement we never heard of is
 * searched like any other: wherever a RangeVar stands, a table is named. What is named by bare
 * lists of strings (DROP, types) has a line of its own here.
 */
#include "base/common.h"

#include "runtime/script/script.h"

#include <protobuf-c/protobuf-c.h>
#include <string.h>

#include "base/strbuf.h"
#include "runtime/script/script_internal.h"

/* --- names --- */

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

void script_add_name(Arena *arena, ScriptNameList *list, ScriptName name)
{
    vec_each(ScriptName, at, list) {
        if (same_text(at->schema, name.schema) && same_text(at->name, name.name)) {
            return;
        }
    }
    vec_push(arena, list, name);
}

static const char *string_of(Arena *arena, const PgQuery__Node *node)
{
    return node->node_case == PG_QUERY__NODE__NODE_STRING ? arena_strdup(arena, node->string->sval)
                                                          : NULL;
}

ScriptName script_name_of(Arena *arena, PgQuery__Node *const *parts, size_t count)
{
    ScriptName name = {0};
    if (count > 0) {
        name.name = string_of(arena, parts[count - 1]);
    }
    if (count > 1) {
        name.schema = string_of(arena, parts[count - 2]);
    }
    return name;
}

static bool is_system_schema(const char *schema)
{
    return strcmp(schema, "pg_catalog") == 0 || strcmp(schema, "information_schema") == 0;
}

static void add_range_var(ScriptCx *cx, const PgQuery__RangeVar *table)
{
    if (is_system_schema(table->schemaname) || table->relname[0] == '\0') {
        return;
    }
    ScriptName name = {.name = arena_strdup(cx->arena, table->relname)};
    if (table->schemaname[0] != '\0') {
        name.schema = arena_strdup(cx->arena, table->schemaname);
    }
    script_add_name(cx->arena, &cx->script->tables, name);
}

/* --- the walk --- */

static const void *member(const ProtobufCMessage *message, unsigned offset)
{
    return (const char *)message + offset;
}

static void walk_field(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                       bool (*see)(void *, const ProtobufCMessage *), void *context)
{
    if (field->type != PROTOBUF_C_TYPE_MESSAGE) {
        return;
    }
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        const size_t count = *(const size_t *)member(message, field->quantifier_offset);
        ProtobufCMessage *const *items =
            *(ProtobufCMessage *const *const *)member(message, field->offset);
        for (size_t i = 0; i < count; i++) {
            script_walk(items[i], see, context);
        }
        return;
    }
    const bool chosen = (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) == 0 ||
                        *(const uint32_t *)member(message, field->quantifier_offset) == field->id;
    const ProtobufCMessage *child =
        *(const ProtobufCMessage *const *)member(message, field->offset);
    if (chosen && child != NULL) {
        script_walk(child, see, context);
    }
}

void script_walk(const ProtobufCMessage *message, bool (*see)(void *, const ProtobufCMessage *),
                 void *context)
{
    if (!see(context, message)) {
        return;
    }
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        walk_field(message, &message->descriptor->fields[i], see, context);
    }
}

static bool see_name(void *context, const ProtobufCMessage *message)
{
    ScriptCx *cx = context;
    if (message->descriptor == &pg_query__type_name__descriptor) {
        const PgQuery__TypeName *type = (const PgQuery__TypeName *)message;
        const ScriptName name = script_name_of(cx->arena, type->names, type->n_names);
        if (name.name != NULL) {
            script_add_name(cx->arena, &cx->script->types, name);
        }
    }
    if (message->descriptor == &pg_query__range_var__descriptor) {
        add_range_var(cx, (const PgQuery__RangeVar *)message);
        return false;
    }
    return true;
}

/* --- names that are lists of strings --- */

/* Objects of DROP: a trigger, rule or policy names its table in front of itself. */
static void add_dropped(ScriptCx *cx, const PgQuery__DropStmt *drop)
{
    const PgQuery__ObjectType type = drop->remove_type;
    const bool of_table = type == PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER ||
                          type == PG_QUERY__OBJECT_TYPE__OBJECT_RULE ||
                          type == PG_QUERY__OBJECT_TYPE__OBJECT_POLICY;
    ScriptNameList *list =
        type == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX ? &cx->script->indexes : &cx->script->tables;
    cx->script->touches_anything |= type == PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA;
    for (size_t i = 0; i < drop->n_objects; i++) {
        const PgQuery__Node *object = drop->objects[i];
        ScriptName name = {0};
        if (object->node_case == PG_QUERY__NODE__NODE_LIST) {
            const size_t count = object->list->n_items;
            name = script_name_of(cx->arena, object->list->items,
                                  of_table && count > 0 ? count - 1 : count);
        } else if (object->node_case == PG_QUERY__NODE__NODE_TYPE_NAME) {
            name = script_name_of(cx->arena, object->type_name->names, object->type_name->n_names);
        }
        if (name.name != NULL) {
            script_add_name(cx->arena, list, name);
        }
    }
}

static void add_type(ScriptCx *cx, PgQuery__Node *const *parts, size_t count)
{
    const ScriptName name = script_name_of(cx->arena, parts, count);
    if (name.name != NULL) {
        script_add_name(cx->arena, &cx->script->tables, name);
    }
}

/* ALTER INDEX names the index where ALTER TABLE names the table. */
static bool add_altered_index(ScriptCx *cx, const PgQuery__RangeVar *index)
{
    ScriptName name = {.name = arena_strdup(cx->arena, index->relname)};
    if (index->schemaname[0] != '\0') {
        name.schema = arena_strdup(cx->arena, index->schemaname);
    }
    script_add_name(cx->arena, &cx->script->indexes, name);
    return true;
}

static bool add_renamed(ScriptCx *cx, const PgQuery__RenameStmt *rename)
{
    if (rename->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX && rename->relation != NULL) {
        return add_altered_index(cx, rename->relation);
    }
    if (rename->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE && rename->object != NULL &&
        rename->object->node_case == PG_QUERY__NODE__NODE_LIST) {
        PgQuery__Node *const *parts = rename->object->list->items;
        const size_t count = rename->object->list->n_items;
        ScriptName name = script_name_of(cx->arena, parts, count);
        add_type(cx, parts, count);
        name.name = arena_strdup(cx->arena, rename->newname);
        script_add_name(cx->arena, &cx->script->tables, name);
    }
    if (rename->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE && rename->relation != NULL) {
        PgQuery__RangeVar new = *rename->relation;
        new.relname = rename->newname;
        add_range_var(cx, &new);
    }
    return false;
}

/* True when the statement's RangeVars are no tables. */
static bool add_special(ScriptCx *cx, const PgQuery__Node *node)
{
    switch ((int)node->node_case) { /* an open set: other statements name tables by RangeVar only */
    case PG_QUERY__NODE__NODE_DROP_STMT:
        add_dropped(cx, node->drop_stmt);
        return true;
    case PG_QUERY__NODE__NODE_RENAME_STMT:
        return add_renamed(cx, node->rename_stmt);
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
        return node->alter_table_stmt->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX &&
               add_altered_index(cx, node->alter_table_stmt->relation);
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT:
        add_type(cx, node->create_enum_stmt->type_name, node->create_enum_stmt->n_type_name);
        return false;
    case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT:
        add_type(cx, node->alter_enum_stmt->type_name, node->alter_enum_stmt->n_type_name);
        return false;
    case PG_QUERY__NODE__NODE_DO_STMT:
    case PG_QUERY__NODE__NODE_CALL_STMT:
        cx->script->touches_anything = true;
        return false;
    default:
        return false;
    }
}

void script_add_names(ScriptCx *cx, const PgQuery__Node *statement)
{
    if (!add_special(cx, statement)) {
        script_walk(&statement->base, see_name, cx);
    }
}
