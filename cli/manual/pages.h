/*
 * pages.h - the handbook: the pages of docs/, embedded when the program is built.
 *
 * A page's topic is its path below docs/ without `.md`: "online", "hazards/add-unique". Messages
 * name topics, so that whoever has the binary has what they cite.
 */
#ifndef BELLOWS_CLI_MANUAL_PAGES_H
#define BELLOWS_CLI_MANUAL_PAGES_H

#include "cli/console/cli.h"

typedef struct Page {
    const char *topic;
    const char *text; /* Markdown */
} Page;

/* All pages, ordered by topic. */
const Page *pages_all(size_t *ret_count);
/* By its topic, by its file's path, or by the end of its topic ("add-unique", "0009") where that
 * is one page's alone; NULL when there is none. */
const Page *page_find(const char *words);
/* The first heading, without its marks. */
const char *page_title(Arena *arena, const Page *page);
/* What the handbook says about the code of a message: a section of its page `codes`; NULL when the
 * code is none of ours. */
const char *page_of_code(Arena *arena, const char *code);

/* Prints Markdown: laid out where a terminal shows it, else as it is. */
void page_print(Cli *cli, const char *text);

#endif
