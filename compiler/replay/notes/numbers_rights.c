/*
 * numbers_rights.c - the block that gives a new sequence to those who write its table
 * (compiler/blocks/numbers_block.h): its owner, and who may draw; and the one that makes a column
 * the identity that another one was.
 *
 * Source: the text in compiler/blocks.
 */
#include "base/common.h"

#include <string.h>

#include "compiler/blocks/numbers_block.h"
#include "compiler/catalog/types.h"
#include "compiler/replay/notes/subjects.h"

static bool lets_insert(const SqlReplay *cx, const SubjectRight *right, const Table *table)
{
    return subject_is_alive(cx, &right->subject) && subject_table(&right->subject) == table &&
           (right->subject.kind == SUBJECT_TABLE || right->subject.kind == SUBJECT_COLUMN) &&
           strcmp(right->privilege, "INSERT") == 0;
}

static void give_owner(SqlReplay *cx, const Subject *table, const Subject *sequence)
{
    const Name owner = subject_owner(cx, table);
    if (owner != NULL) {
        PgQuery__RoleSpec role;
        pg_query__role_spec__init(&role);
        role.roletype = PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CSTRING;
        role.rolename = (char *)(uintptr_t)owner->text;
        redo_set_owner(cx, sequence, &role);
    }
}

static void give_rights(SqlReplay *cx, const Subject *table, const Subject *sequence)
{
    const Name owner = subject_owner(cx, table);
    const size_t count = cx->notes->rights.count;
    for (size_t i = 0; i < count; i++) {
        const SubjectRight right = cx->notes->rights.items[i];
        if (lets_insert(cx, &right, table->object) &&
            (right.grantee == NULL || right.grantee != owner)) {
            const SubjectRight usage = {
                .subject = *sequence, .privilege = "USAGE", .grantee = right.grantee};
            redo_add_right(cx, &usage);
        }
    }
}

static bool find(SqlReplay *cx, const char *schema, const char *name, SubjectKind kind,
                 Subject *ret_subject)
{
    return subject_of_relation(cx, redo_name(cx, schema), redo_name(cx, name), ret_subject) &&
           (ret_subject->kind == kind ||
            realm_unknown(cx->realm, "the rights of a sequence beside what is no table"));
}

bool redo_numbers_block(SqlReplay *cx, const char *body, bool *ret_ok)
{
    NumbersBlock block;
    if (!numbers_block_read(cx->arena, body, &block)) {
        return false;
    }
    Subject table, sequence;
    *ret_ok = find(cx, block.table_schema, block.table, SUBJECT_TABLE, &table) &&
              find(cx, block.sequence_schema, block.sequence, SUBJECT_SEQUENCE, &sequence);
    if (*ret_ok) {
        give_owner(cx, &table, &sequence);
        give_rights(cx, &table, &sequence);
    }
    return true;
}

/* The sequence is another one of the same name and, but for bounds of its type, the same settings.
 */
static bool move_identity(SqlReplay *cx, Column *first, Column *second)
{
    RealmSequence *sequence = realm_sequence_of(cx->realm, first->dflt.sequence);
    if (first->identity == IDENTITY_NONE || sequence == NULL) {
        return realm_refuse(cx->realm, "55000", "column `%s` is no identity", first->name->text);
    }
    realm_retype_sequence(sequence,
                          intern_cstr(cx->names, type_row(second->type.id)->catalog_name));
    sequence->owner = second;
    second->identity = first->identity;
    second->dflt = first->dflt;
    first->identity = IDENTITY_NONE;
    first->dflt = (Default){.kind = DEFAULT_NONE};
    return true;
}

bool redo_identity_block(SqlReplay *cx, const char *body, bool *ret_ok)
{
    IdentityBlock block;
    if (!identity_block_read(cx->arena, body, &block)) {
        return false;
    }
    Table *table = realm_table(cx->realm, redo_name(cx, block.schema), redo_name(cx, block.table));
    Column *first =
        table == NULL ? NULL : realm_column(cx->realm, table, redo_name(cx, block.first));
    Column *second =
        first == NULL ? NULL : realm_column(cx->realm, table, redo_name(cx, block.second));
    *ret_ok = second != NULL && move_identity(cx, first, second);
    return true;
}
