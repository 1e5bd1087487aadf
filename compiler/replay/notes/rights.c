/*
 * rights.c - GRANT and REVOKE: kept with what they are about, told at the end as
 * queries/opaque.sql tells them: what is granted to others than the owner, beyond what everybody
 * may by default.
 *
 * Source: PostgreSQL manual, GRANT, REVOKE, ALTER DEFAULT PRIVILEGES, "Privileges".
 */
#include "base/common.h"

#include "compiler/replay/notes/subjects.h"

#define OBJECT(name) PG_QUERY__OBJECT_TYPE__OBJECT_##name

enum { VERSION_17 = 170000 };

typedef struct GrantCx {
    SqlReplay *replay;
    const PgQuery__GrantStmt *stmt;
    Subject subject;
    bool is_his; /* whose the object is has all rights: the statement is only looked at */
} GrantCx;

/* --- privileges ---------------------------------------------------------------------------------
 */

void redo_add_right(SqlReplay *cx, const SubjectRight *right)
{
    vec_each(SubjectRight, at, &cx->notes->rights) {
        if (subject_same(&at->subject, &right->subject) && at->grantee == right->grantee &&
            strcmp(at->privilege, right->privilege) == 0) {
            at->grantable |= right->grantable;
            at->taken = right->taken;
            return;
        }
    }
    vec_push(cx->arena, &cx->notes->rights, *right);
}

/* What is taken from everybody who has it without a GRANT is remembered. */
static bool is_taken(const GrantCx *cx, const Subject *subject, Name grantee)
{
    return !cx->stmt->is_grant && !cx->stmt->grant_option && grantee == NULL &&
           subject->kind == SUBJECT_ROUTINE;
}

static void change_right(GrantCx *cx, const Subject *subject, const char *privilege, Name grantee)
{
    SqlReplay *replay = cx->replay;
    if (cx->is_his) {
        return;
    }
    const bool taken = is_taken(cx, subject, grantee);
    const SubjectRight right = {*subject, privilege, grantee, cx->stmt->grant_option, taken};
    if (cx->stmt->is_grant || taken) {
        redo_add_right(replay, &right);
        return;
    }
    for (size_t i = 0; i < replay->notes->rights.count; i++) {
        SubjectRight *at = &replay->notes->rights.items[i];
        if (!subject_same(&at->subject, subject) || at->grantee != grantee ||
            strcmp(at->privilege, privilege) != 0) {
            continue;
        }
        if (cx->stmt->grant_option) {
            at->grantable = false;
        } else {
            vec_take_out(&replay->notes->rights, i);
        }
        return;
    }
}

size_t subject_rights(const Subject *subject, const char *rights[RIGHTS_MAX])
{
    static const char *const of_table[] = {"INSERT",   "SELECT",     "UPDATE",  "DELETE",
                                           "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"};
    static const char *const of_sequence[] = {"USAGE", "SELECT", "UPDATE"};
    const char *const *list = of_table;
    size_t count = lengthof(of_table);
    const bool is_domain =
        subject->kind == SUBJECT_OPAQUE && ((const Opaque *)subject->object)->kind == OPAQUE_DOMAIN;
    if (subject->kind == SUBJECT_SEQUENCE) {
        list = of_sequence;
        count = lengthof(of_sequence);
    } else if (subject->kind == SUBJECT_ROUTINE) {
        rights[0] = "EXECUTE";
        return 1;
    } else if (subject->kind == SUBJECT_ENUM || is_domain) {
        rights[0] = "USAGE";
        return 1;
    }
    memcpy(rights, list, count * sizeof *list);
    return count;
}

size_t subject_all_rights(const SqlReplay *cx, const Subject *subject,
                          const char *rights[RIGHTS_MAX])
{
    const size_t count = subject_rights(subject, rights);
    const bool is_new = cx->realm->catalog->server_version >= VERSION_17;
    return !is_new && strcmp(rights[count - 1], "MAINTAIN") == 0 ? count - 1 : count;
}

bool right_is_among(const char *privilege, const char *const *rights, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rights[i], privilege) == 0) {
            return true;
        }
    }
    return false;
}

bool right_refuse(SqlReplay *cx, const char *privilege)
{
    return realm_refuse(cx->realm, "0LP01", "invalid privilege type %s", privilege);
}

static size_t all_of_column(const char *rights[RIGHTS_MAX])
{
    static const char *const list[] = {"INSERT", "SELECT", "UPDATE", "REFERENCES"};
    memcpy(rights, list, sizeof list);
    return lengthof(list);
}

const char *right_word(const SqlReplay *cx, const char *word)
{
    char *text = arena_strdup(cx->arena, word);
    for (char *at = text; *at != '\0'; at++) {
        *at = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
    }
    return text;
}

static bool change_columns(GrantCx *cx, const PgQuery__AccessPriv *access, Name grantee)
{
    const bool is_all = access->priv_name == NULL || access->priv_name[0] == '\0';
    const char *rights[RIGHTS_MAX] = {is_all ? "" : right_word(cx->replay, access->priv_name)};
    const size_t count = is_all ? all_of_column(rights) : 1;
    const char *known[RIGHTS_MAX];
    if (!right_is_among(rights[0], known, all_of_column(known))) {
        return right_refuse(cx->replay, rights[0]);
    }
    for (size_t i = 0; i < access->n_cols; i++) {
        const Name name = redo_name_of(cx->replay, access->cols[i]);
        if (cx->subject.kind != SUBJECT_TABLE) {
            return realm_unknown(cx->replay->realm, "rights on columns of what is no table");
        }
        Column *column = realm_column(cx->replay->realm, cx->subject.object, name);
        const Subject subject = {.kind = SUBJECT_COLUMN, .object = column};
        if (column == NULL) {
            return false;
        }
        for (size_t k = 0; k < count; k++) {
            change_right(cx, &subject, rights[k], grantee);
        }
    }
    return true;
}

/* What is taken from somebody on a table is taken from him on its columns. */
static void change_table_columns(GrantCx *cx, const char *privilege, Name grantee)
{
    if (cx->stmt->is_grant || cx->subject.kind != SUBJECT_TABLE) {
        return;
    }
    const Table *table = cx->subject.object;
    vec_each(Column *const, at, &table->columns) {
        const Subject subject = {.kind = SUBJECT_COLUMN, .object = *at};
        change_right(cx, &subject, privilege, grantee);
    }
}

static bool change_for(GrantCx *cx, Name grantee)
{
    const PgQuery__GrantStmt *stmt = cx->stmt;
    const char *rights[RIGHTS_MAX] = {0}, *known[RIGHTS_MAX];
    const size_t all =
        stmt->n_privileges == 0 ? subject_all_rights(cx->replay, &cx->subject, rights) : 0;
    for (size_t i = 0; i < all; i++) {
        change_right(cx, &cx->subject, rights[i], grantee);
        change_table_columns(cx, rights[i], grantee);
    }
    for (size_t i = 0; i < stmt->n_privileges; i++) {
        const PgQuery__AccessPriv *access = stmt->privileges[i]->access_priv;
        if (access->n_cols > 0) {
            if (!change_columns(cx, access, grantee)) {
                return false;
            }
            continue;
        }
        const char *privilege = right_word(cx->replay, access->priv_name);
        if (strcmp(privilege, "MAINTAIN") == 0 &&
            !realm_since(cx->replay->realm, VERSION_17, "MAINTAIN")) {
            return false;
        }
        if (!right_is_among(privilege, known, subject_rights(&cx->subject, known))) {
            if (cx->subject.kind == SUBJECT_SEQUENCE && stmt->objtype == OBJECT(TABLE)) {
                continue; /* of a sequence that is called a table the server warns */
            }
            return right_refuse(cx->replay, privilege);
        }
        change_right(cx, &cx->subject, privilege, grantee);
        change_table_columns(cx, privilege, grantee);
    }
    return true;
}

/* Nothing is told of who may use a row type. */
static bool is_untold(const Subject *subject)
{
    return subject->kind == SUBJECT_OPAQUE &&
           ((const Opaque *)subject->object)->kind == OPAQUE_COMPOSITE_TYPE;
}

bool right_may_pass_on(SqlReplay *cx, const PgQuery__GrantStmt *stmt)
{
    bool ok = true;
    for (size_t i = 0; stmt->is_grant && stmt->grant_option && i < stmt->n_grantees; i++) {
        ok = ok &&
             stmt->grantees[i]->role_spec->roletype != PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC;
    }
    return ok || realm_refuse(cx->realm, "0LP01", "grant options can only be granted to roles");
}

static bool change_subject(GrantCx *cx)
{
    if (!right_may_pass_on(cx->replay, cx->stmt)) {
        return false;
    }
    for (size_t i = 0; i < cx->stmt->n_grantees; i++) {
        bool is_deployer = false;
        const Name name = subject_role(cx->replay, cx->stmt->grantees[i]->role_spec, &is_deployer);
        if (is_deployer && subject_owner(cx->replay, &cx->subject) != NULL) {
            return realm_unknown(cx->replay->realm,
                                 "rights of whoever runs the script on what is not his");
        }
        if (is_untold(&cx->subject)) {
            realm_goes_beyond(cx->replay->realm, "privileges");
            continue;
        }
        cx->is_his = is_deployer;
        if (!change_for(cx, name)) {
            return false;
        }
    }
    return true;
}

/* --- the objects --------------------------------------------------------------------------------
 */

static bool is_index(const SqlReplay *cx, RangeName range)
{
    const Relation *relation = realm_relation(cx->realm, range.schema, range.name);
    return relation != NULL && relation->kind == RELATION_INDEX;
}

static bool change_list(GrantCx *cx, const Node *object)
{
    SqlReplay *replay = cx->replay;
    Name schema = NULL, name = NULL;
    bool ok = true;
    switch ((int)object->node_case) { /* an open set */
    case PG_QUERY__NODE__NODE_RANGE_VAR:
        if (is_index(replay, redo_range(replay, object->range_var))) {
            return realm_refuse(replay->realm, "42809", "`%s` is an index",
                                object->range_var->relname);
        }
        ok = subject_of_relation(replay, redo_range(replay, object->range_var).schema,
                                 redo_range(replay, object->range_var).name, &cx->subject);
        break;
    case PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS:
        ok = subject_of_routine(replay, object->object_with_args, cx->stmt->objtype, &cx->subject);
        break;
    case PG_QUERY__NODE__NODE_LIST:
        redo_list_name(replay, object->list->items, object->list->n_items, &schema, &name);
        ok = subject_of_type(replay, schema, name, cx->stmt->objtype, &cx->subject);
        break;
    default:
        return realm_unknown(replay->realm, "rights on this kind of object");
    }
    return ok && (cx->subject.kind == SUBJECT_NONE || change_subject(cx));
}

static bool change_relations(GrantCx *cx, Name schema)
{
    vec_each(Table *const, at, &cx->replay->realm->catalog->tables) {
        cx->subject = (Subject){.kind = SUBJECT_TABLE, .object = *at};
        if ((*at)->schema == schema && !change_subject(cx)) {
            return false;
        }
    }
    vec_each(Opaque *const, at, &cx->replay->realm->catalog->opaque) {
        const bool is_view = (*at)->kind == OPAQUE_VIEW || (*at)->kind == OPAQUE_MATERIALIZED_VIEW;
        cx->subject = (Subject){.kind = SUBJECT_OPAQUE, .object = *at};
        if (is_view && (*at)->schema == schema && !change_subject(cx)) {
            return false;
        }
    }
    return true;
}

static bool change_sequences(GrantCx *cx, Name schema)
{
    vec_each(RealmSequence *const, at, &cx->replay->realm->sequences) {
        cx->subject = (Subject){.kind = SUBJECT_SEQUENCE, .object = *at};
        if ((*at)->sequence->schema == schema && !change_subject(cx)) {
            return false;
        }
    }
    return true;
}

static bool change_routines(GrantCx *cx, Name schema)
{
    const bool functions = cx->stmt->objtype != OBJECT(PROCEDURE);
    const bool procedures = cx->stmt->objtype != OBJECT(FUNCTION);
    vec_each(RealmRoutine *const, at, &cx->replay->realm->routines) {
        const bool fits = (*at)->kind == 'p' ? procedures : functions;
        cx->subject = (Subject){.kind = SUBJECT_ROUTINE, .object = *at};
        if (fits && (*at)->schema == schema && !change_subject(cx)) {
            return false;
        }
    }
    return true;
}

static bool change_all_in(GrantCx *cx, Name schema)
{
    if (map_get(&cx->replay->realm->catalog->schemas_by_name, schema) == NULL) {
        return realm_refuse(cx->replay->realm, "3F000", "schema `%s` does not exist", schema->text);
    }
    switch ((int)cx->stmt->objtype) { /* an open set */
    case OBJECT(TABLE):
        return change_relations(cx, schema);
    case OBJECT(SEQUENCE):
        return change_sequences(cx, schema);
    default:
        return change_routines(cx, schema);
    }
}

/* Of those that belong to no schema nothing is told. */
static bool is_elsewhere(const PgQuery__GrantStmt *stmt)
{
    return stmt->objtype == OBJECT(SCHEMA) || stmt->objtype == OBJECT(DATABASE) ||
           stmt->objtype == OBJECT(LANGUAGE) || stmt->objtype == OBJECT(FDW) ||
           stmt->objtype == OBJECT(FOREIGN_SERVER) || stmt->objtype == OBJECT(TABLESPACE);
}

/* Whose EXECUTE of a routine is taken is told. */
static bool takes_from_public(const PgQuery__GrantStmt *stmt)
{
    const bool of_routine = stmt->objtype == OBJECT(FUNCTION) ||
                            stmt->objtype == OBJECT(PROCEDURE) || stmt->objtype == OBJECT(ROUTINE);
    bool is_public = !stmt->is_grant && !stmt->grant_option && of_routine;
    for (size_t i = 0; i < stmt->n_grantees; i++) {
        is_public = is_public && stmt->grantees[i]->role_spec->roletype ==
                                     PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC;
    }
    return is_public;
}

bool redo_grant(SqlReplay *cx, const PgQuery__GrantStmt *stmt)
{
    GrantCx grant = {.replay = cx, .stmt = stmt};
    const bool is_all = stmt->targtype == PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_ALL_IN_SCHEMA;
    if ((!stmt->is_grant && !takes_from_public(stmt)) || is_elsewhere(stmt)) {
        realm_goes_beyond(cx->realm, "privileges");
    }
    if (stmt->grantor != NULL) {
        return realm_unknown(cx->realm, "rights granted by somebody else");
    }
    for (size_t i = 0; !is_all && is_elsewhere(stmt) && i < stmt->n_objects; i++) {
        const Name name = redo_name_of(cx, stmt->objects[i]);
        if (stmt->objtype == OBJECT(SCHEMA) && !realm_has_schema(cx->realm, name)) {
            return false;
        }
        if (!right_may_pass_on(cx, stmt)) {
            return false;
        }
    }
    for (size_t i = 0; (is_all || !is_elsewhere(stmt)) && i < stmt->n_objects; i++) {
        if (is_all ? !change_all_in(&grant, redo_name_of(cx, stmt->objects[i]))
                   : !change_list(&grant, stmt->objects[i])) {
            return false;
        }
    }
    return true;
}

/* --- told ---------------------------------------------------------------------------------------
 */

static bool is_default(const SubjectRight *right)
{
    return right->grantee == NULL && !right->grantable &&
           (right->subject.kind == SUBJECT_ROUTINE || right->subject.kind == SUBJECT_ENUM ||
            (right->subject.kind == SUBJECT_OPAQUE && strcmp(right->privilege, "USAGE") == 0));
}

static void put_place(const SqlReplay *cx, StrBuf *out, const Subject *subject)
{
    const Name name = subject_name(subject);
    if (subject->kind == SUBJECT_TABLE) {
        return;
    }
    if (subject->kind == SUBJECT_COLUMN) {
        strbuf_add(out, " (");
        redo_quoted(out, name);
        strbuf_char(out, ')');
        return;
    }
    strbuf_add(out, " on ");
    if (subject->kind != SUBJECT_ROUTINE) {
        redo_quoted(out, name);
        return;
    }
    const RealmRoutine *routine = subject->object;
    if (routine->schema != cx->realm->catalog->default_schema) {
        redo_quoted(out, routine->schema);
        strbuf_char(out, '.');
    }
    redo_quoted(out, name);
    const size_t len = routine->arguments->len;
    strbuf_printf(out, "(%.*s)", (int)(len == 0 ? 0 : len - 1), routine->arguments->text);
}

/* As queries/compared.sql tells it, to whole comparisons alone. */
static void tell_taken(SqlReplay *cx, const SubjectRight *right)
{
    if (!cx->realm->is_whole) {
        return;
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_printf(&out, "%s on ", right->privilege);
    subject_put_routine(&out, right->subject.object);
    strbuf_add(&out, " to PUBLIC");
    (void)realm_add_opaque(cx->realm, OPAQUE_PRIVILEGE, NULL, subject_schema(&right->subject),
                           intern(cx->names, strbuf_text(&out), out.len),
                           intern_printf(cx->names, "REVOKE %s", right->privilege));
    strbuf_dispose(&out);
}

static void tell(SqlReplay *cx, const SubjectRight *right)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_add(&out, right->privilege);
    put_place(cx, &out, &right->subject);
    strbuf_add(&out, " to ");
    if (right->grantee == NULL) {
        strbuf_add(&out, "PUBLIC");
    } else {
        redo_quoted(&out, right->grantee);
    }
    Opaque *told = realm_add_opaque(cx->realm, OPAQUE_PRIVILEGE, subject_table(&right->subject),
                                    subject_schema(&right->subject),
                                    intern(cx->names, strbuf_text(&out), out.len),
                                    intern_printf(cx->names, "GRANT %s%s", right->privilege,
                                                  right->grantable ? " WITH GRANT OPTION" : ""));
    if (right->subject.kind == SUBJECT_COLUMN) {
        vec_push(cx->arena, &told->columns, right->subject.object);
    } else if (right->subject.kind == SUBJECT_ENUM) {
        vec_push(cx->arena, &told->enums, right->subject.object);
    }
    strbuf_dispose(&out);
}

void redo_tell_rights(SqlReplay *cx)
{
    vec_each(const SubjectRight, at, &cx->notes->rights) {
        const Name owner = subject_owner(cx, &at->subject);
        if (subject_is_alive(cx, &at->subject) && at->taken) {
            tell_taken(cx, at);
        } else if (subject_is_alive(cx, &at->subject) && !is_default(at) &&
                   (owner == NULL || owner != at->grantee)) {
            tell(cx, at);
        }
    }
}
