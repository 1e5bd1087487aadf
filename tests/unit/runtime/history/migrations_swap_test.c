/*
 * migrations_swap_test.c - several migrations enter at once, and what stood there stays as it was.
 */
#define _GNU_SOURCE /* mkdtemp, struct stat's times */

#include "base/common.h"

#include "runtime/history/migrations_swap.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "runtime/history/migrations.h"
#include "runtime/host/folder.h"

static const NewMigration added[] = {{.name = "2_a", .sql = "SELECT 2;\n"},
                                     {.name = "3_b", .sql = "SELECT 3;\n", .undo = "SELECT -3;\n"}};

typedef struct Bench {
    Arena *arena;
    Diagnostics *diags;
    char root[64];
    const char *path; /* of the migrations */
} Bench;

static const char *at(const Bench *bench, const char *name)
{
    return path_join(bench->arena, bench->path, name);
}

static void put(const Bench *bench, const char *name, const char *text)
{
    int error;
    cr_assert(file_write(at(bench, name), text, strlen(text), &error), "%s", name);
}

/* A migration, a note, a link, a folder of somebody else's program. */
static Bench bench_new(void)
{
    Bench bench = {.arena = arena_new(), .root = "/tmp/bellows-swap-XXXXXX"};
    bench.diags = diagnostics_new(bench.arena, sources_new(bench.arena));
    cr_assert_not_null(mkdtemp(bench.root));
    bench.path = path_join(bench.arena, bench.root, "migrations");
    const char *const folders[] = {"", "1_init", "1_init/more"};
    for (size_t i = 0; i < lengthof(folders); i++) {
        cr_assert_eq(mkdir(at(&bench, folders[i]), 0755), 0);
    }
    put(&bench, "1_init/migration.sql", "SELECT 1;\n");
    put(&bench, "1_init/notes.txt", "mine");
    put(&bench, "migration_lock.toml", "provider = \"postgresql\" # mine\n");
    put(&bench, "1_init/more/data", "object");
    cr_assert_eq(symlink("1_init/notes.txt", at(&bench, "first")), 0);
    cr_assert_eq(chmod(at(&bench, "1_init/migration.sql"), 0604), 0);
    cr_assert_eq(chmod(at(&bench, "1_init"), 02750), 0);
    cr_assert_eq(chmod(bench.path, 0711), 0);
    return bench;
}

static void bench_done(Bench *bench)
{
    cr_expect(folder_remove(bench->root));
    arena_free(bench->arena);
}

static void write_both(Bench *bench)
{
    Migrations *migrations = NULL;
    cr_assert(migrations_read(bench->arena, bench->path, bench->diags, &migrations));
    cr_assert(migrations_write(migrations, added, lengthof(added), bench->diags));
    cr_assert(migrations_read(bench->arena, bench->path, bench->diags, &migrations));
    cr_assert_eq(migrations->list.count, 3);
    cr_expect_str_eq(migrations->list.items[2]->sql, "SELECT 3;\n");
}

static ino_t inode(const Bench *bench)
{
    struct stat info;
    cr_assert_eq(stat(bench->path, &info), 0);
    return info.st_ino;
}

static size_t beside(const Bench *bench)
{
    size_t count = 0;
    const char **names = folder_list(bench->root, "", bench->arena);
    for (; names[count] != NULL; count++) {
    }
    return count;
}

static void expect_same(const struct stat *before, const char *path)
{
    struct stat after;
    cr_assert_eq(lstat(path, &after), 0, "%s", path);
    cr_expect_eq(after.st_mode, before->st_mode, "%s", path);
    cr_expect_eq(after.st_uid, before->st_uid);
    cr_expect_eq(after.st_gid, before->st_gid);
    cr_expect_eq(after.st_mtim.tv_sec, before->st_mtim.tv_sec, "%s", path);
    cr_expect_eq(after.st_mtim.tv_nsec, before->st_mtim.tv_nsec, "%s", path);
    cr_expect_eq(after.st_nlink, before->st_nlink, "%s", path);
    cr_expect(S_ISDIR(after.st_mode) || after.st_ino == before->st_ino, "%s", path);
}

Test(migrations_swap, what_stood_there_stays_with_modes_and_times)
{
    static const char *const kept[] = {"1_init",
                                       "1_init/migration.sql",
                                       "1_init/notes.txt",
                                       "migration_lock.toml",
                                       "1_init/more/data",
                                       "1_init/more",
                                       "first"};
    struct stat before[lengthof(kept)], folder, now;
    Bench bench = bench_new();
    for (size_t i = 0; i < lengthof(kept); i++) {
        cr_assert_eq(lstat(at(&bench, kept[i]), &before[i]), 0);
    }
    cr_assert_eq(stat(bench.path, &folder), 0);
    write_both(&bench);
    cr_expect_neq(inode(&bench), folder.st_ino, "it was not swapped");
    for (size_t i = 0; i < lengthof(kept); i++) {
        expect_same(&before[i], at(&bench, kept[i]));
    }
    cr_assert_eq(stat(bench.path, &now), 0);
    cr_expect_eq(now.st_mode, folder.st_mode);
    cr_expect_eq(beside(&bench), 1, "something is left beside the folder");
    bench_done(&bench);
}

Test(migrations_swap, through_a_link_the_folder_is_swapped_where_it_is)
{
    Bench bench = bench_new();
    const char *real = path_join(bench.arena, bench.root, "elsewhere");
    cr_assert_eq(rename(bench.path, real), 0);
    cr_assert_eq(symlink(real, bench.path), 0);
    const ino_t before = inode(&bench);
    write_both(&bench);
    struct stat info;
    cr_assert_eq(lstat(bench.path, &info), 0);
    cr_expect(S_ISLNK(info.st_mode));
    cr_expect_neq(inode(&bench), before);
    cr_expect_eq(beside(&bench), 2);
    bench_done(&bench);
}

Test(migrations_swap, a_folder_that_somebody_stands_in_keeps_its_place)
{
    Bench bench = bench_new();
    int ready[2], end[2];
    char byte = 0;
    cr_assert(pipe(ready) == 0 && pipe(end) == 0);
    const pid_t child = fork();
    if (child == 0) {
        close(end[1]);
        const bool there = chdir(at(&bench, "1_init")) == 0 && write(ready[1], "y", 1) == 1;
        _exit(there && read(end[0], &byte, 1) == 0 ? 0 : 1);
    }
    close(ready[1]);
    cr_assert_eq(read(ready[0], &byte, 1), 1);
    const ino_t before = inode(&bench);
    write_both(&bench);
    cr_expect_eq(inode(&bench), before);
    cr_expect_eq(beside(&bench), 1);
    close(end[1]);
    waitpid(child, NULL, 0);
    bench_done(&bench);
}

static bool refuse(void *cx, int folder)
{
    (void)cx;
    return mkdirat(folder, "2_a", 0755) == 0 && false;
}

Test(migrations_swap, what_cannot_be_done_changes_nothing)
{
    Bench bench = bench_new();
    const ino_t before = inode(&bench);
    cr_expect_not(migrations_swap(bench.arena, bench.path, refuse, NULL));
    cr_expect_eq(inode(&bench), before);
    cr_expect_eq(beside(&bench), 1);
    bench_done(&bench);
}

/* Somebody saves a file and adds a folder after the links are made: both are in the new folder. */
static bool meddle(void *cx, int folder)
{
    Bench *bench = cx;
    (void)folder;
    put(bench, "README.new", "later");
    cr_assert_eq(rename(at(bench, "README.new"), at(bench, "1_init/notes.txt")), 0);
    cr_assert_eq(mkdir(at(bench, "0_mine"), 0755), 0);
    put(bench, "0_mine/migration.sql", "SELECT 0;\n");
    return true;
}

Test(migrations_swap, what_is_written_meanwhile_is_kept)
{
    Bench bench = bench_new();
    char *text;
    size_t len;
    int error;
    cr_assert(migrations_swap(bench.arena, bench.path, meddle, &bench));
    cr_assert(file_read(bench.arena, at(&bench, "1_init/notes.txt"), &text, &len, &error));
    cr_expect_str_eq(text, "later");
    cr_assert(file_read(bench.arena, at(&bench, "0_mine/migration.sql"), &text, &len, &error));
    cr_expect_eq(beside(&bench), 1);
    bench_done(&bench);
}

Test(migrations_swap, only_what_a_swap_has_left_is_swept)
{
    Bench bench = bench_new();
    const char *const names[] = {
        "migrations.bellows-swap-123e4567-e89b-42d3-a456-426614174000", /* goes */
        "migrations.bellows-swap-mine", "migrations.backup"};
    for (size_t i = 0; i < lengthof(names); i++) {
        const char *path = path_join(bench.arena, bench.root, names[i]);
        cr_assert_eq(mkdir(path, 0755), 0);
        cr_assert_eq(
            link(at(&bench, "1_init/notes.txt"), path_join(bench.arena, path, "notes.txt")), 0);
    }
    migrations_swap_sweep(bench.arena, bench.path);
    cr_expect_eq(beside(&bench), 3);
    cr_expect(file_exists(at(&bench, "1_init/notes.txt")));
    bench_done(&bench);
}
