/*
 * catalog_print.c - the IR as text. Not SQL: nothing here may be run.
 */
#include "base/common.h"

#include "compiler/catalog/catalog_print.h"

#include "compiler/catalog/types.h"

/* schema.name */
static void put_name(StrBuf *out, Name schema, Name name)
{
    strbuf_printf(out, "%s.%s", schema->text, name->text);
}

/* --- types and defaults --- */

static void put_type_name(StrBuf *out, const ColumnType *type)
{
    if (type->id == TYPE_ENUM) {
        strbuf_add(out, "enum ");
        put_name(out, type->enum_type->schema, type->enum_type->name);
    } else if (type->id == TYPE_OTHER) {
        strbuf_printf(out, "`%s`", type->raw->text);
    } else {
        strbuf_add(out, type_row(type->id)->catalog_name);
    }
}

static void put_type(StrBuf *out, const ColumnType *type)
{
    put_type_name(out, type);
    if (type->arguments[0] != TYPE_NO_ARGUMENT) {
        strbuf_printf(out, "(%d", (int)type->arguments[0]);
        if (type->arguments[1] != TYPE_NO_ARGUMENT) {
            strbuf_printf(out, ",%d", (int)type->arguments[1]);
        }
        strbuf_char(out, ')');
    }
    strbuf_add(out, type->list ? "[]" : "");
}

static const char *literal_word(LiteralKind kind)
{
    switch (kind) {
    case LITERAL_NUMBER:
        return "number";
    case LITERAL_BOOLEAN:
        return "boolean";
    case LITERAL_STRING:
        return "string";
    case LITERAL_JSON:
        return "json";
    case LITERAL_BYTES:
        return "bytes";
    case LITERAL_DATETIME:
        return "datetime";
    case LITERAL_ENUM:
        return "value";
    }
    unreachable();
}

/* Line breaks are shown as \n, so an object stays on its line. */
static void put_text(StrBuf *out, Name text)
{
    strbuf_char(out, '`');
    for (size_t i = 0; i < text->len; i++) {
        if (text->text[i] == '\n') {
            strbuf_add(out, "\\n");
        } else {
            strbuf_char(out, text->text[i]);
        }
    }
    strbuf_char(out, '`');
}

static void put_literal(StrBuf *out, const Literal *literal)
{
    strbuf_printf(out, "%s ", literal_word(literal->kind));
    put_text(out, literal->text);
}

static void put_list(StrBuf *out, const Default *dflt)
{
    strbuf_char(out, '[');
    for (size_t i = 0; i < dflt->items.count; i++) {
        strbuf_add(out, i > 0 ? ", " : "");
        put_literal(out, &dflt->items.items[i]);
    }
    strbuf_char(out, ']');
}

static void put_sequence(StrBuf *out, const Default *dflt)
{
    strbuf_add(out, "sequence");
    if (dflt->sequence != NULL) {
        strbuf_char(out, ' ');
        put_name(out, dflt->sequence->schema, dflt->sequence->name);
        strbuf_add(out, dflt->sequence->owned ? " owned" : "");
    }
}

static void put_default(StrBuf *out, const Default *dflt)
{
    if (dflt->kind == DEFAULT_NONE) {
        return;
    }
    strbuf_add(out, " default ");
    switch (dflt->kind) {
    case DEFAULT_NONE:
        break;
    case DEFAULT_VALUE:
        put_literal(out, &dflt->value);
        break;
    case DEFAULT_LIST:
        put_list(out, dflt);
        break;
    case DEFAULT_NOW:
        strbuf_add(out, "now");
        break;
    case DEFAULT_SEQUENCE:
        put_sequence(out, dflt);
        break;
    case DEFAULT_EXPRESSION:
        strbuf_add(out, "expression ");
        put_text(out, dflt->text);
        break;
    case DEFAULT_OPAQUE:
        strbuf_add(out, "opaque");
        break;
    }
}

/* --- columns --- */

static const char *client_word(ClientDefault client_default)
{
    switch (client_default) {
    case CLIENT_DEFAULT_NONE:
        return "";
    case CLIENT_DEFAULT_FUNCTION:
        return " client function";
    case CLIENT_DEFAULT_UPDATED_AT:
        return " client updatedAt";
    }
    unreachable();
}

static const char *identity_word(Identity identity)
{
    switch (identity) {
    case IDENTITY_NONE:
        return "";
    case IDENTITY_ALWAYS:
        return " identity always";
    case IDENTITY_BY_DEFAULT:
        return " identity by default";
    }
    unreachable();
}

static void put_fact(StrBuf *out, const char *word, Name text)
{
    if (text != NULL) {
        strbuf_printf(out, " %s ", word);
        put_text(out, text);
    }
}

static void put_column(StrBuf *out, const Column *column)
{
    strbuf_printf(out, "  column %s ", column->name->text);
    put_type(out, &column->type);
    strbuf_add(out, column->not_null ? " not null" : "");
    put_default(out, &column->dflt);
    strbuf_add(out, client_word(column->client_default));
    strbuf_add(out, identity_word(column->identity));
    put_fact(out, column->generated_virtual ? "generated virtual" : "generated", column->generated);
    put_fact(out, "collation", column->collation);
    if (column->field != NULL && column->field != column->name) {
        put_fact(out, "field", column->field);
    }
    put_fact(out, "renamed from", column->renamed_from);
    strbuf_char(out, '\n');
}

/* --- keys --- */

static void put_columns(StrBuf *out, Column *const *columns, size_t count)
{
    strbuf_char(out, '(');
    for (size_t i = 0; i < count; i++) {
        strbuf_printf(out, "%s%s", i > 0 ? ", " : "", columns[i]->name->text);
    }
    strbuf_char(out, ')');
}

static const char *method_word(const Index *index)
{
    static const char *const words[] = {
        [METHOD_BTREE] = "btree", [METHOD_HASH] = "hash",     [METHOD_GIST] = "gist",
        [METHOD_GIN] = "gin",     [METHOD_SPGIST] = "spgist", [METHOD_BRIN] = "brin",
    };
    return index->method == METHOD_OTHER ? index->method_name->text : words[index->method];
}

static void put_part(StrBuf *out, const IndexPart *part)
{
    static const char *const sorts[] = {
        [SORT_DEFAULT] = "", [SORT_ASC] = " asc", [SORT_DESC] = " desc"};
    static const char *const nulls[] = {
        [NULLS_DEFAULT] = "", [NULLS_FIRST] = " nulls first", [NULLS_LAST] = " nulls last"};
    if (part->column != NULL) {
        strbuf_add(out, part->column->name->text);
    } else {
        put_text(out, part->expression);
    }
    put_fact(out, "collation", part->collation);
    if (part->operator_class != NULL) {
        strbuf_printf(out, " %s%s", part->operator_class->text,
                      part->operator_class_is_default ? " (default)" : "");
    }
    strbuf_add(out, sorts[part->sort]);
    strbuf_add(out, nulls[part->nulls]);
}

static void put_index(StrBuf *out, const Index *index)
{
    strbuf_printf(out, "  %s %s %s(", index->kind == INDEX_UNIQUE ? "unique" : "index",
                  index->name->text, method_word(index));
    for (size_t i = 0; i < index->parts.count; i++) {
        strbuf_add(out, i > 0 ? ", " : "");
        put_part(out, &index->parts.items[i]);
    }
    strbuf_char(out, ')');
    if (index->include.count > 0) {
        strbuf_add(out, " include");
        put_columns(out, index->include.items, index->include.count);
    }
    put_fact(out, "where", index->predicate);
    strbuf_add(out, index->is_constraint ? " constraint" : "");
    strbuf_add(out, index->nulls_not_distinct ? " nulls not distinct" : "");
    strbuf_add(out, index->deferrable ? " deferrable" : "");
    strbuf_add(out, index->valid ? "\n" : " invalid\n");
}

static const char *action_word(ForeignKeyAction action)
{
    static const char *const words[] = {
        [ACTION_NO_ACTION] = "no action",     [ACTION_RESTRICT] = "restrict",
        [ACTION_CASCADE] = "cascade",         [ACTION_SET_NULL] = "set null",
        [ACTION_SET_DEFAULT] = "set default",
    };
    return words[action];
}

static void put_foreign_key(StrBuf *out, const ForeignKey *key)
{
    strbuf_printf(out, "  foreign key %s ", key->name->text);
    put_columns(out, key->columns.items, key->columns.count);
    strbuf_add(out, " -> ");
    put_name(out, key->referenced->schema, key->referenced->name);
    strbuf_char(out, ' ');
    put_columns(out, key->referenced_columns.items, key->referenced_columns.count);
    strbuf_printf(out, " delete %s update %s", action_word(key->on_delete),
                  action_word(key->on_update));
    strbuf_add(out, key->deferrable ? " deferrable" : "");
    strbuf_add(out, key->initially_deferred ? " initially deferred" : "");
    strbuf_add(out, key->valid ? "\n" : " not valid\n");
}

/* --- tables and the rest --- */

static void put_table_facts(StrBuf *out, const Table *table)
{
    if (table->model != NULL && table->model != table->name) {
        put_fact(out, "model", table->model);
    }
    put_fact(out, "renamed from", table->renamed_from);
    strbuf_add(out, table->is_join_table ? " join table" : "");
    strbuf_add(out, table->is_partitioned ? " partitioned" : "");
    strbuf_add(out, table->has_row_security ? " row security" : "");
    strbuf_char(out, '\n');
}

static void put_table(StrBuf *out, const Table *table)
{
    strbuf_add(out, "table ");
    put_name(out, table->schema, table->name);
    put_table_facts(out, table);
    vec_each(Column *const, at, &table->columns) {
        put_column(out, *at);
    }
    if (table->primary_key != NULL) {
        strbuf_printf(out, "  primary key %s ", table->primary_key->name->text);
        put_columns(out, table->primary_key->columns.items, table->primary_key->columns.count);
        strbuf_char(out, '\n');
    }
    vec_each(Index *const, at, &table->indexes) {
        put_index(out, *at);
    }
    vec_each(ForeignKey *const, at, &table->foreign_keys) {
        put_foreign_key(out, *at);
    }
}

static void put_enum(StrBuf *out, const EnumType *type)
{
    strbuf_add(out, "enum ");
    put_name(out, type->schema, type->name);
    if (type->block != NULL && type->block != type->name) {
        put_fact(out, "block", type->block);
    }
    for (size_t i = 0; i < type->values.count; i++) {
        strbuf_add(out, i > 0 ? ", " : " (");
        put_text(out, type->values.items[i]);
    }
    strbuf_add(out, type->values.count > 0 ? ")\n" : "\n");
}

static void put_settings(StrBuf *out, const Catalog *catalog)
{
    strbuf_printf(out, "catalog default %s%s%s%s\n", catalog->default_schema->text,
                  catalog->manages_extensions ? ", manages extensions" : "",
                  catalog->manages_partial_indexes ? ", manages partial indexes" : "",
                  catalog->without_foreign_keys ? ", without foreign keys" : "");
}

static void put_extension(StrBuf *out, const Extension *extension)
{
    strbuf_printf(out, "extension %s", extension->name->text);
    put_fact(out, "schema", extension->schema);
    put_fact(out, "version", extension->version);
    strbuf_char(out, '\n');
}

static void put_opaque(StrBuf *out, const Opaque *opaque)
{
    strbuf_printf(out, "opaque %s ", opaque_word(opaque->kind));
    put_name(out, opaque->schema, opaque->name);
    if (opaque->table != NULL) {
        strbuf_printf(out, " on %s", opaque->table->name->text);
    }
    put_fact(out, "as", opaque->definition);
    strbuf_char(out, '\n');
}

void catalog_print(StrBuf *out, const Catalog *catalog)
{
    put_settings(out, catalog);
    vec_each(Schema *const, at, &catalog->schemas) {
        strbuf_printf(out, "schema %s\n", (*at)->name->text);
    }
    vec_each(Extension *const, at, &catalog->extensions) {
        put_extension(out, *at);
    }
    vec_each(EnumType *const, at, &catalog->enums) {
        put_enum(out, *at);
    }
    vec_each(Table *const, at, &catalog->tables) {
        put_table(out, *at);
    }
    vec_each(DeclaredView *const, at, &catalog->views) {
        strbuf_add(out, "view ");
        put_name(out, (*at)->schema, (*at)->name);
        strbuf_char(out, '\n');
    }
    vec_each(Opaque *const, at, &catalog->opaque) {
        put_opaque(out, *at);
    }
}
