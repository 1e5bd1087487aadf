/*
 * columns.c - the definition of a column.
 */
#include "base/common.h"

#include "compiler/canon/canon.h"
#include "compiler/catalog/casts.h"
#include "compiler/catalog/types.h"
#include "compiler/replay/expressions/typed.h"
#include "compiler/replay/replay_internal.h"

/* --- collations ---------------------------------------------------------------------------------
 */

bool redo_collation(SqlReplay *cx, const PgQuery__CollateClause *clause, const ColumnType *type,
                    Name *ret_name)
{
    Name schema = NULL, name = NULL;
    if (clause == NULL) {
        *ret_name = NULL;
        return true;
    }
    if (!realm_may_collate(cx->realm, type)) {
        return false;
    }
    redo_list_name(cx, clause->collname, clause->n_collname, &schema, &name);
    if (name_is(name, "default")) {
        *ret_name = NULL;
        return true;
    }
    const char *icu = name == NULL ? NULL : strstr(name->text, "-x-icu");
    if (icu == NULL && !name_is(name, "C") && !name_is(name, "POSIX")) {
        return realm_unknown(cx->realm, "a collation that not every server has");
    }
    const bool is_own = type->id == TYPE_OTHER && type->raw != NULL && !type->list &&
                        strcmp(type->raw->text, "name") == 0 && name_is(name, "C");
    *ret_name = is_own ? NULL : name; /* the type `name` is compared so anyway */
    return true;
}

/* --- defaults -----------------------------------------------------------------------------------
 */

/* `nextval` of a sequence that is there. */
static bool link_sequence(SqlReplay *cx, Default *dflt)
{
    const Sequence *named = dflt->sequence;
    const Relation *found = NULL;
    if (named != NULL) {
        const Name name = name_kept(cx->names, named->name); /* longer ones are cut */
        found = realm_relation(cx->realm, named->schema, name);
        found = found == NULL ? realm_relation(cx->realm, NULL, name) : found;
    }
    if (found == NULL || found->kind != RELATION_SEQUENCE) {
        return named == NULL
                   ? realm_unknown(cx->realm, "the sequence of a default")
                   : realm_missing(cx->realm, MISSING_RELATION, NULL, named->name, "relation");
    }
    dflt->sequence = found->sequence->sequence;
    return true;
}

static bool is_enum_value(SqlReplay *cx, const EnumType *type, const Literal *literal)
{
    return literal->kind != LITERAL_ENUM || enum_has_value(type, literal->text) ||
           realm_refuse(cx->realm, "22P02", "invalid input value for enum %s: `%s`",
                        type->name->text, literal->text->text);
}

static bool values_exist(SqlReplay *cx, const ColumnType *type, const Default *dflt)
{
    if (type->id != TYPE_ENUM) {
        return true;
    }
    vec_each(const Literal, item, &dflt->items) {
        if (!is_enum_value(cx, type->enum_type, item)) {
            return false;
        }
    }
    return dflt->kind != DEFAULT_VALUE || is_enum_value(cx, type->enum_type, &dflt->value);
}

static bool is_no_column(void *context, const ProtobufCMessage *message)
{
    (void)context;
    return message->descriptor != &pg_query__column_ref__descriptor;
}

bool redo_set_default(SqlReplay *cx, Column *column, const Node *expression, Slice text)
{
    const char *foreign = tree_foreign_function(cx, expression);
    ColumnList none = {0};
    if (text.text == NULL) {
        return realm_unknown(cx->realm, "where a default ends");
    }
    if (!tree_walk(&expression->base, is_no_column, NULL)) {
        if (!tree_columns(cx, expression, column->table, &none) &&
            cx->realm->fault.sqlstate == NULL) {
            return false; /* a word of newer servers */
        }
        return realm_refuse(cx->realm, "0A000",
                            "cannot use column reference in DEFAULT expression");
    }
    if (foreign != NULL) {
        return realm_unknown(cx->realm, "a default that calls `%s`", foreign);
    }
    if (!redo_sequences_there(cx, expression, false)) {
        return false;
    }
    const char *written = arena_strndup(cx->arena, text.text, text.len);
    Default dflt = canon_read_default(cx->realm->catalog, written, &column->type);
    if (dflt.kind == DEFAULT_SEQUENCE && !link_sequence(cx, &dflt)) {
        return false;
    }
    if (!typed_is_default(cx, NULL, column, expression) ||
        !redo_literal_stays(cx, &column->type, &dflt) ||
        !redo_literal_fits(cx, type_said(&column->type), expression)) {
        return false;
    }
    if (!values_exist(cx, type_said(&column->type), &dflt)) {
        return false;
    }
    column->dflt = dflt;
    return true;
}

/* The name that a dump states. */
static bool name_sequence_of(SqlReplay *cx, const Column *column,
                             const PgQuery__Constraint *constraint)
{
    for (size_t i = 0; i < constraint->n_options; i++) {
        const PgQuery__DefElem *option = constraint->options[i]->def_elem;
        Name schema = NULL, name = NULL;
        if (strcmp(option->defname, "sequence_name") != 0) {
            continue;
        }
        redo_list_name(cx, option->arg->list->items, option->arg->list->n_items, &schema, &name);
        RealmSequence *sequence = realm_sequence_of(cx->realm, column->dflt.sequence);
        schema = schema == NULL ? column->table->schema : schema;
        const bool same = sequence->sequence->name == name && sequence->sequence->schema == schema;
        return same || realm_rename_sequence(cx->realm, sequence, schema, name);
    }
    return true;
}

bool redo_may_be_identity(SqlReplay *cx, const ColumnType *type)
{
    const bool is_whole =
        type->id == TYPE_SMALLINT || type->id == TYPE_INTEGER || type->id == TYPE_BIGINT;
    return (is_whole && !type->list) ||
           realm_refuse(cx->realm, "22023",
                        "identity column type must be smallint, integer, or bigint");
}

bool redo_add_identity(SqlReplay *cx, Column *column, const PgQuery__Constraint *constraint)
{
    const TypeId id = column->type.id;
    const bool always = constraint->generated_when != NULL && constraint->generated_when[0] == 'a';
    if (!redo_may_be_identity(cx, &column->type)) {
        return false;
    }
    if (constraint->n_options > 0) {
        realm_goes_beyond(cx->realm, "options of an identity column");
    }
    if (column->identity != IDENTITY_NONE || column->dflt.kind != DEFAULT_NONE) {
        return realm_refuse(cx->realm, "55000",
                            "column `%s` of relation `%s` already has a default value",
                            column->name->text, column->table->name->text);
    }
    return realm_add_column_sequence(cx->realm, column, type_row(id)->catalog_name,
                                     always ? IDENTITY_ALWAYS : IDENTITY_BY_DEFAULT) &&
           name_sequence_of(cx, column, constraint);
}

/* --- what a column's definition says ------------------------------------------------------------
 */

/* Where the next part of the definition begins. */
static size_t stop_of(const SqlReplay *cx, const PgQuery__ColumnDef *def, size_t i)
{
    size_t stop = cx->end;
    const int32_t here = def->constraints[i]->constraint->location;
    for (size_t k = 0; k < def->n_constraints; k++) {
        const int32_t at = def->constraints[k]->constraint->location;
        if (at > here && (size_t)at < stop) {
            stop = (size_t)at;
        }
    }
    if (def->coll_clause != NULL && def->coll_clause->location > here &&
        (size_t)def->coll_clause->location < stop) {
        stop = (size_t)def->coll_clause->location;
    }
    return stop;
}

/* A generated column is made of columns that are none. */
static bool may_generate(SqlReplay *cx, const Column *column, const ColumnList *of)
{
    const Column *other = column_in_list(column, of->items, of->count) ? column : NULL;
    vec_each(Column *const, at, of) {
        other = (*at)->generated != NULL ? *at : other;
    }
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        const bool made_of_it = (*at)->kind == OPAQUE_GENERATED_COLUMN &&
                                (*at)->table == column->table &&
                                column_in_list(column, (*at)->columns.items, (*at)->columns.count);
        other = made_of_it ? column : other;
    }
    if (other != NULL) {
        return realm_refuse(cx->realm, "42P17",
                            "cannot use generated column `%s` in column generation expression",
                            other->name->text);
    }
    return true;
}

static bool add_generated(SqlReplay *cx, Column *column, const PgQuery__Constraint *constraint)
{
    const Slice text = slice_brackets(cx, (size_t)constraint->location, "AS");
    const char *foreign = tree_foreign_function(cx, constraint->raw_expr);
    ColumnList columns = {0};
    if (foreign != NULL || text.text == NULL) {
        return realm_unknown(cx->realm, "a generated column that calls `%s`",
                             foreign == NULL ? "?" : foreign);
    }
    if (!tree_columns(cx, constraint->raw_expr, column->table, &columns) ||
        !typed_is_taken(cx, column->table, constraint->raw_expr, NULL) ||
        !redo_is_immutable(cx, constraint->raw_expr, column->table, &columns, column,
                           "generation expression is not immutable") ||
        !may_generate(cx, column, &columns) ||
        !typed_is_default(cx, column->table, column, constraint->raw_expr)) {
        return false;
    }
    column->generated = slice_name(cx, text);
    Opaque *opaque = realm_add_opaque(cx->realm, OPAQUE_GENERATED_COLUMN, column->table,
                                      column->table->schema, column->name, column->generated);
    vec_each(Column *const, at, &columns) {
        vec_push(cx->arena, &opaque->columns, *at);
    }
    return true;
}

/* DEFERRABLE and its like stand behind the constraint they are about. */
static bool set_attribute(SqlReplay *cx, const PgQuery__ColumnDef *def, size_t i)
{
    const int type = (int)def->constraints[i]->constraint->contype;
    for (size_t k = i; k > 0; k--) {
        PgQuery__Constraint *about = def->constraints[k - 1]->constraint;
        switch ((int)about->contype) { /* an open set: the others cannot wait */
        case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
        case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
        case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
            about->deferrable |= type == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE ||
                                 type == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED;
            about->initdeferred |= type == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED;
            return true;
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE:
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_IMMEDIATE:
            break;
        default:
            k = 1;
            break;
        }
    }
    return realm_refuse(cx->realm, "42601", "misplaced DEFERRABLE clause");
}

static bool take_constraint(SqlReplay *cx, Column *column, const PgQuery__ColumnDef *def, size_t i,
                            PendingList *pending)
{
    const PgQuery__Constraint *constraint = def->constraints[i]->constraint;
    const PendingConstraint waiting = {constraint, column};
    switch ((int)constraint->contype) { /* an open set */
    case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
        return true;
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        column->not_null = true;
        realm_name_not_null(cx->realm, column, redo_name(cx, constraint->conname));
        return true;
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
        return redo_set_default(
            cx, column, constraint->raw_expr,
            slice_after(cx, (size_t)constraint->location, stop_of(cx, def, i), "DEFAULT"));
    case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
        return redo_add_identity(cx, column, constraint);
    case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
        vec_push(cx->arena, pending, waiting);
        return true;
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_IMMEDIATE:
        return set_attribute(cx, def, i);
    default:
        return realm_unknown(cx->realm, "a property of a column's constraint");
    }
}

static bool is_whole_default(const Column *column)
{
    return column->dflt.kind != DEFAULT_NONE || column->identity != IDENTITY_NONE;
}

static bool has_default(const PgQuery__ColumnDef *def)
{
    for (size_t i = 0; i < def->n_constraints; i++) {
        if (def->constraints[i]->constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT) {
            return true;
        }
    }
    return false;
}

bool redo_merge_column(SqlReplay *cx, Column *column, const PgQuery__ColumnDef *def,
                       PendingList *pending)
{
    ReplayType type;
    if (def->type_name != NULL) {
        if (!redo_type(cx, def->type_name, &type)) {
            return false;
        }
        if (!type_same(&type.type, &column->type)) {
            return realm_refuse(cx->realm, "42804", "column `%s` has a type conflict",
                                column->name->text);
        }
        realm_own_column(cx->realm, column);
    }
    if (has_default(def)) {
        column->dflt = (Default){.kind = DEFAULT_NONE};
    }
    for (size_t i = 0; i < def->n_constraints; i++) {
        if (!take_constraint(cx, column, def, i, pending)) {
            return false;
        }
    }
    return true;
}

/* --- said twice, or against each other ----------------------------------------------------------
 */

typedef struct Said {
    bool null, not_null, dflt, identity, generated;
} Said;

static bool contradicts(SqlReplay *cx, Name table, const PgQuery__ColumnDef *def, const char *what)
{
    return realm_refuse(cx->realm, "42601", "%s for column `%s` of table `%s`", what, def->colname,
                        table->text);
}

/* One word of the definition, behind those before it. */
static bool add_word(SqlReplay *cx, Name table, const PgQuery__ColumnDef *def,
                     PgQuery__ConstrType type, Said *said)
{
    static const char nulls[] = "conflicting NULL/NOT NULL declarations";
    switch ((int)type) { /* an open set */
    case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
        said->null = true;
        return !said->not_null || contradicts(cx, table, def, nulls);
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        said->not_null = true;
        return !said->null || contradicts(cx, table, def, nulls);
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
        if (said->dflt) {
            return contradicts(cx, table, def, "multiple default values specified");
        }
        said->dflt = true;
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
        if (said->identity || said->null) {
            return contradicts(cx, table, def,
                               said->identity ? "multiple identity specifications" : nulls);
        }
        said->identity = said->not_null = true;
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
        if (said->generated) {
            return contradicts(cx, table, def, "multiple generation clauses specified");
        }
        said->generated = true;
        break;
    default:
        break;
    }
    if (said->dflt + said->identity + said->generated > 1) {
        return contradicts(cx, table, def,
                           said->dflt && said->identity ? "both default and identity specified"
                           : said->dflt ? "both default and generation expression specified"
                                        : "both identity and generation expression specified");
    }
    return true;
}

/* A serial is a default and no null, said behind all other words. */
static bool is_consistent(SqlReplay *cx, Name table, const PgQuery__ColumnDef *def, bool is_serial)
{
    Said said = {0};
    for (size_t i = 0; i < def->n_constraints; i++) {
        if (!add_word(cx, table, def, def->constraints[i]->constraint->contype, &said)) {
            return false;
        }
    }
    return !is_serial || (add_word(cx, table, def, PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT, &said) &&
                          add_word(cx, table, def, PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL, &said));
}

bool redo_column_is_said(SqlReplay *cx, Name table, const PgQuery__ColumnDef *def,
                         ReplayType *ret_type, Name *ret_collation)
{
    return redo_type(cx, def->type_name, ret_type) &&
           redo_collation(cx, def->coll_clause, &ret_type->type, ret_collation) &&
           is_consistent(cx, table, def, ret_type->serial != NULL);
}

bool redo_add_column(SqlReplay *cx, Table *table, const PgQuery__ColumnDef *def,
                     PendingList *pending)
{
    ReplayType type;
    Name collation = NULL;
    if (!redo_column_is_said(cx, table->name, def, &type, &collation)) {
        return false;
    }
    Column *column = realm_add_column(cx->realm, table, redo_name(cx, def->colname));
    if (column == NULL) {
        return false;
    }
    column->type = type.type;
    column->collation = collation;
    column->not_null = type.not_null;
    if (type.serial != NULL &&
        !realm_add_column_sequence(cx->realm, column, type.serial, IDENTITY_NONE)) {
        return false;
    }
    if (type.type.domain_of != NULL && !is_whole_default(column)) {
        realm_goes_beyond(cx->realm, "a domain");
    }
    if ((def->compression != NULL && def->compression[0] != '\0') ||
        (def->storage != NULL && def->storage[0] != '\0')) {
        realm_goes_beyond(cx->realm, "how a column is stored");
    }
    for (size_t i = 0; i < def->n_constraints; i++) {
        if (!take_constraint(cx, column, def, i, pending)) {
            return false;
        }
    }
    return true;
}

/* --- settled ------------------------------------------------------------------------------------
 */

/* The order in which the server makes them. */
static int rank_of(const PgQuery__Constraint *constraint)
{
    switch ((int)constraint->contype) { /* an open set */
    case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
        return 0;
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        return 1;
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
        return 2;
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        return 4;
    default:
        return 3;
    }
}

bool redo_settle(SqlReplay *cx, Table *table, const PendingList *pending)
{
    enum { RANKS = 5 };
    for (int rank = 0; rank < RANKS; rank++) {
        vec_each(const PendingConstraint, at, pending) {
            const bool is_generated =
                at->constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED;
            if (rank_of(at->constraint) != rank) {
                continue;
            }
            if (is_generated ? !add_generated(cx, at->column, at->constraint)
                             : !redo_add_constraint(cx, table, at->constraint, at->column)) {
                return false;
            }
        }
    }
    return true;
}
