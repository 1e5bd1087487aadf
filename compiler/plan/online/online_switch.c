/*
 * online_switch.c - second columns (online_shadow.c) take the places of the first.
 *
 * First all that the second columns need: indexes built concurrently, NOT NULL by proof (behind the
 * gate where a value may not have gone over: the old program is still writing), foreign keys
 * validated. Then, at the end of tighten or of contract, the switch, a script of its own for all
 * tables that foreign keys join: the old foreign keys go, each table drops its first columns and
 * gives their names to the second, its primary key is made of the index that stands there, and
 * names are what they were. Before all that views and whatever else rests on the first columns step
 * aside, and come back behind it. All of it is catalogue only, and under one set of locks nobody
 * sees a row without its keys.
 */
#include "base/common.h"

#include "compiler/catalog/naming.h"
#include "compiler/catalog/types.h"
#include "compiler/plan/online/online_internal.h"

/* What is switched together. */
typedef struct Switch {
    Online *cx;
    Knot *knot;
    Phase proof;    /* of what the second columns hold */
    Phase phase;    /* of the switch */
    bool one_table; /* then the end of the proof and the switch are one script */
} Switch;

/* A step about the second column, where the first is the source's. */
static Step *second_step(Online *cx, const Shadow *shadow, StepKind kind, Phase phase)
{
    Step *step = online_step(cx, kind, phase, shadow->added);
    step->before = shadow->change->before;
    step->expression = shadow->value;
    return step;
}

/* --- indexes -----------------------------------------------------------------------------------
 */

static Column *second_of(const Switch *of, Column *wanted)
{
    const Shadow *shadow = wanted == NULL ? NULL : online_shadow_of(of->cx, wanted);
    return shadow != NULL && shadow->knot == of->knot->number ? shadow->second : wanted;
}

/* What a database's index has that the schema's of its name does not say stays. */
static Index *as_it_is(const Switch *of, const Index *wanted)
{
    const Index *before = online_index_before(of->cx, wanted);
    Index *copy = arena_make(of->cx->arena, Index);
    *copy = *wanted;
    copy->is_constraint = false;
    copy->include.items = NULL;
    copy->include.count = copy->include.capacity = 0;
    if (before == NULL) {
        before = wanted;
    }
    copy->predicate =
        before->predicate == NULL
            ? NULL
            : online_text_over(of->cx, before->table, before->predicate, of->knot->number);
    copy->nulls_not_distinct = before->nulls_not_distinct;
    vec_each(Column *, column, &before->include) {
        const Column *after =
            before == wanted ? *column : match_column_after(of->cx->plan->diff, *column);
        if (after != NULL) {
            vec_push(of->cx->arena, &copy->include, after->table->columns.items[after->position]);
        }
    }
    return copy;
}

static bool is_of_one_kin(const Column *before, const Column *after)
{
    const bool texts =
        type_is_kin(before->type.id, KIN_TEXT) && type_is_kin(after->type.id, KIN_TEXT);
    return before->type.list == after->type.list && (texts || before->type.id == after->type.id);
}

/* One that was chosen by hand stays where it is of the new type, too. */
static Name class_of(const Switch *of, const Index *wanted, size_t place)
{
    const IndexPart *part = &wanted->parts.items[place];
    const Index *before = online_index_before(of->cx, wanted);
    if (part->operator_class != NULL || before == NULL ||
        before->parts.count != wanted->parts.count) {
        return part->operator_class;
    }
    const IndexPart *was = &before->parts.items[place];
    const bool fits =
        part->column != NULL && was->column != NULL && is_of_one_kin(was->column, part->column);
    return fits && !was->operator_class_is_default ? was->operator_class : NULL;
}

/* Of the columns those that are second ones instead; are there any? */
static bool put_seconds(const Switch *of, ColumnList *columns)
{
    const ColumnList firsts = *columns;
    bool any = false;
    columns->items = NULL;
    columns->count = columns->capacity = 0;
    vec_each(Column *, column, &firsts) {
        Column *second = second_of(of, *column);
        vec_push(of->cx->arena, columns, second);
        any = any || second != *column;
    }
    return any;
}

/* The index over the second columns in the place of the first; NULL: it is over none. */
static const Index *index_over_seconds(const Switch *of, const Index *wanted)
{
    Online *cx = of->cx;
    Index *copy = as_it_is(of, wanted);
    bool any = false;
    copy->name = name_reserved(cx->plan->to->names, RESERVED_BUILT, wanted->name);
    copy->parts.items = NULL;
    copy->parts.count = copy->parts.capacity = 0;
    vec_each(const IndexPart, part, &wanted->parts) {
        vec_push(cx->arena, &copy->parts, *part);
        vec_last(&copy->parts).column = second_of(of, part->column);
        vec_last(&copy->parts).operator_class =
            class_of(of, wanted, (size_t)(part - wanted->parts.items));
        any = any || vec_last(&copy->parts).column != part->column;
    }
    any = put_seconds(of, &copy->include) || any;
    any = put_seconds(of, &copy->predicate_columns) || any;
    (void)put_seconds(of, &copy->compared_columns);
    return any ? copy : NULL;
}

static const Index *key_over_seconds(const Switch *of, const PrimaryKey *key)
{
    Online *cx = of->cx;
    Index *index = arena_make(cx->arena, Index);
    *index = (Index){.name = name_reserved(cx->plan->to->names, RESERVED_BUILT, key->name),
                     .table = key->table,
                     .kind = INDEX_UNIQUE,
                     .valid = true,
                     .origin = key->origin};
    vec_each(Column *, column, &key->columns) {
        vec_push(cx->arena, &index->parts, (IndexPart){.column = second_of(of, *column)});
    }
    return index;
}

static void write_build(Switch *of, const Shadow *shadow, const Index *index, const Index *wanted)
{
    Step *build = second_step(of->cx, shadow, STEP_CREATE_INDEX_ONLINE, PHASE_TIGHTEN);
    build->after.index = index;
    if (wanted != NULL && online_index_before(of->cx, wanted) == NULL) {
        online_note_unique(of->cx, build, wanted);
    }
    vec_push(of->cx->arena, &of->knot->second_indexes,
             (SecondIndex){.index = index, .wanted = wanted});
}

static void write_builds(Switch *of, const Shadow *shadow)
{
    const Table *table = shadow->change->after.table;
    bool has_key = false;
    for (size_t i = 0; table->primary_key != NULL && i < table->primary_key->columns.count; i++) {
        Column *column = table->primary_key->columns.items[i];
        has_key = has_key || second_of(of, column) != column;
    }
    if (has_key) {
        write_build(of, shadow, key_over_seconds(of, table->primary_key), NULL);
    }
    vec_each(Index *const, wanted, online_indexes_of(of->cx, table)) {
        const Index *index = index_over_seconds(of, *wanted);
        if (index != NULL) {
            write_build(of, shadow, index, *wanted);
        }
    }
}

/* --- not null ----------------------------------------------------------------------------------
 */

/* A list takes nulls where the language says nothing, and not in a key. */
static bool takes_no_null(const Shadow *shadow)
{
    const Column *wanted = shadow->change->after.column;
    const PrimaryKey *key = wanted->table->primary_key;
    return wanted->not_null ||
           (key != NULL && column_in_list(wanted, key->columns.items, key->columns.count));
}

/* What one check says of a second column: that it has a value, or that it has one where the first
 * has. */
static bool proof_of(const Shadow *shadow, Clause *ret_clause)
{
    const bool required = takes_no_null(shadow);
    *ret_clause = (Clause){.kind = required ? CLAUSE_CHECK_NOT_NULL : CLAUSE_CHECK_CARRIED,
                           .before = shadow->change->before.column,
                           .after = shadow->second,
                           .cause = shadow->added};
    return required || shadow->may_refuse;
}

static void push_checks(const Switch *of, const KnotTable *table, Step *step)
{
    vec_each(const Shadow *, shadow, &table->shadows) {
        Clause clause;
        if (proof_of(*shadow, &clause)) {
            vec_push(of->cx->arena, &step->clauses, clause);
        }
    }
}

static const Shadow *first_to_prove(const KnotTable *table)
{
    vec_each(const Shadow *, shadow, &table->shadows) {
        Clause clause;
        if (proof_of(*shadow, &clause)) {
            return *shadow;
        }
    }
    return NULL;
}

static Step *proof_step(const Switch *of, const Shadow *shadow, StepKind kind, Phase phase)
{
    const Table *table = shadow->change->after.table;
    const ReservedName name = of->phase == PHASE_TIGHTEN ? RESERVED_SWITCHED : RESERVED_CARRIED;
    Step *step = second_step(of->cx, shadow, kind, phase);
    step->name = name_reserved(of->cx->plan->to->names, name, table->name);
    return step;
}

/* One check for all columns of the table: one scan proves them all. */
static void add_check(const Switch *of, const KnotTable *table, Phase phase)
{
    push_checks(of, table, proof_step(of, first_to_prove(table), STEP_ADD_CHECK, phase));
}

static void validate(const Switch *of, const KnotTable *table)
{
    (void)proof_step(of, first_to_prove(table), STEP_VALIDATE_CONSTRAINT, of->proof);
}

static bool shares_transaction(const Switch *of)
{
    return of->one_table && of->proof == of->phase;
}

/* The rest is brief, and shares the switch's transaction where that is about no other table. */
static void finish_proof(const Switch *of, const KnotTable *table)
{
    const uint32_t together = shares_transaction(of) ? of->knot->together : 0;
    vec_each(const Shadow *, shadow, &table->shadows) {
        if (takes_no_null(*shadow)) {
            proof_step(of, *shadow, STEP_SET_NOT_NULL, of->proof)->together = together;
        }
    }
    Step *drop = proof_step(of, first_to_prove(table), STEP_DROP_CHECK, of->proof);
    push_checks(of, table, drop);
    drop->together = together;
}

/* Of each table of the knot whose second columns have something to prove. */
static void each_proof(const Switch *of, void (*write)(const Switch *of, const KnotTable *table))
{
    vec_each(const KnotTable, table, &of->knot->tables) {
        if (first_to_prove(table) != NULL) {
            write(of, table);
        }
    }
}

/* What else is said of the first columns. A value may become one that breaks it: then the old
 * program is not asked. */
static void check_kept(const Switch *of, StepKind kind, Phase phase, uint32_t together)
{
    online_write_kept_checks(of->cx, of->knot, (CheckStep){kind, phase, together});
}

/* --- foreign keys ------------------------------------------------------------------------------
 */

static void write_foreign_keys(Switch *of)
{
    static const StepKind kinds[] = {STEP_ADD_FOREIGN_KEY_ONLINE, STEP_VALIDATE_CONSTRAINT};
    for (size_t i = 0; i < lengthof(kinds); i++) {
        vec_each(const TiedKey *, tied, &of->knot->tied_keys) {
            Step *step = online_step(of->cx, kinds[i], PHASE_TIGHTEN, (*tied)->add);
            step->after.foreign_key = (*tied)->built;
            step->name = (*tied)->built->name;
        }
    }
}

/* --- the switch --------------------------------------------------------------------------------
 */

static Step *switch_step(Switch *of, StepKind kind, const Change *cause)
{
    Step *step = online_step(of->cx, kind, of->phase, cause);
    step->together = of->knot->together;
    return step;
}

static void name_columns(Switch *of, Step *step)
{
    vec_each(const KnotTable, table, &of->knot->tables) {
        vec_each(const Shadow *, shadow, &table->shadows) {
            vec_push(of->cx->arena, &step->clauses,
                     (Clause){.kind = CLAUSE_SET_ASIDE,
                              .before = (*shadow)->second,
                              .after = (*shadow)->change->after.column,
                              .cause = (*shadow)->change});
        }
    }
}

/* What rests on the first columns, in whatever schema of whatever database the script runs in,
 * steps aside before anything is changed, and comes back behind all of it. */
static void write_aside(Switch *of, StepKind kind)
{
    name_columns(of, switch_step(of, kind, of->knot->tables.items[0].shadows.items[0]->change));
}

static void write_columns(Switch *of, const KnotTable *table)
{
    Online *cx = of->cx;
    const Change *first = table->shadows.items[0]->change;
    Step *step = switch_step(of, STEP_SWITCH_COLUMN, first);
    vec_each(const Shadow *, shadow, &table->shadows) {
        const Change *change = (*shadow)->change;
        vec_push(cx->arena, &step->clauses,
                 (Clause){.kind = CLAUSE_RENAME_COLUMN,
                          .before = (*shadow)->second,
                          .after = change->after.column,
                          .cause = change});
        if (!(*shadow)->named) {
            step_add_hazard(cx->plan, step, HAZARD_STALE_PLANS, change->before.table,
                            change->before.column, NULL);
        }
    }
    step_add_hazard(cx->plan, step, HAZARD_COLUMN_MOVES, first->before.table, NULL, NULL);
}

static void write_names(Switch *of)
{
    Online *cx = of->cx;
    vec_each(const SecondIndex, built, &of->knot->second_indexes) {
        const Table *table = built->index->table;
        const Table *before = match_table_before(cx->plan->diff, table);
        if (built->wanted == NULL) {
            const Subject old_side = {.table = before, .primary_key = before->primary_key};
            const Subject new_side = {.table = table, .primary_key = table->primary_key};
            Step *step =
                switch_step(of, STEP_ADD_PRIMARY_KEY_ONLINE,
                            online_change(cx, CHANGE_MODIFY_PRIMARY_KEY, 0, old_side, new_side));
            step->before.index = built->index;
            step->name = built->index->name;
        } else {
            const Index *was = online_index_before(cx, built->wanted);
            const Subject old_side = {.table = table, .index = built->index};
            const Subject new_side = {.table = table, .index = built->wanted};
            switch_step(
                of, was != NULL && was->is_constraint ? STEP_ADD_UNIQUE_ONLINE : STEP_RENAME_INDEX,
                online_change(cx, CHANGE_RENAME_INDEX, 0, old_side, new_side));
        }
    }
}

static void write_switch(Switch *of)
{
    if (!shares_transaction(of)) {
        write_aside(of, STEP_SET_ASIDE);
    }
    check_kept(of, STEP_SWITCH_CHECK, of->phase, of->knot->together);
    vec_each(const TiedKey *, tied, &of->knot->tied_keys) {
        switch_step(of, STEP_DROP_FOREIGN_KEY, (*tied)->drop);
    }
    vec_each(const Change *, at, &of->knot->under_keys) {
        switch_step(of, STEP_DROP_INDEX, *at); /* behind the keys on it, before its columns */
    }
    vec_each(const KnotTable, table, &of->knot->tables) {
        write_columns(of, table);
    }
    online_switch_casts(of->cx, of->knot, of->phase);
    online_switch_enums(of->cx, of->knot);
    write_names(of);
    vec_each(const TiedKey *, tied, &of->knot->tied_keys) {
        Step *rename = switch_step(of, STEP_RENAME_FOREIGN_KEY, (*tied)->add);
        rename->before = (*tied)->add->after;
        rename->before.foreign_key = (*tied)->built;
    }
    write_aside(of, STEP_REMAKE);
}

static void prepare_knot(Switch *of)
{
    vec_each(const KnotTable, table, &of->knot->tables) {
        write_builds(of, table->shadows.items[0]);
    }
}

static Switch switch_of(Online *cx, Knot *knot)
{
    Switch of = {.cx = cx,
                 .knot = knot,
                 .proof = PHASE_TIGHTEN,
                 .phase = PHASE_TIGHTEN,
                 .one_table = knot->tables.count == 1};
    vec_each(const KnotTable, table, &knot->tables) {
        vec_each(const Shadow *, shadow, &table->shadows) {
            of.phase = (*shadow)->late ? PHASE_CONTRACT : of.phase;
            of.proof = (*shadow)->may_refuse ? PHASE_CONTRACT : of.proof;
        }
    }
    return of;
}

static void add_check_at_once(const Switch *of, const KnotTable *table)
{
    add_check(of, table, PHASE_EXPAND);
}

static void add_check_late(const Switch *of, const KnotTable *table)
{
    add_check(of, table, PHASE_CONTRACT);
}

/* With the trigger, which sees to it that no program breaks the check: whatever an update touches
 * is filled. A check that a value may break waits for the gate. */
void online_write_second_checks(Online *cx)
{
    vec_each(Knot, knot, &cx->knots) {
        const Switch of = switch_of(cx, knot);
        if (of.proof == PHASE_TIGHTEN) {
            each_proof(&of, add_check_at_once);
        }
        if (of.phase == PHASE_TIGHTEN) {
            check_kept(&of, STEP_ADD_CHECK, PHASE_EXPAND, 0);
        }
    }
}

/* Before the gate all but what the old program could still spoil. */
void online_write_switches(Online *cx, bool late)
{
    const Phase now = late ? PHASE_CONTRACT : PHASE_TIGHTEN;
    vec_each(Knot, knot, &cx->knots) {
        Switch of = switch_of(cx, knot);
        if (!late) {
            prepare_knot(&of);
            write_foreign_keys(&of);
        }
        if (late && of.phase == now) {
            check_kept(&of, STEP_ADD_CHECK, now, 0);
        }
        if (late && of.proof == now) {
            each_proof(&of, add_check_late);
        }
        if (of.phase == now) {
            check_kept(&of, STEP_VALIDATE_CONSTRAINT, now, 0);
        }
        if (of.proof == now) {
            each_proof(&of, validate);
            if (shares_transaction(&of)) {
                write_aside(&of, STEP_SET_ASIDE);
            }
            each_proof(&of, finish_proof);
        }
        if (of.phase == now) {
            write_switch(&of);
        }
    }
}
