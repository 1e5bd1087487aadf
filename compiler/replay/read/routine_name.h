/*
 * routine_name.h - what tells a function from others, and how it is told.
 */
#ifndef BELLOWS_COMPILER_REPLAY_READ_ROUTINE_NAME_H
#define BELLOWS_COMPILER_REPLAY_READ_ROUTINE_NAME_H

#include "compiler/replay/read/reader.h"

typedef struct RoutineCx {
    SqlReplay *replay;
    VEC(EnumType *) enums; /* of arguments and result */
    VEC(Table *) tables;   /* whose row types they are */
    bool is_procedure;
} RoutineCx;

typedef struct Signature {
    Name called;           /* `name(size integer, alphabet text)` */
    Name arguments;        /* `integer,text` */
    NameList names;        /* NULL: an argument without one */
    const char *qualified; /* `arguments` as pg_identify_object tells them */
    const char *given;     /* by its OUT and TABLE parameters; "" when it has none */
} Signature;

/* A type as it is told, and as pg_identify_object tells it; what it uses is noted. */
bool routine_type(RoutineCx *cx, const PgQuery__TypeName *name, const char **ret_text,
                  const char **ret_qualified);
bool routine_identify(RoutineCx *cx, Node *const *parameters, size_t count, Name name,
                      Signature *signature);
/* What a statement names, and says to be an `of`: FUNCTION, PROCEDURE, AGGREGATE or ROUTINE. NULL
 * after a fault. */
RealmRoutine *redo_routine(SqlReplay *cx, const PgQuery__ObjectWithArgs *object,
                           PgQuery__ObjectType of);

#endif
