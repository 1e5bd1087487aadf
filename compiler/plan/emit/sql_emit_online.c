/*
 * sql_emit_online.c - the statements of the online strategy's own steps, one short function a kind.
 *
 * Reads only the step and the catalogs it points into. Each statement ends with ";\n".
 */
#include "base/common.h"

#include <string.h>

#include "compiler/canon/qualify.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/emit/sql_emit.h"
#include "compiler/plan/emit/view.inc"

static void table_name(StrBuf *out, const Plan *plan, const Table *table)
{
    sql_qualified(out, plan->to, table->schema, table->name);
}

static void alter_table(StrBuf *out, const Plan *plan, const Table *table, const char *action)
{
    strbuf_add(out, "ALTER TABLE ");
    table_name(out, plan, table);
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

static void emit_directive(StrBuf *out, const Plan *plan, const Step *step)
{
    const Table *table = step->after.table;
    sql_directive(out);
    strbuf_add(out, " backfill table=");
    sql_directive_qualified(out, plan->to, table->schema, table->name);
    const PrimaryKey *key = table->primary_key;
    for (size_t i = 0; key != NULL && walks_by_key(key) && i < key->columns.count; i++) {
        strbuf_add(out, i == 0 ? " key=" : ",");
        sql_directive_name(out, key->columns.items[i]->name);
    }
    strbuf_add(out, "\n");
}

/* The expression with its names as they are found under every path; what of that is in the default
 * schema `catalog` has written out or not. The plan holds none that cannot be written so. */
static void emit_fill_value(StrBuf *out, const Catalog *catalog, const Plan *plan, const Step *step)
{
    Arena *scratch = arena_new();
    const char *why = NULL;
    const QualifyWorld world = {
        .to = plan->to, .from = plan->from, .table = step->after.table, .written = catalog};
    const char *value = qualify_expression(scratch, &world, step->expression, &why);
    value = value != NULL ? value : step->expression;
    sql_fragment(out, value, strlen(value));
    arena_free(scratch);
}

static void emit_fill(StrBuf *out, const Plan *plan, const Step *step, bool by_hand)
{
    strbuf_add(out, "UPDATE ");
    table_name(out, plan, step->after.table);
    strbuf_add(out, " SET ");
    sql_ident(out, step->after.column->name);
    strbuf_add(out, " = ");
    if (by_hand) {
        strbuf_add(out, "...");
    } else {
        emit_fill_value(out, plan->to, plan, step);
    }
    strbuf_add(out, " WHERE ");
    sql_ident(out, step->after.column->name);
    strbuf_add(out, " IS NULL;\n");
}

void emit_backfill(StrBuf *out, const Plan *plan, const Step *step)
{
    emit_directive(out, plan, step);
    emit_fill(out, plan, step, false);
}

/* The check that follows is enforced on every update of an old row, so no null may be left when it
 * comes: the script itself refuses, before anything is changed. */
void emit_fill_by_hand(StrBuf *out, const Plan *plan, const Step *step)
{
    StrBuf fill = strbuf_new(STRBUF_MAX), body = strbuf_new(STRBUF_MAX);
    emit_fill(&fill, plan, step, true);
    sql_line_comment(
        out, "TODO: nothing says what nulls become. Write the value and take the dashes away:");
    sql_commented(out, strbuf_text(&fill));
    strbuf_dispose(&fill);
    strbuf_add(&body, "\nBEGIN\n    IF EXISTS (SELECT FROM ");
    table_name(&body, plan, step->after.table);
    strbuf_add(&body, " WHERE ");
    sql_ident(&body, step->after.column->name);
    strbuf_add(&body, " IS NULL) THEN\n"
                      "        RAISE EXCEPTION 'a column that becomes required still holds nulls'\n"
                      "            USING HINT = 'Fill them, in the marked place of this script or "
                      "before.';\n"
                      "    END IF;\nEND\n");
    emit_dollar_block(out, "DO ", &body);
}

/* What both triggers do, and when: always, or `empty_only`. */
static void emit_trigger(StrBuf *out, const Plan *plan, const Step *step, bool empty_only)
{
    const Table *table = step->after.table;
    strbuf_add(out, "CREATE TRIGGER ");
    sql_ident(out, step->name);
    strbuf_add(out, " BEFORE INSERT OR UPDATE ON ");
    table_name(out, plan, table);
    strbuf_add(out, "\n    FOR EACH ROW ");
    if (empty_only) {
        strbuf_add(out, "WHEN (NEW.");
        sql_ident(out, step->after.column->name);
        strbuf_add(out, " IS NULL) ");
    }
    strbuf_add(out, "EXECUTE FUNCTION ");
    sql_qualified(out, plan->to, table->schema, step->name);
    strbuf_add(out, "();\n");
}

/* The expression may read the row's columns: it is computed over a one-row table of that name. The
 * function runs for every program, whatever its path: it brings its own. */
static void emit_trigger_function(StrBuf *out, const Plan *plan, const Step *step)
{
    const Table *table = step->after.table;
    const Catalog everywhere = sql_everywhere(plan->to);
    strbuf_add(out, "CREATE FUNCTION ");
    sql_qualified(out, plan->to, table->schema, step->name);
    StrBuf body = strbuf_new(STRBUF_MAX);
    strbuf_add(&body, "\nBEGIN\n    SELECT ");
    emit_fill_value(&body, &everywhere, plan, step);
    strbuf_add(&body, " INTO NEW.");
    sql_ident(&body, step->after.column->name);
    strbuf_add(&body, " FROM (SELECT NEW.*) AS ");
    sql_ident(&body, table->name);
    strbuf_add(&body, ";\n    RETURN NEW;\nEND\n");
    emit_dollar_block(out,
                      "() RETURNS trigger LANGUAGE plpgsql\n"
                      "    SET search_path = pg_catalog, pg_temp AS ",
                      &body);
}

void emit_fill_trigger(StrBuf *out, const Plan *plan, const Step *step)
{
    emit_trigger_function(out, plan, step);
    emit_trigger(out, plan, step, true);
}

void emit_sync_trigger(StrBuf *out, const Plan *plan, const Step *step)
{
    emit_trigger_function(out, plan, step);
    emit_trigger(out, plan, step, false);
}

void emit_drop_fill_trigger(StrBuf *out, const Plan *plan, const Step *step)
{
    strbuf_add(out, "DROP TRIGGER ");
    sql_ident(out, step->name);
    strbuf_add(out, " ON ");
    table_name(out, plan, step->after.table);
    strbuf_add(out, ";\nDROP FUNCTION ");
    sql_qualified(out, plan->to, step->after.table->schema, step->name);
    strbuf_add(out, "();\n");
}

/* --- the switch --------------------------------------------------------------------------------
 */

/* A function that has run in a session keeps the type the column had: written anew it looks again.
 */
static void emit_functions_anew(StrBuf *out, const Plan *plan, const Step *step)
{
    const Table *table = step->after.table;
    StrBuf body = strbuf_new(STRBUF_MAX), name = strbuf_new(STRBUF_MAX);
    table_name(&name, plan, table);
    strbuf_add(&body, "\nDECLARE\n    base CONSTANT pg_catalog.regclass := ");
    sql_string(&body, strbuf_text(&name), name.len);
    strbuf_add(&body, ";");
    strbuf_add(&body, view_functions_sql);
    emit_dollar_block(out, "DO ", &body);
    strbuf_dispose(&name);
}

/* All at once, and short: what the second column needs, it has. */
void emit_switch_column(StrBuf *out, const Plan *plan, const Step *step)
{
    const Table *table = step->after.table;
    const Clause *clause = &step->clauses.items[0];
    emit_drop_fill_trigger(out, plan, step);
    alter_table(out, plan, table, " DROP COLUMN ");
    sql_ident(out, clause->after->name);
    strbuf_add(out, ";\n");
    alter_table(out, plan, table, " RENAME COLUMN ");
    sql_ident(out, clause->before->name);
    strbuf_add(out, " TO ");
    sql_ident(out, clause->after->name);
    strbuf_add(out, ";\n");
    if (clause->after->dflt.kind != DEFAULT_NONE) {
        alter_table(out, plan, table, " ALTER COLUMN ");
        sql_ident(out, clause->after->name);
        strbuf_add(out, " SET DEFAULT ");
        sql_default(out, plan->to, clause->after);
        strbuf_add(out, ";\n");
    }
    emit_functions_anew(out, plan, step);
}

/* --- constraints -------------------------------------------------------------------------------
 */

void emit_add_check(StrBuf *out, const Plan *plan, const Step *step)
{
    alter_table(out, plan, step->after.table, " ADD CONSTRAINT ");
    sql_ident(out, step->name);
    vec_each(const Clause, clause, &step->clauses) {
        strbuf_add(out, clause == step->clauses.items ? " CHECK (" : " AND ");
        sql_ident(out, clause->after->name);
        strbuf_add(out, " IS NOT NULL");
    }
    strbuf_add(out, ") NOT VALID;\n");
}

static void about_constraint(StrBuf *out, const Plan *plan, const Step *step, const char *action)
{
    alter_table(out, plan, step->after.table, action);
    sql_ident(out, step->name);
    strbuf_add(out, ";\n");
}

void emit_validate_constraint(StrBuf *out, const Plan *plan, const Step *step)
{
    about_constraint(out, plan, step, " VALIDATE CONSTRAINT ");
}

void emit_drop_check(StrBuf *out, const Plan *plan, const Step *step)
{
    about_constraint(out, plan, step, " DROP CONSTRAINT ");
}

void emit_set_not_null(StrBuf *out, const Plan *plan, const Step *step)
{
    alter_table(out, plan, step->after.table, " ALTER COLUMN ");
    sql_ident(out, step->after.column->name);
    strbuf_add(out, " SET NOT NULL;\n");
}

void emit_add_primary_key_online(StrBuf *out, const Plan *plan, const Step *step)
{
    alter_table(out, plan, step->after.table, " ADD CONSTRAINT ");
    sql_ident(out, step->after.primary_key->name);
    strbuf_add(out, " PRIMARY KEY USING INDEX ");
    sql_ident(out, step->name);
    strbuf_add(out, ";\n");
}

void emit_drop_index_online(StrBuf *out, const Plan *plan, const Step *step)
{
    strbuf_add(out, "DROP INDEX CONCURRENTLY ");
    sql_qualified(out, plan->to, step->before.table->schema, step->before.index->name);
    strbuf_add(out, ";\n");
}
