/*
 * canon.h - one spelling for every value, so that comparing is comparing pointers and numbers.
 *
 * Both sides of a diff pass through canon_catalog before anything looks at them. Nothing that was
 * written is changed, because scripts repeat it; the `canonical` members beside it are filled in:
 *
 *   Default.canonical       VALUE, LIST, NOW, EXPRESSION, named SEQUENCE; NULL for no default, also
 *                           where the expression is NULL. Literal.canonical likewise.
 *   Index.predicate_canonical, Column.generated_canonical
 *   ColumnType.raw_canonical   of TYPE_OTHER
 *
 * Types are compared by column_type_equal (types.h), which knows that TIMESTAMP is TIMESTAMP(6) and
 * CHAR is CHAR(1). Defaults are compared by default_equal, whatever their kinds: dbgenerated("5")
 * may stay DEFAULT_EXPRESSION, for it is written as it stands, and equals the literal 5.
 *
 * Expressions go through PostgreSQL's own parser (libpg_query) and are printed from its tree
 * without casts, parentheses and case that carry no meaning. Equal texts mean the same; where
 * meaning is not certain the spelling stays. One thing is taken on trust: that no function of the
 * default schema bears the name of one in pg_catalog. Pure: same catalog in, same catalog out.
 * Idempotent.
 */
#ifndef BELLOWS_COMPILER_CANON_CANON_H
#define BELLOWS_COMPILER_CANON_CANON_H

#include "base/strbuf.h"
#include "compiler/catalog/catalog.h"

/* Fills every `canonical` member of the catalog and sets catalog->canonical. */
void canon_catalog(Catalog *catalog);

/* The same of one column that got another default. */
void canon_column(const Catalog *catalog, Column *column);
/* Of a table of the catalog, after a text has changed. */
void canon_column_again(const Catalog *catalog, Column *column);
void canon_index_again(Catalog *catalog, Index *index);

/*
 * The canonical text of the SQL expression `text` as the default of a column of type `type` (NULL:
 * none); the text itself, trimmed, when PostgreSQL's grammar refuses it. No column is known.
 */
Name canon_expression(Names *names, const char *text, const ColumnType *type);

/* The canonical text of a predicate over `table`. */
Name canon_predicate(const Catalog *catalog, const Table *table, const char *text);

/*
 * Reads a column default as the catalog prints it (pg_get_expr): literals, lists, now(), nextval()
 * become their kinds, NULL becomes DEFAULT_NONE, everything else DEFAULT_EXPRESSION. The result is
 * canonical and keeps `text`. `type`: whose default it is.
 */
Default canon_read_default(Catalog *catalog, const char *text, const ColumnType *type);

/* Is it surely an interval, of whole units? */
bool canon_interval_reads(const char *text);
/* Is the interval `text`, of whole units, the same as an `interval FIELDS` ("day to second(3)")?
 * False where that is not certain. */
bool canon_interval_keeps(const char *text, const char *fields);

/* As quote_ident writes it: in quotes where it has to be, for its letters or as a word of the
 * language. */
void canon_ident(StrBuf *out, Name name);

/* Do two defaults of one column mean the same? Both must be canonical. */
bool default_equal(const Default *a, const Default *b);

/* Are both literals of types of their own, and these differ? Their texts say nothing then: */
bool default_is_cast(const Column *before, const Column *after);
/* The literal stays what it is when the type of its column changes, and is cast when a row is
 * stored (PostgreSQL keeps `'2020-01-01 00:00:00'::timestamp` for a `date`). Does that come to the
 * wanted one? Not where it is uncertain, or a session's time zone decides. */
bool default_follows(const Column *before, const Column *after);

#endif
