/* What order does where there is none: steps that wait for each other. */
#include "base/common.h"

#include <criterion/criterion.h>

#include "compiler/plan/order/order.h"
#include "tests/unit/compiler/hand_built.h"

TestSuite(order, .init = open_run, .fini = close_run);

/* An ALTER TABLE that makes its key `key_name` of the table's index `index_name`. */
static Step *key_from_index(Plan *plan, Catalog *in, Table *of, const char *index_name,
                            const char *key_name)
{
    Change *cause = arena_make(plan->arena, Change);
    Clause clause = {.kind = CLAUSE_TAKE_PRIMARY_KEY, .cause = cause};
    Column *id = column(in, of, "id");
    cause->before.index = index_on(in, of, index_name, id, INDEX_UNIQUE);
    key(in, of, key_name, id);
    clause.key_after = of->primary_key;
    Step *step = plan_add_step(plan, STEP_ALTER_TABLE, PHASE_EXPAND, NULL);
    step->before.table = step->after.table = of;
    vec_push(plan->arena, &step->clauses, clause);
    return step;
}

Test(order, a_circle_is_named_by_its_members_alone)
{
    Catalog *made = catalog();
    Table *a = table(made, "A"), *b = table(made, "B"), *c = table(made, "C");
    Plan *plan = plan_new(made, made);
    (void)key_from_index(plan, made, c, "behind", "x");
    (void)key_from_index(plan, made, a, "x", "y");
    (void)key_from_index(plan, made, b, "y", "x");
    Table *d = table(made, "D");
    Step *free_one = key_from_index(plan, made, d, "free", "z");
    order_steps(plan);
    cr_assert_str_eq(plan->circle, "alter table `A`, alter table `B`");
    cr_assert_eq(plan->steps.items[0], free_one, "what waits for nothing has its place");
    plan_free(plan);
    catalog_free(made);
}

/* --- pairs of effects --------------------------------------------------------------------------
 */

static Step *step_of(Plan *plan, StepKind kind, Subject before, Subject after)
{
    Step *step = plan_add_step(plan, kind, PHASE_EXPAND, NULL);
    step->before = before;
    step->after = after;
    return step;
}

/* The two steps of the plan run in this order, whatever theirs was. */
static void expect_order(Plan *plan, const Step *first, const Step *then)
{
    order_steps(plan);
    cr_assert_null(plan->circle);
    cr_assert_eq(plan->steps.count, 2u);
    cr_expect_eq(plan->steps.items[0], first);
    cr_expect_eq(plan->steps.items[1], then);
}

static void close_plan(Plan *plan, Catalog *from, Catalog *to)
{
    plan_free(plan);
    catalog_free(from);
    if (to != from) {
        catalog_free(to);
    }
}

Test(order, a_name_is_free_before_it_is_taken)
{
    Catalog *from = catalog(), *to = catalog();
    Table *a = table(from, "A"), *b = table(to, "B");
    Index *old = index_on(from, a, "x", column(from, a, "id"), INDEX_NORMAL);
    Index *new = index_on(to, b, "x", column(to, b, "id"), INDEX_NORMAL);
    Plan *plan = plan_new(from, to);
    Step *take =
        step_of(plan, STEP_CREATE_INDEX_ONLINE, (Subject){0}, (Subject){.table = b, .index = new});
    Step *release =
        step_of(plan, STEP_DROP_INDEX_ONLINE, (Subject){.table = a, .index = old}, (Subject){0});
    expect_order(plan, release, take);
    close_plan(plan, from, to);
}

/* One that the language cannot say is the same index before and after. */
Test(order, an_index_that_comes_back_as_it_was_is_dropped_first)
{
    Catalog *from = catalog(), *to = catalog();
    Table *a = table(from, "A"), *after = table(to, "A");
    Index *index = index_on(from, a, "x", column(from, a, "id"), INDEX_NORMAL);
    Plan *plan = plan_new(from, to);
    const Subject before = {.table = a, .index = index}, back = {.table = after, .index = index};
    Step *create = step_of(plan, STEP_CREATE_INDEX, before, back);
    Step *drop = step_of(plan, STEP_DROP_INDEX, before, back);
    expect_order(plan, drop, create);
    close_plan(plan, from, to);
}

Test(order, a_schema_is_there_before_what_moves_into_it)
{
    Catalog *from = catalog(), *to = catalog();
    const Schema *made = catalog_add_schema(to, name("audit"), origin_source(span_none()));
    Table *before = table(from, "A");
    Table *after = catalog_add_table(to, name("audit"), name("A"), origin_source(span_none()));
    Plan *plan = plan_new(from, to);
    Step *move = step_of(plan, STEP_COMPATIBILITY_VIEW, (Subject){.table = before},
                         (Subject){.table = after});
    Step *create = step_of(plan, STEP_CREATE_SCHEMA, (Subject){0}, (Subject){.schema = made});
    expect_order(plan, create, move);
    close_plan(plan, from, to);
}

Test(order, a_check_goes_when_its_proof_is_used)
{
    Catalog *made = catalog();
    Table *a = table(made, "A");
    Column *id = column(made, a, "id");
    Plan *plan = plan_new(made, made);
    const Subject about = {.table = a, .column = id};
    Step *drop = step_of(plan, STEP_DROP_CHECK, about, about);
    Step *use = step_of(plan, STEP_SET_NOT_NULL, about, about);
    drop->name = use->name = name("A_required__bellows");
    expect_order(plan, use, drop);
    close_plan(plan, made, made);
}

Test(order, a_foreign_key_goes_before_what_it_rests_on)
{
    Catalog *from = catalog();
    Table *a = table(from, "A"), *b = table(from, "B");
    Column *id = column(from, a, "id");
    Index *unique = index_on(from, a, "A_id_key", id, INDEX_UNIQUE);
    reference(from, "B_a_id_fkey", column(from, b, "a_id"), id);
    Plan *plan = plan_new(from, from);
    Step *index = step_of(plan, STEP_DROP_INDEX, (Subject){.table = a, .index = unique},
                          (Subject){.table = a});
    Step *key = step_of(plan, STEP_DROP_FOREIGN_KEY,
                        (Subject){.table = b, .foreign_key = b->foreign_keys.items[0]},
                        (Subject){.table = b});
    expect_order(plan, key, index);
    close_plan(plan, from, from);
}

/* The two steps about an index of `from` and one of its column `id`. */
static void expect_index_first(Catalog *from, Index *index, Catalog *to, Clause clause)
{
    Column *id = index->parts.items[0].column;
    Plan *plan = plan_new(from, to);
    Step *alter = step_of(plan, STEP_ALTER_TABLE, (Subject){.table = id->table},
                          (Subject){.table = to->tables.items[0]});
    clause.before = id;
    vec_push(plan->arena, &alter->clauses, clause);
    Step *drop = step_of(plan, STEP_DROP_INDEX, (Subject){.table = id->table, .index = index},
                         (Subject){.table = to->tables.items[0]});
    expect_order(plan, drop, alter);
    close_plan(plan, from, to);
}

Test(order, an_index_is_dropped_before_a_column_would_take_it_along)
{
    Catalog *from = catalog(), *to = catalog();
    Table *a = table(from, "A");
    (void)table(to, "A");
    Index *index = index_on(from, a, "x", column(from, a, "id"), INDEX_NORMAL);
    expect_index_first(from, index, to, (Clause){.kind = CLAUSE_DROP_COLUMN});
}

Test(order, an_index_is_dropped_before_what_it_compares_changes_its_type)
{
    Catalog *from = catalog(), *to = catalog();
    Table *a = table(from, "A");
    Column *id = column(from, a, "id");
    Index *index = index_on(from, a, "x", id, INDEX_UNIQUE);
    index->predicate = name("id = 5");
    canon_catalog(from);
    expect_index_first(
        from, index, to,
        (Clause){.kind = CLAUSE_SET_TYPE, .after = column(to, table(to, "A"), "id")});
}
