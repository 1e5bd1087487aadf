/*
 * compare_text.c - definitions by meaning, names by patterns, and differences in words.
 */
#include "base/common.h"

#include "compiler/compare/compare_text.h"

#include <string.h>

#include "base/text/show.h"
#include "compiler/canon/canon_definition.h"
#include "compiler/compare/compare.h"

bool compare_same_text(const Catalog *expected, const Opaque *a, const Catalog *live,
                       const Opaque *b)
{
    if (a->definition == b->definition && !a->has_other_path && !b->has_other_path) {
        return true;
    }
    const Name meant = canon_definition(expected, a);
    return meant != NULL && meant == canon_definition(live, b);
}

/* --- what is left out ---------------------------------------------------------------------------
 */

/* Back to the last `*` when what follows it does not fit: linear in both but for such returns. */
static bool matches(const char *pattern, const char *text)
{
    const char *star = NULL, *resume = NULL;
    while (*text != '\0') {
        if (*pattern == '*') {
            star = pattern++;
            resume = text;
        } else if (*pattern == '?' || *pattern == *text) {
            pattern++, text++;
        } else if (star != NULL) {
            pattern = star + 1;
            text = ++resume;
        } else {
            return false;
        }
    }
    while (*pattern == '*') {
        pattern++;
    }
    return *pattern == '\0';
}

static bool any_matches(const char *const *patterns, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++) {
        if (matches(patterns[i], text)) {
            return true;
        }
    }
    return false;
}

/* `first.second` */
static bool place_matches(const CompareOptions *options, Name first, Name second)
{
    if (first == NULL || second == NULL || options->pattern_count == 0) {
        return false;
    }
    Arena *scratch = arena_new();
    const char *text = arena_printf(scratch, "%s.%s", first->text, second->text);
    const bool found = any_matches(options->patterns, options->pattern_count, text);
    arena_free(scratch);
    return found;
}

static bool name_matches(const CompareOptions *options, Name name)
{
    return name != NULL && any_matches(options->patterns, options->pattern_count, name->text);
}

bool compare_leaves_out(const CompareOptions *options, const char *word, Name schema, Name relation,
                        Name name)
{
    if (options == NULL) {
        return false;
    }
    return any_matches(options->kinds, options->kind_count, word) ||
           (schema != NULL && any_matches(options->schemas, options->schema_count, schema->text)) ||
           name_matches(options, relation) || name_matches(options, name) ||
           place_matches(options, schema, relation) || place_matches(options, schema, name) ||
           place_matches(options, relation, name);
}

/* --- in words -----------------------------------------------------------------------------------
 */

/* What one side takes away from everybody is a right that the other has. */
static DifferenceKind told_kind(const Difference *difference)
{
    if (!difference->is_revoke || difference->kind == DIFFERENCE_CHANGED) {
        return difference->kind;
    }
    return difference->kind == DIFFERENCE_ADDED ? DIFFERENCE_MISSING : DIFFERENCE_ADDED;
}

void difference_print(StrBuf *out, const Difference *difference)
{
    static const char *const verbs[] = {[DIFFERENCE_ADDED] = "[+] Added",
                                        [DIFFERENCE_MISSING] = "[-] Removed",
                                        [DIFFERENCE_CHANGED] = "[*] Changed"};
    const Name name = difference->name == NULL ? difference->relation : difference->name;
    show_printf(out, "\n%s %s `%s`", verbs[told_kind(difference)], difference->title, name->text);
    if (difference->relation != NULL && difference->relation != name) {
        show_printf(out, " on table `%s`", difference->relation->text);
    }
    if (difference->expected != NULL && difference->live != NULL) {
        show_printf(out, " from `%s` to `%s`", difference->expected->text, difference->live->text);
    } else if (difference->expected != NULL || difference->live != NULL) {
        const Name value = difference->live == NULL ? difference->expected : difference->live;
        show_printf(out, ": `%s`", value->text);
    }
    strbuf_char(out, '\n');
}
