/*
 * default_rights.c - ALTER DEFAULT PRIVILEGES: the rights that what is made afterwards has.
 *
 * Of a role that is named it is not known whether it runs the scripts; then what is made has rights
 * that nobody here knows. Those of a schema come besides those of all.
 *
 * Source: PostgreSQL manual, ALTER DEFAULT PRIVILEGES.
 */
#include "base/common.h"

#include "compiler/replay/notes/subjects.h"

#define OBJECT(name) PG_QUERY__OBJECT_TYPE__OBJECT_##name

enum { VERSION_17 = 170000 };

/* --- what is said -------------------------------------------------------------------------------
 */

typedef struct DefaultCx {
    SqlReplay *replay;
    const PgQuery__GrantStmt *stmt;
    Name schema;
} DefaultCx;

/* A subject of the kind, for what can be granted on such. */
static bool kind_of(PgQuery__ObjectType of, Subject *ret_subject)
{
    static const struct {
        PgQuery__ObjectType of;
        SubjectKind kind;
    } rows[] = {
        {OBJECT(TABLE), SUBJECT_TABLE},
        {OBJECT(SEQUENCE), SUBJECT_SEQUENCE},
        {OBJECT(FUNCTION), SUBJECT_ROUTINE},
        {OBJECT(TYPE), SUBJECT_ENUM},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (rows[i].of == of) {
            *ret_subject = (Subject){.kind = rows[i].kind};
            return true;
        }
    }
    return false;
}

static void change_right(DefaultCx *cx, const char *privilege, Name grantee)
{
    SubjectNotes *notes = cx->replay->notes;
    const PgQuery__GrantStmt *stmt = cx->stmt;
    const DefaultRight right = {stmt->objtype, cx->schema, privilege, grantee, stmt->grant_option};
    for (size_t i = 0; i < notes->default_rights.count; i++) {
        DefaultRight *at = &notes->default_rights.items[i];
        if (at->of != right.of || at->schema != right.schema || at->grantee != grantee ||
            strcmp(at->privilege, privilege) != 0) {
            continue;
        }
        if (stmt->is_grant) {
            at->grantable |= right.grantable;
        } else if (stmt->grant_option) {
            at->grantable = false;
        } else {
            vec_take_out(&notes->default_rights, i);
        }
        return;
    }
    if (stmt->is_grant) {
        vec_push(cx->replay->arena, &notes->default_rights, right);
    }
}

static bool change_for(DefaultCx *cx, const Subject *kind, Name grantee)
{
    SqlReplay *replay = cx->replay;
    const PgQuery__GrantStmt *stmt = cx->stmt;
    const char *rights[RIGHTS_MAX] = {0}, *known[RIGHTS_MAX];
    const size_t all = stmt->n_privileges == 0 ? subject_all_rights(replay, kind, rights) : 0;
    for (size_t i = 0; i < all; i++) {
        change_right(cx, rights[i], grantee);
    }
    for (size_t i = 0; i < stmt->n_privileges; i++) {
        const char *privilege = right_word(replay, stmt->privileges[i]->access_priv->priv_name);
        if (strcmp(privilege, "MAINTAIN") == 0 &&
            !realm_since(replay->realm, VERSION_17, "MAINTAIN")) {
            return false;
        }
        if (!right_is_among(privilege, known, subject_rights(kind, known))) {
            return right_refuse(replay, privilege);
        }
        change_right(cx, privilege, grantee);
    }
    return true;
}

/* In one schema, NULL: in all. What is said of schemas themselves is beyond what is told. */
static bool change_in(SqlReplay *cx, const PgQuery__GrantStmt *stmt, Name schema)
{
    DefaultCx change = {.replay = cx, .stmt = stmt, .schema = schema};
    Subject kind = {0};
    if (schema != NULL && !realm_has_schema(cx->realm, schema)) {
        return false;
    }
    for (size_t i = 0; kind_of(stmt->objtype, &kind) && i < stmt->n_grantees; i++) {
        bool is_deployer = false;
        const Name name = subject_role(cx, stmt->grantees[i]->role_spec, &is_deployer);
        if (!is_deployer && !change_for(&change, &kind, name)) {
            return false;
        }
    }
    return true;
}

static const PgQuery__List *option(const PgQuery__AlterDefaultPrivilegesStmt *stmt,
                                   const char *name)
{
    for (size_t i = 0; i < stmt->n_options; i++) {
        const PgQuery__DefElem *at = stmt->options[i]->def_elem;
        if (strcmp(at->defname, name) == 0) {
            return at->arg->list;
        }
    }
    return NULL;
}

/* Is it about what others make, too, or may be? */
static bool is_of_others(SqlReplay *cx, const PgQuery__List *roles)
{
    bool others = false;
    for (size_t i = 0; roles != NULL && i < roles->n_items; i++) {
        bool is_deployer = false;
        (void)subject_role(cx, roles->items[i]->role_spec, &is_deployer);
        others |= !is_deployer;
    }
    return others;
}

static void mark_unknown(SqlReplay *cx, const PgQuery__GrantStmt *action)
{
    Realm *realm = cx->realm;
    const bool grants = action->is_grant;
    realm->unknown_rights.tables |= grants && action->objtype == OBJECT(TABLE);
    realm->unknown_rights.sequences |= grants && action->objtype == OBJECT(SEQUENCE);
    realm->unknown_rights.types |= grants && action->objtype == OBJECT(TYPE);
    realm->unknown_rights.routines |= grants && action->objtype == OBJECT(FUNCTION);
}

bool redo_alter_default_privileges(SqlReplay *cx, const PgQuery__AlterDefaultPrivilegesStmt *stmt)
{
    const PgQuery__List *schemas = option(stmt, "schemas");
    realm_goes_beyond(cx->realm, "default privileges");
    if (!right_may_pass_on(cx, stmt->action)) {
        return false;
    }
    if (is_of_others(cx, option(stmt, "roles"))) {
        mark_unknown(cx, stmt->action);
        return true;
    }
    for (size_t i = 0; schemas != NULL && i < schemas->n_items; i++) {
        if (!change_in(cx, stmt->action, redo_name_of(cx, schemas->items[i]))) {
            return false;
        }
    }
    return schemas != NULL || change_in(cx, stmt->action, NULL);
}

/* --- what is made -------------------------------------------------------------------------------
 */

static void grant_usual(SqlReplay *cx, const Subject *subject, PgQuery__ObjectType of)
{
    const Name schema = subject_schema(subject);
    vec_each(const DefaultRight, at, &cx->notes->default_rights) {
        if (at->of == of && (at->schema == NULL || at->schema == schema) &&
            schema != cx->realm->temporary) {
            redo_add_right(cx, &(SubjectRight){.subject = *subject,
                                               .privilege = at->privilege,
                                               .grantee = at->grantee,
                                               .grantable = at->grantable});
        }
    }
}

static void grant_relations(SqlReplay *cx, uint32_t since)
{
    vec_each(Table *const, at, &cx->realm->catalog->tables) {
        if ((*at)->origin.oid > since) {
            grant_usual(cx, &(Subject){.kind = SUBJECT_TABLE, .object = *at}, OBJECT(TABLE));
        }
    }
    vec_each(RealmSequence *const, at, &cx->realm->sequences) {
        if ((*at)->made > since) {
            grant_usual(cx, &(Subject){.kind = SUBJECT_SEQUENCE, .object = *at}, OBJECT(SEQUENCE));
        }
    }
}

static void grant_opaque(SqlReplay *cx, Opaque *opaque)
{
    const Subject subject = {.kind = SUBJECT_OPAQUE, .object = opaque};
    if (opaque->kind == OPAQUE_VIEW || opaque->kind == OPAQUE_MATERIALIZED_VIEW) {
        grant_usual(cx, &subject, OBJECT(TABLE));
    } else if (opaque->kind == OPAQUE_DOMAIN) {
        grant_usual(cx, &subject, OBJECT(TYPE));
    }
}

void redo_grant_defaults(SqlReplay *cx)
{
    const uint32_t since = cx->notes->granted;
    cx->notes->granted = cx->realm->clock;
    if (cx->notes->default_rights.count == 0 || cx->realm->clock == since) {
        return;
    }
    grant_relations(cx, since);
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        if ((*at)->origin.oid > since) {
            grant_opaque(cx, *at);
        }
    }
    vec_each(EnumType *const, at, &cx->realm->catalog->enums) {
        if ((*at)->origin.oid > since) {
            grant_usual(cx, &(Subject){.kind = SUBJECT_ENUM, .object = *at}, OBJECT(TYPE));
        }
    }
    vec_each(RealmRoutine *const, at, &cx->realm->routines) {
        if ((*at)->opaque->origin.oid > since) {
            grant_usual(cx, &(Subject){.kind = SUBJECT_ROUTINE, .object = *at}, OBJECT(FUNCTION));
        }
    }
}
