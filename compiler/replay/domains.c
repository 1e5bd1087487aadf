/*
 * domains.c - domains: kept part by part, told as queries/opaque.sql tells them, expressions as
 * they were written.
 *
 * Source: PostgreSQL manual, CREATE DOMAIN, ALTER DOMAIN.
 */
#include "base/common.h"

#include <stdlib.h>

#include "compiler/catalog/types.h"
#include "compiler/replay/replay_internal.h"

typedef struct DomainCheck {
    Name name, definition; /* CHECK ((VALUE > 0)) */
} DomainCheck;

struct RealmDomain {
    const char *base; /* with its arguments */
    Name collation, dflt;
    VEC(DomainCheck) checks;
};

/* --- told ---------------------------------------------------------------------------------------
 */

static int compare_checks(const void *a, const void *b)
{
    return name_compare(((const DomainCheck *)a)->name, ((const DomainCheck *)b)->name);
}

static void tell(SqlReplay *cx, const RealmType *type)
{
    RealmDomain *domain = type->domain;
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_printf(&out, "AS %s", domain->base);
    if (domain->collation != NULL) {
        strbuf_add(&out, " COLLATE ");
        redo_quoted(&out, domain->collation);
    }
    strbuf_add(&out, type->domain_not_null ? " NOT NULL" : "");
    if (domain->dflt != NULL) {
        strbuf_printf(&out, " DEFAULT %s", domain->dflt->text);
    }
    if (domain->checks.count > 1) {
        qsort(domain->checks.items, domain->checks.count, sizeof *domain->checks.items,
              compare_checks);
    }
    vec_each(const DomainCheck, at, &domain->checks) {
        strbuf_add(&out, " CONSTRAINT ");
        redo_quoted(&out, at->name);
        strbuf_printf(&out, " %s", at->definition->text);
    }
    type->opaque->definition = intern(cx->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
}

/* --- parts --------------------------------------------------------------------------------------
 */

static bool has_check(const RealmDomain *domain, Name name)
{
    vec_each(const DomainCheck, at, &domain->checks) {
        if (at->name == name) {
            return true;
        }
    }
    return false;
}

static Name free_name(SqlReplay *cx, const RealmDomain *domain, Name of)
{
    Name name = intern_printf(cx->names, "%s_check", of->text);
    for (unsigned i = 1; has_check(domain, name); i++) {
        name = intern_printf(cx->names, "%s_check%u", of->text, i);
    }
    return name;
}

static bool add_check(SqlReplay *cx, RealmDomain *domain, Name of,
                      const PgQuery__Constraint *constraint)
{
    const Slice text = slice_brackets(cx, (size_t)constraint->location, "CHECK");
    const char *foreign = tree_foreign_function(cx, constraint->raw_expr);
    Name name = redo_name(cx, constraint->conname);
    if (text.text == NULL || foreign != NULL) {
        return realm_unknown(cx->realm, "a check that calls `%s`", foreign == NULL ? "?" : foreign);
    }
    if (name == NULL && strlen(of->text) > IDENTIFIER_MAX - sizeof "_check") {
        return realm_unknown(cx->realm, "the name of a check of a domain");
    }
    name = name == NULL ? free_name(cx, domain, of) : name;
    if (has_check(domain, name)) {
        return realm_refuse(cx->realm, "42710", "constraint `%s` for domain %s already exists",
                            name->text, of->text);
    }
    const DomainCheck check = {
        name, intern_printf(cx->names, "CHECK ((%.*s))%s", (int)text.len, text.text,
                            constraint->skip_validation ? " NOT VALID" : "")};
    vec_push(cx->arena, &domain->checks, check);
    return true;
}

static bool set_default(SqlReplay *cx, RealmDomain *domain, const Node *expression, Slice text)
{
    const char *foreign = tree_foreign_function(cx, expression);
    if (text.text == NULL || foreign != NULL) {
        return realm_unknown(cx->realm, "a default that calls `%s`",
                             foreign == NULL ? "?" : foreign);
    }
    domain->dflt = slice_name(cx, text);
    return true;
}

static size_t stop_of(const SqlReplay *cx, const PgQuery__CreateDomainStmt *stmt, int32_t here)
{
    size_t stop = cx->end;
    for (size_t i = 0; i < stmt->n_constraints; i++) {
        const int32_t at = stmt->constraints[i]->constraint->location;
        stop = at > here && (size_t)at < stop ? (size_t)at : stop;
    }
    const int32_t collated = stmt->coll_clause == NULL ? 0 : stmt->coll_clause->location;
    return collated > here && (size_t)collated < stop ? (size_t)collated : stop;
}

static bool take_constraint(SqlReplay *cx, const PgQuery__CreateDomainStmt *stmt, size_t i,
                            RealmDomain *domain, Name name, bool *ret_not_null)
{
    const PgQuery__Constraint *constraint = stmt->constraints[i]->constraint;
    switch ((int)constraint->contype) { /* an open set */
    case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
        return true;
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        *ret_not_null = true;
        return true;
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
        return set_default(cx, domain, constraint->raw_expr,
                           slice_after(cx, (size_t)constraint->location,
                                       stop_of(cx, stmt, constraint->location), "DEFAULT"));
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        return add_check(cx, domain, name, constraint);
    default:
        return realm_unknown(cx->realm, "this constraint of a domain");
    }
}

/* --- made ---------------------------------------------------------------------------------------
 */

/* Of a table, a view or a composite type. */
static bool is_row(SqlReplay *cx, const PgQuery__TypeName *type)
{
    Name schema = NULL, name = NULL;
    redo_list_name(cx, type->names, type->n_names, &schema, &name);
    const RealmType *own = realm_type(cx->realm, schema, name);
    return own != NULL && (own->kind == REALM_ROW || own->kind == REALM_COMPOSITE);
}

bool redo_create_domain(SqlReplay *cx, const PgQuery__CreateDomainStmt *stmt)
{
    Name schema = NULL, name = NULL;
    ReplayType base;
    RealmDomain *domain = arena_make(cx->arena, RealmDomain);
    RealmType type = {.kind = REALM_DOMAIN};
    RealmType *taken = NULL;
    redo_list_name(cx, stmt->domainname, stmt->n_domainname, &schema, &name);
    schema = realm_creation_schema(cx->realm, schema);
    if (schema == NULL || !redo_true_type(cx, stmt->type_name, &base) ||
        !redo_collation(cx, stmt->coll_clause, &base.type, &domain->collation)) {
        return false;
    }
    if (is_row(cx, stmt->type_name)) {
        return realm_unknown(cx->realm, "a domain over rows");
    }
    for (size_t i = 0; i < stmt->n_constraints; i++) {
        const PgQuery__Constraint *constraint = stmt->constraints[i]->constraint;
        if (constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT &&
            !redo_literal_fits(cx, type_said(&base.type), constraint->raw_expr)) {
            return false;
        }
    }
    domain->base = redo_type_full_text(cx, &base.type);
    for (size_t i = 0; i < stmt->n_constraints; i++) {
        if (!take_constraint(cx, stmt, i, domain, name, &type.domain_not_null)) {
            return false;
        }
    }
    type.schema = schema;
    type.name = name;
    type.domain = domain;
    type.domain_of = base.type.domain_of == NULL ? base.type : *base.type.domain_of;
    if (!realm_take_type(cx->realm, &type, &taken)) {
        return false;
    }
    taken->opaque = realm_add_opaque(cx->realm, OPAQUE_DOMAIN, NULL, schema, name, NULL);
    if (base.type.id == TYPE_ENUM) {
        vec_push(cx->arena, &taken->opaque->enums, base.type.enum_type);
    }
    tell(cx, taken);
    return true;
}

/* --- altered ------------------------------------------------------------------------------------
 */

static bool is_used(const SqlReplay *cx, const RealmType *type)
{
    vec_each(Table *const, at, &cx->realm->catalog->tables) {
        vec_each(Column *const, column, &(*at)->columns) {
            if ((*column)->type.id == TYPE_OTHER &&
                realm_text_names((*column)->type.raw, type->name)) {
                return true;
            }
        }
    }
    return false;
}

static bool drop_check(SqlReplay *cx, RealmDomain *domain, const PgQuery__AlterDomainStmt *stmt)
{
    const Name name = redo_name(cx, stmt->name);
    for (size_t i = 0; i < domain->checks.count; i++) {
        if (domain->checks.items[i].name == name) {
            memmove(domain->checks.items + i, domain->checks.items + i + 1,
                    (domain->checks.count - i - 1) * sizeof *domain->checks.items);
            domain->checks.count--;
            return true;
        }
    }
    return stmt->missing_ok ||
           realm_refuse(cx->realm, "42704", "constraint `%s` of domain does not exist", name->text);
}

static bool set_not_null(SqlReplay *cx, RealmType *type, bool not_null)
{
    if (is_used(cx, type) && type->domain_not_null != not_null) {
        return realm_unknown(cx->realm, "whether columns of a domain may be null");
    }
    type->domain_not_null = not_null;
    return true;
}

static bool alter(SqlReplay *cx, RealmType *type, const PgQuery__AlterDomainStmt *stmt)
{
    RealmDomain *domain = type->domain;
    switch (stmt->subtype == NULL ? '\0' : stmt->subtype[0]) {
    case 'T':
        if (stmt->def == NULL) {
            domain->dflt = NULL;
            return true;
        }
        return set_default(cx, domain, stmt->def, slice_after(cx, cx->start, cx->end, "DEFAULT"));
    case 'N':
        return set_not_null(cx, type, false);
    case 'O':
        return set_not_null(cx, type, true);
    case 'C':
        return add_check(cx, domain, type->name, stmt->def->constraint);
    case 'X':
        return drop_check(cx, domain, stmt);
    default:
        return realm_unknown(cx->realm, "this form of ALTER DOMAIN");
    }
}

bool redo_alter_domain(SqlReplay *cx, const PgQuery__AlterDomainStmt *stmt)
{
    Name schema = NULL, name = NULL;
    redo_list_name(cx, stmt->type_name, stmt->n_type_name, &schema, &name);
    RealmType *type = realm_type(cx->realm, schema, name);
    if (type == NULL || type->kind != REALM_DOMAIN) {
        return type == NULL ? realm_missing(cx->realm, MISSING_TYPE, schema, name, "type")
                            : realm_refuse(cx->realm, "42809", "`%s` is not a domain", name->text);
    }
    if (!alter(cx, type, stmt)) {
        return false;
    }
    type->opaque->has_other_path |= !realm_has_common_path(cx->realm);
    tell(cx, type);
    return true;
}
