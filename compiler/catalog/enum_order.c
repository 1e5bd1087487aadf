#include "base/common.h"

#include "compiler/catalog/enum_order.h"

#include <string.h>

EnumType *enum_type_copy(Arena *arena, const EnumType *type)
{
    EnumType *copy = arena_make(arena, EnumType);
    *copy = *type;
    copy->values.items = arena_array(arena, Name, type->values.count + 1);
    copy->values.capacity = type->values.count;
    for (size_t i = 0; i < type->values.count; i++) {
        copy->values.items[i] = type->values.items[i];
    }
    return copy;
}

static size_t index_of(const EnumType *type, Name value)
{
    size_t i = 0;
    while (i < type->values.count && type->values.items[i] != value) {
        i++;
    }
    return i;
}

static void insert(Arena *arena, EnumType *type, Name value, size_t at)
{
    vec_push(arena, &type->values, value);
    Name *items = type->values.items;
    memmove(items + at + 1, items + at, (type->values.count - 1 - at) * sizeof *items);
    items[at] = value;
}

EnumPlace enum_add_value(Arena *arena, EnumType *type, Name value, const EnumType *wanted)
{
    const size_t end = type->values.count, own = index_of(wanted, value);
    EnumPlace place = {0};
    size_t neighbour = end;
    for (size_t i = own; i > 0 && neighbour == end; i--) {
        neighbour = index_of(type, wanted->values.items[i - 1]);
    }
    if (neighbour < end) {
        place.after = neighbour + 1 < end ? type->values.items[neighbour] : NULL;
        insert(arena, type, value, neighbour + 1);
        return place;
    }
    for (size_t i = own + 1; i < wanted->values.count && neighbour == end; i++) {
        neighbour = index_of(type, wanted->values.items[i]);
    }
    place.before = neighbour < end ? type->values.items[neighbour] : NULL;
    insert(arena, type, value, neighbour);
    return place;
}
