/*
 * generator_find.c - from a `provider` to what is run: npm packages, files, commands of the shell.
 *
 * npm packages are where node looks for them: in node_modules of a folder and of all above.
 */
#include "base/common.h"

#include "runtime/generate/generator.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "runtime/generate/generator_host.inc"
#include "runtime/host/folder.h"
#include "runtime/host/process.h"

/* --- node_modules --- */

const char *package_file(Arena *arena, const char *folder, const char *file)
{
    const char *at = folder_real(folder, arena);
    while (at != NULL) {
        const char *found = path_join(arena, path_join(arena, at, "node_modules"), file);
        if (file_exists(found)) {
            return found;
        }
        at = strcmp(at, "/") == 0 ? NULL : path_folder(arena, at);
    }
    return NULL;
}

static const char *find_package(Arena *arena, const GeneratorSearch *search, const char *file)
{
    const char *found = package_file(arena, search->schema_folder, file);
    return found != NULL ? found : package_file(arena, ".", file);
}

static void add_commands(Arena *arena, const char *folder, StrBuf *path)
{
    const char *at = folder_real(folder, arena);
    while (at != NULL) {
        const char *commands = path_join(arena, at, "node_modules/.bin");
        if (file_is_folder(commands)) {
            strbuf_printf(path, "%s%s", path->len > 0 ? ":" : "", commands);
        }
        at = strcmp(at, "/") == 0 ? NULL : path_folder(arena, at);
    }
}

const char *generator_path(Arena *arena, const GeneratorSearch *search)
{
    StrBuf path = strbuf_new(STRBUF_MAX);
    add_commands(arena, search->schema_folder, &path);
    add_commands(arena, ".", &path);
    if (search->path != NULL) {
        strbuf_printf(&path, "%s%s", path.len > 0 ? ":" : "", search->path);
    }
    return strbuf_take(&path, arena);
}

/* --- what is run --- */

/* Generators the reference tool hosts itself: programs of older clients, classes of newer ones. */
typedef struct BuiltIn {
    const char *provider;
    const char *program; /* a file of a package; NULL: there never was one */
    const char *package, *class_name;
} BuiltIn;

static const BuiltIn built_in[] = {
    {"prisma-client-js", "@prisma/client/generator-build/index.js", "@prisma/client-generator-js",
     "PrismaClientJsGenerator"},
    {"prisma-client", NULL, "@prisma/client-generator-ts", "PrismaClientTsGenerator"},
};

static const BuiltIn *find_built_in(const char *provider)
{
    for (size_t i = 0; i < lengthof(built_in); i++) {
        if (strcmp(built_in[i].provider, provider) == 0) {
            return &built_in[i];
        }
    }
    return NULL;
}

static const char *const *words(Arena *arena, const char *const *list, size_t count)
{
    const char **argv = arena_array(arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        argv[i] = list[i];
    }
    return argv;
}

static void find_hosted(Arena *arena, const BuiltIn *row, const GeneratorSearch *search,
                        GeneratorCommand *command)
{
    const char *program = row->program == NULL ? NULL : find_package(arena, search, row->program);
    const char *package = find_package(arena, search, row->package);
    const char *client = find_package(arena, search, "@prisma/client");
    command->package = row->package;
    command->modules = client == NULL ? NULL : path_folder(arena, path_folder(arena, client));
    if (program != NULL) {
        /* It does nothing under another name than its own: packages may be links. */
        const char *real = folder_real(program, arena);
        command->argv = words(arena, (const char *[]){"node", real}, 2);
    } else if (package != NULL) {
        const char *const argv[] = {"node", "-e", generator_host_js, package, row->class_name};
        command->argv = words(arena, argv, lengthof(argv));
    } else {
        const char *prisma = find_package(arena, search, "prisma/build/index.js");
        command->prisma = prisma == NULL ? NULL : folder_real(prisma, arena);
    }
}

bool generator_run_by_prisma(Arena *arena, const GeneratorCommand *command, const char *schema_path,
                             const char *name, char *const environment[], Diagnostics *diags)
{
    const char *const argv[] = {"node",     command->prisma, "generate",
                                "--schema", schema_path,     "--generator",
                                name,       "--no-hints",    NULL};
    const pid_t child = fork();
    if (child == 0) {
        process_exec(argv, environment);
    }
    const int status = child < 0 ? errno : process_wait(child);
    if (child < 0 || status != 0) {
        diag_report(diags, DIAG_GENERATOR_FAILED, span_none(), name,
                    child < 0 ? strerror(status)
                              : arena_printf(arena, "`prisma generate` ended with %d", status));
        return false;
    }
    return true;
}

static bool ends_in(const char *text, const char *ending)
{
    size_t len = strlen(text);
    size_t ending_len = strlen(ending);
    return len >= ending_len && strcmp(text + len - ending_len, ending) == 0;
}

static bool is_script(const char *path)
{
    return ends_in(path, ".js") || ends_in(path, ".mjs") || ends_in(path, ".cjs");
}

/* A file that can be run: a script of node, or a program. */
static bool find_file(Arena *arena, const char *path, GeneratorCommand *command)
{
    if (!file_exists(path) || file_is_folder(path)) {
        return false;
    }
    const char *real = folder_real(path, arena);
    if (is_script(path)) {
        command->argv = words(arena, (const char *[]){"node", real}, 2);
    } else if (access(path, X_OK) == 0) {
        command->argv = words(arena, (const char *[]){real}, 1);
    }
    return command->argv != NULL;
}

void generator_find(Arena *arena, const char *provider, const GeneratorSearch *search,
                    GeneratorCommand *ret_command)
{
    const BuiltIn *row = find_built_in(provider);
    *ret_command = (GeneratorCommand){0};
    if (row != NULL) {
        find_hosted(arena, row, search, ret_command);
    } else if (!find_file(arena, path_join(arena, search->schema_folder, provider), ret_command) &&
               !find_file(arena, provider, ret_command)) {
        ret_command->argv = words(arena, (const char *[]){"/bin/sh", "-c", provider}, 3);
    }
}

/* --- this machine --- */

static bool release_says(Arena *arena, const char *word)
{
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    return file_read(arena, "/etc/os-release", &text, &len, &error) && strstr(text, word) != NULL;
}

static const char *ssl_version(void)
{
    static const char *const folders[] = {"/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
                                          "/usr/lib64", "/usr/lib", "/lib"};
    for (size_t i = 0; i < lengthof(folders); i++) {
        char path[128];
        (void)snprintf(path, sizeof path, "%s/libssl.so.1.1", folders[i]);
        if (file_exists(path)) {
            return "1.1.x";
        }
    }
    return "3.0.x";
}

const char *generator_native_target(Arena *arena)
{
    struct utsname machine;
    bool arm = uname(&machine) == 0 && strcmp(machine.machine, "aarch64") == 0;
    bool musl = file_exists("/lib/ld-musl-x86_64.so.1") || file_exists("/lib/ld-musl-aarch64.so.1");
    if (uname(&machine) == 0 && strcmp(machine.sysname, "Darwin") == 0) {
        return strcmp(machine.machine, "arm64") == 0 ? "darwin-arm64" : "darwin";
    }
    const char *family = arm && musl ? "linux-musl-arm64"
                         : arm       ? "linux-arm64"
                         : musl      ? "linux-musl"
                         : release_says(arena, "fedora") || release_says(arena, "rhel") ? "rhel"
                                                                                        : "debian";
    return arena_printf(arena, "%s-openssl-%s", family, ssl_version());
}
