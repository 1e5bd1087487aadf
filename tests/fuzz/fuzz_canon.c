/*
 * fuzz_canon.c - any text as an expression of a column's default, and as a predicate.
 *
 * Promises: no crash; the same tree in another spelling has the same canonical text, for every
 * type. The other spelling is the one PostgreSQL's parser library writes itself.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>
#include <string.h>

#include "compiler/canon/canon_internal.h"
#include "compiler/catalog/sql_scan.h"
#include "compiler/qualify/tree_equal.h"

static const char head[] = "SELECT ";
static const char blanks[] = " \t\n\r\f\v";

static bool is_expression(const char *text)
{
    CanonTree tree = canon_parse_expression(text);
    bool readable = tree.expression != NULL;
    canon_tree_free(&tree);
    return readable;
}

/* The library leaves out brackets that are needed: such a spelling is of another tree. */
static bool is_same_tree(PgQueryProtobuf tree, const char *query)
{
    PgQueryProtobufParseResult again = pg_query_parse_protobuf(query);
    PgQuery__ParseResult *one =
        pg_query__parse_result__unpack(NULL, tree.len, (const uint8_t *)tree.data);
    PgQuery__ParseResult *two = pg_query__parse_result__unpack(
        NULL, again.parse_tree.len, (const uint8_t *)again.parse_tree.data);
    const bool same = again.error == NULL && sql_tree_equal(&one->base, &two->base);
    pg_query__parse_result__free_unpacked(one, NULL);
    pg_query__parse_result__free_unpacked(two, NULL);
    pg_query_free_protobuf_parse_result(again);
    return same;
}

/* `text` written anew from its tree; NULL when it is no expression, or the library writes none. */
static const char *respelled(const World *world, const char *text)
{
    if (!is_expression(text) || !sql_nesting_within(text, strlen(text), CANON_DEPTH_MAX)) {
        return NULL;
    }
    const char *written = NULL;
    PgQueryProtobufParseResult parsed =
        pg_query_parse_protobuf(arena_printf(world->arena, "%s(%s\n)", head, text));
    if (parsed.error == NULL) {
        PgQueryDeparseResult query = pg_query_deparse_protobuf(parsed.parse_tree);
        if (query.error == NULL && strncmp(query.query, head, strlen(head)) == 0 &&
            is_same_tree(parsed.parse_tree, query.query)) {
            written = arena_strdup(world->arena, query.query + strlen(head));
        }
        pg_query_free_deparse_result(query);
    }
    pg_query_free_protobuf_parse_result(parsed);
    return written != NULL && is_expression(written) ? written : NULL;
}

/* Blanks aside at the ends. */
static bool is_text(Name name, const char *text)
{
    const size_t start = strspn(text, blanks);
    size_t len = strlen(text);
    while (len > start && strchr(blanks, text[len - 1]) != NULL) {
        len--;
    }
    return name->len == len - start && memcmp(name->text, text + start, name->len) == 0;
}

/* What the printer does not understand stays as it is written. */
static bool agree(Name one, const char *text, Name two, const char *other)
{
    return one == two || (is_text(one, text) && is_text(two, other));
}

static void check_type(const World *world, const char *text, const char *other,
                       const ColumnType *type)
{
    Name one = canon_expression(world->names, text, type);
    if (other != NULL) {
        Name two = canon_expression(world->names, other, type);
        FUZZ_DEMAND(agree(one, text, two, other),
                    "type %d, list %d: `%s` is `%s`, but `%s` is `%s`", (int)type->id,
                    (int)type->list, text, one->text, other, two->text);
    }
}

static void check_types(const World *world, const char *text, const char *other)
{
    for (TypeId id = 0; id < TYPE_ENUM; id++) {
        ColumnType type = {.id = id, .arguments = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT}};
        check_type(world, text, other, &type);
        type.list = true;
        check_type(world, text, other, &type);
    }
}

static void check_predicate(const World *world, const char *text, const char *other)
{
    Catalog *catalog = catalog_new(world->names, intern_cstr(world->names, "public"));
    Table *table = catalog_add_table(catalog, catalog->default_schema,
                                     intern_cstr(world->names, "t"), origin_catalog(0));
    for (TypeId id = 0; id < TYPE_ENUM; id++) {
        Name name = intern_printf(world->names, "c%d", (int)id);
        Column *column = table_add_column(catalog, table, name, origin_catalog(0));
        column->type = (ColumnType){.id = id, .arguments = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT}};
    }
    Name one = canon_predicate(catalog, table, text);
    if (other != NULL) {
        Name two = canon_predicate(catalog, table, other);
        FUZZ_DEMAND(agree(one, text, two, other), "predicate: `%s` is `%s`, but `%s` is `%s`", text,
                    one->text, other, two->text);
    }
    catalog_free(catalog);
}

void fuzz_one(const char *text, size_t len)
{
    World world = world_new();
    const char *copy = arena_strndup(world.arena, text, len);
    const char *other = respelled(&world, copy);
    check_types(&world, copy, other);
    check_predicate(&world, copy, other);
    world_free(&world);
}
