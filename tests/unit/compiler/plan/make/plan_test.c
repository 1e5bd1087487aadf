/* Differences, renames, order: over catalogs built by hand, without a word of SQL. */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "compiler/plan/diff/diff.h"
#include "compiler/plan/diff/renames.h"
#include "compiler/plan/make/plan_make.h"
#include "tests/unit/compiler/hand_built.h"

TestSuite(plan, .init = open_run, .fini = close_run);

static void expect_changes(Catalog *from, Catalog *to, const RenameList *renames,
                           const char *expected)
{
    canon_catalog(from);
    canon_catalog(to);
    const Diff *diff = diff_catalogs(arena, from, to, renames);
    cr_expect_str_eq(diff_dump(arena, diff), expected);
}

/* "STEP_DROP_INDEX a_b_key" per line */
static char *steps_of(const Plan *plan)
{
    char *text = arena_strdup(arena, "");
    vec_each(Step *, step, &plan->steps) {
        const Subject *before = &(*step)->shown_before;
        const Subject *side =
            before->index != NULL || before->foreign_key != NULL ? before : &(*step)->shown_after;
        Name called = side->index != NULL         ? side->index->name
                      : side->foreign_key != NULL ? side->foreign_key->name
                      : side->table != NULL       ? side->table->name
                                                  : (*step)->before.table->name;
        text =
            arena_printf(arena, "%s%s %s\n", text, step_row((*step)->kind)->section, called->text);
    }
    return text;
}

static void expect_steps(Catalog *from, Catalog *to, const char *expected)
{
    canon_catalog(from);
    canon_catalog(to);
    Plan *plan = plan_make(from, to, &(PlanOptions){0}, diags);
    cr_expect_str_eq(steps_of(plan), expected);
    plan_free(plan);
}

/* --- differences --- */

Test(plan, equal_catalogs_differ_in_nothing)
{
    Catalog *from = catalog(), *to = catalog();
    Table *before = table(from, "A"), *after = table(to, "A");
    key(from, before, "A_pkey", column(from, before, "id"));
    key(to, after, "A_pkey", column(to, after, "id"));
    expect_changes(from, to, NULL, "");
    catalog_free(from);
    catalog_free(to);
}

Test(plan, facets_name_what_differs)
{
    Catalog *from = catalog(), *to = catalog();
    column(from, table(from, "A"), "x");
    Column *after = column(to, table(to, "A"), "x");
    after->type.id = TYPE_BIGINT;
    after->not_null = false;
    expect_changes(from, to, NULL, "MODIFY_COLUMN A.x type nullability\n");
    catalog_free(from);
    catalog_free(to);
}

Test(plan, nullability_of_lists_is_not_compared)
{
    Catalog *from = catalog(), *to = catalog();
    Column *before = column(from, table(from, "A"), "x"), *after = column(to, table(to, "A"), "x");
    before->type.list = after->type.list = true;
    after->not_null = false;
    expect_changes(from, to, NULL, "");
    catalog_free(from);
    catalog_free(to);
}

Test(plan, the_history_table_is_nobodys_business)
{
    Catalog *from = catalog(), *to = catalog();
    column(from, table(from, "_prisma_migrations"), "id");
    expect_changes(from, to, NULL, "");
    catalog_free(from);
    catalog_free(to);
}

Test(plan, a_foreign_key_follows_the_key_it_stands_on)
{
    Catalog *sides[] = {catalog(), catalog()};
    for (int i = 0; i < 2; i++) {
        Table *a = table(sides[i], "A"), *b = table(sides[i], "B");
        Column *id = column(sides[i], a, "id"), *other = column(sides[i], a, "other");
        key(sides[i], a, "A_pkey", i == 0 ? id : other);
        index_on(sides[i], a, i == 0 ? "A_other_key" : "A_id_key", i == 0 ? other : id,
                 INDEX_UNIQUE);
        reference(sides[i], "B_a_fkey", column(sides[i], b, "a"), id);
    }
    expect_changes(sides[0], sides[1], NULL,
                   "MODIFY_PRIMARY_KEY A.A_pkey\n"
                   "DROP_INDEX A.A_other_key\n"
                   "ADD_INDEX A.A_id_key\n"
                   "DROP_FOREIGN_KEY B.B_a_fkey (aside: KEY_GOES A_pkey)\n"
                   "ADD_FOREIGN_KEY B.B_a_fkey (aside: KEY_GOES A_pkey)\n");
    catalog_free(sides[0]);
    catalog_free(sides[1]);
}

/* A column's type, the key over it, the foreign key that rests on the key, and an index by name. */
Test(plan, what_does_not_differ_steps_aside_for_a_cause)
{
    Catalog *sides[] = {catalog(), catalog()};
    for (int i = 0; i < 2; i++) {
        Table *a = table(sides[i], "A"), *b = table(sides[i], "B");
        Column *id = column(sides[i], a, "id");
        id->type.id = i == 0 ? TYPE_INTEGER : TYPE_BIGINT;
        key(sides[i], a, i == 0 ? "A_pkey" : "A_new_pkey", id);
        reference(sides[i], "B_a_fkey", column(sides[i], b, "a"), id);
        index_on(sides[i], b, i == 0 ? "B_idx" : "B_new_idx", column(sides[i], b, "b"),
                 INDEX_NORMAL);
    }
    expect_changes(sides[0], sides[1], NULL,
                   "MODIFY_COLUMN A.id type\n"
                   "MODIFY_PRIMARY_KEY A.A_new_pkey (aside: COLUMN_TYPE A.id)\n"
                   "RENAME_INDEX B.B_idx -> B.B_new_idx\n"
                   "DROP_FOREIGN_KEY B.B_a_fkey (aside: KEY_GOES A_pkey)\n"
                   "ADD_FOREIGN_KEY B.B_a_fkey (aside: KEY_GOES A_pkey)\n");
    catalog_free(sides[0]);
    catalog_free(sides[1]);
}

/* An index goes with the columns that it includes, too, of which the language knows nothing. */
Test(plan, an_index_comes_back_when_a_column_goes_that_it_includes)
{
    Catalog *from = catalog(), *to = catalog();
    Table *before = table(from, "A"), *after = table(to, "A");
    Index *index = index_on(from, before, "A_a_idx", column(from, before, "a"), INDEX_NORMAL);
    vec_push(from->arena, &index->include, column(from, before, "gone"));
    index = index_on(from, before, "A_b_idx", column(from, before, "b"), INDEX_NORMAL);
    Column *anew = column(from, before, "anew");
    anew->type.id = TYPE_TIMESTAMP;
    vec_push(from->arena, &index->include, anew);
    index_on(to, after, "A_a_idx", column(to, after, "a"), INDEX_NORMAL);
    index_on(to, after, "A_b_idx", column(to, after, "b"), INDEX_NORMAL);
    column(to, after, "anew")->type.id = TYPE_INTEGER;
    expect_changes(from, to, NULL,
                   "DROP_COLUMN A.gone\n"
                   "MODIFY_COLUMN A.anew type\n"
                   "DROP_INDEX A.A_a_idx (aside: COLUMN_GOES A.gone)\n"
                   "DROP_INDEX A.A_b_idx (aside: COLUMN_ANEW A.anew)\n"
                   "ADD_INDEX A.A_a_idx (aside: COLUMN_GOES A.gone)\n"
                   "ADD_INDEX A.A_b_idx (aside: COLUMN_ANEW A.anew)\n");
    expect_steps(from, to, "AlterTable A\nCreateIndex A_a_idx\nCreateIndex A_b_idx\n");
    catalog_free(from);
    catalog_free(to);
}

/* --- renames --- */

static RenameList find(Catalog *from, Catalog *to, const Catalog *previous,
                       const char *const *flags, size_t count)
{
    Renames renames = {0};
    cr_assert(renames_find(from, to, previous, flags, count, diags, arena, &renames));
    return renames.named;
}

Test(plan, the_same_field_under_another_name_is_a_rename)
{
    Catalog *from = catalog(), *to = catalog();
    Table *before = table(from, "users"), *after = table(to, "people");
    before->model = after->model = name("User");
    column(from, before, "mail")->field = name("email");
    column(to, after, "email")->field = name("email");
    RenameList renames = find(from, to, from, NULL, 0);
    expect_changes(from, to, &renames,
                   "RENAME_TABLE users -> people\n"
                   "RENAME_COLUMN users.mail -> people.email\n");
    catalog_free(from);
    catalog_free(to);
}

Test(plan, without_the_previous_text_nothing_is_guessed)
{
    Catalog *from = catalog(), *to = catalog();
    column(from, table(from, "A"), "mail");
    column(to, table(to, "A"), "email");
    RenameList renames = find(from, to, NULL, NULL, 0);
    expect_changes(from, to, &renames, "DROP_COLUMN A.mail\nADD_COLUMN A.email\n");
    catalog_free(from);
    catalog_free(to);
}

Test(plan, a_flag_states_a_rename)
{
    Catalog *from = catalog(), *to = catalog();
    column(from, table(from, "A"), "mail");
    column(to, table(to, "A"), "email")->not_null = false;
    RenameList renames = find(from, to, NULL, (const char *const[]){"A.mail=email"}, 1);
    expect_changes(from, to, &renames,
                   "RENAME_COLUMN A.mail -> A.email\nMODIFY_COLUMN A.email nullability\n");
    catalog_free(from);
    catalog_free(to);
}

Test(plan, a_hint_is_kept_out_when_the_old_name_stays)
{
    Catalog *from = catalog(), *to = catalog();
    column(from, table(from, "A"), "mail");
    Table *after = table(to, "A");
    column(to, after, "mail");
    column(to, after, "email")->renamed_from = name("mail");
    RenameList renames = find(from, to, NULL, NULL, 0);
    expect_changes(from, to, &renames, "ADD_COLUMN A.email\n");
    catalog_free(from);
    catalog_free(to);
}

Test(plan, a_flag_that_names_nothing_is_reported)
{
    Catalog *from = catalog(), *to = catalog();
    column(from, table(from, "A"), "mail");
    column(to, table(to, "A"), "email");
    Renames renames = {0};
    const char *const flags[] = {"A.post=email", "nonsense"};
    cr_expect_not(renames_find(from, to, NULL, flags, 2, diags, arena, &renames));
    cr_expect_eq(diags->errors, 2);
    catalog_free(from);
    catalog_free(to);
}

/* --- order --- */

Test(plan, kinds_have_their_order_and_new_tables_come_first_among_indexes)
{
    Catalog *from = catalog(), *to = catalog();
    column(from, table(from, "Old"), "id");
    Table *kept_before = table(from, "Kept");
    column(from, kept_before, "x");
    Table *kept = table(to, "Kept"), *made = table(to, "Made");
    index_on(to, kept, "Kept_x_idx", column(to, kept, "x"), INDEX_NORMAL);
    Column *id = column(to, made, "id");
    index_on(to, made, "Made_id_idx", id, INDEX_NORMAL);
    expect_steps(from, to,
                 "DropTable Old\n"
                 "CreateTable Made\n"
                 "CreateIndex Made_id_idx\n"
                 "CreateIndex Kept_x_idx\n");
    catalog_free(from);
    catalog_free(to);
}

Test(plan, a_unique_index_stays_until_the_primary_key_replaces_it)
{
    Catalog *from = catalog(), *to = catalog();
    Table *a = table(from, "A"), *b = table(from, "B");
    index_on(from, a, "A_id_key", column(from, a, "id"), INDEX_UNIQUE);
    index_on(from, b, "B_x_idx", column(from, b, "x"), INDEX_NORMAL);
    Table *wanted = table(to, "A"), *after = table(to, "B");
    key(to, wanted, "A_pkey", column(to, wanted, "id"));
    column(to, after, "x")->not_null = false;
    expect_steps(from, to,
                 "DropIndex B_x_idx\n"
                 "AlterTable A\n"
                 "DropIndex A_id_key\n"
                 "AlterTable B\n");
    catalog_free(from);
    catalog_free(to);
}

Test(plan, an_index_waits_for_its_name)
{
    Catalog *from = catalog(), *to = catalog();
    Table *a = table(from, "A");
    index_on(from, a, "one", column(from, a, "x"), INDEX_NORMAL);
    column(from, a, "y");
    Table *after = table(to, "A");
    index_on(to, after, "two", column(to, after, "x"), INDEX_NORMAL);
    index_on(to, after, "one", column(to, after, "y"), INDEX_NORMAL);
    expect_steps(from, to, "RenameIndex one\nCreateIndex one\n");
    catalog_free(from);
    catalog_free(to);
}

Test(plan, swapped_names_go_through_a_third)
{
    Catalog *from = catalog(), *to = catalog();
    Table *a = table(from, "A");
    index_on(from, a, "one", column(from, a, "x"), INDEX_NORMAL);
    index_on(from, a, "two", column(from, a, "y"), INDEX_NORMAL);
    Table *after = table(to, "A");
    index_on(to, after, "two", column(to, after, "x"), INDEX_NORMAL);
    index_on(to, after, "one", column(to, after, "y"), INDEX_NORMAL);
    expect_steps(from, to, "RenameIndex one\nRenameIndex two\nRenameIndex _bellows_one\n");
    catalog_free(from);
    catalog_free(to);
}

/* A partition goes with its table, and its name is free then. */
Test(plan, a_name_of_what_no_plan_speaks_of_is_told_unless_it_goes)
{
    Catalog *from = catalog(), *to = catalog();
    Table *log = table(from, "Log");
    column(from, log, "id");
    const OtherName low = {.schema = from->default_schema,
                           .name = intern_cstr(names, "Low"),
                           .kind = intern_cstr(names, "partition"),
                           .of = log,
                           .among = AMONG_BOTH};
    vec_push(from->arena, &from->other_names, low);
    column(to, table(to, "Low"), "id");
    expect_steps(from, to, "DropTable Log\nCreateTable Low\n");
    column(to, table(to, "Log"), "id");
    to->canonical = false;
    canon_catalog(to);
    cr_expect_null(plan_make(from, to, &(PlanOptions){0}, diags));
    cr_expect(diag_has_errors(diags));
    catalog_free(from);
    catalog_free(to);
}

Test(plan, the_same_plan_has_the_same_id)
{
    char ids[2][17];
    for (int i = 0; i < 2; i++) {
        Catalog *from = catalog(), *to = catalog();
        column(from, table(from, "A"), "x");
        column(to, table(to, "B"), "x");
        canon_catalog(from);
        canon_catalog(to);
        Plan *plan = plan_make(from, to, &(PlanOptions){0}, diags);
        memcpy(ids[i], plan->id, sizeof ids[i]);
        plan_free(plan);
        catalog_free(from);
        catalog_free(to);
    }
    cr_expect_str_eq(ids[0], ids[1]);
    cr_expect_eq(strlen(ids[0]), 16);
}

/* --- objects the schema cannot say --- */

static Opaque *opaque(Catalog *in, OpaqueKind kind, const char *called, Table *of, Column *on)
{
    Opaque *made = arena_make(in->arena, Opaque);
    *made = (Opaque){.kind = kind,
                     .schema = name("public"),
                     .name = name(called),
                     .table = of,
                     .definition = name("CHECK ((x > 0))")};
    vec_push(in->arena, &made->columns, on);
    vec_push(in->arena, &made->tables, on->table);
    vec_push(in->arena, &in->opaque, made);
    return made;
}

static void expect_hazards(Catalog *from, Catalog *to, const char *expected)
{
    canon_catalog(from);
    canon_catalog(to);
    Plan *plan = plan_make(from, to, &(PlanOptions){0}, diags);
    char *text = arena_strdup(arena, "");
    vec_each(Hazard *, at, &plan->hazards) {
        text = arena_printf(arena, "%s%s %s\n", text, hazard_row((*at)->code)->slug,
                            (*at)->detail != NULL ? (*at)->detail : "");
    }
    cr_expect_str_eq(text, expected);
    plan_free(plan);
}

Test(plan, what_goes_with_a_column_or_refuses_is_named)
{
    Catalog *from = catalog(), *to = catalog();
    Table *a = table(from, "A"), *after = table(to, "A");
    Column *gone = column(from, a, "gone"), *grows = column(from, a, "grows");
    column(to, after, "grows")->type.id = TYPE_BIGINT;
    (void)opaque(from, OPAQUE_CHECK, "positive", a, gone);
    (void)opaque(from, OPAQUE_CHECK, "small", a, grows);
    (void)opaque(from, OPAQUE_MATERIALIZED_VIEW, "report", NULL, grows);
    expect_hazards(from, to,
                   "drop-column \n"
                   "object-goes-with-column check constraint `positive`\n"
                   "object-in-the-way materialized view `report`\n");
    catalog_free(from);
    catalog_free(to);
}

/* The server refuses the type; what it refuses it for goes before and comes back. */
Test(plan, what_rests_on_a_column_is_made_anew_around_its_new_type)
{
    static const TypeId types[] = {TYPE_BIGINT, TYPE_TEXT};
    static const char *const hazards[] = {
        "object-in-the-way view `report`\nobject-made-anew rule `also`\n",
        "object-in-the-way view `report`\nobject-may-not-fit rule `also`\n"};
    for (size_t i = 0; i < lengthof(types); i++) {
        Catalog *from = catalog(), *to = catalog();
        Column *x = column(from, table(from, "A"), "x");
        column(to, table(to, "A"), "x")->type.id = types[i];
        (void)opaque(from, OPAQUE_VIEW, "report", NULL, x);
        (void)opaque(from, OPAQUE_RULE, "also", x->table, x);
        expect_steps(from, to, "SetAside A\nAlterTable A\nRemake A\n");
        expect_hazards(from, to, hazards[i]);
        catalog_free(from);
        catalog_free(to);
    }
}

Test(plan, so_it_is_around_a_column_that_is_made_anew)
{
    Catalog *from = catalog(), *to = catalog();
    Column *x = column(from, table(from, "A"), "x");
    x->type.id = TYPE_TEXT;
    column(to, table(to, "A"), "x")->type.id = TYPE_BYTEA;
    (void)opaque(from, OPAQUE_VIEW, "report", NULL, x);
    (void)opaque(from, OPAQUE_COMMENT, "x", x->table, x);
    expect_steps(from, to, "SetAside A\nAlterTable A\nRemake A\n");
    expect_hazards(from, to, "object-in-the-way view `report`\nrecreate-required-column \n");
    catalog_free(from);
    catalog_free(to);
}

/* What the block would refuse is in the way as before. */
Test(plan, nothing_is_set_aside_where_something_cannot_be)
{
    Catalog *from = catalog(), *to = catalog();
    Table *a = table(from, "A"), *after = table(to, "A");
    Column *x = column(from, a, "x"), *y = column(from, a, "y");
    column(to, after, "x")->type.id = TYPE_BIGINT;
    column(to, after, "y")->type.id = TYPE_BIGINT;
    (void)opaque(from, OPAQUE_VIEW, "report", NULL, x);
    (void)opaque(from, OPAQUE_VIEW, "other", NULL, y);
    (void)opaque(from, OPAQUE_MATERIALIZED_VIEW, "kept", NULL, y);
    expect_steps(from, to, "SetAside A\nAlterTable A\nRemake A\n");
    expect_hazards(from, to,
                   "object-in-the-way view `report`\n"
                   "object-in-the-way view `other`\n"
                   "object-in-the-way materialized view `kept`\n");
    catalog_free(from);
    catalog_free(to);
}

Test(plan, a_view_refuses_to_let_its_table_go_and_a_check_does_not)
{
    Catalog *from = catalog(), *to = catalog();
    Table *a = table(from, "A");
    Column *x = column(from, a, "x");
    (void)opaque(from, OPAQUE_CHECK, "positive", a, x);
    (void)opaque(from, OPAQUE_MATERIALIZED_VIEW, "report", NULL, x);
    expect_hazards(from, to,
                   "drop-table \nobject-in-the-way materialized view `report`\n"
                   "object-goes-along check constraint `positive`\n");
    catalog_free(from);
    catalog_free(to);
}

/* The server writes a rule anew over the new type; nobody is troubled where that always works. */
Test(plan, a_rule_that_may_not_fit_the_new_type_is_named)
{
    Catalog *from = catalog(), *to = catalog();
    Table *a = table(from, "A"), *after = table(to, "A");
    Column *x = column(from, a, "x"), *y = column(from, a, "y");
    column(to, after, "x")->type.id = TYPE_BIGINT;
    column(to, after, "y")->type.id = TYPE_TEXT;
    (void)opaque(from, OPAQUE_CHECK, "plain", a, x);
    opaque(from, OPAQUE_CHECK, "calls", a, x)->definition = name("CHECK ((half(x) > 0))");
    opaque(from, OPAQUE_CHECK, "casts", a, x)->definition = name("CHECK ((x > (0)::integer))");
    (void)opaque(from, OPAQUE_CHECK, "number", a, y);
    (void)opaque(from, OPAQUE_COMMENT, "x", a, x);
    expect_hazards(from, to,
                   "object-may-not-fit check constraint `calls`\n"
                   "object-may-not-fit check constraint `casts`\n"
                   "object-may-not-fit check constraint `number`\n");
    catalog_free(from);
    catalog_free(to);
}

Test(plan, what_is_about_a_dropped_column_is_noted)
{
    Catalog *from = catalog(), *to = catalog();
    Table *a = table(from, "A"), *after = table(to, "A");
    Column *x = column(from, a, "x");
    (void)column(from, a, "y");
    (void)column(to, after, "y");
    (void)opaque(from, OPAQUE_COMMENT, "x", a, x);
    (void)opaque(from, OPAQUE_STATISTICS, "xy", a, x);
    expect_hazards(from, to,
                   "drop-column \n"
                   "object-goes-along comment `x`, statistics object `xy`\n");
    catalog_free(from);
    catalog_free(to);
}

/* --- notes --- */

static void add_enum(Catalog *catalog, const char *first, const char *second)
{
    EnumType *type = catalog_add_enum(catalog, catalog->default_schema,
                                      intern_cstr(catalog->names, "Size"), (Origin){0});
    vec_push(catalog->arena, &type->values, intern_cstr(catalog->names, first));
    vec_push(catalog->arena, &type->values, intern_cstr(catalog->names, second));
}

static size_t count_order_notes(const char *first, const char *second)
{
    Catalog *from = catalog(), *to = catalog();
    add_enum(from, "small", "large");
    add_enum(to, first, second);
    canon_catalog(from);
    canon_catalog(to);
    const size_t before = diags->items.count;
    Plan *plan = plan_make(from, to, &(PlanOptions){0}, diags);
    cr_assert_not_null(plan);
    size_t count = 0;
    for (size_t i = before; i < diags->items.count; i++) {
        count += diags->items.items[i]->code == DIAG_ENUM_ORDER;
    }
    plan_free(plan);
    catalog_free(from);
    catalog_free(to);
    return count;
}

Test(plan, another_order_of_an_enums_values_is_noted)
{
    cr_expect_eq(count_order_notes("large", "small"), 1);
    cr_expect_eq(count_order_notes("small", "large"), 0);
}

/* The type is made in the wanted order. */
Test(plan, the_order_of_an_enum_that_is_built_anew_is_the_wanted_one)
{
    cr_expect_eq(count_order_notes("large", "middle"), 0);
}

/* The language takes two names of one value, by `@map`; no server makes such a type. */
Test(plan, values_of_one_name_are_told)
{
    Catalog *from = catalog(), *to = catalog();
    add_enum(to, "small", "small");
    canon_catalog(from);
    canon_catalog(to);
    const size_t before = diags->items.count;
    cr_expect_null(plan_make(from, to, &(PlanOptions){0}, diags));
    cr_assert_eq(diags->items.count, before + 1);
    cr_expect_eq(diags->items.items[before]->code, DIAG_VALUE_TWICE);
    catalog_free(from);
    catalog_free(to);
}
