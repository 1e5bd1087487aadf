/*
 * sql_write.h - every place of a script that a text can stand in, written in PostgreSQL's spelling:
 * the only file that writes a quote or begins a comment (tests/lint/banned).
 *
 * Identifiers are always quoted, and quotes inside them doubled (manual, "Lexical Structure").
 * Objects of the default schema are written without qualification: plain DDL, which follows the
 * path of whoever runs it. What must mean the same under every path is written with sql_everywhere.
 * Whatever a text holds, it cannot leave its place: docs/decisions/0020.
 */
#ifndef BELLOWS_COMPILER_CATALOG_SQL_WRITE_H
#define BELLOWS_COMPILER_CATALOG_SQL_WRITE_H

#include "base/strbuf.h"
#include "compiler/catalog/catalog.h"

void sql_ident(StrBuf *out, Name name);
void sql_ident_text(StrBuf *out, const char *text);
/* The same without quotes where the server would read the name unchanged, as the format has it in
 * some places. Not for names that may be key words. */
void sql_bare(StrBuf *out, Name name);
/* 'text' with quotes doubled, under standard_conforming_strings = on, which scripts run under. */
void sql_string(StrBuf *out, const char *text, size_t len);
/* An item of an array's text `{"a","b"}`: quoted, so that nothing in it is a mark of the array's.
 * The text as a whole then goes through sql_string. */
void sql_array_item(StrBuf *out, Name item);
/* $bellows$ text $bellows$, with a tag that the text does not hold. */
void sql_dollar(StrBuf *out, const char *text, size_t len);
/* Is the string one that sql_dollar has written? */
bool sql_is_dollar(const char *string, size_t len);
/* An expression, type or operator class that somebody wrote; a comment at its end gets a line end,
 * so that it hides nothing. Only what sql_fragment_fault (sql_scan.h) finds nothing against. */
void sql_fragment(StrBuf *out, const char *text, size_t len);

/* Comments. A line of its own each, shown as base/text/show.h says. */
void sql_line_comment(StrBuf *out, const char *text);
/* Statements behind dashes, to be uncommented by hand: every line of them, as it is. */
void sql_commented(StrBuf *out, const char *sql);
/* A block comment: begin, lines of it, end. */
void sql_comment_begin(StrBuf *out);
void sql_comment_line(StrBuf *out, const char *lead, const char *text);
void sql_comment_end(StrBuf *out);

/* Directives (docs/directives.md). Begins the line; the caller ends it with a line end. */
void sql_directive(StrBuf *out);
/* A name in a directive: in quotes, or as e"..." with escapes when it holds a line end. */
void sql_directive_name(StrBuf *out, Name name);
void sql_directive_qualified(StrBuf *out, const Catalog *catalog, Name schema, Name name);

/* "schema"."name", or "name" when `schema` is the catalog's default schema or NULL. */
void sql_qualified(StrBuf *out, const Catalog *catalog, Name schema, Name name);
/* The catalog without a default schema: every name that is written with it is qualified. Lives as
 * long as the catalog. */
Catalog sql_everywhere(const Catalog *catalog);
/* VARCHAR(10)[], "Kind" */
void sql_type(StrBuf *out, const Catalog *catalog, const ColumnType *type);
/* The expression after DEFAULT; not for DEFAULT_NONE, DEFAULT_SEQUENCE, DEFAULT_OPAQUE. */
void sql_default(StrBuf *out, const Catalog *catalog, const Column *column);
/* GIN, BTREE, bloom */
void sql_index_method(StrBuf *out, const Index *index);
const char *sql_action(ForeignKeyAction action); /* "SET NULL" */

#endif
