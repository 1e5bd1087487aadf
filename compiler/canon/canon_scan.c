/*
 * canon_scan.c - defaults as the server prints most of them, told without the parser.
 *
 * In: the text of pg_get_expr.   Out: a plain literal, now() or nextval(), of which a database has
 * thousands; or that this is something else. Anything unsure goes to the parser: canon_default.c.
 */
#include "base/common.h"

#include <string.h>

#include "compiler/canon/canon_internal.h"
#include "compiler/catalog/types.h"

/* How the server prints the cast of a literal to each type it has words for. */
static const char *const printed_types[] = {
    [TYPE_SMALLINT] = "smallint",
    [TYPE_INTEGER] = "integer",
    [TYPE_OID] = "oid",
    [TYPE_BIGINT] = "bigint",
    [TYPE_DECIMAL] = "numeric",
    [TYPE_MONEY] = "money",
    [TYPE_REAL] = "real",
    [TYPE_DOUBLE_PRECISION] = "double precision",
    [TYPE_BOOLEAN] = "boolean",
    [TYPE_TEXT] = "text",
    [TYPE_VARCHAR] = "character varying",
    [TYPE_CHAR] = "bpchar",
    [TYPE_BIT] = "\"bit\"",
    [TYPE_VARBIT] = "bit varying",
    [TYPE_UUID] = "uuid",
    [TYPE_XML] = "xml",
    [TYPE_INET] = "inet",
    [TYPE_CITEXT] = "citext",
    [TYPE_TIMESTAMP] = "timestamp without time zone",
    [TYPE_TIMESTAMPTZ] = "timestamp with time zone",
    [TYPE_DATE] = "date",
    [TYPE_TIME] = "time without time zone",
    [TYPE_TIMETZ] = "time with time zone",
    [TYPE_JSON] = "json",
    [TYPE_JSONB] = "jsonb",
    [TYPE_BYTEA] = "bytea",
};

static_assert(lengthof(printed_types) == TYPE_ENUM, "one text per base type");

/* `name` or `"name"` of the enum, unqualified. */
static bool names_enum(const char *text, const EnumType *type)
{
    size_t len = strlen(text);
    bool quoted = len >= 2 && text[0] == '"' && text[len - 1] == '"';
    const char *name = quoted ? text + 1 : text;
    size_t name_len = quoted ? len - 2 : len;
    return name_len == type->name->len && memcmp(name, type->name->text, name_len) == 0 &&
           memchr(name, '"', name_len) == NULL;
}

/* Is `::type` after a literal the column's own? Anything unsure goes to the parser. */
static bool is_own_cast(const CanonCx *cx, const char *text, const ColumnType *type)
{
    if (type->id == TYPE_ENUM) {
        return type->enum_type->schema == cx->default_schema && names_enum(text, type->enum_type);
    }
    return strcmp(text, printed_types[type->id]) == 0;
}

/* `'...'` and what follows it; NULL when it is not a plain one. */
static const char *scan_string(const char *text, StrBuf *out)
{
    const char *at = text + 1;
    while (*at != '\0') {
        if (*at == '\'' && at[1] != '\'') {
            return at + 1;
        }
        at += *at == '\'' ? 1 : 0;
        strbuf_char(out, *at++);
    }
    return NULL;
}

static bool scan_literal(const CanonCx *cx, const char *text, const ColumnType *type, Literal *ret)
{
    size_t number = strspn(text, "0123456789.");
    bool numeric = type->id != TYPE_ENUM && canon_literal_kind(type) == LITERAL_NUMBER;
    bool boolean = strcmp(text, "true") == 0 || strcmp(text, "false") == 0;
    if ((numeric && number > 0 && text[number] == '\0') || (boolean && type->id == TYPE_BOOLEAN)) {
        *ret = canon_literal(cx, type, text, strlen(text));
        return true;
    }
    if (text[0] != '\'' || (type->id == TYPE_DECIMAL && !numeric)) {
        return false;
    }
    StrBuf out = strbuf_new(CANON_TEXT_MAX);
    const char *rest = scan_string(text, &out);
    bool own = rest != NULL &&
               (*rest == '\0' || (strncmp(rest, "::", 2) == 0 && is_own_cast(cx, rest + 2, type)));
    StrBuf scratch = strbuf_new(CANON_TEXT_MAX);
    /* NaN and other words are no number literals of the language */
    own = own && (!numeric || canon_number(&scratch, strbuf_text(&out), out.len));
    if (own) {
        *ret = canon_literal(cx, type, strbuf_text(&out), out.len);
    }
    strbuf_dispose(&scratch);
    strbuf_dispose(&out);
    return own;
}

/* One name of a dotted list, as the server's scanner reads it: quoted, or in small letters. */
static Name take_name(const CanonCx *cx, const char **at)
{
    const char *c = *at;
    const bool quoted = *c == '"';
    StrBuf out = strbuf_new(CANON_TEXT_MAX);
    c += quoted ? 1 : 0;
    while (*c != '\0' && (quoted ? *c != '"' || c[1] == '"' : *c != '.')) {
        c += quoted && *c == '"' ? 1 : 0;
        strbuf_char(&out, !quoted && *c >= 'A' && *c <= 'Z' ? (char)(*c | 0x20) : *c);
        c++;
    }
    *at = c + (quoted && *c == '"' ? 1 : 0);
    Name name = canon_intern(cx, &out);
    strbuf_dispose(&out);
    return name;
}

/* The sequence a regclass literal names: `name`, `"Name"`, `schema.name`. */
Sequence *canon_parse_relation(const CanonCx *cx, Arena *arena, const char *text)
{
    if (*text == '\0') {
        return NULL;
    }
    const char *at = text;
    Name schema = cx->default_schema;
    Name name = take_name(cx, &at);
    if (*at == '.' && at[1] != '\0') {
        at++;
        schema = name;
        name = take_name(cx, &at);
    }
    if (*at != '\0' || schema == NULL) {
        return NULL;
    }
    Sequence *sequence = arena_make(arena, Sequence);
    sequence->schema = schema;
    sequence->name = name;
    return sequence;
}

/* `nextval('...'::regclass)`, as the server prints it. */
static bool scan_sequence(const CanonCx *cx, Arena *arena, const char *text, Sequence **ret)
{
    static const char call[] = "nextval('";
    if (strncmp(text, call, sizeof call - 1) != 0) {
        return false;
    }
    StrBuf out = strbuf_new(CANON_TEXT_MAX);
    const char *rest = scan_string(text + sizeof call - 2, &out);
    if (rest != NULL && strcmp(rest, "::regclass)") == 0) {
        *ret = canon_parse_relation(cx, arena, strbuf_text(&out));
    }
    strbuf_dispose(&out);
    return *ret != NULL;
}

bool canon_may_count(const ColumnType *type)
{
    if (type == NULL || type->list || type->id >= TYPE_ENUM) {
        return type == NULL;
    }
    Scalar scalar = type_row(type->id)->scalar;
    return scalar == SCALAR_INT || scalar == SCALAR_BIGINT;
}

bool canon_scan_default(const CanonCx *cx, Arena *arena, const char *text, const ColumnType *type,
                        Default *ret)
{
    if (strcmp(text, "CURRENT_TIMESTAMP") == 0 || strcmp(text, "now()") == 0) {
        ret->kind = DEFAULT_NOW;
        return true;
    }
    if (canon_may_count(type) && scan_sequence(cx, arena, text, &ret->sequence)) {
        ret->kind = DEFAULT_SEQUENCE;
        return true;
    }
    bool scalar = !type->list && type->id != TYPE_OTHER;
    if (scalar && scan_literal(cx, text, type, &ret->value)) {
        ret->kind = DEFAULT_VALUE;
        return true;
    }
    return false;
}
