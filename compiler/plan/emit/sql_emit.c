/*
 * sql_emit.c - the statements of every step that is not a table's or an enum's making.
 */
#include "base/common.h"

#include "compiler/plan/emit/sql_emit.h"

#include "compiler/catalog/sql_write.h"
#include "compiler/plan/emit/emit.h"

const Table *step_table(const Step *step)
{
    return step->before.table != NULL ? step->before.table : step->after.table;
}

void emit_table_name(StrBuf *out, const Emitter *cx, const Table *table)
{
    const Table *now = world_table_now(cx->world, table);
    sql_qualified(out, cx->plan->to, now->schema, now->name);
}

void emit_column_name(StrBuf *out, const Emitter *cx, const Column *column)
{
    sql_ident(out, world_column_now(cx->world, column)->name);
}

void emit_column_names(StrBuf *out, const Emitter *cx, Column *const *columns, size_t count,
                       const char *separator)
{
    for (size_t i = 0; i < count; i++) {
        strbuf_add(out, i > 0 ? separator : "");
        emit_column_name(out, cx, columns[i]);
    }
}

void emit_type(StrBuf *out, const Emitter *cx, const ColumnType *type)
{
    const ColumnType now = world_type_now(cx->world, type);
    sql_type(out, cx->plan->to, &now);
}

void emit_default(StrBuf *out, const Emitter *cx, const Column *column)
{
    const Column now = world_definition_now(cx->world, cx->arena, column);
    sql_default(out, cx->plan->to, &now);
}

/* What the thing is called from now on: as the step says, or as its wanted side is. */
static Name name_after(const Step *step, Name wanted)
{
    return step->new_name != NULL ? step->new_name : wanted;
}

void emit_alter_table_head(StrBuf *out, const Emitter *cx, const Table *table)
{
    strbuf_add(out, "ALTER TABLE ");
    emit_table_name(out, cx, table);
    strbuf_char(out, ' ');
}

static void end(StrBuf *out)
{
    strbuf_add(out, ";\n");
}

/* --- schemas and extensions --------------------------------------------------------------------
 */

void emit_create_schema(StrBuf *out, UNUSED const Emitter *cx, const Step *step)
{
    strbuf_add(out, "CREATE SCHEMA IF NOT EXISTS ");
    sql_ident(out, step->after.schema->name);
    end(out);
}

void emit_create_extension(StrBuf *out, UNUSED const Emitter *cx, const Step *step)
{
    const Extension *extension = step->after.extension;
    strbuf_add(out, "CREATE EXTENSION IF NOT EXISTS ");
    sql_ident(out, extension->name);
    if (extension->schema != NULL || extension->version != NULL) {
        strbuf_add(out, " WITH");
    }
    if (extension->schema != NULL) {
        strbuf_add(out, " SCHEMA ");
        sql_ident(out, extension->schema);
    }
    if (extension->version != NULL) {
        strbuf_add(out, " VERSION ");
        sql_ident(out, extension->version);
    }
    end(out);
}

void emit_alter_extension(StrBuf *out, UNUSED const Emitter *cx, const Step *step)
{
    const Extension *extension = step->after.extension;
    if (step->cause->facets & FACET_VERSION) {
        strbuf_add(out, "ALTER EXTENSION ");
        sql_ident(out, extension->name);
        strbuf_add(out, " UPDATE TO ");
        sql_ident(out, extension->version);
        end(out);
    }
    if (step->cause->facets & FACET_SCHEMA) {
        strbuf_add(out, "ALTER EXTENSION ");
        sql_ident(out, extension->name);
        strbuf_add(out, " SET SCHEMA ");
        sql_ident(out, extension->schema);
        end(out);
    }
}

void emit_drop_extension(StrBuf *out, UNUSED const Emitter *cx, const Step *step)
{
    strbuf_add(out, "DROP EXTENSION ");
    sql_ident(out, step->before.extension->name);
    end(out);
}

/* --- enums -------------------------------------------------------------------------------------
 */

void emit_create_enum(StrBuf *out, const Emitter *cx, const Step *step)
{
    const EnumType *type = step->after.enum_type; /* new: under no other name */
    strbuf_add(out, "CREATE TYPE ");
    sql_qualified(out, cx->plan->to, type->schema, name_after(step, type->name));
    strbuf_add(out, " AS ENUM (");
    for (size_t i = 0; i < type->values.count; i++) {
        strbuf_add(out, i > 0 ? ", " : "");
        sql_string(out, type->values.items[i]->text, type->values.items[i]->len);
    }
    strbuf_char(out, ')');
    end(out);
}

/* --- tables ------------------------------------------------------------------------------------
 */

void emit_drop_table(StrBuf *out, const Emitter *cx, const Step *step)
{
    strbuf_add(out, "DROP TABLE ");
    emit_table_name(out, cx, step->before.table);
    end(out);
}

static void emit_move(StrBuf *out, const Emitter *cx, Name from, Name name, Name to)
{
    if (from != to) {
        strbuf_add(out, "ALTER TABLE ");
        sql_qualified(out, cx->plan->to, from, name);
        strbuf_add(out, " SET SCHEMA ");
        sql_ident(out, to);
        end(out);
    }
}

static void emit_name(StrBuf *out, const Emitter *cx, Name schema, Name from, Name to)
{
    if (from != to) {
        strbuf_add(out, "ALTER TABLE ");
        sql_qualified(out, cx->plan->to, schema, from);
        strbuf_add(out, " RENAME TO ");
        sql_ident(out, to);
        end(out);
    }
}

/* A table keeps its name while it moves to another schema, then takes the new one; the other way
 * round where somebody there has its name. */
void emit_table_to(StrBuf *out, const Emitter *cx, const Table *before, Name schema, Name name)
{
    if (before->schema != schema && world_has_name(cx->world, schema, before->name)) {
        emit_name(out, cx, before->schema, before->name, name);
        emit_move(out, cx, before->schema, name, schema);
    } else {
        emit_move(out, cx, before->schema, before->name, schema);
        emit_name(out, cx, schema, before->name, name);
    }
}

void emit_rename_table(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Table *after = step->after.table;
    emit_table_to(out, cx, world_table_now(cx->world, step->before.table), after->schema,
                  name_after(step, after->name));
}

void emit_rename_column(StrBuf *out, const Emitter *cx, const Step *step)
{
    emit_alter_table_head(out, cx, step_table(step));
    strbuf_add(out, "RENAME COLUMN ");
    emit_column_name(out, cx, step->before.column);
    strbuf_add(out, " TO ");
    sql_ident(out, name_after(step, step->after.column->name));
    end(out);
}

/* --- indexes -----------------------------------------------------------------------------------
 */

static void index_part(StrBuf *out, const Emitter *cx, const Table *table, const IndexPart *part)
{
    if (part->column != NULL) {
        emit_column_name(out, cx, part->column);
    } else {
        const Name text = world_text_now(cx->world, table, NULL, part->expression);
        strbuf_char(out, '(');
        sql_fragment(out, text->text, text->len);
        strbuf_char(out, ')');
    }
    if (part->collation != NULL) {
        strbuf_add(out, " COLLATE ");
        sql_ident(out, part->collation);
    }
    if (part->operator_class != NULL && !part->operator_class_is_default) {
        strbuf_char(out, ' ');
        sql_fragment(out, part->operator_class->text, part->operator_class->len);
    }
    if (part->sort != SORT_DEFAULT) {
        strbuf_add(out, part->sort == SORT_DESC ? " DESC" : " ASC");
    }
    if (part->nulls != NULLS_DEFAULT) {
        strbuf_add(out, part->nulls == NULLS_FIRST ? " NULLS FIRST" : " NULLS LAST");
    }
}

/* Parentheses are added unless some stand at both ends already. */
static void index_predicate(StrBuf *out, Name predicate)
{
    const bool enclosed = predicate->len > 1 && predicate->text[0] == '(' &&
                          predicate->text[predicate->len - 1] == ')';
    strbuf_add(out, enclosed ? " WHERE " : " WHERE (");
    sql_fragment(out, predicate->text, predicate->len);
    strbuf_add(out, enclosed ? "" : ")");
}

static void new_index(StrBuf *out, const Emitter *cx, const Step *step, const char *how)
{
    const Index *index = step->after.index;
    strbuf_printf(out, "CREATE %sINDEX %s", index->kind == INDEX_UNIQUE ? "UNIQUE " : "", how);
    sql_ident(out, name_after(step, index->name));
    strbuf_add(out, " ON ");
    emit_table_name(out, cx, index->table);
    if (index->method != METHOD_BTREE) {
        strbuf_add(out, " USING ");
        sql_index_method(out, index);
        strbuf_char(out, ' ');
    }
    strbuf_char(out, '(');
    for (size_t i = 0; i < index->parts.count; i++) {
        strbuf_add(out, i > 0 ? ", " : "");
        index_part(out, cx, index->table, &index->parts.items[i]);
    }
    strbuf_char(out, ')');
    if (index->include.count > 0) {
        strbuf_add(out, " INCLUDE (");
        emit_column_names(out, cx, index->include.items, index->include.count, ", ");
        strbuf_char(out, ')');
    }
    strbuf_add(out, index->nulls_not_distinct ? " NULLS NOT DISTINCT" : "");
    if (index->predicate != NULL) {
        index_predicate(out, world_text_now(cx->world, index->table, NULL, index->predicate));
    }
    end(out);
}

void emit_create_index(StrBuf *out, const Emitter *cx, const Step *step)
{
    new_index(out, cx, step, "");
}

void emit_create_index_online(StrBuf *out, const Emitter *cx, const Step *step)
{
    new_index(out, cx, step, "CONCURRENTLY ");
}

/* A unique constraint's index goes with its constraint only. */
void emit_drop_index(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Index *index = world_index_now(cx->world, step->before.index);
    if (index->is_constraint) {
        emit_alter_table_head(out, cx, index->table);
        strbuf_add(out, "DROP CONSTRAINT ");
        sql_ident(out, index->name);
    } else {
        strbuf_add(out, "DROP INDEX ");
        sql_qualified(out, cx->plan->to, index->table->schema, index->name);
    }
    end(out);
}

void emit_rename_index(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Index *now = world_index_now(cx->world, step->before.index);
    strbuf_add(out, "ALTER INDEX ");
    sql_qualified(out, cx->plan->to, now->table->schema, now->name);
    strbuf_add(out, " RENAME TO ");
    sql_ident(out, name_after(step, step->after.index->name));
    end(out);
}

/* --- foreign keys ------------------------------------------------------------------------------
 */

static void new_foreign_key(StrBuf *out, const Emitter *cx, const Step *step, const char *finish)
{
    const ForeignKey *key = step->after.foreign_key;
    emit_alter_table_head(out, cx, key->table);
    strbuf_add(out, "ADD CONSTRAINT ");
    sql_ident(out, name_after(step, key->name));
    strbuf_add(out, " FOREIGN KEY (");
    emit_column_names(out, cx, key->columns.items, key->columns.count, ", ");
    strbuf_add(out, ") REFERENCES ");
    emit_table_name(out, cx, key->referenced);
    strbuf_char(out, '(');
    emit_column_names(out, cx, key->referenced_columns.items, key->referenced_columns.count, ", ");
    strbuf_printf(out, ") ON DELETE %s ON UPDATE %s", sql_action(key->on_delete),
                  sql_action(key->on_update));
    strbuf_add(out, key->deferrable ? " DEFERRABLE" : "");
    strbuf_add(out, key->initially_deferred ? " INITIALLY DEFERRED" : "");
    strbuf_add(out, finish);
    end(out);
}

void emit_add_foreign_key(StrBuf *out, const Emitter *cx, const Step *step)
{
    new_foreign_key(out, cx, step, step->after.foreign_key->valid ? "" : " NOT VALID");
}

void emit_add_foreign_key_online(StrBuf *out, const Emitter *cx, const Step *step)
{
    new_foreign_key(out, cx, step, " NOT VALID");
}

void emit_drop_foreign_key(StrBuf *out, const Emitter *cx, const Step *step)
{
    emit_alter_table_head(out, cx, step_table(step));
    strbuf_add(out, "DROP CONSTRAINT ");
    sql_ident(out, world_foreign_key_now(cx->world, step->before.foreign_key)->name);
    end(out);
}

void emit_rename_foreign_key(StrBuf *out, const Emitter *cx, const Step *step)
{
    emit_alter_table_head(out, cx, step_table(step));
    strbuf_add(out, "RENAME CONSTRAINT ");
    sql_ident(out, world_foreign_key_now(cx->world, step->before.foreign_key)->name);
    strbuf_add(out, " TO ");
    sql_ident(out, name_after(step, step->after.foreign_key->name));
    end(out);
}
