/*
 * wrap.h - text in a column: broken at blanks, and where a word is wider than the column, in it.
 *
 * Columns are those of a terminal. The text is one line and shown already (show.h); a line that
 * begins here is no workflow command of a CI service either. Everything is appended to a StrBuf.
 */
#ifndef BELLOWS_BASE_TEXT_WRAP_H
#define BELLOWS_BASE_TEXT_WRAP_H

#include "base/common.h"
#include "base/strbuf.h"

typedef struct Wrapping {
    size_t width;     /* of the whole line; 0: nothing is broken */
    size_t indent;    /* columns before each further line's text, what `lead` takes included */
    const char *lead; /* stands at the start of each further line; or NULL */
    size_t lead_width;
    bool whole_words; /* none is broken, and `quoted words` are one where a line can hold them: both
                         are there to be copied */
    bool statement;   /* the text is SQL: no word is broken, nor what stands in its quotes */
} Wrapping;

/* `text` from column `at` on; the column behind it. */
size_t wrap_add(StrBuf *out, const char *text, size_t at, const Wrapping *wrapping);
/* Lines of sentences on a terminal of `width` columns, the first one from column `at` on: words
 * stay whole, a further line begins two columns behind where its line's text began. */
void wrap_sentences(StrBuf *out, const char *text, size_t at, size_t width);
/* The columns that `len` bytes of shown text take. */
size_t wrap_columns(const char *text, size_t len);

#endif
