/*
 * block_facts.c - what a block asks the catalogs for: is it there?
 *
 * Three answers; where a question is not one of those known here, the answer is not known.
 * Source: PostgreSQL manual, "System Catalogs", "The Information Schema".
 */
#include "base/common.h"

#include "compiler/replay/read/block_question.h"
#include "compiler/replay/read/empty_query.h"
#include "compiler/replay/replay_internal.h"

/* Conditions of joins join: nothing more is asked in them. */
static bool joins_only(void *context, const ProtobufCMessage *message)
{
    SqlReplay *cx = context;
    if (message->descriptor == &pg_query__join_expr__descriptor) {
        const PgQuery__JoinExpr *join = (const PgQuery__JoinExpr *)message;
        Facts facts = {0};
        if (join->quals != NULL) {
            question_read(cx, join->quals, &facts);
        }
        for (size_t i = 0; i < FACT_COUNT; i++) {
            facts.others += facts.of[i] == NULL ? 0 : 1;
        }
        return facts.others == 0 && join->jointype == PG_QUERY__JOIN_TYPE__JOIN_INNER;
    }
    return true;
}

/* --- is it there? -------------------------------------------------------------------------------
 */

static Name name_of(const SqlReplay *cx, const Facts *facts, Fact fact)
{
    return redo_name(cx, facts->of[fact]); /* compared as a name, which is cut */
}

static const Relation *relation_of(const SqlReplay *cx, const Facts *facts, Fact fact)
{
    return realm_relation(cx->realm, name_of(cx, facts, FACT_SCHEMA), name_of(cx, facts, fact));
}

static bool any_constraint(const SqlReplay *cx, Name schema, Name name)
{
    vec_each(Table *const, at, &cx->realm->catalog->tables) {
        if ((schema == NULL || (*at)->schema == schema) &&
            realm_has_constraint(cx->realm, *at, name)) {
            return true;
        }
    }
    return false;
}

/* The table that a question is about, beside what it is about it. */
static bool table_of(const SqlReplay *cx, const Facts *facts, const Relation **ret_relation)
{
    static const Fact facts_of_tables[] = {FACT_TABLE, FACT_ROW_SOURCE, FACT_RELATION};
    for (size_t i = 0; i < lengthof(facts_of_tables); i++) {
        if (facts->of[facts_of_tables[i]] != NULL) {
            *ret_relation = relation_of(cx, facts, facts_of_tables[i]);
            return true;
        }
    }
    return false;
}

/* All that is asked of the column besides its name. */
static Truth column_fits(SqlReplay *cx, const Column *column, const Facts *facts)
{
    Truth fits = TRUTH_YES;
    for (size_t i = 2 * FACT_OF_COLUMN_FIRST; i < 2 * FACT_COUNT; i++) {
        const Fact fact = (Fact)(i / 2);
        const bool negated = i % 2 == 1;
        const char *text = negated ? facts->not_of[fact] : facts->of[fact];
        Truth one = text == NULL ? TRUTH_YES : block_column_is(cx, column, fact, text);
        if (text != NULL && negated && one != TRUTH_UNKNOWN) {
            one = block_truth(one == TRUTH_NO);
        }
        if (one == TRUTH_NO) {
            return one;
        }
        fits = one == TRUTH_UNKNOWN ? one : fits;
    }
    return fits;
}

static Truth column_exists(SqlReplay *cx, const Facts *facts)
{
    const Relation *relation = NULL;
    if (!table_of(cx, facts, &relation) || (relation != NULL && relation->kind != RELATION_TABLE)) {
        return TRUTH_UNKNOWN;
    }
    const Column *column =
        relation == NULL ? NULL
                         : table_find_column(relation->table, name_of(cx, facts, FACT_COLUMN));
    return column == NULL ? TRUTH_NO : column_fits(cx, column, facts);
}

static Truth constraint_exists(const SqlReplay *cx, const Facts *facts)
{
    const Relation *relation = NULL;
    const Name name = name_of(cx, facts, FACT_CONSTRAINT);
    if (!table_of(cx, facts, &relation)) {
        return block_truth(any_constraint(cx, name_of(cx, facts, FACT_SCHEMA), name));
    }
    return block_truth(relation != NULL && relation->kind == RELATION_TABLE &&
                       realm_has_constraint(cx->realm, relation->table, name));
}

static Truth hung_exists(const SqlReplay *cx, const Facts *facts, OpaqueKind kind, Fact fact)
{
    const Relation *relation = NULL;
    const bool of_one = table_of(cx, facts, &relation);
    const Name name = name_of(cx, facts, fact), schema = name_of(cx, facts, FACT_SCHEMA);
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        if ((*at)->kind == kind && (*at)->name == name &&
            (schema == NULL || (*at)->schema == schema) &&
            (!of_one || (relation != NULL && (*at)->relation == relation->name &&
                         (*at)->schema == relation->schema))) {
            return TRUTH_YES;
        }
    }
    return TRUTH_NO;
}

static Truth type_exists(const SqlReplay *cx, const Facts *facts)
{
    const RealmType *type =
        realm_type(cx->realm, name_of(cx, facts, FACT_SCHEMA), name_of(cx, facts, FACT_TYPE));
    const Name label = name_of(cx, facts, FACT_LABEL);
    if (label != NULL) {
        return block_truth(type != NULL && type->kind == REALM_ENUM &&
                           enum_has_value(type->enum_type, label));
    }
    return type == NULL && cx->realm->catalog->extensions.count > 0 ? TRUTH_UNKNOWN
                                                                    : block_truth(type != NULL);
}

static char kind_letter(const Relation *relation)
{
    switch (relation->kind) {
    case RELATION_TABLE:
        return relation->table->is_partitioned ? 'p' : 'r';
    case RELATION_INDEX:
        return 'i';
    case RELATION_SEQUENCE:
        return 'S';
    case RELATION_VIEW:
        return 'v';
    case RELATION_MATERIALIZED_VIEW:
        return 'm';
    case RELATION_COMPOSITE:
        return 'c';
    case RELATION_FOREIGN:
        return 'f';
    case RELATION_TEMPORARY:
        return 'r';
    }
    unreachable();
}

static Truth relation_exists(const SqlReplay *cx, const Facts *facts)
{
    static const struct {
        Fact fact;
        RelationKind kinds[3];
        size_t count; /* 0: whatever it is */
    } rows[] = {
        {FACT_TABLE, {RELATION_TABLE}, 1},
        {FACT_ROW_SOURCE, {RELATION_TABLE, RELATION_VIEW, RELATION_FOREIGN}, 3},
        {FACT_VIEW, {RELATION_VIEW}, 1},
        {FACT_MATERIALIZED_VIEW, {RELATION_MATERIALIZED_VIEW}, 1},
        {FACT_INDEX, {RELATION_INDEX}, 1},
        {FACT_SEQUENCE, {RELATION_SEQUENCE}, 1},
        {FACT_RELATION, {RELATION_TABLE}, 0},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (facts->of[rows[i].fact] == NULL) {
            continue;
        }
        const Relation *relation = relation_of(cx, facts, rows[i].fact);
        bool fits = relation != NULL && rows[i].count == 0;
        for (size_t k = 0; relation != NULL && k < rows[i].count; k++) {
            fits |= relation->kind == rows[i].kinds[k];
        }
        if (facts->of[FACT_KIND] != NULL) {
            fits &= relation != NULL && facts->of[FACT_KIND][0] == kind_letter(relation);
        }
        return block_truth(fits);
    }
    return TRUTH_UNKNOWN;
}

/* Where no schema is said the catalogs tell of all; is one of the names that of something beside
 * what the path leads to? */
static bool is_elsewhere(const SqlReplay *cx, const Facts *facts)
{
    static const Fact named[] = {FACT_TABLE, FACT_RELATION,          FACT_ROW_SOURCE, FACT_VIEW,
                                 FACT_INDEX, FACT_MATERIALIZED_VIEW, FACT_SEQUENCE,   FACT_TYPE};
    if (facts->is_here || facts->of[FACT_SCHEMA] != NULL) {
        return false;
    }
    for (size_t i = 0; i < lengthof(named); i++) {
        const Name name = name_of(cx, facts, named[i]);
        vec_each(Schema *const, at, &cx->realm->catalog->schemas) {
            const Relation *relation =
                name == NULL ? NULL : realm_relation(cx->realm, (*at)->name, name);
            const RealmType *type = name == NULL ? NULL : realm_type(cx->realm, (*at)->name, name);
            if (named[i] == FACT_TYPE
                    ? type != NULL && type != realm_type(cx->realm, NULL, name)
                    : relation != NULL && relation != realm_relation(cx->realm, NULL, name)) {
                return true;
            }
        }
    }
    return false;
}

static Truth object_exists(SqlReplay *cx, const Facts *facts)
{
    const Name schema = name_of(cx, facts, FACT_SCHEMA);
    if (facts->others > 0 || (question_is_of_column(facts) && facts->of[FACT_COLUMN] == NULL) ||
        is_elsewhere(cx, facts)) {
        return TRUTH_UNKNOWN;
    }
    if (facts->of[FACT_COLUMN] != NULL) {
        return column_exists(cx, facts);
    }
    if (facts->of[FACT_TYPE] != NULL) {
        return type_exists(cx, facts);
    }
    if (facts->of[FACT_CONSTRAINT] != NULL) {
        return constraint_exists(cx, facts);
    }
    if (facts->of[FACT_TRIGGER] != NULL) {
        return hung_exists(cx, facts, OPAQUE_TRIGGER, FACT_TRIGGER);
    }
    if (facts->of[FACT_POLICY] != NULL) {
        return hung_exists(cx, facts, OPAQUE_POLICY, FACT_POLICY);
    }
    if (facts->of[FACT_INDEX] != NULL) { /* of a table, mostly named as well */
        Facts index = {
            .of = {[FACT_INDEX] = facts->of[FACT_INDEX], [FACT_SCHEMA] = facts->of[FACT_SCHEMA]}};
        return relation_exists(cx, &index);
    }
    if (facts->of[FACT_EXTENSION] != NULL) {
        return block_truth(realm_has_extension(cx->realm, facts->of[FACT_EXTENSION]));
    }
    const Truth found = relation_exists(cx, facts);
    if (found == TRUTH_UNKNOWN && schema != NULL) {
        return block_truth(map_get(&cx->realm->catalog->schemas_by_name, schema) != NULL);
    }
    return found;
}

typedef struct ServerOnly {
    bool all, any;
} ServerOnly;

static bool visit_range(void *context, const ProtobufCMessage *message)
{
    ServerOnly *found = context;
    if (message->descriptor == &pg_query__range_var__descriptor) {
        const PgQuery__RangeVar *range = (const PgQuery__RangeVar *)message;
        found->any = true;
        found->all &= strncmp(range->relname, "pg_", 3) == 0 ||
                      strcmp(range->schemaname, "information_schema") == 0;
    }
    return true;
}

bool block_is_plain(const PgQuery__SelectStmt *select)
{
    return select->larg == NULL && select->n_group_clause == 0 && select->having_clause == NULL &&
           select->limit_offset == NULL;
}

Truth block_exists(SqlReplay *cx, const PgQuery__SelectStmt *select)
{
    ServerOnly reads = {.all = true};
    Facts facts = {0};
    (void)tree_walk(&select->base, visit_range, &reads);
    if (!reads.all && query_gives_nothing(cx, NULL, select)) {
        return TRUTH_NO;
    }
    if (!reads.all || !reads.any || select->where_clause == NULL || !block_is_plain(select)) {
        return TRUTH_UNKNOWN;
    }
    for (size_t i = 0; i < select->n_from_clause; i++) {
        if (!tree_walk(&select->from_clause[i]->base, joins_only, cx)) {
            return TRUTH_UNKNOWN;
        }
    }
    question_read(cx, select->where_clause, &facts);
    return object_exists(cx, &facts);
}
