/*
 * beside.c - one row a kind of object: when it is made, and how.
 *
 * Objects of one group come in the order of their making, which is an order in which
 * they can be made.
 */
#include "base/common.h"

#include "compiler/plan/emit/beside.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/catalog/sql_write.h"
#include "compiler/plan/emit/beside_internal.h"

typedef enum Moment {
    MOMENT_TYPES, /* before tables: what these use */
    MOMENT_PARTS, /* partitions of tables */
    MOMENT_KEYS,  /* what belongs to tables */
    MOMENT_CHILDREN,
    MOMENT_VIEWS, /* what is made of tables */
    MOMENT_CODE,  /* what runs on tables and views */
    MOMENT_NOTES, /* properties, comments */
    MOMENT_OWNERS,
    MOMENT_RIGHTS, /* who may use it */
    MOMENT_LAST,   /* what would see or change the making of the rest */
    MOMENT_END,    /* about those */
    MOMENT_COUNT,
} Moment;

/* --- rows ---------------------------------------------------------------------------------------
 */

typedef struct BesideRow {
    OpaqueKind kind;
    Moment moment;
    const char *section;
    BesideWriter *write;
} BesideRow;

static const BesideRow rows[] = {
    {OPAQUE_SEQUENCE, MOMENT_TYPES, "CreateSequence", beside_sequence},
    {OPAQUE_DOMAIN, MOMENT_TYPES, "CreateDomain", beside_domain},
    {OPAQUE_COMPOSITE_TYPE, MOMENT_TYPES, "CreateType", beside_composite},
    {OPAQUE_RANGE_TYPE, MOMENT_TYPES, "CreateType", beside_range},
    {OPAQUE_COLLATION, MOMENT_TYPES, "CreateCollation", beside_collation},
    {OPAQUE_FUNCTION, MOMENT_TYPES, "CreateFunction", beside_statement},
    {OPAQUE_AGGREGATE, MOMENT_TYPES, "CreateAggregate", beside_aggregate},
    {OPAQUE_OPERATOR, MOMENT_TYPES, "CreateOperator", beside_operator},
    {OPAQUE_CAST, MOMENT_TYPES, "CreateCast", beside_cast},
    {OPAQUE_TEXT_DICTIONARY, MOMENT_TYPES, "CreateTextSearch", beside_dictionary},
    {OPAQUE_TEXT_CONFIGURATION, MOMENT_TYPES, "CreateTextSearch", beside_configuration},
    {OPAQUE_PARTITION, MOMENT_PARTS, "CreatePartition", beside_partition},
    {OPAQUE_CONSTRAINT, MOMENT_KEYS, "AddKey", beside_key},
    {OPAQUE_CHECK, MOMENT_KEYS, "AddCheck", beside_constraint},
    {OPAQUE_EXCLUSION, MOMENT_KEYS, "AddExclusion", beside_constraint},
    {OPAQUE_EXPRESSION_INDEX, MOMENT_KEYS, "CreateIndex", beside_index},
    {OPAQUE_STATISTICS, MOMENT_KEYS, "CreateStatistics", beside_statistics},
    {OPAQUE_INHERITANCE, MOMENT_CHILDREN, "Inherit", beside_inheritance},
    {OPAQUE_VIEW, MOMENT_VIEWS, "CreateView", beside_view},
    {OPAQUE_MATERIALIZED_VIEW, MOMENT_VIEWS, "CreateView", beside_view},
    {OPAQUE_INDEX, MOMENT_VIEWS, "CreateIndex", beside_index},
    {OPAQUE_TRIGGER, MOMENT_CODE, "CreateTrigger", beside_fired},
    {OPAQUE_RULE, MOMENT_CODE, "CreateRule", beside_fired},
    {OPAQUE_POLICY, MOMENT_CODE, "CreatePolicy", beside_policy},
    {OPAQUE_ROW_SECURITY, MOMENT_CODE, "RowSecurity", beside_row_security},
    {OPAQUE_PERSISTENCE, MOMENT_NOTES, "AlterTable", beside_persistence},
    {OPAQUE_STORAGE_PARAMETER, MOMENT_NOTES, "AlterTable", beside_parameter},
    {OPAQUE_REPLICA_IDENTITY, MOMENT_NOTES, "AlterTable", beside_replica_identity},
    {OPAQUE_CLUSTER, MOMENT_NOTES, "AlterTable", beside_cluster},
    {OPAQUE_COLUMN_SETTING, MOMENT_NOTES, "AlterTable", beside_column_setting},
    {OPAQUE_SEQUENCE_SETTING, MOMENT_NOTES, "AlterSequence", beside_sequence_setting},
    {OPAQUE_COMMENT, MOMENT_NOTES, "Comment", beside_comment},
    {OPAQUE_EXTENSION_DEPENDENCE, MOMENT_NOTES, "DependOnExtension", beside_dependence},
    {OPAQUE_OWNER, MOMENT_OWNERS, "Owner", beside_owner},
    {OPAQUE_PRIVILEGE, MOMENT_RIGHTS, "Grant", beside_privilege},
    {OPAQUE_DEFAULT_PRIVILEGE, MOMENT_LAST, "DefaultPrivileges", beside_default_privilege},
    {OPAQUE_PUBLICATION, MOMENT_CODE, "CreatePublication", beside_publication},
    {OPAQUE_PUBLICATION_TABLE, MOMENT_CODE, "CreatePublication", beside_published},
    {OPAQUE_POPULATION, MOMENT_LAST, "RefreshView", beside_population},
    {OPAQUE_EVENT_TRIGGER, MOMENT_LAST, "CreateEventTrigger", beside_event_trigger},
};

static const BesideRow *find_row(OpaqueKind kind)
{
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (rows[i].kind == kind) {
            return &rows[i];
        }
    }
    return NULL;
}

/* A function over the rows of a table comes when the table is there. */
static Moment moment_of(const BesideRow *row, const Opaque *object)
{
    static const char event[] = "event trigger ";
    const bool names = row->kind == OPAQUE_COMMENT || row->kind == OPAQUE_OWNER;
    if (names && strncmp(object->name->text, event, sizeof event - 1) == 0) {
        return MOMENT_END;
    }
    return row->kind == OPAQUE_FUNCTION && object->tables.count > 0 ? MOMENT_KEYS : row->moment;
}

/* What is of a partition or of what is no table was made another way. */
static bool is_of_known(const Opaque *object)
{
    return object->relation == NULL || object->table != NULL || object->kind == OPAQUE_INDEX ||
           object->kind == OPAQUE_TRIGGER || object->kind == OPAQUE_RULE ||
           object->kind == OPAQUE_COMMENT || object->kind == OPAQUE_STORAGE_PARAMETER ||
           object->kind == OPAQUE_OWNER || object->kind == OPAQUE_PARTITION;
}

/* A right on a partition is a row of both queries that read rights. */
static bool is_told_twice(const Catalog *catalog, const Opaque *object)
{
    vec_each(Opaque *const, at, &catalog->opaque) {
        if (object->kind == OPAQUE_PRIVILEGE && *at != object && (*at)->kind == OPAQUE_PRIVILEGE &&
            (*at)->origin.oid == object->origin.oid && (*at)->relation != NULL &&
            object->relation == NULL && (*at)->definition == object->definition &&
            strstr(object->name->text, " on table ") != NULL) {
            return true;
        }
    }
    return false;
}

/* An aggregate is a row of its own beside the one of its function. */
static bool is_made_as_aggregate(const Catalog *catalog, const Opaque *object)
{
    const bool is_aggregate =
        object->kind == OPAQUE_FUNCTION &&
        strncmp(object->definition->text, "AGGREGATE ", strlen("AGGREGATE ")) == 0;
    vec_each(Opaque *const, at, &catalog->opaque) {
        if (is_aggregate && (*at)->kind == OPAQUE_AGGREGATE && (*at)->schema == object->schema &&
            (*at)->name == object->name) {
            return beside_makes(catalog, *at);
        }
    }
    return false;
}

/* Makes a range of its ends; it comes with the type. */
static bool makes_range(const Opaque *object)
{
    return object->kind == OPAQUE_FUNCTION &&
           strstr(object->definition->text, " LANGUAGE internal\n") != NULL &&
           strstr(object->definition->text, "range_constructor") != NULL;
}

/* It comes about with something else that is made. */
static bool is_implied(const Catalog *catalog, const Opaque *object)
{
    return beside_is_in_partition(catalog, object) || is_told_twice(catalog, object) ||
           makes_range(object) || is_made_as_aggregate(catalog, object) ||
           beside_is_owned_sequence(catalog, object) ||
           beside_is_implied_setting(catalog, object) ||
           (object->kind == OPAQUE_PARTITION_KEY && object->table != NULL) ||
           (object->kind == OPAQUE_CONSTRAINT && object->table != NULL &&
            strncmp(object->definition->text, "UNIQUE", strlen("UNIQUE")) == 0 &&
            strstr(object->definition->text, " DEFERRABLE") == NULL);
}

bool beside_makes(const Catalog *catalog, const Opaque *object)
{
    const BesideRow *row = find_row(object->kind);
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (row != NULL && (is_of_known(object) || beside_has_partition(catalog, object))) {
        row->write(&out, catalog, object);
    }
    const bool made = out.len > 0 || is_implied(catalog, object);
    strbuf_dispose(&out);
    return made;
}

/* --- scripts ------------------------------------------------------------------------------------
 */

static int compare_ages(const void *a, const void *b)
{
    const Opaque *x = *(const Opaque *const *)a, *y = *(const Opaque *const *)b;
    if (x->origin.oid != y->origin.oid) {
        return x->origin.oid < y->origin.oid ? -1 : 1;
    }
    return name_compare(x->name, y->name);
}

static void put_section(StrBuf *out, const char *section, const char **last)
{
    if (*last == NULL || strcmp(*last, section) != 0) {
        strbuf_add(out, *last == NULL ? "" : "\n");
        sql_line_comment(out, section);
    }
    *last = section;
}

static void write_object(StrBuf *out, const Catalog *catalog, const Opaque *object,
                         const char **last)
{
    const BesideRow *row = find_row(object->kind);
    if (row != NULL) {
        put_section(out, row->section, last);
        row->write(out, catalog, object);
    }
}

/* All of one moment, in the order of their making. */
static void write_moment(StrBuf *out, const Catalog *catalog, Moment moment, const char **last)
{
    Arena *scratch = arena_new();
    const Opaque **items = arena_array(scratch, const Opaque *, catalog->opaque.count);
    size_t count = 0;
    vec_each(Opaque *const, at, &catalog->opaque) {
        const BesideRow *row = find_row((*at)->kind);
        if (row != NULL && moment_of(row, *at) == moment && beside_makes(catalog, *at) &&
            !is_implied(catalog, *at)) {
            items[count++] = *at;
        }
    }
    qsort(items, count, sizeof *items, compare_ages);
    for (size_t i = 0; i < count; i++) {
        write_object(out, catalog, items[i], last);
    }
    arena_free(scratch);
}

/* Bodies name tables that come later: they are not looked into before all is there. */
static bool has_functions(const Catalog *catalog)
{
    vec_each(Opaque *const, at, &catalog->opaque) {
        if ((*at)->kind == OPAQUE_FUNCTION) {
            return true;
        }
    }
    return false;
}

static void write_extensions(StrBuf *out, const Catalog *catalog, const char **last)
{
    vec_each(Extension *const, at, &catalog->extensions) {
        put_section(out, "CreateExtension", last);
        if ((*at)->schema != NULL && (*at)->schema != catalog->default_schema) {
            strbuf_add(out, "CREATE SCHEMA IF NOT EXISTS ");
            sql_ident(out, (*at)->schema);
            strbuf_add(out, ";\n");
        }
        strbuf_add(out, "CREATE EXTENSION IF NOT EXISTS ");
        sql_ident(out, (*at)->name);
        if ((*at)->schema != NULL && (*at)->schema != catalog->default_schema) {
            strbuf_add(out, " WITH SCHEMA ");
            sql_ident(out, (*at)->schema);
        }
        strbuf_add(out, ";\n");
    }
}

char *beside_before(Arena *arena, const Catalog *catalog)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    const char *last = NULL;
    if (!catalog->manages_extensions) {
        write_extensions(&out, catalog, &last);
    }
    if (has_functions(catalog)) {
        put_section(&out, "Functions name what comes later", &last);
        strbuf_add(&out, "SET check_function_bodies = off;\n");
    }
    write_moment(&out, catalog, MOMENT_TYPES, &last);
    strbuf_add(&out, last == NULL ? "" : "\n");
    return strbuf_take(&out, arena);
}

/* A constraint over an index that is there; a partitioned table takes none. */
static void write_unique(StrBuf *out, const Catalog *catalog, const Table *table,
                         const Index *index)
{
    if (table->is_partitioned) {
        strbuf_add(out, "DROP INDEX ");
        sql_qualified(out, catalog, table->schema, index->name);
        strbuf_add(out, ";\n");
    }
    strbuf_add(out, "ALTER TABLE ");
    sql_qualified(out, catalog, table->schema, table->name);
    strbuf_add(out, " ADD CONSTRAINT ");
    sql_ident(out, index->name);
    strbuf_add(out, " UNIQUE ");
    if (!table->is_partitioned) {
        strbuf_add(out, "USING INDEX ");
        sql_ident(out, index->name);
    }
    for (size_t i = 0; table->is_partitioned && i < index->parts.count; i++) {
        strbuf_add(out, i == 0 ? "(" : ", ");
        sql_ident(out, index->parts.items[i].column->name);
    }
    strbuf_add(out, table->is_partitioned ? ");\n" : ";\n");
}

static void write_unique_constraints(StrBuf *out, const Catalog *catalog, const char **last)
{
    vec_each(Table *const, at, &catalog->tables) {
        vec_each(Index *const, index, &(*at)->indexes) {
            if ((*index)->is_constraint && !(*index)->deferrable) {
                put_section(out, "AddUnique", last);
                write_unique(out, catalog, *at, *index);
            }
        }
    }
}

char *beside_after(Arena *arena, const Catalog *catalog)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    const char *last = NULL;
    write_unique_constraints(&out, catalog, &last);
    for (int moment = MOMENT_TYPES + 1; moment < MOMENT_COUNT; moment++) {
        write_moment(&out, catalog, (Moment)moment, &last);
    }
    if (has_functions(catalog)) {
        put_section(&out, "Functions name what is there", &last);
        strbuf_add(&out, "RESET check_function_bodies;\n");
    }
    return strbuf_take(&out, arena);
}
