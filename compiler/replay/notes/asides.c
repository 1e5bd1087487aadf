/*
 * asides.c - the blocks around a change of columns' types (compiler/blocks/aside_block.h): what
 * rests on the columns is let go of, and rests afterwards on what has their names then.
 *
 * What the server makes anew it makes of the text that it prints: here the object stays, and where
 * the text over the new type may be another one it is told to be (realm_restate).
 *
 * Source: the texts in compiler/blocks.
 */
#include "base/common.h"

#include "compiler/blocks/aside_block.h"
#include "compiler/catalog/casts.h"
#include "compiler/replay/notes/subjects.h"

/* A column, or an enum, while what rests on it stands aside. */
struct Aside {
    Column *column; /* which may be gone by then; NULL: an enum */
    Table *table;
    Name schema, name, now;
    ColumnType type;
    bool replaced;
    OpaqueList users;
    OpaqueList keyed; /* that use the key it is in */
    OpaqueList checks;
};

static bool is_whole(const ColumnType *type)
{
    return !type->list &&
           (type->id == TYPE_SMALLINT || type->id == TYPE_INTEGER || type->id == TYPE_BIGINT);
}

/* --- set aside ----------------------------------------------------------------------------------
 */

static bool ends_with(Name name, const char *end)
{
    const size_t len = strlen(end);
    return name->len > len && strcmp(name->text + name->len - len, end) == 0;
}

static bool is_reserved(Name name)
{
    return ends_with(name, "__bellows");
}

/* The block sees to it: it is made anew, or told again. */
static bool is_seen_to(const Opaque *opaque)
{
    const OpaqueOnSwitch rule = opaque_on_switch(opaque->kind);
    return rule == SWITCH_ANEW || rule == SWITCH_ALONG;
}

/* What takes the column's place, while the first block runs. */
static const Column *second_of(SqlReplay *cx, const AsideBlock *block, const Column *column)
{
    vec_each(const AsideColumn, at, &block->columns) {
        if (column->name == redo_name(cx, at->name) &&
            column->table->name == redo_name(cx, at->table)) {
            const bool keeps_name = strcmp(at->name, at->now) == 0;
            const Name name = redo_name(cx, keeps_name ? at->between : at->now);
            const Column *second = table_find_column(column->table, name);
            return second == NULL ? column : second;
        }
    }
    return column;
}

static bool is_over_seconds(SqlReplay *cx, const AsideBlock *block, const Opaque *built,
                            const Opaque *check)
{
    vec_each(Column *const, at, &check->columns) {
        if (!opaque_uses_column(built, second_of(cx, block, *at))) {
            return false;
        }
    }
    return built->columns.count == check->columns.count;
}

static bool is_over_same(const Opaque *a, const Opaque *b)
{
    vec_each(Column *const, at, &a->columns) {
        if (!opaque_uses_column(b, *at)) {
            return false;
        }
    }
    return a->columns.count == b->columns.count;
}

/* As many as are over these columns stand ready over the others. */
static bool stands_ready(SqlReplay *cx, const AsideBlock *block, const Opaque *check)
{
    size_t there = 0, ready = 0;
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        if ((*at)->kind != OPAQUE_CHECK || (*at)->table != check->table) {
            continue;
        }
        there += !is_reserved((*at)->name) && is_over_same(*at, check) ? 1 : 0;
        ready += ends_with((*at)->name, "_new__bellows") && is_over_seconds(cx, block, *at, check)
                     ? 1
                     : 0;
    }
    return ready >= there;
}

/* What the block names, and refuses. */
static bool hinders(SqlReplay *cx, const AsideBlock *block, const Opaque *opaque)
{
    if (is_seen_to(opaque)) {
        return false;
    }
    const bool is_rule = opaque->kind == OPAQUE_CHECK || opaque->kind == OPAQUE_EXCLUSION;
    return opaque_on_type(opaque->kind) == TYPE_REFUSES ||
           (is_rule && block->replaces && !is_reserved(opaque->name) &&
            !(opaque->kind == OPAQUE_CHECK && stands_ready(cx, block, opaque)));
}

static bool refuse(SqlReplay *cx, const Opaque *opaque)
{
    return realm_refuse(cx->realm, "2BP01", "%s `%s` cannot be made anew as it is",
                        opaque_name(opaque->kind), opaque->name->text);
}

/* The views made of it, and of those. */
static bool look_at_users(SqlReplay *cx, const Relation *view)
{
    if (realm_is_mentioned(cx->realm, view)) {
        return realm_unknown(cx->realm, "a view is made anew that something else may use");
    }
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        const Relation *user = realm_view_of(cx->realm, *at);
        if (user == NULL || !realm_is_made_of(user, view)) {
            continue;
        }
        if (user->kind == RELATION_MATERIALIZED_VIEW) {
            return refuse(cx, *at);
        }
        if (!look_at_users(cx, user)) {
            return false;
        }
    }
    return true;
}

static void let_go_of_column(Opaque *opaque, const Column *column)
{
    for (size_t i = opaque->columns.count; i > 0; i--) {
        if (opaque->columns.items[i - 1] == column) {
            vec_take_out(&opaque->columns, i - 1);
        }
    }
}

static void let_go_of_key(Opaque *opaque, const Table *table)
{
    for (size_t i = opaque->keyed.count; i > 0; i--) {
        if (opaque->keyed.items[i - 1] == table) {
            vec_take_out(&opaque->keyed, i - 1);
        }
    }
}

static bool uses_key(const Opaque *opaque, const Table *table)
{
    vec_each(Table *const, at, &opaque->keyed) {
        if (*at == table) {
            return true;
        }
    }
    return false;
}

static bool may_stand_aside(SqlReplay *cx, const AsideBlock *block, const Opaque *opaque)
{
    const Relation *view = realm_view_of(cx->realm, opaque);
    return hinders(cx, block, opaque) ? refuse(cx, opaque)
                                      : view == NULL || look_at_users(cx, view);
}

static bool set_aside(SqlReplay *cx, const AsideBlock *block, Aside *aside)
{
    const bool in_key = key_has_column(aside->table->primary_key, aside->column);
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        const bool uses = opaque_uses_column(*at, aside->column);
        const bool keyed = in_key && uses_key(*at, aside->table);
        if (!uses && !keyed) {
            continue;
        }
        if (!may_stand_aside(cx, block, *at)) {
            return false;
        }
        if (uses && is_seen_to(*at)) {
            vec_push(cx->arena, &aside->users, *at);
        } else if (uses && (*at)->kind == OPAQUE_CHECK) {
            vec_push(cx->arena, &aside->checks, *at);
        }
        if (keyed) {
            vec_push(cx->arena, &aside->keyed, *at);
        }
    }
    vec_each(Opaque *const, at, &aside->users) {
        let_go_of_column(*at, aside->column);
    }
    vec_each(Opaque *const, at, &aside->keyed) {
        let_go_of_key(*at, aside->table);
    }
    return true;
}

static bool begin(SqlReplay *cx, const AsideColumn *column, const AsideBlock *block)
{
    const Name schema = redo_name(cx, column->schema);
    Aside *aside = arena_make(cx->arena, Aside);
    aside->table = realm_table(cx->realm, schema, redo_name(cx, column->table));
    aside->name = redo_name(cx, column->name);
    aside->now = redo_name(cx, column->now);
    aside->replaced = block->replaces;
    if (aside->table == NULL) {
        return false;
    }
    aside->column = table_find_column(aside->table, aside->name);
    if (aside->column == NULL) {
        return realm_refuse(cx->realm, "42703", "column `%s` is not there", aside->name->text);
    }
    aside->type = aside->column->type;
    vec_push(cx->arena, &cx->asides, aside);
    return set_aside(cx, block, aside);
}

static bool uses_enum(const Opaque *opaque, const EnumType *type)
{
    vec_each(EnumType *const, at, &opaque->enums) {
        if (*at == type) {
            return true;
        }
    }
    return false;
}

static void let_go_of_enum(Opaque *opaque, const EnumType *type)
{
    for (size_t i = opaque->enums.count; i > 0; i--) {
        if (opaque->enums.items[i - 1] == type) {
            vec_take_out(&opaque->enums, i - 1);
        }
    }
}

/* The other one that has its name afterwards. */
static bool begin_enum(SqlReplay *cx, const AsideType *named)
{
    Aside *aside = arena_make(cx->arena, Aside);
    const RealmType *type =
        realm_type(cx->realm, redo_name(cx, named->schema), redo_name(cx, named->name));
    if (type == NULL || type->enum_type == NULL) {
        return realm_unknown(cx->realm, "a type that goes with its columns");
    }
    aside->schema = type->schema;
    aside->name = type->name;
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        if (opaque_on_switch((*at)->kind) == SWITCH_ANEW && uses_enum(*at, type->enum_type)) {
            vec_push(cx->arena, &aside->users, *at);
            let_go_of_enum(*at, type->enum_type);
        }
    }
    vec_push(cx->arena, &cx->asides, aside);
    return true;
}

bool redo_aside_block(SqlReplay *cx, const char *body, bool *ret_ok)
{
    AsideBlock block;
    if (!aside_block_read(cx->arena, body, &block)) {
        return false;
    }
    *ret_ok = true;
    cx->asides.count = 0;
    cx->has_asides = true;
    for (size_t i = 0; *ret_ok && i < block.columns.count; i++) {
        *ret_ok = begin(cx, &block.columns.items[i], &block);
    }
    for (size_t i = 0; *ret_ok && i < block.types.count; i++) {
        *ret_ok = begin_enum(cx, &block.types.items[i]);
    }
    return true;
}

/* --- made again ---------------------------------------------------------------------------------
 */

/* Is it printed over the new type as over the old one? */
static bool keeps_text(const Aside *aside, const Column *now, const Opaque *opaque)
{
    const Name text = opaque->definition;
    if (aside->name != aside->now) {
        return false;
    }
    if (opaque->kind == OPAQUE_STATISTICS || type_same(&aside->type, &now->type)) {
        return true;
    }
    if (opaque->kind == OPAQUE_TRIGGER) {
        return strstr(text->text, "WHEN") == NULL && strstr(text->text, "when") == NULL;
    }
    return is_whole(&aside->type) && is_whole(&now->type) && !realm_text_calls(text) &&
           strstr(text->text, "::") == NULL && strchr(text->text, '(') == NULL;
}

/* Views made of it show the new type, too. */
static void restate(SqlReplay *cx, Opaque *opaque, const Aside *aside)
{
    const Relation *view = realm_view_of(cx->realm, opaque);
    realm_restate(cx->realm, opaque, aside->name, aside->now);
    for (size_t i = 0; view != NULL && i < cx->realm->catalog->opaque.count; i++) {
        Opaque *other = cx->realm->catalog->opaque.items[i];
        const Relation *user = realm_view_of(cx->realm, other);
        if (user != NULL && realm_is_made_of(user, view)) {
            restate(cx, other, aside);
        }
    }
}

static void show_other(SqlReplay *cx, const Opaque *opaque, const Column *was, Column *now)
{
    Relation *view = realm_view_of(cx->realm, opaque);
    for (size_t i = 0; view != NULL && i < view->shows.count; i++) {
        if (view->shows.items[i] == was) {
            view->shows.items[i] = now;
        }
    }
}

/* What is said of the one is said of the other. */
static void pass_notes(SqlReplay *cx, const Column *was, Column *now)
{
    vec_each(SubjectNote, at, &cx->notes->comments) {
        if (at->subject.kind == SUBJECT_COLUMN && at->subject.object == was) {
            at->subject.object = now;
        }
    }
    vec_each(SubjectRight, at, &cx->notes->rights) {
        if (at->subject.kind == SUBJECT_COLUMN && at->subject.object == was) {
            at->subject.object = now;
        }
    }
}

/* Of a check, too, by the one that has its name now. */
static void pass_check_notes(SqlReplay *cx, const Opaque *was)
{
    vec_each(Opaque *const, now, &cx->realm->catalog->opaque) {
        if ((*now)->kind != OPAQUE_CHECK || (*now)->table != was->table ||
            (*now)->name != was->name) {
            continue;
        }
        vec_each(SubjectNote, at, &cx->notes->comments) {
            if (at->subject.kind == SUBJECT_OPAQUE && at->subject.object == was) {
                at->subject.object = *now;
            }
        }
    }
}

static bool come_back_to_enum(SqlReplay *cx, const Aside *aside)
{
    const RealmType *type = realm_type(cx->realm, aside->schema, aside->name);
    if (type == NULL || type->enum_type == NULL) {
        return aside->users.count == 0 ||
               realm_refuse(cx->realm, "42704", "type `%s` does not exist", aside->name->text);
    }
    vec_each(Opaque *const, at, &aside->users) {
        vec_push(cx->arena, &(*at)->enums, type->enum_type);
    }
    return true;
}

static bool come_back(SqlReplay *cx, const Aside *aside)
{
    if (aside->column == NULL) {
        return come_back_to_enum(cx, aside);
    }
    Column *now = realm_column(cx->realm, aside->table, aside->now);
    if (now == NULL) {
        return false;
    }
    vec_each(Opaque *const, at, &aside->users) {
        vec_push(cx->arena, &(*at)->columns, now);
        show_other(cx, *at, aside->column, now);
        if (!keeps_text(aside, now, *at)) {
            restate(cx, *at, aside);
        }
    }
    vec_each(Opaque *const, at, &aside->keyed) {
        vec_push(cx->arena, &(*at)->keyed, aside->table);
    }
    redo_pass_policies(cx, aside->column, now);
    if (aside->replaced) {
        pass_notes(cx, aside->column, now);
        vec_each(Opaque *const, at, &aside->checks) {
            pass_check_notes(cx, *at);
        }
    }
    return true;
}

bool redo_remade_block(SqlReplay *cx, const char *body, bool *ret_ok)
{
    if (!remade_block_read(cx->arena, body)) {
        return false;
    }
    *ret_ok =
        cx->has_asides ||
        realm_refuse(cx->realm, "42704", "unrecognized configuration parameter `bellows.aside`");
    for (size_t i = 0; *ret_ok && i < cx->asides.count; i++) {
        *ret_ok = come_back(cx, cx->asides.items[i]);
    }
    cx->asides.count = 0;
    cx->has_asides = false;
    return true;
}
