/*
 * script.h - what a migration's text says about how it must run: statements, directives, tables.
 *
 * Read with PostgreSQL's own scanner and parser. Directives are comments (docs/directives.md); to
 * every other tool they are nothing. A ParsedScript lives in its arena; positions are byte offsets
 * in the text it was read from, which must outlive it. Pure: no database, no clock. A text the
 * parser refuses is not an error here: it runs whole, as one message. Errors: E0503, E0505, E0517
 * and E0518 (bytes that are no SQL), and the warning E0516.
 */
#ifndef BELLOWS_RUNTIME_SCRIPT_SCRIPT_H
#define BELLOWS_RUNTIME_SCRIPT_SCRIPT_H

#include "base/arena.h"
#include "base/common.h"
#include "base/diag/diag.h"
#include "base/vec.h"
#include "compiler/blocks/aside_block.h"
#include "compiler/blocks/view_block.h"
#include "compiler/plan/steps/plan.h"

typedef enum StatementClass {
    STATEMENT_PLAIN,       /* transactional; takes its locks briefly */
    STATEMENT_SHARED_SCAN, /* VALIDATE, ANALYZE: scans under a lock that blocks no writer */
    STATEMENT_ADD_VALUE,   /* ALTER TYPE ... ADD VALUE: the value is usable after its commit only */
    STATEMENT_BUILD_INDEX, /* CREATE INDEX CONCURRENTLY */
    STATEMENT_DROP_INDEX,  /* DROP INDEX CONCURRENTLY */
    STATEMENT_REINDEX,     /* REINDEX CONCURRENTLY */
    STATEMENT_DETACH,      /* ALTER TABLE ... DETACH PARTITION ... CONCURRENTLY */
    STATEMENT_ALONE,       /* others that refuse a transaction: VACUUM, ALTER SYSTEM, ... */
    STATEMENT_BACKFILL,    /* under a backfill directive: runs in batches */
    STATEMENT_BEGIN,       /* BEGIN without options */
    STATEMENT_COMMIT,      /* COMMIT, END without options */
    STATEMENT_TRANSACTION, /* any other transaction control */
} StatementClass;

/* A table's or index's name as written; schema NULL when not qualified. */
typedef struct ScriptName {
    const char *schema, *name;
} ScriptName;

typedef VEC(ScriptName) ScriptNameList;

enum { BACKFILL_BATCH_DEFAULT = 5000, BACKFILL_BATCH_MAX = 100000 };

/* `-- bellows: backfill table="..." key="..." batch=...` */
typedef struct BackfillDirective {
    ScriptName table;
    const char *alias;      /* the table's name inside the statement; NULL: its own */
    VEC(const char *) keys; /* columns; empty: physical order (ctid) */
    unsigned batch;         /* rows */
} BackfillDirective;

/* `-- bellows: loses table="..." column="..." hazard=...`: what the script does away with besides
 * what its statements say, by the name of its hazard (hazards.def). */
typedef struct ScriptLoss {
    ScriptName table;
    const char *column;
    HazardCode hazard;
} ScriptLoss;

/* What an index the server names can be known by. */
typedef struct ScriptIndexShape {
    bool unique;
    const char *method;
    VEC(const char *) columns; /* "" for an expression */
} ScriptIndexShape;

typedef struct ScriptStatement {
    StatementClass kind;
    size_t start, end; /* without the closing `;` */
    /* BUILD_INDEX, DROP_INDEX: the index; name NULL when the server names it. REINDEX: the index or
     * table, a schema without a name, or nothing for the database. DETACH: the partition. */
    ScriptName object;
    ScriptName table;                  /* BUILD_INDEX: the table; DETACH: the partitioned one */
    const ScriptIndexShape *shape;     /* BUILD_INDEX */
    const BackfillDirective *backfill; /* BACKFILL */
    bool ends_transaction;             /* COMMIT and what else ends one for good; not ROLLBACK */
    bool is_setting;       /* SET, RESET or set_config() that lasts beyond its transaction */
    bool is_local_setting; /* SET LOCAL, set_config() that does not */
    bool ends_with_it;     /* what it does holds no longer than its transaction, as these */
} ScriptStatement;

/* What of a table a statement touches (script_touch.c). */
typedef enum ScriptTouchKind {
    TOUCH_TABLE,     /* the table, view, index or type as a whole */
    TOUCH_COLUMN,    /* a column */
    TOUCH_PART,      /* a constraint or trigger by its name */
    TOUCH_KEYS,      /* what foreign keys may stand on */
    TOUCH_REFERENCE, /* stands on its keys */
    TOUCH_FACE,      /* a name that a view shows in its stead; "": the table beneath alone */
} ScriptTouchKind;

typedef struct ScriptTouch {
    ScriptName table;
    ScriptTouchKind kind;
    const char *name; /* COLUMN, PART, FACE */
} ScriptTouch;

/* What a script takes from code that names it (script_change.c). */
typedef enum ScriptChangeKind {
    SCRIPT_DROPS,
    SCRIPT_RENAMES,
    SCRIPT_RETYPES,
    SCRIPT_SWITCHES, /* the same, and blocks of the script make anew what rests on it */
    SCRIPT_ADDS,     /* in `additions` alone: nothing can name it yet */
} ScriptChangeKind;

typedef struct ScriptChange {
    ScriptChangeKind kind;
    ScriptName table;
    const char *column; /* NULL: the table */
} ScriptChange;

typedef VEC(ScriptChange) ScriptChangeList;

/* A name that a script gives to something that stands (script_change.c). */
typedef enum ScriptNamed { NAMED_TABLE, NAMED_COLUMN, NAMED_TYPE, NAMED_VALUE } ScriptNamed;

typedef struct ScriptRename {
    ScriptNamed kind;
    ScriptName of;    /* the table; TYPE, VALUE: the type */
    const char *part; /* COLUMN, VALUE: what it was called */
    ScriptName now;   /* TABLE, TYPE: either is NULL where it stays; else the name alone */
} ScriptRename;

/* `-- bellows: plan=... phase=... script=n/m`, the header of a script of a phased plan. */
typedef struct ScriptHeader {
    bool present;
    const char *plan; /* NULL: not stated */
    Phase phase;
    unsigned number, count;   /* 0: not stated */
    const char *undoes;       /* the plan that this one takes back; NULL: none */
    ScriptNameList withdraws; /* migrations that are no part of the folder any more */
    bool apart; /* the old program has to be gone before it runs, the new one starts behind it */
} ScriptHeader;

/* Whom a script keeps out of the tables that stand, while it runs. */
typedef enum ScriptLocks { LOCKS_NOBODY, LOCKS_WRITERS, LOCKS_ALL } ScriptLocks;

typedef enum ScriptMode {
    SCRIPT_ATOMIC, /* one message, one transaction, history row included */
    SCRIPT_STEPS,  /* several transactions: statements that refuse one, batches */
    SCRIPT_WHOLE,  /* one message, not surely one transaction: unreadable, or steers its own */
} ScriptMode;

/* What the script's own transaction statements leave behind its end. */
typedef enum ScriptLeft { LEFT_NOTHING, LEFT_TRANSACTION, LEFT_PREPARED } ScriptLeft;

/* What runs in one message: a transaction, or one statement that is none. */
typedef struct ScriptPart {
    size_t start, end;
    const ScriptStatement *statement; /* the only one, when it cannot share; NULL: a transaction */
} ScriptPart;

typedef VEC(ScriptPart) ScriptPartList;

typedef struct ParsedScript {
    const char *text; /* as the server gets it, of the file's length: see script_read_bytes */
    size_t len;
    bool readable;         /* PostgreSQL's grammar accepts it */
    ScriptLocks locks;     /* of its statements, the hardest */
    bool runs_functions;   /* may do anything to its session: more than plain definitions */
    bool sets_transaction; /* SET TRANSACTION: no query may stand before it */
    ScriptHeader header;
    ScriptMode mode;
    ScriptLeft left_open;
    size_t open_at; /* unless LEFT_NOTHING: the statement that opened it */
    VEC(ScriptStatement) statements;
    ScriptPartList parts;  /* ATOMIC, WHOLE: one, the whole text */
    ScriptNameList tables; /* tables, views and types it names, or a directive states */
    VEC(ScriptTouch) touches;
    ScriptChangeList changes;
    ScriptChangeList additions; /* columns of tables that stand */
    VEC(ScriptRename) renames;  /* in their order */
    VEC(ViewBlock) views;       /* compatibility views that it raises or lowers */
    VEC(ScriptLoss) losses;     /* that a directive states */
    VEC(AsideBlock) asides;     /* columns from which what rests on them steps aside */
    ScriptNameList functions;   /* that it makes, writes anew or drops */
    ScriptNameList types;       /* types that its columns, casts and arguments are of */
    ScriptNameList indexes; /* indexes it drops or alters: their tables are the server's to tell */
    bool touches_anything;  /* which ones is not to be known: DO, CALL, unreadable */
    bool cascades;          /* drops what depends on something, whatever that is */
} ParsedScript;

/* --- construction --- */

/*
 * What the server is sent of a file: UTF-8 (else E0517), the byte order mark and pg_dump's
 * `\restrict` lines blank, nothing of psql's (else E0518). Positions stay those of the file;
 * `text` itself where there is nothing to blank.
 */
MUST_CHECK bool script_read_bytes(Arena *arena, const char *path, const char *text, size_t len,
                                  Diagnostics *diags, const char **ret_text);

/* `path` names the text in reports. */
MUST_CHECK bool script_parse(Arena *arena, const char *path, const char *text, size_t len,
                             Diagnostics *diags, const ParsedScript **ret_script);

/* The header alone, from the comments in front of everything else, without a report: for many
 * scripts at once. */
ScriptHeader script_header(Arena *arena, const char *text, size_t len);

/* --- queries --- */

/* Does the script end the transactions it begins? Else E0505, `name` saying what it is. To be asked
 * before it runs; where its text cannot be read only the session can tell, afterwards. */
MUST_CHECK bool script_check_ends(const ParsedScript *script, const char *path, const char *name,
                                  Diagnostics *diags);
/* Does every statement only scan under a lock that blocks no writer? */
bool script_only_scans(const ParsedScript *script);
/* Does the part refuse to share a message with statements of ours? */
bool script_runs_alone(const ParsedScript *script, const ScriptPart *part);
/* Was it refused for the company it had (25001, 2D000), though it may run alone in its message: a
 * single DO or CALL that commits, a statement that the parser does not know? */
bool script_wants_no_company(const ParsedScript *script, const char *sqlstate);
/* Had nothing of it been committed when its statement `failed` (from 1; 0: not known) was refused?
 * False where that is not certain. */
bool script_untouched_before(const ParsedScript *script, uint32_t failed);
/* Parts cut behind each run of ADD VALUE and behind each COMMIT, for an atomic script that cannot
 * be one transaction: it uses a value it has just added, or what its BEGIN and COMMIT separate
 * stands in its own way. Empty when there is nothing to cut. */
ScriptPartList script_cut_apart(Arena *arena, const ParsedScript *script);
/* What both touch, so that they must run in their order: the first found, "anything" when one's
 * tables are not known, NULL when there is nothing. An unqualified name means `default_schema`. */
const char *script_common_touch(Arena *arena, const ParsedScript *a, const ParsedScript *b,
                                const char *default_schema);
/* For what only the server knows: the table of an index. */
void script_add_touch(Arena *arena, ParsedScript *script, ScriptTouch touch);

/* A place as the server tells it of a message that began at byte `offset` of the script. */
typedef struct ScriptPlace {
    size_t offset;
    uint32_t position;  /* in characters, from 1; 0: not told */
    uint32_t statement; /* which one, from 1; 0: not known */
} ScriptPlace;

/* The word there, in a source of `diags`; span_none() when it is not told or not the script's. */
Span script_place(Diagnostics *diags, const char *path, const ParsedScript *script,
                  ScriptPlace place);

/* --- texts --- */

/* The part's text with plain BEGIN and COMMIT blanked out, so that it is one transaction; positions
 * in it are those of the script less part->start. */
char *script_part_text(Arena *arena, const ParsedScript *script, const ScriptPart *part);
/* What the script has set before the part, as statements: each part runs in the state that the
 * whole text would give it, also when an earlier try ran the others. "": nothing. */
char *script_part_settings(Arena *arena, const ParsedScript *script, const ScriptPart *part);
/* The backfill statement with one more condition in its WHERE; one is added if there is none. */
char *script_add_condition(Arena *arena, const ParsedScript *script,
                           const ScriptStatement *statement, const char *condition);
/* An update moves the rows it changes, to pages that a walk may still come to. */
bool script_moves_rows(const ParsedScript *script, const ScriptStatement *statement);
/* The condition of the rows that a backfill would still change, and not find again when it has:
 * `UPDATE t SET a = b WHERE a IS NULL` is through with a row whose b is no null. NULL when the
 * statement does not make its own condition false, or that cannot be told. */
char *script_left_condition(Arena *arena, const ParsedScript *script,
                            const ScriptStatement *statement);

#endif
