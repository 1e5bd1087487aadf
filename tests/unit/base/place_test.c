/*
 * place_test.c - whose links are followed, and what is made on the way.
 */
#define _GNU_SOURCE /* mkdtemp, nftw */
#include "base/common.h"

#include "base/place.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { SOMEBODY = 12345, NOBODY = 12346 };

static Arena *arena;
static char *root;

static void set_up(void)
{
    arena = arena_new();
    root = arena_printf(arena, "/tmp/bellows-place-XXXXXX");
    cr_assert_not_null(mkdtemp(root));
    cr_assert_eq(chdir(root), 0);
    cr_assert_eq(mkdir("a", 0755), 0);
    cr_assert_eq(mkdir("a/b", 0755), 0);
}

static int remove_one(const char *path, UNUSED const struct stat *info, UNUSED int kind,
                      UNUSED struct FTW *at)
{
    return remove(path);
}

static void tear_down(void)
{
    cr_assert_eq(chdir("/"), 0);
    cr_assert_eq(nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
    arena_free(arena);
}

TestSuite(place, .init = set_up, .fini = tear_down);

/* What `path` leads to is the folder `wanted`, under the name `name` where it stands. */
static void leads_to(const char *path, const char *wanted, const char *name)
{
    Place place;
    struct stat found, there;
    cr_assert(place_find(arena, path, &place), "%s: %s", path, strerror(errno));
    cr_assert_eq(fstat(place.entry, &found), 0, "%s", path);
    cr_assert_eq(stat(wanted, &there), 0);
    cr_expect_eq(found.st_ino, there.st_ino, "%s", path);
    cr_expect_str_eq(place.name, name, "%s", path);
    place_leave(&place);
}

static void is_refused(const char *path, const char *link, uid_t maker)
{
    Place place;
    cr_expect_not(place_find(arena, path, &place), "%s", path);
    cr_expect_eq(errno, ELOOP, "%s: %s", path, strerror(errno));
    cr_assert_not_null(place.link, "%s", path);
    cr_expect_str_eq(place.link, link);
    cr_expect_eq(place.maker, maker);
    cr_expect_eq(place_open_folder(path), -1);
}

static void make_link(const char *target, const char *path, uid_t maker)
{
    cr_assert_eq(symlink(target, path), 0);
    cr_assert_eq(lchown(path, maker, (gid_t)-1), 0);
}

Test(place, paths_of_every_form)
{
    leads_to("a/b", "a/b", "b");
    leads_to("a//b///", "a/b", "b");
    leads_to("./a/./b/.", "a/b", ".");
    leads_to("a/b/..", "a", ".");
    leads_to(path_join(arena, root, "a/b"), "a/b", "b");
    leads_to("/", "/", ".");
    leads_to("", ".", ".");
}

Test(place, our_links_are_followed_wherever_they_lead)
{
    make_link("a", "near", geteuid());
    make_link("../near/b", "a/back", geteuid());
    make_link(path_join(arena, root, "a/back"), "far", geteuid());
    leads_to("near", "a", "a");
    leads_to("near/back", "a/b", "b");
    leads_to("far", "a/b", "b");
    leads_to("far/../b", "a/b", "b");
}

Test(place, what_is_missing)
{
    Place place;
    cr_assert(place_find(arena, "a/new", &place));
    cr_expect_eq(place.entry, -1);
    cr_expect_str_eq(place.name, "new");
    place_leave(&place);
    cr_expect_not(place_find(arena, "new/new", &place));
    cr_expect_eq(errno, ENOENT);
    cr_assert_eq(close(open("file", O_WRONLY | O_CREAT, 0600)), 0);
    cr_expect_not(place_find(arena, "file/new", &place));
    cr_expect_eq(errno, ENOTDIR);
    cr_expect_eq(place_open_folder("file"), -1);
    cr_expect_eq(errno, ENOTDIR);
}

Test(place, links_that_go_round_end, .timeout = 10)
{
    make_link("round", "round", geteuid());
    make_link("two", "one", geteuid());
    make_link("one", "two", geteuid());
    is_refused("round", "round", geteuid());
    is_refused("one/x", "one", geteuid());
}

Test(place, what_a_third_user_links_to_must_be_that_users)
{
    if (geteuid() != 0) {
        return;
    }
    make_link("a", "theirs", SOMEBODY);
    make_link("theirs", "over", SOMEBODY);
    make_link("nowhere", "dangling", SOMEBODY);
    is_refused("theirs", "theirs", SOMEBODY);
    is_refused("theirs/b", "theirs", SOMEBODY);
    is_refused("over", "theirs", SOMEBODY);
    is_refused("dangling", "dangling", SOMEBODY);
    cr_assert_eq(chown("a", SOMEBODY, (gid_t)-1), 0);
    leads_to("theirs", "a", "a");
    leads_to("over/b", "a/b", "b");
    make_link("a", "thirds", NOBODY);
    is_refused("thirds/b", "thirds", NOBODY);
}

static bool count(const void *cx, int folder)
{
    (*(int *const *)cx)[0]++;
    return fcntl(folder, F_GETFL) >= 0;
}

Test(place, folders_are_made_and_what_is_there_stays)
{
    int made = 0;
    int *counter = &made;
    struct stat info;
    const PlaceMaking making = {.above = 0750, .last = 0700, .made = count, .cx = &counter};
    cr_assert(place_make("a/x/y/z", &making));
    cr_expect_eq(made, 3);
    cr_assert_eq(stat("a/x/y", &info), 0);
    cr_expect_eq(info.st_mode & 0777, 0750);
    cr_assert_eq(stat("a/x/y/z", &info), 0);
    cr_expect_eq(info.st_mode & 0777, 0700);
    cr_assert(place_make("a/x", &making));
    cr_assert(place_make("a/x/y/z/.", &making));
    cr_expect_eq(made, 3);
    cr_assert_eq(close(open("file", O_WRONLY | O_CREAT, 0600)), 0);
    cr_expect_not(place_make("file", &making));
    cr_expect_not(place_make("file/x", &making));
}

Test(place, nothing_is_made_behind_a_third_users_link)
{
    static const PlaceMaking making = {.above = 0700, .last = 0700};
    if (geteuid() != 0) {
        return;
    }
    make_link("new/below", "theirs", SOMEBODY);
    make_link("a/new", "other", SOMEBODY);
    cr_expect_not(place_make("theirs/x", &making));
    cr_expect_not(place_make("other/x", &making));
    cr_expect_not(place_make("other", &making));
    cr_expect_not(file_exists("new"));
    cr_expect_not(file_exists("a/new"));
}

Test(place, the_last_name_is_not_followed_where_the_entry_is_meant)
{
    const char *name;
    make_link("a", "link", geteuid());
    const int above = place_open_above("./link", &name);
    cr_assert(above >= 0);
    cr_expect_str_eq(name, "link");
    close(above);
    cr_expect_eq(place_open_above("nowhere/x", &name), -1);
    cr_expect_eq(errno, ENOENT);
}
