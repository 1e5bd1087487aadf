/*
 * resolve.c - pass 1: declare every block and field, then find what each field's type is.
 *
 * Refuses duplicates, names that client programs could not use, and types that do not exist.
 */
#include "base/common.h"

#include "compiler/schema/resolve/resolve.h"

#include "base/diag/suggest.h"
#include "compiler/schema/resolve/values.h"

/* What a block name stands for: scalars are not in the table, they are looked up first. */
typedef struct BlockName {
    const AstBlock *ast;
    Model *model;          /* MODEL, VIEW */
    EnumBlock *enum_block; /* ENUM */
} BlockName;

Field *model_find_field(const Model *model, Name name)
{
    return map_get(&model->fields_by_name, name);
}

Name enum_value_name(const EnumBlock *block, Name value)
{
    const ValueName *mapped = map_get(&block->value_names, value);
    return mapped == NULL ? value : mapped->name;
}

bool field_is_column(const Field *field)
{
    return field->kind != FIELD_RELATION && field->kind != FIELD_BROKEN;
}

/* --- names of blocks --- */

/* Words a generated client could not use as the name of a type. */
static bool word_is_reserved(Name name)
{
    static const char *const words[] = {
        "PrismaClient", "async",      "await",    "break",   "case",       "catch",     "class",
        "const",        "continue",   "debugger", "default", "delete",     "do",        "else",
        "enum",         "export",     "extends",  "false",   "finally",    "for",       "function",
        "if",           "implements", "import",   "in",      "instanceof", "interface", "let",
        "new",          "null",       "package",  "private", "protected",  "public",    "return",
        "super",        "switch",     "this",     "throw",   "true",       "try",       "typeof",
        "using",        "var",        "void",     "while",   "with",       "yield",
    };
    for (size_t i = 0; i < lengthof(words); i++) {
        if (name_is(name, words[i])) {
            return true;
        }
    }
    return false;
}

static bool block_is_setting(const AstBlock *block)
{
    return block->kind == AST_DATASOURCE || block->kind == AST_GENERATOR;
}

bool block_name_is_reserved(Name name)
{
    Scalar scalar;
    return word_is_reserved(name) || scalar_find(name->text, &scalar);
}

static void check_block_name(Program *program, const AstBlock *block)
{
    bool is_setting = block_is_setting(block);
    Scalar scalar;
    if (scalar_find(block->name.name->text, &scalar)) {
        diag_report(program->diags, DIAG_SCALAR_NAME, block->name.span, block->name.name->text);
    } else if (!is_setting && word_is_reserved(block->name.name)) {
        diag_report(program->diags, DIAG_RESERVED_NAME, block->name.span, block->name.name->text,
                    block_word(block->kind));
    }
}

static bool name_is_free(Program *program, const AstBlock *block)
{
    const BlockName *first = map_get(&program->blocks, block->name.name);
    if (first == NULL) {
        return true;
    }
    Diagnostic *diagnostic =
        diag_report(program->diags, DIAG_BLOCK_TWICE, block->name.span, block_word(block->kind),
                    block->name.name->text, block_word(first->ast->kind));
    diag_note(program->diags, diagnostic, first->ast->name.span, "first declared here");
    return false;
}

/* --- fields --- */

static void declare_field(Program *program, Model *model, const AstField *ast)
{
    const Field *first = model_find_field(model, ast->name.name);
    if (first != NULL) {
        Diagnostic *diagnostic = diag_report(program->diags, DIAG_FIELD_TWICE, ast->name.span,
                                             ast->name.name->text, model->name->text);
        diag_note(program->diags, diagnostic, first->ast->name.span, "first declared here");
        return;
    }
    Field *field = arena_make(program->arena, Field);
    field->ast = ast;
    field->model = model;
    field->name = ast->name.name;
    field->column = ast->name.name;
    field->kind = FIELD_BROKEN;
    field->arity = ast->type.arity;
    vec_push(program->arena, &model->fields, field);
    map_put(program->arena, &model->fields_by_name, field->name, field);
}

static Model *declare_model(Program *program, const AstBlock *block)
{
    Model *model = arena_make(program->arena, Model);
    model->ast = block;
    model->name = block->name.name;
    model->table = block->name.name;
    model->schema = program->catalog->default_schema;
    model->is_view = block->kind == AST_VIEW;
    model->is_ignored = ast_has_attribute(&block->attributes, "ignore");
    if (model->is_view && !preview_enabled(program->config, "views")) {
        diag_report(program->diags, DIAG_PREVIEW_NEEDED, block->name.span, "a `view` block",
                    "views")
            ->stage = STAGE_MODELS;
    }
    vec_reserve(program->arena, &model->fields, block->fields.count);
    map_reserve(program->arena, &model->fields_by_name, block->fields.count);
    vec_each(AstField *const, at, &block->fields) {
        if ((*at)->name.name != NULL) {
            declare_field(program, model, *at);
        }
    }
    vec_push(program->arena, &program->models, model);
    return model;
}

/* --- enums --- */

static void declare_value(Program *program, EnumBlock *block, AstEnumValue *value)
{
    const AstEnumValue *first = map_get(&block->values, value->name.name);
    if (first == NULL) {
        map_put(program->arena, &block->values, value->name.name, value);
        return;
    }
    Diagnostic *diagnostic = diag_report(program->diags, DIAG_VALUE_TWICE, value->name.span,
                                         value->name.name->text, block->name->text);
    diag_note(program->diags, diagnostic, first->name.span, "first declared here");
}

static EnumBlock *declare_enum(Program *program, const AstBlock *ast)
{
    EnumBlock *block = arena_make(program->arena, EnumBlock);
    block->ast = ast;
    block->name = ast->name.name;
    block->type = ast->name.name;
    block->schema = program->catalog->default_schema;
    if (ast->values.count == 0 && !ast->damaged) {
        diag_report(program->diags, DIAG_ENUM_EMPTY, ast->name.span, block->name->text);
    }
    vec_each(AstEnumValue *const, at, &ast->values) {
        if ((*at)->name.name != NULL) {
            declare_value(program, block, *at);
        }
    }
    vec_push(program->arena, &program->enums, block);
    return block;
}

/* --- composite types --- */

/* The first attribute of a model's that stands in a type. */
static const AstAttribute *model_attribute(const AstBlock *type, const char **ret_marks)
{
    *ret_marks = "@";
    vec_each(AstField *const, field, &type->fields) {
        vec_each(AstAttribute *const, at, &(*field)->attributes) {
            Name name = (*at)->name.name;
            if (name != NULL &&
                (name_is(name, "id") || name_is(name, "unique") || name_is(name, "relation"))) {
                return *at;
            }
        }
    }
    *ret_marks = "@@";
    bool has_one = type->attributes.count > 0 && type->attributes.items[0]->name.name != NULL;
    return has_one ? type->attributes.items[0] : NULL;
}

/* Refused, with what would be wrong in every type; no field can have it as its type. */
static void refuse_type(Program *program, const AstBlock *ast)
{
    const char *marks = "";
    const AstAttribute *attribute = model_attribute(ast, &marks);
    if (attribute != NULL) {
        diag_report(program->diags, DIAG_TYPE_ATTRIBUTE, attribute->span,
                    arena_printf(program->diags->arena, "%s%s", marks, attribute->name.name->text),
                    ast->name.name->text);
    }
    diag_report(program->diags, DIAG_COMPOSITE_TYPE, ast->name.span, ast->name.name->text)->stage =
        STAGE_COMPOSITES;
}

/* --- blocks --- */

static void declare_block(Program *program, const AstBlock *ast)
{
    check_block_name(program, ast);
    if (block_is_setting(ast) || !name_is_free(program, ast)) {
        return;
    }
    BlockName *block = arena_make(program->arena, BlockName);
    block->ast = ast;
    map_put(program->arena, &program->blocks, ast->name.name, block);
    switch (ast->kind) {
    case AST_MODEL:
    case AST_VIEW:
        block->model = declare_model(program, ast);
        break;
    case AST_ENUM:
        block->enum_block = declare_enum(program, ast);
        break;
    case AST_TYPE:
        refuse_type(program, ast);
        break;
    case AST_DATASOURCE:
    case AST_GENERATOR:
        break;
    }
}

void resolve_names(Program *program)
{
    vec_each(AstBlock *const, at, &program->ast->blocks) {
        if ((*at)->name.name != NULL) {
            declare_block(program, *at);
        }
    }
}

/* --- types --- */

/* Looked for only while the diagnostic would be kept: every candidate is looked at. */
static Suggestion suggest_type(const Program *program, Name wrong)
{
    Suggestion near = suggestion_for(wrong->text);
    if (program->diags->errors >= DIAG_LIMIT) {
        return near;
    }
    for (int i = 0; i < SCALAR_COUNT; i++) {
        suggestion_offer(&near, scalar_name((Scalar)i));
    }
    vec_each(Model *const, at, &program->models) {
        suggestion_offer(&near, (*at)->name->text);
    }
    vec_each(EnumBlock *const, at, &program->enums) {
        suggestion_offer(&near, (*at)->name->text);
    }
    return near;
}

static void report_unknown_type(Program *program, const AstType *type)
{
    Suggestion near = suggest_type(program, type->name);
    Diagnostic *diagnostic =
        diag_report(program->diags, DIAG_TYPE_UNKNOWN, type->span, type->name->text);
    suggestion_attach(&near, program->diags, diagnostic);
}

static void resolve_block_type(Program *program, Field *field)
{
    const AstType *type = &field->ast->type;
    const BlockName *block = map_get(&program->blocks, type->name);
    if (block == NULL) {
        report_unknown_type(program, type);
    } else if (block->model != NULL) {
        field->kind = FIELD_RELATION;
        vec_push(program->arena, &field->model->relation_fields, field);
        field->target = block->model;
        field->args = arena_make(program->arena, RelationArgs);
    } else if (block->enum_block != NULL) {
        field->kind = FIELD_ENUM;
        field->enum_block = block->enum_block;
        field->type =
            (ColumnType){.id = TYPE_ENUM, .arguments = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT}};
    }
}

static bool find_scalar(const Program *program, Name name, Scalar *ret_scalar)
{
    for (int i = 0; i < SCALAR_COUNT; i++) {
        if (program->scalars[i] == name) {
            *ret_scalar = (Scalar)i;
            return true;
        }
    }
    return false;
}

static void resolve_type(Program *program, Field *field)
{
    const AstType *type = &field->ast->type;
    if (type->unsupported != NULL) {
        field->kind = FIELD_UNSUPPORTED;
        field->type = (ColumnType){.id = TYPE_OTHER,
                                   .arguments = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT},
                                   .raw = type->unsupported};
    } else if (type->name == NULL) {
        return; /* a syntax error, reported by the parser */
    } else if (find_scalar(program, type->name, &field->scalar)) {
        field->kind = FIELD_SCALAR;
        field->type = scalar_default_type(field->scalar);
    } else {
        resolve_block_type(program, field);
    }
    field->type.list = field->arity == AST_LIST;
}

void resolve_types(Program *program)
{
    for (int i = 0; i < SCALAR_COUNT; i++) {
        program->scalars[i] = intern_cstr(program->names, scalar_name((Scalar)i));
    }
    vec_each(Model *const, model, &program->models) {
        vec_each(Field *const, field, &(*model)->fields) {
            resolve_type(program, *field);
        }
    }
}
