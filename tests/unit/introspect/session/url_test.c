/*
 * url_test.c - connection URLs: what each part becomes, what is refused, what is printed.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/strbuf.h"
#include "introspect/session/url.h"

typedef struct World {
    Arena *arena;
    Diagnostics *diags;
} World;

static World world_new(void)
{
    World world = {.arena = arena_new()};
    world.diags = diagnostics_new(world.arena, NULL);
    return world;
}

/* `keyword=value ...` of all parameters, then what is not a libpq option. */
static const char *summary(Arena *arena, const ConnInfo *info)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(ConnParam, param, &info->params) {
        strbuf_printf(&out, "%s=%s ", param->keyword, param->value);
    }
    if (info->schema != NULL) {
        strbuf_printf(&out, "[schema %s]", info->schema);
    }
    if (info->connect_timeout != 5) {
        strbuf_printf(&out, "[connect %u]", info->connect_timeout);
    }
    if (info->socket_timeout != 0) {
        strbuf_printf(&out, "[socket %u]", info->socket_timeout);
    }
    strbuf_add(&out, info->pgbouncer ? "[pgbouncer]" : "");
    strbuf_add(&out, info->tls_may_be_absent ? "[tls may be absent]" : "");
    return strbuf_take(&out, arena);
}

static const struct {
    const char *url, *wanted, *shown;
} rows[] = {
    {"postgresql://u:p@h:1/d", "user=u password=p host=h port=1 dbname=d ", "postgresql://u@h:1/d"},
    {"postgres://h", "host=h dbname=postgres ", "postgresql://h:5432/postgres"},
    {"postgresql://", "host=localhost dbname=postgres ", "postgresql://localhost:5432/postgres"},
    {"postgresql:///d", "dbname=d host=localhost ", "postgresql://localhost:5432/d"},
    {"postgresql://u@/d", "user=u dbname=d host=localhost ", "postgresql://u@localhost:5432/d"},
    {"postgresql://h/d?schema=my%20app", "host=h dbname=d [schema my app]",
     "postgresql://h:5432/d?schema=my%20app"},
    {"postgresql://h/d?schema=", "host=h dbname=d ", "postgresql://h:5432/d"},
    {"postgresql://a%40b:p%3A%2F%25@h/d%20e", "user=a@b password=p:/% host=h dbname=d e ",
     "postgresql://a%40b@h:5432/d%20e"},
    {"postgresql://u:p@ss@h/d", "user=u password=p@ss host=h dbname=d ", "postgresql://u@h:5432/d"},
    {"postgresql://[::1]:5433/d", "host=::1 port=5433 dbname=d ", "postgresql://[::1]:5433/d"},
    {"postgresql://h/d?host=/var/run/pg", "host=/var/run/pg dbname=d ",
     "postgresql://%2Fvar%2Frun%2Fpg:5432/d"},
    {"postgresql:///d?host=/tmp&port=6000", "dbname=d host=/tmp port=6000 ",
     "postgresql://%2Ftmp:6000/d"},
    {"postgresql://%2Ftmp/d", "host=/tmp dbname=d ", "postgresql://%2Ftmp:5432/d"},
    {"postgresql:///d?host=/a:b c", "dbname=d host=/a:b c ", "postgresql://%2Fa%3Ab%20c:5432/d"},
    {"postgresql://a:1,b:2/d", "host=a,b port=1,2 dbname=d ", "postgresql://a:1,b:2/d"},
    {"postgresql://a,b:2/d?target_session_attrs=read-write",
     "host=a,b port=,2 dbname=d target_session_attrs=read-write ", "postgresql://a:5432,b:2/d"},
    {"postgresql://h/d?connect_timeout=0&socket_timeout=7", "host=h dbname=d [connect 0][socket 7]",
     "postgresql://h:5432/d"},
    {"postgresql://h/d?pgbouncer=true&connection_limit=5&pool_timeout=0&statement_cache_size=0",
     "host=h dbname=d [pgbouncer]", "postgresql://h:5432/d"},
    {"postgresql://h/d?sslmode=verify-full&sslrootcert=a.pem",
     "host=h dbname=d sslmode=verify-full sslrootcert=a.pem ", "postgresql://h:5432/d"},
    {"postgresql://h/d?sslmode=no-verify", "host=h dbname=d sslmode=prefer ",
     "postgresql://h:5432/d"},
    {"postgresql://h/d?sslcert=ca.pem&sslmode=require",
     "host=h dbname=d sslmode=require sslrootcert=ca.pem ", "postgresql://h:5432/d"},
    {"postgresql://h/d?sslcert=c.pem&sslkey=k.pem", "host=h dbname=d sslkey=k.pem sslcert=c.pem ",
     "postgresql://h:5432/d"},
    {"postgresql://h/d?sslaccept=strict", "host=h dbname=d sslmode=verify-full [tls may be absent]",
     "postgresql://h:5432/d"},
    {"postgresql://h/d?sslaccept=strict&sslmode=require", "host=h dbname=d sslmode=verify-full ",
     "postgresql://h:5432/d"},
    {"postgresql://h/d?sslaccept=accept_invalid_certs&sslmode=require",
     "host=h dbname=d sslmode=require ", "postgresql://h:5432/d"},
    {"postgresql://?service=prod", "service=prod ", "postgresql:///?service=prod"},
    {"postgresql://h/d?options=-c%20geqo%3Doff&application_name=a+b&channel_binding=require",
     "host=h dbname=d options=-c geqo=off application_name=a b channel_binding=require ",
     "postgresql://h:5432/d"},
    {"postgresql://h/d?password=x&passfile=/p&gssencmode=disable&unknown=1",
     "host=h dbname=d password=x passfile=/p gssencmode=disable unknown=1 ",
     "postgresql://h:5432/d"},
    {"postgresql://h/d?a&=b&&schema=s#fragment", "host=h dbname=d a= [schema s]",
     "postgresql://h:5432/d?schema=s"},
    {"postgresql://h/d#frag", "host=h dbname=d ", "postgresql://h:5432/d"},
};

Test(url, parts_and_parameters)
{
    World world = world_new();
    for (size_t i = 0; i < lengthof(rows); i++) {
        const ConnInfo *info = NULL;
        cr_assert(url_parse(world.arena, rows[i].url, world.diags, &info), "%s", rows[i].url);
        cr_assert_str_eq(summary(world.arena, info), rows[i].wanted);
        cr_assert_str_eq(url_display(world.arena, info), rows[i].shown);
    }
    cr_assert_eq(world.diags->errors, 0);
    arena_free(world.arena);
}

static const char *const refused[] = {
    "",
    "mysql://h/d",
    "postgresql:h",
    "Postgresql://h",
    "prisma://accelerate.example/?api_key=x",
    "prisma+postgres://localhost:1/?api_key=x",
    "postgresql://h:x/d",
    "postgresql://h:0/d",
    "postgresql://h:65536/d",
    "postgresql://h:-1/d",
    "postgresql://h:1:2/d",
    "postgresql://[::1/d",
    "postgresql://[::1]x/d",
    "postgresql://u:p%@h/d",
    "postgresql://u:p%4@h/d",
    "postgresql://u:p%zz@h/d",
    "postgresql://u:p%00@h/d",
    "postgresql://h/%f",
    "postgresql://h/d?schema=%",
    "postgresql://h/d?connect_timeout=x",
    "postgresql://h/d?connect_timeout=-1",
    "postgresql://h/d?connect_timeout=",
    "postgresql://h/d?connection_limit=1.5",
    "postgresql://h/d?socket_timeout=99999999999",
    "postgresql://h/d?pgbouncer=yes",
    "postgresql://h/d?port=abc",
    "postgresql://h/d?sslidentity=a.p12",
};

Test(url, refused_once_with_a_remedy_and_without_the_password)
{
    for (size_t i = 0; i < lengthof(refused); i++) {
        World world = world_new();
        const ConnInfo *info = NULL;
        cr_assert(!url_parse(world.arena, refused[i], world.diags, &info), "%s", refused[i]);
        cr_assert_null(info);
        cr_assert_eq(world.diags->items.count, 1, "%s", refused[i]);
        const Diagnostic *diagnostic = world.diags->items.items[0];
        cr_assert_eq(diagnostic->code, DIAG_URL);
        cr_assert_gt(strlen(diagnostic->help), 0);
        cr_assert_null(strstr(diagnostic->message, "api_key"));
        arena_free(world.arena);
    }
}

Test(url, another_database_has_no_schema)
{
    World world = world_new();
    const ConnInfo *info = NULL;
    cr_assert(url_parse(world.arena, "postgresql://u:p@h/d?schema=s", world.diags, &info));
    const ConnInfo *other = conninfo_with_database(world.arena, info, "x y");
    cr_assert_str_eq(summary(world.arena, other), "user=u password=p host=h dbname=x y ");
    cr_assert_str_eq(summary(world.arena, info), "user=u password=p host=h dbname=d [schema s]");
    arena_free(world.arena);
}

Test(url, relative_certificates_are_found_beside_the_schema)
{
    World world = world_new();
    const ConnInfo *info = NULL;
    cr_assert(url_parse(world.arena, "postgresql://h/d?sslcert=ca.pem", world.diags, &info));
    const ConnInfo *there = conninfo_with_directory(world.arena, info, "/srv/prisma");
    cr_assert_str_eq(conninfo_get(there, "sslrootcert"), "/srv/prisma/ca.pem");
    cr_assert(url_parse(world.arena, "postgresql://h/d?sslcert=/ca.pem", world.diags, &info));
    there = conninfo_with_directory(world.arena, info, "/srv/prisma");
    cr_assert_str_eq(conninfo_get(there, "sslrootcert"), "/ca.pem");
    arena_free(world.arena);
}
