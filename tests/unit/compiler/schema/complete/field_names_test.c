#include "base/common.h"

#include "compiler/schema/complete/field_names.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

typedef struct Row {
    char model[32], single[32], list[32];
} Row;

ParameterizedTestParameters(field_names, of_models)
{
    static Row rows[] = {
        {"User", "user", "users"},
        {"UserProfile", "userProfile", "userProfiles"},
        {"USER_PROFILE", "userProfile", "userProfiles"},
        {"HTTPServer", "httpserver", "httpservers"},
        {"fooBAR", "fooBAR", "fooBARs"},
        {"User_2x", "user2X", "user2Xs"},
        {"A1B2", "a1B2", "a1B2s"},
        {"User_", "user", "users"},
        {"Ärger", "Ärger", "Ärgers"},
        {"Category", "category", "categories"},
        {"Day", "day", "days"},
        {"Box", "box", "boxes"},
        {"OrderStatus", "orderStatus", "orderStatuses"},
        {"Address", "address", "addresses"},
        {"Users", "users", "users"},
        {"Person", "person", "people"},
        {"salesperson", "salesperson", "salespeople"},
        {"SalesPerson", "salesPerson", "salesPersons"},
        {"Man", "man", "men"},
        {"Salesman", "salesman", "salesmans"},
        {"Child", "child", "children"},
        {"News", "news", "news"},
        {"Equipment", "equipment", "equipment"},
        {"Data", "data", "data"},
        {"Analysis", "analysis", "analyses"},
        {"Leaf", "leaf", "leaves"},
        {"Roof", "roof", "roofs"},
        {"Hero", "hero", "heroes"},
        {"Photo", "photo", "photos"},
        {"Chinese", "chinese", "chinese"},
        {"Smiley", "smiley", "smilies"},
        {"Key", "key", "keys"},
    };
    return cr_make_param_array(Row, rows, lengthof(rows));
}

ParameterizedTest(Row *row, field_names, of_models)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    Name model = intern_cstr(names, row->model);
    cr_expect_str_eq(field_name_single(names, model)->text, row->single);
    cr_expect_str_eq(field_name_list(names, model)->text, row->list);
    arena_free(arena);
}

Test(field_names, of_columns)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    Name id = intern_cstr(names, "id");
    cr_expect_str_eq(field_name_column(names, intern_cstr(names, "User"), id)->text, "userId");
    cr_expect_str_eq(field_name_column(names, intern_cstr(names, "USER"), id)->text, "uSERId");
    cr_expect_str_eq(
        field_name_column(names, intern_cstr(names, "Übel"), intern_cstr(names, "öl"))->text,
        "übelÖl");
    arena_free(arena);
}
