#include "base/common.h"

#include "base/text/mask.h"

#include <string.h>
#include <strings.h>

typedef struct Range {
    size_t start, end;
} Range;

typedef struct Text {
    const char *text;
    size_t len;
} Text;

enum { URL_MAX = 2048 };

static const Range nothing = {SIZE_MAX, SIZE_MAX};

/* --- bytes -------------------------------------------------------------------------------------
 */

/* Short sets, and most bytes are in none: no call for each. */
static bool is_one_of(char c, const char *set)
{
    while (*set != '\0' && *set != c) {
        set++;
    }
    return *set != '\0';
}

static size_t find_any(Text in, size_t from, size_t end, const char *set)
{
    while (from < end && !is_one_of(in.text[from], set)) {
        from++;
    }
    return from;
}

static size_t skip(Text in, size_t from, const char *set)
{
    while (from < in.len && is_one_of(in.text[from], set)) {
        from++;
    }
    return from;
}

static size_t find_last(Text in, size_t from, size_t end, char c)
{
    while (end > from && in.text[end - 1] != c) {
        end--;
    }
    return end > from ? end - 1 : SIZE_MAX;
}

static Range range(Text in, size_t start, size_t end)
{
    static const char example[] = "password";
    const bool is_example =
        end - start == sizeof example - 1 && memcmp(in.text + start, example, end - start) == 0;
    return start < end && !is_example ? (Range){start, end} : nothing;
}

/* --- URLs --------------------------------------------------------------------------------------
 */

static bool scheme_is_of_the_web(Text in, size_t colon)
{
    static const char *const schemes[] = {"http", "https", "file"};
    for (size_t i = 0; i < lengthof(schemes); i++) {
        const size_t len = strlen(schemes[i]);
        if (colon >= len && strncasecmp(in.text + colon - len, schemes[i], len) == 0 &&
            (colon == len || is_one_of(in.text[colon - len - 1], " \t\n\"'`(=<"))) {
            return true;
        }
    }
    return false;
}

/* A text that begins with a URL is one, whatever is in it; elsewhere white space or a quote ends
 * it. */
static size_t url_end(Text in, size_t colon, size_t body)
{
    size_t start = colon;
    while (start > 0 && colon - start < URL_MAX &&
           !is_one_of(in.text[start - 1], " \t\r\n\"'`(=<,")) {
        start--;
    }
    const size_t most = in.len - body > URL_MAX ? body + URL_MAX : in.len;
    const size_t end = find_any(in, body, most, start == 0 ? "\r\n" : " \t\r\n\"'`<>");
    return scheme_is_of_the_web(in, colon) ? find_any(in, body, end, "/?#") : end;
}

/* `host:port,[::1]:port` before a path: where what is no port begins; SIZE_MAX. */
static size_t open_port(Text in, size_t body, size_t end)
{
    const size_t hosts_end = find_any(in, body, end, "/?#");
    for (size_t at = body; at < hosts_end;) {
        at = in.text[at] == '[' ? find_any(in, at, hosts_end, "]") : at;
        at = find_any(in, at, hosts_end, ":,");
        if (at < hosts_end && in.text[at] == ':') {
            const size_t port_end = skip(in, at + 1, "0123456789");
            /* by a blank or a quote */
            const bool is_cut = port_end == end && end < in.len && !is_one_of(in.text[end], "/?#");
            if ((port_end < hosts_end && in.text[port_end] != ',') || is_cut) {
                return at + 1;
            }
            at = port_end;
        }
        at += at < hosts_end ? 1 : 0;
    }
    return SIZE_MAX;
}

/* How far a password goes that a blank or a quote has cut off: to the last `@` of the line; behind
 * a whole port, which most often is one, only to one in the next word. */
static size_t cut_end(Text in, size_t start, size_t end)
{
    const size_t most = in.len - end > URL_MAX ? end + URL_MAX : in.len;
    const bool is_port = end > start && skip(in, start, "0123456789") == end;
    const size_t next = skip(in, end, " \t\"'");
    return find_last(in, end,
                     find_any(in, is_port ? next : end, most, is_port ? " \t\r\n" : "\r\n"), '@');
}

static Range in_url(Text in, size_t colon)
{
    const size_t body = colon + 3, end = url_end(in, colon, body);
    const size_t at = find_last(in, body, end, '@');
    if (at != SIZE_MAX) {
        const size_t secret = find_any(in, body, at, ":") + 1;
        return secret <= at ? range(in, secret, at) : nothing;
    }
    const size_t open = open_port(in, body, end);
    if (open == SIZE_MAX) {
        return nothing;
    }
    const size_t late = cut_end(in, open, end);
    const bool is_port = skip(in, open, "0123456789") == end;
    return late != SIZE_MAX ? range(in, open, late) : is_port ? nothing : range(in, open, end);
}

/* A line of a password file, `host:port:database:user:password`; not `file:line:column:…`. */
static Range in_line_of_file(Text in, size_t start, size_t end)
{
    size_t colons[4], count = 0;
    for (size_t at = start; at < end; at++) {
        if (in.text[at] == ':' && count < lengthof(colons)) {
            colons[count++] = at;
        }
    }
    if (count < lengthof(colons)) {
        return nothing;
    }
    const size_t port = colons[0] + 1, database = colons[1] + 1;
    const bool has_port = skip(in, port, "*0123456789") == colons[1] && port < colons[1];
    const bool is_place = skip(in, database, "0123456789") == colons[2];
    return has_port && !is_place ? range(in, colons[3] + 1, end) : nothing;
}

/* `user:password@host` alone. */
static Range in_word(Text in)
{
    const size_t colon = find_any(in, 0, in.len, ":");
    const size_t at = find_last(in, 0, in.len, '@');
    const bool is_word = find_any(in, 0, in.len, " \t\r\n") == in.len &&
                         find_any(in, 0, colon, "@(\"'`") == colon &&
                         !(in.len - colon > 2 && memcmp(in.text + colon, "://", 3) == 0);
    return is_word && at != SIZE_MAX && colon > 0 && colon < at ? range(in, colon + 1, at)
                                                                : nothing;
}

/* The same inside other text, between blanks, quotes and brackets; `colon` is its first. */
static Range in_token(Text in, size_t colon)
{
    enum { TOKEN_MAX = 256 };
    static const char around[] = " \t\r\n\"'`()[]{}<>,;=";
    size_t start = colon;
    while (start > 0 && colon - start < TOKEN_MAX && !is_one_of(in.text[start - 1], around)) {
        start--;
    }
    const size_t most = in.len - colon > TOKEN_MAX ? colon + TOKEN_MAX : in.len;
    const size_t end = find_any(in, colon, most, around);
    const size_t at = find_last(in, colon, end, '@');
    if (start == colon || find_any(in, start, colon, "@:") < colon) {
        return nothing;
    }
    return at != SIZE_MAX ? range(in, colon + 1, at) : in_line_of_file(in, start, end);
}

/* --- values ------------------------------------------------------------------------------------
 */

/* Where the literal ends that has begun before `from`: a quote that is doubled or escaped goes on,
 * also where the escape is one within another literal: two backslashes. */
static size_t quote_end(Text in, size_t from, char quote)
{
    size_t at = from;
    while (at < in.len) {
        const size_t escapes = skip(in, at, "\\");
        const bool doubled = at + 1 < in.len && in.text[at] == quote && in.text[at + 1] == quote;
        if (escapes == at && in.text[at] == quote && !doubled) {
            return at;
        }
        at = escapes > at ? escapes + 1 : doubled ? at + 2 : at + 1;
    }
    return in.len;
}

/* `$tag$ ... $tag$` from `at`, without its tags; nothing when it is none. */
static Range in_dollars(Text in, size_t at)
{
    size_t body = at + 1;
    while (body < in.len && in.text[body] != '$' && !is_one_of(in.text[body], " \t\r\n'\"`;")) {
        body++;
    }
    if (body >= in.len || in.text[body] != '$') {
        return nothing;
    }
    const size_t tag = ++body - at;
    size_t end = body;
    while (end + tag <= in.len && memcmp(in.text + end, in.text + at, tag) != 0) {
        end++;
    }
    return range(in, body, end + tag <= in.len ? end : in.len);
}

/* E'', N'', U&'' */
static size_t skip_prefix(Text in, size_t at)
{
    if (in.len - at > 1 && is_one_of(in.text[at], "eEnN") && in.text[at + 1] == '\'') {
        return at + 1;
    }
    const bool is_coded = in.len - at > 2 && is_one_of(in.text[at], "uU") &&
                          in.text[at + 1] == '&' && in.text[at + 2] == '\'';
    return is_coded ? at + 2 : at;
}

/* Does a literal of one word end at `end`? With a dot in it, it names a setting: 'app.password'. */
static bool ends_literal(Text in, size_t end, bool *ret_dotted)
{
    size_t at = end;
    *ret_dotted = false;
    while (at > 0 && (in.text[at - 1] == '.' || in.text[at - 1] == '_' ||
                      ((in.text[at - 1] | 0x20) >= 'a' && (in.text[at - 1] | 0x20) <= 'z'))) {
        *ret_dotted |= in.text[--at] == '.';
    }
    return end < in.len && in.text[end] == '\'' && at > 0 && in.text[at - 1] == '\'';
}

/* `password: "…"` and `"password": "…"`, as programs and JSON say it; set_config('app.password',
 * '…'). */
static Range value_of_member(Text in, size_t word_end)
{
    const bool quoted = word_end < in.len && is_one_of(in.text[word_end], "\"'");
    size_t at = skip(in, quoted ? word_end + 1 : word_end, " \t");
    bool dotted;
    const bool follows =
        at < in.len && (in.text[at] == ':' ||
                        (in.text[at] == ',' && ends_literal(in, word_end, &dotted) && dotted));
    if (!follows) {
        return nothing;
    }
    at = skip(in, at + 1, " \t");
    return at < in.len && is_one_of(in.text[at], "\"'")
               ? range(in, at + 1, quote_end(in, at + 1, in.text[at]))
               : nothing;
}

static Range value_behind(Text in, size_t word_end)
{
    const Range member = value_of_member(in, word_end);
    size_t at = skip(in, word_end, " \t");
    bool dotted;
    if (member.start != SIZE_MAX || ends_literal(in, word_end, &dotted)) {
        return member;
    }
    const bool coded = in.len - at > 3 && strncasecmp(in.text + at, "%3d", 3) == 0;
    const bool given = coded || (at < in.len && in.text[at] == '=');
    at = given ? skip(in, at + (coded ? 3 : 1), " \t>") : at;
    at = skip_prefix(in, at);
    if (at < in.len && in.text[at] == '$') {
        const Range dollars = in_dollars(in, at);
        if (dollars.start != SIZE_MAX) {
            return dollars;
        }
    }
    if (at < in.len && (in.text[at] == '\'' || (given && in.text[at] == '"'))) {
        return range(in, at + 1, quote_end(in, at + 1, in.text[at]));
    }
    return given ? range(in, at, find_any(in, at, in.len, " \t\r\n&\"'`;")) : nothing;
}

/* The word that begins at `at`: its end; 0 when it is none of ours. Some are so only as the name of
 * a URL's parameter. */
static size_t secret_word(Text in, size_t at)
{
    static const char *const words[] = {"password", "passwd", "api_key", "apikey",
                                        "pass",     "pwd",    "secret",  "token"};
    enum { ANYWHERE = 4 };
    const bool is_parameter = at > 0 && is_one_of(in.text[at - 1], "?&;");
    for (size_t i = 0; i < (is_parameter ? lengthof(words) : ANYWHERE); i++) {
        const size_t len = strlen(words[i]);
        if (in.len - at >= len && strncasecmp(in.text + at, words[i], len) == 0) {
            /* `pass%77ord=`: libpq reads that, too */
            const size_t end = find_any(in, at + len, in.len, "=&;#/ \t\r\n\"'`");
            return is_parameter && at + len < in.len && in.text[at + len] == '%' && end < in.len &&
                           in.text[end] == '='
                       ? end
                       : at + len;
        }
    }
    return 0;
}

/* --- the whole ---------------------------------------------------------------------------------
 */

static Range at_place(Text in, size_t at)
{
    if (in.text[at] == ':') {
        const bool is_url = in.len - at >= 3 && memcmp(in.text + at, "://", 3) == 0;
        return is_url ? in_url(in, at) : in_token(in, at);
    }
    const size_t word_end = is_one_of(in.text[at], "pPaAsStT") ? secret_word(in, at) : 0;
    return word_end > 0 ? value_behind(in, word_end) : nothing;
}

/* A text of nothing but beginnings of URLs says nothing to anybody: the rest of it goes, so that
 * the time it takes is that of its length. */
enum { URLS_MAX = 1000 };

bool mask_find(const char *text, size_t len, size_t from, size_t *ret_start, size_t *ret_end)
{
    const Text in = {text, len};
    Range found = nothing;
    size_t urls = 0;
    for (size_t at = from; at < len && found.start == SIZE_MAX; at++) {
        at = find_any(in, at, len, ":pPaAsStT");
        urls += at < len && in.text[at] == ':' && len - at > 2 && in.text[at + 1] == '/' ? 1 : 0;
        found = urls > URLS_MAX ? range(in, at, len) : at < len ? at_place(in, at) : nothing;
    }
    if (found.start == SIZE_MAX && from == 0) {
        found = in_word(in);
    }
    *ret_start = found.start;
    *ret_end = found.end;
    return found.start != SIZE_MAX;
}

void mask_in_place(char *text, size_t len)
{
    size_t start, end;
    for (size_t from = 0; from < len && mask_find(text, len, from, &start, &end); from = end) {
        memset(text + start, '*', end - start);
    }
}
