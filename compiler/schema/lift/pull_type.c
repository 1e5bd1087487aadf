/*
 * pull_type.c - a column's type in the language: scalar, enum or Unsupported, and `@db.X`.
 *
 * A domain is written as the type it is over. The server reads a time without precision as one of
 * six digits, and so it is written; inside an array nothing is filled in.
 */
#include "base/common.h"

#include "compiler/schema/lift/pull_internal.h"

PullType pull_type(const PullCx *cx, const Column *column)
{
    PullType found = {.type = &column->type};
    if (type_said(&column->type)->id != TYPE_OTHER) {
        found.type = type_said(&column->type);
    }
    if (found.type->id == TYPE_ENUM) {
        found.enum_block = pull_find_enum(cx, found.type->enum_type);
        found.unsupported = found.enum_block == NULL;
    } else if (found.type->id == TYPE_OTHER) {
        found.unsupported = true;
    } else {
        found.scalar = type_row(found.type->id)->scalar;
    }
    return found;
}

/* The database takes every column of a view for nullable: there the schema knows better. */
static bool is_required(const PullField *field)
{
    bool of_view = field->column->table->is_view;
    bool was = field->old != NULL && field->old->arity == AST_REQUIRED;
    return field->column->not_null || (of_view && was);
}

AstType pull_field_type(PullCx *cx, const PullField *field)
{
    PullType found = pull_type(cx, field->column);
    AstType type = {.arity = found.type->list     ? AST_LIST
                             : is_required(field) ? AST_REQUIRED
                                                  : AST_OPTIONAL};
    if (found.enum_block != NULL) {
        type.name = found.enum_block->name;
    } else if (!found.unsupported) {
        type.name = intern_cstr(cx->names, scalar_name(found.scalar));
    } else {
        type.unsupported =
            found.type->id == TYPE_ENUM ? found.type->enum_type->name : found.type->raw;
    }
    return type;
}

/* --- `@db.X` -----------------------------------------------------------------------------------
 */

enum { PRECISION_UNSAID = 6 };

/* The type as the server understands it, with what it fills in. */
static ColumnType said_type(const ColumnType *type)
{
    ColumnType said = *type;
    bool timed = type_row(type->id)->arguments == ARGUMENTS_PRECISION;
    if (timed && !type->list && type->arguments[0] == TYPE_NO_ARGUMENT) {
        said.arguments[0] = PRECISION_UNSAID;
    }
    return said;
}

static bool is_scalars_own(const PullType *found, const ColumnType *said)
{
    ColumnType own = scalar_default_type(found->scalar);
    return own.id == said->id && own.arguments[0] == said->arguments[0] &&
           own.arguments[1] == said->arguments[1];
}

bool pull_has_native(const PullCx *cx, const Column *column)
{
    PullType found = pull_type(cx, column);
    if (found.unsupported || found.enum_block != NULL) {
        return false;
    }
    ColumnType said = said_type(found.type);
    return !is_scalars_own(&found, &said);
}

void pull_native(PullCx *cx, const Column *column, AstAttributeList *attributes)
{
    if (!pull_has_native(cx, column)) {
        return;
    }
    ColumnType said = said_type(pull_type(cx, column).type);
    const Name source = cx->input->config->datasource.name;
    AstAttribute *attribute =
        pull_attribute(cx, attributes,
                       arena_printf(cx->arena, "%s.%s", source == NULL ? "db" : source->text,
                                    type_row(said.id)->native));
    for (size_t i = 0; i < lengthof(said.arguments); i++) {
        if (said.arguments[i] != TYPE_NO_ARGUMENT) {
            Name number = intern_printf(cx->names, "%d", (int)said.arguments[i]);
            pull_arg(cx, &attribute->args, NULL, pull_expr(cx, AST_NUMBER, number));
        }
    }
}
