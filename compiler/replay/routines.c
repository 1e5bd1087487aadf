/*
 * routines.c - functions and triggers: kept as they are written, known by name and arguments.
 *
 * Source: PostgreSQL manual, CREATE FUNCTION, CREATE TRIGGER; pg_get_function_identity_arguments
 * for how arguments are told.
 */
#include "base/common.h"

#include "base/strbuf.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/replay/view_scope.h"

/* --- arguments ----------------------------------------------------------------------------------
 */

#define MODE(name) PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_##name

typedef struct RoutineCx {
    SqlReplay *replay;
    VEC(EnumType *) enums; /* of arguments and result */
    VEC(Table *) tables;   /* whose row types they are */
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

static bool type_text(RoutineCx *cx, const PgQuery__TypeName *name, const char **ret_text)
{
    PgQuery__TypeName plain = *name;
    ReplayType type;
    plain.setof = false;
    plain.n_typmods = 0; /* arguments have none */
    if (is_pseudo(name)) {
        *ret_text = name->names[name->n_names - 1]->string->sval;
        return true;
    }
    if (!redo_type(cx->replay, &plain, &type)) {
        return false;
    }
    use_type(cx, name, &type.type);
    *ret_text = redo_type_text(cx->replay, &type.type);
    return true;
}

static bool is_listed(const PgQuery__FunctionParameter *parameter)
{
    return parameter->mode != MODE(TABLE);
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

/* `name(size integer, alphabet text)` */
static bool identity(RoutineCx *cx, const PgQuery__CreateFunctionStmt *stmt, Name name,
                     Name *ret_name)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    bool ok = true, first = true;
    strbuf_printf(&out, "%s(", name->text);
    for (size_t i = 0; ok && i < stmt->n_parameters; i++) {
        const PgQuery__FunctionParameter *parameter = stmt->parameters[i]->function_parameter;
        const char *text = "";
        ok = type_text(cx, parameter->arg_type, &text);
        if (ok && is_listed(parameter)) {
            strbuf_printf(&out, "%s%s", first ? "" : ", ", mode_word(parameter));
            if (parameter->name != NULL && parameter->name[0] != '\0') {
                sql_bare(&out, redo_name(cx->replay, parameter->name));
                strbuf_char(&out, ' ');
            }
            strbuf_add(&out, text);
            first = false;
        }
    }
    strbuf_char(&out, ')');
    *ret_name = intern(cx->replay->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
    return ok;
}

/* --- functions ----------------------------------------------------------------------------------
 */

static Opaque *find_function(const SqlReplay *cx, Name schema, Name identity)
{
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        if ((*at)->kind == OPAQUE_FUNCTION && (*at)->schema == schema && (*at)->name == identity) {
            return *at;
        }
    }
    return NULL;
}

/* The types of its arguments alone tell functions of one name apart; so do names here: what changes
 * a name only is not understood. */
static bool has_other(const SqlReplay *cx, Name schema, Name name)
{
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        if ((*at)->kind == OPAQUE_FUNCTION && (*at)->schema == schema &&
            strncmp((*at)->name->text, name->text, name->len) == 0 &&
            (*at)->name->text[name->len] == '(') {
            return true;
        }
    }
    return false;
}

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

static void note_body(SqlReplay *cx, const PgQuery__CreateFunctionStmt *stmt, Name name)
{
    const char *text = body_of(stmt);
    map_remove(&cx->bodies, name);
    if (text != NULL) {
        FunctionBody *body = arena_make(cx->arena, FunctionBody);
        body->text = arena_strdup(cx->arena, text);
        map_put(cx->arena, &cx->bodies, name, body);
    }
}

bool redo_is_harmless(SqlReplay *cx, Name function)
{
    enum { CALLS_MAX = 20 };
    const FunctionBody *body = map_get(&cx->bodies, function);
    if (body == NULL || cx->body_depth >= CALLS_MAX) {
        return false;
    }
    cx->body_depth++;
    const bool harmless = redo_only_rows(cx, body->text);
    cx->body_depth--;
    return harmless;
}

bool redo_create_function(SqlReplay *cx, const PgQuery__CreateFunctionStmt *stmt)
{
    RoutineCx routine = {.replay = cx};
    Name schema = NULL, name = NULL, called = NULL;
    const char *result = "";
    redo_list_name(cx, stmt->funcname, stmt->n_funcname, &schema, &name);
    schema = realm_creation_schema(cx->realm, schema);
    if (stmt->sql_body != NULL) {
        return realm_unknown(cx->realm, "a function whose body is SQL");
    }
    if (schema == NULL || !identity(&routine, stmt, name, &called) ||
        (stmt->return_type != NULL && !type_text(&routine, stmt->return_type, &result))) {
        return false;
    }
    Opaque *function = find_function(cx, schema, called);
    if (function != NULL && !stmt->replace) {
        return realm_refuse(cx->realm, "42723",
                            "function `%s` already exists with same argument types", name->text);
    }
    if (function == NULL && has_other(cx, schema, name)) {
        return realm_unknown(cx->realm, "another function of the same name");
    }
    if (function == NULL) {
        function = realm_add_opaque(cx->realm, OPAQUE_FUNCTION, NULL, schema, called, NULL);
        map_put(cx->arena, &cx->realm->functions, name, function);
    }
    function->definition = statement_text(cx);
    note_body(cx, stmt, name);
    function->enums.count = function->tables.count = 0;
    for (size_t i = 0; i < routine.enums.count; i++) {
        vec_push(cx->arena, &function->enums, routine.enums.items[i]);
    }
    for (size_t i = 0; i < routine.tables.count; i++) {
        vec_push(cx->arena, &function->tables, routine.tables.items[i]);
    }
    return true;
}

/* Is a trigger or a default of somebody's made of it? */
static bool is_used(const SqlReplay *cx, Name name)
{
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        if ((*at)->kind != OPAQUE_FUNCTION && (*at)->kind != OPAQUE_COMMENT &&
            realm_text_names((*at)->definition, name)) {
            return true;
        }
        if ((*at)->kind == OPAQUE_TRIGGER && strstr((*at)->definition->text, name->text) != NULL) {
            return true;
        }
    }
    return false;
}

static void drop_functions(SqlReplay *cx, Name schema, Name name)
{
    OpaqueList *list = &cx->realm->catalog->opaque;
    for (size_t i = list->count; i > 0; i--) {
        Opaque *at = list->items[i - 1];
        if (at->kind == OPAQUE_FUNCTION && at->schema == schema &&
            strncmp(at->name->text, name->text, name->len) == 0 &&
            at->name->text[name->len] == '(') {
            realm_drop_opaque(cx->realm, at);
        }
    }
    map_remove(&cx->realm->functions, name);
}

/* Only one function of a name is ever understood, so its arguments tell nothing more. */
bool redo_drop_function(SqlReplay *cx, const PgQuery__ObjectWithArgs *object, bool missing_ok,
                        bool cascade)
{
    Name schema = NULL, name = NULL;
    redo_list_name(cx, object->objname, object->n_objname, &schema, &name);
    const Opaque *function = name == NULL ? NULL : map_get(&cx->realm->functions, name);
    if (function == NULL) {
        return missing_ok || realm_refuse(cx->realm, "42883", "function %s does not exist",
                                          name == NULL ? "" : name->text);
    }
    if (!object->args_unspecified || object->n_objargs > 0) {
        const size_t listed = object->n_objargs;
        size_t commas = strstr(function->name->text, "()") != NULL ? 0 : 1;
        for (const char *at = function->name->text; *at != '\0'; at++) {
            commas += *at == ',' ? 1 : 0;
        }
        if (commas != listed) {
            return missing_ok || realm_unknown(cx->realm, "which function is dropped");
        }
    }
    if (is_used(cx, name) && cascade) {
        return realm_unknown(cx->realm, "a function is dropped with what uses it");
    }
    if (is_used(cx, name)) {
        return realm_refuse(cx->realm, "2BP01",
                            "cannot drop function %s because other objects depend on it",
                            name->text);
    }
    drop_functions(cx, function->schema, name);
    return true;
}

/* --- triggers -----------------------------------------------------------------------------------
 */

static Opaque *find_trigger(const SqlReplay *cx, const Table *table, Name name)
{
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        if ((*at)->kind == OPAQUE_TRIGGER && (*at)->table == table && (*at)->name == name) {
            return *at;
        }
    }
    return NULL;
}

static bool function_is_there(SqlReplay *cx, const PgQuery__CreateTrigStmt *stmt)
{
    Name schema = NULL, name = NULL;
    redo_list_name(cx, stmt->funcname, stmt->n_funcname, &schema, &name);
    return map_get(&cx->realm->functions, name) != NULL ||
           realm_unknown(cx->realm, "a trigger that calls `%s`", name->text);
}

static bool calls_harmless(SqlReplay *cx, const PgQuery__CreateTrigStmt *stmt)
{
    Name schema = NULL, name = NULL;
    redo_list_name(cx, stmt->funcname, stmt->n_funcname, &schema, &name);
    return redo_is_harmless(cx, name);
}

/* What a condition reads: NEW.column, OLD.column. */
static bool add_columns(SqlReplay *cx, const PgQuery__CreateTrigStmt *stmt, Opaque *trigger)
{
    ColumnList columns = {0};
    for (size_t i = 0; i < stmt->n_columns; i++) {
        Column *column =
            realm_column(cx->realm, trigger->table, redo_name_of(cx, stmt->columns[i]));
        if (column == NULL) {
            return false;
        }
        vec_push(cx->arena, &columns, column);
    }
    vec_each(Column *const, at, &columns) {
        vec_push(cx->arena, &trigger->columns, *at);
    }
    if (stmt->when_clause == NULL) {
        return true;
    }
    QueryUses uses = {0};
    if (!query_resolve_row(cx, stmt->when_clause, trigger->table,
                           (const char *const[]){"new", "old"}, &uses)) {
        return false;
    }
    vec_each(EnumType *const, at, &uses.enums) {
        vec_push(cx->arena, &trigger->enums, *at);
    }
    vec_each(Column *const, at, &uses.columns) {
        if (!column_in_list(*at, trigger->columns.items, trigger->columns.count)) {
            vec_push(cx->arena, &trigger->columns, *at);
        }
    }
    return true;
}

bool redo_create_trigger(SqlReplay *cx, const PgQuery__CreateTrigStmt *stmt)
{
    const RangeName range = redo_range(cx, stmt->relation);
    Table *table = realm_table(cx->realm, range.schema, range.name);
    const Name name = redo_name(cx, stmt->trigname);
    if (table == NULL || !function_is_there(cx, stmt)) {
        return false;
    }
    if (stmt->isconstraint || stmt->n_transition_rels > 0) {
        return realm_unknown(cx->realm, "this kind of trigger");
    }
    Opaque *there = find_trigger(cx, table, name);
    if (there != NULL && !stmt->replace) {
        return realm_refuse(cx->realm, "42710", "trigger `%s` for relation `%s` already exists",
                            name->text, table->name->text);
    }
    if (there != NULL) {
        realm_drop_opaque(cx->realm, there);
    }
    Opaque *trigger =
        realm_add_opaque(cx->realm, OPAQUE_TRIGGER, table, table->schema, name, statement_text(cx));
    RealmTable *state = realm_table_state(cx->realm, table);
    if (!calls_harmless(cx, stmt)) {
        state->has_triggers = true;
        state->has_statement_triggers |= !stmt->row;
    }
    return add_columns(cx, stmt, trigger);
}

bool redo_drop_trigger(SqlReplay *cx, Node *const *names, size_t count, bool missing_ok)
{
    Name schema = NULL, table_name = NULL;
    const Name name = redo_name_of(cx, names[count - 1]);
    redo_list_name(cx, names, count - 1, &schema, &table_name);
    if (missing_ok && realm_relation(cx->realm, schema, table_name) == NULL) {
        return true;
    }
    const Table *table = realm_table(cx->realm, schema, table_name);
    Opaque *trigger = table == NULL ? NULL : find_trigger(cx, table, name);
    if (table != NULL && trigger == NULL) {
        return missing_ok ||
               realm_refuse(cx->realm, "42704", "trigger `%s` for table `%s` does not exist",
                            name->text, table_name->text);
    }
    if (table == NULL) {
        return false;
    }
    realm_drop_opaque(cx->realm, trigger);
    bool more = false;
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        more |= (*at)->kind == OPAQUE_TRIGGER && (*at)->table == table;
    }
    RealmTable *state = realm_table_state(cx->realm, table);
    state->has_triggers &= more;
    state->has_statement_triggers &= more;
    return true;
}
