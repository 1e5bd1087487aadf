/*
 * conversions.h - how a value of one type is written as a value of another, where the plan writes
 * it itself: into a second column, or into one that takes the place of the first.
 *
 * The direct strategy leaves it to ALTER COLUMN ... TYPE and makes a column anew where the
 * reference does (casts.h). Here no value is given up that can be kept: what is a number as text
 * becomes a number, one value the only one of a list. Pure. Source of the rules: the server's casts
 * (manual, "CREATE CAST"): every type is assigned to a text type, and read from text by its input
 * function.
 */
#ifndef BELLOWS_COMPILER_PLAN_STEPS_CONVERSIONS_H
#define BELLOWS_COMPILER_PLAN_STEPS_CONVERSIONS_H

#include "base/strbuf.h"
#include "compiler/catalog/catalog.h"

typedef enum Conversion {
    CONVERSION_NONE,          /* no value can become one: the values are lost */
    CONVERSION_ASSIGNED,      /* the server assigns it */
    CONVERSION_CAST,          /* the server casts it where that is asked for */
    CONVERSION_BY_TEXT,       /* read from its text */
    CONVERSION_BY_INTEGER,    /* true is 1 */
    CONVERSION_OF_JSON,       /* what a JSON number, string or truth says, read from its text */
    CONVERSION_UTC,           /* a time without zone is UTC */
    CONVERSION_LIST_OF_ONE,   /* NULL stays NULL */
    CONVERSION_FIRST_OF_LIST, /* what a list holds behind its first is lost */
    CONVERSION_TO_JSON,       /* a list as a JSON array, another value as the JSON that says it */
} Conversion;

Conversion conversion_between(const ColumnType *from, const ColumnType *to);

/* May there be values that have no counterpart? They are refused then, never changed. */
bool conversion_may_refuse(const ColumnType *from, const ColumnType *to);

/* What of a session has a say in it, set as clauses of a function that runs in any program's: the
 * values of one column are written in one way, times in UTC. Empty where nothing has. */
const char *conversion_settings(const ColumnType *from, const ColumnType *to);

/* The SQL of it over the column `name`, the types written as `catalog` says. */
void conversion_write(StrBuf *out, const Catalog *catalog, Name name, const ColumnType *from,
                      const ColumnType *to);

#endif
