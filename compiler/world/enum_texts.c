/*
 * enum_texts.c - expressions that are compared by their meaning, when an enum or a value of one
 * gets another name.
 *
 * The spots are canon's (canon_refs.h): it knows by the types of the operands whether `'old'` is a
 * value. A text of which it knows no spot at all it may not understand, and then nothing is known.
 */
#include "base/common.h"

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

bool enum_text_renamed(Realm *realm, const Table *table, const ColumnType *type,
                       const EnumRename *rename, Name *text)
{
    const Name from = rename->value != NULL ? rename->value : rename->type->name;
    if (*text == NULL || strstr((*text)->text, from->text) == NULL) {
        return true;
    }
    Arena *scratch = arena_new();
    StrBuf out = strbuf_new(STRBUF_MAX);
    const SqlRefList refs = canon_refs(scratch, realm->catalog, table, type, *text);
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
    return refs.count > 0;
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
