#include "base/common.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "compiler/catalog/naming.h"

typedef struct NameCase {
    char stem[96];
    char suffix[12];
    char expected[72];
} NameCase;

#define A58 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

ParameterizedTestParameters(naming, suffix_fits_into_63_bytes)
{
    static NameCase cases[] = {
        {"User", "_pkey", "User_pkey"},
        {A58, "_pkey", A58 "_pkey"},
        {A58 "b", "_pkey", A58 "_pkey"},
        {A58 "b", "_key", A58 "b_key"},
        {A58 "bc", "_key", A58 "b_key"},
        {A58 "_x", "_key", A58 "__key"},
        /* a character of two bytes that would be cut in the middle goes */
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaä", "_pkey",
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_pkey"},
        /* of four bytes */
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa😀", "_key",
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_key"},
        {"", "_idx", "_idx"},
    };
    return cr_make_param_array(NameCase, cases, lengthof(cases));
}

ParameterizedTest(NameCase *row, naming, suffix_fits_into_63_bytes)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    Name name = name_with_suffix(names, row->stem, strlen(row->stem), row->suffix);
    cr_assert_str_eq(name->text, row->expected);
    cr_assert_leq(name->len, IDENTIFIER_MAX);
    arena_free(arena);
}

static Name unique_of(Names *names, const char *table, const char *a, const char *b)
{
    Name items[] = {intern_cstr(names, a), b == NULL ? NULL : intern_cstr(names, b)};
    NameList columns = {.items = items, .count = b == NULL ? 1 : 2};
    return name_unique(names, intern_cstr(names, table), &columns);
}

Test(naming, columns_are_joined_and_cut_with_the_table)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    cr_assert_str_eq(unique_of(names, "User", "a", "b")->text, "User_a_b_key");
    cr_assert_str_eq(unique_of(names, A58, "x", NULL)->text, A58 "__key");
    cr_assert_str_eq(unique_of(names, A58 "bbbbb", "x", NULL)->text, A58 "b_key");
    cr_assert_str_eq(unique_of(names, "T", A58 "bbbbbbbbbb", "c")->text,
                     "T_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_key");
    arena_free(arena);
}

Test(naming, join_tables)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    Name table = name_join_table(names, intern_cstr(names, "AToB"));
    cr_assert_str_eq(table->text, "_AToB");
    cr_assert_str_eq(name_join_primary_key(names, table)->text, "_AToB_AB_pkey");
    cr_assert_str_eq(name_join_index(names, table)->text, "_AToB_B_index");
    cr_assert_str_eq(name_join_foreign_key(names, table, 'A')->text, "_AToB_A_fkey");
    Name longest = name_join_table(names, intern_cstr(names, A58 "bbbbbb"));
    cr_assert_str_eq(longest->text, "_" A58 "bbbb");
    cr_assert_eq(name_join_index(names, longest)->len, IDENTIFIER_MAX);
    cr_assert_eq(name_join_foreign_key(names, longest, 'B')->len, IDENTIFIER_MAX);
    arena_free(arena);
}

/* Long names in an alphabet beyond ASCII, alike but for their ends: cut between characters, and
 * apart. */
Test(naming, names_of_our_own)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    Name one = intern_cstr(names, "aéééééééééééééééééééééééééééééé1");
    Name two = intern_cstr(names, "aéééééééééééééééééééééééééééééé2");
    cr_assert_str_eq(name_reserved(names, RESERVED_BETWEEN, intern_cstr(names, "i"))->text,
                     "_bellows_i");
    cr_assert_str_eq(name_reserved(names, RESERVED_RETIRED, intern_cstr(names, "t"))->text,
                     "t_old__bellows");
    Name made[] = {name_reserved(names, RESERVED_BETWEEN, one),
                   name_reserved(names, RESERVED_BUILT, one),
                   name_reserved(names, RESERVED_TRIGGER, one),
                   name_reserved_of_column(names, RESERVED_TRIGGER, one, two)};
    for (size_t i = 0; i < lengthof(made); i++) {
        cr_expect_leq(made[i]->len, IDENTIFIER_MAX, "%s", made[i]->text);
        cr_expect_eq(name_cut(made[i]->text, made[i]->len, IDENTIFIER_MAX), made[i]->len);
        cr_expect(strstr(made[i]->text, "\xC3_") == NULL, "%s", made[i]->text);
    }
    cr_expect_neq(made[0], name_reserved(names, RESERVED_BETWEEN, two));
    arena_free(arena);
}

/* A trigger's function is in the schema: `a_b`.`c` and `a`.`b_c` share none. */
Test(naming, names_of_our_own_for_columns)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    const Name a = intern_cstr(names, "a"), c = intern_cstr(names, "c");
    const Name first =
        name_reserved_of_column(names, RESERVED_TRIGGER, intern_cstr(names, "a_b"), c);
    const Name second =
        name_reserved_of_column(names, RESERVED_TRIGGER, a, intern_cstr(names, "b_c"));
    cr_expect_neq(first, second);
    cr_expect_str_eq(name_reserved_of_column(names, RESERVED_TRIGGER, a, c)->text,
                     "zzzz_bellows_a_c");
    arena_free(arena);
}

/* --- names that pass on --- */

/* "a > b, c > a" */
static void expect_moves(const char *const *before, const char *const *after, size_t count,
                         const char *expected)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    Name *from = arena_array(arena, Name, count), *to = arena_array(arena, Name, count);
    for (size_t i = 0; i < count; i++) {
        from[i] = intern_cstr(names, before[i]);
        to[i] = intern_cstr(names, after[i]);
    }
    const NameMoveList moves = name_moves(arena, names, from, to, count);
    const char *text = "";
    vec_each(const NameMove, move, &moves) {
        text = arena_printf(arena, "%s%s%s > %s", text, text[0] == '\0' ? "" : ", ",
                            move->from->text, move->to->text);
    }
    cr_expect_str_eq(text, expected);
    arena_free(arena);
}

Test(naming, a_name_is_taken_when_it_is_free)
{
    const char *before[] = {"a", "b", "c"}, *after[] = {"b", "c", "d"};
    expect_moves(before, after, 3, "c > d, b > c, a > b");
    expect_moves(before, before, 3, "");
}

Test(naming, exchanged_names_go_through_one_in_between)
{
    const char *before[] = {"a", "b", "_bellows_a", "x"}, *after[] = {"b", "a", "_bellows_a", "y"};
    expect_moves(before, after, 4,
                 "x > y, a > _bellows__bellows_a, b > a, _bellows__bellows_a > b");
}
