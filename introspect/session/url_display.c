/*
 * url_display.c - a connection for people to read: where it leads, without its secrets.
 *
 * In: a ConnInfo.   Out: a URL that names the same database, or the server alone for messages.
 */
#include "base/common.h"

#include "introspect/session/url.h"

#include <string.h>

#include "base/strbuf.h"

/* The longest URL there is, each byte of it encoded. */
enum { DISPLAY_MAX = 4 << 20 };

static void encode(StrBuf *out, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        unsigned char c = (unsigned char)*at;
        bool plain = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
                     c >= 0x80 || strchr("-._~,", c) != NULL;
        if (plain) {
            strbuf_char(out, *at);
        } else {
            strbuf_printf(out, "%%%02X", c);
        }
    }
}

static const char *nth_port(const char *list, size_t n, size_t *ret_len)
{
    const char *at = list == NULL ? "" : list;
    const char *comma = strchr(at, ',');
    /* one port serves all hosts */
    for (size_t i = 0; i < n && comma != NULL; i++) {
        at = comma + 1;
        comma = strchr(at, ',');
    }
    *ret_len = comma == NULL ? strlen(at) : (size_t)(comma - at);
    return at;
}

/* Only an address of version 6 goes in brackets: a socket's folder may have colons too. */
static bool is_address6(const char *host)
{
    return strchr(host, ':') != NULL && host[strspn(host, "0123456789abcdefABCDEF:.")] == '\0';
}

/* Hosts with their ports, comma-separated, encoded where `encoded`. */
static void print_servers(StrBuf *out, const ConnInfo *info, Arena *arena, bool encoded)
{
    const char *hosts = conninfo_get(info, "host");
    hosts = hosts == NULL ? conninfo_get(info, "hostaddr") : hosts;
    size_t n = 0;
    const char *at = hosts == NULL ? "" : hosts;
    do {
        size_t len = strcspn(at, ",");
        const char *host = arena_strndup(arena, at, len);
        size_t port_len = 0;
        const char *port = nth_port(conninfo_get(info, "port"), n, &port_len);
        strbuf_add(out, n > 0 ? "," : "");
        if (is_address6(host)) {
            strbuf_printf(out, "[%s]", host);
        } else if (encoded) {
            encode(out, host);
        } else {
            strbuf_add(out, host);
        }
        strbuf_printf(out, ":%.*s", port_len == 0 ? 4 : (int)port_len,
                      port_len == 0 ? "5432" : port);
        at += len + (at[len] == ',' ? 1 : 0);
        n++;
    } while (*at != '\0');
}

const char *url_display_server(Arena *arena, const ConnInfo *info)
{
    const char *service = conninfo_get(info, "service");
    if (conninfo_get(info, "host") == NULL && service != NULL) {
        return arena_printf(arena, "service %s", service);
    }
    StrBuf out = strbuf_new(DISPLAY_MAX);
    print_servers(&out, info, arena, false);
    return strbuf_take(&out, arena);
}

/* In a list, a host without a name is the machine's own socket: only a parameter can say that. */
static bool has_gap(const char *hosts)
{
    const size_t len = hosts == NULL ? 0 : strlen(hosts);
    return len > 0 && (hosts[0] == ',' || hosts[len - 1] == ',' || strstr(hosts, ",,") != NULL);
}

static void add_parameter(StrBuf *out, const char *name, const char *value)
{
    if (value != NULL) {
        const bool first = strchr(strbuf_text(out), '?') == NULL;
        strbuf_printf(out, "%c%s=", first ? '?' : '&', name);
        encode(out, value);
    }
}

const char *url_display(Arena *arena, const ConnInfo *info)
{
    StrBuf out = strbuf_new(DISPLAY_MAX);
    const char *user = conninfo_get(info, "user");
    const char *database = conninfo_get(info, "dbname");
    const char *service = conninfo_get(info, "service");
    strbuf_add(&out, "postgresql://");
    if (user != NULL) {
        encode(&out, user);
        strbuf_char(&out, '@');
    }
    const char *hosts = conninfo_get(info, "host");
    if (!has_gap(hosts) && (hosts != NULL || service == NULL)) {
        print_servers(&out, info, arena, true);
    }
    strbuf_char(&out, '/');
    encode(&out, database == NULL ? "" : database);
    if (has_gap(hosts)) {
        add_parameter(&out, "host", hosts);
        add_parameter(&out, "port", conninfo_get(info, "port"));
    }
    add_parameter(&out, "schema", info->schema);
    add_parameter(&out, "service", service);
    return strbuf_take(&out, arena);
}
