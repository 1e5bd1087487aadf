/*
 * fuzz_replies.c - anything a server might answer to the questions of a catalog's load.
 *
 * Promises: no crash; a load that succeeds gives a catalog whose parts are whole, and one that
 * fails has said why. A text with `# whole DIGEST` of the rest in front, as record_replies.sh
 * writes it, must load: else the questions have changed and it is to be recorded again. Such a one
 * is tried once more with each column of each first row null, in turn.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <string.h>

#include "base/digest.h"
#include "compiler/catalog/catalog_check.h"
#include "fuzz/scripted_session.h"
#include "introspect/load/load.h"

static void load(const char *text, size_t len, bool must)
{
    World world = world_new();
    Session *session = scripted_session(world.arena, text, len);
    const LoadOptions options = {.with_opaque = true, .with_notes = true};
    Catalog *catalog = NULL;
    const bool ok = catalog_load(session, &options, world.names, world.diags, &catalog);
    FUZZ_DEMAND(ok || world.diags->errors > 0, "a load fails without a word");
    FUZZ_DEMAND(ok || !must, "record it again: %s", world.diags->items.items[0]->message);
    if (ok) {
        vec_each(Table *, at, &catalog->tables) {
            FUZZ_DEMAND((*at)->name != NULL && (*at)->schema != NULL, "a table without a name");
            vec_each(Column *, column, &(*at)->columns) {
                FUZZ_DEMAND((*column)->name != NULL, "a column without a name");
            }
        }
        catalog_free(catalog);
    }
    world_free(&world);
}

/* All at once: a fuzzer that sees what is compared learns the digest of what it has changed. */
static bool are_equal(const char *a, const char *b, size_t len)
{
    unsigned differ = 0;
    for (size_t i = 0; i < len; i++) {
        differ |= (unsigned)(a[i] ^ b[i]);
    }
    return differ == 0;
}

/* Is the first line `# whole` and the digest of the rest? Moves behind it. */
static bool is_whole(const char **text, size_t *len)
{
    static const char mark[] = "# whole ";
    char digest[DIGEST_HEX_SIZE];
    const size_t head = sizeof mark - 1 + DIGEST_HEX_SIZE; /* with its line end */
    if (*len < head || memcmp(*text, mark, sizeof mark - 1) != 0) {
        return false;
    }
    digest_hex(*text + head, *len - head, digest);
    const bool whole = are_equal(*text + sizeof mark - 1, digest, DIGEST_HEX_SIZE - 1);
    *text += head;
    *len -= head;
    return whole;
}

/* Every cell of every first row, null in turn. */
static void try_nulls(const char *text, size_t len)
{
    char *other = malloc(len + 2);
    size_t line = 0;
    for (size_t at = 0; at < len; at++) {
        const bool starts = at > 0 && (text[at - 1] == '\n' || text[at - 1] == '\t');
        line = at > 0 && text[at - 1] == '\n' ? line + 1 : line;
        line = at >= 7 && memcmp(text + at - 7, "\n=====\n", 7) == 0 ? 0 : line;
        if (!starts || line != 1) {
            continue;
        }
        size_t end = at;
        while (end < len && text[end] != '\t' && text[end] != '\n') {
            end++;
        }
        memcpy(other, text, at);
        memcpy(other + at, "\\N", 2);
        memcpy(other + at + 2, text + end, len - end);
        load(other, at + 2 + len - end, false);
    }
    free(other);
}

void fuzz_one(const char *text, size_t len)
{
    const bool whole = is_whole(&text, &len);
    load(text, len, whole);
    if (whole) {
        try_nulls(text, len);
    }
}
