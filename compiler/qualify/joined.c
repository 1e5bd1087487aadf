/*
 * joined.c - a text that is joined with something else.
 *
 * Before PostgreSQL 14 the operator is SQL of the server's own (textanycat, anytextcat), which is
 * read anew under whatever path there is: `$1 || $2::text`. So that is written, with an operator
 * that is qualified, as far as the types are known. Source: pg_proc of PostgreSQL 12.
 */
#include "base/common.h"

#include <string.h>

#include "compiler/catalog/types.h"
#include "compiler/qualify/qualify.h"
#include "compiler/qualify/qualify_internal.h"

static const Column *find_column(const Catalog *catalog, const Table *table, const char *name)
{
    return table_find_column(table, intern_cstr(catalog->names, name));
}

static const Column *find_column_of(const Catalog *catalog, const Table *table, const char *name)
{
    const Table *found = catalog_find_table(catalog, table->schema, table->name);
    return found == NULL ? NULL : find_column(catalog, found, name);
}

/* Under its name before or after. One that is not there the server will name. */
const Column *qualify_column(const QualifyWorld *world, const PgQuery__ColumnRef *reference)
{
    const char *name =
        qualify_part(reference->fields, reference->n_fields, reference->n_fields - 1);
    const Column *column = find_column(world->to, world->table, name);
    column = column != NULL ? column : find_column_of(world->from, world->table, name);
    return column != NULL ? column : find_column_of(world->to, world->table, name);
}

typedef enum Joined {
    JOINED_UNKNOWN,
    JOINED_LITERAL, /* of no type yet */
    JOINED_TEXT,
    JOINED_OTHER, /* no list, and of a type that has no `||` of its own */
} Joined;

static Joined joined_of_type(TypeId id)
{
    if (id == TYPE_TEXT || id == TYPE_VARCHAR || id == TYPE_CHAR) {
        return JOINED_TEXT;
    }
    const bool is_other = id == TYPE_UUID || id == TYPE_BOOLEAN || id == TYPE_MONEY ||
                          id == TYPE_ENUM || type_is_kin(id, KIN_NUMBER) ||
                          type_is_kin(id, KIN_DAY) || type_is_kin(id, KIN_CLOCK);
    return is_other ? JOINED_OTHER : JOINED_UNKNOWN;
}

static Joined joined_of_column(const QualifyWorld *world, const PgQuery__ColumnRef *reference)
{
    const Column *column = qualify_column(world, reference);
    return column == NULL || type_is_list(&column->type) ? JOINED_UNKNOWN
                                                         : joined_of_type(column->type.id);
}

static Joined joined_of_cast(const PgQuery__TypeName *type)
{
    const char *name = qualify_part(type->names, type->n_names, type->n_names - 1);
    for (int id = 0; id < TYPE_ENUM && type->n_array_bounds == 0; id++) {
        if (strcmp(type_row((TypeId)id)->catalog_name, name) == 0) {
            return joined_of_type((TypeId)id);
        }
    }
    return JOINED_UNKNOWN;
}

static bool is_textual(Joined joined)
{
    return joined == JOINED_TEXT || joined == JOINED_LITERAL;
}

static Joined joined_of(const QualifyWorld *world, const PgQuery__Node *node);

/* Numbers stay what they are; what is joined is a text. */
static Joined joined_of_operation(const QualifyWorld *world, const PgQuery__AExpr *expr)
{
    const char *name = qualify_part(expr->name, expr->n_name, expr->n_name - 1);
    const Joined left = expr->lexpr == NULL ? JOINED_OTHER : joined_of(world, expr->lexpr);
    const Joined right = joined_of(world, expr->rexpr);
    if (expr->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP) {
        return JOINED_UNKNOWN;
    }
    if (strcmp(name, "||") == 0) {
        const bool is_text = left == JOINED_TEXT || right == JOINED_TEXT ||
                             (is_textual(left) && right == JOINED_OTHER) ||
                             (left == JOINED_OTHER && is_textual(right));
        return is_text && left != JOINED_UNKNOWN && right != JOINED_UNKNOWN ? JOINED_TEXT
                                                                            : JOINED_UNKNOWN;
    }
    return left == JOINED_OTHER && right == JOINED_OTHER && strchr("+-*/%", name[0]) != NULL &&
                   name[1] == '\0'
               ? JOINED_OTHER
               : JOINED_UNKNOWN;
}

static bool is_one_of(const char *name, const char *const *names)
{
    while (*names != NULL && strcmp(*names, name) != 0) {
        names++;
    }
    return *names != NULL;
}

/* What they give is known by the name, or where they are given a text. */
static Joined joined_of_call(const QualifyWorld *world, const PgQuery__FuncCall *call)
{
    static const char *const texts[] = {"concat", "concat_ws", "format", "md5", "to_char", NULL};
    static const char *const of_text[] = {
        "btrim",  "initcap",   "left",      "lower", "lpad", "ltrim", "regexp_replace",
        "repeat", "replace",   "reverse",   "right", "rpad", "rtrim", "split_part",
        "substr", "substring", "translate", "upper", NULL};
    static const char *const numbers[] = {
        "ascii",        "char_length", "character_length", "length",
        "octet_length", "position",    "strpos",           NULL};
    const char *name = qualify_part(call->funcname, call->n_funcname, call->n_funcname - 1);
    const bool takes_text = call->n_args > 0 && is_textual(joined_of(world, call->args[0]));
    return is_one_of(name, texts) || (takes_text && is_one_of(name, of_text)) ? JOINED_TEXT
           : is_one_of(name, numbers)                                         ? JOINED_OTHER
                                                                              : JOINED_UNKNOWN;
}

static bool is_null(const PgQuery__Node *node)
{
    return node == NULL ||
           (node->node_case == PG_QUERY__NODE__NODE_A_CONST && node->a_const->isnull);
}

/* One of several values, which are of one type. */
static Joined joined_of_one(const QualifyWorld *world, const PgQuery__Node *node, Joined before)
{
    return is_null(node) || before == JOINED_OTHER || before == JOINED_TEXT
               ? before
               : joined_of(world, node);
}

static Joined joined_of_case(const QualifyWorld *world, const PgQuery__CaseExpr *expr)
{
    Joined joined = joined_of_one(world, expr->defresult, JOINED_UNKNOWN);
    for (size_t i = 0; i < expr->n_args; i++) {
        joined = joined_of_one(world, expr->args[i]->case_when->result, joined);
    }
    return joined;
}

static Joined joined_of_coalesce(const QualifyWorld *world, const PgQuery__CoalesceExpr *expr)
{
    Joined joined = JOINED_UNKNOWN;
    for (size_t i = 0; i < expr->n_args; i++) {
        joined = joined_of_one(world, expr->args[i], joined);
    }
    return joined;
}

static Joined joined_of(const QualifyWorld *world, const PgQuery__Node *node)
{
    switch ((int)node->node_case) { /* of 250 kinds of node */
    case PG_QUERY__NODE__NODE_A_CONST:
        return node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL ? JOINED_LITERAL
               : node->a_const->isnull || node->a_const->val_case == PG_QUERY__A__CONST__VAL_BSVAL
                   ? JOINED_UNKNOWN
                   : JOINED_OTHER;
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        return joined_of_column(world, node->column_ref);
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        return joined_of_cast(node->type_cast->type_name);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return joined_of_call(world, node->func_call);
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        return joined_of_case(world, node->case_expr);
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return joined_of_coalesce(world, node->coalesce_expr);
    case PG_QUERY__NODE__NODE_A_EXPR:
        return joined_of_operation(world, node->a_expr);
    default:
        return JOINED_UNKNOWN;
    }
}

bool qualify_join(Arena *arena, const QualifyWorld *world, PgQuery__AExpr *expr)
{
    const char *name = qualify_part(expr->name, expr->n_name, expr->n_name - 1);
    if (strcmp(name, "||") != 0 || expr->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP) {
        return false;
    }
    const Joined left = joined_of(world, expr->lexpr), right = joined_of(world, expr->rexpr);
    PgQuery__Node **other = is_textual(left) && right == JOINED_OTHER   ? &expr->rexpr
                            : left == JOINED_OTHER && is_textual(right) ? &expr->lexpr
                                                                        : NULL;
    if (other != NULL) {
        *other = qualify_text(arena, *other);
    }
    return other != NULL;
}
