/*
 * dotenv_expand.c - references in the values of `.env` files: `$NAME`, `${NAME}`, `${NAME:-else}`.
 *
 * In: a value, and what is set. Out: the value with what the references stand for. The first one is
 * replaced, then the whole is looked at again, until none is left; a value that comes back to
 * itself stands for nothing. `\$` is a dollar sign. Which forms count is told by the rules
 * (dotenv.h).
 */
#include "base/common.h"

#include "runtime/host/dotenv.h"

#include <ctype.h>
#include <string.h>

#include "base/strbuf.h"

enum { EXPANDED_LIMIT = 1 << 18, ROUNDS_MAX = 256 };

typedef struct Expansion {
    Arena *arena;
    ExpandRules rules;
    EnvLookup *lookup;
    const EnvFile *set, *parsed;
    VEC(const char *) seen; /* every text on the way */
} Expansion;

/* `[start, end)` of a text. */
typedef struct Reference {
    const char *start, *end;
    const char *name;
    const char *sign;      /* "", ":-", "-", ":+", "+" */
    const char *otherwise; /* behind the sign */
} Reference;

static const char *look_up(const Expansion *expansion, const char *name)
{
    const char *value = dotenv_get(expansion->set, name);
    if (value == NULL && expansion->lookup != NULL) {
        value = expansion->lookup(name);
    }
    return value == NULL ? dotenv_get(expansion->parsed, name) : value;
}

static size_t name_length(const char *at)
{
    size_t len = 0;
    while (isalnum((unsigned char)at[len]) || at[len] == '_') {
        len++;
    }
    return len;
}

static bool begins_name(char c)
{
    return isalpha((unsigned char)c) || c == '_';
}

/* Which of them stands first in `expression`; "" when none does. */
static const char *sign_in(const Expansion *expansion, const char *expression)
{
    static const char *const signs[] = {":+", ":-", "+", "-"};
    for (const char *at = expression; *at != '\0'; at++) {
        for (size_t i = 0; i < lengthof(signs); i++) {
            bool known = expansion->rules == EXPAND_DOTENV ||
                         (expansion->rules == EXPAND_NEXT && strcmp(signs[i], ":-") == 0);
            if (known && strncmp(at, signs[i], strlen(signs[i])) == 0) {
                return signs[i];
            }
        }
    }
    return "";
}

static bool read_braces(const Expansion *expansion, const char *start, Reference *ret)
{
    const char *inside = start + 2;
    size_t len = strcspn(inside, "{}");
    if (inside[len] != '}' || (len == 0 && expansion->rules != EXPAND_PRISMA)) {
        return false;
    }
    const char *expression = arena_strndup(expansion->arena, inside, len);
    const char *sign = sign_in(expansion, expression);
    const char *at = sign[0] == '\0' ? expression + len : strstr(expression, sign);
    size_t name = (size_t)(at - expression);
    if (expansion->rules != EXPAND_DOTENV && name_length(expression) != name) {
        return false;
    }
    *ret = (Reference){start, inside + len + 1, arena_strndup(expansion->arena, expression, name),
                       sign, at + strlen(sign)};
    return true;
}

static bool read_reference(const Expansion *expansion, const char *start, Reference *ret)
{
    if (start[1] == '{') {
        return read_braces(expansion, start, ret);
    }
    size_t len = expansion->rules == EXPAND_PRISMA ? 0 : name_length(start + 1);
    if (len == 0 || (expansion->rules == EXPAND_DOTENV && !begins_name(start[1]))) {
        return false;
    }
    *ret = (Reference){start, start + 1 + len, arena_strndup(expansion->arena, start + 1, len), "",
                       ""};
    return true;
}

static bool first_reference(const Expansion *expansion, const char *text, Reference *ret)
{
    for (const char *at = strchr(text, '$'); at != NULL; at = strchr(at + 1, '$')) {
        bool escaped = at > text && at[-1] == '\\';
        if (!escaped && read_reference(expansion, at, ret)) {
            return true;
        }
    }
    return false;
}

static bool was_seen(const Expansion *expansion, const char *text)
{
    vec_each(const char *const, at, &expansion->seen) {
        if (strcmp(*at, text) == 0) {
            return true;
        }
    }
    return false;
}

static const char *stands_for(const Expansion *expansion, const Reference *reference)
{
    const char *value = look_up(expansion, reference->name);
    bool is_set = value != NULL && value[0] != '\0';
    if (strchr(reference->sign, '+') != NULL) {
        return is_set ? reference->otherwise : "";
    }
    return is_set && !was_seen(expansion, value) ? value : reference->otherwise;
}

/* `\$` is `$`; to Prisma only before what would be a reference. */
static const char *without_escapes(const Expansion *expansion, const char *text)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    Reference reference;
    for (const char *at = text; *at != '\0'; at++) {
        bool escape =
            at[0] == '\\' && at[1] == '$' &&
            (expansion->rules != EXPAND_PRISMA || read_reference(expansion, at + 1, &reference));
        strbuf_char(&out, escape ? '$' : *at);
        at += escape ? 1 : 0;
    }
    return strbuf_take(&out, expansion->arena);
}

const char *dotenv_expand(Arena *arena, const char *text, ExpandRules rules, EnvLookup *lookup,
                          const EnvFile *set, const EnvFile *parsed)
{
    Arena *scratch = arena_new();
    Expansion expansion = {scratch, rules, lookup, set, parsed, {0}};
    Reference reference;
    for (int round = 0; round < ROUNDS_MAX && strlen(text) < EXPANDED_LIMIT &&
                        first_reference(&expansion, text, &reference);
         round++) {
        vec_push(scratch, &expansion.seen, text);
        text = arena_printf(scratch, "%.*s%s%s", (int)(reference.start - text), text,
                            stands_for(&expansion, &reference), reference.end);
    }
    const char *expanded = arena_strdup(arena, without_escapes(&expansion, text));
    arena_free(scratch);
    return expanded;
}
