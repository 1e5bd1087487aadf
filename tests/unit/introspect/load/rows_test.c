/*
 * rows_test.c - results decoded by column name, without a server.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "introspect/load/rows.h"

typedef struct Row {
    Name name;
    const char *text;
    bool flag;
    char kind;
    int32_t number;
    uint32_t oid;
    IntList ints;
    NameList names;
} Row;

static const RowField fields[] = {
    ROW_NAME("name", Row, name), ROW_TEXT("text", Row, text),    ROW_BOOL("flag", Row, flag),
    ROW_CHAR("kind", Row, kind), ROW_INT("number", Row, number), ROW_OID("oid", Row, oid),
    ROW_INTS("ints", Row, ints), ROW_NAMES("names", Row, names),
};

/* Not in the descriptor's order: only names count. */
static const char *const columns[] = {"oid",  "ints", "flag",   "name",  "names",
                                      "text", "kind", "number", "unread"};

Test(rows, decoded_by_name)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    const char *const cells[] = {
        "4294967295", "1 -2 30", "t",  "n",  "{a,\"b \\\"c\\\",d\",NULL,\"NULL\"}",
        "x'y",        "p",       "-7", "?",  NULL,
        NULL,         NULL,      NULL, NULL, NULL,
        NULL,         NULL,      NULL, "0",  "{5,6}",
        "f",          "",        "{}", "",   "",
        "0",          "",
    };
    Result *result = result_make(columns, lengthof(columns), cells, 3);
    RowReader reader = row_reader(arena, names, result, ROW_FIELDS(fields));
    Row row;
    cr_assert(row_next(&reader, &row));
    cr_assert(name_is(row.name, "n"));
    cr_assert_str_eq(row.text, "x'y");
    cr_assert(row.flag);
    cr_assert_eq(row.kind, 'p');
    cr_assert_eq(row.number, -7);
    cr_assert_eq(row.oid, 4294967295u);
    cr_assert_eq(row.ints.count, 3);
    cr_assert_eq(row.ints.items[1], -2);
    cr_assert_eq(row.names.count, 4);
    cr_assert(name_is(row.names.items[1], "b \"c\",d"));
    cr_assert_null(row.names.items[2]);
    cr_assert(name_is(row.names.items[3], "NULL"));

    cr_assert(row_next(&reader, &row));
    cr_assert_null(row.name);
    cr_assert_null(row.text);
    cr_assert(!row.flag);
    cr_assert_eq(row.kind, '\0');
    cr_assert_eq(row.ints.count, 0);
    cr_assert_eq(row.names.count, 0);

    cr_assert(row_next(&reader, &row));
    cr_assert_not_null(row.name);
    cr_assert_eq(row.name->len, 0);
    cr_assert_eq(row.ints.items[0], 5);
    cr_assert_eq(row.ints.items[1], 6);
    cr_assert(!row_next(&reader, &row));
    result_free(result);
    arena_free(arena);
}

Test(rows, broken_arrays_do_no_harm)
{
    static const char *const texts[] = {"{", "}", "{\"", "{\"\\", "{a", "\\", "{,,}", "{{a},{b}}"};
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    for (size_t i = 0; i < lengthof(texts); i++) {
        (void)row_parse_names(arena, names, texts[i]);
    }
    cr_assert_eq(row_parse_names(arena, names, "{{a},{b}}").count, 2);
    arena_free(arena);
}
