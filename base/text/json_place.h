/*
 * json_place.h - where members and items of a JSON text stand, for messages about them.
 *
 * jansson reads JSON, and forgets where; the text is searched again for what a message is about. It
 * is known to be JSON. Offsets are of bytes; names are compared as they are written, so one with
 * escapes is not found. Source of the rules: RFC 8259.
 */
#ifndef BELLOWS_BASE_TEXT_JSON_PLACE_H
#define BELLOWS_BASE_TEXT_JSON_PLACE_H

#include "base/common.h"

typedef struct JsonText {
    const char *text;
    size_t len;
} JsonText;

/* The value at or behind `at`. */
size_t json_value_at(JsonText json, size_t at);
/* How many bytes the value that begins at `at` has. */
size_t json_value_len(JsonText json, size_t at);
/* The member `name` of the object at `at`: where its name begins, with the quote, and its value. */
MUST_CHECK bool json_member_at(JsonText json, size_t at, const char *name, size_t *ret_name,
                               size_t *ret_value);
/* The item `index` of the list at `at`. */
MUST_CHECK bool json_item_at(JsonText json, size_t at, size_t index, size_t *ret_value);

#endif
