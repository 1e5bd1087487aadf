/*
 * rows.c - descriptors at work. Knows the text forms of PostgreSQL's arrays and nothing of
 * catalogs.
 */
#include "base/common.h"

#include "introspect/session/rows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"

RowReader row_reader(Arena *arena, Names *names, const Result *result, const RowField *fields,
                     size_t field_count)
{
    RowReader reader = {
        .arena = arena,
        .names = names,
        .result = result,
        .fields = fields,
        .field_count = field_count,
        .count = result_rows(result),
    };
    assert(field_count <= ROW_FIELD_MAX);
    for (size_t i = 0; i < field_count; i++) {
        reader.columns[i] = result_column(result, fields[i].column);
    }
    return reader;
}

/* --- values -------------------------------------------------------------------------------------
 */

static bool parse_int(const char *text, int64_t min, int64_t max, int64_t *ret_value)
{
    char *end = NULL;
    errno = 0;
    const int64_t value = strtoll(text, &end, 10);
    const bool good = end != text && *end == '\0' && errno == 0 && value >= min && value <= max;
    if (good) {
        *ret_value = value;
    }
    return good;
}

/* Digits and signs count, braces, blanks and commas separate, and nothing else may be there. */
static bool parse_ints(Arena *arena, const char *text, IntList *ret_list)
{
    IntList list = {0};
    const char *at = text;
    while (*at != '\0') {
        char *end = NULL;
        if (strchr("{}, ", *at) != NULL) {
            at++;
            continue;
        }
        const int64_t value = strtoll(at, &end, 10);
        if (end == at) {
            return false;
        }
        vec_push(arena, &list, value);
        at = end;
    }
    *ret_list = list;
    return true;
}

/* One element from `*at`, which stands on its first byte; leaves it behind the element. */
static Name parse_element(Names *names, const char **at, StrBuf *scratch)
{
    bool quoted = **at == '"';
    const char *c = *at + (quoted ? 1 : 0);
    strbuf_reset(scratch);
    while (*c != '\0' && (quoted ? *c != '"' : strchr(",{}", *c) == NULL)) {
        c += *c == '\\' && c[1] != '\0' ? 1 : 0;
        strbuf_char(scratch, *c++);
    }
    *at = c + (quoted && *c == '"' ? 1 : 0);
    const char *text = strbuf_text(scratch);
    return !quoted && strcmp(text, "NULL") == 0 ? NULL : intern(names, text, scratch->len);
}

NameList row_parse_names(Arena *arena, Names *names, const char *text)
{
    NameList list = {0};
    StrBuf scratch = strbuf_new(STRBUF_MAX);
    const char *at = text == NULL ? "" : text;
    while (*at != '\0') {
        if (strchr("{},", *at) != NULL) {
            at++;
        } else {
            vec_push(arena, &list, parse_element(names, &at, &scratch));
        }
    }
    strbuf_dispose(&scratch);
    return list;
}

/* False: the text is no value of that kind. */
static bool decode_text(const RowReader *reader, RowKind kind, const char *text, size_t len,
                        void *member)
{
    int64_t value = 0;
    bool good = true;
    switch (kind) {
    case ROW_KIND_NAME:
        *(Name *)member = intern(reader->names, text, len);
        break;
    case ROW_KIND_TEXT:
        *(const char **)member = arena_strndup(reader->arena, text, len);
        break;
    case ROW_KIND_BOOL:
        good = strcmp(text, "t") == 0 || strcmp(text, "f") == 0;
        *(bool *)member = text[0] == 't';
        break;
    case ROW_KIND_CHAR:
        *(char *)member = text[0];
        break;
    case ROW_KIND_INT:
        good = parse_int(text, INT32_MIN, INT32_MAX, &value);
        *(int32_t *)member = (int32_t)value;
        break;
    case ROW_KIND_OID:
        good = parse_int(text, 0, UINT32_MAX, &value);
        *(uint32_t *)member = (uint32_t)value;
        break;
    case ROW_KIND_INTS:
        good = parse_ints(reader->arena, text, (IntList *)member);
        break;
    case ROW_KIND_NAMES:
        *(NameList *)member = row_parse_names(reader->arena, reader->names, text);
        break;
    }
    return good;
}

static void decode_null(RowKind kind, void *member)
{
    switch (kind) {
    case ROW_KIND_NAME:
        *(Name *)member = NULL;
        break;
    case ROW_KIND_TEXT:
        *(const char **)member = NULL;
        break;
    case ROW_KIND_BOOL:
        *(bool *)member = false;
        break;
    case ROW_KIND_CHAR:
        *(char *)member = '\0';
        break;
    case ROW_KIND_INT:
        *(int32_t *)member = 0;
        break;
    case ROW_KIND_OID:
        *(uint32_t *)member = 0;
        break;
    case ROW_KIND_INTS:
        *(IntList *)member = (IntList){0};
        break;
    case ROW_KIND_NAMES:
        *(NameList *)member = (NameList){0};
        break;
    }
}

/* --- rows ---------------------------------------------------------------------------------------
 */

bool row_refuse(RowReader *reader, const char *fault)
{
    reader->fault = fault;
    reader->at = reader->count;
    if (reader->diags != NULL) {
        diag_report(reader->diags, DIAG_ANSWER, span_none(), fault);
    }
    if (reader->failed != NULL) {
        *reader->failed = true;
    }
    return false;
}

bool row_letter(RowReader *reader, const char *column, char letter, const char *letters)
{
    return letter == '\0' || strchr(letters, letter) != NULL ||
           row_refuse(reader, arena_printf(reader->arena, "its column `%s` is `%c` in row %zu",
                                           column, letter, reader->at));
}

static bool decode_cell(RowReader *reader, const RowField *field, int column, void *member)
{
    const char *text = result_text(reader->result, reader->at, column);
    if (text == NULL) {
        decode_null(field->kind, member);
        return field->may_be_null ||
               row_refuse(reader, arena_printf(reader->arena, "its column `%s` is null in row %zu",
                                               field->column, reader->at + 1));
    }
    return decode_text(reader, field->kind, text, result_length(reader->result, reader->at, column),
                       member) ||
           row_refuse(reader, arena_printf(reader->arena, "its column `%s` is `%.40s` in row %zu",
                                           field->column, text, reader->at + 1));
}

/* An answer to another question, also when it has no rows. */
static bool lacks_column(RowReader *reader)
{
    for (size_t i = 0; i < reader->field_count; i++) {
        if (reader->columns[i] < 0) {
            return !row_refuse(reader, arena_printf(reader->arena, "its column `%s` is missing",
                                                    reader->fields[i].column));
        }
    }
    return false;
}

bool row_next(RowReader *reader, void *ret_row)
{
    if (reader->fault != NULL || lacks_column(reader) || reader->at >= reader->count) {
        return false;
    }
    for (size_t i = 0; i < reader->field_count; i++) {
        const RowField *field = &reader->fields[i];
        if (!decode_cell(reader, field, reader->columns[i], (char *)ret_row + field->offset)) {
            return false;
        }
    }
    reader->at++;
    return true;
}

/* --- questions ----------------------------------------------------------------------------------
 */

bool row_ask(const RowQuestion *question, ServerError *ret_error, void *ret_row, bool *ret_found)
{
    Result *result = NULL;
    const bool answered =
        question->there ? session_ask_there(question->session, question->query, ret_error, &result)
                        : session_ask(question->session, question->query, ret_error, &result);
    if (!answered) {
        return false;
    }
    RowReader reader =
        row_reader(question->arena, NULL, result, question->fields, question->field_count);
    const bool found = row_next(&reader, ret_row);
    const char *fault = reader.fault;
    if (fault == NULL && !found && ret_found == NULL) {
        fault = "it has no row";
    }
    result_free(result);
    if (fault != NULL) {
        *ret_error = session_malformed(fault);
    } else if (ret_found != NULL) {
        *ret_found = found;
    }
    return fault == NULL;
}

bool row_query(const RowQuestion *question, Diagnostics *diags, void *ret_row, bool *ret_found)
{
    ServerError error;
    const bool ok = row_ask(question, &error, ret_row, ret_found);
    if (!ok) {
        session_report(question->session, &error, diags);
    }
    return ok;
}
