/*
 * pull_note.c - what introspection has to tell: in the schema above the block, and in a list.
 */
#include "base/common.h"

#include "compiler/schema/lift/pull_internal.h"

#include <stdlib.h>
#include <string.h>

typedef enum NotePlace { NOTE_PLACE_NEW, NOTE_PLACE_ALWAYS, NOTE_PLACE_NOWHERE } NotePlace;

typedef struct NoteRow {
    NotePlace place;
    const char *marker, *line, *warning;
} NoteRow;

static const NoteRow rows[] = {
#define NOTE(id, place, marker, line, warning) [id] = {NOTE_PLACE_##place, marker, line, warning},
#include "compiler/schema/lift/pull_notes.def"
#undef NOTE
};

static_assert(lengthof(rows) == PULL_NOTE_COUNT, "one row per kind");

const char *pull_note_text(PullNoteKind kind)
{
    return rows[kind].warning;
}

void pull_note(PullCx *cx, PullNoteKind kind, const char *item)
{
    PullNote note = {kind, item};
    vec_push(cx->arena, &cx->result->notes, note);
}

/* --- what is so of a block ---------------------------------------------------------------------
 */

typedef struct Facts {
    bool of[PULL_NOTE_COUNT];
} Facts;

static bool has_comment(const Table *table)
{
    bool found = table->comment != NULL;
    vec_each(Column *const, at, &table->columns) {
        found = found || (*at)->comment != NULL;
    }
    return found;
}

static bool is_deferrable(const Table *table)
{
    bool found = table->primary_key != NULL && table->primary_key->deferrable;
    vec_each(Index *const, at, &table->indexes) {
        found = found || (*at)->deferrable;
    }
    vec_each(ForeignKey *const, at, &table->foreign_keys) {
        found = found || (*at)->deferrable;
    }
    return found;
}

/* Something besides columns and rows about the order of nulls. */
static const IndexPart *null_ordered_part(const Index *index)
{
    vec_each(const IndexPart, part, &index->parts) {
        if (part->nulls != NULLS_DEFAULT) {
            return part;
        }
    }
    return NULL;
}

static bool has_null_order(const Table *table)
{
    bool found = false;
    vec_each(Index *const, at, &table->indexes) {
        found = found || null_ordered_part(*at) != NULL;
    }
    return found;
}

static Facts facts_of(const PullModel *model)
{
    const Table *table = model->table;
    Facts facts = {{0}};
    facts.of[NOTE_PARTITIONED] = table->is_partitioned && table->has_children;
    facts.of[NOTE_INHERITED] = table->has_children && !table->is_partitioned;
    facts.of[NOTE_CHECK] = model->has_opaque[OPAQUE_CHECK];
    facts.of[NOTE_EXCLUSION] = model->has_opaque[OPAQUE_EXCLUSION];
    facts.of[NOTE_NO_COLUMNS] = table->columns.count == 0;
    facts.of[NOTE_NO_UNIQUE] = model->ignored && model->view == NULL &&
                               !facts.of[NOTE_NO_COLUMNS] &&
                               (model->old == NULL || model->old->ignore_attribute == NULL);
    facts.of[NOTE_COMMENT] = has_comment(table);
    facts.of[NOTE_DEFERRABLE] = is_deferrable(table);
    facts.of[NOTE_ROW_SECURITY] = table->has_row_security;
    facts.of[NOTE_NULLS_ORDER] = has_null_order(table);
    facts.of[NOTE_EXPRESSION_INDEX] = model->has_opaque[OPAQUE_EXPRESSION_INDEX];
    return facts;
}

/* --- doc comments ------------------------------------------------------------------------------
 */

/* Is the line there, in our words or the other tool's? */
static bool says(const char *doc, const char *line, const NoteRow *row)
{
    return doc != NULL && (strstr(doc, line) != NULL ||
                           (row->marker[0] != '\0' && strstr(doc, row->marker) != NULL));
}

static bool stands(PullNoteKind kind, bool is_new)
{
    bool always = rows[kind].place == NOTE_PLACE_ALWAYS || kind == NOTE_NO_UNIQUE;
    return always || (is_new && rows[kind].place == NOTE_PLACE_NEW);
}

static const char *add_line(const PullCx *cx, const char *doc, const char *line)
{
    return doc == NULL ? line : arena_printf(cx->arena, "%s\n%s", doc, line);
}

static const char *doc_with(const PullCx *cx, const char *doc, const Facts *facts, bool is_new)
{
    for (size_t i = 0; i < PULL_NOTE_COUNT; i++) {
        PullNoteKind kind = (PullNoteKind)i;
        if (facts->of[i] && stands(kind, is_new) && !says(doc, rows[i].line, &rows[i])) {
            doc = add_line(cx, doc, rows[i].line);
        }
    }
    return doc;
}

/* Above what had to be renamed. */
static const char *reserved_line(const PullCx *cx, const char *kind, Name name)
{
    return arena_printf(cx->arena, "Renamed: no %s can be called `%s`.", kind, name->text);
}

const char *pull_model_doc(PullCx *cx, const PullModel *model)
{
    Facts facts = facts_of(model);
    const char *doc = model->old == NULL ? NULL : model->old->ast->doc;
    if (model->is_reserved) {
        doc = reserved_line(cx, model->view == NULL ? "model" : "view", model->table->name);
    }
    return doc_with(cx, doc, &facts, model->old == NULL);
}

const char *pull_enum_doc(PullCx *cx, const PullEnum *type)
{
    Facts facts = {{0}};
    const char *doc = type->old == NULL ? NULL : type->old->ast->doc;
    facts.of[NOTE_COMMENT] = type->type->comment != NULL;
    return doc_with(cx, doc, &facts, type->old == NULL);
}

/* --- the list ----------------------------------------------------------------------------------
 */

static void note_part(PullCx *cx, PullNoteKind kind, const PullModel *model, const char *what)
{
    pull_note(cx, kind, arena_printf(cx->arena, "%s: %s", model->name->text, what));
}

void pull_note_opaque(PullCx *cx)
{
    static const struct {
        OpaqueKind opaque;
        PullNoteKind note;
    } told[] = {
        {OPAQUE_CHECK, NOTE_CHECK},
        {OPAQUE_EXCLUSION, NOTE_EXCLUSION},
        {OPAQUE_EXPRESSION_INDEX, NOTE_EXPRESSION_INDEX},
    };
    vec_each(Opaque *const, at, &cx->input->catalog->opaque) {
        const Opaque *opaque = *at;
        PullModel *model = opaque->table == NULL ? NULL : pull_find_model(cx, opaque->table);
        if (model == NULL || model->is_join) {
            continue;
        }
        model->has_opaque[opaque->kind] = true;
        for (size_t i = 0; i < lengthof(told); i++) {
            if (told[i].opaque == opaque->kind) {
                note_part(cx, told[i].note, model, opaque->name->text);
            }
        }
    }
}

static void note_deferrable(PullCx *cx, const PullModel *model)
{
    const Table *table = model->table;
    if (table->primary_key != NULL && table->primary_key->deferrable) {
        note_part(cx, NOTE_DEFERRABLE, model, table->primary_key->name->text);
    }
    vec_each(Index *const, at, &table->indexes) {
        if ((*at)->deferrable) {
            note_part(cx, NOTE_DEFERRABLE, model, (*at)->name->text);
        }
    }
    vec_each(ForeignKey *const, at, &table->foreign_keys) {
        if ((*at)->deferrable) {
            note_part(cx, NOTE_DEFERRABLE, model, (*at)->name->text);
        }
    }
}

static void note_comments(PullCx *cx, const PullModel *model)
{
    if (model->table->comment != NULL) {
        pull_note(cx, NOTE_COMMENT, model->name->text);
    }
    for (size_t i = 0; i < model->table->columns.count; i++) {
        if (model->table->columns.items[i]->comment != NULL) {
            pull_note(
                cx, NOTE_COMMENT,
                arena_printf(cx->arena, "%s.%s", model->name->text, model->fields[i].name->text));
        }
    }
}

/* What an index has that `@@index` cannot say. */
static const char *index_detail(const PullCx *cx, const Index *index)
{
    const char *text = "";
    vec_each(const IndexPart, part, &index->parts) {
        bool class = part->operator_class != NULL && !part->operator_class_is_default &&
                     (index->method == METHOD_BTREE || index->method == METHOD_HASH);
        text = class ? arena_printf(cx->arena, "%s, operator class %s", text,
                                    part->operator_class->text)
                     : text;
        text = part->collation != NULL
                   ? arena_printf(cx->arena, "%s, collation %s", text, part->collation->text)
                   : text;
    }
    text = index->include.count > 0 ? arena_printf(cx->arena, "%s, included columns", text) : text;
    text =
        index->nulls_not_distinct ? arena_printf(cx->arena, "%s, nulls not distinct", text) : text;
    return index->valid ? text : arena_printf(cx->arena, "%s, not valid", text);
}

static void note_index(PullCx *cx, const PullModel *model, const Index *index)
{
    if (!pull_index_is_written(cx, index)) {
        note_part(cx, index->method == METHOD_OTHER ? NOTE_OTHER_INDEX : NOTE_PARTIAL_INDEX, model,
                  index->name->text);
        return;
    }
    const char *detail = index_detail(cx, index);
    if (detail[0] != '\0') {
        note_part(cx, NOTE_INDEX_DETAIL, model,
                  arena_printf(cx->arena, "%s (%s)", index->name->text, detail + 2));
    }
    const IndexPart *part = null_ordered_part(index);
    if (part != NULL) {
        note_part(cx, NOTE_NULLS_ORDER, model,
                  arena_printf(cx->arena, "%s (%s)", index->name->text, part->column->name->text));
    }
}

void pull_note_model(PullCx *cx, const PullModel *model)
{
    static const PullNoteKind whole[] = {NOTE_PARTITIONED, NOTE_INHERITED, NOTE_NO_UNIQUE,
                                         NOTE_ROW_SECURITY, NOTE_NO_COLUMNS};
    Facts facts = facts_of(model);
    for (size_t i = 0; i < lengthof(whole); i++) {
        if (facts.of[whole[i]]) {
            pull_note(cx, whole[i], model->name->text);
        }
    }
    note_comments(cx, model);
    note_deferrable(cx, model);
    vec_each(Index *const, at, &model->table->indexes) {
        note_index(cx, model, *at);
    }
}

void pull_note_enum(PullCx *cx, const PullEnum *type)
{
    if (type->type->comment != NULL) {
        pull_note(cx, NOTE_COMMENT, type->name->text);
    }
}
