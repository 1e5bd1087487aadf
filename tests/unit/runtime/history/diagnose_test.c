/* What folder and history say of each other. */
#include "base/common.h"

#include <criterion/criterion.h>

#include "runtime/history/diagnose.h"

static void add_row(History *history, const char *name, HistoryState state)
{
    const HistoryRow row = {.id = name, .checksum = "x", .name = name, .state = state};
    vec_push(history->arena, &history->rows, row);
}

Test(diagnose, the_last_row_that_stands_counts)
{
    Arena *arena = arena_new();
    Migration first = {.name = "1_a", .checksum = "x"}, second = {.name = "2_b", .checksum = "x"};
    Migrations folder = {.arena = arena};
    History history = {.arena = arena, .exists = true};
    Diagnosis diagnosis;
    vec_push(arena, &folder.list, &first);
    vec_push(arena, &folder.list, &second);
    add_row(&history, "9_gone", HISTORY_FAILED);
    add_row(&history, "1_a", HISTORY_FAILED);
    add_row(&history, "2_b", HISTORY_ROLLED_BACK);
    add_row(&history, "9_gone", HISTORY_APPLIED);
    add_row(&history, "1_a", HISTORY_APPLIED);
    add_row(&history, "8_nobody", HISTORY_ROLLED_BACK);
    diagnose_history(arena, &folder, &history, &diagnosis);
    cr_assert_eq(diagnosis.items.count, 3);
    cr_expect_eq(diagnosis.items.items[0].row, &history.rows.items[4]);
    cr_expect_eq(diagnosis.items.items[0].state, MIGRATION_APPLIED);
    cr_expect(diagnosis.items.items[1].rolled_back);
    cr_expect_eq(diagnosis.items.items[1].state, MIGRATION_PENDING);
    cr_expect_eq(diagnosis.items.items[2].row, &history.rows.items[3]);
    cr_expect_eq(diagnosis.missing, 1);
    cr_expect_eq(diagnosis.failed, 0);
    arena_free(arena);
}

/* Looked for one by one they would take half an hour. */
Test(diagnose, rows_of_any_number, .timeout = 120)
{
    enum { ROWS = 300000 };
    Arena *arena = arena_new();
    Migrations folder = {.arena = arena};
    History history = {.arena = arena, .exists = true};
    Diagnosis diagnosis;
    for (int i = 0; i < ROWS; i++) {
        add_row(&history, arena_printf(arena, "20250101000000_%d", i), HISTORY_FAILED);
    }
    diagnose_history(arena, &folder, &history, &diagnosis);
    cr_expect_eq(diagnosis.failed, ROWS);
    arena_free(arena);
}
