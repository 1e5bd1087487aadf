/*
 * format.c - a whole file: its blocks, and the comments and empty lines between them.
 */
#include "base/common.h"

#include "grammar/format.h"

#include "grammar/format_internal.h"

/* One empty line at most, and only between things: `pending` is written before the next one. */
typedef struct Writer {
    StrBuf *out;
    size_t start; /* of the file's text in `out` */
    bool pending;
} Writer;

static void flush_empty_line(Writer *writer)
{
    if (writer->pending && writer->out->len > writer->start) {
        strbuf_char(writer->out, '\n');
    }
    writer->pending = false;
}

static void write_gap(Writer *writer, Gap *gap)
{
    Range comment;
    for (GapKind kind = gap_next(gap, &comment); kind != GAP_END; kind = gap_next(gap, &comment)) {
        if (kind == GAP_EMPTY_LINE) {
            writer->pending = true;
        } else {
            flush_empty_line(writer);
            format_comment(writer->out, gap->text, comment, "");
        }
    }
}

static void write_block(Writer *writer, Arena *scratch, const char *text, const AstBlock *block)
{
    flush_empty_line(writer);
    strbuf_printf(writer->out, "%s %s {\n", block_word(block->kind), block->name.name->text);
    format_body(writer->out, scratch, text, block);
    strbuf_add(writer->out, "}\n");
}

void format_file(StrBuf *out, const AstSchema *schema, const SourceFile *file)
{
    Writer writer = {.out = out, .start = out->len};
    Arena *scratch = arena_new();
    Gap gap = {.text = file->text};
    vec_each(AstBlock *const, at, &schema->blocks) {
        const AstBlock *block = *at;
        if (block->span.file == file->id) {
            gap.end = block->span.start;
            write_gap(&writer, &gap);
            write_block(&writer, scratch, file->text, block);
            gap.at = block->span.end;
            gap.line_ends = 0;
            writer.pending = true;
        }
    }
    gap.end = (uint32_t)file->len;
    write_gap(&writer, &gap);
    if (out->len == writer.start) {
        strbuf_char(out, '\n');
    }
    arena_free(scratch);
}
