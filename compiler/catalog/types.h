/*
 * types.h - facts about scalar types and PostgreSQL types, from types.def and the table of scalars
 * in types.c.
 *
 * Sources of the rows: docs/language.md, and the PostgreSQL manual, "Data Types".
 */
#ifndef BELLOWS_COMPILER_CATALOG_TYPES_H
#define BELLOWS_COMPILER_CATALOG_TYPES_H

#include "compiler/catalog/catalog.h"

typedef enum Scalar {
    SCALAR_INT,
    SCALAR_BIGINT,
    SCALAR_FLOAT,
    SCALAR_DECIMAL,
    SCALAR_BOOLEAN,
    SCALAR_STRING,
    SCALAR_DATETIME,
    SCALAR_JSON,
    SCALAR_BYTES,
    SCALAR_COUNT,
} Scalar;

typedef enum TypeArguments {
    ARGUMENTS_NONE,
    ARGUMENTS_LENGTH,
    ARGUMENTS_DECIMAL,
    ARGUMENTS_PRECISION,
} TypeArguments;

/* The server compares values of one kin with each other. */
typedef enum TypeKin { KIN_NONE, KIN_NUMBER, KIN_TEXT, KIN_DAY, KIN_CLOCK } TypeKin;

typedef struct TypeRow {
    Scalar scalar;
    const char *native; /* "VarChar" */
    const char *sql;    /* "VARCHAR" */
    const char *catalog_name;
    TypeArguments arguments;
    TypeKin kin;
} TypeRow;

/* Not for TYPE_ENUM and TYPE_OTHER. */
const TypeRow *type_row(TypeId id);
bool type_is_kin(TypeId id, TypeKin kin);
bool types_are_kin(TypeId a, TypeId b);
const char *scalar_name(Scalar scalar); /* "DateTime" */
/* False when `name` is no scalar. */
bool scalar_find(const char *name, Scalar *ret_scalar);
/* The column type of a scalar without native type: DECIMAL(65,30) for Decimal, TIMESTAMP(3) for
 * DateTime. */
ColumnType scalar_default_type(Scalar scalar);
/* By `@db.` name; false when there is none. */
bool type_find_native(const char *native, TypeId *ret_id);
/* By pg_type.typname; false when the language has no word for it. */
bool type_find_catalog(const char *catalog_name, TypeId *ret_id);
/* By meaning: TIMESTAMP without precision has 6, CHAR and BIT have length 1, DECIMAL(5) scale 0; a
 * TYPE_OTHER is compared by its canonical text where canon has set one. A domain equals itself and
 * the type it is over: the language has no word for domains, and nobody means to lose one. */
bool column_type_equal(const ColumnType *a, const ColumnType *b);
/* An array, also one whose brackets are part of an `Unsupported` text. */
bool type_is_list(const ColumnType *type);

/* The type the language would say: of a domain the one it is over. */
static inline const ColumnType *type_said(const ColumnType *type)
{
    return type->domain_of != NULL ? type->domain_of : type;
}

#endif
