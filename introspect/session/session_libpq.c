#include "base/common.h"

#include "introspect/session/session_libpq.h"

#ifdef BELLOWS_STATIC

/* A program that opens no libraries has it linked in. */
bool libpq_load(const char **ret_why)
{
    (void)ret_why;
    return true;
}

#else

#include <dlfcn.h>
#include <libpq-fe.h>

#define LIBPQ_NAME "libpq.so.5"

#define FUNCTION(type, name, parameters, arguments) static type(*real_##name) parameters;
#define PROCEDURE(name, parameters, arguments)      FUNCTION(void, name, parameters, arguments)
#include "introspect/session/session_libpq.def"
#undef FUNCTION
#undef PROCEDURE

typedef struct Symbol {
    const char *name;
    void *place; /* of the pointer to set */
} Symbol;

static const Symbol symbols[] = {
#define FUNCTION(type, name, parameters, arguments) {#name, &real_##name},
#define PROCEDURE(name, parameters, arguments)      {#name, &real_##name},
#include "introspect/session/session_libpq.def"
#undef FUNCTION
#undef PROCEDURE
};

/* It stays open until the process ends: libraries behind it do not take well to being unloaded. */
bool libpq_load(const char **ret_why)
{
    static bool loaded;
    if (loaded) {
        return true;
    }
    void *library = dlopen(LIBPQ_NAME, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        *ret_why = dlerror();
        return false;
    }
    for (size_t i = 0; i < lengthof(symbols); i++) {
        void *address = dlsym(library, symbols[i].name);
        if (address == NULL) {
            *ret_why = dlerror();
            return false;
        }
        *(void **)symbols[i].place = address; /* the way POSIX gives for pointers to functions */
    }
    loaded = true;
    return true;
}

/* The names libpq-fe.h declares; without a successful libpq_load nobody has anything to call them
 * with. */
#define FUNCTION(type, name, parameters, arguments)                                                \
    type name parameters                                                                           \
    {                                                                                              \
        assert(real_##name != NULL);                                                               \
        return real_##name arguments;                                                              \
    }
#define PROCEDURE(name, parameters, arguments)                                                     \
    void name parameters                                                                           \
    {                                                                                              \
        if (real_##name != NULL) {                                                                 \
            real_##name arguments;                                                                 \
        }                                                                                          \
    }
#include "introspect/session/session_libpq.def"
#undef FUNCTION
#undef PROCEDURE

#endif
