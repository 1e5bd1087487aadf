/*
 * reader.h - the state of a replay, and what the trees and texts of its statements say: names,
 * types, functions, columns, the parts of a text.
 *
 * Nothing here changes the realm. A function that returns false, or NULL where it says so, has left
 * a fault there.
 */
#ifndef BELLOWS_COMPILER_REPLAY_READ_READER_H
#define BELLOWS_COMPILER_REPLAY_READ_READER_H

#include <pg_query/pg_query.pb-c.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/vec.h"
#include "compiler/world/realm.h"

typedef struct SqlReplay SqlReplay;
typedef PgQuery__Node Node;
typedef struct PolicyParts PolicyParts;   /* policies.c */
typedef struct Aside Aside;               /* asides.c */
typedef struct SubjectNotes SubjectNotes; /* subjects.h */

struct SqlReplay {
    Arena *own; /* the replay itself: the catalog may outlive it */
    Realm *realm;
    Arena *arena; /* the catalog's */
    Names *names;
    NameList path;       /* the search path that every script begins with */
    NameList outer_path; /* the one that SET LOCAL hides; meaningful while `path_is_local` */
    bool path_is_local;
    NameList until_commit;        /* temporary tables that go then */
    bool in_transaction;          /* that the script began itself */
    VEC(const char *) savepoints; /* of that transaction, that are not released */
    bool has_queried;             /* in this transaction: how it is isolated is settled */
    bool steers;                  /* the script: by more than BEGIN and COMMIT in pairs */
    bool refuses_blocks; /* a statement of the script refuses to run inside a transaction */
    VEC(PolicyParts *) policies;
    VEC(Aside *) asides;    /* columns that change their types: what rests on them stands aside */
    bool has_asides;        /* and is not made again yet */
    SubjectNotes *notes;    /* comments, rights, owners */
    Map others;             /* (kind, name): objects that only a dump tells of */
    bool is_watched;        /* by an event trigger, which may do anything */
    bool publishes_schemas; /* some publication */
    unsigned body_depth;
    bool given_away;
    bool in_block; /* inside a DO block */
    bool is_half;  /* the statement that failed may have done a part */
    bool only;     /* ONLY: what is done is not done to children */
    bool is_new;   /* the table whose constraints are added: it has no rows to hold against them */
    bool trusts_bodies; /* check_function_bodies is off */
    bool outer_trust;   /* what SET LOCAL hides of it; meaningful while `trust_is_local` */
    bool trust_is_local;
    /* the statement at hand */
    const char *file, *text;
    size_t start, end;                 /* of the text */
    size_t bytes_before, lines_before; /* of its script: the text is a piece of that */
    struct SqlReplayFinding *finding;
    ObjectMap forgotten;             /* Column -> SqlReplayFinding: where its default was lost */
    struct SqlReplayFinding *beyond; /* the first statement that did more than is known here */
};

/* A part of the text. */
typedef struct Slice {
    const char *text;
    size_t len;
} Slice;

/* --- tree.c: trees read --- */

Name redo_name(const SqlReplay *cx, const char *text);    /* cut to 63 bytes; NULL for "" */
Name redo_name_of(const SqlReplay *cx, const Node *node); /* of a String node */
/* A qualified name as a list of strings; its schema may be NULL. */
void redo_list_name(const SqlReplay *cx, Node *const *names, size_t count, Name *ret_schema,
                    Name *ret_name);
typedef struct RangeName {
    Name schema, name;
} RangeName;
RangeName redo_range(const SqlReplay *cx, const PgQuery__RangeVar *range);
/* Every message below `node`, `node` included, in no particular order; stops when one says so. */
typedef bool (*TreeVisit)(void *context, const ProtobufCMessage *message);
bool tree_walk(const ProtobufCMessage *message, TreeVisit visit, void *context);
/* Only the messages right below. */
bool tree_children(const ProtobufCMessage *message, TreeVisit visit, void *context);
/* Of an expression over a row: only functions that the server has itself, that change nothing and
 * give one value a row, or that the scripts made? The first other; else NULL. */
const char *tree_foreign_function(SqlReplay *cx, const Node *node);
/* A plain call of a function of the server's; NULL: something else. */
const PgQuery__FuncCall *tree_server_call(SqlReplay *cx, const Node *node);
const char *tree_called_name(const PgQuery__FuncCall *call); /* the last one; "" without */
bool tree_is_known_function(SqlReplay *cx, const char *name);
bool tree_is_own_function(SqlReplay *cx, const char *name);
/* The same, and functions of the scripts' own that touch nothing but rows. */
bool tree_is_harmless_function(SqlReplay *cx, const char *name);
const char *tree_harmful_function(SqlReplay *cx, const Node *node);
/* The columns of `table` that the expression names, once each; false after a fault. */
bool tree_columns(SqlReplay *cx, const Node *node, const Table *table, ColumnList *ret_columns);

/* Of a function that no extension of this database has, too. */
bool tree_is_immutable_extension_function(const SqlReplay *cx, const char *name);

/* As quote_ident writes it. */
void redo_quoted(StrBuf *out, Name name);

/* figured.c: what the server calls the expression where nobody names it. */
Name redo_figured(const SqlReplay *cx, const Node *expression, const char *otherwise);

/* --- slice.c: the statement's text --- */

/* What stands after the words, up to a comma or bracket outside of brackets, or `stop`. */
Slice slice_after(const SqlReplay *cx, size_t from, size_t stop, const char *word);
/* What the first brackets after the word hold. */
Slice slice_brackets(const SqlReplay *cx, size_t from, const char *word);
/* The command number `i` of an ALTER TABLE: where it begins and ends. */
void slice_command(const SqlReplay *cx, size_t i, size_t *ret_from, size_t *ret_stop);
Name slice_name(const SqlReplay *cx, Slice slice);

/* --- column_type.c --- */

typedef struct ReplayType {
    ColumnType type;
    const char *serial; /* the sequence's type, int4 and the like; NULL: no serial */
    bool not_null;      /* a domain that forbids nulls */
} ReplayType;
bool redo_type(SqlReplay *cx, const PgQuery__TypeName *name, ReplayType *ret_type);
/* Where a serial is none: only a new column can be one. */
bool redo_true_type(SqlReplay *cx, const PgQuery__TypeName *name, ReplayType *ret_type);
/* Is it no constant that a column of the type may refuse? False after a fault. */
bool redo_literal_fits(SqlReplay *cx, const ColumnType *type, const Node *expression);
/* default_literals.c: is the text surely one of the type? */
bool redo_literal_reads(TypeId id, const char *text);
/* default_literals.c: does the server keep the literal as it is written? */
bool redo_literal_stays(SqlReplay *cx, const ColumnType *type, const Default *dflt);
/* Has a server, or one of its extensions, a type of that name before anybody makes one? */
bool redo_is_server_type(Name schema, Name name);
/* As format_type prints it, without arguments. */
const char *redo_type_text(const SqlReplay *cx, const ColumnType *type);
/* And with them. */
const char *redo_type_full_text(const SqlReplay *cx, const ColumnType *type);
/* As format_type_be_qualified prints it. */
const char *redo_type_qualified(const SqlReplay *cx, const ColumnType *type);

/* --- block_rows.c: what a body does, as far as its text tells --- */

/* block_rows.c: does the body of a block or function touch nothing but rows? */
bool redo_only_rows(SqlReplay *cx, const char *text);
/* block_rows.c: the same of a function that the scripts made. */
bool redo_is_harmless(SqlReplay *cx, Name function);

/* --- tree.c: a text parsed --- */

/* tree.c: a tree of its own; NULL where the grammar refuses the text. */
PgQuery__ParseResult *redo_parse(const char *text);
void redo_parse_free(PgQuery__ParseResult *tree);

#endif
