/*
 * url.c - connection URLs, taken apart.
 *
 * In: the text of a URL.   Out: a ConnInfo, or one P1013 with the place and a remedy.
 * The URL is cut at its delimiters first and percent-decoded after, so encoded delimiters are data.
 * What is wrong is said without the text that is: a password may be in it wherever a delimiter is
 * missing. Query parameters outrank the authority, as in libpq. Knows no libpq and no network.
 */
#include "base/common.h"

#include "introspect/session/url.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"

enum { URL_TEXT_MAX = 1 << 20, CONNECT_TIMEOUT_DEFAULT = 5 };

typedef struct UrlCx {
    Arena *arena;
    Diagnostics *diags;
    ConnInfo *info;
    const char *ssl_accept, *ssl_cert;
} UrlCx;

/* Bytes [at, end) of the URL. */
typedef struct Slice {
    const char *at, *end;
} Slice;

static bool fail(const UrlCx *cx, const char *what, const char *help)
{
    diag_report(cx->diags, DIAG_URL, span_none(), what, help);
    return false;
}

/* The part of `from` before the first of `delimiters`; `from` keeps the rest, delimiter included.
 */
static Slice slice_until(Slice *from, const char *delimiters)
{
    Slice head = {from->at, from->at};
    while (head.end < from->end && strchr(delimiters, *head.end) == NULL) {
        head.end++;
    }
    from->at = head.end;
    return head;
}

static bool slice_empty(Slice slice)
{
    return slice.at >= slice.end;
}

/* --- percent-encoding --------------------------------------------------------------------------
 */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The decoded text in the arena; NULL and a report when an escape is malformed or hides a NUL. */
static const char *decode(const UrlCx *cx, Slice slice, bool plus_is_space)
{
    char *text = arena_alloc(cx->arena, (size_t)(slice.end - slice.at) + 1);
    char *out = text;
    for (const char *at = slice.at; at < slice.end; at++) {
        if (*at == '+' && plus_is_space) {
            *out++ = ' ';
        } else if (*at != '%') {
            *out++ = *at;
        } else {
            int high = slice.end - at > 2 ? hex_digit(at[1]) : -1;
            int low = high >= 0 ? hex_digit(at[2]) : -1;
            if (low < 0 || high * 16 + low == 0) {
                (void)fail(cx, "a `%` is not followed by two hexadecimal digits of a character",
                           "write a literal `%` as `%25`");
                return NULL;
            }
            *out++ = (char)(high * 16 + low);
            at += 2;
        }
    }
    return text;
}

/* --- parameters ---------------------------------------------------------------------------------
 */

static void set(const UrlCx *cx, const char *keyword, const char *value)
{
    vec_each(ConnParam, param, &cx->info->params) {
        if (strcmp(param->keyword, keyword) == 0) {
            param->value = value;
            return;
        }
    }
    vec_push(cx->arena, &cx->info->params, (ConnParam){keyword, value});
}

static bool parse_number(const UrlCx *cx, const char *key, const char *value, uint32_t *ret_number)
{
    char *end = NULL;
    unsigned long number = strtoul(value, &end, 10);
    bool digits_only = value[0] >= '0' && value[0] <= '9' && *end == '\0';
    if (!digits_only || number > UINT32_MAX) {
        return fail(cx, arena_printf(cx->arena, "`%s` is not a number", key),
                    arena_printf(cx->arena, "write `%s` as a whole number", key));
    }
    *ret_number = (uint32_t)number;
    return true;
}

static bool take_schema(UrlCx *cx, UNUSED const char *key, const char *value)
{
    cx->info->schema = value[0] == '\0' ? NULL : value;
    return true;
}

static bool take_connect_timeout(UrlCx *cx, const char *key, const char *value)
{
    return parse_number(cx, key, value, &cx->info->connect_timeout);
}

static bool take_socket_timeout(UrlCx *cx, const char *key, const char *value)
{
    return parse_number(cx, key, value, &cx->info->socket_timeout);
}

/* About the client's pool: checked, then of no use here. */
static bool take_pool_number(UrlCx *cx, const char *key, const char *value)
{
    uint32_t ignored = 0;
    return parse_number(cx, key, value, &ignored);
}

static bool take_pgbouncer(UrlCx *cx, UNUSED const char *key, const char *value)
{
    cx->info->pgbouncer = strcmp(value, "true") == 0;
    cx->info->direct = strcmp(value, "false") == 0;
    if (!cx->info->pgbouncer && !cx->info->direct) {
        return fail(cx, "`pgbouncer` has another value than `true` or `false`",
                    "write `pgbouncer=true` or `pgbouncer=false`");
    }
    return true;
}

/* Modes libpq does not have are other drivers' words; the format reads them as `prefer`. */
static bool take_sslmode(UrlCx *cx, UNUSED const char *key, const char *value)
{
    static const char *const modes[] = {"disable", "allow",     "prefer",
                                        "require", "verify-ca", "verify-full"};
    const char *mode = "prefer";
    for (size_t i = 0; i < lengthof(modes); i++) {
        if (strcmp(value, modes[i]) == 0) {
            mode = modes[i];
        }
    }
    set(cx, "sslmode", mode);
    return true;
}

static bool take_sslaccept(UrlCx *cx, UNUSED const char *key, const char *value)
{
    cx->ssl_accept = value;
    return true;
}

/* A root certificate in the format's meaning, a client certificate in libpq's: see finish_tls. */
static bool take_sslcert(UrlCx *cx, UNUSED const char *key, const char *value)
{
    cx->ssl_cert = value;
    return true;
}

static bool take_sslidentity(UrlCx *cx, UNUSED const char *key, UNUSED const char *value)
{
    return fail(cx, "`sslidentity` names a PKCS#12 file, which is not supported",
                "convert it with `openssl pkcs12` and give `sslcert=` and `sslkey=` in PEM form");
}

static bool take_port(UrlCx *cx, const char *key, const char *value);

typedef struct UrlParam {
    const char *name;
    bool (*take)(UrlCx *cx, const char *key, const char *value);
} UrlParam;

/* What is not here is a libpq option or unknown; session.c can tell and drops the unknown. */
static const UrlParam own_params[] = {
    {"schema", take_schema},
    {"connect_timeout", take_connect_timeout},
    {"socket_timeout", take_socket_timeout},
    {"pgbouncer", take_pgbouncer},
    {"sslmode", take_sslmode},
    {"sslaccept", take_sslaccept},
    {"sslcert", take_sslcert},
    {"sslidentity", take_sslidentity},
    {"port", take_port},
    {"connection_limit", take_pool_number},
    {"pool_timeout", take_pool_number},
    {"statement_cache_size", take_pool_number},
    {"max_connection_lifetime", take_pool_number},
    {"max_idle_connection_lifetime", take_pool_number},
};

static bool take_param(UrlCx *cx, const char *key, const char *value)
{
    for (size_t i = 0; i < lengthof(own_params); i++) {
        if (strcmp(own_params[i].name, key) == 0) {
            return own_params[i].take(cx, key, value);
        }
    }
    if (key[0] != '\0') {
        set(cx, key, value);
    }
    return true;
}

static bool parse_query(UrlCx *cx, Slice query)
{
    while (!slice_empty(query)) {
        Slice pair = slice_until(&query, "&");
        query.at += slice_empty(query) ? 0 : 1;
        Slice key = slice_until(&pair, "=");
        pair.at += slice_empty(pair) ? 0 : 1;
        const char *name = decode(cx, key, true);
        const char *value = name == NULL ? NULL : decode(cx, pair, true);
        if (value == NULL || !take_param(cx, name, value)) {
            return false;
        }
    }
    return true;
}

/* --- authority ----------------------------------------------------------------------------------
 */

static bool parse_user(UrlCx *cx, Slice slice)
{
    Slice user = slice_until(&slice, ":");
    const char *name = decode(cx, user, false);
    if (name == NULL) {
        return false;
    }
    if (name[0] != '\0') {
        set(cx, "user", name);
    }
    if (slice_empty(slice)) {
        return true;
    }
    slice.at++;
    const char *password = decode(cx, slice, false);
    if (password != NULL && password[0] != '\0') {
        set(cx, "password", password);
    }
    return password != NULL;
}

/* Each of a comma-separated list must be a port; an empty one is the default. */
static bool take_port(UrlCx *cx, UNUSED const char *key, const char *value)
{
    const char *at = value;
    while (true) {
        char *end = NULL;
        unsigned long number = *at >= '0' && *at <= '9' ? strtoul(at, &end, 10) : 0;
        const char *stop = end == NULL ? at : end;
        bool empty = stop == at;
        if ((!empty && (number < 1 || number > 65535)) || (*stop != '\0' && *stop != ',')) {
            return fail(cx, "what follows the host is not a port",
                        "write the port as a number from 1 to 65535; in a password, write `:` as "
                        "`%3A`, `/` as `%2F`, `?` as `%3F`, `#` as `%23`");
        }
        if (*stop == '\0') {
            break;
        }
        at = stop + 1;
    }
    set(cx, "port", value);
    return true;
}

/* `host`, `host:port`, `[::1]:port`; adds to the two lists. */
static bool parse_host(UrlCx *cx, Slice slice, StrBuf *hosts, StrBuf *ports)
{
    Slice host;
    if (!slice_empty(slice) && *slice.at == '[') {
        slice.at++;
        host = slice_until(&slice, "]");
        if (slice_empty(slice)) {
            return fail(cx, "an IPv6 address has no closing bracket", "write it as `[::1]`");
        }
        slice.at++;
    } else {
        host = slice_until(&slice, ":");
    }
    const char *name = decode(cx, host, false);
    if (name == NULL) {
        return false;
    }
    if (!slice_empty(slice) && *slice.at != ':') {
        return fail(cx, "there is text between a host and its port", "write it as `host:port`");
    }
    slice.at += slice_empty(slice) ? 0 : 1;
    strbuf_add(hosts, name[0] == '\0' ? "localhost" : name);
    strbuf_addn(ports, slice.at, (size_t)(slice.end - slice.at));
    return true;
}

static bool parse_hosts(UrlCx *cx, Slice slice)
{
    StrBuf hosts = strbuf_new(URL_TEXT_MAX);
    StrBuf ports = strbuf_new(URL_TEXT_MAX);
    bool ok = true;
    while (ok) {
        Slice one = slice_until(&slice, ",");
        ok = parse_host(cx, one, &hosts, &ports);
        if (slice_empty(slice)) {
            break;
        }
        slice.at++;
        strbuf_char(&hosts, ',');
        strbuf_char(&ports, ',');
    }
    const char *host_list = strbuf_take(&hosts, cx->arena);
    const char *port_list = strbuf_take(&ports, cx->arena);
    if (!ok) {
        return false;
    }
    set(cx, "host", host_list);
    return port_list[strspn(port_list, ",")] == '\0' || take_port(cx, "port", port_list);
}

/* An `@` behind the authority's end, and none in it: `/`, `?` or `#` stands in the password as it
 * is, and what follows is neither a database nor an option. Said without any part of it. */
static bool check_authority(const UrlCx *cx, Slice authority, Slice rest)
{
    const Slice query = {memchr(rest.at, '?', (size_t)(rest.end - rest.at)), rest.end};
    const Slice before_value = slice_until(&(Slice){rest.at, rest.end}, "=");
    const bool odd =
        memchr(rest.at, '@', (size_t)((query.at == NULL ? rest.end : query.at) - rest.at)) !=
            NULL ||
        memchr(before_value.at, '@', (size_t)(before_value.end - before_value.at)) != NULL;
    if (odd && memchr(authority.at, '@', (size_t)(authority.end - authority.at)) == NULL) {
        return fail(cx, "an `@` stands behind the end of its host",
                    "in a password, write `/` as `%2F`, `?` as `%3F`, `#` as `%23`; elsewhere `@` "
                    "as `%40`");
    }
    return true;
}

/* The password may hold `@` unencoded: the last one ends it. */
static bool parse_authority(UrlCx *cx, Slice slice)
{
    Slice host = slice;
    for (const char *at = slice.at; at < slice.end; at++) {
        if (*at == '@') {
            host.at = at + 1;
        }
    }
    if (host.at != slice.at && !parse_user(cx, (Slice){slice.at, host.at - 1})) {
        return false;
    }
    return slice_empty(host) || parse_hosts(cx, host);
}

/* --- the whole ----------------------------------------------------------------------------------
 */

static bool parse_scheme(const UrlCx *cx, const char *text, const char **ret_rest)
{
    static const char *const schemes[] = {"postgresql://", "postgres://"};
    for (size_t i = 0; i < lengthof(schemes); i++) {
        size_t len = strlen(schemes[i]);
        if (strncmp(text, schemes[i], len) == 0) {
            *ret_rest = text + len;
            return true;
        }
    }
    if (strncmp(text, "prisma://", 9) == 0 || strncmp(text, "prisma+postgres://", 18) == 0) {
        return fail(cx, "it names a proxy service, not a database server",
                    "give the server's own URL, `postgresql://user:password@host:5432/database`");
    }
    return fail(cx, "it does not start with `postgresql://` or `postgres://`",
                "write it as `postgresql://user:password@host:5432/database`");
}

/*
 * TLS words of the format in libpq's. `sslcert` is a root certificate unless another parameter
 * shows that libpq's meaning (the client's) was intended. `sslaccept=strict` checks certificate and
 * host name; where the URL only prefers TLS, a server without it is still accepted.
 */
static void finish_tls(UrlCx *cx)
{
    ConnInfo *info = cx->info;
    bool client_certificate =
        conninfo_get(info, "sslkey") != NULL || conninfo_get(info, "sslrootcert") != NULL;
    if (cx->ssl_cert != NULL) {
        set(cx, client_certificate ? "sslcert" : "sslrootcert", cx->ssl_cert);
    }
    const char *mode = conninfo_get(info, "sslmode");
    bool prefer = mode == NULL || strcmp(mode, "prefer") == 0;
    bool strict = cx->ssl_accept != NULL && strcmp(cx->ssl_accept, "accept_invalid_certs") != 0;
    if (strict && (prefer || strcmp(mode, "require") == 0)) {
        info->tls_may_be_absent = prefer;
        set(cx, "sslmode", "verify-full");
    }
}

/* A service file may give host and database, so defaults are filled in only without one. */
static void finish_defaults(UrlCx *cx)
{
    static const ConnParam defaults[] = {{"host", "localhost"}, {"dbname", "postgres"}};
    if (conninfo_get(cx->info, "service") != NULL) {
        return;
    }
    for (size_t i = 0; i < lengthof(defaults); i++) {
        bool given = conninfo_get(cx->info, defaults[i].keyword) != NULL ||
                     (i == 0 && conninfo_get(cx->info, "hostaddr") != NULL);
        if (!given) {
            set(cx, defaults[i].keyword, defaults[i].value);
        }
    }
}

static bool parse_rest(UrlCx *cx, Slice rest)
{
    Slice authority = slice_until(&rest, "/?#");
    if (!check_authority(cx, authority, rest)) {
        return false;
    }
    Slice path = slice_until(&rest, "?#");
    Slice query = {rest.at, rest.at};
    if (!slice_empty(rest) && *rest.at == '?') {
        rest.at++;
        query = slice_until(&rest, "#");
    }
    if (!parse_authority(cx, authority)) {
        return false;
    }
    path.at += slice_empty(path) ? 0 : 1;
    const char *database = decode(cx, path, false);
    if (database == NULL) {
        return false;
    }
    if (database[0] != '\0') {
        set(cx, "dbname", database);
    }
    return parse_query(cx, query);
}

bool url_parse(Arena *arena, const char *text, Diagnostics *diags, const ConnInfo **ret_info)
{
    UrlCx cx = {.arena = arena, .diags = diags, .info = arena_make(arena, ConnInfo)};
    cx.info->connect_timeout = CONNECT_TIMEOUT_DEFAULT;
    size_t len = strnlen(text, URL_TEXT_MAX);
    if (len == URL_TEXT_MAX) {
        return fail(&cx, "it is longer than a megabyte", "give a shorter one");
    }
    const char *rest = NULL;
    if (!parse_scheme(&cx, text, &rest) || !parse_rest(&cx, (Slice){rest, text + len})) {
        return false;
    }
    finish_tls(&cx);
    finish_defaults(&cx);
    *ret_info = cx.info;
    return true;
}

static ConnInfo *copy(Arena *arena, const ConnInfo *info)
{
    ConnInfo *made = arena_make(arena, ConnInfo);
    *made = *info;
    made->params.items = NULL;
    made->params.count = made->params.capacity = 0;
    vec_each(ConnParam, param, &info->params) {
        vec_push(arena, &made->params, *param);
    }
    return made;
}

const ConnInfo *conninfo_with_database(Arena *arena, const ConnInfo *info, const char *database)
{
    ConnInfo *made = copy(arena, info);
    UrlCx cx = {.arena = arena, .info = made};
    made->schema = NULL;
    set(&cx, "dbname", database);
    return made;
}

const ConnInfo *conninfo_with_directory(Arena *arena, const ConnInfo *info, const char *directory)
{
    static const char *const paths[] = {"sslrootcert", "sslcert", "sslkey"};
    ConnInfo *made = copy(arena, info);
    UrlCx cx = {.arena = arena, .info = made};
    for (size_t i = 0; i < lengthof(paths); i++) {
        const char *path = conninfo_get(info, paths[i]);
        bool relative = path != NULL && path[0] != '/' && path[0] != '\0';
        if (relative && strcmp(path, "system") != 0) {
            set(&cx, paths[i], arena_printf(arena, "%s/%s", directory, path));
        }
    }
    return made;
}

const char *conninfo_get(const ConnInfo *info, const char *keyword)
{
    vec_each(ConnParam, param, &info->params) {
        if (strcmp(param->keyword, keyword) == 0) {
            return param->value;
        }
    }
    return NULL;
}
