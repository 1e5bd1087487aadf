#include "base/common.h"

#include "grammar/parse.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"

typedef struct Parsed {
    Arena *arena;
    Sources *sources;
    Diagnostics *diags;
    AstSchema *schema;
    const SourceFile *file;
} Parsed;

static Parsed parse_bytes(const char *text, size_t len)
{
    Parsed parsed = {.arena = arena_new()};
    parsed.sources = sources_new(parsed.arena);
    parsed.diags = diagnostics_new(parsed.arena, parsed.sources);
    parsed.schema = schema_new(parsed.arena);
    parsed.file = sources_add(parsed.sources, "schema.prisma", text, len);
    parse_file(parsed.schema, parsed.file, names_new(parsed.arena), parsed.diags);
    return parsed;
}

static Parsed parse_text(const char *text)
{
    return parse_bytes(text, strlen(text));
}

static void drop(Parsed *parsed)
{
    arena_free(parsed->arena);
}

static void expect_span(const Parsed *parsed, Span span, const char *expected)
{
    const char *text =
        arena_strndup(parsed->arena, parsed->file->text + span.start, span.end - span.start);
    cr_expect_str_eq(text, expected);
    cr_expect_eq(span.file, parsed->file->id);
}

/* --- places --- */

Test(parse, every_node_knows_its_place)
{
    Parsed p = parse_text("model A { x\n"
                          "  a  Int [] @x( 1 , b : [c] )  @db.Y // z\n"
                          "  @@index([a]) /// d\n"
                          "}\n"
                          "enum E {\n  v @map(\"w\")\n}\n"
                          "generator g {\n  k = f( { l : \"m\" } ) // n\n}\n");
    cr_assert_not(diag_has_errors(p.diags));
    const AstBlock *model = p.schema->blocks.items[0];
    const AstField *a = model->fields.items[0];
    expect_span(&p, model->name.span, "A");
    expect_span(&p, a->span, "a  Int [] @x( 1 , b : [c] )  @db.Y");
    expect_span(&p, a->name.span, "a");
    expect_span(&p, a->type.span, "Int []");
    expect_span(&p, a->attributes.items[0]->span, "@x( 1 , b : [c] )");
    expect_span(&p, a->attributes.items[0]->args.items[1].span, "b : [c]");
    expect_span(&p, a->attributes.items[0]->args.items[1].name.span, "b");
    expect_span(&p, a->attributes.items[0]->args.items[1].value->span, "[c]");
    expect_span(&p, a->attributes.items[1]->span, "@db.Y");
    expect_span(&p, a->attributes.items[1]->name.span, "db.Y");
    expect_span(&p, model->attributes.items[0]->span, "@@index([a])");
    cr_expect_eq(p.file->text[model->span.end - 1], '}');
    expect_span(&p, p.schema->blocks.items[1]->values.items[0]->span, "v @map(\"w\")");
    const AstProperty *k = p.schema->blocks.items[2]->properties.items[0];
    expect_span(&p, k->span, "k = f( { l : \"m\" } )");
    expect_span(&p, k->value->args.items[0].value->args.items[0].span, "l : \"m\"");
    drop(&p);
}

Test(parse, files_follow_one_another_in_one_schema)
{
    Parsed p = parse_text("model A {\n}\n");
    Names *names = names_new(p.arena);
    const char *text = "enum E {\n  a\n}\n";
    const SourceFile *second = sources_add(p.sources, "second.prisma", text, strlen(text));
    parse_file(p.schema, second, names, p.diags);
    cr_assert_eq(p.schema->blocks.count, 2);
    cr_expect_eq(p.schema->blocks.items[1]->span.file, second->id);
    drop(&p);
}

Test(parse, a_string_may_hold_a_nul_written_as_an_escape)
{
    Parsed p = parse_text("model A {\n  a Int @x(\"b\\u0000c\")\n}\n");
    cr_assert_not(diag_has_errors(p.diags));
    Name value =
        p.schema->blocks.items[0]->fields.items[0]->attributes.items[0]->args.items[0].value->name;
    cr_expect_eq(value->len, 3);
    cr_expect_eq(memcmp(value->text, "b\0c", 3), 0);
    drop(&p);
}

/* --- texts nobody wrote by hand --- */

static void repeat(StrBuf *out, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++) {
        strbuf_add(out, text);
    }
}

Test(parse, nesting_has_a_limit)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    strbuf_add(&text, "model A {\n  a Int @x(");
    repeat(&text, "f([", 5000);
    strbuf_add(&text, "\n  b Int\n}\n");
    Parsed p = parse_text(strbuf_text(&text));
    cr_assert_eq(p.diags->items.count, 1);
    cr_expect_eq(p.diags->items.items[0]->code, DIAG_NESTED_TOO_DEEP);
    cr_expect_eq(p.schema->blocks.items[0]->fields.count, 2);
    drop(&p);
    strbuf_dispose(&text);
}

Test(parse, nesting_up_to_the_limit_is_fine)
{
    static const char *const opening[] = {"f(", "[", "{a:", "f(a:"};
    static const char *const closing[] = {")", "]", "}", ")"};
    for (size_t i = 0; i < lengthof(opening); i++) {
        StrBuf text = strbuf_new(STRBUF_MAX);
        strbuf_add(&text, "generator g {\n  a = [1, ");
        repeat(&text, opening[i], 255);
        strbuf_add(&text, "1");
        repeat(&text, closing[i], 255);
        strbuf_add(&text, "]\n}\n");
        Parsed p = parse_text(strbuf_text(&text));
        cr_expect_eq(p.diags->errors, 0, "%s", opening[i]);
        drop(&p);
        strbuf_dispose(&text);
    }
}

Test(parse, a_file_that_is_no_text_gets_one_answer)
{
    static const char binary[] = "\x7f"
                                 "ELF\x02\x01\x01\0\0\0\xff\xfe\x80model A {\n}\n";
    Parsed p = parse_bytes(binary, sizeof binary - 1);
    cr_assert_eq(p.diags->items.count, 1);
    cr_expect_eq(p.diags->items.items[0]->code, DIAG_NOT_UTF8);
    cr_expect_eq(p.diags->items.items[0]->span.start, 10);
    drop(&p);
}

Test(parse, nul_bytes_are_characters_without_a_place)
{
    static const char text[] = "model A {\n  a\0 Int\n  b Int @x(\"c\0\")\n  d Int\n}\n";
    Parsed p = parse_bytes(text, sizeof text - 1);
    cr_assert_eq(p.diags->errors, 2);
    cr_expect_eq(p.diags->items.items[0]->code, DIAG_BAD_CHARACTER);
    cr_expect_eq(p.diags->items.items[1]->code, DIAG_STRING_CONTROL);
    cr_expect_eq(p.schema->blocks.items[0]->fields.count, 2);
    drop(&p);
}

static const char whole[] =
    "/// d\ndatasource db {\n  provider = \"postgresql\" // c\n  e = [a, b(c: \"d\\u0041\")]\n}\n"
    "model Größe { x\n  id Int @id @default(f({ a: 1 })) /* c */\n  u Unsupported(\"x\")[]\n"
    "  @@index([id(sort: Desc)], map: \"m\")\n}\nenum E {\n  a @map(\"b\")\n}\ntype X = Int\n";

Test(parse, a_file_cut_anywhere_is_answered)
{
    for (size_t len = 0; len < sizeof whole; len++) {
        Parsed p = parse_bytes(whole, len);
        cr_expect_leq(p.diags->errors, 3, "cut at %zu: %zu errors", len, p.diags->errors);
        drop(&p);
    }
}

Test(parse, any_byte_anywhere_is_answered)
{
    static const char bytes[] = "\0\n\r\"'(){}[]@:=,.!?/*-_#\\a1 \t\xC3\xFF";
    char text[sizeof whole];
    for (size_t at = 0; at + 1 < sizeof whole; at++) {
        for (size_t i = 0; i + 1 < sizeof bytes; i++) {
            memcpy(text, whole, sizeof whole);
            text[at] = bytes[i];
            Parsed p = parse_bytes(text, sizeof whole - 1);
            cr_expect_leq(p.diags->errors, 8, "byte %zu at %zu: %zu errors", i, at,
                          p.diags->errors);
            drop(&p);
        }
    }
}

Test(parse, errors_beyond_the_limit_end_the_parse)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    strbuf_add(&text, "model A {\n");
    repeat(&text, "  # no\n", 100000);
    Parsed p = parse_text(strbuf_text(&text));
    cr_expect_eq(p.diags->errors, DIAG_LIMIT + 1);
    cr_expect_eq(p.diags->items.count, DIAG_LIMIT);
    cr_expect_eq(p.schema->blocks.count, 1);
    drop(&p);
    strbuf_dispose(&text);
}

/* Memory shows quadratic work as well as time does, and alike on every machine. */
static size_t memory_of(const char *piece, size_t times)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    strbuf_add(&text, "model A {\n  a Int @x(b ");
    repeat(&text, piece, times);
    Parsed p = parse_text(strbuf_text(&text));
    size_t used = arena_used(p.arena);
    drop(&p);
    strbuf_dispose(&text);
    return used;
}

Test(parse, memory_grows_with_the_text)
{
    static const char *const pieces[] = {
        "(",
        "[",
        "{",
        "}",
        "\"",
        "\"\\x",
        "'",
        "/*",
        "//",
        "a ",
        "@",
        "@@",
        "a.",
        "-",
        "\n",
        "a\n",
        "/// d\n",
        "a Int\n",
        "a Int @x(\n",
        "model A {\n",
        "model A {\n}\n",
        "}\n",
        "model ",
        "é",
        "\u00a0",
        "x @x([1, 2])",
        "\nx Int @x([1])",
        "/* */",
        "a b {\n",
        "\n@@x(a:b)",
        "\n@@x(a,\n",
        "1",
    };
    for (size_t i = 0; i < lengthof(pieces); i++) {
        size_t small = memory_of(pieces[i], 5000);
        size_t large = memory_of(pieces[i], 50000);
        cr_expect_leq(large, small * 14 + 65536, "`%s`: %zu -> %zu bytes", pieces[i], small, large);
    }
}
