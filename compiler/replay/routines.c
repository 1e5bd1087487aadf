/*
 * routines.c - functions: kept as they are written, known by name and arguments.
 *
 * Source: PostgreSQL manual, CREATE FUNCTION; pg_get_function_identity_arguments for how arguments
 * are told.
 */
#include "base/common.h"

#include <strings.h>

#include "base/strbuf.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/replay/notes/notes.h"
#include "compiler/replay/read/plpgsql_body.h"
#include "compiler/replay/read/routine_name.h"
#include "compiler/replay/replay_internal.h"

/* --- functions ----------------------------------------------------------------------------------
 */

static Name statement_text(const SqlReplay *cx)
{
    return intern(cx->names, cx->text + cx->start, cx->end - cx->start);
}

/* Its body, where that is the whole of it. */
static const char *body_of(const PgQuery__CreateFunctionStmt *stmt)
{
    const char *body = NULL;
    for (size_t i = 0; i < stmt->n_options; i++) {
        const PgQuery__DefElem *option = stmt->options[i]->def_elem;
        if (strcmp(option->defname, "as") == 0 && option->arg != NULL &&
            option->arg->node_case == PG_QUERY__NODE__NODE_LIST &&
            option->arg->list->n_items == 1) {
            const Node *text = option->arg->list->items[0];
            body = text->node_case == PG_QUERY__NODE__NODE_STRING ? text->string->sval : NULL;
        }
    }
    return body;
}

/* What the server sees in the body when it makes the function: under the function's own settings,
 * which are not followed here. */
static bool is_body_taken(SqlReplay *cx, const PgQuery__CreateFunctionStmt *stmt)
{
    const char *language = "", *body = body_of(stmt);
    bool has_settings = false;
    for (size_t i = 0; i < stmt->n_options; i++) {
        const PgQuery__DefElem *option = stmt->options[i]->def_elem;
        has_settings |= strcmp(option->defname, "set") == 0;
        if (strcmp(option->defname, "language") == 0 && option->arg != NULL &&
            option->arg->node_case == PG_QUERY__NODE__NODE_STRING) {
            language = option->arg->string->sval;
        }
    }
    if (cx->trusts_bodies || body == NULL) {
        return true;
    }
    if (strcasecmp(language, "plpgsql") == 0) {
        const Slice text = {cx->text + cx->start, cx->end - cx->start};
        return plpgsql_body_is_taken(cx, stmt, body, text);
    }
    return strcmp(language, "sql") != 0 || has_settings || redo_body_exists(cx, body);
}

/* What a replaced function must keep. */
static bool may_replace(SqlReplay *cx, const RealmRoutine *there, char kind, const char *result,
                        const NameList *names)
{
    if (there->kind != kind) {
        return realm_refuse(cx->realm, "42809", "cannot change routine kind");
    }
    if (strcmp(there->result, result) != 0) {
        return realm_refuse(cx->realm, "42P13", "cannot change return type of existing function");
    }
    for (size_t i = 0; i < there->parameters.count; i++) {
        const Name before = there->parameters.items[i];
        if (before != NULL && before != names->items[i]) {
            return realm_refuse(cx->realm, "42P13", "cannot change name of input parameter `%s`",
                                before->text);
        }
    }
    return true;
}

static const char *result_of(RoutineCx *cx, const PgQuery__CreateFunctionStmt *stmt,
                             const Signature *signature, bool *ret_ok)
{
    const char *type = "", *whole = "";
    *ret_ok = stmt->return_type == NULL || routine_type(cx, stmt->return_type, &type, &whole);
    const bool many = stmt->return_type != NULL && stmt->return_type->setof;
    return arena_printf(cx->replay->arena, "%s%s %s", many ? "SETOF " : "", type, signature->given);
}

static void set_uses(const RoutineCx *cx, Opaque *function)
{
    function->enums.count = function->tables.count = 0;
    for (size_t i = 0; i < cx->enums.count; i++) {
        vec_push(cx->replay->arena, &function->enums, cx->enums.items[i]);
    }
    for (size_t i = 0; i < cx->tables.count; i++) {
        vec_push(cx->replay->arena, &function->tables, cx->tables.items[i]);
    }
}

static RealmRoutine *add_routine(SqlReplay *cx, Name schema, Name name, const Signature *signature)
{
    if (cx->realm->unknown_rights.routines) {
        (void)realm_unknown(cx->realm, "a function made after ALTER DEFAULT PRIVILEGES");
        return NULL;
    }
    return realm_add_routine(cx->realm, schema, name, signature->arguments, signature->called);
}

bool redo_create_function(SqlReplay *cx, const PgQuery__CreateFunctionStmt *stmt)
{
    RoutineCx routine = {.replay = cx, .is_procedure = stmt->is_procedure};
    Signature signature = {0};
    Name schema = NULL, name = NULL;
    bool ok = true;
    redo_list_name(cx, stmt->funcname, stmt->n_funcname, &schema, &name);
    schema = realm_creation_schema(cx->realm, schema);
    if (stmt->sql_body != NULL) {
        return realm_unknown(cx->realm, "a function whose body is SQL");
    }
    if (schema == NULL ||
        !routine_identify(&routine, stmt->parameters, stmt->n_parameters, name, &signature)) {
        return false;
    }
    if (!is_body_taken(cx, stmt)) {
        return false;
    }
    const char *result = result_of(&routine, stmt, &signature, &ok);
    const char kind = stmt->is_procedure ? 'p' : 'f';
    RealmRoutine *made = ok ? realm_routine(cx->realm, schema, name, signature.arguments) : NULL;
    if (!ok || (made != NULL && !stmt->replace)) {
        return ok &&
               realm_refuse(cx->realm, "42723",
                            "function `%s` already exists with same argument types", name->text);
    }
    if (made != NULL && !may_replace(cx, made, kind, result, &signature.names)) {
        return false;
    }
    made = made != NULL ? made : add_routine(cx, schema, name, &signature);
    if (made == NULL) {
        return false;
    }
    made->kind = kind;
    made->body = body_of(stmt) == NULL ? NULL : arena_strdup(cx->arena, body_of(stmt));
    made->result = result;
    made->qualified = signature.qualified;
    made->parameters = signature.names;
    made->opaque->name = signature.called;
    made->opaque->definition = statement_text(cx);
    made->opaque->has_other_path = !realm_has_common_path(cx->realm);
    set_uses(&routine, made->opaque);
    return true;
}

/* CREATE AGGREGATE, whose arguments stand in a list beside the number of direct ones. */
bool redo_create_aggregate(SqlReplay *cx, const PgQuery__DefineStmt *stmt)
{
    RoutineCx routine = {.replay = cx};
    Signature signature = {0};
    Name schema = NULL, name = NULL;
    const Node *args = stmt->n_args == 2 ? stmt->args[0] : NULL;
    redo_list_name(cx, stmt->defnames, stmt->n_defnames, &schema, &name);
    schema = realm_creation_schema(cx->realm, schema);
    const bool plain = !stmt->oldstyle && args != NULL &&
                       args->node_case == PG_QUERY__NODE__NODE_LIST && args->list->n_items > 0 &&
                       stmt->args[1]->integer->ival == -1;
    if (!plain) {
        return realm_unknown(cx->realm, "this kind of aggregate");
    }
    if (schema == NULL ||
        !routine_identify(&routine, args->list->items, args->list->n_items, name, &signature)) {
        return false;
    }
    RealmRoutine *made = realm_routine(cx->realm, schema, name, signature.arguments);
    if (made != NULL) {
        return stmt->replace ? realm_unknown(cx->realm, "an aggregate is replaced")
                             : realm_refuse(cx->realm, "42723",
                                            "function `%s` already exists with same argument types",
                                            name->text);
    }
    made = add_routine(cx, schema, name, &signature);
    if (made == NULL) {
        return false;
    }
    made->kind = 'a';
    realm_goes_beyond(cx->realm, "an aggregate");
    made->result = "";
    made->qualified = signature.qualified;
    made->opaque->definition = statement_text(cx);
    set_uses(&routine, made->opaque);
    return true;
}

/* --- dropped, altered, renamed ------------------------------------------------------------------
 */

/* A function, or a type or schema of its arguments, that is not there. */
static bool is_missing(const Realm *realm)
{
    const char *state = realm->fault.sqlstate;
    return state != NULL && (strcmp(state, "42883") == 0 || strcmp(state, "42704") == 0 ||
                             strcmp(state, "3F000") == 0);
}

bool redo_drop_function(SqlReplay *cx, const PgQuery__ObjectWithArgs *object,
                        PgQuery__ObjectType of, bool missing_ok, bool cascade)
{
    RealmRoutine *routine = redo_routine(cx, object, of);
    if (routine == NULL) {
        return missing_ok && is_missing(cx->realm);
    }
    return realm_drop_routine(cx->realm, routine, cascade);
}

bool redo_alter_function(SqlReplay *cx, const PgQuery__AlterFunctionStmt *stmt)
{
    const RealmRoutine *routine = redo_routine(cx, stmt->func, stmt->objtype);
    for (size_t i = 0; routine != NULL && routine->kind == 'p' && i < stmt->n_actions; i++) {
        const char *action = stmt->actions[i]->def_elem->defname;
        if (strcmp(action, "set") != 0 && strcmp(action, "security") != 0) {
            return realm_refuse(cx->realm, "42P13", "invalid attribute in procedure definition");
        }
    }
    if (routine != NULL) {
        redo_add_story(cx, routine->opaque);
    }
    return routine != NULL;
}

static bool is_used_by_name(const SqlReplay *cx, const RealmRoutine *routine)
{
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        if (*at != routine->opaque && (*at)->definition != NULL &&
            realm_text_names((*at)->definition, routine->name)) {
            return true;
        }
    }
    return false;
}

bool redo_rename_function(SqlReplay *cx, const PgQuery__ObjectWithArgs *object,
                          PgQuery__ObjectType of, Name name)
{
    RealmRoutine *routine = redo_routine(cx, object, of);
    if (routine == NULL) {
        return false;
    }
    const char *arguments = routine->opaque->name->text + routine->name->len;
    if (realm_routine(cx->realm, routine->schema, name, routine->arguments) != NULL) {
        return realm_refuse(cx->realm, "42723", "function %s already exists in schema `%s`",
                            name->text, routine->schema->text);
    }
    if (is_used_by_name(cx, routine)) {
        return realm_unknown(cx->realm, "a function is renamed that others may call");
    }
    redo_add_story(cx, routine->opaque);
    realm_rename_routine(cx->realm, routine, routine->schema, name,
                         intern_printf(cx->names, "%s%s", name->text, arguments));
    return true;
}
