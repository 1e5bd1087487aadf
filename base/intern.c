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

static uint64_t load(const char *text, size_t len)
{
    uint64_t word = 0;
    memcpy(&word, text, len);
    return word;
}

/* The last eight bytes or fewer, as one word: two loads that may overlap instead of a loop. */
static uint64_t load_tail(const char *text, size_t len)
{
    if (len >= 4) {
        return load(text, 4) << 32 | load(text + len - 4, 4);
    }
    return len == 0 ? 0
                    : load(text, 1) << 16 | load(text + len / 2, 1) << 8 | load(text + len - 1, 1);
}

/* Multiply and fold, eight bytes a round. Names are no secrets and a table serves one run, so
 * nothing stronger is needed; the last fold matters, for tables look at the low bits. */
static uint32_t hash_bytes(const char *text, size_t len)
{
    const uint64_t odd = 0x9E3779B97F4A7C15U;
    uint64_t hash = len * odd;
    for (; len > sizeof hash; text += sizeof hash, len -= sizeof hash) {
        hash = (hash ^ load(text, sizeof hash)) * odd;
        hash ^= hash >> 29;
    }
    hash = (hash ^ load_tail(text, len)) * odd;
    hash ^= hash >> 32;
    hash *= odd;
    return (uint32_t)(hash >> 32);
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
