/*
 * source.h - texts with positions: schema files, migration scripts, command-line values.
 *
 * Positions are byte offsets; lines and columns are computed on demand, for printing only. A
 * Sources set owns its texts (in its arena) for the whole run, so a Span stays meaningful after the
 * tree that carried it is gone. File number 0 means "no place".
 */
#ifndef BELLOWS_BASE_DIAG_SOURCE_H
#define BELLOWS_BASE_DIAG_SOURCE_H

#include "base/arena.h"
#include "base/common.h"
#include "base/vec.h"

/* Bytes [start, end) of file number `file`. */
typedef struct Span {
    uint32_t file, start, end;
} Span;

typedef struct SourceFile {
    uint32_t id;      /* 1, 2, ... in the order added */
    const char *path; /* as shown to the user */
    const char *text; /* terminated by a NUL that is not part of it */
    size_t len;
    uint32_t *line_starts; /* built on demand; see source_position */
    size_t line_count;
} SourceFile;

typedef struct Sources {
    Arena *arena;
    VEC(SourceFile *) files;
} Sources;

/* 1-based line; 1-based column in bytes. */
typedef struct Position {
    uint32_t line, column;
} Position;

Sources *sources_new(Arena *arena);
/* Copies `text`; at most 4 GiB - 1 bytes. */
SourceFile *sources_add(Sources *sources, const char *path, const char *text, size_t len);
/* The same without the copy: `text` must outlive the sources and be followed by a NUL. */
SourceFile *sources_adopt(Sources *sources, const char *path, const char *text, size_t len);
/* NULL for file number 0. */
SourceFile *sources_file(const Sources *sources, uint32_t id);

Position source_position(Sources *sources, Span span);
/* Bytes of line `line` (1-based) without its line end. */
Span source_line(Sources *sources, uint32_t file, uint32_t line);

static inline Span span_none(void)
{
    return (Span){0, 0, 0};
}

/* From the start of `first` to the end of `last`. */
static inline Span span_join(Span first, Span last)
{
    return (Span){first.file, first.start, last.end};
}

#endif
