/*
 * properties.c - what a table is besides its columns and keys.
 */
#include "base/common.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "compiler/catalog/types.h"
#include "compiler/replay/notes/properties.h"

#define AT(name) PG_QUERY__ALTER_TABLE_TYPE__AT_##name

/* --- parameters of storage ----------------------------------------------------------------------
 */

static bool is_parameter(StorageOf of, const char *name)
{
    static const struct {
        StorageOf of;
        const char *name;
    } rows[] = {
#define STORAGE_PARAMETER(of, name) {STORAGE_##of, name},
#define INDEX_PARAMETER(method, name, least, most)
#include "compiler/replay/notes/storage_parameters.def"
#undef STORAGE_PARAMETER
#undef INDEX_PARAMETER
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (rows[i].of == of && strcmp(rows[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_whole(const PgQuery__DefElem *option, long least, long most)
{
    long number = LONG_MIN;
    if (option->arg != NULL && option->arg->node_case == PG_QUERY__NODE__NODE_INTEGER) {
        number = option->arg->integer->ival;
    } else if (option->arg != NULL && option->arg->node_case == PG_QUERY__NODE__NODE_STRING) {
        char *end = NULL; /* as a dump writes it */
        number = strtol(option->arg->string->sval, &end, 10);
        number = *end == '\0' ? number : LONG_MIN;
    }
    return number >= least && number <= most;
}

static bool is_switch(const PgQuery__DefElem *option)
{
    static const char *const words[] = {"on", "off", "true", "false"};
    const char *word = option->arg != NULL && option->arg->node_case == PG_QUERY__NODE__NODE_STRING
                           ? option->arg->string->sval
                           : "";
    bool is = option->arg == NULL;
    for (size_t i = 0; i < lengthof(words); i++) {
        is |= strcasecmp(words[i], word) == 0;
    }
    return is;
}

static bool is_index_parameter(const char *method, const PgQuery__DefElem *option)
{
    static const struct {
        const char *method, *name;
        long least, most;
    } rows[] = {
#define STORAGE_PARAMETER(of, name)
#define INDEX_PARAMETER(method, name, least, most) {method, name, least, most},
#include "compiler/replay/notes/storage_parameters.def"
#undef STORAGE_PARAMETER
#undef INDEX_PARAMETER
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (strcmp(rows[i].method, method) == 0 && strcmp(rows[i].name, option->defname) == 0) {
            return rows[i].most == 0 ? is_switch(option)
                                     : is_whole(option, rows[i].least, rows[i].most);
        }
    }
    return false;
}

static bool has_no_namespace(const PgQuery__DefElem *option)
{
    return option->defnamespace == NULL || option->defnamespace[0] == '\0';
}

static bool not_known(SqlReplay *cx, const PgQuery__DefElem *option)
{
    return realm_unknown(cx->realm, "the storage parameter `%s`", option->defname);
}

bool redo_storage_known(SqlReplay *cx, StorageOf of, Node *const *options, size_t count)
{
    enum { LEAST = 10, MOST = 100 };
    for (size_t i = 0; i < count; i++) {
        const PgQuery__DefElem *option = options[i]->def_elem;
        const bool fits =
            strcmp(option->defname, "fillfactor") != 0 || is_whole(option, LEAST, MOST);
        if (!has_no_namespace(option) || !fits || !is_parameter(of, option->defname)) {
            return not_known(cx, option);
        }
    }
    return true;
}

bool redo_index_storage_known(SqlReplay *cx, const char *method, Node *const *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const PgQuery__DefElem *option = options[i]->def_elem;
        if (!has_no_namespace(option) || !is_index_parameter(method, option)) {
            return not_known(cx, option);
        }
    }
    return true;
}

bool redo_relation_storage_known(SqlReplay *cx, const Relation *relation, Node *const *options,
                                 size_t count)
{
    if (relation->kind != RELATION_INDEX) {
        return redo_storage_known(
            cx, relation->kind == RELATION_VIEW ? STORAGE_VIEW : STORAGE_TABLE, options, count);
    }
    const char *method = relation->index != NULL ? realm_method_name(relation->index)
                         : relation->key != NULL ? "btree"
                                                 : ""; /* over expressions: not known */
    return redo_index_storage_known(cx, method, options, count);
}

/* --- how a column is stored ---------------------------------------------------------------------
 */

static const char *word_of(const PgQuery__AlterTableCmd *command)
{
    return command->def != NULL && command->def->node_case == PG_QUERY__NODE__NODE_STRING
               ? command->def->string->sval
               : "";
}

/* Of no fixed length. */
static bool is_long(const ColumnType *type)
{
    static const TypeId rows[] = {TYPE_TEXT, TYPE_VARCHAR, TYPE_CHAR, TYPE_DECIMAL, TYPE_BYTEA,
                                  TYPE_JSON, TYPE_JSONB,   TYPE_BIT,  TYPE_VARBIT,  TYPE_XML};
    bool found = type->list;
    for (size_t i = 0; i < lengthof(rows); i++) {
        found |= rows[i] == type->id;
    }
    return found;
}

static bool is_word_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(words[i], word) == 0) {
            return true;
        }
    }
    return false;
}

static bool set_stored(SqlReplay *cx, const Column *column, const PgQuery__AlterTableCmd *command)
{
    static const char *const storages[] = {"plain", "external", "extended", "main"};
    static const char *const compressions[] = {"pglz", "lz4", "default"};
    const ColumnType *type = type_said(&column->type);
    const char *word = word_of(command);
    const bool is_storage = command->subtype == AT(SetStorage);
    if (is_storage ? !is_word_of(word, storages, lengthof(storages))
                   : !is_word_of(word, compressions, lengthof(compressions))) {
        return realm_unknown(cx->realm, "this way to store a column");
    }
    if (is_long(type) || (is_storage && strcasecmp(word, "plain") == 0)) {
        return true;
    }
    if (type->id == TYPE_OTHER || type->id == TYPE_CITEXT || type->id == TYPE_INET) {
        return realm_unknown(cx->realm, "how such a column is stored");
    }
    return is_storage
               ? realm_refuse(cx->realm, "0A000", "column data type %s can only have storage PLAIN",
                              redo_type_text(cx, type))
               : realm_refuse(cx->realm, "0A000",
                              "column data type %s does not support compression",
                              redo_type_text(cx, type));
}

static bool set_of_column(SqlReplay *cx, Table *table, const PgQuery__AlterTableCmd *command)
{
    const Column *column = realm_column(cx->realm, table, redo_name(cx, command->name));
    if (column == NULL) {
        return false;
    }
    if (command->subtype == AT(SetOptions)) {
        return redo_storage_known(cx, STORAGE_COLUMN, command->def->list->items,
                                  command->def->list->n_items);
    }
    return command->subtype == AT(SetStatistics) || set_stored(cx, column, command);
}

/* --- an index that stands for a row, or orders them ---------------------------------------------
 */

static bool may_identify(SqlReplay *cx, const Relation *relation)
{
    const Index *index = relation->index;
    bool may = index == NULL || (index->kind == INDEX_UNIQUE && !index->deferrable &&
                                 index->predicate == NULL && index->valid);
    if (index == NULL && relation->key == NULL) {
        return realm_unknown(cx->realm, "an index over an expression that stands for a row");
    }
    for (size_t i = 0; index != NULL && i < index->parts.count; i++) {
        may &= index->parts.items[i].column->not_null;
    }
    return (may && (relation->key == NULL || !relation->key->deferrable)) ||
           realm_refuse(cx->realm, "42809", "cannot use index `%s` as replica identity",
                        relation->name->text);
}

static bool uses_index(SqlReplay *cx, const Table *table, const char *text, bool identifies)
{
    const Name name = redo_name(cx, text);
    const Relation *relation = realm_relation(cx->realm, table->schema, name);
    if (relation == NULL) {
        return realm_refuse(cx->realm, "42704", "index `%s` for table `%s` does not exist",
                            name->text, table->name->text);
    }
    if (relation->kind != RELATION_INDEX || relation->table != table) {
        return realm_refuse(cx->realm, "42809", "`%s` is not an index for table `%s`", name->text,
                            table->name->text);
    }
    if (!identifies && table->is_partitioned) {
        return realm_refuse(cx->realm, "0A000", "cannot mark index clustered in partitioned table");
    }
    if (!identifies) {
        return relation->index == NULL || relation->index->method == METHOD_BTREE ||
               realm_unknown(cx->realm, "a table that is ordered by such an index");
    }
    return may_identify(cx, relation);
}

static bool set_identity(SqlReplay *cx, const Table *table, const PgQuery__AlterTableCmd *command)
{
    const PgQuery__ReplicaIdentityStmt *stmt = command->def->replica_identity_stmt;
    return stmt->name == NULL || stmt->name[0] == '\0' || uses_index(cx, table, stmt->name, true);
}

static bool has_foreign_keys(const SqlReplay *cx, const Table *table)
{
    vec_each(Table *const, at, &cx->realm->catalog->tables) {
        vec_each(ForeignKey *const, key, &(*at)->foreign_keys) {
            if (*at == table || (*key)->referenced == table) {
                return true;
            }
        }
    }
    return false;
}

static bool set_logged(SqlReplay *cx, const Table *table, bool is_logged)
{
    realm_table_state(cx->realm, table)->is_unlogged = !is_logged;
    return (!has_foreign_keys(cx, table) && cx->others.count == 0) ||
           realm_unknown(cx->realm, "whether keys or publications keep a table as it is");
}

bool redo_set_property(SqlReplay *cx, Table *table, const PgQuery__AlterTableCmd *command)
{
    realm_goes_beyond(cx->realm, "properties of a table");
    switch ((int)command->subtype) { /* an open set */
    case AT(SetStatistics):
    case AT(SetStorage):
    case AT(SetCompression):
    case AT(SetOptions):
        return set_of_column(cx, table, command);
    case AT(SetRelOptions):
        return table->is_partitioned
                   ? realm_unknown(cx->realm, "storage parameters of a partitioned table")
                   : redo_storage_known(cx, STORAGE_TABLE, command->def->list->items,
                                        command->def->list->n_items);
    case AT(ReplicaIdentity):
        return set_identity(cx, table, command);
    case AT(ClusterOn):
        return uses_index(cx, table, command->name, false);
    case AT(SetLogged):
    case AT(SetUnLogged):
        return set_logged(cx, table, command->subtype == AT(SetLogged));
    default:
        return true;
    }
}

/* --- row security -------------------------------------------------------------------------------
 */

static Opaque *find_row_security(const SqlReplay *cx, const Table *table)
{
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        if ((*at)->kind == OPAQUE_ROW_SECURITY && (*at)->table == table) {
            return *at;
        }
    }
    return NULL;
}

/* As queries/opaque.sql tells it. */
static bool set_row_security(SqlReplay *cx, Table *table, bool enabled, bool forced)
{
    const char *text =
        enabled ? (forced ? "ENABLE ROW LEVEL SECURITY, FORCE" : "ENABLE ROW LEVEL SECURITY")
                : "FORCE";
    Opaque *opaque = find_row_security(cx, table);
    table->has_row_security = enabled;
    if (opaque != NULL && !enabled && !forced) {
        realm_drop_opaque(cx->realm, opaque);
    } else if (enabled || forced) {
        const Name definition = intern_cstr(cx->names, text);
        if (opaque == NULL) {
            opaque = realm_add_opaque(cx->realm, OPAQUE_ROW_SECURITY, table, table->schema,
                                      table->name, definition);
        }
        opaque->definition = definition;
    }
    return true;
}

bool redo_set_row_security(SqlReplay *cx, Table *table, PgQuery__AlterTableType command)
{
    const Opaque *there = find_row_security(cx, table);
    const bool enabled = table->has_row_security;
    const bool forced = there != NULL && strstr(there->definition->text, "FORCE") != NULL;
    switch ((int)command) { /* an open set */
    case AT(EnableRowSecurity):
        return set_row_security(cx, table, true, forced);
    case AT(DisableRowSecurity):
        return set_row_security(cx, table, false, forced);
    case AT(ForceRowSecurity):
        return set_row_security(cx, table, enabled, true);
    default:
        return set_row_security(cx, table, enabled, false);
    }
}
