/*
 * fuzz_store.c - a stored catalog with any bytes changed, its sum made to fit.
 *
 * Promises: no crash; what comes back can be printed and stored again. The input says which bytes
 * change: a place of two bytes, and the byte.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <string.h>

#include "base/digest.h"
#include "compiler/canon/canon.h"
#include "compiler/catalog/catalog_print.h"
#include "compiler/replay/sql_replay.h"
#include "compiler/store/catalog_store.h"

static const char script[] =
    "CREATE TYPE mood AS ENUM ('sad', 'ok');"
    "CREATE TABLE a (id serial PRIMARY KEY, m mood DEFAULT 'ok', n numeric(10, 2) CHECK (n > 0));"
    "CREATE TABLE b (id int GENERATED ALWAYS AS IDENTITY UNIQUE, a_id int REFERENCES a);"
    "CREATE INDEX part ON a (m DESC) INCLUDE (n) WHERE m = 'ok';"
    "CREATE VIEW v AS SELECT m FROM a; COMMENT ON COLUMN a.m IS 'how';";

enum { HEAD = sizeof "bellows catalog 3\n" - 1, SUM = DIGEST_HEX_SIZE - 1, EDIT = 3 };

static void store(const World *world, StrBuf *bytes)
{
    const Name schema = intern_cstr(world->names, "public");
    const SqlReplayOptions options = {.default_schema = schema, .server_version = 150000};
    SqlReplay *replay = sql_replay_new(world->names, &options);
    FUZZ_DEMAND(sql_replay_script(replay, "one", script, sizeof script - 1), "the script");
    Catalog *catalog = sql_replay_finish(replay, &schema, 1);
    canon_catalog(catalog);
    FUZZ_DEMAND(catalog_store(catalog, bytes), "is not stored");
    catalog_free(catalog);
    sql_replay_free(replay);
}

void fuzz_one(const char *text, size_t len)
{
    World world = world_new();
    StrBuf bytes = strbuf_new(STRBUF_MAX), out = strbuf_new(STRBUF_MAX);
    char sum[DIGEST_HEX_SIZE];
    store(&world, &bytes);
    const size_t room = bytes.len - HEAD - SUM;
    for (size_t i = 0; i + EDIT <= len; i += EDIT) {
        const size_t place =
            ((size_t)(unsigned char)text[i] << 8 | (unsigned char)text[i + 1]) % room;
        bytes.text[HEAD + SUM + place] = text[i + 2];
    }
    digest_hex(bytes.text + HEAD + SUM, room, sum);
    memcpy(bytes.text + HEAD, sum, SUM);
    Catalog *catalog = catalog_restore(world.names, bytes.text, bytes.len);
    if (catalog != NULL) {
        catalog_print(&out, catalog);
        strbuf_reset(&out);
        FUZZ_DEMAND(catalog_store(catalog, &out), "cannot be stored again");
        catalog_free(catalog);
    }
    strbuf_dispose(&bytes);
    strbuf_dispose(&out);
    world_free(&world);
}
