#include "base/common.h"

#include "compiler/blocks/numbers_block.h"

#include <criterion/criterion.h>
#include <string.h>

static void same(const char *got, const char *wanted)
{
    cr_assert_eq(got == NULL, wanted == NULL);
    cr_assert(got == NULL || strcmp(got, wanted) == 0, "%s instead of %s", got, wanted);
}

Test(numbers_block, is_read_as_it_was_written)
{
    static const NumbersBlock blocks[] = {
        {.table = "Item", .sequence = "Item_id_seq"},
        {.table_schema = "it's \"x\"; --",
         .table = "a\"b\nc'd",
         .sequence_schema = "$bellows$",
         .sequence = "x\\y"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < lengthof(blocks); i++) {
        StrBuf out = strbuf_new(STRBUF_MAX);
        NumbersBlock got;
        numbers_block_write(&out, &blocks[i]);
        const char *text = strbuf_take(&out, arena);
        cr_assert(numbers_block_read(arena, text, &got), "%s", text);
        same(got.table_schema, blocks[i].table_schema);
        same(got.table, blocks[i].table);
        same(got.sequence_schema, blocks[i].sequence_schema);
        same(got.sequence, blocks[i].sequence);
        cr_assert_not(numbers_block_read(arena, arena_printf(arena, "%s;", text), &got));
    }
    arena_free(arena);
}
