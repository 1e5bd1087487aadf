#include "base/common.h"

#include "compiler/catalog/enum_order.h"

Map enum_places(Arena *arena, const EnumType *type)
{
    Map places = {0};
    map_reserve(arena, &places, type->values.count);
    for (size_t i = 0; i < type->values.count; i++) {
        map_put(arena, &places, type->values.items[i], (void *)(uintptr_t)(i + 1));
    }
    return places;
}

size_t enum_place(const Map *places, Name value)
{
    return (size_t)(uintptr_t)map_get(places, value);
}

/* The values as a list in which any can be put behind any: `next[0]` is the first of all, value i
 * of the type is link i + 1, value i of the wanted one comes behind those; 0 ends. */
typedef struct Links {
    const EnumType *type, *wanted;
    size_t *next;
} Links;

static Name name_of(const Links *links, size_t link)
{
    const size_t own = links->type->values.count;
    return link <= own ? links->type->values.items[link - 1]
                       : links->wanted->values.items[link - own - 1];
}

static void put_behind(const Links *links, size_t before, size_t link)
{
    links->next[link] = links->next[before];
    links->next[before] = link;
}

/* The first of the wanted values comes before the nearest behind it that is there. */
static EnumPlace put_first(const Links *links, const Map *places, size_t link)
{
    vec_each(const Name, value, &links->wanted->values) {
        const size_t there = enum_place(places, *value);
        if (there > 0) {
            put_behind(links, there - 1, link);
            return (EnumPlace){.before = *value};
        }
    }
    put_behind(links, links->type->values.count, link);
    return (EnumPlace){0};
}

static void write_back(Arena *arena, const Links *links, size_t count, EnumType *type)
{
    Name *items = arena_array(arena, Name, count + 1);
    size_t at = 0;
    for (size_t link = links->next[0]; link != 0; link = links->next[link]) {
        items[at++] = name_of(links, link);
    }
    type->values.items = items;
    type->values.count = at;
    type->values.capacity = count + 1;
}

EnumPlace *enum_add_values(Arena *arena, EnumType *type, const EnumType *wanted)
{
    const size_t own = type->values.count, count = own + wanted->values.count;
    EnumPlace *told = arena_array(arena, EnumPlace, wanted->values.count + 1);
    const Map places = enum_places(arena, type);
    const Links links = {type, wanted, arena_array(arena, size_t, count + 1)};
    for (size_t i = 0; i < own; i++) {
        links.next[i] = i + 1;
    }
    size_t before = 0; /* the link of the wanted value before */
    for (size_t i = 0; i < wanted->values.count; i++) {
        const size_t there = enum_place(&places, wanted->values.items[i]), link = own + i + 1;
        if (there == 0 && before == 0) {
            told[i] = put_first(&links, &places, link);
        } else if (there == 0) {
            told[i].after = links.next[before] != 0 ? wanted->values.items[i - 1] : NULL;
            put_behind(&links, before, link);
        }
        before = there != 0 ? there : link;
    }
    write_back(arena, &links, count, type);
    return told;
}
