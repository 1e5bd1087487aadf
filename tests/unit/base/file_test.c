/*
 * file_test.c - whole files out: what a link, a device, a hard link beside them becomes.
 */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "base/common.h"

#include "base/file.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static Arena *arena;
static char *root;

static void set_up(void)
{
    arena = arena_new();
    root = arena_printf(arena, "/tmp/bellows-file-XXXXXX");
    cr_assert_not_null(mkdtemp(root));
    cr_assert_eq(chdir(root), 0);
}

static void tear_down(void)
{
    PathList paths;
    int error;
    cr_assert_eq(chdir("/"), 0);
    cr_assert(files_below(arena, root, "", &paths, &error));
    vec_each(const char *, at, &paths) {
        unlink(*at);
    }
    rmdir(root);
    arena_free(arena);
}

TestSuite(file, .init = set_up, .fini = tear_down);

static void write_text(const char *path, const char *text)
{
    int error = 0;
    cr_assert(file_write(path, text, strlen(text), &error), "%s: %s", path, strerror(error));
}

static const char *read_text(const char *path)
{
    char *text = NULL;
    size_t len;
    int error;
    cr_assert(file_read(arena, path, &text, &len, &error), "%s: %s", path, strerror(error));
    return text;
}

static size_t count_files(void)
{
    PathList paths;
    int error;
    cr_assert(files_below(arena, root, "", &paths, &error));
    return paths.count;
}

Test(file, a_new_file_takes_the_place_of_a_link_and_leaves_its_target)
{
    write_text("victim", "precious");
    cr_assert_eq(symlink("victim", "out"), 0);
    cr_assert_eq(symlink("nowhere", "dangling"), 0);
    write_text("out", "new");
    write_text("dangling", "new");
    cr_expect_str_eq(read_text("victim"), "precious");
    cr_expect_str_eq(read_text("out"), "new");
    cr_expect_not(file_exists("nowhere"));
    cr_expect_eq(count_files(), 3, "nothing is left beside them");
}

Test(file, a_device_is_written_to)
{
    write_text("/dev/null", "text");
    struct stat status;
    cr_assert_eq(stat("/dev/null", &status), 0);
    cr_expect(S_ISCHR(status.st_mode));
}

Test(file, what_is_rewritten_keeps_link_mode_and_its_hard_links_text)
{
    int error = 0;
    write_text("real", "old");
    cr_assert_eq(chmod("real", 04640), 0);
    cr_assert_eq(symlink("real", "link"), 0);
    cr_assert_eq(link("real", "other"), 0);
    cr_assert(file_rewrite("link", "new", 3, &error));
    struct stat status;
    cr_assert_eq(lstat("link", &status), 0);
    cr_expect(S_ISLNK(status.st_mode));
    cr_assert_eq(stat("real", &status), 0);
    cr_expect_eq(status.st_mode & 07777, 0640, "the set-id bit was given to another text");
    cr_expect_str_eq(read_text("real"), "new");
    cr_expect_str_eq(read_text("other"), "old");
    cr_expect_not(file_rewrite("nowhere", "new", 3, &error));
    cr_expect_eq(count_files(), 3);
}

/* The errno value that reading `path` ends with; 0 when it is read. */
static int reading_fails_with(const char *path)
{
    char *text = NULL;
    size_t len;
    int error = 0;
    return file_read(arena, path, &text, &len, &error) ? 0 : error;
}

Test(file, what_is_no_file_is_neither_read_nor_waited_for, .timeout = 10)
{
    cr_assert_eq(mkfifo("pipe", 0600), 0);
    cr_assert_eq(symlink("/dev/zero", "zeros"), 0);
    cr_expect_eq(reading_fails_with("pipe"), ENOTSUP);
    cr_expect_eq(reading_fails_with("zeros"), ENOTSUP);
    cr_expect_eq(reading_fails_with("."), EISDIR);
    cr_expect_eq(reading_fails_with("nowhere"), ENOENT);
}

Test(file, a_pipe_without_a_reader_is_not_waited_for, .timeout = 10)
{
    int error = 0;
    cr_assert_eq(mkfifo("pipe", 0600), 0);
    cr_expect_not(file_write("pipe", "text", 4, &error));
    cr_expect_eq(error, ENXIO);
    cr_expect_not(file_write(".", "text", 4, &error));
    cr_expect_eq(error, EISDIR);
}

Test(file, a_descriptor_that_is_named_is_what_is_open_there)
{
    int ends[2], error = 0;
    char *text = NULL;
    size_t len;
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(write(ends[1], "piped", 5), 5);
    close(ends[1]);
    cr_expect_str_eq(read_text(arena_printf(arena, "/dev/fd/%d", ends[0])), "piped");
    cr_expect_eq(reading_fails_with("/dev/fd/999"), EBADF);

    const int out = open("out", O_RDWR | O_CREAT, 0600);
    const char *name = arena_printf(arena, "/proc/self/fd/%d", out);
    cr_assert(file_write(name, "one", 3, &error));
    cr_assert(file_write(name, "two", 3, &error));
    cr_expect_str_eq(read_text("out"), "onetwo", "it is neither replaced nor cut");
    cr_assert_eq(lseek(out, 3, SEEK_SET), 3);
    cr_assert(file_read(arena, name, &text, &len, &error));
    cr_expect_str_eq(text, "two", "from where it stands");
    cr_expect_eq(count_files(), 1);
}

Test(file, who_may_read_a_file_stays_when_it_is_replaced)
{
    struct stat status;
    write_text("secret", "old");
    cr_assert_eq(chmod("secret", 0600), 0);
    write_text("secret", "new");
    cr_assert_eq(stat("secret", &status), 0);
    cr_expect_eq(status.st_mode & 07777, 0600);
}

Test(file, folders_that_link_to_themselves_are_walked_once, .timeout = 10)
{
    write_text("one", "");
    cr_assert_eq(symlink(".", "again"), 0);
    cr_assert_eq(symlink(root, "and_again"), 0);
    cr_expect_eq(count_files(), 1);
    unlink("again");
    unlink("and_again");
}

/* Two links in each to the next: 2^24 ways to the last of them. */
Test(file, folders_to_which_many_ways_lead_are_walked_once, .timeout = 10)
{
    enum { DEPTH = 24 };
    for (int i = 0; i <= DEPTH; i++) {
        cr_assert_eq(mkdir(arena_printf(arena, "%d", i), 0777), 0);
    }
    for (int i = 0; i < DEPTH; i++) {
        const char *next = arena_printf(arena, "../%d", i + 1);
        cr_assert_eq(symlink(next, arena_printf(arena, "%d/a", i)), 0);
        cr_assert_eq(symlink(next, arena_printf(arena, "%d/b", i)), 0);
    }
    write_text(arena_printf(arena, "%d/one", DEPTH), "");
    cr_expect_eq(count_files(), 1);
    for (int i = 0; i <= DEPTH; i++) {
        unlink(arena_printf(arena, "%d/a", i));
        unlink(arena_printf(arena, "%d/b", i));
        unlink(arena_printf(arena, "%d/one", i));
        rmdir(arena_printf(arena, "%d", i));
    }
}
