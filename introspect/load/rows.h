/*
 * rows.h - query results decoded by column name through a descriptor.
 *
 *     static const RowField table_fields[] = {ROW_NAME("table_name", TableRow, name), ...};
 *     RowReader reader = row_reader(cx->arena, names, result, ROW_FIELDS(table_fields));
 *     TableRow row;
 *     while (row_next(&reader, &row)) { ... }
 *
 * Names are interned; texts and lists live in the reader's arena. A null is NULL, false, 0 or an
 * empty list. A column the descriptor names and the query does not return is a bug of ours.
 */
#ifndef BELLOWS_INTROSPECT_LOAD_ROWS_H
#define BELLOWS_INTROSPECT_LOAD_ROWS_H

#include "base/arena.h"
#include "base/common.h"
#include "base/intern.h"
#include "base/vec.h"
#include "introspect/session/session.h"

typedef enum RowKind {
    ROW_KIND_NAME,  /* Name */
    ROW_KIND_TEXT,  /* const char * */
    ROW_KIND_BOOL,  /* bool, from t and f */
    ROW_KIND_CHAR,  /* char, the first byte; 0 when empty */
    ROW_KIND_INT,   /* int32_t */
    ROW_KIND_OID,   /* uint32_t */
    ROW_KIND_INTS,  /* IntList, from `1 2` (vectors) and `{1,2}` (arrays) */
    ROW_KIND_NAMES, /* NameList, from a text array */
} RowKind;

typedef VEC(int64_t) IntList;
typedef VEC(Name) NameList;

typedef struct RowField {
    const char *column;
    RowKind kind;
    size_t offset;
} RowField;

#define ROW_NAME(column, Row, member)                                                              \
    {                                                                                              \
        column, ROW_KIND_NAME, offsetof(Row, member)                                               \
    }
#define ROW_TEXT(column, Row, member)                                                              \
    {                                                                                              \
        column, ROW_KIND_TEXT, offsetof(Row, member)                                               \
    }
#define ROW_BOOL(column, Row, member)                                                              \
    {                                                                                              \
        column, ROW_KIND_BOOL, offsetof(Row, member)                                               \
    }
#define ROW_CHAR(column, Row, member)                                                              \
    {                                                                                              \
        column, ROW_KIND_CHAR, offsetof(Row, member)                                               \
    }
#define ROW_INT(column, Row, member)                                                               \
    {                                                                                              \
        column, ROW_KIND_INT, offsetof(Row, member)                                                \
    }
#define ROW_OID(column, Row, member)                                                               \
    {                                                                                              \
        column, ROW_KIND_OID, offsetof(Row, member)                                                \
    }
#define ROW_INTS(column, Row, member)                                                              \
    {                                                                                              \
        column, ROW_KIND_INTS, offsetof(Row, member)                                               \
    }
#define ROW_NAMES(column, Row, member)                                                             \
    {                                                                                              \
        column, ROW_KIND_NAMES, offsetof(Row, member)                                              \
    }
#define ROW_FIELDS(fields) (fields), lengthof(fields)

enum { ROW_FIELD_MAX = 24 };

typedef struct RowReader {
    Arena *arena;
    Names *names;
    const Result *result;
    const RowField *fields;
    size_t field_count;
    int columns[ROW_FIELD_MAX];
    size_t at, count;
} RowReader;

RowReader row_reader(Arena *arena, Names *names, const Result *result, const RowField *fields,
                     size_t field_count);
/* Fills every member the descriptor names; false after the last row. */
bool row_next(RowReader *reader, void *ret_row);

/* `{a,"b c",NULL}` as names, NULL elements as NULL; nested arrays are flattened. */
NameList row_parse_names(Arena *arena, Names *names, const char *text);

#endif
