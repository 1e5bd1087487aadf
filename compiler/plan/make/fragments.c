#include "base/common.h"

#include "compiler/plan/make/fragments.h"

#include "compiler/catalog/sql_scan.h"
#include "compiler/plan/diff/fill_hint.h"

static bool check(Diagnostics *diags, Origin origin, const char *what, const char *text, size_t len)
{
    const char *fault = sql_fragment_fault(text, len);
    if (fault != NULL) {
        const Span place = origin.kind == ORIGIN_CATALOG ? span_none() : origin.span;
        diag_report(diags, DIAG_FRAGMENT, place, what, fault);
    }
    return fault == NULL;
}

static bool check_name(Diagnostics *diags, Origin origin, const char *what, Name text)
{
    return text == NULL || check(diags, origin, what, text->text, text->len);
}

static bool check_column(Diagnostics *diags, const Column *column)
{
    size_t start = 0, end = 0;
    bool ok = check_name(diags, column->origin, "the expression of a generated column",
                         column->generated);
    if (column->type.id == TYPE_OTHER) {
        ok &= check_name(diags, column->origin, "the type", column->type.raw);
    }
    if (column->dflt.kind == DEFAULT_EXPRESSION) {
        ok &= check_name(diags, column->origin, "the default", column->dflt.text);
    }
    for (FillHint hint = FILL_HINT_UP; hint < FILL_HINT_COUNT; hint++) {
        if (fill_hint_find(column->doc, hint, &start, &end)) {
            const char *what =
                arena_printf(diags->arena, "the expression of `%s`", fill_hint_word(hint));
            ok &= check(diags, column->origin, what, column->doc + start, end - start);
        }
    }
    return ok;
}

static bool check_index(Diagnostics *diags, const Index *index)
{
    bool ok = check_name(diags, index->origin, "the condition of the index", index->predicate);
    vec_each(const IndexPart, part, &index->parts) {
        ok &= check_name(diags, index->origin, "the operator class", part->operator_class);
        ok &= check_name(diags, index->origin, "the expression of the index", part->expression);
    }
    return ok;
}

bool fragments_check(const Catalog *catalog, Diagnostics *diags)
{
    bool ok = true;
    vec_each(Table *const, table, &catalog->tables) {
        vec_each(Column *const, column, &(*table)->columns) {
            ok &= check_column(diags, *column);
        }
        vec_each(Index *const, index, &(*table)->indexes) {
            ok &= check_index(diags, *index);
        }
    }
    return ok;
}
