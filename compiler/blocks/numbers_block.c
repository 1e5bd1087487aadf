/*
 * numbers_block.c - the declarations in front of the text that gives a sequence its rights.
 */
#include "base/common.h"

#include "compiler/blocks/numbers_block.h"

#include <string.h>

#include "compiler/blocks/blocks.inc"
#include "compiler/blocks/blocks_internal.h"

void numbers_block_write(StrBuf *out, const NumbersBlock *block)
{
    strbuf_add(out, "\nDECLARE\n");
    head_put_relation(out, "base", block->table_schema, block->table);
    head_put_relation(out, "numbers", block->sequence_schema, block->sequence);
    strbuf_add(out, numbers_rights_sql);
}

bool numbers_block_read(Arena *arena, const char *body, NumbersBlock *ret_block)
{
    static const char *const text[] = {numbers_rights_sql, NULL};
    HeadReading cx = {.arena = arena, .at = body, .end = body + strlen(body)};
    NumbersBlock block = {0};
    if (!head_takes(&cx, "DECLARE") ||
        !head_take_relation(&cx, "base", &block.table_schema, &block.table) ||
        !head_take_relation(&cx, "numbers", &block.sequence_schema, &block.sequence) ||
        !head_is_before(cx.at, text)) {
        return false;
    }
    *ret_block = block;
    return true;
}
