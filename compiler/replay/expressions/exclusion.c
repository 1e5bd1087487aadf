/*
 * exclusion.c - what an exclusion constraint may compare with: an operator of the class that its
 * index takes, the same in both directions.
 *
 * Source: PostgreSQL manual, CREATE TABLE, "EXCLUDE"; pg_amop.
 */
#include "base/common.h"

#include "compiler/catalog/types.h"
#include "compiler/replay/expressions/expressions.h"

/* The classes of a method by how their names begin, "" for any, or by the types they are over. */
typedef struct ExclusionRow {
    const char *method, *class, *type;
    const char *operators; /* each between blanks */
} ExclusionRow;

static const ExclusionRow exclusions[] = {
    {"btree", "", NULL, " = "},
    {"hash", "", NULL, " = "},
    {"gist", "gist_", NULL, " = <> "}, /* the extension btree_gist */
    {"gist", "range_ops", "anyrange", " && = -|- "},
    {"gist", "multirange_ops", "anymultirange", " && = -|- "},
    {"gist", "inet_ops", NULL, " && = <> "},
    {"gist", "box_ops", "box", " && ~= "},
    {"gist", "circle_ops", "circle", " && ~= "},
    {"gist", "poly_ops", "polygon", " && ~= "},
    {"gist", "point_ops", "point", " ~= "},
    {"spgist", "range_ops", "anyrange", " && = -|- "},
    {"spgist", "inet_ops", "inet", " && = <> "},
    {"spgist", "box_ops", "box", " && ~= "},
    {"spgist", "poly_ops", "polygon", " && ~= "},
};

/* Types that gist knows by itself compare in no other way there. */
static bool is_of_method(const char *method, const char *type)
{
    static const char *const own[] = {"tsvector", "tsquery"};
    for (size_t i = 0; i < lengthof(own); i++) {
        if (strcmp(type, own[i]) == 0) {
            return true;
        }
    }
    for (size_t i = 0; i < lengthof(exclusions); i++) {
        const ExclusionRow *row = &exclusions[i];
        if (strcmp(row->method, method) == 0 && row->type != NULL && strcmp(row->type, type) == 0) {
            return true;
        }
    }
    return false;
}

/* gist takes what no row tells of from btree_gist. */
static bool row_is_for(const ExclusionRow *row, const char *method, Name class, const char *type)
{
    const size_t len = strlen(row->class);
    if (strcmp(row->method, method) != 0) {
        return false;
    }
    if (class != NULL) {
        return len == 0 || (row->class[len - 1] == '_' ? strncmp(class->text, row->class, len) == 0
                                                       : name_is(class, row->class));
    }
    if (row->type != NULL || len == 0) {
        return row->type == NULL || strcmp(row->type, type) == 0;
    }
    return strcmp(row->class, "gist_") == 0 && !is_of_method(method, type);
}

bool redo_may_exclude(SqlReplay *cx, const char *method, Name class, const ColumnType *said,
                      const char *operator)
{
    char buffer[IDENTIFIER_MAX + 1];
    const ColumnType *type = type_said(said);
    const char *over =
        type->id == TYPE_OTHER && type->raw == NULL ? "" : realm_class_type(said, buffer);
    const char *word = arena_printf(cx->arena, " %s ", operator);
    for (size_t i = 0; i < lengthof(exclusions); i++) {
        if (row_is_for(&exclusions[i], method, class, over) &&
            strstr(exclusions[i].operators, word) != NULL) {
            return true;
        }
    }
    return realm_unknown(cx->realm, "an exclusion by the operator `%s`", operator);
}
