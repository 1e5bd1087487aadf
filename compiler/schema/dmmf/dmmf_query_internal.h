/*
 * dmmf_query_internal.h - the types of the client's queries: `schema` of the DMMF.
 *
 * They refer to each other in circles, so they are made by need: writing a field that names a type
 * puts the type into a queue, once, and the queue is worked off in order. That order is the
 * document's.
 *
 * A field is written in a notation of its own: `name` with marks, a blank, types joined by `|`.
 *   marks: `!` required, `~` nullable, `$` may be a query's parameter, `^` only
 *          beside `orderBy`, `+` only when the schema has a datasource (not all databases can do
 *          everything).
 *   types: `Int`, `Role:m` (an enum of the schema), `SortOrder:e` (an enum of the client),
 * `IntFieldRefInput:f` (a reference to a field), `@WHERE` (a row of dmmf_shapes.def, for the model
 * at hand), `#Name` (an input type that is queued already). `[]` after the name makes it a list:
 * `Role[]:m`. `+` before it: as for fields.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_DMMF_DMMF_QUERY_INTERNAL_H
#define BELLOWS_COMPILER_SCHEMA_DMMF_DMMF_QUERY_INTERNAL_H

#include "base/map.h"
#include "compiler/schema/dmmf/dmmf_internal.h"

typedef struct QueryCx QueryCx;
typedef struct QueryType QueryType;

typedef void QueryBuild(QueryCx *cx, const QueryType *type);

typedef enum ShapeId {
#define SHAPE(id, name, limits, source, build, fields) SHAPE_##id,
#include "compiler/schema/dmmf/dmmf_shapes.def"
#undef SHAPE
    SHAPE_COUNT
} ShapeId;

typedef enum Limits { LIMITS_ANY, LIMITS_ONE, LIMITS_JUST_ONE, LIMITS_UNIQUE } Limits;

/* What a filter or an operation is about. */
typedef struct QueryScalar {
    const char *type; /* "Int", or the name of an enum */
    bool is_enum, is_uuid, nullable;
} QueryScalar;

/* A type in the queue. */
struct QueryType {
    const char *name;
    QueryBuild *build;
    const char *fields; /* in the notation, when there is no build */
    const Model *model; /* NULL: of no model */
    const Field *field; /* left out, or the list it is for; may be NULL */
    const Key *key;     /* of a compound unique */
    QueryScalar scalar;
    bool nested, aggregated; /* of a filter */
    Limits limits;
    bool tells_source, is_output, is_model_output;
};

typedef VEC(QueryType *) QueryTypeList;

/* The lists of the document. */
typedef enum QueryPart {
    QUERY_INPUTS,
    QUERY_OUTPUTS,
    QUERY_MODEL_OUTPUTS,
    QUERY_ENUMS,
    QUERY_MODEL_ENUMS,
    QUERY_REFERENCES,
    QUERY_PART_COUNT
} QueryPart;

struct QueryCx {
    Arena *arena;
    DmmfCx *dmmf;
    Names *names;
    Map seen; /* names of all types met */
    QueryTypeList queue;
    StrBuf texts[QUERY_PART_COUNT];
    JsonOut parts[QUERY_PART_COUNT];
    JsonOut *out;       /* the part being written */
    QueryType result;   /* of the output field that is put next; name NULL: queued already */
    const Model *model; /* at hand: for `@` */
    const Field *field;
};

/* --- dmmf_query.c --- */

/* True the first time. */
bool query_is_new(QueryCx *cx, const char *name);
/* Queues `type` unless one of its name was; its name. */
const char *query_need(QueryCx *cx, const QueryType *type);

/* --- dmmf_notation.c --- */

/* One field of an input type, in the notation. */
void query_put(QueryCx *cx, const char *text);
#define query_printf(cx, ...) query_put((cx), arena_printf((cx)->arena, __VA_ARGS__))
/* The same with another model at hand. */
void query_put_for(QueryCx *cx, const Model *model, const Field *field, const char *text);
/* One field of an output type: its arguments as lines of the notation, and its type. */
void query_put_output(QueryCx *cx, const char *name, const char *arguments, const char *type);
/* An enum that the client brings. */
void query_write_client_enum(QueryCx *cx, const char *name);

/* --- dmmf_query_fields.c --- */

/* The field's type in the notation, as a list or not: "Int", "Role:m", "Int[]". */
const char *query_type_text(QueryCx *cx, const Field *field, bool list);
QueryScalar query_scalar(const Field *field);
/* "Author" for author. */
const char *query_capital(QueryCx *cx, const char *name);

/* The model's name with a large first letter, between two texts. */
const char *query_model_name(QueryCx *cx, const Model *model, const char *before,
                             const char *after);
/* The enum of the fields a model can be ordered by how well they match. */
const char *query_relevance_enum(QueryCx *cx, const Model *model);

/* A column the client sees; a relation it sees. */
bool query_is_scalar(const Field *field);
bool query_is_relation(const Field *field);
bool query_is_number(const Field *field);
bool query_is_text(const Field *field);
/* Has a least and a greatest value. */
bool query_has_bounds(const Field *field);
bool query_model_has(const Model *model, bool (*is_so)(const Field *field));
/* The relation stores its reference in this model. */
bool query_is_inlined(const Field *field);
/* The schema has a datasource: not all databases can do everything. */
bool query_database_is_known(const QueryCx *cx);
/* The client offers what this preview feature is about. */
bool query_previews(const QueryCx *cx, const char *feature);
/* "a_b", or the name given. */
const char *query_key_name(QueryCx *cx, const Key *key);
/* What rows go by: the id, else the first unique without NULLs; NULL: none. */
const Key *query_row_key(const Model *model);
bool query_is_in_key(const Field *field, const Key *key);
/* Names a row, over all rows or some. */
bool query_is_unique(const Field *field);
/* Those of several fields. */
typedef VEC(const Key *) QueryKeyList;
QueryKeyList query_compound_keys(QueryCx *cx, const Model *model);

/* --- dmmf_filters.c: names of the types, which are queued --- */

const char *query_filter(QueryCx *cx, QueryScalar scalar, bool nested, bool aggregated);
const char *query_list_filter(QueryCx *cx, const Field *field);
const char *query_set_input(QueryCx *cx, const Field *field, bool update);
const char *query_operations(QueryCx *cx, const Field *field);
const char *query_compound(QueryCx *cx, const Key *key);
const char *query_sort_input(QueryCx *cx);

/* --- dmmf_outputs.c --- */

/* Queues Query and Mutation. */
void query_start(QueryCx *cx);

/* dmmf_inputs.c: a row cannot be made without saying something. */
bool query_needs_data(const Model *model);

QueryBuild dmmf_build_where, dmmf_build_scalar_where, dmmf_build_having, dmmf_build_where_unique,
    dmmf_build_order, dmmf_build_order_aggregation, dmmf_build_order_count, dmmf_build_order_number,
    dmmf_build_order_bound, dmmf_build_relevance, dmmf_build_create, dmmf_build_unchecked_create,
    dmmf_build_update, dmmf_build_unchecked_update, dmmf_build_create_many, dmmf_build_update_many,
    dmmf_build_unchecked_update_many, dmmf_build_create_nested, dmmf_build_create_nested_one,
    dmmf_build_update_nested, dmmf_build_update_optional, dmmf_build_update_required;

#endif
