#include "base/common.h"

#include "base/intern.h"

#include <string.h>

/* Open addressing; the table is replaced when it is two thirds full, the old one stays in the
 * arena. */
struct Names {
    Arena *arena;
    Name *slots;
    size_t capacity; /* a power of two */
    size_t count;
};

enum { NAMES_FIRST_CAPACITY = 1024 };

Names *names_new(Arena *arena)
{
    Names *names = arena_make(arena, Names);
    names->arena = arena;
    names->capacity = NAMES_FIRST_CAPACITY;
    names->slots = arena_array(arena, Name, names->capacity);
    return names;
}

/* FNV-1a, 32 bits. */
static uint32_t hash_bytes(const char *text, size_t len)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ (unsigned char)text[i]) * 16777619U;
    }
    return hash;
}

static Name *find_slot(Name *slots, size_t capacity, uint32_t hash, const char *text, size_t len)
{
    size_t at = hash & (capacity - 1);
    while (slots[at] != NULL) {
        Name name = slots[at];
        if (name->hash == hash && name->len == len && memcmp(name->text, text, len) == 0) {
            break;
        }
        at = (at + 1) & (capacity - 1);
    }
    return &slots[at];
}

static void grow(Names *names)
{
    size_t capacity = names->capacity * 2;
    Name *slots = arena_array(names->arena, Name, capacity);
    for (size_t i = 0; i < names->capacity; i++) {
        Name name = names->slots[i];
        if (name != NULL) {
            *find_slot(slots, capacity, name->hash, name->text, name->len) = name;
        }
    }
    names->slots = slots;
    names->capacity = capacity;
}

Name intern(Names *names, const char *text, size_t len)
{
    if (names->count * 3 >= names->capacity * 2) {
        grow(names);
    }
    uint32_t hash = hash_bytes(text, len);
    Name *slot = find_slot(names->slots, names->capacity, hash, text, len);
    if (*slot == NULL) {
        NameText *name = arena_alloc(names->arena, sizeof *name + len + 1);
        name->len = (uint32_t)len;
        name->hash = hash;
        memcpy(name->text, text, len);
        *slot = name;
        names->count++;
    }
    return *slot;
}

Name intern_cstr(Names *names, const char *text)
{
    return intern(names, text, strlen(text));
}

Name intern_printf(Names *names, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprintf(names->arena, format, args);
    va_end(args);
    return intern_cstr(names, text);
}

int name_compare(Name a, Name b)
{
    if (a == b) {
        return 0;
    }
    if (a == NULL || b == NULL) {
        return a == NULL ? -1 : 1;
    }
    size_t shorter = a->len < b->len ? a->len : b->len;
    int order = memcmp(a->text, b->text, shorter);
    return order != 0 ? order : (a->len < b->len ? -1 : 1);
}

bool name_is(Name name, const char *text)
{
    return name != NULL && strcmp(name->text, text) == 0;
}
