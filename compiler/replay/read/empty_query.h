/*
 * empty_query.h - queries over tables that hold nothing yet: what is done with their rows is done
 * to none.
 */
#ifndef BELLOWS_COMPILER_REPLAY_READ_EMPTY_QUERY_H
#define BELLOWS_COMPILER_REPLAY_READ_EMPTY_QUERY_H

#include "compiler/replay/read/reader.h"

/* Is it certain? `with`: of the statement around it; NULL: none. */
bool query_gives_nothing(SqlReplay *cx, const PgQuery__WithClause *with,
                         const PgQuery__SelectStmt *select);

#endif
