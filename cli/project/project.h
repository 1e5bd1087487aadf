/*
 * project.h - where things are: schema, migrations folder, database; and the schema, loaded.
 *
 * The schema: --schema, else the configuration file, else package.json `prisma.schema`, else
 * ./schema.prisma, ./prisma/schema.prisma, ./prisma/schema/. The migrations folder: --migrations,
 * else the configuration file, else `migrations` beside the schema file or inside the schema
 * folder. The database: docs/decisions/0009-which-database.md.
 */
#ifndef BELLOWS_CLI_PROJECT_PROJECT_H
#define BELLOWS_CLI_PROJECT_PROJECT_H

#include "cli/console/cli.h"
#include "compiler/catalog/external.h"
#include "compiler/compare/compare.h"
#include "compiler/schema/lower/lower.h"
#include "introspect/session/url.h"
#include "runtime/config/settings.h"

typedef struct SchemaText {
    const char *path;   /* file or folder, as given or found */
    const char *folder; /* the file's folder, or the folder itself */
    AstSchema *ast;
    SchemaConfig config;
    VEC(const SourceFile *) files;
} SchemaText;

/* Where a database is. */
typedef struct Database {
    const char *url; /* as given: never printed */
    const ConnInfo *info;
    const char *display; /* without password */
} Database;

/* What the configuration file says, read once a run; NULL when there is no such file. */
MUST_CHECK bool project_settings(Cli *cli, const Settings **ret_settings);
/* Is the configuration one of version 8? */
MUST_CHECK bool project_has_contract(Cli *cli, bool *ret_has);
/* Are its programs on version 8's client, which leaves defaults to the database? */
bool project_leaves_defaults(Cli *cli);
/* The objects that others own; never NULL. */
MUST_CHECK bool project_external(Cli *cli, const External **ret_external);
/* Adds what drift does not speak of: what others own, and what bellows.json leaves out. */
MUST_CHECK bool project_leave_out(Cli *cli, CompareOptions *options);
/* Finds the project's schema; reports when there is none. */
MUST_CHECK bool project_find_schema(Cli *cli, const char **ret_path);
/* The path of standard input, as a file of the schema; a file of that name is "./-". */
#define SCHEMA_INPUT "-"
/* Reads the files and folders that together are a schema; false when something of it cannot be
 * read, and then without it. */
MUST_CHECK bool schema_open(Cli *cli, const char *const *paths, size_t count,
                            SchemaText *ret_schema);
/* Parses them and reports syntax errors, which fail nothing. The config is left empty. */
void schema_parse(Cli *cli, SchemaText *schema);
/* Reads the config; reports everything wrong with syntax and config. */
MUST_CHECK bool schema_configure(Cli *cli, SchemaText *schema);
/* All three, of a schema file or folder. */
MUST_CHECK bool schema_read(Cli *cli, const char *path, SchemaText *ret_schema);
/* All files, one after the other: what a snapshot stores. */
char *schema_whole_text(Cli *cli, const SchemaText *schema);
/* Finds, reads and lowers; the catalog is canonical. NULL when anything is wrong (reported). */
MUST_CHECK Catalog *schema_compile(Cli *cli, const SchemaText *schema, const char *default_schema);
/* A schema text from memory (a snapshot). NULL, without any report, when it is no valid schema. */
Catalog *schema_compile_text(Cli *cli, const char *path, const char *text,
                             const char *default_schema);

/* The migrations folder; E0589 when it is named and not there, unless it may be made. */
MUST_CHECK bool project_migrations_folder(Cli *cli, const SchemaText *schema, bool may_be_made,
                                          const char **ret_folder);

/* Reads what sets variables, once a run: the loaders of the configuration file, or without such a
 * file the `.env` files; what they set is looked up after the environment. */
MUST_CHECK bool project_read_variables(Cli *cli);
/* A variable of the environment, else of the .env files; NULL when unset. */
const char *project_variable(Cli *cli, const char *name);
/* May the private server stand in when no database is given? */
typedef enum PrivateUse {
    PRIVATE_NEVER,      /* E0613 */
    PRIVATE_IF_RUNNING, /* then it is somebody's development database */
    PRIVATE_START,      /* commands of development start it */
} PrivateUse;

/* Is a database named? False when that cannot be told (reported). */
MUST_CHECK bool project_has_database(Cli *cli, const SchemaText *schema, PrivateUse use,
                                     bool *ret_named);
/* The database of the project. `schema` may be NULL. */
MUST_CHECK bool project_database(Cli *cli, const SchemaText *schema, PrivateUse use,
                                 Database *ret_database);
/* A URL given on the command line. */
MUST_CHECK bool project_database_at(Cli *cli, const char *url, Database *ret_database);
/* The shadow database, NULL when none is given. */
MUST_CHECK bool project_shadow(Cli *cli, const SchemaText *schema, const ConnInfo **ret_info);
/* The schema objects live in when nothing is said: the URL's, else "public". */
const char *project_default_schema(const ConnInfo *info);
/* A path of the project, or text that begins with one, from the working folder: "./src". */
const char *project_shown_path(Cli *cli, const char *path);
/* `prisma.schema` of the nearest package.json, from the working folder; NULL when there is none. */
MUST_CHECK bool project_package_schema(Cli *cli, const char **ret_path);

#endif
