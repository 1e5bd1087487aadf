#include "base/common.h"

#include "runtime/history/drift.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/strbuf.h"
#include "base/text/show.h"

static int compare_rows(const void *a, const void *b)
{
    const DiagnosedMigration *x = *(const DiagnosedMigration *const *)a;
    const DiagnosedMigration *y = *(const DiagnosedMigration *const *)b;
    /* Rows come from one array read by started_at, so their places tell the order. */
    return (x->row > y->row) - (x->row < y->row);
}

void drift_applied(Arena *arena, const Diagnosis *diagnosis, MigrationList *ret_migrations)
{
    VEC(const DiagnosedMigration *) applied = {0};
    MigrationList migrations = {0};
    vec_each(const DiagnosedMigration, at, &diagnosis->items) {
        if (at->state == MIGRATION_APPLIED && at->local != NULL) {
            vec_push(arena, &applied, at);
        }
    }
    if (applied.count > 1) {
        qsort(applied.items, applied.count, sizeof *applied.items, compare_rows);
    }
    vec_each(const DiagnosedMigration *, at, &applied) {
        Migration *migration = arena_make(arena, Migration);
        *migration = *(*at)->local;
        vec_push(arena, &migrations, migration);
    }
    *ret_migrations = migrations;
}

/* --- what the diff speaks of --------------------------------------------------------------------
 */

typedef struct DriftCx {
    Arena *arena;
    Names *names;
    const CompareOptions *options;
    Map told; /* (table or nothing, object) of changes */
    Drift drift;
} DriftCx;

/* Schema and table are one key: both are names of any text, kept apart by a line end. */
static Name table_key(const DriftCx *cx, Name schema, Name relation)
{
    return intern_printf(cx->names, "%s\n%s", schema == NULL ? "" : schema->text,
                         relation == NULL ? "" : relation->text);
}

/* What a change is about, as a difference would say it. */
static Difference subject_of(const Subject *side)
{
    Difference made = {.word = "table", .is_fact = true};
    if (side->table != NULL) {
        made.schema = side->table->schema;
        made.relation = side->table->name;
    }
    if (side->column != NULL) {
        made.word = "table column", made.name = side->column->name;
    } else if (side->index != NULL) {
        made.word = "table index", made.name = side->index->name;
    } else if (side->foreign_key != NULL) {
        made.word = "foreign key", made.name = side->foreign_key->name;
    } else if (side->primary_key != NULL) {
        made.word = "primary key", made.name = side->primary_key->name;
    } else if (side->enum_type != NULL) {
        made.word = "enum", made.schema = side->enum_type->schema;
        made.name = side->enum_type->name;
    } else if (side->extension != NULL) {
        made.word = "extension", made.name = side->extension->name;
    } else if (side->schema != NULL) {
        made.word = "schema", made.schema = side->schema->name;
        made.name = side->schema->name;
    }
    return made;
}

static bool is_left_out(const DriftCx *cx, const Subject *side)
{
    const Difference of = subject_of(side);
    return compare_leaves_out(cx->options, of.word, of.schema, of.relation, of.name);
}

static void note_told(DriftCx *cx, const Subject *side)
{
    const Difference of = subject_of(side);
    static const char told[] = "";
    if (of.relation != NULL || of.name != NULL) {
        map_put2(cx->arena, &cx->told, table_key(cx, of.schema, of.relation),
                 of.name == NULL ? of.relation : of.name, (void *)(uintptr_t)told);
    }
}

static bool has_subject(const Subject *side)
{
    return side->table != NULL || side->enum_type != NULL || side->extension != NULL ||
           side->schema != NULL;
}

/* A table that stays is on both sides of what changes in it. */
static bool is_about_table(const Change *change)
{
    return change->kind == CHANGE_ADD_TABLE || change->kind == CHANGE_DROP_TABLE ||
           change->kind == CHANGE_RENAME_TABLE;
}

static bool names_an_object(const Change *change, const Subject *side)
{
    return has_subject(side) && (subject_of(side).name != NULL || is_about_table(change));
}

static void take_change(DriftCx *cx, Diff *kept, Change *change)
{
    const bool before = names_an_object(change, &change->before);
    const bool after = names_an_object(change, &change->after);
    if ((before && is_left_out(cx, &change->before)) ||
        (after && is_left_out(cx, &change->after))) {
        return; /* counted by the comparison */
    }
    vec_push(cx->arena, &kept->changes, change);
    if (before) {
        note_told(cx, &change->before);
    }
    if (after) {
        note_told(cx, &change->after);
    }
}

static void take_diff(DriftCx *cx, const Diff *diff)
{
    Diff *kept = arena_make(cx->arena, Diff);
    *kept = *diff;
    kept->changes = (ChangeList){0};
    vec_each(Change *, at, &diff->changes) {
        take_change(cx, kept, *at);
    }
    cx->drift.diff = kept;
}

static void take_rest(DriftCx *cx, const DifferenceList *differences)
{
    vec_each(Difference, at, differences) {
        const Name name = at->name == NULL ? at->relation : at->name;
        const Name key = table_key(cx, at->schema, at->relation);
        if (!at->is_fact || map_get2(&cx->told, key, name) == NULL) {
            vec_push(cx->arena, &cx->drift.beside, *at);
        }
    }
}

void drift_find(Arena *arena, const Catalog *expected, const Catalog *live,
                const CompareOptions *options, Drift *ret_drift)
{
    DriftCx cx = {.arena = arena, .names = expected->names, .options = options};
    const Comparison comparison = compare_catalogs(arena, expected, live, options);
    take_diff(&cx, diff_catalogs(arena, expected, live, NULL));
    take_rest(&cx, &comparison.differences);
    cx.drift.beyond = comparison.beyond;
    cx.drift.left_out = comparison.left_out;
    cx.drift.unread_count = live->unread_schemas.count;
    *ret_drift = cx.drift;
}

bool drift_is_none(const Drift *drift)
{
    return diff_is_empty(drift->diff) && drift->beside.count == 0;
}

char *drift_summary(Arena *arena, const Drift *drift)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (!diff_is_empty(drift->diff)) {
        strbuf_add(&out, diff_summary(arena, drift->diff));
    }
    vec_each(const Difference, at, &drift->beside) {
        difference_print(&out, at);
    }
    return strbuf_take(&out, arena);
}
