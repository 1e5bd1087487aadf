/*
 * complete.c - finds relations that are half written, and completes them.
 *
 * In: a Program with names, types and attributes understood. Each relation is met once, at the side
 * that refers, or at a list that stands alone. Fields that were added are declared in the Program,
 * so that later ones see their names.
 */
#include "base/common.h"

#include "compiler/schema/complete/complete.h"

#include "base/strbuf.h"
#include "compiler/schema/complete/complete_columns.h"
#include "compiler/schema/complete/field_names.h"
#include "compiler/schema/lower/understand.h"
#include "compiler/schema/resolve/relations.h"

typedef struct Completion {
    Program *program;
    Arena *arena; /* the caller's */
    Sources *sources;
    Map groups; /* relation_groups */
    Map used;   /* (model, field) -> Field: columns that store a reference already */
    EditList edits;
} Completion;

/* --- edits --- */

static void add_edit(Completion *cx, Span place, uint32_t at, StrBuf *text)
{
    Edit edit = {.file = place.file,
                 .at = at,
                 .order = (uint32_t)cx->edits.count,
                 .text = strbuf_take(text, cx->arena)};
    vec_push(cx->arena, &cx->edits, edit);
}

static void add_source(const Completion *cx, StrBuf *out, Span span)
{
    strbuf_addn(out, sources_file(cx->sources, span.file)->text + span.start,
                span.end - span.start);
}

/* A line at the end of the model. */
static void add_line(Completion *cx, const Model *model, StrBuf *line)
{
    strbuf_char(line, '\n');
    add_edit(cx, model->ast->span, model->ast->span.end - 1, line);
}

/* The name is taken from now on; the field is no column to anyone else. */
static void declare(Completion *cx, Model *model, Name name)
{
    Field *field = arena_make(cx->program->arena, Field);
    field->name = name;
    field->model = model;
    field->kind = FIELD_BROKEN;
    map_put(cx->program->arena, &model->fields_by_name, name, field);
}

/* --- which field goes with which --- */

/* False when several fields could be meant. `ret_opposite` NULL: there is none. */
static bool find_opposite(const Completion *cx, const Field *field, Field **ret_opposite)
{
    Name name = field->args->name;
    const FieldList *own = &relation_group(&cx->groups, field->model, field->target, name)->fields;
    if (field->model == field->target) {
        *ret_opposite = own->count < 2 ? NULL : own->items[own->items[0] == field ? 1 : 0];
        return own->count <= 2;
    }
    const RelationGroup *other = relation_group(&cx->groups, field->target, field->model, name);
    *ret_opposite = other == NULL ? NULL : other->fields.items[0];
    return own->count == 1 && (other == NULL || other->fields.count == 1);
}

static bool says_columns(const Field *field)
{
    return field->args->fields_expr != NULL || field->args->references_expr != NULL;
}

/* Of two single fields, the one that is to store the reference. */
static bool refers(const Field *field, const Field *opposite)
{
    if (says_columns(field) != says_columns(opposite)) {
        return says_columns(field);
    }
    if (field->arity != opposite->arity) {
        return field->arity == AST_REQUIRED;
    }
    if (field->model != opposite->model) {
        return name_compare(field->model->name, opposite->model->name) < 0;
    }
    return field->ast->span.start < opposite->ast->span.start;
}

/* --- columns --- */

/* A line for each column that is not there. */
static void add_columns(Completion *cx, Model *model, const StoredColumnList *columns,
                        bool optional, bool unique)
{
    vec_each(const StoredColumn, at, columns) {
        if (at->existing != NULL) {
            continue;
        }
        StrBuf line = strbuf_new(STRBUF_MAX);
        strbuf_printf(&line, "%s ", at->name->text);
        strbuf_add(&line, at->referenced->ast->type.name->text);
        strbuf_add(&line, optional ? "?" : "");
        strbuf_add(&line, unique ? " @unique" : "");
        if (at->referenced->native != NULL) {
            strbuf_char(&line, ' ');
            add_source(cx, &line, at->referenced->native->span);
        }
        add_line(cx, model, &line);
        declare(cx, model, at->name);
    }
}

/* --- arguments --- */

static void write_fields(StrBuf *out, const StoredColumnList *columns)
{
    strbuf_add(out, "fields: [");
    vec_each(const StoredColumn, at, columns) {
        strbuf_printf(out, "%s%s", at == columns->items ? "" : ", ", at->name->text);
    }
    strbuf_char(out, ']');
}

static void write_references(StrBuf *out, const FieldList *fields)
{
    strbuf_add(out, "references: [");
    vec_each(Field *const, at, fields) {
        strbuf_printf(out, "%s%s", at == fields->items ? "" : ", ", (*at)->name->text);
    }
    strbuf_char(out, ']');
}

/* Puts the arguments into the field's `@relation`, or that behind the field. */
static void add_arguments(Completion *cx, const Field *field, StrBuf *arguments)
{
    const AstAttribute *attribute = field->args->attribute;
    StrBuf text = strbuf_new(STRBUF_MAX);
    Span place = attribute == NULL ? field->ast->span : attribute->span;
    uint32_t at = place.end;
    if (attribute != NULL && attribute->has_parentheses) {
        at--;
        strbuf_printf(&text, "%s%s", attribute->args.count > 0 ? ", " : "", strbuf_text(arguments));
    } else {
        strbuf_printf(&text, "%s(%s)", attribute == NULL ? " @relation" : "",
                      strbuf_text(arguments));
    }
    strbuf_dispose(arguments);
    add_edit(cx, place, at, &text);
}

/* The relation's name as it was written, quotes and all. */
static void write_relation_name(const Completion *cx, StrBuf *out, const Field *field)
{
    vec_each(const AstArg, arg, &field->args->attribute->args) {
        if (arg->name.name == NULL || name_is(arg->name.name, "name")) {
            add_source(cx, out, arg->value->span);
        }
    }
}

/* --- the side that refers --- */

/* What is missing of `fields` and `references`, and what is to be there. */
typedef struct Reference {
    bool has_fields, has_references;
    FieldList referenced;
    StoredColumnList columns; /* unless `has_fields` */
} Reference;

/* False when it cannot be completed. */
static bool find_reference(const Completion *cx, const Field *field, Reference *ret_reference)
{
    const RelationArgs *args = field->args;
    Reference reference = {.has_fields = args->fields_expr != NULL,
                           .has_references = args->references_expr != NULL};
    bool empty = (reference.has_fields && args->fields.count == 0) ||
                 (reference.has_references && args->references.count == 0);
    if (!empty && !(reference.has_fields && reference.has_references)) {
        reference.referenced = complete_referenced(cx->program, &args->references, field->target);
        size_t count = reference.referenced.count;
        empty = count == 0 ||
                (reference.has_fields
                     ? args->fields.count != count
                     : !complete_columns(cx->program, &cx->used, field->model, field->target,
                                         &reference.referenced, &reference.columns));
    }
    *ret_reference = reference;
    return !empty;
}

/* `fields` and `references` of `field`, and the columns they need. */
static void complete_reference(Completion *cx, Field *field, const Field *opposite,
                               const Reference *reference)
{
    if (reference->has_fields && reference->has_references) {
        return;
    }
    StrBuf arguments = strbuf_new(STRBUF_MAX);
    if (!reference->has_fields) {
        write_fields(&arguments, &reference->columns);
    }
    if (!reference->has_references) {
        strbuf_add(&arguments, reference->has_fields ? "" : ", ");
        write_references(&arguments, &reference->referenced);
    }
    add_arguments(cx, field, &arguments);
    bool alone = opposite != NULL && opposite->arity != AST_LIST && reference->columns.count == 1;
    add_columns(cx, field->model, &reference->columns, field->arity == AST_OPTIONAL, alone);
}

/* --- the side that was left out --- */

static bool key_is_exactly(const Key *key, const FieldList *fields)
{
    bool same = key->parts.count == fields->count;
    for (size_t i = 0; same && i < fields->count; i++) {
        same = key->parts.items[i].field == fields->items[i];
    }
    return same;
}

/* Whether the columns are declared unique, so that the other side is a single field. */
static bool columns_are_unique(const Field *field)
{
    const FieldList *fields = &field->args->fields;
    if (fields->count == 1 && fields->items[0]->unique != NULL) {
        return true;
    }
    vec_each(Key *const, at, &field->model->uniques) {
        if (key_is_exactly(*at, fields)) {
            return true;
        }
    }
    return false;
}

/* A list, or a single field, on the model that `field` refers to. */
static void add_back_field(Completion *cx, const Field *field)
{
    Name model = field->model->name;
    bool single = columns_are_unique(field);
    Name name = single ? field_name_single(cx->program->names, model)
                       : field_name_list(cx->program->names, model);
    if (!complete_name_is_free(field->target, name)) {
        return;
    }
    StrBuf line = strbuf_new(STRBUF_MAX);
    strbuf_printf(&line, "%s %s%s", name->text, model->text, single ? "?" : "[]");
    if (field->args->name != NULL) {
        strbuf_add(&line, " @relation(");
        write_relation_name(cx, &line, field);
        strbuf_char(&line, ')');
    }
    strbuf_add(&line, field->model->ignore_attribute != NULL ? " @ignore" : "");
    add_line(cx, field->target, &line);
    declare(cx, field->target, name);
}

/* Whether a field that stores its reference in these columns can be required. */
static bool columns_are_required(const StoredColumnList *columns)
{
    vec_each(const StoredColumn, at, columns) {
        if (at->existing == NULL || at->existing->arity == AST_OPTIONAL) {
            return false;
        }
    }
    return true;
}

/* The field that refers, for a list that stands alone. */
static void add_reference_field(Completion *cx, const Field *list)
{
    Model *model = list->target;
    Name name = field_name_single(cx->program->names, list->model->name);
    FieldList none = {0};
    FieldList referenced = complete_referenced(cx->program, &none, list->model);
    StoredColumnList columns = {0};
    if (says_columns(list) || !complete_name_is_free(model, name) ||
        !complete_columns(cx->program, &cx->used, model, list->model, &referenced, &columns)) {
        return;
    }
    StrBuf line = strbuf_new(STRBUF_MAX);
    strbuf_printf(&line, "%s %s%s @relation(", name->text, list->model->name->text,
                  columns_are_required(&columns) ? "" : "?");
    if (list->args->name != NULL) {
        write_relation_name(cx, &line, list);
        strbuf_add(&line, ", ");
    }
    write_fields(&line, &columns);
    strbuf_add(&line, ", ");
    write_references(&line, &referenced);
    strbuf_char(&line, ')');
    strbuf_add(&line, list->model->ignore_attribute != NULL ? " @ignore" : "");
    add_line(cx, model, &line);
    declare(cx, model, name);
    add_columns(cx, model, &columns, true, false);
}

/* --- the walk --- */

static void complete_field(Completion *cx, Field *field)
{
    Field *opposite = NULL;
    if (!find_opposite(cx, field, &opposite)) {
        return;
    }
    if (field->arity == AST_LIST) {
        if (opposite == NULL) {
            add_reference_field(cx, field);
        }
        return;
    }
    bool is_other = opposite != NULL && opposite->arity != AST_LIST && !refers(field, opposite);
    Reference reference = {0};
    if (is_other || !find_reference(cx, field, &reference)) {
        return;
    }
    if (opposite == NULL) {
        add_back_field(cx, field);
    }
    complete_reference(cx, field, opposite, &reference);
}

static void note_used(Completion *cx, Field *field)
{
    vec_each(Field *const, at, &field->args->fields) {
        map_put2(cx->program->arena, &cx->used, field->model->name, (*at)->name, *at);
    }
}

static void each_relation_field(Completion *cx, void (*visit)(Completion *cx, Field *field))
{
    vec_each(Model *const, model, &cx->program->models) {
        vec_each(Field *const, field, &(*model)->fields) {
            if ((*field)->kind == FIELD_RELATION) {
                visit(cx, *field);
            }
        }
    }
}

EditList schema_complete(Arena *arena, const AstSchema *ast, Sources *sources, Names *names)
{
    Arena *scratch = arena_new();
    Diagnostics *silent = diagnostics_new(scratch, sources);
    Diagnostics *silent_config = diagnostics_new(scratch, sources);
    SchemaConfig config = {0};
    (void)!schema_config_read(ast, names, silent_config, &config);
    Program program =
        program_new(scratch, ast, &config, intern_cstr(names, "public"), names, silent);
    Completion cx = {.program = &program, .arena = arena, .sources = sources};
    if (program_understand_blocks(&program)) {
        cx.groups = relation_groups(&program);
        each_relation_field(&cx, note_used);
        each_relation_field(&cx, complete_field);
    }
    catalog_free(program.catalog);
    arena_free(scratch);
    edits_sort(&cx.edits);
    return cx.edits;
}
