/*
 * cluster_test.c - what of a script is about the cluster, and which roles and schemas it names.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/strbuf.h"
#include "runtime/script/cluster.h"

typedef struct Row {
    const char *text, *left, *roles, *schemas;
} Row;

static const char *joined(Arena *arena, const ClusterNameList *list)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(const char *, at, list) {
        strbuf_printf(&out, "%s%s", out.len > 0 ? " " : "", *at);
    }
    return strbuf_take(&out, arena);
}

static const Row rows[] = {
    {"CREATE TABLE a (id int);", "CREATE TABLE a (id int);", "", ""},
    {"CREATE ROLE app LOGIN;SELECT 1;", "                     ;SELECT 1;", "app", ""},
    {"CREATE USER app;\nDROP ROLE other;", "               ;\n               ;", "app", ""},
    {"ALTER ROLE app SET work_mem = 1;", "                               ;", "app", ""},
    {"GRANT a TO b;", "            ;", "b", ""},
    {"GRANT SELECT ON t TO app, PUBLIC;", "GRANT SELECT ON t TO app, PUBLIC;", "app", ""},
    {"REVOKE ALL ON t FROM \"App\";", "REVOKE ALL ON t FROM \"App\";", "App", ""},
    {"ALTER TABLE t OWNER TO app;", "ALTER TABLE t OWNER TO app;", "app", ""},
    {"CREATE POLICY p ON t TO app USING (true);", "CREATE POLICY p ON t TO app USING (true);",
     "app", ""},
    {"SET ROLE app;", "SET ROLE app;", "app", ""},
    {"RESET ROLE; SET ROLE NONE;", "RESET ROLE; SET ROLE NONE;", "", ""},
    {"ALTER DATABASE d SET work_mem = 1;", "                                 ;", "", ""},
    {"GRANT CONNECT ON DATABASE d TO app;", "                                  ;", "app", ""},
    {"CREATE DATABASE d;", "                 ;", "", ""},
    {"ALTER SYSTEM SET work_mem = 1;", "                             ;", "", ""},
    {"CREATE SCHEMA s;", "CREATE SCHEMA s;", "", "s"},
    {"CREATE SCHEMA Big AUTHORIZATION app;", "CREATE SCHEMA Big AUTHORIZATION app;", "app", "big"},
    {"CREATE SCHEMA IF NOT EXISTS s;", "CREATE SCHEMA IF NOT EXISTS s;", "", ""},
    {"CREATE TABLE n (a newer b); ALTER ROLE app CREATEDB;\nSELECT ';' FROM newer newer newer",
     "CREATE TABLE n (a newer b);                        ;\nSELECT ';' FROM newer newer newer",
     "app", ""},
    {"GRANT this is no SQL;", "GRANT this is no SQL;", "", ""},
};

Test(cluster, statements_about_the_cluster_are_left_out_and_names_are_told)
{
    for (size_t i = 0; i < lengthof(rows); i++) {
        Arena *arena = arena_new();
        ClusterNames names = {0};
        const char *left = cluster_leave_out(arena, rows[i].text, strlen(rows[i].text), &names);
        cr_expect_str_eq(left, rows[i].left, "%s: |%s|", rows[i].text, left);
        cr_expect_str_eq(joined(arena, &names.roles), rows[i].roles, "%s: %s", rows[i].text,
                         joined(arena, &names.roles));
        cr_expect_str_eq(joined(arena, &names.schemas), rows[i].schemas, "%s", rows[i].text);
        arena_free(arena);
    }
}
