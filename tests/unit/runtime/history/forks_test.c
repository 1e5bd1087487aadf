/*
 * forks_test.c - folders that two branches wrote into, and migrations that stand for others.
 */
#include "base/common.h"

#include "runtime/history/forks.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "runtime/history/squashed.h"
#include "runtime/host/folder.h"

static Arena *arena;
static Diagnostics *diags;
static const char *folder;
static char root[] = "/tmp/bellows-forks-XXXXXX";

static void set_up(void)
{
    arena = arena_new();
    diags = diagnostics_new(arena, sources_new(arena));
    cr_assert_not_null(mkdtemp(root));
    folder = path_join(arena, root, "migrations");
    mkdir(folder, 0755);
}

static void tear_down(void)
{
    arena_free(arena);
    cr_assert(folder_remove(root));
}

TestSuite(forks, .init = set_up, .fini = tear_down);

static void put(const char *name, const char *file, const char *text)
{
    int error;
    const char *path = path_join(arena, folder, name);
    mkdir(path, 0755);
    cr_assert(file_write(path_join(arena, path, file), text, strlen(text), &error));
}

/* A migration whose snapshot is `schema`, written behind `after`. */
static void migration(const char *name, const char *schema, const char *after)
{
    put(name, "migration.sql", "SELECT 1;");
    put(name, "schema.snapshot", fork_mark(arena, schema, after));
}

static const Migrations *read_folder(void)
{
    Migrations *migrations = NULL;
    cr_assert(migrations_read(arena, folder, diags, &migrations));
    return migrations;
}

/* "MIGRATION does not know UNKNOWN", a line each. */
static const char *found(void)
{
    ForkList forks;
    StrBuf out = strbuf_new(STRBUF_MAX);
    forks_find(arena, read_folder(), &forks);
    vec_each(const Fork, at, &forks) {
        strbuf_printf(&out, "%s does not know %s\n", at->migration->name, at->unknown->name);
    }
    return strbuf_take(&out, arena);
}

Test(forks, the_line_is_added_replaced_and_read)
{
    const char *one = fork_mark(arena, "model A {}", "20240101000000_a");
    cr_expect_str_eq(one, "model A {}\n// bellows: after 20240101000000_a\n");
    cr_expect_str_eq(fork_after(arena, one), "20240101000000_a");
    cr_expect_str_eq(fork_after(arena, fork_mark(arena, one, "b")), "b");
    cr_expect_str_eq(fork_mark(arena, one, NULL), "model A {}\n");
    cr_expect_null(fork_after(arena, "/// x // bellows: after y\n"));
    cr_expect_null(fork_after(arena, NULL));
}

Test(forks, a_line_of_migrations_is_no_fork)
{
    migration("1_a", "a", NULL);
    migration("2_b", "b", "1_a");
    migration("3_c_1_expand", "c", "2_b");
    migration("3_c_2_contract", "c", "2_b");
    migration("4_d", "d", "3_c_2_contract");
    cr_expect_str_eq(found(), "");
}

Test(forks, one_that_does_not_know_its_neighbour_is_told)
{
    migration("1_a", "a", NULL);
    migration("2_b", "ab", "1_a");
    migration("3_c", "ac", "1_a");
    cr_expect_str_eq(found(), "3_c does not know 2_b\n");
}

Test(forks, both_scripts_of_a_plan_are_told)
{
    migration("1_a", "a", NULL);
    migration("2_b", "ab", "1_a");
    migration("3_c_1", "ac", "1_a");
    migration("3_c_2", "ac", "1_a");
    cr_expect_str_eq(found(), "3_c_1 does not know 2_b\n3_c_2 does not know 2_b\n");
}

Test(forks, a_later_one_on_top_of_both_settles_it)
{
    migration("1_a", "a", NULL);
    migration("2_b", "ab", "1_a");
    migration("3_c", "ac", "1_a");
    migration("4_d", "abcd", "3_c");
    cr_expect_str_eq(found(), "");
}

Test(forks, what_is_not_written_or_not_there_tells_nothing)
{
    put("1_a", "migration.sql", "SELECT 1;");
    migration("2_b", "ab", NULL);
    migration("3_c", "ac", "0_gone");
    cr_expect_str_eq(found(), "");
}

/* --- squashed --- */

static HistoryRow row(const char *name, HistoryState state)
{
    return (HistoryRow){.id = name, .name = name, .checksum = "", .started_at = "", .state = state};
}

static History history_of(const char *const *names, size_t count)
{
    History history = {.arena = arena, .exists = true, .table = "t"};
    for (size_t i = 0; i < count; i++) {
        vec_push(arena, &history.rows, row(names[i], HISTORY_APPLIED));
    }
    return history;
}

static void squashed(void)
{
    put("3_all", "migration.sql", "SELECT 1;");
    put("3_all", "replaces", "1_a\n2_b\n3_c\n");
}

Test(forks, a_database_with_all_that_it_replaces_has_it)
{
    squashed();
    History history = history_of((const char *const[]){"1_a", "2_b", "3_c"}, 3);
    cr_assert(history_take_over(&history, read_folder(), diags));
    const HistoryRow *taken = history_find(&history, "3_all");
    cr_assert_not_null(taken);
    cr_expect(taken->is_taken_over && taken->state == HISTORY_APPLIED);
    cr_expect(history_find(&history, "2_b")->is_replaced);
    cr_expect_not_null(strstr(history_sql_taken_over(arena, &history, read_folder()), "3_all"));
}

Test(forks, a_database_with_none_of_it_runs_it)
{
    squashed();
    History history = history_of((const char *const[]){"0_x"}, 1);
    cr_assert(history_take_over(&history, read_folder(), diags));
    cr_expect_null(history_find(&history, "3_all"));
    cr_expect_null(history_sql_taken_over(arena, &history, read_folder()));
}

Test(forks, a_database_with_a_part_of_it_is_refused)
{
    squashed();
    History history = history_of((const char *const[]){"1_a", "3_c"}, 2);
    cr_assert_not(history_take_over(&history, read_folder(), diags));
    cr_expect_eq(diag_exit_code(diags), EXIT_HISTORY);
}

Test(forks, once_written_it_is_not_written_again)
{
    squashed();
    History history = history_of((const char *const[]){"1_a", "2_b", "3_c", "3_all"}, 4);
    cr_assert(history_take_over(&history, read_folder(), diags));
    cr_expect_null(history_sql_taken_over(arena, &history, read_folder()));
    cr_expect(history_find(&history, "1_a")->is_replaced);
}
