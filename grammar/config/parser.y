/*
 * parser.y - the grammar of a configuration module: its shape, and the expressions real ones hold.
 *
 * In: tokens of read.c, where line ends that end statements are ENDs, blocks and objects have braces
 * of their own, types are gone, and a function with a body is one token. Out: the statements of the
 * ConfigParse, by one config_* constructor per action. What does not fit is CONFIG_UNREAD, never lost:
 * the value of a property, a property, a statement, whichever is innermost (read.c skips to its end).
 */
%require "3.8"
%expect 0
%locations
%define api.pure full
%define api.prefix {cfg_}
%define api.token.prefix {TOK_}
%define api.value.type union
%define api.location.type {Span}
%define api.header.include {"grammar/config/parser.h"}
%define parse.error custom
%define parse.lac full
%lex-param   {ConfigParse *cx}
%parse-param {ConfigParse *cx}

%code requires {
#include "base/common.h"

#include "grammar/config/make.h"
}

%code provides {
/* What the parser reads. Defined in read.c. */
int cfg_lex(CFG_STYPE *value, Span *span, ConfigParse *cx);
}

%code {
#include "grammar/config/tokens.h"

/* Brackets are bounded (CONFIG_NESTING); what chains without them may still fill the stack: then all is unread. */
#define YYINITDEPTH 4000
#define YYMAXDEPTH 4000

#define YYLLOC_DEFAULT(current, rhs, n)                                                                 \
    (current) = (n) > 0 ? span_join(YYRHSLOC(rhs, 1), YYRHSLOC(rhs, n))                                 \
                        : (Span){YYRHSLOC(rhs, 0).file, YYRHSLOC(rhs, 0).end, YYRHSLOC(rhs, 0).end}

/* read.c has moved to where the grammar goes on; the token that did not fit is behind us. */
#define RECOVERED                                                                                       \
    do {                                                                                                \
        yyclearin;                                                                                      \
        if (!cx->exhausted) {                                                                           \
            yyerrok;                                                                                    \
        }                                                                                               \
    } while (0)

static void cfg_error(const Span *span, ConfigParse *cx, const char *message);
}

%token END "end of a statement"
%token LBRACE "`{`" RBRACE "`}`" BLOCK "`{` of a block" BLOCK_END "`}` of a block"
       NAMES "`{` of names" NAMES_END "`}` of names"
%token LPAREN "`(`" RPAREN "`)`" LBRACKET "`[`" RBRACKET "`]`" COMMA "`,`" COLON "`:`" DOT "`.`"
       QUESTION_DOT "`?.`" DOTS "`...`" QUESTION "`?`"
%token TICK "a template" TICK_END "the end of a template" HOLE "`${`" HOLE_END "`}` of a template"
%token <Name> NAME "a name" TEXT "a string" NUMBER "a number" REGEX "a regular expression" PIECE "text of a template"
%token <Name> NULLISH "`??`" OR "`||`" AND "`&&`" NOT "`!`" EQUALITY "a comparison" RELATION "`<` or `>`"
       PLUS "`+`" MINUS "`-`" TIMES "`*` or `/`" EQUALS "`=`" ASSIGN "an assignment"
%token <Name> FUNCTION "a function" DECLARED "a declared function" METHOD "a method"
%token <Name> ARROW "`=>`"
%token KW_AS "`as`"
%token KW_IMPORT "`import`" KW_EXPORT "`export`" KW_DEFAULT "`default`" KW_FROM "`from`" KW_DECLARE "`const`"
       KW_IF "`if`" KW_ELSE "`else`" KW_TRY "`try`" KW_CATCH "`catch`" KW_FINALLY "`finally`" KW_FOR "`for`" KW_OF "`of`"
       KW_THROW "`throw`" KW_NEW "`new`"
%token <Name> KW_JUMP "`break` or `continue`"
%token <Name> KW_UNARY "`typeof`" KW_AWAIT "`await`"
/* Only the scanner and read.c know these. */
%token STRING FAT_ARROW

%nterm <ConfigNode *> statement import binding exported declarations declaration handler finally
%nterm <ConfigNode *> expr conditional binary unary postfix primary callee object member template block property_value
%nterm <ConfigNodeList *> statements bindings some_bindings arguments some_arguments members some_members pieces some_declarations
%nterm <Name> word key

%printer { fprintf(yyo, "%s", $$ == NULL ? "" : $$->text); } <Name>
%printer { fprintf(yyo, "%s", $$ == NULL ? "" : config_node_word($$->kind)); } <ConfigNode *>
%printer { fprintf(yyo, "%zu items", $$ == NULL ? 0 : $$->count); } <ConfigNodeList *>

%left NULLISH
%left OR
%left AND
%left EQUALITY
%left RELATION KW_AS
%left PLUS MINUS
%left TIMES

%precedence WITHOUT_ELSE
%precedence KW_ELSE

%%

module:
  statements                        { config_module(cx, $1); }
;

statements:
  %empty                            { $$ = NULL; }
| statements statement              { $$ = config_list(cx, $1, $2); }
;

/* --- statements --- */

statement:
  END                               { $$ = NULL; }
| import
| exported
| declarations END
| expr END                          { $$ = config_evaluate(cx, $1, @1); }
| block
| DECLARED                          { $$ = config_function(cx, $1, @$); }
| KW_IF LPAREN expr RPAREN statement %prec WITHOUT_ELSE     { $$ = config_if(cx, $3, $5, NULL, @$); }
| KW_IF LPAREN expr RPAREN statement KW_ELSE statement      { $$ = config_if(cx, $3, $5, $7, @$); }
| KW_TRY block[body] handler finally                        { $$ = config_try(cx, $body, $handler, $finally, @$); }
| KW_TRY block[body] KW_CATCH LPAREN word RPAREN block[caught] finally { $$ = config_try_catch(cx, $body, $word, $caught, $finally, @$); }
| KW_FOR LPAREN KW_DECLARE word KW_OF expr RPAREN statement { $$ = config_for_of(cx, $word, $expr, $8, @$); }
| KW_THROW expr END                 { $$ = config_throw(cx, $expr, @$); }
| KW_JUMP END                       { $$ = config_jump(cx, $KW_JUMP, @$); }
| error                             { $$ = config_unread(cx, @$); RECOVERED; }
;

block:
  BLOCK statements BLOCK_END        { $$ = config_block(cx, $2, @$); }
;

handler:
  %empty                            { $$ = NULL; }
| KW_CATCH block                    { $$ = $2; }
;

finally:
  %empty                            { $$ = NULL; }
| KW_FINALLY block                  { $$ = $2; }
;

import:
  KW_IMPORT TEXT END                { $$ = config_import(cx, $TEXT, NULL, @$); }
| KW_IMPORT bindings KW_FROM TEXT END { $$ = config_import(cx, $TEXT, $bindings, @$); }
| KW_IMPORT bindings KW_FROM TEXT NAME object END { $$ = config_import(cx, $TEXT, $bindings, @$); /* with { type: "json" } */ }
| KW_IMPORT word EQUALS expr END    { $$ = config_declares(cx, config_list(cx, NULL, config_declare(cx, config_word(cx, $word, @word), $expr, @$)), @$); }
;

bindings:
  word                              { $$ = config_list(cx, NULL, config_binding(cx, $1, NULL, @1)); }
| TIMES KW_AS word                  { $$ = config_list(cx, NULL, config_binding(cx, $word, $TIMES, @$)); }
| word COMMA TIMES KW_AS word[all]  { $$ = config_list(cx, config_list(cx, NULL, config_binding(cx, $1, NULL, @1)), config_binding(cx, $all, $TIMES, @all)); }
| NAMES some_bindings NAMES_END     { $$ = $2; }
| word COMMA NAMES some_bindings NAMES_END { $$ = config_list(cx, $some_bindings, config_binding(cx, $word, NULL, @word)); }
;

some_bindings:
  %empty                            { $$ = NULL; }
| binding                           { $$ = config_list(cx, NULL, $1); }
| some_bindings COMMA               { $$ = $1; }
| some_bindings COMMA binding       { $$ = config_list(cx, $1, $3); }
;

binding:
  word                              { $$ = config_binding(cx, $1, $1, @$); }
| word KW_AS word[here]             { $$ = config_binding(cx, $here, $1, @$); }
| KW_DEFAULT KW_AS word             { $$ = config_binding(cx, $word, NULL, @$); }
| word KW_AS KW_DEFAULT             { $$ = config_binding(cx, NULL, $word, @$); }
| KW_DEFAULT                        { $$ = config_binding(cx, NULL, NULL, @$); }
;

exported:
  KW_EXPORT KW_DEFAULT expr END     { $$ = config_export_default(cx, $expr, @$); }
| KW_EXPORT EQUALS expr END         { $$ = config_export_default(cx, $expr, @$); }
| KW_EXPORT declarations END        { $$ = $declarations; }
| KW_EXPORT DECLARED                { $$ = config_function(cx, $DECLARED, @$); }
| KW_EXPORT NAMES some_bindings NAMES_END END { $$ = config_export_names(cx, $some_bindings, @$); }
| KW_EXPORT NAMES some_bindings NAMES_END KW_FROM TEXT END { $$ = config_export_from(cx, $some_bindings, $TEXT, @$); }
;

declarations:
  KW_DECLARE some_declarations      { $$ = config_declares(cx, $2, @$); }
;

some_declarations:
  declaration                       { $$ = config_list(cx, NULL, $1); }
| some_declarations COMMA declaration { $$ = config_list(cx, $1, $3); }
;

declaration:
  word                              { $$ = config_declare(cx, config_word(cx, $1, @1), NULL, @$); }
| word EQUALS expr                  { $$ = config_declare(cx, config_word(cx, $1, @1), $expr, @$); }
| object EQUALS expr                { $$ = config_declare(cx, $object, $expr, @$); }
;

/* --- expressions --- */

expr:
  conditional
| unary EQUALS expr                 { $$ = config_assign(cx, $EQUALS, $1, $3, @$); }
| unary ASSIGN expr                 { $$ = config_assign(cx, $ASSIGN, $1, $3, @$); }
| ARROW expr                        { $$ = config_arrow(cx, $ARROW, $2, @$); }
;

conditional:
  binary
| binary QUESTION expr COLON expr   { $$ = config_conditional(cx, $1, $3, $5, @$); }
;

binary:
  unary
| binary KW_AS                      { $$ = $1; }
| binary NULLISH binary             { $$ = config_binary(cx, $2, $1, $3, @$); }
| binary OR binary                  { $$ = config_binary(cx, $2, $1, $3, @$); }
| binary AND binary                 { $$ = config_binary(cx, $2, $1, $3, @$); }
| binary EQUALITY binary            { $$ = config_binary(cx, $2, $1, $3, @$); }
| binary RELATION binary            { $$ = config_binary(cx, $2, $1, $3, @$); }
| binary PLUS binary                { $$ = config_binary(cx, $2, $1, $3, @$); }
| binary MINUS binary               { $$ = config_binary(cx, $2, $1, $3, @$); }
| binary TIMES binary               { $$ = config_binary(cx, $2, $1, $3, @$); }
;

unary:
  postfix
| NOT unary                         { $$ = config_unary(cx, $1, $2, @$); }
| MINUS unary                       { $$ = config_unary(cx, $1, $2, @$); }
| PLUS unary                        { $$ = config_unary(cx, $1, $2, @$); }
| KW_UNARY unary                    { $$ = config_unary(cx, $1, $2, @$); }
| KW_AWAIT unary                    { $$ = config_unary(cx, $1, $2, @$); }
;

postfix:
  primary
| postfix DOT word                  { $$ = config_member(cx, $1, $3, @$); }
| postfix LBRACKET expr RBRACKET    { $$ = config_index(cx, $1, $3, @$); }
| postfix LPAREN arguments RPAREN   { $$ = config_call(cx, $1, $3, @$); }
| postfix QUESTION_DOT word         { $$ = config_optional(cx, config_member(cx, $1, $3, @$)); }
| postfix QUESTION_DOT LBRACKET expr RBRACKET  { $$ = config_optional(cx, config_index(cx, $1, $4, @$)); }
| postfix QUESTION_DOT LPAREN arguments RPAREN { $$ = config_optional(cx, config_call(cx, $1, $4, @$)); }
;

primary:
  word                              { $$ = config_word(cx, $1, @$); }
| TEXT                              { $$ = config_text(cx, $1, @$); }
| NUMBER                            { $$ = config_number(cx, $1, @$); }
| REGEX                             { $$ = config_regex(cx, $1, @$); }
| FUNCTION                          { $$ = config_function(cx, $1, @$); }
| KW_IMPORT DOT word                { $$ = config_member(cx, config_word(cx, NULL, @1), $3, @$); }
| KW_IMPORT LPAREN arguments RPAREN { $$ = config_call(cx, config_word(cx, NULL, @1), $3, @$); }
| KW_NEW callee LPAREN arguments RPAREN { $$ = config_new(cx, $2, $4, @$); }
| LPAREN expr RPAREN                { $$ = $2; }
| LPAREN NUMBER COMMA expr RPAREN   { $$ = $4; }    /* `(0, f)()`, as compilers write a call */
| LBRACKET arguments RBRACKET       { $$ = config_array(cx, $2, @$); }
| object
| template
;

callee:
  word                              { $$ = config_word(cx, $1, @$); }
| callee DOT word                   { $$ = config_member(cx, $1, $3, @$); }
;

arguments:
  %empty                            { $$ = NULL; }
| some_arguments
| some_arguments COMMA
;

some_arguments:
  expr                              { $$ = config_list(cx, NULL, $1); }
| DOTS expr                         { $$ = config_list(cx, NULL, config_spread(cx, $2, @$)); }
| some_arguments COMMA expr         { $$ = config_list(cx, $1, $3); }
| some_arguments COMMA DOTS expr    { $$ = config_list(cx, $1, config_spread(cx, $4, @4)); }
;

object:
  LBRACE members RBRACE             { $$ = config_object(cx, $2, @$); }
;

members:
  %empty                            { $$ = NULL; }
| some_members
| some_members COMMA
;

some_members:
  member                            { $$ = config_list(cx, NULL, $1); }
| some_members COMMA member         { $$ = config_list(cx, $1, $3); }
;

member:
  key COLON property_value          { $$ = config_property(cx, $1, $3, NULL, @$); }
| word                              { $$ = config_property(cx, $1, config_word(cx, $1, @1), NULL, @$); }
| word EQUALS expr                  { $$ = config_property(cx, $1, config_word(cx, $1, @1), $3, @$); }
| LBRACKET expr[name] RBRACKET COLON expr[value] { $$ = config_computed(cx, $name, $value, @$); }
| DOTS expr                         { $$ = config_spread(cx, $2, @$); }
| METHOD                            { $$ = config_property(cx, $1, config_function(cx, $1, @1), NULL, @$); }
| error                             { $$ = config_spread(cx, config_unread(cx, @$), @$); RECOVERED; }
;

property_value:
  expr
| error                             { $$ = config_unread(cx, @$); RECOVERED; }
;

key:
  word
| TEXT
| NUMBER
;

template:
  TICK pieces TICK_END              { $$ = config_template(cx, $2, @$); }
;

pieces:
  %empty                            { $$ = NULL; }
| pieces PIECE                      { $$ = config_list(cx, $1, config_text(cx, $2, @2)); }
| pieces HOLE expr HOLE_END         { $$ = config_list(cx, $1, $3); }
;

/* Names are words in places where the language has keywords of its own. */
word:
  NAME
| KW_FROM                           { $$ = config_keyword(cx, "from"); }
| KW_OF                             { $$ = config_keyword(cx, "of"); }
;

%%

static int yyreport_syntax_error(const yypcontext_t *at, ConfigParse *cx)
{
    config_unexpected(cx, *yypcontext_location(at), yysymbol_name(yypcontext_token(at)));
    return 0;
}

/* Only called when the parser's stack is exhausted. */
static void cfg_error(const Span *span, ConfigParse *cx, const char *message)
{
    (void)message;
    cx->exhausted = true;
    config_unexpected(cx, *span, "nesting");
}
