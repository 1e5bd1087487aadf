#include "base/common.h"

#include "runtime/history/plan_sets.h"

#include <ctype.h>
#include <string.h>

#include "base/strbuf.h"
#include "runtime/history/migrations_stage.h"

/* --- of one plan --- */

const char *plan_name(Arena *arena, const Migration *migration, const ScriptHeader *header)
{
    const char *start = migration->name;
    while (isdigit((unsigned char)*start)) {
        start++;
    }
    start = *start == '_' ? start + 1 : migration->name;
    const char *suffix = arena_printf(arena, "_%u_%s", header->number, phase_name(header->phase));
    const size_t len = strlen(start), suffix_len = strlen(suffix);
    return len > suffix_len && strcmp(start + len - suffix_len, suffix) == 0
               ? arena_strndup(arena, start, len - suffix_len)
               : start;
}

const char *plan_id(const Migration *migration, const ScriptHeader *header)
{
    return header->plan != NULL ? header->plan : migration->name;
}

void plan_scripts(Arena *arena, const Migrations *migrations, const Migration *migration,
                  MigrationList *ret_scripts)
{
    const ScriptHeader wanted = script_header(arena, migration->sql, migration->len);
    const char *name = plan_name(arena, migration, &wanted);
    *ret_scripts = (MigrationList){0};
    vec_each(Migration *, at, &migrations->list) {
        const ScriptHeader header = script_header(arena, (*at)->sql, (*at)->len);
        const bool of_it = header.plan != NULL && wanted.plan != NULL &&
                           strcmp(header.plan, wanted.plan) == 0 &&
                           strcmp(plan_name(arena, *at, &header), name) == 0;
        if (*at == migration || of_it) {
            vec_push(arena, ret_scripts, *at);
        }
    }
}

/* --- broken ones --- */

/* A plan while its scripts are counted: one made twice has each number twice. */
typedef struct Counted {
    PlanSet set;
    unsigned *times; /* by number less 1 */
} Counted;

typedef VEC(Counted) CountedList;

static Counted *find(Arena *arena, CountedList *list, const ScriptHeader *header)
{
    vec_each(Counted, at, list) {
        if (at->set.count == header->count && strcmp(at->set.plan, header->plan) == 0) {
            return at;
        }
    }
    const Counted fresh = {.set = {.plan = header->plan, .count = header->count},
                           .times = arena_array(arena, unsigned, header->count)};
    vec_push(arena, list, fresh);
    return &vec_last(list);
}

/* The numbers that are there less often than others; NULL when there are none. */
static const char *missing_numbers(Arena *arena, const Counted *counted)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    unsigned most = 0;
    for (unsigned i = 0; i < counted->set.count; i++) {
        most = counted->times[i] > most ? counted->times[i] : most;
    }
    for (unsigned i = 0; i < counted->set.count; i++) {
        if (counted->times[i] < most) {
            strbuf_printf(&out, "%s%u", out.len > 0 ? ", " : "", i + 1);
        }
    }
    const bool any = out.len > 0;
    const char *numbers = strbuf_take(&out, arena);
    return any ? numbers : NULL;
}

/* Of a plan that was taken back, some have left the folder. */
static bool is_undone(Arena *arena, const MigrationList *list, const char *plan)
{
    vec_each(Migration *, at, list) {
        if (strstr((*at)->sql, "undoes=") != NULL) {
            const ScriptHeader header = script_header(arena, (*at)->sql, (*at)->len);
            if (header.undoes != NULL && strcmp(header.undoes, plan) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* Each time a script comes, the one before it has come as often. */
static void note_place(Counted *counted, const Migration *migration, unsigned number)
{
    unsigned *times = counted->times;
    times[number - 1]++;
    if (number > 1 && times[number - 2] < times[number - 1] && counted->set.displaced == NULL) {
        counted->set.displaced = migration;
        counted->set.number = number;
    }
}

void plan_sets_broken(Arena *arena, const MigrationList *list, PlanSetList *ret_sets)
{
    CountedList plans = {0};
    *ret_sets = (PlanSetList){0};
    vec_each(Migration *, at, list) {
        const ScriptHeader header = script_header(arena, (*at)->sql, (*at)->len);
        if (header.plan != NULL && header.count > 1) {
            Counted *counted = find(arena, &plans, &header);
            vec_push(arena, &counted->set.scripts, *at);
            note_place(counted, *at, header.number);
        }
    }
    vec_each(Counted, at, &plans) {
        at->set.missing = missing_numbers(arena, at);
        at->set.displaced = at->set.missing == NULL ? at->set.displaced : NULL;
        if ((at->set.missing != NULL || at->set.displaced != NULL) &&
            !is_undone(arena, list, at->set.plan)) {
            vec_push(arena, ret_sets, at->set);
        }
    }
}

const char *plan_set_fault(Arena *arena, const PlanSet *set)
{
    return set->missing != NULL
               ? arena_printf(arena, "is incomplete: script %s of %u is missing", set->missing,
                              set->count)
               : arena_printf(arena,
                              "is out of order: `%s` is its script %u, and stands before "
                              "script %u",
                              set->displaced->name, set->number, set->number - 1);
}

void plan_set_report(const PlanSet *set, const Migrations *migrations, Diagnostics *diags)
{
    if (set->missing == NULL) {
        diag_report(diags, DIAG_PLAN_DISORDERED, span_none(), set->plan, set->displaced->name,
                    diag_number(diags, set->number), diag_number(diags, set->number - 1),
                    migrations->path);
        return;
    }
    Diagnostic *diagnostic =
        diag_report(diags, DIAG_PLAN_INCOMPLETE, span_none(), set->plan, set->missing,
                    diag_number(diags, set->count), migrations->path);
    vec_each(Migration *, at, &set->scripts) {
        diag_note(diags, diagnostic, span_none(), "there is `%s`", (*at)->name);
    }
}

/* --- leftovers --- */

static bool is_broken(const PlanSetList *sets, const char *plan)
{
    vec_each(PlanSet, at, sets) {
        if (strcmp(at->plan, plan) == 0) {
            return true;
        }
    }
    return false;
}

/* Does the folder lack just what is staged? */
static bool completes(Arena *arena, const Migrations *migrations, const Migrations *staged)
{
    PlanSetList without, with;
    MigrationList both = {0};
    vec_each(Migration *, at, &migrations->list) {
        vec_push(arena, &both, *at);
    }
    vec_each(Migration *, at, &staged->list) {
        vec_push(arena, &both, *at);
    }
    plan_sets_broken(arena, &migrations->list, &without);
    plan_sets_broken(arena, &both, &with);
    vec_each(PlanSet, at, &without) {
        if (!is_broken(&with, at->plan)) {
            return true;
        }
    }
    return false;
}

bool plan_sets_settle(const Migrations *migrations, Diagnostics *diags, bool *ret_changed)
{
    Arena *arena = migrations->arena;
    PathList left;
    *ret_changed = false;
    migrations_find_staging(arena, migrations, &left);
    vec_each(const char *, at, &left) {
        Diagnostics *ignored = diagnostics_new(arena, sources_new(arena));
        Migrations *staged = NULL;
        if (migrations_read(arena, *at, ignored, &staged) && completes(arena, migrations, staged)) {
            if (!migrations_move_in(migrations, *at, diags)) {
                return false;
            }
            *ret_changed = true;
        }
        migrations_sweep(*at);
    }
    return true;
}
