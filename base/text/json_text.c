#include "base/common.h"

#include "base/text/json_text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

json_t *json_text(const char *text)
{
    if (text == NULL) {
        return json_null();
    }
    json_t *string = json_string(text); /* lint: json - the writer itself */
    if (string != NULL) {
        return string;
    }
    StrBuf mended = strbuf_new(STRBUF_MAX);
    for (size_t at = 0, len = strlen(text); at < len;) {
        int32_t codepoint = -1;
        const utf8proc_ssize_t bytes = utf8proc_iterate((const utf8proc_uint8_t *)text + at,
                                                        (utf8proc_ssize_t)(len - at), &codepoint);
        strbuf_addn(&mended, bytes > 0 ? text + at : "\xEF\xBF\xBD", bytes > 0 ? (size_t)bytes : 3);
        at += bytes > 0 ? (size_t)bytes : 1;
    }
    string = json_string(strbuf_text(&mended)); /* lint: json - the writer itself */
    strbuf_dispose(&mended);
    assert(string != NULL);
    return string;
}

size_t json_begin(const char *text, size_t len)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    const size_t mark = sizeof byte_order_mark - 1;
    return len >= mark && memcmp(text, byte_order_mark, mark) == 0 ? mark : 0;
}

json_t *json_of_file(const char *text, size_t len, json_error_t *ret_problem)
{
    const size_t begin = json_begin(text, len);
    return json_loadb(text + begin, len - begin, 0, ret_problem);
}

/* `##[` and `##vso[` can stand in strings only, where any character may be written by its number.
 */
static const char *next_command(const char *text)
{
    for (const char *at = strstr(text, "##"); at != NULL; at = strstr(at + 1, "##")) {
        const char *bracket = at + 2 + (strncmp(at + 2, "vso", 3) == 0 ? 3 : 0);
        if (*bracket == '[') {
            return bracket;
        }
    }
    return NULL;
}

void json_document(StrBuf *out, json_t *document)
{
    char *text = json_dumps(document, JSON_INDENT(2)); /* lint: json - the writer itself */
    assert(text != NULL);
    const char *at = text == NULL ? "null" : text;
    for (const char *bracket = next_command(at); bracket != NULL; bracket = next_command(at)) {
        strbuf_addn(out, at, (size_t)(bracket - at));
        strbuf_add(out, "\\u005b");
        at = bracket + 1;
    }
    strbuf_add(out, at);
    strbuf_char(out, '\n');
    free(text);
    json_decref(document);
}
