/*
 * typed_many.c - what gives one type of many: CASE, COALESCE, ARRAY; and conditions.
 */
#include "base/common.h"

#include "compiler/catalog/casts.h"
#include "compiler/catalog/types.h"
#include "compiler/replay/expressions/typed_internal.h"

static Typed cannot_match(const TypedCx *cx, const char *what, const ColumnType *a,
                          const ColumnType *b)
{
    if (cx->replay->realm->casts > 0) {
        return TYPED_NOT_KNOWN;
    }
    (void)realm_refuse(cx->replay->realm, "42804", "%s types %s and %s cannot be matched", what,
                       redo_type_text(cx->replay, a), redo_type_text(cx->replay, b));
    return TYPED_REFUSED;
}

static Typed join_types(const TypedCx *cx, const char *what, ColumnType *common,
                        const ColumnType *other)
{
    const Category a = category_of(common), b = category_of(other);
    if (common->list == other->list && type_same(type_said(common), type_said(other))) {
        return TYPED;
    }
    if (a == CATEGORY_NUMBER && b == CATEGORY_NUMBER) {
        const TypeId one = type_said(common)->id, two = type_said(other)->id;
        const bool is_double = one == TYPE_DOUBLE_PRECISION || two == TYPE_DOUBLE_PRECISION;
        const bool is_real = !is_double && (one == TYPE_REAL || two == TYPE_REAL);
        return typed_gives(is_real ? TYPE_REAL : wider_number(one, two), common);
    }
    if (a == CATEGORY_TEXT && b == CATEGORY_TEXT) {
        return typed_gives(TYPE_TEXT, common);
    }
    return a != CATEGORY_NONE && b != CATEGORY_NONE && a != b && a != CATEGORY_LIST &&
                   b != CATEGORY_LIST
               ? cannot_match(cx, what, common, other)
               : TYPED_NOT_KNOWN;
}

/* Of an enum type it is none for certain. */
static Typed no_value(const TypedCx *cx, const Node *node, const ColumnType *said)
{
    const ColumnType *type = type_said(said);
    if (type->id != TYPE_ENUM || type->list || node->node_case != PG_QUERY__NODE__NODE_A_CONST) {
        return TYPED_NOT_KNOWN;
    }
    (void)realm_refuse(cx->replay->realm, "22P02", "invalid input value for enum %s",
                       type->enum_type->name->text);
    return TYPED_REFUSED;
}

Typed typed_many(const TypedCx *cx, const char *what, Node *const *nodes, size_t count,
                 ColumnType *ret_type)
{
    ColumnType common = plain_type(TYPE_TEXT);
    bool has_type = false;
    for (size_t i = 0; i < count; i++) {
        ColumnType type = {0};
        Typed end = typed_it(cx, nodes[i], &type);
        if (end == TYPED_OPEN) {
            continue;
        }
        if (end == TYPED && has_type) {
            end = join_types(cx, what, &common, &type);
        } else if (end == TYPED) {
            common = type;
        }
        if (typed_ends(end)) {
            return end;
        }
        has_type = true;
    }
    for (size_t i = 0; i < count; i++) {
        ColumnType type = {0};
        if (typed_it(cx, nodes[i], &type) == TYPED_OPEN &&
            !literal_is(cx->replay, nodes[i], &common)) {
            return no_value(cx, nodes[i], &common);
        }
    }
    *ret_type = common;
    return TYPED;
}

Typed typed_truths(const TypedCx *cx, Node *const *nodes, size_t count, ColumnType *ret_type)
{
    for (size_t i = 0; i < count; i++) {
        ColumnType type = {0};
        const Typed end = typed_it(cx, nodes[i], &type);
        if (typed_ends(end)) {
            return end;
        }
        const Category category = end == TYPED ? category_of(&type) : CATEGORY_NONE;
        if (category == CATEGORY_NONE) {
            return TYPED_NOT_KNOWN;
        }
        if (category != CATEGORY_TRUTH) {
            (void)realm_refuse(cx->replay->realm, "42804",
                               "argument of a condition must be type boolean, not type %s",
                               redo_type_text(cx->replay, &type));
            return TYPED_REFUSED;
        }
    }
    return typed_gives(TYPE_BOOLEAN, ret_type);
}

Typed typed_case(const TypedCx *cx, const PgQuery__CaseExpr *choice, ColumnType *ret_type)
{
    VEC(Node *) results = {0};
    ColumnType subject = {0}, ignored = {0};
    const bool has_subject = choice->arg != NULL;
    Operand left = {.node = choice->arg};
    left.end = has_subject ? typed_it(cx, choice->arg, &subject) : TYPED;
    left.type = subject;
    if (typed_ends(left.end)) {
        return left.end;
    }
    for (size_t i = 0; i < choice->n_args; i++) {
        const PgQuery__CaseWhen *when = choice->args[i]->case_when;
        Operand right = {.node = when->expr};
        right.end = has_subject ? typed_it(cx, when->expr, &right.type) : TYPED;
        Typed end = typed_ends(right.end) ? right.end
                    : has_subject         ? compared(cx->replay, "=", &left, &right, &ignored)
                                  : typed_truths(cx, (Node *const[]){when->expr}, 1, &ignored);
        if (typed_ends(end)) {
            return end;
        }
        vec_push(cx->replay->arena, &results, when->result);
    }
    if (choice->defresult != NULL) {
        vec_push(cx->replay->arena, &results, choice->defresult);
    }
    return typed_many(cx, "CASE", results.items, results.count, ret_type);
}

Typed typed_list(const TypedCx *cx, const PgQuery__AArrayExpr *list, ColumnType *ret_type)
{
    const Typed end = list->n_elements == 0
                          ? TYPED_NOT_KNOWN
                          : typed_many(cx, "ARRAY", list->elements, list->n_elements, ret_type);
    if (end == TYPED && (ret_type->list || ret_type->domain_of != NULL)) {
        return TYPED_NOT_KNOWN;
    }
    ret_type->list = true;
    return end;
}
