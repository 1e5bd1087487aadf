#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/text/xml_text.h"

typedef struct Row {
    const char *text, *written;
} Row;

Test(xml_text, no_text_leaves_its_place_or_makes_the_document_invalid)
{
    static const Row rows[] = {
        {"plain", "plain"},
        {"a < b && c > \"d\"", "a &lt; b &amp;&amp; c &gt; &quot;d&quot;"},
        {"two\nlines\t.", "two&#10;lines&#9;."},
        {"\x1b[31m", "\\x1b[31m"},
        {"]]>", "]]&gt;"},
        {"\xff", "\\xff"},
        {"caf\xc3\xa9", "caf\xc3\xa9"},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        StrBuf out = strbuf_new(STRBUF_MAX);
        xml_text(&out, rows[i].text);
        cr_assert_str_eq(strbuf_text(&out), rows[i].written);
        strbuf_dispose(&out);
    }
}
