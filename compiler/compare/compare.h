/*
 * compare.h - do two databases hold the same, as far as a dump of their schemas tells?
 *
 * The judge of drift. Unlike diff.h, which asks what the schema language can say and a plan can do,
 * this asks for everything: `pg_dump -s` of both, read by canon. Objects are paired by kind,
 * schema, table and name; what is compared are the rows of compare.def and opaque_kinds.def. Both
 * catalogs must be canonical, and complete (introspect/load/load.h) where more than the language's
 * own things is to be compared. Values are compared by meaning, never by spelling.
 *
 * Not different: the order of objects; the name of the deploying role; the versions of extensions
 * that nobody states; rights granted beyond the expected ones, which are an operator's business
 * and are noted; what `options` leaves out, which is counted. Kinds that one of the servers is too
 * old to know (`since` in opaque_kinds.def) are not compared.
 *
 * Differences live in `arena`, names in both catalogs.
 */
#ifndef BELLOWS_COMPILER_COMPARE_COMPARE_H
#define BELLOWS_COMPILER_COMPARE_COMPARE_H

#include "base/strbuf.h"
#include "compiler/catalog/catalog.h"

typedef enum DifferenceKind {
    DIFFERENCE_ADDED,   /* not expected */
    DIFFERENCE_MISSING, /* expected */
    DIFFERENCE_CHANGED,
} DifferenceKind;

typedef struct Difference {
    DifferenceKind kind;
    const char *word;    /* what differs: of a row */
    const char *title;   /* the same for people */
    Name schema;         /* NULL: belongs to none */
    Name relation;       /* the table it belongs to, or is; NULL: none */
    Name name;           /* the object; NULL: the table itself */
    bool is_fact;        /* a row of compare.def, not of opaque_kinds.def */
    bool is_revoke;      /* what one side has is that a right was taken away */
    Name expected, live; /* definitions short enough to be told; NULL otherwise */
} Difference;

typedef VEC(Difference) DifferenceList;

/* What a project does not want compared. A pattern is a name, `schema.name` or `table.name`; `*`
 * stands for any text, `?` for one byte. */
typedef struct CompareOptions {
    const char *const *kinds; /* words of rows; `privilege beyond`, `default privilege beyond` */
    size_t kind_count;
    const char *const *schemas; /* patterns of schemas' names */
    size_t schema_count;
    const char *const *patterns;
    size_t pattern_count;
    const char *bookkeeping;  /* a schema of another tool's records: left out, and nobody asked for
                                 it to be compared; or NULL */
    const Name *only_schemas; /* those that count; NULL: all that were read */
    size_t only_count;
    const char *const *stated_versions; /* extensions whose version counts */
    size_t stated_count;
} CompareOptions;

typedef struct Comparison {
    DifferenceList differences;
    DifferenceList beyond; /* rights granted beyond the expected ones */
    size_t left_out;       /* by the options */
} Comparison;

/* `options` may be NULL. */
Comparison compare_catalogs(Arena *arena, const Catalog *expected, const Catalog *live,
                            const CompareOptions *options);
/* Is it left out? Names may be NULL. */
bool compare_leaves_out(const CompareOptions *options, const char *word, Name schema, Name relation,
                        Name name);
/* Is there a row with that word? For configurations. */
bool compare_knows(const char *word);
/* "[-] Removed index `i` on table `t`", a line. */
void difference_print(StrBuf *out, const Difference *difference);

#endif
