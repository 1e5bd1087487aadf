/*
 * load_constraint.c - primary keys, foreign keys, and what is known of the other constraints.
 *
 * Source: PostgreSQL manual, "pg_constraint".
 */
#include "base/common.h"

#include "introspect/load/load_internal.h"

typedef struct ConstraintRow {
    uint32_t oid, table_oid, index_oid, referenced_oid;
    Name name, definition;
    IntList columns, referenced_columns;
    char kind, on_delete, on_update;
    bool deferrable, initially_deferred, valid;
} ConstraintRow;

static const RowField constraint_fields[] = {
    ROW_OID("oid", ConstraintRow, oid),
    ROW_NAME("name", ConstraintRow, name),
    ROW_CHAR("kind", ConstraintRow, kind),
    ROW_OID("table_oid", ConstraintRow, table_oid),
    ROW_OID("index_oid", ConstraintRow, index_oid),
    ROW_INTS_OR_NULL("columns", ConstraintRow, columns),
    ROW_OID("referenced_oid", ConstraintRow, referenced_oid),
    ROW_INTS_OR_NULL("referenced_columns", ConstraintRow, referenced_columns),
    ROW_CHAR("on_delete", ConstraintRow, on_delete),
    ROW_CHAR("on_update", ConstraintRow, on_update),
    ROW_BOOL("deferrable", ConstraintRow, deferrable),
    ROW_BOOL("initially_deferred", ConstraintRow, initially_deferred),
    ROW_BOOL("valid", ConstraintRow, valid),
    ROW_NAME_OR_NULL("definition", ConstraintRow, definition),
};

/* What no server answers would leave keys without columns, or with those of one side only. */
static bool is_whole(const LoadCx *cx, RowReader *reader, const ConstraintRow *row)
{
    const bool referenced =
        row->kind == 'f' && oid_map_get(&cx->tables, row->referenced_oid, 0) != NULL;
    bool known = true;
    vec_each(int64_t, number, &row->columns) {
        known &= load_find_column(cx, row->table_oid, *number) != NULL;
    }
    for (size_t i = 0; referenced && i < row->referenced_columns.count; i++) {
        known &=
            load_find_column(cx, row->referenced_oid, row->referenced_columns.items[i]) != NULL;
    }
    const bool needs_columns = row->kind == 'p' || row->kind == 'f';
    const bool counts = (!needs_columns || row->columns.count > 0) &&
                        (row->kind != 'f' || row->columns.count == row->referenced_columns.count);
    const bool needs_text = row->kind == 'c' || row->kind == 'x';
    known |= !needs_columns; /* a check may use none, an exclusion expressions */
    return (known && counts && (!needs_text || row->definition != NULL)) ||
           row_refuse(reader,
                      arena_printf(reader->arena, "constraint `%s` lacks its %s", row->name->text,
                                   known && counts ? "definition" : "columns"));
}

static bool is_known(const LoadCx *cx, RowReader *reader, const ConstraintRow *row)
{
    return row_letter(reader, "kind", row->kind, "pfucx") &&
           (row->kind != 'f' || (row_letter(reader, "on_delete", row->on_delete, "arcnd") &&
                                 row_letter(reader, "on_update", row->on_update, "arcnd"))) &&
           is_whole(cx, reader, row);
}

static ForeignKeyAction action_of(char code)
{
    static const struct {
        char code;
        ForeignKeyAction action;
    } actions[] = {
        {'a', ACTION_NO_ACTION}, {'r', ACTION_RESTRICT},    {'c', ACTION_CASCADE},
        {'n', ACTION_SET_NULL},  {'d', ACTION_SET_DEFAULT},
    };
    for (size_t i = 0; i < lengthof(actions); i++) {
        if (actions[i].code == code) {
            return actions[i].action;
        }
    }
    return ACTION_NO_ACTION;
}

static ColumnList find_columns(const LoadCx *cx, uint32_t table_oid, const IntList *numbers)
{
    ColumnList columns = {0};
    vec_each(int64_t, number, numbers) {
        Column *column = load_find_column(cx, table_oid, *number);
        if (column != NULL) {
            vec_push(cx->catalog->arena, &columns, column);
        }
    }
    return columns;
}

static void add_primary_key(LoadCx *cx, Table *table, const ConstraintRow *row)
{
    PrimaryKey *key =
        table_set_primary_key(cx->catalog, table, row->name, origin_catalog(row->oid));
    ColumnList columns = find_columns(cx, row->table_oid, &row->columns);
    key->deferrable = row->deferrable;
    vec_each(Column *, at, &columns) {
        vec_push(cx->catalog->arena, &key->columns, *at);
    }
    load_name_index(cx, row->index_oid, row->name);
}

/* One to a table that is not read is no part of the catalog; see load_foreign_tables. */
static void add_foreign_key(LoadCx *cx, Table *table, const ConstraintRow *row)
{
    Table *referenced = oid_map_get(&cx->tables, row->referenced_oid, 0);
    if (referenced == NULL) {
        UnreadReference unread = {.table = table,
                                  .constraint = row->name,
                                  .definition = row->definition,
                                  .oid = row->oid,
                                  .referenced_oid = row->referenced_oid,
                                  .columns = find_columns(cx, row->table_oid, &row->columns)};
        vec_push(cx->scratch, &cx->unread, unread);
        return;
    }
    ForeignKey *key =
        table_add_foreign_key(cx->catalog, table, row->name, origin_catalog(row->oid));
    ColumnList columns = find_columns(cx, row->table_oid, &row->columns);
    ColumnList targets = find_columns(cx, row->referenced_oid, &row->referenced_columns);
    key->referenced = referenced;
    vec_each(Column *, at, &columns) {
        vec_push(cx->catalog->arena, &key->columns, *at);
    }
    vec_each(Column *, at, &targets) {
        vec_push(cx->catalog->arena, &key->referenced_columns, *at);
    }
    key->on_delete = action_of(row->on_delete);
    key->on_update = action_of(row->on_update);
    key->deferrable = row->deferrable;
    key->initially_deferred = row->initially_deferred;
    key->valid = row->valid;
    LoadedForeignKey loaded = {key, row->index_oid};
    vec_push(cx->scratch, &cx->foreign_keys, loaded);
}

static void add_opaque(LoadCx *cx, Table *table, const ConstraintRow *row)
{
    Opaque opaque = {.schema = table->schema,
                     .name = row->name,
                     .table = table,
                     .relation = table->name,
                     .definition = row->definition};
    OpaqueKind kind = row->kind == 'c' ? OPAQUE_CHECK : OPAQUE_EXCLUSION;
    Opaque *added = load_add_opaque(cx, kind, opaque, row->oid);
    ColumnList columns = find_columns(cx, row->table_oid, &row->columns);
    vec_each(Column *, at, &columns) {
        vec_push(cx->catalog->arena, &added->columns, *at);
    }
}

void load_constraints(LoadCx *cx)
{
    RowReader reader = load_reader(cx, LOAD_CONSTRAINTS, ROW_FIELDS(constraint_fields));
    ConstraintRow row;
    while (row_next(&reader, &row)) {
        Table *table = oid_map_get(&cx->tables, row.table_oid, 0);
        if (table == NULL) {
            continue;
        }
        if (!is_known(cx, &reader, &row)) {
            return;
        }
        if (row.kind == 'p') {
            add_primary_key(cx, table, &row);
        } else if (row.kind == 'f') {
            add_foreign_key(cx, table, &row);
        } else if (row.kind == 'u') {
            LoadedUnique *unique = arena_make(cx->scratch, LoadedUnique);
            unique->deferrable = row.deferrable;
            oid_map_put(cx->scratch, &cx->unique_constraints, row.index_oid, 0, unique);
        } else if (cx->with_opaque) {
            add_opaque(cx, table, &row);
        }
    }
}

/* --- foreign keys to tables that are not read ---------------------------------------------------
 */

typedef struct ForeignTableRow {
    uint32_t oid;
    Name schema, name;
} ForeignTableRow;

static bool reads_schema(const LoadCx *cx, Name name)
{
    vec_each(Schema *, at, &cx->catalog->schemas) {
        if ((*at)->name == name) {
            return true;
        }
    }
    return false;
}

/* A key to a table others own is kept as it is: neither ours to say nor to lose. */
static void keep_reference(LoadCx *cx, const UnreadReference *unread)
{
    Opaque opaque = {.schema = unread->table->schema,
                     .name = unread->constraint,
                     .table = unread->table,
                     .definition = unread->definition};
    Opaque *added = load_add_opaque(cx, OPAQUE_FOREIGN_KEY, opaque, unread->oid);
    vec_each(Column *const, at, &unread->columns) {
        vec_push(cx->catalog->arena, &added->columns, *at);
    }
}

/* A key must not lead out of the schemas read, but to what others own. Those to tables that are
 * never read (partitions, an extension's) are left out; so are all in a whole comparison, where
 * they are told otherwise. */
void load_foreign_tables(LoadCx *cx)
{
    static const RowField fields[] = {
        ROW_OID("oid", ForeignTableRow, oid),
        ROW_NAME("schema", ForeignTableRow, schema),
        ROW_NAME("name", ForeignTableRow, name),
    };
    OidMap outside = {0};  /* table -> how it is called */
    OidMap external = {0}; /* the same, of tables others own */
    RowReader reader = load_reader(cx, LOAD_FOREIGN_TABLES, ROW_FIELDS(fields));
    ForeignTableRow row;
    while (row_next(&reader, &row)) {
        if (!reads_schema(cx, row.schema) && !cx->complete) {
            bool owned = external_has_table(cx->external, row.schema, row.name);
            oid_map_put(cx->scratch, owned ? &external : &outside, row.oid, 0,
                        arena_printf(cx->diags->arena, "%s.%s", row.schema->text, row.name->text));
        }
    }
    vec_each(UnreadReference, at, &cx->unread) {
        const char *called = oid_map_get(&outside, at->referenced_oid, 0);
        if (cx->with_opaque && oid_map_get(&external, at->referenced_oid, 0) != NULL) {
            keep_reference(cx, at);
        }
        if (called != NULL) {
            diag_report(cx->diags, DIAG_FOREIGN_SCHEMA, span_none(), at->constraint->text,
                        at->table->name->text, called);
            cx->failed = true;
        }
    }
}
