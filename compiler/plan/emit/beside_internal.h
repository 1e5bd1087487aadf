/*
 * beside_internal.h - the writers of what no plan has a step for; for beside*.c only.
 *
 * Each writes the statements that make the object, or nothing when it cannot.
 */
#ifndef BELLOWS_COMPILER_PLAN_EMIT_BESIDE_INTERNAL_H
#define BELLOWS_COMPILER_PLAN_EMIT_BESIDE_INTERNAL_H

#include "base/strbuf.h"
#include "compiler/catalog/catalog.h"

typedef void BesideWriter(StrBuf *out, const Catalog *catalog, const Opaque *object);

BesideWriter beside_domain, beside_composite, beside_sequence, beside_statement, beside_constraint,
    beside_index, beside_view, beside_fired, beside_policy, beside_row_security, beside_persistence,
    beside_parameter, beside_replica_identity, beside_sequence_setting, beside_comment,
    beside_privilege;

#endif
