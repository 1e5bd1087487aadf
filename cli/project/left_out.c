#include "base/common.h"

#include "cli/project/left_out.h"

#include <string.h>

#include "compiler/catalog/sql_write.h"
#include "compiler/plan/emit/beside.h"

typedef struct LeftOut {
    StrBuf *out;
    size_t count;
} LeftOut;

static void tell(LeftOut *cx, const char *what, Name name, Name relation)
{
    if (cx->count++ == 0) {
        sql_line_comment(cx->out, "The database holds more than this script makes. Left out, to be "
                                  "written by hand where it is wanted:");
    }
    StrBuf line = strbuf_new(STRBUF_MAX);
    strbuf_printf(&line, "  %s %s", what, name->text);
    if (relation != NULL && relation != name) {
        strbuf_printf(&line, " on %s", relation->text);
    }
    sql_line_comment(cx->out, strbuf_text(&line));
    strbuf_dispose(&line);
}

/* What a sequence is that nobody said anything of. */
static bool is_usual_sequence(const char *definition)
{
    static const char *const usual[] = {
        "AS smallint INCREMENT 1 MINVALUE 1 MAXVALUE 32767 START 1 CACHE 1",
        "AS integer INCREMENT 1 MINVALUE 1 MAXVALUE 2147483647 START 1 CACHE 1",
        "AS bigint INCREMENT 1 MINVALUE 1 MAXVALUE 9223372036854775807 START 1 CACHE 1",
    };
    for (size_t i = 0; i < lengthof(usual); i++) {
        const size_t len = strlen(usual[i]);
        if (strncmp(definition, usual[i], len) == 0) {
            return definition[len] == '\0' || strncmp(definition + len, " OWNED", 6) == 0 ||
                   strncmp(definition + len, " IDENTITY", 9) == 0;
        }
    }
    return false;
}

/* Made with the table or index it belongs to. */
static bool is_made(const Opaque *object)
{
    return object->kind == OPAQUE_PARTIAL_INDEX || object->kind == OPAQUE_GENERATED_COLUMN ||
           (object->kind == OPAQUE_COLUMN_SETTING &&
            name_is(object->definition, "NOT NULL beside its domain's")) ||
           (object->kind == OPAQUE_SEQUENCE_SETTING && object->definition != NULL &&
            is_usual_sequence(object->definition->text));
}

static bool has_same(const Catalog *catalog, const Opaque *object)
{
    vec_each(Opaque *, at, &catalog->opaque) {
        if ((*at)->kind == object->kind && (*at)->schema == object->schema &&
            (*at)->relation == object->relation && (*at)->name == object->name &&
            (*at)->definition == object->definition) {
            return true;
        }
    }
    return false;
}

/* Is it NOT NULL itself, too? */
static bool is_beside_domain(const Catalog *catalog, const Column *column)
{
    vec_each(Opaque *, at, &catalog->opaque) {
        if ((*at)->kind == OPAQUE_COLUMN_SETTING && (*at)->columns.count == 1 &&
            (*at)->columns.items[0] == column &&
            strstr((*at)->definition->text, "NOT NULL beside") != NULL) {
            return true;
        }
    }
    return false;
}

/* The script makes the column one of its own. */
static void tell_sequence(LeftOut *cx, const Sequence *sequence, const Column *column)
{
    StrBuf what = strbuf_new(STRBUF_MAX);
    strbuf_printf(&what, "sequence %s, which nobody owns, of column", sequence->name->text);
    tell(cx, strbuf_text(&what), column->name, column->table->name);
    strbuf_dispose(&what);
}

static void tell_columns(LeftOut *cx, const Catalog *catalog, const Table *table)
{
    vec_each(Column *, at, &table->columns) {
        const Default *dflt = &(*at)->dflt;
        if ((*at)->type.id == TYPE_CHAR && (*at)->type.arguments[0] == TYPE_NO_ARGUMENT) {
            tell(cx, "any length (bpchar) of column", (*at)->name, table->name);
        }
        if (dflt->kind == DEFAULT_SEQUENCE && dflt->sequence != NULL && !dflt->sequence->owned &&
            (*at)->identity == IDENTITY_NONE) {
            tell_sequence(cx, dflt->sequence, *at);
        }
        if ((*at)->not_null && (*at)->type.domain_of != NULL && !is_beside_domain(catalog, *at)) {
            tell(cx, "NOT NULL that is its domain's alone, of column", (*at)->name, table->name);
        }
    }
}

static void tell_indexes(LeftOut *cx, const Table *table, bool beside)
{
    vec_each(Index *, at, &table->indexes) {
        if (!(*at)->valid) {
            tell(cx, "that it is invalid, of index", (*at)->name, table->name);
        }
        if ((*at)->is_constraint && !beside) {
            tell(cx, "constraint behind index", (*at)->name, table->name);
        }
    }
}

void left_out_print(StrBuf *out, const Catalog *from, const Catalog *to, bool beside)
{
    LeftOut cx = {.out = out};
    vec_each(Extension *, at, &to->extensions) {
        if (!to->manages_extensions && !beside) {
            tell(&cx, "extension", (*at)->name, NULL);
        }
    }
    vec_each(Name, at, &to->unread_schemas) {
        tell(&cx, "schema, which is not the project's:", *at, NULL);
    }
    vec_each(Table *, at, &to->tables) {
        if (catalog_find_table(from, (*at)->schema, (*at)->name) == NULL) {
            tell_columns(&cx, to, *at);
            tell_indexes(&cx, *at, beside);
        }
    }
    vec_each(Opaque *, at, &to->opaque) {
        if (!is_made(*at) && !has_same(from, *at) && !(beside && beside_makes(to, *at))) {
            tell(&cx, opaque_name((*at)->kind), (*at)->name, (*at)->relation);
        }
    }
    if (cx.count > 0) {
        strbuf_char(out, '\n');
    }
}
