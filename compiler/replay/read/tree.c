/*
 * tree.c - PostgreSQL's trees, read by what they are made of.
 *
 * A tree is walked by its own description (protobuf-c), so no kind of node is forgotten.
 */
#include "base/common.h"

#include <pg_query.h>
#include <stdlib.h>

#include "compiler/catalog/sql_scan.h"
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

static const char *const trusted_functions[] = {
#define TRUSTED_FUNCTION(name) name,
#include "compiler/qualify/trusted_functions.def"
#undef TRUSTED_FUNCTION
};

typedef enum Values { ONE, MANY } Values;

static const struct MoreFunction {
    const char *name;
    Values values;
} more_functions[] = {
#define MORE_FUNCTION(name, values) {name, values},
#define EXTENSION_FUNCTION(extension, name, is_immutable)
#include "compiler/replay/read/more_functions.def"
#undef MORE_FUNCTION
#undef EXTENSION_FUNCTION
};

static const struct ExtensionFunction {
    const char *extension, *name;
    bool is_immutable;
} extension_functions[] = {
#define MORE_FUNCTION(name, values)
#define EXTENSION_FUNCTION(extension, name, is_immutable) {extension, name, is_immutable},
#include "compiler/replay/read/more_functions.def"
#undef MORE_FUNCTION
#undef EXTENSION_FUNCTION
};

static const struct MoreFunction *find_more(const char *name)
{
    return bsearch(name, more_functions, lengthof(more_functions), sizeof *more_functions,
                   compare_texts); /* the name is the first field */
}

static bool is_trusted(const char *name)
{
    return bsearch(name, trusted_functions, lengthof(trusted_functions), sizeof *trusted_functions,
                   compare_texts) != NULL;
}

static bool is_server_function(const char *name)
{
    return is_trusted(name) || find_more(name) != NULL;
}

static const struct ExtensionFunction *find_extension_function(const SqlReplay *cx,
                                                               const char *name)
{
    for (size_t i = 0; i < lengthof(extension_functions); i++) {
        const struct ExtensionFunction *row = &extension_functions[i];
        if (strcmp(row->name, name) == 0 && realm_has_extension(cx->realm, row->extension)) {
            return row;
        }
    }
    return NULL;
}

bool tree_is_immutable_extension_function(const SqlReplay *cx, const char *name)
{
    const struct ExtensionFunction *row = find_extension_function(cx, name);
    return row == NULL || row->is_immutable;
}

bool tree_is_known_function(SqlReplay *cx, const char *name)
{
    const Name own = redo_name(cx, name);
    return !realm_has_routine(cx->realm, own) &&
           (is_server_function(name) || find_extension_function(cx, name) != NULL);
}

bool tree_is_own_function(SqlReplay *cx, const char *name)
{
    return realm_has_routine(cx->realm, redo_name(cx, name)) && !is_server_function(name);
}

static bool gives_one_value(SqlReplay *cx, const char *name)
{
    const Name own = redo_name(cx, name);
    for (const RealmRoutine *at = map_get(&cx->realm->routines_by_name, own); at != NULL;
         at = at->next) {
        if (at->kind != 'f' || at->result == NULL || strncmp(at->result, "SETOF ", 6) == 0 ||
            strncmp(at->result, "TABLE", 5) == 0) {
            return false;
        }
    }
    const struct MoreFunction *more = find_more(name);
    return more != NULL ? more->values == ONE
                        : is_trusted(name) || find_extension_function(cx, name) != NULL ||
                              tree_is_own_function(cx, name);
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
    const char *name = tree_called_name(call);
    if (!cx->knows(cx->replay, name) || (cx->knows == gives_one_value && call->over != NULL)) {
        cx->foreign = name;
        return false;
    }
    return true;
}

const PgQuery__FuncCall *tree_server_call(SqlReplay *cx, const Node *node)
{
    const PgQuery__FuncCall *call =
        node != NULL && node->node_case == PG_QUERY__NODE__NODE_FUNC_CALL ? node->func_call : NULL;
    if (call == NULL || call->over != NULL || call->agg_star || call->agg_distinct ||
        call->n_agg_order > 0 || call->agg_filter != NULL || call->func_variadic) {
        return NULL;
    }
    Name schema = NULL, name = NULL;
    redo_list_name(cx, call->funcname, call->n_funcname, &schema, &name);
    const bool is_theirs =
        schema == NULL ? !realm_has_routine(cx->realm, name) : name_is(schema, "pg_catalog");
    return name != NULL && is_theirs ? call : NULL;
}

const char *tree_called_name(const PgQuery__FuncCall *call)
{
    const Node *last = call->n_funcname == 0 ? NULL : call->funcname[call->n_funcname - 1];
    return last != NULL && last->node_case == PG_QUERY__NODE__NODE_STRING ? last->string->sval : "";
}

const char *tree_foreign_function(SqlReplay *cx, const Node *node)
{
    FunctionCx found = {.replay = cx, .knows = gives_one_value};
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
