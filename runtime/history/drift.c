#include "base/common.h"

#include "runtime/history/drift.h"

#include <stdlib.h>
#include <string.h>

#include "base/show.h"

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

/* --- opaque objects --------------------------------------------------------------------------- */

static int compare_identity(const Opaque *a, const Opaque *b)
{
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    int order = name_compare(a->schema, b->schema);
    if (order == 0) {
        order = name_compare(a->table == NULL ? NULL : a->table->name,
                             b->table == NULL ? NULL : b->table->name);
    }
    return order != 0 ? order : name_compare(a->name, b->name);
}

static int compare_opaque(const void *a, const void *b)
{
    const Opaque *x = *(const Opaque *const *)a;
    const Opaque *y = *(const Opaque *const *)b;
    int order = compare_identity(x, y);
    return order != 0 ? order : name_compare(x->definition, y->definition);
}

static const Opaque **sorted(Arena *arena, const OpaqueList *list)
{
    const Opaque **items = arena_array(arena, const Opaque *, list->count + 1);
    for (size_t i = 0; i < list->count; i++) {
        items[i] = list->items[i];
    }
    qsort(items, list->count, sizeof *items, compare_opaque);
    return items;
}

/* Rights beyond those the migrations grant are the operator's business: default privileges give
 * each table some, and roles differ from server to server. Rights that are missing are drift. */
static bool is_granted_elsewhere(const OpaqueDrift *found)
{
    return found->kind == OPAQUE_ADDED && found->live->kind == OPAQUE_PRIVILEGE;
}

/* Both lists are sorted by identity: one walk finds what only one has and what differs. */
static void find_opaque(Arena *arena, const Catalog *expected, const Catalog *live, Drift *drift)
{
    const Opaque **a = sorted(arena, &expected->opaque);
    const Opaque **b = sorted(arena, &live->opaque);
    while (*a != NULL || *b != NULL) {
        int order = *a == NULL ? 1 : *b == NULL ? -1 : compare_identity(*a, *b);
        OpaqueDrift found = {.kind = OPAQUE_DIFFERENT, .expected = *a, .live = *b};
        if (order < 0) {
            found = (OpaqueDrift){.kind = OPAQUE_MISSING, .expected = *a++};
        } else if (order > 0) {
            found = (OpaqueDrift){.kind = OPAQUE_ADDED, .live = *b++};
        } else if ((*a++)->definition == (*b++)->definition) {
            continue;
        }
        const Opaque *object = found.live == NULL ? found.expected : found.live;
        /* Indexes are compared as such. */
        if (object->kind != OPAQUE_PARTIAL_INDEX && !is_granted_elsewhere(&found)) {
            vec_push(arena, &drift->opaque, found);
        }
    }
}

void drift_find(Arena *arena, const Catalog *expected, const Catalog *live, Drift *ret_drift)
{
    Drift drift = {.diff = diff_catalogs(arena, expected, live, NULL)};
    find_opaque(arena, expected, live, &drift);
    *ret_drift = drift;
}

bool drift_is_none(const Drift *drift)
{
    return diff_is_empty(drift->diff) && drift->opaque.count == 0;
}

static void describe_opaque(StrBuf *out, const OpaqueDrift *drift)
{
    static const char *const verbs[] = {[OPAQUE_ADDED] = "[+] Added",
                                        [OPAQUE_MISSING] = "[-] Removed",
                                        [OPAQUE_DIFFERENT] = "[*] Changed"};
    const Opaque *object = drift->live == NULL ? drift->expected : drift->live;
    show_printf(out, "\n%s %s `%s`", verbs[drift->kind], opaque_name(object->kind),
                object->name->text);
    if (object->table != NULL) {
        show_printf(out, " on table `%s`", object->table->name->text);
    }
    strbuf_char(out, '\n');
}

char *drift_summary(Arena *arena, const Drift *drift)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (!diff_is_empty(drift->diff)) {
        strbuf_add(&out, diff_summary(arena, drift->diff));
    }
    vec_each(const OpaqueDrift, at, &drift->opaque) {
        describe_opaque(&out, at);
    }
    return strbuf_take(&out, arena);
}
