/*
 * config_preview.c - preview features: which are known, which matter.
 *
 * Features of all generators are united. Facts: preview_features.def.
 */
#include "base/common.h"

#include "compiler/schema/resolve/config_internal.h"

#include <strings.h>

#include "base/diag/suggest.h"
#include "base/strbuf.h"
#include "compiler/schema/resolve/values.h"

typedef enum PreviewState { PREVIEW_ACTIVE, PREVIEW_STABLE, PREVIEW_RENAMED } PreviewState;

typedef struct PreviewRow {
    const char *name;
    PreviewState state;
} PreviewRow;

static const PreviewRow rows[] = {
#define PREVIEW(name, state) {name, PREVIEW_##state},
#include "compiler/schema/resolve/preview_features.def"
#undef PREVIEW
};

static const PreviewRow *find_row(Name name)
{
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (strcasecmp(rows[i].name, name->text) == 0) {
            return &rows[i];
        }
    }
    return NULL;
}

static const char *list_active(Diagnostics *diags)
{
    StrBuf list = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (rows[i].state == PREVIEW_ACTIVE) {
            strbuf_printf(&list, "%s`%s`", list.len > 0 ? ", " : "", rows[i].name);
        }
    }
    return strbuf_take(&list, diags->arena);
}

static void report_unknown(ConfigCx *cx, const AstExpr *item)
{
    Suggestion near = suggestion_for(item->name->text);
    for (size_t i = 0; i < lengthof(rows); i++) {
        suggestion_offer(&near, rows[i].name);
    }
    Diagnostic *diagnostic = diag_report(cx->diags, DIAG_PREVIEW_UNKNOWN, item->span,
                                         item->name->text, list_active(cx->diags));
    suggestion_attach(&near, cx->diags, diagnostic);
}

static const char *proper_name(const PreviewRow *row)
{
    return row->state == PREVIEW_RENAMED ? "fullTextSearchPostgres" : row->name;
}

static void add_feature(ConfigCx *cx, const PreviewRow *row)
{
    Name name = intern_cstr(cx->names, proper_name(row));
    vec_each(const Name, at, &cx->config->preview_features) {
        if (*at == name) {
            return;
        }
    }
    vec_push(cx->ast->arena, &cx->config->preview_features, name);
}

static void read_feature(ConfigCx *cx, const AstExpr *item)
{
    Name text = NULL;
    if (!expr_read_string(cx->diags, item, &text)) {
        return;
    }
    const PreviewRow *row = find_row(text);
    if (row == NULL) {
        report_unknown(cx, item);
        return;
    }
    switch (row->state) {
    case PREVIEW_ACTIVE:
        add_feature(cx, row);
        break;
    case PREVIEW_STABLE:
        diag_report(cx->diags, DIAG_PREVIEW_STABLE, item->span, row->name);
        break;
    case PREVIEW_RENAMED:
        add_feature(cx, row);
        diag_report(cx->diags, DIAG_PREVIEW_RENAMED, item->span, row->name);
        break;
    }
}

void config_read_preview(ConfigCx *cx, const AstExpr *value)
{
    for (size_t i = 0; i < expr_item_count(value); i++) {
        read_feature(cx, expr_item(value, i));
    }
}

const char *preview_proper_name(Name feature)
{
    const PreviewRow *row = feature == NULL ? NULL : find_row(feature);
    return row == NULL ? NULL : proper_name(row);
}

bool preview_enabled(const SchemaConfig *config, const char *feature)
{
    vec_each(const Name, at, &config->preview_features) {
        if (name_is(*at, feature)) {
            return true;
        }
    }
    return false;
}
