/*
 * aside_block.c - the declarations in front of the texts that set aside, and those texts.
 */
#include "base/common.h"

#include "compiler/blocks/aside_block.h"

#include <string.h>

#include "compiler/blocks/blocks.inc"
#include "compiler/blocks/blocks_internal.h"
#include "compiler/catalog/sql_write.h"

/* What follows the declarations, in pieces. */
static const char *const aside_text[] = {aside_begin_sql, aside_lock_sql, aside_refuse_sql,
                                         aside_gather_sql, NULL};
static const char *const question_text[] = {aside_begin_sql, aside_refuse_sql, aside_try_sql, NULL};
static const char *const remade_text[] = {remade_sql, NULL};

/* --- written ------------------------------------------------------------------------------------
 */

static void write_text(StrBuf *out, const char *text)
{
    sql_string(out, text, strlen(text));
}

static void write_relation(StrBuf *out, const char *schema, const char *name)
{
    StrBuf quoted = strbuf_new(STRBUF_MAX);
    if (schema != NULL) {
        sql_ident_text(&quoted, schema);
        strbuf_char(&quoted, '.');
    }
    sql_ident_text(&quoted, name);
    sql_string(out, strbuf_text(&quoted), quoted.len);
    strbuf_dispose(&quoted);
}

static void begin_list(StrBuf *out, const char *name, const char *type)
{
    head_put(out, name, type);
    strbuf_add(out, "ARRAY[");
}

static void end_list(StrBuf *out, const char *type)
{
    strbuf_printf(out, "]::pg_catalog.%s;\n", type);
}

typedef enum ColumnName { NAME_OLD, NAME_NEW, NAME_BETWEEN } ColumnName;

static const char *name_of(const AsideColumn *column, ColumnName which)
{
    return which == NAME_OLD ? column->name : which == NAME_NEW ? column->now : column->between;
}

static void declare_names(StrBuf *out, const char *list, const AsideBlock *block, ColumnName which)
{
    begin_list(out, list, "name[]");
    vec_each(const AsideColumn, at, &block->columns) {
        strbuf_add(out, at == block->columns.items ? "" : ", ");
        write_text(out, name_of(at, which));
    }
    end_list(out, "name[]");
}

static void declare_types(StrBuf *out, const AsideBlock *block)
{
    begin_list(out, "becomes", "text[]");
    vec_each(const AsideColumn, at, &block->columns) {
        strbuf_add(out, at == block->columns.items ? "" : ", ");
        write_text(out, at->type);
    }
    end_list(out, "text[]");
}

static void declare(StrBuf *out, const AsideBlock *block)
{
    strbuf_add(out, "\nDECLARE\n");
    begin_list(out, "tables", "regclass[]");
    vec_each(const AsideColumn, at, &block->columns) {
        strbuf_add(out, at == block->columns.items ? "" : ", ");
        write_relation(out, at->schema, at->table);
    }
    end_list(out, "regclass[]");
    declare_names(out, "old_names", block, NAME_OLD);
    declare_names(out, "new_names", block, NAME_NEW);
    declare_names(out, "aside_names", block, NAME_BETWEEN);
    declare_types(out, block);
    begin_list(out, "types", "regtype[]");
    vec_each(const AsideType, at, &block->types) {
        strbuf_add(out, at == block->types.items ? "" : ", ");
        write_relation(out, at->schema, at->name);
    }
    end_list(out, "regtype[]");
    head_put(out, "replaces", "bool");
    strbuf_printf(out, "%s;\n", block->replaces ? "true" : "false");
}

static void write_pieces(StrBuf *out, const char *const *pieces)
{
    for (; *pieces != NULL; pieces++) {
        strbuf_add(out, *pieces);
    }
}

void aside_block_write(StrBuf *out, const AsideBlock *block)
{
    declare(out, block);
    write_pieces(out, aside_text);
}

void aside_block_write_question(StrBuf *out, const AsideBlock *block)
{
    declare(out, block);
    write_pieces(out, question_text);
}

void remade_block_write(StrBuf *out, const char *schema, const char *table)
{
    strbuf_add(out, "\nDECLARE\n");
    head_put_relation(out, "base", schema, table);
    write_pieces(out, remade_text);
}

/* --- read ---------------------------------------------------------------------------------------
 */

typedef VEC(const char *) Texts;

static bool take_list(HeadReading *cx, const char *name, const char *type, Texts *texts)
{
    if (!head_take_constant(cx, name, type) || !head_takes_all(cx, "ARRAY [")) {
        return false;
    }
    for (const char *text = head_take_quoted(cx, SQL_STRING, '\''); text != NULL;
         text = head_take_quoted(cx, SQL_STRING, '\'')) {
        vec_push(cx->arena, texts, text);
        (void)head_takes(cx, ",");
    }
    return head_takes_all(cx, "] : : pg_catalog .") && head_takes_all(cx, type) &&
           head_takes(cx, ";");
}

static bool read_relation(Arena *arena, const char *text, const char **ret_schema,
                          const char **ret_name)
{
    HeadReading cx = {.arena = arena, .at = text, .end = text + strlen(text)};
    *ret_schema = NULL;
    *ret_name = head_take_quoted(&cx, SQL_NAME, '"');
    if (*ret_name != NULL && head_takes(&cx, ".")) {
        *ret_schema = *ret_name;
        *ret_name = head_take_quoted(&cx, SQL_NAME, '"');
    }
    return *ret_name != NULL && cx.at == cx.end;
}

enum { COLUMN_LISTS = 5 };

static bool add_columns(Arena *arena, const Texts lists[COLUMN_LISTS], AsideBlock *block)
{
    for (size_t i = 0; i < lists[0].count; i++) {
        AsideColumn column = {0};
        if (i >= lists[1].count || i >= lists[2].count || i >= lists[3].count ||
            i >= lists[4].count ||
            !read_relation(arena, lists[0].items[i], &column.schema, &column.table)) {
            return false;
        }
        column.name = lists[1].items[i];
        column.now = lists[2].items[i];
        column.between = lists[3].items[i];
        column.type = lists[4].items[i];
        vec_push(arena, &block->columns, column);
    }
    return true;
}

static bool add_types(Arena *arena, const Texts *list, AsideBlock *block)
{
    vec_each(const char *const, at, list) {
        AsideType type = {0};
        if (!read_relation(arena, *at, &type.schema, &type.name)) {
            return false;
        }
        vec_push(arena, &block->types, type);
    }
    return true;
}

static bool take_truth(HeadReading *cx, const char *name, bool *ret_value)
{
    if (!head_take_constant(cx, name, "bool")) {
        return false;
    }
    *ret_value = head_takes(cx, "true");
    return (*ret_value || head_takes(cx, "false")) && head_takes(cx, ";");
}

bool aside_block_read(Arena *arena, const char *body, AsideBlock *ret_block)
{
    static const char *const names[] = {"old_names", "new_names", "aside_names"};
    HeadReading cx = {.arena = arena, .at = body, .end = body + strlen(body)};
    Texts lists[COLUMN_LISTS] = {0}, types = {0};
    AsideBlock block = {0};
    bool ok = head_takes(&cx, "DECLARE") && take_list(&cx, "tables", "regclass [ ]", &lists[0]);
    for (size_t i = 0; ok && i < lengthof(names); i++) {
        ok = take_list(&cx, names[i], "name [ ]", &lists[i + 1]);
    }
    if (!ok || !take_list(&cx, "becomes", "text [ ]", &lists[4]) ||
        !take_list(&cx, "types", "regtype [ ]", &types) ||
        !take_truth(&cx, "replaces", &block.replaces) || !head_is_before(cx.at, aside_text) ||
        !add_columns(arena, lists, &block) || !add_types(arena, &types, &block)) {
        return false;
    }
    *ret_block = block;
    return true;
}

bool remade_block_read(Arena *arena, const char *body)
{
    HeadReading cx = {.arena = arena, .at = body, .end = body + strlen(body)};
    const char *schema, *table;
    return head_takes(&cx, "DECLARE") && head_take_relation(&cx, "base", &schema, &table) &&
           head_is_before(cx.at, remade_text);
}
