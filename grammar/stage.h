/*
 * stage.h - the stages in which a schema is understood, in the order mistakes are shown.
 *
 * What others may follow from comes first: a field without type makes keys on it wrong, too. Each
 * pass sets Diagnostics.stage; what it finds early or late goes where it belongs
 * (Diagnostic.stage). The order is that of the reference tool, so that the first mistake is the
 * same.
 */
#ifndef BELLOWS_GRAMMAR_STAGE_H
#define BELLOWS_GRAMMAR_STAGE_H

typedef enum SchemaStage {
    STAGE_SYNTAX,
    STAGE_NAMES, /* of blocks, fields, values */
    STAGE_TYPES,
    STAGE_REFERENCES, /* attributes of relation fields */
    STAGE_ATTRIBUTES,
    STAGE_DATASOURCE,
    STAGE_GENERATORS,
    STAGE_WHOLE, /* from here on only what is right by itself is looked at */
    STAGE_COMPOSITES = STAGE_WHOLE,
    STAGE_SECOND_DATASOURCE,
    STAGE_EXTENSIONS,
    STAGE_TABLES, /* their names */
    STAGE_MODELS,
    STAGE_ENUMS,
    STAGE_RELATIONS,
} SchemaStage;

#endif
