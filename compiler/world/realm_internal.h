/*
 * realm_internal.h - what the parts of the realm share.
 */
#ifndef BELLOWS_COMPILER_WORLD_REALM_INTERNAL_H
#define BELLOWS_COMPILER_WORLD_REALM_INTERNAL_H

#include "compiler/world/realm.h"

/* Is no constraint of the table called so? A refusal otherwise. */
bool realm_constraint_is_free(Realm *realm, const Table *table, Name name);
bool index_uses(const Index *index, const Column *column);
bool opaque_is_view(const Opaque *opaque);
bool opaque_uses_table(const Opaque *opaque, const Table *table);
/* Foreign keys of any table that lead to it and rest on that index (NULL: on any). */
ForeignKey *realm_first_reference(const Realm *realm, const Table *table, Name rests_on,
                                  const Table *but);
void realm_remove_foreign_key(ForeignKey *key);
/* Out of the table and of the names; what rests on it is the caller's. */
void realm_remove_index(Realm *realm, Index *index);
/* The indexes of partitions that are parts of it. */
void realm_drop_parts(Realm *realm, const Relation *whole);
uint32_t realm_index_age(const Relation *index);
/* The columns of the same names; false, after a fault, where one is missing. */
bool realm_map_columns(Realm *realm, const Table *table, const ColumnList *columns,
                       ColumnList *ret_columns);
void realm_remove_primary_key(Realm *realm, Table *table);
/* All foreign keys that rest on the index, when `cascade`; else a refusal if there is one. */
bool realm_release(Realm *realm, const Table *table, Name index, bool cascade, const char *what);

/* enum_texts.c: a type that gets another name, or one of its values. */
typedef struct EnumRename {
    const EnumType *type;
    Name value;  /* NULL: the type itself */
    Name schema; /* of the type's new name */
    Name to;
} EnumRename;

/* Could an SQL text name what is called `word`? */
bool enum_text_may_say(Name text, Name word);
/* The expression over the table's columns, of `type` (NULL: of any), under the new name. False: it
 * may not be understood. */
bool enum_text_renamed(Realm *realm, const Table *table, const ColumnType *type,
                       const EnumRename *rename, Name *text);
bool enum_check_renamed(Realm *realm, const EnumRename *rename, Opaque *check);

/* Has the server, or an extension that is known here, a class over it? */
bool realm_is_class_type(const char *type);
/* key_types.c: does each column compare with the one it refers to? */
bool realm_columns_compare(Realm *realm, const ForeignKey *key);

/* not_nulls.c: does a column's constraint have the name? */
bool realm_is_not_null_name(const Realm *realm, Name schema, Name name);
/* The table has another schema now. */
void realm_move_not_nulls(Realm *realm, const Table *table);
void realm_tell_not_nulls(Realm *realm, Table *table);

/* What of tables only a whole comparison reads: whole.c. */
void realm_tell_whole(Realm *realm);

#endif
