/*
 * beside_write.c - one function a kind of object: the statements that make it.
 *
 * Definitions are a server's (introspect/load/queries), so most statements are a name and what the
 * server prints.
 */
#include "base/common.h"

#include "compiler/plan/emit/beside_internal.h"

#include <string.h>

#include "compiler/catalog/sql_scan.h"
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

/* `CREATE STATISTICS … STATISTICS 7` */
void beside_statistics(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    static const char target[] = " STATISTICS ";
    const char *text = object->definition->text;
    const char *last = strstr(text + strlen("CREATE STATISTICS"), target);
    const size_t len = last == NULL ? object->definition->len : (size_t)(last - text);
    strbuf_printf(out, "%.*s;\n", (int)len, text);
    if (last != NULL) {
        strbuf_add(out, "ALTER STATISTICS ");
        put_name(out, catalog, object);
        strbuf_printf(out, " SET%s;\n", last);
    }
}

/* An aggregate's definition is no statement: it has a row of its own. */
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
    if ((object->table != NULL || beside_has_partition(catalog, object)) &&
        begins(object->definition, "UNLOGGED")) {
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
    if (object->table != NULL || beside_has_partition(catalog, object)) {
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

/* --- columns, keys ------------------------------------------------------------------------------
 */

/* One of `STORAGE PLAIN, STATISTICS 7, SET (a=1)`: up to a comma outside of brackets. */
static size_t piece_len(const char *text)
{
    const char *at = text, *end = text + strlen(text);
    size_t depth = 0;
    while (at < end) {
        const SqlToken token = sql_scan(at, end);
        if (depth == 0 && sql_token_is_sign(&token, ',')) {
            break;
        }
        depth += sql_token_is_sign(&token, '(') ? 1 : 0;
        depth -= sql_token_is_sign(&token, ')') ? 1 : 0;
        at += token.len;
    }
    return (size_t)(at - text);
}

/* What is of a column that has a parent's, or of a domain, is made elsewhere or not at all. */
static bool put_setting(StrBuf *out, const Catalog *catalog, const Opaque *object,
                        const char *piece, size_t len)
{
    static const char both[] = "inherited and local", beside[] = "NOT NULL beside";
    if (len == strlen(both) && memcmp(piece, both, len) == 0) {
        return beside_inherits(catalog, object->table);
    }
    if (strncmp(piece, beside, strlen(beside)) == 0) {
        return true;
    }
    if (piece[0] != 'S' && piece[0] != 'C') { /* STORAGE, STATISTICS, SET, COMPRESSION */
        return false;
    }
    strbuf_add(out, "ALTER TABLE ");
    put_relation(out, catalog, object);
    strbuf_add(out, " ALTER COLUMN ");
    sql_ident(out, object->columns.items[0]->name);
    strbuf_printf(out, " %s%.*s;\n", strncmp(piece, "SET", 3) == 0 ? "" : "SET ", (int)len, piece);
    return true;
}

static bool put_settings(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    const char *at = object->definition->text;
    while (*at != '\0') {
        const size_t len = piece_len(at);
        if (!put_setting(out, catalog, object, at, len)) {
            return false;
        }
        at += len + (at[len] == ',' ? 2 : 0);
    }
    return true;
}

void beside_column_setting(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    StrBuf statements = strbuf_new(STRBUF_MAX);
    if (object->table != NULL && object->columns.count == 1 &&
        put_settings(&statements, catalog, object)) {
        strbuf_add(out, strbuf_text(&statements));
    }
    strbuf_dispose(&statements);
}

bool beside_is_implied_setting(const Catalog *catalog, const Opaque *object)
{
    StrBuf statements = strbuf_new(STRBUF_MAX);
    const bool implied = object->kind == OPAQUE_COLUMN_SETTING && object->table != NULL &&
                         object->columns.count == 1 && put_settings(&statements, catalog, object) &&
                         statements.len == 0;
    strbuf_dispose(&statements);
    return implied;
}

/* A key that waits is one over the index that is there; a foreign key that matches fully is made
 * anew. */
void beside_key(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    static const char unique[] = "UNIQUE ", waits[] = " DEFERRABLE";
    const char *text = object->definition->text, *deferrable = strstr(text, waits);
    const bool is_reference = strncmp(text, "FOREIGN KEY", strlen("FOREIGN KEY")) == 0;
    const bool is_plain = strncmp(text, unique, strlen(unique)) == 0 && deferrable != NULL;
    if (object->table == NULL || object->table->is_partitioned ||
        (!is_reference && !is_plain && strstr(text, "INCLUDE") == NULL)) {
        return;
    }
    if (!is_reference && strncmp(text, unique, strlen(unique)) != 0) {
        return; /* a primary key, which others may refer to by now */
    }
    strbuf_add(out, "ALTER TABLE ");
    put_relation(out, catalog, object);
    if (is_reference) {
        strbuf_add(out, " DROP CONSTRAINT ");
        sql_ident(out, object->name);
        strbuf_char(out, ',');
    }
    strbuf_add(out, " ADD CONSTRAINT ");
    sql_ident(out, object->name);
    if (is_reference) {
        strbuf_printf(out, " %s;\n", text);
        return;
    }
    strbuf_add(out, " UNIQUE USING INDEX ");
    sql_ident(out, object->name);
    strbuf_printf(out, "%s;\n", deferrable == NULL ? "" : deferrable);
}

void beside_cluster(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    if (object->table != NULL) {
        strbuf_add(out, "ALTER TABLE ");
        put_relation(out, catalog, object);
        strbuf_add(out, " CLUSTER ON ");
        sql_ident(out, object->definition);
        strbuf_add(out, ";\n");
    }
}

void beside_population(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    strbuf_add(out, "REFRESH MATERIALIZED VIEW ");
    put_name(out, catalog, object);
    strbuf_add(out, " WITH NO DATA;\n");
}
