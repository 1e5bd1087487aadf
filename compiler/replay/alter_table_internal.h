/*
 * alter_table_internal.h - what the parts of ALTER TABLE share: the command at hand.
 */
#ifndef BELLOWS_COMPILER_REPLAY_ALTER_TABLE_INTERNAL_H
#define BELLOWS_COMPILER_REPLAY_ALTER_TABLE_INTERNAL_H

#include "compiler/replay/replay_internal.h"

#define AT(name) PG_QUERY__ALTER_TABLE_TYPE__AT_##name

typedef struct AlterCx {
    SqlReplay *replay;
    Realm *realm;
    const PgQuery__AlterTableStmt *stmt;
    Table *table;
    const PgQuery__AlterTableCmd *command;
    size_t number; /* of the command in the statement */
    bool is_below; /* the table is a child of the one that is named */
    PendingList pending;
    ColumnList retyped; /* by commands before */
} AlterCx;

typedef bool (*AlterCommand)(AlterCx *cx);

/* alter_family.c: tables that inherit, partitions among them. */
bool alter_attach(AlterCx *cx);
bool alter_attach_index(SqlReplay *cx, Relation *whole, const PgQuery__AlterTableCmd *command);
bool alter_detach(AlterCx *cx);
bool alter_add_inherit(AlterCx *cx);
bool alter_drop_inherit(AlterCx *cx);
/* What was done to the table is done to those that inherit from it. */
bool alter_follow(AlterCx *cx, AlterCommand run);
/* Generated columns and checks that came with a column are there only after the keys. */
bool alter_settle_below(AlterCx *cx);

#endif
