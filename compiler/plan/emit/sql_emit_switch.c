/*
 * sql_emit_switch.c - a second column beside one that widens: kept like it, and put in its place.
 *
 * Reads only the step and the catalogs it points into. Each statement ends with ";\n".
 */
#include "base/common.h"

#include "compiler/blocks/blocks.h"
#include "compiler/blocks/numbers_block.h"
#include "compiler/catalog/naming.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/emit/sql_emit.h"
#include "compiler/plan/diff/conversions.h"

/* --- kept like the first -----------------------------------------------------------------------
 */

static const Clause *find_clause(const Step *step, ClauseKind kind)
{
    vec_each(const Clause, clause, &step->clauses) {
        if (clause->kind == kind) {
            return clause;
        }
    }
    return NULL;
}

static bool has_clause(const Step *step, ClauseKind kind)
{
    return find_clause(step, kind) != NULL;
}

/* `row`.`column` gets the value, over a one-row table of the table's name, as fills are. */
static void assign_value(StrBuf *out, const Step *step, const char *row, Name column,
                         const char *value, const char *indent)
{
    strbuf_printf(out, "%sSELECT %s INTO %s.", indent, value, row);
    sql_ident(out, column);
    strbuf_add(out, " FROM (SELECT NEW.*) AS ");
    sql_ident(out, step->after.table->name);
    strbuf_add(out, ";\n");
}

/* What does not fit is no fault of the program that writes it: it leaves the column empty. */
static void assign_or_leave_empty(StrBuf *out, const Step *step, const char *row, Name column,
                                  const char *value, const char *indent)
{
    strbuf_printf(out, "%sBEGIN\n    ", indent);
    assign_value(out, step, row, column, value, indent);
    strbuf_printf(out, "%sEXCEPTION WHEN data_exception THEN\n%s    %s.", indent, indent, row);
    sql_ident(out, column);
    strbuf_printf(out, " := NULL;\n%sEND;\n", indent);
}

/* What the expression over the row is, under every path. */
static char *value_of(const Emitter *cx, const Step *step, const char *expression)
{
    const Catalog everywhere = sql_everywhere(cx->plan->to);
    StrBuf value = strbuf_new(STRBUF_MAX);
    emit_row_value(&value, &everywhere, cx, step, expression);
    return strbuf_take(&value, cx->arena);
}

static Name name_now(const Emitter *cx, const Column *column)
{
    return world_column_now(cx->world, column)->name;
}

/* The second column of `row` gets the value of the first. */
static void carry_over(StrBuf *out, const Emitter *cx, const Step *step, const char *row,
                       const char *indent)
{
    const char *value = value_of(cx, step, step->expression);
    const Name second = name_now(cx, step->after.column);
    if (has_clause(step, CLAUSE_LEAVE_EMPTY)) {
        assign_or_leave_empty(out, step, row, second, value, indent);
    } else {
        assign_value(out, step, row, second, value, indent);
    }
}

/* The first column gets the value that was said, the second that one as its own type has it. */
static void assign_both(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Catalog everywhere = sql_everywhere(cx->plan->to);
    StrBuf carried = strbuf_new(STRBUF_MAX);
    conversion_write(&carried, &everywhere, step->before.column->name, &step->before.column->type,
                     &step->after.column->type);
    assign_value(out, step, "NEW", name_now(cx, step->before.column),
                 value_of(cx, step, step->expression), "    ");
    assign_or_leave_empty(out, step, "NEW", name_now(cx, step->after.column),
                          value_of(cx, step, strbuf_text(&carried)), "    ");
    strbuf_dispose(&carried);
}

/* --- each program has its own ------------------------------------------------------------------
 */

static void text_in(StrBuf *out, const char *row, Name column)
{
    strbuf_printf(out, "%s.", row);
    sql_ident(out, column);
    strbuf_add(out, "::pg_catalog.text");
}

/* Values of any type, compared as texts: some types know no equality. */
static void differ(StrBuf *out, const char *row, const char *other, Name column)
{
    strbuf_add(out, "COALESCE(");
    text_in(out, row, column);
    strbuf_add(out, " COLLATE pg_catalog.\"C\" OPERATOR(pg_catalog.<>) ");
    text_in(out, other, column);
    strbuf_printf(out, ",\n            (%s.", row);
    sql_ident(out, column);
    strbuf_printf(out, " IS NULL) OPERATOR(pg_catalog.<>) (%s.", other);
    sql_ident(out, column);
    strbuf_add(out, " IS NULL))");
}

/* What its author says, a value of the first column's type. */
static const char *said_of_first(const Emitter *cx, const Step *step, const Clause *clause)
{
    const Catalog everywhere = sql_everywhere(cx->plan->to);
    const Name said = intern_cstr(cx->plan->to->names, clause->expression);
    const Name now = world_text_beside(cx->world, clause->before, &step->before.column->type, said);
    StrBuf value = strbuf_new(STRBUF_MAX);
    emit_row_text(&value, &everywhere, cx, step, now->text);
    return strbuf_take(&value, cx->arena);
}

/* What cannot come back leaves the first column empty: its program reads no other value for it. */
static void carry_back(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Name first = name_now(cx, step->before.column);
    if (has_clause(step, CLAUSE_EMPTY_FIRST)) {
        strbuf_add(out, "            NEW.");
        sql_ident(out, first);
        strbuf_add(out, " := NULL;\n");
        return;
    }
    const Clause *back = find_clause(step, CLAUSE_KEEP_FIRST);
    if (back->expression != NULL) {
        assign_or_leave_empty(out, step, "NEW", first, said_of_first(cx, step, back),
                              "            ");
        return;
    }
    const Catalog everywhere = sql_everywhere(cx->plan->to);
    const ColumnType from = world_type_now(cx->world, &step->after.column->type);
    const ColumnType to = world_type_now(cx->world, &step->before.column->type);
    StrBuf text = strbuf_new(STRBUF_MAX), value = strbuf_new(STRBUF_MAX);
    conversion_write(&text, &everywhere, name_now(cx, step->after.column), &from, &to);
    emit_row_text(&value, &everywhere, cx, step, strbuf_text(&text));
    if (conversion_may_refuse(&from, &to)) {
        assign_or_leave_empty(out, step, "NEW", first, strbuf_text(&value), "            ");
    } else {
        assign_value(out, step, "NEW", first, strbuf_text(&value), "            ");
    }
    strbuf_dispose(&value);
    strbuf_dispose(&text);
}

/* A program may leave a value to the column's default: the second column has none yet. */
static void give_default(StrBuf *out, const Emitter *cx, const Step *step, Name first, Name second)
{
    const Catalog everywhere = sql_everywhere(cx->plan->to);
    vec_each(const Clause, clause, &step->clauses) {
        const Column *wanted = clause->before;
        const bool has_one = clause->kind != CLAUSE_LOCK_KEY && wanted != NULL &&
                             wanted->not_null && wanted->dflt.kind != DEFAULT_NONE;
        if (!has_one) {
            continue;
        }
        Column now = world_definition_now(cx->world, cx->arena, wanted);
        now.type = world_type_now(cx->world, &step->after.column->type);
        strbuf_add(out, "    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NEW.");
        sql_ident(out, first);
        strbuf_add(out, " IS NULL AND NEW.");
        sql_ident(out, second);
        strbuf_add(out, " IS NULL THEN\n        NEW.");
        sql_ident(out, second);
        strbuf_add(out, " := ");
        sql_default(out, &everywhere, &now);
        strbuf_add(out, ";\n    END IF;\n");
    }
}

/*
 * Who wrote the row? The second column has no default: in a new row a value is the new program's,
 * and in one that is there another value. What the first column has already is left alone: it may
 * say more than what would come back, and a fill writes the second one, too.
 */
static void keep_both(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Name first = name_now(cx, step->before.column);
    const Name second = name_now(cx, step->after.column);
    give_default(out, cx, step, first, second);
    strbuf_add(out, "    IF TG_OP OPERATOR(pg_catalog.=) 'INSERT' AND NEW.");
    sql_ident(out, second);
    strbuf_add(out, " IS NOT NULL\n       OR TG_OP OPERATOR(pg_catalog.=) 'UPDATE' AND ");
    differ(out, "NEW", "OLD", second);
    strbuf_add(out, " THEN\n        carried := NEW;\n");
    carry_over(out, cx, step, "carried", "        ");
    strbuf_add(out, "        IF ");
    differ(out, "NEW", "carried", second);
    strbuf_add(out, " THEN\n");
    carry_back(out, cx, step);
    strbuf_add(out, "        END IF;\n    ELSIF TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR NEW.");
    sql_ident(out, second);
    strbuf_add(out, " IS NULL\n       OR ");
    differ(out, "NEW", "OLD", first);
    strbuf_add(out, " THEN\n");
    carry_over(out, cx, step, "NEW", "        ");
    strbuf_add(out, "    END IF;\n");
}

static bool works_both_ways(const Step *step)
{
    return has_clause(step, CLAUSE_KEEP_FIRST) || has_clause(step, CLAUSE_EMPTY_FIRST);
}

void emit_sync_trigger(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Table *table = world_table_now(cx->world, step->after.table);
    strbuf_add(out, "CREATE FUNCTION ");
    sql_qualified(out, cx->plan->to, table->schema, step->name);
    StrBuf body = strbuf_new(STRBUF_MAX);
    strbuf_add(&body, emit_locks_keys(step) || works_both_ways(step) ? "\nDECLARE" : "");
    strbuf_add(&body, works_both_ways(step) ? "\n    carried RECORD;" : "");
    emit_lock_variables(&body, step);
    strbuf_add(&body, "\nBEGIN\n");
    if (works_both_ways(step)) {
        keep_both(&body, cx, step);
    } else if (has_clause(step, CLAUSE_MAP_FIRST)) {
        assign_both(&body, cx, step);
    } else {
        carry_over(&body, cx, step, "NEW", "    ");
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

/* An identity's sequence is its column's alone: how it counts is read when the script runs. */
static void move_identity(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause)
{
    const Table *table = world_table_now(cx->world, step->after.table);
    const bool is_default = table->schema == cx->plan->to->default_schema;
    const IdentityBlock block = {.schema = is_default ? NULL : table->schema->text,
                                 .table = table->name->text,
                                 .first = world_column_now(cx->world, clause->after)->name->text,
                                 .second = name_now(cx, clause->before)->text};
    StrBuf body = strbuf_new(STRBUF_MAX);
    identity_block_write(&body, &block);
    emit_dollar_block(out, "DO ", &body);
}

/* The sequence counts in the new type, and would go with the column that owns it. */
static void move_sequence(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause)
{
    const Column *wanted = clause->after, *second = clause->before;
    if (world_column_now(cx->world, wanted)->identity != IDENTITY_NONE) {
        move_identity(out, cx, step, clause);
        return;
    }
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

static void rename_column(StrBuf *out, const Emitter *cx, const Table *table, Name from, Name to)
{
    alter_table(out, cx, table, "RENAME COLUMN ");
    sql_ident(out, from);
    strbuf_add(out, " TO ");
    sql_ident(out, to);
    strbuf_add(out, ";\n");
}

/* Has the second column the wanted name from the start? */
static bool is_named(const Emitter *cx, const Clause *clause)
{
    return name_now(cx, clause->before) == clause->after->name;
}

static Name name_aside(const Emitter *cx, const Clause *clause)
{
    return name_reserved(cx->plan->to->names, RESERVED_BEHIND, clause->after->name);
}

/* The first column hands its name over as in any renaming: whoever reads the scripts to learn what
 * a thing was called (runtime/undo) learns it here, too. */
static void pass_name(StrBuf *out, const Emitter *cx, const Table *table, const Clause *clause)
{
    const Name wanted = clause->after->name;
    rename_column(out, cx, table, wanted, name_aside(cx, clause));
    rename_column(out, cx, table, name_now(cx, clause->after), wanted);
}

static void drop_first(StrBuf *out, const Emitter *cx, const Table *table, const Clause *clause)
{
    alter_table(out, cx, table, "DROP COLUMN ");
    sql_ident(out, is_named(cx, clause) ? clause->after->name : name_now(cx, clause->after));
    strbuf_add(out, ";\n");
}

static void take_name(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause)
{
    const Table *table = step->after.table;
    const bool named = is_named(cx, clause);
    const Name name = named ? clause->after->name : name_now(cx, clause->after);
    rename_column(out, cx, table, named ? name_aside(cx, clause) : name_now(cx, clause->before),
                  name);
    const DefaultKind dflt = clause->after->dflt.kind;
    if (dflt != DEFAULT_NONE && dflt != DEFAULT_SEQUENCE) {
        alter_table(out, cx, table, "ALTER COLUMN ");
        sql_ident(out, name);
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
        if (is_named(cx, clause)) {
            pass_name(out, cx, table, clause);
        }
        drop_first(out, cx, table, clause);
    }
    vec_each(const Clause, clause, &step->clauses) {
        take_name(out, cx, step, clause);
    }
    emit_functions_anew(out, cx, step);
}
