/*
 * partition_bounds.c - FOR VALUES of a partition: of its table's kind, with values of the key's
 * types, and apart from those of the other partitions. Values are compared where their texts tell:
 * whole numbers, moments of one form, equal texts; of others nothing is claimed.
 *
 * Source: PostgreSQL manual, CREATE TABLE, "partition_bound_spec".
 */
#include "base/common.h"

#include <stdlib.h>

#include "compiler/catalog/casts.h"
#include "compiler/catalog/types.h"
#include "compiler/replay/expressions/expressions.h"
#include "compiler/replay/expressions/typed_internal.h"
#include "compiler/replay/read/blocks.h"

typedef enum EdgeKind { EDGE_VALUE, EDGE_LEAST, EDGE_MOST } EdgeKind;

/* How two values compare. */
typedef enum EdgeForm {
    FORM_UNKNOWN,
    FORM_NUMBER, /* whole ones, by value */
    FORM_MOMENT, /* of one way to write it, by its text */
    FORM_TEXT,   /* equal texts are equal, others are not; which comes first, its collation tells */
    FORM_SAME,   /* equal ones are equal; of others nothing is known */
    FORM_NULL,
} EdgeForm;

/* A value as its text; a bound of a range may be none. */
typedef struct Edge {
    EdgeKind kind;
    EdgeForm form;
    const EnumType *of; /* whose value it is; NULL */
    const char *text;
} Edge;

typedef struct PartitionBound {
    bool is_default;
    VEC(Edge) low, high; /* a list's values, or a range's edges */
    int modulus, remainder;
} PartitionBound;

enum { MOMENT = sizeof "2020-01-01 00:00:00" - 1 }; /* behind it a zone */
enum { NOT_KNOWN = 2, DIFFERENT = 3 };              /* beside -1, 0 and 1, how two compare */

static bool not_known(SqlReplay *cx)
{
    return realm_unknown(cx->realm, "a bound of a partition that another may overlap");
}

static bool wrong_bound(SqlReplay *cx, const char *why)
{
    return realm_refuse(cx->realm, "42P16", "%s", why);
}

static bool overlaps(SqlReplay *cx, const Table *part, const Table *other)
{
    return realm_refuse(cx->realm, "42P17", "partition `%s` would overlap partition `%s`",
                        part->name->text, other->name->text);
}

/* --- read ---------------------------------------------------------------------------------------
 */

static bool is_whole_number(const char *text)
{
    enum { DIGITS = 15 };
    const size_t sign = text[0] == '-' ? 1 : 0;
    return text[sign] != '\0' && strlen(text) <= DIGITS &&
           strspn(text + sign, "0123456789") == strlen(text + sign);
}

static bool is_digits(const char *text)
{
    return text[0] != '\0' && strspn(text, "0123456789") == strlen(text);
}

/* `2020-01-01[ 00:00[:00[.000][+00]]]` as all its digits and the zone that it names; NULL: another
 * form. */
static const char *moment_of(SqlReplay *cx, const ColumnType *type, const char *text)
{
    static const char form[] = "dddd-dd-dd dd:dd:dd", rest[] = "0000-00-00 00:00:00";
    const size_t len = strlen(text), day = strlen("2020-01-01");
    const size_t whole = len > strlen(form) ? strlen(form) : len;
    for (size_t i = 0; i < whole; i++) {
        const bool is_digit = text[i] >= '0' && text[i] <= '9';
        if (form[i] == 'd' ? !is_digit : text[i] != form[i] && !(i == day && text[i] == 'T')) {
            return NULL;
        }
    }
    if (len != day && len != day + strlen(" 00:00") && len < strlen(form)) {
        return NULL;
    }
    const char *more = text + whole;
    more += more[0] == '.' ? 1 : 0;
    more += strspn(more, "0");
    const bool has_zone = type->id == TYPE_TIMESTAMPTZ && len > strlen(form) &&
                          (*more == '+' || *more == '-') &&
                          strspn(more + 1, "0123456789:") == strlen(more + 1);
    if (*more != '\0' && !has_zone) {
        return NULL;
    }
    char *moment = arena_printf(cx->arena, "%s%s", rest, more);
    memcpy(moment, text, type->id == TYPE_DATE ? day : whole);
    moment[day] = ' ';
    return moment;
}

/* Literals of one spelling each. */
static EdgeForm form_of_text(const ColumnType *type)
{
    switch ((int)type->id) { /* an open set */
    case TYPE_TEXT:
    case TYPE_VARCHAR:
    case TYPE_ENUM:
        return FORM_TEXT;
    default:
        return FORM_SAME;
    }
}

static void settle_form(SqlReplay *cx, const ColumnType *said, Edge *edge)
{
    const ColumnType *type = type_said(said);
    const Category category = category_of(type);
    const char *moment = category == CATEGORY_MOMENT ? moment_of(cx, type, edge->text) : NULL;
    if (category == CATEGORY_NUMBER && is_whole_number(edge->text)) {
        edge->form = FORM_NUMBER;
    } else if (moment != NULL) {
        edge->form = FORM_MOMENT;
        edge->text = moment;
    } else {
        edge->form = form_of_text(type);
        edge->of = type->id == TYPE_ENUM ? type->enum_type : NULL;
    }
}

/* Does the key's column take the constant? Others are for a server. */
static bool takes(SqlReplay *cx, const Column *column, const Node *node)
{
    ColumnType type = {0};
    const Typed end = typed_of(cx, NULL, node, &type);
    const bool fits = end == TYPED_OPEN ? literal_is(cx, node, &column->type) ||
                                              category_of(&column->type) == CATEGORY_MOMENT
                                        : end == TYPED && category_of(&type) == CATEGORY_NUMBER &&
                                              category_of(&column->type) == CATEGORY_NUMBER;
    const bool is_same = end == TYPED && type_same(type_said(&type), type_said(&column->type));
    return fits || is_same ||
           (end == TYPED_NOT_KNOWN && category_of(&column->type) != CATEGORY_NONE) ||
           realm_unknown(cx->realm, "a bound of a partition that its key may refuse");
}

/* What a cast to the key's own type is of. */
static const Node *without_cast(SqlReplay *cx, const ColumnType *type, const Node *node)
{
    ReplayType cast;
    if (node->node_case != PG_QUERY__NODE__NODE_TYPE_CAST ||
        !redo_true_type(cx, node->type_cast->type_name, &cast) || !type_same(&cast.type, type)) {
        return node;
    }
    return node->type_cast->arg;
}

static Edge edge_of(SqlReplay *cx, const ColumnType *type, const Node *written)
{
    const Node *node = without_cast(cx, type, written);
    const PgQuery__AConst *constant =
        node->node_case == PG_QUERY__NODE__NODE_A_CONST ? node->a_const : NULL;
    Edge edge = {.text = ""};
    if (node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF) {
        const Name word = redo_name_of(cx, node->column_ref->fields[0]);
        edge.kind = name_is(word, "minvalue") ? EDGE_LEAST : EDGE_MOST;
    } else if (constant == NULL) {
        edge.form = FORM_UNKNOWN;
    } else if (constant->isnull) {
        edge = (Edge){.form = FORM_NULL, .text = ""};
    } else if (constant->val_case == PG_QUERY__A__CONST__VAL_BOOLVAL) {
        edge = (Edge){.form = FORM_TEXT, .text = constant->boolval->boolval ? "true" : "false"};
    } else if (constant->val_case == PG_QUERY__A__CONST__VAL_IVAL) {
        edge.text = arena_printf(cx->arena, "%d", (int)constant->ival->ival);
        settle_form(cx, type, &edge);
    } else if (constant->val_case == PG_QUERY__A__CONST__VAL_FVAL) {
        edge.text = arena_strdup(cx->arena, constant->fval->fval);
        settle_form(cx, type, &edge);
    } else if (constant->val_case == PG_QUERY__A__CONST__VAL_SVAL) {
        edge.text = arena_strdup(cx->arena, constant->sval->sval);
        settle_form(cx, type, &edge);
    }
    return edge;
}

static bool add_edges(SqlReplay *cx, const ColumnList *key, PartitionBound *bound,
                      Node *const *nodes, size_t count, bool is_low)
{
    const bool is_list = key->count == 1 && is_low && bound->modulus < 0;
    for (size_t i = 0; i < count; i++) {
        const Column *column = key->items[is_list ? 0 : i];
        if (nodes[i]->node_case != PG_QUERY__NODE__NODE_COLUMN_REF &&
            !takes(cx, column, nodes[i])) {
            return false;
        }
        const Edge edge = edge_of(cx, &column->type, nodes[i]);
        if (is_low) {
            vec_push(cx->arena, &bound->low, edge);
        } else {
            vec_push(cx->arena, &bound->high, edge);
        }
    }
    return true;
}

/* --- compared -----------------------------------------------------------------------------------
 */

static int compare_edges(const Edge *a, const Edge *b)
{
    if (a->kind != b->kind || a->kind != EDGE_VALUE) {
        const int left = a->kind == EDGE_LEAST ? -1 : a->kind == EDGE_MOST ? 1 : 0;
        const int right = b->kind == EDGE_LEAST ? -1 : b->kind == EDGE_MOST ? 1 : 0;
        return left - right < 0 ? -1 : left > right;
    }
    const bool is_same = strcmp(a->text, b->text) == 0;
    if (a->form == FORM_UNKNOWN || a->form != b->form) {
        return a->form == FORM_NULL || b->form == FORM_NULL ? DIFFERENT : NOT_KNOWN;
    }
    if (is_same) {
        return 0;
    }
    if (a->form == FORM_NUMBER) {
        const long long left = strtoll(a->text, NULL, 10), right = strtoll(b->text, NULL, 10);
        return (left > right) - (left < right);
    }
    if (a->form == FORM_MOMENT && strcmp(a->text + MOMENT, b->text + MOMENT) != 0) {
        return NOT_KNOWN; /* in different zones */
    }
    if (a->form == FORM_MOMENT) {
        return strcmp(a->text, b->text) < 0 ? -1 : 1;
    }
    if (a->form == FORM_TEXT && is_digits(a->text) && is_digits(b->text)) {
        return strcmp(a->text, b->text) < 0 ? -1 : 1; /* in every collation */
    }
    return a->form == FORM_TEXT ? DIFFERENT : NOT_KNOWN;
}

/* Of several columns the first ones that differ tell. */
static int compare_points(const Edge *a, const Edge *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const int order = compare_edges(&a[i], &b[i]);
        if (order != 0 || a[i].kind != EDGE_VALUE) {
            return order == DIFFERENT ? NOT_KNOWN : order;
        }
    }
    return 0;
}

static Truth lists_meet(const PartitionBound *a, const PartitionBound *b)
{
    Truth meet = TRUTH_NO;
    vec_each(const Edge, left, &a->low) {
        vec_each(const Edge, right, &b->low) {
            const int order = compare_edges(left, right);
            if (order == 0) {
                return TRUTH_YES;
            }
            meet = order == NOT_KNOWN ? TRUTH_UNKNOWN : meet;
        }
    }
    return meet;
}

static Truth ranges_meet(const PartitionBound *a, const PartitionBound *b)
{
    const int first = compare_points(a->low.items, b->high.items, a->low.count);
    const int second = compare_points(b->low.items, a->high.items, a->low.count);
    const bool apart = (first != NOT_KNOWN && first >= 0) || (second != NOT_KNOWN && second >= 0);
    return apart ? TRUTH_NO : first == NOT_KNOWN || second == NOT_KNOWN ? TRUTH_UNKNOWN : TRUTH_YES;
}

static bool hashes_meet(const PartitionBound *a, const PartitionBound *b)
{
    const PartitionBound *fewer = a->modulus <= b->modulus ? a : b, *more = fewer == a ? b : a;
    return more->remainder % fewer->modulus == fewer->remainder;
}

static bool is_apart(SqlReplay *cx, const Table *parent, const Table *part,
                     const PartitionBound *bound)
{
    const char strategy = realm_table_state(cx->realm, parent)->partition_strategy;
    const TableList others = realm_children(cx->realm, parent);
    vec_each(Table *const, at, &others) {
        const PartitionBound *other = realm_table_state(cx->realm, *at)->bound;
        if (other == NULL || *at == part) {
            continue;
        }
        if (bound->is_default || other->is_default) {
            if (bound->is_default && other->is_default) {
                return realm_refuse(cx->realm, "42P17",
                                    "partition `%s` conflicts with existing default partition `%s`",
                                    part->name->text, (*at)->name->text);
            }
            continue;
        }
        const Truth meet = strategy == 'l'   ? lists_meet(bound, other)
                           : strategy == 'h' ? (hashes_meet(bound, other) ? TRUTH_YES : TRUTH_NO)
                                             : ranges_meet(bound, other);
        if (meet != TRUTH_NO) {
            return meet == TRUTH_YES ? overlaps(cx, part, *at) : not_known(cx);
        }
    }
    return true;
}

/* --- one bound ----------------------------------------------------------------------------------
 */

static bool read_bound(SqlReplay *cx, const RealmTable *state, PartitionBound *bound,
                       const PgQuery__PartitionBoundSpec *spec)
{
    const ColumnList *key = &state->partition_key;
    if (spec->is_default) {
        return state->partition_strategy != 'h' ||
               wrong_bound(cx, "a hash-partitioned table may not have a default partition");
    }
    if (spec->strategy == NULL || spec->strategy[0] != state->partition_strategy) {
        return wrong_bound(cx, "invalid bound specification for a partition");
    }
    if (spec->strategy[0] == 'h') {
        bound->modulus = spec->modulus;
        bound->remainder = spec->remainder;
        if (spec->modulus <= 0 || spec->remainder < 0) {
            return wrong_bound(cx, "modulus for hash partition must be greater than zero");
        }
        return spec->remainder < spec->modulus ||
               wrong_bound(cx, "remainder for hash partition must be less than modulus");
    }
    if (state->has_expression_key) {
        return realm_unknown(cx->realm, "a bound of a partition by an expression");
    }
    if (spec->strategy[0] == 'l') {
        return add_edges(cx, key, bound, spec->listdatums, spec->n_listdatums, true);
    }
    if (spec->n_lowerdatums != key->count || spec->n_upperdatums != key->count) {
        return wrong_bound(cx, "FROM and TO must specify one value per partitioning column");
    }
    bound->modulus = 0;
    return add_edges(cx, key, bound, spec->lowerdatums, spec->n_lowerdatums, true) &&
           add_edges(cx, key, bound, spec->upperdatums, spec->n_upperdatums, false);
}

static bool is_not_empty(SqlReplay *cx, const Table *part, const PartitionBound *bound)
{
    const int order = compare_points(bound->low.items, bound->high.items, bound->low.count);
    if (order < 0) {
        return true;
    }
    return order == NOT_KNOWN
               ? realm_unknown(cx->realm, "a bound of a partition whose order is not known")
               : realm_refuse(cx->realm, "42P17", "empty range bound specified for partition `%s`",
                              part->name->text);
}

bool redo_bound_fits(SqlReplay *cx, const Table *parent, const Table *part,
                     const PgQuery__PartitionBoundSpec *spec)
{
    const RealmTable *state = realm_table_state(cx->realm, parent);
    PartitionBound *bound = arena_make(cx->arena, PartitionBound);
    *bound = (PartitionBound){.is_default = spec->is_default, .modulus = -1};
    if (!read_bound(cx, state, bound, spec)) {
        return false;
    }
    if (state->partition_strategy == 'r' && !bound->is_default && !is_not_empty(cx, part, bound)) {
        return false;
    }
    if (!is_apart(cx, parent, part, bound)) {
        return false;
    }
    realm_table_state(cx->realm, part)->bound = bound;
    return true;
}

static void rename_edge(Edge *edge, const EnumType *type, Name from, Name to)
{
    if (edge->of == type && strcmp(edge->text, from->text) == 0) {
        edge->text = to->text;
    }
}

void redo_rename_in_bounds(SqlReplay *cx, const EnumType *type, Name from, Name to)
{
    vec_each(Table *const, at, &cx->realm->catalog->tables) {
        PartitionBound *bound = realm_table_state(cx->realm, *at)->bound;
        for (size_t i = 0; bound != NULL && i < bound->low.count; i++) {
            rename_edge(&bound->low.items[i], type, from, to);
        }
        for (size_t i = 0; bound != NULL && i < bound->high.count; i++) {
            rename_edge(&bound->high.items[i], type, from, to);
        }
    }
}
