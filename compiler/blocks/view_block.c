/*
 * view_block.c - the declarations in front of the texts that raise and lower a view.
 */
#include "base/common.h"

#include "compiler/blocks/view_block.h"

#include <string.h>

#include "compiler/blocks/blocks.inc"
#include "compiler/catalog/sql_scan.h"
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

static void declare(StrBuf *out, const char *name, const char *type)
{
    strbuf_printf(out, "    %s CONSTANT pg_catalog.%s := ", name, type);
}

static void declare_name(StrBuf *out, const char *name, const char *value)
{
    declare(out, name, "name");
    if (value == NULL) {
        strbuf_add(out, "NULL");
    } else {
        write_text(out, value);
    }
    strbuf_add(out, ";\n");
}

static void declare_names(StrBuf *out, const char *name, const ViewNames *values)
{
    declare(out, name, "name[]");
    strbuf_add(out, "ARRAY[");
    for (size_t i = 0; i < values->count; i++) {
        strbuf_add(out, i == 0 ? "" : ", ");
        write_text(out, values->items[i]);
    }
    strbuf_add(out, "]::pg_catalog.name[];\n");
}

static void declare_truth(StrBuf *out, const char *name, bool value)
{
    declare(out, name, "bool");
    strbuf_printf(out, "%s;\n", value ? "true" : "false");
}

static void declare_face(StrBuf *out, const ViewBlock *block)
{
    StrBuf quoted = strbuf_new(STRBUF_MAX);
    if (block->face_schema != NULL) {
        sql_ident_text(&quoted, block->face_schema);
        strbuf_char(&quoted, '.');
    }
    sql_ident_text(&quoted, block->face);
    declare(out, "face", "regclass");
    sql_string(out, strbuf_text(&quoted), quoted.len);
    strbuf_add(out, ";\n");
    strbuf_dispose(&quoted);
}

void view_block_write(StrBuf *out, const ViewBlock *block)
{
    strbuf_add(out, "\nDECLARE\n");
    declare_face(out, block);
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

typedef struct Reading {
    Arena *arena;
    const char *at, *end;
} Reading;

static SqlToken next(Reading *cx)
{
    while (cx->at < cx->end) {
        const SqlToken token = sql_scan(cx->at, cx->end);
        if (sql_token_counts(&token)) {
            return token;
        }
        cx->at += token.len;
    }
    return (SqlToken){.kind = SQL_SPACE, .text = cx->end};
}

static bool takes(Reading *cx, const char *text)
{
    const SqlToken token = next(cx);
    const bool is_it = token.len == strlen(text) && strncmp(token.text, text, token.len) == 0;
    cx->at += is_it ? token.len : 0;
    return is_it;
}

/* Words and signs between blanks. */
static bool takes_all(Reading *cx, const char *words)
{
    while (*words != '\0') {
        const size_t len = strcspn(words, " ");
        if (!takes(cx, arena_strndup(cx->arena, words, len))) {
            return false;
        }
        words += len + (words[len] == ' ' ? 1 : 0);
    }
    return true;
}

/* What stands between two quotes; those inside are doubled. */
static const char *unquoted(Arena *arena, const SqlToken *token)
{
    const char quote = token->text[0];
    char *text = arena_strndup(arena, token->text + 1, token->len - 2), *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        *to++ = *from;
        from += *from == quote && from[1] == quote ? 1 : 0;
    }
    *to = '\0';
    return text;
}

static const char *take_quoted(Reading *cx, SqlTokenKind kind, char quote)
{
    const SqlToken token = next(cx);
    if (token.kind != kind || token.text[0] != quote || !token.closed) {
        return NULL;
    }
    cx->at += token.len;
    return unquoted(cx->arena, &token);
}

static bool take_head(Reading *cx, const char *name, const char *type)
{
    return takes(cx, name) && takes_all(cx, "CONSTANT pg_catalog .") && takes_all(cx, type) &&
           takes_all(cx, ": =");
}

static bool take_name(Reading *cx, const char *name, const char **ret_value)
{
    if (!take_head(cx, name, "name")) {
        return false;
    }
    *ret_value = take_quoted(cx, SQL_STRING, '\'');
    return (*ret_value != NULL || takes(cx, "NULL")) && takes(cx, ";");
}

static bool take_names(Reading *cx, const char *name, ViewNames *values)
{
    if (!take_head(cx, name, "name [ ]") || !takes_all(cx, "ARRAY [")) {
        return false;
    }
    for (const char *text = take_quoted(cx, SQL_STRING, '\''); text != NULL;
         text = take_quoted(cx, SQL_STRING, '\'')) {
        vec_push(cx->arena, values, text);
        (void)takes(cx, ",");
    }
    return takes_all(cx, "] : : pg_catalog . name [ ] ;");
}

static bool take_truth(Reading *cx, const char *name, bool *ret_value)
{
    if (!take_head(cx, name, "bool")) {
        return false;
    }
    *ret_value = takes(cx, "true");
    return (*ret_value || takes(cx, "false")) && takes(cx, ";");
}

static bool take_face(Reading *cx, ViewBlock *block)
{
    const char *text = take_head(cx, "face", "regclass") ? take_quoted(cx, SQL_STRING, '\'') : NULL;
    if (text == NULL || !takes(cx, ";")) {
        return false;
    }
    Reading face = {.arena = cx->arena, .at = text, .end = text + strlen(text)};
    block->face = take_quoted(&face, SQL_NAME, '"');
    if (takes(&face, ".")) {
        block->face_schema = block->face;
        block->face = take_quoted(&face, SQL_NAME, '"');
    }
    return block->face != NULL && next(&face).len == 0;
}

/* From the end of the declarations' last line. The ends of lines may have been changed on the way.
 */
static bool is_text(const char *at, const char *const *pieces)
{
    at += strspn(at, "\r\n") > 0 ? strcspn(at, "\n") + 1 : 0;
    for (; *pieces != NULL; pieces++) {
        for (const char *known = *pieces; *known != '\0'; known++) {
            at += *at == '\r' && at[1] == '\n' ? 1 : 0;
            if (*at++ != *known) {
                return false;
            }
        }
    }
    return *at == '\0';
}

static bool take_raise(Reading *cx, ViewBlock *block)
{
    return take_name(cx, "table_schema", &block->schema) &&
           take_name(cx, "table_name", &block->table) &&
           take_names(cx, "old_names", &block->from) && take_names(cx, "new_names", &block->to) &&
           take_truth(cx, "shows_both", &block->both);
}

static bool take_lower(Reading *cx, ViewBlock *block)
{
    block->lowers = true;
    return take_name(cx, "table_name", &block->table) && take_name(cx, "aside", &block->aside) &&
           take_names(cx, "gone_names", &block->gone) &&
           take_names(cx, "old_names", &block->from) && take_names(cx, "new_names", &block->to) &&
           take_truth(cx, "takes_table", &block->takes_table);
}

bool view_block_read(Arena *arena, const char *body, ViewBlock *ret_block)
{
    Reading raise = {.arena = arena, .at = body, .end = body + strlen(body)};
    ViewBlock block = {0};
    if (!takes(&raise, "DECLARE") || !take_face(&raise, &block)) {
        return false;
    }
    Reading lower = raise;
    ViewBlock lowered = block;
    const bool raises = take_raise(&raise, &block);
    if (!raises && !take_lower(&lower, &lowered)) {
        return false;
    }
    const ViewBlock *found = raises ? &block : &lowered;
    if (found->table == NULL || found->from.count != found->to.count ||
        !is_text(raises ? raise.at : lower.at, text_of(found))) {
        return false;
    }
    *ret_block = *found;
    return true;
}
