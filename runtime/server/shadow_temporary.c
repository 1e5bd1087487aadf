#include "base/common.h"

#include "runtime/server/shadow_temporary.h"

#include <stdlib.h>
#include <sys/random.h>

#include "runtime/script/quote.h"

enum { OLD_S = 3600, DROPPED_MAX = 10, LIMIT_FIRST = 1000, LIMIT_MASK = 0xffff };

/* Tells people whose it is. */
static const char mark[] = "a temporary shadow database of bellows";

typedef VEC(const char *) NameList;

/* `bellows_shadow_` and 16 hexadecimal digits: the server's time in seconds, and chance. What
 * others call so is told by its connection limit, which is of the digits: it comes with the
 * database, where a comment comes behind it. */
static const char *new_name(Arena *arena, unsigned long long now, unsigned *ret_limit)
{
    uint32_t chance = 0;
    if (getrandom(&chance, sizeof chance, 0) != (ssize_t)sizeof chance) {
        chance = (uint32_t)(uintptr_t)arena;
    }
    *ret_limit = LIMIT_FIRST + (chance & LIMIT_MASK);
    return arena_printf(arena, "bellows_shadow_%08x%08x", (unsigned)now, chance);
}

bool shadow_temporary_drop(Arena *arena, Session *session, const char *name, ServerError *ret_error)
{
    const char *force = session_server_version(session) >= 130000 ? " WITH (FORCE)" : "";
    return session_control(
        session, arena_printf(arena, "DROP DATABASE IF EXISTS %s%s", name, force), ret_error);
}

/* By the server's clock, which is the same for all who use it. The first row always comes. */
static bool ask(Arena *arena, Session *session, unsigned long long *ret_now, NameList *ret_old,
                ServerError *ret_error)
{
    static const char sql[] =
        "SELECT n.now::pg_catalog.text, d.datname FROM (SELECT pg_catalog.date_part('epoch', "
        "pg_catalog.clock_timestamp())::pg_catalog.int8 AS now) AS n "
        "LEFT JOIN pg_catalog.pg_database AS d "
        "ON d.datname OPERATOR(pg_catalog.~) '^bellows_shadow_[0-9a-f]{16}$' "
        "AND (pg_catalog.shobj_description(d.oid, 'pg_database') OPERATOR(pg_catalog.=) $4 OR "
        "d.datconnlimit OPERATOR(pg_catalog.=) CASE WHEN d.datname OPERATOR(pg_catalog.~) "
        "'^bellows_shadow_[0-9a-f]{16}$' THEN $1::pg_catalog.int4 OPERATOR(pg_catalog.+) "
        "pg_catalog.concat('x', pg_catalog.substr(d.datname::pg_catalog.text, 28, 4))"
        "::pg_catalog.bit(16)::pg_catalog.int4 END) "
        "AND pg_catalog.pg_get_userbyid(d.datdba) OPERATOR(pg_catalog.=) CURRENT_USER "
        "AND pg_catalog.substr(d.datname::pg_catalog.text, 16, 8) COLLATE pg_catalog.\"C\" "
        "OPERATOR(pg_catalog.<) pg_catalog.to_hex(n.now OPERATOR(pg_catalog.-) "
        "$2::pg_catalog.int8) "
        "AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity AS a "
        "WHERE a.datid OPERATOR(pg_catalog.=) d.oid) ORDER BY d.datname LIMIT $3::pg_catalog.int4";
    const char *const params[] = {arena_printf(arena, "%d", LIMIT_FIRST),
                                  arena_printf(arena, "%d", OLD_S),
                                  arena_printf(arena, "%d", DROPPED_MAX), mark};
    Result *result = NULL;
    if (!session_ask(session, (Query){sql, params, lengthof(params)}, ret_error, &result)) {
        return false;
    }
    const char *now = result_text(result, 0, 0);
    *ret_now = now == NULL ? 0 : strtoull(now, NULL, 10);
    for (size_t i = 0; i < result_rows(result); i++) {
        const char *name = result_text(result, i, 1);
        if (name != NULL) {
            vec_push(arena, ret_old, arena_strdup(arena, name));
        }
    }
    result_free(result);
    if (*ret_now == 0) {
        *ret_error = session_malformed("it does not say what time it is");
    }
    return *ret_now != 0;
}

/* Not by force: whoever has come to one since it was looked at keeps it. What cannot be dropped now
 * is met again by the next run. */
static void drop_old(Arena *arena, Session *session, const NameList *old)
{
    ServerError ignored;
    vec_each(const char *const, name, old) {
        const char *sql =
            arena_printf(arena, "DROP DATABASE IF EXISTS %s", quote_name(arena, *name));
        (void)!session_control(session, sql, &ignored);
    }
}

bool shadow_temporary_create(Arena *arena, Session *session, const char **ret_name,
                             ServerError *ret_error)
{
    unsigned long long now = 0;
    NameList old = {0};
    ServerError ignored;
    if (!ask(arena, session, &now, &old, ret_error)) {
        return false;
    }
    drop_old(arena, session, &old);
    unsigned limit = 0;
    const char *name = new_name(arena, now, &limit);
    const char *sql = arena_printf(
        arena, "CREATE DATABASE %s TEMPLATE template0 CONNECTION LIMIT %u", name, limit);
    if (!session_control(session, sql, ret_error)) {
        return false;
    }
    *ret_name = name;
    (void)!session_control(
        session, arena_printf(arena, "COMMENT ON DATABASE %s IS %s", name, quote_text(arena, mark)),
        &ignored);
    return true;
}
