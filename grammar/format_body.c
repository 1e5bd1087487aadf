/*
 * format_body.c - the lines of a block: gathered, then printed in columns.
 *
 * Fields, values and keys keep their order, comments and empty lines among them; a group of lines
 * between two empty lines shares its columns. Block attributes go to the end, sorted, and take
 * along the comments that stand right above them. Widths are counted in bytes, as the reference
 * does.
 */
#include "base/common.h"

#include "grammar/format_internal.h"

#include <string.h>

static const char indent[] = "  ";

/* A field, a value of an enum or a key. */
typedef struct Line {
    AstIdent name;
    Range type;       /* without its mark; empty: none */
    const char *mark; /* "[]", "?" or "" */
    const AstAttributeList *attributes;
    const AstExpr *value; /* of a key */
} Line;

typedef enum PieceKind { PIECE_LINE, PIECE_COMMENT, PIECE_EMPTY_LINE } PieceKind;

typedef struct Piece {
    PieceKind kind;
    Line line;
    Range comment; /* COMMENT: itself; LINE: the one behind it */
} Piece;

typedef struct BlockAttribute {
    const AstAttribute *ast;
    uint32_t rank;
    size_t first_comment, comment_count; /* above it, in Body.above */
    Range comment;                       /* behind it */
} BlockAttribute;

typedef struct Body {
    StrBuf *out;
    Arena *scratch;
    const char *text;
    const AstBlock *block;
    size_t lines_read, attributes_read; /* of the tree's lists */
    VEC(Piece) pieces;
    size_t own; /* pieces from here on stand below the last block attribute */
    VEC(BlockAttribute) attributes;
    VEC(Range) above;
} Body;

/* --- gathering --- */

static void add_piece(Body *body, PieceKind kind, Range comment)
{
    if (kind == PIECE_EMPTY_LINE && body->pieces.count == 0) {
        return;
    }
    vec_push(body->scratch, &body->pieces, (Piece){.kind = kind, .comment = comment});
}

static PieceKind last_kind(const Body *body)
{
    return body->pieces.count == 0 ? PIECE_LINE : vec_last(&body->pieces).kind;
}

static void drop_empty_line(Body *body)
{
    if (last_kind(body) == PIECE_EMPTY_LINE) {
        body->pieces.count--;
    }
}

/* Comments and empty lines up to the next node. */
static void gather_gap(Body *body, Gap *gap, uint32_t end)
{
    Range comment = {0, 0};
    gap->end = end;
    for (GapKind kind = gap_next(gap, &comment); kind != GAP_END; kind = gap_next(gap, &comment)) {
        add_piece(body, kind == GAP_COMMENT ? PIECE_COMMENT : PIECE_EMPTY_LINE, comment);
    }
}

/* Continues behind a node that ends at `at`, with the comment on its line. */
static Range go_behind(Gap *gap, uint32_t at, uint32_t end)
{
    gap->at = at;
    gap->end = end;
    gap->line_ends = 0;
    return gap_trailing(gap);
}

static void gather_attribute(Body *body, const AstAttribute *ast, Range comment)
{
    size_t first = body->pieces.count;
    while (first > body->own && body->pieces.items[first - 1].kind == PIECE_COMMENT) {
        first--;
    }
    BlockAttribute attribute = {.ast = ast,
                                .rank = attribute_rank(ast),
                                .first_comment = body->above.count,
                                .comment = comment};
    attribute.comment_count = body->pieces.count - first;
    for (size_t i = first; i < body->pieces.count; i++) {
        vec_push(body->scratch, &body->above, body->pieces.items[i].comment);
    }
    body->pieces.count = first;
    drop_empty_line(body);
    body->own = body->pieces.count;
    vec_push(body->scratch, &body->attributes, attribute);
}

static const char *const marks[] = {[AST_REQUIRED] = "", [AST_OPTIONAL] = "?", [AST_LIST] = "[]"};

/* `Unsupported` is kept as written, with the blanks in its parentheses. */
static Range base_type(const Body *body, const AstType *type)
{
    uint32_t end = type->span.end - (uint32_t)strlen(marks[type->arity]);
    if (type->name != NULL) {
        end = type->span.start + type->name->len;
    }
    while (type->name == NULL && body->text[end - 1] != ')') {
        end--;
    }
    return (Range){type->span.start, end};
}

/* The next field, value or key of the block; false when there is none. `ret_span` is its place. */
static bool next_line(const Body *body, Line *ret_line, Span *ret_span)
{
    const AstBlock *block = body->block;
    size_t i = body->lines_read;
    if (i < block->fields.count) {
        const AstField *field = block->fields.items[i];
        *ret_line = (Line){field->name, base_type(body, &field->type), marks[field->type.arity],
                           &field->attributes, NULL};
        *ret_span = field->span;
        return true;
    }
    if (i < block->values.count) {
        const AstEnumValue *value = block->values.items[i];
        *ret_line = (Line){value->name, {0, 0}, "", &value->attributes, NULL};
        *ret_span = value->span;
        return true;
    }
    if (i < block->properties.count) {
        const AstProperty *property = block->properties.items[i];
        *ret_line = (Line){property->key, {0, 0}, "", NULL, property->value};
        *ret_span = property->span;
        return true;
    }
    return false;
}

/* Takes the next node of the block, whichever list it is in; false at the end. */
static bool gather_node(Body *body, Gap *gap, uint32_t end)
{
    Line line = {0};
    Span span = {0};
    bool has_line = next_line(body, &line, &span);
    const AstAttribute *attribute = body->attributes_read < body->block->attributes.count
                                        ? body->block->attributes.items[body->attributes_read]
                                        : NULL;
    if (attribute != NULL && (!has_line || attribute->span.start < span.start)) {
        body->attributes_read++;
        gather_gap(body, gap, attribute->span.start);
        gather_attribute(body, attribute, go_behind(gap, attribute->span.end, end));
        return true;
    }
    if (has_line) {
        body->lines_read++;
        gather_gap(body, gap, span.start);
        Piece piece = {.kind = PIECE_LINE, .line = line, .comment = go_behind(gap, span.end, end)};
        vec_push(body->scratch, &body->pieces, piece);
    }
    return has_line;
}

static void gather(Body *body)
{
    const char *open = strchr(body->text + body->block->name.span.end, '{');
    uint32_t start = (uint32_t)(open - body->text);
    uint32_t end = body->block->span.end - 1;
    /* What stands behind the brace is no part of the schema. */
    start += (uint32_t)strcspn(open, "\r\n");
    Gap gap = {.text = body->text, .at = start, .end = end};
    while (gather_node(body, &gap, end)) {
    }
    gather_gap(body, &gap, end);
    drop_empty_line(body);
}

/* --- printing --- */

static void print_range(Body *body, uint32_t start, uint32_t end)
{
    strbuf_addn(body->out, body->text + start, end - start);
}

static void print_trailing(Body *body, Range comment)
{
    if (!range_is_empty(comment)) {
        strbuf_char(body->out, ' ');
        print_range(body, comment.start, comment.end);
    }
    strbuf_char(body->out, '\n');
}

/* The columns of a group. */
typedef struct Columns {
    uint32_t name, type;
} Columns;

static uint32_t name_width(const Line *line)
{
    return line->name.span.end - line->name.span.start;
}

static uint32_t type_width(const Line *line)
{
    return line->type.end - line->type.start + (uint32_t)strlen(line->mark);
}

static void pad(Body *body, uint32_t from, uint32_t to)
{
    static const char blanks[] = "                                ";
    for (uint32_t left = to - from + 1; left > 0;) {
        uint32_t some = left < sizeof blanks - 1 ? left : (uint32_t)sizeof blanks - 1;
        strbuf_addn(body->out, blanks, some);
        left -= some;
    }
}

static void print_attributes(Body *body, const AstAttributeList *list)
{
    uint32_t *ranks = arena_array(body->scratch, uint32_t, list->count);
    for (size_t i = 0; i < list->count; i++) {
        ranks[i] = attribute_rank(list->items[i]);
    }
    const char *blank = "";
    for (uint32_t rank = 0; rank < ATTRIBUTE_RANKS; rank++) {
        for (size_t i = 0; i < list->count; i++) {
            if (ranks[i] == rank) {
                strbuf_add(body->out, blank);
                format_attribute(body->out, body->text, "@", list->items[i]);
                blank = " ";
            }
        }
    }
}

static void print_line(Body *body, const Line *line, Columns columns)
{
    strbuf_addn(body->out, indent, 2);
    print_range(body, line->name.span.start, line->name.span.end);
    uint32_t used = name_width(line);
    uint32_t column = columns.name;
    if (!range_is_empty(line->type)) {
        pad(body, used, column);
        print_range(body, line->type.start, line->type.end);
        strbuf_add(body->out, line->mark);
        used = type_width(line);
        column = columns.type;
    }
    if (line->attributes != NULL && line->attributes->count > 0) {
        pad(body, used, column);
        print_attributes(body, line->attributes);
    }
    if (line->value != NULL) {
        pad(body, used, column);
        strbuf_addn(body->out, "= ", 2);
        format_expr(body->out, body->text, line->value);
    }
}

static Columns measure(const Piece *piece, const Piece *end)
{
    Columns columns = {0, 0};
    for (; piece < end && piece->kind != PIECE_EMPTY_LINE; piece++) {
        if (piece->kind == PIECE_COMMENT) {
            continue;
        }
        uint32_t name = name_width(&piece->line);
        uint32_t type = type_width(&piece->line);
        columns.name = name > columns.name ? name : columns.name;
        columns.type = type > columns.type ? type : columns.type;
    }
    return columns;
}

static void print_pieces(Body *body)
{
    if (body->pieces.count == 0) {
        return;
    }
    const Piece *end = body->pieces.items + body->pieces.count;
    Columns columns = measure(body->pieces.items, end);
    vec_each(const Piece, piece, &body->pieces) {
        switch (piece->kind) {
        case PIECE_LINE:
            print_line(body, &piece->line, columns);
            print_trailing(body, piece->comment);
            break;
        case PIECE_COMMENT:
            format_comment(body->out, body->text, piece->comment, indent);
            break;
        case PIECE_EMPTY_LINE:
            strbuf_char(body->out, '\n');
            columns = measure(piece + 1, end);
            break;
        }
    }
}

static void print_block_attribute(Body *body, const BlockAttribute *attribute)
{
    for (size_t i = 0; i < attribute->comment_count; i++) {
        Range comment = body->above.items[attribute->first_comment + i];
        format_comment(body->out, body->text, comment, indent);
    }
    strbuf_add(body->out, indent);
    format_attribute(body->out, body->text, "@@", attribute->ast);
    print_trailing(body, attribute->comment);
}

static void print_block_attributes(Body *body)
{
    strbuf_char(body->out, '\n');
    for (uint32_t rank = 0; rank < ATTRIBUTE_RANKS; rank++) {
        vec_each(const BlockAttribute, attribute, &body->attributes) {
            if (attribute->rank == rank) {
                print_block_attribute(body, attribute);
            }
        }
    }
}

void format_body(StrBuf *out, Arena *scratch, const char *text, const AstBlock *block)
{
    Body body = {.out = out, .scratch = scratch, .text = text, .block = block};
    gather(&body);
    print_pieces(&body);
    if (body.attributes.count > 0) {
        print_block_attributes(&body);
    }
}
