/*
 * pull_relation.c - foreign keys and join tables as relations, and the fields that say them.
 *
 * In: models and fields with their names. Out: relations in the order of the catalog, their fields
 * at the end of their models. Naming them is pull_relation_name.c's part.
 */
#include "base/common.h"

#include "compiler/schema/lift/pull_internal.h"

/* --- which foreign keys are relations ----------------------------------------------------------
 */

static bool same_columns(const ColumnList *a, const ColumnList *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++) {
        same = a->items[i] == b->items[i];
    }
    return same;
}

/* An earlier key says the same. */
static bool is_repeated(const ForeignKey *key)
{
    vec_each(ForeignKey *const, at, &key->table->foreign_keys) {
        if (*at == key) {
            return false;
        }
        if ((*at)->referenced == key->referenced && same_columns(&(*at)->columns, &key->columns) &&
            same_columns(&(*at)->referenced_columns, &key->referenced_columns)) {
            return true;
        }
    }
    return false;
}

static bool types_agree(const PullCx *cx, const ForeignKey *key)
{
    bool agree = true;
    for (size_t i = 0; agree && i < key->columns.count; i++) {
        PullType from = pull_type(cx, key->columns.items[i]);
        PullType to = pull_type(cx, key->referenced_columns.items[i]);
        agree = from.unsupported == to.unsupported && from.enum_block == to.enum_block &&
                from.scalar == to.scalar && from.type->list == to.type->list;
    }
    return agree;
}

static bool is_sayable(PullCx *cx, const ForeignKey *key)
{
    bool agree = types_agree(cx, key);
    if (!agree) {
        pull_note(cx, NOTE_RELATION_LEFT_OUT,
                  arena_printf(cx->arena, "%s: `%s`", key->table->name->text, key->name->text));
    }
    return agree;
}

/* --- what the schema said ----------------------------------------------------------------------
 */

static bool fields_are(const FieldList *fields, const ColumnList *columns)
{
    bool same = fields->count == columns->count;
    for (size_t i = 0; same && i < fields->count; i++) {
        same = fields->items[i]->column == columns->items[i]->name;
    }
    return same;
}

static bool is_related(const PullCx *cx, const Relation *old)
{
    vec_each(PullRelation *const, at, &cx->relations) {
        if ((*at)->old == old) {
            return true;
        }
    }
    return false;
}

/* The name a key has when nothing is said. */
static Name default_key_name(const PullCx *cx, const ForeignKey *key)
{
    NameList columns = {0};
    vec_each(Column *const, at, &key->columns) {
        vec_push(cx->arena, &columns, (*at)->name);
    }
    return name_foreign_key(cx->names, key->table->name, &columns);
}

static bool says_key(const PullModel *to, const Field *field, const ForeignKey *key)
{
    return field->kind == FIELD_RELATION && field->relation != NULL &&
           field->relation->owner == field && field->relation->kind != RELATION_MANY_TO_MANY &&
           field->target == to->old && fields_are(&field->args->fields, &key->columns) &&
           fields_are(&field->args->references, &key->referenced_columns);
}

/* Several relations may say the same columns: then the one that names the key. */
static const Relation *old_relation(const PullCx *cx, const PullModel *from, const PullModel *to,
                                    const ForeignKey *key)
{
    if (from->old == NULL || to->old == NULL) {
        return NULL;
    }
    const Relation *first = NULL;
    vec_each(Field *const, at, &from->old->fields) {
        const Field *field = *at;
        if (!says_key(to, field, key) || is_related(cx, field->relation)) {
            continue;
        }
        Name name = field->args->map != NULL ? field->args->map : default_key_name(cx, key);
        if (name == key->name) {
            return field->relation;
        }
        first = first == NULL ? field->relation : first;
    }
    return first;
}

static const Relation *old_join(const PullCx *cx, const PullModel *first, const PullModel *second,
                                Name table)
{
    if (first->old == NULL || second->old == NULL) {
        return NULL;
    }
    vec_each(Relation *const, at, &cx->previous->relations) {
        const Relation *relation = *at;
        if (relation->kind == RELATION_MANY_TO_MANY && relation->owner->model == first->old &&
            relation->back->model == second->old &&
            name_join_table(cx->names, relation->name) == table) {
            return relation;
        }
    }
    return NULL;
}

/* --- all of them -------------------------------------------------------------------------------
 */

static PullRelation *add_relation(PullCx *cx, PullModel *from, PullModel *to)
{
    PullRelation *relation = arena_make(cx->arena, PullRelation);
    relation->from = from;
    relation->to = to;
    vec_push(cx->arena, &cx->relations, relation);
    return relation;
}

static void relate_keys(PullCx *cx, PullModel *model)
{
    vec_each(ForeignKey *const, at, &model->table->foreign_keys) {
        PullModel *to = pull_find_model(cx, (*at)->referenced);
        if (is_sayable(cx, *at)) {
            PullRelation *relation = add_relation(cx, model, to);
            relation->key = *at;
            relation->is_repeated = is_repeated(*at);
            relation->old = old_relation(cx, model, to, *at);
        }
    }
}

static void relate_join(PullCx *cx, const Table *join)
{
    PullModel *first = pull_find_model(cx, pull_join_key(join, "A")->referenced);
    PullModel *second = pull_find_model(cx, pull_join_key(join, "B")->referenced);
    PullRelation *relation = add_relation(cx, first, second);
    relation->join = join;
    relation->old = old_join(cx, first, second, join->name);
}

void pull_relate_all(PullCx *cx)
{
    vec_each(PullModel *const, at, &cx->models) {
        if (!cx->input->config->datasource.without_foreign_keys) {
            relate_keys(cx, *at);
        }
    }
    vec_each(Table *const, at, &cx->input->catalog->tables) {
        if (pull_find_model(cx, *at)->is_join) {
            relate_join(cx, *at);
        }
    }
    pull_name_relations(cx);
}

/* --- fields ------------------------------------------------------------------------------------
 */

static AstField *add_field(PullCx *cx, const PullModel *model, const PullModel *target, Name name,
                           AstArity arity)
{
    AstField *field = arena_make(cx->arena, AstField);
    field->name.name = name;
    field->type.name = target->name;
    field->type.arity = arity;
    const Field *old = model->old == NULL ? NULL : model_find_field(model->old, name);
    field->doc = old != NULL && old->kind == FIELD_RELATION ? old->ast->doc : NULL;
    vec_push(cx->arena, &model->block->fields, field);
    return field;
}

/* A field of a whole model that leads to an ignored one is ignored too. */
static void ignore_field(PullCx *cx, AstField *field, const PullModel *model,
                         const PullModel *target, const Field *old)
{
    bool was = old != NULL && old->ignore_attribute != NULL;
    if (!model->ignored && (target->ignored || was)) {
        pull_attribute(cx, &field->attributes, "ignore");
    }
}

static AstExpr *field_names(const PullCx *cx, const PullModel *model, const ColumnList *columns)
{
    AstExpr *array = pull_expr(cx, AST_ARRAY, NULL);
    vec_each(Column *const, at, columns) {
        vec_push(cx->arena, &array->items,
                 pull_expr(cx, AST_CONSTANT, model->fields[(*at)->position].name));
    }
    return array;
}

static bool is_nullable(const ColumnList *columns, bool all)
{
    bool any_null = false;
    bool any_not_null = false;
    vec_each(Column *const, at, columns) {
        any_null = any_null || !(*at)->not_null;
        any_not_null = any_not_null || (*at)->not_null;
    }
    return all ? !any_not_null : any_null;
}

static const char *action_word(ForeignKeyAction action)
{
    static const char *const words[] = {
        [ACTION_NO_ACTION] = "NoAction",     [ACTION_RESTRICT] = "Restrict",
        [ACTION_CASCADE] = "Cascade",        [ACTION_SET_NULL] = "SetNull",
        [ACTION_SET_DEFAULT] = "SetDefault",
    };
    return words[action];
}

static void add_action(const PullCx *cx, AstArgList *args, const char *name,
                       ForeignKeyAction action, ForeignKeyAction unsaid)
{
    if (action != unsaid) {
        pull_arg(cx, args, name, pull_constant(cx, action_word(action)));
    }
}

/* The name is written where it is not the default one, or where the schema wrote it. */
static void add_key_name(const PullCx *cx, AstArgList *args, const PullRelation *relation)
{
    const ForeignKey *key = relation->key;
    bool was = relation->old != NULL && relation->old->owner->args->map == key->name;
    if (was || key->name != default_key_name(cx, key)) {
        pull_arg_text(cx, args, "map", key->name);
    }
}

static void forward_field(PullCx *cx, const PullRelation *relation)
{
    const ForeignKey *key = relation->key;
    AstField *field = add_field(cx, relation->from, relation->to, relation->forward,
                                is_nullable(&key->columns, false) ? AST_OPTIONAL : AST_REQUIRED);
    AstArgList *args = &pull_attribute(cx, &field->attributes, "relation")->args;
    if (relation->name != NULL) {
        pull_arg_text(cx, args, NULL, relation->name);
    }
    pull_arg(cx, args, "fields", field_names(cx, relation->from, &key->columns));
    pull_arg(cx, args, "references", field_names(cx, relation->to, &key->referenced_columns));
    add_action(cx, args, "onDelete", key->on_delete,
               is_nullable(&key->columns, true) ? ACTION_SET_NULL : ACTION_RESTRICT);
    add_action(cx, args, "onUpdate", key->on_update, ACTION_CASCADE);
    add_key_name(cx, args, relation);
    ignore_field(cx, field, relation->from, relation->to,
                 relation->old == NULL ? NULL : relation->old->owner);
}

static void named_field(PullCx *cx, const PullRelation *relation, bool of_from, AstArity arity)
{
    const PullModel *model = of_from ? relation->from : relation->to;
    const PullModel *target = of_from ? relation->to : relation->from;
    AstField *field =
        add_field(cx, model, target, of_from ? relation->forward : relation->back, arity);
    if (relation->name != NULL) {
        AstAttribute *attribute = pull_attribute(cx, &field->attributes, "relation");
        pull_arg_text(cx, &attribute->args, NULL, relation->name);
    }
    const Field *old = NULL;
    if (relation->old != NULL) {
        old = of_from ? relation->old->owner : relation->old->back;
    }
    ignore_field(cx, field, model, target, old);
}

/* The model that was the target of a relation field no key of the database says; NULL if gone. */
static const PullModel *copied_target(const PullCx *cx, const Field *old)
{
    if (old->kind != FIELD_RELATION || is_related(cx, old->relation)) {
        return NULL;
    }
    const PullModel *target = map_get(&cx->models_by_name, old->target->name);
    return target != NULL && target->old == old->target ? target : NULL;
}

/* Do the columns still bear these fields? */
static bool fields_stand(const PullModel *model, const FieldList *fields)
{
    bool stand = true;
    for (size_t i = 0; stand && i < fields->count; i++) {
        const Column *column = table_find_column(model->table, fields->items[i]->column);
        stand = column != NULL && model->fields[column->position].name == fields->items[i]->name;
    }
    return stand;
}

/* No database knows a relation from or to a view: that it is there is the author's word, as long
 * as both sides have what it names. */
static bool is_authors_own(const PullModel *model, const PullModel *target, const Field *old)
{
    const Relation *relation = old->relation;
    const PullModel *from = relation->owner == old ? model : target;
    const PullModel *to = relation->owner == old ? target : model;
    return (model->view != NULL || target->view != NULL) &&
           relation->kind != RELATION_MANY_TO_MANY &&
           fields_stand(from, &relation->owner->args->fields) &&
           fields_stand(to, &relation->owner->args->references);
}

/* relationMode = "prisma": the database does not know the relations, so they are taken over. */
static void copy_fields(PullCx *cx, const PullModel *model)
{
    const bool all = cx->input->config->datasource.without_foreign_keys;
    bool copied = false;
    vec_each(Field *const, at, &model->old->fields) {
        const Field *old = *at;
        const PullModel *target = copied_target(cx, old);
        if (target != NULL && (all || is_authors_own(model, target, old))) {
            AstField *field = add_field(cx, model, target, old->name, old->arity);
            field->attributes = old->ast->attributes;
            copied = all;
        }
    }
    if (copied) {
        pull_note(cx, NOTE_RELATIONS_COPIED, model->name->text);
    }
}

void pull_relation_fields(PullCx *cx)
{
    vec_each(PullRelation *const, at, &cx->relations) {
        const PullRelation *relation = *at;
        if (relation->join != NULL) {
            named_field(cx, relation, true, AST_LIST);
            named_field(cx, relation, false, AST_LIST);
            continue;
        }
        const ColumnList *columns = &relation->key->columns;
        bool one = pull_is_unique(cx, relation->from, columns->items, columns->count);
        forward_field(cx, relation);
        named_field(cx, relation, false, one ? AST_OPTIONAL : AST_LIST);
    }
    vec_each(PullModel *const, at, &cx->models) {
        if ((*at)->old != NULL) {
            copy_fields(cx, *at);
        }
    }
}
