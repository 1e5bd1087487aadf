#include "base/common.h"

#include "cli/manual/pages.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "cli/manual/pages.inc"

const Page *pages_all(size_t *ret_count)
{
    *ret_count = lengthof(pages);
    return pages;
}

/* Without the `docs/` before and the `.md` behind it. */
static void bare_topic(const char *words, const char **ret_text, size_t *ret_len)
{
    size_t len = strlen(words);
    if (strncmp(words, "docs/", 5) == 0) {
        words += 5;
        len -= 5;
    }
    if (len > 3 && strcmp(words + len - 3, ".md") == 0) {
        len -= 3;
    }
    *ret_text = words;
    *ret_len = len;
}

const Page *page_find(const char *words)
{
    const Page *found = NULL;
    const char *topic;
    size_t len;
    bare_topic(words, &topic, &len);
    for (size_t i = 0; i < lengthof(pages) && len > 0; i++) {
        const char *slash = strrchr(pages[i].topic, '/');
        const char *last = slash == NULL ? pages[i].topic : slash + 1;
        if (strncasecmp(pages[i].topic, topic, len) == 0 && pages[i].topic[len] == '\0') {
            return &pages[i];
        }
        if (strncasecmp(last, topic, len) == 0 && (last[len] == '\0' || last[len] == '-')) {
            if (found != NULL && last[len] != '\0') {
                return NULL;
            }
            found = &pages[i];
        }
    }
    return found;
}

const char *page_title(Arena *arena, const Page *page)
{
    const char *text = page->text + strspn(page->text, "# ");
    return arena_strndup(arena, text, strcspn(text, "\n"));
}

const char *page_of_code(Arena *arena, const char *code)
{
    const Page *page = page_find("codes");
    const char *head = arena_printf(arena, "\n## %s", code);
    char *wanted = arena_strndup(arena, head, strlen(head));
    for (char *at = wanted; *at != '\0'; at++) {
        *at = (char)toupper((unsigned char)*at);
    }
    const char *start = page == NULL ? NULL : strstr(page->text, wanted);
    if (start == NULL || isalnum((unsigned char)start[strlen(wanted)])) {
        return NULL;
    }
    const char *end = strstr(start + 1, "\n## ");
    return arena_strndup(arena, start + 1, end == NULL ? strlen(start + 1) : (size_t)(end - start));
}
