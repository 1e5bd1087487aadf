/*
 * sequences.c - CREATE and ALTER SEQUENCE, with the settings that they end with.
 *
 * Source: PostgreSQL manual, CREATE SEQUENCE, ALTER SEQUENCE.
 */
#include "base/common.h"

#include <errno.h>
#include <stdlib.h>

#include "compiler/replay/notes/notes.h"
#include "compiler/replay/replay_internal.h"

/* `OWNED BY table.column`, or NONE. */
static bool set_owner(SqlReplay *cx, RealmSequence *sequence, const Node *arg)
{
    const PgQuery__List *list =
        arg != NULL && arg->node_case == PG_QUERY__NODE__NODE_LIST ? arg->list : NULL;
    if (list == NULL) {
        return realm_unknown(cx->realm, "the owner of a sequence");
    }
    if (list->n_items == 1) {
        redo_leave_table(cx, sequence);
        return true;
    }
    Name schema = NULL, table_name = NULL;
    redo_list_name(cx, list->items, list->n_items - 1, &schema, &table_name);
    const Table *table = realm_table(cx->realm, schema, table_name);
    Column *column = table == NULL ? NULL
                                   : realm_column(cx->realm, table,
                                                  redo_name_of(cx, list->items[list->n_items - 1]));
    if (table != NULL && table->schema != sequence->sequence->schema) {
        return realm_refuse(cx->realm, "55000",
                            "sequence must be in same schema as table it is linked to");
    }
    if (column == NULL || !redo_share_owner(cx, sequence, table)) {
        return false;
    }
    sequence->owner = column;
    return true;
}

/* --- settings -----------------------------------------------------------------------------------
 */

static bool number_of(SqlReplay *cx, const Node *arg, int64_t *ret_number)
{
    char *end = NULL;
    if (arg->node_case == PG_QUERY__NODE__NODE_INTEGER) {
        *ret_number = arg->integer->ival;
        return true;
    }
    if (arg->node_case != PG_QUERY__NODE__NODE_FLOAT) {
        return realm_unknown(cx->realm, "a setting of a sequence");
    }
    errno = 0;
    const long long number = strtoll(arg->float_->fval, &end, 10);
    if (errno != 0 || *end != '\0') {
        return realm_unknown(cx->realm, "a setting of a sequence");
    }
    *ret_number = number;
    return true;
}

/* What a script says; NULL: nothing. */
typedef struct SequenceOptions {
    const PgQuery__DefElem *as, *increment, *minvalue, *maxvalue, *start, *cache, *cycle;
} SequenceOptions;

static bool read_option(SqlReplay *cx, RealmSequence *sequence, const PgQuery__DefElem *option,
                        SequenceOptions *options)
{
    const struct {
        const char *name;
        const PgQuery__DefElem **place;
    } places[] = {
        {"as", &options->as},
        {"increment", &options->increment},
        {"minvalue", &options->minvalue},
        {"maxvalue", &options->maxvalue},
        {"start", &options->start},
        {"cache", &options->cache},
        {"cycle", &options->cycle},
    };
    if (strcmp(option->defname, "owned_by") == 0) {
        return set_owner(cx, sequence, option->arg);
    }
    for (size_t i = 0; i < lengthof(places); i++) {
        if (strcmp(option->defname, places[i].name) == 0) {
            *places[i].place = option;
            return true;
        }
    }
    return strcmp(option->defname, "restart") == 0 ||
           realm_unknown(cx->realm, "a setting of a sequence");
}

static bool set_type(SqlReplay *cx, RealmSequence *sequence, const PgQuery__DefElem *as)
{
    Name schema = NULL, name = NULL;
    if (as == NULL) {
        return true;
    }
    if (as->arg->node_case != PG_QUERY__NODE__NODE_TYPE_NAME) {
        return realm_unknown(cx->realm, "the type of a sequence");
    }
    redo_list_name(cx, as->arg->type_name->names, as->arg->type_name->n_names, &schema, &name);
    if (!name_is(name, "int2") && !name_is(name, "int4") && !name_is(name, "int8")) {
        return realm_refuse(cx->realm, "22023",
                            "sequence type must be smallint, integer, or bigint");
    }
    realm_retype_sequence(sequence, name);
    return true;
}

/* NO MINVALUE has no argument. */
static bool set_limit(SqlReplay *cx, const PgQuery__DefElem *option, bool is_new, int64_t otherwise,
                      int64_t *limit)
{
    if (option != NULL && option->arg != NULL) {
        return number_of(cx, option->arg, limit);
    }
    if (option != NULL || is_new) {
        *limit = otherwise;
    }
    return true;
}

static bool set_settings(SqlReplay *cx, RealmSequence *sequence, const SequenceOptions *options,
                         bool is_new)
{
    SequenceSettings *settings = &sequence->settings;
    if (!set_type(cx, sequence, options->as) ||
        (options->increment != NULL &&
         !number_of(cx, options->increment->arg, &settings->increment)) ||
        (options->cache != NULL && !number_of(cx, options->cache->arg, &settings->cache))) {
        return false;
    }
    if (settings->increment == 0) {
        return realm_refuse(cx->realm, "22023", "INCREMENT must not be zero");
    }
    const SequenceSettings usual = realm_usual_settings(sequence, settings->increment);
    if (!set_limit(cx, options->maxvalue, is_new, usual.max, &settings->max) ||
        !set_limit(cx, options->minvalue, is_new, usual.min, &settings->min)) {
        return false;
    }
    const int64_t start = settings->increment > 0 ? settings->min : settings->max;
    if (!set_limit(cx, options->start, is_new, start, &settings->start)) {
        return false;
    }
    if (options->cycle != NULL) {
        settings->cycle = options->cycle->arg->boolean->boolval;
    }
    if (settings->min < settings->max &&
        (settings->start < settings->min || settings->start > settings->max)) {
        return realm_refuse(cx->realm, "22023", "START value is not between MINVALUE and MAXVALUE");
    }
    return settings->min < settings->max ||
           realm_refuse(cx->realm, "22023", "MINVALUE must be less than MAXVALUE");
}

static bool set_options(SqlReplay *cx, RealmSequence *sequence, Node *const *list, size_t count,
                        bool is_new)
{
    SequenceOptions options = {0};
    for (size_t i = 0; i < count; i++) {
        if (!read_option(cx, sequence, list[i]->def_elem, &options)) {
            return false;
        }
    }
    return set_settings(cx, sequence, &options, is_new);
}

/* --- statements ---------------------------------------------------------------------------------
 */

bool redo_create_sequence(SqlReplay *cx, const PgQuery__CreateSeqStmt *stmt)
{
    const RangeName range = redo_range(cx, stmt->sequence);
    const Name schema = realm_creation_schema(cx->realm, range.schema);
    if (schema == NULL) {
        return false;
    }
    if (stmt->sequence->relpersistence != NULL && stmt->sequence->relpersistence[0] == 't') {
        return realm_unknown(cx->realm, "a temporary sequence");
    }
    if (stmt->if_not_exists && realm_relation(cx->realm, schema, range.name) != NULL) {
        return true;
    }
    if (stmt->sequence->relpersistence != NULL && stmt->sequence->relpersistence[0] == 'u') {
        realm_goes_beyond(cx->realm, "an unlogged sequence");
        if (!realm_since(cx->realm, 150000, "an unlogged sequence")) {
            return false;
        }
    }
    RealmSequence *made = realm_add_sequence(cx->realm, schema, range.name, "int8");
    return made != NULL && set_options(cx, made, stmt->options, stmt->n_options, true);
}

bool redo_alter_sequence(SqlReplay *cx, const PgQuery__AlterSeqStmt *stmt)
{
    const RangeName range = redo_range(cx, stmt->sequence);
    const Relation *found = realm_relation(cx->realm, range.schema, range.name);
    if (found == NULL || found->kind != RELATION_SEQUENCE) {
        return found == NULL
                   ? stmt->missing_ok || realm_missing(cx->realm, MISSING_RELATION, range.schema,
                                                       range.name, "relation")
                   : realm_refuse(cx->realm, "42809", "`%s` is not a sequence", range.name->text);
    }
    return set_options(cx, found->sequence, stmt->options, stmt->n_options, false);
}
