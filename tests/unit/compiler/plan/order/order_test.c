/* What order does where there is none: steps that wait for each other. */
#include "base/common.h"

#include <criterion/criterion.h>

#include "compiler/plan/order/order.h"
#include "tests/unit/compiler/hand_built.h"

TestSuite(order, .init = open_run, .fini = close_run);

/* A step about the index `name` of the table. */
static Step *step_about(Plan *plan, Table *of, const char *called)
{
    Index *index = arena_make(arena, Index);
    index->name = name(called);
    index->table = of;
    Step *step = plan_add_step(plan, STEP_DROP_INDEX, PHASE_EXPAND, NULL);
    step->before.table = of;
    step->before.index = index;
    return step;
}

Test(order, a_circle_is_named_by_its_members_alone)
{
    Catalog *made = catalog();
    Table *thing = table(made, "Thing");
    Plan *plan = plan_new(made, made);
    Step *behind = step_about(plan, thing, "behind");
    Step *first = step_about(plan, thing, "first");
    Step *second = step_about(plan, thing, "second");
    Step *free_one = step_about(plan, thing, "free");
    vec_push(plan->arena, &first->after_steps, second);
    vec_push(plan->arena, &second->after_steps, first);
    vec_push(plan->arena, &behind->after_steps, first);
    order_steps(plan, 0);
    cr_assert_str_eq(plan->circle, "drop index `first` of `Thing`, drop index `second` of `Thing`");
    cr_assert_eq(plan->steps.items[0], free_one, "what waits for nothing has its place");
    plan_free(plan);
    catalog_free(made);
}

Test(order, steps_in_a_row_are_no_circle)
{
    Catalog *made = catalog();
    Table *thing = table(made, "Thing");
    Plan *plan = plan_new(made, made);
    Step *first = step_about(plan, thing, "first");
    Step *second = step_about(plan, thing, "second");
    vec_push(plan->arena, &first->after_steps, second);
    order_steps(plan, 0);
    cr_assert_null(plan->circle);
    cr_assert_eq(plan->steps.items[0], second);
    plan_free(plan);
    catalog_free(made);
}
