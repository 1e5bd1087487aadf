/*
 * hazard.h - what a plan endangers: data, running programs, availability; rows of hazards.def.
 *
 * The compiler is pure, so a hazard that depends on data says what to count; the runtime counts
 * (hazard_query) and fills `rows` and `values`, and a hazard that the counts clear is dropped.
 */
#ifndef BELLOWS_COMPILER_PLAN_STEPS_HAZARD_H
#define BELLOWS_COMPILER_PLAN_STEPS_HAZARD_H

#include "base/arena.h"
#include "base/common.h"
#include "compiler/catalog/catalog.h"

typedef enum HazardLevel {
    HAZARD_LOSES_DATA, /* needs consent: --accept-data-loss, or an answer */
    HAZARD_FAILS,      /* the script cannot succeed on the data there is */
    HAZARD_BLOCKS,     /* readers or writers wait while a scan or rewrite runs */
    HAZARD_BREAKS,     /* a program version that may be alive stops working */
    HAZARD_NOTE,       /* worth a reviewer's eye */
} HazardLevel;

typedef enum HazardCode {
#define HAZARD(id, slug, level, counts, programs, summary, remedy, look) id,
#include "compiler/plan/steps/hazards.def"
#undef HAZARD
    HAZARD_CODE_COUNT
} HazardCode;

/* What clears a hazard when it is counted on live data. */
typedef enum HazardCount {
    COUNTS_NOTHING,    /* data cannot clear it */
    COUNTS_ROWS,       /* cleared by an empty table */
    COUNTS_VALUES,     /* cleared when no row has a non-null value in the column */
    COUNTS_NULLS,      /* cleared when no row has a null in the column */
    COUNTS_ORPHANS,    /* cleared unless rows without a counterpart were counted */
    COUNTS_DUPLICATES, /* cleared unless keys that several rows share were counted */
} HazardCount;

typedef struct HazardRow {
    const char *slug;
    HazardLevel level;
    HazardCount counts;
    bool parts_programs; /* only one of the two works before it, only the other behind it */
    const char *summary;
    const char *remedy; /* what to do about it, with holes: hazard_remedy */
    const char *look;   /* SQL that shows it, likewise; "": what is counted, if anything is */
} HazardRow;

enum { HAZARD_UNCOUNTED = -1 };

typedef struct Hazard {
    HazardCode code;
    const Table *table;
    const Column *column; /* in the source catalog where it exists, else in the wanted one */
    const EnumType *enum_type;
    const char *detail; /* "[a,b]", "`Text` to `VarChar(10)`"; NULL when there is none */
    const char *query;  /* what counts it, where the row's `counts` alone does not say; else NULL */
    const char *look;   /* SQL for people to look with; NULL: the row's */
    long long rows;     /* HAZARD_UNCOUNTED until the runtime has counted */
    long long values;   /* non-null values, nulls, orphans or keys, as the row's `counts` says */
    const char *sample; /* a few of the keys or values that were counted; NULL: not looked at */
    Origin origin;      /* where the change was written, or what it touches */
} Hazard;

typedef VEC(Hazard *) HazardList;

const HazardRow *hazard_row(HazardCode code);
/* By the name of its page; HAZARD_CODE_COUNT: there is none. */
HazardCode hazard_find(const char *slug);
const char *hazard_level_name(HazardLevel level);
/* One sentence for people, with counts where they are known. */
char *hazard_message(Arena *arena, const Hazard *hazard);
/* What to do, with the names of the plan. */
char *hazard_remedy(Arena *arena, const Catalog *catalog, const Hazard *hazard);
/* One statement for people to look with, without a semicolon; NULL: nothing is to be seen in a
 * database. */
char *hazard_look(Arena *arena, const Catalog *catalog, const Hazard *hazard);
/* `SELECT` that yields one row (rows, values) to fill the hazard; NULL when nothing is to be
 * counted. */
char *hazard_query(Arena *arena, const Catalog *catalog, const Hazard *hazard);
/* After counting: is there still a danger? */
bool hazard_stands(const Hazard *hazard);

#endif
