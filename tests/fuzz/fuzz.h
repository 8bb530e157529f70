/* tests/fuzz/fuzz.h - what a fuzzer offers to fuzz_main.c. */
#ifndef MR_FUZZ_H
#define MR_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* libFuzzer's entry. Returns 0; anything wrong is a crash. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Writes the i-th good input to start from, at most cap bytes, and returns its length; 0 past the last. */
size_t fuzz_seed(uint32_t i, uint8_t *to, size_t cap);

#endif
