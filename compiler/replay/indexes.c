/*
 * indexes.c - CREATE INDEX.
 */
#include "base/common.h"

#include <strings.h>

#include "compiler/catalog/types.h"
#include "compiler/replay/notes/properties.h"
#include "compiler/replay/expressions/typed.h"
#include "compiler/replay/read/view_scope.h"
#include "compiler/replay/replay_internal.h"

typedef struct IndexCx {
    SqlReplay *replay;
    const PgQuery__IndexStmt *stmt;
    Table *table;
    Index *index;
    Name predicate;      /* NULL: none */
    ColumnList used;     /* by keys, expressions and predicate */
    EnumTypeList enums;  /* whose values expressions name */
    NameList part_names; /* for a name of the server's choice */
    bool has_expression;
} IndexCx;

static const char not_in_predicate[] = "functions in index predicate must be marked IMMUTABLE";

static IndexMethod method_of(const char *name)
{
    static const struct {
        const char *name;
        IndexMethod method;
    } methods[] = {
        {"btree", METHOD_BTREE}, {"hash", METHOD_HASH},     {"gist", METHOD_GIST},
        {"gin", METHOD_GIN},     {"spgist", METHOD_SPGIST}, {"brin", METHOD_BRIN},
    };
    for (size_t i = 0; i < lengthof(methods); i++) {
        if (strcmp(methods[i].name, name) == 0) {
            return methods[i].method;
        }
    }
    return METHOD_OTHER;
}

static void use(IndexCx *cx, Column *column)
{
    if (!column_in_list(column, cx->used.items, cx->used.count)) {
        vec_push(cx->replay->arena, &cx->used, column);
    }
}

/* --- methods ------------------------------------------------------------------------------------
 */

/* What an access method can do. Source: PostgreSQL manual, "Index Types", "Multicolumn Indexes",
 * CREATE INDEX; pg_indexam_has_property. */
static bool method_can(const IndexCx *cx)
{
    const PgQuery__IndexStmt *stmt = cx->stmt;
    const IndexMethod method = cx->index->method;
    const char *lacks = NULL;
    bool ordered = false;
    for (size_t i = 0; i < stmt->n_index_params; i++) {
        const PgQuery__IndexElem *part = stmt->index_params[i]->index_elem;
        ordered |= part->ordering > PG_QUERY__SORT_BY_DIR__SORTBY_DEFAULT ||
                   part->nulls_ordering > PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_DEFAULT;
    }
    if (method == METHOD_BTREE || method == METHOD_OTHER) {
        return true;
    }
    if (stmt->unique) {
        lacks = "unique indexes";
    } else if (stmt->n_index_including_params > 0 && method != METHOD_GIST &&
               method != METHOD_SPGIST) {
        lacks = "included columns";
    } else if (stmt->n_index_params > 1 && (method == METHOD_HASH || method == METHOD_SPGIST)) {
        lacks = "multicolumn indexes";
    } else if (ordered) {
        lacks = "ASC/DESC options";
    }
    return lacks == NULL ||
           realm_refuse(cx->replay->realm, "0A000", "access method `%s` does not support %s",
                        stmt->access_method, lacks);
}

/* --- parts --------------------------------------------------------------------------------------
 */

static void set_order(const PgQuery__IndexElem *element, IndexPart *part)
{
    const bool desc = element->ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
    const bool first = element->nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_DEFAULT ||
                               element->nulls_ordering == 0
                           ? desc
                           : element->nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST;
    part->sort = desc ? SORT_DESC : SORT_DEFAULT;
    if (first != desc) {
        part->nulls = first ? NULLS_FIRST : NULLS_LAST;
    }
}

static bool set_class(IndexCx *cx, const PgQuery__IndexElem *element, IndexPart *part)
{
    Name schema = NULL, name = NULL;
    redo_list_name(cx->replay, element->opclass, element->n_opclass, &schema, &name);
    if (element->n_opclassopts > 0) {
        return realm_unknown(cx->replay->realm, "parameters of an operator class");
    }
    return realm_operator_class(cx->replay->realm, cx->index, part, name);
}

static bool set_collation(IndexCx *cx, const PgQuery__IndexElem *element, IndexPart *part)
{
    const PgQuery__CollateClause clause = {.collname = element->collation,
                                           .n_collname = element->n_collation};
    Name name = NULL;
    if (element->n_collation == 0) {
        return true;
    }
    if (!redo_collation(cx->replay, &clause, &part->column->type, &name)) {
        return false;
    }
    if (name == NULL && part->column->collation != NULL) {
        return realm_unknown(cx->replay->realm, "the default collation over another one");
    }
    part->collation = name == part->column->collation ? NULL : name;
    return true;
}

static bool add_column_part(IndexCx *cx, const PgQuery__IndexElem *element)
{
    SqlReplay *replay = cx->replay;
    Column *column = table_find_column(cx->table, redo_name(replay, element->name));
    if (column == NULL) {
        return realm_refuse(replay->realm, "42703", "column `%s` does not exist", element->name);
    }
    IndexPart part = {.column = column};
    if (cx->index->method == METHOD_BTREE || cx->index->method == METHOD_OTHER) {
        set_order(element, &part);
    }
    realm_add_part_name(cx->replay->realm, &cx->part_names, column->name);
    use(cx, column);
    if (!set_class(cx, element, &part) || !set_collation(cx, element, &part)) {
        return false;
    }
    vec_push(replay->arena, &cx->index->parts, part);
    return true;
}

/* What an expression over the table names of enums. */
static bool use_enums(IndexCx *cx, const Node *expression)
{
    QueryUses uses = {0};
    if (!query_resolve_row(cx->replay, expression, cx->table,
                           (const char *const[]){cx->table->name->text, NULL}, &uses)) {
        return false;
    }
    vec_each(EnumType *const, at, &uses.enums) {
        bool there = false;
        vec_each(EnumType *const, known, &cx->enums) {
            there |= *known == *at;
        }
        if (!there) {
            vec_push(cx->replay->arena, &cx->enums, *at);
        }
    }
    return true;
}

/* As of a column of that type. */
static bool may_index_value(const IndexCx *cx, const PgQuery__IndexElem *element)
{
    Column of = {0};
    IndexPart part = {.column = &of};
    if (element->n_opclass > 0) {
        return true;
    }
    return typed_of(cx->replay, cx->table, element->expr, &of.type) == TYPED &&
           realm_operator_class(cx->replay->realm, cx->index, &part, NULL);
}

static bool add_expression_part(IndexCx *cx, const PgQuery__IndexElem *element)
{
    SqlReplay *replay = cx->replay;
    const char *foreign = tree_foreign_function(replay, element->expr);
    ColumnList columns = {0};
    if (foreign != NULL) {
        return realm_unknown(replay->realm, "an index that calls `%s`", foreign);
    }
    if (!tree_columns(replay, element->expr, cx->table, &columns) ||
        !typed_is_taken(replay, cx->table, element->expr, NULL) ||
        !redo_is_immutable(replay, element->expr, cx->table, &columns, NULL,
                           "functions in index expression must be marked IMMUTABLE")) {
        return false;
    }
    if (!may_index_value(cx, element)) {
        return false;
    }
    vec_each(Column *const, at, &columns) {
        use(cx, *at);
    }
    realm_add_part_name(replay->realm, &cx->part_names,
                        redo_figured(replay, element->expr, "expr"));
    cx->has_expression = true;
    return use_enums(cx, element->expr);
}

static bool add_parts(IndexCx *cx)
{
    for (size_t i = 0; i < cx->stmt->n_index_params; i++) {
        const PgQuery__IndexElem *element = cx->stmt->index_params[i]->index_elem;
        const bool is_column = element->name != NULL && element->name[0] != '\0';
        if (is_column ? !add_column_part(cx, element) : !add_expression_part(cx, element)) {
            return false;
        }
    }
    for (size_t i = 0; i < cx->stmt->n_index_including_params; i++) {
        const PgQuery__IndexElem *element = cx->stmt->index_including_params[i]->index_elem;
        const Name name = redo_name(cx->replay, element->name);
        Column *column = name == NULL ? NULL : table_find_column(cx->table, name);
        if (column == NULL) {
            return realm_refuse(cx->replay->realm, "42703", "column `%s` does not exist",
                                element->name);
        }
        vec_push(cx->replay->arena, &cx->index->include, column);
        realm_add_part_name(cx->replay->realm, &cx->part_names, column->name);
        use(cx, column);
    }
    return true;
}

static bool add_predicate(IndexCx *cx)
{
    SqlReplay *replay = cx->replay;
    const Node *where = cx->stmt->where_clause;
    if (where == NULL) {
        return true;
    }
    const Slice text = slice_after(replay, replay->start, replay->end, "WHERE");
    const char *foreign = tree_foreign_function(replay, where);
    ColumnList columns = {0};
    if (foreign != NULL || text.text == NULL) {
        return realm_unknown(replay->realm, "a predicate that calls `%s`",
                             foreign == NULL ? "?" : foreign);
    }
    if (!tree_columns(replay, where, cx->table, &columns) ||
        !typed_is_taken(replay, cx->table, where, "WHERE") ||
        !redo_is_immutable(replay, where, cx->table, &columns, NULL, not_in_predicate)) {
        return false;
    }
    vec_each(Column *const, at, &columns) {
        use(cx, *at);
        vec_push(replay->arena, &cx->index->predicate_columns, *at);
    }
    cx->predicate = cx->index->predicate = slice_name(replay, text);
    return use_enums(cx, where);
}

/* --- made ---------------------------------------------------------------------------------------
 */

static Opaque *add_opaque(IndexCx *cx, OpaqueKind kind, Name definition)
{
    Opaque *opaque = realm_add_opaque(cx->replay->realm, kind, cx->table, cx->table->schema,
                                      cx->index->name, definition);
    vec_each(Column *const, at, &cx->used) {
        vec_push(cx->replay->arena, &opaque->columns, *at);
    }
    for (size_t i = 0; kind != OPAQUE_PARTIAL_INDEX && i < cx->enums.count; i++) {
        vec_push(cx->replay->arena, &opaque->enums, cx->enums.items[i]);
    }
    return opaque;
}

static bool make_expression_index(IndexCx *cx, Name name)
{
    SqlReplay *replay = cx->replay;
    ColumnList columns = {0};
    vec_each(const IndexPart, part, &cx->index->parts) {
        vec_push(replay->arena, &columns, part->column);
    }
    if (cx->index->kind == INDEX_UNIQUE &&
        !realm_covers_partitions(replay->realm, cx->table, &columns, "UNIQUE")) {
        return false;
    }
    const Relation relation = {
        .kind = RELATION_INDEX, .schema = cx->table->schema, .name = name, .table = cx->table};
    Relation *taken = NULL;
    if (!realm_take_relation(replay->realm, &relation, &taken)) {
        return false;
    }
    cx->index->name = name;
    taken->columns = cx->part_names;
    taken->opaque = add_opaque(
        cx, OPAQUE_EXPRESSION_INDEX,
        intern(replay->names, replay->text + replay->start, replay->end - replay->start));
    return true;
}

static bool make_index(IndexCx *cx)
{
    Realm *realm = cx->replay->realm;
    Name name = redo_name(cx->replay, cx->stmt->idxname);
    if (name == NULL) {
        name = realm_name_relation(realm, cx->table->schema, cx->table->name,
                                   realm_joined(realm, &cx->part_names), "idx");
    }
    if (cx->has_expression) {
        return make_expression_index(cx, name);
    }
    if (!realm_add_index(realm, cx->index, name)) {
        return false;
    }
    if (cx->predicate != NULL) {
        Opaque *partial = add_opaque(cx, OPAQUE_PARTIAL_INDEX, cx->predicate);
        partial->part = name;
    }
    return true;
}

/* Partitions have it, too; with ONLY it is no index before each of them has. */
static bool hand_down(const IndexCx *cx)
{
    Realm *realm = cx->replay->realm;
    const bool has_parts = cx->table->is_partitioned && realm_children(realm, cx->table).count > 0;
    if (has_parts && !cx->stmt->relation->inh) {
        cx->index->valid = false;
        return true;
    }
    return !has_parts ||
           realm_hand_down_index(realm, realm_relation(realm, cx->table->schema, cx->index->name));
}

static bool is_there(const SqlReplay *cx, const PgQuery__IndexStmt *stmt, const Table *table)
{
    const Name name = redo_name(cx, stmt->idxname);
    return stmt->if_not_exists && name != NULL &&
           realm_relation(cx->realm, table->schema, name) != NULL;
}

bool redo_create_index(SqlReplay *cx, const PgQuery__IndexStmt *stmt)
{
    const RangeName range = redo_range(cx, stmt->relation);
    Relation *relation = realm_relation(cx->realm, range.schema, range.name);
    if (relation != NULL && relation->kind == RELATION_MATERIALIZED_VIEW) {
        return redo_index_view(cx, stmt, relation);
    }
    if (relation != NULL && relation->kind == RELATION_TEMPORARY) {
        return true;
    }
    Table *table = realm_table(cx->realm, range.schema, range.name);
    if (table == NULL) {
        return false;
    }
    if (is_there(cx, stmt, table)) {
        return true;
    }
    Index *index = arena_make(cx->arena, Index);
    *index = (Index){.table = table,
                     .kind = stmt->unique ? INDEX_UNIQUE : INDEX_NORMAL,
                     .method = method_of(stmt->access_method),
                     .valid = true,
                     .nulls_not_distinct = stmt->nulls_not_distinct};
    if (stmt->nulls_not_distinct && !realm_since(cx->realm, 150000, "NULLS NOT DISTINCT")) {
        return false;
    }
    if (index->method == METHOD_OTHER) {
        index->method_name = redo_name(cx, stmt->access_method);
    }
    if (stmt->n_options > 0 || (stmt->table_space != NULL && stmt->table_space[0] != '\0')) {
        realm_goes_beyond(cx->realm, "properties of an index");
    }
    IndexCx made = {.replay = cx, .stmt = stmt, .table = table, .index = index};
    return redo_index_storage_known(cx, stmt->access_method, stmt->options, stmt->n_options) &&
           method_can(&made) && add_parts(&made) && add_predicate(&made) && make_index(&made) &&
           hand_down(&made);
}

/* --- exclusion constraints ----------------------------------------------------------------------
 */

/* Which one it is, nobody asks; only that a server may find one. */
static bool may_have_class(IndexCx *cx, Column *column, const PgQuery__IndexElem *element)
{
    Realm *realm = cx->replay->realm;
    IndexPart part = {.column = column};
    const ColumnType *type = type_said(&column->type);
    const bool has_own = realm_has_extension(realm, "btree_gist") ||
                         (type->id == TYPE_OTHER && type->domain_of == NULL && type->raw != NULL &&
                          strcmp(type->raw->text, "interval") != 0);
    return element->n_opclass > 0 || realm_operator_class(realm, cx->index, &part, NULL) ||
           (realm->fault.sqlstate == NULL && has_own);
}

/* `OPERATOR(pg_catalog.&&)` is `&&`. */
static bool exclude_by(IndexCx *cx, const char *method, const PgQuery__IndexElem *element,
                       const ColumnType *type, const PgQuery__List *operator)
{
    Name schema = NULL, class = NULL;
    const Node *last = operator->items[operator->n_items - 1];
    if (element->n_opclass > 0) {
        redo_list_name(cx->replay, element->opclass, element->n_opclass, &schema, &class);
    }
    return redo_may_exclude(cx->replay, method[0] == '\0' ? "btree" : method, class, type,
                            last->string->sval);
}

static bool exclude_part(IndexCx *cx, const char *method, const PgQuery__IndexElem *element,
                         const PgQuery__List *operator)
{
    SqlReplay *replay = cx->replay;
    if (element->name == NULL || element->name[0] == '\0') {
        ColumnType type = {.id = TYPE_OTHER};
        return add_expression_part(cx, element) &&
               (typed_of(replay, cx->table, element->expr, &type) == TYPED ||
                element->n_opclass > 0) &&
               exclude_by(cx, method, element, &type, operator);
    }
    Column *column = table_find_column(cx->table, redo_name(replay, element->name));
    if (column == NULL) {
        return realm_refuse(replay->realm, "42703", "column `%s` named in key does not exist",
                            element->name);
    }
    realm_add_part_name(cx->replay->realm, &cx->part_names, column->name);
    use(cx, column);
    return may_have_class(cx, column, element) &&
           exclude_by(cx, method, element, &column->type, operator);
}

static bool exclude_where(IndexCx *cx, const Node *where)
{
    ColumnList columns = {0};
    if (where == NULL) {
        return true;
    }
    if (tree_foreign_function(cx->replay, where) != NULL) {
        return realm_unknown(cx->replay->realm, "an exclusion constraint that calls a function");
    }
    if (!tree_columns(cx->replay, where, cx->table, &columns) ||
        !typed_is_taken(cx->replay, cx->table, where, "WHERE") ||
        !redo_is_immutable(cx->replay, where, cx->table, &columns, NULL, not_in_predicate)) {
        return false;
    }
    vec_each(Column *const, at, &columns) {
        use(cx, *at);
    }
    return use_enums(cx, where);
}

/* As a server prints it, without its name. */
static Name exclusion_text(const SqlReplay *cx, const PgQuery__Constraint *constraint)
{
    const Slice text = slice_after(cx, (size_t)constraint->location, cx->end, "EXCLUDE");
    return text.text == NULL ? intern(cx->names, cx->text + cx->start, cx->end - cx->start)
                             : intern_printf(cx->names, "EXCLUDE %.*s", (int)text.len, text.text);
}

bool redo_add_exclusion(SqlReplay *cx, Table *table, const PgQuery__Constraint *constraint)
{
    Index *index = arena_make(cx->arena, Index);
    index->method = method_of(constraint->access_method);
    IndexCx made = {.replay = cx, .table = table, .index = index};
    if (table->is_partitioned &&
        !realm_since(cx->realm, 170000, "an exclusion constraint of a partitioned table")) {
        return false;
    }
    for (size_t i = 0; i < constraint->n_exclusions; i++) {
        const PgQuery__List *pair = constraint->exclusions[i]->list;
        if (!exclude_part(&made, constraint->access_method, pair->items[0]->index_elem,
                          pair->items[1]->list)) {
            return false;
        }
    }
    Name name = redo_name(cx, constraint->conname);
    if (name == NULL) {
        name = realm_name_relation(cx->realm, table->schema, table->name,
                                   realm_joined(cx->realm, &made.part_names), "excl");
    } else if (realm_has_constraint(cx->realm, table, name)) {
        return realm_refuse(cx->realm, "42710", "constraint `%s` for relation `%s` already exists",
                            name->text, table->name->text);
    }
    const Relation relation = {
        .kind = RELATION_INDEX, .schema = table->schema, .name = name, .table = table};
    Relation *taken = NULL;
    if (!exclude_where(&made, constraint->where_clause) ||
        !realm_take_relation(cx->realm, &relation, &taken)) {
        return false;
    }
    ColumnList include = {0};
    if (!redo_key_columns(cx, table, constraint->including, constraint->n_including, &include)) {
        return false;
    }
    vec_each(Column *const, at, &include) {
        use(&made, *at);
    }
    if (constraint->n_options > 0) {
        realm_goes_beyond(cx->realm, "properties of an index");
    }
    index->name = name;
    taken->opaque = add_opaque(&made, OPAQUE_EXCLUSION, exclusion_text(cx, constraint));
    return true;
}
