#include "base/common.h"

#include "runtime/ahead/gate.h"

#include <string.h>

#include "base/strbuf.h"
#include "introspect/session/rows.h"
#include "runtime/ahead/lookup.h"
#include "runtime/history/plan_sets.h"
#include "runtime/script/script.h"

/* --- which plans wait --- */

/* Only a text that holds these words can hold a contract header: most deploys need no parsing here.
 */
static bool may_wait(const Migration *migration)
{
    return strstr(migration->sql, "phase=contract") != NULL;
}

static bool waits(Arena *arena, const Migration *migration)
{
    if (!may_wait(migration)) {
        return false;
    }
    const ScriptHeader header = script_header(arena, migration->sql, migration->len);
    return header.present && header.phase == PHASE_CONTRACT;
}

static bool is_of(Arena *arena, const Gate *gate, const Migration *migration)
{
    const ScriptHeader header = script_header(arena, migration->sql, migration->len);
    return header.present && strcmp(plan_id(migration, &header), gate->plan) == 0 &&
           (header.plan == NULL || strcmp(plan_name(arena, migration, &header), gate->name) == 0);
}

/* A change that is made, undone and made again has the same plan twice, under two names. */
static void add_waiting(Arena *arena, const Migration *migration, GateList *gates)
{
    const ScriptHeader header = script_header(arena, migration->sql, migration->len);
    vec_each(Gate, gate, gates) {
        if (is_of(arena, gate, migration)) {
            vec_push(arena, &gate->scripts, migration);
            gate->apart = gate->apart || header.apart;
            return;
        }
    }
    Gate gate = {.plan = plan_id(migration, &header),
                 .name = plan_name(arena, migration, &header),
                 .apart = header.apart};
    vec_push(arena, &gate.scripts, migration);
    vec_push(arena, gates, gate);
}

static bool is_among(const MigrationRefs *list, const Migration *migration)
{
    vec_each(const Migration *const, at, list) {
        if (*at == migration) {
            return true;
        }
    }
    return false;
}

/* Its first script says so. */
static void see_whose_it_is(Arena *arena, const Migrations *migrations, Gate *gate)
{
    vec_each(Migration *, at, &migrations->list) {
        if (strstr((*at)->sql, "undoes=") != NULL && is_of(arena, gate, *at)) {
            gate->takes_back = true;
        }
    }
}

static void see_what_is_before(Arena *arena, const Migrations *migrations, const History *history,
                               const MigrationRefs *pending, Gate *gate)
{
    vec_each(Migration *, at, &migrations->list) {
        if (is_among(&gate->scripts, *at) || !is_of(arena, gate, *at)) {
            continue;
        }
        const HistoryRow *row = history_find(history, (*at)->name);
        if (is_among(pending, *at)) {
            gate->before++;
        } else if (row != NULL && row->finished_at != NULL) {
            gate->reached_at = row->finished_at;
        }
    }
}

void gates_find(Arena *arena, const Migrations *migrations, const History *history,
                const MigrationRefs *pending, GateList *ret_gates)
{
    *ret_gates = (GateList){0};
    if (history_is_fresh(history)) {
        return;
    }
    vec_each(const Migration *const, at, pending) {
        if (waits(arena, *at)) {
            add_waiting(arena, *at, ret_gates);
        }
    }
    vec_each(Gate, gate, ret_gates) {
        see_what_is_before(arena, migrations, history, pending, gate);
        see_whose_it_is(arena, migrations, gate);
    }
}

/* --- opening --- */

static void note_gates(const GateList *gates, Diagnostic *diagnostic, Diagnostics *diags)
{
    vec_each(Gate, gate, gates) {
        diag_note(diags, diagnostic, span_none(), "`%s` waits, with `%s`", gate->name,
                  gate->scripts.items[0]->name);
    }
}

/* A directory may be given with its path. */
static const char *last_part(Arena *arena, const char *word)
{
    size_t len = strlen(word);
    while (len > 0 && word[len - 1] == '/') {
        len--;
    }
    size_t start = len;
    while (start > 0 && word[start - 1] != '/') {
        start--;
    }
    return arena_strndup(arena, word + start, len - start);
}

static bool is_called(const Gate *gate, const Migrations *migrations, const char *word)
{
    const Migration *directory = migrations_find(migrations, word);
    return strcmp(gate->plan, word) == 0 || strcmp(gate->name, word) == 0 ||
           (directory != NULL && is_of(migrations->arena, gate, directory));
}

/* A plan whose contract is done has nothing left to open: saying so twice is no mistake. */
static bool is_done(const Migrations *migrations, const char *word)
{
    Arena *arena = migrations->arena;
    vec_each(Migration *, at, &migrations->list) {
        const ScriptHeader header = script_header(arena, (*at)->sql, (*at)->len);
        if (header.present &&
            (strcmp(plan_id(*at, &header), word) == 0 ||
             strcmp(plan_name(arena, *at, &header), word) == 0 || strcmp((*at)->name, word) == 0)) {
            return true;
        }
    }
    return false;
}

static bool open_named(const Migrations *migrations, const char *given, Diagnostics *diags,
                       GateList *gates)
{
    const char *word = last_part(migrations->arena, given);
    size_t opened = 0;
    vec_each(Gate, gate, gates) {
        if (is_called(gate, migrations, word)) {
            gate->open = true;
            opened++;
        }
    }
    if (opened == 1 || (opened == 0 && is_done(migrations, word))) {
        return true;
    }
    Diagnostic *diagnostic = opened == 0 ? diag_report(diags, DIAG_GATE_UNKNOWN, span_none(), given)
                                         : diag_report(diags, DIAG_GATE_WHICH, span_none(), given);
    note_gates(gates, diagnostic, diags);
    return false;
}

bool gates_open(const Migrations *migrations, const GateOptions *options, Diagnostics *diags,
                GateList *gates)
{
    bool known = true;
    if (options->only && gates->count > 1) {
        note_gates(gates, diag_report(diags, DIAG_GATE_WHICH, span_none(), "--contract"), diags);
        return false;
    }
    vec_each(Gate, gate, gates) {
        gate->open = options->all || options->only;
    }
    for (size_t i = 0; i < options->plan_count; i++) {
        known &= open_named(migrations, options->plans[i], diags, gates);
    }
    return known;
}

/* --- who may run before the waiting ones --- */

/* A pending script as the gates see it. */
typedef struct Pending {
    const Migration *migration;
    const ParsedScript *script;
    const Gate *gate; /* NULL: none is in its way */
    Diagnostic *told; /* the first that its gate blocks */
} Pending;

typedef VEC(Pending) PendingList;

/* The tables of the indexes a script drops or alters; what is not there touches nothing. */
static bool add_index_tables(Arena *arena, Session *session, ParsedScript *script,
                             Diagnostics *diags)
{
    static const RowField fields[] = {ROW_TEXT("schema", ScriptName, schema),
                                      ROW_TEXT("name", ScriptName, name)};
    static const char sql[] = "SELECT n.nspname AS schema, t.relname AS name FROM pg_index i "
                              "JOIN pg_class t ON t.oid = i.indrelid "
                              "JOIN pg_namespace n ON n.oid = t.relnamespace "
                              "WHERE i.indexrelid = ANY ($1::oid[]) ORDER BY i.indexrelid";
    const char *indexes = NULL;
    Result *result = NULL;
    bool failed = false;
    ScriptName table;
    if (script->indexes.count == 0) {
        return true;
    }
    indexes = lookup_relations(arena, session, &script->indexes, diags);
    const Query query = {.sql = sql, .params = &indexes, .param_count = 1};
    if (indexes == NULL || !session_query(session, query, diags, &result)) {
        return false;
    }
    RowReader reader = row_reader(arena, NULL, result, ROW_FIELDS(fields));
    reader.diags = diags;
    reader.failed = &failed;
    while (row_next(&reader, &table)) {
        script_add_touch(arena, script, (ScriptTouch){.table = table, .kind = TOUCH_KEYS});
    }
    result_free(result);
    return !failed;
}

static const Gate *gate_of(const GateList *gates, const Migration *migration)
{
    vec_each(Gate, gate, gates) {
        if (!gate->open && is_among(&gate->scripts, migration)) {
            return gate;
        }
    }
    return NULL;
}

static bool parse_pending(Arena *arena, Session *session, const MigrationRefs *pending,
                          const GateList *gates, Diagnostics *diags, PendingList *ret_list)
{
    vec_each(const Migration *const, at, pending) {
        const Migration *migration = *at;
        const ParsedScript *read = NULL;
        if (!script_parse(arena, migration->path, migration->sql, migration->len, diags, &read)) {
            return false;
        }
        ParsedScript *script = arena_make(arena, ParsedScript);
        *script = *read;
        if (session != NULL && !add_index_tables(arena, session, script, diags)) {
            return false;
        }
        vec_push(arena, ret_list,
                 ((Pending){
                     .migration = migration, .script = script, .gate = gate_of(gates, migration)}));
    }
    return true;
}

/* E0506, once for a gate: further scripts behind it are notes. */
static void report_blocked(PendingList *list, Pending *waiting, const Pending *passing,
                           const char *common, Diagnostics *diags)
{
    vec_each(const Pending, at, list) {
        if (at->gate == waiting->gate && at->told != NULL) {
            diag_note(diags, at->told, span_none(), "`%s` touches %s, which `%s` has to change",
                      passing->migration->name, common, waiting->migration->name);
            return;
        }
    }
    waiting->told = diag_report(diags, DIAG_GATE, span_none(), passing->migration->name, common,
                                waiting->migration->name, waiting->gate->name, waiting->gate->name);
}

/* Does the script touch what one of the waiting ones before it still has to change? */
static bool may_pass(Arena *arena, PendingList *list, size_t at, const char *schema,
                     Diagnostics *diags, BlockedList *blocked)
{
    const Pending *passing = &list->items[at];
    for (size_t i = 0; i < at; i++) {
        Pending *waiting = &list->items[i];
        const char *common = waiting->gate != NULL ? script_common_touch(arena, waiting->script,
                                                                         passing->script, schema)
                                                   : NULL;
        if (common != NULL) {
            report_blocked(list, waiting, passing, common, diags);
            vec_push(
                arena, blocked,
                ((BlockedMigration){passing->migration, waiting->migration, waiting->gate->name}));
            return false;
        }
    }
    return true;
}

bool gates_hold(Arena *arena, Session *session, const History *history,
                const MigrationRefs *pending, const GateList *gates, Diagnostics *diags,
                MigrationRefs *ret_held, BlockedList *ret_blocked)
{
    PendingList list = {0};
    bool all = true, closed = false;
    *ret_held = (MigrationRefs){0};
    *ret_blocked = (BlockedList){0};
    vec_each(Gate, gate, gates) {
        closed |= !gate->open;
    }
    if (!closed) {
        return true;
    }
    if (!parse_pending(arena, session, pending, gates, diags, &list)) {
        return false;
    }
    for (size_t i = 0; i < list.count; i++) {
        if (list.items[i].gate != NULL) {
            vec_push(arena, ret_held, list.items[i].migration);
        } else {
            all &= may_pass(arena, &list, i, history->schema, diags, ret_blocked);
        }
    }
    return all;
}

/* --- since when --- */

typedef struct AgeRow {
    const char *age;
} AgeRow;

const char *gate_age(Arena *arena, Session *session, const Gate *gate)
{
    static const char sql[] =
        "SELECT CASE WHEN s = 1 THEN '1 second' WHEN s < 120 THEN s || ' seconds' WHEN s < 7200 "
        "THEN s / 60 || ' minutes' "
        "WHEN s < 172800 THEN s / 3600 || ' hours' ELSE s / 86400 || ' days' END AS age "
        "FROM (SELECT greatest(0, extract(epoch FROM now() - $1::timestamptz))::bigint AS s) AS t";
    static const RowField fields[] = {ROW_TEXT("age", AgeRow, age)};
    Diagnostics *ignored = diagnostics_new(arena, sources_new(arena));
    const Query query = {.sql = sql, .params = &gate->reached_at, .param_count = 1};
    Result *result = NULL;
    AgeRow row = {0};
    if (gate->reached_at == NULL || !session_query(session, query, ignored, &result)) {
        return NULL;
    }
    RowReader reader = row_reader(arena, NULL, result, ROW_FIELDS(fields));
    const bool got = row_next(&reader, &row);
    result_free(result);
    return got ? row.age : NULL;
}
