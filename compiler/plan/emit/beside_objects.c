/*
 * beside_objects.c - objects that stand beside tables: types, operators, text search, publications,
 * what watches statements.
 *
 * Their definitions are clauses as the server takes them (introspect/load/queries/compared.sql), so
 * most statements are a kind, a name and a clause. What cannot be made of them is not written.
 */
#include "base/common.h"

#include "compiler/plan/emit/beside_internal.h"

#include <string.h>

#include "compiler/catalog/sql_scan.h"
#include "compiler/catalog/sql_write.h"

/* `CREATE KIND "name" clause;` */
static void put_create(StrBuf *out, const Catalog *catalog, const Opaque *object, const char *kind)
{
    strbuf_printf(out, "CREATE %s ", kind);
    sql_qualified(out, catalog, object->schema, object->name);
    strbuf_printf(out, " %s;\n", object->definition->text);
}

/* Its function over the type would have to be made between two halves of it. */
void beside_range(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    if (strstr(object->definition->text, "CANONICAL = ") == NULL) {
        strbuf_add(out, "CREATE TYPE ");
        sql_qualified(out, catalog, object->schema, object->name);
        strbuf_printf(out, " AS RANGE %s;\n", object->definition->text);
    }
}

void beside_collation(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    put_create(out, catalog, object, "COLLATION");
}

/* `name(arguments)`, the name as it is: written where it needs no quotes. */
void beside_aggregate(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    const char *text = object->name->text;
    const size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_");
    if (len == 0 || text[len] != '(' || object->schema != catalog->default_schema) {
        return;
    }
    strbuf_printf(out, "CREATE AGGREGATE %s %s;\n", text, object->definition->text);
}

/* `===(integer,integer)`, of which the arguments are in the clause. */
void beside_operator(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    const size_t len = strspn(object->name->text, "+-*/<>=~!@#%^&|`?");
    if (len == 0 || object->name->text[len] != '(' || object->schema != catalog->default_schema) {
        return;
    }
    strbuf_printf(out, "CREATE OPERATOR %.*s %s;\n", (int)len, object->name->text,
                  object->definition->text);
}

/* Its name is `(a AS b)`. */
void beside_cast(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    (void)catalog;
    strbuf_printf(out, "CREATE CAST %s %s;\n", object->name->text, object->definition->text);
}

/* --- text search --------------------------------------------------------------------------------
 */

void beside_dictionary(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    put_create(out, catalog, object, "TEXT SEARCH DICTIONARY");
}

/* `(PARSER = p); ADD MAPPING FOR a WITH b; …` */
void beside_configuration(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    const char *at = object->definition->text, *end = at + object->definition->len;
    strbuf_add(out, "CREATE TEXT SEARCH CONFIGURATION ");
    sql_qualified(out, catalog, object->schema, object->name);
    strbuf_char(out, ' ');
    while (at < end) {
        const SqlToken token = sql_scan(at, end);
        at += token.len;
        if (sql_token_is_sign(&token, ';')) {
            strbuf_add(out, ";\nALTER TEXT SEARCH CONFIGURATION ");
            sql_qualified(out, catalog, object->schema, object->name);
        } else {
            strbuf_addn(out, token.text, token.len);
        }
    }
    strbuf_add(out, ";\n");
}

/* --- events, publications -----------------------------------------------------------------------
 */

/* `[D]` behind one that is disabled. */
void beside_event_trigger(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    (void)catalog;
    const char *text = object->definition->text, *mark = strstr(text, "() [");
    if (strstr(text, "EXECUTE FUNCTION") == NULL || (mark != NULL && mark[4] != 'D')) {
        return;
    }
    strbuf_add(out, "CREATE EVENT TRIGGER ");
    sql_ident(out, object->name);
    strbuf_printf(out, " %.*s;\n", mark == NULL ? (int)strlen(text) : (int)(mark + 2 - text), text);
    if (mark != NULL) {
        strbuf_add(out, "ALTER EVENT TRIGGER ");
        sql_ident(out, object->name);
        strbuf_add(out, " DISABLE;\n");
    }
}

/* `[FOR ALL TABLES] insert update …`: a word an operation. */
void beside_publication(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    static const char *const operations[] = {"insert", "update", "delete", "truncate"};
    const char *text = object->definition->text;
    size_t count = 0;
    (void)catalog;
    if (strstr(text, "generated columns") != NULL) {
        return;
    }
    strbuf_add(out, "CREATE PUBLICATION ");
    sql_ident(out, object->name);
    strbuf_add(out, strstr(text, "FOR ALL TABLES") != NULL ? " FOR ALL TABLES" : "");
    strbuf_add(out, " WITH (publish = '");
    for (size_t i = 0; i < lengthof(operations); i++) {
        if (strstr(text, operations[i]) != NULL) {
            strbuf_printf(out, "%s%s", count++ == 0 ? "" : ", ", operations[i]);
        }
    }
    strbuf_printf(out, "'%s);\n",
                  strstr(text, "publish_via_partition_root") != NULL
                      ? ", publish_via_partition_root = true"
                      : "");
}

/* `"publication" of "table"`, `"publication" of all tables of "schema"`. */
void beside_published(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    static const char of[] = " of ", all[] = "all tables of ";
    const char *text = object->name->text, *end = text + object->name->len;
    const SqlToken publication = sql_scan(text, end);
    const char *rest = text + publication.len;
    if (strncmp(rest, of, sizeof of - 1) != 0) {
        return;
    }
    rest += sizeof of - 1;
    strbuf_add(out, "ALTER PUBLICATION ");
    strbuf_addn(out, publication.text, publication.len);
    if (strncmp(rest, all, sizeof all - 1) == 0) {
        strbuf_printf(out, " ADD TABLES IN SCHEMA %s;\n", rest + sizeof all - 1);
        return;
    }
    strbuf_add(out, " ADD TABLE ");
    if (object->schema != catalog->default_schema) {
        sql_ident(out, object->schema);
        strbuf_char(out, '.');
    }
    strbuf_printf(out, "%s%s%s;\n", rest, object->definition->len > 0 ? " " : "",
                  object->definition->text);
}
