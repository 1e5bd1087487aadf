/*
 * plpgsql_body.h - a body of PL/pgSQL, as far as a server looks into it when the function is made.
 */
#ifndef BELLOWS_COMPILER_REPLAY_READ_PLPGSQL_BODY_H
#define BELLOWS_COMPILER_REPLAY_READ_PLPGSQL_BODY_H

#include "compiler/replay/read/reader.h"

/* Would the server take it? `text`: the statement. False after a fault. */
bool plpgsql_body_is_taken(SqlReplay *cx, const PgQuery__CreateFunctionStmt *stmt, const char *body,
                           Slice text);

#endif
