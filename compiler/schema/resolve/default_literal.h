/*
 * default_literal.h - literals of `@default(...)`, in the one spelling the catalog keeps.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_RESOLVE_DEFAULT_LITERAL_H
#define BELLOWS_COMPILER_SCHEMA_RESOLVE_DEFAULT_LITERAL_H

#include "compiler/schema/resolve/resolve.h"

/* One value of the field's type (of one item, for a list); reports what does not fit. */
MUST_CHECK bool literal_read(Program *program, const Field *field, const AstExpr *expr,
                             Literal *ret_literal);

/* --- texts to texts; false when the input is not what it should be; nothing is reported --- */

/* "007" gives 7, "1.5e3" 1500, "1.50" stays: no leading zeros, no exponent, the scale kept. */
bool decimal_normalize(Names *names, const char *text, Name *ret_number);
/* RFC 3339 to `2020-01-01 00:00:00.123 +02:00`. */
bool datetime_normalize(Names *names, const char *text, Name *ret_datetime);
/* RFC 3339 to RFC 3339 as the client's programs expect it: `2020-01-01T00:00:00.123+02:00`. */
bool datetime_to_rfc3339(Names *names, const char *text, Name *ret_datetime);
/* Padded base64 to hexadecimal digits. */
bool base64_to_hex(Names *names, const char *text, size_t len, Name *ret_hex);
/* RFC 8259, nested at most 127 deep, numbers within the range of a double. */
bool json_is_valid(const char *text, size_t len);

#endif
