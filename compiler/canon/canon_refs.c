/*
 * canon_refs.c - spots that canon notes while it prints, as bytes of the text.
 *
 * In: a text and what its names mean.   Out: where columns, enums and their values stand in it.
 * What a spot ends with is read by PostgreSQL's lexical rules (manual, "Lexical Structure"); of
 * strings only the plain form, in which the server prints all but those with backslashes.
 */
#include "base/common.h"

#include "compiler/canon/canon_refs.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/canon/canon_internal.h"

/* --- the ends of spots --------------------------------------------------------------------------
 */

/* Past the quote that closes the one at `at`, which is doubled inside; NULL when there is none. */
static const char *past_quotes(const char *at)
{
    const char quote = *at;
    for (at++; *at != '\0'; at++) {
        if (*at == quote && at[1] != quote) {
            return at + 1;
        }
        at += *at == quote ? 1 : 0;
    }
    return NULL;
}

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || (unsigned char)c >= 0x80;
}

static const char *past_identifier(const char *at)
{
    if (*at == '"') {
        return past_quotes(at);
    }
    const char *start = at;
    while (is_word_char(*at)) {
        at++;
    }
    return at == start ? NULL : at;
}

/* `name` or `name.name`, blanks around the point allowed. */
static const char *past_type_name(const char *at)
{
    const char *end = past_identifier(at);
    while (end != NULL) {
        const char *next = end + strspn(end, " \t\r\n");
        if (*next != '.') {
            return end;
        }
        next++;
        end = past_identifier(next + strspn(next, " \t\r\n"));
    }
    return NULL;
}

/* The last part of the name from `*at` on, `name` or `name.name`; its start goes to `at`. */
static const char *past_last_part(const char **at)
{
    const char *end = past_identifier(*at);
    while (end != NULL) {
        const char *next = end + strspn(end, " \t\r\n");
        if (*next != '.') {
            return end;
        }
        next++;
        *at = next + strspn(next, " \t\r\n");
        end = past_identifier(*at);
    }
    return NULL;
}

/* What the plain string `'...'` from `start` to `end` says. */
static char *unquote(Arena *arena, const char *start, const char *end)
{
    char *text = arena_strndup(arena, start + 1, (size_t)(end - start) - 2);
    char *to = text;
    for (const char *at = text; *at != '\0'; at++) {
        *to = *at;
        to++;
        at += *at == '\'' ? 1 : 0;
    }
    *to = '\0';
    return text;
}

/* --- spots to references ------------------------------------------------------------------------
 */

typedef struct RefCx {
    Arena *arena;
    const CanonCx *canon;
    const Catalog *catalog;
    Name text;
} RefCx;

/* As canon_other_name writes it: `6:schema.Name`, in the default schema `Name`. */
static const EnumType *enum_called(const RefCx *cx, Name name)
{
    const Catalog *catalog = cx->catalog;
    const EnumType *type = catalog->default_schema == NULL
                               ? NULL
                               : catalog_find_enum(catalog, catalog->default_schema, name);
    char *rest;
    const size_t len = strtoul(name->text, &rest, 10);
    const size_t before = (size_t)(rest - name->text) + 1 + len; /* the point's place */
    if (type != NULL || *rest != ':' || before >= name->len || name->text[before] != '.') {
        return type;
    }
    const Name schema = intern(catalog->names, rest + 1, len);
    return catalog_find_enum(catalog, schema, intern_cstr(catalog->names, name->text + before + 1));
}

static bool read_items(const RefCx *cx, const char *list, SqlRef *ret)
{
    ConstantList items = {0};
    if (!canon_list_items(cx->canon, list, &items)) {
        return false;
    }
    vec_each(Constant, item, &items) {
        const bool null = item->kind == CONSTANT_NULL;
        vec_push(cx->arena, &ret->values,
                 null ? NULL : intern(cx->catalog->names, item->text, item->len));
    }
    return true;
}

static bool read_literal(const RefCx *cx, bool is_list, SqlRef *ret)
{
    const char *start = cx->text->text + ret->start;
    const char *end = *start == '\'' ? past_quotes(start) : NULL;
    if (end == NULL) {
        return false;
    }
    ret->end = (uint32_t)(end - cx->text->text);
    ret->kind = is_list ? SQL_REF_LIST : SQL_REF_VALUE;
    const char *said = unquote(cx->arena, start, end);
    if (is_list) {
        return read_items(cx, said, ret);
    }
    vec_push(cx->arena, &ret->values, intern_cstr(cx->catalog->names, said));
    return true;
}

static bool read_column(const RefCx *cx, const CanonSpot *spot, SqlRef *ret)
{
    const size_t start = spot->start - CANON_EXPRESSION_OFFSET;
    if (spot->start < CANON_EXPRESSION_OFFSET || start >= cx->text->len) {
        return false;
    }
    const char *at = cx->text->text + start;
    const char *end = past_last_part(&at);
    *ret = (SqlRef){.kind = SQL_REF_COLUMN, .column = spot->column};
    ret->start = (uint32_t)(at - cx->text->text);
    ret->end = end == NULL ? 0 : (uint32_t)(end - cx->text->text);
    return end != NULL;
}

static bool read_spot(const RefCx *cx, const CanonSpot *spot, SqlRef *ret)
{
    if (spot->column != NULL) {
        return read_column(cx, spot, ret);
    }
    const EnumType *type = enum_called(cx, spot->type);
    if (type == NULL || spot->start < CANON_EXPRESSION_OFFSET) {
        return false;
    }
    *ret = (SqlRef){
        .kind = SQL_REF_TYPE, .type = type, .start = spot->start - CANON_EXPRESSION_OFFSET};
    if (ret->start >= cx->text->len) {
        return false;
    }
    if (!spot->is_type) {
        return read_literal(cx, spot->in_list, ret);
    }
    const char *end = past_type_name(cx->text->text + ret->start);
    ret->end = end == NULL ? 0 : (uint32_t)(end - cx->text->text);
    return end != NULL;
}

static int compare_spots(const void *a, const void *b)
{
    const CanonSpot *x = a, *y = b;
    return x->start < y->start ? -1 : x->start > y->start;
}

/* Canon may look at one node more than once. */
static SqlRefList refs_of_spots(const RefCx *cx, CanonSpots *spots)
{
    SqlRefList refs = {0};
    if (spots->items.count > 0) {
        qsort(spots->items.items, spots->items.count, sizeof(CanonSpot), compare_spots);
    }
    uint32_t end = 0;
    vec_each(const CanonSpot, spot, &spots->items) {
        SqlRef ref;
        if (read_spot(cx, spot, &ref) && ref.start >= end) {
            vec_push(cx->arena, &refs, ref);
            end = ref.end;
        }
    }
    return refs;
}

SqlRefList canon_refs(Arena *arena, const Catalog *catalog, const Table *table,
                      const ColumnType *type, Name text)
{
    CanonSpots spots = {.arena = arena};
    CanonCx canon = {.names = catalog->names,
                     .scratch = arena_new(),
                     .default_schema = catalog->default_schema,
                     .table = table,
                     .spots = &spots};
    const RefCx cx = {arena, &canon, catalog, text};
    (void)canon_text(&canon, text->text, type);
    const SqlRefList refs = canon.failed ? (SqlRefList){0} : refs_of_spots(&cx, &spots);
    arena_free(canon.scratch);
    return refs;
}
