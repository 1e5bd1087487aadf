/*
 * routines.c - functions: kept as they are written, known by name and arguments.
 *
 * Source: PostgreSQL manual, CREATE FUNCTION; pg_get_function_identity_arguments for how arguments
 * are told.
 */
#include "base/common.h"

#include "base/strbuf.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/replay/read/view_scope.h"
#include "compiler/replay/replay_internal.h"

/* --- arguments ----------------------------------------------------------------------------------
 */

#define MODE(name) PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_##name

typedef struct RoutineCx {
    SqlReplay *replay;
    VEC(EnumType *) enums; /* of arguments and result */
    VEC(Table *) tables;   /* whose row types they are */
    bool is_procedure;
} RoutineCx;

static void use_type(RoutineCx *cx, const PgQuery__TypeName *name, const ColumnType *type)
{
    Name schema = NULL, last = NULL;
    redo_list_name(cx->replay, name->names, name->n_names, &schema, &last);
    const RealmType *own = last == NULL ? NULL : realm_type(cx->replay->realm, schema, last);
    if (type->id == TYPE_ENUM) {
        for (size_t i = 0; i < cx->enums.count; i++) {
            if (cx->enums.items[i] == type->enum_type) {
                return;
            }
        }
        vec_push(cx->replay->arena, &cx->enums, type->enum_type);
    } else if (type->id == TYPE_OTHER && own != NULL && own->kind == REALM_ROW &&
               own->table != NULL) {
        vec_push(cx->replay->arena, &cx->tables, own->table);
    }
}

/* The server's own types that no column has: trigger, void, record. */
static bool is_pseudo(const PgQuery__TypeName *name)
{
    static const char *const types[] = {"trigger", "void",     "record",        "anyelement",
                                        "any",     "anyarray", "event_trigger", "cstring"};
    const Node *last = name->n_names == 0 ? NULL : name->names[name->n_names - 1];
    for (size_t i = 0; last != NULL && i < lengthof(types); i++) {
        if (last->node_case == PG_QUERY__NODE__NODE_STRING &&
            strcmp(last->string->sval, types[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool type_text(RoutineCx *cx, const PgQuery__TypeName *name, const char **ret_text,
                      const char **ret_qualified)
{
    PgQuery__TypeName plain = *name;
    ReplayType type;
    plain.setof = false;
    plain.n_typmods = 0; /* arguments have none */
    if (is_pseudo(name)) {
        *ret_text = name->names[name->n_names - 1]->string->sval;
        *ret_qualified = arena_printf(cx->replay->arena, "pg_catalog.%s", *ret_text);
        return true;
    }
    if (!redo_type(cx->replay, &plain, &type)) {
        return false;
    }
    use_type(cx, name, &type.type);
    *ret_text = redo_type_text(cx->replay, &type.type);
    *ret_qualified = redo_type_qualified(cx->replay, &type.type);
    return true;
}

static const char *mode_word(const PgQuery__FunctionParameter *parameter)
{
    switch ((int)parameter->mode) { /* an open set */
    case MODE(OUT):
        return "OUT ";
    case MODE(INOUT):
        return "INOUT ";
    case MODE(VARIADIC):
        return "VARIADIC ";
    default:
        return "";
    }
}

/* Of a procedure all arguments tell it apart, of a function those that come in. */
static bool tells_apart(const RoutineCx *cx, const PgQuery__FunctionParameter *parameter)
{
    return parameter->mode != MODE(TABLE) && (parameter->mode != MODE(OUT) || cx->is_procedure);
}

static void put_parameter(const RoutineCx *cx, StrBuf *out,
                          const PgQuery__FunctionParameter *parameter, const char *type)
{
    const bool is_plain = parameter->mode == MODE(IN) || parameter->mode == MODE(DEFAULT);
    strbuf_add(out, is_plain && cx->is_procedure ? "IN " : mode_word(parameter));
    if (parameter->name != NULL && parameter->name[0] != '\0') {
        redo_quoted(out, redo_name(cx->replay, parameter->name));
        strbuf_char(out, ' ');
    }
    strbuf_add(out, type);
}

typedef struct Signature {
    Name called;           /* `name(size integer, alphabet text)` */
    Name arguments;        /* `integer,text` */
    NameList names;        /* NULL: an argument without one */
    const char *qualified; /* `arguments` as pg_identify_object tells them */
    const char *given;     /* by its OUT and TABLE parameters; "" when it has none */
} Signature;

static bool identify(RoutineCx *cx, Node *const *parameters, size_t count, Name name,
                     Signature *signature)
{
    SqlReplay *replay = cx->replay;
    StrBuf out = strbuf_new(STRBUF_MAX), types = strbuf_new(STRBUF_MAX);
    StrBuf given = strbuf_new(STRBUF_MAX), qualified = strbuf_new(STRBUF_MAX);
    bool ok = true;
    size_t listed = 0;
    strbuf_printf(&out, "%s(", name->text);
    for (size_t i = 0; ok && i < count; i++) {
        const PgQuery__FunctionParameter *parameter = parameters[i]->function_parameter;
        const char *text = "", *whole = "";
        ok = type_text(cx, parameter->arg_type, &text, &whole);
        if (ok && parameter->mode != MODE(TABLE)) {
            strbuf_add(&out, listed++ == 0 ? "" : ", ");
            put_parameter(cx, &out, parameter, text);
        }
        if (ok && tells_apart(cx, parameter)) {
            strbuf_printf(&types, "%s,", text);
            strbuf_printf(&qualified, "%s%s", qualified.len == 0 ? "" : ",", whole);
            vec_push(replay->arena, &signature->names, redo_name(replay, parameter->name));
        }
        if (ok && (parameter->mode == MODE(TABLE) || parameter->mode == MODE(OUT) ||
                   parameter->mode == MODE(INOUT))) {
            strbuf_printf(&given, "%s %s,", parameter->name, text);
        }
    }
    strbuf_char(&out, ')');
    signature->called = intern(replay->names, strbuf_text(&out), out.len);
    signature->arguments = intern(replay->names, strbuf_text(&types), types.len);
    signature->given = strbuf_take(&given, replay->arena);
    signature->qualified = strbuf_take(&qualified, replay->arena);
    strbuf_dispose(&out);
    strbuf_dispose(&types);
    return ok;
}

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
    *ret_ok = stmt->return_type == NULL || type_text(cx, stmt->return_type, &type, &whole);
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
        !identify(&routine, stmt->parameters, stmt->n_parameters, name, &signature)) {
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
    if (made == NULL) {
        made = realm_add_routine(cx->realm, schema, name, signature.arguments, signature.called);
    }
    made->kind = kind;
    made->body = body_of(stmt) == NULL ? NULL : arena_strdup(cx->arena, body_of(stmt));
    made->result = result;
    made->qualified = signature.qualified;
    made->parameters = signature.names;
    made->opaque->name = signature.called;
    made->opaque->definition = statement_text(cx);
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
        !identify(&routine, args->list->items, args->list->n_items, name, &signature)) {
        return false;
    }
    RealmRoutine *made = realm_routine(cx->realm, schema, name, signature.arguments);
    if (made != NULL) {
        return stmt->replace ? realm_unknown(cx->realm, "an aggregate is replaced")
                             : realm_refuse(cx->realm, "42723",
                                            "function `%s` already exists with same argument types",
                                            name->text);
    }
    made = realm_add_routine(cx->realm, schema, name, signature.arguments, signature.called);
    made->kind = 'a';
    made->result = "";
    made->qualified = signature.qualified;
    made->opaque->definition = statement_text(cx);
    set_uses(&routine, made->opaque);
    return true;
}

/* --- found by a statement -----------------------------------------------------------------------
 */

static RealmRoutine *only_one(SqlReplay *cx, Name schema, Name name)
{
    RealmRoutine *at = map_get(&cx->realm->routines_by_name, name), *found = NULL;
    for (; at != NULL; at = at->next) {
        bool fits = at->schema == schema;
        for (size_t i = 0; schema == NULL && i < cx->realm->path.count; i++) {
            fits |= cx->realm->path.items[i] == at->schema;
        }
        if (fits && found != NULL) {
            realm_refuse(cx->realm, "42725", "function name `%s` is not unique", name->text);
            return NULL;
        }
        found = fits ? at : found;
    }
    if (found == NULL) {
        realm_refuse(cx->realm, "42883", "could not find a function named `%s`", name->text);
    }
    return found;
}

RealmRoutine *redo_routine(SqlReplay *cx, const PgQuery__ObjectWithArgs *object)
{
    RoutineCx routine = {.replay = cx};
    StrBuf types = strbuf_new(STRBUF_MAX);
    Name schema = NULL, name = NULL;
    bool ok = true;
    redo_list_name(cx, object->objname, object->n_objname, &schema, &name);
    if (object->args_unspecified) {
        strbuf_dispose(&types);
        return only_one(cx, schema, name);
    }
    for (size_t i = 0; ok && i < object->n_objargs; i++) {
        const char *text = "", *whole = "";
        ok = object->objargs[i]->node_case == PG_QUERY__NODE__NODE_TYPE_NAME
                 ? type_text(&routine, object->objargs[i]->type_name, &text, &whole)
                 : realm_unknown(cx->realm, "the arguments of a function");
        strbuf_printf(&types, "%s,", text);
    }
    const Name arguments = intern(cx->names, strbuf_text(&types), types.len);
    RealmRoutine *found = ok ? realm_routine(cx->realm, schema, name, arguments) : NULL;
    if (ok && found == NULL) {
        realm_refuse(cx->realm, "42883", "function %s does not exist",
                     name == NULL ? "" : name->text);
    }
    strbuf_dispose(&types);
    return found;
}

/* A function, or a type or schema of its arguments, that is not there. */
static bool is_missing(const Realm *realm)
{
    const char *state = realm->fault.sqlstate;
    return state != NULL && (strcmp(state, "42883") == 0 || strcmp(state, "42704") == 0 ||
                             strcmp(state, "3F000") == 0);
}

bool redo_drop_function(SqlReplay *cx, const PgQuery__ObjectWithArgs *object, bool missing_ok,
                        bool cascade)
{
    RealmRoutine *routine = redo_routine(cx, object);
    if (routine == NULL) {
        return missing_ok && is_missing(cx->realm);
    }
    return realm_drop_routine(cx->realm, routine, cascade);
}

/* As it was written, and what was said about it since: no server prints it so. */
void redo_add_story(SqlReplay *cx, Opaque *opaque)
{
    opaque->definition = intern_printf(cx->names, "%s;\n%.*s", opaque->definition->text,
                                       (int)(cx->end - cx->start), cx->text + cx->start);
}

bool redo_alter_function(SqlReplay *cx, const PgQuery__AlterFunctionStmt *stmt)
{
    const RealmRoutine *routine = redo_routine(cx, stmt->func);
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

/* `schema`, `name`: what it is to be now; one of them is as before. */
static bool rename_routine(SqlReplay *cx, RealmRoutine *routine, Name schema, Name name)
{
    const char *arguments = routine->opaque->name->text + routine->name->len;
    if (realm_routine(cx->realm, schema, name, routine->arguments) != NULL) {
        return realm_refuse(cx->realm, "42723", "function %s already exists in schema `%s`",
                            name->text, schema->text);
    }
    if (is_used_by_name(cx, routine)) {
        return realm_unknown(cx->realm, "a function is renamed that others may call");
    }
    redo_add_story(cx, routine->opaque);
    realm_rename_routine(cx->realm, routine, schema, name,
                         intern_printf(cx->names, "%s%s", name->text, arguments));
    return true;
}

bool redo_rename_function(SqlReplay *cx, const PgQuery__ObjectWithArgs *object, Name name)
{
    RealmRoutine *routine = redo_routine(cx, object);
    return routine != NULL && rename_routine(cx, routine, routine->schema, name);
}

bool redo_move_function(SqlReplay *cx, const PgQuery__ObjectWithArgs *object, Name schema)
{
    RealmRoutine *routine = redo_routine(cx, object);
    return routine != NULL && rename_routine(cx, routine, schema, routine->name);
}
