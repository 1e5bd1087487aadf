/*
 * dmmf_notation.c - fields in the notation of dmmf_query_internal.h, written out; what they name is
 * queued, or written too.
 */
#include "base/common.h"

#include "compiler/schema/dmmf/dmmf_query_internal.h"

#include <string.h>

/* --- types that depend on a model --- */

typedef struct Shape {
    const char *word, *name;
    Limits limits;
    bool tells_source;
    QueryBuild *build;
    const char *fields;
} Shape;

enum { PLAIN, SOURCE };

static const Shape shapes[] = {
#define SHAPE(id, name, limits, source, build, fields)                                             \
    {#id, name, LIMITS_##limits, source == SOURCE, build, fields},
#include "compiler/schema/dmmf/dmmf_shapes.def"
#undef SHAPE
};

static const char *shape_name(QueryCx *cx, const Shape *shape)
{
    StrBuf name = strbuf_new(STRBUF_MAX);
    for (const char *at = shape->name; *at != '\0'; at++) {
        if (*at == '$') {
            strbuf_add(&name, cx->model->name->text);
        } else if (*at == '^') {
            strbuf_add(&name, query_capital(cx, cx->model->name->text));
        } else if (*at == '&') {
            strbuf_add(&name, query_capital(cx, cx->field->name->text));
        } else {
            strbuf_char(&name, *at);
        }
    }
    return strbuf_take(&name, cx->arena);
}

static const char *need_shape(QueryCx *cx, const char *word)
{
    size_t i = 0;
    while (i < lengthof(shapes) && strcmp(shapes[i].word, word) != 0) {
        i++;
    }
    assert(i < lengthof(shapes));
    const Shape *shape = &shapes[i];
    QueryType type = {.name = shape_name(cx, shape),
                      .build = shape->build,
                      .fields = shape->fields,
                      .model = cx->model,
                      .field = strchr(shape->name, '&') == NULL ? NULL : cx->field,
                      .limits = shape->limits,
                      .tells_source = shape->tells_source};
    return query_need(cx, &type);
}

/* --- enums --- */

static void write_text_list(JsonOut *out, const char *key, const char *const *texts)
{
    json_out_open_member(out, key, '[');
    for (; *texts != NULL; texts++) {
        json_out_text(out, NULL, *texts);
    }
    json_out_close(out);
}

static const char *scalar_enum(QueryCx *cx, const Model *model)
{
    return query_model_name(cx, model, "", "ScalarFieldEnum");
}

/* Enums of fields: some of a model's, named after it. */
static const struct {
    const char *(*name)(QueryCx *cx, const Model *model);
    bool (*is_so)(const Field *field);
} field_enums[] = {
    {scalar_enum, query_is_scalar},
    {query_relevance_enum, query_is_text},
};

static void write_fields(JsonOut *out, const Model *model, bool (*is_so)(const Field *field))
{
    vec_each(Field *const, at, &model->fields) {
        if (is_so(*at)) {
            json_out_text(out, NULL, (*at)->name->text);
        }
    }
}

static void write_field_enum(QueryCx *cx, JsonOut *out, const char *name)
{
    vec_each(const Model *, at, &cx->dmmf->models) {
        for (size_t i = 0; i < lengthof(field_enums); i++) {
            if (strcmp(name, field_enums[i].name(cx, *at)) == 0) {
                write_fields(out, *at, field_enums[i].is_so);
                return;
            }
        }
    }
}

void query_write_client_enum(QueryCx *cx, const char *name)
{
    static const struct {
        const char *name;
        const char *values[5];
    } rows[] = {
        {"TransactionIsolationLevel",
         {"ReadUncommitted", "ReadCommitted", "RepeatableRead", "Serializable", NULL}},
        {"SortOrder", {"asc", "desc", NULL}},
        {"NullsOrder", {"first", "last", NULL}},
        {"QueryMode", {"default", "insensitive", NULL}},
        {"RelationLoadStrategy", {"query", "join", NULL}},
        {"JsonNullValueInput", {"JsonNull", NULL}},
        {"NullableJsonNullValueInput", {"DbNull", "JsonNull", NULL}},
        {"JsonNullValueFilter", {"DbNull", "JsonNull", "AnyNull", NULL}},
    };
    JsonOut *out = &cx->parts[QUERY_ENUMS];
    json_out_open(out, '{');
    json_out_text(out, "name", name);
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (strcmp(rows[i].name, name) == 0) {
            write_text_list(out, "values", rows[i].values);
            json_out_close(out);
            return;
        }
    }
    json_out_open_member(out, "values", '[');
    write_field_enum(cx, out, name);
    json_out_close(out);
    json_out_close(out);
}

static void write_model_enum(QueryCx *cx, const char *name)
{
    JsonOut *out = &cx->parts[QUERY_MODEL_ENUMS];
    vec_each(EnumBlock *const, block, &cx->dmmf->program->enums) {
        if (!name_is((*block)->name, name)) {
            continue;
        }
        json_out_open(out, '{');
        json_out_text(out, "name", name);
        json_out_open_member(out, "values", '[');
        vec_each(AstEnumValue *const, value, &(*block)->ast->values) {
            json_out_text(out, NULL, (*value)->name.name->text);
        }
        json_out_close(out);
        json_out_close(out);
    }
}

/* --- types in the notation --- */

static void write_reference_type(QueryCx *cx, const char *name);

typedef struct TypeText {
    const char *name;
    char kind; /* after the colon: m, e, f; '@', '#'; 0: a scalar */
    bool list;
} TypeText;

static TypeText read_type(QueryCx *cx, const char *text, size_t len)
{
    char *copy = arena_strndup(cx->arena, text, len);
    TypeText type = {.name = copy};
    char *colon = strchr(copy, ':');
    if (colon != NULL) {
        type.kind = colon[1];
        *colon = '\0';
    }
    char *bracket = strstr(copy, "[]");
    if (bracket != NULL) {
        type.list = true;
        *bracket = '\0';
    }
    if (copy[0] == '@' || copy[0] == '#') {
        type.kind = copy[0];
        type.name = copy + 1;
    }
    return type;
}

/* Where a type is to be found; `space` NULL: nowhere, it is a scalar. */
typedef struct Place {
    const char *space, *location;
    bool list;
} Place;

static void write_place(JsonOut *out, const char *key, const char *name, Place place)
{
    json_out_open_member(out, key, '{');
    json_out_text(out, "type", name);
    if (place.space != NULL) {
        json_out_text(out, "namespace", place.space);
    }
    json_out_text(out, "location", place.location);
    json_out_bool(out, "isList", place.list);
    json_out_close(out);
}

/* A type as one object; what it names is queued or written. */
static void write_type(QueryCx *cx, TypeText type)
{
    JsonOut *out = cx->out;
    switch (type.kind) {
    case '@':
        write_place(out, NULL, need_shape(cx, type.name),
                    (Place){"prisma", "inputObjectTypes", type.list});
        break;
    case '#':
        write_place(out, NULL, type.name, (Place){"prisma", "inputObjectTypes", type.list});
        break;
    case 'e':
    case 'm':
        if (query_is_new(cx, arena_printf(cx->arena, "enum %s", type.name))) {
            type.kind == 'e' ? query_write_client_enum(cx, type.name)
                             : write_model_enum(cx, type.name);
        }
        write_place(out, NULL, type.name,
                    (Place){type.kind == 'e' ? "prisma" : "model", "enumTypes", type.list});
        break;
    case 'f':
        if (query_is_new(cx, type.name)) {
            write_reference_type(cx, type.name);
        }
        write_place(out, NULL, type.name, (Place){"prisma", "fieldRefTypes", type.list});
        break;
    default:
        write_place(out, NULL, type.name, (Place){NULL, "scalar", type.list});
        break;
    }
}

/* What is marked `+` is for databases that are known. */
static bool is_wanted(const QueryCx *cx, char mark)
{
    return mark != '+' || query_database_is_known(cx);
}

static void write_types(QueryCx *cx, const char *text, size_t len)
{
    const char *end = text + len;
    while (text < end) {
        const char *bar = memchr(text, '|', (size_t)(end - text));
        const char *stop = bar == NULL ? end : bar;
        if (is_wanted(cx, *text)) {
            text += *text == '+' ? 1 : 0;
            write_type(cx, read_type(cx, text, (size_t)(stop - text)));
        }
        text = stop + 1;
    }
}

static void put_line(QueryCx *cx, const char *text, size_t len)
{
    JsonOut *out = cx->out;
    const char *blank = memchr(text, ' ', len);
    size_t head = (size_t)(blank - text);
    size_t name = strcspn(text, "!~$^ ");
    json_out_open(out, '{');
    json_out_text(out, "name", arena_strndup(cx->arena, text, name));
    if (memchr(text, '^', head) != NULL) {
        json_out_open_member(out, "requiresOtherFields", '[');
        json_out_text(out, NULL, "orderBy");
        json_out_close(out);
    }
    json_out_bool(out, "isRequired", memchr(text, '!', head) != NULL);
    json_out_bool(out, "isNullable", memchr(text, '~', head) != NULL);
    json_out_open_member(out, "inputTypes", '[');
    write_types(cx, blank + 1, len - head - 1);
    json_out_close(out);
    json_out_bool(out, "isParameterizable", memchr(text, '$', head) != NULL);
    json_out_close(out);
}

void query_put(QueryCx *cx, const char *text)
{
    while (*text != '\0') {
        size_t len = strcspn(text, "\n");
        if (is_wanted(cx, *text)) {
            size_t mark = *text == '+' ? 1 : 0;
            put_line(cx, text + mark, len - mark);
        }
        text += len;
        text += *text == '\n' ? 1 : 0;
    }
}

void query_put_for(QueryCx *cx, const Model *model, const Field *field, const char *text)
{
    const Model *saved_model = cx->model;
    const Field *saved_field = cx->field;
    cx->model = model;
    cx->field = field;
    query_put(cx, text);
    cx->model = saved_model;
    cx->field = saved_field;
}

/* "ListEnumRoleFieldRefInput": a list of the schema's enum Role. */
static void write_reference_type(QueryCx *cx, const char *name)
{
    JsonOut *saved = cx->out;
    JsonOut *out = cx->out = &cx->parts[QUERY_REFERENCES];
    bool list = strncmp(name, "List", 4) == 0;
    const char *start = list ? name + 4 : name;
    bool is_enum = strncmp(start, "Enum", 4) == 0;
    start += is_enum ? 4 : 0;
    size_t len = strlen(start) - strlen("FieldRefInput");
    const char *type = arena_strndup(cx->arena, start, len);
    bool is_client = strcmp(type, "QueryMode") == 0;
    json_out_open(out, '{');
    json_out_text(out, "name", name);
    json_out_open_member(out, "allowTypes", '[');
    write_place(out, NULL, type,
                (Place){.space = !is_enum    ? NULL
                                 : is_client ? "prisma"
                                             : "model",
                        .location = is_enum ? "enumTypes" : "scalar",
                        .list = list});
    json_out_close(out);
    json_out_open_member(out, "fields", '[');
    query_put(cx, "_ref! String\n_container! String");
    json_out_close(out);
    json_out_close(out);
    cx->out = saved;
}

/* --- output fields --- */

void query_put_output(QueryCx *cx, const char *name, const char *arguments, const char *type)
{
    JsonOut *out = cx->out;
    size_t len = strcspn(name, "~");
    json_out_open(out, '{');
    json_out_text(out, "name", arena_strndup(cx->arena, name, len));
    json_out_open_member(out, "args", '[');
    query_put(cx, arguments);
    json_out_close(out);
    if (cx->result.name != NULL) {
        query_need(cx, &cx->result);
        cx->result = (QueryType){0};
    }
    json_out_bool(out, "isNullable", name[len] == '~');
    size_t type_len = strcspn(type, "[:");
    const char *bare = arena_strndup(cx->arena, type, type_len);
    bool list = strstr(type, "[]") != NULL;
    const char *kind = strchr(type, ':');
    bool is_output = kind != NULL && kind[1] == 'o';
    bool of_model = kind != NULL && strcmp(kind, ":o") != 0;
    if (kind != NULL && !is_output && query_is_new(cx, arena_printf(cx->arena, "enum %s", bare))) {
        write_model_enum(cx, bare);
    }
    write_place(out, "outputType", bare,
                (Place){.space = kind == NULL ? NULL
                                 : of_model   ? "model"
                                              : "prisma",
                        .location = kind == NULL ? "scalar"
                                    : is_output  ? "outputObjectTypes"
                                                 : "enumTypes",
                        .list = list});
    json_out_close(out);
}
