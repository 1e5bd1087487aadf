/*
 * fuzz.h - what every fuzz driver shares.
 *
 * A driver is one file: it defines fuzz_one, which takes any bytes and aborts (FUZZ_DEMAND) when a
 * promise is broken. With clang, libFuzzer finds the bytes; with any compiler, driver.c runs saved
 * ones, and mutations of them. Everything a run makes lives in its World.
 */
#ifndef BELLOWS_TESTS_FUZZ_H
#define BELLOWS_TESTS_FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "base/diag/diag.h"
#include "compiler/catalog/catalog.h"

/* Longer inputs find nothing that shorter ones do not. */
enum { FUZZ_INPUT_MAX = 1 << 16 };

typedef struct World {
    Arena *arena;
    Names *names;
    Sources *sources;
    Diagnostics *diags;
} World;

/* --- construction --- */

World world_new(void);
void world_free(World *world);

/* --- operations --- */

/* The driver's own. The bytes are not terminated. */
void fuzz_one(const char *text, size_t len);

/* The canonical catalog of a schema text; NULL when the text has errors. Free with catalog_free. */
Catalog *fuzz_catalog(World *world, const char *path, const char *text, size_t len);

/*
 * Another input like this one: lines leave, come twice, change places; words are exchanged for
 * others of the same text or of the schema language. Returns the new length, at most `max`. The
 * same `seed` gives the same bytes.
 */
size_t fuzz_mutate(char *text, size_t len, size_t max, unsigned seed);

#define FUZZ_DEMAND(condition, ...)                                                                \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: demanded: %s\n", __FILE__, __LINE__, #condition);              \
            fprintf(stderr, __VA_ARGS__);                                                          \
            fputc('\n', stderr);                                                                   \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

#endif
