/*
 * partition_bounds.c - FOR VALUES of a partition: of its table's kind, with values of the key's
 * types, and apart from those of the other partitions. Values are compared where their texts tell:
 * whole numbers, dates, equal texts; of others nothing is claimed to overlap.
 *
 * Source: PostgreSQL manual, CREATE TABLE, "partition_bound_spec".
 */
#include "base/common.h"

#include <stdlib.h>

#include "compiler/replay/expressions/expressions.h"
#include "compiler/replay/expressions/typed_internal.h"

typedef enum EdgeKind { EDGE_VALUE, EDGE_LEAST, EDGE_MOST } EdgeKind;

/* A value as its text; a bound of a range may be none. */
typedef struct Edge {
    EdgeKind kind;
    const char *text;
} Edge;

typedef struct PartitionBound {
    bool is_default, is_comparable; /* all edges: whole numbers, or dates of one form */
    VEC(Edge) low, high;            /* a list's values, or a range's edges */
    int modulus, remainder;
} PartitionBound;

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

static bool is_date(const char *text)
{
    return strlen(text) == strlen("2020-01-01") && strspn(text, "0123456789-") == strlen(text);
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
    return fits || (end == TYPED_NOT_KNOWN && category_of(&column->type) != CATEGORY_NONE) ||
           realm_unknown(cx->realm, "a bound of a partition that its key may refuse");
}

static bool add_edge(SqlReplay *cx, PartitionBound *bound, const Node *node, bool is_low)
{
    Edge edge = {.text = ""};
    const PgQuery__ColumnRef *word =
        node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF ? node->column_ref : NULL;
    const PgQuery__AConst *constant =
        node->node_case == PG_QUERY__NODE__NODE_A_CONST ? node->a_const : NULL;
    if (word != NULL) {
        const Name name = redo_name_of(cx, word->fields[0]);
        edge.kind = name_is(name, "minvalue") ? EDGE_LEAST : EDGE_MOST;
    } else if (constant != NULL && !constant->isnull &&
               constant->val_case == PG_QUERY__A__CONST__VAL_IVAL) {
        edge.text = arena_printf(cx->arena, "%d", (int)constant->ival->ival);
    } else if (constant != NULL && !constant->isnull &&
               constant->val_case == PG_QUERY__A__CONST__VAL_SVAL) {
        edge.text = arena_strdup(cx->arena, constant->sval->sval);
    } else {
        bound->is_comparable = false;
    }
    bound->is_comparable &=
        edge.kind != EDGE_VALUE || is_whole_number(edge.text) || is_date(edge.text);
    if (is_low) {
        vec_push(cx->arena, &bound->low, edge);
    } else {
        vec_push(cx->arena, &bound->high, edge);
    }
    return true;
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
        (void)add_edge(cx, bound, nodes[i], is_low);
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
        return left - right;
    }
    if (is_whole_number(a->text) && is_whole_number(b->text)) {
        const long long left = strtoll(a->text, NULL, 10), right = strtoll(b->text, NULL, 10);
        return (left > right) - (left < right);
    }
    return strcmp(a->text, b->text);
}

static bool lists_meet(const PartitionBound *a, const PartitionBound *b)
{
    vec_each(const Edge, left, &a->low) {
        vec_each(const Edge, right, &b->low) {
            if (left->text[0] != '\0' && strcmp(left->text, right->text) == 0) {
                return true;
            }
        }
    }
    return false;
}

static bool ranges_meet(const PartitionBound *a, const PartitionBound *b)
{
    return a->is_comparable && b->is_comparable && a->low.count == 1 && b->low.count == 1 &&
           compare_edges(a->low.items, b->high.items) < 0 &&
           compare_edges(b->low.items, a->high.items) < 0;
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
        const bool meet = strategy == 'l'   ? lists_meet(bound, other)
                          : strategy == 'h' ? hashes_meet(bound, other)
                                            : ranges_meet(bound, other);
        if (meet) {
            return overlaps(cx, part, *at);
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

static bool is_empty(const PartitionBound *bound)
{
    return bound->is_comparable && bound->low.count == 1 && bound->high.count == 1 &&
           compare_edges(bound->low.items, bound->high.items) >= 0;
}

bool redo_bound_fits(SqlReplay *cx, const Table *parent, const Table *part,
                     const PgQuery__PartitionBoundSpec *spec)
{
    const RealmTable *state = realm_table_state(cx->realm, parent);
    PartitionBound *bound = arena_make(cx->arena, PartitionBound);
    *bound = (PartitionBound){.is_default = spec->is_default, .is_comparable = true, .modulus = -1};
    if (!read_bound(cx, state, bound, spec)) {
        return false;
    }
    if (state->partition_strategy == 'r' && is_empty(bound)) {
        return realm_refuse(cx->realm, "42P17", "empty range bound specified for partition `%s`",
                            part->name->text);
    }
    if (!is_apart(cx, parent, part, bound)) {
        return false;
    }
    realm_table_state(cx->realm, part)->bound = bound;
    return true;
}
