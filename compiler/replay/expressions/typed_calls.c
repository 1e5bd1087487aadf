/*
 * typed_calls.c - calls of functions: by the table of those that are known, and of the scripts'
 * own.
 */
#include "base/common.h"

#include "compiler/catalog/casts.h"
#include "compiler/catalog/types.h"
#include "compiler/replay/expressions/typed_internal.h"

/* A text in quotes is taken where a text is wanted; what other types read is not asked here. */
static bool takes(char letter, Typed end, const ColumnType *said)
{
    const ColumnType *type = type_said(said);
    const Category category = end == TYPED ? category_of(type) : CATEGORY_NONE;
    switch (letter) {
    case 't':
        return end == TYPED_OPEN || category == CATEGORY_TEXT;
    case 'c':
        return end == TYPED_OPEN;
    case 'g':
        return end == TYPED_OPEN || (type->raw != NULL && name_is(type->raw, "regclass"));
    case 'n':
        return category == CATEGORY_NUMBER;
    case 'i':
        return category == CATEGORY_NUMBER &&
               (type->id == TYPE_INTEGER || type->id == TYPE_SMALLINT);
    case 'm':
        return category == CATEGORY_NUMBER && type->id == TYPE_DECIMAL;
    case 'd':
        return category == CATEGORY_MOMENT;
    case 'D':
        return category == CATEGORY_MOMENT && type->id == TYPE_DATE;
    case 's':
        return category == CATEGORY_MOMENT && type->id == TYPE_TIMESTAMP;
    case 'z':
        return category == CATEGORY_MOMENT && type->id == TYPE_TIMESTAMPTZ;
    case 'q':
        return category == CATEGORY_CLOCK && type->id == TYPE_TIMETZ;
    case 'j':
        return category == CATEGORY_JSONB;
    case 'J':
        return category == CATEGORY_JSON;
    case 'l':
        return category == CATEGORY_LIST;
    default:
        return end == TYPED;
    }
}

enum { TYPED_FIRST = TYPE_OTHER + 1, MOST_ARGUMENTS = 8 };

typedef struct CallRow {
    const char *name, *takes;
    int gives;
    const char *of; /* TYPE_OTHER: its name */
} CallRow;

static const CallRow call_rows[] = {
#define TYPED_CALL(name, takes, gives)   {name, takes, gives, NULL},
#define TYPED_CALL_OF(name, takes, type) {name, takes, TYPE_OTHER, type},
#include "compiler/replay/expressions/typed_calls.def"
#undef TYPED_CALL
#undef TYPED_CALL_OF
};

static bool is_element(const TypedCx *cx, const Node *node, Typed end, const ColumnType *type,
                       const ColumnType *list)
{
    ColumnType element = *type_said(list);
    element.list = false;
    return end == TYPED_OPEN ? literal_is(cx->replay, node, &element)
                             : !type->list && type_same(type_said(type), &element);
}

static bool row_takes(const TypedCx *cx, const CallRow *row, const PgQuery__FuncCall *call,
                      const Typed *ends, const ColumnType *types)
{
    bool fits = strcmp(tree_called_name(call), row->name) == 0;
    if (strcmp(row->takes, "*") == 0) {
        return fits && call->n_args > 0;
    }
    fits = fits && strlen(row->takes) == call->n_args;
    for (size_t i = 0; fits && i < call->n_args; i++) {
        fits = row->takes[i] == 'e'
                   ? is_element(cx, call->args[i], ends[i], &types[i], &types[i - 1])
                   : takes(row->takes[i], ends[i], &types[i]);
    }
    return fits;
}

static Typed gives_row(const TypedCx *cx, const CallRow *row, const ColumnType *first,
                       ColumnType *ret_type)
{
    if (row->gives == (int)TYPED_FIRST) {
        *ret_type = *first;
        return TYPED;
    }
    *ret_type = plain_type((TypeId)row->gives);
    if (row->of != NULL) {
        ret_type->raw = intern_cstr(cx->replay->names, row->of);
    }
    return TYPED;
}

/* A function of the scripts, the only one of its name; its arguments are taken to be right. */
static Typed of_own_call(const TypedCx *cx, const PgQuery__FuncCall *call, ColumnType *ret_type)
{
    static const char *const nothing[] = {"void", "trigger", "event_trigger"};
    const Name name = redo_name(cx->replay, tree_called_name(call));
    const RealmRoutine *routine = map_get(&cx->replay->realm->routines_by_name, name);
    if (routine == NULL || routine->next != NULL || routine->kind != 'f') {
        return TYPED_NOT_KNOWN;
    }
    for (size_t i = 0; routine->result != NULL && i < lengthof(nothing); i++) {
        const size_t len = strlen(nothing[i]);
        if (strncmp(routine->result, nothing[i], len) == 0 &&
            strcmp(routine->result + len, " ") == 0) {
            *ret_type = plain_type(TYPE_OTHER);
            ret_type->raw = intern_cstr(cx->replay->names, nothing[i]);
            return TYPED;
        }
    }
    for (int id = 0; routine->result != NULL && id < TYPE_ENUM; id++) {
        const ColumnType type = plain_type((TypeId)id);
        const char *text = redo_type_text(cx->replay, &type);
        const size_t len = strlen(text);
        if (strncmp(routine->result, text, len) == 0 && strcmp(routine->result + len, " ") == 0) {
            return typed_gives((TypeId)id, ret_type); /* a blank, and no parameters that it gives */
        }
    }
    return TYPED_NOT_KNOWN;
}

Typed typed_call(const TypedCx *cx, const Node *node, ColumnType *ret_type)
{
    const PgQuery__FuncCall *call = node->func_call;
    ColumnType types[MOST_ARGUMENTS] = {{0}};
    Typed ends[MOST_ARGUMENTS] = {0};
    if (call->n_args > MOST_ARGUMENTS) {
        return TYPED_NOT_KNOWN;
    }
    for (size_t i = 0; i < call->n_args; i++) {
        ends[i] = typed_it(cx, call->args[i], &types[i]);
        if (typed_ends(ends[i])) {
            return ends[i];
        }
    }
    if (tree_server_call(cx->replay, node) == NULL) {
        return of_own_call(cx, call, ret_type);
    }
    for (size_t i = 0; i < lengthof(call_rows); i++) {
        if (row_takes(cx, &call_rows[i], call, ends, types)) {
            return gives_row(cx, &call_rows[i], &types[0], ret_type);
        }
    }
    return TYPED_NOT_KNOWN;
}
