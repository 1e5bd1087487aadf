/*
 * effect_slots.c - effects upon the slots of tables, types and names: the words that effects are
 * written in.
 */
#include "base/common.h"

#include "compiler/plan/steps/effects_internal.h"

void effect_on(EffectCx *cx, EffectKind kind, Slot slot)
{
    vec_push(cx->arena, cx->out, (Effect){.kind = kind, .slot = slot});
}

void effect_on_relation(EffectCx *cx, EffectKind kind, Name schema, Name name)
{
    effect_on(cx, kind, (Slot){.space = SPACE_RELATIONS, .scope = schema, .name = name});
}

static void beside_in(EffectCx *cx, EffectKind kind, Name schema, const Table *of, Name name)
{
    effect_on_relation(cx, kind, schema, name);
    vec_last(cx->out).beside = of;
}

/* An index or key is where its table is. One that moves may have moved, or not yet. */
void effect_beside(EffectCx *cx, EffectKind kind, const Table *table, Name name)
{
    const TablePair *pair = match_pair(cx->diff, table);
    const Table *of = match_source(cx->diff, table);
    if (pair != NULL && pair->before->schema != pair->after->schema) {
        beside_in(cx, kind, pair->before->schema, of, name);
        beside_in(cx, kind, pair->after->schema, of, name);
    } else {
        beside_in(cx, kind, table->schema, of, name);
    }
}

void effect_of_bearer(EffectCx *cx, EffectKind kind, const Table *table, Name name,
                      const void *bearer)
{
    const size_t first = cx->out->count;
    effect_beside(cx, kind, table, name);
    for (size_t i = first; i < cx->out->count; i++) {
        cx->out->items[i].bearer = bearer;
    }
}

/* With what it belongs to. */
void effect_along(EffectCx *cx, const Table *table, Name name, const void *bearer)
{
    const size_t first = cx->out->count;
    effect_of_bearer(cx, EFFECT_FREES, table, name, bearer);
    for (size_t i = first; i < cx->out->count; i++) {
        cx->out->items[i].along = true;
    }
}

static bool is_same_table(const Table *a, const Table *b)
{
    return a != NULL && a->name == b->name && a->schema == b->schema;
}

static void along(EffectCx *cx, Space space, Name schema, Name name)
{
    effect_on(cx, EFFECT_FREES, (Slot){.space = space, .scope = schema, .name = name});
    vec_last(cx->out).along = true;
}

/* Partitions and their indexes; indexes that the language has no words for; sequences. */
void effect_along_others(EffectCx *cx, const Table *table)
{
    const Catalog *from = cx->diff == NULL ? NULL : cx->diff->from;
    for (size_t i = 0; from != NULL && i < from->other_names.count; i++) {
        const OtherName *at = &from->other_names.items[i];
        if (is_same_table(at->of, table)) {
            along(cx, SPACE_RELATIONS, at->schema, at->name);
            along(cx, SPACE_TYPES, at->schema, at->name);
        }
    }
    for (size_t i = 0; from != NULL && i < from->opaque.count; i++) {
        const Opaque *at = from->opaque.items[i];
        const bool has_name = (opaque_among(at->kind) & AMONG_RELATIONS) != 0;
        if (has_name && is_same_table(at->table, table)) {
            along(cx, SPACE_RELATIONS, at->schema, at->name);
        }
    }
    vec_each(Column *, at, &table->columns) {
        if ((*at)->dflt.sequence != NULL) {
            along(cx, SPACE_RELATIONS, (*at)->dflt.sequence->schema, (*at)->dflt.sequence->name);
        }
    }
}

void effect_on_type(EffectCx *cx, EffectKind kind, Name schema, Name name)
{
    effect_on(cx, kind, (Slot){.space = SPACE_TYPES, .scope = schema, .name = name});
}

/* Of a table: a name within it, or one of the things it is made of. */
void effect_on_part(EffectCx *cx, EffectKind kind, Space space, const Table *table, Name name)
{
    const Table *of = match_source(cx->diff, table);
    effect_on(cx, kind, (Slot){.space = space, .of = of, .name = name != NULL ? name : of->name});
}

void effect_on_whole(EffectCx *cx, EffectKind kind, Space space, const Table *table)
{
    effect_on_part(cx, kind, space, table, NULL);
}

void effect_needs_schema(EffectCx *cx, Name schema)
{
    effect_on(cx, EFFECT_NEEDS, (Slot){.space = SPACE_SCHEMA, .name = schema});
}

void effect_on_enum(EffectCx *cx, EffectKind kind, const EnumType *named)
{
    effect_on(cx, kind, (Slot){.space = SPACE_ENUM, .scope = named->schema, .name = named->name});
}

void effect_on_enum_of(EffectCx *cx, EffectKind kind, const Column *column)
{
    if (column != NULL && column->type.id == TYPE_ENUM) {
        effect_on_enum(cx, kind, column->type.enum_type);
    }
}

void effect_leaves_enum(EffectCx *cx, const Column *column)
{
    if (column->type.id == TYPE_ENUM) {
        const EnumType *left = column->type.enum_type;
        effect_on(cx, EFFECT_LEAVES,
                  (Slot){.space = SPACE_LEFT_ENUM, .scope = left->schema, .name = left->name});
    }
}

void effect_on_enums_of(EffectCx *cx, EffectKind kind, Column *const *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        effect_on_enum_of(cx, kind, columns[i]);
    }
}
