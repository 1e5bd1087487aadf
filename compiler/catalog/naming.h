/*
 * naming.h - the names objects get when the schema text gives none.
 *
 * A default name is built from database names and kept within 63 bytes: the part before the suffix
 * is cut, never inside a UTF-8 character, and the suffix appended. Nothing is hashed: two objects
 * may get one name, which the checks of names report. Names of our own, which no schema states, are
 * hashed where they are cut: no two stems may meet in one. A name is made here, or it is the
 * user's. Rules: docs/language.md, "Names"; PostgreSQL manual, "Lexical Structure" (NAMEDATALEN).
 */
#ifndef BELLOWS_COMPILER_CATALOG_NAMING_H
#define BELLOWS_COMPILER_CATALOG_NAMING_H

#include "base/common.h"
#include "base/intern.h"
#include "base/vec.h"

enum { IDENTIFIER_MAX = 63 }; /* bytes */

typedef VEC(Name) NameList;

/* The length of the longest prefix of `text` of at most `max` bytes that ends between characters.
 */
size_t name_cut(const char *text, size_t len, size_t max);

/* What the server keeps of a name. */
Name name_kept(Names *names, Name name);

/* `stem` cut so that stem and suffix fit into an identifier, then the suffix. */
Name name_with_suffix(Names *names, const char *stem, size_t len, const char *suffix);

Name name_primary_key(Names *names, Name table);                          /* t_pkey */
Name name_unique(Names *names, Name table, const NameList *columns);      /* t_a_b_key */
Name name_index(Names *names, Name table, const NameList *columns);       /* t_a_b_idx */
Name name_foreign_key(Names *names, Name table, const NameList *columns); /* t_a_b_fkey */

/* The sequence the server makes for a SERIAL column: both parts shortened to fit
 * (`makeObjectName`). */
Name name_sequence(Names *names, Name table, Name column); /* t_c_seq */

/* --- names of our own: for a while, or until the contract phase --- */

typedef enum ReservedName {
#define RESERVED(kind, prefix, suffix) RESERVED_##kind,
#include "compiler/catalog/reserved_names.def"
#undef RESERVED
    RESERVED_NAME_COUNT
} ReservedName;

/* The name for something of this name. One that does not fit is cut, and marked with its hash. */
Name name_reserved(Names *names, ReservedName kind, Name stem);
/* For a column, in the schema of its table; marked where another pair could join to the same. */
Name name_reserved_of_column(Names *names, ReservedName kind, Name table, Name column);

/* --- names that pass from one thing to the next --- */

typedef struct NameMove {
    size_t at; /* the place of the thing */
    Name from, to;
} NameMove;

typedef VEC(NameMove) NameMoveList;

/*
 * What each of several things is called and shall be called, all different, to renames in an order
 * in which every name is nobody's when it is taken. Where things exchange their names one gets a
 * reserved name in between, and is renamed twice.
 */
NameMoveList name_moves(Arena *arena, Names *names, const Name *before, const Name *after,
                        size_t count);

/* --- implicit many-to-many --- */

Name name_join_table(Names *names, Name relation);               /* _AToB */
Name name_join_primary_key(Names *names, Name table);            /* _AToB_AB_pkey */
Name name_join_index(Names *names, Name table);                  /* _AToB_B_index */
Name name_join_foreign_key(Names *names, Name table, char side); /* _AToB_A_fkey */

#endif
