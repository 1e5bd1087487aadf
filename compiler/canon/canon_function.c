/*
 * canon_function.c - calls: names without empty qualification, arguments without implied casts.
 */
#include "base/common.h"

#include <string.h>

#include "compiler/canon/canon_internal.h"
#include "compiler/canon/canon_scope.h"
#include "compiler/catalog/types.h"

typedef struct FunctionRow {
    const char *name;
    const char *returns;  /* pg_type name, or one of the words below */
    const char *argument; /* NULL: casts of arguments stay */
} FunctionRow;

static const char returns_first[] = "$first";
static const char returns_round[] = "$round";
static const char argument_whole[] = "$whole";

#define NONE  NULL
#define FIRST returns_first
#define ROUND returns_round
#define WHOLE argument_whole
static const FunctionRow rows[] = {
#define FUNCTION(name, returns, argument) {name, returns, argument},
#include "compiler/canon/functions.def"
#undef FUNCTION
};
#undef NONE
#undef FIRST
#undef ROUND
#undef WHOLE

/* The row of a function of the server; NULL for all others. */
static const FunctionRow *find_row(const PgQuery__FuncCall *call)
{
    const char *name =
        call->n_funcname > 0 ? node_string(call->funcname[call->n_funcname - 1]) : NULL;
    const char *schema = call->n_funcname == 2 ? node_string(call->funcname[0]) : NULL;
    bool of_server = call->n_funcname == 1 || (schema != NULL && strcmp(schema, "pg_catalog") == 0);
    for (size_t i = 0; name != NULL && of_server && i < lengthof(rows); i++) {
        if (strcmp(rows[i].name, name) == 0) {
            return &rows[i];
        }
    }
    return NULL;
}

static ColumnType named_type(const CanonCx *cx, const char *name)
{
    ColumnType type = canon_type_none();
    if (!type_find_catalog(name, &type.id)) {
        type.id = TYPE_OTHER;
        type.raw = intern_cstr(cx->names, name);
    }
    return type;
}

ColumnType canon_infer_call(CanonCx *cx, const PgQuery__FuncCall *call)
{
    const FunctionRow *row = find_row(call);
    ColumnType none = canon_type_none();
    if (row == NULL || row->returns == NULL) {
        return none;
    }
    if (row->returns != returns_first && row->returns != returns_round) {
        return named_type(cx, row->returns);
    }
    ColumnType first = call->n_args == 1 ? canon_infer(cx, call->args[0]) : none;
    if (!canon_type_is_numeric(&first)) {
        return none;
    }
    bool kept = row->returns == returns_first || first.id == TYPE_DECIMAL;
    first.arguments[0] = first.arguments[1] = TYPE_NO_ARGUMENT;
    return kept ? first : named_type(cx, "float8");
}

/* transaction_timestamp() is now() under its other name. */
static const char *function_alias(const char *name, size_t args)
{
    return args == 0 && strcmp(name, "transaction_timestamp") == 0 ? "now" : name;
}

/* `"public".seq` and `seq` are one relation where public is the default schema. */
static void print_relation(const CanonCx *cx, StrBuf *out, const char *text)
{
    const Sequence *relation = canon_parse_relation(cx, cx->scratch, text);
    if (relation == NULL) {
        canon_quote(out, text, strlen(text));
        return;
    }
    strbuf_char(out, '\'');
    canon_name_print(cx, out, relation->schema->text, relation->name->text);
    strbuf_char(out, '\'');
}

static void print_argument(CanonCx *cx, StrBuf *out, const Node *node, const char *argument)
{
    Constant constant;
    if (argument == NULL || !constant_of_node(cx, node, &constant)) {
        canon_print(cx, out, node);
        return;
    }
    bool whole = argument == argument_whole;
    ColumnType type = named_type(cx, whole ? "float8" : argument);
    if (whole && strpbrk(constant.text, ".eE") != NULL) {
        canon_print(cx, out, node);
        return;
    }
    bool own = canon_type_is_none(&constant.cast) || canon_type_same_base(&constant.cast, &type);
    if (own && constant.kind == CONSTANT_STRING && strcmp(argument, "regclass") == 0) {
        print_relation(cx, out, constant.text);
    } else if (!own || !constant_as(cx, &constant, &type, out)) {
        canon_print(cx, out, node);
    }
}

static void print_order(CanonCx *cx, StrBuf *out, const char *mark, Node *const *nodes,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        strbuf_add(out, i == 0 ? mark : ",");
        if (nodes[i]->node_case != PG_QUERY__NODE__NODE_SORT_BY) {
            canon_print(cx, out, nodes[i]);
            continue;
        }
        canon_print(cx, out, nodes[i]->sort_by->node);
        canon_print_direction(cx, out, nodes[i]->sort_by);
    }
}

/* The frame's options are the parser's bits; named windows are not known here. */
static void print_window(CanonCx *cx, StrBuf *out, const PgQuery__WindowDef *window)
{
    const bool is_plain = (window->name == NULL || window->name[0] == '\0') &&
                          (window->refname == NULL || window->refname[0] == '\0') &&
                          window->start_offset == NULL && window->end_offset == NULL;
    cx->failed |= !is_plain;
    strbuf_printf(out, " OVER%d(", window->frame_options);
    print_order(cx, out, "BY ", window->partition_clause, window->n_partition_clause);
    print_order(cx, out, " ORDER ", window->order_clause, window->n_order_clause);
    strbuf_char(out, ')');
}

void canon_print_call(CanonCx *cx, StrBuf *out, const PgQuery__FuncCall *call)
{
    const char *name =
        call->n_funcname > 0 ? node_string(call->funcname[call->n_funcname - 1]) : NULL;
    const char *schema = call->n_funcname == 2 ? node_string(call->funcname[0]) : NULL;
    const FunctionRow *row = find_row(call);
    if (name == NULL || call->agg_within_group || call->n_funcname > 2) {
        cx->failed = true;
        return;
    }
    canon_name_print(cx, out, schema, function_alias(name, call->n_args));
    strbuf_add(out, call->func_variadic ? "(variadic " : call->agg_distinct ? "(distinct " : "(");
    for (size_t i = 0; i < call->n_args; i++) {
        strbuf_add(out, i > 0 ? "," : "");
        print_argument(cx, out, call->args[i], row == NULL ? NULL : row->argument);
    }
    print_order(cx, out, " order ", call->agg_order, call->n_agg_order);
    strbuf_add(out, call->agg_star ? "*)" : ")");
    if (call->agg_filter != NULL) {
        strbuf_add(out, " FILTER(");
        canon_print(cx, out, call->agg_filter);
        strbuf_char(out, ')');
    }
    if (call->over != NULL) {
        print_window(cx, out, call->over);
    }
}
