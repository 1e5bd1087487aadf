/*
 * session_result.c - results read, and made for tests.
 */
#include "base/common.h"

#include <string.h>

#include "introspect/session/session_internal.h"
#include "introspect/session/session_libpq.h"

Result *result_make(const char *const *columns, size_t column_count, const char *const *cells,
                    size_t row_count)
{
    const char *why = NULL;
    bool loaded = libpq_load(&why);
    assert(loaded); /* a test without libpq is no test */
    (void)loaded;
    PGresult *result = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
    PGresAttDesc attributes[64] = {0};
    assert(column_count <= lengthof(attributes));
    for (size_t i = 0; i < column_count; i++) {
        /* libpq copies the name; its struct forgot a const */
        attributes[i].name = (char *)(uintptr_t)columns[i];
    }
    (void)PQsetResultAttrs(result, (int)column_count, attributes);
    for (size_t i = 0; i < row_count * column_count; i++) {
        char *cell = (char *)(uintptr_t)cells[i];
        (void)PQsetvalue(result, (int)(i / column_count), (int)(i % column_count), cell,
                         cell == NULL ? -1 : (int)strlen(cell));
    }
    return result;
}

void result_free(Result *result)
{
    PQclear(result);
}

size_t result_rows(const Result *result)
{
    return (size_t)PQntuples(result);
}

/* PQfnumber folds case and strips quotes; names of ours are plain. */
int result_column(const Result *result, const char *name)
{
    return PQfnumber(result, name);
}

const char *result_text(const Result *result, size_t row, int column)
{
    return PQgetisnull(result, (int)row, column) == 1 ? NULL : PQgetvalue(result, (int)row, column);
}

size_t result_length(const Result *result, size_t row, int column)
{
    return (size_t)PQgetlength(result, (int)row, column);
}
