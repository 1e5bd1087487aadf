/*
 * quote.h - names and texts for the runtime's own statements, where parameters cannot go.
 *
 * sql_write.h writes the quotes; here the result is a text in an arena.
 */
#ifndef BELLOWS_RUNTIME_SCRIPT_QUOTE_H
#define BELLOWS_RUNTIME_SCRIPT_QUOTE_H

#include "base/arena.h"
#include "base/common.h"

/* "name" */
char *quote_name(Arena *arena, const char *name);
/* "schema"."name", or "name" when `schema` is NULL. */
char *quote_qualified(Arena *arena, const char *schema, const char *name);
/* "text" as an element of an array's text */
char *quote_element(Arena *arena, const char *text);
/* 'text', NULL for NULL */
char *quote_text(Arena *arena, const char *text);

#endif
