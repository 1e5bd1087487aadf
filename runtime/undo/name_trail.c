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

/* Of the thing that is called so by now; begun where there is none. */
static Trail *trail_of(Arena *arena, TrailList *trails, bool is_type, TrailName now)
{
    vec_each(Trail, at, trails) {
        if (at->is_type == is_type && is_same(&at->now, &now)) {
            return at;
        }
    }
    vec_push(arena, trails, ((Trail){.is_type = is_type, .origin = now, .now = now}));
    return &vec_last(trails);
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

static void follow(Arena *arena, TrailList *trails, const ScriptRename *rename,
                   const char *default_schema)
{
    const TrailName name = {.schema =
                                rename->of.schema != NULL ? rename->of.schema : default_schema,
                            .name = rename->of.name};
    const bool is_type = rename->kind == NAMED_TYPE || rename->kind == NAMED_VALUE;
    Trail *trail = trail_of(arena, trails, is_type, name);
    if (rename->part != NULL) {
        follow_part(arena, trail, rename->part, rename->now.name);
        return;
    }
    trail->now.schema = rename->now.schema != NULL ? rename->now.schema : trail->now.schema;
    trail->now.name = rename->now.name != NULL ? rename->now.name : trail->now.name;
}

static bool follow_all(Arena *arena, const MigrationList *list, size_t start,
                       const char *default_schema, Diagnostics *diags, TrailList *ret_trails)
{
    TrailList trails = {0};
    for (size_t i = start; i < list->count; i++) {
        const Migration *at = list->items[i];
        const ParsedScript *script = NULL;
        if (!script_parse(arena, at->path, at->sql, at->len, diags, &script)) {
            return false;
        }
        vec_each(const ScriptRename, rename, &script->renames) {
            follow(arena, &trails, rename, default_schema);
        }
    }
    *ret_trails = trails;
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
    TrailList before, after;
    TrailPairList pairs = {0};
    size_t common = 0;
    while (common < first->count && common < second->count &&
           first->items[common] == second->items[common]) {
        common++;
    }
    if (!follow_all(arena, first, common, default_schema, diags, &before) ||
        !follow_all(arena, second, common, default_schema, diags, &after)) {
        return false;
    }
    vec_each(const Trail, at, &before) {
        add_pair(arena, &pairs, at, from_origin(&after, at));
    }
    vec_each(const Trail, at, &after) {
        if (from_origin(&before, at) == NULL) {
            add_pair(arena, &pairs, NULL, at);
        }
    }
    *ret_pairs = pairs;
    return true;
}
