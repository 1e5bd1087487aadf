/*
 * ast_make.h - constructors of the syntax tree, one per action of parser.y.
 *
 * Internal to grammar/. Nodes come from the arena of the schema being parsed. Constructors of
 * legacy spellings report them and return the node the author meant, so later passes see a whole
 * tree. List constructors take and return the list by value; an absent (NULL) item is dropped.
 */
#ifndef BELLOWS_GRAMMAR_AST_MAKE_H
#define BELLOWS_GRAMMAR_AST_MAKE_H

#include "base/common.h"
#include "grammar/ast.h"

typedef struct ParseCx ParseCx;

/* --- blocks --- */

void ast_schema_add(ParseCx *cx, AstBlock *block);
/* `type X = Int`: reported, nothing is added. */
void ast_type_alias(ParseCx *cx, Span keyword, AstIdent name, AstType *base);
/* Finishes a body with what its head says. */
AstBlock *ast_block(ParseCx *cx, AstBlock *body, AstBlockKind kind, AstIdent name, const char *doc,
                    Span span);

/* --- bodies: a block without its head, one line after the other --- */

AstBlock *ast_body(ParseCx *cx);
AstBlock *ast_body_field(ParseCx *cx, AstBlock *body, AstField *field);
AstBlock *ast_body_value(ParseCx *cx, AstBlock *body, AstEnumValue *value);
AstBlock *ast_body_property(ParseCx *cx, AstBlock *body, AstProperty *property);
AstBlock *ast_body_attribute(ParseCx *cx, AstBlock *body, AstAttribute *attribute);
/* `@x` at the start of a line: reported. */
AstBlock *ast_body_stray(ParseCx *cx, AstBlock *body, AstAttributeList *attributes);
/* A line of the body was not understood. */
AstBlock *ast_body_damaged(AstBlock *body);

/* --- lines --- */

AstField *ast_field(ParseCx *cx, AstIdent name, AstType *type, AstAttributeList *attributes,
                    const char *doc);
AstField *ast_field_untyped(ParseCx *cx, AstIdent name, AstAttributeList *attributes,
                            const char *doc);
/* `name: Int`; `type` NULL: nothing followed the colon. */
AstField *ast_field_colon(ParseCx *cx, Span colon, AstIdent name, AstType *type,
                          AstAttributeList *attributes, const char *doc);
AstEnumValue *ast_enum_value(ParseCx *cx, AstIdent name, AstAttributeList *attributes,
                             const char *doc);
AstProperty *ast_property(ParseCx *cx, AstIdent key, AstExpr *value);
AstProperty *ast_property_empty(ParseCx *cx, AstIdent key, Span equals);

/* --- types --- */

AstType *ast_type_named(ParseCx *cx, Name name, Span span);
AstType *ast_type_unsupported(ParseCx *cx, Name text, Span span);
/* `base` with a mark. */
AstType *ast_type(AstType *base, AstArity arity, Span span);
AstType *ast_type_required(ParseCx *cx, AstType *base, Span span, Span bang);
AstType *ast_type_optional_list(ParseCx *cx, AstType *base, Span span);
AstType *ast_type_bracketed(ParseCx *cx, AstType *base, Span span);

/* --- attributes and arguments --- */

Name ast_attribute_name(ParseCx *cx, Name name, Span span);
AstAttribute *ast_attribute_bare(ParseCx *cx, AstIdent name, Span span);
/* With parentheses, `args` NULL when nothing is in them. */
AstAttribute *ast_attribute(ParseCx *cx, AstIdent name, AstArgList *args, Span span);
AstAttributeList *ast_attribute_list(ParseCx *cx, AstAttributeList *list, AstAttribute *attribute);
/* `name` all zero: positional. */
AstArg *ast_arg(ParseCx *cx, AstIdent name, AstExpr *value, Span span);
AstArg *ast_arg_empty(ParseCx *cx, AstIdent name, Span span);
AstArgList *ast_arg_list(ParseCx *cx, AstArgList *list, AstArg *arg);
AstArgList *ast_args_comma(ParseCx *cx, AstArgList *list, Span comma);

/* --- values --- */

AstExpr *ast_expr(ParseCx *cx, AstExprKind kind, Name name, Span span);
AstExpr *ast_constant(ParseCx *cx, Name path, Span span);
AstExpr *ast_call(ParseCx *cx, Name path, AstArgList *args, Span span);
AstExpr *ast_array(ParseCx *cx, AstExprList *items, Span span);
AstExpr *ast_object(ParseCx *cx, AstArgList *members, Span span);
AstExprList *ast_expr_list(ParseCx *cx, AstExprList *list, AstExpr *expr);

#endif
