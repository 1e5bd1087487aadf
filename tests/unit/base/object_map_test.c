/* What is put is found until it is removed, whatever lies beside it. */
#include "base/common.h"

#include <criterion/criterion.h>

#include "base/object_map.h"

enum { COUNT = 5000 };

Test(object_map, keeps_what_was_put)
{
    static char keys[COUNT * 16], values[COUNT];
    Arena *arena = arena_new();
    ObjectMap map = {0};
    cr_expect_null(object_map_get(&map, keys));
    object_map_remove(&map, keys);
    for (size_t i = 0; i < COUNT; i++) {
        object_map_put(arena, &map, &keys[i * 16], &values[i]);
    }
    cr_expect_eq(map.count, COUNT);
    for (size_t i = 0; i < COUNT; i += 3) {
        object_map_remove(&map, &keys[i * 16]);
    }
    for (size_t i = 0; i < COUNT; i++) {
        cr_assert_eq(object_map_get(&map, &keys[i * 16]), i % 3 == 0 ? NULL : &values[i], "%zu", i);
    }
    object_map_put(arena, &map, &keys[16], &values[0]);
    cr_expect_eq(object_map_get(&map, &keys[16]), &values[0], "the later value");
    arena_free(arena);
}
