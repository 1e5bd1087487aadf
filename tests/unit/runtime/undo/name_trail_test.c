/*
 * name_trail_test.c - one thing under two names, behind two lists of scripts.
 */
#include "base/common.h"

#include "runtime/undo/name_trail.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/strbuf.h"
#include "compiler/blocks/view_block.h"

static Migration *script(Arena *arena, const char *sql)
{
    Migration *migration = arena_make(arena, Migration);
    *migration = (Migration){.name = sql, .path = "m", .sql = sql, .len = strlen(sql)};
    return migration;
}

/* "table a>b [x>y ...]; ..." for scripts that only the first list, or only the second has. */
static const char *told(Arena *arena, const char *const *first, const char *const *second)
{
    MigrationList a = {0}, b = {0};
    TrailPairList pairs;
    Migration *common = script(arena, "CREATE TABLE t (a int, b int)");
    StrBuf out = strbuf_new(STRBUF_MAX);
    Diagnostics *diags = diagnostics_new(arena, sources_new(arena));
    vec_push(arena, &a, common);
    vec_push(arena, &b, common);
    for (; *first != NULL; first++) {
        vec_push(arena, &a, script(arena, *first));
    }
    for (; *second != NULL; second++) {
        vec_push(arena, &b, script(arena, *second));
    }
    cr_assert(name_trail_compare(arena, &a, &b, "public", diags, &pairs));
    vec_each(const TrailPair, at, &pairs) {
        strbuf_printf(&out, "%s %s.%s>%s.%s", at->is_type ? "type" : "table", at->first.schema,
                      at->first.name, at->second.schema, at->second.name);
        vec_each(const TrailPart, part, &at->parts) {
            strbuf_printf(&out, " %s>%s", part->origin, part->now);
        }
        strbuf_add(&out, "; ");
    }
    return strbuf_take(&out, arena);
}

Test(name_trail, renames_are_followed_on_both_sides)
{
    static const struct {
        const char *first[5], *second[5], *expected;
    } rows[] = {
        {{0}, {0}, ""},
        {{"ALTER TABLE t RENAME COLUMN a TO x"}, {0}, "table public.t>public.t x>a; "},
        {{0}, {"ALTER TABLE t RENAME COLUMN a TO x"}, "table public.t>public.t a>x; "},
        {{"ALTER TABLE t RENAME TO t__bellows; ALTER TABLE t__bellows RENAME COLUMN a TO x",
          "ALTER TABLE t__bellows RENAME COLUMN x TO y"},
         {0},
         "table public.t__bellows>public.t y>a; "},
        {{"ALTER TABLE t RENAME TO u", "ALTER TABLE u RENAME TO t"}, {0}, ""},
        {{"ALTER TABLE t SET SCHEMA s", "ALTER TABLE s.t RENAME TO u"},
         {0},
         "table s.u>public.t; "},
        {{"ALTER TABLE t RENAME COLUMN a TO x"},
         {"ALTER TABLE t RENAME COLUMN a TO y", "ALTER TABLE t RENAME TO v"},
         "table public.t>public.v x>y; "},
        {{"ALTER TABLE t RENAME COLUMN a TO x"}, {"ALTER TABLE t RENAME COLUMN a TO x"}, ""},
        {{"ALTER TYPE k RENAME TO l", "ALTER TYPE l RENAME VALUE 'p' TO 'q'"},
         {0},
         "type public.l>public.k q>p; "},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        Arena *arena = arena_new();
        cr_expect_str_eq(told(arena, rows[i].first, rows[i].second), rows[i].expected,
                         "row %zu: %s", i, told(arena, rows[i].first, rows[i].second));
        arena_free(arena);
    }
}

/* --- behind views --- */

static const char *view(Arena *arena, ViewBlock block, const char *from, const char *to)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    block.face = block.face == NULL ? "t" : block.face;
    block.aside = "t_old__bellows";
    if (from != NULL && block.lowers) {
        vec_push(arena, &block.gone, from);
    } else if (from != NULL) {
        vec_push(arena, &block.from, from);
        vec_push(arena, &block.to, to);
    }
    strbuf_add(&out, "DO $b$");
    view_block_write(&out, &block);
    strbuf_add(&out, "$b$;");
    return strbuf_take(&out, arena);
}

Test(name_trail, a_table_is_named_back_with_the_last_of_its_names)
{
    Arena *arena = arena_new();
    const ViewBlock raise = {.table = "t__bellows", .both = true};
    const ViewBlock lower = {.table = "t__bellows", .lowers = true};
    const char *one = view(arena, raise, "a", "x"), *two = view(arena, raise, "b", "y");
    const char *end_one = view(arena, lower, "a", NULL), *end_two = view(arena, lower, "b", NULL);
    const char *to_u = view(arena, (ViewBlock){.table = "u"}, NULL, NULL);
    const struct {
        const char *first[6], *second[6], *expected;
    } rows[] = {
        {{one}, {NULL}, "table public.t__bellows>public.t x>a; "},
        {{one, two}, {NULL}, "table public.t__bellows>public.t x>a y>b; "},
        {{one, two, end_one}, {NULL}, "table public.t__bellows>public.t x>a y>b; "},
        {{one, two, end_two, end_one}, {NULL}, "table public.t>public.t x>a y>b; "},
        {{one, two}, {one}, "table public.t__bellows>public.t__bellows y>b; "},
        {{one, end_one, two}, {one, end_one}, "table public.t__bellows>public.t y>b; "},
        {{one, to_u}, {one}, "table public.u>public.t__bellows; "},
        {{one, to_u, end_one}, {NULL}, "table public.u>public.t x>a; "},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        const char *got = told(arena, rows[i].first, rows[i].second);
        cr_expect_str_eq(got, rows[i].expected, "row %zu: %s", i, got);
    }
    arena_free(arena);
}
