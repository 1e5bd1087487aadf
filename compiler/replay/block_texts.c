/*
 * block_texts.c - expressions of a block that are texts known beforehand: literals, constants of
 * the block, and what format, concat and the like make of them.
 *
 * Source: PostgreSQL manual, "String Functions", "PL/pgSQL", "Declarations".
 */
#include "base/common.h"

#include "compiler/catalog/sql_write.h"
#include "compiler/replay/read/blocks.h"
#include "compiler/replay/replay_internal.h"

/* Of an expression; a null has no text. */
typedef struct Value {
    const char *text;
} Value;

typedef VEC(Value) ValueList;

static bool take_value(BlockCx *cx, unsigned depth, Value *ret_value);

/* --- names --------------------------------------------------------------------------------------
 */

Table *block_table(SqlReplay *cx, const char *name)
{
    Table *table = NULL;
    PgQuery__ParseResult *tree = redo_parse(arena_printf(cx->arena, "TABLE %s", name));
    const PgQuery__SelectStmt *select =
        tree != NULL && tree->n_stmts == 1 &&
                tree->stmts[0]->stmt->node_case == PG_QUERY__NODE__NODE_SELECT_STMT
            ? tree->stmts[0]->stmt->select_stmt
            : NULL;
    if (select != NULL && select->n_from_clause == 1 &&
        select->from_clause[0]->node_case == PG_QUERY__NODE__NODE_RANGE_VAR) {
        const RangeName range = redo_range(cx, select->from_clause[0]->range_var);
        const Relation *relation = realm_relation(cx->realm, range.schema, range.name);
        table = relation != NULL && relation->kind == RELATION_TABLE ? relation->table : NULL;
    }
    redo_parse_free(tree);
    return table;
}

static const char *qualified(const SqlReplay *cx, Name schema, Name name)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    redo_quoted(&out, schema);
    strbuf_char(&out, '.');
    redo_quoted(&out, name);
    return strbuf_take(&out, cx->arena);
}

/* --- literals, constants ------------------------------------------------------------------------
 */

char *block_take_literal(BlockCx *cx)
{
    const SqlToken token = block_peek(cx);
    const bool dollar = token.kind == SQL_STRING && token.text[0] == '$';
    if (token.kind != SQL_STRING || (token.text[0] != '\'' && !dollar)) {
        return NULL;
    }
    cx->at += token.len;
    if (dollar) {
        const size_t tag = strcspn(token.text + 1, "$") + 2;
        return arena_strndup(cx->replay->arena, token.text + tag, token.len - 2 * tag);
    }
    char *text = arena_strndup(cx->replay->arena, token.text + 1, token.len - 2), *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        *to++ = *from;
        from += *from == '\'' && from[1] == '\'' ? 1 : 0;
    }
    *to = '\0';
    return text;
}

static const BlockConstant *find_constant(const BlockCx *cx, const SqlToken *name)
{
    const BlockConstant *at = cx->constants;
    while (at != NULL && !block_is_word(name, at->name)) {
        at = at->next;
    }
    return at;
}

/* --- functions ----------------------------------------------------------------------------------
 */

/* format('... %I ... %L ... %s', ...) */
static bool format_values(const SqlReplay *cx, const ValueList *values, Value *ret_value)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    size_t next = 1;
    bool ok = values->count > 0 && values->items[0].text != NULL;
    for (const char *at = ok ? values->items[0].text : ""; ok && *at != '\0'; at++) {
        if (*at != '%' || *++at == '%') {
            strbuf_char(&out, *at);
            continue;
        }
        const char *text = next < values->count ? values->items[next++].text : NULL;
        ok = text != NULL && (*at == 'I' || *at == 's' || *at == 'L');
        if (ok && *at == 'I') {
            redo_quoted(&out, intern_cstr(cx->names, text));
        } else if (ok && *at == 'L') {
            sql_string(&out, text, strlen(text));
        } else if (ok) {
            strbuf_add(&out, text);
        }
    }
    ret_value->text = strbuf_take(&out, cx->arena);
    return ok;
}

static bool concat_values(const SqlReplay *cx, const ValueList *values, Value *ret_value)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(const Value, at, values) {
        strbuf_add(&out, at->text == NULL ? "" : at->text);
    }
    ret_value->text = strbuf_take(&out, cx->arena);
    return true;
}

static bool quote_value(const SqlReplay *cx, const ValueList *values, bool as_name,
                        Value *ret_value)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    const char *text = values->count == 1 ? values->items[0].text : NULL;
    if (text != NULL && as_name) {
        redo_quoted(&out, intern_cstr(cx->names, text));
    } else if (text != NULL) {
        sql_string(&out, text, strlen(text));
    }
    ret_value->text = strbuf_take(&out, cx->arena);
    return text != NULL;
}

/* pg_get_serial_sequence('table', 'column'): of a table that is there. */
static bool serial_sequence(SqlReplay *cx, const ValueList *values, Value *ret_value)
{
    if (values->count != 2 || values->items[0].text == NULL || values->items[1].text == NULL) {
        return false;
    }
    const Table *table = block_table(cx, values->items[0].text);
    const Column *column =
        table == NULL ? NULL
                      : table_find_column(table, intern_cstr(cx->names, values->items[1].text));
    ret_value->text = NULL;
    for (size_t i = 0; column != NULL && i < cx->realm->sequences.count; i++) {
        const RealmSequence *sequence = cx->realm->sequences.items[i];
        if (sequence->owner == column) {
            ret_value->text = qualified(cx, sequence->sequence->schema, sequence->sequence->name);
        }
    }
    return column != NULL;
}

static bool call(SqlReplay *cx, const SqlToken *name, const ValueList *values, Value *ret_value)
{
    if (block_is_word(name, "format")) {
        return format_values(cx, values, ret_value);
    }
    if (block_is_word(name, "concat")) {
        return concat_values(cx, values, ret_value);
    }
    if (block_is_word(name, "quote_ident") || block_is_word(name, "quote_literal")) {
        return quote_value(cx, values, block_is_word(name, "quote_ident"), ret_value);
    }
    return block_is_word(name, "pg_get_serial_sequence") && serial_sequence(cx, values, ret_value);
}

/* Behind the bracket that opens them. */
static bool take_arguments(BlockCx *cx, unsigned depth, ValueList *values)
{
    do {
        Value value = {0};
        if (!take_value(cx, depth, &value)) {
            return false;
        }
        vec_push(cx->replay->arena, values, value);
    } while (block_takes_sign(cx, ','));
    return block_takes_sign(cx, ')');
}

/* --- expressions --------------------------------------------------------------------------------
 */

static bool take_operand(BlockCx *cx, unsigned depth, Value *ret_value)
{
    ValueList values = {0};
    ret_value->text = block_take_literal(cx);
    if (ret_value->text != NULL) {
        return true;
    }
    if (block_takes(cx, "pg_catalog") && !block_takes_sign(cx, '.')) {
        return false;
    }
    const SqlToken name = block_peek(cx);
    cx->at += name.len;
    if (block_takes_sign(cx, '(')) {
        if (block_is_word(&name, "current_database") && block_takes_sign(cx, ')')) {
            cx->names_database = true;
            ret_value->text = "postgres";
            return true;
        }
        return take_arguments(cx, depth + 1, &values) &&
               call(cx->replay, &name, &values, ret_value);
    }
    const BlockConstant *constant = find_constant(cx, &name);
    if (constant == NULL || !constant->is_known) {
        return false;
    }
    ret_value->text = constant->text;
    return true;
}

static bool joins(BlockCx *cx)
{
    return block_takes_sign(cx, '|') && block_takes_sign(cx, '|');
}

/* Operands joined by `||`; a null makes all of it null. */
static bool take_value(BlockCx *cx, unsigned depth, Value *ret_value)
{
    enum { DEPTH_MAX = 20 };
    if (depth >= DEPTH_MAX || !take_operand(cx, depth, ret_value)) {
        return false;
    }
    while (joins(cx)) {
        Value more = {0};
        if (!take_operand(cx, depth, &more)) {
            return false;
        }
        ret_value->text = ret_value->text == NULL || more.text == NULL
                              ? NULL
                              : arena_printf(cx->replay->arena, "%s%s", ret_value->text, more.text);
    }
    return true;
}

const char *block_take_text(BlockCx *cx)
{
    Value value = {0};
    return take_value(cx, 0, &value) ? value.text : NULL;
}

/* --- constants of the block ---------------------------------------------------------------------
 */

/* Has a value of the type the text that it is made of? Others are cut, filled up or written anew.
 */
static bool takes_text_type(BlockCx *cx)
{
    (void)(block_takes(cx, "pg_catalog") && block_takes_sign(cx, '.'));
    const bool is_text = block_takes(cx, "text") || block_takes(cx, "varchar");
    const SqlToken next = block_peek(cx);
    return is_text && (block_is_word(&next, "DEFAULT") || sql_token_is_sign(&next, ':') ||
                       sql_token_is_sign(&next, '='));
}

/* `name CONSTANT text := value;`; what else is declared has no known value. */
static bool declare(BlockCx *cx, Slice declaration)
{
    BlockCx ahead = *cx;
    ahead.at = declaration.text;
    ahead.end = declaration.text + declaration.len;
    const SqlToken name = block_peek(&ahead);
    ahead.at += name.len;
    const bool is_known = block_takes(&ahead, "CONSTANT") && takes_text_type(&ahead);
    bool has_value = false;
    for (SqlToken token = block_peek(&ahead); token.len > 0 && !has_value;
         token = block_peek(&ahead)) {
        ahead.at += token.len;
        has_value = sql_token_is_sign(&token, '=') || block_is_word(&token, "DEFAULT");
    }
    const Slice rest = {ahead.at, (size_t)(ahead.end - ahead.at)};
    BlockConstant *made = arena_make(cx->replay->arena, BlockConstant);
    Value value = {0};
    *made = (BlockConstant){.name = arena_strndup(cx->replay->arena, name.text, name.len),
                            .next = cx->constants};
    made->is_known =
        is_known && has_value && take_value(&ahead, 0, &value) && block_peek(&ahead).len == 0;
    made->text = value.text;
    cx->constants = made;
    return made->is_known || !has_value || block_calls_nothing(cx, rest);
}

bool block_declarations(BlockCx *cx)
{
    while (!block_sees(cx, "BEGIN") && block_peek(cx).len > 0) {
        Slice declaration = {0};
        if (!block_skip_to(cx, ";", &declaration)) {
            return false;
        }
        (void)block_takes_sign(cx, ';');
        if (!declare(cx, declaration)) {
            return block_not_read(cx);
        }
    }
    return true;
}

Truth block_null_test(const BlockCx *cx, Slice condition)
{
    BlockCx ahead = *cx;
    ahead.at = condition.text;
    ahead.end = condition.text + condition.len;
    const SqlToken name = block_peek(&ahead);
    const BlockConstant *constant = find_constant(cx, &name);
    ahead.at += name.len;
    if (constant == NULL || !constant->is_known || !block_takes(&ahead, "IS")) {
        return TRUTH_UNKNOWN;
    }
    const bool negated = block_takes(&ahead, "NOT");
    return block_takes(&ahead, "NULL") && block_peek(&ahead).len == 0
               ? block_truth((constant->text == NULL) != negated)
               : TRUTH_UNKNOWN;
}
