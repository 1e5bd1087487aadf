/*
 * sql_write.h - identifiers, literals, types, lists in PostgreSQL's spelling: the only place a
 * quote is written.
 *
 * Identifiers are always quoted, and quotes inside them doubled (manual, "Lexical Structure").
 * Objects of the default schema are written without qualification.
 */
#ifndef BELLOWS_COMPILER_CATALOG_SQL_WRITE_H
#define BELLOWS_COMPILER_CATALOG_SQL_WRITE_H

#include "base/strbuf.h"
#include "compiler/catalog/catalog.h"

void sql_ident(StrBuf *out, Name name);
/* 'text' with quotes doubled; standard_conforming_strings is assumed on (the default since 9.1). */
void sql_string(StrBuf *out, const char *text, size_t len);
/* An item of an array's text `{"a","b"}`: quoted, so that nothing in it is a mark of the array's.
 * The text as a whole then goes through sql_string. */
void sql_array_item(StrBuf *out, Name item);
/* "schema"."name", or "name" when `schema` is the catalog's default schema or NULL. */
void sql_qualified(StrBuf *out, const Catalog *catalog, Name schema, Name name);
/* "a", "b" */
void sql_columns(StrBuf *out, Column *const *columns, size_t count, const char *separator);
/* VARCHAR(10)[], "Kind" */
void sql_type(StrBuf *out, const Catalog *catalog, const ColumnType *type);
/* The expression after DEFAULT; not for DEFAULT_NONE, DEFAULT_SEQUENCE, DEFAULT_OPAQUE. */
void sql_default(StrBuf *out, const Catalog *catalog, const Column *column);
const char *sql_index_method(const Index *index); /* "GIN"; "BTREE" */
const char *sql_action(ForeignKeyAction action);  /* "SET NULL" */

#endif
