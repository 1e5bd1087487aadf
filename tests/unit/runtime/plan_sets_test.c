/*
 * plan_sets_test.c - which plans have scripts missing.
 */
#include "base/common.h"

#include "runtime/history/plan_sets.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

Test(plan_sets, what_is_missing_is_told_by_number)
{
    /* "ID k n" for each script; then "ID: missing" for each plan found incomplete. */
    static const struct {
        const char *scripts[6];
        const char *expected;
    } rows[] = {
        {{0}, ""},
        {{"a 1 1"}, ""},
        {{"a 1 2", "a 2 2"}, ""},
        {{"a 1 3", "a 2 3"}, "a: 3 "},
        {{"a 1 3"}, "a: 2, 3 "},
        {{"a 1 3", "a 3 3"}, "a: 2 "},
        {{"a 3 3", "b 1 2", "b 2 2"}, "a: 1, 2 "},
        {{"a 1 2", "b 1 2", "a 2 2", "b 2 2"}, ""},
        {{"a 1 2", "a 2 2", "a 1 2", "a 2 2"}, ""},
        {{"a 1 2", "a 2 2", "a 1 2"}, "a: 2 "},
        {{"a 1 2", "b 2 2"}, "a: 2 b: 1 "},
        {{"a 2 2", "a 1 2"}, "a: 2 before 1 "},
        {{"a 1 3", "a 3 3", "a 2 3"}, "a: 3 before 2 "},
        {{"a 1 2", "a 2 2", "a 2 2", "a 1 2"}, "a: 2 before 1 "},
        {{"a 1 2", "a 1 2", "a 2 2", "a 2 2"}, ""},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        Arena *arena = arena_new();
        MigrationList list = {0};
        PlanSetList sets;
        char found[128] = "";
        for (size_t k = 0; rows[i].scripts[k] != NULL; k++) {
            const char *row = rows[i].scripts[k];
            Migration *migration = arena_make(arena, Migration);
            migration->sql = arena_printf(
                arena, "\xef\xbb\xbf-- bellows: plan=%c phase=expand script=%c/%c\nSELECT 1;",
                row[0], row[2], row[4]);
            migration->len = strlen(migration->sql);
            vec_push(arena, &list, migration);
        }
        plan_sets_broken(arena, &list, &sets);
        vec_each(PlanSet, at, &sets) {
            const char *wrong = at->missing != NULL ? at->missing
                                                    : arena_printf(arena, "%u before %u",
                                                                   at->number, at->number - 1);
            snprintf(found + strlen(found), sizeof found - strlen(found), "%s: %s ", at->plan,
                     wrong);
        }
        cr_expect_str_eq(found, rows[i].expected, "row %zu: %s", i, found);
        arena_free(arena);
    }
}

Test(plan_sets, of_a_plan_that_was_taken_back_scripts_may_be_missing)
{
    Arena *arena = arena_new();
    MigrationList list = {0};
    PlanSetList sets;
    static const char *const texts[] = {"-- bellows: plan=a phase=expand script=1/2\nSELECT 1;",
                                        "-- bellows: plan=b phase=expand script=1/2\nSELECT 1;",
                                        "-- bellows: plan=c phase=contract script=1/1\n"
                                        "-- bellows: undoes=a\nSELECT 1;"};
    for (size_t i = 0; i < lengthof(texts); i++) {
        Migration *migration = arena_make(arena, Migration);
        migration->sql = texts[i];
        migration->len = strlen(texts[i]);
        vec_push(arena, &list, migration);
    }
    plan_sets_broken(arena, &list, &sets);
    cr_assert_eq(sets.count, 1);
    cr_expect_str_eq(sets.items[0].plan, "b");
    arena_free(arena);
}
