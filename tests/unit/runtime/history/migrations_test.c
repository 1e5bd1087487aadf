/*
 * migrations_test.c - the migrations folder: order, names, checksums, reading and writing.
 */
#include "base/common.h"

#include "runtime/history/migrations.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "runtime/host/folder.h"

typedef struct Bench {
    Arena *arena;
    Diagnostics *diags;
    const char *path;
} Bench;

static char root[] = "/tmp/bellows-migrations-XXXXXX";

static Bench bench_new(void)
{
    Bench bench = {.arena = arena_new()};
    bench.diags = diagnostics_new(bench.arena, sources_new(bench.arena));
    cr_assert_not_null(mkdtemp(root));
    bench.path = path_join(bench.arena, root, "migrations");
    return bench;
}

static void bench_done(Bench *bench)
{
    arena_free(bench->arena);
    cr_assert(folder_remove(root));
}

static Migrations *read_folder(Bench *bench)
{
    Migrations *migrations = NULL;
    cr_assert(migrations_read(bench->arena, bench->path, bench->diags, &migrations));
    return migrations;
}

static void put(Bench *bench, const char *name, const char *file, const char *text)
{
    int error;
    const char *folder = path_join(bench->arena, bench->path, name);
    mkdir(bench->path, 0755);
    mkdir(folder, 0755);
    cr_assert(file_write(path_join(bench->arena, folder, file), text, strlen(text), &error));
}

/* Every name sorts behind the one before it; the order is what Node's localeCompare gives. */
Test(migrations, order_is_that_of_locale_compare)
{
    static const char *const names[] = {
        "_a",  "-a",  ".a", "(a", "2024", "20240101_a", "20240101a", "2025", "a",    "A", "a b",
        "a_1", "a_b", "a1", "ab", "aB",   "Ab",         "AB",        "B",    "init", "Z"};
    for (size_t i = 0; i < lengthof(names); i++) {
        for (size_t j = 0; j < lengthof(names); j++) {
            const int order = migration_name_compare(names[i], names[j]);
            cr_expect_eq((order > 0) - (order < 0), (i > j) - (i < j), "%s against %s", names[i],
                         names[j]);
        }
    }
}

Test(migrations, slug_splits_words_and_writes_ascii)
{
    static const struct {
        const char *text, *slug;
    } rows[] = {
        {"", ""},
        {"init", "init"},
        {"Add users", "add_users"},
        {"  --Add  users!! ", "add_users"},
        {"addUserTable", "add_user_table"},
        {"XMLParser2Go", "xml_parser2_go"},
        {"API2", "api_2"},
        {"A1", "a1"},
        {"v2 & more", "v2_and_more"},
        {"Größe ändern", "groesse_aendern"},
        {"Ärger", "aerger"},
        {"café façade", "cafe_facade"},
        {"cafe\xcc\x81", "cafe"},
        {"Øre Æble", "ore_a_eble"},
        {"Жук", "zhuk"},
        {"日本", ""},
        {"a/b\\c", "a_b_c"},
        {"bad\xff utf", "bad_utf"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < lengthof(rows); i++) {
        cr_expect_str_eq(migrations_slug(arena, rows[i].text), rows[i].slug);
    }
    char text[301];
    memset(text, 'x', 300);
    text[300] = '\0';
    cr_expect_eq(strlen(migrations_slug(arena, text)), 200);
    arena_free(arena);
}

Test(migrations, a_missing_folder_is_empty)
{
    Bench bench = bench_new();
    Migrations *migrations = read_folder(&bench);
    cr_expect_not(migrations->exists);
    cr_expect_eq(migrations->list.count, 0);
    cr_expect_null(migrations_last(migrations));
    bench_done(&bench);
}

static void make_below(Bench *bench, const char *name, const char *folder, const char *file)
{
    int error;
    const char *path = path_join(bench->arena, path_join(bench->arena, bench->path, name), folder);
    cr_assert(folder_make(path, NULL));
    if (file != NULL) {
        cr_assert(file_write(path_join(bench->arena, path, file), "{}", 2, &error));
    }
}

/* As `prisma db sign`, `migration plan` of version 8 write them; a space may have any name. */
Test(migrations, what_version_8_keeps_is_none)
{
    Bench bench = bench_new();
    put(&bench, "20240101000000_a", "migration.sql", "SELECT 1;");
    make_below(&bench, "app", "refs", "db.json");
    make_below(&bench, "snapshots", "5dd30e18", "contract.json");
    make_below(&bench, "auth", "20240101T0000_first", "migration.json");
    const Migrations *migrations = read_folder(&bench);
    cr_assert_eq(migrations->list.count, 1);
    cr_expect_str_eq(migrations->list.items[0]->name, "20240101000000_a");
    bench_done(&bench);
}

Test(migrations, a_name_that_is_no_utf8_is_E0517)
{
    static const char *const names[] = {"20240102000000_\xff", "20240102000000_\xc3",
                                        "\xed\xa0\x80"};
    Bench bench = bench_new();
    Migrations *migrations = NULL;
    put(&bench, "20240101000000_\xc3\xa4", "migration.sql", "SELECT 1;");
    cr_expect_eq(read_folder(&bench)->list.count, 1);
    for (size_t i = 0; i < lengthof(names); i++) {
        put(&bench, names[i], "migration.sql", "SELECT 1;");
    }
    cr_expect_not(migrations_read(bench.arena, bench.path, bench.diags, &migrations));
    cr_assert_eq(bench.diags->items.count, lengthof(names));
    cr_expect_eq(bench.diags->items.items[0]->code, DIAG_SCRIPT_BYTES);
    bench_done(&bench);
}

Test(migrations, a_folder_named_like_version_8s_with_a_script_is_a_migration)
{
    Bench bench = bench_new();
    put(&bench, "app", "migration.sql", "SELECT 1;");
    make_below(&bench, "app", "refs", "db.json");
    cr_expect_eq(read_folder(&bench)->list.count, 1);
    bench_done(&bench);
}

/* A script that is missing stays an error, whatever the folder's name. */
Test(migrations, a_folder_without_script_is_an_error)
{
    Bench bench = bench_new();
    Migrations *migrations = NULL;
    make_below(&bench, "snapshots", "other", "notes.json");
    cr_expect_not(migrations_read(bench.arena, bench.path, bench.diags, &migrations));
    cr_expect(diag_has_errors(bench.diags));
    bench_done(&bench);
}

Test(migrations, every_folder_is_a_migration_and_files_are_not)
{
    Bench bench = bench_new();
    put(&bench, "20240102000000_b", "migration.sql", "SELECT 2;");
    put(&bench, "20240101000000_a", "migration.sql", "SELECT 1;");
    put(&bench, "init", "migration.sql", "");
    put(&bench, ".", "notes.txt", "no migration");
    Migrations *migrations = read_folder(&bench);
    cr_assert_eq(migrations->list.count, 3);
    cr_expect_str_eq(migrations->list.items[0]->name, "20240101000000_a");
    cr_expect_str_eq(migrations->list.items[0]->sql, "SELECT 1;");
    cr_expect_str_eq(migrations_last(migrations)->name, "init");
    cr_expect_null(migrations_find(migrations, "b"));
    cr_expect_not_null(migrations_find(migrations, "20240102000000_b"));
    bench_done(&bench);
}

Test(migrations, a_folder_without_script_is_P3015)
{
    Bench bench = bench_new();
    put(&bench, "1", "other.sql", "");
    put(&bench, "2", "other.sql", "");
    Migrations *migrations = NULL;
    cr_expect_not(migrations_read(bench.arena, bench.path, bench.diags, &migrations));
    cr_assert_eq(bench.diags->items.count, 2);
    cr_expect_eq(bench.diags->items.items[0]->code, DIAG_MIGRATION_UNREADABLE);
    bench_done(&bench);
}

Test(migrations, the_lock_file_names_the_provider)
{
    static const struct {
        const char *text;
        bool accepted;
    } rows[] = {
        {"# a comment\nprovider = \"postgresql\"\n", true},
        {"provider=\"postgresql\"\r\n", true},
        {"provider = \"mysql\"\n", false},
        {"# provider = \"postgresql\"\n", false},
        {"", false},
    };
    Bench bench = bench_new();
    put(&bench, ".", "x", "");
    for (size_t i = 0; i < lengthof(rows); i++) {
        put(&bench, ".", "migration_lock.toml", rows[i].text);
        Migrations *migrations = read_folder(&bench);
        cr_expect_eq(migrations_check_lock(migrations, bench.diags), rows[i].accepted, "row %zu",
                     i);
    }
    bench_done(&bench);
}

Test(migrations, checksums_survive_line_ends_and_the_old_spelling)
{
    Migration migration = {.sql = "SELECT 1;\nSELECT 2;\r\n", .len = 21};
    static const char *const variants[] = {"SELECT 1;\nSELECT 2;\r\n", "SELECT 1;\nSELECT 2;\n",
                                           "SELECT 1;\r\nSELECT 2;\r\n"};
    char hex[DIGEST_HEX_SIZE];
    for (size_t i = 0; i < lengthof(variants); i++) {
        digest_hex(variants[i], strlen(variants[i]), hex);
        cr_expect(migration_checksum_matches(&migration, hex), "variant %zu", i);
    }
    digest_hex("SELECT 1; SELECT 2;", 19, hex);
    cr_expect_not(migration_checksum_matches(&migration, hex));

    /* SHA-256("abc") has the bytes 01 and 03: ba7816bf 8f01cfea ... f20015ad. */
    Migration abc = {.sql = "abc", .len = 3};
    cr_expect(migration_checksum_matches(
        &abc, "ba7816bf8f1cfea414140de5dae2223b0361a396177a9cb410ff61f2015ad"));
    cr_expect_not(migration_checksum_matches(&abc, "ba7816bf"));
}

Test(migrations, names_follow_the_clock_and_what_is_there)
{
    Bench bench = bench_new();
    static const char *const suffixes[] = {"1_expand", "2_backfill"};
    const char *names[2];
    Migrations *migrations = read_folder(&bench);
    const time_t now = 1706702400; /* 2024-01-31 12:00:00 UTC */
    cr_assert(
        migrations_plan_names(bench.arena, migrations, now, "init", NULL, 1, bench.diags, names));
    cr_expect_str_eq(names[0], "20240131120000_init");
    cr_assert(migrations_plan_names(bench.arena, migrations, now, "", NULL, 1, bench.diags, names));
    cr_expect_str_eq(names[0], "20240131120000");

    put(&bench, "20240131120059_other", "migration.sql", "");
    put(&bench, "20239999999999_no_time", "migration.sql", "");
    migrations = read_folder(&bench);
    cr_assert(
        migrations_plan_names(bench.arena, migrations, now, "at", suffixes, 2, bench.diags, names));
    cr_expect_str_eq(names[0], "20240131120100_at_1_expand");
    cr_expect_str_eq(names[1], "20240131120101_at_2_backfill");
    bench_done(&bench);
}

Test(migrations, a_folder_that_sorts_behind_every_time_is_E0519)
{
    static const char *const last[] = {"init", "99999999999999_x", "2024013112000000", "Z",
                                       "99991231235959_x"};
    Bench bench = bench_new();
    for (size_t i = 0; i < lengthof(last); i++) {
        const char *name;
        Migration migration = {.name = last[i]};
        Migration *items[] = {&migration};
        const Migrations migrations = {.list = {.items = items, .count = 1}};
        cr_expect_not(migrations_plan_names(bench.arena, &migrations, 1706702400, "b", NULL, 1,
                                            bench.diags, &name),
                      "%s", last[i]);
        cr_expect_eq(vec_last(&bench.diags->items)->code, DIAG_NAME_ORDER, "%s", last[i]);
    }
    bench_done(&bench);
}

Test(migrations, a_name_over_200_bytes_is_P3010)
{
    Bench bench = bench_new();
    char slug[202];
    const char *name;
    memset(slug, 'x', 201);
    slug[201] = '\0';
    Migrations *migrations = read_folder(&bench);
    cr_expect_not(
        migrations_plan_names(bench.arena, migrations, 0, slug, NULL, 1, bench.diags, &name));
    cr_expect_eq(bench.diags->items.items[0]->code, DIAG_NAME_TOO_LONG);
    bench_done(&bench);
}

Test(migrations, what_is_written_is_read_back_and_removed)
{
    Bench bench = bench_new();
    const NewMigration added[] = {
        {.name = "1_a", .sql = "SELECT 1;\n", .snapshot = "model", .undo = "SELECT -1;\n"},
        {.name = "2_b", .sql = "SELECT 2;\n"}};
    Migrations *migrations = read_folder(&bench);
    cr_assert(migrations_write(migrations, added, 2, bench.diags));
    migrations = read_folder(&bench);
    cr_assert_eq(migrations->list.count, 2);
    cr_expect_str_eq(migrations->provider, "postgresql");
    cr_expect_str_eq(migration_companion(bench.arena, migrations->list.items[0], "undo.sql"),
                     "SELECT -1;\n");
    cr_expect_str_eq(migration_companion(bench.arena, migrations->list.items[0], "schema.snapshot"),
                     "model");
    cr_expect_null(migration_companion(bench.arena, migrations->list.items[1], "undo.sql"));

    /* Nothing is left beside the folder, and a name is never used twice. */
    PathList paths;
    int error;
    cr_assert(files_below(bench.arena, root, "", &paths, &error));
    cr_expect_eq(paths.count, 5);
    cr_expect_not(migrations_write(migrations, added, 1, bench.diags));

    put(&bench, "1_a", "notes.txt", "mine");
    cr_expect_not(migrations_remove(migrations, "1_a", bench.diags));
    cr_assert(migrations_remove(migrations, "2_b", bench.diags));
    cr_expect_eq(read_folder(&bench)->list.count, 1);
    bench_done(&bench);
}

Test(migrations, a_link_is_no_migration_and_not_passed_over)
{
    Bench bench = bench_new();
    put(&bench, "20250101000000_a", "migration.sql", "SELECT 1;");
    cr_assert_eq(
        symlink("20250101000000_a", path_join(bench.arena, bench.path, "20250102000000_again")), 0);
    cr_assert_eq(symlink("nowhere", path_join(bench.arena, bench.path, "20250103000000_lost")), 0);
    cr_assert_eq(
        symlink("20250101000000_a/migration.sql", path_join(bench.arena, bench.path, "notes")), 0);
    Migrations *migrations = NULL;
    cr_expect_not(migrations_read(bench.arena, bench.path, bench.diags, &migrations));
    cr_expect_eq(bench.diags->errors, 2, "a link to a file is none of ours");
    bench_done(&bench);
}

Test(migrations, a_folder_that_is_a_link_to_nowhere_is_not_taken_for_none)
{
    Bench bench = bench_new();
    Migrations *migrations = NULL;
    cr_assert_eq(symlink("nowhere", bench.path), 0);
    cr_expect_not(migrations_read(bench.arena, bench.path, bench.diags, &migrations));
    cr_expect_eq(bench.diags->errors, 1);
    bench_done(&bench);
}
