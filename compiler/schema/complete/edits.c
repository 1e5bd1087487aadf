/*
 * edits.c - edits in order, and put into a text.
 */
#include "base/common.h"

#include "compiler/schema/complete/edits.h"

#include <stdlib.h>

#include "base/strbuf.h"

static int compare_edits(const void *a, const void *b)
{
    const Edit *first = a;
    const Edit *second = b;
    if (first->file != second->file) {
        return first->file < second->file ? -1 : 1;
    }
    if (first->at != second->at) {
        return first->at < second->at ? -1 : 1;
    }
    return first->order < second->order ? -1 : 1;
}

void edits_sort(EditList *edits)
{
    if (edits->count > 1) {
        qsort(edits->items, edits->count, sizeof *edits->items, compare_edits);
    }
}

char *edits_apply(Arena *arena, const EditList *edits, const SourceFile *file, size_t *ret_len)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    uint32_t done = 0;
    vec_each(const Edit, edit, edits) {
        if (edit->file == file->id) {
            strbuf_addn(&out, file->text + done, edit->at - done);
            strbuf_add(&out, edit->text);
            done = edit->at;
        }
    }
    if (out.len == 0) {
        return NULL;
    }
    strbuf_addn(&out, file->text + done, file->len - done);
    *ret_len = out.len;
    return strbuf_take(&out, arena);
}
