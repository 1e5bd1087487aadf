/*
 * checks.c - models and enums as a whole.
 *
 * Runs when attributes are read; sets nothing. Rules: docs/language.md, "Models", "Views".
 */
#include "base/common.h"

#include "compiler/schema/check/checks.h"

#include <string.h>

#include "base/diag/suggest.h"
#include "compiler/schema/check/index_ops.h"
#include "compiler/schema/resolve/values.h"

/* --- the unique criterion --- */

static bool key_is_criterion(const Key *key)
{
    if (key == NULL) {
        return false;
    }
    vec_each(const KeyPart, at, &key->parts) {
        if (at->field->arity == AST_OPTIONAL || at->field->kind == FIELD_UNSUPPORTED) {
            return false;
        }
    }
    return true;
}

static bool has_criterion(const Model *model)
{
    if (key_is_criterion(model->id)) {
        return true;
    }
    vec_each(Field *const, at, &model->fields) {
        if (key_is_criterion((*at)->unique)) {
            return true;
        }
    }
    vec_each(Key *const, at, &model->uniques) {
        if (key_is_criterion(*at)) {
            return true;
        }
    }
    return false;
}

static void note_unfit(Program *program, Diagnostic *diagnostic, const Key *key)
{
    if (key != NULL) {
        diag_note(program->diags, diagnostic, key->attribute->span,
                  "not enough: a field of it is optional or of no known type");
    }
}

static void check_criterion(Program *program, const Model *model)
{
    if (model->is_view || model->ignore_attribute != NULL || model->ast->damaged ||
        has_criterion(model)) {
        return;
    }
    Diagnostic *diagnostic =
        diag_report(program->diags, DIAG_NO_CRITERION, model->ast->name.span, model->name->text);
    note_unfit(program, diagnostic, model->id);
    vec_each(Field *const, at, &model->fields) {
        note_unfit(program, diagnostic, (*at)->unique);
    }
    vec_each(Key *const, at, &model->uniques) {
        note_unfit(program, diagnostic, *at);
    }
}

/* --- schemas --- */

/* The schema a block is said to live in must be one of the datasource's. */
static void check_schema_known(Program *program, const AstBlock *block,
                               const AstAttribute *attribute, Name schema)
{
    if (map_get(&program->config->datasource.schemas_by_name, schema) != NULL) {
        return;
    }
    Suggestion near = suggestion_for(schema->text);
    vec_each(const Name, at, &program->config->datasource.schemas) {
        if (*at == schema) {
            return;
        }
        suggestion_offer(&near, (*at)->text);
    }
    Diagnostic *diagnostic = diag_report(program->diags, DIAG_SCHEMA_UNKNOWN, attribute->span,
                                         schema->text, schema->text);
    diagnostic->place = block->name.span.start;
    suggestion_attach(&near, program->diags, diagnostic);
}

static void check_schema(Program *program, const AstBlock *block, const AstAttribute *attribute,
                         Name schema)
{
    const DatasourceConfig *source = &program->config->datasource;
    if (attribute != NULL) {
        check_schema_known(program, block, attribute, schema);
    } else if (source->schemas.count > 0 && !block->damaged) {
        diag_report(program->diags, DIAG_SCHEMA_MISSING, block->name.span, block->name.name->text,
                    source->schemas.items[0]->text);
    }
}

/* --- what is ignored --- */

static void check_ignored(Program *program, const Model *model)
{
    vec_each(Field *const, at, &model->relation_fields) {
        const Field *field = *at;
        if (model->ignore_attribute == NULL && field->target->ignore_attribute != NULL &&
            field->ignore_attribute == NULL) {
            Diagnostic *diagnostic =
                diag_report(program->diags, DIAG_IGNORE_MISSING, field->ast->span,
                            field->name->text, field->target->name->text);
            diag_note(program->diags, diagnostic, field->target->ignore_attribute->span,
                      "ignored here");
        }
    }
}

/* --- views --- */

static void refuse_in_view(Program *program, const Key *key)
{
    diag_report(program->diags, DIAG_VIEW_KEY, key->attribute->span, key->model->name->text,
                "an index");
}

/* Version 5 of the format took ids of views: such projects go on running. */
static void warn_of_view_id(Program *program, const Key *key)
{
    diag_report(program->diags, DIAG_VIEW_ID, key->attribute->span, key->model->name->text);
}

static void check_view_unique(Program *program, const Key *key)
{
    bool sorted = false;
    vec_each(const KeyPart, at, &key->parts) {
        sorted = sorted || at->sort != SORT_DEFAULT;
    }
    if (key->map != NULL || sorted) {
        diag_report(program->diags, DIAG_VIEW_UNIQUE, key->attribute->span,
                    key->map != NULL ? "map" : "sort");
    }
}

static void check_view(Program *program, const Model *model)
{
    if (model->id != NULL) {
        warn_of_view_id(program, model->id);
    }
    vec_each(Key *const, at, &model->indexes) {
        refuse_in_view(program, *at);
    }
    vec_each(Field *const, at, &model->fields) {
        if ((*at)->unique != NULL) {
            check_view_unique(program, (*at)->unique);
        }
    }
    vec_each(Key *const, at, &model->uniques) {
        check_view_unique(program, *at);
    }
}

/* --- types the language has --- */

/* `3` or `3, 2`: how many numbers; none where it is something else. */
static bool count_numbers(const char *at, const char *end, size_t *ret_count)
{
    size_t count = 0;
    while (at < end) {
        const size_t digits = strspn(at, "0123456789");
        if (digits == 0) {
            return false;
        }
        at += digits;
        count++;
        if (at == end) {
            *ret_count = count;
            return true;
        }
        if (*at++ != ',') {
            return false;
        }
        at += *at == ' ';
    }
    return false;
}

static bool takes_numbers(TypeArguments arguments, size_t count)
{
    switch (arguments) {
    case ARGUMENTS_NONE:
        return true;
    case ARGUMENTS_LENGTH:
    case ARGUMENTS_PRECISION:
        return count <= 1;
    case ARGUMENTS_DECIMAL:
        return count == 0 || count == 2;
    }
    unreachable();
}

/* `VarChar(3)` as the words after `@db.`, which the reference refuses with their own; `varchar(3)`
 * is any other text. */
static bool is_native(Arena *arena, const char *text, TypeId *ret_id)
{
    const char *open = strchr(text, '(');
    const char *close = open == NULL ? NULL : strchr(open, ')');
    const char *from = text + strspn(text, " ");
    const char *to = open == NULL ? text + strlen(text) : open;
    size_t count = 0;
    while (to > from && to[-1] == ' ') {
        to--;
    }
    const char *word = arena_strndup(arena, from, (size_t)(to - from));
    if (!type_find_native(word, ret_id)) {
        return false;
    }
    const TypeArguments arguments = type_row(*ret_id)->arguments;
    if (close != NULL && arguments != ARGUMENTS_NONE && !count_numbers(open + 1, close, &count)) {
        return false;
    }
    return takes_numbers(arguments, count);
}

static void check_unsupported(Program *program, const Model *model)
{
    vec_each(Field *const, at, &model->fields) {
        const Field *field = *at;
        TypeId id = TYPE_OTHER;
        if (field->kind == FIELD_UNSUPPORTED &&
            is_native(program->arena, field->ast->type.unsupported->text, &id)) {
            const char *text = field->ast->type.unsupported->text;
            diag_report(program->diags, DIAG_UNSUPPORTED_KNOWN, field->ast->type.span, text,
                        scalar_name(type_row(id)->scalar), text);
        }
    }
}

/* --- indexes --- */

static void check_keys(Program *program, const Model *model)
{
    if (model->id != NULL) {
        index_check(program, model->id);
    }
    vec_each(Field *const, at, &model->fields) {
        if ((*at)->unique != NULL) {
            index_check(program, (*at)->unique);
        }
    }
    vec_each(Key *const, at, &model->indexes) {
        index_check(program, *at);
    }
    vec_each(Key *const, at, &model->uniques) {
        index_check(program, *at);
    }
}

void check_models(Program *program)
{
    vec_each(Model *const, at, &program->models) {
        check_schema(program, (*at)->ast, (*at)->schema_attribute, (*at)->schema);
        check_criterion(program, *at);
        check_ignored(program, *at);
        check_unsupported(program, *at);
        if ((*at)->is_view) {
            check_view(program, *at);
        } else {
            check_keys(program, *at);
        }
    }
    program->diags->stage = STAGE_ENUMS;
    vec_each(EnumBlock *const, at, &program->enums) {
        check_schema(program, (*at)->ast, (*at)->schema_attribute, (*at)->schema);
    }
}
