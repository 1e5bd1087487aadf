/*
 * predicate.c - `where:` checked against the fields, and written as SQL.
 *
 * Enum values and strings stand as written: the reference tool does not translate them.
 */
#include "base/common.h"

#include "compiler/schema/lower/predicate.h"

#include "base/strbuf.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/schema/resolve/values.h"

/* --- checks --- */

static bool constant_is(const AstExpr *expr, const char *word)
{
    return expr->kind == AST_CONSTANT && name_is(expr->name, word);
}

static bool is_boolean(const AstExpr *expr)
{
    return constant_is(expr, "true") || constant_is(expr, "false");
}

/* `{ not: value }` with a plain value. */
static const AstExpr *negated_value(const AstExpr *expr)
{
    bool is_not = expr->kind == AST_OBJECT && expr->args.count == 1 &&
                  name_is(expr->args.items[0].name.name, "not");
    return is_not ? expr->args.items[0].value : NULL;
}

static bool is_plain(const AstExpr *expr)
{
    return expr->kind == AST_STRING || expr->kind == AST_NUMBER || is_boolean(expr) ||
           constant_is(expr, "null");
}

static bool scalar_takes(Scalar scalar, const AstExpr *value)
{
    switch (scalar) {
    case SCALAR_INT:
    case SCALAR_BIGINT:
    case SCALAR_FLOAT:
    case SCALAR_DECIMAL:
        return value->kind == AST_NUMBER;
    case SCALAR_BOOLEAN:
        return is_boolean(value);
    case SCALAR_STRING:
    case SCALAR_DATETIME:
        return value->kind == AST_STRING;
    case SCALAR_JSON:
    case SCALAR_BYTES:
    case SCALAR_COUNT:
        return false;
    }
    unreachable();
}

static bool field_takes(const Field *field, const AstExpr *value)
{
    if (constant_is(value, "null")) {
        return true;
    }
    return field->kind == FIELD_ENUM ? value->kind == AST_STRING
                                     : scalar_takes(field->scalar, value);
}

static bool check_value(Diagnostics *diags, const Field *field, const AstExpr *expr)
{
    const AstExpr *value = expr->kind == AST_OBJECT ? negated_value(expr) : expr;
    if (value == NULL || !is_plain(value)) {
        return expr_wrong_kind(diags, expr,
                               "`true`, `false`, `null`, a string, a number or "
                               "`{ not: value }`");
    }
    if (field_takes(field, value)) {
        return true;
    }
    Diagnostic *diagnostic = diag_report(diags, DIAG_WHERE_TYPE, value->span, field->name->text,
                                         expr_describe(diags, value));
    diag_note(diags, diagnostic, field->ast->type.span, "its type");
    return false;
}

static bool asks_for_null(const AstExpr *expr)
{
    const AstExpr *value = expr->kind == AST_OBJECT ? negated_value(expr) : expr;
    return value != NULL && constant_is(value, "null");
}

static bool check_condition(Diagnostics *diags, const Model *model, const AstArg *condition)
{
    const Field *field =
        condition->name.name == NULL ? NULL : model_find_field(model, condition->name.name);
    if (condition->value == NULL) {
        return false;
    }
    if (field == NULL) {
        diag_report(diags, DIAG_FIELD_UNKNOWN, condition->span,
                    condition->name.name == NULL ? "" : condition->name.name->text,
                    model->name->text);
        return false;
    }
    bool of_any_type = field->kind == FIELD_UNSUPPORTED && asks_for_null(condition->value);
    if (field->kind != FIELD_SCALAR && field->kind != FIELD_ENUM && !of_any_type) {
        diag_report(diags, DIAG_WHERE_FIELD, condition->name.span, field->name->text);
        return false;
    }
    return check_value(diags, field, condition->value);
}

static bool check_raw(Diagnostics *diags, const AstExpr *where)
{
    const AstExpr *text = where->args.count > 0 ? where->args.items[0].value : NULL;
    if (!name_is(where->name, "raw") || text == NULL || text->kind != AST_STRING ||
        text->name->len == 0) {
        return expr_wrong_kind(diags, where, "`raw(\"...\")` with a string that is not empty");
    }
    return true;
}

bool predicate_check(Diagnostics *diags, const Model *model, const AstExpr *where)
{
    bool ok = true;
    if (where->kind == AST_CALL) {
        return check_raw(diags, where);
    }
    if (where->kind != AST_OBJECT || where->args.count == 0) {
        return expr_wrong_kind(diags, where, "`raw(\"...\")` or `{ field: value }`");
    }
    vec_each(const AstArg, at, &where->args) {
        ok = check_condition(diags, model, at) && ok;
    }
    return ok;
}

/* --- text --- */

static void add_condition(StrBuf *out, const Field *field, const AstExpr *expr)
{
    bool negated = expr->kind == AST_OBJECT;
    const AstExpr *value = negated ? expr->args.items[0].value : expr;
    sql_ident(out, field->column);
    if (constant_is(value, "null")) {
        strbuf_add(out, negated ? " IS NOT NULL" : " IS NULL");
        return;
    }
    strbuf_add(out, negated ? " != " : " = ");
    if (value->kind == AST_STRING) {
        sql_string(out, value->name->text, value->name->len);
    } else {
        strbuf_add(out, value->name->text);
    }
}

Name predicate_text(Names *names, const Model *model, const AstExpr *where)
{
    if (where->kind == AST_CALL) {
        return where->args.items[0].value->name;
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(const AstArg, at, &where->args) {
        strbuf_add(&out, out.len > 0 ? " AND " : "");
        add_condition(&out, model_find_field(model, at->name.name), at->value);
    }
    Name text = intern(names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
    return text;
}
