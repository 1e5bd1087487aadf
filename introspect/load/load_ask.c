/*
 * load_ask.c - which questions a load asks, in which order, and whose answer goes to which part.
 *
 * Four batches in one pipeline, so that the server always has work: what is asked by the schemas'
 * names; with the tables' oids what hangs on tables; at last what is only asked when the answers so
 * far say that there is something to find. Most databases hold nothing for that last batch, and
 * reading it costs more than all the others.
 *
 * What our queries name is found in pg_catalog (session_our_settings), but how the server prints
 * types and expressions follows the path too, and there the default schema's objects stand without
 * qualification. So a query that prints is declared as a cursor under the one path, which gives its
 * names their meaning, and fetched under the other, which gives its texts their form.
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
    bool prints; /* its texts depend on the path */
} Question;

static const char trusted_sql[] = "SET LOCAL search_path = pg_catalog, pg_temp";
/* Objects of the default schema without qualification. */
static const char printed_sql[] =
    "SELECT pg_catalog.set_config('search_path', pg_catalog.quote_ident($1), true)";

static const Question questions[] = {
    [LOAD_BEGIN] = {"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", PARAM_NONE, NULL},
    [LOAD_SETTINGS] = {NULL, PARAM_NONE, NULL}, /* session_our_settings */
    [LOAD_TIME_ZONE] = {"SET LOCAL TimeZone = 'UTC'", PARAM_NONE, NULL},
    [LOAD_SCHEMAS] = {schemas_sql, PARAM_SCHEMAS, load_schemas},
    [LOAD_TABLES] = {tables_sql, PARAM_SCHEMAS, load_tables},

    [LOAD_EXTENSIONS] = {extensions_sql, PARAM_NONE, load_extensions},
    [LOAD_ENUMS] = {enums_sql, PARAM_SCHEMAS, load_enums},
    [LOAD_TYPES] = {types_sql, PARAM_NONE, load_types, true},
    [LOAD_SEQUENCES] = {sequences_sql, PARAM_SCHEMAS, load_sequences},
    [LOAD_OPERATOR_CLASSES] = {operator_classes_sql, PARAM_NONE, NULL},
    [LOAD_PRESENCE] = {presence_sql, PARAM_SCHEMAS, load_presence},

    [LOAD_DEFAULTS] = {defaults_sql, PARAM_TABLES, load_defaults, true},
    [LOAD_COLUMNS] = {columns_sql, PARAM_TABLES, load_columns, true},
    [LOAD_CONSTRAINTS] = {constraints_sql, PARAM_TABLES, load_constraints, true},
    [LOAD_INDEXES] = {indexes_sql, PARAM_TABLES, load_indexes, true},

    [LOAD_FOREIGN_TABLES] = {foreign_tables_sql, PARAM_UNREAD, load_foreign_tables},
    [LOAD_NAMES] = {names_sql, PARAM_SCHEMAS, load_names},
    [LOAD_OPAQUE] = {opaque_sql, PARAM_SCHEMAS, load_opaque, true},
    [LOAD_OPAQUE_DEPENDS] = {opaque_depends_sql, PARAM_NONE, load_opaque_depends},
    [LOAD_COMPARED] = {compared_sql, PARAM_SCHEMAS, load_compared, true},
    [LOAD_COMPARED_14] = {compared_14_sql, PARAM_NONE, load_compared_14},
    [LOAD_COMPARED_15] = {compared_15_sql, PARAM_SCHEMAS, load_compared_15},
    [LOAD_DEPLOYER] = {deployer_sql, PARAM_SCHEMAS, load_deployer},
    [LOAD_VIEWS] = {views_sql, PARAM_SCHEMAS, load_views, true},
    [LOAD_VIEW_COLUMNS] = {view_columns_sql, PARAM_SCHEMAS, load_view_columns, true},
    [LOAD_COMMENTS] = {comments_sql, PARAM_NONE, load_comments},
    [LOAD_COMMIT] = {"COMMIT", PARAM_NONE, NULL},
    [LOAD_TRUSTED] = {trusted_sql, PARAM_NONE, NULL},
    [LOAD_PRINTED] = {printed_sql, PARAM_SEARCH_PATH, NULL},
    [LOAD_DECLARED] = {NULL, PARAM_NONE, NULL},
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
    Query queries[3 * LOAD_QUERY_COUNT]; /* declared, fetched, a path before it */
    size_t count;
} Batch;

static void add_message(LoadCx *cx, Batch *batch, LoadQuery id, const char *sql)
{
    Query query = make_query(cx, id);
    query.sql = sql != NULL ? sql : query.sql;
    batch->queries[batch->count++] = query;
    vec_push(cx->scratch, &cx->asked, id);
}

/* Only sent where the path is another one. */
static void set_path(LoadCx *cx, Batch *batch, LoadQuery path)
{
    if (cx->path != path) {
        add_message(cx, batch, path, NULL);
        cx->path = path;
    }
}

static void declare(LoadCx *cx, Batch *batch, LoadQuery id)
{
    const char *sql = arena_printf(cx->scratch, "DECLARE bellows_%d NO SCROLL CURSOR FOR\n%s",
                                   (int)id, questions[id].sql);
    set_path(cx, batch, LOAD_TRUSTED);
    add_message(cx, batch, id, sql);
    vec_last(&cx->asked) = LOAD_DECLARED;
}

static void fetch(LoadCx *cx, Batch *batch, LoadQuery id)
{
    const char *sql = arena_printf(cx->scratch, "FETCH ALL FROM bellows_%d", (int)id);
    set_path(cx, batch, LOAD_PRINTED);
    add_message(cx, batch, id, sql);
    batch->queries[batch->count - 1].param_count = 0;
}

/* All cursors first, so that the path changes seldom. */
static void add_list(LoadCx *cx, Batch *batch, const LoadQuery *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (questions[list[i]].prints) {
            declare(cx, batch, list[i]);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (questions[list[i]].prints) {
            fetch(cx, batch, list[i]);
        } else {
            set_path(cx, batch, LOAD_TRUSTED);
            add_message(cx, batch, list[i], NULL);
        }
    }
}

static void add_range(LoadCx *cx, Batch *batch, LoadQuery first, LoadQuery last)
{
    LoadQuery list[LOAD_QUERY_COUNT];
    size_t count = 0;
    for (LoadQuery id = first; id <= last; id++) {
        list[count++] = id;
    }
    add_list(cx, batch, list, count);
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

/* Publications of whole schemas came with 15, and subscriptions were shown to everybody. */
enum { SERVER_15 = 150000 };

static size_t list_compared(const LoadCx *cx, LoadQuery *list, size_t count)
{
    list[count++] = LOAD_COMPARED;
    const bool is_15 = session_server_version(cx->session) >= SERVER_15;
    list[count++] = is_15 ? LOAD_COMPARED_15 : LOAD_COMPARED_14;
    list[count++] = LOAD_DEPLOYER;
    return count;
}

/* Dependencies are asked of what came with tables, too. */
static void ask_rest(LoadCx *cx)
{
    Batch batch = {0};
    LoadQuery list[LOAD_QUERY_COUNT];
    size_t count = 0;
    bool opaque = cx->with_opaque && (cx->complete || cx->has_opaque || has_unused_sequence(cx));
    if (cx->unread.count > 0) {
        cx->unread_oids = oids_of_unread(cx);
        list[count++] = LOAD_FOREIGN_TABLES;
    }
    if (cx->with_opaque && cx->has_names) {
        list[count++] = LOAD_NAMES;
    }
    if (opaque) {
        list[count++] = LOAD_OPAQUE;
    }
    if (opaque || cx->catalog->opaque.count > 0) {
        list[count++] = LOAD_OPAQUE_DEPENDS;
    }
    if (cx->complete) {
        count = list_compared(cx, list, count);
    }
    for (LoadQuery id = LOAD_VIEWS; cx->with_notes && id <= LOAD_COMMENTS; id++) {
        list[count++] = id;
    }
    add_list(cx, &batch, list, count);
    add_message(cx, &batch, LOAD_COMMIT, NULL);
    session_query_more(cx->session, batch.queries, batch.count);
}

/* Builds what the result allows at once: the server is busy with the next one meanwhile. */
static void take_result(void *of, size_t index, Result *result)
{
    LoadCx *cx = of;
    LoadQuery id = cx->asked.items[index];
    result_free(cx->results[id]); /* of a switch or a cursor: there are several */
    cx->results[id] = result;
    if (id == LOAD_TABLES) {
        ask_about_tables(cx);
    } else if (id != LOAD_DECLARED && questions[id].part != NULL && !cx->failed) {
        questions[id].part(cx);
    }
    if (id == LOAD_INDEXES) {
        ask_rest(cx);
    }
}

bool load_ask(LoadCx *cx)
{
    Batch batch = {0};
    add_message(cx, &batch, LOAD_BEGIN, NULL);
    add_message(cx, &batch, LOAD_SETTINGS, session_our_settings(cx->session, true));
    cx->path = LOAD_TRUSTED;
    add_range(cx, &batch, LOAD_TIME_ZONE, LOAD_TABLES);
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
