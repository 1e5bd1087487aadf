/*
 * rows.c - descriptors at work. Knows the text forms of PostgreSQL's arrays and nothing of
 * catalogs.
 */
#include "base/common.h"

#include "introspect/load/rows.h"

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
        assert(reader.columns[i] >= 0);
    }
    return reader;
}

/* Digits and signs count, everything between them separates. */
static IntList parse_ints(Arena *arena, const char *text)
{
    IntList list = {0};
    const char *at = text;
    while (at != NULL && *at != '\0') {
        bool digit = (*at >= '0' && *at <= '9') || *at == '-';
        char *end = NULL;
        if (digit) {
            vec_push(arena, &list, strtoll(at, &end, 10));
        }
        at = end == NULL || end == at ? at + 1 : end;
    }
    return list;
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

static void decode_cell(const RowReader *reader, const RowField *field, int column, char *member)
{
    const char *text = result_text(reader->result, reader->at, column);
    size_t len = result_length(reader->result, reader->at, column);
    switch (field->kind) {
    case ROW_KIND_NAME:
        *(Name *)(void *)member = text == NULL ? NULL : intern(reader->names, text, len);
        break;
    case ROW_KIND_TEXT:
        *(const char **)(void *)member =
            text == NULL ? NULL : arena_strndup(reader->arena, text, len);
        break;
    case ROW_KIND_BOOL:
        *(bool *)member = text != NULL && text[0] == 't';
        break;
    case ROW_KIND_CHAR:
        *member = text == NULL ? '\0' : text[0];
        break;
    case ROW_KIND_INT:
        *(int32_t *)(void *)member = text == NULL ? 0 : (int32_t)strtol(text, NULL, 10);
        break;
    case ROW_KIND_OID:
        *(uint32_t *)(void *)member = text == NULL ? 0 : (uint32_t)strtoul(text, NULL, 10);
        break;
    case ROW_KIND_INTS:
        *(IntList *)(void *)member = parse_ints(reader->arena, text);
        break;
    case ROW_KIND_NAMES:
        *(NameList *)(void *)member = row_parse_names(reader->arena, reader->names, text);
        break;
    }
}

bool row_next(RowReader *reader, void *ret_row)
{
    if (reader->at >= reader->count) {
        return false;
    }
    for (size_t i = 0; i < reader->field_count; i++) {
        const RowField *field = &reader->fields[i];
        decode_cell(reader, field, reader->columns[i], (char *)ret_row + field->offset);
    }
    reader->at++;
    return true;
}
