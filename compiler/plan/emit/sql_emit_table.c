/*
 * sql_emit_table.c - CREATE TABLE and ALTER TABLE, to the byte as users of the format know them.
 */
#include "base/common.h"

#include "compiler/plan/emit/sql_emit.h"

#include <ctype.h>
#include <string.h>

#include "compiler/catalog/casts.h"
#include "compiler/catalog/naming.h"
#include "compiler/catalog/sql_write.h"

/* --- sequences ---------------------------------------------------------------------------------
 */

static Name serial_name(const Emitter *cx, const Column *column)
{
    return name_sequence(cx->plan->to->names, column->table->name, column->name);
}

/* Does a sequence of the source hold the name already? */
static bool is_taken(const Emitter *cx, Name schema, Name name)
{
    vec_each(Table *, table, &cx->plan->from->tables) {
        if ((*table)->schema != schema) {
            continue;
        }
        vec_each(Column *, at, &(*table)->columns) {
            const Sequence *sequence = (*at)->dflt.sequence;
            if ((*at)->dflt.kind == DEFAULT_SEQUENCE &&
                (sequence != NULL ? sequence->name : serial_name(cx, *at)) == name) {
                return true;
            }
        }
    }
    return catalog_find_table(cx->plan->from, schema, name) != NULL;
}

/* table_column_seq in lower case, as the format has it; online the one that SERIAL would make, so
 * that the end is the same whichever way led there. */
static Name usual_sequence_name(const Emitter *cx, const Column *column)
{
    if (cx->plan->online) {
        return serial_name(cx, column);
    }
    StrBuf text = strbuf_new(STRBUF_MAX);
    strbuf_printf(&text, "%s_%s_seq", column->table->name->text, column->name->text);
    for (size_t i = 0; i < text.len; i++) {
        text.text[i] = (char)tolower((unsigned char)text.text[i]);
    }
    Name name = intern(cx->plan->to->names, text.text, text.len);
    strbuf_dispose(&text);
    return name;
}

/* The usual name is written whole, as the format has it, and the server cuts it. */
static Name new_sequence_name(const Emitter *cx, const Column *column)
{
    Name usual = usual_sequence_name(cx, column), name = usual;
    for (unsigned i = 1; is_taken(cx, column->table->schema, name_kept(cx->plan->to->names, name));
         i++) {
        const size_t len = name_cut(usual->text, usual->len, IDENTIFIER_MAX - 10);
        name = intern_printf(cx->plan->to->names, "%.*s%u", (int)len, usual->text, i);
    }
    return name;
}

/* "auth".user_id_seq */
static void sequence_name(StrBuf *out, const Emitter *cx, const Column *column)
{
    Name name = new_sequence_name(cx, column);
    if (column->table->schema != cx->plan->to->default_schema) {
        sql_ident(out, column->table->schema);
        strbuf_char(out, '.');
    }
    if (cx->plan->online) {
        sql_ident(out, name);
    } else {
        sql_bare(out, name);
    }
}

/* The named sequence behind a column of the source; it has moved with its table. */
static void old_sequence(StrBuf *out, const Emitter *cx, const Clause *clause)
{
    const Column *before = clause->before;
    const Sequence *sequence = before->dflt.sequence;
    Name schema = sequence->schema;
    if (schema == before->table->schema && clause->after != NULL) {
        schema = clause->after->table->schema;
    }
    sql_qualified(out, cx->plan->to, schema, sequence->name);
}

/* A sequence without a name belongs to its column alone. */
static bool same_sequence(const Sequence *a, const Sequence *b)
{
    return a != NULL && b != NULL && a->schema == b->schema && a->name == b->name;
}

/* Does another column of the wanted catalog draw from it? */
static bool sequence_is_wanted(const Emitter *cx, const Column *before)
{
    vec_each(Table *, table, &cx->plan->to->tables) {
        vec_each(Column *, at, &(*table)->columns) {
            if ((*at)->dflt.kind == DEFAULT_SEQUENCE &&
                same_sequence((*at)->dflt.sequence, before->dflt.sequence)) {
                return true;
            }
        }
    }
    return false;
}

/* --- columns -----------------------------------------------------------------------------------
 */

static bool is_serial(const Column *column)
{
    const TypeId id = column->type.id;
    return column->dflt.kind == DEFAULT_SEQUENCE && column->identity == IDENTITY_NONE &&
           !column->type.list && (id == TYPE_SMALLINT || id == TYPE_INTEGER || id == TYPE_BIGINT);
}

static void column_type(StrBuf *out, const Emitter *cx, const Column *column)
{
    if (!is_serial(column)) {
        emit_type(out, cx, &column->type);
    } else if (column->type.id == TYPE_SMALLINT) {
        strbuf_add(out, "SMALLSERIAL");
    } else {
        strbuf_add(out, column->type.id == TYPE_BIGINT ? "BIGSERIAL" : "SERIAL");
    }
}

static bool has_plain_default(const Column *column)
{
    return column->dflt.kind != DEFAULT_NONE && column->dflt.kind != DEFAULT_SEQUENCE &&
           column->dflt.kind != DEFAULT_OPAQUE;
}

void emit_column(StrBuf *out, const Emitter *cx, const Column *column)
{
    emit_column_name(out, cx, column);
    strbuf_char(out, ' ');
    column_type(out, cx, column);
    strbuf_add(out, column->not_null ? " NOT NULL" : "");
    if (column->generated != NULL) {
        strbuf_add(out, " GENERATED ALWAYS AS (");
        const Name text =
            world_text_now(cx->world, column->table, &column->type, column->generated);
        sql_fragment(out, text->text, text->len);
        strbuf_add(out, column->generated_virtual ? ") VIRTUAL" : ") STORED");
    } else if (column->identity != IDENTITY_NONE) {
        strbuf_printf(out, " GENERATED %s AS IDENTITY",
                      column->identity == IDENTITY_ALWAYS ? "ALWAYS" : "BY DEFAULT");
    } else if (has_plain_default(column)) {
        strbuf_add(out, " DEFAULT ");
        emit_default(out, cx, column);
    }
}

/* SERIAL makes a column NOT NULL whatever is written. */
void emit_new_column_rest(StrBuf *out, const Emitter *cx, const Table *table, const Column *column)
{
    if (is_serial(column) && !column->not_null) {
        emit_alter_table_head(out, cx, table);
        strbuf_add(out, "ALTER COLUMN ");
        emit_column_name(out, cx, column);
        strbuf_add(out, " DROP NOT NULL;\n");
    }
}

void emit_create_table(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Table *table = step->after.table;
    strbuf_add(out, "CREATE TABLE ");
    emit_table_name(out, cx, table);
    strbuf_add(out, " (\n");
    for (size_t i = 0; i < table->columns.count; i++) {
        strbuf_add(out, i > 0 ? ",\n    " : "    ");
        emit_column(out, cx, table->columns.items[i]);
    }
    if (table->primary_key != NULL) {
        const PrimaryKey *key = table->primary_key;
        strbuf_add(out, ",\n\n    CONSTRAINT ");
        sql_ident(out, key->name);
        strbuf_add(out, " PRIMARY KEY (");
        emit_column_names(out, cx, key->columns.items, key->columns.count, ",");
        strbuf_char(out, ')');
    }
    strbuf_add(out, "\n);\n");
    vec_each(Column *, at, &table->columns) {
        emit_new_column_rest(out, cx, table, *at);
    }
}

/* --- the clauses of ALTER TABLE ----------------------------------------------------------------
 */

static void alter_column(StrBuf *out, const Emitter *cx, const Clause *clause, const char *action)
{
    strbuf_add(out, "ALTER COLUMN ");
    emit_column_name(out, cx, clause->after);
    strbuf_printf(out, " %s", action);
}

/* The key's table has one. */
static Name key_name(const Emitter *cx, const PrimaryKey *key)
{
    const PrimaryKey *now = world_table_now(cx->world, key->table)->primary_key;
    return now != NULL ? now->name : key->name;
}

static void drop_named(StrBuf *out, const char *what, Name name)
{
    strbuf_printf(out, "DROP %s ", what);
    sql_ident(out, name);
}

static void add_column(StrBuf *out, const Emitter *cx, const Column *column)
{
    strbuf_add(out, "ADD COLUMN     ");
    emit_column(out, cx, column);
}

static void set_default(StrBuf *out, const Emitter *cx, const Clause *clause)
{
    alter_column(out, cx, clause, "SET DEFAULT ");
    emit_default(out, cx, clause->after);
}

static void add_sequence(StrBuf *out, const Emitter *cx, const Clause *clause)
{
    StrBuf name = strbuf_new(STRBUF_MAX);
    sequence_name(&name, cx, clause->after);
    alter_column(out, cx, clause, "SET DEFAULT nextval(");
    sql_string(out, name.text, name.len);
    strbuf_char(out, ')');
    strbuf_dispose(&name);
}

/* NULL stays NULL: a list with a NULL in it is another thing. */
static void list_of_one(StrBuf *out, const Emitter *cx, const Column *before, const Column *after)
{
    ColumnType item = after->type;
    item.list = false;
    strbuf_add(out, "CASE WHEN ");
    emit_column_name(out, cx, after);
    strbuf_add(out, " IS NOT NULL THEN ARRAY[");
    emit_column_name(out, cx, after);
    strbuf_add(out, cast_needs_using(&before->type, &item) ? "]::text[]::" : "]::");
    emit_type(out, cx, &after->type);
    strbuf_add(out, " END");
}

static void set_type(StrBuf *out, const Emitter *cx, const Clause *clause)
{
    const ColumnType *before = &clause->before->type, *after = &clause->after->type;
    alter_column(out, cx, clause, "SET DATA TYPE ");
    emit_type(out, cx, after);
    if (cx->plan->online && !before->list && !after->list && cast_changes_zone(before, after)) {
        strbuf_add(out, " USING (");
        emit_column_name(out, cx, clause->after);
        strbuf_add(out, " AT TIME ZONE 'UTC')");
        return;
    }
    if (!cast_needs_using(before, after)) {
        return;
    }
    strbuf_add(out, " USING (");
    if (after->list && !before->list) {
        list_of_one(out, cx, clause->before, clause->after);
    } else {
        emit_column_name(out, cx, clause->after);
        strbuf_add(out, before->list ? "::text[]::" : "::text::");
        emit_type(out, cx, after);
    }
    strbuf_char(out, ')');
}

static void add_primary_key(StrBuf *out, const Emitter *cx, const PrimaryKey *key)
{
    strbuf_add(out, "ADD CONSTRAINT ");
    sql_ident(out, key->name);
    strbuf_add(out, " PRIMARY KEY (");
    emit_column_names(out, cx, key->columns.items, key->columns.count, ", ");
    strbuf_char(out, ')');
}

/* The index gets the constraint's name (manual, "ALTER TABLE"). */
static void take_primary_key(StrBuf *out, const Emitter *cx, const Clause *clause)
{
    strbuf_add(out, "ADD CONSTRAINT ");
    sql_ident(out, clause->key_after->name);
    strbuf_add(out, " PRIMARY KEY USING INDEX ");
    sql_ident(out, world_index_now(cx->world, clause->cause->before.index)->name);
}

/* Of the online strategy: values that the new type has are carried over. */
static bool keeps_values(const Emitter *cx, const Clause *clause)
{
    return cx->plan->online && clause->kind == CLAUSE_RECREATE_COLUMN &&
           cast_is_by_text(&clause->before->type, &clause->after->type);
}

static Name carrier_name(const Emitter *cx, const Clause *clause)
{
    return name_reserved(cx->plan->to->names, RESERVED_BEHIND, clause->after->name);
}

/* Into a column beside it, before the old one is dropped. */
static void carry_values(StrBuf *out, const Emitter *cx, const Step *step)
{
    vec_each(Clause, clause, &step->clauses) {
        if (!keeps_values(cx, clause)) {
            continue;
        }
        emit_alter_table_head(out, cx, step_table(step));
        strbuf_add(out, "ADD COLUMN     ");
        sql_ident(out, carrier_name(cx, clause));
        strbuf_add(out, " TEXT;\nUPDATE ");
        emit_table_name(out, cx, step_table(step));
        strbuf_add(out, " SET ");
        sql_ident(out, carrier_name(cx, clause));
        strbuf_add(out, " = ");
        emit_column_name(out, cx, clause->before);
        strbuf_add(out, ";\n");
        emit_alter_table_head(out, cx, step_table(step));
        strbuf_add(out, "ALTER COLUMN ");
        sql_ident(out, carrier_name(cx, clause));
        strbuf_add(out, " SET DATA TYPE ");
        emit_type(out, cx, &clause->after->type);
        strbuf_add(out, " USING (");
        sql_ident(out, carrier_name(cx, clause));
        strbuf_add(out, "::text::");
        emit_type(out, cx, &clause->after->type);
        strbuf_add(out, ");\n");
    }
}

/* The column beside it takes its place. */
static void name_carrier(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause)
{
    const Column *column = clause->after;
    emit_alter_table_head(out, cx, step_table(step));
    strbuf_add(out, "RENAME COLUMN ");
    sql_ident(out, carrier_name(cx, clause));
    strbuf_add(out, " TO ");
    emit_column_name(out, cx, clause->before);
    strbuf_add(out, ";\n");
    if (has_plain_default(column)) {
        emit_alter_table_head(out, cx, step_table(step));
        set_default(out, cx, clause);
        strbuf_add(out, ";\n");
    }
    if (column->not_null) {
        emit_alter_table_head(out, cx, step_table(step));
        alter_column(out, cx, clause, "SET NOT NULL;\n");
    }
}

static void clause_line(StrBuf *out, const Emitter *cx, const Clause *clause)
{
    switch (clause->kind) {
    case CLAUSE_DROP_PRIMARY_KEY:
        drop_named(out, "CONSTRAINT", key_name(cx, clause->key_before));
        break;
    case CLAUSE_DROP_COLUMN:
        drop_named(out, "COLUMN", world_column_now(cx->world, clause->before)->name);
        break;
    case CLAUSE_ADD_COLUMN:
        add_column(out, cx, clause->after);
        break;
    case CLAUSE_RECREATE_COLUMN:
        drop_named(out, "COLUMN", clause->after->name);
        if (!keeps_values(cx, clause)) {
            strbuf_add(out, ",\n");
            add_column(out, cx, clause->after);
        }
        break;
    case CLAUSE_SET_NOT_NULL:
        alter_column(out, cx, clause, "SET NOT NULL");
        break;
    case CLAUSE_DROP_NOT_NULL:
        alter_column(out, cx, clause, "DROP NOT NULL");
        break;
    case CLAUSE_SET_DEFAULT:
        set_default(out, cx, clause);
        break;
    case CLAUSE_DROP_DEFAULT:
        alter_column(out, cx, clause, "DROP DEFAULT");
        break;
    case CLAUSE_ADD_SEQUENCE:
        add_sequence(out, cx, clause);
        break;
    case CLAUSE_DROP_SEQUENCE:
        alter_column(out, cx, clause, "DROP DEFAULT");
        break;
    case CLAUSE_SET_TYPE:
        set_type(out, cx, clause);
        break;
    case CLAUSE_ADD_PRIMARY_KEY:
        add_primary_key(out, cx, clause->key_after);
        break;
    case CLAUSE_TAKE_PRIMARY_KEY:
        take_primary_key(out, cx, clause);
        break;
    case CLAUSE_RENAME_PRIMARY_KEY:
    case CLAUSE_RENAME_COLUMN:
    case CLAUSE_CHECK_NOT_NULL:
    case CLAUSE_KIND_COUNT:
        unreachable();
    }
}

/* --- ALTER TABLE -------------------------------------------------------------------------------
 */

static void create_sequences(StrBuf *out, const Emitter *cx, const Step *step)
{
    vec_each(Clause, clause, &step->clauses) {
        if (clause->kind == CLAUSE_ADD_SEQUENCE) {
            strbuf_add(out, "CREATE SEQUENCE ");
            sequence_name(out, cx, clause->after);
            if (cx->plan->online) { /* as SERIAL does */
                strbuf_add(out, " AS ");
                emit_type(out, cx, &clause->after->type);
            }
            strbuf_add(out, ";\n");
        }
    }
}

static bool drops_identity(const Clause *clause)
{
    return clause->kind == CLAUSE_DROP_SEQUENCE && clause->before->identity != IDENTITY_NONE;
}

/* In statements of their own: as long as a column is an identity it takes no nulls, and the server
 * holds its type to the whole numbers even in the statement that ends it (manual, "Identity
 * Columns"). */
static void drop_identities(StrBuf *out, const Emitter *cx, const Step *step)
{
    vec_each(Clause, clause, &step->clauses) {
        if (drops_identity(clause)) {
            emit_alter_table_head(out, cx, step_table(step));
            alter_column(out, cx, clause, "DROP IDENTITY");
            strbuf_add(out, ";\n");
        }
    }
}

static void alter_in_one(StrBuf *out, const Emitter *cx, const Step *step)
{
    bool first = true;
    vec_each(Clause, clause, &step->clauses) {
        if (clause->kind == CLAUSE_RENAME_PRIMARY_KEY || drops_identity(clause)) {
            continue;
        }
        if (first) {
            emit_alter_table_head(out, cx, step_table(step));
        } else {
            strbuf_add(out, ",\n");
        }
        clause_line(out, cx, clause);
        first = false;
    }
    strbuf_add(out, first ? "" : ";\n");
}

/* The server refuses RENAME beside other clauses. */
static void rename_primary_key(StrBuf *out, const Emitter *cx, const Step *step)
{
    vec_each(Clause, clause, &step->clauses) {
        if (clause->kind == CLAUSE_RENAME_PRIMARY_KEY) {
            emit_alter_table_head(out, cx, step_table(step));
            strbuf_add(out, "RENAME CONSTRAINT ");
            sql_ident(out, key_name(cx, clause->key_before));
            strbuf_add(out, " TO ");
            sql_ident(out, clause->key_after->name);
            strbuf_add(out, ";\n");
        }
    }
}

static void own_sequence(StrBuf *out, const Emitter *cx, const Step *step, const Column *column)
{
    strbuf_add(out, "ALTER SEQUENCE ");
    sequence_name(out, cx, column);
    strbuf_add(out, " OWNED BY ");
    emit_table_name(out, cx, step_table(step));
    strbuf_char(out, '.');
    emit_column_name(out, cx, column);
    strbuf_add(out, ";\n");
}

/*
 * The statement `verb` SEQUENCE ... `rest` about the sequence behind a column of the source. A
 * schema text does not know its name: it keeps the one it was made with when its table is renamed,
 * and other tools give others. Then the server is asked when the script runs; of a column without
 * one there is nothing to do.
 */
static void change_sequence(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause,
                            const char *verb, const char *rest)
{
    if (clause->before->dflt.sequence != NULL) {
        strbuf_printf(out, "%s SEQUENCE ", verb);
        old_sequence(out, cx, clause);
        strbuf_printf(out, "%s;\n", rest);
        return;
    }
    StrBuf table = strbuf_new(STRBUF_MAX), body = strbuf_new(STRBUF_MAX);
    emit_table_name(&table, cx, step_table(step));
    strbuf_add(&body, "\nDECLARE\n    owned CONSTANT pg_catalog.text := "
                      "pg_catalog.pg_get_serial_sequence(");
    sql_string(&body, table.text, table.len);
    strbuf_add(&body, ", ");
    const Name column = world_column_now(cx->world, clause->after)->name;
    sql_string(&body, column->text, column->len);
    strbuf_printf(&body,
                  ");\nBEGIN\n    IF owned IS NOT NULL THEN\n"
                  "        EXECUTE pg_catalog.concat('%s SEQUENCE ', owned, '%s');\n"
                  "    END IF;\nEND\n",
                  verb, rest);
    strbuf_add(out, "DO ");
    sql_dollar(out, body.text, body.len);
    strbuf_add(out, ";\n");
    strbuf_dispose(&body);
    strbuf_dispose(&table);
}

static void drop_sequence(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause)
{
    const Column *before = clause->before;
    if (before->identity == IDENTITY_NONE && !sequence_is_wanted(cx, before)) {
        change_sequence(out, cx, step, clause, "DROP", "");
    }
}

/* A sequence counts in the type of its column. An identity column's follows by itself. */
static void retype_sequence(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause)
{
    if (is_serial(clause->before) && is_serial(clause->after)) {
        StrBuf rest = strbuf_new(STRBUF_MAX);
        strbuf_add(&rest, " AS ");
        emit_type(&rest, cx, &clause->after->type);
        change_sequence(out, cx, step, clause, "ALTER", strbuf_text(&rest));
        strbuf_dispose(&rest);
    }
}

/* Was the column there before, with values of its own? */
static bool holds_values(const Emitter *cx, const Column *column)
{
    const Table *table =
        catalog_find_table(cx->plan->from, column->table->schema, column->table->name);
    return table != NULL && table_find_column(table, column->name) == column;
}

/* A new sequence begins behind the values that are there, or the first inserts meet them. */
static void begin_behind(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause)
{
    if (!cx->plan->online || !holds_values(cx, clause->before)) {
        return;
    }
    StrBuf name = strbuf_new(STRBUF_MAX);
    sequence_name(&name, cx, clause->after);
    strbuf_add(out, "SELECT pg_catalog.setval(");
    sql_string(out, name.text, name.len);
    strbuf_dispose(&name);
    strbuf_add(out, ", pg_catalog.max(");
    emit_column_name(out, cx, clause->after);
    strbuf_add(out, ")) FROM ");
    emit_table_name(out, cx, step_table(step));
    strbuf_add(out, " HAVING pg_catalog.max(");
    emit_column_name(out, cx, clause->after);
    strbuf_add(out, ") OPERATOR(pg_catalog.>) 0;\n");
}

static void clause_rest(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause)
{
    if (clause->kind == CLAUSE_ADD_SEQUENCE) {
        own_sequence(out, cx, step, clause->after);
        begin_behind(out, cx, step, clause);
    } else if (clause->kind == CLAUSE_DROP_SEQUENCE) {
        drop_sequence(out, cx, step, clause);
    } else if (clause->kind == CLAUSE_SET_TYPE) {
        retype_sequence(out, cx, step, clause);
    } else if (keeps_values(cx, clause)) {
        name_carrier(out, cx, step, clause);
    } else if (clause->kind == CLAUSE_ADD_COLUMN || clause->kind == CLAUSE_RECREATE_COLUMN) {
        emit_new_column_rest(out, cx, step_table(step), clause->after);
    }
}

void emit_alter_table(StrBuf *out, const Emitter *cx, const Step *step)
{
    create_sequences(out, cx, step);
    drop_identities(out, cx, step);
    carry_values(out, cx, step);
    alter_in_one(out, cx, step);
    rename_primary_key(out, cx, step);
    vec_each(Clause, clause, &step->clauses) {
        clause_rest(out, cx, step, clause);
    }
}
