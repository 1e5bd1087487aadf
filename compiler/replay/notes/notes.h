/*
 * notes.h - statements about an object that leave it as it is: triggers, rules and policies hang on
 * it; comments, rights and owners are kept beside it and told at the end.
 *
 * Each returns false after a fault of the realm.
 */
#ifndef BELLOWS_COMPILER_REPLAY_NOTES_NOTES_H
#define BELLOWS_COMPILER_REPLAY_NOTES_NOTES_H

#include "compiler/replay/read/reader.h"

/* The statement at hand becomes part of what is known of the object: no server prints it so, and
 * nothing that is compared with it is taken for equal. */
void redo_add_story(SqlReplay *cx, Opaque *opaque);

/* triggers.c: triggers, rules and policies hang on a relation. */
bool redo_create_trigger(SqlReplay *cx, const PgQuery__CreateTrigStmt *stmt);
bool redo_create_rule(SqlReplay *cx, const PgQuery__RuleStmt *stmt);
bool redo_drop_hung(SqlReplay *cx, OpaqueKind kind, Node *const *names, size_t count,
                    bool missing_ok);
bool redo_rename_hung(SqlReplay *cx, OpaqueKind kind, const PgQuery__RenameStmt *stmt);
/* ENABLE and DISABLE TRIGGER; NULL: all of them. */
bool redo_switch_trigger(SqlReplay *cx, const Table *table, Name name);

/* policies.c */
bool redo_create_policy(SqlReplay *cx, const PgQuery__CreatePolicyStmt *stmt);
bool redo_alter_policy(SqlReplay *cx, const PgQuery__AlterPolicyStmt *stmt);
/* Another column is in the place of one that their expressions use. */
void redo_pass_policies(SqlReplay *cx, const Column *was, Column *now);

/* notes.c, rights.c, owners.c */
bool redo_comment(SqlReplay *cx, const PgQuery__CommentStmt *stmt);
bool redo_grant(SqlReplay *cx, const PgQuery__GrantStmt *stmt);
/* default_rights.c */
bool redo_alter_default_privileges(SqlReplay *cx, const PgQuery__AlterDefaultPrivilegesStmt *stmt);
/* Behind each statement: what it has made has the rights that are usual by then. */
void redo_grant_defaults(SqlReplay *cx);
/* numbers_rights.c: is it the block that gives a sequence its rights? *ret_ok: false after a fault.
 */
bool redo_numbers_block(SqlReplay *cx, const char *body, bool *ret_ok);
/* Likewise: is it the one that moves an identity? */
bool redo_identity_block(SqlReplay *cx, const char *body, bool *ret_ok);
/* asides.c: the same of the two around a change of types. */
bool redo_aside_block(SqlReplay *cx, const char *body, bool *ret_ok);
bool redo_remade_block(SqlReplay *cx, const char *body, bool *ret_ok);
bool redo_alter_owner(SqlReplay *cx, const PgQuery__AlterOwnerStmt *stmt);
/* Do both have the owner that whoever runs the script has, or the one that was said? */
bool redo_share_owner(SqlReplay *cx, const RealmSequence *sequence, const Table *table);
/* OWNED BY NONE: the role that owned both keeps it. */
void redo_leave_table(SqlReplay *cx, RealmSequence *sequence);
/* What was said of objects becomes objects of the catalog. */
void redo_tell_comments(SqlReplay *cx);
void redo_tell_rights(SqlReplay *cx);
void redo_tell_owners(SqlReplay *cx);

#endif
