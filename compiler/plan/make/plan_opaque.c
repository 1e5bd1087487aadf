/*
 * plan_opaque.c - objects the schema language cannot say, and what a plan's steps do to them.
 *
 * The server drops some together with a column or table (checks, expression indexes, privileges),
 * builds some anew over a new type, and refuses a step because of others (views, rules, policies,
 * triggers; manual, "Dependency Tracking"). None of that happens unannounced: the step gets a
 * hazard that names the object. Which kind does what is in opaque_kinds.def. Objects are found by
 * the names of tables and columns, because a strategy may work on copies.
 */
#include "base/common.h"

#include "compiler/plan/make/plan_opaque.h"

#include <ctype.h>
#include <string.h>

#include "base/strbuf.h"
#include "compiler/catalog/casts.h"
#include "compiler/catalog/types.h"

typedef struct OpaqueCx {
    Plan *plan;
    Map by_table;    /* (schema, name) -> OpaqueList of what depends on the table */
    OpaqueList gone; /* what an earlier step took along */
} OpaqueCx;

/* --- what depends on what ----------------------------------------------------------------------
 */

static void note_dependent(OpaqueCx *cx, const Table *table, Opaque *opaque)
{
    OpaqueList *list = map_get2(&cx->by_table, table->schema, table->name);
    if (list == NULL) {
        list = arena_make(cx->plan->arena, OpaqueList);
        map_put2(cx->plan->arena, &cx->by_table, table->schema, table->name, list);
    }
    if (list->count == 0 || vec_last(list) != opaque) {
        vec_push(cx->plan->arena, list, opaque);
    }
}

static void index_opaque(OpaqueCx *cx)
{
    vec_each(Opaque *, at, &cx->plan->from->opaque) {
        vec_each(Table *, table, &(*at)->tables) {
            note_dependent(cx, *table, *at);
        }
        vec_each(Column *, column, &(*at)->columns) {
            note_dependent(cx, (*column)->table, *at);
        }
    }
}

static OpaqueList dependents(const OpaqueCx *cx, const Table *table)
{
    const OpaqueList *list = map_get2(&cx->by_table, table->schema, table->name);
    return list == NULL ? (OpaqueList){0} : *list;
}

static bool same_table(const Table *a, const Table *b)
{
    return a->name == b->name && a->schema == b->schema;
}

static bool is_of_table(const Opaque *opaque, const Table *table)
{
    return opaque->table != NULL && same_table(opaque->table, table);
}

static bool uses_column(const Opaque *opaque, const Table *table, const Column *column)
{
    vec_each(Column *, at, &opaque->columns) {
        if ((*at)->name == column->name && same_table((*at)->table, table)) {
            return true;
        }
    }
    return false;
}

static bool uses_key(const Opaque *opaque, const Table *table)
{
    vec_each(Table *, at, &opaque->keyed) {
        if (same_table(*at, table)) {
            return true;
        }
    }
    return false;
}

static bool uses_enum(const Opaque *opaque, const EnumType *type)
{
    vec_each(EnumType *, at, &opaque->enums) {
        if ((*at)->name == type->name && (*at)->schema == type->schema) {
            return true;
        }
    }
    return false;
}

static bool is_gone(const OpaqueCx *cx, const Opaque *opaque)
{
    vec_each(Opaque *const, at, &cx->gone) {
        if (*at == opaque) {
            return true;
        }
    }
    return false;
}

/* --- naming ------------------------------------------------------------------------------------
 */

static const char *named(OpaqueCx *cx, const Opaque *opaque)
{
    return arena_printf(cx->plan->arena, "%s `%s`", opaque_name(opaque->kind), opaque->name->text);
}

/* Once in a step, however many columns lead to the object. */
static Hazard *name_it(OpaqueCx *cx, Step *step, HazardCode code, const Table *table,
                       const Column *column, const Opaque *opaque)
{
    const char *detail = named(cx, opaque);
    vec_each(Hazard *, at, &step->hazards) {
        if ((*at)->code == code && (*at)->detail != NULL && strcmp((*at)->detail, detail) == 0) {
            return *at;
        }
    }
    return step_add_hazard(cx->plan, step, code, table, column, detail);
}

/* What goes with something the schema drops on purpose, in one sentence. */
typedef struct Company {
    StrBuf text;
    size_t count;
} Company;

static void join(OpaqueCx *cx, Company *company, Opaque *opaque)
{
    strbuf_printf(&company->text, "%s%s", company->count++ == 0 ? "" : ", ", named(cx, opaque));
    vec_push(cx->plan->arena, &cx->gone, opaque);
}

static Hazard *name_company(OpaqueCx *cx, Step *step, Company *company, const Table *table,
                            const Column *column)
{
    const char *detail = strbuf_take(&company->text, cx->plan->arena);
    return company->count == 0
               ? NULL
               : step_add_hazard(cx->plan, step, HAZARD_OPAQUE_GOES, table, column, detail);
}

/* --- columns and tables ------------------------------------------------------------------------
 */

static bool is_made_anew(const Opaque *opaque)
{
    return opaque_on_switch(opaque->kind) == SWITCH_ANEW;
}

/* Is it about what goes, or made anew by the blocks of the switch? */
static bool blocks_see_to(const Opaque *opaque)
{
    const OpaqueOnSwitch rule = opaque_on_switch(opaque->kind);
    return rule == SWITCH_ANEW || rule == SWITCH_ALONG;
}

/* `aside`: it comes back at once, and blocks make anew what they can. */
static void column_goes(OpaqueCx *cx, Step *step, const Clause *clause, bool aside)
{
    const Column *column = clause->before;
    const Table *table = column->table;
    const OpaqueList list = dependents(cx, table);
    Company company = {.text = strbuf_new(STRBUF_MAX)};
    for (size_t i = 0; i < list.count; i++) {
        Opaque *opaque = list.items[i];
        const OpaqueOnDrop drop = opaque_on_drop(opaque->kind);
        if (!uses_column(opaque, table, column) || drop == DROP_KEEPS || drop == DROP_UNTOLD ||
            is_gone(cx, opaque) || (aside && blocks_see_to(opaque))) {
            continue;
        }
        if (drop == DROP_REFUSES) {
            (void)name_it(cx, step, HAZARD_OPAQUE_IN_THE_WAY, table, column, opaque);
        } else if (drop == DROP_TAKES_IT && clause->kind == CLAUSE_DROP_COLUMN) {
            join(cx, &company, opaque);
        } else {
            (void)name_it(cx, step, HAZARD_OPAQUE_LOST, table, column, opaque);
            vec_push(cx->plan->arena, &cx->gone, opaque);
        }
    }
    (void)name_company(cx, step, &company, table, column);
}

/* Operators and constants only: no function, which may not exist for another type, and no cast. */
static bool is_plain(const char *definition)
{
    const char *call = strchr(definition, '(');
    while (call != NULL && (call == definition || (!isalnum((unsigned char)call[-1]) &&
                                                   call[-1] != '_' && call[-1] != '"'))) {
        call = strchr(call + 1, '(');
    }
    return call == NULL && strstr(definition, "::") == NULL;
}

/* Both of the kin, and neither the one of it whose operators are its own. */
static bool is_sure_of(TypeId a, TypeId b, TypeKin kin, TypeId own)
{
    return type_is_kin(a, kin) && type_is_kin(b, kin) && a != own && b != own;
}

/* Is the server sure to find the operators for the new type that it found for the old one? */
static bool fits_surely(const Opaque *opaque, const ColumnType *before, const ColumnType *after)
{
    if (before->list || after->list || before->id == TYPE_OTHER || before->id == TYPE_ENUM) {
        return false;
    }
    return before->id == after->id || is_sure_of(before->id, after->id, KIN_TEXT, TYPE_CITEXT) ||
           (is_sure_of(before->id, after->id, KIN_NUMBER, TYPE_OID) &&
            is_plain(opaque->definition->text));
}

/* `aside`: what blocks can make anew they do, and say so. */
static void type_changes(OpaqueCx *cx, Step *step, const Clause *clause, bool aside)
{
    const Column *column = clause->before;
    const Table *table = column->table;
    const OpaqueList list = dependents(cx, table);
    for (size_t i = 0; i < list.count; i++) {
        Opaque *opaque = list.items[i];
        const OpaqueOnType type = opaque_on_type(opaque->kind);
        if (!uses_column(opaque, table, column) || type == TYPE_KEEPS || is_gone(cx, opaque)) {
            continue;
        }
        if ((type == TYPE_BROUGHT_BACK && step->block != NULL) || (aside && is_made_anew(opaque))) {
            continue;
        }
        if (type == TYPE_REFUSES || step->block != NULL) {
            (void)name_it(cx, step, HAZARD_OPAQUE_IN_THE_WAY, table, column, opaque);
        } else if (!fits_surely(opaque, &column->type, &clause->after->type)) {
            (void)name_it(cx, step, HAZARD_OPAQUE_MAY_NOT_FIT, table, column, opaque);
        }
    }
}

/* Do operators and functions, but for some, take the one as they take the other? */
static bool are_of_one_kind(const Column *before, const Column *after)
{
    const ColumnType *from = &before->type, *to = &after->type;
    const bool is_known = from->id != TYPE_OTHER && from->id != TYPE_ENUM;
    return from->list == to->list &&
           ((is_known && (from->id == to->id || types_are_kin(from->id, to->id))) ||
            (from->id == TYPE_ENUM && column_keeps_enum(before, after, from->enum_type)));
}

/* UPDATE OF column, and no condition over it. */
static bool asks_no_value(const Opaque *opaque)
{
    return opaque->kind == OPAQUE_TRIGGER && strstr(opaque->definition->text, " WHEN (") == NULL;
}

/* A view may show the column, and its own programs another type than they know: a person agrees to
 * that by name. The others ask, and show nothing. */
static HazardCode anew_as(const Opaque *opaque, const Column *column, const Column *after)
{
    if (opaque->kind == OPAQUE_VIEW) {
        return HAZARD_OPAQUE_IN_THE_WAY;
    }
    const bool fits = asks_no_value(opaque) || are_of_one_kind(column, after);
    return fits ? HAZARD_OPAQUE_ANEW : HAZARD_OPAQUE_MAY_NOT_FIT;
}

/* Another column takes its place, and what rests on it is made anew over that. */
static void column_is_replaced(OpaqueCx *cx, Step *step, const Clause *clause)
{
    const Column *column = clause->cause->before.column;
    const Table *table = column->table;
    const OpaqueList list = dependents(cx, table);
    for (size_t i = 0; i < list.count; i++) {
        const Opaque *opaque = list.items[i];
        if (uses_column(opaque, table, column) && is_made_anew(opaque)) {
            (void)name_it(cx, step, anew_as(opaque, column, clause->after), table, column, opaque);
        }
    }
}

/* A check is said of the second column, too: over another kind of type that may not work. */
static void check_is_said_again(OpaqueCx *cx, Step *step, const Clause *clause)
{
    const Column *column = clause->before;
    const OpaqueList list = dependents(cx, column->table);
    for (size_t i = 0; step->kind == STEP_ADD_CHECK && i < list.count; i++) {
        const Opaque *opaque = list.items[i];
        if (opaque_on_switch(opaque->kind) == SWITCH_BESIDE &&
            uses_column(opaque, column->table, column) && !are_of_one_kind(column, clause->after)) {
            (void)name_it(cx, step, HAZARD_OPAQUE_MAY_NOT_FIT, column->table, column, opaque);
        }
    }
}

/* A view that groups by the primary key leaves out the other columns, and needs the key. */
static void key_goes(OpaqueCx *cx, Step *step)
{
    const Table *table = step->before.table;
    const OpaqueList list = dependents(cx, table);
    for (size_t i = 0; i < list.count; i++) {
        if (uses_key(list.items[i], table)) {
            (void)name_it(cx, step, HAZARD_OPAQUE_IN_THE_WAY, table, NULL, list.items[i]);
        }
    }
}

static void table_goes(OpaqueCx *cx, Step *step)
{
    const Table *table = step->before.table;
    const OpaqueList list = dependents(cx, table);
    Company company = {.text = strbuf_new(STRBUF_MAX)};
    for (size_t i = 0; i < list.count; i++) {
        Opaque *opaque = list.items[i];
        if (is_gone(cx, opaque) || opaque_on_drop(opaque->kind) == DROP_UNTOLD) {
            continue;
        }
        if (is_of_table(opaque, table)) {
            join(cx, &company, opaque);
        } else if (opaque_on_drop(opaque->kind) == DROP_REFUSES) {
            (void)name_it(cx, step, HAZARD_OPAQUE_IN_THE_WAY, table, NULL, opaque);
        }
    }
    (void)name_company(cx, step, &company, table, NULL);
}

/* An index or a constraint goes by a step of its own, and what is about it goes along. */
static void part_goes(OpaqueCx *cx, Step *step, const Table *table, Name part)
{
    const OpaqueList list = dependents(cx, table);
    Company company = {.text = strbuf_new(STRBUF_MAX)};
    for (size_t i = 0; i < list.count; i++) {
        Opaque *opaque = list.items[i];
        if (opaque->part != part || !is_of_table(opaque, table) || is_gone(cx, opaque)) {
            continue;
        }
        if (opaque_on_drop(opaque->kind) == DROP_TAKES_IT) {
            join(cx, &company, opaque);
        } else {
            vec_push(cx->plan->arena, &cx->gone, opaque);
        }
    }
    (void)name_company(cx, step, &company, table, NULL);
}

/* --- enums -------------------------------------------------------------------------------------
 */

/* A rebuilt enum is another type, and the old one is dropped: what hangs on it goes or refuses. */
static void enum_goes(OpaqueCx *cx, Step *step)
{
    const EnumType *type = step->before.enum_type;
    Company company = {.text = strbuf_new(STRBUF_MAX)};
    vec_each(Opaque *, at, &cx->plan->from->opaque) {
        Hazard *hazard = NULL;
        if (!uses_enum(*at, type) || is_gone(cx, *at) ||
            opaque_on_type((*at)->kind) == TYPE_BROUGHT_BACK) {
            continue;
        }
        if (opaque_on_drop((*at)->kind) != DROP_TAKES_IT) {
            hazard = name_it(cx, step, HAZARD_OPAQUE_IN_THE_WAY, NULL, NULL, *at);
        } else if (step->block != NULL) {
            hazard = name_it(cx, step, HAZARD_OPAQUE_LOST, NULL, NULL, *at);
        } else {
            join(cx, &company, *at);
        }
        if (hazard != NULL && hazard->table == NULL) {
            hazard->enum_type = type;
        }
    }
    Hazard *goes = name_company(cx, step, &company, NULL, NULL);
    if (goes != NULL) {
        goes->enum_type = type;
    }
}

/* --- steps -------------------------------------------------------------------------------------
 */

static void look_at_clause(OpaqueCx *cx, Step *step, const Clause *clause, bool aside)
{
    if (clause->kind == CLAUSE_DROP_PRIMARY_KEY) {
        key_goes(cx, step);
    } else if (clause->kind == CLAUSE_SET_ASIDE) {
        column_is_replaced(cx, step, clause);
    } else if (clause->kind == CLAUSE_CHECK_KEPT || clause->kind == CLAUSE_CHECK_HERE) {
        check_is_said_again(cx, step, clause);
    } else if (clause->before == NULL) {
        return;
    } else if (clause->kind == CLAUSE_DROP_COLUMN || clause->kind == CLAUSE_RECREATE_COLUMN) {
        column_goes(cx, step, clause, aside);
    } else if (clause->kind == CLAUSE_SET_TYPE) {
        type_changes(cx, step, clause, aside);
    }
}

/* --- set aside ----------------------------------------------------------------------------------
 */

/* What the block refuses: it can make nothing of it anew. */
static bool hinders(const Opaque *opaque, bool goes)
{
    const bool is_rule = opaque->kind == OPAQUE_CHECK || opaque->kind == OPAQUE_EXCLUSION;
    return !is_made_anew(opaque) &&
           (opaque_on_type(opaque->kind) == TYPE_REFUSES || (goes && is_rule));
}

/* Is something over the column that refuses another type, and nothing that nobody makes anew? */
static bool can_be_set_aside(const OpaqueCx *cx, const Clause *clause)
{
    const bool goes = clause->kind == CLAUSE_RECREATE_COLUMN;
    const Column *column = clause->before;
    bool any = false;
    if (!goes && clause->kind != CLAUSE_SET_TYPE) {
        return false;
    }
    const OpaqueList list = dependents(cx, column->table);
    for (size_t i = 0; i < list.count; i++) {
        const Opaque *opaque = list.items[i];
        if (uses_column(opaque, column->table, column)) {
            if (hinders(opaque, goes)) {
                return false;
            }
            any |= is_made_anew(opaque);
        }
    }
    return any;
}

static void name_columns(const OpaqueCx *cx, const Step *of, Step *step)
{
    vec_each(const Clause, clause, &of->clauses) {
        if (can_be_set_aside(cx, clause)) {
            vec_push(cx->plan->arena, &step->clauses,
                     (Clause){.kind = CLAUSE_SET_ASIDE,
                              .before = clause->kind == CLAUSE_SET_TYPE ? NULL : clause->before,
                              .after = clause->after,
                              .cause = clause->cause});
        }
    }
}

static bool needs_blocks(const OpaqueCx *cx, const Step *step)
{
    vec_each(const Clause, clause, &step->clauses) {
        if (step->block == NULL && can_be_set_aside(cx, clause)) {
            return true;
        }
    }
    return false;
}

static void add_block(const OpaqueCx *cx, Step *of, StepKind kind)
{
    Step *step = plan_add_step(cx->plan, kind, of->phase, NULL);
    step->before.table = of->before.table;
    step->after.table = of->after.table;
    step->together = of->together;
    name_columns(cx, of, step);
}

/* A type that changes in place: what rests on the column is gone while it does, by the blocks of a
 * switch. */
static void set_aside(const OpaqueCx *cx)
{
    const StepList steps = cx->plan->steps;
    cx->plan->steps = (StepList){0};
    vec_each(Step *const, at, &steps) {
        const bool needs = needs_blocks(cx, *at);
        if (needs) {
            (*at)->together = (*at)->together != 0 ? (*at)->together : plan_new_group(cx->plan);
            add_block(cx, *at, STEP_SET_ASIDE);
        }
        vec_push(cx->plan->arena, &cx->plan->steps, *at);
        if (needs) {
            add_block(cx, *at, STEP_REMAKE);
        }
    }
}

static bool is_set_aside(const Step *last, const Step *step)
{
    return last != NULL && last->kind == STEP_SET_ASIDE && last->together == step->together;
}

/* A block bears at its first step what its steps endanger: each object once. */
static Step *bearer_of(Step *last, Step *step)
{
    const bool goes_on = last != NULL && step->block != NULL && last->together == step->together;
    return goes_on ? last : step;
}

void plan_note_opaque(Plan *plan)
{
    OpaqueCx cx = {.plan = plan};
    if (plan->from->opaque.count == 0) {
        return;
    }
    index_opaque(&cx);
    set_aside(&cx);
    Step *bearer = NULL, *last = NULL;
    vec_each(Step *, at, &plan->steps) {
        const bool aside = is_set_aside(last, *at);
        bearer = bearer_of(bearer, *at);
        for (size_t i = 0; (*at)->kind != STEP_REMAKE && i < (*at)->clauses.count; i++) {
            const Clause *clause = &(*at)->clauses.items[i];
            look_at_clause(&cx, bearer, clause, aside && can_be_set_aside(&cx, clause));
        }
        last = *at;
        const Subject *before = &(*at)->before;
        if ((*at)->kind == STEP_DROP_TABLE) {
            table_goes(&cx, *at);
        } else if ((*at)->kind == STEP_DROP_INDEX || (*at)->kind == STEP_DROP_INDEX_ONLINE) {
            part_goes(&cx, *at, before->index->table, before->index->name);
        } else if ((*at)->kind == STEP_DROP_FOREIGN_KEY) {
            part_goes(&cx, *at, before->foreign_key->table, before->foreign_key->name);
        } else if ((*at)->kind == STEP_DROP_ENUM) {
            enum_goes(&cx, bearer);
        }
    }
}
