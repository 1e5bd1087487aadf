/*
 * direct_hazard.c - what a step of the direct strategy endangers.
 *
 * In:  a step with its clauses.   Out: the same step with its hazards, in the order of the clauses.
 */
#include "base/common.h"

#include "base/strbuf.h"
#include "compiler/catalog/casts.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/steps/type_words.h"
#include "compiler/plan/diff/conversions.h"
#include "compiler/catalog/types.h"
#include "compiler/plan/diff/uniqueness.h"
#include "compiler/plan/direct/direct_internal.h"
#include "compiler/plan/direct/duplicates.h"
#include "compiler/plan/direct/misfits.h"

static bool has_default(const Column *column)
{
    return column->dflt.kind != DEFAULT_NONE || column->identity != IDENTITY_NONE ||
           column->generated != NULL;
}

static bool must_be_given(const Column *column)
{
    return column->not_null && !has_default(column);
}

static void required_column(DirectCx *cx, Step *step, const Column *column)
{
    const HazardCode code = column->client_default == CLIENT_DEFAULT_FUNCTION
                                ? HAZARD_ADD_REQUIRED_CLIENT
                                : HAZARD_ADD_REQUIRED;
    step_add_hazard(cx->plan, step, code, step->before.table, column, NULL);
}

static void count_misfits(const Plan *plan, Hazard *hazard, const Column *before,
                          const ColumnType *after)
{
    const MisfitQueries queries = misfit_queries(plan, before, after);
    hazard->query = queries.query;
    hazard->look = queries.look;
}

static void recreated_column(DirectCx *cx, Step *step, const Clause *clause)
{
    const Table *table = step->before.table;
    const ColumnType *from = &clause->before->type, *to = &clause->after->type;
    const Conversion carried = cx->plan->online ? conversion_between(from, to) : CONVERSION_NONE;
    if (carried != CONVERSION_NONE) {
        const bool shortens = carried == CONVERSION_FIRST_OF_LIST;
        Hazard *hazard = step_add_hazard(
            cx->plan, step, shortens ? HAZARD_LIST_SHORTENED : HAZARD_RISKY_CAST, table,
            clause->before, shortens ? NULL : types_in_words(cx->arena, from, to));
        if (!shortens) {
            count_misfits(cx->plan, hazard, clause->before, to);
        }
    } else if (!must_be_given(clause->after)) {
        step_add_hazard(cx->plan, step, HAZARD_RECREATE_COLUMN, table, clause->before, NULL);
    } else if (clause->before->not_null || clause->before->type.list) {
        step_add_hazard(cx->plan, step, HAZARD_RECREATE_REQUIRED, table, clause->before, NULL);
    } else {
        step_add_hazard(cx->plan, step, HAZARD_ADD_REQUIRED, table, clause->before, NULL);
    }
}

static void cast_hazard(DirectCx *cx, Step *step, const Clause *clause)
{
    const ColumnType *before = &clause->before->type, *after = &clause->after->type;
    const bool risky = cast_between(before, after) == CAST_RISKY;
    if (risky || cast_rounds(before, after)) {
        Hazard *hazard = step_add_hazard(
            cx->plan, step, risky ? HAZARD_RISKY_CAST : HAZARD_ROUNDING_CAST, step->before.table,
            clause->before, types_in_words(cx->arena, before, after));
        count_misfits(cx->plan, hazard, clause->before, after);
    }
}

/* Is the key that takes its place one that holds already? */
static bool key_is_proved(const Plan *plan, const Clause *clause)
{
    const PrimaryKey *after = clause->cause->after.primary_key;
    return after != NULL &&
           columns_are_key(plan->diff, after->table, after->columns.items, after->columns.count);
}

static void clause_hazard(DirectCx *cx, Step *step, const Clause *clause)
{
    Plan *plan = cx->plan;
    const Table *table = step->before.table;
    if (clause->kind == CLAUSE_DROP_PRIMARY_KEY && !key_is_proved(plan, clause)) {
        step_add_hazard(plan, step, HAZARD_CHANGE_PRIMARY_KEY, table, NULL, NULL);
    } else if (clause->kind == CLAUSE_DROP_COLUMN) {
        step_add_hazard(plan, step, HAZARD_DROP_COLUMN, table, clause->before, NULL);
    } else if (clause->kind == CLAUSE_ADD_COLUMN && must_be_given(clause->after)) {
        required_column(cx, step, clause->after);
    } else if (clause->kind == CLAUSE_RECREATE_COLUMN) {
        recreated_column(cx, step, clause);
    } else if (clause->kind == CLAUSE_SET_NOT_NULL && !clause->before->not_null) {
        step_add_hazard(plan, step, HAZARD_MAKE_REQUIRED, table, clause->before, NULL);
    } else if (clause->kind == CLAUSE_SET_TYPE) {
        cast_hazard(cx, step, clause);
    }
}

/* [a,b] */
static const char *name_list(Arena *arena, const Name *names, size_t count)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_char(&out, '[');
    for (size_t i = 0; i < count; i++) {
        strbuf_add(&out, i > 0 ? "," : "");
        strbuf_addn(&out, names[i]->text, names[i]->len);
    }
    strbuf_char(&out, ']');
    return strbuf_take(&out, arena);
}

static bool index_is_proved(DirectCx *cx, const Index *index)
{
    ColumnList columns = {0};
    vec_each(const IndexPart, part, &index->parts) {
        if (part->column != NULL) {
            vec_push(cx->arena, &columns, part->column);
        }
    }
    return columns_are_unique(cx->plan->diff, index->table, columns.items, columns.count);
}

/* A new uniqueness over rows that may exist; not one that only comes back with its column. */
static void unique_hazard(DirectCx *cx, Step *step)
{
    const Index *index = step->after.index;
    if (index->kind != INDEX_UNIQUE || step->before.table == NULL || step->before.index != NULL ||
        index_is_proved(cx, index)) {
        return;
    }
    Name *names = arena_array(cx->arena, Name, index->parts.count + 1);
    for (size_t i = 0; i < index->parts.count; i++) {
        const IndexPart *part = &index->parts.items[i];
        names[i] = part->column != NULL ? part->column->name : part->expression;
    }
    Hazard *hazard = step_add_hazard(cx->plan, step, HAZARD_ADD_UNIQUE, step->before.table, NULL,
                                     name_list(cx->arena, names, index->parts.count));
    hazard->query = duplicates_query(cx->arena, cx->plan, index);
    hazard->look = duplicates_look(cx->arena, cx->plan, index);
}

static void name_values(StrBuf *out, const Name *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        strbuf_add(out, i == 0 ? "" : ", ");
        sql_string(out, names[i]->text, names[i]->len);
    }
}

/* Does the column hold one of the values, in a list or by itself? */
static void uses_values(StrBuf *out, const char *system, const Column *column, const Name *names,
                        size_t count)
{
    const bool plain = system[0] == '\0', list = column->type.list;
    sql_ident(out, column->name);
    strbuf_printf(out, "::%stext%s", system, list ? "[]" : "");
    strbuf_printf(out, plain ? " %s " : " OPERATOR(pg_catalog.%s) ", list ? "&&" : "=");
    strbuf_add(out, list ? "ARRAY[" : "ANY (ARRAY[");
    name_values(out, names, count);
    strbuf_printf(out, "]::%stext[]%s", system, list ? "" : ")");
}

/* The columns of the type, but those whose values are mapped before. */
static ColumnList columns_of_enum(const Plan *plan, const EnumType *type, const ObjectMap *mapped)
{
    ColumnList columns = {0};
    vec_each(Column *, column, match_enum_before(plan->diff, type)) {
        if (mapped == NULL || object_map_get(mapped, *column) == NULL) {
            vec_push(plan->arena, &columns, *column);
        }
    }
    return columns;
}

static const char *uses_query(const Plan *plan, const ColumnList *columns, const Name *names,
                              size_t count)
{
    const Catalog everywhere = sql_everywhere(plan->from);
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(Column *, column, columns) {
        strbuf_add(&out, out.len == 0 ? "SELECT COALESCE(pg_catalog.sum(r), 0)::pg_catalog.int8, "
                                        "COALESCE(pg_catalog.sum(v), 0)::pg_catalog.int8 FROM ("
                                      : " UNION ALL ");
        strbuf_add(&out, "SELECT pg_catalog.count(*) AS r, pg_catalog.count(*) FILTER (WHERE ");
        uses_values(&out, "pg_catalog.", *column, names, count);
        strbuf_add(&out, ") AS v FROM ");
        sql_qualified(&out, &everywhere, (*column)->table->schema, (*column)->table->name);
    }
    strbuf_add(&out, out.len == 0 ? "SELECT 0, 0" : ") AS uses");
    return strbuf_take(&out, plan->arena);
}

static const char *uses_look(const Plan *plan, const ColumnList *columns, const Name *names,
                             size_t count)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(Column *, column, columns) {
        strbuf_add(&out,
                   out.len == 0 ? "SELECT count(*) FROM " : " UNION ALL SELECT count(*) FROM ");
        sql_qualified(&out, plan->to, (*column)->table->schema, (*column)->table->name);
        strbuf_add(&out, " WHERE ");
        uses_values(&out, "", *column, names, count);
    }
    return out.len == 0 ? NULL : strbuf_take(&out, plan->arena);
}

/* What the language cannot say comes back as it was: not where it speaks of a value that is gone.
 */
static void lost_conditions(Plan *plan, Step *step, const EnumType *type, const Name *names,
                            size_t count)
{
    vec_each(Table *, table, &plan->from->tables) {
        vec_each(Index *, at, &(*table)->indexes) {
            if ((*at)->predicate != NULL && diff_ignores_index(*at, plan->to) &&
                index_compares_with(plan->from, *at, type, names, count)) {
                step_add_hazard(plan, step, HAZARD_OPAQUE_IN_THE_WAY, *table, NULL,
                                arena_printf(plan->arena, "index `%s`", (*at)->name->text));
            }
        }
    }
}

void direct_enum_hazard(Plan *plan, Step *step, const Change *change, const ObjectMap *mapped)
{
    const EnumType *before = change->before.enum_type, *after = change->after.enum_type;
    Name *removed = arena_array(plan->arena, Name, before->values.count + 1);
    size_t count = 0;
    Map kept = {0};
    vec_each(Name, value, &after->values) {
        map_put(plan->arena, &kept, *value, arena_make(plan->arena, char));
    }
    vec_each(Name, value, &before->values) {
        if (map_get(&kept, *value) == NULL) {
            removed[count++] = *value;
        }
    }
    Hazard *hazard = step_add_hazard(plan, step, HAZARD_REMOVE_ENUM_VALUES, NULL, NULL,
                                     name_list(plan->arena, removed, count));
    hazard->enum_type = before;
    hazard->origin = after->origin;
    const ColumnList columns = columns_of_enum(plan, before, mapped);
    hazard->query = uses_query(plan, &columns, removed, count);
    hazard->look = uses_look(plan, &columns, removed, count);
    lost_conditions(plan, step, before, removed, count);
}

void direct_hazards(DirectCx *cx, Step *step)
{
    if (step->kind == STEP_DROP_TABLE) {
        step_add_hazard(cx->plan, step, HAZARD_DROP_TABLE, step->before.table, NULL, NULL);
    } else if (step->kind == STEP_CREATE_INDEX) {
        unique_hazard(cx, step);
    } else if (step->kind == STEP_ALTER_TABLE) {
        vec_each(Clause, clause, &step->clauses) {
            clause_hazard(cx, step, clause);
        }
    }
}
