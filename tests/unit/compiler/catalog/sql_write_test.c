#include "base/common.h"

#include <criterion/criterion.h>

#include "compiler/catalog/sql_write.h"

static Arena *arena;
static Names *names;

static void open_run(void)
{
    arena = arena_new();
    names = names_new(arena);
}

static void close_run(void)
{
    arena_free(arena);
}

TestSuite(sql_write, .init = open_run, .fini = close_run);

static Name name(const char *text)
{
    return intern_cstr(names, text);
}

static void expect(StrBuf *out, const char *expected)
{
    cr_expect_str_eq(strbuf_text(out), expected);
    strbuf_dispose(out);
}

Test(sql_write, quotes_are_doubled)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    sql_ident(&out, name("a\"b"));
    sql_string(&out, "it's", 4);
    expect(&out, "\"a\"\"b\"'it''s'");
}

Test(sql_write, the_default_schema_is_not_written)
{
    Catalog *catalog = catalog_new(names, name("app"));
    StrBuf out = strbuf_new(STRBUF_MAX);
    sql_qualified(&out, catalog, name("app"), name("A"));
    sql_qualified(&out, catalog, name("public"), name("B"));
    expect(&out, "\"A\"\"public\".\"B\"");
    catalog_free(catalog);
}

Test(sql_write, types_carry_their_arguments)
{
    Catalog *catalog = catalog_new(names, name("public"));
    const ColumnType number = {.id = TYPE_DECIMAL, .arguments = {10, 2}, .list = true};
    const ColumnType other = {.id = TYPE_OTHER, .raw = name("point"), .arguments = {-1, -1}};
    StrBuf out = strbuf_new(STRBUF_MAX);
    sql_type(&out, catalog, &number);
    strbuf_char(&out, ' ');
    sql_type(&out, catalog, &other);
    expect(&out, "DECIMAL(10,2)[] point");
    catalog_free(catalog);
}

Test(sql_write, a_list_of_literals_says_its_type)
{
    Catalog *catalog = catalog_new(names, name("public"));
    Column column = {.type = {.id = TYPE_TEXT, .arguments = {-1, -1}, .list = true},
                     .dflt = {.kind = DEFAULT_LIST}};
    vec_push(arena, &column.dflt.items, (Literal){.kind = LITERAL_STRING, .text = name("x")});
    vec_push(arena, &column.dflt.items, (Literal){.kind = LITERAL_STRING, .text = name("y'")});
    StrBuf out = strbuf_new(STRBUF_MAX);
    sql_default(&out, catalog, &column);
    expect(&out, "ARRAY['x', 'y''']::TEXT[]");
    catalog_free(catalog);
}
