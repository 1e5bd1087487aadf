#include "base/common.h"

#include "runtime/config/module.h"

#include "base/file.h"
#include "grammar/config/read.h"
#include "runtime/config/run.h"

void config_export(Arena *arena, const SourceFile *file, const char *current, EnvLookup *lookup,
                   Names *names, ConfigExport *ret_export)
{
    const ConfigVariables variables = {.arena = arena, .outer = lookup};
    config_export_after(arena, file, current, &variables, names, ret_export);
}

void config_export_after(Arena *arena, const SourceFile *file, const char *current,
                         const ConfigVariables *variables, Names *names, ConfigExport *ret_export)
{
    Span whole = {file->id, 0, 0};
    ConfigRun run = {.arena = arena, .names = names, .file = file, .current = current};
    run.path = config_path_resolve(arena, current, file->path);
    run.folder = path_folder(arena, run.path);
    run.variables = *variables;
    config_run_module(&run, config_read(arena, file, names));
    ConfigValue *value = run.exported;
    if (value != NULL && value->kind == VALUE_CLOSURE) {
        ConfigCall call = {.run = &run, .span = value->span};
        value = config_call_value(NULL, value, &call);
    }
    ret_export->value = value == NULL ? config_value(arena, VALUE_UNDEFINED, whole) : value;
    ret_export->variables = run.variables;
}
