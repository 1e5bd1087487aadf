/*
 * sql_emit_enum.c - enum types that change: values added, names, and what a block writes otherwise.
 */
#include "base/common.h"

#include "compiler/plan/emit/sql_emit.h"

#include <string.h>

#include "compiler/canon/canon_refs.h"
#include "compiler/catalog/naming.h"
#include "compiler/catalog/enum_order.h"
#include "compiler/catalog/sql_write.h"

/* --- new values --------------------------------------------------------------------------------
 */

/* The values of an enum that a step adds values to. */
typedef struct NewValues {
    const EnumType *type; /* the wanted one */
    Map before, after;
} NewValues;

static bool is_new(const NewValues *values, Name value)
{
    return enum_place(&values->before, value) == 0 && enum_place(&values->after, value) > 0;
}

/* Only where the text holds the letters of a new value does it pay to parse it. */
static bool may_use_new(const NewValues *values, Name text)
{
    vec_each(Name, value, &values->type->values) {
        if (is_new(values, *value) && strstr(text->text, (*value)->text) != NULL) {
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

/* Does it hold one of the new values of the type? */
static bool uses_new(const Emitter *cx, const NewValues *values, const Expression *expression)
{
    const EnumType *type = values->type;
    if (!may_use_new(values, expression->text)) {
        return false;
    }
    Arena *scratch = arena_new();
    const SqlRefList refs =
        canon_refs(scratch, cx->plan->to, expression->table, expression->type, expression->text);
    bool uses = false;
    vec_each(const SqlRef, ref, &refs) {
        vec_each(Name, value, &ref->values) {
            uses = uses || (*value != NULL && is_new(values, *value) &&
                            ref->type->name == type->name && ref->type->schema == type->schema);
        }
    }
    arena_free(scratch);
    return uses;
}

static bool default_uses_new(const Emitter *cx, const NewValues *values, const Column *column)
{
    if (column->dflt.kind == DEFAULT_EXPRESSION) {
        const Expression dflt = {column->table, &column->type, column->dflt.text};
        return uses_new(cx, values, &dflt);
    }
    if (!column_is_of_enum(column, values->type)) {
        return false;
    }
    if (column->dflt.kind == DEFAULT_VALUE) {
        return is_new(values, column->dflt.value.text);
    }
    vec_each(Literal, item, &column->dflt.items) {
        if (is_new(values, item->text)) {
            return true;
        }
    }
    return false;
}

/* --- what the plan does with them ---------------------------------------------------------------
 */

/* A column of another type that becomes one of the enum: its rows may have the new values. */
static void note_taken(const Emitter *cx, const Step *step)
{
    vec_each(const Clause, clause, &step->clauses) {
        const bool sets = step->kind == STEP_ALTER_TABLE && clause->kind == CLAUSE_SET_TYPE;
        const ColumnType *type = sets ? &clause->after->type : NULL;
        if (sets && type->id == TYPE_ENUM && !column_is_of_enum(clause->before, type->enum_type)) {
            map_put2(cx->arena, &cx->grown->takes_column, type->enum_type->schema,
                     type->enum_type->name, cx->grown);
        }
    }
}

static bool decides(const Step *step)
{
    return step->block != NULL || step->kind == STEP_ALTER_TABLE ||
           step->kind == STEP_CREATE_TABLE || step->kind == STEP_CREATE_INDEX;
}

static const GrownEnums *grown_enums(const Emitter *cx)
{
    GrownEnums *grown = cx->grown;
    if (grown->uses != NULL) {
        return grown;
    }
    grown->uses = enum_uses_of(cx->arena, cx->plan->to);
    Step *decider = NULL;
    for (size_t i = cx->plan->steps.count; i-- > 0;) {
        Step *step = cx->plan->steps.items[i];
        note_taken(cx, step);
        if (decider != NULL && step->kind == STEP_ADD_ENUM_VALUES) {
            object_map_put(cx->arena, &grown->deciders, step, decider);
        }
        decider = decides(step) ? step : decider;
    }
    return grown;
}

static bool user_uses_new(const Emitter *cx, const NewValues *values, const EnumUser *user)
{
    if (user->column != NULL) {
        return default_uses_new(cx, values, user->column);
    }
    const Expression predicate = {user->index->table, NULL, user->index->predicate};
    return predicate.text != NULL && uses_new(cx, values, &predicate);
}

/* A new value cannot be used in the transaction that adds it (manual, "ALTER TYPE"). */
static bool is_used_in_plan(const Emitter *cx, const NewValues *values)
{
    const GrownEnums *grown = grown_enums(cx);
    const EnumType *type =
        catalog_find_enum(cx->plan->to, values->type->schema, values->type->name);
    if (map_get2(&grown->takes_column, values->type->schema, values->type->name) != NULL) {
        return true;
    }
    if (type == NULL) {
        return false;
    }
    Arena *scratch = arena_new();
    const EnumUserList users = enum_uses_texts(grown->uses, scratch, type, true);
    bool used = false;
    for (size_t i = 0; !used && i < users.count; i++) {
        used = user_uses_new(cx, values, users.items[i]);
    }
    arena_free(scratch);
    return used;
}

/* The COMMIT of a block that follows ends the transaction before anything uses the values. */
static bool is_committed_anyway(const Emitter *cx, const Step *step)
{
    const Step *decider = object_map_get(&grown_enums(cx)->deciders, step);
    return decider != NULL && decider->block != NULL && decider->phase == step->phase;
}

static size_t count_new(const NewValues *values)
{
    size_t count = 0;
    vec_each(Name, value, &values->type->values) {
        count += is_new(values, *value);
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

static void add_value(StrBuf *out, const Emitter *cx, const EnumType *type, Name value,
                      const EnumPlace *place)
{
    strbuf_add(out, "ALTER TYPE ");
    sql_qualified(out, cx->plan->to, type->schema, type->name);
    strbuf_add(out, " ADD VALUE ");
    sql_string(out, value->text, value->len);
    value_place(out, place);
    strbuf_add(out, ";\n");
}

void emit_add_enum_values(StrBuf *out, const Emitter *cx, const Step *step)
{
    Arena *scratch = arena_new();
    const EnumType *after = step->after.enum_type;
    const EnumType *wanted = world_enum_now(cx->world, scratch, after);
    EnumType *grown = world_enum_now(cx->world, scratch, step->before.enum_type);
    const EnumPlace *places = enum_add_values(scratch, grown, wanted);
    const NewValues values = {after, enum_places(scratch, step->before.enum_type),
                              enum_places(scratch, after)};
    const bool used = is_used_in_plan(cx, &values) && !is_committed_anyway(cx, step);
    if (count_new(&values) > 1) {
        explain_several_values(out);
    }
    strbuf_add(out, used ? "BEGIN;\n" : "");
    for (size_t i = 0; i < after->values.count; i++) {
        if (is_new(&values, after->values.items[i])) {
            add_value(out, cx, wanted, wanted->values.items[i], &places[i]);
        }
    }
    strbuf_add(out, used ? "COMMIT;\n" : "");
    arena_free(scratch);
}

/* --- other names -------------------------------------------------------------------------------
 */

static void alter_type(StrBuf *out, const Emitter *cx, Name schema, Name name, const char *action)
{
    strbuf_add(out, "ALTER TYPE ");
    sql_qualified(out, cx->plan->to, schema, name);
    strbuf_printf(out, " %s ", action);
}

static void rename_value(StrBuf *out, const Emitter *cx, const EnumType *type, Name old, Name new)
{
    alter_type(out, cx, type->schema, type->name, "RENAME VALUE");
    sql_string(out, old->text, old->len);
    strbuf_add(out, " TO ");
    sql_string(out, new->text, new->len);
    strbuf_add(out, ";\n");
}

static void rename_values(StrBuf *out, const Emitter *cx, const EnumType *type, const Step *step)
{
    Arena *scratch = arena_new();
    const EnumType *before = step->before.enum_type, *after = step->after.enum_type;
    const NameMoveList moves = name_moves(scratch, cx->plan->to->names, before->values.items,
                                          after->values.items, before->values.count);
    vec_each(const NameMove, move, &moves) {
        rename_value(out, cx, type, move->from, move->to);
    }
    arena_free(scratch);
}

void emit_rename_enum(StrBuf *out, const Emitter *cx, const Step *step)
{
    const EnumType *before = world_enum_now(cx->world, cx->arena, step->before.enum_type);
    EnumType after = *step->after.enum_type;
    after.name = step->new_name != NULL ? step->new_name : after.name;
    if (before->schema != after.schema) {
        alter_type(out, cx, before->schema, before->name, "SET SCHEMA");
        sql_ident(out, after.schema);
        strbuf_add(out, ";\n");
    }
    if (before->name != after.name) {
        alter_type(out, cx, after.schema, before->name, "RENAME TO");
        sql_ident(out, after.name);
        strbuf_add(out, ";\n");
    }
    rename_values(out, cx, &after, step);
}

/* --- in the block of a type that is built anew --------------------------------------------------
 */

/*
 * Names of the source's side. The format writes them with their schema when the source was a
 * database, and like all others when it was a schema text.
 */
static void source_name(StrBuf *out, const Emitter *cx, const Step *step, Name schema, Name name)
{
    if (step->cause->before.enum_type->block == NULL) {
        sql_ident(out, schema);
        strbuf_char(out, '.');
        sql_ident(out, name);
    } else {
        sql_qualified(out, cx->plan->to, schema, name);
    }
}

static void drop_default(StrBuf *out, const Emitter *cx, const Step *step, const Column *column)
{
    strbuf_add(out, "ALTER TABLE ");
    source_name(out, cx, step, column->table->schema, column->table->name);
    strbuf_add(out, " ALTER COLUMN ");
    sql_ident(out, column->name);
    strbuf_add(out, " DROP DEFAULT;\n");
}

/* A column that leaves the type in this plan waits as text, which takes every value. */
static void move_column(StrBuf *out, const Emitter *cx, const Column *column, const ColumnType *to)
{
    const char *list = to->list ? "[]" : "";
    emit_alter_table_head(out, cx, column->table);
    strbuf_add(out, "ALTER COLUMN ");
    sql_ident(out, column->name);
    strbuf_add(out, " TYPE ");
    if (to->id != TYPE_ENUM) {
        strbuf_printf(out, "TEXT%s;\n", list);
        return;
    }
    sql_qualified(out, cx->plan->to, to->enum_type->schema, to->enum_type->name);
    strbuf_printf(out, "%s USING (", list);
    sql_ident(out, column->name);
    strbuf_add(out, "::text::");
    sql_qualified(out, cx->plan->to, to->enum_type->schema, to->enum_type->name);
    strbuf_printf(out, "%s);\n", list);
}

bool emit_alter_in_block(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Clause *clause = step->clauses.items;
    if (step->block == NULL || clause->kind == CLAUSE_SET_DEFAULT) {
        return false;
    }
    const Column *now = world_column_now(cx->world, clause->before);
    if (clause->kind == CLAUSE_DROP_DEFAULT) {
        drop_default(out, cx, step, now);
    } else {
        move_column(out, cx, now, &clause->after->type);
    }
    return true;
}

void emit_drop_enum(StrBuf *out, const Emitter *cx, const Step *step)
{
    const EnumType *now = world_enum_now(cx->world, cx->arena, step->before.enum_type);
    strbuf_add(out, "DROP TYPE ");
    if (step->block != NULL) {
        source_name(out, cx, step, now->schema, now->name);
    } else {
        sql_qualified(out, cx->plan->to, now->schema, now->name);
    }
    strbuf_add(out, ";\n");
}
