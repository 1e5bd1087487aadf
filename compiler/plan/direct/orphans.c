/*
 * orphans.c - what to count before a foreign key is added.
 *
 * In: a plan.   Out: for each new foreign key the rows, by the names they have before the plan
 * runs, that will have no row to refer to. Columns the plan makes hold their default; a referenced
 * table or column it makes offers nothing.
 */
#include "base/common.h"

#include "compiler/plan/direct/orphans.h"

#include "base/strbuf.h"
#include "compiler/catalog/casts.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/direct/direct_internal.h"

typedef VEC(const Column *) OldColumns;

/* The column whose values it will have; NULL: none are there. */
static const Column *column_before(const Plan *plan, const Column *after)
{
    const Column *before = match_column_before(plan->diff, after);
    const bool anew =
        before != NULL && cast_between(&before->type, &after->type) == CAST_IMPOSSIBLE;
    return anew ? NULL : before;
}

/* Where the values of a key's columns come from. */
typedef enum Holds {
    HOLDS_VALUES,  /* columns that are there, or (NULL) a new one's default */
    HOLDS_NOTHING, /* new columns, or a new table */
    HOLDS_UNKNOWN, /* a sequence's numbers */
} Holds;

static Holds column_holds(const Column *before, const Column *after)
{
    if (before != NULL) {
        return HOLDS_VALUES;
    }
    if (after->dflt.kind == DEFAULT_VALUE || after->dflt.kind == DEFAULT_EXPRESSION) {
        return HOLDS_VALUES;
    }
    return after->dflt.kind == DEFAULT_NONE && after->identity == IDENTITY_NONE ? HOLDS_NOTHING
                                                                                : HOLDS_UNKNOWN;
}

static Holds columns_before(Arena *arena, const Plan *plan, const Table *before,
                            const ColumnList *after, OldColumns *ret_columns)
{
    Holds holds = before == NULL ? HOLDS_NOTHING : HOLDS_VALUES;
    *ret_columns = (OldColumns){0};
    for (size_t i = 0; before != NULL && i < after->count; i++) {
        const Column *column = column_before(plan, after->items[i]);
        const Holds one = column_holds(column, after->items[i]);
        holds = one > holds ? one : holds;
        vec_push(arena, ret_columns, column);
    }
    return holds;
}

static bool same_columns(const ColumnList *a, const OldColumns *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++) {
        same = a->items[i] == b->items[i];
    }
    return same;
}

/* A key that only comes back has been true all the time, and stays so if its values do. */
static bool keeps_values(const OldColumns *before, const ColumnList *after)
{
    bool same = true;
    for (size_t i = 0; same && i < after->count; i++) {
        same =
            before->items[i] != NULL && type_same(&before->items[i]->type, &after->items[i]->type);
    }
    return same;
}

static bool holds_already(const Table *child, const OldColumns *columns,
                          const OldColumns *referenced)
{
    vec_each(ForeignKey *, at, &child->foreign_keys) {
        if ((*at)->valid && same_columns(&(*at)->columns, columns) &&
            same_columns(&(*at)->referenced_columns, referenced)) {
            return true;
        }
    }
    return false;
}

/* `CAST(c."a" AS INTEGER)`, if the plan changes its type; `CAST(0 AS INTEGER)`, if it makes it. */
static void value(StrBuf *out, const Plan *plan, const char *alias, const Column *before,
                  const Column *after)
{
    const bool cast = before == NULL || !type_same(&before->type, &after->type);
    strbuf_add(out, cast ? "CAST(" : "");
    if (before != NULL) {
        strbuf_printf(out, "%s.", alias);
        sql_ident(out, before->name);
    } else {
        sql_default(out, plan->to, after);
    }
    if (cast) {
        strbuf_add(out, " AS ");
        sql_type(out, plan->to, &after->type);
        strbuf_char(out, ')');
    }
}

/* Equality by the operator the types themselves are ordered by, whatever a path finds: a record's
 * own. The server's types have theirs in pg_catalog. */
static void equal(StrBuf *out, const Plan *plan, const ForeignKey *key, const OldColumns *columns,
                  const OldColumns *referenced, size_t i)
{
    const Column *child = key->columns.items[i], *parent = key->referenced_columns.items[i];
    const bool by_record = child->type.id == TYPE_OTHER || parent->type.id == TYPE_OTHER;
    const char *end = by_record ? ")::pg_catalog.record" : "";
    strbuf_add(out, by_record ? "ROW(" : "");
    value(out, plan, "p", referenced->items[i], parent);
    strbuf_printf(out, "%s OPERATOR(pg_catalog.=) %s", end, by_record ? "ROW(" : "");
    value(out, plan, "c", columns->items[i], child);
    strbuf_add(out, end);
}

static void add_counterpart(StrBuf *out, const Plan *plan, const ForeignKey *key,
                            const Table *parent, const OldColumns *columns,
                            const OldColumns *referenced)
{
    strbuf_add(out, " AND NOT EXISTS (SELECT FROM ");
    sql_qualified(out, plan->from, parent->schema, parent->name);
    strbuf_add(out, " AS p WHERE ");
    for (size_t i = 0; i < columns->count; i++) {
        strbuf_add(out, i > 0 ? " AND " : "");
        equal(out, plan, key, columns, referenced, i);
    }
    strbuf_char(out, ')');
}

static char *query(Arena *arena, const Plan *named, const ForeignKey *key, const Table *child,
                   const Table *parent, const OldColumns *columns, const OldColumns *referenced)
{
    const Catalog from = sql_everywhere(named->from), to = sql_everywhere(named->to);
    const Plan everywhere = {.from = &from, .to = &to};
    const Plan *plan = &everywhere;
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_add(&out, "SELECT NULL, pg_catalog.count(*) FROM ");
    sql_qualified(&out, plan->from, child->schema, child->name);
    strbuf_add(&out, " AS c WHERE ");
    for (size_t i = 0; i < columns->count; i++) {
        strbuf_add(&out, i > 0 ? " AND " : "");
        value(&out, plan, "c", columns->items[i], key->columns.items[i]);
        strbuf_add(&out, " IS NOT NULL");
    }
    if (referenced != NULL) {
        add_counterpart(&out, plan, key, parent, columns, referenced);
    }
    return strbuf_take(&out, arena);
}

static const char *key_and_target(Arena *arena, const ForeignKey *key)
{
    return arena_printf(arena, "`%s` to `%s`", key->name->text, key->referenced->name->text);
}

static Hazard *orphans_of(Arena *arena, const Plan *plan, const ForeignKey *key)
{
    const Table *child = match_table_before(plan->diff, key->table);
    const Table *parent = match_table_before(plan->diff, key->referenced);
    OldColumns columns, referenced;
    const Holds offers = columns_before(arena, plan, parent, &key->referenced_columns, &referenced);
    if (offers == HOLDS_UNKNOWN ||
        columns_before(arena, plan, child, &key->columns, &columns) != HOLDS_VALUES ||
        (offers == HOLDS_VALUES && keeps_values(&columns, &key->columns) &&
         keeps_values(&referenced, &key->referenced_columns) &&
         holds_already(child, &columns, &referenced))) {
        return NULL;
    }
    Hazard *hazard = arena_make(arena, Hazard);
    *hazard = (Hazard){
        .code = HAZARD_ORPHANS,
        .table = child,
        .detail = key_and_target(arena, key),
        .query = query(arena, plan, key, child, parent, &columns,
                       offers == HOLDS_VALUES ? &referenced : NULL),
        .rows = HAZARD_UNCOUNTED,
        .values = HAZARD_UNCOUNTED,
        .origin = key->origin,
    };
    return hazard;
}

HazardList plan_orphans(Arena *arena, const Plan *plan)
{
    HazardList found = {0};
    vec_each(Step *, at, &plan->steps) {
        const StepKind kind = (*at)->kind;
        Hazard *hazard = NULL;
        if (kind == STEP_ADD_FOREIGN_KEY || kind == STEP_ADD_FOREIGN_KEY_ONLINE) {
            hazard = orphans_of(arena, plan, (*at)->after.foreign_key);
        }
        if (hazard != NULL) {
            vec_push(arena, &found, hazard);
        }
    }
    return found;
}
