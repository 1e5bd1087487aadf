/*
 * owners.c - who owns an object that a script gives away: kept with the object, told at the end as
 * queries/compared.sql tells it. Whoever runs the scripts owns the rest, and has no name here.
 *
 * Source: PostgreSQL manual, ALTER ... OWNER TO; pg_identify_object.
 */
#include "base/common.h"

#include "compiler/replay/notes/subjects.h"

#define OBJECT(name) PG_QUERY__OBJECT_TYPE__OBJECT_##name

Name subject_role(SqlReplay *cx, const PgQuery__RoleSpec *role, bool *ret_is_deployer)
{
    *ret_is_deployer = role->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CURRENT_ROLE ||
                       role->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CURRENT_USER ||
                       role->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_SESSION_USER;
    return role->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CSTRING
               ? redo_name(cx, role->rolename)
               : NULL;
}

static const SubjectOwner *owner_of(const SqlReplay *cx, const Subject *subject)
{
    vec_each(SubjectOwner, at, &cx->notes->owners) {
        if (at->subject.object == subject->object) {
            return at;
        }
    }
    return NULL;
}

static Subject of_table(const Table *table)
{
    return (Subject){.kind = SUBJECT_TABLE, .object = (void *)(uintptr_t)table};
}

static Subject of_sequence(const RealmSequence *sequence)
{
    return (Subject){.kind = SUBJECT_SEQUENCE, .object = (void *)(uintptr_t)sequence};
}

/* A column's and its sequence's are their table's. */
Name subject_owner(const SqlReplay *cx, const Subject *subject)
{
    Subject owned = *subject;
    const RealmSequence *sequence = subject->kind == SUBJECT_SEQUENCE ? subject->object : NULL;
    if (subject->kind == SUBJECT_COLUMN) {
        owned = (Subject){.kind = SUBJECT_TABLE, .object = subject_table(subject)};
    } else if (sequence != NULL && sequence->owner != NULL) {
        owned = of_table(sequence->owner->table);
    }
    const SubjectOwner *owner = owner_of(cx, &owned);
    return owner == NULL ? NULL : owner->role;
}

bool redo_share_owner(SqlReplay *cx, const RealmSequence *sequence, const Table *table)
{
    const Subject subject = of_sequence(sequence), other = of_table(table);
    return subject_owner(cx, &subject) == subject_owner(cx, &other) ||
           realm_unknown(cx->realm, "a sequence and a table that two roles may own");
}

/* --- owners -------------------------------------------------------------------------------------
 */

static void put_owner(SqlReplay *cx, const SubjectOwner *owner)
{
    for (size_t i = 0; i < cx->notes->owners.count; i++) {
        if (cx->notes->owners.items[i].subject.object == owner->subject.object) {
            cx->notes->owners.items[i] = *owner;
            return;
        }
    }
    vec_push(cx->arena, &cx->notes->owners, *owner);
}

void redo_leave_table(SqlReplay *cx, RealmSequence *sequence)
{
    const Subject subject = of_sequence(sequence);
    const SubjectOwner owner = {subject, subject_owner(cx, &subject)};
    put_owner(cx, &owner);
    sequence->owner = NULL;
}

/* Is it the right of something that goes with `owned` from owner to owner? */
static bool goes_with(const SubjectRight *right, const Subject *owned)
{
    const Subject *subject = &right->subject;
    const RealmSequence *sequence = subject->kind == SUBJECT_SEQUENCE ? subject->object : NULL;
    return subject->object == owned->object ||
           (owned->kind == SUBJECT_TABLE &&
            ((subject->kind == SUBJECT_COLUMN && subject_table(subject) == owned->object) ||
             (sequence != NULL && sequence->owner != NULL &&
              sequence->owner->table == owned->object)));
}

/* What either owner was granted is a part of what the new one has as the owner. */
static void forget_rights(SqlReplay *cx, const Subject *owned, Name before, Name after)
{
    size_t count = 0;
    for (size_t i = 0; i < cx->notes->rights.count; i++) {
        const SubjectRight right = cx->notes->rights.items[i];
        const bool is_owners =
            right.grantee != NULL && (right.grantee == before || right.grantee == after);
        if (!is_owners || !goes_with(&right, owned)) {
            cx->notes->rights.items[count++] = right;
        }
    }
    cx->notes->rights.count = count;
}

void redo_set_owner(SqlReplay *cx, const Subject *subject, const PgQuery__RoleSpec *role)
{
    bool is_deployer = false;
    const SubjectOwner owner = {*subject, subject_role(cx, role, &is_deployer)};
    if (subject->kind == SUBJECT_NONE) {
        realm_goes_beyond(cx->realm, "owners");
        return;
    }
    forget_rights(cx, subject, subject_owner(cx, subject), owner.role);
    put_owner(cx, &owner);
}

static bool find_owned(SqlReplay *cx, const PgQuery__AlterOwnerStmt *stmt, Subject *subject)
{
    const Node *object = stmt->object;
    Name schema = NULL, name = NULL;
    *subject = (Subject){.kind = SUBJECT_NONE};
    switch ((int)stmt->object_type) { /* an open set: of the others nothing is told */
    case OBJECT(FUNCTION):
    case OBJECT(PROCEDURE):
    case OBJECT(ROUTINE):
    case OBJECT(AGGREGATE):
        return subject_of_routine(cx, object->object_with_args, stmt->object_type, subject);
    case OBJECT(TYPE):
    case OBJECT(DOMAIN):
        redo_list_name(cx, object->list->items, object->list->n_items, &schema, &name);
        if (realm_type(cx->realm, schema, name) != NULL &&
            realm_type(cx->realm, schema, name)->kind == REALM_ROW) {
            return realm_refuse(cx->realm, "42809", "%s is a table's row type", name->text);
        }
        return realm_type(cx->realm, schema, name) == NULL ||
                       realm_type(cx->realm, schema, name)->opaque != NULL ||
                       realm_type(cx->realm, schema, name)->kind == REALM_ENUM
                   ? subject_of_type(cx, schema, name, stmt->object_type, subject)
                   : true;
    case OBJECT(SCHEMA):
        name = redo_name_of(cx, object);
        if (!realm_has_schema(cx->realm, name)) {
            return false;
        }
        *subject = (Subject){.kind = SUBJECT_SCHEMA,
                             .object = map_get(&cx->realm->catalog->schemas_by_name, name)};
        subject->kind = subject->object == NULL ? SUBJECT_NONE : SUBJECT_SCHEMA;
        return true;
    default:
        return true;
    }
}

bool redo_alter_owner(SqlReplay *cx, const PgQuery__AlterOwnerStmt *stmt)
{
    Subject subject;
    if (!find_owned(cx, stmt, &subject)) {
        return false;
    }
    redo_set_owner(cx, &subject, stmt->newowner);
    return true;
}

/* --- told ---------------------------------------------------------------------------------------
 */

/* As pg_identify_object tells it: `table public.t`. */
static bool identify(StrBuf *out, const Subject *subject)
{
    const char *type = NULL;
    switch ((int)subject->kind) { /* those that have an owner */
    case SUBJECT_TABLE:
        type = "table";
        break;
    case SUBJECT_SEQUENCE:
        type = "sequence";
        break;
    case SUBJECT_ENUM:
        type = "type";
        break;
    case SUBJECT_OPAQUE: {
        const OpaqueKind kind = ((const Opaque *)subject->object)->kind;
        type = kind == OPAQUE_VIEW                                      ? "view"
               : kind == OPAQUE_MATERIALIZED_VIEW                       ? "materialized view"
               : kind == OPAQUE_DOMAIN || kind == OPAQUE_COMPOSITE_TYPE ? "type"
                                                                        : NULL;
        break;
    }
    case SUBJECT_ROUTINE:
        subject_put_routine(out, subject->object);
        return true;
    case SUBJECT_SCHEMA:
        strbuf_add(out, "schema ");
        redo_quoted(out, subject_name(subject));
        return true;
    default:
        break;
    }
    strbuf_printf(out, "%s ", type == NULL ? "" : type);
    redo_quoted(out, subject_schema(subject));
    strbuf_char(out, '.');
    redo_quoted(out, subject_name(subject));
    return type != NULL;
}

static void tell_owner(SqlReplay *cx, const Subject *subject, Name role)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (identify(&out, subject)) {
        (void)realm_add_opaque(cx->realm, OPAQUE_OWNER, NULL, subject_schema(subject),
                               intern(cx->names, strbuf_text(&out), out.len), role);
    } else {
        realm_goes_beyond(cx->realm, "owners");
    }
    strbuf_dispose(&out);
}

/* A sequence that a column owns is its table's owner's. */
static void tell_owned_sequences(SqlReplay *cx, const Table *table, Name role)
{
    vec_each(RealmSequence *const, at, &cx->realm->sequences) {
        if ((*at)->owner != NULL && (*at)->owner->table == table) {
            const Subject subject = {.kind = SUBJECT_SEQUENCE, .object = *at};
            tell_owner(cx, &subject, role);
        }
    }
}

/* Of the schema that each database has. */
static bool is_usual(const SubjectOwner *owner)
{
    return owner->subject.kind == SUBJECT_SCHEMA &&
           name_is(subject_name(&owner->subject), "public") &&
           name_is(owner->role, "pg_database_owner");
}

/* Only a whole comparison asks for them. */
void redo_tell_owners(SqlReplay *cx)
{
    for (size_t i = 0; cx->realm->is_whole && i < cx->notes->owners.count; i++) {
        const SubjectOwner *at = &cx->notes->owners.items[i];
        const RealmSequence *sequence =
            at->subject.kind == SUBJECT_SEQUENCE ? at->subject.object : NULL;
        const bool is_tables = sequence != NULL && sequence->owner != NULL;
        const bool is_alive = subject_is_alive(cx, &at->subject);
        if (at->subject.kind == SUBJECT_SCHEMA && !is_alive) {
            realm_goes_beyond(cx->realm, "the owner of a schema");
        }
        if (at->role == NULL || is_tables || !is_alive || is_usual(at)) {
            continue;
        }
        tell_owner(cx, &at->subject, at->role);
        if (at->subject.kind == SUBJECT_TABLE) {
            tell_owned_sequences(cx, at->subject.object, at->role);
        }
    }
}
