/*
 * block_question.h - a condition over the server's catalogs, as the facts that it states.
 *
 * In: a WHERE of a query over pg_class, information_schema.columns and the like. Out: Facts, whose
 * texts are the parse tree's or the replay's; a condition that is none of these facts is counted.
 * Source: PostgreSQL manual, "System Catalogs", "The Information Schema".
 */
#ifndef BELLOWS_COMPILER_REPLAY_READ_BLOCK_QUESTION_H
#define BELLOWS_COMPILER_REPLAY_READ_BLOCK_QUESTION_H

#include "compiler/replay/read/blocks.h"

/* What the names in a question name: columns of catalogs, and the fact each states. */
typedef enum Fact {
    FACT_TYPE,
    FACT_LABEL,
    FACT_CONSTRAINT,
    FACT_TABLE, /* and only that */
    FACT_RELATION,
    FACT_ROW_SOURCE, /* a table or a view */
    FACT_VIEW,
    FACT_MATERIALIZED_VIEW,
    FACT_INDEX,
    FACT_SEQUENCE,
    FACT_COLUMN,
    FACT_TRIGGER,
    FACT_POLICY,
    FACT_SCHEMA,
    FACT_EXTENSION,
    FACT_KIND, /* pg_class.relkind */
    /* of a column, besides its name: what information_schema.columns tells */
    FACT_NULLABLE,
    FACT_UDT,       /* udt_name */
    FACT_DATA_TYPE, /* data_type */
    FACT_COUNT,
    FACT_OF_COLUMN_FIRST = FACT_NULLABLE,
} Fact;

typedef struct Facts {
    const char *of[FACT_COUNT];
    const char *not_of[FACT_COUNT]; /* `<>` */
    bool is_here;                   /* what the path leads to; otherwise in any schema */
    size_t others;                  /* conditions that are none of these */
} Facts;

/* All conditions that AND joins. */
void question_read(SqlReplay *cx, const Node *node, Facts *facts);
/* Does it ask for more of a column than its name? */
bool question_is_of_column(const Facts *facts);
/* block_columns.c: is that, one of FACT_OF_COLUMN_FIRST and behind, the column's? */
Truth block_column_is(SqlReplay *cx, const Column *column, Fact fact, const char *text);

#endif
