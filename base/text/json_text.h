/*
 * json_text.h - texts of others in JSON, files, and the document's text; jansson makes the rest.
 *
 * jansson refuses a string that is not UTF-8 and then leaves out the member it was for: here each
 * byte that is no part of a character becomes U+FFFD, all else stays as it is, and nothing is
 * dropped. (base/json_out.h, which streams, does the same.)
 */
#ifndef BELLOWS_BASE_TEXT_JSON_TEXT_H
#define BELLOWS_BASE_TEXT_JSON_TEXT_H

#include <jansson.h>

#include "base/common.h"
#include "base/strbuf.h"

/* A new string; null for NULL. */
json_t *json_text(const char *text);

/* Where a file's text begins: behind a byte order mark, which some editors write. */
size_t json_begin(const char *text, size_t len);
/* The value that a file holds; NULL: it is no JSON, and why (`ret_problem` may be NULL). */
json_t *json_of_file(const char *text, size_t len, json_error_t *ret_problem);

/* Appends the document, indented by two, members in the order of their making, and a line end. No
 * line of it is a workflow command to a CI service that reads it in a log. Takes `document`. */
void json_document(StrBuf *out, json_t *document);

#endif
