#include "base/common.h"

#include "compiler/plan/diff/enum_rename.h"

#include "compiler/canon/canon.h"
#include "compiler/canon/canon_refs.h"
#include "compiler/catalog/catalog_copy.h"
#include "compiler/plan/diff/fill_hint.h"
#include "compiler/catalog/sql_write.h"

/* Values the type has got since, behind those of `as`, keep their names. */
static size_t renamed_count(const EnumType *type, const EnumType *as)
{
    return type->values.count < as->values.count ? type->values.count : as->values.count;
}

static Name value_after(const EnumType *type, const EnumType *as, Name value)
{
    for (size_t i = 0; i < renamed_count(type, as); i++) {
        if (type->values.items[i] == value) {
            return as->values.items[i];
        }
    }
    return value;
}

/* All renames at once: types may exchange their names. */
typedef struct Renaming {
    Catalog *catalog;
    EnumType *const *types;
    const EnumType *const *as;
    size_t count;
} Renaming;

static const EnumType *new_of(const Renaming *cx, const EnumType *type)
{
    for (size_t i = 0; i < cx->count; i++) {
        if (cx->types[i] == type) {
            return cx->as[i];
        }
    }
    return NULL;
}

/* --- literals of defaults -----------------------------------------------------------------------
 */

static void rename_literal(const EnumType *type, const EnumType *as, Literal *literal)
{
    if (literal->text != NULL) {
        literal->text = value_after(type, as, literal->text);
    }
    literal->canonical = NULL;
}

/* A copied catalog shares its lists with the one it was copied from. */
static void rename_literals(const Renaming *cx, const EnumType *type, Default *dflt)
{
    const EnumType *as = new_of(cx, type);
    if (as == NULL) {
        return;
    }
    if (dflt->kind == DEFAULT_VALUE) {
        rename_literal(type, as, &dflt->value);
    }
    Literal *items = arena_array(cx->catalog->arena, Literal, dflt->items.count + 1);
    for (size_t i = 0; i < dflt->items.count; i++) {
        items[i] = dflt->items.items[i];
        rename_literal(type, as, &items[i]);
    }
    dflt->items.items = items;
    dflt->items.capacity = dflt->items.count;
}

/* --- texts --------------------------------------------------------------------------------------
 */

static void write_list(StrBuf *out, const EnumRef *ref, const EnumType *as)
{
    StrBuf items = strbuf_new(STRBUF_MAX);
    vec_each(Name, at, &ref->values) {
        strbuf_add(&items, at == ref->values.items ? "{" : ",");
        if (*at == NULL) {
            strbuf_add(&items, "NULL");
        } else {
            sql_array_item(&items, value_after(ref->type, as, *at));
        }
    }
    strbuf_add(&items, ref->values.count == 0 ? "{}" : "}");
    sql_string(out, strbuf_text(&items), items.len);
    strbuf_dispose(&items);
}

static void write_ref(StrBuf *out, const Renaming *cx, const EnumRef *ref, const EnumType *as)
{
    switch (ref->kind) {
    case ENUM_REF_TYPE:
        sql_qualified(out, cx->catalog, as->schema, as->name);
        return;
    case ENUM_REF_VALUE: {
        const Name value = value_after(ref->type, as, ref->values.items[0]);
        sql_string(out, value->text, value->len);
        return;
    }
    case ENUM_REF_LIST:
        write_list(out, ref, as);
        return;
    }
    unreachable();
}

/* The expression under the new names; NULL stays NULL. */
static Name renamed_text(const Renaming *cx, const Table *table, const ColumnType *type, Name text)
{
    if (text == NULL) {
        return NULL;
    }
    Arena *scratch = arena_new();
    const EnumRefList refs = canon_enum_refs(scratch, cx->catalog, table, type, text);
    StrBuf out = strbuf_new(STRBUF_MAX);
    size_t at = 0;
    vec_each(const EnumRef, ref, &refs) {
        const EnumType *as = new_of(cx, ref->type);
        if (as != NULL) {
            strbuf_addn(&out, text->text + at, ref->start - at);
            write_ref(&out, cx, ref, as);
            at = ref->end;
        }
    }
    Name made = text;
    if (at > 0) {
        strbuf_add(&out, text->text + at);
        made = intern(cx->catalog->names, strbuf_text(&out), out.len);
    }
    strbuf_dispose(&out);
    arena_free(scratch);
    return made;
}

/* `@backfill(...)` is SQL too. */
static void rename_in_hint(const Renaming *cx, Column *column)
{
    size_t start, end;
    if (!fill_hint_find(column->doc, &start, &end)) {
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
    rename_in_hint(cx, column);
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

/* Texts first, which the old names are looked up for; then all names go before any comes. */
static void rename_all(const Renaming *cx)
{
    Catalog *catalog = cx->catalog;
    vec_each(Table *, table, &catalog->tables) {
        vec_each(Column *, column, &(*table)->columns) {
            rename_in_column(cx, *column);
        }
        vec_each(Index *, index, &(*table)->indexes) {
            rename_in_index(cx, *index);
        }
    }
    for (size_t i = 0; i < cx->count; i++) {
        map_remove2(&catalog->enums_by_name, cx->types[i]->schema, cx->types[i]->name);
    }
    for (size_t i = 0; i < cx->count; i++) {
        EnumType *type = cx->types[i];
        const size_t values = renamed_count(type, cx->as[i]);
        type->schema = cx->as[i]->schema;
        type->name = cx->as[i]->name;
        for (size_t k = 0; k < values; k++) {
            type->values.items[k] = cx->as[i]->values.items[k];
        }
        map_put2(catalog->arena, &catalog->enums_by_name, type->schema, type->name, type);
    }
    canon_catalog(catalog);
}

void enum_rename(Catalog *catalog, EnumType *type, const EnumType *as)
{
    const Renaming one = {catalog, &type, &as, 1};
    rename_all(&one);
}

Catalog *enum_renames_done(Arena *arena, const Catalog *from, const EnumRenameList *renames)
{
    Catalog *catalog = catalog_copy(arena, from);
    EnumType **types = arena_array(arena, EnumType *, renames->count + 1);
    const EnumType **as = arena_array(arena, const EnumType *, renames->count + 1);
    for (size_t i = 0; i < renames->count; i++) {
        const EnumRename *rename = &renames->items[i];
        types[i] = catalog_find_enum(catalog, rename->before->schema, rename->before->name);
        as[i] = rename->after;
    }
    const Renaming all = {catalog, types, as, renames->count};
    rename_all(&all);
    return catalog;
}

/* What the wanted type is called before the rename, and those of its values that were there. */
static const EnumType *old_names(Arena *arena, const EnumType *wanted, const EnumRename *rename)
{
    EnumType *as = arena_make(arena, EnumType);
    *as = *wanted;
    as->schema = rename->before->schema;
    as->name = rename->before->name;
    as->values.items = arena_array(arena, Name, wanted->values.count + 1);
    as->values.capacity = wanted->values.count;
    for (size_t i = 0; i < wanted->values.count; i++) {
        as->values.items[i] = value_after(rename->after, rename->before, wanted->values.items[i]);
    }
    return as;
}

void enum_renames_undone(Catalog *wanted, const EnumRenameList *renames)
{
    Arena *arena = wanted->arena;
    EnumType **types = arena_array(arena, EnumType *, renames->count + 1);
    const EnumType **as = arena_array(arena, const EnumType *, renames->count + 1);
    for (size_t i = 0; i < renames->count; i++) {
        const EnumRename *rename = &renames->items[i];
        types[i] = catalog_find_enum(wanted, rename->after->schema, rename->after->name);
        as[i] = old_names(arena, types[i], rename);
    }
    const Renaming all = {wanted, types, as, renames->count};
    rename_all(&all);
}
