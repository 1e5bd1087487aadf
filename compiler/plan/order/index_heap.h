/*
 * index_heap.h - a binary heap of indices, the least on top. For order.c only.
 *
 * Its memory is the arena's.
 */
#ifndef BELLOWS_COMPILER_PLAN_ORDER_INDEX_HEAP_H
#define BELLOWS_COMPILER_PLAN_ORDER_INDEX_HEAP_H

#include "base/arena.h"
#include "base/vec.h"

typedef VEC(size_t) IndexHeap;

void index_heap_push(Arena *arena, IndexHeap *heap, size_t index);

/* Takes the least index out; the heap must not be empty. */
size_t index_heap_pop(IndexHeap *heap);

#endif
