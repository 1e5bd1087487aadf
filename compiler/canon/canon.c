/*
 * canon.c - walks a catalog and fills in what comparing needs.
 *
 * In: a catalog from any source.   Out: the same, every `canonical` member set. What was written
 * stays beside it, because scripts repeat it. Knows no syntax: canon_default.c and canon_expr.c do.
 */
#include "base/common.h"

#include "compiler/canon/canon.h"

#include <string.h>

#include "compiler/canon/canon_internal.h"
#include "compiler/catalog/types.h"

static CanonCx canon_cx(Names *names, Name default_schema)
{
    return (CanonCx){.names = names, .scratch = arena_new(), .default_schema = default_schema};
}

/* A type the language has no word for, in one spelling; varchar keeps its name, and brackets that
 * are part of the text stay. */
static Name type_text(CanonCx *cx, const ColumnType *type)
{
    StrBuf out = strbuf_new(CANON_TEXT_MAX);
    ColumnType made = canon_type_of_column(cx, type);
    const bool in_text = made.list && !type->list;
    made.list = false;
    if (made.id == TYPE_VARCHAR && canon_type_is_text(&made)) {
        strbuf_add(&out, "varchar");
    } else {
        canon_type_print(&out, &made);
    }
    strbuf_add(&out, in_text ? "[]" : "");
    Name text = intern(cx->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
    return text;
}

static void canon_literals(CanonCx *cx, Column *column)
{
    Default *dflt = &column->dflt;
    if (dflt->kind == DEFAULT_VALUE) {
        dflt->value.canonical = dflt->canonical;
    }
    vec_each(Literal, item, &dflt->items) {
        Default one = {.kind = DEFAULT_VALUE, .value = *item};
        one.value.canonical = NULL;
        item->canonical = canon_default_text(cx, &one, type_said(&column->type));
    }
}

static void canon_one(CanonCx *cx, Column *column)
{
    if (column->type.id == TYPE_OTHER && column->type.raw != NULL) {
        column->type.raw_canonical = type_text(cx, &column->type);
    }
    const ColumnType *said = type_said(&column->type);
    column->dflt.canonical = canon_default_text(cx, &column->dflt, said);
    canon_literals(cx, column);
    if (column->generated != NULL) {
        column->generated_canonical = canon_text(cx, column->generated->text, said);
    }
}

/* The columns are noted while the predicate is printed. Of one that is not understood all columns
 * count whose names its text holds. */
static void canon_index(CanonCx *cx, Arena *arena, Index *index)
{
    cx->arena = arena;
    cx->noted = index;
    index->predicate_columns.count = index->compared_columns.count = 0;
    index->predicate_canonical = canon_text(cx, index->predicate->text, NULL);
    cx->noted = NULL;
    if (index->predicate_canonical != index->predicate) {
        return;
    }
    vec_each(Column *, at, &index->table->columns) {
        if (strstr(index->predicate->text, (*at)->name->text) != NULL) {
            vec_push(arena, &index->predicate_columns, *at);
            vec_push(arena, &index->compared_columns, *at);
        }
    }
}

static void canon_table(CanonCx *cx, Arena *arena, Table *table)
{
    cx->table = table;
    vec_each(Column *, at, &table->columns) {
        canon_one(cx, *at);
    }
    vec_each(Index *, at, &table->indexes) {
        if ((*at)->predicate != NULL) {
            canon_index(cx, arena, *at);
        }
    }
    cx->table = NULL;
}

void canon_catalog(Catalog *catalog)
{
    CanonCx cx = canon_cx(catalog->names, catalog->default_schema);
    vec_each(Table *, at, &catalog->tables) {
        canon_table(&cx, catalog->arena, *at);
    }
    catalog->canonical = true;
    arena_free(cx.scratch);
}

void canon_column(const Catalog *catalog, Column *column)
{
    CanonCx cx = canon_cx(catalog->names, catalog->default_schema);
    canon_one(&cx, column);
    arena_free(cx.scratch);
}

void canon_column_again(const Catalog *catalog, Column *column)
{
    CanonCx cx = canon_cx(catalog->names, catalog->default_schema);
    cx.table = column->table;
    canon_one(&cx, column);
    arena_free(cx.scratch);
}

void canon_index_again(Catalog *catalog, Index *index)
{
    CanonCx cx = canon_cx(catalog->names, catalog->default_schema);
    cx.table = index->table;
    if (index->predicate != NULL) {
        canon_index(&cx, catalog->arena, index);
    }
    arena_free(cx.scratch);
}

Name canon_expression(Names *names, const char *text, const ColumnType *type)
{
    CanonCx cx = canon_cx(names, NULL);
    Name made = canon_text(&cx, text, type);
    arena_free(cx.scratch);
    return made;
}

Name canon_predicate(const Catalog *catalog, const Table *table, const char *text)
{
    CanonCx cx = canon_cx(catalog->names, catalog->default_schema);
    cx.table = table;
    Name made = canon_text(&cx, text, NULL);
    arena_free(cx.scratch);
    return made;
}

Default canon_read_default(Catalog *catalog, const char *text, const ColumnType *type)
{
    CanonCx cx = canon_cx(catalog->names, catalog->default_schema);
    Default dflt = canon_read(&cx, catalog->arena, text, type);
    dflt.canonical = canon_default_text(&cx, &dflt, type);
    arena_free(cx.scratch);
    return dflt;
}

/* A sequence that has no name yet is any sequence. */
static bool sequence_equal(const Sequence *a, const Sequence *b)
{
    return a == NULL || b == NULL || (a->schema == b->schema && a->name == b->name);
}

bool default_equal(const Default *a, const Default *b)
{
    if (a->kind == DEFAULT_OPAQUE || b->kind == DEFAULT_OPAQUE) {
        return true;
    }
    if (a->kind == DEFAULT_SEQUENCE && b->kind == DEFAULT_SEQUENCE) {
        return sequence_equal(a->sequence, b->sequence);
    }
    /* an unnamed sequence has no text; it must not pass for no default */
    bool unnamed = (a->kind == DEFAULT_SEQUENCE && a->sequence == NULL) ||
                   (b->kind == DEFAULT_SEQUENCE && b->sequence == NULL);
    return !unnamed && a->canonical == b->canonical;
}
