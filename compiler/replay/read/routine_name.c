/*
 * routine_name.c - functions as statements name them: arguments and their types.
 *
 * Source: pg_get_function_identity_arguments, pg_identify_object.
 */
#include "base/common.h"

#include "compiler/replay/read/routine_name.h"

#define MODE(name) PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_##name

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

/* The server's own types that no column has (manual, "Pseudo-Types"). */
static bool is_pseudo(const PgQuery__TypeName *name)
{
    static const char *const types[] = {
        "any",
        "anyarray",
        "anycompatible",
        "anycompatiblearray",
        "anycompatiblemultirange",
        "anycompatiblenonarray",
        "anycompatiblerange",
        "anyelement",
        "anyenum",
        "anymultirange",
        "anynonarray",
        "anyrange",
        "cstring",
        "event_trigger",
        "fdw_handler",
        "index_am_handler",
        "internal",
        "language_handler",
        "pg_ddl_command",
        "record",
        "table_am_handler",
        "trigger",
        "tsm_handler",
        "unknown",
        "void",
    };
    const Node *last = name->n_names == 0 ? NULL : name->names[name->n_names - 1];
    for (size_t i = 0; last != NULL && i < lengthof(types); i++) {
        if (last->node_case == PG_QUERY__NODE__NODE_STRING &&
            strcmp(last->string->sval, types[i]) == 0) {
            return true;
        }
    }
    return false;
}

bool routine_type(RoutineCx *cx, const PgQuery__TypeName *name, const char **ret_text,
                  const char **ret_qualified)
{
    PgQuery__TypeName plain = *name;
    ReplayType type;
    plain.setof = false;
    plain.n_typmods = 0; /* arguments have none */
    if (is_pseudo(name)) {
        StrBuf out = strbuf_new(STRBUF_MAX);
        redo_quoted(&out, redo_name_of(cx->replay, name->names[name->n_names - 1]));
        *ret_text = strbuf_take(&out, cx->replay->arena);
        *ret_qualified = arena_printf(cx->replay->arena, "pg_catalog.%s", *ret_text);
        return true;
    }
    if (!redo_true_type(cx->replay, &plain, &type)) {
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

/* Servers before 14 say it of none. */
static bool says_in(const RoutineCx *cx)
{
    enum { VERSION_14 = 140000 };
    const int version = cx->replay->realm->catalog->server_version;
    return cx->is_procedure && (version == 0 || version >= VERSION_14);
}

static void put_parameter(const RoutineCx *cx, StrBuf *out,
                          const PgQuery__FunctionParameter *parameter, const char *type)
{
    const bool is_plain = parameter->mode == MODE(IN) || parameter->mode == MODE(DEFAULT);
    strbuf_add(out, is_plain && says_in(cx) ? "IN " : mode_word(parameter));
    if (parameter->name != NULL && parameter->name[0] != '\0') {
        redo_quoted(out, redo_name(cx->replay, parameter->name));
        strbuf_char(out, ' ');
    }
    strbuf_add(out, type);
}

bool routine_identify(RoutineCx *cx, Node *const *parameters, size_t count, Name name,
                      Signature *signature)
{
    SqlReplay *replay = cx->replay;
    StrBuf out = strbuf_new(STRBUF_MAX), types = strbuf_new(STRBUF_MAX);
    StrBuf given = strbuf_new(STRBUF_MAX), qualified = strbuf_new(STRBUF_MAX);
    bool ok = true;
    bool has_default = false;
    size_t listed = 0;
    strbuf_printf(&out, "%s(", name->text);
    for (size_t i = 0; ok && i < count; i++) {
        const PgQuery__FunctionParameter *parameter = parameters[i]->function_parameter;
        const char *text = "", *whole = "";
        const bool comes_in = parameter->mode != MODE(OUT) && parameter->mode != MODE(TABLE);
        has_default |= parameter->defexpr != NULL;
        if (comes_in && has_default && parameter->defexpr == NULL) {
            ok = realm_refuse(replay->realm, "42P13",
                              "input parameters after one with a default value must also have "
                              "defaults");
            break;
        }
        ok = routine_type(cx, parameter->arg_type, &text, &whole);
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

/* --- found by a statement -----------------------------------------------------------------------
 */

#define OBJECT(name) PG_QUERY__OBJECT_TYPE__OBJECT_##name

static const char *word_of(PgQuery__ObjectType of)
{
    return of == OBJECT(PROCEDURE)   ? "procedure"
           : of == OBJECT(AGGREGATE) ? "aggregate"
                                     : "function";
}

/* Functions are all but procedures. */
static bool is_one(const RealmRoutine *routine, PgQuery__ObjectType of)
{
    const bool is_procedure = routine->kind == 'p';
    return of == OBJECT(ROUTINE) || is_procedure == (of == OBJECT(PROCEDURE));
}

/* Without arguments a name means one of its kind. */
static RealmRoutine *only_one(SqlReplay *cx, Name schema, Name name, PgQuery__ObjectType of)
{
    RealmRoutine *at = map_get(&cx->realm->routines_by_name, name), *found = NULL;
    for (; at != NULL; at = at->next) {
        bool fits = at->schema == schema;
        for (size_t i = 0; schema == NULL && i < cx->realm->path.count; i++) {
            fits |= cx->realm->path.items[i] == at->schema;
        }
        fits = fits && is_one(at, of);
        if (fits && found != NULL) {
            realm_refuse(cx->realm, "42725", "function name `%s` is not unique", name->text);
            return NULL;
        }
        found = fits ? at : found;
    }
    if (found == NULL) {
        realm_missing(cx->realm, MISSING_ROUTINE, schema, name, "function");
    }
    return found;
}

RealmRoutine *redo_routine(SqlReplay *cx, const PgQuery__ObjectWithArgs *object,
                           PgQuery__ObjectType of)
{
    RoutineCx routine = {.replay = cx};
    StrBuf types = strbuf_new(STRBUF_MAX);
    Name schema = NULL, name = NULL;
    bool ok = true;
    redo_list_name(cx, object->objname, object->n_objname, &schema, &name);
    if (object->args_unspecified) {
        strbuf_dispose(&types);
        return only_one(cx, schema, name, of);
    }
    for (size_t i = 0; ok && i < object->n_objargs; i++) {
        const char *text = "", *whole = "";
        ok = object->objargs[i]->node_case == PG_QUERY__NODE__NODE_TYPE_NAME
                 ? routine_type(&routine, object->objargs[i]->type_name, &text, &whole)
                 : realm_unknown(cx->realm, "the arguments of a function");
        strbuf_printf(&types, "%s,", text);
    }
    const Name arguments = intern(cx->names, strbuf_text(&types), types.len);
    RealmRoutine *found = ok ? realm_routine(cx->realm, schema, name, arguments) : NULL;
    const bool may_be_servers =
        name != NULL && (schema == NULL || name_is(schema, "pg_catalog")) &&
        (tree_is_known_function(cx, name->text) || strncmp(name->text, "pg_", 3) == 0);
    if (ok && found == NULL && may_be_servers) {
        realm_unknown(cx->realm, "what is done to a function of the server's own");
    } else if (ok && found == NULL) {
        realm_missing(cx->realm, MISSING_ROUTINE, schema, name, "function");
    } else if (ok && !is_one(found, of)) {
        realm_refuse(cx->realm, "42809", "`%s` is not a %s", name->text, word_of(of));
        found = NULL;
    }
    strbuf_dispose(&types);
    return found;
}
