/*
 * tree.c - PostgreSQL's trees, read by what they are made of.
 *
 * A tree is walked by its own description (protobuf-c), so no kind of node is forgotten.
 */
#include "base/common.h"

#include <pg_query.h>
#include <stdlib.h>

#include "compiler/canon/nesting.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/replay/read/reader.h"

Name redo_name(const SqlReplay *cx, const char *text)
{
    if (text == NULL || text[0] == '\0') {
        return NULL;
    }
    return name_kept(cx->names, intern_cstr(cx->names, text));
}

Name redo_name_of(const SqlReplay *cx, const Node *node)
{
    return node != NULL && node->node_case == PG_QUERY__NODE__NODE_STRING
               ? redo_name(cx, node->string->sval)
               : NULL;
}

void redo_list_name(const SqlReplay *cx, Node *const *names, size_t count, Name *ret_schema,
                    Name *ret_name)
{
    *ret_name = count == 0 ? NULL : redo_name_of(cx, names[count - 1]);
    *ret_schema = count < 2 ? NULL : redo_name_of(cx, names[count - 2]);
}

/* The words that quote_ident leaves alone are no key words, or unreserved ones. */
static bool is_free_word(Name name)
{
    if (strspn(name->text, "abcdefghijklmnopqrstuvwxyz0123456789_") != name->len ||
        (name->text[0] >= '0' && name->text[0] <= '9')) {
        return false;
    }
    PgQueryScanResult scanned = pg_query_scan(name->text);
    PgQuery__ScanResult *result =
        scanned.error != NULL ? NULL
                              : pg_query__scan_result__unpack(NULL, scanned.pbuf.len,
                                                              (const uint8_t *)scanned.pbuf.data);
    const bool is_free =
        result != NULL && result->n_tokens == 1 &&
        (result->tokens[0]->keyword_kind == PG_QUERY__KEYWORD_KIND__NO_KEYWORD ||
         result->tokens[0]->keyword_kind == PG_QUERY__KEYWORD_KIND__UNRESERVED_KEYWORD);
    if (result != NULL) {
        pg_query__scan_result__free_unpacked(result, NULL);
    }
    pg_query_free_scan_result(scanned);
    return is_free;
}

void redo_quoted(StrBuf *out, Name name)
{
    if (is_free_word(name)) {
        strbuf_add(out, name->text);
    } else {
        sql_ident(out, name);
    }
}

RangeName redo_range(const SqlReplay *cx, const PgQuery__RangeVar *range)
{
    return (RangeName){redo_name(cx, range->schemaname), redo_name(cx, range->relname)};
}

/* --- walking ------------------------------------------------------------------------------------
 */

static bool visit_field(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                        TreeVisit visit, void *context)
{
    const char *at = (const char *)message + field->offset;
    const char *quantifier = (const char *)message + field->quantifier_offset;
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        const size_t count = *(const size_t *)(const void *)quantifier;
        ProtobufCMessage *const *items = *(ProtobufCMessage *const *const *)(const void *)at;
        for (size_t i = 0; i < count; i++) {
            if (!visit(context, items[i])) {
                return false;
            }
        }
        return true;
    }
    const bool is_other_case = (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
                               *(const uint32_t *)(const void *)quantifier != field->id;
    const ProtobufCMessage *child =
        is_other_case ? NULL : *(const ProtobufCMessage *const *)(const void *)at;
    return child == NULL || visit(context, child);
}

bool tree_children(const ProtobufCMessage *message, TreeVisit visit, void *context)
{
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        if (field->type == PROTOBUF_C_TYPE_MESSAGE &&
            !visit_field(message, field, visit, context)) {
            return false;
        }
    }
    return true;
}

typedef struct WalkCx {
    TreeVisit visit;
    void *context;
} WalkCx;

static bool walk(void *context, const ProtobufCMessage *message)
{
    const WalkCx *cx = context;
    return cx->visit(cx->context, message) && tree_children(message, walk, context);
}

bool tree_walk(const ProtobufCMessage *message, TreeVisit visit, void *context)
{
    WalkCx cx = {visit, context};
    return message == NULL || walk(&cx, message);
}

/* --- functions ----------------------------------------------------------------------------------
 */

typedef struct FunctionCx {
    SqlReplay *replay;
    bool (*knows)(SqlReplay *cx, const char *name);
    const char *foreign;
} FunctionCx;

static int compare_texts(const void *a, const void *b)
{
    return strcmp(a, *(const char *const *)b);
}

/* Beside those an expression over a row may call: what reads a sequence, sums up or lists. */
static bool is_server_function(const char *name)
{
    static const char *const trusted[] = {
#define TRUSTED_FUNCTION(name) name,
#include "compiler/qualify/trusted_functions.def"
#undef TRUSTED_FUNCTION
    };
    static const char *const more[] = {"array_agg",
                                       "avg",
                                       "bool_and",
                                       "bool_or",
                                       "count",
                                       "currval",
                                       "dense_rank",
                                       "first_value",
                                       "generate_series",
                                       "generate_subscripts",
                                       "json_agg",
                                       "json_array_elements",
                                       "json_array_elements_text",
                                       "json_each",
                                       "json_each_text",
                                       "json_object_agg",
                                       "jsonb_agg",
                                       "jsonb_array_elements",
                                       "jsonb_array_elements_text",
                                       "jsonb_each",
                                       "jsonb_each_text",
                                       "jsonb_object_agg",
                                       "jsonb_object_keys",
                                       "jsonb_set",
                                       "lag",
                                       "last_value",
                                       "lastval",
                                       "lead",
                                       "max",
                                       "min",
                                       "nextval",
                                       "ntile",
                                       "pg_get_serial_sequence",
                                       "random",
                                       "rank",
                                       "regexp_matches",
                                       "regexp_split_to_table",
                                       "row_number",
                                       "setval",
                                       "string_agg",
                                       "string_to_table",
                                       "sum",
                                       "to_regclass",
                                       "unnest"};
    if (bsearch(name, trusted, lengthof(trusted), sizeof *trusted, compare_texts) != NULL) {
        return true;
    }
    for (size_t i = 0; i < lengthof(more); i++) {
        if (strcmp(more[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_extension_function(const SqlReplay *cx, const char *name)
{
    static const struct {
        const char *extension, *name;
    } known[] = {
        {"uuid-ossp", "uuid_generate_v1"},
        {"uuid-ossp", "uuid_generate_v1mc"},
        {"uuid-ossp", "uuid_generate_v4"},
        {"pgcrypto", "gen_random_bytes"},
        {"pgcrypto", "digest"},
        {"pgcrypto", "crypt"},
        {"pgcrypto", "gen_salt"},
        {"pgcrypto", "hmac"},
        {"unaccent", "unaccent"},
        {"pg_trgm", "similarity"},
    };
    for (size_t i = 0; i < lengthof(known); i++) {
        if (strcmp(known[i].name, name) == 0 &&
            realm_has_extension(cx->realm, known[i].extension)) {
            return true;
        }
    }
    return false;
}

bool tree_is_known_function(SqlReplay *cx, const char *name)
{
    const Name own = redo_name(cx, name);
    return !realm_has_routine(cx->realm, own) &&
           (is_server_function(name) || is_extension_function(cx, name));
}

bool tree_is_own_function(SqlReplay *cx, const char *name)
{
    return realm_has_routine(cx->realm, redo_name(cx, name)) && !is_server_function(name);
}

static bool is_there(SqlReplay *cx, const char *name)
{
    return tree_is_known_function(cx, name) || tree_is_own_function(cx, name);
}

bool tree_is_harmless_function(SqlReplay *cx, const char *name)
{
    const Name own = redo_name(cx, name);
    return tree_is_known_function(cx, name) || (own != NULL && redo_is_harmless(cx, own));
}

static bool visit_function(void *context, const ProtobufCMessage *message)
{
    FunctionCx *cx = context;
    if (message->descriptor != &pg_query__func_call__descriptor) {
        return true;
    }
    const PgQuery__FuncCall *call = (const PgQuery__FuncCall *)message;
    const Node *last = call->n_funcname == 0 ? NULL : call->funcname[call->n_funcname - 1];
    const char *name =
        last != NULL && last->node_case == PG_QUERY__NODE__NODE_STRING ? last->string->sval : "";
    if (!cx->knows(cx->replay, name)) {
        cx->foreign = name;
        return false;
    }
    return true;
}

const char *tree_foreign_function(SqlReplay *cx, const Node *node)
{
    FunctionCx found = {.replay = cx, .knows = is_there};
    (void)tree_walk(node == NULL ? NULL : &node->base, visit_function, &found);
    return found.foreign;
}

const char *tree_harmful_function(SqlReplay *cx, const Node *node)
{
    FunctionCx found = {.replay = cx, .knows = tree_is_harmless_function};
    (void)tree_walk(node == NULL ? NULL : &node->base, visit_function, &found);
    return found.foreign;
}

/* --- columns ------------------------------------------------------------------------------------
 */

typedef struct ColumnCx {
    SqlReplay *replay;
    const Table *table;
    ColumnList columns;
    bool ok;
} ColumnCx;

static bool visit_column(void *context, const ProtobufCMessage *message)
{
    ColumnCx *cx = context;
    if (message->descriptor == &pg_query__sub_link__descriptor) {
        cx->ok = realm_unknown(cx->replay->realm, "a query inside an expression");
        return false;
    }
    if (message->descriptor != &pg_query__column_ref__descriptor) {
        return true;
    }
    const PgQuery__ColumnRef *ref = (const PgQuery__ColumnRef *)message;
    const Node *last = ref->n_fields == 0 ? NULL : ref->fields[ref->n_fields - 1];
    const Name name = redo_name_of(cx->replay, last);
    if (name == NULL) {
        cx->ok = realm_unknown(cx->replay->realm, "a whole row inside an expression");
        return false;
    }
    if (ref->n_fields == 1 && name_is(name, "system_user") &&
        table_find_column(cx->table, name) == NULL) {
        cx->ok = realm_unknown(cx->replay->realm, "SYSTEM_USER, which servers know from 16 on");
        return false;
    }
    Column *column = realm_column(cx->replay->realm, cx->table, name);
    cx->ok = column != NULL;
    if (column != NULL && !column_in_list(column, cx->columns.items, cx->columns.count)) {
        vec_push(cx->replay->arena, &cx->columns, column);
    }
    return cx->ok;
}

bool tree_columns(SqlReplay *cx, const Node *node, const Table *table, ColumnList *ret_columns)
{
    ColumnCx found = {.replay = cx, .table = table, .ok = true};
    (void)tree_walk(&node->base, visit_column, &found);
    if (found.ok) {
        *ret_columns = found.columns;
    }
    return found.ok;
}

/* --- parsed -------------------------------------------------------------------------------------
 */

PgQuery__ParseResult *redo_parse(const char *text)
{
    if (!sql_nesting_within(text, strlen(text), NESTING_MAX)) {
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

void redo_parse_free(PgQuery__ParseResult *tree)
{
    if (tree != NULL) {
        pg_query__parse_result__free_unpacked(tree, NULL);
    }
}
