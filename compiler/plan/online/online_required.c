/*
 * online_required.c - a column that must not be null: added so, or made so.
 *
 * What the rows that are there get decides the recipe (online_fill.c finds it):
 * - the same value for all of them: one ADD COLUMN ... NOT NULL DEFAULT, stored once in the
 * catalog; the old program, which does not know the column, gets the default too. If the schema
 * wants no default it leaves in the contract phase.
 * - a value of its own for each: the column comes nullable, new rows get the expression as default,
 *   old rows are filled in batches (with DEFAULT, where the schema has that default), and NOT NULL
 *   follows a validated check.
 * - a value computed from the row, or a column the old program may write nulls to: the same, with
 *   a trigger that fills what is left empty until the old program is gone.
 * - nobody knows: the column stays nullable until the gate; then a person fills it and the rule
 *   comes. The new program meets nulls meanwhile: hazard required-without-fill.
 */
#include "base/common.h"

#include "compiler/canon/canon_refs.h"
#include "compiler/catalog/naming.h"
#include "compiler/plan/online/online_internal.h"

static void plain(Online *cx, ChangeList *list, const Change *change)
{
    vec_push(cx->arena, list, online_facets(cx, change, change->facets));
}

/* --- adding ------------------------------------------------------------------------------------
 */

static Default no_default(void)
{
    return (Default){.kind = DEFAULT_NONE};
}

static Default expression_default(Online *cx, const char *expression)
{
    Name text = intern_cstr(cx->plan->to->names, expression);
    return (Default){.kind = DEFAULT_EXPRESSION, .text = text, .canonical = text};
}

/* ADD COLUMN of `column`, whatever the wanted catalog says of it. */
static Change *add_as(Online *cx, const Change *change, const Column *column)
{
    Subject after = change->after;
    after.column = column;
    Change *addition = online_change(cx, CHANGE_ADD_COLUMN, 0, change->before, after);
    vec_push(cx->arena, &cx->expand, addition);
    return addition;
}

static void change_default(Online *cx, ChangeList *list, const Change *change, const Column *from,
                           const Column *to)
{
    Subject before = change->before;
    Subject after = change->after;
    before.column = from;
    after.column = to;
    const unsigned facet = to->dflt.kind == DEFAULT_SEQUENCE ? FACET_SEQUENCE : FACET_DEFAULT;
    vec_push(cx->arena, list, online_change(cx, CHANGE_MODIFY_COLUMN, facet, before, after));
}

static Column *nullable_copy(Online *cx, const Column *column, Default dflt)
{
    Column *copy = online_column_copy(cx, column);
    copy->not_null = false;
    copy->dflt = dflt;
    return copy;
}

typedef VEC(size_t) FillNumbers;

static const FillNumbers *fills_of(const Online *cx, const Table *after)
{
    static const FillNumbers none;
    const FillNumbers *numbers = object_map_get(&cx->fills_of, after);
    return numbers == NULL ? &none : numbers;
}

static void make_late(Online *cx, Fill *fill)
{
    fill->late = true;
    object_map_put(cx->marks, &cx->late_fills, fill->cause->after.column, cx);
}

static void fill(Online *cx, const Change *change, const char *expression, bool tighten)
{
    FillNumbers *numbers = object_map_get(&cx->fills_of, change->after.table);
    if (numbers == NULL) {
        numbers = arena_make(cx->marks, FillNumbers);
        object_map_put(cx->marks, &cx->fills_of, change->after.table, numbers);
    }
    vec_push(cx->marks, numbers, cx->fills.count);
    vec_push(cx->marks, &cx->fills,
             (Fill){.cause = change, .expression = expression, .tighten = tighten});
    if (expression == NULL) {
        make_late(cx, &vec_last(&cx->fills));
    }
}

/* One instant statement, which gives the value to all rows there are; then the column has a default
 * that the schema does not want. */
static Column *add_with_constant(Online *cx, const Change *change, const char *expression)
{
    Column *now = online_column_copy(cx, change->after.column);
    now->dflt = expression_default(cx, expression);
    add_as(cx, change, now);
    return now;
}

/* It goes with the old program, which relies on it. */
static void add_required_with_constant(Online *cx, const Change *change, const char *expression)
{
    Column *then = online_column_copy(cx, change->after.column);
    then->dflt = add_with_constant(cx, change, expression)->dflt;
    change_default(cx, &cx->contract, change, then, change->after.column);
}

/* ADD COLUMN first and SET DEFAULT apart, or the server computes the default for every row under
 * the lock; a number of a sequence, too. */
static void add_with_volatile(Online *cx, const Change *change, Default dflt,
                              const char *expression)
{
    const Column *wanted = change->after.column;
    const Column *bare = nullable_copy(cx, wanted, no_default());
    add_as(cx, change, bare);
    change_default(cx, &cx->expand_late, change, bare, nullable_copy(cx, wanted, dflt));
    fill(cx, change, expression, wanted->not_null);
    if (wanted->dflt.kind == DEFAULT_NONE) {
        Column *then = online_column_copy(cx, change->after.column);
        then->dflt = dflt;
        change_default(cx, &cx->contract, change, then, change->after.column);
    }
}

static Name trigger_name(Online *cx, const Column *column)
{
    return name_reserved_of_column(cx->plan->to->names, RESERVED_TRIGGER, column->table->name,
                                   column->name);
}

static bool is_marked(const SqlRefList *refs, const Column *column)
{
    vec_each(const SqlRef, ref, refs) {
        if (ref->column == column) {
            return true;
        }
    }
    return false;
}

/* Is each column that the expression names a marked reference, which follows a renaming? */
static bool columns_are_told(Online *cx, const Column *filled, const char *expression)
{
    const Catalog *to = cx->plan->to;
    Arena *scratch = arena_new();
    const SqlRefList refs =
        canon_refs(scratch, to, filled->table, &filled->type, intern_cstr(to->names, expression));
    bool told = true;
    vec_each(Column *, at, &filled->table->columns) {
        told = told && (!sql_reads_column(expression, (*at)->name) || is_marked(&refs, *at));
    }
    arena_free(scratch);
    return told && !online_names_lost(cx, filled->table, expression);
}

/*
 * The name sorts last: row triggers fire in the order of their names, and the filling must see what
 * the application's own triggers did. Where a view renames a column it speaks of the function is
 * written anew with the view; an expression whose columns cannot be told waits for the gate
 * instead.
 */
static void fill_by_trigger(Online *cx, const Change *change, const char *expression)
{
    const Column *column = change->after.column;
    fill(cx, change, expression, true);
    if (online_fills_renamed(cx, column, expression) && !columns_are_told(cx, column, expression)) {
        make_late(cx, &vec_last(&cx->fills));
    } else {
        vec_last(&cx->fills).trigger = trigger_name(cx, column);
    }
}

/* Says nothing of what a row gets that does not name it. */
static bool is_silent(const Column *column)
{
    return column->dflt.kind == DEFAULT_NONE || column->dflt.kind == DEFAULT_OPAQUE;
}

static void add_required(Online *cx, const Change *change)
{
    const Column *column = change->after.column;
    const char *expression = online_fill_expression(cx, column);
    const char *trusted = expression == NULL ? NULL : online_trusted_fill(cx, column, expression);
    if (expression != NULL && sql_reads_row(expression, column->table)) {
        add_as(cx, change, nullable_copy(cx, column, no_default()));
        fill_by_trigger(cx, change, expression);
    } else if (expression != NULL && sql_is_instant(expression)) {
        add_required_with_constant(cx, change, trusted);
    } else if (expression != NULL) {
        add_with_volatile(cx, change, expression_default(cx, trusted), expression);
    } else {
        add_as(cx, change, nullable_copy(cx, column, no_default()));
        fill(cx, change, NULL, true);
    }
}

/* Rows that are there get what the hint says, rows to come the default: the old program's too,
 * which does not know the column. */
static void add_with_hint(Online *cx, const Change *change, const char *expression)
{
    const Column *column = change->after.column;
    const char *trusted = online_trusted_fill(cx, column, expression);
    if (!sql_reads_row(expression, column->table) && sql_is_instant(expression)) {
        const Column *now = add_with_constant(cx, change, trusted);
        change_default(cx, &cx->expand_late, change, now, column);
    } else if (is_silent(column)) {
        add_as(cx, change, nullable_copy(cx, column, no_default()));
        fill(cx, change, expression, false);
    } else {
        add_with_volatile(cx, change, column->dflt, expression);
    }
}

void online_add_column(Online *cx, const Change *change)
{
    const Column *column = change->after.column;
    const char *hint = online_fill_hint(cx, column);
    if (column->identity != IDENTITY_NONE || column->generated != NULL) {
        plain(cx, &cx->expand, change);
        online_note(cx, vec_last(&cx->expand), HAZARD_REWRITE_UNDER_LOCK, NULL);
    } else if (is_silent(column) && column->not_null) {
        add_required(cx, change);
    } else if (hint != NULL) {
        add_with_hint(cx, change, hint);
    } else if (default_is_instant(&column->dflt)) {
        plain(cx, &cx->expand, change);
    } else {
        add_with_volatile(cx, change, column->dflt, "DEFAULT");
    }
}

/* --- making required ---------------------------------------------------------------------------
 */

/* The old program may write nulls on purpose, so a default is not enough: a trigger fills them. */
void online_make_required(Online *cx, const Change *change)
{
    const char *expression = online_fill_expression(cx, change->after.column);
    if (expression != NULL) {
        (void)online_trusted_fill(cx, change->after.column, expression);
        fill_by_trigger(cx, change, expression);
    } else {
        fill(cx, change, NULL, true);
    }
}

/* --- writing -----------------------------------------------------------------------------------
 */

static Phase fill_phase(const Fill *at, Phase phase)
{
    return at->late ? PHASE_CONTRACT : phase;
}

static Step *fill_step(Online *cx, const Fill *at, StepKind kind, Phase phase)
{
    Step *step = online_step(cx, kind, fill_phase(at, phase), at->cause);
    step->expression = at->expression;
    return step;
}

void online_write_fill_triggers(Online *cx)
{
    vec_each(const Fill, at, &cx->fills) {
        if (at->trigger != NULL) {
            fill_step(cx, at, STEP_FILL_TRIGGER, PHASE_EXPAND)->name = at->trigger;
        }
    }
}

void online_write_fill_renewals(Online *cx, const Table *after, Phase phase)
{
    vec_each(const size_t, number, fills_of(cx, after)) {
        const Fill *at = &cx->fills.items[*number];
        const Column *column = at->cause->after.column;
        if (at->trigger != NULL && online_fills_renamed(cx, column, at->expression)) {
            fill_step(cx, at, STEP_RENEW_FILL_TRIGGER, phase)->name = at->trigger;
        }
    }
}

/* Before any name changes: the functions' texts do not follow. */
void online_write_fill_trigger_drops(Online *cx)
{
    vec_each(const Fill, at, &cx->fills) {
        if (at->trigger != NULL) {
            Step *step = online_step(cx, STEP_DROP_FILL_TRIGGER, PHASE_CONTRACT, at->cause);
            step->name = at->trigger;
            step->expression = at->expression;
        }
    }
}

/* A made-required column fails on nulls only; an added one holds nothing but nulls. */
static void add_fill_hazard(Online *cx, const Fill *at, Step *step)
{
    const Change *cause = at->cause;
    bool added = cause->kind == CHANGE_ADD_COLUMN;
    const HazardCode added_code =
        at->expression != NULL ? HAZARD_FILLED_LATE : HAZARD_REQUIRED_WITHOUT_FILL;
    step_add_hazard(cx->plan, step, added ? added_code : HAZARD_MAKE_REQUIRED,
                    added ? cause->after.table : cause->before.table,
                    added ? cause->after.column : cause->before.column, NULL);
}

void online_write_backfills(Online *cx, bool late)
{
    vec_each(const Fill, at, &cx->fills) {
        if (at->late == late) {
            StepKind kind = at->expression != NULL ? STEP_BACKFILL : STEP_FILL_BY_HAND;
            Step *step = fill_step(cx, at, kind, PHASE_BACKFILL);
            if (at->late) {
                add_fill_hazard(cx, at, step);
            }
        }
    }
}

/* --- not null, table by table ------------------------------------------------------------------
 */

static bool tightens(const Fill *at, bool late)
{
    return at->tighten && at->late == late;
}

/* One check for all columns of the table: one scan proves them all. */
static void write_table_not_nulls(Online *cx, const Fill *first, bool late)
{
    const Change *cause = first->cause;
    const Table *table = cause->after.table;
    Name check = name_reserved(cx->plan->to->names, RESERVED_REQUIRED, table->name);
    Step *add = fill_step(cx, first, STEP_ADD_CHECK, PHASE_TIGHTEN);
    Step *validate = fill_step(cx, first, STEP_VALIDATE_CONSTRAINT, PHASE_TIGHTEN);
    add->name = check;
    validate->name = check;
    vec_each(const size_t, number, fills_of(cx, table)) {
        const Fill *at = &cx->fills.items[*number];
        if (tightens(at, late)) {
            Clause clause = {.kind = CLAUSE_CHECK_NOT_NULL,
                             .after = at->cause->after.column,
                             .cause = at->cause};
            vec_push(cx->arena, &add->clauses, clause);
            fill_step(cx, at, STEP_SET_NOT_NULL, PHASE_TIGHTEN)->name = check;
        }
    }
    Step *drop = fill_step(cx, first, STEP_DROP_CHECK, PHASE_TIGHTEN);
    drop->name = check;
    vec_each(const Clause, clause, &add->clauses) {
        vec_push(cx->arena, &drop->clauses, *clause);
    }
}

void online_write_not_nulls(Online *cx, bool late)
{
    ObjectMap written = {0};
    vec_each(const Fill, at, &cx->fills) {
        const Table *table = at->cause->after.table;
        if (tightens(at, late) && object_map_get(&written, table) == NULL) {
            object_map_put(cx->marks, &written, table, cx);
            write_table_not_nulls(cx, at, late);
        }
    }
}
