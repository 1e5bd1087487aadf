#include "base/common.h"

#include "compiler/blocks/aside_block.h"

#include <criterion/criterion.h>
#include <string.h>

static void same(const char *got, const char *wanted)
{
    cr_assert_eq(got == NULL, wanted == NULL);
    cr_assert(got == NULL || strcmp(got, wanted) == 0, "%s instead of %s", got, wanted);
}

static AsideBlock odd_block(Arena *arena)
{
    AsideBlock block = {.replaces = true};
    vec_push(arena, &block.columns,
             ((AsideColumn){
                 .table = "Item", .name = "qty", .now = "qty", .between = "b", .type = "INT"}));
    vec_push(arena, &block.columns,
             ((AsideColumn){.schema = "it's \"x\"; --",
                            .table = "a\"b\nc'd",
                            .name = "x\\y, 'z'",
                            .now = "]::pg_catalog.name[]",
                            .between = "$bellows$",
                            .type = "\"it's\".\"x]::\""}));
    vec_push(arena, &block.types, ((AsideType){.schema = "S", .name = "Kind"}));
    return block;
}

Test(aside_block, is_read_as_it_was_written)
{
    Arena *arena = arena_new();
    StrBuf out = strbuf_new(STRBUF_MAX);
    const AsideBlock block = odd_block(arena);
    AsideBlock got;
    aside_block_write(&out, &block);
    const char *text = strbuf_take(&out, arena);
    cr_assert(aside_block_read(arena, text, &got), "%s", text);
    cr_assert_eq(got.columns.count, 2);
    for (size_t i = 0; i < 2; i++) {
        same(got.columns.items[i].schema, block.columns.items[i].schema);
        same(got.columns.items[i].table, block.columns.items[i].table);
        same(got.columns.items[i].name, block.columns.items[i].name);
        same(got.columns.items[i].now, block.columns.items[i].now);
        same(got.columns.items[i].between, block.columns.items[i].between);
        same(got.columns.items[i].type, block.columns.items[i].type);
    }
    cr_assert_eq(got.types.count, 1);
    same(got.types.items[0].schema, "S");
    same(got.types.items[0].name, "Kind");
    cr_assert(got.replaces);
    cr_assert_not(aside_block_read(arena, arena_printf(arena, "%s;", text), &got));
    arena_free(arena);
}

Test(aside_block, the_other_block_is_known)
{
    Arena *arena = arena_new();
    StrBuf out = strbuf_new(STRBUF_MAX);
    AsideBlock got;
    remade_block_write(&out, "S", "it's");
    const char *text = strbuf_take(&out, arena);
    cr_assert(remade_block_read(arena, text));
    cr_assert_not(remade_block_read(arena, arena_printf(arena, "%s;", text)));
    cr_assert_not(aside_block_read(arena, text, &got));
    arena_free(arena);
}
