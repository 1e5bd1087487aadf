/* What the replay refuses: the steps of a good plan, the last two the other way round, or the first
 * one last. */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "compiler/plan/make/plan_make.h"
#include "compiler/plan/world/replay.h"
#include "tests/unit/compiler/hand_built.h"

TestSuite(replay_refusal, .init = open_run, .fini = close_run);

static void move_step(Plan *plan, size_t from)
{
    Step *moved = plan->steps.items[from];
    for (size_t i = from; i + 1 < plan->steps.count; i++) {
        plan->steps.items[i] = plan->steps.items[i + 1];
    }
    vec_last(&plan->steps) = moved;
}

static void expect_refusal_of_order(Catalog *from, Catalog *to, bool first_is_last, const char *why)
{
    canon_catalog(from);
    canon_catalog(to);
    Plan *plan = plan_make(from, to, &(PlanOptions){0}, diags);
    cr_assert(plan != NULL && plan->steps.count >= 2);
    cr_expect_null(replay_prove(arena, plan));
    move_step(plan, first_is_last ? 0 : plan->steps.count - 2);
    const char *wrong = replay_prove(arena, plan);
    cr_expect(wrong != NULL && strstr(wrong, why) != NULL, "%s, not: %s", why, wrong);
    plan_free(plan);
    catalog_free(from);
    catalog_free(to);
}

static void expect_refusal(Catalog *from, Catalog *to, const char *why)
{
    expect_refusal_of_order(from, to, false, why);
}

Test(replay_refusal, refuses_a_name_that_is_taken)
{
    Catalog *from = catalog(), *to = catalog();
    Table *a = table(from, "A"), *b = table(from, "B");
    index_on(from, a, "x", column(from, a, "id"), INDEX_NORMAL);
    column(from, b, "id");
    a = table(to, "A");
    b = table(to, "B");
    column(to, a, "id");
    index_on(to, b, "x", column(to, b, "id"), INDEX_NORMAL);
    expect_refusal(from, to, "there already is a relation `x`");
}

Test(replay_refusal, refuses_a_foreign_key_without_a_key_to_rest_on)
{
    Catalog *from = catalog(), *to = catalog();
    Table *a = table(from, "A"), *b = table(from, "B");
    column(from, a, "id");
    column(from, b, "a_id");
    a = table(to, "A");
    b = table(to, "B");
    Column *id = column(to, a, "id");
    index_on(to, a, "A_id_key", id, INDEX_UNIQUE);
    reference(to, "B_a_id_fkey", column(to, b, "a_id"), id);
    expect_refusal(from, to, "refers to unique");
}

Test(replay_refusal, refuses_a_loss_of_the_key_a_foreign_key_rests_on)
{
    Catalog *from = catalog(), *to = catalog();
    Table *a = table(from, "A"), *b = table(from, "B");
    Column *id = column(from, a, "id");
    index_on(from, a, "A_id_key", id, INDEX_UNIQUE);
    reference(from, "B_a_id_fkey", column(from, b, "a_id"), id);
    column(to, table(to, "A"), "id");
    column(to, table(to, "B"), "a_id");
    expect_refusal(from, to, "rests on a key of `A` that goes");
}

/* An enum with these values, and a unique column of it in table A. */
static Column *column_of_enum(Catalog *in, const char *const *values, size_t count)
{
    EnumType *type =
        catalog_add_enum(in, name("public"), name("State"), origin_source(span_none()));
    for (size_t i = 0; i < count; i++) {
        vec_push(in->arena, &type->values, name(values[i]));
    }
    Column *made = column(in, table(in, "A"), "id");
    made->type = (ColumnType){.id = TYPE_ENUM, .enum_type = type};
    index_on(in, made->table, "A_id_key", made, INDEX_UNIQUE);
    return made;
}

static const char *const states[] = {"OPEN", "SHUT"};

Test(replay_refusal, refuses_a_foreign_key_over_an_enum_that_is_rebuilt)
{
    Catalog *from = catalog(), *to = catalog();
    for (size_t i = 0; i < 2; i++) {
        Catalog *in = i == 0 ? from : to;
        Column *id = column_of_enum(in, states, 2 - i);
        Column *of = column(in, table(in, "B"), "a_id");
        of->type = id->type;
        reference(in, "B_a_id_fkey", of, id);
    }
    expect_refusal_of_order(from, to, true, "foreign key `B_a_id_fkey` refers to");
}

Test(replay_refusal, refuses_a_predicate_over_an_enum_that_is_rebuilt)
{
    Catalog *from = catalog(), *to = catalog();
    for (size_t i = 0; i < 2; i++) {
        Catalog *in = i == 0 ? from : to;
        in->manages_partial_indexes = true;
        Column *id = column_of_enum(in, states, 2 - i);
        index_on(in, id->table, "x", id, INDEX_NORMAL)->predicate = name("id = 'OPEN'");
    }
    expect_refusal_of_order(from, to, true, "compares values of `A.id`");
}

Test(replay_refusal, refuses_a_predicate_over_a_column_whose_type_changes)
{
    Catalog *from = catalog(), *to = catalog();
    from->manages_partial_indexes = to->manages_partial_indexes = true;
    Column *id = column(from, table(from, "A"), "id");
    index_on(from, id->table, "x", id, INDEX_NORMAL)->predicate = name("id = 5");
    column(to, table(to, "A"), "id")->type = (ColumnType){.id = TYPE_TEXT};
    expect_refusal(from, to, "compares values of `A.id`");
}
