/*
 * pull.h - a catalog lifted into the schema language: the way back from lower.h.
 *
 * In: the catalog of a database, and the schema as it was. Out: blocks of syntax, and what has to
 * be told. Names, docs, order and whatever only the schema knows (client defaults, `@updatedAt`,
 * `@ignore`, names of relations) are kept from the schema as it was; the database decides the rest.
 * Lowering the result gives the catalog again, as far as the language reaches: the twin of lower.c,
 * and when one learns something the other must. Rules: docs/introspection.md.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_LIFT_PULL_H
#define BELLOWS_COMPILER_SCHEMA_LIFT_PULL_H

#include "base/diag/diag.h"
#include "compiler/schema/lower/lower.h"

typedef enum PullNoteKind {
#define NOTE(id, place, marker, line, warning) id,
#include "compiler/schema/lift/pull_notes.def"
#undef NOTE
    PULL_NOTE_COUNT,
} PullNoteKind;

typedef struct PullNote {
    PullNoteKind kind;
    const char *item; /* what it is told of */
} PullNote;

/* A block, and the file it belongs to: where it stood, or `fresh` of the input. */
typedef struct PullBlock {
    AstBlock *block;
    uint32_t file;
} PullBlock;

typedef struct PullInput {
    Catalog *catalog;        /* read with_opaque and with_notes, canonical; only its arena grows */
    const AstSchema *schema; /* as it was */
    const SchemaConfig *config; /* of that */
    bool forget;                /* keep nothing of it but datasource and generators */
    uint32_t fresh;             /* the file of blocks that are new; 0: one of their own */
} PullInput;

typedef struct PullResult {
    VEC(PullBlock) blocks; /* generators, datasource, models, views, enums */
    VEC(PullNote) notes;   /* by kind */
    bool empty;            /* the database holds nothing the language has a word for */
} PullResult;

/*
 * False when the schema as it was has errors (reported). The result lives in `arena` and may point
 * into the schema's tree.
 */
MUST_CHECK bool pull_catalog(Arena *arena, const PullInput *input, Names *names, Diagnostics *diags,
                             PullResult *ret_result);

/* What the notes of a kind are about, for people. */
const char *pull_note_text(PullNoteKind kind);

#endif
