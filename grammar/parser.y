/*
 * parser.y - the grammar of the schema language: every block, attribute, argument and literal.
 *
 * In: tokens of the filter in parse.c. Out: blocks appended to the AstSchema of the ParseCx, by one ast_*
 * constructor per action. Legacy spellings are parsed on purpose, so that their constructors can say
 * what to write instead. Recovery happens at three places only: a line (of a file or of a block), the
 * argument list of an attribute, and the end of a block (the filter supplies a missing brace).
 *
 * Canonical LR instead of LALR with lookahead correction: both know exactly which tokens could follow
 * when one does not fit, but this needs no trial parse before a reduction (8% of a parse), and the
 * tables stay small (100 KB of source).
 */
%require "3.8"
%expect 0
%locations
%define api.pure full
%define api.prefix {dsl_}
%define api.token.prefix {TOK_}
%define api.value.type union
%define api.location.type {Span}
%define api.header.include {"grammar/parser.h"}
%define parse.error custom
%define lr.type canonical-lr
%define lr.default-reduction consistent
%lex-param   {yyscan_t scanner}
%parse-param {yyscan_t scanner} {ParseCx *cx}

%code requires {
#include "base/common.h"

#include "grammar/ast_make.h"

#ifndef YY_TYPEDEF_YY_SCANNER_T
#define YY_TYPEDEF_YY_SCANNER_T
typedef void *yyscan_t;
#endif
}

%code provides {
/* The filter: what the parser reads. Defined in parse.c. */
int dsl_lex(DSL_STYPE *value, Span *span, yyscan_t scanner);
}

%code {
#include "grammar/parse_internal.h"

/* The filter bounds nesting (NESTING_LIMIT), so these are never reached and nothing is allocated. */
#define YYINITDEPTH 4000
#define YYMAXDEPTH 4000

#define YYLLOC_DEFAULT(current, rhs, n)                                                                 \
    (current) = (n) > 0 ? span_join(YYRHSLOC(rhs, 1), YYRHSLOC(rhs, n))                                 \
                        : (Span){YYRHSLOC(rhs, 0).file, YYRHSLOC(rhs, 0).end, YYRHSLOC(rhs, 0).end}

/* A name with its place. */
#define NAME(value, place) ((AstIdent){(value), (place)})

static void dsl_error(const Span *span, yyscan_t scanner, ParseCx *cx, const char *message);
}

%token <const char *> EOL "end of line" LBRACE "`{`"
%token <Name> IDENT "a name" PATH "a dotted name" NUMBER "a number" STRING "a string" UNSUPPORTED "`Unsupported`"
%token KW_MODEL "`model`" KW_VIEW "`view`" KW_TYPE "`type`" KW_ENUM "`enum`" KW_DATASOURCE "`datasource`"
       KW_GENERATOR "`generator`"
%token RBRACE "`}`" LPAREN "`(`" RPAREN "`)`" LBRACKET "`[`" RBRACKET "`]`" BRACKETS "`[]`" COMMA "`,`" COLON "`:`"
       EQUALS "`=`" QUESTION "`?`" BANG "`!`" AT "`@`" ATAT "`@@`"
/* The parentheses of an attribute, told apart from those inside so that recovery finds the right one. */
%token ARGS_OPEN "`(` " ARGS_CLOSE "`)` "

%nterm <AstBlock *> block fields values properties
%nterm <AstBlockKind> fields_kind properties_kind
%nterm <AstField *> field
%nterm <AstEnumValue *> value
%nterm <AstProperty *> property
%nterm <AstAttribute *> attribute block_attribute
%nterm <AstAttributeList *> attributes some_attributes
%nterm <AstType *> type base
%nterm <AstArgList *> args some_args members some_members
%nterm <AstArg *> arg member
%nterm <AstExprList *> items some_items
%nterm <AstExpr *> expr
%nterm <Name> name path attribute_name

%printer { fprintf(yyo, "%s", $$->text); } <Name>
%printer { fprintf(yyo, "%s", $$ == NULL ? "" : $$); } <const char *>
%printer { fprintf(yyo, "%s", $$->name == NULL ? "?" : $$->name->text); } <AstType *>
%printer { fprintf(yyo, "%zu items", $$ == NULL ? 0 : $$->count); } <AstAttributeList *> <AstArgList *> <AstExprList *>
%printer { fprintf(yyo, "%u..%u", $$ == NULL ? 0 : $$->span.start, $$ == NULL ? 0 : $$->span.end); }
         <AstField *> <AstEnumValue *> <AstProperty *> <AstAttribute *> <AstExpr *> <AstBlock *>
         <AstArg *>
%printer { fprintf(yyo, "%d", (int)$$); } <AstBlockKind>

%%

schema:
  %empty
| schema block                                      { ast_schema_add(cx, $block); }
| schema KW_TYPE name EQUALS base attributes EOL    { ast_type_alias(cx, @KW_TYPE, NAME($name, @name), $base); }
| schema error EOL                                  { yyerrok; }
;

block:
  fields_kind[kind] name LBRACE[doc] fields[body] RBRACE         { $$ = ast_block(cx, $body, $kind, NAME($name, @name), $doc, @$); }
| KW_TYPE name LBRACE[doc] fields[body] RBRACE                   { $$ = ast_block(cx, $body, AST_TYPE, NAME($name, @name), $doc, @$); }
| KW_ENUM name LBRACE[doc] values[body] RBRACE                   { $$ = ast_block(cx, $body, AST_ENUM, NAME($name, @name), $doc, @$); }
| properties_kind[kind] name LBRACE[doc] properties[body] RBRACE { $$ = ast_block(cx, $body, $kind, NAME($name, @name), $doc, @$); }
;

fields_kind:
  KW_MODEL                  { $$ = AST_MODEL; }
| KW_VIEW                   { $$ = AST_VIEW; }
;

properties_kind:
  KW_DATASOURCE             { $$ = AST_DATASOURCE; }
| KW_GENERATOR              { $$ = AST_GENERATOR; }
;

fields:
  %empty                    { $$ = ast_body(cx); }
| fields field              { $$ = ast_body_field(cx, $1, $field); }
| fields block_attribute[a] { $$ = ast_body_attribute(cx, $1, $a); }
| fields some_attributes[a] EOL { $$ = ast_body_stray(cx, $1, $a); }
| fields error EOL          { $$ = ast_body_damaged($1); yyerrok; }
;

field:
  name type attributes[as] EOL[doc]       { $$ = ast_field(cx, NAME($name, @name), $type, $as, $doc); }
| name attributes[as] EOL[doc]            { $$ = ast_field_untyped(cx, NAME($name, @name), $as, $doc); }
| name COLON type attributes[as] EOL[doc] { $$ = ast_field_colon(cx, @COLON, NAME($name, @name), $type, $as, $doc); }
| name COLON attributes[as] EOL[doc]      { $$ = ast_field_colon(cx, @COLON, NAME($name, @name), NULL, $as, $doc); }
;

type:
  base
| base BRACKETS             { $$ = ast_type($base, AST_LIST, @$); }
| base QUESTION             { $$ = ast_type($base, AST_OPTIONAL, @$); }
| base BANG                 { $$ = ast_type_required(cx, $base, @$, @BANG); }
| base BRACKETS QUESTION    { $$ = ast_type_optional_list(cx, $base, @$); }
| LBRACKET base RBRACKET    { $$ = ast_type_bracketed(cx, $base, @$); }
;

base:
  IDENT                     { $$ = ast_type_named(cx, $IDENT, @$); }
| UNSUPPORTED ARGS_OPEN STRING ARGS_CLOSE { $$ = ast_type_unsupported(cx, $STRING, @$); }
| UNSUPPORTED LPAREN STRING RPAREN        { $$ = ast_type_unsupported(cx, $STRING, @$); }
;

values:
  %empty                    { $$ = ast_body(cx); }
| values value              { $$ = ast_body_value(cx, $1, $value); }
| values block_attribute[a] { $$ = ast_body_attribute(cx, $1, $a); }
| values some_attributes[a] EOL { $$ = ast_body_stray(cx, $1, $a); }
| values error EOL          { $$ = ast_body_damaged($1); yyerrok; }
;

value:
  name attributes[as] EOL[doc] { $$ = ast_enum_value(cx, NAME($name, @name), $as, $doc); }
;

properties:
  %empty                    { $$ = ast_body(cx); }
| properties property       { $$ = ast_body_property(cx, $1, $property); }
| properties error EOL      { $$ = ast_body_damaged($1); yyerrok; }
;

property:
  name EQUALS expr EOL      { $$ = ast_property(cx, NAME($name, @name), $expr); }
| name EQUALS EOL           { $$ = ast_property_empty(cx, NAME($name, @name), @EQUALS); }
;

attributes:
  %empty                    { $$ = NULL; }
| attributes[list] attribute[a] { $$ = ast_attribute_list(cx, $list, $a); }
;

some_attributes:
  attribute[a]                    { $$ = ast_attribute_list(cx, NULL, $a); }
| some_attributes[list] attribute[a] { $$ = ast_attribute_list(cx, $list, $a); }
;

attribute:
  AT attribute_name[n]                                    { $$ = ast_attribute_bare(cx, NAME($n, @n), @$); }
| AT attribute_name[n] ARGS_OPEN args[as] ARGS_CLOSE      { $$ = ast_attribute(cx, NAME($n, @n), $as, @$); }
| AT attribute_name ARGS_OPEN error ARGS_CLOSE            { $$ = NULL; }
| AT attribute_name ARGS_OPEN error                       { $$ = NULL; }
;

block_attribute:
  ATAT attribute_name[n] EOL                              { $$ = ast_attribute_bare(cx, NAME($n, @n), span_join(@1, @n)); }
| ATAT attribute_name[n] ARGS_OPEN args[as] ARGS_CLOSE EOL { $$ = ast_attribute(cx, NAME($n, @n), $as, span_join(@1, @5)); }
| ATAT attribute_name ARGS_OPEN error ARGS_CLOSE EOL      { $$ = NULL; yyerrok; }
| ATAT attribute_name ARGS_OPEN error EOL                 { $$ = NULL; yyerrok; }
;

attribute_name:
  IDENT                     { $$ = ast_attribute_name(cx, $1, @$); }
| PATH                      { $$ = ast_attribute_name(cx, $1, @$); }
| UNSUPPORTED               { $$ = ast_attribute_name(cx, $1, @$); }
| NUMBER                    { $$ = ast_attribute_name(cx, $1, @$); }
;

args:
  %empty                    { $$ = NULL; }
| some_args
| some_args COMMA           { $$ = ast_args_comma(cx, $1, @COMMA); }
| COMMA                     { $$ = ast_args_comma(cx, NULL, @COMMA); }
;

some_args:
  arg                       { $$ = ast_arg_list(cx, NULL, $arg); }
| some_args[list] COMMA arg { $$ = ast_arg_list(cx, $list, $arg); }
;

arg:
  expr                      { $$ = ast_arg(cx, (AstIdent){0}, $expr, @$); }
| name COLON expr           { $$ = ast_arg(cx, NAME($name, @name), $expr, @$); }
| name COLON                { $$ = ast_arg_empty(cx, NAME($name, @name), @$); }
;

expr:
  STRING                    { $$ = ast_expr(cx, AST_STRING, $STRING, @$); }
| NUMBER                    { $$ = ast_expr(cx, AST_NUMBER, $NUMBER, @$); }
| path                      { $$ = ast_constant(cx, $path, @$); }
| path ARGS_OPEN args[as] ARGS_CLOSE { $$ = ast_call(cx, $path, $as, @$); }
| path LPAREN args[as] RPAREN        { $$ = ast_call(cx, $path, $as, @$); }
| LBRACKET items RBRACKET   { $$ = ast_array(cx, $items, @$); }
| BRACKETS                  { $$ = ast_array(cx, NULL, @$); }
| LBRACE members RBRACE     { $$ = ast_object(cx, $members, @$); }
;

items:
  %empty                    { $$ = NULL; }
| some_items
;

some_items:
  expr                      { $$ = ast_expr_list(cx, NULL, $expr); }
| some_items[list] COMMA expr { $$ = ast_expr_list(cx, $list, $expr); }
;

members:
  %empty                    { $$ = NULL; }
| some_members
;

some_members:
  member                    { $$ = ast_arg_list(cx, NULL, $member); }
| some_members[list] COMMA member { $$ = ast_arg_list(cx, $list, $member); }
;

member:
  name COLON expr           { $$ = ast_arg(cx, NAME($name, @name), $expr, @$); }
;

name:
  IDENT
| NUMBER
;

path:
  IDENT
| PATH
| UNSUPPORTED
;

%%

enum { EXPECTED_SHOWN = 6 };

static int yyreport_syntax_error(const yypcontext_t *at, yyscan_t scanner, ParseCx *cx)
{
    (void)scanner;
    yysymbol_kind_t kinds[EXPECTED_SHOWN];
    const char *names[EXPECTED_SHOWN];
    int count = yypcontext_expected_tokens(at, kinds, EXPECTED_SHOWN);
    for (int i = 0; i < count; i++) {
        names[i] = yysymbol_name(kinds[i]);
    }
    parse_unexpected(cx, *yypcontext_location(at), names, count > 0 ? (size_t)count : 0);
    return 0;
}

/* Only called when the parser's stack is exhausted, which the nesting limit rules out. */
static void dsl_error(const Span *span, yyscan_t scanner, ParseCx *cx, const char *message)
{
    (void)scanner;
    (void)message;
    parse_unexpected(cx, *span, NULL, 0);
}
