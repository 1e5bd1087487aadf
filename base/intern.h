/*
 * intern.h - names: interned, length-carrying, equal when their pointers are equal.
 *
 * One intern table serves a whole run, so names of two catalogs can be compared by pointer. Names
 * live as long as the arena the table was made on. A Name may contain any byte but is always
 * terminated.
 */
#ifndef BELLOWS_BASE_INTERN_H
#define BELLOWS_BASE_INTERN_H

#include <string.h>

#include "base/arena.h"
#include "base/common.h"

typedef struct NameText {
    uint32_t len; /* bytes */
    uint32_t hash;
    char text[];
} NameText;

typedef const NameText *Name;

typedef struct Names Names;

Names *names_new(Arena *arena);
/* While shared, any thread may intern; `arena` is used for nothing else then. Told by the thread
 * that starts the others, before and after. */
void names_share(Names *names, bool shared);

Name intern(Names *names, const char *text, size_t len);
Name intern_cstr(Names *names, const char *text);
Name intern_printf(Names *names, const char *format, ...) PRINTF_LIKE(2, 3);

/* Byte order of the texts, a prefix first: <0, 0, >0 as memcmp. NULL sorts first. */
int name_compare(Name a, Name b);

static inline bool name_is(Name name, const char *text)
{
    return name != NULL && name->text[0] == text[0] && strcmp(name->text, text) == 0;
}

#endif
