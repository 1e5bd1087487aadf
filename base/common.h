/*
 * common.h - attributes and small macros every translation unit relies on.
 *
 * First include of every .c file. Nothing here allocates or can fail.
 */
#ifndef BELLOWS_BASE_COMMON_H
#define BELLOWS_BASE_COMMON_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The result says whether the call worked; ignoring it is a bug. */
#define MUST_CHECK __attribute__((warn_unused_result))

/* printf-like function: argument `fmt` is the format, arguments are checked from `first`. */
#define PRINTF_LIKE(fmt, first) __attribute__((format(printf, fmt, first)))

#define UNUSED __attribute__((unused))

#define lengthof(array) (sizeof(array) / sizeof((array)[0]))

/* A place that only a bug of ours can reach; never for anything input can cause. */
#define unreachable() (assert(0 && "unreachable"), __builtin_unreachable())

#endif
