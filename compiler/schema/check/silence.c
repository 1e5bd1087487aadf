/*
 * silence.c - finds the comments that allow warnings, and takes those warnings out.
 *
 * The parser drops comments, so the text is searched for them; where it is not found nothing is
 * done. Each comment becomes a range of bytes and a set of names. Ranges of one file lie in its
 * order: a line and the block around it are found by halving.
 */
#include "base/common.h"

#include "compiler/schema/check/silence.h"

#include <string.h>

#include "base/diag/suggest.h"

typedef uint32_t WarningSet; /* a bit for each row of warnings.def */

typedef struct Allowed {
    uint32_t file, start, end;
    WarningSet names;
} Allowed;

typedef VEC(Allowed) AllowedList;

typedef struct SilenceCx {
    Diagnostics *diags;
    const AstSchema *ast;
    const SourceFile *file;    /* searched now */
    AllowedList lines, blocks; /* in order of file and start */
    AllowedList files;
} SilenceCx;

static const char mark[] = "// bellows:";

/* --- text --- */

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t");
}

static const char *line_start(const SourceFile *file, const char *at)
{
    while (at > file->text && at[-1] != '\n' && at[-1] != '\r') {
        at--;
    }
    return at;
}

static const char *line_end(const char *at)
{
    return at + strcspn(at, "\r\n");
}

static const char *next_line(const char *at)
{
    at = line_end(at);
    return at + (at[0] == '\r' && at[1] == '\n' ? 2 : at[0] != '\0' ? 1 : 0);
}

/* --- what a comment covers --- */

static bool before_block(const AstBlock *block, uint32_t file, uint32_t at)
{
    return block->span.file != file ? block->span.file < file : block->span.end <= at;
}

/* The block that opens between `start` and `end`; blocks stand in the order of the files. */
static const AstBlock *block_opened(const SilenceCx *cx, uint32_t start, uint32_t end)
{
    size_t low = 0;
    size_t high = cx->ast->blocks.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (before_block(cx->ast->blocks.items[middle], cx->file->id, start)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == cx->ast->blocks.count) {
        return NULL;
    }
    const AstBlock *block = cx->ast->blocks.items[low];
    bool opens =
        block->span.file == cx->file->id && block->span.start >= start && block->span.start < end;
    return opens ? block : NULL;
}

static void add_line(SilenceCx *cx, const char *line, WarningSet names)
{
    const char *text = cx->file->text;
    Allowed allowed = {cx->file->id, (uint32_t)(line - text), (uint32_t)(line_end(line) - text),
                       names};
    const AstBlock *block = block_opened(cx, allowed.start, allowed.end);
    if (block != NULL) {
        allowed.end = block->span.end;
        vec_push(cx->diags->arena, &cx->blocks, allowed);
    } else {
        vec_push(cx->diags->arena, &cx->lines, allowed);
    }
}

static void add_comment(SilenceCx *cx, const char *comment, WarningSet names)
{
    const char *line = line_start(cx->file, comment);
    if (skip_blanks(line) != comment) {
        add_line(cx, line, names);
        return;
    }
    const char *below = next_line(comment);
    while (strncmp(skip_blanks(below), "//", 2) == 0) {
        below = next_line(below);
    }
    if (*skip_blanks(below) == '\r' || *skip_blanks(below) == '\n') {
        Allowed allowed = {cx->file->id, 0, (uint32_t)cx->file->len, names};
        vec_push(cx->diags->arena, &cx->files, allowed);
    } else {
        add_line(cx, below, names);
    }
}

/* --- names --- */

static void report_name(SilenceCx *cx, const char *at, size_t len)
{
    uint32_t start = (uint32_t)(at - cx->file->text);
    const char *text = arena_strndup(cx->diags->arena, at, len);
    Suggestion near = suggestion_for(text);
    for (size_t i = 0; i < WARNING_NAME_COUNT; i++) {
        suggestion_offer(&near, diag_warning_name(i));
    }
    Diagnostic *diagnostic = diag_report(
        cx->diags, DIAG_ALLOW_UNKNOWN, ((Span){cx->file->id, start, start + (uint32_t)len}), text);
    suggestion_attach(&near, cx->diags, diagnostic);
}

/* The names behind `allow`, up to the end of the line or another comment. */
static WarningSet read_names(SilenceCx *cx, const char *at)
{
    WarningSet names = 0;
    for (;;) {
        at += strspn(at, " \t,");
        size_t len = strcspn(at, " \t,\r\n");
        if (len == 0 || strncmp(at, "//", 2) == 0) {
            return names;
        }
        size_t warning = diag_warning_find(at, len);
        if (warning < WARNING_NAME_COUNT) {
            names |= (WarningSet)1 << warning;
        } else {
            report_name(cx, at, len);
        }
        at += len;
    }
}

/* Anything but `allow` behind the mark is none of ours to understand. */
static void search_file(SilenceCx *cx)
{
    static const char word[] = "allow ";
    const char *at = strstr(cx->file->text, mark);
    while (at != NULL) {
        const char *after = skip_blanks(at + lengthof(mark) - 1);
        bool is_doc = at > cx->file->text && at[-1] == '/';
        if (!is_doc && strncmp(after, word, lengthof(word) - 1) == 0) {
            add_comment(cx, at, read_names(cx, after + lengthof(word) - 1));
        }
        at = strstr(line_end(at), mark);
    }
}

static void search_all(SilenceCx *cx)
{
    uint32_t searched = 0;
    vec_each(AstBlock *const, at, &cx->ast->blocks) {
        if ((*at)->span.file != searched) {
            searched = (*at)->span.file;
            cx->file = sources_file(cx->diags->sources, searched);
            search_file(cx);
        }
    }
}

/* --- the warnings --- */

/* The names allowed by the last range that begins at or before the place, if that is in it. Several
 * comments may speak of one line: then there are several ranges with one start. */
static WarningSet names_at(const AllowedList *list, Span place)
{
    size_t low = 0;
    size_t high = list->count;
    WarningSet names = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const Allowed *at = &list->items[middle];
        bool before = at->file != place.file ? at->file < place.file : at->start <= place.start;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    for (size_t i = low; i > 0 && list->items[i - 1].start == list->items[low - 1].start; i--) {
        const Allowed *at = &list->items[i - 1];
        names |= at->file == place.file && place.start <= at->end ? at->names : 0;
    }
    return names;
}

static bool is_allowed(const SilenceCx *cx, const Diagnostic *diagnostic)
{
    size_t warning = diag_warning_of(diagnostic->code);
    if (warning == WARNING_NAME_COUNT) {
        return false;
    }
    WarningSet names =
        names_at(&cx->lines, diagnostic->span) | names_at(&cx->blocks, diagnostic->span);
    vec_each(const Allowed, at, &cx->files) {
        names |= at->file == diagnostic->span.file ? at->names : 0;
    }
    return (names >> warning & 1) != 0;
}

void silence_allowed(Diagnostics *diags, const AstSchema *ast)
{
    SilenceCx cx = {.diags = diags, .ast = ast};
    static_assert(WARNING_NAME_COUNT <= sizeof(WarningSet) * 8, "a warning is a bit");
    search_all(&cx);
    if (cx.lines.count + cx.blocks.count + cx.files.count == 0) {
        return;
    }
    size_t kept = 0;
    for (size_t i = 0; i < diags->items.count; i++) {
        if (is_allowed(&cx, diags->items.items[i])) {
            diags->warnings--;
        } else {
            diags->items.items[kept++] = diags->items.items[i];
        }
    }
    diags->items.count = kept;
}
