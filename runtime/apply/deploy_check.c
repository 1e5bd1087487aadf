/*
 * deploy_check.c - what is told before anything is touched.
 *
 * In: the migrations folder and the history as they were read, and which of it are to run. Refuses
 * a database with tables and no history, one with a migration that failed and one that nothing can
 * go on with; what is no SQL, transactions that are not ended, plans with scripts missing, and
 * undos that were made for another state. Tells what is seen of a program that a gate waits for,
 * and `status` and `check` what a deployment would continue, hold and refuse.
 */
#include "base/common.h"

#include <string.h>
#include <strings.h>

#include "base/strbuf.h"
#include "introspect/session/rows.h"
#include "runtime/ahead/witness.h"
#include "runtime/apply/deploy.h"
#include "runtime/history/plan_sets.h"
#include "runtime/history/squashed.h"
#include "runtime/script/script.h"
#include "runtime/undo/withdrawn.h"

/* --- may this database be deployed to? --- */

static bool is_external(const DeployOptions *options, const char *table)
{
    for (size_t i = 0; i < options->external_count; i++) {
        if (strcmp(options->external_tables[i], table) == 0) {
            return true;
        }
    }
    return false;
}

/* The schemas as one text, a name a line. */
static char *schema_lines(Arena *arena, const DeployOptions *options, const History *history)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; options->schemas != NULL && i < options->schema_count; i++) {
        strbuf_printf(&out, "%s%s", i > 0 ? "\n" : "", options->schemas[i]);
    }
    if (out.len == 0) {
        strbuf_add(&out, history->schema);
    }
    return strbuf_take(&out, arena);
}

typedef struct PresentTable {
    const char *name, *qualified;
} PresentTable;

/* Every table that is there came from somewhere else. */
bool deploy_check_empty(Arena *arena, Session *session, const DeployOptions *options,
                        const History *history, Diagnostics *diags)
{
    static const char sql[] =
        "SELECT c.relname AS name, pg_catalog.concat(n.nspname, '.', c.relname) AS qualified "
        "FROM pg_catalog.pg_class AS c "
        "JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace "
        "WHERE c.relkind OPERATOR(pg_catalog.=) ANY (ARRAY['r', 'p']::pg_catalog.\"char\"[]) "
        "AND c.relpersistence OPERATOR(pg_catalog.<>) 't' "
        "AND n.nspname OPERATOR(pg_catalog.=) "
        "ANY (pg_catalog.string_to_array($1, pg_catalog.chr(10))::pg_catalog.name[]) "
        "ORDER BY n.nspname, c.relname";
    const char *const params[] = {schema_lines(arena, options, history)};
    static const RowField fields[] = {ROW_TEXT("name", PresentTable, name),
                                      ROW_TEXT("qualified", PresentTable, qualified)};
    PresentTable table;
    Result *result = NULL;
    bool failed = false, empty = true;
    if (!session_query(session, (Query){sql, params, 1}, diags, &result)) {
        return false;
    }
    RowReader reader = row_reader(arena, NULL, result, ROW_FIELDS(fields));
    reader.diags = diags;
    reader.failed = &failed;
    while (empty && row_next(&reader, &table)) {
        empty = table_is_reserved(table.name) || is_external(options, table.qualified);
    }
    result_free(result);
    if (!empty) {
        diag_report(diags, DIAG_NOT_EMPTY, span_none(), table.qualified);
    }
    return empty && !failed;
}

/* --- rows in the way --- */

static void report_failed(Arena *arena, const HistoryRow *row, Diagnostics *diags)
{
    const char *what = arena_printf(arena, "failed (started %s)", row->started_at);
    const char *help = arena_printf(arena,
                                    "correct it, then `bellows migrate resolve --rolled-back %s`; "
                                    "or, if you have finished it by "
                                    "hand, `--applied %s`",
                                    row->name, row->name);
    Diagnostic *diagnostic =
        diag_report(diags, DIAG_FAILED_MIGRATIONS, span_none(), row->name, what, help);
    diag_note_lines(diags, diagnostic, "it said:\n", row->logs);
}

static void report_interrupted(Arena *arena, const HistoryRow *row, const char *reason,
                               Diagnostics *diags)
{
    const char *what = arena_printf(arena, "(started %s) %s", row->started_at, reason);
    const char *help = arena_printf(
        arena,
        "look at the database: if all of it is there, `bellows migrate resolve --applied %s`; if "
        "nothing is, `--rolled-back %s`",
        row->name, row->name);
    diag_report(diags, DIAG_FAILED_MIGRATIONS, span_none(), row->name, what, help);
}

bool deploy_check_rows(Arena *arena, Session *session, const Migrations *migrations,
                       History *history, Diagnostics *diags)
{
    bool clear = true;
    vec_each(const HistoryRow, row, &history->rows) {
        if (row->state == HISTORY_FAILED) {
            report_failed(arena, row, diags);
            clear = false;
        }
        if (row->state != HISTORY_INTERRUPTED) {
            continue;
        }
        bool resumes = false;
        const char *reason = "";
        if (!apply_can_resume(arena, session, history, row, migrations_find(migrations, row->name),
                              diags, &resumes, &reason)) {
            return false;
        }
        if (!resumes) {
            report_interrupted(arena, row, reason, diags);
            clear = false;
        }
    }
    return clear;
}

/* --- the folder --- */

static bool check_bytes(Arena *arena, const Migration *migration, Diagnostics *diags)
{
    const char *ignored;
    return script_read_bytes(arena, migration->path, migration->sql, migration->len, diags,
                             &ignored);
}

/* Without these words no transaction is left open; most scripts hold none. */
static bool may_leave_open(const Migration *migration)
{
    static const char *const words[] = {"BEGIN", "START", "PREPARE", "CHAIN"};
    for (const char *at = migration->sql; (at = strpbrk(at, "bBsSpPcC")) != NULL; at++) {
        for (size_t i = 0; i < lengthof(words); i++) {
            if (strncasecmp(at, words[i], strlen(words[i])) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* What is only to be warned of is told when its turn comes. */
static bool check_ends(const Migration *migration, Diagnostics *diags)
{
    Arena *arena = arena_new();
    const ParsedScript *script = NULL;
    bool ends = !may_leave_open(migration);
    if (!ends) {
        Diagnostics *said = diagnostics_new(diags->arena, diags->sources);
        const bool read =
            script_parse(arena, migration->path, migration->sql, migration->len, said, &script);
        if (!read) {
            diag_merge(diags, said);
        }
        ends = read && script_check_ends(
                           script, migration->path,
                           arena_printf(diags->arena, "migration `%s`", migration->name), diags);
    }
    arena_free(arena);
    return ends;
}

static bool is_of(const PlanSet *set, const Migration *migration)
{
    vec_each(Migration *, at, &set->scripts) {
        if (*at == migration) {
            return true;
        }
    }
    return false;
}

bool deploy_check_pending(const Migrations *migrations, const MigrationRefs *pending,
                          Diagnostics *diags)
{
    Arena *arena = arena_new();
    PlanSetList sets;
    bool all = true;
    plan_sets_broken(arena, &migrations->list, &sets);
    vec_each(PlanSet, set, &sets) {
        bool concerns = false;
        vec_each(const Migration *const, at, pending) {
            concerns |= is_of(set, *at);
        }
        if (concerns) {
            plan_set_report(set, migrations, diags);
            all = false;
        }
    }
    vec_each(const Migration *const, at, pending) {
        all &= check_bytes(arena, *at, diags) && check_ends(*at, diags);
    }
    arena_free(arena);
    return all;
}

bool deploy_check_folder(const Migrations *migrations, Diagnostics *diags)
{
    MigrationRefs all = {0};
    Arena *arena = arena_new();
    vec_each(Migration *, at, &migrations->list) {
        vec_push(arena, &all, *at);
    }
    const bool ok = deploy_check_pending(migrations, &all, diags);
    arena_free(arena);
    return ok;
}

bool deploy_check_pooler(const Migrations *migrations, const Guard *guard, Diagnostics *diags)
{
    bool all = true;
    vec_each(Migration *, at, &migrations->list) {
        all &= !guard->pooled || apply_suits_pooler(*at, diags);
    }
    return all;
}

bool deploy_check_withdrawn(Arena *arena, const History *history, const DeployResult *result,
                            Diagnostics *diags)
{
    bool all = true;
    vec_each(const Migration *const, at, &result->pending) {
        all &= withdrawn_check(arena, history, *at, diags);
    }
    return all;
}

void deploy_tell_witness(Arena *arena, Session *session, const DeployOptions *options,
                         const DeployResult *result, const Progress *progress)
{
    vec_each(const Gate, gate, &result->gates) {
        if (!gate->open || options->gates.all) {
            continue;
        }
        const Witness witness = gate_witness(arena, session, gate);
        if (witness.told != NULL) {
            const ProgressKind kind = witness.saw ? PROGRESS_WARNING : PROGRESS_STATEMENT;
            progress_report(progress, &(ProgressEvent){.kind = kind, .detail = witness.told});
        }
    }
}

/* --- for status and check: the gates --- */

static void mark_gate(const DeployResult *plan, DiagnosedMigration *item)
{
    item->waits = deploy_holds(plan, item->local);
    item->out_of_order = item->out_of_order && !item->waits;
    vec_each(const BlockedMigration, at, &plan->blocked) {
        if (at->migration == item->local) {
            item->blocked_by = at->waiting->name;
            item->gate = at->gate;
        }
    }
    vec_each(const Gate, at, &plan->gates) {
        vec_each(const Migration *const, script, &at->scripts) {
            item->gate = *script == item->local ? at->name : item->gate;
        }
    }
}

/* --- what stands in the way --- */

/* The first row that deploy refuses everything for. */
static const char *bad_row(Arena *arena, const Diagnosis *diagnosis)
{
    vec_each(const DiagnosedMigration, at, &diagnosis->items) {
        if (at->state == MIGRATION_FAILED) {
            return arena_printf(arena, "`%s`, which failed", at->name);
        }
        if (at->state == MIGRATION_INTERRUPTED && !at->resumes) {
            return arena_printf(arena, "`%s`, which was started and never finished", at->name);
        }
    }
    return NULL;
}

static const char *bad_plan(Arena *arena, const Migrations *migrations, const Diagnosis *diagnosis)
{
    PlanSetList sets;
    plan_sets_broken(arena, &migrations->list, &sets);
    vec_each(const PlanSet, at, &sets) {
        if (diagnosis_concerns(diagnosis, &at->scripts)) {
            return arena_printf(arena, "plan `%s`, which %s", at->plan, plan_set_fault(arena, at));
        }
    }
    return NULL;
}

/* What deploy would say of the scripts themselves. */
static const char *bad_script(Arena *arena, const Migrations *migrations, const History *history,
                              const DeployResult *plan)
{
    Diagnostics *said = diagnostics_new(arena, sources_new(arena));
    const bool ok = deploy_check_pending(migrations, &plan->pending, said) &&
                    deploy_check_withdrawn(arena, history, plan, said);
    return ok || said->items.count == 0
               ? NULL
               : arena_printf(arena, "this: %s", said->items.items[0]->message);
}

static void find_obstacle(Arena *arena, const Migrations *migrations, const History *history,
                          const DeployResult *plan, Diagnosis *diagnosis)
{
    diagnosis->obstacle = bad_row(arena, diagnosis);
    if (diagnosis->obstacle == NULL) {
        diagnosis->obstacle = bad_plan(arena, migrations, diagnosis);
    }
    if (diagnosis->obstacle == NULL) {
        diagnosis->obstacle = bad_script(arena, migrations, history, plan);
    }
}

/* --- the diagnosis --- */

/* A script that cannot be read waits for nothing: deploy says what is wrong with it. */
static bool look_ahead(Arena *arena, Session *session, const Migrations *migrations,
                       const History *history, Diagnostics *diags, Diagnosis *diagnosis)
{
    DeployResult plan;
    Diagnostics *said = diagnostics_new(arena, diags->sources);
    if (!deploy_plan(arena, session, migrations, history, &(GateOptions){0}, said, &plan) &&
        !session_is_alive(session)) {
        diag_merge(diags, said);
        return false;
    }
    vec_each(DiagnosedMigration, at, &diagnosis->items) {
        if (at->local != NULL && at->state == MIGRATION_PENDING) {
            mark_gate(&plan, at);
            diagnosis->waiting += at->waits;
        }
    }
    find_obstacle(arena, migrations, history, &plan, diagnosis);
    return true;
}

bool deploy_diagnose(Arena *arena, Session *session, const Migrations *migrations, History *history,
                     Diagnostics *diags, Diagnosis *ret_diagnosis)
{
    Diagnosis diagnosis;
    if (!history_take_over(history, migrations, diags)) {
        return false;
    }
    diagnose_history(arena, migrations, history, &diagnosis);
    vec_each(DiagnosedMigration, at, &diagnosis.items) {
        const char *reason = "";
        if (at->state != MIGRATION_INTERRUPTED) {
            continue;
        }
        if (!apply_can_resume(arena, session, history, at->row, at->local, diags, &at->resumes,
                              &reason)) {
            return false;
        }
        diagnosis.resuming += at->resumes;
    }
    if (diagnosis.pending + diagnosis.interrupted > 0 &&
        !look_ahead(arena, session, migrations, history, diags, &diagnosis)) {
        return false;
    }
    diagnosis.holder = guard_holder(arena, session);
    *ret_diagnosis = diagnosis;
    return true;
}
