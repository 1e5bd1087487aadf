/*
 * canon_test.c - defaults of the schema language against defaults as PostgreSQL prints them; texts
 * no grammar accepts; types in several spellings.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/strbuf.h"
#include "compiler/canon/canon.h"
#include "compiler/catalog/sql_scan.h"
#include "compiler/catalog/types.h"

typedef struct World {
    Arena *arena;
    Names *names;
    Catalog *catalog;
    Table *table;
} World;

static World world_new(void)
{
    World world = {.arena = arena_new()};
    world.names = names_new(world.arena);
    world.catalog = catalog_new(world.names, intern_cstr(world.names, "public"));
    world.table = catalog_add_table(world.catalog, world.catalog->default_schema,
                                    intern_cstr(world.names, "t"), origin_catalog(0));
    return world;
}

static void world_free(World *world)
{
    catalog_free(world->catalog);
    arena_free(world->arena);
}

static ColumnType type_of(TypeId id)
{
    return (ColumnType){.id = id, .arguments = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT}};
}

static Column *add_column(World *world, ColumnType type)
{
    Name name = intern_printf(world->names, "c%zu", world->table->columns.count);
    Column *column = table_add_column(world->catalog, world->table, name, origin_catalog(0));
    column->type = type;
    return column;
}

static const struct {
    TypeId type;
    LiteralKind kind;
    const char *literal; /* of the schema language, as lowered */
    const char *printed; /* by the server */
    bool equal;
} literals[] = {
    {TYPE_INTEGER, LITERAL_NUMBER, "5", "5", true},
    {TYPE_INTEGER, LITERAL_NUMBER, "-5", "'-5'::integer", true},
    {TYPE_INTEGER, LITERAL_NUMBER, "5", "6", false},
    {TYPE_INTEGER, LITERAL_NUMBER, "5", "CURRENT_TIMESTAMP", false},
    {TYPE_BIGINT, LITERAL_NUMBER, "5", "'5'::bigint", true},
    {TYPE_DECIMAL, LITERAL_NUMBER, "1.50", "1.5", true},
    {TYPE_DECIMAL, LITERAL_NUMBER, "1.50", "'1.500'::numeric", true},
    {TYPE_DECIMAL, LITERAL_NUMBER, "1.50", "1.51", false},
    {TYPE_DECIMAL, LITERAL_NUMBER, "100", "'1e2'::numeric", true},
    {TYPE_DECIMAL, LITERAL_NUMBER, "0", "0.00", true},
    {TYPE_DOUBLE_PRECISION, LITERAL_NUMBER, "0.1", "0.1", true},
    {TYPE_DOUBLE_PRECISION, LITERAL_NUMBER, "0.1", "'0.10000000000000001'::double precision",
     false},
    {TYPE_BOOLEAN, LITERAL_BOOLEAN, "true", "true", true},
    {TYPE_BOOLEAN, LITERAL_BOOLEAN, "true", "'t'::boolean", true},
    {TYPE_BOOLEAN, LITERAL_BOOLEAN, "true", "false", false},
    {TYPE_TEXT, LITERAL_STRING, "x", "'x'::text", true},
    {TYPE_TEXT, LITERAL_STRING, "it's", "'it''s'::text", true},
    {TYPE_TEXT, LITERAL_STRING, "x", "'X'::text", false},
    {TYPE_TEXT, LITERAL_STRING, "x", "'x '::text", false},
    {TYPE_TEXT, LITERAL_STRING, "now()", "now()", false},
    {TYPE_TEXT, LITERAL_STRING, "5", "5", false},
    {TYPE_TEXT, LITERAL_STRING, "a\\b", "'a\\b'::text", true},
    {TYPE_VARCHAR, LITERAL_STRING, "x", "'x'::character varying", true},
    {TYPE_CHAR, LITERAL_STRING, "x", "'x'::bpchar", true},
    {TYPE_UUID, LITERAL_STRING, "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",
     "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid", true},
    {TYPE_BIT, LITERAL_STRING, "101", "'101'::\"bit\"", true},
    {TYPE_BIT, LITERAL_STRING, "101", "B'101'", true},
    {TYPE_JSONB, LITERAL_JSON, "{\"a\": 1,\"b\":[]}", "'{\"b\": [], \"a\": 1}'::jsonb", true},
    {TYPE_JSONB, LITERAL_JSON, "{\"a\": 1}", "'{\"a\": 2}'::jsonb", false},
    {TYPE_JSONB, LITERAL_JSON, "\"\\u00fc\"", "'\"ü\"'::jsonb", true},
    {TYPE_JSONB, LITERAL_JSON, "{broken", "'{}'::jsonb", false},
    {TYPE_BYTEA, LITERAL_BYTES, "48656c6c6f", "'\\x48656c6c6f'::bytea", true},
    {TYPE_BYTEA, LITERAL_BYTES, "48656C6C6F", "'Hello'::bytea", true},
    {TYPE_BYTEA, LITERAL_BYTES, "", "'\\x'::bytea", true},
    {TYPE_TIMESTAMP, LITERAL_DATETIME, "2020-01-01 00:00:00 +00:00",
     "'2020-01-01 00:00:00'::timestamp without time zone", true},
    {TYPE_TIMESTAMP, LITERAL_DATETIME, "2020-01-01 00:00:00.120 +02:00",
     "'2020-01-01 00:00:00.12'::timestamp without time zone", true},
    {TYPE_TIMESTAMP, LITERAL_DATETIME, "2020-01-01 00:00:00 +00:00",
     "'2020-01-01 00:00:01'::timestamp without time zone", false},
    {TYPE_TIMESTAMP, LITERAL_DATETIME, "2020-01-01 00:00:00 +00:00", "CURRENT_TIMESTAMP", false},
    {TYPE_TIMESTAMPTZ, LITERAL_DATETIME, "2020-01-01 00:30:00 +02:00",
     "'2019-12-31 22:30:00+00'::timestamp with time zone", true},
    {TYPE_TIMESTAMPTZ, LITERAL_DATETIME, "2020-02-29 23:30:00 -01:00",
     "'2020-03-01 00:30:00+00'::timestamp with time zone", true},
    {TYPE_DATE, LITERAL_DATETIME, "2020-01-01 00:00:00 +00:00", "'2020-01-01'::date", true},
    {TYPE_TIME, LITERAL_DATETIME, "2020-01-01 10:00:00 +00:00",
     "'10:00:00'::time without time zone", true},
    {TYPE_TIMETZ, LITERAL_DATETIME, "2020-01-01 10:00:00 +00:00",
     "'10:00:00+00'::time with time zone", true},
};

Test(canon, literals_against_what_the_server_prints)
{
    World world = world_new();
    for (size_t i = 0; i < lengthof(literals); i++) {
        Column *wanted = add_column(&world, type_of(literals[i].type));
        Column *live = add_column(&world, type_of(literals[i].type));
        wanted->dflt.kind = DEFAULT_VALUE;
        wanted->dflt.value = (Literal){.kind = literals[i].kind,
                                       .text = intern_cstr(world.names, literals[i].literal)};
        live->dflt = canon_read_default(world.catalog, literals[i].printed, &live->type);
    }
    canon_catalog(world.catalog);
    for (size_t i = 0; i < lengthof(literals); i++) {
        const Default *wanted = &world.table->columns.items[i * 2]->dflt;
        const Default *live = &world.table->columns.items[i * 2 + 1]->dflt;
        cr_assert_eq(default_equal(wanted, live), literals[i].equal, "%s and %s: %s and %s",
                     literals[i].literal, literals[i].printed, wanted->canonical->text,
                     live->canonical->text);
        cr_assert_eq(default_equal(live, wanted), literals[i].equal);
    }
    world_free(&world);
}

static const struct {
    TypeId type;
    bool list;
    const char *text;
    DefaultKind kind;
} kinds[] = {
    {TYPE_TIMESTAMP, false, "now()", DEFAULT_NOW},
    {TYPE_TIMESTAMP, false, "CURRENT_TIMESTAMP", DEFAULT_NOW},
    {TYPE_TIMESTAMP, false, "transaction_timestamp()", DEFAULT_EXPRESSION},
    {TYPE_TIMESTAMP, false, "CURRENT_TIMESTAMP(3)", DEFAULT_EXPRESSION},
    {TYPE_TIMESTAMP, false, "'2020-01-01 00:00:00'::timestamp without time zone", DEFAULT_VALUE},
    {TYPE_INTEGER, false, "nextval('t_id_seq'::regclass)", DEFAULT_SEQUENCE},
    {TYPE_INTEGER, false, "nextval('\"S\".\"a\"\"b\"'::regclass)", DEFAULT_SEQUENCE},
    {TYPE_INTEGER, false, "nextval(('x'::text)::regclass)", DEFAULT_SEQUENCE},
    {TYPE_INTEGER, false, "(1)", DEFAULT_VALUE},
    {TYPE_INTEGER, false, "(1 + 1)", DEFAULT_EXPRESSION},
    {TYPE_TEXT, false, "NULL::text", DEFAULT_NONE},
    {TYPE_TEXT, false, "'x'::text", DEFAULT_VALUE},
    {TYPE_TEXT, false, "'x'::text || 'y'", DEFAULT_EXPRESSION},
    {TYPE_DECIMAL, false, "'NaN'::numeric", DEFAULT_EXPRESSION},
    {TYPE_TEXT, true, "ARRAY[]::text[]", DEFAULT_LIST},
    {TYPE_DECIMAL, true, "(ARRAY[]::numeric[])::numeric(10,2)[]", DEFAULT_LIST},
    {TYPE_TIMESTAMP, true,
     "(ARRAY[]::timestamp without time zone[])::timestamp(3) without time zone[]", DEFAULT_LIST},
    {TYPE_TEXT, true, "'{a,b}'::text[]", DEFAULT_LIST},
    {TYPE_TEXT, true, "'{a,NULL}'::text[]", DEFAULT_EXPRESSION},
    {TYPE_BIGINT, true, "ARRAY[(1)::bigint, (2)::bigint]", DEFAULT_LIST},
    {TYPE_TEXT, false, "not an expression at all (", DEFAULT_EXPRESSION},
    {TYPE_TEXT, false, "1); DROP TABLE t; SELECT (1", DEFAULT_EXPRESSION},
    {TYPE_TEXT, false, "1 FROM t WHERE (true", DEFAULT_EXPRESSION},
    {TYPE_TEXT, false, "", DEFAULT_EXPRESSION},
    {TYPE_TEXT, false, "'unclosed", DEFAULT_EXPRESSION},
    {TYPE_TEXT, false, "(SELECT 1)", DEFAULT_EXPRESSION},
};

Test(canon, kinds)
{
    World world = world_new();
    for (size_t i = 0; i < lengthof(kinds); i++) {
        ColumnType type = type_of(kinds[i].type);
        type.list = kinds[i].list;
        Default dflt = canon_read_default(world.catalog, kinds[i].text, &type);
        cr_assert_eq(dflt.kind, kinds[i].kind, "%s is %d", kinds[i].text, (int)dflt.kind);
        cr_assert(name_is(dflt.text, kinds[i].text));
    }
    world_free(&world);
}

Test(canon, sequences_and_opaque_defaults)
{
    World world = world_new();
    ColumnType type = type_of(TYPE_INTEGER);
    Default a = canon_read_default(world.catalog, "nextval('a'::regclass)", &type);
    Default b = canon_read_default(world.catalog, "nextval('public.b'::regclass)", &type);
    Default none = {.kind = DEFAULT_NONE};
    Default unnamed = {.kind = DEFAULT_SEQUENCE};
    Default opaque = {.kind = DEFAULT_OPAQUE};
    cr_assert(name_is(a.sequence->schema, "public"));
    cr_assert(!default_equal(&a, &b));
    cr_assert(default_equal(&a, &unnamed));
    cr_assert(!default_equal(&none, &unnamed));
    cr_assert(!default_equal(&a, &none));
    cr_assert(default_equal(&opaque, &a));
    cr_assert(default_equal(&none, &opaque));
    cr_assert(default_equal(&none, &none));
    world_free(&world);
}

Test(canon, is_idempotent)
{
    World world = world_new();
    for (size_t i = 0; i < lengthof(kinds); i++) {
        ColumnType type = type_of(kinds[i].type);
        type.list = kinds[i].list;
        Column *column = add_column(&world, type);
        column->dflt = canon_read_default(world.catalog, kinds[i].text, &type);
    }
    Name before[lengthof(kinds)];
    canon_catalog(world.catalog);
    for (size_t i = 0; i < lengthof(kinds); i++) {
        before[i] = world.table->columns.items[i]->dflt.canonical;
    }
    canon_catalog(world.catalog);
    for (size_t i = 0; i < lengthof(kinds); i++) {
        cr_assert_eq(before[i], world.table->columns.items[i]->dflt.canonical);
    }
    world_free(&world);
}

Test(canon, bits_are_bits_in_any_base)
{
    World world = world_new();
    ColumnType type = type_of(TYPE_VARBIT);
    Name binary = canon_expression(world.names, "flags || B'0101'", &type);
    cr_expect_eq(binary, canon_expression(world.names, "flags || x'5'", &type));
    cr_expect_neq(binary, canon_expression(world.names, "flags || B'101'", &type));
    world_free(&world);
}

/* As long as can be and as deep as can be: no stack is lost, no time either. */
Test(canon, hostile_texts)
{
    static const char *const heads[] = {"(",
                                        "- ",
                                        "NOT ",
                                        "a.",
                                        "f(",
                                        "ARRAY[",
                                        "'",
                                        "{",
                                        "1+",
                                        "\"",
                                        "CASE WHEN ",
                                        "(SELECT 1, 2 UNION ",
                                        "SELECT 1, 2 EXCEPT ",
                                        "x::",
                                        "[",
                                        "coalesce(",
                                        "\\",
                                        "$$"};
    World world = world_new();
    ColumnType types[] = {type_of(TYPE_TEXT), type_of(TYPE_JSONB), type_of(TYPE_INTEGER)};
    for (size_t i = 0; i < lengthof(heads); i++) {
        for (size_t length = 10; length <= 100000; length *= 10) {
            StrBuf text = strbuf_new(STRBUF_MAX);
            while (text.len < length) {
                strbuf_add(&text, heads[i]);
            }
            strbuf_add(&text, "1");
            (void)sql_nesting_within(strbuf_text(&text), text.len, NESTING_MAX);
            for (size_t t = 0; t < lengthof(types); t++) {
                (void)canon_read_default(world.catalog, strbuf_text(&text), &types[t]);
            }
            (void)canon_predicate(world.catalog, world.table, strbuf_text(&text));
            strbuf_dispose(&text);
        }
    }
    world_free(&world);
}

static const struct {
    const char *a, *b;
    bool equal;
} raw_types[] = {
    {"interval", "INTERVAL", true},
    {"interval(3)", "interval (3)", true},
    {"interval(3)", "interval", false},
    {"tsvector", "pg_catalog.tsvector", true},
    {"public.x", "x", true},
    {"other.x", "x", false},
    {"\"X\"", "x", false},
    {"\"x\"", "X", true},
    {"geometry(Point,4326)", "geometry(point, 4326)", true},
    {"geometry(Point,4326)", "geometry(Point,4327)", false},
    {"character varying(5)", "varchar(5)", true},
    {"point", "circle", false},
    {"not a type (", "not a type (", true},
};

Test(canon, types_without_a_word_in_the_language)
{
    World world = world_new();
    for (size_t i = 0; i < lengthof(raw_types); i++) {
        Column *a = add_column(&world, type_of(TYPE_OTHER));
        Column *b = add_column(&world, type_of(TYPE_OTHER));
        a->type.raw = intern_cstr(world.names, raw_types[i].a);
        b->type.raw = intern_cstr(world.names, raw_types[i].b);
    }
    canon_catalog(world.catalog);
    for (size_t i = 0; i < lengthof(raw_types); i++) {
        cr_assert_eq(column_type_equal(&world.table->columns.items[i * 2]->type,
                                       &world.table->columns.items[i * 2 + 1]->type),
                     raw_types[i].equal, "%s and %s", raw_types[i].a, raw_types[i].b);
    }
    world_free(&world);
}

Test(canon, known_types_spelled_as_unsupported)
{
    static const struct {
        const char *raw;
        TypeId id;
        int32_t arguments[2];
        bool equal;
    } rows[] = {
        {"text", TYPE_TEXT, {-1, -1}, true},
        {"timestamp with time zone", TYPE_TIMESTAMPTZ, {-1, -1}, true},
        {"timestamp(3) without time zone", TYPE_TIMESTAMP, {3, -1}, true},
        {"varchar", TYPE_VARCHAR, {-1, -1}, true},
        {"varchar", TYPE_TEXT, {-1, -1}, false},
        {"numeric(5,2)", TYPE_DECIMAL, {5, 2}, true},
        {"decimal(5)", TYPE_DECIMAL, {5, 0}, true},
        {"bit varying(3)", TYPE_VARBIT, {3, -1}, true},
        {"char(3)", TYPE_CHAR, {3, -1}, true},
        {"circle", TYPE_TEXT, {-1, -1}, false},
    };
    World world = world_new();
    for (size_t i = 0; i < lengthof(rows); i++) {
        Column *other = add_column(&world, type_of(TYPE_OTHER));
        other->type.raw = intern_cstr(world.names, rows[i].raw);
    }
    canon_catalog(world.catalog);
    for (size_t i = 0; i < lengthof(rows); i++) {
        ColumnType known = {.id = rows[i].id,
                            .arguments = {rows[i].arguments[0], rows[i].arguments[1]}};
        cr_assert_eq(column_type_equal(&world.table->columns.items[i]->type, &known), rows[i].equal,
                     "%s", rows[i].raw);
    }
    world_free(&world);
}

Test(canon, arguments_that_are_not_given)
{
    static const struct {
        TypeId id;
        int32_t a[2], b[2];
        bool equal;
    } rows[] = {
        {TYPE_TIMESTAMP, {-1, -1}, {6, -1}, true}, {TYPE_TIMESTAMP, {-1, -1}, {3, -1}, false},
        {TYPE_TIMETZ, {-1, -1}, {6, -1}, true},    {TYPE_CHAR, {-1, -1}, {1, -1}, true},
        {TYPE_CHAR, {-1, -1}, {2, -1}, false},     {TYPE_BIT, {-1, -1}, {1, -1}, true},
        {TYPE_VARBIT, {-1, -1}, {1, -1}, false},   {TYPE_VARCHAR, {-1, -1}, {1, -1}, false},
        {TYPE_DECIMAL, {5, -1}, {5, 0}, true},     {TYPE_DECIMAL, {-1, -1}, {5, 0}, false},
        {TYPE_DECIMAL, {65, 30}, {65, 30}, true},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        ColumnType a = {.id = rows[i].id, .arguments = {rows[i].a[0], rows[i].a[1]}};
        ColumnType b = {.id = rows[i].id, .arguments = {rows[i].b[0], rows[i].b[1]}};
        cr_assert_eq(column_type_equal(&a, &b), rows[i].equal, "row %zu", i);
        cr_assert_eq(column_type_equal(&b, &a), rows[i].equal, "row %zu", i);
    }
}

static const struct {
    const char *text;
    size_t levels; /* the smallest limit it passes */
} nested[] = {
    {"", 0},
    {"'((((' \"((((\" 5 -- ((((\n/* (( /* (( */ (( */", 0},
    {"$a$ ((( $b$ ((( $a$", 0},
    {"E'\\'(((' 1", 0},
    {"a", 1},
    {"a, b, c; d", 1},
    {"- - 1", 2},
    {"((1))", 2},
    {"(1, 2), (3, 4)", 1},
    {"(a), (b)", 2},
    {"SELECT 1, 2 UNION SELECT 3, 4 UNION SELECT 5", 3},
};

Test(nesting, bounds)
{
    for (size_t i = 0; i < lengthof(nested); i++) {
        size_t len = strlen(nested[i].text);
        cr_assert(sql_nesting_within(nested[i].text, len, nested[i].levels), "%s", nested[i].text);
        cr_assert(nested[i].levels == 0 ||
                      !sql_nesting_within(nested[i].text, len, nested[i].levels - 1),
                  "%s", nested[i].text);
    }
}
