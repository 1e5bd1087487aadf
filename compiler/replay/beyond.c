/*
 * beyond.c - objects that only a dump tells of: known by name, so that each can be made once and
 * dropped once. And statistics, which are told as they are written.
 *
 * Source: PostgreSQL manual, "SQL Commands".
 */
#include "base/common.h"

#include "compiler/replay/replay_internal.h"

#define NODE(name)   PG_QUERY__NODE__NODE_##name
#define OBJECT(name) PG_QUERY__OBJECT_TYPE__OBJECT_##name

/* --- by name ------------------------------------------------------------------------------------
 */

static bool make(SqlReplay *cx, const char *kind, Name name, bool if_not_exists)
{
    const Name scope = intern_cstr(cx->names, kind);
    realm_goes_beyond(cx->realm, "an object that only a dump tells of");
    if (map_get2(&cx->others, scope, name) != NULL) {
        return if_not_exists || realm_refuse(cx->realm, "42710", "%s `%s` already exists", kind,
                                             name == NULL ? "" : name->text);
    }
    map_put2(cx->arena, &cx->others, scope, name, cx);
    return true;
}

static bool unmake(SqlReplay *cx, const char *kind, Name name, bool missing_ok)
{
    const Name scope = intern_cstr(cx->names, kind);
    if (map_get2(&cx->others, scope, name) == NULL) {
        return missing_ok ||
               realm_refuse(cx->realm, "42704", "%s `%s` does not exist", kind, name->text);
    }
    map_remove2(&cx->others, scope, name);
    return true;
}

/* --- casts: by their two types, as they are written ---------------------------------------------
 */

static void add_words(StrBuf *out, const PgQuery__TypeName *type)
{
    for (size_t i = 0; i < type->n_names; i++) {
        strbuf_printf(out, "%s.", type->names[i]->string->sval);
    }
    strbuf_char(out, ' ');
}

static Name cast_name(SqlReplay *cx, const PgQuery__TypeName *from, const PgQuery__TypeName *to)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    add_words(&text, from);
    add_words(&text, to);
    const Name name = intern(cx->names, strbuf_text(&text), text.len);
    strbuf_dispose(&text);
    return name;
}

/* Another spelling may mean the same cast. */
bool redo_drop_cast(SqlReplay *cx, const PgQuery__List *types)
{
    const Name name = cast_name(cx, types->items[0]->type_name, types->items[1]->type_name);
    const Name scope = intern_cstr(cx->names, "cast");
    if (map_get2(&cx->others, scope, name) == NULL) {
        return realm_unknown(cx->realm, "DROP of a cast that no script made");
    }
    cx->realm->casts--;
    return unmake(cx, "cast", name, false);
}

static bool has_other(const SqlReplay *cx, const char *kind, Name name)
{
    return map_get2(&cx->others, intern_cstr(cx->names, kind), name) != NULL;
}

static bool has_server(SqlReplay *cx, const char *server)
{
    const Name name = redo_name(cx, server);
    return has_other(cx, "server", name) ||
           realm_refuse(cx->realm, "42704", "server `%s` does not exist", name->text);
}

/* An extension brings the one that bears its name, and maybe others. */
static bool make_server(SqlReplay *cx, const PgQuery__CreateForeignServerStmt *stmt)
{
    const Name wrapper = redo_name(cx, stmt->fdwname);
    if (!has_other(cx, "foreign-data wrapper", wrapper) &&
        !realm_has_extension(cx->realm, wrapper->text)) {
        return cx->realm->catalog->extensions.count > 0
                   ? realm_unknown(cx->realm, "a foreign-data wrapper that may be an extension's")
                   : realm_refuse(cx->realm, "42704", "foreign-data wrapper `%s` does not exist",
                                  wrapper->text);
    }
    return make(cx, "server", redo_name(cx, stmt->servername), stmt->if_not_exists);
}

static bool make_foreign_table(SqlReplay *cx, const PgQuery__CreateForeignTableStmt *stmt)
{
    const PgQuery__RangeVar *named = stmt->base_stmt->relation;
    const RangeName range = redo_range(cx, named);
    const Name schema = realm_creation_schema(cx->realm, range.schema);
    const Relation relation = {.kind = RELATION_FOREIGN, .schema = schema, .name = range.name};
    const RealmType row = {.kind = REALM_ROW, .schema = schema, .name = range.name};
    if (schema == NULL || stmt->base_stmt->n_inh_relations > 0) {
        return schema != NULL && realm_unknown(cx->realm, "a foreign table that inherits");
    }
    if (stmt->base_stmt->if_not_exists && realm_relation(cx->realm, schema, range.name) != NULL) {
        return true;
    }
    if (!has_server(cx, stmt->servername)) {
        return false;
    }
    realm_goes_beyond(cx->realm, "a foreign table");
    return realm_take_relation(cx->realm, &relation, NULL) &&
           realm_take_type(cx->realm, &row, NULL);
}

/* Other statements may do anything, once a trigger watches them. */
static bool make_event_trigger(SqlReplay *cx, const PgQuery__CreateEventTrigStmt *stmt)
{
    cx->is_watched = true;
    return make(cx, "event trigger", redo_name(cx, stmt->trigname), false);
}

static bool make_language(SqlReplay *cx, const PgQuery__CreatePLangStmt *stmt)
{
    return strcmp(stmt->plname, "plpgsql") == 0
               ? stmt->replace ||
                     realm_refuse(cx->realm, "42710", "language \"plpgsql\" already exists")
               : realm_unknown(cx->realm, "a language");
}

/* --- statistics ---------------------------------------------------------------------------------
 */

static Opaque *find_statistics(const SqlReplay *cx, Name schema, Name name)
{
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        bool fits = (*at)->kind == OPAQUE_STATISTICS && (*at)->name == name;
        bool on_path = schema == (*at)->schema;
        for (size_t i = 0; schema == NULL && i < cx->realm->path.count; i++) {
            on_path |= cx->realm->path.items[i] == (*at)->schema;
        }
        if (fits && on_path) {
            return *at;
        }
    }
    return NULL;
}

static bool add_statistics_columns(SqlReplay *cx, const PgQuery__CreateStatsStmt *stmt,
                                   const Table *table, ColumnList *columns)
{
    for (size_t i = 0; i < stmt->n_exprs; i++) {
        const PgQuery__StatsElem *element = stmt->exprs[i]->stats_elem;
        ColumnList used = {0};
        if (element->name != NULL && element->name[0] != '\0') {
            Column *column = realm_column(cx->realm, table, redo_name(cx, element->name));
            if (column == NULL) {
                return false;
            }
            if (!realm_compares(cx->realm, &column->type)) {
                return realm_unknown(cx->realm, "statistics of what does not compare");
            }
            if (column_in_list(column, columns->items, columns->count)) {
                return realm_refuse(cx->realm, "42701",
                                    "duplicate column name in statistics definition");
            }
            vec_push(cx->arena, &used, column);
        } else if (!tree_columns(cx, element->expr, table, &used)) {
            return false;
        }
        vec_each(Column *const, at, &used) {
            if (!column_in_list(*at, columns->items, columns->count)) {
                vec_push(cx->arena, columns, *at);
            }
        }
    }
    return true;
}

static bool make_statistics(SqlReplay *cx, const PgQuery__CreateStatsStmt *stmt)
{
    Name schema = NULL, name = NULL;
    ColumnList columns = {0};
    if (stmt->n_relations != 1 || stmt->relations[0]->node_case != NODE(RANGE_VAR) ||
        stmt->n_defnames == 0) {
        return realm_unknown(cx->realm, "these statistics");
    }
    const RangeName range = redo_range(cx, stmt->relations[0]->range_var);
    redo_list_name(cx, stmt->defnames, stmt->n_defnames, &schema, &name);
    schema = realm_creation_schema(cx->realm, schema);
    if (schema != NULL && find_statistics(cx, schema, name) != NULL) {
        return stmt->if_not_exists ||
               realm_refuse(cx->realm, "42710", "statistics object `%s` already exists",
                            name->text);
    }
    const Relation *relation = realm_relation(cx->realm, range.schema, range.name);
    if (relation != NULL && relation->kind == RELATION_MATERIALIZED_VIEW) {
        return realm_unknown(cx->realm, "statistics over a materialized view");
    }
    Table *table = schema == NULL ? NULL : realm_table(cx->realm, range.schema, range.name);
    if (table == NULL || !add_statistics_columns(cx, stmt, table, &columns)) {
        return false;
    }
    Opaque *made = realm_add_opaque(cx->realm, OPAQUE_STATISTICS, table, schema, name,
                                    intern(cx->names, cx->text + cx->start, cx->end - cx->start));
    vec_each(Column *const, at, &columns) {
        vec_push(cx->arena, &made->columns, *at);
    }
    return true;
}

static bool alter_statistics(SqlReplay *cx, const PgQuery__AlterStatsStmt *stmt)
{
    Name schema = NULL, name = NULL;
    redo_list_name(cx, stmt->defnames, stmt->n_defnames, &schema, &name);
    Opaque *found = find_statistics(cx, schema, name);
    if (found == NULL) {
        return stmt->missing_ok ||
               realm_refuse(cx->realm, "42704", "statistics object `%s` does not exist",
                            name->text);
    }
    redo_add_story(cx, found);
    return true;
}

bool redo_rename_statistics(SqlReplay *cx, Node *const *names, size_t count, Name to)
{
    Name schema = NULL, name = NULL;
    redo_list_name(cx, names, count, &schema, &name);
    Opaque *found = find_statistics(cx, schema, name);
    if (found == NULL) {
        return realm_refuse(cx->realm, "42704", "statistics object `%s` does not exist",
                            name->text);
    }
    if (find_statistics(cx, found->schema, to) != NULL) {
        return realm_refuse(cx->realm, "42710",
                            "statistics object `%s` already exists in schema `%s`", to->text,
                            found->schema->text);
    }
    redo_add_story(cx, found);
    found->name = to;
    return true;
}

/* --- all of them --------------------------------------------------------------------------------
 */

static bool alters_path(const PgQuery__VariableSetStmt *set)
{
    return set != NULL &&
           (set->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL ||
            strcmp(set->name, "search_path") == 0 || strcmp(set->name, "role") == 0 ||
            strcmp(set->name, "session_replication_role") == 0);
}

/* Settings of later sessions, of which the next script has one. */
static bool set_of_others(SqlReplay *cx, const PgQuery__VariableSetStmt *set)
{
    return !alters_path(set) ||
           realm_unknown(cx->realm, "a setting that the next script may run with");
}

static bool alter_extension(SqlReplay *cx, const PgQuery__AlterExtensionStmt *stmt)
{
    const Name name = redo_name(cx, stmt->extname);
    return name_is(name, "plpgsql") || realm_has_extension(cx->realm, name->text) ||
           realm_refuse(cx->realm, "42704", "extension `%s` does not exist", name->text);
}

static bool publishes_columns(SqlReplay *cx, const PgQuery__PublicationTable *of,
                              const Table *table)
{
    ColumnList seen = {0};
    for (size_t i = 0; i < of->n_columns; i++) {
        const Name name = redo_name_of(cx, of->columns[i]);
        if (realm_is_system_column(name)) {
            return realm_refuse(cx->realm, "42P10",
                                "cannot use system column `%s` in publication column list",
                                name->text);
        }
        Column *column = realm_column(cx->realm, table, name);
        if (column == NULL) {
            return false;
        }
        const int version = cx->realm->catalog->server_version;
        if (column->generated != NULL && version != 0 && version < 180000) {
            return realm_refuse(cx->realm, "42P10",
                                "cannot use generated column `%s` in publication column list",
                                name->text);
        }
        if (column_in_list(column, seen.items, seen.count)) {
            return realm_refuse(cx->realm, "42710",
                                "duplicate column `%s` in publication column list", name->text);
        }
        vec_push(cx->arena, &seen, column);
    }
    return true;
}

/* Schemas are published with all columns. */
static bool publishes_schemas(Node *const *objects, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (objects[i]->publication_obj_spec->pubtable == NULL) {
            return true;
        }
    }
    return false;
}

static Table *published(SqlReplay *cx, const PgQuery__PublicationTable *of)
{
    const RangeName range = redo_range(cx, of->relation);
    const Relation *relation = realm_relation(cx->realm, range.schema, range.name);
    if (relation != NULL && relation->kind != RELATION_TABLE &&
        relation->kind != RELATION_COMPOSITE) {
        (void)realm_refuse(cx->realm, "22023", "cannot add relation `%s` to publication",
                           range.name->text);
        return NULL;
    }
    return realm_table(cx->realm, range.schema, range.name);
}

/* Of a partitioned table a part only, where its rows are published as its own. */
static bool may_be_a_part(SqlReplay *cx, const PgQuery__PublicationTable *of, const Table *table,
                          Truth by_root)
{
    const bool is_part = of->n_columns > 0 || of->where_clause != NULL;
    if (!is_part || !table->is_partitioned || by_root == TRUTH_YES) {
        return true;
    }
    return by_root == TRUTH_NO
               ? realm_refuse(cx->realm, "22023", "cannot use publication %s for relation `%s`",
                              of->n_columns > 0 ? "column list" : "WHERE clause", table->name->text)
               : realm_unknown(cx->realm, "a part of a partitioned table in a publication");
}

/* To what a publication has: schemas and lists of columns are not in one. */
static bool may_join(SqlReplay *cx, const PgQuery__PublicationObjSpec *of)
{
    bool hinders = of->pubtable != NULL && of->pubtable->n_columns > 0 && cx->publishes_schemas;
    vec_each(Table *const, at, &cx->realm->catalog->tables) {
        hinders |= of->pubtable == NULL && realm_table_state(cx->realm, *at)->is_published_in_part;
    }
    return !hinders || realm_unknown(cx->realm, "what a publication has already");
}

/* Tables have to be there; what else is published only newer servers know. */
static bool are_published(SqlReplay *cx, Node *const *objects, size_t count, Truth by_root)
{
    for (size_t i = 0; i < count; i++) {
        const PgQuery__PublicationObjSpec *of = objects[i]->publication_obj_spec;
        cx->publishes_schemas |= of->pubtable == NULL;
        const bool is_new = of->pubtable == NULL || of->pubtable->where_clause != NULL ||
                            of->pubtable->n_columns > 0;
        if (is_new &&
            !realm_since(cx->realm, 150000, "a publication of schemas, columns or rows")) {
            return false;
        }
        if (of->pubtable != NULL) {
            const Table *table = published(cx, of->pubtable);
            if (table == NULL || !publishes_columns(cx, of->pubtable, table) ||
                !may_be_a_part(cx, of->pubtable, table, by_root)) {
                return false;
            }
            if (of->pubtable->n_columns > 0 && publishes_schemas(objects, count)) {
                return realm_refuse(cx->realm, "22023", "cannot use column list for relation `%s`",
                                    table->name->text);
            }
            RealmTable *state = realm_table_state(cx->realm, table);
            if (state->is_unlogged || table->schema == cx->realm->temporary) {
                return realm_refuse(cx->realm, "22023", "cannot add relation `%s` to publication",
                                    table->name->text);
            }
            state->is_published_in_part |= is_new;
        }
    }
    return true;
}

static bool make_publication(SqlReplay *cx, const PgQuery__CreatePublicationStmt *stmt)
{
    Truth by_root = TRUTH_NO;
    for (size_t i = 0; i < stmt->n_options; i++) {
        const PgQuery__DefElem *option = stmt->options[i]->def_elem;
        if (strcmp(option->defname, "publish_generated_columns") == 0 &&
            !realm_since(cx->realm, 180000, "a publication of generated columns")) {
            return false;
        }
        if (strcmp(option->defname, "publish_via_partition_root") == 0) {
            const bool is_true =
                option->arg == NULL || (option->arg->node_case == NODE(STRING) &&
                                        strcmp(option->arg->string->sval, "true") == 0);
            by_root = is_true ? TRUTH_YES : TRUTH_UNKNOWN;
        }
    }
    return are_published(cx, stmt->pubobjects, stmt->n_pubobjects, by_root) &&
           make(cx, "publication", redo_name(cx, stmt->pubname), false);
}

static bool alter_publication(SqlReplay *cx, const PgQuery__AlterPublicationStmt *stmt)
{
    const Name name = redo_name(cx, stmt->pubname);
    realm_goes_beyond(cx->realm, "an object that only a dump tells of");
    if (!has_other(cx, "publication", name)) {
        return realm_refuse(cx->realm, "42704", "publication `%s` does not exist", name->text);
    }
    const bool adds = stmt->action == PG_QUERY__ALTER_PUBLICATION_ACTION__AP_AddObjects;
    for (size_t i = 0; adds && i < stmt->n_pubobjects; i++) {
        if (!may_join(cx, stmt->pubobjects[i]->publication_obj_spec)) {
            return false;
        }
    }
    return are_published(cx, stmt->pubobjects, stmt->n_pubobjects, TRUTH_UNKNOWN);
}

bool redo_beyond(SqlReplay *cx, const Node *stmt)
{
    switch ((int)stmt->node_case) { /* an open set */
    case NODE(CREATE_STATS_STMT):
        return make_statistics(cx, stmt->create_stats_stmt);
    case NODE(ALTER_STATS_STMT):
        return alter_statistics(cx, stmt->alter_stats_stmt);
    case NODE(CREATE_PUBLICATION_STMT):
        return make_publication(cx, stmt->create_publication_stmt);
    case NODE(ALTER_PUBLICATION_STMT):
        return alter_publication(cx, stmt->alter_publication_stmt);
    case NODE(CREATE_FDW_STMT):
        return make(cx, "foreign-data wrapper", redo_name(cx, stmt->create_fdw_stmt->fdwname),
                    false);
    case NODE(CREATE_FOREIGN_SERVER_STMT):
        return make_server(cx, stmt->create_foreign_server_stmt);
    case NODE(CREATE_FOREIGN_TABLE_STMT):
        return make_foreign_table(cx, stmt->create_foreign_table_stmt);
    case NODE(CREATE_EVENT_TRIG_STMT):
        return make_event_trigger(cx, stmt->create_event_trig_stmt);
    case NODE(CREATE_PLANG_STMT):
        return make_language(cx, stmt->create_plang_stmt);
    case NODE(CREATE_CAST_STMT):
        cx->realm->casts++;
        return make(
            cx, "cast",
            cast_name(cx, stmt->create_cast_stmt->sourcetype, stmt->create_cast_stmt->targettype),
            false);
    case NODE(CREATE_USER_MAPPING_STMT):
        realm_goes_beyond(cx->realm, "an object that only a dump tells of");
        return has_server(cx, stmt->create_user_mapping_stmt->servername);
    case NODE(ALTER_TSCONFIGURATION_STMT):
    case NODE(ALTER_TSDICTIONARY_STMT):
        realm_goes_beyond(cx->realm, "an object that only a dump tells of");
        return true;
    case NODE(ALTER_EXTENSION_STMT):
        return alter_extension(cx, stmt->alter_extension_stmt);
    case NODE(ALTER_DATABASE_SET_STMT):
        return set_of_others(cx, stmt->alter_database_set_stmt->setstmt);
    case NODE(ALTER_ROLE_SET_STMT):
        return set_of_others(cx, stmt->alter_role_set_stmt->setstmt);
    case NODE(ALTER_DATABASE_STMT):
        return true;
    default:
        return realm_unknown(cx->realm, "this kind of statement");
    }
}

/* DROP of those made here. */
bool redo_drop_beyond(SqlReplay *cx, const PgQuery__DropStmt *stmt, Name schema, Name name)
{
    switch ((int)stmt->remove_type) { /* an open set */
    case OBJECT(STATISTIC_EXT): {
        Opaque *found = find_statistics(cx, schema, name);
        if (found != NULL) {
            realm_drop_opaque(cx->realm, found);
        }
        return found != NULL || stmt->missing_ok ||
               realm_refuse(cx->realm, "42704", "statistics object `%s` does not exist",
                            name->text);
    }
    case OBJECT(PUBLICATION):
        return unmake(cx, "publication", name, stmt->missing_ok);
    case OBJECT(EVENT_TRIGGER):
        return unmake(cx, "event trigger", name, stmt->missing_ok);
    default:
        return realm_unknown(cx->realm, "DROP of this kind of object");
    }
}

bool redo_make_other(SqlReplay *cx, const char *kind, Name name, bool if_not_exists)
{
    return make(cx, kind, name, if_not_exists);
}
