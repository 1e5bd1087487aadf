/*
 * subjects.h - what a statement speaks of that changes no object itself: COMMENT, GRANT, OWNER TO.
 *
 * What is said is kept beside the object and told at the end, under the name it bears then; of what
 * is gone by then nothing is told.
 */
#ifndef BELLOWS_COMPILER_REPLAY_NOTES_SUBJECTS_H
#define BELLOWS_COMPILER_REPLAY_NOTES_SUBJECTS_H

#include "compiler/replay/notes/notes.h"

typedef enum SubjectKind {
    SUBJECT_NONE, /* something that the catalog does not hold: nothing is told of it */
    SUBJECT_TABLE,
    SUBJECT_COLUMN,
    SUBJECT_INDEX,       /* Index */
    SUBJECT_PRIMARY_KEY, /* PrimaryKey */
    SUBJECT_FOREIGN_KEY,
    SUBJECT_OPAQUE, /* views, checks, indexes over expressions, domains, composite types, ... */
    SUBJECT_ENUM,
    SUBJECT_SEQUENCE, /* RealmSequence */
    SUBJECT_ROUTINE,
    SUBJECT_SCHEMA, /* Schema, which has another identity once it is renamed */
} SubjectKind;

typedef struct Subject {
    SubjectKind kind;
    void *object;
    Name part;          /* a column of a view, an attribute of a type */
    bool as_constraint; /* not the index of a key, but the key */
} Subject;

typedef struct SubjectNote {
    Subject subject;
    Name text; /* NULL: none any more */
} SubjectNote;

typedef struct SubjectRight {
    Subject subject;
    const char *privilege;
    Name grantee; /* NULL: PUBLIC */
    bool grantable;
    bool taken; /* not granted: everybody's own EXECUTE of a routine is taken from PUBLIC */
} SubjectRight;

/* ALTER DEFAULT PRIVILEGES of whoever runs the scripts. */
typedef struct DefaultRight {
    PgQuery__ObjectType of; /* TABLE, SEQUENCE, FUNCTION, TYPE */
    Name schema;            /* NULL: in all */
    const char *privilege;
    Name grantee; /* NULL: PUBLIC */
    bool grantable;
} DefaultRight;

typedef struct SubjectOwner {
    Subject subject;
    Name role;
} SubjectOwner;

struct SubjectNotes {
    VEC(SubjectNote) comments;
    VEC(SubjectRight) rights;
    VEC(DefaultRight) default_rights;
    uint32_t granted; /* what was made until then (Origin.oid) has its default rights */
    VEC(SubjectOwner) owners;
};

bool subject_same(const Subject *a, const Subject *b);
bool subject_is_alive(const SqlReplay *cx, const Subject *subject);
/* Each false after a fault. */
bool subject_of_relation(SqlReplay *cx, Name schema, Name name, Subject *ret_subject);
bool subject_of_type(SqlReplay *cx, Name schema, Name name, PgQuery__ObjectType of,
                     Subject *ret_subject);
/* Is the relation, NULL: none, what a statement says it is? TABLE, VIEW and the like are; of other
 * words nothing is refused. */
bool subject_is_relation(SqlReplay *cx, const Relation *relation, PgQuery__ObjectType of);
bool subject_of_routine(SqlReplay *cx, const PgQuery__ObjectWithArgs *object,
                        PgQuery__ObjectType of, Subject *ret_subject);
/* rights.c. Granted to somebody. */
void redo_add_right(SqlReplay *cx, const SubjectRight *right);
/* What can be granted on it, by servers that know MAINTAIN; what ALL means. */
enum { RIGHTS_MAX = 8 };
size_t subject_rights(const Subject *subject, const char *rights[RIGHTS_MAX]);
size_t subject_all_rights(const SqlReplay *cx, const Subject *subject,
                          const char *rights[RIGHTS_MAX]);
bool right_is_among(const char *privilege, const char *const *rights, size_t count);
/* In capitals. */
const char *right_word(const SqlReplay *cx, const char *word);
bool right_refuse(SqlReplay *cx, const char *privilege);
/* Only roles pass on what they are granted. */
bool right_may_pass_on(SqlReplay *cx, const PgQuery__GrantStmt *stmt);
/* owners.c. Who owns it, of a column its table; NULL: whoever runs the scripts. */
Name subject_owner(const SqlReplay *cx, const Subject *subject);
/* The name is NULL for PUBLIC; `is_deployer`: who runs the script, whatever the name. */
Name subject_role(SqlReplay *cx, const PgQuery__RoleSpec *role, bool *ret_is_deployer);
/* Another owner, whatever the statement that says so. */
void redo_set_owner(SqlReplay *cx, const Subject *subject, const PgQuery__RoleSpec *role);
/* notes.c: `function public.f(integer)` */
void subject_put_routine(StrBuf *out, const RealmRoutine *routine);
/* Table and schema it belongs to; NULL: none. */
Table *subject_table(const Subject *subject);
Name subject_schema(const Subject *subject);
Name subject_name(const Subject *subject);

#endif
