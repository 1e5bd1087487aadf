/*
 * load_ask.c - which questions a load asks, in which order, and whose answer goes to which part.
 *
 * Four batches in one pipeline, so that the server always has work: what is asked by the schemas'
 * names; with the tables' oids what hangs on tables; at last what is only asked when the answers so
 * far say that there is something to find. Most databases hold nothing for that last batch, and
 * reading it costs more than all the others.
 */
#include "base/common.h"

#include "base/strbuf.h"
#include "introspect/load/load_internal.h"
#include "introspect/load/queries.inc"

enum { OIDS_MAX = 1 << 28 };

typedef enum QuestionParam {
    PARAM_NONE,
    PARAM_SEARCH_PATH,
    PARAM_SCHEMAS,
    PARAM_TABLES, /* read */
    PARAM_UNREAD, /* tables foreign keys reference */
} QuestionParam;

/* `part` builds what can be built when this answer is there, and those before it. */
typedef struct Question {
    const char *sql;
    QuestionParam param;
    void (*part)(LoadCx *cx);
} Question;

/* How the server prints, fixed: objects of the default schema without qualification, times in UTC.
 */
static const char settings_sql[] =
    "SELECT set_config('search_path', quote_ident($1), true), set_config('DateStyle', 'ISO', true),"
    " set_config('IntervalStyle', 'postgres', true), set_config('TimeZone', 'UTC', true),"
    " set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true),"
    " set_config('quote_all_identifiers', 'off', true),"
    " set_config('standard_conforming_strings', 'on', true)";

static const Question questions[] = {
    [LOAD_BEGIN] = {"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", PARAM_NONE, NULL},
    [LOAD_SETTINGS] = {settings_sql, PARAM_SEARCH_PATH, NULL},
    [LOAD_SCHEMAS] = {schemas_sql, PARAM_SCHEMAS, load_schemas},
    [LOAD_TABLES] = {tables_sql, PARAM_SCHEMAS, load_tables},

    [LOAD_EXTENSIONS] = {extensions_sql, PARAM_NONE, load_extensions},
    [LOAD_ENUMS] = {enums_sql, PARAM_SCHEMAS, load_enums},
    [LOAD_TYPES] = {types_sql, PARAM_NONE, load_types},
    [LOAD_SEQUENCES] = {sequences_sql, PARAM_SCHEMAS, load_sequences},
    [LOAD_OPERATOR_CLASSES] = {operator_classes_sql, PARAM_NONE, NULL},
    [LOAD_PRESENCE] = {presence_sql, PARAM_SCHEMAS, load_presence},

    [LOAD_DEFAULTS] = {defaults_sql, PARAM_TABLES, load_defaults},
    [LOAD_COLUMNS] = {columns_sql, PARAM_TABLES, load_columns},
    [LOAD_CONSTRAINTS] = {constraints_sql, PARAM_TABLES, load_constraints},
    [LOAD_INDEXES] = {indexes_sql, PARAM_TABLES, load_indexes},

    [LOAD_FOREIGN_TABLES] = {foreign_tables_sql, PARAM_UNREAD, load_foreign_tables},
    [LOAD_OPAQUE] = {opaque_sql, PARAM_SCHEMAS, load_opaque},
    [LOAD_OPAQUE_DEPENDS] = {opaque_depends_sql, PARAM_NONE, load_opaque_depends},
    [LOAD_VIEWS] = {views_sql, PARAM_SCHEMAS, load_views},
    [LOAD_VIEW_COLUMNS] = {view_columns_sql, PARAM_SCHEMAS, load_view_columns},
    [LOAD_COMMENTS] = {comments_sql, PARAM_NONE, load_comments},
    [LOAD_COMMIT] = {"COMMIT", PARAM_NONE, NULL},
};

static_assert(lengthof(questions) == LOAD_QUERY_COUNT, "one row per query");

/* --- parameters ---------------------------------------------------------------------------------
 */

/* `{1,2,3}` */
static void add_oid(StrBuf *out, uint32_t oid)
{
    strbuf_printf(out, "%c%u", out->len == 0 ? '{' : ',', oid);
}

static const char *end_oids(StrBuf *out, Arena *arena)
{
    strbuf_add(out, out->len == 0 ? "{}" : "}");
    return strbuf_take(out, arena);
}

static const char *oids_of_tables(const LoadCx *cx)
{
    StrBuf out = strbuf_new(OIDS_MAX);
    vec_each(Table *, at, &cx->catalog->tables) {
        add_oid(&out, (*at)->origin.oid);
    }
    return end_oids(&out, cx->scratch);
}

static const char *oids_of_unread(const LoadCx *cx)
{
    StrBuf out = strbuf_new(OIDS_MAX);
    vec_each(UnreadReference, at, &cx->unread) {
        add_oid(&out, at->referenced_oid);
    }
    return end_oids(&out, cx->scratch);
}

static Query make_query(LoadCx *cx, LoadQuery id)
{
    const Question *question = &questions[id];
    Query query = {question->sql, NULL, question->param == PARAM_NONE ? 0 : 1};
    switch (question->param) {
    case PARAM_NONE:
        break;
    case PARAM_SEARCH_PATH:
        query.params = &cx->search_path;
        break;
    case PARAM_SCHEMAS:
        query.params = &cx->schemas;
        break;
    case PARAM_TABLES:
        query.params = &cx->table_oids;
        break;
    case PARAM_UNREAD:
        query.params = &cx->unread_oids;
        break;
    }
    return query;
}

/* --- batches ------------------------------------------------------------------------------------
 */

typedef struct Batch {
    Query queries[LOAD_QUERY_COUNT];
    size_t count;
} Batch;

static void add(LoadCx *cx, Batch *batch, LoadQuery id)
{
    batch->queries[batch->count++] = make_query(cx, id);
    vec_push(cx->scratch, &cx->asked, id);
}

static void add_range(LoadCx *cx, Batch *batch, LoadQuery first, LoadQuery last)
{
    for (LoadQuery id = first; id <= last; id++) {
        add(cx, batch, id);
    }
}

static void ask_range(LoadCx *cx, LoadQuery first, LoadQuery last)
{
    Batch batch = {0};
    add_range(cx, &batch, first, last);
    session_query_more(cx->session, batch.queries, batch.count);
}

/* The tables are known: while they are built, the server answers what does not hang on them. */
static void ask_about_tables(LoadCx *cx)
{
    ask_range(cx, LOAD_EXTENSIONS, LOAD_PRESENCE);
    questions[LOAD_TABLES].part(cx);
    cx->table_oids = oids_of_tables(cx);
    ask_range(cx, LOAD_DEFAULTS, LOAD_INDEXES);
}

static bool has_unused_sequence(const LoadCx *cx)
{
    vec_each(LoadedSequence *, at, &cx->sequence_list) {
        if (!(*at)->used) {
            return true;
        }
    }
    return false;
}

/* Dependencies are asked of what came with tables, too. */
static void ask_rest(LoadCx *cx)
{
    Batch batch = {0};
    bool opaque = cx->with_opaque && (cx->has_opaque || has_unused_sequence(cx));
    if (cx->unread.count > 0) {
        cx->unread_oids = oids_of_unread(cx);
        add(cx, &batch, LOAD_FOREIGN_TABLES);
    }
    if (opaque) {
        add(cx, &batch, LOAD_OPAQUE);
    }
    if (opaque || cx->catalog->opaque.count > 0) {
        add(cx, &batch, LOAD_OPAQUE_DEPENDS);
    }
    if (cx->with_notes) {
        add_range(cx, &batch, LOAD_VIEWS, LOAD_COMMENTS);
    }
    add(cx, &batch, LOAD_COMMIT);
    session_query_more(cx->session, batch.queries, batch.count);
}

/* Builds what the result allows at once: the server is busy with the next one meanwhile. */
static void take_result(void *of, size_t index, Result *result)
{
    LoadCx *cx = of;
    LoadQuery id = cx->asked.items[index];
    cx->results[id] = result;
    if (id == LOAD_TABLES) {
        ask_about_tables(cx);
    } else if (questions[id].part != NULL) {
        questions[id].part(cx);
    }
    if (id == LOAD_INDEXES) {
        ask_rest(cx);
    }
}

bool load_ask(LoadCx *cx)
{
    Batch batch = {0};
    add_range(cx, &batch, LOAD_BEGIN, LOAD_TABLES);
    bool ok =
        session_query_each(cx->session, batch.queries, batch.count, cx->diags, take_result, cx);
    for (size_t i = 0; i < LOAD_QUERY_COUNT; i++) {
        result_free(cx->results[i]);
    }
    if (!ok) {
        session_rollback(cx->session);
    }
    return ok && !cx->failed;
}
