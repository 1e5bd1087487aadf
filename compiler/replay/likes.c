/*
 * likes.c - CREATE TABLE with LIKE: what another table is copied of.
 *
 * Source: PostgreSQL manual, CREATE TABLE, "LIKE source_table".
 */
#include "base/common.h"

#include "compiler/replay/notes/subjects.h"
#include "compiler/replay/replay_internal.h"

/* Bits of the clause's options, as the grammar sets them. */
enum {
    LIKE_COMMENTS = 1 << 0,
    LIKE_CONSTRAINTS = 1 << 2,
    LIKE_DEFAULTS = 1 << 3,
    LIKE_GENERATED = 1 << 4,
    LIKE_IDENTITY = 1 << 5,
    LIKE_INDEXES = 1 << 6,
    LIKE_STATISTICS = 1 << 7,
};

/* `made`: is not there yet when the server looks. */
Table *redo_like_source(SqlReplay *cx, const PgQuery__TableLikeClause *like, const Table *made)
{
    const RangeName range = redo_range(cx, like->relation);
    const Relation *relation = realm_relation(cx->realm, range.schema, range.name);
    if (relation != NULL && relation->kind != RELATION_TABLE) {
        realm_unknown(cx->realm, "a table like what is no table");
        return NULL;
    }
    Table *found = realm_table(cx->realm, range.schema, range.name);
    if (found != NULL && found == made && made->schema == cx->realm->temporary) {
        realm_unknown(cx->realm, "a temporary table like another of its name");
        return NULL;
    }
    if (found != NULL && found == made) {
        realm_refuse(cx->realm, "42P01", "relation `%s` does not exist", range.name->text);
        return NULL;
    }
    return found;
}

/* With the settings of the other, but not its type: the server makes it a bigint. */
static bool copy_identity(SqlReplay *cx, Column *column, const Column *from)
{
    if (!realm_add_column_sequence(cx->realm, column, "int8", from->identity)) {
        return false;
    }
    const RealmSequence *other = realm_sequence_of(cx->realm, from->dflt.sequence);
    realm_sequence_of(cx->realm, column->dflt.sequence)->settings = other->settings;
    return true;
}

static bool copy_column(SqlReplay *cx, Table *table, const Column *from, uint32_t options)
{
    Column *column = realm_copy_column(cx->realm, table, from);
    if (column == NULL) {
        return false;
    }
    if (from->identity != IDENTITY_NONE) {
        return (options & LIKE_IDENTITY) == 0 || copy_identity(cx, column, from);
    }
    if ((options & LIKE_DEFAULTS) != 0 && from->generated == NULL) {
        column->dflt = from->dflt;
    }
    return true;
}

bool redo_like_columns(SqlReplay *cx, Table *table, const PgQuery__TableLikeClause *like)
{
    const Table *from = redo_like_source(cx, like, table);
    if (from == NULL) {
        return false;
    }
    vec_each(Column *const, at, &from->columns) {
        if (!copy_column(cx, table, *at, like->options)) {
            return false;
        }
    }
    return true;
}

/* --- what rests on the columns ------------------------------------------------------------------
 */

static bool copy_generated(SqlReplay *cx, Table *table, const Table *from)
{
    vec_each(Column *const, at, &from->columns) {
        Column *column = table_find_column(table, (*at)->name);
        if (!realm_copy_generated(cx->realm, column, *at)) {
            return false;
        }
    }
    return true;
}

static bool copy_checks(SqlReplay *cx, Table *table, const Table *from)
{
    const OpaqueList *list = &cx->realm->catalog->opaque;
    const size_t count = list->count;
    for (size_t i = 0; i < count; i++) {
        if (list->items[i]->kind == OPAQUE_CHECK && list->items[i]->table == from &&
            !realm_copy_check(cx->realm, table, list->items[i])) {
            return false;
        }
    }
    return true;
}

static bool copy_indexes(SqlReplay *cx, Table *table, const Table *from)
{
    const RelationList indexes = realm_indexes_of(cx->realm, from);
    vec_each(Relation *const, at, &indexes) {
        if (realm_copy_index(cx->realm, table, *at) == NULL) {
            return false;
        }
    }
    return true;
}

/* Of columns; about indexes and constraints there is mostly nothing said. */
static bool copy_comments(SqlReplay *cx, Table *table, const Table *from)
{
    const size_t count = cx->notes->comments.count;
    for (size_t i = 0; i < count; i++) {
        SubjectNote note = cx->notes->comments.items[i];
        if (subject_table(&note.subject) != from || note.subject.kind == SUBJECT_TABLE ||
            note.text == NULL || !subject_is_alive(cx, &note.subject)) {
            continue;
        }
        if (note.subject.kind != SUBJECT_COLUMN) {
            return realm_unknown(cx->realm, "a copy of comments on indexes or constraints");
        }
        note.subject.object = table_find_column(table, subject_name(&note.subject));
        vec_push(cx->arena, &cx->notes->comments, note);
    }
    return true;
}

static bool has_statistics(const SqlReplay *cx, const Table *from)
{
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        if ((*at)->kind == OPAQUE_STATISTICS && (*at)->table == from) {
            return true;
        }
    }
    return false;
}

bool redo_like_rest(SqlReplay *cx, Table *table, const PgQuery__TableLikeClause *like)
{
    const Table *from = redo_like_source(cx, like, table);
    const uint32_t options = like->options;
    if ((options & LIKE_STATISTICS) != 0 && has_statistics(cx, from)) {
        return realm_unknown(cx->realm, "a copy of statistics");
    }
    return ((options & LIKE_GENERATED) == 0 || copy_generated(cx, table, from)) &&
           ((options & LIKE_CONSTRAINTS) == 0 || copy_checks(cx, table, from)) &&
           ((options & LIKE_INDEXES) == 0 || copy_indexes(cx, table, from)) &&
           ((options & LIKE_COMMENTS) == 0 || copy_comments(cx, table, from));
}
