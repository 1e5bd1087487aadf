/*
 * rows.h - query results decoded by column name through a descriptor.
 *
 *     static const RowField table_fields[] = {ROW_NAME("table_name", TableRow, name), ...};
 *     RowReader reader = row_reader(cx->arena, names, result, ROW_FIELDS(table_fields));
 *     TableRow row;
 *     while (row_next(&reader, &row)) { ... }
 *
 * Names are interned; texts and lists live in the reader's arena. What the server answers is not
 * trusted: a column that is not there, a null where the descriptor allows none (`_OR_NULL` does: it
 * is NULL, 0 or an empty list), or a cell that is no value of its kind ends the reading with E0405.
 */
#ifndef BELLOWS_INTROSPECT_SESSION_ROWS_H
#define BELLOWS_INTROSPECT_SESSION_ROWS_H

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
    bool may_be_null;
    size_t offset;
} RowField;

#define ROW_FIELD(column, kind, may_be_null, Row, member)                                          \
    {                                                                                              \
        column, kind, may_be_null, offsetof(Row, member)                                           \
    }
#define ROW_NAME(column, Row, member)          ROW_FIELD(column, ROW_KIND_NAME, false, Row, member)
#define ROW_TEXT(column, Row, member)          ROW_FIELD(column, ROW_KIND_TEXT, false, Row, member)
#define ROW_BOOL(column, Row, member)          ROW_FIELD(column, ROW_KIND_BOOL, false, Row, member)
#define ROW_CHAR(column, Row, member)          ROW_FIELD(column, ROW_KIND_CHAR, false, Row, member)
#define ROW_INT(column, Row, member)           ROW_FIELD(column, ROW_KIND_INT, false, Row, member)
#define ROW_OID(column, Row, member)           ROW_FIELD(column, ROW_KIND_OID, false, Row, member)
#define ROW_INTS(column, Row, member)          ROW_FIELD(column, ROW_KIND_INTS, false, Row, member)
#define ROW_NAMES(column, Row, member)         ROW_FIELD(column, ROW_KIND_NAMES, false, Row, member)
#define ROW_NAME_OR_NULL(column, Row, member)  ROW_FIELD(column, ROW_KIND_NAME, true, Row, member)
#define ROW_TEXT_OR_NULL(column, Row, member)  ROW_FIELD(column, ROW_KIND_TEXT, true, Row, member)
#define ROW_CHAR_OR_NULL(column, Row, member)  ROW_FIELD(column, ROW_KIND_CHAR, true, Row, member)
#define ROW_INT_OR_NULL(column, Row, member)   ROW_FIELD(column, ROW_KIND_INT, true, Row, member)
#define ROW_OID_OR_NULL(column, Row, member)   ROW_FIELD(column, ROW_KIND_OID, true, Row, member)
#define ROW_INTS_OR_NULL(column, Row, member)  ROW_FIELD(column, ROW_KIND_INTS, true, Row, member)
#define ROW_NAMES_OR_NULL(column, Row, member) ROW_FIELD(column, ROW_KIND_NAMES, true, Row, member)
#define ROW_FIELDS(fields)                     (fields), lengthof(fields)

enum { ROW_FIELD_MAX = 24 };

typedef struct RowReader {
    Arena *arena;
    Names *names;
    const Result *result;
    const RowField *fields;
    size_t field_count;
    int columns[ROW_FIELD_MAX];
    size_t at, count;
    const char *fault;  /* NULL: none so far */
    Diagnostics *diags; /* NULL: faults are not reported */
    bool *failed;       /* set by a fault; may be NULL */
} RowReader;

/* `names` may be NULL where no field is a name. */
RowReader row_reader(Arena *arena, Names *names, const Result *result, const RowField *fields,
                     size_t field_count);
/* Fills every member the descriptor names; false after the last row and at a fault, which is
 * reported once. */
bool row_next(RowReader *reader, void *ret_row);
/* What the reader's user finds wrong with a row; the reading ends. Always false. */
bool row_refuse(RowReader *reader, const char *fault);

/* Is `letter`, of that column, one of `letters` or 0? Else as row_refuse. */
bool row_letter(RowReader *reader, const char *column, char letter, const char *letters);

/* A question of ours whose answer is one row, or none where `ret_found` is given. */
typedef struct RowQuestion {
    Arena *arena;
    Session *session;
    Query query;
    const RowField *fields;
    size_t field_count;
    bool there; /* in the state that is, as session_ask_there */
} RowQuestion;

/* On failure tells what the server said, or (`malformed`) what is wrong with its answer, and
 * reports nothing. */
MUST_CHECK bool row_ask(const RowQuestion *question, ServerError *ret_error, void *ret_row,
                        bool *ret_found);
/* The same, reported. */
MUST_CHECK bool row_query(const RowQuestion *question, Diagnostics *diags, void *ret_row,
                          bool *ret_found);

/* `{a,"b c",NULL}` as names, NULL elements as NULL; nested arrays are flattened. */
NameList row_parse_names(Arena *arena, Names *names, const char *text);

#endif
