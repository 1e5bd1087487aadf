/*
 * file_test.c - whole files out: what a link, a device, a hard link beside them becomes.
 */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "base/common.h"

#include "base/file.h"

#include <criterion/criterion.h>
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
