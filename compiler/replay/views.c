/*
 * views.c - views: kept as they are written, with what their names resolve to.
 */
#include "base/common.h"

#include "compiler/replay/read/view_scope.h"
#include "compiler/replay/replay_internal.h"

static bool look_at_kind(SqlReplay *cx, const PgQuery__ViewStmt *stmt)
{
    const char *persistence = stmt->view->relpersistence;
    if (persistence != NULL && persistence[0] == 't') {
        return realm_unknown(cx->realm, "a temporary view");
    }
    if (stmt->query->node_case != PG_QUERY__NODE__NODE_SELECT_STMT) {
        return realm_unknown(cx->realm, "a view over this kind of query");
    }
    for (size_t i = 0; i < stmt->n_options; i++) {
        if (strcmp(stmt->options[i]->def_elem->defname, "security_invoker") == 0 &&
            !realm_since(cx->realm, 150000, "a view with security_invoker")) {
            return false;
        }
    }
    if (stmt->n_options > 0 ||
        stmt->with_check_option > PG_QUERY__VIEW_CHECK_OPTION__NO_CHECK_OPTION) {
        realm_goes_beyond(cx->realm, "options of a view");
    }
    return true;
}

static NameList names_of(SqlReplay *cx, Node *const *aliases, size_t count,
                         const QueryColumnList *columns)
{
    NameList names = {0};
    for (size_t i = 0; i < columns->count; i++) {
        const Name name = i < count ? redo_name_of(cx, aliases[i]) : columns->items[i].name;
        vec_push(cx->arena, &names, name);
    }
    return names;
}

static void set_uses(SqlReplay *cx, Opaque *view, const QueryUses *uses)
{
    view->columns.count = view->tables.count = view->enums.count = view->keyed.count = 0;
    vec_each(Table *const, at, &uses->keyed) {
        vec_push(cx->arena, &view->keyed, *at);
    }
    vec_each(Column *const, at, &uses->columns) {
        vec_push(cx->arena, &view->columns, *at);
    }
    vec_each(Table *const, at, &uses->tables) {
        vec_push(cx->arena, &view->tables, *at);
    }
    vec_each(EnumType *const, at, &uses->enums) {
        vec_push(cx->arena, &view->enums, *at);
    }
}

/* A view that is replaced keeps its columns. */
static bool keeps_columns(SqlReplay *cx, const Relation *view, const NameList *names)
{
    for (size_t i = 0; i < view->columns.count; i++) {
        if (i >= names->count) {
            return realm_refuse(cx->realm, "42P16", "cannot drop columns from view");
        }
        if (view->columns.items[i] != names->items[i]) {
            return realm_refuse(cx->realm, "42P16",
                                "cannot change name of view column `%s` to `%s`",
                                view->columns.items[i]->text, names->items[i]->text);
        }
    }
    return true;
}

static bool are_new(SqlReplay *cx, const NameList *names)
{
    for (size_t i = 0; i < names->count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (names->items[k] == names->items[i]) {
                return realm_refuse(cx->realm, "42701", "column `%s` specified more than once",
                                    names->items[i]->text);
            }
        }
    }
    return true;
}

static Relation *make_view(SqlReplay *cx, RelationKind kind, Name schema, Name name)
{
    const bool is_view = kind == RELATION_VIEW;
    const Relation relation = {.kind = kind, .schema = schema, .name = name};
    const RealmType row = {.kind = REALM_ROW, .schema = schema, .name = name};
    Relation *taken = NULL;
    if (!realm_take_relation(cx->realm, &relation, &taken)) {
        return NULL;
    }
    if (!realm_take_type(cx->realm, &row, NULL)) {
        realm_free_relation(cx->realm, schema, name);
        return NULL;
    }
    taken->opaque = realm_add_opaque(cx->realm, is_view ? OPAQUE_VIEW : OPAQUE_MATERIALIZED_VIEW,
                                     NULL, schema, name, NULL);
    return taken;
}

/* Columns of one table, and nothing else? */
static void set_shows(SqlReplay *cx, Relation *view, const QueryColumnList *columns)
{
    view->shows.count = 0;
    vec_each(const QueryColumn, at, columns) {
        if (at->of == NULL || at->of->table != columns->items[0].of->table) {
            view->shows.count = 0;
            return;
        }
        vec_push(cx->arena, &view->shows, at->of);
    }
}

static void fill_view(SqlReplay *cx, Relation *view, const NameList *names, const QueryUses *uses)
{
    view->columns = *names;
    view->views.count = 0;
    for (size_t i = 0; i < uses->views.count; i++) {
        if (uses->views.items[i] != view) { /* one that reads itself hangs on nobody else */
            vec_push(cx->arena, &view->views, uses->views.items[i]);
        }
    }
    view->opaque->definition = intern(cx->names, cx->text + cx->start, cx->end - cx->start);
    view->opaque->has_other_path = !realm_has_common_path(cx->realm);
    set_uses(cx, view->opaque, uses);
}

/* A view whose rows are a table's, one by one. Source: PostgreSQL manual, CREATE VIEW, "Updatable
 * Views". */
static bool may_check(SqlReplay *cx, const PgQuery__ViewStmt *stmt)
{
    const PgQuery__SelectStmt *select = stmt->query->select_stmt;
    if (stmt->with_check_option <= PG_QUERY__VIEW_CHECK_OPTION__NO_CHECK_OPTION) {
        return true;
    }
    if (select->op > PG_QUERY__SET_OPERATION__SETOP_NONE || select->n_from_clause != 1 ||
        select->n_group_clause > 0 || select->n_distinct_clause > 0 ||
        select->with_clause != NULL || select->limit_count != NULL ||
        select->from_clause[0]->node_case == PG_QUERY__NODE__NODE_JOIN_EXPR) {
        return realm_refuse(cx->realm, "0A000",
                            "WITH CHECK OPTION is supported only on automatically updatable views");
    }
    const Node *from = select->from_clause[0];
    const RangeName range = from->node_case == PG_QUERY__NODE__NODE_RANGE_VAR
                                ? redo_range(cx, from->range_var)
                                : (RangeName){0};
    const Relation *relation =
        range.name == NULL ? NULL : realm_relation(cx->realm, range.schema, range.name);
    bool plain = relation != NULL && relation->kind == RELATION_TABLE;
    for (size_t i = 0; i < select->n_target_list; i++) {
        plain &=
            select->target_list[i]->res_target->val->node_case == PG_QUERY__NODE__NODE_COLUMN_REF;
    }
    return plain || realm_unknown(cx->realm, "whether a view can be updated");
}

/* What reads a temporary table is temporary, too. */
static bool lasts(SqlReplay *cx, const QueryUses *uses, Name schema)
{
    vec_each(Table *const, at, &uses->tables) {
        if ((*at)->schema == cx->realm->temporary) {
            return schema == NULL || name_is(schema, "pg_temp")
                       ? realm_unknown(cx->realm, "a temporary view")
                       : realm_refuse(cx->realm, "42P16",
                                      "cannot create temporary relation in non-temporary schema");
        }
    }
    return true;
}

bool redo_create_view(SqlReplay *cx, const PgQuery__ViewStmt *stmt)
{
    const RangeName range = redo_range(cx, stmt->view);
    QueryUses uses = {0};
    QueryColumnList columns = {0};
    if (!look_at_kind(cx, stmt) || !query_resolve(cx, stmt->query->select_stmt, &uses, &columns) ||
        !redo_query_is_taken(cx, stmt->query->select_stmt) || !may_check(cx, stmt) ||
        !lasts(cx, &uses, range.schema)) {
        return false;
    }
    const Name schema = realm_creation_schema(cx->realm, range.schema);
    if (schema == NULL) {
        return false;
    }
    const NameList names = names_of(cx, stmt->aliases, stmt->n_aliases, &columns);
    if (!are_new(cx, &names)) {
        return false;
    }
    Relation *view = stmt->replace ? realm_relation(cx->realm, schema, range.name) : NULL;
    if (view != NULL && view->kind != RELATION_VIEW) {
        return realm_refuse(cx->realm, "42809", "`%s` is not a view", range.name->text);
    }
    if (view != NULL && !keeps_columns(cx, view, &names)) {
        return false;
    }
    view = view != NULL ? view : make_view(cx, RELATION_VIEW, schema, range.name);
    if (view != NULL) {
        fill_view(cx, view, &names, &uses);
        set_shows(cx, view, &columns);
    }
    return view != NULL;
}

bool redo_create_table_as(SqlReplay *cx, const PgQuery__CreateTableAsStmt *stmt)
{
    const RangeName range = redo_range(cx, stmt->into->rel);
    QueryUses uses = {0};
    QueryColumnList columns = {0};
    if (stmt->query->node_case != PG_QUERY__NODE__NODE_SELECT_STMT) {
        return realm_unknown(cx->realm, "CREATE TABLE AS");
    }
    if (stmt->objtype != PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW) {
        return redo_make_table(cx, stmt->into, stmt->query->select_stmt, stmt->if_not_exists);
    }
    const Name schema = realm_creation_schema(cx->realm, range.schema);
    if (schema == NULL) {
        return false;
    }
    if (stmt->if_not_exists && realm_relation(cx->realm, schema, range.name) != NULL) {
        return true;
    }
    if (!query_resolve(cx, stmt->query->select_stmt, &uses, &columns) ||
        !redo_query_is_taken(cx, stmt->query->select_stmt)) {
        return false;
    }
    vec_each(Table *const, at, &uses.tables) {
        if ((*at)->schema == cx->realm->temporary) {
            return realm_refuse(cx->realm, "0A000",
                                "materialized views must not use temporary tables or views");
        }
    }
    const NameList names = names_of(cx, stmt->into->col_names, stmt->into->n_col_names, &columns);
    if (!are_new(cx, &names)) {
        return false;
    }
    Relation *view = make_view(cx, RELATION_MATERIALIZED_VIEW, schema, range.name);
    if (view != NULL) {
        fill_view(cx, view, &names, &uses);
        realm_goes_beyond(cx->realm, "a materialized view");
    }
    return view != NULL;
}

/* Of the server's choice, as for a table. */
static Name index_name(SqlReplay *cx, const PgQuery__IndexStmt *stmt, const Relation *view)
{
    NameList parts = {0};
    for (size_t i = 0; i < stmt->n_index_params + stmt->n_index_including_params; i++) {
        const Node *param = i < stmt->n_index_params
                                ? stmt->index_params[i]
                                : stmt->index_including_params[i - stmt->n_index_params];
        const PgQuery__IndexElem *element = param->index_elem;
        const Name name = redo_name(cx, element->name);
        vec_push(cx->arena, &parts, name != NULL ? name : redo_figured(cx, element->expr, "expr"));
    }
    return realm_name_relation(cx->realm, view->schema, view->name, realm_joined(cx->realm, &parts),
                               "idx");
}

bool redo_index_view(SqlReplay *cx, const PgQuery__IndexStmt *stmt, Relation *view)
{
    const Name given = redo_name(cx, stmt->idxname);
    const Name name = given != NULL ? given : index_name(cx, stmt, view);
    const Relation index = {
        .kind = RELATION_INDEX, .schema = view->schema, .name = name, .over = view};
    if (given != NULL && stmt->if_not_exists &&
        realm_relation(cx->realm, view->schema, name) != NULL) {
        return true;
    }
    if (!realm_take_relation(cx->realm, &index, NULL)) {
        return false;
    }
    vec_push(cx->arena, &view->indexes, name);
    return true;
}
