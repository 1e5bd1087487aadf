/*
 * column_type.c - the name of a type in a statement, and the type that it means here.
 *
 * Source: PostgreSQL manual, "Data Types"; types.def, server_types.def, and the realm's own.
 */
#include "base/common.h"

#include <stdlib.h>

#include "base/strbuf.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/catalog/types.h"
#include "compiler/replay/read/reader.h"

typedef struct ServerType {
    const char *name, *extension;
} ServerType;

static const ServerType server_types[] = {
#define SERVER_TYPE(name, extension) {name, extension},
#include "compiler/world/server_types.def"
#undef SERVER_TYPE
};

static const ServerType *find_server_type(const char *name)
{
    for (size_t i = 0; i < lengthof(server_types); i++) {
        if (strcmp(server_types[i].name, name) == 0) {
            return &server_types[i];
        }
    }
    return NULL;
}

/* --- arguments ----------------------------------------------------------------------------------
 */

static bool number_of(const Node *node, int32_t *ret_number)
{
    if (node->node_case != PG_QUERY__NODE__NODE_A_CONST || node->a_const->isnull ||
        node->a_const->val_case != PG_QUERY__A__CONST__VAL_IVAL) {
        return false;
    }
    *ret_number = node->a_const->ival->ival;
    return true;
}

static bool check_argument(Realm *realm, const ColumnType *type, int32_t first)
{
    enum { LENGTH_MAX = 10485760, DIGITS_MAX = 1000 };
    const TypeArguments rule = type_row(type->id)->arguments;
    if (rule == ARGUMENTS_LENGTH && (first < 1 || first > LENGTH_MAX)) {
        return realm_refuse(realm, "22023", "length for type %s must be between 1 and %d",
                            type_row(type->id)->catalog_name, (int)LENGTH_MAX);
    }
    if (rule == ARGUMENTS_DECIMAL && (first < 1 || first > DIGITS_MAX)) {
        return realm_refuse(realm, "22023", "NUMERIC precision %d must be between 1 and %d",
                            (int)first, (int)DIGITS_MAX);
    }
    return true;
}

static bool set_arguments(SqlReplay *cx, const PgQuery__TypeName *name, ColumnType *type)
{
    enum { PRECISION_MAX = 6 };
    int32_t numbers[2] = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT};
    const TypeArguments rule = type_row(type->id)->arguments;
    for (size_t i = 0; i < name->n_typmods; i++) {
        if (i >= 2 || !number_of(name->typmods[i], &numbers[i])) {
            return realm_unknown(cx->realm, "the arguments of a type");
        }
    }
    if (name->n_typmods == 0) {
        return true;
    }
    if (rule == ARGUMENTS_NONE || (rule != ARGUMENTS_DECIMAL && name->n_typmods > 1)) {
        return realm_unknown(cx->realm, "the arguments of a type that has none");
    }
    if (rule == ARGUMENTS_DECIMAL && name->n_typmods == 1) {
        numbers[1] = 0;
    }
    if (rule == ARGUMENTS_PRECISION && numbers[0] > PRECISION_MAX) {
        numbers[0] = PRECISION_MAX;
    }
    type->arguments[0] = numbers[0];
    type->arguments[1] = numbers[1];
    if (rule == ARGUMENTS_DECIMAL && numbers[1] < 0) {
        return realm_unknown(cx->realm, "a negative scale");
    }
    return check_argument(cx->realm, type, numbers[0]);
}

/* The fields of an interval, as a set of bits to the grammar and in words to format_type(). */
static const char *interval_fields(int32_t range)
{
    enum { MONTH = 1 << 1, YEAR = 1 << 2, DAY = 1 << 3 };
    enum { HOUR = 1 << 10, MINUTE = 1 << 11, SECOND = 1 << 12, FULL_RANGE = 32767 };
    static const struct {
        int32_t range;
        const char *words;
    } rows[] = {
        {FULL_RANGE, ""},
        {YEAR, " year"},
        {MONTH, " month"},
        {DAY, " day"},
        {HOUR, " hour"},
        {MINUTE, " minute"},
        {SECOND, " second"},
        {YEAR | MONTH, " year to month"},
        {DAY | HOUR, " day to hour"},
        {DAY | HOUR | MINUTE, " day to minute"},
        {DAY | HOUR | MINUTE | SECOND, " day to second"},
        {HOUR | MINUTE, " hour to minute"},
        {HOUR | MINUTE | SECOND, " hour to second"},
        {MINUTE | SECOND, " minute to second"},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (rows[i].range == range) {
            return rows[i].words;
        }
    }
    return NULL;
}

/* ` day to second`, of which the digits of seconds may follow. */
static bool print_fields(SqlReplay *cx, const PgQuery__TypeName *name, StrBuf *out)
{
    enum { PRECISION_MAX = 6 };
    int32_t range = 0, digits = 0;
    const char *words = number_of(name->typmods[0], &range) ? interval_fields(range) : NULL;
    const bool has_digits = name->n_typmods > 1;
    if (words == NULL || (has_digits && !number_of(name->typmods[1], &digits)) || digits < 0) {
        return realm_unknown(cx->realm, "the fields of an interval");
    }
    strbuf_add(out, words);
    if (has_digits) {
        strbuf_printf(out, "(%d)", digits > PRECISION_MAX ? PRECISION_MAX : (int)digits);
    }
    return true;
}

/* `(3)`, `(Point,4326)`. */
static bool print_arguments(SqlReplay *cx, const PgQuery__TypeName *name, const char *type,
                            StrBuf *out)
{
    int32_t number = 0;
    if (name->n_typmods == 0) {
        return true;
    }
    if (strcmp(type, "interval") == 0) {
        return print_fields(cx, name, out);
    }
    for (size_t i = 0; i < name->n_typmods; i++) {
        strbuf_add(out, i == 0 ? "(" : ",");
        if (number_of(name->typmods[i], &number)) {
            strbuf_printf(out, "%d", (int)number);
        } else {
            return realm_unknown(cx->realm, "the arguments of a type");
        }
    }
    strbuf_char(out, ')');
    return true;
}

/* --- types that are no words of the language ----------------------------------------------------
 */

static bool raw_type(SqlReplay *cx, const PgQuery__TypeName *name, Name schema, const char *type,
                     ColumnType *ret_type)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (schema != NULL && schema != cx->realm->catalog->default_schema) {
        redo_quoted(&out, schema);
        strbuf_char(&out, '.');
    }
    if (find_server_type(type) != NULL) {
        strbuf_add(&out, type);
    } else {
        redo_quoted(&out, intern_cstr(cx->names, type));
    }
    const bool ok = print_arguments(cx, name, type, &out);
    ret_type->id = TYPE_OTHER;
    ret_type->raw = intern(cx->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
    return ok;
}

bool redo_is_server_type(Name schema, Name name)
{
    TypeId id;
    return name != NULL && (schema == NULL || name_is(schema, "pg_catalog")) &&
           (type_find_catalog(name->text, &id) || find_server_type(name->text) != NULL);
}

static Name extension_schema(const SqlReplay *cx, const char *extension)
{
    vec_each(Extension *const, at, &cx->realm->catalog->extensions) {
        if (name_is((*at)->name, extension)) {
            return (*at)->schema;
        }
    }
    return NULL;
}

/* One of the realm's, which an unqualified name finds after the server's own. */
static bool own_type(SqlReplay *cx, const PgQuery__TypeName *name, const RealmType *own,
                     ReplayType *ret)
{
    ColumnType *type = &ret->type;
    if (own->kind == REALM_ENUM) {
        type->id = TYPE_ENUM;
        type->enum_type = own->enum_type;
        return name->n_typmods == 0 || realm_unknown(cx->realm, "the arguments of an enum type");
    }
    if (own->kind == REALM_DOMAIN && name->n_array_bounds == 0) {
        ColumnType *base = arena_make(cx->arena, ColumnType);
        *base = own->domain_of;
        type->domain_of = base;
        ret->not_null = own->domain_not_null;
    }
    return raw_type(cx, name, own->schema, own->name->text, type);
}

static const char *serial_type(Name name)
{
    static const struct {
        const char *name, *type;
    } serials[] = {
        {"serial", "int4"},  {"serial4", "int4"},     {"bigserial", "int8"},
        {"serial8", "int8"}, {"smallserial", "int2"}, {"serial2", "int2"},
    };
    for (size_t i = 0; i < lengthof(serials); i++) {
        if (name_is(name, serials[i].name)) {
            return serials[i].type;
        }
    }
    return NULL;
}

static bool missing_type(SqlReplay *cx, Name schema, Name name)
{
    if (realm_is_server_schema(schema)) {
        return realm_unknown(cx->realm, "type `%s`, which may be the server's", name->text);
    }
    if (!realm_has_schema(cx->realm, schema)) {
        return false;
    }
    if (cx->realm->has_unknown_extension) {
        return realm_unknown(cx->realm, "type `%s`, which may be an extension's", name->text);
    }
    return realm_refuse(cx->realm, "42704", "type `%s` does not exist", name->text);
}

bool redo_type(SqlReplay *cx, const PgQuery__TypeName *name, ReplayType *ret_type)
{
    Name schema = NULL, last = NULL;
    ReplayType made = {.type = {.arguments = {TYPE_NO_ARGUMENT, TYPE_NO_ARGUMENT}}};
    redo_list_name(cx, name->names, name->n_names, &schema, &last);
    if (last == NULL || name->setof || name->pct_type || name->n_names > 2) {
        return realm_unknown(cx->realm, "the name of a type");
    }
    const bool of_server = schema == NULL || name_is(schema, "pg_catalog");
    const RealmType *own = of_server && schema != NULL ? NULL : realm_type(cx->realm, schema, last);
    const ServerType *server = find_server_type(last->text);
    const bool from_extension = server != NULL && server->extension[0] != '\0';
    bool ok = true;
    made.type.list = name->n_array_bounds > 0;
    made.serial = of_server && !made.type.list ? serial_type(last) : NULL;
    if (made.serial != NULL) {
        ok = type_find_catalog(made.serial, &made.type.id);
    } else if (of_server && !name_is(last, "citext") &&
               type_find_catalog(last->text, &made.type.id)) {
        ok = set_arguments(cx, name, &made.type);
    } else if (of_server && schema != NULL && name_is(last, "char")) {
        made.type.id = TYPE_CHAR;
    } else if (of_server && own == NULL && name_is(last, "char")) { /* "char", one byte */
        ok = raw_type(cx, name, NULL, last->text, &made.type);
    } else if (of_server && server != NULL && !from_extension) {
        ok = raw_type(cx, name, NULL, last->text, &made.type);
    } else if (own != NULL) {
        ok = own_type(cx, name, own, &made);
    } else if (name_is(last, "citext") && realm_has_extension(cx->realm, "citext")) {
        made.type.id = TYPE_CITEXT;
    } else if (from_extension && realm_has_extension(cx->realm, server->extension)) {
        ok = raw_type(cx, name, extension_schema(cx, server->extension), last->text, &made.type);
    } else {
        ok = missing_type(cx, schema, last);
    }
    if (ok) {
        *ret_type = made;
    }
    return ok;
}

bool redo_true_type(SqlReplay *cx, const PgQuery__TypeName *name, ReplayType *ret_type)
{
    ReplayType type;
    if (!redo_type(cx, name, &type)) {
        return false;
    }
    if (type.serial != NULL) {
        return realm_refuse(cx->realm, "42704", "type `%s` does not exist",
                            name->names[name->n_names - 1]->string->sval);
    }
    *ret_type = type;
    return true;
}

static const char *plain_text(const ColumnType *type)
{
    static const struct {
        TypeId id;
        const char *text;
    } texts[] = {
        {TYPE_SMALLINT, "smallint"},
        {TYPE_INTEGER, "integer"},
        {TYPE_BIGINT, "bigint"},
        {TYPE_REAL, "real"},
        {TYPE_DOUBLE_PRECISION, "double precision"},
        {TYPE_BOOLEAN, "boolean"},
        {TYPE_VARCHAR, "character varying"},
        {TYPE_CHAR, "character"},
        {TYPE_VARBIT, "bit varying"},
        {TYPE_TIMESTAMP, "timestamp without time zone"},
        {TYPE_TIMESTAMPTZ, "timestamp with time zone"},
        {TYPE_TIME, "time without time zone"},
        {TYPE_TIMETZ, "time with time zone"},
    };
    for (size_t i = 0; i < lengthof(texts); i++) {
        if (texts[i].id == type->id) {
            return texts[i].text;
        }
    }
    return type_row(type->id)->catalog_name;
}

static const char *enum_text(const SqlReplay *cx, const EnumType *type, bool qualified)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (qualified || type->schema != cx->realm->catalog->default_schema) {
        redo_quoted(&out, type->schema);
        strbuf_char(&out, '.');
    }
    redo_quoted(&out, type->name);
    return strbuf_take(&out, cx->arena);
}

const char *redo_type_text(const SqlReplay *cx, const ColumnType *type)
{
    const char *text = type->id == TYPE_OTHER  ? type->raw->text
                       : type->id == TYPE_ENUM ? enum_text(cx, type->enum_type, false)
                                               : plain_text(type);
    return type->list ? arena_printf(cx->arena, "%s[]", text) : text;
}

const char *redo_type_full_text(const SqlReplay *cx, const ColumnType *type)
{
    ColumnType one = *type;
    one.list = false;
    const char *text = redo_type_text(cx, &one);
    const bool is_own = type->id == TYPE_OTHER || type->id == TYPE_ENUM;
    if (!is_own && type->arguments[0] != TYPE_NO_ARGUMENT) {
        const size_t word = strcspn(text, " ");
        const bool is_time = type_row(type->id)->arguments == ARGUMENTS_PRECISION;
        const size_t before = is_time ? word : strlen(text);
        text = type_row(type->id)->arguments == ARGUMENTS_DECIMAL
                   ? arena_printf(cx->arena, "%s(%d,%d)", text, (int)type->arguments[0],
                                  (int)type->arguments[1])
                   : arena_printf(cx->arena, "%.*s(%d)%s", (int)before, text,
                                  (int)type->arguments[0], text + before);
    }
    return type->list ? arena_printf(cx->arena, "%s[]", text) : text;
}

/* Types whose names are key words of SQL are never qualified. */
static bool is_sql_word(TypeId id)
{
    static const TypeId words[] = {
        TYPE_SMALLINT,  TYPE_INTEGER,     TYPE_BIGINT, TYPE_REAL,   TYPE_DOUBLE_PRECISION,
        TYPE_BOOLEAN,   TYPE_VARCHAR,     TYPE_CHAR,   TYPE_VARBIT, TYPE_BIT,
        TYPE_TIMESTAMP, TYPE_TIMESTAMPTZ, TYPE_TIME,   TYPE_TIMETZ, TYPE_DECIMAL,
    };
    for (size_t i = 0; i < lengthof(words); i++) {
        if (words[i] == id) {
            return true;
        }
    }
    return false;
}

const char *redo_type_qualified(const SqlReplay *cx, const ColumnType *type)
{
    ColumnType one = *type;
    one.list = false;
    const char *text = redo_type_text(cx, &one);
    if (type->id == TYPE_ENUM) {
        text = enum_text(cx, type->enum_type, true);
    } else if (type->id == TYPE_CITEXT || type->id == TYPE_OTHER) {
        const bool is_server = type->id == TYPE_OTHER && find_server_type(text) != NULL &&
                               find_server_type(text)->extension[0] == '\0';
        const bool is_bare = strchr(text, '.') == NULL;
        text = strcmp(text, "interval") == 0 || !is_bare
                   ? text
                   : arena_printf(
                         cx->arena, "%s.%s",
                         is_server ? "pg_catalog" : cx->realm->catalog->default_schema->text, text);
    } else if (!is_sql_word(type->id)) {
        text = arena_printf(cx->arena, "pg_catalog.%s", text);
    }
    return type->list ? arena_printf(cx->arena, "%s[]", text) : text;
}
