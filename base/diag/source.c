#include "base/common.h"

#include "base/diag/source.h"

#include <string.h>

Sources *sources_new(Arena *arena)
{
    Sources *sources = arena_make(arena, Sources);
    sources->arena = arena;
    return sources;
}

SourceFile *sources_adopt(Sources *sources, const char *path, const char *text, size_t len)
{
    assert(len < UINT32_MAX);
    SourceFile *file = arena_make(sources->arena, SourceFile);
    file->id = (uint32_t)sources->files.count + 1;
    file->path = arena_strdup(sources->arena, path);
    file->text = text;
    file->len = len;
    vec_push(sources->arena, &sources->files, file);
    return file;
}

SourceFile *sources_add(Sources *sources, const char *path, const char *text, size_t len)
{
    return sources_adopt(sources, path, arena_strndup(sources->arena, text, len), len);
}

SourceFile *sources_file(const Sources *sources, uint32_t id)
{
    return id == 0 || id > sources->files.count ? NULL : sources->files.items[id - 1];
}

/* Lines end with LF, CRLF or a lone CR, as in the schema language. Returns the start of the next
 * line. */
static size_t next_line(const SourceFile *file, size_t at)
{
    while (at < file->len && file->text[at] != '\n' && file->text[at] != '\r') {
        at++;
    }
    if (at + 1 < file->len && file->text[at] == '\r' && file->text[at + 1] == '\n') {
        at++;
    }
    return at < file->len ? at + 1 : file->len;
}

static void build_lines(Sources *sources, SourceFile *file)
{
    VEC(uint32_t) starts = {0};
    size_t at = 0;
    do {
        vec_push(sources->arena, &starts, (uint32_t)at);
        at = next_line(file, at);
    } while (at < file->len);
    file->line_starts = starts.items;
    file->line_count = starts.count;
}

Position source_position(Sources *sources, Span span)
{
    SourceFile *file = sources_file(sources, span.file);
    if (file == NULL) {
        return (Position){0, 0};
    }
    if (file->line_starts == NULL) {
        build_lines(sources, file);
    }
    size_t low = 0;
    size_t high = file->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (file->line_starts[middle] <= span.start) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (Position){(uint32_t)low + 1, span.start - file->line_starts[low] + 1};
}

Span source_line(Sources *sources, uint32_t id, uint32_t line)
{
    SourceFile *file = sources_file(sources, id);
    if (file == NULL || line == 0) {
        return span_none();
    }
    if (file->line_starts == NULL) {
        build_lines(sources, file);
    }
    if (line > file->line_count) {
        return (Span){id, (uint32_t)file->len, (uint32_t)file->len};
    }
    uint32_t start = file->line_starts[line - 1];
    size_t end = next_line(file, start);
    while (end > start && (file->text[end - 1] == '\n' || file->text[end - 1] == '\r')) {
        end--;
    }
    return (Span){id, start, (uint32_t)end};
}
