/*
 * load_test.c - databases of every odd shape, read and compared with what was put in.
 *
 * A case is a script and the catalog it must give, as text: one line per object, in order.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "compiler/canon/canon.h"
#include "compiler/catalog/types.h"
#include "introspect/load/load.h"

typedef struct Bench {
    Arena *arena;
    Names *names;
    Diagnostics *diags;
    const ConnInfo *info;
    Session *session;
} Bench;

static void fail_with_diagnostics(const Bench *bench, const char *what)
{
    vec_each(Diagnostic *, at, &bench->diags->items) {
        fprintf(stderr, "%s: %s\n", diag_row((*at)->code)->code, (*at)->message);
    }
    cr_assert(false, "%s", what);
}

static void run(const Bench *bench, const char *sql)
{
    ServerError error;
    if (!session_control(bench->session, sql, &error)) {
        session_report(bench->session, &error, bench->diags);
        fail_with_diagnostics(bench, sql);
    }
}

static Bench open_bench(const char *database)
{
    Bench bench = {.arena = arena_new()};
    const ConnInfo *maintenance = NULL;
    const char *url = getenv("BELLOWS_TEST_URL");
    Session *session = NULL;
    ServerError ignored;
    cr_assert_not_null(url);
    bench.names = names_new(bench.arena);
    bench.diags = diagnostics_new(bench.arena, sources_new(bench.arena));
    cr_assert(url_parse(bench.arena, url, bench.diags, &maintenance));
    cr_assert(session_open_maintenance(maintenance, NULL, bench.diags, &session));
    (void)!session_control(
        session, arena_printf(bench.arena, "DROP DATABASE IF EXISTS %s", database), &ignored);
    cr_assert(session_control(session, arena_printf(bench.arena, "CREATE DATABASE %s", database),
                              &ignored));
    session_close(session);
    bench.info = conninfo_with_database(bench.arena, maintenance, database);
    cr_assert(session_open(bench.info, NULL, bench.diags, &bench.session));
    return bench;
}

static void close_bench(Bench *bench)
{
    session_close(bench->session);
    arena_free(bench->arena);
}

/* --- the catalog as text ------------------------------------------------------------------------
 */

static void print_type(StrBuf *out, const ColumnType *type)
{
    if (type->id == TYPE_OTHER) {
        strbuf_printf(out, "~%s", type->raw->text);
    } else if (type->id == TYPE_ENUM) {
        strbuf_printf(out, "enum %s.%s", type->enum_type->schema->text,
                      type->enum_type->name->text);
    } else {
        strbuf_add(out, type_row(type->id)->sql);
    }
    for (size_t i = 0; i < 2 && type->arguments[i] != TYPE_NO_ARGUMENT; i++) {
        strbuf_printf(out, i == 0 ? "(%d" : ",%d", (int)type->arguments[i]);
    }
    strbuf_add(out, type->arguments[0] != TYPE_NO_ARGUMENT ? ")" : "");
    strbuf_add(out, type->list ? "[]" : "");
}

static void print_default(StrBuf *out, const Default *dflt)
{
    static const char *const kinds[] = {
        [DEFAULT_NONE] = "",
        [DEFAULT_VALUE] = "value",
        [DEFAULT_LIST] = "list",
        [DEFAULT_NOW] = "now",
        [DEFAULT_SEQUENCE] = "sequence",
        [DEFAULT_EXPRESSION] = "expression",
        [DEFAULT_OPAQUE] = "opaque",
    };
    if (dflt->kind == DEFAULT_NONE) {
        return;
    }
    strbuf_printf(out, " = %s", kinds[dflt->kind]);
    if (dflt->kind == DEFAULT_SEQUENCE) {
        strbuf_printf(out, " %s.%s%s", dflt->sequence->schema->text, dflt->sequence->name->text,
                      dflt->sequence->owned ? " owned" : "");
    } else if (dflt->kind != DEFAULT_NOW) {
        strbuf_printf(out, " %s", dflt->canonical->text);
    }
}

static void print_column(StrBuf *out, const Column *column)
{
    strbuf_printf(out, "  %s ", column->name->text);
    print_type(out, &column->type);
    strbuf_add(out, column->not_null ? " NOT NULL" : "");
    print_default(out, &column->dflt);
    if (column->identity != IDENTITY_NONE) {
        strbuf_add(out, column->identity == IDENTITY_ALWAYS ? " identity always"
                                                            : " identity by default");
    }
    if (column->generated != NULL) {
        strbuf_printf(out, " generated%s %s", column->generated_virtual ? " virtual" : "",
                      column->generated->text);
    }
    if (column->collation != NULL) {
        strbuf_printf(out, " collate %s", column->collation->text);
    }
    strbuf_char(out, '\n');
}

static void print_names(StrBuf *out, Column *const *columns, size_t count)
{
    strbuf_char(out, '(');
    for (size_t i = 0; i < count; i++) {
        strbuf_printf(out, "%s%s", i > 0 ? "," : "", columns[i]->name->text);
    }
    strbuf_char(out, ')');
}

static void print_index(StrBuf *out, const Index *index)
{
    static const char *const sorts[] = {"", " asc", " desc"};
    static const char *const nulls[] = {"", " nulls first", " nulls last"};
    static const char *const methods[] = {"btree",  "hash", "gist", "gin",
                                          "spgist", "brin", "other"};
    strbuf_printf(out, "  %s %s %s (", index->kind == INDEX_UNIQUE ? "unique" : "index",
                  index->name->text, methods[index->method]);
    for (size_t i = 0; i < index->parts.count; i++) {
        const IndexPart *part = &index->parts.items[i];
        strbuf_printf(out, "%s%s%s%s", i > 0 ? "," : "", part->column->name->text,
                      sorts[part->sort], nulls[part->nulls]);
        if (!part->operator_class_is_default) {
            strbuf_printf(out, " %s", part->operator_class->text);
        }
        if (part->collation != NULL) {
            strbuf_printf(out, " collate %s", part->collation->text);
        }
    }
    strbuf_char(out, ')');
    if (index->include.count > 0) {
        strbuf_add(out, " include ");
        print_names(out, index->include.items, index->include.count);
    }
    if (index->predicate != NULL) {
        strbuf_printf(out, " where %s", index->predicate_canonical->text);
    }
    strbuf_printf(out, "%s%s%s%s\n", index->is_constraint ? " constraint" : "",
                  index->deferrable ? " deferrable" : "",
                  index->nulls_not_distinct ? " nulls not distinct" : "",
                  index->valid ? "" : " invalid");
}

static void print_foreign_key(StrBuf *out, const ForeignKey *key)
{
    static const char *const actions[] = {"no action", "restrict", "cascade", "set null",
                                          "set default"};
    strbuf_printf(out, "  fk %s ", key->name->text);
    print_names(out, key->columns.items, key->columns.count);
    strbuf_printf(out, " -> %s.%s ", key->referenced->schema->text, key->referenced->name->text);
    print_names(out, key->referenced_columns.items, key->referenced_columns.count);
    strbuf_printf(out, " %s/%s%s%s%s\n", actions[key->on_delete], actions[key->on_update],
                  key->deferrable ? " deferrable" : "", key->initially_deferred ? " deferred" : "",
                  key->valid ? "" : " not valid");
}

static void print_table(StrBuf *out, const Table *table)
{
    strbuf_printf(out, "table %s.%s%s%s%s\n", table->schema->text, table->name->text,
                  table->is_partitioned ? " partitioned" : "", table->is_join_table ? " join" : "",
                  table->has_row_security ? " row security" : "");
    vec_each(Column *, at, &table->columns) {
        print_column(out, *at);
    }
    if (table->primary_key != NULL) {
        strbuf_printf(out, "  pk %s ", table->primary_key->name->text);
        print_names(out, table->primary_key->columns.items, table->primary_key->columns.count);
        strbuf_char(out, '\n');
    }
    vec_each(Index *, at, &table->indexes) {
        print_index(out, *at);
    }
    vec_each(ForeignKey *, at, &table->foreign_keys) {
        print_foreign_key(out, *at);
    }
}

/* Definitions differ between server versions in spelling: whether there is one is enough. */
static void print_opaque(StrBuf *out, const Opaque *opaque)
{
    cr_assert_not_null(opaque->definition, "%s", opaque->name->text);
    cr_assert_gt(opaque->definition->len, 0, "%s", opaque->name->text);
    strbuf_printf(out, "%s %s.%s", opaque_word(opaque->kind), opaque->schema->text,
                  opaque->name->text);
    vec_each(Table *, at, &opaque->tables) {
        strbuf_printf(out, " table %s", (*at)->name->text);
    }
    vec_each(Column *, at, &opaque->columns) {
        strbuf_printf(out, " column %s.%s", (*at)->table->name->text, (*at)->name->text);
    }
    vec_each(Table *, at, &opaque->keyed) {
        strbuf_printf(out, " key %s", (*at)->name->text);
    }
    vec_each(EnumType *, at, &opaque->enums) {
        strbuf_printf(out, " enum %s", (*at)->name->text);
    }
    strbuf_char(out, '\n');
}

static const char *print_catalog(const Bench *bench, const Catalog *catalog)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(EnumType *, at, &catalog->enums) {
        strbuf_printf(&out, "enum %s.%s", (*at)->schema->text, (*at)->name->text);
        vec_each(Name, value, &(*at)->values) {
            strbuf_printf(&out, " '%s'", (*value)->text);
        }
        strbuf_char(&out, '\n');
    }
    vec_each(Table *, at, &catalog->tables) {
        print_table(&out, *at);
    }
    vec_each(Opaque *, at, &catalog->opaque) {
        print_opaque(&out, *at);
    }
    return strbuf_take(&out, bench->arena);
}

static void assert_same_text(const char *got, const char *wanted)
{
    if (strcmp(got, wanted) != 0) {
        fprintf(stderr, "--- got\n%s--- wanted\n%s---\n", got, wanted);
    }
    cr_assert(strcmp(got, wanted) == 0, "the catalog is not as expected");
}

static void expect(Bench *bench, const LoadOptions *options, const char *wanted)
{
    Catalog *catalog = NULL;
    if (!catalog_load(bench->session, options, bench->names, bench->diags, &catalog)) {
        fail_with_diagnostics(bench, "load");
    }
    canon_catalog(catalog);
    const char *got = print_catalog(bench, catalog);
    catalog_free(catalog);
    assert_same_text(got, wanted);
}

/* --- cases --------------------------------------------------------------------------------------
 */

Test(load, nothing)
{
    Bench bench = open_bench("live_load_nothing");
    expect(&bench, &(LoadOptions){.with_opaque = true}, "");
    run(&bench, "DROP SCHEMA public");
    expect(&bench, &(LoadOptions){.with_opaque = true}, "");
    close_bench(&bench);
}

Test(load, types_and_defaults)
{
    Bench bench = open_bench("live_load_types");
    run(&bench,
        "CREATE SCHEMA other; CREATE TYPE other.e AS ENUM ('a');"
        "CREATE TYPE \"E\" AS ENUM ('x', 'it''s', 'ünï'); CREATE TYPE empty AS ENUM ();"
        "CREATE DOMAIN email AS text; CREATE TYPE pair AS (a int, b text); CREATE SEQUENCE hand;"
        "CREATE TABLE row_type (i int);"
        "CREATE TABLE t (i2 smallint, i4 int, i8 bigint, o oid, n numeric, n5 numeric(5), n52"
        " numeric(5,2), m money, f4 real, f8 double precision, b bool, tx text, vc varchar, vc5"
        " varchar(5), c char, c5 char(5), bc bpchar, ic \"char\", bt bit, bt3 bit(3), vb varbit,"
        " vb3 varbit(3), u uuid, x xml, inet inet, ts timestamp, ts3 timestamp(3), tz timestamptz,"
        " tz0 timestamptz(0), d date, ti time, ti3 time(3), tt timetz, j json, jb jsonb, by bytea,"
        " e \"E\", ea \"E\"[], oe other.e, oea other.e[], em empty, dm email, dma email[], p pair,"
        " rt row_type, iv interval, iv3 interval(3), ta text[], taa text[][], vca varchar(5)[],"
        " pt point, cid cidr, v int2vector, na name, dropped int,"
        " s serial, bs bigserial, h int DEFAULT nextval('hand'),"
        " ida int GENERATED ALWAYS AS IDENTITY, idb bigint GENERATED BY DEFAULT AS IDENTITY,"
        " g int GENERATED ALWAYS AS (i4 * 2) STORED, co text COLLATE \"C\","
        " dn timestamp DEFAULT now(), de \"E\" DEFAULT 'it''s', dl \"E\"[] DEFAULT '{x}',"
        " doe other.e DEFAULT 'a', dx int DEFAULT 1 + 1, dnull text DEFAULT NULL);"
        "ALTER TABLE t DROP COLUMN dropped;");
    expect(&bench, NULL,
           "enum public.E 'x' 'it's' 'ünï'\nenum public.empty\n"
           "table public.row_type\n  i INTEGER\n"
           "table public.t\n"
           "  i2 SMALLINT\n  i4 INTEGER\n  i8 BIGINT\n  o OID\n  n DECIMAL\n  n5 DECIMAL(5,0)\n"
           "  n52 DECIMAL(5,2)\n  m MONEY\n  f4 REAL\n  f8 DOUBLE PRECISION\n  b BOOLEAN\n"
           "  tx TEXT\n  vc VARCHAR\n  vc5 VARCHAR(5)\n  c CHAR(1)\n  c5 CHAR(5)\n  bc CHAR\n"
           "  ic CHAR\n  bt BIT(1)\n  bt3 BIT(3)\n  vb VARBIT\n  vb3 VARBIT(3)\n  u UUID\n"
           "  x XML\n  inet INET\n  ts TIMESTAMP\n  ts3 TIMESTAMP(3)\n  tz TIMESTAMPTZ\n"
           "  tz0 TIMESTAMPTZ(0)\n  d DATE\n  ti TIME\n  ti3 TIME(3)\n  tt TIMETZ\n  j JSON\n"
           "  jb JSONB\n  by BYTEA\n  e enum public.E\n  ea enum public.E[]\n  oe ~other.e\n"
           "  oea ~other.e[]\n  em enum public.empty\n  dm ~email\n  dma ~email[]\n  p ~pair\n"
           "  rt ~row_type\n  iv ~interval\n  iv3 ~interval(3)\n  ta TEXT[]\n  taa TEXT[]\n"
           "  vca VARCHAR(5)[]\n  pt ~point\n  cid ~cidr\n  v ~int2vector\n  na ~name\n"
           "  s INTEGER NOT NULL = sequence public.t_s_seq owned\n"
           "  bs BIGINT NOT NULL = sequence public.t_bs_seq owned\n"
           "  h INTEGER = sequence public.hand\n"
           "  ida INTEGER NOT NULL = sequence public.t_ida_seq owned identity always\n"
           "  idb BIGINT NOT NULL = sequence public.t_idb_seq owned identity by default\n"
           "  g INTEGER generated (i4 * 2)\n  co TEXT collate C\n  dn TIMESTAMP = now\n"
           "  de enum public.E = value 'it''s'\n  dl enum public.E[] = list {'x'}\n"
           "  doe ~other.e = expression 'a'\n  dx INTEGER = expression (1 +:int4 1)\n"
           "  dnull TEXT\n");
    close_bench(&bench);
}

Test(load, keys_and_indexes)
{
    Bench bench = open_bench("live_load_keys");
    run(&bench,
        "CREATE TABLE parent (a int, b int, c text, CONSTRAINT \"parent pk\" PRIMARY KEY (b, a),"
        " d text, CONSTRAINT parent_c_key UNIQUE (c), UNIQUE (d) DEFERRABLE);"
        "CREATE TABLE child (id int PRIMARY KEY, x int, y int, t text, j jsonb, ts timestamp);"
        "ALTER TABLE child ADD CONSTRAINT z_fk FOREIGN KEY (x, y) REFERENCES parent (b, a)"
        " ON DELETE CASCADE ON UPDATE SET DEFAULT DEFERRABLE INITIALLY DEFERRED;"
        "ALTER TABLE child ADD CONSTRAINT a_fk FOREIGN KEY (t) REFERENCES parent (c)"
        " ON DELETE SET NULL ON UPDATE RESTRICT NOT VALID;"
        "ALTER TABLE child ADD CONSTRAINT self FOREIGN KEY (x) REFERENCES child;"
        "CREATE INDEX sorted ON child (x DESC, y ASC NULLS FIRST, ts DESC NULLS LAST);"
        "CREATE INDEX jpath ON child USING gin (j jsonb_path_ops);"
        "CREATE INDEX jdefault ON child USING gin (j);"
        "CREATE INDEX pattern ON child (t text_pattern_ops);"
        "CREATE INDEX hashed ON child USING hash (t);"
        "CREATE INDEX brinned ON child USING brin (ts);"
        "CREATE INDEX collated ON child (t COLLATE \"POSIX\");"
        "CREATE INDEX covering ON child (x) INCLUDE (y, t);"
        "CREATE UNIQUE INDEX partial ON child (x) WHERE t IN ('a', 'b');"
        "CREATE INDEX expr ON child (lower(t), x);"
        "CREATE TABLE _prisma_migrations (id int); CREATE TABLE _bellows_progress (id int);"
        "CREATE TABLE \"Spatial_Ref_Sys\" (id int);"
        "CREATE TABLE \"_aTob\" (\"A\" int NOT NULL REFERENCES child, \"B\" int NOT NULL"
        " REFERENCES child, CONSTRAINT \"_aTob_AB_pkey\" PRIMARY KEY (\"A\", \"B\"));"
        "CREATE INDEX \"_aTob_B_index\" ON \"_aTob\" (\"B\");");
    expect(&bench, NULL,
           "table public._aTob join\n  A INTEGER NOT NULL\n  B INTEGER NOT NULL\n"
           "  pk _aTob_AB_pkey (A,B)\n  index _aTob_B_index btree (B)\n"
           "  fk _aTob_A_fkey (A) -> public.child (id) no action/no action\n"
           "  fk _aTob_B_fkey (B) -> public.child (id) no action/no action\n"
           "table public.child\n  id INTEGER NOT NULL\n  x INTEGER\n  y INTEGER\n  t TEXT\n"
           "  j JSONB\n  ts TIMESTAMP\n  pk child_pkey (id)\n"
           "  index brinned brin (ts)\n  index collated btree (t collate POSIX)\n"
           "  index covering btree (x) include (y,t)\n  index hashed hash (t)\n"
           "  index jdefault gin (j)\n  index jpath gin (j jsonb_path_ops)\n"
           "  unique partial btree (x) where (\"t\" = ANY {'a','b'})\n"
           "  index pattern btree (t text_pattern_ops)\n"
           "  index sorted btree (x desc,y nulls first,ts desc nulls last)\n"
           "  fk a_fk (t) -> public.parent (c) set null/restrict not valid\n"
           "  fk self (x) -> public.child (id) no action/no action\n"
           "  fk z_fk (x,y) -> public.parent (b,a) cascade/set default deferrable deferred\n"
           "table public.parent\n  a INTEGER NOT NULL\n  b INTEGER NOT NULL\n  c TEXT\n"
           "  d TEXT\n  pk parent pk (b,a)\n  unique parent_c_key btree (c) constraint\n"
           "  unique parent_d_key btree (d) constraint deferrable\n");
    close_bench(&bench);
}

Test(load, opaque_objects)
{
    Bench bench = open_bench("live_load_opaque");
    run(&bench,
        "CREATE TYPE mood AS ENUM ('a', 'b');"
        "CREATE TABLE t (id int PRIMARY KEY, n int CHECK (n > 0), m mood, r int4range,"
        " CONSTRAINT ex EXCLUDE USING gist (r WITH &&), CONSTRAINT two CHECK (id < n));"
        "CREATE INDEX ex_i ON t (abs(n)); CREATE INDEX pa_i ON t (id) WHERE n > 0;"
        "CREATE FUNCTION f(a int, b text) RETURNS int LANGUAGE sql AS 'SELECT 1';"
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
        "CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';"
        "CREATE AGGREGATE agg (int) (SFUNC = int4pl, STYPE = int);"
        "CREATE TRIGGER tr BEFORE UPDATE OF n ON t FOR EACH ROW EXECUTE FUNCTION f();"
        "CREATE VIEW v AS SELECT id, m FROM t; CREATE MATERIALIZED VIEW mv AS SELECT n FROM t;"
        "CREATE RULE ru AS ON DELETE TO t DO INSTEAD NOTHING;"
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY;"
        "CREATE POLICY po ON t FOR SELECT TO PUBLIC USING (n > 1);"
        "CREATE DOMAIN d AS int DEFAULT 1 CHECK (VALUE > 0);"
        "CREATE TYPE comp AS (a int, b mood);"
        "CREATE SEQUENCE lone; CREATE SEQUENCE used; ALTER TABLE t ADD w int DEFAULT"
        " nextval('used');"
        "CREATE TABLE part (id int, k int) PARTITION BY RANGE (k);"
        "CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (10);"
        "CREATE TABLE base (id int); CREATE TABLE derived (x int) INHERITS (base);"
        "CREATE UNLOGGED TABLE unlogged (id int); CREATE TEMP TABLE temporary (id int);"
        "CREATE TABLE no_columns ();"
        "ALTER TABLE t ADD g int GENERATED ALWAYS AS (n * 2) STORED;"
        "CREATE STATISTICS st ON id, n FROM t;"
        "CREATE FUNCTION of_row(t) RETURNS int LANGUAGE sql AS 'SELECT 1';"
        "CREATE VIEW grouped AS SELECT id, n FROM t GROUP BY id;"
        "GRANT SELECT ON t TO PUBLIC; GRANT UPDATE (n) ON t TO PUBLIC; GRANT SELECT ON v TO PUBLIC;"
        "COMMENT ON TABLE t IS 'about t'; COMMENT ON COLUMN t.n IS 'about n';"
        "COMMENT ON TYPE mood IS 'about mood'; COMMENT ON INDEX ex_i IS 'about an index';");
    expect(&bench, &(LoadOptions){.with_opaque = true},
           "enum public.mood 'a' 'b'\n"
           "table public.base\n  id INTEGER\ntable public.derived\n  id INTEGER\n  x INTEGER\n"
           "table public.no_columns\ntable public.part partitioned\n  id INTEGER\n  k INTEGER\n"
           "table public.t row security\n  id INTEGER NOT NULL\n  n INTEGER\n  m enum public.mood\n"
           "  r ~int4range\n  w INTEGER = sequence public.used\n"
           "  g INTEGER generated (n * 2)\n  pk t_pkey (id)\n"
           "  index pa_i btree (id) where (\"n\" >:int4 0)\n"
           "table public.unlogged\n  id INTEGER\n"
           "check public.t_n_check table t column t.n\n"
           "check public.two table t column t.id column t.n\n"
           "exclusion public.ex table t column t.r\n"
           "trigger public.tr table t column t.n\n"
           "function public.agg(integer)\nfunction public.f()\n"
           "function public.f(a integer, b text)\nfunction public.of_row(t) table t\n"
           "function public.p()\n"
           "view public.grouped table t column t.id column t.n key t\n"
           "view public.v table t column t.id column t.m\n"
           "materialized view public.mv table t column t.n\n"
           "rule public.ru table t\n"
           "policy public.po table t column t.n\n"
           "row security public.t table t\n"
           "domain public.d\n"
           "composite type public.comp enum mood\n"
           "expression index public.ex_i table t column t.n\n"
           "partial index public.pa_i table t column t.id column t.n\n"
           "sequence public.lone\n"
           "generated column public.g table t column t.n\n"
           "statistics public.st table t column t.id column t.n\n"
           "privilege public.SELECT on v to PUBLIC\n"
           "privilege public.SELECT to PUBLIC table t\n"
           "privilege public.UPDATE (n) to PUBLIC table t column t.n\n"
           "comment public.type mood enum mood\n"
           "comment public.index ex_i table t\n"
           "comment public.n table t column t.n\n"
           "comment public.t table t\n");
    close_bench(&bench);
}

Test(load, names_of_every_shape)
{
    Bench bench = open_bench("live_load_names");
    run(&bench,
        "CREATE SCHEMA \"a.b \"\"c\"\"\"; SET search_path = \"a.b \"\"c\"\"\";"
        "CREATE TYPE \"e \"\"1\" AS ENUM ('v''1', '', 'new\nline');"
        "CREATE TABLE \"t.\"\"1\nline\" (\"c \"\"1\" serial PRIMARY KEY, \"ü,{}\\\" \"e \"\"1\""
        " DEFAULT 'v''1', \"\t\" text DEFAULT E'a''b\\n\\\\c', sq int DEFAULT 5);"
        "CREATE INDEX \"i \"\"x\" ON \"t.\"\"1\nline\" (\"ü,{}\\\", \"\t\") WHERE \"\t\" <> '''';");
    Name schema = intern_cstr(bench.names, "a.b \"c\"");
    LoadOptions options = {.schemas = &schema, .schema_count = 1, .default_schema = schema};
    expect(&bench, &options,
           "enum a.b \"c\".e \"1 'v'1' '' 'new\nline'\n"
           "table a.b \"c\".t.\"1\nline\n"
           "  c \"1 INTEGER NOT NULL = sequence a.b \"c\".t.\"1\nline_c \"1_seq owned\n"
           "  ü,{}\\ enum a.b \"c\".e \"1 = value 'v''1'\n"
           "  \t TEXT = value 'a''b\n\\c'\n"
           "  sq INTEGER = value 5\n"
           "  pk t.\"1\nline_pkey (c \"1)\n"
           "  index i \"x btree (ü,{}\\,\t) where (\"\t\" <> '''')\n");
    close_bench(&bench);
}

Test(load, several_schemas_and_the_default_one)
{
    Bench bench = open_bench("live_load_schemas");
    run(&bench, "CREATE SCHEMA b; CREATE SCHEMA \"A\"; CREATE TYPE b.mood AS ENUM ('x');"
                "CREATE TABLE \"A\".t (id int PRIMARY KEY, m b.mood DEFAULT 'x', s int);"
                "CREATE TABLE b.t (id serial PRIMARY KEY, a int REFERENCES \"A\".t);"
                "CREATE TABLE public.t (id int);");
    Name schemas[] = {intern_cstr(bench.names, "b"), intern_cstr(bench.names, "A"),
                      intern_cstr(bench.names, "not there")};
    LoadOptions options = {.schemas = schemas, .schema_count = 3};
    expect(&bench, &options,
           "enum b.mood 'x'\n"
           "table A.t\n  id INTEGER NOT NULL\n  m enum b.mood = value 'x'\n  s INTEGER\n"
           "  pk t_pkey (id)\n"
           "table b.t\n  id INTEGER NOT NULL = sequence b.t_id_seq owned\n  a INTEGER\n"
           "  pk t_pkey (id)\n  fk t_a_fkey (a) -> A.t (id) no action/no action\n");
    options.schema_count = 1;
    Catalog *catalog = NULL;
    cr_assert(!catalog_load(bench.session, &options, bench.names, bench.diags, &catalog));
    cr_assert_eq(bench.diags->items.count, 1);
    cr_assert_eq(bench.diags->items.items[0]->code, DIAG_FOREIGN_SCHEMA);
    cr_assert_not_null(strstr(bench.diags->items.items[0]->message, "A.t"));
    close_bench(&bench);
}

typedef struct Alone {
    OpaqueKind kind;
    const char *make, *unmake;
} Alone;

static bool finds(const Bench *bench, OpaqueKind kind)
{
    Catalog *catalog = NULL;
    bool found = false;
    if (!catalog_load(bench->session, &(LoadOptions){.with_opaque = true}, bench->names,
                      bench->diags, &catalog)) {
        fail_with_diagnostics(bench, "load");
    }
    vec_each(Opaque *, at, &catalog->opaque) {
        found = found || (*at)->kind == kind;
    }
    catalog_free(catalog);
    return found;
}

/* Opaque objects are read only where something says that there are any: each has to say so alone.
 */
Test(load, one_opaque_object_is_enough)
{
    static const Alone alone[] = {
        {OPAQUE_CHECK, "ALTER TABLE t ADD CONSTRAINT x CHECK (n > 0)",
         "ALTER TABLE t DROP CONSTRAINT x"},
        {OPAQUE_EXCLUSION, "ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (r WITH &&)",
         "ALTER TABLE t DROP CONSTRAINT x"},
        {OPAQUE_TRIGGER, "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION o.f()",
         "DROP TRIGGER x ON t"},
        {OPAQUE_FUNCTION, "CREATE FUNCTION x() RETURNS int LANGUAGE sql AS 'SELECT 1'",
         "DROP FUNCTION x"},
        {OPAQUE_VIEW, "CREATE VIEW x AS SELECT n FROM t", "DROP VIEW x"},
        {OPAQUE_MATERIALIZED_VIEW, "CREATE MATERIALIZED VIEW x AS SELECT n FROM t",
         "DROP MATERIALIZED VIEW x"},
        {OPAQUE_RULE, "CREATE RULE x AS ON UPDATE TO t DO INSTEAD NOTHING", "DROP RULE x ON t"},
        {OPAQUE_POLICY, "CREATE POLICY x ON t USING (true)", "DROP POLICY x ON t"},
        {OPAQUE_ROW_SECURITY, "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
         "ALTER TABLE t DISABLE ROW LEVEL SECURITY"},
        {OPAQUE_DOMAIN, "CREATE DOMAIN x AS int", "DROP DOMAIN x"},
        {OPAQUE_COMPOSITE_TYPE, "CREATE TYPE x AS (a int)", "DROP TYPE x"},
        {OPAQUE_EXPRESSION_INDEX, "CREATE INDEX x ON t ((n + 1))", "DROP INDEX x"},
        {OPAQUE_PARTIAL_INDEX, "CREATE INDEX x ON t (n) WHERE n > 0", "DROP INDEX x"},
        {OPAQUE_SEQUENCE, "CREATE SEQUENCE x", "DROP SEQUENCE x"},
        {OPAQUE_GENERATED_COLUMN, "ALTER TABLE t ADD x int GENERATED ALWAYS AS (n * 2) STORED",
         "ALTER TABLE t DROP x"},
        {OPAQUE_STATISTICS, "CREATE STATISTICS x ON n, r FROM t", "DROP STATISTICS x"},
        {OPAQUE_PRIVILEGE, "GRANT SELECT (n) ON t TO PUBLIC", "REVOKE SELECT (n) ON t FROM PUBLIC"},
        {OPAQUE_PRIVILEGE, "GRANT SELECT ON t TO PUBLIC", "REVOKE SELECT ON t FROM PUBLIC"},
        {OPAQUE_PRIVILEGE, "GRANT SELECT ON SEQUENCE t_id_seq TO PUBLIC",
         "REVOKE SELECT ON SEQUENCE t_id_seq FROM PUBLIC"},
        {OPAQUE_COMMENT, "COMMENT ON TABLE t IS 'x'", "COMMENT ON TABLE t IS NULL"},
    };
    Bench bench = open_bench("live_load_alone");
    run(&bench, "CREATE SCHEMA o; CREATE TYPE e AS ENUM ('a');"
                "CREATE FUNCTION o.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
                "CREATE TABLE t (id serial PRIMARY KEY, n int, r int4range)");
    for (size_t i = 0; i < lengthof(alone); i++) {
        cr_assert(!finds(&bench, alone[i].kind), "before: %s", alone[i].make);
        run(&bench, alone[i].make);
        cr_assert(finds(&bench, alone[i].kind), "not found: %s", alone[i].make);
        run(&bench, alone[i].unmake);
    }
    close_bench(&bench);
}

Test(load, a_role_without_rights_sees_everything)
{
    Bench bench = open_bench("live_load_rights");
    ServerError ignored;
    (void)!session_control(bench.session, "DROP ROLE live_load_nobody", &ignored);
    run(&bench, "CREATE TABLE t (id serial PRIMARY KEY, n int DEFAULT 1);"
                "CREATE VIEW v AS SELECT n FROM t;"
                "CREATE SUBSCRIPTION live_load_nobodys CONNECTION 'dbname=none' PUBLICATION x "
                "WITH (connect = false, slot_name = NONE);"
                "CREATE ROLE live_load_nobody; REVOKE ALL ON SCHEMA public FROM PUBLIC;"
                "SET ROLE live_load_nobody");
    expect(
        &bench,
        &(LoadOptions){.with_opaque = true, .default_schema = intern_cstr(bench.names, "public")},
        "table public.t\n  id INTEGER NOT NULL = sequence public.t_id_seq owned\n"
        "  n INTEGER = value 1\n  pk t_pkey (id)\n"
        "view public.v table t column t.n\n");
    Catalog *whole = NULL;
    bool seen = false;
    if (!catalog_load(bench.session, &(LoadOptions){.with_opaque = true, .complete = true},
                      bench.names, bench.diags, &whole)) {
        fail_with_diagnostics(&bench, "a comparison is refused");
    }
    vec_each(Opaque *const, at, &whole->opaque) {
        seen = seen || ((*at)->kind == OPAQUE_SUBSCRIPTION &&
                        strcmp((*at)->name->text, "live_load_nobodys") == 0);
    }
    cr_expect(seen, "the subscription is not seen");
    catalog_free(whole);
    run(&bench, "RESET ROLE; DROP SUBSCRIPTION live_load_nobodys; DROP ROLE live_load_nobody");
    close_bench(&bench);
}

Test(load, settings_of_the_session_do_not_matter_and_stay)
{
    Bench bench = open_bench("live_load_settings");
    run(&bench, "CREATE TABLE t (a timestamptz DEFAULT '2020-01-01 00:00:00+00', b bytea DEFAULT"
                " '\\x61', c interval DEFAULT '1 day 2 hours');"
                "SET timezone = 'Asia/Tokyo'; SET datestyle = 'SQL, DMY'; SET bytea_output ="
                " 'escape'; SET intervalstyle = 'iso_8601'; SET quote_all_identifiers = on;"
                "SET search_path = pg_catalog");
    expect(&bench, &(LoadOptions){.default_schema = intern_cstr(bench.names, "public")},
           "table public.t\n  a TIMESTAMPTZ = value '2020-01-01 00:00:00'\n"
           "  b BYTEA = value '\\x61'\n  c ~interval = expression '0m1d7200s'\n");
    Result *result = NULL;
    ServerError error;
    cr_assert(session_ask_there(bench.session, (Query){"SHOW timezone", NULL, 0}, &error, &result));
    cr_assert_str_eq(result_text(result, 0, 0), "Asia/Tokyo");
    result_free(result);
    cr_assert(!session_in_transaction(bench.session));
    close_bench(&bench);
}

Test(load, version_dependent_facts)
{
    Bench bench = open_bench("live_load_versions");
    int version = session_server_version(bench.session);
    run(&bench, "CREATE TABLE t (a int, b int)");
    if (version >= 150000) {
        run(&bench, "CREATE UNIQUE INDEX u ON t (a) NULLS NOT DISTINCT");
    } else {
        run(&bench, "CREATE UNIQUE INDEX u ON t (a)");
    }
    if (version >= 180000) {
        run(&bench, "ALTER TABLE t ADD c int GENERATED ALWAYS AS (a + b)");
    }
    const char *wanted = arena_printf(
        bench.arena, "table public.t\n  a INTEGER\n  b INTEGER\n%s  unique u btree (a)%s\n",
        version >= 180000 ? "  c INTEGER generated virtual (a + b)\n" : "",
        version >= 150000 ? " nulls not distinct" : "");
    expect(&bench, NULL, wanted);
    close_bench(&bench);
}
