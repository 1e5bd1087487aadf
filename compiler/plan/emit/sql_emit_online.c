/*
 * sql_emit_online.c - the statements of the online strategy's own steps, one short function a kind.
 *
 * Reads only the step and the catalogs it points into. Each statement ends with ";\n".
 */
#include "base/common.h"

#include <string.h>

#include "compiler/catalog/sql_write.h"
#include "compiler/plan/emit/emit.h"

static void table_name(StrBuf *out, const Plan *plan, const Table *table)
{
    sql_qualified(out, plan->to, table->schema, table->name);
}

static void text(StrBuf *out, const char *value)
{
    sql_string(out, value, strlen(value));
}

/* 'the name as SQL' as a string literal, for a cast to regclass */
static void name_literal(StrBuf *out, const Plan *plan, Name schema, Name name)
{
    StrBuf quoted = strbuf_new(STRBUF_MAX);
    sql_qualified(&quoted, plan->to, schema, name);
    text(out, strbuf_text(&quoted));
    strbuf_dispose(&quoted);
}

static void alter_table(StrBuf *out, const Plan *plan, const Table *table, const char *action)
{
    strbuf_add(out, "ALTER TABLE ");
    table_name(out, plan, table);
    strbuf_add(out, action);
}

/* `head`, the block in dollar quotes, and the statement's end. Disposes of the body. */
static void dollar_block(StrBuf *out, const char *head, StrBuf *body)
{
    strbuf_add(out, head);
    sql_dollar(out, strbuf_text(body), body->len);
    strbuf_add(out, ";\n");
    strbuf_dispose(body);
}

/* --- compatibility views -----------------------------------------------------------------------
 */

static Name base_schema(const Step *step)
{
    return step->name != NULL ? step->before.table->schema : step->after.table->schema;
}

static Name base_name(const Step *step)
{
    return step->name != NULL ? step->name : step->after.table->name;
}

/* Subscribers of a publication find tables by name; a view of a server before 15 does not apply the
 * row security of its table. Both are known to the server only, so the script asks it first. */
static void emit_view_guard(StrBuf *out, const Plan *plan, const Step *step)
{
    const Table *before = step->before.table;
    StrBuf body = strbuf_new(STRBUF_MAX);
    strbuf_add(&body, "\nBEGIN\n"
                      "    IF EXISTS (SELECT FROM pg_publication_tables\n"
                      "               WHERE format('%I.%I', schemaname, tablename)::regclass = ");
    name_literal(&body, plan, before->schema, before->name);
    strbuf_add(&body,
               "::regclass) THEN\n"
               "        RAISE EXCEPTION 'a published table cannot be renamed behind a view'\n"
               "            USING HINT = 'Subscribers find tables by name: take it out of its "
               "publication first.';\n"
               "    END IF;\n"
               "    IF current_setting('server_version_num')::int < 150000\n"
               "       AND (SELECT relrowsecurity FROM pg_class WHERE oid = ");
    name_literal(&body, plan, before->schema, before->name);
    strbuf_add(&body, "::regclass) THEN\n"
                      "        RAISE EXCEPTION 'a table with row security cannot be renamed behind "
                      "a view before PostgreSQL 15';\n"
                      "    END IF;\nEND\n");
    dollar_block(out, "DO ", &body);
}

static void emit_base_renames(StrBuf *out, const Plan *plan, const Step *step)
{
    const Table *before = step->before.table;
    Name schema = base_schema(step);
    if (schema != before->schema) {
        alter_table(out, plan, before, " SET SCHEMA ");
        sql_ident(out, schema);
        strbuf_add(out, ";\n");
    }
    if (base_name(step) != before->name) {
        strbuf_add(out, "ALTER TABLE ");
        sql_qualified(out, plan->to, schema, before->name);
        strbuf_add(out, " RENAME TO ");
        sql_ident(out, base_name(step));
        strbuf_add(out, ";\n");
    }
    vec_each(const Clause, clause, &step->clauses) {
        strbuf_add(out, "ALTER TABLE ");
        sql_qualified(out, plan->to, schema, base_name(step));
        strbuf_add(out, " RENAME COLUMN ");
        sql_ident(out, clause->before->name);
        strbuf_add(out, " TO ");
        sql_ident(out, clause->after->name);
        strbuf_add(out, ";\n");
    }
}

static const Column *renamed_to(const Step *step, const Column *before)
{
    vec_each(const Clause, clause, &step->clauses) {
        if (clause->before == before) {
            return clause->after;
        }
    }
    return NULL;
}

static bool is_new_column(const Step *step, const Column *after)
{
    vec_each(const Clause, clause, &step->clauses) {
        if (clause->after == after) {
            return false;
        }
    }
    return table_find_column(step->before.table, after->name) == NULL;
}

static void view_item(StrBuf *out, Name column, Name alias)
{
    strbuf_add(out, out->text[out->len - 1] == 'T' ? "\n    " : ",\n    ");
    sql_ident(out, column);
    if (alias != NULL) {
        strbuf_add(out, " AS ");
        sql_ident(out, alias);
    }
}

/* All that the old program knows; where the view keeps the table's name, also what the new one
 * does. */
static void emit_view_columns(StrBuf *out, const Step *step)
{
    bool both = step->name != NULL;
    vec_each(Column *, column, &step->before.table->columns) {
        const Column *renamed = renamed_to(step, *column);
        view_item(out, renamed != NULL ? renamed->name : (*column)->name,
                  renamed != NULL ? (*column)->name : NULL);
        if (renamed != NULL && both) {
            view_item(out, renamed->name, NULL);
        }
    }
    vec_each(Column *, column, &step->after.table->columns) {
        if (both && is_new_column(step, *column)) {
            view_item(out, (*column)->name, NULL);
        }
    }
}

/* A view has an owner, privileges and row security of its own: it gets those of its table. */
static void emit_view_privileges(StrBuf *out, const Plan *plan, const Step *step)
{
    const Table *before = step->before.table;
    StrBuf body = strbuf_new(STRBUF_MAX);
    strbuf_add(&body, "\nDECLARE\n    base CONSTANT regclass := ");
    name_literal(&body, plan, base_schema(step), base_name(step));
    strbuf_add(&body, ";\n    face CONSTANT regclass := ");
    name_literal(&body, plan, before->schema, before->name);
    strbuf_add(
        &body,
        ";\n    command text;\nBEGIN\n    FOR command IN\n"
        "        SELECT format('GRANT %s ON %s TO %s', privilege_type, face,\n"
        "                      CASE grantee WHEN 0 THEN 'PUBLIC' ELSE "
        "quote_ident(pg_get_userbyid(grantee)) END)\n"
        "        FROM pg_class, aclexplode(relacl) WHERE oid = base AND grantee <> relowner\n"
        "        UNION ALL\n"
        "        SELECT format('ALTER VIEW %s SET (security_invoker = true)', face)\n"
        "        FROM pg_class WHERE oid = base AND relrowsecurity\n"
        "        UNION ALL\n"
        "        SELECT format('ALTER TABLE %s OWNER TO %I', face, "
        "pg_get_userbyid(relowner))\n"
        "        FROM pg_class WHERE oid = base AND relowner <> (SELECT relowner FROM "
        "pg_class WHERE oid = face)\n"
        "    LOOP\n        EXECUTE command;\n    END LOOP;\nEND\n");
    dollar_block(out, "DO ", &body);
}

static void emit_compatibility_view(StrBuf *out, const Plan *plan, const Step *step)
{
    const Table *before = step->before.table;
    emit_view_guard(out, plan, step);
    emit_base_renames(out, plan, step);
    strbuf_add(out, "CREATE VIEW ");
    table_name(out, plan, before);
    strbuf_add(out, " AS SELECT");
    emit_view_columns(out, step);
    strbuf_add(out, "\nFROM ");
    sql_qualified(out, plan->to, base_schema(step), base_name(step));
    strbuf_add(out, ";\n");
    emit_view_privileges(out, plan, step);
}

static void emit_drop_compatibility_view(StrBuf *out, const Plan *plan, const Step *step)
{
    strbuf_add(out, "DROP VIEW ");
    table_name(out, plan, step->before.table);
    strbuf_add(out, ";\n");
    if (step->name != NULL) {
        strbuf_add(out, "ALTER TABLE ");
        sql_qualified(out, plan->to, base_schema(step), step->name);
        strbuf_add(out, " RENAME TO ");
        sql_ident(out, step->after.table->name);
        strbuf_add(out, ";\n");
    }
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

static void emit_fill(StrBuf *out, const Plan *plan, const Step *step, const char *value)
{
    strbuf_add(out, "UPDATE ");
    table_name(out, plan, step->after.table);
    strbuf_add(out, " SET ");
    sql_ident(out, step->after.column->name);
    strbuf_add(out, " = ");
    sql_fragment(out, value, strlen(value));
    strbuf_add(out, " WHERE ");
    sql_ident(out, step->after.column->name);
    strbuf_add(out, " IS NULL;\n");
}

static void emit_backfill(StrBuf *out, const Plan *plan, const Step *step)
{
    emit_directive(out, plan, step);
    emit_fill(out, plan, step, step->expression);
}

/* The check that follows is enforced on every update of an old row, so no null may be left when it
 * comes: the script itself refuses, before anything is changed. */
static void emit_fill_by_hand(StrBuf *out, const Plan *plan, const Step *step)
{
    StrBuf fill = strbuf_new(STRBUF_MAX), body = strbuf_new(STRBUF_MAX);
    emit_fill(&fill, plan, step, "...");
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
    dollar_block(out, "DO ", &body);
}

/* The expression may read the row's columns: it is computed over a one-row table of that name. */
static void emit_fill_trigger(StrBuf *out, const Plan *plan, const Step *step)
{
    const Table *table = step->after.table;
    strbuf_add(out, "CREATE FUNCTION ");
    sql_qualified(out, plan->to, table->schema, step->name);
    StrBuf body = strbuf_new(STRBUF_MAX);
    strbuf_add(&body, "\nBEGIN\n    SELECT ");
    sql_fragment(&body, step->expression, strlen(step->expression));
    strbuf_add(&body, " INTO NEW.");
    sql_ident(&body, step->after.column->name);
    strbuf_add(&body, " FROM (SELECT NEW.*) AS ");
    sql_ident(&body, table->name);
    strbuf_add(&body, ";\n    RETURN NEW;\nEND\n");
    dollar_block(out, "() RETURNS trigger LANGUAGE plpgsql AS ", &body);
    strbuf_add(out, "CREATE TRIGGER ");
    sql_ident(out, step->name);
    strbuf_add(out, " BEFORE INSERT OR UPDATE ON ");
    table_name(out, plan, table);
    strbuf_add(out, "\n    FOR EACH ROW WHEN (NEW.");
    sql_ident(out, step->after.column->name);
    strbuf_add(out, " IS NULL) EXECUTE FUNCTION ");
    sql_qualified(out, plan->to, table->schema, step->name);
    strbuf_add(out, "();\n");
}

static void emit_drop_fill_trigger(StrBuf *out, const Plan *plan, const Step *step)
{
    strbuf_add(out, "DROP TRIGGER ");
    sql_ident(out, step->name);
    strbuf_add(out, " ON ");
    table_name(out, plan, step->after.table);
    strbuf_add(out, ";\nDROP FUNCTION ");
    sql_qualified(out, plan->to, step->after.table->schema, step->name);
    strbuf_add(out, "();\n");
}

/* --- constraints -------------------------------------------------------------------------------
 */

static void emit_add_check(StrBuf *out, const Plan *plan, const Step *step)
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

static void emit_named(StrBuf *out, const Plan *plan, const Step *step, const char *action)
{
    alter_table(out, plan, step->after.table, action);
    sql_ident(out, step->name);
    strbuf_add(out, ";\n");
}

static void emit_set_not_null(StrBuf *out, const Plan *plan, const Step *step)
{
    alter_table(out, plan, step->after.table, " ALTER COLUMN ");
    sql_ident(out, step->after.column->name);
    strbuf_add(out, " SET NOT NULL;\n");
}

static void emit_primary_key(StrBuf *out, const Plan *plan, const Step *step)
{
    alter_table(out, plan, step->after.table, " ADD CONSTRAINT ");
    sql_ident(out, step->after.primary_key->name);
    strbuf_add(out, " PRIMARY KEY USING INDEX ");
    sql_ident(out, step->name);
    strbuf_add(out, ";\n");
}

static void emit_drop_index(StrBuf *out, const Plan *plan, const Step *step)
{
    strbuf_add(out, "DROP INDEX CONCURRENTLY ");
    sql_qualified(out, plan->to, step->before.table->schema, step->before.index->name);
    strbuf_add(out, ";\n");
}

/* --- dispatch ----------------------------------------------------------------------------------
 */

static void emit_constraint(StrBuf *out, const Plan *plan, const Step *step)
{
    if (step->kind == STEP_ADD_CHECK) {
        emit_add_check(out, plan, step);
    } else if (step->kind == STEP_VALIDATE_CONSTRAINT) {
        emit_named(out, plan, step, " VALIDATE CONSTRAINT ");
    } else if (step->kind == STEP_DROP_CHECK) {
        emit_named(out, plan, step, " DROP CONSTRAINT ");
    } else if (step->kind == STEP_SET_NOT_NULL) {
        emit_set_not_null(out, plan, step);
    } else if (step->kind == STEP_ADD_PRIMARY_KEY_ONLINE) {
        emit_primary_key(out, plan, step);
    } else if (step->kind == STEP_ADD_FOREIGN_KEY_ONLINE) {
        emit_add_foreign_key(out, plan, step->after.foreign_key, " NOT VALID");
        strbuf_add(out, ";\n");
    }
}

void emit_online_step(StrBuf *out, const Plan *plan, const Step *step)
{
    if (step->kind == STEP_COMPATIBILITY_VIEW) {
        emit_compatibility_view(out, plan, step);
    } else if (step->kind == STEP_DROP_COMPATIBILITY_VIEW) {
        emit_drop_compatibility_view(out, plan, step);
    } else if (step->kind == STEP_BACKFILL) {
        emit_backfill(out, plan, step);
    } else if (step->kind == STEP_FILL_BY_HAND) {
        emit_fill_by_hand(out, plan, step);
    } else if (step->kind == STEP_FILL_TRIGGER) {
        emit_fill_trigger(out, plan, step);
    } else if (step->kind == STEP_DROP_FILL_TRIGGER) {
        emit_drop_fill_trigger(out, plan, step);
    } else if (step->kind == STEP_CREATE_INDEX_ONLINE) {
        emit_create_index(out, plan, step->after.index, "CONCURRENTLY ");
        strbuf_add(out, ";\n");
    } else if (step->kind == STEP_DROP_INDEX_ONLINE) {
        emit_drop_index(out, plan, step);
    } else {
        emit_constraint(out, plan, step);
    }
}
