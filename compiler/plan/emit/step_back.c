/*
 * step_back.c - the statements of step_back.h: what came last goes first, for nothing rests on what
 * came later.
 */
#include "base/common.h"

#include "compiler/plan/emit/step_back.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/catalog/naming.h"
#include "compiler/catalog/sql_write.h"

typedef struct Retreat {
    Arena *arena;
    const Catalog *there, *wanted;
    const RenameList *names;
    Map kept;          /* identities of what `wanted` holds, too */
    OpaqueList made;   /* what only `there` holds, the newest first */
    bool any_function; /* among it */
    StrBuf out;
} Retreat;

/* --- names -------------------------------------------------------------------------------------
 */

static const Rename *renamed_table(const Retreat *cx, Name schema, Name name)
{
    vec_each(const Rename, at, cx->names) {
        if (at->column == NULL && at->schema == schema && at->table == name) {
            return at;
        }
    }
    return NULL;
}

/* Does a view stand under the name that the table is to have? */
static bool is_behind_view(const Retreat *cx, const Rename *table)
{
    vec_each(Opaque *, at, &cx->there->opaque) {
        if ((*at)->kind == OPAQUE_VIEW && (*at)->schema == table->new_schema &&
            (*at)->name == table->new_table) {
            return catalog_find_table(cx->there, table->schema, table->table) != NULL;
        }
    }
    return false;
}

/* What a relation is called once the views are gone. */
static void relation(Retreat *cx, Name schema, Name name)
{
    const Rename *table = renamed_table(cx, schema, name);
    const bool moved = table != NULL && is_behind_view(cx, table);
    sql_qualified(&cx->out, cx->there, moved ? table->new_schema : schema,
                  moved ? table->new_table : name);
}

/* --- what is made ------------------------------------------------------------------------------
 */

static Name identity(Retreat *cx, const Opaque *opaque, bool of_wanted)
{
    Name schema = opaque->schema, over = opaque->relation;
    const Rename *table = of_wanted || over == NULL ? NULL : renamed_table(cx, schema, over);
    if (table != NULL) {
        schema = table->new_schema;
        over = table->new_table;
    }
    return intern_cstr(cx->there->names,
                       arena_printf(cx->arena, "%d %s.%s.%s", (int)opaque->kind,
                                    schema == NULL ? "" : schema->text,
                                    over == NULL ? "" : over->text, opaque->name->text));
}

static int newest_first(const void *a, const void *b)
{
    const Opaque *const *x = a, *const *y = b;
    return ((*x)->origin.oid < (*y)->origin.oid) - ((*x)->origin.oid > (*y)->origin.oid);
}

static void find_made(Retreat *cx)
{
    vec_each(Opaque *, at, &cx->wanted->opaque) {
        if ((*at)->name != NULL) {
            map_put(cx->arena, &cx->kept, identity(cx, *at, true), *at);
        }
    }
    vec_each(Opaque *, at, &cx->there->opaque) {
        if ((*at)->name != NULL && map_get(&cx->kept, identity(cx, *at, false)) == NULL) {
            vec_push(cx->arena, &cx->made, *at);
            cx->any_function |= (*at)->kind == OPAQUE_FUNCTION;
        }
    }
    if (cx->made.count > 1) {
        qsort(cx->made.items, cx->made.count, sizeof *cx->made.items, newest_first);
    }
}

/* --- how it goes -------------------------------------------------------------------------------
 */

/* Its arguments are part of its name; procedures and aggregates are functions here, too. */
static void drop_function(Retreat *cx, const Opaque *opaque)
{
    const char *name = opaque->name->text;
    const size_t len = strcspn(name, "(");
    strbuf_add(&cx->out, "DROP ROUTINE ");
    sql_qualified(&cx->out, cx->there, opaque->schema, intern(cx->there->names, name, len));
    strbuf_printf(&cx->out, "%s;\n", name + len);
}

static void drop_from_table(Retreat *cx, const char *words, const Opaque *opaque)
{
    strbuf_add(&cx->out, words);
    sql_ident(&cx->out, opaque->name);
    strbuf_add(&cx->out, " ON ");
    relation(cx, opaque->schema, opaque->relation);
    strbuf_add(&cx->out, ";\n");
}

static void drop_constraint(Retreat *cx, const Opaque *opaque)
{
    strbuf_add(&cx->out, "ALTER TABLE ");
    relation(cx, opaque->schema, opaque->relation);
    strbuf_add(&cx->out, " DROP CONSTRAINT ");
    sql_ident(&cx->out, opaque->name);
    strbuf_add(&cx->out, ";\n");
}

static void drop_named(Retreat *cx, const char *words, const Opaque *opaque)
{
    strbuf_add(&cx->out, words);
    sql_qualified(&cx->out, cx->there, opaque->schema, opaque->name);
    strbuf_add(&cx->out, ";\n");
}

static void drop_view(Retreat *cx, const Opaque *opaque)
{
    if (opaque->kind == OPAQUE_VIEW) {
        drop_named(cx, "DROP VIEW ", opaque);
    } else if (opaque->kind == OPAQUE_MATERIALIZED_VIEW) {
        drop_named(cx, "DROP MATERIALIZED VIEW ", opaque);
    }
}

/* What belongs to a table that goes with it needs nothing, but where a function goes, too: that
 * goes before the table, and is refused as long as a trigger runs it or a check calls it. */
static bool goes_with_table(const Retreat *cx, const Opaque *opaque)
{
    if (opaque->table == NULL || cx->any_function) {
        return false;
    }
    const Rename *table = renamed_table(cx, opaque->schema, opaque->relation);
    return catalog_find_table(cx->wanted, table != NULL ? table->new_schema : opaque->schema,
                              table != NULL ? table->new_table : opaque->relation) == NULL;
}

static void drop_other(Retreat *cx, const Opaque *opaque)
{
    if (goes_with_table(cx, opaque)) {
        return;
    }
    switch ((int)opaque->kind) { /* an open set: of the others nothing is made beside a table */
    case OPAQUE_TRIGGER:
        drop_from_table(cx, "DROP TRIGGER ", opaque);
        break;
    case OPAQUE_RULE:
        drop_from_table(cx, "DROP RULE ", opaque);
        break;
    case OPAQUE_POLICY:
        drop_from_table(cx, "DROP POLICY ", opaque);
        break;
    case OPAQUE_CHECK:
    case OPAQUE_EXCLUSION:
        drop_constraint(cx, opaque);
        break;
    case OPAQUE_FUNCTION:
        drop_function(cx, opaque);
        break;
    case OPAQUE_EXPRESSION_INDEX:
        drop_named(cx, "DROP INDEX ", opaque);
        break;
    case OPAQUE_STATISTICS:
        drop_named(cx, "DROP STATISTICS ", opaque);
        break;
    case OPAQUE_DOMAIN:
    case OPAQUE_COMPOSITE_TYPE:
        drop_named(cx, "DROP TYPE ", opaque);
        break;
    case OPAQUE_SEQUENCE:
        drop_named(cx, "DROP SEQUENCE ", opaque);
        break;
    default:
        break;
    }
}

/* --- tables behind views -----------------------------------------------------------------------
 */

static void take_names_back(Retreat *cx, const Rename *table)
{
    vec_each(const Rename, at, cx->names) {
        if (at->column != NULL && at->schema == table->schema && at->table == table->table) {
            strbuf_add(&cx->out, "ALTER TABLE ");
            sql_qualified(&cx->out, cx->there, table->schema, table->table);
            strbuf_add(&cx->out, " RENAME COLUMN ");
            sql_ident(&cx->out, at->column);
            strbuf_add(&cx->out, " TO ");
            sql_ident(&cx->out, at->new_column);
            strbuf_add(&cx->out, ";\n");
        }
    }
    if (table->table != table->new_table) {
        strbuf_add(&cx->out, "ALTER TABLE ");
        sql_qualified(&cx->out, cx->there, table->schema, table->table);
        strbuf_add(&cx->out, " RENAME TO ");
        sql_ident(&cx->out, table->new_table);
        strbuf_add(&cx->out, ";\n");
    }
    if (table->schema != table->new_schema) {
        strbuf_add(&cx->out, "ALTER TABLE ");
        sql_qualified(&cx->out, cx->there, table->schema, table->new_table);
        strbuf_add(&cx->out, " SET SCHEMA ");
        sql_ident(&cx->out, table->new_schema);
        strbuf_add(&cx->out, ";\n");
    }
}

/* --- columns that a trigger filled -------------------------------------------------------------
 */

/* The column's counterpart by name, `table` being in `there`. */
static bool is_wanted(const Retreat *cx, const Table *table, const Column *column)
{
    const Rename *moved = renamed_table(cx, table->schema, table->name);
    const Table *after =
        catalog_find_table(cx->wanted, moved != NULL ? moved->new_schema : table->schema,
                           moved != NULL ? moved->new_table : table->name);
    Name name = column->name;
    vec_each(const Rename, at, cx->names) {
        if (at->column == column->name && at->schema == table->schema && at->table == table->name) {
            name = at->new_column;
        }
    }
    return after == NULL || table_find_column(after, name) != NULL;
}

static void let_be_null(Retreat *cx, const Table *table)
{
    vec_each(Column *, at, &table->columns) {
        const Column *column = *at;
        const bool may_stay_out = !column->not_null || column->dflt.kind != DEFAULT_NONE ||
                                  column->identity != IDENTITY_NONE || column->generated != NULL;
        const PrimaryKey *key = table->primary_key;
        const bool in_key =
            key != NULL && column_in_list(column, key->columns.items, key->columns.count);
        if (!may_stay_out && !in_key && !is_wanted(cx, table, column)) {
            strbuf_add(&cx->out, "ALTER TABLE ");
            relation(cx, table->schema, table->name);
            strbuf_add(&cx->out, " ALTER COLUMN ");
            sql_ident(&cx->out, column->name);
            strbuf_add(&cx->out, " DROP NOT NULL;\n");
        }
    }
}

/* --- casts -------------------------------------------------------------------------------------
 */

/* Beside another one that it is to replace, or was. */
static bool is_second(const Catalog *catalog, const Table *table, const Column *column)
{
    vec_each(Column *, at, &table->columns) {
        if (name_reserved(catalog->names, RESERVED_BEHIND, (*at)->name) == column->name) {
            return true;
        }
    }
    return false;
}

/* How many columns are of the enum, second ones or others. */
static size_t columns_of(const Catalog *catalog, const EnumType *type, bool second)
{
    size_t count = 0;
    vec_each(Table *, table, &catalog->tables) {
        vec_each(Column *, column, &(*table)->columns) {
            count +=
                column_is_of_enum(*column, type) && is_second(catalog, *table, *column) == second;
        }
    }
    return count;
}

/* The one that is to succeed another is asked as none. */
static bool is_successor(const Catalog *catalog, const EnumType *type)
{
    vec_each(EnumType *, at, &catalog->enums) {
        if ((*at)->schema == type->schema &&
            name_reserved(catalog->names, RESERVED_BUILT, (*at)->name) == type->name) {
            return true;
        }
    }
    return false;
}

/* Between text and an enum a plan lets the one be asked as the other, while no column but a second
 * one is of the enum (online_cast.c). No catalog holds the cast: it may not have come yet, or be
 * gone. */
static void drop_cast(Retreat *cx, const EnumType *type)
{
    const EnumType *after = catalog_find_enum(cx->wanted, type->schema, type->name);
    const bool comes_back = after != NULL && columns_of(cx->wanted, after, false) > 0;
    const bool serves = columns_of(cx->there, type, true) > 0 &&
                        (after == NULL || columns_of(cx->wanted, after, true) == 0);
    if (columns_of(cx->there, type, false) == 0 && (comes_back || serves) &&
        !is_successor(cx->there, type)) {
        strbuf_add(&cx->out, "DROP CAST IF EXISTS (");
        sql_qualified(&cx->out, cx->there, type->schema, type->name);
        strbuf_add(&cx->out, " AS pg_catalog.text);\n");
    }
}

/* --- all ---------------------------------------------------------------------------------------
 */

char *step_back_sql(Arena *arena, const Catalog *there, const Catalog *wanted,
                    const RenameList *names)
{
    Retreat cx = {.arena = arena,
                  .there = there,
                  .wanted = wanted,
                  .names = names,
                  .out = strbuf_new(STRBUF_MAX)};
    find_made(&cx);
    vec_each(Opaque *, at, &cx.made) {
        drop_view(&cx, *at);
    }
    vec_each(const Rename, at, names) {
        if (at->column == NULL && is_behind_view(&cx, at)) {
            take_names_back(&cx, at);
        }
    }
    vec_each(Opaque *, at, &cx.made) {
        drop_other(&cx, *at);
    }
    vec_each(EnumType *, at, &there->enums) {
        drop_cast(&cx, *at);
    }
    if (cx.out.len > 0) {
        vec_each(Table *, at, &there->tables) {
            let_be_null(&cx, *at);
        }
    }
    return strbuf_take(&cx.out, arena);
}
