/*
 * script.h - what a migration's text says about how it must run: statements, directives, tables.
 *
 * Read with PostgreSQL's own scanner and parser. Directives are comments (docs/directives.md); to
 * every other tool they are nothing. A Script lives in its arena and points into the text it was
 * read from. Positions are byte offsets in that text. Pure: no database, no clock. A text the
 * parser refuses is not an error here: it runs whole, as one message.
 */
#ifndef BELLOWS_RUNTIME_SCRIPT_H
#define BELLOWS_RUNTIME_SCRIPT_H

#include "base/arena.h"
#include "base/common.h"
#include "base/diag.h"
#include "base/vec.h"
#include "compiler/plan.h"

typedef enum StatementClass {
    STATEMENT_PLAIN,       /* transactional; takes its locks briefly */
    STATEMENT_SHARED_SCAN, /* VALIDATE, ANALYZE: scans under a lock that blocks no writer */
    STATEMENT_ADD_VALUE,   /* ALTER TYPE ... ADD VALUE: usable after its commit only */
    STATEMENT_BUILD_INDEX, /* CREATE INDEX CONCURRENTLY */
    STATEMENT_DROP_INDEX,  /* DROP INDEX CONCURRENTLY */
    STATEMENT_ALONE,  /* anything else that refuses a transaction: REINDEX CONCURRENTLY, VACUUM */
    STATEMENT_BEGIN,  /* BEGIN without options */
    STATEMENT_COMMIT, /* COMMIT, END without options */
    STATEMENT_TRANSACTION, /* any other transaction control */
    STATEMENT_BACKFILL,    /* under a backfill directive: runs in batches */
} StatementClass;

/* A table's (or index's) name as written; schema NULL when not qualified. */
typedef struct ScriptName {
    const char *schema, *name;
} ScriptName;

typedef VEC(ScriptName) ScriptNameList;

/* `-- bellows: backfill ...` */
typedef struct BackfillDirective {
    ScriptName table;
    const char *alias;      /* the table's name inside the statement; NULL: its own */
    VEC(const char *) keys; /* empty: physical order (ctid) */
    unsigned batch;         /* rows; BACKFILL_BATCH_DEFAULT */
} BackfillDirective;

enum { BACKFILL_BATCH_DEFAULT = 5000, BACKFILL_BATCH_MIN = 1, BACKFILL_BATCH_MAX = 100000 };

typedef struct ScriptStatement {
    StatementClass kind;
    size_t start, end;                 /* without the closing `;` */
    ScriptName object;                 /* BUILD_INDEX, DROP_INDEX: the index; schema as written */
    ScriptName table;                  /* BUILD_INDEX: the table */
    const BackfillDirective *backfill; /* BACKFILL */
} ScriptStatement;

/* `-- bellows: plan=... phase=... script=n/m`, the header of a script of a phased plan. */
typedef struct ScriptHeader {
    bool present;
    const char *plan;
    Phase phase;
    unsigned number, count;
} ScriptHeader;

typedef enum ScriptMode {
    SCRIPT_ATOMIC, /* one message, one transaction, history row included */
    SCRIPT_STEPS,  /* several transactions: statements that refuse one, batches */
    SCRIPT_WHOLE,  /* one message, but not surely one transaction: unreadable, or steers its own */
} ScriptMode;

/* What runs in one message. */
typedef struct ScriptPart {
    size_t start, end;                /* of the text */
    const ScriptStatement *statement; /* the only one, if it is not PLAIN; NULL: a transaction */
} ScriptPart;

typedef struct ParsedScript {
    const char *text;
    size_t len;
    bool readable; /* PostgreSQL's grammar accepts it */
    ScriptHeader header;
    ScriptMode mode;
    bool shared_scans_only; /* every statement is a SHARED_SCAN */
    bool adds_values;       /* holds an ADD_VALUE and statements behind it */
    VEC(ScriptStatement) statements;
    VEC(ScriptPart) parts; /* STEPS: in order; else one */
    ScriptNameList
        tables; /* tables it touches: stated by a directive, else found in the statements */
    bool touches_anything; /* its tables are not known */
} ParsedScript;

/* Reports E0503 for a directive it cannot read, with its place; `path` names the text. */
MUST_CHECK bool script_parse(Arena *arena, const char *path, const char *text, size_t len,
                             Diagnostics *diags, const ParsedScript **ret_script);

/* Same tables? An unqualified name means `default_schema`. */
bool script_touches_same(const ParsedScript *a, const ParsedScript *b, const char *default_schema);
/* The first table both touch, for messages; NULL when nothing or not known. */
const char *script_common_table(Arena *arena, const ParsedScript *a, const ParsedScript *b,
                                const char *default_schema);

/* The text with plain BEGIN and COMMIT blanked out, so that it is one transaction; same length. */
char *script_atomic_text(Arena *arena, const ParsedScript *script);
/* Parts cut after each run of ADD VALUE: for a script that uses a value it has just added. */
size_t script_cut_values(Arena *arena, const ParsedScript *script, ScriptPart **ret_parts);

/*
 * The backfill statement with `condition` as one more condition of its WHERE (one is added if there
 * is none).
 */
char *script_add_condition(Arena *arena, const ParsedScript *script,
                           const ScriptStatement *statement, const char *condition);

#endif
