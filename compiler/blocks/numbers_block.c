/*
 * numbers_block.c - the declarations in front of the texts that give a sequence its rights, and a
 * column another one's identity.
 */
#include "base/common.h"

#include "compiler/blocks/numbers_block.h"

#include <string.h>

#include "compiler/blocks/blocks.inc"
#include "compiler/blocks/blocks_internal.h"
#include "compiler/catalog/sql_write.h"

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

static void put_name(StrBuf *out, const char *name, const char *text)
{
    head_put(out, name, "name");
    sql_string(out, text, strlen(text));
    strbuf_add(out, ";\n");
}

void identity_block_write(StrBuf *out, const IdentityBlock *block)
{
    strbuf_add(out, "\nDECLARE\n");
    head_put_relation(out, "base", block->schema, block->table);
    put_name(out, "old_name", block->first);
    put_name(out, "new_name", block->second);
    strbuf_add(out, identity_sql);
}

static bool take_name(HeadReading *cx, const char *name, const char **ret_text)
{
    *ret_text =
        head_take_constant(cx, name, "name") ? head_take_quoted(cx, SQL_STRING, '\'') : NULL;
    return *ret_text != NULL && head_takes(cx, ";");
}

bool identity_block_read(Arena *arena, const char *body, IdentityBlock *ret_block)
{
    static const char *const text[] = {identity_sql, NULL};
    HeadReading cx = {.arena = arena, .at = body, .end = body + strlen(body)};
    IdentityBlock block = {0};
    if (!head_takes(&cx, "DECLARE") ||
        !head_take_relation(&cx, "base", &block.schema, &block.table) ||
        !take_name(&cx, "old_name", &block.first) || !take_name(&cx, "new_name", &block.second) ||
        !head_is_before(cx.at, text)) {
        return false;
    }
    *ret_block = block;
    return true;
}
