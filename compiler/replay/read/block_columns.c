/*
 * block_columns.c - what a block asks of a column: information_schema.columns.
 *
 * Source: PostgreSQL manual, "The Information Schema", "columns": of a domain the type it is over.
 */
#include "base/common.h"

#include "compiler/catalog/types.h"
#include "compiler/replay/read/block_question.h"

/* pg_type.typname of a type that is no list and no domain; NULL: it is not known. */
static const char *type_name_of(const ColumnType *type)
{
    if (type->id == TYPE_ENUM) {
        return type->enum_type->name->text;
    }
    return type->id == TYPE_OTHER ? NULL : type_row(type->id)->catalog_name;
}

static const char *in_small_letters(const SqlReplay *cx, const char *text)
{
    char *small = arena_strdup(cx->arena, text);
    for (char *at = small; *at != '\0'; at++) {
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    }
    return small;
}

/* columns.data_type of a type of the server's own. */
static const char *data_type_of(const SqlReplay *cx, const ColumnType *type)
{
    static const struct {
        TypeId id;
        const char *name;
    } long_names[] = {
        {TYPE_VARCHAR, "character varying"},
        {TYPE_CHAR, "character"},
        {TYPE_DECIMAL, "numeric"},
        {TYPE_VARBIT, "bit varying"},
        {TYPE_CITEXT, "USER-DEFINED"},
        {TYPE_ENUM, "USER-DEFINED"},
        {TYPE_TIMESTAMP, "timestamp without time zone"},
        {TYPE_TIMESTAMPTZ, "timestamp with time zone"},
        {TYPE_TIME, "time without time zone"},
        {TYPE_TIMETZ, "time with time zone"},
    };
    for (size_t i = 0; i < lengthof(long_names); i++) {
        if (long_names[i].id == type->id) {
            return long_names[i].name;
        }
    }
    return type->id == TYPE_OTHER ? NULL : in_small_letters(cx, type_row(type->id)->sql);
}

/* Does the column have that, as information_schema.columns tells it? */
Truth block_column_is(SqlReplay *cx, const Column *column, Fact fact, const char *text)
{
    const ColumnType *type = type_said(&column->type);
    const char *name = NULL;
    switch ((int)fact) { /* those of a column */
    case FACT_NULLABLE:
        name = column->not_null ? "NO" : "YES";
        break;
    case FACT_UDT:
        name = type_name_of(type);
        name = name != NULL && type->list ? arena_printf(cx->arena, "_%s", name) : name;
        break;
    default:
        name = type->list ? "ARRAY" : data_type_of(cx, type);
        break;
    }
    return name == NULL ? TRUTH_UNKNOWN : block_truth(strcmp(name, text) == 0);
}
