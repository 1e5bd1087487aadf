#include "base/common.h"

#include <criterion/criterion.h>

#include "compiler/plan/diff/conversions.h"
#include "compiler/catalog/types.h"

typedef struct Row {
    ColumnType from, to;
    Conversion conversion;
    bool may_refuse;
    const char *sql;
} Row;

#define SCALAR(type)                                                                               \
    {                                                                                              \
        .id = (type), .arguments = { TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT }                          \
    }
#define LIST(type)                                                                                 \
    {                                                                                              \
        .id = (type), .list = true, .arguments = { TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT }            \
    }
#define SIZED(type, size)                                                                          \
    {                                                                                              \
        .id = (type), .arguments = {(size), TYPE_NO_ARGUMENT }                                     \
    }

/* What the reference drops and makes anew is kept here wherever one value says the other. */
static const Row rows[] = {
    {SCALAR(TYPE_INTEGER), SCALAR(TYPE_TEXT), CONVERSION_ASSIGNED, false, "\"c\""},
    {SCALAR(TYPE_TEXT), SCALAR(TYPE_INTEGER), CONVERSION_BY_TEXT, true, "\"c\"::text::INTEGER"},
    {SCALAR(TYPE_TEXT), SCALAR(TYPE_UUID), CONVERSION_BY_TEXT, true, "\"c\"::text::UUID"},
    {SCALAR(TYPE_TEXT), SCALAR(TYPE_JSONB), CONVERSION_BY_TEXT, true, "\"c\"::text::JSONB"},
    {SCALAR(TYPE_BIGINT), SCALAR(TYPE_INTEGER), CONVERSION_ASSIGNED, true, "\"c\""},
    {SCALAR(TYPE_BOOLEAN), SCALAR(TYPE_INTEGER), CONVERSION_CAST, false, "\"c\"::INTEGER"},
    {SCALAR(TYPE_INTEGER), SCALAR(TYPE_BOOLEAN), CONVERSION_BY_TEXT, true, "\"c\"::text::BOOLEAN"},
    {SCALAR(TYPE_TEXT), SIZED(TYPE_VARCHAR, 5), CONVERSION_ASSIGNED, true, "\"c\""},
    {SCALAR(TYPE_DATE), SIZED(TYPE_VARCHAR, 10), CONVERSION_ASSIGNED, true, "\"c\""},
    {SCALAR(TYPE_SMALLINT), SIZED(TYPE_VARCHAR, 4), CONVERSION_ASSIGNED, true, "\"c\""},
    {SCALAR(TYPE_SMALLINT), SIZED(TYPE_VARCHAR, 6), CONVERSION_ASSIGNED, false, "\"c\""},
    {SCALAR(TYPE_SMALLINT), SIZED(TYPE_DECIMAL, 3), CONVERSION_ASSIGNED, true, "\"c\""},
    {SCALAR(TYPE_UUID), SIZED(TYPE_VARCHAR, 32), CONVERSION_ASSIGNED, true, "\"c\""},
    {SCALAR(TYPE_UUID), SIZED(TYPE_CHAR, 36), CONVERSION_ASSIGNED, false, "\"c\""},
    {SCALAR(TYPE_TIMESTAMP), SIZED(TYPE_VARCHAR, 23), CONVERSION_ASSIGNED, true, "\"c\""},
    {SCALAR(TYPE_TIMESTAMP), SIZED(TYPE_VARCHAR, 28), CONVERSION_ASSIGNED, false, "\"c\""},
    {SCALAR(TYPE_TIME), SIZED(TYPE_VARCHAR, 14), CONVERSION_ASSIGNED, true, "\"c\""},
    {SCALAR(TYPE_TIMESTAMP), SCALAR(TYPE_TIMESTAMPTZ), CONVERSION_UTC, false,
     "\"c\" AT TIME ZONE 'UTC'"},
    {SCALAR(TYPE_BYTEA), SCALAR(TYPE_INTEGER), CONVERSION_NONE, true, NULL},
    {SCALAR(TYPE_TEXT), LIST(TYPE_TEXT), CONVERSION_LIST_OF_ONE, false,
     "CASE WHEN \"c\" IS NOT NULL THEN ARRAY[\"c\"] END"},
    {SCALAR(TYPE_TEXT), LIST(TYPE_INTEGER), CONVERSION_LIST_OF_ONE, true,
     "CASE WHEN \"c\" IS NOT NULL THEN ARRAY[\"c\"]::text[]::INTEGER[] END"},
    {LIST(TYPE_INTEGER), SCALAR(TYPE_INTEGER), CONVERSION_FIRST_OF_LIST, false, "(\"c\")[1]"},
    {LIST(TYPE_TEXT), SCALAR(TYPE_INTEGER), CONVERSION_FIRST_OF_LIST, true,
     "(\"c\")[1]::text::INTEGER"},
    {LIST(TYPE_TEXT), LIST(TYPE_INTEGER), CONVERSION_BY_TEXT, true, "\"c\"::text[]::INTEGER[]"},
    {LIST(TYPE_INTEGER), SCALAR(TYPE_JSONB), CONVERSION_TO_JSON, false,
     "pg_catalog.to_jsonb(\"c\")"},
    {LIST(TYPE_INTEGER), SCALAR(TYPE_JSON), CONVERSION_TO_JSON, false, "pg_catalog.to_json(\"c\")"},
    {SCALAR(TYPE_TIMESTAMP), SCALAR(TYPE_JSONB), CONVERSION_TO_JSON, false,
     "pg_catalog.to_jsonb(\"c\")"},
    {SCALAR(TYPE_BYTEA), SCALAR(TYPE_JSONB), CONVERSION_NONE, true, NULL},
    {SCALAR(TYPE_JSONB), SCALAR(TYPE_INTEGER), CONVERSION_OF_JSON, true,
     "(\"c\" #>> '{}')::INTEGER"},
    {SCALAR(TYPE_JSON), SCALAR(TYPE_UUID), CONVERSION_OF_JSON, true, "(\"c\" #>> '{}')::UUID"},
    {SCALAR(TYPE_JSONB), LIST(TYPE_INTEGER), CONVERSION_NONE, true, NULL},
    {SCALAR(TYPE_BOOLEAN), SCALAR(TYPE_BIGINT), CONVERSION_BY_INTEGER, false,
     "\"c\"::integer::BIGINT"},
    {SCALAR(TYPE_BOOLEAN), SIZED(TYPE_DECIMAL, 1), CONVERSION_BY_INTEGER, false,
     "\"c\"::integer::DECIMAL(1)"},
    {SCALAR(TYPE_BOOLEAN), LIST(TYPE_INTEGER), CONVERSION_NONE, true, NULL},
    {SCALAR(TYPE_REAL), SCALAR(TYPE_BOOLEAN), CONVERSION_BY_TEXT, true, "\"c\"::text::BOOLEAN"},
};

/* While the enum is built anew, a column that leaves it is text. */
Test(conversions, values_of_an_enum_go_by_their_texts)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    const Catalog catalog = {.names = names};
    EnumType kind = {.schema = intern_cstr(names, "public"), .name = intern_cstr(names, "Kind")};
    const ColumnType one = {.id = TYPE_ENUM, .enum_type = &kind};
    ColumnType many = one;
    many.list = true;
    StrBuf out = strbuf_new(STRBUF_MAX);
    conversion_write(&out, &catalog, intern_cstr(names, "c"), &one, &many);
    strbuf_char(&out, '\n');
    conversion_write(&out, &catalog, intern_cstr(names, "c"), &many, &one);
    cr_expect_str_eq(
        strbuf_text(&out),
        "CASE WHEN \"c\" IS NOT NULL THEN ARRAY[\"c\"]::text[]::\"public\".\"Kind\"[] END\n"
        "(\"c\")[1]::text::\"public\".\"Kind\"",
        "%s", strbuf_text(&out));
    strbuf_dispose(&out);
    arena_free(arena);
}

/* The trigger runs in sessions of any program. */
Test(conversions, what_a_session_says_is_set)
{
    static const char times[] = " SET timezone = 'UTC' SET datestyle = 'ISO, MDY'";
    static const struct {
        ColumnType from, to;
        const char *settings;
    } pairs[] = {
        {SCALAR(TYPE_TIMESTAMPTZ), SCALAR(TYPE_DATE), times},
        {SCALAR(TYPE_TEXT), SCALAR(TYPE_TIMESTAMPTZ), times},
        {SCALAR(TYPE_DATE), SCALAR(TYPE_TEXT), times},
        {SCALAR(TYPE_TIME), SCALAR(TYPE_TIMETZ), times},
        {LIST(TYPE_TIMESTAMPTZ), SCALAR(TYPE_JSONB), times},
        {SCALAR(TYPE_DOUBLE_PRECISION), SCALAR(TYPE_TEXT), " SET extra_float_digits = 1"},
        {SCALAR(TYPE_BYTEA), SCALAR(TYPE_TEXT), " SET bytea_output = 'hex'"},
        {SIZED(TYPE_TIMESTAMP, 3), SIZED(TYPE_TIMESTAMP, 6), ""},
        {SCALAR(TYPE_TIMESTAMP), SCALAR(TYPE_TIMESTAMPTZ), ""},
        {SCALAR(TYPE_INTEGER), SCALAR(TYPE_BIGINT), ""},
    };
    for (size_t i = 0; i < lengthof(pairs); i++) {
        cr_expect_str_eq(conversion_settings(&pairs[i].from, &pairs[i].to), pairs[i].settings,
                         "row %zu", i);
    }
}

Test(conversions, are_what_keeps_most)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    const Catalog catalog = {.names = names};
    for (size_t i = 0; i < lengthof(rows); i++) {
        const Row *row = &rows[i];
        cr_expect_eq(conversion_between(&row->from, &row->to), row->conversion, "row %zu", i);
        cr_expect_eq(conversion_may_refuse(&row->from, &row->to), row->may_refuse, "row %zu", i);
        if (row->sql != NULL) {
            StrBuf out = strbuf_new(STRBUF_MAX);
            conversion_write(&out, &catalog, intern_cstr(names, "c"), &row->from, &row->to);
            cr_expect_str_eq(strbuf_text(&out), row->sql, "row %zu: %s", i, strbuf_text(&out));
            strbuf_dispose(&out);
        }
    }
    arena_free(arena);
}
