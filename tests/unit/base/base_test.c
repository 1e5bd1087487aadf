#define _GNU_SOURCE /* sched_getaffinity */
#include "base/common.h"

#include <criterion/criterion.h>
#include <sched.h>
#include <string.h>

#include "base/diag/diag.h"
#include "base/digest.h"
#include "base/huge_pages.h"
#include "base/intern.h"
#include "base/map.h"
#include "base/parallel.h"
#include "base/strbuf.h"

Test(intern, same_text_is_same_name)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    cr_assert_eq(intern_cstr(names, "User"), intern(names, "Userx", 4));
    cr_assert_neq(intern_cstr(names, "User"), intern_cstr(names, "user"));
    arena_free(arena);
}

Test(intern, survives_growth)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    Name first = intern_cstr(names, "n0");
    for (int i = 0; i < 5000; i++) {
        intern_printf(names, "n%d", i);
    }
    cr_assert_eq(first, intern_cstr(names, "n0"));
    cr_assert_lt(name_compare(first, intern_cstr(names, "n00")), 0);
    arena_free(arena);
}

Test(map, scopes_are_part_of_the_key)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    Map map = {0};
    int a = 1;
    int b = 2;
    map_put2(arena, &map, intern_cstr(names, "public"), intern_cstr(names, "t"), &a);
    map_put2(arena, &map, intern_cstr(names, "auth"), intern_cstr(names, "t"), &b);
    cr_assert_eq(map_get2(&map, intern_cstr(names, "auth"), intern_cstr(names, "t")), &b);
    cr_assert_null(map_get(&map, intern_cstr(names, "t")));
    arena_free(arena);
}

Test(source, lines_end_with_lf_crlf_or_cr)
{
    Arena *arena = arena_new();
    Sources *sources = sources_new(arena);
    const char *text = "a\nbc\r\nd\re";
    SourceFile *file = sources_add(sources, "x", text, strlen(text));
    Position at = source_position(sources, (Span){file->id, 8, 9});
    cr_assert_eq(at.line, 4);
    cr_assert_eq(at.column, 1);
    Span line = source_line(sources, file->id, 2);
    cr_assert_eq(line.start, 2);
    cr_assert_eq(line.end, 4);
    arena_free(arena);
}

Test(diag, fills_holes_and_counts)
{
    Arena *arena = arena_new();
    Diagnostics *diags = diagnostics_new(arena, sources_new(arena));
    Diagnostic *d = diag_report(diags, DIAG_UNEXPECTED, span_none(), "`}`");
    cr_assert_str_eq(d->message, "unexpected `}`");
    cr_assert(diag_has_errors(diags));
    cr_assert_eq(diag_exit_code(diags), EXIT_FAILED);
    arena_free(arena);
}

Test(digest, known_sum)
{
    char hex[DIGEST_HEX_SIZE];
    digest_hex("abc", 3, hex);
    cr_assert_str_eq(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static int values[500];

/* Each third is forgotten, then half of those put again. */
static void put_and_remove(Arena *arena, Names *names, int count, bool reserved)
{
    Map map = {0};
    if (reserved) {
        map_reserve(arena, &map, (size_t)count);
    }
    for (int i = 0; i < count; i++) {
        map_put(arena, &map, intern_printf(names, "n%d", i), &values[i]);
    }
    for (int i = 0; i < count; i += 3) {
        map_remove(&map, intern_printf(names, "n%d", i));
    }
    map_remove(&map, intern_cstr(names, "never there"));
    for (int i = 0; i < count; i += 6) {
        map_put(arena, &map, intern_printf(names, "n%d", i), &values[i]);
    }
    size_t left = 0;
    for (int i = 0; i < count; i++) {
        void *expected = i % 3 == 0 && i % 6 != 0 ? NULL : &values[i];
        cr_assert_eq(map_get(&map, intern_printf(names, "n%d", i)), expected, "%d", i);
        left += expected != NULL;
    }
    cr_assert_eq(map.count, left);
    cr_assert_null(map_get(&map, intern_cstr(names, "never there")));
}

Test(map, removal_leaves_the_rest_findable)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    for (int count = 1; count <= 40; count++) {
        put_and_remove(arena, names, count, false);
        put_and_remove(arena, names, count, true);
    }
    put_and_remove(arena, names, 500, false);
    arena_free(arena);
}

/* --- two threads --------------------------------------------------------------------------------
 */

enum { SHARED_NAMES = 20000 };

typedef struct Interning {
    Names *names;
    Name found[SHARED_NAMES];
    bool backwards;
} Interning;

static void intern_all(void *of)
{
    Interning *interning = of;
    for (size_t i = 0; i < SHARED_NAMES; i++) {
        size_t number = interning->backwards ? SHARED_NAMES - 1 - i : i;
        interning->found[number] = intern_printf(interning->names, "name_%zu", number);
    }
}

Test(parallel, two_threads_intern_the_same_names)
{
    static Interning first, second;
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    first = (Interning){.names = names};
    second = (Interning){.names = names, .backwards = true};
    parallel_run(names, intern_all, &first, &second);
    for (size_t i = 0; i < SHARED_NAMES; i++) {
        cr_assert_eq(first.found[i], second.found[i]);
        cr_assert_eq(first.found[i], intern_printf(names, "name_%zu", i));
    }
    arena_free(arena);
}

static void look_where_it_may_run(void *of)
{
    cpu_set_t *allowed = of;
    cr_assert_eq(sched_getaffinity(0, sizeof *allowed, allowed), 0);
}

/* The thread is sent to another processor, and is not held there. */
Test(parallel, both_pieces_may_run_wherever_the_process_may)
{
    cpu_set_t first, second, before;
    Arena *arena = arena_new();
    cr_assert_eq(sched_getaffinity(0, sizeof before, &before), 0);
    parallel_run(names_new(arena), look_where_it_may_run, &first, &second);
    cr_assert(CPU_EQUAL(&first, &before));
    cr_assert(CPU_EQUAL(&second, &before));
    arena_free(arena);
}

static bool is_zeroed(const char *pages, size_t size)
{
    return pages[0] == 0 && memcmp(pages, pages + 1, size - 1) == 0;
}

Test(huge_pages, come_aligned_and_zeroed_also_the_second_time)
{
    enum { MORE_THAN_ARE_KEPT = 300 };
    static char *pages[MORE_THAN_ARE_KEPT];
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < MORE_THAN_ARE_KEPT; i++) {
            pages[i] = huge_pages_take(HUGE_PAGE_PIECE);
            cr_assert_eq((uintptr_t)pages[i] % HUGE_PAGE_PIECE, 0);
            cr_assert_eq(
                pages[i][0] | pages[i][HUGE_PAGE_PIECE / 2] | pages[i][HUGE_PAGE_PIECE - 1], 0);
            pages[i][0] = pages[i][HUGE_PAGE_PIECE / 2] = pages[i][HUGE_PAGE_PIECE - 1] = 'x';
        }
        for (int i = 0; i < MORE_THAN_ARE_KEPT; i++) {
            huge_pages_give_back(pages[i], HUGE_PAGE_PIECE);
        }
    }
    char *again = huge_pages_take(HUGE_PAGE_PIECE);
    cr_assert(is_zeroed(again, HUGE_PAGE_PIECE));
    huge_pages_give_back(again, HUGE_PAGE_PIECE);
}

Test(huge_pages, many_come_in_one_piece)
{
    const size_t size = 50 * (size_t)HUGE_PAGE;
    char *one = huge_pages_take(size), *other = huge_pages_take(3 * (size_t)HUGE_PAGE);
    one[size - 1] = other[0] = 'x';
    cr_assert(other >= one + size || other + 3 * (size_t)HUGE_PAGE <= one);
    huge_pages_give_back(one, size);
    huge_pages_give_back(other, 3 * (size_t)HUGE_PAGE);
}

Test(arena, adopts_another)
{
    Arena *arena = arena_new();
    Arena *other = arena_new();
    size_t used = 0;
    char *kept = arena_strdup(arena, "kept");
    for (int i = 0; i < 1000; i++) {
        (void)arena_printf(other, "number %d is some text to fill blocks with", i);
    }
    char *adopted = arena_strdup(other, "adopted");
    used = arena_used(arena) + arena_used(other);
    arena_adopt(arena, other);
    cr_assert_eq(arena_used(arena), used);
    cr_assert_str_eq(arena_strdup(arena, "more"), "more");
    cr_assert_str_eq(kept, "kept");
    cr_assert_str_eq(adopted, "adopted");
    Arena *empty = arena_new();
    arena_adopt(empty, arena);
    arena_adopt(empty, arena_new());
    cr_assert_str_eq(adopted, "adopted");
    arena_free(empty);
}
