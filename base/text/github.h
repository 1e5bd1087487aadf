/*
 * github.h - workflow commands of GitHub Actions: `::error file=a,line=1,title=b::message`.
 *
 * Source: "Workflow commands for GitHub Actions". A value can neither end its property nor the
 * command, nor begin another: percent signs and line ends are escaped everywhere, `:` and `,` in
 * properties, and what a terminal would obey is shown (base/text/show.h).
 */
#ifndef BELLOWS_BASE_TEXT_GITHUB_H
#define BELLOWS_BASE_TEXT_GITHUB_H

#include "base/common.h"
#include "base/strbuf.h"

typedef struct GithubPlace {
    const char *file;                            /* NULL: none, and no lines either */
    uint32_t line, end_line, column, end_column; /* 0: not known */
} GithubPlace;

/* Begins a command: `::error file=…,line=…,title=…::`. `word` and `title` are ours. */
void github_begin(StrBuf *out, const char *word, const GithubPlace *place, const char *title);
/* More of the message; line ends in it are the message's. */
void github_message(StrBuf *out, const char *text);
void github_end(StrBuf *out);

#endif
