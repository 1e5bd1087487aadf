/*
 * canon_internal.h - what the parts of canon share: types as expressions name them, values, trees.
 *
 * Canonical texts are SQL-like but not for any server: strings in quotes, numbers as digits and a
 * power of ten, lists in braces, operators prefixed to their operands' common type. Two texts are
 * equal only if the expressions mean the same on the column in question; where that is not known
 * the spelling stays, so at worst two equal expressions are taken for different.
 */
#ifndef BELLOWS_COMPILER_CANON_CANON_INTERNAL_H
#define BELLOWS_COMPILER_CANON_CANON_INTERNAL_H

#include <pg_query/pg_query.pb-c.h>

#include "base/strbuf.h"
#include "compiler/canon/canon.h"

typedef PgQuery__Node Node;

/* NULL: the expression is no default at all. */
typedef struct CanonMemo {
    Name canonical;
} CanonMemo;

/* A literal, the name of a type or that of a column, in the text that is parsed; the type as canon
 * names it. */
typedef struct CanonSpot {
    uint32_t start;
    Name type;
    const Column *column; /* NULL: the spot is no column's */
    bool is_type;
    bool in_list; /* one of the items of a literal `'{...}'` */
} CanonSpot;

typedef struct CanonSpots {
    Arena *arena;
    VEC(CanonSpot) items;
} CanonSpots;

/* One canonicalisation: what names mean here. */
typedef struct CanonCx {
    Names *names;
    Arena *scratch;
    Name default_schema; /* its qualification carries no meaning; NULL: unknown */
    const Table *table;  /* whose columns the expression may name; NULL: none */
    Index *noted;        /* whose columns are noted as they are printed; NULL: none */
    Arena *arena;        /* of those notes */
    bool null_test;
    Map seen;    /* (text, type) -> CanonMemo, of default expressions */
    bool failed; /* something the printer does not understand was met */
    uint32_t depth;
    CanonSpots *spots; /* where the text names types and holds values of types; NULL: not asked */
    const Catalog *catalog;         /* of a query: where its tables are found; NULL: no query */
    const struct CanonScope *scope; /* of a query: canon_scope.h; NULL: none */
    bool exact; /* the type of the result counts: no cast goes but those of operands */
} CanonCx;

enum { CANON_TEXT_MAX = 1 << 24, CANON_PARSE_MAX = 1 << 18, CANON_DEPTH_MAX = 400 };

/* --- canon_tree.c: PostgreSQL's parser --- */

typedef struct CanonTree {
    PgQuery__ParseResult *result;
    const Node *expression;       /* NULL: the grammar refused the text */
    PgQuery__TypeName *type_name; /* of canon_parse_type */
} CanonTree;

CanonTree canon_parse_expression(const char *text);
/* What stands before the text in what is parsed: spots count from there. */
enum { CANON_EXPRESSION_OFFSET = sizeof "SELECT (" - 1 };
CanonTree canon_parse_type(const char *text);
/* Whole statements; NULL where the grammar refuses them. The caller's to free. */
PgQuery__ParseResult *canon_parse_script(const char *text);
void canon_tree_free(CanonTree *tree);
/* The text of a String node, NULL for others. */
const char *node_string(const Node *node);

/* --- canon_type.c --- */

/* A type known to expressions: enums appear as TYPE_OTHER with their name. */
ColumnType canon_type_none(void);
bool canon_type_is_none(const ColumnType *type);
ColumnType canon_type_of_column(const CanonCx *cx, const ColumnType *type);
ColumnType canon_type_of_name(const CanonCx *cx, const PgQuery__TypeName *name);
/* Arguments aside. */
bool canon_type_same_base(const ColumnType *a, const ColumnType *b);
bool canon_type_is_text(const ColumnType *type);    /* text, varchar */
bool canon_type_is_numeric(const ColumnType *type); /* the types numbers are promoted among */
bool canon_type_has_arguments(const ColumnType *type);
/* The type two numeric operands are brought to. */
ColumnType canon_type_common(const ColumnType *a, const ColumnType *b);
/* The one that both become in COALESCE and its like: no other than theirs. An operator takes a real
 * and another number as doubles. */
ColumnType canon_type_of_many(const ColumnType *a, const ColumnType *b);
void canon_type_print(StrBuf *out, const ColumnType *type);
/* The same, but varchar is not text. */
void canon_type_print_exactly(StrBuf *out, const ColumnType *type);
/* `schema.name`, without a schema that carries no meaning. */
void canon_name_print(const CanonCx *cx, StrBuf *out, const char *schema, const char *name);
/* The name of a type the language has no word for; enums among them. */
Name canon_other_name(const CanonCx *cx, const char *schema, const char *name);

/* --- canon_value.c: the text of a value of a type --- */

void canon_quote(StrBuf *out, const char *text, size_t len);
/* How many digits the text begins with. */
size_t canon_count_digits(const char *at, const char *end);
/* Digits and a power of ten; false when the text is no plain number. */
bool canon_number(StrBuf *out, const char *text, size_t len);
/* The value in its canonical form; false when `text` is not in a form that is understood. */
bool canon_value(StrBuf *out, const ColumnType *type, const char *text, size_t len);
/* canon_time.c: a date, a time or both. */
bool canon_moment(StrBuf *out, TypeId type, const char *text, size_t len);
/* Hexadecimal digits of a bytea literal. */
bool canon_bytes(StrBuf *out, const char *text, size_t len);

/* --- canon_interval.c, canon_json.c, canon_other.c --- */

/* Values of types the schema language has no word for; false when nothing is known of the type. */
bool canon_other(StrBuf *out, const char *type, const char *text, size_t len);
/* The server prints an amount with its locale's sign and marks. */
bool canon_money(StrBuf *out, const char *text, size_t len);

/* Always succeeds: a form that is not understood is quoted as it is. */
bool canon_interval(StrBuf *out, const char *text, size_t len);
bool canon_json(StrBuf *out, const char *text, size_t len);

/* --- canon_constant.c: constants in trees --- */

typedef enum ConstantKind {
    CONSTANT_STRING, /* its type is open unless it has a cast */
    CONSTANT_NUMBER,
    CONSTANT_BOOLEAN,
    CONSTANT_BITS,
    CONSTANT_NULL,
} ConstantKind;

typedef struct Constant {
    ConstantKind kind;
    const char *text;
    size_t len;
    ColumnType cast; /* none: no cast */
    int32_t spot;    /* where it begins in the parsed text; -1: nowhere */
    bool in_list;    /* one of the items of the literal that begins there */
} Constant;

typedef VEC(Constant) ConstantList;

bool constant_of_node(CanonCx *cx, const Node *node, Constant *ret_constant);
/* The items of ARRAY[...] or of a '{...}' literal of a list type; `list` is the type of a string
 * without a cast. */
bool constant_list_of_node(CanonCx *cx, const Node *node, const ColumnType *list,
                           ConstantList *ret_items);
/* The type a constant has by itself; none for an open string. */
ColumnType constant_type(const Constant *constant);
/* The constant as a value of `type`; false when its own cast would change the value. */
bool constant_as(const CanonCx *cx, const Constant *constant, const ColumnType *type, StrBuf *out);
/* Digits of a decimal that a float gives back (manual, "Floating-Point Types"). */
enum { FLOAT4_DIGITS = 6, FLOAT8_DIGITS = 15 };

/* canon_stored.c: the constant has a cast, and fits it; `type` is another one. */
bool canon_stored_number(const Constant *constant, const ColumnType *type);
bool canon_stored_string(const Constant *constant, const ColumnType *type, StrBuf *out);

/* --- canon_expr.c, canon_operator.c, canon_function.c --- */

void canon_print(CanonCx *cx, StrBuf *out, const Node *node);
void canon_print_constant(const CanonCx *cx, StrBuf *out, const Constant *constant);
void canon_print_call(CanonCx *cx, StrBuf *out, const PgQuery__FuncCall *call);
ColumnType canon_infer_call(CanonCx *cx, const PgQuery__FuncCall *call);
void canon_print_operator(CanonCx *cx, StrBuf *out, const PgQuery__AExpr *expr);
/* `a >= x AND a <= y`, without brackets around it. */
void canon_print_between(CanonCx *cx, StrBuf *out, const PgQuery__AExpr *expr);
/* Alternatives of one value (coalesce, case): brought to one type. */
void canon_print_group(CanonCx *cx, StrBuf *out, Node *const *nodes, size_t count);
ColumnType canon_infer(CanonCx *cx, const Node *node);
/* A cast without meaning around `node` taken off, for operands. */
const Node *canon_strip_text_cast(CanonCx *cx, const Node *node);

/* --- canon_default.c --- */

/* The canonical text of a default read or written; NULL for none and sequences. */
Name canon_default_text(CanonCx *cx, const Default *dflt, const ColumnType *type);
/* canon_read_default over a context that is there already; sequences in `arena`. */
Default canon_read(CanonCx *cx, Arena *arena, const char *text, const ColumnType *type);
/* Of an expression that is not a default, or the default of a column of `type`. */
Name canon_text(CanonCx *cx, const char *text, const ColumnType *type);
/* What literals of the type are; the literal of a value, with its canonical text. */
LiteralKind canon_literal_kind(const ColumnType *type);
Literal canon_literal(const CanonCx *cx, const ColumnType *type, const char *text, size_t len);
Name canon_intern(const CanonCx *cx, const StrBuf *out);

/* The items of the literal `{...}`, strings or null; false when it is in no plain form. */
bool canon_list_items(const CanonCx *cx, const char *text, ConstantList *ret_items);

/* --- canon_scan.c --- */

/* Only of a whole number is nextval() a sequence of the column; elsewhere it is an expression. */
bool canon_may_count(const ColumnType *type);
/* False: the text is nothing that a short scan tells. */
bool canon_scan_default(const CanonCx *cx, Arena *arena, const char *text, const ColumnType *type,
                        Default *ret);
/* The relation a regclass literal names: `name`, `"Name"`, `schema.name`; NULL when it names none.
 */
Sequence *canon_parse_relation(const CanonCx *cx, Arena *arena, const char *text);

#endif
