/*
 * beside_write.c - one function a kind of object: the statements that make it.
 *
 * Definitions are a server's (introspect/load/queries), so most statements are a name and what the
 * server prints.
 */
#include "base/common.h"

#include "compiler/plan/emit/beside_internal.h"

#include <string.h>

#include "compiler/catalog/sql_write.h"

/* --- pieces -------------------------------------------------------------------------------------
 */

static void put_name(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    sql_qualified(out, catalog, object->schema, object->name);
}

static void put_relation(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    sql_qualified(out, catalog, object->schema, object->relation);
}

/* The definition without the line ends and the semicolon at its end. */
static size_t statement_len(Name definition)
{
    size_t len = definition->len;
    while (len > 0 && strchr("; \n", definition->text[len - 1]) != NULL) {
        len--;
    }
    return len;
}

static void put_definition(StrBuf *out, const Opaque *object)
{
    strbuf_addn(out, object->definition->text, statement_len(object->definition));
    strbuf_add(out, ";\n");
}

static bool begins(Name text, const char *word)
{
    return strncmp(text->text, word, strlen(word)) == 0;
}

/* --- types, functions ---------------------------------------------------------------------------
 */

void beside_domain(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    strbuf_add(out, "CREATE DOMAIN ");
    put_name(out, catalog, object);
    strbuf_char(out, ' ');
    put_definition(out, object);
}

void beside_composite(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    strbuf_add(out, "CREATE TYPE ");
    put_name(out, catalog, object);
    strbuf_char(out, ' ');
    put_definition(out, object);
}

void beside_sequence(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    strbuf_add(out, "CREATE SEQUENCE ");
    put_name(out, catalog, object);
    strbuf_char(out, ' ');
    put_definition(out, object);
}

/* An aggregate's definition is no statement. */
void beside_statement(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    (void)catalog;
    if (begins(object->definition, "CREATE ")) {
        put_definition(out, object);
    }
}

/* --- constraints, indexes -----------------------------------------------------------------------
 */

void beside_constraint(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    if (strstr(object->definition->text, " [") != NULL) {
        return; /* merged with a parent's */
    }
    strbuf_add(out, "ALTER TABLE ");
    put_relation(out, catalog, object);
    strbuf_add(out, " ADD CONSTRAINT ");
    sql_ident(out, object->name);
    strbuf_char(out, ' ');
    put_definition(out, object);
}

void beside_index(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    const Name text = object->definition;
    if (text->len == 0 || strstr(text->text, " [invalid]") != NULL ||
        strstr(text->text, " ATTACHED TO ") != NULL) {
        return;
    }
    beside_statement(out, catalog, object);
}

/* --- views --------------------------------------------------------------------------------------
 */

void beside_view(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    strbuf_add(out, object->kind == OPAQUE_VIEW ? "CREATE VIEW " : "CREATE MATERIALIZED VIEW ");
    put_name(out, catalog, object);
    strbuf_add(out, " AS\n");
    put_definition(out, object);
}

/* --- code ---------------------------------------------------------------------------------------
 */

/* `[D]` behind the statement of a trigger or rule that is disabled. */
void beside_fired(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    static const char *const states[] = {"D", "DISABLE",      "R", "ENABLE REPLICA",
                                         "A", "ENABLE ALWAYS"};
    const char *text = object->definition->text;
    size_t len = object->definition->len;
    const bool marked = len > 4 && text[len - 1] == ']' && text[len - 3] == '[';
    const char mark = marked ? text[len - 2] : 'O';
    len -= marked ? 4 : 0;
    while (len > 0 && text[len - 1] == ';') {
        len--;
    }
    strbuf_addn(out, text, len);
    strbuf_add(out, ";\n");
    for (size_t i = 0; i < lengthof(states); i += 2) {
        if (states[i][0] == mark) {
            strbuf_add(out, "ALTER TABLE ");
            put_relation(out, catalog, object);
            strbuf_printf(out, " %s %s ", states[i + 1],
                          object->kind == OPAQUE_RULE ? "RULE" : "TRIGGER");
            sql_ident(out, object->name);
            strbuf_add(out, ";\n");
        }
    }
}

void beside_policy(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    strbuf_add(out, "CREATE POLICY ");
    sql_ident(out, object->name);
    strbuf_add(out, " ON ");
    put_relation(out, catalog, object);
    strbuf_add(out, " AS ");
    put_definition(out, object);
}

void beside_row_security(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    const bool forced = strstr(object->definition->text, "FORCE") != NULL;
    if (begins(object->definition, "ENABLE")) {
        strbuf_add(out, "ALTER TABLE ");
        put_relation(out, catalog, object);
        strbuf_add(out, " ENABLE ROW LEVEL SECURITY;\n");
    }
    if (forced) {
        strbuf_add(out, "ALTER TABLE ");
        put_relation(out, catalog, object);
        strbuf_add(out, " FORCE ROW LEVEL SECURITY;\n");
    }
}

/* --- properties ---------------------------------------------------------------------------------
 */

void beside_persistence(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    if (object->table != NULL && begins(object->definition, "UNLOGGED")) {
        strbuf_add(out, "ALTER TABLE ");
        put_relation(out, catalog, object);
        strbuf_add(out, " SET UNLOGGED;\n");
    }
}

/* `ALTER TABLE t`, and of views and indexes likewise; false where it is neither. */
static bool put_alter(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    if (object->part != NULL) {
        strbuf_add(out, "ALTER INDEX ");
        sql_qualified(out, catalog, object->schema, object->part);
        return true;
    }
    if (object->table != NULL) {
        strbuf_add(out, "ALTER TABLE ");
        put_relation(out, catalog, object);
        return true;
    }
    vec_each(Opaque *const, at, &catalog->opaque) {
        const bool is_view = (*at)->kind == OPAQUE_VIEW || (*at)->kind == OPAQUE_MATERIALIZED_VIEW;
        if (is_view && (*at)->schema == object->schema && (*at)->name == object->relation) {
            strbuf_add(out,
                       (*at)->kind == OPAQUE_VIEW ? "ALTER VIEW " : "ALTER MATERIALIZED VIEW ");
            put_relation(out, catalog, object);
            return true;
        }
    }
    return false;
}

/* The name ends with the parameter's. */
void beside_parameter(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    const char *key = strrchr(object->name->text, ' ');
    if (key != NULL && put_alter(out, catalog, object)) {
        strbuf_printf(out, " SET (%s = ", key + 1);
        sql_string(out, object->definition->text, object->definition->len);
        strbuf_add(out, ");\n");
    }
}

void beside_replica_identity(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    strbuf_add(out, "ALTER TABLE ");
    put_relation(out, catalog, object);
    strbuf_add(out, " REPLICA IDENTITY ");
    put_definition(out, object);
}

/* Of a sequence that a column owns: that was made with the column. */
void beside_sequence_setting(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    const char *text = object->definition->text;
    const char *owned = strstr(text, " OWNED BY "), *identity = strstr(text, " IDENTITY OF ");
    const char *end = owned != NULL ? owned : identity;
    if (end == NULL) {
        return;
    }
    strbuf_add(out, "ALTER SEQUENCE ");
    put_name(out, catalog, object);
    strbuf_char(out, ' ');
    strbuf_addn(out, text, (size_t)(end - text));
    strbuf_add(out, ";\n");
}

/* Its name begins with what it is about, but for tables and columns. */
static void put_subject(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    static const char *const whole[] = {"function ", "procedure ", "trigger ",
                                        "policy ",   "schema ",    "extension "};
    static const char *const bare[] = {
        "view ", "materialized view ", "index ", "sequence ", "type ", "domain "};
    const Name name = object->name;
    for (size_t i = 0; i < lengthof(whole); i++) {
        if (begins(name, whole[i])) {
            strbuf_add(out, name->text);
            return;
        }
    }
    for (size_t i = 0; i < lengthof(bare); i++) {
        if (begins(name, bare[i])) {
            strbuf_add(out, object->schema == catalog->default_schema ? name->text : "");
            return;
        }
    }
    if (begins(name, "table constraint ")) {
        strbuf_add(out, name->text + strlen("table "));
    } else if (object->table != NULL && object->part == NULL) {
        strbuf_add(out, object->columns.count == 1 ? "COLUMN " : "TABLE ");
        put_relation(out, catalog, object);
        if (object->columns.count == 1) {
            strbuf_char(out, '.');
            sql_ident(out, object->columns.items[0]->name);
        }
    }
}

void beside_comment(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    StrBuf subject = strbuf_new(STRBUF_MAX);
    put_subject(&subject, catalog, object);
    if (subject.len > 0) {
        strbuf_printf(out, "COMMENT ON %s IS ", strbuf_text(&subject));
        sql_string(out, object->definition->text, object->definition->len);
        strbuf_add(out, ";\n");
    }
    strbuf_dispose(&subject);
}

/* `SELECT to role`, `UPDATE (column) to role`; only of tables the name says of what. */
void beside_privilege(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    const char *to = NULL;
    for (const char *at = strstr(object->name->text, " to "); at != NULL;
         at = strstr(at + 1, " to ")) {
        to = at;
    }
    if (to == NULL || object->table == NULL || !begins(object->definition, "GRANT ") ||
        strstr(to, "the deploying role") != NULL) {
        return;
    }
    strbuf_printf(out, "GRANT %.*s ON ", (int)(to - object->name->text), object->name->text);
    put_relation(out, catalog, object);
    strbuf_printf(
        out, " TO %s%s;\n", to + 4,
        strstr(object->definition->text, " WITH GRANT OPTION") != NULL ? " WITH GRANT OPTION" : "");
}
