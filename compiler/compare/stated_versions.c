#include "base/common.h"

#include "compiler/compare/stated_versions.h"

#include <string.h>
#include <strings.h>

#include "compiler/catalog/sql_scan.h"

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

/* Most scripts speak of no extension, and are not parsed for it. */
static bool mentions_extension(const char *sql, size_t len)
{
    static const char word[] = "extension";
    for (size_t i = 0; i + sizeof word - 1 <= len; i++) {
        if (strncasecmp(sql + i, word, sizeof word - 1) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_version(PgQuery__Node *const *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (options[i]->node_case == PG_QUERY__NODE__NODE_DEF_ELEM &&
            strcmp(options[i]->def_elem->defname, "new_version") == 0) {
            return true;
        }
    }
    return false;
}

static const char *stated_by(const PgQuery__Node *node)
{
    if (node == NULL) {
        return NULL;
    }
    if (node->node_case == PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT) {
        const PgQuery__CreateExtensionStmt *made = node->create_extension_stmt;
        return has_version(made->options, made->n_options) ? made->extname : NULL;
    }
    if (node->node_case == PG_QUERY__NODE__NODE_ALTER_EXTENSION_STMT) {
        const PgQuery__AlterExtensionStmt *altered = node->alter_extension_stmt;
        return has_version(altered->options, altered->n_options) ? altered->extname : NULL;
    }
    return NULL;
}

static void add_stated(Arena *arena, const PgQuery__ParseResult *script, StatedVersions *stated)
{
    for (size_t i = 0; script != NULL && i < script->n_stmts; i++) {
        const char *name = stated_by(script->stmts[i]->stmt);
        if (name != NULL) {
            vec_push(arena, stated, arena_strdup(arena, name));
        }
    }
}

void stated_versions_add(Arena *arena, const char *sql, size_t len, StatedVersions *stated)
{
    if (!mentions_extension(sql, len) || !sql_nesting_within(sql, len, NESTING_MAX)) {
        return;
    }
    PgQueryProtobufParseResult parsed = pg_query_parse_protobuf(sql);
    if (parsed.error == NULL) {
        PgQuery__ParseResult *script = pg_query__parse_result__unpack(
            NULL, parsed.parse_tree.len, (const uint8_t *)parsed.parse_tree.data);
        add_stated(arena, script, stated);
        pg_query__parse_result__free_unpacked(script, NULL);
    }
    pg_query_free_protobuf_parse_result(parsed);
}
