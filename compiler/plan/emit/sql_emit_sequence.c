/*
 * sql_emit_sequence.c - sequences behind columns: what they are called, made, owned and dropped.
 */
#include "base/common.h"

#include "compiler/plan/emit/sql_emit.h"

#include <ctype.h>

#include "compiler/blocks/numbers_block.h"
#include "compiler/catalog/naming.h"
#include "compiler/catalog/sql_write.h"

static Name serial_name(const Emitter *cx, const Column *column)
{
    return name_sequence(cx->plan->to->names, column->table->name, column->name);
}

/* A sequence without a name belongs to its column alone, and is called as usual. */
static void note_taken(const Emitter *cx, Column *column)
{
    const Sequence *sequence = column->dflt.sequence;
    if (column->dflt.kind == DEFAULT_SEQUENCE) {
        map_put2(cx->arena, &cx->sequences->taken, column->table->schema,
                 sequence != NULL ? sequence->name : serial_name(cx, column), column);
    }
}

static void note_wanted(const Emitter *cx, Column *column)
{
    const Sequence *sequence = column->dflt.sequence;
    if (column->dflt.kind == DEFAULT_SEQUENCE && sequence != NULL) {
        map_put2(cx->arena, &cx->sequences->wanted, sequence->schema, sequence->name, column);
    }
}

static void note_all(const Emitter *cx, const Catalog *catalog,
                     void note(const Emitter *cx, Column *column))
{
    vec_each(Table *, table, &catalog->tables) {
        vec_each(Column *, at, &(*table)->columns) {
            note(cx, *at);
        }
    }
}

static const SequenceNames *sequences(const Emitter *cx)
{
    if (!cx->sequences->known) {
        cx->sequences->known = true;
        note_all(cx, cx->plan->from, note_taken);
        note_all(cx, cx->plan->to, note_wanted);
    }
    return cx->sequences;
}

/* Does a sequence of the source hold the name already? */
static bool is_taken(const Emitter *cx, Name schema, Name name)
{
    return map_get2(&sequences(cx)->taken, schema, name) != NULL ||
           catalog_find_table(cx->plan->from, schema, name) != NULL;
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

/* It belongs to its table's column, and so where that is at the moment; it goes along with it. */
static Name sequence_schema(const Emitter *cx, const Column *column)
{
    return world_table_now(cx->world, column->table)->schema;
}

static bool is_taken_anywhere(const Emitter *cx, const Column *column, Name name)
{
    const Name kept = name_kept(cx->plan->to->names, name);
    return is_taken(cx, column->table->schema, kept) ||
           is_taken(cx, sequence_schema(cx, column), kept);
}

/* The usual name is written whole, as the format has it, and the server cuts it. */
Name emit_new_sequence(const Emitter *cx, const Column *column)
{
    Name usual = usual_sequence_name(cx, column), name = usual;
    for (unsigned i = 1; is_taken_anywhere(cx, column, name); i++) {
        const size_t len = name_cut(usual->text, usual->len, IDENTIFIER_MAX - 10);
        name = intern_printf(cx->plan->to->names, "%.*s%u", (int)len, usual->text, i);
    }
    return name;
}

/* "auth".user_id_seq */
void emit_sequence_name(StrBuf *out, const Emitter *cx, const Column *column)
{
    Name name = emit_new_sequence(cx, column);
    const Name schema = sequence_schema(cx, column);
    if (schema != cx->plan->to->default_schema) {
        sql_ident(out, schema);
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

/* Does another column of the wanted catalog draw from it? */
static bool sequence_is_wanted(const Emitter *cx, const Column *before)
{
    const Sequence *sequence = before->dflt.sequence;
    return sequence != NULL &&
           map_get2(&sequences(cx)->wanted, sequence->schema, sequence->name) != NULL;
}

/* --- statements --------------------------------------------------------------------------------
 */

void emit_create_sequence(StrBuf *out, const Emitter *cx, const Column *column)
{
    strbuf_add(out, "CREATE SEQUENCE ");
    emit_sequence_name(out, cx, column);
    if (cx->plan->online) { /* as SERIAL does */
        strbuf_add(out, " AS ");
        emit_type(out, cx, &column->type);
    }
    strbuf_add(out, ";\n");
}

static const char *named_schema(const Emitter *cx, Name schema)
{
    return schema == cx->plan->to->default_schema ? NULL : schema->text;
}

/* Programs that do not own the table draw from it themselves. */
static void give_rights(StrBuf *out, const Emitter *cx, const Step *step, const Column *column)
{
    const Table *table = world_table_now(cx->world, step_table(step));
    const NumbersBlock block = {
        .table_schema = named_schema(cx, table->schema),
        .table = table->name->text,
        .sequence_schema = named_schema(cx, sequence_schema(cx, column)),
        .sequence = emit_new_sequence(cx, column)->text,
    };
    StrBuf body = strbuf_new(STRBUF_MAX);
    numbers_block_write(&body, &block);
    emit_dollar_block(out, "DO ", &body);
}

void emit_own_sequence(StrBuf *out, const Emitter *cx, const Step *step, const Column *column)
{
    if (cx->plan->online) {
        give_rights(out, cx, step, column);
    }
    strbuf_add(out, "ALTER SEQUENCE ");
    emit_sequence_name(out, cx, column);
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

void emit_drop_sequence(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause)
{
    const Column *before = clause->before;
    if (before->identity == IDENTITY_NONE && !sequence_is_wanted(cx, before)) {
        change_sequence(out, cx, step, clause, "DROP", "");
    }
}

/* A sequence counts in the type of its column. An identity column's follows by itself. */
void emit_retype_sequence(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause)
{
    if (emit_is_serial(clause->before) && emit_is_serial(clause->after)) {
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

void emit_begin_numbers(StrBuf *out, const Emitter *cx, const Step *step, const Column *column,
                        const char *unless)
{
    StrBuf name = strbuf_new(STRBUF_MAX);
    emit_sequence_name(&name, cx, column);
    strbuf_add(out, "SELECT pg_catalog.setval(");
    sql_string(out, name.text, name.len);
    strbuf_dispose(&name);
    strbuf_add(out, ", pg_catalog.max(");
    emit_column_name(out, cx, column);
    strbuf_add(out, ")) FROM ");
    emit_table_name(out, cx, step_table(step));
    strbuf_add(out, " HAVING pg_catalog.max(");
    emit_column_name(out, cx, column);
    strbuf_printf(out, ") OPERATOR(pg_catalog.%s;\n", unless);
}

/* A new sequence begins behind the values that are there, or the first inserts meet them. */
void emit_begin_behind(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause)
{
    if (cx->plan->online && holds_values(cx, clause->before)) {
        emit_begin_numbers(out, cx, step, clause->after, ">) 0");
    }
}
