/*
 * immutable.c - expressions of indexes and generated columns: does the server take all that they
 * call for immutable? What may be none, by its name or by the types that take part, is told;
 * nothing here claims to know every function.
 */
#include "base/common.h"

#include <strings.h>

#include "compiler/catalog/types.h"
#include "compiler/replay/expressions/expressions.h"
#include "compiler/replay/expressions/immutable.h"

typedef struct ImmutableCx {
    SqlReplay *replay;
    const Table *table;
    VEC(const ColumnType *) types; /* of the columns, of casts, and of what keeps the value */
    const char *other;             /* what may not be immutable */
} ImmutableCx;

/* --- facts --------------------------------------------------------------------------------------
 */

Volatility volatility_of(const char *name, size_t count)
{
    enum { ANY = INT16_MAX };
    static const struct {
        const char *name;
        size_t least, most;
        Volatility when;
    } rows[] = {
#define VOLATILE_FUNCTION(name, least, most, when) {name, least, most, VOLATILE_##when},
#include "compiler/replay/expressions/volatile_functions.def"
#undef VOLATILE_FUNCTION
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (count >= rows[i].least && count <= rows[i].most && strcmp(rows[i].name, name) == 0) {
            return rows[i].when;
        }
    }
    return VOLATILE_NEVER;
}

bool type_has_one_text(const ColumnType *type)
{
    static const TypeId rows[] = {
#define TEXT_TYPE(id, name) id,
#include "compiler/replay/expressions/text_types.def"
#undef TEXT_TYPE
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (rows[i] == type->id) {
            return !type->list;
        }
    }
    return false;
}

bool type_has_zone(const ColumnType *type)
{
    return type->id == TYPE_TIMESTAMPTZ || type->id == TYPE_TIMETZ;
}

bool type_is_moment(const ColumnType *type)
{
    return type_is_kin(type->id, KIN_DAY) || type_is_kin(type->id, KIN_CLOCK);
}

static bool is_moment_without_zone(const ColumnType *type)
{
    return type_is_moment(type) && !type_has_zone(type);
}

static bool has_many_texts(const ColumnType *type)
{
    return !type_has_one_text(type);
}

/* --- what takes part ----------------------------------------------------------------------------
 */

static bool any_type(const ImmutableCx *cx, bool (*is)(const ColumnType *type))
{
    vec_each(const ColumnType *const, at, &cx->types) {
        if (is(*at)) {
            return true;
        }
    }
    return false;
}

/* A cast to a type that nobody knows here says nothing of zones, and is looked at as a cast. */
static const ColumnType *type_named(SqlReplay *cx, const PgQuery__TypeName *name)
{
    const RealmFault before = cx->realm->fault;
    ReplayType type;
    if (!redo_true_type(cx, name, &type)) {
        cx->realm->fault = before;
        return NULL;
    }
    ColumnType *kept = arena_make(cx->arena, ColumnType);
    *kept = *type_said(&type.type);
    return kept;
}

const ColumnType *expression_type(SqlReplay *cx, const Table *table, const Node *node)
{
    if (node != NULL && node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
        return type_named(cx, node->type_cast->type_name);
    }
    const PgQuery__ColumnRef *ref =
        node != NULL && node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF ? node->column_ref
                                                                           : NULL;
    const Name name = ref == NULL ? NULL : redo_name_of(cx, ref->fields[ref->n_fields - 1]);
    const Column *column = name == NULL ? NULL : table_find_column(table, name);
    return column == NULL ? NULL : type_said(&column->type);
}

static bool collect_cast(void *context, const ProtobufCMessage *message)
{
    ImmutableCx *cx = context;
    if (message->descriptor == &pg_query__type_cast__descriptor) {
        const PgQuery__TypeCast *cast = (const PgQuery__TypeCast *)message;
        const ColumnType *type = type_named(cx->replay, cast->type_name);
        if (type != NULL) {
            vec_push(cx->replay->arena, &cx->types, type);
        }
    }
    return true;
}

/* --- calls --------------------------------------------------------------------------------------
 */

static bool says_immutable(const RealmRoutine *routine)
{
    static const char word[] = "IMMUTABLE";
    const char *text = routine->opaque == NULL || routine->opaque->definition == NULL
                           ? ""
                           : routine->opaque->definition->text;
    for (; *text != '\0'; text++) {
        if (strncasecmp(text, word, sizeof word - 1) == 0) {
            return true;
        }
    }
    return false;
}

static bool own_is_immutable(const ImmutableCx *cx, const char *name)
{
    const RealmRoutine *own =
        map_get(&cx->replay->realm->routines_by_name, redo_name(cx->replay, name));
    for (; own != NULL; own = own->next) {
        if (!says_immutable(own)) {
            return false;
        }
    }
    return true;
}

static bool call_is_immutable(const ImmutableCx *cx, const PgQuery__FuncCall *call,
                              const char *name)
{
    if (tree_is_own_function(cx->replay, name)) {
        return own_is_immutable(cx, name);
    }
    const Volatility when = volatility_of(name, call->n_args);
    return tree_is_immutable_extension_function(cx->replay, name) &&
           (when == VOLATILE_NEVER || (when == VOLATILE_ZONED && !any_type(cx, type_has_zone)));
}

/* --- casts and operators ------------------------------------------------------------------------
 */

static bool cast_is_immutable(const ImmutableCx *cx, const PgQuery__TypeCast *cast)
{
    const ColumnType *from = expression_type(cx->replay, cx->table, cast->arg);
    const ColumnType *to = type_named(cx->replay, cast->type_name);
    const bool is_constant = cast->arg->node_case == PG_QUERY__NODE__NODE_A_CONST;
    if (is_constant && (cast->arg->a_const->isnull ||
                        cast->arg->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL)) {
        return true; /* read with the statement */
    }
    if (to == NULL) {
        return false;
    }
    if (from != NULL && from->list == to->list && from->id == to->id && from->id != TYPE_OTHER) {
        return true;
    }
    if (type_is_moment(to)) {
        return from != NULL && is_moment_without_zone(from) && is_moment_without_zone(to) &&
               from->list == to->list;
    }
    return type_has_one_text(to) &&
           (from != NULL ? type_has_one_text(from) : !any_type(cx, has_many_texts));
}

static bool operator_is_immutable(const ImmutableCx *cx, const PgQuery__AExpr *expr)
{
    const char *name = expr->n_name == 1 ? expr->name[0]->string->sval : "";
    const Node *const sides[] = {expr->lexpr, expr->rexpr};
    if (strcmp(name, "+") == 0 || strcmp(name, "-") == 0) {
        return !any_type(cx, type_has_zone);
    }
    if (strcmp(name, "@@") == 0) {
        const ColumnType *left = expression_type(cx->replay, cx->table, expr->lexpr);
        return left != NULL && !type_has_one_text(left);
    }
    for (size_t i = 0; strcmp(name, "||") == 0 && i < lengthof(sides); i++) {
        const ColumnType *type =
            sides[i] == NULL ? NULL : expression_type(cx->replay, cx->table, sides[i]);
        if (type != NULL && !type->list && !type_is_kin(type->id, KIN_TEXT) &&
            type->id != TYPE_JSONB && type->id != TYPE_OTHER) {
            return false;
        }
    }
    return true;
}

/* --- all of it ----------------------------------------------------------------------------------
 */

static bool visit(void *context, const ProtobufCMessage *message)
{
    ImmutableCx *cx = context;
    if (message->descriptor == &pg_query__func_call__descriptor) {
        const PgQuery__FuncCall *call = (const PgQuery__FuncCall *)message;
        const char *name = tree_called_name(call);
        cx->other = call_is_immutable(cx, call, name) ? NULL : name;
    } else if (message->descriptor == &pg_query__sqlvalue_function__descriptor) {
        cx->other = "CURRENT_ and the like";
    } else if (message->descriptor == &pg_query__type_cast__descriptor &&
               !cast_is_immutable(cx, (const PgQuery__TypeCast *)message)) {
        cx->other = "a cast";
    } else if (message->descriptor == &pg_query__a__expr__descriptor &&
               !operator_is_immutable(cx, (const PgQuery__AExpr *)message)) {
        cx->other = "an operator";
    }
    return cx->other == NULL;
}

bool redo_is_immutable(SqlReplay *cx, const Node *expression, const Table *table,
                       const ColumnList *columns, const Column *into, const char *otherwise)
{
    ImmutableCx found = {.replay = cx, .table = table};
    if (is_surely_mutable(cx, expression, table)) {
        return realm_refuse(cx->realm, "42P17", "%s", otherwise);
    }
    vec_each(Column *const, at, columns) {
        vec_push(cx->arena, &found.types, type_said(&(*at)->type));
    }
    if (into != NULL) {
        vec_push(cx->arena, &found.types, type_said(&into->type));
    }
    (void)tree_walk(&expression->base, collect_cast, &found);
    (void)tree_walk(&expression->base, visit, &found);
    if (found.other == NULL && any_type(&found, type_has_zone) &&
        any_type(&found, is_moment_without_zone)) {
        found.other = "a comparison";
    }
    return found.other == NULL ||
           realm_unknown(cx->realm, "an expression over a row where `%s` may not be immutable",
                         found.other);
}
