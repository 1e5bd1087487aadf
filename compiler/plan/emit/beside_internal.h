/*
 * beside_internal.h - the writers of what no plan has a step for; for beside*.c only.
 *
 * Each writes the statements that make the object, or nothing when it cannot.
 */
#ifndef BELLOWS_COMPILER_PLAN_EMIT_BESIDE_INTERNAL_H
#define BELLOWS_COMPILER_PLAN_EMIT_BESIDE_INTERNAL_H

#include "base/strbuf.h"
#include "compiler/catalog/catalog.h"
#include "compiler/plan/emit/beside.h"

typedef void BesideWriter(StrBuf *out, const Catalog *catalog, const Opaque *object);

/* beside_write.c */
BesideWriter beside_domain, beside_composite, beside_sequence, beside_statement, beside_statistics,
    beside_constraint, beside_index, beside_view, beside_fired, beside_policy, beside_row_security,
    beside_persistence, beside_parameter, beside_replica_identity, beside_sequence_setting,
    beside_column_setting, beside_key, beside_cluster, beside_population;
/* beside_objects.c */
BesideWriter beside_range, beside_collation, beside_aggregate, beside_operator, beside_cast,
    beside_dictionary, beside_configuration, beside_event_trigger, beside_publication,
    beside_published;
/* beside_family.c */
BesideWriter beside_partition, beside_inheritance;
/* beside_about.c */
BesideWriter beside_owner, beside_dependence, beside_privilege, beside_default_privilege,
    beside_comment;

/* Of a partition that is made: its columns, constraints, indexes; whatever it is. */
bool beside_is_in_partition(const Catalog *catalog, const Opaque *object);
bool beside_has_partition(const Catalog *catalog, const Opaque *object);
/* Does the script let the table inherit from its parents? */
bool beside_inherits(const Catalog *catalog, const Table *table);
/* Rows of which nothing is written, for they come about with something else. */
bool beside_is_owned_sequence(const Catalog *catalog, const Opaque *object);
bool beside_is_implied_setting(const Catalog *catalog, const Opaque *object);

#endif
