/*
 * catalog_store_test.c - what is stored comes back whole; what was damaged does not come back.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/digest.h"
#include "compiler/canon/canon.h"
#include "compiler/catalog/catalog_print.h"
#include "compiler/replay/sql_replay.h"
#include "compiler/store/catalog_store.h"

static const char script[] =
    "CREATE TYPE mood AS ENUM ('sad', 'ok');"
    "CREATE DOMAIN short AS varchar(10) CHECK (VALUE <> '');"
    "CREATE TABLE a (id serial PRIMARY KEY, m mood DEFAULT 'ok', ms mood[] DEFAULT '{ok}', s short,"
    "  n numeric(10, 2) DEFAULT 0.5, at timestamptz DEFAULT now(), j jsonb DEFAULT '{}',"
    "  up text GENERATED ALWAYS AS (upper('x')) STORED, c text COLLATE \"C\", CHECK (n > 0),"
    "  UNIQUE NULLS NOT DISTINCT (n, at));"
    "CREATE TABLE b (id int GENERATED ALWAYS AS IDENTITY, a_id int REFERENCES a ON DELETE CASCADE"
    "  DEFERRABLE, EXCLUDE USING gist (int4range(a_id, id) WITH &&));"
    "CREATE INDEX part ON a (m DESC, c text_pattern_ops) INCLUDE (n) WHERE m = 'ok';"
    "CREATE INDEX expr ON a (lower(c));"
    "CREATE VIEW v AS SELECT m, count(*) FROM a GROUP BY m;"
    "COMMENT ON COLUMN a.m IS 'how'; GRANT SELECT ON a TO app;"
    "ALTER TABLE a ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON a USING (m = 'ok');";

static Catalog *make(Names *names)
{
    const Name schema = intern_cstr(names, "public");
    const SqlReplayOptions options = {.default_schema = schema, .server_version = 150000};
    SqlReplay *replay = sql_replay_new(names, &options);
    const bool ok = sql_replay_script(replay, "one", script, sizeof script - 1);
    cr_assert(ok, "%s", ok ? "" : sql_replay_finding(replay)->message);
    Catalog *catalog = sql_replay_finish(replay, &schema, 1);
    cr_assert_not_null(catalog);
    canon_catalog(catalog);
    sql_replay_free(replay);
    return catalog;
}

Test(catalog_store, what_is_stored_comes_back)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    Catalog *catalog = make(names);
    StrBuf bytes = strbuf_new(STRBUF_MAX), again = strbuf_new(STRBUF_MAX);
    StrBuf before = strbuf_new(STRBUF_MAX), after = strbuf_new(STRBUF_MAX);
    cr_assert(catalog_store(catalog, &bytes));
    Catalog *restored = catalog_restore(names, strbuf_text(&bytes), bytes.len);
    cr_assert_not_null(restored);
    catalog_print(&before, catalog);
    catalog_print(&after, restored);
    cr_expect_str_eq(strbuf_text(&before), strbuf_text(&after));
    cr_assert(catalog_store(restored, &again));
    cr_expect(bytes.len == again.len && memcmp(bytes.text, again.text, bytes.len) == 0,
              "stored again it is other bytes");
    catalog_free(catalog);
    catalog_free(restored);
    strbuf_dispose(&bytes);
    strbuf_dispose(&again);
    strbuf_dispose(&before);
    strbuf_dispose(&after);
    arena_free(arena);
}

Test(catalog_store, damaged_bytes_are_no_catalog)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    Catalog *catalog = make(names);
    StrBuf bytes = strbuf_new(STRBUF_MAX);
    cr_assert(catalog_store(catalog, &bytes));
    for (size_t i = 0; i < bytes.len; i += 97) {
        bytes.text[i] ^= 1;
        cr_expect_null(catalog_restore(names, bytes.text, bytes.len), "byte %zu", i);
        bytes.text[i] ^= 1;
    }
    cr_expect_null(catalog_restore(names, bytes.text, bytes.len - 1));
    cr_expect_null(catalog_restore(names, bytes.text, 10));
    cr_expect_null(catalog_restore(names, "", 0));
    catalog_free(catalog);
    strbuf_dispose(&bytes);
    arena_free(arena);
}

/* With a sum that fits: the reader itself has to look. */
Test(catalog_store, no_number_is_trusted)
{
    enum { HEAD = sizeof "bellows catalog 3\n" - 1, SUM = DIGEST_HEX_SIZE - 1 };
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    Catalog *catalog = make(names);
    StrBuf bytes = strbuf_new(STRBUF_MAX);
    char sum[DIGEST_HEX_SIZE];
    cr_assert(catalog_store(catalog, &bytes));
    for (size_t i = HEAD + SUM; i + 4 <= bytes.len; i += 4) {
        const char kept[4] = {bytes.text[i], bytes.text[i + 1], bytes.text[i + 2],
                              bytes.text[i + 3]};
        const unsigned char wrong[] = {0x00, 0x01, 0x7f, 0xff};
        memset(bytes.text + i, wrong[i / 4 % lengthof(wrong)], 4);
        digest_hex(bytes.text + HEAD + SUM, bytes.len - HEAD - SUM, sum);
        memcpy(bytes.text + HEAD, sum, SUM);
        catalog_free(catalog_restore(names, bytes.text, bytes.len));
        memcpy(bytes.text + i, kept, sizeof kept);
    }
    catalog_free(catalog);
    strbuf_dispose(&bytes);
    arena_free(arena);
}
