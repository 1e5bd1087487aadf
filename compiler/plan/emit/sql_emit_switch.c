/*
 * sql_emit_switch.c - a second column beside one that widens: kept like it, and put in its place.
 *
 * Reads only the step and the catalogs it points into. Each statement ends with ";\n".
 */
#include "base/common.h"

#include "compiler/blocks/blocks.h"
#include "compiler/catalog/naming.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/emit/sql_emit.h"
#include "compiler/plan/steps/conversions.h"

/* --- kept like the first -----------------------------------------------------------------------
 */

static bool has_clause(const Step *step, ClauseKind kind)
{
    vec_each(const Clause, clause, &step->clauses) {
        if (clause->kind == kind) {
            return true;
        }
    }
    return false;
}

/* Over a one-row table of the table's name, as fills are. */
static void assign(StrBuf *out, const Emitter *cx, const Step *step, const Column *column,
                   const char *expression)
{
    const Catalog everywhere = sql_everywhere(cx->plan->to);
    strbuf_add(out, "    SELECT ");
    emit_row_value(out, &everywhere, cx, step, expression);
    strbuf_add(out, " INTO NEW.");
    emit_column_name(out, cx, column);
    strbuf_add(out, " FROM (SELECT NEW.*) AS ");
    sql_ident(out, step->after.table->name);
    strbuf_add(out, ";\n");
}

/* What does not fit is no fault of the program that writes it: it leaves the column empty. */
static void assign_or_leave_empty(StrBuf *out, const Emitter *cx, const Step *step,
                                  const char *expression)
{
    strbuf_add(out, "    BEGIN\n    ");
    assign(out, cx, step, step->after.column, expression);
    strbuf_add(out, "    EXCEPTION WHEN data_exception THEN\n        NEW.");
    emit_column_name(out, cx, step->after.column);
    strbuf_add(out, " := NULL;\n    END;\n");
}

/* The first column gets the value that was said, the second that one as its own type has it. */
static void assign_both(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Catalog everywhere = sql_everywhere(cx->plan->to);
    StrBuf carried = strbuf_new(STRBUF_MAX);
    conversion_write(&carried, &everywhere, step->before.column->name, &step->before.column->type,
                     &step->after.column->type);
    assign(out, cx, step, step->before.column, step->expression);
    assign_or_leave_empty(out, cx, step, strbuf_text(&carried));
    strbuf_dispose(&carried);
}

void emit_sync_trigger(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Table *table = world_table_now(cx->world, step->after.table);
    strbuf_add(out, "CREATE FUNCTION ");
    sql_qualified(out, cx->plan->to, table->schema, step->name);
    StrBuf body = strbuf_new(STRBUF_MAX);
    strbuf_add(&body, emit_locks_keys(step) ? "\nDECLARE" : "");
    emit_lock_variables(&body, step);
    strbuf_add(&body, "\nBEGIN\n");
    if (has_clause(step, CLAUSE_MAP_FIRST)) {
        assign_both(&body, cx, step);
    } else if (has_clause(step, CLAUSE_LEAVE_EMPTY)) {
        assign_or_leave_empty(&body, cx, step, step->expression);
    } else {
        assign(&body, cx, step, step->after.column, step->expression);
    }
    emit_key_locks(&body, cx, step, "    ");
    strbuf_add(&body, "    RETURN NEW;\nEND\n");
    strbuf_add(out, "() RETURNS pg_catalog.trigger LANGUAGE plpgsql\n"
                    "    SET search_path = pg_catalog, pg_temp");
    strbuf_add(out, conversion_settings(&step->before.column->type, &step->after.column->type));
    emit_dollar_block(out, " AS ", &body);
    emit_create_trigger(out, cx, step, false);
}

/* --- asked as an enum --------------------------------------------------------------------------
 */

static void emit_cast(StrBuf *out, const Emitter *cx, const EnumType *named, const char *action,
                      const char *end)
{
    const EnumType *now = world_enum_now(cx->world, cx->arena, named);
    strbuf_printf(out, "%s CAST (", action);
    sql_qualified(out, cx->plan->to, now->schema, now->name);
    strbuf_printf(out, " AS pg_catalog.text)%s;\n", end);
}

void emit_create_cast(StrBuf *out, const Emitter *cx, const Step *step)
{
    emit_cast(out, cx, step->after.enum_type, "CREATE", " WITH INOUT AS IMPLICIT");
}

void emit_drop_cast(StrBuf *out, const Emitter *cx, const Step *step)
{
    emit_cast(out, cx, step->before.enum_type, "DROP", "");
}

/* --- the switch --------------------------------------------------------------------------------
 */

static void alter_table(StrBuf *out, const Emitter *cx, const Table *table, const char *action)
{
    emit_alter_table_head(out, cx, table);
    strbuf_add(out, action);
}

/* A function that has run in a session keeps the type the column had: written anew it looks again.
 */
static void emit_functions_anew(StrBuf *out, const Emitter *cx, const Step *step)
{
    StrBuf body = strbuf_new(STRBUF_MAX), name = strbuf_new(STRBUF_MAX);
    emit_table_name(&name, cx, step->after.table);
    strbuf_add(&body, "\nDECLARE\n    base CONSTANT pg_catalog.regclass := ");
    sql_string(&body, strbuf_text(&name), name.len);
    strbuf_add(&body, ";");
    strbuf_add(&body, block_view_functions);
    emit_dollar_block(out, "DO ", &body);
    strbuf_dispose(&name);
}

/* A schema text does not know the name: the server is asked when the script runs. */
static void move_unknown_sequence(StrBuf *out, const Emitter *cx, const Step *step,
                                  const Clause *clause)
{
    StrBuf table = strbuf_new(STRBUF_MAX), second = strbuf_new(STRBUF_MAX);
    StrBuf change = strbuf_new(STRBUF_MAX), use = strbuf_new(STRBUF_MAX);
    StrBuf body = strbuf_new(STRBUF_MAX);
    const Name first = world_column_now(cx->world, clause->after)->name;
    emit_table_name(&table, cx, step->after.table);
    emit_column_name(&second, cx, clause->before);
    strbuf_add(&change, " AS ");
    emit_type(&change, cx, &clause->after->type);
    strbuf_printf(&change, " OWNED BY %s.%s", strbuf_text(&table), strbuf_text(&second));
    strbuf_printf(&use, "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT nextval(", strbuf_text(&table),
                  strbuf_text(&second));
    strbuf_add(&body, "\nDECLARE\n    owned CONSTANT pg_catalog.text := "
                      "pg_catalog.pg_get_serial_sequence(");
    sql_string(&body, strbuf_text(&table), table.len);
    strbuf_add(&body, ", ");
    sql_string(&body, first->text, first->len);
    strbuf_add(&body, ");\nBEGIN\n    EXECUTE pg_catalog.concat('ALTER SEQUENCE ', owned, ");
    sql_string(&body, strbuf_text(&change), change.len);
    strbuf_add(&body, ");\n    EXECUTE pg_catalog.concat(");
    sql_string(&body, strbuf_text(&use), use.len);
    strbuf_add(&body, ", pg_catalog.quote_literal(owned), ')');\nEND\n");
    emit_dollar_block(out, "DO ", &body);
    strbuf_dispose(&use);
    strbuf_dispose(&change);
    strbuf_dispose(&second);
    strbuf_dispose(&table);
}

/* The sequence counts in the new type, and would go with the column that owns it. */
static void move_sequence(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause)
{
    const Column *wanted = clause->after, *second = clause->before;
    const Sequence *sequence = world_column_now(cx->world, wanted)->dflt.sequence;
    if (sequence == NULL) {
        move_unknown_sequence(out, cx, step, clause);
        return;
    }
    StrBuf name = strbuf_new(STRBUF_MAX);
    sql_qualified(&name, cx->plan->to, sequence->schema, sequence->name);
    strbuf_printf(out, "ALTER SEQUENCE %s AS ", strbuf_text(&name));
    emit_type(out, cx, &wanted->type);
    if (sequence->owned) {
        strbuf_add(out, " OWNED BY ");
        emit_table_name(out, cx, step->after.table);
        strbuf_char(out, '.');
        emit_column_name(out, cx, second);
    }
    strbuf_add(out, ";\n");
    alter_table(out, cx, step->after.table, "ALTER COLUMN ");
    emit_column_name(out, cx, second);
    strbuf_add(out, " SET DEFAULT nextval(");
    sql_string(out, strbuf_text(&name), name.len);
    strbuf_add(out, ");\n");
    strbuf_dispose(&name);
}

/* Written for the type that the column has at the moment, which may be one that stands in for its
 * own: a list's default names it. */
static void default_of_second(StrBuf *out, const Emitter *cx, const Clause *clause)
{
    Column now = world_definition_now(cx->world, cx->arena, clause->after);
    now.type = world_type_now(cx->world, &clause->before->type);
    sql_default(out, cx->plan->to, &now);
}

static void take_name(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause)
{
    const Table *table = step->after.table;
    alter_table(out, cx, table, "RENAME COLUMN ");
    emit_column_name(out, cx, clause->before);
    strbuf_add(out, " TO ");
    emit_column_name(out, cx, clause->after);
    strbuf_add(out, ";\n");
    const DefaultKind dflt = clause->after->dflt.kind;
    if (dflt != DEFAULT_NONE && dflt != DEFAULT_SEQUENCE) {
        alter_table(out, cx, table, "ALTER COLUMN ");
        emit_column_name(out, cx, clause->after);
        strbuf_add(out, " SET DEFAULT ");
        default_of_second(out, cx, clause);
        strbuf_add(out, ";\n");
    }
}

/* All at once, and short: what the second columns need, they have. */
void emit_switch_column(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Table *table = step->after.table;
    vec_each(const Clause, clause, &step->clauses) {
        const Column *wanted = clause->after;
        emit_drop_trigger(out, cx, table,
                          name_reserved_of_column(cx->plan->to->names, RESERVED_TRIGGER,
                                                  wanted->table->name, wanted->name));
        if (wanted->dflt.kind == DEFAULT_SEQUENCE) {
            move_sequence(out, cx, step, clause);
        }
    }
    vec_each(const Clause, clause, &step->clauses) {
        alter_table(out, cx, table, "DROP COLUMN ");
        emit_column_name(out, cx, clause->after);
        strbuf_add(out, ";\n");
    }
    vec_each(const Clause, clause, &step->clauses) {
        take_name(out, cx, step, clause);
    }
    emit_functions_anew(out, cx, step);
}
