/*
 * run.h - the state of reading one configuration module; shared by its files.
 *
 * Internal to runtime/config.
 */
#ifndef BELLOWS_RUNTIME_CONFIG_RUN_H
#define BELLOWS_RUNTIME_CONFIG_RUN_H

#include "runtime/config/variables.h"

/* Marks of objects that went through a function of the format. */
enum { MARK_NONE, MARK_DEFINED, MARK_DEFINED_8, MARK_SCHEMA_7, MARK_LOADED, MARK_CHAIN_ENDED };

typedef struct ConfigBinding {
    Name name;
    ConfigValue *value;
} ConfigBinding;

/* Bytes; a text that grows beyond is not known. */
enum { CONFIG_TEXT_LIMIT = 1 << 20 };

typedef enum ConfigJump { JUMP_NONE, JUMP_BREAK, JUMP_CONTINUE } ConfigJump;

typedef struct ConfigRun {
    Arena *arena;
    Names *names;
    const SourceFile *file;
    const char *path;    /* of the module, absolute */
    const char *folder;  /* of the module, absolute */
    const char *current; /* the working directory, absolute */
    ConfigVariables variables;
    VEC(ConfigBinding) bindings; /* the innermost last */
    ConfigValue *exported;       /* NULL: nothing yet */
    bool exports_default;        /* as `exports.default`: what else is exported is none of it */
    int depth;
    bool catching;        /* in a `try` that catches */
    size_t rounds;        /* of all loops */
    size_t made;          /* see config_may_make */
    bool may_have_thrown; /* something that is not known was called */
    bool in_block;
    size_t block_start;            /* in_block: the first binding of the outermost block */
    ConfigJump jump;               /* a loop is being left */
    bool path_unknown;             /* whether a loop was left cannot be told */
    const ConfigNode *export_name; /* `export { c as default }`: what counts is c at the end */
} ConfigRun;

typedef struct ConfigCall {
    ConfigRun *run;
    Span span;
    ConfigValue *const *arguments;
    size_t count;
} ConfigCall;

/* functions.c */
ConfigValue *config_call_known(const ConfigCall *call, size_t function);
/* What `name` of the module is; NULL when it is not known. */
ConfigValue *config_known(const ConfigRun *run, const char *module, const char *name, Span span);
/* What `name` is that stands on a module's own function, as `expand.expand` does. */
ConfigValue *config_known_beside(const ConfigRun *run, const ConfigValue *function,
                                 const char *name, Span span);
/* Is it a module that reads `.env` files? What of it we do not know may set any variable. */
bool config_module_loads(const char *module);
/* Is it a module functions.def knows? */
bool config_knows_module(const char *module);
/* The effect of `import "module"`; nothing when it is not known. */
void config_import_effect(ConfigRun *run, const char *module, Span span);

/* methods.c: `receiver.name(arguments)` of texts and arrays; NULL when it is not known. */
ConfigValue *config_call_method(const ConfigCall *call, const ConfigValue *receiver, Name name);

/* paths.c: as Node's `path` does it, on POSIX. */
const char *config_path_normal(Arena *arena, const char *path);
const char *config_path_resolve(Arena *arena, const char *from, const char *path);
const char *config_path_join(Arena *arena, const char *joined);
const char *config_path_dirname(Arena *arena, const char *path);
const char *config_path_basename(Arena *arena, const char *path);

/* evaluate.c: may a value be made that takes so many bytes, or steps? A few words may ask for any
 * number of them; once there were too many, nothing more is followed. */
bool config_may_make(ConfigRun *run, size_t bytes);
ConfigValue *config_evaluate_node(ConfigRun *run, const ConfigNode *node);

/* doubt.c: whatever is named in these bytes may be anything afterwards. */
void config_doubt_bytes(ConfigRun *run, Span span, const char *why);
/* Somebody who is not known has had this value: an object or list may hold anything afterwards,
 * whatever it is called by. */
void config_doubt_value(ConfigRun *run, ConfigValue *value, const char *why);

/* calls.c; `node` is NULL where no call stands in the module */
ConfigValue *config_call_value(const ConfigNode *node, ConfigValue *callee, const ConfigCall *call);

/* statements.c */
void config_run_module(ConfigRun *run, const ConfigModule *module);
void config_bind(ConfigRun *run, Name name, ConfigValue *value);
ConfigBinding *config_binding_of(ConfigRun *run, Name name);

#endif
