/*
 * name_trail.c - renames followed through scripts, and two such trails compared.
 *
 * A trail is begun where a script first names something anew; what no script names is called as it
 * always was.
 */
#include "base/common.h"

#include "runtime/undo/name_trail.h"

#include <string.h>

#include "runtime/script/script.h"

static bool is_same(const TrailName *a, const TrailName *b)
{
    return strcmp(a->schema, b->schema) == 0 && strcmp(a->name, b->name) == 0;
}

/* --- following --- */

/* A view under a name that its table had, and the names that it shows for programs from before. */
typedef struct Face {
    TrailName name, table;
    VEC(const char *) shown;
} Face;

typedef struct Following {
    Arena *arena;
    const char *default_schema;
    TrailList trails;
    VEC(Face) faces;
} Following;

static TrailName name_in(const Following *cx, const char *schema, const char *name)
{
    return (TrailName){.schema = schema != NULL ? schema : cx->default_schema, .name = name};
}

/* Of the thing that is called so by now; begun where there is none. */
static Trail *trail_of(Following *cx, bool is_type, TrailName now)
{
    vec_each(Trail, at, &cx->trails) {
        if (at->is_type == is_type && is_same(&at->now, &now)) {
            return at;
        }
    }
    vec_push(cx->arena, &cx->trails, ((Trail){.is_type = is_type, .origin = now, .now = now}));
    return &vec_last(&cx->trails);
}

static void follow_part(Arena *arena, Trail *trail, const char *part, const char *now)
{
    vec_each(TrailPart, at, &trail->parts) {
        if (strcmp(at->now, part) == 0) {
            at->now = now;
            return;
        }
    }
    vec_push(arena, &trail->parts, ((TrailPart){.origin = part, .now = now}));
}

static void follow(Following *cx, const ScriptRename *rename)
{
    const TrailName name = name_in(cx, rename->of.schema, rename->of.name);
    const bool is_type = rename->kind == NAMED_TYPE || rename->kind == NAMED_VALUE;
    Trail *trail = trail_of(cx, is_type, name);
    if (rename->part != NULL) {
        follow_part(cx->arena, trail, rename->part, rename->now.name);
        return;
    }
    trail->now.schema = rename->now.schema != NULL ? rename->now.schema : trail->now.schema;
    trail->now.name = rename->now.name != NULL ? rename->now.name : trail->now.name;
}

/* --- behind views --- */

/* No view stands where none was raised. */
static Face *face_of(Following *cx, const ViewBlock *block)
{
    const TrailName name = name_in(cx, block->face_schema, block->face);
    vec_each(Face, at, &cx->faces) {
        if (is_same(&at->name, &name)) {
            return at;
        }
    }
    vec_push(cx->arena, &cx->faces, ((Face){.name = name, .table = name}));
    return &vec_last(&cx->faces);
}

static void move_table(Following *cx, Face *face, TrailName to)
{
    if (!is_same(&face->table, &to)) {
        trail_of(cx, false, face->table)->now = to;
        face->table = to;
    }
}

static bool is_among(const ViewNames *names, const char *name)
{
    vec_each(const char *const, at, names) {
        if (strcmp(*at, name) == 0) {
            return true;
        }
    }
    return false;
}

static void hide(Face *face, const ViewNames *gone)
{
    size_t kept = 0;
    for (size_t i = 0; i < face->shown.count; i++) {
        if (!is_among(gone, face->shown.items[i])) {
            face->shown.items[kept++] = face->shown.items[i];
        }
    }
    face->shown.count = kept;
}

static void follow_view(Following *cx, const ViewBlock *block)
{
    Face *face = face_of(cx, block);
    if (!block->lowers && (!block->both || is_same(&face->table, &face->name))) {
        move_table(
            cx, face,
            (TrailName){block->schema != NULL ? block->schema : face->name.schema, block->table});
    }
    for (size_t i = 0; i < block->from.count; i++) {
        follow_part(cx->arena, trail_of(cx, false, face->table), block->from.items[i],
                    block->to.items[i]);
        if (block->both) {
            vec_push(cx->arena, &face->shown, block->from.items[i]);
        }
    }
    if (!block->lowers) {
        return;
    }
    hide(face, &block->gone);
    if (block->from.count > 0) { /* taken back: the old names are the table's again */
        hide(face, &block->to);
    }
    if (face->shown.count == 0 &&
        (block->takes_table || strcmp(face->table.name, block->table) == 0)) {
        move_table(cx, face, face->name);
    }
}

/* Views that stand where both lists part. */
static bool may_hold_view(const Migration *migration)
{
    return strstr(migration->sql, "face CONSTANT pg_catalog.regclass") != NULL;
}

static bool follow_all(Following *cx, const MigrationList *list, size_t start, Diagnostics *diags)
{
    for (size_t i = 0; i < list->count; i++) {
        const Migration *at = list->items[i];
        const ParsedScript *script = NULL;
        if (i == start) {
            cx->trails.count = 0;
        }
        if (i < start && !may_hold_view(at)) {
            continue;
        }
        if (!script_parse(cx->arena, at->path, at->sql, at->len, diags, &script)) {
            return false;
        }
        vec_each(const ScriptRename, rename, &script->renames) {
            follow(cx, rename);
        }
        vec_each(const ViewBlock, view, &script->views) {
            follow_view(cx, view);
        }
    }
    return true;
}

/* --- comparing --- */

static const Trail *from_origin(const TrailList *trails, const Trail *like)
{
    vec_each(const Trail, at, trails) {
        if (at->is_type == like->is_type && is_same(&at->origin, &like->origin)) {
            return at;
        }
    }
    return NULL;
}

static const char *part_now(const Trail *trail, const char *origin)
{
    for (size_t i = 0; trail != NULL && i < trail->parts.count; i++) {
        if (strcmp(trail->parts.items[i].origin, origin) == 0) {
            return trail->parts.items[i].now;
        }
    }
    return origin;
}

static void add_part(Arena *arena, TrailPair *pair, const char *first, const char *second)
{
    if (strcmp(first, second) != 0) {
        vec_push(arena, &pair->parts, ((TrailPart){.origin = first, .now = second}));
    }
}

/* `first` or `second` is NULL where that list does not speak of it. */
static void add_pair(Arena *arena, TrailPairList *pairs, const Trail *first, const Trail *second)
{
    const Trail *any = first != NULL ? first : second;
    TrailPair pair = {.is_type = any->is_type,
                      .first = first != NULL ? first->now : any->origin,
                      .second = second != NULL ? second->now : any->origin};
    for (size_t i = 0; first != NULL && i < first->parts.count; i++) {
        const TrailPart *part = &first->parts.items[i];
        add_part(arena, &pair, part->now, part_now(second, part->origin));
    }
    for (size_t i = 0; second != NULL && i < second->parts.count; i++) {
        const TrailPart *part = &second->parts.items[i];
        if (part_now(first, part->origin) == part->origin) {
            add_part(arena, &pair, part->origin, part->now);
        }
    }
    if (!is_same(&pair.first, &pair.second) || pair.parts.count > 0) {
        vec_push(arena, pairs, pair);
    }
}

bool name_trail_compare(Arena *arena, const MigrationList *first, const MigrationList *second,
                        const char *default_schema, Diagnostics *diags, TrailPairList *ret_pairs)
{
    Following before = {.arena = arena, .default_schema = default_schema}, after = before;
    TrailPairList pairs = {0};
    size_t common = 0;
    while (common < first->count && common < second->count &&
           first->items[common] == second->items[common]) {
        common++;
    }
    if (!follow_all(&before, first, common, diags) || !follow_all(&after, second, common, diags)) {
        return false;
    }
    vec_each(const Trail, at, &before.trails) {
        add_pair(arena, &pairs, at, from_origin(&after.trails, at));
    }
    vec_each(const Trail, at, &after.trails) {
        if (from_origin(&before.trails, at) == NULL) {
            add_pair(arena, &pairs, NULL, at);
        }
    }
    *ret_pairs = pairs;
    return true;
}
