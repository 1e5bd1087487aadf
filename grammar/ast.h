/*
 * ast.h - the syntax tree of the schema language.
 *
 * The tree says what was written and where, nothing about what it means: no name is looked up, no
 * attribute is known. It lives in the arena given to the parser and is immutable after parsing.
 * Names are interned in the run's table; every node carries its Span. Lists keep source order;
 * blocks of several files stand one after the other in file order.
 */
#ifndef BELLOWS_GRAMMAR_AST_H
#define BELLOWS_GRAMMAR_AST_H

#include "base/arena.h"
#include "base/common.h"
#include "base/diag/source.h"
#include "base/intern.h"
#include "base/vec.h"

typedef struct AstIdent {
    Name name; /* NULL: absent */
    Span span;
} AstIdent;

typedef enum AstExprKind {
    AST_STRING,   /* text: decoded value, name: the same, interned */
    AST_NUMBER,   /* text: as written */
    AST_CONSTANT, /* name: bare identifier path such as true, Asc, a.b */
    AST_ARRAY,    /* items */
    AST_CALL,     /* name: function; args */
    AST_OBJECT,   /* args, each with a name */
} AstExprKind;

typedef struct AstExpr AstExpr;

typedef struct AstArg {
    AstIdent name;  /* name.name NULL: positional */
    AstExpr *value; /* NULL only after a syntax error (`name:` without value) */
    Span span;
} AstArg;

typedef VEC(AstArg) AstArgList;
typedef VEC(AstExpr *) AstExprList;

struct AstExpr {
    AstExprKind kind;
    Span span;
    Name name; /* STRING (decoded), CONSTANT, CALL, NUMBER (as written) */
    union {
        AstExprList items; /* ARRAY */
        AstArgList args;   /* CALL, OBJECT */
    };
};

/* `@id`, `@db.VarChar(10)`, `@@index([a])`: the path is one name, dots included. */
typedef struct AstAttribute {
    AstIdent name;
    AstArgList args;
    bool has_parentheses;
    Span span; /* from the first `@` to the end of the arguments */
} AstAttribute;

typedef VEC(AstAttribute *) AstAttributeList;

typedef enum AstArity { AST_REQUIRED, AST_OPTIONAL, AST_LIST } AstArity;

typedef struct AstType {
    Name name;        /* `Int`, `User`; NULL for Unsupported */
    Name unsupported; /* the decoded text of Unsupported("..."); NULL otherwise */
    AstArity arity;
    Span span; /* with the arity mark */
} AstType;

typedef struct AstField {
    AstIdent name;
    AstType type;
    AstAttributeList attributes;
    const char
        *doc;     /* text of the `///` lines before and on the line, joined by \n; NULL when none */
    bool damaged; /* part of the line was reported and dropped: what seems missing may not be */
    Span span;    /* the line's content, without comment and line end */
} AstField;

typedef struct AstEnumValue {
    AstIdent name;
    AstAttributeList attributes;
    const char *doc;
    Span span;
} AstEnumValue;

typedef struct AstProperty {
    AstIdent key;
    AstExpr *value;
    Span span;
} AstProperty;

typedef enum AstBlockKind {
    AST_MODEL,
    AST_VIEW,
    AST_TYPE,
    AST_ENUM,
    AST_DATASOURCE,
    AST_GENERATOR,
} AstBlockKind;

typedef struct AstBlock {
    AstBlockKind kind;
    AstIdent name;
    VEC(AstField *) fields;        /* MODEL, VIEW, TYPE */
    VEC(AstEnumValue *) values;    /* ENUM */
    VEC(AstProperty *) properties; /* DATASOURCE, GENERATOR */
    AstAttributeList attributes;   /* `@@` attributes */
    const char *doc;
    bool damaged; /* a line of the body was reported and dropped: what seems missing may not be */
    Span span;    /* from keyword to closing brace */
} AstBlock;

typedef struct AstSchema {
    Arena *arena;
    VEC(AstBlock *) blocks;
} AstSchema;

/* "model", "view", "enum", "datasource": the keyword, which is also what people call the block. */
const char *block_word(AstBlockKind kind);
/* As it is written, whatever its arguments. */
bool ast_has_attribute(const AstAttributeList *attributes, const char *name);

#endif
