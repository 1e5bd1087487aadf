/*
 * sql_emit_online.c - the statements of the online strategy's own steps, one short function a kind.
 *
 * Reads only the step and the catalogs it points into. Each statement ends with ";\n".
 */
#include "base/common.h"

#include <string.h>

#include "compiler/qualify/qualify.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/emit/sql_emit.h"

static void alter_table(StrBuf *out, const Emitter *cx, const Table *table, const char *action)
{
    strbuf_add(out, "ALTER TABLE ");
    emit_table_name(out, cx, table);
    strbuf_add(out, action);
}

void emit_dollar_block(StrBuf *out, const char *head, StrBuf *body)
{
    strbuf_add(out, head);
    sql_dollar(out, strbuf_text(body), body->len);
    strbuf_add(out, ";\n");
    strbuf_dispose(body);
}

/* --- filling -----------------------------------------------------------------------------------
 */

/* A walk along random keys reads the table in random order: without a key it goes page by page. */
static bool walks_by_key(const PrimaryKey *key)
{
    vec_each(Column *, column, &key->columns) {
        if ((*column)->type.id == TYPE_UUID) {
            return false;
        }
    }
    return true;
}

static void emit_directive(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Table *table = step->after.table, *now = world_table_now(cx->world, table);
    sql_directive(out);
    strbuf_add(out, " backfill table=");
    sql_directive_qualified(out, cx->plan->to, now->schema, now->name);
    const PrimaryKey *key = table->primary_key;
    for (size_t i = 0; key != NULL && walks_by_key(key) && i < key->columns.count; i++) {
        strbuf_add(out, i == 0 ? " key=" : ",");
        sql_directive_name(out, world_column_now(cx->world, key->columns.items[i])->name);
    }
    strbuf_add(out, "\n");
}

void emit_row_text(StrBuf *out, const Catalog *catalog, const Emitter *cx, const Step *step,
                   const char *text)
{
    Arena *scratch = arena_new();
    const char *why = NULL;
    const QualifyWorld world = {
        .to = cx->plan->to, .from = cx->plan->from, .table = step->after.table, .written = catalog};
    const char *value = qualify_expression(scratch, &world, text, &why);
    value = value != NULL ? value : text;
    sql_fragment(out, value, strlen(value));
    arena_free(scratch);
}

void emit_row_value(StrBuf *out, const Catalog *catalog, const Emitter *cx, const Step *step,
                    const char *expression)
{
    const Name said = intern_cstr(cx->plan->to->names, expression);
    emit_row_text(
        out, catalog, cx, step,
        world_text_now(cx->world, step->after.table, &step->after.column->type, said)->text);
}

void emit_fill_value(StrBuf *out, const Catalog *catalog, const Emitter *cx, const Step *step)
{
    emit_row_value(out, catalog, cx, step, step->expression);
}

static void emit_fill(StrBuf *out, const Emitter *cx, const Step *step, bool by_hand)
{
    strbuf_add(out, "UPDATE ");
    emit_table_name(out, cx, step->after.table);
    strbuf_add(out, " SET ");
    emit_column_name(out, cx, step->after.column);
    strbuf_add(out, " = ");
    if (by_hand) {
        strbuf_add(out, "...");
    } else if (step->clauses.count > 0) { /* the trigger fills it, or leaves it empty */
        strbuf_add(out, "NULL");
    } else {
        emit_fill_value(out, cx->plan->to, cx, step);
    }
    strbuf_add(out, " WHERE ");
    emit_column_name(out, cx, step->after.column);
    strbuf_add(out, " IS NULL;\n");
}

void emit_backfill(StrBuf *out, const Emitter *cx, const Step *step)
{
    emit_directive(out, cx, step);
    emit_fill(out, cx, step, false);
}

/* The check that follows is enforced on every update of an old row, so no null may be left when it
 * comes: the script itself refuses, before anything is changed. */
void emit_fill_by_hand(StrBuf *out, const Emitter *cx, const Step *step)
{
    StrBuf fill = strbuf_new(STRBUF_MAX), body = strbuf_new(STRBUF_MAX);
    emit_fill(&fill, cx, step, true);
    sql_line_comment(
        out, "TODO: nothing says what nulls become. Write the value and take the dashes away:");
    sql_commented(out, strbuf_text(&fill));
    strbuf_dispose(&fill);
    strbuf_add(&body, "\nBEGIN\n    IF EXISTS (SELECT FROM ");
    emit_table_name(&body, cx, step->after.table);
    strbuf_add(&body, " WHERE ");
    emit_column_name(&body, cx, step->after.column);
    strbuf_add(&body, " IS NULL) THEN\n"
                      "        RAISE EXCEPTION 'a column that becomes required still holds nulls'\n"
                      "            USING HINT = 'Fill them, in the marked place of this script or "
                      "before.';\n"
                      "    END IF;\nEND\n");
    emit_dollar_block(out, "DO ", &body);
}

void emit_create_trigger(StrBuf *out, const Emitter *cx, const Step *step, bool empty_only)
{
    const Table *table = world_table_now(cx->world, step->after.table);
    strbuf_add(out, "CREATE TRIGGER ");
    sql_ident(out, step->name);
    strbuf_add(out, " BEFORE INSERT OR UPDATE ON ");
    emit_table_name(out, cx, step->after.table);
    strbuf_add(out, "\n    FOR EACH ROW ");
    if (empty_only) {
        strbuf_add(out, "WHEN (NEW.");
        emit_column_name(out, cx, step->after.column);
        strbuf_add(out, " IS NULL) ");
    }
    strbuf_add(out, "EXECUTE FUNCTION ");
    sql_qualified(out, cx->plan->to, table->schema, step->name);
    strbuf_add(out, "();\n");
}

/* The expression may read the row's columns: it is computed over a one-row table of that name. The
 * function runs for every program, whatever its path: it brings its own. */
static void emit_trigger_function(StrBuf *out, const Emitter *cx, const Step *step,
                                  const char *create)
{
    const Table *table = world_table_now(cx->world, step->after.table);
    const Catalog everywhere = sql_everywhere(cx->plan->to);
    strbuf_add(out, create);
    sql_qualified(out, cx->plan->to, table->schema, step->name);
    StrBuf body = strbuf_new(STRBUF_MAX);
    strbuf_add(&body, "\nBEGIN\n    SELECT ");
    emit_fill_value(&body, &everywhere, cx, step);
    strbuf_add(&body, " INTO NEW.");
    emit_column_name(&body, cx, step->after.column);
    strbuf_add(&body, " FROM (SELECT NEW.*) AS ");
    sql_ident(&body, step->after.table->name);
    strbuf_add(&body, ";\n    RETURN NEW;\nEND\n");
    emit_dollar_block(out,
                      "() RETURNS pg_catalog.trigger LANGUAGE plpgsql\n"
                      "    SET search_path = pg_catalog, pg_temp AS ",
                      &body);
}

void emit_fill_trigger(StrBuf *out, const Emitter *cx, const Step *step)
{
    emit_trigger_function(out, cx, step, "CREATE FUNCTION ");
    emit_create_trigger(out, cx, step, true);
}

/* A function's body is text, which the renaming of a column does not follow. */
void emit_renew_fill_trigger(StrBuf *out, const Emitter *cx, const Step *step)
{
    emit_trigger_function(out, cx, step, "CREATE OR REPLACE FUNCTION ");
}

void emit_drop_trigger(StrBuf *out, const Emitter *cx, const Table *table, Name name)
{
    strbuf_add(out, "DROP TRIGGER ");
    sql_ident(out, name);
    strbuf_add(out, " ON ");
    emit_table_name(out, cx, table);
    strbuf_add(out, ";\nDROP FUNCTION ");
    sql_qualified(out, cx->plan->to, world_table_now(cx->world, table)->schema, name);
    strbuf_add(out, "();\n");
}

void emit_drop_fill_trigger(StrBuf *out, const Emitter *cx, const Step *step)
{
    emit_drop_trigger(out, cx, step->after.table, step->name);
}

/* --- constraints -------------------------------------------------------------------------------
 */

/* Where the first column has a value, or its list a first one, the second has one. */
static void carried(StrBuf *out, const Emitter *cx, const Clause *clause)
{
    strbuf_char(out, '(');
    emit_column_name(out, cx, clause->before);
    strbuf_add(out, clause->before->type.list && !clause->after->type.list ? "[1]" : "");
    strbuf_add(out, " IS NULL OR ");
    emit_column_name(out, cx, clause->after);
    strbuf_add(out, " IS NOT NULL)");
}

/* One that the schema cannot say, in its own words but for the columns. */
static void kept_check(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Name said = intern_cstr(cx->plan->to->names, step->expression);
    const Name now = world_text_now(cx->world, step->before.table, NULL, said);
    strbuf_add(out, " CHECK (");
    sql_fragment(out, now->text, now->len);
    strbuf_add(out, step->clauses.items[0].kind == CLAUSE_CHECK_HERE ? ") NO INHERIT" : ")");
    strbuf_add(out, " NOT VALID;\n");
}

void emit_add_check(StrBuf *out, const Emitter *cx, const Step *step)
{
    alter_table(out, cx, step->after.table, " ADD CONSTRAINT ");
    sql_ident(out, step->name);
    if (step_keeps_check(step)) {
        kept_check(out, cx, step);
        return;
    }
    vec_each(const Clause, clause, &step->clauses) {
        strbuf_add(out, clause == step->clauses.items ? " CHECK (" : " AND ");
        if (clause->kind == CLAUSE_CHECK_CARRIED) {
            carried(out, cx, clause);
        } else {
            emit_column_name(out, cx, clause->after);
            strbuf_add(out, " IS NOT NULL");
        }
    }
    strbuf_add(out, ") NOT VALID;\n");
}

static void about_constraint(StrBuf *out, const Emitter *cx, const Step *step, const char *action)
{
    const ForeignKey *key = step->after.foreign_key;
    alter_table(out, cx, step->after.table, action);
    sql_ident(out, key != NULL ? world_foreign_key_now(cx->world, key)->name : step->name);
    strbuf_add(out, ";\n");
}

void emit_validate_constraint(StrBuf *out, const Emitter *cx, const Step *step)
{
    about_constraint(out, cx, step, " VALIDATE CONSTRAINT ");
}

void emit_drop_check(StrBuf *out, const Emitter *cx, const Step *step)
{
    about_constraint(out, cx, step, " DROP CONSTRAINT ");
}

void emit_switch_check(StrBuf *out, const Emitter *cx, const Step *step)
{
    alter_table(out, cx, step->after.table, " DROP CONSTRAINT ");
    sql_ident(out, step->new_name);
    strbuf_add(out, ";\n");
    alter_table(out, cx, step->after.table, " RENAME CONSTRAINT ");
    sql_ident(out, step->name);
    strbuf_add(out, " TO ");
    sql_ident(out, step->new_name);
    strbuf_add(out, ";\n");
}

void emit_set_not_null(StrBuf *out, const Emitter *cx, const Step *step)
{
    alter_table(out, cx, step->after.table, " ALTER COLUMN ");
    emit_column_name(out, cx, step->after.column);
    strbuf_add(out, " SET NOT NULL;\n");
}

void emit_add_primary_key_online(StrBuf *out, const Emitter *cx, const Step *step)
{
    alter_table(out, cx, step->after.table, " ADD CONSTRAINT ");
    sql_ident(out, step->after.primary_key->name);
    strbuf_add(out, " PRIMARY KEY USING INDEX ");
    sql_ident(out, step->name);
    strbuf_add(out, ";\n");
}

/* The index gets the constraint's name (manual, "ALTER TABLE"). */
void emit_add_unique_online(StrBuf *out, const Emitter *cx, const Step *step)
{
    alter_table(out, cx, step->after.table, " ADD CONSTRAINT ");
    sql_ident(out, step->after.index->name);
    strbuf_add(out, " UNIQUE USING INDEX ");
    sql_ident(out, world_index_now(cx->world, step->before.index)->name);
    strbuf_add(out, ";\n");
}

void emit_drop_index_online(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Index *now = world_index_now(cx->world, step->before.index);
    strbuf_add(out, "DROP INDEX CONCURRENTLY ");
    sql_qualified(out, cx->plan->to, now->table->schema, now->name);
    strbuf_add(out, ";\n");
}
