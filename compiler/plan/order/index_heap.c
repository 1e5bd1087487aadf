/*
 * index_heap.c - the least of many indices, again and again.
 *
 * In: indices in any order.   Out: the least first.
 */
#include "base/common.h"

#include "compiler/plan/order/index_heap.h"

static void exchange(size_t *a, size_t *b)
{
    const size_t kept = *a;
    *a = *b;
    *b = kept;
}

void index_heap_push(Arena *arena, IndexHeap *heap, size_t index)
{
    vec_push(arena, heap, index);
    size_t *items = heap->items;
    for (size_t at = heap->count - 1; at > 0 && items[(at - 1) / 2] > items[at];
         at = (at - 1) / 2) {
        exchange(&items[(at - 1) / 2], &items[at]);
    }
}

size_t index_heap_pop(IndexHeap *heap)
{
    size_t *items = heap->items;
    const size_t top = items[0], count = --heap->count;
    items[0] = items[count];
    for (size_t at = 0;;) {
        size_t least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2; child++) {
            least = child < count && items[child] < items[least] ? child : least;
        }
        if (least == at) {
            return top;
        }
        exchange(&items[at], &items[least]);
        at = least;
    }
}
