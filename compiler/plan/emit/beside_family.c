/*
 * beside_family.c - partitions and children: tables that are a part of another one, or inherit.
 *
 * A partition is no table that is read (introspect/load/queries/tables.sql), only rows about it:
 * its columns, constraints and indexes. It is made of these as a table of its own, and attached, as
 * a dump does; what of its indexes and keys fits its parent's becomes part of those.
 */
#include "base/common.h"

#include "compiler/plan/emit/beside_internal.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/canon/canon.h"
#include "compiler/catalog/sql_scan.h"
#include "compiler/catalog/sql_write.h"

/* --- rows about it ------------------------------------------------------------------------------
 */

static const Opaque *find_partition(const Catalog *catalog, Name schema, Name name)
{
    vec_each(Opaque *const, at, &catalog->opaque) {
        if ((*at)->kind == OPAQUE_PARTITION && (*at)->schema == schema && (*at)->name == name) {
            return *at;
        }
    }
    return NULL;
}

static bool is_about(const Opaque *object, const Opaque *partition)
{
    return object->table == NULL && object->relation == partition->name &&
           object->schema == partition->schema;
}

/* Where a word stands outside of quotes; NULL: nowhere. */
static const char *find_word(const char *text, const char *word)
{
    const char *at = text, *end = text + strlen(text);
    while (at < end) {
        const SqlToken token = sql_scan(at, end);
        if (token.kind == SQL_WORD && token.len == strlen(word) &&
            memcmp(token.text, word, token.len) == 0) {
            return at;
        }
        at += token.len;
    }
    return NULL;
}

/* `OF parent FOR VALUES …`, `OF parent DEFAULT`: where the bound begins; NULL: it is about to
 * leave. */
static const char *bound_of(const Opaque *partition)
{
    const char *text = partition->definition->text;
    const char *bound = find_word(text, "FOR");
    bound = bound != NULL ? bound : find_word(text, "DEFAULT");
    return strstr(text, " DETACH PENDING") != NULL ? NULL : bound;
}

/* The parent as the definition names it, in the partition's own schema. */
static bool is_parent(const Opaque *partition, Name schema, Name name)
{
    static const char of[] = "OF ";
    const char *text = partition->definition->text + sizeof of - 1, *bound = bound_of(partition);
    StrBuf quoted = strbuf_new(STRBUF_MAX);
    canon_ident(&quoted, name);
    const bool same = bound != NULL && schema == partition->schema &&
                      quoted.len + 1 == (size_t)(bound - text) &&
                      memcmp(text, strbuf_text(&quoted), quoted.len) == 0;
    strbuf_dispose(&quoted);
    return same;
}

/* The table all of them are parts of; NULL: one that is not read. */
static const Table *root_of(const Catalog *catalog, const Opaque *partition)
{
    enum { DEPTH_MAX = 64 };
    for (int depth = 0; depth < DEPTH_MAX && partition != NULL; depth++) {
        const Opaque *above = NULL;
        vec_each(Table *const, at, &catalog->tables) {
            if (is_parent(partition, (*at)->schema, (*at)->name)) {
                return *at;
            }
        }
        vec_each(Opaque *const, at, &catalog->opaque) {
            if ((*at)->kind == OPAQUE_PARTITION &&
                is_parent(partition, (*at)->schema, (*at)->name)) {
                above = *at;
            }
        }
        partition = above;
    }
    return NULL;
}

/* --- columns ------------------------------------------------------------------------------------
 */

/* The column at that place, from 1; NULL behind the last. */
static const Opaque *find_column(const Catalog *catalog, const Opaque *partition, size_t place)
{
    vec_each(Opaque *const, at, &catalog->opaque) {
        if ((*at)->kind == OPAQUE_COLUMN && is_about(*at, partition) &&
            strtoul((*at)->definition->text, NULL, 10) == place) {
            return *at;
        }
    }
    return NULL;
}

/* `integer NOT NULL DEFAULT 1`, `integer STORED (a + 1)`; an identity comes with the parent's. */
static void put_definition(StrBuf *out, const char *text)
{
    const char *dflt = find_word(text, "DEFAULT"), *stored = find_word(text, "STORED");
    const char *virtual = find_word(text, "VIRTUAL"), *identity = find_word(text, "GENERATED");
    const char *value = stored != NULL ? stored : virtual != NULL ? virtual : dflt;
    const char *end = identity != NULL ? identity : value;
    const size_t len = end == NULL ? strlen(text) : (size_t)(end - text) - 1; /* a blank */
    strbuf_addn(out, text, len);
    if (stored != NULL || virtual != NULL) {
        strbuf_printf(out, " GENERATED ALWAYS AS (%s) %s",
                      value + (stored != NULL ? strlen("STORED ") : strlen("VIRTUAL ")),
                      stored != NULL ? "STORED" : "VIRTUAL");
    } else if (identity == NULL && dflt != NULL && strcmp(dflt, "DEFAULT NULL") != 0) {
        strbuf_printf(out, " %s", dflt);
    }
}

/* `partition.column`, both as the server quotes them. */
static void put_column(StrBuf *out, const Opaque *column)
{
    const char *text = column->name->text, *end = text + column->name->len;
    const SqlToken partition = sql_scan(text, end);
    strbuf_printf(out, "%s ", text + partition.len + strlen("."));
    put_definition(out, strchr(column->definition->text, ' ') + 1);
}

static void put_columns(StrBuf *out, const Catalog *catalog, const Opaque *partition)
{
    size_t place = 1;
    for (const Opaque *at = find_column(catalog, partition, place); at != NULL;
         at = find_column(catalog, partition, ++place)) {
        strbuf_add(out, place == 1 ? "    " : ",\n    ");
        put_column(out, at);
    }
}

/* --- constraints and indexes --------------------------------------------------------------------
 */

static bool is_foreign_key(const Opaque *constraint)
{
    return strncmp(constraint->definition->text, "FOREIGN KEY", strlen("FOREIGN KEY")) == 0;
}

static void put_constraint(StrBuf *out, const Catalog *catalog, const Opaque *constraint)
{
    const char *merged = strstr(constraint->definition->text, " [merged]");
    const size_t len = merged == NULL ? constraint->definition->len
                                      : (size_t)(merged - constraint->definition->text);
    strbuf_add(out, "ALTER TABLE ");
    sql_qualified(out, catalog, constraint->schema, constraint->relation);
    strbuf_add(out, " ADD CONSTRAINT ");
    sql_ident(out, constraint->name);
    strbuf_printf(out, " %.*s;\n", (int)len, constraint->definition->text);
}

/* `CREATE INDEX i ON ONLY t … ATTACHED TO j`; a constraint's is made with that. */
static void put_index(StrBuf *out, const Opaque *index)
{
    const char *text = index->definition->text, *only = find_word(text, "ONLY");
    const char *attached = strstr(text, " ATTACHED TO ");
    const char *end = attached != NULL ? attached : text + strlen(text);
    if (end == text) {
        return;
    }
    if (only != NULL && only < end) {
        strbuf_addn(out, text, (size_t)(only - text));
        text = only + strlen("ONLY ");
    }
    strbuf_addn(out, text, (size_t)(end - text));
    strbuf_add(out, ";\n");
}

/* What a parent's key or index finds and takes, and the rest; foreign keys when it is attached. */
static void put_parts(StrBuf *out, const Catalog *catalog, const Opaque *partition,
                      bool foreign_keys)
{
    vec_each(Opaque *const, at, &catalog->opaque) {
        if (!is_about(*at, partition)) {
            continue;
        }
        if ((*at)->kind == OPAQUE_CONSTRAINT && is_foreign_key(*at) == foreign_keys) {
            put_constraint(out, catalog, *at);
        } else if ((*at)->kind == OPAQUE_INDEX && !foreign_keys) {
            put_index(out, *at);
        }
    }
}

static const Opaque *key_of(const Catalog *catalog, const Opaque *partition)
{
    vec_each(Opaque *const, at, &catalog->opaque) {
        if ((*at)->kind == OPAQUE_PARTITION_KEY && is_about(*at, partition)) {
            return *at;
        }
    }
    return NULL;
}

static bool has_invalid_index(const Catalog *catalog, const Opaque *partition)
{
    vec_each(Opaque *const, at, &catalog->opaque) {
        if ((*at)->kind == OPAQUE_INDEX && is_about(*at, partition) &&
            strstr((*at)->definition->text, " [invalid]") != NULL) {
            return true;
        }
    }
    return false;
}

void beside_partition(StrBuf *out, const Catalog *catalog, const Opaque *partition)
{
    const Table *root = root_of(catalog, partition);
    const char *bound = bound_of(partition);
    const Opaque *key = key_of(catalog, partition);
    StrBuf columns = strbuf_new(STRBUF_MAX);
    if (root != NULL && bound != NULL && !has_invalid_index(catalog, partition)) {
        put_columns(&columns, catalog, partition);
        const char *parent = partition->definition->text + strlen("OF ");
        strbuf_add(out, "CREATE TABLE ");
        sql_qualified(out, catalog, partition->schema, partition->name);
        strbuf_printf(out, " (\n%s\n)", strbuf_text(&columns));
        if (key != NULL) {
            strbuf_printf(out, " PARTITION BY %s", key->definition->text);
        }
        strbuf_add(out, ";\n");
        put_parts(out, catalog, partition, false);
        strbuf_printf(out, "ALTER TABLE %.*s ATTACH PARTITION ", (int)(bound - parent - 1), parent);
        sql_qualified(out, catalog, partition->schema, partition->name);
        strbuf_printf(out, " %s;\n", bound);
        put_parts(out, catalog, partition, true);
    }
    strbuf_dispose(&columns);
}

bool beside_has_partition(const Catalog *catalog, const Opaque *object)
{
    const Opaque *partition = object->table != NULL || object->relation == NULL
                                  ? NULL
                                  : find_partition(catalog, object->schema, object->relation);
    return partition != NULL && beside_makes(catalog, partition);
}

bool beside_is_in_partition(const Catalog *catalog, const Opaque *object)
{
    const bool is_part = object->kind == OPAQUE_COLUMN || object->kind == OPAQUE_CONSTRAINT ||
                         object->kind == OPAQUE_INDEX || object->kind == OPAQUE_PARTITION_KEY;
    return is_part && beside_has_partition(catalog, object);
}

/* --- children -----------------------------------------------------------------------------------
 */

/* Columns that are the parents' alone cannot be made without them. */
static bool has_only_own_columns(const Catalog *catalog, const Table *table)
{
    vec_each(Opaque *const, at, &catalog->opaque) {
        const char *text = (*at)->kind == OPAQUE_COLUMN_SETTING && (*at)->table == table
                               ? strstr((*at)->definition->text, "inherited")
                               : NULL;
        if (text != NULL && strcmp(text, "inherited") == 0) {
            return false;
        }
    }
    return true;
}

static bool has_check(const Catalog *catalog, const Table *table, Name name)
{
    vec_each(Opaque *const, at, &catalog->opaque) {
        if ((*at)->kind == OPAQUE_CHECK && (*at)->table == table && (*at)->name == name) {
            return true;
        }
    }
    return false;
}

/* The table that `INHERITS a, b` names next; NULL: one that is not read. *at goes behind it. */
static const Table *next_parent(const Catalog *catalog, const char **at)
{
    const char *from = *at, *end = from + strlen(from), *stop = from;
    const Table *found = NULL;
    while (stop < end) {
        const SqlToken token = sql_scan(stop, end);
        if (sql_token_is_sign(&token, ',')) {
            break;
        }
        stop += token.len;
    }
    vec_each(Table *const, table, &catalog->tables) {
        StrBuf name = strbuf_new(STRBUF_MAX);
        canon_ident(&name, (*table)->name);
        if ((*table)->schema == catalog->default_schema && name.len == (size_t)(stop - from) &&
            memcmp(from, strbuf_text(&name), name.len) == 0) {
            found = *table;
        }
        strbuf_dispose(&name);
    }
    *at = stop + (stop < end ? strlen(", ") : 0);
    return found;
}

/* A check that the child has from the parent alone. */
static bool lacks_check(const Catalog *catalog, const Table *child, const Table *parent)
{
    vec_each(Opaque *const, at, &catalog->opaque) {
        if ((*at)->kind == OPAQUE_CHECK && (*at)->table == parent &&
            strstr((*at)->definition->text, " NO INHERIT") == NULL &&
            !has_check(catalog, child, (*at)->name)) {
            return true;
        }
    }
    return false;
}

static bool put_parents(StrBuf *out, const Catalog *catalog, const Opaque *object, const char *at)
{
    while (*at != '\0') {
        const Table *parent = next_parent(catalog, &at);
        if (parent == NULL || lacks_check(catalog, object->table, parent)) {
            return false;
        }
        strbuf_add(out, "ALTER TABLE ");
        sql_qualified(out, catalog, object->schema, object->relation);
        strbuf_add(out, " INHERIT ");
        sql_qualified(out, catalog, parent->schema, parent->name);
        strbuf_add(out, ";\n");
    }
    return true;
}

/* `INHERITS a, b` */
void beside_inheritance(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    static const char inherits[] = "INHERITS ";
    const char *text = object->definition->text;
    StrBuf statements = strbuf_new(STRBUF_MAX);
    if (object->table != NULL && strncmp(text, inherits, sizeof inherits - 1) == 0 &&
        find_word(text, "OF") == NULL && has_only_own_columns(catalog, object->table) &&
        put_parents(&statements, catalog, object, text + sizeof inherits - 1)) {
        strbuf_add(out, strbuf_text(&statements));
    }
    strbuf_dispose(&statements);
}

bool beside_inherits(const Catalog *catalog, const Table *table)
{
    vec_each(Opaque *const, at, &catalog->opaque) {
        if ((*at)->kind == OPAQUE_INHERITANCE && (*at)->table == table) {
            return beside_makes(catalog, *at);
        }
    }
    return false;
}
