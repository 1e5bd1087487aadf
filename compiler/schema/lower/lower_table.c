/*
 * lower_table.c - what a model is in the database.
 */
#include "base/common.h"

#include "compiler/schema/lower/lower_table.h"

#include <string.h>

#include "compiler/catalog/naming.h"
#include "compiler/schema/lower/predicate.h"

/* --- facts in doc comments --- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '"';
}

Name renamed_from(Names *names, const char *doc)
{
    static const char hint[] = "@renamedFrom(";
    const char *at = doc == NULL ? NULL : strstr(doc, hint);
    if (at == NULL) {
        return NULL;
    }
    at += strlen(hint);
    size_t len = strcspn(at, ")\n");
    while (len > 0 && is_blank(*at)) {
        at++;
        len--;
    }
    while (len > 0 && is_blank(at[len - 1])) {
        len--;
    }
    return len == 0 ? NULL : intern(names, at, len);
}

static const char *copy_doc(Program *program, const char *doc)
{
    return doc == NULL ? NULL : arena_strdup(program->catalog->arena, doc);
}

/* --- columns --- */

static ColumnType column_type(const Field *field)
{
    ColumnType type = field->type;
    if (field->kind == FIELD_ENUM) {
        type.enum_type = field->enum_block->lowered;
    }
    return type;
}

/* A sequence on an OID column is accepted and means nothing. */
static Default column_default(const Field *field)
{
    bool nothing = field->dflt == NULL ||
                   (field->dflt->kind == DEFAULT_SEQUENCE && field->type.id == TYPE_OID);
    return nothing ? (Default){.kind = DEFAULT_NONE} : *field->dflt;
}

/* The server cuts long names. Two that it cuts to one stay as they are: it will refuse the second.
 */
static Name column_kept(const Program *program, const Table *table, Name name)
{
    Name kept = name_kept(program->names, name);
    return table_find_column(table, kept) == NULL ? kept : name;
}

static void lower_column(Program *program, Table *table, Field *field)
{
    Column *column =
        table_add_column(program->catalog, table, column_kept(program, table, field->column),
                         origin_source(field->ast->name.span));
    column->field = field->name;
    column->type = column_type(field);
    column->not_null = field->arity == AST_REQUIRED;
    column->dflt = column_default(field);
    column->client_default = field->client_default;
    column->renamed_from = renamed_from(program->names, field->ast->doc);
    column->doc = copy_doc(program, field->ast->doc);
    field->lowered = column;
}

static size_t columns_of(const Model *model)
{
    size_t count = 0;
    vec_each(Field *const, at, &model->fields) {
        count += field_is_column(*at);
    }
    return count;
}

void lower_table(Program *program, Model *model)
{
    Name kept = name_kept(program->names, model->table);
    const bool taken = catalog_find_table(program->catalog, model->schema, kept) != NULL;
    Table *table = catalog_add_table(program->catalog, model->schema, taken ? model->table : kept,
                                     origin_source(model->ast->name.span));
    table->model = model->name;
    table->renamed_from = renamed_from(program->names, model->ast->doc);
    table->doc = copy_doc(program, model->ast->doc);
    model->lowered = table;
    table_expect_columns(program->catalog, table, columns_of(model));
    vec_each(Field *const, at, &model->fields) {
        if (field_is_column(*at)) {
            lower_column(program, table, *at);
        }
    }
}

/* --- keys --- */

static void lower_primary_key(Program *program, const Key *key)
{
    PrimaryKey *primary = table_set_primary_key(program->catalog, key->model->lowered, key->name,
                                                origin_derived(key->attribute->span));
    vec_each(const KeyPart, at, &key->parts) {
        Column *column = at->field->lowered;
        vec_push(program->catalog->arena, &primary->columns, column);
        /* The server makes it so; only the id of an ignored model may say otherwise. */
        column->not_null = column->not_null || !column->type.list;
    }
}

static void lower_index(Program *program, const Key *key)
{
    Index *index = table_add_index(program->catalog, key->model->lowered, key->name,
                                   origin_derived(key->attribute->span));
    index->kind = key->kind == KEY_UNIQUE ? INDEX_UNIQUE : INDEX_NORMAL;
    index->method = key->method;
    if (key->where != NULL) {
        index->predicate = predicate_text(program->names, key->model, key->where);
    }
    vec_each(const KeyPart, at, &key->parts) {
        IndexPart part = {
            .column = at->field->lowered, .sort = at->sort, .operator_class = at->operator_class};
        vec_push(program->catalog->arena, &index->parts, part);
    }
}

void lower_keys(Program *program, const Model *model)
{
    if (model->id != NULL) {
        lower_primary_key(program, model->id);
    }
    vec_each(Field *const, at, &model->fields) {
        if ((*at)->unique != NULL) {
            lower_index(program, (*at)->unique);
        }
    }
    vec_each(Key *const, at, &model->indexes) {
        lower_index(program, *at);
    }
    vec_each(Key *const, at, &model->uniques) {
        lower_index(program, *at);
    }
}

/* --- relations --- */

static void lower_foreign_key(Program *program, const Relation *relation)
{
    const Field *owner = relation->owner;
    Arena *arena = program->catalog->arena;
    ForeignKey *key =
        table_add_foreign_key(program->catalog, owner->model->lowered, relation->foreign_key,
                              origin_derived(owner->args->attribute->span));
    key->referenced = owner->target->lowered;
    key->on_delete = relation->on_delete;
    key->on_update = relation->on_update;
    vec_each(Field *const, at, &owner->args->fields) {
        vec_push(arena, &key->columns, (*at)->lowered);
    }
    vec_each(Field *const, at, &owner->args->references) {
        vec_push(arena, &key->referenced_columns, (*at)->lowered);
    }
}

/* A relation with a view says something to the client only. */
void lower_foreign_keys(Program *program, const Model *model)
{
    vec_each(Field *const, at, &model->fields) {
        const Relation *relation = (*at)->relation;
        if (relation != NULL && relation->owner == *at && relation->kind != RELATION_MANY_TO_MANY &&
            !(*at)->target->is_view) {
            lower_foreign_key(program, relation);
        }
    }
}

/* --- join tables --- */

static Column *join_column(Program *program, Table *table, char side, const Model *model)
{
    Name name = intern(program->names, &side, 1);
    const Column *id = model->id->parts.items[0].field->lowered;
    Column *column = table_add_column(program->catalog, table, name, table->origin);
    column->type = id->type;
    column->not_null = true;
    return column;
}

static void join_foreign_key(Program *program, Column *column, const Model *model)
{
    Arena *arena = program->catalog->arena;
    Table *table = column->table;
    Name name = name_join_foreign_key(program->names, table->name, column->name->text[0]);
    ForeignKey *key = table_add_foreign_key(program->catalog, table, name, table->origin);
    key->referenced = model->lowered;
    key->on_delete = ACTION_CASCADE;
    key->on_update = ACTION_CASCADE;
    vec_push(arena, &key->columns, column);
    vec_push(arena, &key->referenced_columns, model->id->parts.items[0].field->lowered);
}

static void join_keys(Program *program, Table *table, Column *a, Column *b)
{
    Arena *arena = program->catalog->arena;
    PrimaryKey *primary = table_set_primary_key(
        program->catalog, table, name_join_primary_key(program->names, table->name), table->origin);
    vec_push(arena, &primary->columns, a);
    vec_push(arena, &primary->columns, b);
    Index *index = table_add_index(program->catalog, table,
                                   name_join_index(program->names, table->name), table->origin);
    IndexPart part = {.column = b};
    vec_push(arena, &index->parts, part);
}

void lower_join_table(Program *program, const Relation *relation)
{
    const Model *first = relation->owner->model;
    const Model *second = relation->back->model;
    Table *table = catalog_add_table(program->catalog, first->schema,
                                     name_join_table(program->names, relation->name),
                                     origin_derived(relation->owner->ast->name.span));
    table->is_join_table = true;
    Column *a = join_column(program, table, 'A', first);
    Column *b = join_column(program, table, 'B', second);
    join_keys(program, table, a, b);
    if (!program->catalog->without_foreign_keys) {
        join_foreign_key(program, a, first);
        join_foreign_key(program, b, second);
    }
}
