/*
 * beside.c - one row a kind of object: when it is made, and how.
 *
 * Definitions are a server's (introspect/load/queries), so most statements are a name and what the
 * server prints. Objects of one group come in the order of their making, which is an order in which
 * they can be made.
 */
#include "base/common.h"

#include "compiler/plan/emit/beside.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "compiler/catalog/sql_write.h"

typedef enum Moment {
    MOMENT_TYPES,  /* before tables: what these use */
    MOMENT_KEYS,   /* what belongs to tables */
    MOMENT_VIEWS,  /* what is made of tables */
    MOMENT_CODE,   /* what runs on tables and views */
    MOMENT_NOTES,  /* properties, comments */
    MOMENT_RIGHTS, /* who may use it */
    MOMENT_COUNT,
} Moment;

/* Writes the statements, or nothing when it cannot. */
typedef void (*Writer)(StrBuf *out, const Catalog *catalog, const Opaque *object);

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

static void write_domain(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    strbuf_add(out, "CREATE DOMAIN ");
    put_name(out, catalog, object);
    strbuf_char(out, ' ');
    put_definition(out, object);
}

static void write_composite(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    strbuf_add(out, "CREATE TYPE ");
    put_name(out, catalog, object);
    strbuf_char(out, ' ');
    put_definition(out, object);
}

static void write_sequence(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    strbuf_add(out, "CREATE SEQUENCE ");
    put_name(out, catalog, object);
    strbuf_char(out, ' ');
    put_definition(out, object);
}

/* An aggregate's definition is no statement. */
static void write_statement(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    (void)catalog;
    if (begins(object->definition, "CREATE ")) {
        put_definition(out, object);
    }
}

/* --- constraints, indexes -----------------------------------------------------------------------
 */

static void write_constraint(StrBuf *out, const Catalog *catalog, const Opaque *object)
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

static void write_index(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    const Name text = object->definition;
    if (text->len == 0 || strstr(text->text, " [invalid]") != NULL ||
        strstr(text->text, " ATTACHED TO ") != NULL) {
        return;
    }
    write_statement(out, catalog, object);
}

/* --- views --------------------------------------------------------------------------------------
 */

static void write_view(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    strbuf_add(out, object->kind == OPAQUE_VIEW ? "CREATE VIEW " : "CREATE MATERIALIZED VIEW ");
    put_name(out, catalog, object);
    strbuf_add(out, " AS\n");
    put_definition(out, object);
}

/* --- code ---------------------------------------------------------------------------------------
 */

/* `[D]` behind the statement of a trigger or rule that is disabled. */
static void write_fired(StrBuf *out, const Catalog *catalog, const Opaque *object)
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

static void write_policy(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    strbuf_add(out, "CREATE POLICY ");
    sql_ident(out, object->name);
    strbuf_add(out, " ON ");
    put_relation(out, catalog, object);
    strbuf_add(out, " AS ");
    put_definition(out, object);
}

static void write_row_security(StrBuf *out, const Catalog *catalog, const Opaque *object)
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

static void write_persistence(StrBuf *out, const Catalog *catalog, const Opaque *object)
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
static void write_parameter(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    const char *key = strrchr(object->name->text, ' ');
    if (key != NULL && put_alter(out, catalog, object)) {
        strbuf_printf(out, " SET (%s = ", key + 1);
        sql_string(out, object->definition->text, object->definition->len);
        strbuf_add(out, ");\n");
    }
}

static void write_replica_identity(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    strbuf_add(out, "ALTER TABLE ");
    put_relation(out, catalog, object);
    strbuf_add(out, " REPLICA IDENTITY ");
    put_definition(out, object);
}

/* Of a sequence that a column owns: that was made with the column. */
static void write_sequence_setting(StrBuf *out, const Catalog *catalog, const Opaque *object)
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

static void write_comment(StrBuf *out, const Catalog *catalog, const Opaque *object)
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
static void write_privilege(StrBuf *out, const Catalog *catalog, const Opaque *object)
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

/* --- rows ---------------------------------------------------------------------------------------
 */

typedef struct BesideRow {
    OpaqueKind kind;
    Moment moment;
    const char *section;
    Writer write;
} BesideRow;

static const BesideRow rows[] = {
    {OPAQUE_SEQUENCE, MOMENT_TYPES, "CreateSequence", write_sequence},
    {OPAQUE_DOMAIN, MOMENT_TYPES, "CreateDomain", write_domain},
    {OPAQUE_COMPOSITE_TYPE, MOMENT_TYPES, "CreateType", write_composite},
    {OPAQUE_FUNCTION, MOMENT_TYPES, "CreateFunction", write_statement},
    {OPAQUE_CHECK, MOMENT_KEYS, "AddCheck", write_constraint},
    {OPAQUE_EXCLUSION, MOMENT_KEYS, "AddExclusion", write_constraint},
    {OPAQUE_EXPRESSION_INDEX, MOMENT_KEYS, "CreateIndex", write_index},
    {OPAQUE_STATISTICS, MOMENT_KEYS, "CreateStatistics", write_statement},
    {OPAQUE_VIEW, MOMENT_VIEWS, "CreateView", write_view},
    {OPAQUE_MATERIALIZED_VIEW, MOMENT_VIEWS, "CreateView", write_view},
    {OPAQUE_INDEX, MOMENT_VIEWS, "CreateIndex", write_index},
    {OPAQUE_TRIGGER, MOMENT_CODE, "CreateTrigger", write_fired},
    {OPAQUE_RULE, MOMENT_CODE, "CreateRule", write_fired},
    {OPAQUE_POLICY, MOMENT_CODE, "CreatePolicy", write_policy},
    {OPAQUE_ROW_SECURITY, MOMENT_CODE, "RowSecurity", write_row_security},
    {OPAQUE_PERSISTENCE, MOMENT_NOTES, "AlterTable", write_persistence},
    {OPAQUE_STORAGE_PARAMETER, MOMENT_NOTES, "AlterTable", write_parameter},
    {OPAQUE_REPLICA_IDENTITY, MOMENT_NOTES, "AlterTable", write_replica_identity},
    {OPAQUE_SEQUENCE_SETTING, MOMENT_NOTES, "AlterSequence", write_sequence_setting},
    {OPAQUE_COMMENT, MOMENT_NOTES, "Comment", write_comment},
    {OPAQUE_PRIVILEGE, MOMENT_RIGHTS, "Grant", write_privilege},
};

static const BesideRow *find_row(OpaqueKind kind)
{
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (rows[i].kind == kind) {
            return &rows[i];
        }
    }
    return NULL;
}

/* A function over the rows of a table comes when the table is there. */
static Moment moment_of(const BesideRow *row, const Opaque *object)
{
    return row->kind == OPAQUE_FUNCTION && object->tables.count > 0 ? MOMENT_KEYS : row->moment;
}

/* What is of a partition or of what is no table was made another way. */
static bool is_of_known(const Opaque *object)
{
    return object->relation == NULL || object->table != NULL || object->kind == OPAQUE_INDEX ||
           object->kind == OPAQUE_TRIGGER || object->kind == OPAQUE_RULE ||
           object->kind == OPAQUE_COMMENT || object->kind == OPAQUE_STORAGE_PARAMETER;
}

bool beside_makes(const Catalog *catalog, const Opaque *object)
{
    const BesideRow *row = find_row(object->kind);
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (row != NULL && is_of_known(object)) {
        row->write(&out, catalog, object);
    }
    const bool made = out.len > 0;
    strbuf_dispose(&out);
    return made;
}

/* --- scripts ------------------------------------------------------------------------------------
 */

static int compare_ages(const void *a, const void *b)
{
    const Opaque *x = *(const Opaque *const *)a, *y = *(const Opaque *const *)b;
    if (x->origin.oid != y->origin.oid) {
        return x->origin.oid < y->origin.oid ? -1 : 1;
    }
    return name_compare(x->name, y->name);
}

static void put_section(StrBuf *out, const char *section, const char **last)
{
    if (*last == NULL || strcmp(*last, section) != 0) {
        strbuf_add(out, *last == NULL ? "" : "\n");
        sql_line_comment(out, section);
    }
    *last = section;
}

static void write_object(StrBuf *out, const Catalog *catalog, const Opaque *object,
                         const char **last)
{
    const BesideRow *row = find_row(object->kind);
    if (row != NULL) {
        put_section(out, row->section, last);
        row->write(out, catalog, object);
    }
}

/* All of one moment, in the order of their making. */
static void write_moment(StrBuf *out, const Catalog *catalog, Moment moment, const char **last)
{
    Arena *scratch = arena_new();
    const Opaque **items = arena_array(scratch, const Opaque *, catalog->opaque.count);
    size_t count = 0;
    vec_each(Opaque *const, at, &catalog->opaque) {
        const BesideRow *row = find_row((*at)->kind);
        if (row != NULL && moment_of(row, *at) == moment && beside_makes(catalog, *at)) {
            items[count++] = *at;
        }
    }
    qsort(items, count, sizeof *items, compare_ages);
    for (size_t i = 0; i < count; i++) {
        write_object(out, catalog, items[i], last);
    }
    arena_free(scratch);
}

/* Bodies name tables that come later: they are not looked into before all is there. */
static bool has_functions(const Catalog *catalog)
{
    vec_each(Opaque *const, at, &catalog->opaque) {
        if ((*at)->kind == OPAQUE_FUNCTION) {
            return true;
        }
    }
    return false;
}

static void write_extensions(StrBuf *out, const Catalog *catalog, const char **last)
{
    vec_each(Extension *const, at, &catalog->extensions) {
        put_section(out, "CreateExtension", last);
        strbuf_add(out, "CREATE EXTENSION IF NOT EXISTS ");
        sql_ident(out, (*at)->name);
        if ((*at)->schema != NULL && (*at)->schema != catalog->default_schema) {
            strbuf_add(out, " WITH SCHEMA ");
            sql_ident(out, (*at)->schema);
        }
        strbuf_add(out, ";\n");
    }
}

char *beside_before(Arena *arena, const Catalog *catalog)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    const char *last = NULL;
    if (!catalog->manages_extensions) {
        write_extensions(&out, catalog, &last);
    }
    if (has_functions(catalog)) {
        put_section(&out, "Functions name what comes later", &last);
        strbuf_add(&out, "SET check_function_bodies = off;\n");
    }
    write_moment(&out, catalog, MOMENT_TYPES, &last);
    strbuf_add(&out, last == NULL ? "" : "\n");
    return strbuf_take(&out, arena);
}

/* A constraint over an index that is there. */
static void write_unique_constraints(StrBuf *out, const Catalog *catalog, const char **last)
{
    vec_each(Table *const, at, &catalog->tables) {
        vec_each(Index *const, index, &(*at)->indexes) {
            if ((*index)->is_constraint && !(*index)->deferrable) {
                put_section(out, "AddUnique", last);
                strbuf_add(out, "ALTER TABLE ");
                sql_qualified(out, catalog, (*at)->schema, (*at)->name);
                strbuf_add(out, " ADD CONSTRAINT ");
                sql_ident(out, (*index)->name);
                strbuf_add(out, " UNIQUE USING INDEX ");
                sql_ident(out, (*index)->name);
                strbuf_add(out, ";\n");
            }
        }
    }
}

char *beside_after(Arena *arena, const Catalog *catalog)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    const char *last = NULL;
    write_unique_constraints(&out, catalog, &last);
    for (int moment = MOMENT_KEYS; moment < MOMENT_COUNT; moment++) {
        write_moment(&out, catalog, (Moment)moment, &last);
    }
    if (has_functions(catalog)) {
        put_section(&out, "Functions name what is there", &last);
        strbuf_add(&out, "RESET check_function_bodies;\n");
    }
    return strbuf_take(&out, arena);
}
