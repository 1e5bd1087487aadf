/*
 * catalog_check.c - what every catalog must keep to, object by object.
 */
#include "base/common.h"

#include "compiler/catalog/catalog_check.h"

#include <stdio.h>
#include <stdlib.h>

static const char *column_broken(const Table *table, const Column *column, size_t i)
{
    if (column->table != table) {
        return "a column belongs to another table";
    }
    if (column->position != i) {
        return "a column does not know its place";
    }
    if ((column->type.id == TYPE_ENUM) != (column->type.enum_type != NULL)) {
        return "an enum column without its enum";
    }
    if ((column->type.id == TYPE_OTHER) != (column->type.raw != NULL)) {
        return "a column of other type without its text";
    }
    if (column->dflt.kind == DEFAULT_EXPRESSION && column->dflt.text == NULL) {
        return "a default expression without text";
    }
    if (column->dflt.kind == DEFAULT_VALUE && column->dflt.value.text == NULL) {
        return "a default value without text";
    }
    return NULL;
}

static const char *index_broken(const Table *table, const Index *index)
{
    if (index->name == NULL || index->table != table) {
        return "an index without name or of another table";
    }
    if (index->parts.count == 0) {
        return "an index without parts";
    }
    vec_each(const IndexPart, at, &index->parts) {
        if ((at->column == NULL) == (at->expression == NULL)) {
            return "an index part must be a column or an expression";
        }
        if (at->column != NULL && at->column->table != table) {
            return "an index part of another table";
        }
    }
    return NULL;
}

static const char *primary_key_broken(const Table *table, const PrimaryKey *key)
{
    if (key->columns.count == 0 || key->table != table) {
        return "a primary key without columns or of another table";
    }
    vec_each(Column *const, at, &key->columns) {
        if ((*at)->table != table) {
            return "a primary key column of another table";
        }
    }
    return NULL;
}

static const char *foreign_key_broken(const Table *table, const ForeignKey *key)
{
    if (key->referenced == NULL || key->table != table) {
        return "a foreign key to nowhere or of another table";
    }
    if (key->columns.count == 0 || key->columns.count != key->referenced_columns.count) {
        return "a foreign key whose column lists differ in length";
    }
    for (size_t i = 0; i < key->columns.count; i++) {
        if (key->columns.items[i]->table != table ||
            key->referenced_columns.items[i]->table != key->referenced) {
            return "a foreign key column of another table";
        }
    }
    return NULL;
}

static const char *table_broken(const Table *table)
{
    const char *broken =
        table->name == NULL || table->schema == NULL ? "a table without name" : NULL;
    for (size_t i = 0; broken == NULL && i < table->columns.count; i++) {
        broken = column_broken(table, table->columns.items[i], i);
    }
    for (size_t i = 0; broken == NULL && i < table->indexes.count; i++) {
        broken = index_broken(table, table->indexes.items[i]);
    }
    for (size_t i = 0; broken == NULL && i < table->foreign_keys.count; i++) {
        broken = foreign_key_broken(table, table->foreign_keys.items[i]);
    }
    if (broken == NULL && table->primary_key != NULL) {
        broken = primary_key_broken(table, table->primary_key);
    }
    return broken;
}

const char *catalog_broken(const Catalog *catalog)
{
    vec_each(Table *const, at, &catalog->tables) {
        const char *broken = table_broken(*at);
        if (broken != NULL) {
            return arena_printf(catalog->arena, "%s (table %s)", broken,
                                (*at)->name == NULL ? "?" : (*at)->name->text);
        }
    }
    return NULL;
}

void catalog_check(UNUSED const Catalog *catalog)
{
#ifndef NDEBUG
    const char *broken = catalog_broken(catalog);
    if (broken != NULL) {
        fprintf(stderr, "bellows: broken catalog: %s\n", broken);
        abort(); /* lint: leaving - a bug of ours, in debug builds */
    }
#endif
}
