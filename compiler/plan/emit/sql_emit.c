/*
 * sql_emit.c - the statements of every step that is not a table's or an enum's making.
 */
#include "base/common.h"

#include "compiler/plan/emit/sql_emit.h"

#include "compiler/catalog/sql_write.h"
#include "compiler/plan/emit/emit.h"

const Table *step_table(const Step *step)
{
    return step->after.table != NULL ? step->after.table : step->before.table;
}

void emit_table_name(StrBuf *out, const Plan *plan, const Table *table)
{
    sql_qualified(out, plan->to, table->schema, table->name);
}

void emit_alter_table_head(StrBuf *out, const Plan *plan, const Table *table)
{
    strbuf_add(out, "ALTER TABLE ");
    emit_table_name(out, plan, table);
    strbuf_char(out, ' ');
}

static void end(StrBuf *out)
{
    strbuf_add(out, ";\n");
}

/* --- schemas and extensions --------------------------------------------------------------------
 */

void emit_create_schema(StrBuf *out, UNUSED const Plan *plan, const Step *step)
{
    strbuf_add(out, "CREATE SCHEMA IF NOT EXISTS ");
    sql_ident(out, step->after.schema->name);
    end(out);
}

void emit_create_extension(StrBuf *out, UNUSED const Plan *plan, const Step *step)
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

void emit_alter_extension(StrBuf *out, UNUSED const Plan *plan, const Step *step)
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

void emit_drop_extension(StrBuf *out, UNUSED const Plan *plan, const Step *step)
{
    strbuf_add(out, "DROP EXTENSION ");
    sql_ident(out, step->before.extension->name);
    end(out);
}

/* --- enums -------------------------------------------------------------------------------------
 */

void emit_create_enum(StrBuf *out, const Plan *plan, const Step *step)
{
    const EnumType *type = step->after.enum_type;
    strbuf_add(out, "CREATE TYPE ");
    sql_qualified(out, plan->to, type->schema, type->name);
    strbuf_add(out, " AS ENUM (");
    for (size_t i = 0; i < type->values.count; i++) {
        strbuf_add(out, i > 0 ? ", " : "");
        sql_string(out, type->values.items[i]->text, type->values.items[i]->len);
    }
    strbuf_char(out, ')');
    end(out);
}

void emit_drop_enum(StrBuf *out, const Plan *plan, const Step *step)
{
    strbuf_add(out, "DROP TYPE ");
    sql_qualified(out, plan->to, step->before.enum_type->schema, step->before.enum_type->name);
    end(out);
}

/* --- tables ------------------------------------------------------------------------------------
 */

void emit_drop_table(StrBuf *out, const Plan *plan, const Step *step)
{
    strbuf_add(out, "DROP TABLE ");
    emit_table_name(out, plan, step->before.table);
    end(out);
}

/* A table keeps its name while it moves to another schema, then takes the new one. */
void emit_rename_table(StrBuf *out, const Plan *plan, const Step *step)
{
    const Table *before = step->before.table, *after = step->after.table;
    if (before->schema != after->schema) {
        emit_alter_table_head(out, plan, before);
        strbuf_add(out, "SET SCHEMA ");
        sql_ident(out, after->schema);
        end(out);
    }
    if (before->name != after->name) {
        strbuf_add(out, "ALTER TABLE ");
        sql_qualified(out, plan->to, after->schema, before->name);
        strbuf_add(out, " RENAME TO ");
        sql_ident(out, after->name);
        end(out);
    }
}

void emit_rename_column(StrBuf *out, const Plan *plan, const Step *step)
{
    emit_alter_table_head(out, plan, step_table(step));
    strbuf_add(out, "RENAME COLUMN ");
    sql_ident(out, step->before.column->name);
    strbuf_add(out, " TO ");
    sql_ident(out, step->after.column->name);
    end(out);
}

/* --- indexes -----------------------------------------------------------------------------------
 */

static void index_part(StrBuf *out, const IndexPart *part)
{
    if (part->column != NULL) {
        sql_ident(out, part->column->name);
    } else {
        strbuf_char(out, '(');
        sql_fragment(out, part->expression->text, part->expression->len);
        strbuf_char(out, ')');
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

static void new_index(StrBuf *out, const Plan *plan, const Index *index, const char *how)
{
    strbuf_printf(out, "CREATE %sINDEX %s", index->kind == INDEX_UNIQUE ? "UNIQUE " : "", how);
    sql_ident(out, index->name);
    strbuf_add(out, " ON ");
    emit_table_name(out, plan, index->table);
    if (index->method != METHOD_BTREE) {
        strbuf_add(out, " USING ");
        sql_index_method(out, index);
        strbuf_char(out, ' ');
    }
    strbuf_char(out, '(');
    for (size_t i = 0; i < index->parts.count; i++) {
        strbuf_add(out, i > 0 ? ", " : "");
        index_part(out, &index->parts.items[i]);
    }
    strbuf_char(out, ')');
    if (index->include.count > 0) {
        strbuf_add(out, " INCLUDE (");
        sql_columns(out, index->include.items, index->include.count, ", ");
        strbuf_char(out, ')');
    }
    strbuf_add(out, index->nulls_not_distinct ? " NULLS NOT DISTINCT" : "");
    if (index->predicate != NULL) {
        index_predicate(out, index->predicate);
    }
    end(out);
}

void emit_create_index(StrBuf *out, const Plan *plan, const Step *step)
{
    new_index(out, plan, step->after.index, "");
}

void emit_create_index_online(StrBuf *out, const Plan *plan, const Step *step)
{
    new_index(out, plan, step->after.index, "CONCURRENTLY ");
}

/* A unique constraint's index goes with its constraint only. */
void emit_drop_index(StrBuf *out, const Plan *plan, const Step *step)
{
    const Index *index = step->before.index;
    const Table *table = step_table(step);
    if (index->is_constraint) {
        emit_alter_table_head(out, plan, table);
        strbuf_add(out, "DROP CONSTRAINT ");
        sql_ident(out, index->name);
    } else {
        strbuf_add(out, "DROP INDEX ");
        sql_qualified(out, plan->to, table->schema, index->name);
    }
    end(out);
}

void emit_rename_index(StrBuf *out, const Plan *plan, const Step *step)
{
    strbuf_add(out, "ALTER INDEX ");
    sql_qualified(out, plan->to, step_table(step)->schema, step->before.index->name);
    strbuf_add(out, " RENAME TO ");
    sql_ident(out, step->after.index->name);
    end(out);
}

/* --- foreign keys ------------------------------------------------------------------------------
 */

static void new_foreign_key(StrBuf *out, const Plan *plan, const ForeignKey *key,
                            const char *finish)
{
    emit_alter_table_head(out, plan, key->table);
    strbuf_add(out, "ADD CONSTRAINT ");
    sql_ident(out, key->name);
    strbuf_add(out, " FOREIGN KEY (");
    sql_columns(out, key->columns.items, key->columns.count, ", ");
    strbuf_add(out, ") REFERENCES ");
    emit_table_name(out, plan, key->referenced);
    strbuf_char(out, '(');
    sql_columns(out, key->referenced_columns.items, key->referenced_columns.count, ", ");
    strbuf_printf(out, ") ON DELETE %s ON UPDATE %s", sql_action(key->on_delete),
                  sql_action(key->on_update));
    strbuf_add(out, key->deferrable ? " DEFERRABLE" : "");
    strbuf_add(out, key->initially_deferred ? " INITIALLY DEFERRED" : "");
    strbuf_add(out, finish);
    end(out);
}

void emit_add_foreign_key(StrBuf *out, const Plan *plan, const Step *step)
{
    new_foreign_key(out, plan, step->after.foreign_key, "");
}

void emit_add_foreign_key_online(StrBuf *out, const Plan *plan, const Step *step)
{
    new_foreign_key(out, plan, step->after.foreign_key, " NOT VALID");
}

void emit_drop_foreign_key(StrBuf *out, const Plan *plan, const Step *step)
{
    emit_alter_table_head(out, plan, step_table(step));
    strbuf_add(out, "DROP CONSTRAINT ");
    sql_ident(out, step->before.foreign_key->name);
    end(out);
}

void emit_rename_foreign_key(StrBuf *out, const Plan *plan, const Step *step)
{
    emit_alter_table_head(out, plan, step_table(step));
    strbuf_add(out, "RENAME CONSTRAINT ");
    sql_ident(out, step->before.foreign_key->name);
    strbuf_add(out, " TO ");
    sql_ident(out, step->after.foreign_key->name);
    end(out);
}
