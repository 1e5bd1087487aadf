/* Where members and items of a JSON text stand. */
#include "base/common.h"

#include "base/text/json_place.h"

#include <criterion/criterion.h>
#include <string.h>

static JsonText json(const char *text)
{
    return (JsonText){text, strlen(text)};
}

/* The member's value as it is written; NULL where it is not found. */
static bool member_is(const char *text, const char *name, const char *value)
{
    size_t key = 0;
    size_t at = 0;
    const JsonText all = json(text);
    if (!json_member_at(all, json_value_at(all, 0), name, &key, &at)) {
        return value == NULL;
    }
    const size_t len = json_value_len(all, at);
    return value != NULL && len == strlen(value) && memcmp(text + at, value, len) == 0 &&
           text[key] == '"' && memcmp(text + key + 1, name, strlen(name)) == 0;
}

Test(json_place, members)
{
    cr_expect(member_is("{\"a\":1}", "a", "1"));
    cr_expect(member_is(" {\n \"a\" : [1, {\"b\": \"]\"}] ,\"b\":\"x\\\"}\"}", "b", "\"x\\\"}\""));
    cr_expect(member_is("{\"a\":{\"b\":1},\"b\":true }", "b", "true"),
              "not that of another object");
    cr_expect(member_is("{\"x\":[\"a\"],\"a\":{}}", "a", "{}"), "not an item of that text");
    cr_expect(member_is("{\"a\":{\"b\":1}}", "b", NULL));
    cr_expect(member_is("{}", "a", NULL));
    cr_expect(member_is("[\"a\"]", "a", NULL));
    cr_expect(member_is("{\"a\": ", "a", ""), "cut off");
    cr_expect(member_is("{\"a", "a", NULL), "cut off");
}

Test(json_place, items)
{
    static const char text[] = "[ \"a,]\", [1,2], {\"x\":[]} ,4]";
    static const char *const items[] = {"\"a,]\"", "[1,2]", "{\"x\":[]}", "4"};
    size_t at = 0;
    for (size_t i = 0; i < lengthof(items); i++) {
        cr_assert(json_item_at(json(text), 0, i, &at));
        cr_expect_eq(json_value_len(json(text), at), strlen(items[i]));
        cr_expect_eq(strncmp(text + at, items[i], strlen(items[i])), 0);
    }
    cr_expect_not(json_item_at(json(text), 0, lengthof(items), &at));
    cr_expect_not(json_item_at(json("{}"), 0, 0, &at));
    cr_expect_not(json_item_at(json("[]"), 0, 0, &at));
}
