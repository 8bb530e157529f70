/* tests/fuzz/fuzz_main.c - runs a fuzzer without libFuzzer: the files of a folder, every seed, and then a
 * given number of mutated seeds, the same ones on every machine. FROM: other mutants than without it,
 * and nothing but them and the folder.
 *
 *   fuzz_X CORPUS_DIR COUNT [FROM]
 *
 * MR_FUZZ_INPUT names a file that holds each input while it runs: behind a crash, the one that did it. */
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INPUT_BYTES_MAX = 64 * 1024, SEEDS_MAX = 4096 };

struct input {
    uint8_t *bytes;
    size_t len;
};

static uint64_t next(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static void note(const uint8_t *bytes, size_t len)
{
    const char *path = getenv("MR_FUZZ_INPUT");
    FILE *file = path == NULL ? NULL : fopen(path, "wb");
    if (file == NULL)
        return;
    fwrite(bytes, 1, len, file);
    fclose(file);
}

/* In an allocation of its exact length, so that a sanitizer sees reads past the end. */
static void run(const uint8_t *bytes, size_t len)
{
    note(bytes, len);
    uint8_t *copy = malloc(len + (len == 0));
    memcpy(copy, bytes, len);
    (void)LLVMFuzzerTestOneInput(copy, len);
    free(copy);
}

static uint32_t run_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return 0;
    uint32_t count = 0;
    static uint8_t bytes[INPUT_BYTES_MAX];
    for (struct dirent *e; (e = readdir(dir)) != NULL;) {
        char path[2048];
        snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
        FILE *file = e->d_name[0] == '.' ? NULL : fopen(path, "rb");
        if (file == NULL)
            continue;
        run(bytes, fread(bytes, 1, sizeof(bytes), file));
        fclose(file);
        count++;
    }
    closedir(dir);
    return count;
}

/* One change of a kind that breaks parsers: odd bytes, lengths that lie, pieces lost or repeated. */
static size_t mutate(uint64_t *rnd, uint8_t *bytes, size_t len, const struct input *other)
{
    static const uint8_t odd[] = {0x00, 0x01, 0x7f, 0x80, 0x81, 0xff, 0xfe, 0x10};
    size_t at = len > 0 ? next(rnd) % len : 0;
    size_t n = 1 + next(rnd) % 8;
    switch (next(rnd) % 7) {
    case 0:
        if (len > 0)
            bytes[at] ^= (uint8_t)(1u << (next(rnd) % 8));
        return len;
    case 1:
        for (size_t i = at; i < len && i < at + n; i++)
            bytes[i] = odd[next(rnd) % sizeof(odd)];
        return len;
    case 2: /* cut the end off */
        return at;
    case 3: /* take some bytes out */
        if (at + n > len)
            return len;
        memmove(bytes + at, bytes + at + n, len - at - n);
        return len - n;
    case 4: /* repeat some */
        if (at + n > len || len + n > INPUT_BYTES_MAX)
            return len;
        memmove(bytes + at + n, bytes + at, len - at);
        return len + n;
    case 5: /* go on with the end of another */
        if (other->len == 0 || at + other->len > INPUT_BYTES_MAX)
            return len;
        n = next(rnd) % other->len;
        memcpy(bytes + at, other->bytes + n, other->len - n);
        return at + other->len - n;
    default:
        if (len > 0)
            bytes[at] = (uint8_t)next(rnd);
        return len;
    }
}

int main(int argc, char **argv)
{
    if (argc != 3 && argc != 4) {
        fprintf(stderr, "usage: %s CORPUS_DIR COUNT [FROM]\n", argv[0]);
        return 2;
    }
    static struct input seeds[SEEDS_MAX];
    static uint8_t bytes[INPUT_BYTES_MAX];
    uint32_t files = run_folder(argv[1]);
    uint32_t seed_count = 0;
    while (seed_count < SEEDS_MAX) {
        size_t len = fuzz_seed(seed_count, bytes, sizeof(bytes));
        if (len == 0)
            break;
        seeds[seed_count].bytes = malloc(len);
        memcpy(seeds[seed_count].bytes, bytes, len);
        seeds[seed_count++].len = len;
        if (argc == 3)
            run(bytes, len);
    }
    if (seed_count == 0) {
        fprintf(stderr, "no seeds\n");
        return 1;
    }
    uint64_t rnd = argc == 4 ? strtoull(argv[3], NULL, 10) * UINT64_C(0xd1342543de82ef95) : 1;
    unsigned long count = strtoul(argv[2], NULL, 10);
    for (unsigned long i = 0; i < count; i++) {
        const struct input *seed = &seeds[next(&rnd) % seed_count];
        memcpy(bytes, seed->bytes, seed->len);
        size_t len = seed->len;
        for (uint64_t k = next(&rnd) % 4 + 1; k > 0; k--)
            len = mutate(&rnd, bytes, len, &seeds[next(&rnd) % seed_count]);
        run(bytes, len);
    }
    printf("%u files, %u seeds, %lu mutants\n", files, seed_count, count);
    for (uint32_t i = 0; i < seed_count; i++)
        free(seeds[i].bytes);
    return 0;
}
