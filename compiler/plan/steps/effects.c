/*
 * effects.c - what each kind of step needs, makes, alters and removes; which names it takes and
 * frees.
 *
 * One function a kind, or for some alike; the rows of steps.def name them. Names are those of the
 * step's moment: half a rename says its own.
 */
#include "base/common.h"

#include "base/strbuf.h"
#include "compiler/plan/steps/effects_internal.h"

const Table *effect_table_of(const EffectCx *cx)
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
void effect_speaks_of(EffectCx *cx, const Table *table)
{
    if (table != NULL) {
        effect_on_whole(cx, EFFECT_NEEDS, SPACE_TABLE_NAME, table);
        effect_on_whole(cx, EFFECT_NEEDS, SPACE_COLUMN_NAMES, table);
    }
}

/* --- tables ------------------------------------------------------------------------------------
 */

static void effects_none(UNUSED EffectCx *cx)
{
}

static void effects_create_schema(EffectCx *cx)
{
    effect_on(cx, EFFECT_MAKES,
              (Slot){.space = SPACE_SCHEMA, .name = cx->step->after.schema->name});
}

static void effects_create_table(EffectCx *cx)
{
    const Table *table = cx->step->after.table;
    effect_needs_schema(cx, table->schema);
    effect_on_type(cx, EFFECT_TAKES, table->schema, table->name);
    effect_on_relation(cx, EFFECT_TAKES, table->schema, table->name);
    if (table->primary_key != NULL) {
        effect_beside(cx, EFFECT_TAKES, table, table->primary_key->name);
    }
    effect_on_enums_of(cx, EFFECT_NEEDS, table->columns.items, table->columns.count);
    effect_on_whole(cx, EFFECT_MAKES, SPACE_TABLE, table);
}

static void effects_drop_table(EffectCx *cx)
{
    const Table *table = cx->step->before.table;
    effect_on_type(cx, EFFECT_FREES, table->schema, table->name);
    effect_on_relation(cx, EFFECT_FREES, table->schema, table->name);
    if (table->primary_key != NULL) {
        effect_along(cx, table, table->primary_key->name, table->primary_key);
    }
    vec_each(Index *, at, &table->indexes) {
        effect_along(cx, table, (*at)->name, *at);
    }
    effect_along_others(cx, table);
    effect_on_enums_of(cx, EFFECT_LEAVES, table->columns.items, table->columns.count);
    vec_each(Column *, at, &table->columns) {
        effect_leaves_enum(cx, *at);
    }
    effect_on_whole(cx, EFFECT_REPLACES, SPACE_KEYS, table);
}

static bool has_index_named(const Table *table, Name name)
{
    vec_each(Index *, at, &table->indexes) {
        if ((*at)->name == name) {
            return true;
        }
    }
    return false;
}

/* One that goes, and would meet another in the new schema, goes first. */
static const void *bearer_of(const EffectCx *cx, const Table *after, const Index *index)
{
    const bool meets = !has_index_named(after, index->name) && cx->diff != NULL &&
                       match_bearer_before(cx->diff, after->schema, index->name) != 0;
    return meets ? NULL : index;
}

/* A table that moves to another schema takes its indexes and its key along. */
static void takes_along(EffectCx *cx, const Table *before, const Table *after)
{
    if (before->schema == after->schema) {
        return;
    }
    vec_each(Index *, at, &before->indexes) {
        effect_on_relation(cx, EFFECT_TAKES, after->schema, (*at)->name);
        vec_last(cx->out).bearer = bearer_of(cx, after, *at);
        vec_last(cx->out).along = true;
    }
    if (before->primary_key != NULL) {
        effect_on_relation(cx, EFFECT_TAKES, after->schema, before->primary_key->name);
        vec_last(cx->out).bearer = before->primary_key;
        vec_last(cx->out).along = true;
    }
}

/* The first half of a rename brings the table to its schema. */
static void effects_rename_table(EffectCx *cx)
{
    const Table *before = cx->step->before.table, *after = cx->step->after.table;
    const Name schema = cx->step->last_name != NULL ? after->schema : before->schema;
    effect_needs_schema(cx, after->schema);
    effect_on_type(cx, EFFECT_FREES, schema, was(cx, before->name));
    effect_on_relation(cx, EFFECT_FREES, schema, was(cx, before->name));
    effect_on_type(cx, EFFECT_TAKES, after->schema, becomes(cx, after->name));
    effect_on_relation(cx, EFFECT_TAKES, after->schema, becomes(cx, after->name));
    effect_on_whole(cx, EFFECT_MAKES, SPACE_TABLE_NAME, effect_table_of(cx));
    takes_along(cx, before, after);
}

static void effects_rename_column(EffectCx *cx)
{
    const Table *table = effect_table_of(cx);
    const Subject *before = &cx->step->before, *after = &cx->step->after;
    effect_on_part(cx, EFFECT_FREES, SPACE_COLUMNS, table, was(cx, before->column->name));
    effect_on_part(cx, EFFECT_TAKES, SPACE_COLUMNS, table, becomes(cx, after->column->name));
    effect_on_whole(cx, EFFECT_NEEDS, SPACE_TABLE_NAME, table);
    effect_on_whole(cx, EFFECT_MAKES, SPACE_COLUMN_NAMES, table);
}

/* --- enums -------------------------------------------------------------------------------------
 */

/* What gives a name back that it has got in this plan is told by its bearer. */
static void on_name(EffectCx *cx, EffectKind kind, const EnumType *type, Name name)
{
    effect_on_type(cx, kind, type->schema, name);
    vec_last(cx->out).bearer = type;
}

/* The server has no operator between a type and one that is to succeed it. */
static void effects_create_enum(EffectCx *cx)
{
    const EnumType *made = cx->step->after.enum_type, *succeeded = cx->step->before.enum_type;
    effect_needs_schema(cx, made->schema);
    on_name(cx, EFFECT_TAKES, made, becomes(cx, made->name));
    effect_on_enum(cx, EFFECT_MAKES, made);
    if (succeeded != NULL) {
        effect_on_enum(cx, EFFECT_REPLACES, succeeded);
    }
}

/* Of the plan's own: it has a name that neither side knows. */
static bool is_own(const EffectCx *cx, const EnumType *type)
{
    return cx->diff != NULL &&
           catalog_find_enum(cx->diff->origin, type->schema, type->name) == NULL &&
           catalog_find_enum(cx->diff->from, type->schema, type->name) == NULL &&
           catalog_find_enum(cx->diff->to, type->schema, type->name) == NULL;
}

/* The name passes from a type to its successor while nobody else asks for it. */
static void succession(EffectCx *cx, const EnumType *before, const EnumType *after)
{
    if (is_own(cx, after)) {
        on_name(cx, EFFECT_TAKES, after, after->name);
        effect_on_enum(cx, EFFECT_MAKES, after);
    } else {
        on_name(cx, EFFECT_FREES, before, before->name);
        effect_on_enum(cx, EFFECT_REMOVES, before);
    }
}

/* A half of it that gives a name in between says so on both sides. */
static void effects_rename_enum(EffectCx *cx)
{
    const EnumType *before = cx->step->before.enum_type, *after = cx->step->after.enum_type;
    if (is_own(cx, before) || is_own(cx, after)) {
        succession(cx, before, after);
        return;
    }
    effect_needs_schema(cx, after->schema);
    effect_on_type(cx, EFFECT_FREES, before->schema, was(cx, before->name));
    effect_on_type(cx, EFFECT_TAKES, after->schema, becomes(cx, after->name));
    effect_on_enum(cx, EFFECT_ALTERS, after);
}

static void effects_grow_enum(EffectCx *cx)
{
    effect_on_enum(cx, EFFECT_ALTERS, cx->step->after.enum_type);
}

static void effects_drop_enum(EffectCx *cx)
{
    const EnumType *gone = cx->step->before.enum_type;
    on_name(cx, EFFECT_FREES, gone, was(cx, gone->name));
    if (cx->step->after.enum_type == NULL) {
        effect_on_enum(cx, EFFECT_REMOVES, gone);
    } else { /* its successor stands: only who is to be of neither has to be gone */
        effect_on(cx, EFFECT_REMOVES,
                  (Slot){.space = SPACE_LEFT_ENUM, .scope = gone->schema, .name = gone->name});
    }
}

/* It goes with neither of its types. */
static void effects_create_cast(EffectCx *cx)
{
    effect_on_enum(cx, EFFECT_NEEDS, cx->step->after.enum_type);
}

static void effects_drop_cast(EffectCx *cx)
{
    const EnumType *left = cx->step->before.enum_type;
    effect_on_enum(cx, EFFECT_LEAVES, left);
    effect_on(cx, EFFECT_LEAVES,
              (Slot){.space = SPACE_LEFT_ENUM, .scope = left->schema, .name = left->name});
}

/* --- indexes -----------------------------------------------------------------------------------
 */

static void effects_create_index(EffectCx *cx)
{
    const Index *index = cx->step->after.index;
    const Table *table = effect_table_of(cx);
    effect_of_bearer(cx, EFFECT_TAKES, table, becomes(cx, index->name), index);
    effect_on_whole(cx, EFFECT_NEEDS, SPACE_TABLE, table);
    effect_on_enums_of(cx, EFFECT_NEEDS, index->compared_columns.items,
                       index->compared_columns.count);
    effect_speaks_of(cx, cx->step->after.table);
    if (effect_makes_unique(index)) {
        effect_on_whole(cx, EFFECT_MAKES, SPACE_KEYS, table);
    }
}

/* It is named without a word about its table. The wanted one, which has its name already, steps
 * aside and comes back, and so does one that comes back as it was: another bearer then. */
static void effects_drop_index(EffectCx *cx)
{
    const Index *index = cx->step->before.index;
    const bool is_wanted = index->table != match_source(cx->diff, index->table);
    const bool as_it_was = cx->step->after.index == index;
    effect_of_bearer(cx, EFFECT_FREES, effect_table_of(cx), was(cx, index->name),
                     is_wanted || as_it_was ? NULL : index);
    effect_on_enums_of(cx, EFFECT_LEAVES, index->compared_columns.items,
                       index->compared_columns.count);
    effect_on_part(cx, EFFECT_LEAVES, SPACE_INDEX, cx->step->before.table, index->name);
    if (effect_makes_unique(index)) {
        if (!effect_on_keys_of_index(cx, EFFECT_REPLACES, index)) {
            effect_on_whole(cx, EFFECT_REPLACES, SPACE_KEYS, cx->step->before.table);
        }
        ColumnList columns = {0};
        vec_each(const IndexPart, part, &index->parts) {
            vec_push(cx->arena, &columns, part->column);
        }
        effect_unique_in_order(cx, EFFECT_REMOVES, cx->step->before.table, &columns);
    }
}

/* One that is switched in with its columns has the table as it needs it. */
static void effects_rename_index(EffectCx *cx)
{
    const Index *before = cx->step->before.index;
    effect_of_bearer(cx, EFFECT_FREES, effect_table_of(cx), was(cx, before->name), before);
    effect_beside(cx, EFFECT_TAKES, effect_table_of(cx), becomes(cx, cx->step->after.index->name));
    if (cx->step->together == 0) {
        effect_on_whole(cx, EFFECT_NEEDS, SPACE_TABLE, effect_table_of(cx));
    }
}

/* Where the index has not the key's name already, it gets it. */
static void effects_take_index(EffectCx *cx)
{
    const Name name = cx->step->after.primary_key->name;
    if (cx->step->name != name) {
        effect_of_bearer(cx, EFFECT_FREES, effect_table_of(cx), cx->step->name,
                         cx->step->before.index);
        effect_beside(cx, EFFECT_TAKES, effect_table_of(cx), name);
    }
    effect_speaks_of(cx, cx->step->after.table);
}

/* --- constraints -------------------------------------------------------------------------------
 */

static void effects_add_foreign_key(EffectCx *cx)
{
    const ForeignKey *key = cx->step->after.foreign_key;
    const Table *table = effect_table_of(cx);
    effect_on_part(cx, EFFECT_TAKES, SPACE_CONSTRAINTS, table, becomes(cx, key->name));
    vec_last(cx->out).bearer = key;
    effect_on_part(cx, EFFECT_MAKES, SPACE_SCAFFOLD, table, becomes(cx, key->name));
    effect_on_whole(cx, EFFECT_NEEDS, SPACE_TABLE, table);
    effect_on_whole(cx, EFFECT_NEEDS, SPACE_TABLE, key->referenced);
    effect_on_whole(cx, EFFECT_NEEDS, SPACE_KEYS, key->referenced);
    (void)effect_on_keys(cx, EFFECT_NEEDS, key->referenced, &key->referenced_columns);
    effect_on_enums_of(cx, EFFECT_NEEDS, key->columns.items, key->columns.count);
    effect_speaks_of(cx, cx->step->after.table);
    effect_speaks_of(cx, key->referenced);
}

static void effects_drop_foreign_key(EffectCx *cx)
{
    const ForeignKey *key = cx->step->before.foreign_key;
    effect_on_part(cx, EFFECT_FREES, SPACE_CONSTRAINTS, effect_table_of(cx), was(cx, key->name));
    effect_on_whole(cx, EFFECT_LEAVES, SPACE_KEYS, key->referenced);
    (void)effect_on_keys(cx, EFFECT_LEAVES, key->referenced, &key->referenced_columns);
    effect_on_enums_of(cx, EFFECT_LEAVES, key->columns.items, key->columns.count);
    effect_speaks_of(cx, cx->step->after.table);
}

static void effects_rename_foreign_key(EffectCx *cx)
{
    const Subject *before = &cx->step->before, *after = &cx->step->after;
    effect_on_part(cx, EFFECT_FREES, SPACE_CONSTRAINTS, effect_table_of(cx),
                   was(cx, before->foreign_key->name));
    vec_last(cx->out).bearer = before->foreign_key;
    effect_on_part(cx, EFFECT_TAKES, SPACE_CONSTRAINTS, effect_table_of(cx),
                   becomes(cx, after->foreign_key->name));
    effect_speaks_of(cx, after->table);
}

static void effects_add_check(EffectCx *cx)
{
    effect_on_part(cx, EFFECT_MAKES, SPACE_SCAFFOLD, effect_table_of(cx), cx->step->name);
    effect_speaks_of(cx, cx->step->after.table);
}

static void effects_validate(EffectCx *cx)
{
    effect_on_part(cx, EFFECT_ALTERS, SPACE_SCAFFOLD, effect_table_of(cx), cx->step->name);
    effect_speaks_of(cx, cx->step->after.table);
}

static void effects_set_not_null(EffectCx *cx)
{
    effect_on_part(cx, EFFECT_NEEDS, SPACE_SCAFFOLD, effect_table_of(cx), cx->step->name);
    effect_speaks_of(cx, cx->step->after.table);
}

static void effects_drop_check(EffectCx *cx)
{
    effect_on_part(cx, EFFECT_REMOVES, SPACE_SCAFFOLD, effect_table_of(cx), cx->step->name);
    effect_speaks_of(cx, cx->step->after.table);
}

/* --- what stands beside a table for a while ----------------------------------------------------
 */

/* The table's name passes to the view. */
static void effects_view(EffectCx *cx)
{
    const Table *before = cx->step->before.table, *after = cx->step->after.table;
    const Name schema = cx->step->name != NULL ? before->schema : after->schema;
    const Name name = cx->step->name != NULL ? cx->step->name : after->name;
    effect_needs_schema(cx, schema);
    effect_on_type(cx, EFFECT_TAKES, schema, name);
    effect_on_relation(cx, EFFECT_TAKES, schema, name);
    if (cx->step->name == NULL) {
        effect_on_whole(cx, EFFECT_MAKES, SPACE_TABLE_NAME, after);
        takes_along(cx, before, after);
    }
}

/* To the table, or to nobody. */
static void effects_drop_view(EffectCx *cx)
{
    const Table *before = cx->step->before.table, *after = cx->step->after.table;
    if (cx->step->name == NULL) {
        effect_on_type(cx, EFFECT_FREES, before->schema, before->name);
        effect_on_relation(cx, EFFECT_FREES, before->schema, before->name);
    } else {
        effect_on_type(cx, EFFECT_FREES, before->schema, cx->step->name);
        effect_on_relation(cx, EFFECT_FREES, before->schema, cx->step->name);
    }
    effect_speaks_of(cx, after);
}

/* The name that the table had behind the view; the view's passes to it. */
static void effects_take_back_view(EffectCx *cx)
{
    const Table *before = cx->step->before.table, *after = cx->step->after.table;
    const Name schema = cx->step->name != NULL ? before->schema : after->schema;
    const Name name = cx->step->name != NULL ? cx->step->name : after->name;
    effect_on_type(cx, EFFECT_FREES, schema, name);
    effect_on_relation(cx, EFFECT_FREES, schema, name);
    effect_speaks_of(cx, after);
}

/* Others take the places of columns; their indexes and the key go with them. */
static void effects_switch_column(EffectCx *cx)
{
    const Table *table = cx->step->before.table;
    const PrimaryKey *key = table->primary_key;
    bool loses_key = false;
    for (size_t i = 0; key != NULL && i < key->columns.count; i++) {
        loses_key = loses_key || effect_column_goes(cx, key->columns.items[i]);
    }
    if (loses_key) {
        effect_along(cx, table, key->name, key);
    }
    effect_on_enums_of(cx, EFFECT_USES, table->columns.items, table->columns.count);
    vec_each(Column *, at, &table->columns) {
        if (effect_column_goes(cx, *at)) {
            effect_leaves_enum(cx, *at);
        }
    }
    effect_frees_indexes(cx, table);
    effect_speaks_of(cx, cx->step->after.table);
}

/* Fills, and triggers that fill. */
static void effects_rows(EffectCx *cx)
{
    effect_speaks_of(cx, cx->step->after.table);
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
