#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "grammar/ast_print.h"
#include "grammar/ast_write.h"
#include "grammar/parse.h"

static AstSchema *parse_text(Arena *arena, const char *text)
{
    Sources *sources = sources_new(arena);
    Diagnostics *diags = diagnostics_new(arena, sources);
    AstSchema *schema = schema_new(arena);
    parse_file(schema, sources_add(sources, "x", text, strlen(text)), names_new(arena), diags);
    cr_assert_not(diag_has_errors(diags));
    return schema;
}

static char *dump(Arena *arena, const AstSchema *schema)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    ast_dump(&out, schema);
    return strbuf_take(&out, arena);
}

/* Every construct there is. */
static const char everything[] =
    "generator g {\n  provider = \"x\"\n  list = [\"a\", env(\"B\")]\n  o = { a: 1, b: [true] "
    "}\n}\n"
    "datasource db {\n  provider = \"postgresql\"\n  url = env(\"URL\")\n}\n"
    "/// first\n///\n/// third\nmodel A {\n"
    "  /// of the field\n"
    "  id Int @id() @default(autoincrement())\n"
    "  b String? @default(\"\\\"\\\\ \\b\\f\\n\\r\\t\\u0001 ü/\") @db.VarChar(10)\n"
    "  c Unsupported(\"a \\\"b\\\"\")[]\n"
    "  d Float @default(-1.50)\n"
    "  @@index([b(sort: Desc), d], map: \"i\", where: { b: { not: null } })\n"
    "}\n"
    "view V {\n  id Int\n}\n"
    "type T {\n  id Int\n}\n"
    "enum E {\n  /// of the value\n  X @map(\"\")\n  Y\n  @@map(\"e\")\n}\n";

Test(write, parses_back_to_the_same_tree)
{
    Arena *arena = arena_new();
    AstSchema *schema = parse_text(arena, everything);
    StrBuf text = strbuf_new(STRBUF_MAX);
    vec_each(AstBlock *const, at, &schema->blocks) {
        ast_write_block(&text, *at);
    }
    cr_assert_str_eq(dump(arena, parse_text(arena, strbuf_text(&text))), dump(arena, schema));
    strbuf_dispose(&text);
    arena_free(arena);
}

Test(write, escapes_what_a_string_cannot_hold)
{
    Arena *arena = arena_new();
    AstSchema *schema = parse_text(arena, everything);
    StrBuf text = strbuf_new(STRBUF_MAX);
    ast_write_block(&text, schema->blocks.items[2]);
    cr_assert_not_null(strstr(strbuf_text(&text), "\"\\\"\\\\ \\b\\f\\n\\r\\t\\u0001 ü/\""));
    strbuf_dispose(&text);
    arena_free(arena);
}
