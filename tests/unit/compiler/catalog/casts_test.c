#include "base/common.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

#include "compiler/catalog/casts.h"

typedef struct CastCase {
    TypeId from;
    int32_t from_arguments[2];
    TypeId to;
    int32_t to_arguments[2];
    Cast expected;
    bool using;
} CastCase;

#define NO TYPE_NO_ARGUMENT
#define PLAIN                                                                                      \
    {                                                                                              \
        NO, NO                                                                                     \
    }
#define LENGTH(n)                                                                                  \
    {                                                                                              \
        n, NO                                                                                      \
    }

static ColumnType type_of(TypeId id, const int32_t arguments[2])
{
    return (ColumnType){.id = id, .arguments = {arguments[0], arguments[1]}};
}

ParameterizedTestParameters(casts, pairs)
{
    static CastCase cases[] = {
        {TYPE_INTEGER, PLAIN, TYPE_INTEGER, PLAIN, CAST_SAME, false},
        {TYPE_INTEGER, PLAIN, TYPE_BIGINT, PLAIN, CAST_SAFE, false},
        {TYPE_BIGINT, PLAIN, TYPE_INTEGER, PLAIN, CAST_RISKY, false},
        {TYPE_INTEGER, PLAIN, TYPE_BOOLEAN, PLAIN, CAST_IMPOSSIBLE, false},
        {TYPE_INTEGER, PLAIN, TYPE_VARCHAR, LENGTH(10), CAST_RISKY, false},
        {TYPE_INTEGER, PLAIN, TYPE_VARCHAR, LENGTH(11), CAST_SAFE, false},
        {TYPE_INTEGER, PLAIN, TYPE_CHAR, PLAIN, CAST_RISKY, false},
        {TYPE_INTEGER, PLAIN, TYPE_DECIMAL, {10, 2}, CAST_RISKY, false},
        {TYPE_INTEGER, PLAIN, TYPE_DECIMAL, {12, 2}, CAST_SAFE, false},
        {TYPE_DECIMAL, {9, 0}, TYPE_INTEGER, PLAIN, CAST_SAFE, false},
        {TYPE_DECIMAL, {9, 1}, TYPE_INTEGER, PLAIN, CAST_RISKY, false},
        {TYPE_DECIMAL, {10, 2}, TYPE_DECIMAL, {10, 1}, CAST_RISKY, false},
        {TYPE_DECIMAL, {10, 2}, TYPE_DECIMAL, {11, 3}, CAST_SAFE, false},
        {TYPE_DECIMAL, {10, 2}, TYPE_DECIMAL, PLAIN, CAST_SAFE, false},
        {TYPE_DECIMAL, {5, 2}, TYPE_VARCHAR, LENGTH(6), CAST_RISKY, false},
        {TYPE_DECIMAL, {5, 2}, TYPE_VARCHAR, LENGTH(7), CAST_SAFE, false},
        {TYPE_VARCHAR, LENGTH(10), TYPE_VARCHAR, LENGTH(9), CAST_RISKY, false},
        {TYPE_VARCHAR, LENGTH(10), TYPE_VARCHAR, LENGTH(11), CAST_SAFE, false},
        {TYPE_VARCHAR, PLAIN, TYPE_TEXT, PLAIN, CAST_SAFE, false},
        {TYPE_TEXT, PLAIN, TYPE_VARCHAR, PLAIN, CAST_SAFE, false},
        {TYPE_TEXT, PLAIN, TYPE_UUID, PLAIN, CAST_IMPOSSIBLE, false},
        {TYPE_UUID, PLAIN, TYPE_VARCHAR, LENGTH(31), CAST_IMPOSSIBLE, false},
        {TYPE_UUID, PLAIN, TYPE_VARCHAR, LENGTH(32), CAST_SAFE, false},
        {TYPE_CHAR, PLAIN, TYPE_CHAR, LENGTH(1), CAST_SAME, false},
        {TYPE_BIT, PLAIN, TYPE_BIT, LENGTH(1), CAST_SAME, false},
        {TYPE_BIT, LENGTH(8), TYPE_VARBIT, LENGTH(7), CAST_IMPOSSIBLE, false},
        {TYPE_VARBIT, LENGTH(8), TYPE_BIT, LENGTH(7), CAST_RISKY, false},
        {TYPE_VARBIT, LENGTH(8), TYPE_BIT, LENGTH(9), CAST_IMPOSSIBLE, false},
        {TYPE_TIMESTAMP, PLAIN, TYPE_TIMESTAMP, LENGTH(6), CAST_SAME, false},
        {TYPE_TIMESTAMP, LENGTH(3), TYPE_TIMESTAMP, PLAIN, CAST_SAFE, false},
        {TYPE_TIMESTAMP, PLAIN, TYPE_TIMETZ, PLAIN, CAST_SAFE, true},
        {TYPE_MONEY, PLAIN, TYPE_DOUBLE_PRECISION, PLAIN, CAST_RISKY, true},
        {TYPE_MONEY, PLAIN, TYPE_DECIMAL, {10, 2}, CAST_RISKY, false},
        {TYPE_CITEXT, PLAIN, TYPE_INTEGER, PLAIN, CAST_RISKY, true},
        {TYPE_BOOLEAN, PLAIN, TYPE_CHAR, LENGTH(3), CAST_IMPOSSIBLE, false},
        {TYPE_BOOLEAN, PLAIN, TYPE_CHAR, LENGTH(4), CAST_RISKY, false},
        {TYPE_BOOLEAN, PLAIN, TYPE_CHAR, LENGTH(5), CAST_SAFE, false},
    };
    return cr_make_param_array(CastCase, cases, lengthof(cases));
}

ParameterizedTest(CastCase *row, casts, pairs)
{
    const ColumnType from = type_of(row->from, row->from_arguments);
    const ColumnType to = type_of(row->to, row->to_arguments);
    cr_expect_eq(cast_between(&from, &to), row->expected, "type %d to %d: %d", row->from, row->to,
                 cast_between(&from, &to));
    cr_expect_eq(cast_needs_using(&from, &to), row->using, "type %d to %d", row->from, row->to);
}

Test(casts, a_list_becomes_text_only_a_value_a_list)
{
    ColumnType list = type_of(TYPE_INTEGER, (int32_t[]){NO, NO});
    list.list = true;
    const ColumnType text = type_of(TYPE_TEXT, (int32_t[]){NO, NO});
    const ColumnType number = type_of(TYPE_INTEGER, (int32_t[]){NO, NO});
    cr_expect_eq(cast_between(&list, &text), CAST_SAFE);
    cr_expect_eq(cast_between(&list, &number), CAST_IMPOSSIBLE);
    cr_expect_eq(cast_between(&number, &list), CAST_SAFE);
    cr_expect(cast_needs_using(&number, &list));
    cr_expect_eq(cast_between(&text, &list), CAST_IMPOSSIBLE);
    const ColumnType big = type_of(TYPE_BIGINT, (int32_t[]){NO, NO});
    cr_expect_eq(cast_between(&big, &list), CAST_IMPOSSIBLE, "it may be too big");
}

Test(casts, what_the_language_has_no_word_for_is_assigned_as_the_server_does)
{
    static const struct {
        const char *from, *to;
        bool using;
    } cases[] = {
        {"time", "interval(3)", false},
        {"interval(3)", "time", false},
        {"interval", "interval(3)", false},
        {"interval day to second(3)", "interval", false},
        {"macaddr", "macaddr8", false},
        {"macaddr", "inet", true},
        {"point", "box", false},
        {"box", "point", true},
        {"int8", "regtype", false},
        {"tsvector", "name", false},
        {"intervals", "interval", true},
        {"geometry(Point,4326)", "geometry(Point,3857)", false},
    };
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    for (size_t i = 0; i < lengthof(cases); i++) {
        ColumnType from = type_of(TYPE_OTHER, (int32_t[]){NO, NO}), to = from;
        from.raw = intern_cstr(names, cases[i].from);
        to.raw = intern_cstr(names, cases[i].to);
        cr_expect_eq(cast_needs_using(&from, &to), cases[i].using, "%s to %s", cases[i].from,
                     cases[i].to);
        from.list = true;
        cr_expect(cast_needs_using(&from, &to));
    }
    arena_free(arena);
}

/* An enum of the values that the letters are. */
static ColumnType enum_of(Names *names, Arena *arena, const char *name, const char *letters)
{
    EnumType *type = arena_make(arena, EnumType);
    type->schema = intern_cstr(names, "public");
    type->name = intern_cstr(names, name);
    for (const char *at = letters; *at != '\0'; at++) {
        vec_push(arena, &type->values, intern(names, at, 1));
    }
    return (ColumnType){.id = TYPE_ENUM, .enum_type = type, .arguments = {NO, NO}};
}

Test(casts, an_enum_becomes_what_has_all_its_values)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    const ColumnType small = enum_of(names, arena, "small", "ab");
    const ColumnType large = enum_of(names, arena, "large", "cba");
    const ColumnType text = type_of(TYPE_TEXT, (int32_t[]){NO, NO});
    const ColumnType shorter = type_of(TYPE_VARCHAR, (int32_t[]){62, NO});
    const ColumnType longest = type_of(TYPE_VARCHAR, (int32_t[]){63, NO});
    cr_expect_eq(cast_between(&small, &large), CAST_SAFE);
    cr_expect(cast_needs_using(&small, &large));
    cr_expect_eq(cast_between(&large, &small), CAST_IMPOSSIBLE);
    cr_expect_eq(cast_between(&small, &text), CAST_SAFE);
    cr_expect_not(cast_needs_using(&small, &text));
    cr_expect_eq(cast_between(&small, &shorter), CAST_IMPOSSIBLE);
    cr_expect_eq(cast_between(&small, &longest), CAST_SAFE);
    cr_expect_eq(cast_between(&text, &small), CAST_IMPOSSIBLE);

    ColumnType few = small, many = large, words = text;
    few.list = many.list = words.list = true;
    cr_expect_eq(cast_between(&few, &many), CAST_SAFE);
    cr_expect_eq(cast_between(&few, &words), CAST_SAFE);
    cr_expect_eq(cast_between(&small, &many), CAST_SAFE);
    cr_expect_eq(cast_between(&large, &few), CAST_IMPOSSIBLE);
    cr_expect_eq(cast_between(&few, &small), CAST_IMPOSSIBLE);
    arena_free(arena);
}
