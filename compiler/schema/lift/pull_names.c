/*
 * pull_names.c - what everything is called: blocks, fields, enum values.
 *
 * A name the schema had is kept. A new one is the database's, without what the language does not
 * allow; where that leaves nothing, or the same name twice, it is made up so that the schema is
 * valid. The real name follows in `@map`. Relations are named after the names made, never after
 * those a person chose. Rules: docs/introspection.md, "Names".
 */
#include "base/common.h"

#include "compiler/schema/lift/pull_internal.h"

#include <string.h>

/* --- texts -------------------------------------------------------------------------------------
 */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_plain(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

Name pull_plain_name(const PullCx *cx, Name name)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < name->len; i++) {
        bool continues = ((unsigned char)name->text[i] & 0xC0) == 0x80; /* inside a character */
        if (!continues) {
            strbuf_char(&out, is_plain(name->text[i]) ? name->text[i] : '_');
        }
    }
    Name plain = intern(cx->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
    return plain;
}

/* From the first letter on; NULL when there is none. */
static Name name_from_letter(const PullCx *cx, Name name)
{
    size_t start = 0;
    while (start < name->len && !is_letter(name->text[start])) {
        start++;
    }
    return start == name->len
               ? NULL
               : pull_plain_name(cx, intern(cx->names, name->text + start, name->len - start));
}

static char taken_mark;

Name pull_claim(const PullCx *cx, Map *taken, Name name)
{
    Name claimed = name;
    for (unsigned count = 2; map_get(taken, claimed) != NULL; count++) {
        claimed = intern_printf(cx->names, "%s_%u", name->text, count);
    }
    map_put(cx->arena, taken, claimed, &taken_mark);
    return claimed;
}

/* --- blocks ------------------------------------------------------------------------------------
 */

/* NULL when no letter is in it. */
static Name block_base(const PullCx *cx, Name name)
{
    Name base = name_from_letter(cx, name);
    return base == NULL || !block_name_is_reserved(base)
               ? base
               : intern_printf(cx->names, "Renamed%s", base->text);
}

/* Was it given the name because its own means something else? */
static bool tell_reserved(PullCx *cx, const char *kind, Name real, Name name)
{
    Name base = block_base(cx, real);
    bool reserved = base == name && name_from_letter(cx, real) != base;
    if (reserved) {
        pull_note(cx, NOTE_RENAMED_RESERVED,
                  arena_printf(cx->arena, "%s `%s` is `%s`", kind, real->text, name->text));
    }
    return reserved;
}

/* How many new blocks would bear a name. */
typedef struct Bearers {
    size_t count;
} Bearers;

static void count_bearer(const PullCx *cx, Map *bearers, Name base)
{
    Bearers *seen = base == NULL ? NULL : map_get(bearers, base);
    if (base != NULL && seen == NULL) {
        seen = arena_make(cx->arena, Bearers);
        map_put(cx->arena, bearers, base, seen);
    }
    if (seen != NULL) {
        seen->count++;
    }
}

/* The name of a new block; its schema goes before it where it would not stand alone. */
static Name new_block_name(PullCx *cx, const Map *bearers, const char *kind, Name schema, Name name)
{
    Name base = block_base(cx, name);
    const Bearers *with_it = base == NULL ? NULL : map_get(bearers, base);
    if (with_it != NULL && with_it->count == 1 && map_get(&cx->names_taken, base) == NULL) {
        return pull_claim(cx, &cx->names_taken, base);
    }
    Name both = intern_printf(cx->names, "%s_%s", schema->text, name->text);
    Name plain = pull_plain_name(cx, both);
    bool begins = is_letter(plain->text[0]);
    Name made = pull_claim(cx, &cx->names_taken,
                           begins ? plain : intern_printf(cx->names, "x%s", plain->text));
    pull_note(
        cx, NOTE_RENAMED_TWICE,
        arena_printf(cx->arena, "%s `%s.%s` is `%s`", kind, schema->text, name->text, made->text));
    return made;
}

static void keep_names(PullCx *cx)
{
    vec_each(PullModel *const, at, &cx->models) {
        if ((*at)->old != NULL) {
            (*at)->name = pull_claim(cx, &cx->names_taken, (*at)->old->name);
        }
    }
    vec_each(PullEnum *const, at, &cx->enums) {
        if ((*at)->old != NULL) {
            (*at)->name = pull_claim(cx, &cx->names_taken, (*at)->old->name);
        }
    }
}

static void count_bearers(const PullCx *cx, Map *bearers)
{
    vec_each(PullModel *const, at, &cx->models) {
        if ((*at)->old == NULL && !(*at)->is_join) {
            count_bearer(cx, bearers, block_base(cx, (*at)->table->name));
        }
    }
    vec_each(PullEnum *const, at, &cx->enums) {
        if ((*at)->old == NULL) {
            count_bearer(cx, bearers, block_base(cx, (*at)->type->name));
        }
    }
}

static void name_model(PullCx *cx, const Map *bearers, PullModel *model)
{
    const Table *table = model->table;
    if (model->name == NULL) {
        const char *kind = model->view == NULL ? "model" : "view";
        model->name = new_block_name(cx, bearers, kind, table->schema, table->name);
        model->is_reserved = tell_reserved(cx, kind, table->name, model->name);
    }
    map_put(cx->arena, &cx->models_by_name, model->name, model);
    model->base = block_base(cx, table->name);
    model->base = model->base == NULL ? model->name : model->base;
}

/* The language fixes which side of a join table is which: by the names of the models. One that has
 * them the other way round stays a model. */
static bool is_in_order(const PullCx *cx, const Table *join)
{
    const PullModel *first = pull_find_model(cx, pull_join_key(join, "A")->referenced);
    const PullModel *second = pull_find_model(cx, pull_join_key(join, "B")->referenced);
    return name_compare(first->name, second->name) <= 0;
}

static void name_blocks(PullCx *cx)
{
    Map bearers = {0};
    keep_names(cx);
    count_bearers(cx, &bearers);
    vec_each(PullModel *const, at, &cx->models) {
        if (!(*at)->is_join) {
            name_model(cx, &bearers, *at);
        }
    }
    vec_each(PullModel *const, at, &cx->models) {
        PullModel *model = *at;
        if (model->is_join && !is_in_order(cx, model->table)) {
            model->is_join = false;
            count_bearer(cx, &bearers, block_base(cx, model->table->name));
            name_model(cx, &bearers, model);
        }
    }
    vec_each(PullEnum *const, at, &cx->enums) {
        PullEnum *type = *at;
        if (type->old == NULL) {
            type->name = new_block_name(cx, &bearers, "enum", type->type->schema, type->type->name);
            type->is_reserved = tell_reserved(cx, "enum", type->type->name, type->name);
        }
    }
}

/* --- fields and values -------------------------------------------------------------------------
 */

static const Field *old_field(const Model *model, Name column)
{
    if (model == NULL) {
        return NULL;
    }
    vec_each(Field *const, at, &model->fields) {
        if (field_is_column(*at) && (*at)->column == column) {
            return *at;
        }
    }
    return NULL;
}

static Name name_or(const PullCx *cx, Name name, const char *prefix)
{
    Name plain = name_from_letter(cx, name);
    return plain != NULL
               ? plain
               : intern_printf(cx->names, "%s_%s", prefix, pull_plain_name(cx, name)->text);
}

/* Names kept come first, then those that are the database's as they are, then those made. */
static void name_fields(PullCx *cx, PullModel *model)
{
    const ColumnList *columns = &model->table->columns;
    model->fields = arena_array(cx->arena, PullField, columns->count);
    for (size_t i = 0; i < columns->count; i++) {
        PullField *field = &model->fields[i];
        field->column = columns->items[i];
        field->old = old_field(model->old, field->column->name);
        field->base = name_or(cx, field->column->name, "column");
        if (field->old != NULL) {
            field->name = pull_claim(cx, &model->taken, field->old->name);
        }
    }
    for (size_t i = 0; i < columns->count; i++) {
        PullField *field = &model->fields[i];
        if (field->name == NULL && field->base == field->column->name) {
            field->name = pull_claim(cx, &model->taken, field->base);
        }
    }
    for (size_t i = 0; i < columns->count; i++) {
        PullField *field = &model->fields[i];
        field->name =
            field->name != NULL ? field->name : pull_claim(cx, &model->taken, field->base);
        if (field->old == NULL &&
            (name_from_letter(cx, field->column->name) == NULL || field->name != field->base)) {
            pull_note(cx, NOTE_RENAMED_FIELD,
                      arena_printf(cx->arena, "%s: column `%s` is `%s`", model->name->text,
                                   field->column->name->text, field->name->text));
        }
    }
}

static const AstEnumValue *old_value(const EnumBlock *block, Name value)
{
    if (block == NULL) {
        return NULL;
    }
    vec_each(AstEnumValue *const, at, &block->ast->values) {
        if ((*at)->name.name != NULL && enum_value_name(block, (*at)->name.name) == value) {
            return *at;
        }
    }
    return NULL;
}

static Name value_base(const PullCx *cx, Name value)
{
    return value->len == 0 ? intern_cstr(cx->names, "EMPTY_ENUM_VALUE")
                           : name_or(cx, value, "value");
}

static void name_values(PullCx *cx, PullEnum *type)
{
    Map taken = {0};
    size_t count = type->type->values.count;
    type->values = arena_array(cx->arena, PullValue, count);
    for (size_t i = 0; i < count; i++) {
        PullValue *value = &type->values[i];
        value->value = type->type->values.items[i];
        value->old = old_value(type->old, value->value);
        if (value->old != NULL) {
            value->name = pull_claim(cx, &taken, value->old->name.name);
        }
    }
    for (size_t i = 0; i < count; i++) {
        PullValue *value = &type->values[i];
        if (value->name == NULL && value_base(cx, value->value) == value->value) {
            value->name = pull_claim(cx, &taken, value->value);
        }
    }
    for (size_t i = 0; i < count; i++) {
        PullValue *value = &type->values[i];
        if (value->name == NULL) {
            Name base = value_base(cx, value->value);
            value->name = pull_claim(cx, &taken, base);
            if (value->name != base || name_from_letter(cx, value->value) == NULL) {
                pull_note(cx, NOTE_RENAMED_FIELD,
                          arena_printf(cx->arena, "%s: value `%s` is `%s`", type->name->text,
                                       value->value->text, value->name->text));
            }
        }
    }
}

/* --- what there is -----------------------------------------------------------------------------
 */

static void remember_old(PullCx *cx)
{
    if (cx->previous == NULL) {
        return;
    }
    vec_each(Model *const, at, &cx->previous->models) {
        map_put2(cx->arena, (*at)->is_view ? &cx->old_views : &cx->old_models, (*at)->schema,
                 (*at)->table, *at);
    }
    vec_each(EnumBlock *const, at, &cx->previous->enums) {
        map_put2(cx->arena, &cx->old_enums, (*at)->schema, (*at)->type, *at);
    }
}

const ForeignKey *pull_join_key(const Table *join, const char *column)
{
    const ForeignKey *first = join->foreign_keys.items[0];
    return name_is(first->columns.items[0]->name, column) ? first : join->foreign_keys.items[1];
}

/* May it be said as a many-to-many relation? Its columns must refer to ids of one column. What is a
 * model in the schema stays one. */
static bool is_join_table(const PullCx *cx, const Table *table)
{
    if (!table->is_join_table || table->foreign_keys.count != 2 ||
        map_get2(&cx->old_models, table->schema, table->name) != NULL) {
        return false;
    }
    vec_each(ForeignKey *const, at, &table->foreign_keys) {
        const PrimaryKey *id = (*at)->referenced->primary_key;
        if (id == NULL || id->columns.count != 1 ||
            id->columns.items[0] != (*at)->referenced_columns.items[0]) {
            return false;
        }
    }
    return true;
}

static void add_model(PullCx *cx, const Table *table, const DeclaredView *view)
{
    PullModel *model = arena_make(cx->arena, PullModel);
    model->table = table;
    model->view = view;
    model->is_join = view == NULL && is_join_table(cx, table);
    model->old =
        map_get2(view == NULL ? &cx->old_models : &cx->old_views, table->schema, table->name);
    vec_push(cx->arena, &cx->models, model);
    map_put2(cx->arena, &cx->models_by_table, table->schema, table->name, model);
}

static void add_enum(PullCx *cx, const EnumType *type)
{
    PullEnum *made = arena_make(cx->arena, PullEnum);
    made->type = type;
    made->old = map_get2(&cx->old_enums, type->schema, type->name);
    vec_push(cx->arena, &cx->enums, made);
    map_put2(cx->arena, &cx->enums_by_type, type->schema, type->name, made);
}

PullModel *pull_find_model(const PullCx *cx, const Table *table)
{
    return map_get2(&cx->models_by_table, table->schema, table->name);
}

PullEnum *pull_find_enum(const PullCx *cx, const EnumType *type)
{
    return map_get2(&cx->enums_by_type, type->schema, type->name);
}

/* Join tables have done their part once everything has its name: pull_relation.c finds them in the
 * catalog. */
static void drop_joins(PullCx *cx)
{
    size_t kept = 0;
    vec_each(PullModel *const, at, &cx->models) {
        if (!(*at)->is_join) {
            cx->models.items[kept++] = *at;
        }
    }
    cx->models.count = kept;
}

void pull_name_all(PullCx *cx)
{
    remember_old(cx);
    vec_each(Table *const, at, &cx->input->catalog->tables) {
        add_model(cx, *at, NULL);
    }
    vec_each(DeclaredView *const, at, &cx->input->catalog->views) {
        if (cx->with_views) {
            add_model(cx, (*at)->shape, *at);
        }
    }
    vec_each(EnumType *const, at, &cx->input->catalog->enums) {
        if ((*at)->values.count > 0) { /* the language has no enum without values */
            add_enum(cx, *at);
        }
    }
    name_blocks(cx);
    drop_joins(cx);
    vec_each(PullModel *const, at, &cx->models) {
        name_fields(cx, *at);
    }
    vec_each(PullEnum *const, at, &cx->enums) {
        name_values(cx, *at);
    }
}
