/*
 * read_names.c - names that a path could find, in statements and in parts of them.
 */
#include "base/common.h"

#include "tests/harness/read_names.h"

#include <ctype.h>
#include <jansson.h>
#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void find(NameReading *reading, const char *what, const char *name)
{
    strbuf_printf(&reading->found, "%s: %s `%s`\n", reading->where, what, name);
}

/* --- nodes --- */

static const char *first_part(PgQuery__Node *const *parts, size_t count)
{
    return count > 0 && parts[0]->node_case == PG_QUERY__NODE__NODE_STRING ? parts[0]->string->sval
                                                                           : "?";
}

static bool is_catalog(const char *name)
{
    return strncmp(name, "pg_", 3) == 0;
}

/* A schema's enums are known, or have capitals, or are harmless (`n06`), or they are made beside
 * it. */
static bool is_of_schema(const NameReading *reading, const char *type)
{
    for (size_t i = 0; reading->types != NULL && reading->types[i] != NULL; i++) {
        if (strcmp(reading->types[i], type) == 0) {
            return true;
        }
    }
    if (type[0] == 'n' && isdigit((unsigned char)type[1])) {
        return true;
    }
    while (islower((unsigned char)*type) || isdigit((unsigned char)*type)) {
        type++;
    }
    return *type != '\0';
}

static void look_at_expression(NameReading *reading, const ProtobufCMessage *message)
{
    const ProtobufCMessageDescriptor *about = message->descriptor;
    if (about == &pg_query__func_call__descriptor) {
        const PgQuery__FuncCall *call = (const PgQuery__FuncCall *)message;
        if (call->n_funcname == 1) {
            find(reading, "function", first_part(call->funcname, 1));
        }
    } else if (about == &pg_query__a__expr__descriptor) {
        const PgQuery__AExpr *expr = (const PgQuery__AExpr *)message;
        if (expr->n_name == 1) {
            find(reading, "operator", first_part(expr->name, 1));
        }
    } else if (about == &pg_query__case_expr__descriptor) {
        if (((const PgQuery__CaseExpr *)message)->arg != NULL) {
            find(reading, "operator", "CASE x WHEN");
        }
    } else if (about == &pg_query__join_expr__descriptor) {
        const PgQuery__JoinExpr *join = (const PgQuery__JoinExpr *)message;
        if (join->n_using_clause > 0 || join->is_natural) {
            find(reading, "operator", "USING");
        }
    } else if (about == &pg_query__sub_link__descriptor) {
        const PgQuery__SubLink *link = (const PgQuery__SubLink *)message;
        if (link->n_oper_name == 1 || (link->n_oper_name == 0 && link->testexpr != NULL)) {
            find(reading, "operator", "IN");
        }
    }
}

static void look_at(NameReading *reading, const ProtobufCMessage *message)
{
    const ProtobufCMessageDescriptor *about = message->descriptor;
    if (about == &pg_query__type_name__descriptor) {
        const PgQuery__TypeName *type = (const PgQuery__TypeName *)message;
        if (type->n_names == 1 && !is_of_schema(reading, first_part(type->names, 1))) {
            find(reading, "type", first_part(type->names, 1));
        }
    } else if (about == &pg_query__collate_clause__descriptor) {
        const PgQuery__CollateClause *clause = (const PgQuery__CollateClause *)message;
        if (clause->n_collname == 1) {
            find(reading, "collation", first_part(clause->collname, 1));
        }
    } else if (about == &pg_query__range_var__descriptor) {
        const PgQuery__RangeVar *table = (const PgQuery__RangeVar *)message;
        if (table->schemaname[0] == '\0' && (reading->relations || is_catalog(table->relname))) {
            find(reading, "relation", table->relname);
        }
    } else {
        look_at_expression(reading, message);
    }
}

/* --- trees --- */

/* What the reference spells, or the schema does: see the header. */
static bool is_of_plain_ddl(const ProtobufCMessage *message)
{
    const ProtobufCMessageDescriptor *about = message->descriptor;
    if (about == &pg_query__alter_table_cmd__descriptor) {
        const PgQuery__AlterTableCmd *command = (const PgQuery__AlterTableCmd *)message;
        return command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault ||
               command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType;
    }
    return about == &pg_query__column_def__descriptor || about == &pg_query__index_stmt__descriptor;
}

static void walk(NameReading *reading, const ProtobufCMessage *message);

static void walk_field(NameReading *reading, const ProtobufCMessage *message,
                       const ProtobufCFieldDescriptor *field)
{
    const char *base = (const char *)message;
    const void *at = base + field->offset;
    const void *quantifier = base + field->quantifier_offset;
    if (field->type != PROTOBUF_C_TYPE_MESSAGE ||
        ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
         *(const uint32_t *)quantifier != field->id)) {
        return;
    }
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        const size_t count = *(const size_t *)quantifier;
        ProtobufCMessage *const *items = *(ProtobufCMessage *const *const *)at;
        for (size_t i = 0; i < count; i++) {
            walk(reading, items[i]);
        }
        return;
    }
    walk(reading, *(const ProtobufCMessage *const *)at);
}

static void walk(NameReading *reading, const ProtobufCMessage *message)
{
    if (message == NULL || is_of_plain_ddl(message)) {
        return;
    }
    look_at(reading, message);
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        walk_field(reading, message, &message->descriptor->fields[i]);
    }
}

static PgQuery__ParseResult *parse(const char *sql)
{
    PgQueryProtobufParseResult parsed = pg_query_parse_protobuf(sql);
    PgQuery__ParseResult *tree =
        parsed.error != NULL
            ? NULL
            : pg_query__parse_result__unpack(NULL, parsed.parse_tree.len,
                                             (const uint8_t *)parsed.parse_tree.data);
    pg_query_free_protobuf_parse_result(parsed);
    return tree;
}

/* --- blocks and functions --- */

/* What a block says before it names anything by its name alone. */
static bool sets_own_path(const char *text)
{
    return strstr(text, "pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true)") !=
           NULL;
}

static bool read_piece(NameReading *reading, const char *text)
{
    const char *assigned = strstr(text, ":=");
    const char *value = assigned != NULL ? assigned + 2 : text;
    PgQuery__ParseResult *tree = parse(value);
    tree = tree != NULL ? tree : parse(arena_printf(reading->arena, "SELECT %s", value));
    if (tree == NULL) {
        return false;
    }
    reading->read++;
    if (!reading->trusts) {
        walk(reading, &tree->base);
    }
    reading->trusts |= sets_own_path(text);
    pg_query__parse_result__free_unpacked(tree, NULL);
    return true;
}

/* A variable's type, as `pg_catalog.text` or `"public"."Kind"[]`; a row of no table has none. */
static void read_type(NameReading *reading, const char *type)
{
    char *value = arena_printf(reading->arena, "NULL::%s", type);
    if (strcmp(type, "UNKNOWN") != 0 && strcmp(type, "record") != 0 &&
        !read_piece(reading, value)) {
        find(reading, "a type that is not read", type);
    }
}

/* The tree has what a body declares by itself too (NEW, TG_OP, FOUND): at no line. */
static bool is_declared(json_t *variable)
{
    return json_object_get(variable, "lineno") != NULL;
}

static void read_pieces(NameReading *reading, json_t *value)
{
    const char *key;
    json_t *item;
    size_t i;
    json_t *type = json_object_get(
        json_object_get(json_object_get(value, "datatype"), "PLpgSQL_type"), "typname");
    if (is_declared(value) && json_is_string(type)) {
        read_type(reading, json_string_value(type));
    }
    json_object_foreach(value, key, item)
    {
        if (strcmp(key, "query") != 0 || !json_is_string(item)) {
            read_pieces(reading, item);
        } else if (!read_piece(reading, json_string_value(item))) {
            find(reading, "not to be read", json_string_value(item));
        }
    }
    json_array_foreach(value, i, item)
    {
        read_pieces(reading, item);
    }
}

static void read_body(NameReading *reading, const char *statement)
{
    const size_t before = reading->read;
    PgQueryPlpgsqlParseResult body = pg_query_parse_plpgsql(statement);
    json_t *tree = body.error == NULL ? json_loads(body.plpgsql_funcs, 0, NULL) : NULL;
    read_pieces(reading, tree);
    json_decref(tree);
    pg_query_free_plpgsql_parse_result(body);
    reading->trusts = false;
    if (reading->read == before) {
        find(reading, "a body that is not read", statement);
    }
}

/* --- scripts --- */

static bool sets_trusted_path(const char *statement)
{
    return strstr(statement, "SET search_path = pg_catalog, pg_temp") != NULL;
}

static void read_whole(NameReading *reading, const PgQuery__Node *node, const char *statement)
{
    reading->read++;
    if (node->node_case == PG_QUERY__NODE__NODE_DO_STMT) {
        read_body(reading, statement);
        return;
    }
    if (node->node_case == PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT) {
        read_body(reading, statement);
        if (!sets_trusted_path(statement)) {
            find(reading, "function without", "SET search_path");
        }
    }
    walk(reading, &node->base);
}

void names_read_script(NameReading *reading, const char *text)
{
    PgQuery__ParseResult *tree = parse(text);
    if (tree == NULL) {
        find(reading, "a script that is not read", text);
        return;
    }
    for (size_t i = 0; i < tree->n_stmts; i++) {
        const PgQuery__RawStmt *raw = tree->stmts[i];
        const size_t len =
            raw->stmt_len > 0 ? (size_t)raw->stmt_len : strlen(text) - (size_t)raw->stmt_location;
        read_whole(reading, raw->stmt,
                   arena_strndup(reading->arena, text + raw->stmt_location, len));
    }
    pg_query__parse_result__free_unpacked(tree, NULL);
}

bool names_read_statement(NameReading *reading, const char *text)
{
    if (strncmp(text, "DO ", 3) == 0) {
        read_body(reading, text);
        return true;
    }
    return read_piece(reading, text);
}

/* --- parts of statements --- */

typedef struct Tokens {
    const PgQuery__ScanResult *list;
    const char *text;
} Tokens;

static PgQuery__Token token_at(const Tokens *tokens, size_t at)
{
    return at < tokens->list->n_tokens ? tokens->list->tokens[at]->token : PG_QUERY__TOKEN__NUL;
}

static const char *token_text(NameReading *reading, const Tokens *tokens, size_t at)
{
    const PgQuery__ScanToken *token = tokens->list->tokens[at];
    return arena_strndup(reading->arena, tokens->text + token->start,
                         (size_t)(token->end - token->start));
}

/* `*` also stands for all columns, or all rows. */
static bool is_star(const Tokens *tokens, size_t at)
{
    const PgQuery__Token before = at == 0 ? PG_QUERY__TOKEN__SELECT : token_at(tokens, at - 1);
    return token_at(tokens, at) == PG_QUERY__TOKEN__ASCII_42 &&
           (before == PG_QUERY__TOKEN__ASCII_40 || before == PG_QUERY__TOKEN__ASCII_44 ||
            before == PG_QUERY__TOKEN__ASCII_46 || before == PG_QUERY__TOKEN__SELECT);
}

static bool is_operator(PgQuery__Token token)
{
    static const PgQuery__Token operators[] = {
        PG_QUERY__TOKEN__Op,         PG_QUERY__TOKEN__LESS_EQUALS, PG_QUERY__TOKEN__GREATER_EQUALS,
        PG_QUERY__TOKEN__NOT_EQUALS, PG_QUERY__TOKEN__ASCII_37,    PG_QUERY__TOKEN__ASCII_42,
        PG_QUERY__TOKEN__ASCII_43,   PG_QUERY__TOKEN__ASCII_45,    PG_QUERY__TOKEN__ASCII_47,
        PG_QUERY__TOKEN__ASCII_60,   PG_QUERY__TOKEN__ASCII_61,    PG_QUERY__TOKEN__ASCII_62,
        PG_QUERY__TOKEN__ASCII_94,   PG_QUERY__TOKEN__IN_P,        PG_QUERY__TOKEN__LIKE,
        PG_QUERY__TOKEN__ILIKE,      PG_QUERY__TOKEN__SIMILAR,     PG_QUERY__TOKEN__BETWEEN,
        PG_QUERY__TOKEN__NULLIF,     PG_QUERY__TOKEN__DISTINCT,
    };
    for (size_t i = 0; i < lengthof(operators); i++) {
        if (operators[i] == token) {
            return true;
        }
    }
    return false;
}

/* Behind the dot of OPERATOR(schema.=), or part of a name. */
static bool has_schema(const Tokens *tokens, size_t at)
{
    return at > 0 && token_at(tokens, at - 1) == PG_QUERY__TOKEN__ASCII_46;
}

/* The name of a function: a word that is no key word which takes brackets. A hole is called `x`. */
static bool is_call(NameReading *reading, const Tokens *tokens, size_t at)
{
    return token_at(tokens, at) == PG_QUERY__TOKEN__IDENT &&
           token_at(tokens, at + 1) == PG_QUERY__TOKEN__ASCII_40 &&
           strcmp(token_text(reading, tokens, at), "x") != 0;
}

static void look_at_token(NameReading *reading, const Tokens *tokens, size_t at)
{
    const PgQuery__Token token = token_at(tokens, at);
    if (has_schema(tokens, at) || is_star(tokens, at)) {
        return;
    }
    if (is_operator(token)) {
        find(reading, "operator", token_text(reading, tokens, at));
    } else if (is_call(reading, tokens, at)) {
        find(reading, "function", token_text(reading, tokens, at));
    } else if (token == PG_QUERY__TOKEN__TYPECAST && at + 1 < tokens->list->n_tokens &&
               token_at(tokens, at + 2) != PG_QUERY__TOKEN__ASCII_46) {
        find(reading, "type", token_text(reading, tokens, at + 1));
    } else if (token == PG_QUERY__TOKEN__IDENT && is_catalog(token_text(reading, tokens, at)) &&
               token_at(tokens, at + 1) != PG_QUERY__TOKEN__ASCII_46) {
        find(reading, "relation", token_text(reading, tokens, at));
    }
}

void names_read_part(NameReading *reading, const char *text)
{
    PgQueryScanResult scanned = pg_query_scan(text);
    PgQuery__ScanResult *list =
        scanned.error != NULL ? NULL
                              : pg_query__scan_result__unpack(NULL, scanned.pbuf.len,
                                                              (const uint8_t *)scanned.pbuf.data);
    if (list == NULL) {
        find(reading, "a part that is not read", text);
    } else {
        const Tokens tokens = {list, text};
        for (size_t i = 0; i < list->n_tokens; i++) {
            look_at_token(reading, &tokens, i);
        }
        reading->read++;
        pg_query__scan_result__free_unpacked(list, NULL);
    }
    pg_query_free_scan_result(scanned);
}
