/*
 * sql_emit_view.c - a renamed table behind a view under its old name.
 *
 * The view must be to every role what the table was, and only the server that runs the script knows
 * its roles: the script reads the rights there. Its blocks are compiler/blocks. Reads only the step
 * and the catalogs it points into.
 */
#include "base/common.h"

#include "compiler/blocks/blocks.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/emit/sql_emit.h"

/* The view has the table's old name until it goes. */
static void view_name(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Table *before = step->before.table;
    sql_qualified(out, cx->plan->to, before->schema, before->name);
}

/* 'the name as SQL' as a string literal, for a cast to regclass */
static void name_literal(StrBuf *out, const Emitter *cx, Name schema, Name name)
{
    StrBuf quoted = strbuf_new(STRBUF_MAX);
    sql_qualified(&quoted, cx->plan->to, schema, name);
    sql_string(out, strbuf_text(&quoted), quoted.len);
    strbuf_dispose(&quoted);
}

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
static void emit_view_guard(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Table *before = step->before.table;
    StrBuf body = strbuf_new(STRBUF_MAX);
    strbuf_add(&body, "\nDECLARE\n    base CONSTANT pg_catalog.regclass := ");
    name_literal(&body, cx, before->schema, before->name);
    strbuf_add(&body, ";");
    strbuf_add(&body, block_view_guard);
    emit_dollar_block(out, "DO ", &body);
}

static void emit_base_renames(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Table *before = step->before.table;
    const Name schema = base_schema(step);
    emit_table_to(out, cx, before, schema, base_name(step));
    vec_each(const Clause, clause, &step->clauses) {
        strbuf_add(out, "ALTER TABLE ");
        sql_qualified(out, cx->plan->to, schema, base_name(step));
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

/* What the view calls a column, or what its table does, of those that have another name there. */
static void emit_renamed_names(StrBuf *out, const Step *step, bool of_view)
{
    strbuf_add(out, " CONSTANT pg_catalog.name[] := ARRAY[");
    vec_each(const Clause, clause, &step->clauses) {
        const Name name = of_view ? clause->before->name : clause->after->name;
        strbuf_add(out, clause == step->clauses.items ? "" : ", ");
        sql_string(out, name->text, name->len);
    }
    strbuf_add(out, "]::pg_catalog.name[];");
}

/* A view has an owner, privileges, comments and row security of its own: it gets those of its table
 * (compiler/blocks/view_rights.sql), as the database has them when the script runs. */
static void emit_view_rights(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Table *before = step->before.table;
    StrBuf body = strbuf_new(STRBUF_MAX);
    strbuf_add(&body, "\nDECLARE\n    base CONSTANT pg_catalog.regclass := ");
    name_literal(&body, cx, base_schema(step), base_name(step));
    strbuf_add(&body, ";\n    face CONSTANT pg_catalog.regclass := ");
    name_literal(&body, cx, before->schema, before->name);
    strbuf_add(&body, ";\n    shown");
    emit_renamed_names(&body, step, true);
    strbuf_add(&body, "\n    known");
    emit_renamed_names(&body, step, false);
    strbuf_add(&body, block_view_rights);
    emit_dollar_block(out, "DO ", &body);
}

void emit_compatibility_view(StrBuf *out, const Emitter *cx, const Step *step)
{
    emit_view_guard(out, cx, step);
    emit_base_renames(out, cx, step);
    strbuf_add(out, "CREATE VIEW ");
    view_name(out, cx, step);
    strbuf_add(out, " AS SELECT");
    emit_view_columns(out, step);
    strbuf_add(out, "\nFROM ");
    sql_qualified(out, cx->plan->to, base_schema(step), base_name(step));
    strbuf_add(out, ";\n");
    emit_view_rights(out, cx, step);
}

void emit_drop_compatibility_view(StrBuf *out, const Emitter *cx, const Step *step)
{
    strbuf_add(out, "DROP VIEW ");
    view_name(out, cx, step);
    strbuf_add(out, ";\n");
    if (step->name != NULL) {
        strbuf_add(out, "ALTER TABLE ");
        sql_qualified(out, cx->plan->to, base_schema(step), step->name);
        strbuf_add(out, " RENAME TO ");
        sql_ident(out, step->after.table->name);
        strbuf_add(out, ";\n");
    }
}
