#include "base/common.h"

#include "compiler/plan/diff/enum_rename.h"

#include "base/object_map.h"
#include "compiler/canon/canon.h"
#include "compiler/canon/canon_refs.h"
#include "compiler/catalog/catalog_copy.h"
#include "compiler/plan/diff/fill_hint.h"
#include "compiler/catalog/sql_write.h"

/* A type of the catalog, and the names that its own follow: value by value, in the places of before
 * and after. It may have others since, which stay. */
typedef struct Renamed {
    EnumType *type;
    const EnumType *after;
    Map values; /* those that get another name -> it */
} Renamed;

/* All renames at once: types may exchange their names. */
typedef struct Renaming {
    Catalog *catalog;
    const Renamed *items;
    size_t count;
    ObjectMap by_type; /* EnumType -> Renamed */
    bool *any_text;    /* out: of what was looked at, a text speaks of one */
} Renaming;

static Name value_after(const Renamed *renamed, Name value)
{
    const Name after = renamed->values.count == 0 ? NULL : map_get(&renamed->values, value);
    return after != NULL ? after : value;
}

static Renamed renamed_of(Arena *arena, EnumType *type, const EnumType *before,
                          const EnumType *after)
{
    Renamed renamed = {.type = type, .after = after};
    for (size_t i = 0; i < before->values.count && i < after->values.count; i++) {
        const Name old = before->values.items[i], new = after->values.items[i];
        if (old != new) {
            map_put(arena, &renamed.values, old, (void *)(uintptr_t) new);
        }
    }
    return renamed;
}

static const Renamed *find_renamed(const Renaming *cx, const EnumType *type)
{
    return type == NULL ? NULL : object_map_get(&cx->by_type, type);
}

/* --- literals of defaults -----------------------------------------------------------------------
 */

static void rename_literal(const Renamed *renamed, Literal *literal)
{
    if (literal->text != NULL) {
        literal->text = value_after(renamed, literal->text);
    }
    literal->canonical = NULL;
}

/* A copied catalog shares its lists with the one it was copied from. */
static void rename_literals(const Renaming *cx, const EnumType *type, Default *dflt)
{
    const Renamed *renamed = find_renamed(cx, type);
    if (renamed == NULL || renamed->values.count == 0) {
        return;
    }
    if (dflt->kind == DEFAULT_VALUE) {
        rename_literal(renamed, &dflt->value);
    }
    *cx->any_text = *cx->any_text || dflt->kind != DEFAULT_NONE;
    Literal *items = arena_array(cx->catalog->arena, Literal, dflt->items.count + 1);
    for (size_t i = 0; i < dflt->items.count; i++) {
        items[i] = dflt->items.items[i];
        rename_literal(renamed, &items[i]);
    }
    dflt->items.items = items;
    dflt->items.capacity = dflt->items.count;
}

/* --- texts --------------------------------------------------------------------------------------
 */

static void write_list(StrBuf *out, const SqlRef *ref, const Renamed *renamed)
{
    StrBuf items = strbuf_new(STRBUF_MAX);
    vec_each(Name, at, &ref->values) {
        strbuf_add(&items, at == ref->values.items ? "{" : ",");
        if (*at == NULL) {
            strbuf_add(&items, "NULL");
        } else {
            sql_array_item(&items, value_after(renamed, *at));
        }
    }
    strbuf_add(&items, ref->values.count == 0 ? "{}" : "}");
    sql_string(out, strbuf_text(&items), items.len);
    strbuf_dispose(&items);
}

static void write_ref(StrBuf *out, const Renaming *cx, const SqlRef *ref, const Renamed *renamed)
{
    switch (ref->kind) {
    case SQL_REF_COLUMN: /* is none of an enum */
        break;
    case SQL_REF_TYPE:
        sql_qualified(out, cx->catalog, renamed->after->schema, renamed->after->name);
        return;
    case SQL_REF_VALUE: {
        const Name value = value_after(renamed, ref->values.items[0]);
        sql_string(out, value->text, value->len);
        return;
    }
    case SQL_REF_LIST:
        write_list(out, ref, renamed);
        return;
    }
    unreachable();
}

/* The expression under the new names; NULL stays NULL. */
static Name renamed_text(const Renaming *cx, const Table *table, const ColumnType *type, Name text)
{
    if (text == NULL) {
        return text;
    }
    Arena *scratch = arena_new();
    const SqlRefList refs = canon_refs(scratch, cx->catalog, table, type, text);
    StrBuf out = strbuf_new(STRBUF_MAX);
    size_t at = 0;
    vec_each(const SqlRef, ref, &refs) {
        const Renamed *renamed = find_renamed(cx, ref->type);
        if (renamed != NULL) {
            strbuf_addn(&out, text->text + at, ref->start - at);
            write_ref(&out, cx, ref, renamed);
            at = ref->end;
        }
    }
    Name made = text;
    if (at > 0) {
        *cx->any_text = true;
        strbuf_add(&out, text->text + at);
        made = intern(cx->catalog->names, strbuf_text(&out), out.len);
    }
    strbuf_dispose(&out);
    arena_free(scratch);
    return made;
}

/* `@backfill(...)` and `@down(...)` are SQL too. */
static void rename_in_hint(const Renaming *cx, Column *column, FillHint hint)
{
    size_t start, end;
    if (!fill_hint_find(column->doc, hint, &start, &end)) {
        return;
    }
    const Name before = intern(cx->catalog->names, column->doc + start, end - start);
    const Name after = renamed_text(cx, column->table, &column->type, before);
    if (after != before) {
        column->doc = arena_printf(cx->catalog->arena, "%.*s%s%s", (int)start, column->doc,
                                   after->text, column->doc + end);
    }
}

static void rename_in_column(const Renaming *cx, Column *column)
{
    const ColumnType *type = &column->type;
    if (type->id == TYPE_ENUM) {
        rename_literals(cx, type->enum_type, &column->dflt);
    }
    if (column->dflt.kind == DEFAULT_EXPRESSION) {
        column->dflt.text = renamed_text(cx, column->table, type, column->dflt.text);
    }
    column->generated = renamed_text(cx, column->table, type, column->generated);
    rename_in_hint(cx, column, FILL_HINT_UP);
    rename_in_hint(cx, column, FILL_HINT_DOWN);
}

static void rename_in_index(const Renaming *cx, Index *index)
{
    index->predicate = renamed_text(cx, index->table, NULL, index->predicate);
    vec_each(IndexPart, part, &index->parts) {
        part->expression = renamed_text(cx, index->table, NULL, part->expression);
    }
}

/* --- catalogs -----------------------------------------------------------------------------------
 */

/* Has anything of it changed? */
static bool rename_in_user(const Renaming *cx, const EnumUser *user)
{
    *cx->any_text = false;
    if (user->column != NULL) {
        rename_in_column(cx, user->column);
    } else if (user->index->table != NULL) {
        rename_in_index(cx, user->index);
    }
    return *cx->any_text;
}

/* What has changed holds other words from now on. */
static void read_again(const Renaming *cx, EnumUses *uses, const EnumUser *user)
{
    if (user->column != NULL) {
        canon_column_again(cx->catalog, user->column);
        enum_uses_note_texts(uses, user->column);
    } else {
        canon_index_again(cx->catalog, user->index);
        enum_uses_note_index(uses, user->index);
    }
}

static void give_names(const Renaming *cx)
{
    Catalog *catalog = cx->catalog;
    for (size_t i = 0; i < cx->count; i++) {
        map_remove2(&catalog->enums_by_name, cx->items[i].type->schema, cx->items[i].type->name);
    }
    for (size_t i = 0; i < cx->count; i++) {
        EnumType *type = cx->items[i].type;
        type->schema = cx->items[i].after->schema;
        type->name = cx->items[i].after->name;
        vec_each(Name, value, &type->values) {
            *value = value_after(&cx->items[i], *value);
        }
        map_put2(catalog->arena, &catalog->enums_by_name, type->schema, type->name, type);
    }
}

/* Texts first, which the old names are looked up for; then all names go before any comes. What
 * canon has made of a text holds names of types: it reads the texts when they are the new ones. */
static void rename_all(Renaming *cx, EnumUses *uses)
{
    Arena *scratch = arena_new();
    EnumUserList changed = {0};
    ObjectMap seen = {0};
    for (size_t i = 0; i < cx->count; i++) {
        object_map_put(scratch, &cx->by_type, cx->items[i].type, (void *)(uintptr_t)&cx->items[i]);
    }
    for (size_t i = 0; i < cx->count; i++) {
        const Renamed *renamed = &cx->items[i];
        const EnumUserList users =
            enum_uses_texts(uses, scratch, renamed->type, renamed->values.count > 0);
        vec_each(const EnumUser *const, at, &users) {
            if (object_map_get(&seen, *at) == NULL) {
                object_map_put(scratch, &seen, *at, (void *)(uintptr_t)*at);
                if (rename_in_user(cx, *at)) {
                    vec_push(scratch, &changed, *at);
                }
            }
        }
    }
    give_names(cx);
    vec_each(const EnumUser *const, at, &changed) {
        read_again(cx, uses, *at);
    }
    arena_free(scratch);
}

void enum_rename(Catalog *catalog, EnumUses *uses, EnumType *type, const EnumType *before,
                 const EnumType *after)
{
    const Renamed one = renamed_of(catalog->arena, type, before, after);
    bool any_text = false;
    Renaming all = {.catalog = catalog, .items = &one, .count = 1, .any_text = &any_text};
    rename_all(&all, uses);
}

Catalog *enum_renames_done(Arena *arena, const Catalog *from, const EnumRenameList *renames)
{
    Catalog *catalog = catalog_copy(arena, from);
    Arena *scratch = arena_new();
    Renamed *items = arena_array(scratch, Renamed, renames->count + 1);
    for (size_t i = 0; i < renames->count; i++) {
        const EnumType *before = renames->items[i].before;
        EnumType *type = catalog_find_enum(catalog, before->schema, before->name);
        items[i] = renamed_of(scratch, type, before, renames->items[i].after);
    }
    bool any_text = false;
    Renaming all = {
        .catalog = catalog, .items = items, .count = renames->count, .any_text = &any_text};
    rename_all(&all, enum_uses_of(scratch, catalog));
    arena_free(scratch);
    return catalog;
}
