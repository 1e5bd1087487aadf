/*
 * libfuzzer.c - the names libFuzzer calls, over ours.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t len, size_t max);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (len <= FUZZ_INPUT_MAX) {
        fuzz_one((const char *)data, len);
    }
    return 0;
}

/* Every fourth change is libFuzzer's own. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned seed)
{
    if (seed % 4 == 0 || len == 0) {
        return LLVMFuzzerMutate(data, len, max);
    }
    return fuzz_mutate((char *)data, len, max, seed);
}
