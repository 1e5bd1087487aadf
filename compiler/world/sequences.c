/*
 * sequences.c - sequences, owned by columns or by nobody.
 *
 * Source: PostgreSQL manual, CREATE SEQUENCE, "Serial Types", "Identity Columns".
 */
#include "base/common.h"

#include "compiler/world/realm_internal.h"

static int64_t largest(Name type)
{
    if (name_is(type, "int2")) {
        return INT16_MAX;
    }
    return name_is(type, "int4") ? INT32_MAX : INT64_MAX;
}

SequenceSettings realm_usual_settings(const RealmSequence *sequence, int64_t increment)
{
    const int64_t max = largest(sequence->sequence->data_type);
    const bool rises = increment > 0;
    return (SequenceSettings){.increment = increment,
                              .min = rises ? 1 : -max - 1,
                              .max = rises ? max : -1,
                              .start = rises ? 1 : -1,
                              .cache = 1};
}

void realm_retype_sequence(RealmSequence *sequence, Name type)
{
    SequenceSettings *settings = &sequence->settings;
    const int64_t before = largest(sequence->sequence->data_type), now = largest(type);
    settings->max = settings->max == before ? now : settings->max;
    settings->min = settings->min == -before - 1 ? -now - 1 : settings->min;
    sequence->sequence->data_type = type;
}

RealmSequence *realm_add_sequence(Realm *realm, Name schema, Name name, const char *data_type)
{
    const Relation relation = {.kind = RELATION_SEQUENCE, .schema = schema, .name = name};
    Relation *taken = NULL;
    if (!realm_take_relation(realm, &relation, &taken)) {
        return NULL;
    }
    RealmSequence *made = arena_make(realm->arena, RealmSequence);
    made->sequence = arena_make(realm->arena, Sequence);
    *made->sequence = (Sequence){
        .schema = schema, .name = name, .data_type = intern_cstr(realm->names, data_type)};
    made->settings = realm_usual_settings(made, 1);
    made->made = realm_origin(realm).oid;
    taken->sequence = made;
    vec_push(realm->arena, &realm->sequences, made);
    return made;
}

bool realm_add_column_sequence(Realm *realm, Column *column, const char *data_type,
                               Identity identity)
{
    const Table *table = column->table;
    const Name name = realm_name_relation(realm, table->schema, table->name, column->name, "seq");
    RealmSequence *made = realm_add_sequence(realm, table->schema, name, data_type);
    if (made == NULL) {
        return false;
    }
    made->owner = column;
    made->is_identity = identity != IDENTITY_NONE;
    column->identity = identity;
    column->not_null = true;
    column->dflt = (Default){.kind = DEFAULT_SEQUENCE, .sequence = made->sequence};
    return true;
}

RealmSequence *realm_sequence_of(const Realm *realm, const Sequence *sequence)
{
    vec_each(RealmSequence *const, at, &realm->sequences) {
        if ((*at)->sequence == sequence) {
            return *at;
        }
    }
    return NULL;
}

static Column *first_user(const Realm *realm, const Sequence *sequence, const Column *but)
{
    vec_each(Table *const, at, &realm->catalog->tables) {
        vec_each(Column *const, column, &(*at)->columns) {
            if ((*column)->dflt.kind == DEFAULT_SEQUENCE && (*column)->dflt.sequence == sequence &&
                *column != but) {
                return *column;
            }
        }
    }
    return NULL;
}

static void remove_sequence(Realm *realm, RealmSequence *sequence)
{
    for (size_t i = 0; i < realm->sequences.count; i++) {
        if (realm->sequences.items[i] == sequence) {
            vec_take_out(&realm->sequences, i);
            break;
        }
    }
    realm_free_relation(realm, sequence->sequence->schema, sequence->sequence->name);
}

bool realm_drop_sequence(Realm *realm, RealmSequence *sequence, bool cascade)
{
    const char *name = sequence->sequence->name->text;
    if (sequence->is_identity) {
        return realm_refuse(realm, "2BP01", "cannot drop sequence %s because a column requires it",
                            name);
    }
    Column *user = first_user(realm, sequence->sequence, NULL);
    if (user != NULL && !cascade) {
        return realm_refuse(realm, "2BP01",
                            "cannot drop sequence %s because other objects depend on it", name);
    }
    while (user != NULL) {
        user->dflt = (Default){.kind = DEFAULT_NONE};
        user = first_user(realm, sequence->sequence, NULL);
    }
    remove_sequence(realm, sequence);
    return true;
}

void realm_drop_owned_sequences(Realm *realm, const Column *column)
{
    for (size_t i = 0; i < realm->sequences.count;) {
        RealmSequence *at = realm->sequences.items[i];
        if (at->owner == column) {
            for (Column *user = first_user(realm, at->sequence, column); user != NULL;
                 user = first_user(realm, at->sequence, column)) {
                user->dflt = (Default){.kind = DEFAULT_NONE};
            }
            remove_sequence(realm, at);
        } else {
            i++;
        }
    }
}

bool realm_rename_sequence(Realm *realm, RealmSequence *sequence, Name schema, Name name)
{
    Sequence *at = sequence->sequence;
    const Relation relation = {
        .kind = RELATION_SEQUENCE, .schema = schema, .name = name, .sequence = sequence};
    if (!realm_take_relation(realm, &relation, NULL)) {
        return false;
    }
    realm_free_relation(realm, at->schema, at->name);
    at->schema = schema;
    at->name = name;
    return true;
}
