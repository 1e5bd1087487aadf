/*
 * sql_emit_enum.c - enum types that change: values added, or the type built anew.
 */
#include "base/common.h"

#include "compiler/plan/emit/sql_emit.h"

#include <string.h>

#include "compiler/canon/canon_refs.h"
#include "compiler/catalog/casts.h"
#include "compiler/catalog/naming.h"
#include "compiler/catalog/enum_order.h"
#include "compiler/catalog/sql_write.h"

/* --- new values --------------------------------------------------------------------------------
 */

static bool is_new(const Step *step, Name value)
{
    return !enum_has_value(step->before.enum_type, value) &&
           enum_has_value(step->after.enum_type, value);
}

/* The wanted catalog's type: before the gate it may have another name. */
static const EnumType *wanted_type(const Plan *plan, const Step *step)
{
    const EnumType *type = step->after.enum_type;
    vec_each(Change *, at, &plan->diff->changes) {
        if (plan->online && step->phase != PHASE_CONTRACT && (*at)->kind == CHANGE_RENAME_ENUM &&
            (*at)->before.enum_type->name == type->name &&
            (*at)->before.enum_type->schema == type->schema) {
            return (*at)->after.enum_type;
        }
    }
    return type;
}

/* Only where the text holds the letters of a new value does it pay to parse it. */
static bool may_use_new(const Step *step, Name text)
{
    vec_each(Name, value, &step->after.enum_type->values) {
        if (is_new(step, *value) && strstr(text->text, (*value)->text) != NULL) {
            return true;
        }
    }
    return false;
}

/* An expression over a table, as the wanted catalog has it. */
typedef struct Expression {
    const Table *table;
    const ColumnType *type; /* NULL: a condition */
    Name text;
} Expression;

/* Does it hold one of the new values of the plan's wanted `type`? */
static bool uses_new(const Plan *plan, const Step *step, const EnumType *type,
                     const Expression *expression)
{
    if (!may_use_new(step, expression->text)) {
        return false;
    }
    Arena *scratch = arena_new();
    const EnumRefList refs =
        canon_enum_refs(scratch, plan->to, expression->table, expression->type, expression->text);
    bool uses = false;
    vec_each(const EnumRef, ref, &refs) {
        vec_each(Name, value, &ref->values) {
            uses = uses || (*value != NULL && is_new(step, *value) &&
                            ref->type->name == type->name && ref->type->schema == type->schema);
        }
    }
    arena_free(scratch);
    return uses;
}

static bool default_uses_new(const Plan *plan, const Step *step, const EnumType *type,
                             const Column *column)
{
    if (column->dflt.kind == DEFAULT_EXPRESSION) {
        const Expression dflt = {column->table, &column->type, column->dflt.text};
        return uses_new(plan, step, type, &dflt);
    }
    if (!column_is_of_enum(column, type)) {
        return false;
    }
    if (column->dflt.kind == DEFAULT_VALUE) {
        return is_new(step, column->dflt.value.text);
    }
    vec_each(Literal, item, &column->dflt.items) {
        if (is_new(step, item->text)) {
            return true;
        }
    }
    return false;
}

/* Does a column of another type become one of this? Its rows may have the new values. */
static bool takes_a_column(const Plan *plan, const EnumType *type)
{
    vec_each(Step *, at, &plan->steps) {
        vec_each(const Clause, clause, &(*at)->clauses) {
            if ((*at)->kind == STEP_ALTER_TABLE && clause->kind == CLAUSE_SET_TYPE &&
                column_is_of_enum(clause->after, type) &&
                !column_is_of_enum(clause->before, type)) {
                return true;
            }
        }
    }
    return false;
}

/* A new value cannot be used in the transaction that adds it (manual, "ALTER TYPE"). */
static bool is_used_in_plan(const Plan *plan, const Step *step)
{
    const EnumType *type = wanted_type(plan, step);
    if (takes_a_column(plan, type)) {
        return true;
    }
    vec_each(Table *, table, &plan->to->tables) {
        vec_each(Column *, at, &(*table)->columns) {
            if (default_uses_new(plan, step, type, *at)) {
                return true;
            }
        }
        vec_each(Index *, at, &(*table)->indexes) {
            const Expression predicate = {*table, NULL, (*at)->predicate};
            if (predicate.text != NULL && uses_new(plan, step, type, &predicate)) {
                return true;
            }
        }
    }
    return false;
}

/* The COMMIT of a rebuild that follows ends the transaction before anything uses the values. */
static bool is_committed_anyway(const Plan *plan, const Step *step)
{
    bool after = false;
    vec_each(Step *, at, &plan->steps) {
        const StepKind kind = (*at)->kind;
        if (after && kind == STEP_REBUILD_ENUM) {
            return (*at)->phase == step->phase;
        }
        if (after &&
            (kind == STEP_ALTER_TABLE || kind == STEP_CREATE_TABLE || kind == STEP_CREATE_INDEX)) {
            return false;
        }
        after = after || *at == step;
    }
    return false;
}

static size_t count_new(const Step *step)
{
    size_t count = 0;
    vec_each(Name, value, &step->after.enum_type->values) {
        count += is_new(step, *value);
    }
    return count;
}

/* This text is part of the format: scripts that carry it are compared with it. */
static const char *const several_values[] = {
    "This migration adds more than one value to an enum.",
    "With PostgreSQL versions 11 and earlier, this is not possible",
    "in a single migration. This can be worked around by creating",
    "multiple migrations, each migration adding only one value to",
    "the enum.",
};

static void explain_several_values(StrBuf *out)
{
    for (size_t i = 0; i < lengthof(several_values); i++) {
        sql_line_comment(out, several_values[i]);
    }
    strbuf_add(out, "\n\n");
}

/* Where the value has to come so that those there are and those added so far stand as wanted;
 * nothing for the end. The order of an enum's values is what ORDER BY and `<` follow. */
static void value_place(StrBuf *out, const EnumPlace *place)
{
    if (place->before == NULL && place->after == NULL) {
        return;
    }
    const Name beside = place->before != NULL ? place->before : place->after;
    strbuf_add(out, place->before != NULL ? " BEFORE " : " AFTER ");
    sql_string(out, beside->text, beside->len);
}

void emit_add_enum_values(StrBuf *out, const Plan *plan, const Step *step)
{
    const EnumType *type = step->after.enum_type;
    const bool used = is_used_in_plan(plan, step) && !is_committed_anyway(plan, step);
    Arena *scratch = arena_new();
    EnumType *grown = enum_type_copy(scratch, step->before.enum_type);
    if (count_new(step) > 1) {
        explain_several_values(out);
    }
    strbuf_add(out, used ? "BEGIN;\n" : "");
    vec_each(Name, value, &type->values) {
        if (!is_new(step, *value)) {
            continue;
        }
        const EnumPlace place = enum_add_value(scratch, grown, *value, type);
        strbuf_add(out, "ALTER TYPE ");
        sql_qualified(out, plan->to, type->schema, type->name);
        strbuf_add(out, " ADD VALUE ");
        sql_string(out, (*value)->text, (*value)->len);
        value_place(out, &place);
        strbuf_add(out, ";\n");
    }
    strbuf_add(out, used ? "COMMIT;\n" : "");
    arena_free(scratch);
}

/* --- other names -------------------------------------------------------------------------------
 */

static void alter_type(StrBuf *out, const Plan *plan, Name schema, Name name, const char *action)
{
    strbuf_add(out, "ALTER TYPE ");
    sql_qualified(out, plan->to, schema, name);
    strbuf_printf(out, " %s ", action);
}

static void rename_value(StrBuf *out, const Plan *plan, const EnumType *type, Name old, Name new)
{
    alter_type(out, plan, type->schema, type->name, "RENAME VALUE");
    sql_string(out, old->text, old->len);
    strbuf_add(out, " TO ");
    sql_string(out, new->text, new->len);
    strbuf_add(out, ";\n");
}

static bool is_in(const Name *names, size_t count, Name name)
{
    for (size_t i = 0; i < count; i++) {
        if (names[i] == name) {
            return true;
        }
    }
    return false;
}

/* The first value that can have its new name now; `count`: each waits for another. */
static size_t next_value(const Name *now, const Name *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (now[i] != wanted[i] && !is_in(now, count, wanted[i])) {
            return i;
        }
    }
    return count;
}

static size_t first_waiting(const Name *now, const Name *wanted, size_t count)
{
    size_t i = 0;
    while (i < count && now[i] == wanted[i]) {
        i++;
    }
    return i;
}

/* Values may pass their names on, or exchange them: then one has a name in between. */
static void rename_values(StrBuf *out, const Plan *plan, const Step *step)
{
    const size_t count = step->before.enum_type->values.count;
    const Name *wanted = step->after.enum_type->values.items;
    Name *now = arena_array(plan->arena, Name, count + 1);
    for (size_t i = 0; i < count; i++) {
        now[i] = step->before.enum_type->values.items[i];
    }
    for (size_t at = first_waiting(now, wanted, count); at < count;
         at = first_waiting(now, wanted, count)) {
        const size_t ready = next_value(now, wanted, count);
        const size_t chosen = ready < count ? ready : at;
        Name new = ready < count ? wanted[chosen]
                                 : intern_printf(plan->to->names, "_bellows_%zu", chosen + 1);
        rename_value(out, plan, step->after.enum_type, now[chosen], new);
        now[chosen] = new;
    }
}

void emit_rename_enum(StrBuf *out, const Plan *plan, const Step *step)
{
    const EnumType *before = step->before.enum_type, *after = step->after.enum_type;
    if (before->schema != after->schema) {
        alter_type(out, plan, before->schema, before->name, "SET SCHEMA");
        sql_ident(out, after->schema);
        strbuf_add(out, ";\n");
    }
    if (before->name != after->name) {
        alter_type(out, plan, after->schema, before->name, "RENAME TO");
        sql_ident(out, after->name);
        strbuf_add(out, ";\n");
    }
    rename_values(out, plan, step);
}

/* --- built anew --------------------------------------------------------------------------------
 */

/* E_new; a long name gives way so that the server does not cut the ending. */
static Name ending(const Plan *plan, const EnumType *type, const char *suffix)
{
    return name_with_suffix(plan->to->names, type->name->text, type->name->len, suffix);
}

/*
 * Names of the source's side. The format writes them with their schema when the source was a
 * database, and like all others when it was a schema text.
 */
static void source_name(StrBuf *out, const Plan *plan, const Step *step, Name schema, Name name)
{
    if (step->before.enum_type->block == NULL) {
        sql_ident(out, schema);
        strbuf_char(out, '.');
        sql_ident(out, name);
    } else {
        sql_qualified(out, plan->to, schema, name);
    }
}

static void create_new(StrBuf *out, const Plan *plan, const EnumType *type, Name name)
{
    strbuf_add(out, "CREATE TYPE ");
    sql_qualified(out, plan->to, type->schema, name);
    strbuf_add(out, " AS ENUM (");
    for (size_t i = 0; i < type->values.count; i++) {
        strbuf_add(out, i > 0 ? ", " : "");
        sql_string(out, type->values.items[i]->text, type->values.items[i]->len);
    }
    strbuf_add(out, ");\n");
}

static const Column *now(const Clause *clause)
{
    return clause->after != NULL ? clause->after : clause->before;
}

static void drop_default(StrBuf *out, const Plan *plan, const Step *step, const Clause *clause)
{
    const Table *table = now(clause)->table;
    strbuf_add(out, "ALTER TABLE ");
    source_name(out, plan, step, table->schema, table->name);
    strbuf_add(out, " ALTER COLUMN ");
    sql_ident(out, now(clause)->name);
    strbuf_add(out, " DROP DEFAULT;\n");
}

static void set_default(StrBuf *out, const Plan *plan, const Clause *clause)
{
    emit_alter_table_head(out, plan, clause->after->table);
    strbuf_add(out, "ALTER COLUMN ");
    sql_ident(out, clause->after->name);
    strbuf_add(out, " SET DEFAULT ");
    sql_default(out, plan->to, clause->after);
    strbuf_add(out, ";\n");
}

/* A column that leaves the type in this plan waits as text, which takes every value. */
static void move_column(StrBuf *out, const Plan *plan, const Step *step, const Clause *clause,
                        Name new_name)
{
    const EnumType *type = step->after.enum_type;
    const Column *column = now(clause);
    const char *list = clause->before->type.list ? "[]" : "";
    emit_alter_table_head(out, plan, column->table);
    strbuf_add(out, "ALTER COLUMN ");
    sql_ident(out, column->name);
    strbuf_add(out, " TYPE ");
    if (!column_keeps_enum(clause->before, clause->after, type)) {
        strbuf_printf(out, "TEXT%s;\n", list);
        return;
    }
    sql_qualified(out, plan->to, type->schema, new_name);
    strbuf_printf(out, "%s USING (", list);
    sql_ident(out, column->name);
    strbuf_add(out, "::text::");
    sql_qualified(out, plan->to, type->schema, new_name);
    strbuf_printf(out, "%s);\n", list);
}

static void move_columns(StrBuf *out, const Plan *plan, const Step *step, Name new_name)
{
    vec_each(Clause, clause, &step->clauses) {
        if (clause->kind == CLAUSE_DROP_DEFAULT) {
            drop_default(out, plan, step, clause);
        } else if (clause->kind == CLAUSE_SET_TYPE) {
            move_column(out, plan, step, clause, new_name);
        }
    }
}

static void swap_names(StrBuf *out, const Plan *plan, const Step *step, Name new_name,
                       Name old_name)
{
    const EnumType *type = step->after.enum_type;
    strbuf_add(out, "ALTER TYPE ");
    sql_qualified(out, plan->to, type->schema, type->name);
    strbuf_add(out, " RENAME TO ");
    sql_ident(out, old_name);
    strbuf_add(out, ";\nALTER TYPE ");
    sql_qualified(out, plan->to, type->schema, new_name);
    strbuf_add(out, " RENAME TO ");
    sql_ident(out, type->name);
    strbuf_add(out, ";\nDROP TYPE ");
    source_name(out, plan, step, type->schema, old_name);
    strbuf_add(out, ";\n");
}

void emit_rebuild_enum(StrBuf *out, const Plan *plan, const Step *step)
{
    const EnumType *type = step->after.enum_type;
    Name new_name = ending(plan, type, "_new");
    Name old_name = ending(plan, type, "_old");
    strbuf_add(out, "BEGIN;\n");
    create_new(out, plan, type, new_name);
    move_columns(out, plan, step, new_name);
    swap_names(out, plan, step, new_name, old_name);
    vec_each(Clause, clause, &step->clauses) {
        if (clause->kind == CLAUSE_SET_DEFAULT) {
            set_default(out, plan, clause);
        }
    }
    strbuf_add(out, "COMMIT;\n");
}
