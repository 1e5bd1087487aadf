/*
 * numbers_rights.c - the block that gives a new sequence to those who write its table
 * (compiler/blocks/numbers_block.h): its owner, and who may draw.
 *
 * Source: the text in compiler/blocks.
 */
#include "base/common.h"

#include <string.h>

#include "compiler/blocks/numbers_block.h"
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
