/*
 * rows_test.c - results decoded by column name, without a server.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "introspect/session/rows.h"

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
    ROW_NAME_OR_NULL("name", Row, name), ROW_TEXT_OR_NULL("text", Row, text),
    ROW_BOOL("flag", Row, flag),         ROW_CHAR_OR_NULL("kind", Row, kind),
    ROW_INT("number", Row, number),      ROW_OID_OR_NULL("oid", Row, oid),
    ROW_INTS_OR_NULL("ints", Row, ints), ROW_NAMES_OR_NULL("names", Row, names),
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
        "x'y",        "p",       "-7", "?", /* nulls */
        NULL,         NULL,      "f",  NULL, NULL,
        NULL,         NULL,      "0",  NULL, /* empty */
        "0",          "{5,6}",   "f",  "",   "{}",
        "",           "",        "0",  "",
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

/* One row of three fields, all of which must be there. */
static void expect_fault(const char *const *names_of, const char *const *cells, const char *fault)
{
    static const RowField strict[] = {ROW_BOOL("flag", Row, flag), ROW_INT("number", Row, number),
                                      ROW_INTS("ints", Row, ints)};
    Arena *arena = arena_new();
    Diagnostics *diags = diagnostics_new(arena, sources_new(arena));
    Result *result = result_make(names_of, 3, cells, 1);
    bool failed = false;
    RowReader reader = row_reader(arena, NULL, result, ROW_FIELDS(strict));
    reader.diags = diags;
    reader.failed = &failed;
    Row row;
    cr_assert(!row_next(&reader, &row));
    cr_assert(!row_next(&reader, &row));
    cr_assert(failed);
    cr_assert_str_eq(reader.fault, fault);
    cr_assert_eq(diags->items.count, 1);
    cr_assert_eq(diags->items.items[0]->code, DIAG_ANSWER);
    result_free(result);
    arena_free(arena);
}

Test(rows, what_cannot_be_is_a_fault)
{
    static const char *const all[] = {"flag", "number", "ints"};
    static const char *const other[] = {"flag", "count", "ints"};
    static const struct {
        const char *cells[3];
        const char *fault;
    } rows[] = {
        {{NULL, "1", "1"}, "its column `flag` is null in row 1"},
        {{"t", NULL, "1"}, "its column `number` is null in row 1"},
        {{"t", "1", NULL}, "its column `ints` is null in row 1"},
        {{"maybe", "1", "1"}, "its column `flag` is `maybe` in row 1"},
        {{"", "1", "1"}, "its column `flag` is `` in row 1"},
        {{"t", "", "1"}, "its column `number` is `` in row 1"},
        {{"t", "1x", "1"}, "its column `number` is `1x` in row 1"},
        {{"t", "99999999999", "1"}, "its column `number` is `99999999999` in row 1"},
        {{"t", "1", "1 a"}, "its column `ints` is `1 a` in row 1"},
        {{"t", "1", "-"}, "its column `ints` is `-` in row 1"},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        expect_fault(all, rows[i].cells, rows[i].fault);
    }
    static const char *const good[] = {"t", "1", "{1,2}"};
    expect_fault(other, good, "its column `number` is missing");
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
