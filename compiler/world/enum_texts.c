/*
 * enum_texts.c - expressions that are compared by their meaning, when an enum or a value of one
 * gets another name.
 *
 * The spots are canon's (canon_refs.h): it knows by the types of the operands whether `'old'` is a
 * value. A text of which it knows no spot at all it may not understand, and then nothing is known.
 */
#include "base/common.h"

#include <strings.h>

#include "compiler/canon/canon_refs.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/world/realm_internal.h"

static Name value_now(const EnumRename *rename, Name value)
{
    return rename->value != NULL && value == rename->value ? rename->to : value;
}

static void write_list(StrBuf *out, const SqlRef *ref, const EnumRename *rename)
{
    StrBuf items = strbuf_new(STRBUF_MAX);
    vec_each(const Name, at, &ref->values) {
        strbuf_add(&items, at == ref->values.items ? "{" : ",");
        if (*at == NULL) {
            strbuf_add(&items, "NULL");
        } else {
            sql_array_item(&items, value_now(rename, *at));
        }
    }
    strbuf_add(&items, ref->values.count == 0 ? "{}" : "}");
    sql_string(out, strbuf_text(&items), items.len);
    strbuf_dispose(&items);
}

static void write_ref(StrBuf *out, const Realm *realm, const SqlRef *ref, const EnumRename *rename)
{
    if (ref->kind == SQL_REF_LIST) {
        write_list(out, ref, rename);
    } else if (ref->kind == SQL_REF_VALUE) {
        const Name value = value_now(rename, ref->values.items[0]);
        sql_string(out, value->text, value->len);
    } else {
        sql_qualified(out, realm->catalog, rename->schema, rename->to);
    }
}

static bool is_meant(const SqlRef *ref, const EnumRename *rename)
{
    const bool is_value = ref->kind == SQL_REF_VALUE || ref->kind == SQL_REF_LIST;
    return ref->type == rename->type &&
           (rename->value != NULL ? is_value : ref->kind == SQL_REF_TYPE);
}

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || (unsigned char)c >= 0x80;
}

/* Words are looked for in any case: an identifier without quotes may be written in each. Where
 * either is not written as it is, in quotes or with escapes, the text may say it in many ways. */
bool enum_text_may_say(Name text, Name word)
{
    if (strpbrk(word->text, "'\"\\") != NULL || strpbrk(text->text, "\\&") != NULL) {
        return true;
    }
    for (const char *at = text->text; *at != '\0'; at++) {
        if (strncasecmp(at, word->text, word->len) == 0 && !is_word_char(at[word->len]) &&
            (at == text->text || !is_word_char(at[-1]))) {
            return true;
        }
    }
    return false;
}

/* By itself in quotes, or as an item of a list. */
static bool is_within(const char *before, size_t len)
{
    const char after = before[len + 1];
    return *before == '{' || *before == ','
               ? after == ',' || after == '}'
               : (*before == '\'' || *before == '"') && after == *before;
}

/* Is what stands from `start` to `end`, quotes included, something else by its cast, or because it
 * is compared with a column that is not of the enum? */
static bool is_other(const SqlRefList *refs, const char *text, const char *start, const char *end,
                     const EnumRename *rename)
{
    static const char between[] = " =<>!(";
    bool other = strncmp(end, "::", 2) == 0;
    vec_each(const SqlRef, ref, refs) {
        const char *behind = text + ref->end;
        other |= ref->kind == SQL_REF_COLUMN && !column_is_of_enum(ref->column, rename->type) &&
                 behind < start && behind + strspn(behind, between) == start;
    }
    return other;
}

static bool is_replaced(const SqlRefList *refs, size_t place, const EnumRename *rename)
{
    vec_each(const SqlRef, ref, refs) {
        if (is_meant(ref, rename) && place >= ref->start && place < ref->end) {
            return true;
        }
    }
    return false;
}

/* Beside a column of the enum a text may be its value where canon does not say so: in what it takes
 * for a call of any function, or an operator between anything. */
static bool may_have_more(const SqlRefList *refs, const char *text, const EnumRename *rename)
{
    const Name word = rename->value;
    bool uses = false;
    vec_each(const SqlRef, ref, refs) {
        uses |= ref->kind == SQL_REF_COLUMN ? column_is_of_enum(ref->column, rename->type)
                                            : ref->type == rename->type;
    }
    if (word == NULL || !uses) {
        return false;
    }
    for (const char *at = strstr(text, word->text); at != NULL; at = strstr(at + 1, word->text)) {
        const char *start = at, *end = strchr(at + word->len, '\'');
        while (start > text && *start != '\'') {
            start--;
        }
        if (at > text && end != NULL && is_within(at - 1, word->len) &&
            !is_replaced(refs, (size_t)(at - text), rename) &&
            !is_other(refs, text, start, end + 1, rename)) {
            return true;
        }
    }
    return strstr(text, "E'") != NULL || strstr(text, "e'") != NULL || strstr(text, "&'") != NULL;
}

bool enum_text_renamed(Realm *realm, const Table *table, const ColumnType *type,
                       const EnumRename *rename, Name *text)
{
    const Name from = rename->value != NULL ? rename->value : rename->type->name;
    if (*text == NULL || !enum_text_may_say(*text, from)) {
        return true;
    }
    Arena *scratch = arena_new();
    StrBuf out = strbuf_new(STRBUF_MAX);
    const SqlRefList refs = canon_refs(scratch, realm->catalog, table, type, *text);
    const bool ok = refs.count > 0 && !may_have_more(&refs, (*text)->text, rename);
    size_t at = 0;
    vec_each(const SqlRef, ref, &refs) {
        if (is_meant(ref, rename)) {
            strbuf_addn(&out, (*text)->text + at, ref->start - at);
            write_ref(&out, realm, ref, rename);
            at = ref->end;
        }
    }
    strbuf_add(&out, (*text)->text + at);
    *text = intern(realm->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
    arena_free(scratch);
    return ok;
}

bool enum_check_renamed(Realm *realm, const EnumRename *rename, Opaque *check)
{
    const char *definition = check->definition->text;
    const char *start = strchr(definition, '('), *end = strrchr(definition, ')');
    if (start == NULL || end <= start) {
        return false;
    }
    Name inner = intern(realm->names, start + 1, (size_t)(end - start - 1));
    const bool ok = enum_text_renamed(realm, check->table, NULL, rename, &inner);
    check->definition = intern_printf(realm->names, "%.*s%s%s", (int)(start + 1 - definition),
                                      definition, inner->text, end);
    return ok;
}
