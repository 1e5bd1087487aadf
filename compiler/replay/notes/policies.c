/*
 * policies.c - policies of row level security: what their expressions use, and for whom they are.
 *
 * Source: PostgreSQL manual, CREATE POLICY, ALTER POLICY; queries/opaque.sql for how they are told.
 */
#include "base/common.h"

#include <stdlib.h>

#include "compiler/replay/read/view_scope.h"
#include "compiler/replay/notes/notes.h"

/* A policy's expressions change one at a time. */
struct PolicyParts {
    Opaque *policy;
    QueryUses qual, check;
    const char *lead; /* PERMISSIVE FOR ALL */
    const char *roles;
    Name qual_text, check_text; /* NULL: none */
};

static PolicyParts *parts_of(SqlReplay *cx, const Opaque *policy)
{
    vec_each(PolicyParts *const, at, &cx->policies) {
        if ((*at)->policy == policy) {
            return *at;
        }
    }
    return NULL;
}

/* --- roles --------------------------------------------------------------------------------------
 */

static int compare_names(const void *a, const void *b)
{
    return name_compare(*(const Name *)a, *(const Name *)b);
}

/* NULL after a fault: whoever runs the script has a name that is not known here. */
static const char *roles_text(SqlReplay *cx, Node *const *roles, size_t count)
{
    Name *names = arena_array(cx->arena, Name, count + 1);
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < count; i++) {
        const PgQuery__RoleSpec *role = roles[i]->role_spec;
        if (role->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC) {
            count = 0;
        } else if (role->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CSTRING) {
            names[i] = redo_name(cx, role->rolename);
        } else {
            realm_unknown(cx->realm, "a policy for whoever runs the script");
            return NULL;
        }
    }
    if (count > 1) {
        qsort(names, count, sizeof *names, compare_names);
    }
    for (size_t i = 0; i < count; i++) {
        strbuf_add(&out, i == 0 ? "" : ", ");
        redo_quoted(&out, names[i]);
    }
    strbuf_add(&out, count == 0 ? "PUBLIC" : "");
    return strbuf_take(&out, cx->arena);
}

/* --- expressions --------------------------------------------------------------------------------
 */

static bool set_expression(SqlReplay *cx, Table *table, const Node *expression, const char *word,
                           QueryUses *uses, Name *text)
{
    if (expression == NULL) {
        return true;
    }
    const Slice slice = slice_brackets(cx, cx->start, word);
    QueryUses found = {0};
    if (slice.text == NULL) {
        return realm_unknown(cx->realm, "where the expression of a policy ends");
    }
    if (!query_resolve_row(cx, expression, table, (const char *const[]){table->name->text, NULL},
                           &found)) {
        return false;
    }
    *uses = found;
    *text = slice_name(cx, slice);
    return true;
}

static void add_uses(SqlReplay *cx, Opaque *policy, const QueryUses *uses)
{
    vec_each(Column *const, at, &uses->columns) {
        if (!column_in_list(*at, policy->columns.items, policy->columns.count)) {
            vec_push(cx->arena, &policy->columns, *at);
        }
    }
    vec_each(Table *const, at, &uses->tables) {
        bool there = false;
        vec_each(Table *const, known, &policy->tables) {
            there |= *known == *at;
        }
        if (!there) {
            vec_push(cx->arena, &policy->tables, *at);
        }
    }
    vec_each(EnumType *const, at, &uses->enums) {
        bool there = false;
        vec_each(EnumType *const, known, &policy->enums) {
            there |= *known == *at;
        }
        if (!there) {
            vec_push(cx->arena, &policy->enums, *at);
        }
    }
}

static void tell(SqlReplay *cx, const PolicyParts *parts)
{
    Opaque *policy = parts->policy;
    policy->columns.count = policy->enums.count = policy->tables.count = 0;
    vec_push(cx->arena, &policy->tables, policy->table);
    add_uses(cx, policy, &parts->qual);
    add_uses(cx, policy, &parts->check);
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_printf(&out, "%s TO %s", parts->lead, parts->roles);
    if (parts->qual_text != NULL) {
        strbuf_printf(&out, " USING (%s)", parts->qual_text->text);
    }
    if (parts->check_text != NULL) {
        strbuf_printf(&out, " WITH CHECK (%s)", parts->check_text->text);
    }
    policy->definition = intern(cx->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
}

static void pass_column(QueryUses *uses, const Column *was, Column *now)
{
    vec_each(Column *, at, &uses->columns) {
        *at = *at == was ? now : *at;
    }
}

void redo_pass_policies(SqlReplay *cx, const Column *was, Column *now)
{
    vec_each(PolicyParts *const, at, &cx->policies) {
        pass_column(&(*at)->qual, was, now);
        pass_column(&(*at)->check, was, now);
    }
}

/* --- statements ---------------------------------------------------------------------------------
 */

static Opaque *find_policy(const SqlReplay *cx, const Table *table, Name name)
{
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        if ((*at)->kind == OPAQUE_POLICY && (*at)->table == table && (*at)->name == name) {
            return *at;
        }
    }
    return NULL;
}

static const char *command_word(const char *name)
{
    static const char *const words[][2] = {
        {"select", "SELECT"}, {"insert", "INSERT"}, {"update", "UPDATE"}, {"delete", "DELETE"}};
    for (size_t i = 0; i < lengthof(words); i++) {
        if (strcmp(words[i][0], name) == 0) {
            return words[i][1];
        }
    }
    return "ALL";
}

bool redo_create_policy(SqlReplay *cx, const PgQuery__CreatePolicyStmt *stmt)
{
    const RangeName range = redo_range(cx, stmt->table);
    const Name name = redo_name(cx, stmt->policy_name);
    PolicyParts *parts = arena_make(cx->arena, PolicyParts);
    if (stmt->with_check != NULL &&
        (strcmp(stmt->cmd_name, "select") == 0 || strcmp(stmt->cmd_name, "delete") == 0)) {
        return realm_refuse(cx->realm, "42601", "WITH CHECK cannot be applied to SELECT or DELETE");
    }
    if (stmt->qual != NULL && strcmp(stmt->cmd_name, "insert") == 0) {
        return realm_refuse(cx->realm, "42601", "only WITH CHECK expression allowed for INSERT");
    }
    Table *table = realm_table(cx->realm, range.schema, range.name);
    if (table == NULL) {
        return false;
    }
    if (find_policy(cx, table, name) != NULL) {
        return realm_refuse(cx->realm, "42710", "policy `%s` for table `%s` already exists",
                            name->text, table->name->text);
    }
    parts->lead =
        arena_printf(cx->arena, "%s FOR %s", stmt->permissive ? "PERMISSIVE" : "RESTRICTIVE",
                     command_word(stmt->cmd_name));
    parts->roles = roles_text(cx, stmt->roles, stmt->n_roles);
    if (parts->roles == NULL ||
        !set_expression(cx, table, stmt->qual, "USING", &parts->qual, &parts->qual_text) ||
        !set_expression(cx, table, stmt->with_check, "CHECK", &parts->check, &parts->check_text)) {
        return false;
    }
    parts->policy = realm_add_opaque(cx->realm, OPAQUE_POLICY, table, table->schema, name, NULL);
    vec_push(cx->arena, &cx->policies, parts);
    tell(cx, parts);
    return true;
}

bool redo_alter_policy(SqlReplay *cx, const PgQuery__AlterPolicyStmt *stmt)
{
    const RangeName range = redo_range(cx, stmt->table);
    const Name name = redo_name(cx, stmt->policy_name);
    Table *table = realm_table(cx->realm, range.schema, range.name);
    const Opaque *policy = table == NULL ? NULL : find_policy(cx, table, name);
    if (policy == NULL) {
        return table != NULL &&
               realm_refuse(cx->realm, "42704", "policy `%s` for table `%s` does not exist",
                            name->text, table->name->text);
    }
    PolicyParts *parts = parts_of(cx, policy);
    if (parts == NULL) {
        return realm_unknown(cx->realm, "a policy that was there before these scripts");
    }
    parts->policy->has_other_path |= !realm_has_common_path(cx->realm);
    const char *roles =
        stmt->n_roles > 0 ? roles_text(cx, stmt->roles, stmt->n_roles) : parts->roles;
    if (roles == NULL) {
        return false;
    }
    parts->roles = roles;
    if (!set_expression(cx, table, stmt->qual, "USING", &parts->qual, &parts->qual_text) ||
        !set_expression(cx, table, stmt->with_check, "CHECK", &parts->check, &parts->check_text)) {
        return false;
    }
    tell(cx, parts);
    return true;
}
