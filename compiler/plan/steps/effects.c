/*
 * effects.c - what each kind of step needs, makes, alters and removes; which names it takes and
 * frees.
 *
 * One function a kind, or for some alike; the rows of steps.def name them. Names are those of the
 * step's moment: half a rename says its own.
 */
#include "base/common.h"

#include "compiler/plan/steps/effects.h"

typedef struct EffectCx {
    Arena *arena;
    const Diff *diff;
    const Step *step;
    EffectList *out;
} EffectCx;

/* --- slots -------------------------------------------------------------------------------------
 */

static void say(EffectCx *cx, EffectKind kind, Slot slot)
{
    vec_push(cx->arena, cx->out, (Effect){.kind = kind, .slot = slot});
}

static void relation(EffectCx *cx, EffectKind kind, Name schema, Name name)
{
    say(cx, kind, (Slot){.space = SPACE_RELATIONS, .scope = schema, .name = name});
}

/* An index or key is where its table is. */
static void beside(EffectCx *cx, EffectKind kind, const Table *table, Name name)
{
    relation(cx, kind, table->schema, name);
    vec_last(cx->out).beside = match_source(cx->diff, table);
}

/* With what it belongs to. */
static void goes_along(EffectCx *cx, const Table *table, Name name)
{
    beside(cx, EFFECT_FREES, table, name);
    vec_last(cx->out).along = true;
}

static void type(EffectCx *cx, EffectKind kind, Name schema, Name name)
{
    say(cx, kind, (Slot){.space = SPACE_TYPES, .scope = schema, .name = name});
}

/* Of a table: a name within it, or one of the things it is made of. */
static void part(EffectCx *cx, EffectKind kind, Space space, const Table *table, Name name)
{
    const Table *of = match_source(cx->diff, table);
    say(cx, kind, (Slot){.space = space, .of = of, .name = name != NULL ? name : of->name});
}

static void whole(EffectCx *cx, EffectKind kind, Space space, const Table *table)
{
    part(cx, kind, space, table, NULL);
}

static void needs_schema(EffectCx *cx, Name schema)
{
    say(cx, EFFECT_NEEDS, (Slot){.space = SPACE_SCHEMA, .name = schema});
}

static void enum_type(EffectCx *cx, EffectKind kind, const EnumType *named)
{
    say(cx, kind, (Slot){.space = SPACE_ENUM, .scope = named->schema, .name = named->name});
}

static void enum_of(EffectCx *cx, EffectKind kind, const Column *column)
{
    if (column != NULL && column->type.id == TYPE_ENUM) {
        enum_type(cx, kind, column->type.enum_type);
    }
}

static void enums_of(EffectCx *cx, EffectKind kind, Column *const *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        enum_of(cx, kind, columns[i]);
    }
}

static const Table *table_of(const EffectCx *cx)
{
    const Step *step = cx->step;
    return step->after.table != NULL ? step->after.table : step->before.table;
}

static Name was(const EffectCx *cx, Name name)
{
    return cx->step->last_name != NULL ? cx->step->last_name : name;
}

static Name becomes(const EffectCx *cx, Name name)
{
    return cx->step->new_name != NULL ? cx->step->new_name : name;
}

/* Texts that were not understood say the wanted names. */
static void speaks_of(EffectCx *cx, const Table *table)
{
    if (table != NULL) {
        whole(cx, EFFECT_NEEDS, SPACE_TABLE_NAME, table);
        whole(cx, EFFECT_NEEDS, SPACE_COLUMN_NAMES, table);
    }
}

/* --- tables ------------------------------------------------------------------------------------
 */

static void effects_none(UNUSED EffectCx *cx)
{
}

static void effects_create_schema(EffectCx *cx)
{
    say(cx, EFFECT_MAKES, (Slot){.space = SPACE_SCHEMA, .name = cx->step->after.schema->name});
}

static void effects_create_table(EffectCx *cx)
{
    const Table *table = cx->step->after.table;
    needs_schema(cx, table->schema);
    type(cx, EFFECT_TAKES, table->schema, table->name);
    relation(cx, EFFECT_TAKES, table->schema, table->name);
    if (table->primary_key != NULL) {
        beside(cx, EFFECT_TAKES, table, table->primary_key->name);
    }
    enums_of(cx, EFFECT_NEEDS, table->columns.items, table->columns.count);
    whole(cx, EFFECT_MAKES, SPACE_TABLE, table);
}

static void effects_drop_table(EffectCx *cx)
{
    const Table *table = cx->step->before.table;
    type(cx, EFFECT_FREES, table->schema, table->name);
    relation(cx, EFFECT_FREES, table->schema, table->name);
    if (table->primary_key != NULL) {
        goes_along(cx, table, table->primary_key->name);
    }
    vec_each(Index *, at, &table->indexes) {
        goes_along(cx, table, (*at)->name);
    }
    enums_of(cx, EFFECT_LEAVES, table->columns.items, table->columns.count);
    whole(cx, EFFECT_REPLACES, SPACE_KEYS, table);
}

/* The first half of a rename brings the table to its schema. */
static void effects_rename_table(EffectCx *cx)
{
    const Table *before = cx->step->before.table, *after = cx->step->after.table;
    const Name schema = cx->step->last_name != NULL ? after->schema : before->schema;
    needs_schema(cx, after->schema);
    type(cx, EFFECT_FREES, schema, was(cx, before->name));
    relation(cx, EFFECT_FREES, schema, was(cx, before->name));
    type(cx, EFFECT_TAKES, after->schema, becomes(cx, after->name));
    relation(cx, EFFECT_TAKES, after->schema, becomes(cx, after->name));
    whole(cx, EFFECT_MAKES, SPACE_TABLE_NAME, table_of(cx));
}

static void effects_rename_column(EffectCx *cx)
{
    const Table *table = table_of(cx);
    const Subject *before = &cx->step->before, *after = &cx->step->after;
    part(cx, EFFECT_FREES, SPACE_COLUMNS, table, was(cx, before->column->name));
    part(cx, EFFECT_TAKES, SPACE_COLUMNS, table, becomes(cx, after->column->name));
    whole(cx, EFFECT_NEEDS, SPACE_TABLE_NAME, table);
    whole(cx, EFFECT_MAKES, SPACE_COLUMN_NAMES, table);
}

/* --- ALTER TABLE -------------------------------------------------------------------------------
 */

static bool goes(const Step *step, const Column *column)
{
    vec_each(const Clause, clause, &step->clauses) {
        if ((clause->kind == CLAUSE_DROP_COLUMN || clause->kind == CLAUSE_RECREATE_COLUMN) &&
            clause->before->name == column->name) {
            return true;
        }
    }
    return false;
}

/* An index goes with a column of its. */
static void frees_indexes(EffectCx *cx, const Table *table)
{
    vec_each(Index *, index, &table->indexes) {
        bool any = false;
        vec_each(const IndexPart, at, &(*index)->parts) {
            any = any || (at->column != NULL && goes(cx->step, at->column));
        }
        if (any) {
            goes_along(cx, table, (*index)->name);
        }
    }
}

/* Returns whether a column goes. */
static bool clause_effects(EffectCx *cx, const Clause *clause)
{
    const Step *step = cx->step;
    const ClauseKind kind = clause->kind;
    const bool renames = kind == CLAUSE_RENAME_PRIMARY_KEY, takes = kind == CLAUSE_TAKE_PRIMARY_KEY;
    const bool drops = kind == CLAUSE_DROP_COLUMN || kind == CLAUSE_RECREATE_COLUMN;
    if (kind == CLAUSE_DROP_PRIMARY_KEY || renames) {
        beside(cx, EFFECT_FREES, step->before.table, clause->key_before->name);
    }
    if (takes) {
        beside(cx, EFFECT_FREES, step->before.table, clause->cause->before.index->name);
    }
    if (kind == CLAUSE_ADD_PRIMARY_KEY || takes || renames) {
        beside(cx, EFFECT_TAKES, step->after.table, clause->key_after->name);
    }
    if (drops) {
        part(cx, EFFECT_FREES, SPACE_COLUMNS, table_of(cx), clause->before->name);
    }
    enum_of(cx, EFFECT_NEEDS, clause->after);
    return drops;
}

static void effects_alter_table(EffectCx *cx)
{
    const Table *before = cx->step->before.table;
    bool drops = false;
    vec_each(const Clause, clause, &cx->step->clauses) {
        drops = clause_effects(cx, clause) || drops;
    }
    whole(cx, EFFECT_ALTERS, SPACE_TABLE, table_of(cx));
    speaks_of(cx, cx->step->after.table);
    if (before != NULL) {
        enums_of(cx, EFFECT_USES, before->columns.items, before->columns.count);
        whole(cx, EFFECT_REPLACES, SPACE_KEYS, before);
        if (drops) {
            frees_indexes(cx, before);
        }
    }
}

/* --- enums -------------------------------------------------------------------------------------
 */

static void effects_create_enum(EffectCx *cx)
{
    const EnumType *made = cx->step->after.enum_type;
    needs_schema(cx, made->schema);
    type(cx, EFFECT_TAKES, made->schema, becomes(cx, made->name));
    enum_type(cx, EFFECT_MAKES, made);
}

/* A half of it that gives a name in between says so on both sides. */
static void effects_rename_enum(EffectCx *cx)
{
    const EnumType *before = cx->step->before.enum_type, *after = cx->step->after.enum_type;
    needs_schema(cx, after->schema);
    type(cx, EFFECT_FREES, before->schema, was(cx, before->name));
    type(cx, EFFECT_TAKES, after->schema, becomes(cx, after->name));
    enum_type(cx, EFFECT_ALTERS, after);
}

static void effects_grow_enum(EffectCx *cx)
{
    enum_type(cx, EFFECT_ALTERS, cx->step->after.enum_type);
}

/* The server has no operator between a type and its successor. */
static void effects_rebuild_enum(EffectCx *cx)
{
    enum_type(cx, EFFECT_REPLACES, cx->step->after.enum_type);
    vec_each(const Clause, clause, &cx->step->clauses) {
        speaks_of(cx, (clause->after != NULL ? clause->after : clause->before)->table);
    }
}

static void effects_drop_enum(EffectCx *cx)
{
    const EnumType *gone = cx->step->before.enum_type;
    type(cx, EFFECT_FREES, gone->schema, was(cx, gone->name));
    enum_type(cx, EFFECT_REMOVES, gone);
}

/* --- indexes -----------------------------------------------------------------------------------
 */

static void effects_create_index(EffectCx *cx)
{
    const Index *index = cx->step->after.index;
    const Table *table = table_of(cx);
    beside(cx, EFFECT_TAKES, table, becomes(cx, index->name));
    whole(cx, EFFECT_NEEDS, SPACE_TABLE, table);
    enums_of(cx, EFFECT_NEEDS, index->compared_columns.items, index->compared_columns.count);
    speaks_of(cx, cx->step->after.table);
    if (index->kind == INDEX_UNIQUE) {
        whole(cx, EFFECT_MAKES, SPACE_KEYS, table);
    }
}

/* It is named without a word about its table. */
static void effects_drop_index(EffectCx *cx)
{
    const Index *index = cx->step->before.index;
    beside(cx, EFFECT_FREES, table_of(cx), was(cx, index->name));
    enums_of(cx, EFFECT_LEAVES, index->compared_columns.items, index->compared_columns.count);
    whole(cx, EFFECT_REPLACES, SPACE_KEYS, cx->step->before.table);
}

static void effects_rename_index(EffectCx *cx)
{
    beside(cx, EFFECT_FREES, table_of(cx), was(cx, cx->step->before.index->name));
    beside(cx, EFFECT_TAKES, table_of(cx), becomes(cx, cx->step->after.index->name));
    whole(cx, EFFECT_NEEDS, SPACE_TABLE, table_of(cx));
}

/* The index has the key's name already. */
static void effects_take_index(EffectCx *cx)
{
    speaks_of(cx, cx->step->after.table);
}

/* --- constraints -------------------------------------------------------------------------------
 */

static void effects_add_foreign_key(EffectCx *cx)
{
    const ForeignKey *key = cx->step->after.foreign_key;
    const Table *table = table_of(cx);
    part(cx, EFFECT_TAKES, SPACE_CONSTRAINTS, table, becomes(cx, key->name));
    part(cx, EFFECT_MAKES, SPACE_SCAFFOLD, table, becomes(cx, key->name));
    whole(cx, EFFECT_NEEDS, SPACE_TABLE, table);
    whole(cx, EFFECT_NEEDS, SPACE_TABLE, key->referenced);
    whole(cx, EFFECT_NEEDS, SPACE_KEYS, key->referenced);
    enums_of(cx, EFFECT_NEEDS, key->columns.items, key->columns.count);
    speaks_of(cx, cx->step->after.table);
    speaks_of(cx, key->referenced);
}

static void effects_drop_foreign_key(EffectCx *cx)
{
    const ForeignKey *key = cx->step->before.foreign_key;
    part(cx, EFFECT_FREES, SPACE_CONSTRAINTS, table_of(cx), was(cx, key->name));
    whole(cx, EFFECT_LEAVES, SPACE_KEYS, key->referenced);
    enums_of(cx, EFFECT_LEAVES, key->columns.items, key->columns.count);
    speaks_of(cx, cx->step->after.table);
}

static void effects_rename_foreign_key(EffectCx *cx)
{
    const Subject *before = &cx->step->before, *after = &cx->step->after;
    part(cx, EFFECT_FREES, SPACE_CONSTRAINTS, table_of(cx), was(cx, before->foreign_key->name));
    part(cx, EFFECT_TAKES, SPACE_CONSTRAINTS, table_of(cx), becomes(cx, after->foreign_key->name));
    speaks_of(cx, after->table);
}

static void effects_add_check(EffectCx *cx)
{
    part(cx, EFFECT_MAKES, SPACE_SCAFFOLD, table_of(cx), cx->step->name);
    speaks_of(cx, cx->step->after.table);
}

static void effects_validate(EffectCx *cx)
{
    part(cx, EFFECT_ALTERS, SPACE_SCAFFOLD, table_of(cx), cx->step->name);
    speaks_of(cx, cx->step->after.table);
}

static void effects_set_not_null(EffectCx *cx)
{
    part(cx, EFFECT_NEEDS, SPACE_SCAFFOLD, table_of(cx), cx->step->name);
    speaks_of(cx, cx->step->after.table);
}

static void effects_drop_check(EffectCx *cx)
{
    part(cx, EFFECT_REMOVES, SPACE_SCAFFOLD, table_of(cx), cx->step->name);
    speaks_of(cx, cx->step->after.table);
}

/* --- what stands beside a table for a while ----------------------------------------------------
 */

/* The table's name passes to the view. */
static void effects_view(EffectCx *cx)
{
    const Table *before = cx->step->before.table, *after = cx->step->after.table;
    const Name schema = cx->step->name != NULL ? before->schema : after->schema;
    const Name name = cx->step->name != NULL ? cx->step->name : after->name;
    needs_schema(cx, schema);
    type(cx, EFFECT_TAKES, schema, name);
    relation(cx, EFFECT_TAKES, schema, name);
    whole(cx, EFFECT_NEEDS, SPACE_TABLE, after);
}

/* To the table, or to nobody. */
static void effects_drop_view(EffectCx *cx)
{
    const Table *before = cx->step->before.table, *after = cx->step->after.table;
    if (cx->step->name == NULL) {
        type(cx, EFFECT_FREES, before->schema, before->name);
        relation(cx, EFFECT_FREES, before->schema, before->name);
    } else {
        type(cx, EFFECT_FREES, before->schema, cx->step->name);
        relation(cx, EFFECT_FREES, before->schema, cx->step->name);
    }
    speaks_of(cx, after);
}

/* Fills, triggers that fill, and the switch to a filled column. */
static void effects_rows(EffectCx *cx)
{
    speaks_of(cx, cx->step->after.table);
}

/* What filled columns goes while all names are the old ones. */
static void effects_drop_trigger(UNUSED EffectCx *cx)
{
}

/* --- the column of steps.def -------------------------------------------------------------------
 */

typedef void (*StepEffects)(EffectCx *cx);

static const StepEffects functions[] = {
#define STEP(kind, section, lock, transaction, cost, summary, effects, ...)                        \
    [kind] = effects_##effects,
#include "compiler/plan/steps/steps.def"
#undef STEP
};
static_assert(lengthof(functions) == STEP_KIND_COUNT, "the effects of each step kind");

void step_effects(Arena *arena, const Diff *diff, const Step *step, EffectList *out)
{
    EffectCx cx = {.arena = arena, .diff = diff, .step = step, .out = out};
    functions[step->kind](&cx);
}
