/*
 * sql_emit_table.c - CREATE TABLE and ALTER TABLE, to the byte as users of the format know them.
 */
#include "base/common.h"

#include "compiler/plan/emit/sql_emit.h"

#include "compiler/catalog/casts.h"
#include "compiler/plan/diff/conversions.h"
#include "compiler/catalog/naming.h"
#include "compiler/catalog/sql_write.h"

/* --- columns -----------------------------------------------------------------------------------
 */

bool emit_is_serial(const Column *column)
{
    const TypeId id = column->type.id;
    return column->dflt.kind == DEFAULT_SEQUENCE && column->identity == IDENTITY_NONE &&
           !column->type.list && (id == TYPE_SMALLINT || id == TYPE_INTEGER || id == TYPE_BIGINT);
}

static void column_type(StrBuf *out, const Emitter *cx, const Column *column)
{
    if (!emit_is_serial(column)) {
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
    if (column->collation != NULL) {
        strbuf_add(out, " COLLATE ");
        sql_ident(out, column->collation);
    }
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
    if (emit_is_serial(column) && !column->not_null) {
        emit_alter_table_head(out, cx, table);
        strbuf_add(out, "ALTER COLUMN ");
        emit_column_name(out, cx, column);
        strbuf_add(out, " DROP NOT NULL;\n");
    }
}

/* How the rows are spread, where that was read (a whole database's: compiler/compare). */
static const Opaque *partition_key(const Emitter *cx, const Table *table)
{
    vec_each(Opaque *const, at, &cx->plan->to->opaque) {
        if ((*at)->kind == OPAQUE_PARTITION_KEY && (*at)->table == table) {
            return *at;
        }
    }
    return NULL;
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
    const Opaque *spread = table->is_partitioned ? partition_key(cx, table) : NULL;
    strbuf_add(out, "\n)");
    if (spread != NULL) {
        strbuf_printf(out, " PARTITION BY %s", spread->definition->text);
    }
    strbuf_add(out, ";\n");
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
    emit_sequence_name(&name, cx, clause->after);
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

/* The author speaks of the row as it was, or as it will be: of both in the names of now. */
static void write_stated(StrBuf *out, const Emitter *cx, const Clause *clause)
{
    const ColumnType *type = &clause->after->type;
    const Name said = intern_cstr(cx->plan->to->names, clause->expression);
    const Name half = world_text_now(cx->world, clause->before->table, type, said);
    const Name now = world_text_now(cx->world, clause->after->table, type, half);
    sql_fragment(out, now->text, now->len);
}

static void set_type(StrBuf *out, const Emitter *cx, const Clause *clause)
{
    const ColumnType *before = &clause->before->type, *after = &clause->after->type;
    alter_column(out, cx, clause, "SET DATA TYPE ");
    emit_type(out, cx, after);
    if (clause->expression != NULL) {
        strbuf_add(out, " USING (");
        write_stated(out, cx, clause);
        strbuf_char(out, ')');
        return;
    }
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
           (clause->expression != NULL ||
            conversion_between(&clause->before->type, &clause->after->type) != CONVERSION_NONE);
}

static Name carrier_name(const Emitter *cx, const Clause *clause)
{
    return name_reserved(cx->plan->to->names, RESERVED_BEHIND, clause->after->name);
}

/* Into a column beside it, before the old one is dropped. By a change of type to itself: no trigger
 * sees that. */
static void carry_values(StrBuf *out, const Emitter *cx, const Step *step)
{
    vec_each(Clause, clause, &step->clauses) {
        if (!keeps_values(cx, clause)) {
            continue;
        }
        emit_alter_table_head(out, cx, step_table(step));
        strbuf_add(out, "ADD COLUMN     ");
        sql_ident(out, carrier_name(cx, clause));
        strbuf_char(out, ' ');
        emit_type(out, cx, &clause->after->type);
        strbuf_add(out, ";\n");
        emit_alter_table_head(out, cx, step_table(step));
        strbuf_add(out, "ALTER COLUMN ");
        sql_ident(out, carrier_name(cx, clause));
        strbuf_add(out, " SET DATA TYPE ");
        emit_type(out, cx, &clause->after->type);
        strbuf_add(out, " USING (");
        if (clause->expression != NULL) {
            write_stated(out, cx, clause);
        } else {
            const ColumnType now = world_type_now(cx->world, &clause->after->type);
            conversion_write(out, cx->plan->to, world_column_now(cx->world, clause->before)->name,
                             &clause->before->type, &now);
        }
        strbuf_add(out, ");\n");
    }
}

static void give_sequence(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause)
{
    emit_create_sequence(out, cx, clause->after);
    emit_alter_table_head(out, cx, step_table(step));
    add_sequence(out, cx, clause);
    strbuf_add(out, ";\n");
    emit_own_sequence(out, cx, step, clause->after);
    emit_begin_behind(out, cx, step, clause);
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
    } else if (emit_is_serial(column)) {
        give_sequence(out, cx, step, clause);
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
    case CLAUSE_LOCK_KEY:
    case CLAUSE_CHECK_CARRIED:
    case CLAUSE_CHECK_KEPT:
    case CLAUSE_CHECK_HERE:
    case CLAUSE_LEAVE_EMPTY:
    case CLAUSE_SET_ASIDE:
    case CLAUSE_KEEP_FIRST:
    case CLAUSE_EMPTY_FIRST:
    case CLAUSE_MAP_FIRST:
    case CLAUSE_KIND_COUNT:
        unreachable();
    }
}

/* --- ALTER TABLE -------------------------------------------------------------------------------
 */

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

/* A key over a column whose values are carried over waits until that has its name. */
static bool waits_for_carrier(const Emitter *cx, const Step *step, const Clause *clause)
{
    const bool makes_key =
        clause->kind == CLAUSE_ADD_PRIMARY_KEY || clause->kind == CLAUSE_TAKE_PRIMARY_KEY;
    bool carries = false;
    for (size_t i = 0; makes_key && i < step->clauses.count; i++) {
        carries = carries || keeps_values(cx, &step->clauses.items[i]);
    }
    return carries;
}

/* Those that wait, or the others. */
static void alter_in_one(StrBuf *out, const Emitter *cx, const Step *step, bool late)
{
    bool first = true;
    vec_each(Clause, clause, &step->clauses) {
        if (clause->kind == CLAUSE_RENAME_PRIMARY_KEY || drops_identity(clause) ||
            waits_for_carrier(cx, step, clause) != late) {
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

static void clause_rest(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause)
{
    if (clause->kind == CLAUSE_ADD_SEQUENCE) {
        emit_own_sequence(out, cx, step, clause->after);
        emit_begin_behind(out, cx, step, clause);
    } else if (clause->kind == CLAUSE_DROP_SEQUENCE) {
        emit_drop_sequence(out, cx, step, clause);
    } else if (clause->kind == CLAUSE_SET_TYPE) {
        emit_retype_sequence(out, cx, step, clause);
    } else if (keeps_values(cx, clause)) {
        name_carrier(out, cx, step, clause);
    } else if (clause->kind == CLAUSE_ADD_COLUMN || clause->kind == CLAUSE_RECREATE_COLUMN) {
        emit_new_column_rest(out, cx, step_table(step), clause->after);
    }
}

void emit_alter_table(StrBuf *out, const Emitter *cx, const Step *step)
{
    if (emit_alter_in_block(out, cx, step)) {
        return;
    }
    vec_each(Clause, clause, &step->clauses) {
        if (clause->kind == CLAUSE_ADD_SEQUENCE) {
            emit_create_sequence(out, cx, clause->after);
        }
    }
    drop_identities(out, cx, step);
    carry_values(out, cx, step);
    alter_in_one(out, cx, step, false);
    rename_primary_key(out, cx, step);
    vec_each(Clause, clause, &step->clauses) {
        clause_rest(out, cx, step, clause);
    }
    alter_in_one(out, cx, step, true);
}
