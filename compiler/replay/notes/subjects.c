/*
 * subjects.c - the objects that statements speak of, found by name, and whether they are still
 * there.
 */
#include "base/common.h"

#include "compiler/replay/notes/subjects.h"
#include "compiler/replay/read/routine_name.h"

#define OBJECT(name) PG_QUERY__OBJECT_TYPE__OBJECT_##name

bool subject_same(const Subject *a, const Subject *b)
{
    return a->kind == b->kind && a->object == b->object && a->part == b->part &&
           a->as_constraint == b->as_constraint;
}

/* --- still there? -------------------------------------------------------------------------------
 */

static bool has_table(const SqlReplay *cx, const Table *table)
{
    return catalog_find_table(cx->realm->catalog, table->schema, table->name) == table;
}

static bool has_index(const Index *index)
{
    vec_each(Index *const, at, &index->table->indexes) {
        if (*at == index) {
            return true;
        }
    }
    return false;
}

static bool has_key(const ForeignKey *key)
{
    vec_each(ForeignKey *const, at, &key->table->foreign_keys) {
        if (*at == key) {
            return true;
        }
    }
    return false;
}

static bool has_opaque(const SqlReplay *cx, const Opaque *opaque)
{
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        if (*at == opaque) {
            return true;
        }
    }
    return false;
}

static bool has_sequence(const SqlReplay *cx, const RealmSequence *sequence)
{
    vec_each(RealmSequence *const, at, &cx->realm->sequences) {
        if (*at == sequence) {
            return true;
        }
    }
    return false;
}

static bool has_routine(const SqlReplay *cx, const RealmRoutine *routine)
{
    vec_each(RealmRoutine *const, at, &cx->realm->routines) {
        if (*at == routine) {
            return true;
        }
    }
    return false;
}

bool subject_is_alive(const SqlReplay *cx, const Subject *subject)
{
    const Table *table = subject_table(subject);
    if (table != NULL && !has_table(cx, table)) {
        return false;
    }
    switch (subject->kind) {
    case SUBJECT_NONE:
        return false;
    case SUBJECT_TABLE:
        return true;
    case SUBJECT_COLUMN: {
        const Column *column = subject->object;
        return table_find_column(column->table, column->name) == column;
    }
    case SUBJECT_INDEX:
        return has_index(subject->object);
    case SUBJECT_PRIMARY_KEY:
        return table->primary_key == subject->object;
    case SUBJECT_FOREIGN_KEY:
        return has_key(subject->object);
    case SUBJECT_OPAQUE:
        return has_opaque(cx, subject->object);
    case SUBJECT_ENUM: {
        const EnumType *type = subject->object;
        return catalog_find_enum(cx->realm->catalog, type->schema, type->name) == type;
    }
    case SUBJECT_SEQUENCE:
        return has_sequence(cx, subject->object);
    case SUBJECT_ROUTINE:
        return has_routine(cx, subject->object);
    case SUBJECT_SCHEMA: {
        const Schema *schema = subject->object;
        return map_get(&cx->realm->catalog->schemas_by_name, schema->name) == schema;
    }
    }
    unreachable();
}

/* --- what it is ---------------------------------------------------------------------------------
 */

Table *subject_table(const Subject *subject)
{
    switch (subject->kind) {
    case SUBJECT_TABLE:
        return subject->object;
    case SUBJECT_COLUMN:
        return ((const Column *)subject->object)->table;
    case SUBJECT_INDEX:
        return ((const Index *)subject->object)->table;
    case SUBJECT_PRIMARY_KEY:
        return ((const PrimaryKey *)subject->object)->table;
    case SUBJECT_FOREIGN_KEY:
        return ((const ForeignKey *)subject->object)->table;
    case SUBJECT_OPAQUE:
        return ((const Opaque *)subject->object)->table;
    case SUBJECT_NONE:
    case SUBJECT_ENUM:
    case SUBJECT_SEQUENCE:
    case SUBJECT_ROUTINE:
    case SUBJECT_SCHEMA:
        return NULL;
    }
    unreachable();
}

Name subject_schema(const Subject *subject)
{
    const Table *table = subject_table(subject);
    if (table != NULL) {
        return table->schema;
    }
    switch ((int)subject->kind) { /* the others belong to a table */
    case SUBJECT_OPAQUE:
        return ((const Opaque *)subject->object)->schema;
    case SUBJECT_ENUM:
        return ((const EnumType *)subject->object)->schema;
    case SUBJECT_SEQUENCE:
        return ((const RealmSequence *)subject->object)->sequence->schema;
    case SUBJECT_SCHEMA:
        return ((const Schema *)subject->object)->name;
    default:
        return ((const RealmRoutine *)subject->object)->schema;
    }
}

Name subject_name(const Subject *subject)
{
    switch (subject->kind) {
    case SUBJECT_TABLE:
        return ((const Table *)subject->object)->name;
    case SUBJECT_COLUMN:
        return ((const Column *)subject->object)->name;
    case SUBJECT_INDEX:
        return ((const Index *)subject->object)->name;
    case SUBJECT_PRIMARY_KEY:
        return ((const PrimaryKey *)subject->object)->name;
    case SUBJECT_FOREIGN_KEY:
        return ((const ForeignKey *)subject->object)->name;
    case SUBJECT_OPAQUE:
        return ((const Opaque *)subject->object)->name;
    case SUBJECT_ENUM:
        return ((const EnumType *)subject->object)->name;
    case SUBJECT_SEQUENCE:
        return ((const RealmSequence *)subject->object)->sequence->name;
    case SUBJECT_ROUTINE:
        return ((const RealmRoutine *)subject->object)->name;
    case SUBJECT_SCHEMA:
        return ((const Schema *)subject->object)->name;
    case SUBJECT_NONE:
        return NULL;
    }
    unreachable();
}

/* --- found by name ------------------------------------------------------------------------------
 */

static Subject of_index(const Relation *relation)
{
    if (relation->key != NULL) {
        return (Subject){.kind = SUBJECT_PRIMARY_KEY, .object = relation->key};
    }
    if (relation->index != NULL) {
        return (Subject){.kind = SUBJECT_INDEX, .object = relation->index};
    }
    if (relation->opaque != NULL) {
        return (Subject){.kind = SUBJECT_OPAQUE, .object = relation->opaque};
    }
    return (Subject){.kind = SUBJECT_NONE}; /* over a materialized view */
}

static bool is_of_server(Name schema, Name name)
{
    return schema == NULL ? name != NULL && strncmp(name->text, "pg_", 3) == 0
                          : realm_is_server_schema(schema);
}

bool subject_is_relation(SqlReplay *cx, const Relation *relation, PgQuery__ObjectType of)
{
    static const struct {
        PgQuery__ObjectType of;
        RelationKind kind, other;
        const char *word;
    } rows[] = {
        {OBJECT(TABLE), RELATION_TABLE, RELATION_TEMPORARY, "a table"},
        {OBJECT(INDEX), RELATION_INDEX, RELATION_INDEX, "an index"},
        {OBJECT(SEQUENCE), RELATION_SEQUENCE, RELATION_SEQUENCE, "a sequence"},
        {OBJECT(VIEW), RELATION_VIEW, RELATION_VIEW, "a view"},
        {OBJECT(MATVIEW), RELATION_MATERIALIZED_VIEW, RELATION_MATERIALIZED_VIEW,
         "a materialized view"},
    };
    for (size_t i = 0; relation != NULL && i < lengthof(rows); i++) {
        if (rows[i].of == of && relation->kind != rows[i].kind && relation->kind != rows[i].other) {
            return realm_refuse(cx->realm, "42809", "`%s` is not %s", relation->name->text,
                                rows[i].word);
        }
    }
    return true;
}

bool subject_of_relation(SqlReplay *cx, Name schema, Name name, Subject *ret_subject)
{
    const Relation *relation = realm_relation(cx->realm, schema, name);
    if (relation == NULL && is_of_server(schema, name) &&
        !realm_has_extension(cx->realm, name->text)) {
        realm_goes_beyond(cx->realm, "what is said of the server's own relations");
        *ret_subject = (Subject){.kind = SUBJECT_NONE};
        return true;
    }
    if (relation == NULL) {
        return realm_missing(cx->realm, MISSING_RELATION, schema, name, "relation");
    }
    switch (relation->kind) {
    case RELATION_TABLE:
        *ret_subject = (Subject){.kind = SUBJECT_TABLE, .object = relation->table};
        break;
    case RELATION_INDEX:
        *ret_subject = of_index(relation);
        break;
    case RELATION_SEQUENCE:
        *ret_subject = (Subject){.kind = SUBJECT_SEQUENCE, .object = relation->sequence};
        break;
    case RELATION_VIEW:
    case RELATION_MATERIALIZED_VIEW:
    case RELATION_COMPOSITE:
        *ret_subject = (Subject){.kind = SUBJECT_OPAQUE, .object = relation->opaque};
        break;
    case RELATION_TEMPORARY:
    case RELATION_FOREIGN:
        *ret_subject = (Subject){.kind = SUBJECT_NONE};
        break;
    }
    return true;
}

bool subject_of_type(SqlReplay *cx, Name schema, Name name, PgQuery__ObjectType of,
                     Subject *ret_subject)
{
    const RealmType *type = realm_type(cx->realm, schema, name);
    if (type == NULL) {
        return redo_is_server_type(schema, name)
                   ? realm_unknown(cx->realm, "what is said about a type of the server's own")
                   : realm_missing(cx->realm, MISSING_TYPE, schema, name, "type");
    }
    if (of == OBJECT(DOMAIN) && type->kind != REALM_DOMAIN) {
        return realm_refuse(cx->realm, "42809", "`%s` is not a domain", name->text);
    }
    if (type->kind == REALM_ENUM) {
        *ret_subject = (Subject){.kind = SUBJECT_ENUM, .object = type->enum_type};
    } else if (type->opaque != NULL) {
        *ret_subject = (Subject){.kind = SUBJECT_OPAQUE, .object = type->opaque};
    } else {
        return realm_unknown(cx->realm, "what is said about this kind of type");
    }
    return true;
}

bool subject_of_routine(SqlReplay *cx, const PgQuery__ObjectWithArgs *object,
                        PgQuery__ObjectType of, Subject *ret_subject)
{
    RealmRoutine *routine = redo_routine(cx, object, of);
    if (routine != NULL) {
        *ret_subject = (Subject){.kind = SUBJECT_ROUTINE, .object = routine};
    }
    return routine != NULL;
}

void redo_add_story(SqlReplay *cx, Opaque *opaque)
{
    opaque->definition = intern_printf(cx->names, "%s;\n%.*s", opaque->definition->text,
                                       (int)(cx->end - cx->start), cx->text + cx->start);
}
