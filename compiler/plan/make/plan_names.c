#include "base/common.h"

#include "compiler/plan/make/plan_names.h"

typedef struct Bearer {
    const char *kind; /* for people */
    unsigned among;
} Bearer;

typedef struct NameCheck {
    const Plan *plan;
    Arena *scratch;
    Map bearers; /* (schema, name) -> Bearer */
    Diagnostics *diags;
    bool ok;
} NameCheck;

/* --- who has a name ----------------------------------------------------------------------------
 */

static void note(NameCheck *cx, Name schema, Name name, const char *kind, unsigned among)
{
    Bearer *bearer = map_get2(&cx->bearers, schema, name);
    if (bearer == NULL) {
        bearer = arena_make(cx->scratch, Bearer);
        map_put2(cx->scratch, &cx->bearers, schema, name, bearer);
        bearer->kind = kind;
    }
    bearer->among |= among;
}

static bool is_dropped(const NameCheck *cx, const Table *of)
{
    const Table *table =
        of == NULL ? NULL : catalog_find_table(cx->plan->from, of->schema, of->name);
    return table != NULL && match_pair(cx->plan->diff, table) == NULL && !diff_ignores(table);
}

/* Does the column go, or cease to count? */
static bool loses_sequence(const NameCheck *cx, const Column *column)
{
    const TablePair *pair = match_pair(cx->plan->diff, column->table);
    const Column *after = pair == NULL ? NULL : pair->columns_after[column->position];
    return after == NULL || (pair->facets[column->position] & (FACET_SEQUENCE | FACET_TYPE)) != 0;
}

static void note_sequences(NameCheck *cx)
{
    vec_each(Table *const, table, &cx->plan->from->tables) {
        vec_each(Column *const, at, &(*table)->columns) {
            const Sequence *sequence = (*at)->dflt.sequence;
            if (sequence != NULL && !is_dropped(cx, *table) && !loses_sequence(cx, *at)) {
                note(cx, sequence->schema, sequence->name, "sequence", AMONG_RELATIONS);
            }
        }
    }
}

static void find_bearers(NameCheck *cx)
{
    const Catalog *origin = cx->plan->origin;
    vec_each(const OtherName, at, &origin->other_names) {
        if (!is_dropped(cx, at->of)) {
            note(cx, at->schema, at->name, at->kind->text, at->among);
        }
    }
    vec_each(Opaque *const, at, &origin->opaque) {
        const unsigned among = opaque_among((*at)->kind);
        if (among != AMONG_NONE && !is_dropped(cx, (*at)->table)) {
            note(cx, (*at)->schema, (*at)->name, opaque_name((*at)->kind), among);
        }
    }
    note_sequences(cx);
}

/* --- who wants it ------------------------------------------------------------------------------
 */

static void want(NameCheck *cx, Name schema, Name name, unsigned among, Origin origin)
{
    const Bearer *bearer = map_get2(&cx->bearers, schema, name);
    if (bearer != NULL && (bearer->among & among) != 0) {
        const Span place = origin.kind == ORIGIN_CATALOG ? span_none() : origin.span;
        diag_report(cx->diags, DIAG_NAME_TAKEN, place, name->text, bearer->kind);
        cx->ok = false;
    }
}

static void want_key(NameCheck *cx, const Table *table, const PrimaryKey *before)
{
    const PrimaryKey *key = table->primary_key;
    if (key != NULL && (before == NULL || before->name != key->name)) {
        want(cx, table->schema, key->name, AMONG_RELATIONS, key->origin);
    }
}

static void look_at(NameCheck *cx, const Change *change)
{
    const Subject *before = &change->before, *after = &change->after;
    switch ((int)change->kind) {
    case CHANGE_ADD_ENUM:
    case CHANGE_RENAME_ENUM:
        want(cx, after->enum_type->schema, after->enum_type->name, AMONG_TYPES,
             after->enum_type->origin);
        break;
    case CHANGE_ADD_TABLE:
        want_key(cx, after->table, NULL);
        want(cx, after->table->schema, after->table->name, AMONG_RELATIONS | AMONG_TYPES,
             after->table->origin);
        break;
    case CHANGE_RENAME_TABLE:
        want(cx, after->table->schema, after->table->name, AMONG_RELATIONS | AMONG_TYPES,
             after->table->origin);
        break;
    case CHANGE_ADD_PRIMARY_KEY:
    case CHANGE_MODIFY_PRIMARY_KEY:
    case CHANGE_RENAME_PRIMARY_KEY:
        want_key(cx, after->table, before->primary_key);
        break;
    case CHANGE_ADD_INDEX:
    case CHANGE_RENAME_INDEX:
        if (before->index == NULL || before->index->name != after->index->name) {
            want(cx, after->index->table->schema, after->index->name, AMONG_RELATIONS,
                 after->index->origin);
        }
        break;
    default: /* makes nothing that has a name there */
        break;
    }
}

bool plan_names_are_free(const Plan *plan, Diagnostics *diags)
{
    NameCheck cx = {.plan = plan, .diags = diags, .ok = true};
    if (plan->diff->changes.count == 0) {
        return true;
    }
    cx.scratch = arena_new();
    find_bearers(&cx);
    vec_each(Change *const, at, &plan->diff->changes) {
        look_at(&cx, *at);
    }
    arena_free(cx.scratch);
    return cx.ok;
}
