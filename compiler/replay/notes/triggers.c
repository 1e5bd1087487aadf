/*
 * triggers.c - triggers, on tables and views, and rules that do nothing.
 *
 * Source: PostgreSQL manual, CREATE TRIGGER, CREATE RULE.
 */
#include "base/common.h"

#include "compiler/replay/read/view_scope.h"
#include "compiler/replay/notes/notes.h"

/* What a trigger or rule hangs on. */
typedef struct Host {
    Relation *relation;
    Table *table; /* NULL: a view */
} Host;

static bool find_host(SqlReplay *cx, Name schema, Name name, Host *ret_host)
{
    Relation *relation = realm_relation(cx->realm, schema, name);
    if (relation != NULL &&
        (relation->kind == RELATION_VIEW || relation->kind == RELATION_MATERIALIZED_VIEW)) {
        *ret_host = (Host){.relation = relation};
        return true;
    }
    Table *table = realm_table(cx->realm, schema, name);
    *ret_host = (Host){.relation = relation, .table = table};
    return table != NULL;
}

static bool is_on(const Opaque *opaque, const Host *host)
{
    return opaque->table == host->table && opaque->schema == host->relation->schema &&
           opaque->relation == host->relation->name;
}

static Opaque *find_hung(const SqlReplay *cx, OpaqueKind kind, const Host *host, Name name)
{
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        if ((*at)->kind == kind && (*at)->name == name && is_on(*at, host)) {
            return *at;
        }
    }
    return NULL;
}

static Opaque *add_hung(SqlReplay *cx, OpaqueKind kind, const Host *host, Name name)
{
    const Name text = intern(cx->names, cx->text + cx->start, cx->end - cx->start);
    Opaque *opaque =
        realm_add_opaque(cx->realm, kind, host->table, host->relation->schema, name, text);
    opaque->relation = host->relation->name;
    return opaque;
}

/* --- what a trigger calls -----------------------------------------------------------------------
 */

/* Those of the server. */
static bool is_server_trigger(const char *name)
{
    static const char *const known[] = {"suppress_redundant_updates_trigger",
                                        "tsvector_update_trigger",
                                        "tsvector_update_trigger_column"};
    for (size_t i = 0; i < lengthof(known); i++) {
        if (strcmp(known[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool function_is_there(SqlReplay *cx, const PgQuery__CreateTrigStmt *stmt)
{
    Name schema = NULL, name = NULL;
    redo_list_name(cx, stmt->funcname, stmt->n_funcname, &schema, &name);
    if (is_server_trigger(name->text)) {
        return true;
    }
    const RealmRoutine *routine =
        realm_routine(cx->realm, schema, name, intern_cstr(cx->names, ""));
    if (routine != NULL) {
        return strncmp(routine->result, "trigger ", 8) == 0 ||
               realm_refuse(cx->realm, "42P17", "function %s must return type trigger", name->text);
    }
    return cx->realm->catalog->extensions.count > 0
               ? realm_unknown(cx->realm, "a trigger that calls `%s`", name->text)
               : realm_refuse(cx->realm, "42883", "function %s() does not exist", name->text);
}

static bool calls_harmless(SqlReplay *cx, const PgQuery__CreateTrigStmt *stmt)
{
    Name schema = NULL, name = NULL;
    redo_list_name(cx, stmt->funcname, stmt->n_funcname, &schema, &name);
    return is_server_trigger(name->text) || redo_is_harmless(cx, name);
}

/* What a condition reads: NEW.column, OLD.column. */
static bool add_columns(SqlReplay *cx, const PgQuery__CreateTrigStmt *stmt, Table *table,
                        ColumnList *columns, QueryUses *uses)
{
    for (size_t i = 0; i < stmt->n_columns; i++) {
        Column *column = realm_column(cx->realm, table, redo_name_of(cx, stmt->columns[i]));
        if (column == NULL) {
            return false;
        }
        vec_push(cx->arena, columns, column);
    }
    return stmt->when_clause == NULL ||
           query_resolve_row(cx, stmt->when_clause, table, (const char *const[]){"new", "old"},
                             uses);
}

/* The table that a constraint trigger names behind FROM. */
static bool add_other_table(SqlReplay *cx, const PgQuery__CreateTrigStmt *stmt, Opaque *trigger)
{
    if (stmt->constrrel == NULL) {
        return true;
    }
    const RangeName range = redo_range(cx, stmt->constrrel);
    Table *table = realm_table(cx->realm, range.schema, range.name);
    if (table != NULL) {
        vec_push(cx->arena, &trigger->tables, table);
    }
    return table != NULL;
}

static void note_rows(SqlReplay *cx, const PgQuery__CreateTrigStmt *stmt, const Table *table)
{
    RealmTable *state = realm_table_state(cx->realm, table);
    if (!calls_harmless(cx, stmt)) {
        state->has_triggers = true;
        state->has_statement_triggers |= !stmt->row;
    }
}

static void set_uses(SqlReplay *cx, Opaque *trigger, const ColumnList *columns,
                     const QueryUses *uses)
{
    vec_each(Column *const, at, columns) {
        vec_push(cx->arena, &trigger->columns, *at);
    }
    vec_each(Column *const, at, &uses->columns) {
        if (!column_in_list(*at, trigger->columns.items, trigger->columns.count)) {
            vec_push(cx->arena, &trigger->columns, *at);
        }
    }
    vec_each(EnumType *const, at, &uses->enums) {
        vec_push(cx->arena, &trigger->enums, *at);
    }
}

static bool is_no_column(void *context, const ProtobufCMessage *message)
{
    (void)context;
    return message->descriptor != &pg_query__column_ref__descriptor;
}

static bool names_column(const Node *condition)
{
    return !tree_walk(&condition->base, is_no_column, NULL);
}

typedef struct RowCx {
    const SqlReplay *replay;
    const char *row; /* NEW or OLD, in small letters */
} RowCx;

static bool is_of_other_row(void *context, const ProtobufCMessage *message)
{
    const RowCx *cx = context;
    const PgQuery__ColumnRef *ref = message->descriptor == &pg_query__column_ref__descriptor
                                        ? (const PgQuery__ColumnRef *)message
                                        : NULL;
    return ref == NULL || !name_is(redo_name_of(cx->replay, ref->fields[0]), cx->row);
}

/* What is inserted has no old row, what is deleted no new one. */
static bool rows_are_there(SqlReplay *cx, const PgQuery__CreateTrigStmt *stmt)
{
    enum { ON_INSERT = 1 << 2, ON_DELETE = 1 << 3 };
    RowCx old_row = {cx, "old"}, new_row = {cx, "new"};
    const bool no_old = (stmt->events & ON_INSERT) != 0 &&
                        !tree_walk(&stmt->when_clause->base, is_of_other_row, &old_row);
    const bool no_new = (stmt->events & ON_DELETE) != 0 &&
                        !tree_walk(&stmt->when_clause->base, is_of_other_row, &new_row);
    return (!no_old && !no_new) ||
           realm_refuse(cx->realm, "42P17",
                        "%s trigger's WHEN condition cannot reference %s values",
                        no_old ? "INSERT" : "DELETE", no_old ? "OLD" : "NEW");
}

bool redo_create_trigger(SqlReplay *cx, const PgQuery__CreateTrigStmt *stmt)
{
    enum { ON_TRUNCATE = 1 << 5, INSTEAD = 1 << 6 }; /* of pg_trigger.tgtype */
    const RangeName range = redo_range(cx, stmt->relation);
    const Name name = redo_name(cx, stmt->trigname);
    Host host = {0};
    ColumnList columns = {0};
    QueryUses uses = {0};
    if (!find_host(cx, range.schema, range.name, &host)) {
        return false;
    }
    if (host.table != NULL && stmt->timing == INSTEAD) {
        return realm_refuse(cx->realm, "42809", "`%s` is a table", host.table->name->text);
    }
    if (host.table == NULL && host.relation->kind == RELATION_MATERIALIZED_VIEW) {
        return realm_refuse(cx->realm, "42809", "relation `%s` cannot have triggers",
                            host.relation->name->text);
    }
    if (host.table == NULL && stmt->timing != INSTEAD && stmt->row) {
        return realm_refuse(cx->realm, "42809", "`%s` is a view", host.relation->name->text);
    }
    if (stmt->row && (stmt->events & ON_TRUNCATE) != 0) {
        return realm_refuse(cx->realm, "0A000", "TRUNCATE FOR EACH ROW triggers are not supported");
    }
    if (stmt->n_transition_rels > 0 &&
        ((stmt->events & (stmt->events - 1)) != 0 || stmt->n_columns > 0)) {
        return realm_refuse(cx->realm, "0A000",
                            "transition tables cannot be specified for triggers with more than "
                            "one event, or with column lists");
    }
    if (host.table == NULL && (stmt->n_columns > 0 || stmt->when_clause != NULL)) {
        return realm_unknown(cx->realm, "a trigger of a view that looks at columns");
    }
    if (!stmt->row && stmt->when_clause != NULL && names_column(stmt->when_clause)) {
        return realm_refuse(cx->realm, "42P17",
                            "statement trigger's WHEN condition cannot reference column values");
    }
    if ((stmt->when_clause != NULL && !rows_are_there(cx, stmt)) || !function_is_there(cx, stmt)) {
        return false;
    }
    Opaque *there = find_hung(cx, OPAQUE_TRIGGER, &host, name);
    if (there != NULL && !stmt->replace) {
        return realm_refuse(cx->realm, "42710", "trigger `%s` for relation `%s` already exists",
                            name->text, host.relation->name->text);
    }
    if (host.table != NULL && !add_columns(cx, stmt, host.table, &columns, &uses)) {
        return false;
    }
    if (there != NULL) {
        realm_drop_opaque(cx->realm, there);
    }
    Opaque *trigger = add_hung(cx, OPAQUE_TRIGGER, &host, name);
    set_uses(cx, trigger, &columns, &uses);
    if (host.table != NULL) {
        note_rows(cx, stmt, host.table);
    }
    return add_other_table(cx, stmt, trigger);
}

/* --- dropped, renamed, switched -----------------------------------------------------------------
 */

static void forget_rows(SqlReplay *cx, const Table *table)
{
    bool more = false;
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        more |= (*at)->kind == OPAQUE_TRIGGER && (*at)->table == table;
    }
    RealmTable *state = realm_table_state(cx->realm, table);
    state->has_triggers &= more || state->calls_own;
    state->has_statement_triggers &= more;
}

bool redo_drop_hung(SqlReplay *cx, OpaqueKind kind, Node *const *names, size_t count,
                    bool missing_ok)
{
    Name schema = NULL, table_name = NULL;
    const Name name = redo_name_of(cx, names[count - 1]);
    Host host = {0};
    redo_list_name(cx, names, count - 1, &schema, &table_name);
    if (missing_ok && realm_relation(cx->realm, schema, table_name) == NULL) {
        return true;
    }
    if (!find_host(cx, schema, table_name, &host)) {
        return false;
    }
    Opaque *hung = find_hung(cx, kind, &host, name);
    if (hung == NULL) {
        return missing_ok ||
               realm_refuse(cx->realm, "42704", "%s `%s` for table `%s` does not exist",
                            opaque_name(kind), name->text, table_name->text);
    }
    realm_drop_opaque(cx->realm, hung);
    if (host.table != NULL && kind == OPAQUE_TRIGGER) {
        forget_rows(cx, host.table);
    }
    return true;
}

bool redo_rename_hung(SqlReplay *cx, OpaqueKind kind, const PgQuery__RenameStmt *stmt)
{
    const RangeName range = redo_range(cx, stmt->relation);
    const Name from = redo_name(cx, stmt->subname), to = redo_name(cx, stmt->newname);
    Host host = {0};
    if (!find_host(cx, range.schema, range.name, &host)) {
        return false;
    }
    Opaque *hung = find_hung(cx, kind, &host, from);
    if (hung == NULL) {
        return realm_refuse(cx->realm, "42704", "%s `%s` for table `%s` does not exist",
                            opaque_name(kind), from->text, range.name->text);
    }
    if (find_hung(cx, kind, &host, to) != NULL) {
        return realm_refuse(cx->realm, "42710", "%s `%s` for relation `%s` already exists",
                            opaque_name(kind), to->text, range.name->text);
    }
    hung->name = to;
    if (kind != OPAQUE_POLICY) { /* which does not tell its name */
        redo_add_story(cx, hung);
    }
    return true;
}

bool redo_switch_trigger(SqlReplay *cx, const Table *table, Name name)
{
    bool found = name == NULL;
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        if ((*at)->kind == OPAQUE_TRIGGER && (*at)->table == table &&
            (name == NULL || (*at)->name == name)) {
            redo_add_story(cx, *at);
            found = true;
        }
    }
    if (!found && realm_is_partition(cx->realm, table)) {
        return realm_unknown(cx->realm, "a partition's copy of a trigger is switched");
    }
    return found || realm_refuse(cx->realm, "42704", "trigger `%s` for table `%s` does not exist",
                                 name->text, table->name->text);
}

/* --- rules --------------------------------------------------------------------------------------
 */

bool redo_create_rule(SqlReplay *cx, const PgQuery__RuleStmt *stmt)
{
    const RangeName range = redo_range(cx, stmt->relation);
    const Name name = redo_name(cx, stmt->rulename);
    Host host = {0};
    QueryUses uses = {0};
    if (!find_host(cx, range.schema, range.name, &host)) {
        return false;
    }
    if (stmt->n_actions > 0 || (host.table == NULL && stmt->where_clause != NULL)) {
        return realm_unknown(cx->realm, "a rule that does something");
    }
    if (stmt->where_clause != NULL &&
        !query_resolve_row(cx, stmt->where_clause, host.table, (const char *const[]){"new", "old"},
                           &uses)) {
        return false;
    }
    Opaque *rule = find_hung(cx, OPAQUE_RULE, &host, name);
    if (rule != NULL && !stmt->replace) {
        return realm_refuse(cx->realm, "42710", "rule `%s` for relation `%s` already exists",
                            name->text, range.name->text);
    }
    if (rule != NULL) {
        realm_drop_opaque(cx->realm, rule);
    }
    rule = add_hung(cx, OPAQUE_RULE, &host, name);
    set_uses(cx, rule, &(ColumnList){0}, &uses);
    return true;
}
