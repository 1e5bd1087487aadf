#include "base/common.h"

#include "base/intern.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/brief_lock.h"

/*
 * Open addressing. A table two thirds full is replaced; the old one stays in the arena, so who
 * still looks at it finds old names and misses new ones. Names are looked up without a lock: a slot
 * is written once, when its name is complete. Only what was not found is looked for again and added
 * under the lock, and that only while the names are shared.
 */
typedef struct NameTable {
    size_t capacity; /* a power of two */
    _Atomic(Name) slots[];
} NameTable;

struct Names {
    Arena *arena;
    _Atomic(NameTable *) table;
    size_t count;
    bool is_shared;
    pthread_mutex_t lock;
};

enum { NAMES_FIRST_CAPACITY = 1024, FORMATTED_MAX = 256 };

static NameTable *new_table(Arena *arena, size_t capacity)
{
    NameTable *table = arena_alloc(arena, sizeof *table + capacity * sizeof table->slots[0]);
    table->capacity = capacity;
    return table;
}

Names *names_new(Arena *arena)
{
    Names *names = arena_make(arena, Names);
    names->arena = arena;
    (void)pthread_mutex_init(&names->lock, NULL);
    atomic_init(&names->table, new_table(arena, NAMES_FIRST_CAPACITY));
    return names;
}

void names_share(Names *names, bool shared)
{
    names->is_shared = shared;
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

static _Atomic(Name) *find_slot(NameTable *table, uint32_t hash, const char *text, size_t len,
                                Name *ret_name)
{
    size_t at = hash & (table->capacity - 1);
    Name name = atomic_load_explicit(&table->slots[at], memory_order_acquire);
    while (name != NULL &&
           (name->hash != hash || name->len != len || memcmp(name->text, text, len) != 0)) {
        at = (at + 1) & (table->capacity - 1);
        name = atomic_load_explicit(&table->slots[at], memory_order_acquire);
    }
    *ret_name = name;
    return &table->slots[at];
}

static void grow(Names *names, NameTable *table)
{
    NameTable *larger = new_table(names->arena, table->capacity * 2);
    for (size_t i = 0; i < table->capacity; i++) {
        Name name = atomic_load_explicit(&table->slots[i], memory_order_relaxed);
        Name taken = NULL;
        if (name != NULL) {
            atomic_store_explicit(find_slot(larger, name->hash, name->text, name->len, &taken),
                                  name, memory_order_relaxed);
        }
    }
    atomic_store_explicit(&names->table, larger, memory_order_release);
}

/* Nobody else adds meanwhile. */
static Name add(Names *names, uint32_t hash, const char *text, size_t len)
{
    NameTable *table = atomic_load_explicit(&names->table, memory_order_relaxed);
    Name found = NULL;
    _Atomic(Name) *slot = find_slot(table, hash, text, len, &found);
    if (found != NULL) {
        return found;
    }
    NameText *name = arena_alloc(names->arena, sizeof *name + len + 1);
    name->len = (uint32_t)len;
    name->hash = hash;
    memcpy(name->text, text, len);
    atomic_store_explicit(slot, name, memory_order_release);
    names->count++;
    if (names->count * 3 >= table->capacity * 2) {
        grow(names, table);
    }
    return name;
}

Name intern(Names *names, const char *text, size_t len)
{
    uint32_t hash = hash_bytes(text, len);
    Name name = NULL;
    (void)find_slot(atomic_load_explicit(&names->table, memory_order_acquire), hash, text, len,
                    &name);
    if (name != NULL) {
        return name;
    }
    if (!names->is_shared) {
        return add(names, hash, text, len);
    }
    brief_lock(&names->lock);
    name = add(names, hash, text, len);
    brief_unlock(&names->lock);
    return name;
}

Name intern_cstr(Names *names, const char *text)
{
    return intern(names, text, strlen(text));
}

Name intern_printf(Names *names, const char *format, ...)
{
    char text[FORMATTED_MAX];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    assert(len >= 0);
    if ((size_t)len < sizeof text) {
        return intern(names, text, (size_t)len);
    }
    Arena *scratch = arena_new();
    va_start(args, format);
    Name name = intern_cstr(names, arena_vprintf(scratch, format, args));
    va_end(args);
    arena_free(scratch);
    return name;
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
