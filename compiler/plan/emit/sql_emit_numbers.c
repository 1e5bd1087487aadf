/*
 * sql_emit_numbers.c - a key that is to draw its numbers from a sequence, beside a program that
 * goes on giving them (online_numbers.c).
 *
 * Reads only the step and the catalogs it points into. Each statement ends with ";\n".
 */
#include "base/common.h"

#include "compiler/catalog/sql_write.h"
#include "compiler/plan/emit/sql_emit.h"

/* Scripts may run under another schema than they were planned for: the trigger knows its table's.
 */
static void declare_numbers(StrBuf *out, const Emitter *cx, const Column *column)
{
    const Name sequence = emit_new_sequence(cx, column);
    strbuf_add(out, "\nDECLARE\n    numbers CONSTANT pg_catalog.regclass := "
                    "pg_catalog.format('%I.%I', TG_TABLE_SCHEMA, ");
    sql_string(out, sequence->text, sequence->len);
    strbuf_add(out, ");\n    drawn CONSTANT pg_catalog.bool := "
                    "TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NEW.");
    emit_column_name(out, cx, column);
    strbuf_add(out, " IS NULL;\n    taken pg_catalog.bool;");
}

/* Whoever gives the value holds its lock until the row can be seen: then another is drawn. */
static void draw(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Name name = world_column_now(cx->world, step->after.column)->name;
    strbuf_add(out, "    LOOP\n        IF drawn THEN\n            NEW.");
    sql_ident(out, name);
    strbuf_add(out, " := pg_catalog.nextval(numbers);\n        END IF;\n");
    emit_key_locks(out, cx, step, "        ");
    strbuf_add(out,
               "        EXIT WHEN NOT drawn;\n"
               "        EXECUTE pg_catalog.format(\n"
               "            'SELECT EXISTS (SELECT FROM %s WHERE %I OPERATOR(pg_catalog.=) $1)', "
               "TG_RELID::pg_catalog.regclass, ");
    sql_string(out, name->text, name->len);
    strbuf_add(out, ")\n            INTO taken USING NEW.");
    sql_ident(out, name);
    strbuf_add(out, ";\n        EXIT WHEN NOT taken;\n    END LOOP;\n");
}

/* Two that do so at once may set it back: what is drawn then is taken, and drawn again. */
static void advance(StrBuf *out, const Emitter *cx, const Column *column)
{
    strbuf_add(out, "    IF NOT drawn AND NEW.");
    emit_column_name(out, cx, column);
    strbuf_add(out, " OPERATOR(pg_catalog.>) COALESCE(pg_catalog.pg_sequence_last_value(numbers), "
                    "0) THEN\n        PERFORM pg_catalog.setval(numbers, NEW.");
    emit_column_name(out, cx, column);
    strbuf_add(out, ");\n    END IF;\n");
}

static void function_name(StrBuf *out, const Emitter *cx, const Step *step)
{
    sql_qualified(out, cx->plan->to, world_table_now(cx->world, step->after.table)->schema,
                  step->name);
}

/* A program may write the table and know nothing of its sequence: the function has its owner's
 * rights, and nobody else may call it. */
static void create_function(StrBuf *out, const Emitter *cx, const Step *step)
{
    StrBuf body = strbuf_new(STRBUF_MAX);
    declare_numbers(&body, cx, step->after.column);
    emit_lock_variables(&body, step);
    strbuf_add(&body, "\nBEGIN\n");
    draw(&body, cx, step);
    advance(&body, cx, step->after.column);
    strbuf_add(&body, "    RETURN NEW;\nEND\n");
    strbuf_add(out, "CREATE FUNCTION ");
    function_name(out, cx, step);
    emit_dollar_block(out,
                      "() RETURNS pg_catalog.trigger LANGUAGE plpgsql SECURITY DEFINER\n"
                      "    SET search_path = pg_catalog, pg_temp AS ",
                      &body);
    strbuf_add(out, "REVOKE ALL ON FUNCTION ");
    function_name(out, cx, step);
    strbuf_add(out, "() FROM PUBLIC;\n");
}

/* The trigger waits for those who write: the greatest number is seen behind it. */
void emit_number_trigger(StrBuf *out, const Emitter *cx, const Step *step)
{
    emit_create_sequence(out, cx, step->after.column);
    create_function(out, cx, step);
    emit_create_trigger(out, cx, step, false);
    emit_begin_numbers(out, cx, step, step->after.column, ">) 0");
}

void emit_take_back_numbers(StrBuf *out, const Emitter *cx, const Step *step)
{
    emit_drop_trigger(out, cx, step->after.table, step->name);
    strbuf_add(out, "DROP SEQUENCE ");
    emit_sequence_name(out, cx, step->after.column);
    strbuf_add(out, ";\n");
}

/* The first statement keeps all others out, so that none draws between the last two. */
void emit_settle_numbers(StrBuf *out, const Emitter *cx, const Step *step)
{
    StrBuf name = strbuf_new(STRBUF_MAX), unless = strbuf_new(STRBUF_MAX);
    emit_sequence_name(&name, cx, step->after.column);
    emit_alter_table_head(out, cx, step->after.table);
    strbuf_add(out, "ALTER COLUMN ");
    emit_column_name(out, cx, step->after.column);
    strbuf_add(out, " SET DEFAULT nextval(");
    sql_string(out, name.text, name.len);
    strbuf_add(out, ");\n");
    emit_own_sequence(out, cx, step, step->after.column);
    emit_drop_trigger(out, cx, step->after.table, step->name);
    strbuf_printf(&unless, ">=) (SELECT last_value FROM %s)", strbuf_text(&name));
    emit_begin_numbers(out, cx, step, step->after.column, strbuf_text(&unless));
    strbuf_dispose(&unless);
    strbuf_dispose(&name);
}
