/*
 * pull_key.c - primary keys, uniques and indexes as `@id`, `@unique`, `@@index` and their like.
 *
 * Names are written where they are not the default ones. Keys the schema had keep their order, new
 * ones follow by name. What the language cannot say of an index is left to the database.
 */
#include "base/common.h"

#include "compiler/schema/check/index_ops.h"
#include "compiler/schema/lift/pull_internal.h"

static NameList key_columns(const PullCx *cx, const Index *index)
{
    NameList names = {0};
    vec_each(const IndexPart, part, &index->parts) {
        vec_push(cx->arena, &names, part->column->name);
    }
    return names;
}

static bool has_default_name(const PullCx *cx, const Index *index)
{
    NameList columns = key_columns(cx, index);
    Name table = index->table->name;
    return index->name == (index->kind == INDEX_UNIQUE ? name_unique(cx->names, table, &columns)
                                                       : name_index(cx->names, table, &columns));
}

bool pull_index_is_written(const PullCx *cx, const Index *index)
{
    return index->method != METHOD_OTHER && (index->predicate == NULL || cx->with_partial_indexes);
}

static bool is_unique_on(const PullCx *cx, const Index *index, const Column *column)
{
    return index->kind == INDEX_UNIQUE && index->parts.count == 1 &&
           index->parts.items[0].column == column && pull_index_is_written(cx, index);
}

static const Key *key_of_name(const KeyList *keys, Name name)
{
    vec_each(Key *const, at, keys) {
        if ((*at)->name == name) {
            return *at;
        }
    }
    return NULL;
}

static bool has_index_of_name(const Table *table, Name name)
{
    vec_each(Index *const, at, &table->indexes) {
        if ((*at)->name == name) {
            return true;
        }
    }
    return false;
}

static bool is_over(const Key *key, const Index *index)
{
    bool same = key->parts.count == index->parts.count;
    for (size_t i = 0; same && i < key->parts.count; i++) {
        const Column *column = index->parts.items[i].column;
        same = column != NULL && key->parts.items[i].field->column == column->name;
    }
    return same;
}

/* The key of the schema as it was: of the index's name; else one over the same columns whose own
 * index is not there. NULL when there is none. */
static const Key *old_key(const KeyList *keys, const Index *index)
{
    const Key *named = key_of_name(keys, index->name);
    if (named != NULL) {
        return named;
    }
    vec_each(Key *const, at, keys) {
        if (is_over(*at, index) && !has_index_of_name(index->table, (*at)->name)) {
            return *at;
        }
    }
    return NULL;
}

/* A name for client programs has its place on the block alone. */
static bool has_client_name(const PullModel *model, const Index *index)
{
    const Key *old = model->old == NULL ? NULL : old_key(&model->old->uniques, index);
    return old != NULL && old->client_name != NULL;
}

/* A field carries the first unique on it alone; NULL when there is none. */
static const Index *field_unique(const PullCx *cx, const PullModel *model, const Column *column)
{
    vec_each(Index *const, at, &model->table->indexes) {
        if (is_unique_on(cx, *at, column) && !has_client_name(model, *at)) {
            return *at;
        }
    }
    return NULL;
}

static bool is_on_field(const PullCx *cx, const PullModel *model, const Index *index)
{
    const Column *column = index->parts.items[0].column;
    return is_unique_on(cx, index, column) && field_unique(cx, model, column) == index;
}

static bool covers(const Index *index, Column *const *columns, size_t count)
{
    bool same = index->kind == INDEX_UNIQUE && index->parts.count == count;
    for (size_t i = 0; same && i < count; i++) {
        same = index->parts.items[i].column == columns[i];
    }
    return same;
}

bool pull_is_unique(const PullCx *cx, const PullModel *model, Column *const *columns, size_t count)
{
    const PrimaryKey *id = model->table->primary_key;
    bool same = id != NULL && id->columns.count == count;
    for (size_t i = 0; same && i < count; i++) {
        same = id->columns.items[i] == columns[i];
    }
    vec_each(Index *const, at, &model->table->indexes) {
        same = same || ((*at)->predicate == NULL && covers(*at, columns, count) &&
                        pull_index_is_written(cx, *at));
    }
    return same;
}

/* --- arguments ---------------------------------------------------------------------------------
 */

static void add_where(const PullCx *cx, AstAttribute *attribute, const Index *index)
{
    if (index->predicate != NULL) {
        pull_arg(cx, &attribute->args, "where", pull_call_text(cx, "raw", index->predicate));
    }
}

static void add_map(const PullCx *cx, AstAttribute *attribute, const Index *index)
{
    if (!has_default_name(cx, index)) {
        pull_arg_text(cx, &attribute->args, "map", index->name);
    }
}

/* The class is written where it says something, or the language wants one. A btree's and a hash's
 * is left to the database. */
static void add_class(const PullCx *cx, AstArgList *args, const Index *index, const IndexPart *part)
{
    PullType type = pull_type(cx, part->column);
    bool free = index->method == METHOD_BTREE || index->method == METHOD_HASH;
    bool said = !part->operator_class_is_default ||
                !index_holds(index->method, type.type, pull_has_native(cx, part->column));
    if (free || part->operator_class == NULL || !said) {
        return;
    }
    const char *word = operator_class_word(part->operator_class, index->method, type.type);
    pull_arg(cx, args, "ops",
             word != NULL ? pull_constant(cx, word)
                          : pull_call_text(cx, "raw", part->operator_class));
}

static AstExpr *part_expr(const PullCx *cx, const PullModel *model, const Index *index,
                          const IndexPart *part)
{
    AstExpr *call = pull_expr(cx, AST_CALL, model->fields[part->column->position].name);
    add_class(cx, &call->args, index, part);
    if (part->sort == SORT_DESC) {
        pull_arg(cx, &call->args, "sort", pull_constant(cx, "Desc"));
    }
    return call->args.count > 0 ? call : pull_expr(cx, AST_CONSTANT, call->name);
}

static const char *method_word(IndexMethod method)
{
    static const char *const words[] = {
        [METHOD_BTREE] = NULL, [METHOD_HASH] = "Hash",     [METHOD_GIST] = "Gist",
        [METHOD_GIN] = "Gin",  [METHOD_SPGIST] = "SpGist", [METHOD_BRIN] = "Brin",
    };
    return words[method];
}

/* --- on a field --------------------------------------------------------------------------------
 */

void pull_field_keys(PullCx *cx, const PullModel *model, const PullField *field,
                     AstAttributeList *attributes)
{
    const Table *table = model->table;
    const PrimaryKey *id = table->primary_key;
    if (id != NULL && id->columns.count == 1 && id->columns.items[0] == field->column) {
        AstAttribute *attribute = pull_attribute(cx, attributes, "id");
        if (id->name != name_primary_key(cx->names, table->name)) {
            pull_arg_text(cx, &attribute->args, "map", id->name);
        }
    }
    const Index *unique = field_unique(cx, model, field->column);
    if (unique != NULL) {
        AstAttribute *attribute = pull_attribute(cx, attributes, "unique");
        add_map(cx, attribute, unique);
        if (unique->parts.items[0].sort == SORT_DESC) {
            pull_arg(cx, &attribute->args, "sort", pull_constant(cx, "Desc"));
        }
        add_where(cx, attribute, unique);
    }
}

/* --- on a block --------------------------------------------------------------------------------
 */

static void block_id(const PullCx *cx, const PullModel *model, AstAttributeList *attributes)
{
    const PrimaryKey *id = model->table->primary_key;
    if (id == NULL || id->columns.count < 2) {
        return;
    }
    AstAttribute *attribute = pull_attribute(cx, attributes, "id");
    AstExpr *fields = pull_expr(cx, AST_ARRAY, NULL);
    vec_each(Column *const, at, &id->columns) {
        vec_push(cx->arena, &fields->items,
                 pull_expr(cx, AST_CONSTANT, model->fields[(*at)->position].name));
    }
    pull_arg(cx, &attribute->args, NULL, fields);
    const Key *old = model->old == NULL ? NULL : model->old->id;
    if (old != NULL && old->client_name != NULL) {
        pull_arg_text(cx, &attribute->args, "name", old->client_name);
    }
    if (id->name != name_primary_key(cx->names, model->table->name)) {
        pull_arg_text(cx, &attribute->args, "map", id->name);
    }
}

static void block_key(const PullCx *cx, const PullModel *model, const Index *index, const Key *old,
                      AstAttributeList *attributes)
{
    bool unique = index->kind == INDEX_UNIQUE;
    AstAttribute *attribute = pull_attribute(cx, attributes, unique ? "unique" : "index");
    AstExpr *fields = pull_expr(cx, AST_ARRAY, NULL);
    vec_each(const IndexPart, part, &index->parts) {
        vec_push(cx->arena, &fields->items, part_expr(cx, model, index, part));
    }
    pull_arg(cx, &attribute->args, NULL, fields);
    if (unique && old != NULL && old->client_name != NULL) {
        pull_arg_text(cx, &attribute->args, "name", old->client_name);
    }
    add_map(cx, attribute, index);
    const char *method = method_word(index->method);
    if (method != NULL) {
        pull_arg(cx, &attribute->args, "type", pull_constant(cx, method));
    }
    add_where(cx, attribute, index);
}

static bool is_block_key(const PullCx *cx, const PullModel *model, const Index *index,
                         IndexKind kind)
{
    return index->kind == kind && pull_index_is_written(cx, index) &&
           !is_on_field(cx, model, index);
}

static void block_keys(const PullCx *cx, const PullModel *model, IndexKind kind,
                       AstAttributeList *attributes)
{
    const KeyList none = {0};
    const KeyList *keys = &none;
    if (model->old != NULL) {
        keys = kind == INDEX_UNIQUE ? &model->old->uniques : &model->old->indexes;
    }
    vec_each(Key *const, key, keys) {
        vec_each(Index *const, at, &model->table->indexes) {
            if (is_block_key(cx, model, *at, kind) && old_key(keys, *at) == *key) {
                block_key(cx, model, *at, *key, attributes);
            }
        }
    }
    vec_each(Index *const, at, &model->table->indexes) {
        if (is_block_key(cx, model, *at, kind) && old_key(keys, *at) == NULL) {
            block_key(cx, model, *at, NULL, attributes);
        }
    }
}

void pull_block_keys(PullCx *cx, const PullModel *model, AstAttributeList *attributes)
{
    block_id(cx, model, attributes);
    block_keys(cx, model, INDEX_UNIQUE, attributes);
    block_keys(cx, model, INDEX_NORMAL, attributes);
}
