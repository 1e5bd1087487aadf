/*
 * startup.c - start-up options, the URL's and ours.
 */
#include "base/common.h"

#include "introspect/session/startup.h"

#include <string.h>

#include "base/strbuf.h"
#include "introspect/session/connect_error.h"

enum { OPTIONS_MAX = 1 << 16 };

/* The start-up packet's options: the URL's own, how literals are read in every script, that an
 * error does not end the session which is to record it, and the search path. Backslashes protect
 * blanks. */
static const char *startup_options(Arena *arena, const ConnInfo *info)
{
    const char *given = conninfo_get(info, "options");
    StrBuf out = strbuf_new(OPTIONS_MAX);
    if (given != NULL) {
        strbuf_printf(&out, "%s ", given);
    }
    strbuf_add(&out, "-c standard_conforming_strings=on -c exit_on_error=off");
    if (info->schema == NULL) {
        return strbuf_take(&out, arena);
    }
    strbuf_add(&out, " -c search_path=\"");
    for (const char *at = info->schema; *at != '\0' && out.len < OPTIONS_MAX - 8; at++) {
        strbuf_add(&out, *at == '"' ? "\"" : "");
        strbuf_add(&out, *at == '\\' || *at == ' ' || (*at >= '\t' && *at <= '\r') ? "\\" : "");
        strbuf_char(&out, *at);
    }
    strbuf_char(&out, '"');
    return strbuf_take(&out, arena);
}

/* A connection that is dead is to be noticed: a server that does not take what was sent for a
 * minute, or does not answer probes, is gone. Sockets of the machine itself ignore these. */
static const ConnParam patience[] = {
    {"keepalives_idle", "30"},
    {"keepalives_interval", "10"},
    {"keepalives_count", "3"},
    {"tcp_user_timeout", "60000"},
};

ConnParamList startup_params(Arena *arena, const ConnInfo *info, Startup startup)
{
    const char *options =
        startup.plain ? conninfo_get(info, "options") : startup_options(arena, info);
    const ConnParam ours[] = {
        {"fallback_application_name", "bellows"},
        {"client_encoding", "UTF8"},
        {"options", options},
        {"sslmode", startup.sslmode != NULL ? startup.sslmode : conninfo_get(info, "sslmode")},
    };
    ConnParamList params = {0};
    vec_each(ConnParam, param, &info->params) {
        bool replaced = false;
        for (size_t i = 0; i < lengthof(ours); i++) {
            replaced = replaced || strcmp(param->keyword, ours[i].keyword) == 0;
        }
        if (!replaced) {
            vec_push(arena, &params, *param);
        }
    }
    for (size_t i = 0; i < lengthof(ours); i++) {
        vec_push(arena, &params, ours[i]);
    }
    for (size_t i = 0; i < lengthof(patience); i++) {
        if (conninfo_get(info, patience[i].keyword) == NULL) {
            vec_push(arena, &params, patience[i]);
        }
    }
    return params;
}

/* A server that refuses this start is asked once more in the way it may accept. */
bool startup_adapt(const ConnInfo *info, const char *message, Startup *startup)
{
    char sqlstate[6];
    connect_error_sqlstate(message, sqlstate);
    if (info->tls_may_be_absent && startup->sslmode == NULL &&
        strstr(message, "server does not support SSL") != NULL) {
        startup->sslmode = "disable";
        return true;
    }
    bool refused_options = strcmp(sqlstate, "08P01") == 0 && strstr(message, "startup") != NULL;
    if (refused_options && !startup->plain) {
        startup->plain = true;
        return true;
    }
    return false;
}
