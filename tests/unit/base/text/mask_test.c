/* A password is in no text that is shown, however malformed what it stands in. */
#include "base/common.h"

#include "base/text/show.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/text/mask.h"

typedef struct Masked {
    const char *text, *shown;
} Masked;

static const Masked rows[] = {
    {"postgresql://u:s3cret@h:5432/d", "postgresql://u:***@h:5432/d"},
    {"postgre://u:s3cret@h/d", "postgre://u:***@h/d"},
    {"postgres://u:s3@cr/et#x?y@h/d", "postgres://u:***@h/d"},
    {"postgres://u:s3 c'r\"et@h/d", "postgres://u:***@h/d"},
    {"postgres://u:s3cret", "postgres://u:***"},
    {"postgres://u:s3/cret", "postgres://u:***"},
    {"postgres://h:5432/d", "postgres://h:5432/d"},
    {"postgres://h:5432,i:5433/d?a=b", "postgres://h:5432,i:5433/d?a=b"},
    {"postgres://[::1]:5432/d", "postgres://[::1]:5432/d"},
    {"postgres://u:12/cret@h/d", "postgres://u:***@h/d"},
    {"postgres://h/d?user=u&password=s3cret&x=y", "postgres://h/d?user=u&password=***&x=y"},
    {"prisma+postgres://h/?api_key=s3cret", "prisma+postgres://h/?api_key=***"},
    {"cannot read `mysql://u:s3cret@h/d` now", "cannot read `mysql://u:***@h/d` now"},
    {"  url = \"postgres://u:s3cret@h/d\" // x", "  url = \"postgres://u:***@h/d\" // x"},
    {"DATABASE_URL=postgres://u:s3cret@h/d", "DATABASE_URL=postgres://u:***@h/d"},
    {"envv(\"postgres://u:s3 c'r\"et@h/d\")", "envv(\"postgres://u:***@h/d\")"},
    {"u:s3cret@h/d", "u:***@h/d"},
    {"host=h password=s3cret dbname=d", "host=h password=*** dbname=d"},
    {"host=h Password = 's3 cret' dbname=d", "host=h Password = '***' dbname=d"},
    {"PGPASSWORD=s3cret psql", "PGPASSWORD=*** psql"},
    {"CREATE ROLE x PASSWORD 's3cret';", "CREATE ROLE x PASSWORD '***';"},
    {"a://b:c@d and e://f:g@h", "a://b:***@h"},
    {"write `postgresql://user:password@host:5432/database`",
     "write `postgresql://user:password@host:5432/database`"},
    {"password authentication failed for user \"u\"",
     "password authentication failed for user \"u\""},
    {"ALTER COLUMN \"password\" TYPE TEXT", "ALTER COLUMN \"password\" TYPE TEXT"},
    {"https://h:8080/@scope/x", "https://h:8080/@scope/x"},
    {"https://u:s3cret@h/x", "https://u:***@h/x"},
    {"schema.prisma:12", "schema.prisma:12"},
    {"  url = \"me:s3cret@h/d\" // x", "  url = \"me:***@h/d\" // x"},
    {"found [\"postgres:/u:s3cret@h\"]", "found [\"postgres:***@h\"]"},
    {"@relation(fields: [a], references: [b]) @x", "@relation(fields: [a], references: [b]) @x"},
    {"a: Int @id", "a: Int @id"},
    {"name String @map(\"x:y\")", "name String @map(\"x:y\")"},
    {"`--url=postgres://u: s3cret@h/d`", "`--url=postgres://u:***@h/d`"},
    {"x=postgres://u:\"s3cret@h/d now", "x=postgres://u:***@h/d now"},
    {"x=postgres://u:12 3cret@h/d now", "x=postgres://u:***@h/d now"},
    {"x=postgres://h:5432 is a server of me@h", "x=postgres://h:5432 is a server of me@h"},
    {"postgres://h/d?pass=s3cret&x=y", "postgres://h/d?pass=***&x=y"},
    {"postgres://h/d?a=b&token=s3cret", "postgres://h/d?a=b&token=***"},
    {"postgres://h/d?password%3Ds3cret", "postgres://h/d?password%3D***"},
    {"postgres://h/d?user=u&pass%77ord=s3cret&x=y", "postgres://h/d?user=u&pass%77ord=***&x=y"},
    {"url = \"host=h password='it\\\\'s s3cret' dbname=d\"",
     "url = \"host=h password='***' dbname=d\""},
    {"new Pool({ user: \"u\", password: \"s3 cret\", port: 1 })",
     "new Pool({ user: \"u\", password: \"***\", port: 1 })"},
    {"{\"password\": 's3cret', 'apiKey' : \"s3cret\"}",
     "{\"password\": '***', 'apiKey' : \"***\"}"},
    {"{ password: string, \"password\": true }", "{ password: string, \"password\": true }"},
    {"`User.password`: `text` is now `int`", "`User.password`: `text` is now `int`"},
    {"set_config('app.db_password', 's3cret', true)", "set_config('app.db_password', '***', true)"},
    {"AS ENUM ('password', 'oauth')", "AS ENUM ('password', 'oauth')"},
    {"UPDATE t SET token = 'x'", "UPDATE t SET token = 'x'"},
    {"unexpected argument `h:5432:d:u:s3cret`", "unexpected argument `h:5432:d:u:***`"},
    {"*:*:*:u:s3:cret", "*:*:*:u:***"},
    {"a.sql:12:5:error:text", "a.sql:12:5:error:text"},
    {"PASSWORD E's3\\'cr''et' NOLOGIN", "PASSWORD E'***' NOLOGIN"},
    {"PASSWORD U&'s3cret'", "PASSWORD U&'***'"},
    {"PASSWORD $$s3'cret$$ x", "PASSWORD $$***$$ x"},
    {"PASSWORD $a$s3$cret$a$ x", "PASSWORD $a$***$a$ x"},
    {"f(password => 's3cret')", "f(password => '***')"},
    {"password=$s3cret x", "password=*** x"},
    {"", ""},
    {"://", "\\x3a//"},
    {"password=", "password="},
};

Test(mask, shown_texts)
{
    for (size_t i = 0; i < lengthof(rows); i++) {
        StrBuf out = strbuf_new(STRBUF_MAX);
        show_line(&out, rows[i].text, strlen(rows[i].text));
        cr_expect_str_eq(strbuf_text(&out), rows[i].shown);
        strbuf_dispose(&out);
    }
}

Test(mask, positions_stay)
{
    char text[] = "  url = \"postgres://u:s3cret@h/d\"";
    mask_in_place(text, strlen(text));
    cr_expect_str_eq(text, "  url = \"postgres://u:******@h/d\"");
}

Test(mask, beginnings_alone_take_their_length_in_time)
{
    static const char *const beginnings[] = {
        "://", "a://b:", "password", "password=", "password '", ":@", "p"};
    for (size_t i = 0; i < lengthof(beginnings); i++) {
        StrBuf text = strbuf_new(STRBUF_MAX), out = strbuf_new(STRBUF_MAX);
        while (text.len < 200000) {
            strbuf_add(&text, beginnings[i]);
        }
        show_line(&out, text.text, text.len);
        strbuf_dispose(&text);
        strbuf_dispose(&out);
    }
}
