/*
 * beside_about.c - who owns an object, who may use it, what is said about it.
 *
 * Such a row names what it is about in words, as pg_identify_object does: `view public.v`. Where
 * that is left out of the script, so is the row.
 */
#include "base/common.h"

#include "compiler/plan/emit/beside_internal.h"

#include <string.h>

#include "compiler/canon/canon.h"
#include "compiler/catalog/sql_write.h"

static bool begins(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

/* --- what it is about ---------------------------------------------------------------------------
 */

/* Kinds that may be left out, as pg_identify_object calls them. */
static const char *word_of(OpaqueKind kind)
{
    switch ((int)kind) { /* an open set */
    case OPAQUE_PARTITION:
        return "table";
    case OPAQUE_FOREIGN_TABLE:
        return "foreign table";
    case OPAQUE_RANGE_TYPE:
    case OPAQUE_BASE_TYPE:
        return "type";
    case OPAQUE_AGGREGATE:
    case OPAQUE_OPERATOR:
    case OPAQUE_OPERATOR_CLASS:
    case OPAQUE_OPERATOR_FAMILY:
    case OPAQUE_CAST:
    case OPAQUE_TRANSFORM:
    case OPAQUE_LANGUAGE:
    case OPAQUE_COLLATION:
    case OPAQUE_CONVERSION:
    case OPAQUE_TEXT_PARSER:
    case OPAQUE_TEXT_TEMPLATE:
    case OPAQUE_TEXT_DICTIONARY:
    case OPAQUE_TEXT_CONFIGURATION:
    case OPAQUE_SERVER:
    case OPAQUE_EVENT_TRIGGER:
    case OPAQUE_PUBLICATION:
    case OPAQUE_SUBSCRIPTION:
        return opaque_word(kind);
    case OPAQUE_INDEX_METHOD:
        return "access method";
    case OPAQUE_FOREIGN_DATA_WRAPPER:
        return "foreign-data wrapper";
    default:
        return NULL;
    }
}

/* Is it the one that `view public.v` speaks of? Names with signs in them are as they are. */
static bool is_named(const char *subject, const Opaque *object)
{
    const char *word = word_of(object->kind);
    StrBuf name = strbuf_new(STRBUF_MAX);
    if (word == NULL || !begins(subject, word) || subject[strlen(word)] != ' ') {
        return false;
    }
    if (strpbrk(object->name->text, "( ") != NULL) {
        strbuf_add(&name, object->name->text);
    } else {
        canon_ident(&name, object->name);
    }
    const char *rest = subject + strlen(word) + 1;
    StrBuf whole = strbuf_new(STRBUF_MAX);
    if (object->schema != NULL) {
        canon_ident(&whole, object->schema);
        strbuf_char(&whole, '.');
    }
    strbuf_add(&whole, strbuf_text(&name));
    const bool same = strcmp(rest, strbuf_text(&name)) == 0 ||
                      strcmp(rest, strbuf_text(&whole)) == 0 || name_is(object->name, rest);
    strbuf_dispose(&name);
    strbuf_dispose(&whole);
    return same;
}

/* Neither left out itself nor of what is. */
static bool is_there(const Catalog *catalog, const char *subject)
{
    vec_each(Opaque *const, at, &catalog->opaque) {
        if (is_named(subject, *at) && !beside_makes(catalog, *at)) {
            return false;
        }
    }
    return true;
}

/* --- its words ----------------------------------------------------------------------------------
 */

/* pg_identify_object's word for an object, and SQL's. */
typedef struct SubjectWord {
    const char *word, *owned, *granted; /* NULL: not so */
} SubjectWord;

static const SubjectWord subjects[] = {
    {"table ", "TABLE ", "TABLE "},
    {"view ", "VIEW ", "TABLE "},
    {"materialized view ", "MATERIALIZED VIEW ", "TABLE "},
    {"sequence ", "SEQUENCE ", "SEQUENCE "},
    {"function ", "FUNCTION ", "FUNCTION "},
    {"procedure ", "PROCEDURE ", "PROCEDURE "},
    {"aggregate ", "AGGREGATE ", "FUNCTION "},
    {"schema ", "SCHEMA ", "SCHEMA "},
    {"type ", "TYPE ", "TYPE "},
    {"domain ", "DOMAIN ", "TYPE "},
    {"collation ", "COLLATION ", NULL},
    {"operator ", "OPERATOR ", NULL},
    {"text search dictionary ", "TEXT SEARCH DICTIONARY ", NULL},
    {"text search configuration ", "TEXT SEARCH CONFIGURATION ", NULL},
    {"statistics object ", "STATISTICS ", NULL},
    {"event trigger ", "EVENT TRIGGER ", NULL},
    {"publication ", "PUBLICATION ", NULL},
};

static const SubjectWord *find_subject(const char *text)
{
    for (size_t i = 0; i < lengthof(subjects); i++) {
        if (begins(text, subjects[i].word)) {
            return &subjects[i];
        }
    }
    return NULL;
}

/* The last ` word ` of a text; NULL: there is none. */
static const char *find_last(const char *text, const char *word)
{
    const char *last = NULL;
    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        last = at;
    }
    return last;
}

/* --- owners -------------------------------------------------------------------------------------
 */

/* `sequence public.s`, of a sequence that a column owns: it is its table's owner's. */
bool beside_is_owned_sequence(const Catalog *catalog, const Opaque *object)
{
    bool found = false;
    if (object->kind != OPAQUE_OWNER || !begins(object->name->text, "sequence ")) {
        return false;
    }
    vec_each(Opaque *const, at, &catalog->opaque) {
        const bool is_owned = (*at)->kind == OPAQUE_SEQUENCE_SETTING &&
                              (strstr((*at)->definition->text, " OWNED BY ") != NULL ||
                               strstr((*at)->definition->text, " IDENTITY OF ") != NULL);
        if (is_owned) {
            StrBuf name = strbuf_new(STRBUF_MAX);
            strbuf_add(&name, "sequence ");
            canon_ident(&name, (*at)->schema);
            strbuf_char(&name, '.');
            canon_ident(&name, (*at)->name);
            found |= name_is(object->name, strbuf_text(&name));
            strbuf_dispose(&name);
        }
    }
    return found;
}

void beside_owner(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    const char *text = object->name->text;
    const SubjectWord *subject = find_subject(text);
    if (subject != NULL && is_there(catalog, text)) {
        strbuf_printf(out, "ALTER %s%s OWNER TO ", subject->owned, text + strlen(subject->word));
        sql_ident(out, object->definition);
        strbuf_add(out, ";\n");
    }
}

static const Opaque *find_owner(const Catalog *catalog, const char *subject)
{
    vec_each(Opaque *const, at, &catalog->opaque) {
        if ((*at)->kind == OPAQUE_OWNER && name_is((*at)->name, subject)) {
            return *at;
        }
    }
    return NULL;
}

/* `function public.f() DEPENDS ON EXTENSION e` */
void beside_dependence(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    if (is_there(catalog, object->name->text)) {
        strbuf_printf(out, "ALTER %s %s;\n", object->name->text, object->definition->text);
    }
}

/* --- rights -------------------------------------------------------------------------------------
 */

static bool is_sequence(const Catalog *catalog, const char *name)
{
    bool found = false;
    vec_each(Opaque *const, at, &catalog->opaque) {
        if ((*at)->kind == OPAQUE_SEQUENCE || (*at)->kind == OPAQUE_SEQUENCE_SETTING) {
            StrBuf quoted = strbuf_new(STRBUF_MAX);
            canon_ident(&quoted, (*at)->name);
            found |= strcmp(strbuf_text(&quoted), name) == 0;
            strbuf_dispose(&quoted);
        }
    }
    return found;
}

/* What stands without its kind (opaque.sql): a view, sequence, function, enum or domain. */
static const char *kind_by_right(const Catalog *catalog, const char *right, const char *name)
{
    if (begins(right, "EXECUTE")) {
        return "ROUTINE ";
    }
    if (is_sequence(catalog, name)) {
        return "SEQUENCE ";
    }
    return begins(right, "USAGE") ? "TYPE " : "TABLE ";
}

/* The object of a right: false where it is left out. */
static bool put_object(StrBuf *out, const Catalog *catalog, const Opaque *object, const char *on)
{
    if (on[0] == '\0') {
        sql_qualified(out, catalog, object->schema, object->relation);
        return object->relation != NULL;
    }
    const SubjectWord *subject = find_subject(on);
    StrBuf aggregate = strbuf_new(STRBUF_MAX);
    strbuf_printf(&aggregate, "aggregate %s", on);
    const bool there = is_there(catalog, on) && is_there(catalog, strbuf_text(&aggregate));
    strbuf_dispose(&aggregate);
    if (subject == NULL) {
        strbuf_printf(out, "%s%s", kind_by_right(catalog, object->name->text, on), on);
        return there;
    }
    strbuf_printf(out, "%s%s", subject->granted == NULL ? "" : subject->granted,
                  on + strlen(subject->word));
    return there && subject->granted != NULL;
}

/* Whose right it is: `PUBLIC`, a role, or `its owner`, who is whoever makes it or is said. */
static void put_grantee(StrBuf *out, const Catalog *catalog, const char *on, const char *grantee)
{
    const Opaque *owner = strcmp(grantee, "its owner") == 0 ? find_owner(catalog, on) : NULL;
    if (owner != NULL) {
        sql_ident(out, owner->definition);
    } else {
        strbuf_add(out, strcmp(grantee, "its owner") == 0 ? "CURRENT_USER" : grantee);
    }
}

/* `SELECT to role`, `UPDATE (column) to role`, `USAGE on schema s to role`. */
void beside_privilege(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    const char *text = object->name->text, *to = find_last(text, " to ");
    const char *on = strstr(text, " on ");
    const bool revokes = begins(object->definition->text, "REVOKE");
    StrBuf subject = strbuf_new(STRBUF_MAX), what = strbuf_new(STRBUF_MAX);
    if (to == NULL || strstr(to, "the deploying role") != NULL) {
        return;
    }
    const char *stop = on != NULL && on < to ? on : to;
    if (stop == on) {
        strbuf_addn(&subject, on + strlen(" on "), (size_t)(to - on) - strlen(" on "));
    }
    if (put_object(&what, catalog, object, strbuf_text(&subject))) {
        strbuf_printf(out, "%s %.*s ON %s %s ", revokes ? "REVOKE" : "GRANT", (int)(stop - text),
                      text, strbuf_text(&what), revokes ? "FROM" : "TO");
        put_grantee(out, catalog, strbuf_text(&subject), to + strlen(" to "));
        strbuf_printf(out, "%s;\n",
                      strstr(object->definition->text, " WITH GRANT OPTION") != NULL
                          ? " WITH GRANT OPTION"
                          : "");
    }
    strbuf_dispose(&subject);
    strbuf_dispose(&what);
}

/* `SELECT on tables of role to role`, in a schema or everywhere. */
void beside_default_privilege(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    static const char deployer[] = "the deploying role", itself[] = "itself";
    const char *text = object->name->text, *on = strstr(text, " on ");
    const char *of = on == NULL ? NULL : strstr(on, " of "), *to = find_last(text, " to ");
    const char *word = object->definition->text;
    const bool revokes = begins(word, "REVOKE");
    (void)catalog;
    if (of == NULL || to == NULL || to < of) {
        return;
    }
    const char *role = of + strlen(" of ");
    const bool is_own = begins(role, deployer);
    strbuf_add(out, "ALTER DEFAULT PRIVILEGES");
    if (!is_own) {
        strbuf_printf(out, " FOR ROLE %.*s", (int)(to - role), role);
    }
    if (object->schema != NULL) {
        strbuf_add(out, " IN SCHEMA ");
        sql_ident(out, object->schema);
    }
    strbuf_printf(out, " %s %.*s ON %.*s %s ", revokes ? "REVOKE" : "GRANT", (int)(on - text), text,
                  (int)(of - on) - (int)strlen(" on "), on + strlen(" on "),
                  revokes ? "FROM" : "TO");
    const char *grantee = to + strlen(" to ");
    if (strcmp(grantee, itself) != 0) {
        strbuf_add(out, grantee);
    } else if (is_own) {
        strbuf_add(out, "CURRENT_USER");
    } else {
        strbuf_addn(out, role, (size_t)(to - role));
    }
    strbuf_printf(out, "%s;\n",
                  strstr(word, " WITH GRANT OPTION") != NULL ? " WITH GRANT OPTION" : "");
}

/* --- comments -----------------------------------------------------------------------------------
 */

/* Told with its schema, or without where it is its own whole name. */
static const char *const whole[] = {
    "function ", "procedure ", "aggregate ",   "trigger ", "policy ",   "rule ",
    "schema ",   "extension ", "publication ", "cast ",    "operator ", "event trigger ",
};
/* Told without its schema. */
static const char *const bare[] = {
    "view ",
    "materialized view ",
    "index ",
    "sequence ",
    "type ",
    "domain ",
    "collation ",
    "text search dictionary ",
    "text search configuration ",
};

static bool begins_with_one(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (begins(text, words[i])) {
            return true;
        }
    }
    return false;
}

/* A table or column of one that is read, or a partition of it. */
static void put_table_subject(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    const bool is_column =
        object->columns.count == 1 || (object->table == NULL && object->name != object->relation);
    strbuf_add(out, is_column ? "COLUMN " : "TABLE ");
    sql_qualified(out, catalog, object->schema, object->relation);
    if (object->columns.count == 1) {
        strbuf_char(out, '.');
        sql_ident(out, object->columns.items[0]->name);
    } else if (is_column) {
        strbuf_printf(out, ".%s", object->name->text);
    }
}

/* Its name begins with what it is about, but for tables and columns. */
static void put_subject(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    static const char constraint[] = "domain constraint ", statistics[] = "statistics object ";
    const char *text = object->name->text, *column = strstr(text, " column ");
    const char *on = find_last(text, " on ");
    if (begins_with_one(text, whole, lengthof(whole))) {
        strbuf_add(out, text);
    } else if (begins(text, constraint) && on != NULL) {
        strbuf_printf(out, "CONSTRAINT %.*s ON DOMAIN %s",
                      (int)(on - text) - (int)strlen(constraint), text + strlen(constraint),
                      on + strlen(" on "));
    } else if (begins(text, "table constraint ")) {
        strbuf_add(out, text + strlen("table "));
    } else if (begins(text, statistics)) {
        strbuf_printf(out, "STATISTICS %s", text + strlen(statistics));
    } else if (begins_with_one(text, bare, lengthof(bare)) && column == NULL) {
        strbuf_add(out, object->schema == catalog->default_schema ? text : "");
    } else if (column != NULL && object->relation == NULL) {
        strbuf_printf(out, "COLUMN %s", column + strlen(" column "));
    } else if ((object->table != NULL && object->part == NULL) ||
               beside_has_partition(catalog, object)) {
        put_table_subject(out, catalog, object);
    }
}

void beside_comment(StrBuf *out, const Catalog *catalog, const Opaque *object)
{
    StrBuf subject = strbuf_new(STRBUF_MAX);
    put_subject(&subject, catalog, object);
    if (subject.len > 0 && is_there(catalog, object->name->text)) {
        strbuf_printf(out, "COMMENT ON %s IS ", strbuf_text(&subject));
        sql_string(out, object->definition->text, object->definition->len);
        strbuf_add(out, ";\n");
    }
    strbuf_dispose(&subject);
}
