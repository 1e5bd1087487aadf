/*
 * canon_tree.c - texts to trees through libpg_query, PostgreSQL's own grammar.
 *
 * In: an expression or the name of a type.   Out: its protobuf tree, freed by canon_tree_free.
 * Long and deeply nested texts are refused: see nesting.h.
 */
#include "base/common.h"

#include <pg_query.h>
#include <string.h>

#include "compiler/canon/canon_internal.h"
#include "compiler/catalog/sql_scan.h"
#include "compiler/catalog/sql_write.h"

/* `SELECT (<text>)` with nothing else in it. */
static const Node *only_target(const PgQuery__ParseResult *result)
{
    if (result == NULL || result->n_stmts != 1 || result->stmts[0]->stmt == NULL ||
        result->stmts[0]->stmt->node_case != PG_QUERY__NODE__NODE_SELECT_STMT) {
        return NULL;
    }
    const PgQuery__SelectStmt *select = result->stmts[0]->stmt->select_stmt;
    size_t more = select->n_from_clause + select->n_group_clause + select->n_sort_clause +
                  select->n_values_lists + select->n_window_clause + select->n_locking_clause +
                  select->n_distinct_clause;
    bool plain = select->where_clause == NULL && select->having_clause == NULL &&
                 select->limit_count == NULL && select->limit_offset == NULL &&
                 select->larg == NULL && select->with_clause == NULL && select->into_clause == NULL;
    if (more > 0 || !plain || select->n_target_list != 1 ||
        select->target_list[0]->node_case != PG_QUERY__NODE__NODE_RES_TARGET) {
        return NULL;
    }
    return select->target_list[0]->res_target->val;
}

static CanonTree parse(const char *before, const char *text, const char *after)
{
    CanonTree tree = {0};
    size_t len = strnlen(text, CANON_PARSE_MAX + 1);
    if (len > CANON_PARSE_MAX || !sql_nesting_within(text, len, NESTING_MAX)) {
        return tree;
    }
    StrBuf sql = strbuf_new((size_t)CANON_PARSE_MAX * 2);
    strbuf_printf(&sql, "%s%s%s", before, text, after);
    PgQueryProtobufParseResult parsed = pg_query_parse_protobuf(strbuf_text(&sql));
    if (parsed.error == NULL) {
        tree.result = pg_query__parse_result__unpack(NULL, parsed.parse_tree.len,
                                                     (const uint8_t *)parsed.parse_tree.data);
        tree.expression = only_target(tree.result);
    }
    pg_query_free_protobuf_parse_result(parsed);
    strbuf_dispose(&sql);
    return tree;
}

PgQuery__ParseResult *canon_parse_script(const char *text)
{
    const size_t len = strnlen(text, CANON_PARSE_MAX + 1);
    if (len > CANON_PARSE_MAX || !sql_nesting_within(text, len, NESTING_MAX)) {
        return NULL;
    }
    PgQueryProtobufParseResult parsed = pg_query_parse_protobuf(text);
    PgQuery__ParseResult *tree =
        parsed.error != NULL
            ? NULL
            : pg_query__parse_result__unpack(NULL, parsed.parse_tree.len,
                                             (const uint8_t *)parsed.parse_tree.data);
    pg_query_free_protobuf_parse_result(parsed);
    return tree;
}

/* The line break ends a comment the text may end in. */
CanonTree canon_parse_expression(const char *text)
{
    return parse("SELECT (", text, "\n)");
}

CanonTree canon_parse_type(const char *text)
{
    CanonTree tree = parse("SELECT NULL::", text, "");
    const Node *node = tree.expression;
    if (node != NULL && node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST &&
        node->type_cast->arg->node_case == PG_QUERY__NODE__NODE_A_CONST) {
        tree.type_name = node->type_cast->type_name;
    }
    return tree;
}

void canon_tree_free(CanonTree *tree)
{
    if (tree->result != NULL) {
        pg_query__parse_result__free_unpacked(tree->result, NULL);
        tree->result = NULL;
    }
}

static bool is_reserved(const char *word)
{
    PgQueryScanResult scanned = pg_query_scan(word);
    bool reserved = false;
    PgQuery__ScanResult *tokens =
        scanned.error != NULL ? NULL
                              : pg_query__scan_result__unpack(NULL, scanned.pbuf.len,
                                                              (const uint8_t *)scanned.pbuf.data);
    if (tokens != NULL) {
        reserved = tokens->n_tokens == 1 &&
                   tokens->tokens[0]->keyword_kind > PG_QUERY__KEYWORD_KIND__UNRESERVED_KEYWORD;
        pg_query__scan_result__free_unpacked(tokens, NULL);
    }
    pg_query_free_scan_result(scanned);
    return reserved;
}

void canon_ident(StrBuf *out, Name name)
{
    const bool is_plain = name->len > 0 && strchr("0123456789", name->text[0]) == NULL &&
                          strspn(name->text, "abcdefghijklmnopqrstuvwxyz0123456789_") == name->len;
    if (is_plain && !is_reserved(name->text)) {
        strbuf_addn(out, name->text, name->len);
    } else {
        sql_ident(out, name);
    }
}

const char *node_string(const Node *node)
{
    return node != NULL && node->node_case == PG_QUERY__NODE__NODE_STRING ? node->string->sval
                                                                          : NULL;
}
