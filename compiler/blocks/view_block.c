/*
 * view_block.c - the declarations in front of the texts that raise and lower a view.
 */
#include "base/common.h"

#include "compiler/blocks/view_block.h"

#include <string.h>

#include "compiler/blocks/blocks.inc"
#include "compiler/blocks/blocks_internal.h"
#include "compiler/catalog/sql_write.h"

/* What follows the declarations, in pieces. */
static const char *const raise_text[] = {
    view_begin_sql, view_raise_sql,  view_move_sql, view_names_sql,
    view_show_sql,  view_rights_sql, view_end_sql,  NULL};
static const char *const lower_text[] = {view_begin_sql, view_lower_sql,  view_move_sql,
                                         view_show_sql,  view_remake_sql, view_rights_sql,
                                         view_drop_sql,  view_end_sql,    NULL};

static const char *const *text_of(const ViewBlock *block)
{
    return block->lowers ? lower_text : raise_text;
}

/* --- written -----------------------------------------------------------------------------------
 */

static void write_text(StrBuf *out, const char *text)
{
    sql_string(out, text, strlen(text));
}

static void declare_name(StrBuf *out, const char *name, const char *value)
{
    head_put(out, name, "name");
    if (value == NULL) {
        strbuf_add(out, "NULL");
    } else {
        write_text(out, value);
    }
    strbuf_add(out, ";\n");
}

static void declare_names(StrBuf *out, const char *name, const ViewNames *values)
{
    head_put(out, name, "name[]");
    strbuf_add(out, "ARRAY[");
    for (size_t i = 0; i < values->count; i++) {
        strbuf_add(out, i == 0 ? "" : ", ");
        write_text(out, values->items[i]);
    }
    strbuf_add(out, "]::pg_catalog.name[];\n");
}

static void declare_truth(StrBuf *out, const char *name, bool value)
{
    head_put(out, name, "bool");
    strbuf_printf(out, "%s;\n", value ? "true" : "false");
}

void view_block_write(StrBuf *out, const ViewBlock *block)
{
    strbuf_add(out, "\nDECLARE\n");
    head_put_relation(out, "face", block->face_schema, block->face);
    if (!block->lowers) {
        declare_name(out, "table_schema", block->schema);
    }
    declare_name(out, "table_name", block->table);
    if (block->lowers) {
        declare_name(out, "aside", block->aside);
        declare_names(out, "gone_names", &block->gone);
    }
    declare_names(out, "old_names", &block->from);
    declare_names(out, "new_names", &block->to);
    declare_truth(out, block->lowers ? "takes_table" : "shows_both",
                  block->lowers ? block->takes_table : block->both);
    for (const char *const *piece = text_of(block); *piece != NULL; piece++) {
        strbuf_add(out, *piece);
    }
}

/* --- read --------------------------------------------------------------------------------------
 */

static bool take_name(HeadReading *cx, const char *name, const char **ret_value)
{
    if (!head_take_constant(cx, name, "name")) {
        return false;
    }
    *ret_value = head_take_quoted(cx, SQL_STRING, '\'');
    return (*ret_value != NULL || head_takes(cx, "NULL")) && head_takes(cx, ";");
}

static bool take_names(HeadReading *cx, const char *name, ViewNames *values)
{
    if (!head_take_constant(cx, name, "name [ ]") || !head_takes_all(cx, "ARRAY [")) {
        return false;
    }
    for (const char *text = head_take_quoted(cx, SQL_STRING, '\''); text != NULL;
         text = head_take_quoted(cx, SQL_STRING, '\'')) {
        vec_push(cx->arena, values, text);
        (void)head_takes(cx, ",");
    }
    return head_takes_all(cx, "] : : pg_catalog . name [ ] ;");
}

static bool take_truth(HeadReading *cx, const char *name, bool *ret_value)
{
    if (!head_take_constant(cx, name, "bool")) {
        return false;
    }
    *ret_value = head_takes(cx, "true");
    return (*ret_value || head_takes(cx, "false")) && head_takes(cx, ";");
}

static bool take_raise(HeadReading *cx, ViewBlock *block)
{
    return take_name(cx, "table_schema", &block->schema) &&
           take_name(cx, "table_name", &block->table) &&
           take_names(cx, "old_names", &block->from) && take_names(cx, "new_names", &block->to) &&
           take_truth(cx, "shows_both", &block->both);
}

static bool take_lower(HeadReading *cx, ViewBlock *block)
{
    block->lowers = true;
    return take_name(cx, "table_name", &block->table) && take_name(cx, "aside", &block->aside) &&
           take_names(cx, "gone_names", &block->gone) &&
           take_names(cx, "old_names", &block->from) && take_names(cx, "new_names", &block->to) &&
           take_truth(cx, "takes_table", &block->takes_table);
}

bool view_block_read(Arena *arena, const char *body, ViewBlock *ret_block)
{
    HeadReading raise = {.arena = arena, .at = body, .end = body + strlen(body)};
    ViewBlock block = {0};
    if (!head_takes(&raise, "DECLARE") ||
        !head_take_relation(&raise, "face", &block.face_schema, &block.face)) {
        return false;
    }
    HeadReading lower = raise;
    ViewBlock lowered = block;
    const bool raises = take_raise(&raise, &block);
    if (!raises && !take_lower(&lower, &lowered)) {
        return false;
    }
    const ViewBlock *found = raises ? &block : &lowered;
    if (found->table == NULL || found->from.count != found->to.count ||
        !head_is_before(raises ? raise.at : lower.at, text_of(found))) {
        return false;
    }
    *ret_block = *found;
    return true;
}
