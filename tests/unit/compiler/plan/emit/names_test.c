/*
 * names_test.c - what runs outside our trusted path names nothing that a path could find.
 *
 * Read through PostgreSQL's own grammar: the statements of all golden plans that are no plain DDL,
 * with the bodies of their blocks and functions, and every statement in the sources but for those
 * of files whose statements never share a message with a script's. IN, BETWEEN, LIKE, NULLIF, IS
 * DISTINCT FROM, CASE x WHEN and USING look operators up as well. Tables of the schema stand as its
 * DDL has them.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <glob.h>
#include <jansson.h>
#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/strbuf.h"

typedef struct Reading {
    Arena *arena;
    const char *where;
    bool relations; /* every relation has a schema, but for those of WITH */
    size_t read;    /* statements and expressions */
    StrBuf found;
} Reading;

static void find(Reading *reading, const char *what, const char *name)
{
    strbuf_printf(&reading->found, "%s: %s `%s`\n", reading->where, what, name);
}

static const char *first_part(PgQuery__Node *const *parts, size_t count)
{
    return count > 0 && parts[0]->node_case == PG_QUERY__NODE__NODE_STRING ? parts[0]->string->sval
                                                                           : "?";
}

static bool is_catalog(const char *name)
{
    return strncmp(name, "pg_", 3) == 0;
}

static void look_at(Reading *reading, const ProtobufCMessage *message)
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
    } else if (about == &pg_query__type_name__descriptor) {
        const PgQuery__TypeName *type = (const PgQuery__TypeName *)message;
        if (type->n_names == 1) {
            find(reading, "type", first_part(type->names, 1));
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
    } else if (about == &pg_query__range_var__descriptor) {
        const PgQuery__RangeVar *table = (const PgQuery__RangeVar *)message;
        if (table->schemaname[0] == '\0' && (reading->relations || is_catalog(table->relname)) &&
            strcmp(table->relname, "parts") != 0) {
            find(reading, "relation", table->relname);
        }
    }
}

static void walk(Reading *reading, const ProtobufCMessage *message);

static void walk_field(Reading *reading, const ProtobufCMessage *message,
                       const ProtobufCFieldDescriptor *field)
{
    const char *base = (const char *)message;
    if (field->type != PROTOBUF_C_TYPE_MESSAGE ||
        ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
         *(const uint32_t *)(base + field->quantifier_offset) != field->id)) {
        return;
    }
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        const size_t count = *(const size_t *)(base + field->quantifier_offset);
        ProtobufCMessage *const *items = *(ProtobufCMessage *const *const *)(base + field->offset);
        for (size_t i = 0; i < count; i++) {
            walk(reading, items[i]);
        }
        return;
    }
    walk(reading, *(const ProtobufCMessage *const *)(base + field->offset));
}

static void walk(Reading *reading, const ProtobufCMessage *message)
{
    if (message == NULL) {
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

/* A statement, the expression of one, or an assignment; one that cannot be read may hide anything.
 */
static void read_piece(Reading *reading, const char *text)
{
    const char *assigned = strstr(text, ":=");
    const char *value = assigned != NULL ? assigned + 2 : text;
    PgQuery__ParseResult *tree = parse(value);
    tree = tree != NULL ? tree : parse(arena_printf(reading->arena, "SELECT %s", value));
    if (tree == NULL) {
        find(reading, "not to be read", text);
        return;
    }
    reading->read++;
    walk(reading, &tree->base);
    pg_query__parse_result__free_unpacked(tree, NULL);
}

/* --- blocks and functions --- */

static void read_pieces(Reading *reading, json_t *value)
{
    const char *key;
    json_t *item;
    size_t i;
    json_object_foreach(value, key, item)
    {
        if (strcmp(key, "query") == 0 && json_is_string(item)) {
            read_piece(reading, json_string_value(item));
        } else {
            read_pieces(reading, item);
        }
    }
    json_array_foreach(value, i, item)
    {
        read_pieces(reading, item);
    }
}

static void read_body(Reading *reading, const char *statement)
{
    const size_t before = reading->read;
    PgQueryPlpgsqlParseResult body = pg_query_parse_plpgsql(statement);
    cr_assert_null(body.error, "%s: %s", reading->where,
                   body.error != NULL ? body.error->message : "");
    json_t *tree = json_loads(body.plpgsql_funcs, 0, NULL);
    read_pieces(reading, tree);
    json_decref(tree);
    pg_query_free_plpgsql_parse_result(body);
    cr_assert_gt(reading->read, before, "%s: a body without statements", reading->where);
}

static bool sets_trusted_path(const char *statement)
{
    return strstr(statement, "SET search_path = pg_catalog, pg_temp") != NULL;
}

static void read_statement(Reading *reading, const PgQuery__Node *node, const char *statement)
{
    switch ((int)node->node_case) { /* the others are plain DDL */
    case PG_QUERY__NODE__NODE_DO_STMT:
        read_body(reading, statement);
        break;
    case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
        read_body(reading, statement);
        if (!sets_trusted_path(statement)) {
            find(reading, "function without", "SET search_path");
        }
        break;
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
    case PG_QUERY__NODE__NODE_INSERT_STMT:
    case PG_QUERY__NODE__NODE_DELETE_STMT:
    case PG_QUERY__NODE__NODE_SELECT_STMT:
    case PG_QUERY__NODE__NODE_VIEW_STMT:
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
        reading->read++;
        walk(reading, &node->base);
        break;
    default:
        break;
    }
}

static void read_script(Reading *reading, const char *text)
{
    PgQuery__ParseResult *tree = parse(text);
    cr_assert_not_null(tree, "%s: not to be read", reading->where);
    for (size_t i = 0; i < tree->n_stmts; i++) {
        const PgQuery__RawStmt *raw = tree->stmts[i];
        const size_t len =
            raw->stmt_len > 0 ? (size_t)raw->stmt_len : strlen(text) - (size_t)raw->stmt_location;
        read_statement(reading, raw->stmt,
                       arena_strndup(reading->arena, text + raw->stmt_location, len));
    }
    pg_query__parse_result__free_unpacked(tree, NULL);
}

static char *read_file(Reading *reading, const char *path)
{
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    reading->where = path;
    cr_assert(file_read(reading->arena, path, &text, &len, &error), "%s", path);
    return text;
}

static void finish(Reading *reading, size_t at_least)
{
    cr_assert_eq(reading->found.len, 0, "%s", strbuf_text(&reading->found));
    cr_assert_geq(reading->read, at_least, "only %zu read", reading->read);
    strbuf_dispose(&reading->found);
    arena_free(reading->arena);
}

Test(names, scripts_of_golden_plans)
{
    Reading reading = {.arena = arena_new(), .found = strbuf_new(STRBUF_MAX)};
    glob_t files;
    cr_assert_eq(glob(TESTS_DIR "/golden/plan/*/scripts/*.sql", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        read_script(&reading, read_file(&reading, files.gl_pathv[i]));
    }
    globfree(&files);
    finish(&reading, 60);
}

/* --- sources --- */

/* The next literal from here on: not in a comment, no quote that is a character. */
static const char *next_literal(const char *c)
{
    while (*c != '\0' && *c != '"') {
        if (strncmp(c, "/*", 2) == 0) {
            const char *end = strstr(c + 2, "*/");
            c = end == NULL ? c + strlen(c) : end + 2;
        } else if (*c == '\'') {
            c += c[1] == '\\' ? 3 : 2;
            c += *c == '\'';
        } else {
            c++;
        }
    }
    return *c == '"' ? c : NULL;
}

/* Adds it, with `x` for each hole of a format; returns what stands behind its end. */
static const char *add_literal(StrBuf *out, const char *c)
{
    for (c++; *c != '"' && *c != '\0'; c++) {
        if (*c == '\\') {
            c++;
            strbuf_char(out, *c == 'n' ? '\n' : *c);
        } else if (*c == '%' && c[1] != 'I') { /* %I is the server's format()'s */
            c += strcspn(c, "sdu");
            strbuf_char(out, *c == 's' ? 'x' : '1');
        } else {
            strbuf_char(out, *c);
        }
    }
    return *c == '"' ? c + 1 : c;
}

/* The next text of adjacent literals; NULL at the end. */
static char *next_text(Reading *reading, const char **at)
{
    const char *c = next_literal(*at);
    if (c == NULL) {
        return NULL;
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    while (*c == '"') {
        c = add_literal(&out, c);
        c += strspn(c, " \n");
    }
    *at = c;
    return strbuf_take(&out, reading->arena);
}

/* A statement, maybe behind another one's hole. */
static const char *statement_of(const char *text)
{
    static const char *const verbs[] = {"SELECT ", "WITH ", "UPDATE ", "DELETE FROM ", "INSERT "};
    text += strncmp(text, "x\n", 2) == 0 ? 2 : 0;
    for (size_t i = 0; i < lengthof(verbs); i++) {
        if (strncmp(text, verbs[i], strlen(verbs[i])) == 0) {
            return text;
        }
    }
    return NULL;
}

/* Their statements are queries of our own session, whose path is the trusted one (session.h). A
 * file that is not here, a new one too, has to qualify whatever it asks. */
static const char *const in_trusted_path[] = {
    "runtime/ahead/code.c",           "runtime/ahead/gate.c",
    "runtime/apply/apply_leftover.c", "runtime/apply/apply_outcome.c",
    "runtime/lock/guard.c",           "runtime/server/database.c",
    "runtime/server/reset.c",         "runtime/server/shadow_keep.c",
};

static bool ends_with(const char *text, const char *end)
{
    const size_t len = strlen(text), wanted = strlen(end);
    return len >= wanted && strcmp(text + len - wanted, end) == 0;
}

static size_t trusted_file(const char *path)
{
    size_t i = 0;
    while (i < lengthof(in_trusted_path) && !ends_with(path, in_trusted_path[i])) {
        i++;
    }
    return i;
}

static void read_source(Reading *reading, const char *path)
{
    const char *at = read_file(reading, path);
    for (char *text = next_text(reading, &at); text != NULL; text = next_text(reading, &at)) {
        const char *statement = statement_of(text);
        if (statement != NULL) {
            reading->relations = strstr(statement, " x ") == NULL;
            read_piece(reading, statement);
        }
    }
}

Test(names, statements_outside_the_trusted_path)
{
    static const char *const layers[] = {"introspect", "runtime", "cli"};
    Reading reading = {.arena = arena_new(), .found = strbuf_new(STRBUF_MAX)};
    Reading ours = {.arena = reading.arena, .found = strbuf_new(STRBUF_MAX)};
    bool needed[lengthof(in_trusted_path)] = {false};
    for (size_t layer = 0; layer < lengthof(layers); layer++) {
        glob_t files;
        const char *pattern =
            arena_printf(reading.arena, "%s/../%s/*/*.c", TESTS_DIR, layers[layer]);
        cr_assert_eq(glob(pattern, 0, NULL, &files), 0, "%s", pattern);
        for (size_t i = 0; i < files.gl_pathc; i++) {
            const size_t row = trusted_file(files.gl_pathv[i]);
            const bool trusted = row < lengthof(in_trusted_path);
            read_source(trusted ? &ours : &reading, files.gl_pathv[i]);
            if (trusted) {
                needed[row] = ours.found.len > 0;
                strbuf_reset(&ours.found);
            }
        }
        globfree(&files);
    }
    for (size_t i = 0; i < lengthof(needed); i++) {
        cr_assert(needed[i], "%s qualifies all: its row can go", in_trusted_path[i]);
    }
    strbuf_dispose(&ours.found);
    finish(&reading, 30);
}
