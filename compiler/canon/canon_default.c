/*
 * canon_default.c - defaults: what kind of thing the text is, and its canonical form.
 *
 * What canon_scan.c does not tell by a short scan the parser is asked about. Source of the kinds,
 * as they read back: docs/language.md, "Defaults".
 */
#include "base/common.h"

#include <string.h>

#include "compiler/canon/canon_internal.h"
#include "compiler/catalog/casts.h"
#include "compiler/catalog/types.h"

LiteralKind canon_literal_kind(const ColumnType *type)
{
    if (type->id == TYPE_ENUM) {
        return LITERAL_ENUM;
    }
    switch (type_row(type->id)->scalar) {
    case SCALAR_INT:
    case SCALAR_BIGINT:
    case SCALAR_FLOAT:
    case SCALAR_DECIMAL:
        return LITERAL_NUMBER;
    case SCALAR_BOOLEAN:
        return LITERAL_BOOLEAN;
    case SCALAR_STRING:
        return LITERAL_STRING;
    case SCALAR_DATETIME:
        return LITERAL_DATETIME;
    case SCALAR_JSON:
        return LITERAL_JSON;
    case SCALAR_BYTES:
        return LITERAL_BYTES;
    case SCALAR_COUNT:
        break;
    }
    unreachable();
}

Name canon_intern(const CanonCx *cx, const StrBuf *out)
{
    return intern(cx->names, strbuf_text(out), out->len);
}

/* Literals of the schema language, by kind; the type refines what can be refined. */
static void print_literal(const CanonCx *cx, StrBuf *out, const Literal *literal,
                          const ColumnType *type)
{
    assert(literal->text != NULL);
    const char *text = literal->text->text;
    size_t len = literal->text->len;
    if (literal->kind == LITERAL_BYTES) {
        strbuf_add(out, "'\\x");
        for (size_t i = 0; i < len; i++) {
            strbuf_char(out, text[i] >= 'A' && text[i] <= 'F' ? (char)(text[i] | 0x20) : text[i]);
        }
        strbuf_char(out, '\'');
        return;
    }
    Constant constant = {
        .kind = literal->kind == LITERAL_NUMBER ? CONSTANT_NUMBER : CONSTANT_STRING,
        .text = text,
        .len = len,
        .cast = canon_type_none(),
    };
    ColumnType element = canon_type_of_column(cx, type);
    element.list = false;
    if (!constant_as(cx, &constant, &element, out)) {
        bool number = literal->kind == LITERAL_NUMBER && canon_number(out, text, len);
        if (!number) {
            canon_quote(out, text, len);
        }
    }
}

static Name literal_text(const CanonCx *cx, const Literal *literal, const ColumnType *type)
{
    StrBuf out = strbuf_new(CANON_TEXT_MAX);
    print_literal(cx, &out, literal, type);
    Name text = canon_intern(cx, &out);
    strbuf_dispose(&out);
    return text;
}

static Name list_text(const CanonCx *cx, const Default *dflt, const ColumnType *type)
{
    StrBuf out = strbuf_new(CANON_TEXT_MAX);
    strbuf_char(&out, '{');
    for (size_t i = 0; i < dflt->items.count; i++) {
        const Literal *item = &dflt->items.items[i];
        strbuf_add(&out, i > 0 ? "," : "");
        strbuf_add(&out, item->text == NULL ? "null" : literal_text(cx, item, type)->text);
    }
    strbuf_char(&out, '}');
    Name text = canon_intern(cx, &out);
    strbuf_dispose(&out);
    return text;
}

/* A sequence called by an expression of the user's and one read from a database meet here. */
static Name sequence_text(const CanonCx *cx, const Sequence *sequence)
{
    return sequence == NULL ? NULL
                            : intern_printf(cx->names, "nextval %u:%s.%s", sequence->schema->len,
                                            sequence->schema->text, sequence->name->text);
}

/* What an expression comes to, once per text and type: schemas repeat few of them many times. */
static Name expression_text(CanonCx *cx, Name text, const ColumnType *type)
{
    StrBuf key = strbuf_new(CANON_TEXT_MAX);
    ColumnType own = type == NULL ? canon_type_none() : canon_type_of_column(cx, type);
    canon_type_print(&key, &own);
    Name type_key = canon_intern(cx, &key);
    strbuf_dispose(&key);
    const CanonMemo *seen = map_get2(&cx->seen, text, type_key);
    if (seen != NULL) {
        return seen->canonical;
    }
    Default read = canon_read(cx, cx->scratch, text->text, type);
    CanonMemo *memo = arena_make(cx->scratch, CanonMemo);
    memo->canonical =
        read.kind == DEFAULT_EXPRESSION ? read.canonical : canon_default_text(cx, &read, type);
    map_put2(cx->scratch, &cx->seen, text, type_key, memo);
    return memo->canonical;
}

Name canon_default_text(CanonCx *cx, const Default *dflt, const ColumnType *type)
{
    switch (dflt->kind) {
    case DEFAULT_NONE:
    case DEFAULT_OPAQUE:
        return NULL;
    case DEFAULT_VALUE:
        return dflt->value.canonical != NULL ? dflt->value.canonical
                                             : literal_text(cx, &dflt->value, type);
    case DEFAULT_LIST:
        return list_text(cx, dflt, type);
    case DEFAULT_NOW:
        return intern_cstr(cx->names, "now()");
    case DEFAULT_SEQUENCE:
        return sequence_text(cx, dflt->sequence);
    case DEFAULT_EXPRESSION:
        return expression_text(cx, dflt->text, type);
    }
    unreachable();
}

Literal canon_literal(const CanonCx *cx, const ColumnType *type, const char *text, size_t len)
{
    Literal literal = {.kind = canon_literal_kind(type), .text = intern(cx->names, text, len)};
    if (literal.kind == LITERAL_BYTES) {
        StrBuf out = strbuf_new(CANON_TEXT_MAX);
        if (canon_bytes(&out, text, len)) {
            literal.text = canon_intern(cx, &out);
        }
        strbuf_dispose(&out);
    }
    literal.canonical = literal_text(cx, &literal, type);
    if (literal.kind == LITERAL_BOOLEAN) {
        literal.text = literal.canonical;
    }
    return literal;
}

/* --- when the type changes ----------------------------------------------------------------------
 */

static bool print_followed(const Literal *literal, const Column *before, const Column *after,
                           StrBuf *out)
{
    ColumnType stored = after->type;
    stored.list = false;
    Constant constant = {.kind = CONSTANT_STRING, .cast = canon_type_none()};
    constant.cast.id = before->type.id;
    if (literal->kind == LITERAL_NUMBER) {
        constant.kind = CONSTANT_NUMBER;
    }
    if (before->type.list) { /* of a single value the server keeps the type without its length */
        memcpy(constant.cast.arguments, before->type.arguments, sizeof constant.cast.arguments);
    }
    if (literal->text == NULL) {
        strbuf_add(out, "null");
        return true;
    }
    constant.text = literal->text->text;
    constant.len = literal->text->len;
    return constant_as(NULL, &constant, &stored, out);
}

static bool print_all_followed(const Column *before, const Column *after, StrBuf *out)
{
    if (before->dflt.kind == DEFAULT_VALUE) {
        return print_followed(&before->dflt.value, before, after, out);
    }
    bool ok = true;
    strbuf_char(out, '{');
    vec_each(Literal, item, &before->dflt.items) {
        strbuf_add(out, item == before->dflt.items.items ? "" : ",");
        ok = ok && print_followed(item, before, after, out);
    }
    strbuf_char(out, '}');
    return ok;
}

/* Numbers alone stay what they are written as; in a list each is cast. */
static bool is_typed_literal(const Column *column)
{
    const DefaultKind kind = column->dflt.kind;
    if (column->type.id >= TYPE_ENUM || (kind != DEFAULT_VALUE && kind != DEFAULT_LIST)) {
        return false;
    }
    const Scalar scalar = type_row(column->type.id)->scalar;
    const bool number = scalar == SCALAR_INT || scalar == SCALAR_BIGINT || scalar == SCALAR_FLOAT ||
                        scalar == SCALAR_DECIMAL;
    return scalar == SCALAR_STRING || scalar == SCALAR_DATETIME || scalar == SCALAR_JSON ||
           (number && kind == DEFAULT_LIST);
}

bool default_is_cast(const Column *before, const Column *after)
{
    const bool list = after->dflt.kind == DEFAULT_LIST;
    return is_typed_literal(before) && is_typed_literal(after) &&
           before->dflt.kind == after->dflt.kind &&
           (list ? !type_same(&before->type, &after->type) : before->type.id != after->type.id);
}

static bool are_written_alike(const Default *a, const Default *b)
{
    if (a->kind == DEFAULT_VALUE || a->items.count != b->items.count) {
        return a->kind == DEFAULT_VALUE && a->value.text == b->value.text;
    }
    for (size_t i = 0; i < a->items.count; i++) {
        if (a->items.items[i].text != b->items.items[i].text) {
            return false;
        }
    }
    return true;
}

/* JSON is compared by value, but keeps its text, where JSONB has one of its own. */
bool default_follows(const Column *before, const Column *after)
{
    StrBuf out = strbuf_new(CANON_TEXT_MAX);
    const bool keeps_text =
        after->type.id != TYPE_JSON || are_written_alike(&before->dflt, &after->dflt);
    const bool same = keeps_text && print_all_followed(before, after, &out) &&
                      after->dflt.canonical != NULL &&
                      name_is(after->dflt.canonical, strbuf_text(&out));
    strbuf_dispose(&out);
    return same;
}

/* --- reading, the long way ----------------------------------------------------------------------
 */

/* The only argument of a call of `name`; NULL when `node` is something else. */
static const PgQuery__FuncCall *call_of(const Node *node, const char *name, size_t args)
{
    if (node->node_case != PG_QUERY__NODE__NODE_FUNC_CALL) {
        return NULL;
    }
    const PgQuery__FuncCall *call = node->func_call;
    const char *last =
        call->n_funcname > 0 ? node_string(call->funcname[call->n_funcname - 1]) : NULL;
    const char *schema = call->n_funcname == 2 ? node_string(call->funcname[0]) : NULL;
    bool of_server = call->n_funcname == 1 || (schema != NULL && strcmp(schema, "pg_catalog") == 0);
    bool same = last != NULL && of_server && strcmp(last, name) == 0 && call->n_args == args;
    return same ? call : NULL;
}

static bool tree_sequence(CanonCx *cx, Arena *arena, const Node *node, Sequence **ret)
{
    const PgQuery__FuncCall *call = call_of(node, "nextval", 1);
    Constant constant;
    if (call == NULL || !constant_of_node(cx, call->args[0], &constant) ||
        constant.kind != CONSTANT_STRING) {
        return false;
    }
    *ret = canon_parse_relation(cx, arena, constant.text);
    return *ret != NULL;
}

static bool is_now(const Node *node)
{
    bool value =
        node->node_case == PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION &&
        node->sqlvalue_function->op == PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP;
    return value || call_of(node, "now", 0) != NULL;
}

/* A literal only when its canonical form is that of a value of the column's type. */
static bool tree_literal(const CanonCx *cx, const Constant *constant, const ColumnType *type,
                         Literal *ret)
{
    StrBuf out = strbuf_new(CANON_TEXT_MAX);
    ColumnType own = canon_type_of_column(cx, type);
    own.list = false;
    bool ok = constant->kind != CONSTANT_NULL && constant_as(cx, constant, &own, &out);
    bool number = type->id < TYPE_ENUM && canon_literal_kind(type) == LITERAL_NUMBER;
    if (ok && number) {
        ok = constant->kind == CONSTANT_NUMBER || strbuf_text(&out)[0] != '\'';
    }
    if (ok) {
        bool marked = constant->kind == CONSTANT_BITS && constant->len > 0;
        *ret = canon_literal(cx, type, constant->text + (marked ? 1 : 0),
                             constant->len - (marked ? 1 : 0));
        ret->canonical = canon_intern(cx, &out);
    }
    strbuf_dispose(&out);
    return ok;
}

static bool tree_list(CanonCx *cx, Arena *arena, const Node *node, const ColumnType *type,
                      Default *ret)
{
    ConstantList items = {0};
    ColumnType list = canon_type_of_column(cx, type);
    if (!constant_list_of_node(cx, node, &list, &items)) {
        return false;
    }
    vec_each(Constant, item, &items) {
        Literal literal = {.kind = canon_literal_kind(type)};
        if (item->kind == CONSTANT_NULL || !tree_literal(cx, item, type, &literal)) {
            return false;
        }
        vec_push(arena, &ret->items, literal);
    }
    return true;
}

static bool is_null(CanonCx *cx, const Node *node)
{
    Constant constant;
    return constant_of_node(cx, node, &constant) && constant.kind == CONSTANT_NULL;
}

/* The kind of a parsed default; false for any other expression. */
static bool classify(CanonCx *cx, Arena *arena, const Node *node, const ColumnType *type,
                     Default *ret)
{
    Constant constant;
    if (is_null(cx, node)) {
        ret->kind = DEFAULT_NONE;
    } else if (is_now(node)) {
        ret->kind = DEFAULT_NOW;
    } else if (canon_may_count(type) && tree_sequence(cx, arena, node, &ret->sequence)) {
        ret->kind = DEFAULT_SEQUENCE;
    } else if (type == NULL || type->id == TYPE_OTHER) {
        return false;
    } else if (type->list && tree_list(cx, arena, node, type, ret)) {
        ret->kind = DEFAULT_LIST;
    } else if (!type->list && constant_of_node(cx, node, &constant) &&
               tree_literal(cx, &constant, type, &ret->value)) {
        ret->kind = DEFAULT_VALUE;
    } else {
        return false;
    }
    return true;
}

/* A cast of the whole default to the column's own type happens anyway. */
static const Node *strip_own_cast(CanonCx *cx, const Node *node, const ColumnType *type)
{
    while (type != NULL && node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
        ColumnType cast = canon_type_of_name(cx, node->type_cast->type_name);
        ColumnType own = canon_type_of_column(cx, type);
        bool same_arguments =
            cast.arguments[0] == own.arguments[0] && cast.arguments[1] == own.arguments[1];
        if (!canon_type_same_base(&cast, &own) ||
            (canon_type_has_arguments(&cast) && !same_arguments)) {
            break;
        }
        node = node->type_cast->arg;
    }
    return node;
}

/* An open constant of a type the language has no word for is a value of that type. */
static void print_default(CanonCx *cx, StrBuf *out, const Node *node, const ColumnType *type)
{
    Constant constant;
    ColumnType own = type == NULL ? canon_type_none() : canon_type_of_column(cx, type);
    bool value = constant_of_node(cx, node, &constant) && constant_as(cx, &constant, &own, out);
    if (!value) {
        canon_print(cx, out, node);
    }
}

static Name trimmed(const CanonCx *cx, const char *text)
{
    size_t start = strspn(text, " \t\r\n");
    size_t end = strlen(text);
    while (end > start && strchr(" \t\r\n", text[end - 1]) != NULL) {
        end--;
    }
    return intern(cx->names, text + start, end - start);
}

static Name print_tree(CanonCx *cx, const char *text, const Node *node, const ColumnType *type)
{
    StrBuf out = strbuf_new(CANON_TEXT_MAX);
    cx->failed = false;
    cx->depth = 0;
    print_default(cx, &out, strip_own_cast(cx, node, type), type);
    Name made = cx->failed ? trimmed(cx, text) : canon_intern(cx, &out);
    strbuf_dispose(&out);
    return made;
}

Name canon_text(CanonCx *cx, const char *text, const ColumnType *type)
{
    CanonTree tree = canon_parse_expression(text);
    Name made =
        tree.expression == NULL ? trimmed(cx, text) : print_tree(cx, text, tree.expression, type);
    canon_tree_free(&tree);
    return made;
}

Default canon_read(CanonCx *cx, Arena *arena, const char *text, const ColumnType *type)
{
    Default dflt = {.kind = DEFAULT_EXPRESSION, .text = intern_cstr(cx->names, text)};
    if (type != NULL && canon_scan_default(cx, arena, text, type, &dflt)) {
        return dflt;
    }
    CanonTree tree = canon_parse_expression(text);
    if (tree.expression == NULL) {
        dflt.canonical = trimmed(cx, text);
    } else if (!classify(cx, arena, tree.expression, type, &dflt)) {
        dflt = (Default){.kind = DEFAULT_EXPRESSION, .text = dflt.text};
        dflt.canonical = print_tree(cx, text, tree.expression, type);
    }
    canon_tree_free(&tree);
    return dflt;
}
