/*
 * lower_attr.c - from attribute text to handler: which attribute, may it stand here, which argument
 * is which.
 */
#include "base/common.h"

#include "compiler/schema/lower/lower_attr.h"

#include <string.h>

#include "base/diag/suggest.h"
#include "compiler/schema/resolve/values.h"

typedef enum AttributePlace { PLACE_FIELD, PLACE_BLOCK, PLACE_ENUM, PLACE_VALUE } AttributePlace;
typedef enum AttributeRepeat { REPEAT_ONCE, REPEAT_MANY } AttributeRepeat;
typedef enum AttributeOn { ON_ANY, ON_COLUMN } AttributeOn;
typedef enum AttributeFirst { FIRST_REQUIRED, FIRST_OPTIONAL, FIRST_NAMED } AttributeFirst;

struct AttributeRow {
    AttributePlace place;
    const char *name;
    AttributeRepeat repeat;
    AttributeOn on;
    AttributeFirst first;
    void (*handle)(AttrCx *cx);
    const char *arguments[ATTRIBUTE_ARGUMENTS_MAX]; /* unused ones NULL */
};

static const AttributeRow rows[] = {
#define ATTRIBUTE(place, name, repeat, on, first, handler, ...)                                    \
    {PLACE_##place, name, REPEAT_##repeat, ON_##on, FIRST_##first, attr_##handler, {__VA_ARGS__}},
#include "compiler/schema/lower/attributes.def"
#undef ATTRIBUTE
};

/* The names of the rows, interned: an attribute is found by comparing pointers. */
struct AttributeNames {
    Name names[lengthof(rows)];
};

static const AttributeNames *intern_row_names(Program *program)
{
    AttributeNames *interned = arena_make(program->arena, AttributeNames);
    for (size_t i = 0; i < lengthof(rows); i++) {
        interned->names[i] = intern_cstr(program->names, rows[i].name);
    }
    return interned;
}

static const AttributeRow *find_row(const AttributeNames *names, AttributePlace place, Name name)
{
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (names->names[i] == name && rows[i].place == place) {
            return &rows[i];
        }
    }
    return NULL;
}

/* --- arguments --- */

static const char *argument_name(const AttributeRow *row, size_t i)
{
    return i < ATTRIBUTE_ARGUMENTS_MAX ? row->arguments[i] : NULL;
}

static size_t find_argument(const AttributeRow *row, const char *name)
{
    size_t i = 0;
    /* Handlers ask with literals, which are mostly the row's own; else the first letter tells. */
    while (argument_name(row, i) != NULL && row->arguments[i] != name &&
           (row->arguments[i][0] != name[0] || strcmp(row->arguments[i], name) != 0)) {
        i++;
    }
    return i;
}

const AstExpr *attr_arg(const AttrCx *cx, const char *name)
{
    size_t i = find_argument(cx->row, name);
    assert(argument_name(cx->row, i) != NULL);
    return cx->args[i];
}

const char *attr_title(const AttrCx *cx)
{
    return arena_printf(cx->diags->arena, "%s%s", cx->marks, cx->attribute->name.name->text);
}

/* The place of an argument in cx->args; where there is none, the name there is NULL. */
static size_t place_of_argument(const AttrCx *cx, const AstArg *arg)
{
    if (arg->name.name != NULL) {
        return find_argument(cx->row, arg->name.name->text);
    }
    return cx->row->first == FIRST_NAMED ? ATTRIBUTE_ARGUMENTS_MAX : 0;
}

static void report_unknown_argument(const AttrCx *cx, const AstArg *arg)
{
    const char *title = attr_title(cx);
    if (arg->name.name == NULL) {
        diag_report(cx->diags, DIAG_ARGUMENT_UNNAMED, arg->span, title);
        return;
    }
    Suggestion near = suggestion_for(arg->name.name->text);
    for (size_t i = 0; argument_name(cx->row, i) != NULL; i++) {
        suggestion_offer(&near, cx->row->arguments[i]);
    }
    Diagnostic *diagnostic =
        diag_report(cx->diags, DIAG_ARGUMENT_UNKNOWN, arg->span, title, arg->name.name->text);
    suggestion_attach(&near, cx->diags, diagnostic);
}

/* Keeps nobody from reading the other arguments, and is reported after them. */
static void report_unknown_arguments(const AttrCx *cx)
{
    vec_each(const AstArg, arg, &cx->attribute->args) {
        if (argument_name(cx->row, place_of_argument(cx, arg)) == NULL) {
            report_unknown_argument(cx, arg);
        }
    }
}

static bool bind_argument(AttrCx *cx, const AstArg *arg)
{
    size_t i = place_of_argument(cx, arg);
    if (argument_name(cx->row, i) == NULL) {
        return true;
    }
    if (cx->args[i] != NULL) {
        diag_report(cx->diags, DIAG_ARGUMENT_TWICE, arg->span, cx->row->arguments[i],
                    attr_title(cx));
        return false;
    }
    cx->args[i] = arg->value;
    return arg->value != NULL;
}

/* Then a missing one may be just misspelt. */
static bool has_unknown_argument(const AttrCx *cx)
{
    vec_each(const AstArg, arg, &cx->attribute->args) {
        if (argument_name(cx->row, place_of_argument(cx, arg)) == NULL) {
            return true;
        }
    }
    return false;
}

static bool bind_arguments(AttrCx *cx)
{
    bool ok = true;
    vec_each(const AstArg, arg, &cx->attribute->args) {
        ok = bind_argument(cx, arg) && ok;
    }
    if (ok && cx->row->first == FIRST_REQUIRED && cx->args[0] == NULL) {
        if (has_unknown_argument(cx)) {
            return false;
        }
        diag_report(cx->diags, DIAG_ARGUMENT_MISSING, cx->attribute->span, attr_title(cx),
                    cx->row->arguments[0]);
        return false;
    }
    return ok;
}

bool attr_string(const AttrCx *cx, const char *name, Name *ret_text)
{
    const AstExpr *expr = attr_arg(cx, name);
    return expr == NULL || expr_read_string(cx->diags, expr, ret_text);
}

bool attr_constraint_name(const AttrCx *cx, const char *name, Name *ret_map)
{
    const AstExpr *expr = attr_arg(cx, name);
    Name text = NULL;
    if (expr == NULL) {
        return true;
    }
    if (!expr_read_string(cx->diags, expr, &text)) {
        return false;
    }
    if (text->len == 0) {
        diag_report(cx->diags, DIAG_NAME_EMPTY, expr->span, name);
        return false;
    }
    if (text->len > IDENTIFIER_MAX) {
        diag_report(cx->diags, DIAG_IDENTIFIER_TOO_LONG, expr->span, text->text,
                    diag_number(cx->diags, IDENTIFIER_MAX))
            ->stage = STAGE_MODELS;
    }
    *ret_map = text;
    return true;
}

void attr_refuse(const AttrCx *cx, const char *name)
{
    const AstExpr *expr = attr_arg(cx, name);
    if (expr != NULL) {
        diag_report(cx->diags, DIAG_ARGUMENT_OTHER_DATABASE, expr->span, name)->stage =
            STAGE_MODELS;
    }
}

/* In a view nothing is stored, so the reference lets it stand there. */
void attr_other_database(AttrCx *cx)
{
    if (cx->model->is_view) {
        return;
    }
    diag_report(cx->diags, DIAG_ARGUMENT_OTHER_DATABASE, cx->attribute->span, attr_title(cx))
        ->stage = STAGE_MODELS;
}

bool attr_read_sort(Diagnostics *diags, const AstExpr *expr, SortOrder *ret_sort)
{
    bool is_name = expr->kind == AST_CONSTANT;
    if (is_name && name_is(expr->name, "Asc")) {
        *ret_sort = SORT_ASC;
    } else if (is_name && name_is(expr->name, "Desc")) {
        *ret_sort = SORT_DESC;
    } else {
        return expr_wrong_kind(diags, expr, "`Asc` or `Desc`");
    }
    return true;
}

/* --- places --- */

static void report_unknown(AttrCx *cx, AttributePlace place)
{
    Suggestion near = suggestion_for(cx->attribute->name.name->text);
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (rows[i].place == place) {
            suggestion_offer(&near, rows[i].name);
        }
    }
    Diagnostic *diagnostic =
        diag_report(cx->diags, DIAG_ATTRIBUTE_UNKNOWN, cx->attribute->span, attr_title(cx));
    if (near.best != NULL) {
        diag_help(cx->diags, diagnostic, "did you mean `%s%s`?", cx->marks, near.best);
    }
}

/* Those given several times are reported at the first of them, and none counts. */
static bool stands_first(AttrCx *cx, const AstAttributeList *attributes)
{
    Diagnostic *diagnostic = NULL;
    bool met = false;
    if (cx->row->repeat == REPEAT_MANY) {
        return true;
    }
    vec_each(AstAttribute *const, at, attributes) {
        if ((*at)->name.name != cx->attribute->name.name) {
            continue;
        }
        if (!met && *at != cx->attribute) {
            return false;
        }
        if (met && diagnostic == NULL) {
            diagnostic =
                diag_report(cx->diags, DIAG_ATTRIBUTE_TWICE, cx->attribute->span, attr_title(cx));
        }
        if (met) {
            diag_note(cx->diags, diagnostic, (*at)->span, "given again here");
        }
        met = true;
    }
    return diagnostic == NULL;
}

static bool may_stand_on_field(AttrCx *cx)
{
    if (cx->field == NULL || cx->row->on == ON_ANY || cx->field->kind != FIELD_RELATION) {
        return true;
    }
    diag_report(cx->diags, DIAG_ATTRIBUTE_ON_RELATION, cx->attribute->span, attr_title(cx),
                cx->field->name->text);
    return false;
}

static void lower_attribute(AttrCx *cx, const AstAttributeList *attributes, AttributePlace place)
{
    cx->row = find_row(cx->program->attribute_names, place, cx->attribute->name.name);
    memset(cx->args, 0, sizeof cx->args);
    if (cx->row == NULL) {
        report_unknown(cx, place);
    } else if (stands_first(cx, attributes) && may_stand_on_field(cx)) {
        if (bind_arguments(cx)) {
            cx->row->handle(cx);
        }
        report_unknown_arguments(cx);
    }
}

static void lower_list(AttrCx *cx, const AstAttributeList *attributes, AttributePlace place)
{
    vec_each(AstAttribute *const, at, attributes) {
        if ((*at)->name.name == NULL) {
            continue;
        }
        cx->attribute = *at;
        if (place == PLACE_FIELD && strchr((*at)->name.name->text, '.') != NULL) {
            attr_native(cx);
        } else {
            lower_attribute(cx, attributes, place);
        }
    }
}

/* --- walks --- */

static void lower_enum(Program *program, EnumBlock *block)
{
    AttrCx cx = {.program = program, .diags = program->diags, .enum_block = block, .marks = "@"};
    vec_each(AstEnumValue *const, at, &block->ast->values) {
        cx.value = *at;
        lower_list(&cx, &(*at)->attributes, PLACE_VALUE);
    }
    cx.marks = "@@";
    lower_list(&cx, &block->ast->attributes, PLACE_ENUM);
}

static void lower_fields(Program *program, Model *model)
{
    AttrCx cx = {.program = program, .diags = program->diags, .model = model, .marks = "@"};
    vec_each(Field *const, at, &model->fields) {
        cx.field = *at;
        cx.diags->stage = (*at)->kind == FIELD_RELATION ? STAGE_REFERENCES : STAGE_ATTRIBUTES;
        if ((*at)->kind != FIELD_BROKEN) {
            lower_list(&cx, &(*at)->ast->attributes, PLACE_FIELD);
        }
    }
    cx.diags->stage = STAGE_ATTRIBUTES;
}

static void lower_block(Program *program, Model *model)
{
    AttrCx cx = {.program = program, .diags = program->diags, .model = model, .marks = "@@"};
    cx.diags->place = model->ast->span.end; /* after all fields, wherever they stand */
    lower_list(&cx, &model->ast->attributes, PLACE_BLOCK);
    cx.diags->place = 0;
}

void lower_attributes(Program *program)
{
    program->attribute_names = intern_row_names(program);
    vec_each(EnumBlock *const, at, &program->enums) {
        lower_enum(program, *at);
    }
    vec_each(Model *const, at, &program->models) {
        lower_fields(program, *at);
        lower_block(program, *at);
    }
}
