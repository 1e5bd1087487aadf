/*
 * cluster.h - what of a script is about more than its database: roles, databases, tablespaces.
 *
 * A replay makes nothing outside of its database and must not change what is there: statements of
 * that kind are left out of it, and the roles that the rest names have to be there. Read with
 * PostgreSQL's grammar, statement by statement where it refuses the whole; what a DO block or a
 * function does is not seen. Pure. A statement that the grammar refuses, or a text that nests too
 * deep for it, names nothing.
 */
#ifndef BELLOWS_RUNTIME_SCRIPT_CLUSTER_H
#define BELLOWS_RUNTIME_SCRIPT_CLUSTER_H

#include "base/arena.h"
#include "base/common.h"
#include "base/vec.h"

typedef VEC(const char *) ClusterNameList;

typedef struct ClusterNames {
    ClusterNameList roles;   /* named or made */
    ClusterNameList schemas; /* made, and not only where they are missing */
} ClusterNames;

/* The text without its statements about the cluster, byte for byte in place; `text` itself where
 * there are none. What it names is added to `names`, each once. */
const char *cluster_leave_out(Arena *arena, const char *text, size_t len, ClusterNames *names);

#endif
