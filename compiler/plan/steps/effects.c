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
                       catalog_has_relation(cx->diff->from, after->schema, index->name);
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
    effect_on_whole(cx, EFFECT_MAKES, SPACE_TABLE_NAME, table_of(cx));
    takes_along(cx, before, after);
}

static void effects_rename_column(EffectCx *cx)
{
    const Table *table = table_of(cx);
    const Subject *before = &cx->step->before, *after = &cx->step->after;
    effect_on_part(cx, EFFECT_FREES, SPACE_COLUMNS, table, was(cx, before->column->name));
    effect_on_part(cx, EFFECT_TAKES, SPACE_COLUMNS, table, becomes(cx, after->column->name));
    effect_on_whole(cx, EFFECT_NEEDS, SPACE_TABLE_NAME, table);
    effect_on_whole(cx, EFFECT_MAKES, SPACE_COLUMN_NAMES, table);
}

/* --- ALTER TABLE -------------------------------------------------------------------------------
 */

static bool goes(const Step *step, const Column *column)
{
    vec_each(const Clause, clause, &step->clauses) {
        const bool drops =
            clause->kind == CLAUSE_DROP_COLUMN || clause->kind == CLAUSE_RECREATE_COLUMN;
        const Column *gone = step->kind == STEP_SWITCH_COLUMN ? clause->after : clause->before;
        if ((drops || step->kind == STEP_SWITCH_COLUMN) && gone->name == column->name) {
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
            effect_along(cx, table, (*index)->name, *index);
        }
    }
}

/* Of columns by name: a key and an index that it comes for. */
static void unique_in_order(EffectCx *cx, EffectKind kind, const Table *table,
                            const ColumnList *columns)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    bool plain = cx->diff != NULL;
    vec_each(Column *, at, columns) {
        plain = plain && *at != NULL && !goes(cx->step, *at);
        strbuf_printf(&text, "%s\x1f", *at == NULL ? "" : (*at)->name->text);
    }
    if (plain) {
        const Name name = intern(cx->diff->to->names, strbuf_text(&text), text.len);
        effect_on_part(cx, kind, SPACE_UNIQUE, table, name);
    }
    strbuf_dispose(&text);
}

/* Returns whether a column goes. */
static bool clause_effects(EffectCx *cx, const Clause *clause)
{
    const Step *step = cx->step;
    const ClauseKind kind = clause->kind;
    const bool renames = kind == CLAUSE_RENAME_PRIMARY_KEY, takes = kind == CLAUSE_TAKE_PRIMARY_KEY;
    const bool drops = kind == CLAUSE_DROP_COLUMN || kind == CLAUSE_RECREATE_COLUMN;
    if (kind == CLAUSE_DROP_PRIMARY_KEY || renames) {
        effect_of_bearer(cx, EFFECT_FREES, step->before.table, clause->key_before->name,
                         clause->key_before);
    }
    if (takes) {
        const Index *taken = clause->cause->before.index;
        effect_of_bearer(cx, EFFECT_FREES, step->before.table, taken->name, taken);
    }
    if (kind == CLAUSE_ADD_PRIMARY_KEY || takes || renames) {
        effect_beside(cx, EFFECT_TAKES, step->after.table, clause->key_after->name);
    }
    if (kind == CLAUSE_ADD_PRIMARY_KEY && clause->cause->kind == CHANGE_ADD_PRIMARY_KEY) {
        unique_in_order(cx, EFFECT_MAKES, table_of(cx), &clause->key_after->columns);
    }
    if (drops) {
        effect_on_part(cx, EFFECT_FREES, SPACE_COLUMNS, table_of(cx), clause->before->name);
    }
    effect_on_enum_of(cx, EFFECT_NEEDS, clause->after);
    return drops;
}

static void effects_alter_table(EffectCx *cx)
{
    const Table *before = cx->step->before.table;
    bool drops = false;
    vec_each(const Clause, clause, &cx->step->clauses) {
        drops = clause_effects(cx, clause) || drops;
    }
    effect_on_whole(cx, EFFECT_ALTERS, SPACE_TABLE, table_of(cx));
    speaks_of(cx, cx->step->after.table);
    if (before != NULL) {
        effect_on_enums_of(cx, EFFECT_USES, before->columns.items, before->columns.count);
        effect_on_whole(cx, EFFECT_REPLACES, SPACE_KEYS, before);
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
    effect_needs_schema(cx, made->schema);
    effect_on_type(cx, EFFECT_TAKES, made->schema, becomes(cx, made->name));
    effect_on_enum(cx, EFFECT_MAKES, made);
}

/* A half of it that gives a name in between says so on both sides. */
static void effects_rename_enum(EffectCx *cx)
{
    const EnumType *before = cx->step->before.enum_type, *after = cx->step->after.enum_type;
    effect_needs_schema(cx, after->schema);
    effect_on_type(cx, EFFECT_FREES, before->schema, was(cx, before->name));
    effect_on_type(cx, EFFECT_TAKES, after->schema, becomes(cx, after->name));
    effect_on_enum(cx, EFFECT_ALTERS, after);
}

static void effects_grow_enum(EffectCx *cx)
{
    effect_on_enum(cx, EFFECT_ALTERS, cx->step->after.enum_type);
}

/* The server has no operator between a type and its successor. */
static void effects_rebuild_enum(EffectCx *cx)
{
    effect_on_enum(cx, EFFECT_REPLACES, cx->step->after.enum_type);
    vec_each(const Clause, clause, &cx->step->clauses) {
        speaks_of(cx, (clause->after != NULL ? clause->after : clause->before)->table);
    }
}

static void effects_drop_enum(EffectCx *cx)
{
    const EnumType *gone = cx->step->before.enum_type;
    effect_on_type(cx, EFFECT_FREES, gone->schema, was(cx, gone->name));
    effect_on_enum(cx, EFFECT_REMOVES, gone);
}

/* It goes with neither of its types. */
static void effects_create_cast(EffectCx *cx)
{
    effect_on_enum(cx, EFFECT_NEEDS, cx->step->after.enum_type);
}

static void effects_drop_cast(EffectCx *cx)
{
    effect_on_enum(cx, EFFECT_LEAVES, cx->step->before.enum_type);
}

/* --- indexes -----------------------------------------------------------------------------------
 */

static void effects_create_index(EffectCx *cx)
{
    const Index *index = cx->step->after.index;
    const Table *table = table_of(cx);
    effect_of_bearer(cx, EFFECT_TAKES, table, becomes(cx, index->name), index);
    effect_on_whole(cx, EFFECT_NEEDS, SPACE_TABLE, table);
    effect_on_enums_of(cx, EFFECT_NEEDS, index->compared_columns.items,
                       index->compared_columns.count);
    speaks_of(cx, cx->step->after.table);
    if (index->kind == INDEX_UNIQUE) {
        effect_on_whole(cx, EFFECT_MAKES, SPACE_KEYS, table);
    }
}

/* It is named without a word about its table. The wanted one, which has its name already, steps
 * aside and comes back: another bearer then. */
static void effects_drop_index(EffectCx *cx)
{
    const Index *index = cx->step->before.index;
    const bool is_wanted = index->table != match_source(cx->diff, index->table);
    effect_of_bearer(cx, EFFECT_FREES, table_of(cx), was(cx, index->name),
                     is_wanted ? NULL : index);
    effect_on_enums_of(cx, EFFECT_LEAVES, index->compared_columns.items,
                       index->compared_columns.count);
    effect_on_whole(cx, EFFECT_REPLACES, SPACE_KEYS, cx->step->before.table);
    if (index->kind == INDEX_UNIQUE) {
        ColumnList columns = {0};
        vec_each(const IndexPart, part, &index->parts) {
            vec_push(cx->arena, &columns, part->column);
        }
        unique_in_order(cx, EFFECT_REMOVES, cx->step->before.table, &columns);
    }
}

static void effects_rename_index(EffectCx *cx)
{
    const Index *before = cx->step->before.index;
    effect_of_bearer(cx, EFFECT_FREES, table_of(cx), was(cx, before->name), before);
    effect_beside(cx, EFFECT_TAKES, table_of(cx), becomes(cx, cx->step->after.index->name));
    effect_on_whole(cx, EFFECT_NEEDS, SPACE_TABLE, table_of(cx));
}

/* Where the index has not the key's name already, it gets it. */
static void effects_take_index(EffectCx *cx)
{
    const Name name = cx->step->after.primary_key->name;
    if (cx->step->name != name) {
        effect_of_bearer(cx, EFFECT_FREES, table_of(cx), cx->step->name, cx->step->before.index);
        effect_beside(cx, EFFECT_TAKES, table_of(cx), name);
    }
    speaks_of(cx, cx->step->after.table);
}

/* --- constraints -------------------------------------------------------------------------------
 */

static void effects_add_foreign_key(EffectCx *cx)
{
    const ForeignKey *key = cx->step->after.foreign_key;
    const Table *table = table_of(cx);
    effect_on_part(cx, EFFECT_TAKES, SPACE_CONSTRAINTS, table, becomes(cx, key->name));
    vec_last(cx->out).bearer = key;
    effect_on_part(cx, EFFECT_MAKES, SPACE_SCAFFOLD, table, becomes(cx, key->name));
    effect_on_whole(cx, EFFECT_NEEDS, SPACE_TABLE, table);
    effect_on_whole(cx, EFFECT_NEEDS, SPACE_TABLE, key->referenced);
    effect_on_whole(cx, EFFECT_NEEDS, SPACE_KEYS, key->referenced);
    effect_on_enums_of(cx, EFFECT_NEEDS, key->columns.items, key->columns.count);
    speaks_of(cx, cx->step->after.table);
    speaks_of(cx, key->referenced);
}

static void effects_drop_foreign_key(EffectCx *cx)
{
    const ForeignKey *key = cx->step->before.foreign_key;
    effect_on_part(cx, EFFECT_FREES, SPACE_CONSTRAINTS, table_of(cx), was(cx, key->name));
    effect_on_whole(cx, EFFECT_LEAVES, SPACE_KEYS, key->referenced);
    effect_on_enums_of(cx, EFFECT_LEAVES, key->columns.items, key->columns.count);
    speaks_of(cx, cx->step->after.table);
}

static void effects_rename_foreign_key(EffectCx *cx)
{
    const Subject *before = &cx->step->before, *after = &cx->step->after;
    effect_on_part(cx, EFFECT_FREES, SPACE_CONSTRAINTS, table_of(cx),
                   was(cx, before->foreign_key->name));
    vec_last(cx->out).bearer = before->foreign_key;
    effect_on_part(cx, EFFECT_TAKES, SPACE_CONSTRAINTS, table_of(cx),
                   becomes(cx, after->foreign_key->name));
    speaks_of(cx, after->table);
}

static void effects_add_check(EffectCx *cx)
{
    effect_on_part(cx, EFFECT_MAKES, SPACE_SCAFFOLD, table_of(cx), cx->step->name);
    speaks_of(cx, cx->step->after.table);
}

static void effects_validate(EffectCx *cx)
{
    effect_on_part(cx, EFFECT_ALTERS, SPACE_SCAFFOLD, table_of(cx), cx->step->name);
    speaks_of(cx, cx->step->after.table);
}

static void effects_set_not_null(EffectCx *cx)
{
    effect_on_part(cx, EFFECT_NEEDS, SPACE_SCAFFOLD, table_of(cx), cx->step->name);
    speaks_of(cx, cx->step->after.table);
}

static void effects_drop_check(EffectCx *cx)
{
    effect_on_part(cx, EFFECT_REMOVES, SPACE_SCAFFOLD, table_of(cx), cx->step->name);
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
    speaks_of(cx, after);
}

/* The name that the table had behind the view; the view's passes to it. */
static void effects_take_back_view(EffectCx *cx)
{
    const Table *before = cx->step->before.table, *after = cx->step->after.table;
    const Name schema = cx->step->name != NULL ? before->schema : after->schema;
    const Name name = cx->step->name != NULL ? cx->step->name : after->name;
    effect_on_type(cx, EFFECT_FREES, schema, name);
    effect_on_relation(cx, EFFECT_FREES, schema, name);
    speaks_of(cx, after);
}

/* Others take the places of columns; their indexes and the key go with them. */
static void effects_switch_column(EffectCx *cx)
{
    const Table *table = cx->step->before.table;
    const PrimaryKey *key = table->primary_key;
    bool loses_key = false;
    for (size_t i = 0; key != NULL && i < key->columns.count; i++) {
        loses_key = loses_key || goes(cx->step, key->columns.items[i]);
    }
    if (loses_key) {
        effect_along(cx, table, key->name, key);
    }
    effect_on_enums_of(cx, EFFECT_USES, table->columns.items, table->columns.count);
    frees_indexes(cx, table);
    speaks_of(cx, cx->step->after.table);
}

/* Fills, and triggers that fill. */
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
