/*
 * dmmf_query.c - the queue of types, worked off in order, and the lists of the document they go to.
 */
#include "base/common.h"

#include "compiler/schema/dmmf/dmmf_query_internal.h"

/* --- the queue --- */

bool query_is_new(QueryCx *cx, const char *name)
{
    Name key = intern_cstr(cx->names, name);
    if (map_get(&cx->seen, key) != NULL) {
        return false;
    }
    map_put(cx->arena, &cx->seen, key, cx);
    return true;
}

const char *query_need(QueryCx *cx, const QueryType *type)
{
    if (query_is_new(cx, type->name)) {
        QueryType *copy = arena_make(cx->arena, QueryType);
        *copy = *type;
        vec_push(cx->arena, &cx->queue, copy);
    }
    return type->name;
}

/* --- working off the queue --- */

/* All keys, the id first, also those the client does not see. */
static void write_unique_names(QueryCx *cx, const Model *model)
{
    json_out_open_member(cx->out, "fields", '[');
    if (model->id != NULL) {
        json_out_text(cx->out, NULL, query_key_name(cx, model->id));
    }
    vec_each(Field *const, at, &model->fields) {
        if ((*at)->unique != NULL) {
            json_out_text(cx->out, NULL, (*at)->name->text);
        }
    }
    vec_each(Key *const, at, &model->uniques) {
        json_out_text(cx->out, NULL, query_key_name(cx, *at));
    }
    json_out_close(cx->out);
}

static void write_limits(QueryCx *cx, const QueryType *type)
{
    JsonOut *out = cx->out;
    bool one = type->limits == LIMITS_ONE || type->limits == LIMITS_JUST_ONE;
    json_out_open_member(out, "constraints", '{');
    if (one) {
        json_out_integer(out, "maxNumFields", 1);
    } else {
        json_out_null(out, "maxNumFields");
    }
    if (type->limits == LIMITS_ANY) {
        json_out_null(out, "minNumFields");
    } else {
        json_out_integer(out, "minNumFields", type->limits == LIMITS_ONE ? 0 : 1);
    }
    if (type->limits == LIMITS_UNIQUE) {
        write_unique_names(cx, type->model);
    }
    json_out_close(out);
}

static void write_head(QueryCx *cx, const QueryType *type)
{
    JsonOut *out = cx->out;
    json_out_text(out, "name", type->name);
    if (type->is_output) {
        return;
    }
    if (type->model != NULL) {
        json_out_open_member(out, "meta", '{');
        if (type->tells_source) {
            json_out_text(out, "source", type->model->name->text);
        }
        json_out_text(out, "grouping", type->model->name->text);
        json_out_close(out);
    }
    write_limits(cx, type);
}

static void write_queued(QueryCx *cx, const QueryType *type)
{
    cx->out = &cx->parts[!type->is_output        ? QUERY_INPUTS
                         : type->is_model_output ? QUERY_MODEL_OUTPUTS
                                                 : QUERY_OUTPUTS];
    cx->model = type->model;
    cx->field = type->field;
    json_out_open(cx->out, '{');
    write_head(cx, type);
    json_out_open_member(cx->out, "fields", '[');
    if (type->build != NULL) {
        type->build(cx, type);
    } else {
        query_put(cx, type->fields);
    }
    json_out_close(cx->out);
    json_out_close(cx->out);
}

static void write_list(QueryCx *cx, const char *key, QueryPart part)
{
    bool empty = !cx->parts[part].wants_comma;
    json_out_close(&cx->parts[part]);
    if (!empty) {
        json_out_raw(cx->dmmf->out, key, strbuf_text(&cx->texts[part]));
    }
    strbuf_dispose(&cx->texts[part]);
}

void dmmf_write_queries(DmmfCx *dmmf)
{
    QueryCx cx = {.arena = dmmf->arena, .dmmf = dmmf, .names = dmmf->program->names};
    for (size_t i = 0; i < QUERY_PART_COUNT; i++) {
        cx.texts[i] = strbuf_new(STRBUF_MAX);
        cx.parts[i] = json_out_new(&cx.texts[i], false);
        json_out_open(&cx.parts[i], '[');
    }
    if (query_database_is_known(&cx)) {
        query_write_client_enum(&cx, "TransactionIsolationLevel");
    }
    query_start(&cx);
    for (size_t i = 0; i < cx.queue.count; i++) {
        write_queued(&cx, cx.queue.items[i]);
    }
    JsonOut *out = dmmf->out;
    json_out_open_member(out, "schema", '{');
    json_out_open_member(out, "inputObjectTypes", '{');
    write_list(&cx, "prisma", QUERY_INPUTS);
    json_out_close(out);
    json_out_open_member(out, "outputObjectTypes", '{');
    write_list(&cx, "prisma", QUERY_OUTPUTS);
    write_list(&cx, "model", QUERY_MODEL_OUTPUTS);
    json_out_close(out);
    json_out_open_member(out, "enumTypes", '{');
    write_list(&cx, "prisma", QUERY_ENUMS);
    write_list(&cx, "model", QUERY_MODEL_ENUMS);
    json_out_close(out);
    json_out_open_member(out, "fieldRefTypes", '{');
    write_list(&cx, "prisma", QUERY_REFERENCES);
    json_out_close(out);
    json_out_close(out);
}
