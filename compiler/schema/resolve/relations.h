/*
 * relations.h - pass 2: relation fields in pairs, and what the pair means.
 *
 * Two relation fields are one relation when their models point at each other and they carry the
 * same relation name, or none. relations.c pairs, relation_checks.c looks at what a pair says.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_RESOLVE_RELATIONS_H
#define BELLOWS_COMPILER_SCHEMA_RESOLVE_RELATIONS_H

#include "compiler/schema/resolve/resolve.h"

typedef enum RelationKind {
    RELATION_ONE_TO_ONE,
    RELATION_ONE_TO_MANY,
    RELATION_MANY_TO_MANY
} RelationKind;

struct Relation {
    RelationKind kind;
    Name name; /* MANY_TO_MANY: as given, or XToY with the names of the models in byte order */
    /* The side that stores the reference, and the other. Many-to-many: of the model whose name
     * sorts first, of a self relation the first field; and the other. */
    Field *owner, *back;
    ForeignKeyAction on_delete, on_update;
    Name foreign_key; /* its name; set by check_names.c, NULL for many-to-many */
};

/* The relation fields of one model with one target and one relation name, in source order. */
typedef struct RelationGroup {
    FieldList fields;
} RelationGroup;

/* All relation fields in groups, in the arena of the program; found with relation_group. */
Map relation_groups(const Program *program);
/* NULL when there is none. */
RelationGroup *relation_group(const Map *groups, const Model *model, const Model *target,
                              Name name);

/* Pairs all relation fields and checks the pairs. */
void relations_pair(Program *program);

/* relation_checks.c: decides the owner; false when reported. */
MUST_CHECK bool relation_check(Program *program, Relation *relation);

/* The name given, or XToY with the names of the models in byte order. */
Name relation_client_name(const Program *program, const Relation *relation);

#endif
