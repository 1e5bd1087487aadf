/*
 * canon_definition_test.c - definitions as people write them against definitions as servers print
 * them: what means the same, what does not, and what is not understood.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "compiler/canon/canon_definition.h"

typedef struct World {
    Arena *arena;
    Names *names;
    Catalog *catalog;
    Table *users;
} World;

static Column *column(const World *world, Table *table, const char *name, TypeId id)
{
    Column *made =
        table_add_column(world->catalog, table, intern_cstr(world->names, name), origin_catalog(0));
    made->type = (ColumnType){.id = id, .arguments = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT}};
    return made;
}

static Table *table(const World *world, const char *name)
{
    return catalog_add_table(world->catalog, world->catalog->default_schema,
                             intern_cstr(world->names, name), origin_catalog(0));
}

static Opaque *object(const World *world, OpaqueKind kind, const char *name, const char *text)
{
    Opaque *made = arena_make(world->arena, Opaque);
    *made = (Opaque){.kind = kind,
                     .schema = world->catalog->default_schema,
                     .name = intern_cstr(world->names, name),
                     .definition = intern_cstr(world->names, text)};
    return made;
}

/* users (id, name, tag varchar, at, "Level"), posts (id, user_id, title), and a view `named`. */
static World world_new(void)
{
    World world = {.arena = arena_new()};
    world.names = names_new(world.arena);
    world.catalog = catalog_new(world.names, intern_cstr(world.names, "public"));
    world.users = table(&world, "users");
    EnumType *level = catalog_add_enum(world.catalog, world.catalog->default_schema,
                                       intern_cstr(world.names, "Level"), origin_catalog(0));
    (void)column(&world, world.users, "id", TYPE_INTEGER);
    (void)column(&world, world.users, "name", TYPE_TEXT);
    (void)column(&world, world.users, "tag", TYPE_VARCHAR);
    (void)column(&world, world.users, "at", TYPE_TIMESTAMP);
    column(&world, world.users, "level", TYPE_ENUM)->type.enum_type = level;
    Table *posts = table(&world, "posts");
    (void)column(&world, posts, "id", TYPE_INTEGER);
    (void)column(&world, posts, "user_id", TYPE_INTEGER);
    (void)column(&world, posts, "title", TYPE_TEXT);
    vec_push(world.catalog->arena, &world.catalog->opaque,
             object(&world, OPAQUE_VIEW, "named", "SELECT users.id, users.name FROM users;"));
    return world;
}

static void world_free(World *world)
{
    catalog_free(world->catalog);
    arena_free(world->arena);
}

static Name meaning(const World *world, OpaqueKind kind, const char *text)
{
    Opaque *made = object(world, kind, "x", text);
    made->table = kind == OPAQUE_VIEW || kind == OPAQUE_FUNCTION ? NULL : world->users;
    return canon_definition(world->catalog, made);
}

static const struct {
    OpaqueKind kind;
    const char *written, *printed;
} same[] = {
    {OPAQUE_CHECK, "CHECK (id > 0)", "CHECK ((id > 0))"},
    {OPAQUE_CHECK, "CHECK ((name IN ('a', 'b'))) NOT VALID",
     "CHECK ((name = ANY (ARRAY['a'::text, 'b'::text]))) NOT VALID"},
    {OPAQUE_CHECK, "CHECK (level <> 'low') NO INHERIT",
     "CHECK ((level <> 'low'::\"Level\")) NO INHERIT"},
    {OPAQUE_CHECK, "CHECK (char_length(tag) BETWEEN 1 AND 5)",
     "CHECK (((char_length((tag)::text) >= 1) AND (char_length((tag)::text) <= 5)))"},
    /* one table: servers before 16 qualify its columns, later ones do not */
    {OPAQUE_VIEW, "CREATE VIEW x AS SELECT id, lower(name) AS l FROM users WHERE id > 1",
     " SELECT users.id,\n    lower(users.name) AS l\n   FROM users\n  WHERE (users.id > 1);"},
    {OPAQUE_VIEW, "CREATE OR REPLACE VIEW x AS SELECT id, name FROM public.users ORDER BY 1 DESC",
     " SELECT id,\n    name\n   FROM users\n  ORDER BY id DESC;"},
    {OPAQUE_VIEW,
     "CREATE VIEW x AS SELECT u.id, count(*) AS n FROM users u JOIN posts p ON p.user_id = u.id "
     "GROUP BY u.id HAVING count(*) > 1 ORDER BY n",
     " SELECT u.id,\n    count(*) AS n\n   FROM (users u\n     JOIN posts p ON ((p.user_id = "
     "u.id)))\n  GROUP BY u.id\n HAVING (count(*) > 1)\n  ORDER BY (count(*));"},
    {OPAQUE_VIEW, "CREATE VIEW x AS SELECT 'a' AS a, CURRENT_TIMESTAMP AS t, title FROM posts",
     " SELECT 'a'::text AS a,\n    CURRENT_TIMESTAMP AS t,\n    posts.title\n   FROM posts;"},
    {OPAQUE_VIEW,
     "CREATE VIEW x AS SELECT id FROM users WHERE EXISTS (SELECT 1 FROM posts p WHERE p.user_id = "
     "users.id) AND level = 'low'",
     " SELECT users.id\n   FROM users\n  WHERE ((EXISTS ( SELECT 1\n           FROM posts p\n      "
     "  "
     "  WHERE (p.user_id = users.id))) AND (users.level = 'low'::\"Level\"));"},
    {OPAQUE_VIEW,
     "CREATE VIEW x AS WITH w AS (SELECT user_id, count(*) AS n FROM posts GROUP BY user_id) "
     "SELECT "
     "w.user_id, w.n FROM w",
     " WITH w AS (\n         SELECT posts.user_id,\n            count(*) AS n\n           FROM "
     "posts\n          GROUP BY posts.user_id\n        )\n SELECT w.user_id,\n    w.n\n   FROM w;"},
    {OPAQUE_VIEW, "CREATE VIEW x AS SELECT name FROM named UNION ALL SELECT title FROM posts",
     " SELECT named.name\n   FROM named\nUNION ALL\n SELECT posts.title AS name\n   FROM posts;"},
    {OPAQUE_MATERIALIZED_VIEW,
     "CREATE MATERIALIZED VIEW x AS SELECT s.id FROM (SELECT id FROM users) s",
     " SELECT s.id\n   FROM ( SELECT users.id\n           FROM users) s;"},
    {OPAQUE_FUNCTION,
     "CREATE FUNCTION f(a int, b varchar(10) DEFAULT 'x') RETURNS int LANGUAGE plpgsql STABLE AS "
     "$$BEGIN RETURN 1; END$$",
     "CREATE OR REPLACE FUNCTION public.f(a integer, b character varying DEFAULT 'x'::character "
     "varying)\n RETURNS integer\n LANGUAGE plpgsql\n STABLE\nAS $function$BEGIN RETURN 1; "
     "END$function$\n"},
    {OPAQUE_FUNCTION,
     "CREATE FUNCTION f() RETURNS SETOF users AS 'SELECT 1' LANGUAGE SQL ROWS 1000 COST 100 "
     "SECURITY INVOKER SET search_path = public, pg_temp",
     "CREATE OR REPLACE FUNCTION public.f()\n RETURNS SETOF users\n LANGUAGE sql\n SET search_path "
     "TO 'public', 'pg_temp'\nAS $function$SELECT 1$function$\n"},
    {OPAQUE_FUNCTION, "CREATE FUNCTION f(OUT a int) LANGUAGE sql AS 'SELECT 1'",
     "CREATE OR REPLACE FUNCTION public.f(OUT a integer)\n RETURNS integer\n LANGUAGE sql\nAS "
     "$function$SELECT 1$function$\n"},
    {OPAQUE_TRIGGER,
     "CREATE TRIGGER x BEFORE UPDATE OF name ON users FOR EACH ROW WHEN (NEW.name <> OLD.name) "
     "EXECUTE PROCEDURE f('a')",
     "CREATE TRIGGER x BEFORE UPDATE OF name ON public.users FOR EACH ROW WHEN ((new.name <> "
     "old.name)) EXECUTE FUNCTION f('a')"},
    {OPAQUE_TRIGGER,
     "CREATE TRIGGER x AFTER UPDATE ON users FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) "
     "EXECUTE FUNCTION f()",
     "CREATE TRIGGER x AFTER UPDATE ON public.users FOR EACH ROW WHEN ((old.* IS DISTINCT FROM "
     "new.*)) EXECUTE FUNCTION public.f()"},
    {OPAQUE_POLICY, "PERMISSIVE FOR ALL TO a, b USING (name = current_user)",
     "PERMISSIVE FOR ALL TO b, a USING ((name = CURRENT_USER))"},
    {OPAQUE_EXPRESSION_INDEX, "CREATE INDEX x ON users (lower(name))",
     "CREATE INDEX x ON public.users USING btree (lower(name))"},
    {OPAQUE_EXPRESSION_INDEX,
     "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS x ON users (lower(tag), id DESC) WHERE name "
     "IS "
     "NOT NULL",
     "CREATE UNIQUE INDEX x ON public.users USING btree (lower((tag)::text), id DESC) WHERE (name "
     "IS NOT NULL)"},
    {OPAQUE_EXCLUSION,
     "EXCLUDE USING gist (id WITH =, tsrange(at, at, '[)') WITH &&) WHERE (level IN ('a', 'b'))",
     "EXCLUDE USING gist (id WITH =, tsrange(at, at, '[)'::text) WITH &&) WHERE ((level = ANY "
     "(ARRAY['a'::\"Level\", 'b'::\"Level\"])))"},
    {OPAQUE_EXCLUSION, "EXCLUDE (id WITH =) DEFERRABLE",
     "EXCLUDE USING btree (id WITH =) DEFERRABLE"},
};

Test(canon_definition, written_and_printed_mean_the_same)
{
    World world = world_new();
    for (size_t i = 0; i < lengthof(same); i++) {
        const Name a = meaning(&world, same[i].kind, same[i].written);
        const Name b = meaning(&world, same[i].kind, same[i].printed);
        cr_expect(a != NULL && a == b, "%s\n%s\n%s\n%s", same[i].written, same[i].printed,
                  a == NULL ? "-" : a->text, b == NULL ? "-" : b->text);
    }
    world_free(&world);
}

static const struct {
    OpaqueKind kind;
    const char *one, *other;
} different[] = {
    {OPAQUE_CHECK, "CHECK (id > 0)", "CHECK ((id > 1))"},
    {OPAQUE_CHECK, "CHECK (id > 0)", "CHECK ((id > 0)) NOT VALID"},
    {OPAQUE_CHECK, "CHECK (id > 0)", "CHECK ((id > 0)) NO INHERIT"},
    {OPAQUE_VIEW, "CREATE VIEW x AS SELECT id FROM users", " SELECT users.id FROM posts users;"},
    {OPAQUE_VIEW, "CREATE VIEW x AS SELECT id FROM users", " SELECT users.id AS other FROM users;"},
    /* the column's type is another one */
    {OPAQUE_VIEW, "CREATE VIEW x AS SELECT tag FROM users",
     " SELECT (users.tag)::text AS tag FROM users;"},
    {OPAQUE_VIEW, "CREATE VIEW x AS SELECT COALESCE(tag, 'x') AS c FROM users",
     " SELECT COALESCE((users.tag)::text, 'x'::text) AS c FROM users;"},
    {OPAQUE_VIEW, "CREATE VIEW x AS SELECT 'a' AS a", " SELECT 'a'::character varying AS a;"},
    {OPAQUE_VIEW, "CREATE VIEW x AS SELECT array_agg(tag) AS a FROM users",
     " SELECT array_agg((users.tag)::text) AS a FROM users;"},
    {OPAQUE_VIEW, "CREATE VIEW x AS SELECT count(name) AS n FROM users",
     " SELECT count(DISTINCT users.name) AS n FROM users;"},
    {OPAQUE_VIEW, "CREATE VIEW x AS SELECT id FROM users ORDER BY id",
     " SELECT users.id FROM users ORDER BY users.id NULLS FIRST;"},
    {OPAQUE_VIEW, "CREATE VIEW x AS SELECT id FROM users UNION SELECT id FROM posts",
     " SELECT users.id FROM users UNION ALL SELECT posts.id FROM posts;"},
    {OPAQUE_VIEW, "CREATE VIEW x AS SELECT u.id FROM users u LEFT JOIN posts p ON p.id = u.id",
     " SELECT u.id FROM (users u JOIN posts p ON ((p.id = u.id)));"},
    {OPAQUE_VIEW, "CREATE VIEW x AS SELECT id FROM ONLY users", " SELECT users.id FROM users;"},
    {OPAQUE_FUNCTION, "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
     "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT  1'"},
    {OPAQUE_FUNCTION, "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
     "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"},
    {OPAQUE_FUNCTION, "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
     "CREATE FUNCTION f() RETURNS int LANGUAGE sql STRICT AS 'SELECT 1'"},
    {OPAQUE_FUNCTION, "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
     "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT 1'"},
    {OPAQUE_FUNCTION, "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT 1'",
     "CREATE FUNCTION f() RETURNS varchar LANGUAGE sql AS 'SELECT 1'"},
    {OPAQUE_FUNCTION, "CREATE FUNCTION f() RETURNS int LANGUAGE sql SET work_mem = '1MB' AS '1'",
     "CREATE FUNCTION f() RETURNS int LANGUAGE sql SET work_mem = '2MB' AS '1'"},
    {OPAQUE_FUNCTION, "CREATE FUNCTION f(a int DEFAULT 1) RETURNS int LANGUAGE sql AS '1'",
     "CREATE FUNCTION f(a int DEFAULT 2) RETURNS int LANGUAGE sql AS '1'"},
    {OPAQUE_TRIGGER, "CREATE TRIGGER x BEFORE UPDATE ON users EXECUTE FUNCTION f()",
     "CREATE TRIGGER x BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION f()"},
    {OPAQUE_TRIGGER, "CREATE TRIGGER x BEFORE UPDATE ON users EXECUTE FUNCTION f()",
     "CREATE TRIGGER x BEFORE UPDATE ON users EXECUTE FUNCTION f() [D]"},
    {OPAQUE_TRIGGER, "CREATE TRIGGER x BEFORE UPDATE ON users EXECUTE FUNCTION f()",
     "CREATE TRIGGER x BEFORE UPDATE ON users EXECUTE FUNCTION other.f()"},
    {OPAQUE_POLICY, "PERMISSIVE FOR ALL TO PUBLIC USING (id > 0)",
     "PERMISSIVE FOR SELECT TO PUBLIC USING (id > 0)"},
    {OPAQUE_POLICY, "PERMISSIVE FOR ALL TO PUBLIC USING (id > 0)",
     "PERMISSIVE FOR ALL TO a USING (id > 0)"},
    {OPAQUE_EXPRESSION_INDEX, "CREATE INDEX x ON users (lower(name))",
     "CREATE INDEX x ON users (lower(name) text_pattern_ops)"},
    {OPAQUE_EXPRESSION_INDEX, "CREATE INDEX x ON users (lower(name), tag)",
     "CREATE INDEX x ON users (lower(name), ((tag)::text))"},
    {OPAQUE_EXCLUSION, "EXCLUDE USING gist (id WITH =)", "EXCLUDE USING gist (id WITH <>)"},
    {OPAQUE_EXCLUSION, "EXCLUDE USING gist (id WITH =)", "EXCLUDE USING btree (id WITH =)"},
    {OPAQUE_EXCLUSION, "EXCLUDE USING gist (id WITH =)",
     "EXCLUDE USING gist (id WITH =) DEFERRABLE"},
    {OPAQUE_EXCLUSION, "EXCLUDE USING gist (id WITH =)",
     "EXCLUDE USING gist (id WITH OPERATOR(other.=))"},
    {OPAQUE_EXCLUSION, "EXCLUDE USING gist (id WITH =) WHERE (id > 0)",
     "EXCLUDE USING gist (id WITH =) WHERE ((id > 1))"},
    {OPAQUE_EXCLUSION, "EXCLUDE USING gist (id WITH =)",
     "EXCLUDE USING gist (id WITH =) INCLUDE (name)"},
};

Test(canon_definition, what_differs_is_told_apart)
{
    World world = world_new();
    for (size_t i = 0; i < lengthof(different); i++) {
        const Name a = meaning(&world, different[i].kind, different[i].one);
        const Name b = meaning(&world, different[i].kind, different[i].other);
        cr_expect(a != NULL && b != NULL && a != b, "%s\n%s\n%s\n%s", different[i].one,
                  different[i].other, a == NULL ? "-" : a->text, b == NULL ? "-" : b->text);
    }
    world_free(&world);
}

static const char *const unknown_queries[] = {
    "CREATE VIEW x AS SELECT * FROM users",
    "CREATE VIEW x AS SELECT u.* FROM users u",
    "CREATE VIEW x AS SELECT id FROM users, posts", /* of both */
    "CREATE VIEW x AS SELECT id FROM nowhere",
    "CREATE VIEW x AS SELECT id FROM users WHERE EXISTS (SELECT 1 FROM posts WHERE user_id = "
    "level)",
    "CREATE VIEW x AS SELECT g FROM generate_series(1, 3) g",
    "CREATE VIEW x AS WITH RECURSIVE r AS (SELECT 1 AS n UNION SELECT n + 1 FROM r) SELECT n FROM "
    "r",
    "CREATE VIEW x AS SELECT u FROM users u",
    "CREATE VIEW x (a) AS SELECT id FROM users",
    "CREATE VIEW x AS VALUES (1)",
    "CREATE VIEW x AS",
    "",
};

Test(canon_definition, what_is_not_certain_has_no_meaning)
{
    World world = world_new();
    for (size_t i = 0; i < lengthof(unknown_queries); i++) {
        const Name made = meaning(&world, OPAQUE_VIEW, unknown_queries[i]);
        cr_expect_null(made, "%s\n%s", unknown_queries[i], made == NULL ? "" : made->text);
    }
    Opaque *elsewhere = object(&world, OPAQUE_VIEW, "x", "SELECT users.id FROM users");
    cr_expect_not_null(canon_definition(world.catalog, elsewhere));
    elsewhere->has_other_path = true;
    cr_expect_null(canon_definition(world.catalog, elsewhere));
    world_free(&world);
}

static void expect_ident(Names *names, const char *name, const char *written)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    canon_ident(&out, intern_cstr(names, name));
    cr_expect_str_eq(strbuf_text(&out), written);
    strbuf_dispose(&out);
}

Test(canon_definition, names_are_quoted_as_the_server_does)
{
    World world = world_new();
    expect_ident(world.names, "plain_1", "plain_1");
    expect_ident(world.names, "user", "\"user\"");
    expect_ident(world.names, "Plain", "\"Plain\"");
    expect_ident(world.names, "1st", "\"1st\"");
    expect_ident(world.names, "a$b", "\"a$b\"");
    expect_ident(world.names, "name", "name"); /* unreserved */
    expect_ident(world.names, "it\"s", "\"it\"\"s\"");
    world_free(&world);
}
