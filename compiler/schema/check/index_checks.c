/*
 * index_checks.c - which method of index holds which types, and with which operator classes.
 *
 * Facts: index_ops.def and the table `methods`. An operator class given as SQL is trusted.
 */
#include "base/common.h"

#include "compiler/schema/check/index_ops.h"

#include <string.h>

#include "base/diag/suggest.h"
#include "compiler/schema/resolve/values.h"

typedef uint64_t TypeSet;

#define ON(type)  ((TypeSet)1 << TYPE_##type)
#define ON_LISTS  ((TypeSet)1 << 63)
#define ON_OTHERS ((TypeSet)1 << TYPE_OTHER)
#define ON_ALL    (~(TypeSet)0)

static_assert(TYPE_OTHER < 63, "a type is a bit");

typedef struct OperatorClassRow {
    const char *word;
    const char *sql;
    IndexMethod method;
    TypeSet types;
} OperatorClassRow;

static const OperatorClassRow rows[] = {
#define OPERATOR_CLASS(word, sql, method, types) {word, sql, METHOD_##method, types},
#include "compiler/schema/check/index_ops.def"
#undef OPERATOR_CLASS
};

/* What each method holds without an operator class. GiST takes a String without native type though
 * PostgreSQL has no default class for it: the reference tool does. */
static const TypeSet methods[] = {
    [METHOD_BTREE] = ON_ALL,
    [METHOD_HASH] = ON_ALL,
    [METHOD_GIST] = ON(TEXT) | ON_OTHERS,
    [METHOD_GIN] = ON(JSONB) | ON_LISTS | ON_OTHERS,
    [METHOD_SPGIST] = ON(TEXT) | ON(VARCHAR) | ON(CHAR) | ON(INET) | ON_OTHERS,
    [METHOD_BRIN] = ON(SMALLINT) | ON(INTEGER) | ON(OID) | ON(BIGINT) | ON(REAL) |
                    ON(DOUBLE_PRECISION) | ON(DECIMAL) | ON(TEXT) | ON(VARCHAR) | ON(CHAR) |
                    ON(INET) | ON(UUID) | ON(BIT) | ON(VARBIT) | ON(TIMESTAMP) | ON(TIMESTAMPTZ) |
                    ON(DATE) | ON(TIME) | ON(TIMETZ) | ON(BYTEA) | ON_OTHERS,
};

static const char *method_word(const Key *key)
{
    return key->method_expr == NULL ? "BTree" : key->method_expr->name->text;
}

bool operator_class_find(const Program *program, const AstExpr *expr, Name *ret_sql)
{
    Suggestion near = suggestion_for(expr->name->text);
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (name_is(expr->name, rows[i].word)) {
            *ret_sql = intern_cstr(program->names, rows[i].sql);
            return true;
        }
        suggestion_offer(&near, rows[i].word);
    }
    Diagnostic *diagnostic =
        diag_report(program->diags, DIAG_OPS_UNKNOWN, expr->span, expr->name->text);
    suggestion_attach(&near, program->diags, diagnostic);
    return false;
}

/* --- checks --- */

/* A list counts as what its items are, and as a list. */
static TypeSet type_set(const ColumnType *type)
{
    return (TypeSet)1 << type->id | (type->list ? ON_LISTS : 0);
}

const char *operator_class_word(Name sql, IndexMethod method, const ColumnType *type)
{
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (rows[i].method == method && (rows[i].types & type_set(type)) != 0 &&
            name_is(sql, rows[i].sql)) {
            return rows[i].word;
        }
    }
    return NULL;
}

bool index_holds(IndexMethod method, const ColumnType *type, bool with_native)
{
    return (methods[method] & type_set(type)) != 0 && !(method == METHOD_GIST && with_native);
}

static Span part_span(const Key *key, size_t i)
{
    return key->on_field ? key->attribute->span : expr_item(key->fields_expr, i)->span;
}

/* The reference tool finds what does not fit an index before it looks at the fields. */
static void show_before_fields(Diagnostic *diagnostic, const Key *key)
{
    diagnostic->place = key->model->ast->name.span.end;
}

static void check_class(Program *program, const Key *key, size_t i)
{
    const KeyPart *part = &key->parts.items[i];
    const char *word = part->operator_class_expr->name->text;
    bool of_method = false;
    for (size_t r = 0; r < lengthof(rows); r++) {
        if (strcmp(rows[r].word, word) == 0 && rows[r].method == key->method) {
            of_method = true;
            if ((rows[r].types & type_set(&part->field->type)) != 0) {
                return;
            }
        }
    }
    Span span = part->operator_class_expr->span;
    if (!of_method) {
        show_before_fields(
            diag_report(program->diags, DIAG_OPS_METHOD, span, word, method_word(key)), key);
        return;
    }
    Diagnostic *diagnostic =
        diag_report(program->diags, DIAG_OPS_TYPE, span, word, part->field->name->text);
    show_before_fields(diagnostic, key);
    diag_note(program->diags, diagnostic, part->field->ast->type.span, "its type");
}

static void check_held(Program *program, const Key *key, size_t i)
{
    const Field *field = key->parts.items[i].field;
    bool with_native = field->kind == FIELD_SCALAR && field->native != NULL;
    if (index_holds(key->method, &field->type, with_native)) {
        return;
    }
    Diagnostic *diagnostic = diag_report(program->diags, DIAG_INDEX_TYPE, part_span(key, i),
                                         method_word(key), field->name->text);
    show_before_fields(diagnostic, key);
    diag_note(program->diags, diagnostic, field->ast->type.span, "its type");
}

/* Those PostgreSQL has no hash operator class for. The reference tool takes them, and the script
 * fails: a warning says so before. */
static const TypeSet without_hash = ON(MONEY) | ON(BIT) | ON(VARBIT) | ON(JSON);

static void check_hash(Program *program, const Key *key, size_t i)
{
    const Field *field = key->parts.items[i].field;
    if (key->method == METHOD_HASH && (without_hash & type_set(&field->type)) != 0) {
        diag_report(program->diags, DIAG_HASH_TYPE, part_span(key, i), field->name->text);
    }
}

static void report_xml(Program *program, const Key *key, size_t i)
{
    const Field *field = key->parts.items[i].field;
    Diagnostic *diagnostic =
        diag_report(program->diags, DIAG_INDEX_XML, field->native->span, field->name->text);
    show_before_fields(diagnostic, key);
    diag_note(program->diags, diagnostic, part_span(key, i), "indexed here");
}

static void check_part(Program *program, const Key *key, size_t i)
{
    const KeyPart *part = &key->parts.items[i];
    if (part->field->type.id == TYPE_XML) {
        report_xml(program, key, i);
    } else if (key->method == METHOD_HASH && part->sort != SORT_DEFAULT) {
        diag_report(program->diags, DIAG_HASH_SORT, part_span(key, i), part->field->name->text);
    } else if (part->operator_class_raw) {
        return;
    } else if (part->operator_class_expr != NULL) {
        check_class(program, key, i);
    } else {
        check_held(program, key, i);
        check_hash(program, key, i);
    }
}

static void check_where_allowed(Program *program, const Key *key)
{
    if (key->where != NULL && !preview_enabled(program->config, "partialIndexes")) {
        diag_report(program->diags, DIAG_PREVIEW_NEEDED, key->where->span, "`where`",
                    "partialIndexes");
    }
}

void index_check(Program *program, const Key *key)
{
    check_where_allowed(program, key);
    if (key->method == METHOD_SPGIST && key->parts.count > 1) {
        diag_report(program->diags, DIAG_SPGIST_PARTS, part_span(key, 1), "SpGist");
        return;
    }
    for (size_t i = 0; i < key->parts.count; i++) {
        check_part(program, key, i);
    }
}
